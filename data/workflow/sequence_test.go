package workflow_test

import (
	"database/sql"
	"testing"
)

// sequences are the last ids set aside, by table, as they stand in the file.
func sequences(t *testing.T, path string) map[string]int64 {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`SELECT name, last FROM seq`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	m := map[string]int64{}
	for rows.Next() {
		var name string
		var last int64
		if err := rows.Scan(&name, &last); err != nil {
			t.Fatal(err)
		}
		m[name] = last
	}
	return m
}

// An audit sets ids aside for the log alone; the ledgers' rows come out of blocks of 64.
func TestAnAuditWritesOneRowOfSequences(t *testing.T) {
	stale(t, "blocks", func(w two) {
		var drafts []string
		for range 12 {
			d := sold(20260105, "A", 1, 9)
			w.ok(w.a.Save(d))
			drafts = append(drafts, d.Number)
		}
		_, err := w.a.Audit(drafts[0])
		w.ok(err)
		rows := map[int]int{}
		for _, n := range drafts[1:] {
			before := sequences(t, w.path)
			_, err := w.a.Audit(n)
			w.ok(err)
			changed := 0
			for table, last := range sequences(t, w.path) {
				if before[table] != last {
					changed++
				}
			}
			rows[changed]++
		}
		if rows[1] != 11 { // 1 stock row, 1 party row, 3 voucher lines each: 33 of 64
			t.Errorf("audits by rows of sequences written: %v, want 11 of one", rows)
		}
	})
}
