package main

import (
	"strings"
	"testing"
)

func TestCostingIsTriedChangedAndTakenBack(t *testing.T) {
	s := newShop(t, "--costing", "monthly")
	s.must("import", s.book(), "slips", s.file("slips.csv", slipHead+"goods-receipt,r1,2026-01-02,S,W,A,10,10,,yes\ndelivery,d1,2026-01-10,C,W,A,4,20,,yes\n"+
		"goods-receipt,r2,2026-01-15,S,W,A,10,16,,yes\ndelivery,d2,2026-01-20,C,W,A,6,20,,yes\ndelivery,d3,2026-02-20,C,W,A,3,20,,yes\n"))
	if got := s.must("slip", "show", s.book(), "d1", "--json"); !strings.Contains(got, `"cost": "40.00"`) || !strings.Contains(got, `"estimate": true`) {
		t.Errorf("an estimate shows as %s", got)
	}
	if got := s.must("costing", s.book()); got != "2026-01      monthly\n" {
		t.Errorf("methods %q", got)
	}
	// layers: 4 and 6 at 10.00, then 3 at 16.00
	want := strings.Join([]string{"stock        A            7            91.00        112.00", "profit       2026-01                   70.00        100.00", "profit       2026-02                   21.00        12.00", ""}, "\n")
	if got := s.must("costing", s.book(), "fifo", "--from", "2026-01", "--dry-run"); got != want {
		t.Errorf("tried\n%swant\n%s", got, want)
	}
	if got := s.must("close", s.book(), "2026-01"); got != "2026-01: 2 lines brought to the month's average, cost 7.50\n" {
		t.Errorf("closing says %q", got)
	}
	s.refused(1, "from: 2026-01 is closed; the method changes only from an open month on\n", "costing", s.book(), "fifo", "--from", "2026-01")
	s.refused(2, "usage: zgctl costing BOOK [average|fifo|monthly --from 2026-03 [--dry-run]] [--json]\n", "costing", s.book(), "fifo")
	s.refused(2, "costing: the costing method is one of average, fifo, monthly, not \"lifo\"\n", "costing", s.book(), "lifo", "--from", "2026-02")
	s.must("costing", s.book(), "fifo", "--from", "2026-02")
	if got := s.must("costing", s.book()); got != "2026-01      monthly\n2026-02      fifo\n" {
		t.Errorf("methods %q", got)
	}
	s.must("costing", s.book(), "monthly", "--from", "2026-02")
	if got := s.must("costing", s.book(), "--json"); strings.Count(got, "method") != 1 {
		t.Errorf("methods %s", got)
	}
	s.must("verify", s.book())
}
