package workflow

import (
	"cmp"
	"container/heap"
	"errors"
	"fmt"
	"slices"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/ledger"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// markEvery is after how many rows of a product its state is kept, so that a backdated slip need not read all that was before.
const markEvery = 256

// replay puts fresh rows into their place (or takes gone rows for removed, already deleted) and re-costs every later row
// of the pools they touch (rule C11). It refuses what would take more than there is at any moment, unless it may; rows that
// may and did come back.
func (b *Book) replay(tx *store.Tx, fresh, gone []*ledger.Row) ([]ledger.Short, error) {
	return b.replayAs(tx, fresh, gone, false)
}

func (b *Book) replayAs(tx *store.Tx, fresh, gone []*ledger.Row, lenient bool) ([]ledger.Short, error) {
	var from *ledger.Row
	mine := map[int64][]*ledger.Row{}
	var order []int64
	for _, r := range slices.Concat(fresh, gone) {
		if _, known := mine[r.Product]; !known {
			order = append(order, r.Product)
			mine[r.Product] = nil
		}
		if from == nil || r.Before(from) {
			from = r
		}
	}
	for _, r := range fresh {
		mine[r.Product] = append(mine[r.Product], r)
	}
	w := newWalk(tx, b.Settings().method())
	w.e.Lenient = lenient
	err := w.all(order, from, mine)
	var s *ledger.Short
	if errors.As(err, &s) && len(fresh) > 1 && !lenient {
		return w.below, b.shorts(tx, fresh, order, mine, from, err)
	}
	return w.below, b.short(tx, fresh, err)
}

// shorts words every shortage of a slip that was refused for one, in the order of its lines: each product is walked by itself, without the
// lines already found short, until the rest of it is there. Nothing is written.
func (b *Book) shorts(tx *store.Tx, fresh []*ledger.Row, order []int64, mine map[int64][]*ledger.Row, from *ledger.Row, first error) error {
	var list fault.List
	for _, p := range order {
		rows := mine[p]
		for len(rows) > 0 && !slices.ContainsFunc(rows, func(r *ledger.Row) bool { return r.Basis == slip.Collected }) {
			var s *ledger.Short
			err := newWalk(tx, b.Settings().method()).find([]int64{p}, from, map[int64][]*ledger.Row{p: rows})
			if err == nil {
				break
			}
			if !errors.As(err, &s) {
				return b.short(tx, fresh, first)
			}
			f := fault.Of(b.short(tx, fresh, err))
			if len(f) == 0 {
				return b.short(tx, fresh, first)
			}
			list = append(list, f...)
			rows = slices.DeleteFunc(slices.Clone(rows), func(r *ledger.Row) bool { return r.Slip != s.Row.Slip || r.Line == s.Row.Line })
		}
	}
	if len(list) == 0 {
		return b.short(tx, fresh, first)
	}
	slices.SortStableFunc(list, func(a, b *fault.Fault) int { return a.Line - b.Line })
	return list
}

// all walks over products from the first place on, fresh rows among the stored ones. They begin together: what one makes of another
// may stand before the other's own first change.
func (w *walk) all(products []int64, from *ledger.Row, fresh map[int64][]*ledger.Row) error {
	if err := w.find(products, from, fresh); err != nil {
		return err
	}
	return w.write() // nothing is written before all is found right: a refusal leaves the ledgers as they are
}

// find is all without writing.
func (w *walk) find(products []int64, from *ledger.Row, fresh map[int64][]*ledger.Row) error {
	if err := w.tx.Expect(products); err != nil {
		return err
	}
	for _, p := range products {
		s, err := w.load(p, from, fresh[p])
		if err != nil {
			return err
		}
		w.wait(s)
	}
	return w.run()
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
	kept    map[correction]*ledger.Row // stored corrections from the streams' places on
	made    []*ledger.Row              // corrections as they should be
	below   []ledger.Short
}

func newWalk(tx *store.Tx, m ledger.Method) *walk {
	w := &walk{tx: tx, e: ledger.NewEngine(m), of: map[int64]*stream{}, was: map[*ledger.Row]ledger.Row{}, kept: map[correction]*ledger.Row{}}
	w.e.Knows, w.e.Enter, w.e.Before, w.e.Serial = w.knows, w.enter, w.before, serials(tx)
	return w
}

// correction names the one correction a slip brings a short line in a warehouse.
type correction struct{ slip, line, warehouse int64 }

// stream is one product's rows from a place on; done of them are valued.
type stream struct {
	product int64
	from    *ledger.Row
	base    store.Base // the place its state was taken from
	rows    []*ledger.Row
	done    int
	marks   []store.Mark
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

// before tells the engine of a line what happened up to its product's base.
func (w *walk) before(product, line int64) (ledger.Taken, error) {
	return w.tx.TakenUntil(line, w.of[product].base)
}

// load makes a product's stream from a place on, fresh rows among the stored ones, and brings the engine to that place.
func (w *walk) load(product int64, from *ledger.Row, fresh []*ledger.Row) (*stream, error) {
	state, stored, base, err := w.tx.StateBefore(product, from.Date, from.Place)
	if err != nil {
		return nil, err
	}
	s := &stream{product: product, from: from, base: base}
	w.streams, w.of[product] = append(w.streams, s), s
	w.e.Load(product, state)
	var past []*ledger.Row
	for _, r := range stored {
		here := r.Date > from.Date || r.Date == from.Date && r.Place >= from.Place
		switch {
		case !here && r.Basis != ledger.Correction:
			past = append(past, r)
		case here && r.Basis == ledger.Correction:
			w.kept[correction{r.Slip, r.Line, r.Warehouse}] = r
		case here:
			w.was[r] = *r
			s.rows = append(s.rows, r)
		}
	}
	s.rows = append(s.rows, fresh...)
	slices.SortStableFunc(s.rows, func(a, b *ledger.Row) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Seq, b.Seq))
	})
	return s, w.e.Through(past)
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
		at := w.queue[0].head()
		rows, err := w.slip(at)
		if err != nil {
			return err
		}
		if err := w.e.Slip(rows); err != nil {
			return err
		}
		w.made, w.below = append(w.made, w.e.Made...), append(w.below, w.e.Below...)
		marked := int64(0)
		for _, r := range rows { // those of a product mostly stand together
			if s := w.of[r.Product]; s != nil && s.product != marked {
				marked = s.product
				w.mark(s, at)
			}
		}
	}
	return nil
}

// mark keeps a product's state on the way, every so many rows.
func (w *walk) mark(s *stream, at *ledger.Row) {
	n := 0
	for s.done-n > 0 && samePlace(s.rows[s.done-n-1], at) {
		n++
	}
	if k := len(s.marks); k > 0 && s.marks[k-1].Date == at.Date && s.marks[k-1].Place == at.Place {
		return
	}
	state := w.e.State(s.product)
	every := markEvery            // times a power of two, so that the steps stay put while the state grows
	for every < 4*state.Parts() { // a long state seldom, so that what is written stays in proportion to the rows
		every *= 2
	}
	if state.Rows/every != (state.Rows-n)/every {
		s.marks = append(s.marks, store.Mark{Product: s.product, Date: at.Date, Place: at.Place, State: state.String()})
	}
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
			linked = linked || s.head().Contra == "" && s.head().Basis != ledger.Monthly
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
			if !w.knows(r.Product) && r.Basis != ledger.Correction {
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
	if err := w.tx.InsertRows(fresh); err != nil {
		return err
	}
	if err := w.writeCorrections(); err != nil {
		return err
	}
	for _, s := range w.streams {
		last := s.from
		if n := len(s.rows); n > 0 && last.Before(s.rows[n-1]) {
			last = s.rows[n-1]
		}
		if err := w.tx.KeepState(s.product, s.from, last, w.e.State(s.product), s.marks); err != nil {
			return err
		}
	}
	return nil
}

// writeCorrections brings the stored corrections in step with those made.
func (w *walk) writeCorrections() (err error) {
	for _, c := range w.made {
		k := correction{c.Slip, c.Line, c.Warehouse}
		old := w.kept[k]
		delete(w.kept, k)
		if old == nil {
			err = w.tx.InsertRows([]*ledger.Row{c})
		} else {
			moved := *old
			c.ID, moved.Seq, moved.Value = old.ID, c.Seq, c.Value
			switch {
			case moved != *c:
				if err = w.tx.DeleteRow(old); err == nil {
					err = w.tx.InsertRows([]*ledger.Row{c})
				}
			case *old != *c:
				err = w.tx.Revalue(c, old)
			}
		}
		if err != nil {
			return err
		}
	}
	for _, c := range w.kept {
		if err := w.tx.DeleteRow(c); err != nil {
			return err
		}
	}
	return nil
}

// negative is what holds for taking more of a product out of a warehouse than there is: the product's own word, else the
// warehouse's, else the book's: forbid, warn or allow.
func (b *Book) negative(product, warehouse string) string {
	p, _ := b.Masters().Product(product)
	w, _ := b.Masters().Find(master.Warehouses.Code, warehouse)
	if p != nil {
		if p.Tracked() {
			return "forbid" // nobody can hand out a lot that is not there
		}
		if v := p.Get("negative"); v != "" {
			return v
		}
	}
	return cmp.Or(w.Get("negative"), b.Settings().Negative)
}

// belowWarnings words what the slip took below zero where that is to be told.
func (b *Book) belowWarnings(d *slip.Doc, below []ledger.Short) (list fault.List) {
	for _, s := range below {
		line := lineOf(d, s.Row.Line)
		if s.Row.Slip != d.ID || line == 0 {
			continue
		}
		l := &d.Lines[line-1]
		if at := d.At(l); b.negative(l.Product, at) == "warn" {
			list = append(list, fault.New(fault.Refused, "负库存：%s 在 %s 将为 %s，成本暂估", "stock below zero: %s in %s is now %s, its cost is provisional", b.Called(master.Products, l.Product), b.Called(master.Warehouses, at), s.Left).At("qty").OnLine(line).Named(BelowZero))
		}
	}
	return list
}

// short words a shortage: product, warehouse, day and slip; the line only of a slip that is being entered.
func (b *Book) short(tx *store.Tx, fresh []*ledger.Row, err error) error {
	var s *ledger.Short
	if !errors.As(err, &s) {
		return err
	}
	set := b.Masters()
	p, _ := set.ByID(master.Products.Code, s.Row.Product)
	w, _ := set.ByID(master.Warehouses.Code, s.Row.Warehouse)
	d, lost := tx.Slip(s.Row.Slip)
	if lost != nil || d == nil {
		return errors.Join(err, lost)
	}
	var f *fault.Fault
	switch {
	case s.Lot != 0:
		l, lost := tx.LotByID(s.Lot)
		if lost != nil {
			return errors.Join(err, lost)
		}
		if s.Twice {
			f = fault.New(fault.Refused, "%s 的序列号 %s 已在库中：于 %s（%s）将有 %s 件", "serial number %[2]s of %[1]s is in stock already: on %[3]s at %[4]s there would be %[5]s",
				b.Calls(p), l.Code, s.Row.Date, d.Number, s.Left)
		} else {
			f = fault.New(fault.Refused, "批次库存不足：%s 批号 %s 在 %s 于 %s（%s）将为 %s", "not enough of a lot: lot %[2]s of %[1]s in %[3]s would be %[6]s on %[4]s at %[5]s",
				b.Calls(p), l.Code, b.Calls(w), s.Row.Date, d.Number, s.Left)
		}
		f.At(slip.LotKey)
	case s.Pool:
		f = fault.New(fault.Refused, "库存不足：%s 在全部仓库合计于 %s（%s）将为 %s", "not enough stock: %s in all warehouses together would be %[4]s on %[2]s at %[3]s",
			b.Calls(p), s.Row.Date, d.Number, s.Left).At("qty")
	default:
		f = b.shortage(p, w, s.Row.Date, d.Number, s.Left)
	}
	f.Named(Short)
	from := s.Row.Warehouse
	if s.Pool {
		from = 0
	}
	if err := b.nameTaker(tx, f, s.Row.Product, from); err != nil {
		return err
	}
	if slices.ContainsFunc(fresh, func(r *ledger.Row) bool { return r.Slip == s.Row.Slip }) {
		f.Line = lineOf(d, s.Row.Line)
	}
	return f
}

// nameTaker adds to the words of a shortage who took of the goods last today (M9): two may have seen the same pieces.
func (b *Book) nameTaker(tx *store.Tx, f *fault.Fault, product, warehouse int64) error {
	y, m, d := b.Now().Date()
	t, ok, err := tx.LastTaker(product, warehouse, time.Date(y, m, d, 0, 0, 0, 0, b.Now().Location()))
	if err != nil || !ok {
		return err
	}
	at := t.At.Local().Format("15:04")
	f.Text = text.T(f.Text.Zh+fmt.Sprintf("；%s 的 %s 于 %s 取走 %s", t.Person, t.Number, at, t.Qty), f.Text.En+fmt.Sprintf("; %s's %s took %s at %s", t.Person, t.Number, t.Qty, at))
	return nil
}

// shortage words that there is too little of a product in a warehouse.
func (b *Book) shortage(p, w *master.Record, day text.Date, number string, left num.Quantity) *fault.Fault {
	return fault.New(fault.Refused, "库存不足：%s 在 %s 于 %s（%s）将为 %s", "not enough stock: %s in %s would be %[5]s on %[3]s at %[4]s",
		b.Calls(p), b.Calls(w), day, number, left).At("qty")
}
