package inquiry

import (
	"cmp"
	"slices"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// AgeDays are the last days of the steps of age but the last, which has no end.
var AgeDays = [4]int{30, 60, 90, 180}

// StockAge is how long what is on hand of a product has lain there, by steps of AgeDays.
type StockAge struct {
	Product *master.Record
	Qty     [len(AgeDays) + 1]num.Quantity
}

// StockAges ages what is on hand at a day by the receipts it came with, first in first out in each warehouse: a transfer carries the age
// along, goods sent back to the supplier are those he brought, a customer's return is new. Product and warehouse 0 are all. What is owed
// below zero comes off the oldest elsewhere, and what all warehouses owe together, or the one that is asked for, stands below zero in the first
// step, so that the ages add up to the stock. A product that stands at zero is not listed.
func (b *Book) StockAges(product, warehouse int64, day text.Date) ([]StockAge, error) {
	old := day.AddDays(-AgeDays[len(AgeDays)-1] - 1) // what was there then is of the last step, however old it is
	f, err := b.DB.StockAt(old)
	if err != nil {
		return nil, err
	}
	all := map[int64]*ages{}
	of := func(id int64) *ages {
		if all[id] == nil {
			all[id] = &ages{at: map[int64]*lot{}, carried: map[int64][]layer{}}
		}
		return all[id]
	}
	for _, r := range f {
		id, w, q := r.Product, r.Warehouse, r.Qty
		if product != 0 && id != product || q == 0 {
			continue
		}
		of(id).at[w] = &lot{owed: max(0, -q)}
		of(id).at[w].put(layer{old, 0, max(0, q)})
	}
	if err := b.DB.Moves(product, old.AddDays(1), day, func(m *store.Moved) { of(m.Product).move(m) }); err != nil {
		return nil, err
	}
	where := b.Here()
	if warehouse != 0 && where.Has(warehouse) {
		where = Places{warehouse}
	} else if warehouse != 0 {
		where = Places{}
	}
	var list []StockAge
	for id, a := range all {
		if p, ok := b.Masters().ByID(master.Products.Code, id); ok {
			if q, some := a.steps(where, day); some {
				list = append(list, StockAge{p, q})
			}
		}
	}
	slices.SortFunc(list, func(a, b StockAge) int { return cmp.Compare(a.Product.Code(), b.Product.Code()) })
	return list, nil
}

// layer is goods of one receipt still there.
type layer struct {
	date text.Date
	line int64
	qty  num.Quantity
}

// lot is what lies in a warehouse, oldest first, or what it owes.
type lot struct {
	layers []layer
	owed   num.Quantity
}

// ages follows one product through the ledger; carried are the layers on their way between warehouses, by line.
type ages struct {
	at      map[int64]*lot
	carried map[int64][]layer
}

func (a *ages) move(m *store.Moved) {
	l := a.at[m.Warehouse]
	if l == nil {
		l = &lot{}
		a.at[m.Warehouse] = l
	}
	switch {
	case m.Qty < 0:
		a.carried[m.Line] = l.take(-m.Qty, m.Source)
	case m.Carried:
		for _, c := range cut(a.carried[m.Line], m.Qty) {
			l.put(c)
		}
	default:
		l.put(layer{m.Date, m.Line, m.Qty})
	}
}

// put lays goods in their order of age, after what is owed is covered.
func (l *lot) put(c layer) {
	covered := min(l.owed, c.qty)
	l.owed, c.qty = l.owed-covered, c.qty-covered
	if c.qty == 0 {
		return
	}
	i := len(l.layers)
	for i > 0 && l.layers[i-1].date > c.date {
		i--
	}
	l.layers = slices.Insert(l.layers, i, c)
}

// take takes goods out, those of the line named first, then the oldest; what is not there is owed.
func (l *lot) take(q num.Quantity, line int64) (taken []layer) {
	for _, own := range []bool{true, false} {
		for i := range l.layers {
			c := &l.layers[i]
			if n := min(q, c.qty); n > 0 && (!own || line != 0 && c.line == line) {
				taken = append(taken, layer{c.date, c.line, n})
				c.qty, q = c.qty-n, q-n
			}
		}
	}
	l.layers = slices.DeleteFunc(l.layers, func(c layer) bool { return c.qty == 0 })
	l.owed += q
	return taken
}

// cut is the first so many of some layers.
func cut(layers []layer, q num.Quantity) (out []layer) {
	for _, c := range layers {
		c.qty = min(c.qty, q)
		if q -= c.qty; c.qty > 0 {
			out = append(out, c)
		}
	}
	return out
}

// steps sorts what is there into the steps of age, and tells whether anything is.
func (a *ages) steps(where Places, day text.Date) (q [len(AgeDays) + 1]num.Quantity, some bool) {
	all := lot{}
	owed := num.Quantity(0)
	for w, l := range a.at {
		if !where.Has(w) {
			continue
		}
		owed += l.owed
		for _, c := range l.layers {
			all.put(c)
		}
	}
	all.take(owed, 0)
	if all.owed > 0 { // more is owed than is there: it stands below zero, of no age
		q[0], all.owed, some = -all.owed, 0, true
	}
	for _, c := range all.layers {
		i := 0
		for i < len(AgeDays) && day.Sub(c.date) > AgeDays[i] {
			i++
		}
		q[i] += c.qty
	}
	return q, some || len(all.layers) > 0
}
