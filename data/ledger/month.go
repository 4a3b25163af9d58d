package ledger

import (
	"cmp"
	"slices"

	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// PoolKey names a pool: a product in a warehouse; warehouse 0 where the company is one pool.
type PoolKey struct{ Product, Warehouse int64 }

// Key names the pool a product in a warehouse belongs to.
func (m Method) Key(product, warehouse int64) PoolKey {
	if m.Company {
		warehouse = 0
	}
	return PoolKey{product, warehouse}
}

// Balance is what lies in a pool.
type Balance struct {
	Qty   num.Quantity
	Value num.Amount
}

// Rate is what goods of a pool cost in a month on average: Value for Qty.
type Rate struct {
	Pool PoolKey
	Balance
}

// sweeps bounds how often the rates of a month are worked out from each other before what they differ by, a cent or so, goes to the
// issues that nothing depends on.
const sweeps = 1000

// Why the month's average is a difference at the month's end, and the issues are not re-costed where they stand: before a dear receipt late
// in the month that leaves goods of less than no value (10 at 10.00, 10 sold, 10 at 30.00 come: the rate is 20.00, and −100.00 would lie on
// nothing), or the rate has to be bent. By hand: 10 at 10.00, 4 sold (estimate 40.00), 10 at 16.00, 6 sold (82.50): 260.00 for 20 are 13.00,
// so the voucher has +12.00 for the first sale and −4.50 for the second, and 10 stand at 130.00.

// MonthEnd works out the monthly weighted average 全月一次加权平均 of a month's rows, which stand in ledger order and carry the moving
// average as their estimate. A pool's rate is
//
//	(opening value + value that came in) / (opening quantity + quantity that came in)
//
// over what has a value of its own: receipts, landed cost and adjustments, goods sent back to suppliers (less), goods coming back from
// sales of earlier months, what corrections of earlier months' shortages took; and over what transfers and assemblies brought, at the
// rates of the pools it came from. All else is at the rate: issues, and as negative ones what comes back to its pool within the month or
// is found over. The n-th issue costs round(value · (q1 + … + qn) / quantity) less the issues before it, those into other pools first, so
// that not a cent is lost. Rates that depend on each other are worked out again and again until they stay.
//
// The differences to the estimates come back as rows of the month's end, each of the line it belongs to; the estimates stand. So the
// pools are sound at every moment (C12), also where the rate is dearer than what was there that day.
//
// Where a pool ends the month below zero, or has nothing to take the average of, the estimates and rule C4 hold for the month; what goes
// into it from other pools goes at the estimate.
func MonthEnd(m Method, opening map[PoolKey]Balance, rows []*Row) ([]Rate, []*Row, error) {
	w := &month{Method: m, pools: map[PoolKey]*monthPool{}, of: map[int64]*monthMove{}}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && samePlace(rows[n], rows[0]) {
			n++
		}
		w.read(rows[:n], opening)
		rows = rows[n:]
	}
	for _, p := range w.order {
		p.keeps = p.end < 0
	}
	for again := true; again; {
		if again = w.sort(); again {
			continue
		}
		var err error
		if again, err = w.settle(); err != nil {
			return nil, nil, err
		}
	}
	return w.rates(), w.made(), nil
}

func samePlace(a, b *Row) bool { return a.Date == b.Date && a.Place == b.Place }

// month is a month being averaged.
type month struct {
	Method
	pools map[PoolKey]*monthPool
	order []*monthPool
	moves []*monthMove         // in ledger order
	of    map[int64]*monthMove // by line: its first
}

// monthPool is a pool in the month: own is the opening and what has a value of its own.
type monthPool struct {
	key         PoolKey
	open, own   Balance
	end         num.Quantity
	keeps       bool         // its estimates hold
	qty         num.Quantity // the rate's
	value       num.Amount
	inner, last []*monthMove // issues that other pools depend on, and the others
	bring       []*monthMove // what depends on other pools
}

// monthMove is what a slip did to a pool by one row, its variance and later corrections with it. Values are signed, + into the pool.
type monthMove struct {
	row        *Row
	variance   *Row
	pool       *monthPool
	est, value num.Amount
	issue      bool         // to be valued at the rate
	from       *monthMove   // it carries over, or takes back from
	made       *monthMade   // it belongs to goods made of others, or taken apart into them
	live       bool         // its value may change
	feeds      bool         // a move of another pool depends on it
	backs      []*monthMove // of other pools, that take back from it
}

// monthMade is a slip whose rows into collect what those from took out (C8).
type monthMade struct{ from, into []*monthMove }

// read takes in the rows at one place.
func (w *month) read(rows []*Row, opening map[PoolKey]Balance) {
	made := &monthMade{}
	first := len(w.moves)
	for _, r := range rows {
		if w.Company && (r.Basis == slip.Moved || r.Basis == slip.Carried) {
			continue // nothing but where the goods lie
		}
		p := w.pool(w.Key(r.Product, r.Warehouse), opening)
		p.end += r.Qty
		var before *monthMove
		if n := len(w.moves); n > first {
			before = w.moves[n-1]
		}
		switch short := w.of[r.Line]; {
		case r.Basis == Variance || r.Basis == Rest:
			before.est, before.variance = before.est+r.Value, r
			continue
		case r.Basis == Correction && short != nil && short.pool == p:
			short.est += r.Value
			continue
		}
		m := &monthMove{row: r, pool: p, est: r.Value}
		m.issue, m.from = w.kind(m, before)
		w.moves = append(w.moves, m)
		if r.Basis == slip.Collected {
			made.into = append(made.into, m)
		} else if r.Basis != Correction {
			made.from = append(made.from, m)
		}
		if w.of[r.Line] == nil && r.Basis != Correction {
			w.of[r.Line] = m
		}
	}
	if len(made.into) > 0 {
		for _, m := range w.moves[first:] {
			if m.row.Basis != Correction {
				m.made = made
			}
		}
	}
}

func (w *month) pool(k PoolKey, opening map[PoolKey]Balance) *monthPool {
	p := w.pools[k]
	if p == nil {
		p = &monthPool{key: k, open: opening[k], end: opening[k].Qty}
		w.pools[k] = p
		w.order = append(w.order, p)
	}
	return p
}

// kind tells whether a move is at its pool's rate, and which other one its value follows from.
func (w *month) kind(m, before *monthMove) (issue bool, from *monthMove) {
	switch r := m.row; r.Basis {
	case slip.AtCost, slip.Moved:
		return true, nil
	case slip.Counted:
		return r.Qty != 0, nil
	case slip.Carried:
		return false, before
	case slip.FromSource:
		src := w.of[r.SourceLine]
		if src == nil || src.from == nil && !src.issue { // of an earlier month, or with a value of its own
			return false, nil
		}
		if src.issue && src.pool == m.pool {
			return true, nil
		}
		return false, src
	}
	return false, nil
}

// sort tells the moves that are at the rate, or follow from such, from those with a value of their own. It is to be done again where
// that leaves a pool nothing to take the average of.
func (w *month) sort() (again bool) {
	for _, p := range w.order {
		p.own, p.inner, p.last, p.bring = p.open, nil, nil, nil
	}
	for i, m := range w.moves {
		m.feeds, m.backs = false, nil
		m.live = !m.pool.keeps && (m.issue || m.from != nil && m.from.live)
		if x := m.made; x != nil {
			open := !slices.ContainsFunc(x.into, func(m *monthMove) bool { return m.pool.keeps })
			if m.row.Basis == slip.Collected {
				m.live = open && slices.ContainsFunc(x.from, func(m *monthMove) bool { return m.live })
			} else {
				m.live, m.feeds = m.live && open, open
			}
		} else if m.row.Basis == slip.Moved {
			m.live = m.live && !w.moves[i+1].pool.keeps
		}
		if m.live && m.from != nil {
			m.from.feeds = true
			m.from.backs = append(m.from.backs, m)
		}
	}
	for _, m := range w.moves {
		p := m.pool
		m.value = m.est
		switch {
		case m.live && m.issue && m.feeds:
			p.inner = append(p.inner, m)
		case m.live && m.issue:
			p.last = append(p.last, m)
		case m.live:
			p.bring = append(p.bring, m)
		default:
			p.own.Qty, p.own.Value = p.own.Qty+m.row.Qty, p.own.Value+m.est
		}
	}
	for _, p := range w.order {
		p.qty = p.own.Qty
		for _, m := range p.bring {
			p.qty += m.row.Qty
		}
		if !p.keeps && p.qty <= 0 && len(p.inner)+len(p.last) > 0 {
			p.keeps, again = true, true
		}
	}
	return again
}

// settle works out the rates and what is at them. A pool that would be left with less than nothing, or with value on nothing, keeps its
// estimates: then all is to be done again.
func (w *month) settle() (again bool, err error) {
	for n, moved := 0, true; moved && n < sweeps; n++ {
		moved = false
		for _, p := range w.order {
			if err := p.average(); err != nil {
				return false, err
			}
		}
		for _, m := range w.moves {
			if !m.live || m.issue {
				continue
			}
			v, err := m.follow()
			if err != nil {
				return false, err
			}
			moved = moved || v != m.value
			m.value = v
		}
	}
	for _, p := range w.order {
		left, err := p.finish()
		if err != nil {
			return false, err
		}
		if !p.keeps && (left < 0 || p.end == 0 && left != 0) && len(p.inner)+len(p.last)+len(p.bring) > 0 {
			p.keeps, again = true, true
		}
	}
	return again, nil
}

// average sums up what came in and values the issues that other pools depend on.
func (p *monthPool) average() error {
	p.value = p.own.Value
	for _, m := range p.bring {
		p.value += m.value
	}
	_, _, err := p.issues(p.inner, 0, 0)
	return err
}

// issues values issues after others of a quantity and cost.
func (p *monthPool) issues(list []*monthMove, q num.Quantity, cost num.Amount) (num.Quantity, num.Amount, error) {
	for _, m := range list {
		q -= m.row.Qty
		all, err := num.Share(p.value, q, p.qty)
		if err != nil {
			return 0, 0, err
		}
		m.value, cost = cost-all, all
	}
	return q, cost, nil
}

// finish values the issues nothing depends on, and tells what is left.
func (p *monthPool) finish() (left num.Amount, err error) {
	p.value = p.own.Value
	for _, m := range p.bring {
		p.value += m.value
	}
	var q num.Quantity
	var cost num.Amount
	for _, m := range p.inner {
		q, cost = q-m.row.Qty, cost-m.value
	}
	_, cost, err = p.issues(p.last, q, cost)
	if p.value < 0 {
		return p.value, err
	}
	return p.value - cost, err
}

// follow is what a move is worth by those it depends on: what a transfer took out, its share of what a slip's components cost, or of
// what the line it takes back from came to.
func (m *monthMove) follow() (num.Amount, error) {
	switch {
	case m.row.Basis == slip.Collected:
		return m.made.share(m)
	case m.row.Basis == slip.Carried:
		return -m.from.value, nil
	}
	var q num.Quantity
	var v num.Amount
	for _, b := range m.from.backs {
		if b == m {
			break
		}
		q, v = q+max(b.row.Qty, -b.row.Qty), v+b.value
	}
	r := m.row
	return slip.ShareRule(-m.from.value, max(r.SourceQty, -r.SourceQty), q, v, max(r.Qty, -r.Qty))
}

// share is what a row collects.
func (x *monthMade) share(m *monthMove) (num.Amount, error) {
	var sum num.Amount
	for _, f := range x.from {
		sum -= f.value
	}
	weights, at := make([]int64, len(x.into)), 0
	for i, c := range x.into {
		sum += c.row.Given
		weights[i] = c.row.Weight
		if c == m {
			at = i
		}
	}
	parts, err := num.Spread(sum, weights)
	if err != nil {
		return 0, err
	}
	return parts[at], nil
}

// rates lists the rates something was valued at.
func (w *month) rates() (list []Rate) {
	for _, p := range w.order {
		if len(p.inner)+len(p.last) > 0 {
			list = append(list, Rate{p.key, Balance{p.qty, p.value}})
		}
	}
	slices.SortFunc(list, func(a, b Rate) int {
		return cmp.Or(cmp.Compare(a.Pool.Product, b.Pool.Product), cmp.Compare(a.Pool.Warehouse, b.Pool.Warehouse))
	})
	return list
}

// made are the rows of the month's end, without a slip and place.
func (w *month) made() (list []*Row) {
	for _, m := range w.moves {
		if m.value == m.est {
			continue
		}
		r := &Row{Line: m.row.Line, Seq: len(list), Product: m.row.Product, Warehouse: m.row.Warehouse, Value: m.value - m.est, Given: m.value - m.est, Basis: Monthly,
			Stock: m.row.Stock, Contra: m.row.Contra, OutSide: !m.row.Incoming()}
		if m.variance != nil {
			r.Contra = m.variance.Contra
		}
		switch m.row.Basis {
		case slip.Carried:
			r.Basis = MonthlyIn
		case slip.FromSource:
			r.SourceLine = m.row.SourceLine
		}
		list = append(list, r)
	}
	return list
}
