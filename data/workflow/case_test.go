package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// inCase lets a kind's slips belong to cases for the time of a test, and follow from deals.
func inCase(t *testing.T, k *slip.Kind) {
	withFields(t, k, []slip.Field{{Key: slip.CaseKey, Label: text.T("事项", "Case"), Type: slip.TypeSource}}, nil)
	from := k.From
	t.Cleanup(func() { k.From = from })
	k.From = append(from[:len(from):len(from)], slip.Source{Kind: "deal", Again: true})
}

// A case is set by what is pushed down from it and carried on; an import takes it from the column, or else from the source.
func TestSlipsBelongToACase(t *testing.T) {
	inCase(t, kinds.SalesOrder)
	inCase(t, kinds.Delivery)
	b := deals(t)
	load(t, b, "slips", dealHead, "deal,d1,2026-01-05,C,,,,,,,,,yes", "deal,d2,2026-01-05,C,,,,,,,A,3,yes")
	d1, _ := b.Load("d1")
	d2, _ := b.Load("d2")
	// pushed down: a case without lines gives an empty draft; one with lines gives them whole, any number of times
	e, err := b.Push("d1", "sales-order")
	if err != nil || len(e.Lines) != 0 || e.Case != d1.Number || e.Party != "C" {
		t.Fatalf("%+v, %v", e, err)
	}
	o, _, err := b.PushAndSave("d2", "sales-order", true, workflow.Taken{})
	if err != nil || o.Case != d2.Number || len(o.Lines) != 1 {
		t.Fatalf("%+v, %v", o, err)
	}
	if again, err := b.Push("d2", "sales-order"); err != nil || again.Lines[0].Qty != 30000 {
		t.Errorf("%+v, %v", again, err)
	}
	x, err := b.Push(o.Number, "delivery")
	if err != nil || x.Case != d2.Number {
		t.Fatalf("%+v, %v", x, err)
	}
	// imported: the column, by what the file calls the case; nothing given, the source's
	head := "kind,number,date,party,warehouse,product,qty,price,source,case,audit"
	load(t, b, "slips", head, "deal,k1,2026-01-06,C,,,,,,,yes", "sales-order,o1,2026-01-07,C,W1,A,1,20,,k1,yes", "delivery,x1,2026-01-08,C,W1,A,1,20,o1,,yes", "delivery,x2,2026-01-08,C,W1,B,1,9,,k1,no")
	k1, _ := b.Load("k1")
	for _, n := range []string{"o1", "x1", "x2"} {
		if d, _ := b.Load(n); d.Case != k1.Number {
			t.Errorf("%s belongs to %q", n, d.Case)
		}
	}
	nodes, err := b.Chain("x2")
	if err != nil || len(nodes) != 4 {
		t.Fatalf("%d slips in the flow, %v", len(nodes), err)
	}
	for _, n := range nodes {
		if d := n.Doc; d.Kind != "deal" && !strings.Contains(strings.Join(n.Sources, " "), k1.Number) {
			t.Errorf("%s: %v", d.Number, n.Sources)
		}
	}
	// what is no case, not there, called off or later is refused
	for row, want := range map[string]string{
		"delivery,y,2026-01-08,C,W1,A,1,20,,o1,yes": "is a Sales order and no case", "delivery,y,2026-01-08,C,W1,A,1,20,,nobody,yes": `there is no slip "nobody"`,
		"delivery,y,2026-01-05,C,W1,A,1,20,,k1,yes": "the date is before its case",
	} {
		if err := try(b, "slips", head, row); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", row, err)
		}
	}
	// it is not taken away from under those that belong to it
	if _, err := b.Unaudit("k1", false); !fault.Is(err, fault.Refused) {
		t.Errorf("un-audited: %v", err)
	}
	if list, err := b.Unaudit("k1", true); err != nil || len(list) != 3 {
		t.Errorf("un-audited %v, %v", list, err)
	}
	if err := b.Void("k1"); !fault.Is(err, fault.Refused) {
		t.Errorf("voided: %v", err)
	}
	if _, err := b.Audit("o1"); err == nil || !strings.Contains(err.Error(), "is not audited") {
		t.Errorf("audited before its case: %v", err)
	}
	if _, err := set(t, b, "x2", 0, workflow.Change{Key: "case", Value: "d1"}); err != nil {
		t.Fatal(err)
	}
	if d, _ := b.Load("x2"); d.Case != d1.Number {
		t.Error(d.Case)
	}
	proved(t, b)
}
