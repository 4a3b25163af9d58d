package exchange_test

import (
	"strings"
	"testing"

	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/testbook"
)

// By hand: d2 of the 20th is entered and paid 45.00, then d1 of the 9th is entered late. What the program settled stays settled when the
// book is exported and read in the order of dates; so do a slip's own remark and those of its lines.
func TestAnExportIsTheSameBook(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	const head = "kind,number,date,party,warehouse,account,product,qty,price,tax_rate,amount,remark,line_remark,audit"
	testbook.Load(t, b, "slips", head,
		"goods-receipt,r1,2026-01-02,S,W1,,A,50,10,0,,送货单 5561,轻放,yes",
		"delivery,d2,2026-01-20,C,W1,,A,1,45,0,,,,yes",
		"collection,k1,2026-02-11,C,,K,,,,,45,结清,,yes",
		"delivery,d1,2026-01-09,C,W1,,A,1,45,0,,,,yes",
		"collection,k2,2026-01-08,C,,K,,,,,7,预付,,yes") // nothing was owed yet
	d, err := b.Load("r1")
	if err != nil || d.Remark != "送货单 5561" || d.Lines[0].Remark != "轻放" {
		t.Fatalf("%+v, %v", d, err)
	}
	if d, err = b.Load("k1"); err != nil || len(d.Allocations) != 1 {
		t.Fatalf("%+v %v", d, err)
	}
	tab, _, err := exchange.Export(b, "slips")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	at := map[string]int{}
	for i, h := range tab.Header {
		at[h] = i
	}
	for _, r := range tab.Rows {
		said[r.Cells[at["external_no"]]] = r.Cells[at["allocations"]]
	}
	if said["k1"] != "XC-202601-0001:45.00" || said["k2"] != "none" || said["d1"] != "" {
		t.Errorf("settled: %v", said)
	}
	c := testbook.Open(t, workflow.Settings{})
	if _, err := exchange.Import(c, "slips", tab, false); err != nil {
		t.Fatal(err)
	}
	again, _, err := exchange.Export(c, "slips")
	if err != nil || len(again.Rows) != len(tab.Rows) {
		t.Fatal(err)
	}
	for i := range tab.Rows {
		if x, y := strings.Join(tab.Rows[i].Cells, "|"), strings.Join(again.Rows[i].Cells, "|"); x != y {
			t.Errorf("%s\nbecame\n%s", x, y)
		}
	}
	testbook.Holds(t, b)
	testbook.Holds(t, c)
}

// A file of before has one column for both: its first row is the slip's remark, a further row that differs its line's.
func TestOneRemarkColumnIsTheSlips(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	testbook.Load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,remark,audit", "goods-receipt,r1,2026-01-02,S,W1,A,5,10,供方单 881,yes", "goods-receipt,r1,2026-01-02,S,W1,B,5,10,缺一只,yes")
	d, err := b.Load("r1")
	if err != nil || d.Remark != "供方单 881" || d.Lines[0].Remark != "" || d.Lines[1].Remark != "缺一只" {
		t.Errorf("%+v, %v", d, err)
	}
}
