package approval

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Row is a row of a file of chains (A1).
type Row struct {
	File                                                                               string
	No                                                                                 int // of the row in the file
	Chain, Kind, Step, By, Title, Department, From, When, Twice, Execute, Name, Active string
}

// Columns are the columns of a file of chains.
var Columns = []string{"chain", "kind", "step", "by", "title", "department", "from_amount", "when", "twice", "execute", "name", "active"}

// cells are the row's values in the order of Columns.
func (r *Row) cells() []*string {
	return []*string{&r.Chain, &r.Kind, &r.Step, &r.By, &r.Title, &r.Department, &r.From, &r.When, &r.Twice, &r.Execute, &r.Name, &r.Active}
}

// Cells are the row's values in the order of Columns.
func (r Row) Cells() (list []string) {
	for _, c := range r.cells() {
		list = append(list, *c)
	}
	return list
}

// Set gives the row the value of a column; ok is false where there is no such column.
func (r *Row) Set(column, value string) (ok bool) {
	i := slices.Index(Columns, column)
	if i >= 0 {
		*r.cells()[i] = strings.TrimSpace(value)
	}
	return i >= 0
}

// Read makes chains of rows, steps in the order of their numbers. knows tells of which kinds there are chains. Every wrong row is told.
func Read(rows []Row, knows func(kind string) bool) ([]Chain, error) {
	var list []Chain
	var faults fault.Many
	for _, row := range rows {
		f := row.wrong(knows)
		if f == nil {
			list, f = row.into(list)
		}
		if f != nil {
			f.File, f.Row = row.File, row.No
			faults.Add(f)
		}
	}
	for i := range list {
		slices.SortStableFunc(list[i].Steps, func(a, b Step) int { return cmp.Compare(a.No, b.No) })
	}
	for _, c := range list {
		faults.Add(c.wrong())
	}
	if err := faults.List().Or(); err != nil {
		return nil, err
	}
	return list, nil
}

func (r Row) wrong(knows func(string) bool) *fault.Fault {
	switch {
	case r.Chain == "" || len(r.Chain) > 40 || strings.ContainsAny(r.Chain, " ,|") || strings.IndexFunc(r.Chain, text.Unseen) >= 0:
		return fault.New(fault.Invalid, "“%s”不能作审批流代码", "%q cannot be the code of a chain", text.Short(r.Chain)).At("chain")
	case !knows(r.Kind):
		return fault.New(fault.Invalid, "没有“%s”这种单据", "there is no kind %q", text.Short(r.Kind)).At("kind")
	}
	return nil
}

// into puts the row into its chain, which begins with its first row.
func (r Row) into(list []Chain) ([]Chain, *fault.Fault) {
	s, f := r.step()
	if f != nil {
		return list, f
	}
	active, err := slip.ParseBool(cmp.Or(r.Active, "yes"))
	if err != nil {
		return list, fault.New(fault.Invalid, "请填 yes 或 no", "write yes or no").At("active")
	}
	i := slices.IndexFunc(list, func(c Chain) bool { return c.Code == r.Chain && c.Kind == r.Kind })
	if i < 0 {
		return append(list, Chain{Code: r.Chain, Kind: r.Kind, Department: r.Department, Name: r.Name, Off: !active, Steps: []Step{s}}), nil
	}
	c := &list[i]
	same := func(x Step) bool { return x.No == s.No && x.ByText() == s.ByText() }
	switch {
	case c.Department != r.Department:
		return list, fault.New(fault.Invalid, "一条审批流只属于一个部门：前面是“%s”", "a chain is of one department: before it was %q", c.Department).At("department")
	case slices.ContainsFunc(c.Steps, same):
		return list, fault.New(fault.Invalid, "第 %d 步的“%s”已经有了", "step %d has %s already", s.No, text.Short(r.By)).At("by")
	}
	c.Steps, c.Name, c.Off = append(c.Steps, s), cmp.Or(c.Name, r.Name), c.Off || !active
	return list, nil
}

func (r Row) step() (s Step, f *fault.Fault) {
	var err error
	if s.No, err = strconv.Atoi(r.Step); err != nil || s.No < 1 || s.No > 99 {
		return s, fault.New(fault.Invalid, "“%s”不是步骤号 1 到 99", "%q is no step from 1 to 99", text.Short(r.Step)).At("step")
	}
	ok := false
	if s.By, ok = ReadBy(r.By); !ok {
		return s, fault.New(fault.Invalid, "“%s”应为 role:角色、user:用户 或 head，之间用 |", "%q is not role:CODE, user:NAME or head, with | between", text.Short(r.By)).At("by")
	}
	if s.HasFrom = r.From != ""; s.HasFrom {
		if s.From, err = num.ParseAmount(r.From); err != nil || s.From < 0 {
			return s, fault.New(fault.Invalid, "“%s”不是金额", "%q is no amount", text.Short(r.From)).At("from_amount")
		}
	}
	for _, word := range strings.FieldsFunc(r.When, func(r rune) bool { return strings.ContainsRune(" ,|，、", r) }) {
		w, ok := ReadWhen(word)
		if !ok {
			return s, fault.New(fault.Invalid, "“%s”不是条件，可填：%s", "%q is no reason; write of %s", text.Short(word), strings.Join(Words(), " ")).At("when")
		}
		s.When = append(s.When, w)
	}
	if s.Twice, err = slip.ParseBool(r.Twice); err != nil {
		return s, fault.New(fault.Invalid, "请填 yes 或 no", "write yes or no").At("twice")
	}
	if s.Execute, err = slip.ParseBool(r.Execute); err != nil {
		return s, fault.New(fault.Invalid, "请填 yes 或 no", "write yes or no").At("execute")
	}
	s.Title = text.Seen(r.Title, false)
	if s.Title == "" {
		s.Title = s.ByText()
	}
	return s, nil
}

// wrong says what of a chain as a whole cannot be: who executes comes last, and is one row, asked in any case.
func (c Chain) wrong() *fault.Fault {
	last := c.Steps[len(c.Steps)-1]
	for i, s := range c.Steps {
		if s.Execute && (i < len(c.Steps)-1 || i > 0 && c.Steps[i-1].No == last.No) {
			return fault.New(fault.Invalid, "审批流 %s：执行（execute）只能是单独的最后一步", "chain %s: only a last step of one row executes", c.Code).At("execute")
		}
		if s.Execute && (s.HasFrom || len(s.When) > 0) {
			return fault.New(fault.Invalid, "审批流 %s：执行步骤任何时候都要，不能带条件", "chain %s: who executes is asked in any case, without conditions", c.Code).At("execute")
		}
	}
	return nil
}

// Said is a chain as the log has it: its rows, empty cells left out. One without steps says nothing.
func (c Chain) Said() string {
	var list []map[string]string
	for _, r := range c.Rows() {
		m := map[string]string{}
		for i, v := range r.Cells() {
			if v != "" {
				m[Columns[i]] = v
			}
		}
		list = append(list, m)
	}
	if list == nil {
		return ""
	}
	said, _ := json.Marshal(list)
	return string(said)
}

// Rows are a chain as a file has it.
func (c Chain) Rows() (list []Row) {
	yes := func(b bool) string { return map[bool]string{true: "yes"}[b] }
	for i, s := range c.Steps {
		r := Row{Chain: c.Code, Kind: c.Kind, Step: strconv.Itoa(s.No), By: s.ByText(), Title: s.Title, Department: c.Department, Twice: yes(s.Twice), Execute: yes(s.Execute)}
		if s.HasFrom {
			r.From = s.From.String()
		}
		for j, w := range s.When {
			r.When += map[bool]string{true: " "}[j > 0] + w.String()
		}
		if c.Off {
			r.Active = "no"
		}
		if i == 0 {
			r.Name = c.Name
		}
		list = append(list, r)
	}
	return list
}
