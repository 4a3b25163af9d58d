package workflow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// A slip entered as audited is written once; it is the very slip that saving and then auditing gives.
func TestEnteringAtOnceIsSavingAndThenAuditing(t *testing.T) {
	rows := []string{
		"purchase-order,po,2026-01-02,S,W1,,,A,10,盒,500,,,",
		"goods-receipt,r,2026-01-03,S,W1,,,A,7,盒,,,po,",
		"goods-receipt,r2,2026-01-03,S,W2,,,B,40,,4.9,,,",
		"sales-order,o,2026-01-04,C,W1,,,A,60,,,,,",
		"delivery,d,2026-01-05,C,W1,,,A,45,,,,o,",
		"delivery,d2,2026-01-05,C,W2,,,B,5,,8.75,,,",
		"sales-return,x,2026-01-06,C,W1,,,A,3,,,,d,",
		"transfer,m,2026-01-07,,W1,W2,,A,100,,,,,",
		"other-issue,oi,2026-01-08,,W2,,,B,1,,,,,",
		"payment,p,2026-01-09,S,,,K,,,,,1000,,",
		"collection,c,2026-01-10,C,,,K,,,,,300,d,",
	}
	shown := map[string][]string{}
	for _, audit := range []string{"yes", "no"} {
		b := open(t, workflow.Settings{})
		for _, r := range rows {
			load(t, b, "slips", "kind,number,date,party,warehouse,to_warehouse,account,product,qty,unit,price,amount,source,lot,expiry,audit", r+",,"+audit)
			ref := strings.Split(r, ",")[1]
			if audit == "no" {
				if _, err := b.Audit(ref); err != nil {
					t.Fatal(err)
				}
			}
			d, err := b.Load(ref)
			if err != nil {
				t.Fatal(err)
			}
			d.AuditedAt, d.MadeAt = time.Time{}, time.Time{}
			shown[audit] = append(shown[audit], fmt.Sprintf("%+v %s", d, voucher(t, b, ref)))
		}
		mustHold(t, b)
	}
	for i, at := range shown["yes"] {
		if at != shown["no"][i] {
			t.Errorf("at once:\n%s\nin two steps:\n%s", at, shown["no"][i])
		}
	}
}

func TestARefusedSlipStaysAsItWasTyped(t *testing.T) {
	b := open(t, workflow.Settings{})
	typed := &slip.Doc{Kind: "delivery", Date: 20260105, Party: "C", Warehouse: "W1", Lines: []slip.Line{{Product: "A", Qty: 3 * 10000}}}
	before := fmt.Sprintf("%+v", typed)
	if _, err := b.SaveAndAudit(typed); err == nil || !strings.Contains(err.Error(), "A") {
		t.Fatalf("nothing in stock, but %v", err)
	}
	if after := fmt.Sprintf("%+v", typed); after != before {
		t.Errorf("before %s\nafter %s", before, after)
	}
	load(t, b, "slips", goods, "goods-receipt,r,2026-01-03,S,W1,,A,10,10,,yes")
	if _, err := b.SaveAndAudit(typed); err != nil {
		t.Fatal(err)
	}
	if typed.Number != "XC-202601-0001" || typed.Status != slip.Audited || typed.Gross != 67_80 { // 3 × 20 and 13 %
		t.Errorf("%s %s %s", typed.Number, typed.Status, typed.Gross)
	}
	draft := &slip.Doc{Kind: "delivery", Date: 20260106, Party: "C", Warehouse: "W1", Lines: []slip.Line{{Product: "A", Qty: 1 * 10000}}}
	if err := b.Save(draft); err != nil {
		t.Fatal(err)
	}
	draft.Lines[0].Qty = 2 * 10000
	if _, err := b.SaveAndAudit(draft); err != nil {
		t.Fatal(err)
	}
	if draft.Number != "XC-202601-0002" || draft.Status != slip.Audited || draft.Gross != 45_20 {
		t.Errorf("%s %s %s", draft.Number, draft.Status, draft.Gross)
	}
	mustHold(t, b)
}
