package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// OtherIssue 其他出库单: goods out without a sale, at cost.
var OtherIssue = &slip.Kind{
	Code: "other-issue", Title: text.T("其他出库单", "Other issue"), Prefix: "QC", Group: slip.Warehouse,
	Stock:  slip.StockUse{Direction: -1, Beyond: true},
	Header: []slip.Field{date, warehouse, employee, department, reason, externalNo, remark},
	Lines:  goods(), Paper: stockPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) { return other(d, -1) },
}
