// Package seen remembers, outside the books, how far this PC saw each one's log go (J5): so a copy of last week in the place of today's book
// is noticed, and one whose log was made anew. What it keeps never stands in the way of work: where it cannot be read or written, nothing was
// seen.
package seen

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/files"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Path is the file it is kept in: the person's who runs the program.
func Path() string { return filepath.Join(files.DataDir(), "seen.json") }

// place is what a book is known by: where its file really lies.
func place(path string) string {
	if p, err := filepath.Abs(path); err == nil {
		path = p
	}
	if p, err := filepath.EvalSymlinks(path); err == nil {
		path = p
	}
	if runtime.GOOS == "windows" {
		path = strings.ToLower(path)
	}
	return path
}

// read is what is kept; nothing where it cannot be read.
func read() auditlog.Seen {
	b, err := os.ReadFile(Path())
	if err != nil {
		return auditlog.Seen{}
	}
	s, err := auditlog.ReadSeen(b)
	if err != nil {
		return auditlog.Seen{}
	}
	return s
}

// Of is the end of a book's log as this PC saw it last, to hold the log against; none where it saw none.
func Of(path string) []auditlog.Anchor {
	if a, ok := read()[place(path)]; ok {
		return []auditlog.Anchor{a}
	}
	return nil
}

// Odd says in words that the book's log ends before what this PC saw of it, or is another; empty: it goes on from there.
func Odd(b *workflow.Book) text.Text {
	last := read()[place(b.Path())] // first: another program may go on meanwhile
	if last.Entry == 0 {
		return text.Text{}
	}
	end, at, err := b.DB.LogEnd()
	if err != nil {
		return text.Text{}
	}
	e, _, err := b.DB.Entry(last.Entry)
	if err != nil {
		return text.Text{}
	}
	return auditlog.OldCopy(last, end, text.DateOf(time.UnixMilli(at)), e.Hash)
}

// Note remembers where the book's log ends now, if it goes on from what was seen. Of a book that is only looked at nothing is kept, nor of one
// whose file is another by now.
func Note(b *workflow.Book) {
	if b.Looking() || b.DB.Moved() || Odd(b) != (text.Text{}) {
		return
	}
	keep(b, func(s auditlog.Seen, at string, end auditlog.Anchor) bool { return s.Note(at, end) })
}

// Meant remembers that this is the book that is meant, whatever was seen at its place before.
func Meant(b *workflow.Book) {
	keep(b, func(s auditlog.Seen, at string, end auditlog.Anchor) bool {
		s[at] = end
		return true
	})
}

func keep(b *workflow.Book, f func(s auditlog.Seen, at string, end auditlog.Anchor) bool) {
	end, _, err := b.DB.LogEnd()
	if err != nil || end.Entry == 0 {
		return
	}
	at := place(b.Path())
	change(func(s auditlog.Seen) bool { return f(s, at, end) })
}

// Forget is called where a book is made at a path, or put there on purpose: what was seen there was another.
func Forget(path string) {
	at := place(path)
	change(func(s auditlog.Seen) bool {
		_, had := s[at]
		delete(s, at)
		return had
	})
}

// many is how many books are kept of before those are left out that are no longer there.
const many = 300

// change writes what f made of what is kept, where it says that it changed it. Programs take turns; one that waits in vain leaves it to the next time.
func change(f func(s auditlog.Seen) bool) {
	if !f(read()) { // nearly always: nothing is new
		return
	}
	if os.MkdirAll(files.DataDir(), 0o700) != nil || !turn() {
		return
	}
	defer os.Remove(lock())
	s := read()
	if !f(s) {
		return
	}
	if len(s) > many {
		for path := range s {
			if _, err := os.Stat(path); os.IsNotExist(err) {
				delete(s, path)
			}
		}
	}
	if err := written(s.Text()); err != nil {
		files.Log(err)
	}
}

func lock() string { return Path() + ".lock" }

// How long a program waits for its turn, and how old a lock is that a program left behind.
const (
	patience = 300 * time.Millisecond
	left     = 5 * time.Second
)

// turn waits until no other program writes.
func turn() bool {
	for end := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		f, err := os.OpenFile(lock(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			f.Close()
			return true
		}
		if i, err := os.Stat(lock()); err == nil && time.Since(i.ModTime()) > left {
			os.Remove(lock())
		}
		if time.Now().After(end) {
			return false
		}
	}
}

// written writes the file beside its place and gives it its name: who reads sees one whole state.
func written(b []byte) error {
	part, err := os.CreateTemp(files.DataDir(), ".seen-*") // 0600
	if err != nil {
		return err
	}
	_, err = part.Write(b)
	if closed := part.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(part.Name(), Path())
	}
	if err != nil {
		os.Remove(part.Name())
		return fmt.Errorf("keep what this PC saw of logs in %s: %w", Path(), err)
	}
	return nil
}
