package gui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
)

// delivery types a delivery of lines "code qty price" to a customer and leaves the cursor behind them.
func (h *hands) delivery(customer string, lines ...string) *slipForm {
	h.t.Helper()
	h.s.NewSlip(kind(h.t, "delivery"))
	h.write(customer)
	h.press("Enter", "F6")
	f := h.form()
	for i, l := range lines {
		x := strings.Fields(l)
		f.grid.Edit(i, f.lines.firstColumn())
		h.write(x[0])
		h.press("Enter")
		h.write(x[1])
		h.press("Enter")
		if len(x) > 2 {
			f.grid.Edit(i, f.lines.column("price"))
			h.write(x[2])
			h.press("Enter")
		}
	}
	return f
}

// Screws cost 2.00, the list says 3.00; saws cost 50.00, the list says 80.00. 100 screws at 1.00 and 2 saws at 400.00 are 1,017.00 with tax: over the
// limit of 1,000.00 by 17.00. All three are told before anything is posted; F7 goes on.
func TestTheGateTellsAllAndF7GoesOn(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		f := h.delivery("C1", "A1 100 1", "B2 2 400")
		h.press("F9")
		if f.doc.Status != slip.Draft {
			t.Fatal("it was audited without asking")
		}
		if zh {
			h.sees("第 1 行：A1 自攻螺丝 低于成本：不含税 100.00，成本 200.00", "超出信用额度：审核后应收 1,017.00，额度 1,000.00，超 17.00。", "第 2 行：单价 400.00，价目 80.00：高 400%", "F7 知道了，继续", "F6 看应收")
		} else {
			h.sees("Line 1: A1 自攻螺丝 is sold below cost: 100.00 before tax, cost 200.00", "王师傅 will owe 1,017.00, over the credit limit of 1,000.00 by 17.00", "Line 2: the price is 400.00, the list's 80.00: 400% higher", "F7 go on", "F6 see account")
		}
		h.inside()
		// the price is put right: what stood there goes, and only the rest is told
		f.grid.Edit(1, f.lines.column("price"))
		h.write("80")
		h.press("Enter")
		if len(f.gate.Objects) != 0 {
			t.Error("the gate stays though the slip was changed")
		}
		h.press("F9")
		if says := h.says(); f.doc.Status != slip.Draft || !strings.Contains(says, map[bool]string{true: "低于成本", false: "below cost"}[zh]) {
			t.Errorf("of one finding the message line says %q", says)
		}
		h.press("F7")
		if d, err := b.Load("XC-202611-0001"); err != nil || d.Status != slip.Audited {
			t.Errorf("F7 does not go on: %v %s", err, h.says())
		}
		if _, tone := h.s.message.Text(); tone != kit.Hint {
			t.Errorf("something is told only after posting: %q", h.says())
		}
	})
}

// Of 150 screws 100 are in W1; of 12 saws 10, and 20 in W2. All is told at once. F2 takes the 100, F3 the saws from W2, and F9 audits.
func TestAllShortagesStandAtOnceWithTheirKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		saws(t, h)
		f := h.delivery("C2", "A1 150", "B2 12")
		if zh {
			h.sees("第 2 行：B2 手锯：主仓现存 10，要 12，缺 2；东仓有 20") // said when it was typed
		} else {
			h.sees("Line 2: B2 手锯: 10 on hand in 主仓, 12 wanted, 2 short; 东仓 has 20")
		}
		f.grid.Edit(2, f.lines.firstColumn())
		h.press("F9")
		if zh {
			h.sees("第 1 行：A1 自攻螺丝：主仓现存 100，要 150，缺 50；其他仓库没有", "第 2 行：B2 手锯：主仓现存 10，要 12，缺 2；东仓有 20", "库存不足 2 行", "F2 只取现有 100")
		} else {
			h.sees("Line 1: A1 自攻螺丝: 100 on hand in 主仓, 150 wanted, 50 short; none elsewhere", "Line 2: B2 手锯: 10 on hand in 主仓, 12 wanted, 2 short; 东仓 has 20", "2 lines are short", "F2 take the 100 there")
		}
		h.inside()
		h.press("F2")
		if zh {
			h.sees("第 2 行：B2 手锯：主仓现存 10，要 12，缺 2；东仓有 20", "F2 只取现有 10", "F3 从东仓取", "F4 做调拨单")
		} else {
			h.sees("Line 2: B2 手锯: 10 on hand in 主仓, 12 wanted, 2 short; 东仓 has 20", "F2 take the 10 there", "F3 take from 东仓", "F4 make a transfer")
		}
		h.press("F3")
		if l := f.doc.Lines; l[0].Qty.String() != "100" || l[1].Qty.String() != "12" || f.doc.At(&l[1]) != "W2" || len(f.gate.Objects) != 0 {
			t.Fatalf("%+v, %q", l, h.says())
		}
		h.press("F9")
		if d, err := b.Load("XC-202611-0001"); err != nil || d.Status != slip.Audited {
			t.Errorf("%v %s", err, h.says())
		}
	})
}

// Nothing of saws is in W1. F9 again on the cell that was refused asks anew: once they are there it audits, and is never a key that does nothing.
func TestF9AsksAgainWhatWasRefused(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	f := h.delivery("C2", "B2 12")
	h.press("F9")
	h.sees("第 1 行：B2 手锯：主仓现存 10，要 12，缺 2；其他仓库没有")
	h.press("Esc")
	h.s.Hint("")
	h.press("F9")
	h.sees("F2 只取现有 10")
	d := &slip.Doc{Kind: "goods-receipt", Date: b.Today(), Party: "S1", Warehouse: "W1", Lines: []slip.Line{{Product: "B2", Qty: 5_0000, Price: 50_000000, PriceGiven: true}}}
	if _, err := b.SaveAndAudit(d); err != nil {
		t.Fatal(err)
	}
	h.press("F9")
	if f.doc.Status != slip.Audited {
		t.Errorf("15 are there, and F9 says %q", h.says())
	}
}

// Of the glue nothing is there: F2 drops its line, and the strip has the figures of the saws that stand there now.
func TestTheStripFollowsALineThatTookThePlaceOfAnother(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	h.entered(b, "products", "code,name", "G,胶水")
	f := h.delivery("C2", "G 5", "B2 12")
	f.grid.Edit(2, f.lines.firstColumn())
	h.press("F9", "F2")
	h.sees("第 1 行：B2 手锯：主仓现存 10，要 12，缺 2；其他仓库没有", "10 件")
	if words := h.reads(); strings.Contains(words, "选定商品后") {
		t.Error("the strip of a line with goods says that none are chosen")
	}
}

// saws brings 20 saws at 50.00 into W2.
func saws(t *testing.T, h *hands) {
	t.Helper()
	d := &slip.Doc{Kind: "goods-receipt", Date: h.s.Book().Today(), Party: "S1", Warehouse: "W2", Lines: []slip.Line{{Product: "B2", Qty: 20_0000, Price: 50_000000, PriceGiven: true}}}
	if _, err := h.s.Book().SaveAndAudit(d); err != nil {
		t.Fatal(err)
	}
}

// Neither warehouse has 25 saws: F3 takes 10 here and 15 there. F4 makes a transfer of what is missing instead.
func TestAShortLineIsSplitOrBroughtByATransfer(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	saws(t, h)
	f := h.delivery("C2", "B2 25")
	h.press("F9", "F3")
	if l := f.doc.Lines; len(l) != 2 || l[0].Qty.String() != "10" || f.doc.At(&l[0]) != "W1" || l[1].Qty.String() != "15" || f.doc.At(&l[1]) != "W2" || l[1].Price != l[0].Price {
		t.Fatalf("%+v", l)
	}
	f = h.delivery("C2", "B2 25")
	h.press("F9", "F4")
	n := h.form()
	if n.kind.Code != "transfer" || n.doc.Warehouse != "W2" || n.doc.ToWarehouse != "W1" || len(n.doc.Lines) != 1 || n.doc.Lines[0].Qty.String() != "15" {
		t.Fatalf("%s %+v", n.kind.Code, n.doc)
	}
	h.press("F9")
	if n.doc.Status != slip.Audited {
		t.Errorf("the transfer: %s", h.says())
	}
	h.s.GoTo(f)
	h.press("F9")
	if f.doc.Status != slip.Audited {
		t.Errorf("the delivery: %s", h.says())
	}
}

// Of saws 10 lie in W1 and 20 in W2. A line that takes 12 in W2 leaves 8 of them: a line of 15 in W1 is 5 short and may have 5 of those 8, one of
// 21, 11 short, has the 8 and no more; two short lines do not bring the same saw twice.
func TestAShortageIsNotOfferedWhatAnotherLineTakes(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	saws(t, h)
	f := h.delivery("C2", "B2 12", "B2 21")
	f.doc.Lines[0].Warehouse = "W2"
	f.touched()
	f.fill()
	h.press("F9")
	h.sees("第 2 行：B2 手锯：主仓现存 10，要 21，缺 11；东仓有 8")
	h.press("F4")
	n := h.form()
	if l := n.doc.Lines; n.kind.Code != "transfer" || n.doc.Warehouse != "W2" || len(l) != 1 || l[0].Qty.String() != "8" {
		t.Fatalf("%s %+v", n.kind.Code, n.doc)
	}
	h.s.GoTo(f)
	h.press("F9", "F3")
	if l := f.doc.Lines; len(l) != 3 || l[1].Qty.String() != "10" || f.doc.At(&l[1]) != "W1" || l[2].Qty.String() != "11" || f.doc.At(&l[2]) != "W2" {
		t.Fatalf("%+v", l)
	}
	h.sees("第 3 行：B2 手锯：东仓现存 20，要 11，缺 3（前面的行已用 12）；其他仓库没有") // W1's 10 are line 2's own
	k, d := f.kind, f.doc.Clone()
	for i := range d.Lines {
		d.Lines[i].Warehouse = "W1"
	}
	two, err := h.s.Book().Shortages(k, d) // 12, 10 and 11 of the 10 in W1: 2, 10 and 11 are short, 20 are in W2
	if err != nil || len(two) != 3 {
		t.Fatal(two, err)
	}
	docs := transfers(two, 20261101)
	if len(docs) != 1 || len(docs[0].Lines) != 3 || docs[0].Lines[0].Qty.String() != "2" || docs[0].Lines[1].Qty.String() != "10" || docs[0].Lines[2].Qty.String() != "8" {
		t.Errorf("%+v", docs)
	}
}

// A product is named whose last piece is gone, and a scan takes the line beyond what is there: both are said at once, and the keys go with the line.
func TestAScanOfWhatIsNotThereSaysSoAtOnce(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	f := h.delivery("C2", "A1 100")
	f.grid.Edit(1, f.lines.firstColumn())
	h.write("6901234567892")
	h.press("Enter")
	if want := "第 1 行：A1 自攻螺丝：主仓现存 100，要 101，缺 1；其他仓库没有"; h.says() != want {
		t.Errorf("after the scan: %q", h.says())
	}
	h.press("F2")
	if f.doc.Lines[0].Qty.String() != "100" {
		t.Errorf("F2 leaves %s", f.doc.Lines[0].Qty)
	}
	f.doc.Warehouse = "W2"
	f.grid.Edit(1, f.lines.firstColumn())
	h.write("B2")
	h.press("Enter")
	if want := "B2 手锯：东仓没有现货；主仓有 10"; h.says() != want {
		t.Errorf("of what is nowhere here: %q", h.says())
	}
	h.write("3")
	h.press("Enter")
	if want := "第 2 行：B2 手锯：东仓现存 0，要 3，缺 3；主仓有 10"; h.says() != want || !h.s.message.Key(&fyne.KeyEvent{Name: fyne.KeyF3}) {
		t.Errorf("of what was typed: %q", h.says())
	}
	if f.doc.At(&f.doc.Lines[1]) != "W1" {
		t.Error("F3 does not take it from the other warehouse")
	}
}

// Two drafts of the same goods for the same customer on one day: the list audits the first, says what should be known of the second, and F7 goes on.
func TestTheListTellsBeforeItAudits(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	for range 2 {
		h.sell("C2", "1")
		h.press("Ctrl+S")
	}
	h.s.OpenList(kind(t, "delivery"))
	h.press("Ctrl+A", "F9")
	if want := "已审核 0 张；XC-202611-0001：李四 同一天已有内容相同的单据 XC-202611-0002，会不会重复？"; h.says() != want {
		t.Errorf("%q", h.says())
	}
	h.press("F7")
	if d, _ := b.Load("XC-202611-0001"); d.Status != slip.Audited || !strings.HasPrefix(h.says(), "已审核 1 张；XC-202611-0002：") {
		t.Errorf("%s %q", d.Status, h.says())
	}
	h.press("F7")
	if d, _ := b.Load("XC-202611-0002"); d.Status != slip.Audited || h.says() != "已审核 2 张" {
		t.Errorf("%s %q", d.Status, h.says())
	}
}

// What is so of several lines is told once: 24 lines of an invoice for goods of another month are one line of the gate.
func TestWhatIsSoOfSeveralLinesIsToldOnce(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		f := h.delivery("C1", "A1 1", "B2 1", "A1 2", "B2 2", "A1 3", "B2 3")
		of := func(msg string, lines ...int) (list fault.List) {
			for _, n := range lines {
				x := fault.New(fault.Refused, msg, msg)
				if n > 0 {
					x.OnLine(n)
				}
				list = append(list, x)
			}
			return list
		}
		want := []string{"Lines 1–3: month", "Line 2: price", "Lines 1, 4: rate", "Lines 1, 3, 5 and 1 more: lot", "twin"}
		if zh {
			want = []string{"第 1–3 行：month", "第 2 行：price", "第 1、4 行：rate", "第 1、3、5 等 4 行：lot", "twin"}
		}
		got := f.gathered(slices.Concat(of("month", 1, 2, 3), of("price", 2), of("rate", 1, 4), of("lot", 1, 3, 5, 6), of("twin", 0)))
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	})
}
