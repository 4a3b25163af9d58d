package gui

import (
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// startTax settles how a slip's prices are read: as its lines say, and where it has none yet as the book does.
func (f *slipForm) startTax() {
	switch set := f.s.Book().Settings(); {
	case f.kind.Taxed && len(f.doc.Lines) > 0:
		f.inclTax = f.doc.Lines[0].InclTax
	case f.kind.Taxed || f.kind.Reprices:
		f.inclTax = set.InclTax
	}
}

// setInclTax reads every price as one with tax, or without.
func (f *slipForm) setInclTax(on bool) {
	f.inclTax = on
	for i := range f.doc.Lines {
		f.doc.Lines[i].InclTax, f.doc.Lines[i].InclGiven = on, true
	}
	f.sayTax()
	f.touched()
}

// sayTax puts the words for prices with tax, or before it, over the columns of the lines and of the list of goods.
func (f *slipForm) sayTax() {
	for i, c := range f.grid.Columns {
		if x, ok := f.kind.LineField(c.Key); ok && c.Key == "price" {
			f.grid.Columns[i].Title = f.priceTitle(x, f.inclTax)
		}
	}
	for _, x := range f.grid.Fields {
		if x == nil || x.Pick == nil || !f.kind.Taxed {
			continue
		}
		for i, c := range x.Pick.Columns {
			if name, ok := map[string]string{"list": f.s.tr("价目表价", "List"), "last": f.s.tr("上次价", "Last")}[c.Key]; ok {
				x.Pick.Columns[i].Title = parts.WithTax(f.s, name, f.inclTax)
				x.Pick.Columns[i].Width = max(c.Width, kit.Width(x.Pick.Columns[i].Title, kit.M().Caption, false)+14)
			}
		}
	}
}

// priceTitle is the head of the price column: with the word for the tax where the kind's prices have one.
func (f *slipForm) priceTitle(x slip.Field, incl bool) string {
	switch {
	case f.kind.Taxed && incl:
		return f.s.tr("含税单价", "Price incl.")
	case f.kind.Taxed:
		return f.s.tr("不含税单价", "Price excl.")
	case f.kind.Reprices:
		return parts.WithTax(f.s, f.s.T(x.Label), incl)
	}
	return f.s.T(x.Label)
}

// lineTax tells whether a line's price holds the tax, of kinds whose prices can.
func (f *slipForm) lineTax(l *slip.Line) (incl, says bool) {
	switch {
	case f.kind.Taxed:
		return l.InclTax, true
	case f.kind.Reprices && l.Product != "":
		return f.s.Book().RepricedWithTax(f.doc, l), true
	}
	return false, false
}

// inSense turns a price into the slip's sense: with tax or before it.
func (f *slipForm) inSense(p num.Price, rate num.Rate, incl bool) num.Price {
	if !f.kind.Taxed {
		return p
	}
	v, err := slip.WithTax(p, rate, incl, f.inclTax)
	if err != nil {
		return p
	}
	return v
}

// listPrice is a product's own price as the list of goods shows it, in the slip's sense.
func (f *slipForm) listPrice(p *master.Product) string {
	v := p.Get(f.priceField())
	price, err := num.ParsePrice(v)
	if v == "" || err != nil {
		return v
	}
	rate := f.s.Book().Settings().VAT
	if p.HasTax {
		rate = p.TaxRate
	}
	return f.inSense(price, rate, f.s.Book().PricedWithTax(p.Record)).Grouped()
}
