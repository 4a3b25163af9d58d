package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/workflow"
)

// closedBook is a book with sales in January, which is closed, and in February.
func closedBook(t *testing.T) *workflow.Book {
	t.Helper()
	b := trader(t, workflow.Settings{})
	load(t, b, "opening-stock", "warehouse,product,qty,cost", "W1,A,100,7")
	load(t, b, "opening-balances", "party_kind,party,receivable", "customer,C,55")
	enterRows(t, b, "kind=delivery number=d1 date=2026-01-10 party=C warehouse=W1 product=A qty=3 price=20",
		"kind=delivery number=d2 date=2026-02-10 party=C warehouse=W1 product=A qty=2 price=20",
		"kind=sales-order number=o1 date=2026-02-11 party=C warehouse=W1 product=A qty=2 price=20")
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	mustHold(t, b)
	return b
}

// Each damage that another program, or an old version of this, may do is named by a proof.
func TestVerifyNamesWhatWasDoneBehindIt(t *testing.T) {
	for _, c := range []struct {
		name   string
		proof  int
		want   string // among what the proof says
		damage []string
	}{
		{"the line falls back and the voucher stays", 12, "CLOSE-202601 of 2026-01-31 stands, but that month is not closed", []string{"UPDATE setting SET value = '' WHERE key = 'closed'"}},
		{"the line says so alone", 12, "closed to no day, by the log to 2026-01-31", []string{"UPDATE setting SET value = '' WHERE key = 'closed'"}},
		{"the line goes on without a voucher", 12, "2026-02 moved account 5001 by -40.00", []string{"UPDATE setting SET value = '2026-02-28' WHERE key = 'closed'"}},
		{"a slip was posted behind the line", 12, "XC-202602-0001 of 2026-02-10 was audited or taken back when the book was closed to 2026-02-28",
			[]string{"UPDATE audit_log SET key = '2026-02' WHERE verb = 'close-month'", "UPDATE audit_log SET id = id + 1000 WHERE key = 'XC-202602-0001' AND verb = 'audit'"}},
		{"the closing voucher is gone", 12, "2026-01 moved account 5001 by -60.00", []string{"DELETE FROM voucher_line WHERE slip_id = (SELECT id FROM slip WHERE number = 'CLOSE-202601')"}},
		{"opening stock is not what was posted", 9, "the opening data say A  in W1, 1100 at 7700.00, which the opening voucher has not", []string{"UPDATE opening_stock SET qty = 11000000"}},
		{"an opening balance is not what was posted", 9, "receivable 1122 C 155.00", []string{"UPDATE opening_balance SET receivable = 15500"}},
		{"an order's tax in its head", 5, "XD-202602-0001 tax: the head says 6.24, the lines 5.20", []string{"UPDATE slip SET tax = 624 WHERE kind = 'sales-order'"}},
		{"an order's tax in its line", 5, "XD-202602-0001 tax: the head says 5.20, the lines 5.84", []string{"UPDATE slip_line SET tax = 584 WHERE slip_id = (SELECT id FROM slip WHERE kind = 'sales-order')"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := damaged(t, closedBook(t), c.damage...)
			if said := failing(t, b, c.proof); !strings.Contains(said, c.want) {
				t.Errorf("proof %d says\n%s\nnot %q", c.proof, said, c.want)
			}
		})
	}
}

// Orders and quotations may be dated, audited and closed in a closed month; what posts, and prices put into force, may not (7.3.12).
func TestClosedMonthsHoldWhatPosts(t *testing.T) {
	b := closedBook(t)
	enterRows(t, b, "kind=sales-order number=o date=2026-01-20 party=C warehouse=W1 product=A qty=2 price=20",
		"kind=quotation number=q date=2026-01-21 party=C product=A qty=2 price=20",
		"kind=purchase-order number=p date=2026-01-22 party=S warehouse=W1 product=A qty=2 price=5")
	if err := b.CloseSlip("o", "not wanted"); err != nil {
		t.Error(err)
	}
	if _, err := b.Unaudit("q", false); err != nil {
		t.Error(err)
	}
	for _, r := range []string{"kind=delivery number=x date=2026-01-20 party=C warehouse=W1 product=A qty=1 price=20", "kind=price-change number=x date=2026-01-20 product=A price=21"} {
		if err := try(b, "slips", strings.Join(wide, ","), row(r)); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "2026-01-20") {
			t.Errorf("%s: %v", r, err)
		}
	}
	mustHold(t, b)
}

// Closing, opening again and closing leave nothing to say.
func TestTheLineIsFollowedAlongTheLog(t *testing.T) {
	b := closedBook(t)
	for _, f := range []func() error{
		func() error { return b.ClosePeriod(202602) },
		func() error { return b.ReopenPeriod(202601) },
		func() error { _, err := b.Unaudit("d1", false); return err },
		func() error { _, err := b.Audit("d1"); return err },
		func() error { return b.ClosePeriod(202602) },
		func() error { return b.ReopenPeriod(202602) },
	} {
		if err := f(); err != nil {
			t.Fatal(err)
		}
		mustHold(t, b)
	}
}
