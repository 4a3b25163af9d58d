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

// Fields of a kind's further grids take the kind's side too.
func TestThePricesOfAGridAreOfItsKindsSide(t *testing.T) {
	f := sides(&slip.Kind{Group: slip.Sales}, []slip.Field{lineAmount, money("limit", "上限", "Limit", slip.TypeAmount, 90), lineQty})
	if f[0].Tag != slip.TagSales || f[1].Tag != slip.TagSales || f[2].Tag != "" || lineAmount.Tag != bySide {
		t.Errorf("%+v", f)
	}
	for _, k := range All {
		for _, l := range k.Lists {
			for _, f := range l.Fields {
				if f.Type.Priced() && f.Tag == bySide {
					t.Errorf("%s: %s of %s has no side", k.Code, f.Key, l.Key)
				}
			}
		}
	}
}

// What no field declares is tagged by where it stands: sums by the side, what goods cost as cost, what is posted as margin.
func TestTagsOfWhatIsWorkedOut(t *testing.T) {
	d := &slip.Doc{}
	bought := &slip.Doc{Extra: map[string]string{"price_of": "purchase_price"}}
	for _, x := range []struct {
		kind *slip.Kind
		doc  *slip.Doc
		part slip.Part
		key  string
		want slip.Tag
	}{
		{GoodsReceipt, d, slip.OnHead, "gross", slip.TagPurchase}, {GoodsReceipt, d, slip.OnHead, "paid", slip.TagPurchase}, {GoodsReceipt, d, slip.OnHead, "settled", slip.TagPurchase},
		{GoodsReceipt, d, slip.OnLine, "cost", slip.TagCost}, {GoodsReceipt, d, slip.OnLine, "tax", slip.TagPurchase}, {Delivery, d, slip.OnLine, "provisional", slip.TagCost},
		{Delivery, d, slip.OnLine, "estimate", slip.TagCost}, {Delivery, d, slip.OnLine, "net", slip.TagSales}, {Delivery, d, slip.OnLine, "qty", ""}, {Delivery, d, slip.OnHead, "number", ""},
		{OtherReceipt, d, slip.OnHead, "gross", slip.TagCost}, {Overage, d, slip.OnLine, "price", slip.TagCost}, {CostAdjustment, d, slip.OnHead, "net", slip.TagCost},
		{PurchaseInvoice, d, slip.OnMatch, "net", slip.TagPurchase}, {PurchaseInvoice, d, slip.OnMatch, "value", slip.TagCost}, {LandedCost, d, slip.OnAllocation, "amount", slip.TagPurchase},
		{Collection, d, slip.OnHead, "gross", slip.Open}, {Collection, d, slip.OnAllocation, "amount", slip.Open}, {Delivery, d, slip.OnVoucher, "debit", slip.TagMargin},
		{PriceChange, d, slip.OnLine, "price", slip.TagSales}, {PriceChange, bought, slip.OnLine, "price", slip.TagPurchase}, {PriceChange, bought, slip.OnLine, "old_price", slip.TagPurchase},
	} {
		if got := x.kind.TagOf(x.doc, x.part, x.key); got != x.want {
			t.Errorf("%s: %s has the tag %q, want %q", x.kind.Code, x.key, got, x.want)
		}
	}
}
