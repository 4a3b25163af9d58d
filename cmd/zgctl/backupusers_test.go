package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A backup of a book with users is made by who may, and is as much theirs: restored to where nothing is it asks who is there, as before; in the
// place of a book with users it is put by the owner alone, whom the log names. Its password is another than anybody's (U8).
func TestBackupsOfABookWithUsers(t *testing.T) {
	f := opened(t)
	f.must("", "import", f.book, "customers", f.file("k.csv", "code,name\nK1,Buyer\n"))
	if rc, out, said := f.stdin("boss-password\n", "", "user", "add", f.book, "boss"); rc != 0 || !strings.HasPrefix(out, "recovery ") || !strings.Contains(said, "not encrypted") {
		t.Fatal(rc, out, said)
	}
	f.hire("sun", "buyer")
	f.hire("li", "finance")
	dir := t.TempDir()
	at := func(n string) string { return filepath.Join(dir, n) }
	t.Setenv("ZG_BACKUP_PASSWORD", "boss-password")
	f.refused("book.backup: sun may not", "sun", "backup", f.book, at("sun"), "--encrypt")
	if _, err := os.Stat(at("sun.age")); err == nil {
		t.Error("a refused backup was made")
	}
	t.Setenv("ZG_BACKUP_PASSWORD", "of the safe, 2026")
	f.must("li", "backup", f.book, at("safe"), "--encrypt")
	f.must("li", "backup", f.book, at("plain.zg"))
	t.Setenv("ZG_BACKUP_PASSWORD", "boss-password")
	f.refused("the password does not open the encrypted file", "", "restore", at("safe.age"), at("new.zg"))
	t.Setenv("ZG_BACKUP_PASSWORD", "of the safe, 2026")
	f.must("", "restore", at("safe.age"), at("new.zg"))
	f.refused("this book has users: say --user NAME", "", "slip", "list", at("new.zg"))
	f.must("sun", "slip", "list", at("new.zg"))
	f.must("boss", "verify", at("new.zg"))
	f.refused("this book has users: say --user NAME", "", "restore", at("safe.age"), f.book)
	f.refused("book.restore", "li", "restore", at("safe.age"), f.book)
	f.must("boss", "restore", at("safe.age"), f.book)
	log := f.logged("boss")
	said := ""
	for _, l := range log {
		if strings.Contains(l, " restore ") {
			said = l
		}
	}
	if !strings.HasPrefix(said, "boss restore ") || !strings.HasSuffix(said, at("safe.age")) {
		t.Errorf("the log says %q", said)
	}
	f.must("boss", "restore", at("plain.zg"), f.book)
	f.must("boss", "verify", f.book)
}

// By a PIN a command does what the till may, and no more (U3).
func TestCommandsByPIN(t *testing.T) {
	f := opened(t)
	f.must("", "import", f.book, "warehouses", f.file("w.csv", "code,name\nW1,Main\n"))
	f.must("", "import", f.book, "products", f.file("p.csv", "code,name,unit,sales_price\nP1,Lamp,piece,120\n"))
	f.hire("boss", "owner")
	f.hire("wang", "sales-clerk")
	if rc, _, said := f.stdin("471199\n", "wang", "user", "pin", f.book, "wang"); rc != 0 {
		t.Fatal(said)
	}
	by := func(want int, words string, args ...string) {
		t.Helper()
		t.Setenv("ZG_PASSWORD", "471199")
		rc, out, said := zgctl(append(args, "--user", "wang")...)
		if rc != want || !strings.Contains(out+said, words) {
			t.Errorf("%v: %d %s %s, want %d %s", args, rc, out, said, want, words)
		}
	}
	by(0, "", "slip", "list", f.book)
	by(1, "quotation.enter: wang may not enter quotation", "import", f.book, "slips", f.file("q.csv", "kind,number,date,warehouse,product,qty,price\nquotation,Q1,2026-01-05,W1,P1,1,120\n"))
	by(1, "a PIN opens the till alone", "user", "password", f.book, "wang", "--password-stdin")
	by(1, "audit-log.see", "report", f.book, "audit-log", "--format", "json")
	t.Setenv("ZG_PASSWORD", "471198")
	for _, words := range []string{"name or password is wrong", "name or password is wrong", "locked until ", "locked until "} {
		if rc, _, said := zgctl("slip", "list", f.book, "--user", "wang"); rc != 1 || !strings.Contains(said, words) {
			t.Errorf("%d %s", rc, said)
		}
	}
}

// Users change nothing of what a book says: before the first of them, for their owner, and when they are off again, every file out of it is the same
// to the byte.
func TestUsersChangeNoFile(t *testing.T) {
	f := opened(t)
	d := stall(t)
	f.book = d.at("b.zg")
	dir := t.TempDir()
	all := func(who string) map[string]string {
		t.Helper()
		files := map[string]string{}
		take := func(name string, args ...string) {
			t.Helper()
			path := filepath.Join(dir, name)
			f.must(who, append(args, "-o", path)...)
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = string(b)
		}
		for _, k := range []string{"slips", "products", "customers", "suppliers", "warehouses", "accounts", "gl", "opening-stock"} {
			take(k+".csv", "export", f.book, k)
		}
		for _, r := range []string{"stock-on-hand", "sales-ledger", "general-ledger", "receivables", "trial-balance"} {
			take(r+".csv", "report", f.book, r)
			files[r+".json"] = f.must(who, "report", f.book, r, "--format", "json")
		}
		files["list"] = f.must(who, "slip", "list", f.book, "--json")
		return files
	}
	before := all("")
	f.hire("boss", "owner")
	owners := all("boss")
	f.must("boss", "user", "off", f.book)
	after := all("")
	for name, was := range before {
		if owners[name] != was || after[name] != was || len(was) < 3 {
			t.Errorf("%s is not as it was:\n%.300s\nwas\n%.300s", name, owners[name], was)
		}
	}
}
