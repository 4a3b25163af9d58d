package inquiry

import (
	"slices"
	"strconv"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// What reordering by sales speed reckons with: sales of so many days; a delivery takes so long where neither the product nor its
// supplier says, and is to last so long.
const (
	speedDays = 90
	leadDays  = 7
	lastDays  = 30
)

// Reorder is a product to be bought again.
type Reorder struct {
	Product   *master.Product
	Stand     // in all warehouses together
	Suggested num.Quantity
	Supplier  string       // the product's, else who brought it last; may be none
	Sold      num.Quantity // by speed: what sold in the last ninety days
	Lead      int          // the days a delivery takes
	Make      bool         // nobody supplies it, but it has a bill of materials: it is put together, not bought
}

// Reorders lists what is short at a day: what is available below the minimum is filled up to the maximum (or the minimum, where
// there is none). By speed, the minimum rises by what sells while a delivery is under way, and the order lasts for thirty days more.
func (b *Book) Reorders(day text.Date, bySpeed bool) ([]Reorder, error) {
	stands, err := b.Stands(nil, day)
	if err != nil {
		return nil, err
	}
	sold := map[int64]num.Quantity{}
	if bySpeed {
		if sold, err = b.Seen().Sold(selling(), day.AddDays(1-speedDays), day); err != nil {
			return nil, err
		}
	}
	var list []Reorder
	for _, r := range b.Masters().List(master.Products.Code) {
		p, ok := b.Masters().Product(r.Code())
		if !ok || !p.Active() || p.Service {
			continue
		}
		x, err := b.reorder(p, stands.At(p.ID, 0), sold[p.ID], bySpeed)
		if err != nil {
			return nil, err
		}
		if x.Suggested > 0 {
			list = append(list, x)
		}
	}
	return list, nil
}

// reorder reckons what is to be bought of a product; nothing where enough is available.
func (b *Book) reorder(p *master.Product, s Stand, sold num.Quantity, bySpeed bool) (x Reorder, err error) {
	least, fill := p.Min, max(p.Min, p.Max)
	x = Reorder{Product: p, Stand: s, Sold: sold}
	if bySpeed && sold > 0 {
		if x.Supplier, err = b.supplierOf(p); err != nil {
			return x, err
		}
		x.Lead = b.lead(p, x.Supplier)
		while, err := num.MulDiv(int64(sold), int64(x.Lead), speedDays)
		if err != nil {
			return x, err
		}
		after, err := num.MulDiv(int64(sold), int64(x.Lead+lastDays), speedDays)
		if err != nil {
			return x, err
		}
		least, fill = p.Min+whole(while), max(p.Min+whole(after), p.Max)
	}
	if s.Available() >= least {
		return x, nil
	}
	x.Suggested = fill - s.Available()
	if x.Supplier == "" {
		x.Supplier, err = b.supplierOf(p)
	}
	x.Lead = b.lead(p, x.Supplier)
	x.Make = x.Supplier == "" && len(b.Masters().Components(p.Code())) > 0
	return x, err
}

// lead is how many days a delivery of a product takes: the product's own word, else its supplier's, else a week.
func (b *Book) lead(p *master.Product, supplier string) int {
	s, _ := b.Masters().Find(master.Suppliers.Code, supplier)
	for _, v := range []string{p.Get("lead_days"), s.Get("lead_days")} {
		if d, err := strconv.Atoi(v); err == nil {
			return d
		}
	}
	return leadDays
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

// ProposePlan makes an unsaved purchase plan of all that is to be bought again today, or (not empty) of one product. What is put together
// in the house is not among it.
func (b *Book) ProposePlan(bySpeed bool, product string) (*slip.Doc, error) {
	list, err := b.Reorders(b.Today(), bySpeed)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(r Reorder) bool { return r.Make || product != "" && r.Product.Code() != product })
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
