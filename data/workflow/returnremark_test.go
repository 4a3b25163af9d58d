package workflow_test

import (
	"testing"

	"zhanggui/data/workflow"
)

// What is asked of whoever brings the goods is no reason why they come back: a return begins without a remark, what carries an order out has it.
func TestAReturnDoesNotTakeTheDeliverysRemark(t *testing.T) {
	b := trader(t, workflow.Settings{})
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,remark,audit",
		"goods-receipt,r,2026-01-02,S,W1,A,10,10,,yes", "sales-order,o,2026-01-03,C,W1,A,4,20,ring first,yes")
	d, err := b.Push("o", "delivery")
	if err != nil || d.Remark != "ring first" {
		t.Fatalf("the delivery says %q (%v)", d.Remark, err)
	}
	if _, err := b.SaveAndAudit(d); err != nil {
		t.Fatal(err)
	}
	back, err := b.Push(d.Number, "sales-return")
	if err != nil || back.Remark != "" || len(back.Lines) != 1 {
		t.Errorf("the return says %q (%v)", back.Remark, err)
	}
}
