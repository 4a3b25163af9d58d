package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Tone is how loud a message is.
type Tone int

// The tones.
const (
	Hint Tone = iota
	Warning
	Refusal
	Working
)

// Offer is a key that a message carries; while it stands the key is its own.
type Offer struct {
	Key   fyne.KeyName
	Label string
	Run   func()
}

// Message is the line at the window's foot that always stands there, so that nothing jumps when it speaks.
type Message struct {
	box    *fyne.Container
	offers []Offer
	tone   Tone
	text   string
}

// NewMessage makes an empty line.
func NewMessage() *Message {
	m := &Message{box: container.NewStack()}
	m.Say(Hint, "")
	return m
}

// Object is the line.
func (m *Message) Object() fyne.CanvasObject { return m.box }

// Text is what the line says, and how loud.
func (m *Message) Text() (string, Tone) { return m.text, m.tone }

// Say shows a message with the keys it offers. Of a hint, what follows a tab stands at the right end.
func (m *Message) Say(tone Tone, text string, offers ...Offer) {
	m.tone, m.text, m.offers = tone, text, offers
	ground, ink, line, icon := Paper, Ink2, Hair, "info"
	switch tone {
	case Warning:
		ground, ink, line, icon = WarnGround, Warn, WarnLine, "warn"
	case Refusal:
		ground, ink, line, icon = NegativeGround, Negative, Negative, "warn"
	case Working:
		icon = "ref"
	}
	word := &fitted{text: canvas.NewText("", ink.Color())}
	word.text.TextSize = M().Text
	word.full = text
	right := container.New(Row{Gap: 6})
	if left, aside, ok := strings.Cut(text, "\t"); ok {
		word.full = left
		right.Add(Label(aside, ink, M().Caption, false))
	}
	for _, o := range offers {
		label := Label(string(o.Key)+" "+o.Label, ink, M().Caption, false)
		right.Add(NewTap(container.NewStack(Framed(Clear, ink, 1), Pad(5, 1, label)), o.Run))
	}
	left := fyne.CanvasObject(Fixed(20, 16, Picture(icon, ink, 16)))
	if text == "" {
		left = layout.NewSpacer()
	}
	row := container.NewBorder(nil, nil, container.NewCenter(left), container.NewCenter(right), container.New(word, word.text))
	m.box.Objects = []fyne.CanvasObject{Box(ground), container.NewBorder(HLine(line), nil, nil, nil, Fixed(0, 27, Pad(12, 0, row)))}
	m.box.Refresh()
}

// Key runs the offer of a key.
func (m *Message) Key(ev *fyne.KeyEvent) bool {
	for _, o := range m.offers {
		if o.Key == ev.Name {
			o.Run()
			return true
		}
	}
	return false
}

// fitted cuts one text to the width it gets.
type fitted struct {
	text    *canvas.Text
	full    string
	shrinks float32 // the size it has where there is room; 0: it is cut only
}

func (f *fitted) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(10, lineHeight(f.text.TextSize))
}

func (f *fitted) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	if f.shrinks > 0 {
		f.text.TextSize = Shrink(f.full, f.shrinks, f.text.TextStyle.Bold, s.Width)
	}
	f.text.Text = Fit(f.full, f.text.TextSize, f.text.TextStyle.Bold, s.Width)
	h := lineHeight(f.text.TextSize)
	f.text.Resize(fyne.NewSize(s.Width, h))
	f.text.Move(fyne.NewPos(0, (s.Height-h)/2))
}

// Fitted is a label that is cut to the width it gets.
func Fitted(s string, shade Shade, size float32, boldly bool) fyne.CanvasObject {
	f := &fitted{text: Label("", shade, size, boldly), full: s}
	return container.New(f, f.text)
}

// Cut is the whole of a fitted label's text where only a part of it has room; empty where all of it stands there.
func Cut(o fyne.CanvasObject) string {
	if c, ok := o.(*fyne.Container); ok {
		if f, ok := c.Layout.(*fitted); ok && f.text.Text != f.full {
			return f.full
		}
	}
	return ""
}

// Shrunk is a label that is set smaller, down to three quarters, before it is cut.
func Shrunk(s string, shade Shade, size float32, boldly bool) fyne.CanvasObject {
	f := &fitted{text: Label("", shade, size, boldly), full: s, shrinks: size}
	return container.New(f, f.text)
}

// Notice is a message that stands in a screen of its own as long as what it says is so.
func Notice(tone Tone, text string, offers ...Offer) fyne.CanvasObject {
	m := NewMessage()
	m.Say(tone, text, offers...)
	return m.Object()
}

// NoticeLines is a notice of several lines.
func NoticeLines(tone Tone, lines ...string) fyne.CanvasObject {
	box := container.NewVBox()
	for _, l := range lines {
		box.Add(Notice(tone, l))
	}
	return box
}
