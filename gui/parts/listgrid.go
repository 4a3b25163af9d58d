package parts

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/slip"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// ListGrid is one of a slip's further grids, such as its checks or people, in a panel under the lines.
type ListGrid struct {
	*kit.LineGrid
	List   slip.List
	Object fyne.CanvasObject

	s    host.Host
	rows func() []slip.Item
	may  func(slip.Field) bool
	add  func() bool
	set  func(row int, f slip.Field, v string) error
}

// NewListGrid makes the grid. rows are those of the slip in hand, may tells which fields may be typed in now, add whether rows may be
// added, and set takes a value; the row behind the last is made by it.
func NewListGrid(s host.Host, key string, g slip.List, rows func() []slip.Item, may func(slip.Field) bool, add func() bool, set func(row int, f slip.Field, v string) error) *ListGrid {
	x := &ListGrid{LineGrid: kit.NewLineGrid(), List: g, s: s, rows: rows, may: may, add: add, set: set}
	x.Columns = []kit.Column{{Key: "#", Title: "#", Width: 34, Align: fyne.TextAlignCenter}}
	x.Fields = []*kit.Field{nil}
	for i, f := range g.Fields {
		c := kit.Column{Key: f.Key, Title: s.T(f.Label), Width: max(float32(f.Width), 110, kit.Width(s.T(f.Label), kit.M().Caption, false)+14), Grow: i == len(g.Fields)-1}
		if f.Numeric() {
			c.Align = fyne.TextAlignTrailing
		}
		x.Columns, x.Fields = append(x.Columns, c), append(x.Fields, x.box(f))
	}
	x.Quiet, x.Frozen = true, 1
	x.Length = func() int {
		if x.add() {
			return len(x.rows()) + 1
		}
		return len(x.rows())
	}
	x.CellAt = x.cell
	x.Can = func(row, col int) bool { return col > 0 && !g.Fields[col-1].ReadOnly && x.may(g.Fields[col-1]) }
	x.Value = func(row, col int) string { return x.item(row).Get(g.Fields[col-1].Key) }
	x.Blank = func(row int) bool { return x.item(row).Empty() }
	x.Commit = func(row, col int, v string) error {
		f := g.Fields[col-1]
		switch {
		case x.Value(row, col) == v:
			return nil
		case v == "" && f.Required && !x.item(row).Empty():
			return MustFill(s, f)
		}
		return set(row, f, v)
	}
	x.OnRefuse = func(_, _ int, err error) { s.Fail(err) }
	x.OnSettle = s.Settled
	s.Widths(key, &x.Table)
	x.Bind()
	x.Object = Panel(HeadLine(s.T(g.Title), ""), kit.Fixed(0, 5*kit.M().Pitch+kit.M().Header, x.LineGrid))
	return x
}

// Lists are the panels side by side.
func Lists(grids []*ListGrid) fyne.CanvasObject {
	box := container.NewGridWithColumns(max(1, len(grids)))
	for _, x := range grids {
		box.Add(x.Object)
	}
	return kit.Pad(6, 6, box)
}

func (x *ListGrid) item(row int) slip.Item {
	if rows := x.rows(); row < len(rows) {
		return rows[row]
	}
	return slip.Item{}
}

func (x *ListGrid) cell(row, col int) kit.Cell {
	if col == 0 {
		return kit.Cell{Text: fmt.Sprint(row + 1), Shade: kit.Ink3}
	}
	f := x.List.Fields[col-1]
	v := x.item(row).Get(f.Key)
	if f.Type == slip.TypeRef && v != "" {
		if r, ok := x.s.Book().Masters().Find(f.Ref, v); ok {
			return kit.Cell{Text: v + " " + Name(x.s, r)}
		}
	}
	return kit.Cell{Text: Shown(x.s, f, v)}
}

// First puts the cursor where a new row is typed, or where something may still be typed.
func (x *ListGrid) First() {
	rows := x.rows()
	if x.Length() == 0 {
		kit.Focus(x.LineGrid)
		return
	}
	for row := range x.Length() {
		for col := range x.Fields {
			if (row == len(rows) || !x.add()) && x.Fields[col] != nil && x.Can(row, col) {
				x.Edit(row, col)
				return
			}
		}
	}
	kit.Focus(x.LineGrid)
}

// box is what a field is typed in; columns only shown have none.
func (x *ListGrid) box(f slip.Field) *kit.Field {
	s := x.s
	var field *kit.Field
	switch {
	case f.ReadOnly:
		return nil
	case f.Type == slip.TypeRef:
		return RefFieldOf(s, "", func() string { return f.Ref }, true, Picked{In: true})
	case f.Type == slip.TypeChoice:
		return ChoiceField(s, "", func() []slip.Choice { return f.Choices })
	case f.Type == slip.TypeBool:
		return ChoiceField(s, "", func() []slip.Choice { return YesNo })
	}
	field = kit.NewField("")
	field.Show = func(v string) string { return Shown(s, f, v) }
	field.Parse = func(typed string) (string, error) { return Read(s, f, typed) }
	switch f.Type {
	case slip.TypeDate:
		kit.DateField(field, s.Book().Today)
	case slip.TypeTime:
		kit.ClockField(field)
	}
	return field
}
