package store

import (
	"strings"

	"zhanggui/data/text"
)

// spot is a place in the ledger: rows of a day, from a posting order on.
type spot struct {
	date  text.Date
	place int64
}

func (s spot) before(o spot) bool { return s.date < o.date || s.date == o.date && s.place < o.place }

// Expect reads ahead what posting products at a place asks for one by one: their balances, and which of them have no row from
// the place on, as nearly all have not.
func (tx *Tx) Expect(products []int64, date text.Date, place int64) error {
	at := spot{date, place}
	var unknown []int64
	for _, p := range products {
		if end, ok := tx.end[p]; tx.stock[p] == nil || !ok || at.before(end) {
			unknown = append(unknown, p)
		}
	}
	for len(unknown) > 1 {
		n := min(len(unknown), 64)
		if err := tx.expect(unknown[:n], at); err != nil {
			return err
		}
		unknown = unknown[n:]
	}
	return nil
}

func (tx *Tx) expect(products []int64, at spot) error {
	list, args := inList(products)
	var fresh []int64
	for _, p := range products {
		if tx.stock[p] == nil {
			fresh = append(fresh, p)
			tx.stock[p] = map[int64]*stockNow{}
		}
	}
	if len(fresh) > 0 {
		of, args := inList(fresh)
		err := each(tx, `SELECT product_id, warehouse_id, qty, value FROM stock_now WHERE product_id IN (`+of+`)`, args, func(scan func(...any) error) error {
			var p, w int64
			n := &stockNow{}
			err := scan(&p, &w, &n.qty, &n.value)
			tx.stock[p][w] = n
			return err
		})
		if err != nil {
			return err
		}
	}
	later := map[int64]bool{}
	err := each(tx, `SELECT p.id FROM product p WHERE p.id IN (`+list+`)
		AND EXISTS (SELECT 1 FROM stock_row r WHERE r.product_id = p.id AND (r.date, r.place) >= (?, ?))`, append(args, int64(at.date), at.place),
		func(scan func(...any) error) error {
			var p int64
			err := scan(&p)
			later[p] = true
			return err
		})
	for _, p := range products {
		if !later[p] {
			tx.end[p] = at
		}
	}
	return err
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

// ended tells whether a product is known to have no row from the spot on.
func (tx *Tx) ended(product int64, at spot) bool {
	end, ok := tx.end[product]
	return ok && !at.before(end)
}
