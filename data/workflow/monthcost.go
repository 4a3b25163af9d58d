package workflow

import (
	"fmt"
	"slices"

	"zhanggui/data/kinds"
	"zhanggui/data/ledger"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

func costing(m text.Month) string { return fmt.Sprintf("COST-%06d", int(m)) }

// closeCost brings what was issued in a month from the estimate to the month's average, where the book reckons so, and keeps the rates.
func (b *Book) closeCost(tx *store.Tx, m text.Month) error {
	if b.Settings().CostingAt(m) != Monthly {
		return nil
	}
	rows, err := tx.MonthRows(m)
	if err != nil {
		return err
	}
	method := b.Settings().method()
	opening, err := tx.BalancesBefore(m, method)
	if err != nil {
		return err
	}
	rates, made, err := ledger.MonthEnd(method, opening, rows)
	if err != nil {
		return err
	}
	if err := tx.SetRates(m, rates); err != nil || len(made) == 0 {
		return err
	}
	d := &slip.Doc{Kind: kinds.MonthCost.Code, Number: costing(m), Date: m.Last()}
	if err := b.putOwn(tx, kinds.MonthCost, d); err != nil {
		return err
	}
	standAt(made, d)
	_, err = b.replay(tx, made, nil)
	return err
}

// standAt gives rows of a month's end their slip and place.
func standAt(made []*ledger.Row, d *slip.Doc) {
	for _, r := range made {
		r.Slip, r.Date, r.Place = d.ID, d.Date, d.Place
	}
}

// reopenCost takes the averages of months back; the estimates stand again.
func (b *Book) reopenCost(tx *store.Tx, from, to text.Month) error {
	var gone []*ledger.Row
	for m := from; m <= to; m = m.Next() {
		id, err := tx.SlipID(costing(m))
		if err != nil {
			return err
		}
		if id != 0 {
			rows, err := tx.DeleteRows(id)
			if err != nil {
				return err
			}
			gone = append(gone, rows...)
		}
		if err := b.takeBack(tx, costing(m)); err != nil {
			return err
		}
		if err := tx.SetRates(m, nil); err != nil {
			return err
		}
	}
	_, err := b.replay(tx, nil, gone)
	return err
}

// MonthCost tells what closing a month changed by its average: how many lines cost something else than was estimated, and what that took
// out of stock into costs. A month that is open, or reckoned by another method, has none.
func (b *Book) MonthCost(m text.Month) (lines int, moved num.Amount, err error) {
	lines, v, err := b.DB.RowSums(costing(m))
	return lines, -v, err
}

// Estimated tells whether costs of a day are estimates: its month will be averaged when it is closed.
func (b *Book) Estimated(day text.Date) bool {
	s := b.Settings()
	return day > s.Closed && s.CostingAt(day.Month()) == Monthly
}

// estimates are the lines of a slip whose cost is one.
func (b *Book) estimates(d *slip.Doc) (map[int64]bool, error) {
	if !d.Status.Live() || !b.Estimated(d.Date) {
		return nil, nil
	}
	return b.DB.Estimates(d.ID, b.Settings().Closed)
}

// monthEnds works the averages of closed months out again while a book is walked over.
type monthEnds struct {
	b       *Book
	method  ledger.Method
	month   text.Month
	done    bool // the month's average is worked out
	opening map[ledger.PoolKey]ledger.Balance
	rows    []*ledger.Row
	bad     []string
}

func newMonthEnds(b *Book) monthEnds {
	return monthEnds{b: b, method: b.Settings().method(), opening: map[ledger.PoolKey]ledger.Balance{}}
}

// add takes rows of the month in.
func (w *monthEnds) add(rows []*ledger.Row) { w.rows = append(w.rows, rows...) }

// turn ends the month before another one begins: 0 ends the last.
func (w *monthEnds) turn(m text.Month) error {
	if m == w.month {
		return nil
	}
	if !w.done && len(w.rows) > 0 {
		made, err := w.average()
		if err != nil {
			return err
		}
		if len(made) > 0 {
			w.bad = append(w.bad, fmt.Sprintf("%s: %d rows of the month's average are missing", w.month, len(made)))
		}
	}
	for _, r := range w.rows {
		k := w.method.Key(r.Product, r.Warehouse)
		b := w.opening[k]
		w.opening[k] = ledger.Balance{Qty: b.Qty + r.Qty, Value: b.Value + r.Value}
	}
	w.month, w.rows, w.done = m, w.rows[:0], false
	return nil
}

// made are the rows of the month's end as the slip that has them should have them.
func (w *monthEnds) made(d *slip.Doc) ([]*ledger.Row, error) {
	made, err := w.average()
	standAt(made, d)
	return made, err
}

// average works the month out and holds the rates kept against it.
func (w *monthEnds) average() (made []*ledger.Row, err error) {
	w.done = true
	var rates []ledger.Rate
	if w.b.Settings().CostingAt(w.month) == Monthly && w.month.Last() <= w.b.Settings().Closed {
		if rates, made, err = ledger.MonthEnd(w.method, w.opening, w.rows); err != nil {
			return nil, err
		}
	}
	kept, err := w.b.DB.Rates(w.month)
	if !slices.Equal(kept, rates) {
		w.bad = append(w.bad, fmt.Sprintf("averages of %s: kept %v, worked out %v", w.month, kept, rates))
	}
	return made, err
}
