package workflow

import (
	"cmp"
	"slices"
	"strings"

	"zhanggui/data/fault"
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

// Part is what one of a set holds: a component at any level, or at level 0 the set itself.
type Part struct {
	Level   int
	Product *master.Product
	Qty     num.Quantity // in one of the set, scrap of every level included, in base units
	Made    bool         // it is made of the parts that follow it, one level down
	Cost    num.Price    // of Qty: what is bought at its unit cost, what is made at the sum of its parts
}

// Unit is the cost of one of the part.
func (p *Part) Unit() (num.Price, error) {
	if p.Qty == 0 {
		return 0, nil
	}
	v, err := num.MulDiv(int64(p.Cost), num.QuantityOne, int64(p.Qty))
	return num.Price(v), err
}

// Parts lists a set and its components over all levels, each before what it is made of, and rolls the costs up: bought parts at what
// cost says one is worth. A bill of materials that runs in a circle is refused.
func (b *Book) Parts(set *master.Product, cost func(*master.Product) num.Price) ([]Part, error) {
	return b.parts(nil, nil, set, num.QuantityOne, cost)
}

// parts adds so many of a product, and below it its parts; path are the products it is a part of.
func (b *Book) parts(list []Part, path []string, p *master.Product, qty num.Quantity, cost func(*master.Product) num.Price) ([]Part, error) {
	if slices.Contains(path, p.Code()) {
		return nil, fault.New(fault.Refused, "物料清单成环：%s", "the bills of materials run in a circle: %s", strings.Join(append(path, p.Code()), " → "))
	}
	rows := b.Masters().Components(p.Code())
	at := len(list)
	list = append(list, Part{Level: len(path), Product: p, Qty: qty, Made: len(rows) > 0})
	if len(rows) == 0 {
		v, err := num.MulDiv(int64(qty), int64(cost(p)), num.QuantityOne)
		list[at].Cost = num.Price(v)
		return list, err
	}
	path = append(slices.Clone(path), p.Code())
	for _, r := range rows {
		c, ok := b.Masters().Product(r.Get("component"))
		if !ok {
			return nil, fault.New(fault.Damaged, "%s 的物料清单里没有商品“%s”", "the bill of materials of %s names %q, which does not exist", p.Code(), r.Get("component"))
		}
		q, err := need(r, qty, true)
		if err != nil {
			return nil, err
		}
		below := len(list)
		if list, err = b.parts(list, path, c, q, cost); err != nil {
			return nil, err
		}
		if list[at].Cost, err = num.Add(list[at].Cost, list[below].Cost); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Sets lists the products that have a bill of materials, by code.
func (b *Book) Sets() (list []*master.Product) {
	seen := map[string]bool{}
	for _, r := range b.Masters().List(master.Boms.Code) {
		if p, ok := b.Masters().Product(r.Get("product")); ok && !seen[p.Code()] {
			seen[p.Code()] = true
			list = append(list, p)
		}
	}
	return list
}

// Use is a set a component goes into: Qty of it in one of the set, by all ways together; Level is the nearest.
type Use struct {
	Component, Set *master.Product
	Level          int
	Qty            num.Quantity
}

// WhereUsed lists which sets hold a component at any level, nearest first; no component is all of them.
func (b *Book) WhereUsed(component *master.Product) ([]Use, error) {
	var list []Use
	for _, set := range b.Sets() {
		parts, err := b.Parts(set, func(*master.Product) num.Price { return 0 })
		if err != nil {
			return nil, err
		}
		at := map[string]int{}
		for _, p := range parts[1:] {
			code := p.Product.Code()
			if component != nil && component.Code() != code {
				continue
			}
			i, ok := at[code]
			if !ok {
				i, at[code] = len(list), len(list)
				list = append(list, Use{Component: p.Product, Set: set, Level: p.Level})
			}
			u := &list[i]
			u.Level = min(u.Level, p.Level)
			if u.Qty, err = num.Add(u.Qty, p.Qty); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Use) int {
		return cmp.Or(cmp.Compare(a.Component.Code(), b.Component.Code()), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Set.Code(), b.Set.Code()))
	})
	return list, nil
}
