package workflow_test

import (
	"fmt"
	"testing"
	"time"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

const full = "kind,number,date,party,warehouse,product,qty,unit,price,price_includes_tax,tax_rate,discount_rate,source,due_date,audit"

// facts prints what is known of a line, zeroes left in.
func facts(t *testing.T, b *workflow.Book, k *slip.Kind, product, warehouse, party, unit string) string {
	t.Helper()
	f, err := b.LineFacts(k, product, warehouse, party, unit)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("here %s of %s, reserved %s, on order %s, available %s; list %s, cost %s; last %s incl %v %s −%s on %s by %s",
		f.OnHand, f.AllOnHand, f.Reserved, f.OnOrder, f.Available(), f.ListPrice, f.UnitCost, f.LastPrice, f.LastInclTax, f.LastTaxRate, f.LastDiscount, f.LastDate, f.LastNumber)
}

func TestTheClerkSeesStockPromisesPricesAndCostOfALine(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "customers", "code,name", "D,另一家")
	load(t, b, "slips", full,
		"goods-receipt,r1,2026-01-02,S,W1,A,10,,10,no,0.13,0,,,yes",
		"goods-receipt,r2,2026-01-03,S,W2,A,30,,12,no,0.13,0,,,yes", // 40 for 460.00: 11.50 each
		"purchase-order,po,2026-01-04,S,W1,A,1,盒,900,no,0.13,0,,,yes",
		"goods-receipt,r3,2026-01-05,S,W1,A,40,,9,no,0.13,0,po,,no",
		"sales-order,so,2026-01-06,C,W1,A,8,,19,no,0.13,0,,,yes",
		"sales-order,closed,2026-01-06,C,W1,A,7,,18,no,0.13,0,,,yes",
		"sales-order,draft,2026-01-06,C,W1,A,70,,18,no,0.13,0,,,no",
		"delivery,d1,2026-01-07,C,W1,A,3,,22.6,yes,0.13,0.1,so,,yes",
		"delivery,d2,2026-01-08,D,W1,A,1,,25,no,0.13,0,,,yes",
		"delivery,d3,2026-01-20,C,W1,A,1,,99,no,0.13,0,,,no")
	if err := b.CloseSlip("closed", "不要了"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ kind, warehouse, party, unit, want string }{
		// 10 − 3 − 1 here; 5 of so left; the order's box of 100 is on its way
		{"delivery", "W1", "C", "", "here 6 of 36, reserved 5, on order 100, available 101; list 20.00, cost 11.50; last 22.60 incl true 0.13 −0.1 on 2026-01-07 by XC-202601-0001"},
		{"delivery", "W1", "C", "盒", "here 6 of 36, reserved 5, on order 100, available 101; list 2000.00, cost 11.50; last 2260.00 incl true 0.13 −0.1 on 2026-01-07 by XC-202601-0001"},
		{"delivery", "W2", "D", "", "here 30 of 36, reserved 0, on order 0, available 30; list 20.00, cost 11.50; last 25.00 incl false 0.13 −0 on 2026-01-08 by XC-202601-0002"},
		{"sales-return", "", "D", "", "here 36 of 36, reserved 5, on order 100, available 131; list 20.00, cost 11.50; last 25.00 incl false 0.13 −0 on 2026-01-08 by XC-202601-0002"},
		// an order's last price is also the delivery's that carried it out, when that is newer
		{"sales-order", "W1", "C", "", "here 6 of 36, reserved 5, on order 100, available 101; list 20.00, cost 11.50; last 22.60 incl true 0.13 −0.1 on 2026-01-07 by XC-202601-0001"},
		{"purchase-order", "W1", "S", "", "here 6 of 36, reserved 5, on order 100, available 101; list 10.00, cost 11.50; last 9.00 incl false 0.13 −0 on 2026-01-04 by CD-202601-0001"},
		{"goods-receipt", "W1", "S", "盒", "here 6 of 36, reserved 5, on order 100, available 101; list 1000.00, cost 11.50; last 1200.00 incl false 0.13 −0 on 2026-01-03 by CR-202601-0002"},
		{"transfer", "W1", "", "", "here 6 of 36, reserved 5, on order 100, available 101; list 0.00, cost 11.50; last 0.00 incl false 0 −0 on  by "},
	} {
		k, _ := kinds.ByCode(c.kind)
		if got := facts(t, b, k, "A", c.warehouse, c.party, c.unit); got != c.want {
			t.Errorf("%s at %q to %q:\n got %s\nwant %s", c.kind, c.warehouse, c.party, got, c.want)
		}
	}
	delivery, _ := kinds.ByCode("delivery")
	m, err := b.ProductFacts(delivery, "C", "W1", []string{"A", "B", "none"})
	if err != nil || len(m) != 2 || m["A"].Available().String() != "101" || m["A"].LastPrice.String() != "22.60" || m["B"].Available() != 0 || m["B"].LastDate != 0 {
		t.Errorf("the picker gets %v, %v", m, err)
	}
	mustHold(t, b)
}

func TestLastPriceAndUseFollowUnauditing(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", full,
		"goods-receipt,r1,2026-01-02,S,W1,A,100,,10,no,0.13,0,,,yes",
		"delivery,d1,2026-01-05,C,W1,A,1,,21,no,0.13,0,,,yes",
		"delivery,d2,2026-01-09,C,W1,A,1,,23,no,0.13,0,,,yes",
		"delivery,d3,2026-01-07,C,W1,A,1,,22,no,0.13,0,,,yes") // entered late: d2 stays the newest
	delivery, _ := kinds.ByCode("delivery")
	see := func(price string, times int) {
		t.Helper()
		f, err := b.LineFacts(delivery, "A", "W1", "C", "")
		if err != nil || f.LastPrice.String() != price {
			t.Errorf("the last price is %s, %v; want %s", f.LastPrice, err, price)
		}
		if m, err := b.Used(delivery, "C"); err != nil || m["A"] != times {
			t.Errorf("used %v, %v; want %d", m, err, times)
		}
		mustHold(t, b)
	}
	see("23.00", 3)
	for _, step := range []struct {
		ref, price string
		times      int
	}{{"d2", "22.00", 2}, {"d1", "22.00", 1}, {"d3", "0.00", 0}} {
		if _, err := b.Unaudit(step.ref, false); err != nil {
			t.Fatal(err)
		}
		see(step.price, step.times)
	}
}

func TestAPartyShowsBalanceLimitAndWhatIsOverdue(t *testing.T) {
	b := open(t, workflow.Settings{})
	b.Now = func() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) }
	load(t, b, "customers", "code,name,payment_days,credit_limit", "C,装修队,30,500")
	load(t, b, "slips", full,
		"goods-receipt,r1,2026-01-02,S,W1,A,100,,10,no,0,0,,2026-03-01,yes",
		"delivery,d1,2026-01-05,C,W1,A,1,,100,no,0,0,,2026-02-28,yes", // overdue by a day
		"delivery,d2,2026-01-05,C,W1,A,1,,40,no,0,0,,2026-03-01,yes")  // due today: not yet overdue; 10 of it is open
	load(t, b, "slips", "kind,number,date,party,account,amount,source,audit", "collection,k,2026-02-01,C,K,30,d2,yes")
	f, err := b.PartyFacts(slip.Customers, "C")
	if want := "{receivable 110.00 500.00 100.00 true 0.00}"; err != nil || fmt.Sprint(f) != want {
		t.Errorf("the customer stands at %v, %v; want %s", f, err, want)
	}
	f, err = b.PartyFacts(slip.Suppliers, "S")
	if want := "{payable 1000.00 0.00 0.00 false 0.00}"; err != nil || fmt.Sprint(f) != want {
		t.Errorf("the supplier stands at %v, %v; want %s", f, err, want)
	}
}

func TestAVoucherShowsAllItsLinesUnderTheJournalsNumber(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", full,
		"goods-receipt,r1,2026-01-02,S,W1,A,10,,10,no,0.13,0,,,yes",
		"delivery,d1,2026-01-05,C,W1,A,1,,20,no,0.13,0,,,yes",
		"sales-order,so,2026-01-03,C,W1,A,1,,20,no,0.13,0,,,yes", // has no voucher
		"delivery,d2,2026-01-03,C,W1,A,1,,20,no,0.13,0,,,no")
	number, lines, err := b.Voucher("d1")
	if err != nil || number != "202601-0002" {
		t.Errorf("the voucher is %s, %v", number, err)
	}
	want := "[{1122 应收账款 销售出库单 装修队 22.60 0.00} {5401 主营业务成本 销售出库单 装修队 10.00 0.00} {5001 主营业务收入 销售出库单 装修队 0.00 20.00} " +
		"{22210107 销项税额 销售出库单 装修队 0.00 2.60} {1405 库存商品 销售出库单 装修队 0.00 10.00}]"
	if fmt.Sprint(lines) != want {
		t.Errorf("its lines are %v, want %s", lines, want)
	}
	for _, ref := range []string{"so", "d2"} {
		if number, lines, err := b.Voucher(ref); number != "" || len(lines) != 0 || err != nil {
			t.Errorf("%s has a voucher %s %v, %v", ref, number, lines, err)
		}
	}
}
