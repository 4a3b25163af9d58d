package rights

import (
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
)

// Who is somebody who asks a book, and by what he is judged. The zero Who asks a book without users, and may everything.
type Who struct {
	Crew *Crew
	Name string
	Lent []Grant // what he has beyond his own for the act under way
	PIN  bool    // he signed in by a PIN: his set is what that opens, and what needs no right is refused him too

	// Lender is who lends him, for the act under way, exactly what turns out to be lacking (O2), and Borrow is told of each such right; empty:
	// nobody does.
	Lender string
	Borrow func(Grant)
	// Subject is what he acts on: a refusal names it.
	Subject fault.Subject
}

// Asked tells whether anything is asked at all.
func (w Who) Asked() bool { return !w.Crew.Asleep() }

// Sees tells whether figures of the tag are shown to him (R4).
func (w Who) Sees(t slip.Tag) bool {
	return !t.Hides() || w.Crew.Asleep() || w.Crew.Set(w.Name).Sees(t)
}

// May tells whether he may do what the verb says with an object.
func (w Who) May(object, verb string) bool {
	return w.Crew.Asleep() || w.Crew.Set(w.Name).Has(w.Crew.Space.Right(object, verb))
}

// Has tells whether he has the right, whatever its limit.
func (w Who) Has(r Right) bool { return w.Crew.Asleep() || w.Crew.Set(w.Name).Has(r) }

// Object refuses what the verbs say with an object, by the first that is lacking; nil: he may.
func (w Who) Object(object string, verbs ...string) *fault.Fault {
	if w.Crew.Asleep() {
		return nil
	}
	needs := make([]Grant, len(verbs))
	for i, v := range verbs {
		needs[i] = Need(w.Crew.Space.Right(object, v))
	}
	return w.Needs(needs...)
}

// Needs refuses by the first of the needs that is lacking; nil: all are there.
func (w Who) Needs(needs ...Grant) *fault.Fault {
	if w.Crew.Asleep() {
		return nil
	}
	lent := w.Lent
	if w.Lender != "" {
		for _, g := range w.Crew.Set(w.Name).Lacking(needs...) {
			if covers(lent, g) {
				continue
			}
			if _, f := w.Crew.Lend(w.Name, w.Lender, []Grant{g}); f != nil {
				return f.On(w.Subject)
			}
			w.Borrow(g)
			lent = append(slices.Clone(lent), g)
		}
	}
	if f := w.Crew.Refuse(w.Name, lent, needs...); f != nil {
		return f.On(w.Subject)
	}
	return nil
}

// Unseen refuses to say, or to be told, a figure of the tag: RIGHT and who has it. nil: he sees it.
func (w Who) Unseen(t slip.Tag) *fault.Fault {
	if w.Sees(t) {
		return nil
	}
	return w.Needs(Need(Of("see", string(t))))
}

// Scope is what of the book he has to do with.
func (w Who) Scope() Scope { return w.Crew.Scope(w.Name) }
