package host

import (
	"fyne.io/fyne/v2"

	"zhanggui/data/rights"
	"zhanggui/data/text"
	"zhanggui/data/workflow/who"
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

// Editor is a screen in which something of the book is typed (12.4).
type Editor interface {
	// Editing is the key of who for what it shows, and whether something is typed in it.
	Editing() (key string, typed bool)
	// Others is told whenever somebody came, went, or began or ended typing.
	Others(list []who.Person)
}

// Command is one thing a screen can do. Key is as printed: "Ctrl+S", "F9".
type Command struct {
	Label   text.Text
	Key     string
	Icon    string
	Primary bool
	Off     bool           // shown, but not possible now
	Why     text.Text      // why it is not possible now, said where its key is pressed all the same
	Needs   []rights.Grant // rights without which it is grey; who may is said
	Hidden  bool           // in the menu and by its key only, not in the toolbar
	Gap     bool           // a little room before it
	End     bool           // at the right end of the toolbar, without its word
	Run     func()
}

// Needs are rights to do what the verbs say with an object: a kind, a type of records, a report, or the book.
func Needs(object string, verbs ...string) (list []rights.Grant) {
	for _, v := range verbs {
		list = append(list, rights.Need(rights.Of(object, v)))
	}
	return list
}

// Answer is one way out of a question: a key, also a combination as "Ctrl+S", and what it does. The first one is the safe one: Esc and
// Enter take it too.
type Answer struct {
	Label   text.Text
	Key     fyne.KeyName
	Run     func()
	Unready func() bool // not yet an answer: the question stays; nil: always one
}

// Still is what screens without anything typed have in common.
type Still struct{}

func (Still) Key(*fyne.KeyEvent) bool { return false }
func (Still) Changed()                {}
func (Still) Unsaved() bool           { return false }
func (Still) Leave(done func(bool))   { done(true) }
