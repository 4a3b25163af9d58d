package master

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"zhanggui/data/num"
)

// Product is a product with its figures read.
type Product struct {
	*Record
	Unit      string
	Unit2     string
	Factor2   num.Quantity
	Purchase  num.Price
	Sales     num.Price
	Reference num.Price
	TaxRate   num.Rate
	HasTax    bool
	Min, Max  num.Quantity
	Tracking  string // lot or serial: what its goods are told apart by; empty: nothing
	Service   bool   // nothing of it lies in stock
	ShelfDays int    // how long goods keep from the day they come in; 0: not known
	WarnDays  int    // so many days before they expire they are warned of
}

// What goods of a product are told apart by.
const (
	ByLot    = "lot"
	BySerial = "serial"
)

// warnDays is how long before goods expire they are warned of, where the product does not say.
const warnDays = 30

// WarnDays is how many days before its goods expire a product warns.
func WarnDays(r *Record) int {
	if n, err := strconv.Atoi(r.Get("warn_days")); err == nil {
		return n
	}
	return warnDays
}

// Tracked tells whether the product's goods are told apart.
func (p *Product) Tracked() bool { return p.Tracking != "" }

// Serial tells whether each piece of the product has a number of its own.
func (p *Product) Serial() bool { return p.Tracking == BySerial }

// Set is every master record of a book in memory: read by many, replaced by one. 20,000 products are some 30 MB less
// than a query each time, and the picker finds in one frame.
type Set struct {
	mu       sync.RWMutex
	byCode   map[string]map[string]*Record // type → code
	byID     map[string]map[int64]*Record
	products map[string]*Product
	barcodes map[string][]string  // bar code → codes of the products it is kept for; books of before may have several
	parts    map[string][]*Record // product → rows of its bill of materials
	prices   map[string][]*Record // product → what levels and customers pay for it
	search   map[string]*index    // type → what Search looks through, once it was asked for
}

// NewSet returns an empty set.
func NewSet() *Set {
	return &Set{byCode: map[string]map[string]*Record{}, byID: map[string]map[int64]*Record{}, products: map[string]*Product{}, barcodes: map[string][]string{}, parts: map[string][]*Record{}, prices: map[string][]*Record{},
		search: map[string]*index{}}
}

// Clone is the set as it stands, whatever is put into this one later; records are shared. What Search looks through is made anew when
// it is asked for.
func (s *Set) Clone() *Set {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := &Set{byCode: maps.Clone(s.byCode), byID: maps.Clone(s.byID), products: maps.Clone(s.products), barcodes: maps.Clone(s.barcodes), parts: maps.Clone(s.parts), prices: maps.Clone(s.prices), search: map[string]*index{}}
	for t := range c.byCode {
		c.byCode[t], c.byID[t] = maps.Clone(c.byCode[t]), maps.Clone(c.byID[t])
	}
	return c
}

// Put adds or replaces a record.
func (s *Set) Put(r *Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := r.Type.Code
	if s.byCode[t] == nil {
		s.byCode[t], s.byID[t] = map[string]*Record{}, map[int64]*Record{}
	}
	if old := s.byID[t][r.ID]; old != nil {
		s.drop(old)
	}
	s.byCode[t][key(r)] = r
	s.byID[t][r.ID] = r
	if x := s.search[t]; x != nil {
		x.put(newEntry(r))
	}
	if r.Type == Prices {
		s.prices[r.Get("product")] = append(slices.Clone(s.prices[r.Get("product")]), r)
	}
	if r.Type == Boms {
		s.parts[r.Get("product")] = append(slices.Clone(s.parts[r.Get("product")]), r)
	}
	if r.Type == Products {
		p := product(r)
		s.products[r.Code()] = p
		if b := r.Get("barcode"); b != "" {
			s.barcodes[b] = append(slices.Clone(s.barcodes[b]), r.Code())
		}
	}
}

func key(r *Record) string {
	parts := make([]string, 0, 2)
	for _, k := range r.Type.KeyFields() {
		parts = append(parts, r.Get(k))
	}
	return strings.Join(parts, "\x1f")
}

// Rename lets what refers to a record by its code follow where that was changed.
func (s *Set) Rename(typ, was, now string) {
	for _, t := range All {
		for _, f := range t.Fields {
			if f.Ref != typ {
				continue
			}
			for _, r := range s.List(t.Code) {
				if r.Get(f.Key) == was {
					c := r.Kept()
					c.Values[f.Key] = now
					s.Put(c)
				}
			}
		}
	}
}

// Remove takes a record out.
func (s *Set) Remove(r *Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop(r)
}

func (s *Set) drop(r *Record) {
	t := r.Type.Code
	delete(s.byCode[t], key(r))
	delete(s.byID[t], r.ID)
	if x := s.search[t]; x != nil {
		x.remove(r.ID)
	}
	if r.Type == Prices {
		s.prices[r.Get("product")] = slices.DeleteFunc(slices.Clone(s.prices[r.Get("product")]), func(x *Record) bool { return x.ID == r.ID })
	}
	if r.Type == Boms {
		s.parts[r.Get("product")] = slices.DeleteFunc(slices.Clone(s.parts[r.Get("product")]), func(x *Record) bool { return x.ID == r.ID })
	}
	if r.Type == Products {
		delete(s.products, r.Code())
		if b := r.Get("barcode"); b != "" {
			s.barcodes[b] = slices.DeleteFunc(slices.Clone(s.barcodes[b]), func(c string) bool { return c == r.Code() })
			if len(s.barcodes[b]) == 0 {
				delete(s.barcodes, b)
			}
		}
	}
}

func product(r *Record) *Product {
	p := &Product{Record: r, Unit: r.Get("unit"), Unit2: r.Get("unit2")}
	p.Factor2, _ = num.ParseQuantity(r.Get("unit2_factor"))
	p.Purchase, _ = num.ParsePrice(r.Get("purchase_price"))
	p.Sales, _ = num.ParsePrice(r.Get("sales_price"))
	p.Reference, _ = num.ParsePrice(r.Get("reference_cost"))
	p.Min, _ = num.ParseQuantity(r.Get("min_stock"))
	p.Max, _ = num.ParseQuantity(r.Get("max_stock"))
	if t := r.Get("tracking"); t == ByLot || t == BySerial {
		p.Tracking = t
	}
	p.ShelfDays, _ = strconv.Atoi(r.Get("shelf_days"))
	p.WarnDays = WarnDays(r)
	p.Service = r.Get("service") == "yes"
	p.HasTax = r.Get("tax_rate") != ""
	p.TaxRate, _ = num.ParseRate(r.Get("tax_rate"))
	return p
}

// Find returns the record of a type by its code (or joined keys).
func (s *Set) Find(typ string, keys ...string) (*Record, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	r, ok := s.byCode[typ][strings.Join(keys, "\x1f")]
	return r, ok
}

// ByID returns the record of a type by its row.
func (s *Set) ByID(typ string, id int64) (*Record, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	r, ok := s.byID[typ][id]
	return r, ok
}

// Product returns a product by its code, or by a bar code that is its alone.
func (s *Set) Product(code string) (*Product, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if p, ok := s.products[code]; ok {
		return p, true
	}
	if list := s.barcodes[code]; len(list) == 1 {
		p, ok := s.products[list[0]]
		return p, ok
	}
	return nil, false
}

// Scanned returns all products that what was scanned may mean, those of the code and of the bar code, in the order of their codes:
// more than one only in books that have doubles of before a bar code was one product's.
func (s *Set) Scanned(code string) []*Product {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var list []*Product
	if p, ok := s.products[code]; ok {
		list = append(list, p)
	}
	for _, c := range s.barcodes[code] {
		if p, ok := s.products[c]; ok && c != code {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b *Product) int { return cmp.Compare(a.Code(), b.Code()) })
	return list
}

// Doubles lists the bar codes that several products answer to.
func (s *Set) Doubles() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var list []string
	for b, codes := range s.barcodes {
		_, code := s.products[b]
		if len(codes) > 1 || code && codes[0] != b {
			list = append(list, b)
		}
	}
	slices.Sort(list)
	return list
}

// Prices returns what price levels and customers pay for a product.
func (s *Set) Prices(product string) []*Record {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.prices[product])
}

// Components returns the rows of a product's bill of materials in the order they were entered.
func (s *Set) Components(product string) []*Record {
	s.mu.RLock()
	list := slices.Clone(s.parts[product])
	s.mu.RUnlock()
	slices.SortFunc(list, func(a, b *Record) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// List returns all records of a type in the order of their codes.
func (s *Set) List(typ string) []*Record {
	s.mu.RLock()
	list := make([]*Record, 0, len(s.byID[typ]))
	for _, r := range s.byID[typ] {
		list = append(list, r)
	}
	s.mu.RUnlock()
	slices.SortFunc(list, func(a, b *Record) int { return cmp.Compare(key(a), key(b)) })
	return list
}

// Each calls f for every record of a type, in no order; f must not come back to the set.
func (s *Set) Each(typ string, f func(*Record)) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, r := range s.byID[typ] {
		f(r)
	}
}

// UnitName is what the unit of a code is called; a code nobody named is its own name.
func (s *Set) UnitName(code string) string {
	if r, ok := s.Find(Units.Code, code); ok && r.Get("name") != "" {
		return r.Get("name")
	}
	return code
}

// UnitOf is the code of the unit of p that a person means by its code or its name; what is none of them stays.
func (s *Set) UnitOf(p *Product, said string) string {
	if _, known := p.UnitFactor(said); known {
		return said
	}
	for _, code := range []string{p.Unit, p.Unit2} {
		if code != "" && strings.EqualFold(s.UnitName(code), said) {
			return code
		}
	}
	return said
}

// Unit tells how many base units one of the named unit of p holds; the empty name is the base unit.
func (p *Product) UnitFactor(unit string) (num.Quantity, bool) {
	switch {
	case unit == "" || unit == p.Unit:
		return num.QuantityOne, true
	case unit == p.Unit2 && p.Factor2 > 0:
		return p.Factor2, true
	}
	return 0, false
}
