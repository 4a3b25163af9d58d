package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"zhanggui/data/fault"
)

// Request is a call that is made once, whatever happens to its answer (M8): its id and what the call was.
type Request struct{ ID, Hash string }

// keptRequests is how long an answer is kept.
const keptRequests = 30 * 24 * time.Hour

// ErrDone says that another program did the request meanwhile.
var ErrDone = errors.New("the request was done meanwhile")

const findRequest = `SELECT hash, answer FROM request WHERE id = ?`

// Answered tells the answer a request was given, if it was made; another call under the same id is refused.
func (db *Reader) Answered(r Request) (answer string, done bool, err error) { return answered(db, r) }

func answered(q Query, r Request) (answer string, done bool, err error) {
	hash := ""
	done, err = one(q, findRequest, []any{r.ID}, &hash, &answer)
	return answer, done && err == nil && hash == r.Hash, errors.Join(err, otherCall(r, done, hash))
}

func otherCall(r Request, done bool, hash string) error {
	if !done || hash == r.Hash {
		return nil
	}
	return fault.New(fault.Refused, "请求号 %s 已用于另一个操作", "the request %s was another call", r.ID)
}

// whole is a call under way whose writes, however many, are one transaction: it begins with the first of them.
type whole struct {
	request     Request
	begun       bool
	steps       int // writes that stand in it
	tick, place int64
	touched     map[change]bool
	entered     map[change]int64
	lastEntry   int64
	seq         map[string]sequence
	undo        []func()
	broken      error // it cannot be committed
}

// Once runs f as a request. Whatever f writes, by any number of writes, lands with the request's row and its answer, or nothing of it does;
// what f reads after its first write sees that. Where another program did the request meanwhile nothing is written (ErrDone). One
// goroutine may use the book meanwhile.
func (db *DB) Once(r Request, f func() (answer string, err error)) (err error) {
	if db.ReadOnly {
		_, err := f()
		return err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	w := &whole{request: r, touched: map[change]bool{}, entered: map[change]int64{}, seq: map[string]sequence{}}
	landed := false
	db.whole = w
	defer func() {
		db.whole, db.pin = nil, nil
		if w.begun && !landed {
			err = errors.Join(err, db.takeBack(w))
		}
		db.memory.settled()
		db.release()
	}()
	answer, err := f()
	switch {
	case w.broken != nil:
		return w.broken
	case err != nil || w.steps == 0:
		return err
	}
	err = db.land(w, answer)
	if landed = err == nil; landed {
		db.rests()
	}
	return err
}

// Whole tells whether a request is under way whose writes land together, or none of them.
func (db *DB) Whole() bool { return db.whole != nil }

// onWriter runs f on the writer's connection.
func (db *DB) onWriter(f func(w *writer) error) error {
	return db.conn.Raw(func(c any) error { return f(&writer{conn: c.(driver.ConnPrepareContext), stmts: db.stmts}) })
}

// step is Write within a whole.
func (db *DB) step(f func(*Tx) error) (err error) {
	w := db.whole
	if w.broken != nil {
		return w.broken
	}
	return db.onWriter(func(on *writer) error {
		tx := &Tx{writer: on, db: db, heads: map[int64]*kept{}}
		tx.reset()
		if !w.begun {
			if err := db.beginWhole(tx); err != nil {
				w.broken = err
				return err
			}
		}
		if _, err := tx.exec("SAVEPOINT step"); err != nil {
			return db.Told(err)
		}
		tx.tick, tx.place = w.tick, w.place
		stands := false
		defer func() {
			if stands {
				return
			}
			if _, err := tx.exec("ROLLBACK TO step"); err != nil { // SQLite took all of it back
				w.broken = db.Told(err)
			}
			for _, take := range slices.Backward(tx.undo) {
				take()
			}
		}()
		err := tx.honest(f(tx))
		if err == nil {
			err = tx.flush()
		}
		if err == nil {
			_, err = tx.exec("RELEASE step")
		}
		if err != nil {
			return db.Told(err)
		}
		stands = true
		w.add(tx)
		return nil
	})
}

// beginWhole takes the lock for a whole; what is read from now on is read in it.
func (db *DB) beginWhole(tx *Tx) error {
	if db.Moved() {
		return db.adrift()
	}
	if err := tx.begin(); err != nil {
		return err
	}
	w := db.whole
	w.begun, w.tick, w.place = true, tx.tick, tx.place
	if _, done, err := answered(tx, w.request); err != nil || done {
		return errors.Join(err, ErrDone)
	}
	db.pin = &pin{writer: &writer{conn: tx.conn, stmts: map[string]driver.Stmt{}}, gate: &db.gate}
	return nil
}

// add takes in what a step did.
func (w *whole) add(tx *Tx) {
	w.steps++
	w.place = tx.place
	maps.Copy(w.touched, tx.touched)
	maps.Copy(w.entered, tx.entered)
	w.lastEntry = max(w.lastEntry, tx.lastEntry)
	maps.Copy(w.seq, tx.seq)
	w.undo = append(w.undo, tx.undo...)
	m := &tx.db.memory
	maps.Copy(m.seq, tx.seq)
	if tx.log.hash != "" {
		m.log = tx.log
	}
}

// land commits a whole with its request.
func (db *DB) land(w *whole, answer string) error {
	db.letPin()
	return db.onWriter(func(on *writer) error {
		if db.Moved() {
			return db.adrift()
		}
		tx := &Tx{writer: on, db: db, tick: w.tick, place: w.place, seq: w.seq, touched: w.touched, entered: w.entered, lastEntry: w.lastEntry, log: db.memory.log}
		if err := tx.putRequest(w.request, w.tick+1, answer); err != nil {
			return db.Told(err)
		}
		if err := tx.commit(); err != nil {
			return explain(db.Path, err)
		}
		return nil
	})
}

// letPin gives back what was prepared to read within a whole.
func (db *DB) letPin() {
	if db.pin != nil {
		db.pin.forget()
		db.pin = nil
	}
}

// takeBack undoes a whole, in the book and in memory.
func (db *DB) takeBack(w *whole) error {
	db.letPin()
	err := db.onWriter(func(on *writer) error {
		on.exec("ROLLBACK") // SQLite may have done so by itself
		return nil
	})
	for _, take := range slices.Backward(w.undo) {
		take()
	}
	m := &db.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seq, m.log = map[string]sequence{}, logEnd{}
	return errors.Join(err, db.readSettings(db))
}

// Answered tells the answer a request was given, as the transaction sees it; another call under the same id is refused, by which it is known.
func (tx *Tx) Answered(r Request) (answer string, done bool, err error) { return answered(tx, r) }

// requested tells whether a request was made, whatever it was.
func (tx *Tx) requested(id string) (bool, error) {
	hash, answer := "", ""
	return one(tx, findRequest, []any{id}, &hash, &answer)
}

// Answer keeps the answer of a request that is this transaction.
func (tx *Tx) Answer(r Request, answer string) error { return tx.putRequest(r, tx.tick+1, answer) }

// putRequest writes a request's row with its answer; those that are old enough go now and then.
func (tx *Tx) putRequest(r Request, n int64, answer string) error {
	now := time.Now()
	if n%100 == 0 {
		if _, err := tx.exec(`DELETE FROM request WHERE at < ?`, now.Add(-keptRequests).UnixMilli()); err != nil {
			return err
		}
	}
	_, err := tx.exec(`INSERT INTO request (id, hash, at, n, answer) VALUES (?, ?, ?, ?, ?)`, r.ID, r.Hash, now.UnixMilli(), n, answer)
	return err
}

// AnsweredAt is Answered of the book at a path that a request may have made; no book, or one of before requests, answers none.
func AnsweredAt(path string, r Request) (answer string, done bool, err error) {
	if _, err := os.Stat(path); err != nil {
		return "", false, nil
	}
	hash, how := "", atRest
	if _, err := os.Stat(path + walSuffix); err == nil {
		how = looking
	}
	err = withFile(path, how, func(c *sql.Conn) error {
		return c.QueryRowContext(context.Background(), findRequest, r.ID).Scan(&hash, &answer)
	})
	if err != nil {
		return "", false, nil
	}
	return answer, hash == r.Hash, otherCall(r, true, hash)
}

// Sign writes into a book that a request made, and nobody knows yet, that it did so.
func Sign(path string, r Request, answer string) error {
	return WriteAt(path, func(tx *Tx) error { return tx.Answer(r, answer) })
}

// WriteAt writes into a book that nobody knows yet: it is opened for it alone.
func WriteAt(path string, f func(*Tx) error) error {
	db, err := Open(path)
	if err != nil {
		return err
	}
	err = db.Write(f)
	err = errors.Join(err, db.Close())
	before, _ := filepath.Glob(path + ".before-*") // an older backup is kept as it was already
	for _, b := range before {
		os.Remove(b)
	}
	return err
}

// PartOf is the file beside a book's place in which a request makes it: the same each time, so that what an earlier try left goes.
func PartOf(path string, r Request) string {
	return filepath.Join(filepath.Dir(path), ".zg-"+r.Hash[:16]+".part")
}

// Discard removes a file that this program made, with all that SQLite laid beside it.
func Discard(path string) { discard(path) }

// Free refuses a place at which something stands.
func Free(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fault.New(fault.Refused, "文件已存在：%s", "%s exists already", path)
	}
	return nil
}

// Settle gives a book that was made beside its place its name, where nothing stands there.
func Settle(part, path string) error {
	err := Free(path)
	if err == nil {
		err = settle(part, path)
	}
	if err != nil {
		return unwritten(path, path, err)
	}
	return nil
}
