package kinds

import (
	"slices"

	"zhanggui/data/chart"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

func field(key, zh, en string, t slip.Type, width int) slip.Field {
	return slip.Field{Key: key, Label: text.T(zh, en), Type: t, Width: width}
}

func ref(key, zh, en, to string, width int) slip.Field {
	return slip.Field{Key: key, Label: text.T(zh, en), Type: slip.TypeRef, Ref: to, Width: width}
}

// money is an amount, a price or what comes off one, of its kind's side.
func money(key, zh, en string, t slip.Type, width int) slip.Field {
	return sided(field(key, zh, en, t, width))
}

// bySide stands on a field until its kind is known: what it is worth is seen by who may see the kind's side (see sides).
const bySide slip.Tag = "side"

func sided(f slip.Field) slip.Field { f.Tag = bySide; return f }

// sides gives the fields shared by several kinds the tag of the kind's own side.
func sides(k *slip.Kind, fields []slip.Field) []slip.Field {
	fields = slices.Clone(fields)
	for i := range fields {
		if fields[i].Tag == bySide {
			fields[i].Tag = k.Side()
		}
		fields[i].Executes = k.Group == slip.Money && slices.Contains(executing, fields[i].Key)
	}
	return fields
}

// executing are what of a money slip is known only when it is carried out: approvals are of the rest.
var executing = []string{"date", "account", "method", "cheque_no"}

func must(f slip.Field) slip.Field { f.Required = true; return f }

// wanted is the day by which goods are to be there.
func wanted(f slip.Field) slip.Field { f.Meaning = slip.Wanted; return f }

func optional(f slip.Field) slip.Field { f.Required = false; return f }

func def(f slip.Field, v string) slip.Field { f.Default = v; return f }

// gl is an account of the chart.
func gl(key, zh, en, standard string) slip.Field {
	f := ref(key, zh, en, "gl", 150)
	f.Default = standard
	return f
}

func hidden(f slip.Field) slip.Field { f.Hidden = true; return f }

// own is a hidden field that a copy does not have.
func own(f slip.Field) slip.Field { f.Own = true; return hidden(f) }

func passed(f slip.Field) slip.Field { f.Passed = true; return f }

// repeated is a field of a line that a new line has from the one above.
func repeated(f slip.Field) slip.Field { f.Repeated = true; return f }

// proposed is a line field the product has too.
func proposed(f slip.Field) slip.Field { f.Proposed = true; return passed(f) }

func show(f slip.Field) slip.Field { f.Hidden = false; return f }

func shown(f slip.Field) slip.Field { f.ReadOnly = true; return f }

// again is a field that the program fills in and an export carries, while any slip has it.
func again(f slip.Field) slip.Field { f.Again, f.Sparse = true, true; return f }

var (
	supplier     = must(ref("party", "供应商", "Supplier", "suppliers", 350))
	customer     = must(ref("party", "客户", "Customer", "customers", 350))
	carrierParty = must(ref("party", "收费单位", "Billed by", "suppliers", 350))
	date         = must(field("date", "日期", "Date", slip.TypeDate, 150))
	warehouse    = ref("warehouse", "仓库", "Store", "warehouses", 150)
	toWarehouse  = ref("to_warehouse", "调入仓", "To store", "warehouses", 150)
	employee     = ref("employee", "业务员", "Staff", "employees", 178)
	buyer        = ref("employee", "采购员", "Buyer", "employees", 178)
	department   = ref("department", "部门", "Dept", "departments", 150)
	dueDate      = field("due_date", "到期日", "Due", slip.TypeDate, 150)
	required     = wanted(field("due_date", "要求日期", "Required", slip.TypeDate, 150))
	externalNo   = field("external_no", "外部单号", "Ext. no.", slip.TypeText, 150)
	deliveryNo   = field("external_no", "送货单号", "Deliv. no.", slip.TypeText, 150)
	remark       = field("remark", "备注", "Remark", slip.TypeText, 300)
	discount     = money("slip_discount", "整单优惠", "Slip disc.", slip.TypeAmount, 100)
	account      = must(ref("account", "资金账户", "Account", "accounts", 200))
	amount       = must(money("amount", "金额", "Amount", slip.TypeAmount, 150))
	reason       = gl("debit_account", "对方科目", "Reason", chart.Unresolved)
	letOff       = money("slip_discount", "结算折扣", "Settl. discount", slip.TypeAmount, 110)
	rounding     = money("rounding", "抹零", "Rounding off", slip.TypeAmount, 90)
	paid         = money("paid", "本次收付", "Paid now", slip.TypeAmount, 110)
	freight      = hidden(money("freight", "运费", "Freight", slip.TypeAmount, 90))
	carrier      = hidden(field("carrier", "承运", "Carrier", slip.TypeText, 120))
	waybill      = own(field("waybill", "运单号", "Waybill", slip.TypeText, 130))
	address      = slip.Field{Key: "address", Label: text.T("送货地址", "Deliver to"), Width: 300, Hidden: true, Carried: true}
	invoiceNo    = own(field("invoice_no", "发票号", "Invoice no.", slip.TypeText, 130))
	invoiceDate  = own(field("invoice_date", "开票日期", "Invoice date", slip.TypeDate, 110))
	invoiceType  = slip.Field{Key: "invoice_type", Label: text.T("发票类型", "Invoice type"), Type: slip.TypeChoice, Width: 120, Hidden: true, Choices: []slip.Choice{
		{Value: "special", Label: text.T("增值税专用发票", "Special VAT invoice")}, {Value: "ordinary", Label: text.T("增值税普通发票", "Ordinary VAT invoice")},
		{Value: "receipt", Label: text.T("收据", "Receipt")}}}
	chequeNo = show(own(field("cheque_no", "票据号", "Cheque no.", slip.TypeText, 130)))
	method   = slip.Field{Key: "method", Label: text.T("结算方式", "Method"), Type: slip.TypeChoice, Width: 110, Choices: []slip.Choice{
		{Value: "cash", Label: text.T("现金", "Cash")}, {Value: "transfer", Label: text.T("转账", "Bank transfer")}, {Value: "cheque", Label: text.T("支票", "Cheque")},
		{Value: "wechat", Label: text.T("微信", "WeChat")}, {Value: "alipay", Label: text.T("支付宝", "Alipay")}, {Value: "card", Label: text.T("刷卡", "Card")},
		{Value: "draft", Label: text.T("承兑汇票", "Draft")}}}

	lineProduct   = must(ref("product", "商品编码", "Code", "products", 100))
	lineName      = shown(field("name", "名称", "Name", slip.TypeText, 178))
	lineSpec      = shown(field("spec", "规格", "Spec", slip.TypeText, 166))
	lineUnit      = field("unit", "单位", "Unit", slip.TypeUnit, 48)
	lineQty       = must(field("qty", "数量", "Qty", slip.TypeQuantity, 88))
	linePrice     = money("price", "单价", "Price", slip.TypePrice, 92)
	lineCost      = money("price", "单位成本", "Unit cost", slip.TypePrice, 92)
	lineDiscount  = money("discount_rate", "优惠%", "Disc.%", slip.TypeRate, 62)
	lineTaxRate   = field("tax_rate", "税率%", "Tax %", slip.TypeRate, 56)
	lineGross     = shown(money("gross", "价税合计", "Total", slip.TypeAmount, 116))
	lineNet       = shown(money("net", "金额", "Amount", slip.TypeAmount, 116))
	lineWarehouse = ref("warehouse", "仓库", "Store", "warehouses", 74)
	lineAmount    = must(money("amount", "金额", "Amount", slip.TypeAmount, 116))
	lineRemark    = field("remark", "备注", "Remark", slip.TypeText, 160)
	summary       = repeated(field("remark", "摘要", "Summary", slip.TypeText, 220)) // of an entry: what it is about
	lineInclTax   = hidden(field("price_includes_tax", "含税", "Incl.", slip.TypeBool, 48))
	lineSource    = hidden(field("source", "源单", "Source", slip.TypeSource, 120))
	lineSourceNo  = hidden(field("source_line", "源单行", "Source line", slip.TypeInt, 60))
	lineLot       = hidden(field(slip.LotKey, "批号", "Lot", slip.TypeText, 160))
	lineExpiry    = hidden(field(slip.ExpiryKey, "有效期", "Expiry", slip.TypeDate, 92))
	lineRedeliver = field("redeliver", "需补货", "Redeliver", slip.TypeBool, 60)
)

// priced are the lines of everything bought or sold.
func priced(more ...slip.Field) []slip.Field {
	return append([]slip.Field{lineProduct, lineName, lineSpec, lineUnit, lineQty, linePrice, lineDiscount, lineTaxRate, lineGross,
		lineWarehouse, lineRemark, lineInclTax, lineSource, lineSourceNo}, more...)
}

// head is a header and the fields by which the slip is paid at once, in full or in part, by up to four cash accounts, then the more.
func head(fields []slip.Field, more ...slip.Field) []slip.Field {
	list := append(append([]slip.Field{}, fields...), optional(account), paid, hidden(rounding))
	for _, n := range []string{"2", "3", "4"} {
		list = append(list, hidden(ref("account"+n, "资金账户"+n, "Account "+n, "accounts", 150)), hidden(money("paid"+n, "本次收付"+n, "Paid "+n, slip.TypeAmount, 110)))
	}
	return append(append(list, more...), invoiceNo, invoiceDate, invoiceType, remark)
}

// billed is the header of an invoice: its tax figures stand in sight.
func billed(fields []slip.Field) []slip.Field {
	list := head(fields, freight)
	for i := range list {
		switch list[i].Key {
		case "invoice_no", "invoice_date", "invoice_type":
			list[i].Hidden = false
		}
	}
	return list
}

// billedLines are the lines of an invoice: what goods slips say, without a store.
func billedLines() []slip.Field {
	return []slip.Field{lineProduct, lineName, lineSpec, lineUnit, lineQty, linePrice, lineDiscount, lineTaxRate, lineGross, lineRemark, lineInclTax, show(lineSource), show(lineSourceNo),
		hidden(field("match", "钩稽", "Matched with", slip.TypeText, 160))}
}

// goods are the lines of slips that move goods without a price.
func goods(more ...slip.Field) []slip.Field {
	return byLot(append([]slip.Field{lineProduct, lineName, lineSpec, lineUnit, lineQty}, append(more, lineWarehouse, lineRemark, lineSource, lineSourceNo)...))
}

// byLot puts lot and expiry behind the quantity of lines that move goods.
func byLot(list []slip.Field) []slip.Field {
	at := slices.IndexFunc(list, func(f slip.Field) bool { return f.Key == "qty" })
	return slices.Insert(slices.Clone(list), at+1, lineLot, lineExpiry)
}

func hand(zh, en, from string) slip.Hand { return slip.Hand{Label: text.T(zh, en), From: from} }

// titled is a paper with a title of its own.
func titled(p slip.Paper, zh, en string) slip.Paper { p.Title = text.T(zh, en); return p }

var (
	maker   = hand("制单", "Prepared by", "maker")
	auditor = hand("审核", "Audited by", "auditor")

	salesPlies = []text.Text{text.T("白联:销售", "White: Sales"), text.T("红联:财务", "Red: Finance"), text.T("黄联:仓库", "Yellow: Warehouse")}
	housePlies = []text.Text{text.T("白联:存根", "White: File"), text.T("红联:财务", "Red: Finance"), text.T("黄联:仓库", "Yellow: Warehouse")}
	moneyPlies = []text.Text{text.T("白联:存根", "White: File"), text.T("红联:财务", "Red: Finance"), text.T("黄联:对方", "Yellow: Counterpart")}
	buyPlies   = []text.Text{text.T("白联:仓库", "White: Warehouse"), text.T("红联:财务", "Red: Finance"), text.T("黄联:供应商", "Yellow: Supplier")}

	sellPaper = slip.Paper{Layout: "voucher", Plies: salesPlies, Hands: []slip.Hand{maker, auditor,
		hand("发货", "Issued by", "keeper"), hand("承运签字", "Carrier", ""), hand("收货人签字(盖章)", "Received by (name, date, stamp)", "")}}
	buyPaper = slip.Paper{Layout: "receipt", Plies: buyPlies, Hands: []slip.Hand{maker,
		hand("送货人", "Delivered by", ""), hand("验收", "Inspected by", "inspector"), hand("仓管", "Keeper", "keeper"), hand("财务审核", "Audited by", "auditor")}}
	sendBackPaper = slip.Paper{Layout: "voucher", Plies: buyPlies, Hands: []slip.Hand{maker, auditor,
		hand("发货", "Issued by", "keeper"), hand("承运签字", "Carrier", ""), hand("供应商签收(盖章)", "Received by (name, date, stamp)", "")}}
	backPaper = slip.Paper{Layout: "voucher", Plies: salesPlies, Hands: []slip.Hand{maker, auditor,
		hand("退货人", "Returned by", ""), hand("验收", "Inspected by", ""), hand("仓管", "Keeper", "keeper")}}
	inPaper = slip.Paper{Layout: "voucher", Plies: housePlies, NoMoney: true, Hands: []slip.Hand{maker, auditor,
		hand("送货人", "Delivered by", ""), hand("仓管", "Keeper", "keeper")}}
	stockPaper = slip.Paper{Layout: "voucher", Plies: housePlies, NoMoney: true, Hands: []slip.Hand{maker, auditor,
		hand("发货", "Issued by", "keeper"), hand("收货人签字", "Received by", "")}}
	issuePaper = slip.Paper{Layout: "voucher", Plies: housePlies, NoMoney: true, Hands: []slip.Hand{maker, auditor,
		hand("领料人", "Drawn by", ""), hand("发料", "Issued by", "keeper")}}
	lossPaper = slip.Paper{Layout: "voucher", Plies: housePlies, NoMoney: true, Hands: []slip.Hand{maker, auditor,
		hand("仓管", "Keeper", "keeper"), hand("部门主管", "Head of department", ""), hand("财务", "Finance", "")}}
	partsPaper = slip.Paper{Layout: "voucher", Plies: housePlies, NoMoney: true, Hands: []slip.Hand{maker, auditor,
		hand("仓管", "Keeper", "keeper"), hand("经手人", "Done by", "")}}
	countPaper = slip.Paper{Layout: "voucher", Plies: housePlies, NoMoney: true, Hands: []slip.Hand{maker, auditor,
		hand("盘点人", "Counted by", ""), hand("监盘人", "Witness", ""), hand("仓管", "Keeper", "keeper")}}
	adjustPaper = slip.Paper{Layout: "voucher", Plies: housePlies, Hands: []slip.Hand{maker, auditor, hand("财务", "Finance", "")}}
	moneyPaper  = slip.Paper{Layout: "money", Plies: moneyPlies, Hands: []slip.Hand{maker, auditor, hand("出纳", "Cashier", ""), hand("经手人", "Handled by", "")}}
	payPaper    = slip.Paper{Layout: "payment", Plies: moneyPlies, Hands: []slip.Hand{maker, hand("部门主管", "Head of department", ""), hand("副总经理", "Deputy manager", ""),
		hand("财务", "Finance", "auditor"), hand("总经理", "General manager", ""), hand("出纳", "Cashier", "")}}
	journalPaper   = slip.Paper{Layout: "journal", Hands: []slip.Hand{hand("会计主管", "Chief accountant", ""), hand("记账", "Posted by", ""), auditor, maker}}
	planPaper      = slip.Paper{Layout: "order", Plies: buyPlies, Hands: []slip.Hand{maker, auditor, hand("采购", "Buyer", ""), hand("批准", "Approved by", "")}}
	buyBillPaper   = slip.Paper{Layout: "voucher", Plies: buyPlies, Hands: []slip.Hand{maker, auditor, hand("财务", "Finance", "")}}
	sellBillPaper  = slip.Paper{Layout: "voucher", Plies: salesPlies, Hands: []slip.Hand{maker, auditor, hand("财务", "Finance", "")}}
	tillPaper      = slip.Paper{Layout: "till", Plies: salesPlies, Hands: []slip.Hand{hand("收银", "Cashier", "maker"), hand("顾客", "Customer", "")}}
	buyOrderPaper  = slip.Paper{Layout: "order", Plies: buyPlies, Hands: []slip.Hand{maker, auditor, hand("批准", "Approved by", ""), hand("对方签字(盖章)", "Confirmed by", "")}}
	sellOrderPaper = slip.Paper{Layout: "order", Plies: salesPlies, Hands: []slip.Hand{maker, auditor, hand("对方签字(盖章)", "Confirmed by", "")}}
)
