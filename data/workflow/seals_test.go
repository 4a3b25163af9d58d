package workflow_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/auditlog"
	"zhanggui/data/workflow"
)

// Whoever changes what the log speaks of with another tool, or the log itself, is named by proof 10, with both sides (J4).
func TestEverythingBearsASeal(t *testing.T) {
	for _, c := range []struct {
		name, want string
		damage     []string
	}{
		{"a product's price", "products A is not as entry", []string{"UPDATE product SET sales_price = 1 WHERE code = 'A'"}},
		{"a changed bank account, both sides", "customers C is not as entry", []string{"UPDATE party SET bank_account = '999' WHERE code = 'C'"}},
		{"a credit limit that was changed before", "credit_limit 8000.00 → 9000.00", []string{"UPDATE party SET credit_limit = 900000 WHERE code = 'C'"}},
		{"an order's price and totals", "sales-order XD-202602-0001 is not as entry", []string{"UPDATE slip_line SET price = price + 1000000 WHERE slip_id = (SELECT id FROM slip WHERE kind = 'sales-order')"}},
		{"an order's remark", "sales-order XD-202602-0001 is not as entry", []string{"UPDATE slip SET remark = 'x' WHERE kind = 'sales-order'"}},
		{"prints", "is not as entry", []string{"UPDATE slip SET prints = 0, external_no = 'z' WHERE number = 'XC-202602-0001'"}},
		{"a version", "is not as entry", []string{"UPDATE slip SET version = version + 1 WHERE number = 'XC-202602-0001'"}},
		{"a setting", "settings is not as entry", []string{"UPDATE setting SET value = 'allow' WHERE key = 'below_cost'"}},
		{"a record that came by another way", "units box has no seal", []string{"INSERT INTO unit (id, code, name) VALUES (99, 'box', 'box')"}},
		{"a slip that is gone from the log", "has no seal", []string{"DELETE FROM seal WHERE key = 'XC-202602-0001'"}},
		{"a seal that was changed", "it was sealed abababababababab, it is ", []string{"UPDATE seal SET seal = '" + strings.Repeat("ab", 32) + "' WHERE key = 'XD-202602-0001'"}},
		{"a seal of an older entry", "is the last about it", []string{"UPDATE seal SET entry = entry - 1 WHERE key = 'XC-202602-0001'"}},
		{"an entry's words", "entry 5: ", []string{"UPDATE audit_log SET person = '王' WHERE id = 5"}},
		{"an entry taken out", "entry 6: entry 4 is followed by 6", []string{"DELETE FROM audit_log WHERE id = 5"}},
		{"an anchor's hash", "the anchor of close-month of 2026-12-31 09:00:00 says entry ", []string{"UPDATE anchor SET hash = '" + strings.Repeat("cd", 32) + "'"}},
		{"an anchor's entry", "the log ends at entry", []string{"UPDATE anchor SET entry = entry + 1000"}},
		{"the end cut off", "which is not there", []string{"DELETE FROM audit_log WHERE id > 10"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := closedBook(t)
			r := edited(b, "customers", "C", "credit_limit", "8000")
			if err := b.SaveMaster(r); err != nil {
				t.Fatal(err)
			}
			if said := failing(t, damaged(t, b, c.damage...), 10); !strings.Contains(said, c.want) {
				t.Errorf("proof 10 says\n%s\nnot %q", said, c.want)
			}
		})
	}
}

// A code may change: what refers to the record stands as it did, and so does its seal.
func TestASealOutlivesACode(t *testing.T) {
	b := closedBook(t)
	load(t, b, "prices", "product,price_level,price", "A,gold,18")
	r := edited(b, "products", "A", "code", "A2")
	if err := b.SaveMaster(r); err != nil {
		t.Fatal(err)
	}
	mustHold(t, b)
	p, ok := b.Masters().Find("prices", "A2", "gold", "", "", "")
	if !ok {
		t.Fatal("the price is not known by the product's new code")
	}
	if err := b.DeleteMaster(p); err != nil {
		t.Fatal(err)
	}
	mustHold(t, b)
}

// The proof tells how much it read.
func TestTheLogProofSaysItsFigures(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "customers", "code,name", "C,One")
	list, err := b.Verify()
	if err != nil {
		t.Fatal(err)
	}
	if p := list[9]; !p.Holds() || !strings.HasPrefix(p.Title.En, "the audit log's chain is unbroken (") || !strings.HasSuffix(p.Title.En, " seals, 0 anchors)") {
		t.Errorf("%s %v", p.Title.En, p.Faults)
	}
}

// A month's close and a backup each leave an anchor in the book (J5), and the log is held against those kept outside it.
func TestAnchors(t *testing.T) {
	b := closedBook(t)
	if err := b.Backup(filepath.Join(t.TempDir(), "copy.zg")); err != nil {
		t.Fatal(err)
	}
	end, _, err := b.DB.LogEnd()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := b.DB.Anchors()
	if err != nil || len(kept) != 2 || kept[0].Kind != "close-month" || kept[1].Kind != "backup" || kept[1].Entry != end.Entry || kept[1].Hash != end.Hash {
		t.Fatalf("%v %v, the log ends at %v", kept, err, end)
	}
	if e, _, _ := b.DB.Entry(end.Entry); e.Verb != "backup" || !strings.Contains(e.Detail, "copy.zg") || e.Person != "admin" {
		t.Errorf("the log ends with %+v", e)
	}
	short := auditlog.Anchor{Entry: kept[0].Entry, Hash: kept[0].Hash[:8]}
	for _, c := range []struct {
		outside auditlog.Anchor
		want    string
	}{
		{short, ""}, {end, ""},
		{auditlog.Anchor{Entry: short.Entry, Hash: "00000000"}, "an anchor kept outside says entry"},
		{auditlog.Anchor{Entry: end.Entry + 5, Hash: "12345678"}, "an anchor kept outside says entry"},
	} {
		list, err := b.Prove(t.Context(), nil, c.outside)
		if err != nil {
			t.Fatal(err)
		}
		if said := strings.Join(list[9].Faults, "\n"); (said == "") != (c.want == "") || !strings.HasPrefix(said, c.want) || !strings.HasSuffix(list[9].Title.En, ", 2 anchors)") {
			t.Errorf("%v: %s %q", c.outside, list[9].Title.En, said)
		}
	}
}

// A restored book says in its log that it was restored, from what and by whom.
func TestARestoreIsLogged(t *testing.T) {
	b := closedBook(t)
	copied := filepath.Join(t.TempDir(), "copy.zg")
	if err := errors.Join(b.Backup(copied), b.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := workflow.RestoreBy("Ann", copied, b.Path()); err != nil {
		t.Fatal(err)
	}
	again, err := workflow.Open(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	mustHold(t, again)
	end, _, _ := again.DB.LogEnd()
	if e, _, err := again.DB.Entry(end.Entry); err != nil || e.Verb != "restore" || e.Person != "Ann" || !strings.Contains(e.Detail, copied) {
		t.Errorf("%+v %v", e, err)
	}
	if list, _ := filepath.Glob(filepath.Join(filepath.Dir(b.Path()), "*.before-*")); len(list) > 0 {
		t.Errorf("left beside it: %v", list)
	}
}
