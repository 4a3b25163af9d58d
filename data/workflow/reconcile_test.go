package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// teller is a test, or the draw of a random one.
type teller interface {
	Helper()
	Errorf(string, ...any)
	Fatal(...any)
}

// tied is a column of the reconciliation of a month, its rows from the ledger to the difference.
func tied(t teller, b *workflow.Book, column string, m text.Month) string {
	t.Helper()
	rows, err := reports.Reconciliation.Run(b, reports.Params{From: m.First(), To: m.Last()})
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{"sales": 1, "cost": 2, "purchases": 3}[column]
	var s []string
	for _, r := range rows {
		s = append(s, r[at].String())
	}
	return strings.Join(s, " ")
}

func wantTied(t teller, b *workflow.Book, column string, m text.Month, want string) {
	t.Helper()
	if got := tied(t, b, column, m); got != want {
		t.Errorf("%s of %s: %q, want %q", column, m, got, want)
	}
}

// wantSold wants the sales summary by every key, the sales ledger and the accounts to say the same in every month, and what was bought likewise.
func wantSold(t teller, b *workflow.Book, until text.Month) {
	t.Helper()
	for m := b.Settings().Start; m <= until; m = m.Next() {
		p := reports.Params{From: m.First(), To: m.Last()}
		for _, side := range []string{"sales", "purchase"} {
			ledger := sumsOf(t, b, side+"-ledger", p)
			for _, by := range []string{"product", "day", "warehouse", "employee", "category"} {
				p.By = by
				if got := sumsOf(t, b, side+"-summary", p); got != ledger {
					t.Errorf("%s of %s by %s: net and cost %v, the ledger %v", side, m, by, got, ledger)
				}
			}
			p.By = ""
		}
		for _, column := range []string{"sales", "cost", "purchases"} {
			if s := tied(t, b, column, m); !strings.HasSuffix(s, " 0.00") {
				t.Errorf("%s of %s: %s", column, m, s)
			}
		}
	}
}

// sumsOf are net and cost of all rows of a summary or ledger of trade.
func sumsOf(t teller, b *workflow.Book, name string, p reports.Params) (sum [2]num.Amount) {
	t.Helper()
	rep, _ := reports.ByName(name)
	rows, err := rep.Run(b, p)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range rep.Columns {
		for j, key := range []string{"net", "cost"} {
			for _, r := range rows {
				if c.Key == key {
					sum[j] += r[i].(num.Amount)
				}
			}
		}
	}
	return sum
}

// 10 are delivered at 20.00 in January; 6 of them are invoiced in January at 21.00, 4 in February at 19.00. They cost 10.00 each.
func TestSalesAreLedOverToTheirAccounts(t *testing.T) {
	for _, taxpayer := range []string{"general", "small"} {
		b := trader(t, workflow.Settings{Flow: "invoice", Taxpayer: taxpayer})
		enterRows(t, b, "kind=goods-receipt number=r date=2026-01-05 party=S warehouse=W1 product=A qty=100 price=10 tax_rate=0",
			"kind=delivery number=d date=2026-01-06 party=C warehouse=W1 product=A qty=10 price=20",
			"kind=sales-invoice number=f1 date=2026-01-07 party=C product=A qty=6 price=21 source=d")
		wantTied(t, b, "sales", 202601, "206.00 80.00 0.00 0.00 126.00 126.00 0.00 0.00") // 6 at 21.00 and 4 at 20.00
		wantTied(t, b, "cost", 202601, "100.00 40.00 0.00 0.00 60.00 60.00 0.00 0.00")
		enterRows(t, b, "kind=sales-invoice number=f2 date=2026-02-03 party=C product=A qty=4 price=19 source=d")
		wantTied(t, b, "sales", 202601, "202.00 76.00 0.00 0.00 126.00 126.00 0.00 0.00") // January is open: the 4 are worth their invoice
		wantTied(t, b, "sales", 202602, "0.00 0.00 76.00 0.00 76.00 76.00 0.00 0.00")
		wantTied(t, b, "cost", 202602, "0.00 0.00 40.00 0.00 40.00 40.00 0.00 0.00")
		wantSold(t, b, 202603)
		if _, err := b.Unaudit("f2", false); err != nil {
			t.Fatal(err)
		}
		if err := b.ClosePeriod(202601); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Audit("f2"); err != nil {
			t.Fatal(err)
		}
		wantTied(t, b, "sales", 202601, "206.00 80.00 0.00 0.00 126.00 126.00 0.00 0.00") // January is closed and stays
		wantTied(t, b, "sales", 202602, "-4.00 0.00 80.00 0.00 76.00 76.00 0.00 0.00")    // 4 at 1.00 less
		wantSold(t, b, 202603)
		mustHold(t, b)
	}
}

// In flow direct what is delivered is booked at once; other entries on the account stand apart.
func TestDirectSalesAreTheirAccounts(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-05 party=S warehouse=W1 product=A qty=100 price=10",
		"kind=delivery number=d date=2026-01-06 party=C warehouse=W1 product=A qty=7 price=30",
		"kind=sales-return number=x date=2026-01-08 party=C warehouse=W1 product=A qty=2 source=d",
		"kind=retail-sale number=l date=2026-01-09 warehouse=W1 account=B product=A qty=1 price=35",
		"kind=journal-voucher number=j date=2026-01-10 debit_account=1221 credit_account=5001 amount=12",
		"kind=journal-voucher number=k date=2026-01-10 debit_account=5401 credit_account=1221 amount=3")
	wantTied(t, b, "sales", 202601, "185.00 0.00 0.00 0.00 185.00 197.00 12.00 12.00 0.00") // 5 at 30.00 and 1 at 35.00; of the other entries 12.00 journals
	wantTied(t, b, "cost", 202601, "60.00 0.00 0.00 0.00 60.00 63.00 3.00 3.00 0.00")
	wantTied(t, b, "purchases", 202601, "1000.00 0.00 0.00 0.00 1000.00 1000.00 0.00 0.00 0.00")
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	wantTied(t, b, "sales", 202601, "185.00 0.00 0.00 0.00 185.00 197.00 12.00 12.00 0.00") // closing vouchers are no entries
	wantSold(t, b, 202602)
}

// 100 come at 8.00, 60 of them are billed in January at 8.20, the rest in February, with 5 more that nothing came for.
func TestPurchasesAreLedOverToTheirBills(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-06 party=S warehouse=W1 product=A qty=100 price=8",
		"kind=purchase-invoice number=f date=2026-01-07 party=S product=A qty=60 price=8.2 source=r",
		"kind=purchase-invoice number=g date=2026-02-07 party=S product=A qty=40 price=8 source=r",
		"kind=purchase-invoice number=h date=2026-02-08 party=S product=A qty=5 price=8")
	wantTied(t, b, "purchases", 202601, "812.00 320.00 0.00 0.00 492.00 492.00 0.00 0.00")
	wantTied(t, b, "purchases", 202602, "0.00 0.00 320.00 40.00 360.00 360.00 0.00 0.00")
	wantSold(t, b, 202602)
	mustHold(t, b)
}
