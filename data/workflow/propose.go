package workflow

import (
	"zhanggui/data/master"
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
