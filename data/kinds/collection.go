package kinds

import (
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Collection 收款单: money from a customer, allocated to what is owed. Against another account than the receivables it settles
// nothing: the recovery of a debt written off goes to 5301.
var Collection = &slip.Kind{
	Code: "collection", Title: text.T("收款单", "Collection"), Prefix: "SK", Group: slip.Money,
	Party: slip.Customers, Money: slip.MoneyUse{Settles: slip.Receivable, Claims: collects},
	From: refunds(mostly(owedByCustomers), "sales-return"),
	Header: []slip.Field{customer, date, account, amount, letOff, rounding, method, chequeNo, employee, department,
		hidden(gl("credit_account", "对方科目", "Against", "")), externalNo, remark},
	Paper: moneyPaper,
	Check: checkLetOff,
	Post:  postCollection,
}

// collects: a recovery claims nothing.
func collects(d *slip.Doc) []slip.Claim {
	if recovers(d) {
		return nil
	}
	return []slip.Claim{{Book: slip.Receivable, Role: slip.Customers, Party: d.Party, Amount: d.Amount + d.Discount + d.Rounding}}
}

func recovers(d *slip.Doc) bool {
	a := d.Extra["credit_account"]
	return a != "" && a != receivables
}

func postCollection(d *slip.Doc) (slip.Effects, error) {
	if !recovers(d) {
		return settle(d, slip.Customers, slip.Receivable)
	}
	var e slip.Effects
	e.Debit(d.CashGL, d.Amount)
	e.Credit(d.Extra["credit_account"], d.Amount)
	e.Cash = []slip.CashEntry{{Account: d.Account, Amount: d.Amount}}
	return e, nil
}
