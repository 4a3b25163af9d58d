package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// SalesOrder 销售订单: what a customer ordered; reserves stock until delivered.
var SalesOrder = &slip.Kind{
	Code: "sales-order", Title: text.T("销售订单", "Sales order"), Prefix: "XD", Group: slip.Sales,
	Party: slip.Customers, Plan: true, Taxed: true, Stock: slip.StockUse{Promise: slip.Reserved}, PriceField: "sales_price",
	From:   []slip.Source{{Kind: "quotation", Executes: true}},
	Header: []slip.Field{customer, date, warehouse, employee, required, department, externalNo, discount, freight, address, remark},
	Lines:  priced(), Paper: sellOrderPaper,
}
