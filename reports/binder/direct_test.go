package binder_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/reports"
)

// put imports rows of a kind.
func put(t *testing.T, b *workflow.Book, kind, header string, rows ...string) {
	t.Helper()
	tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
	for i, r := range rows {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
	}
	if _, err := exchange.Import(b, kind, tab, false); err != nil {
		t.Fatal(err)
	}
}

// Ten came at 10.00 and eight were sold, January was closed. Freight of 25.00 comes in February: 20.00 of it belong to what is sold, so that
// stock is 25.00 for two. Ten more at 14.00: 165.00 for twelve, 13.75 each; one goes back at 8.00: variance 5.75. No sale of
// April has these 25.75: they are lines of their own among what was sold, so that the sales ledger ties to 5401.
func TestWhatBuyingMadeDearerAfterwardsIsAmongWhatWasSold(t *testing.T) {
	b := trader(t, workflow.Settings{Lang: text.En})
	put(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,source,audit",
		"goods-receipt,n1,2026-03-01,S,W,N,10,10,,yes", "delivery,n2,2026-03-02,C,W,N,8,20,,yes")
	if err := b.ClosePeriod(202603); err != nil {
		t.Fatal(err)
	}
	put(t, b, "slips", "kind,number,date,party,amount,source,audit", "landed-cost,n3,2026-04-03,S,25,n1,yes")
	put(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,source,audit",
		"goods-receipt,n4,2026-04-05,S,W,N,10,14,,yes", "purchase-return,n5,2026-04-06,S,W,N,1,8,,yes")
	f := bind(t, b, 202604)
	want := [][]string{
		{"As booked: 5001, 5401; bills of purchases", "0.00", "25.75", "132.00"},
		{"Less: other entries on these accounts", "0.00", "0.00", "0.00"},
		{"Difference", "0.00", "0.00", "0.00"}}
	if got := part(t, f, "5 Reconciliation"); len(got) < 3 || !slices.EqualFunc(got[len(got)-3:], want, slices.Equal) {
		t.Errorf("the cover says %v, want %v", got, want)
	}
	for _, c := range part(t, f, "4 ") {
		if c[4] != "√" {
			t.Errorf("control %v", c)
		}
	}
	for _, c := range []struct {
		r    *reports.Report
		by   string
		want string // number or key, quantity, cost, profit
	}{
		{reports.SalesSummary, "product", "N 0 25.75 -25.75"}, {reports.SalesSummary, "customer", " 0 25.75 -25.75"}, {reports.SalesSummary, "month", "2026-04 0 25.75 -25.75"},
		{reports.SalesLedger, "", "FT-202604-0001 0 20.00 -20.00\nCT-202604-0001 0 5.75 -5.75"},
	} {
		rows, err := c.r.Run(b, reports.Params{From: 20260401, To: 20260430, By: c.by})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, r := range rows {
			first, at := r[0], 0
			if c.r == reports.SalesLedger {
				first, at = r[1], 7
			}
			said = append(said, fmt.Sprint(first, " ", r[at+2], " ", r[c.r.Index("cost")], " ", r[c.r.Index("profit")]))
		}
		if got := strings.Join(said, "\n"); got != c.want {
			t.Errorf("%s by %s:\n%s\nwant\n%s", c.r.Name, c.by, got, c.want)
		}
	}
	march, err := reports.SalesSummary.Run(b, reports.Params{From: 20260301, To: 20260331}) // the closed month stays
	if err != nil || len(march) != 1 || fmt.Sprint(march[0][6], " ", march[0][7]) != "80.00 80.00" {
		t.Errorf("March: %v %v", march, err)
	}
}

// Ten came at 10.00; three go back at 10.00, which is what the stock has: nothing of it went to what is sold, so no line says so.
func TestAReturnAtTheCostOfStockIsNoLineOfWhatWasSold(t *testing.T) {
	b := trader(t, workflow.Settings{Lang: text.En})
	put(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,source,audit",
		"goods-receipt,n1,2026-03-01,S,W,N,10,10,,yes", "purchase-return,n2,2026-03-02,S,W,N,3,10,,yes")
	for _, r := range []*reports.Report{reports.SalesLedger, reports.SalesSummary} {
		for _, by := range []string{"", "customer"} {
			if r == reports.SalesLedger && by != "" {
				continue
			}
			rows, err := r.Run(b, reports.Params{From: 20260301, To: 20260331, By: by})
			if err != nil || len(rows) != 0 {
				t.Errorf("%s by %q: %v %v", r.Name, by, rows, err)
			}
		}
	}
}

// Below the income statement stand the months, below gross profit who earned most; the charts are drawn of these rows.
func TestChartsAreDrawnOfTheirFigures(t *testing.T) {
	f := bind(t, trader(t, workflow.Settings{Lang: text.En}), 202602)
	for _, c := range []struct{ sheet, cell, want string }{
		{"Income statement", "B18", "2026-01"}, {"Income statement", "C18", "580.00"}, {"Income statement", "E18", "290.00"}, {"Income statement", "C19", "100.00"}, {"Income statement", "E19", "50.00"},
		{"Gross profit by product", "B7", "=Screw"}, {"Gross profit by product", "D7", "100.00"}, {"Gross profit by product", "H7", "50.00"}} {
		if got, _ := f.GetCellValue(c.sheet, c.cell); got != c.want {
			t.Errorf("%s %s is %q, want %q", c.sheet, c.cell, got, c.want)
		}
	}
	charts := 0
	f.Pkg.Range(func(name, _ any) bool {
		if strings.HasPrefix(name.(string), "xl/charts/chart") {
			charts++
		}
		return true
	})
	if charts != 3 {
		t.Errorf("%d charts", charts)
	}
}

// A formula over an account that was never booked on has nothing to turn: "-()" is no formula, and Excel would call the file damaged.
func TestFormulasOfABookWithNothingOnAnAccountAreFormulas(t *testing.T) {
	b, err := workflow.Create(t.TempDir()+"/new.zg", workflow.Settings{Lang: text.Zh, Start: 202601, Company: "新"})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	f := bind(t, b, 202601)
	for _, s := range f.GetSheetList() {
		for r := 1; r < 90; r++ {
			for c := 1; c < 12; c++ {
				at, _ := excelize.CoordinatesToCellName(c, r)
				if x, _ := f.GetCellFormula(s, at); strings.Contains(x, "()") {
					t.Errorf("%s!%s: %s", s, at, x)
				}
			}
		}
	}
}

func TestSheetsSayNamesPagesAndPartiesApart(t *testing.T) {
	f := bind(t, trader(t, workflow.Settings{Lang: text.En}), 202601)
	for _, c := range []struct{ sheet, cell, want string }{{"Stock on hand", "A3", "W Main"}, {"Cash book", "A3", "K Till"}, {"Journal", "G3", "130.00"}, {"Journal", "H3", ""}} {
		if got, _ := f.GetCellValue(c.sheet, c.cell); got != c.want {
			t.Errorf("%s %s is %q, want %q", c.sheet, c.cell, got, c.want)
		}
	}
	foot, err := f.GetHeaderFooter("Journal")
	if err != nil || !strings.HasPrefix(foot.OddFooter, "&L2026-01 · Journal&CPage &P of &N&R20") {
		t.Errorf("%q %v", foot.OddFooter, err)
	}
	part, ok := f.Pkg.Load("xl/worksheets/sheet8.xml") // the statements: three parties, each on pages of its own
	if xml, _ := part.([]byte); !ok || strings.Count(string(xml), "<brk ") != 2 {
		t.Errorf("%d page breaks", strings.Count(string(xml), "<brk "))
	}
}
