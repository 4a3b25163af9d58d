package store

import (
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// putMatches writes over what the lines of an invoice or landed cost belong to.
func (tx *Tx) putMatches(d *slip.Doc) error {
	for i := range d.Lines {
		l := &d.Lines[i]
		if len(l.Matches) == 0 && !l.Matched {
			continue
		}
		if _, err := tx.exec(`DELETE FROM match WHERE line_id = ?`, l.ID); err != nil {
			return err
		}
		for _, m := range l.Matches {
			_, err := tx.exec(`INSERT INTO match (line_id, goods_line, qty, net, value, late, back, apart) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
				l.ID, m.Line, int64(m.Qty), int64(m.Net), int64(m.Value), bit(m.Late), bit(m.Back), bit(m.Apart))
			if err != nil {
				return err
			}
		}
		l.Matched = len(l.Matches) > 0
	}
	return nil
}

func loadMatches(db *Reader, q Query, d *slip.Doc) error {
	at := map[int64]int{}
	some := false
	for i := range d.Lines {
		at[d.Lines[i].ID] = i
		some = some || d.Lines[i].Matched
	}
	if !some {
		return nil
	}
	return each(q, `SELECT m.line_id, m.goods_line, s.number, g.no, m.qty, m.net, m.value, m.late, m.back, m.apart, g.warehouse_id, g.stock_account
		FROM slip_line l JOIN match m ON m.line_id = l.id JOIN slip_line g ON g.id = m.goods_line JOIN slip s ON s.id = g.slip_id WHERE l.slip_id = ? ORDER BY l.no, s.date, s.place, g.no`,
		[]any{d.ID}, func(scan func(...any) error) error {
			var m slip.Match
			var line, late, back, apart int64
			var wh *int64
			err := scan(&line, &m.Line, &m.Number, &m.No, &m.Qty, &m.Net, &m.Value, &late, &back, &apart, &wh, &m.Stock)
			m.Late, m.Back, m.Apart, m.Warehouse = late != 0, back != 0, apart != 0, db.code(master.Warehouses.Code, wh)
			l := &d.Lines[at[line]]
			l.Matches = append(l.Matches, m)
			return err
		})
}

// MatchedOf sums what live invoices have of a goods line: quantity and what that stood at. The slip `except` is left out.
func (tx *Tx) MatchedOf(goods, except int64) (q num.Quantity, value num.Amount, err error) {
	_, err = one(tx, `SELECT COALESCE(SUM(m.qty), 0), COALESCE(SUM(m.value), 0) FROM match m JOIN slip_line l ON l.id = m.line_id JOIN slip s ON s.id = l.slip_id
		WHERE m.goods_line = ? AND s.status = 'audited' AND s.kind <> `+theLandedCost+` AND s.id <> ?`, []any{goods, except}, &q, &value)
	return q, value, err
}

// Matched sums what live invoices have of a goods line.
func (db *Reader) Matched(goods int64) (q num.Quantity, err error) {
	_, err = one(db, `SELECT COALESCE(SUM(m.qty), 0) FROM match m JOIN slip_line l ON l.id = m.line_id JOIN slip s ON s.id = l.slip_id
		WHERE m.goods_line = ? AND s.status = 'audited' AND s.kind <> `+theLandedCost+``, []any{goods}, &q)
	return q, err
}

// LandedUnaccrued lists the live landed costs, oldest first, that an older program posted to the carrier on the receipt's day.
func (db *Reader) LandedUnaccrued() (ids []int64, err error) {
	err = each(db, `SELECT s.id FROM slip s WHERE s.kind = `+theLandedCost+` AND s.status = 'audited'
		AND EXISTS (SELECT 1 FROM slip_line l JOIN match m ON m.line_id = l.id WHERE l.slip_id = s.id AND m.apart = 0 AND m.late = 0) ORDER BY s.date, s.place, s.id`, nil,
		func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
	return ids, err
}

// MatchedApart sums what invoices that do not follow from a goods line are matched with of it.
func (db *Reader) MatchedApart(goods int64) (num.Quantity, error) { return matchedApart(db, goods) }

// MatchedApart is DB.MatchedApart within the transaction.
func (tx *Tx) MatchedApart(goods int64) (num.Quantity, error) { return matchedApart(tx, goods) }

func matchedApart(q Query, goods int64) (sum num.Quantity, err error) {
	_, err = one(q, `SELECT COALESCE(ABS(SUM(m.qty)), 0) FROM match m JOIN slip_line l ON l.id = m.line_id JOIN slip s ON s.id = l.slip_id
		WHERE m.goods_line = ? AND s.status = 'audited' AND s.kind <> `+theLandedCost+` AND l.source_id IS NULL`, []any{goods}, &sum)
	return sum, err
}

// trueSQL is what the invoices of line `goods` make it cost more or less, from its own date on.
var trueSQL = `COALESCE((SELECT SUM(m.net - m.value) FROM match m JOIN slip_line il ON il.id = m.line_id JOIN slip i ON i.id = il.slip_id
	WHERE m.goods_line = goods.id AND m.late = 0 AND m.back = 0 AND i.status = 'audited' AND i.kind = ` + thePurchaseBill + `), 0)`

// TrueUp brings what a goods line is worth in step with its invoices; the slip it belongs to comes back where that changed.
func (tx *Tx) TrueUp(goods int64) (slipID int64, err error) {
	var was, now num.Amount
	if _, err := one(tx, `SELECT slip_id, trued, `+trueSQL+` FROM slip_line goods WHERE id = ?`, []any{goods}, &slipID, &was, &now); err != nil || was == now {
		return 0, err
	}
	tx.forget(slipID)
	_, err = tx.exec(`UPDATE slip_line SET trued = ? WHERE id = ?`, int64(now), goods)
	return slipID, err
}

// Untrue lists what is kept and worked out of receipts whose lines are not worth what their invoices say.
func (db *Reader) Untrue() ([]Difference, error) {
	return list[Difference](db, `SELECT s.number AS of, goods.trued AS a, `+trueSQL+` AS b FROM slip_line goods JOIN slip s ON s.id = goods.slip_id WHERE (goods.trued <> 0 OR goods.id IN (SELECT goods_line FROM match)) AND goods.trued <> `+trueSQL)
}

// OverMatched lists what is matched and the quantity of goods lines that more is invoiced of than there is, and of invoice lines matched beyond themselves.
func (db *Reader) OverMatched() ([]Difference, error) {
	return list[Difference](db, `SELECT gs.number AS of, ABS(SUM(m.qty)) AS a, ABS(g.base) AS b FROM match m JOIN slip_line g ON g.id = m.goods_line JOIN slip gs ON gs.id = g.slip_id JOIN slip_line l ON l.id = m.line_id
			JOIN slip s ON s.id = l.slip_id WHERE s.status = 'audited' AND s.kind <> `+theLandedCost+` GROUP BY g.id HAVING ABS(SUM(m.qty)) > ABS(g.base)
		UNION ALL SELECT s.number, ABS(SUM(m.qty)), ABS(l.base) FROM match m JOIN slip_line l ON l.id = m.line_id JOIN slip s ON s.id = l.slip_id
			WHERE s.status = 'audited' AND s.kind <> `+theLandedCost+` GROUP BY l.id HAVING ABS(SUM(m.qty)) > ABS(l.base)`)
}

// OpenLine is a line of goods or of an invoice of which something is not matched.
type OpenLine struct {
	Slip, Line   int64
	No           int
	Number, Kind string
	External     string
	Date         text.Date
	Product      int64
	Base, Left   num.Quantity
	Net, Tax     num.Amount
	TaxRate      num.Rate
	Price        num.Price
	Factor       num.Quantity
	InclTax      bool
}

// OpenLines lists live lines of kinds with something not matched, of a party, oldest first. Returns are the kinds whose lines red invoices cover; goods: the lines are goods, not
// invoices.
func (db *Reader) OpenLines(kinds, returns []string, party int64, goods bool) ([]OpenLine, error) {
	side := "line_id"
	if goods {
		side = "goods_line"
	}
	var list []OpenLine
	err := each(db, `SELECT * FROM (SELECT s.id, l.id, l.no, s.number, s.kind, s.external_no, s.date, l.product_id, l.base, l.base - COALESCE((SELECT SUM(CASE WHEN s.kind IN (`+quoted(returns)+`) THEN -m.qty ELSE m.qty END)
			FROM match m JOIN slip_line il ON il.id = m.line_id JOIN slip i ON i.id = il.slip_id WHERE m.`+side+` = l.id AND i.status = 'audited' AND i.kind <> `+theLandedCost+`), 0) AS left_over,
			l.net, l.tax, l.tax_rate, l.price, l.factor, l.incl_tax
		FROM slip s JOIN slip_line l ON l.slip_id = s.id WHERE s.kind IN (`+quoted(kinds)+`) AND s.status = 'audited' AND s.party_id = ?) t WHERE t.left_over <> 0 ORDER BY t.date, t.number, t.no`,
		[]any{party}, func(scan func(...any) error) error {
			var o OpenLine
			var incl int64
			err := scan(&o.Slip, &o.Line, &o.No, &o.Number, &o.Kind, &o.External, &o.Date, &o.Product, &o.Base, &o.Left, &o.Net, &o.Tax, &o.TaxRate, &o.Price, &o.Factor, &incl)
			o.InclTax = incl != 0
			list = append(list, o)
			return err
		})
	return list, err
}
