package main

import (
	"strings"
	"testing"
)

func TestSlipSetChangesFieldsAndPrintsTheNumber(t *testing.T) {
	s := newShop(t, "--vat", "0.13", "--negative", "allow")
	s.must("import", s.book(), "slips", s.file("s.csv", slipHead+"delivery,d1,2026-01-05,C,W,A,2,20,,no\ndelivery,d2,2026-01-05,C,W,A,1,20,,yes\n"))
	if out := s.must("slip", "set", s.book(), "d1@1", "remark=Shop", "1.qty=3", "1.price=19.5"); out != "XC-202601-0001\n" {
		t.Errorf("printed %q", out)
	}
	if out := s.must("slip", "show", s.book(), "d1", "--json"); !strings.Contains(out, `"net": "58.50"`) || !strings.Contains(out, `"remark": "Shop"`) {
		t.Error(out)
	}
	s.refused(1, "XC-202601-0001 is at version 2, not 1\n", "slip", "set", s.book(), "d1@1", "remark=x")
	s.refused(1, "remark: XC-202601-0002 is audited: its remark cannot be changed any more\n", "slip", "set", s.book(), "d2", "remark=x")
	s.refused(1, "XC-202601-0001 needs no approval: audit it\n", "slip", "submit", s.book(), "d1")
	for _, wrong := range [][]string{{"d1"}, {"d1", "qty"}, {"d1", "x.qty=1"}, {"d1@x", "remark=1"}} {
		if status, _, _ := zgctl(append([]string{"slip", "set", s.book()}, wrong...)...); status != 2 {
			t.Errorf("%v: status %d", wrong, status)
		}
	}
	if _, _, errOut := zgctl("slip", "list", s.book(), "--status", "waiting"); !strings.Contains(errOut, "draft, submitted, approved, audited") {
		t.Error(errOut)
	}
	s.must("slip", "list", s.book(), "--status", "approved")
}
