package store

import (
	"slices"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// called are the slips that another program calls so, of a kind where the caller says more: by their external number, or by what a file called
// them beside it.
const called = `SELECT id FROM slip WHERE external_no = ? AND status <> 'void'
	UNION SELECT s.id FROM slip_given g JOIN slip s ON s.id = g.slip_id WHERE g.number = ? AND s.status <> 'void'`

// SlipID finds a slip by number, else by an external number that is unique; 0 when there is none, -1 when several.
func (db *Reader) SlipID(ref string) (int64, error) { return slipID(db, ref) }

func slipID(q Query, ref string) (int64, error) {
	var id int64
	found, err := one(q, `SELECT id FROM slip WHERE number = ?`, []any{ref}, &id)
	if found || err != nil || ref == "" {
		return id, err
	}
	n := int64(0)
	err = each(q, called+` LIMIT 2`, []any{ref, ref}, func(scan func(...any) error) error {
		n++
		return scan(&id)
	})
	if n > 1 {
		return -1, err
	}
	return id, err
}

// SlipNumber is the number of a slip that is there.
func (tx *Tx) SlipNumber(id int64) (number string, err error) {
	_, err = one(tx, `SELECT number FROM slip WHERE id = ?`, []any{id}, &number)
	return number, err
}

// NumberAmong is the number of the one slip of these kinds that has the external number, where slips of several kinds have it; else empty.
func (tx *Tx) NumberAmong(external string, kinds []string) (string, error) {
	id, err := slipID(tx, external)
	if id >= 0 || err != nil {
		return "", err
	}
	number, n := "", 0
	err = each(tx, `SELECT number FROM slip WHERE id IN (`+called+`) AND kind IN (`+quoted(kinds)+`) LIMIT 2`, []any{external, external}, func(scan func(...any) error) error {
		n++
		return scan(&number)
	})
	if n != 1 {
		number = ""
	}
	return number, err
}

// taken are the kinds of the slips that are called so, "" for the one that has the number itself. The kind is compared by Taken: asked for
// here, all slips of the kind were walked through for each slip of a file.
const taken = `SELECT '' FROM slip WHERE number = ? UNION ALL SELECT kind FROM slip WHERE external_no = ? AND status <> 'void'
	UNION ALL SELECT s.kind FROM slip_given g JOIN slip s ON s.id = g.slip_id WHERE g.number = ? AND s.status <> 'void'`

// Taken tells whether a slip has the number, or a slip of the kind that is not void is called so by another program.
func (tx *Tx) Taken(kind, number string) (is bool, err error) {
	err = each(tx, taken, []any{number, number, number}, func(scan func(...any) error) error {
		var of string
		err := scan(&of)
		is = is || of == "" || of == kind
		return err
	})
	return is, err
}

// Slip loads a slip by its row, with lines, sources and allocations.
func (db *Reader) Slip(id int64) (*slip.Doc, error) { return loadSlip(db, db, id) }

// Source returns the slip and line that a line row belongs to, for reading only: the last slips read are remembered,
// because the lines of a slip mostly follow from one other. Nothing found is nil.
func (tx *Tx) Source(line int64) (*slip.Doc, *slip.Line, error) {
	for _, d := range tx.recent {
		if l := lineOf(d, line); l != nil {
			return d, l, nil
		}
	}
	var id int64
	if found, err := one(tx, `SELECT slip_id FROM slip_line WHERE id = ?`, []any{line}, &id); !found || err != nil {
		return nil, nil, err
	}
	d, err := tx.Read(id)
	if err != nil || d == nil {
		return nil, nil, err
	}
	return d, lineOf(d, line), nil
}

// Read is Slip for reading only: the last slips read are remembered.
func (tx *Tx) Read(id int64) (*slip.Doc, error) {
	for _, d := range tx.recent {
		if d.ID == id {
			return d, nil
		}
	}
	d, err := tx.Slip(id)
	if err != nil || d == nil {
		return nil, err
	}
	if len(tx.recent) >= 8 {
		tx.recent = tx.recent[1:]
	}
	tx.recent = append(tx.recent, d)
	return d, nil
}

func lineOf(d *slip.Doc, line int64) *slip.Line {
	for i := range d.Lines {
		if d.Lines[i].ID == line {
			return &d.Lines[i]
		}
	}
	return nil
}

// forget drops a slip that is about to change from what Read remembers, and what follows from any.
func (tx *Tx) forget(id int64) {
	tx.links = nil
	tx.recent = slices.DeleteFunc(slices.Clone(tx.recent), func(d *slip.Doc) bool { return d.ID == id })
}

func loadSlip(db *Reader, q Query, id int64) (*slip.Doc, error) {
	d := &slip.Doc{}
	var party, toParty, wh, to, acc, toAcc, emp, of *int64
	var date, due, general, invoiced, made, audited, items int64
	var status, extra string
	found, err := one(q, `SELECT `+slipColumns+`, EXISTS (SELECT 1 FROM slip_item i WHERE i.slip_id = slip.id) FROM slip WHERE id = ?`, []any{id},
		&d.ID, &d.Kind, &d.Number, &d.ExternalNo, &date, &status, &d.Version, &party, &toParty, &wh, &to, &acc, &toAcc, &emp, &d.Department, &due, &d.Remark,
		&d.Discount, &d.Fee, &d.Paid, &d.Amount, &d.Rounding, &d.Net, &d.Tax, &d.Gross, &d.Place, &general, &invoiced, &d.CashGL, &d.ToCashGL, &d.Maker, &d.Auditor, &made, &audited, &d.Prints, &d.CloseReason, &extra, &of, &items)
	if err != nil || !found {
		return nil, err
	}
	d.Date, d.DueDate, d.Status = text.Date(date), text.Date(due), slip.Status(status)
	d.General, d.Invoiced, d.MadeAt, d.AuditedAt, d.Extra = general != 0, invoiced != 0, moment(made), moment(audited), db.extraMap(extra)
	d.Party, d.ToParty = db.partyCode(party), db.partyCode(toParty)
	d.Warehouse, d.ToWarehouse = db.code(master.Warehouses.Code, wh), db.code(master.Warehouses.Code, to)
	d.Account, d.ToAccount, d.Employee = db.code(master.Accounts.Code, acc), db.code(master.Accounts.Code, toAcc), db.code(master.Employees.Code, emp)
	if err := loadLines(db, q, d); err != nil {
		return nil, err
	}
	if err := loadMatches(db, q, d); err != nil {
		return nil, err
	}
	if err := loadCase(q, d, of); err != nil {
		return nil, err
	}
	if items != 0 {
		if err := loadItems(db, q, d); err != nil {
			return nil, err
		}
	}
	err = each(q, `SELECT account_id, amount, gl FROM split WHERE slip_id = ? ORDER BY no`, []any{id}, func(scan func(...any) error) error {
		var acc *int64
		var s slip.Split
		err := scan(&acc, &s.Amount, &s.GL)
		s.Account = db.code(master.Accounts.Code, acc)
		d.Splits = append(d.Splits, s)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(q, `SELECT s.number, a.book, a.amount, a.chosen FROM allocation a JOIN slip s ON s.id = a.target_id WHERE a.slip_id = ? ORDER BY s.date, s.id`, []any{id},
		func(scan func(...any) error) error {
			var a slip.Allocation
			var chosen int64
			err := scan(&a.Target, &a.Book, &a.Amount, &chosen)
			a.Chosen = chosen != 0
			d.Allocations = append(d.Allocations, a)
			return err
		})
	return d, err
}

func loadLines(db *Reader, q Query, d *slip.Doc) error {
	return each(q, `SELECT l.id, l.no, l.product_id, l.warehouse_id, l.to_warehouse_id, l.unit, l.qty, l.factor, l.base, l.price, l.price_given, l.incl_tax,
		l.tax_rate, l.discount, l.discount_amt, l.net, l.tax, l.gross, l.amount, l.remark, l.redeliver, l.source_id, l.account, l.party_id, l.debit, l.credit, l.matched, l.trued,
		l.stock_account, l.sales_account, l.contra_account, l.fallback, l.place, l.zero, l.beyond, l.service, l.extra, sl.no, ss.number
		FROM slip_line l LEFT JOIN slip_line sl ON sl.id = l.source_id LEFT JOIN slip ss ON ss.id = sl.slip_id
		WHERE l.slip_id = ? ORDER BY l.no`, []any{d.ID}, func(scan func(...any) error) error {
		var l slip.Line
		var product, wh, to, source, party, sourceNo *int64
		var sourceNumber *string
		var given, incl, redeliver, zero, beyond, service, matches int64
		var extra string
		err := scan(&l.ID, &l.No, &product, &wh, &to, &l.Unit, &l.Qty, &l.Factor, &l.Base, &l.Price, &given, &incl,
			&l.TaxRate, &l.Discount, &l.DiscountAmt, &l.Net, &l.Tax, &l.Gross, &l.Amount, &l.Remark, &redeliver, &source, &l.Account, &party, &l.Debit, &l.Credit, &matches, &l.Trued,
			&l.StockAccount, &l.SalesAccount, &l.ContraAccount, &l.Fallback, &l.Place, &zero, &beyond, &service, &extra, &sourceNo, &sourceNumber)
		if err != nil {
			return err
		}
		l.Matched = matches != 0
		l.PriceGiven, l.TaxGiven, l.InclGiven, l.InclTax, l.Redeliver, l.Zero, l.Beyond, l.Service = given != 0, true, true, incl != 0, redeliver != 0, zero != 0, beyond != 0, service != 0
		l.Product, l.Warehouse, l.ToWarehouse = db.code(master.Products.Code, product), db.code(master.Warehouses.Code, wh), db.code(master.Warehouses.Code, to)
		if source != nil {
			l.SourceID, l.SourceNumber, l.SourceLine = *source, *sourceNumber, int(*sourceNo)
		}
		if party != nil {
			if p, ok := db.PartyByID(*party); ok {
				l.Party, l.Role = p.Code(), p.Type.Role
			}
		}
		l.Extra = db.extraMap(extra)
		d.Lines = append(d.Lines, l)
		return nil
	})
}

// LastNumber returns the last number used of a kind and month.
func (tx *Tx) LastNumber(kind string, month text.Month) (int, error) {
	var n int
	_, err := one(tx, `SELECT last FROM counter WHERE kind = ? AND month = ?`, []any{kind, int64(month)}, &n)
	return n, err
}

// Successor is a slip that follows from another by its lines, by an allocation, or because it belongs to it as its case.
type Successor struct {
	ID     int64
	Number string
	Kind   string
	Status slip.Status
}

// Successors lists the slips following from a slip, void ones left out, newest first.
func (tx *Tx) Successors(id int64) ([]Successor, error) { return successors(tx, id) }

// Successors lists the slips following from a slip, void ones left out, newest first.
func (db *Reader) Successors(id int64) ([]Successor, error) { return successors(db, id) }

func successors(q Query, id int64) ([]Successor, error) {
	var list []Successor
	err := each(q, `SELECT DISTINCT s.id, s.number, s.kind, s.status FROM slip_line src JOIN slip_line l ON l.source_id = src.id JOIN slip s ON s.id = l.slip_id
		WHERE src.slip_id = ? AND s.status <> 'void'
		UNION SELECT s.id, s.number, s.kind, s.status FROM allocation a JOIN slip s ON s.id = a.slip_id WHERE a.target_id = ? AND s.status <> 'void'
		UNION SELECT s.id, s.number, s.kind, s.status FROM slip_line g JOIN match m ON m.goods_line = g.id JOIN slip_line l ON l.id = m.line_id JOIN slip s ON s.id = l.slip_id
			WHERE g.slip_id = ? AND s.status <> 'void'
		ORDER BY 1 DESC`, []any{id, id, id}, func(scan func(...any) error) error {
		var s Successor
		err := scan(&s.ID, &s.Number, &s.Kind, &s.Status)
		list = append(list, s)
		return err
	})
	if err != nil {
		return nil, err
	}
	return withBelonging(q, id, list)
}

// Linked is what another slip's line took from a source line.
type Linked struct {
	Slip, Line int64
	Kind       string
	Status     slip.Status
	Base       num.Quantity
	Net, Tax   num.Amount
	Redeliver  bool
	Price      num.Price // the terms of the line
	Factor     num.Quantity
	InclTax    bool
	TaxRate    num.Rate
	Discount   num.Rate
	Off        num.Amount // its share of the slip's discount
}

// LinkedLines lists the lines that follow from each line of the slip a line belongs to, void slips left out.
func (db *Reader) LinkedLines(line int64) (map[int64][]Linked, error) { return linkedLines(db, line) }

// linkedLines lists what follows from each line of the slip a line belongs to.
func linkedLines(q Query, line int64) (map[int64][]Linked, error) {
	links := map[int64][]Linked{}
	err := each(q, `SELECT src.id, COALESCE(s.id, 0), COALESCE(l.id, 0), COALESCE(s.kind, ''), COALESCE(s.status, ''), COALESCE(l.base, 0), COALESCE(l.net, 0),
		COALESCE(l.tax, 0), COALESCE(l.redeliver, 0), COALESCE(l.price, 0), COALESCE(l.factor, 0), COALESCE(l.incl_tax, 0), COALESCE(l.tax_rate, 0), COALESCE(l.discount, 0),
		COALESCE(l.discount_amt, 0) FROM slip_line me JOIN slip_line src ON src.slip_id = me.slip_id
		LEFT JOIN slip_line l ON l.source_id = src.id LEFT JOIN slip s ON s.id = l.slip_id AND s.status <> 'void'
		WHERE me.id = ? ORDER BY l.id`, []any{line}, func(scan func(...any) error) error {
		var source int64
		var x Linked
		err := scan(&source, &x.Slip, &x.Line, &x.Kind, &x.Status, &x.Base, &x.Net, &x.Tax, &x.Redeliver, &x.Price, &x.Factor, &x.InclTax, &x.TaxRate, &x.Discount, &x.Off)
		if _, known := links[source]; !known {
			links[source] = nil // read, and nothing follows
		}
		if x.Slip != 0 {
			links[source] = append(links[source], x)
		}
		return err
	})
	return links, err
}

// DoneLines counts the lines of a slip, those executed in full and those not at all.
func (tx *Tx) DoneLines(slipID int64) (all, full, none int, err error) {
	_, err = one(tx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN done >= base THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN done = 0 THEN 1 ELSE 0 END), 0)
		FROM slip_line WHERE slip_id = ?`, []any{slipID}, &all, &full, &none)
	return all, full, none, err
}

// Step is a place of the ledgers and the slip that stands there.
type Step struct {
	Slip, Place int64
	Date        text.Date
}

// Steps lists every place in ledger order. A slip has one; one whose lines have places of their own stands at each of these.
func (db *Reader) Steps() ([]Step, error) {
	var list []Step
	err := each(db, `SELECT date, place, id FROM slip UNION SELECT s.date, l.place, s.id FROM slip_line l JOIN slip s ON s.id = l.slip_id WHERE l.place <> 0 UNION SELECT date, place, slip_id FROM stock_row ORDER BY 1, 2, 3`, nil,
		func(scan func(...any) error) error {
			var s Step
			err := scan(&s.Date, &s.Place, &s.Slip)
			list = append(list, s)
			return err
		})
	return list, err
}

// SlipOrder lists all slips in the order they have to be entered again: by date, then posting order, then number.
func (db *Reader) SlipOrder() ([]int64, error) {
	var ids []int64
	err := each(db, `SELECT id FROM slip ORDER BY date, CASE WHEN place = 0 THEN 1 ELSE 0 END, place, id`, nil, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}
