package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"os"
	"path/filepath"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/master"
)

// A book can be opened to look 只看 (W5): nothing in it or beside it is written. A file or folder that cannot be written opens so by itself.

// ErrLooking refuses what would write to a book that was opened to look.
var ErrLooking = fault.New(fault.Refused, "账套以“只看”方式打开，不能写入", "the book was opened to look: nothing can be written")

// OpenToLook opens a book that is only looked at; others may write it meanwhile.
func OpenToLook(path string) (*DB, error) {
	if err := lookAt(path); err != nil {
		return nil, err
	}
	db, err := connectToLook(path)
	if err != nil {
		return nil, err
	}
	have, err := db.Setting("shape")
	if err == nil && have != shape() {
		err = fault.New(fault.Refused, "账套由旧版本写成，只看之前要先能写入地打开一次：请复制到可写的地方，或不用“只看”打开",
			"an older version wrote the book: before it is looked at it has to be opened once where it can be written; copy it there, or open it without looking only")
	}
	if err == nil {
		err = db.loadMasters()
	}
	if err != nil {
		db.Close()
		return nil, explain(path, err)
	}
	return db, nil
}

// unwritable tells whether a book cannot be written where it lies: its file, or the folder that its log goes into.
func unwritable(path string) bool {
	return files.Protected(path) || files.Protected(filepath.Dir(path))
}

// connectToLook opens only what reads. Where nothing can be laid beside the file, it is read as it lies; what a program that ended in the
// middle left in a log beside it cannot be taken in there.
func connectToLook(path string) (*DB, error) {
	opened, err := os.Stat(path)
	if err != nil {
		return nil, explain(path, err)
	}
	log, err := os.Stat(path + walSuffix)
	logged, how := err == nil, looking
	if unwritable(path) && (!logged || log.Size() == 0) {
		how = atRest
	}
	r, err := sql.Open("sqlite", file(path)+how+looks)
	if err != nil {
		return nil, err
	}
	r.SetMaxOpenConns(readConns)
	r.SetMaxIdleConns(readConns)
	db := &DB{Reader: &Reader{Path: path, place: placeOf(path, opened), read: r, Masters: master.NewSet(), memory: memory{seq: map[string]sequence{}},
		ReadOnly: true, how: how, tidy: how == looking && !logged && !unwritable(path)}}
	files.Hold(db, opened)
	return db, nil
}

// leave takes away the empty log and its index that reading laid beside the book, where nobody else has it open.
func (db *Reader) leave() {
	if db.tidy {
		withFile(db.Path, beside, func(c *sql.Conn) error {
			_, err := c.ExecContext(context.Background(), `SELECT COUNT(*) FROM setting`)
			return err
		})
	}
}

// pin is a connection on which a reading transaction stands: all that is asked through it sees one moment. One goroutine uses it.
type pin struct {
	*writer
	gate *gate
	busy []string // statements whose results are being read
	twin *pin     // of the same moment
}

func (p *pin) each(q string, args []any, f func(scan func(...any) error) error) error {
	if p.gate.shut() {
		return sql.ErrConnDone
	}
	w := p.writer
	if slices.Contains(p.busy, q) { // asked again while its rows are read
		w = &writer{conn: p.conn, stmts: map[string]driver.Stmt{}, until: p.until, interrupts: p.interrupts}
		defer w.forget()
	}
	p.busy = append(p.busy, q)
	defer func() { p.busy = p.busy[:len(p.busy)-1] }()
	return w.each(q, args, f)
}

// begin makes now the pin's moment and tells its tick.
func (p *pin) begin() (n int64, err error) {
	if _, err = p.exec("BEGIN"); err != nil {
		return 0, err
	}
	var place int64
	_, err = one(p, readTick, nil, &n, &place) // a transaction begins with what it reads first
	return n, err
}

// end lets the moment go.
func (p *pin) end() {
	p.until = nil
	p.forget() // before the end: what is still read would keep the moment
	p.exec("ROLLBACK")
	p.forget()
}

// Still lets f read the book as it stands at one moment, masters and all, while others go on writing (M11). What f is given can only be
// read, only by f, and in one goroutine: Beside is for another.
func (db *DB) Still(f func(still *DB) error) error { return db.StillUntil(context.Background(), f) }

// StillUntil is Still that ends where ctx is cancelled, with its error; context.Background: never.
func (db *DB) StillUntil(ctx context.Context, f func(still *DB) error) error {
	if db.pin != nil {
		return f(db)
	}
	if err := db.gate.enter(); err != nil {
		return err
	}
	defer db.gate.leave()
	return db.pinned(func(p *pin) error {
		defer p.end()
		defer p.twin.end()
		n, err := p.begin()
		for m := n - 1; err == nil && m != n; {
			if m, err = p.twin.begin(); err == nil && m != n { // somebody committed between the two
				p.end()
				p.twin.end()
				n, err = p.begin()
			}
		}
		if err != nil {
			return err
		}
		still, err := db.at(p, n)
		if err != nil {
			return err
		}
		p.until, p.twin.until, p.interrupts, p.twin.interrupts = ctx, ctx, true, true
		return f(still)
	})
}

// pinned gives f two of the pool's connections.
func (db *Reader) pinned(f func(*pin) error) error {
	db.pinning.Lock() // nobody waits for the second one while others do
	first, err := db.read.Conn(context.Background())
	if err != nil {
		db.pinning.Unlock()
		return err
	}
	defer first.Close()
	second, err := db.read.Conn(context.Background())
	db.pinning.Unlock()
	if err != nil {
		return err
	}
	defer second.Close()
	return first.Raw(func(a any) error {
		return second.Raw(func(b any) error {
			p := &pin{writer: &writer{conn: a.(driver.ConnPrepareContext), stmts: map[string]driver.Stmt{}}, gate: &db.gate}
			p.twin = &pin{writer: &writer{conn: b.(driver.ConnPrepareContext), stmts: map[string]driver.Stmt{}}, gate: &db.gate}
			return f(p)
		})
	})
}

// Beside is the same book, of a still one at the same moment, for one other goroutine.
func (db *Reader) Beside() *Reader {
	if db.all != nil {
		beside := db.all.Beside()
		return &Reader{Path: db.Path, place: db.place, Masters: db.Masters, ReadOnly: true, how: db.how, all: beside, narrow: db.narrow}
	}
	if db.pin == nil || db.pin.twin == nil {
		return db
	}
	return &Reader{Path: db.Path, place: db.place, Masters: db.Masters, memory: memory{tick: db.memory.tick}, ReadOnly: true, how: db.how, pin: db.pin.twin}
}

// at is the book at a pin's moment, of tick n, with the standing data of then.
func (db *DB) at(p *pin, n int64) (*DB, error) {
	still := db.through(p, n)
	m := &db.memory
	m.mu.Lock()
	same := m.tick == n && !m.writing
	if same {
		still.Masters = db.Masters.Clone()
	}
	m.mu.Unlock()
	if same {
		return still, nil
	}
	return still, still.loadMasters()
}

// through is the book read through a pin, without its standing data.
func (db *DB) through(p *pin, n int64) *DB {
	still := &DB{Reader: &Reader{Path: db.Path, place: db.place, Masters: master.NewSet(), memory: memory{tick: n, seq: map[string]sequence{}}, ReadOnly: true, how: db.how, pin: p}}
	still.gone.Store(db.gone.Load())
	return still
}

// try runs what may only be tried, on the book as it stands at one moment. What writes meanwhile, to be taken back, does so in a copy in
// memory; what is not taken back is refused.
func (db *DB) try(f func(*Tx) error) error {
	return db.Still(func(s *DB) error {
		err := s.attempt(f)
		if code(err) != sqliteReadOnly {
			return err
		}
		return s.inMemory(func(c *DB) error { return c.attempt(f) })
	})
}

// attempt runs a transaction that is always taken back.
func (db *DB) attempt(f func(*Tx) error) error {
	tx := &Tx{writer: &writer{conn: db.pin.conn, stmts: map[string]driver.Stmt{}}, db: db, heads: map[int64]*kept{}}
	defer tx.writer.forget()
	tx.reset()
	_, err := one(tx, readTick, nil, &tx.tick, &tx.place)
	if err == nil {
		err = tx.honest(f(tx))
	}
	if err == nil {
		err = tx.flush()
	}
	for _, take := range slices.Backward(tx.undo) {
		take()
	}
	if err == nil && len(tx.touched) > 0 {
		err = ErrLooking
	}
	return err
}

// inMemory gives f a copy of the book, as it stands at its moment, that can be written.
func (db *DB) inMemory(f func(*DB) error) error {
	pages, err := pagesInMemory(db.pin.conn)
	if err != nil {
		return err
	}
	defer pages.Close()
	p := &pin{writer: &writer{conn: pages.(driver.ConnPrepareContext), stmts: map[string]driver.Stmt{}}, gate: db.pin.gate}
	defer p.forget()
	if _, err := p.exec(withReferences); err != nil {
		return err
	}
	c := db.through(p, db.memory.tick)
	c.Masters = db.Masters.Clone()
	return f(c)
}
