// Package ledger is the arithmetic of the ledgers worked out from slips: the stock ledger with its costing, and what
// the books prove about themselves. It is pure; store reads and writes the rows. Three words: pool 成本核算范围,
// replay 重算, stock ledger 库存明细账.
package ledger

import (
	"fmt"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Variance marks the second row of goods sent back: what left stock less what was credited (rule C6).
const Variance slip.Basis = "variance"

// Row is one row of the stock ledger. Everything but Value is fixed by its slip; Value is worked out by Engine, and so are Qty and
// OutSide of a Counted row.
type Row struct {
	ID         int64
	Slip       int64
	Line       int64 // slip line
	Seq        int   // order within the slip
	Product    int64
	Warehouse  int64
	Date       text.Date
	Place      int64
	Qty        num.Quantity
	Value      num.Amount
	Basis      slip.Basis
	Given      num.Amount // the slip's own value (Given), or what the supplier credits (before a variance row)
	Varies     bool       // a variance row follows
	SourceLine int64
	SourceQty  num.Quantity // the source line's quantity
	Fallback   num.Price
	Stock      string
	Contra     string
	OutSide    bool
	Weight     int64        // of a Collected row
	Counted    num.Quantity // what lay there, of a Counted row
}

// Before tells whether the row stands before the other in the ledger.
func (r *Row) Before(o *Row) bool {
	if r.Date != o.Date {
		return r.Date < o.Date
	}
	if r.Place != o.Place {
		return r.Place < o.Place
	}
	return r.Seq < o.Seq
}

// Pool is what costs are reckoned over: a product, or a product in a warehouse.
type Pool struct {
	Qty   num.Quantity
	Value num.Amount
	Last  num.Price // last known unit cost, once stock ran out
}

// PoolKey names a pool; Warehouse is 0 when the company is one pool.
type PoolKey struct{ Product, Warehouse int64 }

// Taken is what a slip line cost and how much of it later lines took back.
type Taken struct {
	Cost num.Amount // signed sum of the line's rows
	Qty  num.Quantity
	Back num.Amount // signed sum of the returning rows
}

// Short says that a row takes more than its warehouse holds; with negative stock forbidden nothing may.
type Short struct {
	Row  *Row
	Left num.Quantity // what the warehouse would hold, below zero
}

func (s *Short) Error() string { return fmt.Sprintf("product %d short by %s", s.Row.Product, -s.Left) }

// Engine walks the stock ledger forward and values every row. A row depends only on rows before it, so one pass from
// the first touched place costs everything right (rule C11).
type Engine struct {
	Company bool // one pool per product
	Lenient bool // stock may fall below zero for the moment: another pass follows that checks
	pools   map[PoolKey]*Pool
	stock   map[PoolKey]num.Quantity
	lines   map[int64]*Taken
	open    []*Row // rows of the slip being applied, for the stock check at its end
	carry   num.Amount
	parts   map[*Row]num.Amount // what the Collected rows of the slip being applied get

	// Knows tells whether a product is walked; rows of the others stand as they are. Nil: all are.
	Knows func(product int64) bool
	// Enter brings the product of a standing row into the walk from its place on, and returns the walk's own row. It is needed
	// where Knows is set.
	Enter func(*Row) (*Row, error)
}

// NewEngine returns an engine with empty pools.
func NewEngine(company bool) *Engine {
	return &Engine{Company: company, pools: map[PoolKey]*Pool{}, stock: map[PoolKey]num.Quantity{}, lines: map[int64]*Taken{}}
}

// Key names the pool a product in a warehouse belongs to.
func (e *Engine) Key(product, warehouse int64) PoolKey {
	if e.Company {
		warehouse = 0
	}
	return PoolKey{product, warehouse}
}

// Pool returns the pool of the key, empty if it is new.
func (e *Engine) Pool(k PoolKey) *Pool {
	p := e.pools[k]
	if p == nil {
		p = &Pool{}
		e.pools[k] = p
	}
	return p
}

// SetStock says what a warehouse held before the first row.
func (e *Engine) SetStock(product, warehouse int64, q num.Quantity) {
	e.stock[PoolKey{product, warehouse}] = q
}

// SetLine says what a slip line before the first row cost and how much came back.
func (e *Engine) SetLine(line int64, t Taken) { e.lines[line] = &t }

// HasLine tells whether the line is known.
func (e *Engine) HasLine(line int64) bool { return e.lines[line] != nil }

func (e *Engine) line(id int64) *Taken {
	t := e.lines[id]
	if t == nil {
		t = &Taken{}
		e.lines[id] = t
	}
	return t
}

// Run values the rows, which stand in ledger order. It fails with *Short where a slip leaves a warehouse below zero,
// or with num.ErrOverflow.
func (e *Engine) Run(rows []*Row) error {
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Place == rows[0].Place && rows[n].Date == rows[0].Date {
			n++
		}
		if err := e.Slip(rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// Slip values the rows of one slip that stand at one place, then checks the stock it left.
func (e *Engine) Slip(rows []*Row) error {
	e.open, e.parts = e.open[:0], nil
	for i, r := range rows {
		if r.Basis == slip.Collected && e.parts == nil {
			if err := e.collect(rows[i:], rows[:i]); err != nil {
				return err
			}
			r = rows[i]
		}
		if !e.known(r) {
			continue
		}
		if err := e.apply(r); err != nil {
			return err
		}
		e.open = append(e.open, r)
	}
	return e.check()
}

func (e *Engine) known(r *Row) bool { return e.Knows == nil || e.Knows(r.Product) }

// collect spreads what the rows from took out, and what the rows into add themselves, over these (C8). Where that changes a row
// outside the walk, the products of all of them join it.
func (e *Engine) collect(into, from []*Row) error {
	var sum num.Amount
	for _, r := range from {
		sum -= r.Value
	}
	weights := make([]int64, len(into))
	for i, r := range into {
		sum += r.Given
		weights[i] = r.Weight
	}
	parts, err := num.Spread(sum, weights)
	if err != nil {
		return err
	}
	e.parts = make(map[*Row]num.Amount, len(into))
	var outside []int
	changed := false
	for i, r := range into {
		e.parts[r] = parts[i]
		if !e.known(r) {
			outside, changed = append(outside, i), changed || r.Value != parts[i]
		}
	}
	for _, i := range outside {
		if !changed {
			break
		}
		if into[i], err = e.Enter(into[i]); err != nil {
			return err
		}
		e.parts[into[i]] = parts[i]
	}
	return nil
}

func (e *Engine) check() error {
	for _, r := range e.open {
		if left := e.stock[PoolKey{r.Product, r.Warehouse}]; left < 0 && r.Qty < 0 && !e.Lenient {
			return &Short{r, left}
		}
	}
	return nil
}

func (e *Engine) apply(r *Row) error {
	p := e.Pool(e.Key(r.Product, r.Warehouse))
	if r.Basis == slip.Counted {
		r.Qty = r.Counted - e.stock[PoolKey{r.Product, r.Warehouse}]
		r.OutSide = r.Qty < 0
	}
	v, err := e.value(p, r)
	if err != nil {
		return err
	}
	if r.Varies {
		e.carry = v + r.Given // what goes beyond the credit: the variance row takes it
		v = -r.Given
	} else if r.Basis != Variance {
		e.carry = -v
	}
	r.Value = v
	if p.Qty > 0 && p.Qty+r.Qty == 0 {
		if p.Last, err = num.UnitPrice(p.Value, p.Qty); err != nil {
			return err
		}
	}
	p.Qty += r.Qty
	if p.Value, err = num.Add(p.Value, v); err != nil {
		return err
	}
	e.stock[PoolKey{r.Product, r.Warehouse}] += r.Qty
	e.line(r.Line).Cost += v
	if r.SourceLine != 0 && (r.Basis == slip.FromSource || r.Basis == Variance) {
		t := e.line(r.SourceLine)
		t.Back += v
		if r.Qty < 0 {
			t.Qty -= r.Qty
		} else {
			t.Qty += r.Qty
		}
	}
	return nil
}

// value finds what the whole move is worth, signed as its quantity.
func (e *Engine) value(p *Pool, r *Row) (num.Amount, error) {
	switch r.Basis {
	case slip.Given:
		return r.Given, nil
	case slip.Carried, Variance:
		return e.carry, nil
	case slip.FromSource:
		return e.back(p, r)
	case slip.Collected:
		return e.parts[r], nil
	case slip.Adjusted:
		if p.Qty <= 0 {
			return 0, nil
		}
		return max(r.Given, -p.Value), nil
	case slip.AtCost, slip.Counted:
		if r.Qty < 0 {
			return issue(p, -r.Qty)
		}
		return free(p, r)
	}
	return 0, fmt.Errorf("stock row of line %d: unknown basis %q", r.Line, r.Basis)
}

// issue is rule C2: the pool's average, and its whole value with the last unit.
func issue(p *Pool, q num.Quantity) (num.Amount, error) {
	if q >= p.Qty { // more than there is: the stock check after the slip refuses it
		return -p.Value, nil
	}
	v, err := num.Share(p.Value, q, p.Qty)
	return -v, err
}

// free values goods coming in without a source: the current average, else the last known cost, else the reference.
func free(p *Pool, r *Row) (num.Amount, error) {
	if p.Qty > 0 {
		return num.Share(p.Value, r.Qty, p.Qty)
	}
	cost := p.Last
	if cost == 0 {
		cost = r.Fallback
	}
	return num.Extend(r.Qty, cost, 0)
}

// back is the share rule on the source line's cost (C5, C6). What leaves stock is limited so that no value stays on
// zero quantity and the value's sign does not turn against the quantity's.
func (e *Engine) back(p *Pool, r *Row) (num.Amount, error) {
	t := e.line(r.SourceLine)
	q := max(r.Qty, -r.Qty)
	l := max(r.SourceQty, -r.SourceQty)
	s, err := slip.ShareRule(t.Cost, l, t.Qty, -t.Back, q)
	if err != nil {
		return 0, err
	}
	v := -s
	if r.Qty < 0 {
		after := p.Qty + r.Qty
		if after <= 0 || p.Value+v < 0 {
			v = -p.Value
		}
	}
	return v, nil
}

// Incoming tells on which side of a stock movement the row counts: receipts and goods returned by customers in,
// issues and goods returned to suppliers out; a variance row goes with its issue.
func (r *Row) Incoming() bool {
	if r.Qty != 0 {
		return r.Qty > 0
	}
	return !r.OutSide
}

// Entries are the row's two voucher lines: Dr stock, Cr contra for a receipt; Dr contra, Cr stock for an issue. Equal
// accounts (a transfer) make none; without a contra there is the stock account's line alone. Negative figures are red letters, except that a variance stands on its proper side.
func (r *Row) Entries() []slip.Entry {
	if r.Value == 0 || r.Stock == r.Contra {
		return nil
	}
	out := r.OutSide
	if r.Basis == Variance {
		out = r.Value < 0
	}
	if r.Contra == "" {
		if out {
			return []slip.Entry{{Account: r.Stock, Credit: -r.Value}}
		}
		return []slip.Entry{{Account: r.Stock, Debit: r.Value}}
	}
	if out {
		return []slip.Entry{{Account: r.Contra, Debit: -r.Value}, {Account: r.Stock, Credit: -r.Value}}
	}
	return []slip.Entry{{Account: r.Stock, Debit: r.Value}, {Account: r.Contra, Credit: r.Value}}
}

// Voucher merges entries of the same account and side, in the order they first stand, and drops what came to nothing.
func Voucher(entries []slip.Entry) []slip.Entry {
	type side struct {
		account string
		debit   bool
	}
	at := map[side]int{}
	var list []slip.Entry
	for _, e := range entries {
		k := side{e.Account, e.Debit != 0}
		i, ok := at[k]
		if !ok {
			i = len(list)
			at[k] = i
			list = append(list, slip.Entry{Account: e.Account})
		}
		list[i].Debit += e.Debit
		list[i].Credit += e.Credit
	}
	kept := list[:0]
	for _, e := range list {
		if e.Debit != 0 || e.Credit != 0 {
			kept = append(kept, e)
		}
	}
	return kept
}
