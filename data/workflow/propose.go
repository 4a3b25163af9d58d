package workflow

import (
	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// Propose fills what follows from a line's product while it is typed: base unit, price (the last one to this party, else
// the list's) and tax rate. It replaces what stood there for another product.
func (b *Book) Propose(k *slip.Kind, d *slip.Doc, l *slip.Line) error {
	p, ok := b.Masters().Product(l.Product)
	if !ok {
		return nil
	}
	l.Product, l.Unit, l.Factor = p.Code(), p.Unit, num.QuantityOne
	l.SourceID, l.SourceNumber, l.SourceLine = 0, "", 0
	return b.Reprice(k, d, l)
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
	l.Price, l.PriceGiven = facts.ListPrice, k.PriceField != ""
	if k.Taxed {
		l.TaxRate, l.TaxGiven = b.Settings().VAT, true
		if p.HasTax {
			l.TaxRate = p.TaxRate
		}
		if facts.LastPrice != 0 {
			l.Price, l.InclTax = facts.LastPrice, facts.LastInclTax
		}
	}
	return nil
}
