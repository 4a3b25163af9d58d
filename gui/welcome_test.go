package gui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/desk"
	"zhanggui/gui/parts"
)

func TestNewBookByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.inside()
		h.press("Ctrl+N")
		h.inside()
		h.press("Ctrl+S") // no company yet
		if want := map[bool]string{true: "公司名称不能为空", false: "Company is missing"}[zh]; h.says() != want {
			t.Errorf("an empty company says %q, want %q", h.says(), want)
		}
		h.write("Ropes & Nails / 2")
		h.press("Enter")
		h.write("13")
		h.press("Enter")
		if zh && !strings.Contains(h.says(), "2026-11") {
			t.Errorf("month 13 says %q", h.says())
		}
		h.press("Esc")
		h.write("2026-09")
		h.press("Enter")
		h.write("small")
		h.press("Enter")
		if f := h.s.Current().(*newBook); f.values["vat"] != "0.03" {
			t.Errorf("a small taxpayer's rate is %q", f.values["vat"])
		}
		h.press("Ctrl+S")
		b := h.s.Book()
		if b == nil {
			t.Fatalf("no book: %s", h.says())
		}
		if want := filepath.Join(parts.Folder(h.s), "Ropes & Nails - 2.zg"); b.Path() != want {
			t.Errorf("the book is %s, want %s", b.Path(), want)
		}
		s := b.Settings()
		if s.Company != "Ropes & Nails / 2" || s.Start != 202609 || s.Taxpayer != "small" || s.VAT != num.Rate(300) || s.Lang != h.s.lang {
			t.Errorf("settings %+v", s)
		}
		if n := len(b.Masters().List("accounts")); n != 2 {
			t.Errorf("%d accounts, want cash and bank", n)
		}
		if proofs, err := b.Verify(); err != nil || !proofs[1].Holds() {
			t.Error(err, proofs)
		}
	})
}

func TestNewBookRefusesAnExistingFile(t *testing.T) {
	h := newHands(t, text.En)
	taken := filepath.Join(t.TempDir(), "taken.zg")
	if err := os.WriteFile(taken, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	h.press("Ctrl+N")
	h.write("Shop")
	h.press("Enter")
	f := h.s.Current().(*newBook)
	f.boxes.Fields["path"].SetText(taken)
	h.press("Ctrl+S")
	if h.s.Book() != nil || !strings.Contains(h.says(), "exists already") || !f.boxes.Fields["path"].Refused() {
		t.Errorf("book %v, says %q", h.s.Book(), h.says())
	}
}

// Every setting in the form is one that a book can be made with.
func TestOnlySettingsWithRulesAreOffered(t *testing.T) {
	for _, x := range fixedSettings() {
		for _, c := range x.Choices {
			s := workflow.Settings{Company: "x"}
			s.Put(x.Key, c.Value)
			b, err := workflow.Create(filepath.Join(t.TempDir(), "x.zg"), s)
			if err != nil {
				t.Errorf("%s=%s: %v", x.Key, c.Value, err)
				continue
			}
			if got := b.Settings().Get(x.Key); got != c.Value {
				t.Errorf("%s is kept as %q, want %q", x.Key, got, c.Value)
			}
			b.Close()
		}
	}
}

func TestBookThatCannotBeOpenedIsSaidInTheWindow(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		bad := filepath.Join(t.TempDir(), "bad.zg")
		if err := os.WriteFile(bad, []byte(strings.Repeat("no book ", 100)), 0o666); err != nil {
			t.Fatal(err)
		}
		h.press("Ctrl+O")
		h.inside()
		f := h.s.Current().(*openForm).field()
		for path, want := range map[string]string{bad: map[bool]string{true: "不是账套文件", false: "it is not a book"}[zh],
			bad + "x": map[bool]string{true: "找不到账套文件", false: "there is no book"}[zh]} {
			f.SetText(path)
			h.press("Ctrl+S")
			if !strings.Contains(h.says(), want) || h.s.Book() != nil {
				t.Errorf("%s says %q, want %q", path, h.says(), want)
			}
		}
	})
}

func TestOpenBookByTypingItsPath(t *testing.T) {
	h := newHands(t, text.En)
	folder := filepath.Join(parts.Folder(h.s), "Books of 2026")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	b, err := workflow.Create(filepath.Join(folder, "shop.zg"), workflow.Settings{Company: "Shop"})
	if err != nil {
		t.Fatal(err)
	}
	d := &slip.Doc{Kind: "delivery", Date: b.Today(), Party: "C1"}
	if err := desk.Keep(b, "new-1", d); err != nil {
		t.Fatal(err)
	}
	b.Close()
	h.s.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: "2"})
	if _, ok := h.s.Current().(*welcome); !ok {
		t.Fatal("digits go to the doors only as characters")
	}
	h.write("2") // the door
	h.write("boo")
	h.press("Enter") // the folder, picked from its first letters
	f := h.s.Current().(*openForm).field()
	if !f.Pick.Opened() || f.Text() != folder+parts.Sep {
		t.Fatalf("after the folder: %q, list open %v", f.Text(), f.Pick.Opened())
	}
	h.write("sh")
	h.press("Enter")
	if h.s.Book() == nil {
		t.Fatalf("not opened: %q says %q", f.Text(), h.says())
	}
	if len(h.s.tabs) == 0 || !strings.Contains(h.says(), "1 slip was") {
		t.Errorf("%d tabs, says %q: the slip on the desk is back", len(h.s.tabs), h.says())
	}
	if got := h.s.prefs.recent(); len(got) != 1 || filepath.Base(got[0]) != "shop.zg" {
		t.Errorf("recent books %v", got)
	}
	h.s.Welcome()
	h.sees("shop.zg")
	h.press("Enter")
	if h.s.Book() == nil {
		t.Error("Enter does not open the last book")
	}
	h.s.Welcome()
	h.press("Del")
	if got := h.s.prefs.recent(); len(got) != 0 {
		t.Errorf("after Del %v", got)
	}
	h.press("Esc")
}

func TestDemoBookOpens(t *testing.T) {
	h := newHands(t, text.Zh)
	h.write("3")
	if h.s.Book() == nil || h.s.Book().Settings().Company != "恒达五金商行" {
		t.Fatalf("no demo: %s", h.says())
	}
	if !h.s.proofs.Holds() {
		t.Error("its books do not agree")
	}
}

func TestLanguageSwitchesOnTheWelcomeScreen(t *testing.T) {
	h := newHands(t, text.Zh)
	h.sees("新建账套", "最近的账套")
	h.press("Ctrl+Alt+L")
	h.sees("New book", "Recent books")
	h.press("Ctrl+Alt+L")
	h.sees("新建账套")
}
