package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Payment 付款单: money to a supplier, allocated to what is owed. What is let off (settlement discount, rounding) settles too.
var Payment = &slip.Kind{
	Code: "payment", Title: text.T("付款单", "Payment"), Prefix: "FK", Group: slip.Money,
	Party: slip.Suppliers, Money: slip.MoneyUse{Settles: slip.Payable},
	From:   refunds(mostly(owedBySuppliers), "purchase-return"),
	Header: []slip.Field{supplier, date, account, amount, letOff, rounding, method, chequeNo, employee, department, externalNo, remark},
	Paper:  payPaper,
	Check:  checkLetOff,
	Post:   func(d *slip.Doc) (slip.Effects, error) { return settle(d, slip.Suppliers, slip.Payable) },
}
