package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// tableRenderer draws a table from pools of rectangles, texts and pictures; what is not needed is hidden.
type tableRenderer struct {
	t       *Table
	grounds pool[*canvas.Rectangle] // rows, bands
	chips   pool[*canvas.Rectangle]
	words   pool[*canvas.Text]
	lines   pool[*canvas.Rectangle]
	images  pool[*canvas.Image]
	frame   *canvas.Rectangle
	bar     *bar
	objects []fyne.CanvasObject
	editor  fyne.CanvasObject
	count   int
}

// pool hands out objects, making new ones as needed.
type pool[T fyne.CanvasObject] struct {
	all  []T
	used int
	make func() T
}

func (p *pool[T]) next() T {
	if p.used == len(p.all) {
		p.all = append(p.all, p.make())
	}
	p.used++
	o := p.all[p.used-1]
	o.Show()
	return o
}

func (p *pool[T]) done() {
	for _, o := range p.all[p.used:] {
		o.Hide()
	}
	p.used = 0
}

// CreateRenderer draws the table.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	rect := func() *canvas.Rectangle { return Box(Clear) }
	r := &tableRenderer{t: t, frame: Box(Clear), bar: newBar(t)}
	r.grounds.make, r.chips.make, r.lines.make = rect, rect, rect
	r.words.make = func() *canvas.Text { return Words("") }
	r.images.make = func() *canvas.Image {
		i := canvas.NewImageFromResource(Icon("check", Ink))
		i.FillMode = canvas.ImageFillContain
		return i
	}
	t.render = r
	return r
}

func (r *tableRenderer) Destroy()           {}
func (r *tableRenderer) MinSize() fyne.Size { return fyne.NewSize(80, 60) }
func (r *tableRenderer) Layout(fyne.Size)   { r.Refresh() }

func (r *tableRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Refresh draws everything in sight anew.
func (r *tableRenderer) Refresh() {
	t := r.t
	defer caught(t.me)
	if t.Size().Width <= 0 {
		return
	}
	t.clamp()
	t.top = max(0, min(t.top, t.Length()-t.page())) // a list that grew shorter fills its page
	t.unfit()
	r.draw()
	for n := 0; t.again && n < 3; n++ { // widening one column may narrow another
		r.drop()
		t.unfit()
		r.draw()
	}
	t.again = false
	r.cursor()
	r.grounds.done()
	r.chips.done()
	r.words.done()
	r.lines.done()
	r.images.done()
	r.collect()
	for _, o := range r.objects {
		canvas.Refresh(o)
	}
}

func (r *tableRenderer) draw() {
	r.t.again = false
	r.rows()
	r.head()
	r.foot()
}

// drop gives all that was drawn back to its pools.
func (r *tableRenderer) drop() {
	r.grounds.used, r.chips.used, r.words.used, r.lines.used, r.images.used = 0, 0, 0, 0, 0
}

// collect lists the objects in drawing order when their number has changed.
func (r *tableRenderer) collect() {
	n := len(r.grounds.all) + len(r.chips.all) + len(r.words.all) + len(r.lines.all) + len(r.images.all)
	if n == r.count && r.editor == r.t.editor && r.objects != nil {
		return
	}
	r.count, r.editor = n, r.t.editor
	r.objects = r.objects[:0:0]
	add(&r.objects, r.grounds.all)
	add(&r.objects, r.lines.all)
	add(&r.objects, r.chips.all)
	add(&r.objects, r.words.all)
	add(&r.objects, r.images.all)
	r.objects = append(r.objects, r.frame, r.bar)
	if r.editor != nil {
		r.objects = append(r.objects, r.editor)
	}
}

func add[T fyne.CanvasObject](list *[]fyne.CanvasObject, more []T) {
	for _, o := range more {
		*list = append(*list, o)
	}
}

func (r *tableRenderer) rect(s Shade, x, y, w, h float32) {
	if w <= 0 || h <= 0 {
		return
	}
	o := r.grounds.next()
	o.FillColor = s.Color()
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

func (r *tableRenderer) line(s Shade, x, y, w, h float32) {
	o := r.lines.next()
	o.FillColor = s.Color()
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

func (r *tableRenderer) rows() {
	t := r.t
	w, y0, end := t.inner(), t.headHeight(), t.headHeight()+t.rowsHeight()
	r.rect(Paper, 0, y0, t.Size().Width, end-y0)
	n := t.Length()
	for row := t.top; ; row++ {
		y := t.rowY(row)
		if y >= end || row >= n && !t.Filler {
			break
		}
		h := min(t.Metrics.Pitch, end-y)
		lit := row < n && (row == t.row && (t.focused || t.editor != nil || t.ByCell || t.OnOpen != nil && !t.Quiet) || t.Lit != nil && t.Lit(row))
		switch {
		case lit:
			r.rect(Select, 0, y, w, h)
		case t.Zebra && row%2 == 1:
			r.rect(Zebra, 0, y, w, h)
		}
		if y+t.Metrics.Pitch <= end {
			r.line(Hair, 0, y+t.Metrics.Pitch-1, w, 1)
		}
		if row >= n || h < t.Metrics.Text+4 {
			continue
		}
		r.cells(t.Columns, y, h, t.Metrics, func(col int) Cell { return t.CellAt(row, col) }, row == t.row)
	}
	if !t.Filler { // no lines through nothing
		end = min(end, t.rowY(n))
	}
	if n > 0 || t.Empty == "" {
		r.columnLines(y0, end)
	}
	if n == 0 && t.Empty != "" {
		r.word(t.Empty, Ink2, t.Metrics.Text, false, fyne.TextAlignCenter, 0, y0+t.Metrics.Pitch, w, t.Metrics.Pitch)
	}
}

func (r *tableRenderer) columnLines(y, end float32) {
	t := r.t
	if end <= y {
		return
	}
	for i := range t.Columns {
		x, w := t.place(i)
		if w <= 0 || x+w >= t.inner() {
			continue
		}
		shade := Hair
		if i == t.Frozen-1 {
			shade = Line
		}
		r.line(shade, x+w-1, y, 1, end-y)
	}
}

func (r *tableRenderer) cells(cols []Column, y, h float32, m Metrics, at func(int) Cell, current bool) {
	for i := range cols {
		x, w := r.t.place(i)
		if w <= 8 {
			continue
		}
		c := at(i)
		if c.Mark == NoMark {
			r.t.wants(i, strings.TrimSpace(c.Text+" "+c.Tail), m.Text, c.Bold, w-cellPad)
		} else { // half a status may be another's
			r.t.asks(i, Width(c.Text, m.Caption, false)+markPad, w-cellPad)
		}
		r.cell(c, cols[i].Align, x, y, w, h, m, current)
	}
}

// cell draws one cell's content.
func (r *tableRenderer) cell(c Cell, align fyne.TextAlign, x, y, w, h float32, m Metrics, current bool) {
	switch {
	case c.Ghost:
		r.chip(GreyGround, x+6, y+h/2-4, (w-12)*0.7, 8)
		return
	case c.Tick != nil:
		r.tick(*c.Tick, x+w/2-7.5, y+h/2-7.5)
		return
	case c.Mark != NoMark:
		r.marked(c, x+6, y, w-12, h, m)
		return
	case c.Icon != "":
		r.image(c.Icon, c.Shade, x+6, y+(h-16)/2, 16)
		x, w = x+20, w-20
	case len(c.Parts) > 0:
		r.parts(c, x+6, y, w-12, h, m)
		return
	}
	shade := c.Shade
	switch {
	case shade != Bg:
	case c.Link:
		shade = Accent
	case align == fyne.TextAlignTrailing && len(c.Text) > 1 && c.Text[0] == '-':
		shade = Negative
	default:
		shade = Ink
	}
	r.word(c.whole(m.Text, w-12), shade, m.Text, c.Bold, align, x+6, y, w-12, h)
}

func (r *tableRenderer) word(s string, shade Shade, size float32, boldly bool, align fyne.TextAlign, x, y, w, h float32) float32 {
	if s == "" || w <= 0 {
		return 0
	}
	if align == fyne.TextAlignTrailing { // a figure is read whole or not at all
		size = Shrink(s, size, boldly, w)
	}
	s = Fit(s, size, boldly, w)
	width := Width(s, size, boldly)
	o := r.words.next()
	o.Text, o.TextSize, o.TextStyle.Bold, o.Color = s, size, boldly, shade.Color()
	switch align {
	case fyne.TextAlignTrailing:
		x += w - width
	case fyne.TextAlignCenter:
		x += (w - width) / 2
	}
	th := lineHeight(size)
	o.Move(fyne.NewPos(x, y+(h-th)/2))
	o.Resize(fyne.NewSize(width, th))
	return width
}

var heights = map[float32]float32{}

// lineHeight is the height of a text of the size in the program's font.
func lineHeight(size float32) float32 {
	widthMu.Lock()
	defer widthMu.Unlock()
	h, ok := heights[size]
	if !ok {
		h = fyne.MeasureText("国g", size, fyne.TextStyle{}).Height
		heights[size] = h
	}
	return h
}

func (r *tableRenderer) chip(s Shade, x, y, w, h float32) *canvas.Rectangle {
	o := r.chips.next()
	o.FillColor, o.StrokeWidth, o.CornerRadius = s.Color(), 0, 3
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
	return o
}

func (r *tableRenderer) image(name string, s Shade, x, y, size float32) {
	if s == Bg {
		s = Ink2
	}
	o := r.images.next()
	if res := Icon(name, s); o.Resource != res {
		o.Resource = res
		o.Refresh()
	}
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(size, size))
}

func (r *tableRenderer) tick(on bool, x, y float32) {
	if !on {
		o := r.chip(Paper, x, y, 15, 15)
		o.StrokeColor, o.StrokeWidth = Line.Color(), 1
		return
	}
	r.chip(Accent, x, y, 15, 15)
	r.image("check", OnAccent, x+1.5, y+1.5, 12)
}

// markPad is the room of a status chip's shape and edges beside its word.
const markPad = 22

// marked draws a status chip: shape, word, colour.
func (r *tableRenderer) marked(c Cell, x, y, w, h float32, m Metrics) {
	ink, ground := c.Mark.shades()
	text := Fit(c.Text, m.Caption, false, w-markPad)
	tw := Width(text, m.Caption, false)
	top := y + (h-18)/2
	r.chip(ground, x, top, tw+24, 18)
	drawShape(r, c.Mark, ink, ground, x+7, top+5)
	r.word(text, ink, m.Caption, false, fyne.TextAlignLeading, x+19, top, tw+2, 18)
	if c.Side != "" {
		r.word(c.Side, Negative, m.Caption, false, fyne.TextAlignLeading, x+tw+30, y, w-tw-30, h)
	}
}

func drawShape(r *tableRenderer, m Mark, ink, ground Shade, x, y float32) {
	o := r.chip(ground, x, y, 8, 8)
	o.StrokeColor, o.StrokeWidth, o.CornerRadius = ink.Color(), 1.4, 0
	switch m {
	case MarkDraft:
		o.CornerRadius = 4
	case MarkDone:
		o.CornerRadius, o.FillColor = 4, ink.Color()
	case MarkLate:
		o.FillColor = ink.Color()
	case MarkPart:
		r.chip(ink, x, y, 4, 8).CornerRadius = 0
	case MarkVoid:
		o.StrokeWidth, o.FillColor = 0, ink.Color()
		o.Move(fyne.NewPos(x, y+3))
		o.Resize(fyne.NewSize(8, 1.6))
	}
}

func (r *tableRenderer) parts(c Cell, x, y, w, h float32, m Metrics) {
	for _, p := range c.Parts {
		shade := Ink
		if c.Shade != Bg {
			shade = c.Shade
		}
		if p.Marked {
			shade = Accent
		}
		d := r.word(p.Text, shade, m.Text, p.Marked, fyne.TextAlignLeading, x, y, w, h)
		x, w = x+d, w-d
	}
}

// sortRoom is what the arrow beside a title takes.
const sortRoom = 14

func (r *tableRenderer) head() {
	if r.t.NoHead {
		return
	}
	t, m := r.t, r.t.Metrics
	full, h := t.Size().Width, t.headHeight()
	r.rect(Band, 0, 0, full, h)
	banded := h > m.Header
	for i, c := range t.Columns {
		x, w := t.place(i)
		if w <= 8 {
			continue
		}
		y := h - m.Header
		if c.Sort != 0 {
			w -= sortRoom
			r.sortArrow(c.Sort, x+w, y+m.Header/2)
		}
		r.word(c.Title, Ink2, m.Caption, false, c.Align, x+6, y, w-12, m.Header)
		if c.Sort != 0 {
			w += sortRoom
		}
		if x+w < t.inner() {
			r.line(Hair, x+w-1, y, 1, m.Header)
		}
	}
	if banded {
		r.bands()
	}
	r.line(Line, 0, h-1, full, 1)
	if t.beyond() {
		r.word("›", Accent, m.Text, true, fyne.TextAlignTrailing, full-12, h-m.Header, 10, m.Header)
	}
}

// bands draws the common heads over neighbouring columns.
func (r *tableRenderer) bands() {
	t := r.t
	for i := 0; i < len(t.Columns); {
		j := i
		var from, to float32 = -1, 0
		for ; j < len(t.Columns) && t.Columns[j].Band == t.Columns[i].Band; j++ {
			if x, w := t.place(j); w > 0 {
				if from < 0 {
					from = x
				}
				to = x + w
			}
		}
		if from >= 0 && to > from {
			r.word(t.Columns[i].Band, Ink2, t.Metrics.Caption, false, fyne.TextAlignCenter, from+6, 0, to-from-12, 22)
			if t.Columns[i].Band != "" {
				r.line(Hair, from, 21, to-from, 1)
				r.line(Line, from-1, 0, 1, t.headHeight())
			}
		}
		i = j
	}
}

func (r *tableRenderer) sortArrow(dir int, x, y float32) {
	for n := range 4 {
		w := float32(7 - 2*n)
		dy := float32(n)
		if dir > 0 {
			dy = -dy
		}
		r.line(Ink2, x+1+float32(n), y+dy, w, 1)
	}
}

func (r *tableRenderer) foot() {
	t, m := r.t, r.t.Metrics
	lines := t.footLines()
	y := t.headHeight() + t.rowsHeight()
	for n, cells := range lines {
		last := n == len(lines)-1
		r.rect(Band, 0, y, t.Size().Width, m.Header)
		if n == 0 || last {
			r.line(Line, 0, y, t.Size().Width, 1)
		}
		r.cells(t.Columns, y, m.Header, m, func(col int) Cell {
			if col >= len(cells) {
				return Cell{}
			}
			c := cells[col]
			c.Bold = last
			if !last && c.Shade == Bg {
				c.Shade = Ink2
			}
			return c
		}, false)
		r.columnLines(y, y+m.Header)
		y += m.Header
	}
}

// cursor frames the cell under the cursor and lays the editor over it.
func (r *tableRenderer) cursor() {
	t := r.t
	pos, size, ok := t.CellPlace(t.row, t.col)
	r.frame.Hidden = !ok || !t.ByCell || !t.focused || t.Length() == 0 || t.editor != nil
	r.frame.StrokeColor, r.frame.StrokeWidth = Accent.Color(), 2
	r.frame.Move(pos)
	r.frame.Resize(size)
	if t.editor != nil {
		if ok {
			t.editor.Show()
			t.editor.Move(pos.SubtractXY(1, 1))
			t.editor.Resize(size.AddWidthHeight(1, 1))
		} else {
			t.editor.Hide()
		}
	}
	r.bar.Hidden = t.Length() <= t.page()
	r.bar.Move(fyne.NewPos(t.Size().Width-barWidth, t.headHeight()))
	r.bar.Resize(fyne.NewSize(barWidth, t.rowsHeight()))
}
