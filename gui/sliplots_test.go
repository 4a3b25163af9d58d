package gui

import (
	"strings"
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/scan"
	"zhanggui/gui/reportview"
	"zhanggui/gui/stocktake"
	"zhanggui/reports"
)

// pharmacy adds to the shop an ointment told apart by lots: 10 of A to March and 5 of B to next month.
func (h *hands) pharmacy() *workflow.Book {
	h.t.Helper()
	b := h.shop()
	put := func(kind, header string, rows ...string) {
		h.t.Helper()
		tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
		for i, r := range rows {
			tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
		}
		if _, err := exchange.Import(b, kind, tab, false); err != nil {
			h.t.Fatal(err)
		}
	}
	put("products", "code,name,sales_price,tracking", "M1,药膏,9,lot")
	put("slips", "kind,number,date,party,warehouse,product,qty,price,lot,expiry,audit",
		"goods-receipt,r1,2026-11-02,S1,W1,M1,10,4,A,2027-03-31,yes", "goods-receipt,r2,2026-11-03,S1,W1,M1,5,4,B,2026-12-10,yes")
	return b
}

func TestLotsOfADeliveryAreChosenByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.pharmacy()
		f := h.sell("C1", "4")
		if f.lines.column("lot") != f.lines.firstColumn() { // column tells the first where there is none
			t.Error("screws have no lots, but the grid a column of them")
		}
		h.press("Ctrl+N")
		h.write("C1")
		h.press("Enter", "F6")
		h.write("M1")
		h.press("Enter")
		f = h.form()
		at := f.lines.column("lot")
		if at == f.lines.firstColumn() {
			t.Fatal("the ointment brings no column of lots")
		}
		h.write("7")
		h.press("Enter", "Enter", "Enter") // price, discount: Enter goes by the lots
		if g := f.grid; g.Row() != 1 {
			t.Errorf("Enter stopped at column %d", g.Col())
		}
		f.grid.Edit(0, at)
		h.press("F4")
		h.sees("B:5 A:2", "2026-12-10", "2027-03-31")
		h.press("Down", "Enter") // A first
		if got := f.doc.Lines[0].Lot(); got != "A" {
			t.Errorf("the second of the list gives %q", got)
		}
		f.grid.Edit(0, at)
		h.press("F4", "Up", "Enter") // the list opens on A, which stands
		h.press("F9")
		d, err := b.Load("XC-202611-0001")
		if err != nil || d.Status != slip.Audited || d.Lines[0].Lot() != "B:5 A:2" {
			t.Fatalf("the book has %+v (%v); the window says %s", d, err, h.says())
		}
		h.sees("B:5 A:2")
		h.inside()
	})
}

func TestLotsOfAReceiptAreTyped(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.pharmacy()
		h.s.NewSlip(kind(t, "goods-receipt"))
		h.write("S1")
		h.press("Enter", "F6")
		h.write("M1")
		h.press("Enter")
		h.write("6")
		h.press("Enter")
		if f := h.form(); f.grid.Col() != f.lines.column("lot") {
			t.Fatalf("Enter goes from the quantity to column %d, not to the lot", f.grid.Col())
		}
		h.write("N1:4 N2:2")
		h.press("Enter")
		h.write("20270630")
		h.press("Enter")
		h.write("4.5")
		h.press("Enter", "F9")
		d, err := b.Load("CR-202611-0003")
		if err != nil || d.Status != slip.Audited || d.Lines[0].Lot() != "N1:4 N2:2" || d.Lines[0].Get("expiry") != "2027-06-30" {
			t.Fatalf("the book has %+v (%v); the window says %s", d, err, h.says())
		}
	})
}

func TestWhatExpiresStandsOnTheHomeScreenAndLeadsToItsSlips(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.pharmacy()
		h.s.Choose(0)
		h.s.home().Changed()
		h.sees(map[bool]string{true: "1 批临期 ›", false: "1 lot expiring ›"}[zh])
		v := openReport(t, h.s, "expiry", reports.Params{})
		if len(v.Rows) != 1 || v.Rows[0][1].String() != "15" {
			t.Fatalf("expiring: %v", v.Rows)
		}
		_, open := v.Behind(0, columnOf(v, "lot"))
		if open == nil {
			t.Fatal("nothing is behind a lot")
		}
		open()
		r := h.s.Current().(*reportview.ReportScreen)
		if r.R.Name != "recall" || r.P.Lot != "B" || r.P.Product != "M1" || len(r.Rows) != 1 {
			t.Fatalf("behind the lot stands %s %+v: %v", r.R.Name, r.P, r.Rows)
		}
		r.OpenCell(0, columnOf(r, "number"))
		if f := h.form(); f.doc.Number != "CR-202611-0002" {
			t.Errorf("behind the number stands %s", f.doc.Number)
		}
	})
}

func TestLotsAreCountedByTheirLabels(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.pharmacy()
		h.s.NewSlip(kind(t, "stocktake"))
		h.press("F8")
		c, ok := h.s.Current().(*stocktake.CountForm)
		if !ok {
			t.Fatalf("in front is %T; %s", h.s.Current(), h.says())
		}
		if q := c.BookOf(stocktake.Goods{Product: "M1", Lot: "B"}); q.String() != "5" {
			t.Errorf("the book has %s of lot B, want 5", q)
		}
		h.write("M1;LA;E20270331;Q9") // what a lot's label says: one of ten is missing
		h.press("Enter")
		h.write("M1") // without a lot
		h.press("Enter")
		h.write("B")
		h.press("Enter")
		h.sees("药膏 A", "药膏 B")
		h.press("F9")
		h.press("Y")
		d, err := b.Load("PD-202611-0001")
		if err != nil || d.Status != slip.Audited || len(d.Lines) != 2 {
			t.Fatalf("the book has %+v (%v); the window says %s", d, err, h.says())
		}
		if a, err := scan.LotNow(b, "M1", "W1", "A"); err != nil || a.String() != "9" {
			t.Errorf("of A are left %s, %v", a, err)
		}
		if a, err := scan.LotNow(b, "M1", "W1", "B"); err != nil || a.String() != "1" {
			t.Errorf("of B are left %s, %v", a, err)
		}
	})
}
