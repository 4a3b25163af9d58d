package exchange

// piled is how many bytes of a table's rows stay in memory; those behind them lie in a file while the table is open.
const piled = 8 << 20

// Add takes one more row; a table of many rows puts them into a file, so Close it. A disk without room is a fault.
func (t *Table) Add(r Row) error {
	if t.far.Len() == 0 {
		t.size += 48 + 16*len(r.Cells)
		for _, c := range r.Cells {
			t.size += len(c)
		}
		if t.size <= piled {
			t.Rows = append(t.Rows, r)
			return nil
		}
	}
	return t.far.Add(r.Line, r.Cells)
}

// Len is how many rows the table has, header and title left out.
func (t *Table) Len() int { return len(t.Rows) + t.far.Len() }

// Each gives all rows in order, as often as it is called. The cells of a row share their memory: who keeps one of them for long clones it.
func (t *Table) Each(f func(Row) error) error {
	for _, r := range t.Rows {
		if err := f(r); err != nil {
			return err
		}
	}
	return t.far.Each(func(line int, cells []string) error { return f(Row{line, cells}) })
}

// Close lets go of the rows that lie in a file.
func (t *Table) Close() { t.far.Close() }
