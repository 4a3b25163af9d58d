package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Prepayment 预付款单: money to a supplier before the goods, for an order or free. It stands open until it is offset.
var Prepayment = &slip.Kind{
	Code: "prepayment", Title: text.T("预付款单", "Prepayment"), Prefix: "YF", Group: slip.Money,
	Party: slip.Suppliers, Money: slip.MoneyUse{Opens: []slip.Book{slip.Prepaid}},
	From:   []slip.Source{{Kind: "purchase-order", Money: true}},
	Header: []slip.Field{supplier, date, account, amount, method, chequeNo, employee, department, externalNo, remark},
	Paper:  payPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		e.Debit(prepayments, d.Amount)
		e.Credit(d.CashGL, d.Amount)
		e.Cash = []slip.CashEntry{{Account: d.Account, Amount: -d.Amount}}
		e.Party = []slip.PartyEntry{{Role: slip.Suppliers, Party: d.Party, Book: slip.Prepaid, Amount: d.Amount, Due: d.Date}}
		return e, nil
	},
}
