package gui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The fifth door of the welcome screen: a book with a page of zeros becomes a new one, what is missing is listed, and F8 opens it.
func TestADamagedBookIsSalvagedByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		h.sell("C1", "10")
		h.press("F9")
		path := h.s.Book().Path()
		h.s.Welcome()
		bytes, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := len(bytes)/8192*4096 + 8; i < len(bytes)/8192*4096+4096; i++ {
			bytes[i] = 0
		}
		if err := os.WriteFile(path, bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		h.press("5")
		h.inside()
		h.sees(map[bool]string{true: "抢救损坏的账套", false: "Salvage a damaged book"}[zh])
		for range h.s.prefs.p.String("folder") + "x" {
			h.press("BackSpace")
		}
		h.write(path)
		h.press("Enter", "Ctrl+S")
		h.inside()
		made, _ := filepath.Glob(strings.TrimSuffix(path, ".zg") + " *.zg")
		if len(made) != 1 {
			t.Fatalf("%v; the line says %q", made, h.says())
		}
		if now, _ := os.ReadFile(path); string(now) != string(bytes) {
			t.Error("the damaged file was changed")
		}
		h.press("F8")
		if h.s.Book() == nil || h.s.Book().Path() != made[0] {
			t.Errorf("F8 says %q", h.says())
		}
		h.sees(filepath.Base(made[0]))
	})
}
