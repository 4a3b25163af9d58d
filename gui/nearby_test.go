package gui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/slip"
	"zhanggui/gui/kit"
	"zhanggui/gui/standing"
)

// lists opens the list of every box in sight that has one, and tells of those that do not stand at their box: right under or over it, no
// further left than it must be to stand in the window.
func (h *hands) lists(name string) (n int) {
	h.t.Helper()
	type boxAt struct {
		in *kit.Input
		at rect
	}
	var boxes []boxAt
	walk(h.s.Win.Content(), fyne.Position{}, func(o fyne.CanvasObject, p fyne.Position) {
		if in, ok := o.(*kit.Input); ok && in.Mark == "F4" && !in.Plain {
			boxes = append(boxes, boxAt{in, place(p, in.Size())})
		}
	})
	size := h.s.Win.Canvas().Size()
	for _, b := range boxes {
		kit.Focus(b.in)
		h.press("F4")
		top := h.s.layer.Top()
		if top == nil || !top.Object.Visible() {
			h.t.Errorf("%s: F4 shows no list for %q", name, b.in.Text())
			continue
		}
		n++
		var at rect
		walk(h.s.layer.Object(), fyne.Position{}, func(o fyne.CanvasObject, p fyne.Position) {
			if o == top.Object {
				at = place(p, o.Size())
			}
		})
		walk(h.s.Win.Content(), fyne.Position{}, func(o fyne.CanvasObject, p fyne.Position) {
			if o == b.in { // the form may have been scrolled to it
				b.at = place(p, b.in.Size())
			}
		})
		layer := h.layerAt()
		at.y0, at.y1 = at.y0+layer.Y, at.y1+layer.Y
		under, over := at.y0-b.at.y1, b.at.y0-at.y1
		if under < -1 || under > 6 {
			under = over
		}
		if under < -1 || under > 6 || at.x0 > b.at.x1 || at.x1 < b.at.x0 || at.x1 < size.Width-6 && at.x0 < b.at.x0-1 {
			h.t.Errorf("%s: the list of the box at %v stands at %v", name, b.at, at)
		}
		if at.x0 < -1 || at.y0 < -1 || at.x1 > size.Width+1 || at.y1 > size.Height+1 {
			h.t.Errorf("%s: the list at %v stands out of the window %v", name, at, size)
		}
		h.press("Esc")
		if h.s.layer.Top() != nil {
			h.t.Errorf("%s: Esc does not close the list", name)
			h.s.layer.CloseAll()
		}
	}
	return n
}

// layerAt is where the overlays begin.
func (h *hands) layerAt() fyne.Position {
	o := h.s.layer.Object()
	at := fyne.Position{}
	walk(h.s.Win.Content(), fyne.Position{}, func(x fyne.CanvasObject, p fyne.Position) {
		if x == o {
			at = p
		}
	})
	return at
}

// Every pick list stands at its box, whole, in every form, list and report, in the smallest window with the largest text and in a usual one.
func TestPickListsStandAtTheirBoxes(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, _ bool) {
		b := h.rareBook()
		n := 0
		for _, l := range walks() {
			h.s.SetStyle(l.style)
			h.s.Win.Resize(l.size.SubtractWidthHeight(0, menuBar))
			for i, k := range b.Kinds() {
				if !whole() && i%4 != 0 && k.Group != slip.Sales {
					continue
				}
				h.s.NewSlip(k)
				h.settle()
				n += h.lists("new " + k.Code)
				h.away()
				h.s.OpenList(k)
				h.settle()
				n += h.lists("list " + k.Code)
				h.away()
			}
			for _, typ := range b.Types() {
				h.s.NewMaster(typ, "", nil)
				h.settle()
				n += h.lists("new " + typ.Code)
				h.away()
				standing.OpenMasters(h.s, typ)
				h.away()
			}
			for _, name := range strings.Fields("stock-ledger sales-ledger ageing cash-book general-ledger") {
				h.report(name)
				h.settle()
				n += h.lists("report " + name)
				h.away()
			}
			h.s.Settings()
			h.settle()
			n += h.lists("settings")
			h.away()
		}
		if n < 100 {
			t.Errorf("only %d lists were opened", n)
		}
	})
}
