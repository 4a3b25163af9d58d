package gui

import (
	"slices"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
	"zhanggui/data/workflow/people"
)

// button is what F9 says it does on the screen in front; empty: nothing.
func (h *hands) button(key string) (label string, off bool) {
	for _, c := range h.s.Current().Commands() {
		if c.Key == key && !c.Hidden {
			return h.s.T(c.Label), h.s.off(c)
		}
	}
	return "", true
}

// nexts fails unless F9 says so.
func (h *hands) nexts(zh, en string) {
	h.t.Helper()
	if label, off := h.button("F9"); label != h.s.tr(zh, en) || off {
		h.t.Errorf("F9 says %q (grey: %v), want %q", label, off, h.s.tr(zh, en))
	}
}

// prepays types a prepayment to the supplier.
func (h *hands) prepays(amount string) *slipForm {
	h.t.Helper()
	h.s.NewSlip(kind(h.t, "prepayment"))
	f := h.form()
	for key, v := range map[string]string{"party": "S1", "account": "B1"} {
		f.fields[key].Input.FocusGained()
		h.s.Win.Canvas().Focus(f.fields[key].Input)
		h.write(v)
		h.press("Enter")
	}
	h.s.Win.Canvas().Focus(f.fields["amount"].Input)
	f.fields["amount"].SelectAll()
	h.write(amount)
	h.press("Enter")
	return f
}

// takes signs a person in, opens the slip from what waits for him and takes the next step by F9.
func (h *hands) takes(name, number, zh, en string) {
	h.t.Helper()
	h.signs(name)
	h.s.OpenSlip(number)
	h.nexts(zh, en)
	h.press("F9")
}

func stands(h *hands, b *workflow.Book, number string, want slip.Status) {
	h.t.Helper()
	d, err := b.Load(number)
	h.fine(err)
	if d.Status != want {
		h.t.Errorf("%s is %s, want %s: %s", number, d.Status, want, h.says())
	}
}

// The payment of the shop's paper, by keys: she who bought makes it and submits it, and cannot approve it herself; head and deputy sign; a changed
// amount takes both away; finance and the deputy once more; finance does not pay it, the cashier does.
func TestSudaByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.office()
		_, err := approve.TakeReady(b.As("老板"), "suda")
		h.fine(err)
		h.signs("孙倩")
		f := h.prepays("3390")
		h.nexts("提交审批", "Submit")
		h.press("F9")
		n := f.doc.Number
		stands(h, b, n, slip.Submitted)
		h.sees(h.s.tr("现在等 陈立（部门主管）", "it waits for 陈立 (Head of department)"))
		if label, off := h.button("F9"); !off {
			t.Errorf("she may %s", label)
		}
		h.press("F9")
		if want := h.s.tr("现在等 陈立（部门主管）", "it waits for 陈立 (Head of department)"); h.says() != want {
			t.Errorf("said %q", h.says())
		}
		h.takes("陈立", n, "批准（部门主管）", "Approve (Head of department)")
		if f := h.form(); !f.fields["amount"].Plain {
			t.Error("who approves types in it")
		}
		h.takes("高翔", n, "批准（副总经理）", "Approve (Deputy manager)")
		h.inside()
		h.signs("孙倩")
		g := h.form()
		h.s.Win.Canvas().Focus(g.fields["amount"].Input)
		g.fields["amount"].SelectAll()
		h.write("3930")
		h.press("Enter", "Ctrl+S")
		stands(h, b, n, slip.Draft)
		if want := h.s.tr("2 个审批作废，需重新提交", "2 approvals fell away, submit again"); !strings.Contains(h.says(), want) {
			t.Errorf("said %q, want %q", h.says(), want)
		}
		h.s.Win.Canvas().Focus(g.fields["amount"].Input)
		g.fields["amount"].SelectAll()
		h.write("3390")
		h.press("Enter", "F9")
		stands(h, b, n, slip.Submitted)
		h.takes("陈立", n, "批准（部门主管）", "Approve (Head of department)")
		h.signs("高翔")
		h.press("Ctrl+F9")
		h.write("too dear")
		h.press("Enter")
		stands(h, b, n, slip.Draft)
		h.signs("孙倩")
		h.sees(h.s.tr("高翔 退回：too dear", "高翔 returned it: too dear"))
		h.press("F9")
		stands(h, b, n, slip.Submitted)
		h.takes("陈立", n, "批准（部门主管）", "Approve (Head of department)")
		h.takes("高翔", n, "批准（副总经理）", "Approve (Deputy manager)")
		h.takes("李敏", n, "批准（财务）", "Approve (Finance)")
		if label, off := h.button("F9"); !off {
			t.Errorf("she takes the step of another too: %s", label)
		}
		h.takes("高翔", n, "批准（总经理）", "Approve (General manager)")
		stands(h, b, n, slip.Approved)
		h.signs("李敏")
		if label, off := h.button("F9"); !off {
			t.Errorf("finance pays: %s", label)
		}
		h.signs("吴芳")
		h.s.OpenSlip(n)
		c := h.form()
		if !c.fields["amount"].Plain || c.fields["cheque_no"].Plain {
			t.Error("the cashier says by which cheque, and nothing else")
		}
		h.s.Win.Canvas().Focus(c.fields["cheque_no"].Input)
		h.write("77")
		h.press("Enter")
		stands(h, b, n, slip.Approved)
		h.takes("吴芳", n, "审核", "Audit")
		stands(h, b, n, slip.Audited)
		_, lines, err := b.As("老板").Voucher(n)
		h.fine(err)
		posted := ""
		for _, l := range lines {
			posted += l.Account + " " + l.Debit.String() + " " + l.Credit.String() + "; "
		}
		if posted != "1123 3390.00 0.00; 1002 0.00 3390.00; " {
			t.Errorf("posted %s", posted)
		}
		proofs, err := b.As("老板").Verify()
		h.fine(err)
		if i := slices.IndexFunc(proofs, func(p workflow.Proof) bool { return !p.Holds() }); i >= 0 {
			t.Error(proofs[i].Faults)
		}
	})
}

// What one may not do is grey, and its key says the right and who has it.
func TestGreyKeysSayWhoMay(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.office()
		h.signs("孙倩")
		h.s.OpenSlip("R1")
		if _, off := h.button("Ctrl+F9"); !off {
			t.Error("the buyer may un-audit")
		}
		h.press("Ctrl+F9")
		if said := h.says(); !strings.Contains(said, "goods-receipt.unaudit") || !strings.Contains(said, "李敏") {
			t.Errorf("said %q", said)
		}
		for _, m := range h.s.menuDoors() {
			if m.label == h.s.tr("销售出库单列表", "Delivery list") || m.label == h.s.tr("客户", "Customers") {
				t.Errorf("the menu has %s", m.label)
			}
		}
		var none *fault.Fault
		if h.s.bar(Command{}) != none {
			t.Error("a command that needs nothing is grey")
		}
	})
}

// A buyer sees what she bought for, and neither what it cost nor what was posted, in any strip of the slip; a keeper no money at all.
func TestHiddenIsHiddenInStrips(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.office()
		_, err := people.Add(b.As("老板"), "老周", "", []string{"keeper"}, "")
		h.fine(err)
		h.as("孙倩")
		h.s.OpenSlip("R1")
		h.sees("2,825.00", h.s.tr("应付", "Payable"))
		for _, words := range []string{h.s.tr("成本", "Cost"), h.s.tr("凭证", "Voucher"), h.s.tr("毛利", "Margin")} {
			if strings.Contains(h.reads(), words+"\n") {
				t.Errorf("the buyer sees %s", words)
			}
		}
		h.as("小王")
		if strings.Contains(h.reads(), h.s.tr("新账套的三个第一步", "first steps")) {
			t.Error("a clerk is shown how books begin")
		}
		h.press("Ctrl+Shift+H")
		if !strings.Contains(h.reads(), h.s.tr("操作日志", "Audit log")) || strings.Contains(h.reads(), "2,825.00") || strings.Contains(h.reads(), "孙倩") {
			t.Errorf("the log of the book, to a clerk: %s", h.reads())
		}
		h.s.OpenSlip("R1")
		if !strings.Contains(h.says(), "goods-receipt.see") || strings.Contains(h.reads(), "2,825.00") {
			t.Errorf("the clerk opens a receipt: %s", h.says())
		}
		h.as("孙倩")
		h.s.OpenVoucher("R1")
		if !strings.Contains(h.says(), "see.margin") {
			t.Errorf("the buyer sees what was posted: %s", h.says())
		}
		h.as("老周")
		h.s.OpenSlip("R1")
		h.press("Ctrl+L", "Ctrl+L")
		h.s.Choose(1)
		h.s.OpenFlow("R1")
		for range 2 {
			for _, figure := range []string{"2,825.00", "2,500.00", "325.00"} {
				if strings.Contains(h.reads(), figure) {
					t.Errorf("the keeper sees %s", figure)
				}
			}
			h.s.OpenList(kind(t, "goods-receipt"))
		}
		h.s.OpenSlip("R1")
		for _, figure := range []string{"2,825.00", "2,500.00", "325.00", "5.00"} {
			if strings.Contains(h.reads(), figure+"\n") {
				t.Errorf("the keeper sees %s on the slip", figure)
			}
		}
	})
}
