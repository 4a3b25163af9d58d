package store

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// gives has n ids of a table given in one write, which is taken back where it fails.
func gives(t *testing.T, db *DB, table string, n int, fail error) (ids []int64) {
	t.Helper()
	err := db.Write(func(tx *Tx) error {
		for range n {
			id, err := tx.nextID(table)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return fail
	})
	if !errors.Is(err, fail) {
		t.Fatal(err)
	}
	return ids
}

// setAside is the last id of a table that is set aside on the disk.
func setAside(t *testing.T, db *DB, table string) (last int64) {
	t.Helper()
	if _, err := one(db, `SELECT last FROM seq WHERE name = ?`, []any{table}, &last); err != nil {
		t.Fatal(err)
	}
	return last
}

// reopened opens the same file again, as another program does.
func reopened(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// Ids of rows that every audit writes are set aside 64 at once; a program that is killed, one that writes beside, and one that takes its write
// back give none a second time.
func TestIDsAreSetAsideInBlocks(t *testing.T) {
	db := book(t)
	wants := func(what string, got []int64, want ...int64) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	wants("the first", gives(t, db, "stock_row", 3, nil), 1, 2, 3)
	if got := setAside(t, db, "stock_row"); got != 64 {
		t.Errorf("%d are set aside, want 64", got)
	}
	wants("one more", gives(t, db, "stock_row", 1, nil), 4)
	if got := setAside(t, db, "stock_row"); got != 64 {
		t.Errorf("%d are set aside, want 64 still", got)
	}
	gives(t, db, "stock_row", 100, ErrTrial) // taken back: on the disk is nothing of it
	if got := setAside(t, db, "stock_row"); got != 64 {
		t.Errorf("%d are set aside after a trial, want 64", got)
	}
	wants("slips count one by one", gives(t, db, "slip", 2, nil), 1, 2)
	if got := setAside(t, db, "slip"); got != 2 {
		t.Errorf("slips: %d, want 2", got)
	}
	other := reopened(t, db.Path)
	wants("another program", gives(t, other, "stock_row", 2, nil), 65, 66)
	wants("the first one again", gives(t, db, "stock_row", 1, nil), 129)

	killed := filepath.Join(t.TempDir(), "killed.zg")
	for _, end := range []string{"", walSuffix} {
		data, err := os.ReadFile(db.Path + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(killed+end, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	wants("after a kill", gives(t, reopened(t, killed), "stock_row", 1, nil), 193)
	many := gives(t, db, "stock_row", 200, nil)
	if got := setAside(t, db, "stock_row"); many[199] != 329 || got < many[199] {
		t.Errorf("200 at once end at %d, %d are set aside", many[199], got)
	}
}

// Two programs, writes that are taken back, requests of several writes, programs opened anew: no id is ever given twice.
func TestNoIDIsGivenTwice(t *testing.T) {
	path := book(t).Path
	dbs := []*DB{reopened(t, path), reopened(t, path)}
	given := map[int64]bool{}
	take := func(ids []int64) {
		for _, id := range ids {
			if given[id] {
				t.Fatalf("%d is given twice", id)
			}
			given[id] = true
		}
	}
	for i := range 300 {
		at := rand.IntN(2)
		db, n := dbs[at], 1+rand.IntN(40)
		switch rand.IntN(5) {
		case 0:
			gives(t, db, "voucher_line", n, ErrTrial)
		case 1:
			dbs[at] = reopened(t, path)
		case 2:
			var ids []int64
			fails := rand.IntN(2) == 0
			err := db.Once(Request{ID: string(rune('a'+i%26)) + string(rune('A'+i/26)), Hash: "h"}, func() (string, error) {
				ids = append(gives(t, db, "voucher_line", n, nil), gives(t, db, "voucher_line", 3, nil)...)
				if fails {
					return "", ErrTrial
				}
				return "", nil
			})
			if !fails && err == nil {
				take(ids)
			}
		default:
			take(gives(t, db, "voucher_line", n, nil))
		}
	}
	if bad, err := dbs[0].AheadOfTick(); err != nil || len(bad) > 0 {
		t.Errorf("%v %v", bad, err)
	}
}
