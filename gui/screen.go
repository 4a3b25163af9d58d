package gui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"zhanggui/data/text"
)

// Screen is what one tab shows.
type Screen interface {
	// ID tells screens apart: opening one that stands already shows its tab.
	ID() string
	// Title is the tab's word.
	Title() text.Text
	// Area is the navigation door that is lit: home, purchase, sales …, masters, reports, settings.
	Area() string
	// Object builds the screen from its state; it is called again when language, theme or text size change.
	Object() fyne.CanvasObject
	// Commands are its keys and buttons as they stand now.
	Commands() []Command
	// Focus gives the keyboard to where work goes on.
	Focus()
	// Key sees the keys no part of the screen used.
	Key(*fyne.KeyEvent) bool
	// Changed is called after every change of the book, on the main goroutine.
	Changed()
	// Unsaved tells whether something typed is not in the book yet.
	Unsaved() bool
	// Leave is asked before the tab closes; done(true) lets it go.
	Leave(done func(bool))
}

// Command is one thing a screen can do. Key is as printed: "Ctrl+S", "F9".
type Command struct {
	Label   text.Text
	Key     string
	Icon    string
	Primary bool
	Off     bool // shown, but not possible now
	Hidden  bool // in the menu and by its key only, not in the toolbar
	Gap     bool // a little room before it
	End     bool // at the right end of the toolbar, without its word
	Run     func()
}

// keyNames are the printed names that Fyne calls otherwise.
var keyNames = map[string]fyne.KeyName{
	"PgUp": fyne.KeyPageUp, "PgDn": fyne.KeyPageDown, "Del": fyne.KeyDelete, "Ins": fyne.KeyInsert, "Enter": fyne.KeyReturn, "Esc": fyne.KeyEscape,
}

// edits are the combinations that Fyne tells by what they do to a text. Where a text is typed in they are its own, so they do not
// stand in the menu.
var edits = map[string]fyne.Shortcut{"Ctrl+A": &fyne.ShortcutSelectAll{}, "Ctrl+Z": &fyne.ShortcutUndo{}, "Ctrl+Y": &fyne.ShortcutRedo{}}

// combination turns a printed key into a shortcut; plain keys have none.
func combination(key string) fyne.Shortcut {
	if s, ok := edits[key]; ok {
		return s
	}
	parts := strings.Split(key, "+")
	var mod fyne.KeyModifier
	for _, p := range parts[:len(parts)-1] {
		switch p {
		case "Ctrl":
			mod |= fyne.KeyModifierShortcutDefault
		case "Alt":
			mod |= fyne.KeyModifierAlt
		case "Shift":
			mod |= fyne.KeyModifierShift
		}
	}
	if mod == 0 {
		return nil
	}
	return &desktop.CustomShortcut{KeyName: keyName(parts[len(parts)-1]), Modifier: mod}
}

func keyName(printed string) fyne.KeyName {
	if n, ok := keyNames[printed]; ok {
		return n
	}
	return fyne.KeyName(printed)
}

// byKey finds the command of a plain key.
func byKey(list []Command, key fyne.KeyName) (Command, bool) {
	for _, c := range list {
		if c.Key != "" && !strings.Contains(c.Key, "+") && keyName(c.Key) == key {
			return c, true
		}
	}
	return Command{}, false
}

// byShortcut finds the command of a combination.
func byShortcut(list []Command, s fyne.Shortcut) (Command, bool) {
	for _, c := range list {
		if k := combination(c.Key); k != nil && k.ShortcutName() == s.ShortcutName() {
			return c, true
		}
	}
	return Command{}, false
}
