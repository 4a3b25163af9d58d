package workflow_test

import (
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// off is what a slip came to, what of it was rounded off, and what was paid.
func off(t testing.TB, b *workflow.Book, ref string) string {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	return d.Gross.String() + " less " + d.Rounding.String() + " paid " + d.PaidNow().String()
}

func wantOff(t testing.TB, b *workflow.Book, want map[string]string) {
	t.Helper()
	for ref, w := range want {
		if got := off(t, b, ref); got != w {
			t.Errorf("%s comes to %s, want %s", ref, got, w)
		}
	}
}

// What was rounded off a sale paid at once is taken off what is given back (7.3.4).
func TestARoundingComesBackWithTheGoods(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b,
		"kind=retail-sale number=a date=2026-01-02 warehouse=W1 account=K product=A qty=1 price=98.65 price_includes_tax=yes rounding=0.65",
		"kind=retail-sale number=a1 date=2026-01-03 warehouse=W1 account=K product=A qty=-1 source=a",
		// 3 at 33.30 are 99.90, of it 0.90 off: 33.30 of 99.90 are 0.30 each; the middle one comes back damaged at half its price, with 0.15
		"kind=retail-sale number=c date=2026-01-04 warehouse=W1 account=K product=A qty=3 price=33.3 price_includes_tax=yes rounding=0.9",
		"kind=retail-sale number=c1 date=2026-01-05 warehouse=W1 account=K product=A qty=-1 source=c",
		"kind=retail-sale number=c2 date=2026-01-05 warehouse=W1 account=K product=A qty=-1 price=16.65 price_includes_tax=yes source=c",
		"kind=retail-sale number=c3 date=2026-01-05 warehouse=W1 account=K product=A qty=-1 source=c",
		// a person gives all 33.30 back
		"kind=retail-sale number=e date=2026-01-06 warehouse=W1 account=K product=A qty=1 price=33.3 price_includes_tax=yes rounding=0.3",
		"kind=retail-sale number=e1 date=2026-01-07 warehouse=W1 account=K product=A qty=-1 source=e rounding=0",
		// a delivery paid at once: 113.00 less 3.00, half of it back and half of the 3.00
		"kind=delivery number=d date=2026-01-08 party=C warehouse=W1 product=A qty=2 price=50 account=K paid=110 rounding=3",
		"kind=sales-return number=d1 date=2026-01-09 party=C warehouse=W1 product=A qty=1 source=d account=K paid=55",
		"kind=sales-return number=d2 date=2026-01-09 party=C warehouse=W1 product=A qty=1 source=d account=K paid=56.5")
	wantOff(t, b, map[string]string{
		"a": "98.65 less 0.65 paid 98.00", "a1": "-98.65 less -0.65 paid -98.00",
		"c1": "-33.30 less -0.30 paid -33.00", "c2": "-16.65 less -0.15 paid -16.50", "c3": "-33.30 less -0.30 paid -33.00",
		"e1": "-33.30 less 0.00 paid -33.30",
		"d1": "56.50 less 1.50 paid 55.00", "d2": "56.50 less 0.00 paid 56.50", // all of it was paid back by hand
	})
	if got, want := voucher(t, b, "a1"), "Dr 1001 -98.00; Dr 5603 -0.65; Cr 5001 -87.30; Cr 22210107 -11.35"; got != want {
		t.Errorf("the return posts %s, want %s", got, want)
	}
	for _, ref := range []string{"a1", "c2", "d1", "e1"} {
		was := off(t, b, ref)
		if _, err := b.Unaudit(ref, false); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Audit(ref); err != nil {
			t.Fatal(err)
		}
		wantOff(t, b, map[string]string{ref: was})
	}
	mustHold(t, b)
	sameAgain(t, b)
}

// The parts of a rounding add up to all of it, and a red letter shortened by hand takes its part.
func TestARoundingComesBackInParts(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b, "kind=retail-sale number=a date=2026-01-02 warehouse=W1 account=K product=A qty=3 price=33.34 price_includes_tax=yes rounding=0.1") // 100.02
	var sum num.Amount
	for i, want := range []string{"-33.34 less -0.03 paid -33.31", "-33.34 less -0.04 paid -33.30", "-33.34 less -0.03 paid -33.31"} {
		red, err := b.RedLetter("a")
		if err != nil {
			t.Fatal(err)
		}
		red.Lines[0].Qty = -num.QuantityOne
		if err := b.Save(red); err != nil {
			t.Fatal(err)
		}
		if red, err = b.Load(red.Number); err != nil {
			t.Fatal(err)
		}
		if got := red.Extra["rounding_typed"]; got != "" {
			t.Errorf("a red letter of the program's is said to be typed")
		}
		if _, err := b.SaveAndAudit(red); err != nil {
			t.Fatal(err)
		}
		wantOff(t, b, map[string]string{red.Number: want})
		if sum += red.Rounding; i == 2 && sum.String() != "-0.10" {
			t.Errorf("%s came back in all, want -0.10", sum)
		}
	}
	mustHold(t, b)
}

// An exchange gives back what the goods brought in were really paid with.
func TestAnExchangeCountsWhatWasRoundedOff(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b, "kind=retail-sale number=a date=2026-01-02 warehouse=W1 account=K product=A qty=1 price=20.4 price_includes_tax=yes rounding=0.4")
	src, err := b.Load("a")
	if err != nil {
		t.Fatal(err)
	}
	d := &slip.Doc{Kind: "retail-sale", Date: 20260103, Warehouse: "W1", Account: "K", Lines: []slip.Line{
		{Product: "A", Qty: -num.QuantityOne, SourceNumber: src.Number},
		{Product: "B", Qty: num.QuantityOne, Price: 50_000_000, PriceGiven: true, InclTax: true},
	}}
	if _, err := b.SaveAndAudit(d); err != nil {
		t.Fatal(err)
	}
	wantOff(t, b, map[string]string{d.Number: "29.60 less -0.40 paid 30.00"}) // 50.00 less the 20.00 paid
	mustHold(t, b)
}
