package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/inquiry"
	"zhanggui/data/num"
	"zhanggui/data/workflow"
)

func qtyOf(f inquiry.Figures) num.Quantity { return f.Qty }

// Nine ordered, four delivered, one of them sent back for good: five are still to come. Of the 80.00 delivered 50.00 are paid and the return
// took 20.00 off: 10.00 are owed.
func TestATradeIsReconciledFromOrderToMoney(t *testing.T) {
	b := shop(t)
	for _, from := range []string{"so", "d1", "x1", "k1"} {
		d, err := b.Load(from)
		if err != nil {
			t.Fatal(err)
		}
		flow, err := b.Chain(from)
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Reconcile(flow, d.Number)
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%s: %s ordered, %s moved, %s back, %s left; gross %s %s, paid %s of %v, owed %s, due %s", r.Role,
			r.Stages[inquiry.Ordered].Qty, r.Stages[inquiry.Moved].Qty, r.Back.Qty, inquiry.Left(r, &r.ByStage, qtyOf),
			r.Stages[inquiry.Ordered].Gross, r.Stages[inquiry.Moved].Gross, r.Paid, r.PaidParts, r.Owed(), r.Due)
		want := "customers: 9 ordered, 3 moved, 1 back, 5 left; gross 180.00 60.00, paid 50.00 of [70.00 -20.00], owed 10.00, due 2026-02-05"
		if got != want {
			t.Errorf("from %s\n%s\nwant\n%s", from, got, want)
		}
	}
}

// Two deliveries of an order, one invoice over both and one of another order: each order has its own part of it.
func TestABillOfSeveralOrdersIsReconciledByItsParts(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=5",
		"kind=sales-order number=o1 date=2026-01-03 party=C product=A qty=10 price=10 tax_rate=0",
		"kind=sales-order number=o2 date=2026-01-03 party=C product=A qty=6 price=10 tax_rate=0",
		"kind=delivery number=d1 date=2026-01-05 party=C warehouse=W1 product=A qty=8 source=o1",
		"kind=delivery number=d2 date=2026-01-06 party=C warehouse=W1 product=A qty=6 source=o2")
	load(t, b, "slips", "kind,number,date,party,product,qty,price,tax_rate,source,audit",
		"sales-invoice,i,2026-01-10,C,A,7,10,0,d1,yes", "sales-invoice,i,2026-01-10,C,A,6,10,0,d2,yes")
	load(t, b, "slips", "kind,number,date,party,account,amount,source,audit", "collection,k,2026-01-12,C,K,65,i,yes")
	for _, c := range []struct{ from, want string }{
		{"o1", "10 8 7 left 3, gross 70.00 paid 35.00"},
		{"d2", "6 6 6 left 0, gross 60.00 paid 30.00"},
		{"i", "16 14 13 left 3, gross 130.00 paid 65.00"},
	} {
		d, err := b.Load(c.from)
		if err != nil {
			t.Fatal(err)
		}
		flow, err := b.Chain(c.from)
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Reconcile(flow, d.Number)
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%s %s %s left %s, gross %s paid %s", r.Stages[inquiry.Ordered].Qty, r.Stages[inquiry.Moved].Qty, r.Stages[inquiry.Billed].Qty,
			inquiry.Left(r, &r.ByStage, qtyOf), r.Stages[inquiry.Billed].Gross, r.Paid)
		if got != c.want {
			t.Errorf("from %s: %s, want %s", c.from, got, c.want)
		}
	}
}

// A payment of two deliveries of two orders: the line of one delivery has its order and the payment, not the other delivery.
func TestASlipsOwnLineHasNoSlipsThatOnlyShareAPayment(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=5",
		"kind=sales-order number=o1 date=2026-01-03 party=C product=A qty=10 price=10",
		"kind=sales-order number=o2 date=2026-01-04 party=C product=A qty=6 price=10",
		"kind=delivery number=d1 date=2026-01-05 party=C warehouse=W1 product=A qty=8 source=o1",
		"kind=delivery number=d2 date=2026-01-06 party=C warehouse=W1 product=A qty=6 source=o2",
		"kind=collection number=k date=2026-01-12 party=C account=K amount=100")
	for _, c := range []struct{ of, want string }{
		{"d1", "-1 o1, 0 d1, 1 k"}, {"o2", "0 o2, 1 d2, 2 k"}, {"k", "-2 o1, -2 o2, -1 d1, -1 d2, 0 k"},
	} {
		d, err := b.Load(c.of)
		if err != nil {
			t.Fatal(err)
		}
		flow, err := b.Chain(c.of)
		if err != nil {
			t.Fatal(err)
		}
		if len(flow) != 5 {
			t.Fatalf("the whole flow has %d slips", len(flow))
		}
		var list []string
		for _, n := range inquiry.Own(flow, d.Number) {
			list = append(list, fmt.Sprint(n.Step, " ", n.Doc.ExternalNo))
		}
		if got := strings.Join(list, ", "); got != c.want {
			t.Errorf("the line of %s is %s, want %s", c.of, got, c.want)
		}
	}
}
