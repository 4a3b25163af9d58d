package parts

import (
	"zhanggui/data/master"
	"zhanggui/gui/host"
)

// WithTax says of a price behind its name whether it holds the tax.
func WithTax(s host.Host, name string, incl bool) string {
	if incl {
		return s.Tr("%s(含税)", "%s (with tax)", name)
	}
	return s.Tr("%s(不含税)", "%s (before tax)", name)
}

// OtherTax says it behind a figure that stands in a column of the other sort.
func OtherTax(s host.Host, figure string, incl bool) string {
	switch {
	case figure == "":
		return ""
	case incl:
		return s.Tr("%s 含税", "%s with tax", figure)
	}
	return s.Tr("%s 不含税", "%s before tax", figure)
}

// PriceOf is the word for a record's price in a list whose head speaks of the book's prices: with its own where that is another.
func PriceOf(s host.Host, r *master.Record, figure string) string {
	if incl := s.Book().PricedWithTax(r); incl != s.Book().Settings().InclTax {
		return OtherTax(s, figure, incl)
	}
	return figure
}
