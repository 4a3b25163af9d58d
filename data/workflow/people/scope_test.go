package people_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/demo"
	"zhanggui/data/inquiry"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/people"
	"zhanggui/reports"
)

// company is the demo company with an owner and a user who is one of its employees.
func company(t *testing.T) (boss, clerk *workflow.Book) {
	t.Helper()
	day, _ := text.ParseDate("2026-03-31")
	b, err := demo.Make(context.Background(), filepath.Join(t.TempDir(), "demo.zg"), demo.Options{Today: day})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	b.Now = day.Time
	if _, err := people.Add(b, owner, pass, nil, ""); err != nil {
		t.Fatal(err)
	}
	if boss, err = people.SignIn(b, owner, pass); err != nil {
		t.Fatal(err)
	}
	return boss, hire(t, b, boss, "徐小燕", "manager")
}

// What lists and counts is in the scope of who asks, and nothing else: the database and the rule say the same of every slip (R8).
func TestListsCountWhatIsInScope(t *testing.T) {
	boss, clerk := company(t)
	all, err := boss.List(inquiry.Filter{}, inquiry.Sorting{Key: "date"})
	if err != nil {
		t.Fatal(err)
	}
	var docs []*slip.Doc
	for _, id := range all.IDs {
		d, err := boss.DB.Slip(id)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	none := [][2]string{{"employee", ""}, {"own", ""}, {"customers", ""}, {"warehouses", ""}, {"departments", ""}, {"accounts", ""}}
	for _, c := range [][][2]string{{{"own", "yes"}}, {{"own", "yes"}, {"employee", "E03"}}, {{"customers", "own"}}, {{"warehouses", "02"}}, {{"warehouses", "02 03"}}, {{"departments", "采购部"}}, {{"accounts", "02"}},
		{{"warehouses", "03"}, {"departments", "销售部 仓库"}, {"accounts", "01"}}, {{"warehouses", "ZT"}}} {
		if err := people.Set(boss, "徐小燕", append(slices.Clone(none), c...)); err != nil {
			t.Fatal(err)
		}
		var want []int64
		var gross num.Amount
		drafts := map[string]int{}
		for _, d := range docs {
			if !clerk.InScope(d) {
				continue
			}
			want = append(want, d.ID)
			if d.Status != slip.Void {
				gross += d.Gross
			}
			if d.Status.Editable() {
				drafts[d.Kind]++
			}
		}
		l, err := clerk.List(inquiry.Filter{}, inquiry.Sorting{Key: "date"})
		if err != nil || !slices.Equal(l.IDs, want) || l.Gross != gross || l.Count != len(want) || c[0][0] != "customers" && (len(want) == 0 || len(want) == len(docs)) {
			t.Errorf("%v: %d slips of %s, want %d of %s: %v", c, len(l.IDs), l.Gross, len(want), gross, err)
		}
		counts, err := clerk.Counts()
		for k, n := range drafts {
			if err != nil || counts[k].Drafts != n {
				t.Errorf("%v: %d drafts of %s, want %d: %v", c, counts[k].Drafts, k, n, err)
			}
		}
	}
}

func rowsOf(t *testing.T, b *workflow.Book, r *reports.Report, p reports.Params) [][]string {
	t.Helper()
	if err := r.Ask(b, p, false); err != nil {
		t.Fatal(r.Name, err)
	}
	rows, err := r.In(b).Texts(b, p)
	if err != nil {
		t.Fatal(r.Name, err)
	}
	return rows
}

// Reports count what is in scope: of one warehouse what they say of it, also what it is worth under one pool for the company.
func TestReportsCountWhatIsInScope(t *testing.T) {
	boss, clerk := company(t)
	if err := people.Set(boss, "徐小燕", [][2]string{{"warehouses", "02"}}); err != nil {
		t.Fatal(err)
	}
	for _, r := range reports.All {
		p := reports.Params{Product: "", Warehouse: "02"}
		if !slices.Contains(r.Narrows, "warehouses") || !r.Takes("warehouse") || r.Name == "in-transit" {
			continue
		}
		if r.Takes("product") && r.Name == "stock-ledger" {
			p.Product = boss.Masters().List("products")[3].Code()
		}
		if want, got := rowsOf(t, boss, r, p), rowsOf(t, clerk, r, reports.Params{Product: p.Product}); !slices.EqualFunc(got, want, slices.Equal[[]string]) {
			t.Errorf("%s: %d rows, want %d\n%v\n%v", r.Name, len(got), len(want), got[:min(2, len(got))], want[:min(2, len(want))])
		}
		p.Warehouse = "01"
		if r.Name != "buildable" && len(rowsOf(t, clerk, r, p)) != 0 {
			t.Errorf("%s tells of another's warehouse", r.Name)
		}
	}
	if err := people.Set(boss, "徐小燕", [][2]string{{"warehouses", "01 02"}}); err != nil {
		t.Fatal(err)
	}
	// of two warehouses: the sums of both
	at, all := reports.StockOnHand.Index("warehouse"), rowsOf(t, boss, reports.StockOnHand, reports.Params{})
	want := slices.DeleteFunc(all, func(r []string) bool { return r[at] != "01" && r[at] != "02" })
	if got := rowsOf(t, clerk, reports.StockOnHand, reports.Params{}); !slices.EqualFunc(got, want, slices.Equal[[]string]) || len(want) < 20 {
		t.Errorf("%d rows on hand, want %d", len(got), len(want))
	}
	worth := map[string]num.Amount{}
	for _, r := range want {
		v, _ := num.ParseAmount(r[reports.StockOnHand.Index("value")])
		worth[r[reports.StockOnHand.Index("product")]] += v
	}
	for _, r := range rowsOf(t, clerk, reports.StockMovement, reports.Params{}) {
		if code := r[0]; r[reports.StockMovement.Index("closing_value")] != worth[code].String() {
			t.Errorf("%s is worth %s, on hand %s", code, r[reports.StockMovement.Index("closing_value")], worth[code])
		}
	}
}

// Which reports can be narrowed which way is what each says; the others cover the whole book.
func TestReportsThatCoverTheWholeBook(t *testing.T) {
	boss, clerk := company(t)
	for axis, value := range map[string]string{"own": "yes", "customers": "own", "warehouses": "01", "departments": "采购部", "accounts": "01"} {
		if err := people.Set(boss, "徐小燕", [][2]string{{"own", ""}, {"customers", ""}, {"warehouses", ""}, {"departments", ""}, {"accounts", ""}, {axis, value}}); err != nil {
			t.Fatal(err)
		}
		refused := 0
		for _, r := range reports.All {
			err := r.Ask(clerk, reports.Params{}, false)
			if narrows := slices.ContainsFunc(r.Narrows, func(a rights.Axis) bool { return string(a) == axis }); narrows == (err != nil) {
				t.Errorf("%s by %s: %v", r.Name, axis, err)
			} else if !narrows {
				refused++
				says(t, err, "it covers the whole book")
			}
		}
		if refused < 8 {
			t.Errorf("by %s only %d reports are refused", axis, refused)
		}
	}
}

// A scope is of records, whatever their codes become.
func TestAScopeFollowsItsRecords(t *testing.T) {
	b, boss := trade(t)
	keeper := hire(t, b, boss, "老周", "keeper")
	if err := people.Set(boss, "老周", [][2]string{{"warehouses", "W1"}}); err != nil {
		t.Fatal(err)
	}
	before := rowsOf(t, keeper, reports.StockOnHand, reports.Params{})
	for _, x := range [][2]string{{"W1", "H1"}, {"W2", "W1"}} {
		r, _ := boss.Masters().Find("warehouses", x[0])
		r = r.Clone()
		r.Values["code"] = x[1]
		if err := boss.SaveMaster(r); err != nil {
			t.Fatal(err)
		}
	}
	list, err := people.List(boss)
	if err != nil || list[1][slices.Index(people.Columns, "warehouses")] != "H1" {
		t.Errorf("%v %v", list, err)
	}
	after := rowsOf(t, keeper, reports.StockOnHand, reports.Params{})
	if len(before) == 0 || len(after) != len(before) || after[0][0] != "H1" || !slices.Equal(after[0][1:], before[0][1:]) {
		t.Errorf("%v, before %v", after, before)
	}
	says(t, tried(keeper, "kind,number,date,warehouse,to_warehouse,product,qty,audit", "transfer,T1,2026-04-10,W1,H1,P1,1,yes"), "out of the scope of 老周")
}

// The home page says to each what the reports behind its figures would, and nothing else.
func TestHomeSaysWhatOneMaySee(t *testing.T) {
	boss, clerk := company(t)
	all, err := boss.Overview()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		role, scope string
		sees        string
	}{{"manager", "", "sold profit collected bought paid owed short expiring"}, {"manager", "own", "sold collected bought paid"}, {"manager", "warehouses", "sold collected bought paid short expiring"}, {"manager", "customers", "sold collected bought paid owed"},
		{"sales-clerk", "", "sold owed expiring"}, {"buyer", "", "bought short expiring"}, {"keeper", "", "short expiring"}, {"cashier", "", "collected paid owed"}, {"till", "", ""}} {
		if err := people.Role(boss, "徐小燕", []string{c.role}); err != nil {
			t.Fatal(err)
		}
		pairs := [][2]string{{"own", ""}, {"customers", ""}, {"warehouses", ""}}
		if v := map[string]string{"own": "yes", "customers": "own", "warehouses": "01"}[c.scope]; v != "" {
			pairs = append(pairs, [2]string{c.scope, v})
		}
		if err := people.Set(boss, "徐小燕", pairs); err != nil {
			t.Fatal(err)
		}
		o, err := clerk.Overview()
		if err != nil {
			t.Fatal(err)
		}
		has := map[inquiry.Figure]bool{}
		for _, f := range strings.Fields(c.sees) {
			has[inquiry.Figure(f)] = true
		}
		for _, f := range []inquiry.Figure{inquiry.FigureSold, inquiry.FigureProfit, inquiry.FigureCollected, inquiry.FigureBought, inquiry.FigurePaid, inquiry.FigureOwed, inquiry.FigureShort, inquiry.FigureExpiring} {
			if o.Has(f) != has[f] {
				t.Errorf("a %s (%s) sees %s: %v", c.role, c.scope, f, o.Has(f))
			}
		}
		if sold := map[bool]num.Amount{true: all.SalesMonth}[has["sold"]]; c.scope == "" && o.SalesMonth != sold || c.scope == "own" && (o.SalesMonth == 0 || o.SalesMonth >= all.SalesMonth) || o.Has("profit") != (o.ProfitMonth != 0) {
			t.Errorf("a %s (%s) sold %s with %s profit, all %s", c.role, c.scope, o.SalesMonth, o.ProfitMonth, all.SalesMonth)
		}
		tasks, err := clerk.Tasks(100)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range tasks {
			if !clerk.Who().May(x.Kind, "see") || x.NoAmount && x.Amount != 0 || c.role == "keeper" && !x.NoAmount && strings.HasPrefix(x.Kind, "purchase") {
				t.Errorf("a %s is told of %+v", c.role, x)
			}
		}
	}
}
