package gui

import (
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/stocktake"
	"zhanggui/reports/print"
)

// drafts makes a draft delivery of 12 screws and 3 saws to C1, and one of 8 screws to C2.
func drafts(t *testing.T, b *workflow.Book) (numbers []string) {
	t.Helper()
	for i, party := range []string{"C1", "C2"} {
		d := &slip.Doc{Kind: "delivery", Date: text.DateOf(now), Party: party, Warehouse: "W1", Lines: []slip.Line{{Product: "A1", Qty: []num.Quantity{12, 8}[i] * num.QuantityOne}}}
		if i == 0 {
			d.Lines = append(d.Lines, slip.Line{Product: "B2", Qty: 3 * num.QuantityOne})
		}
		if err := b.Save(d); err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, d.Number)
	}
	return numbers
}

func (h *hands) scans(codes ...string) {
	h.t.Helper()
	for _, c := range codes {
		h.write(c)
		h.press("Enter")
	}
}

// By scanner alone: the list, its first line in full and then 10 of the 12, the second line not found, done.
func TestAPickListIsWorkedOffByScanner(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		n := drafts(t, b)[0]
		h.press("Ctrl+F8")
		p, ok := h.s.Current().(*stocktake.PickForm)
		if !ok {
			t.Fatalf("in front is %T", h.s.Current())
		}
		h.scans("XC-202611-0009")
		if want := map[bool]string{true: "没有备货单“XC-202611-0009”", false: `there is no pick list "XC-202611-0009"`}[zh]; h.says() != want {
			t.Errorf("an unknown list: %q", h.says())
		}
		h.scans(n, "XC2611000101")
		h.sees("12", map[bool]string{true: "拣足", false: "in full"}[zh])
		h.scans("=1", "=3", "=E")
		if want := map[bool]string{true: "只要 12，不能拣 13", false: "only 12 are wanted, not 13"}[zh]; h.says() != want {
			t.Errorf("more than wanted: %q", h.says())
		}
		h.scans("=1", "=0", "=E")
		h.inside()
		h.scans("=E") // one line is open
		if want := map[bool]string{true: "还有 1 行没拣", false: "1 lines are not picked"}[zh]; len(h.says()) < len(want) || h.says()[:len(want)] != want {
			t.Errorf("a line is open: %q", h.says())
		}
		h.scans("XC2611000102", "=S", "6999999999999", "=E")
		d, err := b.Load(n)
		if err != nil || len(d.Lines) != 1 || d.Lines[0].Qty != 10*num.QuantityOne {
			t.Errorf("%v: the delivery has %+v; %s", err, d.Lines, h.says())
		}
		if len(p.Rows) != 0 || p.List != "" {
			t.Error("it does not wait for the next list")
		}
	})
}

// 20 screws are wanted for two customers; 15 are found: 12 for the first, 3 for the second. By keyboard, from the list of deliveries.
func TestAMergedListIsSharedOut(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	numbers := drafts(t, b)
	if err := print.Printed(b, numbers, print.Options{As: print.AsMerged}); err != nil {
		t.Fatal(err)
	}
	stocktake.OpenPicking(h.s)
	h.scans(numbers[0]+"+1", "6901234567892", "15", "B2")
	p := h.s.Current().(*stocktake.PickForm)
	if got := p.Cell(0, 4).Text; got != "王师傅 12 · 李四 3" {
		t.Errorf("shared as %q; %s", got, h.says())
	}
	h.press("Ctrl+Z")
	h.scans("2")
	h.press("F9")
	for i, want := range [][]num.Quantity{{12, 2}, {3}} {
		d, err := b.Load(numbers[i])
		if err != nil || len(d.Lines) != len(want) {
			t.Fatalf("%v %+v; %s", err, d.Lines, h.says())
		}
		for j, q := range want {
			if d.Lines[j].Qty != q*num.QuantityOne {
				t.Errorf("%s line %d has %s, want %d", d.Number, j+1, d.Lines[j].Qty, q)
			}
		}
	}
}
