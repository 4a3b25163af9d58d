package workflow_test

import (
	"strings"
	"testing"
	"time"

	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// taxBooked is what a month's entries on 2221 and its parts come to, credit less debit.
func taxBooked(t testing.TB, b *workflow.Book, m text.Month) num.Amount {
	t.Helper()
	sums, err := b.DB.Turnovers(m.First(), m.Last())
	if err != nil {
		t.Fatal(err)
	}
	var owed num.Amount
	for _, s := range sums {
		if strings.HasPrefix(s.Account, "2221") {
			owed += s.Credit - s.Debit
		}
	}
	return owed
}

// 50 at 8.00 are bought with 52.00 of tax and 30 sold at 15.00 with 58.50; of 10 that spoiled the tax, 10.40, is transferred out in January,
// and 1.30 of that taken back in March.
func TestTheVATReportIsTheAccounts(t *testing.T) {
	for _, flow := range []string{"direct", "invoice"} {
		b := trader(t, workflow.Settings{Flow: flow})
		enterRows(t, b, "kind=goods-receipt number=r date=2026-01-04 party=S warehouse=W1 product=A qty=50 price=8",
			"kind=delivery number=d date=2026-01-09 party=C warehouse=W1 product=A qty=30 price=15",
			"kind=journal-voucher number=j date=2026-01-15 debit_account=5711 credit_account=22210109 amount=10.4",
			"kind=journal-voucher number=k date=2026-03-02 debit_account=22210109 credit_account=5711 amount=1.3")
		if flow == "invoice" {
			enterRows(t, b, "kind=purchase-invoice number=f date=2026-01-05 party=S product=A qty=50 price=8 source=r",
				"kind=sales-invoice number=g date=2026-01-10 party=C product=A qty=30 price=15 source=d")
		}
		for m, want := range map[text.Month]string{202601: "16.90", 202603: "-1.30"} { // 58.50 − 52.00 + 10.40
			got := cell(t, b, "vat", m.String(), "payable", reports.Params{From: 20260101, To: 20260331})
			if booked := taxBooked(t, b, m).String(); got != want || booked != want {
				t.Errorf("%s: %s is to be paid by the report, %s by the accounts; want %s", m, got, booked, want)
			}
		}
		mustHold(t, b)
	}
}

// Closing a month moves revenue and cost on to 3103; the home page's profit of that month stays what was earned: 4 at 12.00 less 4 at 5.00.
func TestProfitOfTheMonthLeavesClosingOut(t *testing.T) {
	b := trader(t, workflow.Settings{})
	b.Now = func() time.Time { return time.Date(2026, 2, 17, 10, 0, 0, 0, time.UTC) }
	enterRows(t, b, "kind=goods-receipt number=r date=2026-02-02 party=S warehouse=W1 product=A qty=20 price=5",
		"kind=delivery number=d date=2026-02-17 party=C warehouse=W1 product=A qty=4 price=12")
	for _, closed := range []bool{false, true} {
		if closed {
			if err := b.ClosePeriod(202602); err != nil {
				t.Fatal(err)
			}
		}
		if o, err := b.Overview(); err != nil || o.ProfitMonth.String() != "28.00" || o.ProfitToday.String() != "28.00" {
			t.Errorf("closed %v: %s earned this month, %s today, want 28.00; %v", closed, o.ProfitMonth, o.ProfitToday, err)
		}
	}
}
