package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Layouts for windows of any size: what does not fit gives way, it is never laid over something else.

// Ends lays one object at the left and one at the right end; where both do not fit, the right one is hidden.
type Ends struct{}

// MinSize is part of fyne.Layout.
func (Ends) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

// Layout is part of fyne.Layout.
func (Ends) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, right := o[0].MinSize(), o[1].MinSize()
	o[0].Resize(left)
	o[0].Move(fyne.NewPos(0, (size.Height-left.Height)/2))
	if left.Width+right.Width+8 > size.Width {
		o[1].Hide()
		return
	}
	o[1].Show()
	o[1].Resize(right)
	o[1].Move(fyne.NewPos(size.Width-right.Width, (size.Height-right.Height)/2))
}

// Pile stacks objects, each as high as it must be and the last one as high as there is room; what does not fit whole is hidden.
type Pile struct{ Gap float32 }

// MinSize is part of fyne.Layout.
func (Pile) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, c := range o {
		s.Width = max(s.Width, c.MinSize().Width)
	}
	return fyne.NewSize(s.Width, o[0].MinSize().Height)
}

// Layout is part of fyne.Layout.
func (p Pile) Layout(o []fyne.CanvasObject, size fyne.Size) {
	y, full := float32(0), false
	for i, c := range o {
		h := c.MinSize().Height
		if full = full || y+h > size.Height+0.5; full {
			c.Hide()
			continue
		}
		if i == len(o)-1 {
			h = size.Height - y
		}
		c.Show()
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(size.Width, h))
		y += h + p.Gap
	}
}

// Beside lays three objects: the first at the top, the second beneath it, the third at the right, Width wide. With less than Least left
// for the first, it has the whole width, and the other two stand beneath it side by side.
type Beside struct{ Width, Least float32 }

// MinSize is part of fyne.Layout.
func (b Beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(b.Width+200, o[0].MinSize().Height+o[1].MinSize().Height)
}

// Layout is part of fyne.Layout.
func (b Beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, top, y := size.Width-b.Width, o[0].MinSize().Height, float32(0)
	o[0].Resize(fyne.NewSize(left, top))
	if left < b.Least {
		o[0].Resize(fyne.NewSize(size.Width, top))
		y = top
	}
	o[0].Move(fyne.Position{})
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(left, size.Height-top))
	o[2].Move(fyne.NewPos(left, y))
	o[2].Resize(fyne.NewSize(b.Width, size.Height-y))
}

// gives tells whether a part can be narrower than it wants: words cannot.
func gives(o fyne.CanvasObject) bool {
	switch o.(type) {
	case *canvas.Text, *Check, *Tap:
		return false
	}
	return true
}

// Filters lays labels and boxes in a line. Where they do not fit, boxes wider than Least give way to it, the wide ones most; what is
// still too much is hidden, from the end on.
type Filters struct{ Gap, Least float32 }

// MinSize is part of fyne.Layout.
func (f Filters) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(100, Row{}.MinSize(o).Height)
}

// Layout is part of fyne.Layout.
func (f Filters) Layout(o []fyne.CanvasObject, size fyne.Size) {
	need, spare := -f.Gap, float32(0)
	for _, c := range o {
		w := c.MinSize().Width
		need += w + f.Gap
		if gives(c) {
			spare += max(0, w-f.Least)
		}
	}
	part := float32(0)
	if need > size.Width && spare > 0 {
		part = min(1, (need-size.Width)/spare)
	}
	x, full := float32(0), false
	for _, c := range o {
		m := c.MinSize()
		if gives(c) && m.Width > f.Least {
			m.Width -= (m.Width - f.Least) * part
		}
		if full = full || x+m.Width > size.Width+0.5; full {
			c.Hide()
			continue
		}
		c.Show()
		c.Resize(m)
		c.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		x += m.Width + f.Gap
	}
}
