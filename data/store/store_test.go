package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/fault"
)

func book(t *testing.T) *DB {
	t.Helper()
	db, err := Create(filepath.Join(t.TempDir(), "book.zg"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestABookHeldByAnotherProgramIsToldInWords(t *testing.T) {
	db := book(t)
	other, err := connect(db.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	ctx := context.Background()
	for _, q := range []string{"PRAGMA busy_timeout = 10", "BEGIN IMMEDIATE"} {
		if _, err := other.conn.ExecContext(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.conn.ExecContext(ctx, "PRAGMA busy_timeout = 10"); err != nil {
		t.Fatal(err)
	}
	err = db.Write(func(tx *Tx) error { return tx.SetSetting("a", "1") })
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("writing while another holds the book: %v", err)
	}
	if _, err := other.conn.ExecContext(ctx, "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(func(tx *Tx) error { return tx.SetSetting("a", "1") }); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestAFullDiskLosesNothing(t *testing.T) {
	db := book(t)
	if err := db.Write(func(tx *Tx) error { return tx.SetSetting("kept", "yes") }); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := db.conn.QueryRowContext(context.Background(), "PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := db.conn.ExecContext(context.Background(), fmt.Sprintf("PRAGMA max_page_count = %d", pages+2)); err != nil {
		t.Fatal(err)
	}
	err := db.Write(func(tx *Tx) error {
		for i := range 5000 {
			if err := tx.SetSetting(fmt.Sprintf("key %d", i), "a value of some length to fill pages with"); err != nil {
				return err
			}
		}
		return nil
	})
	if !fault.Is(err, fault.Refused) {
		t.Errorf("a full disk says %v", err)
	}
	if v, err := db.Setting("kept"); err != nil || v != "yes" {
		t.Errorf("what was written before is %q, %v", v, err)
	}
	if v, _ := db.Setting("key 0"); v != "" {
		t.Error("part of the refused transaction landed")
	}
	if bad, err := db.Integrity(); err != nil || bad != "" {
		t.Errorf("integrity: %s %v", bad, err)
	}
}

func TestWhatIsNoBookIsRefusedAndNotTouched(t *testing.T) {
	for name, content := range map[string]string{"empty": "", "junk": "this is certainly no database, but it is long enough to have a header of one hundred bytes and some more to spare"} {
		path := filepath.Join(t.TempDir(), name+".zg")
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); !fault.Is(err, fault.Damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none.zg")); !fault.Is(err, fault.NotFound) {
		t.Errorf("a missing file: %v", err)
	}
	db := book(t)
	if err := db.Write(func(tx *Tx) error { return tx.SetSetting("schema", "99") }); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(db.Path); !fault.Is(err, fault.Refused) {
		t.Errorf("a newer book: %v", err)
	}
}

// Whatever a use case makes of a statement that failed, it ends as that failure and lands nothing; a constraint may be tried.
func TestAFailedStatementIsNoRule(t *testing.T) {
	db := book(t)
	broken := func(tx *Tx) error { return each(tx, `SELECT nothing FROM nowhere`, nil, nil) }
	for name, end := range map[string]error{"swallowed": nil, "dressed as a rule": fault.New(fault.Invalid, "没有往来单位", "there is no party"), "tried": ErrTrial} {
		err := db.Write(func(tx *Tx) error {
			if err := tx.SetSetting("landed", "yes"); err != nil {
				return err
			}
			broken(tx)
			return end
		})
		if err == nil || fault.Of(err) != nil || !strings.Contains(err.Error(), "nowhere") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if v, err := db.Setting("landed"); v != "" || err != nil {
		t.Errorf("it landed: %q %v", v, err)
	}
	err := db.Write(func(tx *Tx) error {
		for range 2 { // the second is refused by its key
			tx.exec(`INSERT INTO request (id, hash, at, n, answer) VALUES ('one', '', 0, 0, '')`)
		}
		return tx.SetSetting("landed", "yes")
	})
	if v, _ := db.Setting("landed"); v != "yes" || err != nil {
		t.Errorf("a key tried twice: %q %v", v, err)
	}
}
