package reports_test

import (
	"strings"
	"testing"

	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/reports"
)

// Units are shown by their names, and a line may say either (7.3.9).
func TestUnitsAreShownByName(t *testing.T) {
	b := trader(t, workflow.Settings{})
	put := func(kind, header string, rows ...string) {
		t.Helper()
		tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
		for i, r := range rows {
			tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
		}
		if _, err := exchange.Import(b, kind, tab, false); err != nil {
			t.Fatal(err)
		}
	}
	put("units", "code,name", "U1,piece", "U2,carton")
	put("products", "code,name,unit,unit2,unit2_factor", "N,Nail,U1,U2,24")
	put("slips", "kind,number,date,party,warehouse,product,qty,unit,price,audit",
		"goods-receipt,u1,2026-03-20,S,W,N,2,carton,24,yes", "delivery,u2,2026-03-21,C,W,N,5,Piece,2,yes", "delivery,u3,2026-03-21,C,W,N,1,U2,48,yes")
	p := reports.Params{From: 20260320, To: 20260331, Product: "N"}
	for _, c := range []struct{ name, want string }{
		{"sales-ledger", "Nail piece 5"}, {"sales-ledger", "Nail piece 24"}, {"purchase-ledger", "Nail piece 48"}, {"stock-on-hand", "Nail  piece 19"}, {"stock-movement", "Nail  piece 0"},
	} {
		if got := report(t, b, c.name, p); !strings.Contains(got, c.want) {
			t.Errorf("%s says\n%s\nnot %q", c.name, got, c.want)
		}
	}
	if d, err := b.Load("u2"); err != nil || d.Lines[0].Unit != "U1" {
		t.Errorf("the line is in %q, %v", d.Lines[0].Unit, err)
	}
}
