package kit

import (
	"fyne.io/fyne/v2"
)

// Way is where the keyboard wants to go from a field.
type Way int

// The ways. Next is Enter, TabOn goes to every field, also those Enter passes by.
const (
	Next Way = iota
	TabOn
	BackTab
	Up
	Down
	Left
	Right
	Below // Ctrl+Enter: the first cell of the next line, whatever is left of this one
)

// Field is a box with a value behind its text: what is typed is read when the box is left, and shown in the field's own form.
type Field struct {
	*Input
	Label    string
	Width    float32
	Show     func(value string) string          // nil: the value itself
	Parse    func(typed string) (string, error) // nil: as typed
	Pick     *Picker                            // a list to choose from
	Step     func(value string, by int) string  // ↑↓ change the value (dates)
	OnCommit func(value string) error           // a new value; an error refuses it
	OnRefuse func(err error)                    // says the error
	OnSettle func()                             // what was refused is taken back or put right
	OnWalk   func(w Way)                        // after a value was taken
	OnEnter  func()                             // the focus came
	Eager    bool                               // typing opens the list at once
	Cell     bool                               // in a grid: ↑↓← → leave the cell
	OnScan   func(typed string) bool            // what was typed was a scanned code; its owner shows the value anew
	value    string
	shown    string
	taking   bool
	listed   bool
	faulty   bool // a refusal was said and is not put right yet
}

// NewField makes a field; set its functions before showing it.
func NewField(label string) *Field {
	f := &Field{Input: NewInput(), Label: label, Eager: true}
	f.OnKey = f.key
	f.Input.OnChanged = f.typed
	f.OnFocus = f.focus
	return f
}

// Value is the value last taken.
func (f *Field) Value() string { return f.value }

// SetValue sets and shows a value.
func (f *Field) SetValue(v string) {
	f.value = v
	f.shown = v
	if f.Show != nil {
		f.shown = f.Show(v)
	}
	f.refused = false
	f.SetText(f.shown)
	if f.focused {
		f.SelectAll()
	}
	f.settle()
}

// settle takes back what was said of a refused value.
func (f *Field) settle() {
	if !f.faulty || f.refused {
		return
	}
	f.faulty = false
	if f.OnSettle != nil {
		f.OnSettle()
	}
}

// WithPicker gives the field a list.
func (f *Field) WithPicker(p *Picker) *Field {
	f.Pick = p
	f.Mark = "F4"
	p.Now = f.Value
	p.OnPick = func(v string) {
		if f.take(v) && f.OnWalk != nil {
			f.OnWalk(Next)
		}
	}
	return f
}

func (f *Field) typed(s string) {
	f.settle() // what was refused stands there no more, so nothing is said of it
	switch {
	case f.Pick == nil || f.Plain:
	case s == "":
		f.Pick.Close()
	case f.Pick.Opened():
		f.Pick.Update(s)
	case f.Eager:
		f.Pick.Open(f.Input, s)
	}
}

func (f *Field) focus(gained bool) {
	if gained {
		if f.OnEnter != nil {
			f.OnEnter()
		}
		return
	}
	if f.Pick != nil {
		f.Pick.Close()
	}
	f.Commit()
}

// Commit takes what is typed; false: it was refused and stands as typed.
func (f *Field) Commit() bool {
	typed := f.Text()
	if typed == f.shown || f.Plain || f.taking {
		f.settle()
		return !f.refused
	}
	if f.OnScan != nil {
		f.taking = true // a dialog that asks which product it is takes the keyboard away: the code is not scanned again by that
		used := f.OnScan(typed)
		f.taking = false
		if used {
			return true
		}
	}
	v := typed
	if f.Parse != nil {
		var err error
		if v, err = f.Parse(typed); err != nil {
			f.refuse(err)
			return false
		}
	}
	return f.take(v)
}

func (f *Field) take(v string) bool {
	f.taking = true
	defer func() { f.taking = false }()
	if f.OnCommit != nil {
		if err := f.OnCommit(v); err != nil {
			f.refuse(err)
			return false
		}
	}
	f.SetValue(v)
	return true
}

// Refuse marks the content as refused, or takes that back. What is said of it goes with the first character that changes it.
func (f *Field) Refuse(yes bool) {
	f.faulty = f.faulty || yes
	f.Input.Refuse(yes)
}

func (f *Field) refuse(err error) {
	f.Refuse(true)
	if f.OnRefuse != nil {
		f.OnRefuse(err)
	}
}

// FromList tells whether what is being taken comes from the open list.
func (f *Field) FromList() bool { return f.listed }

// Restore puts the value back that stood before typing.
func (f *Field) Restore() { f.SetValue(f.value) }

// Dirty tells whether something was typed that is not taken yet.
func (f *Field) Dirty() bool { return f.Text() != f.shown }

func (f *Field) key(ev *fyne.KeyEvent) bool {
	open := f.Pick != nil && f.Pick.Opened()
	if open && f.Pick.Key(ev) {
		return true
	}
	switch ev.Name {
	case fyne.KeyF4:
		if f.Pick == nil || f.Plain {
			return false
		}
		if open {
			f.Pick.Update("")
		} else {
			f.Pick.Open(f.Input, "")
		}
	case fyne.KeyInsert:
		return f.makes()
	case fyne.KeyReturn, fyne.KeyEnter:
		f.leave(open, Next)
	case fyne.KeyTab:
		if Shift() {
			f.leave(open, BackTab)
		} else {
			f.leave(open, TabOn)
		}
	case fyne.KeyUp, fyne.KeyDown:
		return f.updown(ev.Name)
	case fyne.KeyLeft, fyne.KeyRight:
		return f.sideways(ev.Name)
	case fyne.KeyEscape:
		if !f.Dirty() {
			return false
		}
		f.Restore()
		f.SelectAll()
	default:
		return false
	}
	return true
}

// makes opens the form of a new record for what was typed and refused: a refusal says that Ins does, and the list is closed by then.
func (f *Field) makes() bool {
	if f.Pick == nil || f.Pick.OnNew == nil || f.Plain || !f.refused {
		return false
	}
	f.Pick.OnNew(f.Text())
	return true
}

// leave takes the value (of the list, if one is open) and walks on.
func (f *Field) leave(open bool, w Way) {
	f.listed = open
	defer func() { f.listed = false }()
	if open {
		v, walked := f.Pick.Current(), f.Pick.walked
		f.Pick.Close()
		if f.OnScan != nil && !walked && f.OnScan(f.Text()) {
			return
		}
		if v != "" {
			if f.take(v) && f.OnWalk != nil {
				f.OnWalk(w)
			}
			return
		}
	}
	if f.Commit() && f.OnWalk != nil {
		f.OnWalk(w)
	}
}

func (f *Field) updown(key fyne.KeyName) bool {
	by, w := 1, Up
	if key == fyne.KeyDown {
		by, w = -1, Down
	}
	switch {
	case f.Cell:
		if f.Commit() && f.OnWalk != nil {
			f.OnWalk(w)
		}
	case f.Step != nil && !f.Plain:
		if f.Commit() {
			f.take(f.Step(f.value, by))
			f.SelectAll()
		}
	case f.Pick != nil && !f.Plain && key == fyne.KeyDown:
		f.Pick.Open(f.Input, "")
	default:
		if f.Commit() && f.OnWalk != nil {
			f.OnWalk(w)
		}
	}
	return true
}

// sideways leaves a cell while its whole value is selected; otherwise the caret moves.
func (f *Field) sideways(key fyne.KeyName) bool {
	if !f.Cell || Shift() || f.Dirty() || f.anchor == f.caret && len(f.text) > 0 {
		return false
	}
	w := Left
	if key == fyne.KeyRight {
		w = Right
	}
	if f.Commit() && f.OnWalk != nil {
		f.OnWalk(w)
	}
	return true
}
