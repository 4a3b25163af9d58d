package workflow

import (
	"errors"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/ledger"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// replay puts fresh rows into their place (or takes gone rows for removed, already deleted) and re-costs every later row
// of the pools they touch (rule C11). It refuses what would leave any moment below zero.
func (b *Book) replay(tx *store.Tx, fresh, gone []*ledger.Row) error {
	return b.replayAs(tx, fresh, gone, false)
}

func (b *Book) replayAs(tx *store.Tx, fresh, gone []*ledger.Row, lenient bool) error {
	first := map[int64]*ledger.Row{}
	var order []int64
	mine := map[int64][]*ledger.Row{}
	for _, r := range append(slices.Clone(fresh), gone...) {
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
	var all []valued // nothing is written before every product is found right: a refusal leaves the ledgers as they are
	for _, p := range order {
		v, err := b.value(tx, p, first[p], mine[p], lenient)
		if err != nil {
			return b.short(tx, err)
		}
		all = append(all, v)
	}
	for _, v := range all {
		if err := v.write(tx); err != nil {
			return err
		}
	}
	return nil
}

// valued are the rows of one product from a place on, re-costed, and what the stored ones were worth before.
type valued struct {
	rows []*ledger.Row
	was  map[*ledger.Row]num.Amount
}

func (v valued) write(tx *store.Tx) (err error) {
	for _, r := range v.rows {
		old, stored := v.was[r]
		switch {
		case !stored:
			err = tx.InsertRow(r)
		case old != r.Value:
			err = tx.Revalue(r, old)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// value re-costs a product from a place on.
func (b *Book) value(tx *store.Tx, product int64, from *ledger.Row, fresh []*ledger.Row, lenient bool) (valued, error) {
	later, err := tx.RowsFrom(product, from.Date, from.Place)
	if err != nil {
		return valued{}, err
	}
	e := ledger.NewEngine(b.Settings().Pool == "company")
	e.Lenient = lenient
	if err := b.start(tx, e, product, from, later, fresh); err != nil {
		return valued{}, err
	}
	v := valued{was: make(map[*ledger.Row]num.Amount, len(later))}
	for _, r := range later {
		v.was[r] = r.Value
	}
	v.rows = append(slices.Clone(later), fresh...)
	slices.SortStableFunc(v.rows, func(a, b *ledger.Row) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		}
		return 0
	})
	return v, e.Run(v.rows)
}

// start gives the engine the state right before a place: what is there now less all from the place on.
func (b *Book) start(tx *store.Tx, e *ledger.Engine, product int64, from *ledger.Row, later, fresh []*ledger.Row) error {
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
		for i := range d.Lines {
			if d.Lines[i].ID == s.Row.Line {
				f.Line = i + 1
			}
		}
	}
	return f
}
