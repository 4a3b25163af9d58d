package kinds

import (
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// OtherReceipt 其他收货单: goods in without a purchase, at the unit cost typed.
var OtherReceipt = &slip.Kind{
	Code: "other-receipt", Title: text.T("其他收货单", "Other receipt"), Prefix: "QR", Group: slip.Warehouse,
	Stock: slip.StockUse{Direction: +1}, PriceField: "reference_cost",
	Header: []slip.Field{date, warehouse, employee, department, reason, externalNo, remark},
	Lines:  goods(lineCost, lineNet), Paper: inPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) { return other(d, +1) },
}

// other posts goods in or out against the reason account. A red line comes out at its source's cost, a free one at
// the pool's.
func other(d *slip.Doc, sign int64) (slip.Effects, error) {
	var e slip.Effects
	eachGood(d, func(i int, l *slip.Line) {
		m := slip.Move{Line: i, Warehouse: d.At(l), Qty: l.Base * num.Quantity(sign), Basis: slip.AtCost, Contra: l.ContraAccount, OutSide: sign < 0}
		switch {
		case l.SourceID != 0 && (sign > 0 || l.Base < 0): // an issue with a source is what got lost of a transfer
			m.Basis = slip.FromSource
		case sign > 0 && l.Base > 0 && l.PriceGiven:
			m.Basis, m.Value = slip.Given, l.Net
		}
		e.Stock = append(e.Stock, m)
	})
	return e, nil
}
