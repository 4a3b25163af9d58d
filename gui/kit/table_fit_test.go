package kit

import "testing"

// What means nothing in part is shown whole: days, moments, numbers and codes; names and remarks give way.
func TestWhatIsShownWhole(t *testing.T) {
	for s, want := range map[string]bool{"2026-11-25": true, "2026-11-25 09:40:00": true, "XC-202611-0001": true, "1,234.50": true, "6901234567892": true,
		"螺栓 M8": false, "Hex bolt M8": false, "8.8 M8:30": false, "螺栓": false, "": false} {
		if whole(s) != want {
			t.Errorf("%q is whole: %t", s, !want)
		}
	}
}
