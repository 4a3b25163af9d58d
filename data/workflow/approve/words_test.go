package approve_test

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
	"zhanggui/data/workflow/scan"
	"zhanggui/data/workflow/testbook"
)

// reasons is an office with stock (50 A at 10.00, listed at 20.00), an order of 1,130.00 to S, and 226.00 owed to S for goods; 26.00 of them paid.
func reasons(t *testing.T) *workflow.Book {
	b := office(t, "warn")
	testbook.Load(t, b, "suppliers", "code,name", "N,新厂", "M,又一厂")
	testbook.Load(t, b, "customers", "code,name,credit_limit", "C,装修队,1000", "C9,新客户,")
	testbook.Load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit",
		"goods-receipt,r1,2026-04-01,S,W1,A,50,10,yes", "purchase-order,o1,2026-04-02,S,W1,A,100,10,yes", "delivery,d1,2026-04-02,C,W1,B,0.0001,9,no",
		"sales-order,s1,2026-04-02,C,W1,A,10,15,yes")
	testbook.Load(t, b, "slips", "kind,number,date,party,account,amount,source,audit", "payment,p1,2026-04-02,S,B,339,,yes")
	return b
}

// By each word a step is asked where it holds, and not beside it (A4); the reasons stand with the submit, in words.
func TestWhatAStepIsAskedBy(t *testing.T) {
	for _, x := range []struct {
		when, kind, header string
		asks, not          []string // rows without kind and number
		why                string
	}{
		{"discount:0.10", "delivery", "date,party,warehouse,product,qty,price,source", []string{"2026-04-10,C,W1,A,1,17.99,", "2026-04-10,C,W1,A,1,13.49,s1"},
			[]string{"2026-04-10,C,W1,A,1,18.00,", "2026-04-10,C,W1,A,1,15,s1", "2026-04-10,C,W1,A,1,13.50,s1"}, "让价 10.05%"},
		{"below-cost", "delivery", "date,party,warehouse,product,qty,price", []string{"2026-04-10,C,W1,A,1,9.99"}, []string{"2026-04-10,C,W1,A,1,10.01"}, "低于成本"},
		{"over-credit", "delivery", "date,party,warehouse,product,qty,price", []string{"2026-04-10,C,W1,A,45,20"}, []string{"2026-04-10,C,W1,A,44,20", "2026-04-10,C9,W1,A,45,20"}, "超出信用额度"},
		{"negative", "delivery", "date,party,warehouse,product,qty,price", []string{"2026-04-10,C9,W1,A,51,20"}, []string{"2026-04-10,C9,W1,A,50,20"}, "库存为负"},
		{"no-source", "prepayment", "date,party,account,amount,source", []string{"2026-04-10,S,B,100,"}, []string{"2026-04-10,S,B,100,o1"}, "没有来源单据"},
		{"over-source", "payment", "date,party,account,amount", []string{"2026-04-10,S,B,226.01"}, []string{"2026-04-10,S,B,226", "2026-04-10,S,B,225"}, "超过未结金额或订单"},
		{"backdated:3", "prepayment", "date,party,account,amount", []string{"2026-04-06,S,B,100"}, []string{"2026-04-07,S,B,100", "2026-04-10,S,B,100"}, "倒填 4 天"},
		{"new-party", "prepayment", "date,party,account,amount", []string{"2026-04-10,N,B,100", "2026-04-10,N,B,200"}, []string{"2026-04-10,S,B,100"}, "往来单位的第一张单据"},
	} {
		t.Run(x.when+" "+x.kind, func(t *testing.T) {
			b := reasons(t)
			ok(t, chains(b, "chain,kind,step,by,title,when", "x,"+x.kind+",1,role:manager,批准,"+x.when))
			for i, row := range append(x.asks, x.not...) {
				n := fmt.Sprint("n", i)
				testbook.Load(t, b, "slips", "kind,number,"+x.header, x.kind+","+n+","+row)
				s, err := approve.Submit(b, n)
				if i >= len(x.asks) {
					if err == nil || !strings.Contains(err.Error(), "needs none") {
						t.Errorf("%s: %+v, %v: it needs none", row, s, err)
					}
					continue
				}
				if err != nil || s.Status != slip.Submitted {
					t.Errorf("%s: %+v, %v: it asks", row, s, err)
					continue
				}
				d, err := b.Load(n)
				ok(t, err)
				acts, err := store.ActsOf(b.DB, d.ID)
				if ok(t, err); i == 0 && acts[0].Comment != x.why {
					t.Errorf("%s: because %q, want %q", row, acts[0].Comment, x.why)
				}
				_, err = b.Audit(n)
				refused(t, err, "needs approval: step 1 批准")
				_, err = approve.Approve(b.As("张启明"), n, "")
				ok(t, err)
			}
			testbook.Holds(t, b)
		})
	}
}

// A prepayment of more than its order has open asks; one of no order has nothing to be more than.
func TestPrepaymentAboveItsOrder(t *testing.T) {
	b := reasons(t)
	ok(t, chains(b, "chain,kind,step,by,title,when", "x,prepayment,1,role:manager,批准,over-source"))
	testbook.Load(t, b, "slips", "kind,number,date,party,account,amount,source,audit", "prepayment,y1,2026-04-10,S,B,130,o1,yes", "prepayment,y2,2026-04-10,S,B,99999,,no")
	_, err := approve.Submit(b, "y2")
	refused(t, err, "needs none")
	d, _, err := b.PushAndSave("o1", "prepayment", false, workflow.Taken{}) // 1,000.00 of it are open
	ok(t, err)
	_, err = approve.Submit(b, d.Number)
	refused(t, err, "needs none")
	_, _, err = b.Change(d.Number, 0, []workflow.Change{{Key: "amount", Value: "1000.01"}})
	ok(t, err)
	s, err := approve.Submit(b, d.Number)
	if ok(t, err); s.Status != slip.Submitted {
		t.Errorf("%+v", s)
	}
}

// What holds only when it is audited is said, and asks anew: the customer bought on credit meanwhile.
func TestWhatNewlyHoldsAtAudit(t *testing.T) {
	b := reasons(t)
	ok(t, chains(b, "chain,kind,step,by,title,when", "x,delivery,1,role:manager,批准,discount:0.10", "x,delivery,2,role:manager|role:deputy,信用,over-credit"))
	testbook.Load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price", "delivery,n1,2026-04-10,C,W1,A,20,15", "delivery,n2,2026-04-10,C,W1,A,30,20")
	_, err := approve.Submit(b, "n1")
	ok(t, err)
	_, err = approve.Approve(b.As("张启明"), "n1", "")
	ok(t, err)
	_, err = b.Audit("n2") // 678.00 owed of 1,000.00: 339.00 more are too much
	ok(t, err)
	_, err = b.Audit("n1")
	refused(t, err, "now over-credit: submit again")
	_, err = approve.Withdraw(b, "n1", "")
	ok(t, err)
	s, err := approve.Submit(b, "n1")
	ok(t, err)
	s, err = approve.Approve(b.As("张启明"), "n1", "")
	if ok(t, err); s.Step != 2 || s.Title != "信用" || len(s.WaitsFor) != 1 {
		t.Errorf("%+v", s)
	}
	_, err = approve.Approve(b.As("高翔"), "n1", "")
	ok(t, err)
	_, err = b.Audit("n1")
	ok(t, err)
	testbook.Holds(t, b)
}

// Picking less than was approved says that the approval fell away.
func TestPickingSaysWhatFellAway(t *testing.T) {
	b := reasons(t)
	ok(t, chains(b, "chain,kind,step,by", "x,delivery,1,role:manager"))
	testbook.Load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price", "delivery,n1,2026-04-10,C9,W1,A,5,20")
	_, err := approve.Submit(b, "n1")
	ok(t, err)
	_, err = approve.Approve(b.As("张启明"), "n1", "")
	ok(t, err)
	_, told, err := scan.Pick(b, []scan.Picked{{Number: "n1", Lines: map[int]num.Quantity{1: 3 * num.QuantityOne}}})
	if ok(t, err); len(told) != 1 || !strings.Contains(told[0].Error(), "1 approval fell away, submit again") {
		t.Error(told)
	}
	if status(t, b, "n1") != slip.Draft {
		t.Error("it is approved still")
	}
}
