package workflow_test

import (
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// wantAged is balance and what of it is overdue of the one party with a balance.
func wantAged(t testing.TB, b *workflow.Book, book slip.Book, day text.Date, balance, overdue string) {
	t.Helper()
	list, err := b.Aged(book, day, 0)
	if err != nil || len(list) != 1 || list[0].Balance.String() != balance || list[0].Overdue().String() != overdue {
		t.Errorf("on %s %v is owed, %v; want %s, %s overdue", day, list, err, balance, overdue)
	}
}

// 60 at 5.00 are billed at 5.20, 352.56 with tax, and 15 go back: their red bill of 88.14 goes against the bill itself.
func TestARedBillGoesAgainstItsOwnBill(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-06 party=S warehouse=W1 product=A qty=60 price=5",
		"kind=purchase-invoice number=f date=2026-01-07 party=S product=A qty=60 price=5.2 source=r",
		"kind=goods-receipt number=o date=2026-01-05 party=S warehouse=W1 product=A qty=10 price=3",
		"kind=purchase-invoice number=p date=2026-01-05 party=S product=A qty=10 price=3 source=o due_date=2026-01-05", // 33.90, longer due, and not what came back
		"kind=purchase-return number=t date=2026-01-08 party=S warehouse=W1 product=A qty=15 source=r",
		"kind=purchase-invoice number=g date=2026-01-09 party=S product=A qty=-15 price=5.2 source=t")
	wantOpen(t, b, map[string]string{"f": "264.42", "g": "0.00", "p": "33.90"})
	wantAged(t, b, slip.Payable, 20260131, "298.32", "298.32")
	wantAged(t, b, slip.Payable, 20260108, "386.46", "386.46")
	if d := pushed(t, b, "f", "payment"); d.Amount.String() != "264.42" {
		t.Errorf("%s is to pay, want 264.42", d.Amount)
	}
	mustHold(t, b)
	sameAgain(t, b)
	// on paid bills it stays open, to be paid back
	enterRows(t, b, "kind=purchase-return number=t2 date=2026-02-08 party=S warehouse=W1 product=A qty=5 source=r",
		"kind=purchase-invoice number=g2 date=2026-02-09 party=S product=A qty=-5 price=5.2 source=t2")
	wantOpen(t, b, map[string]string{"f": "0.00", "g2": "-29.38"})
	enterRows(t, b, "kind=payment number=q date=2026-02-10 party=S account=B amount=-29.38 source=g2")
	wantOpen(t, b, map[string]string{"g2": "0.00", "q": "0.00"})
	for _, ref := range []string{"q", "g2", "g2"} {
		if _, err := b.Unaudit(ref, false); err != nil && ref != "g2" {
			t.Fatal(err)
		}
	}
	mustHold(t, b)
}

// A line of goods billed in two parts: the red bill goes against the older first, then the other, and a red bill taken back gives both
// their money again.
func TestARedBillGoesAgainstSeveralBills(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r0 date=2026-01-01 party=S warehouse=W1 product=A qty=50 price=1",
		"kind=delivery number=d date=2026-01-06 party=C warehouse=W1 product=A qty=10 price=10",
		"kind=sales-invoice number=f1 date=2026-01-07 party=C product=A qty=4 price=10 source=d", // 45.20
		"kind=sales-invoice number=f2 date=2026-01-08 party=C product=A qty=6 price=10 source=d", // 67.80
		"kind=sales-return number=t date=2026-01-09 party=C warehouse=W1 product=A qty=5 source=d",
		"kind=sales-invoice number=g date=2026-01-10 party=C product=A qty=-5 price=10 source=t") // −56.50
	wantOpen(t, b, map[string]string{"f1": "0.00", "f2": "56.50", "g": "0.00"})
	wantAged(t, b, slip.Receivable, 20260331, "56.50", "56.50")
	sameAgain(t, b)
	if _, err := b.Unaudit("g", false); err != nil {
		t.Fatal(err)
	}
	wantOpen(t, b, map[string]string{"f1": "45.20", "f2": "67.80", "g": "0.00"})
	if _, err := b.Audit("g"); err != nil {
		t.Fatal(err)
	}
	wantOpen(t, b, map[string]string{"f1": "0.00", "f2": "56.50", "g": "0.00"})
	mustHold(t, b)
}

// What is overdue is never more than the balance: money that settles nothing in particular goes against what is longest due.
func TestWhatIsOverdueIsNeverMoreThanTheBalance(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b, "kind=delivery number=d date=2026-01-02 party=C warehouse=W1 product=A qty=10 price=10", // 113.00, paid with 20.00 too much
		"kind=collection number=k date=2026-01-03 party=C account=B amount=133",
		"kind=delivery number=e date=2026-02-01 party=C warehouse=W1 product=A qty=5 price=10",                     // 56.50, and 20.00 stand open
		"kind=delivery number=f date=2026-03-01 party=C warehouse=W1 product=A qty=1 price=10 due_date=2026-03-31") // 11.30 not due
	wantAged(t, b, slip.Receivable, 20260304, "47.80", "47.80") // 11.30 less 20.00, and 8.70 of it off the 56.50
	wantAged(t, b, slip.Receivable, 20260401, "47.80", "47.80")
	mustHold(t, b)
}
