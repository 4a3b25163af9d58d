package gui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/gui/bookroom"
)

// 8.2 U8 in the window: a tick encrypts the backup by a password asked twice; restoring it asks the password, and a wrong one changes nothing.
func TestEncryptedBackupByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.newBook("Shop")
		path, stick := b.Path(), t.TempDir()
		h.s.BackupDialog()
		x := h.s.Current().(*bookroom.BackupScreen)
		h.press("Ctrl+E")
		x.Boxes.Fields["to"].SetText(stick)
		h.press("Ctrl+S")
		h.write("open sesame 9")
		h.press("Enter")
		h.write("open sesame 8")
		h.press("Enter")
		h.sees(map[bool]string{true: "不一样", false: "not the same"}[zh])
		h.write("open sesame 9")
		h.press("Enter")
		made, err := os.ReadDir(stick)
		if err != nil || len(made) != 1 || !strings.HasSuffix(made[0].Name(), ".zg.age") {
			t.Fatalf("%v, %v: says %q", made, err, h.says())
		}
		h.does(b.Set(map[string]string{"company": "Ruined"}))
		x.Ask(filepath.Join(stick, made[0].Name()))
		h.press("F9")
		h.write("open sesame 1")
		h.press("Enter")
		h.sees(map[bool]string{true: "密码不对", false: "does not open"}[zh])
		if h.s.Book() == nil || h.s.Book().Settings().Company != "Ruined" {
			t.Fatal("a wrong password changed the book")
		}
		h.write("open sesame 9")
		h.press("Enter")
		if h.s.Book() == nil || h.s.Book().Path() != path || h.s.Book().Settings().Company != "Shop" {
			t.Errorf("book %v, says %q", h.s.Book(), h.says())
		}
	})
}
