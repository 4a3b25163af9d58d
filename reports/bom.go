package reports

import (
	"strconv"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

func level() Column { return Column{Key: "level", Title: text.T("层", "Level"), Type: slip.TypeInt} }

// BOMCost 物料成本卷算: what one of each set costs by its parts of all levels, against its reference cost. A part bought costs what
// stock costs now, else its reference cost.
var BOMCost = &Report{Name: "bom-cost", Title: text.T("物料成本卷算表", "Cost roll-up"), Area: slip.Warehouse, Params: []string{"as-of", "product", "warehouse"},
	Columns: []Column{txt("product", "成品", "Product"), txt("name", "名称", "Name"), level(), txt("component", "组件", "Component").of("products").tree(), txt("component_name", "组件名称", "Component name"),
		txt("unit", "单位", "Unit"), {Key: "qty", Title: text.T("用量", "Qty"), Type: slip.TypeQuantity}, unit("unit_cost", "单位成本", "Unit cost", slip.TagCost), unit("cost", "成本", "Cost", slip.TagCost),
		unit("reference_cost", "参考成本", "Reference cost", slip.TagCost), unit("difference", "差异", "Difference", slip.TagCost)},
	Run: bomCost}

func bomCost(b *workflow.Book, p Params) ([][]string, error) {
	want, err := one(b, p.Product, "products")
	if err != nil {
		return nil, err
	}
	cost, err := costNow(b, p)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, set := range b.Sets() {
		if want != nil && want.ID != set.ID {
			continue
		}
		parts, err := b.Parts(set, cost)
		if err != nil {
			return nil, err
		}
		for _, x := range parts {
			row, err := partRow(set, x)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// partRow shows a part; the set itself stands without a component and with what it should cost.
func partRow(set *master.Product, x inquiry.Part) ([]string, error) {
	each, err := x.Unit()
	row := []string{set.Code(), set.Get("name"), strconv.Itoa(x.Level), x.Product.Code(), x.Product.Get("name"), x.Product.Unit, x.Qty.String(), each.String(), x.Cost.String(), "", ""}
	if x.Level == 0 {
		row[3], row[4], row[9], row[10] = "", "", set.Reference.String(), (x.Cost - set.Reference).String()
	}
	return row, err
}

// costNow gives a product's current unit cost: its pool's (a warehouse's own, where each has one and it is named), else its reference cost.
func costNow(b *workflow.Book, p Params) (func(*master.Product) num.Price, error) {
	at, err := one(b, p.Warehouse, "warehouses")
	if err != nil {
		return nil, err
	}
	f, err := b.DB.StockAt(until(b, p))
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
var WhereUsed = &Report{Name: "where-used", Title: text.T("物料反查表", "Where used"), Area: slip.Warehouse, Params: []string{"product"},
	Columns: []Column{txt("component", "组件", "Component").of("products"), txt("component_name", "组件名称", "Component name"), level(), txt("product", "成品", "Product"), txt("name", "名称", "Name"),
		{Key: "qty", Title: text.T("用量", "Qty"), Type: slip.TypeQuantity}, txt("unit", "单位", "Unit")},
	Run: func(b *workflow.Book, p Params) ([][]string, error) {
		want, err := one(b, p.Product, "products")
		if err != nil {
			return nil, err
		}
		var c *master.Product
		if want != nil {
			c, _ = b.Masters().Product(want.Code())
		}
		list, err := b.WhereUsed(c)
		var rows [][]string
		for _, u := range list {
			rows = append(rows, []string{u.Component.Code(), u.Component.Get("name"), strconv.Itoa(u.Level), u.Set.Code(), u.Set.Get("name"), u.Qty.String(), u.Component.Unit})
		}
		return rows, err
	}}

// Buildable 齐套分析: how many whole sets can be put together of what lies there, and which component allows how many.
var Buildable = &Report{Name: "buildable", Title: text.T("齐套分析表", "Buildable sets"), Area: slip.Warehouse, Params: []string{"product", "warehouse", "by"}, By: []string{"direct", "bought"},
	Columns: []Column{txt("product", "成品", "Product"), txt("name", "名称", "Name"), txt("component", "组件", "Component").of("products"), txt("component_name", "组件名称", "Component name"),
		txt("unit", "单位", "Unit"), {Key: "per_set", Title: text.T("单套用量", "Per set"), Type: slip.TypeQuantity}, {Key: "on_hand", Title: text.T("现存", "On hand"), Type: slip.TypeQuantity},
		{Key: "builds", Title: text.T("可装套数", "Builds"), Type: slip.TypeQuantity}},
	Run: buildable}

func buildable(b *workflow.Book, p Params) ([][]string, error) {
	want, at, err := asked(b, p)
	if err != nil {
		return nil, err
	}
	if p.By != "" && p.By != "direct" && p.By != "bought" {
		return nil, fault.New(fault.Usage, "不能按“%s”分析", "cannot count sets by %q", p.By)
	}
	stands, err := b.Stands(nil, 0)
	if err != nil {
		return nil, err
	}
	where := int64(0)
	if at != nil {
		where = at.ID
	}
	var rows [][]string
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
		rows = append(rows, []string{set.Code(), set.Get("name"), "", "", set.Unit, "", stands.At(set.ID, where).OnHand.String(), builds.String()})
		for _, n := range needs {
			have := stands.At(n.Product.ID, where).OnHand
			rows = append(rows, []string{set.Code(), set.Get("name"), n.Product.Code(), n.Product.Get("name"), n.Product.Unit, n.Qty.String(), have.String(),
				(max(0, have) / n.Qty * num.QuantityOne).String()})
		}
	}
	return rows, nil
}
