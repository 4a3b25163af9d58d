package approve

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"zhanggui/data/approval"
	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// Kind is what a file of chains of approval is called among what is imported and exported.
const Kind = store.AreaChains

func init() {
	exchange.Bring(&exchange.Brought{Code: Kind, Title: text.T("审批流", "Chains of approval"), In: read, Out: export,
		Landed: func(b *workflow.Book) error { return workflow.Steps{Book: b}.ReadChains() }})
}

// read takes a file of chains in (A1): it replaces the chains it names.
func read(b *workflow.Book, tx *store.Tx, t *exchange.Table, res *exchange.Imported, faults *fault.Many) error {
	s := workflow.Steps{Book: b}
	if err := may(s); err != nil {
		return err
	}
	rows, err := rowsOf(t)
	if err != nil {
		return gathered(err, faults)
	}
	before := faults.Len()
	chains, err := approval.Read(rows, approvable)
	if err := cmp.Or(gathered(err, faults), gathered(known(s, tx, t, rows), faults)); err != nil || faults.Len() > before {
		return err
	}
	return gathered(put(s, tx, chains, res), faults)
}

// gathered adds what is wrong with a file to the faults; an internal error comes back.
func gathered(err error, faults *fault.Many) error {
	list := fault.Of(err)
	faults.Add(list...)
	if len(list) > 0 {
		return nil
	}
	return err
}

// may refuses who may not change chains, which only a book with users has.
func may(s workflow.Steps) error {
	if !s.Users() {
		return fault.New(fault.Refused, "账套还没有用户，不能设审批流：审批要知道谁是谁", "the book has no users, so it can have no chains of approval: who approves must be known")
	}
	return s.MayChains()
}

// TakeReady puts the ready chains of a name into force, in the book's language.
func TakeReady(b *workflow.Book, name string) (taken []approval.Chain, err error) {
	chains, ok := approval.ReadyChains(name, b.Settings().Lang)
	if !ok {
		return nil, fault.New(fault.Usage, "没有现成的审批流“%s”，可选：%s", "there are no ready chains %q; take of %s", text.Short(name), strings.Join(approval.ReadyNames, ", "))
	}
	s := workflow.Steps{Book: b}
	err = s.Write(context.Background(), func(tx *store.Tx) error {
		if err := may(s); err != nil {
			return err
		}
		return put(s, tx, chains, &exchange.Imported{})
	})
	if err != nil {
		return nil, err
	}
	return chains, s.ReadChains()
}

// approvable tells of which kinds there are chains: all that a person audits.
func approvable(kind string) bool {
	k, ok := kinds.ByCode(kind)
	return ok && !k.Hidden
}

// rowsOf are the rows of a file.
func rowsOf(t *exchange.Table) (rows []approval.Row, err error) {
	var faults fault.Many
	wrong := func(f *fault.Fault) {
		f.File, f.Row = t.Name, max(1, t.Line)
		faults.Add(f)
	}
	header := make([]string, len(t.Header))
	for i, title := range t.Header {
		key := strings.ToLower(strings.TrimSpace(title))
		if j := slices.IndexFunc(columns, func(f slip.Field) bool { return f.Label.Zh == key }); j >= 0 {
			key = columns[j].Key
		}
		switch {
		case key == "":
		case !slices.Contains(approval.Columns, key):
			wrong(fault.New(fault.Invalid, "没有“%s”这一列，可用：%s", "there is no column %q; there are %s", text.Short(title), strings.Join(approval.Columns, ", ")))
		case slices.Contains(header[:i], key):
			wrong(fault.New(fault.Invalid, "“%s”一列出现两次", "column %q is there twice", title))
		default:
			header[i] = key
		}
	}
	for _, must := range approval.Columns[:4] {
		if !slices.Contains(header, must) {
			wrong(fault.New(fault.Invalid, "缺少“%s”一列", "column %q is missing", must))
		}
	}
	err = t.Each(func(row exchange.Row) error {
		r := approval.Row{File: t.Name, No: row.Line}
		for i, key := range header {
			if i < len(row.Cells) {
				r.Set(key, row.Cells[i])
			}
		}
		rows = append(rows, r)
		return nil
	})
	return rows, cmp.Or(err, faults.List().Or())
}

// known refuses rows that name a department, role or user that is not there.
func known(s workflow.Steps, tx *store.Tx, t *exchange.Table, rows []approval.Row) error {
	people, err := store.ReadPeople(tx)
	if err != nil {
		return err
	}
	var own []rights.Role
	for _, r := range people.Roles {
		own = append(own, r.Role)
	}
	var faults fault.Many
	add := func(r approval.Row, f *fault.Fault) {
		f.File, f.Row = t.Name, r.No
		faults.Add(f)
	}
	for _, r := range rows {
		if _, ok := s.Masters().Find(master.Departments.Code, r.Department); !ok && r.Department != "" {
			add(r, fault.New(fault.Invalid, "没有部门“%s”", "there is no department %q", text.Short(r.Department)).At("department"))
		}
		list, _ := approval.ReadBy(r.By)
		for _, by := range list {
			switch {
			case by.Sort == approval.ByUser && !slices.ContainsFunc(people.Users, func(u store.User) bool { return u.Name == by.Name }):
				add(r, fault.New(fault.Invalid, "没有用户“%s”", "there is no user %q", text.Short(by.Name)).At("by"))
			case by.Sort == approval.ByRole && len(rights.RolesOf([]string{by.Name}, own)) == 0:
				add(r, fault.New(fault.Invalid, "没有角色“%s”", "there is no role %q", text.Short(by.Name)).At("by"))
			}
		}
	}
	return faults.List().Or()
}

// put writes chains in the place of those of their codes.
func put(s workflow.Steps, tx *store.Tx, chains []approval.Chain, res *exchange.Imported) error {
	kept, err := store.ReadChains(tx)
	if err != nil {
		return err
	}
	var have []approval.Chain
	for _, c := range kept {
		if len(c.Steps) > 0 {
			have = append(have, c.Chain)
		}
	}
	if _, err := approval.Replace(have, chains); err != nil {
		return err
	}
	for _, c := range chains {
		i := slices.IndexFunc(kept, func(k store.KeptChain) bool { return k.Code == c.Code && k.Kind == c.Kind })
		row := store.KeptChain{Chain: c}
		was := ""
		if i >= 0 {
			if was = kept[i].Said(); was == c.Said() {
				res.Unchanged++
				continue
			}
			row.ID, row.Version = kept[i].ID, kept[i].Version
		}
		if was == "" || len(kept[i].Steps) == 0 {
			res.New++
		} else {
			res.Changed++
		}
		if err := putChain(s, tx, &row, was); err != nil {
			return err
		}
	}
	for i := range kept { // what the file no longer says of a chain it names is taken away
		k := &kept[i]
		named := slices.ContainsFunc(chains, func(c approval.Chain) bool { return c.Code == k.Code })
		still := slices.ContainsFunc(chains, func(c approval.Chain) bool { return c.Code == k.Code && c.Kind == k.Kind })
		if !named || still || len(k.Steps) == 0 {
			continue
		}
		was := k.Said()
		k.Steps, k.Off = nil, true
		if err := putChain(s, tx, k, was); err != nil {
			return err
		}
		res.Changed++
	}
	return nil
}

// putChain writes a chain and tells the log what it was and is.
func putChain(s workflow.Steps, tx *store.Tx, c *store.KeptChain, was string) error {
	if err := tx.PutChain(c); err != nil {
		return err
	}
	return s.Note(tx, "chain", Kind, c.Key(), auditlog.Detail{Changes: []auditlog.Change{{Field: "steps", Before: was, After: c.Said()}}})
}

// columns are the columns of a file of chains.
var columns = []slip.Field{
	{Key: "chain", Label: text.T("审批流", "Chain")}, {Key: "kind", Label: text.T("单据", "Kind")}, {Key: "step", Label: text.T("步骤", "Step"), Type: slip.TypeInt},
	{Key: "by", Label: text.T("由", "By")}, {Key: "title", Label: text.T("名称", "Title")}, {Key: "department", Label: text.T("部门", "Department")},
	{Key: "from_amount", Label: text.T("起始金额", "From amount"), Type: slip.TypeAmount, Tag: slip.Open}, {Key: "when", Label: text.T("条件", "When")},
	{Key: "twice", Label: text.T("可重复", "Twice")}, {Key: "execute", Label: text.T("执行", "Execute")}, {Key: "name", Label: text.T("说明", "Name")}, {Key: "active", Label: text.T("启用", "Active")},
}

// export are all chains as a file.
func export(b *workflow.Book) (*exchange.Table, []slip.Field, error) {
	if err := (workflow.Steps{Book: b}).MayChains(); err != nil {
		return nil, nil, err
	}
	t := &exchange.Table{Name: Kind, Header: slices.Clone(approval.Columns)}
	kept, err := store.ReadChains(b.DB)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range kept {
		for _, r := range c.Rows() {
			t.Rows = append(t.Rows, exchange.Row{Line: len(t.Rows) + 2, Cells: r.Cells()})
		}
	}
	return t, columns, nil
}
