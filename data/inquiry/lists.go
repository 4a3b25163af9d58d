package inquiry

import (
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Filter says which slips a list shows; what is empty lets everything through. Words are looked for in number, external number,
// remark, party and products; every word must be found.
type Filter struct {
	Kinds                               []string
	Status                              []slip.Status
	From, To                            text.Date
	Party, Product, Employee, Warehouse string // codes
	Words                               string
}

// Sorting is the order of a list: by date, number, external_no, due_date, party, status, kind, employee, warehouse, maker, prints, remark,
// net, tax, gross or open. The zero Sorting is newest first.
type Sorting struct {
	Key  string
	Down bool
}

// SlipList is a list of slips: the rows of all of them in order, and their totals. Void slips are counted in Count and Voids, but are
// in no amount. Settled and Open are of audited slips that money settles; a money slip's Open is what it has not allocated.
type SlipList struct {
	IDs                            []int64
	Count, Drafts, Voids           int
	Net, Tax, Gross, Settled, Open num.Amount
}

// List finds slips. Codes that do not exist are faults at their field.
func (b *Book) List(f Filter, o Sorting) (*SlipList, error) {
	sf, err := b.filter(f)
	if err != nil {
		return nil, err
	}
	if o.Key == "" {
		o = Sorting{"date", true}
	}
	if !store.CanOrder(o.Key) {
		return nil, fault.New(fault.Usage, "不能按“%s”排序", "cannot order by %q", o.Key).At(o.Key)
	}
	ids, s, err := b.Seen().List(sf, o.Key, o.Down, Openings)
	l := sumList(s)
	l.IDs = ids
	return &l, err
}

func sumList(s store.Sums) SlipList {
	return SlipList{Count: s.Count, Drafts: s.Drafts, Voids: s.Voids, Net: s.Net, Tax: s.Tax, Gross: s.Gross, Settled: s.Settled, Open: s.Open}
}

// filter turns codes into rows.
func (b *Book) filter(f Filter) (store.Filter, error) {
	s := store.Filter{Kinds: f.Kinds, Status: f.Status, From: f.From, To: f.To}
	if len(s.Kinds) == 0 {
		for _, k := range kinds.All {
			if !k.Hidden && b.Off(k.Module) == nil && b.Who().May(k.Code, "see") {
				s.Kinds = append(s.Kinds, k.Code)
			}
		}
	}
	var faults fault.List
	for _, k := range s.Kinds {
		if _, err := b.Kind(k); err != nil {
			faults = append(faults, fault.Of(err)...)
		}
	}
	set := b.Masters()
	row := func(key, code string, types ...string) (ids []int64) {
		if code == "" {
			return nil
		}
		for _, t := range types {
			if r, ok := set.Find(t, code); ok && b.Who().May(t, "see") {
				ids = append(ids, r.ID)
			}
		}
		if ids == nil {
			faults = append(faults, fault.New(fault.Invalid, "没有“%s”", "there is no %q", code).At(key))
			ids = []int64{0}
		}
		return ids
	}
	s.Parties = row("party", f.Party, roles(s.Kinds...)...)
	for _, x := range []struct {
		key, code, typ string
		to             *int64
	}{{"product", f.Product, master.Products.Code, &s.Product}, {"employee", f.Employee, master.Employees.Code, &s.Employee}, {"warehouse", f.Warehouse, master.Warehouses.Code, &s.Warehouse}} {
		if ids := row(x.key, x.code, x.typ); ids != nil {
			*x.to = ids[0]
		}
	}
	for _, w := range strings.Fields(strings.ToLower(f.Words)) {
		s.Words = append(s.Words, b.word(w))
	}
	return s, faults.Or()
}

// roles lists the types of party the kinds deal with; where that depends on the slip, both.
func roles(codes ...string) (list []string) {
	for _, c := range codes {
		k, _ := kinds.ByCode(c)
		for _, r := range []slip.Role{slip.Customers, slip.Suppliers} {
			if k != nil && (k.Party == r || k.PartyOf != nil) && !slices.Contains(list, string(r)) {
				list = append(list, string(r))
			}
		}
	}
	return list
}

// word finds the parties and products whose words have it, of those that who asks may see.
func (b *Book) word(w string) store.Word {
	find := func(typ string, keys ...string) (ids []int64) {
		if !b.Who().May(typ, "see") { // nobody searches by what he may not see
			return nil
		}
		b.Masters().Each(typ, func(r *master.Record) {
			if slices.ContainsFunc(keys, func(k string) bool { return strings.Contains(strings.ToLower(r.Get(k)), w) }) {
				ids = append(ids, r.ID)
			}
		})
		slices.Sort(ids)
		return ids
	}
	parties := slices.Concat(find(master.Customers.Code, "code", "name", "initials"), find(master.Suppliers.Code, "code", "name", "initials"))
	return store.Word{Text: w, Parties: parties, Products: find(master.Products.Code, "code", "name", "name2", "spec", "initials", "barcode")}
}

// SlipRow is one slip of a list. Left is what an order's lines still promise (of Pushable: what can still be taken over), in base units.
type SlipRow struct {
	ID                       int64
	Kind, Number, ExternalNo string
	Date, DueDate            text.Date
	Status                   slip.Status
	Red                      bool
	Party, PartyName         string
	ToParty, ToPartyName     string // who an offset moves a debt to
	Employee, EmployeeName   string
	Warehouse, ToWarehouse   string
	Department               string
	Source                   string // numbers it follows from or settles, a space between
	Maker, Auditor, Remark   string
	Net, Tax, Gross          num.Amount
	Settled, Open            num.Amount
	Left                     num.Quantity
	Prints                   int
	Version                  int64
	Goods                    []string // codes of its first products, of a slip one may take as a source

	whose *master.Type // what its party is, of an offset whom it moves a debt to; nil: it has none
}

// Rows reads a page of a list, in the order of ids. A slip that is not there is left out.
func (b *Book) Rows(ids []int64) ([]SlipRow, error) {
	m, err := b.Seen().ListRows(ids, Openings)
	if err != nil {
		return nil, err
	}
	rows := make([]SlipRow, 0, len(ids))
	for _, id := range ids {
		if r := m[id]; r != nil {
			rows = append(rows, b.slipRow(r))
		}
	}
	return rows, nil
}

func (b *Book) slipRow(r *store.Row) SlipRow {
	p, to := b.Party(r.Party), b.Party(r.ToParty)
	var whose *master.Type
	for _, x := range []*master.Record{p, to} {
		if x != nil {
			whose = x.Type
		}
	}
	p, to = b.shownTo(p), b.shownTo(to)
	e, _ := b.Masters().ByID(master.Employees.Code, r.Employee)
	w, _ := b.Masters().ByID(master.Warehouses.Code, r.Warehouse)
	into, _ := b.Masters().ByID(master.Warehouses.Code, r.ToWarehouse)
	return SlipRow{ID: r.ID, Kind: r.Kind, Number: r.Number, ExternalNo: r.ExternalNo, Date: r.Date, DueDate: r.DueDate, Status: r.Status, Red: r.Red,
		Party: p.Code(), PartyName: p.Get("name"), ToParty: to.Code(), ToPartyName: to.Get("name"), Employee: e.Code(), EmployeeName: e.Get("name"), Warehouse: w.Code(), ToWarehouse: into.Code(), Department: r.Department,
		Source: strings.Join(r.Sources, " "), Maker: r.Maker, Auditor: r.Auditor, Remark: r.Remark,
		Net: r.Net, Tax: r.Tax, Gross: r.Gross, Settled: r.Settled, Open: r.Open, Left: r.Left, Prints: r.Prints, Version: r.Version, whose: whose}
}

// shownTo is a party as it stands for who asks; nil where he may not see what it is (R5).
func (b *Book) shownTo(r *master.Record) *master.Record {
	if r == nil || !b.Who().May(r.Type.Code, "see") {
		return nil
	}
	return r
}

// SumOf adds up some slips, such as those ticked.
func (b *Book) SumOf(ids []int64) (SlipList, error) {
	s, err := b.Seen().SumIDs(ids, Openings)
	l := sumList(s)
	l.IDs = ids
	return l, err
}

// Neighbour returns the number of the slip of a kind before (step -1) or after (+1) a slip, by date and entry; empty at the end.
// Before no number at all, a new slip's, stands the last one.
func (b *Book) Neighbour(kind, number string, step int) (string, error) {
	if step == 0 {
		return number, nil
	}
	if number == "" {
		return b.Seen().Neighbour(kind, 99999999, 0, min(step, -step))
	}
	id, err := b.Seen().SlipID(number)
	if err != nil {
		return "", err
	}
	if id <= 0 {
		return "", NotFound(number, id)
	}
	rows, err := b.Rows([]int64{id})
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return b.Seen().Neighbour(kind, rows[0].Date, id, step)
}

// Pushable lists the audited slips that a slip of the kind can be pushed from and that have something left: quantities not yet taken
// over (Left; newest first, looking at the newest store.PushableGoods slips), or money open (longest due first, store.PushableMoney at
// most; of an order newest first, Open is what nothing was paid for yet). An empty party is any, and so is that of a source that successors of others may follow from.
func (b *Book) Pushable(kind *slip.Kind, party string) ([]SlipRow, error) {
	parties := []int64{0}
	if party != "" {
		parties = nil
		for _, role := range roles(kind.Code) {
			if r, ok := b.Masters().Find(role, party); ok {
				parties = append(parties, r.ID)
			}
		}
		if parties == nil {
			return nil, fault.New(fault.Invalid, "没有“%s”", "there is no %q", party).At("party")
		}
	}
	var rows []SlipRow
	for _, s := range kind.From {
		of := parties
		if s.Free { // whoever carried the goods need not have sold them
			of = []int64{0}
		}
		for _, p := range of {
			list, err := b.pushable(kind, s, p)
			if err != nil {
				return nil, err
			}
			rows = append(rows, list...)
		}
	}
	return rows, nil
}

func (b *Book) pushable(kind *slip.Kind, s slip.Source, party int64) (rows []SlipRow, err error) {
	from, err := kinds.Lookup(s.Kind)
	if err != nil {
		return nil, err
	}
	var ids []int64
	var left map[int64]num.Quantity
	switch {
	case s.Money && from.Plan:
		ids, _, err = b.DB.LeftIDs(s.Kind, party, store.Followers{Execute: true})
	case s.Money:
		ids, err = b.DB.OpenIDs([]string{s.Kind}, party, kind.Party)
	default:
		ids, left, err = b.DB.LeftIDs(s.Kind, party, store.Followers{Kinds: sameGroup(kind.Code, s.Kind), Execute: s.Executes, InTransit: s.Executes && from.Stock.Promise == slip.InTransit})
	}
	if err != nil {
		return nil, err
	}
	if rows, err = b.Rows(ids); err != nil {
		return nil, err
	}
	for i := range rows {
		if q, ok := left[rows[i].ID]; ok {
			rows[i].Left = q
		}
	}
	goods, err := b.DB.GoodsOf(ids)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		for _, id := range goods[rows[i].ID] {
			p, _ := b.Masters().ByID(master.Products.Code, id)
			rows[i].Goods = append(rows[i].Goods, p.Code())
		}
	}
	if !s.Money || !from.Plan {
		return rows, nil
	}
	paid, err := b.DB.Allocated(ids)
	for i := range rows {
		rows[i].Open = rows[i].Gross - paid[rows[i].ID]
	}
	return slices.DeleteFunc(rows, func(r SlipRow) bool { return r.Open <= 0 }), err
}

// sameGroup lists the kinds that count together against what is left of a source.
func sameGroup(kind, source string) (list []string) {
	for _, k := range kinds.All {
		if kinds.SuccessorGroup(k.Code, source) == kinds.SuccessorGroup(kind, source) {
			list = append(list, k.Code)
		}
	}
	return list
}
