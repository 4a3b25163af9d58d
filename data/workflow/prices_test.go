package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

func TestThePriceIsTheOneAgreed(t *testing.T) {
	b := trader(t, workflow.Settings{})
	load(t, b, "customers", "code,name,price_level", "C,装修队,B", "C2,乙方,")
	load(t, b, "prices", "product,price_level,customer,price,from_qty,from,to",
		"A,B,,19,,,", "A,B,,18,10,,", "A,B,,15,,2026-03-01,2026-03-31", "A,,C2,17.5,,2026-02-01,")
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=10")
	for i, c := range []struct{ party, qty, date, want string }{
		{"C", "9", "2026-01-05", "19.00"},  // the level's
		{"C", "10", "2026-01-05", "18.00"}, // from ten on
		{"C", "10", "2026-03-05", "15.00"}, // promotion
		{"C", "1", "2026-04-01", "19.00"},  // over
		{"C2", "1", "2026-01-31", "20.00"}, // no level: the list's
		{"C2", "1", "2026-02-01", "17.50"}, // the customer's own
	} {
		ref := string(rune('a' + i))
		enterRows(t, b, "kind=sales-order number="+ref+" date="+c.date+" party="+c.party+" product=A qty="+c.qty)
		if d, _ := b.Load(ref); d.Lines[0].Price.String() != c.want {
			t.Errorf("%s of %s on %s: %s, want %s", c.qty, c.party, c.date, d.Lines[0].Price, c.want)
		}
	}
	err := try(b, "prices", "product,price_level,customer,price", "A,B,C,1")
	if err == nil || !strings.Contains(err.Error(), "either a price level or a customer") {
		t.Errorf("a price for both: %v", err)
	}
	mustHold(t, b)
}

// What is agreed goes before the last price, and the last price before the list's; a quantity that reaches another price gets it,
// unless a person typed one.
func TestTheFormProposesWhatIsAgreed(t *testing.T) {
	b := trader(t, workflow.Settings{})
	load(t, b, "customers", "code,name,price_level", "C,装修队,B")
	load(t, b, "prices", "product,price_level,customer,price,from_qty,from,to", "A,B,,18,10,,", "A,B,,15,20,2026-03-01,2026-03-31")
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=10",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=1 price=19.5")
	k, _ := kinds.ByCode("delivery")
	d := &slip.Doc{Kind: "delivery", Date: 20260310, Party: "C", Warehouse: "W1", Lines: []slip.Line{{Product: "A"}}}
	l := &d.Lines[0]
	if err := b.Propose(k, d, l); err != nil {
		t.Fatal(err)
	}
	see := func(want string) {
		t.Helper()
		if l.Price.String() != want {
			t.Errorf("%s of it at %s, want %s", l.Qty, l.Price, want)
		}
	}
	see("19.50") // the last
	quantity := func(n int64, want string) {
		t.Helper()
		was := l.Qty
		l.Qty = num.Quantity(n) * num.QuantityOne
		if err := b.Requantify(k, d, l, was); err != nil {
			t.Fatal(err)
		}
		see(want)
	}
	quantity(9, "19.50")
	quantity(10, "18.00")
	quantity(20, "15.00") // promotion
	quantity(5, "19.50")
	l.Price = 17_000000
	quantity(10, "17.00") // typed
	d.Date = 20260401
	if err := b.Reprice(k, d, l); err != nil {
		t.Fatal(err)
	}
	see("18.00") // the promotion is over
}

func TestAPriceChangeKeepsItsHistory(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=price-change number=p1 date=2026-02-01 product=A price=25", "kind=price-change number=p2 date=2026-03-01 product=A price=26")
	price := func() string { p, _ := b.Masters().Product("A"); return p.Get("sales_price") }
	if d, _ := b.Load("p2"); price() != "26.00" || d.Lines[0].Extra["old_price"] != "25.00" {
		t.Errorf("the price is %s, before %s", price(), d.Lines[0].Extra["old_price"])
	}
	if _, err := b.Unaudit("p1", false); err == nil {
		t.Error("an earlier change was taken back under a later one")
	}
	if _, err := b.Unaudit("p2", false); err != nil || price() != "25.00" {
		t.Errorf("taken back: %s, %v", price(), err)
	}
	mustHold(t, b)
}

func TestASaleBelowCostIsWarnedOf(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=2 price=9.99 audit=no")
	w, err := b.Audit("d")
	if err != nil || len(w) != 1 || !strings.Contains(w.Error(), "sold below cost: 19.98 before tax, cost 20.00") {
		t.Errorf("warned of %v, %v", w, err)
	}
	if err := b.Set(map[string]string{"below_cost": "forbid"}); err != nil {
		t.Fatal(err)
	}
	enterRows(t, b, "kind=delivery number=e date=2026-01-04 party=C warehouse=W1 product=A qty=2 price=9.99 audit=no",
		"kind=delivery number=f date=2026-01-04 party=C warehouse=W1 product=A qty=2 price=10 audit=no")
	if _, err := b.Audit("e"); err == nil || !strings.Contains(err.Error(), "sold below cost") {
		t.Errorf("where it is forbidden: %v", err)
	}
	if w, err := b.Audit("f"); err != nil || len(w) != 0 {
		t.Errorf("at cost: %v, %v", w, err)
	}
	if err := b.Set(map[string]string{"below_cost": "allow"}); err != nil {
		t.Fatal(err)
	}
	if w, err := b.Audit("e"); err != nil || len(w) != 0 {
		t.Errorf("where it is allowed: %v, %v", w, err)
	}
	if err := b.Set(map[string]string{"below_cost": "never"}); err == nil {
		t.Error("a rule that does not exist is taken")
	}
	mustHold(t, b)
}
