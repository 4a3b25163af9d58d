package inquiry

import (
	"cmp"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Slow is a product on hand and how long it has not sold: since the last sale, or since it first came in where it never sold.
type Slow struct {
	Product  *master.Record
	LastSale text.Date // 0: never
	Days     int
	Class    string // slow 滞销 or dead 呆滞, by the days the book sets for them, or nothing
}

// SlowStock lists the products that have not sold for so many days at a day, longest first. Warehouse 0 is all.
func (b *Book) SlowStock(warehouse int64, day text.Date, least int) ([]Slow, error) {
	f, err := b.Seen().Standstill(selling(), warehouse, day)
	set := b.Rules()
	var list []Slow
	for _, r := range f {
		p, ok := b.Masters().ByID(master.Products.Code, r.Product)
		s := Slow{Product: p, LastSale: r.LastSale}
		since := s.LastSale
		if since == 0 {
			since = r.FirstIn
		}
		if !ok || since == 0 {
			continue
		}
		if s.Days = day.Sub(since); s.Days >= least {
			s.Class = set.standing(s.Days)
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b Slow) int {
		return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.Product.Code(), b.Product.Code()))
	})
	return list, err
}

// standing is slow or dead, or nothing, of goods that have not sold for so many days.
func (s Rules) standing(days int) string {
	switch {
	case days >= s.DeadDays:
		return "dead"
	case days >= s.SlowDays:
		return "slow"
	}
	return ""
}

// selling are the kinds that take goods to customers, and bring them back.
func selling() (list []string) {
	for _, k := range kinds.All {
		if k.Group == slip.Sales && k.Stock.Direction != 0 && k.Posts() {
			list = append(list, k.Code)
		}
	}
	return list
}

// ProposePrices makes an unsaved price change of what does not sell; its new prices are for a person to say.
func (b *Book) ProposePrices(slow []Slow) (*slip.Doc, error) {
	if len(slow) == 0 {
		return nil, fault.New(fault.Refused, "没有滞销的商品", "nothing is slow")
	}
	d := &slip.Doc{Kind: kinds.PriceChange.Code, Date: b.Today(), Status: slip.Draft}
	for _, s := range slow {
		d.Lines = append(d.Lines, slip.Line{Product: s.Product.Code()})
	}
	return d, nil
}
