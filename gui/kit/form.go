package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Ring is the order in which the keyboard walks parts of a screen. Fyne's own Tab order follows the object tree, which a
// layout by borders turns about.
type Ring struct {
	parts  []fyne.Focusable
	Before func() // walking back out of the first
	After  func() // walking on from the last
}

// Add appends a field.
func (r *Ring) Add(f *Field) {
	i := len(r.parts)
	r.parts = append(r.parts, f.Input)
	f.OnWalk = func(w Way) { r.walk(i, w) }
}

// AddCheck appends a check box.
func (r *Ring) AddCheck(c *Check) {
	i := len(r.parts)
	r.parts = append(r.parts, c)
	c.OnWalk = func(w Way) { r.walk(i, w) }
}

// AddPart appends something with keys of its own.
func (r *Ring) AddPart(p fyne.Focusable) { r.parts = append(r.parts, p) }

func (r *Ring) walk(i int, w Way) {
	step := +1
	if w == BackTab || w == Up || w == Left {
		step = -1
	}
	r.From(i, step)
}

// From goes step parts on from part i; read-only boxes are passed by.
func (r *Ring) From(i, step int) {
	for i += step; i >= 0 && i < len(r.parts); i += step {
		in, ok := r.parts[i].(*Input)
		if o := r.parts[i].(fyne.CanvasObject); o.Visible() && !(ok && in.Plain) {
			Focus(r.parts[i])
			return
		}
	}
	if i < 0 && r.Before != nil {
		r.Before()
	}
	if i >= len(r.parts) && r.After != nil {
		r.After()
	}
}

// First goes to the first part that can be typed in.
func (r *Ring) First() { r.From(-1, +1) }

// Last goes to the last one.
func (r *Ring) Last() { r.From(len(r.parts), -1) }

// Len is the number of parts.
func (r *Ring) Len() int { return len(r.parts) }

// Focused tells whether the keyboard is in one of the parts.
func (r *Ring) Focused() bool {
	if len(r.parts) == 0 {
		return false
	}
	c := canvasOf(r.parts[0].(fyne.CanvasObject))
	return c != nil && slices.Contains(r.parts, c.Focused())
}

// FormGrid lays labelled boxes in rows of fixed columns. The last column takes what is left.
type FormGrid struct {
	Columns []float32 // widths, label included
	Label   float32   // of every label; 0: as wide as the widest of its column
	Labels  []float32 // of a column's labels, where given
}

// Labelled is a label with its box, for a FormGrid.
func Labelled(label string, o fyne.CanvasObject) fyne.CanvasObject {
	l := Caption(label)
	l.Alignment = fyne.TextAlignTrailing
	return container.NewWithoutLayout(l, o)
}

// Relabel changes the label of what Labelled made; its form is laid out anew by its own Refresh.
func Relabel(labelled fyne.CanvasObject, label string) {
	labelled.(*fyne.Container).Objects[0].(*canvas.Text).Text = label
}

// MinSize is part of fyne.Layout.
func (g FormGrid) MinSize(o []fyne.CanvasObject) fyne.Size {
	rows := (len(o) + len(g.Columns) - 1) / len(g.Columns)
	var w float32
	for _, c := range g.Columns[:len(g.Columns)-1] {
		w += c
	}
	return fyne.NewSize(w, float32(rows)*(M().Box+4))
}

// Layout is part of fyne.Layout.
func (g FormGrid) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for col, w := range g.Columns {
		if col == len(g.Columns)-1 {
			w = max(80, size.Width-x)
		}
		label := g.Label
		if col < len(g.Labels) {
			label = g.Labels[col]
		}
		if label == 0 {
			for i := col; i < len(o); i += len(g.Columns) {
				label = max(label, o[i].(*fyne.Container).Objects[0].MinSize().Width)
			}
		}
		for i := col; i < len(o); i += len(g.Columns) {
			y := float32(i/len(g.Columns)) * (M().Box + 4)
			o[i].Move(fyne.NewPos(x, y))
			o[i].Resize(fyne.NewSize(w, M().Box))
			parts := o[i].(*fyne.Container).Objects
			h := parts[0].MinSize().Height
			parts[0].Move(fyne.NewPos(0, (M().Box-h)/2))
			parts[0].Resize(fyne.NewSize(label, h))
			parts[1].Move(fyne.NewPos(label+6, 0))
			parts[1].Resize(fyne.NewSize(max(20, w-label-6-12), M().Box))
		}
		x += w
	}
}
