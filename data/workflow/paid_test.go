package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

func TestASlipIsPaidAtOnceInPartOrInFullByManyAccounts(t *testing.T) {
	b := trader(t, workflow.Settings{})
	load(t, b, "accounts", "code,name,type", "W,微信,bank")
	enterRows(t, b,
		"kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=10 account=B paid=1000.3 rounding=0.7 freight=57",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=5 price=20 account=K paid=100 carrier=顺丰 waybill=SF1 address=人民路1号 invoice_no=0401 invoice_type=ordinary",
		"kind=sales-return number=x date=2026-01-04 party=C warehouse=W1 product=A qty=1 source=d account=K paid=22.6")
	load(t, b, "slips", strings.Join(wide, ","),
		row("kind=delivery number=d2 date=2026-01-05 party=C warehouse=W1 product=A qty=5 price=20 account=K paid=50"),
		row("kind=delivery number=d2 date=2026-01-05 party=C warehouse=W1 account=W paid=60"),
		row("kind=delivery number=d2 date=2026-01-05 party=C warehouse=W1 account=B paid=3"))
	for ref, want := range map[string]string{
		// 1000.00 net and 57 freight: 1187.00 with tax, of it 1050.44 net
		"r":  "Dr 22210101 136.56; Cr 220201 1187.00; Dr 220201 1001.00; Cr 1002 1000.30; Cr 5603 0.70; Dr 1405 1050.44",
		"d":  "Dr 1122 113.00; Cr 5001 100.00; Cr 22210107 13.00; Dr 1001 100.00; Cr 1122 100.00; Dr 5401 52.52; Cr 1405 52.52",
		"x":  "Dr 1122 -22.60; Cr 5001 -20.00; Cr 22210107 -2.60; Dr 1001 -22.60; Cr 1122 -22.60; Dr 5401 -10.50; Cr 1405 -10.50",
		"d2": "Dr 1122 113.00; Cr 5001 100.00; Cr 22210107 13.00; Dr 1001 50.00; Dr 1002 63.00; Cr 1122 113.00; Dr 5401 52.52; Cr 1405 52.52",
	} {
		if got := voucher(t, b, ref); got != want {
			t.Errorf("%s posts\n%s, want\n%s", ref, got, want)
		}
	}
	// 113.00 less 100.00 paid is open; the return was refunded and takes nothing off it
	if d := pushed(t, b, "d", "collection"); d.Amount.String() != "13.00" {
		t.Errorf("%s to collect, want 13.00", d.Amount)
	}
	if _, err := b.Push("d2", "collection"); err == nil {
		t.Error("d2 is settled, yet can be collected")
	}
	for _, c := range []struct{ want, row string }{
		{"more than the slip's 22.60", "kind=delivery number=y date=2026-01-06 party=C warehouse=W1 product=A qty=1 price=20 account=K paid=23"},
		{"give the cash account", "kind=delivery number=y date=2026-01-06 party=C warehouse=W1 product=A qty=1 price=20 paid=2"},
		{"say how much is paid", "kind=delivery number=y date=2026-01-06 party=C warehouse=W1 product=A qty=1 price=20 account=K"},
		{"has no paid", "kind=sales-order number=y date=2026-01-06 party=C product=A qty=1 paid=2"},
	} {
		refuseRow(t, b, c.want, c.row)
	}
	mustHold(t, b)
	sameAgain(t, b)
}

func TestACounterSaleIsPaidInFull(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=10",
		"kind=retail-sale number=l date=2026-01-03 warehouse=W1 product=A qty=2 price=20 account=K slip_discount=5.2 tendered=50",
		"kind=retail-sale number=m date=2026-01-03 warehouse=W1 product=A qty=1 price=20 rounding=0.6")
	load(t, b, "slips", strings.Join(wide, ","),
		row("kind=retail-sale number=n date=2026-01-04 party=C warehouse=W1 product=A qty=2 price=20 account=K paid=0.2"),
		row("kind=retail-sale number=n date=2026-01-04 party=C warehouse=W1 product=A qty=-1 price=20 account=B paid=30"))
	for ref, want := range map[string]string{
		"l": "Dr 1001 40.00; Cr 5001 35.40; Cr 22210107 4.60; Dr 5401 20.00; Cr 1405 20.00",
		"m": "Dr 1002 22.00; Dr 5603 0.60; Cr 5001 20.00; Cr 22210107 2.60; Dr 5401 10.00; Cr 1405 10.00",
		// an exchange: 45.20 less 22.60 is 22.60; 30.00 went to the bank, so the till gave 7.40 back
		"n": "Dr 1001 -7.40; Dr 1002 30.00; Cr 5001 20.00; Cr 22210107 2.60; Dr 5401 10.00; Cr 1405 10.00",
	} {
		if got := voucher(t, b, ref); got != want {
			t.Errorf("%s posts %s, want %s", ref, got, want)
		}
	}
	red, err := b.RedLetter("l")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.SaveAndAudit(red); err != nil {
		t.Fatal(err)
	}
	if got, want := voucher(t, b, red.Number), "Dr 1001 -40.00; Cr 5001 -35.40; Cr 22210107 -4.60; Dr 5401 -20.00; Cr 1405 -20.00"; got != want {
		t.Errorf("its red letter posts %s, want %s", got, want)
	}
	refuseRow(t, b, "is to pay", "kind=retail-sale number=y date=2026-01-05 warehouse=W1 product=A qty=2 price=20 tendered=40")
	mustHold(t, b)
	sameAgain(t, b)
}

// An exchange 换货: a customer brings one back and takes two others on the same slip.
func TestAnExchangeIsOneSlip(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=5 price=10",
		"kind=goods-receipt number=r2 date=2026-01-02 party=S warehouse=W1 product=B qty=5 price=6",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=5 price=20")
	load(t, b, "slips", strings.Join(wide, ","),
		row("kind=delivery number=e date=2026-01-04 party=C warehouse=W1 product=A qty=-2 source=d"),
		row("kind=delivery number=e date=2026-01-04 party=C warehouse=W1 product=B qty=3 price=9"))
	if got, want := voucher(t, b, "e"), "Dr 1122 -14.69; Cr 5001 -13.00; Cr 22210107 -1.69; Dr 5401 -2.00; Cr 1405 -2.00"; got != want {
		t.Errorf("the exchange posts %s, want %s", got, want)
	}
	k, _ := kinds.ByCode("delivery")
	if e, _ := b.Load("e"); e.Negative(k) || e.Status != slip.Audited {
		t.Errorf("the exchange is red")
	}
	// 113.00 less what the exchange gives back in the end
	if d := pushed(t, b, "d", "collection"); d.Amount.String() != "98.31" {
		t.Errorf("%s to collect, want 98.31", d.Amount)
	}
	mustHold(t, b)
	sameAgain(t, b)
}

// What was taken off an order, and the freight on it, go along with what is delivered and billed of it, once.
func TestDiscountAndFreightGoAlongWithWhatIsPushedDown(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=sales-order number=o date=2026-01-03 party=C warehouse=W1 product=A qty=10 price=20 slip_discount=6 freight=20")
	push := func(ref, kind string, qty int64, discount string) *slip.Doc {
		t.Helper()
		d, err := b.Push(ref, kind)
		if err != nil {
			t.Fatal(err)
		}
		d.Warehouse = "W1"
		if qty != 0 {
			d.Lines[0].Qty = num.Quantity(qty) * num.QuantityOne
		}
		if discount != "" {
			d.Discount, _ = num.ParseAmount(discount)
		}
		if _, err := b.SaveAndAudit(d); err != nil {
			t.Fatal(err)
		}
		return d
	}
	for i, want := range []string{"198.80 discount 2.00 freight 20.00", "41.20 discount 4.00 freight 0.00"} { // 8 × 22.60 − 2 + 20; 2 × 22.60 − 4
		d := push("o", "delivery", []int64{8, 0}[i], []string{"2", ""}[i])
		got := d.Gross.String() + " discount " + d.Discount.String() + " freight " + d.Fee.String()
		bill := push(d.Number, "sales-invoice", 0, "")
		if bill.Gross != d.Gross || got != want {
			t.Errorf("delivery %d comes to %s, billed %s; want %s", i+1, got, bill.Gross, want)
		}
	}
	mustHold(t, b)
}
