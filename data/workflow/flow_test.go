package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/workflow"
)

func TestTheFlowShowsWhatIsOpenAndLeftOfEverySlip(t *testing.T) {
	b := shop(t)
	list, err := b.Chain("d1")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range list {
		got = append(got, fmt.Sprintf("%s %s %s %s %s open %s left %s of %s", n.Doc.Kind, n.Doc.ExternalNo, n.Doc.Status, n.Doc.Date, n.Doc.Gross, n.Open, n.Left, strings.Join(n.Sources, " ")))
	}
	want := []string{
		"sales-order so partly-done 2026-01-03 180.00 open 0.00 left 5 of ",
		"delivery d1 audited 2026-01-05 80.00 open 10.00 left 0 of XD-202601-0001",
		"sales-return x1 audited 2026-01-07 20.00 open 0.00 left 0 of XC-202601-0001",
		"collection k1 audited 2026-01-08 50.00 open 0.00 left 0 of XC-202601-0001",
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("the flow is\n%s\nwant\n%s", a, b)
	}
}

// A sale that is bought for: two of its slips were made on one day, and the return was entered before the payment it follows in time.
func TestTheFlowIsTheSameFromEverySlip(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=quotation number=quotation date=2026-01-03 party=C product=A qty=50 price=20 due_date=2026-02-28",
		"kind=sales-order number=order date=2026-01-05 party=C product=A qty=40 source=quotation",
		"kind=purchase-plan number=plan date=2026-01-06 product=A qty=40 source=order",
		"kind=purchase-order number=purchase date=2026-01-06 party=S product=A qty=40 source=plan",
		"kind=prepayment number=prepayment date=2026-01-07 party=S account=B amount=100 source=purchase",
		"kind=goods-receipt number=receipt date=2026-01-08 party=S warehouse=W1 product=A qty=40 source=purchase",
		"kind=offset number=offset date=2026-01-09 offset_kind=prepaid-payable party=S amount=100 source=receipt",
		"kind=delivery number=delivery date=2026-01-10 party=C warehouse=W1 product=A qty=30 source=order",
		"kind=sales-return number=return date=2026-01-14 party=C warehouse=W1 product=A qty=2 source=delivery",
		"kind=payment number=payment date=2026-01-12 party=S account=B amount=352 source=receipt",
		"kind=collection number=collection date=2026-01-20 party=C account=K amount=500 source=delivery",
		"kind=delivery number=other date=2026-01-11 party=C2 warehouse=W1 product=A qty=1 price=20") // no part of it
	chain := []struct{ slip, sources string }{{"quotation", ""}, {"order", "quotation"}, {"plan", "order"}, {"purchase", "plan"}, {"prepayment", "purchase"},
		{"receipt", "purchase"}, {"offset", "receipt prepayment"}, {"delivery", "order"}, {"payment", "receipt"}, {"return", "delivery"}, {"collection", "delivery"}}
	var want []string
	for _, c := range chain {
		want = append(want, c.slip+" of "+c.sources)
	}
	name := map[string]string{}
	for _, c := range chain {
		d, err := b.Load(c.slip)
		if err != nil {
			t.Fatal(err)
		}
		name[d.Number] = c.slip
	}
	for _, c := range chain {
		nodes, err := b.Chain(c.slip)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range nodes {
			var from []string
			for _, s := range n.Sources {
				from = append(from, name[s])
			}
			got = append(got, n.Doc.ExternalNo+" of "+strings.Join(from, " "))
		}
		if x, y := strings.Join(got, "\n"), strings.Join(want, "\n"); x != y {
			t.Errorf("the flow from the %s is\n%s\nwant\n%s", c.slip, x, y)
		}
	}
	mustHold(t, b)
}
