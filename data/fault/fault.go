// Package fault holds errors for people: a code, words in both languages, and the place they are about. Whatever
// is not a Fault is an internal error: it goes to the log with its cause, and people see only its number.
package fault

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/text"
)

// Code sorts faults by what the caller has to do.
type Code string

// The codes.
const (
	Invalid  Code = "invalid"  // what was typed is wrong
	Refused  Code = "refused"  // a rule of the business forbids it
	NotFound Code = "notfound" // no such thing
	Conflict Code = "conflict" // somebody else changed or holds it
	Damaged  Code = "damaged"  // the book does not agree with itself
	Usage    Code = "usage"    // the call itself is wrong
	internal Code = "internal" // no fault of a person's: see Internal
)

// longest is how many bytes of what was typed a fault tells; lists of what would do are shorter.
const longest = 2000

// Fault is an error a person can act on. Field is the key of the form field or import column, Line the slip
// line (from 1), or where List is set the row of that further grid; File and Row the place in an import; empty or zero where they do not apply.
type Fault struct {
	Code  Code
	Text  text.Text
	Field string
	Line  int
	List  string
	File  string
	Row   int
	About string // a word of its maker's for what it is about, by which it is told from others; empty: nobody asks
	Of    Subject

	cause error // of an internal one
}

// Subject is what somebody acted on when he was refused: a slip of a kind, a record of a type; empty where the words say it all.
type Subject struct {
	Area, Key string
	Version   int64
	Logged    bool // the log tells of the refusal already
}

// New makes a fault; the words are formatted with args, see text.Tf. Of an endless text only its beginning is told.
func New(code Code, zh, en string, args ...any) *Fault {
	for i, a := range args {
		if s, ok := a.(string); ok && len(s) > longest {
			args[i] = text.Short(s)
		}
	}
	return &Fault{Code: code, Text: text.Tf(zh, en, args...)}
}

// Internal is an error that no rule of the business made, such as one of the disk, where faults are gathered. A list with one in it is
// an internal error as a whole: nobody is told a rule that was never looked at. An error that has words for people keeps them.
func Internal(err error) *Fault {
	if l := Of(err); len(l) > 0 {
		return l[0]
	}
	return &Fault{Code: internal, Text: text.T(err.Error(), err.Error()), cause: err}
}

// Unwrap is what an internal error came from.
func (f *Fault) Unwrap() error { return f.cause }

// At sets the field and returns the fault.
func (f *Fault) At(field string) *Fault { f.Field = field; return f }

// OnLine sets the slip line and returns the fault.
func (f *Fault) OnLine(line int) *Fault { f.Line = line; return f }

// Named sets what the fault is about and returns it.
func (f *Fault) Named(about string) *Fault { f.About = about; return f }

// On sets what was acted on and returns the fault.
func (f *Fault) On(s Subject) *Fault { f.Of = s; return f }

// InList sets the row of one of the slip's further grids and returns the fault.
func (f *Fault) InList(list string, row int) *Fault { f.List, f.Line = list, row; return f }

// In gives the place and the words in one language: "slips.csv:12: qty: 3 ordered, 2 left".
func (f *Fault) In(l text.Lang) string {
	var place []string
	if f.File != "" {
		p := f.File
		if f.Row > 0 {
			p = fmt.Sprintf("%s:%d", f.File, f.Row)
		}
		place = append(place, p)
	} else if f.Line > 0 {
		if f.List != "" {
			place = append(place, f.List)
		}
		if l == text.Zh {
			place = append(place, fmt.Sprintf("第 %d 行", f.Line))
		} else {
			word := "line"
			if f.List != "" {
				word = "row"
			}
			place = append(place, fmt.Sprintf("%s %d", word, f.Line))
		}
	}
	if f.Field != "" {
		place = append(place, f.Field)
	}
	return strings.Join(append(place, f.Text.In(l)), ": ")
}

// Error is the English form.
func (f *Fault) Error() string { return f.In(text.En) }

// List is several faults at once, such as all bad lines of an import.
type List []*Fault

// Error joins the faults line by line.
func (l List) Error() string {
	s := make([]string, len(l))
	for i, f := range l {
		s[i] = f.Error()
	}
	return strings.Join(s, "\n")
}

// Unwrap gives the single faults, so that the cause of an internal one is found.
func (l List) Unwrap() []error {
	list := make([]error, len(l))
	for i, f := range l {
		list[i] = f
	}
	return list
}

// Or returns the list as an error, nil when it is empty.
func (l List) Or() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Of returns the faults in err: a List, a single Fault, or none for an internal error.
func Of(err error) List {
	var l List
	var f *Fault
	switch {
	case errors.As(err, &l):
	case errors.As(err, &f):
		l = List{f}
	}
	if slices.ContainsFunc(l, func(f *Fault) bool { return f.Code == internal }) {
		return nil
	}
	return l
}

// Is tells whether err carries a fault of the code.
func Is(err error, code Code) bool {
	for _, f := range Of(err) {
		if f.Code == code {
			return true
		}
	}
	return false
}

// Most is how many faults of one import are told.
const Most = 1000

// Many gathers the faults of a large piece of work: the first thousand are told, the rest are counted.
type Many struct {
	list List
	more int
}

// Add takes faults; nil ones are none.
func (m *Many) Add(list ...*Fault) {
	for _, f := range list {
		switch {
		case f == nil:
		case len(m.list) < Most:
			m.list = append(m.list, f)
		default:
			m.more++
		}
	}
}

// Count takes n more faults that nobody will tell.
func (m *Many) Count(n int) { m.more += n }

// Len counts the faults, also those not told.
func (m *Many) Len() int { return len(m.list) + m.more }

// List gives the faults told, the last of them saying how many more there are; nil where there are none.
func (m *Many) List() List {
	if m.more == 0 {
		return m.list
	}
	if len(m.list) == 0 {
		return nil
	}
	f := New(m.list[0].Code, "…… 还有 %s 处", "… and %s more", grouped(m.more))
	f.File = m.list[0].File
	return append(m.list[:len(m.list):len(m.list)], f)
}

// grouped writes a count with commas: 12,345.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
