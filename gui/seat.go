package gui

import (
	"path/filepath"
	"sync/atomic"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/rights"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	usecases "zhanggui/data/workflow/people"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/gui/people"
	"zhanggui/gui/preview"
)

// In a book with users somebody says who he is before anything of it shows; the window then has the book as he has it. Who goes away leaves his
// tabs as they are: they are his when he comes back, and nobody else's (U7).

// seats are who works in the window.
type seats struct {
	file *workflow.Book      // as it was opened, before anybody said who he is; nil: none is open
	away map[string]leftOpen // what those who are away left open, by name
	been bool                // somebody was in it
}

// leftOpen is what somebody left open when he went.
type leftOpen struct {
	tabs   []*openTab
	active int
	lang   text.Lang
	style  kit.Style
}

// opened shows a book that was opened: at once, or who is there is asked first.
func (s *Shell) opened(b *workflow.Book) {
	s.seats = seats{file: b, away: map[string]leftOpen{}}
	s.watches(b)
	if b.Users() {
		s.prefs.remember(b.Path())
		s.Win.SetTitle(s.tr("掌柜", "Zhanggui") + " - " + b.Settings().Company)
		s.atDoor("")
		return
	}
	s.use(b)
	s.settle()
}

// watches has the screens hear of every change of the book.
func (s *Shell) watches(b *workflow.Book) {
	var told atomic.Bool // many changes in a row are told once: the screens read the book as it then stands
	watch := b.Watch
	if s.inline { // who works inline looks by itself what other programs did
		watch = b.Hear
	}
	watch(func() {
		if !told.CompareAndSwap(false, true) {
			return
		}
		s.onMain(func() {
			told.Store(false)
			if s.file != b || s.Book() == nil {
				return
			}
			if s.out() {
				s.lock("")
				return
			}
			s.changed()
		})
	})
}

// out tells whether who works in the window may no longer: users were switched on elsewhere, or he was removed.
func (s *Shell) out() bool {
	b := s.Book()
	if !b.Users() {
		return false
	}
	m, is := b.Who().Crew.Member(b.User)
	return !is || !m.Active
}

// atDoor asks who is there; a name is waited for.
func (s *Shell) atDoor(name string) {
	s.book, s.tabs, s.active, s.ails = nil, nil, 0, nil
	s.body.Objects = nil // what stood there draws from the book
	s.frame()
	s.Open(people.NewSignIn(s, people.Door{Book: s.file, Name: name, Come: s.comes, Shut: s.Welcome}))
}

// comes lets somebody in: to what he left open, or to a fresh window.
func (s *Shell) comes(mine *workflow.Book, code string) {
	left, was := s.away[mine.User]
	delete(s.away, mine.User)
	s.use(mine)
	if !was {
		s.settle()
	} else {
		s.takesUp(left)
	}
	if code != "" {
		people.ShowCode(s, mine.User, code)
	}
}

// takesUp puts somebody's tabs back as he left them; what changed meanwhile they read anew.
func (s *Shell) takesUp(left leftOpen) {
	s.tabs, s.active = left.tabs, left.active
	for _, t := range s.tabs {
		t.stale = true
		if left.lang != s.lang || left.style != s.prefs.style() {
			t.object = nil
		}
	}
	s.Choose(s.active)
	s.lookWho(func() { s.looksForWho(s.Book()) })
	s.tick()
}

// use makes a book the one in the window, as who works there has it.
func (s *Shell) use(b *workflow.Book) {
	s.book, s.been = b, true
	if b.Users() {
		s.file.User = b.User // who others see in the book, and wait for
	}
	s.setPerson()
	s.prefs.remember(b.Path())
	title := s.tr("掌柜", "Zhanggui") + " - " + b.Settings().Company
	if b.Looking() {
		title += s.tr("（只看）", " (to look)")
	}
	s.Win.SetTitle(title)
	s.tabs, s.active = nil, 0
	s.proofs, s.ails, s.adrift = host.Proofs{}, nil, false
	preview.Warm(s)
	s.frame()
	s.touched()
	s.watchIdle(b)
}

// setPerson has the book in the window know who acts: in one with users that is who signed in.
func (s *Shell) setPerson() {
	if s.book != nil && !s.book.Users() {
		s.book.User = s.person()
		s.file.User = s.book.User
	}
}

// Sit goes on as another has the book, with the same tabs: users were switched on or off here.
func (s *Shell) Sit(mine *workflow.Book) {
	s.book, s.file.User = mine, mine.User
	s.Rebuild()
	s.Refresh()
	s.looksForWho(mine)
	s.watchIdle(mine)
	s.tick()
}

// lock puts away what is open until its owner comes back; a name is waited for. A book without users has nobody to wait for.
func (s *Shell) lock(name string) {
	if s.Book() == nil || !s.file.Users() || s.busy != nil && s.busy.blocks {
		return
	}
	s.layer.CloseAll()
	s.unlend()
	s.keepAll()
	s.proofs.Stop()
	how := usecases.Switch
	if name != "" {
		how = usecases.Lock
	}
	if b := s.Book(); !s.out() {
		s.quietly(func() error { return usecases.Leave(b, how) }, func(error) {})
	}
	s.away[s.Book().User] = leftOpen{s.tabs, s.active, s.lang, s.prefs.style()}
	s.atDoor(name)
}

// Lock waits for who works here to come back, SwitchUser for anybody.
func (s *Shell) Lock() {
	if s.Book() != nil {
		s.lock(s.Book().User)
	}
}

// SwitchUser lets somebody else work.
func (s *Shell) SwitchUser() { s.lock("") }

// seatCommands lock and let another work; a book without users has nobody to wait for.
func (s *Shell) seatCommands() []Command {
	if !s.Book().Users() {
		return nil
	}
	return []Command{{Label: text.T("换人", "Switch user"), Key: switchKey, Run: s.SwitchUser}, {Label: text.T("待我审批", "Waiting for me"), Key: "Ctrl+Alt+I", Run: s.OpenInbox}, {Label: text.T("锁屏", "Lock"), Key: lockKey, Run: s.Lock}}
}

// goesAway does what locks the window also over a dialog.
func (s *Shell) goesAway(key string) bool {
	switch {
	case s.Book() == nil || !s.Book().Users():
		return false
	case key == lockKey:
		s.goesOn(s.Lock)
	case key == switchKey:
		s.goesOn(s.SwitchUser)
	default:
		return false
	}
	return true
}

const switchKey, lockKey = "Ctrl+Alt+U", "Ctrl+Alt+K"

// mayReplace refuses to put a backup in the place of a book with users to all but its owner, who is in it. What is no book, or cannot be read, has
// nobody to ask.
func (s *Shell) mayReplace(path string) error {
	if s.Book() != nil && parts.SamePath(s.Book().Path(), path) {
		if f := s.Book().Who().Needs(rights.Need("book.restore")); f != nil {
			return f
		}
		return nil
	}
	b, err := workflow.OpenToLook(path)
	if err != nil {
		return nil
	}
	users := b.Users()
	if err := b.Close(); err != nil || !users {
		return err
	}
	return fault.New(fault.Refused, "账套 %s 有用户：请先打开它登录，由老板恢复", "the book %s has users: open it and sign in first; an owner restores it", filepath.Base(path))
}

// keepAll takes what stands in a box, and puts all that is typed and not saved on the desk.
func (s *Shell) keepAll() {
	s.Win.Canvas().Unfocus()
	for _, t := range s.tabs {
		if k, ok := t.screen.(keeper); ok {
			k.Keep()
		}
	}
	s.desk.Flush()
}

// looksForIdle is how often the window looks whether anybody is there.
const looksForIdle = 10 * time.Second

// touched is a sign that somebody is there.
func (s *Shell) touched() { kit.Touched() }

// watchIdle locks the window when nobody touched it for as long as the setting says.
func (s *Shell) watchIdle(b *workflow.Book) {
	if s.inline || !b.Users() {
		return
	}
	s.Later(looksForIdle, func() {
		if s.own() == b && !s.idle(time.Now()) {
			s.watchIdle(b)
		}
	})
}

// idle locks the window where nobody touched it for long, and tells that it did.
func (s *Shell) idle(now time.Time) bool {
	wait := s.Book().Settings().LockAfter
	if wait == 0 || now.Sub(kit.LastTouched()) < time.Duration(wait)*time.Minute {
		return false
	}
	s.Lock()
	return s.Book() == nil
}
