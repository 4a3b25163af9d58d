// Package testbook makes the small books that tests of several rooms begin with, and fills them with rows as a file would.
package testbook

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/ledger"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// Open makes a book from 2026-01 with two products, two warehouses, a supplier, a customer and a cash account.
func Open(t testing.TB, s workflow.Settings) *workflow.Book {
	t.Helper()
	s.Start = 202601
	if s.VAT == 0 {
		s.VAT = 1300
	}
	b, err := workflow.Create(filepath.Join(t.TempDir(), "book.zg"), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	b.Now = func() time.Time { return time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC) }
	Load(t, b, "products", "code,name,unit,purchase_price,sales_price,unit2,unit2_factor", "A,螺丝,个,10,20,盒,100", "B,螺母,个,5,9,,")
	Load(t, b, "suppliers", "code,name", "S,五金厂")
	Load(t, b, "customers", "code,name,payment_days", "C,装修队,30")
	Load(t, b, "warehouses", "code,name", "W1,主仓", "W2,东仓")
	Load(t, b, "accounts", "code,name,type", "K,现金,cash")
	return b
}

// Load imports rows of a kind, cells parted by commas.
func Load(t testing.TB, b *workflow.Book, kind, header string, rows ...string) {
	t.Helper()
	if err := Try(b, kind, header, rows...); err != nil {
		t.Fatal(err)
	}
}

// Try is Load that says what is refused.
func Try(b *workflow.Book, kind, header string, rows ...string) error {
	tab := &exchange.Table{Name: kind + ".csv", Header: strings.Split(header, ",")}
	for i, r := range rows {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
	}
	_, err := exchange.Import(b, kind, tab, false)
	return err
}

// Voucher prints a slip's voucher, one part an account.
func Voucher(t testing.TB, b *workflow.Book, ref string) string {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := b.DB.Entries(d.ID)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.DB.RowsOf(d.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		entries = append(entries, r.Entries()...)
	}
	var s []string
	for _, e := range ledger.Voucher(entries) {
		if e.Debit != 0 {
			s = append(s, fmt.Sprintf("Dr %s %s", e.Account, e.Debit))
		} else {
			s = append(s, fmt.Sprintf("Cr %s %s", e.Account, e.Credit))
		}
	}
	return strings.Join(s, "; ")
}

// Holds wants every proof of the book to hold.
func Holds(t testing.TB, b *workflow.Book) {
	t.Helper()
	proofs, err := b.Verify()
	if err != nil {
		t.Fatal(err)
	}
	if len(proofs) != workflow.Proofs {
		t.Errorf("%d proofs ran, want %d", len(proofs), workflow.Proofs)
	}
	for _, p := range proofs {
		if !p.Holds() {
			t.Errorf("proof %d %s: %v", p.Number, p.Title.En, p.Faults)
		}
	}
}

// Wide is every column that Enter can fill, in this order.
var Wide = strings.Split("kind,number,date,party,to_party,warehouse,to_warehouse,account,to_account,product,qty,price,price_includes_tax,tax_rate,amount,slip_discount,freight,paid,rounding,tendered,source_line,carrier,waybill,address,invoice_no,invoice_type,source,offset_kind,allocate_by,debit_account,credit_account,due_date,method,cheque_no,remark,audit", ",")

// Row writes an audited slip's row from "column=value" words.
func Row(words string) string {
	cells := map[string]string{"audit": "yes"}
	for _, w := range strings.Fields(words) {
		k, v, _ := strings.Cut(w, "=")
		cells[k] = v
	}
	out := make([]string, len(Wide))
	for i, c := range Wide {
		out[i] = cells[c]
		delete(cells, c)
	}
	if len(cells) > 0 {
		panic(words)
	}
	return strings.Join(out, ",")
}

// Enter imports audited slips of one row, each as "column=value" words.
func Enter(t testing.TB, b *workflow.Book, rows ...string) {
	t.Helper()
	for _, r := range rows {
		Load(t, b, "slips", strings.Join(Wide, ","), Row(r))
	}
}

// Refuse wants the row of a slip refused, in these words.
func Refuse(t testing.TB, b *workflow.Book, want, r string) {
	t.Helper()
	err := Try(b, "slips", strings.Join(Wide, ","), Row(r))
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s\ngives %v, want %q", r, err, want)
	}
}

// Trader is Open with a bank account beside the till, a second customer and supplier, and a firm that is both.
func Trader(t testing.TB, s workflow.Settings) *workflow.Book {
	b := Open(t, s)
	Load(t, b, "accounts", "code,name,type", "B,工行,bank")
	Load(t, b, "suppliers", "code,name", "S2,二厂", "X,两头户")
	Load(t, b, "customers", "code,name", "C2,乙方", "X,两头户")
	return b
}

// Counting is the header of slips in a Scene.
const Counting = "kind,number,date,party,warehouse,to_warehouse,product,unit,qty,price,source,audit"

// Scene is a book where on 2 February 100 A (a box 盒 holds 12) and 50 B came into W1 and 40 A into W2.
func Scene(t testing.TB) *workflow.Book {
	t.Helper()
	b := Open(t, workflow.Settings{})
	Load(t, b, "products", "code,name,spec,unit,unit2,unit2_factor", "A,螺丝,M8,个,盒,12", "A1,螺丝帽,,个,,", "Z,螺丝,M10,个,,")
	Load(t, b, "slips", Counting, "goods-receipt,r1,2026-02-02,S,W1,,A,,100,1,,yes", "goods-receipt,r2,2026-02-02,S,W1,,B,,50,1,,yes", "goods-receipt,r3,2026-02-02,S,W2,,A,,40,1,,yes")
	return b
}
