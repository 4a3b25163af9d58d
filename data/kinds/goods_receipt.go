package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// GoodsReceipt 采购入库单: goods from a supplier; stock and the payable rise.
var GoodsReceipt = &slip.Kind{
	Code: "goods-receipt", Title: text.T("采购入库单", "Goods receipt"), Prefix: "CR", Group: slip.Purchase,
	Party: slip.Suppliers, VAT: "input", Stock: slip.StockUse{Direction: +1}, Taxed: true, PriceField: "purchase_price", Money: slip.MoneyUse{Opens: []slip.Book{slip.Payable}},
	From:   []slip.Source{{Kind: "purchase-order", Executes: true}},
	Header: head([]slip.Field{supplier, date, warehouse, buyer, dueDate, department, deliveryNo, discount}, freight, inspector),
	Lines:  byLot(priced(lineArrived, lineRejected, lineResult)), Paper: buyPaper,
	Check: inspected,
	Post:  func(d *slip.Doc) (slip.Effects, error) { return buy(d, +1) },
}

// Inspection of goods received, a line's: what the supplier's note says arrived, what of it was sent back at once, and what was found. The
// quantity of the line is what was taken in; it alone enters stock and what is owed.
const (
	Arrived  = "arrived"
	Rejected = "rejected"
	Result   = "result"
)

// What an inspection found.
const (
	Passed     = "pass"
	Concession = "concession"
	Refused    = "reject"
)

var (
	inspector    = inspection(field("inspector", "验收人", "Inspected by", slip.TypeText, 110))
	lineArrived  = inspection(field(Arrived, "送货数", "Arrived", slip.TypeQuantity, 80))
	lineRejected = inspection(field(Rejected, "拒收数", "Rejected", slip.TypeQuantity, 80))
	lineResult   = inspection(slip.Field{Key: Result, Label: text.T("验收结果", "Inspection"), Type: slip.TypeChoice, Width: 90, Choices: []slip.Choice{
		{Value: Passed, Label: text.T("合格", "passed")}, {Value: Concession, Label: text.T("让步接收", "concession")}, {Value: Refused, Label: text.T("拒收", "rejected")}}})
)

// inspection is a field of this one receipt that most leave empty.
func inspection(f slip.Field) slip.Field {
	f = own(f)
	f.Sparse = true
	return f
}

// inspected refuses a line where more or less arrived than was taken in and rejected.
func inspected(d *slip.Doc) (out fault.List) {
	for i := range d.Lines {
		l := &d.Lines[i]
		arrived, rejected := l.Get(Arrived), l.Get(Rejected)
		if arrived == "" {
			continue
		}
		a, err := num.ParseQuantity(arrived)
		r := num.Quantity(0)
		if err == nil && rejected != "" {
			r, err = num.ParseQuantity(rejected)
		}
		if err == nil && a != l.Qty+r {
			out = append(out, fault.New(fault.Invalid, "送货 %s 应等于实收 %s 加拒收 %s", "arrived %s is not received %s and rejected %s", a, l.Qty, r).At(Arrived).OnLine(l.No))
		}
	}
	return out
}
