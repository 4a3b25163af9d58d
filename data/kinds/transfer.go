package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Transfer 调拨单: goods from one warehouse to another; value moves with them (rule C9).
var Transfer = &slip.Kind{
	Code: "transfer", Title: text.T("调拨单", "Transfer"), Prefix: "DB", Group: slip.Warehouse,
	Header: []slip.Field{date, must(ref("warehouse", "调出仓", "From store", "warehouses", 150)), must(toWarehouse), employee, department, externalNo, remark},
	Lines:  []slip.Field{lineProduct, lineName, lineSpec, lineUnit, lineQty, lineRemark, lineSource, lineSourceNo}, Paper: stockPaper,
	Check: func(d *slip.Doc) fault.List {
		if d.Warehouse != "" && d.Warehouse == d.ToWarehouse {
			return fault.List{fault.New(fault.Invalid, "调入仓与调出仓相同", "both warehouses are the same").At("to_warehouse")}
		}
		return nil
	},
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		eachGood(d, func(i int, l *slip.Line) {
			from, to, q := d.Warehouse, d.ToWarehouse, l.Base
			if q < 0 { // a red transfer brings the goods back
				from, to, q = to, from, -q
			}
			e.Stock = append(e.Stock,
				slip.Move{Line: i, Warehouse: from, Qty: -q, Basis: slip.Moved, Contra: l.StockAccount, OutSide: true},
				slip.Move{Line: i, Warehouse: to, Qty: q, Basis: slip.Carried, Contra: l.StockAccount})
		})
		return e, nil
	},
}
