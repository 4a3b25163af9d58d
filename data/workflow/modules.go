package workflow

import (
	"slices"

	"zhanggui/data/slip"
)

// slipColumns are the columns of imported and exported slips that the book has.
func (b *Book) slipColumns() []slip.Field { return slipColumns(b.Settings().Modules) }

// filled are the columns of an export with its rows, without those that came later and say nothing throughout: what an older program
// reads stays what it was.
func filled(t *Table, fields []slip.Field) (*Table, []slip.Field) {
	var gone []int
	for i, f := range fields {
		if f.Sparse && !slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Cells[i] != "" && !(f.Type == slip.TypeBool && r.Cells[i] == "no") }) {
			gone = append(gone, i)
		}
	}
	slices.Reverse(gone)
	for _, i := range gone {
		t.Header = slices.Delete(slices.Clone(t.Header), i, i+1)
		fields = slices.Delete(slices.Clone(fields), i, i+1)
		for r := range t.Rows {
			t.Rows[r].Cells = slices.Delete(t.Rows[r].Cells, i, i+1)
		}
	}
	return t, fields
}
