package gui

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/stocktake"
)

// A receipt of 10 at 10.00 is billed at 11.00: matched in the same month, the goods are worth 110.00 and 6 of 10 left 66.00.
func TestAnInvoiceIsMatchedWithItsReceiptByKeys(t *testing.T) {
	h := newHands(t, text.Zh)
	b, err := workflow.Create(filepath.Join(t.TempDir(), "k3.zg"), workflow.Settings{Company: "K3", Start: 202610, Flow: "invoice", VAT: 1300, Lang: text.Zh})
	if err != nil {
		t.Fatal(err)
	}
	b.Now = func() time.Time { return now }
	load := func(kind, header string, rows ...string) {
		t.Helper()
		tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
		for i, r := range rows {
			tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
		}
		if _, err := exchange.Import(b, kind, tab, false); err != nil {
			t.Fatal(err)
		}
	}
	load("products", "code,name", "A,螺丝")
	load("suppliers", "code,name", "S,永康")
	load("warehouses", "code,name", "W,主仓")
	load("slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r,2026-11-02,S,W,A,10,10,yes")
	load("slips", "kind,number,date,warehouse,product,qty,audit", "material-issue,m,2026-11-03,W,A,4,yes")
	load("slips", "kind,number,date,party,product,qty,price,audit", "purchase-invoice,i,2026-11-05,S,A,10,11,yes")
	h.s.enter(b)
	h.s.OpenMatching(kind(t, "purchase-invoice"), "S")
	h.sees("CR-202611-0001 / 1", "CF-202611-0001 / 1", "100.00", "110.00")
	h.inside()
	h.press("F9")
	if !strings.Contains(h.says(), "没有勾选") {
		t.Errorf("nothing ticked says %q", h.says())
	}
	h.press("F8", "F9")                                   // the pair fits: same product, same quantity
	h.sees("+10.00", "! 单价 11.00，CR-202611-0001 为 10.00") // what should be known stands first, before it is done
	h.press("Y")
	m, err := b.Unmatched(kind(t, "purchase-invoice"), "S")
	if err != nil || len(m.Goods)+len(m.Invoices) != 0 {
		t.Errorf("left unmatched: %+v (%v); %s", m, err, h.says())
	}
	stock, err := stocktake.BookStock(b, "W")
	if err != nil || stock[stocktake.Goods{Product: "A"}].Value.String() != "66.00" {
		t.Errorf("the six left are worth %s, want 66.00", stock[stocktake.Goods{Product: "A"}].Value)
	}
}
