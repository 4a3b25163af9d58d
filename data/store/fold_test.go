package store

import (
	"os"
	"path/filepath"
	"testing"
)

// TestTheLogIsFoldedWhileNothingIsWritten: what stood in the log alone stands in the file, read by itself.
func TestTheLogIsFoldedWhileNothingIsWritten(t *testing.T) {
	db, err := Create(filepath.Join(t.TempDir(), "b.zg"))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Write(func(tx *Tx) error { return tx.SetSetting("company", "恒达五金") }); err != nil {
		t.Fatal(err)
	}
	db.awake() // on a busy machine the rest would be long enough here
	alone := filepath.Join(t.TempDir(), "alone.zg")
	company := func() string {
		data, err := os.ReadFile(db.Path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(alone, data, 0o600); err != nil { // without its log
			t.Fatal(err)
		}
		defer os.Remove(alone)
		x, err := Open(alone)
		if err != nil {
			return err.Error()
		}
		defer x.Close()
		v, _ := x.Setting("company")
		return v
	}
	if v := company(); v == "恒达五金" {
		t.Fatal("the file has what the log alone should have")
	}
	db.fold()
	if v := company(); v != "恒达五金" {
		t.Errorf("the file says %q once the log was folded", v)
	}
	if err := db.Write(func(tx *Tx) error { return tx.SetSetting("company", "长城") }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db.fold() // a timer may still come when the book is closed
}

// TestTheWriterFoldsWhatRemains: where commits came while the log was folded, the next one folds the rest, so that the log begins anew.
func TestTheWriterFoldsWhatRemains(t *testing.T) {
	db, err := Create(filepath.Join(t.TempDir(), "b.zg"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	put := func(v string) {
		if err := db.Write(func(tx *Tx) error { return tx.SetSetting("company", v) }); err != nil {
			t.Fatal(err)
		}
	}
	left := func() (frames int64) { // of the log that are not in the file
		var busy, log, done int64
		if _, err := one(db, `PRAGMA wal_checkpoint(NOOP)`, nil, &busy, &log, &done); err != nil {
			t.Fatal(err)
		}
		return log - done
	}
	put("恒达五金")
	if left() == 0 {
		t.Fatal("the log is folded though nothing remained")
	}
	db.remains.Store(true)
	put("长城")
	if n := left(); n != 0 || db.remains.Load() {
		t.Errorf("%d pages of the log are not in the file", n)
	}
	put("红星")
	if left() == 0 {
		t.Error("each commit folds the log")
	}
}

// TestTheLogOfASmallBookStaysSmall: much work without a rest leaves a log of some 4 MB, not of ten times the book.
func TestTheLogOfASmallBookStaysSmall(t *testing.T) {
	db, err := Create(filepath.Join(t.TempDir(), "b.zg"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for range 1500 { // each commit writes two pages and more
		if err := db.Write(func(tx *Tx) error { return tx.SetSetting("company", "恒达五金") }); err != nil {
			t.Fatal(err)
		}
	}
	log, err := os.Stat(db.Path + walSuffix)
	if err != nil || log.Size() > 5<<20 {
		t.Errorf("the log has %v bytes, %v", log, err)
	}
}
