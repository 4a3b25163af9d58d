// Package presence keeps who is in a book 在线: a row of each program that has it open, written over a connection of its own every 20
// seconds and whenever what it does changes, and taken out when it ends. A row is soft: it locks nothing, raises no tick, stands in no log
// and no copy, and is never waited for.
package presence

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"

	"zhanggui/data/fault"
	"zhanggui/data/files"
)

// Table is where the rows stand.
const Table = `CREATE TABLE presence (session TEXT PRIMARY KEY, person TEXT NOT NULL, pc TEXT NOT NULL, program TEXT NOT NULL, version TEXT NOT NULL,
		since INTEGER NOT NULL, seen INTEGER NOT NULL, editing TEXT NOT NULL, doing TEXT NOT NULL) STRICT, WITHOUT ROWID`

// Select reads them, in the order people came in.
const Select = `SELECT session, person, pc, program, version, since, seen, editing, doing FROM presence ORDER BY since, session`

// Clear takes all of them out, as of a copy, in which nobody is.
const Clear = `DELETE FROM presence`

// How is the way a connection for it is opened: it waits for the book's lock no longer than a moment, and not for the disk, for a row that
// a fall of the power takes with it is of a program that fell too.
const How = "?_pragma=busy_timeout(30)&_pragma=synchronous(NORMAL)&_pragma=wal_autocheckpoint(1000)&_pragma=cache_size(-256)&_pragma=trusted_schema(0)"

const (
	every = 20 * time.Second // between two beats
	again = 2 * time.Second  // after a beat that met a busy book
	gone  = 60 * time.Second // a row not seen for so long is of a program that is gone
)

// Row is a program that has the book open. Since and Seen are in milliseconds.
type Row struct {
	Session, Person, PC, Program, Version string
	Since, Seen                           int64
	Editing, Doing                        string
}

// Editing is a slip or record that something is typed in, and since when.
type Editing struct {
	Key   string
	Since time.Time
}

// At lists what something is typed in, in the row.
func (r Row) At() (list []Editing) {
	for _, s := range strings.Split(r.Editing, "\n") {
		at, key, ok := strings.Cut(s, " ")
		if ms, err := strconv.ParseInt(at, 10, 64); ok && err == nil {
			list = append(list, Editing{key, time.UnixMilli(ms)})
		}
	}
	return list
}

// written is a list as the row keeps it.
func written(list []Editing) string {
	rows := make([]string, len(list))
	for i, e := range list {
		rows[i] = fmt.Sprintf("%d %s", e.Since.UnixMilli(), e.Key)
	}
	return strings.Join(rows, "\n")
}

// PID is the process of a row's program; 0: not known.
func (r Row) PID() (pid int) {
	fmt.Sscanf(r.Session, "%d-", &pid)
	return pid
}

// Alive tells whether the row's program is still in: seen lately, and, on this PC, running.
func (r Row) Alive(now time.Time, pc string) bool {
	return now.Sub(time.UnixMilli(r.Seen)).Abs() < gone && (r.PC != pc || r.PID() == 0 || files.Alive(r.PID()))
}

// Seat is this program's place in a book.
type Seat struct {
	conn   *sql.DB
	person func() string
	moved  func() bool // the book's file is not where it was: nothing is written

	mu    sync.Mutex
	row   Row
	swept bool // who is gone was taken out
	wake  chan struct{}
	stop  chan struct{}
	done  <-chan error
}

// Sit takes a place in a book, doing something, and keeps it until Leave. What cannot be written is tried again; nobody is told.
func Sit(conn *sql.DB, r Row, person func() string, moved func() bool) *Seat {
	conn.SetMaxOpenConns(1)
	r.Session = fmt.Sprintf("%d-%016x", os.Getpid(), rand.Uint64())
	r.Since, r.Person = time.Now().UnixMilli(), person()
	s := &Seat{conn: conn, person: person, moved: moved, row: r, wake: make(chan struct{}, 1), stop: make(chan struct{})}
	first := s.next(s.Beat())
	s.done = fault.Go(func() error { s.keep(first); return nil })
	return s
}

// Session names the seat's row.
func (s *Seat) Session() string { return s.row.Session }

// Does says what the program does now and in what something is typed; what stood there already keeps its moment, taken anew are those
// named in over. It returns at once.
func (s *Seat) Does(doing string, editing []string, over ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.row.At()
	var list []Editing
	for _, key := range editing {
		e := Editing{strings.ReplaceAll(key, "\n", " "), time.Now()}
		if i := slices.IndexFunc(was, func(x Editing) bool { return x.Key == e.Key }); i >= 0 && !slices.Contains(over, key) {
			e = was[i]
		}
		list = append(list, e)
	}
	if now, p := written(list), s.person(); now != s.row.Editing || doing != s.row.Doing || p != s.row.Person {
		s.row.Editing, s.row.Doing, s.row.Person = now, doing, p
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
}

// next is how long after a beat the next one comes.
func (s *Seat) next(err error) time.Duration {
	if Busy(err) {
		return again
	}
	return every
}

// keep writes the row until the program leaves.
func (s *Seat) keep(first time.Duration) {
	next := time.NewTimer(first)
	defer next.Stop()
	for {
		select {
		case <-s.stop:
			return
		case <-s.wake:
		case <-next.C:
		}
		next.Reset(s.next(s.Beat()))
	}
}

const beat = `INSERT INTO presence (session, person, pc, program, version, since, seen, editing, doing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (session) DO UPDATE SET person = excluded.person, seen = excluded.seen, editing = excluded.editing, doing = excluded.doing`

// Beat writes the row as it stands now.
func (s *Seat) Beat() error {
	if s.moved() {
		return nil
	}
	s.mu.Lock()
	s.row.Seen = time.Now().UnixMilli()
	r, sweeps := s.row, !s.swept
	s.mu.Unlock()
	if sweeps { // whoever comes in sweeps out who is gone
		if _, err := s.conn.ExecContext(context.Background(), `DELETE FROM presence WHERE seen < ?`, r.Seen-gone.Milliseconds()); err != nil {
			return err
		}
		s.mu.Lock()
		s.swept = true
		s.mu.Unlock()
	}
	_, err := s.conn.ExecContext(context.Background(), beat, r.Session, r.Person, r.PC, r.Program, r.Version, r.Since, r.Seen, r.Editing, r.Doing)
	return err
}

// Leave takes the row out and ends the beats.
func (s *Seat) Leave() error {
	close(s.stop)
	<-s.done
	var err error
	if !s.moved() {
		if _, err = s.conn.ExecContext(context.Background(), `DELETE FROM presence WHERE session = ?`, s.row.Session); Busy(err) {
			err = nil // it is taken for gone soon
		}
	}
	return errors.Join(err, s.conn.Close())
}

// Busy tells whether the book's lock was not to be had at once.
func Busy(err error) bool {
	const busy = 5
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == busy
}
