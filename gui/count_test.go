package gui

import (
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

func TestACountByScannerKeysOnly(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.s.NewSlip(kind(t, "stocktake"))
		h.press("F8")
		c, ok := h.s.Current().(*countForm)
		if !ok {
			t.Fatalf("in front is %T; %s", h.s.Current(), h.says())
		}
		scan := func(code string) {
			h.write(code)
			h.press("Enter")
		}
		scan("6901234567892")
		scan("96*6901234567892") // 97 screws of 100
		for range 10 {
			scan("B2") // ten saws of ten
		}
		scan("6999999999999")
		if want := map[bool]string{true: "条码 6999999999999 不认识，这一次没有计数。", false: "the barcode 6999999999999 is unknown; nothing was counted."}[zh]; h.says() != want {
			t.Errorf("an unknown code says %q", h.says())
		}
		h.press("F7")
		scan("B2")
		h.press("Ctrl+Z") // one too many, taken back
		if d := c.foot(); d[6].Text != "-3" || d[7].Text != "-6.00" {
			t.Errorf("the difference is %s worth %s, want 3 screws at 2.00", d[6].Text, d[7].Text)
		}
		h.inside()
		h.press("Ctrl+Y")
		if got := c.cell(0, 4).Text + c.cell(0, 6).Text; got != "···" {
			t.Errorf("a blind count shows %q", got)
		}
		h.press("F9")
		h.sees("-6.00")
		h.press("Y")
		d, err := b.Load(c.doc.Number)
		if err != nil || d.Status != slip.Audited {
			t.Fatalf("%v %s; %s", err, d.Status, h.says())
		}
		f, err := b.LineFacts(kind(t, "delivery"), "A1", "W1", "", "件")
		if err != nil || f.OnHand != 97*num.QuantityOne {
			t.Errorf("after the count there are %s screws", f.OnHand)
		}
	})
}

func TestAnUnknownBarcodeIsGivenToItsProduct(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	h.s.NewSlip(kind(t, "stocktake"))
	h.press("F8")
	h.write("6955555555555")
	h.press("Enter", "F4")
	h.write("B2")
	h.press("Enter")
	if p, ok := b.Masters().Product("6955555555555"); !ok || p.Code() != "B2" {
		t.Error("the barcode is not the saw's")
	}
	if c := h.s.Current().(*countForm); c.foot()[2].Text != "已盘 1 个商品" {
		t.Errorf("counted: %s", c.foot()[2].Text)
	}
}
