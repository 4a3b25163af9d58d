package gui

import (
	"strings"
	"zhanggui/gui/host"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Screen, Command and Answer are the host's: rooms of their own make them too.
type (
	Screen  = host.Screen
	Command = host.Command
	Answer  = host.Answer
	still   = host.Still
)

// keyNames are the printed names that Fyne calls otherwise.
var keyNames = map[string]fyne.KeyName{
	"PgUp": fyne.KeyPageUp, "PgDn": fyne.KeyPageDown, "Del": fyne.KeyDelete, "Ins": fyne.KeyInsert, "Enter": fyne.KeyReturn, "Esc": fyne.KeyEscape,
}

// edits are the combinations that Fyne tells by what they do to a text. Where a text is typed in they are its own, so they do not
// stand in the menu.
var edits = map[string]fyne.Shortcut{"Ctrl+A": &fyne.ShortcutSelectAll{}, "Ctrl+Z": &fyne.ShortcutUndo{}, "Ctrl+Y": &fyne.ShortcutRedo{}, "Ctrl+C": &fyne.ShortcutCopy{}}

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
