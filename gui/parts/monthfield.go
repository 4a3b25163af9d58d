package parts

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// MonthField makes a box for a month: 2026-11, 202611, or 11 of the year that stood there; ↑↓ change it.
func MonthField(label string) *kit.Field {
	f := kit.NewField(label)
	f.Parse = func(typed string) (string, error) {
		typed = strings.TrimSpace(typed)
		if m, err := strconv.Atoi(typed); err == nil && m >= 1 && m <= 12 {
			if old, err := text.ParseMonth(f.Value()); err == nil {
				return text.Month(int(old)/100*100 + m).String(), nil
			}
		}
		m, err := text.ParseMonth(typed)
		if err != nil {
			return "", fault.New(fault.Invalid, "月份请写成 2026-11", "a month is written 2026-11")
		}
		return m.String(), nil
	}
	f.Step = func(v string, by int) string {
		m, err := text.ParseMonth(v)
		switch {
		case err != nil:
			return v
		case by > 0:
			return m.Next().String()
		}
		return m.Prev().String()
	}
	return f
}

// RateField makes a box for a rate, typed as a percentage.
func RateField(s host.Host, label string) *kit.Field {
	x := slip.Field{Key: "vat", Label: text.T(label, label), Type: slip.TypeRate}
	f := kit.NewField(label)
	f.Align = fyne.TextAlignTrailing
	f.Show = func(v string) string { return Shown(s, x, v) }
	f.Parse = func(typed string) (string, error) { return Read(s, x, typed) }
	return f
}

// OneOf makes a box that holds one of a few values.
func OneOf(s host.Host, label string, list []slip.Choice) *kit.Field {
	return ChoiceField(s, label, func() []slip.Choice { return list })
}
