package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// billed is the invoice a slip of goods is pushed down to, on the screen: change does what a clerk does to it.
func billed(t *testing.T, b *workflow.Book, goods, invoice string, change func(*slip.Doc)) *slip.Doc {
	t.Helper()
	d, err := b.Push(goods, invoice)
	if err != nil {
		t.Fatal(err)
	}
	d.Date = 20260110
	change(d)
	return d
}

// 10 of A came at 10.00 and 4 of B at 5.00. The invoice bills 6 of the 10, at 11.00, and leaves B out.
func TestTheGateTellsAnInvoiceThatIsNotAsItsReceipt(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r,2026-01-02,S,W1,A,10,10,yes", "goods-receipt,r,2026-01-02,S,W1,B,4,5,yes")
	wantGate(t, b, billed(t, b, "r", "purchase-invoice", func(*slip.Doc) {}))
	wantGate(t, b, billed(t, b, "r", "purchase-invoice", func(d *slip.Doc) { d.Lines[0].Qty = 6_0000 }),
		"differs line 1: qty: 6 billed of the 10 open on CR-202601-0001 line 1: 4 left open")
	dear := billed(t, b, "r", "purchase-invoice", func(d *slip.Doc) { d.Lines, d.Lines[0].Qty, d.Lines[0].Price = d.Lines[:1], 6_0000, 11_000000 })
	wantGate(t, b, dear, "differs line 1: price: the price is 11.00, on CR-202601-0001 10.00", "differs line 1: qty: 6 billed of the 10 open on CR-202601-0001 line 1: 4 left open",
		"differs source: CR-202601-0001: 1 line not on this invoice: 2")
	wantGate(t, b, billed(t, b, "r", "purchase-invoice", func(d *slip.Doc) { d.Lines[0].TaxRate, d.Lines[0].TaxGiven = 600, true }),
		"differs line 1: tax_rate: the tax rate is 6%, on CR-202601-0001 13%")
	wantGate(t, b, billed(t, b, "r", "purchase-invoice", func(d *slip.Doc) { d.Date = 20260201 }),
		"differs line 1: date: CR-202601-0001 is of 2026-01, the invoice of another month", "differs line 2: date: CR-202601-0001 is of 2026-01, the invoice of another month")
	rest, err := b.OpenAt(kinds.PurchaseInvoice, dear)
	if err != nil || len(rest) != 1 || rest[0].Left.String() != "10" || rest[0].At.Price.String() != "10.00" || rest[0].Source != "CR-202601-0001" {
		t.Errorf("%+v %v", rest, err)
	}
	// once 6 are billed, 4 are open: billing these tells nothing, and the red letter of 2 does not either
	enterRows(t, b, "kind=purchase-invoice number=f date=2026-01-10 party=S product=A qty=6 price=10 source=r")
	wantGate(t, b, billed(t, b, "r", "purchase-invoice", func(*slip.Doc) {}))
	red, err := b.RedLetter("f")
	if err != nil {
		t.Fatal(err)
	}
	red.Date, red.Lines[0].Qty = 20260110, -2_0000
	wantGate(t, b, red)
	mustHold(t, b)
}

// A sales invoice and one of a return are held against their goods the same way: 5 delivered, 3 of them billed; 2 came back, 1 of them in red.
func TestTheGateTellsASalesInvoiceThatIsNotAsItsDelivery(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=5 price=20", "kind=sales-return number=t date=2026-01-04 party=C warehouse=W1 product=A qty=2 source=d")
	wantGate(t, b, billed(t, b, "d", "sales-invoice", func(d *slip.Doc) { d.Lines[0].Qty = 3_0000 }), "differs line 1: qty: 3 billed of the 5 open on XC-202601-0001 line 1: 2 left open")
	red := billed(t, b, "t", "sales-invoice", func(d *slip.Doc) { d.Lines[0].Qty = -1_0000 })
	if got := gate(t, b, red); !strings.HasPrefix(got, "differs line 1: qty: 1 billed of the 2 open on ") || !strings.HasSuffix(got, "1 left open") {
		t.Errorf("%q", got)
	}
	mustHold(t, b)
}

// 20 are ordered, 15 came; 4 and 3 more are one and then 2 too many. What is open is told, so that the window can take it.
func TestOverAnOrderIsRefusedWithWhatIsOpen(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=purchase-order number=o date=2026-01-02 party=S warehouse=W1 product=A qty=20 price=10", "kind=goods-receipt number=r date=2026-01-03 party=S warehouse=W1 product=A qty=15 source=o")
	d, err := b.Push("o", "goods-receipt")
	if err != nil {
		t.Fatal(err)
	}
	d.Date = 20260104
	more := d.Lines[0]
	d.Lines[0].Qty, more.Qty = 4_0000, 3_0000
	d.Lines = append(d.Lines, more)
	_, err = b.Gate(d)
	list := fault.Of(err)
	if len(list) != 1 || list[0].About != workflow.OverSource || list[0].Error() != "line 2: qty: 20 ordered, 1 left on CD-202601-0001" {
		t.Errorf("%v", err)
	}
	if err := slip.Calculate(kinds.GoodsReceipt, d); err != nil {
		t.Fatal(err)
	}
	rest, err := b.OpenAt(kinds.GoodsReceipt, d)
	if err != nil || len(rest) != 2 || rest[0].Left.String() != "5" || rest[0].Takes.String() != "4" || rest[1].Left.String() != "1" || rest[1].Takes.String() != "3" {
		t.Errorf("%+v %v", rest, err)
	}
	mustHold(t, b)
}

// Lot B expired in February: the first of March delivers it only when A is used up. 10 of A and 1 of B are 11.
func TestTheGateTellsAnExpiredLot(t *testing.T) {
	b := pharmacy(t, workflow.Settings{})
	wantGate(t, b, sale(20260301, "C", [3]string{"M", "10", "9"}))
	wantGate(t, b, sale(20260301, "C", [3]string{"M", "11", "9"}), "expired line 1: lot: lot B of M 药膏 expired on 2026-02-28")
	mine := sale(20260301, "C", [3]string{"M", "2", "9"})
	mine.Lines[0].Extra = map[string]string{slip.LotKey: "B"}
	wantGate(t, b, mine, "expired line 1: lot: lot B of M 药膏 expired on 2026-02-28")
	mine.Date = 20260228 // its last day
	wantGate(t, b, mine)
	mustHold(t, b)
}

// Of B nothing is known: 3 come back that the book never bought, and 2 are found over.
func TestTheGateTellsGoodsThatCostNothing(t *testing.T) {
	b := trader(t, workflow.Settings{})
	back := sale(20260103, "C", [3]string{"B", "3", "9"})
	back.Kind = "sales-return"
	wantGate(t, b, back, "no-cost line 1: qty: B 螺母: 3 come back at a cost of 0")
	count := &slip.Doc{Kind: "stocktake", Date: 20260103, Warehouse: "W1", Status: slip.Draft, Lines: []slip.Line{{Product: "B", Qty: 2_0000}}}
	wantGate(t, b, count, "no-cost line 1: qty: B 螺母: 2 found over come in at 0, no cost is known")
	load(t, b, "products", "code,name,reference_cost", "B,螺母,4")
	wantGate(t, b, back)
	wantGate(t, b, count)
	mustHold(t, b)
}

// Where stock may go below zero with a warning, the gate tells to where.
func TestTheGateTellsStockBelowZero(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "warn"})
	if got := gate(t, b, sale(20260103, "C", [3]string{"A", "3", "20"})); !strings.HasPrefix(got, "below-zero line 1: qty: stock below zero: A 螺丝 in 主仓 is now -3, its cost is provisional") {
		t.Errorf("%q", got)
	}
}

// 5 sold at 20.00; 2 of them given back at 25.00 each are 50.00 against 40.00.
func TestTheGateTellsAReturnThatGivesBackMoreThanWas(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10", "kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=5 price=20")
	d, err := b.Push("d", "sales-return")
	if err != nil {
		t.Fatal(err)
	}
	d.Date, d.Lines[0].Qty, d.Lines[0].Price, d.Lines[0].PriceGiven = 20260104, 2_0000, 25_000000, true
	wantGate(t, b, d, "differs line 1: price: 50.00 is given back, more than the 40.00 of the same quantity on XC-202601-0001")
}
