package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// CostAdjustment 成本调整单: changes what stock on hand is worth, not how much there is. A value cannot fall below zero.
var CostAdjustment = &slip.Kind{
	Code: "cost-adjustment", Title: text.T("成本调整单", "Cost adjustment"), Prefix: "CB", Group: slip.Warehouse,
	Header: []slip.Field{date, warehouse, employee, department,
		{Key: "debit_account", Label: text.T("对方科目", "Against"), Type: slip.TypeRef, Ref: "gl", Default: costOfSales, Width: 150}, externalNo, remark},
	Lines: []slip.Field{lineProduct, lineName, lineSpec, must(money("amount", "调整金额", "Amount", slip.TypeAmount, 116)), lineWarehouse, lineRemark},
	Paper: adjustPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		for i := range d.Lines {
			l := &d.Lines[i]
			e.Stock = append(e.Stock, slip.Move{Line: i, Warehouse: d.At(l), Basis: slip.Adjusted, Value: l.Net, Contra: l.ContraAccount, OutSide: l.Net < 0})
		}
		return e, nil
	},
}
