package gui

import (
	"testing"

	"zhanggui/data/text"
	"zhanggui/reports"
)

// Ten saws are there and twenty are the least: a plan for ten is two keys away.
func TestWhatRunsShortBecomesAPurchasePlan(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	r, _ := b.Masters().Find("products", "B2")
	r = r.Clone()
	r.Values["min_stock"] = "20"
	if err := b.SaveMaster(r); err != nil {
		t.Fatal(err)
	}
	h.s.OpenReport(reports.ReorderReport, reports.Params{})
	h.press("F8")
	f := h.form()
	if l := f.doc.Lines; f.kind.Code != "purchase-plan" || len(l) != 1 || l[0].Product != "B2" || l[0].Qty.String() != "10" {
		t.Errorf("the plan is %s %+v; %s", f.kind.Code, l, h.says())
	}
}
