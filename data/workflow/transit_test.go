package workflow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/reports"
)

const moved = "kind,number,date,party,warehouse,to_warehouse,transit,due_date,product,qty,price,source,audit"

// lies tells on hand, reserved, on order, in transit, available of product A by warehouse.
func lies(t testing.TB, b *workflow.Book) string {
	t.Helper()
	rows, err := reports.StockOnHand.Texts(b, reports.Params{Product: "A"})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	at := reports.StockOnHand.Index("qty")
	for _, r := range rows {
		list = append(list, r[0]+" "+strings.Join(r[at:at+5], " "))
	}
	return strings.Join(list, "; ")
}

// agrees fails where a figure of how product A stands differs from place to place. Its minimum is above and its maximum below
// whatever is available, so that every alarm names it.
func agrees(t testing.TB, b *workflow.Book) {
	t.Helper()
	sum, at := map[string][5]num.Quantity{}, reports.StockOnHand.Index("qty")
	for _, w := range []string{"W1", "W2", "ZT"} {
		rows, err := reports.StockOnHand.Texts(b, reports.Params{Product: "A", Warehouse: w})
		if _, ok := b.Masters().Find("warehouses", w); !ok {
			continue
		}
		if err != nil || len(rows) > 1 {
			t.Fatalf("%s: %v, %v", w, rows, err)
		}
		var q [5]num.Quantity
		for i := range q {
			if len(rows) > 0 {
				q[i], _ = num.ParseQuantity(rows[0][at+i])
			}
			all := sum[""]
			all[i] += q[i]
			sum[""] = all
		}
		sum[w] = q
	}
	for w, want := range sum {
		f, err := b.LineFacts(kinds.SalesOrder, "A", w, "C", "")
		if got := [5]num.Quantity{f.OnHand, f.Reserved, f.OnOrder, f.InTransit, f.Available()}; err != nil || got != want {
			t.Errorf("the line at %q says %v, stock on hand %v (%v)", w, got, want, err)
		}
		p, err := b.ProductFacts(kinds.SalesOrder, "C", w, []string{"A"})
		if got := p["A"]; err != nil || got.Available() != want[4] || got.InTransit != want[3] {
			t.Errorf("the pick list at %q says %v, stock on hand %v (%v)", w, got, want, err)
		}
	}
	available := sum[""][4]
	load(t, b, "products", "code,name,min_stock,max_stock", "A,螺丝,1000,0.0001")
	o, err := b.Overview()
	if err != nil || len(o.Below) != 1 || o.Below[0].Available != available {
		t.Errorf("home says %v, stock on hand %s (%v)", o.Below, available, err)
	}
	r, err := b.Reorders(b.Today(), false)
	if err != nil || len(r) != 1 || r[0].Available() != available {
		t.Errorf("the reorder proposal says %v, stock on hand %s (%v)", r, available, err)
	}
	over, err := b.OverMaximum(b.Today())
	if err != nil || available > 0 && (len(over) != 1 || over[0].Available != available) {
		t.Errorf("over maximum says %v, stock on hand %s (%v)", over, available, err)
	}
}

func status(t testing.TB, b *workflow.Book, ref string) slip.Status {
	t.Helper()
	d, err := b.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	return d.Status
}

func TestGoodsInTransitAreReceivedInPartsSentBackAndLost(t *testing.T) {
	for _, pool := range []string{"company", "warehouse"} {
		for _, costing := range []string{"average", "fifo"} {
			b := open(t, workflow.Settings{Pool: pool, Costing: costing})
			step := func(want, rows string) {
				t.Helper()
				if rows != "" {
					load(t, b, "slips", moved, strings.Split(rows, "\n")...)
				}
				if got := lies(t, b); got != want {
					t.Errorf("%s %s: A lies %s, want %s", pool, costing, got, want)
				}
				agrees(t, b)
				mustHold(t, b)
			}
			step("W1 100 0 0 0 100", "goods-receipt,r1,2026-01-02,S,W1,,,,A,60,10,,yes\ngoods-receipt,r2,2026-01-03,S,W1,,,,A,40,15,,yes")
			step("W1 90 0 0 0 90; W2 0 0 0 10 10; ZT 10 0 0 -10 0", "transfer,t1,2026-01-05,,W1,W2,yes,2026-01-09,A,10,,,yes")
			step("W1 90 0 0 0 90; W2 0 3 20 10 27; ZT 10 0 0 -10 0", "sales-order,o1,2026-01-05,C,W2,,,,A,3,20,,yes\npurchase-order,p1,2026-01-05,S,W2,,,,A,20,20,,yes")
			// 6 of the 10 come on the 8th; a person may name the warehouse they left, or none
			step("W1 90 0 0 0 90; W2 6 3 20 4 27; ZT 4 0 0 -4 0", "transfer,g1,2026-01-08,,W1,W2,,,A,6,,t1,yes")
			if s := status(t, b, "t1"); s != slip.PartlyDone {
				t.Errorf("6 of 10 came: %s", s)
			}
			// one is lost and written off out of transit, the last 3 go back
			step("W1 90 0 0 0 90; W2 6 3 20 3 26; ZT 3 0 0 -3 0", "write-off,l1,2026-01-09,,,,,,A,1,,t1,yes")
			step("W1 93 0 0 0 93; W2 6 3 20 0 23", "transfer,h1,2026-01-10,,,W1,,,A,3,,t1,yes")
			if s := status(t, b, "t1"); s != slip.Done {
				t.Errorf("all is received, lost or back: %s", s)
			}
			// FIFO: what was sent first lies at 10.00 wherever it went; average: (600 + 600)/100 = 12.00
			unit := map[string]string{"average": "12.00", "fifo": "10.00"}[costing]
			if got := voucher(t, b, "l1"); got != fmt.Sprintf("Dr 1901 %s; Cr 1405 %[1]s", unit) {
				t.Errorf("%s %s: the loss posts %s", pool, costing, got)
			}
			// two of what came are sent off again by a red letter: they lie in transit and are expected once more
			step("W1 93 0 0 0 93; W2 4 3 20 2 23; ZT 2 0 0 -2 0", "transfer,x1,2026-01-11,,,,,,A,-2,,g1,yes")
			step("W1 93 0 0 0 93; W2 6 3 20 0 23", "transfer,g2,2026-01-12,,,,,,A,2,,t1,yes")
			// the whole chain goes back to how it was
			if _, err := b.Unaudit("t1", false); err == nil || !strings.Contains(err.Error(), "audited slips after it") {
				t.Errorf("un-auditing alone: %v", err)
			}
			if n, err := b.Unaudit("t1", true); err != nil || len(n) != 6 {
				t.Errorf("un-audited %v, %v", n, err)
			}
			step("W1 100 0 0 0 100; W2 0 3 20 0 17", "")
			for _, ref := range []string{"t1", "g1", "l1", "h1"} {
				if _, err := b.Audit(ref); err != nil {
					t.Errorf("auditing %s again: %v", ref, err)
				}
			}
			step("W1 93 0 0 0 93; W2 6 3 20 0 23", "")
		}
	}
}

func TestTransitIsPushedDownAndRefusesWhatDoesNotBelong(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", moved, "goods-receipt,r1,2026-01-02,S,W1,,,,A,100,10,,yes", "transfer,t1,2026-01-05,,W1,W2,yes,,A,10,,,yes", "transfer,s1,2026-01-05,,W1,W2,,,A,1,,,yes")
	d, err := b.Push("t1", "transfer")
	if err != nil || d.Warehouse != "ZT" || d.ToWarehouse != "W2" || len(d.Lines) != 1 || d.Lines[0].Qty.String() != "10" || d.InTransit() {
		t.Fatalf("pushed down %+v, %v", d, err)
	}
	if d, err = b.Push("t1", "write-off"); err != nil || d.Warehouse != "ZT" || d.At(&d.Lines[0]) != "ZT" {
		t.Fatalf("a loss is pushed down %+v, %v", d, err)
	}
	if rows, err := b.Pushable(kinds.Transfer, ""); err != nil || len(rows) != 1 || rows[0].ExternalNo != "t1" || rows[0].Left.String() != "10" {
		t.Errorf("can be received: %v, %v", rows, err)
	}
	if p, err := b.Progress("t1"); err != nil || p != (inquiry.Progress{Done: inquiry.None}) {
		t.Errorf("progress %v, %v", p, err)
	}
	b.Now = func() time.Time { return time.Date(2026, 1, 8, 9, 0, 0, 0, time.UTC) }
	if rows, err := reports.InTransit.Texts(b, reports.Params{Warehouse: "W2"}); err != nil || len(rows) != 1 || strings.Join(rows[0], " ") != "DB-202601-0001 2026-01-05 W1 W2 A 螺丝  个 10 0 10  3" {
		t.Errorf("in transit: %q, %v", rows, err)
	}
	one, err := b.Load("s1")
	if err != nil || len(b.Next(one)) != 0 || one.Lines[0].Remaining != 0 {
		t.Errorf("goods that arrived at once go on to %v, %v left (%v)", b.Next(one), one.Lines[0].Remaining, err)
	}
	if c, err := b.Counts(); err != nil || c["transfer"].Open != 1 {
		t.Errorf("home counts %+v in transit, %v", c["transfer"], err)
	}
	for row, want := range map[string]string{
		"transfer,e,2026-01-06,,,W2,,,A,11,,t1,yes":          "10 left",
		"transfer,e,2026-01-04,,,W2,,,A,1,,t1,yes":           "before its source",
		"transfer,e,2026-01-06,,W2,W1,,,A,1,,t1,yes":         "received from there",
		"transfer,e,2026-01-06,,,W2,yes,,A,1,,t1,yes":        "not go in transit again",
		"transfer,e,2026-01-06,,W1,W2,,,A,1,,s1,yes":         "have arrived",
		"transfer,e,2026-01-06,,ZT,W2,,,A,1,,,yes":           "place of transit",
		"transfer,e,2026-01-06,,W1,ZT,,,A,1,,,yes":           "place of transit",
		"transfer,e,2026-01-06,,W1,W2,,2026-01-09,A,1,,,yes": "no day to expect",
		"transfer,e,2026-01-06,,W1,W2,yes,,A,-1,,,yes":       "made from its original",
		"delivery,e,2026-01-06,C,ZT,,,,A,1,20,,yes":          "place of transit",
		"write-off,e,2026-01-06,,ZT,,,,A,1,,,yes":            "place of transit",
		"stocktake,e,2026-01-06,,ZT,,,,A,1,,,yes":            "place of transit",
	} {
		if err := try(b, "slips", moved, row); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", row, err, want)
		}
	}
	if err := try(b, "warehouses", "code,name,transit", "ZT,在途,no"); err == nil || !strings.Contains(err.Error(), "cannot change") {
		t.Errorf("a place of transit with goods becomes a warehouse: %v", err)
	}
	if err := try(b, "opening-stock", "warehouse,product,qty,cost", "ZT,A,1,1"); err == nil || !strings.Contains(err.Error(), "does not begin") {
		t.Errorf("stock begins in transit: %v", err)
	}
	// what was sent comes back by its red letter: nothing is expected any more
	red, err := b.RedLetter("t1")
	if err != nil {
		t.Fatal(err)
	}
	red.Date = 20260107
	if _, err := b.SaveAndAudit(red); err != nil {
		t.Fatal(err)
	}
	if got := lies(t, b); got != "W1 99 0 0 0 99; W2 1 0 0 0 1" || status(t, b, "t1") != slip.Done {
		t.Errorf("after the red letter A lies %s, the transfer is %s", got, status(t, b, "t1"))
	}
	mustHold(t, b)
}

func TestGoodsInTransitExportAndComeBack(t *testing.T) {
	b := open(t, workflow.Settings{Pool: "warehouse"})
	load(t, b, "slips", moved, "goods-receipt,r1,2026-01-02,S,W1,,,,A,100,10,,yes", "transfer,t1,2026-01-05,,W1,W2,yes,2026-01-20,A,10,,,yes",
		"transfer,g1,2026-01-08,,,,,,A,6,,t1,yes", "write-off,l1,2026-01-09,,,,,,A,1,,t1,yes", "transfer,x1,2026-01-11,,,,,,A,-2,,g1,yes")
	c := open(t, workflow.Settings{Pool: "warehouse"})
	for _, kind := range []string{"warehouses", "slips"} {
		table, _, err := exchange.Export(b, kind)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := exchange.Import(c, kind, table, false); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := lies(t, c), lies(t, b); got != want || want != "W1 90 0 0 0 90; W2 4 0 0 5 9; ZT 5 0 0 -5 0" {
		t.Errorf("read back A lies %s, was %s", got, want)
	}
	mustHold(t, c)
}
