package inquiry

import (
	"cmp"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// ListPrice is the price of a product's base unit for so many of them on a day: the customer's own, else the price level's, else the
// product's by the kind's price field. Among several a promotion (with dates) comes first, then the highest quantity reached, then the
// latest date. Only sales prices have levels. It says whether the price holds the tax.
func (b *Book) ListPrice(k *slip.Kind, product, party string, qty num.Quantity, day text.Date) (price num.Price, incl, ok bool) {
	p, ok := b.Masters().Product(product)
	if !ok || k.PriceField == "" {
		return 0, false, false
	}
	if k.PriceField == master.SalesPrice {
		if v, incl, ok := b.Agreed(p.Code(), party, max(qty, -qty), day); ok {
			return v, incl, true
		}
	}
	v := p.Get(k.PriceField)
	list, _ := num.ParsePrice(cmp.Or(v, "0"))
	return list, k.Taxed && b.PricedWithTax(p.Record), v != ""
}

// PricedWithTax tells whether the prices a record keeps hold the tax: its own word goes before the book's (7.1).
func (b *Book) PricedWithTax(r *master.Record) bool {
	switch r.Get(master.InclTax) {
	case "yes":
		return true
	case "no":
		return false
	}
	return b.Rules().InclTax
}

// Agreed finds the price agreed with a customer or its level, and whether it holds the tax.
func (b *Book) Agreed(product, party string, qty num.Quantity, day text.Date) (price num.Price, incl, ok bool) {
	c, _ := b.Masters().Find(master.Customers.Code, party)
	var best *master.Record
	var rank priceRank
	for _, r := range b.Masters().Prices(product) {
		x := priceRank{own: r.Get("customer") != ""}
		if x.own && r.Get("customer") != party || !x.own && (c == nil || r.Get("price_level") != c.Get("price_level")) {
			continue
		}
		from, _ := text.ParseDate(r.Get("from"))
		to, _ := text.ParseDate(r.Get("to"))
		x.qty, _ = num.ParseQuantity(cmp.Or(r.Get("from_qty"), "0"))
		if qty < x.qty || day < from || to != 0 && day > to {
			continue
		}
		x.from, x.promotion = from, to != 0
		if best == nil || rank.less(x) {
			best, rank = r, x
		}
	}
	if best == nil {
		return 0, false, false
	}
	v, err := num.ParsePrice(best.Get("price"))
	return v, b.PricedWithTax(best), err == nil
}

type priceRank struct {
	own, promotion bool
	qty            num.Quantity
	from           text.Date
}

func (a priceRank) less(b priceRank) bool {
	switch {
	case a.own != b.own:
		return b.own
	case a.promotion != b.promotion:
		return b.promotion
	case a.qty != b.qty:
		return a.qty < b.qty
	}
	return a.from < b.from
}
