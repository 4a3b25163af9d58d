package store

import (
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Filter says which slips a list shows; what is empty lets everything through. Masters are rows, not codes.
type Filter struct {
	Kinds     []string
	Status    []slip.Status
	From, To  text.Date
	Parties   []int64 // any of them
	Employee  int64
	Warehouse int64 // of the slip or one of its lines
	Product   int64 // of one of its lines
	Words     []Word
}

// Word is one word looked for in number, external number and remark, in lower case; slips of the parties or with the products
// whose names have it match too.
type Word struct {
	Text              string
	Parties, Products []int64
}

func (f *Filter) where() (string, []any) {
	var conds []string
	var args []any
	and := func(cond string, v ...any) {
		conds = append(conds, cond)
		args = append(args, v...)
	}
	and(`s.kind IN (` + quoted(f.Kinds) + `)`)
	if len(f.Status) > 0 {
		list := make([]string, len(f.Status))
		for i, s := range f.Status {
			list[i] = string(s)
		}
		and(`s.status IN (` + quoted(list) + `)`)
	}
	if f.From != 0 {
		and(`s.date >= ?`, int64(f.From))
	}
	if f.To != 0 {
		and(`s.date <= ?`, int64(f.To))
	}
	if f.Parties != nil {
		and(`(s.party_id IN (` + joined(f.Parties) + `) OR s.to_party_id IN (` + joined(f.Parties) + `))`)
	}
	if f.Employee != 0 {
		and(`s.employee_id = ?`, f.Employee)
	}
	if f.Product != 0 {
		and(`s.id IN (SELECT slip_id FROM slip_line WHERE product_id = ?)`, f.Product)
	}
	if f.Warehouse != 0 {
		and(`(s.warehouse_id = ? OR s.to_warehouse_id = ? OR EXISTS (SELECT 1 FROM slip_line l WHERE l.slip_id = s.id AND l.warehouse_id = ?))`, f.Warehouse, f.Warehouse, f.Warehouse)
	}
	for _, w := range f.Words {
		and(w.where(), "%"+strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w.Text)+"%")
	}
	return strings.Join(conds, " AND "), args
}

// where is the word's condition; its argument is the word for a LIKE. Few products are looked up by their own lines, many by the
// slip's (+ 0 keeps an engine from looking each of the many up for every slip).
func (w *Word) where() string {
	cond := `(LOWER(s.number || ' ' || s.external_no || ' ' || s.remark) LIKE ? ESCAPE '!'`
	if len(w.Parties) > 0 {
		list := joined(w.Parties)
		cond += ` OR s.party_id IN (` + list + `) OR s.to_party_id IN (` + list + `)`
	}
	switch n := len(w.Products); {
	case n > 200:
		cond += ` OR EXISTS (SELECT 1 FROM slip_line l WHERE l.slip_id = s.id AND l.product_id + 0 IN (` + joined(w.Products) + `))`
	case n > 0:
		cond += ` OR s.id IN (SELECT slip_id FROM slip_line WHERE product_id IN (` + joined(w.Products) + `))`
	}
	return cond + `)`
}

// deep tells whether the filter looks into lines or words, which is not to be done twice.
func (f *Filter) deep() bool { return len(f.Words) > 0 || f.Product != 0 || f.Warehouse != 0 }

// orders are the keys a list can be ordered by.
var orders = map[string]string{
	"date": "s.date", "number": "s.number", "external_no": "s.external_no", "due_date": "s.due_date", "net": "s.net", "tax": "s.tax", "gross": "s.gross", "open": "s.open",
	"party": "p.initials %[1]s, p.name %[1]s, s.party_id", "employee": "e.initials %[1]s, e.name %[1]s, s.employee_id", "kind": "s.kind", "maker": "s.maker", "prints": "s.prints",
	"warehouse": "w.code", "remark": "s.remark",
	"status": "CASE s.status WHEN 'draft' THEN 1 WHEN 'submitted' THEN 2 WHEN 'approved' THEN 3 WHEN 'audited' THEN 4 WHEN 'partly-done' THEN 5 WHEN 'done' THEN 6 WHEN 'closed' THEN 7 ELSE 8 END",
}

// joins bring in the masters a key orders by.
var joins = map[string]string{
	"party": ` LEFT JOIN party p ON p.id = s.party_id`, "employee": ` LEFT JOIN employee e ON e.id = s.employee_id`, "warehouse": ` LEFT JOIN warehouse w ON w.id = s.warehouse_id`,
}

// CanOrder tells whether a list can be ordered by the key.
func CanOrder(key string) bool { return orders[key] != "" }

// List finds the slips a filter lets through, ordered by a key (see CanOrder; within equal ones by date and entry, the same way), and
// adds them up.
func (db *Reader) List(f Filter, key string, down bool, k Openings) (ids []int64, sum Sums, err error) {
	where, args := f.where()
	way := ""
	if down {
		way = " DESC"
	}
	by := strings.ReplaceAll(orders[key], " %[1]s", way) + way
	if key != "date" {
		by += ", s.date" + way
	}
	from := ` FROM slip s` + joins[key] + ` WHERE ` + where + ` ORDER BY ` + by + `, s.id` + way
	if f.deep() {
		err = each(db, `SELECT s.id, s.kind, s.status, 1, s.net, s.tax, s.gross, s.open`+from, args, func(scan func(...any) error) error {
			var id int64
			var g sums
			err := g.scan(scan, &id)
			ids = append(ids, id)
			sum.add(g, k)
			return err
		})
		return ids, sum, err
	}
	err = each(db, `SELECT s.id`+from, args, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	if err == nil {
		err = db.sum(&sum, where, args, k)
	}
	return ids, sum, err
}

// Sums are the totals of a list; void slips are counted apart and in no amount. Settled and Open are of kinds that money settles,
// Open also of money not allocated.
type Sums struct {
	Count, Drafts, Voids           int
	Net, Tax, Gross, Settled, Open num.Amount
}

// sums are those of one kind and status.
type sums struct {
	kind                  string
	status                slip.Status
	count                 int
	net, tax, gross, open num.Amount
}

func (g *sums) scan(scan func(...any) error, more ...any) error {
	return scan(append(more, &g.kind, &g.status, &g.count, &g.net, &g.tax, &g.gross, &g.open)...)
}

func (s *Sums) add(g sums, k Openings) {
	s.Count += g.count
	switch g.status {
	case slip.Void:
		s.Voids += g.count
		return
	case slip.Draft, slip.Submitted, slip.Approved:
		s.Drafts += g.count
	case slip.Audited:
		if slices.Contains(k.Settled, g.kind) || slices.Contains(k.Settles, g.kind) {
			s.Settled += g.gross - g.open
		}
	}
	s.Net, s.Tax, s.Gross, s.Open = s.Net+g.net, s.Tax+g.tax, s.Gross+g.gross, s.Open+g.open
}

// sum adds slips up by kind and status.
func (db *Reader) sum(s *Sums, where string, args []any, k Openings) error {
	return each(db, `SELECT s.kind, s.status, COUNT(*), SUM(s.net), SUM(s.tax), SUM(s.gross), SUM(s.open) FROM slip s WHERE `+where+` GROUP BY s.kind, s.status`, args, func(scan func(...any) error) error {
		var g sums
		err := g.scan(scan)
		s.add(g, k)
		return err
	})
}

// SumIDs adds up some slips.
func (db *Reader) SumIDs(ids []int64, k Openings) (s Sums, err error) {
	err = chunks(ids, func(list string) error { return db.sum(&s, `s.id IN (`+list+`)`, nil, k) })
	return s, err
}

// settledSQL is what of slip s was settled, by money or by returns; of a money slip what it allocated.
func (k Openings) settledSQL() string {
	return `CASE WHEN s.status = 'audited' AND s.kind IN (` + quoted(slices.Concat(k.Settled, k.Settles)) + `) THEN s.gross - s.open ELSE 0 END`
}

// Row is one slip of a list. Masters are rows; 0 is none. Sources are the numbers it follows from or settles.
type Row struct {
	ID                                 int64
	Kind, Number, ExternalNo           string
	Date, DueDate                      text.Date
	Status                             slip.Status
	Red                                bool
	Party, ToParty                     int64
	Employee, Warehouse, ToWarehouse   int64
	Maker, Auditor, Department, Remark string
	Net, Tax, Gross, Settled, Open     num.Amount
	Left                               num.Quantity // of an order: what its lines still promise
	Prints                             int
	Version                            int64
	Sources                            []string
}

// ListRows reads a page of a list; the rows come in no particular order.
func (db *Reader) ListRows(ids []int64, k Openings) (map[int64]*Row, error) {
	m := make(map[int64]*Row, len(ids))
	err := chunks(ids, func(list string) error {
		err := each(db, `SELECT s.id, s.kind, s.number, s.external_no, s.date, s.due_date, s.status, s.red, COALESCE(s.party_id, 0), COALESCE(s.to_party_id, 0), COALESCE(s.employee_id, 0), COALESCE(s.warehouse_id, 0), COALESCE(s.to_warehouse_id, 0),
			s.maker, s.auditor, s.department, s.remark, s.net, s.tax, s.gross, `+k.settledSQL()+`, s.open, s.prints, s.version FROM slip s WHERE s.id IN (`+list+`)`, nil, func(scan func(...any) error) error {
			r := &Row{}
			var red int64
			err := scan(&r.ID, &r.Kind, &r.Number, &r.ExternalNo, &r.Date, &r.DueDate, &r.Status, &red, &r.Party, &r.ToParty, &r.Employee, &r.Warehouse, &r.ToWarehouse,
				&r.Maker, &r.Auditor, &r.Department, &r.Remark, &r.Net, &r.Tax, &r.Gross, &r.Settled, &r.Open, &r.Prints, &r.Version)
			r.Red = red != 0
			m[r.ID] = r
			return err
		})
		if err != nil {
			return err
		}
		if err := db.rowSources(list, m); err != nil {
			return err
		}
		return each(db, `SELECT slip_id, SUM(open) FROM slip_line WHERE slip_id IN (`+list+`) GROUP BY slip_id`, nil, func(scan func(...any) error) error {
			var id int64
			var q num.Quantity
			err := scan(&id, &q)
			m[id].Left = q
			return err
		})
	})
	return m, err
}

func (db *Reader) rowSources(list string, m map[int64]*Row) error {
	return each(db, `SELECT l.slip_id, ss.number FROM slip_line l JOIN slip_line sl ON sl.id = l.source_id JOIN slip ss ON ss.id = sl.slip_id WHERE l.slip_id IN (`+list+`)
		UNION SELECT a.slip_id, t.number FROM allocation a JOIN slip t ON t.id = a.target_id WHERE a.slip_id IN (`+list+`) ORDER BY 1, 2`, nil, func(scan func(...any) error) error {
		var id int64
		var number string
		err := scan(&id, &number)
		if r := m[id]; r != nil { // else it is out of the scope of who asks
			r.Sources = append(r.Sources, number)
		}
		return err
	})
}

// Neighbour finds the slip of a kind that stands n places after (or before, n < 0) a day and row; empty at the end.
func (db *Reader) Neighbour(kind string, date text.Date, id int64, n int) (number string, err error) {
	than, way := ">", ""
	if n < 0 {
		than, way, n = "<", " DESC", -n
	}
	_, err = one(db, `SELECT number FROM slip WHERE kind = ? AND (date, id) `+than+` (?, ?) ORDER BY date`+way+`, id`+way+` LIMIT 1 OFFSET `+strconv.Itoa(n-1),
		[]any{kind, int64(date), id}, &number)
	return number, err
}

// Pushable is how far a list of slips to push from goes: the newest so many to take quantities over from, so many longest due to settle.
const (
	PushableGoods = 500
	PushableMoney = 2000
)

// OpenIDs lists slips of kinds with something open, longest due first: of a party, also what it took over, or (party 0) of every party of
// the role (empty: any).
func (db *Reader) OpenIDs(kinds []string, party int64, role slip.Role) ([]int64, error) {
	of := `SELECT id, due, date FROM slip WHERE kind IN (` + quoted(kinds) + `) AND open <> 0 AND open > 0`
	args := []any{}
	switch {
	case party != 0:
		of, args = of+` AND party_id = ? AND to_party_id IS NULL UNION ALL `+of+` AND to_party_id = ? AND to_party_id IS NOT NULL`, append(args, party, party)
	case role != slip.NoParty:
		of, args = of+` AND COALESCE(to_party_id, party_id) IN (SELECT id FROM party WHERE role = ?)`, append(args, string(role))
	}
	var ids []int64
	err := each(db, of+` ORDER BY due, date, id LIMIT `+strconv.Itoa(PushableMoney), args, func(scan func(...any) error) error {
		var id, due, date int64
		err := scan(&id, &due, &date)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// Allocated sums what live money slips settled of slips.
func (db *Reader) Allocated(ids []int64) (map[int64]num.Amount, error) {
	m := map[int64]num.Amount{}
	err := chunks(ids, func(list string) error {
		return each(db, `SELECT a.target_id, SUM(a.amount) FROM allocation a JOIN slip m ON m.id = a.slip_id WHERE a.target_id IN (`+list+`) AND m.status = 'audited' GROUP BY a.target_id`,
			nil, func(scan func(...any) error) error {
				var id int64
				var a num.Amount
				err := scan(&id, &a)
				m[id] = a
				return err
			})
	})
	return m, err
}

// Followers are the kinds that count together against what is left of a source: whether they carry it out, and then only goods in transit.
type Followers struct {
	Kinds              []string
	Execute, InTransit bool
}

// LeftIDs lists, newest first, live slips of a kind of which its followers have not yet taken everything, with the
// quantity left. It looks at the newest ones only (PushableGoods); executed slips that are done are passed over.
func (db *Reader) LeftIDs(kind string, party int64, by Followers) (ids []int64, left map[int64]num.Quantity, err error) {
	group, status, again, line := by.Kinds, `'audited', 'partly-done'`, `r.redeliver = 1`, ``
	if !by.Execute {
		status += `, 'done'`
	} else {
		again = `(r.redeliver = 1 OR rs.kind = xs.kind)`
	}
	if by.InTransit {
		line = ` WHERE l.to_warehouse_id IS NOT NULL AND l.base > 0`
	}
	of, args := "", []any{kind}
	if party != 0 {
		of, args = " AND party_id = ?", append(args, party)
	}
	left = map[int64]num.Quantity{}
	err = each(db, `SELECT c.id, SUM(CASE WHEN c.left_over > 0 THEN c.left_over ELSE 0 END) FROM (
		SELECT s.id, s.date, ABS(l.base) - COALESCE((SELECT SUM(ABS(x.base)) FROM slip_line x JOIN slip xs ON xs.id = x.slip_id
				WHERE x.source_id = l.id AND xs.status <> 'void' AND xs.kind IN (`+quoted(group)+`)), 0)
			+ COALESCE((SELECT SUM(ABS(r.base)) FROM slip_line x JOIN slip xs ON xs.id = x.slip_id JOIN slip_line r ON r.source_id = x.id JOIN slip rs ON rs.id = r.slip_id
				WHERE x.source_id = l.id AND xs.status <> 'void' AND xs.kind IN (`+quoted(group)+`) AND `+again+` AND rs.status <> 'void'), 0) AS left_over
		FROM (SELECT id, date FROM slip WHERE kind = ?`+of+` AND status IN (`+status+`) ORDER BY date DESC, id DESC LIMIT `+strconv.Itoa(PushableGoods)+`) s
		JOIN slip_line l ON l.slip_id = s.id`+line+`) c GROUP BY c.id, c.date HAVING MAX(c.left_over) > 0 ORDER BY c.date DESC, c.id DESC`, args, func(scan func(...any) error) error {
		var id int64
		var q num.Quantity
		err := scan(&id, &q)
		ids = append(ids, id)
		left[id] = q
		return err
	})
	return ids, left, err
}

// GoodsOf lists the products of each of some slips, in the order of its lines, each once.
func (db *Reader) GoodsOf(ids []int64) (map[int64][]int64, error) {
	m := map[int64][]int64{}
	return m, chunks(ids, func(list string) error {
		return each(db, `SELECT slip_id, product_id FROM slip_line WHERE slip_id IN (`+list+`) AND product_id IS NOT NULL GROUP BY slip_id, product_id ORDER BY slip_id, MIN(no)`, nil, func(scan func(...any) error) error {
			var slip, product int64
			err := scan(&slip, &product)
			m[slip] = append(m[slip], product)
			return err
		})
	})
}
