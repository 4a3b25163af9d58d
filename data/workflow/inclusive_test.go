package workflow_test

import (
	"testing"

	"zhanggui/data/workflow"
)

// 7.1 price_includes_tax: how prices that are kept are read, and what a typed price means where the row does not say. At 13 %, 113.00 with tax is
// 100.00 before it.
func TestPricesAreReadWithTaxWhereTheBookOrTheRowSaysSo(t *testing.T) {
	b := open(t, workflow.Settings{Taxpayer: "general", InclTax: true, Negative: "allow"})
	load(t, b, "products", "code,name,sales_price,price_includes_tax,tax_rate", "P,石材,113,,13%", "Q,砂,100,no,13%", "R,灰,113,yes,13%")
	load(t, b, "prices", "product,customer,price,price_includes_tax", "R,C,200,no")
	const head = "kind,number,date,party,warehouse,product,qty,price,price_includes_tax,audit"
	load(t, b, "slips", head,
		"delivery,a,2026-01-06,C,W1,P,2,,,yes",     // 2 × 113.00 with tax
		"delivery,b,2026-01-06,C,W1,Q,2,,,yes",     // 2 × 100.00 before it: the product's own word
		"delivery,c,2026-01-06,C,W1,P,1,11.3,,yes", // typed: as the book says
		"delivery,d,2026-01-06,C,W1,P,1,11.3,no,yes",
		"delivery,e,2026-01-06,C,W1,P,3,,no,yes", // the row wants it before tax: 113.00 is 100.00
		"delivery,f,2026-01-06,C,W1,R,1,,,yes",   // agreed: 200.00 before tax
		"goods-receipt,g,2026-01-06,S,W1,P,1,56.5,,yes",
	)
	for n, want := range map[string]string{"a": "200.00 26.00 226.00", "b": "200.00 26.00 226.00", "c": "10.00 1.30 11.30", "d": "11.30 1.47 12.77",
		"e": "300.00 39.00 339.00", "f": "200.00 26.00 226.00", "g": "50.00 6.50 56.50"} {
		d, err := b.Load(n)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Net.String() + " " + d.Tax.String() + " " + d.Gross.String(); got != want {
			t.Errorf("%s: %s, want %s", n, got, want)
		}
	}
	if err := b.Set(map[string]string{"price_includes_tax": "no"}); err != nil { // nothing is converted
		t.Fatal(err)
	}
	load(t, b, "slips", head, "delivery,h,2026-01-07,C,W1,P,1,,,yes", "delivery,i,2026-01-07,C,W1,P,1,10,,yes")
	for n, want := range map[string]string{"h": "113.00 14.69 127.69", "i": "10.00 1.30 11.30", "a": "200.00 26.00 226.00"} {
		if d, err := b.Load(n); err != nil || d.Net.String()+" "+d.Tax.String()+" "+d.Gross.String() != want {
			t.Errorf("%s: %v %s %s, want %s", n, err, d.Net, d.Gross, want)
		}
	}
	mustHold(t, b)
}
