package store

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store/pages"
	"zhanggui/data/text"
)

// loadMasters reads all records into memory. Its tick is read first: what is changed meanwhile is read again.
func (db *Reader) loadMasters() error {
	var place int64
	mark := pages.Mark(db.place.key) // before the tick, which only grows
	if _, err := one(db, readTick, nil, &db.memory.tick, &place); err != nil {
		return err
	}
	if db.pin == nil {
		db.gone.Store(max(0, mark-db.memory.tick))
	}
	for _, t := range master.All {
		if err := db.loadType(db, t, 0); err != nil {
			return err
		}
	}
	return nil
}

// loadType reads the records of a type into memory, or the one with an id.
func (db *Reader) loadType(q Query, t *master.Type, only int64) error {
	cols := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		cols[i] = column(f)
	}
	stmt, args := fmt.Sprintf("SELECT id, version, %s FROM %s WHERE 1 = 1", strings.Join(cols, ", "), t.Table), []any{}
	if t.Role != "" {
		stmt, args = stmt+" AND role = ?", []any{string(t.Role)}
	}
	if only != 0 {
		stmt, args = stmt+" AND id = ?", append(args, only)
	}
	raw := make([]sql.NullString, len(t.Fields))
	dest := make([]any, len(raw)+2)
	var id, version int64
	dest[0], dest[1] = &id, &version
	for i := range raw {
		dest[i+2] = &raw[i]
	}
	var parents []*master.Record // categories may stand before their parents
	err := each(q, stmt, args, func(scan func(...any) error) error {
		if err := scan(dest...); err != nil {
			return err
		}
		filled := 0 // most fields of a record are empty; room for all of them took four times the memory
		for i := range raw {
			if raw[i].Valid && raw[i].String != "" {
				filled++
			}
		}
		r := &master.Record{ID: id, Type: t, Version: version, Values: make(map[string]string, filled)}
		for i, f := range t.Fields {
			if !raw[i].Valid || raw[i].String == "" {
				continue
			}
			if f.Type == slip.TypeRef && f.Ref == t.Code {
				r.Values[f.Key] = "#" + raw[i].String
				parents = append(parents, r)
				continue
			}
			r.Values[f.Key] = db.fromColumn(f, raw[i].String)
		}
		db.Masters.Put(r)
		return nil
	})
	for _, r := range parents {
		for _, f := range t.Fields {
			if v, ok := strings.CutPrefix(r.Values[f.Key], "#"); ok && f.Ref == t.Code {
				r.Values[f.Key] = db.fromColumn(f, v)
			}
		}
	}
	return err
}

// fromColumn gives the canonical text of a stored value.
func (db *Reader) fromColumn(f slip.Field, v string) string {
	n, _ := strconv.ParseInt(v, 10, 64)
	switch f.Type {
	case slip.TypeAmount:
		return num.Amount(n).String()
	case slip.TypeQuantity:
		return num.Quantity(n).String()
	case slip.TypePrice:
		return num.Price(n).String()
	case slip.TypeRate:
		return num.Rate(n).String()
	case slip.TypeDate:
		return text.Date(n).String()
	case slip.TypeBool:
		if n == 0 {
			return "no"
		}
		return "yes"
	case slip.TypeRef:
		if byCode(f.Ref) {
			return v
		}
		if r, ok := db.Masters.ByID(f.Ref, n); ok {
			return r.Code()
		}
		return ""
	}
	return v
}

// toColumn gives the stored value of canonical text; empty is NULL for figures and references.
func (tx *Tx) toColumn(f slip.Field, v string) (any, error) {
	if v == "" {
		switch columnType(f) {
		case "TEXT NOT NULL DEFAULT ''":
			return "", nil
		}
		return nil, nil
	}
	switch f.Type {
	case slip.TypeAmount:
		n, err := num.ParseAmount(v)
		return int64(n), err
	case slip.TypeQuantity:
		n, err := num.ParseQuantity(v)
		return int64(n), err
	case slip.TypePrice:
		n, err := num.ParsePrice(v)
		return int64(n), err
	case slip.TypeRate:
		n, err := num.ParseRate(v)
		return int64(n), err
	case slip.TypeInt:
		return strconv.Atoi(v)
	case slip.TypeDate:
		d, err := text.ParseDate(v)
		return int64(d), err
	case slip.TypeBool:
		if v == "yes" {
			return 1, nil
		}
		return 0, nil
	case slip.TypeRef:
		if byCode(f.Ref) {
			return v, nil
		}
		if r, ok := tx.Master(f.Ref, v); ok {
			return r.ID, nil
		}
		return nil, fmt.Errorf("no %s %q", f.Ref, v)
	}
	return v, nil
}

// Masters are the standing data as the transaction sees them.
func (tx *Tx) Masters() *master.Set { return tx.db.Masters }

// Master finds a record as the transaction sees it.
func (tx *Tx) Master(typ string, keys ...string) (*master.Record, bool) {
	return tx.db.Masters.Find(typ, keys...)
}

// SaveMaster inserts (ID 0) or updates a record, gives it its row and raises its version. Readers see it at once within this
// transaction's own look-ups; a rollback takes it back.
func (tx *Tx) SaveMaster(r *master.Record) error {
	t, set := r.Type, tx.db.Masters
	own := r.Kept() // readers share what the set holds; r stays the caller's
	old, has := set.ByID(t.Code, r.ID)
	if own.Version = 1; has {
		own.Version = old.Version + 1
	}
	var cols, marks []string
	var args []any
	if t.Role != "" {
		cols, marks, args = []string{"role"}, []string{"?"}, []any{string(t.Role)}
	}
	for _, f := range t.Fields {
		v, err := tx.toColumn(f, r.Values[f.Key])
		if err != nil {
			return fmt.Errorf("save %s %s: %s: %w", t.Code, r.Code(), f.Key, err)
		}
		cols, marks, args = append(cols, column(f)), append(marks, "?"), append(args, v)
	}
	cols, marks, args = append(cols, "version"), append(marks, "?"), append(args, own.Version)
	if r.ID == 0 {
		id, err := tx.nextID(t.Table)
		if err != nil {
			return err
		}
		own.ID = id
		if _, err := tx.exec(fmt.Sprintf("INSERT INTO %s (%s, id) VALUES (%s, ?)", t.Table, strings.Join(cols, ", "), strings.Join(marks, ", ")), append(args, id)...); err != nil {
			return err
		}
	} else {
		_, err := tx.exec(fmt.Sprintf("UPDATE %s SET %s = ? WHERE id = ?", t.Table, strings.Join(cols, " = ?, ")), append(args, r.ID)...)
		if err != nil {
			return err
		}
	}
	was := *r
	tx.undo = append(tx.undo, func() { *r = was })
	r.Saved(own)
	if has {
		tx.undo = append(tx.undo, func() { set.Put(old) })
	} else {
		tx.undo = append(tx.undo, func() { set.Remove(own) })
	}
	set.Put(own)
	if has && old.Code() != own.Code() {
		tx.unsealNamed(t, old.Code())
		tx.undo = append(tx.undo, func() { set.Rename(t.Code, own.Code(), old.Code()) })
		set.Rename(t.Code, old.Code(), own.Code())
	}
	tx.touch(t.Code, own.ID)
	return tx.unsealRecord(unsealed{change: change{t.Code, own.ID}, was: old})
}

// unsealNamed marks the records that are identified by the code of another, of type t, which is about to change.
func (tx *Tx) unsealNamed(t *master.Type, code string) {
	for _, other := range master.All {
		for _, key := range other.Keys {
			if f, _ := other.Field(key); f.Ref != t.Code && !(key == "party" && t.Role != "") {
				continue
			}
			for _, r := range tx.db.Masters.List(other.Code) {
				if r.Get(key) == code {
					tx.unseal(unsealed{change: change{other.Code, r.ID}, was: r.Kept()})
				}
			}
		}
	}
}

// ErrInUse: something refers to a record that was to be deleted.
var ErrInUse = errors.New("in use")

// DeleteMaster removes a record nobody refers to; a foreign key stops the others (ErrInUse).
func (tx *Tx) DeleteMaster(r *master.Record) error {
	if r.Type == master.Departments {
		if used, err := tx.DepartmentUsed(r.Code()); used || err != nil {
			return cmp.Or(err, ErrInUse)
		}
	}
	if r.Type == master.Units {
		if used, err := tx.UnitUsed(r.Code()); used || err != nil {
			return cmp.Or(err, ErrInUse)
		}
	}
	if used, err := tx.ItemUsed(r); used || err != nil {
		return cmp.Or(err, ErrInUse)
	}
	if _, err := tx.exec(fmt.Sprintf("DELETE FROM %s WHERE id = ?", r.Type.Table), r.ID); err != nil {
		if code(err) == sqliteConstraint {
			return ErrInUse
		}
		return fmt.Errorf("delete %s %s: %w", r.Type.Code, r.Code(), err)
	}
	set := tx.db.Masters
	if held, ok := set.ByID(r.Type.Code, r.ID); ok {
		set.Remove(held)
		tx.undo = append(tx.undo, func() { set.Put(held) })
		tx.unseal(unsealed{change: change{r.Type.Code, r.ID}, was: held, gone: true})
	}
	tx.touch(r.Type.Code, r.ID)
	return nil
}

// departmentOf is the row of a slip's department; 0: it has none.
const departmentOf = `COALESCE((SELECT x.id FROM department x WHERE x.code = s.department), 0)`

// enterDepartments makes a record of each department that slips and employees name and nobody entered, with that text as code and name:
// what was typed freely in an older book is a master from now on.
func (tx *Tx) enterDepartments() error {
	_, err := tx.exec(`INSERT INTO department (code, name, active)
		SELECT d, d, 1 FROM (SELECT department AS d FROM slip UNION SELECT department FROM employee)
		WHERE d <> '' AND d NOT IN (SELECT code FROM department) ORDER BY d`)
	return err
}

// UnitUsed tells whether a line of a slip has the unit.
func (tx *Tx) UnitUsed(code string) (bool, error) {
	return one(tx, `SELECT 1 FROM slip_line WHERE unit = ? LIMIT 1`, []any{code}, new(int))
}

// DepartmentUsed tells whether a slip, an employee or another department names the department.
func (tx *Tx) DepartmentUsed(code string) (bool, error) {
	return one(tx, `SELECT 1 WHERE EXISTS (SELECT 1 FROM slip WHERE department = ?) OR EXISTS (SELECT 1 FROM employee WHERE department = ?)
		OR EXISTS (SELECT 1 FROM department WHERE parent = ?)`, []any{code, code, code}, new(int))
}
