package gui

import (
	"strings"
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/parts"
	"zhanggui/reports"
)

// rows lands a few rows in a book.
func (h *hands) rows(b *workflow.Book, kind, header string, rows ...string) {
	h.t.Helper()
	tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
	for i, r := range rows {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
	}
	if _, err := exchange.Import(b, kind, tab, false); err != nil {
		h.t.Fatal(err)
	}
}

// lineWords tells product and quantity of the lines of the form in front.
func (h *hands) lineWords() string {
	var list []string
	for _, l := range h.form().doc.Lines {
		if l.Product != "" {
			list = append(list, l.Product+" "+l.Qty.String())
		}
	}
	return strings.Join(list, ", ")
}

// A kit K takes 2 frames F, a frame 4 screws with 5 % scrap. 100 screws are there: 8.4 for a kit, 11 kits.
func TestASetIsPutTogetherByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.rows(b, "products", "code,name", "K9,套装", "F9,支架")
		h.rows(b, "boms", "product,component,qty,scrap_rate", "K9,F9,2,", "F9,A1,4,5%")
		h.s.NewSlip(kind(t, "assembly"))
		h.write("K9")
		h.press("Enter")
		h.write("3")
		h.press("Enter")
		if got := h.lineWords(); got != "K9 3, F9 -6" {
			t.Errorf("the components are %s", got)
		}
		f := h.form()
		f.grid.Edit(0, f.lines.column("qty"))
		h.write("4")
		h.press("Enter")
		if got := h.lineWords(); got != "K9 4, F9 -8" {
			t.Errorf("the components of four are %s", got)
		}
		f.grid.Edit(0, f.lines.column("qty"))
		h.sees(map[bool]string{true: "可装套数", false: "Can be built"}[zh], map[bool]string{true: "展到底层 11", false: "11 of what is bought"}[zh])
		h.inside()
		h.press("F8")
		h.sees("F9   支架   8 " + map[bool]string{true: "件", false: "pcs"}[zh])
		h.press("Y")
		made, err := b.Load("ZZ-202611-0002")
		if err != nil || len(made.Lines) != 2 || made.Lines[1].Qty.String() != "-33.6" || !strings.Contains(h.says(), "ZZ-202611-0002") {
			t.Fatalf("made %+v, %v; %s", made, err, h.says())
		}
		h.press("F8")
		if want := map[bool]string{true: "不缺件", false: "lacks nothing"}[zh]; !strings.Contains(h.says(), want) {
			t.Errorf("asked again: %s", h.says())
		}
		// down to what is bought, by the field in the head
		if err := f.commitHead(mustField(t, f.kind, "levels"), "all"); err != nil {
			t.Fatal(err)
		}
		if got := h.lineWords(); got != "K9 4, A1 -33.6" {
			t.Errorf("down to what is bought they are %s", got)
		}
		f.doc.Lines[1].Qty -= 10000
		h.press("Ctrl+G")
		if got := h.lineWords(); got != "K9 4, A1 -33.6" {
			t.Errorf("exploded anew they are %s", got)
		}
		h.press("F9")
		h.sees(map[bool]string{true: "已审核", false: "Audited"}[zh])
		h.s.OpenReport(reports.BOMCost, reports.Params{Product: "K9"})
		h.sees("· A1")
	})
}

func mustField(t *testing.T, k *slip.Kind, key string) slip.Field {
	f, ok := k.HeaderField(key)
	if !ok {
		t.Fatalf("%s has no %s", k.Code, key)
	}
	return f
}

// Forty screws go in transit to the other store; thirty come. The line says what is on its way.
func TestGoodsGoInTransitAndAreReceivedByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.rows(b, "slips", "kind,number,date,warehouse,to_warehouse,transit,product,qty,audit", "transfer,t1,2026-11-20,W1,W2,yes,A1,40,yes")
		h.s.OpenSlip("DB-202611-0001")
		h.inside()
		h.press("F8")
		h.sees(map[bool]string{true: "报损单", false: "Write-off"}[zh])
		h.press("Enter")
		f := h.form()
		if f.doc.Warehouse != "ZT" || f.doc.ToWarehouse != "W2" || f.doc.Lines[0].Qty.String() != "40" {
			t.Fatalf("received from %s into %s: %s", f.doc.Warehouse, f.doc.ToWarehouse, h.lineWords())
		}
		h.write("30")
		h.press("Enter", "F9")
		h.s.OpenSlip("DB-202611-0001")
		h.sees(map[bool]string{true: "部分收货", false: "partly received"}[zh], map[bool]string{true: "部分完成", false: "Partly done"}[zh])
		h.inside()
		h.s.NewSlip(kind(t, "sales-order"))
		h.write("C1")
		h.press("Enter")
		f = h.form()
		f.doc.Warehouse = "W2"
		h.press("F6")
		h.write("A1")
		h.press("Enter")
		h.sees(map[bool]string{true: "= 30 + 在途 10", false: "= 30 + in transit 10"}[zh])
		h.inside()
		// a place of transit is not offered, and refused where it is typed
		if rows, _ := parts.FindRecords(h.s, parts.Picked{Type: "warehouses", In: true}, ""); len(rows) != 2 {
			t.Errorf("%d warehouses are offered, want 2", len(rows))
		}
	})
}
