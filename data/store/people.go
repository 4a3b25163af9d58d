package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/rights"
	"zhanggui/data/secret"
)

// Users and roles of a book (8.2, 8.4). They are changed by whole rows; what is kept of a secret is its hash.

// The areas of changes and of the log that users and roles are.
const (
	AreaUsers = "users"
	AreaRoles = "roles"
)

// peopleVerbs are the verbs of the log by which their changes are told.
var peopleVerbs = map[string]string{AreaUsers: "user", AreaRoles: "role", AreaChains: "chain"}

// settingUsers is the setting that says whether the book's users are asked who they are: yes, or nothing.
const settingUsers = "users"

// Secrets is what is kept of a user's secrets: hashes of password, PIN and recovery code, and the owner's key as these open it. The log
// never holds them.
type Secrets struct {
	Password, PIN, Recovery, Wrapped, WrappedCode string
}

// User is a user of a book. Moments are in ms, days as dates are kept; 0: none.
type User struct {
	ID                              int64
	Name, Folded                    string
	Employee                        int64
	Roles                           []string
	Scope                           rights.Scope
	Secrets                         Secrets
	Wrong                           int
	WrongAt                         int64
	MustChange                      bool
	Substitute                      string
	SubstituteFrom, SubstituteUntil string
	Active                          bool
	LastSeen                        int64
	Version                         int64
	// Torn: his scope cannot be read, so nobody can say what he may see. He may nothing and does not sign in; others do, and verify names him.
	Torn bool
	torn string // what stands there
}

// In tells whether a user may sign in.
func (u *User) In() bool { return u.Active && !u.Torn }

// scope is the text of his scope.
func (u *User) scope() string {
	if u.Torn {
		return u.torn
	}
	text, _ := json.Marshal(u.Scope)
	return string(text)
}

// KeptRole is a role that a shop made or changed.
type KeptRole struct {
	ID int64
	rights.Role
	Version int64
	// Torn: what it may cannot be read, so it brings nothing, not even what a ready role of its code would; writing new parts mends it.
	Torn bool
	torn string // what stands there
}

// parts is the text of what the shop changed of it.
func (r *KeptRole) parts() string {
	if r.Torn && r.Changes == nil {
		return r.torn
	}
	text, _ := json.Marshal(r.Changes)
	return string(text)
}

// People are all users and roles of a book. On: its users are asked who they are.
type People struct {
	On    bool
	Users []User
	Roles []KeptRole
}

// User is the user of the name, however it is written; the fold of a name is the caller's.
func (p *People) User(folded string) (*User, bool) {
	i := slices.IndexFunc(p.Users, func(u User) bool { return u.Folded == folded })
	if i < 0 {
		return nil, false
	}
	return &p.Users[i], true
}

const userColumns = `id, name, folded, employee, roles, scope, password, pin, recovery, wrapped, wrapped_code, wrong, wrong_at, must_change, substitute, substitute_from, substitute_to, active, last_seen, version`

// ReadPeople reads the users and roles as q sees them. One whose text cannot be read is there, torn: a book is not shut by one damaged row.
func ReadPeople(q Query) (p People, err error) { return ReadablePeople(q, nil) }

var errTorn = errors.New("its text cannot be read")

// ReadablePeople is ReadPeople that leaves out, of a damaged book, what cannot be made out: unread hears of what area and name, as far as that is
// known; nil: see ReadPeople.
func ReadablePeople(q Query, unread func(area, name string, err error) error) (p People, err error) {
	left := func(area, name string, err error) error {
		if unread == nil {
			return err
		}
		return unread(area, name, err)
	}
	on := ""
	if _, err = one(q, `SELECT value FROM setting WHERE key = ?`, []any{settingUsers}, &on); err != nil {
		return p, err
	}
	p.On = on == "yes"
	if err = each(q, `SELECT `+userColumns+` FROM user_ ORDER BY id`, nil, func(scan func(...any) error) error {
		u, err := scanUser(scan)
		if u.Torn && unread != nil {
			err = errTorn
		}
		if err != nil {
			return left(AreaUsers, u.Name, err)
		}
		p.Users = append(p.Users, u)
		return nil
	}); err != nil {
		return p, fmt.Errorf("users: %w", err)
	}
	err = each(q, `SELECT id, code, name, parts, version FROM role ORDER BY id`, nil, func(scan func(...any) error) error {
		var r KeptRole
		var parts string
		err := scan(&r.ID, &r.Code, &r.Name, &parts, &r.Version)
		if err == nil && json.Unmarshal([]byte(parts), &r.Changes) != nil {
			r.Changes, r.Torn, r.torn = nil, true, parts
		}
		if r.Torn && unread != nil {
			err = errTorn
		}
		if err != nil {
			return left(AreaRoles, r.Code, err)
		}
		p.Roles = append(p.Roles, r)
		return nil
	})
	if err != nil {
		return p, fmt.Errorf("roles: %w", err)
	}
	return p, nil
}

func scanUser(scan func(...any) error) (u User, err error) {
	var roles, scope string
	s := &u.Secrets
	if err = scan(&u.ID, &u.Name, &u.Folded, &u.Employee, &roles, &scope, &s.Password, &s.PIN, &s.Recovery, &s.Wrapped, &s.WrappedCode, &u.Wrong, &u.WrongAt,
		&u.MustChange, &u.Substitute, &u.SubstituteFrom, &u.SubstituteUntil, &u.Active, &u.LastSeen, &u.Version); err != nil {
		return u, err
	}
	u.Roles = strings.Fields(roles)
	if json.Unmarshal([]byte(scope), &u.Scope) != nil {
		u.Scope, u.Torn, u.torn = rights.Scope{}, true, scope
	}
	return u, nil
}

// PutUser writes a user, new where it has no row yet; its version rises.
func (tx *Tx) PutUser(u *User) (err error) {
	if u.ID == 0 {
		if u.ID, err = tx.nextID("user_"); err != nil {
			return err
		}
	}
	u.Version++
	tx.touch(AreaUsers, u.ID)
	tx.unseal(unsealed{change: change{AreaUsers, u.ID}})
	s := &u.Secrets
	_, err = tx.exec(`INSERT OR REPLACE INTO user_ (`+userColumns+`) VALUES (`+marks(20)+`)`, u.ID, u.Name, u.Folded, u.Employee, strings.Join(u.Roles, " "), u.scope(),
		s.Password, s.PIN, s.Recovery, s.Wrapped, s.WrappedCode, u.Wrong, u.WrongAt, u.MustChange, u.Substitute, u.SubstituteFrom, u.SubstituteUntil, u.Active, u.LastSeen, u.Version)
	return err
}

// SawUser writes what a try to sign in left of a user: wrong ones in a row, when the last was, and when he was here last. Nothing of it is
// sealed, and nobody's memory of who may what changes by it.
func (tx *Tx) SawUser(u *User) error {
	_, err := tx.exec(`UPDATE user_ SET wrong = ?, wrong_at = ?, last_seen = ? WHERE id = ?`, u.Wrong, u.WrongAt, u.LastSeen, u.ID)
	return err
}

// PutRole writes a role, new where it has no row yet; its version rises.
func (tx *Tx) PutRole(r *KeptRole) (err error) {
	if r.ID == 0 {
		if r.ID, err = tx.nextID("role"); err != nil {
			return err
		}
	}
	r.Version++
	tx.touch(AreaRoles, r.ID)
	tx.unseal(unsealed{change: change{AreaRoles, r.ID}})
	_, err = tx.exec(`INSERT OR REPLACE INTO role (id, code, name, parts, version) VALUES (`+marks(5)+`)`, r.ID, r.Code, r.Name, r.parts(), r.Version)
	return err
}

// SwitchUsers says whether the book's users are asked who they are.
func (tx *Tx) SwitchUsers(on bool) error {
	tx.touch(AreaUsers, 0)
	return tx.SetSetting(settingUsers, map[bool]string{true: "yes", false: "no"}[on])
}

// OnPeople is told whenever another program changed a user, role or chain, before anything is decided by them.
func (db *Reader) OnPeople(f func(Query) error) { db.memory.people = f }

// values are what a user's seal covers: all that says what he may, and the hashes, so that nobody gives himself another's password with
// another tool.
func (u *User) values() (v auditlog.Values) {
	for _, x := range [][2]string{{"name", u.Name}, {"employee", fmt.Sprint(u.Employee)}, {"roles", strings.Join(u.Roles, " ")}, {"scope", u.scope()}, {"password", u.Secrets.Password}, {"pin", u.Secrets.PIN}, {"recovery", u.Secrets.Recovery}, {"wrapped", u.Secrets.Wrapped}, {"wrapped_code", u.Secrets.WrappedCode},
		{"must_change", fmt.Sprint(u.MustChange)}, {"substitute", u.Substitute}, {"substitute_from", u.SubstituteFrom}, {"substitute_to", u.SubstituteUntil}, {"active", fmt.Sprint(u.Active)}, {"version", fmt.Sprint(u.Version)}} {
		v.Put(x[0], x[1])
	}
	return v
}

func (r *KeptRole) values() (v auditlog.Values) {
	for _, x := range [][2]string{{"code", r.Code}, {"name", r.Name}, {"parts", r.parts()}, {"version", fmt.Sprint(r.Version)}} {
		v.Put(x[0], x[1])
	}
	return v
}

// peopleSeals are the seals of users, roles and chains of approval as they stand, by area and key.
func peopleSeals(q Query) (map[[2]string]string, map[change]string, error) {
	p, err := ReadPeople(q)
	seals, keys := map[[2]string]string{}, map[change]string{}
	for _, u := range p.Users {
		seals[[2]string{AreaUsers, u.Name}] = u.values().Seal()
		keys[change{AreaUsers, u.ID}] = u.Name
	}
	for _, r := range p.Roles {
		seals[[2]string{AreaRoles, r.Code}] = r.values().Seal()
		keys[change{AreaRoles, r.ID}] = r.Code
	}
	if err != nil {
		return nil, nil, err
	}
	chains, err := readChains(q)
	for _, c := range chains {
		seals[[2]string{AreaChains, c.Key()}] = c.values().Seal()
		keys[change{AreaChains, c.ID}] = c.Key()
	}
	return seals, keys, err
}

// SealsOfPeople are the seals of users, roles and chains of approval as they stand, by area and key.
func (db *Reader) SealsOfPeople() (map[[2]string]string, error) {
	seals, _, err := peopleSeals(db)
	return seals, err
}

// anchoring is an anchor that is to be kept: at what occasion, and with whose mark.
type anchoring struct {
	kind string
	key  secret.Key
}

// Anchor has the transaction keep, when it ends, where its log ends then (J5). Kind says at what occasion. The last entry tells that it is
// kept, so that it does not go unnoticed. key, if any, is the owner's who is there: it marks it.
func (tx *Tx) Anchor(kind string, key secret.Key) { tx.anchored = anchoring{kind, key} }

func (tx *Tx) putAnchor() error {
	a := KeptAnchor{Kind: tx.anchored.kind}
	if _, err := one(tx, `SELECT id, hash, at FROM audit_log ORDER BY id DESC LIMIT 1`, nil, &a.Entry, &a.Hash, &a.At); err != nil {
		return err
	}
	if tx.anchored.key != nil {
		a.Mark = tx.anchored.key.Mark(a.Entry, a.Hash)
	}
	tx.anchored = anchoring{}
	_, err := tx.exec(`INSERT OR IGNORE INTO anchor (entry, hash, kind, at, mark) VALUES (?, ?, ?, ?, ?)`, a.Entry, a.Hash, a.Kind, a.At, a.Mark)
	return err
}

// KeptAnchor is an anchor that the book keeps, of what occasion and moment (milliseconds), and the owner's mark on it, if he was there.
type KeptAnchor struct {
	Entry int64
	Hash  string
	Kind  string
	At    int64
	Mark  string
}

// Anchors lists what the book keeps of them, oldest first.
func (db *Reader) Anchors() ([]KeptAnchor, error) {
	return list[KeptAnchor](db, `SELECT entry, hash, kind, at, mark FROM anchor ORDER BY entry, at`)
}

// SignedInHere tells whether it was at this PC that a user signed in last.
func (db *Reader) SignedInHere(name string) (bool, error) {
	pc := ""
	is, err := one(db, `SELECT pc FROM audit_log WHERE key = ? AND area = 'users' AND verb = 'sign-in' ORDER BY id DESC LIMIT 1`, []any{name}, &pc)
	return is && pc == thisPC(), err
}

// Marked is an entry that an owner's key marked, as the log has it now.
type Marked struct {
	Entry      int64
	Hash, Mark string
}

// MarkedBy lists the sign-ins of a user that say they were marked by a key, with the marks kept of them; one whose mark is gone has none.
func (db *Reader) MarkedBy(name, key string) ([]Marked, error) {
	return list[Marked](db, `SELECT l.id AS entry, l.hash AS hash, COALESCE(a.mark, '') AS mark FROM audit_log l LEFT JOIN anchor a ON a.entry = l.id AND a.kind = 'sign-in'
		WHERE l.key = ? AND l.area = 'users' AND l.verb = 'sign-in' AND l.detail LIKE ? ORDER BY l.id`, name, `%"mark":"`+key+`"%`)
}
