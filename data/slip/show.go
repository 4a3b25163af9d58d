package slip

import (
	"fmt"
	"strings"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Look is how a value is shown to people; the zero value is as papers show it. Window, paper and reports show values here and nowhere else.
type Look struct {
	Lang   text.Lang
	Bare   bool // a rate stands without its sign, as it is typed: the box or its title says that it is per cent
	Short  bool // a price was worked out and not agreed: it is rounded to what the eye takes in
	Places int  // a rate has at least so many decimals, so that a column of them can be read by places
}

// Shown turns a field's canonical text into what people read: grouped figures, percentages, words. Codes stay codes, and what is no
// value of the type stays as it is.
func (l Look) Shown(f Field, v string) string {
	if v == "" {
		return ""
	}
	switch f.Type {
	case TypeAmount:
		if a, err := num.ParseAmount(v); err == nil {
			return l.Figure(a)
		}
	case TypeQuantity:
		if q, err := num.ParseQuantity(v); err == nil {
			return l.Figure(q)
		}
	case TypePrice:
		if p, err := num.ParsePrice(v); err == nil {
			return l.Figure(p)
		}
	case TypeRate:
		if r, err := num.ParseRate(v); err == nil {
			return l.Figure(r)
		}
	case TypeChoice:
		for _, c := range f.Choices {
			if c.Value == v {
				return c.Label.In(l.Lang)
			}
		}
	case TypeBool: // what is not so needs no word
		switch v {
		case "yes":
			return text.T("是", "yes").In(l.Lang)
		case "no":
			return ""
		}
	}
	return v
}

// Figure is an amount, a quantity, a price or a rate as people read it; another value is its own text.
func (l Look) Figure(v fmt.Stringer) string {
	switch v := v.(type) {
	case num.Amount:
		return v.Grouped()
	case num.Quantity:
		return v.Grouped()
	case num.Price:
		if l.Short {
			return v.Short()
		}
		return v.Grouped()
	case num.Rate:
		return l.rate(v)
	}
	return v.String()
}

func (l Look) rate(r num.Rate) string {
	s := strings.TrimSuffix(r.Percent(), "%")
	if whole, dec, _ := strings.Cut(s, "."); len(dec) < l.Places {
		s = whole + "." + dec + strings.Repeat("0", l.Places-len(dec))
	}
	if l.Bare {
		return s
	}
	return s + "%"
}
