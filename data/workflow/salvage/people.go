package salvage

import (
	"context"
	"slices"

	"zhanggui/data/approval"
	"zhanggui/data/auditlog"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Users come with the hashes of their passwords, so that each signs in as before; roles and chains as they are. They come last: what was audited
// once is not asked for anew. What was approved of slips comes with them; slips that were under way are drafts, so their approvals fell away.

// people carries users, roles, chains and approvals over.
func (w *salvage) people() error {
	old, err := store.ReadablePeople(w.old.DB, func(area, name string, err error) error {
		w.s.miss(area, name, text.T("读不出", "cannot be read"))
		return nil
	})
	if err != nil {
		return err
	}
	if err := w.missingUsers(old.Users); err != nil {
		return err
	}
	chains, err := store.ReadableChains(w.old.DB, func(key string, err error) error {
		w.s.miss(store.AreaChains, key, text.T("读不出", "cannot be read"))
		return nil
	})
	if err != nil || len(old.Users)+len(old.Roles)+len(chains) == 0 {
		return err
	}
	s := workflow.Steps{Book: w.b}
	err = s.Write(context.WithoutCancel(w.ctx), func(tx *store.Tx) error {
		if err := w.roles(s, tx, old.Roles); err != nil {
			return err
		}
		for _, c := range chains {
			c.ID = 0
			if err := tx.PutChain(&c); err != nil {
				return err
			}
			if err := s.Note(tx, "chain", store.AreaChains, c.Key(), auditlog.Detail{Note: saved}); err != nil {
				return err
			}
		}
		if err := w.users(s, tx, old); err != nil {
			return err
		}
		if len(chains) == 0 {
			return nil
		}
		return w.approvals(s, tx)
	})
	if err != nil {
		return err
	}
	for what, n := range map[string]int{store.AreaUsers: len(old.Users), store.AreaRoles: len(old.Roles), store.AreaChains: len(chains)} {
		if n > 0 {
			w.s.Saved[what] = n
		}
	}
	return s.ReadPeople()
}

// missingUsers tells how many users a seal stands for that are not to be read and were not told of: somebody took them out.
func (w *salvage) missingUsers(list []store.User) error {
	seals, err := w.old.DB.Seals()
	if err != nil {
		return err
	}
	n := 0
	for _, s := range seals {
		if s.Area == store.AreaUsers && s.Key != "" && !slices.ContainsFunc(list, func(u store.User) bool { return u.Name == s.Key }) &&
			!slices.ContainsFunc(w.s.Missing, func(m Missing) bool { return m.What == store.AreaUsers && m.Key == s.Key }) {
			n++
		}
	}
	if n > 0 {
		w.s.miss(store.AreaUsers, "", text.Tf("缺 %d 个用户", "%d users are missing", n))
	}
	return nil
}

// saved is what the new book's log says of who was carried over.
const saved = "salvaged"

func (w *salvage) roles(s workflow.Steps, tx *store.Tx, list []store.KeptRole) error {
	for _, r := range list {
		r.ID = 0
		if err := tx.PutRole(&r); err != nil {
			return err
		}
		if err := s.Note(tx, "role", store.AreaRoles, r.Code, auditlog.Detail{Note: saved}); err != nil {
			return err
		}
	}
	return nil
}

// gone is the row of a record that was not saved.
const gone = -1

// row is where a record of the damaged book stands in the new one.
func (w *salvage) row(t *master.Type, id int64) int64 {
	was, ok := w.old.Masters().ByID(t.Code, id)
	if !ok {
		return gone
	}
	is, ok := w.b.Masters().Find(t.Code, was.Code())
	if !ok {
		return gone
	}
	return is.ID
}

// users carries them over and switches them on, unless no owner is left, who alone could go on from there.
func (w *salvage) users(s workflow.Steps, tx *store.Tx, old store.People) error {
	owner := false
	for _, u := range old.Users {
		u.ID = 0
		if u.Employee != 0 {
			if u.Employee = w.row(master.Employees, u.Employee); u.Employee == gone {
				u.Employee = 0
				w.s.miss(store.AreaUsers, u.Name, text.T("对应的员工没有了", "his employee is gone"))
			}
		}
		for typ, list := range map[*master.Type][]int64{master.Warehouses: u.Scope.Warehouses, master.Accounts: u.Scope.Accounts} {
			for i, id := range list {
				if list[i] = w.row(typ, id); list[i] == gone { // it stays in his scope, which would be the whole book without it
					w.s.miss(store.AreaUsers, u.Name, text.Tf("范围里的%s没有了", "a record of his scope is gone: %s", typ.Title))
				}
			}
		}
		if err := tx.PutUser(&u); err != nil {
			return err
		}
		if err := s.Note(tx, "user", store.AreaUsers, u.Name, auditlog.Detail{Note: saved}); err != nil {
			return err
		}
		owner = owner || u.Active && slices.Contains(u.Roles, rights.Owner)
	}
	on := old.On || len(old.Users) > 0 && slices.ContainsFunc(w.lost, func(l store.Lost) bool { return l.Table == "setting" })
	switch {
	case on && owner:
		return tx.SwitchUsers(true)
	case on:
		w.s.miss(store.AreaUsers, "", text.T("没有读出老板，用户未启用：请重新添加老板", "no owner can be read; users are switched off: add an owner again"))
	}
	return nil
}

// approvals carries over what was done about the slips that are in the new book.
func (w *salvage) approvals(s workflow.Steps, tx *store.Tx) error {
	ids, err := w.old.DB.SlipOrder()
	if err != nil {
		return err
	}
	for _, id := range ids {
		list, err := store.ActsOf(w.old.DB, id)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			continue
		}
		was, err := w.slip(id)
		if err != nil {
			continue // it is told of as a slip
		}
		fresh, err := tx.SlipID(was.Number)
		if err != nil || fresh <= 0 {
			continue
		}
		d, err := tx.Slip(fresh)
		if err != nil {
			return err
		}
		for _, a := range list {
			if err := tx.PutAct(d, a.Act, a.Round); err != nil {
				return err
			}
		}
		if was.Status == slip.Submitted || was.Status == slip.Approved {
			w.s.miss("slip", was.Number, text.T("成为草稿：审批作废，请重新提交", "stands as a draft: its approvals fell away, submit it again"))
			if err := tx.PutAct(d, approval.Act{Verb: approval.FellAway, Person: w.b.User, At: w.b.Now(), Version: d.Version}, ""); err != nil {
				return err
			}
		}
	}
	return nil
}
