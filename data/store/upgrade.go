package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// What an older version of the program wrote is brought into today's shape when it is opened: tables and columns that came since are
// added, with nothing in them, and indexes made anew. A book that knows more than the program was written by a newer one.

// definitions are the statements that make an empty book.
func definitions() []string { return append(masterDDL(), tables...) }

// shape stands for all definitions: a book with the program's own need not be looked at.
func shape() string {
	return fmt.Sprintf("%08x-%d", crc32.ChecksumIEEE([]byte(strings.Join(definitions(), ";\n"))), schemaVersion)
}

var errNewer = fault.New(fault.Refused, "账套由更新版本的程序写成，请升级程序", "the book was written by a newer version of the program; please update the program")

// upgrade brings an opened book into shape, in one transaction, after a copy of it was laid beside it. Who waited for the lock looks again.
func (db *DB) upgrade() error {
	have, err := db.Setting("shape")
	if err != nil || have == shape() {
		return err
	}
	if _, err := db.conn.ExecContext(context.Background(), withoutReferences); err != nil {
		return err
	}
	db.shaping = true
	copied := ""
	err = db.Write(func(tx *Tx) error {
		if have, err := tx.Setting("shape"); err != nil || have == shape() {
			return err
		}
		if others := othersIn(db.Path, tx); len(others) > 0 {
			return mustClose(text.T("升级账套前", "before the book is upgraded"), others)
		}
		to := freeName(db.Path+".before-", time.Now(), ".zg")
		if err := copyBook(db.Path, to); err != nil {
			return err
		}
		copied = to
		return tx.intoShape()
	})
	if err != nil && copied != "" {
		os.Remove(copied) // of a book that stays as it is
	}
	db.shaping = false
	_, again := db.conn.ExecContext(context.Background(), withReferences)
	return errors.Join(err, again)
}

// intoShape gives every table and index its definition of today.
func (tx *Tx) intoShape() error {
	old, err := layouts(tx)
	if err != nil {
		return err
	}
	fresh, err := freshLayouts()
	if err != nil {
		return err
	}
	for table, columns := range old {
		for _, c := range columns.names {
			if renamed[table+"."+c] != "" {
				continue
			}
			if !slices.Contains(fresh[table].names, c) {
				return errNewer
			}
		}
	}
	parts, err := partsOf(tx)
	if err != nil {
		return err
	}
	for _, q := range definitions() {
		if name, ok := defines(q); ok {
			if err := tx.reshape(name, q, old[name], fresh[name]); err != nil {
				return err
			}
		}
	}
	for _, p := range parts { // also those of a definition given up since
		if p.kind == "index" && p.sql != "" {
			if _, err := tx.exec("DROP INDEX IF EXISTS " + quotedName(p.name)); err != nil {
				return err
			}
		}
	}
	for _, q := range definitions() {
		if strings.HasPrefix(q, "CREATE INDEX ") {
			if _, err := tx.exec(q); err != nil {
				return err
			}
		}
	}
	rescued, err := tx.Setting(rescuedMark)
	if err != nil {
		return err
	}
	lost := ""
	if _, err := one(tx, lostReferences, nil, &lost); err != nil {
		return err
	}
	if lost != "" && rescued == "" {
		return fmt.Errorf("upgrade: table %s refers to what is not there", lost)
	}
	if _, err := tx.exec(`UPDATE audit_log SET form = 1 WHERE form = 0`); err != nil {
		return err
	}
	if err := tx.enterDepartments(); err != nil {
		return err
	}
	if err := tx.startCounting(); err != nil {
		return err
	}
	if err := tx.SetSetting("schema", strconv.Itoa(schemaVersion)); err != nil {
		return err
	}
	return tx.SetSetting("shape", shape())
}

// renamed are columns that have another name today.
var renamed = map[string]string{"audit_log.number": "key"}

// reshape gives a table its definition of today, and its rows what they had.
func (tx *Tx) reshape(name, definition string, old, now layout) error {
	if old.sql == definition {
		return nil
	}
	if old.sql == "" {
		_, err := tx.exec(definition)
		return err
	}
	var into, from []string
	for i, c := range now.names {
		former := slices.IndexFunc(old.names, func(was string) bool { return renamed[name+"."+was] == c })
		switch {
		case former >= 0:
			into, from = append(into, quotedName(c)), append(from, quotedName(old.names[former]))
		case slices.Contains(old.names, c):
			into, from = append(into, quotedName(c)), append(from, quotedName(c))
		case now.must[i] && strings.HasPrefix(now.types[i], "INT"):
			into, from = append(into, quotedName(c)), append(from, "0")
		case now.must[i]:
			into, from = append(into, quotedName(c)), append(from, "''")
		}
	}
	former := "former_" + name
	for _, q := range []string{
		strings.Replace(definition, "CREATE TABLE "+name, "CREATE TABLE "+former, 1),
		fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s", former, strings.Join(into, ", "), strings.Join(from, ", "), name),
		"DROP TABLE " + name,
		fmt.Sprintf("ALTER TABLE %s RENAME TO %s", former, name),
	} {
		if _, err := tx.exec(q); err != nil {
			return err
		}
	}
	return nil
}

// layout is a table as it stands in a file: its columns in order, and which must have a value though none is declared for them.
type layout struct {
	sql          string
	names, types []string
	must         []bool
}

// plain is a table's definition as it was written: SQLite quotes the name of one that was renamed.
func plain(table, definition string) string {
	return strings.Replace(definition, `CREATE TABLE "`+table+`"`, "CREATE TABLE "+table, 1)
}

// layoutOf reads a table's layout.
func layoutOf(q Query, table, definition string) (layout, error) {
	l := layout{sql: plain(table, definition)}
	err := each(q, columnsOfTable, []any{table}, func(scan func(...any) error) error {
		var name, typ string
		var must bool
		err := scan(&name, &typ, &must)
		l.names, l.types, l.must = append(l.names, name), append(l.types, typ), append(l.must, must)
		return err
	})
	return l, err
}

// layouts reads those of a book's tables.
func layouts(q Query) (map[string]layout, error) {
	all := map[string]layout{}
	return all, each(q, tablesOfFile, nil, func(scan func(...any) error) error {
		var table, definition string
		err := scan(&table, &definition)
		if err == nil {
			all[table], err = layoutOf(q, table, definition)
		}
		return err
	})
}

// freshLayouts are those of a book made today.
func freshLayouts() (map[string]layout, error) {
	all := map[string]layout{}
	return all, withFile(":memory:", "", func(conn *sql.Conn) error {
		return conn.Raw(func(c any) error {
			w := &writer{conn: c.(driver.ConnPrepareContext), stmts: map[string]driver.Stmt{}}
			defer w.forget()
			for _, q := range definitions() {
				if _, err := w.exec(q); err != nil {
					return err
				}
				if table, ok := defines(q); ok {
					var err error
					if all[table], err = layoutOf(w, table, q); err != nil {
						return err
					}
				}
			}
			return nil
		})
	})
}

// defines tells which table a statement makes, if it makes one.
func defines(q string) (table string, ok bool) {
	rest, ok := strings.CutPrefix(q, "CREATE TABLE ")
	table, _, _ = strings.Cut(rest, " ")
	return table, ok
}
