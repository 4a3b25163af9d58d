package reports

import (
	"slices"
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// What every report must be, without being asked: it names itself, and its columns say who may see them.
func TestEveryReport(t *testing.T) {
	for _, r := range All {
		t.Run(r.Name, func(t *testing.T) {
			if !slices.ContainsFunc(slip.Groups, func(g slip.Area) bool { return g.Code == r.Area }) {
				t.Errorf("it is of the area %q, which is none", r.Area)
			}
			everyColumn(t, r)
		})
	}
}

func everyColumn(t *testing.T, r *Report) {
	seen := map[string]bool{}
	for _, c := range r.Columns {
		if seen[c.Key] || c.Title.Zh == "" || c.Title.En == "" {
			t.Errorf("column %s is there twice, or has no title in Chinese and English", c.Key)
		}
		seen[c.Key] = true
		if (c.Type.Priced() || c.Type == slip.TypeRate) && c.Tag == "" || c.Tag != "" && !slices.Contains(slip.Tags, c.Tag) {
			t.Errorf("column %s is money and has the tag %q: amt, unit, balance and share take it as their last word", c.Key, c.Tag)
		}
	}
}

// The tags of rule 8.3, a column or two of each.
func TestTagsOfColumns(t *testing.T) {
	for _, x := range []struct {
		report *Report
		key    string
		want   slip.Tag
	}{
		{StockOnHand, "cost", slip.TagCost}, {StockLedger, "balance_value", slip.TagCost}, {StockAge, "v180_plus", slip.TagCost}, {BOMCost, "difference", slip.TagCost}, {CountDifferences, "value", slip.TagCost},
		{PurchaseSummary, "net", slip.TagPurchase}, {PurchaseLedger, "price", slip.TagPurchase}, {PurchaseSummary, "cost", slip.TagCost},
		{SalesSummary, "gross", slip.TagSales}, {SalesSummary, "cost", slip.TagCost}, {SalesSummary, "profit", slip.TagMargin}, {SalesSummary, "margin", slip.TagMargin}, {SalesLedger, "profit", slip.TagMargin},
		{ABC, "share", slip.TagSales}, {ABC, "class", slip.TagSales}, {PriceHistory, "old_price", slip.TagSales},
		{Journal, "debit", slip.TagMargin}, {GeneralLedger, "balance", slip.TagMargin}, {BalanceSheet, "amount", slip.TagMargin}, {VAT, "payable", slip.TagMargin},
		{Receivables, "overdue", slip.Open}, {PartyStatement, "debit", slip.Open}, {CashBook, "in", slip.Open}, {StockOnHand, "qty", ""},
	} {
		if i := x.report.Index(x.key); i < 0 || x.report.Columns[i].Tag != x.want {
			t.Errorf("%s: %s has not the tag %q", x.report.Name, x.key, x.want)
		}
	}
}

// "Sales by brand" is added in two places: what it is called and how its values read in keys.go, its SQL in store.TradeKeys. What stands in
// one of them alone is named here.
func TestWhatSalesAreByIsKnownInBothPlaces(t *testing.T) {
	declared := map[string]bool{"product's supplier": true, "nobody": true} // what supplier and customer mean on the other side, see storeKey
	for _, r := range []*Report{SalesSummary, PurchaseSummary} {
		for _, x := range r.By {
			declared[x.Code] = true
			if _, ok := store.TradeKeys[x.Code]; !ok {
				t.Errorf("%s by %q: store.TradeKeys has no SQL for it", r.Name, x.Code)
			}
			if x.read == nil {
				t.Errorf("%s by %q: it does not say how its values read; declare it in keys.go with ofType, ofParty or byText", r.Name, x.Code)
			}
		}
	}
	for code := range store.TradeKeys {
		if !declared[code] {
			t.Errorf("store.TradeKeys has %q: name it in sellKeys or buyKeys (keys.go)", code)
		}
	}
}
