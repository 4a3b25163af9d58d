package store

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/store/pages"
)

// TestALostLogIsMissed: a book is copied while 7 writes lie in its log. With the log the copy is whole; without it, it says that 7 are gone,
// until something is written to it. A log that was folded, by this program or another, is not missed.
func TestALostLogIsMissed(t *testing.T) {
	db := book(t)
	path := db.Path
	if err := db.Write(set("a", "1")); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if gone := db.Gone(); gone != nil {
		t.Fatalf("a book that was closed: %v", gone)
	}
	for i := range 7 {
		if err := db.Write(set("b", fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	with, without, other := filepath.Join(dir, "with.zg"), filepath.Join(dir, "without.zg"), filepath.Join(dir, "other.zg")
	for from, to := range map[string][]string{path: {with, without, other}, path + walSuffix: {with + walSuffix, other + walSuffix}} {
		for _, x := range to {
			if err := copyBytes(from, x); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	open := func(path string) *DB {
		t.Helper()
		db, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	for _, path := range []string{path, with} {
		x := open(path)
		if v, _ := x.Setting("b"); v != "6" || x.Gone() != nil || x.Doubtful() != nil {
			t.Errorf("%s: b is %q, %v, %v", filepath.Base(path), v, x.Gone(), x.Doubtful())
		}
		x.Close()
	}
	elsewhere, err := sql.Open("sqlite", file(other)+"?vfs="+systemLayer) // a program that knows nothing of marks folds the log in
	if err == nil {
		_, err = elsewhere.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	}
	if err != nil {
		t.Fatal(err)
	}
	elsewhere.Close()
	x := open(other)
	if v, _ := x.Setting("b"); v != "6" || x.Gone() != nil {
		t.Errorf("folded elsewhere: b is %q, %v", v, x.Gone())
	}
	x.Close()

	scratch := filepath.Join(dir, "read.zg")
	lost, _, err := Rescue(without, scratch)
	if err != nil || len(lost) != 1 || lost[0].Table != logTable {
		t.Errorf("salvage: lost %v, %v", lost, err)
	}
	for range 2 { // told until something is written
		x := open(without)
		if v, _ := x.Setting("b"); v != "" || x.LostWrites() != 7 || !strings.Contains(fmt.Sprint(x.Gone()), "7 writes are") {
			t.Errorf("without its log: b is %q, %d lost: %v", v, x.LostWrites(), x.Gone())
		}
		x.Close()
	}
	x = open(without)
	if err := x.Write(set("c", "1")); err != nil || x.Gone() != nil {
		t.Errorf("%v, %v", err, x.Gone())
	}
	x.Close()
	x = open(without)
	if x.Gone() != nil || x.Doubtful() != nil {
		t.Errorf("after a write: %v, %v", x.Gone(), x.Doubtful())
	}
	x.Close()
}

// TestTheMarkIsNoDamage: what a mark says is apart from the page's content: bytes that change with it alone are not called damage, and a
// backup has none.
func TestTheMarkIsNoDamage(t *testing.T) {
	path := filled(t)
	flip(t, path, 79, 0)
	db, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	bad, err := db.Integrity()
	if bad != "" || err != nil || db.Gone() != nil {
		t.Errorf("%s, %v, %v", bad, err, db.Gone())
	}
	to := filepath.Join(t.TempDir(), "copy.zg")
	if err := db.Backup(to, false); err != nil {
		t.Fatal(err)
	}
	db.Close()
	raw, err := os.ReadFile(to)
	if err != nil || !bytes.Equal(raw[72:84], make([]byte, 12)) {
		t.Errorf("the backup bears % x, %v", raw[72:84], err)
	}
}

// TestAFailedCommitLeavesNoMark: a disk that is full when a write is committed takes nothing in, and nothing is called lost.
func TestAFailedCommitLeavesNoMark(t *testing.T) {
	db := book(t)
	if err := db.Write(set("a", "1")); err != nil {
		t.Fatal(err)
	}
	path := db.Path
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for n := range 12 {
		times := ailing(t, pages.Writing, n, pages.Full)
		if db, err := Open(path); err == nil {
			_ = db.Write(set("long", strings.Repeat(fmt.Sprint(n%10), 50_000)))
			_ = db.Close()
		}
		pages.Trouble = nil
		db, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if gone := db.Gone(); gone != nil {
			t.Errorf("call %d, %d times: %v", n, *times, gone)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
