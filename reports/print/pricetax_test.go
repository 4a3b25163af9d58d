package print

import (
	"strings"
	"testing"
)

// A book whose prices hold the tax prints them so: 1 at 22.60 with 13 % is 22.60, 2 are 45.20.
func TestABookWithTaxInItsPricesPrintsThemSo(t *testing.T) {
	b := shop(t)
	if err := b.Set(map[string]string{"price_includes_tax": "yes"}); err != nil {
		t.Fatal(err)
	}
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit",
		"delivery,t1,2026-01-10,C,W1,A,1,22.6,yes", "sales-order,t2,2026-01-10,C,W1,A,2,22.6,yes", "goods-receipt,t3,2026-01-10,S,W1,A,2,11.3,yes")
	for n, want := range map[string][]string{"t1": {"含税单价", "22.60"}, "t2": {"含税单价", "22.60", "45.20"}, "t3": {"含税单价", "11.30", "22.60"}} {
		expect(t, strings.Join(words(t, b, n, Options{}), ""), want, []string{"不含税单价"})
	}
}
