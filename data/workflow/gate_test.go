package workflow_test

import (
	"errors"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// sale is a delivery on the screen, nothing of it in the book: lines are product, quantity and price.
func sale(date text.Date, party string, lines ...[3]string) *slip.Doc {
	d := &slip.Doc{Kind: "delivery", Date: date, Party: party, Warehouse: "W1", Status: slip.Draft}
	for _, x := range lines {
		q, _ := num.ParseQuantity(x[1])
		p, _ := num.ParsePrice(x[2])
		d.Lines = append(d.Lines, slip.Line{Product: x[0], Qty: q, Price: p, PriceGiven: true})
	}
	return d
}

// gate is what the gate tells of a slip, one finding a line, in English; nothing of it may be left in the book.
func gate(t *testing.T, b *workflow.Book, d *slip.Doc) string {
	t.Helper()
	tick := b.DB.Tick()
	list, err := b.Gate(d)
	if err != nil {
		t.Fatal(err)
	}
	if d.ID != 0 && d.Number == "" || b.DB.Tick() != tick {
		t.Error("the gate left something")
	}
	var s []string
	for _, f := range list {
		s = append(s, f.About+" "+f.Error())
	}
	return strings.Join(s, "\n")
}

func wantGate(t *testing.T, b *workflow.Book, d *slip.Doc, want ...string) {
	t.Helper()
	if got := gate(t, b, d); got != strings.Join(want, "\n") {
		t.Errorf("the gate tells\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// 50 of A at 10.00 are there. 3 sold at 9.00 are 27.00 against 30.00; the list's price is 20.00, the customer's last 18.00.
func TestTheGateTellsCostAndPrice(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=50 price=10")
	wantGate(t, b, sale(20260103, "C", [3]string{"A", "3", "9"}), "below-cost line 1: price: A 螺丝 is sold below cost: 27.00 before tax, cost 30.00")
	wantGate(t, b, sale(20260103, "C", [3]string{"A", "3", "20"}))
	wantGate(t, b, sale(20260103, "C", [3]string{"A", "3", "40"})) // twice is not more than twice
	wantGate(t, b, sale(20260103, "C", [3]string{"A", "3", "50"}), "odd-price line 1: price: the price is 50.00, the list's 20.00: 150% higher")
	wantGate(t, b, sale(20260103, "C", [3]string{"A", "3", "200"}), "odd-price line 1: price: the price is 200.00, the list's 20.00: 10 times as much")
	enterRows(t, b, "kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=1 price=18")
	wantGate(t, b, sale(20260104, "C", [3]string{"A", "3", "54"}), "odd-price line 1: price: the price is 54.00, 18.00 last time (2026-01-03, XC-202601-0001): 200% higher")
	wantGate(t, b, sale(20260104, "C", [3]string{"A", "3", "38"})) // more than twice the last, not twice the list's
	receipt := sale(20260105, "S", [3]string{"A", "3", "1"})
	receipt.Kind = "goods-receipt"
	wantGate(t, b, receipt, "odd-price line 1: price: the price is 1.00, 10.00 last time (2026-01-02, CR-202601-0001): a tenth of it")
	for rule, want := range map[string]string{"allow": "odd-price line 1: price: the price is 8.00, 18.00 last time (2026-01-03, XC-202601-0001): 55% lower", "warn": "below-cost line 1: price: A 螺丝 is sold below cost: 24.00 before tax, cost 30.00"} {
		if err := b.Set(map[string]string{"below_cost": rule}); err != nil {
			t.Fatal(err)
		}
		wantGate(t, b, sale(20260104, "C", [3]string{"A", "3", "8"}), want)
	}
	if err := b.Set(map[string]string{"below_cost": "forbid"}); err != nil {
		t.Fatal(err)
	}
	if list, err := b.Gate(sale(20260104, "C", [3]string{"A", "3", "8"})); err == nil || list != nil || !strings.Contains(err.Error(), "24.00 before tax, cost 30.00") {
		t.Errorf("forbidden: %v, %v", list, err)
	}
	mustHold(t, b)
}

// The limit is 300.00. 10 at 20.00 with 13 % are 226.00; another 226.00 make 452.00. What is paid on the slip is not owed.
func TestTheGateTellsCreditAndWhatIsOverdue(t *testing.T) {
	b := trader(t, workflow.Settings{})
	load(t, b, "customers", "code,name,credit_limit,payment_days", "C,装修队,300,30")
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=50 price=10",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=10 price=20")
	credit := "over-credit party: 装修队 will owe 452.00, over the credit limit of 300.00 by 152.00"
	wantGate(t, b, sale(20260202, "C", [3]string{"A", "10", "20"}), credit) // due on that day: not overdue
	wantGate(t, b, sale(20260212, "C", [3]string{"A", "10", "20"}), credit, "overdue party: 装修队 owes 226.00 overdue, the oldest for 10 days")
	wantGate(t, b, sale(20260203, "C", [3]string{"A", "1", "20"}), "overdue party: 装修队 owes 226.00 overdue, the oldest for 1 day")
	paid := sale(20260202, "C", [3]string{"A", "10", "20"})
	paid.Account, paid.Paid = "K", 22600
	wantGate(t, b, paid)
	enterRows(t, b, "kind=collection number=s date=2026-02-05 party=C account=K amount=200")
	wantGate(t, b, sale(20260212, "C", [3]string{"A", "1", "20"}), "overdue party: 装修队 owes 26.00 overdue, the oldest for 10 days")
	if err := b.Set(map[string]string{"over_credit": "forbid"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Gate(sale(20260202, "C", [3]string{"A", "20", "20"})); err == nil || !strings.Contains(err.Error(), "will owe 478.00") { // 26.00 + 452.00
		t.Errorf("forbidden: %v", err)
	}
	mustHold(t, b)
}

func TestTheGateTellsOfATwin(t *testing.T) {
	b := trader(t, workflow.Settings{})
	load(t, b, "products", "code,name,sales_price", "B,手锯,50")
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=50 price=10", "kind=goods-receipt number=r2 date=2026-01-02 party=S warehouse=W1 product=B qty=50 price=30",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=2 price=20")
	twin := "twin party: XC-202601-0001 of the same day has the same content for 甲方: is this one entered twice?"
	if p, _ := b.Masters().Find("customers", "C"); p.Get("name") != "甲方" {
		twin = strings.Replace(twin, "甲方", p.Get("name"), 1)
	}
	wantGate(t, b, sale(20260103, "C", [3]string{"A", "2", "20"}), twin)
	wantGate(t, b, sale(20260104, "C", [3]string{"A", "2", "20"}))                            // another day
	wantGate(t, b, sale(20260103, "C2", [3]string{"A", "2", "20"}))                           // another party
	wantGate(t, b, sale(20260103, "C", [3]string{"A", "2", "20.01"}))                         // another amount
	wantGate(t, b, sale(20260103, "C", [3]string{"A", "1", "20"}, [3]string{"A", "1", "20"})) // other lines
	enterRows(t, b, "kind=collection number=s date=2026-01-05 party=C account=K amount=20")
	money := &slip.Doc{Kind: "collection", Date: 20260105, Party: "C", Account: "K", Amount: 2000, Status: slip.Draft}
	if got := gate(t, b, money); !strings.HasPrefix(got, "twin party: SK-202601-0001") {
		t.Errorf("the same money twice: %q", got)
	}
	money.Amount = 1900
	wantGate(t, b, money)
	mustHold(t, b)
}

// Who knows the findings goes on; who does not is told, and nothing is done.
func TestASlipIsAuditedByWhoKnowsWhatTheGateTells(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=50 price=10")
	d := sale(20260103, "C", [3]string{"A", "3", "9"})
	var u *workflow.Unheard
	if err := b.AuditOnce("k", d, nil); !errors.As(err, &u) || len(u.Findings) != 1 || d.Number != "" {
		t.Fatalf("%v %s", err, d.Number)
	}
	if list, err := b.DB.Listed(nil, "delivery", "", 0, 99999999, 0); err != nil || len(list) != 0 {
		t.Errorf("in the book: %v %v", list, err)
	}
	known := u.Findings
	d.Lines[0].Price = 8_000000 // since then it has become worse
	if err := b.AuditOnce("k", d, known); !errors.As(err, &u) {
		t.Errorf("%v", err)
	}
	if err := b.AuditOnce("k", d, u.Findings); err != nil || d.Number != "XC-202601-0001" {
		t.Errorf("%v %s", err, d.Number)
	}
	enterRows(t, b, "kind=delivery number=e date=2026-01-04 party=C warehouse=W1 product=A qty=2 price=9 audit=no")
	err := b.AuditHeard("e", nil)
	if !errors.As(err, &u) || len(u.Findings) != 1 {
		t.Fatal(err)
	}
	if err := b.AuditHeard("e", u.Findings); err != nil {
		t.Error(err)
	}
	mustHold(t, b)
}

// 5 of A lie in W1 and 30 in W2, 20 are ordered for the 9th; of B there is nothing. Three lines take 4, 4 and 1: the second is 3 short, the third 1.
func TestAllShortagesAreToldAtOnce(t *testing.T) {
	b := trader(t, workflow.Settings{})
	load(t, b, "products", "code,name,sales_price", "B,手锯,50")
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=5 price=10", "kind=goods-receipt number=r2 date=2026-01-02 party=S warehouse=W2 product=A qty=30 price=10",
		"kind=purchase-order number=o date=2026-01-02 due_date=2026-01-09 party=S warehouse=W1 product=A qty=20 price=10")
	d := sale(20260103, "C", [3]string{"A", "4", "20"}, [3]string{"A", "4", "20"}, [3]string{"B", "1", "50"})
	_, err := b.Gate(d)
	list := fault.Of(err)
	if len(list) != 2 || list[0].Line != 1 || list[1].Line != 3 || list[0].About != workflow.Short || !strings.Contains(list[0].Error(), "not enough stock") || !strings.Contains(list[0].Error(), "would be -3") || !strings.Contains(list[1].Error(), "would be -1") {
		t.Errorf("refused with %v", err)
	}
	k, _ := kinds.ByCode("delivery")
	b.Complete(k, d)
	if err := slip.Calculate(k, d); err != nil {
		t.Fatal(err)
	}
	short, err := b.Shortages(k, d)
	if err != nil || len(short) != 2 {
		t.Fatalf("%v %v", short, err)
	}
	s := short[0]
	if s.Line != 2 || s.Here.String() != "1" || s.Short().String() != "3" || s.From() == nil || s.From().Warehouse.Code() != "W2" || s.From().Qty.String() != "30" ||
		len(s.Coming) != 1 || s.Coming[0].Qty.String() != "20" || s.Coming[0].Expected != 20260109 || short[1].From() != nil {
		t.Errorf("%+v", short)
	}
	name := "A " + s.Product.Get("name")
	at, other := s.Warehouse.Get("name"), s.From().Warehouse.Get("name")
	if want := name + "：" + at + "现存 5，要 4，缺 3（前面的行已用 4）；" + other + "有 30；在订 20（2026-01-09 到，CD-202601-0001）"; s.Words().Zh != want {
		t.Errorf("%s\nwant %s", s.Words().Zh, want)
	}
	if want := name + ": 5 on hand in " + at + ", 4 wanted, 3 short (4 taken by lines above); " + other + " has 30; 20 on order (due 2026-01-09, CD-202601-0001)"; s.Words().En != want {
		t.Errorf("%s\nwant %s", s.Words().En, want)
	}
	load(t, b, "warehouses", "code,name", "W2,二号仓")
	load(t, b, "products", "code,name,name2", "A,水泵,Pump") // the second name is of the other language
	if short, err = b.Shortages(k, d); err != nil || !strings.Contains(short[0].Words().Zh, "A 水泵") || !strings.Contains(short[0].Words().Zh, "二号仓有 30") ||
		!strings.Contains(short[0].Words().En, "A Pump") || !strings.Contains(short[0].Words().En, "二号仓 has 30") {
		t.Errorf("in either language: %v, %v", short[0].Words(), err)
	}
	mustHold(t, b)
	free := trader(t, workflow.Settings{Negative: "allow"})
	if short, err := free.Shortages(k, sale(20260103, "C", [3]string{"A", "4", "20"})); err != nil || len(short) != 0 {
		t.Errorf("where it is allowed: %v %v", short, err)
	}
}

// A correction and a count are tried before they are done: the trial tells what the gate would.
func TestATrialTellsWhatTheGateWould(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=50 price=10",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=2 price=20")
	d, err := b.Load("d")
	if err != nil {
		t.Fatal(err)
	}
	d.Lines[0].Price, d.Lines[0].PriceGiven = 9_000000, true
	x, err := b.TryCorrect(d, nil)
	if err != nil || len(x.Told) != 1 || x.Told[0].About != workflow.BelowCost || !strings.Contains(x.Told[0].Text.Zh, "不含税 18.00，成本 20.00") {
		t.Errorf("%v %v", x.Told, err)
	}
}
