package store

import (
	"errors"
	"strconv"
	"strings"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// OpenAmount is what of a slip is not yet settled: the items it opened with its parties (of an order all it comes to), less
// allocations and linked returns; what the slip `except` allocated is left out.
func (tx *Tx) OpenAmount(k Openings, id, except int64) (num.Amount, error) {
	var open num.Amount
	_, err := one(tx, `SELECT `+k.openSQL()+` FROM slip WHERE slip.id = ?`, []any{except, id}, &open)
	return open, err
}

// itemsSQL is what a slip opened with its parties, less what was paid on it.
func itemsSQL(slip string) string {
	return `COALESCE((SELECT SUM(p.amount) FROM party_row p WHERE p.slip_id = ` + slip + `.id AND (p.due <> 0 OR p.own = 1)), 0)`
}

// creditOf is what a slip that lowers others has to give: what it opened to its party's credit, less what was paid back of it by a day.
func creditOf(slip, until string) string {
	return `(-` + itemsSQL(slip) + ` + COALESCE((SELECT SUM(a.amount) FROM allocation a JOIN slip m ON m.id = a.slip_id
		WHERE a.target_id = ` + slip + `.id AND m.status = 'audited' AND m.date <= ` + until + `), 0))`
}

// openSQL works out what is open on the live slip of the statement around it; its one argument is the allocating slip left out.
// A return lowers what it came from by no more than it has to give: what was refunded, or taken in exchange, is no credit. A
// red letter, of the same kind, has given it and keeps only the rest open.
func (k Openings) openSQL() string { return k.openAt(99999999) }

// openAt is openSQL as at the end of a day: what was settled or returned later does not count.
func (k Openings) openAt(day text.Date) string {
	until := strconv.Itoa(int(day))
	return `CASE WHEN slip.kind IN (` + quoted(k.Plans) + `) THEN slip.gross ELSE ` + itemsSQL("slip") + `
	- COALESCE((SELECT SUM(CASE WHEN b.credit <= 0 THEN 0 WHEN b.gross < b.credit THEN b.gross ELSE b.credit END) FROM (
		SELECT ` + creditOf("r", until) + ` AS credit, SUM(CASE WHEN r.kind = o.kind THEN -l.gross ELSE l.gross END) AS gross
		FROM slip o JOIN slip_line src ON src.slip_id = o.id JOIN slip_line l ON l.source_id = src.id JOIN slip r ON r.id = l.slip_id
		WHERE o.id = slip.id AND r.status = 'audited' AND r.date <= ` + until + ` AND (r.kind = o.kind OR r.kind IN (` + quoted(k.Returns) + `)) GROUP BY r.id) b), 0)
	+ COALESCE((SELECT SUM(CASE WHEN b.credit <= 0 THEN 0 WHEN b.gross < b.credit THEN b.gross ELSE b.credit END) FROM (
		SELECT ` + creditOf("slip", until) + ` AS credit, SUM(-l.gross) AS gross
		FROM slip_line l JOIN slip_line src ON src.id = l.source_id JOIN slip o ON o.id = src.slip_id
		WHERE l.slip_id = slip.id AND o.kind = slip.kind GROUP BY o.id) b), 0) END
	+ CASE WHEN slip.kind IN (` + quoted(k.Bills) + `) THEN COALESCE((SELECT SUM(a.amount) FROM allocation a WHERE a.slip_id = slip.id), 0) ELSE 0 END
	- COALESCE((SELECT SUM(a.amount) FROM allocation a JOIN slip m ON m.id = a.slip_id
		WHERE a.target_id = slip.id AND m.status = 'audited' AND m.date <= ` + until + ` AND m.id <> ?), 0)`
}

// creditSQL is what a money slip has not allocated.
const creditSQL = `-COALESCE((SELECT SUM(r.amount) FROM party_row r WHERE r.slip_id = slip.id AND r.due = 0 AND r.own = 0), 0)
	- COALESCE((SELECT SUM(a.amount) FROM allocation a WHERE a.slip_id = slip.id), 0)`

// Openings names the kinds by what is kept open of them: settled are settled by money, settles are money slips.
// Plans are orders, Returns the kinds whose lines lower what they come from, Bills those whose red ones go against their own bills.
type Openings struct{ Settled, Settles, Plans, Returns, Bills []string }

// keptSQL works out the open amount to be kept with any slip.
func (k Openings) sql() string {
	return `CASE WHEN slip.status <> 'audited' THEN 0 WHEN slip.kind IN (` + quoted(k.Settled) + `) THEN ` + k.openSQL() +
		` WHEN slip.kind IN (` + quoted(k.Settles) + `) THEN ` + creditSQL + ` ELSE 0 END`
}

// quoted lists codes of kinds for an IN; they are the program's own words, never typed ones.
func quoted(codes []string) string {
	if len(codes) == 0 {
		return "''"
	}
	safe := make([]string, len(codes))
	for i, c := range codes {
		safe[i] = strings.ReplaceAll(c, "'", "''")
	}
	return "'" + strings.Join(safe, "', '") + "'"
}

// KeepOpen works out anew what is open on a slip and keeps it with the slip, and when it falls due.
func (tx *Tx) KeepOpen(id int64, k Openings) error {
	_, err := tx.exec(`UPDATE slip SET open = `+k.sql()+`, due = CASE WHEN due_date > date THEN due_date ELSE date END WHERE id = ?`, 0, id)
	return err
}

// KeepOpened is KeepOpen of a slip that nothing hangs on and that hangs on nothing: what it opened with its parties.
func (tx *Tx) KeepOpened(id int64) error {
	_, err := tx.exec(`UPDATE slip SET open = `+itemsSQL("slip")+`, due = CASE WHEN due_date > date THEN due_date ELSE date END WHERE id = ?`, id)
	return err
}

// KeepPromised keeps with an order's lines what they still promise: all that is not done while the order is live.
func (tx *Tx) KeepPromised(id int64, live bool) (err error) {
	if live {
		_, err = tx.exec(`UPDATE slip_line SET open = CASE WHEN base > done THEN base - done ELSE 0 END WHERE slip_id = ?`, id)
	} else {
		_, err = tx.exec(`UPDATE slip_line SET open = 0 WHERE slip_id = ? AND open <> 0`, id)
	}
	return err
}

// OpenSlip is a slip of a party that is not wholly settled.
type OpenSlip struct {
	Number string
	Open   num.Amount
}

// OpenSlips lists live slips of kinds with something open of a party (its own, or taken over by it), oldest due first, until they
// come to need: a party may have any number more.
func (tx *Tx) OpenSlips(party int64, kinds []string, until int64, need num.Amount) ([]OpenSlip, error) {
	// date + 0 keeps the search on the index of what is due, which gives the order
	of := `SELECT number, open, due, date, place FROM slip WHERE kind IN (` + quoted(kinds) + `) AND open > 0 AND open <> 0 AND date + 0 <= ? AND `
	var list []OpenSlip
	if need <= 0 {
		return nil, nil
	}
	err := each(tx, of+`party_id = ? AND to_party_id IS NULL UNION ALL `+of+`to_party_id = ? AND to_party_id IS NOT NULL ORDER BY due, date, place`,
		[]any{until, party, until, party}, func(scan func(...any) error) error {
			var o OpenSlip
			var due, date, place int64
			if err := scan(&o.Number, &o.Open, &due, &date, &place); err != nil {
				return err
			}
			list = append(list, o)
			if need -= o.Open; need <= 0 {
				return errEnough
			}
			return nil
		})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return list, err
}

// OpenBills lists the live bills of a kind with something open by a day that a line of goods is matched with, oldest due first.
func (tx *Tx) OpenBills(goods int64, kind string, until text.Date) (list []OpenSlip, err error) {
	if goods == 0 {
		return nil, nil
	}
	err = each(tx, `SELECT number, open FROM slip WHERE kind = ? AND status = 'audited' AND open > 0 AND date <= ? AND id IN (
		SELECT l.slip_id FROM match m JOIN slip_line l ON l.id = m.line_id WHERE m.goods_line = ?) ORDER BY due, date, place`, []any{kind, int64(until), goods}, func(scan func(...any) error) error {
		var o OpenSlip
		err := scan(&o.Number, &o.Open)
		list = append(list, o)
		return err
	})
	return list, err
}

// errEnough ends a query that was read far enough.
var errEnough = errors.New("enough")

// OpeningLeft is what of a party's opening balance in a book its money slips of the kinds have not yet covered: what they did not
// allocate goes to the opening balance first.
func (tx *Tx) OpeningLeft(party int64, book slip.Book, kinds []string) (num.Amount, error) {
	var opening, covered num.Amount
	_, err := one(tx, `SELECT COALESCE(SUM(amount), 0) FROM party_row WHERE party_id = ? AND book = ? AND date = (SELECT MIN(date) FROM slip WHERE kind = `+theOpening+`)
		AND slip_id IN (SELECT id FROM slip WHERE kind = `+theOpening+`)`,
		[]any{party, string(book)}, &opening)
	if err != nil || opening <= 0 {
		return 0, err
	}
	_, err = one(tx, `SELECT COALESCE(SUM(open), 0) FROM slip WHERE party_id = ? AND kind IN (`+quoted(kinds)+`) AND open > 0 AND open <> 0`, []any{party}, &covered)
	return max(0, opening-covered), err
}

// PartyBalance is the kept balance of a party in a book.
func (tx *Tx) PartyBalance(party int64, book slip.Book) (num.Amount, error) {
	a, err := partyBalance(tx, party, book)
	return a + num.Amount(tx.party[partyKey{party, book}]), err
}

// LeastBalance is the lowest that a party's balance in a book stands at the end of a day or any after it, and that day.
func (tx *Tx) LeastBalance(party int64, book slip.Book, day text.Date) (least num.Amount, at text.Date, err error) {
	balance, err := tx.PartyBalance(party, book)
	if err != nil {
		return 0, 0, err
	}
	least, at = balance, day
	err = each(tx, `SELECT date, SUM(amount) FROM party_row WHERE party_id = ? AND book = ? AND date > ? GROUP BY date ORDER BY date DESC`,
		[]any{party, string(book), int64(day)}, func(scan func(...any) error) error {
			var d text.Date
			var a num.Amount
			err := scan(&d, &a)
			if at == day {
				at = d
			}
			if balance -= a; balance < least { // as at the end of the day before
				least, at = balance, d.AddDays(-1)
			}
			return err
		})
	return least, at, err
}

// PartyBalance is the kept balance of a party in a book.
func (db *Reader) PartyBalance(party int64, book slip.Book) (num.Amount, error) {
	return partyBalance(db, party, book)
}

func partyBalance(q Query, party int64, book slip.Book) (a num.Amount, err error) {
	_, err = one(q, `SELECT amount FROM party_now WHERE party_id = ? AND book = ?`, []any{party, string(book)}, &a)
	return a, err
}

// The kinds of slip that statements single out, as SQL writes them: a kind's code is declared in kinds alone.
var (
	theOpening      = asSQL(kinds.Opening)
	theGoodsReceipt = asSQL(kinds.GoodsReceipt)
	thePurchaseBack = asSQL(kinds.PurchaseReturn)
	thePurchaseBill = asSQL(kinds.PurchaseInvoice)
	theSalesBill    = asSQL(kinds.SalesInvoice)
	theLandedCost   = asSQL(kinds.LandedCost)
	thePeriodClose  = asSQL(kinds.PeriodClose)

	// theLater are the kinds of purchases whose rows costLater has among what was sold.
	theLater = quoted([]string{kinds.LandedCost.Code, kinds.PurchaseInvoice.Code, kinds.PurchaseReturn.Code})
	// theCustomer is who bought of a slip s: of theirs nobody.
	theCustomer = `CASE WHEN s.kind IN (` + theLater + `) THEN NULL ELSE s.party_id END`
)

func asSQL(k *slip.Kind) string { return quoted([]string{k.Code}) }

// Refundable is what of a slip that lowers others (a return, a red letter) can still be paid back, and what was paid back of it: what it
// has to its party's credit, but of a slip it follows from no more than that has to its credit itself, because the rest goes against what
// is still owed there.
func (tx *Tx) Refundable(k Openings, id int64) (left, refunded num.Amount, err error) {
	var credit, items num.Amount
	if _, err = one(tx, `SELECT `+creditOf("slip", "99999999")+`, -`+itemsSQL("slip")+` FROM slip WHERE id = ?`, []any{id}, &credit, &items); err != nil {
		return 0, 0, err
	}
	refunded = items - credit
	var own num.Amount // of a red bill: what went against its own bills
	if _, err = one(tx, `SELECT COALESCE(SUM(a.amount), 0) FROM allocation a JOIN slip ON slip.id = a.slip_id WHERE slip.id = ? AND slip.kind IN (`+quoted(k.Bills)+`)`, []any{id}, &own); err != nil {
		return 0, 0, err
	}
	rest := max(credit-own, 0)
	type part struct {
		id    int64
		gross num.Amount
	}
	var parts []part
	err = each(tx, `SELECT o.id, SUM(CASE WHEN r.kind = o.kind THEN -l.gross ELSE l.gross END) FROM slip r JOIN slip_line l ON l.slip_id = r.id JOIN slip_line src ON src.id = l.source_id
		JOIN slip o ON o.id = src.slip_id WHERE r.id = ? AND (r.kind = o.kind OR r.kind IN (`+quoted(k.Returns)+`)) GROUP BY o.id ORDER BY o.id`, []any{id}, func(scan func(...any) error) error {
		var p part
		err := scan(&p.id, &p.gross)
		parts = append(parts, p)
		return err
	})
	for _, p := range parts {
		open, err := tx.OpenAmount(k, p.id, 0)
		if err != nil {
			return 0, 0, err
		}
		mine := max(0, min(p.gross, rest))
		left += min(mine, max(0, -open))
		rest -= mine
	}
	return left + rest, refunded, err
}
