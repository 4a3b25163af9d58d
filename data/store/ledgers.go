package store

import (
	"cmp"
	"maps"
	"slices"

	"zhanggui/data/ledger"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

type (
	stockKey struct{ product, warehouse int64 }
	stockNow struct{ qty, value int64 }
	monthKey struct {
		month              text.Month
		product, warehouse int64
	}
	turnover struct{ inQty, inValue, outQty, outValue int64 }
	glKey    struct {
		account string
		month   text.Month
	}
	sides    struct{ debit, credit int64 }
	partyKey struct {
		party int64
		book  slip.Book
	}
)

func (tx *Tx) reset() {
	tx.stock, tx.month, tx.gl = map[stockKey]*stockNow{}, map[monthKey]*turnover{}, map[glKey]*sides{}
	tx.value, tx.party, tx.cash, tx.used = map[int64]num.Amount{}, map[partyKey]int64{}, map[int64]int64{}, map[usedKey]*used{}
	tx.dispatched, tx.lots = map[int64]bool{}, map[lotKey]int64{}
}

// ordered lists the keys of what was gathered as the tables have them: many rows in order are written twice as fast as at random,
// and the same book always becomes the same file.
func ordered[K comparable, V any](m map[K]V, order func(a, b K) int) []K {
	return slices.SortedFunc(maps.Keys(m), order)
}

// flush writes the gathered balances.
func (tx *Tx) flush() error {
	if err := tx.Dispatch(); err != nil {
		return err
	}
	now := batch{w: tx.writer, into: `stock_now (product_id, warehouse_id, qty, value)`,
		then: ` ON CONFLICT (product_id, warehouse_id) DO UPDATE SET qty = stock_now.qty + excluded.qty, value = stock_now.value + excluded.value`}
	for _, k := range ordered(tx.stock, func(a, b stockKey) int {
		return cmp.Or(cmp.Compare(a.product, b.product), cmp.Compare(a.warehouse, b.warehouse))
	}) {
		n := tx.stock[k]
		if n.qty == 0 && n.value == 0 {
			continue
		}
		if err := now.add(k.product, k.warehouse, n.qty, n.value); err != nil {
			return err
		}
	}
	if err := now.end(4); err != nil {
		return err
	}
	if err := tx.flushLots(); err != nil {
		return err
	}
	if err := tx.flushStates(); err != nil {
		return err
	}
	month := batch{w: tx.writer, into: `stock_month (month, product_id, warehouse_id, in_qty, in_value, out_qty, out_value)`,
		then: ` ON CONFLICT (month, product_id, warehouse_id) DO UPDATE SET in_qty = in_qty + excluded.in_qty, in_value = in_value + excluded.in_value,
			out_qty = out_qty + excluded.out_qty, out_value = out_value + excluded.out_value`}
	for _, k := range ordered(tx.month, func(a, b monthKey) int {
		return cmp.Or(cmp.Compare(a.month, b.month), cmp.Compare(a.product, b.product), cmp.Compare(a.warehouse, b.warehouse))
	}) {
		t := tx.month[k]
		if err := month.add(int64(k.month), k.product, k.warehouse, t.inQty, t.inValue, t.outQty, t.outValue); err != nil {
			return err
		}
	}
	if err := month.end(7); err != nil {
		return err
	}
	for _, k := range ordered(tx.gl, func(a, b glKey) int { return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.month, b.month)) }) {
		s := tx.gl[k]
		if _, err := tx.exec(`INSERT INTO account_month (account, month, debit, credit) VALUES (?, ?, ?, ?)
			ON CONFLICT (account, month) DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit`,
			k.account, int64(k.month), s.debit, s.credit); err != nil {
			return err
		}
	}
	for _, k := range ordered(tx.party, func(a, b partyKey) int { return cmp.Or(cmp.Compare(a.party, b.party), cmp.Compare(a.book, b.book)) }) {
		a := tx.party[k]
		if _, err := tx.exec(`INSERT INTO party_now (party_id, book, amount) VALUES (?, ?, ?)
			ON CONFLICT (party_id, book) DO UPDATE SET amount = amount + excluded.amount`, k.party, string(k.book), a); err != nil {
			return err
		}
	}
	for _, k := range ordered(tx.cash, cmp.Compare[int64]) {
		a := tx.cash[k]
		if _, err := tx.exec(`INSERT INTO cash_now (account_id, amount) VALUES (?, ?)
			ON CONFLICT (account_id) DO UPDATE SET amount = amount + excluded.amount`, k, a); err != nil {
			return err
		}
	}
	if err := tx.flushUsed(true); err != nil {
		return err
	}
	tx.reset()
	return tx.writeLog(true)
}

// count counts a row into (sign +1) or out of (sign -1) the kept balances: stock, month, and its two accounts.
func (tx *Tx) count(r *ledger.Row, sign int64) error {
	tx.touchDispatch(r)
	tx.countLots(r, sign)
	at := stockKey{r.Product, r.Warehouse}
	n := tx.stock[at]
	if n == nil {
		n = &stockNow{}
		tx.stock[at] = n
	}
	q, v := int64(r.Qty)*sign, int64(r.Value)*sign
	n.qty, n.value = n.qty+q, n.value+v
	tx.value[r.Slip] += num.Amount(v)
	k := monthKey{r.Date.Month(), r.Product, r.Warehouse}
	t := tx.month[k]
	if t == nil {
		t = &turnover{}
		tx.month[k] = t
	}
	if r.Incoming() {
		t.inQty, t.inValue = t.inQty+q, t.inValue+v
	} else {
		t.outQty, t.outValue = t.outQty-q, t.outValue-v
	}
	for _, e := range r.Entries() {
		tx.account(e.Account, r.Date.Month(), int64(e.Debit)*sign, int64(e.Credit)*sign)
	}
	return nil
}

func (tx *Tx) account(account string, m text.Month, debit, credit int64) {
	k := glKey{account, m}
	s := tx.gl[k]
	if s == nil {
		s = &sides{}
		tx.gl[k] = s
	}
	s.debit, s.credit = s.debit+debit, s.credit+credit
}

// InsertRows writes valued stock rows of one slip, gives them their ids and counts them.
func (tx *Tx) InsertRows(rows []*ledger.Row) error {
	args := make([]any, 0, 23*len(rows))
	for _, r := range rows {
		id, err := tx.nextID("stock_row")
		if err != nil {
			return err
		}
		r.ID = id
		args = append(args, id, r.Slip, r.Line, int64(r.Seq), r.Product, r.Warehouse, int64(r.Date), r.Place, int64(r.Qty), int64(r.Value), string(r.Basis), int64(r.Given),
			bit(r.Varies), r.SourceLine, int64(r.SourceQty), int64(r.Fallback), r.Stock, r.Contra, bit(r.OutSide), r.Weight, int64(r.Counted), bit(r.Beyond), len(r.Lots.List()))
	}
	err := tx.insertMany(`stock_row (id, slip_id, line_id, seq, product_id, warehouse_id, date, place, qty, value, basis, given, varies, source_line,
		source_qty, fallback, stock, contra, out_side, weight, counted, beyond, lots)`, 23, args, "")
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := tx.putLots(r); err != nil {
			return err
		}
		if err := tx.count(r, 1); err != nil {
			return err
		}
	}
	return nil
}

// Revalue changes what a row is worth, and what a count found missing or over, and the balances with it.
func (tx *Tx) Revalue(r, was *ledger.Row) error {
	var err error
	if r.Seq == was.Seq && r.Qty == was.Qty && r.OutSide == was.OutSide { // mostly; naming no other column leaves their indexes alone
		_, err = tx.exec(`UPDATE stock_row SET value = ? WHERE id = ?`, int64(r.Value), r.ID)
	} else {
		_, err = tx.exec(`UPDATE stock_row SET seq = ?, qty = ?, value = ?, out_side = ? WHERE id = ?`, r.Seq, int64(r.Qty), int64(r.Value), bit(r.OutSide), r.ID)
	}
	if err == nil && r.Lots != was.Lots {
		err = tx.changeLots(r)
	}
	if err != nil {
		return err
	}
	if err := tx.count(was, -1); err != nil {
		return err
	}
	return tx.count(r, 1)
}

// DeleteRow takes one row out.
func (tx *Tx) DeleteRow(r *ledger.Row) error {
	if err := tx.count(r, -1); err != nil {
		return err
	}
	if err := tx.dropLots(r); err != nil {
		return err
	}
	_, err := tx.exec(`DELETE FROM stock_row WHERE id = ?`, r.ID)
	return err
}

// DeleteRows takes a slip's stock rows out and returns them.
func (tx *Tx) DeleteRows(slipID int64) ([]*ledger.Row, error) {
	rows, err := stockRows(tx, `slip_id = ? ORDER BY date, place, seq, product_id`, slipID)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if err := tx.dropLots(r); err != nil {
			return nil, err
		}
		if err := tx.count(r, -1); err != nil {
			return nil, err
		}
	}
	_, err = tx.exec(`DELETE FROM stock_row WHERE slip_id = ?`, slipID)
	return rows, err
}

const rowColumns = `id, slip_id, line_id, seq, product_id, warehouse_id, date, place, qty, value, basis, given, varies, source_line, source_qty, fallback, stock, contra, out_side, weight, counted, beyond, lots`

func stockRows(q Query, where string, args ...any) ([]*ledger.Row, error) {
	var list, lots []*ledger.Row
	err := each(q, `SELECT `+rowColumns+` FROM stock_row WHERE `+where, args, func(scan func(...any) error) error {
		r := &ledger.Row{}
		var varies, outSide, beyond, n int64
		err := scan(&r.ID, &r.Slip, &r.Line, &r.Seq, &r.Product, &r.Warehouse, &r.Date, &r.Place, &r.Qty, &r.Value, &r.Basis, &r.Given, &varies,
			&r.SourceLine, &r.SourceQty, &r.Fallback, &r.Stock, &r.Contra, &outSide, &r.Weight, &r.Counted, &beyond, &n)
		r.Varies, r.OutSide, r.Beyond = varies != 0, outSide != 0, beyond != 0
		if list = append(list, r); n > 0 {
			lots = append(lots, r)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return list, readLots(q, lots)
}

// RowsOf lists a slip's stock rows.
func (db *Reader) RowsOf(slipID int64) ([]*ledger.Row, error) {
	return stockRows(db, `slip_id = ? ORDER BY seq, product_id`, slipID)
}

// RowsOf lists a slip's stock rows as the transaction sees them.
func (tx *Tx) RowsOf(slipID int64) ([]*ledger.Row, error) {
	return stockRows(tx, `slip_id = ? ORDER BY seq, product_id`, slipID)
}

// TakenUntil sums what a line cost and what came back of it up to a place.
func (tx *Tx) TakenUntil(line int64, base Base) (ledger.Taken, error) {
	var t ledger.Taken
	until := []any{line, int64(base.at.date), base.at.place}
	_, err := one(tx, `SELECT COALESCE(SUM(value), 0) FROM stock_row WHERE line_id = ? AND (date, place) <= (?, ?)`, until, &t.Cost)
	if err != nil {
		return t, err
	}
	var late num.Amount
	_, err = one(tx, `SELECT COALESCE(SUM(CASE WHEN basis = 'late' THEN value ELSE 0 END), 0), COALESCE(SUM(CASE WHEN basis IN ('late', 'rest') THEN 0 ELSE value END), 0),
		COALESCE(SUM(ABS(qty)), 0) FROM stock_row WHERE source_line = ? AND source_line <> 0 AND (date, place) <= (?, ?)`, until, &late, &t.Back, &t.Qty)
	t.Cost += late
	return t, err
}

// LineCosts sums the stock value of each line of a slip, with what landed costs add at its own place.
func (db *Reader) LineCosts(slipID int64) (map[int64]num.Amount, error) {
	m := map[int64]num.Amount{}
	err := each(db, `SELECT line, SUM(value) FROM (
		SELECT line_id AS line, value FROM stock_row WHERE line_id IN (SELECT id FROM slip_line WHERE slip_id = ?) AND basis NOT IN ('carried', 'monthly-in')
		UNION ALL SELECT l.id, r.value FROM slip s JOIN slip_line l ON l.slip_id = s.id JOIN stock_row r ON r.source_line = l.id AND r.source_line <> 0
			WHERE s.id = ? AND r.basis IN ('late', 'rest') AND r.date = s.date AND r.place = s.place) c GROUP BY line`, []any{slipID, slipID}, func(scan func(...any) error) error {
		var id int64
		var v num.Amount
		err := scan(&id, &v)
		m[id] = v
		return err
	})
	return m, err
}

// InsertParty writes a party ledger row.
func (tx *Tx) InsertParty(slipID int64, party int64, e slip.PartyEntry, date text.Date, place int64) error {
	id, err := tx.nextID("party_row")
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO party_row (id, slip_id, party_id, book, date, place, amount, due, own) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, slipID, party, string(e.Book), int64(date), place, int64(e.Amount), int64(e.Due), bit(e.Own))
	tx.party[partyKey{party, e.Book}] += int64(e.Amount)
	return err
}

// InsertCash writes a cash ledger row.
func (tx *Tx) InsertCash(slipID, account int64, amount num.Amount, date text.Date, place int64) error {
	id, err := tx.nextID("cash_row")
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO cash_row (id, slip_id, account_id, date, place, amount) VALUES (?, ?, ?, ?, ?, ?)`, id, slipID, account, int64(date), place, int64(amount))
	tx.cash[account] += int64(amount)
	return err
}

// InsertEntry writes a voucher line that is no cost line.
func (tx *Tx) InsertEntry(slipID int64, seq int, e slip.Entry, date text.Date, place int64) error {
	id, err := tx.nextID("voucher_line")
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO voucher_line (id, slip_id, seq, account, date, place, debit, credit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		id, slipID, seq, e.Account, int64(date), place, int64(e.Debit), int64(e.Credit))
	tx.account(e.Account, date.Month(), int64(e.Debit), int64(e.Credit))
	return err
}

// DeleteLedgers takes a slip's party, cash and voucher lines out.
func (tx *Tx) DeleteLedgers(slipID int64) error {
	err := each(tx, `SELECT party_id, book, amount FROM party_row WHERE slip_id = ?`, []any{slipID}, func(scan func(...any) error) error {
		var k partyKey
		var a int64
		err := scan(&k.party, &k.book, &a)
		tx.party[k] -= a
		return err
	})
	if err != nil {
		return err
	}
	err = each(tx, `SELECT account_id, amount FROM cash_row WHERE slip_id = ?`, []any{slipID}, func(scan func(...any) error) error {
		var id, a int64
		err := scan(&id, &a)
		tx.cash[id] -= a
		return err
	})
	if err != nil {
		return err
	}
	for _, t := range []string{"party_row", "cash_row"} {
		if _, err := tx.exec(`DELETE FROM `+t+` WHERE slip_id = ?`, slipID); err != nil {
			return err
		}
	}
	return tx.DeleteEntries(slipID)
}

// DeleteEntries takes a slip's voucher lines out, those of the stock ledger left.
func (tx *Tx) DeleteEntries(slipID int64) error {
	err := each(tx, `SELECT account, date, debit, credit FROM voucher_line WHERE slip_id = ?`, []any{slipID}, func(scan func(...any) error) error {
		var account string
		var date text.Date
		var debit, credit int64
		err := scan(&account, &date, &debit, &credit)
		tx.account(account, date.Month(), -debit, -credit)
		return err
	})
	if err != nil {
		return err
	}
	_, err = tx.exec(`DELETE FROM voucher_line WHERE slip_id = ?`, slipID)
	return err
}

// Entries lists the stored voucher lines of a slip (without its cost lines).
func (db *Reader) Entries(slipID int64) ([]slip.Entry, error) {
	var list []slip.Entry
	err := each(db, `SELECT account, debit, credit FROM voucher_line WHERE slip_id = ? ORDER BY seq`, []any{slipID}, func(scan func(...any) error) error {
		var e slip.Entry
		err := scan(&e.Account, &e.Debit, &e.Credit)
		list = append(list, e)
		return err
	})
	return list, err
}

// HasEntries tells whether voucher lines other than those read from the stock ledger stand in an account.
func (tx *Tx) HasEntries(account string) (bool, error) {
	return one(tx, `SELECT 1 FROM voucher_line WHERE account = ? LIMIT 1`, []any{account}, new(int64))
}

// HasCash tells whether money moved by a cash account.
func (tx *Tx) HasCash(account int64) (bool, error) {
	return one(tx, `SELECT 1 FROM cash_row WHERE account_id = ? LIMIT 1`, []any{account}, new(int64))
}
