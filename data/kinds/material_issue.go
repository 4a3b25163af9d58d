package kinds

import (
	"zhanggui/data/chart"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// used is the account materials are issued to.
var used = slip.Field{Key: "debit_account", Label: text.T("用途科目", "Used for"), Type: slip.TypeRef, Ref: "gl", Default: chart.Production, Width: 150}

// MaterialIssue 领料单: materials out of the store into production, at cost.
var MaterialIssue = &slip.Kind{
	Code: "material-issue", Title: text.T("领料单", "Material issue"), Prefix: "LL", Group: slip.Warehouse,
	Stock:  slip.StockUse{Direction: -1, Beyond: true},
	Header: []slip.Field{date, warehouse, employee, department, used, externalNo, remark},
	Lines:  goods(), Paper: issuePaper,
	Post: func(d *slip.Doc) (slip.Effects, error) { return other(d, -1) },
}
