package gui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zhanggui/data/workflow/who"
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
		if f.editable() || f.held.took || !strings.Contains(h.s.othersIn(), "李敏") {
			t.Errorf("editable %v, held by %+v, also in %q", f.editable(), f.held, h.s.othersIn())
		}
		h.sees(map[bool]string{true: "起正在修改", false: "edits since"}[zh])
		h.press("F2")
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
		if !f.held.took || !f.editable() {
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
