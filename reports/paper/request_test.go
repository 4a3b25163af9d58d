package paper

import (
	"testing"
	"time"

	"zhanggui/data/text"
)

// request pays a receipt of 14,628.77: 4,581.83 were prepaid, 50.00 are let off, 9,996.94 are to be paid.
func request() *Request {
	return &Request{
		Lang: text.Zh, Company: hengtai, Number: "FK-202610-0033", Amount: 999694,
		Head: []Field{{Label: "申请部门", Value: "采购部"}, {Label: "申请人", Value: "孙倩"}, {Label: "申请日期", Value: "2026-10-26"}},
		Pairs: [3][2]Field{{{Label: "收款单位", Value: "G0012 海陵紧固件制造有限公司", Bold: true}, {Label: "付款方式", Value: "银行转账"}},
			{{Label: "开户行/账号", Value: "海陵商业银行营业部 6217 0000 8765 4321"}, {Label: "付款账户", Value: "1002 基本户 *5678"}},
			{{Label: "付款事由", Value: "订单 CD-202609-0041 到货结算，扣预付款及结算折扣"}, {Label: "要求付款日", Value: "2026-10-30"}}},
		Rows:    []RequestRow{{"CR-202610-0021", "GH-88213", "26880000 00123456", "2026-12-05", 1462877, 458183, 999694}, {Slip: "结算折扣", Off: 5000}},
		Balance: "付款前应付该供应商余额 10,046.94，付款及折扣后 0.00；预付余额 0.00。",
		Steps:   []Step{{"部门主管", "陈立", "同意", "2026-10-26 10:12", ""}, {"副总经理", "高翔", "同意", "2026-10-26 14:55", ""}, {"财务", "李敏", "同意", "2026-10-27 09:03", "票、单、账相符"}, {Title: "总经理"}, {Title: "出纳"}},
		Hands:   []Signature{{"制单", "孙倩", 64}, {"会计", "", 60}, {"领款人签字", "", 0}},
		Print:   Print{Count: 1, At: time.Date(2026, 10, 27, 10, 21, 0, 0, time.UTC), By: "吴芳"},
	}
}

func TestARequestOfManySlipsHasAnAnnex(t *testing.T) {
	q := request()
	q.Rows = nil
	for range 9 {
		q.Rows = append(q.Rows, RequestRow{Slip: "CR-202610-0001", Total: 11000, Now: 11000})
	}
	q.Amount = 99000
	pages := layout(t, q)
	if len(pages) != 2 || !has(pages[0], "另 5 单，见附表") || !has(pages[0], "550.00") || !has(pages[0], "第 1 页 共 2 页") {
		t.Errorf("%d pages: %v", len(pages), words(pages[0]))
	}
	if got := rowOf(pages[1], "合计"); len(got) == 0 || got[len(got)-1] != "990.00" {
		t.Errorf("annex: %v", got)
	}
}

// A box says title, name and verb, time and comment; a refusal its reason, also one of two lines; a step not taken has a line for the pen.
func TestTheBoxesOfARequestSayWhoDecidedWhat(t *testing.T) {
	q := request()
	q.Steps[1] = Step{"副总经理", "高翔", "驳回", "2026-10-26 14:55", "价格高于框架协议，请先与供方重新谈定再报"}
	q.Steps[4] = Step{"出纳", "吴芳", "已付", "2026-10-30 10:20", "流水 8842"}
	p := layout(t, q)[0]
	for _, want := range []string{"1 部门主管", "陈立  同意", "2026-10-26 10:12", "2 副总经理", "高翔  驳回", "2026-10-26 14:55", "票、单、账相符", "5 出纳", "吴芳  已付", "流水 8842"} {
		if !has(p, want) {
			t.Errorf("%q is not in %v", want, words(p))
		}
	}
	reason, pens := "", 0
	for _, o := range p.ops {
		switch {
		case o.kind == 't' && o.size == smallest && o.y > 80 && o.y < 125:
			reason += o.text
		case o.kind == 'l' && o.w-o.x > 20 && o.w-o.x < 37 && o.y == o.h && o.size == 0.2 && o.y < 125 && o.y > 90:
			pens++
		}
	}
	if reason != q.Steps[1].Comment || pens != 1 {
		t.Errorf("the reason reads %q, %d lines for the pen", reason, pens)
	}
}

func TestARequestWhoseRowsDoNotAddUpIsRefused(t *testing.T) {
	q := request()
	q.Amount++
	if _, err := q.pages(); err == nil {
		t.Error("9,996.95 are asked for, 9,996.94 are accounted for")
	}
}
