package kinds

import (
	"zhanggui/data/chart"
	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// overheads is the account fees of an assembly are taken from, unless the slip names another.
const overheads = chart.Overheads

var (
	fee = money("amount", "加工费", "Fee", slip.TypeAmount, 110)
	// levels says how far down the bill of materials the components of a slip are taken from it.
	levels = slip.Field{Key: "levels", Label: text.T("展开", "Explode"), Type: slip.TypeChoice, Default: "1", Width: 130, Choices: []slip.Choice{
		{Value: "1", Label: text.T("直接组件", "Direct parts")}, {Value: "all", Label: text.T("展到底层", "To what is bought")}}}
	feeAccount = slip.Field{Key: "credit_account", Label: text.T("费用科目", "Fee account"), Type: slip.TypeRef, Ref: "gl", Default: overheads, Width: 150}
)

// Assembly 组装单: components leave, the set comes in at what they cost and the fee (rule C8).
var Assembly = &slip.Kind{
	Code: "assembly", Title: text.T("组装单", "Assembly"), Prefix: "ZZ", Group: slip.Warehouse, Stock: slip.StockUse{Parts: +1},
	Header: []slip.Field{date, must(warehouse), levels, employee, department, fee, feeAccount, externalNo, remark},
	Lines:  parts, Paper: partsPaper,
	Complete: directly, Check: checkParts,
	Post: func(d *slip.Doc) (slip.Effects, error) { return assemble(d, +1) },
}

// parts are the lines of a slip of a set and its components; nothing follows from them or goes before them.
var parts = byLot([]slip.Field{lineProduct, lineName, lineSpec, lineUnit, lineQty, lineWarehouse, lineRemark})

// directly takes direct components where the slip does not say how far down it goes.
func directly(d *slip.Doc) {
	if d.Extra["levels"] == "" {
		_ = d.Set(levels, levels.Default) // a default of the declaration is right
	}
}

// checkParts wants one set and its components, and a fee that is none or more.
func checkParts(d *slip.Doc) fault.List {
	var faults fault.List
	sets, set, own := 0, "", 0
	for i := range d.Lines {
		switch l := &d.Lines[i]; {
		case l.Qty > 0:
			sets, set = sets+1, l.Product
		case l.Qty < 0:
			own++
		}
	}
	if sets != 1 {
		faults = append(faults, fault.New(fault.Invalid, "成品应有且只有一行（数量为正）", "one line is the set, with a positive quantity; there are %d", sets).At("qty"))
	} else if own == 0 {
		faults = append(faults, fault.New(fault.Invalid, "没有组件行（数量为负），成品也没有物料清单", "there are no components (negative quantities), and the set has no bill of materials").At("qty"))
	}
	for i := range d.Lines {
		if l := &d.Lines[i]; l.Qty < 0 && l.Product == set {
			faults = append(faults, fault.New(fault.Invalid, "成品不能是自己的组件", "a set cannot be a component of itself").At("product").OnLine(i+1))
		}
	}
	if d.Amount < 0 {
		faults = append(faults, fault.New(fault.Invalid, "费用不能为负", "the fee cannot be negative").At("amount"))
	}
	return faults
}

// assemble puts a set together (sign +1) or takes it apart (-1): what goes in leaves stock at cost, what comes out collects it and
// the fee. Parts of a set share by quantity × reference cost; all zero, by quantity.
func assemble(d *slip.Doc, sign num.Quantity) (slip.Effects, error) {
	var e slip.Effects
	weights, err := partWeights(d)
	if err != nil {
		return e, err
	}
	fee := d.Amount
	eachGood(d, func(i int, l *slip.Line) {
		m := slip.Move{Line: i, Warehouse: d.At(l), Qty: l.Base * sign, Basis: slip.AtCost, OutSide: true}
		if m.Qty > 0 {
			m.Basis, m.OutSide, m.Weight = slip.Collected, false, weights[i]
			m.Value, fee = fee, 0 // the shares are of the sum; which row adds it does not matter
		}
		e.Stock = append(e.Stock, m)
	})
	account := d.Extra["credit_account"]
	if account == "" {
		account = overheads
	}
	e.Credit(account, d.Amount)
	return e, nil
}

func partWeights(d *slip.Doc) ([]int64, error) {
	weights, sum := make([]int64, len(d.Lines)), int64(0)
	for i := range d.Lines {
		l := &d.Lines[i]
		w, err := num.MulDiv(max(int64(l.Base), -int64(l.Base)), int64(l.Fallback), num.QuantityOne)
		if err != nil {
			return nil, err
		}
		weights[i], sum = w, sum+w
	}
	if sum == 0 {
		for i := range d.Lines {
			weights[i] = max(int64(d.Lines[i].Base), -int64(d.Lines[i].Base))
		}
	}
	return weights, nil
}
