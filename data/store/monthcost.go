package store

import (
	"zhanggui/data/ledger"
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// MonthRows lists a month's stock rows in ledger order, those of the month's end left out.
func (tx *Tx) MonthRows(m text.Month) ([]*ledger.Row, error) {
	return stockRows(tx, `date BETWEEN ? AND ? AND basis NOT IN ('monthly', 'monthly-in') ORDER BY date, place, seq, product_id`, int64(m.First()), int64(m.Last()))
}

// BalancesBefore tells what lay in every pool before a month: what lies there now less what moved since.
func (tx *Tx) BalancesBefore(m text.Month, method ledger.Method) (map[ledger.PoolKey]ledger.Balance, error) {
	list := map[ledger.PoolKey]ledger.Balance{}
	add := func(product, warehouse int64, q num.Quantity, v num.Amount) {
		k := method.Key(product, warehouse)
		b := list[k]
		list[k] = ledger.Balance{Qty: b.Qty + q, Value: b.Value + v}
	}
	for k, n := range tx.stock { // what this transaction did so far
		add(k.product, k.warehouse, num.Quantity(n.qty), num.Amount(n.value))
	}
	for k, t := range tx.month {
		if k.month >= m {
			add(k.product, k.warehouse, num.Quantity(t.outQty-t.inQty), num.Amount(t.outValue-t.inValue))
		}
	}
	err := each(tx, `SELECT product_id, warehouse_id, qty, value FROM stock_now UNION ALL
		SELECT product_id, warehouse_id, SUM(out_qty - in_qty), SUM(out_value - in_value) FROM stock_month WHERE month >= ? GROUP BY product_id, warehouse_id`, []any{int64(m)},
		func(scan func(...any) error) error {
			var product, warehouse int64
			var q num.Quantity
			var v num.Amount
			err := scan(&product, &warehouse, &q, &v)
			add(product, warehouse, q, v)
			return err
		})
	return list, err
}

// SetRates keeps what goods cost in a month on average, in place of what was kept of it; none takes it out.
func (tx *Tx) SetRates(m text.Month, rates []ledger.Rate) error {
	if _, err := tx.exec(`DELETE FROM month_rate WHERE month = ?`, int64(m)); err != nil {
		return err
	}
	for _, r := range rates {
		if _, err := tx.exec(`INSERT INTO month_rate (month, product_id, warehouse_id, qty, value) VALUES (?, ?, ?, ?, ?)`,
			int64(m), r.Pool.Product, r.Pool.Warehouse, int64(r.Qty), int64(r.Value)); err != nil {
			return err
		}
	}
	return nil
}

// Rates lists what goods cost on average in a month, by product and warehouse; 0 where the company is one pool.
func (db *Reader) Rates(m text.Month) (list []ledger.Rate, err error) {
	err = each(db, `SELECT product_id, warehouse_id, qty, value FROM month_rate WHERE month = ? ORDER BY product_id, warehouse_id`, []any{int64(m)}, func(scan func(...any) error) error {
		var r ledger.Rate
		err := scan(&r.Pool.Product, &r.Pool.Warehouse, &r.Qty, &r.Value)
		list = append(list, r)
		return err
	})
	return list, err
}

// RowSums counts a slip's stock rows and sums their values.
func (db *Reader) RowSums(number string) (rows int, value num.Amount, err error) {
	_, err = one(db, `SELECT COUNT(*), COALESCE(SUM(r.value), 0) FROM stock_row r JOIN slip s ON s.id = r.slip_id WHERE s.number = ?`, []any{number}, &rows, &value)
	return rows, value, err
}

// MovedSince lists the products that moved on a day or later.
func (tx *Tx) MovedSince(day text.Date) (list []int64, err error) {
	err = each(tx, `SELECT DISTINCT product_id FROM stock_row WHERE date >= ? ORDER BY product_id`, []any{int64(day)}, func(scan func(...any) error) error {
		var p int64
		err := scan(&p)
		list = append(list, p)
		return err
	})
	return list, err
}

// StockNow tells what lies there of each product in all warehouses.
func (db *Reader) StockNow() (map[int64]ledger.Balance, error) {
	list := map[int64]ledger.Balance{}
	err := each(db, `SELECT product_id, SUM(qty), SUM(value) FROM stock_now GROUP BY product_id`, nil, func(scan func(...any) error) error {
		var p int64
		var b ledger.Balance
		err := scan(&p, &b.Qty, &b.Value)
		list[p] = b
		return err
	})
	return list, err
}

// ProfitByMonth sums up the profit and loss accounts by month; a month that is closed has none left.
func (db *Reader) ProfitByMonth() (map[text.Month]num.Amount, error) {
	list := map[text.Month]num.Amount{}
	err := each(db, `SELECT month, SUM(credit - debit) FROM account_month WHERE SUBSTR(account, 1, 1) = '5' GROUP BY month`, nil, func(scan func(...any) error) error {
		var m text.Month
		var v num.Amount
		err := scan(&m, &v)
		list[m] = v
		return err
	})
	return list, err
}

// Estimates lists the lines of a slip that a month's average will re-cost: at their pool's cost, or at what a line cost whose own month is
// open still, after the day closed to.
func (db *Reader) Estimates(slipID int64, closed text.Date) (map[int64]bool, error) {
	list := map[int64]bool{}
	err := each(db, `SELECT line_id FROM stock_row r WHERE slip_id = ? AND (basis IN ('cost', 'counted', 'moved', 'collected')
		OR basis = 'source' AND varies = 0 AND EXISTS (SELECT 1 FROM stock_row o WHERE o.line_id = r.source_line AND o.date > ?))`, []any{slipID, int64(closed)}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		list[id] = true
		return err
	})
	return list, err
}
