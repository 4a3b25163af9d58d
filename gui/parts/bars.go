package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"zhanggui/gui/kit"
)

// Bar is one bar of a chart: whose it is, the figure in words, and its size among the others.
type Bar struct {
	Name, Figure string
	Size         int64
	Lit          bool
}

// Bars is a chart of lying bars: names at the left, figures at their ends. It draws as many as fit.
type Bars struct {
	widget.BaseWidget
	title string
	List  []Bar
}

func NewBars() *Bars {
	b := &Bars{}
	b.ExtendBaseWidget(b)
	return b
}

const barPitch, barTop = 22, 30

// Room is how many bars fit.
func (b *Bars) Room() int { return max(1, int((b.Size().Height-barTop)/barPitch)) }

// Set shows other bars.
func (b *Bars) Set(title string, list []Bar) {
	b.title, b.List = title, list
	b.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer { return &barsRenderer{b: b} }

type barsRenderer struct {
	b       *Bars
	objects []fyne.CanvasObject
}

func (r *barsRenderer) Destroy()                     {}
func (r *barsRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, 60) }
func (r *barsRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *barsRenderer) Layout(fyne.Size)             { r.draw() }
func (r *barsRenderer) Refresh()                     { r.draw(); canvas.Refresh(r.b) }

// draw makes all objects anew: there are never more than fit in sight.
func (r *barsRenderer) draw() {
	b, size := r.b, r.b.Size()
	r.objects = r.objects[:0:0]
	if size.Width < 60 {
		return
	}
	r.word(b.title, kit.Ink, true, 0, 6, size.Width, fyne.TextAlignLeading)
	list := b.List[:min(len(b.List), b.Room())]
	var most, least int64
	var nameW, figureW float32
	for _, x := range list {
		most, least = max(most, x.Size), min(least, x.Size)
		nameW = max(nameW, kit.Width(x.Name, 12, false))
		figureW = max(figureW, kit.Width(x.Figure, 12, false))
	}
	nameW = min(nameW, size.Width*0.34)
	if most == least {
		most = least + 1
	}
	room := size.Width - nameW - figureW - 22
	scale := room / float32(most-least)
	zero := nameW + 8 + float32(-least)*scale
	for n, x := range list {
		y := float32(barTop + n*barPitch)
		r.word(kit.Fit(x.Name, 12, false, nameW), kit.Ink2, false, 0, y, nameW, fyne.TextAlignTrailing)
		from, w, shade := zero, float32(x.Size)*scale, kit.Accent
		if x.Size < 0 {
			from, w, shade = zero+w, -w, kit.Negative
		}
		rect := kit.Box(shade)
		if !x.Lit && x.Size >= 0 {
			c := shade.Color()
			c.A = 0xB0
			rect.FillColor = c
		}
		rect.Move(fyne.NewPos(from, y+4))
		rect.Resize(fyne.NewSize(max(1, w), barPitch-8))
		r.objects = append(r.objects, rect)
		r.word(x.Figure, kit.Ink, x.Lit, max(zero, from+w)+6, y, figureW+8, fyne.TextAlignLeading)
	}
	line := kit.Box(kit.Line)
	line.Move(fyne.NewPos(zero, barTop))
	line.Resize(fyne.NewSize(1, float32(len(list)*barPitch)))
	r.objects = append(r.objects, line)
}

func (r *barsRenderer) word(s string, shade kit.Shade, bold bool, x, y, w float32, align fyne.TextAlign) {
	t := kit.Label(s, shade, 12, bold)
	t.Alignment = align
	t.Move(fyne.NewPos(x, y+2))
	t.Resize(fyne.NewSize(w, t.MinSize().Height))
	r.objects = append(r.objects, t)
}
