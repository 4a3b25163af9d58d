package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// said is all a slip says that could have come from a master, and what it posted.
func said(t testing.TB, b *workflow.Book, ref string) string {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	s := []string{d.Date.String(), d.DueDate.String(), d.Department, d.Employee, d.Warehouse, d.Gross.String(), fmt.Sprint(d.Extra)}
	for _, l := range d.Lines {
		s = append(s, l.Unit, l.Factor.String(), l.Price.String(), l.TaxRate.String(), l.Discount.String(), l.Net.String(), l.Tax.String(), l.StockAccount, l.SalesAccount, l.ContraAccount)
	}
	return strings.Join(s, " ") + "; " + voucher(t, b, ref)
}

// What filled itself is written on the slip: the masters change afterwards, and neither it nor a report does, nor what it is audited as
// again (7.3.13). 3 at 24.00 less a tenth, due in 20 days.
func TestWhatFilledItselfStays(t *testing.T) {
	for _, flow := range []string{"direct", "invoice"} {
		b := trader(t, workflow.Settings{Flow: flow})
		load(t, b, "products", "code,name,sales_price,purchase_price,tax_rate", "P,泵,24,11,0.13")
		load(t, b, "departments", "code,name", "D1,一部", "D2,二部")
		load(t, b, "employees", "code,name,department", "E,甲,D1")
		load(t, b, "customers", "code,name,payment_days", "Q,丙方,20")
		load(t, b, "suppliers", "code,name,payment_days", "R,三厂,10")
		enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=R warehouse=W1 product=P qty=8")
		load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,discount_rate,employee,audit", "delivery,d,2026-01-05,Q,W1,P,3,0.1,E,yes")
		enterRows(t, b, "kind=sales-return number=x date=2026-01-06 party=Q warehouse=W1 product=P qty=1 source=d",
			"kind=retail-sale number=l date=2026-01-07 warehouse=W1 account=B product=P qty=1")
		refs := []string{"r", "d", "x", "l"}
		if flow == "invoice" {
			enterRows(t, b, "kind=purchase-invoice number=f date=2026-01-08 party=R product=P qty=8 source=r", "kind=sales-invoice number=g date=2026-01-09 party=Q product=P qty=3 source=d")
			refs = append(refs, "f", "g")
		}
		was := map[string]string{}
		for _, ref := range refs {
			was[ref] = said(t, b, ref)
		}
		if d, _ := b.Load("d"); d.Net.String() != "64.80" || d.DueDate.String() != "2026-01-25" {
			t.Errorf("3 at 24.00 less a tenth come to %s, due %s", d.Net, d.DueDate)
		}
		list := func() string {
			var s []string
			for _, name := range []string{"sales-summary", "sales-ledger", "purchase-summary", "purchase-ledger", "receivables", "payables", "ageing", "journal", "trial-balance", "stock-movement", "vat"} {
				rep, ok := reports.ByName(name)
				if !ok {
					t.Fatal(name)
				}
				rows, err := rep.Texts(b, reports.Params{From: 20260101, To: 20260228, AsOf: 20260228})
				if err != nil {
					t.Fatal(name, err)
				}
				s = append(s, name+fmt.Sprint(rows))
			}
			return strings.Join(s, "\n")
		}
		books := list()
		load(t, b, "products", "code,name,sales_price,purchase_price,tax_rate", "P,泵,99,88,0.09")
		load(t, b, "employees", "code,name,department", "E,甲,D2")
		load(t, b, "customers", "code,name,payment_days", "Q,丙方,50")
		load(t, b, "suppliers", "code,name,payment_days", "R,三厂,60")
		check := func(when string) {
			t.Helper()
			for _, ref := range refs {
				if now := said(t, b, ref); now != was[ref] {
					t.Errorf("%s %s: %s said\n%s and says\n%s", flow, when, ref, was[ref], now)
				}
			}
			if now := list(); now != books {
				t.Errorf("%s %s, the reports:\n%s", flow, when, unlike(books, now))
			}
		}
		check("other masters")
		for i := len(refs) - 1; i >= 0; i-- {
			if _, err := b.Unaudit(refs[i], false); err != nil {
				t.Fatal(refs[i], err)
			}
		}
		for _, ref := range refs {
			if _, err := b.Audit(ref); err != nil {
				t.Fatal(ref, err)
			}
		}
		check("audited again")
		mustHold(t, b)
	}
}
