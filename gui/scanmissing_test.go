package gui

import (
	"strings"
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/stocktake"
)

// An unknown bar code scanned into a figure leaves the figure and says so; one scanned into the code is refused there.
func TestAnUnknownBarCodeIsSaidWhereverItIsScanned(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		f := h.delivery("C2", "A1 5")
		f.grid.Edit(0, f.lines.column("qty"))
		h.write("6900000000017")
		h.press("Enter")
		if says := h.says(); f.doc.Lines[0].Qty.String() != "5" || !strings.Contains(says, "6900000000017") || !strings.Contains(says, map[bool]string{true: "不认识", false: "unknown"}[zh]) {
			t.Errorf("%s: %q", f.doc.Lines[0].Qty, says)
		}
		f.grid.Edit(1, f.lines.firstColumn())
		h.write("6900000000017")
		h.press("Enter")
		if _, tone := h.s.message.Text(); tone != kit.Refusal || !strings.Contains(h.says(), "6900000000017") {
			t.Errorf("in the code: %q", h.says())
		}
	})
}

// 10 saws lie in W1 and 12 are on the list: the scan that picks 12 says so at once, and so does one of what is not on the list.
func TestPickingSaysWhatTheBooksDoNotHave(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	d := &slip.Doc{Kind: "delivery", Date: b.Today(), Party: "C2", Warehouse: "W1", Lines: []slip.Line{{Product: "B2", Qty: 12_0000, Price: 80_000000, PriceGiven: true}}}
	if err := b.Save(d); err != nil {
		t.Fatal(err)
	}
	stocktake.OpenPicking(h.s, d.Number)
	h.write("B2")
	h.press("Enter")
	if want := "B2 手锯：主仓账上只有 10，拣了 12"; h.says() != want {
		t.Errorf("%q", h.says())
	}
	h.write("10")
	h.press("Enter")
	if h.says() == "B2 手锯：主仓账上只有 10，拣了 10" {
		t.Errorf("of what is there: %q", h.says())
	}
	h.write("6901234567892")
	h.press("Enter")
	if !strings.Contains(h.says(), "不在这张备货单上") {
		t.Errorf("of another product: %q", h.says())
	}
}

// In W2 the books have no saws: counting one says so, but not to who counts blind.
func TestACountSaysWhatTheBooksDoNotHave(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	d := &slip.Doc{Kind: "stocktake", Date: b.Today(), Warehouse: "W2", Status: slip.Draft}
	if err := b.Save(d); err != nil {
		t.Fatal(err)
	}
	stocktake.OpenCount(h.s, d)
	h.write("B2")
	h.press("Enter")
	if want := "手锯：账上这里没有"; h.says() != want {
		t.Errorf("%q", h.says())
	}
	h.press("Ctrl+Y")
	h.write("B2")
	h.press("Enter")
	if strings.Contains(h.says(), "账上") {
		t.Errorf("blind: %q", h.says())
	}
}
