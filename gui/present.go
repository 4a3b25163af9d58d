package gui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/data/files"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/who"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// Several programs on one book tell each other who is in and what is typed in where (W4, 12.4). A slip that another types in opens to read; F2
// takes it over. It locks nothing: what both typed is merged when it is saved. In a book that nobody else has open nothing of it shows.

// looksForOthers is how often the window looks who else is in.
const looksForOthers = time.Second

// editor is a screen in which something of the book is typed; the key is that of who.
type editor interface {
	editing() (key string, typed bool)
	// others is told whenever somebody came, went, or began or ended typing.
	others(list []who.Person)
}

// crowd are who has the book open, this window among them.
type crowd []who.Person

// comeIn takes a place among those who are in the book, and looks for the others until it is closed.
func (s *Shell) comeIn() {
	b := s.Book()
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
		if s.Book() == b {
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

// tellWho tells the others what is typed in here; over is what is taken over from somebody.
func (s *Shell) tellWho(over ...string) {
	var keys []string
	for _, t := range s.tabs {
		if e, ok := t.screen.(editor); ok {
			if key, typed := e.editing(); typed {
				keys = append(keys, key)
			}
		}
	}
	who.Does(s.Book(), s.doing(), keys, over...)
}

// lookWho tells the others what is done here, looks who they are, and tells the screens where that changed.
func (s *Shell) lookWho(then func()) {
	b := s.Book()
	s.tellWho()
	var list []who.Person
	s.quietly(func() (err error) {
		list, err = who.List(b)
		return err
	}, func(err error) {
		if s.Book() != b {
			return
		}
		if was := s.present; err == nil {
			if s.present = list; !samePeople(list, was) {
				s.drawStatus()
			}
		}
		if err == nil {
			for _, t := range s.tabs {
				if e, ok := t.screen.(editor); ok && t.object != nil {
					e.others(list)
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

// holder is who else types in a slip, and since when; after it took it over, or before this window typed.
type holder struct {
	who  string
	at   time.Time
	took bool
}

// editing is the slip's number, while something is typed in it or it was taken over.
func (f *slipForm) editing() (string, bool) {
	return f.doc.Number, f.doc.Number != "" && f.doc.Status != "" && (f.typing() || f.mine)
}

// others takes in who else types in the slip: what is only read here is then not typed in, unless it is taken over; where something is typed
// the strip says who took it over.
func (f *slipForm) others(list []who.Person) {
	var now *holder
	if p, since, ok := who.Holder(list, f.doc.Number); ok && f.doc.Number != "" && !f.s.Book().Looking() {
		_, typed := f.editing()
		if own, known := ownSince(list, f.doc.Number); !typed || known && since.After(own) {
			now = &holder{f.s.tr("%s（%s）", "%s (%s)", p.Name, p.PC), since, typed}
		}
	}
	f.heldBy(now)
}

// ownSince is since when this window types in a slip, as the others know it.
func ownSince(list []who.Person, key string) (time.Time, bool) {
	for _, p := range list {
		for _, e := range p.Editing {
			if p.Self && e.Key == key {
				return e.Since, true
			}
		}
	}
	return time.Time{}, false
}

// heldBy shows who else types in the slip; nil: nobody.
func (f *slipForm) heldBy(now *holder) {
	if was := f.held; was == now || was != nil && now != nil && was.who == now.who && was.took == now.took && was.at.Equal(now.at) {
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
	f.s.tellWho(f.doc.Number)
	f.heldBy(nil)
	f.s.Refresh()
}

// drawHeld shows the strip of who else types in the slip.
func (f *slipForm) drawHeld() {
	s, h := f.s, f.held
	words, verb := s.tr("%s自 %s 起正在修改，这里只看", "%s edits since %s; here it is to read", h.who, h.at.Format("15:04")), s.tr("接手", "take over")
	if h.took {
		words, verb = s.tr("%s %s 接手了；您录入的都还在，保存时与对方的合并", "%s took over at %s; what you typed is still here, and is merged when it is saved", h.who, h.at.Format("15:04")), s.tr("接回来", "take it back")
	}
	parts.Set(f.notice, kit.Notice(kit.Warning, words, kit.Offer{Key: fyne.KeyF2, Label: verb, Run: f.takeOver}))
}
