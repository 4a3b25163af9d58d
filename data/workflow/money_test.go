package workflow_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

func TestEveryMoneyKindPostsItsVoucher(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b,
		"kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=10",
		"kind=goods-receipt number=rx date=2026-01-02 party=X warehouse=W1 product=A qty=10 price=10",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=20 price=20",
		"kind=delivery number=dx date=2026-01-03 party=X warehouse=W1 product=A qty=10 price=20",
		"kind=prepayment number=yf date=2026-01-04 party=S account=B amount=300 method=transfer cheque_no=T-88",
		"kind=advance number=ys date=2026-01-04 party=C account=K amount=50",
		"kind=offset number=h1 date=2026-01-05 offset_kind=prepaid-payable party=S amount=200 source=r",
		"kind=offset number=h2 date=2026-01-05 offset_kind=advance-receivable party=C amount=50",
		"kind=offset number=h3 date=2026-01-05 offset_kind=receivable-payable party=X to_party=X amount=113",
		"kind=offset number=h4 date=2026-01-06 offset_kind=receivable-receivable party=X to_party=C2 amount=60",
		"kind=offset number=h5 date=2026-01-06 offset_kind=payable-payable party=S to_party=S2 amount=100",
		"kind=offset number=h6 date=2026-01-06 offset_kind=bad-debt party=C amount=30",
		"kind=payment number=p date=2026-01-07 party=S account=B amount=500 slip_discount=20 rounding=0.5 source=r",
		"kind=collection number=c date=2026-01-07 party=C account=K amount=100 slip_discount=5",
		"kind=collection number=cr date=2026-01-08 party=C account=K amount=30 credit_account=5301",
		"kind=expense number=e1 date=2026-01-08 account=K amount=106 tax_rate=6% debit_account=5601",
		"kind=expense number=e2 date=2026-01-08 party=S2 amount=80",
		"kind=income number=i1 date=2026-01-08 account=B amount=113 tax_rate=13%",
		"kind=income number=i2 date=2026-01-08 party=C2 amount=40 credit_account=5301",
		"kind=cash-transfer number=z date=2026-01-09 account=B to_account=K amount=250",
		"kind=journal-voucher number=j date=2026-01-09 debit_account=5602 credit_account=2211 amount=1000 remark=工资")
	load(t, b, "slips", strings.Join(wide, ","), // a voucher of several rows; the till and a customer are found behind their accounts
		row("kind=journal-voucher number=j2 date=2026-01-10 debit_account=5603 amount=3"),
		row("kind=journal-voucher number=j2 date=2026-01-10 debit_account=1122 party=C2 amount=7"),
		row("kind=journal-voucher number=j2 date=2026-01-10 credit_account=1002 amount=10"))
	for ref, want := range map[string]string{
		"yf": "Dr 1123 300.00; Cr 1002 300.00",
		"ys": "Dr 1001 50.00; Cr 2203 50.00",
		"h1": "Dr 220201 200.00; Cr 1123 200.00",
		"h2": "Dr 2203 50.00; Cr 1122 50.00",
		"h3": "Dr 220201 113.00; Cr 1122 113.00",
		"h4": "Dr 1122 60.00; Cr 1122 60.00",
		"h5": "Dr 220201 100.00; Cr 220201 100.00",
		"h6": "Dr 5711 30.00; Cr 1122 30.00",
		"p":  "Dr 220201 520.50; Cr 1002 500.00; Cr 5603 20.50",
		"c":  "Dr 1001 100.00; Dr 5603 5.00; Cr 1122 105.00",
		"cr": "Dr 1001 30.00; Cr 5301 30.00",
		"e1": "Dr 5601 100.00; Dr 22210101 6.00; Cr 1001 106.00",
		"e2": "Dr 5602 80.00; Cr 220201 80.00",
		"i1": "Dr 1002 113.00; Cr 5051 100.00; Cr 22210107 13.00",
		"i2": "Dr 1122 40.00; Cr 5301 40.00",
		"z":  "Dr 1001 250.00; Cr 1002 250.00",
		"j":  "Dr 5602 1000.00; Cr 2211 1000.00",
		"j2": "Dr 5603 3.00; Dr 1122 7.00; Cr 1002 10.00",
	} {
		if got := voucher(t, b, ref); got != want {
			t.Errorf("%s posts %s, want %s", ref, got, want)
		}
	}
	mustHold(t, b)
	sameAgain(t, b)
	// 1130 received, less 200 prepaid, 100 moved, 520.50 paid; 452 sold, less 50 advance, 30 bad, 105 collected
	for _, c := range []struct{ kind, party, want string }{{"payment", "S", "309.50"}, {"payment", "S2", "180.00"}, {"payment", "X", "0.00"},
		{"collection", "C", "267.00"}, {"collection", "C2", "107.00"}, {"collection", "X", "53.00"}} {
		k, _ := kinds.ByCode(c.kind)
		f, err := b.PartyFacts(k.Party, c.party)
		if err != nil || f.Balance.String() != c.want {
			t.Errorf("%s stands at %s (%v), want %s", c.party, f.Balance, err, c.want)
		}
	}
	for _, c := range []struct{ want, row string }{
		{"has only 100.00 prepaid on 2026-01-10", "kind=offset number=x date=2026-01-10 offset_kind=prepaid-payable party=S amount=101"},
		{"to_party is missing", "kind=offset number=x date=2026-01-10 offset_kind=payable-payable party=S amount=1"},
		{"kept by the stock ledger", "kind=journal-voucher number=x date=2026-01-10 debit_account=5602 credit_account=1405 amount=1"},
		{"needs a party", "kind=journal-voucher number=x date=2026-01-10 debit_account=5602 credit_account=1122 amount=1"},
		{"does not balance", "kind=journal-voucher number=x date=2026-01-10 debit_account=5602 amount=1"},
		{"give the cash account", "kind=expense number=x date=2026-01-10 amount=1"},
		{"has no qty", "kind=expense number=x date=2026-01-10 account=K amount=1 qty=3"},
		{"both accounts are the same", "kind=cash-transfer number=x date=2026-01-10 account=K to_account=K amount=1"},
	} {
		refuseRow(t, b, c.want, c.row)
	}
}

func TestAPaymentIsCorrectedInOneStep(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=payment number=p date=2026-01-03 party=S account=K amount=100")
	d, _ := b.Load("p")
	d.Amount = 8000
	if _, err := b.Correct(d, nil); err != nil {
		t.Fatal(err)
	}
	if p := pushed(t, b, "r", "payment"); p.Amount.String() != "33.00" {
		t.Errorf("%s left to pay, want 33.00", p.Amount)
	}
	mustHold(t, b)
}

// What can only be meant one way is taken that way.
func TestImportsAreTakenAsMeant(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=X warehouse=W1 product=A qty=10 price=10",
		"kind=delivery number=d date=2026-01-03 party=X warehouse=W1 product=A qty=1 price=20",
		"kind=delivery number=c date=2026-01-03 party=C warehouse=W1 product=A qty=1 price=20",
		"kind=offset number=h1 date=2026-01-04 offset_kind=receivable-payable party=X amount=20",
		"kind=offset number=h2 date=2026-01-04 offset_kind=receivable-payable party=X to_party=C amount=2",
		"kind=cash-transfer number=z date=2026-01-05 debit_account=1001 credit_account=B amount=9")
	for ref, want := range map[string]string{"h1": "X X", "h2": "C X"} {
		if d, _ := b.Load(ref); d.Party+" "+d.ToParty != want {
			t.Errorf("%s is between %s and %s", ref, d.Party, d.ToParty)
		}
	}
	if got := voucher(t, b, "z"); got != "Dr 1001 9.00; Cr 1002 9.00" {
		t.Errorf("the transfer posts %s", got)
	}
	load(t, b, "slips", strings.Join(wide, ","), row("kind=landed-cost number=l date=2026-01-06 party=S2 amount=30 source=r"), row("kind=landed-cost number=l date=2026-01-06 party=S2 amount=12 source=r"))
	if d, _ := b.Load("l"); d.Gross.String() != "42.00" || len(d.Lines) != 2 {
		t.Errorf("two rows of 30 and 12 come to %s", d.Gross)
	}
	mustHold(t, b)
}

func TestAccountsThatALedgerKeepsStayItsOwn(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=journal-voucher number=j date=2026-01-02 debit_account=1411 credit_account=2211 amount=5",
		"kind=journal-voucher number=k date=2026-01-02 debit_account=1012 credit_account=1001 amount=5",
		"kind=income number=i date=2026-01-02 account=K amount=10")
	for _, c := range []struct{ kind, header, row, want string }{
		{"categories", "code,name,stock_account", "X,周转,1411", "has other entries already"},
		{"accounts", "code,name,type,gl_account", "Z,支付宝,cash,1012", "has other entries already"},
		{"accounts", "code,name,type", "K,现金,bank", "GL account cannot change"},
	} {
		if err := try(b, c.kind, c.header, c.row); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %v, want %q", c.row, err, c.want)
		}
	}
	mustHold(t, b)
}

// sameAgain exports a book into a fresh one and wants the very same export and the proofs of it.
func sameAgain(t testing.TB, b *workflow.Book) {
	t.Helper()
	s := b.Settings()
	again, err := workflow.Create(filepath.Join(t.TempDir(), "again.zg"), workflow.Settings{Start: s.Start, VAT: s.VAT, Taxpayer: s.Taxpayer, Flow: s.Flow, Pool: s.Pool, Costing: s.Costing, Negative: s.Negative})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	again.Now = b.Now
	for _, kind := range strings.Fields("units categories suppliers customers products warehouses accounts employees prices opening-stock opening-balances slips") {
		tab, _, err := exchange.Export(b, kind)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := exchange.Import(again, kind, tab, false); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
	}
	x, _, err := exchange.Export(b, "slips")
	if err != nil {
		t.Fatal(err)
	}
	y, _, err := exchange.Export(again, "slips")
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Rows) != len(y.Rows) {
		t.Fatalf("%d rows became %d", len(x.Rows), len(y.Rows))
	}
	for i := range x.Rows {
		if a, b := strings.Join(x.Rows[i].Cells, "|"), strings.Join(y.Rows[i].Cells, "|"); a != b {
			t.Errorf("row %d\n%s\nbecame\n%s", i, a, b)
		}
		if v, w := voucher(t, b, x.Rows[i].Cells[1]), voucher(t, again, x.Rows[i].Cells[1]); v != w {
			t.Errorf("%s posts %s, then %s", x.Rows[i].Cells[1], v, w)
		}
	}
	mustHold(t, again)
}

func pushed(t testing.TB, b *workflow.Book, from, kind string) *slip.Doc {
	t.Helper()
	d, _, err := b.PushAndSave(from, kind, true, workflow.Taken{})
	if err != nil {
		t.Fatalf("%s to %s: %v", from, kind, err)
	}
	return d
}

// Suda purchase: order 100 screws, prepay 300, receive 90 of them, set the prepayment off, pay the rest.
func TestSudaPurchase(t *testing.T) {
	b := trader(t, workflow.Settings{})
	b.Now = func() time.Time { return time.Date(2026, 1, 20, 9, 0, 0, 0, time.UTC) }
	load(t, b, "products", "code,name,supplier", "A,螺丝,S")
	enterRows(t, b, "kind=purchase-plan number=plan date=2026-01-05 product=A qty=100")
	order := pushed(t, b, "plan", "purchase-order") // the plan names no supplier: the product's
	if order.Party != "S" || order.Gross.String() != "1130.00" {
		t.Fatalf("the order is with %s for %s", order.Party, order.Gross)
	}
	pre, err := b.Push(order.Number, "prepayment")
	if err != nil || pre.Amount.String() != "1130.00" {
		t.Fatalf("prepayment %v, %v", pre, err)
	}
	pre.Amount, pre.Allocations[0].Amount, pre.Account = 30000, 30000, "B"
	if _, err := b.SaveAndAudit(pre); err != nil {
		t.Fatal(err)
	}
	receipt, err := b.Push(order.Number, "goods-receipt")
	if err != nil {
		t.Fatal(err)
	}
	receipt.Warehouse, receipt.Lines[0].Qty, receipt.ExternalNo = "W1", 90_0000, "送-77"
	if _, err := b.SaveAndAudit(receipt); err != nil {
		t.Fatal(err)
	}
	off := pushed(t, b, receipt.Number, "offset")
	if off.Amount.String() != "300.00" || off.Extra["offset_kind"] != "prepaid-payable" || len(off.Allocations) != 2 || off.Allocations[1].Target != pre.Number {
		t.Fatalf("offset %+v", off)
	}
	pay := pushed(t, b, receipt.Number, "payment")
	if pay.Amount.String() != "717.00" { // 90 × 10 × 1.13 − 300
		t.Errorf("left to pay %s, want 717.00", pay.Amount)
	}
	if d, _ := b.Load(order.Number); d.Status != slip.PartlyDone || d.Lines[0].Remaining.String() != "10" {
		t.Errorf("the order is %s with %s left", d.Status, d.Lines[0].Remaining)
	}
	if d, _ := b.Load("plan"); d.Status != slip.Done {
		t.Errorf("the plan is %s", d.Status)
	}
	nodes, err := b.Chain(pay.Number)
	if err != nil || len(nodes) != 6 {
		t.Errorf("the flow has %d slips (%v), want plan, order, prepayment, receipt, offset, payment", len(nodes), err)
	}
	if _, err := b.Unaudit(pre.Number, false); err == nil || !strings.Contains(err.Error(), off.Number) {
		t.Errorf("the prepayment is un-audited under its offset: %v", err)
	}
	enterRows(t, b, "kind=goods-receipt number=r2 date=2026-01-20 party=S warehouse=W1 product=A qty=1 price=10",
		"kind=payment number=all date=2026-01-20 party=S account=B source=r2 slip_discount=1.3") // no amount: all that is open
	if d, _ := b.Load("all"); d.Amount.String() != "10.00" || d.Allocations[0].Amount.String() != "11.30" {
		t.Errorf("paid %s, settled %v", d.Amount, d.Allocations)
	}
	mustHold(t, b)
	sameAgain(t, b)
	done, err := b.Unaudit(order.Number, true)
	if err != nil || len(done) != 5 {
		t.Errorf("the chain comes back as %v, %v", done, err)
	}
	mustHold(t, b)
}

func TestAQuotationIsTakenAndPlannedFor(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=quotation number=q date=2026-01-05 party=C product=A qty=10 price=18 due_date=2026-02-28",
		"kind=sales-order number=o date=2026-01-08 party=C product=A qty=6 source=q")
	order, _ := b.Load("o")
	if order.Lines[0].Price.String() != "18.00" {
		t.Errorf("the order's price is %s, not the quoted 18", order.Lines[0].Price)
	}
	plan := pushed(t, b, "o", "purchase-plan")
	if plan.Party != "" || plan.Lines[0].Price.String() != "10.00" || plan.Lines[0].Base.String() != "6" {
		t.Errorf("planned %s from %q at %s", plan.Lines[0].Base, plan.Party, plan.Lines[0].Price)
	}
	if q, _ := b.Load("q"); q.Status != slip.PartlyDone || q.Lines[0].Remaining.String() != "4" {
		t.Errorf("the quotation is %s with %s left", q.Status, q.Lines[0].Remaining)
	}
	adv := pushed(t, b, "o", "advance")
	if adv.Amount.String() != "122.04" { // 6 × 18 × 1.13
		t.Errorf("advance of %s", adv.Amount)
	}
	refuseRow(t, b, "is more than", "kind=advance number=x date=2026-01-09 party=C account=K amount=1 source=o")
	mustHold(t, b)
	sameAgain(t, b)
}

func TestRedMoneyTakesBackWhatItSettled(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=delivery number=o date=2026-01-02 party=C warehouse=W1 product=A qty=1 audit=no",
		"kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=payment number=p date=2026-01-03 party=S account=K amount=100 slip_discount=13",
		"kind=expense number=e date=2026-01-03 account=K amount=50 remark=电费")
	for ref, want := range map[string]string{"p": "Dr 220201 -113.00; Cr 1001 -100.00; Cr 5603 -13.00", "e": "Dr 5602 -50.00; Cr 1001 -50.00"} {
		red, err := b.RedLetter(ref)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.SaveAndAudit(red); err != nil {
			t.Fatal(err)
		}
		if got := voucher(t, b, red.Number); got != want {
			t.Errorf("the red letter of %s posts %s, want %s", ref, got, want)
		}
		nodes, err := b.Chain(red.Number)
		if err != nil || len(nodes) < 2 {
			t.Errorf("the red letter of %s stands alone", ref)
		}
	}
	pay := pushed(t, b, "r", "payment")
	if pay.Amount.String() != "113.00" {
		t.Errorf("%s open again, want 113.00", pay.Amount)
	}
	mustHold(t, b)
	sameAgain(t, b)
}

// clock stands still at nine on a day.
func clock(day int) func() time.Time {
	return func() time.Time { return time.Date(day/10000, time.Month(day/100%100), day%100, 9, 0, 0, 0, time.UTC) }
}

func TestAnAdvanceIsOnlyUsedFromItsDayOn(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=5 price=20", // 113.00
		"kind=advance number=a1 date=2026-01-10 party=C account=K amount=100",
		"kind=offset number=o1 date=2026-01-10 offset_kind=advance-receivable party=C amount=60 source=d")
	refuseRow(t, b, "装修队 has advanced only 0.00 by 2026-01-09, not 10.00", "kind=offset number=x date=2026-01-09 offset_kind=advance-receivable party=C amount=10 source=d")
	enterRows(t, b, "kind=advance number=a2 date=2026-01-05 party=C account=K amount=30") // entered late: 30 from the 5th, 130 less 60 from the 10th
	refuseRow(t, b, "装修队 has advanced only 30.00 by 2026-01-09, not 40.00", "kind=offset number=x date=2026-01-05 offset_kind=advance-receivable party=C amount=40 source=d")
	enterRows(t, b, "kind=offset number=o2 date=2026-01-05 offset_kind=advance-receivable party=C amount=20 source=d",
		"kind=offset number=o3 date=2026-01-12 offset_kind=advance-receivable party=C amount=33 source=d")
	refuseRow(t, b, "装修队 has advanced only 10.00 by 2026-01-09, not 11.00", "kind=offset number=x date=2026-01-06 offset_kind=advance-receivable party=C amount=11")
	refuseRow(t, b, "装修队 has advanced only 17.00 by 2026-01-12, not 18.00", "kind=offset number=x date=2026-01-11 offset_kind=advance-receivable party=C amount=18")
	mustHold(t, b)
}

// A draft that reverses a slip shows to the cent what auditing will post, also where the slip had a discount or was rounded.
func TestARedLetterShowsWhatItWillPost(t *testing.T) {
	b := trader(t, workflow.Settings{})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=3 price=20 slip_discount=7.80", // 67.80 less 7.80: 53.10 + 6.90
		"kind=sales-return number=x date=2026-01-04 party=C warehouse=W1 product=A qty=1 source=d")                // 17.70 + 2.30
	red, err := b.Push("d", "sales-return")
	if err != nil {
		t.Fatal(err)
	}
	k, _ := kinds.ByCode("sales-return")
	see := func(d *slip.Doc, want string) {
		t.Helper()
		if got := d.Net.String() + " + " + d.Tax.String() + " = " + d.Gross.String(); got != want {
			t.Errorf("it shows %s, want %s", got, want)
		}
	}
	calc := func(d *slip.Doc) *slip.Doc {
		t.Helper()
		if err := slip.Calculate(k, d); err != nil {
			t.Fatal(err)
		}
		return d
	}
	see(calc(red), "35.40 + 4.60 = 40.00") // the two left
	red.Lines[0].Qty = num.QuantityOne
	see(calc(red), "17.70 + 2.30 = 20.00")
	two := red.Clone() // two lines that give the last two back follow one on the other
	two.Lines = append(two.Lines, two.Lines[0])
	see(calc(two), "35.40 + 4.60 = 40.00")
	if err := b.Save(red); err != nil {
		t.Fatal(err)
	}
	saved, err := b.Load(red.Number)
	if err != nil {
		t.Fatal(err)
	}
	see(calc(saved), "17.70 + 2.30 = 20.00")
	if _, err := b.Audit(red.Number); err != nil {
		t.Fatal(err)
	}
	posted, _ := b.Load(red.Number)
	see(posted, "17.70 + 2.30 = 20.00")
	for _, ref := range []string{"x", red.Number} {
		if _, err := b.Unaudit(ref, false); err != nil {
			t.Fatal(err)
		}
		if err := b.Void(ref); err != nil {
			t.Fatal(err)
		}
	}
	k, _ = kinds.ByCode("delivery")
	whole, err := b.RedLetter("d")
	if err != nil {
		t.Fatal(err)
	}
	see(calc(whole), "-53.10 + -6.90 = -60.00")
	if _, err := b.SaveAndAudit(whole); err != nil {
		t.Fatal(err)
	}
	see(whole, "-53.10 + -6.90 = -60.00")
	mustHold(t, b)
}
