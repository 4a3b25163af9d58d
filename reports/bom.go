package reports

import (
	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

func level() Column { return whole("level", "层", "Level") }

// BOMCost 物料成本卷算: what one of each set costs by its parts of all levels, against its reference cost. A part bought costs what
// stock costs now, else its reference cost.
var BOMCost = &Report{Name: "bom-cost", Title: text.T("物料成本卷算表", "Cost roll-up"), Area: slip.Warehouse, Tag: slip.TagCost, Params: []string{"as-of", "product", "warehouse"},
	Columns: []Column{txt("product", "成品", "Product").of(master.Products.Code).grows(2), itsName, level(), txt("component", "组件", "Component").of(master.Products.Code).tree(), txt("component_name", "组件名称", "Component name"),
		inUnit, count("qty", "用量", "Qty"), unit("unit_cost", "单位成本", "Unit cost", slip.TagCost), unit("cost", "成本", "Cost", slip.TagCost),
		unit("reference_cost", "参考成本", "Reference cost", slip.TagCost), unit("difference", "差异", "Difference", slip.TagCost)},
	Run: bomCost}

func bomCost(b *workflow.Book, p Params) ([]Row, error) {
	want, err := one(b, p.Product, master.Products.Code)
	if err != nil {
		return nil, err
	}
	cost, err := costNow(b, p)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, set := range b.Sets() {
		if want != nil && want.ID != set.ID {
			continue
		}
		parts, err := b.Parts(set, cost)
		if err != nil {
			return nil, err
		}
		for _, x := range parts {
			row, err := partRow(b, set, x)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// partRow shows a part; the set itself stands without a component and with what it should cost.
func partRow(b *workflow.Book, set *master.Product, x inquiry.Part) (Row, error) {
	each, err := x.Unit()
	row := Row{Word(set.Code()), Word(set.Get("name")), Whole(x.Level), Word(x.Product.Code()), Word(x.Product.Get("name")), unitOf(b, x.Product.Record), x.Qty, each, x.Cost, None, None}
	if x.Level == 0 {
		row[3], row[4], row[9], row[10] = None, None, set.Reference, x.Cost-set.Reference
	}
	return row, err
}

// costNow gives a product's current unit cost: its pool's (a warehouse's own, where each has one and it is named), else its reference cost.
func costNow(b *workflow.Book, p Params) (func(*master.Product) num.Price, error) {
	at, err := one(b, p.Warehouse, master.Warehouses.Code)
	if err != nil {
		return nil, err
	}
	day, err := until(b, p)
	if err != nil {
		return nil, err
	}
	f, err := b.Seen().StockAt(day)
	if err != nil {
		return nil, err
	}
	q, v := map[int64]num.Quantity{}, map[int64]num.Amount{}
	for _, r := range f {
		if at == nil || b.Settings().Pool == "company" || at.ID == r.Warehouse {
			q[r.Product] += r.Qty
			v[r.Product] += r.Value
		}
	}
	return func(p *master.Product) num.Price {
		if q[p.ID] > 0 {
			if c, err := num.UnitPrice(v[p.ID], q[p.ID]); err == nil {
				return c
			}
		}
		return p.Reference
	}, nil
}

// WhereUsed 物料反查: the sets a component goes into, at any level.
var WhereUsed = &Report{Name: "where-used", Narrows: ofSlips, Title: text.T("物料反查表", "Where used"), Area: slip.Warehouse, Params: []string{"product"},
	Columns: []Column{txt("component", "组件", "Component").of(master.Products.Code), txt("component_name", "组件名称", "Component name"), level(), txt("product", "成品", "Product").of(master.Products.Code).grows(2), itsName,
		count("qty", "用量", "Qty"), inUnit},
	Run: func(b *workflow.Book, p Params) ([]Row, error) {
		want, err := one(b, p.Product, master.Products.Code)
		if err != nil {
			return nil, err
		}
		var c *master.Product
		if want != nil {
			c, _ = b.Masters().Product(want.Code())
		}
		list, err := b.WhereUsed(c)
		var rows []Row
		for _, u := range list {
			rows = append(rows, Row{Word(u.Component.Code()), Word(u.Component.Get("name")), Whole(u.Level), Word(u.Set.Code()), Word(u.Set.Get("name")), u.Qty, unitOf(b, u.Component.Record)})
		}
		return rows, err
	}}

// Buildable 齐套分析: how many whole sets can be put together of what lies there, and which component allows how many.
var Buildable = &Report{Name: "buildable", Narrows: ofStock, Title: text.T("齐套分析表", "Buildable sets"), Area: slip.Warehouse, Params: []string{"product", "warehouse", "by"}, By: []By{by("direct", "直接组件", "Direct parts"), by("bought", "展到底层", "What is bought")},
	Columns: []Column{txt("product", "成品", "Product").of(master.Products.Code).grows(2), itsName, txt("component", "组件", "Component").of(master.Products.Code), txt("component_name", "组件名称", "Component name"),
		inUnit, count("per_set", "单套用量", "Per set"), count("on_hand", "现存", "On hand"),
		count("builds", "可装套数", "Builds").zero()},
	Run: buildable}

func buildable(b *workflow.Book, p Params) ([]Row, error) {
	want, at, _, err := asked(b, p)
	if err != nil {
		return nil, err
	}
	stands, err := b.Stands(nil, 0)
	if err != nil {
		return nil, err
	}
	where := int64(0)
	if at != nil {
		where = at.ID
	}
	var rows []Row
	for _, set := range b.Sets() {
		if want != nil && want.ID != set.ID {
			continue
		}
		builds, err := b.Buildable(set, at.Code(), p.By == "bought")
		if err != nil {
			return nil, err
		}
		needs, err := b.Needs(set, num.QuantityOne, p.By == "bought", true)
		if err != nil {
			return nil, err
		}
		rows = append(rows, Row{Word(set.Code()), Word(set.Get("name")), None, None, unitOf(b, set.Record), None, stands.At(set.ID, where).OnHand, builds})
		for _, n := range needs {
			have := stands.At(n.Product.ID, where).OnHand
			rows = append(rows, Row{Word(set.Code()), Word(set.Get("name")), Word(n.Product.Code()), Word(n.Product.Get("name")), unitOf(b, n.Product.Record), n.Qty, have,
				max(0, have) / n.Qty * num.QuantityOne})
		}
	}
	return rows, nil
}
