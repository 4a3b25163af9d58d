package reports_test

import (
	"strings"
	"testing"

	"zhanggui/data/text"
	"zhanggui/reports"
)

// By hand: 8 screws at 1.00 in the main store, of which 3 went to the east one; 20 nuts at 2.00 in the main store alone; 4 washers at 5.00 in the east one alone.
func TestStoresStandSideBySide(t *testing.T) {
	b := filled(t, 20260630, []file{
		{"suppliers", "code,name", "S,五金厂"}, {"warehouses", "code,name", "W1,主仓;W2,东仓"},
		{"products", "code,name,spec", "A,螺丝,M8;B,螺母,M8;C,垫片,8"},
		{"slips", "kind,number,date,party,warehouse,to_warehouse,product,qty,price,audit",
			"goods-receipt,r1,2026-01-10,S,W2,,C,4,5,yes;goods-receipt,r2,2026-01-10,S,W1,,B,20,2,yes;goods-receipt,r3,2026-02-01,S,W1,,A,8,1,yes;transfer,t1,2026-02-02,,W1,W2,A,3,,yes"},
	})
	p := reports.Params{By: "across"}
	rows, err := reports.StockOnHand.Run(b, p)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 {
		t.Fatalf("a row a product and store are %d, want 4", len(rows))
	}
	r, rows := reports.StockOnHand.Laid(b, p, rows)
	var heads, keys []string
	for _, c := range r.Columns {
		heads, keys = append(heads, c.Title.In(text.Zh)), append(keys, c.Key)
	}
	if got, want := strings.Join(heads, " "), "商品 名称 规格 单位 W1 主仓 W2 东仓 数量合计 预留 在订 在途 可用 金额"; got != want {
		t.Errorf("columns are\n%s, want\n%s", got, want)
	}
	if got, want := strings.Join(keys, " "), "product name spec unit W1/qty W2/qty qty reserved on_order in_transit available value"; got != want {
		t.Errorf("keys are\n%s, want\n%s", got, want)
	}
	want := []string{"A,螺丝,M8,件,5,3,8,0,0,0,8,8.00", "B,螺母,M8,件,20,,20,0,0,0,20,40.00", "C,垫片,8,件,,4,4,0,0,0,4,20.00"}
	for i, row := range rows {
		if got := strings.Join(row.Texts(), ","); i >= len(want) || got != want[i] {
			t.Errorf("row %d is %s", i, got)
		}
	}
	if got := strings.Join(r.Totals(rows).Texts(), ","); got != ",,,,25,7,32,0,0,0,32,68.00" {
		t.Errorf("totals are %s", got)
	}
	if same, kept := reports.StockOnHand.Laid(b, reports.Params{}, rows); same != reports.StockOnHand || len(kept) != len(rows) {
		t.Error("asked for as a list it is laid across too")
	}
}
