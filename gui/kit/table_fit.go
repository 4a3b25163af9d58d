package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

// How wide a table's columns are. A figure, a day and a code are read whole or mislead, so they have the room they need; names and
// remarks give way to them, down to a width that still tells one from another. Where that is not enough, columns stand whole or not
// at all, and the rest is reached by → .

const (
	cellPad   = 12  // of both sides of a cell
	leastName = 64  // a column of names gives way down to this
	mostHead  = 180 // no head makes its column wider than this
)

// fit is every column's width, worked out once a drawing.
func (t *Table) fit() []float32 {
	if len(t.widths) == len(t.Columns) && len(t.Columns) > 0 {
		return t.widths
	}
	t.widths = t.widths[:0]
	var sum, spare float32
	growers := 0
	for i := range t.Columns {
		w := t.natural(i)
		t.widths = append(t.widths, w)
		sum += w
		spare += w - t.least(i, w)
		if t.Columns[i].Grow {
			growers++
		}
	}
	switch room := t.inner() - sum; {
	case room > 0 && growers > 0:
		for i, c := range t.Columns {
			if c.Grow {
				t.widths[i] += room / float32(growers)
			}
		}
	case room < 0 && -room <= spare:
		for i, w := range t.widths {
			t.widths[i] += room * (w - t.least(i, w)) / spare
		}
	}
	return t.widths
}

// unfit has the widths worked out anew.
func (t *Table) unfit() { t.widths = t.widths[:0] }

// natural is a column's width before it gives way or grows.
func (t *Table) natural(i int) float32 {
	w := max(t.Columns[i].Width*t.zoom(), t.headWidth(i))
	if i < len(t.wanted) {
		w = max(w, t.wanted[i])
	}
	return w
}

// headWidth is what a column's title needs.
func (t *Table) headWidth(i int) float32 {
	c := t.Columns[i]
	if t.NoHead || c.Title == "" {
		return 0
	}
	w := Width(c.Title, t.Metrics.Caption, false) + cellPad + 1
	if c.Sort != 0 {
		w += sortRoom
	}
	return min(w, mostHead)
}

// least is how far a column of width w gives way: figures do not.
func (t *Table) least(i int, w float32) float32 {
	c := t.Columns[i]
	if c.Align != fyne.TextAlignLeading || w <= leastName {
		return w
	}
	l := max(leastName, w*0.5, t.headWidth(i))
	if i < len(t.wanted) {
		l = max(l, t.wanted[i])
	}
	return min(l, w)
}

// wants notes that a cell's text needs more room than it has, where it must be read whole; the drawing then begins anew.
func (t *Table) wants(col int, s string, size float32, boldly bool, room float32) {
	if col < 0 || !whole(s) && t.Columns[col].Align != fyne.TextAlignTrailing {
		return
	}
	t.asks(col, Width(s, size, boldly), room)
}

// asks notes that a cell needs more room than it has.
func (t *Table) asks(col int, need, room float32) {
	if need <= room {
		return
	}
	for len(t.wanted) < len(t.Columns) {
		t.wanted = append(t.wanted, 0)
	}
	if w := need + cellPad + 1; w > t.wanted[col] && w < t.Size().Width/2 {
		t.wanted[col] = w
		t.again = true
	}
}

// whole tells whether a text means nothing in part: a day, a moment, a number, a code.
func whole(s string) bool {
	if day, hour, moment := strings.Cut(s, " "); moment && strings.Count(day, "-") == 2 && strings.Contains(hour, ":") {
		s = day + hour
	}
	return len(s) <= 24 && strings.ContainsAny(s, "0123456789") && !strings.ContainsFunc(s, func(r rune) bool { return r > '~' || r <= ' ' })
}

// partly tells whether a column may be seen in part: names may, where enough of them is.
func (t *Table) partly(col int, room float32) bool {
	figures := col < len(t.wanted) && t.wanted[col] > room
	return t.Columns[col].Align == fyne.TextAlignLeading && !figures && t.Columns[col].Width > leastName && room >= max(leastName+16, t.headWidth(col))
}

// beyond tells whether columns are out of sight at the right.
func (t *Table) beyond() bool {
	last := len(t.Columns) - 1
	if last < 0 {
		return false
	}
	x, w := t.place(last)
	return w <= 0 || x+t.columnWidth(last) > t.inner()+1
}

// clamp keeps the cursor on a row there is; true: it had to move.
func (t *Table) clamp() bool {
	n := t.Length()
	if t.row < n || t.row == 0 {
		return false
	}
	t.row = max(0, n-1)
	return true
}
