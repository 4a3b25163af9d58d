package store

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/files"
)

// quietFor is how long nothing is written before the log is folded into the file, and busyFor after how many commits without such a rest;
// rounds is how often that goes on where something was written meanwhile.
const (
	quietFor = time.Second / 2 // a file moved without its log is whole after that
	busyFor  = 32
	rounds   = 3
)

// rests folds the log beside, once nothing was written for a while and now and then in much work. What the log's writer folds by itself every
// so many pages, a person auditing waited for: of a hundred audits one took five times as long as the others.
func (db *DB) rests() {
	n := db.commits.Add(1)
	if n%measured == 1 {
		db.proportion()
	}
	if db.remains.CompareAndSwap(true, false) {
		db.conn.ExecContext(context.Background(), foldQuietly) // a commit or two; where it cannot be done the log is as safe
	}
	if n%busyFor == 0 {
		fault.After(0, db.fold, func(err error) { files.Log(err) })
	}
	if db.idle == nil {
		db.idle = fault.After(quietFor, db.fold, func(err error) { files.Log(err) })
		return
	}
	db.idle.Reset(quietFor)
}

// measured is how many commits pass until the log's measure is taken anew.
const measured = 256

// proportion lets the log grow as long as the book itself, within 4 and 40 MB, before its writer folds it: on a small disk a young book
// has room for itself, and much work on it without a rest does not fill the disk with what one page after another was before.
func (db *DB) proportion() {
	var n int // pages of the book
	if db.conn.QueryRowContext(context.Background(), `PRAGMA page_count`).Scan(&n) == nil {
		db.conn.ExecContext(context.Background(), fmt.Sprintf(`PRAGMA wal_autocheckpoint(%d)`, min(max(n, leastLog), mostLog)))
	}
}

// fold brings what the log holds into the file, as far as nobody reads what was before. It works on a connection that reads, so that no write
// waits for it, and waits for nobody itself; what it cannot do stays in the log, where it is as safe. A file that was moved meanwhile gets what was
// acknowledged before, unless another program has it there. Only a log that is folded to its end begins anew: where commits follow one another without a rest, the last of them is left
// to the writer (see rests), or the log grows until the writer has to fold all of it while somebody waits.
func (db *DB) fold() {
	if !db.folding.CompareAndSwap(false, true) {
		return
	}
	defer db.folding.Store(false)
	for range rounds {
		if db.Moved() {
			db.foldAway()
			return
		}
		n := db.commits.Load()
		err := each(db, foldQuietly, nil, func(func(...any) error) error { return nil })
		db.Stands()
		if err != nil || db.commits.Load() == n {
			return
		}
	}
	db.remains.Store(true)
}

// foldAway folds the log into the file that was moved, by the connection that has it open: another would look for it where it was.
func (db *DB) foldAway() {
	db.mu.Lock()
	defer db.mu.Unlock()
	if !db.estranged() {
		db.foldLog()
	}
}

// foldLast folds the log before the book is closed. SQLite does so itself when the last program goes, but keeps to itself what the disk said
// to it. A full disk is no news here: the log is kept, is folded at the next closing, and the next write is told of the disk.
func (db *DB) foldLast() error {
	_, err := db.conn.ExecContext(context.Background(), foldQuietly)
	if code(err) != sqliteIO || noRoom(filepath.Dir(db.Path)) {
		return nil
	}
	return fault.Because(fault.New(fault.Refused, "磁盘读写出错：已做的都保存在账套和旁边的 %s-wal 里，请把两者一起复制到别的磁盘，再检查这个磁盘",
		"the disk has an error: all that was done is kept in the book and in %s-wal beside it; copy both to another disk, then check this one", db.Path), err)
}

// awake: the book is being closed, and nothing is folded behind that.
func (db *DB) awake() {
	if db.idle != nil {
		db.idle.Stop()
		db.idle = nil
	}
}
