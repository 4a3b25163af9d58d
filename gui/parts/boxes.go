package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// Boxes are labelled fields one under the other, each with a word beside it of what it means. Enter walks them.
type Boxes struct {
	s      host.Host
	Ring   *kit.Ring
	Fields map[string]*kit.Field
	keys   []string
	Rows   []fyne.CanvasObject
	width  float32 // of a label with its box
	scroll *container.Scroll
}

func NewBoxes(s host.Host, width float32) *Boxes {
	return &Boxes{s: s, Ring: &kit.Ring{}, Fields: map[string]*kit.Field{}, width: width}
}

// Add appends a field; its refusals are said in the message line, and so is the word beside it where that has no room for all of it.
func (b *Boxes) Add(key, help string, f *kit.Field) *kit.Field {
	f.OnRefuse = func(err error) { b.s.Fail(err) }
	f.OnSettle = b.s.Settled
	beside := kit.Fitted(help, kit.Ink3, kit.M().Caption, false)
	f.OnEnter = func() {
		b.reveal(f.Input)
		if f.Refused() {
			return
		}
		b.s.Calm()
		if all := kit.Cut(beside); all != "" {
			b.s.Say(kit.Hint, all)
		}
	}
	b.Fields[key] = f
	b.keys = append(b.keys, key)
	if !f.Plain {
		b.Ring.Add(f)
	}
	b.Rows = append(b.Rows, kit.Labelled(f.Label, f.Input), kit.Labelled("", beside))
	return f
}

// Scroll lays a page that has the boxes in it out so that it can be higher than the window: the box with the keyboard is always in sight.
func (b *Boxes) Scroll(page fyne.CanvasObject) fyne.CanvasObject {
	b.scroll = container.NewVScroll(page)
	return b.scroll
}

// reveal scrolls to a box.
func (b *Boxes) reveal(box fyne.CanvasObject) {
	if b.scroll != nil {
		kit.Reveal(b.scroll, box)
	}
}

// Read is a field that is only read.
func (b *Boxes) Read(key, label, help, value string) {
	f := kit.NewField(label)
	f.Plain = true
	f.SetValue(value)
	b.Add(key, help, f)
}

// Object lays the fields out.
func (b *Boxes) Object() fyne.CanvasObject { return b.Part(0, len(b.Rows)) }

// Part lays out some of the fields, where they stand in several panels; all have labels as wide as the widest.
func (b *Boxes) Part(from, to int) fyne.CanvasObject {
	label := float32(0)
	for i := 0; i < len(b.Rows); i += 2 {
		label = max(label, b.Rows[i].(*fyne.Container).Objects[0].MinSize().Width)
	}
	return container.New(kit.FormGrid{Columns: []float32{b.width, 260}, Labels: []float32{label, 1}}, b.Rows[from:to]...)
}

// Take reads every box; false: one stands refused, with the keyboard in it.
func (b *Boxes) Take() bool {
	for _, k := range b.keys {
		if f := b.Fields[k]; !f.Plain && !f.Commit() {
			kit.Focus(f.Input)
			f.Refuse(true)
			return false
		}
	}
	return true
}

// Refuse says an error at the field it is about.
func (b *Boxes) Refuse(err error) {
	b.s.Fail(err)
	for _, x := range fault.Of(err) {
		if f := b.Fields[x.Field]; f != nil {
			kit.Focus(f.Input)
			f.Refuse(true)
			return
		}
	}
}

// Panel is a framed part of a screen with a head.
func Panel(head fyne.CanvasObject, body fyne.CanvasObject) fyne.CanvasObject {
	inner := body
	if head != nil {
		inner = container.NewBorder(container.NewVBox(head, kit.HLine(kit.Hair)), nil, nil, nil, body)
	}
	return container.NewStack(kit.Framed(kit.Paper, kit.Hair, 1), kit.Pad(1, 1, inner))
}

// HeadLine is the head of a panel: a title, something small behind it, something at the right end.
func HeadLine(title, small string, right ...fyne.CanvasObject) fyne.CanvasObject {
	left := container.New(kit.Row{Gap: 6}, kit.Label(title, kit.Ink, kit.M().Text, true), kit.Caption(small))
	return kit.Fixed(0, kit.M().Header+2, kit.Pad(10, 0, container.New(kit.Ends{}, left, container.New(kit.Row{Gap: 8}, right...))))
}

// Adder gives what adds columns to a table, one after the other, each as TableColumn makes it.
func Adder(s host.Host, t *kit.Table) func(zh, en string, width float32, right bool) {
	return func(zh, en string, width float32, right bool) {
		t.Columns = append(t.Columns, TableColumn(s, zh, en, width, right))
	}
}

// TableColumn is a column of words, or of figures on the right.
func TableColumn(s host.Host, zh, en string, width float32, right bool) kit.Column {
	k := kit.Column{Key: en, Title: s.Tr(zh, en), Width: width}
	if right {
		k.Align = fyne.TextAlignTrailing
	}
	return k
}
