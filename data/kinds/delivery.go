package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Delivery 销售出库单: goods to a customer; stock falls, the receivable rises.
var Delivery = &slip.Kind{
	Code: "delivery", Title: text.T("销售出库单", "Delivery"), Prefix: "XC", Group: slip.Sales,
	Party: slip.Customers, VAT: "output", Stock: slip.StockUse{Direction: -1, Beyond: true}, Taxed: true, PriceField: "sales_price", Money: slip.MoneyUse{Opens: []slip.Book{slip.Receivable}},
	From:   []slip.Source{{Kind: "sales-order", Executes: true}},
	Header: head([]slip.Field{customer, date, warehouse, employee, dueDate, department, externalNo, discount}, freight, carrier, waybill, address),
	Lines:  byLot(priced()), Paper: titled(sellPaper, "销售出库单", "Delivery note"),
	Post: func(d *slip.Doc) (slip.Effects, error) { return sell(d, +1) },
}
