package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// The kinds of offset.
const (
	prepaidPayable       = "prepaid-payable"
	advanceReceivable    = "advance-receivable"
	receivablePayable    = "receivable-payable"
	receivableReceivable = "receivable-receivable"
	payablePayable       = "payable-payable"
	badDebt              = "bad-debt"
)

// Offset 往来核销单: settles accounts without money. Party is the supplier or customer whose account is settled; ToParty is the
// supplier a receivable is set off against, or who takes a debt over.
var Offset = &slip.Kind{
	Code: "offset", Title: text.T("往来核销单", "Offset"), Prefix: "HX", Group: slip.Money,
	Money: slip.MoneyUse{Opens: []slip.Book{slip.Receivable, slip.Payable}, Claims: offsetClaims}, // a debt taken over is owed anew
	From:  append(append(append([]slip.Source{}, owedBySuppliers...), owedByCustomers...), slip.Source{Kind: "prepayment", Money: true}, slip.Source{Kind: "advance", Money: true}),
	Header: []slip.Field{
		{Key: "offset_kind", Label: text.T("核销类型", "Offset of"), Type: slip.TypeChoice, Required: true, Width: 200, Choices: []slip.Choice{
			{Value: prepaidPayable, Label: text.T("预付冲应付", "Prepaid against payable")},
			{Value: advanceReceivable, Label: text.T("预收冲应收", "Advance against receivable")},
			{Value: receivablePayable, Label: text.T("应收冲应付", "Receivable against payable")},
			{Value: receivableReceivable, Label: text.T("应收转应收", "Receivable to another customer")},
			{Value: payablePayable, Label: text.T("应付转应付", "Payable to another supplier")},
			{Value: badDebt, Label: text.T("坏账损失", "Bad debt")}}},
		must(ref("party", "往来单位", "Party", "customers", 350)), ref("to_party", "转入单位", "To party", "customers", 350),
		date, amount, employee, department, externalNo, remark},
	Paper:   moneyPaper,
	PartyOf: offsetRoles,
	Pushed: func(d, source *slip.Doc, from *slip.Kind) {
		kind := advanceReceivable
		if from.RoleOf(source) == slip.Suppliers {
			kind = prepaidPayable
		}
		d.Extra = map[string]string{"offset_kind": kind}
	},
	Check: checkOffset,
	Post:  postOffset,
}

// offsets tells of each kind whose accounts move: + raises the book, - lowers it. To is the second row's party where true.
var offsets = map[string][2]struct {
	role    slip.Role
	book    slip.Book
	sign    int64
	account string
	to      bool
}{
	prepaidPayable:       {{slip.Suppliers, slip.Payable, -1, payables, false}, {slip.Suppliers, slip.Prepaid, -1, prepayments, false}},
	advanceReceivable:    {{slip.Customers, slip.Advance, -1, advances, false}, {slip.Customers, slip.Receivable, -1, receivables, false}},
	receivablePayable:    {{slip.Suppliers, slip.Payable, -1, payables, true}, {slip.Customers, slip.Receivable, -1, receivables, false}},
	receivableReceivable: {{slip.Customers, slip.Receivable, +1, receivables, true}, {slip.Customers, slip.Receivable, -1, receivables, false}},
	payablePayable:       {{slip.Suppliers, slip.Payable, -1, payables, false}, {slip.Suppliers, slip.Payable, +1, payables, true}},
	badDebt:              {{account: badDebts}, {slip.Customers, slip.Receivable, -1, receivables, false}},
}

// offsetRoles: a receivable against a payable has a customer and a supplier, the others two of a kind or one.
func offsetRoles(d *slip.Doc) (party, to slip.Role) {
	switch d.Extra["offset_kind"] {
	case prepaidPayable, payablePayable:
		return slip.Suppliers, slip.Suppliers
	case receivablePayable:
		return slip.Customers, slip.Suppliers
	}
	return slip.Customers, slip.Customers
}

// offsetClaims are the books an offset lowers.
func offsetClaims(d *slip.Doc) (list []slip.Claim) {
	for _, o := range offsets[d.Extra["offset_kind"]] {
		if o.sign < 0 {
			list = append(list, slip.Claim{Book: o.book, Role: o.role, Party: offsetParty(d, o.to), Amount: d.Amount})
		}
	}
	return list
}

func offsetParty(d *slip.Doc, to bool) string {
	if to {
		return d.ToParty
	}
	return d.Party
}

func checkOffset(d *slip.Doc) fault.List {
	kind := d.Extra["offset_kind"]
	two := kind == receivablePayable || kind == receivableReceivable || kind == payablePayable
	var faults fault.List
	switch {
	case two && d.ToParty == "":
		faults = append(faults, fault.New(fault.Invalid, "请填转入单位", "to_party is missing").At("to_party"))
	case !two && kind != "" && d.ToParty != "":
		faults = append(faults, fault.New(fault.Invalid, "这种核销没有转入单位", "this offset has no to_party").At("to_party"))
	case two && kind != receivablePayable && d.ToParty == d.Party:
		faults = append(faults, fault.New(fault.Invalid, "转入单位与往来单位相同", "both parties are the same").At("to_party"))
	}
	return faults
}

func postOffset(d *slip.Doc) (slip.Effects, error) {
	var e slip.Effects
	rows := offsets[d.Extra["offset_kind"]]
	e.Debit(rows[0].account, d.Amount)
	e.Credit(rows[1].account, d.Amount)
	for _, o := range rows {
		if o.role == slip.NoParty {
			continue
		}
		p := slip.PartyEntry{Role: o.role, Party: offsetParty(d, o.to), Book: o.book, Amount: d.Amount * num.Amount(o.sign)}
		if o.sign > 0 {
			p.Due = d.Date
		}
		e.Party = append(e.Party, p)
	}
	return e, nil
}
