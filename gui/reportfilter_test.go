package gui

import (
	"strings"
	"testing"

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
