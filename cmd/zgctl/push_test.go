package main

import (
	"strings"
	"testing"
)

func TestPushOfOneLineOnADay(t *testing.T) {
	s := newShop(t, "--negative", "allow")
	s.must("import", s.book(), "slips", s.file("o.csv", slipHead+"sales-order,o,2026-01-05,C,W,A,4,10,,yes\nsales-order,o,2026-01-05,C,W,A,6,10,,yes\n"))
	n := strings.TrimSpace(s.must("push", s.book(), "o", "delivery", "--line", "2", "--date", "2026-01-08", "--audit"))
	if got := s.must("slip", "show", s.book(), n, "--json"); !strings.Contains(got, "2026-01-08") || !strings.Contains(got, `"qty": "6"`) || strings.Contains(got, `"qty": "4"`) {
		t.Errorf("%s:\n%s", n, got)
	}
	s.refused(1, "date: 2026-01-04 is before XD-202601-0001 of 2026-01-05\n", "push", s.book(), "o", "delivery", "--date", "2026-01-04")
	s.refused(2, "--line: \"x\" is not the number of a line\n", "push", s.book(), "o", "delivery", "--line", "x")
}

// A shop that enters its past goes on at its newest slip's day, which is not the day of the program's own closing voucher.
func TestAPushWithoutADayFollowsTheNewestSlip(t *testing.T) {
	s := newShop(t, "--negative", "allow")
	s.must("import", s.book(), "slips", s.file("o.csv", slipHead+"sales-order,o,2026-01-05,C,W,A,4,10,,yes\ndelivery,d,2026-01-12,C,W,A,1,10,,yes\n"))
	s.must("close", s.book(), "2026-01")
	s.must("reopen", s.book(), "2026-01")
	n := strings.TrimSpace(s.must("push", s.book(), "o", "delivery"))
	if got := s.must("slip", "show", s.book(), n, "--json"); !strings.Contains(got, `"date": "2026-01-12"`) {
		t.Errorf("%s:\n%s", n, got)
	}
}
