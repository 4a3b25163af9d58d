package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// traded is net, cost and profit of the product A in a month's sales or purchase summary, and the same of the ledger's lines.
func traded(t testing.TB, b *workflow.Book, side string, m text.Month) string {
	t.Helper()
	p := reports.Params{From: m.First(), To: m.Last()}
	var s []string
	for _, c := range []string{"qty", "net", "tax", "cost"} {
		s = append(s, cell(t, b, side+"-summary", "A", c, p))
	}
	return strings.Join(s, " ")
}

func wantTraded(t testing.TB, b *workflow.Book, side string, m text.Month, want string) {
	t.Helper()
	if got := traded(t, b, side, m); got != want {
		t.Errorf("%s of %s: %q, want %q", side, m, got, want)
	}
}

// 2 at 10.00 are there, 5 go at 30.00: the other 3 cost 10.00 each until they come at 12.00 a month later. What that changes is February's (C4).
func TestACorrectionOfAnEarlierMonthIsALineOfItsOwn(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b, "kind=goods-receipt number=r1 date=2026-01-05 party=S warehouse=W1 product=A qty=2 price=10",
		"kind=delivery number=d date=2026-01-20 party=C warehouse=W1 product=A qty=5 price=30")
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	wantTraded(t, b, "sales", 202601, "5 150.00 19.50 50.00")
	enterRows(t, b, "kind=goods-receipt number=r2 date=2026-02-03 party=S warehouse=W1 product=A qty=10 price=12")
	wantTraded(t, b, "sales", 202601, "5 150.00 19.50 50.00")
	wantTraded(t, b, "sales", 202602, "0 0.00 0.00 6.00")
	rep, _ := reports.ByName("sales-ledger")
	rows, err := rep.Texts(b, reports.Params{From: 20260201, To: 20260228})
	if err != nil || len(rows) != 1 || rows[0][0] != "2026-02-03" || rows[0][1] != "XC-202601-0001" || rows[0][14] != "6.00" || rows[0][15] != "-6.00" {
		t.Errorf("February's sales ledger is %v, %v", rows, err)
	}
	mustHold(t, b)
}

// What is invoiced stands at the invoice's price, the rest at the delivery's (7.3.3).
func TestSalesFollowTheirInvoices(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-05 party=S warehouse=W1 product=A qty=100 price=10",
		"kind=delivery number=d date=2026-01-06 party=C warehouse=W1 product=A qty=10 price=20",
		"kind=sales-invoice number=f1 date=2026-01-07 party=C product=A qty=4 price=21 source=d")
	wantTraded(t, b, "sales", 202601, "10 204.00 26.52 100.00") // 4 at 21.00 and 6 at 20.00
	enterRows(t, b, "kind=sales-invoice number=f2 date=2026-01-08 party=C product=A qty=6 price=21 source=d")
	wantTraded(t, b, "sales", 202601, "10 210.00 27.30 100.00")
	enterRows(t, b, "kind=delivery number=d2 date=2026-01-09 party=C warehouse=W1 product=A qty=10 price=20")
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	enterRows(t, b, "kind=sales-invoice number=f3 date=2026-02-07 party=C product=A qty=10 price=22 source=d2")
	wantTraded(t, b, "sales", 202601, "20 410.00 53.30 200.00")
	wantTraded(t, b, "sales", 202602, "0 20.00 2.60 0.00")
	mustHold(t, b)
}

// 100 come at 8.00 and are billed at 8.20, 10 go back: 90 at 8.20 were bought, as VAT and stock say.
func TestPurchasesFollowTheirInvoices(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-06 party=S warehouse=W1 product=A qty=100 price=8",
		"kind=purchase-invoice number=f date=2026-01-07 party=S product=A qty=100 price=8.2 source=r",
		"kind=purchase-return number=t date=2026-01-08 party=S warehouse=W1 product=A qty=10 source=r",
		"kind=purchase-invoice number=g date=2026-01-09 party=S product=A qty=-10 price=8.2 source=t")
	wantTraded(t, b, "purchase", 202601, "90 738.00 95.94 738.00")
	mustHold(t, b)
}
