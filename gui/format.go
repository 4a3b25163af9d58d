package gui

import (
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// shown turns a field's canonical text into what people read: grouped figures, percentages without their sign, words.
func (s *Shell) shown(f slip.Field, v string) string {
	switch f.Type {
	case slip.TypeAmount:
		if a, err := num.ParseAmount(v); err == nil && v != "" {
			return a.Grouped()
		}
	case slip.TypeQuantity:
		if q, err := num.ParseQuantity(v); err == nil && v != "" {
			return q.Grouped()
		}
	case slip.TypePrice:
		if p, err := num.ParsePrice(v); err == nil && v != "" {
			return p.Grouped()
		}
	case slip.TypeRate:
		if r, err := num.ParseRate(v); err == nil && v != "" {
			return strings.TrimSuffix(r.Percent(), "%")
		}
	case slip.TypeChoice:
		for _, c := range f.Choices {
			if c.Value == v {
				return s.T(c.Label)
			}
		}
	case slip.TypeBool:
		switch v {
		case "yes":
			return s.tr("是", "yes")
		case "no", "":
			return ""
		}
	}
	return v
}

// read turns what was typed into a field's canonical text; a rate is a percentage, with or without its sign.
func (s *Shell) read(f slip.Field, typed string) (string, error) {
	typed = strings.TrimSpace(strings.ReplaceAll(typed, "，", ","))
	if _, err := num.ParseQuantity(typed); err == nil && f.Type == slip.TypeRate { // what is no number is told as it was typed
		typed += "%"
	}
	return slip.Check(f, typed)
}

// zero tells whether a figure's canonical text is nothing.
func zero(v string) bool { return strings.Trim(v, "-0.") == "" }

// money is an amount with its separators.
func money(a num.Amount) string { return a.Grouped() }

// mustFill is the fault of an empty required field.
func (s *Shell) mustFill(f slip.Field) error {
	return fault.New(fault.Invalid, "请填写%s", "please fill in %s", f.Label).At(f.Key)
}

// dayOf reads a canonical day; no day is 0.
func dayOf(v string) text.Date {
	d, err := text.ParseDate(v)
	if err != nil {
		return 0
	}
	return d
}

// sums adds up the columns that are totalled.
func sums(cols []column, rows [][]string) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		if !c.total {
			continue
		}
		var sum int64
		for _, r := range rows {
			switch c.typ {
			case slip.TypeQuantity:
				q, _ := num.ParseQuantity(zeroIfEmpty(r[i]))
				sum += int64(q)
			default:
				a, _ := num.ParseAmount(zeroIfEmpty(r[i]))
				sum += int64(a)
			}
		}
		if c.typ == slip.TypeQuantity {
			out[i] = num.Quantity(sum).String()
		} else {
			out[i] = num.Amount(sum).String()
		}
	}
	return out
}

// scaled is a canonical figure as a number to compare by.
func scaled(v string) int64 {
	p, _ := num.ParsePrice(zeroIfEmpty(v))
	return int64(p)
}
