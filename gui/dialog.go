package gui

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/text"
	"zhanggui/gui/kit"
)

// Answer is one way out of a question: a key and what it does. The first one is the safe one: Esc and Enter take it too.
type Answer struct {
	Label text.Text
	Key   fyne.KeyName
	Run   func()
}

// Ask lays a question over the window. What is asked stands in words; each answer is one key.
func (s *Shell) Ask(title string, lines []string, answers ...Answer) {
	body := container.NewVBox()
	for _, l := range lines {
		body.Add(kit.Label(l, kit.Ink, kit.M().Text, false))
	}
	s.dialog(title, body, fyne.NewSize(560, 120+24*float32(len(lines))), nil, answers...)
}

// dialog lays a body with answers at its foot over the window; focus gets the keyboard (nil: only the answers' keys are heard).
func (s *Shell) dialog(title string, body fyne.CanvasObject, size fyne.Size, focus fyne.Focusable, answers ...Answer) *kit.Overlay {
	var over *kit.Overlay
	from := s.Win.Canvas().Focused()
	take := func(a Answer) {
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
			if focus == nil {
				key = "Esc / Enter"
			}
		}
		buttons.Add(kit.Button{Label: s.T(a.Label), Key: key, Primary: i == len(answers)-1 && i > 0, Framed: true, Run: func() { take(a) }}.Object())
	}
	keys, enter := kit.NewKeys(nil), focus == nil
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
	grid := container.NewGridWithColumns(2)
	list := append(s.Current().Commands(), s.global()...)
	if h, ok := s.Current().(interface{ Keys() []Command }); ok {
		list = append(h.Keys(), list...)
	}
	for _, c := range list {
		if c.Key == "" {
			continue
		}
		grid.Add(container.New(kit.Row{Gap: 10}, kit.Fixed(110, 0, kit.Label(c.Key, kit.Accent, kit.M().Text, true)), kit.Words(s.T(c.Label))))
	}
	s.dialog(s.tr("本屏按键", "Keys of this screen"), container.NewVScroll(grid), fyne.NewSize(760, 560), nil, Answer{Label: text.T("关闭", "Close")})
}

// About says what this is, and the licence of the font.
func (s *Shell) About() {
	s.Ask(s.tr("关于掌柜", "About Zhanggui"), []string{
		s.tr("掌柜：小店的进销存，一个账套就是一个本地文件。", "Zhanggui: sales and inventory of a small shop; one book is one local file."),
		s.tr("MIT 许可。字体：Noto Sans SC（SIL OFL 1.1）。", "MIT licence. Font: Noto Sans SC (SIL OFL 1.1)."),
	}, Answer{Label: text.T("关闭", "Close")})
}
