package inquiry

import (
	"slices"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Seen is the book's tables for whatever lists or counts them: what is out of the scope of who asks is not there (R8). What a single slip or
// balance comes to is worked out of the whole book, whoever asks.
func (b *Book) Seen() *store.Reader {
	s := b.scope()
	if s.Whole() {
		return b.DB
	}
	var departments []string
	b.Masters().Each(master.Departments.Code, func(r *master.Record) { departments = append(departments, r.Code()) })
	slices.Sort(departments)
	return b.DB.Narrowed(s.Below(departments, func(code string) string {
		r, _ := b.Masters().Find(master.Departments.Code, code)
		return r.Get("parent")
	}))
}

// Ledgers are the book's tables whole, for what leaves no row out: a party's statement, and the value of stock at a place, which under one pool
// for the company is a share of what all places have. Whoever shows them has asked whether the party is There, and leaves out places that are
// not Here.
func (b *Book) Ledgers() *store.Reader { return b.DB }

// LastDay is the last day any slip stands on.
func (b *Book) LastDay() (text.Date, error) { return b.DB.LastDay() }

// scope is what of the book who asks has to do with.
func (b *Book) scope() rights.Scope {
	who := b.Who()
	if !who.Asked() {
		return rights.Scope{}
	}
	return who.Scope()
}

// Whole is the same book asked for a rule's sake, which holds whoever acts: nothing is hidden from it.
func (b *Book) Whole() *Book {
	all, rules := *b, b.rules
	all.rules = func() Rules {
		r := rules()
		r.Who = rights.Who{}
		return r
	}
	return &all
}

// Places are warehouses by their rows; nil: all of them.
type Places []int64

// Has tells whether a warehouse is one of them.
func (p Places) Has(id int64) bool { return p == nil || slices.Contains(p, id) }

// Here are the warehouses whose stock is there for who asks.
func (b *Book) Here() Places { return b.scope().Warehouses }

// There tells whether a record is there for who asks: a customer of another's is not.
func (b *Book) There(r *master.Record) bool {
	return r == nil || r.Type != master.Customers || b.scope().Customer(OwnerOf(b.Masters(), r))
}

// OwnerOf is the employee whose customer a record is; 0: nobody's.
func OwnerOf(set *master.Set, customer *master.Record) int64 {
	e, ok := set.Find(master.Employees.Code, customer.Get(store.Owner))
	if !ok {
		return 0
	}
	return e.ID
}

// here leaves of how products stand what is there for who asks. Of one pool for the company a place's value is its share first, for which all
// places must be known.
func (b *Book) here(m Stands) (Stands, error) {
	places := b.Here()
	if places == nil {
		return m, nil
	}
	for product, spots := range m {
		if err := b.Share(spots); err != nil {
			return nil, err
		}
		m[product] = slices.DeleteFunc(spots, func(s Spot) bool { return s.Warehouse != 0 && !places.Has(s.Warehouse) })
	}
	return m, nil
}

// Share brings a product's places into order and, under one pool for the company, makes the value of each its quantity's share of the pool's
// (largest remainder).
func (b *Book) Share(places []Spot) error {
	slices.SortFunc(places, func(a, b Spot) int { return int(min(1, max(-1, a.Warehouse-b.Warehouse))) })
	if len(places) < 2 || b.Rules().Pool != "company" {
		return nil
	}
	weights := make([]int64, len(places))
	var total num.Amount
	for i, p := range places {
		weights[i] = int64(p.OnHand)
		total += p.Value
	}
	values, err := num.Portion(total, weights)
	for i := range values {
		places[i].Value = values[i]
	}
	return err
}
