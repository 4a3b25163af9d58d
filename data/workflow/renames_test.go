package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/master"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// A slip of every kind, in both flows, exported and read into a new book is the same book: its rows, and what each of them posts.
func TestABookOfEveryKindIsExportedAndReadBack(t *testing.T) {
	for _, flow := range []string{"direct", "invoice"} {
		t.Run(flow, func(t *testing.T) {
			b := storyBook(t, flow, "general", map[string]bool{})
			sameAgain(t, b)
		})
	}
}

// renamed gives a record another code.
func renamed(t *testing.T, b *workflow.Book, typ, from, to string) {
	t.Helper()
	r, ok := b.Masters().Find(typ, from)
	if !ok {
		t.Fatalf("no %s %s", typ, from)
	}
	r = r.Clone()
	r.Values["code"] = to
	if err := b.SaveMaster(r); err != nil {
		t.Fatalf("%s %s: %v", typ, from, err)
	}
}

// Every record of the story gets another code. Each slip then names the new ones, also where it has no column for them: the customer of a price
// change, the cash account of a voucher's line. Slips are taken back and audited again, and the book holds.
func TestSlipsFollowARecordToItsNewCode(t *testing.T) {
	for _, flow := range []string{"direct", "invoice"} {
		t.Run(flow, func(t *testing.T) {
			b := storyBook(t, flow, "general", map[string]bool{})
			load(t, b, "slips", "kind,number,date,price_of,customer,product,price,audit", "price-change,u9,2026-01-27,sales_price,C2,A,19,yes")
			load(t, b, "slips", "kind,number,date,debit_account,credit_account,account,amount,audit", "journal-voucher,j9,2026-01-27,5602,1002,B,8,yes")
			codes := [][3]string{{"customers", "C2", "CC2"}, {"customers", "C", "CC"}, {"suppliers", "S2", "SS2"}, {"suppliers", "S", "SS"}, {"warehouses", "W1", "WW1"}, {"warehouses", "W2", "WW2"},
				{"accounts", "K", "KK"}, {"accounts", "B", "BB"}, {"products", "A", "AA"}, {"products", "T", "TT"}, {"categories", "R", "RR"}}
			for _, x := range codes {
				renamed(t, b, x[0], x[1], x[2])
			}
			if d, err := b.Load("u9"); err != nil || d.Extra["customer"] != "CC2" || d.Lines[0].Product != "AA" {
				t.Errorf("the price change is of %q", d.Extra["customer"])
			}
			if d, err := b.Load("j9"); err != nil || d.Lines[1].Extra["account"] != "BB" {
				t.Errorf("the voucher: %+v", d.Lines)
			}
			tab, _, err := exchange.Export(b, "slips")
			if err != nil {
				t.Fatal(err)
			}
			refs := map[string][]string{"party": {"C", "C2", "S", "S2"}, "to_party": {"C", "C2", "S", "S2"}, "warehouse": {"W1", "W2"}, "to_warehouse": {"W1", "W2"}, "account": {"K", "B"}, "to_account": {"K", "B"},
				"product": {"A", "T"}, "customer": {"C", "C2"}, "account2": {"K", "B"}}
			for i, h := range tab.Header {
				for _, r := range tab.Rows {
					for _, old := range refs[h] {
						if r.Cells[i] == old {
							t.Fatalf("line %d: %s is still %s", r.Line, h, old)
						}
					}
				}
			}
			mustHold(t, b)
			if _, err := b.DB.Refresh(); err != nil {
				t.Fatal(err)
			}
			for _, ref := range []string{"u9", "j9", "q1", "e1"} {
				if _, err := b.Unaudit(ref, false); err != nil {
					t.Errorf("%s: %v", ref, err)
				}
				if _, err := b.Audit(ref); err != nil {
					t.Errorf("%s: %v", ref, err)
				}
			}
			mustHold(t, b)
			sameAgain(t, b)
		})
	}
}

// A line keeps its unit by code: once it stands on a slip its name may change, not its code; one that stands nowhere gets another, or goes.
func TestAUnitOfALineKeepsItsCode(t *testing.T) {
	b := trader(t, workflow.Settings{})
	load(t, b, "units", "code,name", "箱,箱")
	renamed(t, b, "units", "箱", "件箱")
	enterRows(t, b, "kind=goods-receipt number=r date=2026-01-02 party=S warehouse=W1 product=A qty=5 price=10")
	r, _ := b.Masters().Find("units", "个")
	own := r.Clone()
	own.Values["code"] = "只"
	refused(t, b.SaveMaster(own), "个", "stands on slips")
	own = r.Clone()
	own.Values["name"] = "只"
	if err := b.SaveMaster(own); err != nil {
		t.Error(err)
	}
	load(t, b, "products", "code,name,unit", "A,螺丝,件箱")
	if r, _ = b.Masters().Find("units", "个"); b.DeleteMaster(r) == nil {
		t.Error("the unit of a slip is gone")
	}
	mustHold(t, b)
}

// A customer whom nothing but a price change names, or a cash account that stands in a voucher's line alone, is not deleted; the price change
// gone, the customer is.
func TestWhatOnlyAPriceChangeNamesIsInUse(t *testing.T) {
	b := trader(t, workflow.Settings{})
	load(t, b, "slips", "kind,number,date,price_of,customer,product,price,audit", "price-change,u9,2026-01-27,sales_price,C2,A,19,no")
	r, _ := b.Masters().Find(master.Customers.Code, "C2")
	if err := b.DeleteMaster(r); err == nil || !strings.Contains(err.Error(), "乙方 is in use") {
		t.Errorf("deleted: %v", err)
	}
	mustHold(t, b)
}
