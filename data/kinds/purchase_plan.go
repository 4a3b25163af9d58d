package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// PurchasePlan 采购计划单: what is to be bought, for stock or for sales orders; pushed down to an order with each supplier.
var PurchasePlan = &slip.Kind{
	Code: "purchase-plan", Title: text.T("采购计划单", "Purchase plan"), Prefix: "CJ", Group: slip.Purchase,
	Party: slip.Suppliers, Plan: true, Taxed: true, PriceField: "purchase_price",
	From:   []slip.Source{{Kind: "sales-order"}},
	Header: []slip.Field{optional(supplier), date, warehouse, buyer, required, department, externalNo, remark},
	Lines:  priced(), Paper: planPaper,
}
