package workflow_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhanggui/data/kinds"
	"zhanggui/data/workflow"
)

// event is one slip of a random history; each has a day of its own, so the order within a day does not matter.
type event struct {
	ref string
	row string
}

// columns are those of a history's rows.
var columns = strings.Split("kind,number,date,party,to_party,warehouse,to_warehouse,transit,account,to_account,product,qty,price,amount,source,lot,expiry,audit,paid,offset_kind,allocate_by,debit_account,credit_account,price_of,levels", ",")

var history = strings.Join(columns, ",")

// fields are what a slip says, by column.
type fields map[string]string

func (f fields) row() string {
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = f[c]
	}
	return strings.Join(cells, ",")
}

// read takes an event's row apart.
func (e event) read() fields {
	f := fields{}
	for i, c := range strings.Split(e.row, ",") {
		f[columns[i]] = c
	}
	return f
}

// earlier is a slip that others may follow, and what is left of it for them.
type earlier struct {
	ref, product, wh string
	qty              int
	parted           bool // some of it came back at a typed price
}

// history of slips being drawn: the day, product, warehouse, quantity and price of the next, and what it may follow.
type drawing struct {
	t                                       *rapid.T
	list                                    []event
	ref, day, product, wh, price            string
	qty                                     int
	receipts, bought, plans, bids, dues     []earlier // receipts to be billed or sent back, all receipts, purchase plans, quotations, purchase orders
	deliveries, sold, back, ordered, issues []earlier // deliveries to be returned, to be billed, returns to be billed, sales orders, materials
	sent                                    []earlier // transfers in transit
}

// maker draws slips of a kind so often; a second word tells its ways apart.
type maker struct {
	name  string
	often int
	make  func(*drawing)
}

var makers = []maker{
	{"goods-receipt", 8, func(d *drawing) { d.receive(d.put("goods-receipt", fields{"party": "S"})) }},
	{"goods-receipt ordered", 1, func(d *drawing) { d.carryOut(&d.dues, "goods-receipt", "S", d.receive) }},
	{"purchase-plan", 1, func(d *drawing) { d.plans = append(d.plans, d.put("purchase-plan", fields{"party": "S"})) }},
	{"purchase-order", 1, func(d *drawing) { d.dues = append(d.dues, d.put("purchase-order", fields{"party": "S"})) }},
	{"purchase-order planned", 1, func(d *drawing) {
		d.carryOut(&d.plans, "purchase-order", "S", func(e earlier) { d.dues = append(d.dues, e) })
	}},
	{"purchase-return", 1, func(d *drawing) { d.sendBack("purchase-return", "S", &d.receipts) }},
	{"purchase-invoice", 2, (*drawing).bill},
	{"landed-cost", 1, (*drawing).land},
	{"quotation", 1, func(d *drawing) { d.bids = append(d.bids, d.put("quotation", fields{"party": "C"})) }},
	{"sales-order", 1, func(d *drawing) { d.ordered = append(d.ordered, d.put("sales-order", fields{"party": "C"})) }},
	{"sales-order quoted", 1, func(d *drawing) {
		d.carryOut(&d.bids, "sales-order", "C", func(e earlier) { d.ordered = append(d.ordered, e) })
	}},
	{"delivery", 5, func(d *drawing) { d.deliver(d.put("delivery", fields{"party": "C"})) }},
	{"delivery ordered", 1, func(d *drawing) { d.carryOut(&d.ordered, "delivery", "C", d.deliver) }},
	{"delivery paid", 1, func(d *drawing) {
		d.put("delivery", fields{"party": "C", "account": "K", "price": d.price + "1", "paid": "0.01"})
	}},
	{"sales-return", 2, func(d *drawing) {
		if e, linked := d.sendBack("sales-return", "C", &d.deliveries); linked {
			d.back = append(d.back, e)
		}
	}},
	{"sales-invoice", 2, func(d *drawing) { d.part(&d.sold, func(e earlier, q int) { d.follow("sales-invoice", "C", e, q) }) }},
	{"sales-invoice red", 1, func(d *drawing) {
		d.part(&d.back, func(e earlier, q int) { d.follow("sales-invoice", "C", e, -q) })
	}},
	{"retail-sale", 1, func(d *drawing) { d.put("retail-sale", fields{"account": "K"}) }},
	{"price-change", 1, func(d *drawing) {
		d.put("price-change", fields{"warehouse": "", "qty": "", "price_of": d.one("sales_price", "purchase_price")})
	}},
	{"transfer", 1, func(d *drawing) { d.put("transfer", fields{"to_warehouse": d.other(), "price": ""}) }},
	{"transfer in transit", 1, func(d *drawing) {
		d.sent = append(d.sent, d.put("transfer", fields{"to_warehouse": d.other(), "transit": "yes", "price": ""}))
	}},
	{"transfer received", 1, func(d *drawing) { d.arrive("transfer", d.wh) }},
	{"transfer lost", 1, func(d *drawing) { d.arrive("write-off", "") }},
	{"material-issue", 1, func(d *drawing) { d.issues = append(d.issues, d.put("material-issue", fields{"price": ""})) }},
	{"material-return", 1, func(d *drawing) { d.sendBack("material-return", "", &d.issues) }},
	{"assembly", 2, func(d *drawing) { d.parts("assembly") }},
	{"disassembly", 1, func(d *drawing) { d.parts("disassembly") }},
	{"other-receipt", 1, func(d *drawing) { d.put("other-receipt", nil) }},
	{"other-issue", 1, func(d *drawing) { d.put("other-issue", fields{"price": ""}) }},
	{"write-off", 1, func(d *drawing) { d.put("write-off", fields{"price": ""}) }},
	{"overage", 1, func(d *drawing) { d.put("overage", fields{"price": d.one(d.price, "")}) }},
	{"stocktake", 1, func(d *drawing) { d.put("stocktake", fields{"qty": fmt.Sprint(d.qty - 1), "price": ""}) }},
	{"cost-adjustment", 1, func(d *drawing) {
		d.put("cost-adjustment", fields{"qty": "", "price": "", "amount": fmt.Sprint(d.qty - 15)})
	}},
	{"payment", 1, func(d *drawing) { d.money("payment", fields{"party": "S", "account": "K"}) }},
	{"prepayment", 2, func(d *drawing) { d.money("prepayment", fields{"party": "S", "account": "K"}) }},
	{"collection", 1, func(d *drawing) { d.money("collection", fields{"party": "C", "account": "G"}) }},
	{"advance", 2, func(d *drawing) { d.money("advance", fields{"party": "C", "account": "G"}) }},
	{"offset prepaid-payable", 1, func(d *drawing) {
		d.money("offset", fields{"party": "S", "amount": "1", "offset_kind": "prepaid-payable"})
	}},
	{"offset advance-receivable", 1, func(d *drawing) {
		d.money("offset", fields{"party": "C", "amount": "1", "offset_kind": "advance-receivable"})
	}},
	{"offset receivable-payable", 1, func(d *drawing) {
		d.money("offset", fields{"party": "C", "to_party": "S", "offset_kind": "receivable-payable"})
	}},
	{"offset receivable-receivable", 1, func(d *drawing) {
		d.money("offset", fields{"party": "C", "to_party": "C2", "offset_kind": "receivable-receivable"})
	}},
	{"offset payable-payable", 1, func(d *drawing) {
		d.money("offset", fields{"party": "S", "to_party": "S2", "offset_kind": "payable-payable"})
	}},
	{"offset bad-debt", 1, func(d *drawing) { d.money("offset", fields{"party": "C", "offset_kind": "bad-debt"}) }},
	{"expense", 1, func(d *drawing) { d.money("expense", fields{"account": d.one("G", ""), "party": "S"}) }},
	{"income", 1, func(d *drawing) { d.money("income", fields{"account": d.one("G", ""), "party": "C"}) }},
	{"cash-transfer", 1, func(d *drawing) { d.money("cash-transfer", fields{"account": "K", "to_account": "G"}) }},
	{"journal-voucher", 1, func(d *drawing) {
		d.money("journal-voucher", fields{"account": "K", "debit_account": "5602", "credit_account": "1001"})
	}},
}

// draw makes a history of all kinds.
func draw(t *rapid.T) []event {
	var names []int
	for i, m := range makers {
		names = append(names, slices.Repeat([]int{i}, m.often)...)
	}
	d := &drawing{t: t}
	n := rapid.IntRange(3, 40).Draw(t, "slips")
	for i := range n {
		d.ref, d.day = fmt.Sprintf("s%d", i), fmt.Sprintf("2026-%02d-%02d", 1+i/14, 1+i%14*2)
		d.product = rapid.SampledFrom([]string{"A", "A", "B", "T", "L", "L", "N", "Y"}).Draw(t, "product")
		d.wh = rapid.SampledFrom([]string{"W1", "W1", "W2"}).Draw(t, "warehouse")
		if d.qty = rapid.IntRange(1, 30).Draw(t, "qty"); d.product == "N" {
			d.qty = 1 + d.qty%3
		}
		cents := rapid.IntRange(0, 5000).Draw(t, "price")
		d.price = fmt.Sprintf("%d.%02d", cents/100, cents%100)
		// small and large figures are drawn more often than others: each slip begins to count elsewhere
		m := makers[names[(rapid.IntRange(0, len(names)-1).Draw(t, "maker")+i*23)%len(names)]]
		t.Logf("%s: %s", d.ref, m.name)
		m.make(d)
	}
	return d.list
}

// put adds a slip of the drawn product, warehouse, quantity and price; more says what is otherwise.
func (d *drawing) put(kind string, more fields) earlier {
	f := fields{"kind": kind, "number": d.ref, "date": d.day, "warehouse": d.wh, "product": d.product, "qty": fmt.Sprint(d.qty), "price": d.price, "audit": "yes"}
	for k, v := range more {
		f[k] = v
	}
	n := 0
	fmt.Sscan(f["qty"], &n)
	if p := f["product"]; (p == "L" || p == "N") && (f["source"] == "" || kind == "goods-receipt") && f["qty"] != "" {
		n, f["lot"], f["expiry"] = lots(d.t, kind, p, n)
		f["qty"] = fmt.Sprint(n)
	}
	d.list = append(d.list, event{d.ref, f.row()})
	return earlier{ref: d.ref, product: f["product"], wh: d.wh, qty: n}
}

// money adds a slip without goods.
func (d *drawing) money(kind string, more fields) {
	f := fields{"warehouse": "", "product": "", "qty": "", "price": "", "amount": "1" + d.price}
	for k, v := range more {
		f[k] = v
	}
	d.put(kind, f)
}

// follow adds a slip that follows an earlier one.
func (d *drawing) follow(kind, party string, e earlier, q int) earlier {
	return d.put(kind, fields{"party": party, "warehouse": "", "product": e.product, "qty": fmt.Sprint(q), "source": e.ref})
}

func (d *drawing) one(list ...string) string { return rapid.SampledFrom(list).Draw(d.t, "one") }

func (d *drawing) other() string { return map[string]string{"W1": "W2", "W2": "W1"}[d.wh] }

// part takes part of the first of a list, all of it in the end.
func (d *drawing) part(from *[]earlier, f func(e earlier, q int)) {
	if len(*from) == 0 {
		return
	}
	e := &(*from)[0]
	q := 1 + d.qty%e.qty
	was := *e
	if e.qty -= q; e.qty == 0 {
		*from = (*from)[1:]
	}
	f(was, q)
}

// carryOut adds a slip of the order's price and warehouse.
func (d *drawing) carryOut(orders *[]earlier, kind, party string, then func(earlier)) {
	d.part(orders, func(e earlier, q int) {
		wh := d.wh
		d.wh = e.wh
		then(d.put(kind, fields{"party": party, "product": e.product, "qty": fmt.Sprint(q), "price": "", "source": e.ref}))
		d.wh = wh
	})
}

func (d *drawing) receive(e earlier) {
	d.receipts, d.bought = append(d.receipts, e), append(d.bought, e)
}

func (d *drawing) deliver(e earlier) {
	d.deliveries, d.sold = append(d.deliveries, e), append(d.sold, e)
}

// sendBack adds a return of part of the first of a list, sometimes at another warehouse, or of goods without a source. Of a
// line either several parts come back, each at its typed price, or one without: it takes its share of what is sold or bought (7.3.2), and where
// that share begins, to the cent, is what came back before it was entered.
func (d *drawing) sendBack(kind, party string, from *[]earlier) (e earlier, linked bool) {
	if len(*from) == 0 {
		price := d.price
		if party == "" {
			price = ""
		}
		return d.put(kind, fields{"party": party, "price": price}), false
	}
	f := &(*from)[0]
	q, wh := 1+d.qty%f.qty, f.wh
	if d.qty%3 == 0 {
		wh = d.wh
	}
	price := ""
	if party != "" && (f.parted || d.one("typed", "") != "") {
		price = d.price
	}
	e = d.put(kind, fields{"party": party, "warehouse": wh, "product": f.product, "qty": fmt.Sprint(q), "price": price, "source": f.ref})
	f.parted = true
	if f.qty -= q; f.qty == 0 || party != "" && price == "" {
		*from = (*from)[1:]
	}
	return e, true
}

// bill adds the invoice of a receipt, which is either billed or sent back: what a return credits follows the order of entry.
func (d *drawing) bill() {
	if len(d.receipts) > 0 {
		d.follow("purchase-invoice", "S", d.receipts[0], d.receipts[0].qty)
		d.receipts = d.receipts[1:]
	}
}

func (d *drawing) land() {
	if len(d.bought) > 0 {
		d.money("landed-cost", fields{"party": "S", "source": rapid.SampledFrom(d.bought).Draw(d.t, "landed").ref, "allocate_by": d.one("amount", "quantity")})
	}
}

func (d *drawing) parts(kind string) {
	f := fields{"product": "T", "qty": fmt.Sprint(1 + d.qty/4), "price": "", "amount": fmt.Sprint(d.qty % 3)}
	if d.one("T", "U") == "U" {
		f["product"], f["qty"], f["levels"] = "U", fmt.Sprint(1+d.qty/8), d.one("1", "all")
	}
	d.put(kind, f)
}

// arrive takes part of what is in transit to a warehouse, be it the one it left, or writes it off.
func (d *drawing) arrive(kind, to string) {
	d.part(&d.sent, func(e earlier, q int) {
		d.put(kind, fields{"warehouse": "", "to_warehouse": to, "product": e.product, "qty": fmt.Sprint(q), "price": "", "source": e.ref})
	})
}

// A kind that is never drawn, or never gets in, is one whose order of entry may matter.
func TestHistoriesHaveEveryKind(t *testing.T) {
	missing := map[string]bool{}
	for _, k := range kinds.All {
		if k.Hidden {
			continue
		}
		missing[k.Code] = true
		if f, ok := k.HeaderField("offset_kind"); ok {
			for _, c := range f.Choices {
				missing[k.Code+" "+c.Value] = true
			}
		}
	}
	for seed := 0; seed < 300 && len(missing) > 0; seed++ {
		b := opened(t, workflow.Settings{Negative: "allow", Flow: []string{"direct", "invoice"}[seed%2]})
		for _, e := range rapid.Custom(draw).Example(seed) {
			if f := e.read(); try(b, "slips", history, e.row) == nil {
				delete(missing, f["kind"])
				delete(missing, f["kind"]+" "+f["offset_kind"])
			}
		}
		b.Close()
	}
	if len(missing) > 0 {
		t.Errorf("none of these gets in: %v", slices.Sorted(maps.Keys(missing)))
	}
}
