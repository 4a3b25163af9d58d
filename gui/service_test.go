package gui

import (
	"strings"
	"testing"

	"zhanggui/data/workflow/exchange"
)

// A service is chosen and sold like goods; the window shows neither stock nor a want of it.
func TestAServiceShowsNoStock(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		tab := &exchange.Table{Name: "products", Header: strings.Split("code,name,sales_price,service", ","), Rows: []exchange.Row{{Line: 2, Cells: strings.Split("Y9,送货费,30,yes", ",")}}}
		if _, err := exchange.Import(b, "products", tab, false); err != nil {
			t.Fatal(err)
		}
		h.s.NewSlip(kind(t, "delivery"))
		h.write("C1")
		h.press("Enter", "F6")
		h.write("y9")
		h.hides(map[bool]string{true: "缺货", false: "0 none"}[zh])
		h.press("Enter")
		h.write("2")
		h.press("Enter")
		h.sees("60.00", "67.80", map[bool]string{true: "没有库存", false: "no stock"}[zh])
		h.press("F9")
		if d, err := b.Load("XC-202611-0001"); err != nil || !d.Status.Live() || d.Lines[0].Cost != 0 {
			t.Errorf("%+v %v; the window says %s", d, err, h.says())
		}
		h.inside()
	})
}

// hides wants words not to stand in the window.
func (h *hands) hides(words ...string) {
	h.t.Helper()
	all := h.reads()
	for _, w := range words {
		if strings.Contains(all, w) {
			h.t.Errorf("%q stands in the window", w)
		}
	}
}
