package reports

import (
	"cmp"
	"maps"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

type cell struct{ product, warehouse int64 }

// StockOnHand 库存余额: what lies where, what is promised, and its value.
var StockOnHand = withSpec(&Report{Name: "stock-on-hand", Narrows: ofStock, Title: text.T("库存余额表", "Stock on hand"), Area: slip.Warehouse, Params: []string{"as-of", "by", "product", "warehouse"},
	By: []By{by("list", "逐仓列出", "List"), by("across", "各仓并列", "Stores side by side")}, Across: &Across{By: "across", Key: "warehouse", Cells: []string{"qty"}},
	Columns: []Column{place, good, itsName, inUnit, qty("qty", "数量", "Qty"),
		qty("reserved", "预留", "Reserved"), qty("on_order", "在订", "On order"), qty("in_transit", "在途", "In transit"), qty("available", "可用", "Available"), unit("cost", "单位成本", "Unit cost", slip.TagCost), amt("value", "金额", "Value", slip.TagCost)},
	Run: stockOnHand})

func stockOnHand(b *workflow.Book, p Params) ([]Row, error) {
	want, _, at, err := asked(b, p)
	if err != nil {
		return nil, err
	}
	day, err := until(b, p)
	if err != nil {
		return nil, err
	}
	stands, err := b.Stands(nil, day)
	if err != nil {
		return nil, err
	}
	type line struct {
		warehouse, product string
		cells              Row
	}
	lines := make([]line, 0, len(stands))
	for product, places := range stands {
		if want != nil && want.ID != product {
			continue
		}
		if err := valued(b, places); err != nil {
			return nil, err
		}
		prod := record(b, master.Products.Code, product)
		code, name, unit := prod.Code(), prod.Get("name"), b.Masters().UnitName(prod.Get("unit"))
		for _, x := range places {
			if !at.Has(x.Warehouse) || x.OnHand == 0 && x.Reserved == 0 && x.OnOrder == 0 && x.InTransit == 0 {
				continue
			}
			cost, _ := num.UnitPrice(x.Value, x.OnHand)
			warehouse := record(b, master.Warehouses.Code, x.Warehouse).Code()
			lines = append(lines, line{warehouse, code, Row{Word(warehouse), Word(code), Word(name), Word(unit), x.OnHand,
				x.Reserved, x.OnOrder, x.InTransit, x.Available(), cost, x.Value}})
		}
	}
	slices.SortFunc(lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.warehouse, b.warehouse), cmp.Compare(a.product, b.product))
	})
	rows := make([]Row, len(lines))
	for i, l := range lines {
		rows[i] = l.cells
	}
	return rows, nil
}

// valued makes the value of each of a product's places its own (see Share). Where who asks has to do with some places only, it is already.
func valued(b *workflow.Book, places []inquiry.Spot) error {
	if b.Here() != nil {
		return nil
	}
	return b.Share(places)
}

// InTransit 在途货物: what was sent from one warehouse to another and is not received yet, and since how many days.
var InTransit = withSpec(&Report{Name: "in-transit", Narrows: ofStock, Title: text.T("在途货物表", "Goods in transit"), Area: slip.Warehouse, Params: []string{"product", "warehouse", "until"},
	Columns: []Column{numbered, dated, txt("from_warehouse", "调出仓", "From").of(master.Warehouses.Code), txt("to_warehouse", "调入仓", "To").of(master.Warehouses.Code),
		good, itsName, inUnit, qty("sent", "发出", "Sent"), qty("done", "已收", "Done"), qty("in_transit", "在途", "In transit"),
		day("due_date", "预计到货", "Expected"), whole("days", "天数", "Days")},
	Run: inTransit})

func inTransit(b *workflow.Book, p Params) ([]Row, error) {
	want, _, _, err := asked(b, p)
	if err != nil {
		return nil, err
	}
	list, err := b.UnderWay()
	var rows []Row
	for _, w := range list {
		if want != nil && want.ID != w.Product.ID || p.Warehouse != "" && p.Warehouse != w.From && p.Warehouse != w.To || p.Until != 0 && (w.Expected == 0 || w.Expected > p.Until) {
			continue
		}
		rows = append(rows, Row{Word(w.Number), w.Date, Word(w.From), Word(w.To), Word(w.Product.Code()), Word(w.Product.Get("name")), unitOf(b, w.Product), w.Sent, w.Done, w.InTransit,
			w.Expected, Whole(b.Today().Sub(w.Date))})
	}
	return rows, err
}

// stockAt gives quantity and value (see Share) per product and warehouse that who asks has to do with.
func stockAt(b *workflow.Book, day text.Date) (map[cell]num.Quantity, map[cell]num.Amount, error) {
	f, err := b.Ledgers().StockAt(day)
	if err != nil {
		return nil, nil, err
	}
	here := b.Here()
	qtys, values := map[cell]num.Quantity{}, map[cell]num.Amount{}
	stands := inquiry.Stands{}
	for _, r := range f {
		stands[r.Product] = append(stands[r.Product], inquiry.Spot{Warehouse: r.Warehouse, Stand: inquiry.Stand{OnHand: r.Qty, Value: r.Value}})
	}
	for product, places := range stands {
		if err := b.Share(places); err != nil {
			return nil, nil, err
		}
		for _, x := range places {
			if here.Has(x.Warehouse) {
				k := cell{product, x.Warehouse}
				qtys[k], values[k] = x.OnHand, x.Value
			}
		}
	}
	return qtys, values, nil
}

// StockMovement 收发存汇总: opening + in − out = closing of every product.
var StockMovement = withSpec(&Report{Name: "stock-movement", Narrows: ofStock, Title: text.T("收发存汇总表", "Stock movement"), Area: slip.Warehouse, Params: []string{"from", "to", "product", "warehouse"},
	Columns: []Column{good, itsName, inUnit,
		qty("opening_qty", "期初数量", "Opening qty").in(headOpening, underQty), amt("opening_value", "期初金额", "Opening value", slip.TagCost).in(headOpening, underValue), qty("in_qty", "收入数量", "In qty").in(headIn, underQty).either(), amt("in_value", "收入金额", "In value", slip.TagCost).in(headIn, underValue).either(),
		qty("out_qty", "发出数量", "Out qty").in(headOut, underQty).either(), amt("out_value", "发出金额", "Out value", slip.TagCost).in(headOut, underValue).either(), qty("closing_qty", "结存数量", "Closing qty").in(headClosing, underQty).zero(), amt("closing_value", "结存金额", "Closing value", slip.TagCost).in(headClosing, underValue).zero()},
	Run: stockMovement})

func stockMovement(b *workflow.Book, p Params) ([]Row, error) {
	from, to, err := span(b, p)
	if err != nil {
		return nil, err
	}
	want, _, at, err := asked(b, p)
	if err != nil {
		return nil, err
	}
	closing, err := b.Ledgers().StockAt(to)
	if err != nil {
		return nil, err
	}
	moved, err := b.Ledgers().Movement(from, to)
	if err != nil {
		return nil, err
	}
	type sums struct {
		closeQ, inQ, outQ num.Quantity
		closeV, inV, outV num.Amount
	}
	by := map[int64]*sums{}
	get := func(product, warehouse int64) *sums {
		if want != nil && want.ID != product || !at.Has(warehouse) {
			return &sums{}
		}
		s := by[product]
		if s == nil {
			s = &sums{}
			by[product] = s
		}
		return s
	}
	for _, r := range closing {
		s := get(r.Product, r.Warehouse)
		s.closeQ, s.closeV = s.closeQ+r.Qty, s.closeV+r.Value
	}
	for _, r := range moved {
		s := get(r.Product, r.Warehouse)
		s.inQ, s.inV, s.outQ, s.outV = s.inQ+r.InQty, s.inV+r.InValue, s.outQ+r.OutQty, s.outV+r.OutValue
	}
	shared := at != nil && b.Settings().Pool == "company"
	var opening, closed map[cell]num.Amount
	if shared {
		if _, opening, err = stockAt(b, from.AddDays(-1)); err != nil {
			return nil, err
		}
		if _, closed, err = stockAt(b, to); err != nil {
			return nil, err
		}
	}
	var rows []Row
	for id, s := range by {
		openQ, openV := s.closeQ-s.inQ+s.outQ, s.closeV-s.inV+s.outV
		if shared { // what the common average moved here or away stands among what came in and went out
			openV, s.closeV = 0, 0
			for _, w := range at {
				openV, s.closeV = openV+opening[cell{id, w}], s.closeV+closed[cell{id, w}]
			}
			moved := s.closeV - openV - s.inV + s.outV
			s.inV, s.outV = s.inV+max(moved, 0), s.outV-min(moved, 0)
		}
		if openQ == 0 && openV == 0 && s.inQ == 0 && s.outQ == 0 && s.inV == 0 && s.outV == 0 {
			continue
		}
		r := record(b, master.Products.Code, id)
		rows = append(rows, Row{Word(r.Code()), Word(r.Get("name")), unitOf(b, r), openQ, openV, s.inQ, s.inV, s.outQ, s.outV, s.closeQ, s.closeV})
	}
	return sorted(rows), nil
}

// StockLedger 库存明细账: every move of one product with its running balance.
var StockLedger = &Report{Name: "stock-ledger", Narrows: ofStock, Title: text.T("库存明细账", "Stock ledger"), Area: slip.Warehouse, Params: []string{"product", "from", "to", "warehouse"},
	Columns: []Column{dated, numbered, kindOf, partner, qty("in_qty", "收入数量", "In qty").in(headIn, underQty).either(), amt("in_value", "收入金额", "In value", slip.TagCost).in(headIn, underValue).either(),
		qty("out_qty", "发出数量", "Out qty").in(headOut, underQty).either(), amt("out_value", "发出金额", "Out value", slip.TagCost).in(headOut, underValue).either(), count("balance_qty", "结存数量", "Balance qty").in(headBalance, underQty).zero(), unit("balance_cost", "结存单价", "Balance cost", slip.TagCost).in(headBalance, underCost).zero(), balance("balance_value", "结存金额", "Balance value", slip.TagCost).in(headBalance, underValue).zero()},
	Run: stockLedger}

func stockLedger(b *workflow.Book, p Params) ([]Row, error) {
	if p.Product == "" {
		return nil, fault.New(fault.Usage, "请指定商品", "give the product: --product CODE").At("product")
	}
	prod, _, at, err := asked(b, p)
	if err != nil {
		return nil, err
	}
	from, to, err := span(b, p)
	if err != nil {
		return nil, err
	}
	f, err := b.Ledgers().StockLedger(prod.ID, to)
	if err != nil {
		return nil, err
	}
	bal := running{at: at, shared: at != nil && b.Settings().Pool == "company", qtys: map[int64]num.Quantity{}}
	var rows []Row
	opened := false
	open := func() error {
		last, err := bal.cells()
		if !opened && (!Nothing(last[0]) || !Nothing(last[2])) {
			rows = append(rows, append(Row{from.AddDays(-1), None, Word("opening"), None, num.Quantity(0), num.Amount(0), num.Quantity(0), num.Amount(0)}, last...))
		}
		opened = true
		return err
	}
	for _, r := range f {
		here := at.Has(r.Warehouse)
		if here && r.Date >= from && !opened {
			if err := open(); err != nil {
				return nil, err
			}
		}
		bal.add(r.Warehouse, r.InQty-r.OutQty, r.InValue-r.OutValue)
		if !here || r.Date < from {
			continue
		}
		last, err := bal.cells()
		if err != nil {
			return nil, err
		}
		rows = append(rows, append(Row{r.Date, Word(r.Number), Word(r.Kind), Word(party(b, r.Party).Code()), r.InQty, r.InValue, r.OutQty,
			r.OutValue}, last...))
	}
	return rows, open()
}

// running is the balance of a product, or of what lies in some warehouses. Under one pool for the company its value is a share of the
// pool's.
type running struct {
	at     inquiry.Places
	shared bool
	qtys   map[int64]num.Quantity
	total  num.Amount
}

func (r *running) add(warehouse int64, q num.Quantity, v num.Amount) {
	if !r.shared && !r.at.Has(warehouse) {
		return
	}
	r.qtys[warehouse] += q
	r.total += v
}

// cells are quantity, unit cost and value.
func (r *running) cells() (Row, error) {
	places := slices.Sorted(maps.Keys(r.qtys))
	v, parts := r.total, []num.Amount(nil)
	if r.shared {
		weights := make([]int64, len(places))
		for i, w := range places {
			weights[i] = int64(r.qtys[w])
		}
		var err error
		if parts, err = num.Portion(r.total, weights); err != nil {
			return nil, err
		}
		v = 0
	}
	q := num.Quantity(0)
	for i, w := range places {
		if !r.at.Has(w) {
			continue
		}
		if q += r.qtys[w]; r.shared {
			v += parts[i]
		}
	}
	cost, _ := num.UnitPrice(v, q)
	return Row{q, cost, v}, nil
}
