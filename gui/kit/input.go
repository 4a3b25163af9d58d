package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"zhanggui/data/text"
)

// Input is a box for one line of text. Fyne's Entry cannot right-align, hides F-keys from everybody else and blinks; this one
// offers every key first to its owner and the host, and selects its whole value when it gets the focus.
type Input struct {
	widget.BaseWidget
	Align   fyne.TextAlign
	Hint    string // in grey while empty
	Mark    string // at the right end, the key that opens its list: F4
	Plain   bool   // text over a hairline: to be read, not typed in
	Secret  bool   // dots instead of the characters
	Bare    bool   // no frame of its own while without focus (laid over a cell)
	Link    bool   // its text opens something
	Metrics Metrics

	OnChanged func(string)                 // after every change by a person
	OnKey     func(ev *fyne.KeyEvent) bool // before the box itself; true: used
	OnRune    func(r rune) bool            // likewise for typed characters
	OnFocus   func(gained bool)            // after the focus came or went
	OnPaste   func(clipboard string) bool  // before pasting; true: used

	text     []rune
	caret    int
	anchor   int // the other end of the selection
	first    int // first visible character
	focused  bool
	refused  bool
	undo     [][]rune
	lastDown time.Time
}

// NewInput makes an empty box.
func NewInput() *Input {
	i := &Input{Metrics: M()}
	i.ExtendBaseWidget(i)
	return i
}

// Text is what stands in the box.
func (i *Input) Text() string { return string(i.text) }

// SetText replaces the content; nobody is told.
func (i *Input) SetText(s string) {
	i.text = []rune(clean(s))
	i.caret, i.anchor, i.first, i.undo = len(i.text), len(i.text), 0, nil
	i.Refresh()
}

// Refuse marks the content as refused (red frame, selected) until it changes.
func (i *Input) Refuse(yes bool) {
	i.refused = yes
	if yes {
		i.SelectAll()
	}
	i.Refresh()
}

// Refused tells whether the content stands refused.
func (i *Input) Refused() bool { return i.refused }

// Focused tells whether the box has the keyboard.
func (i *Input) Focused() bool { return i.focused }

// SelectAll selects the whole content, so that the next character replaces it.
func (i *Input) SelectAll() { i.anchor, i.caret = 0, len(i.text); i.Refresh() }

// Caret puts the caret at the end without a selection.
func (i *Input) Caret() { i.caret, i.anchor = len(i.text), len(i.text); i.Refresh() }

// Selected tells whether the whole content is selected.
func (i *Input) Selected() bool { return i.anchor != i.caret || len(i.text) == 0 }

// clean is a text as one line shows it.
func clean(s string) string { return text.Seen(s, false) }

// insert replaces the selection.
func (i *Input) insert(s []rune) {
	a, b := min(i.caret, i.anchor), max(i.caret, i.anchor)
	if a == b && len(s) == 0 {
		return
	}
	i.undo = append(i.undo, append([]rune(nil), i.text...))
	i.text = append(append(append([]rune(nil), i.text[:a]...), s...), i.text[b:]...)
	i.caret = a + len(s)
	i.anchor = i.caret
	i.changed()
}

func (i *Input) changed() {
	i.refused = false
	i.Refresh()
	if i.OnChanged != nil {
		i.OnChanged(string(i.text))
	}
}

// FocusGained selects the content.
func (i *Input) FocusGained() {
	defer caught(i)
	i.focused = true
	i.anchor, i.caret = 0, len(i.text)
	i.Refresh()
	if i.OnFocus != nil {
		i.OnFocus(true)
	}
}

// FocusLost shows the beginning again.
func (i *Input) FocusLost() {
	defer caught(i)
	i.focused = false
	i.first = 0
	i.Refresh()
	if i.OnFocus != nil {
		i.OnFocus(false)
	}
}

// AcceptsTab keeps Tab for the ring.
func (i *Input) AcceptsTab() bool { return true }

// KeyDown is part of desktop.Keyable.
func (i *Input) KeyDown(ev *fyne.KeyEvent) {
	defer caught(i)
	keyDown(i, ev)
}

// KeyUp is part of desktop.Keyable.
func (i *Input) KeyUp(*fyne.KeyEvent) {}

// TypedRune takes a character.
func (i *Input) TypedRune(r rune) {
	defer caught(i)
	if i.OnRune != nil && i.OnRune(r) || i.Plain {
		return
	}
	i.insert([]rune{r})
}

// TypedKey offers the key to the host, the owner, the box, and the host again.
func (i *Input) TypedKey(ev *fyne.KeyEvent) {
	defer caught(i)
	if before(i, ev) || i.OnKey != nil && i.OnKey(ev) || !i.Plain && i.edit(ev.Name) {
		return
	}
	after(i, ev)
}

func (i *Input) edit(key fyne.KeyName) bool {
	shift := Shift()
	move := func(to int) {
		i.caret = max(0, min(len(i.text), to))
		if !shift {
			i.anchor = i.caret
		}
		i.Refresh()
	}
	switch key {
	case fyne.KeyLeft:
		if !shift && i.anchor != i.caret {
			move(min(i.anchor, i.caret))
		} else {
			move(i.caret - 1)
		}
	case fyne.KeyRight:
		if !shift && i.anchor != i.caret {
			move(max(i.anchor, i.caret))
		} else {
			move(i.caret + 1)
		}
	case fyne.KeyHome:
		move(0)
	case fyne.KeyEnd:
		move(len(i.text))
	case fyne.KeyBackspace:
		if i.anchor == i.caret {
			i.anchor = max(0, i.caret-1)
		}
		i.insert(nil)
	case fyne.KeyDelete:
		if i.anchor == i.caret {
			i.anchor = min(len(i.text), i.caret+1)
		}
		i.insert(nil)
	default:
		return false
	}
	return true
}

// TypedShortcut does copy, cut, paste, select all and undo; the others go to the host.
func (i *Input) TypedShortcut(s fyne.Shortcut) {
	defer caught(i)
	a, b := min(i.caret, i.anchor), max(i.caret, i.anchor)
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		if a != b && !i.Secret {
			s.Clipboard.SetContent(string(i.text[a:b]))
		}
	case *fyne.ShortcutCut:
		if a != b && !i.Plain && !i.Secret {
			s.Clipboard.SetContent(string(i.text[a:b]))
			i.insert(nil)
		}
	case *fyne.ShortcutPaste:
		content := text.Seen(s.Clipboard.Content(), true)
		if !i.Plain && (i.OnPaste == nil || !i.OnPaste(content)) {
			i.insert([]rune(clean(content)))
		}
	case *fyne.ShortcutSelectAll:
		i.SelectAll()
	case *fyne.ShortcutUndo:
		n := len(i.undo)
		if n == 0 || i.Plain {
			shortcut(i, s) // nothing was typed here: the screen may have something to take back
			return
		}
		i.text, i.undo = i.undo[n-1], i.undo[:n-1]
		i.caret, i.anchor = len(i.text), len(i.text)
		i.changed()
	default:
		shortcut(i, s)
	}
}

// MouseDown takes the focus and puts the caret there; a second press at once selects all.
func (i *Input) MouseDown(ev *desktop.MouseEvent) {
	defer caught(i)
	Touched()
	was := i.focused
	Focus(i)
	if again := time.Since(i.lastDown) < 400*time.Millisecond; was && !again {
		i.caret = i.at(ev.Position.X)
		i.anchor = i.caret
	} else {
		i.anchor, i.caret = 0, len(i.text)
	}
	i.lastDown = time.Now()
	i.Refresh()
}

// MouseUp is part of desktop.Mouseable.
func (i *Input) MouseUp(*desktop.MouseEvent) {}

// Dragged selects.
func (i *Input) Dragged(ev *fyne.DragEvent) {
	defer caught(i)
	i.caret = i.at(ev.Position.X)
	i.Refresh()
}

// DragEnd is part of fyne.Draggable.
func (i *Input) DragEnd() {}

// Cursor shows that text can be typed.
func (i *Input) Cursor() desktop.Cursor {
	if i.Plain {
		return desktop.DefaultCursor
	}
	return desktop.TextCursor
}

// at is the place in the text under x.
func (i *Input) at(x float32) int {
	shown, start := i.visible()
	x -= start
	for n := range shown {
		w := Width(string(shown[:n+1]), i.Metrics.Text, false)
		if x < w-Width(string(shown[n]), i.Metrics.Text, false)/2 {
			return i.first + n
		}
	}
	return i.first + len(shown)
}

const inputPad = 6

// visible is the part of the text that has room, and where it starts.
func (i *Input) visible() ([]rune, float32) {
	room := i.room()
	text := i.text
	if i.Secret {
		text = []rune(strings.Repeat("●", len(text)))
	}
	size := i.Metrics.Text
	if Width(string(text), size, false) <= room {
		i.first = 0
	} else if i.focused {
		i.first = max(0, min(i.first, i.caret))
		for i.first < i.caret && Width(string(text[i.first:i.caret]), size, false) > room {
			i.first++
		}
	}
	shown := text[i.first:]
	for len(shown) > 0 && Width(string(shown), size, false) > room {
		shown = shown[:len(shown)-1]
	}
	start := float32(inputPad)
	switch w := Width(string(shown), size, false); i.Align {
	case fyne.TextAlignTrailing:
		start += room - w
	case fyne.TextAlignCenter:
		start += (room - w) / 2
	}
	return shown, start
}

func (i *Input) room() float32 {
	r := i.Size().Width - 2*inputPad
	if m := i.mark(); m != "" && !i.Plain {
		r -= Width(m, i.Metrics.Caption, false) + inputPad
	}
	return max(r, 0)
}

// mark is what stands at the right end: the key of its list, or that what is typed was refused.
func (i *Input) mark() string {
	if i.refused {
		return "!"
	}
	return i.Mark
}

// CreateRenderer draws the box.
func (i *Input) CreateRenderer() fyne.WidgetRenderer {
	r := &inputRenderer{i: i, frame: Framed(Paper, Line, 1), under: Box(Hair), mark: Box(Select), text: Words(""), caret: Box(Ink), key: Caption("")}
	r.objects = []fyne.CanvasObject{r.frame, r.under, r.mark, r.text, r.caret, r.key}
	return r
}

type inputRenderer struct {
	i                  *Input
	frame, under, mark *canvas.Rectangle
	text, key          *canvas.Text
	caret              *canvas.Rectangle
	objects            []fyne.CanvasObject
}

func (r *inputRenderer) Destroy()                     {}
func (r *inputRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *inputRenderer) MinSize() fyne.Size           { return fyne.NewSize(24, r.i.Metrics.Box) }
func (r *inputRenderer) Layout(fyne.Size)             { r.Refresh() }

func (r *inputRenderer) Refresh() {
	i, size := r.i, r.i.Size()
	r.frameUp(size)
	shown, start := i.visible()
	r.text.TextSize = i.Metrics.Text
	r.text.Text, r.text.Color = string(shown), Ink.Color()
	switch {
	case len(i.text) == 0 && i.Hint != "":
		r.text.Text, r.text.Color, start = Fit(i.Hint, i.Metrics.Text, false, i.room()), Ink3.Color(), inputPad
	case !i.focused && len(shown) < len(i.text):
		r.text.Text = Fit(string(i.text), i.Metrics.Text, false, i.room())
	}
	switch {
	case i.Link && len(i.text) > 0:
		r.text.Color = Accent.Color()
	case strings.HasPrefix(r.text.Text, "-") && i.Align == fyne.TextAlignTrailing:
		r.text.Color = Negative.Color()
	}
	h := r.text.MinSize().Height
	y := (size.Height - h) / 2
	r.text.Move(fyne.NewPos(start, y))
	r.text.Resize(fyne.NewSize(Width(r.text.Text, i.Metrics.Text, false), h))
	x := func(n int) float32 {
		n = max(0, min(len(shown), n-i.first))
		return start + Width(string(shown[:n]), i.Metrics.Text, false)
	}
	r.mark.Hidden = !i.focused || i.anchor == i.caret
	a, b := x(min(i.anchor, i.caret)), x(max(i.anchor, i.caret))
	r.mark.FillColor = Accent.Color()
	r.mark.Move(fyne.NewPos(a, y))
	r.mark.Resize(fyne.NewSize(b-a, h))
	if !r.mark.Hidden && i.anchor != i.caret && len(shown) == len(i.text) && max(i.anchor, i.caret)-min(i.anchor, i.caret) == len(i.text) {
		r.text.Color = OnAccent.Color()
	} else {
		r.mark.FillColor = Select.Color()
	}
	r.caret.Hidden = !i.focused || i.Plain
	r.caret.FillColor = Ink.Color()
	r.caret.Move(fyne.NewPos(x(i.caret), y))
	r.caret.Resize(fyne.NewSize(1, h))
	r.key.Hidden = i.mark() == "" || i.Plain && !i.refused
	r.key.Text, r.key.TextSize, r.key.Color = i.mark(), i.Metrics.Caption, Ink3.Color()
	if i.refused {
		r.key.Color = Negative.Color()
	}
	k := r.key.MinSize()
	r.key.Move(fyne.NewPos(size.Width-k.Width-inputPad, (size.Height-k.Height)/2))
	for _, o := range r.objects {
		canvas.Refresh(o)
	}
}

// frameUp draws the frame by the box's state.
func (r *inputRenderer) frameUp(size fyne.Size) {
	i := r.i
	r.frame.Hidden = i.Plain || i.Bare && !i.focused && !i.refused
	r.under.Hidden = !i.Plain || i.Bare
	r.under.FillColor = Hair.Color()
	if i.focused {
		r.under.FillColor = Accent.Color()
	}
	r.under.Move(fyne.NewPos(0, size.Height-1))
	r.under.Resize(fyne.NewSize(size.Width, 1))
	r.frame.FillColor, r.frame.StrokeColor, r.frame.StrokeWidth = Paper.Color(), Line.Color(), 1
	if i.Bare {
		r.frame.CornerRadius = 0
	}
	switch {
	case i.refused:
		r.frame.StrokeColor, r.frame.StrokeWidth = Negative.Color(), 2
	case i.focused:
		r.frame.StrokeColor, r.frame.StrokeWidth = Accent.Color(), 2
	}
	r.frame.Resize(size)
}
