package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

func costOf(t testing.TB, b *workflow.Book, ref string) num.Amount {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	return d.Lines[0].Cost
}

func wantCosts(t testing.TB, b *workflow.Book, want map[string]num.Amount) {
	t.Helper()
	for ref, w := range want {
		if got := costOf(t, b, ref); got != w {
			t.Errorf("%s costs %v, want %v", ref, got, w)
		}
	}
}

func wantEstimates(t testing.TB, b *workflow.Book, want map[string]bool) {
	t.Helper()
	for ref, w := range want {
		if d, err := b.Load(ref); err != nil || d.Lines[0].Estimate != w {
			t.Errorf("%s is an estimate: %v, want %v (%v)", ref, !w, w, err)
		}
	}
}

// Worked example of the monthly average: 10 at 10.00, 4 sold, 10 at 16.00, 6 sold: 260.00 for 20 make 13.00 each.
func TestClosingAMonthBringsIssuesToItsAverage(t *testing.T) {
	for _, pool := range []string{"company", "warehouse"} {
		b := open(t, workflow.Settings{Costing: "monthly", Pool: pool})
		load(t, b, "slips", goods, "goods-receipt,r1,2026-01-02,S,W1,,A,10,10,,yes", "delivery,d1,2026-01-10,C,W1,,A,4,20,,yes",
			"goods-receipt,r2,2026-01-15,S,W1,,A,10,16,,yes", "delivery,d2,2026-01-20,C,W1,,A,6,20,,yes",
			"sales-return,x,2026-02-03,C,W1,,A,1,,d1,yes", "delivery,d3,2026-02-05,C,W1,,A,2,20,,yes")
		estimates := map[string]num.Amount{"d1": 4000, "d2": 8250, "x": 1000, "d3": 2682} // 137.50 and 10.00 for 11
		wantCosts(t, b, estimates)
		wantEstimates(t, b, map[string]bool{"r1": false, "d1": true, "d2": true, "x": true, "d3": true})
		mustHold(t, b)
		if err := b.ClosePeriod(202601); err != nil {
			t.Fatal(err)
		}
		wantEstimates(t, b, map[string]bool{"r1": false, "d1": false, "d2": false, "x": false, "d3": true})
		wantCosts(t, b, map[string]num.Amount{"d1": 5200, "d2": 7800, "x": 1300, "d3": 2600})
		if got, want := posted(t, b, "COST-202601"), "Dr 5401 12.00; Dr 1405 4.50; Cr 1405 12.00; Cr 5401 4.50"; got != want {
			t.Errorf("%s: the month's end posts %s, want %s", pool, got, want)
		}
		if lines, moved, err := b.MonthCost(202601); lines != 2 || moved != 750 || err != nil {
			t.Errorf("%d lines, %v, %v; want 2 and 7.50", lines, moved, err)
		}
		if got := stockOf(t, b, "A"); got != "9 117.00" {
			t.Errorf("%s left, want 9 for 117.00", got)
		}
		mustHold(t, b)
		if _, err := b.Unaudit("d1", false); err == nil || !strings.Contains(err.Error(), "closed") {
			t.Errorf("a slip of the closed month: %v", err)
		}
		// February: 130.00 and 13.00, 4 more at 20.00: 223.00 for 15
		load(t, b, "slips", goods, "goods-receipt,r3,2026-02-10,S,W1,,A,4,20,,yes")
		if err := b.ClosePeriod(202602); err != nil {
			t.Fatal(err)
		}
		wantCosts(t, b, map[string]num.Amount{"d1": 5200, "d3": 2973})
		mustHold(t, b)
		if err := b.ReopenPeriod(202601); err != nil {
			t.Fatal(err)
		}
		wantCosts(t, b, estimates)
		if lines, _, _ := b.MonthCost(202601); lines != 0 {
			t.Errorf("%d lines are re-costed in a month that is open", lines)
		}
		mustHold(t, b)
		if err := b.ClosePeriod(202602); err != nil { // both at once
			t.Fatal(err)
		}
		wantCosts(t, b, map[string]num.Amount{"d1": 5200, "d2": 7800, "d3": 2973})
		mustHold(t, b)
	}
}

// What was invoiced in the month, and what later, recognises the month's average in the end.
func TestGoodsDispatchedAreBroughtToTheAverage(t *testing.T) {
	b := open(t, workflow.Settings{Costing: "monthly", Flow: "invoice"})
	load(t, b, "slips", goods, "goods-receipt,r1,2026-01-02,S,W1,,A,10,10,,yes", "delivery,d1,2026-01-10,C,W1,,A,4,20,,yes", "sales-invoice,i1,2026-01-12,C,,,A,1,20,d1,yes",
		"goods-receipt,r2,2026-01-15,S,W1,,A,10,16,,yes", "sales-return,x,2026-01-16,C,W1,,A,1,,d1,yes", "delivery,d2,2026-01-20,C,W1,,A,6,20,,yes")
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	// 4 sold at 13.00, 1 of them back, 1 invoiced
	wantCosts(t, b, map[string]num.Amount{"d1": 5200, "x": 1300, "d2": 7800})
	mustHold(t, b)
	load(t, b, "slips", goods, "sales-invoice,i2,2026-02-12,C,,,A,2,20,d1,yes")
	if got := posted(t, b, "i2"); !strings.Contains(got, "Dr 5401 26.00; ") {
		t.Errorf("the second invoice posts %s, want 26.00 of cost", got)
	}
	mustHold(t, b)
}

func TestSetsAndTransfersOfAMonthAreAtItsAverage(t *testing.T) {
	b := rig(t, workflow.Settings{Costing: "monthly", Pool: "warehouse"})
	load(t, b, "slips", stores,
		"goods-receipt,r1,2026-01-02,S,W1,,A,10,,10,,,,,yes", "goods-receipt,r2,2026-01-02,S,W1,,B,10,,5,,,,,yes",
		"assembly,zz,2026-01-05,,W1,,T,2,,,1,,,,yes", // 4 A, 2 B and 1.00
		"transfer,m,2026-01-06,,W1,W2,T,1,,,,,,,yes", "delivery,d,2026-01-07,C,W2,,T,1,,80,,,,,yes",
		"goods-receipt,r3,2026-01-20,S,W1,,A,10,,30,,,,,yes", "material-issue,l,2026-01-21,,W1,,A,5,,,,,,,yes")
	wantCosts(t, b, map[string]num.Amount{"d": 2550, "m": 2550})
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	// A: 400.00 for 20; the sets 4 × 20.00 + 2 × 5.00 + 1.00 = 91.00
	wantCosts(t, b, map[string]num.Amount{"d": 4550, "m": 4550, "l": 10000})
	if s := stockOf(t, b, "T") + ", " + stockOf(t, b, "A"); s != "1 45.50, 11 220.00" {
		t.Errorf("left %s; want 1 set for 45.50, 11 A for 220.00", s)
	}
	mustHold(t, b)
	if err := b.ReopenPeriod(202601); err != nil {
		t.Fatal(err)
	}
	wantCosts(t, b, map[string]num.Amount{"d": 2550, "m": 2550})
	mustHold(t, b)
}

// A book where a kept average was changed is found out.
func TestAWrongAverageIsFoundOut(t *testing.T) {
	b := open(t, workflow.Settings{Costing: "monthly"})
	load(t, b, "slips", goods, "goods-receipt,r1,2026-01-02,S,W1,,A,10,10,,yes", "delivery,d1,2026-01-10,C,W1,,A,4,20,,yes")
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	mustHold(t, b)
	rates, err := b.DB.Rates(text.Month(202601))
	if err != nil || len(rates) != 1 {
		t.Fatal(rates, err)
	}
	rates[0].Value++
	if err := b.Tamper(func(tx *store.Tx) error { return tx.SetRates(202601, rates) }); err != nil {
		t.Fatal(err)
	}
	list, err := b.Verify()
	if err != nil || list[8].Holds() {
		t.Errorf("proof 9 holds over a wrong average: %v", err)
	}
}
