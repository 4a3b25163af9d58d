package gui

import (
	"strings"
	"testing"

	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

func TestAnotherCostingMethodByKeys(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.newBook("Shop")
		word := func(z, e string) string { return map[bool]string{true: z, false: e}[zh] }
		h.rows(b, "warehouses", "code,name", "W,Main")
		h.rows(b, "products", "code,name", "A,Screw")
		h.rows(b, "suppliers", "code,name", "S,Factory")
		h.rows(b, "customers", "code,name", "C,Builder")
		h.rows(b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r1,2026-09-02,S,W,A,10,10,yes", "delivery,d1,2026-09-10,C,W,A,4,20,yes",
			"goods-receipt,r2,2026-09-15,S,W,A,10,16,yes", "delivery,d2,2026-09-20,C,W,A,6,20,yes")
		h.s.Settings()
		h.press("F6")
		h.inside()
		h.write(word("全月", "Monthly"))
		h.press("Enter")
		h.write("8")
		h.press("Enter")
		if !strings.Contains(h.reads(), word("早于启用月份", "before the book's start")) {
			t.Errorf("August is not refused: %s", h.reads())
		}
		h.write("9")
		h.press("Enter")
		h.inside()
		h.sees("137.50", "130.00", "-7.50", "77.50", "70.00")
		h.press("Esc")
		if len(b.Settings().Turns) != 0 {
			t.Fatal("Esc changed it")
		}
		h.press("F6")
		h.write(word("全月", "Monthly"))
		h.press("Enter")
		h.write("9")
		h.press("Enter", "Y")
		if got := b.Settings().CostingAt(202609); got != workflow.Monthly {
			t.Fatalf("the method is %s, says %q", got, h.says())
		}
		h.sees(word("2026-09 起 全月一次加权平均", "from 2026-09: Monthly average"))
		h.s.ClosePeriod()
		h.press("F9")
		h.sees(word("全月一次加权平均结转", "the month's average"))
		h.press("F9")
		if !strings.Contains(h.says(), "+7.50") {
			t.Errorf("closing says %q", h.says())
		}
		if b.Settings().Closed == text.Date(0) {
			t.Error("nothing is closed")
		}
	})
}
