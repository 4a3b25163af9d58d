package store

import (
	"strings"
	"testing"
)

// What a slip promised on a past day is asked of each of its lines: from the line to what follows it. A plan that begins with all slips of a
// kind makes stock on hand of a past day quadratic in the book.
func TestWhatWasPromisedIsReadFromTheLineOn(t *testing.T) {
	db := book(t)
	q := promisedAt(Carried{"sales-order", []string{"delivery", "retail-sale"}}, Promising{Kinds: []string{"sales-order"}}, 20250630, "")
	plan := planOf(t, db, q, "sales-order", 20250630)
	for _, want := range []string{"SEARCH x USING INDEX line_by_source", "SEARCH xs USING INTEGER PRIMARY KEY", "SEARCH r USING INDEX line_by_source", "SEARCH rs USING INTEGER PRIMARY KEY"} {
		if !strings.Contains(strings.Join(plan, "\n"), want) {
			t.Errorf("the plan has no %q:\n%s", want, strings.Join(plan, "\n"))
		}
	}
	for _, line := range plan {
		if strings.Contains(line, "slip_by_kind") && !strings.HasPrefix(line, "SEARCH s USING") {
			t.Errorf("all slips of a kind are read again for each line: %s", line)
		}
	}
}

// A day near the end of the book is asked of what came after it, not of every line before it.
func TestWhatWasPromisedLatelyIsReadFromTheEnd(t *testing.T) {
	db := book(t)
	q := promisedAt(Carried{"sales-order", []string{"delivery"}}, Promising{Kinds: []string{"sales-order"}}, 20250630, unlike(20250630))
	plan := strings.Join(planOf(t, db, q, "sales-order", 20250630), "\n")
	for _, want := range []string{"SCAN slip_line USING COVERING INDEX line_open", "SEARCH f USING COVERING INDEX slip_by_date (date>?)", "SEARCH fl USING INDEX line_of_slip (slip_id=?)"} {
		if !strings.Contains(plan, want) {
			t.Errorf("the plan has no %q:\n%s", want, plan)
		}
	}
}

// A file of slips asks of each whether its number is taken: by the number, never by walking through the slips of a kind.
func TestWhetherANumberIsTakenIsAskedByTheNumber(t *testing.T) {
	plan := strings.Join(planOf(t, book(t), taken, "n1", "n1", "n1"), "\n")
	if strings.Contains(plan, "kind=?") || strings.Contains(plan, "SCAN") || !strings.Contains(plan, "slip_by_external (external_no=?)") {
		t.Errorf("the plan:\n%s", plan)
	}
}

// planOf is how SQLite means to answer a query, a step a line.
func planOf(t *testing.T, db *DB, q string, args ...any) (plan []string) {
	t.Helper()
	err := each(db, "EXPLAIN QUERY PLAN "+q, args, func(scan func(...any) error) error {
		var id, parent, unused int64
		var detail string
		err := scan(&id, &parent, &unused, &detail)
		plan = append(plan, detail)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}
