package workflow

import (
	"slices"

	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// touched lists the slips whose open amount depends on a slip: itself, what it settles, and what its lines follow from. All of what hangs on
// them is asked for where it says true.
func touched(tx *store.Tx, d *slip.Doc) map[int64]bool {
	ids := map[int64]bool{}
	if slices.Contains(inquiry.Openings.Settled, d.Kind) || slices.Contains(inquiry.Openings.Settles, d.Kind) {
		ids[d.ID] = true
	}
	for _, a := range d.Allocations {
		if id, err := tx.SlipID(a.Target); err == nil && id > 0 {
			ids[id] = true
			sources(tx, id, ids) // what it pays back of a return no longer lowers what that follows from
		}
	}
	for i := range d.Lines {
		if d.Lines[i].SourceID == 0 {
			continue
		}
		if src, _, err := sourceOf(tx, &d.Lines[i]); err == nil && slices.Contains(inquiry.Openings.Settled, src.Kind) {
			ids[src.ID] = true
		}
	}
	return ids
}

// alone tells whether nothing but what it opened itself makes a slip's open amount: one entered this moment, which follows from nothing,
// settles nothing and is no order. Most slips are.
func alone(k *slip.Kind, d *slip.Doc) bool {
	return !k.Plan && slices.Contains(inquiry.Openings.Settled, d.Kind) && !slices.Contains(inquiry.Openings.Settles, d.Kind) && len(d.Allocations) == 0 &&
		!slices.ContainsFunc(d.Lines, func(l slip.Line) bool { return l.SourceID != 0 || len(l.Matches) > 0 })
}

// sources adds the slips that the lines of a return or red letter follow from and of which an open amount is kept.
func sources(tx *store.Tx, id int64, ids map[int64]bool) {
	t, err := tx.Read(id)
	if err != nil || t == nil {
		return
	}
	if k, _ := kinds.ByCode(t.Kind); !t.Red(k) {
		return
	}
	for i := range t.Lines {
		if src, _, err := sourceOf(tx, &t.Lines[i]); t.Lines[i].SourceID != 0 && err == nil && slices.Contains(inquiry.Openings.Settled, src.Kind) {
			ids[src.ID] = true
		}
	}
}

// derive brings what is kept for speed in step with a slip just audited or taken back: the open amounts it touched, what an
// order promises, and how often the party had its products.
func (b *Book) derive(tx *store.Tx, k *slip.Kind, d *slip.Doc, touched map[int64]bool) error {
	for id, all := range touched {
		keep := func() error { return tx.KeepOpen(id, inquiry.Openings) }
		if !all {
			keep = func() error { return tx.KeepOpened(id) }
		}
		if err := keep(); err != nil {
			return err
		}
	}
	if k.Goods() {
		party := int64(0)
		if r, ok := b.Masters().Find(string(k.RoleOf(d)), d.Party); ok {
			party = r.ID
		}
		sign := int64(-1)
		if d.Status.Live() {
			sign = 1
		}
		if err := tx.Use(d, party, sign); err != nil {
			return err
		}
	}
	return derivePromised(tx, k, d, d.Status.Live())
}

// derivePromised keeps what a slip's lines still promise.
func derivePromised(tx *store.Tx, k *slip.Kind, d *slip.Doc, live bool) error {
	if k.Stock.Promise == slip.Nothing {
		return nil
	}
	return tx.KeepPromised(d.ID, live && k.Awaits(d))
}

// executeSources brings the executed quantities and statuses of the orders behind a slip in step (after audit and un-audit).
func (b *Book) executeSources(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	orders := map[int64]bool{}
	for i := range d.Lines {
		line := d.Lines[i].SourceID
		for line != 0 {
			src, sl, err := sourceOf(tx, &slip.Line{SourceID: line})
			if err != nil {
				return err
			}
			sk, _ := kinds.ByCode(src.Kind)
			if sk.Awaits(src) {
				q, err := executed(tx, sk, sl)
				if err != nil {
					return err
				}
				if err := tx.SetDone(sl.ID, q); err != nil {
					return err
				}
				orders[src.ID] = true
			}
			line = sl.SourceID
		}
	}
	for id := range orders {
		if err := restate(tx, id); err != nil {
			return err
		}
	}
	return nil
}

// executed is what audited successors took from an order line, less what came back to be sent again.
func executed(tx *store.Tx, sk *slip.Kind, l *slip.Line) (num.Quantity, error) {
	links, err := tx.LinkedLines(l.ID)
	var q num.Quantity
	for _, x := range links {
		xk, _ := kinds.ByCode(x.Kind)
		if s, ok := xk.Source(sk.Code); !ok || !s.Executes || !x.Status.Live() {
			continue
		}
		if x.Kind == sk.Code { // also what a red letter brought back need not arrive any more
			x.Base = max(x.Base, -x.Base)
		}
		q += x.Base
		back, err := tx.LinkedLines(x.Line)
		if err != nil {
			return 0, err
		}
		for _, r := range back {
			if r.Status.Live() && (r.Redeliver || r.Kind == x.Kind) {
				q -= max(r.Base, -r.Base)
			}
		}
	}
	return q, err
}

// restate works an order's status out of its lines.
func restate(tx *store.Tx, id int64) error {
	d, err := tx.Read(id)
	if err != nil || d.Status == slip.Closed || !d.Status.Live() {
		return err
	}
	all, full, none, err := tx.DoneLines(id)
	if err != nil {
		return err
	}
	s := slip.PartlyDone
	if full == all {
		s = slip.Done
	} else if none == all {
		s = slip.Audited
	}
	if s != d.Status {
		if err := tx.SetCarried(id, s); err != nil {
			return err
		}
	}
	k, err := kinds.Lookup(d.Kind)
	if err != nil {
		return err
	}
	return derivePromised(tx, k, d, true)
}
