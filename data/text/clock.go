package text

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ErrClock is what a time of day that is none gives.
var ErrClock = errors.New("not a time of day")

// clockMarks is made once: making one costs more than reading a day's worth of times.
var clockMarks = strings.NewReplacer("：", ":", "时", ":", "点", ":", "分", "")

// ParseClock reads a time of day and gives it as 08:30. It may be typed 830, 0830, 8:30 or 8 (o'clock), with seconds behind it that are
// dropped, or stand as the part of a day that a workbook keeps.
func ParseClock(s string) (string, error) {
	s = clockMarks.Replace(strings.TrimSpace(s))
	if strings.HasPrefix(s, "0.") {
		day, err := strconv.ParseFloat(s, 64)
		if err != nil || day >= 1 {
			return "", ErrClock
		}
		return clock(int(math.Round(day*24*60)), 0)
	}
	if hour, minute, ok := strings.Cut(s, ":"); ok {
		minute, second, _ := strings.Cut(minute, ":")
		if minute == "" {
			minute = "00"
		}
		if len(hour) > 2 || len(minute) != 2 || second != "" && (len(second) != 2 || !allDigits(second) || second > "59") {
			return "", ErrClock
		}
		return clockOf(hour, minute)
	}
	if len(s) <= 2 {
		return clockOf(s, "00")
	}
	if len(s) > 4 {
		return "", ErrClock
	}
	return clockOf(s[:len(s)-2], s[len(s)-2:])
}

func clockOf(hour, minute string) (string, error) {
	if hour == "" || !allDigits(hour) || !allDigits(minute) {
		return "", ErrClock
	}
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	if m > 59 {
		return "", ErrClock
	}
	return clock(h*60, m)
}

func clock(base, more int) (string, error) {
	n := base + more
	if n < 0 || n >= 24*60 {
		return "", ErrClock
	}
	return fmt.Sprintf("%02d:%02d", n/60, n%60), nil
}

// ClockMinutes is a time of day of ParseClock in minutes since midnight.
func ClockMinutes(s string) int {
	h, m, _ := strings.Cut(s, ":")
	hours, _ := strconv.Atoi(h)
	minutes, _ := strconv.Atoi(m)
	return hours*60 + minutes
}
