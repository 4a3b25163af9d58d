package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// MaterialReturn 退料单: materials back into the store, at what they were issued for; without a source at the current cost.
var MaterialReturn = &slip.Kind{
	Code: "material-return", Title: text.T("退料单", "Material return"), Prefix: "TL", Group: slip.Warehouse,
	Stock: slip.StockUse{Direction: +1}, ReturnOf: "material-issue",
	From:   []slip.Source{{Kind: "material-issue"}},
	Header: []slip.Field{date, warehouse, employee, department, used, externalNo, remark},
	Lines:  goods(), Paper: inPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) { return other(d, +1) },
}
