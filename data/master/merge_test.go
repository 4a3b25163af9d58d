package master

import (
	"testing"

	"zhanggui/data/slip"
)

// One person changes the phone and the limit, another the address and the limit: phone and address stand, the limit is asked for.
func TestMergeRecords(t *testing.T) {
	held := &Record{ID: 7, Type: Customers, Version: 3, Values: map[string]string{"code": "C", "phone": "1", "credit_limit": "100.00"}}
	mine := held.Clone()
	mine.Values["address"], mine.Values["credit_limit"] = "there", "200.00"
	now := held.Kept()
	now.Version, now.Values["phone"], now.Values["credit_limit"] = 4, "999", "5000.00"
	m := MergeRecords(mine.Opened(), mine, now)
	if m.Record.Version != 4 || m.Record.Get("phone") != "999" || m.Record.Get("address") != "there" || m.Open() != 1 || len(m.Rows) != 3 {
		t.Fatalf("%+v %+v", m.Record, m.Rows)
	}
	for i, r := range m.Rows {
		if !r.Both {
			continue
		}
		if r.Field != "credit_limit" || r.Opened != "100.00" || r.Mine != "200.00" || r.Now != "5000.00" {
			t.Errorf("%+v", r)
		}
		for side, want := range map[slip.Side]string{slip.Now: "5000.00", slip.Opened: "100.00", slip.Mine: "200.00"} {
			if m.Take(i, side); m.Record.Get("credit_limit") != want {
				t.Errorf("took %q, want %q", m.Record.Get("credit_limit"), want)
			}
		}
	}
	if m.Open() != 0 {
		t.Error("still open")
	}
}
