package slip

import (
	"strings"
	"testing"

	"zhanggui/data/num"
)

func TestLotsAreReadAndWritten(t *testing.T) {
	q := func(n int64) num.Quantity { return num.Quantity(n * num.QuantityOne) }
	for _, c := range []struct {
		typed  string
		qty    int64
		serial bool
		want   string // as written back, or what the refusal says
	}{
		{"", 5, false, ""},
		{"A01", 5, false, "A01"},
		{"A01:6 A02:4", 10, false, "A01:6 A02:4"},
		{"A01:6,A02:4", -10, false, "A01:6 A02:4"},
		{"A01*6、A02×3.5，A03：0.5", 10, false, "A01:6 A02:3.5 A03:0.5"},
		{"A01:6 A02", 10, false, "A01:6 A02:4"},
		{"A01 A02", 10, false, "give the quantities"},
		{"A01:6 A02:3", 10, false, "the lots add up to 9, the quantity is 10"},
		{"A01:10 A02", 10, false, "nothing is left for lot A02"},
		{"A01:x", 10, false, "the quantity of \"A01:x\" is wrong"},
		{":6", 6, false, "is no lot"},
		{"A01:3 A01:3", 6, false, "A01 stands twice"},
		{"A01", 0, false, "A01"},
		{"SN001~SN010", 10, true, "SN001~SN010"},
		{"SN009~012", 4, true, "SN009~SN012"},
		{"SN8～SN11", 4, true, "SN10 SN11 SN8 SN9"},
		{"SN3 SN1 SN2 X", 4, true, "SN1~SN3 X"},
		{"A1 A2", 2, true, "A1 A2"},
		{"A1:1", 1, true, "A1"},
		{"A1:2", 2, true, "one piece"},
		{"SN001~SN010", 9, true, "10 serial numbers for a quantity of 9"},
		{"SN010~SN001", 10, true, "write SN001~SN010"},
		{"SN1~XX5", 5, true, "write SN001~SN010"},
		{"S1~S999999", 5, true, "10000 serial numbers at most"},
		{"A A", 2, true, "A stands twice"},
		{"SN1 SN2", 0, true, "SN1 SN2"},
	} {
		list, err := ParseLots(c.typed, q(c.qty), c.serial)
		got := FormatLots(list, c.serial)
		if err != nil {
			got = err.Error()
		}
		if got != c.want && (err == nil || !strings.Contains(got, c.want)) {
			t.Errorf("%q of %d: %q, want %q", c.typed, c.qty, got, c.want)
		}
		if err != nil {
			continue
		}
		var sum num.Quantity
		for _, x := range list {
			sum += x.Qty
		}
		if want := max(q(c.qty), -q(c.qty)); sum != want && len(list) > 0 {
			t.Errorf("%q: the lots add up to %s, want %s", c.typed, sum, want)
		}
		if again, err := ParseLots(got, q(c.qty), c.serial); err != nil || FormatLots(again, c.serial) != got {
			t.Errorf("%q written as %q reads back as %v, %v", c.typed, got, again, err)
		}
	}
}

func TestWhatTheProgramFillsInIsItsOwnUntilSomebodyChangesIt(t *testing.T) {
	var l Line
	if !l.Filled(LotKey) {
		t.Error("an empty field may be filled")
	}
	l.Fill(LotKey, "A01")
	if !l.Filled(LotKey) || l.Lot() != "A01" {
		t.Errorf("filled %q", l.Lot())
	}
	if l.Set(Field{Key: LotKey}, "A02"); l.Filled(LotKey) {
		t.Error("what a person typed is not the program's")
	}
	if l.Fill(LotKey, ""); l.Lot() != "" || len(l.Extra) != 0 {
		t.Errorf("left %v", l.Extra)
	}
}
