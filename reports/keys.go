package reports

import (
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// By is one way a report can be: what a summary adds up by, what another shows or leaves out. It says all there is to say of it.
type By struct {
	Code string
	Word text.Text
	Refs []string // master types whose codes the column key holds
	Bare bool     // its keys are their own names
	// read is what the column key says of a key of the store, and the name behind it; of summaries only.
	read func(b *workflow.Book, key string) (code, name string)
}

// byBuyer is the code of by customer.
const byBuyer = "customer"

func by(code, zh, en string) By { return By{Code: code, Word: text.T(zh, en)} }

// What was bought and what was sold can be summed up by. A further one, as sales by brand, is a word here and its SQL in store.TradeKeys under
// the same code: these are the two places, and a test names the one that is missing.
var (
	buyKeys  = []By{byProduct, bySupplier, byEmployee, byCategory, byMonth, byDay, byWarehouse, byCustomer, byDepartment}
	sellKeys = []By{byProduct, byCustomer, byEmployee, byCategory, byMonth, byDay, byWarehouse, bySupplier, byDepartment}

	byProduct    = ofType("product", "商品", "Product", master.Products.Code)
	byCustomer   = ofParty(byBuyer, "客户", "Customer", master.Customers.Code)
	bySupplier   = ofParty("supplier", "供应商", "Supplier", master.Suppliers.Code)
	byEmployee   = ofType("employee", "业务员", "Employee", master.Employees.Code)
	byCategory   = ofType("category", "类别", "Category", master.Categories.Code)
	byWarehouse  = ofType("warehouse", "仓库", "Warehouse", master.Warehouses.Code)
	byDepartment = By{Code: "department", Word: text.T("部门", "Department"), Refs: []string{master.Departments.Code}, read: orNone(master.Departments.Code, text.T("（无部门）", "(no department)"))}
	byMonth      = By{Code: "month", Word: text.T("月份", "Month"), Bare: true, read: func(_ *workflow.Book, key string) (string, string) { return twice(text.Month(id(key)).String()) }}
	byDay        = By{Code: "day", Word: text.T("日期", "Day"), Bare: true, read: func(_ *workflow.Book, key string) (string, string) { return twice(text.Date(id(key)).String()) }}
)

// ofType adds up by records of a master type; ofParty by customers or suppliers; byText, for what is a word on the product or the slip, by itself.
func ofType(code, zh, en, typ string) By {
	return By{Code: code, Word: text.T(zh, en), Refs: []string{typ}, read: func(b *workflow.Book, key string) (string, string) {
		r := record(b, typ, id(key))
		return r.Code(), r.Get("name")
	}}
}

func ofParty(code, zh, en, typ string) By {
	return By{Code: code, Word: text.T(zh, en), Refs: []string{typ}, read: func(b *workflow.Book, key string) (string, string) {
		r := party(b, id(key))
		if r == nil && code == byBuyer { // what buying made dearer afterwards is of nobody who bought
			return "", text.T("（无客户）", "(no customer)").In(b.Settings().Lang)
		}
		return r.Code(), r.Get("name")
	}}
}

// byText adds up by what is a word on the product or the slip, as it stands there.
func byText(code, zh, en string) By {
	return By{Code: code, Word: text.T(zh, en), read: func(b *workflow.Book, key string) (string, string) {
		if key == "" {
			return "", text.T("（无）", "(none)").In(b.Settings().Lang)
		}
		return twice(key)
	}}
}

// orNone adds up by records that few slips name.
func orNone(typ string, none text.Text) func(*workflow.Book, string) (string, string) {
	return func(b *workflow.Book, key string) (string, string) {
		if r := record(b, typ, id(key)); r != nil {
			return r.Code(), r.Get("name")
		}
		return "", none.In(b.Settings().Lang)
	}
}

func twice(s string) (string, string) { return s, s }

// id is a key of the store that is a row's id, a month or a day.
func id(key string) int64 {
	n, _ := strconv.ParseInt(key, 10, 64)
	return n
}

// way is the report's By of the code; none is the first.
func (r *Report) way(code string) (By, bool) {
	if code == "" && len(r.By) > 0 {
		code = r.By[0].Code
	}
	i := slices.IndexFunc(r.By, func(x By) bool { return x.Code == code })
	if i < 0 {
		return By{}, false
	}
	return r.By[i], true
}

// Ways are the codes of what the report can be by; the first is the default.
func (r *Report) Ways() (list []string) {
	for _, x := range r.By {
		list = append(list, x.Code)
	}
	return list
}

// Word is a choice of By in words; of none, the default's.
func (r *Report) Word(by string) text.Text {
	if x, ok := r.way(by); ok {
		return x.Word
	}
	return text.T(by, by)
}

// Bare tells whether the keys of the report as it is asked for are their own names.
func (r *Report) Bare(p Params) bool { x, _ := r.way(p.By); return x.Bare }

// kindBy is a report of one kind's slips.
func kindBy(code string) By {
	k, _ := kinds.ByCode(code)
	return By{Code: code, Word: k.Title}
}

// Named is the name behind a code of a column, for people: empty where the column holds no codes or the next one says the name. name2 is a
// record's name in the other language than the book's; the chart's is English.
func (r *Report) Named(b *workflow.Book, l text.Lang, by string, i int, code string) string {
	if code == "" || i+1 < len(r.Columns) && strings.HasSuffix(r.Columns[i+1].Key, "name") {
		return ""
	}
	for _, t := range r.Refs(r.Columns[i].Key, by) {
		if x, ok := b.Masters().Find(t, code); ok && nameIn(b, l, x) != code {
			return nameIn(b, l, x)
		}
	}
	return ""
}

// NameOf is a record's name in a language where a cell says the name of the code before it; empty: the cell says something else. A file keeps the
// name in the book's language.
func (r *Report) NameOf(b *workflow.Book, l text.Lang, by string, i int, row Row) string {
	if i == 0 || !strings.HasSuffix(r.Columns[i].Key, "name") {
		return ""
	}
	for _, t := range r.Refs(r.Columns[i-1].Key, by) {
		if x, ok := b.Masters().Find(t, row[i-1].String()); ok && slices.Contains([]string{x.Get("name"), x.Get("name2")}, row[i].String()) {
			return nameIn(b, l, x)
		}
	}
	return ""
}

// Refs are the master types that the codes of a column or parameter may belong to; none: it holds no codes. The column key of a summary
// holds those of what it is summarised by.
func (r *Report) Refs(key, by string) []string {
	if i := r.Index(key); i >= 0 && len(r.Columns[i].Refs) > 0 {
		return r.Columns[i].Refs
	}
	if x, ok := r.way(by); ok && key == "key" {
		return x.Refs
	}
	if x, ok := ParamOf(key); ok {
		return x.Refs
	}
	return nil
}
