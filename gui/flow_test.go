package gui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/reportview"
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
	if r, ok := s.Current().(*reportview.ReportScreen); !ok || r.P != (reports.Params{Account: "1122", From: 19960701, To: 19960731}) {
		t.Errorf("Enter opened %T", s.Current())
	}
}

// chain enters a sale that is bought for, eleven slips, and tells their numbers.
func chain(t *testing.T, b *workflow.Book) []string {
	t.Helper()
	tab := &workflow.Table{Name: "slips", Header: strings.Split("kind,number,date,party,warehouse,product,qty,account,amount,offset_kind,source,audit", ",")}
	rows := []string{
		"quotation,quotation,2026-11-03,C2,W1,A1,50,,,,",
		"sales-order,order,2026-11-05,C2,W1,A1,40,,,,quotation",
		"purchase-plan,plan,2026-11-06,,W1,A1,40,,,,order",
		"purchase-order,purchase,2026-11-06,S1,W1,A1,40,,,,plan",
		"prepayment,prepayment,2026-11-07,S1,,,,K1,20,,purchase",
		"goods-receipt,receipt,2026-11-08,S1,W1,A1,40,,,,purchase",
		"offset,offset,2026-11-09,S1,,,,,20,prepaid-payable,receipt",
		"delivery,delivery,2026-11-10,C2,W1,A1,30,,,,order",
		"payment,payment,2026-11-12,S1,,,,K1,50,,receipt",
		"sales-return,return,2026-11-14,C2,W1,A1,2,,,,delivery",
		"collection,collection,2026-11-20,C2,,,,K1,60,,delivery",
	}
	for i, r := range rows {
		tab.Rows = append(tab.Rows, workflow.Row{Line: i + 2, Cells: strings.Split(r+",yes", ",")})
	}
	if _, err := b.Import("slips", tab, false); err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, r := range rows {
		d, err := b.Load(strings.Split(r, ",")[1])
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, d.Number)
	}
	return numbers
}

// arrows finds by trying where each arrow leads from each slip of the flow in front.
func (h *hands) arrows(v *flowScreen) map[string]map[string]string {
	leads := map[string]map[string]string{}
	for {
		here := v.current().Number
		if leads[here] == nil {
			leads[here] = map[string]string{}
		}
		path := way(leads, here, func(n string) bool { return len(leads[n]) < len(steps) })
		if path == nil {
			return leads
		}
		h.press(path...)
		here = v.current().Number
		step := steps[len(leads[here])]
		h.press(step)
		leads[here][step] = v.current().Number
	}
}

// steps are the arrows.
var steps = []string{string(fyne.KeyLeft), string(fyne.KeyRight), string(fyne.KeyUp), string(fyne.KeyDown)}

// way is the shortest way by arrows to a slip wanted; nil where there is none.
func way(leads map[string]map[string]string, from string, wanted func(string) bool) []string {
	paths := map[string][]string{from: {}}
	for todo := []string{from}; len(todo) > 0; todo = todo[1:] {
		if wanted(todo[0]) {
			return paths[todo[0]]
		}
		for _, step := range steps {
			if to := leads[todo[0]][step]; to != "" && paths[to] == nil {
				paths[to] = append(slices.Clip(paths[todo[0]]), step)
				todo = append(todo, to)
			}
		}
	}
	return nil
}

// From the form of each of eleven slips Ctrl+L opens the flow, arrows and Enter every other slip, and Esc leads back.
func TestFromEverySlipOfAChainEveryOtherIsReachedByKeys(t *testing.T) {
	h := newHands(t, text.Zh)
	numbers := chain(t, h.shop())
	var leads map[string]map[string]string
	for _, from := range numbers {
		h.s.OpenSlip(from)
		h.press("Ctrl+L")
		v, ok := h.s.Current().(*flowScreen)
		if !ok || len(v.nodes) != len(numbers) || v.current().Number != from {
			t.Fatalf("Ctrl+L on %s opens %T", from, h.s.Current())
		}
		if leads == nil {
			leads = h.arrows(v)
			h.press(way(leads, v.current().Number, func(n string) bool { return n == from })...)
		}
		for _, to := range numbers {
			if to == from {
				continue
			}
			path := way(leads, v.current().Number, func(n string) bool { return n == to })
			if path == nil {
				t.Fatalf("no arrows lead from %s to %s", v.current().Number, to)
			}
			h.press(append(path, "Enter")...)
			if f := h.form(); f.doc.Number != to {
				t.Errorf("from %s by %v Enter opens %s, not %s", from, path, f.doc.Number, to)
			}
			if h.press("Esc"); h.s.Current() != Screen(v) {
				t.Fatalf("Esc on %s goes to %T, not back to the flow of %s", to, h.s.Current(), from)
			}
		}
		h.s.CloseTab()
		h.s.CloseTab()
	}
}
