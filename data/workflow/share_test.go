package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/workflow"
)

// netOf is what a slip came to without tax.
func netOf(t testing.TB, b *workflow.Book, ref string) string {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	return d.Net.String()
}

// What was typed on one return does not spoil the next (7.3.2): each part without a price of its own is its share of the source line.
func TestAReturnAtItsOwnPriceLeavesTheOthersTheirShare(t *testing.T) {
	for _, x := range []struct {
		name, sale, typed string
		want              string // of the typed part, one more, and the last two
	}{
		{"damaged, cheaper", "qty=5 price=20", "price=16", "32.00 20.00 40.00"},
		{"by mistake far dearer", "qty=5 price=20", "price=999", "1998.00 20.00 40.00"},
		{"nobody typed a price", "qty=5 price=20", "", "40.00 20.00 40.00"},
		{"a third of a cent each", "qty=5 price=6.666", "price=1", "2.00 6.67 13.33"}, // 33.33 in all, 13.33 of it for the two
	} {
		t.Run(x.name, func(t *testing.T) {
			b := trader(t, workflow.Settings{Negative: "allow"})
			enterRows(t, b, "kind=delivery number=d date=2026-01-02 party=C warehouse=W1 product=A "+x.sale,
				"kind=sales-return number=x1 date=2026-01-03 party=C warehouse=W1 product=A qty=2 source=d "+x.typed,
				"kind=sales-return number=x2 date=2026-01-04 party=C warehouse=W1 product=A qty=1 source=d",
				"kind=sales-return number=x3 date=2026-01-05 party=C warehouse=W1 product=A qty=2 source=d")
			if got := strings.Join([]string{netOf(t, b, "x1"), netOf(t, b, "x2"), netOf(t, b, "x3")}, " "); got != x.want {
				t.Errorf("came back at %s, want %s", got, x.want)
			}
			mustHold(t, b)
			for _, ref := range []string{"x1", "x2"} { // each out and in again: nothing changes
				if _, err := b.Unaudit(ref, false); err != nil {
					t.Fatal(err)
				}
				if _, err := b.Audit(ref); err != nil {
					t.Fatal(err)
				}
			}
			if got := strings.Join([]string{netOf(t, b, "x1"), netOf(t, b, "x2"), netOf(t, b, "x3")}, " "); got != x.want {
				t.Errorf("audited again at %s, want %s", got, x.want)
			}
			mustHold(t, b)
		})
	}
}

func TestASupplierCreditsTheShareWhateverWasTypedBefore(t *testing.T) {
	for _, flow := range []string{"direct", "invoice"} {
		t.Run(flow, func(t *testing.T) {
			b := trader(t, workflow.Settings{Flow: flow})
			enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=40 price=10",
				"kind=purchase-return number=t1 date=2026-01-03 party=S warehouse=W1 product=A qty=10 price=8 source=r",
				"kind=purchase-return number=t2 date=2026-01-04 party=S warehouse=W1 product=A qty=10 source=r")
			if got := netOf(t, b, "t2"); got != "100.00" {
				t.Errorf("the second return credits %s, want 100.00", got)
			}
			mustHold(t, b)
		})
	}
}

// Two lines of one return of the same source line follow the same rule.
func TestTwoLinesOfOneReturnShareTheSource(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b, "kind=delivery number=d date=2026-01-02 party=C warehouse=W1 product=A qty=5 price=20")
	load(t, b, "slips", strings.Join(wide, ","), row("kind=sales-return number=x date=2026-01-03 party=C warehouse=W1 product=A qty=2 price=16 source=d"),
		row("kind=sales-return number=x date=2026-01-03 party=C warehouse=W1 product=A qty=3 source=d"))
	if got := netOf(t, b, "x"); got != "92.00" { // 32.00 and 60.00
		t.Errorf("came back at %s, want 92.00", got)
	}
}

func TestAReturnAboveItsSaleIsWarnedOf(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b, "kind=delivery number=d date=2026-01-02 party=C warehouse=W1 product=A qty=5 price=20",
		"kind=sales-return number=x1 date=2026-01-03 party=C warehouse=W1 product=A qty=2 price=25 source=d audit=no",
		"kind=sales-return number=x2 date=2026-01-03 party=C warehouse=W1 product=A qty=2 price=20 source=d audit=no")
	told, err := b.Audit("x1")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(told); !strings.Contains(got, "50.00 is given back, more than the 40.00 of the same quantity on XC-202601-0001") {
		t.Errorf("told %s", got)
	}
	if told, err = b.Audit("x2"); err != nil || strings.Contains(fmt.Sprint(told), "given back") {
		t.Errorf("at the price of the sale: %v %v", told, err)
	}
}
