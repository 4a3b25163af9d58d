package workflow_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"zhanggui/data/fault"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/testbook"
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

// Whatever a book lost, verify makes all its proofs, and names what is wrong in words. Of every table all rows go, then half of them, then what
// its rows refer to; the short form takes only all rows.
func TestVerifyNamesWhatIsGone(t *testing.T) {
	b := trade(t)
	testbook.Load(t, b, "slips", testbook.Counting, "transfer,u1,2026-01-07,,W1,W2,A,,4,,,yes")
	path := b.Path()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	try := func(q string) (said []string) {
		t.Helper()
		x := filepath.Join(t.TempDir(), "x.zg")
		if err := os.WriteFile(x, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", x)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		r, err := db.Exec(q)
		if err != nil { // NOT NULL
			return nil
		}
		n, _ := r.RowsAffected()
		db.Close()
		b, err := workflow.Open(x)
		if fault.Is(err, fault.Damaged) { // without its settings it is no book: words say so
			return []string{err.Error()}
		}
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		defer b.Close()
		list, err := b.Verify()
		if err != nil || len(list) != workflow.Proofs {
			t.Errorf("%s: %d proofs, %v", q, len(list), err)
		}
		for _, p := range list {
			for _, f := range p.Faults {
				if strings.Contains(f, "internal error") || strings.Contains(f, "in the log") {
					t.Errorf("%s: proof %d says %s", q, p.Number, f)
				}
				said = append(said, fmt.Sprintf("%d %s", p.Number, f))
			}
		}
		// changed only calls others to look, and is thinned out by itself; a line without a warehouse is in its slip's.
		if n > 0 && said == nil && !strings.Contains(q, " changed") && !strings.HasPrefix(q, "UPDATE slip_line SET warehouse_id") {
			t.Errorf("%s: %d rows, and verify says nothing", q, n)
		}
		return said
	}
	if said := try("DELETE FROM product"); !slices.Contains(said, `9 CR-202601-0001 line 1: there is no product "" or no warehouse "W1"`) {
		t.Errorf("without products: %q", said)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range column(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`) {
		try(`DELETE FROM ` + table)
		if testing.Short() {
			continue
		}
		key := column(t, db, `SELECT name FROM pragma_table_info('`+table+`') ORDER BY pk DESC, cid LIMIT 1`)[0]
		try(`DELETE FROM ` + table + ` WHERE ` + key + ` IN (SELECT ` + key + ` FROM ` + table + ` LIMIT (SELECT (COUNT(*) + 1) / 2 FROM ` + table + `))`)
		for _, c := range column(t, db, `SELECT name FROM pragma_table_info('`+table+`') WHERE name LIKE '%\_id' ESCAPE '\'`) {
			try(`UPDATE ` + table + ` SET ` + c + ` = NULL WHERE ` + c + ` IS NOT NULL`)
		}
	}
}

// column gives the words of a query's only column.
func column(t *testing.T, db *sql.DB, q string) (list []string) {
	t.Helper()
	rows, err := db.Query(q)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}
