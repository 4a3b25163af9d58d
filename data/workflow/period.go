package workflow

import (
	"fmt"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// ClosePeriod draws the line after a month: no slip on or before its last day can be entered, audited or un-audited.
func (b *Book) ClosePeriod(m text.Month) error {
	return b.setClosed("close-month", m, func(tx *store.Tx) (text.Date, error) {
		s := b.Settings()
		if err := mayClose(s, m); err != nil {
			return 0, err
		}
		for from := s.FirstOpen(); from <= m; from = from.Next() {
			if err := b.closeCost(tx, from); err != nil {
				return 0, err
			}
			if err := b.closeProfit(tx, from); err != nil {
				return 0, err
			}
		}
		tx.Anchor("close-month", nil)
		return m.Last(), nil
	})
}

// mayClose tells why a month cannot be closed.
func mayClose(s Settings, m text.Month) error {
	switch {
	case m < s.Start:
		return fault.New(fault.Refused, "%s 早于启用月份 %s", "%s is before the book's start %s", m, s.Start)
	case m.Last() <= s.Closed:
		return fault.New(fault.Refused, "%s 已结账", "%s is closed already", m)
	}
	return nil
}

// DraftsUntil counts the slips of a month, and of open ones before it, that are not audited yet: once the month is closed they can only
// be audited under a later date.
func (b *Book) DraftsUntil(m text.Month) (int, error) {
	f := inquiry.Filter{To: m.Last(), Status: slip.Drafts}
	if closed := b.Settings().Closed; closed != 0 {
		f.From = closed.AddDays(1)
	}
	l, err := b.Whole().List(f, inquiry.Sorting{})
	return l.Count, err
}

// ReopenPeriod takes the line back before a month.
func (b *Book) ReopenPeriod(m text.Month) error {
	return b.setClosed("reopen", m, func(tx *store.Tx) (line text.Date, err error) {
		s := b.Settings()
		if m.Last() > s.Closed {
			return 0, fault.New(fault.Refused, "%s 未结账", "%s is not closed", m)
		}
		if m > s.Start {
			line = m.Prev().Last()
		}
		for x := m; x.Last() <= s.Closed; x = x.Next() {
			if err := b.takeBack(tx, closing(x)); err != nil {
				return 0, err
			}
		}
		return line, b.reopenCost(tx, m, s.Closed.Month())
	})
}

// setClosed draws the line anew where move says, under the book's lock.
func (b *Book) setClosed(verb string, m text.Month, move func(*store.Tx) (text.Date, error)) error {
	return b.change(verb, m.String(), func(tx *store.Tx) (map[string]string, auditlog.Detail, error) {
		line, err := move(tx)
		was := b.Settings().Closed
		return map[string]string{"closed": line.String()}, auditlog.Detail{Changes: []auditlog.Change{{Field: "closed", Before: was.String(), After: line.String()}}}, err
	})
}

func closing(m text.Month) string { return fmt.Sprintf("CLOSE-%06d", int(m)) }

// closeProfit moves what stands in the profit and loss accounts at a month's end into the profit of the year (rule 2.6). A month
// without any makes no voucher.
func (b *Book) closeProfit(tx *store.Tx, m text.Month) error {
	if err := tx.Dispatch(); err != nil {
		return err
	}
	list, err := tx.Balances(m, "5")
	if err != nil || len(list) == 0 {
		return err
	}
	k := kinds.PeriodClose
	d := &slip.Doc{Kind: k.Code, Number: closing(m), Date: m.Last()}
	for _, e := range list {
		d.Lines = append(d.Lines, slip.Line{Account: e.Account, Debit: e.Debit - e.Credit})
	}
	if err := b.putOwn(tx, k, d); err != nil {
		return err
	}
	_, err = b.post(tx, k, d)
	return err
}

// putOwn writes a slip the program makes at a month's end, at the end of its day; it may have been made before and taken back.
func (b *Book) putOwn(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	d.Status, d.Maker, d.Auditor, d.MadeAt, d.AuditedAt, d.Version = slip.Audited, b.User, b.User, b.Now(), b.Now(), 1
	d.Place = tx.NextPlace()
	id, err := tx.SlipID(d.Number)
	if err != nil {
		return err
	}
	if d.ID = id; id == 0 {
		return tx.InsertSlip(k, d)
	}
	if err := tx.UpdateSlip(k, d); err != nil {
		return err
	}
	return tx.ReplaceLines(k, d)
}

// takeBack takes a voucher the program made out of the ledgers; its slip stays as a void one.
func (b *Book) takeBack(tx *store.Tx, number string) error {
	id, err := tx.SlipID(number)
	if err != nil || id == 0 {
		return err
	}
	if err := tx.DeleteLedgers(id); err != nil {
		return err
	}
	return tx.SetStatus(id, slip.Void, "")
}
