package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// PurchaseReturn 采购退货单: goods back to the supplier, the red letter of a receipt (rule C6).
var PurchaseReturn = &slip.Kind{
	Code: "purchase-return", Title: text.T("采购退货单", "Purchase return"), Prefix: "CT", Group: slip.Purchase,
	Party: slip.Suppliers, VAT: "input", Stock: slip.StockUse{Direction: -1}, Taxed: true, ReturnOf: "goods-receipt", PriceField: "purchase_price", Money: slip.MoneyUse{Opens: []slip.Book{slip.Payable}},
	From:   []slip.Source{{Kind: "goods-receipt"}},
	Header: head([]slip.Field{supplier, date, warehouse, buyer, dueDate, department, externalNo, discount}, carrier, waybill),
	Lines:  byLot(priced(lineRedeliver)), Paper: sendBackPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) { return buy(d, -1) },
}
