package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Lying is what lies of a product at a warehouse.
type Lying struct {
	Product, Warehouse int64
	Qty                num.Quantity
	Value              num.Amount
}

// StockAt lists what lies where at the end of a day. Today's is kept; any other is
// counted from whichever end of the book is nearer, by kept turnovers of whole months and by rows within the day's month.
func (db *Reader) StockAt(day text.Date) ([]Lying, error) {
	var newest text.Date
	if _, err := one(db, `SELECT COALESCE(MAX(date), 0) FROM stock_row`, nil, &newest); err != nil {
		return nil, err
	}
	if day >= newest {
		return list[Lying](db, `SELECT product_id AS product, warehouse_id AS warehouse, qty, value FROM stock_now ORDER BY product_id, warehouse_id`)
	}
	var first, last text.Month // each asked for by itself, or SQLite reads every month
	if _, err := one(db, `SELECT COALESCE((SELECT MIN(month) FROM stock_month), 0), COALESCE((SELECT MAX(month) FROM stock_month), 0)`, nil, &first, &last); err != nil {
		return nil, err
	}
	const group = `) t GROUP BY product_id, warehouse_id ORDER BY product_id, warehouse_id`
	count := func(m text.Month) int { return int(m)/100*12 + int(m)%100 }
	m := day.Month()
	if count(m)-count(first) < count(last)-count(m) {
		return list[Lying](db, `SELECT product_id AS product, warehouse_id AS warehouse, SUM(q) AS qty, SUM(v) AS value FROM (
			SELECT product_id, warehouse_id, in_qty - out_qty AS q, in_value - out_value AS v FROM stock_month WHERE month < ?
			UNION ALL SELECT product_id, warehouse_id, qty, value FROM stock_row WHERE date BETWEEN ? AND ?`+group, int64(m), int64(m.First()), int64(day))
	}
	return list[Lying](db, `SELECT product_id AS product, warehouse_id AS warehouse, SUM(q) AS qty, SUM(v) AS value FROM (
		SELECT product_id, warehouse_id, qty AS q, value AS v FROM stock_now
		UNION ALL SELECT product_id, warehouse_id, out_qty - in_qty, out_value - in_value FROM stock_month WHERE month > ?
		UNION ALL SELECT product_id, warehouse_id, -qty, -value FROM stock_row WHERE date > ? AND date <= ?`+group, int64(m), int64(day), int64(m.Last()))
}

// Turnover is what came and went of a product at a warehouse.
type Turnover struct {
	Product, Warehouse int64
	InQty              num.Quantity
	InValue            num.Amount
	OutQty             num.Quantity
	OutValue           num.Amount
}

// Movement lists what came and went in a span of days: whole months from the kept
// turnovers, the rest from the rows.
func (db *Reader) Movement(from, to text.Date) ([]Turnover, error) {
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
		return list[Turnover](db, `SELECT p AS product, w AS warehouse, SUM(a) AS in_qty, SUM(b) AS in_value, SUM(c) AS out_qty, SUM(d) AS out_value FROM (SELECT product_id AS p, warehouse_id AS w, 0 AS a, 0 AS b, 0 AS c, 0 AS d FROM stock_now WHERE 1 = 0 UNION ALL `+rows+`) t GROUP BY p, w`, int64(from), int64(to))
	}
	return list[Turnover](db, `SELECT p AS product, w AS warehouse, SUM(a) AS in_qty, SUM(b) AS in_value, SUM(c) AS out_qty, SUM(d) AS out_value FROM (
		SELECT product_id AS p, warehouse_id AS w, in_qty AS a, in_value AS b, out_qty AS c, out_value AS d FROM stock_month WHERE month BETWEEN ? AND ?
		UNION ALL `+rows+` UNION ALL `+rows+`) t GROUP BY p, w`,
		int64(first), int64(last), int64(from), int64(first.First().AddDays(-1)), int64(last.Next().First()), int64(to))
}

// StockMove is what a slip's line moved of a product at a warehouse.
type StockMove struct {
	Date             text.Date
	Number, Kind     string
	Party, Warehouse int64
	InQty            num.Quantity
	InValue          num.Amount
	OutQty           num.Quantity
	OutValue         num.Amount
}

// StockLedger lists a product's moves up to a day, one a slip line and warehouse, in ledger order.
func (db *Reader) StockLedger(product int64, to text.Date) ([]StockMove, error) {
	const in = `CASE WHEN r.qty > 0 OR (r.qty = 0 AND r.out_side = 0) THEN `
	return list[StockMove](db, `SELECT r.date, s.number, s.kind, s.party_id AS party, SUM(`+in+`r.qty ELSE 0 END) AS in_qty, SUM(`+in+`r.value ELSE 0 END) AS in_value,
		SUM(`+in+`0 ELSE -r.qty END) AS out_qty, SUM(`+in+`0 ELSE -r.value END) AS out_value, r.warehouse_id AS warehouse
		FROM stock_row r JOIN slip s ON s.id = r.slip_id WHERE r.product_id = ? AND r.date <= ?
		GROUP BY r.date, r.place, s.id, r.line_id, r.warehouse_id ORDER BY r.date, r.place, MIN(r.seq)`, product, int64(to))
}

// TradeKeys are the SQL of what a trade summary can be by, of a line l, its slip s and its product p. reports/keys.go says what each is called
// and how its values read, under the same code.
var TradeKeys = map[string]string{
	"product": "l.product_id", "customer": theCustomer, "supplier": "s.party_id", "employee": "s.employee_id", "department": departmentOf, "category": "p.category_id",
	"month": "s.date / 100", "day": "s.date", "warehouse": "l.warehouse_id", "product's supplier": "p.supplier_id", "nobody": "0",
}

// Sent is a line of goods on their way from a warehouse to another.
type Sent struct {
	Number            string
	Date, Expected    text.Date
	From, To, Product int64
	Sent, Done, Open  num.Quantity
}

// UnderWay lists the lines of kinds whose goods are not all received yet, oldest first.
func (db *Reader) UnderWay(kinds []string) ([]Sent, error) {
	return list[Sent](db, `SELECT s.number, s.date, s.warehouse_id AS "from", s.to_warehouse_id AS "to", l.product_id AS product, l.base AS sent, l.done, l.open, s.due_date AS expected
		FROM slip_line l JOIN slip s ON s.id = l.slip_id WHERE l.open <> 0 AND s.kind IN (`+quoted(kinds)+`) ORDER BY s.date, s.number, l.no`)
}

// OrderLine is a line of an order and how far it is carried out.
type OrderLine struct {
	Number, Kind   string
	Status         slip.Status
	Date, Due      text.Date
	Party, Product int64
	Employee       int64
	Department     int64
	Ordered, Done  num.Quantity
}

// OrderLines lists the lines of live slips of kinds.
func (db *Reader) OrderLines(kinds []string, from, to text.Date) ([]OrderLine, error) {
	return list[OrderLine](db, `SELECT s.number, s.date, s.party_id AS party, l.product_id AS product, l.base AS ordered, l.done, s.due_date AS due, s.status, s.kind,
		s.employee_id AS employee, `+departmentOf+` AS department
		FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE s.kind IN (`+quoted(kinds)+`) AND s.status IN (`+live+`) AND s.date BETWEEN ? AND ?
		ORDER BY s.date, s.number, l.no`, int64(from), int64(to))
}

// PartyBalance is what a party owes or is owed in a book.
type PartyBalance struct {
	Party  int64
	Book   slip.Book
	Amount num.Amount
}

// PartyBalances lists what stands in the parties' books at the end of a day.
func (db *Reader) PartyBalances(day text.Date) ([]PartyBalance, error) {
	return list[PartyBalance](db, `SELECT party_id AS party, book, SUM(a) AS amount FROM (SELECT party_id, book, amount AS a FROM party_now
		UNION ALL SELECT party_id, book, -amount FROM party_row WHERE date > ?) t GROUP BY party_id, book ORDER BY party_id`, int64(day))
}

// PartyMove is a row of a party's ledger.
type PartyMove struct {
	Date, Due    text.Date
	Number, Kind string
	Remark       string
	Book         slip.Book
	Amount       num.Amount
}

// PartyLedger lists a party's ledger up to a day, in ledger order.
func (db *Reader) PartyLedger(party int64, to text.Date) ([]PartyMove, error) {
	return list[PartyMove](db, `SELECT r.date, s.number, s.kind, s.remark, r.book, r.amount, r.due FROM party_row r JOIN slip s ON s.id = r.slip_id
		WHERE r.party_id = ? AND r.date <= ? ORDER BY r.date, r.place, r.id`, party, int64(to))
}

// CashMove is a row of a cash account's ledger.
type CashMove struct {
	Account, Party       int64
	Date                 text.Date
	Number, Kind, Remark string
	Amount               num.Amount
}

// CashLedger lists the cash ledger up to a day, one account after the other, in ledger order.
func (db *Reader) CashLedger(to text.Date) ([]CashMove, error) {
	return list[CashMove](db, `SELECT r.account_id AS account, r.date, s.number, s.kind, s.remark, r.amount, s.party_id AS party FROM cash_row r JOIN slip s ON s.id = r.slip_id
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

// VoucherLine is a line of a slip's voucher. Date is the line's own day; landed costs have lines of days before their slip's (C7), which is Own
// at Place.
type VoucherLine struct {
	Slip, Party, Place            int64
	Date, Own                     text.Date
	Number, Kind, Remark, Account string
	Maker                         string
	Debit, Credit                 num.Amount
}

// voucherColumns are those of a VoucherLine, of voucher lines j and their slip s.
const voucherColumns = `s.id AS slip, j.date, s.date AS own, s.place, s.number, s.kind, s.party_id AS party, s.remark, s.maker, j.account, SUM(j.debit) AS debit, SUM(j.credit) AS credit`

// Journal gives the voucher lines of a span of days in ledger order; a voucher's lines of the same day, account and side are one.
// The value is used again by the next.
func (db *Reader) Journal(from, to text.Date, f func(*VoucherLine) error) error {
	return rowsOf(db, `SELECT `+voucherColumns+` FROM (`+voucherLines+`) j JOIN slip s ON s.id = j.slip_id
		WHERE j.date BETWEEN ? AND ? GROUP BY s.id, j.date, j.account, CASE WHEN j.debit <> 0 THEN 0 ELSE 1 END HAVING SUM(j.debit) <> 0 OR SUM(j.credit) <> 0
		ORDER BY j.date, s.date, s.place, s.id, CASE WHEN SUM(j.debit) <> 0 THEN 0 ELSE 1 END, MIN(j.rank), j.account`, []any{int64(from), int64(to)}, f)
}

// AccountSums are an account's opening (debit less credit before a span of days), debit and credit within it.
type AccountSums struct {
	Account                string
	Opening, Debit, Credit num.Amount
}

// Turnovers lists the accounts' sums of a span of days.
func (db *Reader) Turnovers(from, to text.Date) ([]AccountSums, error) {
	if from == from.Month().First() && to == to.Month().Last() {
		return list[AccountSums](db, `SELECT account, SUM(CASE WHEN month < ? THEN debit - credit ELSE 0 END) AS opening, SUM(CASE WHEN month >= ? THEN debit ELSE 0 END) AS debit,
			SUM(CASE WHEN month >= ? THEN credit ELSE 0 END) AS credit FROM account_month WHERE month <= ? GROUP BY account ORDER BY account`,
			int64(from.Month()), int64(from.Month()), int64(from.Month()), int64(to.Month()))
	}
	return db.turnoversOf(from, to)
}

// turnoversOf is Turnovers of a span that is no whole months: those within are kept, what is left at both ends is read.
func (db *Reader) turnoversOf(from, to text.Date) ([]AccountSums, error) {
	first, last := from.Month(), to.Month()
	q, args := `SELECT account, debit - credit AS o, 0 AS d, 0 AS c FROM account_month WHERE month < ?`, []any{int64(first)}
	rows := func(figures string, since, until text.Date) {
		if since <= until {
			q, args = q+` UNION ALL SELECT account, `+figures+` FROM (`+voucherLines+`) j WHERE date BETWEEN ? AND ?`, append(args, int64(since), int64(until))
		}
	}
	rows(`debit - credit, 0, 0`, first.First(), from.AddDays(-1))
	if from != first.First() {
		first = first.Next()
	}
	if to != last.Last() {
		last = last.Prev()
	}
	if first > last {
		rows(`0, debit, credit`, from, to)
	} else {
		q, args = q+` UNION ALL SELECT account, 0, debit, credit FROM account_month WHERE month BETWEEN ? AND ?`, append(args, int64(first), int64(last))
		rows(`0, debit, credit`, from, first.First().AddDays(-1))
		rows(`0, debit, credit`, last.Next().First(), to)
	}
	return list[AccountSums](db, `SELECT account, SUM(o) AS opening, SUM(d) AS debit, SUM(c) AS credit FROM (`+q+`) t GROUP BY account ORDER BY account`, args...)
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

// AccountSum is an account's debit less its credit.
type AccountSum struct {
	Account string
	Amount  num.Amount
}

// Operating sums the profit and loss accounts over a span of days, the vouchers of a kind, which closes them, left out.
func (db *Reader) Operating(closing string, from, to text.Date) ([]AccountSum, error) {
	if from == from.Month().First() && to == to.Month().Last() { // whole months are kept
		return list[AccountSum](db, `SELECT account, SUM(a) AS amount FROM (SELECT account, debit - credit AS a FROM account_month WHERE month BETWEEN ? AND ? AND SUBSTR(account, 1, 1) = '5'
			UNION ALL SELECT v.account, v.credit - v.debit FROM slip s JOIN voucher_line v ON v.slip_id = s.id WHERE s.kind = ? AND v.date BETWEEN ? AND ? AND SUBSTR(v.account, 1, 1) = '5') t
			GROUP BY account ORDER BY account`, int64(from.Month()), int64(to.Month()), closing, int64(from), int64(to))
	}
	return list[AccountSum](db, `SELECT account, SUM(debit - credit) AS amount FROM (`+voucherLines+`) j WHERE date BETWEEN ? AND ? AND SUBSTR(account, 1, 1) = '5'
		AND slip_id NOT IN (SELECT id FROM slip WHERE kind = ?) GROUP BY account ORDER BY account`, int64(from), int64(to), closing)
}

// LedgerLines gives the lines of the general ledger in a span of days, one account after the other, in ledger order; a voucher's lines of the
// same account and side are one. An empty account is all. The value is used again by the next.
func (db *Reader) LedgerLines(account string, from, to text.Date, f func(*VoucherLine) error) error {
	of, args := "", []any{int64(from), int64(to)}
	if account != "" {
		of, args = " AND j.account = ?", append(args, account)
	}
	return rowsOf(db, `SELECT `+voucherColumns+` FROM (`+voucherLines+`) j JOIN slip s ON s.id = j.slip_id
		WHERE j.date BETWEEN ? AND ?`+of+` GROUP BY j.account, s.id, j.date, CASE WHEN j.debit <> 0 THEN 0 ELSE 1 END HAVING SUM(j.debit) <> 0 OR SUM(j.credit) <> 0
		ORDER BY j.account, j.date, s.date, s.place, s.id, CASE WHEN SUM(j.debit) <> 0 THEN 0 ELSE 1 END`, args, f)
}

// Taxed is a side of VAT: the kinds of slips that make it, those that count against, and those that make none in flow invoice.
type Taxed struct{ Kinds, Returns, Goods []string }

// MonthTax is what a month's slips come to, and the VAT on it.
type MonthTax struct {
	Month text.Month
	Net   num.Amount
	Tax   num.Amount
}

// VAT lists a side's months in a span of days; zero: also what bears no tax counts in the net.
func (db *Reader) VAT(t Taxed, zero bool, from, to text.Date) ([]MonthTax, error) {
	some := ""
	if !zero {
		some = " AND l.tax <> 0 AND s.general = 1"
	}
	return list[MonthTax](db, `SELECT s.date / 100 AS month, SUM(CASE WHEN s.kind IN (`+quoted(t.Returns)+`) THEN -l.net ELSE l.net END) AS net, SUM(CASE WHEN s.kind IN (`+quoted(t.Returns)+`) THEN -l.tax ELSE l.tax END) AS tax
		FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE s.kind IN (`+quoted(t.Kinds)+`) AND s.status = 'audited' AND NOT (s.invoiced = 1 AND s.kind IN (`+quoted(t.Goods)+`))`+some+`
		AND s.date BETWEEN ? AND ? GROUP BY 1 ORDER BY 1`, int64(from), int64(to))
}

// lineValue is what line l of slip s moved in stock, goods out negative; of a service, which has none, what it cost to buy: what went to the
// account of its category. One sold cost nothing. Corrections of later months are not in it.
var lineValue = `CASE WHEN l.service = 0 THEN COALESCE((SELECT SUM(r.value) FROM stock_row r WHERE r.line_id = l.id AND r.date / 100 = s.date / 100), 0)
		WHEN s.kind = ` + theGoodsReceipt + ` THEN CASE WHEN s.general = 1 THEN l.net ELSE l.gross END + l.trued WHEN s.kind = ` + thePurchaseBack + ` THEN CASE WHEN s.general = 1 THEN -l.net ELSE -l.gross END ELSE 0 END`

// AccountMonths sums credit less debit of an account by the months of a span of days.
func (db *Reader) AccountMonths(account string, from, to text.Date) ([]MonthTax, error) {
	return list[MonthTax](db, `SELECT date / 100 AS month, 0 AS net, SUM(credit - debit) AS tax FROM (`+voucherLines+`) j WHERE account = ? AND date BETWEEN ? AND ? GROUP BY 1 ORDER BY 1`,
		account, int64(from), int64(to))
}

// Traded is what was traded of one key: Key is a row's id, a month or a day as a number, or a word; Value is the stock value moved, goods out negative.
type Traded struct {
	Key                    string
	Qty                    num.Quantity
	Net, Tax, Gross, Value num.Amount
}

// shared is the part of w that belongs to q units of l, the last of c so far, by the share rule (2.5).
func shared(w, c, q, l string) string {
	return `(` + portion(w, `(`+c+`)`, l) + ` - ` + portion(w, `(`+c+` - `+q+`)`, l) + `)`
}

// portion is round(w·c/l), half away from zero, in integers: whole times first, so that only (w mod l)·c must fit.
func portion(w, c, l string) string {
	l, w = `ABS(`+l+`)`, `(CASE WHEN `+l+` < 0 THEN -(`+w+`) ELSE (`+w+`) END)`
	rest := `(` + w + ` % ` + l + ` * ` + c + `)`
	return `(` + w + ` / ` + l + ` * ` + c + ` + ` + rest + ` / ` + l + ` + CASE WHEN 2 * ABS(` + rest + ` % ` + l + `) < ` + l + ` THEN 0 WHEN ` + rest + ` < 0 THEN -1 ELSE 1 END)`
}

// goodsOf are, of lines of audited slips of kinds and their return kinds, the sign that counts returns against, and which they are.
func goodsOf(kinds, returns []string) (sign, of string) {
	return `(CASE WHEN s.kind IN (` + quoted(returns) + `) THEN -1 ELSE 1 END)`, `s.kind IN (` + quoted(slices.Concat(kinds, returns)) + `) AND s.status = 'audited'`
}

// tradeRows is a query for what lines of audited slips of kinds and their return kinds came to in a span of days: line, date, base, net, tax,
// value, with the sign turned for returns. A line stands on its slip's day, at what its invoices say of the part that is invoiced and at its own
// price for the rest (7.3.3). A row of its own, on its own day, is what later months change: corrections of cost, and the difference of an
// invoice that came when the month of the goods was closed. So closed months stay. Of what is sold, so is what buying made dearer or cheaper
// afterwards: freight and bills of goods that were sold by then, and what a return to a supplier gives other than the stock's cost.
func tradeRows(kinds, returns []string, from, to text.Date) string {
	sign, of := goodsOf(kinds, returns)
	days := fmt.Sprintf(` BETWEEN %d AND %d`, int64(from), int64(to))
	return `SELECT l.id AS line, s.date AS date, ` + sign + ` * l.base AS base, ` + sign + ` * l.net AS net, ` + sign + ` * l.tax AS tax, ` + lineValue + ` AS value
			FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE ` + of + ` AND s.date` + days + `
		UNION ALL SELECT l.id, r.date, 0, 0, 0, r.value FROM stock_row r JOIN slip_line l ON l.id = r.line_id JOIN slip s ON s.id = l.slip_id
			WHERE r.date` + days + ` AND r.slip_id <> l.slip_id AND r.date / 100 <> s.date / 100 AND ` + of + `
		UNION ALL SELECT line, date, 0, net, tax, 0 FROM (SELECT line, CASE WHEN late = 1 THEN billed ELSE date END AS date, net_billed - net_own AS net, tax_billed - tax_own AS tax
			FROM (` + billedParts(sign, of, from, to) + `) p) d WHERE date` + days + ` AND (net <> 0 OR tax <> 0)` + costLater(kinds, returns, days)
}

// costLater is what the stock of lines of purchases sent to the cost of sales at once, a day, where all that is sold is asked for; what comes to nothing is no row.
func costLater(of, returns []string, days string) string {
	if !slices.Contains(of, kinds.Delivery.Code) || !slices.Contains(of, kinds.RetailSale.Code) || len(returns) == 0 {
		return ""
	}
	return ` UNION ALL SELECT r.line_id, r.date, 0, 0, 0, SUM(r.value) FROM stock_row r JOIN slip s ON s.id = r.slip_id
		WHERE r.date` + days + ` AND r.basis IN ('rest', 'variance') AND s.kind IN (` + theLater + `) GROUP BY r.line_id, r.date HAVING SUM(r.value) <> 0`
}

// billedParts is a query for the invoiced parts of lines of goods: the line and its day, the day it was billed and whether that came late, when
// the month of the goods was closed; net and tax of the part as billed and by the goods' own price, by the share rule. It has every part of goods
// or of a bill of a span of days, and others that belong to the same lines: those are read whole, for what came before says what share is left.
func billedParts(sign, of string, from, to text.Date) string {
	billed := func(c string) string { return shared(`il.`+c, `m.mine`, `m.qty`, `il.base`) }
	own := func(c string) string {
		return sign + ` * ` + shared(`l.`+c, sign+` * m.theirs`, sign+` * m.qty`, `l.base`)
	}
	bills := ` IN (` + theSalesBill + `, ` + thePurchaseBill + `) AND `
	// CROSS JOIN keeps the tables in this order: from the goods of the span to what bills them, never through all bills
	return namedDays(`SELECT l.id AS line, s.date AS date, m.date AS billed, m.late AS late, `+billed("net")+` AS net_billed, `+own("net")+` AS net_own, `+billed("tax")+` AS tax_billed, `+own("tax")+` AS tax_own
		FROM (SELECT x.line_id, x.goods_line, x.qty, x.late, i.date, (SELECT SUM(y.qty) FROM match y WHERE y.line_id = x.line_id AND y.goods_line <= x.goods_line) AS mine,
			SUM(x.qty) OVER (PARTITION BY x.goods_line ORDER BY i.date, i.place, x.line_id) AS theirs
			FROM match x CROSS JOIN slip_line n ON n.id = x.line_id CROSS JOIN slip i ON i.id = n.slip_id WHERE i.kind`+bills+`i.status = 'audited' AND x.goods_line IN (
				SELECT l.id FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE `+of+` AND s.date BETWEEN :from AND :to
				UNION SELECT t.goods_line FROM slip b JOIN slip_line bl ON bl.slip_id = b.id JOIN match t ON t.line_id = bl.id WHERE b.kind`+bills+`b.status = 'audited' AND b.date BETWEEN :from AND :to)) m
		JOIN slip_line il ON il.id = m.line_id JOIN slip_line l ON l.id = m.goods_line JOIN slip s ON s.id = l.slip_id WHERE `+of, from, to)
}

// Trade sums audited slips of kinds and their return kinds by a key, as TradeLines has them. Only narrows it to a party, product or warehouse.
func (db *Reader) Trade(kinds, returns []string, by string, from, to text.Date, only map[string]int64) ([]Traded, error) {
	where, args := "", []any{}
	for _, f := range [][2]string{{"party", "s.party_id"}, {"product", "l.product_id"}, {"warehouse", "l.warehouse_id"}, {"employee", "s.employee_id"}, {"department", departmentOf}} {
		if id := only[f[0]]; id != 0 {
			where, args = where+" AND "+f[1]+" = ?", append(args, id)
		}
	}
	key := strings.ReplaceAll(TradeKeys[by], "s.date", "t.date")
	return list[Traded](db, `SELECT CAST(`+key+` AS TEXT) AS key, SUM(t.base) AS qty, SUM(t.net) AS net, SUM(t.tax) AS tax, SUM(t.net + t.tax) AS gross, SUM(t.value) AS value
		FROM (`+tradeRows(kinds, returns, from, to)+`) t JOIN slip_line l ON l.id = t.line JOIN slip s ON s.id = l.slip_id JOIN product p ON p.id = l.product_id
		WHERE 1 = 1`+where+` GROUP BY 1 ORDER BY 1`, args...)
}

// TradeLine is a line of a slip of goods, its figures with the sign turned for a return. Value is as the stock ledger has it, goods out negative.
type TradeLine struct {
	Date                      text.Date
	Number, Kind, Maker       string
	Party, Warehouse, Product int64
	Employee, Department      int64
	Qty                       num.Quantity
	Net, Tax, Gross, Value    num.Amount
}

// TradeLines gives the lines of audited slips of kinds and their return kinds in ledger order, and what later months change of them as lines of
// its own (see tradeRows). The value is used again by the next.
func (db *Reader) TradeLines(kinds, returns []string, from, to text.Date, f func(*TradeLine) error) error {
	party := "s.party_id"
	if costLater(kinds, returns, "") != "" {
		party = theCustomer
	}
	return rowsOf(db, `SELECT t.date, s.number, s.kind, s.maker, `+party+` AS party, l.warehouse_id AS warehouse, l.product_id AS product,
		s.employee_id AS employee, `+departmentOf+` AS department, SUM(t.base) AS qty, SUM(t.net) AS net,
		SUM(t.tax) AS tax, SUM(t.net + t.tax) AS gross, SUM(t.value) AS value
		FROM (`+tradeRows(kinds, returns, from, to)+`) t JOIN slip_line l ON l.id = t.line JOIN slip s ON s.id = l.slip_id JOIN product p ON p.id = l.product_id
		GROUP BY t.line, t.date ORDER BY t.date, s.date, s.place, s.id, l.no`, nil, f)
}

// ProductNet is what was traded of a product, before VAT.
type ProductNet struct {
	Product int64
	Qty     num.Quantity
	Net     num.Amount
}

// TradeNet sums audited slips of kinds and their return kinds by product, as TradeLines has them.
func (db *Reader) TradeNet(kinds, returns []string, from, to text.Date) ([]ProductNet, error) {
	return list[ProductNet](db, `SELECT l.product_id AS product, SUM(t.base) AS qty, SUM(t.net) AS net FROM (`+tradeRows(kinds, returns, from, to)+`) t
		JOIN slip_line l ON l.id = t.line WHERE l.product_id IS NOT NULL AND (t.base <> 0 OR t.net <> 0) GROUP BY 1 ORDER BY 1`)
}

// Head is a slip without its lines.
type Head struct {
	Number, ExternalNo, Kind string
	Status                   slip.Status
	Date                     text.Date
	Party, Warehouse         int64
	Red                      bool
	Net, Tax, Gross          num.Amount
}

// Listed lists slips, oldest first; those of the kinds hidden are the program's own. Empty filters let everything through.
func (db *Reader) Listed(hidden []string, kind, status string, from, to text.Date, party int64) ([]Head, error) {
	q, args := `SELECT number, external_no, kind, date, party_id AS party, warehouse_id AS warehouse, status, red, net, tax, gross FROM slip WHERE kind NOT IN (`+quoted(hidden)+`)`, []any{}
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
	return list[Head](db, q+` ORDER BY date, id`, args...)
}

// LastDay is the last day any slip stands on.
func (db *Reader) LastDay() (text.Date, error) { return lastDay(db) }

// NewestDay is the day of the newest slip that is of none of the kinds; 0: there is none.
func (tx *Tx) NewestDay(but []string) (text.Date, error) {
	var d text.Date
	_, err := one(tx, `SELECT date FROM slip WHERE kind NOT IN (`+quoted(but)+`) ORDER BY date DESC LIMIT 1`, nil, &d)
	return d, err
}

func lastDay(q Query) (text.Date, error) {
	var d text.Date
	_, err := one(q, `SELECT COALESCE(MAX(date), 0) FROM slip`, nil, &d)
	return d, err
}

// Neighbour is a slip that another follows from (Source), or that follows from it.
type Neighbour struct {
	Slip   int64
	Source bool
}

// Neighbours lists the slips a slip follows from and those that follow from it.
func (db *Reader) Neighbours(id int64) ([]Neighbour, error) {
	return list[Neighbour](db, `SELECT DISTINCT sl.slip_id AS slip, 1 AS source FROM slip_line l JOIN slip_line sl ON sl.id = l.source_id WHERE l.slip_id = ?
		UNION SELECT target_id, 1 FROM allocation WHERE slip_id = ?
		UNION SELECT DISTINCT l.slip_id, 0 FROM slip_line sl JOIN slip_line l ON l.source_id = sl.id WHERE sl.slip_id = ?
		UNION SELECT slip_id, 0 FROM allocation WHERE target_id = ?
		UNION SELECT g.slip_id, 1 FROM slip_line l JOIN match m ON m.line_id = l.id JOIN slip_line g ON g.id = m.goods_line WHERE l.slip_id = ?
		UNION SELECT l.slip_id, 0 FROM slip_line g JOIN match m ON m.goods_line = g.id JOIN slip_line l ON l.id = m.line_id WHERE g.slip_id = ?
		UNION SELECT case_id, 1 FROM slip WHERE id = ? AND case_id IS NOT NULL
		UNION SELECT id, 0 FROM slip WHERE case_id = ?`, id, id, id, id, id, id, id, id)
}
