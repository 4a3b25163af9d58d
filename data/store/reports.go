package store

import (
	"maps"
	"slices"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Figures is what a report query returns: rows of int64 (scaled figures, dates as yyyymmdd, row ids) and string.
type Figures [][]any

func (db *DB) figures(n int, stmt string, args ...any) (Figures, error) {
	var out Figures
	var slab []any // rows are cut from one slab after the other
	dest := make([]any, n)
	err := each(db, stmt, args, func(scan func(...any) error) error {
		if len(slab) < n {
			slab = make([]any, min(max(4*len(out), 8), 4096)*n)
		}
		row := slab[:n:n]
		slab = slab[n:]
		for i := range row {
			dest[i] = &row[i]
		}
		out = append(out, row)
		return scan(dest...)
	})
	return out, err
}

// StockAt lists product, warehouse, qty, value as at the end of a day. Today's is kept; any other is
// counted from whichever end of the book is nearer, by kept turnovers of whole months and by rows within the day's month.
func (db *DB) StockAt(day text.Date) (Figures, error) {
	var newest text.Date
	if _, err := one(db, `SELECT COALESCE(MAX(date), 0) FROM stock_row`, nil, &newest); err != nil {
		return nil, err
	}
	if day >= newest {
		return db.figures(4, `SELECT product_id, warehouse_id, qty, value FROM stock_now ORDER BY product_id, warehouse_id`)
	}
	var first, last text.Month // each asked for by itself, or SQLite reads every month
	if _, err := one(db, `SELECT COALESCE((SELECT MIN(month) FROM stock_month), 0), COALESCE((SELECT MAX(month) FROM stock_month), 0)`, nil, &first, &last); err != nil {
		return nil, err
	}
	const group = `) t GROUP BY product_id, warehouse_id ORDER BY product_id, warehouse_id`
	count := func(m text.Month) int { return int(m)/100*12 + int(m)%100 }
	m := day.Month()
	if count(m)-count(first) < count(last)-count(m) {
		return db.figures(4, `SELECT product_id, warehouse_id, SUM(q), SUM(v) FROM (
			SELECT product_id, warehouse_id, in_qty - out_qty AS q, in_value - out_value AS v FROM stock_month WHERE month < ?
			UNION ALL SELECT product_id, warehouse_id, qty, value FROM stock_row WHERE date BETWEEN ? AND ?`+group, int64(m), int64(m.First()), int64(day))
	}
	return db.figures(4, `SELECT product_id, warehouse_id, SUM(q), SUM(v) FROM (
		SELECT product_id, warehouse_id, qty AS q, value AS v FROM stock_now
		UNION ALL SELECT product_id, warehouse_id, out_qty - in_qty, out_value - in_value FROM stock_month WHERE month > ?
		UNION ALL SELECT product_id, warehouse_id, -qty, -value FROM stock_row WHERE date > ? AND date <= ?`+group, int64(m), int64(day), int64(m.Last()))
}

// Movement lists product, warehouse, in qty, in value, out qty, out value of a span of days: whole months from the kept
// turnovers, the rest from the rows.
func (db *DB) Movement(from, to text.Date) (Figures, error) {
	first, last := from.Month(), to.Month()
	if from != first.First() {
		first = first.Next()
	}
	if to != last.Last() {
		last = last.Prev()
	}
	rows := `SELECT product_id, warehouse_id, CASE WHEN qty > 0 OR (qty = 0 AND out_side = 0) THEN qty ELSE 0 END, CASE WHEN qty > 0 OR (qty = 0 AND out_side = 0) THEN value ELSE 0 END,
		CASE WHEN qty > 0 OR (qty = 0 AND out_side = 0) THEN 0 ELSE -qty END, CASE WHEN qty > 0 OR (qty = 0 AND out_side = 0) THEN 0 ELSE -value END FROM stock_row WHERE date BETWEEN ? AND ?`
	if first > last {
		return db.figures(6, `SELECT p, w, SUM(a), SUM(b), SUM(c), SUM(d) FROM (SELECT product_id AS p, warehouse_id AS w, 0 AS a, 0 AS b, 0 AS c, 0 AS d FROM stock_now WHERE 1 = 0 UNION ALL `+rows+`) t GROUP BY p, w`, int64(from), int64(to))
	}
	return db.figures(6, `SELECT p, w, SUM(a), SUM(b), SUM(c), SUM(d) FROM (
		SELECT product_id AS p, warehouse_id AS w, in_qty AS a, in_value AS b, out_qty AS c, out_value AS d FROM stock_month WHERE month BETWEEN ? AND ?
		UNION ALL `+rows+` UNION ALL `+rows+`) t GROUP BY p, w`,
		int64(first), int64(last), int64(from), int64(first.First().AddDays(-1)), int64(last.Next().First()), int64(to))
}

// StockLedger lists date, number, kind, party, in qty, in value, out qty, out value, warehouse, slip of a product's moves,
// one row a slip line and warehouse, in ledger order.
func (db *DB) StockLedger(product int64, to text.Date) (Figures, error) {
	return db.figures(9, `SELECT r.date, s.number, s.kind, COALESCE(s.party_id, 0),
		SUM(CASE WHEN r.qty > 0 OR (r.qty = 0 AND r.out_side = 0) THEN r.qty ELSE 0 END), SUM(CASE WHEN r.qty > 0 OR (r.qty = 0 AND r.out_side = 0) THEN r.value ELSE 0 END),
		SUM(CASE WHEN r.qty > 0 OR (r.qty = 0 AND r.out_side = 0) THEN 0 ELSE -r.qty END), SUM(CASE WHEN r.qty > 0 OR (r.qty = 0 AND r.out_side = 0) THEN 0 ELSE -r.value END), r.warehouse_id
		FROM stock_row r JOIN slip s ON s.id = r.slip_id WHERE r.product_id = ? AND r.date <= ?
		GROUP BY r.date, r.place, s.id, r.line_id, r.warehouse_id ORDER BY r.date, r.place, MIN(r.seq)`, product, int64(to))
}

// tradeKeys are the SQL of the keys a trade summary can be grouped by.
var tradeKeys = map[string]string{
	"product": "l.product_id", "customer": "s.party_id", "supplier": "s.party_id", "employee": "s.employee_id", "category": "p.category_id",
	"month": "s.date / 100", "day": "s.date", "warehouse": "l.warehouse_id", "product's supplier": "p.supplier_id", "nobody": "0",
}

// UnderWay lists number, date, warehouse left, warehouse bound for, product, sent, done, open, day expected of lines of kinds whose goods are
// not all received yet, oldest first.
func (db *DB) UnderWay(kinds []string) (Figures, error) {
	return db.figures(9, `SELECT s.number, s.date, s.warehouse_id, s.to_warehouse_id, l.product_id, l.base, l.done, l.open, s.due_date FROM slip_line l JOIN slip s ON s.id = l.slip_id
		WHERE l.open <> 0 AND s.kind IN (`+quoted(kinds)+`) ORDER BY s.date, s.number, l.no`)
}

// OrderLines lists number, date, party, product, ordered, done, due date, status, kind of live order lines.
func (db *DB) OrderLines(from, to text.Date) (Figures, error) {
	return db.figures(9, `SELECT s.number, s.date, s.party_id, l.product_id, l.base, l.done, s.due_date, s.status, s.kind FROM slip s JOIN slip_line l ON l.slip_id = s.id
		WHERE s.kind IN ('sales-order', 'purchase-order') AND s.status IN ('audited', 'partly-done', 'done', 'closed') AND s.date BETWEEN ? AND ?
		ORDER BY s.date, s.number, l.no`, int64(from), int64(to))
}

// PartyBalances lists party, book, amount up to a day.
func (db *DB) PartyBalances(day text.Date) (Figures, error) {
	return db.figures(3, `SELECT party_id, book, SUM(a) FROM (SELECT party_id, book, amount AS a FROM party_now
		UNION ALL SELECT party_id, book, -amount FROM party_row WHERE date > ?) t GROUP BY party_id, book ORDER BY party_id`, int64(day))
}

// PartyLedger lists date, number, kind, book, amount, due of a party up to a day, in ledger order.
func (db *DB) PartyLedger(party int64, to text.Date) (Figures, error) {
	return db.figures(6, `SELECT r.date, s.number, s.kind, r.book, r.amount, r.due FROM party_row r JOIN slip s ON s.id = r.slip_id
		WHERE r.party_id = ? AND r.date <= ? ORDER BY r.date, r.place, r.id`, party, int64(to))
}

// CashLedger lists account, date, number, kind, remark, amount, party up to a day, in ledger order.
func (db *DB) CashLedger(to text.Date) (Figures, error) {
	return db.figures(7, `SELECT r.account_id, r.date, s.number, s.kind, s.remark, r.amount, COALESCE(s.party_id, 0) FROM cash_row r JOIN slip s ON s.id = r.slip_id
		WHERE r.date <= ? ORDER BY r.account_id, r.date, r.place, r.id`, int64(to))
}

// costRows are the stock rows that make voucher lines; out says whether they show as an issue.
func costRows(where string) string {
	return `(SELECT slip_id, date, place, seq, stock, contra, value,
		CASE WHEN basis = 'rest' THEN 1 ELSE 0 END AS rest, CASE WHEN basis IN ('variance', 'correction', 'rest', 'monthly', 'monthly-in') THEN CASE WHEN value < 0 THEN 1 ELSE 0 END ELSE out_side END AS out
		FROM stock_row WHERE value <> 0 AND stock <> contra` + where + `) c`
}

// costLines are the two voucher lines of such a row, after the columns given; one without a contra has the first alone.
func costLines(columns, where string) string {
	return `SELECT ` + columns + ` 100000 + seq * 2 + out, stock, CASE WHEN out = rest THEN value ELSE 0 END, CASE WHEN out <> rest THEN -value ELSE 0 END FROM ` + costRows(where) + `
		UNION ALL SELECT ` + columns + ` 100001 + seq * 2 - out, contra, CASE WHEN out = 1 THEN -value ELSE 0 END, CASE WHEN out = 0 THEN value ELSE 0 END FROM ` + costRows(where+` AND contra <> ''`)
}

// dispatchLines are the voucher lines of cost recognised when goods dispatched are invoiced.
func dispatchLines(columns, where string) string {
	return ` UNION ALL SELECT ` + columns + ` 900000000000, account, value, 0 FROM dispatch_row WHERE value <> 0` + where + `
		UNION ALL SELECT ` + columns + ` 900000000001, '` + dispatchAccount + `', 0, value FROM dispatch_row WHERE value <> 0` + where
}

// voucherLines joins both sources of the journal.
var voucherLines = `SELECT slip_id, date, place, seq AS rank, account, debit, credit FROM voucher_line UNION ALL ` + costLines("slip_id, date, place,", "") +
	dispatchLines("slip_id, date, place,", "")

// Journal lists slip, date, number, kind, party, account, debit, credit of a span of days; a voucher's lines of the same
// account and side are one.
func (db *DB) Journal(from, to text.Date) (Figures, error) {
	return db.figures(8, `SELECT s.id, s.date, s.number, s.kind, COALESCE(s.party_id, 0), j.account, SUM(j.debit), SUM(j.credit) FROM (`+voucherLines+`) j JOIN slip s ON s.id = j.slip_id
		WHERE j.date BETWEEN ? AND ? GROUP BY s.id, j.account, CASE WHEN j.debit <> 0 THEN 0 ELSE 1 END HAVING SUM(j.debit) <> 0 OR SUM(j.credit) <> 0
		ORDER BY s.date, s.place, s.id, CASE WHEN SUM(j.debit) <> 0 THEN 0 ELSE 1 END, MIN(j.rank), j.account`, int64(from), int64(to))
}

// Turnovers lists account, opening (debit less credit before from), debit and credit within the span.
func (db *DB) Turnovers(from, to text.Date) (Figures, error) {
	if from == from.Month().First() && to == to.Month().Last() {
		return db.figures(4, `SELECT account, SUM(CASE WHEN month < ? THEN debit - credit ELSE 0 END), SUM(CASE WHEN month >= ? THEN debit ELSE 0 END),
			SUM(CASE WHEN month >= ? THEN credit ELSE 0 END) FROM account_month WHERE month <= ? GROUP BY account ORDER BY account`,
			int64(from.Month()), int64(from.Month()), int64(from.Month()), int64(to.Month()))
	}
	return db.figures(4, `SELECT account, SUM(CASE WHEN date < ? THEN debit - credit ELSE 0 END), SUM(CASE WHEN date >= ? THEN debit ELSE 0 END),
		SUM(CASE WHEN date >= ? THEN credit ELSE 0 END) FROM (`+voucherLines+`) j WHERE date <= ? GROUP BY account ORDER BY account`, int64(from), int64(from), int64(from), int64(to))
}

// Balances lists the accounts beginning with a figure that have a balance at a month's end, debit or credit.
func (tx *Tx) Balances(m text.Month, first string) ([]slip.Entry, error) {
	sum := map[string]int64{}
	err := each(tx, `SELECT account, SUM(debit - credit) FROM account_month WHERE month <= ? AND SUBSTR(account, 1, 1) = ? GROUP BY account`, []any{int64(m), first},
		func(scan func(...any) error) error {
			var a string
			var v int64
			err := scan(&a, &v)
			sum[a] = v
			return err
		})
	for k, s := range tx.gl { // what this transaction did so far
		if k.month <= m && k.account[:1] == first {
			sum[k.account] += s.debit - s.credit
		}
	}
	var list []slip.Entry
	for _, a := range slices.Sorted(maps.Keys(sum)) {
		if v := num.Amount(sum[a]); v > 0 {
			list = append(list, slip.Entry{Account: a, Debit: v})
		} else if v < 0 {
			list = append(list, slip.Entry{Account: a, Credit: -v})
		}
	}
	return list, err
}

// Operating lists account, debit less credit of a span of days, the closing vouchers left out.
func (db *DB) Operating(from, to text.Date) (Figures, error) {
	if from == from.Month().First() && to == to.Month().Last() { // whole months are kept
		return db.figures(2, `SELECT account, SUM(a) FROM (SELECT account, debit - credit AS a FROM account_month WHERE month BETWEEN ? AND ? AND SUBSTR(account, 1, 1) = '5'
			UNION ALL SELECT v.account, v.credit - v.debit FROM slip s JOIN voucher_line v ON v.slip_id = s.id WHERE s.kind = 'period-close' AND v.date BETWEEN ? AND ? AND SUBSTR(v.account, 1, 1) = '5') t
			GROUP BY account ORDER BY account`, int64(from.Month()), int64(to.Month()), int64(from), int64(to))
	}
	return db.figures(2, `SELECT account, SUM(debit - credit) FROM (`+voucherLines+`) j WHERE date BETWEEN ? AND ? AND SUBSTR(account, 1, 1) = '5'
		AND slip_id NOT IN (SELECT id FROM slip WHERE kind = 'period-close') GROUP BY account ORDER BY account`, int64(from), int64(to))
}

// LedgerLines lists account, date, slip, number, kind, party, remark, debit, credit of the general ledger up to a day, in ledger order; a voucher's lines of
// the same account and side are one. An empty account is all.
func (db *DB) LedgerLines(account string, from, to text.Date) (Figures, error) {
	of, args := "", []any{int64(from), int64(to)}
	if account != "" {
		of, args = " AND j.account = ?", append(args, account)
	}
	return db.figures(9, `SELECT j.account, s.date, s.id, s.number, s.kind, COALESCE(s.party_id, 0), s.remark, SUM(j.debit), SUM(j.credit) FROM (`+voucherLines+`) j JOIN slip s ON s.id = j.slip_id
		WHERE j.date BETWEEN ? AND ?`+of+` GROUP BY j.account, s.id, CASE WHEN j.debit <> 0 THEN 0 ELSE 1 END HAVING SUM(j.debit) <> 0 OR SUM(j.credit) <> 0
		ORDER BY j.account, s.date, s.place, s.id, CASE WHEN SUM(j.debit) <> 0 THEN 0 ELSE 1 END`, args...)
}

// Taxed is a side of VAT: the kinds of slips that make it, those that count against, and those that make none in flow invoice.
type Taxed struct{ Kinds, Returns, Goods []string }

// VAT lists month, net, tax of a side over a span of days; zero: also what bears no tax counts in the net.
func (db *DB) VAT(t Taxed, zero bool, from, to text.Date) (Figures, error) {
	some := ""
	if !zero {
		some = " AND l.tax <> 0 AND s.general = 1"
	}
	return db.figures(3, `SELECT s.date / 100, SUM(CASE WHEN s.kind IN (`+quoted(t.Returns)+`) THEN -l.net ELSE l.net END), SUM(CASE WHEN s.kind IN (`+quoted(t.Returns)+`) THEN -l.tax ELSE l.tax END)
		FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE s.kind IN (`+quoted(t.Kinds)+`) AND s.status = 'audited' AND NOT (s.invoiced = 1 AND s.kind IN (`+quoted(t.Goods)+`))`+some+`
		AND s.date BETWEEN ? AND ? GROUP BY 1 ORDER BY 1`, int64(from), int64(to))
}

// lineValue is what line l of slip s moved in stock, goods out negative; of a service, which has none, what it cost to buy: what went to the
// account of its category. One sold cost nothing.
const lineValue = `CASE WHEN l.service = 0 THEN COALESCE((SELECT SUM(r.value) FROM stock_row r WHERE r.line_id = l.id), 0)
		WHEN s.kind = 'goods-receipt' THEN CASE WHEN s.general = 1 THEN l.net ELSE l.gross END + l.trued WHEN s.kind = 'purchase-return' THEN CASE WHEN s.general = 1 THEN -l.net ELSE -l.gross END ELSE 0 END`

// Trade sums audited slips of kinds and their return kinds by a key: key, qty, net, tax, gross, stock value moved. Returns and
// red letters count against. Only narrows it to a party, product or warehouse.
func (db *DB) Trade(kinds, returns []string, by string, from, to text.Date, only map[string]int64) (Figures, error) {
	back := `s.kind IN (` + quoted(returns) + `)`
	signed := func(c string) string { return `SUM(CASE WHEN ` + back + ` THEN -l.` + c + ` ELSE l.` + c + ` END)` }
	where, args := "", []any{int64(from), int64(to)}
	for _, f := range [][2]string{{"party", "s.party_id"}, {"product", "l.product_id"}, {"warehouse", "l.warehouse_id"}} {
		if id := only[f[0]]; id != 0 {
			where, args = where+" AND "+f[1]+" = ?", append(args, id)
		}
	}
	return db.figures(6, `SELECT `+tradeKeys[by]+`, `+signed("base")+`, `+signed("net")+`, `+signed("tax")+`, `+signed("gross")+`,
		COALESCE(SUM(`+lineValue+`), 0)
		FROM slip s JOIN slip_line l ON l.slip_id = s.id JOIN product p ON p.id = l.product_id
		WHERE s.kind IN (`+quoted(slices.Concat(kinds, returns))+`) AND s.status = 'audited' AND s.date BETWEEN ? AND ?`+where+` GROUP BY 1 ORDER BY 1`, args...)
}

// TradeLines lists date, number, kind, party, warehouse, product, base quantity, net, tax, gross, value in stock of the lines of audited
// slips; those of returns with the sign turned. Value is as the stock ledger has it, goods out negative.
func (db *DB) TradeLines(kinds, returns []string, from, to text.Date) (Figures, error) {
	back := `s.kind IN (` + quoted(returns) + `)`
	signed := func(c string) string { return `CASE WHEN ` + back + ` THEN -l.` + c + ` ELSE l.` + c + ` END` }
	return db.figures(11, `SELECT s.date, s.number, s.kind, s.party_id, l.warehouse_id, l.product_id, `+signed("base")+`, `+signed("net")+`, `+signed("tax")+`, `+signed("gross")+`,
		`+lineValue+`
		FROM slip s JOIN slip_line l ON l.slip_id = s.id JOIN product p ON p.id = l.product_id
		WHERE s.kind IN (`+quoted(slices.Concat(kinds, returns))+`) AND s.status = 'audited' AND s.date BETWEEN ? AND ? ORDER BY s.date, s.place, s.id, l.no`, int64(from), int64(to))
}

// TradeNet sums qty and net of audited slips of kinds by product; return kinds and red letters count against.
func (db *DB) TradeNet(kinds, returns []string, from, to text.Date) (Figures, error) {
	signed := func(c string) string {
		return `SUM(CASE WHEN s.kind IN (` + quoted(returns) + `) THEN -l.` + c + ` ELSE l.` + c + ` END)`
	}
	return db.figures(3, `SELECT l.product_id, `+signed("base")+`, `+signed("net")+` FROM slip s JOIN slip_line l ON l.slip_id = s.id
		WHERE s.kind IN (`+quoted(slices.Concat(kinds, returns))+`) AND s.status = 'audited' AND s.date BETWEEN ? AND ? AND l.product_id IS NOT NULL GROUP BY 1 ORDER BY 1`, int64(from), int64(to))
}

// Listed lists number, external no, kind, date, party, warehouse, status, red, net, tax, gross of slips, oldest first. Empty filters let
// everything through.
func (db *DB) Listed(kind, status string, from, to text.Date, party int64) (Figures, error) {
	q, args := `SELECT number, external_no, kind, date, COALESCE(party_id, 0), COALESCE(warehouse_id, 0), status, red, net, tax, gross FROM slip WHERE kind NOT IN ('opening', 'month-cost', 'period-close')`, []any{}
	and := func(cond string, v any) {
		q += " AND " + cond
		args = append(args, v)
	}
	if kind != "" {
		and("kind = ?", kind)
	}
	if status != "" {
		and("status = ?", status)
	}
	if from != 0 {
		and("date >= ?", int64(from))
	}
	if to != 0 {
		and("date <= ?", int64(to))
	}
	if party != 0 {
		and("party_id = ?", party)
	}
	return db.figures(11, q+` ORDER BY date, id`, args...)
}

// LastDay is the last day any slip stands on.
func (db *DB) LastDay() (text.Date, error) { return lastDay(db) }

// LastDay is DB.LastDay as the transaction sees it.
func (tx *Tx) LastDay() (text.Date, error) { return lastDay(tx) }

func lastDay(q Query) (text.Date, error) {
	var d text.Date
	_, err := one(q, `SELECT COALESCE(MAX(date), 0) FROM slip`, nil, &d)
	return d, err
}

// Neighbours lists the slips a slip follows from and those that follow from it: id, and whether it is a source.
func (db *DB) Neighbours(id int64) (Figures, error) {
	return db.figures(2, `SELECT DISTINCT sl.slip_id, 1 FROM slip_line l JOIN slip_line sl ON sl.id = l.source_id WHERE l.slip_id = ?
		UNION SELECT target_id, 1 FROM allocation WHERE slip_id = ?
		UNION SELECT DISTINCT l.slip_id, 0 FROM slip_line sl JOIN slip_line l ON l.source_id = sl.id WHERE sl.slip_id = ?
		UNION SELECT slip_id, 0 FROM allocation WHERE target_id = ?
		UNION SELECT g.slip_id, 1 FROM slip_line l JOIN match m ON m.line_id = l.id JOIN slip_line g ON g.id = m.goods_line WHERE l.slip_id = ?
		UNION SELECT l.slip_id, 0 FROM slip_line g JOIN match m ON m.goods_line = g.id JOIN slip_line l ON l.id = m.line_id WHERE g.slip_id = ?`, id, id, id, id, id, id)
}
