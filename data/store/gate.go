package store

import (
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Alike is what a slip has that says the same as another: its kind, party and day, what it comes to, how many lines it has, and some of them.
type Alike struct {
	Kind   string
	Party  int64
	Day    text.Date
	Own    int64 // the slip that is left out; 0: none
	Amount num.Amount
	Lines  int // -1: whatever it has
	Some   []AlikeLine
}

// AlikeLine is a line as Alike looks for it.
type AlikeLine struct {
	Product int64
	Base    num.Quantity
	Gross   num.Amount
}

// AlikeSlips finds the slips that are alike and not void, newest first.
func (tx *Tx) AlikeSlips(a Alike) (ids []int64, err error) {
	where := `kind = ? AND party_id = ? AND date = ? AND id <> ? AND status <> 'void' AND CASE gross WHEN 0 THEN amount ELSE gross END = ?`
	args := []any{a.Kind, a.Party, int64(a.Day), a.Own, int64(a.Amount)}
	if a.Lines >= 0 {
		where += ` AND (SELECT COUNT(*) FROM slip_line l WHERE l.slip_id = slip.id) = ?`
		args = append(args, a.Lines)
	}
	for _, l := range a.Some {
		where += ` AND EXISTS (SELECT 1 FROM slip_line l WHERE l.slip_id = slip.id AND l.product_id = ? AND l.base = ? AND l.gross = ?)`
		args = append(args, l.Product, int64(l.Base), int64(l.Gross))
	}
	err = each(tx, `SELECT id FROM slip WHERE `+where+` ORDER BY id DESC`, args, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// LastUses finds, for each product, the newest live line of any of the kinds with a party.
func (tx *Tx) LastUses(kinds []string, party int64, products []int64) (map[int64]LastUse, error) {
	return lastUses(tx, kinds, party, products)
}

// OverdueNow is how a party stands in a book as it is now, for Ageing's rule: what is open on slips of the kinds stands as not due ([0]) or
// due before the day ([1]). Since is the earliest of those days; 0: none.
func (tx *Tx) OverdueNow(party int64, book slip.Book, kinds []string, day text.Date) (a Aged, since text.Date, err error) {
	a.Party = party
	of := `SELECT due, open FROM slip WHERE kind IN (` + quoted(kinds) + `) AND status = 'audited' AND open <> 0 AND date + 0 <= ? AND `
	err = each(tx, of+`party_id = ? AND to_party_id IS NULL UNION ALL `+of+`to_party_id = ? AND to_party_id IS NOT NULL`,
		[]any{int64(day), party, int64(day), party}, func(scan func(...any) error) error {
			var due text.Date
			var open num.Amount
			if err := scan(&due, &open); err != nil {
				return err
			}
			if open < 0 || due >= day {
				a.Open[0] += open
				return nil
			}
			a.Open[1] += open
			if since == 0 || due < since {
				since = due
			}
			return nil
		})
	if err != nil {
		return a, 0, err
	}
	if a.Balance, err = tx.PartyBalance(party, book); err != nil {
		return a, 0, err
	}
	_, err = one(tx, `SELECT COALESCE(SUM(amount), 0) FROM party_row WHERE party_id = ? AND book = ? AND slip_id IN (SELECT id FROM slip WHERE kind = `+theOpening+`)`,
		[]any{party, string(book)}, &a.Opening)
	return a, since, err
}

// Coming is what a live slip still brings of a product into a warehouse (0: it names none), and when; Expected 0: nobody said.
type Coming struct {
	Number    string
	Kind      string
	Warehouse int64
	Expected  text.Date
	Qty       num.Quantity
}

// ComingOf lists what live slips of the kinds still bring of a product, the earliest first, what has no day last.
func (db *Reader) ComingOf(product int64, kinds []string) (list []Coming, err error) {
	err = each(db, `SELECT s.number, s.kind, COALESCE(s.to_warehouse_id, l.warehouse_id, s.warehouse_id, 0), s.due_date, SUM(l.open)
		FROM slip_line l JOIN slip s ON s.id = l.slip_id WHERE l.product_id = ? AND l.open <> 0 AND s.kind IN (`+quoted(kinds)+`)
		GROUP BY 1, 2, 3, 4 ORDER BY s.due_date = 0, s.due_date, s.number`, []any{product}, func(scan func(...any) error) error {
		var c Coming
		err := scan(&c.Number, &c.Kind, &c.Warehouse, &c.Expected, &c.Qty)
		list = append(list, c)
		return err
	})
	return list, err
}
