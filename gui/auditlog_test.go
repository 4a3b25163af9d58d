package gui

import (
	"testing"

	"zhanggui/data/master"
	"zhanggui/gui/reportview"
	"zhanggui/gui/standing"
	"zhanggui/reports"
)

// Ctrl+Shift+H shows what the log tells of the slip or the record in sight, in words; the tools menu, of the whole book.
func TestTheLogByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		word := func(z, e string) string {
			if zh {
				return z
			}
			return e
		}
		b := h.shop()
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,in,2026-11-01,S1,W1,A1,90,7,yes")
		h.edits(b, "customers", "C2", "credit_limit", "5000")
		d, err := b.Load("in")
		if err != nil {
			t.Fatal(err)
		}
		params := func() reports.Params {
			t.Helper()
			v, ok := h.s.Current().(*reportview.ReportScreen)
			if !ok || v.R.Name != reports.AuditLog.Name {
				t.Fatal("the log did not open")
			}
			return v.P
		}
		h.s.OpenSlip(d.Number)
		h.press("Ctrl+Shift+H")
		if p := params(); p.Area != "goods-receipt" || p.Key != d.Number {
			t.Errorf("%+v", p)
		}
		h.inside()
		h.picture("log-slip")
		h.sees(word("操作日志", "Audit log"), word("审核", "Audited"), d.Number)
		standing.OpenMaster(h.s, master.Customers, "C2")
		h.press("Ctrl+Shift+H")
		if p := params(); p.Area != "customers" || p.Key != "C2" {
			t.Errorf("%+v", p)
		}
		h.picture("log-record")
		h.sees(word("修改资料", "Changed record"), word("信用额度", "Credit limit"), "5000.00")
		h.s.OpenLog("", "")
		if p := params(); p != (reports.Params{}) {
			t.Errorf("%+v", p)
		}
		h.picture("log-book")
		h.sees(word("建账", "Created"))
	})
}
