package rights

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// Limit is how far a right goes: days, or a share as num.Rate counts it. NoLimit: as far as one likes.
type Limit int64

// NoLimit is the limit of a right that has none.
const NoLimit Limit = math.MaxInt64

// Share is a limit of so much off.
func Share(r num.Rate) Limit { return Limit(r) }

// Text is the right's limit as a file says it: 31, or 0.30; NoLimit is empty.
func (r Right) Text(l Limit) string {
	switch {
	case l == NoLimit:
		return ""
	case r.scale() == share:
		return num.Rate(l).String()
	}
	return strconv.FormatInt(int64(l), 10)
}

// ReadLimit reads what Text writes; a share may be typed as 30%. ok is false where it is no such number.
func (r Right) ReadLimit(written string) (l Limit, ok bool) {
	written = strings.TrimSpace(written)
	switch {
	case written == "":
		return NoLimit, true
	case r.scale() == share:
		v, err := num.ParseRate(written)
		return Limit(v), err == nil && v >= 0 && v <= num.RateOne
	case r.scale() == days:
		n, err := strconv.ParseInt(written, 10, 32)
		return Limit(n), err == nil && n >= 0
	}
	return 0, false
}

// Set is what a person may do: all rights of all roles, each with its highest limit (R2). The zero value may nothing.
type Set struct {
	all bool // the owner's: everything, also what comes later
	of  map[Right]Limit
}

// Everything is the owner's set.
func Everything() Set { return Set{all: true} }

// NewSet makes a set of rights and what goes with them.
func NewSet(of map[Right]Limit) Set {
	s := Set{of: maps.Clone(of)}
	if s.of == nil {
		s.of = map[Right]Limit{}
	}
	s.imply()
	return s
}

// implied are rights that others bring: who sees what is earned sees what it cost and sold for.
var implied = []struct{ right, brings Right }{{"see.margin", "see.cost"}, {"see.margin", "see.sales"}, {"see.cost", "see.purchase"}} // in this order, so that one pass is enough

func (s Set) imply() {
	for _, x := range implied {
		if _, has := s.of[x.right]; has {
			s.of[x.brings] = NoLimit
		}
	}
}

// Together is what several sets add up to.
func Together(sets ...Set) Set {
	sum := Set{of: map[Right]Limit{}}
	for _, s := range sets {
		sum.all = sum.all || s.all
		for r, l := range s.of {
			if was, has := sum.of[r]; !has || l > was {
				sum.of[r] = l
			}
		}
	}
	return sum
}

// Owns tells whether it is an owner's.
func (s Set) Owns() bool { return s.all }

// Has tells whether the right is there, whatever its limit.
func (s Set) Has(r Right) bool {
	if s.all {
		return true
	}
	_, has := s.of[r]
	return has
}

// Limit is how far the right goes; ok is false where it is not there.
func (s Set) Limit(r Right) (l Limit, ok bool) {
	if s.all {
		return NoLimit, true
	}
	l, ok = s.of[r]
	return l, ok
}

// Reaches tells whether the right is there and goes as far as that.
func (s Set) Reaches(r Right, far Limit) bool {
	l, ok := s.Limit(r)
	return ok && l >= far
}

// Sees tells whether figures of the tag are shown (R4).
func (s Set) Sees(t slip.Tag) bool { return !t.Hides() || s.Has(Of("see", string(t))) }

// Grant is a right and how far it goes.
type Grant struct {
	Right Right
	Limit Limit
}

// Grants lists the rights of the set that the space has, in its order.
func (s Set) Grants(space *Space) (list []Grant) {
	for _, r := range space.All() {
		if l, has := s.Limit(r); has {
			list = append(list, Grant{r, l})
		}
	}
	return list
}

// Beyond lists what the set has that the other has not, or not so far; in the order of their names.
func (s Set) Beyond(other Set) (list []Grant) {
	if s.all && !other.all {
		return []Grant{{"book.users", NoLimit}}
	}
	for _, r := range slices.Sorted(maps.Keys(s.of)) {
		if !other.Reaches(r, s.of[r]) {
			list = append(list, Grant{r, s.of[r]})
		}
	}
	return list
}
