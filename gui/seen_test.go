package gui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/workflow/seen"
)

// A copy of yesterday in the place of today's book is asked about before it is opened: Esc leaves it, O opens it, and then it is the one.
func TestAnOldCopyIsAskedAbout(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		path := b.Path()
		h.s.Welcome()
		old, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.s.OpenBook(path); err != nil {
			t.Fatal(err)
		}
		h.sell("C1", "10")
		h.press("F9")
		h.s.Welcome()
		if err := os.WriteFile(path, old, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := h.s.OpenBook(path); err != nil {
			t.Fatal(err)
		}
		if h.s.Book() != nil {
			t.Fatal("an old copy was opened unasked")
		}
		h.inside()
		h.picture("old-copy")
		h.sees(map[bool]string{true: "是旧副本吗？", false: "An old copy?"}[zh], map[bool]string{true: "本机见过第", false: "this PC has seen"}[zh], filepath.Base(path))
		h.press("Esc")
		if h.s.Book() != nil || len(seen.Of(path)) != 1 {
			t.Error("Esc opened it")
		}
		if err := h.s.OpenBook(path); err != nil {
			t.Fatal(err)
		}
		h.press("O")
		if h.s.Book() == nil {
			t.Fatal("O did not open it")
		}
		if odd := seen.Odd(h.s.Book()); odd.En != "" {
			t.Errorf("still odd: %s", odd.En)
		}
		h.s.Welcome()
		if err := h.s.OpenBook(path); err != nil || h.s.Book() == nil {
			t.Errorf("asked again: %v; %s", err, strings.TrimSpace(h.reads()))
		}
	})
}
