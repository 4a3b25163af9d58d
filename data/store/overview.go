package store

import (
	"slices"
	"strconv"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// KindCount counts slips of a kind for the home page.
type KindCount struct {
	Drafts, Today, Open, DueToday, Overdue int
	OpenAmount                             num.Amount
}

// CountKinds counts drafts, slips of a day, and slips with money open, by kind; those of owed kinds fall due.
func (db *Reader) CountKinds(kinds, owed []string, day text.Date) (map[string]*KindCount, error) {
	m := map[string]*KindCount{}
	for _, k := range kinds {
		m[k] = &KindCount{}
	}
	in := quoted(kinds)
	err := each(db, `SELECT kind, COUNT(*) FROM slip WHERE kind IN (`+in+`) AND status IN (`+unaudited+`) GROUP BY kind`, nil, func(scan func(...any) error) error {
		var k string
		var n int
		err := scan(&k, &n)
		m[k].Drafts = n
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(db, `SELECT kind, COUNT(*) FROM slip WHERE kind IN (`+in+`) AND date = ? AND status <> 'void' GROUP BY kind`, []any{int64(day)}, func(scan func(...any) error) error {
		var k string
		var n int
		err := scan(&k, &n)
		m[k].Today = n
		return err
	})
	if err != nil {
		return nil, err
	}
	due := `SUM(CASE WHEN kind IN (` + quoted(owed) + `) AND due`
	err = each(db, `SELECT kind, COUNT(*), SUM(open), `+due+` = ? THEN 1 ELSE 0 END), `+due+` < ? THEN 1 ELSE 0 END) FROM slip WHERE kind IN (`+in+`) AND open <> 0 GROUP BY kind`, []any{int64(day), int64(day)}, func(scan func(...any) error) error {
		var k string
		var c KindCount
		err := scan(&k, &c.Open, &c.OpenAmount, &c.DueToday, &c.Overdue)
		c.Drafts, c.Today = m[k].Drafts, m[k].Today
		*m[k] = c
		return err
	})
	return m, err
}

// Promise is an order line that still promises something: Open of Base units, worth Gross in all.
type Promise struct {
	Slip       int64
	Kind       string
	Due        text.Date
	Open, Base num.Quantity
	Gross      num.Amount
}

// Promises lists every order line that still promises something.
func (db *Reader) Promises() ([]Promise, error) {
	var list []Promise
	err := each(db, `SELECT s.id, s.kind, s.due_date, l.open, l.base, l.gross FROM slip_line l JOIN slip s ON s.id = l.slip_id WHERE l.open <> 0`, nil, func(scan func(...any) error) error {
		var p Promise
		err := scan(&p.Slip, &p.Kind, &p.Due, &p.Open, &p.Base, &p.Gross)
		list = append(list, p)
		return err
	})
	return list, err
}

// DayAmount is an amount of a kind on a day.
type DayAmount struct {
	Kind   string
	Date   text.Date
	Amount num.Amount
}

// GrossByDay sums audited slips of some kinds by kind and day.
func (db *Reader) GrossByDay(kinds []string, from, to text.Date) ([]DayAmount, error) {
	return db.dayAmounts(`SELECT kind, date, SUM(gross) FROM slip WHERE kind IN (`+quoted(kinds)+`) AND status = 'audited' AND date BETWEEN ? AND ? GROUP BY kind, date`, int64(from), int64(to))
}

// CashByDay sums what came into the cash accounts (out is negative) from parties, by kind of slip and day.
func (db *Reader) CashByDay(from, to text.Date) ([]DayAmount, error) {
	return db.dayAmounts(`SELECT s.kind, r.date, SUM(r.amount) FROM cash_row r JOIN slip s ON s.id = r.slip_id
		WHERE r.account_id IN (SELECT id FROM account) AND r.date BETWEEN ? AND ? AND s.party_id IS NOT NULL GROUP BY s.kind, r.date`, int64(from), int64(to))
}

func (db *Reader) dayAmounts(stmt string, args ...any) ([]DayAmount, error) {
	var list []DayAmount
	err := each(db, stmt, args, func(scan func(...any) error) error {
		var a DayAmount
		err := scan(&a.Kind, &a.Date, &a.Amount)
		list = append(list, a)
		return err
	})
	return list, err
}

// Earned sums credit less debit of some accounts in a month and on a day; what closing months moved out of them is left out.
func (db *Reader) Earned(accounts []string, day text.Date) (month, today num.Amount, err error) {
	in := quoted(accounts)
	closing := `slip_id IN (SELECT id FROM slip WHERE kind = ` + thePeriodClose + `)`
	m := day.Month()
	if _, err = one(db, `SELECT COALESCE((SELECT SUM(credit - debit) FROM account_month WHERE account IN (`+in+`) AND month = ?), 0)
		- COALESCE((SELECT SUM(credit - debit) FROM voucher_line WHERE account IN (`+in+`) AND date BETWEEN ? AND ? AND `+closing+`), 0)`,
		[]any{int64(m), int64(m.First()), int64(m.Last())}, &month); err != nil {
		return 0, 0, err
	}
	_, err = one(db, `SELECT COALESCE(SUM(a), 0) FROM (SELECT credit - debit AS a FROM voucher_line WHERE account IN (`+in+`) AND date = ? AND NOT `+closing+`
		UNION ALL SELECT -value FROM dispatch_row WHERE account IN (`+in+`) AND date = ?
		UNION ALL SELECT CASE WHEN contra IN (`+in+`) THEN value ELSE 0 END - CASE WHEN stock IN (`+in+`) THEN value ELSE 0 END FROM stock_row WHERE date = ?) t`,
		[]any{int64(day), int64(day), int64(day)}, &today)
	return month, today, err
}

// Aged is what a party owes or is owed: its balance, what of it the book began with, and what is open on slips by the days they are
// overdue: not, up to 30, 60, 90, more. What slips owe the party counts as not overdue.
type Aged struct {
	Party            int64
	Balance, Opening num.Amount
	Open             [5]num.Amount
}

// Ageing lists, as at the end of a day, the parties with a balance in a book, or with something open on slips of the kinds that open
// items in it; only one of them where it is named. Opening is the kind of the opening voucher.
func (db *Reader) Ageing(k Openings, book slip.Book, kinds []string, opening string, day text.Date, party int64) ([]Aged, error) {
	m := map[int64]*Aged{}
	get := func(id int64) *Aged {
		if m[id] == nil {
			m[id] = &Aged{Party: id}
		}
		return m[id]
	}
	only, of := "", []any{}
	if party != 0 {
		only, of = ` AND party_id = ?`, []any{party}
	}
	into := func(field func(*Aged) *num.Amount) func(func(...any) error) error {
		return func(scan func(...any) error) error {
			var id int64
			var a num.Amount
			err := scan(&id, &a)
			*field(get(id)) = a
			return err
		}
	}
	err := each(db, `SELECT party_id, SUM(a) FROM (SELECT party_id, amount AS a FROM party_now WHERE book = ?`+only+`
		UNION ALL SELECT party_id, -amount FROM party_row WHERE book = ?`+only+` AND date > ?) t GROUP BY party_id HAVING SUM(a) <> 0`,
		slices.Concat([]any{string(book)}, of, []any{string(book)}, of, []any{int64(day)}), into(func(a *Aged) *num.Amount { return &a.Balance }))
	if err != nil {
		return nil, err
	}
	err = each(db, `SELECT party_id, SUM(amount) FROM party_row WHERE slip_id IN (SELECT id FROM slip WHERE kind = ?) AND book = ?`+only+` GROUP BY party_id`,
		slices.Concat([]any{opening, string(book)}, of), into(func(a *Aged) *num.Amount { return &a.Opening }))
	if err != nil {
		return nil, err
	}
	items, args, err := db.items(k, kinds, day, party)
	if err != nil {
		return nil, err
	}
	d := []any{string(book), int64(day), int64(day.AddDays(-30)), int64(day.AddDays(-60)), int64(day.AddDays(-90))}
	err = each(db, `SELECT party_id, CASE WHEN open < 0 OR due >= ? THEN 0 WHEN due >= ? THEN 1 WHEN due >= ? THEN 2 WHEN due >= ? THEN 3 ELSE 4 END, SUM(open)
		FROM (SELECT r.party_id, r.due, s.open FROM (`+items+`) s JOIN party_row r ON r.id = (SELECT MIN(i.id) FROM party_row i WHERE i.slip_id = s.id AND i.due <> 0 AND i.book = ?)) t
		WHERE 1 = 1`+only+` GROUP BY 1, 2`, slices.Concat(d[1:], args, d[:1], of), func(scan func(...any) error) error {
		var id int64
		var i int
		var a num.Amount
		err := scan(&id, &i, &a)
		get(id).Open[i] = a
		return err
	})
	list := make([]Aged, 0, len(m))
	for _, a := range m {
		list = append(list, *a)
	}
	return list, err
}

// items lists slips of the kinds with what was open on them at the end of a day, those of one party where it is named. Where nothing came
// after, that is what is kept; else of those still open, or settled or returned later, it is worked out.
func (db *Reader) items(k Openings, kinds []string, day text.Date, party int64) (stmt string, args []any, err error) {
	of := ` FROM slip WHERE kind IN (` + quoted(kinds) + `) AND status = 'audited'`
	if party != 0 {
		who := strconv.FormatInt(party, 10)
		of += ` AND (party_id = ` + who + ` OR to_party_id = ` + who + `)`
	}
	last, err := db.LastDay()
	if err != nil || last <= day {
		return `SELECT id, open` + of + ` AND open <> 0`, nil, err
	}
	return `SELECT id, ` + k.openAt(day) + ` AS open` + of + ` AND date <= ? AND id IN (SELECT id FROM slip WHERE kind IN (` + quoted(kinds) + `) AND open <> 0
		UNION SELECT a.target_id FROM slip m JOIN allocation a ON a.slip_id = m.id WHERE m.date > ? AND m.status = 'audited'
		UNION SELECT src.slip_id FROM slip m JOIN allocation a ON a.slip_id = m.id JOIN slip_line l ON l.slip_id = a.target_id JOIN slip_line src ON src.id = l.source_id
			WHERE m.date > ? AND m.status = 'audited'
		UNION SELECT src.slip_id FROM slip r JOIN slip_line l ON l.slip_id = r.id JOIN slip_line src ON src.id = l.source_id WHERE r.date > ? AND r.status = 'audited')`,
		[]any{0, int64(day), int64(day), int64(day), int64(day)}, nil
}

// TaskIDs lists drafts of some kinds, oldest first, and slips of owed kinds with money open and due, longest due first.
func (db *Reader) TaskIDs(kinds, owed []string, day text.Date, limit int) (drafts, due []int64, err error) {
	read := func(list *[]int64, stmt string, args ...any) error {
		return each(db, stmt, args, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			*list = append(*list, id)
			return err
		})
	}
	if err = read(&drafts, `SELECT id FROM slip WHERE kind IN (`+quoted(kinds)+`) AND status IN (`+unaudited+`) ORDER BY date, id LIMIT ?`, limit); err != nil {
		return nil, nil, err
	}
	err = read(&due, `SELECT id FROM slip WHERE kind IN (`+quoted(owed)+`) AND open <> 0 AND open > 0 AND due <= ? ORDER BY due, id LIMIT ?`, int64(day), limit)
	return drafts, due, err
}

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
