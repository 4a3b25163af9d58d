package gui

import (
	"slices"
	"strings"
	"time"

	"zhanggui/data/files"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/who"
	"zhanggui/gui/host"
	"zhanggui/gui/parts"
)

// Several programs on one book tell each other who is in and what is typed in where (W4, 12.4). A slip that another types in opens to read; F2
// takes it over. It locks nothing: what both typed is merged when it is saved. In a book that nobody else has open nothing of it shows.

// looksForOthers is how often the window looks who else is in.
const looksForOthers = time.Second

// crowd are who has the book open, this window among them.
type crowd []who.Person

// comeIn takes a place among those who are in the book, and looks for the others until it is closed.
func (s *Shell) comeIn() {
	b := s.own()
	if err := who.Enter(b, "zhanggui", s.doing()); err != nil { // the work goes on without it
		files.Log(err)
	}
	s.present = nil
	s.looksForWho(b)
}

func (s *Shell) looksForWho(b *workflow.Book) {
	if s.inline {
		return
	}
	s.Later(looksForOthers, func() {
		if s.own() == b {
			s.lookWho(func() { s.looksForWho(b) })
		}
	})
}

// doing is what the window shows.
func (s *Shell) doing() string {
	if s.Current() == nil {
		return ""
	}
	return s.T(s.Current().Title())
}

// TellWho tells the others what is typed in here; over is what is taken over from somebody.
func (s *Shell) TellWho(over ...string) {
	var keys []string
	for _, t := range s.tabs {
		if e, ok := t.screen.(host.Editor); ok {
			if key, typed := e.Editing(); typed {
				keys = append(keys, key)
			}
		}
	}
	who.Does(s.Book(), s.doing(), keys, over...)
}

// lookWho tells the others what is done here, looks who they are, and tells the screens where that changed.
func (s *Shell) lookWho(then func()) {
	b := s.own()
	s.TellWho()
	var list []who.Person
	s.quietly(func() (err error) {
		list, err = who.List(b)
		return err
	}, func(err error) {
		if s.own() != b {
			return
		}
		if was := s.present; err == nil {
			if s.present = list; !samePeople(list, was) {
				s.drawStatus()
			}
		}
		if err == nil {
			for _, t := range s.tabs {
				if e, ok := t.screen.(host.Editor); ok && t.object != nil {
					e.Others(list)
				}
			}
		}
		then()
	})
}

// samePeople tells whether the same people are in the book.
func samePeople(a, b crowd) bool {
	return slices.EqualFunc(a, b, func(x, y who.Person) bool {
		return x.Name == y.Name && x.PC == y.PC && x.Program == y.Program && x.Self == y.Self
	})
}

// othersIn says in the status bar who else has the book open; nothing where nobody has.
func (s *Shell) othersIn() string {
	var names []string
	for _, p := range s.present {
		if !p.Self {
			names = append(names, s.tr("%s（%s）", "%s (%s)", p.Name, p.PC))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return s.tr("在线 ", "Also in: ") + strings.Join(names, s.tr("、", ", "))
}

// Editing is the slip's number, while something is typed in it or it was taken over.
func (f *slipForm) Editing() (string, bool) {
	return f.doc.Number, f.doc.Number != "" && f.doc.Status != "" && (f.typing() || f.mine)
}

// Others takes in who else types in the slip: what is only read here is then not typed in, unless it is taken over; where something is typed
// the strip says who took it over.
func (f *slipForm) Others(list []who.Person) {
	if f.s.layer.Modal() != nil { // it has the keyboard, and keeps it: a moment later will do
		return
	}
	var now *parts.Held
	if f.doc.Number != "" {
		_, typed := f.Editing()
		now = parts.HeldBy(f.s, list, f.doc.Number, typed)
	}
	f.heldBy(now)
}

// heldBy shows who else types in the slip; nil: nobody.
func (f *slipForm) heldBy(now *parts.Held) {
	if f.held.Same(now) {
		return
	}
	editable := f.editable()
	f.held = now
	if f.editable() != editable {
		f.rebuild()
	}
	f.drawElsewhere()
	if f.s.Current() == f {
		f.s.drawTools()
	}
}

// takeOver makes the slip one's own to type in; who typed in it is told, and what was typed there stays there.
func (f *slipForm) takeOver() {
	f.mine = true
	f.s.TellWho(f.doc.Number)
	f.heldBy(nil)
	f.s.Refresh()
}
