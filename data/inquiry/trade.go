package inquiry

import (
	"cmp"
	"maps"
	"slices"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Kin is a slip of another's own line: a forebear, the slip itself, or a successor.
type Kin struct {
	Node
	Step int // steps away: -1 it follows from this one, 0 itself, 1 follows from it
}

// Own are the forebears and successors of a slip of a flow, and itself, by steps. What only shares a forebear, or a payment, with it
// belongs to the flow but not to its line.
func Own(flow []Node, number string) []Kin {
	place := map[string]int{}
	next := map[string][]string{}
	for i, n := range flow {
		place[n.Doc.Number] = i
		for _, s := range n.Sources {
			next[s] = append(next[s], n.Doc.Number)
		}
	}
	steps := map[string]int{}
	walk := func(sign int, on func(string) []string) {
		todo := []string{number}
		far := map[string]int{number: 0}
		for len(todo) > 0 {
			here := todo[0]
			todo = todo[1:]
			for _, n := range on(here) {
				if _, seen := far[n]; !seen {
					far[n] = far[here] + sign
					todo = append(todo, n)
				}
			}
		}
		maps.Copy(steps, far)
	}
	walk(-1, func(n string) []string { return flow[place[n]].Sources })
	walk(+1, func(n string) []string { return next[n] })
	var list []Kin
	for i := range flow {
		if step, ok := steps[flow[i].Doc.Number]; ok {
			list = append(list, Kin{flow[i], step})
		}
	}
	slices.SortStableFunc(list, func(a, b Kin) int { return cmp.Compare(a.Step, b.Step) })
	return list
}

// The stages of a trade, as the columns of its reconciliation.
const (
	Ordered = iota
	Moved
	Billed
	stages
)

// Figures are what slips come to; quantities in base units.
type Figures struct {
	Qty             num.Quantity
	Net, Tax, Gross num.Amount
	Cost            num.Amount
}

func (f *Figures) add(x Figures) {
	f.Qty, f.Net, f.Tax, f.Gross, f.Cost = f.Qty+x.Qty, f.Net+x.Net, f.Tax+x.Tax, f.Gross+x.Gross, f.Cost+x.Cost
}

// ByStage are the figures of each stage: of what was moved what came back is taken off. Back is what came back and is not to be sent again:
// an order does not wait for it.
type ByStage struct {
	Stages [stages]Figures
	Back   Figures
}

// Reconciled tells what is open of a trade, and why: how much of it was ordered, moved, billed and paid.
type Reconciled struct {
	Role      slip.Role // customers or suppliers; none: the flow is no trade
	ByInvoice bool      // the book is kept in flow invoice: what is billed is owed
	Slips     [stages]int
	ByStage
	Paid      num.Amount
	PaidParts []num.Amount // by slip that is owed
	Due       text.Date    // when the first of what is owed and not paid falls due; 0: nothing is
	Closed    bool         // an order was closed by hand: what it lacks is not waited for
	Products  []ReconciledProduct
}

// ReconciledProduct is the same of one product.
type ReconciledProduct struct {
	Product string
	ByStage
}

// First and Last are the first and the last stage that a trade of these slips has.
func (r *Reconciled) First() int {
	if r.Slips[Ordered] > 0 {
		return Ordered
	}
	return Moved
}

// Last is the stage that makes owed what is paid.
func (r *Reconciled) Last() int {
	if r.ByInvoice {
		return Billed
	}
	return Moved
}

// Gap is what of a figure is still to come between a stage and the next: ordered and not moved, moved and not billed. Below zero: more than
// the stage before.
func Gap[T ~int64](x *ByStage, stage int, of func(Figures) T) T {
	gap := of(x.Stages[stage]) - of(x.Stages[stage+1])
	if stage == Ordered {
		gap -= of(x.Back)
	}
	return gap
}

// Left is what of a figure is still to come between the first and the last stage.
func Left[T ~int64](r *Reconciled, x *ByStage, of func(Figures) T) (left T) {
	for stage := r.First(); stage < r.Last(); stage++ {
		left += Gap(x, stage, of)
	}
	return left
}

// Owed is what the last stage came to and nobody paid.
func (r *Reconciled) Owed() num.Amount { return r.Stages[r.Last()].Gross - r.Paid }

// stageOf is the stage a kind's slips are, and the sign with which they count; -1: none.
func stageOf(k *slip.Kind) (stage int, sign num.Amount) {
	switch {
	case k.Party == slip.NoParty || !k.Taxed:
		return -1, 0
	case len(k.Matches) > 0:
		return Billed, 1
	case k.Stock.Direction != 0 && k.ReturnOf != "":
		return Moved, -1
	case k.Stock.Direction != 0:
		return Moved, 1
	case k.Plan && k.Stock.Promise != slip.Nothing:
		return Ordered, 1
	}
	return -1, 0
}

// Reconcile works out what is open of the trade a slip of a flow belongs to: its orders, or what goods it began with, and all that
// follows from them. Lines and bills of other trades that stand on the same slips are left out.
func (b *Book) Reconcile(flow []Node, number string) (*Reconciled, error) {
	r := &Reconciled{ByInvoice: b.Rules().Flow == "invoice"}
	own := Own(flow, number)
	if r.Role = roleOfTrade(own); r.Role == slip.NoParty {
		return r, nil
	}
	family := tradeOf(flow, own, r.Role)
	lines, byProduct := map[int64]bool{}, map[string]*ReconciledProduct{}
	for stage := range stages {
		for _, n := range flow {
			k, _ := kinds.ByCode(n.Doc.Kind)
			at, sign := stageOf(k)
			if at != stage || !family[n.Doc.Number] || !n.Doc.Status.Live() {
				continue
			}
			if stage == Moved && r.Role == slip.Customers {
				if err := b.costs(k, n.Doc); err != nil {
					return nil, err
				}
			}
			r.add(stage, sign, n, lines, byProduct)
		}
	}
	for _, p := range byProduct {
		r.Products = append(r.Products, *p)
	}
	open := func(p *ReconciledProduct) int {
		if Left(r, &p.ByStage, func(f Figures) num.Quantity { return f.Qty }) != 0 {
			return 0
		}
		return 1
	}
	slices.SortFunc(r.Products, func(x, y ReconciledProduct) int {
		return cmp.Or(open(&x)-open(&y), cmp.Compare(x.Product, y.Product))
	})
	return r, nil
}

// costs puts on the lines of goods that went out, or came back, what they cost: above zero both, the trade counts what came back off.
func (b *Book) costs(k *slip.Kind, d *slip.Doc) error {
	all, err := b.DB.LineCosts(d.ID)
	for i := range d.Lines {
		d.Lines[i].Cost = all[d.Lines[i].ID]
		if k.Stock.Direction < 0 {
			d.Lines[i].Cost = -d.Lines[i].Cost
		}
	}
	return err
}

// add counts a slip's lines that belong to the trade.
func (r *Reconciled) add(stage int, sign num.Amount, n Node, lines map[int64]bool, products map[string]*ReconciledProduct) {
	d := n.Doc
	var gross num.Amount
	for i := range d.Lines {
		l := &d.Lines[i]
		qty, share := l.Base, [2]num.Quantity{1, 1}
		if len(l.Matches) > 0 {
			if qty = 0; stage == Billed {
				for _, m := range l.Matches {
					if lines[m.Line] {
						qty += m.Qty
					}
				}
				share = [2]num.Quantity{qty, l.Base}
			}
		} else if l.SourceID != 0 && stage > r.First() && !lines[l.SourceID] {
			continue
		}
		lines[l.ID] = true
		if share[0] == 0 || share[1] == 0 {
			continue
		}
		part := func(a num.Amount) num.Amount {
			v, err := num.MulDiv(int64(a), int64(share[0]), int64(share[1]))
			if err != nil {
				return 0
			}
			return num.Amount(v) * sign
		}
		p := products[l.Product]
		if p == nil {
			p = &ReconciledProduct{Product: l.Product}
			products[l.Product] = p
		}
		x := Figures{qty * num.Quantity(sign), part(l.Net), part(l.Tax), part(l.Gross), part(l.Cost)}
		for _, to := range []*ByStage{&p.ByStage, &r.ByStage} {
			to.Stages[stage].add(x)
			if stage == Moved && sign < 0 && !l.Redeliver {
				to.Back.add(Figures{-x.Qty, -x.Net, -x.Tax, -x.Gross, -x.Cost})
			}
		}
		gross += x.Gross
	}
	r.Slips[stage]++
	r.Closed = r.Closed || stage == Ordered && d.Status == slip.Closed
	if stage == r.Last() {
		r.pay(n, sign, gross)
	}
}

// pay counts what is paid of a slip that is owed: of one that other trades share, as much of it as the trade's part.
func (r *Reconciled) pay(n Node, sign, gross num.Amount) {
	if n.Doc.Gross == 0 {
		return
	}
	paid := n.Doc.Gross - n.Open
	if k, _ := kinds.ByCode(n.Doc.Kind); k.Money.AtOnce {
		paid = n.Doc.Gross
	}
	if part := gross * sign; part != n.Doc.Gross {
		v, err := num.MulDiv(int64(paid), int64(part), int64(n.Doc.Gross))
		if err != nil {
			return
		}
		paid = num.Amount(v)
	}
	if paid != 0 {
		r.Paid += paid * sign
		r.PaidParts = append(r.PaidParts, paid*sign)
	}
	if due := n.Doc.DueDate; n.Open > 0 && sign > 0 && due != 0 && (r.Due == 0 || due < r.Due) {
		r.Due = due
	}
}

// roleOfTrade tells whose trade a slip belongs to: its own party's, else the nearest of its line that has one.
func roleOfTrade(own []Kin) slip.Role {
	near := slices.Clone(own)
	slices.SortStableFunc(near, func(a, b Kin) int { return cmp.Compare(a.Step*a.Step, b.Step*b.Step) })
	for _, n := range near {
		if k, err := kinds.Lookup(n.Doc.Kind); err == nil {
			if stage, _ := stageOf(k); stage >= 0 {
				return k.RoleOf(n.Doc)
			}
			if role := k.RoleOf(n.Doc); role != slip.NoParty && k.SettlesOthers() {
				return role
			}
		}
	}
	return slip.NoParty
}

// tradeOf are the slips of the trade: the first stage found among the forebears, and everything of the party's side behind it.
func tradeOf(flow []Node, own []Kin, role slip.Role) map[string]bool {
	mine := func(n Node) int {
		k, err := kinds.Lookup(n.Doc.Kind)
		if err != nil || k.Party != role {
			return -1
		}
		stage, _ := stageOf(k)
		return stage
	}
	first := stages
	for _, n := range own {
		if stage := mine(n.Node); stage >= 0 && n.Step <= 0 {
			first = min(first, stage)
		}
	}
	family := map[string]bool{}
	for _, n := range own {
		if stage := mine(n.Node); stage >= 0 && (stage == first && n.Step <= 0 || first == stages) {
			family[n.Doc.Number] = true
		}
	}
	for grew := true; grew; {
		grew = false
		for _, n := range flow {
			if !family[n.Doc.Number] && mine(n) >= 0 && slices.ContainsFunc(n.Sources, func(s string) bool { return family[s] }) {
				family[n.Doc.Number], grew = true, true
			}
		}
	}
	return family
}
