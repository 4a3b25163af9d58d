// Package people has the use cases of users and roles (8.2, 8.4): who there is, what he may, and how he says who he is. What follows from
// it is asked in the use cases themselves.
//
// # Contents
//
//	users.go   who there is: added, changed, removed; the first switches users on
//	signin.go  names and passwords, and how often wrong ones are tried
//	secrets.go passwords, PINs, recovery codes
//	roles.go   roles as rows of a file
package people

import (
	"context"
	"slices"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/secret"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// book is a workflow.Book as this room works on it.
type book struct{ workflow.Steps }

func of(b *workflow.Book) book { return book{workflow.Steps{Book: b}} }

// all are the users and roles under the lock.
func all(tx *store.Tx) (store.People, error) { return store.ReadPeople(tx) }

// find is the user of a name, however he writes it.
func find(p *store.People, name string) (*store.User, error) {
	if u, ok := p.User(secret.Folded(name)); ok {
		return u, nil
	}
	return nil, fault.New(fault.NotFound, "没有用户“%s”", "there is no user %q", text.Short(name)).At("name")
}

// write runs a use case on the users and roles; who may what is worked out anew behind it.
func (b book) write(f func(tx *store.Tx, p *store.People) error) error { return b.writeBy(b.Write, f) }

// writeBy is write by a step that may be but a trial.
func (b book) writeBy(step func(context.Context, func(*store.Tx) error) error, f func(tx *store.Tx, p *store.People) error) error {
	return step(context.Background(), func(tx *store.Tx) error {
		p, err := all(tx)
		if err != nil {
			return err
		}
		return f(tx, &p)
	})
}

// Add makes a user. The first one of a book switches users on and is an owner, whatever was asked: code is the recovery code, which is
// shown once. A user without a password signs in when the owner has given him one.
func Add(w *workflow.Book, name, password string, roles []string, employee string) (code string, err error) {
	b := of(w)
	name, err = secret.Name(name)
	if err != nil {
		return "", err
	}
	if password != "" {
		if err := secret.Password(name, password); err != nil {
			return "", err
		}
	}
	first := !b.Users()
	if first && password == "" {
		return "", fault.New(fault.Refused, "第一个用户是老板，要有密码：请用 --password-stdin 或在提示时输入", "the first user is the owner and needs a password").At("password")
	}
	hash, key := "", (*ownerKey)(nil)
	if password != "" {
		hash = secret.Hash(password)
	}
	if first {
		code = secret.NewCode()
		if key, err = newOwnerKey(password, code); err != nil {
			return "", err
		}
	}
	err = b.write(func(tx *store.Tx, p *store.People) error {
		if first == p.On { // another program was faster
			return fault.New(fault.Conflict, "用户刚被他人改动，请再试", "the users were changed meanwhile; try again")
		}
		if err := b.Need(rights.Need("book.users")); err != nil {
			return err
		}
		if was, taken := p.User(secret.Folded(name)); taken && !(first && slices.Contains(was.Roles, rights.Owner)) {
			return fault.New(fault.Refused, "已有用户“%s”（名字看起来一样的算同一个；用过的名字不再给别人）", "there is a user %q; a name that looks the same is the same, and one that was used is nobody else's", was.Name).At("name")
		}
		u := store.User{Name: name, Folded: secret.Folded(name), Active: true, MustChange: !first && hash != ""}
		if was, again := p.User(u.Folded); again { // users are switched on again by an owner of before
			u = *was
			u.Active = true
		}
		u.Secrets.Password = hash
		if first {
			roles = []string{rights.Owner}
			u.Secrets.Recovery, u.Secrets.Wrapped, u.Secrets.WrappedCode = key.recovery, key.wrapped, key.wrappedCode
		}
		if err := b.giveRoles(p, &u, roles); err != nil {
			return err
		}
		if err := b.setEmployee(&u, employee); err != nil {
			return err
		}
		ready(&u, roles)
		if err := tx.PutUser(&u); err != nil {
			return err
		}
		if first {
			if err := tx.SwitchUsers(true); err != nil {
				return err
			}
			if err := b.Note(tx, "settings", store.AreaSettings, "", auditlog.Detail{Changes: []auditlog.Change{{Field: "users", Before: "no", After: "yes"}}}); err != nil {
				return err
			}
		}
		return b.told(tx, "user", &u, []auditlog.Change{{Field: "roles", After: strings.Join(u.Roles, " ")}})
	})
	return code, b.after(err)
}

// after works out anew who may what, once it is on the disk.
func (b book) after(err error) error {
	if err != nil {
		return err
	}
	return b.ReadPeople()
}

// told tells the log of an act on a user.
func (b book) told(tx *store.Tx, verb string, u *store.User, changes []auditlog.Change) error {
	return b.Note(tx, verb, store.AreaUsers, u.Name, auditlog.Detail{Changes: changes})
}

// ready puts the scope that a ready role brings where the user has none yet.
func ready(u *store.User, roles []string) {
	if !u.Scope.Whole() {
		return
	}
	for _, code := range roles {
		if r, ok := rights.ReadyRole(code); ok && r.Scope != "" {
			key, value, _ := strings.Cut(r.Scope, "=")
			_ = u.Scope.Put(rights.Axis(key), value, nil) // the program's own words, which name no record
		}
	}
}

// giveRoles gives a user roles in the place of those he has: known ones, and none that brings what the giver has not. Only an owner makes
// or unmakes an owner.
func (b book) giveRoles(p *store.People, u *store.User, roles []string) error {
	own := ownRoles(p)
	for _, code := range roles {
		if len(rights.RolesOf([]string{code}, own)) == 0 {
			return fault.New(fault.NotFound, "没有角色“%s”", "there is no role %q", text.Short(code)).At("role")
		}
	}
	if len(roles) == 0 {
		return fault.New(fault.Invalid, "至少要有一个角色", "a user has one role at least").At("role")
	}
	if who := b.Who(); who.Asked() {
		mine := who.Crew.Set(who.Name)
		changes := slices.Contains(roles, rights.Owner) != slices.Contains(u.Roles, rights.Owner)
		if changes && !mine.Owns() {
			return fault.New(fault.Refused, "只有老板能任免老板", "only an owner makes an owner, or unmakes one").At("role")
		}
	}
	u.Roles = slices.Compact(slices.Clone(roles))
	return nil
}

func ownRoles(p *store.People) []rights.Role {
	own := make([]rights.Role, len(p.Roles))
	for i, r := range p.Roles {
		own[i] = r.Role
	}
	return own
}

func (b book) setEmployee(u *store.User, code string) error {
	if code = strings.TrimSpace(code); code == "" {
		return nil
	}
	r, ok := b.Masters().Find(master.Employees.Code, code)
	if !ok {
		return fault.New(fault.NotFound, "没有员工“%s”", "there is no employee %q", text.Short(code)).At("employee")
	}
	u.Employee = r.ID
	return nil
}

// changed writes a user that f changes, where one owner stays who may everything (U6).
func (b book) changed(name, verb string, ask func(u *store.User) error, f func(p *store.People, u *store.User) ([]auditlog.Change, error)) error {
	err := b.after(b.write(func(tx *store.Tx, p *store.People) error {
		if !p.On {
			return noUsers()
		}
		u, err := find(p, name)
		if err != nil {
			return err
		}
		if err := ask(u); err != nil {
			return err
		}
		changes, err := f(p, u)
		if err != nil {
			return err
		}
		if f := rights.Keeps(members(p)); f != nil {
			return f
		}
		if err := tx.PutUser(u); err != nil {
			return err
		}
		return b.told(tx, verb, u, changes)
	}))
	if err == nil {
		b.Tell() // what was told as it was written was told of who might what before
	}
	return err
}

func noUsers() error {
	return fault.New(fault.Refused, "账套没有用户", "the book has no users")
}

func members(p *store.People) (list []rights.Member) {
	for _, u := range p.Users {
		list = append(list, rights.Member{Name: u.Name, Roles: u.Roles, Active: u.Active, Scope: u.Scope})
	}
	return list
}

// mayUsers asks for the right to change users; an owner is changed by owners alone.
func (b book) mayUsers(u *store.User) error {
	if err := b.Need(rights.Need("book.users")); err != nil {
		return err
	}
	if who := b.Who(); slices.Contains(u.Roles, rights.Owner) && !who.Crew.Set(who.Name).Owns() {
		return fault.New(fault.Refused, "老板只能由老板修改", "an owner is changed by owners alone").At("name")
	}
	return nil
}

// Role gives a user other roles.
func Role(w *workflow.Book, name string, roles []string) error {
	b := of(w)
	return b.changed(name, "user", b.mayUsers, func(p *store.People, u *store.User) ([]auditlog.Change, error) {
		was := strings.Join(u.Roles, " ")
		if err := b.giveRoles(p, u, roles); err != nil {
			return nil, err
		}
		ready(u, roles)
		return []auditlog.Change{{Field: "roles", Before: was, After: strings.Join(u.Roles, " ")}}, nil
	})
}

// Remove makes a user inactive: his name stays used (U6).
func Remove(w *workflow.Book, name string) error {
	b := of(w)
	return b.changed(name, "user", b.mayUsers, func(p *store.People, u *store.User) ([]auditlog.Change, error) {
		u.Active = false
		return []auditlog.Change{{Field: "active", Before: "yes", After: "no"}}, nil
	})
}

// Off puts the users asleep: the book asks nobody any more who he is.
func Off(w *workflow.Book) error {
	b := of(w)
	return b.after(b.write(func(tx *store.Tx, p *store.People) error {
		if !p.On {
			return noUsers()
		}
		if who := b.Who(); !who.Crew.Set(who.Name).Owns() {
			return fault.New(fault.Refused, "只有老板能关闭用户", "only an owner switches users off")
		}
		if err := tx.SwitchUsers(false); err != nil {
			return err
		}
		return b.Note(tx, "settings", store.AreaSettings, "", auditlog.Detail{Changes: []auditlog.Change{{Field: "users", Before: "yes", After: "no"}}})
	}))
}

// keys are what Set sets, in the order of List.
var keys = []string{"employee", "own", "customers", "warehouses", "departments", "accounts", "substitute", "substitute_from", "substitute_to", "active", "locked"}

// Set sets parts of a user: KEY=VALUE. What he is absent for he sets himself, the rest whoever may change users.
func Set(w *workflow.Book, name string, pairs [][2]string) error {
	b := of(w)
	own := !slices.ContainsFunc(pairs, func(x [2]string) bool { return !strings.HasPrefix(x[0], "substitute") })
	ask := func(u *store.User) error {
		if own && u.Folded == secret.Folded(b.User) {
			return b.NeedPassword()
		}
		return b.mayUsers(u)
	}
	return b.changed(name, "user", ask, func(p *store.People, u *store.User) (changes []auditlog.Change, err error) {
		for _, x := range pairs {
			was := value(b.Book.Book, u, x[0])
			if err := b.set(p, u, x[0], strings.TrimSpace(x[1])); err != nil {
				return nil, err
			}
			if is := value(b.Book.Book, u, x[0]); is != was {
				changes = append(changes, auditlog.Change{Field: x[0], Before: was, After: is})
			}
		}
		return changes, nil
	})
}

func (b book) set(p *store.People, u *store.User, key, v string) error {
	switch key {
	case "employee":
		if v == "" {
			u.Employee = 0
			return nil
		}
		return b.setEmployee(u, v)
	case "own", "customers", "warehouses", "departments", "accounts":
		if u.Torn { // one way narrowed would leave the others open
			return fault.New(fault.Refused, "用户 %s 的数据范围已损坏，无法读取：请停用并另建用户", "the scope of %s is damaged and cannot be read; remove that user and add another", u.Name).At(key)
		}
		return u.Scope.Put(rights.Axis(key), v, b.row)
	case "substitute":
		if v != "" {
			other, err := find(p, v)
			if err != nil {
				return err
			}
			if v = other.Name; other.ID == u.ID || !other.Active {
				return fault.New(fault.Refused, "“%s”不能代自己或已停用", "%q is himself, or no longer active", v).At(key)
			}
		}
		u.Substitute = v
	case "substitute_from", "substitute_to":
		if v != "" {
			d, err := text.ParseDate(v)
			if err != nil {
				return fault.New(fault.Invalid, "“%s”不是日期", "%q is not a date", text.Short(v)).At(key)
			}
			v = d.String()
		}
		if key == "substitute_from" {
			u.SubstituteFrom = v
		} else {
			u.SubstituteUntil = v
		}
	case "active", "locked":
		yes := v == "yes"
		if !yes && v != "no" {
			return fault.New(fault.Invalid, "“%s”应为 yes 或 no", "%q is yes or no", text.Short(v)).At(key)
		}
		if key == "active" {
			u.Active = yes
		} else if yes {
			return fault.New(fault.Invalid, "只能解锁：locked=no", "one is locked by wrong passwords alone: locked=no").At(key)
		} else {
			u.Wrong, u.WrongAt = 0, 0
		}
	default:
		return fault.New(fault.Usage, "没有“%s”，可设：%s", "there is no %q; it is one of %s", text.Short(key), strings.Join(keys, ", ")).At(key)
	}
	return nil
}

// narrowing are the master types by whose records a scope narrows.
var narrowing = map[rights.Axis]*master.Type{rights.Warehouses: master.Warehouses, rights.Departments: master.Departments, rights.Accounts: master.Accounts}

// row is the record of a code in a scope; one that is none is refused.
func (b book) row(axis rights.Axis, code string) (int64, error) {
	typ := narrowing[axis]
	r, ok := b.Masters().Find(typ.Code, code)
	if !ok {
		return 0, fault.New(fault.NotFound, "没有%s“%s”", "there is no %s %q", text.T(typ.One.Zh, strings.ToLower(typ.One.En)), text.Short(code)).At(string(axis))
	}
	return r.ID, nil
}

// value is a part of a user as List shows it.
func value(b *inquiry.Book, u *store.User, key string) string {
	yes := func(is bool) string { return map[bool]string{true: "yes", false: "no"}[is] }
	switch key {
	case "name":
		return u.Name
	case "employee":
		r, _ := b.Masters().ByID(master.Employees.Code, u.Employee)
		return r.Code()
	case "roles":
		return strings.Join(u.Roles, " ")
	case "own", "customers", "warehouses", "departments", "accounts":
		return u.Scope.Get(rights.Axis(key), func(axis rights.Axis, id int64) string {
			r, _ := b.Masters().ByID(narrowing[axis].Code, id)
			return r.Code()
		})
	case "substitute":
		return u.Substitute
	case "substitute_from":
		return u.SubstituteFrom
	case "substitute_to":
		return u.SubstituteUntil
	case "active":
		return yes(u.Active)
	case "locked_until":
		if t := tries(u); t.Locked(b.Now()) {
			return t.Until().Format("2006-01-02 15:04:05")
		}
	case "locked":
		return yes(tries(u).Locked(b.Now()))
	case "must_change":
		return yes(u.MustChange)
	case "last_seen":
		return moment(u.LastSeen)
	}
	return ""
}
