package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

var (
	inTransit = def(field("transit", "在途", "In transit", slip.TypeBool, 90), "no")
	expected  = field("due_date", "预计到货", "Expected", slip.TypeDate, 130)
)

// Transfer 调拨单: goods from one warehouse to another; value moves with them (rule C9). In one step, or in transit: then they lie in a
// place of transit (the lines' ToWarehouse) until transfers pushed down from this one receive them, in parts, or bring them back.
var Transfer = &slip.Kind{
	Code: "transfer", Title: text.T("调拨单", "Transfer"), Prefix: "DB", Group: slip.Warehouse, Stock: slip.StockUse{Promise: slip.InTransit},
	From:   []slip.Source{{Kind: "transfer", Executes: true, Path: text.T("收货、退回", "receive, send back")}},
	Header: []slip.Field{date, must(ref("warehouse", "调出仓", "From store", "warehouses", 150)), must(toWarehouse), inTransit, employee, expected, department, externalNo, remark},
	Lines:  byLot([]slip.Field{lineProduct, lineName, lineSpec, lineUnit, lineQty, lineRemark, lineSource, lineSourceNo}), Paper: stockPaper,
	Complete: func(d *slip.Doc) {
		if d.Extra["transit"] == "" {
			_ = d.Set(inTransit, inTransit.Default) // a default of the declaration is right
		}
	},
	Check: func(d *slip.Doc) fault.List {
		var faults fault.List
		if d.Warehouse != "" && d.Warehouse == d.ToWarehouse {
			faults = append(faults, fault.New(fault.Invalid, "调入仓与调出仓相同", "both warehouses are the same").At("to_warehouse"))
		}
		if d.DueDate != 0 && !d.InTransit() {
			faults = append(faults, fault.New(fault.Invalid, "一步调拨当时到货，没有预计到货日", "goods that do not go in transit arrive at once; there is no day to expect them").At("due_date"))
		}
		for i := range d.Lines {
			if l := &d.Lines[i]; d.InTransit() && l.SourceID != 0 && l.Qty > 0 {
				faults = append(faults, fault.New(fault.Invalid, "收在途货物的调拨单不能再在途", "what is received from transit does not go in transit again").At("transit"))
				break
			}
		}
		return faults
	},
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		eachGood(d, func(i int, l *slip.Line) {
			from, to, q := d.Warehouse, d.ToWarehouse, l.Base
			if l.ToWarehouse != "" {
				to = l.ToWarehouse
			}
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
