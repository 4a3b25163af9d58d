package workflow_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// scene is a book with a little of everything for faults to happen in: an order of 20, 15 of them received, 5 delivered of which 2 came back, an
// expired lot, a closed January, and a customer who owes.
func scene(t *testing.T) *workflow.Book {
	t.Helper()
	b := trader(t, workflow.Settings{})
	load(t, b, "products", "code,name,tracking,service,active", "M,药膏,lot,,yes", "Y,运费,,yes,yes", "Z,旧货,,,no")
	load(t, b, "warehouses", "code,name,active,transit", "W9,旧仓,no,", "WT,在途,yes,yes")
	load(t, b, "customers", "code,name,active", "C9,老客,no")
	load(t, b, "slips", lotted, "goods-receipt,m,2026-01-02,S,W1,,M,5,4,L1,2026-02-10,,yes", "goods-receipt,m2,2026-01-02,S,W1,,M,9,4,L2,2027-02-10,,yes")
	enterRows(t, b, "kind=purchase-order number=o date=2026-01-20 party=S warehouse=W1 product=A qty=20 price=10")
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	enterRows(t, b, "kind=goods-receipt number=r date=2026-02-03 party=S warehouse=W1 product=A qty=15 source=o", "kind=delivery number=d date=2026-02-04 party=C warehouse=W1 product=A qty=5 price=20",
		"kind=sales-return number=t date=2026-02-05 party=C warehouse=W1 product=A qty=2 source=d", "kind=delivery number=e date=2026-02-05 party=C warehouse=W1 product=A qty=1 price=20 audit=no")
	return b
}

// learned are faults that auditing can find, each with a slip that has it: the gate of F9 tells it before
// anything is posted. What a box can know alone it refuses while it is typed as well.
var learned = []struct {
	words string
	about string // of findings; a refusal has none, or one that opens its keys
	slip  func(t *testing.T, b *workflow.Book) *slip.Doc
}{
	{"the period of 2026-01-31 is closed", workflow.ClosedPeriod, typed(20260131, "C", "A", "1", "20", nil)},
	{"is before the book's start", "", typed(20251231, "C", "A", "1", "20", nil)},
	{"Customer is missing", "", typed(20260210, "", "A", "1", "20", nil)},
	{`there is no Customer "nobody"`, "", typed(20260210, "nobody", "A", "1", "20", nil)},
	{"is inactive", "", typed(20260210, "C9", "A", "1", "20", nil)},
	{"the due date is before the slip's date", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.DueDate = 20260209 })},
	{"the slip discount cannot be negative", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Discount = -100 })},
	{"is more than the slip's total", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Discount = 99900 })},
	{"the slip has no lines", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Lines = nil })},
	{"product is missing", "", typed(20260210, "C", "", "1", "20", nil)},
	{`there is no product "Q"`, "", typed(20260210, "C", "Q", "1", "20", nil)},
	{"the product Z 旧货 is inactive", "", typed(20260210, "C", "Z", "1", "20", nil)},
	{"is not a unit of A", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Lines[0].Unit = "吨" })},
	{"the price cannot be negative", "", typed(20260210, "C", "A", "1", "-1", nil)},
	{"the discount is between 0% and 100%", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Lines[0].Discount = 20000 })},
	{"the tax rate is between 0% and 100%", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Lines[0].TaxRate, d.Lines[0].TaxGiven = 20000, true })},
	{"warehouse is missing", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Warehouse = "" })},
	{`there is no warehouse "W7"`, "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Lines[0].Warehouse = "W7" })},
	{"the warehouse 旧仓 is inactive", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Lines[0].Warehouse = "W9" })},
	{"the quantity cannot be zero", "", typed(20260210, "C", "A", "0", "20", nil)},
	{"is a place of transit", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Warehouse = "WT" })},
	{`there is no slip "XX"`, "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Lines[0].SourceNumber = "XX" })},
	{"give the cash account", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Paid = 100 })},
	{"say how much is paid", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Account = "K" })},
	{"is more than the slip's", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Account, d.Paid = "K", 99900 })},
	{"there is no lot \"L7\" of M", "", typed(20260209, "C", "M", "1", "9", func(d *slip.Doc) { d.Lines[0].Extra = map[string]string{slip.LotKey: "L7"} })},
	{"the product A 螺丝 has no lots", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Lines[0].Extra = map[string]string{slip.LotKey: "L1"} })},
	{"ordered, 5 left on CD-202601-0001", workflow.OverSource, follows("o", "goods-receipt", func(d *slip.Doc) { d.Lines[0].Qty = 6_0000 })},
	{"is of another party", "", follows("o", "goods-receipt", func(d *slip.Doc) { d.Party = "S2" })},
	{"the date is before its source", "", follows("r", "purchase-return", func(d *slip.Doc) { d.Date = 20260202 })},
	{"delivered, 3 left on XC-202602-0001", workflow.OverSource, follows("d", "sales-return", func(d *slip.Doc) { d.Lines[0].Qty = 4_0000 })},
	{"is not audited", "", typed(20260210, "C", "A", "1", "20", func(d *slip.Doc) { d.Kind, d.Lines[0].SourceNumber = "sales-return", "e" })},
	{"not enough stock", workflow.Short, typed(20260210, "C", "A", "99", "20", nil)},
	{"not enough of a lot", workflow.Short, typed(20260209, "C", "M", "9", "9", func(d *slip.Doc) { d.Lines[0].Extra = map[string]string{slip.LotKey: "L1"} })},
	{"has advanced only 0.00", "", func(*testing.T, *workflow.Book) *slip.Doc {
		return &slip.Doc{Kind: "offset", Date: 20260210, Party: "C", Amount: 500, Extra: map[string]string{"offset_kind": "advance-receivable"}}
	}},
	{"is sold below cost", workflow.BelowCost, typed(20260210, "C", "A", "1", "9", nil)},
	{"the price is 90.00", workflow.OddPrice, typed(20260210, "C", "A", "1", "90", nil)},
	{"will owe", workflow.OverCredit, func(t *testing.T, b *workflow.Book) *slip.Doc {
		load(t, b, "customers", "code,name,credit_limit", "C,装修队,1")
		return sale(20260210, "C", [3]string{"A", "1", "20"})
	}},
	{"overdue, the oldest for", workflow.Overdue, typed(20260601, "C", "A", "1", "20", nil)},
	{"is this one entered twice?", workflow.Twin, typed(20260204, "C", "A", "5", "20", nil)},
	{"is given back, more than", workflow.Differs, follows("d", "sales-return", func(d *slip.Doc) { d.Lines[0].Price, d.Lines[0].PriceGiven = 50_000000, true })},
	{"lot L1 of M 药膏 expired on 2026-02-10", workflow.Expired, typed(20260211, "C", "M", "1", "9", func(d *slip.Doc) { d.Lines[0].Extra = map[string]string{slip.LotKey: "L1"} })},
	{"come back at a cost of 0", workflow.NoCost, typed(20260210, "C", "B", "1", "9", func(d *slip.Doc) { d.Kind = "sales-return" })},
	{"stock below zero", workflow.BelowZero, func(t *testing.T, b *workflow.Book) *slip.Doc {
		load(t, b, "products", "code,name,negative", "B,螺母,warn")
		return sale(20260210, "C", [3]string{"B", "1", "9"})
	}},
}

// typed is a delivery of one line, changed.
func typed(date text.Date, party, product, qty, price string, change func(*slip.Doc)) func(*testing.T, *workflow.Book) *slip.Doc {
	return func(*testing.T, *workflow.Book) *slip.Doc {
		d := sale(date, party, [3]string{product, qty, price})
		if change != nil {
			change(d)
		}
		return d
	}
}

// follows is what a slip is pushed down to, changed.
func follows(number, kind string, change func(*slip.Doc)) func(*testing.T, *workflow.Book) *slip.Doc {
	return func(t *testing.T, b *workflow.Book) *slip.Doc {
		d, err := b.Push(number, kind)
		if err != nil {
			t.Fatal(err)
		}
		d.Date = 20260210
		change(d)
		return d
	}
}

// Nothing is learned only after F9: every fault of the table is told by the gate, in the words auditing has for it, and neither leaves anything in
// the book. Every finding the gate knows by name stands in the table.
func TestNothingIsLearnedOnlyAfterPosting(t *testing.T) {
	covered := map[string]bool{workflow.OddPrice: true}
	for _, x := range learned {
		b := scene(t)
		d := x.slip(t, b)
		tick := b.DB.Tick()
		told, refusal := b.Gate(d.Clone())
		list := append(fault.Of(refusal), told...)
		var at *fault.Fault
		for _, f := range list {
			if strings.Contains(f.Text.En, x.words) {
				at = f
			}
		}
		if at == nil || at.About != x.about {
			t.Errorf("%s: the gate tells %v, refuses with %v", x.words, told, refusal)
			continue
		}
		covered[at.About] = true
		var u *workflow.Unheard
		if err := b.AuditOnce("k", d, nil); !errors.As(err, &u) && (refusal == nil || err == nil || err.Error() != refusal.Error()) || u != nil && u.Findings.Error() != told.Error() {
			t.Errorf("%s: posting says %v, the gate said %v %v", x.words, err, told, refusal)
		}
		if b.DB.Tick() != tick {
			t.Errorf("%s: something was written", x.words)
		}
	}
	for _, about := range findings(t) {
		if !covered[about] {
			t.Errorf("no slip in the table has the finding %q", about)
		}
	}
}

// findings are what the gate's findings are about, as gate.go declares them.
func findings(t *testing.T) (list []string) {
	t.Helper()
	src, err := os.ReadFile("gate.go")
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), "gate.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				s, _ := strconv.Unquote(lit.Value)
				list = append(list, s)
			}
		}
		return true
	})
	if len(list) < 10 {
		t.Fatalf("only %v found", list)
	}
	return list
}
