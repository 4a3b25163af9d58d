package gui

import (
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"

	"zhanggui/data/text"
	"zhanggui/gui/kit"
)

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
func (p prefs) recent() []string { return p.p.StringList("recent") }

func (p prefs) remember(path string) {
	list := slices.DeleteFunc(p.recent(), func(s string) bool { return s == path })
	list = append([]string{path}, list...)
	p.p.SetStringList("recent", list[:min(len(list), mostRecent)])
}

func (p prefs) forget(path string) {
	p.p.SetStringList("recent", slices.DeleteFunc(p.recent(), func(s string) bool { return s == path }))
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
