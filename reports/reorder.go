package reports

import (
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

var reorderBy = []By{by("min-max", "按上下限", "Minimum and maximum"), by("speed", "按销售速度", "Sales speed")}

// ReorderReport 补货建议: what is available below its minimum; by speed also what will sell out before it can come.
var ReorderReport = withSpec(&Report{Name: "reorder", Narrows: ofStock, Area: slip.Warehouse, Makes: &Making{text.T("生成采购计划", "Make a purchase plan"),
	func(b *workflow.Book, p Params) (*slip.Doc, error) { return b.ProposePlan(p.By == "speed", p.Product) }}, Title: text.T("补货建议表", "Reorder"), Params: []string{"as-of", "by", "product"}, By: reorderBy,
	Columns: []Column{good, itsName, qty("on_hand", "现存", "On hand"), qty("reserved", "预留", "Reserved"), qty("on_order", "在订", "On order"),
		qty("available", "可用", "Available"), qty("min_stock", "下限", "Minimum"), qty("sold", "90 天销量", "Sold in 90 days").by("speed"),
		whole("lead_days", "到货天数", "Lead days").by("speed"),
		qty("suggested_qty", "建议数量", "Suggested"), txt("supplier", "供应商", "Supplier").of(master.Suppliers.Code), txt("way", "方式", "Way").called(among(supplies))},
	Run: func(b *workflow.Book, p Params) ([]Row, error) {
		want, err := one(b, p.Product, master.Products.Code)
		if err != nil {
			return nil, err
		}
		day, err := until(b, p)
		if err != nil {
			return nil, err
		}
		list, err := b.Reorders(day, p.By == "speed")
		var rows []Row
		for _, r := range list {
			if want == nil || want.ID == r.Product.ID {
				rows = append(rows, Row{Word(r.Product.Code()), Word(r.Product.Get("name")), r.OnHand, r.Reserved, r.OnOrder, r.Available(), r.Product.Min,
					r.Sold, Whole(r.Lead), r.Suggested, Word(r.Supplier), Word(map[bool]string{true: "make", false: "buy"}[r.Make])})
			}
		}
		return rows, err
	}})

// OverMaximum 超储: what is available above its maximum, and what that is worth.
var OverMaximum = withSpec(&Report{Name: "over-maximum", Narrows: ofStock, Title: text.T("超储表", "Over maximum"), Area: slip.Warehouse, Params: []string{"as-of", "product"},
	Columns: []Column{good, itsName, qty("available", "可用", "Available"), qty("max_stock", "上限", "Maximum"),
		qty("over", "超出数量", "Over"), amt("value", "超出金额", "Value over", slip.TagCost)},
	Run: func(b *workflow.Book, p Params) ([]Row, error) {
		want, err := one(b, p.Product, master.Products.Code)
		if err != nil {
			return nil, err
		}
		day, err := until(b, p)
		if err != nil {
			return nil, err
		}
		list, err := b.OverMaximum(day)
		var rows []Row
		for _, o := range list {
			if want == nil || want.ID == o.Product.ID {
				rows = append(rows, Row{Word(o.Product.Code()), Word(o.Product.Get("name")), o.Available, o.Product.Max, o.Over, o.Value})
			}
		}
		return rows, err
	}})
