package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Stocktake 盘点单: says what lies there, whatever the books say; the difference is found at the moment of counting (rule C10).
var Stocktake = &slip.Kind{
	Code: "stocktake", Title: text.T("盘点单", "Stocktake"), Prefix: "PD", Group: slip.Warehouse, Counts: true,
	Header: []slip.Field{date, must(warehouse), employee, department, reason, externalNo, remark},
	Lines:  []slip.Field{lineProduct, lineName, lineSpec, lineUnit, field("qty", "实盘数量", "Counted", slip.TypeQuantity, 88), lineWarehouse, lineRemark},
	Paper:  countPaper,
	Check: func(d *slip.Doc) fault.List {
		var faults fault.List
		type place struct{ product, warehouse string }
		seen := map[place]int{}
		for i := range d.Lines {
			l := &d.Lines[i]
			at := place{l.Product, d.At(l)}
			if first, twice := seen[at]; twice && l.Product != "" {
				faults = append(faults, fault.New(fault.Invalid, "%s 在第 %d 行已盘，请合并数量", "%s is counted on line %d already; add the two", l.Product, first).At("product").OnLine(i+1))
				continue
			}
			seen[at] = i + 1
		}
		return faults
	},
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		for i := range d.Lines {
			l := &d.Lines[i]
			e.Stock = append(e.Stock, slip.Move{Line: i, Warehouse: d.At(l), Qty: l.Base, Basis: slip.Counted, Contra: l.ContraAccount})
		}
		return e, nil
	},
}
