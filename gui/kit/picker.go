package kit

import (
	"cmp"
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
)

// PickRow is one row of a pick list.
type PickRow struct {
	Value string // what picking it gives
	Cells []Cell
	Loose bool // found by so little that Enter takes it only when the arrows went to it; such rows stand last
}

// Picker is a list under the box one types in. The box keeps the focus and hands the keys on.
type Picker struct {
	Columns []Column
	Find    func(words string) (rows []PickRow, total int) // total: how many there are beyond the rows
	Footer  func(total int) string
	None    func(words string) string
	OnPick  func(value string)
	OnNew   func(words string) // Ins; nil: not offered
	NoHead  bool
	Rows    int           // in sight at most; 9 unless set
	Now     func() string // the value that stands; a list of all opens on it

	table  *Table
	rows   []PickRow
	foot   *canvas.Text
	layer  *Layer
	over   *Overlay
	anchor fyne.CanvasObject // the box it belongs to
	words  string
	walked bool // a row was chosen by the arrows since the words were typed
	high   int  // rows in sight; while the list is open it only grows, so that nothing jumps
}

// Opened tells whether the list is in sight.
func (p *Picker) Opened() bool { return p.over != nil }

// Open shows the list for the words under (or above) the anchor.
func (p *Picker) Open(anchor fyne.CanvasObject, words string) {
	h := hostOf(anchor)
	if h == nil {
		return
	}
	p.Close()
	p.layer, p.anchor = h.Layer(), anchor
	p.build()
	p.high = 0
	p.find(words)
	p.over = p.layer.Float(p.box(), fyne.Position{}, p.size(anchor.Size().Width))
	p.stand(p.over, anchor, 0)
}

// stand puts the list under its box, or above where there is no room. Until the first frame with the box in it nobody can say where
// that is: the list, which has its keys already, waits out of sight for it.
func (p *Picker) stand(over *Overlay, anchor fyne.CanvasObject, waited int) {
	if p.over != over {
		return // closed meanwhile
	}
	if !drawn(anchor) && waited < 60 {
		over.Object.Hide()
		nextFrame(hostOf(anchor), func() { defer caught(anchor); p.stand(over, anchor, waited+1) })
		return
	}
	// The layer starts below the menu bar.
	drv := fyne.CurrentApp().Driver()
	pos := drv.AbsolutePositionForObject(anchor).Subtract(drv.AbsolutePositionForObject(p.layer.box))
	size := p.size(anchor.Size().Width)
	room := p.layer.Size()
	y := pos.Y + anchor.Size().Height + 2
	above, below := pos.Y-2, room.Height-y
	if over := size.Height - max(above, below); over > 0 { // neither side has room for all rows: as many as one has, with the keys under them
		p.high = max(1, p.high-int(math.Ceil(float64(over/M().Pitch))))
		p.table.top = max(p.table.top, p.table.row-p.high+1)
		size = p.size(anchor.Size().Width)
	}
	if size.Height > below && size.Height <= above {
		y = pos.Y - size.Height - 2
	}
	over.Object.Resize(size)
	over.Object.Move(fyne.NewPos(max(0, min(pos.X, room.Width-size.Width-4)), y))
	over.Object.Show()
	p.layer.box.Refresh() // Fyne draws what was never drawn only when something it knows asks for it
}

// drawn tells whether an object was in a frame already: before, its place is not known to Fyne and would be the window's corner.
var drawn = func(o fyne.CanvasObject) bool { return fyne.CurrentApp().Driver().CanvasForObject(o) != nil }

// nextFrame runs f on the main goroutine once a frame may have been drawn.
var nextFrame = func(h Host, f func()) { fault.After(16*time.Millisecond, func() { fyne.Do(f) }, h.Caught) }

func (p *Picker) build() {
	p.table = NewTable()
	p.table.Columns = p.Columns
	p.table.NoHead = p.NoHead
	p.table.Length = func() int { return len(p.rows) }
	p.table.CellAt = func(row, col int) Cell {
		if col < len(p.rows[row].Cells) {
			return p.rows[row].Cells[col]
		}
		return Cell{}
	}
	p.table.OnTap = func(row, _ int) bool { p.pick(row); return true }
	p.table.OnOpen = func(row, _ int) { p.pick(row) }
	p.foot = Caption("")
}

func (p *Picker) box() fyne.CanvasObject {
	foot := container.NewStack(Box(Band), container.New(padded{6, 4}, p.foot))
	return container.NewStack(Framed(Paper, Ink2, 1), container.New(padded{1, 1}, container.NewBorder(nil, foot, nil, nil, p.table)))
}

func (p *Picker) size(least float32) fyne.Size {
	var w float32
	for _, c := range p.Columns {
		w += c.Width * M().zoom()
	}
	m := M()
	if p.NoHead {
		return fyne.NewSize(max(w+barWidth+2, least), m.Header+m.Pitch*float32(p.high)+2)
	}
	return fyne.NewSize(max(w+barWidth+2, least), m.Header*2+m.Pitch*float32(p.high)+2)
}

// grow makes room for the rows there are, up to the most in sight: a list of two has no empty rows. What is said of nothing found takes two.
func (p *Picker) grow() bool {
	most, was := cmp.Or(p.Rows, 9), p.high
	need := len(p.rows)
	if need == 0 {
		need = 2
	}
	p.high = max(p.high, min(need, most))
	return p.high != was
}

func (p *Picker) find(words string) {
	p.words, p.walked = words, false
	total := 0
	p.rows, total = p.Find(words)
	p.table.Empty = ""
	if p.None != nil {
		p.table.Empty = p.None(words)
	}
	if p.Footer != nil {
		p.foot.Text = p.Footer(total)
	}
	p.table.row, p.table.top = 0, 0
	if len(p.rows) > 0 && p.rows[0].Loose {
		p.table.row = -1
	}
	grown := p.grow()
	if p.Now != nil && words == "" { // what stands is where the eye begins
		if v := p.Now(); v != "" {
			p.table.row = max(0, slices.IndexFunc(p.rows, func(r PickRow) bool { return r.Value == v }))
			p.table.top = max(0, p.table.row-p.high+1)
		}
	}
	if grown && p.over != nil {
		p.stand(p.over, p.anchor, 0)
	}
	p.table.Refresh()
	p.foot.Refresh()
}

// Shown is how many rows of the list have room.
func (p *Picker) Shown() int { return p.high }

// Update looks for other words.
func (p *Picker) Update(words string) {
	if p.Opened() {
		p.find(words)
	}
}

// Current is the value under the cursor, empty if there is none.
func (p *Picker) Current() string {
	if p.table == nil || p.table.row < 0 || p.table.row >= len(p.rows) {
		return ""
	}
	return p.rows[p.table.row].Value
}

// Key moves in the list; Enter and Tab are left to the box, which picks.
func (p *Picker) Key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		p.walked = true
		return p.table.Step(ev.Name)
	case fyne.KeyEscape:
		p.Close()
		return true
	case fyne.KeyInsert:
		if p.OnNew != nil {
			words := p.words
			p.Close()
			p.OnNew(words)
			return true
		}
	}
	return false
}

func (p *Picker) pick(row int) {
	if row >= 0 && row < len(p.rows) {
		v := p.rows[row].Value
		p.Close()
		p.OnPick(v)
	}
}

// Close takes the list away.
func (p *Picker) Close() {
	if p.over != nil {
		over := p.over
		p.over = nil
		p.layer.Close(over)
	}
}

// padded keeps a distance around one object.
type padded struct{ x, y float32 }

func (p padded) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, c := range o {
		s = s.Max(c.MinSize())
	}
	return s.AddWidthHeight(2*p.x, 2*p.y)
}

func (p padded) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, c := range o {
		c.Move(fyne.NewPos(p.x, p.y))
		c.Resize(size.SubtractWidthHeight(2*p.x, 2*p.y))
	}
}

// Pad keeps a distance around an object.
func Pad(x, y float32, o fyne.CanvasObject) *fyne.Container { return container.New(padded{x, y}, o) }
