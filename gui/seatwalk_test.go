package gui

import (
	"os"
	"testing"

	guipeople "zhanggui/gui/people"
)

// officeStops are the screens that only a book with users has.
func (h *hands) officeStops() []stop {
	all := []stop{}
	add := func(name string, open func(h *hands)) { all = append(all, stop{name, open}) }
	add("sign-in", func(h *hands) { h.press("Ctrl+Alt+U") })
	add("locked", func(h *hands) { h.press("Ctrl+Alt+K"); h.write("wrong-word-1"); h.press("Enter") })
	add("recover", func(h *hands) { h.press("Ctrl+Alt+U", "F2") })
	add("plainly", func(h *hands) { guipeople.Plainly(h.s) })
	add("code", func(h *hands) { guipeople.ShowCode(h.s, "老板", "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2") })
	return all
}

// What only a book with users shows is as readable as all else.
func TestOfficeIsReadable(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.office()
		boss := b.As("老板")
		h.s.comes(boss, "")
		data := h.words()
		data[b.Settings().Company] = true
		for _, p := range append(staff, [3]string{"老板"}) {
			data[p[0]] = true
		}
		for _, l := range walks() {
			h.s.SetStyle(l.style)
			h.s.Win.Resize(l.size.SubtractWidthHeight(0, menuBar))
			h.goOver(l, h.officeStops(), data, os.Getenv("ZG_STOP"), func() {
				h.s.layer.CloseAll()
				if h.s.Book() == nil {
					h.s.comes(boss, "")
				}
				h.away()
			})
		}
	})
}
