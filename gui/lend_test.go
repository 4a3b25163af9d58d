package gui

import (
	"slices"
	"strings"
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/workflow/approve"
	guipeople "zhanggui/gui/people"
	"zhanggui/reports"
)

// lend has somebody lend what is lacking, by keys.
func (h *hands) lend(name, password string) {
	h.t.Helper()
	h.press("F2")
	h.write(name)
	h.press("Enter")
	h.write(password)
	h.press("Enter", "Enter")
}

// A refusal says the right and who has it; F2 asks that person here, and the act goes on, for this once: the next one is refused again. A wrong
// password is refused, and nobody lends himself.
func TestOverrideByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.office()
		h.signs("小王")
		f := h.delivery("K1", "P1 400")
		h.press("F9")
		if strings.Contains(h.says(), "F7") || !strings.Contains(h.says(), "may.over-credit") {
			h.press("F7")
		}
		if said := h.says(); !strings.Contains(said, "may.over-credit") || !strings.Contains(said, "张启明") {
			t.Fatalf("said %q", said)
		}
		h.lend("张启明", "wrong-word-1")
		h.sees(h.s.tr("用户名或密码不对", "name or password is wrong"))
		h.press("Escape", "Escape")
		h.s.layer.CloseAll()
		h.s.Current().Focus()
		h.press("F9")
		if !strings.Contains(h.says(), "may.over-credit") {
			h.press("F7")
		}
		h.lend("张启明", ownWord)
		if f.doc.Status != slip.Audited {
			h.press("F7")
		}
		if f.doc.Status != slip.Audited || f.doc.Auditor != "小王" {
			t.Fatalf("%s by %q: %s", f.doc.Status, f.doc.Auditor, h.says())
		}
		if h.s.Book().User != "小王" || h.s.lent.own != nil {
			t.Error("the loan is not over")
		}
		rows, err := reports.AuditLog.Texts(b.As("老板"), reports.Params{Area: "delivery", Key: f.doc.Number})
		h.fine(err)
		lent := false
		for _, r := range rows {
			lent = lent || slices.Contains(r, "override") && slices.Contains(r, "张启明")
		}
		if !lent {
			t.Error("the log does not say who lent")
		}
		h.press("Ctrl+F9")
		if said := h.says(); !strings.Contains(said, "delivery.unaudit") {
			t.Errorf("said %q", said)
		}
		h.lend("李敏", ownWord)
		if m := h.s.layer.Modal(); m == nil {
			t.Fatalf("nothing is asked: %s", h.says())
		}
		h.press("Y")
		if f.doc.Status != slip.Draft {
			t.Errorf("%s: %s", f.doc.Status, h.says())
		}
	})
}

// Home says what waits and since when; the inbox approves several at once, returns with a reason; who made them sees that they came back.
func TestInboxByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.office()
		_, err := approve.TakeReady(b.As("老板"), "suda")
		h.fine(err)
		h.signs("孙倩")
		var numbers []string
		for _, amount := range []string{"100", "200", "300"} {
			f := h.prepays(amount)
			h.press("F9")
			numbers = append(numbers, f.doc.Number)
		}
		h.signs("陈立")
		h.sees(h.s.tr("待我审批 3 张", "3 slips wait for me"))
		h.press("Tab", "Enter")
		x, ok := h.s.Current().(*guipeople.Inbox)
		if !ok {
			t.Fatalf("%T is in front", h.s.Current())
		}
		h.sees(numbers...)
		h.inside()
		h.write("  ")
		h.press("F9")
		stands(h, b, numbers[0], slip.Submitted)
		d, err := b.Load(numbers[0])
		h.fine(err)
		turn, err := approve.TurnOf(b.As("高翔"), d)
		h.fine(err)
		if !turn.Mine || h.s.Current() != Screen(x) {
			t.Errorf("the deputy is not next: %+v, %s", turn, h.says())
		}
		h.press("Ctrl+F9")
		h.write("too early")
		h.press("Enter")
		stands(h, b, numbers[2], slip.Draft)
		h.signs("孙倩")
		h.s.OpenHome()
		h.sees(h.s.tr("退回给我 1 张", "1 returned to me"))
	})
}
