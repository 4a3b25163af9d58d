package people_test

import (
	"testing"

	"zhanggui/data/master"
)

// What is rounded off counts as a slip discount does (R9). 10 × 12.00 with 13 %: 135.60. Less 6.78 it is 128.82, net 114.00 of 120.00: off 0.05,
// which a clerk may; less 6.79 net 113.99: 0.0501, which he may not. Who takes nothing off prices rounds less than 1.00 off a slip.
func TestRoundingIsTakenOffThePrice(t *testing.T) {
	b, boss := trade(t)
	if err := boss.SaveMaster(&master.Record{Type: master.Accounts, Values: map[string]string{"code": "A1", "name": "Till", "type": "cash"}}); err != nil {
		t.Fatal(err)
	}
	clerk, till, head := hire(t, b, boss, "小王", "sales-clerk"), hire(t, b, boss, "小赵", "till"), hire(t, b, boss, "陈立", "head")
	const header = "kind,number,date,party,warehouse,product,qty,price,discount_rate,account,rounding,paid,audit"
	sale := func(kind, party, no, qty, rate, account, off, paid string) string {
		return kind + "," + no + ",2026-04-10," + party + ",W1,P1," + qty + ",12," + rate + "," + account + "," + off + "," + paid + ",yes"
	}
	delivery := func(no, rate, off string) string { return sale("delivery", "K1", no, "10", rate, "", off, "") }
	if err := tried(clerk, header, delivery("D1", "", "6.78")); err != nil {
		t.Errorf("5 %%: %v", err)
	}
	says(t, tried(clerk, header, delivery("D2", "", "6.79")), "price: may.price: 小王 may not take off prices, 5.01% (at most 5%); who may: 陈立, 老板")
	says(t, tried(clerk, header, delivery("D3", "", "135.60")), "may.price: 小王 may not take off prices, 100% (at most 5%)")
	// 5 % by the line, net 114.00, gross 128.82; 0.99 more: 127.83, net 113.12: 0.0573
	says(t, tried(clerk, header, delivery("D4", "5%", "0.99")), "5.73% (at most 5%)")
	if err := tried(head, header, delivery("D4", "5%", "0.99")); err != nil {
		t.Error(err)
	}
	retail := func(no, off string) string { return sale("retail-sale", "", no, "2", "", "A1", off, "") }
	for _, off := range []string{"", "0.12", "0.99"} { // 27.12 in all
		if err := tried(till, header, retail("T"+off, off)); err != nil {
			t.Errorf("%s off at the till: %v", off, err)
		}
	}
	says(t, tried(till, header, retail("T4", "1.00")), "may.price: 小赵 may not take off prices, 3.67%; who may: 小王, 陈立, 老板")
	says(t, tried(till, header, retail("T5", "27.12")), "may.price: 小赵 may not take off prices, 100%")
	says(t, tried(till, header, sale("retail-sale", "", "T6", "2", "1%", "A1", "0.12", "")), "may.price: 小赵 may not take off prices")
}
