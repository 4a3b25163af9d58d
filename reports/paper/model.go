package paper

import (
	"time"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Paper is anything that can be printed by PDF: Voucher, PickList, CountSheet, Journal, Statement, Ticket, Labels, Table.
type Paper interface {
	// pages lays the paper out; errors are for people.
	pages() ([]page, error)
}

// Size is a sheet of paper.
type Size string

// The sheets. Continuous is tractor paper, three plies; CutSheet is what journal vouchers are bound from; the rolls are those of
// tills.
const (
	Continuous      Size = "241x140"
	ContinuousThird Size = "241x93"
	A5              Size = "a5"
	A4              Size = "a4"
	CutSheet        Size = "240x140"
	Roll80          Size = "80mm"
	Roll58          Size = "58mm"
)

// Sizes are the sheets a Voucher prints on, in the order a setting offers them.
func Sizes() []Size { return []Size{Continuous, ContinuousThird, A5, A4} }

// Name is the sheet's name for people.
func (s Size) Name() text.Text {
	switch s {
	case Continuous:
		return text.T("241×140 三联连续纸", "241×140 continuous, three-ply")
	case ContinuousThird:
		return text.T("241×93 三等分连续纸", "241×93 continuous, three-ply")
	case A5:
		return text.T("A5 横向", "A5 landscape")
	case CutSheet:
		return text.T("240×140 凭证纸", "240×140 cut sheet")
	case Roll80:
		return text.T("80 mm 小票", "80 mm till roll")
	case Roll58:
		return text.T("58 mm 小票", "58 mm till roll")
	}
	return text.T("A4", "A4")
}

// Shift moves everything on a sheet, for a printer that feeds a little off. Millimetres, right and down positive.
type Shift struct{ X, Y float64 }

// Company is who issues the paper.
type Company struct {
	Name, Address, Phone string
	TaxNumber, Bank      string // the foot of A4 papers; may be empty
}

// Form is the pattern a slip's paper follows.
type Form int

// The patterns: Stock for deliveries and every other stock slip, Receipt for goods received (ordered, delivered,
// received), Order for purchase and sales orders with terms and seals.
const (
	Stock Form = iota
	Receipt
	Order
)

// Key names a column, and a field that has a place of its own.
type Key string

// Column keys. Columns of other keys may be added with a width.
const (
	ColNumber    Key = "number"    // 序
	ColCode      Key = "code"      // 商品编码
	ColName      Key = "name"      // 品名规格
	ColUnit      Key = "unit"      // 单位
	ColQuantity  Key = "quantity"  // 数量
	ColPrice     Key = "price"     // 单价
	ColNet       Key = "net"       // 金额, or 金额(含税) when prices include tax
	ColRate      Key = "rate"      // 税率
	ColTax       Key = "tax"       // 税额
	ColGross     Key = "gross"     // 价税合计
	ColDiscount  Key = "discount"  // 折扣
	ColRemark    Key = "remark"    // 备注
	ColShelf     Key = "shelf"     // 货位
	ColIssued    Key = "issued"    // 实发, filled by hand
	ColTick      Key = "tick"      // √, filled by hand
	ColOrdered   Key = "ordered"   // 订购
	ColDelivered Key = "delivered" // 送货
	ColReceived  Key = "received"  // 实收
	ColDue       Key = "due"       // 交期
	ColLot       Key = "lot"       // 批号
	ColExpiry    Key = "expiry"    // 有效期
	ColBook      Key = "book_qty"  // 账面数
	ColCounted   Key = "counted"   // 实盘数
	ColDiffers   Key = "difference"
)

// Field keys with a fixed place in the head. A field without a key takes the next free place; what finds none is
// printed with the remark.
const (
	FieldParty     Key = "party"
	FieldContact   Key = "contact"
	FieldDate      Key = "date"
	FieldAddress   Key = "address"
	FieldWarehouse Key = "warehouse"
	FieldPerson    Key = "person"
	FieldCarrier   Key = "carrier"
	FieldSource    Key = "source"
	FieldDue       Key = "due"      // not on plies without amounts
	FieldRequired  Key = "required" // on plies without amounts it takes the place of due
	FieldTerms     Key = "terms"
	FieldCurrency  Key = "currency"
	FieldSupplier  Key = "supplier-number"
)

// Field is one label and value of the head. The label carries no colon.
type Field struct {
	Key          Key
	Label, Value string
	Bold         bool
}

// Kind says how a column's cells stand and fit.
type Kind int

// Kinds of column: Words wrap or shrink at the left, Centre shrinks in the middle, Figure stands right and is never
// cut or wrapped, Blank is left for the pen, Box holds a little square to tick.
const (
	Words Kind = iota
	Centre
	Figure
	Blank
	Box
)

// Column is one column of a table. Width is millimetres; 0 takes the paper's own measure for the key.
type Column struct {
	Key   Key
	Title string
	Width float64
	Kind  Kind
	Sum   bool // running totals and a total are printed; cells must be plain or grouped decimals
	Drop  bool // the column goes when no line has anything in it
}

// Line is one product line. Cells hold formatted text by column key; a missing key is an empty cell.
type Line struct {
	Name, Spec string
	Remark     string // its own column where the set has one, else behind the name
	Second     string // the quantity in another unit, "20 盒", printed small under the quantity
	Cells      map[Key]string
}

// Balance is one cell of the balance row 上期欠款 … 累计欠款.
type Balance struct {
	Label  string
	Amount num.Amount
}

// Sum is one row of the block under an English A4 table.
type Sum struct {
	Label  string
	Amount num.Amount
}

// Signature is one hand on the paper; without a name there is a line for the pen. Width is millimetres, 0 divides
// what is left equally.
type Signature struct {
	Label, Name string
	Width       float64
}

// Inspection is the row 验收情况 of a goods receipt.
type Inspection struct {
	Choice int // 0 none yet, 1 全部合格, 2 部分拒收, 3 让步接收
	Note   string
}

// Seal is a box for signature and stamp at the end of an order.
type Seal struct{ Title, Line string }

// Ply is one copy of a set.
type Ply struct {
	No      int       // its place in the whole set, from 1; 0: as it stands among those printed
	Colour  text.Text // 白联
	For     text.Text // 销售
	Amounts bool      // prices and amounts are printed; only a ply printed apart can be without
}

// SalesPlies are the three plies of slips that go to customers: white sales, red finance, yellow warehouse
// (without amounts).
func SalesPlies() []Ply {
	return []Ply{
		{Colour: text.T("白联", "White"), For: text.T("销售", "sales"), Amounts: true},
		{Colour: text.T("红联", "Red"), For: text.T("财务", "finance"), Amounts: true},
		{Colour: text.T("黄联", "Yellow"), For: text.T("仓库", "warehouse")},
	}
}

// PurchasePlies are the three plies of slips from suppliers: white warehouse (without amounts), red finance,
// yellow supplier.
func PurchasePlies() []Ply {
	return []Ply{
		{Colour: text.T("白联", "White"), For: text.T("仓库", "warehouse")},
		{Colour: text.T("红联", "Red"), For: text.T("财务", "finance"), Amounts: true},
		{Colour: text.T("黄联", "Yellow"), For: text.T("供应商", "supplier"), Amounts: true},
	}
}

// Print is what the foot says about the print itself, and the marks that say what state the slip was in.
type Print struct {
	Count int       // 1 is the first print; 0 is a preview and prints nothing
	At    time.Time // the wall clock of the print
	By    string
	Marks []string // 草稿 未审核, 已作废, 更正 第2版 …; 补打 is added from the second print on
}

// Voucher is a slip on paper.
type Voucher struct {
	Lang    text.Lang
	Size    Size
	Form    Form
	Company Company
	Title   string // 销售出库单; the paper spaces it out, or writes it in capitals
	Red     bool   // a red-letter slip: the title ends in (红字) and the mark 红字 stands at the left
	Number  string
	Barcode string // what the bar code says; empty: Number

	Fields    []Field
	Inclusive bool     // prices include tax: 含税单价 and 金额(含税) instead of 单价 … 价税合计
	Columns   []Column // the set with amounts; nil: the form's own
	Plain     []Column // the set without amounts; nil: the form's own
	Lines     []Line

	NoTotalQuantity bool       // leave out the total over mixed units
	Total           num.Amount // what the words and 小写 say
	Tax             num.Amount // 其中税额 beside the words, when Inclusive
	TaxIncluded     bool       // print Tax
	Currency        string     // CNY
	NoWords         bool       // no row of words even on plies with amounts
	Sums            []Sum      // A4 English: Net, VAT 13%, Total CNY
	Notes           []string   // A4: up to three lines beside the sums (due, bank)
	Balance         []Balance  // the last is the sum of the others; nil: no row
	Inspection      *Inspection
	Remark          string
	Terms           []string
	Seals           []Seal
	Signatures      []Signature

	Plies []Ply // nil: one ply with amounts and no name
	Apart bool  // a page a ply; without it tractor paper is struck once and laser paper prints the first ply
	// NoAmounts prints every ply without amounts, for users without the right to see prices.
	NoAmounts bool
	Print     Print
	Shift     Shift
}
