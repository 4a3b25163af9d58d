package gui

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/flowview"
	"zhanggui/gui/kit"
	"zhanggui/gui/standing"
)

// picture keeps what stands in the window, where ZHANGGUI_PICTURES names a folder.
func (h *hands) picture(name string) {
	dir := os.Getenv("ZHANGGUI_PICTURES")
	if dir == "" {
		return
	}
	out, err := os.Create(filepath.Join(dir, name+"-"+string(h.s.lang)+".png"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	if err := png.Encode(out, h.s.Win.Canvas().Capture()); err != nil {
		h.t.Fatal(err)
	}
}

func TestOwnLineKeepsTheSlipItselfInSight(t *testing.T) {
	for _, c := range []struct {
		n, here  int
		room     float32
		from, to int
	}{
		{1, 0, 300, 0, 1},
		{3, 1, 1200, 0, 3},
		{9, 8, 1200, 5, 9}, // a payment of many: itself and its nearest, the far end counted
		{9, 0, 1200, 0, 4},
		{9, 4, 1200, 3, 6},
		{9, 4, 220, 4, 5},
	} {
		l := &ownLine{here: c.here, words: func(int) string { return "" }}
		from, to := l.shown(c.n, 216, c.room)
		if from > c.here || to <= c.here || float32(to-from)*236-20 > max(c.room, 216) {
			t.Errorf("of %d with %d in %v shows %d..%d", c.n, c.here, c.room, from, to)
		}
		if c.n != 9 && (from != c.from || to != c.to) {
			t.Errorf("of %d with %d in %v shows %d..%d, want %d..%d", c.n, c.here, c.room, from, to, c.from, c.to)
		}
	}
}

// Eight deliveries of eight orders paid at once: the strip of the payment and of a delivery has no other's order, always the slip itself,
// and ends inside the window.
func TestTheStripOfAPaymentOfManySlipsIsItsOwn(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		tab := &exchange.Table{Name: "slips", Header: strings.Split("kind,number,date,party,warehouse,product,qty,account,amount,source,audit", ",")}
		row := func(cells string) {
			tab.Rows = append(tab.Rows, exchange.Row{Line: len(tab.Rows) + 2, Cells: strings.Split(cells+",yes", ",")})
		}
		row("goods-receipt,in,2026-11-01,S1,W1,A1,90,,,")
		for _, n := range strings.Split("a,b,c,d,e,f,g,h", ",") {
			row("sales-order,o" + n + ",2026-11-03,C2,W1,A1,2,,,")
			row("delivery,d" + n + ",2026-11-10,C2,W1,A1,1,,,o" + n)
		}
		row("collection,pay,2026-11-20,C2,,,,K1,100,")
		if _, err := exchange.Import(b, "slips", tab, false); err != nil {
			t.Fatal(err)
		}
		number := map[string]string{}
		for _, n := range []string{"oa", "da", "ob", "db", "pay", "dh"} {
			d, err := b.Load(n)
			if err != nil {
				t.Fatal(err)
			}
			number[n] = d.Number
		}
		h.s.OpenSlip(number["pay"])
		h.inside()
		h.picture("strip-payment")
		h.sees(number["pay"], map[bool]string{true: "… ", false: "more"}[zh])
		h.s.OpenSlip(number["da"])
		h.inside()
		h.picture("strip-delivery")
		h.sees(number["oa"], number["da"], number["pay"])
		if all := h.reads(); strings.Contains(all, number["ob"]) || strings.Contains(all, number["db"]) {
			t.Error("the strip of a delivery has another's slips")
		}
		h.sees(h.form().voucher)
		h.press("Ctrl+L")
		h.picture("flow")
		h.sees(map[bool]string{true: "未出库 1", false: "not delivered 1"}[zh], map[bool]string{true: "核对", false: "Reconciliation"}[zh])
		h.press("Ctrl+L")
		h.picture("flow-list")
		h.sees(map[bool]string{true: "源单", false: "From"}[zh])
		h.press("Ctrl+L", "F6")
		if h.s.Win.Canvas().Focused() != fyne.Focusable(h.s.Current().(*flowview.Screen).Figures()) {
			t.Error("F6 does not lead to the figures")
		}
	})
}

// enterRows imports audited slips.
func (h *hands) enterRows(header string, rows ...string) {
	h.t.Helper()
	tab := &exchange.Table{Name: "slips", Header: strings.Split(header, ",")}
	for i, r := range rows {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
	}
	if _, err := exchange.Import(h.s.Book(), "slips", tab, false); err != nil {
		h.t.Fatal(err)
	}
}

// Freight of 30.00 billed by a carrier who sold nothing, spread over two receipts of the tool maker: the payee is typed first, the two receipts
// are found by their product and ticked, and the carrier and the way to spread stay.
func TestLandedCostTakesItsSourcesWhoeverThePayeeIs(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		tab := &exchange.Table{Name: "suppliers", Header: []string{"code", "name"}, Rows: []exchange.Row{{Line: 2, Cells: []string{"S9", "快运"}}}}
		if _, err := exchange.Import(b, "suppliers", tab, false); err != nil {
			t.Fatal(err)
		}
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r1,2026-11-01,S1,W1,A1,10,2,yes", "goods-receipt,r2,2026-11-02,S1,W1,B2,1,40,yes", "goods-receipt,r3,2026-11-03,S1,W1,B2,2,40,yes")
		h.s.NewSlip(kind(t, "landed-cost"))
		h.write("S9")
		h.press("Enter", "Enter")
		h.write("30")
		h.press("Enter", "F3")
		h.sees("自攻螺丝", "手锯", map[bool]string{true: "剩余数量", false: "Left"}[zh])
		h.write("b2")
		h.picture("source")
		if all := h.reads(); strings.Contains(all, "自攻螺丝") {
			t.Error("a receipt of another product is still listed")
		}
		h.press("Tab")
		h.write("  ")
		h.press("Enter")
		f := h.form()
		if f.doc.Party != "S9" || f.doc.Amount.String() != "30.00" || f.doc.Extra["allocate_by"] != "amount" || len(f.doc.Lines) < 2 {
			t.Fatalf("the slip is of %q over %s by %q with %d lines", f.doc.Party, f.doc.Amount, f.doc.Extra["allocate_by"], len(f.doc.Lines))
		}
		for _, l := range f.doc.Lines { // what is seen before is what is kept: 40 : 80
			if want := map[string]string{"CR-202611-0002": "10.00", "CR-202611-0003": "20.00"}[l.SourceNumber]; l.Net.String() != want {
				t.Errorf("of %s the draft shows %s, want %s", l.SourceNumber, l.Net, want)
			}
		}
		h.press("F9")
		d, err := b.Load("FT-202611-0001")
		if err != nil {
			t.Fatalf("%v; the window says %s", err, h.says())
		}
		nets := map[string]string{}
		for _, l := range d.Lines {
			nets[l.SourceNumber] = l.Net.String()
		}
		if d.Status.Live() != true || nets["CR-202611-0002"] != "10.00" || nets["CR-202611-0003"] != "20.00" { // 40 : 80
			t.Errorf("the book has %s, spread %v; the window says %s", d.Status, nets, h.says())
		}
	})
}

// Pushed down from a receipt the way to spread is filled as in a new slip.
func TestPushDownFillsChoicesAndOffersTheUsualFirst(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	for from, want := range map[string]string{"sales-order": "delivery", "delivery": "collection", "goods-receipt": "payment", "purchase-order": "goods-receipt"} {
		if next := b.NextKinds(from); next[0].Code != want {
			t.Errorf("after a %s stands %s first, want %s", from, next[0].Code, want)
		}
	}
	h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r1,2026-11-01,S1,W1,A1,10,2,yes")
	d, err := b.Push("r1", "landed-cost")
	if err != nil || d.Extra["allocate_by"] != "amount" {
		t.Errorf("pushed down it spreads by %q (%v)", d.Extra["allocate_by"], err)
	}
}

// A list narrowed while it stood at its end shows what it has from the first row on; ↑ there stays in the list.
func TestANarrowedListStandsAtItsTop(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		var rows []string
		for i := range 60 {
			word := map[bool]string{true: "急", false: "no"}[i%20 == 0]
			rows = append(rows, fmt.Sprintf("goods-receipt,r%d,2026-11-02,S1,W1,A1,1,2,%s,yes", i, word))
		}
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,remark,audit", rows...)
		h.s.OpenList(kind(t, "goods-receipt"))
		l := h.s.Current().(*slipList)
		h.press("End", "Ctrl+F")
		h.write("急")
		h.press("Enter")
		if first, _ := l.table.Top(); first != 0 || l.list.Count != 3 || l.table.Row() != 0 {
			t.Errorf("of %d slips the list shows those from %d on, the cursor at %d", l.list.Count, first, l.table.Row())
		}
		h.sees("CR-202611-0001", "CR-202611-0021", "CR-202611-0041")
		kit.Focus(l.table)
		h.press("Up", "Up", "Up", "Up")
		if l.list.Count != 3 || l.filter.From != 0 || h.s.Win.Canvas().Focused() != fyne.Focusable(l.table) {
			t.Errorf("↑ on the first row changed the filter to %+v", l.filter)
		}
	})
}

// What cannot be corrected is told by Ctrl+R, before anything is typed; what goes only by a red letter says so.
func TestCorrectingSaysBeforeTypingHowItGoes(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.enterRows("kind,number,date,party,warehouse,account,product,qty,price,amount,source,audit", "delivery,d1,2026-11-10,C2,W1,,A1,10,3,,,yes", "delivery,d2,2026-11-11,C2,W1,,A1,10,3,,,yes",
			"sales-return,x1,2026-11-12,C2,W1,,A1,4,,,d1,yes", "collection,k,2026-11-13,C2,,K1,,,,5,d2,yes")
		for name, corrects := range map[string]bool{"d2": true, "x1": true} {
			d, err := b.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			h.s.OpenSlip(d.Number)
			h.press("Ctrl+R")
			if f := h.form(); f.correcting != corrects {
				t.Errorf("%s: correcting %v, the window says %s", name, f.correcting, h.says())
			}
			if red := map[bool]string{true: "红字单", false: "red letter"}[zh]; name == "d2" && !strings.Contains(h.says(), red) {
				t.Errorf("correcting a slip that money hangs on says %q", h.says())
			}
			h.press("Esc")
		}
	})
}

// Of many tabs each is reached by key, and all are closed by one.
func TestAllTabsAreReachedAndClosedByKey(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, _ bool) {
		h.shop()
		for _, code := range strings.Split("delivery,sales-order,goods-receipt,purchase-order,transfer,collection,payment,offset,quotation,sales-return,purchase-return,write-off", ",") {
			h.s.OpenList(kind(t, code))
		}
		h.press("Ctrl+Shift+T", "3")
		if l, ok := h.s.Current().(*slipList); !ok || l.kind.Code != "sales-order" {
			t.Errorf("the third tab is %T", h.s.Current())
		}
		h.press("Ctrl+Shift+W")
		if len(h.s.tabs) != 1 {
			t.Errorf("%d tabs are open after all were closed", len(h.s.tabs))
		}
	})
}

// F10 finds what a clerk has in mind, not only commands.
func TestTheCommandListFindsSlipsPartiesAndProducts(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, _ bool) {
		h.shop()
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "delivery,d1,2026-11-10,C2,W1,A1,10,3,yes")
		h.press("F10")
		h.write("zgls")
		h.sees("A1  自攻螺丝")
		h.picture("palette")
		h.press("Esc", "F10")
		h.write("xc-202611-0001")
		h.press("Enter")
		if f := h.form(); f.doc.Number != "XC-202611-0001" {
			t.Errorf("F10 opened %s", f.doc.Number)
		}
		all := []door{{label: "关账检查", folded: "关账检查", initials: []string{"gzjz"}}, {label: "结账", folded: "结账", initials: []string{"jz"}}}
		if got := findDoors(all, "jz"); got[0].label != "结账" {
			t.Errorf("jz finds %s first", got[0].label)
		}
	})
}

// A new book that is filled in is not thrown away unasked, and F1 there tells the keys that work there.
func TestANewBookAsksBeforeItIsGivenUp(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.s.NewBook()
		h.press("F1")
		h.sees("F4", "Esc")
		if strings.Contains(h.reads(), "Ctrl+W") {
			t.Error("F1 without a book tells of tabs")
		}
		h.press("Esc")
		h.press("Esc") // nothing typed: goes at once
		if _, stands := h.s.Current().(*newBook); stands {
			t.Fatal("an empty form stays")
		}
		h.s.NewBook()
		h.write("Shop")
		h.press("Enter", "Esc")
		h.sees(map[bool]string{true: "放弃新建账套？", false: "Give the new book up?"}[zh])
		h.press("Esc")
		if n, stands := h.s.Current().(*newBook); !stands || n.values["company"] != "Shop" {
			t.Error("the form is gone, or empty")
		}
		h.press("Esc", "Y")
		if _, stands := h.s.Current().(*newBook); stands {
			t.Error("the form stays after all")
		}
	})
}

// The form of a product that was just saved bears its code.
func TestASavedRecordIsNoLongerCalledNew(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		standing.NewMaster(h.s, master.Products, "我的", nil)
		words := map[bool]string{true: "新增商品", false: "New product"}[zh]
		h.sees(words)
		h.press("Ctrl+S")
		if strings.Contains(h.reads(), words) {
			t.Errorf("after it was saved (%s) the form is still called %s", h.says(), words)
		}
	})
}
