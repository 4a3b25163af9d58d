package inquiry

import (
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Openings names the kinds of whose slips an open amount is kept: those that money settles, and the money slips themselves.
var Openings = func() store.Openings {
	var k store.Openings
	for _, x := range kinds.All {
		switch {
		case x.Posts() && settled(x):
			k.Settled = append(k.Settled, x.Code)
		case x.Money.Settles != "":
			k.Settles = append(k.Settles, x.Code)
		case x.Plan:
			k.Plans = append(k.Plans, x.Code)
		}
		if x.ReturnOf != "" {
			k.Returns = append(k.Returns, x.Code)
		}
		if len(x.Matches) > 0 {
			k.Bills = append(k.Bills, x.Code)
		}
	}
	return k
}()

// Promising are the kinds whose slips promise something; of those that can send goods in transit, only lines that do.
var Promising = func() (p store.Promising) {
	for _, x := range kinds.All {
		if x.Stock.Promise != slip.Nothing {
			p.Kinds = append(p.Kinds, x.Code)
		}
		if x.Stock.Promise == slip.InTransit {
			p.InTransit = append(p.InTransit, x.Code)
		}
	}
	return p
}()

// settled tells whether a money slip can settle slips of the kind.
func settled(k *slip.Kind) bool {
	for _, n := range kinds.Successors(k.Code) {
		if s, _ := n.Source(k.Code); s.Money && !s.Refund && n.SettlesOthers() {
			return true
		}
	}
	return false
}

// Carried lists the orders that others carry out.
func Carried() (list []store.Carried) {
	for _, k := range kinds.All {
		c := store.Carried{Plan: k.Code}
		for _, n := range kinds.Successors(k.Code) {
			if s, _ := n.Source(k.Code); s.Executes {
				c.By = append(c.By, n.Code)
			}
		}
		if len(c.By) > 0 {
			list = append(list, c)
		}
	}
	return list
}
