package kinds

import (
	"zhanggui/data/chart"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

const yearProfit = chart.YearProfit

// PeriodClose 结转损益: the voucher by which closing a month moves its profit and loss accounts into the profit of the year. The
// program makes it, and takes it back when the month is reopened. A line's Debit is the account's balance, a credit one negative.
var PeriodClose = &slip.Kind{
	Code: "period-close", Title: text.T("结转损益", "Period close"), Prefix: "JZ1", Group: slip.Books, Hidden: true,
	Header: []slip.Field{date},
	Lines:  []slip.Field{gl("line_account", "科目", "Account", ""), money("debit", "借方", "Debit", slip.TypeAmount, 116)},
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		var in, out num.Amount
		for i := range d.Lines {
			if l := &d.Lines[i]; l.Debit < 0 {
				e.Debit(l.Account, -l.Debit)
				in -= l.Debit
			}
		}
		e.Credit(yearProfit, in)
		for i := range d.Lines {
			if d.Lines[i].Debit > 0 {
				out += d.Lines[i].Debit
			}
		}
		e.Debit(yearProfit, out)
		for i := range d.Lines {
			if l := &d.Lines[i]; l.Debit > 0 {
				e.Credit(l.Account, l.Debit)
			}
		}
		return e, nil
	},
}
