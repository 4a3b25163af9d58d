package workflow_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/testbook"
)

// The books and words of tests, which rooms above share.
var (
	open, trader, load, try   = testbook.Open, testbook.Trader, testbook.Load, testbook.Try
	voucher, mustHold         = testbook.Voucher, testbook.Holds
	row, enterRows, refuseRow = testbook.Row, testbook.Enter, testbook.Refuse
	wide                      = testbook.Wide
)

const goods = "kind,number,date,party,warehouse,to_warehouse,product,qty,price,source,audit"

func TestEveryKindPostsItsVoucher(t *testing.T) {
	for _, c := range []struct {
		taxpayer string
		want     map[string]string
	}{
		{"general", map[string]string{
			"r1": "Dr 22210101 13.00; Cr 220201 113.00; Dr 1405 100.00",
			"t1": "Dr 220201 22.60; Cr 22210101 2.60; Cr 1405 20.00",
			"d1": "Dr 1122 90.40; Cr 5001 80.00; Cr 22210107 10.40; Dr 5401 40.00; Cr 1405 40.00",
			"x1": "Dr 1122 -22.60; Cr 5001 -20.00; Cr 22210107 -2.60; Dr 5401 -10.00; Cr 1405 -10.00",
			"i1": "Dr 1405 24.00; Cr 1901 24.00",
			"o1": "Dr 1901 10.57; Cr 1405 10.57", // (50.00 + 24.00) / 7
			"m1": "",
		}},
		{"small", map[string]string{
			"r1": "Dr 1405 113.00; Cr 220201 113.00",
			"t1": "Dr 220201 22.60; Cr 1405 22.60",
			"d1": "Dr 1122 90.40; Cr 5001 80.00; Cr 222101 10.40; Dr 5401 45.20; Cr 1405 45.20",
		}},
	} {
		b := open(t, workflow.Settings{Taxpayer: c.taxpayer})
		load(t, b, "slips", goods,
			"goods-receipt,r1,2026-01-02,S,W1,,A,10,10,,yes",
			"purchase-return,t1,2026-01-03,S,W1,,A,2,,r1,yes",
			"delivery,d1,2026-01-04,C,W1,,A,4,20,,yes",
			"sales-return,x1,2026-01-05,C,W1,,A,1,,d1,yes",
			"other-receipt,i1,2026-01-06,,W1,,A,2,12,,yes",
			"transfer,m1,2026-01-07,,W1,W2,A,3,,,yes",
			"other-issue,o1,2026-01-08,,W2,,A,1,,,yes")
		for ref, want := range c.want {
			if got := voucher(t, b, ref); got != want {
				t.Errorf("%s %s posts %s, want %s", c.taxpayer, ref, got, want)
			}
		}
		mustHold(t, b)
	}
}

func TestMoneySettlesTheOldestDueSlipUnlessOneIsChosen(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", goods, "goods-receipt,r,2026-01-02,S,W1,,A,10,10,,yes",
		"delivery,d1,2026-01-04,C,W1,,A,1,100,,yes", "delivery,d2,2026-01-05,C,W1,,A,1,100,,yes")
	load(t, b, "slips", "kind,number,date,party,account,amount,source,audit", "collection,k1,2026-01-06,C,K,113,d2,yes", "collection,k2,2026-01-07,C,K,150,,yes")
	if got, want := voucher(t, b, "k1"), "Dr 1001 113.00; Cr 1122 113.00"; got != want {
		t.Errorf("collection posts %s, want %s", got, want)
	}
	d, err := b.Load("k2")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Allocations) != 1 || d.Allocations[0].Target != "XC-202601-0001" || d.Allocations[0].Amount.String() != "113.00" {
		t.Errorf("k2 settles %v; want 113.00 of XC-202601-0001, 37.00 left open", d.Allocations)
	}
	mustHold(t, b)
	if _, err := b.Unaudit("d1", false); err == nil || !strings.Contains(err.Error(), "SK-202601-0002") {
		t.Errorf("un-audit of a settled delivery: %v; want a refusal naming SK-202601-0002", err)
	}
	done, err := b.Unaudit("d1", true)
	if err != nil || strings.Join(done, " ") != "SK-202601-0002 XC-202601-0001" {
		t.Errorf("the chain un-audited %v, %v", done, err)
	}
	mustHold(t, b)
}

func TestOrdersArePushedDownByWhatIsLeft(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", goods, "goods-receipt,r,2026-01-02,S,W1,,A,100,10,,yes", "sales-order,o,2026-01-03,C,W1,,A,3,20,,yes",
		"delivery,d,2026-01-04,C,W1,,A,1,,o,yes")
	err := try(b, "slips", goods, "delivery,e,2026-01-05,C,W1,,A,3,,o,yes")
	if err == nil || err.Error() != "slips.csv:2: qty: 3 ordered, 2 left on XD-202601-0001" {
		t.Errorf("over-delivery: %v", err)
	}
	status := func() slip.Status {
		d, err := b.Load("o")
		if err != nil {
			t.Fatal(err)
		}
		return d.Status
	}
	if status() != slip.PartlyDone {
		t.Errorf("order is %s after 1 of 3", status())
	}
	d, _, err := b.PushAndSave("o", "delivery", true, workflow.Taken{})
	if err != nil || d.Lines[0].Qty.String() != "2" || status() != slip.Done {
		t.Errorf("pushed %v, %v; order %s", d, err, status())
	}
	if _, err := b.Unaudit(d.Number, false); err != nil || status() != slip.PartlyDone {
		t.Errorf("after un-audit %v the order is %s", err, status())
	}
	if err := b.Void(d.Number); err != nil {
		t.Error(err)
	}
	if err := b.CloseSlip("o", "customer cancelled"); err != nil || status() != slip.Closed {
		t.Errorf("close: %v, %s", err, status())
	}
	mustHold(t, b)
}

func TestABadFileLandsNothingAndTellsEveryFault(t *testing.T) {
	b := open(t, workflow.Settings{})
	err := try(b, "slips", goods,
		"goods-receipt,ok,2026-01-02,S,W1,,A,10,10,,yes",
		"delivery,a,2026-01-20,NOBODY,W1,,A,1,1,,yes",
		"delivery,b,2026-13-20,C,W1,,A,1,1,,yes",
		"delivery,c,2026-01-20,C,W1,,A,many,1,,yes",
		"delivery,d,2025-01-20,C,W1,,A,1,1,,yes",
		"delivery,e,2026-01-20,C,W1,,Q,1,1,,yes")
	faults := fault.Of(err)
	if len(faults) != 5 {
		t.Fatalf("%d faults: %v", len(faults), err)
	}
	for i, field := range []string{"party", "date", "qty", "date", "product"} {
		if faults[i].Row != i+3 || faults[i].Field != field {
			t.Errorf("fault %d stands at row %d field %s, want %d %s", i, faults[i].Row, faults[i].Field, i+3, field)
		}
	}
	if _, err := b.Load("ok"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a row of the bad file landed: %v", err)
	}
	mustHold(t, b)
}

func TestAClosedMonthRefusesSlips(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", goods, "goods-receipt,r,2026-01-02,S,W1,,A,10,10,,yes")
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	if err := try(b, "slips", goods, "goods-receipt,s,2026-01-31,S,W1,,A,1,1,,no"); !fault.Is(err, fault.Refused) {
		t.Errorf("a slip in a closed month: %v", err)
	}
	if _, err := b.Unaudit("r", false); !fault.Is(err, fault.Refused) {
		t.Errorf("un-audit in a closed month: %v", err)
	}
	if err := b.ReopenPeriod(202601); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Unaudit("r", false); err != nil {
		t.Error(err)
	}
}

func TestSettingsThatDoNotExistAreRefused(t *testing.T) {
	for _, s := range []workflow.Settings{{Flow: "both"}, {Costing: "lifo"}, {Pool: "shelf"}, {Negative: "maybe"}, {Taxpayer: "large"}} {
		if _, err := workflow.Create(filepath.Join(t.TempDir(), "x.zg"), s); !fault.Is(err, fault.Usage) {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

func TestPragmasHoldOnEveryConnection(t *testing.T) {
	b := open(t, workflow.Settings{})
	got, err := b.DB.Pragmas()
	if err != nil || got != "foreign_keys=1 journal_mode=wal synchronous=2" {
		t.Errorf("pragmas %q, %v", got, err)
	}
}

func TestCorrectKeepsTheSlipsPlaceOrMakesARedLetter(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", goods, "goods-receipt,r,2026-01-02,S,W1,,A,10,10,,yes", "delivery,d,2026-01-04,C,W1,,A,4,20,,yes")
	d, err := b.Load("r")
	if err != nil {
		t.Fatal(err)
	}
	d.Lines[0].Price = 12_000000
	numbers, err := b.Correct(d, nil)
	if err != nil || strings.Join(numbers, " ") != "CR-202601-0001" {
		t.Fatalf("corrected %v, %v", numbers, err)
	}
	if got, want := voucher(t, b, "d"), "Dr 1122 90.40; Cr 5001 80.00; Cr 22210107 10.40; Dr 5401 48.00; Cr 1405 48.00"; got != want {
		t.Errorf("after the correction the delivery posts %s, want %s", got, want)
	}
	mustHold(t, b)
	if err := b.ClosePeriod(202601); err != nil {
		t.Fatal(err)
	}
	d, err = b.Load("d")
	if err != nil {
		t.Fatal(err)
	}
	red, err := b.RedLetter("d")
	if err != nil {
		t.Fatal(err)
	}
	red.Date = 20260201
	d.Lines[0].Qty = 3_0000
	numbers, err = b.Correct(d, red)
	if err != nil || strings.Join(numbers, " ") != "XC-202602-0001 XC-202602-0002" {
		t.Fatalf("corrected %v, %v", numbers, err)
	}
	if got, want := voucher(t, b, "XC-202602-0001"), "Dr 1122 -90.40; Cr 5001 -80.00; Cr 22210107 -10.40; Dr 5401 -48.00; Cr 1405 -48.00"; got != want {
		t.Errorf("the red letter posts %s, want %s", got, want)
	}
	mustHold(t, b)
	sum, err := b.List(inquiry.Filter{Kinds: []string{"delivery"}}, inquiry.Sorting{})
	if err != nil || sum.Open.String() != "67.80" { // 3 × 20.00 with 13 % tax; what was and its red letter settle each other
		t.Errorf("open on deliveries is %s, want 67.80 (%v)", sum.Open, err)
	}
}

func TestATrialTellsWhatWouldChangeAndChangesNothing(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", goods, "goods-receipt,r1,2026-01-02,S,W1,,A,10,10,,yes", "goods-receipt,r2,2026-01-03,S,W1,,A,10,12,,yes", "delivery,d,2026-02-04,C,W1,,A,4,20,,yes")
	trial, err := b.TryUnaudit("r2", false)
	if err != nil {
		t.Fatal(err)
	}
	// 4 delivered at 11.00 become 4 at 10.00: the cost falls by 4.00, the stock by 120.00 less those 4.00
	want := "[CR-202601-0002] [{CR-202601-0002 2026-01-03 {120.00 0.00} 0} {XC-202602-0001 2026-02-04 {-44.00 -40.00} 0}] {176.00 60.00} [{A 16 6 {176.00 60.00}}] " +
		"[{S payable {248.60 113.00}}] [{2026-02 {36.00 40.00}}]"
	if got := fmt.Sprint(trial.Numbers, " ", trial.Slips, " ", trial.Stock, " ", trial.Products, " ", trial.Parties, " ", trial.Profit); got != want {
		t.Errorf("the trial says\n%s, want\n%s", got, want)
	}
	if c := trial.Slips[1].Cost(); c != (workflow.Span{Before: 4400, After: 4000}) {
		t.Errorf("the delivery's cost goes from %s to %s", c.Before, c.After)
	}
	if got, want := voucher(t, b, "d"), "Dr 1122 90.40; Cr 5001 80.00; Cr 22210107 10.40; Dr 5401 44.00; Cr 1405 44.00"; got != want {
		t.Errorf("after the trial the delivery posts %s, want %s", got, want)
	}
	mustHold(t, b)
}

func TestTheProgramsInitialsGoWithTheName(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "products", "code,name,initials", "B,螺母,mine")
	load(t, b, "products", "code,name", "A,扳手", "B,垫片")
	for code, want := range map[string]string{"A": "bs", "B": "mine"} {
		if p, _ := b.Masters().Find("products", code); p.Get("initials") != want {
			t.Errorf("%s: %s", code, p.Get("initials"))
		}
	}
}
