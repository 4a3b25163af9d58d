package store

import (
	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// OpenAmount is what of a slip is not yet settled: its gross, less allocations and linked returns; what the slip
// `except` allocated is left out.
func (tx *Tx) OpenAmount(id, except int64) (num.Amount, error) {
	var open num.Amount
	_, err := one(tx, openSQL+` WHERE s.id = ?`, []any{except, id}, &open)
	return open, err
}

// openSQL works on live slips that carry a due party row; its first argument is the allocating slip left out.
const openSQL = `SELECT s.gross - COALESCE((SELECT SUM(a.amount) FROM allocation a JOIN slip m ON m.id = a.slip_id
		WHERE a.target_id = s.id AND m.status = 'audited' AND m.id <> ?), 0)
	- COALESCE((SELECT SUM(CASE WHEN r.kind = s.kind THEN -l.gross ELSE l.gross END) FROM slip_line src JOIN slip_line l ON l.source_id = src.id JOIN slip r ON r.id = l.slip_id
		WHERE src.slip_id = s.id AND r.status = 'audited' AND (r.kind = s.kind OR r.kind IN ('purchase-return', 'sales-return'))), 0) FROM slip s`

// OpenSlip is a slip of a party that is not wholly settled.
type OpenSlip struct {
	ID   int64
	Open num.Amount
}

// OpenSlips lists a party's live slips of a kind with something open, oldest due first.
func (tx *Tx) OpenSlips(party int64, kind string, until int64) ([]OpenSlip, error) {
	var ids []int64
	err := each(tx, `SELECT id FROM slip WHERE party_id = ? AND kind = ? AND status = 'audited' AND gross > 0 AND date <= ? ORDER BY due_date, date, place`, []any{party, kind, until},
		func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
	var list []OpenSlip
	for _, id := range ids {
		open, err := tx.OpenAmount(id, 0)
		if err != nil {
			return nil, err
		}
		if open > 0 {
			list = append(list, OpenSlip{id, open})
		}
	}
	return list, err
}

// PartyBalance is the kept balance of a party in a book.
func (tx *Tx) PartyBalance(party int64, book slip.Book) (num.Amount, error) {
	var a num.Amount
	_, err := one(tx, `SELECT amount FROM party_now WHERE party_id = ? AND book = ?`, []any{party, string(book)}, &a)
	return a + num.Amount(tx.party[partyKey{party, book}]), err
}
