package standing

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// masterHub is the door to all master lists.
type masterHub struct {
	s     host.Host
	table *kit.Table
}

// OpenMasterHub opens the list of the lists.
func OpenMasterHub(s host.Host) { s.Open(&masterHub{s: s}) }

func (m *masterHub) ID() string { return "masters" }

func (m *masterHub) Title() text.Text { return text.T("资料", "Masters") }

func (m *masterHub) Area() string { return "masters" }

func (m *masterHub) Unsaved() bool { return false }

func (m *masterHub) Leave(done func(bool)) { done(true) }

func (m *masterHub) Focus() { kit.Focus(m.table) }

func (m *masterHub) Changed() { m.table.Refresh() }

func (m *masterHub) Key(*fyne.KeyEvent) bool { return false }

// Commands are what can be done from here.
func (m *masterHub) Commands() []host.Command {
	return []host.Command{
		{Label: text.T("打开", "Open"), Key: "Enter", Icon: "data", Primary: true, Run: func() { m.table.Step(fyne.KeyReturn) }},
		{Label: text.T("新增", "New"), Key: "Ctrl+N", Icon: "plus", Run: func() {
			if t := m.s.Book().Types()[m.table.Row()]; t != master.GL {
				NewMaster(m.s, t, "", nil)
			}
		}},
		{Label: text.T("导入…", "Import…"), Key: "Ctrl+I", Icon: "xls", Run: func() { m.s.Import(m.s.Book().Types()[m.table.Row()].Code) }},
		{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Run: func() { m.s.Export(m.s.Book().Types()[m.table.Row()].Code) }},
	}
}

// Object builds the hub.
func (m *masterHub) Object() fyne.CanvasObject {
	s := m.s
	t := kit.NewTable()
	t.Columns = []kit.Column{{Title: "#", Width: 40, Align: fyne.TextAlignCenter}, {Title: s.Tr("资料", "Masters"), Width: 240}, {Title: s.Tr("条数", "Records"), Width: 100, Align: fyne.TextAlignTrailing}, {Title: s.Tr("内容", "What is kept"), Width: 400, Grow: true}}
	t.Length = func() int { return len(m.s.Book().Types()) }
	t.CellAt = func(row, col int) kit.Cell {
		typ := m.s.Book().Types()[row]
		switch col {
		case 0:
			return kit.Cell{Text: fmt.Sprint(row + 1), Shade: kit.Ink3}
		case 1:
			return kit.Cell{Text: s.T(typ.Title), Link: true, Icon: "data", Shade: kit.Accent}
		case 2:
			return kit.Cell{Text: fmt.Sprint(len(s.Book().Masters().List(typ.Code)))}
		}
		var names []string
		for _, f := range s.Book().Fields(typ) {
			names = append(names, s.T(f.Label))
		}
		return kit.Cell{Text: strings.Join(names[:min(len(names), 12)], s.Tr("、", ", ")), Shade: kit.Ink2}
	}
	t.OnOpen = func(row, _ int) { OpenMasters(s, m.s.Book().Types()[row]) }
	t.OnRune = func(r rune) bool {
		if n := int(r - '1'); n >= 0 && n < len(m.s.Book().Types()) && r <= '9' {
			OpenMasters(s, m.s.Book().Types()[n])
			return true
		}
		return false
	}
	m.table = t
	return t
}
