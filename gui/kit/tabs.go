package kit

import (
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
	row := container.New(Row{})
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
		row.Add(Fixed(0, 28, NewTap(face, func() { choose(i) })))
	}
	return container.NewStack(Box(Bg), container.NewBorder(nil, HLine(Hair), nil, nil, row))
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
		word.Alignment = fyne.TextAlignCenter
		face := container.NewBorder(nil, nil, bar, nil, container.NewCenter(container.NewVBox(container.NewCenter(Picture(d.Icon, ink, 20)), word)))
		col.Add(Fixed(72, 54, NewTap(container.NewStack(Box(ground), face), d.Open)))
	}
	return container.NewStack(Box(Band), container.NewBorder(nil, nil, nil, HLine(Hair), col))
}
