package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// A chain, a role, a user or an approval that another tool changed is named by verify with both sides: as the log left it, and as it is.
func TestPeopleThatWereTamperedWithAreNamedWithBothSides(t *testing.T) {
	f := office(t, "孙倩", "张启明")
	f.imports("boss", "approval-chains", "chain,kind,step,by,title", "c,prepayment,1,role:manager,批准")
	f.imports("boss", "roles", "role,object,verbs", "helper,delivery,see enter")
	f.imports("孙倩", "slips", "kind,number,date,party,account,amount", "prepayment,y1,"+time.Now().Format("2006-01-02")+",S,B,10")
	f.must("孙倩", "slip", "submit", f.book, "y1")
	f.must("张启明", "slip", "approve", f.book, "y1")
	f.must("boss", "verify", f.book)
	whole, err := os.ReadFile(f.book)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ damage, want string }{
		{`UPDATE chain SET steps = REPLACE(steps, 'manager', 'buyer')`, `role:manager`},
		{`UPDATE chain SET steps = REPLACE(steps, 'manager', 'buyer')`, `role:buyer`},
		{`UPDATE chain SET active = 0`, `"active":"no"`},
		{`UPDATE role SET parts = '{}' WHERE code = 'helper'`, `helper is not as entry`},
		{`UPDATE role SET parts = '{}' WHERE code = 'helper'`, `delivery see enter`},
		{`UPDATE user_ SET roles = 'owner' WHERE name = '孙倩'`, `roles buyer → owner`},
		{`UPDATE approval SET person = '孙倩' WHERE verb = 'approve'`, `prepayment YF-`},
		{`DELETE FROM approval WHERE verb = 'approve'`, `prepayment YF-`},
		{`DELETE FROM chain`, `is gone`},
	} {
		t.Run(x.damage+x.want, func(t *testing.T) {
			g := firm{t, filepath.Join(t.TempDir(), "office.zg")}
			if err := os.WriteFile(g.book, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			tamper(t, g.book, x.damage)
			if _, out, errOut := g.run("boss", "verify", g.book); !strings.Contains(out+errOut, x.want) || !strings.Contains(out+errOut, "10 ") {
				t.Errorf("%s: verify says\n%s%s\nnot %q", x.damage, out, errOut, x.want)
			}
		})
	}
}

// tamper changes a book as another tool does.
func tamper(t *testing.T, book, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", book)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// A state was approved: what another tool changed since is not what they said yes to, and is not audited (A6).
func TestWhatWasApprovedIsWhatIsAudited(t *testing.T) {
	f := office(t, "孙倩", "张启明")
	f.imports("boss", "approval-chains", "chain,kind,step,by,title", "c,prepayment,1,role:manager,批准")
	f.imports("孙倩", "slips", "kind,number,date,party,account,amount", "prepayment,y1,"+time.Now().Format("2006-01-02")+",S,B,10")
	f.must("孙倩", "slip", "submit", f.book, "y1")
	f.must("张启明", "slip", "approve", f.book, "y1")
	tamper(t, f.book, `UPDATE slip SET amount = 99900, gross = 99900 WHERE external_no = 'y1'`)
	f.refused("step 1 批准 (张启明) was given to something else than the slip says now: submit again", "boss", "slip", "audit", f.book, "y1")
}
