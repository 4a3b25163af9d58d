package inquiry

import (
	"fmt"
	"slices"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// LineFacts is what the clerk sees of the line under the cursor. Quantities are in base units, prices for one of the unit asked for.
type LineFacts struct {
	Service   bool         // nothing of it lies in stock
	Stand                  // at the warehouse, or in all where none is named
	AllOnHand num.Quantity // in all warehouses
	// Set: the product has a bill of materials. Builds is how many whole ones its direct components at the warehouse are enough for,
	// BuildsAll how many what is bought at the bottom of all levels; reckoned for kinds that put sets together alone.
	Set               bool
	Builds, BuildsAll num.Quantity
	// The newest audited line with this party: of the kind, or of what it reverses, or (for an order) of what carries it out.
	LastPrice    num.Price
	LastInclTax  bool
	LastTaxRate  num.Rate
	LastDiscount num.Rate
	LastDate     text.Date // 0: never
	LastNumber   string
	ListPrice    num.Price // the product's, by the kind's PriceField
	ListInclTax  bool      // it holds the tax
	UnitCost     num.Price // the pool's current average per base unit; 0 when nothing is there
}

// LineFacts returns what is known of a product for a line. Empty codes are allowed; an unknown product has no facts.
func (b *Book) LineFacts(kind *slip.Kind, product, warehouse, party, unit string) (LineFacts, error) {
	var f LineFacts
	p, ok := b.Masters().Product(product)
	if !ok {
		return f, nil
	}
	stands, err := b.stands([]int64{p.ID}, 0)
	if err != nil {
		return f, err
	}
	f.UnitCost = b.unitCost(stands, p.ID, warehouse)
	if stands, err = b.here(stands); err != nil {
		return f, err
	}
	b.standing(&f, stands, p.ID, warehouse)
	f.Service = p.Service
	if f.Set = kind.Stock.Parts > 0 && len(b.Masters().Components(p.Code())) > 0; f.Set {
		if f.Builds, err = b.Buildable(p, warehouse, false); err == nil {
			f.BuildsAll, err = b.Buildable(p, warehouse, true)
		}
		if err != nil {
			return f, err
		}
	}
	factor, ok := p.UnitFactor(unit)
	if !ok {
		factor = num.QuantityOne
	}
	price, incl, _ := b.ListPrice(kind, p.Code(), party, factor, b.Today())
	f.ListInclTax = incl
	f.ListPrice = PerUnit(price, factor, num.QuantityOne)
	last, err := b.lastUses(kind, party, []int64{p.ID})
	if u, ok := last[p.ID]; ok {
		f.LastPrice, f.LastInclTax, f.LastTaxRate, f.LastDiscount = PerUnit(u.Price, factor, u.Factor), u.InclTax, u.TaxRate, u.Discount
		f.LastDate, f.LastNumber = u.Date, u.Number
	}
	return f, err
}

// standing sums up one product's stock and promises.
func (b *Book) standing(f *LineFacts, stands Stands, product int64, warehouse string) {
	all := stands.At(product, 0)
	f.AllOnHand = all.OnHand
	f.Stand = all
	if warehouse != "" {
		at, _ := b.Masters().Find(master.Warehouses.Code, warehouse)
		f.Stand = Stand{}
		if at != nil {
			f.Stand = stands.At(product, at.ID)
		}
	}
}

// unitCost is that of the product's pool: the warehouse, where each has its own, or all of them; 0 where nothing is there.
func (b *Book) unitCost(stands Stands, product int64, warehouse string) (cost num.Price) {
	pool := stands.At(product, 0)
	if at, ok := b.Masters().Find(master.Warehouses.Code, warehouse); warehouse != "" && b.Rules().Pool != "company" {
		pool = Stand{}
		if ok {
			pool = stands.At(product, at.ID)
		}
	}
	if pool.OnHand > 0 {
		cost, _ = num.UnitPrice(pool.Value, pool.OnHand)
	}
	return cost
}

// PerUnit turns a price for one unit of `of` base units into one for a unit of `factor`.
func PerUnit(p num.Price, factor, of num.Quantity) num.Price {
	v, err := num.MulDiv(int64(p), int64(factor), int64(max(of, 1)))
	if err != nil {
		return 0
	}
	return num.Price(v)
}

// PriceKinds are the kinds whose lines tell the last price for a slip of kind k: k itself, or what it reverses; for an order
// also what carries it out.
func PriceKinds(k *slip.Kind) []string {
	if k.ReturnOf != "" {
		return []string{k.ReturnOf}
	}
	list := []string{k.Code}
	for i := 0; i < len(list); i++ {
		for _, n := range kinds.Successors(list[i]) {
			if s, _ := n.Source(list[i]); s.Executes && n.Party == k.Party && !slices.Contains(list, n.Code) {
				list = append(list, n.Code)
			}
		}
	}
	return list
}

func (b *Book) lastUses(kind *slip.Kind, party string, products []int64) (map[int64]store.LastUse, error) {
	r, ok := b.Masters().Find(string(kind.Party), party)
	if !ok {
		return nil, nil
	}
	return b.Seen().LastUses(PriceKinds(kind), r.ID, products)
}

// PartyFacts is how a party stands in the book its slips of a kind go to: what it owes or is owed, and what of that is overdue.
type PartyFacts struct {
	Book                    slip.Book
	Balance, Limit, Overdue num.Amount
	HasLimit                bool
	// Other is the advance or prepayment that stands against the balance.
	Other num.Amount
}

// PartyFacts returns how a party stands; an unknown party has none.
func (b *Book) PartyFacts(role slip.Role, party string) (PartyFacts, error) {
	f := PartyFacts{Book: slip.Receivable}
	other := slip.Advance
	if role == slip.Suppliers {
		f.Book, other = slip.Payable, slip.Prepaid
	}
	r, ok := b.Masters().Find(string(role), party)
	if !ok {
		return f, nil
	}
	if v := r.Get("credit_limit"); v != "" {
		f.Limit, _ = num.ParseAmount(v)
		f.HasLimit = true
	}
	var err error
	if f.Balance, err = b.DB.PartyBalance(r.ID, f.Book); err != nil {
		return f, err
	}
	if f.Other, err = b.DB.PartyBalance(r.ID, other); err != nil {
		return f, err
	}
	aged, err := b.Aged(f.Book, b.Today(), r.ID)
	for _, a := range aged {
		f.Overdue = a.Overdue()
	}
	return f, err
}

// opens lists the kinds of whose slips items stay open in any of the books; what a return opens goes against what it takes back.
func opens(books ...slip.Book) (list []string) {
	for _, k := range kinds.All {
		if k.ReturnOf == "" && slices.ContainsFunc(k.Money.Opens, func(o slip.Book) bool { return slices.Contains(books, o) }) {
			list = append(list, k.Code)
		}
	}
	return list
}

// ProductFacts serves the picker: how a product stands and its last price, in base units.
type ProductFacts struct {
	Stand
	LastPrice   num.Price
	LastInclTax bool // it holds the tax, at LastTaxRate
	LastTaxRate num.Rate
	LastDate    text.Date
}

// ProductFacts returns the facts of products by their codes, at a warehouse ("" is all) and with a party. Unknown codes are left out.
func (b *Book) ProductFacts(kind *slip.Kind, party, warehouse string, products []string) (map[string]ProductFacts, error) {
	m := make(map[string]ProductFacts, len(products))
	codes := make(map[int64]string, len(products))
	ids := make([]int64, 0, len(products))
	for _, c := range products {
		if p, ok := b.Masters().Product(c); ok {
			codes[p.ID] = c
			ids = append(ids, p.ID)
		}
	}
	stands, err := b.Stands(ids, 0)
	if err != nil {
		return nil, err
	}
	at, known := b.Masters().Find(master.Warehouses.Code, warehouse)
	for id, c := range codes {
		var f ProductFacts
		switch {
		case warehouse == "":
			f.Stand = stands.At(id, 0)
		case known:
			f.Stand = stands.At(id, at.ID)
		}
		m[c] = f
	}
	last, err := b.lastUses(kind, party, ids)
	for id, u := range last {
		f := m[codes[id]]
		f.LastPrice, f.LastDate = PerUnit(u.Price, num.QuantityOne, u.Factor), u.Date
		f.LastInclTax, f.LastTaxRate = u.InclTax, u.TaxRate
		m[codes[id]] = f
	}
	return m, err
}

// Used tells how often each product was used with the party on slips of the kind (with nobody, for kinds without parties).
func (b *Book) Used(kind *slip.Kind, party string) (map[string]int, error) {
	id := int64(0)
	if kind.Party != slip.NoParty {
		r, ok := b.Masters().Find(string(kind.Party), party)
		if !ok {
			return map[string]int{}, nil
		}
		id = r.ID
	}
	times, err := b.DB.Used(kind.Code, id)
	m := make(map[string]int, len(times))
	for id, n := range times {
		if r, ok := b.Masters().ByID(master.Products.Code, id); ok {
			m[r.Code()] = n
		}
	}
	return m, err
}

// VoucherLine is one line of a voucher 记账凭证; exactly one side is not zero.
type VoucherLine struct {
	Account, Name string
	Summary       string
	Debit, Credit num.Amount
}

// Voucher returns the number and all lines of a slip's voucher, cost lines included, as the journal shows them. A slip that
// posted nothing has no number and no lines.
func (b *Book) Voucher(number string) (voucher string, lines []VoucherLine, err error) {
	id, err := b.Seen().SlipID(number)
	if err != nil {
		return "", nil, err
	}
	if id <= 0 {
		return "", nil, NotFound(number, id)
	}
	d, err := b.DB.Slip(id)
	if err != nil {
		return "", nil, err
	}
	entries, err := b.DB.Voucher(id)
	if err != nil || len(entries) == 0 {
		return "", nil, err
	}
	before, err := b.DB.VouchersBefore(id, d.Date, d.Place)
	if err != nil {
		return "", nil, err
	}
	summary := b.summary(d)
	for _, e := range entries {
		lines = append(lines, VoucherLine{Account: e.Account, Name: b.accountName(e.Account), Summary: summary, Debit: e.Debit, Credit: e.Credit})
	}
	return fmt.Sprintf("%06d-%04d", int(d.Date.Month()), before+1), lines, nil
}

// summary words a voucher: the slip's kind and its party, in the book's language.
func (b *Book) summary(d *slip.Doc) string {
	k, err := kinds.Lookup(d.Kind)
	if err != nil {
		return d.Kind
	}
	s := k.Title.In(b.Rules().Lang)
	if p, ok := b.Masters().Find(string(k.Party), d.Party); ok {
		s += " " + p.Get("name")
	}
	return s
}

// accountName is a GL account's name in the book's language.
func (b *Book) accountName(code string) string {
	r, ok := b.Masters().Find(master.GL.Code, code)
	if !ok {
		return ""
	}
	return r.Name(b.Rules().Lang == text.En)
}
