package reports_test

import (
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/reports"
)

// trader sells in January and February, owes and is owed, and spends.
func trader(t *testing.T, s workflow.Settings) *workflow.Book {
	t.Helper()
	s.Start, s.VAT, s.Lang = 202601, 1300, text.En
	b, err := workflow.Create(filepath.Join(t.TempDir(), "trader.zg"), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	put(t, b, "products", "code,name", "A,Screw")
	put(t, b, "suppliers", "code,name", "S,Factory")
	put(t, b, "customers", "code,name,payment_days", "C,Builder,30", "D,Decorator,0")
	put(t, b, "warehouses", "code,name", "W,Main")
	put(t, b, "accounts", "code,name,type,opening", "K,Till,cash,1000")
	put(t, b, "opening-balances", "party_kind,party,receivable", "customer,D,40")
	put(t, b, "slips", "kind,number,date,party,warehouse,account,product,qty,price,amount,tax_rate,source,audit",
		"goods-receipt,r,2026-01-05,S,W,,A,100,10,,,,yes",
		"delivery,d1,2026-01-10,C,W,,A,20,20,,,,yes",
		"delivery,d2,2026-01-20,D,W,,A,10,20,,,,yes",
		"sales-return,x,2026-01-22,D,W,,A,1,,,,d2,yes",
		"expense,e,2026-01-25,,,K,,,,106,6%,,yes",
		"collection,c,2026-02-03,D,,K,,,,100,,,yes",
		"retail-sale,l,2026-02-05,,W,K,A,5,22,,,,yes",
		"collection,c2,2026-02-10,C,,K,,,,500,,,yes")
	return b
}

func report(t *testing.T, b *workflow.Book, name string, p reports.Params) string {
	t.Helper()
	r, ok := reports.ByName(name)
	if !ok {
		t.Fatalf("no report %s", name)
	}
	rows, err := r.Texts(b, p)
	if err != nil {
		t.Fatal(err)
	}
	var s []string
	for _, row := range rows {
		s = append(s, strings.Join(row, " "))
	}
	return strings.Join(s, "\n")
}

func TestAgeingVATAndTheStatements(t *testing.T) {
	b := trader(t, workflow.Settings{})
	check := func(name string, p reports.Params, want string) {
		t.Helper()
		if got := report(t, b, name, p); got != want {
			t.Errorf("%s gives\n%s\nwant\n%s", name, got, want)
		}
	}
	// D owed 40 from before the book, covered by his 100 first; 60 of it are for the 9 × 20 × 1.13 of January. C paid 48 too much.
	check("ageing", reports.Params{AsOf: 20260315}, "C Builder -48.00 0.00 0.00 0.00 0.00 -48.00\nD Decorator 0.00 0.00 143.40 0.00 0.00 143.40")
	check("ageing", reports.Params{AsOf: 20260131}, "C Builder 452.00 0.00 0.00 0.00 0.00 452.00\nD Decorator 0.00 203.40 40.00 0.00 0.00 243.40")
	check("ageing", reports.Params{AsOf: 20260315, By: "payables"}, "S Factory 0.00 0.00 0.00 1130.00 0.00 1130.00")
	check("vat", reports.Params{To: 20260331}, "2026-01 580.00 75.40 1100.00 136.00 -60.60\n2026-02 110.00 14.30 0.00 0.00 14.30")
	lines := func(name string, p reports.Params, numbers ...string) string {
		var out []string
		for _, r := range strings.Split(report(t, b, name, p), "\n") {
			for _, n := range numbers {
				if strings.HasPrefix(r, n+" ") {
					out = append(out, r)
				}
			}
		}
		return strings.Join(out, "; ")
	}
	income := func() string {
		return lines("income-statement", reports.Params{From: 20260201, To: 20260228}, "1", "2", "14", "32")
	}
	want := "1 Operating revenue 110.00 580.00; 2 Less operating cost 50.00 290.00; 14 Administrative expenses 0.00 100.00; 32 Net profit 60.00 190.00"
	if got := income(); got != want {
		t.Errorf("income statement %s, want %s", got, want)
	}
	sheet := func() string {
		return lines("balance-sheet", reports.Params{AsOf: 20260228}, "1", "4", "9", "30", "33", "36", "51", "53")
	}
	// cash 1000 - 106 + 100 + 124.30 + 500; stock 66 × 10; taxes 89.70 - 136
	bs := "1 Cash 1618.30 1000.00; 4 Accounts receivable 95.40 40.00; 9 Inventories 660.00 0.00; 30 Total assets 2373.70 1040.00; 33 Accounts payable 1130.00 0.00; " +
		"36 Taxes payable -46.30 0.00; 51 Undistributed profit 250.00 0.00; 53 Total liabilities and equity 2373.70 1040.00"
	if got := sheet(); got != bs {
		t.Errorf("balance sheet %s, want %s", got, bs)
	}
	check("general-ledger", reports.Params{Account: "5001", To: 20260228}, `5001 Sales revenue 2026-01-10 202601-0002 Delivery Builder 0.00 400.00 credit 400.00
5001 Sales revenue 2026-01-20 202601-0003 Delivery Decorator 0.00 200.00 credit 600.00
5001 Sales revenue 2026-01-22 202601-0004 Sales return Decorator 0.00 -20.00 credit 580.00
5001 Sales revenue 2026-02-05 202602-0002 Counter sale 0.00 110.00 credit 690.00`)
	if got := report(t, b, "sales-summary", reports.Params{By: "month"}); !strings.Contains(got, "2026-02 2026-02 5 110.00 14.30 124.30 50.00 60.00") {
		t.Errorf("the counter sale is missing from %s", got)
	}
	// closing moves the profit into 3103; the statements say the same as before
	for _, m := range []text.Month{202601, 202602} {
		if err := b.ClosePeriod(m); err != nil {
			t.Fatal(err)
		}
	}
	if got := income(); got != want {
		t.Errorf("after closing the income statement is %s", got)
	}
	if got := sheet(); got != bs {
		t.Errorf("after closing the balance sheet is %s", got)
	}
	if got := report(t, b, "trial-balance", reports.Params{Account: "3103", To: 20260228}); got != "3103 Profit of the year 0.00 0.00 390.00 640.00 0.00 250.00" && !strings.HasSuffix(got, " 0.00 250.00") {
		t.Errorf("3103 stands at %s", got)
	}
	if got := report(t, b, "trial-balance", reports.Params{Account: "5001", From: 20260228, To: 20260228}); !strings.HasSuffix(got, " 0.00 0.00") {
		t.Errorf("5001 is not closed: %s", got)
	}
	prove(t, b)
	if err := b.ReopenPeriod(202601); err != nil {
		t.Fatal(err)
	}
	if got := report(t, b, "trial-balance", reports.Params{Account: "3103"}); got != "" {
		t.Errorf("after reopening 3103 stands at %s", got)
	}
	prove(t, b)
	if err := b.ClosePeriod(202602); err != nil { // both months at once
		t.Fatal(err)
	}
	if got := sheet(); got != bs {
		t.Errorf("closed again the balance sheet is %s", got)
	}
	prove(t, b)
}

func prove(t *testing.T, b *workflow.Book) {
	t.Helper()
	proofs, err := b.Verify()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range proofs {
		if !p.Holds() {
			t.Errorf("proof %d: %v", p.Number, p.Faults)
		}
	}
}

func TestWhatIsOverdueIsTheSameEverywhere(t *testing.T) {
	b := trader(t, workflow.Settings{})
	put := func(rows ...string) {
		t.Helper()
		tab := &exchange.Table{Name: "slips", Header: strings.Split("kind,number,date,party,warehouse,account,product,qty,price,amount,tax_rate,source,due_date,audit", ",")}
		for i, r := range rows {
			tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
		}
		if _, err := exchange.Import(b, "slips", tab, false); err != nil {
			t.Fatal(err)
		}
	}
	// C's 48 too much of February stand open when he buys again in March; a return of nothing in particular is to his credit too
	put("delivery,d3,2026-03-01,C,W,,A,10,20,,,,2026-03-05,yes", "sales-return,x2,2026-03-02,C,W,,A,1,20,,,,2026-03-02,yes")
	for name, p := range map[string]reports.Params{"receivables": {AsOf: 20260315}, "payables": {AsOf: 20260315}} {
		overdue := map[string]string{}
		for _, r := range strings.Split(report(t, b, name, p), "\n") {
			f := strings.Fields(r)
			overdue[f[0]] = f[len(f)-1]
		}
		p.By = name
		for _, r := range strings.Split(report(t, b, "ageing", p), "\n") {
			f := strings.Fields(r)
			var sum num.Amount
			for _, v := range f[3:7] {
				a, err := num.ParseAmount(v)
				if err != nil {
					t.Fatal(err)
				}
				sum += a
			}
			if sum.String() != overdue[f[0]] {
				t.Errorf("%s: %s overdue for %s, ageing %s", name, overdue[f[0]], f[0], r)
			}
		}
	}
	// 10 × 20 × 1.13 = 226.00 are ten days late; −48 and −22.60 stand open to his credit: overdue is never more than the balance
	if got, want := strings.Split(report(t, b, "ageing", reports.Params{AsOf: 20260315}), "\n")[0], "C Builder 0.00 155.40 0.00 0.00 0.00 155.40"; got != want {
		t.Errorf("ageing says %q, want %q", got, want)
	}
	if f, err := b.PartyFacts(slip.Customers, "C"); err != nil || f.Overdue.String() != "155.40" || f.Balance.String() != "155.40" {
		t.Errorf("the slip form says %+v, %v", f, err)
	}
}

func TestAStatementByLinesSaysWhatEachSlipWasFor(t *testing.T) {
	b := trader(t, workflow.Settings{})
	want := `2025-12-31  opening 0.00 0.00 40.00       
2026-01-20 XC-202601-0002 delivery 226.00 0.00 266.00       
2026-01-20 XC-202601-0002     A Screw  10 pcs 22.60 226.00
2026-01-22 XT-202601-0001 sales-return -22.60 0.00 243.40       
2026-01-22 XT-202601-0001     A Screw  -1 pcs 22.60 -22.60
2026-02-03 SK-202602-0001 collection 0.00 100.00 143.40       `
	if got := report(t, b, "party-statement", reports.Params{Party: "D", By: "lines"}); got != want {
		t.Errorf("by lines\n%s\nwant\n%s", got, want)
	}
}

func TestThePriceHistoryTellsOfEveryChange(t *testing.T) {
	b := trader(t, workflow.Settings{})
	tab := &exchange.Table{Name: "slips", Header: strings.Split("kind,number,date,price_level,customer,price_of,product,price,audit", ",")}
	for i, r := range []string{"price-change,p1,2026-01-05,,,,A,25,yes", "price-change,p2,2026-02-01,,C,,A,22,yes", "price-change,p3,2026-03-01,,,purchase_price,A,11,yes",
		"price-change,p4,2026-03-02,,,,A,26,yes", "price-change,p5,2026-03-03,,,,A,99,no"} {
		tab.Rows = append(tab.Rows, exchange.Row{Line: i + 2, Cells: strings.Split(r, ",")})
	}
	if _, err := exchange.Import(b, "slips", tab, false); err != nil {
		t.Fatal(err)
	}
	want := `A Screw  2026-01-05 TJ-202601-0001 sales_price    25.00 no
A Screw  2026-02-01 TJ-202602-0001 sales_price  C 25.00 22.00 no
A Screw  2026-03-01 TJ-202603-0001 purchase_price    11.00 no
A Screw  2026-03-02 TJ-202603-0002 sales_price   25.00 26.00 no`
	if got := report(t, b, "price-history", reports.Params{}); got != want {
		t.Errorf("the history is\n%s\nwant\n%s", got, want)
	}
	if got := report(t, b, "price-history", reports.Params{Party: "C", From: 20260101}); got != strings.Split(want, "\n")[1] {
		t.Errorf("of the customer: %s", got)
	}
}
