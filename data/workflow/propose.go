package workflow

import (
	"cmp"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// Propose fills what follows from a line's product while it is typed: base unit, price (what is agreed with the party, else the last one
// to it, else the list's) and tax rate. It replaces what stood there for another product.
func (b *Book) Propose(k *slip.Kind, d *slip.Doc, l *slip.Line) error {
	p, ok := b.Masters().Product(l.Product)
	if !ok {
		return nil
	}
	l.Product, l.Unit, l.Factor = p.Code(), p.Unit, num.QuantityOne
	l.SourceID, l.SourceNumber, l.SourceLine = 0, "", 0
	for _, f := range k.Lines {
		if f.Proposed { // the former product's
			delete(l.Extra, f.Key)
		}
	}
	proposeFields(k, p, l)
	return b.Reprice(k, d, l)
}

// proposeFields puts the product's own values where nobody typed others.
func proposeFields(k *slip.Kind, p *master.Product, l *slip.Line) {
	for _, f := range k.Lines {
		if f.Proposed && l.Get(f.Key) == "" && p.Get(f.Key) != "" {
			_ = l.Set(f, p.Get(f.Key)) // a field of the same name holds the same
		}
	}
}

// Reprice proposes price and tax rate anew, after product or unit changed.
func (b *Book) Reprice(k *slip.Kind, d *slip.Doc, l *slip.Line) error {
	p, ok := b.Masters().Product(l.Product)
	if !ok {
		return nil
	}
	if f, known := p.UnitFactor(l.Unit); known {
		l.Factor = f
	}
	facts, err := b.LineFacts(k, l.Product, d.At(l), d.Party, l.Unit)
	if err != nil {
		return err
	}
	if k.Taxed {
		l.TaxRate, l.TaxGiven = b.Settings().VAT, true
		if p.HasTax {
			l.TaxRate = p.TaxRate
		}
	}
	price, incl := facts.ListPrice, facts.ListInclTax
	if k.Taxed && facts.LastPrice != 0 {
		price, incl = facts.LastPrice, facts.LastInclTax
	}
	if agreed, holds, ok := b.agreedOn(k, d, l, l.Qty); ok {
		price, incl = agreed, holds
	}
	b.putPrice(k, l, price, incl)
	l.PriceGiven = k.PriceField != "" || price != 0
	return nil
}

// agreedOn is the price of the line's unit agreed with the party for so many of them on the slip's day.
func (b *Book) agreedOn(k *slip.Kind, d *slip.Doc, l *slip.Line, qty num.Quantity) (price num.Price, incl, ok bool) {
	if qty == 0 {
		qty = num.QuantityOne
	}
	base, err := num.Convert(max(qty, -qty), max(l.Factor, 1))
	if err != nil || k.PriceField != master.SalesPrice {
		return 0, false, false
	}
	price, incl, ok = b.Agreed(l.Product, d.Party, base, cmp.Or(d.Date, b.Today()))
	return inquiry.PerUnit(price, max(l.Factor, 1), num.QuantityOne), incl, ok
}

// Requantify proposes the price anew after a line's quantity changed from was, where another quantity has another price agreed and the
// price is still the one proposed.
func (b *Book) Requantify(k *slip.Kind, d *slip.Doc, l *slip.Line, was num.Quantity) error {
	if l.SourceID != 0 {
		return nil
	}
	before, _, had := b.agreedOn(k, d, l, was)
	now, _, has := b.agreedOn(k, d, l, l.Qty)
	if had == has && before == now {
		return nil
	}
	fresh := *l
	fresh.Qty = was
	if err := b.Reprice(k, d, &fresh); err != nil || fresh.Price != l.Price {
		return err
	}
	fresh.Qty = l.Qty
	err := b.Reprice(k, d, &fresh)
	l.Price, l.InclTax = fresh.Price, fresh.InclTax
	return err
}

// defaults puts price and tax rate on a line nobody priced: its source's, else the list's.
func (b *Book) defaults(k *slip.Kind, d *slip.Doc, l *slip.Line, src *slip.Line) {
	p, ok := b.Masters().Product(l.Product)
	if !ok {
		return
	}
	if k.Taxed && l.PriceGiven && !l.InclGiven && !l.InclTax { // a typed price is read as the book says
		l.InclTax = b.Settings().InclTax
	}
	if src != nil {
		if !l.TaxGiven {
			l.TaxRate = src.TaxRate
		}
		if _, priced := k.LineField("price"); priced && !l.PriceGiven {
			l.Price, l.InclTax, l.Discount, l.PriceGiven = src.Price, src.InclTax, src.Discount, true
			if src.Unit != l.Unit && src.Factor != 0 {
				if v, err := num.MulDiv(int64(src.Price), int64(l.Factor), int64(src.Factor)); err == nil {
					l.Price = num.Price(v)
				}
			}
		}
		return
	}
	if k.Taxed && !l.TaxGiven {
		l.TaxRate = b.Settings().VAT
		if p.HasTax {
			l.TaxRate = p.TaxRate
		}
	}
	if !l.PriceGiven && k.PriceField != "" {
		base, _ := num.Convert(l.Qty, l.Factor)
		price, incl, _ := b.ListPrice(k, l.Product, d.Party, base, d.Date)
		b.putPrice(k, l, inquiry.PerUnit(price, l.Factor, num.QuantityOne), incl)
	}
	l.InclGiven = true
}

// putPrice puts a proposed price on a line: in the line's own sense where that was said, else in the price's.
func (b *Book) putPrice(k *slip.Kind, l *slip.Line, price num.Price, incl bool) {
	l.Price, l.PriceGiven = price, true
	switch {
	case !k.Taxed:
	case l.InclGiven:
		if p, err := slip.WithTax(price, l.TaxRate, incl, l.InclTax); err == nil {
			l.Price = p
		}
	default:
		l.InclTax = incl
	}
}
