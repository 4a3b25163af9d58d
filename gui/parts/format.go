package parts

import (
	"fmt"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
)

// Shown is a field's value as a form and a list show it: a rate stands without its sign, as it is typed.
func Shown(s host.Host, f slip.Field, v string) string {
	if f.Type == slip.TypeUnit {
		return NameOf(s, master.Units.Code, v)
	}
	return slip.Look{Lang: s.Lang(), Bare: true}.Shown(f, v)
}

// Read turns what was typed into a field's canonical text; a rate is a percentage, with or without its sign.
func Read(s host.Host, f slip.Field, typed string) (string, error) {
	typed = strings.TrimSpace(strings.ReplaceAll(typed, "，", ","))
	if _, err := num.ParseQuantity(typed); err == nil && f.Type == slip.TypeRate { // what is no number is told as it was typed
		typed += "%"
	}
	return slip.Check(f, typed)
}

// Zero tells whether a figure's canonical text is nothing.
func Zero(v string) bool { return strings.Trim(v, "-0.") == "" }

// Money is an amount with its separators.
func Money(a num.Amount) string { return a.Grouped() }

// MustFill is the fault of an empty required field.
func MustFill(s host.Host, f slip.Field) error {
	return fault.New(fault.Invalid, "请填写%s", "please fill in %s", f.Label).At(f.Key)
}

// DayOf reads a canonical day; no day is 0.
func DayOf(v string) text.Date {
	d, err := text.ParseDate(v)
	if err != nil {
		return 0
	}
	return d
}

// Sums adds up the columns that are totalled.
func Sums(cols []Column, rows [][]string) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		if !c.Total {
			continue
		}
		var sum int64
		for _, r := range rows {
			switch c.Type {
			case slip.TypeQuantity:
				q, _ := num.ParseQuantity(ZeroIfEmpty(r[i]))
				sum += int64(q)
			default:
				a, _ := num.ParseAmount(ZeroIfEmpty(r[i]))
				sum += int64(a)
			}
		}
		if c.Type == slip.TypeQuantity {
			out[i] = num.Quantity(sum).String()
		} else {
			out[i] = num.Amount(sum).String()
		}
	}
	return out
}

// Scaled is a canonical figure as a number to compare by.
func Scaled(v string) int64 {
	p, _ := num.ParsePrice(ZeroIfEmpty(v))
	return int64(p)
}

// Percent is part of whole with one decimal.
func Percent(part, whole num.Amount) string {
	if whole == 0 {
		return ""
	}
	v, err := num.MulDiv(int64(part), 1000, int64(whole))
	if err != nil {
		return ""
	}
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	return fmt.Sprintf("%s%d.%d%%", sign, v/10, v%10)
}
