package kinds

import (
	"zhanggui/data/chart"
	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Expense 费用单: what the business spends other than on goods, paid at once or owed to a supplier.
var Expense = &slip.Kind{
	Code: "expense", Title: text.T("费用单", "Expense"), Prefix: "FY", Group: slip.Money,
	Party: slip.Suppliers, VAT: "input", Money: slip.MoneyUse{Opens: []slip.Book{slip.Payable}},
	Header: []slip.Field{optional(supplier), date, optional(account), dueDate, method, chequeNo, employee, department, externalNo, remark},
	Lines:  []slip.Field{def(gl("debit_account", "费用科目", "Expense account", ""), chart.Administration), lineAmount, lineTaxRate, lineRemark},
	Paper:  payPaper,
	Check:  checkOnCredit,
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		var tax num.Amount
		for i := range d.Lines {
			l := &d.Lines[i]
			cost := l.Net
			if !d.General { // input VAT is part of the cost
				cost = l.Gross
			}
			tax += l.Gross - cost
			e.Debit(l.Account, cost)
		}
		e.Debit(inputVAT, tax)
		if d.Account != "" {
			e.Credit(d.CashGL, d.Gross)
			e.Cash = []slip.CashEntry{{Account: d.Account, Amount: -d.Gross}}
			return e, nil
		}
		e.Credit(payables, d.Gross)
		e.Party = []slip.PartyEntry{{Role: slip.Suppliers, Party: d.Party, Book: slip.Payable, Amount: d.Gross, Due: dueOf(d)}}
		return e, nil
	},
}

// checkOnCredit wants a cash account, or a party who is owed or owes.
func checkOnCredit(d *slip.Doc) fault.List {
	if d.Account == "" && d.Party == "" {
		return fault.List{fault.New(fault.Invalid, "请填资金账户；挂账的请填往来单位", "give the cash account, or the party when it is on credit").At("account")}
	}
	return nil
}

// dueOf is the day the slip's money falls due: its date where no other is given.
func dueOf(d *slip.Doc) text.Date { return max(d.DueDate, d.Date) }
