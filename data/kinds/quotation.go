package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Quotation 报价单: prices offered to a customer until a day; pushed down to a sales order when taken.
var Quotation = &slip.Kind{
	Code: "quotation", Title: text.T("报价单", "Quotation"), Prefix: "XB", Group: slip.Sales,
	Party: slip.Customers, Plan: true, Taxed: true, PriceField: "sales_price",
	Header: []slip.Field{customer, date, warehouse, employee, field("due_date", "有效期至", "Valid until", slip.TypeDate, 150), department, externalNo, discount, freight, address, remark},
	Lines:  priced(), Paper: sellOrderPaper,
}
