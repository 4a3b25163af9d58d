package workflow

import (
	"container/heap"
	"errors"
	"fmt"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/ledger"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// replay puts fresh rows into their place (or takes gone rows for removed, already deleted) and re-costs every later row
// of the pools they touch (rule C11). It refuses what would leave any moment below zero.
func (b *Book) replay(tx *store.Tx, fresh, gone []*ledger.Row) error {
	return b.replayAs(tx, fresh, gone, false)
}

func (b *Book) replayAs(tx *store.Tx, fresh, gone []*ledger.Row, lenient bool) error {
	w := &walk{tx: tx, e: ledger.NewEngine(b.Settings().Pool == "company"), of: map[int64]*stream{}, was: map[*ledger.Row]ledger.Row{}}
	w.e.Lenient, w.e.Knows, w.e.Enter = lenient, w.knows, w.enter
	first, mine := map[int64]*ledger.Row{}, map[int64][]*ledger.Row{}
	var order []int64
	for _, r := range slices.Concat(fresh, gone) {
		if f := first[r.Product]; f == nil {
			order = append(order, r.Product)
			first[r.Product] = r
		} else if r.Before(f) {
			first[r.Product] = r
		}
	}
	for _, r := range fresh {
		mine[r.Product] = append(mine[r.Product], r)
	}
	if len(order) > 1 {
		if err := tx.Expect(order, first[order[0]].Date, first[order[0]].Place); err != nil {
			return err
		}
	}
	for _, p := range order {
		s, err := w.load(p, first[p], mine[p])
		if err != nil {
			return err
		}
		w.wait(s)
	}
	if err := w.run(); err != nil {
		return b.short(tx, err)
	}
	return w.write() // nothing is written before all is found right: a refusal leaves the ledgers as they are
}

// walk goes forward over the rows of several products at once, merged into ledger order. Others join where goods made of them,
// or they of other goods, change in value (C8).
type walk struct {
	tx      *store.Tx
	e       *ledger.Engine
	streams []*stream // in the order they were loaded
	of      map[int64]*stream
	queue   queue                      // those with rows left
	was     map[*ledger.Row]ledger.Row // stored rows as they were
}

// stream is one product's rows from a place on; done of them are valued.
type stream struct {
	product int64
	rows    []*ledger.Row
	done    int
}

func (s *stream) head() *ledger.Row {
	if s.done == len(s.rows) {
		return nil
	}
	return s.rows[s.done]
}

// queue is a heap of streams, the one whose head stands first in the ledger on top.
type queue []*stream

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].head().Before(q[j].head()) }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(s any)        { *q = append(*q, s.(*stream)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	s := (*q)[last]
	*q = (*q)[:last]
	return s
}

// wait queues a stream that has rows left.
func (w *walk) wait(s *stream) {
	if s.head() != nil {
		heap.Push(&w.queue, s)
	}
}

func (w *walk) knows(product int64) bool { return w.of[product] != nil }

// load makes a product's stream from a place on, fresh rows among the stored ones.
func (w *walk) load(product int64, from *ledger.Row, fresh []*ledger.Row) (*stream, error) {
	later, err := w.tx.RowsFrom(product, from.Date, from.Place)
	if err != nil {
		return nil, err
	}
	if err := start(w.tx, w.e, product, from, later, fresh); err != nil {
		return nil, err
	}
	for _, r := range later {
		w.was[r] = *r
	}
	s := &stream{product: product, rows: append(slices.Clone(later), fresh...)}
	slices.SortStableFunc(s.rows, func(a, b *ledger.Row) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		}
		return 0
	})
	w.streams, w.of[product] = append(w.streams, s), s
	return s, nil
}

// enter lets the product of a row outside the walk join it at the row's slip, which is being valued, and returns the walk's own row.
func (w *walk) enter(r *ledger.Row) (*ledger.Row, error) {
	s := w.of[r.Product]
	if s == nil {
		var err error
		if s, err = w.load(r.Product, r, nil); err != nil {
			return nil, err
		}
		for s.head() != nil && samePlace(s.head(), r) {
			s.done++
		}
		w.wait(s)
	}
	for i := s.done - 1; i >= 0 && samePlace(s.rows[i], r); i-- {
		if s.rows[i].ID == r.ID {
			return s.rows[i], nil
		}
	}
	return nil, fmt.Errorf("stock row %d is gone", r.ID)
}

func samePlace(a, b *ledger.Row) bool { return a.Date == b.Date && a.Place == b.Place }

// run values slip after slip.
func (w *walk) run() error {
	for len(w.queue) > 0 {
		rows, err := w.slip(w.queue[0].head())
		if err != nil {
			return err
		}
		if err := w.e.Slip(rows); err != nil {
			return err
		}
	}
	return nil
}

// slip takes the rows at a place out of the streams. Where one of them flows into another product, the slip's other rows stand
// among them.
func (w *walk) slip(at *ledger.Row) ([]*ledger.Row, error) {
	var rows []*ledger.Row
	linked := false
	for len(w.queue) > 0 && samePlace(w.queue[0].head(), at) {
		s := heap.Pop(&w.queue).(*stream)
		for s.head() != nil && samePlace(s.head(), at) {
			rows = append(rows, s.head())
			linked = linked || s.head().Contra == ""
			s.done++
		}
		w.wait(s)
	}
	if linked {
		all, err := w.tx.RowsOf(at.Slip)
		if err != nil {
			return nil, err
		}
		for _, r := range all {
			if !w.knows(r.Product) {
				rows = append(rows, r)
			}
		}
	}
	slices.SortFunc(rows, func(a, b *ledger.Row) int { return a.Seq - b.Seq })
	return rows, nil
}

func (w *walk) write() error {
	var fresh []*ledger.Row
	for _, s := range w.streams {
		for _, r := range s.rows {
			old, stored := w.was[r]
			switch {
			case !stored:
				fresh = append(fresh, r)
			case old != *r:
				if err := w.tx.Revalue(r, &old); err != nil {
					return err
				}
			}
		}
	}
	return w.tx.InsertRows(fresh)
}

// start gives the engine the state right before a place: what is there now less all from the place on.
func start(tx *store.Tx, e *ledger.Engine, product int64, from *ledger.Row, later, fresh []*ledger.Row) error {
	now, err := tx.StockNow(product)
	if err != nil {
		return err
	}
	for _, r := range later {
		p := now[r.Warehouse]
		p.Qty, p.Value = p.Qty-r.Qty, p.Value-r.Value
		now[r.Warehouse] = p
	}
	for w, s := range now {
		e.SetStock(product, w, s.Qty)
		p := e.Pool(e.Key(product, w))
		p.Qty, p.Value = p.Qty+s.Qty, p.Value+s.Value
	}
	lasts := map[ledger.PoolKey]bool{}
	for _, r := range slices.Concat(later, fresh) {
		k := e.Key(product, r.Warehouse)
		if p := e.Pool(k); p.Qty == 0 && !lasts[k] {
			lasts[k] = true
			if p.Last, err = tx.LastCost(product, k.Warehouse, from.Date, from.Place); err != nil {
				return err
			}
		}
		if r.SourceLine != 0 && r.Basis == slip.FromSource && !e.HasLine(r.SourceLine) {
			t, err := tx.TakenBefore(r.SourceLine, from.Date, from.Place)
			if err != nil {
				return err
			}
			e.SetLine(r.SourceLine, t)
		}
	}
	return nil
}

// short words a shortage: product, warehouse, day and slip.
func (b *Book) short(tx *store.Tx, err error) error {
	var s *ledger.Short
	if !errors.As(err, &s) {
		return err
	}
	set := b.Masters()
	p, _ := set.ByID("products", s.Row.Product)
	w, _ := set.ByID("warehouses", s.Row.Warehouse)
	number := ""
	if d, _ := tx.Slip(s.Row.Slip); d != nil {
		number = d.Number
	}
	f := fault.New(fault.Refused, "库存不足：%s %s 在 %s 于 %s（%s）将为 %s", "not enough stock: %s %s in %s would be %[6]s on %[4]s at %[5]s",
		p.Code(), p.Get("name"), w.Code(), s.Row.Date, number, s.Left).At("qty")
	if d, _ := tx.Slip(s.Row.Slip); d != nil {
		f.Line = lineOf(d, s.Row.Line)
	}
	return f
}
