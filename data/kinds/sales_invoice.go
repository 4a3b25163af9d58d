package kinds

import (
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// SalesInvoice 销售发票: what a customer is billed, in flow invoice. Matched with deliveries it brings their cost from goods dispatched
// into cost of sales; its red letter is matched with returns. The cost is worked out by the ledger, not here.
var SalesInvoice = &slip.Kind{
	Code: "sales-invoice", Title: text.T("销售发票", "Sales invoice"), Prefix: "XF", Group: slip.Sales, Flow: "invoice",
	Party: slip.Customers, VAT: "output", Taxed: true, PriceField: "sales_price", Money: slip.MoneyUse{Opens: []slip.Book{slip.Receivable}},
	From:    []slip.Source{{Kind: "delivery", Usual: true}, {Kind: "sales-return", Usual: true}},
	Matches: []string{"delivery", "sales-return"},
	Header:  billed([]slip.Field{customer, date, employee, dueDate, department, externalNo, discount}),
	Lines:   billedLines(), Paper: sellBillPaper,
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		e.Debit(receivables, d.Gross)
		revenue(&e, d, 1)
		e.Party = []slip.PartyEntry{{Role: slip.Customers, Party: d.Party, Book: slip.Receivable, Amount: d.Gross, Due: dueOf(d)}}
		paidNow(&e, d, slip.Customers, slip.Receivable, 1)
		return e, nil
	},
}

// revenue credits what was sold to the sales accounts of the goods and services, and the tax.
func revenue(e *slip.Effects, d *slip.Doc, sign num.Amount) {
	var order []string
	sales := map[string]num.Amount{}
	eachLine(d, func(i int, l *slip.Line) {
		if _, seen := sales[l.SalesAccount]; !seen {
			order = append(order, l.SalesAccount)
		}
		sales[l.SalesAccount] += l.Net
	})
	for _, a := range order {
		e.Credit(a, sales[a]*sign)
	}
	e.Credit(outputTax(d), d.Tax*sign)
}
