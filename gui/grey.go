package gui

import (
	"zhanggui/data/fault"
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
