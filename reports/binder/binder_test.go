package binder_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhanggui/data/fault"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/binder"
)

// trader buys and sells in January and is paid in part in February; the raw material stands in an account of its own.
func trader(t *testing.T, s workflow.Settings) *workflow.Book {
	t.Helper()
	s.Start, s.VAT, s.Company = 202601, 1300, "Trader"
	b, err := workflow.Create(filepath.Join(t.TempDir(), "trader.zg"), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	put(t, b, "categories", "code,name,stock_account", "RAW,Raw,1403")
	put(t, b, "products", "code,name,category", "A,=Screw,", "B,Wire,RAW", "N,Nail,")
	put(t, b, "suppliers", "code,name", "S,Factory")
	put(t, b, "customers", "code,name", "C,Builder", "D,Decorator")
	put(t, b, "warehouses", "code,name", "W,Main")
	put(t, b, "accounts", "code,name,type,opening", "K,Till,cash,1000", "G,Bank,bank,")
	put(t, b, "opening-balances", "party_kind,party,receivable,advance,payable,prepaid", "customer,D,40,7,,", "supplier,S,3,,20,5")
	put(t, b, "slips", "kind,number,date,party,warehouse,account,product,qty,price,amount,source,audit",
		"goods-receipt,r,2026-01-05,S,W,,A,100,10,,,yes",
		"goods-receipt,r2,2026-01-05,S,W,,B,10,5,,,yes",
		"delivery,d1,2026-01-10,C,W,,A,20,20,,,yes",
		"delivery,d2,2026-01-20,D,W,,A,10,20,,,yes",
		"sales-return,x,2026-01-22,D,W,,A,1,,,d2,yes",
		"retail-sale,l,2026-02-05,,W,K,A,5,20,,,yes",
		"collection,c,2026-02-10,C,,G,,,,100,,yes",
		"payment,p,2026-02-11,S,,K,,,,50,,yes")
	return b
}

func bind(t *testing.T, b *workflow.Book, m text.Month) *excelize.File {
	t.Helper()
	var buf bytes.Buffer
	if err := binder.Write(&buf, b, m, nil); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestTheMonthsBooksAreOneWorkbook(t *testing.T) {
	f := bind(t, trader(t, workflow.Settings{Lang: text.En}), 202601)
	want := []string{"Cover", "Purchase ledger", "Sales ledger", "Stock movement", "Stock on hand", "Receivables", "Payables", "Party statements", "Cash book", "Journal", "Trial balance",
		"Balance sheet", "Income statement", "VAT", "Gross profit by product", "Gross profit by customer", "Reconciliation"}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %v, want %v", got, want)
	}
	for _, c := range []struct{ sheet, cell, want string }{
		{"Sales ledger", "A1", "Trader Sales ledger 2026-01"},
		{"Sales ledger", "C4", "Delivery"}, // d2, under title, header and d1
		{"Sales ledger", "H3", "=Screw"},
		{"Sales ledger", "L5", "-20.00"},
		{"Sales ledger", "A6", "Total"},
		{"Sales ledger", "L6", "580.00"}, // 400 + 200 − 20
		{"Sales ledger", "P6", "290.00"},
		{"Gross profit by customer", "D4", "180.00"},
		{"Party statements", "A3", "C"},
		{"Income statement", "C3", "580.00"},
		{"Trial balance", "A3", "1001"},
	} {
		if got, err := f.GetCellValue(c.sheet, c.cell); err != nil || got != c.want {
			t.Errorf("%s %s is %q, want %q, %v", c.sheet, c.cell, got, c.want, err)
		}
	}
}

func TestEveryFormulaComesToItsCachedValueAndControlsHold(t *testing.T) {
	for name, s := range map[string]workflow.Settings{"direct": {Lang: text.En}, "invoice": {Flow: "invoice", Lang: text.Zh}} {
		b := trader(t, s)
		for _, m := range []text.Month{202601, 202602, 202603} {
			f := bind(t, b, m)
			formulas := 0
			for _, sheet := range f.GetSheetList() {
				rows, err := f.GetRows(sheet)
				if err != nil {
					t.Fatal(err)
				}
				for r := range rows {
					for c := range rows[r] {
						cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
						if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
							formulas++
							shown, _ := f.GetCellValue(sheet, cell)
							if got, err := f.CalcCellValue(sheet, cell); err != nil || got != shown {
								t.Errorf("%s %s %s!%s %s comes to %q, shows %q, %v", name, m, sheet, cell, formula, got, shown, err)
							}
						}
					}
				}
			}
			controls := part(t, f, "4 ", "四、")
			if len(controls) != 18 || formulas < 50 {
				t.Errorf("%s %s: %d controls, %d formulas", name, m, len(controls), formulas)
			}
			for _, c := range controls {
				if len(c) != 5 || c[3] != "0.00" || c[1] != c[2] || c[4] != "√" {
					t.Errorf("%s %s: control %v", name, m, c)
				}
			}
		}
	}
}

// January of a book that bills: 30 delivered less 1 come back, nothing of them billed; 1,050.00 received and not billed either.
func TestTheCoverLeadsWhatWasSoldOverToTheAccounts(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice", Lang: text.En})
	f := bind(t, b, 202601)
	want := [][]string{
		{"As delivered and received: sales and purchase ledgers", "580.00", "290.00", "1,050.00"},
		{"Less: delivered (received), not yet invoiced", "580.00", "290.00", "1,050.00"},
		{"Plus: invoiced of earlier deliveries (receipts)", "0.00", "0.00", "0.00"},
		{"Plus: invoiced, not matched with goods", "0.00", "0.00", "0.00"},
		{"As billed", "0.00", "0.00", "0.00"},
		{"As booked: 5001, 5401; bills of purchases", "0.00", "0.00", "0.00"},
		{"Less: other entries on these accounts", "0.00", "0.00", "0.00"},
		{"Difference", "0.00", "0.00", "0.00"}}
	if got := part(t, f, "5 Reconciliation", ""); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("the cover says %v, want %v", got, want)
	}
}

func TestAMonthBeforeTheBookIsRefused(t *testing.T) {
	if err := binder.Write(&bytes.Buffer{}, trader(t, workflow.Settings{}), 202512, nil); !fault.Is(err, fault.Refused) {
		t.Error(err)
	}
}

// part are the rows of one part of the cover under its heads, without the empty cells of merged ones.
func part(t *testing.T, f *excelize.File, titles ...string) (out [][]string) {
	t.Helper()
	cover, err := f.GetRows(f.GetSheetList()[0])
	if err != nil {
		t.Fatal(err)
	}
	in := false
	for i, row := range cover {
		row = slices.DeleteFunc(row, func(s string) bool { return s == "" })
		switch {
		case in && len(row) == 0:
			return out
		case in && i > 0 && len(cover[i-1]) > 0 && begins(cover[i-1][0], titles): // the heads
		case in:
			out = append(out, row)
		case len(row) > 0 && begins(row[0], titles):
			in = true
		}
	}
	return out
}

func begins(s string, titles []string) bool {
	return slices.ContainsFunc(titles, func(w string) bool { return w != "" && strings.HasPrefix(s, w) })
}

// The cover of January says how each total came about, beside the ledgers behind it, what was earned, and where everything stands. Sales are 400 +
// 200 − 20, their cost 200 + 100 − 10; of the sales 600 less 20 have 13 % tax: 75.40.
func TestTheCoverIsReadByAnOwner(t *testing.T) {
	b := trader(t, workflow.Settings{Lang: text.En})
	f := bind(t, b, 202601)
	for title, want := range map[string][][]string{
		"1 ": {{"Receivables 1122", "43.00", "655.40", "0.00", "698.40", "yes"}, {"Stock 1405", "0.00", "1,050.00", "290.00", "760.00", "yes"}},
		"2 ": {{"Sales before tax", "580.00", "0.00", "—", "Sales ledger · Income statement"}, {"Gross profit", "290.00", "0.00", "—", "Gross profit by product · Gross profit by customer"},
			{"Output tax", "75.40", "0.00", "—", "VAT"}},
		"3 ": {{"02", "Purchase ledger", "2", "1,186.50"}},
	} {
		rows := part(t, f, title)
		for _, w := range want {
			if !slices.ContainsFunc(rows, func(r []string) bool { return len(r) >= len(w) && slices.Equal(r[:len(w)], w) }) {
				t.Errorf("%s: %v is not in %v", title, w, rows)
			}
		}
		if title == "1 " {
			for _, r := range rows {
				if r[len(r)-1] != "yes" || len(rows) != 6 {
					t.Errorf("%v", r)
				}
			}
		}
	}
	if rows := part(t, bind(t, b, 202602), "2 "); rows[0][2] != "580.00" || rows[0][3] != "-82.8%" { // 5 at 20.00: 100.00
		t.Errorf("February says %v", rows[0])
	}
	links := 0
	for r := range 80 {
		cell, _ := excelize.CoordinatesToCellName(2, r+1)
		if ok, to, _ := f.GetCellHyperLink("Cover", cell); ok {
			links++
			if name, _ := f.GetCellValue("Cover", cell); to != "'"+name+"'!A1" {
				t.Errorf("%s %q leads to %q", cell, name, to)
			}
		}
	}
	if links != 8 { // the right half has as many
		t.Errorf("%d links", links)
	}
	for _, s := range f.GetSheetList() { // every figure has room: a comma between thousands, a digit a character
		cols, err := f.GetCols(s)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range cols {
			name, _ := excelize.ColumnNumberToName(i + 1)
			wide, _ := f.GetColWidth(s, name)
			for r, v := range c {
				if r > 1 && s != "Cover" && float64(len(v)) > wide {
					t.Errorf("%s %s%d: %q in %v", s, name, r+1, v, wide)
				}
			}
		}
	}
}
