package gui

import (
	"regexp"
	"slices"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
)

// Ask lays a question over the window. What is asked stands in words; each answer is one key.
func (s *Shell) Ask(title string, lines []string, answers ...Answer) {
	body := container.NewVBox()
	for _, l := range lines {
		body.Add(kit.Label(l, kit.Ink, kit.M().Text, false))
	}
	wide := min(max(560, body.MinSize().Width+40), s.room()-40) // as wide as its longest line
	s.Dialog(title, body, fyne.NewSize(wide, 120+24*float32(len(lines))), nil, answers...)
}

// Dialog lays a body with answers at its foot over the window; focus gets the keyboard (nil: only the answers' keys are heard).
func (s *Shell) Dialog(title string, body fyne.CanvasObject, size fyne.Size, focus fyne.Focusable, answers ...Answer) *kit.Overlay {
	return s.DialogOver(title, body, size, focus, focus == nil, answers...)
}

// DialogOver is Dialog where Enter may be the safe answer also while a part of the body has the keyboard.
func (s *Shell) DialogOver(title string, body fyne.CanvasObject, size fyne.Size, focus fyne.Focusable, enter bool, answers ...Answer) *kit.Overlay {
	var over *kit.Overlay
	from := s.Win.Canvas().Focused()
	take := func(a Answer) {
		if a.Unready != nil && a.Unready() {
			return
		}
		s.layer.Close(over)
		if a.Run != nil {
			a.Run()
		}
	}
	buttons := container.New(kit.Row{Gap: 8})
	for i, a := range answers {
		key := string(a.Key)
		if i == 0 {
			key = "Esc"
			if enter {
				key = "Esc / Enter"
			}
		}
		buttons.Add(kit.Button{Label: s.T(a.Label), Key: key, Primary: i == len(answers)-1 && i > 0, Framed: true, Run: func() { take(a) }}.Object())
	}
	keys := kit.NewKeys(nil)
	// A character answers when it is typed, not when its key goes down: else it would be typed into what comes next.
	char := func(r rune) bool {
		for _, a := range answers[1:] {
			if string(a.Key) == string(unicode.ToUpper(r)) {
				take(a)
				return true
			}
		}
		return false
	}
	keys.OnRune = func(r rune) { char(r) }
	key := func(ev *fyne.KeyEvent) bool {
		for i, a := range answers {
			if i == 0 && (ev.Name == fyne.KeyEscape || enter && (ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter)) || i > 0 && ev.Name == a.Key && len(a.Key) > 1 {
				take(a)
				return true
			}
		}
		return false
	}
	head := kit.Pad(16, 10, kit.Label(title, kit.Ink, kit.M().Sub, true))
	foot := container.NewStack(kit.Box(kit.Band), kit.Pad(16, 8, container.NewBorder(nil, nil, nil, buttons, keys)))
	all := container.NewBorder(container.NewVBox(head, kit.HLine(kit.Hair)), foot, nil, nil, kit.Pad(16, 10, body))
	over = s.layer.Dialog(kit.Pad(1, 1, all), size, key, func() { s.giveBack(from) })
	over.Rune = char
	over.Shortcut = func(sc fyne.Shortcut) {
		for _, a := range answers {
			if k := combination(string(a.Key)); k != nil && k.ShortcutName() == sc.ShortcutName() {
				take(a)
				return
			}
		}
	}
	if focus == nil {
		focus = keys
	}
	s.Win.Canvas().Focus(focus)
	return over
}

// giveBack gives the keyboard back to where it was before a dialog, or to the screen.
func (s *Shell) giveBack(from fyne.Focusable) {
	if s.layer.Modal() != nil {
		return
	}
	if from != nil {
		s.Win.Canvas().Focus(from)
		if s.Win.Canvas().Focused() == from {
			return
		}
	}
	if c := s.Current(); c != nil {
		c.Focus()
	}
}

// Help shows the keys of the screen in front.
func (s *Shell) Help() {
	if s.layer.Modal() != nil || s.Current() == nil {
		return
	}
	list := append(s.Current().Commands(), s.global()...)
	if h, ok := s.Current().(interface{ Keys() []Command }); ok {
		list = append(h.Keys(), list...)
	}
	list = slices.DeleteFunc(list, func(c Command) bool { return c.Key == "" })
	half := (len(list) + 1) / 2 // two beside each other, the second half at the right
	t := kit.NewTable()
	t.Tight, t.Metrics = true, kit.CompactRows()
	key, word := kit.Column{Title: s.tr("按键", "Key"), Width: 104}, kit.Column{Title: s.tr("做什么", "What it does"), Width: 256, Grow: true}
	t.Columns = []kit.Column{key, word, key, word}
	t.Length = func() int { return half }
	t.CellAt = func(row, col int) kit.Cell {
		if row += col / 2 * half; row >= len(list) {
			return kit.Cell{}
		}
		c := kit.Cell{Text: s.T(list[row].Label)}
		if col%2 == 0 {
			c = kit.Cell{Text: list[row].Key, Shade: kit.Accent, Bold: true}
		}
		if s.off(list[row]) { // the screen has it, but not as things stand
			c.Shade = kit.Ink3
		}
		return c
	}
	s.DialogOver(s.tr("本屏按键", "Keys of this screen"), s.withReasons(t, list), fyne.NewSize(820, 560), t, true, Answer{Label: text.T("关闭", "Close")})
}

// About says what this is, and the licence of the font.
func (s *Shell) About() {
	s.Ask(s.tr("关于掌柜", "About Zhanggui"), []string{
		s.tr("掌柜：小店的进销存，一个账套就是一个本地文件。", "Zhanggui: sales and inventory of a small shop; one book is one local file."),
		s.tr("MIT 许可。字体：Noto Sans SC（SIL OFL 1.1）。", "MIT licence. Font: Noto Sans SC (SIL OFL 1.1)."),
		s.tr("版本 %s", "Version %s", files.Version()),
		s.tr("内部错误的日志：%s", "Log of internal errors: %s", files.LogPath()),
	}, Answer{Label: text.T("关闭", "Close")})
}

// aNumber is a slip's number as a refusal names it.
var aNumber = regexp.MustCompile(`\b[A-Z]{2}-\d{6}-\d{4,}\b`)

// waysOut are the keys that lead on from a refusal: to the slip that it names, or to where months are closed and opened again.
func (s *Shell) waysOut(list fault.List) (offers []kit.Offer) {
	if len(list) == 0 || s.Book() == nil || s.layer.Modal() != nil {
		return nil
	}
	offers = s.lends(list)
	here := ""
	if f, ok := s.Current().(*slipForm); ok {
		here = f.doc.Number
	}
	for _, n := range aNumber.FindAllString(list[0].Text.In(s.lang), -1) {
		if _, err := s.Book().Load(n); n != here && err == nil {
			if len(offers) > 0 {
				break
			}
			offers = append(offers, kit.Offer{Key: fyne.KeyF2, Label: s.tr("打开 %s", "open %s", n), Run: func() { s.OpenSlip(n) }})
			break
		}
	}
	if list[0].About == workflow.ClosedPeriod {
		offers = append(offers, kit.Offer{Key: fyne.KeyF7, Label: s.tr("结账与反结账", "close and reopen months"), Run: s.ClosePeriod})
	}
	return offers
}
