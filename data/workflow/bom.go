package workflow

import (
	"slices"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// explode puts the components of the bill of materials on a slip that names its set alone: going in with their scrap, coming out
// without. What is made of components itself stands as it is; it has a slip of its own.
func (b *Book) explode(k *slip.Kind, d *slip.Doc) {
	if len(d.Lines) != 1 || d.Lines[0].Qty <= 0 {
		return
	}
	set := d.Lines[0]
	p, ok := b.Masters().Product(set.Product)
	if !ok {
		return
	}
	if set.Unit == "" {
		set.Unit = p.Unit
	}
	factor, ok := p.UnitFactor(set.Unit)
	if !ok {
		return
	}
	base, err := num.Convert(set.Qty, factor)
	if err != nil {
		return // said by the arithmetic of the line itself
	}
	for _, r := range b.Masters().Components(p.Code()) {
		q, err := need(r, base, k.Parts > 0)
		if err == nil && q != 0 {
			d.Lines = append(d.Lines, slip.Line{Product: r.Get("component"), Warehouse: set.Warehouse, Qty: -q})
		}
	}
}

// need is how much of a component so many of its product take: quantity × (1 + scrap rate), in base units.
func need(r *master.Record, product num.Quantity, scrap bool) (num.Quantity, error) {
	per, err := num.ParseQuantity(orZero(r.Get("qty")))
	if err != nil {
		return 0, err
	}
	q, err := num.Convert(product, per)
	if rate, _ := num.ParseRate(orZero(r.Get("scrap_rate"))); err == nil && scrap && rate != 0 {
		var v int64
		v, err = num.MulDiv(int64(q), num.RateOne+int64(rate), num.RateOne)
		q = num.Quantity(v)
	}
	return q, err
}

// contains tells whether a product is, or is made with, the other, at any level.
func contains(tx *store.Tx, product, other string, seen map[string]bool) bool {
	if product == other {
		return true
	}
	if seen[product] {
		return false
	}
	seen[product] = true
	return slices.ContainsFunc(tx.Masters().Components(product), func(r *master.Record) bool { return contains(tx, r.Get("component"), other, seen) })
}
