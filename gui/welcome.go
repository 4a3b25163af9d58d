package gui

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/text"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// welcome is the window without a book: doors by digit, and the books opened last.
type welcome struct {
	still
	s      *Shell
	recent []recentBook
	table  *kit.Table
	keys   *kit.Keys
	row    int
}

// recentBook is a book in the list with what the disk says of it.
type recentBook struct {
	path string
	at   time.Time
	gone bool
}

func (w *welcome) ID() string { return "welcome" }

func (w *welcome) Title() text.Text { return text.T("欢迎", "Welcome") }

func (w *welcome) Area() string { return "home" }

// Object builds the screen.
func (w *welcome) Object() fyne.CanvasObject {
	s := w.s
	w.keys = kit.NewKeys(nil)
	w.keys.OnRune = func(r rune) { w.typed(r) }
	w.buildTable()
	w.read()
	name := container.New(kit.Row{Gap: 10}, kit.Label(s.tr("掌柜", "Zhanggui"), kit.Ink, 24, true),
		kit.Label(s.tr("小店进销存", "sales and inventory of a small shop"), kit.Ink2, kit.M().Sub, false))
	doors := container.NewVBox()
	for _, c := range w.doors() {
		doors.Add(w.door(c))
	}
	left := container.NewBorder(nil, container.NewVBox(w.switches()), nil, nil, doors)
	right := parts.Panel(parts.HeadLine(s.tr("最近的账套", "Recent books"), "", kit.Caption(s.tr("↑↓ 选择，Enter 打开，Del 移出列表", "↑↓ choose, Enter opens, Del takes off the list"))), w.table)
	body := container.NewBorder(nil, nil, kit.Fixed(380*kit.M().Zoom(), 0, left), nil, kit.Pad(12, 0, right))
	page := container.NewBorder(kit.Pad(4, 14, name), w.keys, nil, nil, body)
	return container.New(kit.AtMost{Width: 1080, Height: 520}, page)
}

// doors are what can be done without a book.
func (w *welcome) doors() []Command {
	s := w.s
	return []Command{
		{Label: text.T("新建账套", "New book"), Key: "Ctrl+N", Icon: "plus", Run: s.NewBook},
		{Label: text.T("打开账套", "Open a book"), Key: "Ctrl+O", Icon: "data", Run: s.OpenBookDialog},
		{Label: text.T("演示账套", "Demo book"), Key: "Ctrl+D", Icon: "sell", Run: s.DemoBook},
		{Label: text.T("从备份恢复", "Restore a backup"), Key: "Ctrl+R", Icon: "undo", Run: s.BackupDialog},
		{Label: text.T("抢救损坏的账套", "Salvage a damaged book"), Key: "Ctrl+G", Icon: "find", Run: func() { bookroom.OpenSalvage(s) }},
		{Label: text.T("只看打开", "Open to look only"), Key: "Ctrl+L", Icon: "book", Run: func() { s.LookDialog(w.chosen()) }},
	}
}

var doorWords = []text.Text{
	text.T("公司、启用月份、税，一分钟填完", "company, first month, tax: a minute"),
	text.T("输入路径或浏览文件", "type its path or look for the file"),
	text.T("一家五金店三个月的单据，随便试", "three months of a hardware shop, to try things out"),
	text.T("账套坏了或丢了，用备份找回来", "a book is damaged or lost: bring it back"),
	text.T("没有备份时，把还能读出的存成新账套", "no backup: what can still be read becomes a new book"),
	text.T("看选中的账套，什么也不会改变", "the chosen book, in which nothing can be changed"),
}

// door draws one of them.
func (w *welcome) door(c Command) fyne.CanvasObject {
	s := w.s
	i := slices.IndexFunc(w.doors(), func(d Command) bool { return d.Key == c.Key })
	words := container.NewVBox(kit.Label(s.T(c.Label), kit.Ink, kit.M().Sub, true), kit.Label(s.T(doorWords[i]), kit.Ink2, kit.M().Caption, false))
	digit := container.NewStack(kit.Framed(kit.Paper, kit.Line, 1), kit.Pad(6, 1, kit.Label(string(rune('1'+i)), kit.Ink2, kit.M().Text, false)))
	row := container.NewBorder(nil, nil, kit.Pad(10, 0, container.NewCenter(kit.Picture(c.Icon, kit.Accent, 20))), kit.Pad(10, 0, container.NewCenter(digit)), kit.Upright(words))
	face := container.NewStack(kit.Framed(kit.Paper, kit.Hair, 1), kit.Fixed(0, 62, row))
	return kit.Pad(0, 3, kit.NewTap(face, s.afterTap(c.Run)))
}

// switches are language, theme and text size.
func (w *welcome) switches() fyne.CanvasObject {
	s := w.s
	part := func(on bool, words string, run func()) fyne.CanvasObject {
		shade := kit.Ink2
		if on {
			shade = kit.Accent
		}
		return kit.NewTap(kit.Pad(6, 2, kit.Label(words, shade, kit.M().Text, on)), run)
	}
	st := s.prefs.style()
	return container.New(kit.Row{Gap: 2}, part(s.lang == text.Zh, "中文", func() { s.SetLang(text.Zh) }), part(s.lang == text.En, "English", func() { s.SetLang(text.En) }),
		kit.Label("Ctrl+Alt+L", kit.Ink3, kit.M().Caption, false), kit.Pad(6, 0, kit.VLine(14)),
		part(st.Dark, s.tr("深色", "Dark"), func() { st.Dark = !st.Dark; s.SetStyle(st) }), kit.Label("Ctrl+Alt+D", kit.Ink3, kit.M().Caption, false))
}

func (w *welcome) buildTable() {
	s := w.s
	t := kit.NewTable()
	t.Columns = []kit.Column{{Key: "name", Title: s.tr("账套", "Book"), Width: 220}, {Key: "folder", Title: s.tr("文件夹", "Folder"), Width: 200, Grow: true}, {Key: "at", Title: s.tr("最后修改", "Last changed"), Width: 130}}
	t.Length = func() int { return len(w.recent) }
	t.Empty = s.tr("还没有打开过账套。按 1 新建，或按 3 看演示。", "No book was opened yet. 1 makes one, 3 shows the demo.")
	t.CellAt = func(row, col int) kit.Cell {
		r := w.recent[row]
		switch {
		case col == 0:
			return kit.Cell{Text: filepath.Base(r.path), Link: !r.gone, Icon: "book"}
		case col == 1:
			return kit.Cell{Text: filepath.Dir(r.path), Shade: kit.Ink2}
		case r.gone:
			return kit.Cell{Text: s.tr("找不到", "not found"), Shade: kit.Negative}
		}
		return kit.Cell{Text: parts.Moment(s, r.at)}
	}
	t.OnOpen = func(row, _ int) { s.openPath(w.recent[row].path) }
	t.OnMove = func(row, _ int) { w.row = row }
	t.OnRune = w.typed
	t.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name != fyne.KeyDelete || len(w.recent) == 0 {
			return false
		}
		s.prefs.forget(w.recent[t.Row()].path)
		w.read()
		return true
	}
	w.table = t
}

// read looks the books up on the disk, in the background: one may lie on a network.
func (w *welcome) read() {
	list := w.s.prefs.recent()
	Read(w.s, w.s.tr("查找账套", "looking for books"), func() ([]recentBook, error) {
		var found []recentBook
		for _, p := range list {
			i, err := os.Stat(p)
			r := recentBook{path: p, gone: err != nil}
			if err == nil {
				r.at = i.ModTime()
			}
			found = append(found, r)
		}
		return found, nil
	}, func(found []recentBook) {
		w.recent = found
		w.table.Refresh()
		w.table.Go(w.row, 0)
	})
}

// chosen is the book the list stands on; empty without one.
func (w *welcome) chosen() string {
	if i := w.table.Row(); i < len(w.recent) && !w.recent[i].gone {
		return w.recent[i].path
	}
	return ""
}

// typed opens a door by its digit.
func (w *welcome) typed(r rune) bool {
	i := int(r - '1')
	if i < 0 || i >= len(w.doors()) {
		return false
	}
	w.s.do(w.doors()[i])
	return true
}

// Focus goes to the list, so that Enter opens the book used last.
func (w *welcome) Focus() {
	w.s.Hint(w.s.tr("按数字进门；Enter 打开上次的账套", "A digit opens a door; Enter opens the last book"))
	if len(w.s.prefs.recent()) == 0 {
		kit.Focus(w.keys)
		return
	}
	kit.Focus(w.table)
}

// Commands are the doors.
func (w *welcome) Commands() []Command {
	list := w.doors()
	for i := range list {
		list[i].Hidden = true
	}
	return list
}
