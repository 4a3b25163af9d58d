package rights

import (
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Backdated is how many days a date lies back, seen from today: 0 of today and later. may.backdate must reach so far (R9).
func Backdated(date, today text.Date) Limit {
	return Limit(max(0, today.Sub(date)))
}

// MayDate tells whether the set may save, un-audit or void a slip of that date today. Today's own, and later ones, everybody may.
func (s Set) MayDate(date, today text.Date) bool {
	back := Backdated(date, today)
	return back == 0 || s.Reaches("may.backdate", back)
}

// Off is the share that a line's price is below the proposed one: 1 − net / proposed, both after the line's quantity, to 4 decimals. net is
// after all discounts by hand, the slip's too. Nothing proposed: nothing is off. Dearer is below zero.
func Off(net, proposed num.Amount) (num.Rate, error) {
	if proposed == 0 {
		return 0, nil
	}
	v, err := num.MulDiv(int64(proposed-net), num.RateOne, int64(proposed))
	return num.Rate(v), err
}

// MayPrice tells whether the set may give a line so much off. Dearer is free for whoever has the right at all; who has not sells at what is
// proposed, neither cheaper nor dearer: same tells that the price and discount are those.
func (s Set) MayPrice(off num.Rate, same bool) bool {
	return same || s.Reaches("may.price", max(0, Share(off)))
}

// Rule is what the book's setting says of what should not be: over a credit limit, below cost, stock below zero.
type Rule string

// The rules, as settings write them.
const (
	Allow  Rule = "allow"
	Warn   Rule = "warn"
	Forbid Rule = "forbid"
)

// Verdict is what becomes of an act that a rule speaks of.
type Verdict int

// The verdicts.
const (
	Goes  Verdict = iota
	Lacks         // who has not the right is refused; another may lend it
	Never         // nobody may, whatever right he has
)

// Judge is what the rule says to someone with or without the right. approved: a step that was asked because of it has approved it, which
// stands for the right.
func Judge(r Rule, has, approved bool) Verdict {
	switch {
	case r == Forbid:
		return Never
	case r == Allow || has || approved:
		return Goes
	}
	return Lacks
}
