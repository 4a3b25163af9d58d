package gui

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/gui/reportview"
	"zhanggui/reports"
	"zhanggui/reports/sheet"
)

// sample is Microsoft's sample company (licence beside the files), loaded once.
var sample = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "northwind")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "northwind.zg")
	b, err := workflow.Create(path, workflow.Settings{Company: "Northwind", Start: 199607, Lang: text.En})
	if err != nil {
		return nil, err
	}
	for _, f := range []struct{ kind, file string }{{"categories", "categories"}, {"suppliers", "suppliers"}, {"customers", "customers"}, {"employees", "employees"},
		{"warehouses", "warehouses"}, {"products", "products"}, {"opening-stock", "opening-stock"}, {"slips", "orders"}, {"slips", "deliveries"}} {
		tab, err := sheet.Open(filepath.Join("..", "assets", "northwind", f.file+".csv"))
		if err != nil {
			return nil, err
		}
		if _, err := exchange.Import(b, f.kind, tab, false); err != nil {
			return nil, err
		}
	}
	if err := b.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// northwind opens the sample company.
func northwind(t *testing.T) *Shell {
	t.Helper()
	data, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "northwind.zg")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	b, err := workflow.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	app := test.NewApp()
	s := New(app)
	s.inline = true
	s.file = b
	s.use(b)
	s.SetLang(text.En)
	t.Cleanup(func() {
		kit.Attach(s.Win.Canvas(), nil)
		b.Close()
		app.Quit()
	})
	return s
}

// openReport shows a report and returns its screen.
func openReport(t *testing.T, s *Shell, name string, p reports.Params) *reportview.ReportScreen {
	t.Helper()
	reportview.Report(s, name, p)
	v, ok := s.Current().(*reportview.ReportScreen)
	if !ok || v.R.Name != name {
		t.Fatalf("%s did not open", name)
	}
	if v.State == reportview.Failed {
		words, _ := s.message.Text()
		t.Fatalf("%s: %s", name, words)
	}
	return v
}

func columnOf(v *reportview.ReportScreen, key string) int {
	for i, c := range v.Cols {
		if c.Key == key {
			return i
		}
	}
	return -1
}

// total is what the last line of totals shows under a column.
func totalOf(v *reportview.ReportScreen, key string) string {
	foot := v.Lines
	return foot[len(foot)-1][columnOf(v, key)].Text
}

// findRow is the first row that shows a text in a column.
func findRowOf(v *reportview.ReportScreen, key, shown string) int {
	for row := range v.Order {
		if v.CellAt(row, columnOf(v, key)).Text == shown {
			return row
		}
	}
	return -1
}

func press(s *Shell, key fyne.KeyName) {
	f := s.Win.Canvas().Focused()
	f.TypedKey(&fyne.KeyEvent{Name: key})
}

func ctrl(s *Shell, key fyne.KeyName) {
	s.Shortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
}

func TestNorthwindStandsInTheReports(t *testing.T) {
	s := northwind(t)
	for _, c := range []struct{ report, column, want string }{
		{"sales-summary", "net", "1,239,855.85"}, {"sales-summary", "cost", "853,150.22"}, {"sales-summary", "profit", "386,705.63"},
		{"receivables", "balance", "1,239,855.85"}, {"stock-movement", "opening_qty", "53,238"}, {"stock-movement", "opening_value", "897,580.72"},
		{"stock-movement", "closing_qty", "3,119"}, {"stock-movement", "closing_value", "44,430.50"}, {"stock-on-hand", "qty", "3,119"}, {"stock-on-hand", "value", "44,430.50"},
	} {
		v := openReport(t, s, c.report, reports.Params{})
		if got := totalOf(v, c.column); got != c.want {
			t.Errorf("%s: total of %s shows %q, want %s", c.report, c.column, got, c.want)
		}
		col := v.R.Columns[v.R.Index(c.column)]
		if got := (slip.Look{}).Shown(slip.Field{Type: col.Type}, exported(t, v, c.column)); got != c.want {
			t.Errorf("%s exported: total of %s is %q, want %s", c.report, c.column, got, c.want)
		}
	}
	v := openReport(t, s, "receivables", reports.Params{})
	v.SortBy(columnOf(v, "balance"))
	if got := v.CellAt(0, columnOf(v, "party")).Text + " " + v.CellAt(0, columnOf(v, "balance")).Text; got != "QUICK 110,277.32" {
		t.Errorf("the best customer is %q", got)
	}
	v = openReport(t, s, "order-status", reports.Params{})
	open := map[string]bool{}
	for row := range v.Order {
		if v.CellAt(row, columnOf(v, "remaining")).Text != "0" {
			open[v.CellAt(row, columnOf(v, "number")).Text] = true
		}
	}
	if len(open) != 21 {
		t.Errorf("%d orders show something open, want 21", len(open))
	}
	v = openReport(t, s, "sales-summary", reports.Params{By: "month"})
	for month, want := range map[string]string{"1996-07": "20,710.27", "1997-01": "64,746.46", "1998-04": "142,901.99"} {
		if got := v.CellAt(findRowOf(v, "key", month), columnOf(v, "net")).Text; got != want {
			t.Errorf("%s shows %q, want %s", month, got, want)
		}
	}
}

// exported reads a total back from the workbook the screen writes; in its last row stand the totals.
func exported(t *testing.T, v *reportview.ReportScreen, key string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.xlsx")
	out, rows := v.AsTable()
	if err := parts.WriteTable(path, out, rows); err != nil {
		t.Fatal(err)
	}
	back, err := sheet.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Rows) != len(v.Rows)+1 {
		t.Fatalf("%s: %d rows in the workbook, want %d and the totals", v.R.Name, len(back.Rows), len(v.Rows))
	}
	return back.Rows[len(back.Rows)-1].Cells[v.R.Index(key)]
}

func TestEveryReportShowsInBothLanguages(t *testing.T) {
	s := northwind(t)
	for _, x := range [][]string{{"products", "code,name,tracking", "LX,Lotted,lot"}, {"opening-stock", "warehouse,product,qty,cost,lot", s.Book().Masters().List("warehouses")[0].Code() + ",LX,3,2,L1"}} {
		tab := &exchange.Table{Name: x[0], Header: strings.Split(x[1], ","), Rows: []exchange.Row{{Line: 2, Cells: strings.Split(x[2], ",")}}}
		if _, err := exchange.Import(s.Book(), x[0], tab, false); err != nil {
			t.Fatal(err)
		}
	}
	for _, lang := range []text.Lang{text.Zh, text.En} {
		s.SetLang(lang)
		reportview.OpenReportHub(s)
		for _, r := range reports.All {
			for _, by := range append([]string{""}, r.Ways()...) {
				p := reports.Params{By: by}
				if r.Name == "stock-ledger" {
					p.Product = "P11"
				}
				if r.Name == "party-statement" {
					p.Party = "QUICK"
				}
				if r.Takes("lot") {
					p.Lot = "L1"
				}
				v := openReport(t, s, r.Name, p)
				told := 1
				if by == "department" { // these slips name none, which stands as a name without a code
					told = 2
				}
				if len(v.Table.Columns) < 2 || len(v.Rows) > 0 && v.CellAt(0, told).Text == "" {
					t.Errorf("%s by %q shows nothing", r.Name, by)
				}
				if min := v.Object().MinSize(); min.Width > 1290 {
					t.Errorf("%s by %q in %s needs %.0f px, there are 1290", r.Name, by, lang, min.Width)
				}
				s.CloseTab()
			}
		}
	}
}

func TestAStatementShowsAndExportsTheSlipsLines(t *testing.T) {
	s := northwind(t)
	v := openReport(t, s, "party-statement", reports.Params{Party: "QUICK"})
	slips := len(v.Rows)
	if columnOf(v, "product") >= 0 {
		t.Error("a statement by slips has a column of products")
	}
	ctrl(s, fyne.KeyD)
	v = s.Current().(*reportview.ReportScreen)
	if len(v.Rows) <= slips || columnOf(v, "product") < 0 {
		t.Fatalf("by lines it has %d rows, %d without them", len(v.Rows), slips)
	}
	out, rows := v.AsTable()
	if len(rows) != len(v.Rows) || out.Columns[len(out.Columns)-1].Title != "Amount" || len(out.Columns) != 13 {
		t.Errorf("exported are %d rows under %v", len(rows), out.Columns)
	}
	ctrl(s, fyne.KeyD)
	if len(v.Rows) != slips {
		t.Errorf("back without lines there are %d rows, want %d", len(v.Rows), slips)
	}
	v = openReport(t, s, "purchase-summary", reports.Params{})
	if columnOf(v, "gross") < 0 || columnOf(v, "profit") >= 0 || columnOf(v, "margin") >= 0 {
		t.Errorf("a purchase summary shows %v", v.Cols)
	}
}

func TestEnterLeadsFromEveryFigureToItsSlip(t *testing.T) {
	s := northwind(t)
	v := openReport(t, s, "stock-movement", reports.Params{From: 19970101, To: 19970331})
	v.Table.Go(findRowOf(v, "product", "P11"), columnOf(v, "out_value"))
	out := v.CellAt(v.Table.Row(), columnOf(v, "out_value")).Text
	press(s, fyne.KeyReturn)
	ledger := s.Current().(*reportview.ReportScreen)
	if ledger.R.Name != "stock-ledger" || ledger.P != (reports.Params{Product: "P11", From: 19970101, To: 19970331}) {
		t.Fatalf("Enter opened %s %+v", ledger.R.Name, ledger.P)
	}
	if got := totalOf(ledger, "out_value"); got != out {
		t.Errorf("the ledger's issues are %s, the movement's %s", got, out)
	}
	ledger.Table.Go(1, columnOf(ledger, "number"))
	if words, _ := ledger.Behind(1, columnOf(ledger, "number")); !strings.Contains(words, ledger.CellAt(1, columnOf(ledger, "number")).Text) {
		t.Errorf("Enter on a number %s", words)
	}
	press(s, fyne.KeyEscape)
	if s.Current() != Screen(v) {
		t.Error("Esc does not go back to the report it came from")
	}
	for _, c := range []struct{ report, by, key, row, column, opens, param string }{
		{"sales-summary", "customer", "key", "QUICK", "net", "party-statement", "QUICK"},
		{"sales-summary", "product", "key", "P11", "net", "stock-ledger", "P11"},
		{"sales-summary", "month", "key", "1997-01", "net", "sales-summary", "day"},
		{"sales-summary", "day", "key", "1997-01-02", "net", "sales-summary", "customer"},
		{"receivables", "", "party", "QUICK", "balance", "party-statement", "QUICK"},
		{"trial-balance", "", "account", "1122", "closing_debit", "general-ledger", "1122"},
		{"order-status", "", "party", "QUICK QUICK-Stop", "party", "party-statement", "QUICK"},
	} {
		v := openReport(t, s, c.report, reports.Params{By: c.by})
		row := findRowOf(v, c.key, c.row)
		if row < 0 {
			t.Errorf("%s by %q has no %s", c.report, c.by, c.row)
			continue
		}
		v.Table.Go(row, columnOf(v, c.column))
		press(s, fyne.KeyReturn)
		to, ok := s.Current().(*reportview.ReportScreen)
		if p := to.P; !ok || to.R.Name != c.opens || !strings.Contains(strings.Join([]string{p.Product, p.Party, p.Account, p.By}, " "), c.param) {
			t.Errorf("%s by %q: Enter on %s opened %s %+v", c.report, c.by, c.row, to.R.Name, to.P)
		}
	}
}

func TestZerosShowOnlyWhereTheySaySomething(t *testing.T) {
	s := northwind(t)
	for _, c := range []struct{ report, key, row, column, want string }{
		{"stock-movement", "product", "P05", "in_qty", ""}, {"stock-movement", "product", "P05", "closing_qty", "0"},
		{"stock-movement", "product", "P05", "closing_value", "0.00"}, {"trial-balance", "account", "1122", "closing_credit", ""},
		{"trial-balance", "account", "1122", "closing_debit", "1,239,855.85"},
	} {
		v := openReport(t, s, c.report, reports.Params{})
		if got := v.CellAt(findRowOf(v, c.key, c.row), columnOf(v, c.column)).Text; got != c.want {
			t.Errorf("%s %s: %s shows %q, want %q", c.report, c.row, c.column, got, c.want)
		}
	}
}

func TestReportKeys(t *testing.T) {
	s := northwind(t)
	v := openReport(t, s, "sales-summary", reports.Params{})
	ctrl(s, "F")
	for _, r := range "queso" {
		s.Win.Canvas().Focused().TypedRune(r)
	}
	if len(v.Order) != 2 {
		t.Errorf("%d rows hold queso, want 2 (Cabrales, Manchego La Pastora)", len(v.Order))
	}
	if foot := v.Lines; len(foot) != 2 || foot[0][columnOf(v, "net")].Text != "24,877.23" {
		t.Errorf("what is found adds up to %v, want 12,691.77 + 12,185.46 = 24,877.23", foot)
	}
	press(s, fyne.KeyEscape)
	if len(v.Order) != 77 {
		t.Errorf("Esc leaves %d rows", len(v.Order))
	}
	v.Table.Go(0, columnOf(v, "net"))
	ctrl(s, "U")
	if got := v.CellAt(0, columnOf(v, "name")).Text; got != "Côte de Blaye" {
		t.Errorf("the most sold product is %q", got)
	}
	ctrl(s, "G")
	if !v.Chart || len(v.Bars.List) == 0 {
		t.Error("Ctrl+G shows no chart")
	}
	press(s, fyne.KeyF6)
	if s.Win.Canvas().Focused() != fyne.Focusable(v.Fields["from"].Input) {
		t.Error("F6 does not go to the parameters")
	}
	for _, r := range "1997-01-01" {
		s.Win.Canvas().Focused().TypedRune(r)
	}
	press(s, fyne.KeyReturn)
	for _, r := range "1997-01-31" {
		s.Win.Canvas().Focused().TypedRune(r)
	}
	press(s, fyne.KeyReturn)
	if got := totalOf(v, "net"); got != "64,746.46" {
		t.Errorf("January 1997 shows %s", got)
	}
	v.Fields["from"].SetText("1997-02-30")
	v.Fields["from"].Commit()
	if words, tone := s.message.Text(); tone != kit.Refusal || !strings.Contains(words, "1997-02-30") {
		t.Errorf("a wrong day says %q", words)
	}
}

func TestALedgerAsksForItsProduct(t *testing.T) {
	s := northwind(t)
	reportview.Report(s, "stock-ledger", reports.Params{})
	v := s.Current().(*reportview.ReportScreen)
	if s.Win.Canvas().Focused() != fyne.Focusable(v.Fields["product"].Input) {
		t.Fatal("the product's box has not the keyboard")
	}
	if words, tone := s.message.Text(); tone != kit.Hint || !strings.Contains(words, "product") {
		t.Errorf("it says %q", words)
	}
	for _, r := range "P11" {
		s.Win.Canvas().Focused().TypedRune(r)
	}
	press(s, fyne.KeyReturn)
	if v.State != reportview.HasRead || findRowOf(v, "balance_qty", "22") < 0 {
		t.Errorf("the ledger of P11 does not end with 22: %v", v.Rows)
	}
}

func TestTheHubOpensByDigitAndArrows(t *testing.T) {
	s := northwind(t)
	reportview.OpenReportHub(s)
	h := s.Current().(*reportview.ReportHub)
	if len(h.List) != len(reports.All) {
		t.Fatalf("%d doors for %d reports", len(h.List), len(reports.All))
	}
	s.Win.Canvas().Focused().TypedRune('2')
	if v := s.Current().(*reportview.ReportScreen); v.R != h.List[1] {
		t.Errorf("2 opened %s", v.R.Name)
	}
	s.CloseTab()
	if s.Current() != Screen(h) {
		t.Fatal("closing does not go back to the hub")
	}
	press(s, fyne.KeyRight)
	press(s, fyne.KeyReturn)
	if v := s.Current().(*reportview.ReportScreen); v.R != h.List[2] {
		t.Errorf("→ Enter opened %s", v.R.Name)
	}
}
