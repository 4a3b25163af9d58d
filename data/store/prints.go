package store

import "zhanggui/data/num"

// OwnPaper is the paper of a slip that is the slip; its others (a voucher, a count's differences) are counted apart.
const OwnPaper = "slip"

// Printed tells how often a paper of a slip was printed since papers are counted apart.
func (db *Reader) Printed(id int64, paper string) (times int, err error) {
	_, err = one(db, `SELECT times FROM slip_print WHERE slip_id = ? AND paper = ?`, []any{id, paper}, &times)
	return times, err
}

// SaidOwed is what the first print of a paper since the slip's audit said the party owed before; ok is false where there was none.
func (db *Reader) SaidOwed(id int64, paper string) (before num.Amount, ok bool, err error) {
	ok, err = one(db, `SELECT p.before FROM slip_print p JOIN slip s ON s.id = p.slip_id WHERE p.slip_id = ? AND p.paper = ? AND p.audited = s.audited_at`, []any{id, paper}, &before)
	return before, ok, err
}

// OwedAtAudit is what a slip posted on one of its party's books, and the balance there when it was audited: of all that was audited before it
// and still stands. Opening kinds stood before everything.
func (db *Reader) OwedAtAudit(id int64, book string, opening []string) (before, own num.Amount, posted bool, err error) {
	posted, err = one(db, `SELECT SUM(amount) FROM party_row WHERE slip_id = ? AND book = ? GROUP BY slip_id`, []any{id, book}, &own)
	if err != nil || !posted {
		return 0, 0, false, err
	}
	_, err = one(db, `SELECT COALESCE(SUM(p.amount), 0) FROM party_row p JOIN slip s ON s.id = p.slip_id, slip me
		WHERE me.id = ? AND p.party_id = me.party_id AND p.book = ? AND s.id <> me.id
			AND (s.kind IN (`+quoted(opening)+`) OR s.audited_at < me.audited_at OR s.audited_at = me.audited_at AND s.id < me.id)`, []any{id, book}, &before)
	return before, own, true, err
}
