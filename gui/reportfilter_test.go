package gui

import (
	"strings"
	"testing"

	"zhanggui/data/text"
	"zhanggui/gui/preview"
	"zhanggui/gui/reportview"
	"zhanggui/reports"
)

// The sample company's orders of two employees, chosen in the dialog of a report that has no room for them on its line.
func TestAReportIsNarrowedInItsDialog(t *testing.T) {
	s := northwind(t)
	v := openReport(t, s, "sales-ledger", reports.Params{})
	all := len(v.Rows)
	h := &hands{t: t, s: s}
	h.press("Ctrl+M")
	h.write("E5")
	h.press("Enter", "Enter", "Enter", "Enter")
	v = s.Current().(*reportview.ReportScreen)
	if v.P.Employee != "E5" || len(v.Rows) == 0 || len(v.Rows) >= all {
		t.Fatalf("of employee %q there are %d rows of %d", v.P.Employee, len(v.Rows), all)
	}
	h.sees("Employee E5 ", "Ctrl+M changes it")
	if !strings.Contains(s.T(v.Title()), "E5") {
		t.Errorf("the tab is called %q", s.T(v.Title()))
	}
}

// Stores stand side by side, each with what lies there; the line of totals adds them up.
func TestStoresSideBySideInTheWindow(t *testing.T) {
	s := northwind(t)
	v := openReport(t, s, "stock-on-hand", reports.Params{})
	rows := len(v.Rows)
	v = openReport(t, s, "stock-on-hand", reports.Params{By: "across"})
	code := s.Book().Masters().List("warehouses")[0].Code()
	if len(v.Rows) != rows || columnOf(v, "warehouse") >= 0 || columnOf(v, code+"/qty") < 0 {
		t.Fatalf("%d rows of %d, columns %v", len(v.Rows), rows, v.Cols)
	}
	at := columnOf(v, code+"/qty")
	if head := v.Table.Columns[at]; !strings.HasPrefix(head.Title, code) || head.Band != "Qty" || v.CellAt(0, at).Text == "" {
		t.Errorf("the store's column is %q under %q", head.Title, head.Band)
	}
}

// A product with a name in each language, and an account, are called by the other one in a window and on a report's paper of that language; what is
// looked for is found by the name in sight.
func TestAReportCallsRecordsInItsLanguage(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	h := newHands(t, text.Zh)
	b := h.shop()
	h.entered(b, "products", "code,name,name2", "A1,自攻螺丝,Tapping screw")
	for lang, want := range map[text.Lang][2]string{text.Zh: {"自攻螺丝", "Tapping screw"}, text.En: {"Tapping screw", "自攻螺丝"}} {
		h.s.SetLang(lang)
		v := openReport(t, h.s, "stock-on-hand", reports.Params{})
		h.sees(want[0])
		if strings.Contains(h.reads(), want[1]) {
			t.Errorf("in %s it says %s", lang, want[1])
		}
		v.Look(strings.ToLower(want[0]))
		if len(v.Order) != 1 {
			t.Errorf("in %s %d rows are found by the name in sight", lang, len(v.Order))
		}
		v.Print()
		p := h.s.Current().(*preview.Screen)
		words, err := preview.Renderer().Text(p.PDF, 0)
		if err != nil || !strings.Contains(words, want[0]) || strings.Contains(words, want[1]) {
			t.Errorf("the paper in %s says %s", lang, words)
		}
		h.s.CloseTab()
		h.s.CloseTab()
	}
}
