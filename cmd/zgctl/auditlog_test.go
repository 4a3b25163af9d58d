package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// The log of a book as a report: a row a change, narrowed by what, who, whom and when (J6).
func TestReportOfTheAuditLog(t *testing.T) {
	c := &console{t: t}
	book := filepath.Join(t.TempDir(), "b.zg")
	c.ok("new", book, "--start", "2026-01", "--lang", "en")
	c.ok("import", book, "customers", c.file("c.csv", "code,name,credit_limit\nC07,One,5000\n"))
	c.ok("import", book, "customers", c.file("c.csv", "code,name,credit_limit,phone\nC07,Two,8000,\n"))
	c.ok("set", book, "company=Acme")
	type entry struct {
		Entry, Version                            string
		At, Person, Verb, Area, Key               string
		Field, Before, After, Reason, By, For, PC string
		Line                                      string
	}
	ask := func(args ...string) (list []entry) {
		t.Helper()
		if err := json.Unmarshal([]byte(c.ok(append([]string{"report", book, "audit-log", "--format", "json"}, args...)...)), &list); err != nil {
			t.Fatal(err)
		}
		return list
	}
	all := ask()
	for i, e := range all {
		if e.Entry == "" || e.Verb == "" || e.PC == "" || len(e.At) != len("2026-01-31 08:00:00") {
			t.Errorf("%d: %+v", i, e)
		}
	}
	ofC07 := ask("--area", "customers", "--key", "C07")
	if len(ofC07) != 4 || ofC07[0].Verb != "master-new" || ofC07[0].Field != "" || ofC07[1].Verb != "master" || ofC07[1].Entry != ofC07[3].Entry {
		t.Fatalf("%+v", ofC07)
	}
	if x := ofC07[3]; x.Field != "credit_limit" || x.Before != "5000.00" || x.After != "8000.00" || x.Person != "admin" || x.Key != "C07" {
		t.Errorf("%+v", x)
	}
	if list := ask("--verb", "settings", "--person", "admin"); len(list) != 1 || list[0].Field != "company" || list[0].After != "Acme" {
		t.Errorf("%+v", list)
	}
	if list := ask("--person", "nobody"); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	if list := ask("--to", "2020-01-01"); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	if list := ask("--from", "2020-01-01", "--to", "2099-12-31"); len(list) != len(all) {
		t.Errorf("%d of %d", len(list), len(all))
	}
	for _, args := range [][]string{{"--verb", "auditt"}, {"--area", "clients"}} {
		if code, said := c.try(append([]string{"report", book, "audit-log"}, args...)...); code != 2 || !strings.Contains(said, "audit-log knows no "+args[0]+" \""+args[1]+"\", only ") {
			t.Errorf("%d %s", code, said)
		}
	}
	table := c.ok("report", book, "audit-log", "--format", "table")
	for _, words := range []string{"Changed record", "New record", "Changed settings", "Customers", "Credit limit"} {
		if !strings.Contains(table, words) {
			t.Errorf("%s is not in\n%s", words, table)
		}
	}
	if csv := c.ok("report", book, "audit-log", "--format", "csv"); !strings.HasPrefix(strings.TrimPrefix(csv, "\ufeff"), "entry,at,person,pc,verb,area,key,version,line,field,before,after,reason,by,for") || !strings.Contains(csv, ",master,customers,C07,") {
		t.Error(csv[:400])
	}
}

// What leaves the book in a file is told of, with the file and its rows; what is read on the screen, and a book opened to look, leave no trace (J1, W5).
func TestFilesOutAreLogged(t *testing.T) {
	c := &console{t: t}
	dir := t.TempDir()
	book := filepath.Join(dir, "b.zg")
	c.ok("new", book, "--start", "2026-01", "--lang", "en")
	c.ok("import", book, "customers", c.file("c.csv", "code,name\nC07,One\nC08,Two\n"))
	c.ok("import", book, "products", c.file("p.csv", "code,name,barcode\nP7,Cup,6901234567892\n"))
	last := func() string {
		t.Helper()
		var list []struct{ Entry, Verb, Area, Field, After string }
		if err := json.Unmarshal([]byte(c.ok("report", book, "audit-log", "--format", "json")), &list); err != nil {
			t.Fatal(err)
		}
		x := list[len(list)-1]
		return strings.Join([]string{x.Verb, x.Area, x.Field, filepath.Base(x.After)}, " ")
	}
	quiet := last()
	c.ok("report", book, "receivables")
	c.ok("slip", "list", book)
	c.ok("export", book, "customers", "-o", filepath.Join(dir, "look.csv"), "--read-only")
	if now := last(); now != quiet || !strings.HasPrefix(now, "master-new products") {
		t.Errorf("%s, was %s", now, quiet)
	}
	for _, x := range []struct {
		want string
		args []string
	}{
		{"export customers file out.csv", []string{"export", book, "customers", "-o", filepath.Join(dir, "out.csv")}},
		{"export trial-balance file tb.xlsx", []string{"report", book, "trial-balance", "-o", filepath.Join(dir, "tb.xlsx")}},
		{"export trial-balance file tb.pdf", []string{"report", book, "trial-balance", "--format", "pdf", "-o", filepath.Join(dir, "tb.pdf")}},
		{"export books file m.xlsx", []string{"books", book, "2026-01", "-o", filepath.Join(dir, "m.xlsx")}},
		{"print products file l.pdf", []string{"label", book, "P7=2", "-o", filepath.Join(dir, "l.pdf")}},
		{"backup  file copy.zg", []string{"backup", book, filepath.Join(dir, "copy.zg")}},
		{"close-month settings closed 2026-01-31", []string{"close", book, "2026-01"}},
	} {
		c.ok(x.args...)
		if got := last(); got != x.want {
			t.Errorf("%v is told as %q, want %q", x.args, got, x.want)
		}
	}
	if code, said := c.try("export", book, "customers", "-o", filepath.Join(dir, "none", "out.csv")); code != 1 || last() != "close-month settings closed 2026-01-31" {
		t.Errorf("%d %s, told as %s", code, said, last())
	}
	c.ok("verify", book)
}
