package reports_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/testbook"
	"zhanggui/reports"
)

// file is a table to import.
type file struct{ kind, header, rows string }

// filled is a book with what files say; rows stand between semicolons.
func filled(t *testing.T, today text.Date, files []file) *workflow.Book {
	t.Helper()
	b, err := workflow.Create(filepath.Join(t.TempDir(), "book.zg"), workflow.Settings{Start: 202601, VAT: 1300})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	b.Now = func() time.Time {
		return time.Date(int(today)/10000, time.Month(int(today)/100%100), int(today)%100, 9, 0, 0, 0, time.UTC)
	}
	for _, f := range files {
		put(t, b, f.kind, f.header, strings.Split(f.rows, ";")...)
	}
	return b
}

// shop is a book with stock that worries: A below its minimum, B sold long ago, C never sold, D sold out fast.
func shop(t *testing.T) *workflow.Book {
	return filled(t, 20260630, []file{
		{"suppliers", "code,name", "S,五金厂;Z,配件厂"},
		{"customers", "code,name", "K,张三"},
		{"warehouses", "code,name", "W1,主仓;W2,东仓"},
		{"products", "code,name,spec,min_stock,max_stock,supplier,lead_days", "A,螺丝,M8,10,50,Z,;B,螺母,M8,,,,;C,垫片,8,,,,;D,钉子,3寸,5,,,10"},
		{"slips", "kind,number,date,party,warehouse,product,qty,price,audit",
			"goods-receipt,r1,2026-01-10,S,W1,A,8,1,yes;goods-receipt,r2,2026-01-10,S,W1,B,20,2,yes;goods-receipt,r3,2026-02-01,S,W2,C,3,4,yes;goods-receipt,r4,2026-04-01,S,W1,D,100,1,yes;" +
				"delivery,d1,2026-01-20,K,W1,B,5,9,yes;delivery,d2,2026-06-20,K,W1,A,1,9,yes;delivery,d3,2026-05-01,K,W1,D,90,2,yes;" +
				"sales-order,o1,2026-06-21,K,W1,A,2,9,yes;purchase-order,p1,2026-06-22,Z,W1,A,4,1,yes"},
	})
}

func lines(t *testing.T, b *workflow.Book, name string, p reports.Params) string {
	t.Helper()
	r, ok := reports.ByName(name)
	if !ok {
		t.Fatalf("no report %s", name)
	}
	rows, err := r.Texts(b, p)
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
		{reports.Params{AsOf: 20260630}, "B 螺母 M8 15 30.00 2026-01-20 161 slow\nC 垫片 8 3 12.00  149 slow\nD 钉子 3寸 10 10.00 2026-05-01 60 \nA 螺丝 M8 7 7.00 2026-06-20 10 "},
		{reports.Params{AsOf: 20260630, By: "90"}, "B 螺母 M8 15 30.00 2026-01-20 161 slow\nC 垫片 8 3 12.00  149 slow"},
		{reports.Params{AsOf: 20260630, Warehouse: "W2"}, "C 垫片 8 3 12.00  149 slow"},
		{reports.Params{AsOf: 20260115}, "A 螺丝 M8 8 8.00  5 \nB 螺母 M8 20 40.00  5 "},
	} {
		if got := lines(t, b, "slow-stock", c.p); got != c.want {
			t.Errorf("%+v:\n%s\nwant\n%s", c.p, got, c.want)
		}
	}
}

func TestReorderFillsUpWhatIsShortAndBecomesAPlan(t *testing.T) {
	b := shop(t)
	// A: 7 on hand − 2 reserved + 4 on order = 9, below 10, filled up to 50
	if got, want := lines(t, b, "reorder", reports.Params{}), "A 螺丝 M8 7 2 4 9 10 0 7 41 Z buy"; got != want {
		t.Errorf("reorder:\n%s\nwant\n%s", got, want)
	}
	// D: 90 in 90 days is 1 a day; in 10 days come 10 beside the 5 to keep: below 15, ordered up to 5 + 40
	if got, want := lines(t, b, "reorder", reports.Params{By: "speed"}), "A 螺丝 M8 7 2 4 9 10 1 7 41 Z buy\nD 钉子 3寸 10 0 0 10 5 90 10 35 S buy"; got != want {
		t.Errorf("reorder by speed:\n%s\nwant\n%s", got, want)
	}
	d, err := b.ProposePlan(true, "")
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

// A delivery of the supplier takes 20 days where the product does not say: 20 + 30 days of one a day beside the 5 to keep.
func TestASuppliersLeadTimeCountsWhereTheProductSaysNone(t *testing.T) {
	b := shop(t)
	put(t, b, "suppliers", "code,name,lead_days", "S,五金厂,20")
	put(t, b, "products", "code,name,lead_days", "D,钉子,")
	if got, want := lines(t, b, "reorder", reports.Params{By: "speed", Product: "D"}), "D 钉子 3寸 10 0 0 10 5 90 20 45 S buy"; got != want {
		t.Errorf("reorder by speed:\n%s\nwant\n%s", got, want)
	}
	d, err := reports.ReorderReport.Makes.Slip(b, reports.Params{By: "speed", Product: "D"})
	if err != nil || len(d.Lines) != 1 || d.Lines[0].Product != "D" || d.Party != "S" {
		t.Errorf("the plan of one product is %+v, %v", d, err)
	}
}

// Nobody supplies the set G, it is made of A: it runs short, but is not bought.
func TestASetThatRunsShortIsMadeAndNotBought(t *testing.T) {
	b := shop(t)
	put(t, b, "products", "code,name,min_stock", "G,套装,3")
	put(t, b, "boms", "product,component,qty", "G,A,2")
	if got, want := lines(t, b, "reorder", reports.Params{Product: "G"}), "G 套装  0 0 0 0 3 0 7 3  make"; got != want {
		t.Errorf("reorder: %q, want %q", got, want)
	}
	if _, err := b.ProposePlan(false, "G"); !fault.Is(err, fault.Refused) {
		t.Errorf("a plan of what is made: %v", err)
	}
}

// B did not sell for 161 days and C not for 149: both are slow, dead after 180; the price change names them.
func TestWhatDoesNotSellIsRepriced(t *testing.T) {
	b := shop(t)
	d, err := reports.SlowStock.Makes.Slip(b, reports.Params{AsOf: 20260630})
	if err != nil || d.Kind != "price-change" || len(d.Lines) != 2 || d.Lines[0].Product != "B" || d.Lines[1].Product != "C" {
		t.Errorf("%+v, %v", d, err)
	}
	if got := lines(t, b, "slow-stock", reports.Params{AsOf: 20260719, By: "180"}); got != "B 螺母 M8 15 30.00 2026-01-20 180 dead" {
		t.Errorf("dead: %s", got)
	}
	if _, err := reports.SlowStock.Makes.Slip(b, reports.Params{AsOf: 20260115}); !fault.Is(err, fault.Refused) {
		t.Errorf("nothing is slow: %v", err)
	}
}

func TestWhatIsAvailableAboveItsMaximumIsShownWithItsValue(t *testing.T) {
	b := shop(t)
	if got := lines(t, b, "over-maximum", reports.Params{}); got != "" {
		t.Errorf("nothing is over: %s", got)
	}
	put(t, b, "products", "code,name,max_stock,reference_cost", "B,螺母,4,", "D,钉子,10,", "E,胶水,3,2.5")
	put(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "purchase-order,p2,2026-06-22,Z,W1,E,5,1,yes", "sales-order,o2,2026-06-22,K,W1,B,2,9,yes")
	// B: 15 at 2.00 less 2 reserved, 9 over 4; D: 10 is just its maximum; E: none there, 5 on order, 2 over at 2.50
	if got, want := lines(t, b, "over-maximum", reports.Params{}), "B 螺母 M8 13 4 9 18.00\nE 胶水  5 3 2 5.00"; got != want {
		t.Errorf("over the maximum:\n%s\nwant\n%s", got, want)
	}
}

func TestABCParts80And95PerCentOfSales(t *testing.T) {
	b := shop(t)
	// net: B 5 × 9 = 45, A 1 × 9, D 90 × 2 = 180, in all 234: D 76.92 %, with B 96.15 %
	if got, want := lines(t, b, "abc", reports.Params{}), "D 钉子 90 180.00 0.7692 0.7692 A\nB 螺母 5 45.00 0.1923 0.9615 C\nA 螺丝 1 9.00 0.0385 1 C"; got != want {
		t.Errorf("abc:\n%s\nwant\n%s", got, want)
	}
	// A sells twice more: D 180, B 45, A 27 of 252 are 71.43, 89.29, 100 %; C came back for more than it sold for and has no share
	put(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit",
		"delivery,e1,2026-06-25,K,W1,A,2,9,yes", "delivery,e2,2026-06-25,K,W2,C,1,5,yes", "sales-return,e3,2026-06-26,K,W2,C,1,6,yes")
	if got, want := lines(t, b, "abc", reports.Params{}), "D 钉子 90 180.00 0.7143 0.7143 A\nB 螺母 5 45.00 0.1786 0.8929 B\nA 螺丝 3 27.00 0.1071 1 C\nC 垫片 0 -1.00 0 1 C"; got != want {
		t.Errorf("abc:\n%s\nwant\n%s", got, want)
	}
	// in January only B sold: the best is an A, whatever it makes
	if got, want := lines(t, b, "abc", reports.Params{From: 20260101, To: 20260131}), "B 螺母 5 45.00 1 1 A"; got != want {
		t.Errorf("abc of January:\n%s", got)
	}
}

func TestABCHasNoRoundingAtItsBounds(t *testing.T) {
	b := shop(t)
	put(t, b, "products", "code,name", "P,甲", "Q,乙", "R,丙")
	put(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,g,2026-03-01,S,W1,P,9,1,yes", "goods-receipt,h,2026-03-01,S,W1,Q,9,1,yes", "goods-receipt,i,2026-03-01,S,W1,R,9,1,yes",
		"delivery,s1,2026-03-02,K,W1,P,1,800,yes", "delivery,s2,2026-03-02,K,W1,Q,1,150,yes", "delivery,s3,2026-03-02,K,W1,R,1,50,yes")
	march := reports.Params{From: 20260301, To: 20260331}
	if got, want := lines(t, b, "abc", march), "P 甲 1 800.00 0.8 0.8 A\nQ 乙 1 150.00 0.15 0.95 B\nR 丙 1 50.00 0.05 1 C"; got != want {
		t.Errorf("at the bounds:\n%s\nwant\n%s", got, want)
	}
	put(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "delivery,s4,2026-03-03,K,W1,Q,1,0.01,yes")
	if got, want := lines(t, b, "abc", march), "P 甲 1 800.00 0.8 0.8 A\nQ 乙 2 150.01 0.15 0.95 C\nR 丙 1 50.00 0.05 1 C"; got != want { // 950.01 of 1000.01 are 95.00005 %
		t.Errorf("a cent more:\n%s\nwant\n%s", got, want)
	}
}

func TestStockIsAgedFirstInFirstOut(t *testing.T) {
	b := shop(t)
	put(t, b, "products", "code,name", "G,胶带")
	put(t, b, "slips", "kind,number,date,party,warehouse,to_warehouse,product,qty,price,source,audit",
		"goods-receipt,g2,2026-01-01,S,W1,,G,10,1,,yes", "goods-receipt,g3,2026-04-01,S,W1,,G,10,2,,yes", "goods-receipt,g4,2026-05-15,S,W1,,G,6,2,,yes",
		"delivery,h1,2026-02-01,K,W1,,G,4,5,,yes",        // 6 of January left
		"transfer,m,2026-06-01,,W1,W2,G,8,,,yes",         // them and 2 of April, now in W2
		"purchase-return,t,2026-06-02,S,W1,,G,5,,g4,yes", // of May's own
		"sales-return,u,2026-06-10,K,W1,,G,1,,h1,yes")    // new again
	for _, c := range []struct {
		p    reports.Params
		want string
	}{
		// at the end of June January is 180 days ago, April 90, mid-May 46
		{reports.Params{Product: "G", AsOf: 20260630}, "1 1 10 6 0"},
		{reports.Params{Product: "G", AsOf: 20260701}, "1 1 0 10 6"},
		{reports.Params{Product: "G", AsOf: 20260630, Warehouse: "W2"}, "0 0 2 6 0"},
		{reports.Params{Product: "G", AsOf: 20260630, Warehouse: "W1"}, "1 1 8 0 0"},
		{reports.Params{Product: "G", AsOf: 20260201}, "0 6 0 0 0"},
	} {
		got := strings.Fields(lines(t, b, "stock-age", c.p))
		if len(got) != 14 || strings.Join(got[4:9], " ") != c.want {
			t.Errorf("%+v: %v, want %s", c.p, got, c.want)
		}
	}
	// the value goes with the quantities: B 15 worth 30.00 of 10 January; A 7 of the same day
	if got, want := lines(t, b, "stock-age", reports.Params{Product: "B", AsOf: 20260630}), "B 螺母 M8 15 30.00 0 0 0 15 0 0.00 0.00 0.00 30.00 0.00"; got != want {
		t.Errorf("B: %s, want %s", got, want)
	}
}

func TestStockBelowZeroTakesTheOldestElsewhere(t *testing.T) {
	b := shop(t)
	put(t, b, "products", "code,name,negative", "C,垫片,allow")
	put(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,c2,2026-06-20,S,W2,C,2,4,yes", "delivery,c3,2026-06-21,K,W1,C,4,9,yes")
	// W2 has 3 of February and 2 of June, W1 owes 4: one of June is left
	if got := strings.Fields(lines(t, b, "stock-age", reports.Params{Product: "C", AsOf: 20260630})); strings.Join(got[5:10], " ") != "1 0 0 0 0" || got[3] != "1" {
		t.Errorf("C: %v", got)
	}
	// W1 owes them, as stock-on-hand says of it
	if got := lines(t, b, "stock-age", reports.Params{Product: "C", AsOf: 20260630, Warehouse: "W1"}); got != "C 垫片 8 -4 -16.00 -4 0 0 0 0 -16.00 0.00 0.00 0.00 0.00" {
		t.Errorf("W1: %s", got)
	}
	// 3 more go: all in all 2 are owed at 4.00, and the ages add up to the stock
	put(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "delivery,c4,2026-06-22,K,W1,C,3,9,yes")
	if got := strings.Fields(lines(t, b, "stock-age", reports.Params{Product: "C", AsOf: 20260630})); strings.Join(got[3:4], " ")+" "+got[5] != "-2 -2" {
		t.Errorf("C: %v", got)
	}
}

// TestABCIsByWhatWasBilled: 6 delivered at 30.00, 5 of them billed at 33.00: 5 × 33 + 1 × 30 = 195.00; 10 × 8.00 not billed yet: 80.00.
func TestABCIsByWhatWasBilled(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{Company: "Test", Start: 202601, Lang: text.En, Flow: "invoice"})
	put(t, b, "warehouses", "code,name", "W,Main")
	put(t, b, "suppliers", "code,name", "S,Sup")
	put(t, b, "customers", "code,name", "C,Cust")
	put(t, b, "products", "code,name", "P,Pipe", "V,Valve")
	put(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,source,audit", "goods-receipt,g,2026-01-03,S,W,P,20,9,,yes", "goods-receipt,h,2026-01-03,S,W,V,20,2,,yes",
		"delivery,d,2026-01-05,C,W,P,6,30,,yes", "delivery,e,2026-01-05,C,W,V,10,8,,yes", "sales-invoice,i,2026-01-09,C,,P,5,33,d,yes")
	if got, want := lines(t, b, "abc", reports.Params{}), "P Pipe 6 195.00 0.7091 0.7091 A\nV Valve 10 80.00 0.2909 1 C"; got != want {
		t.Errorf("abc:\n%s\nwant\n%s", got, want)
	}
}
