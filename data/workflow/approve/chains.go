package approve

import (
	"context"
	"encoding/json"
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

// Import reads files of chains (A1): each replaces the chains it names. A dry run checks everything and lands nothing.
func Import(b *workflow.Book, tables []*exchange.Table, dry bool) ([]exchange.Imported, error) {
	list := make([]exchange.Imported, len(tables))
	s := workflow.Steps{Book: b}
	err := write(s, dry, func(tx *store.Tx) error {
		for i, t := range tables {
			rows, err := rowsOf(t)
			if err != nil {
				return err
			}
			chains, err := approval.Read(rows, approvable)
			if err != nil {
				return err
			}
			if err := known(s, tx, t, rows); err != nil {
				return err
			}
			if err := put(s, tx, chains, &list[i]); err != nil {
				return err
			}
			if err := s.Note(tx, "import", Kind, "", auditlog.Detail{File: t.Name, Rows: len(t.Rows)}); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// TakeReady puts the ready chains of a name into force, in the book's language.
func TakeReady(b *workflow.Book, name string) (taken []approval.Chain, err error) {
	chains, ok := approval.ReadyChains(name, b.Settings().Lang)
	if !ok {
		return nil, fault.New(fault.Usage, "没有现成的审批流“%s”，可选：%s", "there are no ready chains %q; take of %s", text.Short(name), strings.Join(approval.ReadyNames, ", "))
	}
	s := workflow.Steps{Book: b}
	return chains, write(s, false, func(tx *store.Tx) error { return put(s, tx, chains, &exchange.Imported{}) })
}

// write changes chains, which only a book with users has.
func write(s workflow.Steps, dry bool, f func(*store.Tx) error) error {
	err := s.Write(context.Background(), func(tx *store.Tx) error {
		if !s.Users() {
			return fault.New(fault.Refused, "账套还没有用户，不能设审批流：审批要知道谁是谁", "the book has no users, so it can have no chains of approval: who approves must be known")
		}
		if err := s.MayChains(); err != nil {
			return err
		}
		if err := f(tx); err != nil {
			return err
		}
		if dry {
			return store.ErrTrial
		}
		return nil
	})
	switch {
	case err == store.ErrTrial:
		return nil
	case err != nil:
		return err
	}
	return s.ReadChains()
}

// approvable tells of which kinds there are chains: all that a person audits.
func approvable(kind string) bool {
	k, ok := kinds.ByCode(kind)
	return ok && !k.Hidden
}

// rowsOf are the rows of a file.
func rowsOf(t *exchange.Table) (rows []approval.Row, err error) {
	var faults fault.Many
	for i, title := range t.Header {
		if !slices.Contains(approval.Columns, title) && title != "" {
			f := fault.New(fault.Invalid, "没有“%s”这一列，可用：%s", "there is no column %q; there are %s", text.Short(title), strings.Join(approval.Columns, ", "))
			f.File, f.Row = t.Name, max(1, t.Line)
			faults.Add(f)
		} else if title != "" && slices.Index(t.Header, title) < i {
			f := fault.New(fault.Invalid, "“%s”一列出现两次", "column %q is there twice", title)
			f.File, f.Row = t.Name, max(1, t.Line)
			faults.Add(f)
		}
	}
	for _, must := range approval.Columns[:4] {
		if !slices.Contains(t.Header, must) {
			f := fault.New(fault.Invalid, "缺少“%s”一列", "column %q is missing", must)
			f.File, f.Row = t.Name, max(1, t.Line)
			faults.Add(f)
		}
	}
	for _, row := range t.Rows {
		r := approval.Row{File: t.Name, No: row.Line}
		for i, title := range t.Header {
			if i < len(row.Cells) {
				r.Set(title, row.Cells[i])
			}
		}
		rows = append(rows, r)
	}
	return rows, faults.List().Or()
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
			if was = said(kept[i].Chain); was == said(c) {
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
		was := said(k.Chain)
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
	return s.Note(tx, "chain", Kind, c.Key(), auditlog.Detail{Changes: []auditlog.Change{{Field: "steps", Before: was, After: said(c.Chain)}}})
}

// said is a chain as the log has it: its rows, empty cells left out. None says nothing.
func said(c approval.Chain) string {
	var list []map[string]string
	for _, r := range c.Rows() {
		m := map[string]string{}
		for i, v := range r.Cells() {
			if v != "" {
				m[approval.Columns[i]] = v
			}
		}
		list = append(list, m)
	}
	if list == nil {
		return ""
	}
	text, _ := json.Marshal(list)
	return string(text)
}

// Export are all chains as a file; columns that say nothing are left out, as from every export.
func Export(b *workflow.Book) (*exchange.Table, []slip.Field, error) {
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
	var fields []slip.Field
	for _, c := range approval.Columns {
		fields = append(fields, slip.Field{Key: c, Label: text.T(c, c)})
	}
	return t, fields, nil
}
