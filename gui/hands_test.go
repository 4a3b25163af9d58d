package gui

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"zhanggui/data/demo"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// hands drive a window as a person does: by keys, reading what stands in it.
type hands struct {
	t     *testing.T
	s     *Shell
	named map[string]bool // codes of records that people know by name
}

// newHands opens a window without a book, in a language, with all work done at once; books go to a folder of the test's own.
func newHands(t *testing.T, lang text.Lang) *hands {
	t.Helper()
	app := test.NewTempApp(t)
	app.Preferences().SetString("lang", string(lang))
	app.Preferences().SetString("folder", t.TempDir())
	s := New(app)
	s.inline = true
	s.Win.Resize(fyne.NewSize(1366, 768))
	s.Welcome()
	t.Cleanup(func() { s.closeBook(func() {}) })
	return &hands{t: t, s: s}
}

// press presses keys by their printed names: "Enter", "F9", "Ctrl+S"; anything else is typed.
func (h *hands) press(keys ...string) {
	h.t.Helper()
	for _, k := range keys {
		if c := combination(k); c != nil {
			if f, ok := h.s.Win.Canvas().Focused().(fyne.Shortcutable); ok {
				f.TypedShortcut(c)
			} else {
				h.s.Shortcut(c)
			}
			continue
		}
		ev := &fyne.KeyEvent{Name: keyName(k)}
		if f := h.s.Win.Canvas().Focused(); f != nil {
			f.TypedKey(ev)
		} else {
			h.s.Win.Canvas().OnTypedKey()(ev)
		}
		if len(k) == 1 { // the key of a character types it too, into whatever has the keyboard by then
			if f := h.s.Win.Canvas().Focused(); f != nil {
				f.TypedRune(rune(k[0]))
			} else {
				h.s.Win.Canvas().OnTypedRune()(rune(k[0]))
			}
		}
	}
}

// write types characters into what has the keyboard.
func (h *hands) write(words string) {
	h.t.Helper()
	for _, r := range words {
		f := h.s.Win.Canvas().Focused()
		if f == nil {
			h.t.Fatalf("nothing has the keyboard to type %q", words)
		}
		f.TypedRune(r)
	}
}

// walk visits every object in sight with its place in the window.
func walk(o fyne.CanvasObject, at fyne.Position, visit func(fyne.CanvasObject, fyne.Position)) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	visit(o, at)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(c, at, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, at, visit)
		}
	}
}

// reads are all words in sight, one a line.
func (h *hands) reads() string {
	var b strings.Builder
	walk(h.s.Win.Content(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if t, ok := o.(*canvas.Text); ok && t.Text != "" {
			b.WriteString(t.Text + "\n")
		}
	})
	return b.String()
}

// sees fails unless the words stand in the window.
func (h *hands) sees(words ...string) {
	h.t.Helper()
	all := h.reads()
	for _, w := range words {
		if !strings.Contains(all, w) {
			h.t.Errorf("%q is not in sight:\n%s", w, all)
		}
	}
}

// says is what the message line says.
func (h *hands) says() string {
	words, _ := h.s.message.Text()
	return words
}

// inside fails where a text stands out of the window.
func (h *hands) inside() {
	h.t.Helper()
	size := h.s.Win.Canvas().Size()
	content := h.s.Win.Content() // Fyne's test window does not lay out anew when a part's least size has changed
	content.Resize(content.Size().SubtractWidthHeight(1, 1))
	content.Resize(content.Size().AddWidthHeight(1, 1))
	scrolled := map[fyne.CanvasObject]bool{} // what scrolls with the keyboard is seen when the cursor is there
	walk(h.s.Win.Content(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if s, ok := o.(*container.Scroll); ok {
			walk(s.Content, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) { scrolled[o] = true })
		}
	})
	walk(h.s.Win.Content(), fyne.Position{}, func(o fyne.CanvasObject, p fyne.Position) {
		if t, ok := o.(*canvas.Text); ok && t.Text != "" && !scrolled[o] {
			if m := t.MinSize(); p.X < 0 || p.Y < -1 || p.X+m.Width > size.Width+1 || p.Y+m.Height > size.Height+1 {
				h.t.Errorf("%q stands at %v, out of the window", t.Text, p)
			}
		}
	})
}

// now is the day of the tests.
var now = time.Date(2026, 11, 25, 9, 40, 0, 0, time.Local)

// demos are the demo company in both languages, made once.
var demos sync.Map

// demoBook opens the demo company.
func (h *hands) demoBook() *workflow.Book {
	h.t.Helper()
	data, ok := demos.Load(h.s.lang)
	if !ok {
		path := filepath.Join(h.t.TempDir(), "demo.zg")
		b, err := demo.Make(h.t.Context(), path, demo.Options{Lang: h.s.lang, Today: text.DateOf(now)})
		if err != nil {
			h.t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			h.t.Fatal(err)
		}
		bytes, err := os.ReadFile(path)
		if err != nil {
			h.t.Fatal(err)
		}
		data = bytes
		demos.Store(h.s.lang, data)
	}
	path := filepath.Join(h.t.TempDir(), "shop.zg")
	if err := os.WriteFile(path, data.([]byte), 0o666); err != nil {
		h.t.Fatal(err)
	}
	b, err := workflow.Open(path)
	if err != nil {
		h.t.Fatal(err)
	}
	b.Now = func() time.Time { return now }
	h.s.enter(b)
	return b
}

// bothLanguages runs a test in Chinese and in English.
func bothLanguages(t *testing.T, run func(t *testing.T, h *hands, zh bool)) {
	for _, l := range []text.Lang{text.Zh, text.En} {
		t.Run(string(l), func(t *testing.T) { run(t, newHands(t, l), l == text.Zh) })
	}
}
