package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// WriteOff 报损单: goods lost or spoiled leave at cost; 1901 holds them until the loss is disposed of.
var WriteOff = &slip.Kind{
	Code: "write-off", Title: text.T("报损单", "Write-off"), Prefix: "BS", Group: slip.Warehouse,
	Stock:  slip.StockUse{Direction: -1, Beyond: true},
	From:   []slip.Source{{Kind: "transfer", Executes: true, Path: text.T("途中损失", "lost on the way")}},
	Header: []slip.Field{date, warehouse, employee, department, reason, externalNo, remark},
	Lines:  goods(), Paper: lossPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) { return other(d, -1) },
}
