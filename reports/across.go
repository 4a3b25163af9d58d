package reports

import (
	"slices"
	"strings"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Across lays the values of one column beside each other where people look: a warehouse, a size or a month a column. JSON and CSV keep a row
// a value, so what reads them need not know the values.
type Across struct {
	By    string   // it is laid so where the report is by this
	Key   string   // the column whose values stand across
	Cells []string // the figures that stand under each of them
}

// across is what the report as it is asked for lays beside each other; nil: nothing.
func (r *Report) across(p Params) *Across {
	if r.Across != nil && r.Across.By == p.By {
		return r.Across
	}
	return nil
}

// Wide tells whether the report as it is asked for has a column's values across.
func (r *Report) Wide(p Params) bool { return r.across(p) != nil }

// Laid is the report as people see it, and its rows: rows that differ by the values across alone become one. Behind the values stand the sums
// of what adds up; other figures would say nothing of several rows and are left out.
func (r *Report) Laid(b *workflow.Book, p Params, rows []Row) (*Report, []Row) {
	a := r.across(p)
	if a == nil {
		return r, rows
	}
	at := r.Index(a.Key)
	x := *r
	x.Across = nil
	var own, cells, sums []int // places of the columns that name a row, that stand under each value, that are added up
	for i, c := range r.Columns {
		switch figure := (slip.Field{Type: c.Type}).Numeric(); {
		case i == at || !c.There(p):
		case slices.Contains(a.Cells, c.Key):
			cells = append(cells, i)
		case !figure:
			own = append(own, i)
		case c.Total:
			sums = append(sums, i)
		}
	}
	var values []string
	for _, row := range rows {
		values = append(values, row[at].String())
	}
	slices.Sort(values)
	values = slices.Compact(values)
	x.Columns = r.laidColumns(b, p, values, own, cells, sums)
	return &x, r.laidRows(rows, at, values, own, cells, sums)
}

// laidColumns are what names a row, each value's figures, their sums, and what else adds up.
func (r *Report) laidColumns(b *workflow.Book, p Params, values []string, own, cells, sums []int) (list []Column) {
	for _, i := range own {
		list = append(list, r.Columns[i])
	}
	for _, v := range values {
		name := text.T(r.named(b, text.Zh, r.across(p).Key, v, p.By), r.named(b, text.En, r.across(p).Key, v, p.By))
		for _, i := range cells {
			c := r.Columns[i]
			c.Key, c.Head, c.Under, c.Title = v+"/"+c.Key, c.Title, name, name
			if len(cells) > 1 {
				c.Head, c.Under, c.Title = name, r.Columns[i].Title, text.Tf("%s %s", "%s %s", name, r.Columns[i].Title)
			}
			list = append(list, c)
		}
	}
	for _, i := range cells {
		if c := r.Columns[i]; c.Total {
			c.Head, c.Under = c.Title, text.T("合计", "Total")
			c.Title = text.Tf("%s合计", "%s, total", c.Title)
			list = append(list, c)
		}
	}
	for _, i := range sums {
		list = append(list, r.Columns[i])
	}
	return list
}

// laidRows puts rows that the own columns do not tell apart into one, ordered by these.
func (r *Report) laidRows(rows []Row, at int, values []string, own, cells, sums []int) []Row {
	type line struct {
		cells Row // of the own columns
		all   *Sums
		by    map[string]*Sums
	}
	lines := map[string]*line{}
	var order []*line
	for _, row := range rows {
		var named Row
		for _, i := range own {
			named = append(named, row[i])
		}
		key, value := strings.Join(named.Texts(), "\x00"), row[at].String()
		l := lines[key]
		if l == nil {
			l = &line{named, r.Sums(), map[string]*Sums{}}
			lines[key], order = l, append(order, l)
		}
		if l.by[value] == nil {
			l.by[value] = r.Sums()
		}
		l.all.Add(row)
		l.by[value].Add(row)
	}
	slices.SortStableFunc(order, func(a, b *line) int { return slices.Compare(a.cells.Texts(), b.cells.Texts()) })
	out := make([]Row, len(order))
	for n, l := range order {
		out[n] = l.cells
		for _, v := range values {
			for _, i := range cells {
				if l.by[v] == nil {
					out[n] = append(out[n], None)
				} else {
					out[n] = append(out[n], l.by[v].Cells()[i])
				}
			}
		}
		all := l.all.Cells()
		for _, i := range cells {
			if r.Columns[i].Total {
				out[n] = append(out[n], all[i])
			}
		}
		for _, i := range sums {
			out[n] = append(out[n], all[i])
		}
	}
	return out
}
