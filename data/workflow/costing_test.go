package workflow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// 10 at 10.00 and 10 at 20.00 in January, 10 at 30.00 and 25 sold in February: 500.00 by the average, 300.00 + 5 × 30.00 by layers, of
// which January's stock is one.
func TestAnotherCostingMethodFromAMonthOn(t *testing.T) {
	for _, pool := range []string{"company", "warehouse"} {
		b := open(t, workflow.Settings{Pool: pool})
		load(t, b, "slips", goods, "goods-receipt,r1,2026-01-02,S,W1,,A,10,10,,yes", "goods-receipt,r2,2026-01-03,S,W1,,A,11,20,,yes", "delivery,d1,2026-01-04,C,W1,,A,1,40,,yes",
			"goods-receipt,r3,2026-02-05,S,W1,,A,10,30,,yes", "delivery,d2,2026-02-10,C,W1,,A,25,40,,yes")
		before := stockOf(t, b, "A")
		if _, err := b.Unaudit("d1", false); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Audit("d1"); err != nil {
			t.Fatal(err)
		}
		d1, d2 := costOf(t, b, "d1"), costOf(t, b, "d2")
		try, err := b.TryCosting("fifo", 202602)
		if err != nil || len(try.Stock) != 1 || len(try.Profit) != 1 || try.Profit[0].Month != 202602 || try.Stock[0].Value.Change() != try.Profit[0].Change() {
			t.Fatalf("%+v, %v", try, err)
		}
		if stockOf(t, b, "A") != before || costOf(t, b, "d2") != d2 {
			t.Error("trying it changed the book")
		}
		if err := b.ChangeCosting("fifo", 202602); err != nil {
			t.Fatal(err)
		}
		// 320.00 − 15.24 = 304.76 for 20 and 5 at 30.00
		wantCosts(t, b, map[string]num.Amount{"d1": d1, "d2": 30476 + 15000})
		if got := stockOf(t, b, "A"); got != "5 150.00" || try.Stock[0].Value.After != 15000 || try.Stock[0].QtyAfter != 5_0000 {
			t.Errorf("%s: %s left, tried %+v; want 5 for 150.00", pool, got, try.Stock)
		}
		mustHold(t, b)
		load(t, b, "slips", goods, "goods-receipt,r0,2026-01-01,S,W1,,A,4,5,,yes") // before the change: the layer holds it too
		mustHold(t, b)
		if _, err := b.Unaudit("r0", false); err != nil {
			t.Fatal(err)
		}
		if err := b.ChangeCosting("average", 202602); err != nil { // taken back
			t.Fatal(err)
		}
		if s := b.Settings(); len(s.Turns) != 0 || stockOf(t, b, "A") != before || costOf(t, b, "d2") != d2 {
			t.Errorf("%s: taken back, %v and %s are left; want none and %s", pool, s.Turns, stockOf(t, b, "A"), before)
		}
		mustHold(t, b)
	}
}

func TestTheCostingMethodChangesOnlyAtAnOpenMonthsStart(t *testing.T) {
	b := open(t, workflow.Settings{Costing: "fifo"})
	b.Now = func() time.Time { return time.Date(2026, 3, 15, 9, 0, 0, 0, time.UTC) }
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, want string
		from         int
	}{{"lifo", "costing method is one of", 202602}, {"average", "before the book's start", 202512}, {"average", "2026-01 is closed", 202601}, {"average", "2026-04 on at the latest", 202605}, {"fifo", "already", 202603}} {
		if err := b.ChangeCosting(c.method, text.Month(c.from)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s from %d: %v; want %q", c.method, c.from, err, c.want)
		}
	}
	for _, c := range []struct {
		method string
		from   text.Month
		want   string
	}{{"monthly", 202604, "[{2026-04 monthly}]"}, {"average", 202602, "[{2026-02 average}]"}, {"monthly", 202603, "[{2026-02 average} {2026-03 monthly}]"}, {"fifo", 202602, "[]"}} {
		if err := b.ChangeCosting(c.method, c.from); err != nil {
			t.Fatal(err)
		}
		again, err := workflow.Open(b.Path())
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(again.Settings().Turns); got != c.want {
			t.Errorf("%s from %s: %s, want %s", c.method, c.from, got, c.want)
		}
		again.Close()
	}
	// a month that has a change cannot be closed over: it stays where it is
	if err := b.ChangeCosting("monthly", 202602); err != nil {
		t.Fatal(err)
	}
	if err := b.ClosePeriod(202602); err != nil {
		t.Fatal(err)
	}
	if err := b.ChangeCosting("fifo", 202602); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("a change behind the line: %v", err)
	}
}

// The trial of the monthly average says what closing the month will, not that its estimate is the moving average.
func TestTryingTheMonthlyAverageClosesTheMonths(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", goods, "goods-receipt,r1,2026-01-02,S,W1,,A,10,10,,yes", "delivery,d1,2026-01-10,C,W1,,A,4,20,,yes",
		"goods-receipt,r2,2026-01-15,S,W1,,A,10,16,,yes", "delivery,d2,2026-01-20,C,W1,,A,6,20,,yes")
	try, err := b.TryCosting("monthly", 202601)
	if err != nil || fmt.Sprint(try.Stock) != "[{A 10 10 {137.50 130.00}}]" || fmt.Sprint(try.Profit) != "[{2026-01 {77.50 70.00}}]" {
		t.Errorf("%+v, %v", try, err)
	}
	if err := b.ChangeCosting("monthly", 202601); err != nil {
		t.Fatal(err)
	}
	if got := stockOf(t, b, "A"); got != "10 137.50" {
		t.Errorf("%s before the month is closed, want the estimate", got)
	}
	mustHold(t, b)
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	if got := stockOf(t, b, "A"); got != "10 130.00" {
		t.Errorf("%s once it is closed", got)
	}
	mustHold(t, b)
}
