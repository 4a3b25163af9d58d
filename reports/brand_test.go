package reports

import (
	"fmt"
	"slices"
	"testing"

	"zhanggui/data/master"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/testbook"
)

// TestSalesByBrandTakeTwoPlaces adds "sales by brand" as README tells it, and reads it: 3 × 20.00 and 1 × 7.00 of one brand, 2 × 9.00 of none.
func TestSalesByBrandTakeTwoPlaces(t *testing.T) {
	keys := append(slices.Clone(sellKeys), byText("brand", "品牌", "Brand")) // the first place
	if _, there := store.TradeKeys["brand"]; !there {                      // it is there for good once somebody added it
		store.TradeKeys["brand"] = "p.brand" // the second
		defer delete(store.TradeKeys, "brand")
	}
	r := *SalesSummary
	r.By, r.Run = keys, trade(sold, takenBack, -1, keys, master.Customers.Code)

	b := testbook.Open(t, workflow.Settings{Company: "Test", Start: 202601, Lang: text.En})
	testbook.Load(t, b, "warehouses", "code,name", "W,Main")
	testbook.Load(t, b, "customers", "code,name", "C,Cust")
	testbook.Load(t, b, "suppliers", "code,name", "S,Sup")
	testbook.Load(t, b, "products", "code,name,brand", "N,Nail,Ox", "B,Bolt,Ox", "P,Plank,")
	testbook.Load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit",
		"goods-receipt,r,2026-01-05,S,W,N,9,1,yes", "goods-receipt,r,2026-01-05,S,W,B,9,1,yes", "goods-receipt,r,2026-01-05,S,W,P,9,1,yes",
		"delivery,d,2026-01-06,C,W,N,3,20,yes", "delivery,d,2026-01-06,C,W,B,1,7,yes", "delivery,d,2026-01-06,C,W,P,2,9,yes")
	rows, err := r.Run(b, Params{By: "brand"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows {
		got = append(got, fmt.Sprint(row[:4]))
	}
	if want := []string{"[ (none) 2 18.00]", "[Ox Ox 4 67.00]"}; !slices.Equal(got, want) {
		t.Errorf("by brand %q, not %q", got, want)
	}
}
