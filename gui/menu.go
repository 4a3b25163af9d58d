package gui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/people"
	"zhanggui/gui/reportview"
	"zhanggui/gui/standing"
	"zhanggui/gui/stocktake"
	"zhanggui/reports"
)

// global are the commands every screen has.
func (s *Shell) global() []Command {
	list := []Command{
		{Label: text.T("所有命令（菜单）", "All commands (the menu)"), Key: "F10", Run: s.Palette},
		{Label: text.T("中文 / English", "中文 / English"), Key: "Ctrl+Alt+L", Run: s.otherLang},
		{Label: text.T("浅色 / 深色", "Light / dark"), Key: "Ctrl+Alt+D", Run: func() {
			st := s.prefs.style()
			st.Dark = !st.Dark
			s.SetStyle(st)
		}},
	}
	if s.Book() != nil {
		list = append(list, s.tabCommands()...)
		list = append(list, s.seatCommands()...)
		list = append(list, Command{Label: text.T("扫码拣货", "Pick by scanner"), Key: "Ctrl+F8", Run: func() { stocktake.OpenPicking(s) }})
		doors, _ := s.doors()
		for i, d := range doors {
			list = append(list, Command{Label: text.T(d.Label, d.Label), Key: fmt.Sprintf("Alt+%d", i+1), Run: d.Open})
		}
	}
	return list
}

// tabCommands go from tab to tab; a window without a book has none.
func (s *Shell) tabCommands() []Command {
	return []Command{
		{Label: text.T("关闭标签", "Close tab"), Key: "Ctrl+W", Run: s.CloseTab},
		{Label: text.T("关闭全部标签", "Close all tabs"), Key: "Ctrl+Shift+W", Off: len(s.tabs) < 2, Run: s.CloseTabs},
		{Label: text.T("下一个标签", "Next tab"), Key: "Ctrl+Tab", Run: func() { s.Choose((s.active + 1) % max(1, len(s.tabs))) }},
		{Label: text.T("所有标签…", "All tabs…"), Key: kit.MoreKey, Off: len(s.tabs) < 2, Run: s.ChooseTab},
		{Label: text.T("显示/隐藏导航栏", "Show or hide navigation"), Key: "Ctrl+B", Run: func() { s.hideNav = !s.hideNav; s.frame(); s.show() }},
		{Label: text.T("首页", "Home"), Key: "Ctrl+H", Run: s.OpenHome},
	}
}

func (s *Shell) otherLang() {
	if s.lang == text.Zh {
		s.SetLang(text.En)
	} else {
		s.SetLang(text.Zh)
	}
}

// keyGap stands between a menu entry's words and a key that Fyne cannot show for it.
const keyGap = "    "

// item makes a menu entry of a command.
func (s *Shell) item(c Command) *fyne.MenuItem {
	m := fyne.NewMenuItem(s.T(c.Label), func() { s.do(c) })
	m.Disabled = s.off(c)
	if why := s.why(c); !why.Empty() { // its key says why: a menu would swallow it
		m.Label += keyGap + c.Key
	} else if k := combination(c.Key); k != nil && edits[c.Key] == nil {
		m.Shortcut = k
	} else if c.Key != "" {
		m.Label += keyGap + c.Key
	}
	return m
}

func (s *Shell) menu(zh, en string, items ...*fyne.MenuItem) *fyne.Menu {
	return fyne.NewMenu(s.tr(zh, en), items...)
}

func (s *Shell) entry(zh, en string, run func()) *fyne.MenuItem {
	return s.item(Command{Label: text.T(zh, en), Run: run})
}

// drawMenu sets the main menu; the second menu holds what the screen in sight can do.
func (s *Shell) drawMenu() {
	file := []*fyne.MenuItem{s.entry("新建账套…", "New book…", s.NewBook), s.entry("打开账套…", "Open book…", s.OpenBookDialog), s.entry("只看打开…", "Open to look only…", s.lookAgain)}
	if s.Book() == nil {
		s.Win.SetMainMenu(fyne.NewMainMenu(s.menu("文件", "File", append(file, fyne.NewMenuItemSeparator(), s.quitItem())...), s.menu("帮助", "Help", s.entry("关于", "About", s.About))))
		return
	}
	file = append(file, s.entry("关闭账套", "Close book", s.Welcome), fyne.NewMenuItemSeparator(),
		s.entry("导入…", "Import…", func() { s.Import("") }), s.entry("导出…", "Export…", func() { s.Export("") }), s.entry("备份和恢复…", "Back up, restore…", s.BackupDialog),
		fyne.NewMenuItemSeparator(), s.quitItem())
	var edit []*fyne.MenuItem
	var own []Command
	if c := s.Current(); c != nil {
		own = c.Commands()
	}
	for _, cmd := range own {
		edit = append(edit, s.item(cmd))
	}
	var window []*fyne.MenuItem
	for _, c := range s.global() {
		if slices.ContainsFunc(own, func(o Command) bool { return o.Key == c.Key }) {
			c.Key = "" // the screen's own meaning of it comes first
		}
		window = append(window, s.item(c))
	}
	s.Win.SetMainMenu(fyne.NewMainMenu(
		s.menu("文件", "File", file...), s.menu("操作", "Actions", edit...), s.slipMenu(), s.masterMenu(), s.reportMenu(),
		s.menu("工具", "Tools", s.entry(fmt.Sprintf("核对账套（%d 项）", workflow.Proofs), fmt.Sprintf("Verify the book (%d proofs)", workflow.Proofs), s.Verify), s.entry("结账…", "Close a month…", s.ClosePeriod), s.entry("操作日志", "Audit log", func() { s.OpenLog("", "") }), s.entry("现金盘点", "Cash count", s.CountCash), s.entry("扫码拣货", "Pick by scanner", func() { stocktake.OpenPicking(s) }), s.entry("人员", "People", s.OpenPeople), s.entry("设置", "Settings", s.Settings)),
		s.menu("窗口", "Window", window...),
		s.menu("帮助", "Help", s.item(Command{Label: text.T("本屏按键", "Keys of this screen"), Key: "F1", Run: s.Help}), s.entry("用户、权限和日志", "Users, rights and the log", func() { people.Plainly(s) }), s.entry("关于", "About", s.About))))
}

func (s *Shell) quitItem() *fyne.MenuItem {
	q := s.item(Command{Label: text.T("退出", "Quit"), Key: "Ctrl+Q", Run: s.quit})
	q.IsQuit = true
	return q
}

func (s *Shell) slipMenu() *fyne.Menu {
	var items []*fyne.MenuItem
	for _, g := range slip.Groups {
		sub := fyne.NewMenuItem(s.T(g.Title), nil)
		var list []*fyne.MenuItem
		for _, k := range s.Book().Kinds() {
			if k.Group == g.Code {
				list = append(list, s.entry(k.Title.Zh+"列表", k.Title.En+" list", func() { s.OpenList(k) }), s.entry("新增"+k.Title.Zh, "New "+strings.ToLower(k.Title.En), func() { s.NewSlip(k) }))
			}
		}
		if len(list) == 0 {
			continue
		}
		sub.ChildMenu = fyne.NewMenu("", list...)
		items = append(items, sub)
	}
	return s.menu("单据", "Slips", items...)
}

func (s *Shell) masterMenu() *fyne.Menu {
	var items []*fyne.MenuItem
	for _, t := range s.Book().Types() {
		items = append(items, s.entry(t.Title.Zh, t.Title.En, func() { standing.OpenMasters(s, t) }))
	}
	return s.menu("资料", "Masters", items...)
}

func (s *Shell) reportMenu() *fyne.Menu {
	var items []*fyne.MenuItem
	for _, g := range slip.Groups {
		sub := fyne.NewMenuItem(s.T(g.Title), nil)
		var list []*fyne.MenuItem
		for _, r := range reports.Of(s.Book()) {
			if r.Area == g.Code {
				list = append(list, s.entry(r.Title.Zh, r.Title.En, func() { s.OpenReport(r, reports.Params{}) }))
			}
		}
		if len(list) > 0 {
			sub.ChildMenu = fyne.NewMenu("", list...)
			items = append(items, sub)
		}
	}
	return s.menu("报表", "Reports", items...)
}

// doors are the navigation.
func (s *Shell) doors() ([]kit.NavDoor, []string) {
	var doors []kit.NavDoor
	var areas []string
	add := func(area, icon string, word text.Text, open func()) {
		doors, areas = append(doors, kit.NavDoor{Icon: icon, Label: s.T(word), Open: open}), append(areas, area)
	}
	add("home", "home", text.T("首页", "Home"), s.OpenHome)
	icons := map[slip.Group]string{slip.Purchase: "buy", slip.Sales: "sell", slip.Warehouse: "wh", slip.Production: "cols", slip.Relations: "pin", slip.Money: "cash", slip.Books: "book"}
	for _, g := range s.Book().Groups() {
		add(string(g.Code), icons[g.Code], g.Title, func() { s.OpenArea(g.Code) })
	}
	add("masters", "data", text.T("资料", "Masters"), func() { standing.OpenMasterHub(s) })
	add("reports", "rep", text.T("报表", "Reports"), func() { reportview.OpenReportHub(s) })
	add("settings", "set", text.T("设置", "Settings"), s.Settings)
	return doors, areas
}

func (s *Shell) drawNav() {
	if s.Book() == nil {
		return
	}
	doors, areas := s.doors()
	lit := -1
	for i, a := range areas {
		if a == s.Current().Area() {
			lit = i
		}
	}
	s.nav.Objects = []fyne.CanvasObject{kit.Nav(doors, lit)}
	s.nav.Refresh()
}
