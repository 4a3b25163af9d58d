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

// Tabs draws the strip; it is drawn anew when something changes.
func Tabs(tabs []Tab, active int, choose, close func(int)) fyne.CanvasObject {
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
	row = append(row, Caption(""))
	return container.NewStack(Box(Bg), container.NewBorder(nil, HLine(Hair), nil, nil, container.New(tabStrip{active}, row...)))
}

// tabStrip lays tabs in a row. Of more than fit, those about the active one are in sight, after the first, which always is;
// the last object says how many are not.
type tabStrip struct{ active int }

// MinSize is part of fyne.Layout: however many tabs there are, the window stays as it is.
func (t tabStrip) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 28) }

// Layout is part of fyne.Layout.
func (t tabStrip) Layout(o []fyne.CanvasObject, size fyne.Size) {
	tabs, more := o[:len(o)-1], o[len(o)-1].(*canvas.Text)
	if len(tabs) == 0 {
		return
	}
	from, to := t.inSight(tabs, size.Width)
	more.Text = ""
	if n := from - 1 + len(tabs) - to; n > 0 {
		more.Text = fmt.Sprintf("+%d", n) // Ctrl+Shift+T lists them
	}
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
	more.Move(fyne.NewPos(x+8, 6))
	more.Resize(more.MinSize())
}

// inSight is the range of tabs after the first that fit with the active one among them.
func (t tabStrip) inSight(tabs []fyne.CanvasObject, width float32) (from, to int) {
	room := width - tabs[0].MinSize().Width
	fits := func() bool {
		sum := float32(0)
		for _, tab := range tabs[from:to] {
			sum += tab.MinSize().Width
		}
		if from > 1 || to < len(tabs) {
			sum += 40 // for what the last object says
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
