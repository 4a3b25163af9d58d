package rights

import (
	"slices"
	"strings"

	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Right is one right, OBJECT.VERB (R1): delivery.audit, customers.enter, ageing.see, see.cost, may.price.
type Right string

// Of is the right to do what the verb says with the object.
func Of(object, verb string) Right { return Right(object + "." + verb) }

// Object is what the right is about.
func (r Right) Object() string { o, _, _ := strings.Cut(string(r), "."); return o }

// Verb is what may be done.
func (r Right) Verb() string { _, v, _ := strings.Cut(string(r), "."); return v }

// Class is what sort of thing an object is; it decides its verbs.
type Class int

// The classes.
const (
	Kinds Class = iota
	Masters
	Reports
	Words // see, book, till, may
)

// Object is a thing rights are about. Codes of all of them are one space.
type Object struct {
	Code  string
	Class Class
	Area  slip.Group // of kinds and reports
	Title text.Text
	Terms bool // of a master type: some of its fields are terms, which not all who enter it may agree
}

// Verbs are what may be done with the object, in the order they are told.
func (o Object) Verbs() []string {
	switch o.Class {
	case Kinds:
		return kindVerbs
	case Masters:
		if o.Terms {
			return masterVerbs
		}
		return slices.DeleteFunc(slices.Clone(masterVerbs), func(v string) bool { return v == "terms" })
	case Reports:
		return reportVerbs
	}
	return verbsOf(o.Code)
}

// Space is all objects there are.
type Space struct {
	list []Object
	at   map[string]Object
}

// guarded are master types whose right is one of the book's: whoever has it sees and enters them.
var guarded = map[string]Right{"roles": "book.users", "approval-chains": "book.chains"}

// programs is the kind whose rights the slips have that the program makes itself: an opening voucher is seen by who sees vouchers.
const programs = "journal-voucher"

// NewSpace is the space of the kinds, master types and reports given; the words are added to it.
func NewSpace(objects ...Object) *Space {
	s := &Space{at: map[string]Object{}}
	for _, o := range append(objects, wordObjects()...) {
		if _, is := guarded[o.Code]; !is {
			s.list = append(s.list, o)
			s.at[o.Code] = o
		}
	}
	return s
}

// KindObjects are the objects of the kinds a person may have to do with: those the program makes itself are none.
func KindObjects(kinds []*slip.Kind) (list []Object) {
	for _, k := range kinds {
		if !k.Hidden {
			list = append(list, Object{Code: k.Code, Class: Kinds, Area: k.Group, Title: k.Title})
		}
	}
	return list
}

// MasterObject is the object of a master type.
func MasterObject(code string, title text.Text, fields []slip.Field) Object {
	return Object{Code: code, Class: Masters, Title: title, Terms: slices.ContainsFunc(fields, func(f slip.Field) bool { return f.Tag == slip.TagTerms })}
}

// Objects are those in force, in the order they were declared.
func (s *Space) Objects() []Object { return s.list }

// Object is the one of the code. What the ready roles speak of and no part of the program has brought yet waits: it is found here and is
// not among Objects.
func (s *Space) Object(code string) (Object, bool) {
	if o, ok := s.at[code]; ok {
		return o, true
	}
	o, ok := waiting[code]
	return o, ok
}

// Right is the right that doing the verb with an object of the book needs: of what the program makes itself, and of roles and chains, it
// is another's.
func (s *Space) Right(object, verb string) Right {
	if r, is := guarded[object]; is {
		return r
	}
	if _, is := s.at[object]; !is {
		object = programs
	}
	return Of(object, verb)
}

// All are the rights in force, in order.
func (s *Space) All() (list []Right) {
	for _, o := range s.list {
		for _, v := range o.Verbs() {
			list = append(list, Of(o.Code, v))
		}
	}
	return list
}

// Parse reads a right as people write it; ok is false where there is none such.
func (s *Space) Parse(written string) (Right, bool) {
	r := Right(strings.ToLower(strings.TrimSpace(written)))
	o, ok := s.Object(r.Object())
	return r, ok && slices.Contains(o.Verbs(), r.Verb())
}
