package bookroom

import (
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/assets"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/desk"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// SettingsScreen is the screen of what can be set: the window at once, the company's head by saving; and the book's fixed choices, to be read.
type SettingsScreen struct {
	s      host.Host
	Values map[string]string // what stands in the company's boxes
	opened map[string]string // what the book said of them when they were filled: only what differs from it was typed
	told   map[string]string // of settings typed here what another person made of them meanwhile, once it was said
	Boxes  *parts.Boxes      // all that can be typed in, in one ring
	fixed  *parts.Boxes
	key    string // of the press of a key whose answer is not known yet; "": none
}

// Settings opens the settings.
func Settings(s host.Host) { s.Open(&SettingsScreen{s: s}) }

func (x *SettingsScreen) ID() string { return "settings" }

func (x *SettingsScreen) Title() text.Text { return text.T("设置", "Settings") }

func (x *SettingsScreen) Area() string { return "settings" }

var (
	langChoices  = []slip.Choice{{Value: "zh", Label: text.T("中文", "中文")}, {Value: "en", Label: text.T("English", "English")}}
	themeChoices = []slip.Choice{{Value: "light", Label: text.T("浅色", "Light")}, {Value: "dark", Label: text.T("深色", "Dark")}}
	sizeChoices  = []slip.Choice{{Value: string(kit.Compact), Label: text.T("紧凑", "Compact")}, {Value: string(kit.Normal), Label: text.T("标准", "Normal")}, {Value: string(kit.Large), Label: text.T("大字", "Large")}}
)

// changeable are the settings that are saved in the book, of the modules that are on.
func (x *SettingsScreen) changeable() (list []*workflow.Setting) {
	for _, d := range x.s.Book().Settings().Known() {
		if !d.Chosen {
			list = append(list, d)
		}
	}
	return list
}

// Object builds the screen.
func (x *SettingsScreen) Object() fyne.CanvasObject {
	s := x.s
	if x.Values == nil {
		x.fill()
	}
	x.Boxes, x.fixed = parts.NewBoxes(s, 350), parts.NewBoxes(s, 300)
	st := s.Style()
	look := map[bool]string{true: "dark", false: "light"}[st.Dark]
	x.now("language", s.Tr("马上生效，不用重启", "at once, no restart"), parts.OneOf(s, s.Tr("界面语言", "Language"), langChoices), string(s.Lang()), func(v string) { s.SetLang(text.Lang(v)) })
	x.now("theme", "Ctrl+Alt+D", parts.OneOf(s, s.Tr("外观", "Look"), themeChoices), look, func(v string) {
		st.Dark = v == "dark"
		s.SetStyle(st)
	})
	x.now("size", s.Tr("行高和字号", "height of rows and size of text"), parts.OneOf(s, s.Tr("字号", "Text size"), sizeChoices), string(st.Density), func(v string) {
		st.Density = kit.Density(v)
		s.SetStyle(st)
	})
	if s.Book().Users() {
		x.Boxes.Read("user", s.Tr("操作人", "User"), s.Tr("登录的是谁，Ctrl+Alt+U 换人", "who signed in; Ctrl+Alt+U switches"), s.Book().User)
	} else {
		x.now("user", s.Tr("写在单据的制单、审核上，进操作日志", "stands on slips and in the log"), kit.NewField(s.Tr("操作人", "User")), s.Book().User, func(v string) {
			s.SetUser(v)
		})
	}
	cuts := x.addSaved()
	x.readFixed()
	panel := func(title, small string, from, to int) fyne.CanvasObject {
		return parts.Panel(parts.HeadLine(title, small), kit.Pad(8, 6, x.Boxes.Part(from, to)))
	}
	saves := s.Tr("Ctrl+S 保存到账套", "Ctrl+S saves it in the book")
	left := container.NewVBox(
		panel(s.Tr("窗口", "Window"), s.Tr("改了就生效", "takes effect at once"), 0, cuts[0]),
		kit.Pad(0, 4, parts.Panel(parts.HeadLine(s.Tr("账套设定", "The book"), s.Tr("建账时定下，只有成本计价能从某月起改：F6", "chosen with the book; only costing can change: F6")), kit.Pad(8, 6, x.fixed.Object()))),
		panel(s.Tr("程序怎么工作", "How the program works"), saves, cuts[2], cuts[3]))
	right := container.NewVBox(
		panel(s.Tr("公司与单据抬头", "Company and papers"), saves, cuts[0], cuts[1]),
		kit.Pad(0, 4, panel(s.Tr("买卖规则", "Rules of trade"), saves, cuts[1], cuts[2])))
	return kit.Pad(8, 6, x.Boxes.Scroll(container.NewGridWithColumns(2, container.NewBorder(kit.Pad(2, 0, left), nil, nil, nil), container.NewBorder(kit.Pad(2, 0, right), nil, nil, nil))))
}

// addSaved adds the boxes of what is saved in the book, area by area, and tells behind which row each ends, the first being those before.
func (x *SettingsScreen) addSaved() []int {
	s := x.s
	cuts := []int{len(x.Boxes.Rows)}
	for _, area := range []workflow.SettingArea{workflow.AboutPapers, workflow.AboutTrade, workflow.AboutWork} {
		for _, d := range x.changeable() {
			if d.Area != area {
				continue
			}
			f := kit.NewField(s.T(d.Label))
			switch {
			case d.Type == slip.TypeBool:
				f = parts.OneOf(s, s.T(d.Label), parts.NoYes)
			case len(d.Choices) > 0 && !d.Words:
				f = parts.OneOf(s, s.T(d.Label), d.Choices)
			case d.Key != "company" && d.Key != "address" && d.Key != "phone":
				f.Parse = d.Read
			}
			help := s.T(d.Help)
			if d.Key == "modules" { // which there are, and which are not yet
				help = s.T(d.Can())
			}
			x.company(d.Key, help, f)
		}
		cuts = append(cuts, len(x.Boxes.Rows))
	}
	return cuts
}

// fill takes the company's values from the book.
func (x *SettingsScreen) fill() {
	x.Values = x.saved()
	x.opened, x.told = maps.Clone(x.Values), map[string]string{}
}

// saved are the company's values as the book has them.
func (x *SettingsScreen) saved() map[string]string {
	set, m := x.s.Book().Settings(), map[string]string{}
	for _, d := range x.changeable() {
		m[d.Key] = set.Get(d.Key)
	}
	return m
}

// now adds a box whose value takes effect as soon as it is left. That may build the screen anew: the keyboard then goes on in the new one.
func (x *SettingsScreen) now(key, help string, f *kit.Field, value string, set func(string)) {
	f.SetValue(value)
	b := x.Boxes
	b.Add(key, help, f)
	walk := f.OnWalk
	f.OnCommit = func(v string) error {
		if v = strings.TrimSpace(v); v != value {
			value = v
			set(v)
		}
		return nil
	}
	f.OnWalk = func(w kit.Way) {
		if x.Boxes != b {
			x.Boxes.Fields[key].OnWalk(w)
			return
		}
		walk(w)
	}
}

// company adds a box that is saved in the book.
func (x *SettingsScreen) company(key, help string, f *kit.Field) {
	f.SetValue(x.Values[key])
	x.Boxes.Add(key, help, f)
	f.OnCommit = func(v string) error {
		x.Values[key] = strings.TrimSpace(v)
		x.s.Refresh()
		return nil
	}
}

// readFixed lists the choices made with the book, with what they mean.
func (x *SettingsScreen) readFixed() {
	s, set := x.s, x.s.Book().Settings()
	for _, f := range set.Known() {
		if !f.Chosen {
			continue
		}
		word := s.T(f.Word(set.Get(f.Key)))
		if f.Key == "vat" {
			word = set.VAT.Percent()
		}
		x.fixed.Read(f.Key, s.T(f.Label), s.T(f.Help), word)
		if f.Key == "costing" {
			for _, t := range set.Turns {
				x.fixed.Read("costing "+t.From.String(), "", s.Tr("成本计价改变", "costing changes"), s.Tr("%s 起 %s", "from %s: %s", t.From, s.T(CostingWord(t.To))))
			}
		}
	}
	closed := s.Tr("没有结账的月份", "no month is closed")
	if set.Closed != 0 {
		closed = set.Closed.Month().String()
	}
	x.fixed.Read("closed", s.Tr("已结账到", "Closed to"), s.Tr("工具 → 结账", "tools, close a month"), closed)
}

// Unsaved tells whether the company's head was changed and not saved.
func (x *SettingsScreen) Unsaved() bool {
	for k, v := range x.Values {
		if v != x.opened[k] {
			return true
		}
	}
	return false
}

func (x *SettingsScreen) save() { x.saveThen(nil) }

func (x *SettingsScreen) saveThen(then func()) {
	s := x.s
	if !x.Boxes.Take() {
		return
	}
	typed := maps.Clone(x.Values)
	maps.DeleteFunc(typed, func(k, v string) bool { return x.opened[k] == v }) // what nobody touched may have changed elsewhere
	seen := maps.Clone(x.opened)
	if x.key == "" {
		x.key = desk.Key()
	}
	b := s.Book().Asking(x.key, fmt.Sprint("settings", typed, seen))
	s.Write(s.Tr("保存设置", "saving"), func() error {
		err := b.SetSeen(typed, seen)
		if errors.Is(err, workflow.ErrDone) { // the answer was lost
			err = nil
		}
		return err
	}, func(err error) {
		if err == nil || host.Answered(err) {
			x.key = ""
		}
		if c := (*workflow.SettingClash)(nil); errors.As(err, &c) {
			x.choose(c.Rows, then)
			return
		}
		if err != nil {
			x.Boxes.Refuse(err)
			return
		}
		x.fill()
		x.sayAfter(typed)
		if _, ok := typed["modules"]; ok { // the menu is another
			s.Rebuild()
		}
		s.Refresh()
		if then != nil {
			then()
		}
	})
}

// choose shows what two people made of the same settings in three columns (M6), and saves what was chosen.
func (x *SettingsScreen) choose(rows []slip.Difference, then func()) {
	chosen := map[string]string{}
	parts.ShowMerge(x.s, parts.Merging{What: x.s.Tr("设置", "the settings"), Rows: func() []slip.Difference { return rows },
		Take: func(i int, side slip.Side) error {
			r := &rows[i]
			r.Both = false
			chosen[r.Field] = map[slip.Side]string{slip.Mine: r.Mine, slip.Now: r.Now, slip.Opened: r.Opened}[side]
			return nil
		},
		Field: func(d slip.Difference) slip.Field {
			x, _ := workflow.SettingOf(d.Field)
			return x.Field
		},
		Save: func() {
			for _, r := range rows {
				x.Values[r.Field], x.opened[r.Field] = chosen[r.Field], r.Now
				if f := x.Boxes.Fields[r.Field]; f != nil {
					f.SetValue(chosen[r.Field])
				}
			}
			x.saveThen(then)
		}})
}

// sayAfter says that the settings are saved, and of one that turns how the book is read, what it did not do.
func (x *SettingsScreen) sayAfter(typed map[string]string) {
	for _, d := range x.changeable() {
		if _, changed := typed[d.Key]; changed && !d.After.Empty() {
			x.s.Say(kit.Warning, x.s.Tr("已保存。%s：%s", "saved. %s: %s", d.Label, d.After))
			return
		}
	}
	x.s.Say(kit.Hint, x.s.Tr("已保存", "saved"))
}

// Leave asks where the company's head is not saved.
func (x *SettingsScreen) Leave(done func(bool)) {
	if !x.Unsaved() {
		done(true)
		return
	}
	s := x.s
	s.Ask(s.Tr("公司抬头还没有保存", "The company's head is not saved"), []string{s.Tr("保存后再关闭？", "Save it before closing?")},
		host.Answer{Label: text.T("回去", "Back"), Run: func() { done(false) }},
		host.Answer{Label: text.T("不保存", "Do not save"), Key: fyne.KeyF8, Run: func() { done(true) }},
		host.Answer{Label: text.T("保存", "Save"), Key: fyne.KeyF2, Run: func() { x.saveThen(func() { done(true) }) }})
}

// Changed shows the book's values where nothing is typed. Of a setting that is typed here and was changed elsewhere it says so at once; saving
// asks which of the two is to stand.
func (x *SettingsScreen) Changed() {
	s := x.s
	s.DrawStatus()
	for _, d := range x.changeable() {
		now, f := s.Book().Settings().Get(d.Key), x.Boxes.Fields[d.Key]
		typing := f != nil && f.Dirty()
		switch {
		case now == x.opened[d.Key]:
		case x.Values[d.Key] == x.opened[d.Key] && !typing:
			x.Values[d.Key], x.opened[d.Key] = now, now
			if f != nil {
				f.SetValue(now)
			}
		case x.Values[d.Key] == now && !typing: // both typed the same
			x.opened[d.Key] = now
		case x.told[d.Key] != now:
			x.told[d.Key] = now
			s.Say(kit.Warning, s.Tr("“%s”别处刚改为“%s”，您这里也在改；保存时再选", "%s was just made %q elsewhere, and it is being changed here too; saving asks which stands", d.Label, s.T(d.Word(now))))
		}
	}
}

// Focus goes to the first box.
func (x *SettingsScreen) Focus() {
	x.s.Hint(x.s.Tr("Enter 下一格   Shift+Tab 上一格   F4 看有哪些可选   Ctrl+S 保存", "Enter next   Shift+Tab back   F4 shows what can be chosen   Ctrl+S saves"))
	x.Boxes.Ring.First()
}

// Key is not used.
func (x *SettingsScreen) Key(*fyne.KeyEvent) bool { return false }

// Commands of the screen.
func (x *SettingsScreen) Commands() []host.Command {
	s := x.s
	return []host.Command{
		{Label: text.T("保存", "Save"), Key: "Ctrl+S", Icon: "save", Primary: true, Off: !x.Unsaved(), Run: x.save, Needs: host.Needs("book", "settings")},
		{Label: text.T("核对账套", "Verify"), Key: "F9", Icon: "check", Run: func() { Verify(s) }},
		{Label: text.T("结账", "Close month"), Key: "F7", Icon: "lock", Run: func() { ClosePeriod(s) }},
		{Label: text.T("成本计价", "Costing"), Key: "F6", Icon: "edit", Run: func() { ChangeCosting(s) }, Needs: host.Needs("book", "costing")},
		{Label: text.T("备份", "Backups"), Key: "F8", Icon: "save", Run: func() { Backups(s) }},
		{Label: text.T("人员", "People"), Key: "F3", Icon: "pin", Run: s.OpenPeople},
		{Label: text.T("许可", "Licences"), Key: "F2", Icon: "info", Run: func() { licences(s) }},
	}
}

// licences shows under which terms the program and its parts come.
func licences(s host.Host) {
	col := container.NewVBox()
	say := func(shade kit.Shade, lines string, bold bool) {
		for _, l := range strings.Split(strings.TrimRight(lines, "\n"), "\n") {
			col.Add(kit.Label(strings.TrimRight(l, "\r"), shade, kit.M().Caption, bold))
		}
	}
	say(kit.Ink, s.Tr("掌柜 Zhanggui：MIT 许可", "Zhanggui: MIT licence"), true)
	if info, ok := debug.ReadBuildInfo(); ok {
		say(kit.Ink, "\n"+s.Tr("用到的程序库（许可见各自的网址）", "Libraries used (their licences stand at their addresses)"), true)
		for _, d := range info.Deps {
			say(kit.Ink2, d.Path+" "+d.Version, false)
		}
	}
	say(kit.Ink, "\n"+s.Tr("字体 Noto Sans SC：SIL OFL 1.1", "Font Noto Sans SC: SIL OFL 1.1"), true)
	say(kit.Ink2, string(assets.FontLicence()), false)
	scroll := container.NewVScroll(col)
	keys := kit.NewKeys(func(ev *fyne.KeyEvent) bool {
		step := map[fyne.KeyName]float32{fyne.KeyDown: 40, fyne.KeyUp: -40, fyne.KeyPageDown: 400, fyne.KeyPageUp: -400}[ev.Name]
		scroll.Offset.Y = max(0, min(scroll.Offset.Y+step, col.MinSize().Height-scroll.Size().Height))
		scroll.Refresh()
		return step != 0
	})
	s.Dialog(s.Tr("许可", "Licences"), container.NewStack(keys, scroll), fyne.NewSize(860, 600), keys, host.Answer{Label: text.T("关闭", "Close")})
}
