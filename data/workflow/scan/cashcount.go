package scan

import (
	"zhanggui/data/chart"
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// CashBalance is what the books say of a cash account.
func CashBalance(b *workflow.Book, account string) (num.Amount, error) {
	r, ok := b.Masters().Find(master.Accounts.Code, account)
	if !ok {
		return 0, fault.New(fault.Invalid, "没有资金账户“%s”", "there is no cash account %q", account).At("account")
	}
	return b.DB.CashNow(r.ID)
}

// Accounts that a difference of a cash count 现金盘点 goes to: 营业外收入 and 营业外支出 (rule 2.6).
const (
	cashOver  = chart.SundryIncome
	cashShort = chart.SundryExpense
)

// CashDifference makes the unsaved slip of what a count found: an income for what is too much, an expense for what is missing. A
// count that agrees makes none.
func CashDifference(b *workflow.Book, account string, counted num.Amount) (*slip.Doc, error) {
	now, err := CashBalance(b, account)
	if err != nil || counted == now {
		return nil, err
	}
	k, key, gl, diff := kinds.Income, "credit_account", cashOver, counted-now
	if diff < 0 {
		k, key, gl, diff = kinds.Expense, "debit_account", cashShort, -diff
	}
	d := &slip.Doc{Kind: k.Code, Date: b.Today(), Status: slip.Draft, Account: account, Remark: "现金盘点 cash count"}
	l := slip.Line{TaxGiven: true}
	for field, v := range map[string]string{key: gl, "amount": diff.String()} {
		f, _ := k.LineField(field)
		if err := l.Set(f, v); err != nil {
			return nil, err
		}
	}
	d.Lines = []slip.Line{l}
	return d, slip.Calculate(k, d)
}
