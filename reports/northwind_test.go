package reports_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/reports"
	"zhanggui/reports/sheet"
)

// northwind loads Microsoft's sample company (licence beside the files) in order.
func northwind(t *testing.T) *workflow.Book {
	t.Helper()
	b, err := workflow.Create(filepath.Join(t.TempDir(), "northwind.zg"), workflow.Settings{Company: "Northwind", Start: 199607, Lang: text.En})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	for _, f := range []struct{ kind, file string }{{"categories", "categories"}, {"suppliers", "suppliers"}, {"customers", "customers"}, {"employees", "employees"},
		{"warehouses", "warehouses"}, {"products", "products"}, {"opening-stock", "opening-stock"}, {"slips", "orders"}, {"slips", "deliveries"}} {
		tab, err := sheet.Open(filepath.Join("..", "assets", "northwind", f.file+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := exchange.Import(b, f.kind, tab, false); err != nil {
			t.Fatal(f.file, err)
		}
	}
	return b
}

// run gives a report's rows with the totals as the last one.
func run(t *testing.T, b *workflow.Book, name string, p reports.Params) [][]string {
	t.Helper()
	r, ok := reports.ByName(name)
	if !ok {
		t.Fatalf("no report %s", name)
	}
	rows, err := r.Run(b, p)
	if err != nil {
		t.Fatal(err)
	}
	var list [][]string
	for _, row := range append(rows, r.Totals(rows)) {
		list = append(list, row.Texts())
	}
	return list
}

func TestNorthwindComesOutToTheCent(t *testing.T) {
	b := northwind(t)
	total := func(name string, p reports.Params, key string) string {
		rows := run(t, b, name, p)
		r, _ := reports.ByName(name)
		for i, c := range r.Columns {
			if c.Key == key {
				return rows[len(rows)-1][i]
			}
		}
		t.Fatalf("%s has no column %s", name, key)
		return ""
	}
	for _, c := range []struct{ what, got, want string }{
		{"delivered", total("sales-summary", reports.Params{}, "net"), "1239855.85"},
		{"receivables", total("receivables", reports.Params{}, "balance"), "1239855.85"},
		{"cost of sales", total("sales-summary", reports.Params{}, "cost"), "853150.22"},
		{"opening stock", total("stock-movement", reports.Params{}, "opening_qty"), "53238"},
		{"opening value", total("stock-movement", reports.Params{}, "opening_value"), "897580.72"},
		{"stock at the end", total("stock-on-hand", reports.Params{}, "qty"), "3119"},
		{"value at the end", total("stock-on-hand", reports.Params{}, "value"), "44430.50"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %s, want %s", c.what, c.got, c.want)
		}
	}
	months := map[string]string{}
	for _, r := range run(t, b, "sales-summary", reports.Params{By: "month"}) {
		months[r[0]] = r[3]
	}
	for m, want := range map[string]string{"1996-07": "20710.27", "1997-01": "64746.46", "1998-04": "142901.99"} {
		if months[m] != want {
			t.Errorf("sales of %s are %s, want %s", m, months[m], want)
		}
	}
	best := ""
	for _, r := range run(t, b, "receivables", reports.Params{}) {
		if r[2] == "110277.32" {
			best = r[0]
		}
	}
	if best != "QUICK" {
		t.Errorf("110,277.32 belongs to %q, want QUICK", best)
	}
	open := map[string]bool{}
	for _, r := range run(t, b, "order-status", reports.Params{}) {
		if r[0] != "" && r[6] != "0" {
			open[r[0]] = true
		}
	}
	if len(open) != 21 {
		t.Errorf("%d orders are open, want 21", len(open))
	}
	proofs, err := b.Verify()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range proofs {
		if !p.Holds() {
			t.Errorf("proof %d: %v", p.Number, p.Faults)
		}
	}
}

func TestEveryReportRunsAndExports(t *testing.T) {
	b := northwind(t)
	put(t, b, "products", "code,name,tracking", "LX,Lotted,lot")
	put(t, b, "opening-stock", "warehouse,product,qty,cost,lot,expiry", b.Masters().List("warehouses")[0].Code()+",LX,3,2,L1,1996-08-31")
	for _, r := range reports.All {
		for _, by := range append([]string{""}, r.Ways()...) {
			if w := r.Word(by); len(r.By) > 0 && (w.Zh == by || w.En == by) {
				t.Errorf("%s: its choice %q has no words", r.Name, by)
			}
			rows, err := r.Run(b, reports.Params{By: by, Product: map[bool]string{true: "P11"}[r.Name == "stock-ledger"], Party: map[bool]string{true: "QUICK"}[r.Name == "party-statement"],
				Lot: map[bool]string{true: "L1"}[r.Takes("lot")]})
			if err != nil {
				t.Errorf("%s by %q: %v", r.Name, by, err)
				continue
			}
			var texts [][]string
			for _, row := range rows {
				if len(row) != len(r.Columns) {
					t.Fatalf("%s by %q has rows of %d cells for %d columns", r.Name, by, len(row), len(r.Columns))
				}
				for i, c := range r.Columns {
					if !c.Fits(row[i]) {
						t.Fatalf("%s by %q gives %s a %T", r.Name, by, c.Key, row[i])
					}
				}
				texts = append(texts, row.Texts())
			}
			cols := make([]sheet.Column, len(r.Columns))
			for i, c := range r.Columns {
				if c.Title.Zh == "" || c.Title.En == "" {
					t.Errorf("%s.%s lacks words", r.Name, c.Key)
				}
				cols[i] = sheet.Column{Title: c.Title.En, Type: c.Type, Total: c.Total}
			}
			var buf bytes.Buffer
			if err := sheet.WriteXLSX(&buf, r.Title.Zh, cols, texts, r.Totals(rows).Texts()); err != nil {
				t.Errorf("%s: %v", r.Name, err)
			}
			back, err := sheet.ReadXLSX("x.xlsx", buf.Bytes())
			if err != nil || len(rows) > 0 && len(back.Rows) < len(rows) {
				t.Errorf("%s wrote %d rows, read back %v (%v)", r.Name, len(rows), back, err)
			}
		}
	}
}

func TestExportReadsBackUnchanged(t *testing.T) {
	b := northwind(t)
	copyBook, err := workflow.Create(filepath.Join(t.TempDir(), "copy.zg"), workflow.Settings{Start: 199607, Lang: text.En})
	if err != nil {
		t.Fatal(err)
	}
	defer copyBook.Close()
	for _, kind := range strings.Fields("units categories suppliers customers products warehouses accounts employees opening-stock opening-balances slips") {
		tab, _, err := exchange.Export(b, kind)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := exchange.Import(copyBook, kind, tab, false); err != nil {
			t.Fatal(kind, err)
		}
	}
	for _, name := range []string{"trial-balance", "stock-on-hand", "order-status", "receivables"} {
		x, y := run(t, b, name, reports.Params{}), run(t, copyBook, name, reports.Params{})
		if len(x) != len(y) {
			t.Fatalf("%s: %d rows, the copy %d", name, len(x), len(y))
		}
		for i := range x {
			if strings.Join(x[i], "|") != strings.Join(y[i], "|") {
				t.Errorf("%s row %d: %v, the copy %v", name, i, x[i], y[i])
			}
		}
	}
}
