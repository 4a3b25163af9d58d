package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/store/pages"
)

// systemLayer is the name SQLite gives the system's own files.
var systemLayer = map[bool]string{true: "win32", false: "unix"}[runtime.GOOS == "windows"]

// filled is a closed book with some hundred pages of settings, every tenth longer than a page.
func filled(t *testing.T) string {
	t.Helper()
	db := book(t)
	err := db.Write(func(tx *Tx) error {
		for i := range 400 {
			n := 300
			if i%10 == 0 {
				n = 30_000
			}
			if err := tx.SetSetting(fmt.Sprintf("k%d", i), strings.Repeat(fmt.Sprint(i%10), n)); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return db.Path
}

// flip turns one bit of a file.
func flip(t *testing.T, path string, at int64, bit int) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := make([]byte, 1)
	if _, err := f.ReadAt(b, at); err != nil {
		t.Fatal(err)
	}
	b[0] ^= 1 << bit
	if _, err := f.WriteAt(b, at); err != nil {
		t.Fatal(err)
	}
}

func TestEveryPageOfABookHasItsChecksum(t *testing.T) {
	path := filled(t)
	for range 3 { // written, opened and written again, restored
		raw, err := os.ReadFile(path)
		if err != nil || !pages.Sealed(raw) || len(raw) < 100*pages.Size {
			t.Fatalf("%d bytes, %v", len(raw), err)
		}
		db, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if bad, err := db.Integrity(); bad != "" || err != nil {
			t.Errorf("%s %v", bad, err)
		}
		if err := db.Write(set("more", strings.Repeat("m", 10_000))); err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(t.TempDir(), "copy.zg")
		if err := errors.Join(db.Backup(copied, false), db.Close(), CheckFile(copied)); err != nil {
			t.Fatal(err)
		}
		path = copied
	}
}

func TestAFlippedBitIsFoundWhereverItIs(t *testing.T) {
	path := filled(t)
	whole, _ := os.ReadFile(path)
	random := rand.New(rand.NewPCG(1, 2))
	bad := filepath.Join(t.TempDir(), "bad.zg")
	for i := range 120 {
		if err := os.WriteFile(bad, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		at := random.Int64N(int64(len(whole)))
		flip(t, bad, at, i%8)
		found := CheckFile(bad) != nil
		db, err := Open(bad)
		if err == nil {
			said, err := db.Integrity()
			found = found && (said != "" || err != nil)
			if db.Doubtful() != nil { // nothing is written over it, and no backup is made of it
				if err := db.Write(set("a", "1")); !fault.Is(err, fault.Damaged) || !strings.Contains(err.Error(), "zgctl salvage") {
					t.Errorf("byte %d: a write: %v", at, err)
				}
			}
			if err := db.Backup(bad+".copy", false); !fault.Is(err, fault.Damaged) {
				t.Errorf("byte %d: a backup: %v", at, err)
			}
			db.Close()
		}
		if !found {
			t.Errorf("byte %d of page %d is not missed", at%pages.Size, at/pages.Size+1)
		}
	}
}

func TestAPageInAnothersPlaceIsFound(t *testing.T) {
	path := filled(t)
	raw, _ := os.ReadFile(path)
	n := len(raw) / pages.Size
	copy(raw[(n-2)*pages.Size:(n-1)*pages.Size], raw[(n-3)*pages.Size:(n-2)*pages.Size])
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := CheckFile(path); !fault.Is(err, fault.Damaged) {
		t.Errorf("%v", err)
	}
}

// A book of an older version has no room in its pages: the rows of a new one, laid into a file without.
func TestAnOlderBookGetsChecksumsWhenItIsOpened(t *testing.T) {
	path := filled(t)
	old := filepath.Join(t.TempDir(), "old.zg")
	err := withFile(path, beside, func(c *sql.Conn) error {
		_, err := c.ExecContext(context.Background(), "VACUUM INTO ?", file(old)+"?reserve=0")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sqlOn(t, old, "UPDATE setting SET value = '1' WHERE key = 'schema'", "UPDATE setting SET value = 'older' WHERE key = 'shape'")
	if raw, _ := os.ReadFile(old); pages.Sealed(raw) {
		t.Fatal("it has checksums already")
	}
	for range 2 {
		db, err := Open(old)
		if err != nil {
			t.Fatal(err)
		}
		if sealed, err := db.Sealed(); !sealed || err != nil {
			t.Errorf("sealed: %v, %v", sealed, err)
		}
		long, _ := db.Setting("k390")
		if bad, err := db.Integrity(); bad != "" || err != nil || len(long) != 30_000 {
			t.Errorf("%s %v; a long text is of %d characters", bad, err, len(long))
		}
		if err := errors.Join(db.Write(set("a", "1")), db.Close()); err != nil {
			t.Fatal(err)
		}
		if err := CheckFile(old); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(old), ".zg*")); len(left) != 0 {
			t.Errorf("left over: %v", left)
		}
	}
	raw, _ := os.ReadFile(old)
	if !pages.Sealed(raw) {
		t.Error("the file has none")
	}
}

// A program that is killed leaves a log. Another one, without our layer, looks at the book and so folds the log in.
func TestABookAnotherProgramFoldedTheLogIntoIsSound(t *testing.T) {
	path := filled(t)
	db, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Write(set("k7", strings.Repeat("seven", 3_000))); err != nil {
		t.Fatal(err)
	}
	killed := filepath.Join(t.TempDir(), "killed.zg")
	for _, part := range []string{"", "-wal"} { // what lies on the disk while the program is at work
		raw, err := os.ReadFile(path + part)
		if err != nil || part != "" && len(raw) < 4*pages.Size {
			t.Fatal(len(raw), err)
		}
		if err := os.WriteFile(killed+part, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	system := func(q string) {
		t.Helper()
		c, err := sql.Open("sqlite", "file:"+killed+"?vfs="+systemLayer)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Exec(q); err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	system("PRAGMA wal_checkpoint(TRUNCATE)")
	if _, err := os.Stat(killed + "-wal"); err == nil {
		t.Fatal("the log was not folded in")
	}
	open := func() (*DB, string) {
		t.Helper()
		db, err := Open(killed)
		if err != nil {
			t.Fatal(err)
		}
		said, err := db.Integrity()
		if err != nil {
			t.Fatal(err)
		}
		return db, said
	}
	db, said := open()
	v, err := db.Setting("k7")
	if err := errors.Join(err, db.Doubtful(), db.Write(set("k8", "8"))); err != nil || said != "" || len(v) != 15_000 {
		t.Errorf("%v %q %d", err, said, len(v))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	system("UPDATE setting SET value = 'changed' WHERE key = 'k100'") // that is another thing
	db, said = open()
	if said == "" || db.Doubtful() == nil {
		t.Error("what another program changed is not missed")
	}
	db.Close()
}
