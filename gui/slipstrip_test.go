package gui

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/workflow"
)

// picture keeps what stands in the window, where ZHANGGUI_PICTURES names a folder.
func (h *hands) picture(name string) {
	dir := os.Getenv("ZHANGGUI_PICTURES")
	if dir == "" {
		return
	}
	out, err := os.Create(filepath.Join(dir, name+"-"+string(h.s.lang)+".png"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	if err := png.Encode(out, h.s.Win.Canvas().Capture()); err != nil {
		h.t.Fatal(err)
	}
}

func TestOwnLineKeepsTheSlipItselfInSight(t *testing.T) {
	for _, c := range []struct {
		n, here  int
		room     float32
		from, to int
	}{
		{1, 0, 300, 0, 1},
		{3, 1, 1200, 0, 3},
		{9, 8, 1200, 5, 9}, // a payment of many: itself and its nearest, the far end counted
		{9, 0, 1200, 0, 4},
		{9, 4, 1200, 3, 6},
		{9, 4, 220, 4, 5},
	} {
		l := &ownLine{here: c.here, words: func(int) string { return "" }}
		from, to := l.shown(c.n, 216, c.room)
		if from > c.here || to <= c.here || float32(to-from)*236-20 > max(c.room, 216) {
			t.Errorf("of %d with %d in %v shows %d..%d", c.n, c.here, c.room, from, to)
		}
		if c.n != 9 && (from != c.from || to != c.to) {
			t.Errorf("of %d with %d in %v shows %d..%d, want %d..%d", c.n, c.here, c.room, from, to, c.from, c.to)
		}
	}
}

// Eight deliveries of eight orders paid at once: the strip of the payment and of a delivery has no other's order, always the slip itself,
// and ends inside the window.
func TestTheStripOfAPaymentOfManySlipsIsItsOwn(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		tab := &workflow.Table{Name: "slips", Header: strings.Split("kind,number,date,party,warehouse,product,qty,account,amount,source,audit", ",")}
		row := func(cells string) {
			tab.Rows = append(tab.Rows, workflow.Row{Line: len(tab.Rows) + 2, Cells: strings.Split(cells+",yes", ",")})
		}
		row("goods-receipt,in,2026-11-01,S1,W1,A1,90,,,")
		for _, n := range strings.Split("a,b,c,d,e,f,g,h", ",") {
			row("sales-order,o" + n + ",2026-11-03,C2,W1,A1,2,,,")
			row("delivery,d" + n + ",2026-11-10,C2,W1,A1,1,,,o" + n)
		}
		row("collection,pay,2026-11-20,C2,,,,K1,100,")
		if _, err := b.Import("slips", tab, false); err != nil {
			t.Fatal(err)
		}
		number := map[string]string{}
		for _, n := range []string{"oa", "da", "ob", "db", "pay", "dh"} {
			d, err := b.Load(n)
			if err != nil {
				t.Fatal(err)
			}
			number[n] = d.Number
		}
		h.s.OpenSlip(number["pay"])
		h.inside()
		h.picture("strip-payment")
		h.sees(number["pay"], map[bool]string{true: "… ", false: "more"}[zh])
		h.s.OpenSlip(number["da"])
		h.inside()
		h.picture("strip-delivery")
		h.sees(number["oa"], number["da"], number["pay"])
		if all := h.reads(); strings.Contains(all, number["ob"]) || strings.Contains(all, number["db"]) {
			t.Error("the strip of a delivery has another's slips")
		}
		h.sees(h.form().voucher)
		h.press("Ctrl+L")
		h.picture("flow")
		h.sees(map[bool]string{true: "未出库 1", false: "not delivered 1"}[zh], map[bool]string{true: "核对", false: "Reconciliation"}[zh])
		h.press("Ctrl+L")
		h.picture("flow-list")
		h.sees(map[bool]string{true: "源单", false: "From"}[zh])
		h.press("Ctrl+L", "F6")
		if h.s.Win.Canvas().Focused() != fyne.Focusable(h.s.Current().(*flowScreen).open.table) {
			t.Error("F6 does not lead to the figures")
		}
	})
}
