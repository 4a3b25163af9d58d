package ledger

import (
	"fmt"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Taken is what a slip line cost and how much of it later lines took back.
type Taken struct {
	Cost num.Amount // signed sum of the line's rows, corrections included
	Qty  num.Quantity
	Back num.Amount // signed sum of the returning rows
}

// Short says that a row takes more than there is and may not.
type Short struct {
	Row  *Row
	Left num.Quantity // what would be left, below zero
	Pool bool         // of the company's pool, which other warehouses owe to; else of the row's warehouse
	// Lot is the lot of which there is not enough; nobody may take more of one than is there. Twice: it is a serial number, and Left of it would
	// be there.
	Lot   int64
	Twice bool
}

func (s *Short) Error() string { return fmt.Sprintf("product %d short by %s", s.Row.Product, -s.Left) }

// Method is how costs are reckoned: by first in first out, or by the moving average.
type Method struct {
	FIFO    bool
	Company bool   // one pool per product
	Turns   []Turn // changes of the first, by day
}

// Turn is a change to another method. What lies in a pool keeps its value: it becomes one layer of that day, or loses its layers.
type Turn struct {
	From text.Date
	FIFO bool
}

// on returns the method of a day and since when it holds.
func (m Method) on(day text.Date) (fifo bool, since text.Date) {
	fifo = m.FIFO
	for _, t := range m.Turns {
		if t.From <= day && t.FIFO != fifo {
			fifo, since = t.FIFO, t.From
		}
	}
	return fifo, since
}

// Engine walks the stock ledger forward and values every row. A row depends only on rows before it, so one pass from
// the first touched place costs everything right (rule C11).
type Engine struct {
	Method
	Lenient bool // stock may fall short for the moment: another pass follows that checks

	// Knows tells whether a product is walked; rows of the others stand as they are. Nil: all are.
	Knows func(product int64) bool
	// Enter brings the product of a standing row into the walk from its place on, and returns the walk's own row. It is needed
	// where Knows is set.
	Enter func(*Row) (*Row, error)
	// Serial tells whether a product's lots are serial numbers, each of which is there once at most. Nil: none are.
	Serial func(product int64) bool
	// Before tells what a line cost, and what came back of it, before the state its product was loaded with. Nil: nothing.
	Before func(product, line int64) (Taken, error)

	states map[int64]*State
	lines  map[int64]*taken
	past   bool // the rows are stored and right; only the states they lead to are wanted
	fifo   bool // the method of the rows in hand
	since  text.Date
	work
}

// work is what the engine has in hand while it values a slip.
type work struct {
	Made  []*Row              // corrections
	Below []Short             // rows that took their warehouse below zero and may
	parts map[*Row]num.Amount // what the Collected rows get
	added map[*Row]num.Amount // what the Late rows at their goods' own place add to these, by either
	carry num.Amount          // the value a row's partner takes over
	cut   []Layer             // and its layers
}

// taken is what happened to a line since its product was loaded, and before once that is asked for.
type taken struct {
	Taken
	whole bool
}

// NewEngine returns an engine that knows no product yet.
func NewEngine(m Method) *Engine {
	return &Engine{Method: m, states: map[int64]*State{}, lines: map[int64]*taken{}}
}

// Load gives a product the state it goes on from; the engine owns it from now on.
func (e *Engine) Load(product int64, s *State) { e.states[product] = s }

// State returns the product's state after the rows valued so far.
func (e *Engine) State(product int64) *State {
	s := e.states[product]
	if s == nil {
		s = NewState()
		e.states[product] = s
	}
	return s
}

// Pool returns the pool a product in a warehouse belongs to.
func (e *Engine) Pool(product, warehouse int64) *Pool {
	if e.Company {
		warehouse = 0
	}
	return e.State(product).pool(warehouse)
}

func (e *Engine) line(id int64) *taken {
	t := e.lines[id]
	if t == nil {
		t = &taken{}
		e.lines[id] = t
	}
	return t
}

// source is a line a row takes back from, with all that happened to it before.
func (e *Engine) source(r *Row) (*taken, error) {
	t := e.line(r.SourceLine)
	if !t.whole && e.Before != nil {
		b, err := e.Before(r.Product, r.SourceLine)
		if err != nil {
			return nil, err
		}
		t.Cost, t.Qty, t.Back = t.Cost+b.Cost, t.Qty+b.Qty, t.Back+b.Back
	}
	t.whole = true
	return t, nil
}

// Run values the rows, which stand in ledger order. It fails with *Short where a slip takes more than there is and may not,
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

// Through goes over rows that are stored and right, to the state they lead to. It may be called while a slip is being valued.
func (e *Engine) Through(rows []*Row) error {
	work, fifo, since := e.work, e.fifo, e.since
	e.past = true
	err := e.Run(rows)
	e.past, e.work, e.fifo, e.since = false, work, fifo, since
	return err
}

// Slip values the rows of one slip that stand at one place, then checks the stock it left.
func (e *Engine) Slip(rows []*Row) error {
	e.work = work{}
	e.fifo, e.since = e.on(rows[0].Date)
	e.addLate(rows)
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
	}
	e.merge()
	return e.check(rows)
}

func (e *Engine) known(r *Row) bool { return e.Knows == nil || e.Knows(r.Product) }

// addLate finds what is added to goods at their own place, their period being open: they come in at what they really cost, also where they
// cover what was owed (C7, C4). What would make a cost negative is left to the Rest row.
func (e *Engine) addLate(rows []*Row) {
	for i, r := range rows {
		if r.Basis != slip.Late {
			continue
		}
		for _, g := range rows[:i] {
			if g.Line == r.SourceLine && g.Basis == slip.Given && g.Qty > 0 {
				if e.added == nil {
					e.added = map[*Row]num.Amount{}
				}
				part := max(r.Given, -g.Given-e.added[g])
				e.added[g] += part
				e.added[r] = part
			}
		}
	}
}

// collect spreads what the rows from took out, and what the rows into add themselves, over these (C8). Where that changes a row
// outside the walk, the products of all of them join it.
func (e *Engine) collect(into, from []*Row) error {
	e.parts = make(map[*Row]num.Amount, len(into))
	if e.past {
		for _, r := range into {
			e.parts[r] = r.Value
		}
		return nil
	}
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

// check finds what the slip took beyond stock. Rows that may are told of; a count may always, it says what is there.
func (e *Engine) check(rows []*Row) error {
	if e.past {
		return nil
	}
	for _, r := range rows {
		if r.Qty >= 0 || r.Basis == slip.Counted || !e.known(r) {
			continue
		}
		s := e.State(r.Product)
		short := Short{Row: r, Left: s.Stock[r.Warehouse]}
		if p := e.Pool(r.Product, r.Warehouse); short.Left >= 0 && p.Qty < 0 && r.Basis != slip.Moved && !r.Beyond {
			short.Left, short.Pool = p.Qty, true
		}
		switch {
		case short.Left >= 0:
		case r.Beyond:
			e.Below = append(e.Below, short)
		case !e.Lenient:
			return &short
		}
	}
	for _, r := range rows {
		if r.Lots == "" || e.Lenient || !e.known(r) {
			continue
		}
		if s := e.checkLots(r); s != nil {
			return s
		}
	}
	return nil
}

// merge makes one row of the corrections of a short line, and numbers those of a product behind the slip's own rows: the numbers must not
// depend on which other products run along.
func (e *Engine) merge() {
	var list []*Row
	at := map[[2]int64]*Row{}
	for _, c := range e.Made {
		k := [2]int64{c.Line, c.Warehouse}
		if m := at[k]; m != nil {
			m.Value += c.Value
			continue
		}
		at[k] = c
		list = append(list, c)
	}
	e.Made = list[:0]
	next := map[int64]int{}
	for _, c := range list {
		if c.Value != 0 {
			c.Seq = correctionSeq + next[c.Product]
			next[c.Product]++
			e.Made = append(e.Made, c)
		}
	}
}

// correctionSeq is where corrections begin among a slip's rows.
const correctionSeq = 1_000_000

func (e *Engine) apply(r *Row) error {
	s := e.State(r.Product)
	if e.Turns != nil {
		s.turn(e.fifo, e.since)
	}
	if r.Basis == slip.Counted {
		r.Qty = r.Counted - s.counted(r)
		r.OutSide = r.Qty < 0
	}
	v, err := e.value(e.Pool(r.Product, r.Warehouse), r)
	if err != nil {
		return err
	}
	if r.Varies {
		e.carry = v + r.Given // what goes beyond the credit: the variance row takes it
		v = -r.Given
	}
	if e.past && v != r.Value {
		return fmt.Errorf("stock row %d is worth %s, its slip says %s", r.ID, r.Value, v)
	}
	r.Value = v
	s.Rows++
	s.Stock[r.Warehouse] += r.Qty
	if r.Lots != "" {
		s.moveLots(r)
	}
	e.line(r.Line).Cost += v
	if r.SourceLine != 0 && (r.Basis == slip.FromSource || r.Basis == Variance || r.Basis == Monthly) {
		t := e.line(r.SourceLine)
		t.Back += v
		t.Qty += max(r.Qty, -r.Qty)
	}
	if r.SourceLine != 0 && r.Basis == slip.Late { // all of it: what goods no longer there bear was their cost too
		e.line(r.SourceLine).Cost += v
	}
	if r.bought() {
		s.Bought, err = unit(r.Value, r.Qty)
	}
	return err
}

// value finds what the whole move is worth, signed as its quantity, and moves the pool.
func (e *Engine) value(p *Pool, r *Row) (num.Amount, error) {
	switch r.Basis {
	case slip.Given:
		if r.Qty == 0 {
			return r.Given, p.add(0, r.Given)
		}
		return r.Given, e.put(p, r, origin(r, r.Qty, r.Given+e.added[r]))
	case Monthly, MonthlyIn:
		return r.Given, p.add(0, r.Given)
	case Variance, Rest:
		return e.carry, nil // the pool gave or took it with the row before
	case slip.Carried:
		return e.arrive(p, r)
	case slip.Moved:
		return e.leave(p, r)
	case slip.Collected:
		return e.parts[r], e.put(p, r, origin(r, r.Qty, e.parts[r]))
	case slip.Adjusted:
		return p.adjust(r.Given)
	case slip.Late:
		if part, there := e.added[r]; there {
			e.carry = part - r.Given
			return r.Given, nil
		}
		v, err := p.late(r.Given, r.SourceQty, r.SourceLine, e.fifo)
		e.carry = v - r.Given // the rest goes to the variance row
		return r.Given, err
	case slip.FromSource:
		if r.Qty < 0 {
			return e.sendBack(p, r)
		}
		return e.comeBack(p, r)
	case slip.AtCost, slip.Counted:
		if r.Qty <= 0 {
			return e.issue(p, r, -r.Qty)
		}
		v, err := p.current(r.Qty, r)
		if err != nil {
			return 0, err
		}
		return v, e.put(p, r, origin(r, r.Qty, v))
	}
	return 0, fmt.Errorf("stock row of line %d: unknown basis %q", r.Line, r.Basis)
}

// issue takes q out at cost; what goes beyond stock is owed (C4).
func (e *Engine) issue(p *Pool, r *Row, q num.Quantity) (v num.Amount, err error) {
	e.cut = nil
	line := int64(0)
	if r.Basis == slip.FromSource {
		line = r.SourceLine
	}
	in := min(q, max(p.Qty, 0))
	if in > 0 {
		if v, e.cut, err = p.take(in, e.fifo, line); err != nil {
			return 0, err
		}
	}
	if q > in {
		owed, err := e.owe(p, r, q-in)
		if err != nil {
			return 0, err
		}
		v += owed
	}
	return -v, nil
}

// owe puts q on the pool's debts at the last known unit cost: the pool's, else the last purchase's, else the reference as it was
// at audit. It is then the pool's last known one.
func (e *Engine) owe(p *Pool, r *Row, q num.Quantity) (num.Amount, error) {
	if !p.Last.Known {
		p.Last = Cost{r.Fallback != 0, r.Fallback}
		if b := e.State(r.Product).Bought; b.Known {
			p.Last = b
		}
	}
	v, err := num.Extend(q, p.Last.Unit, 0)
	if err != nil {
		return 0, err
	}
	p.Debts = append(p.Debts, Debt{Line: r.Line, Qty: q, Value: v, Contra: r.Contra})
	return v, p.add(-q, -v)
}

// put brings a layer in. What the pool owes is covered first, at the layer's unit cost (C4); the rest stands at exactly that.
func (e *Engine) put(p *Pool, r *Row, l Layer) error {
	q, v := l.Qty, l.Value
	if p.Qty < 0 {
		done, paid, err := e.cover(p, r, q, v)
		if err != nil {
			return err
		}
		l.Qty, l.Value = q-done, v-paid
		if l.Qty == 0 {
			if p.Last, err = unit(v, q); err != nil {
				return err
			}
		}
	}
	if e.fifo && l.Qty > 0 {
		p.lay(l)
	}
	return p.add(l.Qty, l.Value)
}

// cover pays the oldest debts with the first of q units worth v, and makes the corrections. How many were needed, and what they were
// worth, comes back.
func (e *Engine) cover(p *Pool, r *Row, q num.Quantity, v num.Amount) (done num.Quantity, paid num.Amount, err error) {
	for len(p.Debts) > 0 && done < q {
		d := p.Debts[0]
		k := min(d.Qty, q-done)
		owed, err := d.owed(k)
		if err != nil {
			return 0, 0, err
		}
		upTo, err := num.Share(v, done+k, q)
		if err != nil {
			return 0, 0, err
		}
		cost := upTo - paid
		done, paid = done+k, upTo
		e.Made = append(e.Made, &Row{Slip: r.Slip, Line: d.Line, Product: r.Product, Warehouse: r.Warehouse, Date: r.Date, Place: r.Place,
			Value: owed - cost, Basis: Correction, Stock: r.Stock, Contra: d.Contra, OutSide: true})
		e.line(d.Line).Cost += owed - cost
		p.pay(0, k, owed)
		if err := p.add(k, owed); err != nil {
			return 0, 0, err
		}
	}
	return done, paid, nil
}

// leave takes goods out for another warehouse. Within one pool nothing changes but where they lie (C9); the value shown is their share.
func (e *Engine) leave(p *Pool, r *Row) (v num.Amount, err error) {
	if !e.Company {
		v, err = e.issue(p, r, -r.Qty)
	} else if v, err = p.current(-r.Qty, r); err == nil {
		v = -v
	}
	e.carry = -v
	return v, err
}

// arrive brings in what the row before took out, layer by layer.
func (e *Engine) arrive(p *Pool, r *Row) (num.Amount, error) {
	v := e.carry
	if e.Company {
		return v, nil
	}
	rest := origin(r, r.Qty, v)
	for _, l := range e.cut {
		rest.Qty, rest.Value = rest.Qty-l.Qty, rest.Value-l.Value
		if err := e.put(p, r, l); err != nil {
			return 0, err
		}
	}
	if rest.Qty == 0 {
		return v, nil
	}
	return v, e.put(p, r, rest)
}

// sendBack is C6: under average at the source line's cost by the share rule, limited so that no value stays on zero quantity and
// its sign does not turn; under FIFO at the layers' values, the source's own first.
func (e *Engine) sendBack(p *Pool, r *Row) (num.Amount, error) {
	t, err := e.source(r)
	if err != nil {
		return 0, err
	}
	q := -r.Qty
	if e.fifo || q >= p.Qty {
		return e.issue(p, r, q)
	}
	v, err := slip.ShareRule(t.Cost, max(r.SourceQty, -r.SourceQty), t.Qty, -t.Back, q)
	if err != nil {
		return 0, err
	}
	v = max(min(v, p.Value), 0)
	return -v, p.add(-q, -v)
}

// comeBack is C5: at the source line's cost by the share rule. What that line still owes is taken off first, as it stands.
func (e *Engine) comeBack(p *Pool, r *Row) (num.Amount, error) {
	t, err := e.source(r)
	if err != nil {
		return 0, err
	}
	q := r.Qty
	var own num.Amount
	for i := range p.Debts {
		if d := &p.Debts[i]; d.Line == r.SourceLine {
			k := min(q, d.Qty)
			if own, err = d.owed(k); err != nil {
				return 0, err
			}
			p.pay(i, k, own)
			if err := p.add(k, own); err != nil {
				return 0, err
			}
			q -= k
			break
		}
	}
	if q == 0 {
		return own, nil
	}
	v, err := slip.ShareRule(-t.Cost, max(r.SourceQty, -r.SourceQty), t.Qty+r.Qty-q, t.Back+own, q)
	if err != nil {
		return 0, err
	}
	v = max(v, 0)
	return own + v, e.put(p, r, origin(r, q, v))
}
