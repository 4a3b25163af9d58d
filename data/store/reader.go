package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"zhanggui/data/master"
)

// Reader is the reading half of an open book: whoever has only it cannot write to the book, by construction.
type Reader struct {
	Path    string
	place   place // of the file that was opened
	read    *sql.DB
	readers sync.Map // *writer by the pool's connections: their statements stay prepared
	gate    gate
	Masters *master.Set
	memory  memory
	shaping bool // tables are being made: there is no tick yet
	// ReadOnly: the book was opened to look, or its file cannot be written (W5).
	ReadOnly bool
	how      string // its file is read then
	tidy     bool   // what reading lays beside the file is taken away
	pin      *pin   // of a book at one moment
	pinning  sync.Mutex
	gone     atomic.Int64 // commits that its file knows of and does not hold
}

// Query is what reads can be done with: the book itself, or a transaction under way.
type Query interface {
	// each runs f over the rows of a query.
	each(q string, args []any, f func(scan func(...any) error) error) error
}

// each reads on one of the pool's connections. It speaks to the driver: what database/sql does around each row cost half of a long read.
func (db *Reader) each(q string, args []any, f func(scan func(...any) error) error) error {
	if db.pin != nil {
		return db.pin.each(q, args, f)
	}
	if err := db.gate.enter(); err != nil {
		return err
	}
	defer db.gate.leave()
	conn, err := db.read.Conn(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(c any) error {
		w, _ := db.readers.LoadOrStore(c, &writer{conn: c.(driver.ConnPrepareContext), stmts: map[string]driver.Stmt{}})
		r := w.(*writer)
		sound := false
		defer func() {
			if !sound { // a panic: database/sql gives the connection up, and its statements go with it
				r.forget()
				db.readers.Delete(c)
			}
		}()
		if len(r.stmts) > manyStatements { // some are made of what was asked
			r.forget()
		}
		err := r.each(q, args, f)
		sound = true
		return err
	})
}

// gate counts the reads under way; once it is closed only those may start others.
type gate struct {
	mu     sync.Mutex
	inside int
	closed bool
	empty  chan struct{} // closed by the last one out
}

func (g *gate) enter() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed && g.inside == 0 {
		return sql.ErrConnDone
	}
	g.inside++
	return nil
}

// shut tells whether the gate was closed.
func (g *gate) shut() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.closed
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside--; g.inside == 0 && g.empty != nil {
		close(g.empty)
		g.empty = nil
	}
}

// wait closes the gate and waits until nobody is inside.
func (g *gate) wait() {
	g.mu.Lock()
	g.closed = true
	var empty chan struct{}
	if g.inside > 0 {
		empty = make(chan struct{})
		g.empty = empty
	}
	g.mu.Unlock()
	if empty != nil {
		<-empty
	}
}

// manyStatements is how many a connection that reads keeps prepared.
const manyStatements = 200

// Told puts what the disk says into words; every other error stays what it is.
func (db *Reader) Told(err error) error {
	switch code(err) {
	case sqliteBusy, sqliteProtocol, sqliteReadOnly, sqliteFull, sqliteIO, sqliteCorrupt, sqliteCantOpen, sqliteNotADB:
		return explain(db.Path, err)
	}
	return err
}

// each runs f over the rows of a query.
func each(q Query, stmt string, args []any, f func(scan func(...any) error) error) error {
	var own error
	err := q.each(stmt, args, func(scan func(...any) error) error {
		own = f(scan)
		return own
	})
	if err != nil && own == nil {
		return fmt.Errorf("%s: %w", stmt, err)
	}
	return err
}

// one reads a single row into dest and tells whether there was one.
func one(q Query, stmt string, args []any, dest ...any) (bool, error) {
	found := false
	err := each(q, stmt, args, func(scan func(...any) error) error {
		found = true
		return scan(dest...)
	})
	return found, err
}

// Setting returns a setting; empty if it is not set.
func (db *Reader) Setting(key string) (string, error) { return setting(db, key) }

// Setting returns a setting as the transaction sees it.
func (tx *Tx) Setting(key string) (string, error) { return setting(tx, key) }

func setting(q Query, key string) (v string, err error) {
	_, err = one(q, `SELECT value FROM setting WHERE key = ?`, []any{key}, &v)
	return v, err
}

// Settings returns all settings.
func (db *Reader) Settings() (map[string]string, error) { return settings(db) }

// Settings returns all settings as the transaction sees them.
func (tx *Tx) Settings() (map[string]string, error) { return settings(tx) }

func settings(q Query) (map[string]string, error) {
	m := map[string]string{}
	err := each(q, `SELECT key, value FROM setting`, nil, func(scan func(...any) error) error {
		var k, v string
		err := scan(&k, &v)
		m[k] = v
		return err
	})
	return m, err
}

// Integrity runs SQLite's own checks; the answer is empty when all is well.
func (db *Reader) Integrity() (string, error) {
	var bad string
	err := each(db, `PRAGMA integrity_check`, nil, func(scan func(...any) error) error {
		var s string
		if err := scan(&s); err == nil && s != "ok" {
			bad = s
		}
		return unreadPage(db.Path, s)
	})
	if doubt := db.Doubtful(); doubt != nil && err == nil { // the check above has read every page
		bad = strings.Trim(bad+"; "+doubt.Error(), "; ")
	}
	if err != nil || bad != "" {
		return bad, err
	}
	err = each(db, `PRAGMA foreign_key_check`, nil, func(scan func(...any) error) error {
		bad = "foreign key"
		return nil
	})
	return bad, err
}

// Pragmas reads back what protects the book, on a reading connection.
func (db *Reader) Pragmas() (string, error) {
	var out []string
	for _, p := range []string{"foreign_keys", "journal_mode", "synchronous"} {
		var v any
		if _, err := one(db, "PRAGMA "+p, nil, &v); err != nil {
			return "", err
		}
		out = append(out, fmt.Sprintf("%s=%v", p, v))
	}
	return strings.Join(out, " "), nil
}
