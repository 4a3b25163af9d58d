package reports_test

import (
	"strings"
	"testing"

	"zhanggui/data/workflow"
	"zhanggui/reports"
)

// pharmacy is a book with M told apart by lots and D by serial numbers.
func pharmacy(t *testing.T) *workflow.Book {
	return filled(t, 20260210, []file{
		{"suppliers", "code,name", "S,药厂"},
		{"customers", "code,name,contact,phone", "K,张三,张,138;L,李四,李,139"},
		{"warehouses", "code,name", "W1,主仓;W2,东仓"},
		{"products", "code,name,spec,tracking,warn_days", "M,药膏,20g,lot,20;D,仪器,,serial,;A,螺丝,,,"},
		{"slips", "kind,number,date,party,warehouse,to_warehouse,product,qty,price,lot,expiry,source,audit",
			"goods-receipt,r1,2026-01-02,S,W1,,M,10,4,A,2026-03-31,,yes;goods-receipt,r2,2026-01-03,S,W1,,M,5,4,B,2026-02-28,,yes;goods-receipt,r3,2026-01-03,S,W1,,D,2,100,SN1 SN2,,,yes;" +
				"delivery,d1,2026-01-10,K,W1,,M,7,9,,,,yes;delivery,d2,2026-01-11,L,W1,,M,2,9,A,,,yes;sales-return,t1,2026-01-12,K,W1,,M,3,,B,,d1,yes;transfer,x1,2026-01-13,,W1,W2,M,1,,A,,,yes;" +
				"transfer,x2,2026-01-13,,W1,W2,D,1,,SN2,,,yes;delivery,d3,2026-01-15,L,W2,,D,1,300,SN2,,,yes;write-off,w1,2026-02-01,,W1,,M,1,,A,,,yes;" +
				"goods-receipt,r4,2026-02-05,S,W1,,M,4,4,N,,,yes"},
	})
}

func TestLotsOnHandAreWorthTheirShareAndCountTheirDays(t *testing.T) {
	b := pharmacy(t)
	for _, c := range []struct {
		name string
		p    reports.Params
		want string
	}{
		// 10 − 2 − 2 − 1 moved − 1 written off = 4 of A, 5 − 5 + 3 = 3 of B, all bought at 4.00
		{"lots", reports.Params{Product: "M"}, "W1 M 药膏 20g B 2026-02-28 18 3 12.00\nW1 M 药膏 20g A 2026-03-31 49 4 16.00\nW1 M 药膏 20g N   4 16.00\nW2 M 药膏 20g A 2026-03-31 49 1 4.00"},
		{"lots", reports.Params{Warehouse: "W2"}, "W2 M 药膏 20g A 2026-03-31 49 1 4.00"},
		{"lots", reports.Params{Product: "D"}, "W1 D 仪器  SN1   1 100.00"},
		{"lots", reports.Params{Product: "M", AsOf: 20260110}, "W1 M 药膏 20g A 2026-03-31 80 8 32.00"},
		{"lots", reports.Params{Product: "D", AsOf: 20260113}, "W1 D 仪器  SN1   1 100.00\nW2 D 仪器  SN2   1 100.00"},
		{"expiry", reports.Params{}, "2026-02-28 18 M 药膏 20g W1 B 3 12.00"}, // 20 days before, says the product
		{"expiry", reports.Params{By: "within-90"}, "2026-02-28 18 M 药膏 20g W1 B 3 12.00\n2026-03-31 49 M 药膏 20g W1 A 4 16.00\n2026-03-31 49 M 药膏 20g W2 A 1 4.00"},
		{"expiry", reports.Params{By: "expired"}, ""},
		{"expiry", reports.Params{By: "expired", AsOf: 20260301, Warehouse: "W1"}, "2026-02-28 -1 M 药膏 20g W1 B 3 12.00"},
	} {
		if got := lines(t, b, c.name, c.p); got != c.want {
			t.Errorf("%s %+v:\n%s\nwant\n%s", c.name, c.p, got, c.want)
		}
	}
}

func TestARecallNamesWhoStillHasSome(t *testing.T) {
	b := pharmacy(t)
	for _, c := range []struct {
		p    reports.Params
		want string
	}{
		{reports.Params{Lot: "B"}, "2026-01-03 CR-202601-0002 goods-receipt S 药厂   W1 5 0 0 0\n2026-01-10 XC-202601-0001 delivery K 张三 张 138 W1 0 5 3 2"},
		{reports.Params{Lot: "A", Product: "M"}, "2026-01-02 CR-202601-0001 goods-receipt S 药厂   W1 10 0 0 0\n2026-01-10 XC-202601-0001 delivery K 张三 张 138 W1 0 2 0 2\n" +
			"2026-01-11 XC-202601-0002 delivery L 李四 李 139 W1 0 2 0 2\n2026-02-01 BS-202602-0001 write-off     W1 0 1 0 0"},
		{reports.Params{Lot: "A", By: "customer"}, "   K 张三 张 138   2 0 2\n   L 李四 李 139   2 0 2"},
		{reports.Params{Lot: "B", By: "customer", To: 20260111}, "   K 张三 张 138   5 0 5"},
	} {
		if got := lines(t, b, "recall", c.p); got != c.want {
			t.Errorf("%+v:\n%s\nwant\n%s", c.p, got, c.want)
		}
	}
	r, _ := reports.ByName("recall")
	for _, c := range []struct {
		p    reports.Params
		want string
	}{{reports.Params{}, "give the lot or serial number"}, {reports.Params{Lot: "Z"}, `there is no lot or serial number "Z"`}, {reports.Params{Lot: "A", Product: "D"}, `there is no lot or serial number "A"`}} {
		if _, err := r.Run(b, c.p); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c.p, err)
		}
	}
}

func TestASerialNumberTellsWhereItHasBeen(t *testing.T) {
	got := lines(t, pharmacy(t), "serial-history", reports.Params{Lot: "SN2"})
	want := "2026-01-03 CR-202601-0003 goods-receipt S 药厂 W1 1 0 1 D\n2026-01-13 DB-202601-0002 transfer   W1 0 1 0 D\n2026-01-13 DB-202601-0002 transfer   W2 1 0 1 D\n" +
		"2026-01-15 XC-202601-0003 delivery L 李四 W2 0 1 0 D"
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
