package print

import (
	"strings"
	"testing"

	"zhanggui/data/workflow"
)

// pharmacy adds to the shop an ointment told apart by lots: 10 of LA to March and 5 of LB to February; d9 delivers 7 of them.
func pharmacy(t *testing.T) *workflow.Book {
	b := shop(t)
	load(t, b, "products", "code,name,name2,spec,unit,tracking,shelf", "M,药膏,Ointment,20g,个,lot,B-1", "N,仪器,Device,,个,serial,B-2")
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,lot,expiry,audit",
		"goods-receipt,r8,2026-01-10,S,W1,M,10,4,LA,2026-03-31,yes", "goods-receipt,r9,2026-01-11,S,W1,M,5,4,LB,2026-02-28,yes",
		"goods-receipt,r9,2026-01-11,S,W1,N,3,4,SN1~SN3,,yes", "delivery,d9,2026-01-12,C,W1,M,7,9,,,yes")
	return b
}

func TestPapersSayWhichLots(t *testing.T) {
	b := pharmacy(t)
	for _, c := range []struct {
		number string
		opt    Options
		want   []string
	}{
		{"d9", Options{Paper: "a4"}, []string{"批号LB:5(2026-02-28)LA:2(2026-03-31)"}},
		{"d9", Options{Paper: "a4", Lang: "en"}, []string{"LotLB:5(2026-02-28)LA:2(2026-03-31)"}},
		{"d9", Options{As: AsPickList}, []string{"药膏20g批号LB:5(2026-02-28)LA:2(2026-03-31)"}},
		{"r8", Options{Paper: "241x140"}, []string{"批号LA", "2026-03-31"}},
	} {
		page := words(t, b, c.number, c.opt)[0]
		expect(t, page, c.want, nil)
	}
}

func TestAReceiptOfLotsPrintsTheirLabels(t *testing.T) {
	b := pharmacy(t)
	pages := words(t, b, "r9", Options{As: AsLabel, Paper: "60x40"})
	if len(pages) != 4 { // LB, and three serial numbers
		t.Fatalf("%d labels, want 4", len(pages))
	}
	expect(t, pages[0], []string{"药膏", "LB", "2026-02-28", "CR-202601-0004", "5个", "M;LLB;E20260228;Q5"}, nil)
	expect(t, pages[2], []string{"仪器", "SN2", "1个", "N;LSN2;Q1"}, nil)
	if each := words(t, b, "r8", Options{As: AsLabel, Paper: "60x40", Each: true}); len(each) != 10 || !strings.Contains(each[9], "M;LLA;E20260331;Q1") {
		t.Errorf("one for every piece: %d, the last %q", len(each), each[len(each)-1])
	}
}

func TestACountSheetHasARowForEachLot(t *testing.T) {
	b := pharmacy(t)
	pdf, err := CountSheet(b, "W1", true, "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := reader.Text(pdf, 0)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, strings.Join(strings.Fields(s), ""), []string{"药膏20g批号LA(2026-03-31)个8", "仪器批号SN2个1"}, []string{"批号LB"})
	load(t, b, "slips", "kind,number,date,warehouse,product,qty,lot,audit", "stocktake,c9,2026-01-13,W1,M,7,LA,no", "stocktake,c9,2026-01-13,W1,N,2,SN1 SN2,no")
	page := words(t, b, "c9", Options{As: AsCountBook})[0]
	expect(t, page, []string{"药膏20g批号LA", "批号SN1SN2"}, nil)
	page = words(t, b, "c9", Options{Paper: "a4"})[0]
	expect(t, page, []string{"批号LA", "[批号SN1SN2]"}, nil)
}
