package workflow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// days makes a shop with something due on many days; today is 2026-03-31.
func days(t *testing.T) *workflow.Book {
	b := open(t, workflow.Settings{})
	b.Now = func() time.Time { return time.Date(2026, 3, 31, 9, 0, 0, 0, time.UTC) }
	load(t, b, "products", "code,name,unit,min_stock,max_stock", "A,螺丝,个,100,400", "B,螺母,个,10,", "N,钉子,个,,")
	load(t, b, "customers", "code,name", "D,百货", "E,老客户")
	load(t, b, "opening-balances", "party_kind,party,receivable", "customer,E,15")
	load(t, b, "slips", full,
		"goods-receipt,r1,2026-03-30,S,W1,A,50,,10,no,0,0,,2026-03-31,yes",  // 500, due today
		"goods-receipt,r2,2026-03-31,S,W1,N,10,,2,no,0.1,0,,2026-04-30,yes", // 22
		"delivery,d1,2026-03-30,C,W1,A,1,,30,no,0,0,,2026-03-30,yes",
		"delivery,d2,2026-03-31,C,W1,A,2,,30,no,0.1,0,,2026-03-31,yes", // 60 and tax 6
		"delivery,d3,2026-03-31,D,W1,A,1,,40,no,0,0,,2026-04-30,yes",
		"delivery,d4,2026-03-31,D,W1,A,1,,99,no,0,0,,2026-04-30,no",
		"sales-return,x1,2026-03-31,C,W1,A,1,,,,,,d2,2026-03-31,yes", // 33 back
		"sales-order,so,2026-03-01,C,W1,A,10,,20,no,0,0,,2026-03-29,yes",
		"sales-order,later,2026-03-01,C,W1,A,1,,20,no,0,0,,2026-04-29,yes",
		"delivery,d5,2026-03-31,C,W1,A,4,,20,no,0,0,so,2026-04-30,yes", // 80; 6 of 10 left: 120
		"purchase-order,po,2026-03-01,S,W1,B,4,,5,no,0,0,,2026-03-31,yes")
	load(t, b, "slips", "kind,number,date,party,account,amount,source,audit",
		"collection,k1,2026-03-31,C,K,20,d1,yes", "collection,k2,2026-03-30,E,K,4,,yes", "payment,p1,2026-03-31,S,K,300,r1,no")
	return b
}

func TestTheOverviewAddsUpTheDayAndTheMonth(t *testing.T) {
	b := days(t)
	load(t, b, "slips", "kind,number,date,party,account,amount,source,audit", "payment,p2,2026-03-31,S,K,8,r2,yes")
	o, err := b.Overview()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what      string
		got, want string
	}{
		{"sales today", o.SalesToday.String(), "153.00"},        // 66 + 40 + 80 − 33
		{"sales this month", o.SalesMonth.String(), "183.00"},   // and 30 the day before
		{"profit today", o.ProfitToday.String(), "90.00"},       // 60 + 40 + 80 − 30, less 6 at 10
		{"profit this month", o.ProfitMonth.String(), "110.00"}, // and 30 − 10
		{"collected today", o.CollectedToday.String(), "20.00"}, //
		{"collected this month", o.CollectedMonth.String(), "24.00"},
		{"bought today", o.BoughtToday.String(), "22.00"},
		{"bought this month", o.BoughtMonth.String(), "522.00"},
		{"paid today", o.PaidToday.String(), "8.00"},
		{"paid this month", o.PaidMonth.String(), "8.00"},
		{"days", fmt.Sprint(len(o.Days), o.Days[0], o.Days[29], o.Days[30]), "31 {2026-03-01 0.00} {2026-03-30 30.00} {2026-03-31 153.00}"},
		// not due: d2's 33, d3's 40, d5's 80; a day late: 10 of d1; the opening's 15 less 4 stand since 2025-12-31, 90 days
		{"ageing", fmt.Sprint(o.Ageing), "[153.00 10.00 0.00 11.00 0.00]"},
		// A: 50 − 8 sold + 1 back − 7 ordered; B: 4 on order
		{"below", fmt.Sprint(o.Below), "[{A 螺丝 36 100 364} {B 螺母 4 10 6}]"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.what, c.got, c.want)
		}
	}
	mustHold(t, b)
}

func TestTheMapShowsEachKindsNumbers(t *testing.T) {
	b := days(t)
	m, err := b.Counts()
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]string{
		"delivery":       "1 drafts, 4 today; 4 open: 163.00, 1 due today, 1 late", // d1 10, d2 33, d3 40, d5 80
		"goods-receipt":  "0 drafts, 1 today; 2 open: 522.00, 1 due today, 0 late",
		"sales-order":    "0 drafts, 0 today; 2 open: 140.00, 0 due today, 1 late",
		"purchase-order": "0 drafts, 0 today; 1 open: 20.00, 1 due today, 0 late",
		"payment":        "1 drafts, 1 today; 0 open: 0.00, 0 due today, 0 late",
		"collection":     "0 drafts, 1 today; 1 open: 4.00, 0 due today, 0 late", // the opening cannot be chosen
		"transfer":       "0 drafts, 0 today; 0 open: 0.00, 0 due today, 0 late",
	} {
		c := m[kind]
		if got := fmt.Sprintf("%d drafts, %d today; %d open: %s, %d due today, %d late", c.Drafts, c.Today, c.Open, c.OpenAmount, c.DueToday, c.Overdue); got != want {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
	}
	if _, ok := m["opening"]; ok {
		t.Error("the opening voucher is on the map")
	}
}

func TestTasksComeTheLatestFirst(t *testing.T) {
	b := days(t)
	list, err := b.Tasks(10)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range list {
		got = append(got, fmt.Sprintf("%s %s %s %s %s %d %s/%s", x.Action, x.Number, x.PartyName, x.Amount, x.Date, x.Urgency, x.What.In(text.En), x.What.In(text.Zh)))
	}
	want := []string{
		"deliver XD-202603-0001 装修队 120.00 2026-03-29 2 Order to be delivered, 2 days overdue/订单待发货，逾期 2 天",
		"collect XC-202603-0001 装修队 10.00 2026-03-30 1 Receivable, 1 day overdue/应收款，逾期 1 天",
		"pay CR-202603-0001 五金厂 500.00 2026-03-31 0 Payable, due today/应付款，今天到期",
		"audit FK-202603-0001 五金厂 300.00 2026-03-31 0 Payment to be audited/付款单待审核",
		"audit XC-202603-0004 百货 99.00 2026-03-31 0 Delivery to be audited/销售出库单待审核",
		"collect XC-202603-0002 装修队 33.00 2026-03-31 0 Receivable, due today/应收款，今天到期",
		"receive CD-202603-0001 五金厂 20.00 2026-03-31 0 Order to be received, due today/订单待收货，今天到期",
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("the tasks are\n%s\nwant\n%s", a, b)
	}
	if two, err := b.Tasks(2); err != nil || len(two) != 2 || two[1].Action != "collect" {
		t.Errorf("the first two are %v, %v", two, err)
	}
}

func TestWhatIsOwedIsAgedAsAtAnyDay(t *testing.T) {
	b := days(t)
	see := func(day text.Date, want string) {
		t.Helper()
		list, err := b.Aged(slip.Receivable, day, 0)
		var got []string
		for _, a := range list {
			got = append(got, fmt.Sprintf("%s %s %v %s", a.Party.Code(), a.Balance, a.By, a.Overdue()))
		}
		if s := strings.Join(got, "; "); err != nil || s != want {
			t.Errorf("as at %s: %s, %v; want %s", day, s, err, want)
		}
	}
	today := "C 123.00 [113.00 10.00 0.00 0.00 0.00] 10.00; D 40.00 [40.00 0.00 0.00 0.00 0.00] 0.00; E 11.00 [0.00 0.00 0.00 11.00 0.00] 11.00"
	see(20260331, today)
	see(20260330, "C 30.00 [30.00 0.00 0.00 0.00 0.00] 0.00; E 11.00 [0.00 0.00 0.00 11.00 0.00] 11.00") // before the collection and the return
	see(20260329, "E 15.00 [0.00 0.00 0.00 15.00 0.00] 15.00")
	load(t, b, "slips", full, "sales-return,x2,2026-04-01,C,W1,A,1,,,,,,d2,2026-04-01,yes")
	load(t, b, "slips", "kind,number,date,party,account,amount,source,audit", "collection,k3,2026-04-02,C,K,10,d1,yes")
	see(20260331, today) // what came later changes nothing
	see(20260402, "C 80.00 [80.00 0.00 0.00 0.00 0.00] 0.00; D 40.00 [40.00 0.00 0.00 0.00 0.00] 0.00; E 11.00 [0.00 0.00 0.00 0.00 11.00] 11.00")
}
