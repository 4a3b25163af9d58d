package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
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

// Pile stacks objects, each as high as it must be; the last one is at least Last high and has what room is left. It stands in a scroller
// where the window may be too low for all of it.
type Pile struct{ Gap, Last float32 }

func (p Pile) height(o []fyne.CanvasObject, i int) float32 {
	h := o[i].MinSize().Height
	if i == len(o)-1 {
		h = max(h, p.Last)
	}
	return h
}

// shown are the parts that are not hidden.
func shown(o []fyne.CanvasObject) []fyne.CanvasObject {
	return slices.DeleteFunc(slices.Clone(o), func(c fyne.CanvasObject) bool { return !c.Visible() })
}

// MinSize is part of fyne.Layout.
func (p Pile) MinSize(o []fyne.CanvasObject) fyne.Size {
	o = shown(o)
	s := fyne.NewSize(0, -p.Gap)
	for i, c := range o {
		s.Width = max(s.Width, c.MinSize().Width)
		s.Height += p.height(o, i) + p.Gap
	}
	return s
}

// Layout is part of fyne.Layout.
func (p Pile) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o = shown(o)
	y := float32(0)
	for i, c := range o {
		h := p.height(o, i)
		if i == len(o)-1 {
			h = max(h, size.Height-y)
		}
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(size.Width, h))
		y += h + p.Gap
	}
}

// Reveal scrolls so that a part of the scroller's content is in sight, with a little room for the head over it or the word under it.
func Reveal(scroll *container.Scroll, part fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(part).Y - d.AbsolutePositionForObject(scroll).Y + scroll.Offset.Y
	const room = 24
	switch foot := top + part.Size().Height + room; {
	case top-room < scroll.Offset.Y || part.Size().Height+2*room > scroll.Size().Height:
		scroll.ScrollToOffset(fyne.NewPos(0, max(0, top-room)))
	case foot > scroll.Offset.Y+scroll.Size().Height:
		scroll.ScrollToOffset(fyne.NewPos(0, foot-scroll.Size().Height))
	}
}

// RevealAcross is Reveal for what stands in a line that is too long.
func RevealAcross(scroll *container.Scroll, part fyne.CanvasObject) {
	left := part.Position().X
	switch right := left + part.Size().Width; {
	case left < scroll.Offset.X:
		scroll.ScrollToOffset(fyne.NewPos(left, 0))
	case right > scroll.Offset.X+scroll.Size().Width:
		scroll.ScrollToOffset(fyne.NewPos(right-scroll.Size().Width, 0))
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

// Filters lays labels and boxes in a line. Where they do not fit, boxes wider than Least give way to it, the wide ones most; then all of
// them to what shows two characters, then words go, from the end on. What can have the keyboard always stands there.
type Filters struct{ Gap, Least float32 }

// tightest is how narrow a box becomes before the words beside it go.
const tightest = 40

// MinSize is part of fyne.Layout.
func (f Filters) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(100, Row{}.MinSize(o).Height)
}

// shrink takes what the line is too long off what gives, down to least; it tells what is still too much.
func (f Filters) shrink(o []fyne.CanvasObject, widths []float32, over, least float32) float32 {
	spare := float32(0)
	for i, c := range o {
		if gives(c) {
			spare += max(0, widths[i]-least)
		}
	}
	if over <= 0 || spare == 0 {
		return over
	}
	part := min(1, over/spare)
	for i, c := range o {
		if gives(c) {
			widths[i] -= max(0, widths[i]-least) * part
		}
	}
	return over - spare*part
}

// Layout is part of fyne.Layout.
func (f Filters) Layout(o []fyne.CanvasObject, size fyne.Size) {
	widths, over := make([]float32, len(o)), -f.Gap-size.Width
	for i, c := range o {
		widths[i] = c.MinSize().Width
		over += widths[i] + f.Gap
	}
	over = f.shrink(o, widths, over, f.Least)
	over = f.shrink(o, widths, over, tightest)
	for i := len(o) - 1; i >= 0; i-- {
		o[i].Show()
		if _, word := o[i].(*canvas.Text); word && over > 0.5 {
			o[i].Hide()
			over -= widths[i] + f.Gap
		}
	}
	if over > 0.5 {
		f.shrink(o, widths, over, 0)
	}
	x := float32(0)
	for i, c := range o {
		if !c.Visible() {
			continue
		}
		h := c.MinSize().Height
		c.Resize(fyne.NewSize(widths[i], h))
		c.Move(fyne.NewPos(x, (size.Height-h)/2))
		x += widths[i] + f.Gap
	}
}

// AtMost lays an object in the middle, no wider and higher than so; in a smaller place, a little off its edges.
type AtMost struct{ Width, Height float32 }

// MinSize is part of fyne.Layout.
func (a AtMost) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout is part of fyne.Layout.
func (a AtMost) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const edge = 12
	s := fyne.NewSize(min(a.Width, size.Width-2*edge), min(a.Height, size.Height))
	o[0].Resize(s)
	o[0].Move(fyne.NewPos((size.Width-s.Width)/2, (size.Height-s.Height)/2))
}

// Meet lays boxes with their words, as Filters do, and the last object, a bar of buttons (Bar), behind them. Where all do not fit the buttons give
// way first, down to their pictures, then the boxes down to Least, such as what a date needs; with less room they stand in two lines of High.
type Meet struct{ Gap, Least, High float32 }

// Lines is how many lines there are in a width.
func (m Meet) Lines(o []fyne.CanvasObject, width float32) int {
	boxes, buttons := o[:len(o)-1], o[len(o)-1].(*fyne.Container)
	needs := m.Gap + buttons.Layout.(Bar).width(buttons.Objects, 2)
	for _, c := range boxes {
		w := c.MinSize().Width
		if gives(c) {
			w = min(w, m.Least)
		}
		needs += w + m.Gap
	}
	if needs > width {
		return 2
	}
	return 1
}

// MinSize is part of fyne.Layout.
func (m Meet) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, m.High) }

// Layout is part of fyne.Layout.
func (m Meet) Layout(o []fyne.CanvasObject, size fyne.Size) {
	boxes, first := o[:len(o)-1], 0
	lines := m.Lines(o, size.Width)
	if lines == 2 {
		first = m.first(boxes, size.Width)
		Filters{m.Gap, m.Least}.Layout(boxes[:first], fyne.NewSize(size.Width, m.High))
	}
	rest, buttons := boxes[first:], o[len(o)-1].(*fyne.Container)
	wants := float32(0)
	for _, c := range rest {
		wants += c.MinSize().Width + m.Gap
	}
	right := max(buttons.Layout.(Bar).width(buttons.Objects, 2), size.Width-wants-m.Gap)
	left := size.Width - right - m.Gap
	Filters{m.Gap, m.Least}.Layout(rest, fyne.NewSize(left, m.High))
	y := float32(lines-1) * m.High
	for _, c := range rest {
		c.Move(c.Position().AddXY(0, y))
	}
	h := buttons.MinSize().Height
	buttons.Move(fyne.NewPos(left+m.Gap, y+(m.High-h)/2))
	buttons.Resize(fyne.NewSize(right, h))
}

// first is how many of the boxes stand in the first of two lines; a box stays with its word.
func (m Meet) first(boxes []fyne.CanvasObject, width float32) int {
	n := 0
	for x := -m.Gap; n < len(boxes); n++ {
		if x += boxes[n].MinSize().Width + m.Gap; x > width {
			break
		}
	}
	if _, word := boxes[max(0, n-1)].(*canvas.Text); word && n > 1 {
		n--
	}
	return n
}
