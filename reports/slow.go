package reports

import (
	"cmp"
	"slices"
	"strconv"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// SlowStock 呆滞库存: what lies there and does not sell, longest first; By leaves out what sold within so many days.
var SlowStock = withSpec(&Report{Name: "slow-stock", Narrows: ofStock, Area: slip.Warehouse, Title: text.T("呆滞库存表", "Slow stock"), Params: []string{"as-of", "by", "product", "warehouse"},
	By: slowDays,
	Columns: []Column{good, itsName, qty("qty", "数量", "Qty"), amt("value", "金额", "Value", slip.TagCost),
		day("last_sale", "最近销售", "Last sale"), whole("days", "天数", "Days"), txt("class", "状态", "State").called(among(slowness))},
	Run: slowStock, Makes: &Making{text.T("生成调价单", "Make a price change"), repriceSlow}})

var slowDays = []By{by("0", "全部在库", "All on hand"), by("30", "30 天以上", "30 days or more"), by("60", "60 天以上", "60 days or more"), by("90", "90 天以上", "90 days or more"),
	by("180", "180 天以上", "180 days or more"), by("365", "一年以上", "A year or more")}

// repriceSlow makes a price change of what the report shows, but only of what is slow or dead.
func repriceSlow(b *workflow.Book, p Params) (*slip.Doc, error) {
	rows, err := slowStock(b, p)
	if err != nil {
		return nil, err
	}
	var list []inquiry.Slow
	for _, row := range rows {
		if r, ok := b.Masters().Find(master.Products.Code, row[0].String()); ok && row[len(row)-1] != None {
			list = append(list, inquiry.Slow{Product: r})
		}
	}
	return b.ProposePrices(list)
}

func slowStock(b *workflow.Book, p Params) ([]Row, error) {
	want, at, here, err := asked(b, p)
	if err != nil {
		return nil, err
	}
	least, _ := strconv.Atoi(p.By)
	day, err := until(b, p)
	if err != nil {
		return nil, err
	}
	where := int64(0)
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
		if here.Has(k.warehouse) {
			q[k.product], v[k.product] = q[k.product]+qtys[k], v[k.product]+values[k]
		}
	}
	var rows []Row
	for _, s := range list {
		id := s.Product.ID
		if q[id] <= 0 || want != nil && want.ID != id {
			continue
		}
		rows = append(rows, Row{Word(s.Product.Code()), Word(s.Product.Get("name")), q[id], v[id], s.LastSale, Whole(s.Days), Word(s.Class)})
	}
	return rows, nil
}

// ABC 商品 ABC 分析: products by their share of net sales, best first: A makes up to 80 % of them, B up to 95 %, C the rest.
var ABC = &Report{Name: "abc", Narrows: ofSlips, Title: text.T("ABC 分析表", "ABC analysis"), Area: slip.Sales, Params: []string{"from", "to"},
	Columns: []Column{good, itsName, qty("qty", "数量", "Qty"), amt("net", "销售额", "Net sales", slip.TagSales),
		share("share", "占比", "Share", slip.TagSales), share("cumulative", "累计占比", "Cumulative", slip.TagSales), txt("class", "类别", "Class").tagged(slip.TagSales)},
	Run: abc}

func abc(b *workflow.Book, p Params) ([]Row, error) {
	from, to, err := span(b, p)
	if err != nil {
		return nil, err
	}
	f, err := b.Seen().TradeNet(sold, takenBack, from, to)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(f, func(x, y store.ProductNet) int {
		return cmp.Or(cmp.Compare(y.Net, x.Net), cmp.Compare(record(b, master.Products.Code, x.Product).Code(), record(b, master.Products.Code, y.Product).Code()))
	})
	var total num.Amount // of what sold for more than it came back for; the rest has no share
	for _, x := range f {
		total += max(0, x.Net)
	}
	var rows []Row
	var sum num.Amount
	for i, x := range f {
		net := x.Net
		sum += max(0, net)
		share, err := portion(max(0, net), total)
		if err != nil {
			return nil, err
		}
		cumulative, err := portion(sum, total)
		if err != nil {
			return nil, err
		}
		r := record(b, master.Products.Code, x.Product)
		rows = append(rows, Row{Word(r.Code()), Word(r.Get("name")), x.Qty, net, share, cumulative, Word(class(i == 0, net, sum, total))})
	}
	return rows, nil
}

// class tells by what a product and those before it sell of all: up to four fifths, up to nineteen twentieths, more. The best seller is an
// A also where it makes more than that alone.
func class(best bool, net, sum, total num.Amount) string {
	switch {
	case net <= 0:
		return "C"
	case best || sum*5 <= total*4:
		return "A"
	case sum*20 <= total*19:
		return "B"
	}
	return "C"
}

func portion(part, of num.Amount) (num.Rate, error) {
	if of == 0 {
		return 0, nil
	}
	r, err := num.MulDiv(int64(part), num.RateOne, int64(of))
	return num.Rate(r), err
}

// StockAge 库龄: how long what is on hand has lain there.
var StockAge = withSpec(&Report{Name: "stock-age", Narrows: ofStock, Title: text.T("库龄分析表", "Age of stock"), Area: slip.Warehouse, Params: []string{"as-of", "product", "warehouse"},
	Columns: []Column{good, itsName, qty("qty", "数量", "Qty"), amt("value", "金额", "Value", slip.TagCost),
		qty("d0_30", "0-30 天", "0-30 days"), qty("d31_60", "31-60 天", "31-60 days"), qty("d61_90", "61-90 天", "61-90 days"), qty("d91_180", "91-180 天", "91-180 days"), qty("d180_plus", "180 天以上", "Over 180 days"),
		amt("v0_30", "0-30 天金额", "Value 0-30", slip.TagCost), amt("v31_60", "31-60 天金额", "Value 31-60", slip.TagCost), amt("v61_90", "61-90 天金额", "Value 61-90", slip.TagCost), amt("v91_180", "91-180 天金额", "Value 91-180", slip.TagCost),
		amt("v180_plus", "180 天以上金额", "Value over 180", slip.TagCost)},
	Run: stockAge})

func stockAge(b *workflow.Book, p Params) ([]Row, error) {
	want, at, here, err := asked(b, p)
	if err != nil {
		return nil, err
	}
	var product, where int64
	if want != nil {
		product = want.ID
	}
	if at != nil {
		where = at.ID
	}
	day, err := until(b, p)
	if err != nil {
		return nil, err
	}
	list, err := b.StockAges(product, where, day)
	if err != nil {
		return nil, err
	}
	_, values, err := stockAt(b, day)
	if err != nil {
		return nil, err
	}
	worth := map[int64]num.Amount{}
	for k, v := range values {
		if here.Has(k.warehouse) {
			worth[k.product] += v
		}
	}
	var rows []Row
	for _, a := range list {
		row, err := ageRow(a, worth[a.Product.ID])
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// ageRow shows quantities by age, and the value in proportion to them.
func ageRow(a inquiry.StockAge, value num.Amount) (Row, error) {
	var sum num.Quantity
	var weights []int64
	for _, q := range a.Qty {
		sum += q
		weights = append(weights, int64(q))
	}
	parts, err := num.Portion(value, weights)
	row := Row{Word(a.Product.Code()), Word(a.Product.Get("name")), sum, value}
	for _, q := range a.Qty {
		row = append(row, q)
	}
	for _, v := range parts {
		row = append(row, v)
	}
	return row, err
}
