package gui

import (
	"strings"
	"testing"

	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/flowview"
	"zhanggui/gui/standing"
)

// F3 into a slip of which only the head is typed brings the source's lines and what of its head nobody typed.
func TestASourceTakenIntoAnEmptySlipLeavesWhatWasTyped(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,remark,audit", "sales-order,o1,2026-11-02,C1,W1,A1,10,3,from the order,yes")
		h.s.NewSlip(kind(t, "delivery"))
		f := h.form()
		f.fields["warehouse"].SetValue("")
		for key, v := range map[string]string{"party": "C1", "warehouse": "W2", "remark": "by noon", "date": "2026-11-20"} {
			x, _ := f.kind.HeaderField(key)
			if err := f.commitHead(x, v); err != nil {
				t.Fatal(err)
			}
		}
		h.press("F3", "Enter")
		d := h.form().doc
		if d.Warehouse != "W2" || d.Remark != "by noon" || d.Date.String() != "2026-11-20" || d.Party != "C1" || len(d.Lines) != 1 || d.Lines[0].Product != "A1" {
			t.Errorf("after F3 the slip is of %s on %s for %s, %q, with %d lines; the window says %s", d.Warehouse, d.Date, d.Party, d.Remark, len(d.Lines), h.says())
		}
	})
}

// A refusal that names a slip has the key that opens it; one of a closed month leads to where it is opened again; who cannot choose a
// source is told what it takes.
func TestARefusalHasTheKeyOfItsWayOut(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "sales-order,o1,2026-11-02,C1,W1,A1,10,3,yes")
		if _, _, err := b.PushAndSave("XD-202611-0001", "delivery", true, workflow.Taken{}); err != nil {
			t.Fatal(err)
		}
		h.s.OpenSlip("XD-202611-0001")
		_, err := b.Unaudit("XD-202611-0001", false)
		h.s.Fail(err)
		h.press("F2")
		if f := h.form(); f.doc.Number != "XC-202611-0001" {
			t.Errorf("F2 opens %s; the window says %s", f.doc.Number, h.says())
		}
		h.away()

		h.s.NewSlip(kind(t, "purchase-invoice"))
		h.away()
		h.s.NewSlip(kind(t, "sales-return"))
		f := h.form()
		x, _ := f.kind.HeaderField("party")
		if err := f.commitHead(x, "C2"); err != nil {
			t.Fatal(err)
		}
		h.press("F3")
		h.sees(map[bool]string{true: "F2 销售出库单列表", false: "F2 list: Delivery"}[zh])
		h.press("F2")
		if l, ok := h.s.Current().(*slipList); !ok || l.kind.Code != "delivery" {
			t.Errorf("F2 shows %T", h.s.Current())
		}
		h.away()

		if err := b.ClosePeriod(november); err != nil {
			t.Fatal(err)
		}
		h.s.OpenSlip("XC-202611-0001")
		h.press("Ctrl+F9")
		h.sees(map[bool]string{true: "F7 结账与反结账", false: "F7 close and reopen months"}[zh])
		was := h.s.Current()
		h.press("F7")
		if h.s.Current() == was {
			t.Error("F7 leads nowhere")
		}
	})
}

// 10 screws are received and paid, then 105 of the 110 are sold: a correction of the receipt would need its red letter, and 10 are not there. It is
// said before anything is typed, without the number of a slip that is not, and F2 shows where they went.
func TestACorrectionThatCannotBeSaysWhereTheGoodsWent(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r1,2026-11-02,S1,W1,A1,10,2,yes", "delivery,d1,2026-11-03,C2,W1,A1,105,3,yes")
		if _, _, err := b.PushAndSave("CR-202611-0001", "payment", true, workflow.Taken{}); err != nil {
			t.Fatal(err)
		}
		h.s.OpenSlip("CR-202611-0001")
		h.press("Ctrl+R")
		if says := h.says(); h.form().correcting || strings.Contains(says, "CR-202611-0002") || !strings.Contains(says, "-5") {
			t.Errorf("the window says %q", says)
		}
		h.sees(map[bool]string{true: "F2 看库存明细", false: "F2 see where they went"}[zh])
		h.press("F2")
		h.sees("XC-202611-0001")
	})
}

// What is in use cannot be deleted: the key beside it opens the record, where it is made inactive.
func TestWhatIsInUseIsOpenedInsteadOfDeleted(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		typ, _ := master.ByCode("customers")
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "sales-order,o1,2026-11-02,C1,W1,A1,10,3,yes")
		standing.OpenMasters(h.s, typ)
		list := h.s.Current()
		h.press("Del", "Y")
		h.sees(map[bool]string{true: "F2 打开它，可停用", false: "F2 open it, to make it inactive"}[zh])
		h.press("F2")
		if h.s.Current() == list || !strings.Contains(h.title(), "C1") {
			t.Errorf("F2 shows %s", h.title())
		}
	})
}

// A delivery of 10 screws at 3.00, 30.00 and 33.90 with tax, to a customer who owed nothing: the strip says 0.00 → 33.90. The flow has the
// stages as heads, and of the screws, which cost 2.00 each, a cost of 20.00 and a margin of 10.00, a third.
func TestTheStripSaysWhatWasOwedAndTheFlowItsStagesAndCost(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "sales-order,o1,2026-11-02,C1,W1,A1,10,3,yes")
		d, _, err := b.PushAndSave("XD-202611-0001", "delivery", true, workflow.Taken{})
		if err != nil {
			t.Fatal(err)
		}
		h.s.OpenSlip(d.Number)
		h.sees("0.00 → 33.90")
		h.s.OpenFlow(d.Number)
		if _, ok := h.s.Current().(*flowview.Screen); !ok {
			t.Fatalf("in front is %T", h.s.Current())
		}
		h.sees(map[bool]string{true: "① 订单", false: "① Order"}[zh], map[bool]string{true: "② 出库", false: "② Goods out"}[zh], "20.00", "10.00", "33.3%")
	})
}

// What usually follows is named after the audit: of a delivery in flow invoice the invoice, of a receipt in flow direct the payment.
func TestTheNextStepIsWhatUsuallyFollows(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r1,2026-11-01,S1,W1,A1,10,2,yes", "sales-order,o1,2026-11-02,C1,W1,A1,1,3,yes")
	for number, want := range map[string]string{"CR-202611-0001": "付款单", "XD-202611-0001": "销售出库单"} {
		h.s.OpenSlip(number)
		f := h.form()
		if got := f.nextStep(f.doc); !strings.HasSuffix(got, want) {
			t.Errorf("after %s: %q, want %s", number, got, want)
		}
	}
	for _, k := range h.s.Book().Kinds() {
		next := h.s.Book().NextKinds(k.Code)
		if len(next) < 2 {
			continue
		}
		if src, _ := next[0].Source(k.Code); !src.Usual && !src.Executes {
			for _, n := range next {
				if s, _ := n.Source(k.Code); s.Usual || s.Executes {
					t.Errorf("after a %s stands %s before %s", k.Code, next[0].Code, n.Code)
				}
			}
		}
	}
}
