package store

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

type (
	usedKey struct {
		kind           string
		party, product int64
	}
	// used is a change of how often a party had a product: its newest line, or redo where that line may be gone.
	used struct {
		times, line int64
		date        text.Date
		place       int64
		redo        bool
	}
)

// manyUses is how many uses wait for the transaction's end: a long import would fill the memory with them.
const manyUses = 50_000

// Use counts the lines of a live slip as used (sign +1), or takes them back (-1); reversing lines never count. Party 0 is none.
func (tx *Tx) Use(d *slip.Doc, party int64, sign int64) error {
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := tx.db.Masters.Product(l.Product)
		if !ok || l.Qty <= 0 {
			continue
		}
		k := usedKey{d.Kind, party, p.ID}
		u := tx.used[k]
		if u == nil {
			u = &used{}
			tx.used[k] = u
		}
		u.times += sign
		if sign < 0 {
			u.redo = true
		} else if d.Date > u.date || d.Date == u.date && d.Place >= u.place {
			u.line, u.date, u.place = l.ID, d.Date, d.Place
		}
	}
	if len(tx.used) < tx.waiting+manyUses {
		return nil
	}
	err := tx.flushUsed(false)
	tx.waiting = len(tx.used)
	return err
}

// flushUsed writes the gathered uses. A new use only raises the count and may be the newest; after a use was taken back
// the newest line is looked for; before the transaction's end such a one waits on, for its slip may not be written yet.
func (tx *Tx) flushUsed(end bool) error {
	const newer = `CASE WHEN excluded.date > used_now.date OR excluded.date = used_now.date AND excluded.place >= used_now.place THEN `
	uses := batch{w: tx.writer, into: `used_now (kind, party_id, product_id, times, line_id, date, place)`,
		then: ` ON CONFLICT (kind, party_id, product_id) DO UPDATE SET times = used_now.times + excluded.times, line_id = ` + newer + `excluded.line_id ELSE used_now.line_id END,
			date = ` + newer + `excluded.date ELSE used_now.date END, place = ` + newer + `excluded.place ELSE used_now.place END`}
	var redo []usedKey
	for _, k := range ordered(tx.used, func(a, b usedKey) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.party, b.party), cmp.Compare(a.product, b.product))
	}) {
		u := tx.used[k]
		if u.redo && !end {
			continue
		}
		delete(tx.used, k)
		if u.times == 0 && !u.redo {
			continue
		}
		if u.redo {
			redo = append(redo, k)
		}
		if err := uses.add(k.kind, k.party, k.product, u.times, u.line, int64(u.date), u.place); err != nil {
			return err
		}
	}
	if err := uses.end(7); err != nil {
		return err
	}
	for _, k := range redo {
		if err := tx.redoUsed(k); err != nil {
			return err
		}
	}
	return nil
}

// redoUsed finds the newest line of a use again, or takes out one that is no longer there.
func (tx *Tx) redoUsed(k usedKey) error {
	if _, err := tx.exec(`DELETE FROM used_now WHERE kind = ? AND party_id = ? AND product_id = ? AND times = 0`, k.kind, k.party, k.product); err != nil {
		return err
	}
	var lines int64
	if _, err := one(tx, `SELECT COUNT(*) FROM (SELECT 1 FROM slip_line WHERE product_id = ? LIMIT 1000) t`, []any{k.product}, &lines); err != nil {
		return err
	}
	// a seldom product is found by its own lines, one in daily use by the party's newest slips
	of, args := `s.party_id = ?`, []any{k.product, k.kind, k.party}
	if lines < 1000 {
		of = `COALESCE(s.party_id, 0) = ?`
	} else if k.party == 0 {
		of, args = `s.party_id IS NULL`, args[:2]
	}
	var line, place int64
	var date text.Date
	found, err := one(tx, `SELECT l.id, s.date, s.place FROM slip s JOIN slip_line l ON l.slip_id = s.id AND l.product_id = ?
		WHERE s.kind = ? AND `+of+` AND s.status IN (`+live+`) AND l.qty > 0 ORDER BY s.date DESC, s.place DESC, l.no DESC LIMIT 1`, args, &line, &date, &place)
	if err != nil || !found {
		return err
	}
	_, err = tx.exec(`UPDATE used_now SET line_id = ?, date = ?, place = ? WHERE kind = ? AND party_id = ? AND product_id = ?`, line, int64(date), place, k.kind, k.party, k.product)
	return err
}

// live are the statuses of slips that stand audited.
const live = `'audited', 'partly-done', 'done', 'closed'`

// unaudited are the statuses of slips that may still be changed.
const unaudited = `'draft', 'submitted', 'approved'`

// Used tells how often a party (0: none) had each product on live slips of a kind.
func (db *Reader) Used(kind string, party int64) (map[int64]int, error) {
	m := map[int64]int{}
	err := each(db, `SELECT product_id, times FROM used_now WHERE kind = ? AND party_id = ?`, []any{kind, party}, func(scan func(...any) error) error {
		var id int64
		var n int
		err := scan(&id, &n)
		m[id] = n
		return err
	})
	return m, err
}

// LastUse is the newest line of a product with a party. Price is for one unit of Factor base units.
type LastUse struct {
	Number   string
	Date     text.Date
	Place    int64
	Price    num.Price
	Factor   num.Quantity
	InclTax  bool
	TaxRate  num.Rate
	Discount num.Rate
}

// LastUses finds, for each product, the newest live line of any of the kinds with a party.
func (db *Reader) LastUses(kinds []string, party int64, products []int64) (map[int64]LastUse, error) {
	return lastUses(db, kinds, party, products)
}

func lastUses(q Query, kinds []string, party int64, products []int64) (map[int64]LastUse, error) {
	m := map[int64]LastUse{}
	err := chunks(products, func(ids string) error {
		return each(q, `SELECT u.product_id, s.number, u.date, u.place, l.price, l.factor, l.incl_tax, l.tax_rate, l.discount
			FROM used_now u JOIN slip_line l ON l.id = u.line_id JOIN slip s ON s.id = l.slip_id
			WHERE u.kind IN (`+quoted(kinds)+`) AND u.party_id = ? AND u.product_id IN (`+ids+`)`, []any{party}, func(scan func(...any) error) error {
			var id int64
			var u LastUse
			err := scan(&id, &u.Number, &u.Date, &u.Place, &u.Price, &u.Factor, &u.InclTax, &u.TaxRate, &u.Discount)
			if o := m[id]; u.Date > o.Date || u.Date == o.Date && u.Place > o.Place {
				m[id] = u
			}
			return err
		})
	})
	return m, err
}

// chunks hands over row ids in pieces fit for one IN.
func chunks(ids []int64, f func(list string) error) error {
	for len(ids) > 0 {
		n := min(len(ids), 1000)
		if err := f(joined(ids[:n])); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

func joined(ids []int64) string {
	if len(ids) == 0 {
		return "NULL"
	}
	var s strings.Builder
	for i, id := range ids {
		if i > 0 {
			s.WriteByte(',')
		}
		s.WriteString(strconv.FormatInt(id, 10))
	}
	return s.String()
}

// Standing is what stands of a product in a warehouse (0: an order that names none): Qty and Value there, or what live slips of a
// kind still promise; what they send in transit goes To a warehouse and lies in Through until then.
type Standing struct {
	Product, Warehouse int64
	Qty                num.Quantity
	Value              num.Amount
	Kind               string // of what promises; empty for stock
	Promised           num.Quantity
	To, Through        int64
}

// Standings lists stock and open promises of some products; none named means all. A service is promised to nobody's stock.
func (db *Reader) Standings(products []int64) ([]Standing, error) {
	var list []Standing
	read := func(of string) error {
		err := each(db, `SELECT product_id, warehouse_id, qty, value FROM stock_now`+strings.Replace(of, "AND", "WHERE", 1), nil, func(scan func(...any) error) error {
			var s Standing
			var qty, value int64
			err := scan(&s.Product, &s.Warehouse, &qty, &value)
			s.Qty, s.Value = num.Quantity(qty), num.Amount(value)
			list = append(list, s)
			return err
		})
		if err != nil {
			return err
		}
		return each(db, `SELECT l.product_id, COALESCE(l.warehouse_id, 0), COALESCE(s.to_warehouse_id, 0), COALESCE(l.to_warehouse_id, 0), s.kind, SUM(l.open)
			FROM slip_line l JOIN slip s ON s.id = l.slip_id WHERE l.open <> 0 AND l.service = 0`+strings.Replace(of, "product_id", "l.product_id", 1)+` GROUP BY 1, 2, 3, 4, 5`, nil, func(scan func(...any) error) error {
			var s Standing
			err := scan(&s.Product, &s.Warehouse, &s.To, &s.Through, &s.Kind, &s.Promised)
			list = append(list, s)
			return err
		})
	}
	switch {
	case products == nil:
		err := read("")
		return list, err
	case len(products) <= fewProducts:
		err := read(` AND product_id IN (` + joined(products) + `)`)
		return list, err
	}
	if err := read(""); err != nil { // faster than looking many up one by one
		return nil, err
	}
	wanted := map[int64]bool{}
	for _, id := range products {
		wanted[id] = true
	}
	return slices.DeleteFunc(list, func(s Standing) bool { return !wanted[s.Product] }), nil
}

// fewProducts is up to how many products are looked up rather than all read.
const fewProducts = 100

// HasStock tells whether anything lies in a warehouse.
func (tx *Tx) HasStock(warehouse int64) (bool, error) {
	var some int64
	return one(tx, `SELECT 1 FROM stock_now WHERE warehouse_id = ? AND qty <> 0 LIMIT 1`, []any{warehouse}, &some)
}

// voucherOf are a slip's voucher lines; both places take the slip.
func voucherOf(id string) string {
	return `SELECT seq AS rank, account, debit, credit FROM voucher_line WHERE slip_id = ` + id + ` UNION ALL ` + costLines("", ` AND slip_id = `+id) + dispatchLines("", ` AND slip_id = `+id)
}

// voucherSums are a slip's voucher lines as people read them: one an account and side, debits first.
const voucherSums = ` GROUP BY account, CASE WHEN debit <> 0 THEN 0 ELSE 1 END HAVING SUM(debit) <> 0 OR SUM(credit) <> 0`

// Voucher lists a slip's voucher lines, cost lines included, as the journal shows them.
func (db *Reader) Voucher(id int64) ([]slip.Entry, error) {
	var list []slip.Entry
	err := each(db, `SELECT account, SUM(debit), SUM(credit) FROM (`+voucherOf(strconv.FormatInt(id, 10))+`) j`+voucherSums+`
		ORDER BY CASE WHEN SUM(debit) <> 0 THEN 0 ELSE 1 END, MIN(rank), account`, nil, func(scan func(...any) error) error {
		var e slip.Entry
		err := scan(&e.Account, &e.Debit, &e.Credit)
		list = append(list, e)
		return err
	})
	return list, err
}

// VouchersBefore counts the vouchers of a month that stand before a slip in ledger order.
func (db *Reader) VouchersBefore(id int64, date text.Date, place int64) (n int, err error) {
	_, err = one(db, `SELECT COUNT(*) FROM slip s WHERE s.date >= ? AND s.date <= ? AND (s.date < ? OR s.place < ? OR s.place = ? AND s.id < ?)
		AND (EXISTS (SELECT 1 FROM voucher_line WHERE slip_id = s.id`+voucherSums+`) OR EXISTS (SELECT 1 FROM (`+voucherOf("s.id")+`) j`+voucherSums+`))`,
		[]any{int64(date.Month().First()), int64(date), int64(date), place, place, id}, &n)
	return n, err
}

// CashNow is the kept balance of a cash account.
func (db *Reader) CashNow(account int64) (num.Amount, error) {
	var a num.Amount
	_, err := one(db, `SELECT amount FROM cash_now WHERE account_id = ?`, []any{account}, &a)
	return a, err
}

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
