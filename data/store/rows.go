package store

import (
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"
)

// A query whose rows go on to other rooms has a struct beside it. Each column goes into the field of its own name (in_qty into InQty), not of
// its place: columns may change places without a figure moving, and one that has no field, or a field no column, is an error. NULL is nothing: 0, "" or false.

// list reads all rows of a query.
func list[T any](q Query, stmt string, args ...any) ([]T, error) {
	var out []T
	err := rowsOf(q, stmt, args, func(r *T) error {
		out = append(out, *r)
		return nil
	})
	return out, err
}

// rowsOf gives f one row of a query after the other; the value is used again by the next.
func rowsOf[T any](q Query, stmt string, args []any, f func(*T) error) error {
	var r T
	dest := &fields{row: reflect.ValueOf(&r).Elem()}
	return each(q, stmt, args, func(scan func(...any) error) error {
		if err := scan(dest); err != nil {
			return err
		}
		return f(&r)
	})
}

// fields is where a whole row goes.
type fields struct {
	row reflect.Value
	at  []reflect.Value // by column; known with the first row
}

// match finds the field of each column.
func (f *fields) match(columns []string) error {
	t := f.row.Type()
	if len(columns) != t.NumField() {
		return fmt.Errorf("%d columns %v into the %d fields of %s", len(columns), columns, t.NumField(), t.Name())
	}
	taken := map[string]bool{}
	for _, c := range columns {
		name := strings.ReplaceAll(c, "_", "")
		v := f.row.FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, name) })
		if !v.IsValid() || taken[name] {
			return fmt.Errorf("column %q has no field of its own in %s", c, t.Name())
		}
		taken[name] = true
		f.at = append(f.at, v)
	}
	return nil
}

// fill puts a row's values where they belong.
func (f *fields) fill(columns []string, values []driver.Value) error {
	if f.at == nil {
		if err := f.match(columns); err != nil {
			return err
		}
	}
	for i, v := range values {
		e := f.at[i]
		switch v := v.(type) {
		case nil:
			e.SetZero()
			continue
		case int64:
			if e.CanInt() && !e.OverflowInt(v) {
				e.SetInt(v)
				continue
			}
			if e.Kind() == reflect.Bool && (v == 0 || v == 1) {
				e.SetBool(v == 1)
				continue
			}
		case string:
			if e.Kind() == reflect.String {
				e.SetString(v)
				continue
			}
		}
		return fmt.Errorf("column %s: %T into %s", columns[i], v, e.Type())
	}
	return nil
}
