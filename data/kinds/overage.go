package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Overage 报溢单: goods found over come in at the cost typed, else at the current cost, facing 1901.
var Overage = &slip.Kind{
	Code: "overage", Title: text.T("报溢单", "Overage"), Prefix: "BY", Group: slip.Warehouse,
	Stock:  slip.StockUse{Direction: +1},
	Header: []slip.Field{date, warehouse, employee, department, reason, externalNo, remark},
	Lines:  goods(lineCost, lineNet), Paper: lossPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) { return other(d, +1) },
}
