package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

func (db *DB) loadMasters() error {
	for _, t := range master.All {
		if err := db.loadType(t); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) loadType(t *master.Type) error {
	cols := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		cols[i] = column(f)
	}
	q, args := fmt.Sprintf("SELECT id, %s FROM %s", strings.Join(cols, ", "), t.Table), []any{}
	if t.Role != "" {
		q, args = q+" WHERE role = ?", []any{string(t.Role)}
	}
	raw := make([]sql.NullString, len(t.Fields))
	dest := make([]any, len(raw)+1)
	var id int64
	dest[0] = &id
	for i := range raw {
		dest[i+1] = &raw[i]
	}
	var parents []*master.Record // categories may stand before their parents
	err := each(db, q, args, func(scan func(...any) error) error {
		if err := scan(dest...); err != nil {
			return err
		}
		r := &master.Record{ID: id, Type: t, Values: make(map[string]string, len(raw))}
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
func (db *DB) fromColumn(f slip.Field, v string) string {
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
		if f.Ref == "gl" {
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
		if f.Ref == "gl" {
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

// SaveMaster inserts (ID 0) or updates a record and gives it its row. Readers see it at once within this transaction's
// own look-ups; a rollback takes it back.
func (tx *Tx) SaveMaster(r *master.Record) error {
	t := r.Type
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
	if r.ID == 0 {
		res, err := tx.exec(fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", t.Table, strings.Join(cols, ", "), strings.Join(marks, ", ")), args...)
		if err != nil {
			return err
		}
		if r.ID, err = res.LastInsertId(); err != nil {
			return err
		}
	} else {
		_, err := tx.exec(fmt.Sprintf("UPDATE %s SET %s = ? WHERE id = ?", t.Table, strings.Join(cols, " = ?, ")), append(args, r.ID)...)
		if err != nil {
			return err
		}
	}
	set, own := tx.db.Masters, r.Clone() // readers share what the set holds; r stays the caller's
	if old, ok := set.ByID(t.Code, r.ID); ok {
		tx.undo = append(tx.undo, func() { set.Put(old) })
	} else {
		tx.undo = append(tx.undo, func() { set.Remove(own) })
	}
	set.Put(own)
	return nil
}

// ErrInUse is what deleting a record says that others refer to.
var ErrInUse = errors.New("in use")

// DeleteMaster removes a record nobody refers to; a foreign key stops the others.
func (tx *Tx) DeleteMaster(r *master.Record) error {
	if _, err := tx.exec(fmt.Sprintf("DELETE FROM %s WHERE id = ?", r.Type.Table), r.ID); err != nil {
		if code(err) == sqliteConstraint {
			return ErrInUse
		}
		return fmt.Errorf("delete %s %s: %w", r.Type.Code, r.Code(), err)
	}
	tx.gone = append(tx.gone, r)
	return nil
}
