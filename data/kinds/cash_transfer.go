package kinds

import (
	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// CashTransfer 银行存取款单: money from one cash account to another.
var CashTransfer = &slip.Kind{
	Code: "cash-transfer", Title: text.T("银行存取款单", "Cash transfer"), Prefix: "ZK", Group: slip.Money,
	Header: []slip.Field{date, account, must(ref("to_account", "转入账户", "To account", "accounts", 200)), amount, method, chequeNo, employee, department, externalNo, remark},
	Row:    slip.RowUse{Also: map[string]string{"account": "credit_account", "to_account": "debit_account"}},
	Paper:  moneyPaper,
	Check: func(d *slip.Doc) fault.List {
		if d.Account != "" && d.Account == d.ToAccount {
			return fault.List{fault.New(fault.Invalid, "转入账户与转出账户相同", "both accounts are the same").At("to_account")}
		}
		return nil
	},
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		e.Debit(d.ToCashGL, d.Amount)
		e.Credit(d.CashGL, d.Amount)
		e.Cash = []slip.CashEntry{{Account: d.Account, Amount: -d.Amount}, {Account: d.ToAccount, Amount: d.Amount}}
		return e, nil
	},
}
