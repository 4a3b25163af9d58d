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

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
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
		if _, err := b.Import(f.kind, tab, false); err != nil {
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
	s.Inline = true
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
func openReport(t *testing.T, s *Shell, name string, p reports.Params) *reportScreen {
	t.Helper()
	s.report(name, p)
	v, ok := s.Current().(*reportScreen)
	if !ok || v.r.Name != name {
		t.Fatalf("%s did not open", name)
	}
	if v.state == failed {
		words, _ := s.message.Text()
		t.Fatalf("%s: %s", name, words)
	}
	return v
}

func (v *reportScreen) column(key string) int {
	for i, c := range v.cols {
		if c.key == key {
			return i
		}
	}
	return -1
}

// total is what the last line of totals shows under a column.
func (v *reportScreen) total(key string) string {
	foot := v.lines
	return foot[len(foot)-1][v.column(key)].Text
}

// findRow is the first row that shows a text in a column.
func (v *reportScreen) findRow(key, shown string) int {
	for row := range v.order {
		if v.cellAt(row, v.column(key)).Text == shown {
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
		if got := v.total(c.column); got != c.want {
			t.Errorf("%s: total of %s shows %q, want %s", c.report, c.column, got, c.want)
		}
		col := v.r.Columns[v.r.Index(c.column)]
		if got := col.Shown(text.En, exported(t, v, c.column)); got != c.want {
			t.Errorf("%s exported: total of %s is %q, want %s", c.report, c.column, got, c.want)
		}
	}
	v := openReport(t, s, "receivables", reports.Params{})
	v.sortBy(v.column("balance"))
	if got := v.cellAt(0, v.column("party")).Text + " " + v.cellAt(0, v.column("balance")).Text; got != "QUICK 110,277.32" {
		t.Errorf("the best customer is %q", got)
	}
	v = openReport(t, s, "order-status", reports.Params{})
	open := map[string]bool{}
	for row := range v.order {
		if v.cellAt(row, v.column("remaining")).Text != "0" {
			open[v.cellAt(row, v.column("number")).Text] = true
		}
	}
	if len(open) != 21 {
		t.Errorf("%d orders show something open, want 21", len(open))
	}
	v = openReport(t, s, "sales-summary", reports.Params{By: "month"})
	for month, want := range map[string]string{"1996-07": "20,710.27", "1997-01": "64,746.46", "1998-04": "142,901.99"} {
		if got := v.cellAt(v.findRow("key", month), v.column("net")).Text; got != want {
			t.Errorf("%s shows %q, want %s", month, got, want)
		}
	}
}

// exported reads a total back from the workbook the screen writes; in its last row stand the totals.
func exported(t *testing.T, v *reportScreen, key string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.xlsx")
	out, rows := v.asTable()
	if err := writeTable(path, out, rows); err != nil {
		t.Fatal(err)
	}
	back, err := sheet.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Rows) != len(v.rows)+1 {
		t.Fatalf("%s: %d rows in the workbook, want %d and the totals", v.r.Name, len(back.Rows), len(v.rows))
	}
	return back.Rows[len(back.Rows)-1].Cells[v.r.Index(key)]
}

func TestEveryReportShowsInBothLanguages(t *testing.T) {
	s := northwind(t)
	for _, x := range [][]string{{"products", "code,name,tracking", "LX,Lotted,lot"}, {"opening-stock", "warehouse,product,qty,cost,lot", s.Book.Masters().List("warehouses")[0].Code() + ",LX,3,2,L1"}} {
		tab := &workflow.Table{Name: x[0], Header: strings.Split(x[1], ","), Rows: []workflow.Row{{Line: 2, Cells: strings.Split(x[2], ",")}}}
		if _, err := s.Book.Import(x[0], tab, false); err != nil {
			t.Fatal(err)
		}
	}
	for _, lang := range []text.Lang{text.Zh, text.En} {
		s.SetLang(lang)
		s.OpenReportHub()
		for _, r := range reports.All {
			for _, by := range append([]string{""}, r.By...) {
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
				if len(v.table.Columns) < 2 || len(v.rows) > 0 && v.cellAt(0, told).Text == "" {
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
	slips := len(v.rows)
	if v.column("product") >= 0 {
		t.Error("a statement by slips has a column of products")
	}
	ctrl(s, fyne.KeyD)
	v = s.Current().(*reportScreen)
	if len(v.rows) <= slips || v.column("product") < 0 {
		t.Fatalf("by lines it has %d rows, %d without them", len(v.rows), slips)
	}
	out, rows := v.asTable()
	if len(rows) != len(v.rows) || out.columns[len(out.columns)-1].title != "Amount" || len(out.columns) != 13 {
		t.Errorf("exported are %d rows under %v", len(rows), out.columns)
	}
	ctrl(s, fyne.KeyD)
	if len(v.rows) != slips {
		t.Errorf("back without lines there are %d rows, want %d", len(v.rows), slips)
	}
	v = openReport(t, s, "purchase-summary", reports.Params{})
	if v.column("gross") < 0 || v.column("profit") >= 0 || v.column("margin") >= 0 {
		t.Errorf("a purchase summary shows %v", v.cols)
	}
}

func TestEnterLeadsFromEveryFigureToItsSlip(t *testing.T) {
	s := northwind(t)
	v := openReport(t, s, "stock-movement", reports.Params{From: 19970101, To: 19970331})
	v.table.Go(v.findRow("product", "P11"), v.column("out_value"))
	out := v.cellAt(v.table.Row(), v.column("out_value")).Text
	press(s, fyne.KeyReturn)
	ledger := s.Current().(*reportScreen)
	if ledger.r.Name != "stock-ledger" || ledger.p != (reports.Params{Product: "P11", From: 19970101, To: 19970331}) {
		t.Fatalf("Enter opened %s %+v", ledger.r.Name, ledger.p)
	}
	if got := ledger.total("out_value"); got != out {
		t.Errorf("the ledger's issues are %s, the movement's %s", got, out)
	}
	ledger.table.Go(1, ledger.column("number"))
	if words, _ := ledger.behind(1, ledger.column("number")); !strings.Contains(words, ledger.cellAt(1, ledger.column("number")).Text) {
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
		row := v.findRow(c.key, c.row)
		if row < 0 {
			t.Errorf("%s by %q has no %s", c.report, c.by, c.row)
			continue
		}
		v.table.Go(row, v.column(c.column))
		press(s, fyne.KeyReturn)
		to, ok := s.Current().(*reportScreen)
		if p := to.p; !ok || to.r.Name != c.opens || !strings.Contains(strings.Join([]string{p.Product, p.Party, p.Account, p.By}, " "), c.param) {
			t.Errorf("%s by %q: Enter on %s opened %s %+v", c.report, c.by, c.row, to.r.Name, to.p)
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
		if got := v.cellAt(v.findRow(c.key, c.row), v.column(c.column)).Text; got != c.want {
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
	if len(v.order) != 2 {
		t.Errorf("%d rows hold queso, want 2 (Cabrales, Manchego La Pastora)", len(v.order))
	}
	if foot := v.lines; len(foot) != 2 || foot[0][v.column("net")].Text != "24,877.23" {
		t.Errorf("what is found adds up to %v, want 12,691.77 + 12,185.46 = 24,877.23", foot)
	}
	press(s, fyne.KeyEscape)
	if len(v.order) != 77 {
		t.Errorf("Esc leaves %d rows", len(v.order))
	}
	v.table.Go(0, v.column("net"))
	ctrl(s, "U")
	if got := v.cellAt(0, v.column("name")).Text; got != "Côte de Blaye" {
		t.Errorf("the most sold product is %q", got)
	}
	ctrl(s, "G")
	if !v.chart || len(v.bars.list) == 0 {
		t.Error("Ctrl+G shows no chart")
	}
	press(s, fyne.KeyF6)
	if s.Win.Canvas().Focused() != fyne.Focusable(v.fields["from"].Input) {
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
	if got := v.total("net"); got != "64,746.46" {
		t.Errorf("January 1997 shows %s", got)
	}
	v.fields["from"].SetText("1997-02-30")
	v.fields["from"].Commit()
	if words, tone := s.message.Text(); tone != kit.Refusal || !strings.Contains(words, "1997-02-30") {
		t.Errorf("a wrong day says %q", words)
	}
}

func TestALedgerAsksForItsProduct(t *testing.T) {
	s := northwind(t)
	s.report("stock-ledger", reports.Params{})
	v := s.Current().(*reportScreen)
	if s.Win.Canvas().Focused() != fyne.Focusable(v.fields["product"].Input) {
		t.Fatal("the product's box has not the keyboard")
	}
	if words, tone := s.message.Text(); tone != kit.Hint || !strings.Contains(words, "product") {
		t.Errorf("it says %q", words)
	}
	for _, r := range "P11" {
		s.Win.Canvas().Focused().TypedRune(r)
	}
	press(s, fyne.KeyReturn)
	if v.state != hasRead || v.findRow("balance_qty", "22") < 0 {
		t.Errorf("the ledger of P11 does not end with 22: %v", v.rows)
	}
}

func TestTheHubOpensByDigitAndArrows(t *testing.T) {
	s := northwind(t)
	s.OpenReportHub()
	h := s.Current().(*reportHub)
	if len(h.list) != len(reports.All) {
		t.Fatalf("%d doors for %d reports", len(h.list), len(reports.All))
	}
	s.Win.Canvas().Focused().TypedRune('2')
	if v := s.Current().(*reportScreen); v.r != h.list[1] {
		t.Errorf("2 opened %s", v.r.Name)
	}
	s.CloseTab()
	if s.Current() != Screen(h) {
		t.Fatal("closing does not go back to the hub")
	}
	press(s, fyne.KeyRight)
	press(s, fyne.KeyReturn)
	if v := s.Current().(*reportScreen); v.r != h.list[2] {
		t.Errorf("→ Enter opened %s", v.r.Name)
	}
}
