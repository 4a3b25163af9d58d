package store

import (
	"cmp"
	"strings"

	"zhanggui/data/ledger"
	"zhanggui/data/text"
)

// point is a place in the ledger: rows of a day, from a posting order on.
type point struct {
	date  text.Date
	place int64
}

func (s point) before(o point) bool { return s.date < o.date || s.date == o.date && s.place < o.place }

// kept is a product's state after its last row, as this transaction has it.
type kept struct {
	at    point
	state *ledger.State
	dirty bool
}

// Expect reads ahead the states of products that are to be posted.
func (tx *Tx) Expect(products []int64) error {
	var unknown []int64
	for _, p := range products {
		if tx.heads[p] == nil {
			unknown = append(unknown, p)
		}
	}
	for len(unknown) > 0 {
		n := min(len(unknown), 64)
		if err := tx.expect(unknown[:n]); err != nil {
			return err
		}
		unknown = unknown[n:]
	}
	return nil
}

func (tx *Tx) expect(products []int64) error {
	list, args := inList(products)
	for _, p := range products {
		tx.heads[p] = &kept{state: ledger.NewState()}
	}
	return each(tx, `SELECT product_id, date, place, state FROM stock_head WHERE product_id IN (`+list+`)`, args, func(scan func(...any) error) error {
		var p int64
		var text string
		k := &kept{}
		if err := scan(&p, &k.at.date, &k.at.place, &text); err != nil {
			return err
		}
		tx.heads[p] = k
		var err error
		k.state, err = ledger.ParseState(text)
		return err
	})
}

// StateBefore returns a product's state at some place before the one given, that place, and the stored rows from there on, in
// ledger order. Mostly that is its last state and no rows.
func (tx *Tx) StateBefore(product int64, date text.Date, place int64) (s *ledger.State, rows []*ledger.Row, base Base, err error) {
	if err := tx.Expect([]int64{product}); err != nil {
		return nil, nil, base, err
	}
	head, at := tx.heads[product], point{date, place}
	if head.at.before(at) {
		return head.state.Clone(), nil, Base{head.at}, nil
	}
	var state string
	found, err := one(tx, `SELECT date, place, state FROM stock_mark WHERE product_id = ? AND (date, place) < (?, ?) ORDER BY date DESC, place DESC LIMIT 1`,
		[]any{product, int64(date), place}, &base.at.date, &base.at.place, &state)
	if err != nil {
		return nil, nil, base, err
	}
	s = ledger.NewState()
	if found {
		if s, err = ledger.ParseState(state); err != nil {
			return nil, nil, base, err
		}
	}
	rows, err = stockRows(tx, `product_id = ? AND (date, place) > (?, ?) ORDER BY date, place, seq`, product, int64(base.at.date), base.at.place)
	return s, rows, base, err
}

// Base is a place in the ledger that a state belongs to.
type Base struct{ at point }

// Mark is a state kept on the way, so that going back into the past need not begin at the beginning.
type Mark struct {
	Product int64
	Date    text.Date
	Place   int64
	State   string
}

// KeepState keeps a product's state after its last row, and the marks on the way from a place on.
func (tx *Tx) KeepState(product int64, from, last *ledger.Row, s *ledger.State, marks []Mark) error {
	head := tx.heads[product]
	if at := (point{from.Date, from.Place}); !head.at.before(at) {
		if _, err := tx.exec(`DELETE FROM stock_mark WHERE product_id = ? AND (date, place) >= (?, ?)`, product, int64(from.Date), from.Place); err != nil {
			return err
		}
	}
	for _, m := range marks {
		if _, err := tx.exec(`INSERT INTO stock_mark (product_id, date, place, state) VALUES (?, ?, ?, ?)`, product, int64(m.Date), m.Place, m.State); err != nil {
			return err
		}
	}
	tx.heads[product] = &kept{point{last.Date, last.Place}, s, true}
	return nil
}

func (tx *Tx) flushStates() error {
	heads := batch{w: tx.writer, into: `stock_head (product_id, date, place, state)`,
		then: ` ON CONFLICT (product_id) DO UPDATE SET date = excluded.date, place = excluded.place, state = excluded.state`}
	for _, p := range ordered(tx.heads, cmp.Compare[int64]) {
		k := tx.heads[p]
		if !k.dirty {
			continue
		}
		if err := heads.add(p, int64(k.at.date), k.at.place, k.state.String()); err != nil {
			return err
		}
	}
	return heads.end(4)
}

// Marks lists all kept states: those on the way, and with place -1 the last ones.
func (db *Reader) Marks() ([]Mark, error) {
	var list []Mark
	err := each(db, `SELECT product_id, date, place, state FROM stock_mark UNION ALL SELECT product_id, date, -1, state FROM stock_head`, nil, func(scan func(...any) error) error {
		var m Mark
		err := scan(&m.Product, &m.Date, &m.Place, &m.State)
		list = append(list, m)
		return err
	})
	return list, err
}

// HeadState returns a product's state after its last row.
func (db *Reader) HeadState(product int64) (*ledger.State, error) {
	var state string
	found, err := one(db, `SELECT state FROM stock_head WHERE product_id = ?`, []any{product}, &state)
	if err != nil || !found {
		return ledger.NewState(), err
	}
	return ledger.ParseState(state)
}

// inList gives the marks and arguments of an IN. The list is padded to a power of two with its last row, so that few different
// statements stay prepared.
func inList(ids []int64) (string, []any) {
	n := 1
	for n < len(ids) {
		n *= 2
	}
	args := make([]any, n)
	for i := range args {
		args[i] = ids[min(i, len(ids)-1)]
	}
	return strings.TrimSuffix(strings.Repeat("?, ", n), ", "), args
}
