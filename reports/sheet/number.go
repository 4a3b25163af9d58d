package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// keptDigits is how many digits a spreadsheet keeps of a figure; what a file has behind them is noise of its arithmetic.
const keptDigits = 15

// decimal is a figure taken apart: digits without leading zeros, and how many of them stand before the point.
type decimal struct {
	negative bool
	digits   string
	point    int
	whole    bool // written without point and exponent
}

// plainNumber writes the figure of a workbook cell as people write it: 100000 for 1E+05, 0.3 for 0.30000000000000004.
// What has no such noise stays as it is, digit by digit; so does what is no figure.
func plainNumber(raw string) string {
	d, ok := parseDecimal(raw)
	if !ok {
		return raw
	}
	exponent := strings.ContainsAny(raw, "eE")
	long := len(strings.TrimRight(d.digits, "0")) > keptDigits
	if d.whole || !exponent && !long {
		return raw
	}
	if long {
		d.round()
	}
	return d.String()
}

func parseDecimal(s string) (decimal, bool) {
	var d decimal
	mantissa, exponent, hasExponent := s, "", false
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa, exponent, hasExponent = s[:i], s[i+1:], true
	}
	if t, ok := strings.CutPrefix(mantissa, "-"); ok {
		d.negative, mantissa = true, t
	} else {
		mantissa = strings.TrimPrefix(mantissa, "+")
	}
	before, behind, hasPoint := strings.Cut(mantissa, ".")
	if before+behind == "" || strings.Trim(before+behind, "0123456789") != "" {
		return d, false
	}
	d.digits, d.point, d.whole = before+behind, len(before), !hasPoint && !hasExponent
	if hasExponent {
		e, err := strconv.Atoi(exponent)
		if err != nil || e > 308 || e < -400 {
			return d, false
		}
		d.point += e
	}
	zeros := len(d.digits) - len(strings.TrimLeft(d.digits, "0"))
	d.digits, d.point = d.digits[zeros:], d.point-zeros
	return d, true
}

// round keeps keptDigits, half away from zero.
func (d *decimal) round() {
	up := d.digits[keptDigits] >= '5'
	kept := []byte(d.digits[:keptDigits])
	for i := len(kept) - 1; up && i >= 0; i-- {
		if up = kept[i] == '9'; up {
			kept[i] = '0'
		} else {
			kept[i]++
		}
	}
	d.digits = string(kept)
	if up { // 999… became 1000…
		d.digits, d.point = "1"+d.digits, d.point+1
	}
}

// String writes the figure without exponent and without zeros behind.
func (d decimal) String() string {
	digits := strings.TrimRight(d.digits, "0")
	switch {
	case digits == "":
		return "0"
	case d.point <= 0:
		digits = "0." + strings.Repeat("0", -d.point) + digits
	case d.point >= len(digits):
		digits += strings.Repeat("0", d.point-len(digits))
	default:
		digits = digits[:d.point] + "." + digits[d.point:]
	}
	if d.negative {
		digits = "-" + digits
	}
	return digits
}

// exact gives a plain figure as the number a workbook stores, if fifteen digits hold it.
func exact(v string) (float64, bool) {
	d, ok := parseDecimal(v)
	if !ok || strings.ContainsAny(v, "eE+") || len(strings.TrimRight(d.digits, "0")) > keptDigits || d.point > keptDigits {
		return 0, false
	}
	n, err := strconv.ParseFloat(v, 64)
	return n, err == nil
}

// lastSerial is the day number of 9999-12-31, the last a workbook knows.
const lastSerial = 2958465

// dateText writes the day number of a date cell as 2026-01-31, with the time behind if there is one: 2026-01-31 13:45:00.
// since1904 is the workbook's own count of days.
func dateText(raw string, since1904 bool) (string, bool) {
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || !(v >= 0 && v < lastSerial+1) {
		return "", false
	}
	seconds := int64(math.Round(v * 86400))
	days, clock := int(seconds/86400), time.Duration(seconds%86400)*time.Second
	start := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case since1904:
		start = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	case days == 0: // a time of day alone
		return start.Add(clock).Format(time.TimeOnly), true
	case days == 60: // 1900-02-29, a day Excel made up
		return "", false
	case days < 60:
		start = start.AddDate(0, 0, 1)
	}
	moment := start.AddDate(0, 0, days).Add(clock)
	if clock == 0 {
		return moment.Format(time.DateOnly), true
	}
	return moment.Format(time.DateTime), true
}

// dateFormat tells whether a number format shows dates or times.
func dateFormat(id int, code string) bool {
	if code == "" { // built in; 27–36 and 50–58 are those of Chinese and Japanese Excel
		return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
	}
	code, _, _ = strings.Cut(code, ";")
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"': // words
			if i = skipTo(code, i+1, '"'); i < 0 {
				return false
			}
		case '[': // colour, condition or country; but [h] is a length of time
			end := skipTo(code, i+1, ']')
			if end < 0 {
				return false
			}
			if strings.Trim(strings.ToLower(code[i+1:end]), "hms") == "" {
				return true
			}
			i = end
		case '\\', '_', '*':
			i++
		case 'y', 'Y', 'm', 'M', 'd', 'D', 'h', 'H', 's', 'S':
			return true
		}
	}
	return false
}

func skipTo(s string, from int, mark byte) int {
	i := strings.IndexByte(s[from:], mark)
	if i < 0 {
		return -1
	}
	return from + i
}
