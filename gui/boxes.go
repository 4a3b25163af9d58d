package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/gui/kit"
)

// still is what screens without anything typed have in common.
type still struct{}

func (still) Key(*fyne.KeyEvent) bool { return false }
func (still) Changed()                {}
func (still) Unsaved() bool           { return false }
func (still) Leave(done func(bool))   { done(true) }

// boxes are labelled fields one under the other, each with a word beside it of what it means. Enter walks them.
type boxes struct {
	s      *Shell
	ring   *kit.Ring
	fields map[string]*kit.Field
	keys   []string
	rows   []fyne.CanvasObject
	width  float32 // of a label with its box
}

func (s *Shell) newBoxes(width float32) *boxes {
	return &boxes{s: s, ring: &kit.Ring{}, fields: map[string]*kit.Field{}, width: width}
}

// add appends a field; its refusals are said in the message line.
func (b *boxes) add(key, help string, f *kit.Field) *kit.Field {
	f.OnRefuse = func(err error) { b.s.Fail(err) }
	f.OnSettle = b.s.Settled
	f.OnEnter = func() {
		if !f.Refused() {
			b.s.Calm()
		}
	}
	b.fields[key] = f
	b.keys = append(b.keys, key)
	if !f.Plain {
		b.ring.Add(f)
	}
	b.rows = append(b.rows, kit.Labelled(f.Label, f.Input), kit.Labelled("", kit.Fitted(help, kit.Ink3, kit.M().Caption, false)))
	return f
}

// read is a field that is only read.
func (b *boxes) read(key, label, help, value string) {
	f := kit.NewField(label)
	f.Plain = true
	f.SetValue(value)
	b.add(key, help, f)
}

// Object lays the fields out.
func (b *boxes) Object() fyne.CanvasObject { return b.part(0, len(b.rows)) }

// part lays out some of the fields, where they stand in several panels; all have labels as wide as the widest.
func (b *boxes) part(from, to int) fyne.CanvasObject {
	label := float32(0)
	for i := 0; i < len(b.rows); i += 2 {
		label = max(label, b.rows[i].(*fyne.Container).Objects[0].MinSize().Width)
	}
	return container.New(kit.FormGrid{Columns: []float32{b.width, 260}, Labels: []float32{label, 1}}, b.rows[from:to]...)
}

// take reads every box; false: one stands refused, with the keyboard in it.
func (b *boxes) take() bool {
	for _, k := range b.keys {
		if f := b.fields[k]; !f.Plain && !f.Commit() {
			kit.Focus(f.Input)
			f.Refuse(true)
			return false
		}
	}
	return true
}

// refuse says an error at the field it is about.
func (b *boxes) refuse(err error) {
	b.s.Fail(err)
	for _, x := range fault.Of(err) {
		if f := b.fields[x.Field]; f != nil {
			kit.Focus(f.Input)
			f.Refuse(true)
			return
		}
	}
}

// panel is a framed part of a screen with a head.
func panel(head fyne.CanvasObject, body fyne.CanvasObject) fyne.CanvasObject {
	inner := body
	if head != nil {
		inner = container.NewBorder(container.NewVBox(head, kit.HLine(kit.Hair)), nil, nil, nil, body)
	}
	return container.NewStack(kit.Framed(kit.Paper, kit.Hair, 1), kit.Pad(1, 1, inner))
}

// headLine is the head of a panel: a title, something small behind it, something at the right end.
func headLine(title, small string, right ...fyne.CanvasObject) fyne.CanvasObject {
	left := container.New(kit.Row{Gap: 6}, kit.Label(title, kit.Ink, kit.M().Text, true), kit.Caption(small))
	return kit.Fixed(0, kit.M().Header+2, kit.Pad(10, 0, container.NewBorder(nil, nil, left, container.New(kit.Row{Gap: 8}, right...))))
}

// column is a table's column of words, or of figures on the right.
func (s *Shell) column(zh, en string, width float32, right bool) kit.Column {
	k := kit.Column{Key: en, Title: s.tr(zh, en), Width: width}
	if right {
		k.Align = fyne.TextAlignTrailing
	}
	return k
}
