package store

import (
	"strings"
	"testing"
)

// What a slip promised on a past day is asked of each of its lines: from the line to what follows it. A plan that begins with all slips of a
// kind makes stock on hand of a past day quadratic in the book.
func TestWhatWasPromisedIsReadFromTheLineOn(t *testing.T) {
	db := book(t)
	q := promisedAt(Carried{"sales-order", []string{"delivery", "retail-sale"}}, Promising{Kinds: []string{"sales-order"}}, 20250630)
	var plan []string
	err := each(db, "EXPLAIN QUERY PLAN "+q, []any{"sales-order", 20250630}, func(scan func(...any) error) error {
		var id, parent, unused int64
		var detail string
		err := scan(&id, &parent, &unused, &detail)
		plan = append(plan, detail)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
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
