package store

import (
	"maps"
	"strings"
	"time"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

const slipColumns = `id, kind, number, external_no, date, status, version, party_id, to_party_id, warehouse_id, to_warehouse_id, account_id,
	to_account_id, employee_id, department, due_date, remark, discount, fee, paid, amount, rounding, net, tax, gross, place, general, invoiced, cash_gl, to_cash_gl, maker, auditor, made_at, audited_at, prints, close_reason, extra, case_id`

// id gives the row of a code, nil for an empty code.
func (db *Reader) id(typ, code string) any {
	if code == "" {
		return nil
	}
	if r, ok := db.Masters.Find(typ, code); ok {
		return r.ID
	}
	return nil
}

func (db *Reader) code(typ string, id *int64) string {
	if id == nil {
		return ""
	}
	if r, ok := db.Masters.ByID(typ, *id); ok {
		return r.Code()
	}
	db.Refresh() // another program made it: fetched, never read as empty
	r, _ := db.Masters.ByID(typ, *id)
	return r.Code()
}

func (db *Reader) partyCode(id *int64) string {
	if id == nil {
		return ""
	}
	p, ok := db.PartyByID(*id)
	if !ok {
		db.Refresh()
		p, _ = db.PartyByID(*id)
	}
	return p.Code()
}

// PartyByID returns a supplier or customer by its row.
func (db *Reader) PartyByID(id int64) (*master.Record, bool) {
	if r, ok := db.Masters.ByID(master.Customers.Code, id); ok {
		return r, true
	}
	return db.Masters.ByID(master.Suppliers.Code, id)
}

func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// InsertSlip writes a new slip with its lines and gives both their rows.
func (tx *Tx) InsertSlip(k *slip.Kind, d *slip.Doc) error {
	id, err := tx.nextID("slip")
	if err != nil {
		return err
	}
	args, err := tx.slipArgs(k, d)
	if err != nil {
		return err
	}
	if _, err := tx.exec(`INSERT INTO slip (`+slipColumns+`, red) VALUES (`+marks(39)+`)`, append([]any{id}, args...)...); err != nil {
		return err
	}
	d.ID = id
	tx.touch(d.Kind, id)
	tx.unsealWritten(d)
	if err := tx.insertLines(k, d); err != nil {
		return err
	}
	tx.links = make(map[int64][]Linked, len(d.Lines)) // nothing follows from the new lines
	for i := range d.Lines {
		tx.links[d.Lines[i].ID] = nil
	}
	if err := tx.putMatches(d); err != nil {
		return err
	}
	if err := tx.putItems(k, d, true); err != nil {
		return err
	}
	if len(d.Splits) > 0 {
		if err := tx.putSplits(d); err != nil {
			return err
		}
	}
	if len(d.Allocations) == 0 {
		return nil
	}
	return tx.PutAllocations(d)
}

// AlsoCalled keeps what a file called a slip that has another external number: a later file names it so.
func (tx *Tx) AlsoCalled(id int64, number string) error {
	_, err := tx.exec(`INSERT INTO slip_given (number, slip_id) VALUES (?, ?)`, number, id)
	return err
}

// putSplits writes by what else a slip was paid.
func (tx *Tx) putSplits(d *slip.Doc) error {
	if _, err := tx.exec(`DELETE FROM split WHERE slip_id = ?`, d.ID); err != nil {
		return err
	}
	for i, s := range d.Splits {
		if _, err := tx.exec(`INSERT INTO split (slip_id, no, account_id, amount, gl) VALUES (?, ?, ?, ?, ?)`, d.ID, i+1, tx.db.id(master.Accounts.Code, s.Account), int64(s.Amount), s.GL); err != nil {
			return err
		}
	}
	return nil
}

// UpdateSlip writes a slip over; lines and allocations are written anew, a kept line keeps its row.
func (tx *Tx) UpdateSlip(k *slip.Kind, d *slip.Doc) error {
	tx.forget(d.ID)
	tx.touch(d.Kind, d.ID)
	tx.unsealWritten(d)
	cols := strings.Fields(strings.ReplaceAll(strings.TrimPrefix(slipColumns, "id, "), ",", " "))
	args, err := tx.slipArgs(k, d)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE slip SET `+strings.Join(cols, " = ?, ")+` = ?, red = ? WHERE id = ?`, append(args, d.ID)...)
	if err != nil || !k.Pays() {
		return err
	}
	return tx.putSplits(d)
}

func (tx *Tx) slipArgs(k *slip.Kind, d *slip.Doc) ([]any, error) {
	db := tx.db
	of, err := tx.caseID(d)
	return []any{d.Kind, d.Number, d.ExternalNo, int64(d.Date), string(d.Status), d.Version,
		db.id(string(k.RoleOf(d)), d.Party), db.id(string(k.ToRoleOf(d)), d.ToParty), db.id(master.Warehouses.Code, d.Warehouse), db.id(master.Warehouses.Code, d.ToWarehouse), db.id(master.Accounts.Code, d.Account), db.id(master.Accounts.Code, d.ToAccount),
		db.id(master.Employees.Code, d.Employee), d.Department, int64(d.DueDate), d.Remark, int64(d.Discount), int64(d.Fee), int64(d.Paid), int64(d.Amount), int64(d.Rounding),
		int64(d.Net), int64(d.Tax), int64(d.Gross), d.Place, bit(d.General), bit(d.Invoiced), d.CashGL, d.ToCashGL, d.Maker, d.Auditor, stamp(d.MadeAt), stamp(d.AuditedAt),
		d.Prints, d.CloseReason, db.extraText(k.Header, func(f slip.Field) string { return f.Ref }, d.Extra), of, bit(d.Red(k))}, err
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

const lineColumns = `slip_id, no, product_id, warehouse_id, to_warehouse_id, unit, qty, factor, base, price, price_given, incl_tax, tax_rate, discount,
	discount_amt, net, tax, gross, amount, remark, redeliver, source_id, account, party_id, debit, credit, matched, stock_account, sales_account, contra_account, fallback, place, zero, beyond, service, extra`

func (tx *Tx) insertLines(k *slip.Kind, d *slip.Doc) error {
	var fresh []any
	columns := 0
	for i := range d.Lines {
		l := &d.Lines[i]
		l.No = i + 1
		args := tx.lineArgs(k, d, l)
		if fresh == nil {
			fresh = make([]any, 0, (len(args)+1)*len(d.Lines))
		}
		if l.ID == 0 {
			id, err := tx.nextID("slip_line")
			if err != nil {
				return err
			}
			l.ID = id
			fresh, columns = append(append(fresh, id), args...), len(args)+1
			continue
		}
		cols := strings.Fields(strings.ReplaceAll(lineColumns, ",", " "))
		if _, err := tx.exec(`UPDATE slip_line SET `+strings.Join(cols, " = ?, ")+` = ? WHERE id = ?`, append(args, l.ID)...); err != nil {
			return err
		}
	}
	return tx.insertMany(`slip_line (id, `+lineColumns+`)`, columns, fresh, "")
}

func (tx *Tx) lineArgs(k *slip.Kind, d *slip.Doc, l *slip.Line) []any {
	db := tx.db
	var source any
	if l.SourceID != 0 {
		source = l.SourceID
	}
	var product, party any
	if l.Product != "" {
		if p, ok := db.Masters.Product(l.Product); ok {
			product = p.ID
		}
	}
	if l.Role != "" {
		party = db.id(string(l.Role), l.Party)
	}
	return []any{d.ID, l.No, product, db.id(master.Warehouses.Code, d.At(l)), db.id(master.Warehouses.Code, l.ToWarehouse), l.Unit, int64(l.Qty), int64(l.Factor),
		int64(l.Base), int64(l.Price), bit(l.PriceGiven), bit(l.InclTax), int64(l.TaxRate), int64(l.Discount), int64(l.DiscountAmt),
		int64(l.Net), int64(l.Tax), int64(l.Gross), int64(l.Amount), l.Remark, bit(l.Redeliver), source, l.Account, party, int64(l.Debit), int64(l.Credit), len(l.Matches),
		l.StockAccount, l.SalesAccount, l.ContraAccount, int64(l.Fallback), l.Place, bit(l.Zero), bit(l.Beyond), bit(l.Service), db.lineExtra(k, l)}
}

// ReplaceLines writes the lines and allocations of a slip over: lines gone from d are deleted (nothing may hang on
// them), lines with a row are updated.
func (tx *Tx) ReplaceLines(k *slip.Kind, d *slip.Doc) error {
	tx.forget(d.ID)
	tx.unsealWritten(d)
	keep := map[int64]bool{}
	for i := range d.Lines {
		keep[d.Lines[i].ID] = true
	}
	var drop []int64
	err := each(tx, `SELECT id FROM slip_line WHERE slip_id = ?`, []any{d.ID}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		if !keep[id] {
			drop = append(drop, id)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range drop {
		if _, err := tx.exec(`DELETE FROM match WHERE line_id = ?`, id); err != nil {
			return err
		}
		if _, err := tx.exec(`DELETE FROM slip_line WHERE id = ?`, id); err != nil {
			return err
		}
	}
	if err := tx.insertLines(k, d); err != nil {
		return err
	}
	if err := tx.putMatches(d); err != nil {
		return err
	}
	if err := tx.putItems(k, d, false); err != nil {
		return err
	}
	return tx.PutAllocations(d)
}

// FixLines writes what audit fixed on the lines of a slip (rule C11), and its allocations.
func (tx *Tx) FixLines(k *slip.Kind, d *slip.Doc) error {
	tx.forget(d.ID)
	tx.unsealWritten(d)
	for i := range d.Lines {
		l := &d.Lines[i]
		_, err := tx.exec(`UPDATE slip_line SET net = ?, tax = ?, gross = ?, matched = ?, stock_account = ?, sales_account = ?, contra_account = ?, fallback = ?, place = ?, beyond = ?, service = ?, extra = ? WHERE id = ?`,
			int64(l.Net), int64(l.Tax), int64(l.Gross), len(l.Matches), l.StockAccount, l.SalesAccount, l.ContraAccount, int64(l.Fallback), l.Place, bit(l.Beyond), bit(l.Service), tx.db.lineExtra(k, l), l.ID)
		if err != nil {
			return err
		}
	}
	if err := tx.putMatches(d); err != nil || len(d.Lines) > 0 && len(d.Allocations) == 0 {
		return err
	}
	return tx.PutAllocations(d)
}

// PutAllocations writes over what a slip settles.
func (tx *Tx) PutAllocations(d *slip.Doc) error {
	tx.forget(d.ID)
	tx.unsealWritten(d)
	if _, err := tx.exec(`DELETE FROM allocation WHERE slip_id = ?`, d.ID); err != nil {
		return err
	}
	for _, a := range d.Allocations {
		_, err := tx.exec(`INSERT INTO allocation (slip_id, target_id, book, amount, chosen) SELECT ?, id, ?, ?, ? FROM slip WHERE number = ?`,
			d.ID, string(a.Book), int64(a.Amount), bit(a.Chosen), a.Target)
		if err != nil {
			return err
		}
	}
	return nil
}

// SlipID is DB.SlipID within the transaction.
func (tx *Tx) SlipID(ref string) (int64, error) { return slipID(tx, ref) }

// Slip loads a slip as the transaction sees it; the caller may change what it gets.
func (tx *Tx) Slip(id int64) (*slip.Doc, error) { return loadSlip(tx.db.Reader, tx, id) }

// SetLastNumber keeps the last number used of a kind and month.
func (tx *Tx) SetLastNumber(kind string, month text.Month, n int) error {
	_, err := tx.exec(`INSERT INTO counter (kind, month, last) VALUES (?, ?, ?) ON CONFLICT (kind, month) DO UPDATE SET last = excluded.last`, kind, int64(month), n)
	return err
}

// Reserve keeps a number, already counted as used, for a slip to come within the transaction.
func (tx *Tx) Reserve(number string) {
	if tx.reserved == nil {
		tx.reserved = map[string]bool{}
	}
	tx.reserved[number] = true
}

// TakeReserved tells whether a number was reserved; it is no longer.
func (tx *Tx) TakeReserved(number string) bool {
	taken := tx.reserved[number]
	delete(tx.reserved, number)
	return taken
}

// SetStatus changes a slip's status alone.
func (tx *Tx) SetStatus(id int64, s slip.Status, reason string) error {
	kind, err := tx.touchSlip(id)
	if err != nil {
		return err
	}
	tx.unsealSlip(kind, id)
	tx.restated(id, func(d *slip.Doc) { d.Status, d.CloseReason, d.Version = s, reason, d.Version+1 })
	_, err = tx.exec(`UPDATE slip SET status = ?, close_reason = ?, version = version + 1 WHERE id = ?`, string(s), reason, id)
	return err
}

// SetCarried says how far a slip has been carried out by others: that is none of its own life, and no version of it.
func (tx *Tx) SetCarried(id int64, s slip.Status) error {
	if _, err := tx.touchSlip(id); err != nil {
		return err
	}
	tx.restated(id, func(d *slip.Doc) { d.Status = s })
	_, err := tx.exec(`UPDATE slip SET status = ? WHERE id = ?`, string(s), id)
	return err
}

// restated changes a slip in what Read remembers; what was handed out stays as it was.
func (tx *Tx) restated(id int64, change func(*slip.Doc)) {
	recent := tx.recent
	tx.forget(id)
	for _, d := range recent {
		if d.ID == id {
			now := *d
			change(&now)
			tx.recent = append(tx.recent, &now)
		}
	}
}

// LinkedLines lists the lines that follow from a line, void slips left out, for reading only. What follows from all the lines of a slip is read at once,
// and remembered until the next slip is written.
func (tx *Tx) LinkedLines(line int64) ([]Linked, error) {
	if list, ok := tx.links[line]; ok {
		return list, nil
	}
	links, err := linkedLines(tx, line)
	if tx.links == nil {
		tx.links = links
	}
	maps.Copy(tx.links, links)
	return links[line], err
}

// SetDone keeps the executed quantity of an order line.
func (tx *Tx) SetDone(line int64, q num.Quantity) error {
	_, err := tx.exec(`UPDATE slip_line SET done = ? WHERE id = ?`, int64(q), line)
	return err
}

// RaisePrints counts a print of one of a slip's papers. Before is what the party owed before the slip, as the first print since its audit says:
// later ones say the same. The slip's own paper is counted with the slip as well.
func (tx *Tx) RaisePrints(id int64, paper string, before num.Amount) error {
	kind, err := tx.touchSlip(id)
	if err != nil {
		return err
	}
	if paper == OwnPaper {
		tx.forget(id)
		tx.unsealSlip(kind, id)
		if _, err := tx.exec(`UPDATE slip SET prints = prints + 1 WHERE id = ?`, id); err != nil {
			return err
		}
	}
	_, err = tx.exec(`INSERT INTO slip_print (slip_id, paper, times, before, audited) SELECT id, ?, 1, ?, audited_at FROM slip WHERE id = ?
		ON CONFLICT (slip_id, paper) DO UPDATE SET times = times + 1, before = CASE WHEN audited = excluded.audited THEN before ELSE excluded.before END, audited = excluded.audited`,
		paper, int64(before), id)
	return err
}
