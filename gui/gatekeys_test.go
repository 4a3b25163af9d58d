package gui

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/kit"
)

// entered enters rows of slips "header: row; row".
func (h *hands) entered(b *workflow.Book, kind, header string, rows ...string) {
	h.t.Helper()
	tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
	for i, r := range rows {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
	}
	if _, err := exchange.Import(b, kind, tab, false); err != nil {
		h.t.Fatal(err)
	}
}

// pushed opens what a slip is pushed down to, as a clerk has it on the screen.
func (h *hands) pushed(b *workflow.Book, number, to string, change func(*slip.Doc)) *slipForm {
	h.t.Helper()
	d, err := b.Push(number, to)
	if err != nil {
		h.t.Fatal(err)
	}
	change(d)
	h.s.EditDoc(d)
	return h.form()
}

// 10 came at 10.00. Of an invoice of 6 at 11.00 the price and the 4 left open are told; F2 bills the 10, F3 takes 10.00, and F9 has nothing more to say.
func TestAnInvoiceIsPutRightByKeysBeforeItIsPosted(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b, err := workflow.Create(filepath.Join(t.TempDir(), "k3.zg"), workflow.Settings{Company: "K3", Start: 202611, Flow: "invoice", VAT: 1300, Lang: h.s.lang})
		if err != nil {
			t.Fatal(err)
		}
		b.Now = func() time.Time { return now }
		h.entered(b, "products", "code,name", "A,螺丝")
		h.entered(b, "suppliers", "code,name", "S,永康")
		h.entered(b, "warehouses", "code,name", "W,主仓")
		h.entered(b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r,2026-11-02,S,W,A,10,10,yes")
		h.s.enter(b)
		f := h.pushed(b, "r", "purchase-invoice", func(d *slip.Doc) { d.Lines[0].Qty, d.Lines[0].Price = 6_0000, 11_000000 })
		h.press("F9")
		if f.doc.Status != slip.Draft {
			t.Fatal("it was posted without a word")
		}
		if zh {
			h.sees("第 1 行：单价 11.00，CR-202611-0001 为 10.00", "第 1 行：CR-202611-0001 第 1 行未开票 10，这里开 6，还剩 4", "F7 知道了，继续", "F2 取未结的 10", "F3 用CR-202611-0001的价")
		} else {
			h.sees("Line 1: the price is 11.00, on CR-202611-0001 10.00", "Line 1: 6 billed of the 10 open on CR-202611-0001 line 1: 4 left open", "F7 go on", "F2 take the 10 open", "F3 price of CR-202611-0001")
		}
		h.inside()
		h.press("F2")
		if l := f.doc.Lines[0]; l.Qty.String() != "10" || f.doc.Net.String() != "110.00" {
			t.Errorf("F2 leaves %s, %s", l.Qty, f.doc.Net)
		}
		h.press("F9", "F3")
		if l := f.doc.Lines[0]; l.Price.String() != "10.00" || f.doc.Net.String() != "100.00" {
			t.Errorf("F3 leaves %s, %s", l.Price, f.doc.Net)
		}
		h.press("F9")
		if d, err := b.Load("CF-202611-0001"); err != nil || d.Status != slip.Audited {
			t.Errorf("%v %s", err, h.says())
		}
		if _, tone := h.s.message.Text(); tone != kit.Hint {
			t.Errorf("something is told only after posting: %q", h.says())
		}
	})
}

// 20 are ordered, 15 came. 8 typed are 3 too many: said as they are typed, refused by F9, and F2 takes the 5. A line of which nothing is open goes.
func TestOverAnOrderTakesWhatIsOpenByAKey(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.entered(b, "slips", "kind,number,date,party,warehouse,product,qty,price,source,audit", "purchase-order,o,2026-11-02,S1,W1,A1,20,2,,yes", "goods-receipt,r,2026-11-03,S1,W1,A1,15,2,o,yes")
		f := h.pushed(b, "o", "goods-receipt", func(*slip.Doc) {})
		f.grid.Edit(0, f.lines.column("qty"))
		h.write("8")
		h.press("Enter")
		if zh {
			h.sees("第 1 行：CD-202611-0001 未结 5，这里 8")
		} else {
			h.sees("Line 1: CD-202611-0001 has 5 open, here are 8")
		}
		h.press("F9")
		if zh {
			h.sees("原订 20，剩 5", "F2 取未结的 5")
		} else {
			h.sees("20 ordered, 5 left on CD-202611-0001", "F2 take the 5 open")
		}
		if f.doc.Status != slip.Draft {
			t.Fatal("posted")
		}
		h.press("F2")
		if f.doc.Lines[0].Qty.String() != "5" {
			t.Fatalf("F2 leaves %s", f.doc.Lines[0].Qty)
		}
		twice := f.doc.Lines[0]
		f.doc.Lines = append(f.doc.Lines, twice)
		f.touched()
		h.press("F9", "F2")
		if len(f.doc.Lines) != 1 || f.doc.Lines[0].Qty.String() != "5" {
			t.Errorf("of a second line nothing is open: %+v", f.doc.Lines)
		}
		h.press("F9")
		if f.doc.Status != slip.Audited {
			t.Errorf("%s", h.says())
		}
	})
}

// Lot B expired in February, lot A lasts. B typed is told of before it is posted; F4 lists the lots, and A is taken.
func TestAnExpiredLotIsChangedByAKey(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	h.entered(b, "products", "code,name,tracking", "M,药膏,lot")
	h.entered(b, "slips", "kind,number,date,party,warehouse,product,qty,price,lot,expiry,audit", "goods-receipt,r1,2026-10-02,S1,W1,M,10,4,A,2027-03-31,yes", "goods-receipt,r2,2026-10-03,S1,W1,M,5,4,B,2026-10-31,yes")
	h.s.EditDoc(&slip.Doc{Kind: "delivery", Date: b.Today(), Party: "C2", Warehouse: "W1", Status: slip.Draft,
		Lines: []slip.Line{{Product: "M", Qty: 2_0000, Price: 9_000000, PriceGiven: true, Extra: map[string]string{slip.LotKey: "B"}}}})
	f := h.form()
	h.press("F9")
	h.sees("第 1 行：M 药膏 批号 B 已于 2026-10-31 过期", "F7 知道了，继续", "F4 换批号")
	h.press("F4")
	h.sees("A", "2027-03-31", "过期")
	h.press("Escape", "F9")
	if f.doc.Status != slip.Audited || f.doc.Lines[0].Lot() != "A" {
		t.Errorf("%s of lot %q: %s", f.doc.Status, f.doc.Lines[0].Lot(), h.says())
	}
}

// Nothing is known of what saws cost: before 2 of them come back at 0.00 it is said, and F5 opens the product to say it.
func TestGoodsWithoutACostAreGivenOneByAKey(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	h.entered(b, "products", "code,name", "N,新货")
	h.s.EditDoc(&slip.Doc{Kind: "sales-return", Date: b.Today(), Party: "C2", Warehouse: "W1", Status: slip.Draft, Lines: []slip.Line{{Product: "N", Qty: 2_0000, Price: 9_000000, PriceGiven: true}}})
	f := h.form()
	h.press("F9")
	h.sees("第 1 行：N 新货 退回 2，成本为 0", "F5 填参考成本", "F7 知道了，继续")
	if f.doc.Status != slip.Draft {
		t.Fatal("posted")
	}
	h.press("F5")
	h.sees("参考成本", "新货")
	h.write("4") // the cursor is there
	h.press("Ctrl+S")
	if p, _ := b.Masters().Product("N"); p.Reference.String() != "4.00" {
		t.Errorf("the cost given is %s: %s", p.Reference, h.says())
	}
	h.s.GoTo(f)
	h.press("F9")
	if f.doc.Status != slip.Audited {
		t.Errorf("%s", h.says())
	}
}
