package gui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/text"
	"zhanggui/reports"
)

func TestFlowStandsInColumns(t *testing.T) {
	// 0 an order, 1 its delivery, 2 a delivery of its own, 3 what both were paid by
	nodes := []flowNode{{}, {sources: []int{0}}, {}, {sources: []int{1, 2}}}
	layFlow(nodes)
	got := ""
	for _, n := range nodes {
		got += fmt.Sprintf("%d/%d ", n.col, n.row)
	}
	if got != "0/0 1/0 1/1 2/0 " {
		t.Errorf("they stand at %s", got)
	}
}

func TestFlowIsWalkedByArrows(t *testing.T) {
	s := northwind(t)
	delivery := oneOf(t, s, "delivery")
	for _, lang := range []text.Lang{text.Zh, text.En} {
		s.SetLang(lang)
		s.OpenFlow(delivery)
		v := s.Current().(*flowScreen)
		if len(v.nodes) != 2 || v.current().Number != delivery {
			t.Fatalf("%d slips, %v in focus", len(v.nodes), v.current())
		}
		press(s, fyne.KeyLeft)
		if n := v.current(); n.Kind != "sales-order" || v.table.Row() != v.at {
			t.Errorf("← goes to %s, the list to row %d", n.Kind, v.table.Row())
		}
		press(s, fyne.KeyRight)
		if n := v.current(); n.Number != delivery || n.voucher == "" || n.Open != n.Gross {
			t.Errorf("→ goes to %s, voucher %q, open %s of %s", n.Number, n.voucher, n.Open, n.Gross)
		}
		if min := v.Object().MinSize(); min.Width > 1290 || min.Height > 560 {
			t.Errorf("the flow needs %v", min)
		}
		press(s, fyne.KeyReturn)
		if f, ok := s.Current().(*slipForm); !ok || f.doc.Number != delivery {
			t.Errorf("Enter opened %T", s.Current())
		}
		press(s, fyne.KeyEscape)
		if s.Current() != Screen(v) {
			t.Error("Esc does not go back to the flow")
		}
		s.CloseTab()
	}
}

func TestVoucherBalances(t *testing.T) {
	s := northwind(t)
	delivery := oneOf(t, s, "delivery")
	s.OpenVoucher(delivery)
	v := s.Current().(*voucherScreen)
	debit, credit := v.sums()
	if len(v.lines) != 4 || debit != credit || debit == 0 {
		t.Fatalf("%d lines, debit %s, credit %s", len(v.lines), debit, credit)
	}
	if l := v.lines[0]; l.Account != "1122" || l.Debit != v.doc.Gross {
		t.Errorf("first line %s %s, want 1122 %s", l.Account, l.Debit, v.doc.Gross)
	}
	press(s, fyne.KeyReturn)
	if r, ok := s.Current().(*reportScreen); !ok || r.p != (reports.Params{Account: "1122", From: 19960701, To: 19960731}) {
		t.Errorf("Enter opened %T", s.Current())
	}
}
