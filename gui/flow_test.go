package gui

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/flowview"
	"zhanggui/gui/kit"
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
		if len(v.Nodes) != 3 || v.Slips() != 2 || v.Current().Number != delivery {
			t.Fatalf("%d slips, %v in focus", len(v.Nodes), v.Current())
		}
		press(s, fyne.KeyLeft)
		if n := v.Current(); n.Kind != "sales-order" || v.Table.Row() != v.At {
			t.Errorf("← goes to %s, the list to row %d", n.Kind, v.Table.Row())
		}
		press(s, fyne.KeyRight)
		if n := v.Current(); n.Number != delivery || n.Voucher != "" || n.Open != n.Gross {
			t.Errorf("→ goes to %s, voucher %q, open %s of %s", n.Number, n.Voucher, n.Open, n.Gross)
		}
		press(s, fyne.KeyRight) // its voucher stands for itself
		if n := v.Current(); n.Number != "199607-0001" || n.Kind != "delivery" || n.Gross <= 0 {
			t.Errorf("→ goes on to %s of %s", n.Number, n.Gross)
		}
		press(s, fyne.KeyReturn)
		if x, ok := s.Current().(*flowview.VoucherScreen); !ok || x.Doc.Number != delivery {
			t.Errorf("Enter opened %T", s.Current())
		}
		press(s, fyne.KeyEscape)
		press(s, fyne.KeyLeft)
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

// Ctrl+= and Ctrl+- draw the map larger and smaller, and the node in focus stays in sight. Ctrl+C hands the whole map over as a picture, four
// columns wide though the window shows two of them at 200 %; where there is no clipboard for pictures F2 saves it.
func TestTheFlowIsZoomedAndCopiedAsAPicture(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		numbers := chain(t, h.shop())
		t.Setenv("PATH", t.TempDir()) // without a clipboard
		h.s.OpenFlow(numbers[7])
		v := h.s.Current().(*flowview.Screen)
		h.picture("flow")
		normal := v.Map()
		for range 9 {
			h.press("Ctrl+=")
		}
		h.sees(map[bool]string{true: "缩放 200%", false: "zoom 200%"}[zh])
		if large := v.Map(); large.Width < 1.8*normal.Width || large.Height < 1.6*normal.Height {
			t.Errorf("at 200%% the map is %v, at 100%% %v", large, normal)
		}
		h.hasCursor()
		h.picture("flow-200")
		h.press("Ctrl+C")
		h.sees(map[bool]string{true: "不能把图片放到剪贴板", false: "cannot put a picture on the clipboard"}[zh], map[bool]string{true: "F2 存为图片", false: "F2 save picture"}[zh])
		h.press("F2")
		path := filepath.Join(t.TempDir(), "flow")
		h.s.Win.Canvas().Focused().(*kit.Input).SetText(path)
		h.press("Enter")
		in, err := os.Open(path + ".png")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = in.Close() }()
		img, err := png.Decode(in)
		if err != nil || float32(img.Bounds().Dx()) != 2*v.Map().Width {
			t.Errorf("the picture is %v of a map of %v: %v", img.Bounds(), v.Map(), err)
		}
		for range 9 {
			h.press("Ctrl+-")
		}
		if small := v.Map(); small.Width > 0.6*normal.Width {
			t.Errorf("at 50%% the map is %v", small)
		}
		h.picture("flow-50")
	})
}

// A map wider than the window shows whole columns, whichever box is in focus, however large it is drawn and the text is: no figure is cut at an edge.
func TestTheFlowCutsNoBoxAtItsEdges(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, _ bool) {
		numbers := chain(t, h.shop())
		h.s.SetStyle(kit.Style{Density: kit.Large})
		h.s.Win.Resize(fyne.NewSize(1024, 640-menuBar))
		h.s.OpenFlow(numbers[4])
		v, words := h.s.Current().(*flowview.Screen), h.words()
		for range 9 {
			h.press("Ctrl+-")
		}
		for zoom := range 7 {
			for range len(v.Nodes) {
				h.settle()
				for _, f := range look(h.s, words) {
					t.Errorf("step %d, %s in focus: %s", zoom, v.Current().Number, f)
				}
				h.press("Right")
			}
			h.picture(fmt.Sprint("flow-edge-", zoom))
			h.press("Home", "Ctrl+=")
		}
	})
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
		if !ok || v.Slips() != len(numbers) || v.Current().Number != from {
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
