package workflow_test

import (
	"strings"
	"testing"

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
	if p := list[9]; !p.Holds() || !strings.HasPrefix(p.Title.En, "the audit log's chain is unbroken (") || !strings.HasSuffix(p.Title.En, " seals)") {
		t.Errorf("%s %v", p.Title.En, p.Faults)
	}
}
