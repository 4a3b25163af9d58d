package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A book that others have open is not brought into today's shape: who opens it is told whom to ask, at once. Once they are out it is.
func TestAnUpgradeWantsTheBookAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.zg")
	a, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	a.OnAsking(func() string { return "李敏" })
	if err := a.Enter("zhanggui", "1.4", "Home"); err != nil {
		t.Fatal(err)
	}
	older := func() {
		err := withFile(path, beside, func(c *sql.Conn) error {
			_, err := c.ExecContext(context.Background(), `UPDATE setting SET value = 'older' WHERE key = 'shape'`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	older()
	began := time.Now()
	b, err := Open(path)
	if err == nil {
		b.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "李敏") || !strings.Contains(err.Error(), "upgraded") {
		t.Errorf("opened beside others: %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("refused after %v", took)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if b, err = Open(path); err != nil {
		t.Fatal(err)
	}
	b.Close()
}

// A beat costs the book nearly nothing: no wait for the disk.
func BenchmarkBeat(b *testing.B) {
	db, err := Create(filepath.Join(b.TempDir(), "book.zg"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.Enter("zhanggui", "1.5", "Home"); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		if err := db.Seat().Beat(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPresent is what asking who is in costs.
func BenchmarkPresent(b *testing.B) {
	db, err := Create(filepath.Join(b.TempDir(), "book.zg"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.Enter("zhanggui", "1.5", "Home")
	b.ResetTimer()
	for range b.N {
		if _, err := db.Present(); err != nil {
			b.Fatal(err)
		}
	}
}
