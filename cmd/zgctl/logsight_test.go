package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// logged are the entries of the audit log as a person sees it: verb, area, key, field, each with a space.
func (f firm) logged(who string, args ...string) (list []string) {
	f.t.Helper()
	var rows []map[string]any
	if err := json.Unmarshal([]byte(f.must(who, append([]string{"report", f.book, "audit-log", "--format", "json"}, args...)...)), &rows); err != nil {
		f.t.Fatal(err)
	}
	for _, r := range rows {
		text := func(k string) string { s, _ := r[k].(string); return s }
		list = append(list, strings.TrimSpace(text("person")+" "+text("verb")+" "+text("area")+" "+text("key")+" "+text("field")+" "+text("before")+" "+text("after")))
	}
	return list
}

// Who has not book.log sees in the log the slips he may see and what he did himself, no figure that is hidden from him, and nothing that is out of
// his scope (J6); whoever has it sees all.
func TestTheLogAsEachPersonSeesIt(t *testing.T) {
	f := opened(t)
	f.must("", "import", f.book, "warehouses", f.file("w.csv", "code,name\nW1,Main\nW2,Other\n"))
	f.must("", "import", f.book, "suppliers", f.file("g.csv", "code,name\nG1,Maker\n"))
	f.must("", "import", f.book, "customers", f.file("k.csv", "code,name\nK1,Buyer\n"))
	f.must("", "import", f.book, "products", f.file("p.csv", "code,name,unit,purchase_price,sales_price\nP1,Lamp,piece,70,120\n"))
	f.hire("boss", "owner")
	f.hire("zhou", "keeper")
	f.hire("wang", "sales-clerk")
	f.must("boss", "import", f.book, "slips", f.file("s.csv", "kind,number,date,party,warehouse,product,qty,price\ngoods-receipt,R1,2026-01-05,G1,W1,P1,10,70\ngoods-receipt,R2,2026-01-05,G1,W2,P1,10,70\ndelivery,D1,2026-01-06,K1,W1,P1,2,120\n"))
	r1, r2, d1 := "CR-202601-0001", "CR-202601-0002", "XC-202601-0001"
	f.must("boss", "slip", "set", f.book, r1, "1.price=71")
	f.must("boss", "slip", "set", f.book, r1, "remark=late")
	f.must("boss", "slip", "set", f.book, d1, "1.price=121")
	all := strings.Join(f.logged("boss"), "\n")
	for _, want := range []string{"boss save goods-receipt " + r1 + " price 70.00 71.00", "boss sign-in users boss", "boss new goods-receipt " + r2} {
		if !strings.Contains(all, want) {
			t.Errorf("the owner does not see %q in\n%s", want, all)
		}
	}
	zhou := strings.Join(f.logged("zhou"), "\n")
	for _, want := range []string{"boss new goods-receipt " + r1, "boss save goods-receipt " + r1 + " remark  late", "zhou sign-in users zhou", "zhou password users zhou"} {
		if !strings.Contains(zhou, want) {
			t.Errorf("the keeper does not see %q in\n%s", want, zhou)
		}
	}
	for _, hidden := range []string{"price", "71", "121", "boss sign-in", "boss user", "wang", "settings", "products"} {
		if strings.Contains(zhou, hidden) {
			t.Errorf("the keeper sees %q in\n%s", hidden, zhou)
		}
	}
	wang := strings.Join(f.logged("wang"), "\n")
	if !strings.Contains(wang, "boss save delivery "+d1+" price 120.00 121.00") || strings.Contains(wang, "goods-receipt") {
		t.Errorf("the sales clerk sees\n%s", wang)
	}
	f.must("boss", "user", "set", f.book, "zhou", "warehouses=W1")
	zhou = strings.Join(f.logged("zhou"), "\n")
	if strings.Contains(zhou, r2) || !strings.Contains(zhou, r1) {
		t.Errorf("of W1 alone the keeper sees\n%s", zhou)
	}
	if list := f.logged("zhou", "--area", "goods-receipt", "--key", r2); len(list) != 0 {
		t.Errorf("%v", list)
	}
	f.refused("audit-log.see", "zhou", "report", f.book, "audit-log", "--format", "csv")
	f.refused("audit-log.see", "zhou", "report", f.book, "audit-log", "-o", filepath.Join(t.TempDir(), "log.xlsx"))
}

// Files and papers are acts of who makes them: they are entries with the file's name and rows, and refused of a book with users that is only
// looked at (W5). Reading on the screen leaves nothing.
func TestFilesOutAreActsOfPeople(t *testing.T) {
	f := opened(t)
	f.must("", "import", f.book, "customers", f.file("k.csv", "code,name\nK1,Buyer\n"))
	dir := t.TempDir()
	f.must("", "export", f.book, "customers", "-o", filepath.Join(dir, "nobody.csv"), "--read-only")
	f.hire("boss", "owner")
	f.must("boss", "import", f.book, "warehouses", f.file("w.csv", "code,name\nW1,Main\n"))
	f.must("boss", "import", f.book, "products", f.file("p.csv", "code,name,unit,sales_price\nP1,Lamp,piece,120\n"))
	f.must("boss", "import", f.book, "slips", f.file("s.csv", "kind,number,date,party,warehouse,product,qty,price\ndelivery,D1,2026-01-06,K1,W1,P1,2,120\n"))
	for _, as := range []string{"slip", "pick-list"} { // the one counts, of the other the log hears alone
		path := filepath.Join(dir, as+".pdf")
		f.refused("the book was opened to look", "boss", "print", f.book, "D1", "--as", as, "-o", path, "--read-only")
		f.must("boss", "print", f.book, "D1", "--as", as, "-o", path)
		if list := f.logged("boss"); list[len(list)-1] != "boss print delivery XC-202601-0001 file  "+path {
			t.Errorf("%s: %q", as, list[len(list)-1])
		}
	}
	n := len(f.logged("boss"))
	f.must("boss", "report", f.book, "receivables", "--format", "json")
	f.must("boss", "slip", "list", f.book)
	if got := len(f.logged("boss")); got != n {
		t.Errorf("%d entries of reading", got-n)
	}
	for _, x := range []struct{ want, file, words string }{
		{"boss export customers  file  ", "k.csv", "export customers"},
		{"boss export roles  file  ", "r.csv", "export roles"},
		{"boss export approval-chains  file  ", "c.csv", "export approval-chains"},
		{"boss export receivables  file  ", "r.xlsx", "report receivables"},
		{"boss export books  file  ", "b.xlsx", "books 2026-01"},
		{"boss backup   file  ", "copy.zg", "backup"},
	} {
		words := strings.Fields(x.words)
		args := append([]string{words[0], f.book}, words[1:]...)
		path := filepath.Join(dir, x.file)
		if words[0] == "backup" {
			args = append(args, path)
		} else {
			args = append(args, "-o", path)
		}
		f.refused("the book was opened to look", "boss", append(args, "--read-only")...)
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%v wrote a file", args)
		}
		f.must("boss", args...)
		if list := f.logged("boss"); strings.Join(strings.Fields(list[len(list)-1]), " ") != strings.Join(strings.Fields(x.want), " ")+" "+path {
			t.Errorf("%v: %q", args, list[len(list)-1])
		}
	}
}
