package binder

import (
	"errors"
	"testing"

	"zhanggui/reports"
)

// Rows come to the writer in their order, whatever their number; either side's error ends both, and the writing's is told.
func TestRowsAreWrittenBesideInTheirOrder(t *testing.T) {
	disk, book := errors.New("disk"), errors.New("book")
	for _, x := range []struct {
		name       string
		rows       int
		fails      error // of the reading, at the end
		writesTill int   // rows until the writing fails; -1: never
		want       error
		written    int
	}{{"none", 0, nil, -1, nil, 0}, {"one", 1, nil, -1, nil, 1}, {"a batch", batch, nil, -1, nil, batch}, {"many", 20*batch + 7, nil, -1, nil, 20*batch + 7},
		{"reading fails", 2*batch + 3, book, -1, book, 2 * batch}, {"writing fails", 50 * batch, nil, 300, disk, 300}} {
		n := 0
		err := beside(func(give func(reports.Row) error) error {
			for i := range x.rows {
				if err := give(reports.Row{reports.Whole(i)}); err != nil {
					return err
				}
			}
			return x.fails
		}, func(row reports.Row) error {
			if n == x.writesTill {
				return disk
			}
			if row[0] != reports.Whole(n) {
				t.Errorf("%s: row %d is %v", x.name, n, row)
			}
			n++
			return nil
		})
		if err != x.want || n != x.written {
			t.Errorf("%s: %d rows written, %v; want %d, %v", x.name, n, err, x.written, x.want)
		}
	}
}
