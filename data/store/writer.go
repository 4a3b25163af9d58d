package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// Both transactions and reads speak to the driver itself: posting a line is a dozen small statements, and what database/sql does around
// each (locks, retries, conversions by reflection) cost a quarter of their time; around each row of a long read it cost half.

// writer is a connection, of a transaction or of a read; its statements stay prepared with the book.
type writer struct {
	conn  driver.ConnPrepareContext
	stmts map[string]driver.Stmt
	until context.Context // work that can be cancelled ends with its error, between two statements or two rows; nil: it runs to its end
	// interrupts: statements are stopped in their midst too, as long ones of a report are; it costs each a goroutine.
	interrupts bool
	args       []driver.NamedValue // of what is being executed, by the one writer; the driver keeps none of them
	many       map[several]string  // the statements of insertMany
	// failed is the first error of the disk or the program itself, be it told onwards or not: a transaction with one never commits, and
	// it never comes out as a fault of what a person entered.
	failed error
}

// fails remembers an error. A constraint is what a statement may be tried for.
func (w *writer) fails(err error) error {
	if w.failed == nil && err != nil && code(err) != sqliteConstraint {
		w.failed = err
	}
	return err
}

// gone is the error of work that was cancelled; the transaction never commits.
func (w *writer) gone() error {
	if w.until == nil {
		return nil
	}
	return w.fails(w.until.Err())
}

// several names an insert of some rows.
type several struct {
	into, then string
	rows       int
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

// forget closes the statements kept.
func (w *writer) forget() {
	for q, s := range w.stmts {
		s.Close()
		delete(w.stmts, q)
	}
}

func (w *writer) exec(q string, args ...any) (driver.Result, error) {
	r, err := w.try(q, args)
	return r, w.fails(err)
}

func (w *writer) try(q string, args []any) (driver.Result, error) {
	if err := w.gone(); err != nil {
		return nil, err
	}
	s, err := w.stmt(q)
	if err != nil {
		return nil, err
	}
	if cap(w.args) < len(args) {
		w.args = make([]driver.NamedValue, len(args))
	}
	named := w.args[:len(args)]
	if err := bound(named, args); err != nil {
		return nil, fmt.Errorf("%s: %w", q, err)
	}
	r, err := s.(driver.StmtExecContext).ExecContext(context.Background(), named)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q, err)
	}
	return r, nil
}

func (w *writer) each(q string, args []any, f func(scan func(...any) error) error) error {
	r, err := w.query(q, args...)
	if err != nil {
		return w.fails(err)
	}
	if w.until != nil {
		f = w.stops(f)
	}
	defer r.Close()
	rows := driverRows{rows: r, values: make([]driver.Value, len(r.Columns()))}
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		if gone := w.gone(); gone != nil { // the statement was interrupted, and says so in its own words
			return gone
		}
		return w.fails(err)
	}
	return nil
}

// stops is f that ends where the work was cancelled.
func (w *writer) stops(f func(scan func(...any) error) error) func(scan func(...any) error) error {
	n := 0
	return func(scan func(...any) error) error {
		if n++; n%64 == 0 {
			if err := w.gone(); err != nil {
				return err
			}
		}
		return f(scan)
	}
}

func (w *writer) query(q string, args ...any) (driver.Rows, error) {
	if err := w.gone(); err != nil {
		return nil, err
	}
	s, err := w.stmt(q)
	if err != nil {
		return nil, err
	}
	named := make([]driver.NamedValue, len(args))
	if err := bound(named, args); err != nil {
		return nil, err
	}
	ctx := context.Background()
	if w.interrupts && w.until != nil {
		ctx = w.until
	}
	r, err := s.(driver.StmtQueryContext).QueryContext(ctx, named)
	if gone := w.gone(); err != nil && gone != nil {
		return nil, gone
	}
	return r, err
}

// insertMany inserts rows of so many arguments each into a table with its columns, sixteen to a statement; then is what stands behind the
// values: what to do with a row that is there.
func (w *writer) insertMany(into string, columns int, args []any, then string) error {
	one := "(" + marks(columns) + ")"
	for n := 16; len(args) > 0; {
		for n*columns > len(args) {
			n /= 2
		}
		q := w.many[several{into, then, n}]
		if q == "" {
			if w.many == nil {
				w.many = map[several]string{}
			}
			q = "INSERT INTO " + into + " VALUES " + strings.Repeat(one+", ", n-1) + one + then
			w.many[several{into, then, n}] = q
		}
		if _, err := w.exec(q, args[:n*columns]...); err != nil {
			return err
		}
		args = args[n*columns:]
	}
	return nil
}

// batch gathers rows for insertMany, so that many are written by few statements and are not all in memory.
type batch struct {
	w          *writer
	into, then string
	args       []any
}

// add takes a row.
func (b *batch) add(row ...any) error {
	if b.args = append(b.args, row...); len(b.args) < 16*len(row) {
		return nil
	}
	return b.end(len(row))
}

// end writes the rows gathered, of so many columns each.
func (b *batch) end(columns int) error {
	err := b.w.insertMany(b.into, columns, b.args, b.then)
	b.args = b.args[:0]
	return err
}

// bound numbers the arguments and brings them into the few types a driver takes.
func bound(named []driver.NamedValue, args []any) error {
	for i, a := range args {
		switch v := a.(type) {
		case nil, int64, string:
		case int:
			a = int64(v)
		default:
			var err error
			if a, err = driver.DefaultParameterConverter.ConvertValue(a); err != nil {
				return fmt.Errorf("argument %d: %w", i+1, err)
			}
		}
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return nil
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
	if len(dest) == 1 {
		if f, ok := dest[0].(*fields); ok {
			return f.fill(r.rows.Columns(), r.values)
		}
	}
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
