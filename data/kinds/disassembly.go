package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Disassembly 拆卸单: a set leaves, its parts come in and share its value (rule C8).
var Disassembly = &slip.Kind{
	Code: "disassembly", Title: text.T("拆卸单", "Disassembly"), Prefix: "CX", Group: slip.Warehouse, Stock: slip.StockUse{Parts: -1},
	Header: []slip.Field{date, must(warehouse), levels, employee, department, fee, feeAccount, externalNo, remark},
	Lines:  parts, Paper: partsPaper,
	Complete: directly, Check: checkParts,
	Post: func(d *slip.Doc) (slip.Effects, error) { return assemble(d, -1) },
}
