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
