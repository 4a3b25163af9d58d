package gui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/data/master"
	"zhanggui/data/workflow/who"
	"zhanggui/gui/host"
)

// 12.4: a slip another types in opens to read, with a strip; F2 takes it over, and the other is told. Alone in the book nothing of it shows.
func TestASlipAnotherTypesIn(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		f := h.sell("C1", "20")
		h.press("Ctrl+S")
		n := f.doc.Number
		look := func() {
			t.Helper()
			h.s.lookWho(func() {})
		}
		look()
		if f.held != nil || h.s.othersIn() != "" || !f.editable() {
			t.Fatalf("alone in the book: held by %v, also in %q", f.held, h.s.othersIn())
		}
		b := h.other()
		b.User = "李敏"
		h.does(who.Enter(b, "zhanggui", "Delivery"))
		who.Does(b, "Delivery", []string{n})
		wait := func(what string, as func() bool) {
			t.Helper()
			for end := time.Now().Add(5 * time.Second); !as(); time.Sleep(5 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatal(what)
				}
				look()
			}
		}
		wait("nobody edits", func() bool { return f.held != nil })
		if f.editable() || f.held.Took || !strings.Contains(h.s.othersIn(), "李敏") {
			t.Errorf("editable %v, held by %+v, also in %q", f.editable(), f.held, h.s.othersIn())
		}
		h.sees(map[bool]string{true: "起正在修改", false: "edits since"}[zh])
		h.hasCursor()
		h.press("F2")
		h.hasCursor()
		if !f.editable() || f.held != nil {
			t.Fatalf("after F2 it is held by %+v", f.held)
		}
		// the other program sees that it was taken over
		wait("it was not taken over", func() bool {
			list, err := who.List(b)
			h.does(err)
			p, _, ok := who.Holder(list, n)
			return ok && p.Name == h.s.Book().User
		})
		// and takes it back
		who.Does(b, "Delivery", []string{n}, n)
		wait("it was not taken back", func() bool { return f.held != nil })
		if !f.held.Took || !f.editable() {
			t.Errorf("held by %+v, editable %v", f.held, f.editable())
		}
		h.sees(map[bool]string{true: "接手了", false: "took over"}[zh])
		h.does(b.Close())
		wait("it is still held", func() bool { return f.held == nil })
		if h.s.othersIn() != "" || slices.ContainsFunc(h.s.present, func(p who.Person) bool { return !p.Self }) {
			t.Errorf("still in: %q", h.s.othersIn())
		}
	})
}

// The same of a record: a customer whose phone another types is to read, with the strip; F2 takes it over. What is typed here is told to the
// others under the record's key, and no more once it is saved.
func TestARecordAnotherTypesIn(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		b := h.other()
		b.User = "李敏"
		h.does(who.Enter(b, "zhanggui", "Customer"))
		key := who.Record("customers", "C1")
		edited := func() bool {
			list, err := who.List(b)
			h.does(err)
			_, _, ok := who.Holder(list, key)
			return ok
		}
		wait := func(what string, as func() bool) {
			t.Helper()
			for end := time.Now().Add(5 * time.Second); !as(); time.Sleep(5 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatalf("%s; the line says %q", what, h.says())
				}
				h.s.lookWho(func() {})
			}
		}
		h.s.OpenMaster(master.Customers, "C1")
		e := h.s.Current().(host.Editor)
		typed := func() bool { _, typed := e.Editing(); return typed }
		phone := func(digits string) { h.types(master.Customers, "phone", digits) }
		who.Does(b, "Customer", []string{key})
		strip := map[bool]string{true: "起正在修改，这里只看", false: "edits since"}[zh]
		wait("no strip says who edits it", func() bool { return strings.Contains(h.reads(), strip) })
		h.hasCursor()
		phone("139")
		h.press("Ctrl+S")
		if r, _ := h.s.Book().Masters().Find("customers", "C1"); r.Get("phone") == "139" || typed() {
			t.Errorf("what another edits was typed in: phone %q, typed %v\n%s", r.Get("phone"), typed(), h.reads())
		}
		h.press("F2")
		wait("it was not taken over", edited)
		phone("138")
		if !typed() {
			t.Fatal("nothing can be typed after F2")
		}
		who.Does(b, "Customer", []string{key}, key)
		took := map[bool]string{true: "接手了", false: "took over"}[zh]
		wait("it was not taken back", func() bool { return strings.Contains(h.reads(), took) })
		h.press("Ctrl+S")
		if r, _ := h.s.Book().Masters().Find("customers", "C1"); r.Get("phone") != "138" || typed() {
			t.Errorf("saved %q, still typed: %v", r.Get("phone"), typed())
		}
		// while the commands are open, or another tab is in front, the keyboard stays where it is
		who.Does(b, "Customer", []string{key})
		wait("no strip says who edits it again", func() bool { return strings.Contains(h.reads(), strip) })
		h.press("F10")
		at := h.s.Win.Canvas().Focused()
		who.Does(b, "Customer", nil)
		for end := time.Now().Add(5 * time.Second); edited() && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		}
		h.s.lookWho(func() {})
		if h.s.Win.Canvas().Focused() != at {
			t.Errorf("the keyboard went from the commands to %T", h.s.Win.Canvas().Focused())
		}
		h.press("Esc")
		wait("it is still held", func() bool { return !strings.Contains(h.reads(), strip) && !strings.Contains(h.reads(), took) })
		h.does(b.Close())
	})
}

// hasCursor fails where the keyboard is with a part that is not in sight any more.
func (h *hands) hasCursor() {
	h.t.Helper()
	at, found := h.s.Win.Canvas().Focused(), false
	walk(h.s.Win.Content(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) { found = found || o == any(at) })
	if !found {
		h.t.Errorf("the keyboard is with %T, which is not in sight", at)
	}
}
