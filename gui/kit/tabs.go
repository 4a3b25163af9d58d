package kit

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Tab is one open screen in the strip of tabs.
type Tab struct {
	Title   string
	Unsaved bool // an accent dot
	Fixed   bool // cannot be closed
}

// MoreKey is the key that lists all tabs, also those the strip has no room for.
const MoreKey = "Ctrl+Shift+T"

// Tabs draws the strip; it is drawn anew when something changes. Where not all have room, how many are not in sight stands at its end with
// the key that lists them; all does so.
func Tabs(tabs []Tab, active int, choose, close func(int), all func()) fyne.CanvasObject {
	var row []fyne.CanvasObject
	for i, t := range tabs {
		ground, ink := Clear, Ink2
		if i == active {
			ground, ink = Paper, Ink
		}
		parts := []fyne.CanvasObject{}
		if t.Unsaved {
			dot := canvas.NewCircle(Accent.Color())
			parts = append(parts, container.NewCenter(Fixed(7, 7, dot)))
		}
		parts = append(parts, Label(Fit(t.Title, M().Text, false, 180), ink, M().Text, i == active && t.Fixed))
		if !t.Fixed {
			parts = append(parts, NewTap(Pad(2, 2, Picture("x", Ink3, 10)), func() { close(i) }))
		}
		top := Box(Clear)
		if i == active {
			top = Box(Accent)
		}
		top.SetMinSize(fyne.NewSize(1, 2))
		face := container.NewStack(Box(ground), container.NewBorder(top, nil, nil, nil, Pad(10, 0, container.New(Row{Gap: 6}, parts...))))
		row = append(row, Fixed(0, 28, NewTap(face, func() { choose(i) })))
	}
	row = append(row, newMoreTabs(all))
	return container.NewStack(Box(Bg), container.NewBorder(nil, HLine(Hair), nil, nil, container.New(tabStrip{active}, row...)))
}

// tabStrip lays tabs in a row. Of more than fit, those about the active one are in sight, after the first, which always is;
// the last object says how many are not.
type tabStrip struct{ active int }

// MinSize is part of fyne.Layout: however many tabs there are, the window stays as it is.
func (t tabStrip) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 28) }

// Layout is part of fyne.Layout.
func (t tabStrip) Layout(o []fyne.CanvasObject, size fyne.Size) {
	tabs, more := o[:len(o)-1], o[len(o)-1].(*moreTabs)
	if len(tabs) == 0 {
		return
	}
	from, to := t.inSight(tabs, size.Width)
	more.say(from - 1 + len(tabs) - to)
	x := float32(0)
	for i, tab := range tabs {
		if i > 0 && (i < from || i >= to) {
			tab.Hide()
			continue
		}
		w := tab.MinSize().Width
		tab.Move(fyne.NewPos(x, 0))
		tab.Resize(fyne.NewSize(w, 28))
		tab.Show()
		x += w
	}
	more.Move(fyne.NewPos(x+2, 2))
	more.Resize(fyne.NewSize(more.MinSize().Width, 24))
}

// moreTabs says at the end of the strip how many tabs are out of sight; a click lists them.
type moreTabs struct {
	*Tap
	word *canvas.Text
}

func newMoreTabs(all func()) *moreTabs {
	w := Caption("")
	return &moreTabs{NewTap(Pad(6, 4, w), all), w}
}

// IsMoreTabs tells whether an object is what says how many tabs are out of sight.
func IsMoreTabs(o fyne.CanvasObject) bool { _, ok := o.(*moreTabs); return ok }

// say shows how many are out of sight, nothing if none is.
func (m *moreTabs) say(n int) {
	if m.Hidden = n <= 0; !m.Hidden {
		m.word.Text = fmt.Sprintf("+%d  %s", n, MoreKey)
		m.word.Color = Accent.Color()
	}
	m.word.Refresh()
}

// moreRoom is the width that the strip keeps free for it.
func moreRoom() float32 { return Width("+99  "+MoreKey, M().Caption, false) + 16 }

// inSight is the range of tabs after the first that fit with the active one among them.
func (t tabStrip) inSight(tabs []fyne.CanvasObject, width float32) (from, to int) {
	room := width - tabs[0].MinSize().Width
	fits := func() bool {
		sum := float32(0)
		for _, tab := range tabs[from:to] {
			sum += tab.MinSize().Width
		}
		if from > 1 || to < len(tabs) {
			sum += moreRoom()
		}
		return sum <= room
	}
	for from, to = 1, len(tabs); to > max(from, t.active+1) && !fits(); {
		to--
	}
	for from < min(t.active, to-1) && !fits() {
		from++
	}
	return from, to
}

// NavDoor is one door of the navigation: icon over word.
type NavDoor struct {
	Icon, Label string
	Open        func()
}

// Nav draws the navigation with the lit door.
func Nav(doors []NavDoor, lit int) fyne.CanvasObject {
	col := container.NewVBox()
	for i, d := range doors {
		ink, ground, bar := Ink2, Band, Box(Clear)
		if i == lit {
			ink, ground, bar = Accent, Paper, Box(Accent)
		}
		bar.SetMinSize(fyne.NewSize(3, 1))
		word := Label(d.Label, ink, M().Caption, i == lit)
		for word.MinSize().Width > 68 {
			word.TextSize--
		}
		word.Alignment = fyne.TextAlignCenter
		face := container.NewBorder(nil, nil, bar, nil, container.NewCenter(container.NewVBox(container.NewCenter(Picture(d.Icon, ink, 20)), word)))
		col.Add(Fixed(72, 54, NewTap(container.NewStack(Box(ground), face), d.Open)))
	}
	return container.NewStack(Box(Band), container.NewBorder(nil, nil, nil, HLine(Hair), col))
}
