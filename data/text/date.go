package text

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar day as yyyymmdd (20261123); 0 is no date.
type Date int32

// Month is a calendar month as yyyymm (202611); 0 is none.
type Month int32

// ErrDate says that a text is no calendar day.
var ErrDate = errors.New("not a date")

// DateOf returns the day of a moment, in its own zone.
func DateOf(t time.Time) Date { return Date(t.Year()*10000 + int(t.Month())*100 + t.Day()) }

// Day makes a date from its parts; out-of-range parts carry over as in time.Date.
func Day(year, month, day int) Date {
	return DateOf(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
}

// dateMarks is made once: making one costs more than reading a hundred dates.
var dateMarks = strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-")

// digits is the number that digits write; -1 where something else is among them.
func digits(s string) int {
	if !allDigits(s) {
		return -1
	}
	n, _ := strconv.Atoi(s)
	return n
}

// ParseDate reads 2026-01-31, 2026/1/31, 2026.1.31, 20260131, 2026年1月31日 or Excel's own 46053. The day must exist.
func ParseDate(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if len(s) == 8 && allDigits(s) {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	if len(s) == 5 && allDigits(s) && s > "20000" { // a cell of Excel whose format was lost: days since the end of 1899
		n, _ := strconv.Atoi(s)
		return Day(1899, 12, 30+n), nil
	}
	if len(s) == 10 && s[4] == '-' && s[7] == '-' { // as the program itself writes it
		if y, m, d := digits(s[:4]), digits(s[5:7]), digits(s[8:]); y >= 1900 && m >= 1 && m <= 12 && d >= 1 && d <= 28 {
			return Date(y*10000 + m*100 + d), nil
		}
	}
	s = strings.TrimSuffix(dateMarks.Replace(s), "-")
	if t, _, ok := strings.Cut(s, " "); ok { // Excel writes a midnight behind some dates
		s = t
	}
	p := strings.Split(s, "-")
	if len(p) != 3 || len(p[0]) != 4 {
		return 0, ErrDate
	}
	var n [3]int
	for i := range p {
		if len(p[i]) == 0 || len(p[i]) > 4 || !allDigits(p[i]) {
			return 0, ErrDate
		}
		n[i], _ = strconv.Atoi(p[i])
	}
	if n[0] < 1900 || n[0] > 9999 {
		return 0, ErrDate
	}
	d := Day(n[0], n[1], n[2])
	if int(d) != n[0]*10000+n[1]*100+n[2] {
		return 0, ErrDate
	}
	return d, nil
}

// ParseMonth reads 2026-01 or 202601.
func ParseMonth(s string) (Month, error) {
	s = strings.TrimSpace(s)
	if len(s) == 6 && allDigits(s) {
		s = s[:4] + "-" + s[4:]
	}
	d, err := ParseDate(s + "-01")
	if err != nil {
		return 0, ErrDate
	}
	return d.Month(), nil
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time {
	return time.Date(int(d)/10000, time.Month(int(d)/100%100), int(d)%100, 0, 0, 0, 0, time.UTC)
}

// String gives 2026-01-31; no date is empty.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", int(d)/10000, int(d)/100%100, int(d)%100)
}

// AddDays returns the day n days later (or earlier).
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.Time().Sub(e.Time()) / (24 * time.Hour)) }

// Month returns the month the day is in.
func (d Date) Month() Month { return Month(d / 100) }

// First is the first day of the month.
func (m Month) First() Date { return Date(m)*100 + 1 }

// Last is the last day of the month.
func (m Month) Last() Date { return m.Next().First().AddDays(-1) }

// Next is the month after.
func (m Month) Next() Month {
	if m%100 == 12 {
		return m + 89
	}
	return m + 1
}

// Prev is the month before.
func (m Month) Prev() Month {
	if m%100 == 1 {
		return m - 89
	}
	return m - 1
}

// String gives 2026-01; none is empty.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", int(m)/100, int(m)%100)
}
