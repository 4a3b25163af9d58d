package gui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"zhanggui/gui/kit"
)

// reach goes over everything in the window, also what a layout has hidden, and finds what can have the keyboard and cannot be seen: one
// would type into nothing. What is only scrolled away comes into sight with the keyboard.
func (v *sight) reach(o fyne.CanvasObject, at fyne.Position, f frame, label string, hidden bool) {
	hidden = hidden || !o.Visible()
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *fyne.Container:
		if _, counted := o.Layout.(*ownLine); counted { // what has no room is counted there, and a key leads to it
			return
		}
		for _, c := range o.Objects {
			if t, ok := c.(*canvas.Text); ok && strings.TrimSpace(t.Text) != "" {
				label = t.Text
			}
			v.reach(c, at, f, label, hidden)
		}
	case *container.Scroll:
		f.clip, f.rolls = f.clip.within(place(at, o.Size())), true
		if !o.Visible() || f.clip.empty() {
			hidden = true
		}
		v.reach(o.Content, at, f, label, hidden)
	case *kit.Keys: // has no face
	case fyne.Widget:
		what := ""
		switch o := o.(type) {
		case *kit.Input:
			what = "box"
			if o.Plain {
				what = ""
			}
		case *kit.Check:
			what, label = "tick", o.Label
		default:
			if tableOf(o) != nil {
				what = "table"
			}
		}
		if t, ok := o.(*kit.Tap); ok && hidden && o.MinSize().Width > 12 {
			v.faults[fmt.Sprintf("unseen: %q can be clicked and is out of sight", wordsOf(t))] = true
			return
		}
		if what == "" {
			for _, c := range test.WidgetRenderer(o).Objects() {
				v.reach(c, at, f, label, hidden)
			}
			return
		}
		p := place(at, o.Size()).within(f.clip)
		if hidden || !f.rolls && (p.x1-p.x0 < 12 || p.y1-p.y0 < 12) || o.Size().Width < 12 || o.Size().Height < 12 {
			v.faults[fmt.Sprintf("unseen: the %s %q can have the keyboard and is out of sight", what, label)] = true
		}
	}
}

// wordsOf are the words on a part.
func wordsOf(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *canvas.Text:
		return o.Text
	case *fyne.Container:
		var list []string
		for _, c := range o.Objects {
			if w := wordsOf(c); w != "" {
				list = append(list, w)
			}
		}
		return strings.Join(list, " ")
	case fyne.Widget:
		return wordsOf(&fyne.Container{Objects: test.WidgetRenderer(o).Objects()})
	}
	return ""
}
