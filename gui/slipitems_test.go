package gui

import (
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
)

// A kind's further grids stand under the lines and are typed by keys alone: F6 goes from region to region, Enter from cell to cell, and
// Ctrl+Ins and Ctrl+Del put rows in and take them out. After audit what is Live is typed there and in the lines, and written at once.
func TestFurtherGridsAreTypedByKeys(t *testing.T) {
	lists, lines := kinds.Delivery.Lists, kinds.Delivery.Lines
	t.Cleanup(func() { kinds.Delivery.Lists, kinds.Delivery.Lines = lists, lines })
	kinds.Delivery.Lists = []slip.List{
		{Key: "checks", Title: text.T("检查", "Checks"), Fields: []slip.Field{{Key: "item", Label: text.T("事项", "Item"), Required: true, Width: 160},
			{Key: "done", Label: text.T("完成", "Done"), Type: slip.TypeDate, Live: true}}},
		{Key: "people", Title: text.T("人员", "People"), Fields: []slip.Field{{Key: "name", Label: text.T("姓名", "Name"), Required: true}}},
	}
	kinds.Delivery.Lines = append(slices.Clone(lines), slip.Field{Key: "checked", Label: text.T("验货", "Checked"), Width: 90, Live: true})
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		f := h.sell("C1", "4")
		h.press("F6")
		if f.listAt() != 0 {
			t.Fatalf("F6 from the lines goes to list %d", f.listAt())
		}
		h.write("measure")
		h.press("Enter", "Enter")
		h.write("wrap")
		h.press("Enter", "Enter")
		h.press("F6") // the empty row behind the last is no row
		if f.listAt() != 1 {
			t.Fatalf("F6 goes on to list %d", f.listAt())
		}
		h.write("Zhou")
		h.press("Enter")
		h.press("Ctrl+Ins")
		h.write("Wang")
		h.press("Enter")
		if n := f.doc.Lists["people"]; len(n) != 2 || n[0].Get("name")+n[1].Get("name") != "ZhouWang" && n[0].Get("name")+n[1].Get("name") != "WangZhou" {
			t.Errorf("people: %+v", n)
		}
		f.lists[1].Edit(0, 1)
		h.press("Ctrl+Del")
		h.sees("measure", "wrap", f.s.tr("检查", "Checks"), f.s.tr("人员", "People"))
		h.inside()
		h.press("F9")
		d, err := b.Load("XC-202611-0001")
		if err != nil || d.Status != slip.Audited || len(d.Lists["checks"]) != 2 || d.Lists["checks"][1].Get("item") != "wrap" || len(d.Lists["people"]) != 1 {
			t.Fatalf("%+v, %v; the window says %s", d.Lists, err, h.says())
		}
		// audited: only what is Live is typed
		f = h.form()
		if f.lists[0].Can(0, 1) || !f.lists[0].Can(0, 2) || f.lists[0].Length() != 2 {
			t.Error("the wrong cells of the list are open")
		}
		f.lists[0].Edit(1, 2)
		h.write("2026-11-20")
		h.press("Enter")
		col := f.lines.column("checked")
		f.grid.Edit(0, col)
		h.write("ok")
		h.press("Enter")
		if d, _ = b.Load("XC-202611-0001"); d.Lists["checks"][1].Get("done") != "2026-11-20" || d.Lines[0].Get("checked") != "ok" || d.Status != slip.Audited {
			t.Errorf("%+v %+v, the window says %s", d.Lists, d.Lines[0].Extra, h.says())
		}
		if f.grid.Can(0, f.lines.column("qty")) {
			t.Error("a quantity is open on an audited slip")
		}
		h.sees("2026-11-20", "ok")
		if f.elsewhere != nil {
			t.Error("one's own change is told as another's")
		}
		h.inside()
		if dir := os.Getenv("PICTURES"); dir != "" {
			if out, err := os.Create(filepath.Join(dir, "lists-"+string(h.s.lang)+".png")); err == nil {
				_ = png.Encode(out, h.s.Win.Canvas().Capture())
				_ = out.Close()
			}
		}
		kit.Focus(f.grid)
		h.press("F6")
		if f.listAt() != 0 {
			t.Errorf("F6 on an audited slip goes to list %d", f.listAt())
		}
	})
}

// A scan whose bar code has doubles, as in books of before, asks which product it is; the next line waits behind it.
func TestAScanOfADoubleAsksWhich(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		r, _ := b.Masters().Find("products", "B2")
		r = r.Clone()
		r.Values["barcode"] = "6901234567892" // A1's
		b.Masters().Put(r)
		h.s.NewSlip(kind(t, "delivery"))
		h.write("C1")
		h.press("Enter", "F6")
		h.write("6901234567892")
		h.press("Enter")
		h.sees(h.s.tr("条码 %s 是哪个商品？", "Which product is %s?", "6901234567892"), "自攻螺丝", "手锯")
		f := h.form()
		if len(f.trimmed().Lines) != 0 {
			t.Errorf("before it is answered: %+v", f.doc.Lines)
		}
		h.press("Down", "Enter")
		if l := f.trimmed().Lines; len(l) != 1 || l[0].Product != "B2" || l[0].Qty.String() != "1" {
			t.Errorf("lines %+v; the window says %s", f.doc.Lines, h.says())
		}
		h.inside()
	})
}
