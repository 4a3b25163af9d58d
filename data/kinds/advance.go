package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Advance 预收款单: money from a customer before the goods, for an order or free. It stands open until it is offset.
var Advance = &slip.Kind{
	Code: "advance", Title: text.T("预收款单", "Advance received"), Prefix: "YS", Group: slip.Money,
	Party: slip.Customers, Money: slip.MoneyUse{Opens: []slip.Book{slip.Advance}},
	From:   []slip.Source{{Kind: "sales-order", Money: true}},
	Header: []slip.Field{customer, date, account, amount, method, chequeNo, employee, department, externalNo, remark},
	Paper:  moneyPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		e.Debit(d.CashGL, d.Amount)
		e.Credit(advances, d.Amount)
		e.Cash = []slip.CashEntry{{Account: d.Account, Amount: d.Amount}}
		e.Party = []slip.PartyEntry{{Role: slip.Customers, Party: d.Party, Book: slip.Advance, Amount: d.Amount, Due: d.Date}}
		return e, nil
	},
}
