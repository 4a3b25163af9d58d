package kit

import (
	"fyne.io/fyne/v2"
)

// LineGrid is a table typed in line by line: one box lies over the cell under the cursor and its value is read when the cell
// is left. Columns without a field are shown only. Enter walks the cells of Walk, from the last one to the next line.
type LineGrid struct {
	Table
	Fields   []*Field                // by column; nil: not typed in
	Can      func(row, col int) bool // whether the cell may be typed in now
	Stops    func(row, col int) bool // whether Enter stops there
	Value    func(row, col int) string
	Commit   func(row, col int, value string) error
	OnRefuse func(row, col int, err error)
	OnSettle func()             // what was refused is put right
	OnBefore func()             // walking back out of the first cell
	OnAfter  func()             // Ctrl+End or Enter on an empty last line
	Blank    func(row int) bool // the line has nothing on it
	typing   bool
	moving   bool
}

// NewLineGrid makes a grid.
func NewLineGrid() *LineGrid {
	g := &LineGrid{}
	g.init(g)
	g.ByCell, g.Filler, g.Zebra = true, true, true
	g.Can = func(int, int) bool { return true }
	g.Table.OnTap = g.tapped
	return g
}

// Bind makes the fields the grid's cells; call it once they are in Fields.
func (g *LineGrid) Bind() {
	for col, f := range g.Fields {
		if f == nil {
			continue
		}
		f.Cell, f.Bare, f.Align, f.Metrics = true, true, g.Columns[col].Align, g.Metrics
		if f.Mark == "F4" {
			f.Mark = ""
		}
		f.OnCommit = func(v string) error { return g.Commit(g.row, col, v) }
		f.OnRefuse = func(err error) {
			if g.OnRefuse != nil {
				g.OnRefuse(g.row, col, err)
			}
		}
		f.OnSettle = g.OnSettle
		f.OnWalk = g.walk
		if scan := f.OnScan; scan != nil {
			f.OnScan = func(typed string) bool {
				if !scan(typed) {
					return false
				}
				f.SetValue(g.Value(g.row, g.col))
				return true
			}
		}
		f.Input.OnFocus = func(gained bool) {
			f.focus(gained)
			if !gained && !g.moving && g.editor == f.Input && !f.refused {
				g.editor = nil
				g.typing = false
				g.Refresh()
			}
		}
	}
}

// Edit puts the cursor into a cell and its box over it.
func (g *LineGrid) Edit(row, col int) {
	row, col = max(0, min(row, g.Length()-1)), max(0, min(col, len(g.Columns)-1))
	if g.Fields[col] == nil || !g.Can(row, col) {
		g.Stand(row, col)
		return
	}
	g.moving = true
	moved := row != g.row || col != g.col
	g.row, g.col = row, col
	f := g.Fields[col]
	f.SetValue(g.Value(row, col))
	g.editor = f.Input
	g.typing = true
	g.reveal()
	g.Table.Refresh()
	Focus(f.Input)
	f.SelectAll()
	g.moving = false
	if moved && g.OnMove != nil {
		g.OnMove(row, col)
	}
}

// Stand puts the cursor into a cell that is only read.
func (g *LineGrid) Stand(row, col int) {
	g.moving = true
	g.editor, g.typing = nil, false
	Focus(g)
	g.moving = false
	g.Table.Go(row, col)
}

// Editing is the field under the cursor, nil when none is typed in.
func (g *LineGrid) Editing() *Field {
	if g.editor == nil || !g.typing {
		return nil
	}
	return g.Fields[g.col]
}

// Focused tells whether the grid, or the box over its cell, has the keyboard.
func (g *LineGrid) Focused() bool {
	f := g.Editing()
	return g.focused || f != nil && f.Input.Focused()
}

// Leave takes what is typed; false: it is refused.
func (g *LineGrid) Leave() bool {
	f := g.Editing()
	return f == nil || f.Commit()
}

// Reload shows the cell's value anew, after the line was changed from elsewhere.
func (g *LineGrid) Reload() {
	if f := g.Editing(); g.clamp() && f != nil { // the line it stood on is gone
		f.Restore()
	}
	if f := g.Editing(); f != nil && !f.Dirty() && g.row < g.Length() {
		f.SetValue(g.Value(g.row, g.col))
	}
	g.Table.Refresh()
}

// FocusGained opens the cell under the cursor, where it may be typed in.
func (g *LineGrid) FocusGained() {
	defer caught(g)
	g.Table.FocusGained()
	if !g.moving && g.Length() > 0 && g.Fields[g.col] != nil && g.Can(g.row, g.col) {
		g.Edit(g.row, g.col)
	}
}

func (g *LineGrid) tapped(row, col int) bool {
	if !g.Leave() {
		return true
	}
	g.Edit(row, col)
	return true
}

// walk goes where a cell's key wants to.
func (g *LineGrid) walk(w Way) {
	row, col := g.row, g.col
	switch w {
	case Up:
		if row == 0 {
			if g.OnBefore != nil {
				g.OnBefore()
			}
			return
		}
		g.Edit(row-1, col)
	case Down:
		if row+1 < g.Length() {
			g.Edit(row+1, g.downColumn(row+1, col))
		}
	case Left, BackTab:
		g.seek(row, col, -1, g.Can)
	case Right, TabOn:
		g.seek(row, col, +1, g.Can)
	case Below:
		if row+1 < g.Length() {
			g.Edit(row+1, g.firstCell(row+1))
		} else if g.OnAfter != nil {
			g.OnAfter()
		}
	case Next:
		if g.Blank != nil && g.Blank(row) && row == g.Length()-1 && g.OnAfter != nil {
			g.OnAfter()
			return
		}
		stops := g.Stops
		if stops == nil {
			stops = g.Can
		}
		g.seek(row, col, +1, stops)
	}
}

// downColumn: on a line with nothing on it yet, the first cell that can be typed in.
func (g *LineGrid) downColumn(row, col int) int {
	if g.Blank == nil || !g.Blank(row) {
		return col
	}
	return g.firstCell(row)
}

// firstCell is the first cell of a line that can be typed in, the first at all where none can.
func (g *LineGrid) firstCell(row int) int {
	for c := range g.Columns {
		if g.Fields[c] != nil && g.Can(row, c) {
			return c
		}
	}
	return 0
}

// NextLine takes what is typed, of the list if one is open, and goes to the next line at once.
func (g *LineGrid) NextLine() {
	if f := g.Editing(); f != nil {
		f.leave(f.Pick != nil && f.Pick.Opened(), Below)
		return
	}
	g.walk(Below)
}

// seek finds the next cell in reading order that will do.
func (g *LineGrid) seek(row, col, step int, will func(row, col int) bool) {
	for {
		col += step
		if col < 0 {
			row, col = row-1, len(g.Columns)-1
		} else if col >= len(g.Columns) {
			row, col = row+1, 0
		}
		if row < 0 {
			if g.OnBefore != nil {
				g.OnBefore()
			}
			return
		}
		if row >= g.Length() {
			if g.OnAfter != nil {
				g.OnAfter()
			}
			return
		}
		if g.Fields[col] != nil && g.Can(row, col) && will(row, col) {
			g.Edit(row, col)
			return
		}
	}
}

// TypedKey opens the cell for F2 and walks by Enter and Tab also over cells that are only read.
func (g *LineGrid) TypedKey(ev *fyne.KeyEvent) {
	defer caught(g)
	if before(g, ev) || g.OnKey != nil && g.OnKey(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyTab:
		w := TabOn
		if Shift() {
			w = BackTab
		}
		g.walk(w)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		if ev.Name == fyne.KeyUp && g.row == 0 && g.OnBefore != nil {
			g.OnBefore()
			return
		}
		if !g.Step(ev.Name) {
			after(g, ev)
		} else if g.Fields[g.col] != nil && g.Length() > 0 && g.Can(g.row, g.col) {
			g.Edit(g.row, g.col)
		}
	default:
		if !g.Step(ev.Name) {
			after(g, ev)
		}
	}
}
