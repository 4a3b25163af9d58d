// Package floor measures what SQLite alone needs for what a book did: the same rows through plain prepared inserts, with the
// same pragmas, indexes and fsync, past every rule. No program writing those rows can be faster. It serves `dev bench` only
// and is never pointed at a book anyone keeps.
package floor

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"zhanggui/data/store"
)

// tables hold what a slip writes, in an order their references allow. Balances kept for speed are not among them: they are
// what the program does on top.
var tables = []string{"slip", "slip_line", "allocation", "stock_row", "party_row", "cash_row", "voucher_line", "audit_log"}

// Book is a copy of a book with nothing around it.
type Book struct {
	db    *sql.DB
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// Row is one row of a table.
type Row struct {
	Table  string
	Values []any
}

// Copy copies the book at from, as it is now, to a new file and opens that.
func Copy(from, to string) (*Book, error) {
	b, err := Open(from)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	if _, err := b.conn.ExecContext(context.Background(), `VACUUM INTO ?`, to); err != nil {
		return nil, err
	}
	return Open(to)
}

// Open opens a book's file.
func Open(path string) (*Book, error) {
	db, err := sql.Open("sqlite", store.DSN(path))
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(context.Background())
	return &Book{db, conn, map[string]*sql.Stmt{}}, err
}

// Close closes the file.
func (b *Book) Close() error {
	for _, s := range b.stmts {
		s.Close()
	}
	b.conn.Close()
	return b.db.Close()
}

// Mark is how far the tables reach.
type Mark map[string]int64

func key(table string) string {
	if table == "allocation" {
		return "slip_id"
	}
	return "id"
}

// Mark tells how far the tables reach now.
func (b *Book) Mark() (Mark, error) {
	m := Mark{}
	for _, t := range tables {
		var n int64
		if err := b.conn.QueryRowContext(context.Background(), fmt.Sprintf(`SELECT COALESCE(MAX(%s), 0) FROM %s`, key(t), t)).Scan(&n); err != nil {
			return nil, err
		}
		m[t] = n
	}
	return m, nil
}

// Since reads all rows beyond the mark.
func (b *Book) Since(m Mark) ([]Row, error) {
	var list []Row
	for _, t := range tables {
		rows, err := b.conn.QueryContext(context.Background(), fmt.Sprintf(`SELECT * FROM %s WHERE %s > ? ORDER BY %[2]s`, t, key(t)), m[t])
		if err != nil {
			return nil, err
		}
		cols, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			values, dest := make([]any, len(cols)), make([]any, len(cols))
			for i := range values {
				dest[i] = &values[i]
			}
			if err := rows.Scan(dest...); err != nil {
				return nil, err
			}
			list = append(list, Row{t, values})
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
		rows.Close()
	}
	return list, nil
}

// Insert writes the rows in one transaction.
func (b *Book) Insert(list []Row) error {
	return b.tx(func() error {
		for _, r := range list {
			s, err := b.stmt(`INSERT INTO ` + r.Table + ` VALUES (` + strings.TrimSuffix(strings.Repeat("?, ", len(r.Values)), ", ") + `)`)
			if err != nil {
				return err
			}
			if _, err := s.Exec(r.Values...); err != nil {
				return err
			}
		}
		return nil
	})
}

// Revalue writes a new value into so many stock rows, one after the other, in one transaction.
func (b *Book) Revalue(n int) error {
	return b.tx(func() error {
		s, err := b.stmt(`UPDATE stock_row SET value = value + 1 WHERE id = ?`)
		for id := 1; id <= n && err == nil; id++ {
			_, err = s.Exec(id)
		}
		return err
	})
}

// Read reads whole rows of a table and tells how many there were.
func (b *Book) Read(table, where string, args ...any) (n int, err error) {
	rows, err := b.conn.QueryContext(context.Background(), `SELECT * FROM `+table+` WHERE `+where, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	cols, err := rows.Columns()
	values := make([]sql.RawBytes, len(cols))
	dest := make([]any, len(cols))
	for i := range values {
		dest[i] = &values[i]
	}
	for rows.Next() && err == nil {
		n++
		err = rows.Scan(dest...)
	}
	if err == nil {
		err = rows.Err()
	}
	return n, err
}

func (b *Book) tx(f func() error) error {
	ctx := context.Background()
	if _, err := b.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := f(); err != nil {
		b.conn.ExecContext(ctx, "ROLLBACK")
		return err
	}
	_, err := b.conn.ExecContext(ctx, "COMMIT")
	return err
}

func (b *Book) stmt(q string) (*sql.Stmt, error) {
	if s := b.stmts[q]; s != nil {
		return s, nil
	}
	s, err := b.conn.PrepareContext(context.Background(), q)
	if err == nil {
		b.stmts[q] = s
	}
	return s, err
}
