package workflow

import (
	"cmp"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Slow is a product on hand and how long it has not sold: since the last sale, or since it first came in where it never sold.
type Slow struct {
	Product  *master.Record
	LastSale text.Date // 0: never
	Days     int
}

// SlowStock lists the products that have not sold for so many days at a day, longest first. Warehouse 0 is all.
func (b *Book) SlowStock(warehouse int64, day text.Date, least int) ([]Slow, error) {
	f, err := b.DB.Standstill(selling(), warehouse, day)
	var list []Slow
	for _, r := range f {
		p, ok := b.Masters().ByID(master.Products.Code, r[0].(int64))
		s := Slow{Product: p, LastSale: text.Date(r[1].(int64))}
		since := s.LastSale
		if since == 0 {
			since = text.Date(r[2].(int64))
		}
		if !ok || since == 0 {
			continue
		}
		if s.Days = day.Sub(since); s.Days >= least {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b Slow) int {
		return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.Product.Code(), b.Product.Code()))
	})
	return list, err
}

// selling are the kinds that take goods to customers, and bring them back.
func selling() (list []string) {
	for _, k := range kinds.All {
		if k.Group == slip.Sales && k.Direction != 0 && k.Posts() {
			list = append(list, k.Code)
		}
	}
	return list
}

// Reorder is a product to be bought again.
type Reorder struct {
	Product   *master.Product
	Available num.Quantity // in all warehouses together
	Suggested num.Quantity
	Supplier  string // the product's, else who brought it last; may be none
}

// What reordering by sales speed reckons with: sales of so many days; a delivery takes so long where the product does not say; and
// is to last so long.
const (
	speedDays = 90
	leadDays  = 7
	lastDays  = 30
)

// Reorders lists what is short at a day: what is available below the minimum is filled up to the maximum (or the minimum, where
// there is none). By speed, the minimum rises by what sells while a delivery is under way, and the order lasts for thirty days more.
func (b *Book) Reorders(day text.Date, bySpeed bool) ([]Reorder, error) {
	stands, err := b.Stands(nil, day)
	if err != nil {
		return nil, err
	}
	sold := map[int64]num.Quantity{}
	if bySpeed {
		if sold, err = b.DB.Sold(selling(), day.AddDays(1-speedDays), day); err != nil {
			return nil, err
		}
	}
	var list []Reorder
	for _, r := range b.Masters().List(master.Products.Code) {
		p, ok := b.Masters().Product(r.Code())
		if !ok || !p.Active() {
			continue
		}
		least, fill := p.Min, max(p.Min, p.Max)
		if q := sold[p.ID]; q > 0 {
			lead := leadDays
			if d, err := num.ParseQuantity(p.Get("lead_days")); err == nil {
				lead = int(d / num.QuantityOne)
			}
			while, err := num.MulDiv(int64(q), int64(lead), speedDays)
			if err != nil {
				return nil, err
			}
			after, err := num.MulDiv(int64(q), int64(lead+lastDays), speedDays)
			if err != nil {
				return nil, err
			}
			least, fill = p.Min+whole(while), max(p.Min+whole(after), p.Max)
		}
		if q := stands.At(p.ID, 0).Available(); q < least {
			supplier, err := b.supplierOf(p)
			if err != nil {
				return nil, err
			}
			list = append(list, Reorder{p, q, fill - q, supplier})
		}
	}
	return list, nil
}

// Over is a product of which more is available than its maximum.
type Over struct {
	Product         *master.Product
	Available, Over num.Quantity
	Value           num.Amount // of what is over, at the average cost of what is on hand, else the reference cost
}

// OverMaximum lists what is available above its maximum at a day, by code; products without a maximum have none.
func (b *Book) OverMaximum(day text.Date) ([]Over, error) {
	stands, err := b.Stands(nil, day)
	if err != nil {
		return nil, err
	}
	var list []Over
	for _, r := range b.Masters().List(master.Products.Code) {
		p, ok := b.Masters().Product(r.Code())
		if !ok || p.Max <= 0 {
			continue
		}
		x := stands.At(p.ID, 0)
		if x.Available() <= p.Max {
			continue
		}
		o := Over{Product: p, Available: x.Available(), Over: x.Available() - p.Max}
		if x.OnHand > 0 {
			o.Value, err = num.Share(x.Value, o.Over, x.OnHand)
		} else {
			o.Value, err = num.Extend(o.Over, p.Reference, 0)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, nil
}

// whole rounds a reckoned quantity up to whole units.
func whole(q int64) num.Quantity {
	return num.Quantity((q + num.QuantityOne - 1) / num.QuantityOne * num.QuantityOne)
}

func (b *Book) supplierOf(p *master.Product) (string, error) {
	if s := p.Get("supplier"); s != "" {
		return s, nil
	}
	id, err := b.DB.LastSupplier(kinds.GoodsReceipt.Code, p.ID)
	r, _ := b.DB.PartyByID(id)
	return r.Code(), err
}

// ProposePlan makes an unsaved purchase plan of all that is to be bought again today.
func (b *Book) ProposePlan(bySpeed bool) (*slip.Doc, error) {
	list, err := b.Reorders(b.Today(), bySpeed)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Refused, "没有需要补货的商品", "nothing needs to be bought")
	}
	d := &slip.Doc{Kind: kinds.PurchasePlan.Code, Date: b.Today(), Status: slip.Draft, Party: list[0].Supplier}
	for _, r := range list {
		if r.Supplier != d.Party {
			d.Party = ""
		}
		d.Lines = append(d.Lines, slip.Line{Product: r.Product.Code(), Qty: r.Suggested})
	}
	return d, nil
}
