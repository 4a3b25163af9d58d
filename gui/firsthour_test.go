package gui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/standing"
)

// A new clerk's first hour: a new book has units beyond the piece; a product's form shows what a shop fills in, with the book's tax rate in
// it, and the rest behind one key; after an audit the window says what follows.
func TestTheFirstHourOfANewShop(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		say := func(z, e string) string { return map[bool]string{true: z, false: e}[zh] }
		h.press("Ctrl+N")
		h.write("Shop")
		h.press("Enter", "Ctrl+S")
		b := h.s.Book()
		if b == nil {
			t.Fatal(h.says())
		}
		for _, u := range strings.Fields(say("件 个 盒 箱 千克", "pcs box carton kg")) {
			if _, ok := b.Masters().Find("units", u); !ok {
				t.Errorf("a new book has no unit %s", u)
			}
		}
		standing.NewMaster(h.s, master.Products, "", nil)
		h.sees(say("售价", "Sales price"), say("税率", "Tax rate"), "13")
		h.inside()
		if rare := say("外文名", "Other name"); strings.Contains(h.reads(), rare) {
			t.Errorf("%s stands among the first fields", rare)
		}
		h.write("P1")
		h.press("Enter", "Ctrl+M")
		h.sees(say("外文名", "Other name"), say("换算率", "Factor"), "P1")
		h.write("drill") // the cursor is in the first of those that came
		h.press("Enter", "Ctrl+M")
		h.sees(say("外文名", "Other name"), "drill") // filled in it stays in sight
		h.inside()
	})
}

// On a slip the cursor goes to the first of the fields that came over the lines.
func TestMoreFieldsAreTypedInAtOnce(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, _ bool) {
		h.shop()
		f := h.delivery("C2", "A1 5")
		h.press("Ctrl+M")
		first := slices.IndexFunc(f.kind.Header, func(x slip.Field) bool { return x.Hidden && !f.atFoot(x) })
		if x := f.kind.Header[first]; !f.fields[x.Key].Focused() {
			t.Errorf("the cursor is not in %s, the first that came", x.Key)
		}
	})
}

func TestAfterAuditTheWindowSaysWhatFollows(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		h.sell("C1", "2")
		h.press("F9")
		if want := map[bool]string{true: "下一步 F8：收款单", false: "next: F8 Collection"}[zh]; !strings.Contains(h.says(), want) {
			t.Errorf("after the audit the window says %q, want %q", h.says(), want)
		}
	})
}

// In the smallest window with the largest text a day in the head is read whole, also under a longer label: the due day of a landed cost.
func TestADayInTheHeadIsReadWhole(t *testing.T) {
	h := newHands(t, text.En)
	h.shop()
	h.s.SetStyle(kit.Style{Density: kit.Large})
	h.s.Win.Resize(fyne.NewSize(1024, 640-menuBar))
	h.s.NewSlip(kind(t, "landed-cost"))
	h.settle()
	f := h.form()
	for _, x := range f.kind.Header {
		if box := f.fields[x.Key]; x.Type == slip.TypeDate && box != nil && box.Input.Size().Width < kit.Width("2026-08-08", kit.M().Text, false)+13 {
			t.Errorf("%s is %v wide, a day %v", x.Key, box.Input.Size().Width, kit.Width("2026-08-08", kit.M().Text, false))
		}
	}
}
