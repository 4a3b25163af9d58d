package inquiry

import (
	"cmp"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
)

// Need is how much of a product goes into so many of a set, in base units.
type Need struct {
	Product *master.Product
	Qty     num.Quantity
}

// Needs lists what so many of a set are made of, each product once: its direct components, or (all) what is bought at the bottom of all
// levels. Scrap is reckoned at every level on the way, or at none.
func (b *Book) Needs(set *master.Product, qty num.Quantity, all, scrap bool) ([]Need, error) {
	parts, err := b.parts(nil, nil, set, qty, explosion{scrap: scrap, direct: !all})
	if err != nil {
		return nil, err
	}
	var list []Need
	at := map[string]int{}
	for _, p := range parts[1:] {
		if all && p.Made || p.Qty == 0 {
			continue
		}
		i, ok := at[p.Product.Code()]
		if !ok {
			i, at[p.Product.Code()] = len(list), len(list)
			list = append(list, Need{Product: p.Product})
		}
		if list[i].Qty, err = num.Add(list[i].Qty, p.Qty); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Buildable is how many whole sets can be put together of what lies in a warehouse (empty: in all of them): of direct components as they
// are, or (all) of what is bought.
func (b *Book) Buildable(set *master.Product, warehouse string, all bool) (num.Quantity, error) {
	one, err := b.Needs(set, num.QuantityOne, all, true)
	if err != nil || len(one) == 0 {
		return 0, err
	}
	have, err := b.OnHandOf(one, warehouse)
	if err != nil {
		return 0, err
	}
	most := num.MaxQuantity / num.QuantityOne
	for _, n := range one {
		most = min(most, max(0, have[n.Product.ID])/max(n.Qty, 1)+1)
	}
	// quantities of many sets are rounded once, of one set each time: the count is found by trying
	low, high := num.Quantity(0), most
	for low < high {
		try := (low + high + 1) / 2
		if ok, err := b.enough(set, try*num.QuantityOne, all, have); err != nil {
			return 0, err
		} else if ok {
			low = try
		} else {
			high = try - 1
		}
	}
	return low * num.QuantityOne, nil
}

func (b *Book) enough(set *master.Product, qty num.Quantity, all bool, have map[int64]num.Quantity) (bool, error) {
	needs, err := b.Needs(set, qty, all, true)
	for _, n := range needs {
		if have[n.Product.ID] < n.Qty {
			return false, err
		}
	}
	return true, err
}

// OnHandOf is what lies of each product in a warehouse, or (empty) in all of them.
func (b *Book) OnHandOf(needs []Need, warehouse string) (map[int64]num.Quantity, error) {
	ids := make([]int64, len(needs))
	for i, n := range needs {
		ids[i] = n.Product.ID
	}
	stands, err := b.Stands(ids, 0)
	if err != nil {
		return nil, err
	}
	at, known := b.Masters().Find(master.Warehouses.Code, warehouse)
	have := map[int64]num.Quantity{}
	for _, id := range ids {
		switch {
		case warehouse == "":
			have[id] = stands.At(id, 0).OnHand
		case known:
			have[id] = stands.At(id, at.ID).OnHand
		}
	}
	return have, nil
}

// need is how much of a component so many of its product take: quantity × (1 + scrap rate), in base units.
func need(r *master.Record, product num.Quantity, scrap bool) (num.Quantity, error) {
	per, err := num.ParseQuantity(cmp.Or(r.Get("qty"), "0"))
	if err != nil {
		return 0, err
	}
	q, err := num.Convert(product, per)
	if rate, _ := num.ParseRate(cmp.Or(r.Get("scrap_rate"), "0")); err == nil && scrap && rate != 0 {
		var v int64
		v, err = num.MulDiv(int64(q), num.RateOne+int64(rate), num.RateOne)
		q = num.Quantity(v)
	}
	return q, err
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
	return b.parts(nil, nil, set, num.QuantityOne, explosion{scrap: true, cost: cost})
}

// explosion says how a set is taken to pieces on paper.
type explosion struct {
	scrap, direct bool
	cost          func(*master.Product) num.Price // none: costs do not matter
}

// parts adds so many of a product, and below it its parts; path are the products it is a part of.
func (b *Book) parts(list []Part, path []string, p *master.Product, qty num.Quantity, x explosion) ([]Part, error) {
	if slices.Contains(path, p.Code()) {
		return nil, fault.New(fault.Refused, "物料清单成环：%s", "the bills of materials run in a circle: %s", b.CalledAll(master.Products, append(path, p.Code()), " → "))
	}
	rows := b.Masters().Components(p.Code())
	at := len(list)
	list = append(list, Part{Level: len(path), Product: p, Qty: qty, Made: len(rows) > 0})
	if len(rows) == 0 || x.direct && len(path) > 0 {
		if x.cost == nil {
			return list, nil
		}
		v, err := num.MulDiv(int64(qty), int64(x.cost(p)), num.QuantityOne)
		list[at].Cost = num.Price(v)
		return list, err
	}
	path = append(slices.Clone(path), p.Code())
	for _, r := range rows {
		c, ok := b.Masters().Product(r.Get("component"))
		if !ok {
			return nil, fault.New(fault.Damaged, "%s 的物料清单里没有商品“%s”", "the bill of materials of %s names %q, which does not exist", b.Calls(p.Record), r.Get("component"))
		}
		q, err := need(r, qty, x.scrap)
		if err != nil {
			return nil, err
		}
		below := len(list)
		if list, err = b.parts(list, path, c, q, x); err != nil {
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
		parts, err := b.Parts(set, nil)
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
