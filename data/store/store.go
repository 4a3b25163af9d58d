// Package store keeps a book 账套 in one SQLite file: opening, schema, and every SQL statement of the program. It knows
// rows, not rules: what may be written is decided in workflow. The table definitions and what only SQLite knows stand in
// dialect.go, so that a second engine stays possible.
//
// # Contents
//
//	a file        store.go (opening, transactions), reader.go (what can only be asked, and of a part of the book), writer.go (statements), dialect.go (tables, pragmas),
//	              upgrade.go, foreign.go (what is no book), place.go (a book that was moved), look.go (only looking, one moment),
//	              tick.go (what others changed), request.go (a call made once), holder.go (who writes, who is in), sealed.go (checksums), backup.go (and back),
//	              salvage.go (what can be read of a damaged one, by room remains)
//	slips         slips.go (written), slipread.go (read), items.go (further grids), open.go (what is open, and can be paid back), matches.go, desk.go
//	ledgers       ledgers.go (rows and kept balances), states.go, lots.go, dispatch.go, monthcost.go, changes.go (before they are written)
//	standing data masters.go; people.go (users and roles); approvals.go (chains, and what was done by them)
//	questions     rows.go (a struct a query), lists.go, facts.go, overview.go, reports.go, reconcile.go, detective.go
//	proofs        proofs.go, log.go (the audit log)
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net/url"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store/pages"
	"zhanggui/data/store/presence"
)

// DB is an open book: one writer connection beside what reads. Only workflow has one.
type DB struct {
	*Reader
	write   *sql.DB
	conn    *sql.Conn  // the one writer; statements stay prepared on it
	mu      sync.Mutex // one transaction at a time
	stmts   map[string]driver.Stmt
	writing writing      // what it says of itself while it writes
	whole   *whole       // the call under way whose writes are one transaction
	wait    atomic.Int64 // how long for another program's write, and what the writer does so far
	waits   time.Duration
	asked   atomic.Int64 // since when a write waits for the lock, in ns; 0: none does
	idle    *time.Timer  // folds the log when nothing is written
	folding atomic.Bool  // the log, beside
	commits atomic.Int64 // since it was opened
	remains atomic.Bool  // the end of the log to fold, for the writer
	seat    *presence.Seat
}

// Create makes a new book file, the person's alone; it refuses to touch an existing one, and leaves none where it fails.
func Create(path string) (*DB, error) {
	if err := atHome(path); err != nil {
		return nil, err
	}
	if err := reserve(path); err != nil {
		return nil, err
	}
	var db *DB
	err := os.WriteFile(path, pages.Blank(), 0o600)
	if err == nil {
		db, err = connect(path)
	}
	if err == nil {
		if err = db.define(); err != nil {
			db.Close()
		}
	}
	if err != nil {
		discard(path)
		return nil, explain(path, err)
	}
	return db, nil
}

// define gives an empty file the tables of a book.
func (db *DB) define() error {
	db.shaping = true
	defer func() { db.shaping = false }()
	return db.Write(func(tx *Tx) error {
		for _, q := range definitions() {
			if _, err := tx.exec(q); err != nil {
				return err
			}
		}
		if err := tx.startCounting(); err != nil {
			return err
		}
		if err := tx.SetSetting("shape", shape()); err != nil {
			return err
		}
		return tx.SetSetting("schema", strconv.Itoa(schemaVersion))
	})
}

// Open opens an existing book and loads its masters. Where several programs open one at once, each waits for the others' first steps.
func Open(path string) (*DB, error) {
	for end := time.Now().Add(openWait); ; time.Sleep(50 * time.Millisecond) {
		db, err := open(path)
		if !fault.Is(err, fault.Conflict) || time.Now().After(end) {
			return db, err
		}
	}
}

// openWait is how long a book held by another program is waited for.
const openWait = 10 * time.Second

func open(path string) (*DB, error) {
	if unwritable(path) {
		return OpenToLook(path)
	}
	if err := lookAt(path); err != nil {
		return nil, err
	}
	if err := atHome(path); err != nil {
		return nil, err
	}
	db, err := connect(path)
	if err != nil {
		return nil, err
	}
	if err = db.upgrade(); err == nil {
		err = db.sealLater()
	}
	if err == nil {
		err = db.loadMasters()
	}
	if err == nil {
		err = db.sealOld()
	}
	if err != nil {
		db.Close()
		return nil, explain(path, err)
	}
	return db, nil
}

var errNoBook = errors.New("no settings")

// explain turns what SQLite says of a file into words; whatever it is, the file is not touched.
func explain(path string, err error) error {
	if f := fault.Of(err); f != nil {
		return err
	}
	if f := diskTrouble(path, err); f != nil {
		return fault.Because(f, err)
	}
	f := fault.New(fault.Damaged, "无法读取账套 %s：不是账套文件，或已损坏；请从备份恢复，或用 zgctl salvage 抢救", "cannot read the book %s: it is not a book, or it is damaged; restore a backup, or save what can be read with zgctl salvage", path)
	switch code(err) {
	case sqliteBusy, sqliteProtocol:
		f = fault.New(fault.Conflict, "账套 %s 正被另一个程序使用，请先关闭它", "the book %s is in use by another program; close that first", path)
	case sqliteReadOnly:
		f = fault.New(fault.Refused, "账套 %s 是只读文件，请检查文件权限", "the book %s is read-only; check the file's rights", path)
	case sqliteCantOpen:
		f = fault.New(fault.Refused, "无法打开账套 %s，请检查路径和权限", "cannot open the book %s; check its path and rights", path)
	}
	return fault.Because(f, err)
}

// DSN names the file for the driver, with the pragmas of a connection that writes.
func DSN(path string) string { return file(path) + pragmas + writes }

func file(path string) string { return "file:" + (&url.URL{Path: path}).EscapedPath() }

// readConns is how many reads may go on at once; a read may start others, of its rows.
const readConns = 6

func connect(path string) (*DB, error) {
	for _, c := range append(companions, "") {
		KeepPrivate(path + c)
	}
	w, err := sql.Open("sqlite", DSN(path))
	if err != nil {
		return nil, err
	}
	w.SetMaxOpenConns(1)
	conn, err := w.Conn(context.Background())
	if err != nil {
		w.Close()
		return nil, explain(path, err)
	}
	r, err := sql.Open("sqlite", file(path)+pragmas+reads)
	if err != nil {
		return nil, errors.Join(err, conn.Close(), w.Close())
	}
	opened, err := os.Stat(path)
	if err != nil {
		return nil, errors.Join(explain(path, err), r.Close(), conn.Close(), w.Close())
	}
	r.SetMaxOpenConns(readConns)
	r.SetMaxIdleConns(readConns)
	reader := &Reader{Path: path, place: placeOf(path, opened), read: r, Masters: master.NewSet(), memory: memory{seq: map[string]sequence{}}}
	db := &DB{Reader: reader, write: w, conn: conn, stmts: map[string]driver.Stmt{}, waits: defaultWait}
	db.SetLockWait(defaultWait)
	db.Stands()
	files.Hold(db, opened)
	return db, nil
}

// Close closes the book; the write-ahead log is folded into the file. A disk that fails at that is told of: all that was done is safe in the log.
func (db *DB) Close() error {
	db.leaveSeat()
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.ReadOnly {
		db.gate.wait()
		db.readers.Range(func(_, w any) bool { w.(*writer).forget(); return true })
		err := db.read.Close()
		files.Release(db)
		db.leave()
		return err
	}
	db.awake()
	db.conn.Raw(func(any) error {
		(&writer{stmts: db.stmts}).forget()
		return nil
	})
	db.gate.wait()
	db.readers.Range(func(_, w any) bool { w.(*writer).forget(); return true })
	err := db.read.Close()
	switch {
	case !db.Moved():
		err = errors.Join(err, db.foldLast())
	case db.estranged(): // closing would bring the log into the file
		db.disown()
		pages.Spare(db.place.key, true)
		defer pages.Spare(db.place.key, false)
	default:
		db.foldLog()
	}
	files.Release(db)
	return errors.Join(err, db.conn.Close(), db.write.Close())
}

// Tx is one write transaction. Balances kept for speed are gathered and written once at its end.
type Tx struct {
	*writer
	db         *DB
	stock      map[stockKey]*stockNow
	month      map[monthKey]*turnover
	gl         map[glKey]*sides
	party      map[partyKey]int64
	cash       map[int64]int64
	used       map[usedKey]*used
	waiting    int            // of those, when they were written last
	dispatched map[int64]bool // delivery lines whose cost in goods dispatched changed
	lots       map[lotKey]int64
	value      map[int64]num.Amount // change of stock value by slip
	heads      map[int64]*kept      // states of the products read or posted
	recent     []*slip.Doc          // slips Read gave last
	reserved   map[string]bool      // numbers kept for slips to come
	links      map[int64][]Linked   // by source line: what LinkedLines read since a slip was written
	person     string               // who acts
	now        func() time.Time     // by which clock; nil: the PC's
	entries    []told               // of the audit log, not written yet
	unsealed   []unsealed           // what was changed, in this order
	unsealedAt map[change]int       // and where each stands in it
	written    map[int64]*slip.Doc  // slips as this transaction wrote them last
	seals      []seal               // to be written with the entries
	log        logEnd               // the last entry, once known
	anchored   anchoring            // of what an anchor is kept at the end
	undo       []func()             // takes masters back when the transaction is
	tick       int64                // the book's, under the lock
	place      int64                // the last posting order given
	seq        map[string]sequence  // the last ids given, of tables that got some
	touched    map[change]bool      // what others may remember
	entered    map[change]int64     // the entry of the audit log that tells of it
	lastEntry  int64                // of this transaction
	quiet      bool                 // only the desk was written: no commit to tell of
}

// ErrTrial makes Write undo everything: what was done was only tried.
var ErrTrial = errors.New("trial")

// Write runs f in a transaction: all of it lands on disk, or nothing. The first error ends it. Where the book's file is no longer the one
// that was opened nothing is written at all.
func (db *DB) Write(f func(*Tx) error) error { return db.WriteUntil(context.Background(), f) }

// WriteUntil is Write that changes nothing where ctx is cancelled before all of it was done, and ends with its error; context.Background: never.
func (db *DB) WriteUntil(ctx context.Context, f func(*Tx) error) error {
	if db.ReadOnly {
		return db.try(f)
	}
	if db.whole != nil {
		return db.step(f)
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	defer db.memory.settled()
	defer db.release()
	var panicked any
	err := db.conn.Raw(func(c any) error {
		tx := &Tx{writer: &writer{conn: c.(driver.ConnPrepareContext), stmts: db.stmts, until: ctx}, db: db, heads: map[int64]*kept{}}
		tx.reset()
		err := errMoved
		if !db.Moved() {
			err = func() (err error) {
				defer func() { panicked = fault.Caught(recover()) }()
				if err := tx.begin(); err != nil {
					return err
				}
				return tx.run(f)
			}()
		}
		if err != nil || panicked != nil {
			tx.until = nil
			// SQLite may have rolled back by itself already; then this changes nothing.
			tx.exec("ROLLBACK")
			for _, take := range slices.Backward(tx.undo) {
				take()
			}
		}
		return err
	})
	if panicked != nil {
		panic(panicked)
	}
	if err != nil && db.Moved() {
		return db.adrift()
	}
	if err == nil {
		db.rests()
	}
	return err
}

// honest is what a use case ended with, unless a statement failed on the way: then it is that, whatever the use case made of it.
func (tx *Tx) honest(err error) error {
	if tx.failed != nil && (err == nil || err == ErrTrial || fault.Of(err) != nil && !errors.Is(err, tx.failed)) {
		return tx.failed
	}
	return err
}

// run does the work of a transaction that has begun, and commits it.
func (tx *Tx) run(f func(*Tx) error) error {
	if err := tx.honest(f(tx)); err != nil {
		return tx.db.Told(err)
	}
	if err := tx.flush(); err != nil {
		return tx.db.Told(err)
	}
	if err := tx.db.Doubtful(); err != nil { // what was decided by it, and written over it, would hide the damage
		return err
	}
	if tx.db.Moved() {
		return errMoved
	}
	if err := tx.commit(); err != nil {
		return explain(tx.db.Path, err)
	}
	return nil
}

// SetSetting writes a setting.
func (tx *Tx) SetSetting(key, value string) error {
	tx.touch(AreaSettings, 0)
	if !slices.Contains(notes, key) {
		tx.unseal(unsealed{change: change{AreaSettings, 0}})
	}
	_, err := tx.exec(`INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}
