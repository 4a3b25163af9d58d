// Package binder binds a month's books 账簿 into one workbook: a cover 封面 with control totals 控制数, then one sheet a ledger or
// report, as reports declares them. It works nothing out itself; what the cover compares are totals of its sheets, by formula.
package binder

import (
	"cmp"
	"io"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
	"zhanggui/reports/sheet"
)

// leaf is one sheet: a report, and what is asked of it beside the month.
type leaf struct {
	name   string
	report *reports.Report
	by     string
	title  text.Text // where the report's own does not say it
}

var leaves = []leaf{
	{"purchases", reports.PurchaseLedger, "", text.Text{}},
	{"sales", reports.SalesLedger, "", text.Text{}},
	{"movement", reports.StockMovement, "", text.Text{}},
	{"stock", reports.StockOnHand, "", text.Text{}},
	{"receivables", reports.Receivables, "", text.Text{}},
	{"payables", reports.Payables, "", text.Text{}},
	{"statements", statements, "", text.Text{}},
	{"cash", reports.CashBook, "", text.Text{}},
	{"journal", reports.Journal, "", text.Text{}},
	{"trial", reports.TrialBalance, "", text.Text{}},
	{"balance", reports.BalanceSheet, "", text.Text{}},
	{"income", reports.IncomeStatement, "", text.Text{}},
	{"vat", reports.VAT, "", text.Text{}},
	{"by product", reports.SalesSummary, "product", text.T("商品毛利", "Gross profit by product")},
	{"by customer", reports.SalesSummary, "customer", text.T("客户毛利", "Gross profit by customer")},
	{"tie", reports.Reconciliation, "", text.Text{}},
}

// Write writes the books of a month in the book's language. Progress is told after each sheet; it may be nil. A month before the
// book's start is refused.
func Write(w io.Writer, b *workflow.Book, month text.Month, progress func(done, all int)) error {
	if start := b.Settings().Start; month < start {
		return fault.New(fault.Refused, "%s 早于账套启用月份 %s", "%s is before the book's start %s", month, start)
	}
	book := sheet.NewWorkbook()
	defer book.Discard()
	v := &volume{b: b, month: month, lang: b.Settings().Lang, sheets: map[string]*sheet.Sheet{}, rows: map[string]*figures{}}
	cover, err := book.Sheet(v.foot(sheet.Layout{Name: text.T("封面", "Cover").In(v.lang), Grid: grid, OnePage: true}))
	if err != nil {
		return err
	}
	for i, l := range leaves {
		if err := v.bind(book, l); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(leaves)+1)
		}
	}
	if err := v.charts(); err != nil {
		return err
	}
	if err := v.cover(cover); err != nil {
		return err
	}
	if err := book.Write(w); err != nil {
		return err
	}
	if progress != nil {
		progress(len(leaves)+1, len(leaves)+1)
	}
	return nil
}

// volume is a workbook being bound: its sheets, and of each the figures the cover asks for.
type volume struct {
	b      *workflow.Book
	month  text.Month
	lang   text.Lang
	sheets map[string]*sheet.Sheet
	rows   map[string]*figures
}

// params ask a report for the month, or for how things stand at its end.
func (v *volume) params(l leaf) reports.Params {
	return reports.Params{From: v.month.First(), To: v.month.Last(), By: l.by}
}

// foot puts under every page whose books these are and of which month, which page it is, and when they were made.
func (v *volume) foot(l sheet.Layout) sheet.Layout {
	l.Foot = v.b.Settings().Company + " · " + v.month.String() + text.T(" 月度账册", " books").In(v.lang)
	if l.Grid == nil { // the company stands above the table
		l.Foot = v.month.String() + " · " + l.Name
	}
	l.Pages = text.T("第 &P 页，共 &N 页", "Page &P of &N").In(v.lang)
	l.Printed = v.b.Now().Format("2006-01-02 15:04")
	return l
}

func (v *volume) bind(book *sheet.Workbook, l leaf) error {
	title := l.title
	if title == (text.Text{}) {
		title = l.report.Title
	}
	report := l.report.In(v.b)
	r, cut := report.Kept(func(c reports.Column) bool { return c.Seen(v.params(l)) })
	columns := make([]sheet.Column, len(r.Columns))
	for i, c := range r.Columns {
		columns[i] = sheet.Column{Title: c.Title.In(v.lang), Type: c.Type, Total: c.Total}
	}
	s, err := book.Sheet(v.foot(sheet.Layout{Name: title.In(v.lang), Above: []string{v.b.Settings().Company + " " + title.In(v.lang) + " " + v.month.String()}, Columns: columns,
		OnePage: l.report == reports.BalanceSheet || l.report == reports.IncomeStatement}))
	if err != nil {
		return err
	}
	f, sums := newFigures(r), r.Sums()
	party := ""
	err = beside(func(give func(reports.Row) error) error { return report.Each(v.b, v.params(l), give) }, func(row reports.Row) error {
		row = cut(row)
		f.add(r, row)
		sums.Add(row)
		if l.report == statements { // each party's is handed over by itself
			if who := row[0].String(); party != "" && who != party {
				if err := s.Break(); err != nil {
					return err
				}
			}
			party = row[0].String()
		}
		return s.Row(v.words(r, l, row))
	})
	if err != nil {
		return err
	}
	totals := sums.Cells()
	f.close(r, totals)
	v.sheets[l.name], v.rows[l.name] = s, f
	return s.Close(labelled(totals, v.lang))
}

// words are a row's cells for people: a code has its name where no column says it, and of several columns of which a row has one the others are
// empty.
func (v *volume) words(r *reports.Report, l leaf, row reports.Row) []string {
	out := r.Words(v.lang, row)
	for i, c := range r.Columns {
		if name := r.Named(v.b, v.lang, l.by, i, row[i].String()); name != "" {
			out[i] += " " + name
		}
		if c.Blank && reports.Nothing(row[i]) {
			out[i] = ""
		}
	}
	return out
}

// labelled writes the word for a total before the totals; a table nothing is summed of has no such row.
func labelled(row reports.Row, l text.Lang) []string {
	totals := row.Texts()
	if !slices.ContainsFunc(totals, func(s string) bool { return s != "" }) {
		return nil
	}
	if totals[0] == "" {
		totals[0] = text.T("合计", "Total").In(l)
	}
	return totals
}

// statements are the statements of all parties that owe, are owed or had something booked, one behind the other.
var statements = &reports.Report{Name: "statements", Title: text.T("往来对账单", "Party statements"), Area: slip.Money,
	Columns: append([]reports.Column{{Key: "party", Title: text.T("往来单位", "Party"), Type: slip.TypeText}, {Key: "name", Title: text.T("名称", "Name"), Type: slip.TypeText}}, reports.StatementColumns...),
	Run: func(b *workflow.Book, p reports.Params) ([]reports.Row, error) {
		var all []reports.Row
		for _, role := range []string{master.Customers.Code, master.Suppliers.Code} {
			list := b.Masters().List(role)
			slices.SortFunc(list, func(x, y *master.Record) int { return cmp.Compare(x.Code(), y.Code()) })
			for _, r := range list {
				rows, err := reports.StatementOf(b, r, p)
				if err != nil {
					return nil, err
				}
				for _, x := range rows {
					all = append(all, append(reports.Row{reports.Word(r.Code()), reports.Word(r.Get("name"))}, x...))
				}
			}
		}
		return all, nil
	}}
