package gui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/gui/standing"
)

// door is an entry of the main menu as the list of commands shows it: where it stands, its words, its key.
type door struct {
	where, label, key string
	folded            string
	initials          []string
	off               bool
	run               func()
}

// Palette lists every command of the main menu, the screen's own first; typing narrows the list, Enter runs what the cursor is on. So the
// menu needs no mouse.
func (s *Shell) Palette() {
	if s.layer.Modal() != nil || s.Win.MainMenu() == nil {
		return
	}
	all := s.menuDoors()
	found := all
	t := kit.NewTable()
	t.Tight = true
	t.Columns = []kit.Column{{Title: s.tr("命令", "Command"), Width: 250, Grow: true}, {Title: s.tr("菜单", "Menu"), Width: 170}, {Title: s.tr("按键", "Key"), Width: 110}}
	t.Empty = s.tr("没有这样的命令", "there is no such command")
	t.Length = func() int { return len(found) }
	t.CellAt = func(row, col int) kit.Cell {
		d := found[row]
		c := kit.Cell{Text: []string{d.label, d.where, d.key}[col], Shade: []kit.Shade{kit.Ink, kit.Ink2, kit.Accent}[col]}
		if d.off {
			c.Shade = kit.Ink3
		}
		return c
	}
	f := kit.NewField(s.tr("命令", "Command"))
	f.Input.Hint = s.tr("命令、单号、往来单位、商品；拼音首字母也可", "a command, slip number, party or product")
	var over *kit.Overlay
	run := func(row int) {
		if row < len(found) && !found[row].off {
			s.layer.Close(over)
			found[row].run()
		}
	}
	t.OnOpen = func(row, _ int) { run(row) }
	f.Input.OnChanged = func(words string) {
		found = append(findDoors(all, words), s.found(words)...)
		t.Go(0, 0)
		t.Refresh()
	}
	key := f.Input.OnKey
	f.Input.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyReturn, fyne.KeyEnter:
			run(t.Row())
			return true
		case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
			return t.Step(ev.Name)
		}
		return key != nil && key(ev)
	}
	body := container.NewBorder(container.NewVBox(f.Input, kit.Fixed(0, 6, kit.Box(kit.Clear))), nil, nil, nil, t)
	over = s.Dialog(s.tr("所有命令", "All commands"), body, fyne.NewSize(640, 520), f.Input, Answer{Label: text.T("关闭", "Close")})
}

// found are a slip by its number (or what it ends in, this month and the last), and the parties and products that words fit, as doors to them.
func (s *Shell) found(typed string) (list []door) {
	b := s.Book()
	typed = strings.TrimSpace(typed)
	if b == nil || len([]rune(typed)) < 2 {
		return nil
	}
	if d, err := b.Load(strings.ToUpper(typed)); err == nil && s.unseen(d) == nil {
		list = append(list, door{where: parts.KindTitle(s, d.Kind), label: d.Number, run: func() { s.OpenSlip(d.Number) }})
	}
	if len(typed) >= 4 && parts.Digits(typed) {
		list = append(list, s.endingIn(typed)...)
	}
	for _, typ := range []string{master.Customers.Code, master.Suppliers.Code, master.Products.Code} {
		t, err := b.Type(typ)
		if err != nil { // one does not see them
			continue
		}
		for _, m := range b.Masters().Search(typ, typed, 5, nil) {
			code := m.Record.Code()
			list = append(list, door{where: s.T(t.One), label: strings.TrimSpace(code + "  " + parts.Name(s, m.Record) + " " + m.Record.Get("spec")), run: func() { standing.OpenMaster(s, t, code) }})
		}
	}
	return list
}

// endingIn are the slips of this month and the last whose number ends in these digits: people say the last four.
func (s *Shell) endingIn(digits string) (list []door) {
	b := s.Book()
	now := b.Today().Month()
	for _, month := range []text.Month{now, now.Prev()} {
		for _, k := range b.Kinds() {
			if d, err := b.Load(fmt.Sprintf("%s-%06d-%s", k.Prefix, int(month), digits)); err == nil {
				list = append(list, door{where: s.T(k.Title), label: d.Number, run: func() { s.OpenSlip(d.Number) }})
			}
		}
	}
	return list
}

// menuDoors are the entries of the main menu, the screen's own before all others.
func (s *Shell) menuDoors() []door {
	menus := slices.Clone(s.Win.MainMenu().Items)
	if s.Book() != nil && len(menus) > 1 { // the second holds what the screen in sight can do
		menus[0], menus[1] = menus[1], menus[0]
	}
	var list []door
	for _, m := range menus {
		list = appendDoors(list, m.Label, m.Items)
	}
	return list
}

func appendDoors(list []door, where string, items []*fyne.MenuItem) []door {
	for _, m := range items {
		switch {
		case m.IsSeparator:
		case m.ChildMenu != nil:
			list = appendDoors(list, where+" · "+m.Label, m.ChildMenu.Items)
		case m.Action != nil:
			label, key, _ := strings.Cut(m.Label, keyGap)
			if m.Shortcut != nil {
				key = printed(m.Shortcut)
			}
			list = append(list, door{where: where, label: label, key: key, folded: strings.ToLower(label + " " + where), initials: text.InitialsAll(label), off: m.Disabled, run: m.Action})
		}
	}
	return list
}

// findDoors are the entries that hold all the words, in letters or in pinyin, spelt out or by initials. Those that are wholly what is
// typed stand first, then those that begin with it.
func findDoors(all []door, typed string) []door {
	words := strings.Fields(strings.ToLower(typed))
	var list []door
	for _, d := range all {
		if !slices.ContainsFunc(words, func(w string) bool { return !d.holds(w) }) {
			list = append(list, d)
		}
	}
	if len(words) > 0 {
		rank := func(d door) int {
			label := strings.ToLower(d.label)
			from, to, spelt := text.Spells(d.label, words[0])
			switch {
			case strings.TrimRight(label, "…") == words[0], slices.Contains(d.initials, words[0]), spelt && from == 0 && strings.TrimRight(label[to:], "…") == "":
				return 0
			case strings.HasPrefix(label, words[0]), spelt && from == 0:
				return 1
			case strings.Contains(label, words[0]), spelt:
				return 2
			}
			return 3
		}
		slices.SortStableFunc(list, func(a, b door) int { return cmp.Compare(rank(a), rank(b)) })
	}
	return list
}

func (d *door) holds(word string) bool {
	if _, _, ok := text.Spells(d.label, word); ok {
		return true
	}
	return strings.Contains(d.folded, word) || slices.ContainsFunc(d.initials, func(i string) bool { return strings.Contains(i, word) })
}

// printed writes a shortcut as people read it: Ctrl+S.
func printed(s fyne.Shortcut) string {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return ""
	}
	name := string(c.KeyName)
	for short, long := range keyNames {
		if long == c.KeyName {
			name = short
		}
	}
	for _, m := range []struct {
		mod  fyne.KeyModifier
		word string
	}{{fyne.KeyModifierShift, "Shift+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShortcutDefault, "Ctrl+"}} {
		if c.Modifier&m.mod != 0 {
			name = m.word + name
		}
	}
	return name
}
