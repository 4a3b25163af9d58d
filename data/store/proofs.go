package store

import (
	"fmt"
	"slices"
	"strconv"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// The queries of verify: each returns what contradicts, nothing when the proof holds.

// Difference is two figures that should be the same: what of, and both. What they count, the proof knows.
type Difference struct {
	Of   string
	A, B int64
}

// Unbalanced lists debit and credit of vouchers that do not balance.
func (db *Reader) Unbalanced() ([]Difference, error) {
	return list[Difference](db, `SELECT s.number AS of, SUM(j.debit) AS a, SUM(j.credit) AS b FROM (`+voucherLines+`) j JOIN slip s ON s.id = j.slip_id GROUP BY s.id HAVING SUM(j.debit) <> SUM(j.credit)`)
}

// DayDifference is where a ledger and its account do not agree at a day's end: what of, the day, and both.
type DayDifference struct {
	Of              string
	Day             text.Date
	Ledger, Account num.Amount
}

// daily lists where a ledger and its account do not agree at any day's end, of each the first such day: l gives k, d, a (what of, day,
// amount) of the ledger, b of the account.
func (db *Reader) daily(l, b string) ([]DayDifference, error) {
	return list[DayDifference](db, `SELECT k AS of, MIN(d) AS day, l AS ledger, b AS account FROM (SELECT k, d, SUM(l) OVER (PARTITION BY k ORDER BY d) AS l, SUM(b) OVER (PARTITION BY k ORDER BY d) AS b FROM (
		SELECT k, d, SUM(l) AS l, SUM(b) AS b FROM (SELECT k, d, a AS l, 0 AS b FROM (`+l+`) x UNION ALL SELECT k, d, 0, a FROM (`+b+`) y) z GROUP BY k, d) t) u
		WHERE l <> b GROUP BY k ORDER BY k`)
}

// StockAgainstAccounts lists where the stock ledger and its accounts differ at any day's end.
func (db *Reader) StockAgainstAccounts() ([]DayDifference, error) {
	return db.daily(`SELECT stock AS k, date AS d, value AS a FROM stock_row`,
		`SELECT account AS k, date AS d, debit - credit AS a FROM (`+voucherLines+`) j WHERE account IN (SELECT DISTINCT stock FROM stock_row)`)
}

// PartyAgainstAccounts lists where a party book and its account differ at any day's end.
func (db *Reader) PartyAgainstAccounts() ([]DayDifference, error) {
	return db.daily(`SELECT book AS k, date AS d, amount AS a FROM party_row`,
		`SELECT CASE account WHEN '1122' THEN 'receivable' WHEN '1123' THEN 'prepaid' WHEN '2203' THEN 'advance' ELSE 'payable' END AS k, date AS d,
			CASE WHEN account IN ('1122', '1123') THEN debit - credit ELSE credit - debit END AS a
			FROM (`+voucherLines+`) j WHERE account IN ('1122', '1123', '2203', '220201')`)
}

// CashAgainstAccounts lists where the cash books and the accounts behind them differ at any day's end.
func (db *Reader) CashAgainstAccounts() ([]DayDifference, error) {
	return db.daily(`SELECT CASE WHEN a.gl_account <> '' THEN a.gl_account WHEN a.type = 'bank' THEN '1002' ELSE '1001' END AS k, r.date AS d, r.amount AS a
			FROM cash_row r JOIN account a ON a.id = r.account_id`,
		`SELECT account AS k, date AS d, debit - credit AS a FROM (`+voucherLines+`) j WHERE account IN ('1001', '1002')
			OR account IN (SELECT gl_account FROM account WHERE gl_account <> '')`)
}

// Promising are the kinds whose lines promise something until they are done; those that can send goods InTransit only by lines that do.
type Promising struct{ Kinds, InTransit []string }

// sent tells whether line l of slip s is there to be carried out, of the kinds that promise or carry out.
func (p Promising) sent() string {
	return `(s.kind NOT IN (` + quoted(p.InTransit) + `) OR l.to_warehouse_id IS NOT NULL)`
}

// KeptBalances lists name, kept, summed of balances kept for speed that differ from their ledgers.
func (db *Reader) KeptBalances(kept Openings, promising Promising) ([]Difference, error) {
	return list[Difference](db, `SELECT k AS of, SUM(a) AS a, SUM(b) AS b FROM (
		SELECT 'stock ' || product_id || '/' || warehouse_id AS k, qty * 1000003 + value AS a, 0 AS b FROM stock_now
		UNION ALL SELECT 'stock ' || product_id || '/' || warehouse_id, 0, SUM(qty) * 1000003 + SUM(value) FROM stock_row GROUP BY product_id, warehouse_id
		UNION ALL SELECT 'lot ' || product_id || '/' || warehouse_id || '/' || lot_id, qty, 0 FROM lot_now
		UNION ALL SELECT 'lot ' || r.product_id || '/' || r.warehouse_id || '/' || l.lot_id, 0, SUM(l.qty) FROM lot_row l JOIN stock_row r ON r.id = l.row_id GROUP BY r.product_id, r.warehouse_id, l.lot_id
		UNION ALL SELECT 'lots of row ' || r.id, r.qty * 1000003 + r.lots, (SELECT SUM(l.qty) * 1000003 + COUNT(*) FROM lot_row l WHERE l.row_id = r.id) FROM stock_row r WHERE r.lots > 0
		UNION ALL SELECT 'expiry of lot ' || product_id || '/' || code, expiry, 0 FROM lot
		UNION ALL SELECT 'expiry of lot ' || t.product_id || '/' || t.code, 0, COALESCE(MAX(l.expiry), 0) FROM lot t LEFT JOIN lot_row l ON l.lot_id = t.id GROUP BY t.id
		UNION ALL SELECT 'stock in lots ' || p.code, COALESCE((SELECT SUM(n.qty) FROM stock_now n WHERE n.product_id = p.id), 0), COALESCE((SELECT SUM(n.qty) FROM lot_now n WHERE n.product_id = p.id), 0)
			FROM product p WHERE p.tracking IN ('lot', 'serial')
		UNION ALL SELECT 'stock month ' || product_id || '/' || warehouse_id || '/' || month, (in_qty - out_qty) * 1000003 + in_value - out_value, 0 FROM stock_month
		UNION ALL SELECT 'stock month ' || product_id || '/' || warehouse_id || '/' || (date / 100), 0, SUM(qty) * 1000003 + SUM(value) FROM stock_row GROUP BY product_id, warehouse_id, date / 100
		UNION ALL SELECT 'party ' || party_id || ' ' || book, amount, 0 FROM party_now
		UNION ALL SELECT 'party ' || party_id || ' ' || book, 0, SUM(amount) FROM party_row GROUP BY party_id, book
		UNION ALL SELECT 'cash ' || account_id, amount, 0 FROM cash_now
		UNION ALL SELECT 'cash ' || account_id, 0, SUM(amount) FROM cash_row GROUP BY account_id
		UNION ALL SELECT 'account ' || account || ' ' || month || ' debit', debit, 0 FROM account_month
		UNION ALL SELECT 'account ' || account || ' ' || (date / 100) || ' debit', 0, SUM(debit) FROM (`+voucherLines+`) j GROUP BY account, date / 100
		UNION ALL SELECT 'account ' || account || ' ' || month || ' credit', credit, 0 FROM account_month
		UNION ALL SELECT 'account ' || account || ' ' || (date / 100) || ' credit', 0, SUM(credit) FROM (`+voucherLines+`) j GROUP BY account, date / 100
		UNION ALL SELECT 'open ' || number, open, `+kept.sql()+` FROM slip
		UNION ALL SELECT 'promised ' || s.number || '/' || l.no, l.open, CASE WHEN s.status IN ('audited', 'partly-done', 'done') AND l.base > l.done AND `+promising.sent()+` THEN l.base - l.done ELSE 0 END
			FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE s.kind IN (`+quoted(promising.Kinds)+`)
		UNION ALL SELECT 'used ' || kind || '/' || party_id || '/' || product_id, times, 0 FROM used_now
		UNION ALL SELECT 'used ' || s.kind || '/' || COALESCE(s.party_id, 0) || '/' || l.product_id, 0, COUNT(*) `+usedLines+`
		UNION ALL SELECT 'last used ' || kind || '/' || party_id || '/' || product_id, date * 10000000000 + place, 0 FROM used_now
		UNION ALL SELECT 'last used ' || s.kind || '/' || COALESCE(s.party_id, 0) || '/' || l.product_id, 0, MAX(s.date * 10000000000 + s.place) `+usedLines+`) t
		GROUP BY k HAVING SUM(t.a) <> SUM(t.b)`, 0)
}

// usedLines are the lines that count as uses.
var usedLines = `FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE s.status IN (` + live + `) AND s.kind <> ` + theOpening + ` AND l.product_id IS NOT NULL AND l.qty > 0
	GROUP BY s.kind, COALESCE(s.party_id, 0), l.product_id`

// OverAllocated lists number, allocated, gross of slips settled, or paid back, by more than they are, and of money slips that settle more
// than they carry.
func (db *Reader) OverAllocated(k Openings) ([]Difference, error) {
	return list[Difference](db, `SELECT t.number AS of, SUM(a.amount) AS a, t.gross AS b FROM allocation a JOIN slip m ON m.id = a.slip_id JOIN slip t ON t.id = a.target_id
		WHERE m.status = 'audited' GROUP BY t.id HAVING SUM(a.amount) > CASE WHEN t.gross > 0 THEN t.gross ELSE 0 END OR SUM(a.amount) < -ABS(t.gross)
		UNION ALL SELECT m.number, SUM(a.amount), m.amount + m.discount + m.rounding FROM allocation a JOIN slip m ON m.id = a.slip_id WHERE m.status = 'audited' AND m.kind NOT IN (`+quoted(k.Bills)+`)
			GROUP BY m.id, a.book HAVING SUM(a.amount) > m.amount + m.discount + m.rounding
		UNION ALL SELECT m.number, SUM(a.amount), -m.gross FROM allocation a JOIN slip m ON m.id = a.slip_id WHERE m.status = 'audited' AND m.kind IN (`+quoted(k.Bills)+`)
			GROUP BY m.id HAVING SUM(a.amount) > -m.gross`)
}

// Carried names the kinds that carry orders of a kind out.
type Carried struct {
	Plan string
	By   []string
}

// Execution is an order's line: what is kept as done, and what its links come to.
type Execution struct {
	Number      string
	No          int
	Done, Links num.Quantity
}

// Executed lists the order lines where both differ.
func (db *Reader) Executed(orders []Carried, promising Promising) ([]Execution, error) {
	var bad []Execution
	for _, c := range orders {
		f, err := list[Execution](db, `SELECT s.number, l.no, l.done, `+links(c.By, 0)+` AS links
			FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE s.kind = ? AND s.status <> 'void' AND l.done <> CASE WHEN `+promising.sent()+` THEN links ELSE 0 END`, c.Plan)
		if err != nil {
			return nil, err
		}
		bad = append(bad, f...)
	}
	return bad, nil
}

// links is how much of line l of slip s live slips of kinds carry out that are dated up to a day (0: any), less what comes back of it to be
// sent again or by a red letter.
func links(kinds []string, day text.Date) string {
	by, back := `xs.kind IN (`+quoted(kinds)+`) AND xs.status IN (`+live+`)`, `rs.status IN (`+live+`)`
	if day != 0 {
		by, back = fmt.Sprintf(`%s AND xs.date <= %d`, by, int64(day)), fmt.Sprintf(`%s AND rs.date <= %d`, back, int64(day))
	}
	// CROSS JOIN keeps the tables in this order: from the line to what follows it, never through all slips of a kind.
	return `COALESCE((SELECT SUM(CASE WHEN xs.kind = s.kind THEN ABS(x.base) ELSE x.base END
		- COALESCE((SELECT SUM(ABS(r.base)) FROM slip_line r CROSS JOIN slip rs WHERE r.source_id = x.id AND rs.id = r.slip_id AND ` + back + ` AND (r.redeliver = 1 OR rs.kind = xs.kind)), 0))
		FROM slip_line x CROSS JOIN slip xs WHERE x.source_id = l.id AND xs.id = x.slip_id AND ` + by + `), 0)`
}

// promisedAt is the query of PromisedAt for the slips of one kind; only narrows the lines l it asks. LIMIT -1 leaves none out: without it SQLite
// puts the inner query into both places where promised stands, and reads what followed each line twice.
func promisedAt(c Carried, promising Promising, day text.Date, only string) string {
	return `SELECT product, warehouse, home, through, SUM(promised) FROM (
		SELECT l.product_id AS product, COALESCE(l.warehouse_id, 0) AS warehouse, COALESCE(s.to_warehouse_id, 0) AS home, COALESCE(l.to_warehouse_id, 0) AS through, l.base - (` + links(c.By, day) + `) AS promised
		FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE s.kind = ? AND s.status IN ('audited', 'partly-done', 'done') AND s.date <= ? AND ` + promising.sent() + ` AND l.service = 0` + only + ` LIMIT -1) p
		WHERE promised > 0 GROUP BY 1, 2, 3, 4`
}

// unlike are, of lines l, those that promise now and those that slips after a day carry out: whatever else did not promise at the end of that
// day either. What came back since only makes what was carried out by then more.
func unlike(day text.Date) string {
	return fmt.Sprintf(` AND l.id IN (SELECT id FROM slip_line WHERE open <> 0
		UNION ALL SELECT fl.source_id FROM slip f CROSS JOIN slip_line fl ON fl.slip_id = f.id WHERE f.date > %d AND fl.source_id IS NOT NULL)`, int64(day))
}

// PromisedAt lists what slips promised at the end of a day: those dated up to it, less what carried them out up to it. Since when one is
// closed by hand nobody keeps: it promises nothing on any day. It is counted from whichever end of the book has fewer slips.
func (db *Reader) PromisedAt(list []Carried, promising Promising, day text.Date) (out []Standing, err error) {
	for _, c := range list {
		if !slices.Contains(promising.Kinds, c.Plan) {
			continue
		}
		var before, after int64
		if _, err := one(db, `SELECT (SELECT COUNT(*) FROM slip WHERE kind = ? AND date <= ?), (SELECT COUNT(*) FROM slip WHERE date > ?)`,
			[]any{c.Plan, int64(day), int64(day)}, &before, &after); err != nil {
			return nil, err
		}
		only := ""
		if after < before {
			only = unlike(day)
		}
		if out, err = db.promisedBy(c, promising, day, only, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// promisedBy adds what the slips of one kind promised (see promisedAt).
func (db *Reader) promisedBy(c Carried, promising Promising, day text.Date, only string, out []Standing) ([]Standing, error) {
	err := each(db, promisedAt(c, promising, day, only), []any{c.Plan, int64(day)}, func(scan func(...any) error) error {
		x := Standing{Kind: c.Plan}
		err := scan(&x.Product, &x.Warehouse, &x.To, &x.Through, &x.Promised)
		out = append(out, x)
		return err
	})
	return out, err
}

// Numbered is a slip's kind and number.
type Numbered struct{ Kind, Number string }

// Numbers lists all slips but those of the kinds that have no numbers, in order.
func (db *Reader) Numbers(without []string) ([]Numbered, error) {
	return list[Numbered](db, `SELECT kind, number FROM slip WHERE kind NOT IN (`+quoted(without)+`) ORDER BY kind, number`)
}

// Counter is the last number used of a kind in a month.
type Counter struct {
	Kind  string
	Month text.Month
	Last  int
}

// Counters lists the last numbers used.
func (db *Reader) Counters() ([]Counter, error) {
	return list[Counter](db, `SELECT kind, month, last FROM counter`)
}

// HeadTotals lists slips of kinds with lines whose totals are not the sums of their lines, and lines whose total is not net and tax.
func (db *Reader) HeadTotals(lined []string) ([]Difference, error) {
	return list[Difference](db, `SELECT s.number || ' ' || w AS of, CASE w WHEN 'net' THEN s.net WHEN 'tax' THEN s.tax ELSE s.gross END AS a, CASE w WHEN 'net' THEN t.net WHEN 'tax' THEN t.tax ELSE t.gross END AS b
		FROM slip s JOIN (SELECT slip_id, SUM(net) AS net, SUM(tax) AS tax, SUM(gross) AS gross FROM slip_line GROUP BY slip_id) t ON t.slip_id = s.id
		JOIN (SELECT 'net' AS w UNION ALL SELECT 'tax' UNION ALL SELECT 'gross') x ON CASE w WHEN 'net' THEN s.net <> t.net WHEN 'tax' THEN s.tax <> t.tax ELSE s.gross <> t.gross END
		WHERE (s.net <> t.net OR s.tax <> t.tax OR s.gross <> t.gross) AND s.kind IN (`+quoted(lined)+`)
		UNION ALL SELECT s.number || ' line ' || l.no, l.gross, l.net + l.tax FROM slip_line l JOIN slip s ON s.id = l.slip_id WHERE l.gross <> l.net + l.tax AND s.kind IN (`+quoted(lined)+`)`)
}

// Closing is an entry of the log by which a month was closed or opened again.
type Closing struct {
	Entry       int64
	Verb, Month string
}

// Closings lists them in their order; closed orders are among them, under their numbers.
func (db *Reader) Closings() ([]Closing, error) {
	return list[Closing](db, `SELECT id AS entry, CASE verb WHEN 'reopen' THEN verb ELSE 'close' END AS verb, key AS month FROM audit_log
		WHERE verb IN ('close-month', 'reopen') OR verb = 'close' AND form = 1 ORDER BY id`)
}

// Posted is a slip, and the entry of the log by which it was audited, or taken back, last.
type Posted struct {
	Number string
	Date   text.Date
	Entry  int64
}

// PostedSince lists slips of the kinds audited or taken back last after an entry of the log.
func (db *Reader) PostedSince(kinds []string, entry int64) ([]Posted, error) {
	return list[Posted](db, `SELECT s.number, s.date, a.id AS entry FROM (SELECT key, MAX(id) AS id FROM audit_log WHERE verb IN ('audit', 'unaudit') AND id > `+strconv.FormatInt(entry, 10)+`
		GROUP BY key) a JOIN slip s ON s.number = a.key WHERE s.kind IN (`+quoted(kinds)+`) AND s.status <> 'void'`)
}

// LiveOf lists the live slips of kinds by date.
func (db *Reader) LiveOf(kinds []string) ([]Posted, error) {
	return list[Posted](db, `SELECT number, date, 0 AS entry FROM slip WHERE kind IN (`+quoted(kinds)+`) AND status IN (`+live+`) ORDER BY date, number`)
}

// MonthLeft is what a month left on an account of profit and loss.
type MonthLeft struct {
	Account string
	Month   text.Month
	Left    num.Amount
}

// ProfitLeft lists, to a day, the months that moved accounts of profit and loss and did not move it on into the year's profit.
func (db *Reader) ProfitLeft(until text.Date) ([]MonthLeft, error) {
	return list[MonthLeft](db, `SELECT account, date / 100 AS month, SUM(debit - credit) AS "left" FROM (`+voucherLines+`) j WHERE account LIKE '5%' AND date <= `+strconv.Itoa(int(until))+`
		GROUP BY account, date / 100 HAVING SUM(debit - credit) <> 0 ORDER BY 2, 1`)
}
