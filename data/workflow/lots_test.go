package workflow_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

const lotted = "kind,number,date,party,warehouse,to_warehouse,product,qty,price,lot,expiry,source,audit"

// pharmacy is a book with M told apart by lots and D by serial numbers; lot A (10, to March) and B (5, to February) of M came in.
func pharmacy(t testing.TB, s workflow.Settings) *workflow.Book {
	t.Helper()
	b := open(t, s)
	load(t, b, "products", "code,name,tracking,shelf_days,reference_cost", "M,药膏,lot,,3", "D,仪器,serial,365,")
	load(t, b, "slips", lotted,
		"goods-receipt,r1,2026-01-02,S,W1,,M,10,4,A,2026-03-31,,yes",
		"goods-receipt,r2,2026-01-03,S,W1,,M,5,4,B,2026-02-28,,yes")
	return b
}

func lotsOf(t testing.TB, b *workflow.Book, ref string, line int) string {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	return d.Lines[line-1].Lot()
}

// lotsLeft lists lots as code, warehouse and quantity.
func lotsLeft(t testing.TB, b *workflow.Book, product string) string {
	t.Helper()
	var list []string
	p, _ := b.Masters().Product(product)
	for _, w := range []string{"W1", "W2"} {
		at, _ := b.Masters().Find("warehouses", w)
		lots, err := b.DB.LotsNow(p.ID, at.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lots {
			list = append(list, w+" "+l.Code+" "+l.Qty.String())
		}
	}
	return strings.Join(list, ", ")
}

func refused(t testing.TB, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("not refused; want %q", words)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%v\ndoes not say %q", err, w)
		}
	}
}

func TestWhatExpiresFirstGoesFirst(t *testing.T) {
	for _, s := range []workflow.Settings{{}, {Costing: "fifo", Pool: "warehouse", Flow: "invoice"}} {
		b := pharmacy(t, s)
		load(t, b, "slips", lotted, "delivery,d1,2026-01-10,C,W1,,M,7,9,,,,yes")
		if got := lotsOf(t, b, "d1", 1); got != "B:5 A:2" {
			t.Errorf("7 delivered from %q, want B:5 A:2", got)
		}
		if got := lotsLeft(t, b, "M"); got != "W1 A 8" {
			t.Errorf("left %q", got)
		}
		refused(t, try(b, "slips", lotted, "delivery,d2,2026-01-11,C,W1,,M,9,9,,,,yes"), "not enough stock: M 药膏 in 主仓 would be -1 on 2026-01-11")
		refused(t, try(b, "slips", lotted, "delivery,d2,2026-01-11,C,W1,,M,1,9,B,,,yes"), "not enough of a lot: lot B of M 药膏 in 主仓 would be -1 on 2026-01-11 at XC-202601-0002")
		refused(t, try(b, "slips", lotted, "delivery,d2,2026-01-11,C,W1,,M,1,9,Z,,,yes"), `there is no lot "Z" of M 药膏`)
		refused(t, try(b, "slips", lotted, "goods-receipt,r3,2026-01-11,S,W1,,M,1,4,,,,yes"), "M 药膏 has lots; fill them in")
		refused(t, try(b, "slips", lotted, "goods-receipt,r3,2026-01-11,S,W1,,A,1,4,X,,,yes"), "the product A 螺丝 has no lots")
		refused(t, try(b, "slips", lotted, "goods-receipt,r3,2026-01-11,S,W1,,M,1,4,A,2026-04-30,,yes"), "lot A of M 药膏 expires on 2026-03-31 (CR-202601-0001), not on 2026-04-30")
		mustHold(t, b)
	}
}

func TestNegativeStockNeverReachesALot(t *testing.T) {
	b := pharmacy(t, workflow.Settings{Negative: "allow"})
	refused(t, try(b, "slips", lotted, "delivery,d1,2026-01-10,C,W1,,M,16,9,,,,yes"), "not enough stock: M 药膏 in 主仓 would be -1")
	refused(t, try(b, "slips", lotted, "delivery,d1,2026-01-10,C,W1,,M,6,9,B,,,yes"), "lot B of M 药膏 in 主仓 would be -1")
}

func TestABackdatedIssueNamesTheSlipThatWouldLackItsLot(t *testing.T) {
	b := pharmacy(t, workflow.Settings{})
	load(t, b, "slips", lotted,
		"delivery,d1,2026-01-20,C,W1,,M,4,9,B,,,yes",
		"goods-receipt,r3,2026-01-25,S,W1,,M,9,4,B,,,yes")
	refused(t, try(b, "slips", lotted, "delivery,d2,2026-01-10,C,W1,,M,2,9,B,,,yes"), "lot B of M 药膏 in 主仓 would be -1 on 2026-01-20 at XC-202601-0001")
	load(t, b, "slips", lotted, "delivery,d3,2026-01-10,C,W1,,M,3,9,,,,yes") // first expired is B, but one of it alone is free
	if got := lotsOf(t, b, "d3", 1); got != "B:1 A:2" {
		t.Errorf("3 delivered earlier from %q, want B:1 A:2", got)
	}
	if _, err := b.Unaudit("r2", false); err == nil {
		t.Error("the receipt of what was delivered was taken back")
	} else {
		refused(t, err, "lot B of M 药膏 in 主仓 would be")
	}
	mustHold(t, b)
}

func TestExpiredGoodsGoLastAndAreWarnedOf(t *testing.T) {
	b := pharmacy(t, workflow.Settings{})
	d := &slip.Doc{Kind: "delivery", Date: 20260301, Party: "C", Warehouse: "W1", Lines: []slip.Line{{Product: "M", Qty: 110000, Price: 9_000000, PriceGiven: true}}}
	warnings, err := b.SaveAndAudit(d)
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Lines[0].Lot(); got != "A:10 B:1" {
		t.Errorf("from %q, want A:10 B:1: B expired in February", got)
	}
	if len(warnings) != 1 || !strings.Contains(warnings.Error(), "lot B of M 药膏 expired on 2026-02-28") {
		t.Errorf("warned %v", warnings)
	}
}

func TestADraftKeepsWhatItWasGivenWhileItCanBeHad(t *testing.T) {
	b := pharmacy(t, workflow.Settings{})
	d := &slip.Doc{Kind: "delivery", Date: 20260110, Party: "C", Warehouse: "W1", Lines: []slip.Line{{Product: "M", Qty: 40000}}}
	if err := b.Save(d); err != nil || d.Lines[0].Lot() != "B" || d.Lines[0].Extra["expiry"] != "2026-02-28" {
		t.Fatalf("saved %v, %v", d.Lines[0].Extra, err)
	}
	if d.Lines[0].Qty = 60000; true { // the quantity changes, nobody touched the lot
		if err := b.Save(d); err != nil || d.Lines[0].Lot() != "B:5 A:1" || d.Lines[0].Extra["expiry"] != "" {
			t.Fatalf("saved again %v, %v", d.Lines[0].Extra, err)
		}
	}
	load(t, b, "slips", lotted, "delivery,d1,2026-01-09,C,W1,,M,2,9,B,,,yes")
	if _, err := b.Audit(d.Number); err != nil || lotsOf(t, b, d.Number, 1) != "B:3 A:3" {
		t.Errorf("audited from %q, %v", lotsOf(t, b, d.Number, 1), err)
	}
	mustHold(t, b)
}

func TestWhatComesBackIsOfTheLotsThatWent(t *testing.T) {
	b := pharmacy(t, workflow.Settings{})
	load(t, b, "slips", lotted,
		"delivery,d1,2026-01-10,C,W1,,M,7,9,,,,yes",
		"sales-return,t1,2026-01-12,C,W1,,M,6,,,,d1,yes",
		"purchase-return,p1,2026-01-13,S,W1,,M,2,,,,r1,yes",
		"goods-receipt,r3,2026-01-14,S,W1,,M,-1,,,,r2,yes")
	for ref, want := range map[string]string{"t1": "B:5 A:1", "p1": "A", "r3": "B"} {
		if got := lotsOf(t, b, ref, 1); got != want {
			t.Errorf("%s is of %q, want %q", ref, got, want)
		}
	}
	if got := lotsLeft(t, b, "M"); got != "W1 B 4, W1 A 7" {
		t.Errorf("on hand %q", got)
	}
	refused(t, try(b, "slips", lotted, "sales-return,t2,2026-01-15,C,W1,,M,1,,B,,d1,yes"), "B: 0 left on XC-202601-0001")
	refused(t, try(b, "slips", lotted, "sales-return,t2,2026-01-15,C,W1,,M,1,,X,,d1,yes"), "X was not on XC-202601-0001")
	d, err := b.Push("d1", "sales-return")
	if err != nil || d.Lines[0].Lot() != "A" {
		t.Errorf("pushed %v, %v", d, err)
	}
	mustHold(t, b)
}

func TestLotsAreTransferredBuiltInAndCounted(t *testing.T) {
	for _, pool := range []string{"company", "warehouse"} {
		b := pharmacy(t, workflow.Settings{Pool: pool})
		load(t, b, "products", "code,name,tracking", "K,套装,lot")
		load(t, b, "slips", lotted,
			"transfer,x1,2026-01-05,,W1,W2,M,6,,,,,yes", // B:5 A:1
			"stocktake,c1,2026-01-06,,W1,,M,7,,A,,,yes",
			"stocktake,c1,2026-01-06,,W2,,M,4,,B,,,yes",
			"stocktake,c1,2026-01-06,,W2,,M,2,,N,2026-06-30,,yes",
			"assembly,z1,2026-01-07,,W2,,K,1,,K1,2026-05-31,,yes",
			"assembly,z1,2026-01-07,,W2,,M,-3,,,,,yes",
			"write-off,w1,2026-01-08,,W1,,M,1,,A,,,yes")
		if got := lotsLeft(t, b, "M"); got != "W1 A 6, W2 B 1, W2 A 1, W2 N 2" {
			t.Errorf("%s: on hand %q", pool, got)
		}
		refused(t, try(b, "slips", lotted, "stocktake,c2,2026-01-09,,W2,,M,4,,A,,,yes", "stocktake,c2,2026-01-09,,W2,,M,4,,B:2 A:2,,,yes"), "the product (lot A) is counted on line 1 already")
		refused(t, try(b, "slips", lotted, "stocktake,c2,2026-01-09,,W2,,M,4,,,,,yes"), "M 药膏 has lots; fill them in")
		// an earlier receipt does not change what was counted
		load(t, b, "slips", lotted, "goods-receipt,r4,2026-01-04,S,W1,,M,3,4,A,,,yes")
		if got := lotsLeft(t, b, "M"); got != "W1 A 6, W2 B 1, W2 A 1, W2 N 2" {
			t.Errorf("%s: after a receipt before the count on hand %q", pool, got)
		}
		mustHold(t, b)
	}
}

func TestASerialNumberIsReceivedOnce(t *testing.T) {
	b := pharmacy(t, workflow.Settings{})
	load(t, b, "slips", lotted,
		"goods-receipt,g1,2026-01-05,S,W1,,D,10,100,SN001~SN010,,,yes",
		"transfer,x1,2026-01-06,,W1,W2,D,2,,SN002 SN003,,,yes",
		"delivery,d1,2026-01-07,C,W2,,D,1,300,SN003,,,yes",
		"delivery,d2,2026-01-08,C,W1,,D,3,300,,,,yes")
	if got := lotsOf(t, b, "d2", 1); got != "SN001 SN004 SN005" {
		t.Errorf("three were taken: %q", got)
	}
	if d, _ := b.Load("g1"); d.Lines[0].Extra["expiry"] != "2027-01-05" {
		t.Errorf("kept for 365 days: %v", d.Lines[0].Extra)
	}
	refused(t, try(b, "slips", lotted, "goods-receipt,g2,2026-01-09,S,W1,,D,1,100,SN002,,,yes"), "serial number SN002 of D 仪器 is in stock already: on 2026-01-09 at CR-202601-0004")
	refused(t, try(b, "slips", lotted, "goods-receipt,g2,2026-01-04,S,W1,,D,1,100,SN003,,,yes"), "serial number SN003 of D 仪器 is in stock already: on 2026-01-05 at CR-202601-0003")
	refused(t, try(b, "slips", lotted, "goods-receipt,g2,2026-01-09,S,W1,,D,2,100,SN900,,,yes"), "1 serial numbers for a quantity of 2")
	refused(t, try(b, "slips", lotted, "goods-receipt,g2,2026-01-09,S,W1,,D,1.5,100,SN900,,,yes"), "its quantity is whole")
	refused(t, try(b, "slips", lotted, "delivery,d3,2026-01-09,C,W1,,D,1,300,SN003,,,yes"), "lot SN003 of D 仪器 in 主仓 would be -1")
	load(t, b, "slips", lotted, "sales-return,t1,2026-01-09,C,W1,,D,1,,,,d1,yes", "delivery,d3,2026-01-10,C,W1,,D,1,300,SN003,,,yes")
	mustHold(t, b)
}

func TestTrackingStaysOnceGoodsMoved(t *testing.T) {
	b := pharmacy(t, workflow.Settings{})
	refused(t, try(b, "products", "code,name,tracking", "M,药膏,serial"), "goods of M 药膏 have moved")
	refused(t, try(b, "products", "code,name,tracking", "M,药膏,none"), "goods of M 药膏 have moved")
	load(t, b, "products", "code,name,tracking", "B,螺母,lot")
	load(t, b, "opening-stock", "warehouse,product,qty,cost,lot,expiry", "W1,B,5,2,L1,2026-09-30", "W2,B,5,2,L1,2026-09-30", "W1,B,3,2,L2,")
	if got := lotsLeft(t, b, "B"); got != "W1 L1 5, W1 L2 3, W2 L1 5" {
		t.Errorf("opening stock %q", got)
	}
	refused(t, try(b, "opening-stock", "warehouse,product,qty,cost,lot,expiry", "W2,B,5,2,L1,2026-10-31"), "lot L1 of B 螺母 expires on")
	refused(t, try(b, "opening-stock", "warehouse,product,qty,cost,lot", "W1,A,5,2,L1"), "the product A 螺丝 has no lots")
	refused(t, try(b, "opening-stock", "warehouse,product,qty,cost,lot", "W1,D,2,2,"), "D 仪器 has serial numbers; fill them in")
	load(t, b, "opening-stock", "warehouse,product,qty,cost,lot", "W1,D,2,2,S1 S2")
	mustHold(t, b)
}

func TestTheExpiryOfALotIsCorrectedWhereItWasSaid(t *testing.T) {
	b := pharmacy(t, workflow.Settings{})
	load(t, b, "slips", lotted, "delivery,d1,2026-01-10,C,W1,,M,2,9,A,,,yes")
	d, err := b.Load("r1")
	if err != nil {
		t.Fatal(err)
	}
	d.Lines[0].Set(slip.Field{Key: "expiry", Type: slip.TypeDate}, "2026-04-30")
	if _, err := b.Correct(d, nil); err != nil {
		t.Fatal(err)
	}
	p, _ := b.Masters().Product("M")
	w, _ := b.Masters().Find("warehouses", "W1")
	lots, _ := b.DB.LotsNow(p.ID, w.ID)
	if len(lots) != 2 || lots[1].Code != "A" || lots[1].Expiry != text.Date(20260430) {
		t.Errorf("lots %v", lots)
	}
	mustHold(t, b)
}

func TestABookWithLotsIsExportedAndReadBack(t *testing.T) {
	b := pharmacy(t, workflow.Settings{})
	load(t, b, "opening-stock", "warehouse,product,qty,cost,lot,expiry", "W2,M,5,2,L1,2026-09-30")
	load(t, b, "slips", lotted,
		"goods-receipt,g1,2026-01-05,S,W1,,D,3,100,SN1~SN3,,,yes",
		"delivery,d1,2026-01-10,C,W1,,M,7,9,,,,yes",
		"delivery,d1,2026-01-10,C,W1,,D,1,9,,,,yes",
		"sales-return,t1,2026-01-12,C,W1,,M,1,,A,,d1,yes",
		"stocktake,c1,2026-01-13,,W1,,M,7,,A,,,yes")
	path := filepath.Join(t.TempDir(), "again.zg")
	c, err := workflow.Create(path, b.Settings())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.Now = func() time.Time { return time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC) }
	for _, kind := range []string{"units", "categories", "products", "suppliers", "customers", "warehouses", "accounts", "opening-stock", "slips"} {
		table, _, err := exchange.Export(b, kind)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := exchange.Import(c, kind, table, false); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		again, _, err := exchange.Export(c, kind)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range table.Rows {
			if x, y := strings.Join(r.Cells, "|"), strings.Join(again.Rows[i].Cells, "|"); x != y {
				t.Errorf("%s\nbecame\n%s", x, y)
			}
		}
	}
	for _, p := range []string{"M", "D"} {
		if x, y := lotsLeft(t, b, p), lotsLeft(t, c, p); x != y {
			t.Errorf("%s: %q became %q", p, x, y)
		}
	}
	mustHold(t, c)
}

func TestALineIsOfferedTheLotsThatCanBeHad(t *testing.T) {
	b := pharmacy(t, workflow.Settings{})
	offered := func(d *slip.Doc) string {
		k, _ := kinds.ByCode(d.Kind)
		list, err := b.LotChoices(k, d, len(d.Lines)-1)
		if err != nil {
			t.Fatal(err)
		}
		var s []string
		for _, c := range list {
			s = append(s, strings.TrimSpace(c.Code+" "+c.Expiry.String()+" "+c.Qty.String()+" → "+c.Says))
		}
		return strings.Join(s, ", ")
	}
	d := &slip.Doc{Kind: "delivery", Date: 20260110, Party: "C", Warehouse: "W1", Lines: []slip.Line{{Product: "M", Qty: 70000}}}
	if got := offered(d); got != "B 2026-02-28 5 → B:5 A:2, A 2026-03-31 10 → A" {
		t.Errorf("for a delivery of 7: %q", got)
	}
	d.Lines = []slip.Line{{Product: "M", Qty: 40000, Extra: map[string]string{"lot": "B"}}, {Product: "M", Qty: 20000}}
	if got := offered(d); got != "B 2026-02-28 1 → B:1 A:1, A 2026-03-31 10 → A" {
		t.Errorf("beside a line of 4 of B: %q", got)
	}
	d = &slip.Doc{Kind: "goods-receipt", Date: 20260110, Party: "S", Warehouse: "W1", Lines: []slip.Line{{Product: "M", Qty: 70000}}}
	if got := offered(d); got != "B 2026-02-28 5 → B, A 2026-03-31 10 → A" {
		t.Errorf("for a receipt: %q", got)
	}
	load(t, b, "slips", lotted, "delivery,d1,2026-01-10,C,W1,,M,7,9,,,,yes")
	back, err := b.Push("d1", "sales-return")
	if err != nil {
		t.Fatal(err)
	}
	if got := offered(back); got != "B  5 → B:5 A:2, A  2 → A:2 B:5" {
		t.Errorf("for what comes back: %q", got)
	}
	if list, n, err := b.FindLots("M", "", 1); err != nil || n != 2 || len(list) != 1 || list[0].Code != "B" {
		t.Errorf("found %v of %d, %v", list, n, err)
	}
	b.Now = func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	load(t, b, "slips", lotted, "sales-return,t1,2026-03-01,C,W1,,M,1,,B,,d1,yes")
	o, err := b.Overview()
	if err != nil || len(o.Expiring) != 2 || o.Expiring[0].Lot != "B" || o.Expiring[0].Days != -2 || o.Expiring[1].Days != 29 {
		t.Errorf("expiring %+v, %v", o.Expiring, err)
	}
}
