package people

import (
	"slices"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/rights"
	"zhanggui/data/secret"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// Columns are what List tells of a user.
var Columns = []string{"name", "employee", "roles", "own", "customers", "warehouses", "departments", "accounts", "substitute", "substitute_from", "substitute_to", "active", "locked_until", "must_change", "last_seen"}

// List tells of every user, Columns in order; of a book without users of none. Who may not change users sees himself.
func List(w *workflow.Book) (rows [][]string, err error) {
	p, err := store.ReadPeople(w.DB)
	if err != nil || !p.On {
		return nil, err
	}
	who := w.Who()
	for i := range p.Users {
		u := &p.Users[i]
		if !who.Has("book.users") && u.Folded != secret.Folded(w.User) {
			continue
		}
		var row []string
		for _, key := range Columns {
			row = append(row, value(w.Book, u, key))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// Right is a right of a person: how far it goes, and the roles that bring it.
type Right struct {
	Right, Limit string
	Roles        []string
}

// Rights lists what a user may do.
func Rights(w *workflow.Book, name string) (list []Right, err error) {
	p, err := store.ReadPeople(w.DB)
	if err != nil {
		return nil, err
	}
	u, err := find(&p, name)
	if err != nil {
		return nil, err
	}
	if who := w.Who(); !who.Has("book.users") && u.Folded != secret.Folded(w.User) {
		return nil, of(w).Need(rights.Need("book.users"))
	}
	if !u.Active {
		return nil, nil
	}
	for _, s := range rights.Sources(rights.RolesOf(u.Roles, ownRoles(&p)), workflow.Space()) {
		list = append(list, Right{string(s.Right), s.Right.Text(s.Limit), s.Roles})
	}
	return list, nil
}

// Holder is somebody who has a right, as far as it goes.
type Holder struct{ Name, Limit string }

// WhoMay lists who has a right.
func WhoMay(w *workflow.Book, written string) (list []Holder, err error) {
	r, ok := workflow.Space().Parse(written)
	if !ok {
		return nil, fault.New(fault.Usage, "没有权限“%s”", "there is no right %q", written)
	}
	if err := of(w).Need(rights.Need("book.users")); err != nil {
		return nil, err
	}
	crew := w.Who().Crew
	for _, name := range crew.WhoMay(rights.Need(r), "") {
		l, _ := crew.Set(name).Limit(r)
		list = append(list, Holder{name, r.Text(l)})
	}
	return list, nil
}

// Export gives the book's roles as rows of a file: every ready one, as the shop has it, and its own.
func Export(w *workflow.Book) ([]rights.Row, error) {
	p, err := store.ReadPeople(w.DB)
	if err != nil {
		return nil, err
	}
	if err := of(w).Need(rights.Need("book.users")); err != nil {
		return nil, err
	}
	return rights.Rows(every(&p), workflow.Space()), nil
}

// every are the ready roles as the shop has them, then its own.
func every(p *store.People) (list []rights.Role) {
	own := ownRoles(p)
	for _, r := range rights.ReadyRoles() {
		list = append(list, rights.RolesOf([]string{r.Code}, own)...)
	}
	for _, r := range own {
		if _, ready := rights.ReadyRole(r.Code); !ready {
			list = append(list, r)
		}
	}
	return list
}

// Import takes rows of a file into the book's roles, all or none (R7); how many roles it made and changed. A dry run only checks.
func Import(w *workflow.Book, rows []rights.Row, dry bool) (made, changed int, err error) {
	b := of(w)
	step := b.Write
	if dry {
		step = b.Dry
	}
	err = b.writeBy(step, func(tx *store.Tx, p *store.People) error {
		made, changed = 0, 0
		if err := b.Need(rights.Need("book.users")); err != nil {
			return err
		}
		giver := rights.Everything()
		if who := b.Who(); who.Asked() {
			giver = who.Crew.Set(who.Name)
		}
		have := every(p)
		list, err := rights.Read(rows, have, workflow.Space(), giver)
		if err != nil {
			return err
		}
		for _, r := range list {
			i := slices.IndexFunc(p.Roles, func(k store.KeptRole) bool { return k.Code == r.Code })
			kept := store.KeptRole{Role: r}
			_, ready := rights.ReadyRole(r.Code)
			switch {
			case i >= 0:
				if same(p.Roles[i].Role, r) {
					continue
				}
				kept.ID, kept.Version = p.Roles[i].ID, p.Roles[i].Version
				changed++
			case ready && len(r.Changes) == 0 && r.Name == "":
				continue // as every book has it
			case ready:
				changed++
			default:
				made++
			}
			if err := tx.PutRole(&kept); err != nil {
				return err
			}
			if err := b.Note(tx, "role", store.AreaRoles, r.Code, auditlog.Detail{Changes: differing(have, r)}); err != nil {
				return err
			}
		}
		if dry {
			return store.ErrTrial
		}
		return nil
	})
	if err == store.ErrTrial {
		return made, changed, nil
	}
	return made, changed, b.after(err)
}

func same(a, b rights.Role) bool {
	return a.Name == b.Name && slices.Equal(rights.Rows([]rights.Role{a}, workflow.Space()), rights.Rows([]rights.Role{b}, workflow.Space()))
}

// differing says what of a role changed, an object a change.
func differing(have []rights.Role, r rights.Role) (list []auditlog.Change) {
	was := rights.Role{Code: r.Code}
	if i := slices.IndexFunc(have, func(x rights.Role) bool { return x.Code == r.Code }); i >= 0 {
		was = have[i]
	}
	said := func(r rights.Role) map[string]string {
		m := map[string]string{}
		for _, x := range rights.Rows([]rights.Role{r}, workflow.Space()) {
			m[x.Object] += x.Verbs + " " + x.Limit + " "
		}
		return m
	}
	before, after := said(was), said(r)
	for _, o := range workflow.Space().Objects() {
		if before[o.Code] != after[o.Code] {
			list = append(list, auditlog.Change{Field: o.Code, Before: before[o.Code], After: after[o.Code]})
		}
	}
	return list
}
