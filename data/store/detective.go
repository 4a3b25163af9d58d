package store

import (
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Traced is what a slip's line moved of a product in a warehouse. Qty is as typed, in units of Factor base units; a Counted one moved what
// was found missing or over, none where the count agreed.
type Traced struct {
	Number, Kind       string
	Party, Warehouse   int64
	No                 int
	Date               text.Date
	Place              int64
	Qty, Factor, Moved num.Quantity
	Counted            bool
}

// moved is where a row's quantity is found: in the row itself, or (lot not 0) in what of it is of the lot.
func moved(lot int64) (qty, join string, args []any) {
	if lot == 0 {
		return "r.qty", "", nil
	}
	return "x.qty", " JOIN lot_row x ON x.row_id = r.id AND x.lot_id = ?", []any{lot}
}

// Trace lists what moved of a product, or of a lot of it, from a day on until before a place, in ledger order.
func (db *Reader) Trace(product, lot int64, from, date text.Date, place int64) ([]Traced, error) {
	var list []Traced
	qty, join, args := moved(lot)
	err := each(db, `SELECT s.number, s.kind, COALESCE(s.party_id, 0), r.warehouse_id, l.no, r.date, r.place, l.qty, l.factor, SUM(`+qty+`), MAX(CASE WHEN r.basis = 'counted' THEN 1 ELSE 0 END)
		FROM stock_row r`+join+` JOIN slip s ON s.id = r.slip_id JOIN slip_line l ON l.id = r.line_id
		WHERE r.product_id = ? AND r.date >= ? AND (r.date, r.place) < (?, ?) AND (`+qty+` <> 0 OR r.basis = 'counted')
		GROUP BY r.line_id, r.warehouse_id, r.date, r.place ORDER BY r.date, r.place, MIN(r.seq)`,
		append(args, product, int64(from), int64(date), place), func(scan func(...any) error) error {
			var t Traced
			var counted int64
			err := scan(&t.Number, &t.Kind, &t.Party, &t.Warehouse, &t.No, &t.Date, &t.Place, &t.Qty, &t.Factor, &t.Moved, &counted)
			t.Counted = counted != 0
			list = append(list, t)
			return err
		})
	return list, err
}

// StockBefore is what the book says lay of a product, or of a lot of it, in each warehouse before a place.
func (db *Reader) StockBefore(product, lot int64, date text.Date, place int64) (map[int64]num.Quantity, error) {
	m := map[int64]num.Quantity{}
	qty, join, args := moved(lot)
	err := each(db, `SELECT r.warehouse_id, SUM(`+qty+`) FROM stock_row r`+join+` WHERE r.product_id = ? AND (r.date, r.place) < (?, ?) GROUP BY r.warehouse_id`,
		append(args, product, int64(date), place), func(scan func(...any) error) error {
			var w int64
			var q num.Quantity
			err := scan(&w, &q)
			m[w] = q
			return err
		})
	return m, err
}

// DraftIDs lists slips of the kinds that are not audited, up to a day, oldest first.
func (db *Reader) DraftIDs(kinds []string, until text.Date) ([]int64, error) {
	var ids []int64
	err := each(db, `SELECT id FROM slip WHERE kind IN (`+quoted(kinds)+`) AND status IN (`+unaudited+`) AND date <= ? ORDER BY date, id`, []any{int64(until)}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}
