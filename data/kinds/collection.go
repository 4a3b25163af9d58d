package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Collection 收款单: money from a customer, allocated to deliveries.
var Collection = &slip.Kind{
	Code: "collection", Title: text.T("收款单", "Collection"), Prefix: "SK", Group: slip.Money,
	Party: slip.Customers, Settles: slip.Receivable,
	From:   []slip.Source{{Kind: "delivery", Money: true}},
	Header: []slip.Field{customer, date, account, amount, employee, department, externalNo, remark},
	Paper:  moneyPaper,
	Post:   func(d *slip.Doc) (slip.Effects, error) { return settle(d, slip.Customers, slip.Receivable) },
}
