package inquiry

import (
	"slices"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// How far something has come.
const (
	None   = "none"
	Partly = "partly"
	Fully  = "fully"
)

// Progress is how far an order, or a slip of goods, has come: delivered or received, billed, paid. What does not apply is empty: billing
// in flow direct, payment of a plan, and payment for who may not see what the slip comes to (R4).
type Progress struct{ Done, Billed, Paid string }

// Progress works out how far a live slip has come from the slips that follow from it.
func (b *Book) Progress(ref string) (p Progress, err error) {
	d, err := b.Load(ref)
	if err != nil {
		return p, err
	}
	k, err := kinds.Lookup(d.Kind)
	if err != nil || !d.Status.Live() || !k.Goods() {
		return p, err
	}
	goods := []*slip.Doc{d}
	if k.Awaits(d) {
		if goods, err = b.followers(d, func(n *slip.Kind, s slip.Source) bool { return s.Executes && !n.Plan }); err != nil {
			return p, err
		}
		p.Done = far(b.done(d))
		if len(kinds.Successors(d.Kind)) == 0 || !moves(k) || k.Party == slip.NoParty {
			return p, nil
		}
	}
	bills := goods
	if b.Rules().Flow == "invoice" && (k.Plan || billed(k)) { // an invoice is the bill itself, a count has none
		if bills, err = b.bills(goods); err != nil {
			return p, err
		}
		p.Billed, err = b.billed(d, goods)
	}
	if err == nil && k.Party != slip.NoParty && b.Who().Sees(k.TagOf(d, slip.OnHead, "paid_up")) { // what moves between our own stores is paid by nobody
		p.Paid, err = b.paid(d, bills)
	}
	return p, err
}

// billed tells whether invoices are matched with goods of a kind.
func billed(k *slip.Kind) bool {
	return slices.ContainsFunc(kinds.All, func(n *slip.Kind) bool { return slices.Contains(n.Matches, k.Code) })
}

// moves tells whether goods are moved to carry a kind out.
func moves(k *slip.Kind) bool {
	return slices.ContainsFunc(kinds.Successors(k.Code), func(n *slip.Kind) bool {
		s, _ := n.Source(k.Code)
		return s.Executes && n.Stock.Direction != 0
	})
}

func far[T ~int64](some, all T) string {
	switch {
	case some <= 0:
		return None
	case some < all:
		return Partly
	}
	return Fully
}

func (b *Book) done(d *slip.Doc) (some, all num.Quantity) {
	for i := range d.Lines {
		all += d.Lines[i].Base
		some += d.Lines[i].Base - min(max(d.Lines[i].Remaining, 0), d.Lines[i].Base)
	}
	return some, all
}

// followers are the live slips that follow from a slip in the way asked for.
func (b *Book) followers(d *slip.Doc, way func(*slip.Kind, slip.Source) bool) (list []*slip.Doc, err error) {
	rows, err := b.DB.Neighbours(d.ID)
	for _, r := range rows {
		if r.Source {
			continue
		}
		n, err := b.DB.Slip(r.Slip)
		if err != nil {
			return nil, err
		}
		if nk, err := kinds.Lookup(n.Kind); err == nil && n.Status.Live() {
			if s, ok := nk.Source(d.Kind); ok && way(nk, s) {
				list = append(list, n)
			}
		}
	}
	return list, err
}

// bills are the live invoices of goods.
func (b *Book) bills(goods []*slip.Doc) (list []*slip.Doc, err error) {
	for _, g := range goods {
		more, err := b.followers(g, func(n *slip.Kind, _ slip.Source) bool { return len(n.Matches) > 0 })
		if err != nil {
			return nil, err
		}
		for _, m := range more {
			if !slices.ContainsFunc(list, func(x *slip.Doc) bool { return x.ID == m.ID }) {
				list = append(list, m)
			}
		}
	}
	return list, nil
}

func (b *Book) billed(d *slip.Doc, goods []*slip.Doc) (string, error) {
	var some, all num.Quantity
	for i := range d.Lines {
		all += d.Lines[i].Base
	}
	for _, g := range goods {
		for i := range g.Lines {
			q, err := b.DB.Matched(g.Lines[i].ID)
			if err != nil {
				return "", err
			}
			some += max(q, -q)
		}
	}
	return far(some, all), nil
}

// paid compares what is settled of the slips that made something owed with what the slip comes to.
func (b *Book) paid(d *slip.Doc, bills []*slip.Doc) (string, error) {
	var some num.Amount
	for _, x := range bills {
		rows, err := b.DB.ListRows([]int64{x.ID}, Openings)
		if err != nil {
			return "", err
		}
		if r := rows[x.ID]; r != nil {
			some += r.Gross - r.Open
		}
	}
	return far(some, d.Gross), nil
}
