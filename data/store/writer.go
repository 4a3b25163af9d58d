package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// A transaction speaks to the driver itself: posting a line is a dozen small statements, and what database/sql does around each
// (locks, retries, conversions by reflection) cost a quarter of their time.

// writer is the connection of a transaction; its statements stay prepared with the book.
type writer struct {
	conn  driver.ConnPrepareContext
	stmts map[string]driver.Stmt
}

func (w *writer) stmt(q string) (driver.Stmt, error) {
	if s := w.stmts[q]; s != nil {
		return s, nil
	}
	s, err := w.conn.PrepareContext(context.Background(), q)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q, err)
	}
	w.stmts[q] = s
	return s, nil
}

func (w *writer) exec(q string, args ...any) (driver.Result, error) {
	s, err := w.stmt(q)
	if err != nil {
		return nil, err
	}
	named, err := bound(args)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q, err)
	}
	r, err := s.(driver.StmtExecContext).ExecContext(context.Background(), named)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q, err)
	}
	return r, nil
}

func (w *writer) query(q string, args ...any) (rows, error) {
	s, err := w.stmt(q)
	if err != nil {
		return nil, err
	}
	named, err := bound(args)
	if err != nil {
		return nil, err
	}
	r, err := s.(driver.StmtQueryContext).QueryContext(context.Background(), named)
	if err != nil {
		return nil, err
	}
	return &driverRows{rows: r, values: make([]driver.Value, len(r.Columns()))}, nil
}

// insertMany inserts rows of so many arguments each into a table with its columns, sixteen to a statement, and hands over each
// row's key and id.
func (w *writer) insertMany(into, key string, columns int, args []any, done func(key, id int64)) error {
	one := "(" + marks(columns) + ")"
	for n := 16; len(args) > 0; {
		for n*columns > len(args) {
			n /= 2
		}
		q := "INSERT INTO " + into + " VALUES " + strings.Repeat(one+", ", n-1) + one + " RETURNING " + key + ", id"
		rows, err := w.query(q, args[:n*columns]...)
		if err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
		for rows.Next() {
			var k, id int64
			if err := rows.Scan(&k, &id); err != nil {
				rows.Close()
				return err
			}
			done(k, id)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
		args = args[n*columns:]
	}
	return nil
}

// bound numbers the arguments and brings them into the few types a driver takes.
func bound(args []any) ([]driver.NamedValue, error) {
	named := make([]driver.NamedValue, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case nil, int64, string:
		case int:
			a = int64(v)
		default:
			var err error
			if a, err = driver.DefaultParameterConverter.ConvertValue(a); err != nil {
				return nil, fmt.Errorf("argument %d: %w", i+1, err)
			}
		}
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return named, nil
}

// rows is what a query gives, from a pool of readers or from the writer.
type rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close() error
}

type driverRows struct {
	rows   driver.Rows
	values []driver.Value
	err    error
}

func (r *driverRows) Next() bool {
	if r.err == nil {
		r.err = r.rows.Next(r.values)
	}
	return r.err == nil
}

func (r *driverRows) Scan(dest ...any) error {
	if len(dest) != len(r.values) {
		return fmt.Errorf("%d columns into %d places", len(r.values), len(dest))
	}
	for i, v := range r.values {
		if err := assign(dest[i], v); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

func (r *driverRows) Err() error {
	if r.err == io.EOF {
		return nil
	}
	return r.err
}

func (r *driverRows) Close() error { return r.rows.Close() }

// assign puts a column's value where it belongs: whole numbers, yes or no and text, also of named types; NULL only into pointers.
func assign(dest any, v driver.Value) error {
	switch d := dest.(type) {
	case *any:
		*d = v
		return nil
	case sql.Scanner:
		return d.Scan(v)
	}
	switch v := v.(type) {
	case int64:
		switch d := dest.(type) {
		case *int64:
			*d = v
			return nil
		case **int64:
			*d = &v
			return nil
		}
		e := reflect.ValueOf(dest).Elem()
		switch {
		case e.CanInt() && !e.OverflowInt(v):
			e.SetInt(v)
			return nil
		case e.Kind() == reflect.Bool && (v == 0 || v == 1):
			e.SetBool(v == 1)
			return nil
		}
	case string:
		switch d := dest.(type) {
		case *string:
			*d = v
			return nil
		case **string:
			*d = &v
			return nil
		}
		if e := reflect.ValueOf(dest).Elem(); e.Kind() == reflect.String {
			e.SetString(v)
			return nil
		}
	case nil:
		if e := reflect.ValueOf(dest).Elem(); e.Kind() == reflect.Pointer {
			e.SetZero()
			return nil
		}
	}
	return fmt.Errorf("%T into %T", v, dest)
}
