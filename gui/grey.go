package gui

import (
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
)

// What one may not do is grey, and says why: the right, and who has it (8.0).

// bar refuses a command whose rights who works here has not; nil: he has them.
func (s *Shell) bar(c Command) *fault.Fault {
	if len(c.Needs) == 0 || s.Book() == nil {
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

// refuses says why a grey command does nothing; false: it is not grey.
func (s *Shell) refuses(c Command) bool {
	if f := s.bar(c); f != nil {
		s.Fail(f)
		return true
	}
	if c.Off && !c.Why.Empty() {
		s.Say(kit.Hint, s.T(c.Why))
	}
	return c.Off
}

// What one may not see is not there, in the slip's strips as in its boxes (R4).

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
