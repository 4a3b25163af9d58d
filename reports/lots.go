package reports

import (
	"cmp"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// LotStock 批次库存: what lies where of each lot and serial number, worth its share of the warehouse's stock.
var LotStock = withSpec(&Report{Name: "lots", Narrows: ofStock, Title: text.T("批次库存表", "Stock by lot"), Area: slip.Warehouse, Params: []string{"as-of", "product", "warehouse"},
	Columns: []Column{place, good, itsName, txt("lot", "批号", "Lot"), day("expiry", "有效期", "Expiry"),
		whole("days_left", "剩余天数", "Days left"), qty("qty", "数量", "Qty"), amt("value", "金额", "Value", slip.TagCost)},
	Run: func(b *workflow.Book, p Params) ([]Row, error) {
		list, err := lotsOnHand(b, p)
		if err != nil {
			return nil, err
		}
		day, err := until(b, p)
		if err != nil {
			return nil, err
		}
		var rows []Row
		for _, x := range list {
			rows = append(rows, Row{Word(x.warehouse.Code()), Word(x.product.Code()), Word(x.product.Get("name")), Word(x.Code), x.expiry(), x.left(day), x.Qty, x.value})
		}
		slices.SortStableFunc(rows, func(a, b Row) int {
			x, y := a.Texts(), b.Texts()
			return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]), cmp.Compare(late(x[4]), late(y[4])), cmp.Compare(x[3], y[3]))
		})
		return rows, err
	}})

// late puts what does not expire behind what does.
func late(day string) string { return cmp.Or(day, "~") }

var expiryBy = []By{by("warn", "按商品预警天数", "Each product's warning"), by("expired", "已过期", "Expired"), by("within-30", "30 天内到期", "Within 30 days"),
	by("within-90", "90 天内到期", "Within 90 days"), by("within-180", "180 天内到期", "Within 180 days"), by("any", "全部有效期", "Whatever the day")}

// Expiry 有效期: lots on hand that expired or soon will, first expired first. Soon is what each product says, or so many days.
var Expiry = withSpec(&Report{Name: "expiry", Narrows: ofStock, Title: text.T("有效期预警表", "Expiry"), Area: slip.Warehouse, Params: []string{"as-of", "by", "product", "warehouse"}, By: expiryBy,
	Columns: []Column{day("expiry", "有效期", "Expiry"), whole("days_left", "剩余天数", "Days left"), good, itsName, place,
		txt("lot", "批号", "Lot"), qty("qty", "数量", "Qty"), amt("value", "金额", "Value", slip.TagCost)},
	Run: expiring})

func expiring(b *workflow.Book, p Params) ([]Row, error) {
	list, err := lotsOnHand(b, p)
	if err != nil {
		return nil, err
	}
	day, err := until(b, p)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, x := range list {
		soon := map[string]int{"": x.product.WarnDays, "warn": x.product.WarnDays, "expired": -1, "within-30": 30, "within-90": 90, "within-180": 180}
		if n, limited := soon[p.By]; x.Expiry == 0 || limited && x.Expiry.Sub(day) > n {
			continue
		}
		rows = append(rows, Row{x.expiry(), x.left(day), Word(x.product.Code()), Word(x.product.Get("name")), Word(x.warehouse.Code()), Word(x.Code), x.Qty, x.value})
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		x, y := a.Texts(), b.Texts()
		return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[2], y[2]), cmp.Compare(x[5], y[5]), cmp.Compare(x[4], y[4]))
	})
	return rows, nil
}

// lotOnHand is a lot in a warehouse and its share of what the stock there is worth.
type lotOnHand struct {
	store.LotPlace
	product   *master.Product
	warehouse *master.Record
	value     num.Amount
}

func (x *lotOnHand) expiry() text.Date { return x.Expiry }

// left counts the days from one until the lot expires; below zero it has.
func (x *lotOnHand) left(day text.Date) Cell {
	if x.Expiry == 0 {
		return None
	}
	return Whole(x.Expiry.Sub(day))
}

// lotsOnHand are the lots of a product and warehouse, or of all. The shares of a warehouse's value go by quantity, largest remainder.
func lotsOnHand(b *workflow.Book, p Params) ([]*lotOnHand, error) {
	var product, warehouse int64
	if r, err := one(b, p.Product, master.Products.Code); err != nil {
		return nil, err
	} else if r != nil {
		product = r.ID
	}
	if r, err := one(b, p.Warehouse, master.Warehouses.Code); err != nil {
		return nil, err
	} else if r != nil {
		warehouse = r.ID
	}
	day, err := until(b, p)
	if err != nil {
		return nil, err
	}
	places, err := b.Seen().LotsAt(product, warehouse, day)
	if err != nil || len(places) == 0 {
		return nil, err
	}
	_, values, err := stockAt(b, day)
	if err != nil {
		return nil, err
	}
	var list []*lotOnHand
	shares := map[cell][]*lotOnHand{}
	for _, x := range places {
		prod, ok := b.Masters().Product(record(b, master.Products.Code, x.Product).Code())
		if !ok {
			continue
		}
		l := &lotOnHand{LotPlace: x, product: prod, warehouse: record(b, master.Warehouses.Code, x.Warehouse)}
		at := cell{x.Product, x.Warehouse}
		list, shares[at] = append(list, l), append(shares[at], l)
	}
	for at, lots := range shares {
		weights := make([]int64, len(lots))
		for i, l := range lots {
			weights[i] = int64(l.Qty)
		}
		parts, err := num.Portion(values[at], weights)
		if err != nil {
			return nil, err
		}
		for i, l := range lots {
			l.value = parts[i]
		}
	}
	return list, nil
}

// theLot finds the lot a report is about; of several products with such a lot one must be named.
func theLot(b *workflow.Book, p Params) (*store.Lot, error) {
	if p.Lot == "" {
		return nil, fault.New(fault.Usage, "请指定批号或序列号", "give the lot or serial number: --lot CODE").At("lot")
	}
	r, err := one(b, p.Product, master.Products.Code)
	if err != nil {
		return nil, err
	}
	product := int64(0)
	if r != nil {
		product = r.ID
	}
	list, err := b.Seen().LotsNamed(product, p.Lot)
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0:
		return nil, fault.New(fault.NotFound, "没有批号或序列号“%s”", "there is no lot or serial number %q", p.Lot).At("lot")
	case len(list) > 1:
		return nil, fault.New(fault.Usage, "多个商品有批号 %s，请指定商品", "several products have a lot %s; give the product: --product CODE", p.Lot).At("product")
	}
	return &list[0], nil
}

var recallBy = []By{bySlips, by("customer", "客户", "Customer")}

// Recall 批次追溯: where a lot came from and who got it: what was delivered, less what came back. By customer: who still has some.
var Recall = &Report{Name: "recall", Narrows: ofStock, Title: text.T("批次追溯表", "Recall"), Area: slip.Warehouse, Params: []string{"lot", "product", "to", "by"}, By: recallBy,
	Columns: []Column{dated.notBy("customer"), numbered.notBy("customer"), kindOf.notBy("customer"),
		partner, itsName, txt("contact", "联系人", "Contact"), txt("phone", "电话", "Phone"), place.notBy("customer"),
		qty("in_qty", "收入", "In").either().notBy("customer"), qty("out_qty", "发出", "Out").either(), qty("returned_qty", "退回", "Returned"), qty("held_qty", "仍在对方", "Still held")},
	Run: recall}

// recalled is what one slip line, or one customer, had of a lot.
type recalled struct {
	store.LotRow
	in, out, returned num.Quantity
}

func recall(b *workflow.Book, p Params) ([]Row, error) {
	lot, err := theLot(b, p)
	if err != nil {
		return nil, err
	}
	day, err := until(b, p)
	if err != nil {
		return nil, err
	}
	moves, err := b.Seen().LotHistory(lot.ID, day)
	if err != nil {
		return nil, err
	}
	list := recalls(moves)
	if p.By == "customer" {
		list = perCustomer(list)
	}
	var rows []Row
	for _, x := range list {
		who := party(b, x.Party)
		held := x.out - x.returned
		if !toCustomer(x.Kind) {
			held = 0
		}
		row := Row{x.Date, Word(x.Number), Word(x.Kind), Word(who.Code()), Word(who.Get("name")), Word(who.Get("contact")), Word(who.Get("phone")), Word(record(b, master.Warehouses.Code, x.Warehouse).Code()),
			x.in, x.out, x.returned, held}
		if p.By == "customer" {
			row[0], row[1], row[2], row[7], row[8] = None, None, None, None, None
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// recalls makes a row of what each slip line moved; what came back from a customer stands with the delivery it came back from, where
// there is one. Moves between warehouses say nothing.
func recalls(moves []store.LotRow) (list []*recalled) {
	of := map[int64]*recalled{}
	for _, m := range moves {
		switch d := of[m.Source]; {
		case m.Between:
		case m.Qty > 0 && d != nil && toCustomer(m.Kind):
			d.returned += m.Qty
		case m.Qty > 0 && toCustomer(m.Kind):
			list = append(list, &recalled{LotRow: m, returned: m.Qty})
		case m.Qty > 0:
			list = append(list, &recalled{LotRow: m, in: m.Qty})
		default:
			x := &recalled{LotRow: m, out: -m.Qty}
			list, of[m.Line] = append(list, x), x
		}
	}
	return list
}

// toCustomer tells of kinds that hand goods to customers, or take them back.
func toCustomer(kind string) bool {
	k, ok := kinds.ByCode(kind)
	return ok && k.Group == slip.Sales && k.Stock.Direction != 0
}

// perCustomer sums up what each customer had.
func perCustomer(list []*recalled) (out []*recalled) {
	at := map[int64]*recalled{}
	for _, x := range list {
		if !toCustomer(x.Kind) {
			continue
		}
		c := at[x.Party]
		if c == nil {
			c = &recalled{LotRow: store.LotRow{Party: x.Party, Kind: x.Kind}}
			at[x.Party], out = c, append(out, c)
		}
		c.out, c.returned = c.out+x.out, c.returned+x.returned
	}
	return out
}

// SerialHistory 序列号履历: every move of one serial number, or lot, from receipt to customer.
var SerialHistory = &Report{Name: "serial-history", Narrows: ofStock, Title: text.T("序列号履历表", "Serial history"), Area: slip.Warehouse, Params: []string{"lot", "product", "to"},
	Columns: []Column{dated, numbered, kindOf, partner, itsName,
		place, qty("in_qty", "收入", "In").either(), qty("out_qty", "发出", "Out").either(), count("balance_qty", "结存", "On hand").zero(), good},
	Run: func(b *workflow.Book, p Params) ([]Row, error) {
		lot, err := theLot(b, p)
		if err != nil {
			return nil, err
		}
		day, err := until(b, p)
		if err != nil {
			return nil, err
		}
		moves, err := b.Seen().LotHistory(lot.ID, day)
		var rows []Row
		var sum num.Quantity
		for _, m := range moves {
			sum += m.Qty
			who := party(b, m.Party)
			rows = append(rows, Row{m.Date, Word(m.Number), Word(m.Kind), Word(who.Code()), Word(who.Get("name")), Word(record(b, master.Warehouses.Code, m.Warehouse).Code()), max(m.Qty, 0), max(-m.Qty, 0),
				sum, Word(record(b, master.Products.Code, lot.Product).Code())})
		}
		return rows, err
	}}
