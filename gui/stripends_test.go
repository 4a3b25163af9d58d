package gui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"zhanggui/gui/kit"
)

// In large text at 1024 the strip of an audited delivery has not room for all: it ends in words, not in the line before what was left out, and
// the voucher is among them.
func TestTheStripEndsInWords(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, _ bool) {
		h.shop()
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "delivery,d1,2026-11-10,C2,W1,A1,50,300,yes", "delivery,d2,2026-11-11,C2,W1,A1,10,3000,yes")
		h.s.SetStyle(kit.Style{Density: kit.Large})
		for _, width := range []float32{1024, 900, 1366} {
			h.s.Win.Resize(fyne.NewSize(width, 640-menuBar))
			h.s.OpenSlip("XC-202611-0002")
			f := h.form()
			h.settle()
			texts, end, isText, left := 0, float32(0), false, false
			var walk func(o fyne.CanvasObject, at fyne.Position, hidden bool)
			walk = func(o fyne.CanvasObject, at fyne.Position, hidden bool) {
				hidden = hidden || !o.Visible()
				at = at.Add(o.Position())
				switch o := o.(type) {
				case *fyne.Container:
					for _, c := range o.Objects {
						walk(c, at, hidden)
					}
				case fyne.Widget:
					for _, c := range test.WidgetRenderer(o).Objects() {
						walk(c, at, hidden)
					}
				case *canvas.Text:
					if left = left || hidden && o.Text != ""; !hidden && at.X > end {
						end, isText = at.X, true
					}
					if texts++; o.Text == f.voucher && hidden && width >= 1024 {
						t.Errorf("at %v the voucher is left out", width)
					}
				case *canvas.Rectangle:
					if _, _, _, alpha := o.FillColor.RGBA(); !hidden && alpha > 0 && o.Size().Width > 0 && o.Size().Width < 4 && at.X > end {
						end, isText = at.X, false
					}
				}
			}
			walk(f.strip, fyne.Position{}, false)
			if texts == 0 || !isText || width == 900 && !left {
				t.Errorf("at %v the strip has %d words, ends at %v in words: %v, something left out: %v", width, texts, end, isText, left)
			}
			h.picture(fmt.Sprint("strip-ends-", width))
			h.s.CloseTab()
		}
	})
}
