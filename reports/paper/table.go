package paper

import (
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// Table is a plain report on A4: title, parameters, columns, rows, totals, the head on every page and page n of N.
type Table struct {
	Lang       text.Lang
	Company    Company
	Title      string
	Parameters []string // "2026-10-01 至 2026-10-31", one after the other under the title
	Columns    []Column // Key and Sum are not used; Width is a weight, 0 is reckoned from the cells
	Rows       []Row
	More       func(f func(Row) error) error // gives the rows behind these, the same each time; nil: none
	Notes      []string                      // under the table, on the last page
	Landscape  bool
	Print      Print
	Shift      Shift
}

// Row is one row of a report. Bold rows are totals; a Section row is a bar with its first cell across the page.
type Row struct {
	Cells   []string
	Bold    bool
	Section bool
}

const tableMargin = 12.0

// tableJob is a report being laid out.
type tableJob struct {
	*Table
	w, h, width  float64
	size         float64
	xs, ws       []float64
	bottom, head float64
	count        int // of all rows
}

// each gives all rows, and stops where f fails.
func (t *Table) each(f func(Row) error) error {
	for _, r := range t.Rows {
		if err := f(r); err != nil {
			return err
		}
	}
	if t.More == nil {
		return nil
	}
	return t.More(f)
}

func (t *Table) pages() (out []page, err error) {
	s, err := t.sheets()
	if err != nil {
		return nil, err
	}
	err = s(func(p *page) error {
		out = append(out, *p)
		out[len(out)-1].ops = slices.Clone(p.ops)
		return nil
	})
	return out, err
}

// sheets lays the report out page after page: one of a hundred thousand rows has some thousands.
func (t *Table) sheets() (sheets, error) {
	if len(t.Columns) == 0 {
		return nil, fault.New(fault.Invalid, "报表没有可打印的列，请至少选一列", "The report has no columns to print; choose at least one").At("columns")
	}
	j := &tableJob{Table: t, w: a4W, h: a4H}
	if t.Landscape {
		j.w, j.h = a4H, a4W
	}
	j.width = j.w - 2*tableMargin
	j.bottom = j.h - 20
	if err := j.fit(); err != nil {
		return nil, err
	}
	ends, err := j.paginate()
	if err != nil {
		return nil, err
	}
	var ops []op
	var rows []Row
	return func(f func(*page) error) error {
		n, i := 0, 0
		rows = rows[:0]
		one := func() error {
			p := page{w: j.w, h: j.h, dx: t.Shift.X, dy: t.Shift.Y, ops: ops[:0]}
			j.draw(&p, rows, n, len(ends))
			ops, rows, n = p.ops, rows[:0], n+1
			return f(&p)
		}
		err := j.each(func(r Row) error {
			rows = append(rows, r)
			if i++; i == ends[n] {
				return one()
			}
			return nil
		})
		if err == nil && j.count == 0 {
			err = one()
		}
		return err
	}, nil
}

// fit chooses the largest size from 9 to 6.5 points at which every figure fits, and days, numbers and codes stand on one line; where no size
// holds these, at which the figures fit; and shares the page among columns.
func (j *tableJob) fit() error {
	for _, whole := range []bool{true, false} {
		for size := 9.0; size >= smallest; size -= 0.25 {
			need, wish, fixed, err := j.needs(size, whole)
			if err != nil {
				return err
			}
			if fixed > j.width {
				continue
			}
			j.size = size
			j.share(need, wish)
			return nil
		}
	}
	return fault.New(fault.Invalid, "列太多，一页放不下：请减少列，或改为横向", "Too many columns for the page: choose fewer, or landscape").At("columns")
}

// needs measures columns: what they need at least, what they would like, and the sum of the needs.
func (j *tableJob) needs(size float64, whole bool) (need, wish []float64, sum float64, err error) {
	need, wish = make([]float64, len(j.Columns)), make([]float64, len(j.Columns))
	for i, c := range j.Columns {
		head := width(safe(c.Title), size, true) + 2*pad
		need[i], wish[i] = min(head, 10), head
	}
	err = j.each(func(r Row) error {
		for i, c := range j.Columns {
			if r.Section || i >= len(r.Cells) {
				continue
			}
			w := width(safe(r.Cells[i]), size, r.Bold) + 2*pad
			wish[i] = max(wish[i], w)
			if c.Kind == Figure || whole && (c.Kind == Centre || w <= longestCode && unbroken(r.Cells[i])) {
				need[i] = max(need[i], w)
			}
		}
		return nil
	})
	for i, c := range j.Columns {
		if c.Kind == Words {
			need[i] = max(need[i], min(wish[i], 14))
			wish[i] = min(wish[i], 80)
		}
		if c.Width > 0 {
			wish[i] = max(need[i], c.Width)
		}
		sum += need[i]
	}
	return need, wish, sum, err
}

// longestCode is the widest code or number, in millimetres, that a column gives way to.
const longestCode = 26

// unbroken tells of a cell that is one code or number: parted it could not be read.
func unbroken(s string) bool {
	digits := false
	for _, r := range s {
		if r <= ' ' || r > '~' {
			return false
		}
		digits = digits || r >= '0' && r <= '9'
	}
	return digits
}

// share gives every column its need and divides the rest by what the columns still wish.
func (j *tableJob) share(need, wish []float64) {
	rest, want := j.width, 0.0
	for i := range need {
		rest -= need[i]
		want += wish[i] - need[i]
	}
	j.ws, j.xs = make([]float64, len(need)), []float64{tableMargin}
	for i := range need {
		w := need[i]
		switch {
		case want > rest:
			w += rest * (wish[i] - need[i]) / want
		default:
			w = wish[i] + (rest-want)*wish[i]/(want+j.width-rest)
		}
		j.ws[i] = w
		j.xs = append(j.xs, micro(j.xs[i]+w))
	}
	j.xs[len(j.xs)-1] = tableMargin + j.width
}

// cells lays a row out: the lines of every cell, and the row's height.
func (j *tableJob) cells(r Row) ([][]string, float64) {
	if r.Section {
		return nil, j.size*pt + 2.2
	}
	out := make([][]string, len(j.Columns))
	most := 1
	for i := range j.Columns {
		if i >= len(r.Cells) {
			continue
		}
		s := safe(r.Cells[i])
		if j.Columns[i].Kind == Figure {
			out[i] = []string{s}
		} else {
			out[i] = wrap(s, j.size, r.Bold, j.ws[i]-2*pad)
		}
		most = max(most, len(out[i]))
	}
	return out, micro(1.12*j.size*pt*float64(most) + 1.8)
}

// headHeight is the height of the column titles.
func (j *tableJob) headHeight() float64 {
	most := 1
	for i, c := range j.Columns {
		most = max(most, len(wrap(safe(full(c.Title)), j.size, true, j.ws[i]-1)))
	}
	return micro(1.12*j.size*pt*float64(most) + 2.4)
}

// top is where the table begins, under title and parameters.
func (j *tableJob) top() float64 {
	return 25 + 5*float64(len(wrap(j.parameters(), 9, false, j.width-30)))
}

func (j *tableJob) parameters() string { return safe(strings.Join(j.Parameters, "    ")) }

// paginate parts the rows into pages and gives how many rows there are up to each page's end. A row is placed once it is known what follows.
func (j *tableJob) paginate() (ends []int, err error) {
	j.head = j.headHeight()
	start := j.top() + j.head
	var rows [2]Row // the two before the one that is read
	var heights [2]float64
	read, began, y := 0, 0, start
	place := func(i int, r Row, h float64, next *Row, nextHeight float64, beforeLast bool) {
		need := h
		if r.Section && next != nil {
			need += nextHeight
		}
		if beforeLast && next.Bold { // totals take the last row along
			need += nextHeight
		}
		if next == nil {
			need += 5 * float64(len(j.Notes))
		}
		if i > began && y+need > j.bottom {
			ends = append(ends, i)
			began, y = i, start
		}
		y += h
	}
	err = j.each(func(r Row) error {
		_, h := j.cells(r)
		if read >= 2 {
			place(read-2, rows[0], heights[0], &rows[1], heights[1], false)
		}
		rows, heights = [2]Row{rows[1], r}, [2]float64{heights[1], h}
		read++
		return nil
	})
	if read >= 2 {
		place(read-2, rows[0], heights[0], &rows[1], heights[1], true)
	}
	if read >= 1 {
		place(read-1, rows[1], heights[1], nil, 0, false)
	}
	j.count = read
	return append(ends, read), err
}

func (j *tableJob) draw(p *page, rows []Row, n, of int) {
	r := tableMargin + j.width
	company := safe(j.Company.Name)
	p.text(tableMargin, 9, 5, company, shrink(company, 9, false, j.width), false, left)
	title := j.Title
	if j.Lang == text.Zh {
		title = spaced(title)
	}
	title = safe(title)
	p.text(j.w/2, 13, 9, title, shrink(title, 15, true, j.width), true, middle)
	y := 24.0
	for _, l := range wrap(j.parameters(), 9, false, j.width-30) {
		p.text(tableMargin, y, 5, l, 9, false, left)
		y += 5
	}
	p.text(r, 24, 5, pageOf(j.Lang, n+1, of), 9, false, right)
	y = j.columnHead(p, j.top())
	for _, row := range rows {
		y = j.row(p, row, y)
	}
	p.border(tableMargin, j.top(), j.width, y)
	if n == of-1 {
		for _, note := range j.Notes {
			note = safe(note)
			p.text(tableMargin, y+0.5, 5, note, shrink(note, 8.5, false, j.width), false, left)
			y += 5
		}
	}
	p.line(tableMargin, j.h-15, r, j.h-15, 0.2)
	printed := safe(j.Print.printed(j.Lang))
	p.text(r, j.h-14.5, 4, printed, 7.5, false, right)
	foot, room := safe(j.Company.place(j.Lang)), j.width-width(printed, 7.5, false)-4
	size := shrink(foot, 7.5, false, room)
	p.text(tableMargin, j.h-14.5, 4, cut(foot, size, false, room), size, false, left)
}

func (j *tableJob) columnHead(p *page, y float64) float64 {
	p.fill(tableMargin, y, j.width, j.head, 0xEF)
	p.line(tableMargin, y, tableMargin+j.width, y, a4Frame)
	for i, c := range j.Columns {
		room := j.ws[i] - 1
		lines := wrap(safe(full(c.Title)), j.size, true, room)
		p.lines(j.xs[i]+j.ws[i]/2, y, j.head, lines, j.size, 1.12, true, middle)
	}
	p.uprights(j.xs, y, y+j.head, a4Grid)
	y = micro(y + j.head)
	p.line(tableMargin, y, tableMargin+j.width, y, a4Grid)
	return y
}

func (j *tableJob) row(p *page, row Row, y float64) float64 {
	cells, h := j.cells(row)
	if row.Section {
		p.fill(tableMargin, y, j.width, h, 0xF7)
		if len(row.Cells) > 0 {
			s := safe(row.Cells[0])
			p.text(tableMargin+pad, y, h, cut(s, j.size, true, j.width-2*pad), j.size, true, left)
		}
	} else {
		for i, c := range j.Columns {
			x, a := j.xs[i]+pad, left
			switch c.Kind {
			case Figure:
				x, a = j.xs[i+1]-pad, right
			case Centre, Box, Blank:
				x, a = (j.xs[i]+j.xs[i+1])/2, middle
			}
			p.lines(x, y, h, cells[i], j.size, 1.12, row.Bold, a)
		}
		p.uprights(j.xs, y, y+h, a4Grid)
	}
	y = micro(y + h)
	p.line(tableMargin, y, tableMargin+j.width, y, a4Grid)
	return y
}
