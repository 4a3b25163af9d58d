package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A damaged book with users comes out with them: each signs in as before, may what he might, in his scope; roles and chains are as they were, and
// what was approved of a slip comes with it. A slip that was under way is a draft, and said so. A user that cannot be made out is named.
func TestSalvageKeepsUsers(t *testing.T) {
	f, today := opened(t), time.Now().Format("2006-01-02")
	f.must("", "import", f.book, "warehouses", f.file("w.csv", "code,name\nW0,Gone\nW1,Main\nW2,Other\n"))
	f.must("", "import", f.book, "suppliers", f.file("g.csv", "code,name\nG1,Maker\n"))
	f.must("", "import", f.book, "accounts", f.file("a.csv", "code,name,type\nA1,Bank,bank\n"))
	f.hire("boss", "owner")
	for name, role := range map[string]string{"zhou": "keeper", "sun": "buyer", "li": "finance", "wu": "cashier", "chen": "deputy"} {
		f.hire(name, role)
	}
	f.must("boss", "user", "set", f.book, "zhou", "warehouses=W2")
	f.must("boss", "import", f.book, "roles", f.file("r.csv", "role,object,verbs\nkeeper,goods-receipt,see enter\n"))
	f.must("boss", "import", f.book, "approval-chains", f.file("c.csv", "chain,kind,step,by,title,execute\nc1,payment,1,role:deputy,Deputy,no\nc1,payment,2,role:cashier,Cash,yes\n"))
	f.must("sun", "import", f.book, "slips", f.file("s.csv", "kind,number,date,party,account,amount\npayment,F1,"+today+",G1,A1,10\npayment,F2,"+today+",G1,A1,20\n"))
	for _, n := range []string{"F1", "F2"} {
		f.must("sun", "slip", "submit", f.book, n)
	}
	f.must("chen", "slip", "approve", f.book, "F1")
	f.must("wu", "slip", "audit", f.book, "F1")
	dest := filepath.Join(t.TempDir(), "saved.zg")
	f.refused("say --user NAME", "", "salvage", f.book, dest)
	f.refused("only an owner", "zhou", "salvage", f.book, dest)
	t.Setenv("ZG_PASSWORD", "boss-password")
	rc, saved, missing := salvaged(t, f.book, dest, "--user", "boss")
	if rc != 3 || saved["users"] != 6 || saved["roles"] != 1 || saved["approval-chains"] != 1 || len(missing) != 1 || !strings.Contains(missing[0]["why"], "its approvals fell away, submit it again") {
		t.Fatalf("%d, %v saved, %v missing", rc, saved, missing)
	}
	was := f.book
	f.book = dest
	f.refused("this book has users: say --user NAME", "", "slip", "list", dest)
	f.must("boss", "verify", dest)
	f.must("zhou", "slip", "list", dest)
	list := f.must("boss", "user", "list", dest, "--json")
	if !strings.Contains(list, `"warehouses": "W2"`) {
		t.Error(list)
	}
	f.refused("payment.see: zhou may not see payment", "zhou", "slip", "void", dest, "F1")
	for _, q := range []string{"roles", "approval-chains"} {
		a, b := filepath.Join(t.TempDir(), "a.csv"), filepath.Join(t.TempDir(), "b.csv")
		f.must("boss", "export", was, q, "-o", a)
		f.must("boss", "export", dest, q, "-o", b)
		x, _ := os.ReadFile(a)
		y, _ := os.ReadFile(b)
		if string(x) != string(y) || len(x) < 20 {
			t.Errorf("%s: %s, was %s", q, y, x)
		}
	}
	if out := f.must("boss", "slip", "show", dest, "F1", "--json"); !strings.Contains(out, `"person": "chen"`) {
		t.Errorf("what was approved is lost: %s", out)
	}
	f.must("sun", "slip", "submit", dest, "F2")
	f.must("chen", "slip", "approve", dest, "F2")
	f.must("wu", "slip", "audit", dest, "F2")
	f.must("boss", "verify", dest)

	db, err := sql.Open("sqlite", was)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE user_ SET scope = '{"Ware' WHERE name = 'zhou'`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE user_ SET roles = 'buyer' WHERE name = 'boss'`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	rc, saved, missing = salvaged(t, was, filepath.Join(t.TempDir(), "again.zg"))
	said := ""
	for _, m := range missing {
		said += m["what"] + " " + m["key"] + ": " + m["why"] + "\n"
	}
	if rc != 3 || saved["users"] != 5 || !strings.Contains(said, "users zhou: cannot be read\n") || !strings.Contains(said, "users : no owner can be read") {
		t.Errorf("%d %v %s", rc, saved, said)
	}
}

// Somebody took the users out with another tool: their seals stand, so their number is told.
func TestSalvageTellsOfUsersTakenOut(t *testing.T) {
	f := opened(t)
	f.hire("boss", "owner")
	f.hire("zhou", "keeper")
	db, err := sql.Open("sqlite", f.book)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`DELETE FROM user_`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	rc, _, missing := salvaged(t, f.book, filepath.Join(t.TempDir(), "saved.zg"))
	if rc != 3 || len(missing) == 0 || missing[0]["why"] != "2 users are missing" {
		t.Errorf("%d %v", rc, missing)
	}
}
