package store

import (
	"context"
	"path/filepath"
	"testing"

	"zhanggui/data/fault"
)

// TestAnOlderBookIsBroughtIntoShape opens a book that lacks a column, a table and an index, as one written before they came.
func TestAnOlderBookIsBroughtIntoShape(t *testing.T) {
	db := book(t)
	for _, q := range []string{"INSERT INTO unit (code, name) VALUES ('box', 'Box')", "INSERT INTO warehouse (code, name) VALUES ('W1', 'Main')",
		"ALTER TABLE warehouse DROP COLUMN keeper", "DROP TABLE desk", "DROP TABLE presence", "DROP INDEX slip_by_day", "DELETE FROM setting WHERE key = 'shape'"} {
		if _, err := db.conn.ExecContext(context.Background(), q); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	again, err := Open(db.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if w, ok := again.Masters.Find("warehouses", "W1"); !ok || w.Get("name") != "Main" || w.Get("keeper") != "" {
		t.Errorf("the warehouse is now %v", w)
	}
	if v, _ := again.Setting("shape"); v != shape() {
		t.Errorf("its shape is %q", v)
	}
	have, err := layouts(again)
	if err != nil {
		t.Fatal(err)
	}
	want, err := freshLayouts()
	if err != nil {
		t.Fatal(err)
	}
	for name, w := range want {
		if have[name].sql != w.sql {
			t.Errorf("%s is %s, in a new book %s", name, have[name].sql, w.sql)
		}
	}
	n := 0
	if _, err := one(again, `SELECT COUNT(*) FROM sqlite_master WHERE name = 'slip_by_day'`, nil, &n); err != nil || n != 1 {
		t.Errorf("%d indexes slip_by_day, %v", n, err)
	}
	if bad, err := again.Integrity(); err != nil || bad != "" {
		t.Errorf("integrity: %s %v", bad, err)
	}
	if p, _ := again.Pragmas(); p != "foreign_keys=1 journal_mode=wal synchronous=2" {
		t.Errorf("pragmas: %s", p)
	}
	if copies, _ := filepath.Glob(db.Path + ".before-*"); len(copies) != 1 {
		t.Errorf("copies of the older book: %v", copies)
	}
}

func TestABookWithColumnsNobodyKnowsIsNewer(t *testing.T) {
	db := book(t)
	for _, q := range []string{"ALTER TABLE slip ADD COLUMN scent TEXT", "UPDATE setting SET value = 'other' WHERE key = 'shape'"} {
		if _, err := db.conn.ExecContext(context.Background(), q); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	if _, err := Open(db.Path); !fault.Is(err, fault.Refused) {
		t.Errorf("%v", err)
	}
}
