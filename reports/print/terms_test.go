package print

import (
	"testing"

	"zhanggui/data/text"
)

// The order p1 is 10 A at 10.00, 13 % tax: 113.00, of which 30 % are 33.90.
func TestAnOrderSaysHowItIsPaidAndOnWhichTerms(t *testing.T) {
	b := shop(t)
	expect(t, words(t, b, "p1", Options{})[0], nil, []string{"付款方式", "条款"}) // nothing is known of either
	load(t, b, "suppliers", "code,name,payment_days", "S,五金厂,60")
	if err := b.Set(map[string]string{"tax_no": "9188X", "bank": "农商银行城东支行", "bank_account": "6228 0000", "order_advance": "30%",
		"terms_zh": "税率 {rate}，预付款 {advance}，送到 {place}。\n质量按国家标准。", "terms_en": "Advance {advance}.|Deliver to {place}."}); err != nil {
		t.Fatal(err)
	}
	page := words(t, b, "p1", Options{})[0]
	expect(t, page, []string{"付款方式：预付30%，余款货到60天内付款", "币种：人民币", "批准：____", "条款1.税率13%，预付款¥33.90，送到主仓解放路66号。2.质量按国家标准。", "税号9188X农商银行城东支行62280000"}, nil)
	expect(t, words(t, b, "p1", Options{Lang: text.En})[0], []string{"Payment:30%inadvance,therestwithin60daysofdelivery", "Terms1.Advance¥33.90.2.Deliverto主仓解放路66号."}, nil)

	load(t, b, "slips", "kind,number,date,due_date,party,warehouse,product,qty,price,audit", "purchase-order,p2,2026-01-10,2026-02-20,S,W1,A,5,10,yes")
	expect(t, words(t, b, "p2", Options{})[0], []string{"交货日期：2026-02-20", "税额13%交期", "6.502026-02-20"}, nil)
}

// d1 of 2026-01-04 is due 30 days later; its bank stands beside the sums, not in the foot, and on no ply without amounts.
func TestAnEnglishDeliverySaysWhereToPay(t *testing.T) {
	b := shop(t)
	if err := b.Set(map[string]string{"tax_no": "9188X", "bank": "Rural Bank", "bank_account": "6228 0001"}); err != nil {
		t.Fatal(err)
	}
	page := words(t, b, "d1", Options{Paper: "a4", Lang: text.En})[0]
	expect(t, page, []string{"Due2026-02-03(30days).Paymentto:RuralBank62280001", "VATno.9188X", "Receivedby(name,date,stamp)"}, []string{"9188XRural"})
	expect(t, words(t, b, "d1", Options{Paper: "a4", Lang: text.En, Plies: []string{"yellow"}})[0], nil, []string{"Paymentto", "2026-02-03"})
	expect(t, words(t, b, "d1", Options{Paper: "a4"})[0], []string{"税号9188XRuralBank62280001"}, []string{"请付至"})
}
