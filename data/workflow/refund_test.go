package workflow_test

import (
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// openOn is what the list says is open on a slip.
func openOn(t testing.TB, b *workflow.Book, ref string) string {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows([]int64{d.ID})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	return rows[0].Open.String()
}

func wantOpen(t testing.TB, b *workflow.Book, want map[string]string) {
	t.Helper()
	for ref, w := range want {
		if got := openOn(t, b, ref); got != w {
			t.Errorf("%s is open on %s, want %s", got, ref, w)
		}
	}
}

// What was paid and comes back is paid back, and the refund names the return (7.3.5): 904.00 paid, all of it returned.
func TestARefundNamesTheReturn(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b, "kind=delivery number=d date=2026-01-02 party=C warehouse=W1 product=A qty=4 price=200",
		"kind=collection number=k date=2026-01-10 party=C account=B amount=904 source=d",
		"kind=sales-return number=x date=2026-02-03 party=C warehouse=W1 product=A qty=4 source=d")
	wantOpen(t, b, map[string]string{"d": "-904.00"})
	refuseRow(t, b, "more than the 904.00 left", "kind=collection number=y date=2026-02-04 party=C account=B amount=-905 source=x")
	refuseRow(t, b, "an amount below zero pays it back", "kind=collection number=y date=2026-02-04 party=C account=B amount=5 source=x")
	refuseRow(t, b, "is before", "kind=collection number=y date=2026-02-02 party=C account=B amount=-5 source=x")
	enterRows(t, b, "kind=collection number=r1 date=2026-02-04 party=C account=B amount=-300 source=x")
	wantOpen(t, b, map[string]string{"d": "-604.00", "r1": "0.00"})
	d := pushed(t, b, "x", "collection")
	if d.Amount.String() != "-604.00" || d.Allocations[0].Target != "XT-202602-0001" {
		t.Errorf("the return is paid back by %s, %v", d.Amount, d.Allocations)
	}
	wantOpen(t, b, map[string]string{"d": "0.00", "k": "0.00", d.Number: "0.00"})
	if got, want := voucher(t, b, "r1"), "Dr 1002 -300.00; Cr 1122 -300.00"; got != want {
		t.Errorf("the refund posts %s, want %s", got, want)
	}
	if _, err := b.Push("x", "collection"); err == nil {
		t.Error("what was paid back can be paid back again")
	}
	if _, err := b.Unaudit("x", false); err == nil {
		t.Error("a return that was paid back is taken out")
	}
	// as at days between: returned and not paid back; in part
	for day, want := range map[text.Date]string{20260203: "-904.00", 20260211: "0.00"} {
		list, err := b.Aged(slip.Receivable, day, 0)
		got := "0.00"
		for _, a := range list {
			got = a.By[0].String()
		}
		if err != nil || got != want {
			t.Errorf("on %s %s is owed, %v; want %s", day, got, err, want)
		}
	}
	red, err := b.RedLetter("r1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.SaveAndAudit(red); err != nil {
		t.Fatal(err)
	}
	wantOpen(t, b, map[string]string{"d": "-300.00"})
	mustHold(t, b)
	sameAgain(t, b)
}

// Of a return whose sale was paid in part, only what was paid too much is there to pay back; a return of nothing in particular is paid back whole.
func TestARefundIsNoMoreThanWasPaid(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b, "kind=delivery number=d date=2026-01-02 party=C warehouse=W1 product=A qty=10 price=10", // 113.00
		"kind=collection number=k date=2026-01-03 party=C account=B amount=100 source=d",
		"kind=sales-return number=x date=2026-01-04 party=C warehouse=W1 product=A qty=5 source=d", // 56.50: 43.50 too much was paid
		"kind=sales-return number=f date=2026-01-05 party=C warehouse=W1 product=A qty=1 price=8")  // 9.04
	refuseRow(t, b, "more than the 43.50 left", "kind=collection number=y date=2026-01-06 party=C account=B amount=-43.51 source=x")
	enterRows(t, b, "kind=collection number=r date=2026-01-06 party=C account=B amount=-43.5 source=x",
		"kind=collection number=s date=2026-01-06 party=C account=B source=f")
	wantOpen(t, b, map[string]string{"d": "0.00", "r": "0.00", "s": "0.00"})
	if got, want := voucher(t, b, "s"), "Dr 1002 -9.04; Cr 1122 -9.04"; got != want {
		t.Errorf("the refund posts %s, want %s", got, want)
	}
	if list, err := b.Aged(slip.Receivable, 20260131, 0); err != nil || len(list) != 0 {
		t.Errorf("%v is owed, %v", list, err)
	}
	mustHold(t, b)
	sameAgain(t, b)
}

// A red delivery and a supplier's credit are paid back as a return is.
func TestRedLettersAndSuppliersAreRefunded(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b, "kind=delivery number=d date=2026-01-02 party=C warehouse=W1 product=A qty=10 price=10",
		"kind=collection number=k date=2026-01-03 party=C account=B amount=113 source=d",
		"kind=delivery number=e date=2026-01-04 party=C warehouse=W1 product=A qty=-2 source=d",
		"kind=collection number=r date=2026-01-05 party=C account=B amount=-22.6 source=e",
		"kind=goods-receipt number=g date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=6",
		"kind=payment number=p date=2026-01-03 party=S account=B amount=67.8 source=g",
		"kind=purchase-return number=h date=2026-01-04 party=S warehouse=W1 product=A qty=2 source=g",
		"kind=payment number=q date=2026-01-05 party=S account=B amount=-13.56 source=h")
	wantOpen(t, b, map[string]string{"d": "0.00", "e": "0.00", "r": "0.00", "g": "0.00", "q": "0.00"})
	if got, want := voucher(t, b, "q"), "Dr 220201 -13.56; Cr 1002 -13.56"; got != want {
		t.Errorf("the supplier's refund posts %s, want %s", got, want)
	}
	mustHold(t, b)
	sameAgain(t, b)
}

// In flow invoice the red invoice is what is paid back; the return of the goods owes nobody anything.
func TestARedInvoiceIsRefunded(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice", Negative: "allow"})
	enterRows(t, b, "kind=delivery number=d date=2026-01-02 party=C warehouse=W1 product=A qty=10 price=10",
		"kind=sales-invoice number=f date=2026-01-03 party=C product=A qty=10 price=10 source=d",
		"kind=collection number=k date=2026-01-04 party=C account=B amount=113 source=f",
		"kind=sales-return number=x date=2026-01-05 party=C warehouse=W1 product=A qty=4 source=d",
		"kind=sales-invoice number=g date=2026-01-06 party=C product=A qty=-4 price=10 source=x")
	refuseRow(t, b, "more than the 0.00 left", "kind=collection number=y date=2026-01-07 party=C account=B amount=-45.2 source=x")
	enterRows(t, b, "kind=collection number=r date=2026-01-07 party=C account=B amount=-45.2 source=g")
	wantOpen(t, b, map[string]string{"f": "0.00", "g": "0.00", "r": "0.00"})
	mustHold(t, b)
	sameAgain(t, b)
}
