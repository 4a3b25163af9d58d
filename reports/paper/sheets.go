package paper

import (
	"strings"

	"zhanggui/data/text"
)

// The places of A4 papers.
const (
	a4W, a4H        = 210.0, 297.0
	a4X, a4Table    = 15.0, 183.0
	a4FieldH        = 5.5
	a4HeadH         = 7.0
	a4RowH          = 7.0
	a4Bottom        = 245.0 // rows on pages before the last end here, carried forward among them
	a4LastBottom    = 190.0 // rows on the last page of a stock slip
	a4SignY         = 252.0
	a4SealY, a4Seal = 222.0, 40.0
	a4Grid, a4Frame = 0.2, 0.35
)

// sheetJob is a slip on A4: rows grow with their names, and what stands under the table follows it.
type sheetJob struct {
	*job
	top   float64 // y of the table's head
	rows  int     // of fields
	parts []a4Page
}

// a4Row is one row of the table: a line, or a further part of a name longer than a page.
type a4Row struct {
	line  int
	first bool
	names []string
	h     float64
}

type a4Page struct{ rows []a4Row }

func (j *job) sheets() ([]page, error) {
	s := &sheetJob{job: j}
	size := 8.5
	if j.Form == Order {
		size = 9
	}
	if err := j.prepare(a4X, a4Table, size); err != nil {
		return nil, err
	}
	s.rows = s.fieldRows()
	s.top = 37 + float64(s.rows)*a4FieldH + 3
	narrow := s.narrowest()
	s.paginate(narrow)
	var out []page
	for i := range j.copies {
		pages, err := s.copy(&j.copies[i])
		if err != nil {
			return nil, err
		}
		out = append(out, pages...)
	}
	return out, nil
}

// fieldRows is four, or more when there are more fields.
func (s *sheetJob) fieldRows() int {
	rows := 4
	for rows < 8 {
		if _, over := s.arrange(s.places(), rows, 2, true); len(over) == 0 {
			return rows
		}
		rows++
	}
	return rows
}

func (s *sheetJob) places() map[Key]spot {
	if s.Form == Order {
		return sheetOrder
	}
	return sheetStock
}

// narrowest is the set with the least room for names: it decides the breaks of all copies.
func (s *sheetJob) narrowest() *copyOf {
	least := &s.copies[0]
	for i := range s.copies {
		if s.copies[i].set.name().w < least.set.name().w {
			least = &s.copies[i]
		}
	}
	return least
}

// rowHeight is the height of a row whose name has n lines.
func (s *sheetJob) rowHeight(n int) float64 {
	if s.Form == Order {
		return max(a4RowH, micro(3.56*float64(n)+1.8))
	}
	return max(a4RowH, micro(3.4*float64(n)+1.6))
}

// row lays out one line; a name longer than a page is cut into rows.
func (s *sheetJob) row(i int, st *set) []a4Row {
	names := wrap(s.nameText(&s.Lines[i], st), st.size, false, st.name().w-2*pad)
	const most = 40
	var out []a4Row
	for k := 0; k < len(names); k += most {
		part := names[k:min(k+most, len(names))]
		out = append(out, a4Row{line: i, first: k == 0, names: part, h: s.rowHeight(len(part))})
	}
	return out
}

// paginate breaks the rows: as many as fit, but the last page needs room for its block, and a block never stands
// without a line of its own.
func (s *sheetJob) paginate(c *copyOf) {
	var all []a4Row
	for i := range s.Lines {
		all = append(all, s.row(i, c.set)...)
	}
	if len(all) == 0 {
		s.parts = []a4Page{{}}
		return
	}
	lastLimit := s.lastLimit(c)
	for len(all) > 0 {
		y := s.top + a4HeadH
		if len(s.parts) > 0 {
			y += a4RowH
		}
		if y+heights(all) <= lastLimit {
			s.parts = append(s.parts, a4Page{all})
			return
		}
		n, end := 0, y
		for n < len(all) && (n == 0 || end+all[n].h <= a4Bottom-a4RowH) {
			end += all[n].h
			n++
		}
		if n == len(all) && n > 1 {
			n-- // the last line goes over with the block
		}
		s.parts = append(s.parts, a4Page{all[:n]})
		all = all[n:]
	}
}

func heights(rows []a4Row) float64 {
	h := 0.0
	for _, r := range rows {
		h += r.h
	}
	return h
}

// lastLimit is how far rows may run on the last page, so that everything under the table fits.
func (s *sheetJob) lastLimit(c *copyOf) float64 {
	limit := s.floor() - a4RowH - s.blockHeight(c) - s.afterHeight(c)
	if s.Form != Order && limit > a4LastBottom {
		return a4LastBottom
	}
	return limit
}

// floor is where the block of the last page must end: above signatures or seals.
func (s *sheetJob) floor() float64 {
	if s.Form == Order && len(s.Seals) > 0 {
		return a4SealY - 3
	}
	return a4SignY - 3
}

// blockHeight is what the last page has inside the frame.
func (s *sheetJob) blockHeight(c *copyOf) float64 {
	h := 0.0
	if c.money && !s.NoWords && len(s.Sums) == 0 {
		h += 7.5
	}
	if s.Inspection != nil {
		h += 6.5
	}
	if c.money && len(s.Balance) > 0 {
		h += 6
	}
	return h
}

// afterHeight is what the last page has under the frame: sums, notes, remark, terms.
func (s *sheetJob) afterHeight(c *copyOf) float64 {
	h := 0.0
	if c.money && len(s.Sums) > 0 {
		h = max(2+6*float64(len(s.Sums)), 2.5+5*float64(len(s.notes(c))))
	}
	_, over := s.arrange(s.places(), s.rows, 2, c.money)
	if r := s.remarkText(over); r != "" {
		h += 2 + 5*float64(len(wrap(r, 9, false, a4Table)))
	}
	if len(s.Terms) > 0 {
		h += 4 + 7
		for _, t := range s.Terms {
			h += 4*float64(len(wrap(safe(t), 9, false, a4Table))-1) + 5.2
		}
	}
	return h
}

func (s *sheetJob) copy(c *copyOf) ([]page, error) {
	out := make([]page, len(s.parts))
	total := sums{}
	for n := range s.parts {
		p := &out[n]
		*p = page{w: a4W, h: a4H, dx: s.Shift.X, dy: s.Shift.Y}
		var lines []int
		for _, r := range s.parts[n].rows {
			if r.first {
				lines = append(lines, r.line)
			}
		}
		before := sums{}
		for k, v := range total {
			before[k] = v
		}
		if err := s.running(total, lines, c.set); err != nil {
			return nil, err
		}
		last := n == len(s.parts)-1
		at, over := s.arrange(s.places(), s.rows, 2, c.money)
		if err := s.a4Head(p, n); err != nil {
			return nil, err
		}
		s.fieldGrid(p, at)
		y := s.table(p, c, n, before, total)
		if last {
			s.after(p, c, y, s.remarkText(over))
		} else {
			p.text(a4X+a4Table, y+0.3, 5, wordContinued.In(s.Lang), 8.5, false, right)
		}
		s.hands(p, last)
		s.foot(p, c)
	}
	return out, nil
}

// a4Head draws the head common to A4 papers.
func (s *sheetJob) a4Head(p *page, n int) error {
	head := sheetHead{lang: s.Lang, company: s.Company, title: s.titleText(), number: s.Number, barcode: s.barcode(), x: a4X, table: a4Table, y: 12, address: true}
	edge, err := head.draw(p, n, len(s.parts))
	if err == nil {
		s.marks(p, edge+4, 26.7)
	}
	return err
}

// sheetHead is company, address, page, bar code, number, title and rule of an A4 paper.
type sheetHead struct {
	lang            text.Lang
	company         Company
	title           string
	number, barcode string
	x, table, y     float64
	address         bool
}

// draw returns where the page number ends.
func (h sheetHead) draw(p *page, n, of int) (float64, error) {
	r := h.x + h.table
	room := h.table - 70
	name := safe(h.company.Name)
	p.text(h.x, h.y, 7.5, name, shrink(name, 14, true, room), true, left)
	if h.address {
		a := safe(h.company.head(h.lang))
		p.text(h.x, h.y+7.2, 4.5, a, shrink(a, 8, false, room), false, left)
	}
	title := safe(h.title)
	if h.lang != text.Zh {
		title = strings.ToUpper(title)
	}
	p.text(r, h.y+12.5, 9, title, shrink(title, 18, true, h.table-50), true, right)
	pageText := pageOf(h.lang, n+1, of)
	p.text(h.x, h.y+14.5, 5, pageText, 9, false, left)
	p.line(h.x, h.y+22.5, r, h.y+22.5, 0.5)
	edge := h.x + width(pageText, 9, false)
	if h.number == "" {
		return edge, nil
	}
	p.text(r, h.y+8.3, 4.2, h.number, 9.5, true, right)
	return edge, p.codeRight(r, h.y, 8, moduleLaser, h.barcode)
}

func (s *sheetJob) fieldGrid(p *page, at map[spot]Field) {
	wide, labels := [2]float64{121, 62}, [2]float64{19.2, 20.2}
	if s.Form == Order {
		wide, labels = [2]float64{123, 60}, [2]float64{22.2, 21.2}
	}
	for r := 0; r < s.rows; r++ {
		x := a4X
		for c := 0; c < 2; c++ {
			if fd, ok := at[spot{r, c}]; ok {
				y := 37 + float64(r)*a4FieldH
				t := safe(label(s.Lang, fd.Label))
				size := shrink(t, 9, false, labels[c]-1.4)
				p.text(x, y, a4FieldH, t, size, false, left)
				past := max(0, width(t, size, false)+1.4-labels[c]) // a label that is too long at its smallest moves its own value on
				room := func(n spot) float64 { return wide[n.col] - labels[n.col] - 1.5 - past }
				p.drawField(micro(x+labels[c]+past), y, a4FieldH, room(spot{r, c}), fd.Value, fd.Bold, tight(at, spot{r, c}, room), smallest)
			}
			x += wide[c]
		}
	}
}

// table draws head, rows, totals and what stands inside the frame; it returns where the frame ends.
func (s *sheetJob) table(p *page, c *copyOf, n int, before, total sums) float64 {
	last := n == len(s.parts)-1
	y := s.top
	p.fill(a4X, y, a4Table, a4HeadH, 0xEF)
	p.line(a4X, y, a4X+a4Table, y, a4Frame)
	p.head(c.set, y, a4HeadH)
	row := func(h float64) {
		p.rules(c.set, y, micro(y+h), a4Grid)
		y = micro(y + h)
		p.line(a4X, y, a4X+a4Table, y, a4Grid)
	}
	row(a4HeadH)
	if n > 0 {
		s.drawSums(p, c.set, wordBrought.In(s.Lang), before, y, a4RowH, false)
		row(a4RowH)
	}
	name := c.set.name()
	for _, r := range s.own(n, c) {
		if r.first {
			s.drawCells(p, c.set, r.line, y, r.h)
		}
		p.lines(name.x+pad, y, r.h, r.names, c.set.size, 1.12, false, left)
		row(r.h)
	}
	title := wordCarried
	if last {
		title = wordTotal
	}
	s.drawSums(p, c.set, title.In(s.Lang), total, y, a4RowH, true)
	row(a4RowH)
	if last {
		y = s.block(p, c, y)
	}
	p.line(a4X, y, a4X+a4Table, y, a4Frame)
	p.line(a4X, s.top, a4X, y, a4Frame)
	p.line(a4X+a4Table, s.top, a4X+a4Table, y, a4Frame)
	return y
}

// own lays the rows of a page out for a copy's own columns; the lines are those of every copy.
func (s *sheetJob) own(n int, c *copyOf) []a4Row {
	var out []a4Row
	for _, r := range s.parts[n].rows {
		rows := s.row(r.line, c.set)
		if len(rows) == 1 && r.first {
			out = append(out, rows[0])
		} else if len(rows) > 1 {
			out = append(out, r)
		}
	}
	return out
}

func (s *sheetJob) block(p *page, c *copyOf, y float64) float64 {
	line := func() { p.line(a4X, y, a4X+a4Table, y, a4Grid) }
	if c.money && !s.NoWords && len(s.Sums) == 0 {
		s.wordsRow(p, a4X, y, a4Table, 7.5, 10.5)
		y += 7.5
		line()
	}
	if s.Inspection != nil {
		s.inspectionRow(p, a4X, y, a4Table, 6.5)
		y += 6.5
		line()
	}
	if c.money && len(s.Balance) > 0 {
		s.balanceRow(p, a4X, y, a4Table, 6, a4Grid)
		y += 6
	}
	return micro(y)
}

// after draws what follows the table on the last page.
func (s *sheetJob) after(p *page, c *copyOf, y float64, remark string) {
	start := y
	if c.money && len(s.Sums) > 0 {
		for i, sum := range s.Sums {
			size, bold := 9.5, false
			if i == len(s.Sums)-1 {
				size, bold = 11, true
			}
			p.text(169.2, y+2, 6, full(sum.Label), size, bold, right)
			p.text(a4X+a4Table-pad, y+2, 6, sum.Amount.Grouped(), size, bold, right)
			y += 6
		}
		y += 2
		p.line(145, micro(y), a4X+a4Table, micro(y), a4Frame)
	}
	room := a4Table
	if len(s.Sums) > 0 {
		room = 125
	}
	for i, note := range s.notes(c) {
		ny := start + 2.5 + 5*float64(i)
		note = safe(note)
		p.text(a4X, ny, 5, note, shrink(note, 9, false, room), false, left)
		y = max(y, ny+5)
	}
	if remark != "" {
		y += 2
		for _, l := range wrap(remark, 9, false, a4Table) {
			p.text(a4X, y, 5, l, 9, false, left)
			y += 5
		}
	}
	s.terms(p, y)
}

// notes stand beside the sums, where there is money.
func (s *sheetJob) notes(c *copyOf) []string {
	if !c.money || len(s.Sums) == 0 {
		return nil
	}
	return s.Notes
}

// terms draws the conditions of an order.
func (s *sheetJob) terms(p *page, y float64) {
	if len(s.Terms) == 0 {
		return
	}
	y += 4
	p.text(a4X, y, 5, wordTerms.In(s.Lang), 10, true, left)
	y += 5.5
	for _, t := range s.Terms {
		lines := wrap(safe(t), 9, false, a4Table)
		for i, l := range lines {
			p.text(a4X, y, 5, l, 9, false, left)
			if i < len(lines)-1 {
				y += 4
			}
		}
		y += 5.2
	}
}

// hands draws the signatures of every page, or on the last page the two seals of an order.
func (s *sheetJob) hands(p *page, last bool) {
	if s.Form == Order && len(s.Seals) > 0 {
		if last {
			s.seals(p)
		}
		return
	}
	ws := shares(s.Signatures, a4Table)
	x := a4X
	for i, h := range s.Signatures {
		lw := ws[i] - 3
		if i == len(s.Signatures)-1 {
			lw = a4X + a4Table - x
		}
		t := safe(full(h.Label))
		p.text(x, a4SignY, 5, t, shrink(t, 8, false, lw), false, left)
		if h.Name != "" {
			name := safe(h.Name)
			p.text(x, 258, 6, name, shrink(name, 9.5, false, lw), false, left)
		}
		p.line(micro(x), 265, micro(x+lw), 265, 0.2)
		x += ws[i]
	}
}

func (s *sheetJob) seals(p *page) {
	const w, gap = 89.5, 4.0
	for i, seal := range s.Seals {
		if i > 1 {
			return
		}
		x := a4X + float64(i)*(w+gap)
		p.frame(x, a4SealY, w, a4Seal, 0.25)
		t := safe(full(seal.Title))
		p.text(x+2, a4SealY+0.5, 6, t, shrink(t, 9.5, true, w-4), true, left)
		line := safe(seal.Line)
		p.text(x+2, a4SealY+7, 5, line, shrink(line, 9, false, w-4), false, left)
		p.text(x+2, a4SealY+27, 5, wordSignature.In(s.Lang), 9, false, left)
		p.line(x+22, a4SealY+31.5, x+w-3.5, a4SealY+31.5, 0.2)
		p.text(x+2, a4SealY+33.5, 5, wordDate.In(s.Lang), 9, false, left)
		p.line(x+22, a4SealY+38, x+w-3.5, a4SealY+38, 0.2)
	}
}

func (s *sheetJob) foot(p *page, c *copyOf) {
	words := s.Print.printed(s.Lang)
	if len(c.strips) > 0 {
		ply := c.strips[0]
		if s.Lang == text.Zh {
			words = strings.TrimSpace(words + "    " + ply.Colour.Zh + "：" + ply.For.Zh)
		} else if words == "" {
			words = "Copy: " + ply.For.En
		} else {
			words = "Copy: " + ply.For.En + " · " + words
		}
	}
	p.foot(a4X, a4Table, s.Company.foot(s.Lang), words)
}

// foot is the last line of A4 papers.
func (p *page) foot(x, table float64, l, r string) {
	p.line(x, 281, x+table, 281, 0.2)
	l, r = safe(l), safe(r)
	p.text(x+table, 281.5, 4, r, 7.5, false, right)
	room := table - width(r, 7.5, false) - 4
	size := shrink(l, 7.5, false, room)
	p.text(x, 281.5, 4, cut(l, size, false, room), size, false, left)
}
