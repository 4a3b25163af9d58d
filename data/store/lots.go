package store

import (
	"cmp"
	"strings"

	"zhanggui/data/ledger"
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// lotKey is where so much of a lot lies.
type lotKey struct{ product, warehouse, lot int64 }

// countLots counts a row's lots into (sign +1) or out of (sign -1) the kept balances.
func (tx *Tx) countLots(r *ledger.Row, sign int64) {
	if r.Lots == "" {
		return
	}
	for _, x := range r.Lots.List() {
		tx.lots[lotKey{r.Product, r.Warehouse, x.Lot}] += int64(x.Qty) * sign
	}
}

// flushLots writes the gathered balances of lots; what is empty is not kept.
func (tx *Tx) flushLots() error {
	for _, k := range ordered(tx.lots, func(a, b lotKey) int {
		return cmp.Or(cmp.Compare(a.product, b.product), cmp.Compare(a.warehouse, b.warehouse), cmp.Compare(a.lot, b.lot))
	}) {
		n := tx.lots[k]
		if n == 0 {
			continue
		}
		if _, err := tx.exec(`INSERT INTO lot_now (product_id, warehouse_id, lot_id, qty) VALUES (?, ?, ?, ?)
			ON CONFLICT (product_id, warehouse_id, lot_id) DO UPDATE SET qty = lot_now.qty + excluded.qty`, k.product, k.warehouse, k.lot, n); err != nil {
			return err
		}
		if _, err := tx.exec(`DELETE FROM lot_now WHERE product_id = ? AND warehouse_id = ? AND lot_id = ? AND qty = 0`, k.product, k.warehouse, k.lot); err != nil {
			return err
		}
	}
	return nil
}

// dateLots: a lot expires when the rows that brought it say so.
func (tx *Tx) dateLots(r *ledger.Row) error {
	if r.Expiry == 0 {
		return nil
	}
	for _, x := range r.Lots.List() {
		if _, err := tx.exec(`UPDATE lot SET expiry = COALESCE((SELECT MAX(expiry) FROM lot_row WHERE lot_id = lot.id), 0) WHERE id = ?`, x.Lot); err != nil {
			return err
		}
	}
	return nil
}

// putLots writes of which lots a row is.
func (tx *Tx) putLots(r *ledger.Row) error {
	for _, x := range r.Lots.List() {
		if _, err := tx.exec(`INSERT INTO lot_row (row_id, lot_id, qty, expiry) VALUES (?, ?, ?, ?)`, r.ID, x.Lot, int64(x.Qty), int64(r.Expiry)); err != nil {
			return err
		}
	}
	return tx.dateLots(r)
}

// changeLots writes what a count now finds missing or over of its lot.
func (tx *Tx) changeLots(r *ledger.Row) error {
	for _, x := range r.Lots.List() {
		if _, err := tx.exec(`UPDATE lot_row SET qty = ? WHERE row_id = ? AND lot_id = ?`, int64(x.Qty), r.ID, x.Lot); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) dropLots(r *ledger.Row) error {
	if r.Lots == "" {
		return nil
	}
	if _, err := tx.exec(`DELETE FROM lot_row WHERE row_id = ?`, r.ID); err != nil {
		return err
	}
	return tx.dateLots(r)
}

// readLots reads of which lots rows are.
func readLots(q Query, rows []*ledger.Row) error {
	for len(rows) > 0 {
		n := min(len(rows), 64)
		ids, lots := make([]int64, n), map[int64][]ledger.LotQty{}
		byID := make(map[int64]*ledger.Row, n)
		for i, r := range rows[:n] {
			ids[i], byID[r.ID] = r.ID, r
		}
		list, args := inList(ids)
		err := each(q, `SELECT row_id, lot_id, qty, expiry FROM lot_row WHERE row_id IN (`+list+`)`, args, func(scan func(...any) error) error {
			var id int64
			var x ledger.LotQty
			var expiry text.Date
			err := scan(&id, &x.Lot, &x.Qty, &expiry)
			lots[id], byID[id].Expiry = append(lots[id], x), expiry
			return err
		})
		if err != nil {
			return err
		}
		for id, list := range lots {
			byID[id].Lots = ledger.PackLots(list)
		}
		rows = rows[n:]
	}
	return nil
}

// Lot is a lot 批次 of a product, or a serial number 序列号.
type Lot struct {
	ID      int64
	Product int64
	Code    string
	Expiry  text.Date // 0: not known
}

// Lot finds a lot of a product by its code; nil when there is none.
func (db *Reader) Lot(product int64, code string) (*Lot, error) { return lotOf(db, product, code) }

// Lot is DB.Lot within the transaction.
func (tx *Tx) Lot(product int64, code string) (*Lot, error) { return lotOf(tx, product, code) }

func lotOf(q Query, product int64, code string) (*Lot, error) {
	l := &Lot{Product: product, Code: code}
	found, err := one(q, `SELECT id, expiry FROM lot WHERE product_id = ? AND code = ?`, []any{product, code}, &l.ID, &l.Expiry)
	if !found {
		l = nil
	}
	return l, err
}

// NewLot makes a lot of a product. When it expires is said by the rows that bring it.
func (tx *Tx) NewLot(product int64, code string) (*Lot, error) {
	id, err := tx.nextID("lot")
	if err != nil {
		return nil, err
	}
	_, err = tx.exec(`INSERT INTO lot (id, product_id, code, expiry) VALUES (?, ?, ?, 0)`, id, product, code)
	return &Lot{ID: id, Product: product, Code: code}, err
}

// LotByID returns a lot by its row.
func (tx *Tx) LotByID(id int64) (*Lot, error) {
	l := &Lot{ID: id}
	_, err := one(tx, `SELECT product_id, code, expiry FROM lot WHERE id = ?`, []any{id}, &l.Product, &l.Code, &l.Expiry)
	return l, err
}

// SaidExpiry is when a lot expires by the rows of other slips than the one given, and the number of one that says so; 0 when none does.
func (tx *Tx) SaidExpiry(lot, except int64) (day text.Date, number string, err error) {
	_, err = one(tx, `SELECT l.expiry, s.number FROM lot_row l JOIN stock_row r ON r.id = l.row_id JOIN slip s ON s.id = r.slip_id
		WHERE l.lot_id = ? AND l.expiry <> 0 AND r.slip_id <> ? ORDER BY r.date, r.place LIMIT 1`, []any{lot, except}, &day, &number)
	return day, number, err
}

// LotStock is how much of a lot lies in a warehouse.
type LotStock struct {
	Lot
	Qty num.Quantity
}

// LotsNow lists what lies of each lot of a product in a warehouse, those that expire first in front; lots that do not expire stand last.
func (db *Reader) LotsNow(product, warehouse int64) ([]LotStock, error) {
	return lotsNow(db, product, warehouse)
}

// LotsNow is DB.LotsNow as the transaction sees it, before its own balances are written: within it slips have moved lots already.
func (tx *Tx) LotsNow(product, warehouse int64) ([]LotStock, error) {
	list, err := lotsNow(tx, product, warehouse)
	if err != nil {
		return nil, err
	}
	at := map[int64]int{}
	for i := range list {
		at[list[i].ID] = i
	}
	for _, k := range ordered(tx.lots, func(a, b lotKey) int { return cmp.Compare(a.lot, b.lot) }) {
		n := tx.lots[k]
		if k.product != product || k.warehouse != warehouse || n == 0 {
			continue
		}
		i, known := at[k.lot]
		if !known {
			l, err := tx.LotByID(k.lot)
			if err != nil {
				return nil, err
			}
			list, i = append(list, LotStock{Lot: *l}), len(list)
		}
		list[i].Qty += num.Quantity(n)
	}
	return list, nil
}

func lotsNow(q Query, product, warehouse int64) (list []LotStock, err error) {
	err = each(q, `SELECT t.id, t.code, t.expiry, n.qty FROM lot_now n JOIN lot t ON t.id = n.lot_id WHERE n.product_id = ? AND n.warehouse_id = ?
		ORDER BY CASE WHEN t.expiry = 0 THEN 1 ELSE 0 END, t.expiry, t.code`, []any{product, warehouse}, func(scan func(...any) error) error {
		l := LotStock{Lot: Lot{Product: product}}
		err := scan(&l.ID, &l.Code, &l.Expiry, &l.Qty)
		list = append(list, l)
		return err
	})
	return list, err
}

// LotMove is what a row behind a place moved of a lot.
type LotMove struct {
	Lot     int64
	Qty     num.Quantity
	Place   int64
	Date    text.Date
	Counted bool
}

// LotMovesAfter lists what moved of a product's lots in a warehouse behind a place of the ledger, in its order.
func (tx *Tx) LotMovesAfter(product, warehouse int64, date text.Date, place int64) (list []LotMove, err error) {
	err = each(tx, `SELECT l.lot_id, l.qty, r.date, r.place, CASE WHEN r.basis = 'counted' THEN 1 ELSE 0 END FROM stock_row r JOIN lot_row l ON l.row_id = r.id
		WHERE r.product_id = ? AND r.warehouse_id = ? AND (r.date, r.place) > (?, ?) ORDER BY r.date, r.place, r.seq`,
		[]any{product, warehouse, int64(date), place}, func(scan func(...any) error) error {
			var m LotMove
			var counted int64
			err := scan(&m.Lot, &m.Qty, &m.Date, &m.Place, &counted)
			m.Counted = counted != 0
			list = append(list, m)
			return err
		})
	return list, err
}

// HasMoved tells whether goods of a product ever moved.
func (tx *Tx) HasMoved(product int64) (bool, error) {
	return one(tx, `SELECT 1 FROM stock_row WHERE product_id = ? LIMIT 1`, []any{product}, new(int64))
}

// OnLiveSlip tells whether a product stands on an audited slip, be it an order.
func (tx *Tx) OnLiveSlip(product int64) (bool, error) {
	return one(tx, `SELECT 1 FROM slip_line l JOIN slip s ON s.id = l.slip_id WHERE l.product_id = ? AND s.status IN (`+live+`) LIMIT 1`, []any{product}, new(int64))
}

// LotPlace is how much of a lot lies in a warehouse.
type LotPlace struct {
	Lot
	Warehouse int64
	Qty       num.Quantity
}

// LotsAt lists what lies of every lot at the end of a day; product and warehouse 0 are all. Today's is kept, later moves are taken off.
func (db *Reader) LotsAt(product, warehouse int64, day text.Date) (list []LotPlace, err error) {
	where, args := "", []any{int64(day)}
	for _, x := range []struct {
		column string
		id     int64
	}{{"product_id", product}, {"warehouse_id", warehouse}} {
		if x.id != 0 {
			where, args = where+" AND t."+x.column+" = ?", append(args, x.id)
		}
	}
	err = each(db, `SELECT l.id, l.product_id, l.code, l.expiry, t.warehouse_id, SUM(t.qty) FROM (SELECT product_id, warehouse_id, lot_id, qty FROM lot_now
		UNION ALL SELECT r.product_id, r.warehouse_id, x.lot_id, -x.qty FROM stock_row r JOIN lot_row x ON x.row_id = r.id WHERE r.date > ?) t JOIN lot l ON l.id = t.lot_id
		WHERE 1 = 1`+where+` GROUP BY l.id, l.product_id, l.code, l.expiry, t.warehouse_id HAVING SUM(t.qty) <> 0 ORDER BY l.product_id, t.warehouse_id, l.code`, args,
		func(scan func(...any) error) error {
			var x LotPlace
			err := scan(&x.ID, &x.Product, &x.Code, &x.Expiry, &x.Warehouse, &x.Qty)
			list = append(list, x)
			return err
		})
	return list, err
}

// Expiring lists what lies of lots that expire up to a day, those that expire first in front.
func (db *Reader) Expiring(until text.Date) (list []LotPlace, err error) {
	err = each(db, `SELECT l.id, l.product_id, l.code, l.expiry, n.warehouse_id, n.qty FROM lot l JOIN lot_now n ON n.product_id = l.product_id AND n.lot_id = l.id
		WHERE l.expiry <> 0 AND l.expiry <= ? ORDER BY l.expiry, l.product_id, l.code, n.warehouse_id`, []any{int64(until)}, func(scan func(...any) error) error {
		var x LotPlace
		err := scan(&x.ID, &x.Product, &x.Code, &x.Expiry, &x.Warehouse, &x.Qty)
		list = append(list, x)
		return err
	})
	return list, err
}

// LotsNamed lists the lots of a code; product 0 is any.
func (db *Reader) LotsNamed(product int64, code string) (list []Lot, err error) {
	err = each(db, `SELECT id, product_id, code, expiry FROM lot WHERE code = ? AND (? = 0 OR product_id = ?) ORDER BY product_id`, []any{code, product, product}, func(scan func(...any) error) error {
		var l Lot
		err := scan(&l.ID, &l.Product, &l.Code, &l.Expiry)
		list = append(list, l)
		return err
	})
	return list, err
}

// LotRow is what a slip's line moved of a lot. Source is the line it came back to, or from.
type LotRow struct {
	Number, Kind     string
	Slip, Line       int64
	Party, Warehouse int64
	Source           int64
	Date             text.Date
	Qty              num.Quantity
	Between          bool // between two warehouses
}

// LotHistory lists what moved of a lot up to a day, in ledger order.
func (db *Reader) LotHistory(lot int64, to text.Date) (list []LotRow, err error) {
	err = each(db, `SELECT s.number, s.kind, s.id, r.line_id, COALESCE(s.party_id, 0), r.warehouse_id, r.source_line, r.date, x.qty, CASE WHEN r.basis IN ('moved', 'carried') THEN 1 ELSE 0 END
		FROM lot_row x JOIN stock_row r ON r.id = x.row_id JOIN slip s ON s.id = r.slip_id WHERE x.lot_id = ? AND r.date <= ? AND x.qty <> 0 ORDER BY r.date, r.place, r.seq`,
		[]any{lot, int64(to)}, func(scan func(...any) error) error {
			var x LotRow
			var between int64
			err := scan(&x.Number, &x.Kind, &x.Slip, &x.Line, &x.Party, &x.Warehouse, &x.Source, &x.Date, &x.Qty, &between)
			x.Between = between != 0
			list = append(list, x)
			return err
		})
	return list, err
}

// FindLots lists lots whose code holds the words, newest first, and counts them all; product 0 is any.
func (db *Reader) FindLots(product int64, words string, limit int) (list []Lot, total int, err error) {
	like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(words) + "%"
	where, args := ` FROM lot WHERE code LIKE ? ESCAPE '\'`, []any{like}
	if product != 0 {
		where, args = where+" AND product_id = ?", append(args, product)
	}
	if _, err = one(db, `SELECT COUNT(*)`+where, args, &total); err != nil {
		return nil, 0, err
	}
	err = each(db, `SELECT id, product_id, code, expiry`+where+` ORDER BY id DESC LIMIT ?`, append(args, limit), func(scan func(...any) error) error {
		var l Lot
		err := scan(&l.ID, &l.Product, &l.Code, &l.Expiry)
		list = append(list, l)
		return err
	})
	return list, total, err
}
