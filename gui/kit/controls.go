package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Tap is anything that can be clicked and never takes the focus from where one types.
type Tap struct {
	widget.BaseWidget
	content fyne.CanvasObject
	hover   *canvas.Rectangle
	words   []*canvas.Text // of a button with a picture: its word and its key, which may go where there is no room
	OnTap   func()
}

// NewTap makes an object clickable.
func NewTap(content fyne.CanvasObject, tapped func()) *Tap {
	t := &Tap{content: content, hover: Box(Clear), OnTap: tapped}
	t.hover.CornerRadius = 3
	t.ExtendBaseWidget(t)
	return t
}

// Tapped calls OnTap.
func (t *Tap) Tapped(*fyne.PointEvent) {
	defer caught(t)
	Touched()
	if t.OnTap != nil {
		t.OnTap()
	}
}

// MouseIn, MouseMoved and MouseOut light the ground.
func (t *Tap) MouseIn(*desktop.MouseEvent) {
	defer caught(t)
	t.light(true)
}
func (t *Tap) MouseMoved(*desktop.MouseEvent) {}
func (t *Tap) MouseOut() {
	defer caught(t)
	t.light(false)
}

func (t *Tap) light(on bool) {
	t.hover.FillColor = Clear.Color()
	if on && t.OnTap != nil {
		c := Select.Color()
		c.A = 0xA0
		t.hover.FillColor = c
	}
	t.hover.Refresh()
}

// Cursor points where something happens.
func (t *Tap) Cursor() desktop.Cursor {
	if t.OnTap == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer draws the content.
func (t *Tap) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(t.hover, t.content))
}

// Button is a button of a toolbar or dialog: icon, word, key.
type Button struct {
	Icon, Label, Key string
	Primary          bool
	Off              bool
	Framed           bool
	Run              func()
}

// Object builds the button.
func (b Button) Object() fyne.CanvasObject {
	m := M()
	ink, keyInk := Ink, Ink3
	var back fyne.CanvasObject = Box(Clear)
	switch {
	case b.Primary && !b.Off:
		ink, keyInk, back = OnAccent, OnAccent, Framed(Accent, Accent, 0)
	case b.Off:
		ink = Ink3
	case b.Framed:
		back = Framed(Paper, Line, 1)
	}
	row := []fyne.CanvasObject{}
	var words []*canvas.Text
	if b.Icon != "" {
		row = append(row, container.NewCenter(Picture(b.Icon, ink, 16)))
	}
	if b.Label != "" {
		words = append(words, Label(b.Label, ink, m.Text, false))
	}
	if b.Key != "" {
		words = append(words, Label(b.Key, keyInk, m.Caption, false))
	}
	for _, w := range words {
		row = append(row, w)
	}
	box := Pad(7, 3, container.New(Row{Gap: 4}, row...))
	t := NewTap(container.NewStack(back, box), b.Run)
	if b.Icon != "" {
		t.words = words
	}
	if b.Off {
		t.OnTap = nil
	}
	return t
}

// Row lays objects in a line, each as wide as it must be and centred upright.
type Row struct{ Gap float32 }

// MinSize is part of fyne.Layout.
func (r Row) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for n, c := range visible(o) {
		m := c.MinSize()
		s.Width += m.Width
		if n > 0 {
			s.Width += r.Gap
		}
		s.Height = max(s.Height, m.Height)
	}
	return s
}

// Layout is part of fyne.Layout.
func (r Row) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, c := range visible(o) {
		m := c.MinSize()
		c.Resize(m)
		c.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		x += m.Width + r.Gap
	}
}

// shorten leaves so many of a button's words away that stand in for its picture; it tells how much narrower the button is then.
func (t *Tap) shorten(n int) float32 {
	was := t.MinSize().Width
	for i, w := range t.words {
		if i < n {
			w.Hide()
		} else {
			w.Show()
		}
	}
	return was - t.MinSize().Width
}

// Bar lays its first objects in a line and one more, the last, at the right end. Where they do not fit, buttons give way to their pictures:
// from the end on first their words go, then their keys. Only what has no picture is hidden then, from the end on: a bar never makes the
// window wider.
type Bar struct {
	Gap   float32
	Right bool // stand at the right
}

// MinSize is part of fyne.Layout.
func (b Bar) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[len(o)-1].MinSize().Width+100, Row{}.MinSize(o).Height)
}

// width is what the objects need with so many words of each button away.
func (b Bar) width(o []fyne.CanvasObject, away int) (w float32) {
	for _, c := range o {
		if t, ok := c.(*Tap); ok {
			t.shorten(away)
		}
		w += c.MinSize().Width + b.Gap
	}
	return w
}

// Layout is part of fyne.Layout.
func (b Bar) Layout(o []fyne.CanvasObject, size fyne.Size) {
	n := len(o) - 1
	end := o[n].MinSize()
	o[n].Resize(end)
	o[n].Move(fyne.NewPos(size.Width-end.Width, (size.Height-end.Height)/2))
	room := size.Width - end.Width
	need := b.width(o[:n], 0)
	for away := 1; away <= 2; away++ {
		for i := n - 1; i >= 0 && need-b.Gap > room; i-- {
			if t, ok := o[i].(*Tap); ok {
				need -= t.shorten(away)
			}
		}
	}
	x, full := float32(0), false
	if b.Right {
		x = max(0, room-need+b.Gap)
	}
	for _, c := range o[:n] {
		m := c.MinSize()
		if full = full || x+m.Width > room+0.5; full {
			c.Hide()
			continue
		}
		c.Show()
		c.Resize(m)
		c.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		x += m.Width + b.Gap
	}
}

func visible(o []fyne.CanvasObject) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, c := range o {
		if c.Visible() {
			list = append(list, c)
		}
	}
	return list
}

// Fixed gives an object a size of its own; 0 leaves a side free.
func Fixed(w, h float32, o fyne.CanvasObject) *fyne.Container { return container.New(fixed{w, h}, o) }

type fixed struct{ w, h float32 }

func (f fixed) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	if f.w > 0 {
		m.Width = f.w
	}
	if f.h > 0 {
		m.Height = f.h
	}
	return m
}

func (f fixed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, c := range o {
		c.Resize(size)
		c.Move(fyne.NewPos(0, 0))
	}
}

// Loose lays objects over each other and needs no room itself: what does not fit is cut instead of widening the window.
func Loose(o ...fyne.CanvasObject) *fyne.Container { return container.New(loose{}, o...) }

// LooseTold is Loose that tells when it was laid out.
func LooseTold(sized func()) *fyne.Container { return container.New(loose{sized}) }

type loose struct{ sized func() }

func (loose) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

func (l loose) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if l.sized != nil {
		defer l.sized()
	}
	for _, c := range o {
		c.Resize(size)
		c.Move(fyne.NewPos(0, 0))
	}
}

// Upright stands an object in the middle of the height it gets, at its own height.
func Upright(o fyne.CanvasObject) *fyne.Container { return container.New(upright{}, o) }

type upright struct{}

func (upright) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (upright) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, c := range o {
		h := c.MinSize().Height
		c.Resize(fyne.NewSize(size.Width, h))
		c.Move(fyne.NewPos(0, (size.Height-h)/2))
	}
}

// Chip is a status as a small object.
func Chip(m Mark, word string) fyne.CanvasObject { return ChipOf(m, word, M().Caption) }

// ChipOf is a Chip of a size of text.
func ChipOf(m Mark, word string, size float32) fyne.CanvasObject {
	ink, ground := m.shades()
	back := Framed(ground, ground, 0)
	shape := map[Mark]string{MarkDraft: "○", MarkDone: "●", MarkPart: "◐", MarkDue: "□", MarkLate: "■", MarkVoid: "—"}[m]
	return container.NewStack(back, Pad(6, 1, Label(shape+" "+word, ink, size, false)))
}

// Strip lays objects in one line over a ground with a hairline above or below.
func Strip(ground Shade, height float32, o ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(Box(ground), Fixed(0, height, Pad(8, 0, container.New(Row{Gap: 8}, o...))))
}

// HLine is a horizontal line.
func HLine(s Shade) fyne.CanvasObject {
	r := Box(s)
	r.SetMinSize(fyne.NewSize(1, 1))
	return r
}

// VLine is a short upright line between things in a row.
func VLine(height float32) fyne.CanvasObject {
	r := Box(Hair)
	r.SetMinSize(fyne.NewSize(1, height))
	return r
}

// Check is a box to tick with a word.
type Check struct {
	widget.BaseWidget
	Label    string
	On       bool
	OnChange func(bool)
	OnWalk   func(Way)
	OnEnter  func()
	focused  bool
}

// NewCheck makes a check box.
func NewCheck(label string, on bool, change func(bool)) *Check {
	c := &Check{Label: label, On: on, OnChange: change}
	c.ExtendBaseWidget(c)
	return c
}

// SetOn ticks it without telling anybody.
func (c *Check) SetOn(on bool) { c.On = on; c.Refresh() }

func (c *Check) toggle() {
	c.On = !c.On
	c.Refresh()
	if c.OnChange != nil {
		c.OnChange(c.On)
	}
}

// Tapped toggles.
func (c *Check) Tapped(*fyne.PointEvent) {
	defer caught(c)
	Touched()
	Focus(c)
	c.toggle()
}

// FocusGained frames it.
func (c *Check) FocusGained() {
	defer caught(c)
	c.focused = true
	c.Refresh()
	if c.OnEnter != nil {
		c.OnEnter()
	}
}

// FocusLost takes the frame away.
func (c *Check) FocusLost() {
	defer caught(c)
	c.focused = false
	c.Refresh()
}

// AcceptsTab keeps Tab for the ring.
func (c *Check) AcceptsTab() bool { return true }

// TypedRune toggles by space.
func (c *Check) TypedRune(r rune) {
	defer caught(c)
	if r == ' ' {
		c.toggle()
	}
}

// TypedShortcut goes to the host.
func (c *Check) TypedShortcut(s fyne.Shortcut) {
	defer caught(c)
	shortcut(c, s)
}

// TypedKey walks on.
func (c *Check) TypedKey(ev *fyne.KeyEvent) {
	defer caught(c)
	if before(c, ev) {
		return
	}
	w, ok := wayOf(ev.Name)
	if !ok || c.OnWalk == nil {
		after(c, ev)
		return
	}
	c.OnWalk(w)
}

func wayOf(key fyne.KeyName) (Way, bool) {
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter:
		return Next, true
	case fyne.KeyTab:
		if Shift() {
			return BackTab, true
		}
		return TabOn, true
	case fyne.KeyUp:
		return Up, true
	case fyne.KeyDown:
		return Down, true
	}
	return 0, false
}

// CreateRenderer draws it.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{c: c, box: Framed(Paper, Line, 1), tick: Picture("check", OnAccent, 12), word: Words(c.Label)}
	r.Refresh()
	return r
}

type checkRenderer struct {
	c    *Check
	box  *canvas.Rectangle
	tick *canvas.Image
	word *canvas.Text
}

func (r *checkRenderer) Destroy() {}
func (r *checkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.tick, r.word}
}
func (r *checkRenderer) MinSize() fyne.Size {
	return fyne.NewSize(22+r.word.MinSize().Width, M().Box)
}
func (r *checkRenderer) Layout(s fyne.Size) {
	y := (s.Height - 15) / 2
	r.box.Move(fyne.NewPos(1, y))
	r.box.Resize(fyne.NewSize(15, 15))
	r.tick.Move(fyne.NewPos(2.5, y+1.5))
	r.tick.Resize(fyne.NewSize(12, 12))
	h := r.word.MinSize().Height
	r.word.Move(fyne.NewPos(22, (s.Height-h)/2))
	r.word.Resize(fyne.NewSize(r.word.MinSize().Width, h))
}
func (r *checkRenderer) Refresh() {
	r.tick.Hidden = !r.c.On
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = Paper.Color(), Line.Color(), 1
	if r.c.On {
		r.box.FillColor = Accent.Color()
	}
	if r.c.focused {
		r.box.StrokeColor, r.box.StrokeWidth = Accent.Color(), 2
	}
	r.word.Text, r.word.Color = r.c.Label, Ink.Color()
	canvas.Refresh(r.box)
	canvas.Refresh(r.tick)
	canvas.Refresh(r.word)
}

// Keys takes the keyboard where nothing else does: behind dialogs that only ask.
type Keys struct {
	widget.BaseWidget
	OnKey   func(*fyne.KeyEvent) bool
	OnRune  func(rune)
	OnFocus func(gained bool)
}

// NewKeys makes an invisible taker of keys.
func NewKeys(key func(*fyne.KeyEvent) bool) *Keys {
	k := &Keys{OnKey: key}
	k.ExtendBaseWidget(k)
	return k
}

// FocusGained and FocusLost tell OnFocus.
func (k *Keys) FocusGained() {
	defer caught(k)
	k.focus(true)
}
func (k *Keys) FocusLost() {
	defer caught(k)
	k.focus(false)
}

func (k *Keys) focus(gained bool) {
	if k.OnFocus != nil {
		k.OnFocus(gained)
	}
}

// AcceptsTab keeps Tab here.
func (k *Keys) AcceptsTab() bool { return true }

// TypedRune goes to OnRune.
func (k *Keys) TypedRune(r rune) {
	defer caught(k)
	if k.OnRune != nil {
		k.OnRune(r)
	}
}

// TypedShortcut goes to the host.
func (k *Keys) TypedShortcut(s fyne.Shortcut) {
	defer caught(k)
	shortcut(k, s)
}

// TypedKey asks OnKey, then the host.
func (k *Keys) TypedKey(ev *fyne.KeyEvent) {
	defer caught(k)
	if before(k, ev) || k.OnKey != nil && k.OnKey(ev) {
		return
	}
	after(k, ev)
}

// CreateRenderer draws nothing.
func (k *Keys) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(Box(Clear)) }
