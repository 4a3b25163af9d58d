package store

import "zhanggui/data/num"

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
