package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// SalesReturn 销售退货单: goods back from a customer, the red letter of a delivery (rule C5).
var SalesReturn = &slip.Kind{
	Code: "sales-return", Title: text.T("销售退货单", "Sales return"), Prefix: "XT", Group: slip.Sales,
	Party: slip.Customers, VAT: "output", Stock: slip.StockUse{Direction: +1}, Taxed: true, ReturnOf: "delivery", PriceField: "sales_price", Money: slip.MoneyUse{Opens: []slip.Book{slip.Receivable}},
	From:   []slip.Source{{Kind: "delivery"}},
	Header: head([]slip.Field{customer, date, warehouse, employee, dueDate, department, externalNo, discount}),
	Lines:  byLot(priced(lineRedeliver)), Paper: backPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) { return sell(d, -1) },
}
