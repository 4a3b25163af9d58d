package kinds

import (
	"zhanggui/data/chart"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Income 其他收入单: what comes in other than from sales of goods, at once or owed by a customer.
var Income = &slip.Kind{
	Code: "income", Title: text.T("其他收入单", "Other income"), Prefix: "SR", Group: slip.Money,
	Party: slip.Customers, VAT: "output", Money: slip.MoneyUse{Opens: []slip.Book{slip.Receivable}},
	Header: []slip.Field{optional(customer), date, optional(account), dueDate, method, chequeNo, employee, department, externalNo, remark},
	Lines:  []slip.Field{def(gl("credit_account", "收入科目", "Income account", ""), chart.OtherSales), lineAmount, lineTaxRate, lineRemark},
	Paper:  moneyPaper,
	Check:  checkOnCredit,
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		if d.Account != "" {
			e.Debit(d.CashGL, d.Gross)
			e.Cash = []slip.CashEntry{{Account: d.Account, Amount: d.Gross}}
		} else {
			e.Debit(receivables, d.Gross)
			e.Party = []slip.PartyEntry{{Role: slip.Customers, Party: d.Party, Book: slip.Receivable, Amount: d.Gross, Due: dueOf(d)}}
		}
		for i := range d.Lines {
			e.Credit(d.Lines[i].Account, d.Lines[i].Net)
		}
		e.Credit(outputTax(d), d.Tax)
		return e, nil
	},
}
