package demo_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/demo"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/reports"
)

// exported are all tables that a book exports, masters in the order they refer to each other.
func exported(t *testing.T, b *workflow.Book) (list []*exchange.Table) {
	t.Helper()
	var names []string
	for _, typ := range b.Types() {
		if typ != master.GL {
			names = append(names, typ.Code)
		}
	}
	for _, n := range append(names, "slips") {
		tab, _, err := exchange.Export(b, n)
		if err != nil {
			t.Fatal(n, err)
		}
		for i := range tab.Rows {
			tab.Rows[i].Line = i + 2
		}
		list = append(list, tab)
	}
	return list
}

// copied is a new book with all that the book exports.
func copied(t *testing.T, b *workflow.Book) *workflow.Book {
	t.Helper()
	s := b.Settings()
	s.Closed = 0
	c, err := workflow.Create(filepath.Join(t.TempDir(), "copy.zg"), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.Now = b.Now
	for _, tab := range exported(t, b) {
		if _, err := exchange.Import(c, tab.Name, tab, false); err != nil {
			t.Fatalf("%s: %v", tab.Name, err)
		}
	}
	return c
}

// same compares what two books export and report.
func same(t *testing.T, b, c *workflow.Book) {
	t.Helper()
	x, y := exported(t, b), exported(t, c)
	for i := range x {
		differing(t, x[i].Name, lines(x[i].Header, x[i].Rows), lines(y[i].Header, y[i].Rows))
	}
	for _, r := range reports.Of(b) {
		if r.Name == "audit-log" { // what was done to a book is not what is in it
			continue
		}
		by := []string{""}
		for _, y := range r.By {
			by = append(by, y.Code)
		}
		for _, v := range by {
			p := reports.Params{By: v}
			one, err := r.Texts(b, p)
			other, err2 := r.Texts(c, p)
			if fmt.Sprint(err) != fmt.Sprint(err2) {
				t.Errorf("%s by %s: %v, then %v", r.Name, v, err, err2)
			}
			differing(t, r.Name+" by "+v, joined(one), joined(other))
		}
	}
}

func lines(header []string, rows []exchange.Row) []string {
	list := []string{strings.Join(header, "|")}
	for _, r := range rows {
		list = append(list, strings.Join(r.Cells, "|"))
	}
	return list
}

func joined(rows [][]string) (list []string) {
	for _, r := range rows {
		list = append(list, strings.Join(r, "|"))
	}
	return list
}

func differing(t *testing.T, what string, a, b []string) {
	t.Helper()
	if slices.Equal(a, b) {
		return
	}
	told := 0
	for i := range max(len(a), len(b)) {
		x, y := "", ""
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y && told < 3 {
			told++
			t.Errorf("%s row %d: %q, then %q", what, i+1, x, y)
		}
	}
}

// The demo shop, with slips of every kind it has not got by itself, is the same book when it is exported and read into a new one (7.3.6).
func TestAnExportOfEveryKindIsTheSameBook(t *testing.T) {
	b := shop(t, demo.Options{Today: today})
	every(t, b)
	n, _, _ := count(t, b)
	for _, k := range kinds.All {
		if !k.Hidden && k.Flow == "" && n[k.Code] == 0 {
			t.Errorf("the book has no %s", k.Code)
		}
	}
	c := copied(t, b)
	same(t, b, c)
	proved(t, c)
}

// every enters slips of the kinds the shop does without, and records of the masters.
func every(t *testing.T, b *workflow.Book) {
	t.Helper()
	load := func(kind, header string, rows ...string) {
		t.Helper()
		tab := &exchange.Table{Name: kind, Header: strings.Split(header, ",")}
		for i, r := range rows {
			tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
		}
		if _, err := exchange.Import(b, kind, tab, false); err != nil {
			t.Fatal(kind, err)
		}
	}
	load("departments", "code,name", "X1,门市")
	load("employees", "code,name,department", "X2,周婷,X1")
	load("warehouses", "code,name,transit", "X3,东仓,")
	load("accounts", "code,name,type,opening", "X5,备用金,cash,100")
	load("suppliers", "code,name", "X6,新厂")
	load("customers", "code,name", "X7,新客")
	load("products", "code,name,unit,tracking,barcode,service", "X8,胶水,瓶,lot,,", "X9,木架,个,,69000000000017,", "XA,安装,次,,,yes", "XB,木条,根,,,")
	load("boms", "product,component,qty", "X9,XB,4")
	load("prices", "product,customer,price,from_qty", "X9,X7,33,5")
	load("opening-balances", "party_kind,party,payable,advance", "supplier,X6,50,", "customer,X7,,20")
	tab := &exchange.Table{Name: "slips"}
	at := map[string]int{}
	for _, row := range strings.Split(strings.TrimSpace(everyRows), "\n") {
		for _, w := range strings.Fields(row) {
			key, _, _ := strings.Cut(w, "=")
			if _, has := at[key]; !has {
				at[key] = len(tab.Header)
				tab.Header = append(tab.Header, key)
			}
		}
	}
	for i, row := range strings.Split(strings.TrimSpace(everyRows), "\n") {
		cells := make([]string, len(tab.Header))
		for _, w := range strings.Fields(row) {
			key, v, _ := strings.Cut(w, "=")
			cells[at[key]] = v
		}
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: cells})
	}
	if _, err := exchange.Import(b, "slips", tab, false); err != nil {
		t.Fatal(err)
	}
}

// everyRows are slips of the kinds the shop does without, a row a line.
const everyRows = `
kind=purchase-plan number=p1 date=2026-02-02 party=X6 warehouse=X3 product=X9 qty=6 price=30 employee=X2 remark=计划 line_remark=先要 audit=yes
kind=prepayment number=p2 date=2026-02-02 party=X6 account=X5 amount=25 audit=yes
kind=goods-receipt number=p3 date=2026-02-03 party=X6 warehouse=X3 product=X9 qty=6 price=30 audit=yes
kind=goods-receipt number=p3 date=2026-02-03 party=X6 warehouse=X3 product=XB qty=40 price=2 audit=yes
kind=goods-receipt number=p3 date=2026-02-03 party=X6 warehouse=X3 product=XA qty=1 price=15 audit=yes
kind=goods-receipt number=p4 date=2026-02-03 party=X6 warehouse=X3 product=X8 qty=9 price=8 lot=B1 expiry=2026-12-31 department=X1 audit=yes
kind=offset number=p5 date=2026-02-04 party=X6 amount=10 offset_kind=prepaid-payable source=p3 audit=yes
kind=landed-cost number=p6 date=2026-02-05 party=X6 amount=17.29 source=p3 allocate_by=quantity audit=yes
kind=quotation number=s1 date=2026-02-05 party=X7 product=X9 qty=2 price=60 due_date=2026-03-01 audit=yes
kind=sales-order number=s2 date=2026-02-06 party=X7 warehouse=X3 product=X9 qty=2 source=s1 audit=yes
kind=advance number=s3 date=2026-02-06 party=X7 account=X5 amount=30 source=s2 audit=yes
kind=delivery number=s4 date=2026-02-07 party=X7 warehouse=X3 product=X9 qty=1 source=s2 slip_discount=1.5 audit=yes
kind=delivery number=s4 date=2026-02-07 party=X7 warehouse=X3 product=X8 qty=2 price=20 audit=yes
kind=sales-return number=s5 date=2026-02-08 party=X7 warehouse=X3 product=X8 qty=1 source=s4 audit=yes
kind=retail-sale number=s6 date=2026-02-08 warehouse=X3 account=X5 product=X8 qty=1 price=20.05 rounding=0.05 audit=yes
kind=price-change number=s7 date=2026-02-09 product=X9 price=65 customer=X7 audit=yes
kind=price-change number=s8 date=2026-02-09 product=XB price=4 audit=yes
kind=price-change number=s9 date=2026-02-10 product=XB price=5 audit=yes
kind=transfer number=w1 date=2026-02-09 warehouse=X3 to_warehouse=01 product=XB qty=3 audit=yes
kind=transfer number=w2 date=2026-02-09 warehouse=X3 to_warehouse=01 transit=yes product=XB qty=2 audit=yes
kind=material-issue number=w3 date=2026-02-10 warehouse=X3 product=XB qty=4 audit=yes
kind=material-return number=w4 date=2026-02-11 warehouse=X3 product=XB qty=1 source=w3 audit=yes
kind=assembly number=w5 date=2026-02-11 warehouse=X3 product=X9 qty=1 amount=3.5 audit=yes
kind=disassembly number=w6 date=2026-02-12 warehouse=X3 product=X9 qty=1 audit=yes
kind=write-off number=w7 date=2026-02-12 warehouse=X3 product=XB qty=1 audit=yes
kind=overage number=w8 date=2026-02-12 warehouse=X3 product=XB qty=1 price=2 audit=yes
kind=stocktake number=w9 date=2026-02-13 warehouse=X3 product=X9 qty=4 audit=yes
kind=cost-adjustment number=w10 date=2026-02-13 warehouse=X3 product=X9 amount=2.22 audit=yes
kind=expense number=m1 date=2026-02-14 account=X5 debit_account=5602 amount=10.6 tax_rate=6% line_remark=水 audit=yes
kind=income number=m2 date=2026-02-14 account=X5 credit_account=5301 amount=30 audit=yes
kind=cash-transfer number=m3 date=2026-02-15 account=X5 to_account=01 amount=5 audit=yes
kind=journal-voucher number=m4 date=2026-02-15 debit_account=5602 credit_account=2211 amount=100 remark=计提 audit=yes
kind=collection number=m5 date=2026-02-16 party=X7 account=X5 amount=12 source=s4 audit=yes
kind=delivery number=v1 date=2026-02-17 party=X7 warehouse=X3 product=X9 qty=1 price=60 audit=void
kind=purchase-order number=v2 date=2026-02-17 party=X6 warehouse=X3 product=X9 qty=1 price=30 audit=closed
kind=disassembly number=v3 date=2026-02-18 warehouse=X3 product=X9 qty=1 audit=no
`
