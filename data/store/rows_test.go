package store

import (
	"testing"

	"zhanggui/data/num"
)

// A report's figures hang on a query's column names, never on their order; what does not fit is an error, not 0.00.
func TestColumnsGoWhereTheirNamesSay(t *testing.T) {
	db := book(t)
	type worth struct {
		InQty num.Quantity
		Value num.Amount
		Name  string
	}
	want := worth{3, 450, "nails"}
	for _, q := range []string{`SELECT 3 AS in_qty, 450 AS value, 'nails' AS name`, `SELECT 'nails' AS name, 450 AS value, 3 AS in_qty`} {
		if got, err := list[worth](db, q); err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("%s: %+v, %v", q, got, err)
		}
	}
	for _, q := range []string{`SELECT 3 AS in_qty, 450 AS value`, `SELECT 3 AS in_qty, 450 AS worth, 'nails' AS name`, `SELECT 3 AS in_qty, 450 AS value, 12 AS name`,
		`SELECT 3 AS in_qty, 4 AS in_qty, 'nails' AS name`} {
		if got, err := list[worth](db, q); err == nil {
			t.Errorf("%s: %+v, want an error", q, got)
		}
	}
	if got, err := list[worth](db, `SELECT NULL AS in_qty, 450 AS value, NULL AS name`); err != nil || got[0] != (worth{0, 450, ""}) {
		t.Errorf("NULL: %+v, %v", got, err)
	}
}
