package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// depot makes a book where 5 of 20 screws left on a delivery that is not audited, and the 15 that are left were counted.
func depot(t *testing.T) (book string, at func(string) string) {
	t.Helper()
	dir := t.TempDir()
	at = func(name string) string { return filepath.Join(dir, name) }
	if status, _, errOut := zgctl("new", at("a.zg"), "--start", "2026-01", "--lang", "en"); status != 0 {
		t.Fatal(errOut)
	}
	for _, f := range [][2]string{{"products", "code,name\nA,Screw\n"}, {"suppliers", "code,name\nS,Factory\n"}, {"customers", "code,name\nC,Builder\nD,Painter\n"}, {"warehouses", "code,name\nW,Main\n"},
		{"slips", "kind,number,date,party,warehouse,product,qty,price,audit\ngoods-receipt,r,2026-01-05,S,W,A,20,10,yes\ndelivery,d,2026-01-06,C,W,A,5,20,no\n" +
			"delivery,e,2026-01-06,D,W,A,2,20,no\nstocktake,p,2026-01-07,,W,A,15,,no\n"}} {
		if err := os.WriteFile(at("in.csv"), []byte(f[1]), 0o644); err != nil {
			t.Fatal(err)
		}
		if status, _, errOut := zgctl("import", at("a.zg"), f[0], at("in.csv")); status != 0 {
			t.Fatal(errOut)
		}
	}
	return at("a.zg"), at
}

func TestExplainNamesTheSlipBehindADifference(t *testing.T) {
	book, _ := depot(t)
	status, out, errOut := zgctl("explain", book, "p", "--json")
	if status != 0 {
		t.Fatal(errOut)
	}
	var clues []struct {
		Line                                          int
		Product, Warehouse, Counted, Book, Difference string
		Clue, Number, Reason, ReasonZh                string
	}
	if err := json.Unmarshal([]byte(strings.ReplaceAll(out, "reason_zh", "reasonZh")), &clues); err != nil || len(clues) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	c := clues[0]
	if c.Line != 1 || c.Product != "A" || c.Warehouse != "W" || c.Counted != "15" || c.Book != "20" || c.Difference != "-5" || c.Clue != "unaudited" || c.Number != "XC-202601-0001" ||
		c.Reason != "XC-202601-0001 is not audited yet; it would move -5 here" || c.ReasonZh != "XC-202601-0001 尚未审核，审核后本仓变动 -5" {
		t.Errorf("%+v", c)
	}
	if _, out, _ := zgctl("explain", book, "p"); out != "  1  A            W              -5  XC-202601-0001 is not audited yet; it would move -5 here\n" {
		t.Errorf("for people: %q", out)
	}
	for _, c := range []struct {
		args   []string
		status int
	}{{[]string{"explain", book, "r"}, 1}, {[]string{"explain", book}, 2}, {[]string{"explain", book, "nothing"}, 1}} {
		if status, _, errOut := zgctl(c.args...); status != c.status || strings.Count(errOut, "\n") != 1 {
			t.Errorf("%v: %d %q", c.args, status, errOut)
		}
	}
}

func TestSeveralDeliveriesPrintOneWalk(t *testing.T) {
	book, at := depot(t)
	if status, out, errOut := zgctl("print", book, "d", "e", "--as", "pick-list", "--merge", "-o", at("walk.pdf")); status != 0 || out != "" {
		t.Fatalf("%d %s %s", status, out, errOut)
	}
	pdf, err := os.ReadFile(at("walk.pdf"))
	if err != nil || !strings.HasPrefix(string(pdf), "%PDF") || strings.Count(string(pdf), "/Type /Page\n") != 2 { // the walk and its split
		t.Errorf("%d bytes, %d pages, %v", len(pdf), strings.Count(string(pdf), "/Type /Page\n"), err)
	}
	for _, as := range [][]string{{"--merge"}, {"--merge", "--as", "label"}} {
		if status, _, errOut := zgctl(append([]string{"print", book, "d", "-o", at("x.pdf")}, as...)...); status != 2 || !strings.Contains(errOut, "--merge") {
			t.Errorf("%v: %d %s", as, status, errOut)
		}
	}
}
