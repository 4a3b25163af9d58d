package flowview

import "fyne.io/fyne/v2"

// A map wider than the window is shown by whole columns: a box half out of sight would show a half of its figures, which reads as another figure.

// overhang is how far a head may be wider than its column, to each side: into the channel, not to where the view begins.
func (v *Screen) overhang() float32 { return min(20, 2*v.channel()-flowLeft) }

// fitting is how many whole columns stand in a width: one at least, and all that there are at most.
func (v *Screen) fitting(width float32) int {
	n := int((width - flowLeft + 2*v.channel() - v.overhang()) / v.pitchX())
	return max(1, min(n, v.cols()))
}

// seen is the width that shows so many whole columns and nothing of the next.
func (v *Screen) seen(columns int) float32 {
	return flowLeft + float32(columns)*v.pitchX() - v.overhang()
}

// farthest is the least width of the map that lets its last columns be scrolled to the view's left edge as the first ones are; 0 where all are seen.
func (v *Screen) farthest() float32 {
	if v.view == nil || v.fitting(v.view.Size().Width) == v.cols() {
		return 0
	}
	return v.seen(v.cols())
}

// whole makes the scroller as wide as whole columns are; where all are seen it has all the room.
type whole struct{ v *Screen }

func (whole) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 50) }

func (l whole) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if n := l.v.fitting(size.Width); n < l.v.cols() {
		size.Width = min(size.Width, l.v.seen(n))
	}
	o[0].Resize(size)
}

// reveal keeps the node in focus in sight, and the view at the edge of a column.
func (v *Screen) reveal() {
	n := v.Current()
	room := v.scroll.Size()
	if n == nil || room.Width <= 0 {
		return
	}
	p, off, fit := v.pos(*n), v.scroll.Offset, v.fitting(v.view.Size().Width)
	first := int(off.X/v.pitchX() + 0.5)
	first = max(0, min(first, n.col, v.cols()-fit), n.col-fit+1)
	off.X = float32(first) * v.pitchX()
	off.Y = max(min(off.Y, p.Y-v.top()), p.Y+v.nodeH()+v.between()-room.Height)
	off.Y = max(0, off.Y)
	if off != v.scroll.Offset {
		v.scroll.Offset = off
		v.scroll.Refresh()
	}
}
