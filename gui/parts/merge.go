package parts

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// Merging is what two people made of one thing, for a person to choose from (M6): a slip.Merge or a master.Merge as the screen sees it.
type Merging struct {
	What string // the slip or record
	Who  string // who changed it meanwhile, and when; may be empty
	Rows func() []slip.Difference
	Take func(i int, s slip.Side) error
	// Field is the declaration of what differs, so that values are shown as everywhere; one without a type shows them as they are.
	Field func(slip.Difference) slip.Field
	Save  func() // all is chosen
}

// Shares of a merge's table: what differs, and its three columns.
const (
	mergeField = iota
	mergeOpened
	mergeMine
	mergeNow
)

// merge is the dialog of the three columns: as it was opened, as I have it, as it stands in the book now.
type merge struct {
	Merging
	s      host.Host
	chosen []int // of each row the column taken, 0 while it is open
	table  *kit.Table
	left   *fyne.Container
}

// ShowMerge lays the three columns over the window. Enter takes the value under the cursor, M mine and T theirs; Ctrl+S saves once every
// row that both changed is chosen, and Esc leaves everything as it is typed.
func ShowMerge(s host.Host, x Merging) {
	m := &merge{Merging: x, s: s, left: container.NewStack()}
	for _, d := range x.Rows() {
		switch {
		case d.Both:
			m.chosen = append(m.chosen, 0)
		case d.Opened == d.Mine:
			m.chosen = append(m.chosen, mergeNow)
		default:
			m.chosen = append(m.chosen, mergeMine)
		}
	}
	t := kit.NewTable()
	t.ByCell, t.Tight, t.Metrics = true, true, kit.CompactRows()
	t.Columns = []kit.Column{{Title: s.Tr("栏目", "Field"), Width: 190, Grow: true}, {Title: s.Tr("打开时", "When opened"), Width: 190},
		{Title: s.Tr("我的 M", "Mine  M"), Width: 220}, {Title: s.Tr("现在（他人） T", "Now (theirs)  T"), Width: 220}}
	t.Length = func() int { return len(m.chosen) }
	t.CellAt = m.cell
	t.OnOpen = m.take
	t.OnRune = func(r rune) bool {
		switch r {
		case 'm', 'M':
			m.take(t.Row(), mergeMine)
		case 't', 'T':
			m.take(t.Row(), mergeNow)
		default:
			return false
		}
		return true
	}
	m.table = t
	m.drawLeft()
	words := s.Tr("%s 打开之后被他人修改%s。没有相同栏目的修改都已并入；两人都改的请选一个。", "%s was changed meanwhile%s. What only one changed stands already; of what both changed choose one.", x.What, x.Who)
	keys := s.Tr("← → 选列，Enter 取该值；M 我的，T 他人的；Ctrl+S 保存；Esc 返回，什么也不变", "← → a column, Enter takes its value; M mine, T theirs; Ctrl+S saves; Esc back, nothing changes")
	body := container.NewBorder(container.NewVBox(kit.Fitted(words, kit.Ink, kit.M().Text, false), kit.Fitted(keys, kit.Ink2, kit.M().Caption, false)), m.left, nil, nil, t)
	s.Dialog(s.Tr("两个人都改了 %s", "Two people changed %s", x.What), body, fyne.NewSize(880, 460), t,
		host.Answer{Label: text.T("返回", "Back")},
		host.Answer{Label: text.T("保存", "Save"), Key: "Ctrl+S", Unready: func() bool { return m.open() > 0 }, Run: x.Save})
	t.Go(m.next(0), mergeMine)
}

// open is how many rows wait for a person.
func (m *merge) open() (n int) {
	for _, d := range m.Rows() {
		if d.Both {
			n++
		}
	}
	return n
}

// next is the first row from one on that is open, going round; the row itself where none is.
func (m *merge) next(from int) int {
	for i := range m.chosen {
		if row := (from + i) % len(m.chosen); m.chosen[row] == 0 {
			return row
		}
	}
	return from
}

func (m *merge) take(row, col int) {
	side, ok := map[int]slip.Side{mergeOpened: slip.Opened, mergeMine: slip.Mine, mergeNow: slip.Now}[col]
	if !ok || row >= len(m.chosen) {
		return
	}
	if err := m.Take(row, side); err != nil {
		m.s.Fail(err)
		return
	}
	m.chosen[row] = col
	m.drawLeft()
	m.table.Go(m.next(row), m.table.Col())
	m.table.Refresh()
}

// drawLeft says how many rows are still to be chosen.
func (m *merge) drawLeft() {
	words, shade := m.s.Tr("都已选好，Ctrl+S 保存", "all is chosen; Ctrl+S saves"), kit.Ok
	if n := m.open(); n > 0 {
		words, shade = m.s.Tr("还有 %d 处要选", "%d {row is|rows are} still to be chosen", n), kit.Warn
	}
	Set(m.left, kit.Pad(0, 6, kit.Label(words, shade, kit.M().Text, false)))
}

func (m *merge) cell(row, col int) kit.Cell {
	d := m.Rows()[row]
	if col == mergeField {
		name := m.s.T(d.Label)
		if d.Line > 0 {
			name = m.s.Tr("第 %d 行 %s", "Line %d  %s", d.Line, name)
		}
		c := kit.Cell{Text: name}
		if m.chosen[row] == 0 {
			c.Mark = kit.MarkDue
		}
		return c
	}
	v := map[int]string{mergeOpened: d.Opened, mergeMine: d.Mine, mergeNow: d.Now}[col]
	c := kit.Cell{Text: Shown(m.s, m.Field(d), v), Shade: kit.Ink2}
	if v == "" {
		c.Text = "—"
	}
	if m.chosen[row] == col {
		c.Bold, c.Shade, c.Icon = true, kit.Ink, "check"
	}
	return c
}

// Someone says who changed something last, and when; empty where the book does not know.
func Someone(s host.Host, person string, at time.Time) string {
	if person == "" {
		return ""
	}
	return s.Tr("（%s %s）", " (%s %s)", person, at.Local().Format("15:04"))
}
