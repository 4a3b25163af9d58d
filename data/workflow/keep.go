package workflow

import (
	"slices"

	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// touched lists the slips whose open amount depends on a slip: itself, what it settles, and what its lines follow from.
func touched(tx *store.Tx, d *slip.Doc) map[int64]bool {
	ids := map[int64]bool{}
	if slices.Contains(inquiry.Kept.Settled, d.Kind) || slices.Contains(inquiry.Kept.Settles, d.Kind) {
		ids[d.ID] = true
	}
	for _, a := range d.Allocations {
		if id, err := tx.SlipID(a.Target); err == nil && id > 0 {
			ids[id] = true
		}
	}
	for i := range d.Lines {
		if d.Lines[i].SourceID == 0 {
			continue
		}
		if src, _, err := sourceOf(tx, &d.Lines[i]); err == nil && slices.Contains(inquiry.Kept.Settled, src.Kind) {
			ids[src.ID] = true
		}
	}
	return ids
}

// keep brings what is kept for speed in step with a slip just audited or taken back: the open amounts it touched, what an
// order promises, and how often the party had its products.
func (b *Book) keep(tx *store.Tx, k *slip.Kind, d *slip.Doc, touched map[int64]bool) error {
	for id := range touched {
		if err := tx.KeepOpen(id, inquiry.Kept); err != nil {
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
		tx.Use(d, party, sign)
	}
	return keepPromised(tx, k, d, d.Status.Live())
}

// keepPromised keeps what a slip's lines still promise.
func keepPromised(tx *store.Tx, k *slip.Kind, d *slip.Doc, live bool) error {
	if k.Stock.Promise == slip.Nothing {
		return nil
	}
	return tx.KeepPromised(d.ID, live && k.Awaits(d))
}
