package reports_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// shop is a book with stock that worries: A below its minimum, B sold long ago, C never sold, D sold out fast.
func shop(t *testing.T) *workflow.Book {
	b, err := workflow.Create(filepath.Join(t.TempDir(), "worry.zg"), workflow.Settings{Start: 202601, VAT: 1300})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	b.Now = func() time.Time { return time.Date(2026, 6, 30, 9, 0, 0, 0, time.UTC) }
	for _, f := range []struct{ kind, header, rows string }{
		{"suppliers", "code,name", "S,五金厂;Z,配件厂"},
		{"customers", "code,name", "K,张三"},
		{"warehouses", "code,name", "W1,主仓;W2,东仓"},
		{"products", "code,name,min_stock,max_stock,supplier,lead_days", "A,螺丝,10,50,Z,;B,螺母,,,,;C,垫片,,,,;D,钉子,5,,,10"},
		{"slips", "kind,number,date,party,warehouse,product,qty,price,audit",
			"goods-receipt,r1,2026-01-10,S,W1,A,8,1,yes;goods-receipt,r2,2026-01-10,S,W1,B,20,2,yes;goods-receipt,r3,2026-02-01,S,W2,C,3,4,yes;goods-receipt,r4,2026-04-01,S,W1,D,100,1,yes;" +
				"delivery,d1,2026-01-20,K,W1,B,5,9,yes;delivery,d2,2026-06-20,K,W1,A,1,9,yes;delivery,d3,2026-05-01,K,W1,D,90,2,yes;" +
				"sales-order,o1,2026-06-21,K,W1,A,2,9,yes;purchase-order,p1,2026-06-22,Z,W1,A,4,1,yes"},
	} {
		tab := &workflow.Table{Name: f.kind, Header: strings.Split(f.header, ",")}
		for i, r := range strings.Split(f.rows, ";") {
			tab.Rows = append(tab.Rows, workflow.Row{Line: i + 2, Cells: strings.Split(r, ",")})
		}
		if _, err := b.Import(f.kind, tab, false); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func lines(t *testing.T, b *workflow.Book, name string, p reports.Params) string {
	t.Helper()
	r, ok := reports.ByName(name)
	if !ok {
		t.Fatalf("no report %s", name)
	}
	rows, err := r.Run(b, p)
	if err != nil {
		t.Fatal(err)
	}
	var s []string
	for _, row := range rows {
		if len(row) != len(r.Columns) {
			t.Errorf("%s: %d cells for %d columns", name, len(row), len(r.Columns))
		}
		s = append(s, strings.Join(row, " "))
	}
	return strings.Join(s, "\n")
}

func TestSlowStockTellsHowLongNothingWasSold(t *testing.T) {
	b := shop(t)
	for _, c := range []struct {
		p    reports.Params
		want string
	}{
		{reports.Params{AsOf: 20260630}, "B 螺母 15 30.00 2026-01-20 161\nC 垫片 3 12.00  149\nD 钉子 10 10.00 2026-05-01 60\nA 螺丝 7 7.00 2026-06-20 10"},
		{reports.Params{AsOf: 20260630, By: "90"}, "B 螺母 15 30.00 2026-01-20 161\nC 垫片 3 12.00  149"},
		{reports.Params{AsOf: 20260630, Warehouse: "W2"}, "C 垫片 3 12.00  149"},
		{reports.Params{AsOf: 20260115}, "A 螺丝 8 8.00  5\nB 螺母 20 40.00  5"},
	} {
		if got := lines(t, b, "slow-stock", c.p); got != c.want {
			t.Errorf("%+v:\n%s\nwant\n%s", c.p, got, c.want)
		}
	}
}

func TestReorderFillsUpWhatIsShortAndBecomesAPlan(t *testing.T) {
	b := shop(t)
	// A: 7 on hand − 2 reserved + 4 on order = 9, below 10, filled up to 50
	if got, want := lines(t, b, "reorder", reports.Params{}), "A 螺丝 9 10 41 Z"; got != want {
		t.Errorf("reorder:\n%s\nwant\n%s", got, want)
	}
	// D: 90 in 90 days is 1 a day; in 10 days come 10 beside the 5 to keep: below 15, ordered up to 5 + 40
	if got, want := lines(t, b, "reorder", reports.Params{By: "speed"}), "A 螺丝 9 10 41 Z\nD 钉子 10 5 35 S"; got != want {
		t.Errorf("reorder by speed:\n%s\nwant\n%s", got, want)
	}
	d, err := b.ProposePlan(true)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Save(d); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprintf("%s %s %s %s %s", d.Number, d.Lines[0].Product, d.Lines[0].Qty, d.Lines[1].Product, d.Lines[1].Qty), "CJ-202606-0001 A 41 D 35"; got != want || d.Party != "" {
		t.Errorf("the plan is %s", got)
	}
}
