package gui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/reportview"
)

// The menu without a mouse: F10, a few letters, Enter.
func TestEveryCommandOfTheMenuIsFoundByTyping(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		h.press("F10")
		h.inside()
		h.sees(map[bool]string{true: "所有命令", false: "All commands"}[zh], "F1")
		h.write(map[bool]string{true: "xshzb", false: "sales summ"}[zh]) // 销售汇总表 by its initials
		h.press("Enter")
		if v, ok := h.s.Current().(*reportview.ReportScreen); !ok || v.R.Name != "sales-summary" {
			t.Fatalf("%T opened", h.s.Current())
		}
		h.press("F10")
		h.write(map[bool]string{true: "新增银行存取款单", false: "new cash trans"}[zh])
		h.press("Enter")
		if f := h.form(); f.kind.Code != "cash-transfer" {
			t.Errorf("a new %s opened", f.kind.Code)
		}
		h.press("F10") // of a slip the screen's own commands come first, with their keys; from within a box too
		h.sees("Ctrl+S", "F9")
		h.write(map[bool]string{true: "保存", false: "save"}[zh])
		h.press("Down", "Up", "Esc")
		if h.s.layer.Modal() != nil || h.form().kind.Code != "cash-transfer" {
			t.Error("Esc does not close the list")
		}
		h.press("F1")
		h.sees("F10")
		h.inside()
		h.press("PgDn", "End", "Esc")
	})
}

// All that the main menu can do is in the list.
func TestTheListOfCommandsHoldsAllKindsMastersAndReports(t *testing.T) {
	h := newHands(t, text.En)
	b := h.shop()
	var all []string
	for _, d := range h.s.menuDoors() {
		all = append(all, d.label)
	}
	for _, k := range b.Kinds() {
		for _, want := range []string{k.Title.En + " list", "New " + strings.ToLower(k.Title.En)} {
			if !strings.Contains(strings.Join(all, "\n"), want) {
				t.Errorf("%q is not in the list", want)
			}
		}
	}
}

// What a step would change scrolls by keys, and neither table takes the answers' keys away.
func TestATrialScrollsAndAnswersFromEitherTable(t *testing.T) {
	h := newHands(t, text.En)
	b := h.shop()
	h.sell("C2", "40")
	h.press("Enter", "Enter", "F9", "Ctrl+F9")
	h.sees("Now", "After", "Change", "700.00", "620.00", "+80.00", "60", "100", "135.60", "0.00", "40.00") // 60 screws at 2.00 and ten saws at 50.00 are left
	first := h.s.Win.Canvas().Focused()
	h.press("Down", "PgDn", "Tab")
	if h.s.Win.Canvas().Focused() == first {
		t.Error("Tab does not go to the other table")
	}
	h.press("End", "Tab", "Y")
	if d, _ := b.Load("XC-202611-0001"); d.Status != slip.Draft {
		t.Errorf("Y leaves it %s", d.Status)
	}
}

// Esc in a filter leads back to the list, and from there away.
func TestEscLeadsFromTheFiltersToTheListFirst(t *testing.T) {
	h := newHands(t, text.En)
	h.demoBook()
	h.s.OpenList(kind(t, "delivery"))
	l := h.s.Current().(*slipList)
	h.press("Ctrl+F", "Esc")
	if h.s.Current() != Screen(l) || h.s.Win.Canvas().Focused() != fyne.Focusable(l.table) {
		t.Errorf("Esc in the filter shows %T", h.s.Current())
	}
	h.press("Esc")
	if h.s.Current() == Screen(l) {
		t.Error("Esc in the list does not leave it")
	}
}
