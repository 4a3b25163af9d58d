package reports

import (
	"strconv"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// SlowStock 呆滞库存: what lies there and does not sell, longest first; By leaves out what sold within so many days.
var SlowStock = &Report{Name: "slow-stock", Area: slip.Warehouse, Title: text.T("呆滞库存表", "Slow stock"), Params: []string{"as-of", "by", "product", "warehouse"},
	By: slowDays,
	Columns: []Column{txt("product", "商品", "Product"), txt("name", "名称", "Name"), qty("qty", "数量", "Qty"), amt("value", "金额", "Value"),
		day("last_sale", "最近销售", "Last sale"), {Key: "days", Title: text.T("天数", "Days"), Type: slip.TypeInt}},
	Run: slowStock}

var slowDays = []string{"0", "30", "60", "90", "180", "365"}

func slowStock(b *workflow.Book, p Params) ([][]string, error) {
	want, err := one(b, p.Product, "products")
	if err != nil {
		return nil, err
	}
	at, err := one(b, p.Warehouse, "warehouses")
	if err != nil {
		return nil, err
	}
	if p.By != "" && !contains(slowDays, p.By) {
		return nil, fault.New(fault.Usage, "不能按“%s”天筛选", "cannot show stock slow for %q days", p.By)
	}
	least, _ := strconv.Atoi(p.By)
	day, where := until(b, p), int64(0)
	if at != nil {
		where = at.ID
	}
	list, err := b.SlowStock(where, day, least)
	if err != nil {
		return nil, err
	}
	qtys, values, err := stockAt(b, day)
	if err != nil {
		return nil, err
	}
	q, v := map[int64]num.Quantity{}, map[int64]num.Amount{}
	for k := range qtys {
		if at == nil || at.ID == k.warehouse {
			q[k.product], v[k.product] = q[k.product]+qtys[k], v[k.product]+values[k]
		}
	}
	var rows [][]string
	for _, s := range list {
		id := s.Product.ID
		if q[id] <= 0 || want != nil && want.ID != id {
			continue
		}
		last := ""
		if s.LastSale != 0 {
			last = s.LastSale.String()
		}
		rows = append(rows, []string{s.Product.Code(), s.Product.Get("name"), q[id].String(), v[id].String(), last, strconv.Itoa(s.Days)})
	}
	return rows, nil
}

var reorderBy = []string{"min-max", "speed"}

// ReorderReport 补货建议: what is available below its minimum; by speed also what will sell out before it can come.
var ReorderReport = &Report{Name: "reorder", Area: slip.Warehouse, Makes: &Making{text.T("生成采购计划", "Make a purchase plan"),
	func(b *workflow.Book, p Params) (*slip.Doc, error) { return b.ProposePlan(p.By == "speed") }}, Title: text.T("补货建议表", "Reorder"), Params: []string{"as-of", "by", "product"}, By: reorderBy,
	Columns: []Column{txt("product", "商品", "Product"), txt("name", "名称", "Name"), qty("available", "可用", "Available"), qty("min_stock", "下限", "Minimum"),
		qty("suggested_qty", "建议数量", "Suggested"), txt("supplier", "供应商", "Supplier")},
	Run: func(b *workflow.Book, p Params) ([][]string, error) {
		if p.By != "" && !contains(reorderBy, p.By) {
			return nil, fault.New(fault.Usage, "不能按“%s”补货", "cannot reorder by %q", p.By)
		}
		want, err := one(b, p.Product, "products")
		if err != nil {
			return nil, err
		}
		list, err := b.Reorders(until(b, p), p.By == "speed")
		var rows [][]string
		for _, r := range list {
			if want == nil || want.ID == r.Product.ID {
				rows = append(rows, []string{r.Product.Code(), r.Product.Get("name"), r.Available.String(), r.Product.Min.String(), r.Suggested.String(), r.Supplier})
			}
		}
		return rows, err
	}}
