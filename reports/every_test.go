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
			if r.Tag != "" && !r.Tag.Hides() || r.Area == slip.Books && r.Tag != slip.TagMargin && r != AuditLog { // that one tells of everything: a row at a time says who may see it
				t.Errorf("as a whole it has the tag %q; the books say what was earned, so they are slip.TagMargin", r.Tag)
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

// A report that says what goods cost, or what was earned, all over is tagged as a whole; so is the page that holds the month's figures together.
func TestTagsOfReports(t *testing.T) {
	whole := map[*Report]slip.Tag{Journal: slip.TagMargin, GeneralLedger: slip.TagMargin, TrialBalance: slip.TagMargin, BalanceSheet: slip.TagMargin, IncomeStatement: slip.TagMargin,
		VAT: slip.TagMargin, BOMCost: slip.TagCost}
	for _, r := range All {
		if r.Tag != whole[r] {
			t.Errorf("%s has the tag %q, want %q", r.Name, r.Tag, whole[r])
		}
	}
	if Reconciliation.Tag != slip.TagMargin {
		t.Error("the page that ties the books together is not tagged")
	}
}

// A row of the price history is of the side of the price that changed.
func TestTagsOfRows(t *testing.T) {
	row := blank(len(PriceHistory.Columns))
	price, what := PriceHistory.Index("price"), PriceHistory.Index("price_of")
	for v, want := range map[string]slip.Tag{"sales_price": slip.TagSales, "purchase_price": slip.TagPurchase} {
		row[what] = Word(v)
		if got := PriceHistory.TagAt(row, price); got != want || PriceHistory.TagAt(row, PriceHistory.Index("product")) != "" {
			t.Errorf("a row of %s has the tag %q", v, got)
		}
	}
	if got := SalesLedger.TagAt(blank(len(SalesLedger.Columns)), SalesLedger.Index("profit")); got != slip.TagMargin {
		t.Errorf("profit: %q", got)
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
