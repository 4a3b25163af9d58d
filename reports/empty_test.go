package reports_test

import (
	"testing"

	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// A report that ends before the book began is empty, and no fault (7.3.10).
func TestAReportThatEndsBeforeTheBookIsEmpty(t *testing.T) {
	b := trader(t, workflow.Settings{})
	for _, name := range []string{"stock-movement", "sales-summary", "sales-ledger", "journal", "vat"} {
		if got := report(t, b, name, reports.Params{To: 20251120}); got != "" {
			t.Errorf("%s before the book says\n%s", name, got)
		}
	}
	r, _ := reports.ByName("trial-balance")
	if rows, err := r.Run(b, reports.Params{To: 20251120}); err != nil || len(rows) != 0 {
		t.Errorf("the trial balance before the book: %v, %v", rows, err)
	}
}
