package kit

import (
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"zhanggui/data/fault"
)

// Host is the window around the parts: what it does with keys they do not use, and where overlays go.
type Host interface {
	// Before sees every key first (the message line's own keys); true means it was used.
	Before(*fyne.KeyEvent) bool
	// After sees the keys the part with the focus did not use.
	After(*fyne.KeyEvent)
	// Shortcut sees Ctrl and Alt combinations the part with the focus did not use.
	Shortcut(fyne.Shortcut)
	// Caught is told of a panic in a key or a click; the window goes on.
	Caught(error)
	// Layer is where overlays lie.
	Layer() *Layer
}

// KeyCtrlInsert stands for Ctrl+Insert, which Fyne only tells as "copy".
const KeyCtrlInsert fyne.KeyName = "Ctrl+Insert"

var (
	hostMu sync.Mutex
	hosts  = map[fyne.Canvas]Host{}
)

// Attach makes h the host of the canvas; keys that no part has the focus for go to it too. A nil host detaches.
func Attach(c fyne.Canvas, h Host) {
	hostMu.Lock()
	defer hostMu.Unlock()
	if h == nil {
		delete(hosts, c)
		return
	}
	hosts[c] = h
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		defer caughtBy(h)
		Touched()
		if !h.Before(ev) {
			h.After(ev)
		}
	})
}

func hostOf(o fyne.CanvasObject) Host {
	c := canvasOf(o)
	hostMu.Lock()
	defer hostMu.Unlock()
	return hosts[c]
}

// caught is deferred by everything the window calls a part for: a panic in it ends that key or click, not the program.
func caught(o fyne.CanvasObject) {
	if p, bad := fault.Caught(recover()).(*fault.Panic); bad {
		tell(hostOf(o), p)
	}
}

func caughtBy(h Host) {
	if p, bad := fault.Caught(recover()).(*fault.Panic); bad {
		tell(h, p)
	}
}

func tell(h Host, p *fault.Panic) {
	if h == nil {
		panic(p)
	}
	h.Caught(p)
}

// canvasOf is the canvas an object is on. Fyne knows it only after the first frame; until then the program's one window it is.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		return c
	}
	hostMu.Lock()
	defer hostMu.Unlock()
	for c := range hosts {
		return c
	}
	return nil
}

// before offers a key to the host of o first.
func before(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	Touched()
	h := hostOf(o)
	return h != nil && h.Before(ev)
}

func after(o fyne.CanvasObject, ev *fyne.KeyEvent) {
	if h := hostOf(o); h != nil {
		h.After(ev)
	}
}

func shortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	Touched()
	if h := hostOf(o); h != nil {
		h.Shortcut(s)
	}
}

// keyDown turns what arrives neither as a key nor as a shortcut of its own into a key.
func keyDown(o fyne.CanvasObject, ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyInsert && Modifiers() == fyne.KeyModifierControl {
		after(o, &fyne.KeyEvent{Name: KeyCtrlInsert})
	}
}

// Focus gives the keyboard to a part, if it is in a window.
func Focus(o fyne.Focusable) {
	if o == nil {
		return
	}
	if c := canvasOf(o.(fyne.CanvasObject)); c != nil {
		c.Focus(o)
	}
}

// Modifiers are the modifier keys held down now.
func Modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// Shift tells whether Shift is held down.
func Shift() bool { return Modifiers()&fyne.KeyModifierShift != 0 }

// lastTouched is when somebody last pressed a key or clicked, in nanoseconds.
var lastTouched atomic.Int64

// Touched says that somebody is there: every key and click does.
func Touched() { lastTouched.Store(time.Now().UnixNano()) }

// LastTouched is when somebody was there last.
func LastTouched() time.Time { return time.Unix(0, lastTouched.Load()) }
