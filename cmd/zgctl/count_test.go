package main

import (
	"os"
	"strings"
	"testing"
)

// 20 screws were bought at 10.00. Two counters find 8 and 7 on two shelves: 5 are missing, 50.00. The second count finds all.
func TestACountFromSheetToDifferences(t *testing.T) {
	book, at := depot(t)
	run := func(want string, args ...string) string {
		t.Helper()
		status, out, errOut := zgctl(args...)
		if status != 0 || !strings.Contains(strings.Join(strings.Fields(out+errOut), " "), want) {
			t.Fatalf("%v: %d %s%s, want %s", args, status, out, errOut, want)
		}
		return out
	}
	run("PD-202601-0002", "count", "new", book, "W", "--date", "2026-01-08")
	rows := "kind,number,date,warehouse,product,qty,shelf\nstocktake,a,2026-01-08,W,A,8,A-1\nstocktake,b,2026-01-08,W,A,7,B-1\nstocktake,c,2026-01-08,W,A,9,B-1\n"
	if err := os.WriteFile(at("in.csv"), []byte(rows), 0o644); err != nil {
		t.Fatal(err)
	}
	run("", "import", book, "slips", at("in.csv"))
	run("PD-202601-0002", "count", "merge", book, "PD-202601-0002", "a", "b")
	run("A W A-1 B-1 15 20 -5 -50.00 less", "count", "diff", book, "PD-202601-0002")
	run(`"difference": "-5", "value": "-50.00"`, "count", "diff", book, "PD-202601-0002", "--json")
	run("PD-202601-0002,draft,W,A-1 B-1,A,Screw,pcs,20,15,-5,-50.00", "report", book, "count-differences", "--format", "csv")
	run("decide: A W shelf B-1: line 2", "count", "merge", book, "PD-202601-0002", "c")
	if status, _, errOut := zgctl("slip", "audit", book, "PD-202601-0002"); status != 1 || !strings.Contains(errOut, "counted twice") {
		t.Errorf("a shelf counted twice was audited: %d %s", status, errOut)
	}
	run("1 A A-1 8", "count", "recount", book, "PD-202601-0002", "1")
	run("", "print", book, "PD-202601-0002", "-o", at("again.pdf"), "--as", "recount-sheet")
	for _, args := range [][]string{{"count", "weigh", book, "W"}, {"count", "new", book}, {"count", "recount", book, "PD-202601-0002", "x"}} {
		if status, _, _ := zgctl(args...); status != 2 {
			t.Errorf("%v: %d", args, status)
		}
	}
}
