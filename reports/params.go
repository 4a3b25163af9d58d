package reports

import (
	"errors"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Params narrow a report; empty values let everything through.
type Params struct {
	From, To, AsOf text.Date
	Until          text.Date // the last day of what is to come
	By             string
	Party          string
	Product        string
	Warehouse      string
	Account        string
	Lot            string // or a serial number
	Employee       string
	Department     string
	Person         string // the name of who did it, as the program is told it
	Kind           string // of slips
	Verb           string // what was done: save, audit, close …
	Area           string // what it was done to: a kind, a master type, a report
	Key            string // and which one: a number, a code
}

// Param declares what a report may be narrowed by: the console's option, the window's box and the paper's head are made of it.
type Param struct {
	Name   string
	Title  text.Text
	Refs   []string // master types one of whose codes it takes, where the report's columns do not say otherwise
	Module []string // modules it belongs to: it is there where any of them is on; none: always
	day    func(*Params) *text.Date
	word   func(*Params) *string
}

// Parameters are what the console knows, in the order it tells them. A report takes those that its Params and Filters name.
var Parameters = []*Param{
	{Name: "from", Title: text.T("从", "From"), day: func(p *Params) *text.Date { return &p.From }},
	{Name: "to", Title: text.T("至", "To"), day: func(p *Params) *text.Date { return &p.To }},
	{Name: "as-of", Title: text.T("截至", "As of"), day: func(p *Params) *text.Date { return &p.AsOf }},
	{Name: "until", Title: text.T("要求不晚于", "Wanted until"), day: func(p *Params) *text.Date { return &p.Until }},
	{Name: "by", Title: text.T("按", "By"), word: func(p *Params) *string { return &p.By }},
	{Name: "party", Title: text.T("往来单位", "Party"), Refs: []string{master.Customers.Code, master.Suppliers.Code}, word: func(p *Params) *string { return &p.Party }},
	{Name: "product", Title: text.T("商品", "Product"), Refs: []string{master.Products.Code}, word: func(p *Params) *string { return &p.Product }},
	{Name: "warehouse", Title: text.T("仓库", "Store"), Refs: []string{master.Warehouses.Code}, word: func(p *Params) *string { return &p.Warehouse }},
	{Name: "account", Title: text.T("科目", "Account"), Refs: []string{"gl"}, word: func(p *Params) *string { return &p.Account }},
	{Name: "lot", Title: text.T("批号/序列号", "Lot/serial"), word: func(p *Params) *string { return &p.Lot }},
	{Name: "employee", Title: text.T("业务员", "Employee"), Refs: []string{master.Employees.Code}, word: func(p *Params) *string { return &p.Employee }},
	{Name: "department", Title: text.T("部门", "Department"), Refs: []string{master.Departments.Code}, word: func(p *Params) *string { return &p.Department }},
	{Name: "person", Title: text.T("操作人", "Person"), word: func(p *Params) *string { return &p.Person }},
	{Name: "kind", Title: text.T("单据类型", "Kind"), word: func(p *Params) *string { return &p.Kind }},
	{Name: "verb", Title: text.T("操作", "Verb"), word: func(p *Params) *string { return &p.Verb }},
	{Name: "area", Title: text.T("对象", "Area"), word: func(p *Params) *string { return &p.Area }},
	{Name: "key", Title: text.T("对象编号", "Key"), word: func(p *Params) *string { return &p.Key }},
}

// ParamOf returns the parameter of the name.
func ParamOf(name string) (*Param, bool) {
	for _, x := range Parameters {
		if x.Name == name {
			return x, true
		}
	}
	return nil, false
}

// Get is the parameter's value as it is written; nothing is empty.
func (x *Param) Get(p Params) string {
	if x.day != nil {
		return x.day(&p).String()
	}
	return *x.word(&p)
}

// Put sets the parameter. A day that is none is refused.
func (x *Param) Put(p *Params, v string) error {
	if x.day == nil {
		*x.word(p) = v
		return nil
	}
	var d text.Date
	if v != "" {
		var err error
		if d, err = text.ParseDate(v); err != nil {
			return fault.New(fault.Usage, "%s：“%s”不是日期，写成 2026-01-31", "--%[3]s: %[2]q is not a date; write 2026-01-31", x.Title, v, x.Name)
		}
	}
	*x.day(p) = d
	return nil
}

// Day tells whether the parameter is a day.
func (x *Param) Day() bool { return x.day != nil }

// names lists what the report takes, as the console says it.
func (r *Report) names() []string { return slices.Concat(r.Params, r.Filters) }

// Takes tells whether a report has the parameter.
func (r *Report) Takes(param string) bool { return slices.Contains(r.names(), param) }

// Refuse says that the report does not take what it was asked with; nil: it does. One that covers a span or a day also takes the other way
// to say it.
func (r *Report) Refuse(param string) error {
	if r.Takes(param) || param == "as-of" && r.Takes("to") || param == "to" && r.Takes("as-of") {
		return nil
	}
	names := r.names()
	for i := range names {
		names[i] = "--" + names[i]
	}
	return fault.New(fault.Usage, "%s没有参数 --%s，只有 %s", "%[4]s takes no --%[2]s, only %[3]s", r.Title, param, strings.Join(names, ", "), r.Name)
}

// checked lets the report's query be asked only with what it knows: a By, a kind, an employee, a department there is.
func (r *Report) checked() {
	run, stream := r.Run, r.Stream
	r.Run = func(b *workflow.Book, p Params) ([]Row, error) {
		if err := r.check(b, p); err != nil {
			return nil, err
		}
		rows, err := run(b, p)
		if errors.Is(err, errBefore) {
			return nil, nil
		}
		return rows, err
	}
	if stream != nil {
		r.Stream = func(b *workflow.Book, p Params, f func(Row) error) error {
			if err := r.check(b, p); err != nil {
				return err
			}
			if err := stream(b, p, f); !errors.Is(err, errBefore) {
				return err
			}
			return nil
		}
	}
}

func (r *Report) check(b *workflow.Book, p Params) error {
	if p.By != "" && !slices.Contains(r.Ways(), p.By) {
		list := strings.TrimPrefix(strings.Join(r.Ways(), ", "), ", ")
		return fault.New(fault.Usage, "%s不能按“%s”，只能按 %s", "%[4]s cannot be by %[2]q, only by %[3]s", r.Title, p.By, list, r.Name).At("by")
	}
	if p.Kind != "" {
		if k, ok := kinds.ByCode(p.Kind); !ok || !slices.ContainsFunc(r.kinds(b), func(x *slip.Kind) bool { return x.Code == k.Code }) {
			return r.noKind(b, p.Kind)
		}
	}
	for _, words := range []struct{ param, v string }{{"verb", p.Verb}, {"area", p.Area}} {
		if err := oneOfWords(r, words.param, words.v, r.Choices(b, words.param)); err != nil {
			return err
		}
	}
	for _, x := range Parameters {
		if err := b.Off(x.Module); err != nil && x.Get(p) != "" {
			return err
		}
	}
	if _, err := one(b, p.Employee, master.Employees.Code); err != nil {
		return err
	}
	_, err := one(b, p.Department, master.Departments.Code)
	return err
}

// kinds are those of the book's that the report's rows are of.
func (r *Report) kinds(b *workflow.Book) []*slip.Kind {
	return slices.DeleteFunc(slices.Clone(b.Kinds()), func(k *slip.Kind) bool {
		return r.Kinds != nil && !slices.Contains(r.Kinds, k.Code) || r.Kinds == nil && !k.Posts()
	})
}

func (r *Report) noKind(b *workflow.Book, kind string) error {
	var codes []string
	for _, k := range r.kinds(b) {
		codes = append(codes, k.Code)
	}
	return fault.New(fault.Usage, "%s里没有“%s”，只有 %s", "%[4]s has no slips of a kind %[2]q, only %[3]s", r.Title, kind, strings.Join(codes, ", "), r.Name).At("kind")
}

// Choices are what the parameter can be where that is a list of words: the report's own By, its kinds of slips. Nil: it is none.
func (r *Report) Choices(b *workflow.Book, param string) []slip.Choice {
	var list []slip.Choice
	switch param {
	case "by":
		for _, by := range r.By {
			list = append(list, slip.Choice{Value: by.Code, Label: by.Word})
		}
	case "kind":
		for _, k := range r.kinds(b) {
			list = append(list, slip.Choice{Value: k.Code, Label: k.Title})
		}
	case "verb":
		return verbChoices()
	case "area":
		return logAreas()
	}
	return list
}

// Value is a parameter's value as people read it.
func (r *Report) Value(b *workflow.Book, l text.Lang, x *Param, p Params) string {
	v := x.Get(p)
	for _, c := range r.Choices(b, x.Name) {
		if c.Value == v {
			return c.Label.In(l)
		}
	}
	return r.named(b, l, x.Name, v, p.By)
}

// named is a code with the name behind it.
func (r *Report) named(b *workflow.Book, l text.Lang, param, code, by string) string {
	for _, typ := range r.Refs(param, by) {
		if rec, ok := b.Masters().Find(typ, code); ok && nameIn(b, l, rec) != code {
			return strings.TrimSpace(code + " " + nameIn(b, l, rec))
		}
	}
	return code
}

func nameIn(b *workflow.Book, l text.Lang, r *master.Record) string {
	if r.Type == master.GL {
		return r.Name(l == text.En)
	}
	return r.Name(l != b.Settings().Lang)
}

// Said are the parameters a report is narrowed by, as people read them: title and value.
func (r *Report) Said(b *workflow.Book, l text.Lang, p Params) (list [][2]string) {
	for _, x := range Parameters {
		if x.Get(p) == "" {
			continue
		}
		title := x.Title
		if refs := r.Refs(x.Name, p.By); len(refs) == 1 { // the customer, not the party; the cash account
			if t, ok := master.ByCode(refs[0]); ok {
				title = t.One
			}
		}
		list = append(list, [2]string{title.In(l), r.Value(b, l, x, p)})
	}
	return list
}
