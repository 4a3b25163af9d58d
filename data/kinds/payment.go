package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Payment 付款单: money to a supplier, allocated to receipts.
var Payment = &slip.Kind{
	Code: "payment", Title: text.T("付款单", "Payment"), Prefix: "FK", Group: slip.Money,
	Party: slip.Suppliers, Settles: slip.Payable,
	From:   []slip.Source{{Kind: "goods-receipt", Money: true}},
	Header: []slip.Field{supplier, date, account, amount, employee, department, externalNo, remark},
	Paper:  moneyPaper,
	Post:   func(d *slip.Doc) (slip.Effects, error) { return settle(d, slip.Suppliers, slip.Payable) },
}
