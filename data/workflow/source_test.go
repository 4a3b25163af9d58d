package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// withSource lets a kind follow from one more for the time of a test.
func withSource(t *testing.T, k *slip.Kind, s slip.Source) {
	from := k.From
	t.Cleanup(func() { k.From = from })
	k.From = append(slices.Clone(from), s)
}

// Lines taken again are taken whole every time, by slips of the same party.
func TestASourceMayBeTakenAgain(t *testing.T) {
	withSource(t, kinds.SalesOrder, slip.Source{Kind: "purchase-plan", Again: true})
	b := open(t, workflow.Settings{})
	load(t, b, "slips", goods, "purchase-plan,p1,2026-01-03,,,,A,5,10,,yes")
	for range 3 {
		d, err := b.Push("p1", "sales-order")
		if err != nil {
			t.Fatal(err)
		}
		if d.Party = "C"; len(d.Lines) != 1 || d.Lines[0].Qty != 5*num.QuantityOne {
			t.Fatalf("%+v", d.Lines)
		}
		if _, err := b.SaveAndAudit(d); err != nil {
			t.Fatal(err)
		}
	}
	if d, _ := b.Load("p1"); d.Status != slip.Audited {
		t.Error("nothing carries it out, and it is", d.Status)
	}
	proved(t, b)
}

// A successor may take only some lines of its source, pushed down or typed.
func TestASourceSaysWhichLinesAreTaken(t *testing.T) {
	only := func(_ *slip.Doc, l *slip.Line) bool { return l.Product == "B" }
	withSource(t, kinds.MaterialIssue, slip.Source{Kind: "sales-order", Lines: only})
	b := open(t, workflow.Settings{Negative: "allow"})
	load(t, b, "slips", goods, "sales-order,o1,2026-01-03,C,W1,,A,5,20,,yes", "sales-order,o1,2026-01-03,C,W1,,B,2,9,,yes")
	d, err := b.Push("o1", "material-issue")
	if err != nil || len(d.Lines) != 1 || d.Lines[0].Product != "B" {
		t.Fatalf("%+v %v", d, err)
	}
	if err := try(b, "slips", goods, "material-issue,m1,2026-12-04,,W1,,A,1,,o1,yes"); err == nil || !strings.Contains(err.Error(), "line 1 of XD-202601-0001 does not go into") {
		t.Error(err)
	}
}

// A kind that may be pushed down from itself makes its red letter: what is left, negative.
func TestARedLetterIsPushedFromItsOwnKind(t *testing.T) {
	withSource(t, kinds.OtherIssue, slip.Source{Kind: "other-issue"})
	b := open(t, workflow.Settings{})
	load(t, b, "opening-stock", "warehouse,product,qty,cost", "W1,A,10,7")
	load(t, b, "slips", goods, "other-issue,q1,2026-01-03,,W1,,A,4,,,yes", "other-issue,q2,2026-01-04,,W1,,A,-1,,q1,yes")
	d, err := b.Push("q1", "other-issue")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Lines) != 1 || d.Lines[0].Qty != -3*num.QuantityOne {
		t.Fatalf("%+v", d.Lines)
	}
	if _, err := b.SaveAndAudit(d); err != nil {
		t.Fatal(err)
	}
	if f, err := b.LineFacts(kinds.OtherIssue, "A", "W1", "", ""); err != nil || f.OnHand != 10*num.QuantityOne {
		t.Error(f.OnHand, err)
	}
	if _, err := b.Push("q1", "other-issue"); !fault.Is(err, fault.Refused) {
		t.Error("it is reversed in full:", err)
	}
	if err := try(b, "slips", goods, "other-issue,q3,2026-01-05,,W1,,A,1,,q2,yes"); err == nil || !strings.Contains(err.Error(), "red-letter slip has negative") {
		t.Error(err)
	}
	proved(t, b)
}
