package scan_test

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/scan"
	"zhanggui/data/workflow/testbook"
)

const counters = "kind,number,date,warehouse,product,qty,shelf,counter,audit"

// counts prints what a stocktake found: product, counted, book, difference, value and state.
func counts(t *testing.T, b *workflow.Book, ref string) string {
	t.Helper()
	list, err := scan.CountDiffs(b, ref)
	if err != nil {
		t.Fatal(err)
	}
	var s []string
	for _, x := range list {
		s = append(s, fmt.Sprintf("%s %s/%s %s %s %s", x.Product, x.Counted, x.Book, x.Diff, x.Value, x.Said().En))
	}
	return strings.Join(s, "; ")
}

// Two counters find 60 of the 100 screws on A-1 and 37 on B-7; 5 are sold between. So 97 lie where the book says 95, which is 2.00 more.
// Both counted the nuts on A-2: 20 and 22 of 50.
func TestSeveralCountersAreMerged(t *testing.T) {
	b := testbook.Scene(t)
	testbook.Load(t, b, "products", "code,name,shelf", "A,螺丝,A-1", "B,螺母,A-2")
	testbook.Load(t, b, "slips", counters, "stocktake,c1,2026-02-10,W1,A,60,,,no", "stocktake,c1,2026-02-10,W1,B,20,,,no")
	testbook.Load(t, b, "slips", testbook.Counting, "delivery,d1,2026-02-10,C,W1,,A,,5,2,,yes")
	testbook.Load(t, b, "slips", counters, "stocktake,c2,2026-02-10,W1,A,37,B-7,,no", "stocktake,c2,2026-02-10,W1,B,22,,,no")
	if _, err := scan.MergeCounts(b, []string{"c1"}, ""); err == nil {
		t.Error("one count was merged with nothing")
	}
	d, err := scan.MergeCounts(b, []string{"c1", "c2"}, scan.Undecided)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := counts(t, b, d.Number), "A 97/95 2 2.00 more; B 42/50 0 0.00 counted twice"; got != want {
		t.Errorf("merged: %s\nwant    %s", got, want)
	}
	if _, err := b.Audit(d.Number); err == nil || !strings.Contains(err.Error(), "line 2 says 20, line 4 says 22") {
		t.Errorf("a shelf counted twice: %v", err)
	}
	if old, _ := b.Load("PD-202602-0002"); old.Status != slip.Void || old.CloseReason != d.Number {
		t.Errorf("c2 is %s, merged into %q", old.Status, old.CloseReason)
	}
	if _, err := scan.Decide(b, d.Number, "B", "W1", "A-2", scan.TakeLast); err != nil {
		t.Fatal(err)
	}
	if got, want := counts(t, b, d.Number), "A 97/95 2 2.00 more; B 22/50 -28 -28.00 less"; got != want {
		t.Errorf("decided: %s\nwant     %s", got, want)
	}
	if _, err := b.Audit(d.Number); err != nil {
		t.Fatal(err)
	}
	if got := counts(t, b, d.Number); got != "A 97/95 2 2.00 more; B 22/50 -28 -28.00 less" {
		t.Errorf("audited: %s", got)
	}
	testbook.Holds(t, b)
}

// The three other decisions on the nuts of A-2, counted as 20 and as 22.
func TestAShelfCountedTwice(t *testing.T) {
	for same, want := range map[scan.Same]string{scan.TakeFirst: "B 20/50 -30 -30.00 less", scan.TakeBoth: "B 42/50 -8 -8.00 less", scan.CountAgain: "B 0/50 0 0.00 not yet"} {
		b := testbook.Scene(t)
		testbook.Load(t, b, "slips", counters, "stocktake,c1,2026-02-10,W1,B,20,A-2,Li,no", "stocktake,c2,2026-02-10,W1,B,22,A-2,Wu,no")
		d, err := scan.MergeCounts(b, []string{"c1", "c2"}, same)
		if err != nil {
			t.Fatal(err)
		}
		if got := counts(t, b, d.Number); got != want {
			t.Errorf("%s: %s, want %s", same, got, want)
		}
		if l := d.Lines; l[0].Extra["counter"] != "Li" || l[1].Extra["counter"] != "Wu" {
			t.Errorf("counted by %v and %v", l[0].Extra, l[1].Extra)
		}
	}
	b := testbook.Scene(t)
	testbook.Load(t, b, "slips", counters, "stocktake,c1,2026-02-10,W1,B,20,,,no", "stocktake,c2,2026-02-11,W1,B,22,,,no")
	if _, err := scan.MergeCounts(b, []string{"c1", "c2"}, scan.TakeBoth); err == nil || !strings.Contains(err.Error(), "different days") {
		t.Errorf("counts of two days: %v", err)
	}
}

// Counted 90 of 100; then 4 are sold and it is counted again: 96. The second moment holds: nothing is missing.
func TestASecondCountTakesItsOwnMoment(t *testing.T) {
	b := testbook.Scene(t)
	testbook.Load(t, b, "slips", counters, "stocktake,c1,2026-02-10,W1,A,90,,,no", "stocktake,c1,2026-02-10,W1,B,50,,,no")
	d, err := scan.Recount(b, "c1", nil)
	if err != nil {
		t.Fatal(err)
	}
	if l := d.Lines; l[0].IsCounted() || l[0].Extra["count1"] != "90" || !l[1].IsCounted() {
		t.Fatalf("to count again: %+v", l)
	}
	testbook.Load(t, b, "slips", testbook.Counting, "delivery,d1,2026-02-10,C,W1,,A,,4,2,,yes")
	d.Lines[0].Qty = 96_0000
	if err := b.Save(d); err != nil {
		t.Fatal(err)
	}
	if got := counts(t, b, "c1"); got != "A 96/96 0 0.00 agrees; B 50/50 0 0.00 agrees" {
		t.Error(got)
	}
	if _, err := scan.Recount(b, "c1", nil); err == nil {
		t.Error("nothing differs, yet it is counted again")
	}
}

func TestACountIsFilledByShelfAndCategory(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	testbook.Load(t, b, "categories", "code,name,parent", "H,五金,", "S,螺丝,H", "T,工具,")
	testbook.Load(t, b, "products", "code,name,shelf,category", "P1,a,A-10,S", "P2,b,A-2,S", "P3,c,B-1,T", "P4,d,,H", "P5,e,A-3,H")
	testbook.Load(t, b, "opening-stock", "warehouse,product,qty,cost", "W1,P1,1,1", "W1,P2,1,1", "W1,P3,1,1", "W1,P4,1,1")
	for want, r := range map[string]scan.CountRange{
		"P2 P1 P3 P4":    {},
		"P2 P1":          {From: "A", To: "A"},
		"P1":             {From: "A-3", To: "A-10"},
		"P3":             {From: "B"},
		"P2 P1 P4":       {Category: "H"},
		"P2 P5 P1 P3 P4": {None: true, Category: ""},
	} {
		d := &slip.Doc{Kind: "stocktake", Date: b.Today(), Warehouse: "W1"}
		n, err := scan.FillCount(b, d, r)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range d.Lines {
			if !strings.HasPrefix(l.Product, "P") {
				continue
			}
			got = append(got, l.Product)
		}
		if (d.Extra["range"] != "") != (r.From+r.To+r.Category != "") {
			t.Errorf("%+v is called %q", r, d.Extra["range"])
		}
		if strings.Join(got, " ") != want || n < len(got) {
			t.Errorf("%+v lists %v, want %s", r, got, want)
		}
		if again, _ := scan.FillCount(b, d, r); again != 0 {
			t.Errorf("filled twice: %d more", again)
		}
	}
}
