package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/testbook"
)

// clues prints what a stocktake's clues say: line, product, difference, clue, slip and its line.
func clues(t *testing.T, b *workflow.Book, ref string) string {
	t.Helper()
	list, err := b.Explain(ref)
	if err != nil {
		t.Fatal(err)
	}
	var s []string
	for _, c := range list {
		d, err := b.Load(c.Number)
		if err != nil {
			t.Fatal(err)
		}
		if c.Reason.Zh == "" || c.Reason.En == "" || c.Counted-c.Book != c.Difference || strings.Contains(c.Reason.Zh+c.Reason.En, "%!") {
			t.Errorf("clue %+v", c)
		}
		s = append(s, fmt.Sprintf("%d %s %s %s %s %s/%d", c.Line, c.Product, c.Warehouse, c.Difference, c.Kind, d.ExternalNo, c.At))
	}
	return strings.Join(s, "; ")
}

func TestTheDetectiveFindsWhatExplainsADifference(t *testing.T) {
	for _, c := range []struct {
		name, slips, want string
	}{
		// 15 went out on a draft: 85 of 100 lie there
		{"a draft", "delivery,d1,2026-02-03,C,W1,,A,,15,2,,no;stocktake,p,2026-02-10,,W1,,A,,85,,,no", "1 A W1 -15 unaudited d1/1"},
		// a draft of a day after the count, and one of another warehouse, explain nothing
		{"other drafts", "delivery,d1,2026-02-11,C,W1,,A,,15,2,,no;delivery,d2,2026-02-03,C,W2,,A,,15,2,,no;stocktake,p,2026-02-10,,W1,,A,,85,,,no", ""},
		// two lines of a draft receipt: 3 + 4 came
		{"a draft of two lines", "goods-receipt,d1,2026-02-03,S,W1,,B,,3,2,,no;goods-receipt,d1,2026-02-03,S,W1,,B,,4,2,,no;stocktake,p,2026-02-10,,W1,,B,,57,,,no", "1 B W1 7 unaudited d1/1"},
		// 8 delivered twice to C within three days; the book says 84, there are 92
		{"twice", "delivery,d1,2026-02-03,C,W1,,A,,8,2,,yes;delivery,d2,2026-02-06,C,W1,,A,,8,2,,yes;stocktake,p,2026-02-10,,W1,,A,,92,,,no", "1 A W1 8 twice d2/1; 1 A W1 8 other-warehouse r3/1"},
		// the same a month apart is two deliveries
		{"not twice", "delivery,d1,2026-02-03,C,W1,,A,,8,2,,yes;delivery,d2,2026-03-06,C,W1,,A,,8,2,,yes;stocktake,p,2026-03-10,,W1,,A,,92,,,no", "1 A W1 8 other-warehouse r3/1"},
		// 3 went out as pieces that were boxes of 12: 33 more are gone; book 97, there 64
		{"a box as a piece", "delivery,d1,2026-02-03,C,W1,,A,个,3,2,,yes;stocktake,p,2026-02-10,,W1,,A,,64,,,no", "1 A W1 -33 box d1/1"},
		// 3 boxes written that were pieces: book 64, there 97; W2 holds 40 by the book
		{"a piece as a box", "delivery,d1,2026-02-03,C,W1,,A,盒,3,2,,yes;stocktake,p,2026-02-10,,W1,,A,,97,,,no", "1 A W1 33 box d1/1; 1 A W1 33 other-warehouse r3/1"},
		// counted 7 boxes and wrote pieces: book 84
		{"the count in boxes", "delivery,d1,2026-02-03,C,W1,,A,,16,2,,yes;stocktake,p,2026-02-10,,W1,,A,个,7,,,no", "1 A W1 -77 box p/1"},
		// 41 typed for 14: 27 too much taken out; book 59, there 86
		{"digits of a slip", "delivery,d1,2026-02-03,C,W1,,A,,41,2,,yes;stocktake,p,2026-02-10,,W1,,A,,86,,,no", "1 A W1 27 digits d1/1; 1 A W1 27 other-warehouse r3/1"},
		// 86 counted, 68 written: book 86
		{"digits of the count", "delivery,d1,2026-02-03,C,W1,,A,,14,2,,yes;stocktake,p,2026-02-10,,W1,,A,,68,,,no", "1 A W1 -18 digits p/1"},
		// A lacks 5 and its namesake Z has 5 more
		{"the same name", "goods-receipt,d1,2026-02-03,S,W1,,Z,,10,2,,yes;stocktake,p,2026-02-10,,W1,,A,,95,,,no;stocktake,p,2026-02-10,,W1,,Z,,15,,,no",
			"1 A W1 -5 neighbour p/2; 2 Z W1 5 neighbour p/1"},
		// A and A1 stand next to each other
		{"the next code", "goods-receipt,d1,2026-02-03,S,W1,,A1,,10,2,,yes;stocktake,p,2026-02-10,,W1,,A,,96,,,no;stocktake,p,2026-02-10,,W1,,A1,,14,,,no",
			"1 A W1 -4 neighbour p/2; 2 A1 W1 4 neighbour p/1"},
		// B is two codes from A: nothing
		{"far codes", "stocktake,p,2026-02-10,,W1,,A,,96,,,no;stocktake,p,2026-02-10,,W1,,B,,54,,,no", ""},
		// 6 delivered from W1, booked at W2
		{"the wrong warehouse", "delivery,d1,2026-02-03,C,W2,,A,,6,2,,yes;stocktake,p,2026-02-10,,W1,,A,,94,,,no", "1 A W1 -6 wrong-warehouse d1/1"},
		// W2 was counted eight days before and had 9 more, which W1 lacks
		{"the opposite elsewhere", "stocktake,q,2026-02-09,,W2,,A,,49,,,yes;stocktake,p,2026-02-17,,W1,,A,,91,,,no", "1 A W1 -9 other-warehouse q/1"},
		// what went wrong before the last count is wiped out by it
		{"before the last count", "delivery,d1,2026-02-03,C,W1,,A,,41,2,,yes;stocktake,q,2026-02-04,,W1,,A,,59,,,yes;stocktake,p,2026-02-10,,W1,,A,,32,,,no", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := testbook.Scene(t)
			load(t, b, "slips", testbook.Counting, strings.Split(c.slips, ";")...)
			want := c.want
			if got := clues(t, b, "p"); got != want {
				t.Errorf("the clues are\n%s\nwant\n%s", got, want)
			}
			// audited, the count says the same
			if _, err := b.Audit("p"); err != nil {
				t.Fatal(err)
			}
			if got := clues(t, b, "p"); got != want {
				t.Errorf("audited the clues are\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestTwoWarehousesOnOneCountPointAtEachOther(t *testing.T) {
	b := testbook.Scene(t)
	load(t, b, "slips", "kind,number,date,warehouse,product,qty,audit", "stocktake,p,2026-02-10,W1,A,93,no", "stocktake,p,2026-02-10,W2,A,47,no")
	if got, want := clues(t, b, "p"), "1 A W1 -7 other-warehouse p/2; 2 A W2 7 other-warehouse p/1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestOfManyAlikeTheNewestAreNamed(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "opening-stock", "warehouse,product,qty,cost", "W1,A,210,1")
	for i := 1; i <= 5; i++ {
		load(t, b, "slips", testbook.Counting, fmt.Sprintf("delivery,d%d,2026-02-%02d,C,W1,,A,,12,2,,yes", i, i))
	}
	// 210 − 60 = 150 by the book and 141 there: each 12 may have been 21
	load(t, b, "slips", testbook.Counting, "stocktake,p,2026-03-20,,W1,,A,,141,,,no")
	if got, want := clues(t, b, "p"), "1 A W1 -9 digits d5/1; 1 A W1 -9 digits d4/1; 1 A W1 -9 digits d3/1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	// 201 opened with, for 210: by the book 59 less
	b = open(t, workflow.Settings{})
	load(t, b, "opening-stock", "warehouse,product,qty,cost", "W1,A,201,1")
	load(t, b, "slips", testbook.Counting, "stocktake,p,2026-03-20,,W1,,A,,210,,,no")
	list, err := b.Explain("p")
	if err != nil || len(list) != 2 || list[0].Number != "PD-202603-0001" || list[1].Reason.Zh != "期初 第 1 行记 201，若为 210（数字颠倒）则无差异" {
		t.Errorf("%v %+v", err, list)
	}
}

func TestTheDetectiveLooksAtStocktakesAlone(t *testing.T) {
	b := testbook.Scene(t)
	if _, err := b.Explain("r1"); !fault.Is(err, fault.Refused) {
		t.Errorf("a receipt: %v", err)
	}
	if _, err := b.Explain("none"); !fault.Is(err, fault.NotFound) {
		t.Errorf("nothing: %v", err)
	}
	load(t, b, "slips", testbook.Counting, "stocktake,p,2026-02-10,,W1,,A,,100,,,no", "stocktake,q,2026-02-10,,W1,,B,,,,,no")
	for _, ref := range []string{"p", "q"} { // no difference; not counted
		if got := clues(t, b, ref); got != "" {
			t.Errorf("%s: %s", ref, got)
		}
	}
}
