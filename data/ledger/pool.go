package ledger

import (
	"slices"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// State is all the engine knows of a product right after a place in the ledger; replay goes on from it.
type State struct {
	Rows   int // how many stand before
	Stock  map[int64]num.Quantity
	Lots   lotStock        // of products with lots: how the stock is made up
	Pools  map[int64]*Pool // by warehouse; 0 when the company is one pool
	Bought Cost            // the last purchase
}

// Cost is a unit cost, if one is known: goods may be known to have come for nothing.
type Cost struct {
	Known bool
	Unit  num.Price
}

// Pool is what costs are reckoned over: a product, or a product in a warehouse. Below zero it owes goods: Qty and Value are those of
// its debts with the sign turned.
type Pool struct {
	Qty    num.Quantity
	Value  num.Amount
	Last   Cost    // the last known unit cost, once stock ran out
	Layers []Layer // what lies there, oldest origin first; only under FIFO
	Debts  []Debt  // issues beyond stock that nothing covered yet, oldest first
}

// Layer is what is left of one receipt (C3). A transfer carries it over with its origin.
type Layer struct {
	Date  text.Date
	Place int64
	Seq   int
	Line  int64 // the slip line it came in by
	Qty   num.Quantity
	Value num.Amount
}

func (l *Layer) before(o *Layer) bool {
	if l.Date != o.Date {
		return l.Date < o.Date
	}
	if l.Place != o.Place {
		return l.Place < o.Place
	}
	return l.Seq < o.Seq
}

// Debt is what a line took beyond stock and nothing covered yet, at its provisional value (C4).
type Debt struct {
	Line   int64
	Qty    num.Quantity
	Value  num.Amount
	Contra string
}

// NewState returns the state of a product that never moved.
func NewState() *State {
	return &State{Stock: map[int64]num.Quantity{}, Lots: lotStock{}, Pools: map[int64]*Pool{}}
}

// Clone returns a copy that shares nothing.
func (s *State) Clone() *State {
	c := &State{Rows: s.Rows, Bought: s.Bought, Lots: s.Lots.clone(), Stock: make(map[int64]num.Quantity, len(s.Stock)), Pools: make(map[int64]*Pool, len(s.Pools))}
	for w, q := range s.Stock {
		c.Stock[w] = q
	}
	for w, p := range s.Pools {
		q := *p
		q.Layers, q.Debts = slices.Clone(p.Layers), slices.Clone(p.Debts)
		c.Pools[w] = &q
	}
	return c
}

// Short returns what a line took beyond stock and is not covered.
func (s *State) Short(line int64) (q num.Quantity) {
	for _, p := range s.Pools {
		for _, d := range p.Debts {
			if d.Line == line {
				q += d.Qty
			}
		}
	}
	return q
}

// Parts counts the layers and debts, by which a state grows.
func (s *State) Parts() (n int) {
	for _, p := range s.Pools {
		n += len(p.Layers) + len(p.Debts)
	}
	return n
}

func (s *State) pool(warehouse int64) *Pool {
	p := s.Pools[warehouse]
	if p == nil {
		p = &Pool{}
		s.Pools[warehouse] = p
	}
	return p
}

// turn brings the pools under a method that holds since a day: what lies there is one layer, or has none. Those that have turned stay.
func (s *State) turn(fifo bool, since text.Date) {
	for _, p := range s.Pools {
		switch {
		case !fifo:
			p.Layers = nil
		case p.Qty > 0 && len(p.Layers) == 0:
			p.Layers = []Layer{{Date: since, Qty: p.Qty, Value: p.Value}}
		}
	}
}

func (p *Pool) add(q num.Quantity, v num.Amount) (err error) {
	p.Qty += q
	p.Value, err = num.Add(p.Value, v)
	return err
}

// take takes q ≤ Qty out and tells its value, by C2 or C3. Under FIFO the layers of the line go first, and the parts taken come
// back with their origins.
func (p *Pool) take(q num.Quantity, fifo bool, line int64) (v num.Amount, parts []Layer, err error) {
	if fifo {
		v, parts, err = p.takeLayers(q, line)
	} else if q == p.Qty {
		p.Last, err = unit(p.Value, p.Qty)
		v = p.Value
	} else {
		v, err = num.Share(p.Value, q, p.Qty)
	}
	if err != nil {
		return 0, nil, err
	}
	return v, parts, p.add(-q, -v)
}

func unit(v num.Amount, q num.Quantity) (Cost, error) {
	u, err := num.UnitPrice(v, q)
	return Cost{true, u}, err
}

func (p *Pool) takeLayers(q num.Quantity, line int64) (v num.Amount, parts []Layer, err error) {
	for own := line != 0; q > 0; {
		i := 0
		if own {
			if i = slices.IndexFunc(p.Layers, func(l Layer) bool { return l.Line == line }); i < 0 {
				own = false
				continue
			}
		}
		l := &p.Layers[i]
		if p.Last, err = unit(l.Value, l.Qty); err != nil {
			return 0, nil, err
		}
		part := *l
		if q < l.Qty {
			part.Qty = q
			if part.Value, err = num.Share(l.Value, q, l.Qty); err != nil {
				return 0, nil, err
			}
		}
		l.Qty, l.Value, q, v = l.Qty-part.Qty, l.Value-part.Value, q-part.Qty, v+part.Value
		parts = append(parts, part)
		if l.Qty == 0 {
			p.Layers = slices.Delete(p.Layers, i, i+1)
		}
	}
	return v, parts, nil
}

// lay puts a layer among the others by its origin; what has the same origin joins it.
func (p *Pool) lay(l Layer) {
	i, found := slices.BinarySearchFunc(p.Layers, l, func(a, b Layer) int {
		switch {
		case a.before(&b):
			return -1
		case b.before(&a):
			return 1
		}
		return 0
	})
	if found {
		p.Layers[i].Qty, p.Layers[i].Value = p.Layers[i].Qty+l.Qty, p.Layers[i].Value+l.Value
		return
	}
	p.Layers = slices.Insert(p.Layers, i, l)
}

// adjust changes the value of what lies there, under FIFO of the layers by their values; it takes no more than there is and
// puts nothing on zero stock. What it came to comes back.
func (p *Pool) adjust(v num.Amount) (num.Amount, error) {
	if p.Qty <= 0 {
		return 0, nil
	}
	v = max(v, -p.Value)
	weights := make([]int64, len(p.Layers))
	var sum int64
	for i, l := range p.Layers {
		weights[i] = int64(l.Value)
		sum += weights[i]
	}
	if sum == 0 {
		for i, l := range p.Layers {
			weights[i] = int64(l.Qty)
		}
	}
	parts, err := num.Spread(v, weights)
	for i := range p.Layers {
		p.Layers[i].Value += parts[i]
	}
	if err == nil {
		err = p.add(0, v)
	}
	return v, err
}

// late is C7 in a closed period: the share of a difference d that goods still on hand bear, of so many it belongs to.
func (p *Pool) late(d num.Amount, matched num.Quantity, line int64, fifo bool) (num.Amount, error) {
	if !fifo {
		share, err := num.Share(d, min(max(p.Qty, 0), matched), matched)
		if err != nil {
			return 0, err
		}
		return p.adjust(share)
	}
	i := slices.IndexFunc(p.Layers, func(l Layer) bool { return l.Line == line })
	if i < 0 { // they may be among what lay there when the method changed
		i = slices.IndexFunc(p.Layers, func(l Layer) bool { return l.Line == 0 })
	}
	if i < 0 {
		return 0, nil
	}
	l := &p.Layers[i]
	share, err := num.Share(d, min(l.Qty, matched), matched)
	if err != nil {
		return 0, err
	}
	share = max(share, -l.Value)
	l.Value += share
	return share, p.add(0, share)
}

// current is the unit cost of one more unit: the last known one where nothing lies there.
func (p *Pool) current(q num.Quantity, r *Row) (num.Amount, error) {
	if p.Qty > 0 {
		return num.Share(p.Value, q, p.Qty)
	}
	cost := r.Fallback
	if p.Last.Known {
		cost = p.Last.Unit
	}
	return num.Extend(q, cost, 0)
}

// owed is the part of a debt that k units of it make.
func (d *Debt) owed(k num.Quantity) (num.Amount, error) {
	if k == d.Qty {
		return d.Value, nil
	}
	return num.Share(d.Value, k, d.Qty)
}

// pay takes k units off the debt at i.
func (p *Pool) pay(i int, k num.Quantity, v num.Amount) {
	d := &p.Debts[i]
	if d.Qty, d.Value = d.Qty-k, d.Value-v; d.Qty == 0 {
		p.Debts = slices.Delete(p.Debts, i, i+1)
	}
}

// origin is the layer a row brings in.
func origin(r *Row, q num.Quantity, v num.Amount) Layer {
	return Layer{Date: r.Date, Place: r.Place, Seq: r.Seq, Line: r.Line, Qty: q, Value: v}
}
