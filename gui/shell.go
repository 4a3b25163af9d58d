package gui

import (
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// Shell is the window around the screens.
type Shell struct {
	App  fyne.App
	Win  fyne.Window
	book *workflow.Book // nil on the welcome screen, and while it is asked who is there
	seats
	// inline runs all work at once, on the calling goroutine: tests see the outcome without waiting.
	inline bool

	lang    text.Lang
	prefs   prefs
	layer   *kit.Layer
	message *kit.Message
	hint    string
	tabs    []*openTab
	active  int
	tabBar  *fyne.Container
	tools   *fyne.Container
	body    *fyne.Container
	root    *fyne.Container
	width   int       // of the window, in hundreds up to where nothing changes any more
	edges   fyne.Size // what the parts around the screen need
	nav     *fyne.Container
	status  *fyne.Container
	strip   *fyne.Container // what is wrong with the book's file, over every screen
	ails    error           // of the book's file, which the strip says
	adrift  bool            // it is gone from its place
	hideNav bool
	proofs  host.Proofs
	last    Command  // that was run last, which a refusal by a right may run again
	lent    borrowed // what another lends for it
	present crowd    // who is in the book
	busy    *job
	desk    parts.Desk
}

type openTab struct {
	screen Screen
	object fyne.CanvasObject
	stale  bool     // changed while out of sight
	hint   string   // what the message line says while nothing else is to be said
	from   *openTab // the tab it was opened from: closing goes back there
}

// New makes the window; call Welcome or OpenBook, then Win.ShowAndRun.
func New(app fyne.App) *Shell {
	s := &Shell{App: app, prefs: prefs{app.Preferences()}}
	s.lang = s.prefs.lang()
	kit.Apply(app, s.prefs.style())
	useWords(s.lang)
	s.desk.Told = s.Caught
	s.Win = app.NewWindow("掌柜 Zhanggui")
	s.Win.Resize(fyne.NewSize(1366, 768))
	s.Win.SetPadded(false)
	s.layer, s.message = kit.NewLayer(), kit.NewMessage()
	s.tabBar, s.tools, s.body = container.NewStack(), container.NewStack(), kit.LooseTold(s.sized)
	s.nav, s.status, s.strip = container.NewStack(), container.NewStack(), container.NewStack()
	kit.Attach(s.Win.Canvas(), s)
	s.Win.Canvas().SetOnTypedRune(func(r rune) {
		s.goesOn(func() {
			if m := s.layer.Modal(); m != nil && m.Rune != nil {
				m.Rune(r)
			}
		})
	})
	s.Win.SetCloseIntercept(func() { s.goesOn(s.quit) })
	return s
}

// T is a text in the window's language.
func (s *Shell) T(t text.Text) string { return t.In(s.lang) }

// tr is a phrase in the window's language.
func (s *Shell) tr(zh, en string, args ...any) string {
	if len(args) == 0 {
		return text.T(zh, en).In(s.lang)
	}
	return text.Tf(zh, en, args...).In(s.lang)
}

// frame lays the window's parts out anew: at start and when language, theme or text size change.
func (s *Shell) frame() {
	s.layer.CloseAll()
	top := container.NewVBox(s.tabBar, s.tools, s.strip)
	var nav fyne.CanvasObject
	if s.Book() != nil && !s.hideNav {
		nav = s.nav
	}
	content := container.NewBorder(top, s.message.Object(), nil, nil, s.body)
	s.message.Say(kit.Hint, s.hint)
	s.drawStatus()
	s.drawAils()
	s.root = container.NewStack(kit.Box(kit.Bg), container.NewBorder(nil, s.status, nav, nil, content), s.layer.Object())
	s.Win.SetContent(s.root)
	s.drawMenu()
}

// room is the window's width.
func (s *Shell) room() float32 { return s.Win.Canvas().Size().Width }

// sized builds the screens anew where the window became so much wider or narrower that they stand otherwise.
func (s *Shell) sized() {
	was := s.width
	if s.width = min(14, int(s.room()/100)); was == 0 || was == s.width || s.Book() == nil {
		return
	}
	if s.layer.Modal() != nil { // a question stays; the next time of asking does it
		s.width = was
		return
	}
	if s.inline {
		s.Rebuild()
		return
	}
	s.Later(time.Millisecond, s.Rebuild) // not while the window is being laid out
}

// Rebuild builds every screen anew.
func (s *Shell) Rebuild() {
	for _, t := range s.tabs {
		t.object = nil
	}
	s.frame()
	s.show()
}

// SetLang changes the language at once.
func (s *Shell) SetLang(l text.Lang) {
	s.lang = l
	s.prefs.setLang(l)
	useWords(l)
	s.setPerson() // who has no name is called so in the window's language
	s.Rebuild()
}

// SetStyle changes theme and text size at once.
func (s *Shell) SetStyle(st kit.Style) {
	s.prefs.setStyle(st)
	kit.Apply(s.App, st)
	s.Rebuild()
}

// Open shows a screen, in its tab if it stands already.
func (s *Shell) Open(n Screen) {
	for i, t := range s.tabs {
		if t.screen.ID() == n.ID() {
			s.Choose(i)
			return
		}
	}
	t := &openTab{screen: n}
	if s.active < len(s.tabs) {
		t.from = s.tabs[s.active]
	}
	s.tabs = append(s.tabs, t)
	s.Choose(len(s.tabs) - 1)
}

// Replace puts a screen in the place of the current one, as going from slip to slip does.
func (s *Shell) Replace(n Screen) {
	for i, t := range s.tabs {
		if t.screen.ID() == n.ID() && i != s.active {
			s.Choose(i)
			return
		}
	}
	*s.tabs[s.active] = openTab{screen: n, from: s.tabs[s.active].from}
	s.show()
}

// Choose shows a tab.
func (s *Shell) Choose(i int) {
	if i < 0 || i >= len(s.tabs) {
		return
	}
	s.unlend()
	s.active = i
	s.hint = s.tabs[i].hint
	s.Calm()
	s.show()
}

// Current is the screen in sight.
func (s *Shell) Current() Screen {
	if s.active >= len(s.tabs) {
		return nil
	}
	return s.tabs[s.active].screen
}

// show draws the active tab.
func (s *Shell) show() {
	if len(s.tabs) == 0 {
		return
	}
	t := s.tabs[s.active]
	if t.object == nil {
		t.object = t.screen.Object()
	} else if t.stale {
		t.screen.Changed()
	}
	t.stale = false
	s.body.Objects = []fyne.CanvasObject{t.object}
	s.body.Refresh()
	s.Refresh()
	t.screen.Focus()
	s.drawAils()
	s.lookAdrift()
}

// Refresh draws what depends on the screen's state: tabs, toolbar, navigation, menu.
func (s *Shell) Refresh() {
	if s.Current() == nil {
		return
	}
	s.drawTabs()
	s.drawTools()
	s.drawNav()
	s.drawMenu()
	s.fit()
}

// fit lays the window out anew where the parts around the screen have grown or shrunk: Fyne does not tell their neighbours.
func (s *Shell) fit() {
	e := fyne.NewSize(s.nav.MinSize().Width, s.tabBar.MinSize().Height+s.tools.MinSize().Height+s.strip.MinSize().Height+s.status.MinSize().Height)
	if e != s.edges {
		s.edges = e
		s.root.Refresh()
	}
}

func (s *Shell) drawTabs() {
	if s.Book() == nil {
		s.tabBar.Objects = nil
		return
	}
	list := make([]kit.Tab, len(s.tabs))
	for i, t := range s.tabs {
		list[i] = kit.Tab{Title: s.T(t.screen.Title()), Unsaved: t.screen.Unsaved(), Fixed: i == 0}
	}
	s.tabBar.Objects = []fyne.CanvasObject{kit.Tabs(list, s.active, s.Choose, func(i int) { s.closeTab(i) }, s.ChooseTab)}
	s.tabBar.Refresh()
}

// CloseTab closes the tab in sight.
func (s *Shell) CloseTab() { s.closeTab(s.active) }

func (s *Shell) closeTab(i int) {
	if i <= 0 || i >= len(s.tabs) {
		return
	}
	t := s.tabs[i]
	t.screen.Leave(func(ok bool) {
		if !ok {
			s.Choose(i)
			return
		}
		for j, o := range s.tabs {
			if o == t {
				s.tabs = append(s.tabs[:j:j], s.tabs[j+1:]...)
				if back := slices.Index(s.tabs, t.from); s.active == j && back >= 0 {
					s.active = back
				} else if s.active >= j {
					s.active = max(0, s.active-1)
				}
				break
			}
		}
		s.Choose(s.active)
	})
}

// CloseTabs closes the tabs one after the other; where one asks, and its person stays, the rest stays too.
func (s *Shell) CloseTabs() {
	if len(s.tabs) < 2 {
		return
	}
	before := len(s.tabs)
	s.Choose(before - 1)
	s.tabs[before-1].screen.Leave(func(ok bool) {
		if ok && len(s.tabs) == before {
			s.tabs = s.tabs[:before-1]
			s.Choose(before - 2)
			s.CloseTabs()
		}
	})
}

// ChooseTab lists all tabs, also those that the strip has no room for.
func (s *Shell) ChooseTab() {
	titles := make([]string, len(s.tabs))
	for i, t := range s.tabs {
		if titles[i] = s.T(t.screen.Title()); t.screen.Unsaved() {
			titles[i] += s.tr("（未保存）", " (not saved)")
		}
	}
	parts.Choose(s, s.tr("转到标签", "Go to a tab"), titles, s.Choose)
}

func (s *Shell) drawTools() {
	list := s.Current().Commands()
	var row []fyne.CanvasObject
	right := container.New(kit.Row{Gap: 3})
	for _, c := range list {
		if c.Hidden {
			continue
		}
		if c.End {
			right.Add(kit.Button{Icon: c.Icon, Key: c.Key, Off: s.off(c), Run: s.afterTap(func() { s.do(c) })}.Object())
			continue
		}
		if c.Gap {
			row = append(row, kit.Pad(4, 0, kit.VLine(18)))
		}
		row = append(row, kit.Button{Icon: c.Icon, Label: s.T(c.Label), Key: c.Key, Primary: c.Primary, Off: s.off(c), Run: s.afterTap(func() { s.do(c) })}.Object())
	}
	if len(row) == 0 {
		s.tools.Objects = nil
	} else {
		s.tools.Objects = []fyne.CanvasObject{kit.Box(kit.Paper), container.NewBorder(nil, kit.HLine(kit.Hair), nil, nil,
			kit.Fixed(0, 35, kit.Pad(8, 2, container.New(kit.Bar{Gap: 3}, append(row, right)...))))}
	}
	s.tools.Refresh()
}

// afterTap runs a command from a click and gives the keyboard back to the screen, from which a click takes it.
func (s *Shell) afterTap(run func()) func() {
	return func() {
		before := s.Current()
		run()
		if s.Current() == before && s.layer.Modal() == nil && s.Win.Canvas().Focused() == nil {
			before.Focus()
		}
	}
}

// Say shows a message in the line at the foot.
func (s *Shell) Say(tone kit.Tone, words string, offers ...kit.Offer) {
	s.message.Say(tone, words, offers...)
}

// Hint sets what the line says while nothing else is to be said.
func (s *Shell) Hint(words string) {
	s.hint = words
	if s.active < len(s.tabs) {
		s.tabs[s.active].hint = words
	}
	if _, tone := s.message.Text(); tone == kit.Hint {
		s.message.Say(kit.Hint, words)
	}
}

// Calm takes a message back.
func (s *Shell) Calm() { s.message.Say(kit.Hint, s.hint) }

// Settled takes back a refusal that no longer holds.
func (s *Shell) Settled() {
	if _, tone := s.message.Text(); tone == kit.Refusal {
		s.Calm()
	}
}

// Fail says an error: a fault in its own words, anything else as an internal error whose cause goes to the log.
func (s *Shell) Fail(err error, offers ...kit.Offer) {
	if err == nil {
		return
	}
	if len(offers) == 0 {
		offers = s.waysOut(fault.Of(err))
	}
	s.Say(kit.Refusal, s.words(err), offers...)
}

// words are an error for a person.
func (s *Shell) words(err error) string {
	list := fault.Of(err)
	if f := files.Ailing(err); len(list) == 0 && f != nil {
		list = fault.List{f}
	}
	if len(list) == 0 {
		return s.tr("内部错误 #%s，详情见日志：帮助 → 关于", "internal error #%s; the log tells more: Help → About", files.Log(err))
	}
	if list[0].Code == fault.Damaged {
		files.Log(err)
	}
	w := list[0].Text.In(s.lang)
	if list[0].Line > 0 {
		w = s.tr("第 %d 行：", "Line %d: ", list[0].Line) + w
	}
	if n := len(list) - 1; n > 0 {
		w += s.tr("（还有 %d 条）", " (%d more)", n)
	}
	return w
}

// Before gives keys to a dialog or the message line first.
func (s *Shell) Before(ev *fyne.KeyEvent) bool {
	if m := s.layer.Modal(); m != nil {
		return s.layer.Top() == m && m.Key != nil && m.Key(ev) // a pick list over the dialog has its keys first
	}
	if s.busy != nil {
		if ev.Name == fyne.KeyEscape && s.busy.stops {
			s.busy.cancel()
			return true
		}
		if s.busy.blocks {
			return true
		}
	}
	return s.message.Key(ev) || s.ailsKey(ev)
}

// After gives keys that no part used to the screen, its commands and the program's own.
func (s *Shell) After(ev *fyne.KeyEvent) {
	if s.layer.Modal() != nil || s.Current() == nil {
		return
	}
	if s.Current().Key(ev) {
		return
	}
	if c, ok := byKey(s.Current().Commands(), ev.Name); ok {
		s.do(c)
		return
	}
	switch ev.Name {
	case fyne.KeyF1:
		s.Help()
	case fyne.KeyF10:
		s.Palette()
	case fyne.KeyEscape:
		if _, tone := s.message.Text(); tone != kit.Hint {
			s.Calm()
			return
		}
		if s.active > 0 {
			s.CloseTab()
		}
	}
}

// Shortcut runs the command of a combination; the main menu catches most before.
func (s *Shell) Shortcut(sc fyne.Shortcut) {
	if m := s.layer.Modal(); m != nil {
		if c, ok := byShortcut(s.global(), sc); !ok || !s.goesAway(c.Key) {
			s.goesOn(func() { m.Hear(sc) })
		}
		return
	}
	if s.Current() == nil {
		return
	}
	if c, ok := sc.(*desktop.CustomShortcut); ok && c.KeyName == fyne.KeyEnter { // the block of figures has an Enter of its own
		sc = &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: c.Modifier}
	}
	list := append(s.Current().Commands(), s.global()...)
	if c, ok := byShortcut(list, sc); ok {
		s.do(c)
	}
}

// do runs a command, unless it is not possible now; a dialog hears its keys instead.
func (s *Shell) do(c Command) {
	if m := s.layer.Modal(); m != nil {
		if k := combination(c.Key); k != nil && !s.goesAway(c.Key) {
			s.goesOn(func() { m.Hear(k) })
		}
		return
	}
	if !s.refuses(c) && c.Run != nil {
		s.last = c
		s.goesOn(c.Run)
	}
}

// changed tells the screens that the book has changed.
func (s *Shell) changed() {
	s.unlend()
	for i, t := range s.tabs {
		if i == s.active {
			t.screen.Changed()
		} else {
			t.stale = true
		}
	}
	s.proofs.Changed = true
	s.drawTabs()
	s.drawStatus()
	s.lookAdrift()
}

// onMain runs f on the main goroutine, from wherever it is called.
func (s *Shell) onMain(f func()) {
	if s.inline {
		f()
		return
	}
	fyne.Do(func() { s.goesOn(f) })
}

// bookName is the file's name without its folder.
func (s *Shell) bookName() string { return filepath.Base(s.Book().Path()) }

func (s *Shell) person() string {
	if s.file != nil && s.file.Users() {
		return s.file.User
	}
	if u := s.prefs.user(); u != "" {
		return u
	}
	return s.T(text.Nobody)
}

// quit closes the book and the program. Nobody is asked: what is typed and not saved lies on the desk and comes back.
func (s *Shell) quit() {
	s.closeBook(func() {
		files.DropPreviews()
		s.App.Quit()
	})
}

// closeBook puts what is unsaved on the desk, backs the book up and closes its file; then goes on when that is done.
func (s *Shell) closeBook(then func()) { s.shut(true, then) }

func (s *Shell) shut(backup bool, then func()) {
	if s.file == nil {
		then()
		return
	}
	s.layer.CloseAll()
	s.keepAll()
	s.proofs.Stop()
	b, mine, backup := s.file, s.book, backup && s.been
	s.Write(s.tr("备份并关闭账套", "backing up and closing the book"), func() error { return leave(b, mine, backup) }, func(err error) {
		s.book, s.tabs, s.active, s.ails, s.seats = nil, nil, 0, nil, seats{}
		s.body.Objects = nil // what stood there draws from the book
		if err != nil {
			s.words(err) // for the log: the book's own state is safe, and the window goes on
		}
		then()
	})
}

// keeper is a screen with something typed that outlives the program.
type keeper interface{ Keep() }
