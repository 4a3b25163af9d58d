package paper

import (
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// copyOf is one run through the pages of a slip: one ply, or one strike for all of them.
type copyOf struct {
	ply    int // index, or -1 for a strike
	strips []Ply
	set    *set
	money  bool
}

// job is a slip being laid out.
type job struct {
	*Voucher
	plies  []Ply
	copies []copyOf
	breaks [][]int // line indexes of each page, the same for every ply
}

func (v *Voucher) pages() ([]page, error) {
	if err := v.check(); err != nil {
		return nil, err
	}
	j := &job{Voucher: v, plies: v.Plies}
	if v.Size == A4 {
		return j.sheets()
	}
	return j.forms()
}

// check refuses what cannot be printed truthfully.
func (v *Voucher) check() error {
	switch v.Size {
	case Continuous, ContinuousThird, A5, A4:
	default:
		return fault.New(fault.Invalid, "不认识的纸张“%s”，请选 241x140、241x93、a5 或 a4",
			"Unknown paper “%s”; choose 241x140, 241x93, a5 or a4", string(v.Size)).At("size")
	}
	if n := len(v.Balance); n > 0 {
		var sum num.Amount
		for _, b := range v.Balance[:n-1] {
			var err error
			if sum, err = num.Add(sum, b.Amount); err != nil {
				return err
			}
		}
		if sum != v.Balance[n-1].Amount {
			return fmt.Errorf("paper: balance row of %s: %s is not the sum %s", v.Number, v.Balance[n-1].Amount, sum)
		}
	}
	return nil
}

// prepare decides the copies and their columns.
func (j *job) prepare(x, tableWidth, size float64) error {
	money, plain := (*set)(nil), (*set)(nil)
	get := func(amounts bool) (*set, error) {
		p := &plain
		if amounts {
			p = &money
		}
		if *p == nil {
			var err error
			if *p, err = j.place(amounts, x, tableWidth, size); err != nil {
				return nil, err
			}
		}
		return *p, nil
	}
	add := func(ply int, strips []Ply, amounts bool) error {
		amounts = amounts && !j.NoAmounts
		s, err := get(amounts)
		if err == nil {
			j.copies = append(j.copies, copyOf{ply: ply, strips: strips, set: s, money: amounts})
		}
		return err
	}
	continuous := j.Size == Continuous || j.Size == ContinuousThird
	switch {
	case len(j.plies) == 0:
		return add(-1, nil, true)
	case j.Apart:
		for i, p := range j.plies {
			if err := add(i, j.plies[i:i+1], p.Amounts); err != nil {
				return err
			}
		}
		return nil
	case continuous: // one strike prints the same on every ply
		return add(-1, j.plies, true)
	}
	return add(0, j.plies[:1], j.plies[0].Amounts)
}

// nameText is what stands in the name cell.
func (j *job) nameText(l *Line, s *set) string {
	parts := []string{l.Name}
	if l.Spec != "" {
		parts = append(parts, l.Spec)
	}
	at := slices.IndexFunc(s.cols, func(c col) bool { return c.Key == ColRemark })
	if l.Remark != "" && (at < 0 || l.Cells[ColRemark] == "" && j.aside(l, &s.cols[at])) {
		parts = append(parts, l.Remark)
	}
	return safe(strings.Join(parts, " "))
}

// cell is the text of a column of a line.
func (j *job) cell(l *Line, i int, c *col) string {
	s := l.Cells[c.Key]
	switch {
	case c.Key == ColNumber && s == "":
		s = fmt.Sprint(i + 1)
	case c.Key == ColRemark && s == "" && !j.aside(l, c):
		s = l.Remark
	case c.Kind == Box:
		s = "□"
	}
	return safe(s)
}

// drawCells draws the cells of a line but its name, in a row of height h.
func (j *job) drawCells(p *page, s *set, i int, y, h float64) {
	l := &j.Lines[i]
	for k := range s.cols {
		c := &s.cols[k]
		if c.Key == ColName || c.Kind == Blank {
			continue
		}
		t := j.cell(l, i, c)
		switch c.Kind {
		case Figure:
			if l.Second != "" && isCount(c.Key) && (c.Key == ColQuantity || c.Key == ColReceived) {
				p.text(c.x+c.w-pad, y, h*0.56, t, s.size, false, right)
				p.text(c.x+c.w-pad, y+h*0.48, h*0.5, l.Second, shrink(safe(l.Second), 8, false, c.w-2*pad), false, right)
				continue
			}
			p.text(c.x+c.w-pad, y, h, t, s.size, false, right)
		case Words:
			j.drawWords(p, c, y, h, t, s.size)
		default:
			size := s.size
			if c.Key == ColDue || c.Key == ColExpiry {
				size = 8.5 // a date is long and matters little
			}
			p.text(c.x+c.w/2, y, h, t, max(shrink(t, size, false, c.w-2*pad), j.least(t)), false, middle)
		}
	}
}

// least is the smallest size a text may have: a dot matrix draws no Chinese character below 8 points.
func (j *job) least(t string) float64 {
	if j.Size != Continuous && j.Size != ContinuousThird {
		return smallest
	}
	for _, r := range t {
		if wide(r) {
			return matrixFloor
		}
	}
	return smallest
}

const matrixFloor = 8

// aside tells of a remark that is too long for two lines of its column: it stands behind the name, where there is room, and is not cut.
func (j *job) aside(l *Line, c *col) bool {
	t := safe(l.Remark)
	return len(wrap(t, j.least(t), false, c.w-2*pad)) > 2
}

// drawWords sets a code or remark: one line, shrunk if needed; two small lines rather than less than the smallest.
func (j *job) drawWords(p *page, c *col, y, h float64, t string, size float64) {
	room, least := c.w-2*pad, j.least(t)
	if width(t, least, false) > room {
		lines := wrap(t, least, false, room)
		if len(lines) > 2 {
			lines = []string{lines[0], cut(after(t, lines[0]), least, false, room)}
		}
		p.lines(c.x+pad, y, h, lines, least, 1.12, false, left)
		return
	}
	p.text(c.x+pad, y, h, t, max(shrink(t, size, false, room), least), false, left)
}

// drawSums draws a row of running totals.
func (j *job) drawSums(p *page, s *set, title string, total sums, y, h float64, bold bool) {
	name := s.name()
	p.text(name.x+pad, y, h, title, s.size, bold, left)
	for i := range s.cols {
		if c := &s.cols[i]; c.Sum {
			p.text(c.x+c.w-pad, y, h, j.shown(total, c.Key), s.size, bold, right)
		}
	}
}

// running adds the lines of a page to the totals.
func (j *job) running(total sums, lines []int, s *set) error {
	for _, i := range lines {
		for k := range s.cols {
			if s.cols[k].Sum {
				if err := total.add(j.Voucher, &j.Lines[i], i, s.cols[k].Key); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// titleText is the slip's title as this paper sets it.
func (j *job) titleText() string {
	t := j.Title
	if j.Red {
		t += wordRedTitle.In(j.Lang)
	}
	if j.Lang == text.Zh {
		return spaced(t)
	}
	return t
}

func (j *job) barcode() string {
	if j.Barcode != "" {
		return j.Barcode
	}
	return j.Number
}

// head draws the titles of the columns.
func (p *page) head(s *set, y, h float64) {
	for i := range s.cols {
		c := &s.cols[i]
		t := safe(full(c.Title))
		p.text(c.x+c.w/2, y, h, t, shrink(t, s.size, true, c.w-1), true, middle)
	}
}

// rules draws the upright lines between columns.
func (p *page) rules(s *set, y1, y2, lw float64) {
	for i := 1; i < len(s.cols); i++ {
		p.line(s.cols[i].x, y1, s.cols[i].x, y2, lw)
	}
}

// spot is where a field stands.
type spot struct{ row, col int }

var (
	gridStock = map[Key]spot{
		FieldParty: {0, 0}, FieldContact: {0, 1}, FieldDate: {0, 2},
		FieldAddress: {1, 0}, FieldWarehouse: {1, 1}, FieldPerson: {1, 2},
		FieldCarrier: {2, 0}, FieldTerms: {2, 0}, FieldSource: {2, 1}, FieldDue: {2, 2}, FieldRequired: {2, 2}, FieldCurrency: {2, 2},
	}
	gridReceipt = map[Key]spot{
		FieldParty: {0, 0}, FieldSupplier: {0, 1}, FieldDate: {0, 2},
		FieldSource: {1, 0}, FieldContact: {1, 1}, FieldWarehouse: {1, 2},
		FieldCarrier: {2, 0}, FieldPerson: {2, 1}, FieldDue: {2, 2}, FieldRequired: {2, 2},
	}
	sheetStock = map[Key]spot{
		FieldParty: {0, 0}, FieldDate: {0, 1}, FieldAddress: {1, 0}, FieldWarehouse: {1, 1},
		FieldContact: {2, 0}, FieldPerson: {2, 1}, FieldCarrier: {3, 0}, FieldSource: {3, 1}, FieldTerms: {4, 0},
	}
	sheetOrder = map[Key]spot{
		FieldParty: {0, 0}, FieldDate: {0, 1}, FieldContact: {1, 0}, FieldPerson: {1, 1},
		FieldAddress: {2, 0}, FieldRequired: {2, 1}, FieldDue: {2, 1}, FieldTerms: {3, 0}, FieldCurrency: {3, 1},
	}
)

// arrange puts the fields into a grid of rows and columns: those with a key in their place, the others where room
// is left. What finds none is returned.
func (j *job) arrange(places map[Key]spot, rows, cols int, money bool) (map[spot]Field, []Field) {
	at := map[spot]Field{}
	var free, over []Field
	for _, f := range j.Fields {
		if f.Value == "" || f.Key == FieldDue && !money {
			continue
		}
		if f.Key == FieldRequired && money && j.hasField(FieldDue) && j.Form != Order {
			continue
		}
		s, ok := places[f.Key]
		if _, taken := at[s]; ok && !taken && s.row < rows && s.col < cols {
			at[s] = f
			continue
		}
		free = append(free, f)
	}
	for _, f := range free {
		s, ok := emptySpot(at, rows, cols)
		if !ok {
			over = append(over, f)
			continue
		}
		at[s] = f
	}
	return at, over
}

func emptySpot(at map[spot]Field, rows, cols int) (spot, bool) {
	for r := 0; r < rows; r++ {
		for c := 0; c < cols; c++ {
			if _, taken := at[spot{r, c}]; !taken {
				return spot{r, c}, true
			}
		}
	}
	return spot{}, false
}

func (j *job) hasField(k Key) bool {
	for _, f := range j.Fields {
		if f.Key == k && f.Value != "" {
			return true
		}
	}
	return false
}

// fieldSize is the size of the head's fields in points.
const fieldSize = 9

// twoLines tells whether a field's value needs a second line.
func twoLines(value string, bold bool, room float64) bool {
	return width(safe(value), fieldSize-1, bold) > room
}

// drawField writes a value into its place: as it is; one point smaller; on two lines 1.5 points smaller, or as small as it takes and the
// paper's floor allows. What then is too long is cut. Two lines that have two lines above or below them stand close.
func (p *page) drawField(x, y, h, room float64, value string, bold, tight bool, floor float64) {
	value = safe(value)
	for _, s := range []float64{fieldSize, fieldSize - 1} {
		if width(value, s, bold) <= room {
			p.text(x, y, h, value, s, bold, left)
			return
		}
	}
	floor = max(floor, smallest)
	size, pitch, drop := max(fieldSize-1.5, floor), 1.05, 0.3
	if tight {
		size, pitch, drop = min(size, max(smallest, h/2/pt)), 1, 0
	}
	if floor > smallest {
		drop = 0
	}
	lines := wrap(value, size, bold, room)
	for len(lines) > 2 && size > floor {
		size -= 0.25
		lines = wrap(value, size, bold, room)
	}
	if len(lines) > 2 {
		lines = []string{lines[0], cut(after(value, lines[0]), size, bold, room)}
	}
	p.lines(x, y+drop, h, lines, size, pitch, bold, left)
}

// remarkText is the remark with the fields that found no place.
func (j *job) remarkText(over []Field) string {
	parts := make([]string, 0, len(over)+1)
	if j.Remark != "" {
		parts = append(parts, j.Remark)
		if len(over) > 0 {
			parts[0] = strings.TrimRight(j.Remark, "。；;. ")
		}
	}
	for _, f := range over {
		parts = append(parts, strings.TrimSpace(label(j.Lang, f.Label)+" "+f.Value))
	}
	if len(parts) == 0 {
		return ""
	}
	sep := "；"
	if j.Lang != text.Zh {
		sep = "; "
	}
	return safe(wordRemark.In(j.Lang) + strings.Join(parts, sep))
}

// marks draws the state boxes side by side.
func (j *job) marks(p *page, x, y float64) {
	const h = 9 * 1.5 * pt
	for _, m := range j.Print.marks(j.Lang, j.Red) {
		m = safe(m)
		w := width(m, 9, true) + 3
		p.frame(x, y, micro(w), micro(h), 0.4)
		p.text(x+w/2, y, h, m, 9, true, middle)
		x += w + 2
	}
}

// wordsRow is the row of words, and the figure at its right.
func (j *job) wordsRow(p *page, x, y, w, h, size float64) {
	r := x + w - pad
	if j.Lang != text.Zh {
		t := "Total " + j.currency() + " " + j.Total.Grouped()
		if j.Form == Order {
			t = "Total including VAT   " + j.currency() + " " + j.Total.Grouped()
		}
		p.text(r, y, h, t, size, true, right)
		if j.TaxIncluded {
			p.text(x+pad, y, h, wordTaxInside.En+j.Tax.Grouped(), 9, false, left)
		}
		return
	}
	caption := wordInWords.Zh
	if j.Inclusive {
		caption = wordInclusive.Zh
	}
	figure := "¥" + j.Total.Grouped()
	tail, tailSize, tailBold := figure, size, true
	switch {
	case j.TaxIncluded && j.Size == Continuous:
		tail = wordTaxInside.Zh + j.Tax.Grouped() + "  小写：" + figure
	case j.TaxIncluded:
		tail, tailSize, tailBold = wordTaxInside.Zh+j.Tax.Grouped(), 9, false
	case j.Size == Continuous || j.Size == ContinuousThird:
		tail = "小写：" + figure
	}
	p.text(r, y, h, tail, tailSize, tailBold, right)
	t := caption + num.Words(j.Total)
	p.text(x+pad, y, h, t, shrink(t, size, true, w-3*pad-width(tail, tailSize, tailBold)), true, left)
}

func (j *job) currency() string {
	if j.Currency == "" {
		return "CNY"
	}
	return j.Currency
}

// balanceWidths are the cells of the balance row in the proportion 34:36:30:46:42; where one is too narrow for its words, all share
// by what they need.
func (j *job) balanceWidths(w float64) []float64 {
	unit := []float64{34, 36, 30, 46, 42}
	out, need := make([]float64, len(j.Balance)), make([]float64, len(j.Balance))
	all, needed, tight := 0.0, 0.0, false
	for i := range j.Balance {
		all += unit[i%5]
	}
	for i, b := range j.Balance {
		out[i] = w * unit[i%5] / all
		need[i] = width(safe(full(b.Label)+" "+b.Amount.Grouped()), 9, i == len(out)-1) + 2*pad
		needed, tight = needed+need[i], tight || need[i] > out[i]
	}
	for i := range out {
		switch {
		case tight && needed <= w:
			out[i] = need[i] + (w-needed)/float64(len(out))
		case tight:
			out[i] = w * need[i] / needed
		}
	}
	return out
}

// balanceRow is 上期欠款 … 累计欠款, one cell each.
func (j *job) balanceRow(p *page, x, y, w, h, lw float64) {
	ws := j.balanceWidths(w)
	for i, b := range j.Balance {
		cw := ws[i]
		t := safe(full(b.Label) + " " + b.Amount.Grouped())
		last := i == len(j.Balance)-1
		if i > 0 {
			p.line(micro(x), y, micro(x), y+h, lw)
		}
		p.text(x+pad, y, h, t, shrink(t, 9, last, cw-2*pad), last, left)
		x += cw
	}
}

// inspectionRow is 验收情况 with its three boxes.
func (j *job) inspectionRow(p *page, x, y, w, h float64) {
	p.text(x+pad, y, h, wordInspected.In(j.Lang), 9, false, left)
	bx := x + 20
	for i, word := range inspectionWords {
		p.tickBox(micro(bx), y+(h-3.5)/2, 3.5, 0.3, j.Inspection.Choice == i+1)
		p.text(micro(bx+4), y, h, word.In(j.Lang), 9, false, left)
		bx += max(22, 4+width(word.In(j.Lang), 9, false)+4)
	}
	nx := micro(max(x+88, bx))
	note := safe(j.Inspection.Note)
	size := shrink(note, 9, false, x+w-pad-nx)
	p.text(nx, y, h, cut(note, size, false, x+w-pad-nx), size, false, left)
}
