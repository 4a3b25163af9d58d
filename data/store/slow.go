package store

import (
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Still is a product on hand: the last day it was sold and the first day it came in, 0: never.
type Still struct {
	Product           int64
	LastSale, FirstIn text.Date
}

// Standstill tells since when they stand still of all products on hand at a day; 0 where it never
// was. Selling are the kinds of sales. Warehouse 0 is all.
func (db *Reader) Standstill(selling []string, warehouse int64, day text.Date) ([]Still, error) {
	at, args := "", func(more ...any) []any { return more }
	if warehouse != 0 {
		at = ` AND r.warehouse_id = ?`
		args = func(more ...any) []any { return append(more, warehouse) }
	}
	both := append(args(int64(day)), args(int64(day))...)
	return list[Still](db, `SELECT p.product_id AS product,
		COALESCE((SELECT r.date FROM stock_row r JOIN slip s ON s.id = r.slip_id WHERE r.product_id = p.product_id AND r.date <= ?`+at+` AND r.qty < 0 AND s.kind IN (`+quoted(selling)+`)
			ORDER BY r.date DESC, r.place DESC LIMIT 1), 0) AS last_sale,
		COALESCE((SELECT r.date FROM stock_row r WHERE r.product_id = p.product_id AND r.date <= ?`+at+` AND r.qty > 0 ORDER BY r.date, r.place LIMIT 1), 0) AS first_in
		FROM (SELECT DISTINCT product_id FROM stock_now) p`, both...)
}

// Sold sums what went out on slips of the kinds, less what came back, by product over a span of days.
func (db *Reader) Sold(selling []string, from, to text.Date) (map[int64]num.Quantity, error) {
	m := map[int64]num.Quantity{}
	err := each(db, `SELECT r.product_id, -SUM(r.qty) FROM stock_row r JOIN slip s ON s.id = r.slip_id WHERE r.date BETWEEN ? AND ? AND s.kind IN (`+quoted(selling)+`) GROUP BY r.product_id`,
		[]any{int64(from), int64(to)}, func(scan func(...any) error) error {
			var p int64
			var q num.Quantity
			err := scan(&p, &q)
			m[p] = q
			return err
		})
	return m, err
}

// LastSupplier is the party of the newest slip of the kind that brought a product; 0 when there is none.
func (db *Reader) LastSupplier(kind string, product int64) (id int64, err error) {
	_, err = one(db, `SELECT party_id FROM used_now WHERE kind = ? AND product_id = ? ORDER BY date DESC, place DESC LIMIT 1`, []any{kind, product}, &id)
	return id, err
}

// Moved is goods that came (Qty > 0) or went at a place of the ledger. Source is the line they come back to or from, if any; Carried goods
// came from another warehouse by the same line.
type Moved struct {
	Product, Warehouse, Line, Source int64
	Date                             text.Date
	Qty                              num.Quantity
	Carried                          bool
}

// Moves gives every move of a span of days of a product (0: of all, one after the other) in ledger order. The value is used again by the next.
func (db *Reader) Moves(product int64, from, to text.Date, f func(*Moved)) error {
	of, args := "", []any{int64(from), int64(to)}
	if product != 0 {
		of, args = " AND product_id = ?", append(args, product)
	}
	var m Moved
	return each(db, `SELECT product_id, warehouse_id, line_id, source_line, date, qty, CASE WHEN basis = 'carried' THEN 1 ELSE 0 END FROM stock_row WHERE qty <> 0 AND date BETWEEN ? AND ?`+of+`
		ORDER BY product_id, date, place, seq`, args, func(scan func(...any) error) error {
		var carried int64
		err := scan(&m.Product, &m.Warehouse, &m.Line, &m.Source, &m.Date, &m.Qty, &carried)
		m.Carried = carried != 0
		f(&m)
		return err
	})
}
