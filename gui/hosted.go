package gui

import (
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// What the rooms of screens see of the shell beside its own face.

var _ host.Host = (*Shell)(nil)

// Book is the book in the window; nil on the welcome screen.
func (s *Shell) Book() *workflow.Book { return s.book }

// Lang is the window's language.
func (s *Shell) Lang() text.Lang { return s.lang }

// Tr is a phrase in the window's language.
func (s *Shell) Tr(zh, en string, args ...any) string { return s.tr(zh, en, args...) }

// Words are an error for a person.
func (s *Shell) Words(err error) string { return s.words(err) }

// Layer is where overlays lie.
func (s *Shell) Layer() *kit.Layer { return s.layer }

// Window is the window itself.
func (s *Shell) Window() fyne.Window { return s.Win }

// Preferences are what the program remembers for the person at this machine.
func (s *Shell) Preferences() fyne.Preferences { return s.App.Preferences() }

// Widths gives a table's columns the widths this person gave them, and keeps what is changed.
func (s *Shell) Widths(table string, t *kit.Table) { s.prefs.widths(table, t) }

// GoTo shows the tab of a screen that stands; false: it was closed.
func (s *Shell) GoTo(n Screen) bool {
	i := slices.IndexFunc(s.tabs, func(t *openTab) bool { return t.screen == n })
	s.Choose(i)
	return i >= 0
}

// DrawTabs, DrawTools, DrawMenu and DrawStatus draw one part around the screen.
func (s *Shell) DrawTabs() { s.drawTabs() }

// DrawTools draws the toolbar.
func (s *Shell) DrawTools() { s.drawTools() }

// DrawMenu draws the main menu.
func (s *Shell) DrawMenu() { s.drawMenu() }

// DrawStatus draws the status bar.
func (s *Shell) DrawStatus() { s.drawStatus() }

// Do runs a command, unless it is not possible now.
func (s *Shell) Do(c Command) { s.do(c) }

// AfterTap runs a command from a click and gives the keyboard back to the screen.
func (s *Shell) AfterTap(run func()) func() { return s.afterTap(run) }

// Quietly runs f in the background without a word, and then done on the main goroutine.
func (s *Shell) Quietly(f func() error, done func(error)) { s.quietly(f, done) }

// OnMain runs f on the main goroutine, from wherever it is called.
func (s *Shell) OnMain(f func()) { s.onMain(f) }

// Inline tells that all work is done at once, on the calling goroutine.
func (s *Shell) Inline() bool { return s.inline }

// Anew builds one screen anew, in sight or not.
func (s *Shell) Anew(n Screen) {
	for _, t := range s.tabs {
		if t.screen == n {
			t.object = nil
		}
	}
	s.show()
}

// Style is how the window looks.
func (s *Shell) Style() kit.Style { return s.prefs.style() }

// SetUser changes the name written on slips.
func (s *Shell) SetUser(name string) {
	s.prefs.setUser(name)
	s.setPerson()
	s.drawStatus()
}

// Proofs are how the last verification of the book went.
func (s *Shell) Proofs() *host.Proofs { return &s.proofs }

// Read runs a read in the background and hands its outcome to then on the main goroutine; an error is said.
func Read[T any](s *Shell, what string, f func() (T, error), then func(T)) {
	host.Read(s, what, f, then)
}

// prefs are what the program remembers for the person at this machine, not in the book.
type prefs struct{ p fyne.Preferences }

func (p prefs) lang() text.Lang { return text.Lang(p.p.StringWithFallback("lang", string(text.Zh))) }

func (p prefs) setLang(l text.Lang) { p.p.SetString("lang", string(l)) }

func (p prefs) style() kit.Style {
	return kit.Style{Dark: p.p.Bool("dark"), Density: kit.Density(p.p.StringWithFallback("density", string(kit.Normal)))}
}

func (p prefs) setStyle(s kit.Style) {
	p.p.SetBool("dark", s.Dark)
	p.p.SetString("density", string(s.Density))
}

// user is the name written on slips.
func (p prefs) user() string { return p.p.String("user") }

func (p prefs) setUser(name string) { p.p.SetString("user", name) }

const mostRecent = 8

// recent are the books opened last, newest first.
func (p prefs) recent() []string { return p.p.StringList(parts.RecentKey) }

func (p prefs) remember(path string) {
	list := slices.DeleteFunc(p.recent(), func(s string) bool { return s == path })
	list = append([]string{path}, list...)
	p.p.SetStringList(parts.RecentKey, list[:min(len(list), mostRecent)])
}

func (p prefs) forget(path string) {
	p.p.SetStringList(parts.RecentKey, slices.DeleteFunc(p.recent(), func(s string) bool { return s == path }))
}

// widths gives a table's columns the widths this person gave them, and keeps what is changed.
func (p prefs) widths(table string, t *kit.Table) {
	key := "widths/" + table
	saved := map[string]float32{}
	// A damaged entry only loses widths.
	_ = json.Unmarshal([]byte(p.p.String(key)), &saved)
	for i, c := range t.Columns {
		if w := saved[c.Key]; w > 0 && !c.Grow {
			t.Columns[i].Width = w
		}
	}
	t.OnWidth = func(col int, w float32) {
		saved[t.Columns[col].Key] = w
		if b, err := json.Marshal(saved); err == nil {
			p.p.SetString(key, string(b))
		}
	}
}
