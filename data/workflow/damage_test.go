package workflow_test

import (
	"database/sql"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"zhanggui/data/workflow"
)

// damaged closes a book, has another program change it, and opens it again.
func damaged(t *testing.T, b *workflow.Book, statements ...string) *workflow.Book {
	t.Helper()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", b.Path())
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := workflow.Open(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	return again
}

func failing(t *testing.T, b *workflow.Book, number int) string {
	t.Helper()
	list, err := b.Verify()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if p.Number == number {
			return strings.Join(p.Faults, "\n")
		}
	}
	return ""
}

func TestARowWhoseSlipIsGoneIsAFailingProof(t *testing.T) {
	b := damaged(t, trade(t), "PRAGMA foreign_keys = OFF", "DELETE FROM slip WHERE external_no = 'd1'")
	if said := failing(t, b, 9); !strings.Contains(said, "slip that is not there") || !strings.Contains(said, "2026-01-05") {
		t.Errorf("proof 9 says %q", said)
	}
}

func TestASlipOfAKindThatThereIsNotIsAFailingProof(t *testing.T) {
	b := damaged(t, trade(t), "UPDATE slip SET kind = 'zzz' WHERE external_no = 'd1'")
	if said := failing(t, b, 8); !strings.Contains(said, "zzz") {
		t.Errorf("proof 8 says %q", said)
	}
}
