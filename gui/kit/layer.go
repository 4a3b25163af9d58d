package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Layer lies over the window: pick lists, which leave the focus where it is, and dialogs, which dim what is below.
// (Fyne's PopUp takes the focus from the box one types in.)
type Layer struct {
	box  *fyne.Container
	open []*Overlay
}

// Overlay is one thing laid over the window.
type Overlay struct {
	Object fyne.CanvasObject
	Key    func(*fyne.KeyEvent) bool // dialogs: sees keys before the parts
	Rune   func(rune) bool           // dialogs: characters while no part has the keyboard
	Leave  func()                    // dialogs: after closing, to give the focus back
	// Shortcut of dialogs hears combinations, also those of the main menu.
	Shortcut func(fyne.Shortcut)
	modal    bool
	dim      *shield
}

// Hear gives a dialog a combination; one that knows none lets it pass.
func (v *Overlay) Hear(sc fyne.Shortcut) {
	if v.Shortcut != nil {
		v.Shortcut(sc)
	}
}

// NewLayer makes an empty layer.
func NewLayer() *Layer { return &Layer{box: container.NewWithoutLayout()} }

// Object is what the window stacks over its content.
func (l *Layer) Object() fyne.CanvasObject { return l.box }

// Size is the room there is.
func (l *Layer) Size() fyne.Size {
	if s := l.box.Size(); s.Width > 0 {
		return s
	}
	if c := canvasOf(l.box); c != nil {
		return c.Size()
	}
	return fyne.Size{}
}

// Float lays an object at a place.
func (l *Layer) Float(o fyne.CanvasObject, pos fyne.Position, size fyne.Size) *Overlay {
	v := &Overlay{Object: o}
	o.Move(pos)
	o.Resize(size)
	l.add(v)
	return v
}

// Dialog lays an object in the middle over the dimmed window.
func (l *Layer) Dialog(o fyne.CanvasObject, size fyne.Size, key func(*fyne.KeyEvent) bool, leave func()) *Overlay {
	room := l.Size()
	size = fyne.NewSize(min(size.Width, room.Width-16), min(size.Height, room.Height-16))
	v := &Overlay{Key: key, Leave: leave, modal: true, dim: newShield()}
	v.Object = container.NewStack(Framed(Paper, Ink2, 1), o)
	v.dim.Resize(room)
	v.Object.Resize(size)
	v.Object.Move(fyne.NewPos((room.Width-size.Width)/2, max(8, (room.Height-size.Height)/2-16)))
	l.box.Add(v.dim)
	l.add(v)
	return v
}

func (l *Layer) add(v *Overlay) {
	l.open = append(l.open, v)
	l.box.Add(v.Object)
	l.box.Refresh()
}

// Close takes an overlay away.
func (l *Layer) Close(v *Overlay) {
	for n, o := range l.open {
		if o != v {
			continue
		}
		l.open = append(l.open[:n:n], l.open[n+1:]...)
		l.box.Remove(v.Object)
		if v.dim != nil {
			l.box.Remove(v.dim)
		}
		l.box.Refresh()
		if v.Leave != nil {
			v.Leave()
		}
		return
	}
}

// CloseAll takes everything away without a word.
func (l *Layer) CloseAll() {
	l.open = nil
	l.box.RemoveAll()
}

// Modal is the dialog on top, nil if there is none.
func (l *Layer) Modal() *Overlay {
	for n := len(l.open) - 1; n >= 0; n-- {
		if l.open[n].modal {
			return l.open[n]
		}
	}
	return nil
}

// Top is what lies on top, nil if nothing does.
func (l *Layer) Top() *Overlay {
	if len(l.open) == 0 {
		return nil
	}
	return l.open[len(l.open)-1]
}

// shield dims the window and keeps the mouse from it.
type shield struct {
	widget.BaseWidget
}

func newShield() *shield {
	s := &shield{}
	s.ExtendBaseWidget(s)
	return s
}

func (s *shield) Tapped(*fyne.PointEvent) {}

func (s *shield) Scrolled(*fyne.ScrollEvent) {}

func (s *shield) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(Dim.Color()))
}
