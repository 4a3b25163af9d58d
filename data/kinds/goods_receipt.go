package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// GoodsReceipt 采购入库单: goods from a supplier; stock and the payable rise.
var GoodsReceipt = &slip.Kind{
	Code: "goods-receipt", Title: text.T("采购入库单", "Goods receipt"), Prefix: "CR", Group: slip.Purchase,
	Party: slip.Suppliers, VAT: "input", Stock: slip.StockUse{Direction: +1}, Taxed: true, PriceField: "purchase_price", Money: slip.MoneyUse{Opens: []slip.Book{slip.Payable}},
	From:   []slip.Source{{Kind: "purchase-order", Executes: true}},
	Header: head([]slip.Field{supplier, date, warehouse, buyer, dueDate, department, deliveryNo, discount}, freight),
	Lines:  byLot(priced()), Paper: buyPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) { return buy(d, +1) },
}
