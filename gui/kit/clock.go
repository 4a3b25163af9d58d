package kit

import (
	"fmt"

	"zhanggui/data/text"
)

// ClockField makes a field one of a time of day: 830 is 08:30, and ↑↓ go on by a quarter of an hour.
func ClockField(f *Field) {
	f.Parse = func(typed string) (string, error) {
		if typed == "" {
			return "", nil
		}
		return text.ParseClock(typed)
	}
	f.Step = func(v string, by int) string {
		if v == "" {
			return "08:00"
		}
		n := (text.ClockMinutes(v)/15*15 + 15*by + 24*60) % (24 * 60)
		return fmt.Sprintf("%02d:%02d", n/60, n%60)
	}
}
