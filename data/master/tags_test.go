package master

import (
	"slices"
	"testing"

	"zhanggui/data/slip"
)

// Every amount and price of a record says who may see it.
func TestEveryPriceOfARecordHasATag(t *testing.T) {
	for _, typ := range All {
		for _, f := range typ.Fields {
			if f.Type.Priced() && f.Tag == "" || f.Tag != "" && !slices.Contains(slip.Tags, f.Tag) {
				t.Errorf("%s: %s has the tag %q; declare it with money(…)", typ.Code, f.Key, f.Tag)
			}
		}
	}
	for _, x := range []struct {
		typ  *Type
		key  string
		want slip.Tag
	}{
		{Products, "purchase_price", slip.TagPurchase}, {Products, "sales_price", slip.TagSales}, {Products, "reference_cost", slip.TagCost}, {Products, "tax_rate", ""},
		{Prices, "price", slip.TagSales}, {OpeningStock, "cost", slip.TagCost}, {OpeningStock, "amount", slip.TagCost},
		{Customers, "credit_limit", slip.TagTerms}, {Customers, "payment_days", slip.TagTerms}, {Customers, "price_level", slip.TagTerms}, {Customers, "bank", ""},
		{Suppliers, "bank", slip.TagTerms}, {Suppliers, "bank_account", slip.TagTerms}, {Suppliers, "payment_days", slip.TagTerms}, {Suppliers, "credit_limit", slip.Open}, {Suppliers, "price_level", ""},
		{OpeningBalances, "receivable", slip.Open}, {Accounts, "opening", slip.Open},
	} {
		if f, ok := x.typ.Field(x.key); !ok || f.Tag != x.want {
			t.Errorf("%s: %s has the tag %q, want %q", x.typ.Code, x.key, f.Tag, x.want)
		}
	}
}
