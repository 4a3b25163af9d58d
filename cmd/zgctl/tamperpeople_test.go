package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What says who may what is under seals too: users, roles, chains, approvals, the anchors and the seals themselves. Whoever edits one of them with
// another SQLite program is named by verify, with both sides where the log knows them (J4).
func TestTamperingWithPeopleIsNamed(t *testing.T) {
	f, today := opened(t), time.Now().Format("2006-01-02")
	f.must("", "import", f.book, "suppliers", f.file("g.csv", "code,name\nG1,Maker\n"))
	f.must("", "import", f.book, "accounts", f.file("a.csv", "code,name,type\nA1,Bank,bank\n"))
	f.hire("boss", "owner")
	for name, role := range map[string]string{"sun": "buyer", "wu": "cashier", "chen": "deputy"} {
		f.hire(name, role)
	}
	f.must("boss", "import", f.book, "roles", f.file("r.csv", "role,object,verbs\nnight,retail-sale,see enter\n"))
	f.must("boss", "import", f.book, "approval-chains", f.file("c.csv", "chain,kind,step,by,title,execute\nc1,payment,1,role:deputy,Deputy,no\nc1,payment,2,role:cashier,Cash,yes\n"))
	f.must("sun", "import", f.book, "slips", f.file("s.csv", "kind,number,date,party,account,amount\npayment,F1,"+today+",G1,A1,10\n"))
	f.must("sun", "slip", "submit", f.book, "F1")
	f.must("chen", "slip", "approve", f.book, "F1", "--comment", "agreed")
	f.must("boss", "backup", f.book, filepath.Join(t.TempDir(), "copy.zg"))
	f.must("boss", "verify", f.book)
	whole, err := os.ReadFile(f.book)
	if err != nil {
		t.Fatal(err)
	}
	list := []struct{ want, damage string }{
		{"users sun is not as entry|roles buyer → owner", `UPDATE user_ SET roles = 'owner' WHERE name = 'sun'`},
		{"users sun is not as entry", `UPDATE user_ SET password = (SELECT password FROM user_ WHERE name = 'boss') WHERE name = 'sun'`},
		{"users wu is not as entry", `UPDATE user_ SET pin = 'x' WHERE name = 'wu'`},
		{"users boss is not as entry", `UPDATE user_ SET recovery = (SELECT password FROM user_ WHERE name = 'sun') WHERE name = 'boss'`},
		{"users boss is not as entry", `UPDATE user_ SET wrapped = '' WHERE name = 'boss'`},
		{"users boss is not as entry", `UPDATE user_ SET wrapped_code = '' WHERE name = 'boss'`},
		{"users sun is not as entry", `UPDATE user_ SET scope = '{"Own":true}' WHERE name = 'sun'`},
		{"users sun is not as entry", `UPDATE user_ SET active = 0 WHERE name = 'sun'`},
		{"users sun is not as entry", `UPDATE user_ SET substitute = 'wu' WHERE name = 'sun'`},
		{"users sun is not as entry", `UPDATE user_ SET must_change = 1 WHERE name = 'sun'`},
		{"users sum has no seal|users sun is gone", `UPDATE user_ SET name = 'sum', folded = 'sum' WHERE name = 'sun'`},
		{"users sun is gone", `DELETE FROM user_ WHERE name = 'sun'`},
		{"users x has no seal", `INSERT INTO user_ SELECT 99, 'x', 'x', employee, roles, scope, password, pin, recovery, wrapped, wrapped_code, wrong, wrong_at, must_change, substitute, substitute_from, substitute_to, active, last_seen, version FROM user_ WHERE name = 'boss'`},
		{"roles night is not as entry|roles night is not as entry|: retail-sale see enter → see", `UPDATE role SET parts = '{"retail-sale":{"see":0,"enter":0,"audit":0}}' WHERE code = 'night'`},
		{"roles night is gone", `DELETE FROM role`},
		{"roles keeper has no seal", `INSERT INTO role (id, code, name, parts, version) VALUES (9, 'keeper', '', '{}', 1)`},
		{"approval-chains c1 payment is not as entry", `UPDATE chain SET active = 0`},
		{"approval-chains c1 payment is not as entry", `UPDATE chain SET steps = replace(steps, 'deputy', 'buyer')`},
		{"approval-chains c1 payment is gone", `DELETE FROM chain`},
		{"payment FK-", `UPDATE approval SET person = 'sun' WHERE verb = 'approve'`},
		{"payment FK-", `UPDATE approval SET comment = 'as you like' WHERE verb = 'approve'`},
		{"payment FK-", `DELETE FROM approval WHERE verb = 'approve'`},
		{"payment FK-", `UPDATE slip SET status = 'approved' WHERE number LIKE 'FK-%'; UPDATE slip SET status = 'audited' WHERE number LIKE 'FK-%'`},
		{"the anchor of entry ", `DELETE FROM anchor WHERE kind = 'backup'`},
		{"the owner's mark on entry ", `UPDATE anchor SET mark = '' WHERE kind = 'sign-in'`},
		{"the owner's mark on entry ", `UPDATE anchor SET mark = replace(mark, '0', '1') WHERE kind = 'sign-in'`},
		{"users sun is not as entry|it was sealed abab", `UPDATE seal SET seal = '` + strings.Repeat("ab", 32) + `' WHERE key = 'sun'`},
		{"users sun has no seal", `DELETE FROM seal WHERE key = 'sun'`},
		{"settings is not as entry", `UPDATE setting SET value = 'no' WHERE key = 'users'`},
		{"settings is not as entry", `UPDATE setting SET value = 'payment' WHERE key = 'four_eyes'`},
		{"its detail was changed", `UPDATE audit_log SET detail = replace(detail, 'buyer', 'owner') WHERE key = 'sun'`},
	}
	if testing.Short() {
		list = list[:4]
	}
	for i, x := range list {
		path := filepath.Join(t.TempDir(), "t.zg")
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(x.damage); err != nil {
			t.Fatal(x.damage, err)
		}
		db.Close()
		rc, out, errOut := f.run("boss", "verify", path)
		for _, want := range strings.Split(x.want, "|") {
			if said := out + errOut; rc != 3 || !strings.Contains(said, want) || !strings.Contains(said, "proof 10: ") {
				t.Errorf("%d %s: %d, not %q in\n%s", i, x.damage, rc, want, said)
			}
		}
	}
}
