package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// What is left of a delivery was delivered, not ordered; of two lines with the product the one with enough left is meant (7.3.10).
func TestReturnsSpeakOfWhatWasDelivered(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=50 price=4")
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit",
		"delivery,d,2026-01-03,C,W1,A,3,20,yes", "delivery,d,2026-01-03,C,W1,A,7,15,yes")
	enterRows(t, b, "kind=sales-return number=x date=2026-01-04 party=C warehouse=W1 product=A qty=5 source=d") // of the 7 at 15.00
	if got := netOf(t, b, "x"); got != "75.00" {
		t.Errorf("%s came back, want 75.00", got)
	}
	refuseRow(t, b, "3 delivered, 3 left on XC-202601-0001", "kind=sales-return number=y date=2026-01-05 party=C warehouse=W1 product=A qty=9 source=d")
	refuseRow(t, b, "7 delivered, 2 left on XC-202601-0001", "kind=sales-return number=y date=2026-01-05 party=C warehouse=W1 product=A qty=3 source=d source_line=2")
	refuseRow(t, b, "50 received, 50 left on CR-202601-0001", "kind=purchase-return number=y date=2026-01-05 party=S warehouse=W1 product=A qty=51 source=r")
	enterRows(t, b, "kind=sales-return number=z date=2026-01-06 party=C warehouse=W1 product=A qty=3 source=d")
	if got := netOf(t, b, "z"); got != "60.00" { // the 3 at 20.00
		t.Errorf("%s came back, want 60.00", got)
	}
}

// A fee that the rows of an assembly repeat is one fee; one that differs is told of.
func TestAFeeRepeatedOnEveryRowIsOneFee(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=50 price=4")
	const header = "kind,number,date,warehouse,product,qty,amount,credit_account,audit"
	load(t, b, "slips", header, "assembly,z,2026-01-03,W1,B,2,17,4101,yes", "assembly,z,2026-01-03,W1,A,-6,17,4101,yes")
	if got, want := voucher(t, b, "z"), "Cr 4101 17.00; Cr 1405 24.00; Dr 1405 41.00"; got != want {
		t.Errorf("the assembly posts %s, want %s", got, want)
	}
	if err := try(b, "slips", header, "assembly,y,2026-01-03,W1,B,2,17,4101,yes", "assembly,y,2026-01-03,W1,A,-6,18,4101,yes"); err == nil {
		t.Error("two fees are taken for one")
	}
}

// An account that others part takes no entry by hand.
func TestAnAccountWithPartsTakesNoEntryByHand(t *testing.T) {
	const header = "kind,number,date,debit_account,credit_account,amount,audit"
	b := trader(t, workflow.Settings{})
	if err := try(b, "slips", header, "journal-voucher,j,2026-01-07,5711,222101,30,yes"); err == nil {
		t.Error("222101 takes an entry by hand")
	}
	load(t, b, "slips", header, "journal-voucher,j,2026-01-07,5711,22210109,30,yes")
	small := trader(t, workflow.Settings{Taxpayer: "small"})
	load(t, small, "slips", header, "journal-voucher,j,2026-01-07,5711,222101,30,yes") // whose VAT stands there
}

// Goods that come back at a cost of nothing are told of.
func TestAReturnAtNoCostIsWarnedOf(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=B qty=5 price=0",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=B qty=2 price=9",
		"kind=sales-return number=x date=2026-01-04 party=C warehouse=W1 product=B qty=1 source=d")
	if _, err := b.Unaudit("x", false); err != nil {
		t.Fatal(err)
	}
	warnings, err := b.Audit("x")
	if err != nil || !strings.Contains(warnings.Error(), "come back at a cost of 0") {
		t.Errorf("the return is audited with %v, %v", warnings, err)
	}
}

// An account that nothing moves in a span of days has its opening line all the same, in the book's language where the column is prose.
func TestALedgerOfAQuietMonthBeginsWithWhatStands(t *testing.T) {
	b := trader(t, workflow.Settings{Lang: text.Zh})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=5 price=4",
		"kind=payment number=p date=2026-01-03 party=S account=B amount=7 source=r")
	for name, want := range map[string]string{
		"general-ledger": "1002 银行存款 2026-01-31  期初 0.00 0.00 credit 7.00; 1405 库存商品 2026-01-31  期初 0.00 0.00 debit 20.00; 220201 ",
		"cash-book":      "B 2026-01-31  期初 0.00 0.00 -7.00"} {
		rep, _ := reports.ByName(name)
		rows, err := rep.Texts(b, reports.Params{From: 20260201, To: 20260228})
		var lines []string
		for _, r := range rows {
			lines = append(lines, strings.Join(r, " "))
		}
		if got := strings.Join(lines, "; "); err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s; %v", name, got, want, err)
		}
	}
}
