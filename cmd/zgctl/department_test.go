package main

import (
	"strings"
	"testing"
)

// By hand: the shop sold 2 at 10.00 and 1 at 30.00, the web 4 at 5.00; of the shop's, Wang sold the 30.00.
func TestSalesByDepartmentAndEmployee(t *testing.T) {
	s := newShop(t, "--negative", "allow", "--vat", "0")
	s.must("import", s.book(), "employees", s.file("e.csv", "code,name,department\nWANG,Wang,shop\n"))
	s.must("import", s.book(), "slips", s.file("s.csv", "kind,number,date,party,warehouse,product,qty,price,employee,department,audit\n"+
		"delivery,1,2026-01-05,C,W,A,2,10,,shop,yes\ndelivery,2,2026-01-06,C,W,A,1,30,WANG,shop,yes\ndelivery,3,2026-01-07,C,W,A,4,5,,web,yes\n"))
	got := s.must("report", s.book(), "sales-summary", "--by", "department", "--format", "csv")
	if !strings.Contains(got, "shop,shop,3,50.00") || !strings.Contains(got, "web,web,4,20.00") {
		t.Errorf("by department:\n%s", got)
	}
	if got := s.must("report", s.book(), "sales-summary", "--department", "shop", "--format", "csv"); !strings.Contains(got, "A,Screw,3,50.00") {
		t.Errorf("of the shop:\n%s", got)
	}
	if got := s.must("report", s.book(), "sales-summary", "--employee", "WANG", "--format", "csv"); !strings.Contains(got, "A,Screw,1,30.00") {
		t.Errorf("of Wang:\n%s", got)
	}
	s.refused(1, "there is no department \"x\"\n", "report", s.book(), "sales-summary", "--department", "x")
}
