package gui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
	usecases "zhanggui/data/workflow/people"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// What one may not do is grey, and says why: the right, and who has it (8.0).

// bar refuses a command whose rights who works here has not; nil: he has them.
func (s *Shell) bar(c Command) *fault.Fault {
	if len(c.Needs) == 0 || s.Book() == nil || s.lent.own != nil {
		return nil
	}
	return s.Book().Who().Needs(c.Needs...)
}

// off tells whether a command is grey.
func (s *Shell) off(c Command) bool { return c.Off || s.bar(c) != nil }

// why says why a command is grey; empty: nobody knows, or it is not.
func (s *Shell) why(c Command) text.Text {
	if f := s.bar(c); f != nil {
		return f.Text
	}
	if c.Off {
		return c.Why
	}
	return text.Text{}
}

// mostReasons is for how many rights F1 says who has them; the keys themselves say it of the rest.
const mostReasons = 5

// withReasons are the keys with why some are grey under them, each reason once.
func (s *Shell) withReasons(t fyne.CanvasObject, list []Command) fyne.CanvasObject {
	var words []string
	for _, c := range list {
		why := s.T(s.why(c))
		if why == "" || len(words) == mostReasons || slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(w, why) }) {
			continue
		}
		words = append(words, c.Key+"  "+s.T(c.Label)+s.tr("：", ": ")+why)
	}
	if len(words) == 0 {
		return t
	}
	box := container.NewVBox(kit.HLine(kit.Hair))
	for _, w := range words {
		box.Add(kit.Fitted(w, kit.Ink2, kit.M().Caption, false))
	}
	return container.NewBorder(nil, kit.Pad(0, 4, box), nil, nil, t)
}

// refuses says why a grey command does nothing; false: it is not grey.
func (s *Shell) refuses(c Command) bool {
	if f := s.bar(c); f != nil && !c.Off {
		s.last = c
		s.Fail(f)
		return true
	}
	if c.Off && !c.Why.Empty() {
		s.Say(kit.Hint, s.T(c.Why))
	}
	return c.Off
}

// What one may not see is not there, in the slip's strips as in its boxes (R4).

// unseen refuses a slip of a kind that who works here does not see, unless it waits for his step (A3); nil: he sees it.
func (s *Shell) unseen(d *slip.Doc) *fault.Fault {
	f := s.Book().Who().Object(d.Kind, "see")
	if f == nil {
		return nil
	}
	if t, err := approve.TurnOf(s.Book(), d); err == nil && t.Mine {
		return nil
	}
	return f
}

// sees tells whether figures of the tag are shown to who works here.
func (f *slipForm) sees(t slip.Tag) bool { return f.s.Book().Who().Sees(t) }

// seesOwed tells whether what the slip's party owes, or is owed, is shown.
func (f *slipForm) seesOwed() bool {
	if owedBook(f.role()) == slip.Payable {
		return f.s.Book().Who().May("payables", "see")
	}
	return f.s.Book().Who().May("receivables", "see")
}

// showsMoney tells whether what a slip of the flow comes to is shown: of its kind only where that is seen at all.
func (f *slipForm) showsMoney(d *slip.Doc) bool {
	k, ok := kinds.ByCode(d.Kind)
	return ok && f.s.Book().Who().May(d.Kind, "see") && f.sees(k.SideOf(d))
}

// At a refusal by a right F2 asks somebody who has it for his name and password, and the act goes on, for this once (8.5).

// borrowed is the book as who works here has it while another lends what he lacks for one act.
type borrowed struct {
	own    *workflow.Book // as he has it otherwise; nil: nothing is lent
	lender string
}

// own is the book in the window as who works here has it, whatever another lends just now.
func (s *Shell) own() *workflow.Book {
	if s.lent.own != nil {
		return s.lent.own
	}
	return s.book
}

// lends offers to ask who may, where a refusal is by a right that can be lent for the command run last.
func (s *Shell) lends(list fault.List) []kit.Offer {
	if len(list) == 0 || list[0].About != rights.About || s.last.Run == nil || !s.Book().Users() || s.lent.own != nil {
		return nil
	}
	right, _, _ := strings.Cut(list[0].Text.En, ":")
	if !workflow.Space().Lendable(rights.Right(right)) {
		return nil
	}
	again := s.last
	return []kit.Offer{{Key: fyne.KeyF2, Label: s.tr("授权", "override"), Run: func() { s.askLender(rights.Right(right), list[0].Text, again) }}}
}

// askLender asks who lends, and runs the command with what he lends.
func (s *Shell) askLender(right rights.Right, refusal text.Text, again Command) {
	b := s.Book()
	name := parts.ChoiceField(s, s.tr("授权人", "Who lends"), func() (list []slip.Choice) {
		for _, n := range b.Who().Crew.WhoMay(rights.Need(right), b.User) {
			list = append(list, slip.Choice{Value: n, Label: text.T(n, n)})
		}
		return list
	})
	name.Parse = func(typed string) (string, error) { return typed, nil }
	password := kit.NewField(s.tr("密码", "Password"))
	password.Input.Secret = true
	reason := kit.NewField(s.tr("原因", "Reason"))
	var lent *workflow.Book
	parts.AskForm(s, s.tr("授权这一次", "Lend it for this once"), s.T(refusal), []*kit.Field{name, password, reason}, text.T("授权", "Lend"), func() (err error) {
		lent, err = usecases.Override(b, name.Value(), password.Value(), reason.Value())
		return err
	}, func() {
		s.lent = borrowed{b, name.Value()}
		s.book = lent
		s.drawStatus()
		s.Say(kit.Hint, s.tr("%s 授权这一次", "%s lends it for this once", name.Value()))
		s.goesOn(again.Run)
	})
}

// unlend ends what was lent: the act is done, or somebody went on to something else.
func (s *Shell) unlend() {
	if s.lent.own == nil {
		return
	}
	s.book, s.lent = s.lent.own, borrowed{}
	s.drawStatus()
}

// lentBy says in the status bar that another lends a right just now.
func (s *Shell) lentBy() string {
	if s.lent.own == nil {
		return ""
	}
	return s.tr("（%s 授权）", " (%s lends)", s.lent.lender)
}
