package store

import (
	"maps"
	"slices"

	"zhanggui/data/chart"
	"zhanggui/data/ledger"
	"zhanggui/data/num"
)

// dispatchAccount is goods dispatched 发出商品: delivered and not invoiced.
const dispatchAccount = chart.Dispatched

// touchDispatch notes that a delivery line's cost in goods dispatched changed.
func (tx *Tx) touchDispatch(r *ledger.Row) {
	if r.Contra != dispatchAccount {
		return
	}
	if r.SourceLine != 0 {
		tx.dispatched[r.SourceLine] = true
	} else {
		tx.dispatched[r.Line] = true
	}
}

// TouchGoods notes that what is invoiced of a goods line changed.
func (tx *Tx) TouchGoods(line int64) error {
	return each(tx, `SELECT CASE WHEN source_line <> 0 THEN source_line ELSE line_id END FROM stock_row WHERE line_id = ? AND contra = ? AND slip_id = (SELECT slip_id FROM slip_line WHERE id = ?)`,
		[]any{line, dispatchAccount, line}, func(scan func(...any) error) error {
			var root int64
			err := scan(&root)
			tx.dispatched[root] = true
			return err
		})
}

// Dispatch brings the cost of sales recognised for every delivery line that was touched in step with the ledger.
func (tx *Tx) Dispatch() error {
	for _, line := range slices.Sorted(maps.Keys(tx.dispatched)) {
		if err := tx.recognise(line); err != nil {
			return err
		}
	}
	clear(tx.dispatched)
	return nil
}

func (tx *Tx) recognise(line int64) error {
	want, account, err := recognised(tx, line)
	if err != nil {
		return err
	}
	type key struct {
		slip, place int64
	}
	left := map[key]ledger.Recognised{}
	for _, r := range want {
		left[key{r.Slip, r.Place}] = r
	}
	var gone []int64
	err = each(tx, `SELECT id, slip_id, date, place, value, account FROM dispatch_row WHERE line_id = ?`, []any{line}, func(scan func(...any) error) error {
		var id int64
		var was ledger.Recognised
		var acc string
		if err := scan(&id, &was.Slip, &was.Date, &was.Place, &was.Value, &acc); err != nil {
			return err
		}
		k := key{was.Slip, was.Place}
		if left[k] == was && acc == account {
			delete(left, k)
			return nil
		}
		gone = append(gone, id)
		tx.dispatch(was, acc, -1)
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range gone {
		if _, err := tx.exec(`DELETE FROM dispatch_row WHERE id = ?`, id); err != nil {
			return err
		}
	}
	for _, r := range want {
		if _, fresh := left[key{r.Slip, r.Place}]; !fresh {
			continue
		}
		id, err := tx.nextID("dispatch_row")
		if err != nil {
			return err
		}
		if _, err := tx.exec(`INSERT INTO dispatch_row (id, slip_id, line_id, date, place, value, account) VALUES (?, ?, ?, ?, ?, ?, ?)`, id,
			r.Slip, line, int64(r.Date), r.Place, int64(r.Value), account); err != nil {
			return err
		}
		tx.dispatch(r, account, 1)
	}
	return nil
}

func (tx *Tx) dispatch(r ledger.Recognised, account string, sign int64) {
	v := int64(r.Value) * sign
	tx.account(account, r.Date.Month(), v, 0)
	tx.account(dispatchAccount, r.Date.Month(), 0, v)
}

// recognised works out what a delivery line should have moved to its cost of sales, from the stock ledger and the invoices alone.
func recognised(q Query, line int64) (list []ledger.Recognised, account string, err error) {
	var base num.Quantity
	if _, err := one(q, `SELECT ABS(base), contra_account FROM slip_line WHERE id = ?`, []any{line}, &base, &account); err != nil {
		return nil, "", err
	}
	var events []ledger.Dispatched
	err = each(q, `SELECT slip_id, date, place, -value, CASE WHEN source_line <> 0 THEN 1 ELSE 0 END, ABS(qty) FROM stock_row WHERE contra = ?
		AND (line_id = ? AND source_line = 0 OR source_line = ? AND source_line <> 0)`, []any{dispatchAccount, line, line}, func(scan func(...any) error) error {
		var e ledger.Dispatched
		var back int64
		var q num.Quantity
		err := scan(&e.Slip, &e.Date, &e.Place, &e.Cost, &back, &q)
		if e.Back = back != 0; e.Back {
			e.Returned = q
		}
		events = append(events, e)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	err = each(q, `SELECT s.id, s.date, s.place, CASE WHEN m.goods_line = ? AND (SELECT MAX(r.qty) FROM stock_row r WHERE r.line_id = m.goods_line) > 0 THEN -m.qty ELSE m.qty END
		FROM match m JOIN slip_line l ON l.id = m.line_id JOIN slip s ON s.id = l.slip_id
		WHERE s.status = 'audited' AND (m.goods_line = ? OR m.goods_line IN (SELECT r.line_id FROM stock_row r WHERE r.source_line = ? AND r.source_line <> 0 AND r.contra = ?))`,
		[]any{line, line, line, dispatchAccount}, func(scan func(...any) error) error {
			var e ledger.Dispatched
			err := scan(&e.Slip, &e.Date, &e.Place, &e.Invoiced)
			events = append(events, e)
			return err
		})
	if err == nil {
		list, err = ledger.Recognise(base, events)
	}
	return list, account, err
}

// DispatchFaults lists what is stored and worked out of delivery lines whose cost of sales does not follow from the ledger, and the
// account where it is not what was delivered and not invoiced.
func (db *Reader) DispatchFaults() ([]Difference, error) {
	var bad []Difference
	type root struct {
		id     int64
		number string
	}
	var roots []root
	err := each(db, `SELECT DISTINCT l.id, s.number FROM stock_row r JOIN slip_line l ON l.id = r.line_id JOIN slip s ON s.id = l.slip_id WHERE r.contra = ? AND r.source_line = 0
		UNION SELECT DISTINCT l.id, s.number FROM dispatch_row d JOIN slip_line l ON l.id = d.line_id JOIN slip s ON s.id = l.slip_id`, []any{dispatchAccount}, func(scan func(...any) error) error {
		var r root
		err := scan(&r.id, &r.number)
		roots = append(roots, r)
		return err
	})
	var all num.Amount
	for _, r := range roots {
		if err != nil {
			return bad, err
		}
		var want, has num.Amount
		var list []ledger.Recognised
		if list, _, err = recognised(db, r.id); err != nil {
			return bad, err
		}
		for _, x := range list {
			want += x.Value
		}
		if _, err = one(db, `SELECT COALESCE(SUM(value), 0) FROM dispatch_row WHERE line_id = ?`, []any{r.id}, &has); err == nil && has != want {
			bad = append(bad, Difference{r.number, int64(has), int64(want)})
		}
		all += want
	}
	if err != nil {
		return bad, err
	}
	var cost, account num.Amount
	if _, err = one(db, `SELECT COALESCE(SUM(-value), 0) FROM stock_row WHERE contra = ?`, []any{dispatchAccount}, &cost); err != nil {
		return bad, err
	}
	_, err = one(db, `SELECT COALESCE(SUM(debit - credit), 0) FROM account_month WHERE account = ?`, []any{dispatchAccount}, &account)
	if account != cost-all {
		bad = append(bad, Difference{dispatchAccount, int64(account), int64(cost - all)})
	}
	return bad, err
}
