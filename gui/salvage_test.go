package gui

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/master"
)

// The fifth door of the welcome screen: a book with a page of zeros becomes a new one, what is missing is listed, and F8 opens it.
func TestADamagedBookIsSalvagedByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		h.sell("C1", "10")
		h.press("F9")
		path := h.s.Book().Path()
		h.s.Welcome()
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		clear(raw[len(raw)/8192*4096+8 : len(raw)/8192*4096+4096])
		if err := os.WriteFile(path, raw, 0o600); err != nil {
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
		if now, _ := os.ReadFile(path); !bytes.Equal(now, raw) {
			t.Error("the damaged file was changed")
		}
		h.press("F8")
		if h.s.Book() == nil || h.s.Book().Path() != made[0] {
			t.Errorf("F8 says %q", h.says())
		}
		h.sees(filepath.Base(made[0]))
	})
}

// A page of the open book is not what was written: a strip says so over every screen from the first on, F2 leads to the proofs, which fail, and
// from there to salvage with the book named.
func TestADamagedBookSaysSoOverEveryScreen(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		path := h.s.Book().Path()
		h.s.Welcome()
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		supplier := []byte("永康工具厂")
		if !bytes.Contains(raw, supplier) {
			t.Fatalf("no %s in the book", supplier)
		}
		raw = bytes.ReplaceAll(raw, supplier, append(bytes.Clone(supplier[:len(supplier)-1]), supplier[len(supplier)-1]^1))
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		h.s.openWith(path, false)
		h.inside()
		strip := map[bool]string{true: "不是写入时的内容", false: "is not what was written"}[zh]
		h.sees(strip)
		h.s.OpenMasters(master.Products)
		h.picture("damaged")
		h.sees(strip, map[bool]string{true: "F2 核对", false: "F2 Verify"}[zh])
		h.press("F2")
		if h.s.Current().ID() != "verify" {
			t.Fatalf("F2 leads to %s", h.s.Current().ID())
		}
		h.sees(strip, map[bool]string{true: "F2 抢救", false: "F2 Salvage"}[zh])
		h.press("F2")
		if h.s.Current().ID() != "salvage" {
			t.Fatalf("F2 leads to %s", h.s.Current().ID())
		}
		h.sees(strip, path)
		h.press("Ctrl+S")
		h.inside()
		h.sees(map[bool]string{true: "可疑", false: "doubtful"}[zh])
	})
}

// A book whose log was lost says how many writes are missing, until something is written.
func TestALostLogIsSaidOverEveryScreen(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		path := h.shop().Path()
		h.s.Welcome()
		h.s.openWith(path, false)
		h.inside()
		b := h.s.Book()
		if err := b.Set(map[string]string{"slow_days": "66"}); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(b.Path())
		if err != nil {
			t.Fatal(err)
		}
		alone := filepath.Join(t.TempDir(), "alone.zg")
		if err := os.WriteFile(alone, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		h.s.Welcome()
		h.s.openWith(alone, false)
		h.inside()
		strip := map[bool]string{true: "次写入不在账套里", false: "not in the book"}[zh] // the backup at opening may be among them
		h.sees(strip)
		if err := h.s.Book().Set(map[string]string{"slow_days": "67"}); err != nil {
			t.Fatal(err)
		}
		h.s.OpenHome()
		if strings.Contains(h.reads(), strip) {
			t.Error("it is said still")
		}
	})
}
