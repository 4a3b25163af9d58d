package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"zhanggui/data/fault"
)

// sqlOn runs statements on a file, as another program would.
func sqlOn(t *testing.T, path string, list ...string) {
	t.Helper()
	err := withFile(path, "", func(c *sql.Conn) error {
		for _, q := range list {
			if _, err := c.ExecContext(context.Background(), q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func set(key, value string) func(*Tx) error {
	return func(tx *Tx) error { return tx.SetSetting(key, value) }
}

func TestABookThatIsGoneTakesNothingAndLeavesACopy(t *testing.T) {
	for name, away := range map[string]func(path string) error{
		"removed": os.Remove,
		"moved":   func(p string) error { return os.Rename(p, p+".elsewhere") },
		"replaced": func(p string) error {
			other, err := Create(p + ".other")
			if err != nil {
				return err
			}
			return errors.Join(other.Write(set("whose", "theirs")), other.Close(), os.Rename(p+".other", p))
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := book(t)
			if err := errors.Join(db.Write(set("whose", "mine")), db.Write(func(tx *Tx) error {
				return tx.KeepDoc(KeptDoc{Key: "k1", Kind: "delivery", Doc: []byte(`{"remark":"typed before"}`)})
			})); err != nil {
				t.Fatal(err)
			}
			if err := away(db.Path); err != nil {
				t.Fatal(err)
			}
			ran := false
			err := db.Write(func(tx *Tx) error { ran = true; return tx.SetSetting("later", "1") })
			if !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "moved, removed or replaced") || ran {
				t.Fatalf("writing: %v, the work was begun: %v", err, ran)
			}
			if err := db.KeepAside(KeptDoc{Key: "k2", Kind: "delivery", Doc: []byte(`{"remark":"typed after"}`)}); err != nil {
				t.Fatal(err)
			}
			db.Write(set("later", "2"))
			copies, _ := filepath.Glob(stem(db.Path) + ".rescued-*.zg")
			if len(copies) != 1 {
				t.Fatalf("copies: %v", copies)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			c, err := Open(copies[0])
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			desk, err := c.KeptDocs()
			if whose, _ := c.Setting("whose"); whose != "mine" || len(desk) != 2 || err != nil {
				t.Errorf("the copy is %q's, on its desk %v, %v", whose, desk, err)
			}
			if name == "replaced" {
				n, err := Open(db.Path)
				if err != nil {
					t.Fatal(err)
				}
				defer n.Close()
				whose, _ := n.Setting("whose")
				if bad, err := n.Integrity(); whose != "theirs" || bad != "" || err != nil {
					t.Errorf("the file put in its place is %q's now; %s %v", whose, bad, err)
				}
			}
			if name == "moved" { // the log went with it
				n, err := Open(db.Path + ".elsewhere")
				if err != nil {
					t.Fatal(err)
				}
				defer n.Close()
				if whose, _ := n.Setting("whose"); whose != "mine" {
					t.Errorf("the moved book is %q's", whose)
				}
			}
		})
	}
}

func TestABookReplacedWhileAWriteIsUnderWayTakesNothing(t *testing.T) {
	db := book(t)
	err := db.Write(func(tx *Tx) error {
		return errors.Join(tx.SetSetting("a", "1"), os.Rename(db.Path, db.Path+".gone"))
	})
	if !fault.Is(err, fault.Refused) {
		t.Errorf("%v", err)
	}
	if v, _ := db.Setting("a"); v != "" {
		t.Error("it landed")
	}
	if err := os.Rename(db.Path+".gone", db.Path); err != nil { // put back, it goes on
		t.Fatal(err)
	}
	if err := db.Write(set("a", "2")); err != nil {
		t.Error(err)
	}
}

func TestWhatIsForeignInABookIsRefusedByName(t *testing.T) {
	for name, q := range map[string][]string{
		"trigger helpful":     {"CREATE TRIGGER helpful AFTER INSERT ON audit_log BEGIN UPDATE unit SET name = 'x'; END"},
		"view unit":           {"ALTER TABLE unit RENAME TO u0", "CREATE VIEW unit AS SELECT 1 AS id, 'u' AS code, 'u' AS name"},
		"table extra":         {"CREATE TABLE extra (a)"},
		"index mine":          {"CREATE INDEX mine ON unit (name)"},
		"counter":             {"DROP TABLE counter", "CREATE TABLE counter (kind TEXT, month INTEGER, last INTEGER)"},
		"definition of lot_b": {"DROP INDEX lot_by_code", "CREATE INDEX lot_by_code ON lot (code)"},
		"slip_by_day":         {"DROP INDEX slip_by_day"},
	} {
		db := book(t)
		db.Close()
		sqlOn(t, db.Path, append([]string{"PRAGMA journal_mode = DELETE", "PRAGMA foreign_keys = OFF"}, q...)...)
		before, _ := os.ReadFile(db.Path)
		_, err := Open(db.Path)
		if !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), " a index") {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := os.ReadFile(db.Path); !bytes.Equal(before, after) {
			t.Errorf("%s: looking changed the file", name)
		}
	}
}

func TestOpeningChangesNothingInWhatIsNoBook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mail.db")
	sqlOn(t, path, "CREATE TABLE letter (words)", "INSERT INTO letter VALUES ('dear')")
	empty := filepath.Join(t.TempDir(), "empty.zg")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{path, empty} {
		before, _ := os.ReadFile(p)
		if _, err := Open(p); !fault.Is(err, fault.Damaged) {
			t.Errorf("%v", err)
		}
		if after, _ := os.ReadFile(p); !bytes.Equal(before, after) {
			t.Errorf("%s was changed", p)
		}
		if left, _ := os.ReadDir(filepath.Dir(p)); len(left) != 1 {
			t.Errorf("beside it lie %v", left)
		}
	}
}

// A folder has no pages, and a pipe would be waited for until somebody writes into it.
func TestAFolderAndAPipeAreNoBooksAtOnce(t *testing.T) {
	folder := t.TempDir()
	pipe, fresh := filepath.Join(folder, "pipe.zg"), filepath.Join(folder, "fresh.zg")
	list := []string{folder}
	if exec.Command("mkfifo", pipe).Run() == nil {
		list = append(list, pipe)
	}
	for _, p := range list {
		done := make(chan struct{})
		go func() {
			defer close(done)
			if _, err := Open(p); !fault.Is(err, fault.Damaged) {
				t.Errorf("opening %s: %v", p, err)
			}
			if err := CheckFile(p); !fault.Is(err, fault.Damaged) {
				t.Errorf("checking %s: %v", p, err)
			}
			if _, err := Restore(p, fresh, time.Now()); !fault.Is(err, fault.Damaged) {
				t.Errorf("restoring %s: %v", p, err)
			}
			if list := Damage(p); len(list) != 0 {
				t.Errorf("damage of %s: %v", p, list)
			}
		}()
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			t.Fatalf("%s is waited for", p)
		}
	}
	if _, err := os.Lstat(fresh); err == nil {
		t.Error("a book was made of it")
	}
}

func TestABookThatCannotBeMadeLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	if _, err := Create(filepath.Join(dir, strings.Repeat("n", 250)+".zg")); !fault.Is(err, fault.Refused) {
		t.Errorf("%v", err)
	}
	if _, err := Create(filepath.Join(dir, "no folder", "b.zg")); !fault.Is(err, fault.Refused) {
		t.Errorf("%v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestThreeProgramsOpenAnOlderBookAtOnce(t *testing.T) {
	db := book(t)
	db.Close()
	sqlOn(t, db.Path, "ALTER TABLE warehouse DROP COLUMN keeper", "UPDATE setting SET value = 'older' WHERE key = 'shape'")
	var wait sync.WaitGroup
	for range 3 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			b, err := Open(db.Path)
			if err != nil {
				t.Error(err)
				return
			}
			if err := b.Close(); err != nil {
				t.Error(err)
			}
		}()
	}
	wait.Wait()
	copies, _ := filepath.Glob(stem(db.Path) + "*.before-*.zg")
	if len(copies) != 1 {
		t.Errorf("copies of the older book: %v", copies)
	}
	if i, err := os.Stat(db.Path); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("the book's rights: %v %v", i.Mode(), err)
	}
	if i, err := os.Stat(copies[0]); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("the copy's rights: %v %v", i.Mode(), err)
	}
}

// TestAMovedBookThatAnotherProgramWroteIsLeftAlone: three commits stand in the log when the file alone is moved; another program writes there.
// What the log holds belongs to a file that is no more, and brought into this one it would spoil it.
func TestAMovedBookThatAnotherProgramWroteIsLeftAlone(t *testing.T) {
	for name, act := range map[string]func(db *DB) error{
		"written": func(db *DB) error { return errors.Join(hasWords(db.Write(set("a", "4"))), db.Close()) },
		"closed":  func(db *DB) error { return db.Close() },
		"rested":  func(db *DB) error { db.fold(); return db.Close() },
	} {
		for _, open := range []bool{false, true} { // the other program is done, or has it open still
			t.Run(name, func(t *testing.T) {
				db := book(t)
				db.fold()
				for _, v := range []string{"1", "2", "3"} {
					if err := db.Write(set("a", v)); err != nil {
						t.Fatal(err)
					}
				}
				db.awake()
				moved := db.Path + ".elsewhere"
				if err := os.Rename(db.Path, moved); err != nil {
					t.Fatal(err)
				}
				done := elsewhere(t, moved, open)
				if err := act(db); err != nil {
					t.Fatal(err)
				}
				done()
				if _, err := os.Stat(db.Path + walSuffix); err == nil {
					t.Error("the log still lies where the book was")
				}
				n, err := Open(moved)
				if err != nil {
					t.Fatal(err)
				}
				defer n.Close()
				bad, err := n.Integrity()
				if v, _ := n.Setting("theirs"); v != "39" || bad != "" || err != nil || n.Doubtful() != nil {
					t.Errorf("theirs %q; %s %v", v, bad, err)
				}
			})
		}
	}
}

// hasWords is nil for a refusal, and says so where there is none.
func hasWords(err error) error {
	if fault.Is(err, fault.Refused) {
		return nil
	}
	return errors.Join(errors.New("it was not refused"), err)
}

// TestAMovedBookGetsWhatWasAcknowledged: nobody writes any more, and the file that was moved without its log has all of it.
func TestAMovedBookGetsWhatWasAcknowledged(t *testing.T) {
	db := book(t)
	if err := db.Write(set("a", "17")); err != nil {
		t.Fatal(err)
	}
	moved := db.Path + ".elsewhere"
	if err := os.Rename(db.Path, moved); err != nil {
		t.Fatal(err)
	}
	db.fold() // as it does by itself after a rest
	n, err := Open(moved)
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	if v, _ := n.Setting("a"); v != "17" || n.LostWrites() != 0 {
		t.Errorf("the moved book says %q and lacks %d writes", v, n.LostWrites())
	}
	db.Close()
}

// elsewhere has another program write 39 settings into the book at a path, and keep it open until the function given is called.
func elsewhere(t *testing.T, path string, open bool) (done func()) {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestOtherProgram$")
	c.Env = append(os.Environ(), "ZHANGGUI_TEST_ELSEWHERE="+path)
	in, err := c.StdinPipe()
	out, err2 := c.StdoutPipe()
	if err := errors.Join(err, err2, c.Start()); err != nil {
		t.Fatal(err)
	}
	said := make([]byte, 7)
	if _, err := io.ReadFull(out, said); err != nil || string(said) != "written" {
		t.Fatalf("the other program says %q, %v", said, err)
	}
	done = sync.OnceFunc(func() {
		in.Close()
		io.Copy(io.Discard, out)
		if err := c.Wait(); err != nil {
			t.Error(err)
		}
	})
	if !open {
		done()
	}
	return done
}

// TestOtherProgram is the program that elsewhere starts.
func TestOtherProgram(t *testing.T) {
	path := os.Getenv("ZHANGGUI_TEST_ELSEWHERE")
	if path == "" {
		return
	}
	db, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 39 {
		if err := db.Write(set("theirs", strconv.Itoa(i+1))); err != nil {
			t.Fatal(err)
		}
	}
	fmt.Print("written")
	io.Copy(io.Discard, os.Stdin)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestBothWhoShareAMovedBookKeepACopy: the first to write folds the log they share into the moved file; that is not another program's doing.
func TestBothWhoShareAMovedBookKeepACopy(t *testing.T) {
	a := book(t)
	b, err := Open(a.Path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(a.Write(set("a", "5")), b.Write(set("b", "8"))); err != nil {
		t.Fatal(err)
	}
	a.Stands() // as each looks every second
	if err := os.Rename(a.Path, a.Path+".elsewhere"); err != nil {
		t.Fatal(err)
	}
	for _, db := range []*DB{a, b} {
		if err := db.Write(set("later", "1")); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "rescued") {
			t.Errorf("writing: %v", err)
		}
	}
	if err := errors.Join(b.Close(), a.Close()); err != nil {
		t.Error(err)
	}
	copies, _ := filepath.Glob(stem(a.Path) + ".rescued-*.zg")
	if len(copies) != 2 {
		t.Errorf("copies: %v", copies)
	}
}
