package kit

import (
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

type measured struct {
	text string
	size float32
	bold bool
}

var (
	widthMu sync.Mutex
	widths  = map[measured]float32{}
)

// Width is how wide a text is. Remembered, because a table asks for the same words at every key.
func Width(s string, size float32, boldly bool) float32 {
	if s == "" {
		return 0
	}
	k := measured{s, size, boldly}
	widthMu.Lock()
	defer widthMu.Unlock()
	if w, ok := widths[k]; ok {
		return w
	}
	if len(widths) > 20_000 {
		clear(widths)
	}
	w := fyne.MeasureText(s, size, fyne.TextStyle{Bold: boldly}).Width
	widths[k] = w
	return w
}

// Fit cuts a text so that it is no wider than max; what is cut ends in an ellipsis.
func Fit(s string, size float32, boldly bool, max float32) string {
	if max <= 0 {
		return ""
	}
	if Width(s, size, boldly) <= max {
		return s
	}
	r := []rune(s)
	lo, hi := 0, len(r)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if Width(string(r[:mid])+"…", size, boldly) <= max {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	if lo == 0 {
		return ""
	}
	return string(r[:lo]) + "…"
}

// Shrink is the size, down to three quarters of it, at which a text is no wider than max; at the least it may still be.
func Shrink(s string, size float32, boldly bool, max float32) float32 {
	least := size * 0.75
	for size > least && Width(s, size, boldly) > max {
		size--
	}
	return size
}

// Label is a plain text in a shade.
func Label(s string, shade Shade, size float32, boldly bool) *canvas.Text {
	t := canvas.NewText(s, shade.Color())
	t.TextSize = size
	t.TextStyle.Bold = boldly
	return t
}

// Words is a label of normal size.
func Words(s string) *canvas.Text { return Label(s, Ink, M().Text, false) }

// Caption is a small label.
func Caption(s string) *canvas.Text { return Label(s, Ink2, M().Caption, false) }

// Box is a filled rectangle.
func Box(s Shade) *canvas.Rectangle { return canvas.NewRectangle(s.Color()) }

// Framed is a filled rectangle with a line around.
func Framed(fill, line Shade, width float32) *canvas.Rectangle {
	r := Box(fill)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = line.Color(), width, 3
	return r
}
