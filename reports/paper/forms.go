package paper

import (
	"strings"

	"zhanggui/data/text"
)

// measures are the fixed places of a form: continuous paper and A5 are pre-cut and every row has its place.
type measures struct {
	w, h, x, table         float64 // page, left edge and width of the table
	companyY, companyH     float64
	companySize            float64
	titleY, titleH         float64
	titleSize              float64 // 0: the title stands on the company's line
	pageY, pageSize        float64
	marksX, marksY         float64
	barY, barH, barRight   float64
	module                 float64
	numberY, numberH       float64
	numberSize             float64
	fieldsY, fieldH        float64
	fieldRows              int
	fields, receiptFields  [3]float64
	headY, headH           float64
	broughtH               float64
	rows                   int
	rowH, nameSize         float64
	sumH, wordsH, balanceH float64
	wordsSize              float64
	remarkGap, remarkH     float64
	signY, signH           float64
	footY, footH, footSize float64
	strip                  bool
	floor                  float64    // no words smaller than this: a dot matrix draws no Chinese character below 8 pt
	taller                 [3]float64 // what a row of fields with two lines grows by
	grid, frame            float64
	grey                   bool
}

var (
	tractor = measures{
		w: 241, h: 139.7, x: 19, table: 197, companyY: 5.5, companyH: 6.5, companySize: 15, titleY: 12, titleH: 6.5, titleSize: 14,
		pageY: 6, pageSize: 9, marksX: 19, marksY: 11.5, barY: 6, barH: 6.5, barRight: 213, module: moduleMatrix,
		numberY: 12.9, numberH: 4.5, numberSize: 10, fieldsY: 19.5, fieldH: 5, fieldRows: 3,
		fields: [3]float64{100, 55, 42}, receiptFields: [3]float64{92, 62, 43},
		headY: 35.5, headH: 6, broughtH: 5, rows: 8, rowH: 7, nameSize: 8.5, sumH: 6, wordsH: 6, balanceH: 6, wordsSize: 10,
		remarkGap: 0.3, remarkH: 5, signY: 121.5, signH: 6.5, footY: 129, footH: 4, footSize: 8, strip: true, floor: 8, grid: 0.25, frame: 0.35,
	}
	tractorThird = measures{
		w: 241, h: 93.1, x: 19, table: 197, companyY: 5, companyH: 7, companySize: 13,
		pageY: 5, pageSize: 9, marksX: 44, marksY: 5.2, barY: 5, barH: 3.9, barRight: 213, module: moduleMatrix,
		numberY: 8.9, numberH: 3.6, numberSize: 9, fieldsY: 12.5, fieldH: 4.5, fieldRows: 2,
		fields: [3]float64{100, 55, 42}, receiptFields: [3]float64{92, 62, 43},
		headY: 22, headH: 5.5, broughtH: 4.5, rows: 5, rowH: 6.5, nameSize: 8, sumH: 5.5, wordsH: 5.5, balanceH: 4.5, wordsSize: 10,
		signY: 76.5, signH: 5.5, footY: 82.5, footH: 3.5, footSize: 8, strip: true, floor: 8, grid: 0.25, frame: 0.35,
	}
	halfSheet = measures{
		w: 210, h: 148, x: 12, table: 188, companyY: 8, companyH: 7, companySize: 15, titleY: 15, titleH: 6.5, titleSize: 13,
		pageY: 8.5, pageSize: 8.5, marksX: 12, marksY: 14, barY: 8.5, barH: 7, barRight: 200, module: moduleLaser,
		numberY: 15.9, numberH: 4.5, numberSize: 9.5, fieldsY: 23, fieldH: 5, fieldRows: 3,
		fields: [3]float64{96, 52, 40}, receiptFields: [3]float64{88, 58, 42},
		headY: 39, headH: 6.5, broughtH: 5, rows: 8, rowH: 7, nameSize: 8.5, sumH: 6, wordsH: 6.5, balanceH: 6, wordsSize: 10,
		remarkGap: 0.5, remarkH: 5, signY: 127, signH: 6.5, footY: 135, footH: 4, footSize: 7.5, grid: 0.2, frame: 0.35, grey: true,
	}
)

// compact squeezes the last page of a form that carries everything: brought forward, balance row and remark.
func (m measures) compact() measures {
	m.broughtH, m.sumH, m.wordsH, m.balanceH, m.remarkGap, m.remarkH = 4.5, 5.5, 5, 5, 0, 4
	return m
}

// form is a slip on continuous paper or A5.
type form struct {
	*job
	m measures
}

func (j *job) forms() ([]page, error) {
	f := &form{job: j}
	switch j.Size {
	case Continuous:
		f.m = tractor
	case ContinuousThird:
		f.m = tractorThird
	default:
		f.m = halfSheet
	}
	if err := j.prepare(f.m.x, f.m.table, 9); err != nil {
		return nil, err
	}
	f.paginate()
	var out []page
	for i := range j.copies {
		pages, err := f.copy(&j.copies[i])
		if err != nil {
			return nil, err
		}
		out = append(out, pages...)
	}
	return out, nil
}

// nameLines breaks a name for a set. Breaks are measured at the full size although two lines are set smaller: the
// same name then breaks alike on papers of the same width.
func (f *form) nameLines(i int, s *set) []string {
	return wrap(f.nameText(&f.Lines[i], s), s.size, false, s.name().w-2*pad)
}

// rowsOf is how many rows of two lines a product takes.
func (f *form) rowsOf(i int, s *set) int { return (len(f.nameLines(i, s)) + 1) / 2 }

// paginate breaks the lines once for all copies, by the copy in which names are longest.
func (f *form) paginate() {
	var now []int
	used := 0
	for i := range f.Lines {
		need := 1
		for k := range f.copies {
			need = max(need, f.rowsOf(i, f.copies[k].set))
		}
		if used > 0 && used+need > f.m.rows {
			f.breaks = append(f.breaks, now)
			now, used = nil, 0
		}
		now = append(now, i)
		used += need
		for used > f.m.rows { // longer than a page: it goes on over pages of its own
			f.breaks = append(f.breaks, now)
			now = []int{-i - 1}
			used -= f.m.rows
		}
	}
	f.breaks = append(f.breaks, now)
	f.lastApart(used)
}

// copy draws all pages of one copy.
func (f *form) copy(c *copyOf) ([]page, error) {
	out := make([]page, len(f.breaks))
	total := sums{}
	for n, lines := range f.breaks {
		p := &out[n]
		*p = page{w: f.m.w, h: f.m.h, dx: f.Shift.X, dy: f.Shift.Y}
		before := sums{}
		for k, v := range total {
			before[k] = v
		}
		own := lines
		if len(own) > 0 && own[0] < 0 {
			own = own[1:]
		}
		if err := f.running(total, own, c.set); err != nil {
			return nil, err
		}
		if err := f.draw(p, c, n, before, total); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// draw draws one page.
func (f *form) draw(p *page, c *copyOf, n int, before, total sums) error {
	last := n == len(f.breaks)-1
	at, over := f.arrange(f.places(), f.m.fieldRows, 3, c.money)
	remark := f.remarkText(over)
	m := f.grown(at)
	foot := remark
	if last && f.remarkUnder(c, remark) {
		m, foot = f.thirdClosed(m, c, n > 0, remark), ""
	} else if last {
		m = f.closed(m, c, n > 0, remark)
	}
	if err := f.title(p, m, n); err != nil {
		return err
	}
	f.fieldGrid(p, m, at)
	y := f.table(p, m, c, n, before, total)
	f.below(p, m, c, y, last, remark)
	f.signatures(p, m.x, m.table, m.signY, m.signH)
	f.foot(p, m, c, last, foot)
	f.edge(p, m, c)
	return nil
}

func (f *form) places() map[Key]spot {
	if f.Form == Receipt {
		return gridReceipt
	}
	return gridStock
}

// columns are the widths of the head's fields.
func (f *form) columns(m measures) [3]float64 {
	if f.Form == Receipt {
		return m.receiptFields
	}
	return m.fields
}

// grown makes a row of fields taller where one of them stands on two lines that may not be set smaller: the table goes down by what the
// gap above it does not hold, and the remark gives the room.
func (f *form) grown(at map[spot]Field) measures {
	m := f.m
	if m.floor <= smallest {
		return m
	}
	cols, end := f.columns(m), m.fieldsY
	for r := 0; r < m.fieldRows; r++ {
		for c := 0; c < 3; c++ {
			if fd, ok := at[spot{r, c}]; ok && twoLines(fd.Value, fd.Bold, fieldRoom(f.Lang, fd, cols[c])) {
				m.taller[r] = max(0, 2*m.floor*pt*1.05-m.fieldH)
			}
		}
		end += m.fieldH + m.taller[r]
	}
	m.headY = max(m.headY, end)
	return m
}

// fieldRoom is what a field's value may take beside its label.
func fieldRoom(l text.Lang, fd Field, w float64) float64 {
	return w - width(safe(label(l, fd.Label)), 9, false) - 2.9
}

// closed are the measures of a last page: squeezed where it carries everything, and its rows lower by what a remark of two lines still lacks. A name of
// two lines keeps its room.
func (f *form) closed(m measures, c *copyOf, brought bool, remark string) measures {
	two := m.remarkH > 0 && f.remarkLines(m, remark) > 1
	if f.bottom(m, c, brought, remark) <= m.signY && !two {
		return m
	}
	high := 2 * max(m.floor, smallest) * pt * 1.05
	if two {
		m.remarkH = max(m.remarkH, high)
		if f.bottom(m, c, brought, remark) <= m.signY {
			return m
		}
	}
	m = m.compact()
	if two {
		m.remarkGap, m.remarkH = 0.4, max(m.remarkH, high)
	}
	if over := f.bottom(m, c, brought, remark) - m.signY; over > 0 {
		m.rowH = max(m.rowH-over/float64(m.rows), 2*m.nameSize*pt*1.06)
	}
	return m
}

// remarkLines is how many lines a remark takes under the frame: two at most.
func (f *form) remarkLines(m measures, remark string) int {
	switch {
	case remark == "":
		return 0
	case width(remark, max(m.floor, smallest), false) <= m.table:
		return 1
	}
	return 2
}

// bottom reckons where the last page's remark would end.
func (f *form) bottom(m measures, c *copyOf, brought bool, remark string) float64 {
	y := m.headY + m.headH + float64(m.rows)*m.rowH + m.sumH
	if brought {
		y += m.broughtH
	}
	y += f.blockHeight(m, c)
	if remark != "" && m.remarkH > 0 {
		y += m.remarkGap + m.remarkH
	}
	return y
}

// inspected tells whether the paper has a row for the inspection: the third of a sheet has no room for it, but for what was found.
func (f *form) inspected() bool {
	return f.Inspection != nil && (f.Size != ContinuousThird || f.Inspection.Choice > 0)
}

// blockHeight is words, inspection and balance row.
func (f *form) blockHeight(m measures, c *copyOf) float64 {
	h := 0.0
	if c.money && !f.NoWords {
		h += m.wordsH
	}
	if f.inspected() {
		h += m.wordsH
	}
	if c.money && len(f.Balance) > 0 && f.Size != ContinuousThird {
		h += m.balanceH
	}
	return h
}

// title draws company, title, page number, marks, bar code and number.
func (f *form) title(p *page, m measures, n int) error {
	mid := m.x + m.table/2
	room := m.table - 2*54.5 // clear of the bar code at the right
	company := safe(f.Company.Name)
	title := safe(f.titleText())
	if m.titleSize == 0 {
		line := company + "  " + title
		p.text(mid, m.companyY, m.companyH, line, shrink(line, m.companySize, true, room), true, middle)
	} else {
		p.text(mid, m.companyY, m.companyH, company, shrink(company, m.companySize, true, room), true, middle)
		p.text(mid, m.titleY, m.titleH, title, shrink(title, m.titleSize, true, room), true, middle)
	}
	p.text(m.x, m.pageY, 4.5, pageOf(f.Lang, n+1, len(f.breaks)), m.pageSize, false, left)
	f.marks(p, m.marksX, m.marksY)
	if f.Number == "" {
		return nil
	}
	p.text(m.barRight, m.numberY, m.numberH, "No. "+f.Number, m.numberSize, true, right)
	return p.codeRight(m.barRight, m.barY, m.barH, m.module, f.barcode())
}

func (f *form) fieldGrid(p *page, m measures, at map[spot]Field) {
	cols := f.columns(m)
	room := func(s spot) float64 { return fieldRoom(f.Lang, at[s], cols[s.col]) }
	y := m.fieldsY
	for r := 0; r < m.fieldRows; r++ {
		x := m.x
		h := m.fieldH + m.taller[r]
		for c := 0; c < 3; c++ {
			if fd, ok := at[spot{r, c}]; ok {
				t := safe(label(f.Lang, fd.Label))
				p.text(x, y, h, t, 9, false, left)
				lw := width(t, 9, false) + 1.4
				p.drawField(micro(x+lw), y, h, cols[c]-lw-1.5, fd.Value, fd.Bold, m.floor <= smallest && tight(at, spot{r, c}, room), m.floor)
			}
			x += cols[c]
		}
		y += h
	}
}

// tight tells whether the field above or below a place stands on two lines as well.
func tight(at map[spot]Field, s spot, room func(spot) float64) bool {
	for _, n := range []spot{{s.row - 1, s.col}, {s.row + 1, s.col}} {
		if f, ok := at[n]; ok && twoLines(f.Value, f.Bold, room(n)) {
			return true
		}
	}
	return false
}

// table draws head, rows and totals, and returns where its frame ends.
func (f *form) table(p *page, m measures, c *copyOf, n int, before, total sums) float64 {
	last := n == len(f.breaks)-1
	y := m.headY
	if m.grey {
		p.fill(m.x, y, m.table, m.headH, 0xEF)
	}
	p.line(m.x, y, m.x+m.table, y, m.frame)
	p.head(c.set, y, m.headH)
	row := func(h float64) {
		p.rules(c.set, y, y+h, m.grid)
		y += h
		p.line(m.x, y, m.x+m.table, y, m.grid)
	}
	row(m.headH)
	if n > 0 {
		f.drawSums(p, c.set, wordBrought.In(f.Lang), before, y, m.broughtH, false)
		row(m.broughtH)
	}
	used := f.rowsDrawn(p, m, c, n, &y, row)
	for ; used < m.rows; used++ {
		row(m.rowH)
	}
	title := wordCarried
	if last {
		title = wordTotal
	}
	f.drawSums(p, c.set, title.In(f.Lang), total, y, m.sumH, true)
	row(m.sumH)
	if last {
		y = f.block(p, m, c, y)
	}
	p.line(m.x, y, m.x+m.table, y, m.frame)
	p.line(m.x, m.headY, m.x, y, m.frame)
	p.line(m.x+m.table, m.headY, m.x+m.table, y, m.frame)
	return y
}

// rowsDrawn draws the product rows of a page and says how many it took.
func (f *form) rowsDrawn(p *page, m measures, c *copyOf, n int, y *float64, row func(float64)) int {
	name := c.set.name()
	used := 0
	for _, i := range f.breaks[n] {
		lines, from := f.part(i, n, c.set)
		if i < 0 {
			i = -i - 1
		}
		for k := 0; k < len(lines) || k == 0; k += 2 {
			if k == 0 && from == 0 {
				f.drawCells(p, c.set, i, *y, m.rowH)
			}
			pair := lines[k:min(k+2, len(lines))]
			size := c.set.size
			if from > 0 || len(lines) > 1 {
				size = m.nameSize
			}
			if len(pair) == 1 && k > 0 {
				size = c.set.size
			}
			p.lines(name.x+pad, *y, m.rowH, pair, size, 1.06, false, left)
			row(m.rowH)
			used++
		}
	}
	if n == len(f.breaks)-1 && used < m.rows {
		p.text(name.x+pad, *y, m.rowH, wordNothing.In(f.Lang), c.set.size, false, left)
		row(m.rowH)
		used++
	}
	return used
}

// part is what of a name stands on page n: all of it, or a page's share of a name longer than a page.
func (f *form) part(i, n int, s *set) (lines []string, from int) {
	line := i
	if i < 0 {
		line = -i - 1
	}
	lines = f.nameLines(line, s)
	for k := n - 1; i < 0 && k >= 0; k-- {
		from += 2 * f.m.rows
		if b := f.breaks[k]; b[len(b)-1] == line {
			break
		}
	}
	if from >= len(lines) {
		return nil, from
	}
	lines = lines[from:]
	if most := 2 * f.m.rows; len(lines) > most {
		lines = lines[:most]
	}
	return lines, from
}

// block draws the rows under the totals on the last page.
func (f *form) block(p *page, m measures, c *copyOf, y float64) float64 {
	r := m.x + m.table
	if c.money && !f.NoWords {
		f.wordsRow(p, m.x, y, m.table, m.wordsH, m.wordsSize)
		y += m.wordsH
		p.line(m.x, y, r, y, m.grid)
	}
	if f.inspected() {
		f.inspectionRow(p, m.x, y, m.table, m.wordsH)
		y += m.wordsH
		p.line(m.x, y, r, y, m.grid)
	}
	if c.money && len(f.Balance) > 0 && f.Size != ContinuousThird {
		f.balanceRow(p, m.x, y, m.table, m.balanceH, m.grid)
		y += m.balanceH
	}
	return y
}

// below draws what stands under the frame: remark and conditions, or that the slip goes on.
func (f *form) below(p *page, m measures, c *copyOf, y float64, last bool, remark string) {
	if !last {
		p.text(m.x+m.table, y+0.3, 5, wordContinued.In(f.Lang), 8.5, false, right)
		return
	}
	if f.Size == ContinuousThird && m.remarkH == 0 { // the short form has its remark in the foot
		return
	}
	if remark != "" {
		h := min(m.remarkH, m.signY-y-m.remarkGap)
		p.remark(m.x, y+m.remarkGap, h, m.table, remark, 8.5, m.floor)
		y += m.remarkGap + m.remarkH
	}
	if c.money {
		f.conditions(p, m, y+0.6)
	}
}

// conditions are an order's terms, a line each or one behind the other, where the room above the signatures holds them all: half of them would
// be worse than none, and A4 has them.
func (f *form) conditions(p *page, m measures, y float64) {
	if len(f.Terms) == 0 {
		return
	}
	size := max(m.floor, 7.5)
	pitch := size * pt * 1.06
	var each []string
	for _, t := range f.Terms {
		each = append(each, wrap(safe(t), size, false, m.table)...)
	}
	joined := wrap(safe(wordTerms.In(f.Lang)+"  "+strings.Join(f.Terms, "  ")), size, false, m.table)
	for _, lines := range [][]string{each, joined} {
		if y+pitch*float64(len(lines)) > m.signY {
			continue
		}
		for i, l := range lines {
			p.text(m.x, y+pitch*float64(i), pitch, l, size, false, left)
		}
		return
	}
}
