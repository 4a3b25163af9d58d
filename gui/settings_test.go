package gui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/kit"
)

// newBook makes a small book and opens it.
func (h *hands) newBook(company string) *workflow.Book {
	h.t.Helper()
	path := filepath.Join(h.t.TempDir(), "shop.zg")
	b, err := makeBook(path, workflow.Settings{Company: company, Lang: h.s.lang, Start: 202609}, "Main")
	if err != nil {
		h.t.Fatal(err)
	}
	h.s.enter(b)
	return b
}

func TestSettingsByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.newBook("Shop")
		h.s.Settings()
		h.inside()
		h.sees("2026-09", map[bool]string{true: "移动加权平均", false: "Moving average"}[zh])
		h.press("Down", "Down") // the list of languages, the other one
		h.press("Esc")
		h.write(map[bool]string{true: "English", false: "中文"}[zh])
		h.press("Enter")
		if (h.s.lang == text.Zh) == zh {
			t.Errorf("the language is still %s", h.s.lang)
		}
		h.sees(map[bool]string{true: "Text size", false: "字号"}[zh])
		h.write(map[bool]string{true: "Dark", false: "深色"}[zh]) // the keyboard went on in the new screen
		h.press("Enter")
		if !h.s.prefs.style().Dark {
			t.Error("the look is still light")
		}
		h.write("large")
		h.press("Enter")
		if kit.M().Pitch != 32 {
			t.Errorf("rows are %v high, want 32", kit.M().Pitch)
		}
		h.inside()
		h.write("Wang")
		h.press("Enter")
		if h.s.Book().User != "Wang" {
			t.Errorf("the user is %q", h.s.Book().User)
		}
		h.write("Shop & Co")
		h.press("Enter")
		if !h.s.Current().Unsaved() || h.s.Book().Settings().Company != "Shop" {
			t.Error("the company waits for Ctrl+S")
		}
		h.press("Ctrl+S")
		if got := h.s.Book().Settings().Company; got != "Shop & Co" || h.s.Current().Unsaved() {
			t.Errorf("company %q after saving", got)
		}
		kit.Apply(test.NewTempApp(t), kit.Style{Density: kit.Normal})
	})
}

func TestSettingsAskBeforeLosingTheHead(t *testing.T) {
	h := newHands(t, text.En)
	h.newBook("Shop")
	h.s.Settings()
	f := h.s.Current().(*bookroom.SettingsScreen).Boxes.Fields["phone"]
	h.s.Win.Canvas().Focus(f.Input)
	h.write("0512")
	h.press("Enter", "Ctrl+W")
	if h.s.layer.Modal() == nil {
		t.Fatal("nobody asked")
	}
	h.press("F2")
	if got := h.s.Book().Settings().Phone; got != "0512" || h.s.active != 0 {
		t.Errorf("phone %q, tab %d", got, h.s.active)
	}
}

func TestVerifyListsTheProofs(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.newBook("Shop")
		h.s.Verify()
		h.inside()
		v := h.s.Current().(*bookroom.VerifyScreen)
		if len(v.Rows) != workflow.Proofs {
			t.Fatalf("%d proofs, want %d", len(v.Rows), workflow.Proofs)
		}
		h.sees(map[bool]string{true: "每张凭证借贷相等", false: "every voucher balances"}[zh], map[bool]string{true: "通过", false: "holds"}[zh])
		h.s.proofs.List[2].Faults = []string{"XC-202611-0004: debit 1.00, credit 2.00"}
		v.Fill()
		h.sees("XC-202611-0004")
		if v.Rows[3].Slip != "XC-202611-0004" || v.Rows[2].Faults != 1 {
			t.Errorf("rows %+v", v.Rows[2:4])
		}
		if !strings.Contains(h.says(), map[bool]string{true: "账不平", false: "do not agree"}[zh]) {
			t.Errorf("says %q", h.says())
		}
		h.press("F5")
		if len(v.Rows) != workflow.Proofs {
			t.Error("F5 verifies again")
		}
	})
}

// While the proofs are being made their screen shows those that are done, and Esc stops them.
func TestProofsShowAsTheyAreMadeAndCanBeStopped(t *testing.T) {
	h := newHands(t, text.En)
	h.newBook("Shop")
	h.s.Verify()
	v := h.s.Current().(*bookroom.VerifyScreen)
	stopped := false
	h.s.proofs.Running, h.s.proofs.Done, h.s.proofs.All, h.s.proofs.Cancel = true, h.s.proofs.List[:4], 11, func() { stopped = true }
	h.s.proofsMoved()
	if len(v.Rows) != 4 || !strings.Contains(h.says(), "proof 5 of 11") {
		t.Errorf("%d rows, says %q", len(v.Rows), h.says())
	}
	h.press("Esc")
	if !stopped || h.s.Current() != Screen(v) {
		t.Error("Esc does not stop the proofs, or leaves the screen")
	}
	h.s.proofs.Running = false
	v.Fill()
	if len(v.Rows) != workflow.Proofs || !strings.Contains(h.says(), "stopped") {
		t.Errorf("%d rows of what was known before, says %q", len(v.Rows), h.says())
	}
	h.press("F5")
	if !strings.Contains(h.says(), fmt.Sprintf("all %d proofs hold", workflow.Proofs)) {
		t.Errorf("says %q", h.says())
	}
}

// A fault that names a slip opens it.
func TestVerifyOpensTheSlipOfAFault(t *testing.T) {
	h := newHands(t, text.En)
	b := h.demoBook()
	list, err := b.List(inquiry.Filter{Kinds: []string{"delivery"}}, inquiry.Sorting{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(list.IDs[:1])
	if err != nil {
		t.Fatal(err)
	}
	h.s.Verify()
	v := h.s.Current().(*bookroom.VerifyScreen)
	h.s.proofs.List[0].Faults = []string{rows[0].Number + ": debit 1.00, credit 2.00"}
	v.Fill()
	h.press("Down", "Enter")
	if f, ok := h.s.Current().(*slipForm); !ok || f.doc.Number != rows[0].Number {
		t.Errorf("Enter opens %q, want %s", h.title(), rows[0].Number)
	}
}

func TestClosingMonthsByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.demoBook() // September to November 2026
		h.s.ClosePeriod()
		h.inside()
		p := h.s.Current().(*bookroom.Periods)
		if len(p.Rows) != 3 || p.Rows[0].Month != 202611 || p.Rows[0].Drafts == 0 {
			t.Fatalf("months %+v", p.Rows)
		}
		if p.Table.Row() != 2 {
			t.Errorf("the cursor is in row %d, want September, the next to close", p.Table.Row())
		}
		h.press("Up", "F9", "Esc")
		if b.Settings().Closed != 0 {
			t.Fatal("Esc closed it")
		}
		h.press("F9", "F9")
		if got := b.Settings().Closed; got != text.Day(2026, 10, 31) || !p.Rows[1].Closed || !p.Rows[2].Closed || p.Rows[0].Closed {
			t.Errorf("closed to %v: %+v, says %q", got, p.Rows, h.says())
		}
		h.sees(map[bool]string{true: "已结账", false: "closed"}[zh])
		h.press("Ctrl+F9", "F9")
		if got := b.Settings().Closed; got != text.Day(2026, 9, 30) {
			t.Errorf("closed to %v after re-opening October, says %q", got, h.says())
		}
		h.press("Home", "F2")
		l, ok := h.s.Current().(*slipList)
		if !ok || !slices.Equal(l.filter.Status, []slip.Status{slip.Draft, slip.Submitted, slip.Approved}) {
			t.Errorf("F2 opens %q, want a list of drafts, also those on their way to be audited", h.title())
		}
	})
}

func TestBackUpAndRestoreByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.newBook("Shop")
		path, stick := b.Path(), t.TempDir()
		h.s.BackupDialog()
		h.inside()
		h.sees(path)
		x := h.s.Current().(*bookroom.BackupScreen)
		x.Boxes.Fields["to"].SetText(filepath.Join(stick, "missing"))
		h.press("Ctrl+S")
		if want := map[bool]string{true: "没有文件夹", false: "there is no folder"}[zh]; !strings.Contains(h.says(), want) {
			t.Errorf("a missing folder says %q", h.says())
		}
		x.Boxes.Fields["to"].SetText(stick)
		h.press("Ctrl+S")
		made, err := os.ReadDir(stick)
		if err != nil || len(made) != 1 {
			t.Fatalf("%v, %v: says %q", made, err, h.says())
		}
		if err := b.Set(map[string]string{"company": "Ruined", "lang": "en"}); err != nil {
			t.Fatal(err)
		}
		x.Ask(filepath.Join(stick, made[0].Name()))
		h.press("F9")
		if h.s.Book() == nil || h.s.Book().Path() != path || h.s.Book().Settings().Company != "Shop" {
			t.Fatalf("book %v, says %q", h.s.Book(), h.says())
		}
		h.s.Welcome() // makes the daily backup
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		h.write("4")
		x = h.s.Current().(*bookroom.BackupScreen)
		if len(x.Rows) != 1 && len(x.Rows) != 2 { // one as the restored book was opened; where its log tells of that within the second, one as it was closed
			t.Fatalf("%d daily backups of the lost book", len(x.Rows))
		}
		h.inside()
		h.press("Enter", "Enter") // from the path to the list, and the first one
		h.press("F9")
		if h.s.Book() == nil || h.s.Book().Settings().Company != "Shop" {
			t.Errorf("the lost book is not back: %q", h.says())
		}
	})
}

// What cannot be restored leaves the book as it was.
func TestRestoringRubbishKeepsTheBook(t *testing.T) {
	h := newHands(t, text.En)
	b := h.newBook("Shop")
	path := b.Path()
	bad := filepath.Join(t.TempDir(), "bad.zg")
	if err := os.WriteFile(bad, []byte("rubbish"), 0o666); err != nil {
		t.Fatal(err)
	}
	h.s.BackupDialog()
	h.s.Current().(*bookroom.BackupScreen).Ask(bad)
	h.press("F9")
	if h.s.Book() == nil || h.s.Book().Path() != path || h.s.Book().Settings().Company != "Shop" {
		t.Errorf("book %v", h.s.Book())
	}
	if _, tone := h.s.message.Text(); tone != kit.Refusal {
		t.Errorf("says %q without alarm", h.says())
	}
}
