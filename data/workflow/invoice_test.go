package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/num"

	"zhanggui/data/workflow"
)

// posted prints the whole voucher as the journal shows it, one line an account and side, debits first.
func posted(t testing.TB, b *workflow.Book, ref string) string {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	_, lines, err := b.Voucher(d.Number)
	if err != nil {
		t.Fatal(err)
	}
	var s []string
	for _, l := range lines {
		if l.Debit != 0 {
			s = append(s, "Dr "+l.Account+" "+l.Debit.String())
		} else {
			s = append(s, "Cr "+l.Account+" "+l.Credit.String())
		}
	}
	return strings.Join(s, "; ")
}

func wantPosted(t testing.TB, b *workflow.Book, want map[string]string) {
	t.Helper()
	for ref, w := range want {
		if got := posted(t, b, ref); got != w {
			t.Errorf("%s posts\n%s, want\n%s", ref, got, w)
		}
	}
}

func stockOf(t testing.TB, b *workflow.Book, product string) string {
	t.Helper()
	f, err := b.DB.StockAt(20270101)
	if err != nil {
		t.Fatal(err)
	}
	var q num.Quantity
	var v num.Amount
	for _, r := range f {
		if p, _ := b.Masters().ByID("products", r.Product); p.Code() == product {
			q, v = q+r.Qty, v+r.Value
		}
	}
	return q.String() + " " + v.String()
}

// Worked example 5: a receipt of 10 at 10.00, 4 issued, the invoice says 11.00.
func TestTheInvoiceSaysWhatTheGoodsCost(t *testing.T) {
	goods := []string{"kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=other-issue number=o date=2026-01-03 warehouse=W1 product=A qty=4 debit_account=5401"}
	t.Run("open month", func(t *testing.T) {
		b := trader(t, workflow.Settings{Flow: "invoice"})
		enterRows(t, b, goods...)
		wantPosted(t, b, map[string]string{"r": "Dr 1405 100.00; Cr 220202 100.00", "o": "Dr 5401 40.00; Cr 1405 40.00"})
		enterRows(t, b, "kind=purchase-invoice number=f date=2026-01-10 party=S product=A qty=10 price=11 source=r")
		wantPosted(t, b, map[string]string{"r": "Dr 1405 110.00; Cr 220202 110.00", "o": "Dr 5401 44.00; Cr 1405 44.00",
			"f": "Dr 220202 110.00; Dr 22210101 14.30; Cr 220201 124.30"})
		if got := stockOf(t, b, "A"); got != "6 66.00" {
			t.Errorf("stock %s, want 6 66.00", got)
		}
		mustHold(t, b)
		sameAgain(t, b)
		if _, err := b.Unaudit("f", false); err != nil {
			t.Fatal(err)
		}
		wantPosted(t, b, map[string]string{"r": "Dr 1405 100.00; Cr 220202 100.00", "o": "Dr 5401 40.00; Cr 1405 40.00"})
		mustHold(t, b)
	})
	for _, costing := range []string{"average", "fifo"} {
		t.Run("closed month "+costing, func(t *testing.T) {
			b := trader(t, workflow.Settings{Flow: "invoice", Costing: costing})
			enterRows(t, b, goods...)
			if err := b.ClosePeriod(202601); err != nil {
				t.Fatal(err)
			}
			enterRows(t, b, "kind=purchase-invoice number=f date=2026-02-10 party=S product=A qty=10 price=11 source=r")
			wantPosted(t, b, map[string]string{"r": "Dr 1405 100.00; Cr 220202 100.00", "o": "Dr 5401 40.00; Cr 1405 40.00",
				"f": "Dr 220202 100.00; Dr 22210101 14.30; Dr 1405 6.00; Dr 5401 4.00; Cr 220201 124.30"})
			if got := stockOf(t, b, "A"); got != "6 66.00" {
				t.Errorf("stock %s, want 6 66.00", got)
			}
			mustHold(t, b)
		})
	}
}

// Worked example 6: a slip of the hand, put right by the invoice.
func TestTheInvoicePutsASlipOfTheHandRight(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r1 date=2026-01-02 party=S warehouse=W1 product=A qty=100 price=5",
		"kind=goods-receipt number=r2 date=2026-01-03 party=S warehouse=W1 product=A qty=15 price=2000",
		"kind=other-issue number=o date=2026-01-04 warehouse=W1 product=A qty=10")
	wantPosted(t, b, map[string]string{"o": "Dr 1901 2652.17; Cr 1405 2652.17"})
	enterRows(t, b, "kind=purchase-invoice number=f date=2026-01-10 party=S product=A qty=15 price=5 source=r2")
	wantPosted(t, b, map[string]string{"o": "Dr 1901 50.00; Cr 1405 50.00"})
	if got := stockOf(t, b, "A"); got != "105 525.00" {
		t.Errorf("stock %s, want 105 525.00", got)
	}
	mustHold(t, b)
}

// K3 purchase: receipt, invoice at another price, payment, return with its red invoice.
func TestK3Purchase(t *testing.T) {
	for _, c := range []struct {
		taxpayer string
		want     map[string]string
	}{
		{"general", map[string]string{
			"r": "Dr 1405 550.00; Cr 220202 550.00", // 50 invoiced at 11
			"t": "Dr 220202 55.00; Cr 1405 55.00",
		}},
		{"small", map[string]string{
			"r": "Dr 1405 621.50; Cr 220202 621.50",
			"t": "Dr 220202 62.15; Cr 1405 62.15",
		}},
	} {
		b := trader(t, workflow.Settings{Flow: "invoice", Taxpayer: c.taxpayer})
		b.Now = clock(20260115)
		enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=50 price=10",
			"kind=purchase-invoice number=f date=2026-01-05 party=S product=A qty=50 price=11 source=r",
			"kind=purchase-return number=t date=2026-01-08 party=S warehouse=W1 product=A qty=5 source=r")
		red := pushed(t, b, "t", "purchase-invoice")
		if red.Lines[0].Qty.String() != "-5" {
			t.Errorf("the red invoice is for %s", red.Lines[0].Qty)
		}
		wantPosted(t, b, c.want)
		pay := pushed(t, b, "f", "payment")
		if pay.Amount.String() != "559.35" { // 621.50 less the red invoice, which goes against its own bill
			t.Errorf("%s to pay, want 559.35", pay.Amount)
		}
		k, _ := kinds.ByCode("payment")
		if f, _ := b.PartyFacts(k.Party, "S"); f.Balance.String() != "0.00" { // the red invoice took what the return credited
			t.Errorf("the supplier stands at %s", f.Balance)
		}
		if c.taxpayer == "general" {
			wantPosted(t, b, map[string]string{"f": "Dr 220202 550.00; Dr 22210101 71.50; Cr 220201 621.50",
				red.Number: "Dr 220201 62.15; Cr 220202 55.00; Cr 22210101 7.15"})
		} else {
			wantPosted(t, b, map[string]string{"f": "Dr 220202 621.50; Cr 220201 621.50", red.Number: "Dr 220201 62.15; Cr 220202 62.15"})
		}
		mustHold(t, b)
		sameAgain(t, b)
	}
}

// K3 sale: order, delivery of less, invoices in two parts, a return and its red invoice. Goods dispatched holds what is not invoiced.
func TestK3Sale(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=3 price=3.336666",
		"kind=sales-order number=o date=2026-01-03 party=C warehouse=W1 product=A qty=5 price=20",
		"kind=delivery number=d date=2026-01-04 party=C warehouse=W1 product=A qty=3 source=o",
		"kind=sales-invoice number=f1 date=2026-01-05 party=C product=A qty=1 source=d",
		"kind=sales-invoice number=f2 date=2026-01-06 party=C product=A qty=2 source=d",
		"kind=sales-return number=x date=2026-01-07 party=C warehouse=W1 product=A qty=1 source=d",
		"kind=sales-invoice number=f3 date=2026-01-08 party=C product=A qty=-1 source=x",
		"kind=collection number=c date=2026-01-09 party=C account=K amount=45.2")
	wantPosted(t, b, map[string]string{ // 10.01 for 3
		"d":  "Dr 1406 10.01; Cr 1405 10.01",
		"f1": "Dr 1122 22.60; Dr 5401 3.34; Cr 5001 20.00; Cr 22210107 2.60; Cr 1406 3.34",
		"f2": "Dr 1122 45.20; Dr 5401 6.67; Cr 5001 40.00; Cr 22210107 5.20; Cr 1406 6.67",
		"x":  "Dr 1406 -3.34; Cr 1405 -3.34",
		"f3": "Dr 1122 -22.60; Dr 5401 -3.34; Cr 5001 -20.00; Cr 22210107 -2.60; Cr 1406 -3.34",
	})
	if got := balance(t, b, "1406"); got != "0.00" {
		t.Errorf("1406 holds %s, want nothing", got)
	}
	come := map[string]inquiry.Progress{"o": {Done: "partly", Billed: "partly", Paid: "partly"}, "d": {Billed: "fully", Paid: "fully"}} // 22.60 by the red invoice, 45.20 collected
	for ref, want := range come {
		if p, err := b.Progress(ref); err != nil || p != want {
			t.Errorf("%s has come to %+v, %v, want %+v", ref, p, err, want)
		}
	}
	enterRows(t, b, "kind=stocktake number=st date=2026-01-10 warehouse=W1 product=A qty=1")
	if p, err := b.Progress("st"); err != nil || p.Billed != "" { // no invoice follows from a count
		t.Errorf("a count has come to %+v, %v", p, err)
	}
	if _, err := b.Unaudit("st", false); err != nil {
		t.Fatal(err)
	}
	mustHold(t, b)
	// a receipt entered late makes the goods dearer: cost of sales follows in every slip
	enterRows(t, b, "kind=goods-receipt number=late date=2026-01-03 party=S warehouse=W1 product=A qty=3 price=10")
	wantPosted(t, b, map[string]string{ // 40.01 for 6, 20.01 for the 3 delivered
		"d":  "Dr 1406 20.01; Cr 1405 20.01",
		"f1": "Dr 1122 22.60; Dr 5401 6.67; Cr 5001 20.00; Cr 22210107 2.60; Cr 1406 6.67",
		"f2": "Dr 1122 45.20; Dr 5401 13.34; Cr 5001 40.00; Cr 22210107 5.20; Cr 1406 13.34",
	})
	if got := balance(t, b, "1406"); got != "0.00" {
		t.Errorf("1406 holds %s, want nothing", got)
	}
	mustHold(t, b)
	sameAgain(t, b)
	if _, err := b.Unaudit("f2", true); err != nil {
		t.Fatal(err)
	}
	mustHold(t, b)
}

// Goods that came back without a source have an invoice of their own; an exchange on one slip is billed line by line.
func TestReturnsWithoutASourceAreBilled(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=sales-return number=x date=2026-01-03 party=C warehouse=W1 product=A qty=2 price=20",
		"kind=sales-invoice number=f date=2026-01-04 party=C product=A qty=-2 source=x")
	load(t, b, "slips", strings.Join(wide, ","), row("kind=delivery number=e date=2026-01-05 party=C warehouse=W1 product=A qty=3 price=20"),
		row("kind=delivery number=e date=2026-01-05 party=C warehouse=W1 product=A qty=-1 price=20"))
	wantPosted(t, b, map[string]string{"x": "Dr 1406 -20.00; Cr 1405 -20.00", "e": "Dr 1406 20.00; Cr 1405 20.00",
		"f": "Dr 1122 -45.20; Dr 5401 -20.00; Cr 5001 -40.00; Cr 22210107 -5.20; Cr 1406 -20.00"})
	bill := pushed(t, b, "e", "sales-invoice")
	wantPosted(t, b, map[string]string{bill.Number: "Dr 1122 45.20; Dr 5401 20.00; Cr 5001 40.00; Cr 22210107 5.20; Cr 1406 20.00"})
	if got := balance(t, b, "1406"); got != "0.00" {
		t.Errorf("1406 holds %s", got)
	}
	mustHold(t, b)
}

func TestAnInvoiceIsCorrected(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	b.Now = clock(20260120)
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=purchase-invoice number=f date=2026-01-05 party=S product=A qty=10 price=11 source=r")
	d, _ := b.Load("f")
	d.Lines[0].Qty, d.Lines[0].Price = 8_0000, 12_000000
	if _, err := b.Correct(d, nil); err != nil {
		t.Fatal(err)
	}
	wantPosted(t, b, map[string]string{"r": "Dr 1405 116.00; Cr 220202 116.00", "f": "Dr 220202 96.00; Dr 22210101 12.48; Cr 220201 108.48"})
	red, err := b.RedLetter("f")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.SaveAndAudit(red); err != nil {
		t.Fatal(err)
	}
	wantPosted(t, b, map[string]string{"r": "Dr 1405 100.00; Cr 220202 100.00", red.Number: "Dr 220202 -96.00; Dr 22210101 -12.48; Cr 220201 -108.48"})
	k, _ := kinds.ByCode("purchase-invoice")
	if m, _ := b.Unmatched(k, "S"); len(m.Goods) != 1 || m.Goods[0].Left != 10_0000 {
		t.Errorf("open again %+v", m.Goods)
	}
	mustHold(t, b)
	sameAgain(t, b)
}

// The matching screen: invoices entered free, matched with receipts by line and part.
func TestInvoicesAreMatchedByLineAndPart(t *testing.T) {
	b := trader(t, workflow.Settings{Flow: "invoice"})
	enterRows(t, b, "kind=goods-receipt number=r1 date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10",
		"kind=goods-receipt number=r2 date=2026-01-03 party=S warehouse=W1 product=A qty=20 price=10",
		"kind=purchase-invoice number=f date=2026-02-05 party=S product=A qty=15 price=12")
	k, _ := kinds.ByCode("purchase-invoice")
	m, err := b.Unmatched(k, "S")
	if err != nil || len(m.Goods) != 2 || len(m.Invoices) != 1 || m.Invoices[0].Left.String() != "15" {
		t.Fatalf("unmatched %+v, %v", m, err)
	}
	inv, _ := b.Load("f")
	r1, _ := b.Load("r1")
	r2, _ := b.Load("r2")
	diffs, warnings, err := b.Match([]workflow.Pair{{Invoice: inv.Number, InvoiceLine: 1, Goods: r1.Number, GoodsLine: 1}, {Invoice: inv.Number, InvoiceLine: 1, Goods: r2.Number, GoodsLine: 1}})
	if err != nil || len(diffs) != 2 || diffs[0].Difference.String() != "20.00" || diffs[1].Difference.String() != "10.00" || diffs[1].Qty != 5_0000 {
		t.Fatalf("matched %+v, %v", diffs, err)
	}
	if s := warnings.Error(); !strings.Contains(s, "the price is 12") || !strings.Contains(s, "another month") {
		t.Errorf("warned of %s", s)
	}
	wantPosted(t, b, map[string]string{"r1": "Dr 1405 120.00; Cr 220202 120.00", "r2": "Dr 1405 210.00; Cr 220202 210.00",
		"f": "Dr 220202 180.00; Dr 22210101 23.40; Cr 220201 203.40"})
	if m, _ = b.Unmatched(k, "S"); len(m.Goods) != 1 || m.Goods[0].Left.String() != "15" || len(m.Invoices) != 0 {
		t.Errorf("unmatched now %+v", m)
	}
	if nodes, _ := b.Chain("f"); len(nodes) != 3 {
		t.Errorf("the flow has %d slips", len(nodes))
	}
	if _, err := b.Unaudit("r2", false); err == nil {
		t.Error("a matched receipt was un-audited")
	}
	mustHold(t, b)
	sameAgain(t, b)
	if err := b.Unmatch(inv.Number); err != nil {
		t.Fatal(err)
	}
	wantPosted(t, b, map[string]string{"r1": "Dr 1405 100.00; Cr 220202 100.00", "f": "Dr 220202 180.00; Dr 22210101 23.40; Cr 220201 203.40"})
	mustHold(t, b)
	refuseRow(t, trader(t, workflow.Settings{}), "belongs to flow invoice", "kind=purchase-invoice number=x date=2026-01-02 party=S product=A qty=1")
}

func TestLandedCost(t *testing.T) {
	for _, flow := range []string{"direct", "invoice"} {
		t.Run(flow, func(t *testing.T) {
			b := trader(t, workflow.Settings{Flow: flow})
			load(t, b, "slips", strings.Join(wide, ","),
				row("kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=10 price=10"),
				row("kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=B qty=10 price=5"))
			enterRows(t, b, "kind=delivery number=d date=2026-01-03 party=C warehouse=W1 product=A qty=4 price=20",
				"kind=landed-cost number=l date=2026-01-20 party=S2 amount=30 tax_rate=9% source=r",
				"kind=landed-cost number=q date=2026-02-20 party=S2 amount=10 source=r allocate_by=quantity")
			cost := map[string]string{"direct": "5401", "invoice": "1406"}[flow]
			// A 100 + 20 + 5, B 50 + 10 + 5; 4 of A are 50.00
			wantPosted(t, b, map[string]string{"l": "Dr 220202 30.00; Dr 22210101 2.70; Dr 1405 30.00; Cr 220201 32.70; Cr 220202 30.00", "q": "Dr 220202 10.00; Dr 1405 10.00; Cr 220201 10.00; Cr 220202 10.00"})
			if got := posted(t, b, "d"); !strings.Contains(got, "Dr "+cost+" 50.00") {
				t.Errorf("the delivery posts %s", got)
			}
			if got := stockOf(t, b, "A") + " " + stockOf(t, b, "B"); got != "6 75.00 10 65.00" {
				t.Errorf("stock %s", got)
			}
			mustHold(t, b)
			sameAgain(t, b)
			if err := b.ClosePeriod(202601); err != nil {
				t.Fatal(err)
			}
			enterRows(t, b, "kind=landed-cost number=z date=2026-02-21 party=S2 amount=15 source=r")
			wantPosted(t, b, map[string]string{"z": "Dr 1405 11.00; Dr 5401 4.00; Cr 220201 15.00"}) // A's 10: 6 of 10 lie there
			if _, err := b.Unaudit("l", false); err == nil {
				t.Error("a landed cost of a closed month was taken back")
			}
			mustHold(t, b)
		})
	}
}

func TestLandedCostCorrectsWhatItsGoodsCover(t *testing.T) {
	b := trader(t, workflow.Settings{Negative: "allow"})
	enterRows(t, b, "kind=material-issue number=m date=2026-01-02 warehouse=W1 product=A qty=5",
		"kind=goods-receipt number=r date=2026-01-03 party=S warehouse=W1 product=A qty=10 price=12",
		"kind=landed-cost number=l date=2026-01-20 party=S2 amount=20 source=r")
	// each cost 14.00: 70.00 for the 5 drawn before
	if d, err := b.Load("r"); err != nil || d.Lines[0].Cost.String() != "140.00" {
		t.Errorf("the receipt's line cost %v %v, want 140.00", d.Lines[0].Cost, err)
	}
	if got := stockOf(t, b, "A") + " " + balance(t, b, "4001") + " " + balance(t, b, "5401"); got != "5 70.00 70.00 0.00" {
		t.Errorf("stock, 4001, 5401: %s", got)
	}
	mustHold(t, b)
	sameAgain(t, b)
}

func balance(t testing.TB, b *workflow.Book, account string) string {
	t.Helper()
	f, err := b.DB.Turnovers(20260101, 20261231)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range f {
		if r.Account == account {
			return (r.Opening + r.Debit - r.Credit).String()
		}
	}
	return "0.00"
}
