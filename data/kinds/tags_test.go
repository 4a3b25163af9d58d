package kinds

import (
	"slices"
	"testing"

	"zhanggui/data/slip"
)

// Every amount and price of a slip says who may see it, and so does what comes off a price.
func TestEveryPriceOfASlipHasATag(t *testing.T) {
	for _, k := range All {
		fields := slices.Concat(k.Header, k.Lines)
		for _, l := range k.Lists {
			fields = append(fields, l.Fields...)
		}
		for _, f := range fields {
			switch {
			case (f.Type.Priced() || f.Key == "discount_rate") && !slices.Contains(slip.Tags, f.Tag):
				t.Errorf("%s: %s is money and has the tag %q; declare it with money(…), or with a tag of its own or slip.Open", k.Code, f.Key, f.Tag)
			case f.Tag != "" && !slices.Contains(slip.Tags, f.Tag):
				t.Errorf("%s: %s has the tag %q, which is none", k.Code, f.Key, f.Tag)
			}
		}
	}
}

// What several kinds share is of the side of each: a price is one of purchase in a receipt, of sales in a delivery, a cost in an overage.
func TestASharedPriceIsOfItsKindsSide(t *testing.T) {
	for _, x := range []struct {
		kind *slip.Kind
		key  string
		want slip.Tag
	}{
		{GoodsReceipt, "price", slip.TagPurchase}, {GoodsReceipt, "gross", slip.TagPurchase}, {GoodsReceipt, "paid3", slip.TagPurchase}, {PurchasePlan, "discount_rate", slip.TagPurchase},
		{LandedCost, "amount", slip.TagPurchase}, {LandedCost, "net", slip.TagPurchase},
		{Delivery, "price", slip.TagSales}, {Quotation, "slip_discount", slip.TagSales}, {RetailSale, "tendered", slip.TagSales}, {PriceChange, "old_price", slip.TagSales},
		{OtherReceipt, "price", slip.TagCost}, {Overage, "net", slip.TagCost}, {CostAdjustment, "amount", slip.TagCost}, {Assembly, "amount", slip.TagCost},
		{Payment, "amount", slip.Open}, {Expense, "amount", slip.Open}, {JournalVoucher, "debit", slip.Open},
		{Delivery, "qty", ""}, {Delivery, "tax_rate", ""}, {Delivery, "address", ""},
	} {
		f, ok := x.kind.HeaderField(x.key)
		if line, is := x.kind.LineField(x.key); is {
			f, ok = line, true
		}
		if !ok || f.Tag != x.want {
			t.Errorf("%s: %s has the tag %q, want %q", x.kind.Code, x.key, f.Tag, x.want)
		}
	}
}
