package print

import (
	"strings"
	"testing"

	"zhanggui/data/text"
	"zhanggui/reports"
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

// A price change says whether its prices hold the tax: over the columns, and where the products differ behind each figure.
func TestAPriceChangeSaysWhetherItsPricesHoldTheTax(t *testing.T) {
	b := shop(t)
	load(t, b, "slips", "kind,number,date,product,price,audit", "price-change,c1,2026-01-10,A,21,yes", "price-change,c1,2026-01-10,B,9.5,yes")
	expect(t, words(t, b, "c1", Options{Paper: "a4"})[0], []string{"原价（不含税）新价（不含税）", "20.0021.00", "9.009.50"}, nil)
	load(t, b, "products", "code,name,price_includes_tax", "A,螺丝,yes")
	expect(t, words(t, b, "c1", Options{Paper: "a4"})[0], []string{"21.00含税", "9.50不含税"}, []string{"新价（"})
	expect(t, words(t, b, "c1", Options{Paper: "a4", Lang: text.En})[0], []string{"21.00withtax", "9.50beforetax"}, nil)
	rows, err := reports.PriceHistory.Texts(b, reports.Params{})
	if err != nil || len(rows) != 2 || rows[0][len(rows[0])-1] != "yes" || rows[1][len(rows[1])-1] != "no" {
		t.Errorf("%v %v", rows, err)
	}
}
