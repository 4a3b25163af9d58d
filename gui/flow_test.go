package gui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/flowview"
	"zhanggui/gui/reportview"
	"zhanggui/reports"
)

func TestFlowIsWalkedByArrows(t *testing.T) {
	s := northwind(t)
	delivery := oneOf(t, s, "delivery")
	for _, lang := range []text.Lang{text.Zh, text.En} {
		s.SetLang(lang)
		s.OpenFlow(delivery)
		v := s.Current().(*flowview.Screen)
		if len(v.Nodes) != 2 || v.Current().Number != delivery {
			t.Fatalf("%d slips, %v in focus", len(v.Nodes), v.Current())
		}
		press(s, fyne.KeyLeft)
		if n := v.Current(); n.Kind != "sales-order" || v.Table.Row() != v.At {
			t.Errorf("← goes to %s, the list to row %d", n.Kind, v.Table.Row())
		}
		press(s, fyne.KeyRight)
		if n := v.Current(); n.Number != delivery || n.Voucher == "" || n.Open != n.Gross {
			t.Errorf("→ goes to %s, voucher %q, open %s of %s", n.Number, n.Voucher, n.Open, n.Gross)
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
	v := s.Current().(*flowview.VoucherScreen)
	debit, credit := v.Sums()
	if len(v.Lines) != 4 || debit != credit || debit == 0 {
		t.Fatalf("%d lines, debit %s, credit %s", len(v.Lines), debit, credit)
	}
	if l := v.Lines[0]; l.Account != "1122" || l.Debit != v.Doc.Gross {
		t.Errorf("first line %s %s, want 1122 %s", l.Account, l.Debit, v.Doc.Gross)
	}
	press(s, fyne.KeyReturn)
	if r, ok := s.Current().(*reportview.ReportScreen); !ok || r.P != (reports.Params{Account: "1122", From: 19960701, To: 19960731}) {
		t.Errorf("Enter opened %T", s.Current())
	}
}

// chain enters a sale that is bought for, eleven slips, and tells their numbers.
func chain(t *testing.T, b *workflow.Book) []string {
	t.Helper()
	tab := &exchange.Table{Name: "slips", Header: strings.Split("kind,number,date,party,warehouse,product,qty,account,amount,offset_kind,source,audit", ",")}
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
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r+",yes", ",")})
	}
	if _, err := exchange.Import(b, "slips", tab, false); err != nil {
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
func (h *hands) arrows(v *flowview.Screen) map[string]map[string]string {
	leads := map[string]map[string]string{}
	for {
		here := v.Current().Number
		if leads[here] == nil {
			leads[here] = map[string]string{}
		}
		path := way(leads, here, func(n string) bool { return len(leads[n]) < len(steps) })
		if path == nil {
			return leads
		}
		h.press(path...)
		here = v.Current().Number
		step := steps[len(leads[here])]
		h.press(step)
		leads[here][step] = v.Current().Number
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
		v, ok := h.s.Current().(*flowview.Screen)
		if !ok || len(v.Nodes) != len(numbers) || v.Current().Number != from {
			t.Fatalf("Ctrl+L on %s opens %T", from, h.s.Current())
		}
		if leads == nil {
			leads = h.arrows(v)
			h.press(way(leads, v.Current().Number, func(n string) bool { return n == from })...)
		}
		for _, to := range numbers {
			if to == from {
				continue
			}
			path := way(leads, v.Current().Number, func(n string) bool { return n == to })
			if path == nil {
				t.Fatalf("no arrows lead from %s to %s", v.Current().Number, to)
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
