package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"zhanggui/data/master"
	"zhanggui/data/rights"
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
	all      *Reader      // what a narrowed one asks; nil: it is the whole book itself
	narrow   string       // and what stands before its questions
}

// Query is what reads can be done with: the book itself, or a transaction under way.
type Query interface {
	// each runs f over the rows of a query.
	each(q string, args []any, f func(scan func(...any) error) error) error
}

// each reads on one of the pool's connections. It speaks to the driver: what database/sql does around each row cost half of a long read.
func (db *Reader) each(q string, args []any, f func(scan func(...any) error) error) error {
	if db.all != nil {
		return db.all.each(db.narrowed(q), args, f)
	}
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

// Shut tells of an error that the book was being closed meanwhile: it is no word on the book.
func Shut(err error) bool { return errors.Is(err, sql.ErrConnDone) }

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

// What a person has to do with a part of the book alone is asked, he asks through a Reader in which each table is only its rows that are in
// his scope (R8): every question takes the scope, whoever wrote it, and none can forget it.

// Narrowed is the book as who has to do with a part of it sees it: slips, their lines, stock, balances and cash rows that are out of the scope
// are not there. Departments of the scope are all that are meant, those below included. What is worked out of slips of others (what of an
// order is left, what a party owes) is asked of the whole book.
func (db *Reader) Narrowed(s rights.Scope) *Reader {
	if s.Whole() {
		return db
	}
	return &Reader{Path: db.Path, place: db.place, Masters: db.Masters, ReadOnly: db.ReadOnly, how: db.how, all: db, narrow: narrowing(s)}
}

// narrowed puts a question to the tables as they are in a scope.
func (db *Reader) narrowed(q string) string {
	if !strings.HasPrefix(q, "SELECT") {
		return q
	}
	return db.narrow + q
}

// narrowing is what stands before a question: the tables by their own names, with what is out of the scope left out.
func narrowing(s rights.Scope) string {
	var tables []string
	only := func(table, cond string) {
		tables = append(tables, fmt.Sprintf("%s AS NOT MATERIALIZED (SELECT * FROM %s%s x WHERE %s)", table, theTable, table, cond))
	}
	only("slip", strings.Join(slipConds(s), " AND "))
	there := `EXISTS (SELECT 1 FROM slip t WHERE t.id = x.slip_id`
	if len(s.Warehouses) > 0 {
		at, mine := `COALESCE(x.warehouse_id, t.warehouse_id)`, ` IN (`+joined(s.Warehouses)+`)`
		there += ` AND (` + at + ` IS NULL OR ` + at + mine + ` OR t.to_warehouse_id` + mine + `)`
		for _, t := range []string{"stock_row", "stock_now", "stock_month", "lot_now"} {
			only(t, `x.warehouse_id`+mine)
		}
	}
	only("slip_line", there+`)`)
	if len(s.Accounts) > 0 {
		for _, t := range []string{"cash_row", "cash_now"} {
			only(t, `x.account_id IN (`+joined(s.Accounts)+`)`)
		}
	}
	if others := othersCustomer(s); others != "" {
		for _, t := range []string{"party_row", "party_now"} {
			only(t, others)
		}
	}
	return "WITH " + strings.Join(tables, ", ") + " "
}

// slipConds are the conditions under which a slip x is in a scope; rights.Scope.Sees says the same of a slip at hand.
func slipConds(s rights.Scope) (conds []string) {
	if s.Own {
		own := `x.maker = ` + quoted([]string{s.Person})
		if s.Employee != 0 {
			own += fmt.Sprintf(` OR x.employee_id = %d`, s.Employee)
		}
		conds = append(conds, `(`+own+`)`)
	}
	if others := othersCustomer(s); others != "" {
		conds = append(conds, `(x.party_id IS NULL OR `+others+`)`)
	}
	if len(s.Warehouses) > 0 {
		mine, lines := ` IN (`+joined(s.Warehouses)+`)`, `EXISTS (SELECT 1 FROM `+theTable+`slip_line l WHERE l.slip_id = x.id AND l.warehouse_id`
		conds = append(conds, `(x.warehouse_id`+mine+` OR x.to_warehouse_id`+mine+` OR `+lines+mine+`) OR x.warehouse_id IS NULL AND x.to_warehouse_id IS NULL AND NOT `+lines+` IS NOT NULL))`)
	}
	if len(s.Departments) > 0 {
		conds = append(conds, `x.department IN ('', `+quoted(s.Departments)+`)`)
	}
	if len(s.Accounts) > 0 {
		mine, splits := ` IN (`+joined(s.Accounts)+`)`, `EXISTS (SELECT 1 FROM `+theTable+`split p WHERE p.slip_id = x.id AND p.account_id`
		conds = append(conds, `(x.account_id`+mine+` OR x.to_account_id`+mine+` OR `+splits+mine+`) OR x.account_id IS NULL AND x.to_account_id IS NULL AND NOT `+splits+` IS NOT NULL))`)
	}
	return append(conds, `1 = 1`)
}

// othersCustomer leaves out, of rows x, those of customers whose owner is somebody else; empty: none is, or customers have no owners here.
func othersCustomer(s rights.Scope) string {
	f, has := master.Customers.Field(Owner)
	if !s.CustomersOwn || !has {
		return ""
	}
	return fmt.Sprintf(`NOT EXISTS (SELECT 1 FROM %[1]s%[2]s c WHERE c.id = x.party_id AND c.role = '%[3]s' AND COALESCE(c.%[4]s, 0) NOT IN (0, %[5]d))`,
		theTable, master.Customers.Table, string(master.Customers.Role), column(f), s.Employee)
}

// Owner is the field of a customer that says whose customer it is: an employee.
const Owner = "owner"
