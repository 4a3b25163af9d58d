package num

import (
	"errors"
	"strconv"
	"strings"
)

// Parse errors. The caller names the field.
var (
	ErrNotNumber = errors.New("not a number")
	ErrDecimals  = errors.New("too many decimals")
)

// ParseAmount reads "1,234.50" into cents. Thousands separators are allowed; more than two decimals are
// ErrDecimals unless the surplus digits are zeros.
func ParseAmount(s string) (Amount, error) {
	v, err := parse(s, 2)
	if err == nil && (v > int64(MaxAmount) || v < -int64(MaxAmount)) {
		err = ErrOverflow
	}
	return Amount(v), err
}

// ParseQuantity reads a quantity of up to four decimals.
func ParseQuantity(s string) (Quantity, error) {
	v, err := parse(s, 4)
	if err == nil && (v > int64(MaxQuantity) || v < -int64(MaxQuantity)) {
		err = ErrOverflow
	}
	return Quantity(v), err
}

// ParsePrice reads a unit price of up to six decimals.
func ParsePrice(s string) (Price, error) {
	v, err := parse(s, 6)
	if err == nil && (v > int64(MaxPrice) || v < -int64(MaxPrice)) {
		err = ErrOverflow
	}
	return Price(v), err
}

// ParseRate reads a fraction "0.13" or a percentage with the sign "13%".
func ParseRate(s string) (Rate, error) {
	s = strings.TrimSpace(s)
	decimals := 4
	if t, ok := strings.CutSuffix(s, "%"); ok {
		s, decimals = t, 2
	} else if t, ok := strings.CutSuffix(s, "%"); ok {
		s, decimals = t, 2
	}
	v, err := parse(s, decimals)
	if err == nil && (v > int64(MaxRate) || v < -int64(MaxRate)) {
		err = ErrOverflow
	}
	return Rate(v), err
}

// parse reads a decimal text into an integer scaled by 10^decimals. Commas are accepted only where thousands
// separators stand, so that "1,5" is not silently fifteen.
func parse(s string, decimals int) (int64, error) {
	s = strings.TrimSpace(s)
	neg := false
	switch {
	case strings.HasPrefix(s, "-"):
		neg, s = true, s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" && frac == "" {
		return 0, ErrNotNumber
	}
	whole, err := ungroup(whole)
	if err != nil {
		return 0, err
	}
	for i := 0; i < len(frac); i++ {
		if frac[i] < '0' || frac[i] > '9' {
			return 0, ErrNotNumber
		}
	}
	if len(frac) > decimals {
		if strings.Trim(frac[decimals:], "0") != "" {
			return 0, ErrDecimals
		}
		frac = frac[:decimals]
	}
	digits := whole + frac + strings.Repeat("0", decimals-len(frac))
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, ErrOverflow
	}
	if neg {
		v = -v
	}
	return v, nil
}

func ungroup(s string) (string, error) {
	if !strings.Contains(s, ",") {
		for i := 0; i < len(s); i++ {
			if s[i] < '0' || s[i] > '9' {
				return "", ErrNotNumber
			}
		}
		if s == "" {
			return "0", nil
		}
		return s, nil
	}
	groups := strings.Split(s, ",")
	for i, g := range groups {
		if (i > 0 && len(g) != 3) || (i == 0 && (g == "" || len(g) > 3)) {
			return "", ErrNotNumber
		}
	}
	return ungroup(strings.Join(groups, ""))
}

// String gives two decimals, no separators: "1234.50".
func (a Amount) String() string { return format(int64(a), 2, 2, false) }

// Grouped gives two decimals with thousands separators: "1,234.50".
func (a Amount) Grouped() string { return format(int64(a), 2, 2, true) }

// String gives the quantity without trailing zeros: "12.5".
func (q Quantity) String() string { return format(int64(q), 4, 0, false) }

// Grouped gives the quantity with thousands separators and without trailing zeros.
func (q Quantity) Grouped() string { return format(int64(q), 4, 0, true) }

// String gives two to six decimals: "12.50", "0.333333".
func (p Price) String() string { return format(int64(p), 6, 2, false) }

// Grouped gives two to six decimals with thousands separators.
func (p Price) Grouped() string { return format(int64(p), 6, 2, true) }

// Short gives two to four decimals with thousands separators, rounded: a unit cost worked out, for the eye only.
func (p Price) Short() string {
	v, _ := MulDiv(int64(p), 1, PriceOne/10_000) // a smaller figure always fits
	return format(v, 4, 2, true)
}

// String gives the fraction without trailing zeros: "0.13".
func (r Rate) String() string { return format(int64(r), 4, 0, false) }

// Percent gives "13%", "6.5%".
func (r Rate) Percent() string { return format(int64(r), 2, 0, false) + "%" }

func format(v int64, decimals, keep int, grouped bool) string {
	digits := strconv.FormatUint(abs(v), 10)
	for len(digits) <= decimals {
		digits = strings.Repeat("0", decimals+1-len(digits)) + digits
	}
	whole, frac := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	for len(frac) > keep && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	var b strings.Builder
	b.Grow(len(digits) + 8)
	if v < 0 {
		b.WriteByte('-')
	}
	for i := 0; i < len(whole); i++ {
		if grouped && i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if frac != "" {
		b.WriteByte('.')
		b.WriteString(frac)
	}
	return b.String()
}
