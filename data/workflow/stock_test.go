package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

const stores = "kind,number,date,party,warehouse,to_warehouse,product,qty,unit,price,amount,debit_account,credit_account,source,audit"

// rig is a book with a set T made of 2 A and 1 B, and materials (account 1403) among its products.
func rig(t testing.TB, s workflow.Settings) *workflow.Book {
	t.Helper()
	b := open(t, s)
	load(t, b, "categories", "code,name,stock_account", "raw,原料,1403")
	load(t, b, "products", "code,name,category,reference_cost", "R,钢板,raw,3", "T,工具箱,,", "A,螺丝,,8", "B,螺母,,4")
	load(t, b, "boms", "product,component,qty,scrap_rate", "T,A,2,", "T,B,1,")
	return b
}

func TestEveryStockKindPostsItsVoucher(t *testing.T) {
	for _, pool := range []string{"company", "warehouse"} {
		b := rig(t, workflow.Settings{Pool: pool})
		load(t, b, "slips", stores,
			"goods-receipt,r1,2026-01-02,S,W1,,A,100,,10,,,,,yes",
			"goods-receipt,r2,2026-01-02,S,W1,,B,100,,5,,,,,yes",
			"goods-receipt,r3,2026-01-02,S,W1,,R,10,,3,,,,,yes",
			"material-issue,li,2026-01-03,,W1,,A,4,,,,,,,yes",
			"material-issue,lr,2026-01-03,,W1,,R,4,,,,,,,yes",
			"material-return,tl,2026-01-04,,W1,,A,1,,,,,,li,yes",
			"material-return,tf,2026-01-04,,W1,,R,2,,,,,,,yes",
			"write-off,bs,2026-01-05,,W1,,A,3,,,,,,,yes",
			"write-off,bx,2026-01-05,,W1,,A,1,,,,5711,,,yes",
			"overage,by,2026-01-06,,W1,,B,2,,6,,,,,yes",
			"overage,bz,2026-01-06,,W1,,R,1,,,,,,,yes",
			"cost-adjustment,up,2026-01-07,,W1,,R,,,,2.70,,,,yes",
			"cost-adjustment,dn,2026-01-08,,W1,,R,,,,-0.70,5602,,,yes",
			"assembly,zz,2026-01-09,,W1,,T,2,,,5,,,,yes",
			"disassembly,cx,2026-01-10,,W1,,T,1,,,,,,,yes",
			"stocktake,pd,2026-01-11,,W1,,A,90,,,,,,,yes",
			"stocktake,pd,2026-01-11,,W1,,R,12,,,,,,,yes")
		for ref, want := range map[string]string{
			"li": "Dr 4001 40.00; Cr 1405 40.00",
			"lr": "Dr 4001 12.00; Cr 1403 12.00",
			"tl": "Dr 1405 10.00; Cr 4001 10.00",
			"tf": "Dr 1403 6.00; Cr 4001 6.00",
			"bs": "Dr 1901 30.00; Cr 1405 30.00",
			"bx": "Dr 5711 10.00; Cr 1405 10.00",
			"by": "Dr 1405 12.00; Cr 1901 12.00",
			"bz": "Dr 1403 3.00; Cr 1901 3.00",
			"up": "Dr 1403 2.70; Cr 5401 2.70",
			"dn": "Dr 5602 0.70; Cr 1403 0.70",
			// 4 A at 10.00 and 2 B at 512/102 = 10.04, and the fee
			"zz": "Cr 4101 5.00; Cr 1405 50.04; Dr 1405 55.04",
			// one T at 27.52 into 2 A and 1 B, 16 : 4
			"cx": "Cr 1405 27.52; Dr 1405 27.52",
			// A: 100 − 3 − 3 − 1 − 4 + 2 = 91, one lost at 912.02/91; R: 9 worth 29.00, three found
			"pd": "Dr 1901 10.02; Cr 1405 10.02; Dr 1403 9.67; Cr 1901 9.67",
		} {
			if got := voucher(t, b, ref); got != want {
				t.Errorf("%s: %s posts %s, want %s", pool, ref, got, want)
			}
		}
		mustHold(t, b)
	}
}

func TestAnEarlierReceiptReachesTheSetsAndPartsMadeOfIt(t *testing.T) {
	for _, pool := range []string{"company", "warehouse"} {
		b := rig(t, workflow.Settings{Pool: pool})
		load(t, b, "slips", stores,
			"goods-receipt,r1,2026-01-02,S,W1,,A,10,,10,,,,,yes",
			"goods-receipt,r2,2026-01-02,S,W1,,B,10,,5,,,,,yes",
			"assembly,zz,2026-01-09,,W1,,T,4,,,,,,,yes", // 8 A 80.00 and 4 B 20.00
			"delivery,d,2026-01-10,C,W1,,T,1,,50,,,,,yes",
			"transfer,m,2026-01-11,,W1,W2,T,3,,,,,,,yes",
			"disassembly,cx,2026-01-12,,W2,,T,3,,,,,,,yes", // 75.00 into 6 A and 3 B, 48 : 12
			"material-issue,l,2026-01-13,,W2,,B,3,,,,,,,yes")
		want := map[string]string{"d": "Dr 1122 56.50; Cr 5001 50.00; Cr 22210107 6.50; Dr 5401 25.00; Cr 1405 25.00", "l": "Dr 4001 15.00; Cr 1405 15.00"}
		if pool == "company" {
			want["l"] = "Dr 4001 15.00; Cr 1405 15.00" // 6 left at 30.00 and 3 at 15.00
		}
		for ref, w := range want {
			if got := voucher(t, b, ref); got != w {
				t.Errorf("%s: %s posts %s, want %s", pool, ref, got, w)
			}
		}
		mustHold(t, b)
		before := want["d"]
		// 10 more A for 300.00 before: 8 A now cost 160.00, the set 45.00
		load(t, b, "slips", stores, "goods-receipt,r0,2026-01-03,S,W1,,A,10,,30,,,,,yes")
		if got, w := voucher(t, b, "d"), "Dr 1122 56.50; Cr 5001 50.00; Cr 22210107 6.50; Dr 5401 45.00; Cr 1405 45.00"; got != w {
			t.Errorf("%s: after the receipt the delivery posts %s, want %s", pool, got, w)
		}
		mustHold(t, b)
		if _, err := b.Unaudit("r0", false); err != nil {
			t.Fatal(err)
		}
		if got := voucher(t, b, "d"); got != before {
			t.Errorf("%s: after un-audit the delivery posts %s, want %s", pool, got, before)
		}
		mustHold(t, b)
	}
}

func TestACountStandsWhateverComesBefore(t *testing.T) {
	b := rig(t, workflow.Settings{})
	load(t, b, "slips", stores, "goods-receipt,r,2026-01-02,S,W1,,A,10,,10,,,,,yes",
		"stocktake,pd,2026-01-10,,W1,,A,8,,,,,,,yes", "stocktake,pd,2026-01-10,,W1,,B,0,,,,,,,yes",
		"delivery,d,2026-01-11,C,W1,,A,1,,20,,,,,yes")
	if got, want := voucher(t, b, "pd"), "Dr 1901 20.00; Cr 1405 20.00"; got != want {
		t.Errorf("the count posts %s, want %s", got, want)
	}
	load(t, b, "slips", stores, "delivery,e,2026-01-05,C,W1,,A,3,,20,,,,,yes") // 7 in the books, 8 counted: one over
	if got, want := voucher(t, b, "pd"), "Dr 1405 10.00; Cr 1901 10.00"; got != want {
		t.Errorf("after an earlier delivery the count posts %s, want %s", got, want)
	}
	if q := onHand(t, b, "A"); q != "7" {
		t.Errorf("%s A on hand, want 8 counted less 1 delivered", q)
	}
	mustHold(t, b)
}

func onHand(t testing.TB, b *workflow.Book, product string) string {
	t.Helper()
	p, _ := b.Masters().Product(product)
	f, err := b.DB.StockAt(20261231)
	if err != nil {
		t.Fatal(err)
	}
	d := &slip.Line{}
	for _, r := range f {
		if r.Product == p.ID {
			d.Qty += r.Qty
		}
	}
	return d.Qty.String()
}

func TestSlipsBetweenCountAndAuditDoNotSpoilTheCount(t *testing.T) {
	b := rig(t, workflow.Settings{})
	load(t, b, "slips", stores, "goods-receipt,r,2026-01-02,S,W1,,A,10,,10,,,,,yes", "stocktake,pd,2026-01-10,,W1,,A,8,,,,,,,no",
		"delivery,d,2026-01-10,C,W1,,A,3,,20,,,,,yes")
	if _, err := b.Audit("pd"); err != nil {
		t.Fatal(err)
	}
	if got, want := voucher(t, b, "pd"), "Dr 1901 20.00; Cr 1405 20.00"; got != want || onHand(t, b, "A") != "5" {
		t.Errorf("the count posts %s and leaves %s, want %s and 5", got, onHand(t, b, "A"), want)
	}
	mustHold(t, b)
	if _, err := b.Unaudit("pd", false); err != nil {
		t.Fatal(err)
	}
	d, err := b.Load("pd")
	if err != nil {
		t.Fatal(err)
	}
	d.Lines[0].Qty = 6_0000 // counted again, now after the delivery: 7 in the books
	if err := b.Save(d); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Audit("pd"); err != nil {
		t.Fatal(err)
	}
	if got, want := voucher(t, b, "pd"), "Dr 1901 10.00; Cr 1405 10.00"; got != want || onHand(t, b, "A") != "6" {
		t.Errorf("the second count posts %s and leaves %s, want %s and 6", got, onHand(t, b, "A"), want)
	}
	mustHold(t, b)
}

func TestStockSlipsAreRefusedInWords(t *testing.T) {
	b := rig(t, workflow.Settings{})
	load(t, b, "slips", stores, "goods-receipt,r,2026-01-02,S,W1,,A,10,,10,,,,,yes", "stocktake,blank,2026-01-10,,W1,,A,,,,,,,,no")
	for row, want := range map[string]string{
		"assembly,a,2026-01-09,,W1,,A,1,,,,,,,yes":              "the set has no bill of materials",
		"assembly,a,2026-01-09,,W1,,T,1,,,,,,,yes":              "not enough stock: B",
		"assembly,a,2026-01-09,,W1,,T,-1,,,,,,,yes":             "one line is the set",
		"stocktake,p,2026-01-09,,W1,,A,-1,,,,,,,yes":            "cannot be negative",
		"stocktake,p,2026-01-09,,W1,,A,,,,,,,,yes":              "not counted yet",
		"cost-adjustment,c,2026-01-09,,W1,,A,,,,-100.01,,,,yes": "A 螺丝 can be adjusted by -100.00 at most",
		"cost-adjustment,c,2026-01-09,,W1,,B,,,,1,,,,yes":       "without stock there is nothing to adjust",
		"cost-adjustment,c,2026-01-09,,W1,,A,,,,0,,,,yes":       "the amount cannot be zero",
		"cost-adjustment,c,2026-01-09,,W1,,A,1,,,5,,,,yes":      "a Cost adjustment has no qty",
		"material-return,t,2026-01-09,,W1,,A,1,,,,,,r,yes":      "does not follow from",
		"write-off,w,2026-01-09,,W1,,A,1,,,,9999,,,yes":         "9999",
		"write-off,w,2026-01-09,,W1,,A,11,,,,,,,yes":            "not enough stock",
		"disassembly,x,2026-01-09,,W1,,A,1,,,-5,,,,yes":         "the fee cannot be negative",
		"overage,o,2026-01-09,,W1,,A,1,,-1,,,,,yes":             "the price cannot be negative",
		"material-issue,m,2026-01-09,,,,A,1,,,,,,,yes":          "warehouse is missing",
	} {
		if err := try(b, "slips", stores, row); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want a refusal with %q", row, err, want)
		}
	}
	if _, err := b.Audit("blank"); err == nil || !strings.Contains(err.Error(), "not counted yet") {
		t.Errorf("a line not counted: %v", err)
	}
	if err := try(b, "boms", "product,component,qty", "A,T,1"); err == nil || !strings.Contains(err.Error(), "circle") {
		t.Errorf("a bill of materials in a circle: %v", err)
	}
	if _, err := b.RedLetter("blank"); !fault.Is(err, fault.Refused) {
		t.Errorf("a count reversed: %v", err)
	}
	mustHold(t, b)
}

func TestStockSlipsExportedReadBackTheSame(t *testing.T) {
	b := rig(t, workflow.Settings{})
	load(t, b, "slips", stores,
		"goods-receipt,r1,2026-01-02,S,W1,,A,100,,10,,,,,yes", "goods-receipt,r2,2026-01-02,S,W1,,B,100,,5,,,,,yes",
		"material-issue,li,2026-01-03,,W1,,A,4,,,,,,,yes", "material-return,tl,2026-01-04,,W1,,A,1,,,,,,li,yes",
		"overage,bz,2026-01-06,,W1,,A,1,,,,,,,yes", "cost-adjustment,up,2026-01-07,,W1,,A,,,,2.70,5602,,,yes",
		"assembly,zz,2026-01-09,,W1,,T,2,,,5,,4001,,yes", "stocktake,pd,2026-01-11,,W1,,A,90,,,,,,,yes", "stocktake,pd,2026-01-11,,W1,,B,0,,,,,,,yes")
	table, _, err := exchange.Export(b, "slips")
	if err != nil {
		t.Fatal(err)
	}
	c := rig(t, workflow.Settings{})
	for i := range table.Rows {
		table.Rows[i].Line = i + 2
	}
	if _, err := exchange.Import(c, "slips", table, false); err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{"r1", "li", "tl", "bz", "up", "zz", "pd"} {
		if x, y := voucher(t, b, ref), voucher(t, c, ref); x != y {
			t.Errorf("%s posted %s, read back it posts %s", ref, x, y)
		}
	}
	mustHold(t, c)
}

func TestWorkedExample3AttributesTheCorrectionToTheSale(t *testing.T) {
	for _, costing := range []string{"average", "fifo"} {
		b := rig(t, workflow.Settings{Costing: costing, Negative: "allow"})
		load(t, b, "slips", stores, "goods-receipt,r1,2026-01-02,S,W1,,A,2,,10,,,,,yes", "delivery,d,2026-01-03,C,W1,,A,5,,20,,,,,yes")
		d, err := b.Load("d")
		if err != nil || d.Lines[0].Cost != 5000 || d.Lines[0].Provisional != 3_0000 {
			t.Fatalf("%s: the delivery costs %v, %s of it provisional", costing, d.Lines[0].Cost, d.Lines[0].Provisional)
		}
		mustHold(t, b)
		load(t, b, "slips", stores, "goods-receipt,r2,2026-02-04,S,W1,,A,10,,12,,,,,yes")
		for ref, want := range map[string]string{
			"d":  "Dr 1122 113.00; Cr 5001 100.00; Cr 22210107 13.00; Dr 5401 50.00; Cr 1405 50.00",
			"r2": "Dr 22210101 15.60; Cr 220201 135.60; Dr 1405 120.00; Dr 5401 6.00; Cr 1405 6.00",
		} {
			if got := voucher(t, b, ref); got != want {
				t.Errorf("%s: %s posts %s, want %s", costing, ref, got, want)
			}
		}
		if d, err = b.Load("d"); err != nil || d.Lines[0].Cost != 5600 || d.Lines[0].Provisional != 0 {
			t.Errorf("%s: then the delivery costs %v, %s of it provisional; want 56.00", costing, d.Lines[0].Cost, d.Lines[0].Provisional)
		}
		mustHold(t, b)
		if _, err := b.Unaudit("d", false); err != nil {
			t.Fatal(err)
		}
		if got, want := voucher(t, b, "r2"), "Dr 22210101 15.60; Cr 220201 135.60; Dr 1405 120.00"; got != want {
			t.Errorf("%s: without the delivery r2 posts %s, want %s", costing, got, want)
		}
		mustHold(t, b)
	}
}

func TestStockBelowZeroIsTheProductsThenTheWarehousesThenTheBooksWord(t *testing.T) {
	b := rig(t, workflow.Settings{Negative: "warn"})
	load(t, b, "warehouses", "code,name,negative", "W2,东仓,forbid")
	load(t, b, "products", "code,name,negative", "B,螺母,允许")
	issue := func(product, wh string) error {
		return try(b, "slips", stores, "other-issue,i"+product+wh+",2026-01-02,,"+wh+",,"+product+",1,,,,,,,yes")
	}
	if err := issue("A", "W2"); err == nil || !strings.Contains(err.Error(), "not enough stock: A 螺丝 in 东仓 would be -1") {
		t.Errorf("A out of a warehouse that forbids: %v", err)
	}
	if err := issue("B", "W2"); err != nil {
		t.Errorf("B may: %v", err)
	}
	tab := &exchange.Table{Name: "slips.csv", Header: strings.Split(stores, ","), Rows: []exchange.Row{{Line: 2, Cells: strings.Split("other-issue,w,2026-01-03,,W1,,A,1,,,,,,,yes", ",")}}}
	res, err := exchange.Import(b, "slips", tab, false)
	if err != nil || len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0].Error(), "slips.csv:2: qty: stock below zero: A 螺丝 in 主仓 is now -1") {
		t.Errorf("A out of W1: %v, warned %v", err, res.Warnings)
	}
	if err := try(b, "slips", stores, "transfer,m,2026-01-04,,W1,W2,A,1,,,,,,,yes"); err == nil || !strings.Contains(err.Error(), "not enough stock") {
		t.Errorf("a transfer never goes below zero: %v", err)
	}
	// a receipt taken back leaves the deliveries short, which they may be
	load(t, b, "slips", stores, "goods-receipt,r,2026-01-05,S,W1,,A,5,,10,,,,,yes", "delivery,d,2026-01-06,C,W1,,A,3,,20,,,,,yes")
	if _, err := b.Unaudit("r", false); err != nil {
		t.Error(err)
	}
	if q := onHand(t, b, "A"); q != "-4" {
		t.Errorf("%s A on hand, want -4", q)
	}
	mustHold(t, b)
}

func TestFIFOInBothPools(t *testing.T) {
	for _, pool := range []string{"company", "warehouse"} {
		b := rig(t, workflow.Settings{Costing: "fifo", Pool: pool})
		load(t, b, "slips", stores,
			"goods-receipt,r1,2026-01-02,S,W1,,A,10,,10,,,,,yes", "goods-receipt,r2,2026-01-03,S,W1,,A,5,,13,,,,,yes",
			"delivery,d,2026-01-04,C,W1,,A,4,,20,,,,,yes", // 4 @ 10
			"transfer,m,2026-01-05,,W1,W2,A,8,,,,,,,yes",
			"delivery,e,2026-01-06,C,W2,,A,7,,20,,,,,yes",        // 6 @ 10 and 1 @ 13 in both pools
			"sales-return,x,2026-01-07,C,W2,,A,2,,,,,,d,yes",     // 20.00, a new layer
			"purchase-return,t,2026-01-08,S,W1,,A,3,,,,,,r2,yes") // its own layer: 39.00
		for ref, want := range map[string]string{"d": "5401 40.00", "e": "5401 73.00", "x": "5401 -20.00", "t": "Cr 1405 39.00"} {
			if got := voucher(t, b, ref); !strings.Contains(got, want) {
				t.Errorf("%s: %s posts %s, want %s", pool, ref, got, want)
			}
		}
		mustHold(t, b)
		// seven more at 7.00 stand before all others but r1: only what came after the first ten changes
		load(t, b, "slips", stores, "goods-receipt,r0,2026-01-02,S,W1,,A,7,,7,,,,,yes")
		if got, want := voucher(t, b, "e"), "5401 67.00"; !strings.Contains(got, want) { // 6 @ 10 and 1 @ 7
			t.Errorf("%s: after the receipt e posts %s, want %s", pool, got, want)
		}
		mustHold(t, b)
	}
}

// Ten pieces come on the tenth of every month; from either end of the book any day's stock is found.
func TestStockAtAnyDay(t *testing.T) {
	b := open(t, workflow.Settings{})
	for m := 1; m <= 6; m++ {
		load(t, b, "slips", goods, fmt.Sprintf("goods-receipt,r%d,2026-%02d-10,S,W1,,A,10,1,,yes", m, m))
	}
	for m := range 8 {
		ninth := 20260009 + text.Date(m)*100
		if m == 0 {
			ninth = 20251230
		}
		for day, want := range map[text.Date]int64{ninth: max(0, int64(m-1)*10), ninth + 1: int64(m) * 10} {
			f, err := b.DB.StockAt(day)
			if err != nil {
				t.Fatal(err)
			}
			var qty, value int64
			for _, r := range f {
				qty, value = qty+int64(r.Qty), value+int64(r.Value)
			}
			if want = min(want, 60); qty != want*10000 || value != want*100 {
				t.Errorf("at the end of %s: %d pieces worth %d cents, want %d pieces", day, qty/10000, value, want)
			}
		}
	}
}

func TestCorrectionsOfOneProductStandWhenOnlyTheOtherIsReplayed(t *testing.T) {
	b := open(t, workflow.Settings{Negative: "allow"})
	load(t, b, "slips", goods,
		"delivery,d1,2026-01-03,C,W1,,A,3,20,,yes",
		"delivery,d1,2026-01-03,C,W1,,B,3,9,,yes",
		"goods-receipt,r1,2026-01-05,S,W1,,A,10,10,,yes",
		"goods-receipt,r1,2026-01-05,S,W1,,B,10,5,,yes")
	mustHold(t, b)
	// B's shortage had no cost yet; one of it for 2.00 before the sale leaves two to be corrected to 5.00
	load(t, b, "slips", goods, "other-receipt,o,2026-01-02,,W1,,B,1,2,,yes")
	mustHold(t, b)
	if d, err := b.Load("d1"); err != nil || d.Lines[0].Cost.String() != "30.00" || d.Lines[1].Cost.String() != "12.00" {
		t.Errorf("the sale costs %v, %v", d, err)
	}
}
