package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Stocktake 盘点单: says what lies there, whatever the books say; the difference is found at the moment of counting (rule C10). Several
// counters may count into one: what they found of a product at several shelves adds up, and where two counted the same shelf somebody
// decides.
var Stocktake = &slip.Kind{
	Code: "stocktake", Title: text.T("盘点单", "Stocktake"), Prefix: "PD", Group: slip.Warehouse, Stock: slip.StockUse{Counts: true},
	Header: []slip.Field{date, must(warehouse), countedBy, department, reason, externalNo, remark, hidden(field(slip.CountRange, "范围", "Range", slip.TypeText, 200))},
	Lines: byLot([]slip.Field{lineProduct, lineName, lineSpec, lineUnit, field("qty", "实盘数量", "Counted", slip.TypeQuantity, 88),
		passed(field(slip.CountFirst, "第一次盘", "Count 1", slip.TypeQuantity, 76)), proposed(field(slip.CountShelf, "货位", "Shelf", slip.TypeText, 70)),
		passed(field(slip.CountCounter, "盘点人", "Counter", slip.TypeText, 76)), countUse, lineWarehouse, lineRemark}),
	Paper: countPaper,
	Check: checkCounts,
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		counts, err := d.Counts()
		if err != nil {
			return e, err
		}
		for _, c := range counts {
			switch {
			case c.Last < 0 || c.Open:
				return e, fault.New(fault.Invalid, "这个商品没有可用的盘点数", "the product has no count in use").At("qty").OnLine(c.Lines[0] + 1)
			case len(c.Doubt) > 1:
				return e, doubtful(d, &c)
			}
			l := &d.Lines[c.Last]
			e.Stock = append(e.Stock, slip.Move{Line: c.Last, Warehouse: c.Warehouse, Lot: c.Lot, Qty: c.Base, Basis: slip.Counted, Contra: l.ContraAccount})
		}
		return e, nil
	},
}

var (
	countedBy = ref("employee", "盘点人", "Counter", "employees", 178)
	countUse  = slip.Field{Key: slip.CountUse, Label: text.T("计入否", "Use"), Type: slip.TypeChoice, Width: 56, Passed: true, Choices: []slip.Choice{
		{Value: slip.Used, Label: text.T("计入", "Counts")}, {Value: slip.SetAside, Label: text.T("不计", "Set aside")}}}
)

// doubtful asks for a decision on a place counted twice, with both figures.
func doubtful(d *slip.Doc, c *slip.Count) *fault.Fault {
	a, b := &d.Lines[c.Doubt[0]], &d.Lines[c.Doubt[1]]
	shelf := a.Extra[slip.CountShelf]
	if shelf == "" {
		shelf = "—"
	}
	return fault.New(fault.Refused, "货位 %s 上同一商品%s盘了两次：第 %d 行 %s，第 %d 行 %s。请在“计入否”中决定计入或不计",
		"the same product%[2]s at shelf %[1]s was counted twice: line %[3]d says %[4]s, line %[5]d says %[6]s. Decide under “Use” which counts", shelf, ofLot(c.Lot), c.Doubt[0]+1, a.Qty, c.Doubt[1]+1, b.Qty).
		At(slip.CountUse).OnLine(c.Doubt[1] + 1)
}

// ofLot names a lot behind its product; empty: none.
func ofLot(code string) text.Text {
	if code == "" {
		return text.T("", "")
	}
	return text.Tf("（批号 %s）", " (lot %s)", code)
}

// checkCounts refuses a product counted twice by nobody in particular: several counters are told apart by shelf or name.
func checkCounts(d *slip.Doc) fault.List {
	var faults fault.List
	type place struct{ product, warehouse, lot, shelf, counter string }
	seen := map[place]int{}
	for i := range d.Lines {
		l := &d.Lines[i]
		for _, x := range l.Lots() {
			at := place{l.Product, d.At(l), x.Code, l.Extra[slip.CountShelf], l.Extra[slip.CountCounter]}
			if first, twice := seen[at]; twice && l.Product != "" {
				faults = append(faults, fault.New(fault.Invalid, "这个商品%s在第 %d 行已盘，请合并数量；不同货位或盘点人请分别填写", "the product%s is counted on line %d already; add the two, or say which shelf or who counted",
					ofLot(x.Code), first).At("product").OnLine(i+1))
				break
			}
			seen[at] = i + 1
		}
	}
	return faults
}
