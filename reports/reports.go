package reports

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Report is one report.
type Report struct {
	Name    string
	Title   text.Text
	Area    slip.Group // the part of the business it looks at
	Params  []string   // names of the parameters it takes
	Filters []string   // more of them that narrow it: options on the console, in the window a dialog instead of boxes
	Columns []Column
	Tag     slip.Tag // what one must be allowed to see to see the report at all; empty: its columns say
	Module  []string // modules it belongs to: it is there where any of them is on; none: always
	By      []By     // what it can be by; the first is the default
	Across  *Across  // a column whose values may stand beside each other; nil: none
	Kinds   []string // of slips its rows are of, where it can be narrowed to one; nil: all that post
	// Narrows are the ways in which it counts only what is in the scope of who asks; one who has to do with a part of the book along another
	// is refused it, for it covers the whole book (R8).
	Narrows []rights.Axis
	Run     func(*workflow.Book, Params) ([]Row, error)
	// Stream gives the same rows one after the other, for reports of so many that they should not all be in memory; nil: Run is all there is.
	Stream Stream
	// Makes is the slip that can be made of what the report says; nil: none.
	Makes *Making
}

// Stream gives rows one after the other until there are no more, or f or the book has an error.
type Stream func(b *workflow.Book, p Params, f func(row Row) error) error

// all gathers a stream's rows.
func (s Stream) all(b *workflow.Book, p Params) (rows []Row, err error) {
	err = s(b, p, func(row Row) error {
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// Each gives the report's rows one after the other.
func (r *Report) Each(b *workflow.Book, p Params, f func(row Row) error) error {
	if r.Stream != nil {
		return r.Stream(b, p, f)
	}
	rows, err := r.Run(b, p)
	for _, row := range rows {
		if err == nil {
			err = f(row)
		}
	}
	return err
}

// Texts are the report's rows in canonical text.
func (r *Report) Texts(b *workflow.Book, p Params) (list [][]string, err error) {
	err = r.Each(b, p, func(row Row) error {
		list = append(list, row.Texts())
		return nil
	})
	return list, err
}

// Making makes an unsaved slip of a report.
type Making struct {
	Label text.Text
	Slip  func(*workflow.Book, Params) (*slip.Doc, error)
}

// All lists the reports.
var All = []*Report{
	StockOnHand, StockMovement, StockLedger, InTransit, SlowStock, StockAge, LotStock, Expiry, Recall, SerialHistory, CountDifferences, ReorderReport, OverMaximum, BOMCost, WhereUsed, Buildable,
	PurchaseSummary, PurchaseLedger, SalesSummary, SalesLedger, ABC, PriceHistory, OrderStatus,
	Receivables, Payables, PartyStatement, Ageing, CashBook,
	Journal, GeneralLedger, TrialBalance, BalanceSheet, IncomeStatement, VAT, AuditLog, Approvals,
}

// Only is the report with those of its columns that keep holds for, and its rows with them.
func (r *Report) Only(keep func(Column) bool, rows []Row) (*Report, []Row) {
	x, cut := r.Kept(keep)
	if x == r {
		return r, rows
	}
	out := make([]Row, len(rows))
	for n, row := range rows {
		out[n] = cut(row)
	}
	return x, out
}

// Kept is the report with those of its columns that keep holds for, and what cuts a row down to them.
func (r *Report) Kept(keep func(Column) bool) (*Report, func(row Row) Row) {
	var at []int
	x := *r
	x.Columns = nil
	for i, c := range r.Columns {
		if keep(c) {
			at, x.Columns = append(at, i), append(x.Columns, c)
		}
	}
	if len(at) == len(r.Columns) {
		return r, func(row Row) Row { return row }
	}
	return &x, func(row Row) Row {
		out := make(Row, len(at))
		for n, i := range at {
			out[n] = row[i]
		}
		return out
	}
}

// In is the report as the book has it for who asks: without the columns of modules that are off, and without what he may not see.
func (r *Report) In(b *workflow.Book) *Report {
	on, who := b.Settings().Modules, b.Who()
	x, cut := r.Kept(func(c Column) bool { return on.Has(c.Module) && (!who.Asked() || r.shows(c, who)) })
	sided := who.Asked() && slices.ContainsFunc(r.Columns, func(c Column) bool { return c.Sided != nil })
	if x == r && !sided {
		return r
	}
	if x == r {
		own := *r
		x = &own
	}
	each := r.Each
	keeps := func(row Row) bool { return !sided || r.sees(row, who) }
	x.Run = func(b *workflow.Book, p Params) (rows []Row, err error) {
		err = each(b, p, func(row Row) error {
			if keeps(row) {
				rows = append(rows, cut(row))
			}
			return nil
		})
		return rows, err
	}
	if r.Stream != nil {
		x.Stream = func(b *workflow.Book, p Params, f func(Row) error) error {
			return r.Stream(b, p, func(row Row) error {
				if !keeps(row) {
					return nil
				}
				return f(cut(row))
			})
		}
	}
	return x
}

// shows tells whether a person sees a column: its figures, and records of one of the types it names.
func (r *Report) shows(c Column, who rights.Who) bool {
	refs := len(c.Refs) == 0 || slices.ContainsFunc(c.Refs, func(t string) bool { return who.May(t, "see") })
	side := c.Tag == slip.TagPurchase || c.Tag == slip.TagSales
	sided := side && slices.ContainsFunc(r.Columns, func(c Column) bool { return c.Sided != nil }) && (who.Sees(slip.TagPurchase) || who.Sees(slip.TagSales))
	return refs && (who.Sees(c.Tag) || sided)
}

// sees tells whether a person sees the figures of a row that says of which side its prices are; a row he does not see is not there.
func (r *Report) sees(row Row, who rights.Who) bool {
	for i := range r.Columns {
		if t := r.Columns[i].Tag; (t == slip.TagPurchase || t == slip.TagSales) && !who.Sees(r.TagAt(row, i)) {
			return false
		}
	}
	return true
}

// What reports narrow by: those whose rows are of slips, by all there is; of stock, by warehouses; of parties, by whose they are; of cash, by
// accounts.
var (
	ofSlips   = []rights.Axis{rights.Own, rights.Customers, rights.Warehouses, rights.Departments, rights.Accounts}
	ofStock   = []rights.Axis{rights.Warehouses}
	ofParties = []rights.Axis{rights.Customers}
	ofCash    = []rights.Axis{rights.Accounts}
)

// Ask refuses the report as it is asked for to who may not see it, or not give it out as a file (out), or has to do with a part of the book
// that it cannot be narrowed to.
func (r *Report) Ask(b *workflow.Book, p Params, out bool) error {
	who := b.Who()
	if !who.Asked() {
		return nil
	}
	if out {
		if err := b.MayGive(); err != nil {
			return err
		}
	}
	if r == AuditLog && !out && !who.PIN { // who has not the right to all of it sees his own part, and no figure that is hidden from him
		return nil
	}
	needs := []rights.Grant{rights.Need(rights.Of(r.Name, "see"))}
	if out {
		needs = append(needs, rights.Need(rights.Of(r.Name, "export")))
	}
	if r.Tag.Hides() {
		needs = append(needs, rights.Need(rights.Of("see", string(r.Tag))))
	}
	by := p.By
	if by == "" && len(r.By) > 0 {
		by = r.By[0].Code
	}
	if side, has := rights.Side(r.Name, by); has {
		needs = append(needs, rights.Need(side))
	}
	for _, x := range r.By {
		for _, t := range x.Refs {
			if x.Code == by && by != "" {
				needs = append(needs, rights.Need(rights.Of(t, "see")))
			}
		}
	}
	if r.Name == PartyStatement.Name && p.Party != "" {
		for _, role := range []slip.Role{slip.Customers, slip.Suppliers} {
			if _, ok := b.Masters().Find(string(role), p.Party); ok {
				needs = append(needs, rights.Need(rights.Statement(role)))
				break
			}
		}
	}
	if f := who.Needs(needs...); f != nil {
		return f
	}
	if f := who.Scope().Refuse(r.Narrows...); f != nil {
		return f
	}
	return nil
}

// withSpec adds the specification of the row's product behind its name.
func withSpec(r *Report) *Report {
	of, at, run := r.Index("product"), r.Index("name")+1, r.Run
	r.Columns = slices.Insert(r.Columns, at, txt("spec", "规格", "Spec"))
	r.Run = func(b *workflow.Book, p Params) ([]Row, error) {
		rows, err := run(b, p)
		for i, row := range rows {
			prod, _ := b.Masters().Find(master.Products.Code, row[of].String())
			rows[i] = slices.Insert(row, at, Cell(Word(prod.Get("spec"))))
		}
		return rows, err
	}
	return r
}

func init() {
	for _, r := range All {
		r.checked()
		workflow.Reported(rights.Object{Code: r.Name, Class: rights.Reports, Area: r.Area, Title: r.Title})
	}
}

// Index is the place of a column, -1 if there is none.
func (r *Report) Index(key string) int {
	return slices.IndexFunc(r.Columns, func(c Column) bool { return c.Key == key })
}

// ByName returns a report.
func ByName(name string) (*Report, bool) {
	for _, r := range All {
		if r.Name == name {
			return r, true
		}
	}
	return nil, false
}

// TagAt is the tag of a value of a row: the column's, or where the row says of which side its prices are, that one.
func (r *Report) TagAt(row Row, i int) slip.Tag {
	tag := r.Columns[i].Tag
	if tag == slip.TagPurchase || tag == slip.TagSales {
		for n, c := range r.Columns {
			if c.Sided != nil && row[n] != None {
				if t := c.Sided(row[n].String()); t != "" {
					return t
				}
			}
		}
	}
	return tag
}

// Of lists the reports the book has, of the modules that are on.
func Of(b *workflow.Book) (list []*Report) {
	for _, r := range All {
		if b.Off(r.Module) == nil && b.Who().May(r.Name, "see") && b.Who().Sees(r.Tag) {
			list = append(list, r.In(b))
		}
	}
	return list
}

// Indent stands before a value of a row where people read it: a step for every level below the first.
func (r *Report) Indent(i int, row Row) string {
	if !r.Columns[i].Tree || row[i] == None {
		return ""
	}
	n, _ := row[r.Index("level")].(Whole)
	return strings.Repeat("· ", max(0, int(n)-1))
}

// Adds tells whether any column is totalled; a report without has no line of totals.
func (r *Report) Adds() bool {
	return slices.ContainsFunc(r.Columns, func(c Column) bool { return c.Total })
}

// Totals sums the columns that are totalled; the others are empty.
func (r *Report) Totals(rows []Row) Row {
	t := r.Sums()
	for _, row := range rows {
		t.Add(row)
	}
	return t.Cells()
}

// Sums is the totals of a report's columns while its rows go by.
type Sums struct {
	columns []Column
	sums    []int64
}

// Sums begins at nothing.
func (r *Report) Sums() *Sums { return &Sums{r.Columns, make([]int64, len(r.Columns))} }

// Add counts a row in.
func (t *Sums) Add(row Row) {
	for i, c := range t.columns {
		if c.Total {
			t.sums[i] += Scaled(row[i])
		}
	}
}

// Cells are the totals; columns that are not totalled say nothing.
func (t *Sums) Cells() Row {
	out := blank(len(t.columns))
	for i, c := range t.columns {
		switch {
		case !c.Total:
		case c.Type == slip.TypeQuantity:
			out[i] = num.Quantity(t.sums[i])
		default:
			out[i] = num.Amount(t.sums[i])
		}
	}
	return out
}

// errBefore says that a report ends before the book began: it is empty (7.3.10).
var errBefore = errors.New("before the book's start")

// span is the days a report covers; without dates the whole book, its opening left to the opening columns.
func span(b *workflow.Book, p Params) (from, to text.Date, err error) {
	from, to = p.From, p.To
	if from == 0 {
		from = b.Settings().Start.First()
	}
	if to == 0 {
		to = p.AsOf
	}
	if to == 0 {
		if to, err = b.LastDay(); err != nil {
			return
		}
		to = max(to, b.Today(), from)
	}
	if to < from && p.From == 0 {
		return 0, 0, errBefore
	}
	if to < from {
		return 0, 0, fault.New(fault.Usage, "截止日期早于起始日期", "--to is before --from")
	}
	return from, to, nil
}

// until is the day a balance report stands on.
func until(b *workflow.Book, p Params) (text.Date, error) {
	switch {
	case p.AsOf != 0:
		return p.AsOf, nil
	case p.To != 0:
		return p.To, nil
	}
	last, err := b.LastDay()
	return max(last, b.Today()), err
}

// one resolves a parameter that names a record; unknown codes are refused in words.
func one(b *workflow.Book, code string, types ...string) (*master.Record, error) {
	if code == "" {
		return nil, nil
	}
	for _, t := range types {
		if r, ok := b.Masters().Find(t, code); ok && b.There(r) {
			return r, nil
		}
	}
	what := text.T("", types[0])
	if t, ok := master.ByCode(types[0]); ok {
		what = text.T(t.One.Zh, strings.ToLower(t.One.En))
	}
	return nil, fault.New(fault.NotFound, "没有%s“%s”", "there is no %s %q", what, code)
}

// asked resolves the product and the warehouse a report is narrowed to (nil is all), and the warehouses whose stock it is about: that one, or
// all that who asks has to do with.
func asked(b *workflow.Book, p Params) (product, warehouse *master.Record, at inquiry.Places, err error) {
	if product, err = one(b, p.Product, master.Products.Code); err == nil {
		warehouse, err = one(b, p.Warehouse, master.Warehouses.Code)
	}
	at = b.Here()
	switch {
	case warehouse != nil && at.Has(warehouse.ID):
		at = inquiry.Places{warehouse.ID}
	case warehouse != nil:
		at = inquiry.Places{}
	}
	return product, warehouse, at, err
}

func record(b *workflow.Book, typ string, id int64) *master.Record {
	r, _ := b.Masters().ByID(typ, id)
	return r
}

func party(b *workflow.Book, id int64) *master.Record {
	return b.Party(id)
}

func sorted(rows []Row) []Row {
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a[0].String(), b[0].String()) })
	return rows
}
