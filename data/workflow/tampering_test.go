package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/workflow"
)

// Thirty edits with another SQLite program, each of a thing that has a seal, or of the log, the seals and the anchors themselves: proof 10 names
// what was changed and the entry that left it as it was (J4).
func TestThirtyKindsOfTampering(t *testing.T) {
	order := "(SELECT id FROM slip WHERE number = 'XD-202602-0001')"
	sale := "(SELECT id FROM slip WHERE number = 'XC-202602-0001')"
	list := []struct{ name, want, damage string }{
		{"a product's name", "products A is not as entry", "UPDATE product SET name = 'x' WHERE code = 'A'"},
		{"a product's price", "products A is not as entry", "UPDATE product SET sales_price = 1 WHERE code = 'A'"},
		{"a product that is no longer sold", "products A is not as entry", "UPDATE product SET active = 0 WHERE code = 'A'"},
		{"a product's code", "has no seal", "UPDATE product SET code = 'A9' WHERE code = 'A'"},
		{"a supplier's bank account", "suppliers S is not as entry", "UPDATE party SET bank_account = '6222' WHERE code = 'S'"},
		{"a customer's name", "customers C is not as entry", "UPDATE party SET name = 'x' WHERE code = 'C'"},
		{"a credit limit, both sides", "credit_limit 8000.00 → 9000.00", "UPDATE party SET credit_limit = 900000 WHERE code = 'C'"},
		{"days to pay", "customers C is not as entry", "UPDATE party SET payment_days = 90 WHERE code = 'C'"},
		{"a cash account", "accounts K is not as entry", "UPDATE account SET name = 'x' WHERE code = 'K'"},
		{"a warehouse", "warehouses W1 is not as entry", "UPDATE warehouse SET name = 'x' WHERE code = 'W1'"},
		{"an account of the chart", "gl 1405 is not as entry", "UPDATE gl_account SET name = 'x' WHERE code = '1405'"},
		{"a unit that came by another way", "units box has no seal", "INSERT INTO unit (id, code, name) VALUES (99, 'box', 'box')"},
		{"a record that is gone", "warehouses W2 is gone; entry", "DELETE FROM warehouse WHERE code = 'W2'"},
		{"a rule of the settings", "settings is not as entry", "UPDATE setting SET value = 'allow' WHERE key = 'below_cost'"},
		{"the company's name", "settings is not as entry", "UPDATE setting SET value = 'x' WHERE key = 'company'"},
		{"the day the book is closed to", "settings is not as entry", "UPDATE setting SET value = '' WHERE key = 'closed'"},
		{"an order's price", "sales-order XD-202602-0001 is not as entry", "UPDATE slip_line SET price = price + 1000000 WHERE slip_id = " + order},
		{"an order's quantity", "sales-order XD-202602-0001 is not as entry", "UPDATE slip_line SET qty = qty + 1 WHERE slip_id = " + order},
		{"an order's line", "sales-order XD-202602-0001 is not as entry", "DELETE FROM slip_line WHERE slip_id = " + order},
		{"an order's day", "sales-order XD-202602-0001 is not as entry", "UPDATE slip SET date = date - 1 WHERE id = " + order},
		{"an order's customer", "sales-order XD-202602-0001 is not as entry", "UPDATE slip SET party_id = (SELECT id FROM party WHERE code = 'C2') WHERE id = " + order},
		{"a remark", "delivery XC-202602-0001 is not as entry", "UPDATE slip SET remark = 'x' WHERE id = " + sale},
		{"an external number", "delivery XC-202602-0001 is not as entry", "UPDATE slip SET external_no = 'x' WHERE id = " + sale},
		{"its prints", "delivery XC-202602-0001 is not as entry", "UPDATE slip SET prints = 7 WHERE id = " + sale},
		{"a version", "delivery XC-202602-0001 is not as entry", "UPDATE slip SET version = version + 1 WHERE id = " + sale},
		{"a status", "delivery XC-202602-0001 is not as entry", "UPDATE slip SET status = 'void' WHERE id = " + sale},
		{"an entry's person", "entry 5: ", "UPDATE audit_log SET person = '王' WHERE id = 5"},
		{"an entry's detail", "its detail was changed", "UPDATE audit_log SET detail = replace(detail, '8000.00', '9000.00') WHERE detail LIKE '%8000.00%'"},
		{"an entry put in", "is followed by", "INSERT INTO audit_log SELECT id + 500, at, person, pc, program, verb, area, key, version, detail, digest, previous, hash, form FROM audit_log WHERE id = 7"},
		{"an entry taken out", "entry 6: entry 4 is followed by 6", "DELETE FROM audit_log WHERE id = 5"},
		{"the end cut off", "which is not there", "DELETE FROM audit_log WHERE id > 10"},
		{"a seal", "it was sealed abababababababab, it is ", "UPDATE seal SET seal = '" + strings.Repeat("ab", 32) + "' WHERE key = 'C'"},
		{"a seal that is gone", "has no seal: the log does not know how it came there", "DELETE FROM seal WHERE key = 'XC-202602-0001'"},
		{"an anchor's hash", "the anchor of close-month of ", "UPDATE anchor SET hash = '" + strings.Repeat("cd", 32) + "'"},
	}
	if len(list) < 30 {
		t.Fatalf("%d kinds", len(list))
	}
	if testing.Short() {
		list = list[:6]
	}
	for _, c := range list {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, workflow.Settings{})
			load(t, b, "customers", "code,name", "C2,乙方")
			load(t, b, "opening-stock", "warehouse,product,qty,cost", "W1,A,100,7")
			enterRows(t, b, "kind=delivery number=d2 date=2026-02-10 party=C warehouse=W1 product=A qty=2 price=20", "kind=sales-order number=o1 date=2026-02-11 party=C warehouse=W1 product=A qty=2 price=20")
			if err := b.ClosePeriod(202601); err != nil {
				t.Fatal(err)
			}
			if err := b.SaveMaster(edited(b, "customers", "C", "credit_limit", "8000")); err != nil {
				t.Fatal(err)
			}
			if said := failing(t, damaged(t, b, "PRAGMA foreign_keys = OFF", c.damage), 10); !strings.Contains(said, c.want) {
				t.Errorf("proof 10 says\n%s\nnot %q", said, c.want)
			}
		})
	}
}
