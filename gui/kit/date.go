package kit

import (
	"strconv"
	"strings"

	"zhanggui/data/text"
)

// ParseDay reads a day as hands type it: 3 is the 3rd of base's month, 1103 the 3rd of November of base's year, also 11-3 and
// 11.3; 261103 and 20261103 are whole days; so are the forms of text.ParseDate. A wrong one is text.ErrDate.
func ParseDay(typed string, base text.Date) (text.Date, error) {
	typed = strings.TrimSpace(typed)
	y, m := int(base)/10000, int(base)/100%100
	parts := strings.FieldsFunc(typed, func(r rune) bool { return r == '-' || r == '.' || r == '/' })
	if len(parts) == 2 {
		a, errA := strconv.Atoi(parts[0])
		b, errB := strconv.Atoi(parts[1])
		if errA == nil && errB == nil {
			return realDay(y, a, b)
		}
	}
	n, err := strconv.Atoi(typed)
	if err == nil && n > 0 {
		switch len(typed) {
		case 1, 2:
			return realDay(y, m, n)
		case 3, 4:
			return realDay(y, n/100, n%100)
		case 6:
			return realDay(2000+n/10000, n/100%100, n%100)
		}
	}
	return text.ParseDate(typed)
}

// realDay refuses days that the calendar carries over, such as 31 April.
func realDay(y, m, d int) (text.Date, error) {
	day := text.Day(y, m, d)
	if int(day) != y*10000+m*100+d {
		return 0, text.ErrDate
	}
	return day, nil
}

// DateField makes a field hold a day: typed as ParseDay reads it, moved by ↑↓. base gives the day that fills in what is left
// out.
func DateField(f *Field, base func() text.Date) *Field {
	f.Parse = func(typed string) (string, error) {
		if strings.TrimSpace(typed) == "" {
			return "", nil
		}
		d, err := ParseDay(typed, base())
		return d.String(), err
	}
	f.Step = func(value string, by int) string {
		d, err := text.ParseDate(value)
		if err != nil {
			d = base().AddDays(-by)
		}
		return d.AddDays(by).String()
	}
	return f
}
