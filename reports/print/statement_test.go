package print

import (
	"strings"
	"testing"

	"zhanggui/data/text"
)

// What is paid on a delivery stands under credits in a row of its own, and its products once; a name is not cut, a long remark neither.
func TestAStatementTellsWhatWasPaidOnASlip(t *testing.T) {
	b := shop(t)
	name := "LED防爆三防灯双管IP65防水防尘防腐乳白罩适用地下车库厂房冷库含支架吊链及灯管两根质保两年"
	load(t, b, "products", "code,name,spec", "L,"+name+",2×18W")
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r9,2026-01-12,S,W1,L,10,1,yes")
	remark := "冲击钻附合格证一份，油漆请避光存放，货到当面清点，三日内提出异议，逾期视为无误，谢谢合作"
	load(t, b, "slips", "kind,number,date,party,warehouse,account,paid,rounding,product,qty,price,remark,audit", "delivery,d9,2026-01-13,C,W1,K,200,0.01,L,2,100.01,"+remark+",yes")
	// 2 × 100.01 = 200.02, tax 26.00, together 226.02; 200.00 paid, 0.01 let off
	page := statement(t, b, "C", 20260113, 20260131, true, text.Zh)
	expect(t, page, []string{"226.02", "销售出库单随单收付", "200.01", "本期合计226.02200.01", name + "2×18W"}, []string{"…", "-200"})
	if n := strings.Count(page, name); n != 1 {
		t.Errorf("the product stands %d times: %s", n, page)
	}
	if !strings.Contains(page, remark) {
		t.Errorf("the remark is cut: %s", page)
	}
}

// A request names the department that asks, not its code.
func TestARequestNamesTheDepartment(t *testing.T) {
	b := shop(t)
	load(t, b, "departments", "code,name", "D1,采购部")
	load(t, b, "slips", "kind,number,date,party,account,amount,department,audit", "payment,f1,2026-01-12,S,K,5,D1,yes")
	expect(t, words(t, b, "f1", Options{As: AsRequest})[0], []string{"申请部门：采购部"}, []string{"D1"})
}
