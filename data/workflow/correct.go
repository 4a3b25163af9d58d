package workflow

import (
	"errors"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Correct 更正 changes an audited slip in one step. Where nothing hangs on it and its period is open, it is un-audited,
// written over and audited again in its place. Otherwise its red letter and the new slip are made together, both dated
// day. The slips now valid come back: one, or the red letter and the new one.
func (b *Book) Correct(d *slip.Doc, red *slip.Doc) (numbers []string, err error) {
	err = b.write(func(tx *store.Tx) error {
		numbers, _, err = b.correct(tx, d, red)
		return err
	})
	return numbers, err
}

// correct gives back what the gate tells of what it audits, too.
func (b *Book) correct(tx *store.Tx, d, red *slip.Doc) (numbers []string, told fault.List, err error) {
	old, err := tx.Slip(d.ID)
	if err != nil || old == nil {
		return nil, nil, errors.Join(err, inquiry.NotFound(d.Number, 0))
	}
	if err := b.there(old, old.Number); err != nil {
		return nil, nil, err
	}
	if err := b.mayOn(old, "unaudit", "enter", "audit"); err != nil {
		return nil, nil, err
	}
	if err := b.clash(tx, old, d.Version); err != nil { // what was seen is what is corrected (M7)
		return nil, nil, err
	}
	next, err := tx.Successors(old.ID)
	if err != nil {
		return nil, nil, err
	}
	hangs := false
	for _, s := range next {
		hangs = hangs || s.Status.Live()
	}
	k, err := b.FullKind(old.Kind)
	if err != nil {
		return nil, nil, err
	}
	if !hangs && b.checkPeriod(k, old) == nil {
		return b.rewrite(tx, old, d)
	}
	if red == nil {
		return nil, nil, fault.New(fault.Refused, "%s 之后已有单据或期间已结账，需红冲后重开", "%s has slips after it, or its period is closed: it needs a red letter and a new slip", old.Number)
	}
	fresh := d.Clone()
	fresh.ID, fresh.Number, fresh.Version, fresh.Place, fresh.Date = 0, "", 0, 0, red.Date
	if d.DueDate != 0 && d.DueDate < fresh.Date { // the new slip has the same days to pay, from its own day on
		fresh.DueDate = fresh.Date.AddDays(max(0, d.DueDate.Sub(d.Date)))
	}
	for i := range fresh.Lines {
		fresh.Lines[i].ID = 0
	}
	for _, rows := range fresh.Lists {
		for i := range rows {
			rows[i].ID = 0
		}
	}
	for _, x := range []*slip.Doc{red, fresh} {
		number, more, err := b.saveAndAudit(tx, nil, x)
		if err != nil {
			return nil, nil, err
		}
		numbers, told = append(numbers, number), append(told, more...)
	}
	return numbers, told, nil
}

// rewrite takes a slip out and puts it back as it should be; stock is checked from its old place on when all stands.
func (b *Book) rewrite(tx *store.Tx, old, d *slip.Doc) (numbers []string, told fault.List, err error) {
	k, err := b.FullKind(old.Kind)
	if err != nil {
		return nil, nil, err
	}
	if !old.Status.Live() || k.Hidden {
		return nil, nil, fault.New(fault.Refused, "%s 未审核，直接修改即可", "%s is not audited; simply change it", old.Number)
	}
	if err := b.mayDate(old); err != nil {
		return nil, nil, err
	}
	rows, err := b.withdraw(tx, k, old, true)
	if err != nil {
		return nil, nil, err
	}
	number, told, err := b.saveAndAudit(tx, old, d)
	if err != nil {
		return nil, nil, err
	}
	_, err = b.replay(tx, nil, rows)
	return []string{number}, told, err
}

// saveAndAudit writes a slip (over an old one, taking its version and place) and audits it.
func (b *Book) saveAndAudit(tx *store.Tx, old, d *slip.Doc) (number string, told fault.List, err error) {
	if old != nil {
		now, err := tx.Slip(old.ID)
		if err != nil {
			return "", nil, err
		}
		d.Version, d.Place, d.Status = now.Version, now.Place, slip.Draft
	}
	saved, told, err := b.enter(tx, d)
	if err != nil {
		return "", nil, err
	}
	return saved.Number, told, nil
}
