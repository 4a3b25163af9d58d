package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// PurchaseOrder 采购订单: what was ordered from a supplier; counts as on order until received.
var PurchaseOrder = &slip.Kind{
	Code: "purchase-order", Title: text.T("采购订单", "Purchase order"), Prefix: "CD", Group: slip.Purchase,
	Party: slip.Suppliers, Plan: true, Taxed: true, Stock: slip.StockUse{Promise: slip.OnOrder}, PriceField: "purchase_price",
	From:   []slip.Source{{Kind: "purchase-plan", Executes: true}},
	Header: []slip.Field{supplier, date, warehouse, buyer, required, department, externalNo, discount, remark},
	Lines:  priced(), Paper: buyOrderPaper,
}
