package rights

import (
	"slices"
	"strings"
)

// Lendable tells whether an override may lend the right (O2): those of kinds, of the till, and limits; never what one sees, what is the
// book's, or masters.
func (s *Space) Lendable(r Right) bool {
	switch o, ok := s.Object(r.Object()); {
	case !ok:
		return false
	case o.Class == Words:
		return o.Code == "may" || o.Code == "till"
	default:
		return o.Class == Kinds && r.Verb() != "see" && r.Verb() != "export"
	}
}

// Lends tells which of the lacking rights the lender does not have, or not so far, or which nobody lends: none, and the act may go on.
func (s *Space) Lends(lender Set, lacking []Grant) (without []Grant) {
	for _, g := range lacking {
		if !s.Lendable(g.Right) || !lender.Reaches(g.Right, g.Limit) {
			without = append(without, g)
		}
	}
	return without
}

// Lacking are those of the rights that the set has not, or not so far.
func (s Set) Lacking(needs ...Grant) (list []Grant) {
	for _, g := range needs {
		if !s.Reaches(g.Right, g.Limit) {
			list = append(list, g)
		}
	}
	return list
}

// FourEyes tells whether the person may not audit a slip of the kind, because it is one of those that two people must have looked at
// and he made it or changed it last (R10); the owner is no exception. kinds is the setting: codes with a space between.
func FourEyes(kinds, kind, person, maker, changed string) bool {
	return slices.Contains(strings.Fields(kinds), kind) && (person == maker || person == changed)
}

// atTill are the kinds that a PIN opens.
var atTill = []string{"retail-sale", "shift", "top-up"}

// ByPIN is what is left of a set for who signed in by a PIN, which somebody with the file soon guesses (U3): slips of the till and its own
// rights, with the limits, and what one sees of records and prices to sell by. Nobody is an owner by a PIN.
func (s Set) ByPIN(space *Space) Set {
	of := map[Right]Limit{}
	for _, g := range s.Grants(space) {
		o, _ := space.Object(g.Right.Object())
		switch {
		case slices.Contains(atTill, o.Code), o.Code == "till", o.Code == "may", g.Right == "see.sales", o.Class == Masters && g.Right.Verb() == "see":
			of[g.Right] = g.Limit
		}
	}
	return NewSet(of)
}
