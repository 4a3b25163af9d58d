package gui

import (
	"os"
	"testing"

	"zhanggui/data/workflow/approve"
	guipeople "zhanggui/gui/people"
)

// officeStops are the screens that only a book with users has.
func (h *hands) officeStops(submitted string) []stop {
	all := []stop{}
	add := func(name string, open func(h *hands)) { all = append(all, stop{name, open}) }
	add("sign-in", func(h *hands) { h.press("Ctrl+Alt+U") })
	add("locked", func(h *hands) { h.press("Ctrl+Alt+K"); h.write("wrong-word-1"); h.press("Enter") })
	add("recover", func(h *hands) { h.press("Ctrl+Alt+U", "F2") })
	add("plainly", func(h *hands) { guipeople.Plainly(h.s) })
	add("code", func(h *hands) { guipeople.ShowCode(h.s, "老板", "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2") })
	add("code-sheet", func(h *hands) { guipeople.ShowCode(h.s, "老板", "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2"); h.press("P") })
	add("submitted", func(h *hands) { h.s.OpenSlip(submitted) })
	add("submitted-grey", func(h *hands) { h.s.OpenSlip(submitted); h.press("F9") })
	add("return", func(h *hands) { h.as("陈立"); h.s.OpenSlip(submitted); h.press("Ctrl+F9") })
	add("refused", func(h *hands) { h.as("孙倩"); h.s.OpenSlip("R1"); h.press("Ctrl+F9") })
	add("refused-help", func(h *hands) { h.as("孙倩"); h.s.OpenSlip("R1"); h.press("F1") })
	add("people", func(h *hands) { h.s.OpenPeople() })
	add("people-add", func(h *hands) { h.s.OpenPeople(); h.press("Ctrl+N") })
	add("people-change", func(h *hands) { h.s.OpenPeople(); h.press("Enter") })
	add("people-password", func(h *hands) { h.s.OpenPeople(); h.press("Ctrl+R") })
	add("people-end", func(h *hands) { h.s.OpenPeople(); h.press("Delete") })
	add("people-buyer", func(h *hands) { h.as("孙倩"); h.s.OpenPeople(); h.press("Ctrl+N") })
	add("roles", func(h *hands) { guipeople.OpenRoles(h.s) })
	add("roles-new", func(h *hands) { guipeople.OpenRoles(h.s); h.press("Ctrl+N") })
	add("chains", func(h *hands) { guipeople.OpenChains(h.s) })
	add("chains-ready", func(h *hands) { guipeople.OpenChains(h.s); h.press("F6") })
	add("settings-users", func(h *hands) { h.s.Settings() })
	add("inbox", func(h *hands) { h.as("陈立"); h.s.OpenInbox() })
	add("inbox-none", func(h *hands) { h.as("孙倩"); h.s.OpenInbox() })
	add("lend", func(h *hands) { h.as("孙倩"); h.s.OpenSlip("R1"); h.press("Ctrl+F9", "F2") })
	add("home-buyer", func(h *hands) { h.as("孙倩") })
	add("home-head", func(h *hands) { h.as("陈立") })
	return all
}

// as has a person in the window, without asking who he is.
func (h *hands) as(name string) {
	h.s.Lock()
	h.s.comes(h.s.file.As(name), "")
}

// What only a book with users shows is as readable as all else.
func TestOfficeIsReadable(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.office()
		boss := b.As("老板")
		_, err := approve.TakeReady(boss, "suda")
		h.fine(err)
		h.s.comes(b.As("孙倩"), "")
		f := h.prepays("3390")
		h.press("F9")
		submitted := f.doc.Number
		h.as("老板")
		data := h.words()
		data[b.Settings().Company] = true
		for _, p := range append(staff, [3]string{"老板"}) {
			data[p[0]] = true
		}
		for _, l := range walks() {
			h.s.SetStyle(l.style)
			h.s.Win.Resize(l.size.SubtractWidthHeight(0, menuBar))
			h.goOver(l, h.officeStops(submitted), data, os.Getenv("ZG_STOP"), func() {
				h.s.layer.CloseAll()
				h.s.Lock()
				h.s.comes(boss, "")
				h.away()
			})
		}
	})
}
