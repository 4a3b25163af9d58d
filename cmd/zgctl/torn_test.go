package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A damaged row of who may what does not shut the book: who is not concerned works on, who is may nothing, and verify names him.
func TestATornRowOfPeopleLeavesTheBookOpen(t *testing.T) {
	f, today := opened(t), time.Now().Format("2006-01-02")
	f.must("", "import", f.book, "suppliers", f.file("g.csv", "code,name\nG7,Mill\n"))
	f.must("", "import", f.book, "accounts", f.file("a.csv", "code,name,type\nA7,Bank,bank\n"))
	f.hire("boss", "owner")
	for name, role := range map[string]string{"sun": "buyer", "wu": "cashier", "chen": "deputy"} {
		f.hire(name, role)
	}
	f.must("boss", "import", f.book, "roles", f.file("r.csv", "role,object,verbs\nbuyer,retail-sale,see\n"))
	f.must("boss", "import", f.book, "approval-chains", f.file("c.csv", "chain,kind,step,by,title,execute\nc7,payment,1,role:deputy,Deputy,no\nc7,payment,2,role:cashier,Cash,yes\n"))
	f.must("sun", "import", f.book, "slips", f.file("s.csv", "kind,number,date,party,account,amount\npayment,F7,"+today+",G7,A7,31\n"))
	whole, err := os.ReadFile(f.book)
	if err != nil {
		t.Fatal(err)
	}
	damaged := func(q string) string {
		path := filepath.Join(t.TempDir(), "t.zg")
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(q); err != nil {
			t.Fatal(q, err)
		}
		return path
	}
	for _, x := range []struct{ damage, named, user, refused string }{
		{`UPDATE user_ SET scope = '{"Own":tr' WHERE name = 'sun'`, "users sun is not as entry", "sun", "name or password is wrong"},
		{`UPDATE user_ SET scope = '' WHERE name = 'sun'`, "users sun is not as entry", "sun", "name or password is wrong"},
		{`UPDATE role SET parts = '[7]' WHERE code = 'buyer'`, "roles buyer is not as entry", "sun", "sun may not enter payment"},
		{`UPDATE chain SET steps = '{' WHERE code = 'c7'`, "approval-chains c7 payment is not as entry", "sun", "the approval chain c7 is damaged and cannot be read; import it anew"},
	} {
		path := damaged(x.damage)
		if rc, out, said := f.run("boss", "slip", "list", path); rc != 0 || !strings.Contains(out, "31.00") {
			t.Errorf("%s: the owner: %d %s%s", x.damage, rc, out, said)
		}
		if rc, _, said := f.run("wu", "status", path); rc != 0 {
			t.Errorf("%s: another: %d %s", x.damage, rc, said)
		}
		if rc, _, said := f.run(x.user, "slip", "submit", path, "F7"); rc != 1 || !strings.Contains(said, x.refused) {
			t.Errorf("%s: %s: %d %s", x.damage, x.user, rc, said)
		}
		if rc, out, said := f.run("boss", "verify", path); rc != 3 || !strings.Contains(out+said, x.named) || strings.Contains(out+said, "internal error") {
			t.Errorf("%s: verify: %d %s%s", x.damage, rc, out, said)
		}
	}
}
