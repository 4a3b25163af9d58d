package scan_test

import (
	"strings"
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/scan"
	"zhanggui/data/workflow/testbook"
)

func pieces(n int) num.Quantity { return num.Quantity(n) * num.QuantityOne }

// An order of 10 A and 4 B is pushed down; 7 A and no B are found. The delivery has 7 A; 3 A and 4 B stay on the order.
func TestWhatIsShortStaysOnTheOrder(t *testing.T) {
	b := testbook.Scene(t)
	testbook.Load(t, b, "slips", testbook.Counting, "sales-order,o1,2026-02-03,C,W1,,A,,10,2,,yes", "sales-order,o1,2026-02-03,C,W1,,B,,4,2,,yes")
	d, _, err := b.PushAndSave("o1", "delivery", false, workflow.Taken{})
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []map[int]num.Quantity{{1: pieces(11)}, {1: pieces(-1)}, {1: 0, 2: 0}} {
		if _, _, err := scan.Pick(b, []scan.Picked{{Number: d.Number, Lines: bad}}); err == nil {
			t.Errorf("%v was picked", bad)
		}
	}
	got, _, err := scan.Pick(b, []scan.Picked{{Number: d.Number, Lines: map[int]num.Quantity{1: pieces(7), 2: 0}}})
	if err != nil || len(got) != 1 || got[0] != d.Number {
		t.Fatal(got, err)
	}
	if d, _ = b.Load(d.Number); len(d.Lines) != 1 || d.Lines[0].Qty != pieces(7) || d.Gross != 1582 { // 7 × 2.00 and 13 %
		t.Errorf("the delivery says %+v, %s", d.Lines, d.Gross)
	}
	if _, err := b.Audit(d.Number); err != nil {
		t.Fatal(err)
	}
	o, err := b.Load("o1")
	if err != nil || o.Status != slip.PartlyDone || o.Lines[0].Remaining != pieces(3) || o.Lines[1].Remaining != pieces(4) {
		t.Errorf("the order is %s, open %s and %s", o.Status, o.Lines[0].Remaining, o.Lines[1].Remaining)
	}
	if _, _, err := scan.Pick(b, []scan.Picked{{Number: d.Number, Lines: map[int]num.Quantity{1: pieces(7)}}}); err == nil || !strings.Contains(err.Error(), "nothing more is picked") {
		t.Errorf("an audited delivery: %v", err)
	}
	// The rest is picked from the order's own list: 2 of the 3 A, all B.
	if got, _, err = scan.Pick(b, []scan.Picked{{Number: "o1", Lines: map[int]num.Quantity{1: pieces(2), 2: pieces(4)}}}); err != nil {
		t.Fatal(err)
	}
	if d, _ = b.Load(got[0]); d.Kind != "delivery" || len(d.Lines) != 2 || d.Lines[0].Qty != pieces(2) || d.Lines[1].Qty != pieces(4) {
		t.Errorf("picked of the order: %+v", d.Lines)
	}
	testbook.Holds(t, b)
}

func TestMergedListsAreFoundByTheirNumber(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	for _, n := range []string{"2", "3"} {
		if err := scan.KeepWalk(b, "XC-202601-0001+1", "W1", []string{"XC-202601-0001", "XC-202601-000" + n}); err != nil {
			t.Fatal(err)
		}
	}
	if w, list, err := scan.Walk(b, "XC-202601-0001+1"); err != nil || w != "W1" || strings.Join(list, " ") != "XC-202601-0001 XC-202601-0003" {
		t.Errorf("%s %v %v", w, list, err)
	}
	if _, list, _ := scan.Walk(b, "XC-202601-0009+1"); list != nil {
		t.Errorf("found %v", list)
	}
}
