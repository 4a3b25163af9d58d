package gui

import (
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow/scan"
	"zhanggui/gui/preview"
	"zhanggui/gui/stocktake"
)

func TestACountByScannerKeysOnly(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.s.NewSlip(kind(t, "stocktake"))
		h.press("F8")
		c, ok := h.s.Current().(*stocktake.CountForm)
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
		if d := c.Foot(); d[6].Text != "-3" || d[7].Text != "-6.00" {
			t.Errorf("the difference is %s worth %s, want 3 screws at 2.00", d[6].Text, d[7].Text)
		}
		h.inside()
		h.press("Ctrl+Y")
		if got := c.Cell(0, 4).Text + c.Cell(0, 6).Text; got != "···" {
			t.Errorf("a blind count shows %q", got)
		}
		h.press("F9")
		h.sees("-6.00")
		h.press("Y")
		d, err := b.Load(c.Doc.Number)
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
	if c := h.s.Current().(*stocktake.CountForm); c.Foot()[2].Text != "已盘 1 个商品" {
		t.Errorf("counted: %s", c.Foot()[2].Text)
	}
}

// The sheet lists screws and saws; 85 of 100 screws are found while a delivery of 15 lies about not audited. The difference says so and
// leads there; it is counted again, found the same, and posted: 15 screws at 2.00 are missing.
func TestADifferenceIsExplainedAndCountedAgain(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		d := &slip.Doc{Kind: "delivery", Date: text.DateOf(now), Party: "C1", Warehouse: "W1", Lines: []slip.Line{{Product: "A1", Qty: 15 * num.QuantityOne}}}
		if err := b.Save(d); err != nil {
			t.Fatal(err)
		}
		h.s.NewSlip(kind(t, "stocktake"))
		h.press("Ctrl+G")
		h.inside()
		h.press("Enter", "Enter", "Enter", "Enter")
		if l := h.form().doc.Lines; len(l) != 2 || l[0].Product != "A1" || l[1].Product != "B2" {
			t.Fatalf("listed: %+v; %s", l, h.says())
		}
		if h.form().doc.Extra["range"] != "" {
			t.Error("the whole warehouse is called a range")
		}
		h.press("F8")
		for _, code := range []string{"85*6901234567892", "10*B2"} {
			h.write(code)
			h.press("Enter")
		}
		c := h.s.Current().(*stocktake.CountForm)
		h.press("Ctrl+D")
		v, ok := h.s.Current().(*stocktake.DiffScreen)
		if !ok {
			t.Fatalf("in front is %T; %s", h.s.Current(), h.says())
		}
		h.inside()
		if got := v.Cell(0, 8).Text + " " + v.Cell(0, 9).Text; len(v.Rows) < 2 || got != "-15 -30.00" {
			t.Fatalf("%d rows, the first differs by %s", len(v.Rows), got)
		}
		h.sees(d.Number)
		h.press("Down", "Enter")
		if f := h.form(); f.doc.Number != d.Number {
			t.Errorf("the clue leads to %s", f.doc.Number)
		}
		h.press("Esc", "Up")
		h.write(" ")
		h.press("Ctrl+R")
		if got := v.Cell(0, 6).Text; got != "85" || v.Doc.Lines[0].IsCounted() && v.Doc.Lines[1].IsCounted() {
			t.Fatalf("to count again: first %q, %+v; %s", got, v.Doc.Lines, h.says())
		}
		h.press("Ctrl+P")
		if p, ok := h.s.Current().(*preview.Screen); !ok || p.Opt.As != "recount-sheet" || p.PDF == nil {
			t.Errorf("no sheet to count again on: %T; %s", h.s.Current(), h.says())
		}
		h.press("Esc", "F8")
		h.write("85*A1")
		h.press("Enter", "F9")
		h.sees("-30.00")
		h.press("Y")
		if d, err := b.Load(c.Doc.Number); err != nil || d.Status != slip.Audited {
			t.Errorf("%v %s; %s", err, d.Status, h.says())
		}
	})
}

// Two counters: 60 screws on A-1, 40 on B-2; both counted the saws of no shelf, 9 and 10. The last holds.
func TestTwoCountersAreMergedFromTheList(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	for _, codes := range [][]string{{"@A-1", "60*A1", "@", "9*B2"}, {"@B-2", "40*A1", "@", "10*B2"}} {
		h.s.NewSlip(kind(t, "stocktake"))
		h.press("F8")
		for _, code := range codes {
			h.write(code)
			h.press("Enter")
		}
		h.press("Esc")
	}
	h.s.OpenList(kind(t, "stocktake"))
	h.press("Ctrl+A", "Ctrl+M", "Y")
	v, ok := h.s.Current().(*stocktake.DiffScreen)
	if !ok {
		t.Fatalf("in front is %T; %s", h.s.Current(), h.says())
	}
	if len(v.Rows) != 3 || v.Rows[0].Diff == nil || v.Rows[0].Diff.Product != "B2" || v.Cell(1, 7).Text+v.Cell(2, 7).Text != "910" {
		t.Fatalf("to decide: %+v", v.Rows)
	}
	h.press("Ctrl+Y", "2")
	if len(v.Rows) != 0 {
		t.Errorf("decided, yet there are %d rows; %s", len(v.Rows), h.says())
	}
	if diffs, err := scan.CountDiffs(b, v.Number); err != nil || len(diffs) != 2 || diffs[0].Counted != 100*num.QuantityOne || diffs[1].Counted != 10*num.QuantityOne {
		t.Errorf("%v %+v", err, diffs)
	}
}

// Scans that come while the book is slow are in the next save, whole, and the lines keep their rows.
func TestScansDoNotWaitForTheBook(t *testing.T) {
	line := func(id int64, n num.Quantity) slip.Line {
		l := slip.Line{ID: id, Product: "A1"}
		stocktake.Pieces(&l, n*num.QuantityOne)
		return l
	}
	v := stocktake.NewCountSaver(&slip.Doc{ID: 7, Version: 1})
	if !v.Put(&slip.Doc{Lines: []slip.Line{line(0, 1)}}) {
		t.Fatal("nobody saves, yet nobody is asked to")
	}
	saves := 0
	err := v.Run(func(d *slip.Doc) error {
		if saves++; saves == 1 {
			d.Lines[0].ID = 70
			if v.Put(&slip.Doc{Lines: []slip.Line{line(0, 2)}}) || v.Put(&slip.Doc{Lines: []slip.Line{line(0, 3)}}) {
				t.Error("two save at once")
			}
		}
		d.Version++
		return nil
	})
	saved, busy := v.State()
	if err != nil || busy || saves != 2 || saved.ID != 7 || saved.Version != 3 || saved.Lines[0].ID != 70 || saved.Lines[0].Qty != 3*num.QuantityOne {
		t.Errorf("%v, busy %v, %d saves: %+v", err, busy, saves, saved)
	}
	if !v.Heard() || v.Heard() {
		t.Error("the saves are its own, once")
	}
}
