package reports

import (
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Ageing 账龄: what is open by how long it is overdue, by the rule of workflow.Aged: receivables and payables say the same.
var Ageing = &Report{Name: "ageing", Narrows: ofParties, Title: text.T("账龄分析表", "Ageing"), Area: slip.Money, Params: []string{"as-of", "by", "party"}, By: []By{by("receivables", "应收", "Receivables"), by("payables", "应付", "Payables")},
	Columns: []Column{partner, itsName, amt("current", "未到期", "Current", slip.Open), amt("d1_30", "1–30天", "1–30 days", slip.Open), amt("d31_60", "31–60天", "31–60 days", slip.Open),
		amt("d61_90", "61–90天", "61–90 days", slip.Open), amt("d90_plus", "90天以上", "Over 90 days", slip.Open), amt("total", "合计", "Total", slip.Open)},
	Run: ageing}

func ageing(b *workflow.Book, p Params) ([]Row, error) {
	book, typ := slip.Receivable, master.Customers.Code
	if p.By == "payables" {
		book, typ = slip.Payable, master.Suppliers.Code
	}
	if _, err := one(b, p.Party, typ, otherRole(typ)); err != nil {
		return nil, err
	}
	day, err := until(b, p)
	if err != nil {
		return nil, err
	}
	list, err := b.Aged(book, day, 0)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, a := range list {
		if a.Balance == 0 && a.By == [5]num.Amount{} || p.Party != "" && p.Party != a.Party.Code() {
			continue
		}
		row := Row{Word(a.Party.Code()), Word(a.Party.Get("name"))}
		for _, v := range a.By {
			row = append(row, v)
		}
		rows = append(rows, append(row, a.Balance))
	}
	return rows, nil
}
