package gui

import (
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/workflow/scan"
)

// 300.00 should be in the till; two hundreds, one fifty and four tens are 290.00: ten are missing and become an expense.
func TestACashCountMakesTheSlipOfItsDifference(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		r, _ := b.Masters().Find("accounts", "K1")
		r = r.Clone()
		r.Values["opening"] = "300"
		if err := b.SaveMaster(r); err != nil {
			t.Fatal(err)
		}
		h.s.CountCash()
		for _, n := range []string{"2", "1", "", "4"} {
			h.write(n)
			h.press("Enter")
		}
		h.sees("290.00", map[bool]string{true: "短款 10.00", false: "short 10.00"}[zh])
		h.inside()
		h.press("F9")
		f := h.form()
		if f.kind.Code != "expense" || f.doc.Gross.String() != "10.00" || f.doc.Lines[0].Account != "5711" {
			t.Fatalf("the difference is %s %s on %s", f.kind.Code, f.doc.Gross, f.doc.Lines[0].Account)
		}
		h.press("F9")
		if now, err := scan.CashBalance(b, "K1"); err != nil || now.String() != "290.00" || f.doc.Status != slip.Audited {
			t.Errorf("the till stands at %s (%v), the slip is %s; %s", now, err, f.doc.Status, h.says())
		}
	})
}
