package gui

import (
	"slices"

	"fyne.io/fyne/v2"

	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// live tells whether a header field may be changed though the slip is audited: it posts nothing.
func (f *slipForm) live(x slip.Field) bool {
	if f.doc.Status == slip.Approved && f.awaited() { // who carries it out may still say by which cheque
		return x.Executes
	}
	return x.Live && f.doc.Status.Live() && !f.correcting && f.s.Book().Who().May(f.kind.Code, "enter")
}

// setLive writes such a field at once; there is nothing to save on an audited slip. What is refused is as it was.
func (f *slipForm) setLive(x slip.Field, v string) {
	f.setLiveAt(workflow.Change{Key: x.Key, Value: v}, func() { f.fields[x.Key].SetValue(f.doc.Get(x.Key)) })
}

// setLiveAt writes a Live field of the head, of a line or of a row of a list; back shows again what stands there.
func (f *slipForm) setLiveAt(x workflow.Change, back func()) {
	s, number, version := f.s, f.doc.Number, f.doc.Version
	f.act(s.tr("正在保存 %s", "saving %s", number), func() error {
		_, _, err := s.Book().Change(number, version, []workflow.Change{x})
		return err
	}, func(err error) {
		if err == nil {
			var d *slip.Doc
			if d, err = s.Book().Load(number); err == nil {
				f.take(d)
				return
			}
		}
		s.Fail(err)
		f.clashed(err)
		back()
	})
}

// liveCell tells whether a cell of the lines may be changed though the slip is audited.
func (f *slipForm) liveCell(row, col int) bool {
	g, ok := f.lines.(*goodsLines)
	return ok && col > 0 && row < len(f.doc.Lines) && f.live(g.cols[col])
}

// commitLine takes a cell of the lines; on an audited slip it is written at once.
func (f *slipForm) commitLine(row, col int, v string) error {
	g, ok := f.lines.(*goodsLines)
	if !ok || f.editable() {
		return f.lines.commit(row, col, v)
	}
	field := g.cols[col]
	switch {
	case g.value(row, col) == v:
		return nil
	case v == "" && field.Required:
		return parts.MustFill(f.s, field)
	}
	f.setLiveAt(workflow.Change{Line: row + 1, Key: field.Key, Value: v}, f.grid.Reload)
	return nil
}

// buildLists makes the slip's further grids, in a strip under the lines; nil where its kind has none.
func (f *slipForm) buildLists() fyne.CanvasObject {
	f.lists = nil
	for i, g := range f.kind.Lists {
		rows := func() []slip.Item { return f.doc.Lists[g.Key] }
		may := func(x slip.Field) bool { return f.editable() || f.live(x) }
		x := parts.NewListGrid(f.s, "list/"+f.kind.Code+"/"+g.Key, g, rows, may, f.editable, func(row int, x slip.Field, v string) error { return f.setItem(g, row, x, v) })
		x.OnBefore = func() { f.beforeList(i) }
		x.OnAfter = func() { f.afterLines(i) }
		f.lists = append(f.lists, x)
	}
	if len(f.lists) == 0 {
		return kit.Box(kit.Clear)
	}
	return parts.Lists(f.lists)
}

// setItem takes a value of a row of a list; on an audited slip it is written at once.
func (f *slipForm) setItem(g slip.List, row int, x slip.Field, v string) error {
	if f.editable() {
		if err := f.doc.SetRow(g, row+1, x, v); err != nil {
			return err
		}
		f.touched()
		return nil
	}
	f.setLiveAt(workflow.Change{List: g.Key, Line: row + 1, Key: x.Key, Value: v}, f.reloadLists)
	return nil
}

func (f *slipForm) reloadLists() {
	for _, x := range f.lists {
		x.Reload()
	}
}

// afterLines goes on from the lines (-1) or a list: to the next list, then to the foot.
func (f *slipForm) afterLines(i int) {
	switch {
	case i+1 < len(f.lists):
		f.lists[i+1].First()
	case f.foot.Len() > 0 && f.editable():
		f.foot.First()
	default:
		f.ring.First()
	}
}

// beforeList goes back from a list to the one before it, or to the lines.
func (f *slipForm) beforeList(i int) {
	if i > 0 {
		f.lists[i-1].First()
		return
	}
	f.enterGrid()
}

// listAt is the list that has the keyboard, -1 if none has.
func (f *slipForm) listAt() int {
	return slices.IndexFunc(f.lists, func(x *parts.ListGrid) bool { return x.Focused() })
}

func (f *slipForm) listInHand() *parts.ListGrid {
	if i := f.listAt(); i >= 0 {
		return f.lists[i]
	}
	return nil
}

// insertItem puts a row before the one under the cursor of a list.
func (f *slipForm) insertItem(x *parts.ListGrid) {
	if !f.editable() || !x.Leave() {
		return
	}
	rows := f.doc.Lists[x.List.Key]
	row := min(x.Row(), len(rows))
	if f.doc.Lists == nil {
		f.doc.Lists = map[string][]slip.Item{}
	}
	f.doc.Lists[x.List.Key] = slices.Insert(slices.Clone(rows), row, x.List.Begin())
	f.touched()
	x.Edit(row, 1)
}

// deleteItem takes the row under the cursor of a list out.
func (f *slipForm) deleteItem(x *parts.ListGrid) {
	rows, row := f.doc.Lists[x.List.Key], x.Row()
	if !f.editable() || row >= len(rows) {
		return
	}
	if b := x.Editing(); b != nil {
		b.Restore()
	}
	f.doc.Lists[x.List.Key] = slices.Delete(slices.Clone(rows), row, row+1)
	f.touched()
	x.Edit(row, 1)
}

// nextLine goes on to the next line at once, from any cell of the lines.
func (f *slipForm) nextLine() {
	if x := f.listInHand(); x != nil {
		x.NextLine()
		return
	}
	if f.grid.Focused() {
		f.grid.NextLine()
		return
	}
	f.enterGrid()
}

// insertLine puts an empty line before the one under the cursor.
func (f *slipForm) insertLine() {
	if x := f.listInHand(); x != nil {
		f.insertItem(x)
		return
	}
	if !f.editable() || !f.hasLines() || !f.grid.Leave() {
		return
	}
	row := min(f.grid.Row(), len(f.doc.Lines))
	f.doc.Lines = append(f.doc.Lines[:row:row], append([]slip.Line{{InclTax: f.inclTax, InclGiven: true}}, f.doc.Lines[row:]...)...)
	f.touched()
	f.grid.Edit(row, f.lines.firstColumn())
}

// deleteLine takes the line under the cursor out.
func (f *slipForm) deleteLine() {
	if x := f.listInHand(); x != nil {
		f.deleteItem(x)
		return
	}
	row := f.grid.Row()
	if !f.editable() || !f.hasLines() || row >= len(f.doc.Lines) {
		return
	}
	if x := f.grid.Editing(); x != nil {
		x.Restore()
	}
	f.doc.Lines = append(f.doc.Lines[:row:row], f.doc.Lines[row+1:]...)
	f.touched()
	f.grid.Edit(row, f.lines.firstColumn())
	f.about = aboutLine{}
	f.loadFacts()
}
