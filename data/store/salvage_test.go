package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
)

// TestAnOlderDamagedBookIsRescued: rows that refer to what is lost do not keep what could be read from today's shape.
func TestAnOlderDamagedBookIsRescued(t *testing.T) {
	dir := t.TempDir()
	damaged, scratch := filepath.Join(dir, "b.zg"), filepath.Join(dir, "read.zg")
	db, err := Create(damaged)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	err = withFile(damaged, "?_pragma=foreign_keys(0)", func(c *sql.Conn) error {
		_, err := c.ExecContext(context.Background(), "INSERT INTO slip_print (slip_id, paper, times, before, audited) VALUES (8, 'a4', 1, 0, 0); UPDATE setting SET value = 'older' WHERE key = 'shape'")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Rescue(damaged, scratch); err != nil {
		t.Fatal(err)
	}
	x, err := Open(scratch)
	if err != nil {
		t.Fatal(err)
	}
	x.Close()
}
