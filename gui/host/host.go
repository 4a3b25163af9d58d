package host

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/reports"
)

// Host is the window as a screen sees it. Whatever a screen needs of the shell stands here; the shell needs of a screen what Screen says.
type Host interface {
	Words
	Line
	Dialogs
	Tabs
	Works
	Doors
	Looks

	// Proofs are how the last verification of the book went; Prove verifies it in the background, then is called when that is known.
	Proofs() *Proofs
	Prove(then func())
	// Book is the book in the window; nil on the welcome screen.
	Book() *workflow.Book
	// Preferences are what the program remembers for the person at this machine.
	Preferences() fyne.Preferences
	// Widths gives a table's columns the widths this person gave them, and keeps what is changed.
	Widths(table string, t *kit.Table)
}

// Words speak the window's language.
type Words interface {
	Lang() text.Lang
	T(text.Text) string
	// Tr is a phrase with its arguments in the window's language.
	Tr(zh, en string, args ...any) string
	// Words are an error for a person: a fault in its own words, anything else as an internal error whose cause goes to the log.
	Words(error) string
}

// Line is the message line at the foot.
type Line interface {
	Say(tone kit.Tone, words string, offers ...kit.Offer)
	// Hint is what the line says while nothing else is to be said.
	Hint(words string)
	// Calm takes a message back, Settled only a refusal, where it no longer holds.
	Calm()
	Settled()
	// Fail says an error; nil says nothing.
	Fail(err error, offers ...kit.Offer)
}

// Dialogs lie over the screen and have the keyboard until they are answered.
type Dialogs interface {
	Ask(title string, lines []string, answers ...Answer)
	// Dialog lays a body with answers at its foot over the window; focus gets the keyboard (nil: only the answers' keys are heard).
	Dialog(title string, body fyne.CanvasObject, size fyne.Size, focus fyne.Focusable, answers ...Answer) *kit.Overlay
	// DialogOver is Dialog where Enter may be the safe answer also while a part of the body has the keyboard.
	DialogOver(title string, body fyne.CanvasObject, size fyne.Size, focus fyne.Focusable, enter bool, answers ...Answer) *kit.Overlay
	Layer() *kit.Layer
	Window() fyne.Window
}

// Tabs hold the screens that are open.
type Tabs interface {
	// Open shows a screen, in its tab if it stands already.
	Open(Screen)
	// GoTo shows the tab of a screen that stands; false: it was closed.
	GoTo(Screen) bool
	// Current is the screen in sight.
	Current() Screen
	CloseTab()
	// Refresh draws what depends on the screen's state: tabs, toolbar, navigation, menu. The others draw one of them.
	Refresh()
	DrawTabs()
	DrawTools()
	DrawMenu()
	DrawStatus()
	// Rebuild builds every screen anew, Anew one.
	Rebuild()
	Anew(Screen)
	// TellWho tells the others who have the book open what is typed in here; over is what is taken over from somebody (12.4).
	TellWho(over ...string)
	// Do runs a command unless it is not possible now; AfterTap gives the keyboard back to the screen after a click.
	Do(Command)
	AfterTap(func()) func()
}

// Works run what takes time off the main goroutine, then done on it.
type Works interface {
	Work(what string, f func() error, done func(error))
	// Write is Work that changes what is in sight: until it is done the keyboard is not heard.
	Write(what string, f func() error, done func(error))
	// Long and LongWrite are for what Esc can stop: f heeds its context, and where it was cancelled done is not called. Only they say so.
	Long(what string, f func(context.Context) error, done func(error))
	LongWrite(what string, f func(context.Context) error, done func(error))
	// Quietly is Work without a word: what only refreshes what is in sight.
	Quietly(f func() error, done func(error))
	// OnMain runs f on the main goroutine, from wherever it is called.
	OnMain(f func())
	// Later runs f on the main goroutine in a while.
	Later(d time.Duration, f func()) *time.Timer
	// Inline tells that all work is done at once, on the calling goroutine, as in tests.
	Inline() bool
}

// Doors open screens of other rooms, which do not know each other.
type Doors interface {
	OpenSlip(number string)
	// OpenList lists the slips of a kind, OpenListOf those a filter leaves; NewSlip opens an empty form.
	OpenList(k *slip.Kind)
	OpenListOf(k *slip.Kind, f inquiry.Filter)
	NewSlip(k *slip.Kind)
	// GoToBook opens a book in the place of the one in the window.
	GoToBook(path string)
	// RestoreBook puts a backup, encrypted by a password or without one, in a book's place and opens it.
	RestoreBook(backup, password, book string)
	// EditDoc opens a new slip with what a document says.
	EditDoc(d *slip.Doc)
	OpenReport(r *reports.Report, p reports.Params)
	// OpenLog shows what the audit log tells of a slip or a record; of empty area and key, all it tells.
	OpenLog(area, key string)
	// ShowPaper previews any paper, PreviewAs slips as one of the papers their kind has.
	ShowPaper(Paper)
	PreviewAs(numbers []string, as string)
	OpenVoucher(number string)
	// OpenFlow shows the chain a slip stands in.
	OpenFlow(number string)
	// PushDown opens what follows from slips of a kind, unsaved; where several kinds can, it asks.
	PushDown(numbers []string, from *slip.Kind)
	// Import and Export ask for a file of a kind of slips or a type of masters.
	Import(kind string)
	Export(kind string)
	// OpenMasters lists the records of a type, OpenMaster opens one.
	OpenMasters(t *master.Type)
	OpenMaster(t *master.Type, code string)
	// OpenPeople opens who works in the book, OpenInbox what waits for who works here.
	OpenPeople()
	OpenInbox()
	// Verify opens the proofs, ClosePeriod the months.
	Verify()
	ClosePeriod()
	// NewMaster opens an empty form; made, if any, gets the code of what was saved.
	NewMaster(t *master.Type, name string, made func(code string))
}

// Looks are how the window looks and whom it works for; a change takes effect at once.
type Looks interface {
	Style() kit.Style
	SetStyle(kit.Style)
	SetLang(text.Lang)
	SetUser(name string)
	// Sit goes on as another has the book, with the same tabs: users were switched on or off here.
	Sit(mine *workflow.Book)
}

// Then is the end of work whose error is said; without one then goes on.
func Then(h Host, then func()) func(error) {
	return func(err error) {
		if err != nil {
			h.Fail(err)
			return
		}
		then()
	}
}

// Read runs a read in the background and hands its outcome to then on the main goroutine; an error is said.
func Read[T any](h Host, what string, f func() (T, error), then func(T)) {
	var v T
	h.Work(what, func() (err error) {
		v, err = f()
		return err
	}, Then(h, func() { then(v) }))
}

// Beside runs a read that knows no context; where ctx is cancelled nobody waits for it any longer.
func Beside[T any](ctx context.Context, f func() (T, error)) (v T, err error) {
	var read T
	outcome := fault.Go(func() (err error) {
		read, err = f()
		return err
	})
	select {
	case err := <-outcome:
		return read, err
	case <-ctx.Done():
		return v, ctx.Err()
	}
}
