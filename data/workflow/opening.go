package workflow

import (
	"zhanggui/data/auditlog"
	"zhanggui/data/chart"
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/ledger"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// postOpening makes the one opening voucher anew from the opening data, dated the day before the book begins.
func (b *Book) postOpening(tx *store.Tx) error {
	k := kinds.Opening
	s := b.Settings()
	if s.Closed != 0 {
		return fault.New(fault.Refused, "已有结账期间，不能修改期初", "a period is closed; the opening can no longer change")
	}
	d := &slip.Doc{Kind: k.Code, Number: kinds.OpeningNumber, Date: s.Start.First().AddDays(-1), Status: slip.Audited, General: s.Taxpayer == "general",
		Maker: b.User, Auditor: b.User, MadeAt: b.Now(), AuditedAt: b.Now(), Version: 1}
	d.Lines = b.openingLines()
	if faults := b.checkOpeningLots(tx, d); len(faults) > 0 {
		return faults
	}
	id, err := tx.SlipID(d.Number)
	if err != nil {
		return err
	}
	if id == 0 {
		if err := tx.InsertSlip(k, d); err != nil {
			return err
		}
		_, err := b.post(tx, k, d)
		return err
	}
	d.ID = id
	rows, err := tx.DeleteRows(id)
	if err != nil {
		return err
	}
	if err := tx.ReplaceLines(k, d); err != nil {
		return err
	}
	return b.postAgain(tx, d, rows)
}

// repost posts a live slip anew in its place, as it stands.
func (b *Book) repost(tx *store.Tx, d *slip.Doc) error {
	rows, err := tx.DeleteRows(d.ID)
	if err != nil {
		return err
	}
	return b.postAgain(tx, d, rows)
}

// postAgain posts a slip whose stock rows are gone. These first leave, then all stand anew; the replay sees both at once.
func (b *Book) postAgain(tx *store.Tx, d *slip.Doc, gone []*ledger.Row) error {
	k, err := kinds.Lookup(d.Kind)
	if err != nil {
		return err
	}
	if err := tx.DeleteLedgers(d.ID); err != nil {
		return err
	}
	e, err := k.Post(d)
	if err != nil {
		return err
	}
	fresh, err := b.rows(tx, d, e)
	if err != nil {
		return err
	}
	if _, err := b.replay(tx, fresh, gone); err != nil {
		return err
	}
	return b.postRest(tx, d, e)
}

func (b *Book) openingLines() []slip.Line {
	var lines []slip.Line
	set := b.Masters()
	for _, r := range set.List(master.OpeningStock.Code) {
		p, ok := set.Product(r.Get("product"))
		if !ok {
			continue
		}
		l := slip.Line{Product: p.Code(), Warehouse: r.Get("warehouse"), Unit: p.Unit, Factor: num.QuantityOne}
		l.Qty, _ = num.ParseQuantity(r.Get("qty"))
		l.Base = l.Qty
		l.Price, _ = num.ParsePrice(orZero(r.Get("cost")))
		if a := r.Get("amount"); a != "" {
			l.Net, _ = num.ParseAmount(a)
		} else {
			l.Net, _ = num.Extend(l.Qty, l.Price, 0)
		}
		l.Gross = l.Net
		l.Fill(slip.LotKey, r.Get(slip.LotKey))
		l.Fill(slip.ExpiryKey, r.Get(slip.ExpiryKey))
		l.StockAccount, l.SalesAccount, l.ContraAccount = b.AccountsOf(p.Get("category"))
		lines = append(lines, l)
	}
	return append(lines, b.openingBalances()...)
}

func (b *Book) openingBalances() []slip.Line {
	var lines []slip.Line
	books := []struct {
		key, account string
		book         slip.Book
	}{{"receivable", chart.Receivables, slip.Receivable}, {"payable", chart.Payables, slip.Payable}, {"advance", chart.Advances, slip.Advance}, {"prepaid", chart.Prepayments, slip.Prepaid}}
	for _, r := range b.Masters().List(master.OpeningBalances.Code) {
		for _, k := range books {
			a, _ := num.ParseAmount(orZero(r.Get(k.key)))
			if a == 0 {
				continue
			}
			lines = append(lines, slip.Line{Role: slip.Role(r.Get("party_kind") + "s"), Party: r.Get("party"), Debit: a, Account: k.account,
				Extra: map[string]string{"book": string(k.book)}})
		}
	}
	for _, r := range b.Masters().List(master.Accounts.Code) {
		if a, _ := num.ParseAmount(orZero(r.Get("opening"))); a != 0 {
			lines = append(lines, slip.Line{Debit: a, Account: cashGL(r.Get("gl_account"), r.Get("type")), Extra: map[string]string{"book": "cash", "cash": r.Code()}})
		}
	}
	return lines
}

// accrueLanded posts anew, each in its place, the landed costs that an older program posted to the carrier on the receipts' own day: what is
// owed is of the landed cost's day, and the accrual carries it there (7.3.1). Costs, stock, parties and every balance at a month's end stay
// to the cent; what changes is 220201 on the days between, and the turnover of 220202. So also closed months agree with their party
// ledgers on every day.
func (b *Book) accrueLanded() error {
	ids, err := b.DB.LandedUnaccrued()
	if err != nil || len(ids) == 0 {
		return err
	}
	return b.write(func(tx *store.Tx) error {
		for _, id := range ids {
			d, err := tx.Slip(id)
			if err != nil {
				return err
			}
			for i := range d.Lines {
				for j := range d.Lines[i].Matches {
					m := &d.Lines[i].Matches[j]
					m.Apart = m.Apart || !m.Late
				}
			}
			if err := tx.FixLines(kinds.LandedCost, d); err != nil {
				return err
			}
			if err := b.repost(tx, d); err != nil {
				return err
			}
			if err := b.log(tx, "repost", d, auditlog.Detail{Note: chart.Accruals}); err != nil {
				return err
			}
		}
		return nil
	})
}
