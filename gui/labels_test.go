package gui

import (
	"testing"

	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/gui/preview"
	"zhanggui/gui/standing"
)

// The saw has no bar code: it is given one, and both products get three labels each.
func TestLabelsOfChosenProducts(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		standing.OpenMasters(h.s, master.Products)
		h.press("Ctrl+A", "Ctrl+Shift+U")
		if p, _ := b.Masters().Find("products", "B2"); p.Get("barcode") != "2000000000015" {
			t.Errorf("the saw's code is %q; %s", p.Get("barcode"), h.says())
		}
		h.press("Ctrl+P")
		v, ok := h.s.Current().(*preview.Screen)
		if !ok || v.Pages != 2 {
			t.Fatalf("in front is %T; %s", h.s.Current(), h.says())
		}
		v.Opt.Number, v.Opt.Paper = 3, "a4"
		v.Rebuilt()
		h.inside()
		if v.Pages != 1 {
			t.Errorf("six labels fill %d sheets", v.Pages)
		}
		h.sees(map[bool]string{true: "空出几格", false: "Skip"}[zh])
	})
}

func TestLabelsOfAReceiptByPiece(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	h.s.NewSlip(kind(t, "goods-receipt"))
	h.write("S1")
	h.press("Enter", "F6")
	h.write("B2")
	h.press("Enter")
	h.write("4")
	h.press("Enter", "Ctrl+S")
	h.s.PreviewAs([]string{h.form().doc.Number}, "label")
	v := h.s.Current().(*preview.Screen)
	v.Opt.Each = true
	v.Rebuilt()
	if v.Pages != 4 {
		t.Errorf("four saws have %d labels; %s", v.Pages, h.says())
	}
}
