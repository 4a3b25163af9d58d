package text

import "testing"

func TestTimesOfDayAsTheyAreTyped(t *testing.T) {
	for typed, want := range map[string]string{"830": "08:30", "0830": "08:30", "8:30": "08:30", "08:30:59": "08:30", "８:30": "", "8：05": "08:05", "14点20分": "14:20", "9": "09:00", "23": "23:00",
		"0": "00:00", "2359": "23:59", "0.354166666666667": "08:30", "24": "", "860": "", "8:3": "", "2400": "", "-1": "", "": "", "12345": "", "0.99999": "", "x:30": ""} {
		got, err := ParseClock(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v, want %q", typed, got, err, want)
		}
	}
}
