package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Column is one column of a table.
type Column struct {
	Key   string
	Title string
	Band  string // a common head over neighbouring columns
	Width float32
	Align fyne.TextAlign
	Grow  bool // takes the room that is left
	Sort  int  // 1 rising, -1 falling: an arrow in the head
}

// Table shows rows of cells and draws only those in sight, so that a million rows cost what a screenful does. It scrolls by
// whole rows and whole columns; the first Frozen columns and the foot stay. It is driven by keys and tells its owner.
type Table struct {
	widget.BaseWidget
	Columns []Column
	Frozen  int
	Metrics Metrics
	Length  func() int
	CellAt  func(row, col int) Cell
	Foot    func() [][]Cell    // lines of totals under the rows
	Lit     func(row int) bool // rows standing out (ticked)
	Whole   func(then func())  // reads the rows that were not in sight yet, before all are copied; nil: all are there
	ByCell  bool               // the cursor is a cell, not a row
	Filler  bool               // hairlines also where no row is
	Empty   string             // what to say when there are no rows
	Zebra   bool
	Quiet   bool // the cursor shows only while the table has the keyboard
	NoHead  bool

	OnMove  func(row, col int)
	OnOpen  func(row, col int)
	OnKey   func(*fyne.KeyEvent) bool
	OnRune  func(rune) bool
	Tight   bool // columns keep their widths with large text: there is no room to grow into
	OnHead  func(col int)
	OnWidth func(col int, width float32)
	OnTap   func(row, col int) bool // true: used, the cursor stays
	OnFocus func(gained bool)
	OnEdge  func(down bool) bool // the cursor wants to leave upwards or downwards

	me       fyne.Widget // the widget in the window: the table, or the grid around it
	row, col int
	top      int // first row in sight
	left     int // first column in sight behind the frozen ones
	focused  bool
	pressed  time.Time
	sizing   int // column being resized, -1 none
	edge     bool
	dragFrom float32
	render   *tableRenderer
	widths   []float32         // of the columns, see fit
	wanted   []float32         // what figures in sight need, by column
	again    bool              // a figure found too little room: draw once more
	editor   fyne.CanvasObject // laid over the cell under the cursor
}

// NewTable makes a table; set Columns, Length and CellAt before showing it.
func NewTable() *Table {
	t := &Table{}
	t.init(t)
	return t
}

func (t *Table) init(self fyne.Widget) {
	t.me = self
	t.Metrics, t.sizing, t.Zebra = M(), -1, true
	t.Length = func() int { return 0 }
	t.CellAt = func(int, int) Cell { return Cell{} }
	t.ExtendBaseWidget(self)
}

// Row is the row under the cursor.
func (t *Table) Row() int { return t.row }

// Col is the column under the cursor.
func (t *Table) Col() int { return t.col }

// Go moves the cursor and shows its place.
func (t *Table) Go(row, col int) {
	n := t.Length()
	row, col = max(0, min(row, n-1)), max(0, min(col, len(t.Columns)-1))
	moved := row != t.row || col != t.col
	t.row, t.col = row, col
	t.reveal()
	t.Refresh()
	if moved && t.OnMove != nil {
		t.OnMove(row, col)
	}
}

// reveal scrolls so that the cursor is in sight.
func (t *Table) reveal() {
	if t.Size().Width <= 0 || t.Size().Height <= 0 {
		return // not laid out yet; Resize does it
	}
	if page := t.page(); t.row < t.top {
		t.top = t.row
	} else if page > 0 && t.row >= t.top+page {
		t.top = t.row - page + 1
	}
	if t.col < t.Frozen || t.col >= len(t.Columns) || !t.ByCell {
		return
	}
	if t.col < t.Frozen+t.left {
		t.left = t.col - t.Frozen
	}
	for t.left < t.col-t.Frozen {
		if x, w := t.place(t.col); w > 0 && x+t.columnWidth(t.col) <= t.inner()+1 {
			break
		}
		t.left++
	}
}

// page is how many whole rows are in sight.
func (t *Table) page() int {
	return max(1, int(t.rowsHeight()/t.Metrics.Pitch))
}

func (t *Table) headHeight() float32 {
	if t.NoHead {
		return 0
	}
	h := t.Metrics.Header
	for _, c := range t.Columns {
		if c.Band != "" {
			return h + 22
		}
	}
	return h
}

// HeadHeight is how high the head is, in Fyne's units.
func (t *Table) HeadHeight() float32 { return t.headHeight() }

func (t *Table) footLines() [][]Cell {
	if t.Foot == nil {
		return nil
	}
	return t.Foot()
}

func (t *Table) rowsHeight() float32 {
	return t.Size().Height - t.headHeight() - float32(len(t.footLines()))*t.Metrics.Header
}

const barWidth = 10

// inner is the width the columns have: the bar's room is left free when there is something to scroll.
func (t *Table) inner() float32 {
	w := t.Size().Width
	if t.Length() > t.page() {
		w -= barWidth
	}
	return w
}

func (t *Table) zoom() float32 {
	if t.Tight {
		return 1
	}
	return t.Metrics.zoom()
}

func (t *Table) columnWidth(col int) float32 { return t.fit()[col] }

// place is where a column stands and how much of it is in sight; width 0: out of sight. Only names, and the first column behind
// the frozen ones, are ever seen in part.
func (t *Table) place(col int) (x, w float32) {
	if col >= t.Frozen && col < t.Frozen+t.left {
		return 0, 0
	}
	for i := 0; i < col; i++ {
		if i < t.Frozen || i >= t.Frozen+t.left {
			x += t.columnWidth(i)
		}
	}
	w, room := t.columnWidth(col), t.inner()-x
	if w > room+1 && col > t.Frozen+t.left && !t.partly(col, room) {
		return x, 0
	}
	return x, max(0, min(w, room))
}

// rowY is where a row stands.
func (t *Table) rowY(row int) float32 { return t.headHeight() + float32(row-t.top)*t.Metrics.Pitch }

// CellPlace is where a cell stands within the table, and whether it is in sight.
func (t *Table) CellPlace(row, col int) (pos fyne.Position, size fyne.Size, ok bool) {
	if col >= len(t.Columns) {
		return pos, size, false
	}
	x, w := t.place(col)
	if w <= 0 || row < t.top || row >= t.top+t.page() {
		return pos, size, false
	}
	return fyne.NewPos(x, t.rowY(row)), fyne.NewSize(w, t.Metrics.Pitch), true
}

// at is the cell under a point; row -1 is the head, -2 nothing.
func (t *Table) at(p fyne.Position) (row, col int) {
	col = -1
	for i := range t.Columns {
		if x, w := t.place(i); w > 0 && p.X >= x && p.X < x+w {
			col = i
		}
	}
	switch {
	case col < 0 || p.X >= t.inner():
		return -2, -1
	case p.Y < t.headHeight():
		return -1, col
	case p.Y >= t.headHeight()+t.rowsHeight():
		return -2, col
	}
	if row = t.top + int((p.Y-t.headHeight())/t.Metrics.Pitch); row >= t.Length() {
		return -2, col
	}
	return row, col
}

// FocusGained lights the cursor.
func (t *Table) FocusGained() {
	defer caught(t)
	t.focused = true
	t.Refresh()
	if t.OnFocus != nil {
		t.OnFocus(true)
	}
}

// FocusLost dims the cursor.
func (t *Table) FocusLost() {
	defer caught(t)
	t.focused = false
	t.Refresh()
	if t.OnFocus != nil {
		t.OnFocus(false)
	}
}

// AcceptsTab keeps Tab for the ring.
func (t *Table) AcceptsTab() bool { return true }

// KeyDown is part of desktop.Keyable.
func (t *Table) KeyDown(ev *fyne.KeyEvent) {
	defer caught(t)
	keyDown(t.me, ev)
}

// KeyUp is part of desktop.Keyable.
func (t *Table) KeyUp(*fyne.KeyEvent) {}

// TypedRune goes to the owner.
func (t *Table) TypedRune(r rune) {
	defer caught(t)
	if t.OnRune != nil {
		t.OnRune(r)
	}
}

// TypedShortcut copies for a spreadsheet and gives the others to the host.
func (t *Table) TypedShortcut(s fyne.Shortcut) {
	defer caught(t)
	if c, ok := s.(*fyne.ShortcutCopy); ok && t.row < t.Length() {
		copied := func() { c.Clipboard.SetContent(t.Copied()) }
		if t.Whole == nil {
			copied()
		} else {
			t.Whole(copied)
		}
		return
	}
	shortcut(t.me, s)
}

// Copied are the rows that are ticked, where none is all of them, under the titles: cells with tabs between, as spreadsheets paste them.
func (t *Table) Copied() string {
	var b strings.Builder
	row := func(cell func(col int) string) {
		first := true
		for i, c := range t.Columns {
			if c.Title == "" { // ticks
				continue
			}
			if !first {
				b.WriteByte('\t')
			}
			first = false
			b.WriteString(strings.Map(func(r rune) rune {
				if r == '\t' || r == '\n' || r == '\r' {
					return ' '
				}
				return r
			}, cell(i)))
		}
		b.WriteByte('\n')
	}
	ticked := false
	for i := 0; t.Lit != nil && i < t.Length() && !ticked; i++ {
		ticked = t.Lit(i)
	}
	row(func(col int) string { return strings.TrimSpace(t.Columns[col].Band + " " + t.Columns[col].Title) })
	for i := range t.Length() {
		if !ticked || t.Lit(i) {
			row(func(col int) string { return t.CellAt(i, col).Text })
		}
	}
	return b.String()
}

// TypedKey moves the cursor; what it does not use goes to the owner first and the host last.
func (t *Table) TypedKey(ev *fyne.KeyEvent) {
	defer caught(t)
	if before(t.me, ev) || t.OnKey != nil && t.OnKey(ev) || t.Step(ev.Name) {
		return
	}
	after(t.me, ev)
}

// Step does what a key of movement does and tells whether it was one.
func (t *Table) Step(key fyne.KeyName) bool {
	n := t.Length()
	switch key {
	case fyne.KeyUp:
		if t.row == 0 && t.OnEdge != nil && t.OnEdge(false) {
			return true
		}
		t.Go(t.row-1, t.col)
	case fyne.KeyDown:
		if t.row >= n-1 && t.OnEdge != nil && t.OnEdge(true) {
			return true
		}
		t.Go(t.row+1, t.col)
	case fyne.KeyPageUp:
		t.Go(t.row-t.page(), t.col)
	case fyne.KeyPageDown:
		t.Go(t.row+t.page(), t.col)
	case fyne.KeyHome:
		t.Go(0, t.col)
	case fyne.KeyEnd:
		t.Go(n-1, t.col)
	case fyne.KeyLeft:
		t.sideways(-1)
	case fyne.KeyRight:
		t.sideways(+1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if n == 0 || t.OnOpen == nil {
			return false
		}
		t.OnOpen(t.row, t.col)
	default:
		return false
	}
	return true
}

func (t *Table) sideways(step int) {
	if t.ByCell {
		t.Go(t.row, t.col+step)
		return
	}
	t.left = max(0, min(t.left+step, t.mostLeft()))
	t.Refresh()
}

// mostLeft is the furthest the columns can be scrolled.
func (t *Table) mostLeft() int {
	var w float32
	for i := range t.Columns {
		w += t.columnWidth(i)
	}
	n := 0
	for i := t.Frozen; i < len(t.Columns)-1 && w > t.inner()+1; i++ {
		w -= t.columnWidth(i)
		n++
	}
	return n
}

// Scrolled moves by rows, with Shift by columns.
func (t *Table) Scrolled(ev *fyne.ScrollEvent) {
	defer caught(t)
	Touched()
	switch {
	case ev.Scrolled.DX > 0 || Shift() && ev.Scrolled.DY > 0:
		t.left = max(0, t.left-1)
	case ev.Scrolled.DX < 0 || Shift() && ev.Scrolled.DY < 0:
		t.left = min(t.left+1, t.mostLeft())
	case ev.Scrolled.DY > 0:
		t.ScrollTo(t.top - 3)
	case ev.Scrolled.DY < 0:
		t.ScrollTo(t.top + 3)
	}
	t.Refresh()
}

// ScrollTo makes row the first in sight, as far as there are rows.
func (t *Table) ScrollTo(row int) {
	t.top = max(0, min(row, t.Length()-t.page()))
	t.Refresh()
}

// Top is the first row in sight, Page how many there are.
func (t *Table) Top() (first, page int) { return t.top, t.page() }

// MouseDown moves the cursor there; a second press at once opens.
func (t *Table) MouseDown(ev *desktop.MouseEvent) {
	defer caught(t)
	Touched()
	if col, ok := t.border(ev.Position); ok {
		t.sizing, t.dragFrom = col, ev.Position.X-t.columnWidth(col)
		return
	}
	row, col := t.at(ev.Position)
	if row == -1 && t.OnHead != nil {
		t.OnHead(col)
	}
	if row < 0 || t.OnTap != nil && t.OnTap(row, col) {
		return
	}
	if t.editor == nil {
		Focus(t.me.(fyne.Focusable))
	}
	again := time.Since(t.pressed) < 400*time.Millisecond && row == t.row
	t.pressed = time.Now()
	t.Go(row, col)
	if again && t.OnOpen != nil {
		t.OnOpen(row, col)
	}
}

// MouseUp ends resizing.
func (t *Table) MouseUp(*desktop.MouseEvent) {
	defer caught(t)
	if t.sizing >= 0 && t.OnWidth != nil {
		t.OnWidth(t.sizing, t.Columns[t.sizing].Width)
	}
	t.sizing = -1
}

// border is the column whose right border in the head is under the point.
func (t *Table) border(p fyne.Position) (int, bool) {
	if p.Y > t.headHeight() {
		return -1, false
	}
	for i := range t.Columns {
		if x, w := t.place(i); w > 0 && !t.Columns[i].Grow && p.X > x+w-4 && p.X < x+w+4 {
			return i, true
		}
	}
	return -1, false
}

// Dragged resizes a column.
func (t *Table) Dragged(ev *fyne.DragEvent) {
	defer caught(t)
	if t.sizing >= 0 {
		t.Columns[t.sizing].Width = max(24, ev.Position.X-t.dragFrom) / t.zoom()
		t.unfit()
		t.Refresh()
	}
}

// DragEnd is part of fyne.Draggable.
func (t *Table) DragEnd() {
	defer caught(t)
	t.MouseUp(nil)
}

// MouseIn, MouseMoved and MouseOut choose the pointer over column borders.
func (t *Table) MouseIn(ev *desktop.MouseEvent) {
	defer caught(t)
	t.MouseMoved(ev)
}
func (t *Table) MouseMoved(ev *desktop.MouseEvent) {
	defer caught(t)
	_, t.edge = t.border(ev.Position)
}
func (t *Table) MouseOut() {
	defer caught(t)
	t.edge = false
}

// Cursor is the pointer.
func (t *Table) Cursor() desktop.Cursor {
	if t.edge {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// Resize keeps the cursor in sight.
func (t *Table) Resize(s fyne.Size) {
	first := t.Size().Height <= 0
	t.BaseWidget.Resize(s)
	t.unfit()
	if first || t.focused || t.editor != nil {
		t.reveal()
	}
	t.Refresh()
}

// bar drags through the rows.
type bar struct {
	widget.BaseWidget
	t     *Table
	thumb *canvas.Rectangle
}

func newBar(t *Table) *bar {
	b := &bar{t: t, thumb: Box(Line)}
	b.thumb.CornerRadius = 3
	b.ExtendBaseWidget(b)
	return b
}

func (b *bar) Dragged(ev *fyne.DragEvent) {
	defer caught(b)
	b.to(ev.Position.Y)
}
func (b *bar) DragEnd() {}
func (b *bar) MouseDown(ev *desktop.MouseEvent) {
	defer caught(b)
	b.to(ev.Position.Y)
}
func (b *bar) MouseUp(*desktop.MouseEvent) {}

func (b *bar) to(y float32) {
	if h := b.Size().Height; h > 0 {
		b.t.ScrollTo(int(y/h*float32(b.t.Length())) - b.t.page()/2)
	}
}

func (b *bar) place() {
	n, h := float32(max(1, b.t.Length())), b.Size().Height
	thumb := max(20, h*float32(b.t.page())/n)
	y := float32(0)
	if rest := n - float32(b.t.page()); rest > 0 {
		y = (h - thumb) * float32(b.t.top) / rest
	}
	b.thumb.FillColor = Line.Color()
	b.thumb.Move(fyne.NewPos(2, y))
	b.thumb.Resize(fyne.NewSize(barWidth-4, thumb))
}

func (b *bar) CreateRenderer() fyne.WidgetRenderer { return &barRenderer{b} }

type barRenderer struct{ b *bar }

func (r *barRenderer) Destroy()                     {}
func (r *barRenderer) Layout(fyne.Size)             { r.b.place() }
func (r *barRenderer) MinSize() fyne.Size           { return fyne.NewSize(barWidth, 20) }
func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.b.thumb} }
func (r *barRenderer) Refresh()                     { r.b.place(); canvas.Refresh(r.b.thumb) }
