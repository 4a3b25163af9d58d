package gui

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/desk"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/kit"
	"zhanggui/reports/sheet"
)

// shop opens a book with two products (100 screws at 2.00, 10 saws at 50.00), a customer with a limit of 1,000.00 and a supplier.
func (h *hands) shop() *workflow.Book {
	h.t.Helper()
	b, err := workflow.Create(filepath.Join(h.t.TempDir(), "shop.zg"), workflow.Settings{Company: "Shop", Start: 202610, VAT: 1300, Lang: h.s.lang})
	if err != nil {
		h.t.Fatal(err)
	}
	b.Now = func() time.Time { return now }
	load := func(kind, header string, rows ...string) {
		h.t.Helper()
		tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
		for i, r := range rows {
			tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
		}
		if _, err := exchange.Import(b, kind, tab, false); err != nil {
			h.t.Fatal(err)
		}
	}
	wh := "W1"
	load("warehouses", "code,name,keeper", "W1,主仓,李国平", "W2,东仓,")
	load("accounts", "code,name,type", "K1,现金,cash")
	load("products", "code,name,barcode,sales_price,purchase_price,unit2,unit2_factor", "A1,自攻螺丝,6901234567892,3,2,盒,100", "B2,手锯,,80,50,,")
	load("customers", "code,name,credit_limit,payment_days", "C1,王师傅,1000,30", "C2,李四,,")
	load("suppliers", "code,name", "S1,永康工具厂")
	load("opening-stock", "warehouse,product,qty,cost", wh+",A1,100,2", wh+",B2,10,50")
	h.s.enter(b)
	return b
}

// form is the slip form in front.
func (h *hands) form() *slipForm {
	h.t.Helper()
	f, ok := h.s.Current().(*slipForm)
	if !ok {
		h.t.Fatalf("in front is %T, not a slip", h.s.Current())
	}
	return f
}

func kind(t *testing.T, code string) *slip.Kind {
	k, ok := kinds.ByCode(code)
	if !ok {
		t.Fatalf("there is no kind %s", code)
	}
	return k
}

// sell types a delivery of screws to the customer.
func (h *hands) sell(customer, qty string) *slipForm {
	h.t.Helper()
	h.s.NewSlip(kind(h.t, "delivery"))
	h.write(customer)
	h.press("Enter", "F6")
	h.write("zgls") // initials of 自攻螺丝
	h.press("Enter")
	h.write(qty)
	h.press("Enter")
	return h.form()
}

func TestADeliveryTypedByKeysAndAudited(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		f := h.sell("C1", "40")
		h.sees("120.00", "135.60")                                            // 40 × 3.00, and with 13 % tax
		h.sees(map[bool]string{true: "100 件", false: "100 pcs"}[zh], "40.00") // stock; margin 120 − 80
		h.press("Enter", "Enter")                                             // price and discount as proposed
		if g := f.grid; g.Row() != 1 || g.Col() != f.lines.firstColumn() {
			t.Errorf("after the last cell the cursor is at %d,%d, want a new line", g.Row(), g.Col())
		}
		h.press("F9")
		d, err := b.Load("XC-202611-0001")
		if err != nil || d.Status != slip.Audited || d.Gross.String() != "135.60" || d.Lines[0].Cost.String() != "80.00" {
			t.Fatalf("the book has %+v (%v); the window says %s", d, err, h.says())
		}
		h.sees(map[bool]string{true: "已审核", false: "AUDITED"}[zh])
		if f.Unsaved() || len(mustKept(t, b)) != 0 {
			t.Error("what is audited still lies on the desk")
		}
		h.inside()
	})
}

func TestARefusalGoesWhenItIsPutRight(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		f := h.sell("C1", "40")
		hint := h.s.hint
		h.write("-5") // the price
		h.press("Enter")
		if _, tone := h.s.message.Text(); tone != kit.Refusal {
			t.Fatalf("a negative price: the window says %q", h.says())
		}
		h.press("Escape")
		if h.says() != hint {
			t.Errorf("the old price is back, the window still says %q", h.says())
		}
		h.press("F6")
		h.write("5000") // off a slip of 135.60
		h.press("Enter")
		if !strings.Contains(h.says(), "5000.00") || !strings.Contains(h.says(), "135.60") {
			t.Errorf("a discount of 5,000.00 off 135.60: the window says %q", h.says())
		}
		h.press("F9")
		if f.doc.Status != slip.Draft {
			t.Error("a slip with more discount than goods was audited")
		}
	})
}

func TestF6GoesOnFromWhereTheKeyboardIs(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	f := h.sell("C1", "40") // the keyboard is in the lines
	hint := h.s.hint
	h.press("F6")
	if !f.foot.Focused() {
		t.Error("F6 from the lines does not go to the foot")
	}
	h.press("F6")
	if !f.ring.Focused() {
		t.Error("F6 from the foot does not go to the head")
	}
	h.s.OpenHome()
	h.s.Choose(1)
	if h.says() != hint {
		t.Errorf("back in the tab the line says %q, want %q", h.says(), hint)
	}
}

func TestPushDownByADigitStandsInTheFirstQuantity(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	h.s.NewSlip(kind(t, "purchase-order"))
	h.write("S1")
	h.press("Enter", "F6")
	h.write("B2")
	h.press("Enter")
	h.write("4")
	h.press("Enter", "F9", "F8", "1")
	f := h.form()
	if f.kind.Code != "goods-receipt" || f.grid.Row() != 0 || f.grid.Col() != f.lines.column("qty") {
		t.Fatalf("pushed down is %s, the cursor at %d,%d", f.kind.Code, f.grid.Row(), f.grid.Col())
	}
	h.sees("226.00") // 4 × 50.00 and 13 % tax, before anything is typed
	h.write("3")
	h.press("Enter")
	if q := f.doc.Lines[0].Qty.String(); q != "3" {
		t.Errorf("the quantity is %s, want 3: the digit that chose the kind was typed into the line", q)
	}
}

func TestACounterSaleBeginsWithScanningAndSaysTheChange(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	h.s.NewSlip(kind(t, "retail-sale"))
	h.write("6901234567892")
	h.press("Enter")
	f := h.form()
	if len(f.doc.Lines) != 1 || f.doc.Lines[0].Product != "A1" {
		t.Fatalf("the first scan made %+v", f.doc.Lines)
	}
	kit.Focus(f.fields["tendered"].Input)
	h.write("10")
	h.press("Enter")
	h.sees("找零", "6.61") // 10.00 less 3.00 and its tax of 0.39
}

func TestAVoucherNamesItsAccountsAndWhatIsMissing(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	h.s.NewSlip(kind(t, "journal-voucher"))
	h.press("Enter") // what it is about
	h.write("5602")
	h.press("Enter")
	h.write("100")
	h.press("Enter")
	h.sees("管理费用", "借贷相差 100.00")
	if f := h.form(); f.lines.stops(0, f.lines.column("credit")) {
		t.Error("Enter stops at the credit of a line with a debit")
	}
}

func TestAChoiceShowsItsWholeWords(t *testing.T) {
	h := newHands(t, text.En)
	h.shop()
	h.s.NewSlip(kind(t, "offset"))
	h.press("F4")
	h.sees("Prepaid against payable")
}

func mustKept(t *testing.T, b *workflow.Book) []desk.Slip {
	t.Helper()
	k, err := desk.Slips(b)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestNonsenseIsRefusedAtItsField(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	f := h.sell("C1", "40")
	f.grid.Edit(0, f.lines.column("price"))
	h.write("-1")
	h.press("Enter")
	if h.says() != "单价不能为负" || !f.grid.Fields[f.lines.column("price")].Refused() {
		t.Errorf("a negative price says %q", h.says())
	}
	h.press("Esc")
	f.grid.Edit(0, f.lines.column("qty"))
	h.write("abc")
	h.press("Enter")
	if !strings.Contains(h.says(), "不是数字") || f.doc.Lines[0].Qty.String() != "40" {
		t.Errorf("letters for a quantity say %q and leave %s", h.says(), f.doc.Lines[0].Qty)
	}
	h.press("Esc")
	h.write("101") // one more than there is
	h.press("Enter", "F9")
	if !strings.Contains(h.says(), "A1") || f.doc.Status != slip.Draft {
		t.Errorf("101 of 100 says %q, the slip is %s", h.says(), f.doc.Status)
	}
	date := f.fields["date"]
	h.s.Win.Canvas().Focus(date.Input)
	h.write("2026-09-30") // before the book's start
	h.press("Enter")
	if !date.Refused() || !strings.Contains(h.says(), "2026-10") {
		t.Errorf("a day before the start says %q", h.says())
	}
	h.press("F2") // the offer: today
	if date.Value() != "2026-11-25" || date.Refused() {
		t.Errorf("F2 gives %q", date.Value())
	}
}

func TestACustomerBeyondTheLimitIsWarnedOf(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	f := h.sell("C1", "100") // 339.00 of 1,000.00
	f.grid.Edit(0, f.lines.column("price"))
	h.write("10") // 1,130.00
	h.press("Enter", "F9")
	if want := "超出信用额度：审核后应收 1,130.00，额度 1,000.00，超 130.00。"; h.says() != want {
		t.Errorf("the window says %q, want %q", h.says(), want)
	}
	if f.doc.Status != slip.Draft {
		t.Fatal("it was audited without asking")
	}
	h.press("F7")
	if d, err := b.Load("XC-202611-0001"); err != nil || d.Status != slip.Audited {
		t.Errorf("F7 does not go on: %v %s", err, h.says())
	}
}

func TestAScannedBarcodeAddsOneWhereverTheCursorIs(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	f := h.sell("C2", "5")
	h.write("6901234567892") // the cursor is in the price
	h.press("Enter")
	if l := f.doc.Lines; len(l) != 1 || l[0].Qty.String() != "6" || l[0].Price.String() != "3.00" {
		t.Errorf("a scan in the price gives %+v, want 6 at 3.00", l)
	}
	f.grid.Edit(1, f.lines.firstColumn())
	h.write("6901234567892")
	h.press("Enter")
	if l := f.doc.Lines; len(l) != 1 || l[0].Qty.String() != "7" {
		t.Errorf("a scan on a new line gives %+v, want 7", l)
	}
}

// A number after a scan is how many there are, not a product with that figure somewhere in its code; a number elsewhere is none.
func TestANumberAfterAScanIsTheQuantity(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, _ bool) {
		b := h.shop()
		h.entered(b, "products", "code,name", "X12Y,齿轮", "24,皮带")
		f := h.delivery("C2", "B2 1")
		f.grid.Edit(1, f.lines.firstColumn())
		h.write("6901234567892")
		h.press("Enter")
		h.write("12")
		h.press("Enter")
		if l := f.doc.Lines; len(l) != 2 || l[1].Product != "A1" || l[1].Qty.String() != "12" || l[1].Gross.String() != "40.68" { // 12 at 3.00, 13 %
			t.Fatalf("12 after a scan: %+v, %s", l, h.says())
		}
		h.write("30") // typed wrong, typed again
		h.press("Enter")
		if l := f.doc.Lines; len(l) != 2 || l[1].Qty.String() != "30" {
			t.Fatalf("30 after it: %+v", l)
		}
		h.write("24") // a product is called that
		h.press("Enter")
		if l := f.doc.Lines; len(l) != 3 || l[2].Product != "24" || l[1].Qty.String() != "30" {
			t.Fatalf("a code after a scan: %+v", l)
		}
		h.write("2")
		h.press("Enter")
		f.grid.Edit(3, f.lines.firstColumn())
		h.write("12") // nothing was scanned before it
		h.press("Enter")
		if l := f.doc.Lines; len(l) != 4 || l[1].Qty.String() != "30" || l[2].Qty.String() != "2" {
			t.Errorf("12 without a scan: %+v", l)
		}
	})
}

// A bare number without a scan before it takes no product that only has it inside its bar code: it is said, and the arrows choose it. A whole bar
// code and its beginning are taken.
func TestANumberInsideABarCodeIsNoProduct(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop() // A1 has 6901234567892
		f := h.delivery("C2", "B2 1")
		at := func() { f.grid.Edit(f.lines.firstBlank(), f.lines.firstColumn()) }
		for _, number := range []string{"12", "7892"} {
			at()
			h.write(number)
			h.press("Enter")
			if l := f.trimmed().Lines; len(l) != 1 || !strings.Contains(h.says(), map[bool]string{true: "条码的中间", false: "part of a bar code"}[zh]) {
				t.Fatalf("%s takes %+v, the window says %q", number, l, h.says())
			}
			h.press("Esc")
		}
		h.write("12")
		h.press("Down", "Enter")
		if l := f.trimmed().Lines; len(l) != 2 || l[1].Product != "A1" {
			t.Fatalf("chosen by the arrows: %+v, %s", l, h.says())
		}
		for i, number := range []string{"6901", "690123456789"} {
			at()
			h.write(number)
			h.press("Enter")
			if l := f.trimmed().Lines; len(l) != 3+i || l[2+i].Product != "A1" {
				t.Fatalf("%s: %+v, %s", number, l, h.says())
			}
		}
	})
}

func TestWhatIsTypedSurvivesACrash(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	h.sell("C1", "12")
	again, err := workflow.Open(b.DB.Path) // as at the next start
	if err != nil {
		t.Fatal(err)
	}
	again.Now = b.Now
	h.s.enter(again)
	found := false
	for _, x := range h.s.tabs {
		if f, ok := x.screen.(*slipForm); ok && f.doc.Party == "C1" && len(f.doc.Lines) == 1 && f.doc.Lines[0].Qty.String() == "12" {
			found = f.Unsaved()
		}
	}
	if !found {
		t.Error("the half-typed delivery does not come back")
	}
}

func TestUnauditShowsWhatChangesBeforeItDoesAnything(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.sell("C2", "40")
		h.press("Enter", "Enter", "F9", "Ctrl+F9")
		h.sees("+80.00", "-135.60", "-40.00") // stock, receivable, profit
		h.inside()
		h.press("Enter") // the safe answer
		if d, _ := b.Load("XC-202611-0001"); d.Status != slip.Audited {
			t.Fatal("Enter un-audits")
		}
		h.press("Ctrl+F9", "Y")
		if d, _ := b.Load("XC-202611-0001"); d.Status != slip.Draft || !h.form().editable() {
			t.Errorf("Y leaves it %s; the window says %s", d.Status, h.says())
		}
	})
}

func TestPushDownRedLetterAndCorrect(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	h.s.NewSlip(kind(t, "sales-order"))
	h.write("C1")
	h.press("Enter", "F6")
	h.write("B2")
	h.press("Enter")
	h.write("4")
	h.press("Enter", "F9")
	n, err := b.Push("XD-202611-0001", "delivery")
	if err != nil {
		t.Fatal(err)
	}
	h.s.EditDoc(n)
	f := h.form()
	if f.kind.Code != "delivery" || len(f.doc.Lines) != 1 || f.doc.Lines[0].Qty.String() != "4" {
		t.Fatalf("pushed down is %s %+v", f.kind.Code, f.doc.Lines)
	}
	h.press("F9", "Ctrl+R")
	f = h.form()
	f.grid.Edit(0, f.lines.column("qty"))
	h.write("3")
	h.press("Enter", "F9")
	h.sees("+50.00") // one saw stays in stock
	h.press("Y")
	if d, _ := b.Load("XC-202611-0001"); d.Status != slip.Audited || d.Lines[0].Qty.String() != "3" {
		t.Errorf("corrected is %s of %s; %s", d.Status, d.Lines[0].Qty, h.says())
	}
	h.press("Ctrl+T")
	if f := h.form(); f.doc.Number != "" || f.doc.Lines[0].Qty.String() != "-3" {
		t.Errorf("the red letter is %s of %s", f.doc.Number, f.doc.Lines[0].Qty)
	}
	h.press("F9")
	if proofs, err := b.Verify(); err != nil {
		t.Error(err)
	} else {
		for _, p := range proofs {
			if !p.Holds() {
				t.Errorf("proof %d: %v", p.Number, p.Faults)
			}
		}
	}
}

func TestEveryKindHasItsFormAndListInBothLanguages(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, _ bool) {
		h.shop()
		for _, k := range kinds.All {
			if k.Hidden {
				continue
			}
			h.s.NewSlip(k)
			h.sees(k.Title.In(h.s.lang))
			h.inside()
			h.press("F6", "F1")
			h.inside()
			h.press("Esc")
			h.s.OpenList(k)
			h.sees(k.Title.In(h.s.lang))
			h.inside()
			for h.s.active > 0 {
				h.s.CloseTab()
				if h.s.layer.Modal() != nil {
					t.Fatalf("%s: an untouched slip asks before it closes", k.Code)
				}
			}
		}
	})
}

func TestTheListTicksSumsAndAudits(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	for _, q := range []string{"1", "2"} {
		h.sell("C2", q)
		h.press("Ctrl+S")
		if h.form().Unsaved() {
			t.Fatal(h.says())
		}
	}
	h.s.OpenList(kind(t, "delivery"))
	l := h.s.Current().(*slipList)
	if len(l.list.IDs) != 2 || l.list.Gross.String() != "10.17" { // 3.39 + 6.78
		t.Fatalf("%d slips of %s in the list; %s", len(l.list.IDs), l.list.Gross, h.says())
	}
	h.press("Ctrl+A")
	h.sees("10.17", "2 张")
	h.press("F9")
	for _, n := range []string{"XC-202611-0001", "XC-202611-0002"} {
		if d, err := b.Load(n); err != nil || d.Status != slip.Audited {
			t.Errorf("%s is not audited: %v; %s", n, err, h.says())
		}
	}
	h.press("Enter")
	if f := h.form(); f.doc.Number != "XC-202611-0002" {
		t.Errorf("Enter opens %s, want the newest", f.doc.Number)
	}
	h.s.After(&fyne.KeyEvent{Name: fyne.KeyEscape})
}

func TestTheListIsExportedByKeysAndNothingIsWrittenOverUnasked(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	h.sell("C2", "1")
	h.press("Ctrl+S")
	h.s.OpenList(kind(t, "delivery"))
	path := filepath.Join(t.TempDir(), "out") // the ending is added
	for _, again := range []bool{false, true} {
		h.press("Ctrl+E")
		h.s.Win.Canvas().Focused().(*kit.Input).SelectAll()
		h.write(path)
		h.press("Enter")
		if again {
			if h.s.layer.Modal() == nil {
				t.Fatal("a file that exists is written over at once")
			}
			h.press("Enter")
		}
		if h.s.layer.Modal() != nil {
			t.Fatalf("the file is not saved: %s", h.reads())
		}
	}
	tab, err := sheet.Open(path + ".xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(tab.Rows[0].Cells, "|"); !strings.Contains(got, "2026-11-25|XC-202611-0001|李四") || !strings.Contains(got, "3.39") {
		t.Errorf("the workbook's first row is %s", got)
	}
}

// The party of an entry is looked for among those of its account, and so is the cash account.
func TestAJournalVouchersLinesPickPartiesAndCashByTheirAccount(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.s.NewSlip(kind(t, "journal-voucher"))
		f := h.form()
		put := func(row int, key, words string) {
			t.Helper()
			f.grid.Edit(row, f.lines.column(key))
			h.write(words)
			h.press("Enter")
		}
		put(0, "line_account", "1122")
		put(0, "debit", "100")
		put(0, "party", "ls") // 李四 by her initials
		put(1, "line_account", "220201")
		put(1, "credit", "60")
		f.grid.Edit(1, f.lines.column("party"))
		h.press("F4")
		h.sees("永康工具厂")
		if all := h.reads(); strings.Contains(all, "王师傅") {
			t.Error("a payable lists customers")
		}
		h.press("Enter")
		put(2, "line_account", "1001")
		put(2, "credit", "40")
		if l := f.doc.Lines; len(l) != 3 || l[0].Party != "C2" || l[1].Party != "S1" {
			t.Fatalf("the lines are %+v", l)
		}
		h.press("F9")
		d, err := b.Load("JZ-202611-0001")
		if err != nil || d.Status != slip.Audited || d.Lines[2].Extra["account"] != "K1" {
			t.Fatalf("%+v, %v; says %s", d, err, h.says())
		}
		p, err := b.PartyFacts(slip.Customers, "C2")
		if err != nil || p.Balance.String() != "100.00" {
			t.Errorf("李四 owes %s, %v", p.Balance, err)
		}
		h.sees("C2 李四", "S1 永康工具厂")
	})
}
