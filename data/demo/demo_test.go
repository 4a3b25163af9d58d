package demo_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/chart"
	"zhanggui/data/demo"
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/reports"
)

const today = 20260301 // a Sunday and the first of a month: as short as a book gets

// known is the shop of seed 1 on that day, made once for the tests that only look at it.
var known *workflow.Book

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "demo")
	if err == nil {
		known, err = demo.Make(context.Background(), filepath.Join(dir, "demo.zg"), demo.Options{Today: today})
	}
	code := 1
	if err != nil {
		fmt.Println(err)
	} else {
		code = m.Run()
		known.Close()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

func shop(t *testing.T, o demo.Options) *workflow.Book {
	t.Helper()
	b, err := demo.Make(context.Background(), filepath.Join(t.TempDir(), "demo.zg"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// whole is everything a book exports, as text.
func whole(t *testing.T, b *workflow.Book) string {
	t.Helper()
	var s strings.Builder
	for _, kind := range []string{"units", "categories", "suppliers", "customers", "products", "warehouses", "accounts", "employees", "opening-stock", "opening-balances", "slips"} {
		tab, _, err := exchange.Export(b, kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range tab.Rows {
			fmt.Fprintln(&s, kind, r.Cells)
		}
	}
	return s.String()
}

func proved(t *testing.T, b *workflow.Book) {
	t.Helper()
	proofs, err := b.Verify()
	if err != nil || len(proofs) != workflow.Proofs {
		t.Fatalf("%d proofs, %v", len(proofs), err)
	}
	for _, p := range proofs {
		if !p.Holds() {
			t.Errorf("proof %d %s fails: %v", p.Number, p.Title.En, p.Faults)
		}
	}
}

// count counts slips by kind and status, and the red letters among deliveries.
func count(t *testing.T, b *workflow.Book) (n map[string]int, months map[text.Month]bool, perDay map[text.Date]int) {
	t.Helper()
	rows, err := b.DB.Listed(kinds.Hidden(), "", "", 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	n, months, perDay = map[string]int{}, map[text.Month]bool{}, map[text.Date]int{}
	for _, r := range rows {
		kind, day, status := r.Kind, r.Date, string(r.Status)
		n[kind]++
		n[kind+" "+status]++
		n[status]++
		if kind == "delivery" && r.Red {
			n["red delivery"]++
		}
		months[day.Month()] = true
		if kind == "delivery" && status == "audited" {
			perDay[day]++
		}
	}
	return n, months, perDay
}

func run(t *testing.T, b *workflow.Book, name string, p reports.Params) (*reports.Report, []reports.Row) {
	t.Helper()
	r, _ := reports.ByName(name)
	rows, err := r.Run(b, p)
	if err != nil {
		t.Fatal(name, err)
	}
	return r, rows
}

func amount(t *testing.T, c reports.Cell) num.Amount {
	t.Helper()
	a, ok := c.(num.Amount)
	if !ok {
		t.Fatalf("%v is no amount", c)
	}
	return a
}

func TestTheShopIsWhole(t *testing.T) {
	b := known
	proved(t, b)
	for typ, least := range map[string]int{"products": 200, "customers": 25, "suppliers": 15, "warehouses": 3, "accounts": 4, "employees": 6, "categories": 12} {
		if n := len(b.Masters().List(typ)); n < least {
			t.Errorf("%d %s, want %d or more", n, typ, least)
		}
	}
	n, months, perDay := count(t, b)
	if len(months) != 3 || !months[202601] || !months[202603] {
		t.Errorf("months %v", months)
	}
	for what, least := range map[string]int{"delivery": 500, "goods-receipt": 60, "sales-order": 40, "purchase-order": 40, "sales-return": 5, "purchase-return": 3, "transfer": 10,
		"other-issue": 3, "other-receipt": 1, "payment": 20, "collection": 150, "delivery draft": 2, "delivery void": 1, "sales-order closed": 1, "purchase-order closed": 1, "red delivery": 1,
		"partly-done": 1, "sales-order done": 20, "draft": 5} {
		if n[what] < least {
			t.Errorf("%d × %s, want %d or more", n[what], what, least)
		}
	}
	for day, k := range perDay {
		if sunday := day.Time().Weekday() == 0; sunday && k > 5 || !sunday && (k < 6 || k > 16) {
			t.Errorf("%d deliveries on %s", k, day)
		}
	}
	owner(t, b)
}

// owner looks at the figures as the owner of the shop would.
func owner(t *testing.T, b *workflow.Book) {
	r, rows := run(t, b, "sales-summary", reports.Params{By: "category"})
	totals := r.Totals(rows)
	net, profit := amount(t, totals[3]), amount(t, totals[7])
	if margin := profit * 100 / net; margin < 12 || margin > 30 || net < 300_000_00 || net > 1_500_000_00 {
		t.Errorf("sold %s with %d %% profit", net, margin)
	}
	var overdue num.Amount
	close := 0
	_, rows = run(t, b, "receivables", reports.Params{AsOf: today})
	for _, x := range rows {
		overdue += amount(t, x[4])
		c, _ := b.Masters().Find("customers", x[0].String())
		limit, err := num.ParseAmount("0" + c.Get("credit_limit"))
		if err != nil {
			t.Fatal(err)
		}
		bal := amount(t, x[2])
		if limit > 0 && bal > limit {
			t.Errorf("%s owes %s over the limit of %s", x[0], bal, limit)
		}
		if limit > 0 && bal > limit*9/10 {
			close++
		}
		if bal < 0 {
			t.Errorf("%s owes %s", x[0], bal)
		}
	}
	if overdue < 5_000_00 || close != 1 {
		t.Errorf("overdue %s; %d customers near their limit", overdue, close)
	}
	low := map[string]num.Quantity{}
	_, rows = run(t, b, "stock-on-hand", reports.Params{AsOf: today})
	for _, x := range rows {
		q, _ := x[5].(num.Quantity)
		if q < 0 || q%num.QuantityOne != 0 {
			t.Errorf("%s of %s in %s", x[5], x[1], x[0])
		}
		low[x[1].String()] += q
	}
	below := 0
	for _, p := range b.Masters().List("products") {
		if m, _ := num.ParseQuantity(p.Get("min_stock")); low[p.Code()] < m {
			below++
		}
	}
	if below < 3 || below > 40 {
		t.Errorf("%d products below their minimum", below)
	}
	_, rows = run(t, b, "cash-book", reports.Params{To: today})
	for _, x := range rows {
		if amount(t, x[6]) < 0 {
			t.Errorf("%s holds %s after %s", x[0], x[6], x[2])
		}
	}
}

func TestTheSameSeedAndDayMakeTheSameBook(t *testing.T) {
	a := whole(t, known)
	if a != whole(t, shop(t, demo.Options{Today: today})) {
		t.Error("two runs differ")
	}
	if a == whole(t, shop(t, demo.Options{Today: today, Seed: 2})) {
		t.Error("another seed makes the same book")
	}
}

func TestEnglish(t *testing.T) {
	b := shop(t, demo.Options{Today: 20261125, Lang: text.En})
	proved(t, b)
	p, ok := b.Masters().Find("products", "LS001")
	if !ok || p.Get("name") != "Hex bolt, zinc plated" || p.Get("name2") != "镀锌六角螺栓" || p.Get("unit") != "box" {
		t.Errorf("product %v", p)
	}
	if c := b.Settings().Company; c != "Hengda Hardware" {
		t.Errorf("company %q", c)
	}
	for _, typ := range []string{"products", "customers", "suppliers", "warehouses", "accounts", "employees", "categories"} {
		for _, r := range b.Masters().List(typ) {
			for k, v := range r.Values {
				if k != "name2" && strings.ContainsFunc(v, func(c rune) bool { return c >= 0x2e80 }) {
					t.Errorf("%s %s: %s is %q", typ, r.Code(), k, v)
				}
			}
		}
	}
}

func TestBarcodes(t *testing.T) {
	b := known
	seen := map[string]bool{}
	for _, p := range b.Masters().List("products") {
		c := p.Get("barcode")
		sum := 0
		for i, d := range c {
			sum += int(d-'0') * (1 + i%2*2)
		}
		if len(c) != 13 || sum%10 != 0 || seen[c] {
			t.Errorf("%s: bar code %q", p.Code(), c)
		}
		seen[c] = true
	}
}

func TestRefusalsLeaveNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.zg")
	ctx, cancel := context.WithCancel(context.Background())
	_, err := demo.Make(ctx, path, demo.Options{Today: today, Progress: func(done, all int) {
		if done == 10 {
			cancel()
		}
	}})
	if !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "cancelled") {
		t.Errorf("cancelled: %v", err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err = demo.Make(context.Background(), path, demo.Options{Today: today}); !fault.Is(err, fault.Refused) {
		t.Errorf("existing file: %v", err)
	}
	if s, _ := os.ReadFile(path); string(s) != "mine" {
		t.Error("an existing file was touched")
	}
	if _, err = demo.Make(context.Background(), path+"x", demo.Options{Size: "huge"}); !fault.Is(err, fault.Usage) {
		t.Errorf("size: %v", err)
	}
}

// A large company goes another way, by import; a tiny one shows that the way holds.
func TestALargeCompany(t *testing.T) {
	steps := 0
	b := shop(t, demo.Options{Size: "tiny", Seed: 3, Today: today, Progress: func(int, int) { steps++ }})
	proved(t, b)
	if n := len(b.Masters().List("products")); n != 508 {
		t.Errorf("%d products, want 300 and the shop's 208", n)
	}
	tab, _, err := exchange.Export(b, "slips")
	if err != nil {
		t.Fatal(err)
	}
	lines, kinds := 0, map[string]int{}
	for _, r := range tab.Rows {
		kinds[r.Cells[0]]++
		if r.Cells[slices.Index(tab.Header, "product")] != "" {
			lines++
		}
		if r.Cells[slices.Index(tab.Header, "audit")] != "yes" {
			t.Fatalf("not audited: %v", r.Cells)
		}
	}
	if lines < 1500 || lines > 1560 {
		t.Errorf("%d lines of goods, want 1500", lines)
	}
	for _, k := range []string{"sales-order", "delivery", "sales-return", "goods-receipt", "collection", "payment"} {
		if kinds[k] == 0 {
			t.Errorf("no %s", k)
		}
	}
	if first := b.Settings().Start; first != 202503 || steps != 54 {
		t.Errorf("begins %s, %d steps", first, steps)
	}
}

// The shop's statements show what a shop's do: costs of two sorts, cash brought to the bank, and money paid before goods on both sides, some
// of it used and the last month's still open.
func TestTheStatementsOfTheShopHaveSomethingToShow(t *testing.T) {
	n, _, _ := count(t, known)
	for what, least := range map[string]int{"expense audited": 12, "cash-transfer audited": 1, "advance audited": 2, "prepayment audited": 1, "offset audited": 1} {
		if n[what] < least {
			t.Errorf("%d × %s, want %d or more", n[what], what, least)
		}
	}
	_, rows := run(t, known, "trial-balance", reports.Params{To: today})
	for _, r := range rows {
		debit, credit := amount(t, r[4]), amount(t, r[5])
		switch r[0].String() {
		case chart.Selling, chart.Administration:
			if debit < 5_000_00 {
				t.Errorf("%s costs %s", r[0], debit)
			}
		case chart.Cash, chart.Prepayments, chart.Advances:
			if debit <= 0 || credit <= 0 {
				t.Errorf("%s moves %s and %s", r[0], debit, credit)
			}
		}
	}
	if profit := profitOf(t, known); profit < 3_000_00 {
		t.Errorf("the shop earns %s in two months", profit)
	}
}

// profitOf is the profit before tax of the months the book has.
func profitOf(t *testing.T, b *workflow.Book) num.Amount {
	t.Helper()
	_, rows := run(t, b, "income-statement", reports.Params{From: 20260101, To: today})
	for _, r := range rows {
		if r[0].String() == "30" {
			return amount(t, r[2])
		}
	}
	t.Fatal("no line of profit")
	return 0
}
