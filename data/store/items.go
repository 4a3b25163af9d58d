package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/slip"
)

// itemText writes a row's values. A reference is kept by the record's row, as {"employees":7}, so that a record may get another code.
func (tx *Tx) itemText(g slip.List, x slip.Item) (string, error) {
	out := make(map[string]any, len(x.Values))
	for key, v := range x.Values {
		out[key] = v
		if f, _ := g.Field(key); f.Type == slip.TypeRef && !byCode(f.Ref) {
			id := tx.db.id(f.Ref, v)
			if id == nil {
				return "", fault.New(fault.Invalid, "没有“%s”这个%s", "there is no %[2]s %[1]q", v, f.Label).At(key)
			}
			out[key] = map[string]any{f.Ref: id}
		}
	}
	b, err := json.Marshal(out)
	return string(b), err
}

// itemValues reads what itemText wrote.
func (db *Reader) itemValues(s string) (map[string]string, error) {
	var raw map[string]any
	if err := json.Unmarshal([]byte(s), &raw); err != nil {
		return nil, fmt.Errorf("values %q: %w", s, err)
	}
	out := make(map[string]string, len(raw))
	for key, v := range raw {
		switch v := v.(type) {
		case string:
			out[key] = v
		case map[string]any:
			for typ, id := range v {
				n, _ := id.(float64)
				row := int64(n)
				out[key] = db.code(typ, &row)
			}
		}
	}
	return out, nil
}

// extraText writes the values of a slip or a line that have no column of their own. A reference to a record is kept as in a row of a list,
// ref telling the type of what a field refers to; a code that is none stays as it is.
func (db *Reader) extraText(fields []slip.Field, ref func(slip.Field) string, m map[string]string) string {
	if len(m) == 0 {
		return ""
	}
	out := make(map[string]any, len(m))
	for key, v := range m {
		out[key] = v
	}
	for i := range fields {
		f := &fields[i]
		if f.Type != slip.TypeRef || m[f.Key] == "" {
			continue
		}
		if typ := ref(*f); !byCode(typ) {
			if id := db.id(typ, m[f.Key]); id != nil {
				out[f.Key] = map[string]any{typ: id}
			}
		}
	}
	b, _ := json.Marshal(out)
	return string(b)
}

// lineExtra is extraText of a line.
func (db *Reader) lineExtra(k *slip.Kind, l *slip.Line) string {
	return db.extraText(k.Lines, func(f slip.Field) string { return k.LineRefOf(l, f) }, l.Extra)
}

// extraMap reads what extraText wrote. Books of before have codes where it writes references; they are read as they stand.
func (db *Reader) extraMap(s string) map[string]string {
	if s == "" {
		return nil
	}
	if !strings.Contains(s, `:{"`) { // of most slips: no reference among them
		var m map[string]string
		json.Unmarshal([]byte(s), &m)
		return m
	}
	m, _ := db.itemValues(s)
	return m
}

// ItemUsed tells whether a row of a list, or a value without a column of its own, refers to the record.
func (tx *Tx) ItemUsed(r *master.Record) (bool, error) {
	var n int
	ref := fmt.Sprintf(`{%q:%d}`, r.Type.Code, r.ID)
	return one(tx, `SELECT 1 FROM slip_item WHERE instr("values", ?) > 0 UNION ALL SELECT 1 FROM slip WHERE extra <> '' AND instr(extra, ?) > 0
		UNION ALL SELECT 1 FROM slip_line WHERE extra <> '' AND instr(extra, ?) > 0 LIMIT 1`, []any{ref, ref, ref}, &n)
}

// LostItems lists the rows of lists, and the slips and lines, that refer to what is not there, or cannot be read.
func (db *Reader) LostItems() (bad []string, err error) {
	look := func(place, values string) {
		var raw map[string]any
		if json.Unmarshal([]byte(values), &raw) != nil {
			bad = append(bad, place+" cannot be read")
		}
		for key, v := range raw {
			ref, _ := v.(map[string]any)
			for typ, id := range ref {
				n, _ := id.(float64)
				if _, ok := db.Masters.ByID(typ, int64(n)); !ok {
					bad = append(bad, fmt.Sprintf("%s: its %s is gone", place, key))
				}
			}
		}
	}
	err = each(db, `SELECT s.number, i.list, i.no, i."values" FROM slip_item i JOIN slip s ON s.id = i.slip_id`, nil, func(scan func(...any) error) error {
		var number, list, values string
		var no int
		err := scan(&number, &list, &no, &values)
		if err == nil {
			look(fmt.Sprintf("%s %s row %d", number, list, no), values)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(db, `SELECT number, 0, extra FROM slip WHERE extra <> '' UNION ALL SELECT s.number, l.no, l.extra FROM slip_line l JOIN slip s ON s.id = l.slip_id WHERE l.extra <> ''`, nil,
		func(scan func(...any) error) error {
			var number, values string
			var line int
			err := scan(&number, &line, &values)
			switch {
			case err != nil:
			case line == 0:
				look(number, values)
			default:
				look(fmt.Sprintf("%s line %d", number, line), values)
			}
			return err
		})
	slices.SortFunc(bad, strings.Compare)
	return bad, err
}

// putItems writes the rows of a slip's lists over: each kept row keeps its number in the book, so that two people's changes of one row
// are told apart from a row given up and another made.
func (tx *Tx) putItems(k *slip.Kind, d *slip.Doc, fresh bool) error {
	if len(k.Lists) == 0 {
		return nil
	}
	tx.forget(d.ID)
	tx.unsealWritten(d)
	if !fresh {
		if _, err := tx.exec(`DELETE FROM slip_item WHERE slip_id = ?`, d.ID); err != nil {
			return err
		}
	}
	for _, g := range k.Lists {
		rows := d.Lists[g.Key]
		for i := range rows {
			if rows[i].ID == 0 {
				id, err := tx.nextID("slip_item")
				if err != nil {
					return err
				}
				rows[i].ID = id
			}
			values, err := tx.itemText(g, rows[i])
			if err != nil {
				return err
			}
			if _, err := tx.exec(`INSERT INTO slip_item (id, slip_id, list, no, "values") VALUES (?, ?, ?, ?, ?)`, rows[i].ID, d.ID, g.Key, i+1, values); err != nil {
				return err
			}
		}
	}
	return nil
}

// PutItems writes the rows of an audited slip's lists over.
func (tx *Tx) PutItems(k *slip.Kind, d *slip.Doc) error { return tx.putItems(k, d, false) }

func loadItems(db *Reader, q Query, d *slip.Doc) error {
	d.Lists = map[string][]slip.Item{}
	return each(q, `SELECT id, list, "values" FROM slip_item WHERE slip_id = ? ORDER BY list, no`, []any{d.ID}, func(scan func(...any) error) error {
		var x slip.Item
		var list, values string
		err := scan(&x.ID, &list, &values)
		if err == nil {
			x.Values, err = db.itemValues(values)
		}
		d.Lists[list] = append(d.Lists[list], x)
		return err
	})
}

// caseID is the row of the case that a slip belongs to, nil where it belongs to none.
func (tx *Tx) caseID(d *slip.Doc) (any, error) {
	if d.Case == "" {
		return nil, nil
	}
	id, err := tx.SlipID(d.Case)
	if err != nil || id <= 0 {
		return nil, err
	}
	return id, nil
}

// loadCase reads the number of the case a slip belongs to.
func loadCase(q Query, d *slip.Doc, id *int64) error {
	if id == nil {
		return nil
	}
	_, err := one(q, `SELECT number FROM slip WHERE id = ?`, []any{*id}, &d.Case)
	return err
}

// belonging lists the slips that belong to a case, void ones left out, newest first.
func belonging(q Query, id int64) (list []Successor, err error) {
	err = each(q, `SELECT id, number, kind, status FROM slip WHERE case_id = ? AND status <> 'void' ORDER BY id DESC`, []any{id}, func(scan func(...any) error) error {
		var s Successor
		err := scan(&s.ID, &s.Number, &s.Kind, &s.Status)
		list = append(list, s)
		return err
	})
	return list, err
}

// withBelonging adds the slips that belong to a case to those that follow from it, each once, newest first.
func withBelonging(q Query, id int64, list []Successor) ([]Successor, error) {
	more, err := belonging(q, id)
	for _, s := range more {
		if !slices.ContainsFunc(list, func(x Successor) bool { return x.ID == s.ID }) {
			list = append(list, s)
		}
	}
	if len(more) > 0 {
		slices.SortFunc(list, func(a, b Successor) int { return int(b.ID - a.ID) })
	}
	return list, err
}
