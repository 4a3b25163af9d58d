package kinds

import (
	"zhanggui/data/chart"
	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// JournalVoucher 记账凭证: an entry by hand, for what no other slip posts. A line on a party account names the party, one on a cash
// account the cash account, so that the ledgers behind them agree; stock accounts move by stock slips only.
var JournalVoucher = &slip.Kind{
	Code: "journal-voucher", Title: text.T("记账凭证", "Journal voucher"), Prefix: "JZ", Group: slip.Books,
	Header: []slip.Field{date, employee, department, externalNo, remark},
	Lines: []slip.Field{must(gl("line_account", "科目", "Account", "")), money("debit", "借方", "Debit", slip.TypeAmount, 116), money("credit", "贷方", "Credit", slip.TypeAmount, 116),
		ref("party", "往来单位", "Party", "customers", 150), ref("account", "资金账户", "Cash account", "accounts", 110), summary},
	LineRef: func(l *slip.Line, f slip.Field) string { // the parties of the account's own ledger
		if role, _, ok := PartyAccount(l.Account); ok && f.Key == "party" {
			return string(role)
		}
		return ""
	},
	Paper: journalPaper,
	Check: checkJournal,
	Row:   slip.RowUse{Read: readJournal, Write: writeJournal},
	Post: func(d *slip.Doc) (slip.Effects, error) {
		var e slip.Effects
		for i := range d.Lines {
			l := &d.Lines[i]
			e.Debit(l.Account, l.Debit)
			e.Credit(l.Account, l.Credit)
			if cash := l.Extra["account"]; cash != "" {
				e.Cash = append(e.Cash, slip.CashEntry{Account: cash, Amount: l.Debit - l.Credit})
			}
			if role, book, ok := PartyAccount(l.Account); ok {
				p := slip.PartyEntry{Role: role, Party: l.Party, Book: book, Amount: l.Debit - l.Credit}
				if book == slip.Payable || book == slip.Advance {
					p.Amount = -p.Amount
				}
				e.Party = append(e.Party, p)
			}
		}
		return e, nil
	},
}

// PartyAccount tells which party book stands behind a GL account.
func PartyAccount(account string) (slip.Role, slip.Book, bool) {
	switch account {
	case receivables:
		return slip.Customers, slip.Receivable, true
	case advances:
		return slip.Customers, slip.Advance, true
	case payables:
		return slip.Suppliers, slip.Payable, true
	case prepayments:
		return slip.Suppliers, slip.Prepaid, true
	}
	return slip.NoParty, "", false
}

func checkJournal(d *slip.Doc) fault.List {
	var faults fault.List
	var debit, credit num.Amount
	for i := range d.Lines {
		l := &d.Lines[i]
		debit, credit = debit+l.Debit, credit+l.Credit
		add := func(key, zh, en string) {
			faults = append(faults, fault.New(fault.Invalid, zh, en).At(key).OnLine(i+1))
		}
		_, _, owed := PartyAccount(l.Account)
		switch {
		case (l.Debit == 0) == (l.Credit == 0):
			add("debit", "借方、贷方填且只填一边", "give either a debit or a credit")
		case owed && l.Party == "":
			add("party", "往来科目请填往来单位", "this account needs a party")
		case !owed && l.Party != "":
			add("party", "该科目不挂往来单位", "this account has no party")
		}
	}
	if debit != credit {
		faults = append(faults, fault.New(fault.Invalid, "借方 %s，贷方 %s，不相等", "debit %s, credit %s: the voucher does not balance", debit, credit).At("debit"))
	}
	return faults
}

// readJournal: a row's amount is debited to its debit_account and credited to its credit_account; either may stand alone.
func readJournal(get func(string) string) ([]slip.Line, error) {
	var lines []slip.Line
	for _, side := range []struct{ column, key string }{{"debit_account", "debit"}, {"credit_account", "credit"}} {
		code := get(side.column)
		if code == "" {
			continue
		}
		l := slip.Line{Account: code, Party: get("party"), Remark: get("remark")}
		if err := l.Set(slip.Field{Key: side.key}, get("amount")); err != nil {
			return nil, err
		}
		if _, _, owed := PartyAccount(code); !owed && get("debit_account") != "" && get("credit_account") != "" {
			l.Party = "" // the row's party belongs to its other side
		}
		if get("account") != "" && (get("debit_account") == "" || get("credit_account") == "" || chart.IsCash(code)) {
			l.Set(slip.Field{Key: "account"}, get("account"))
		}
		lines = append(lines, l)
	}
	if len(lines) == 0 {
		return nil, errNoAccount
	}
	return lines, nil
}

var errNoAccount = fault.New(fault.Invalid, "请填借方科目或贷方科目", "give a debit_account or a credit_account").At("debit_account")

func writeJournal(l *slip.Line) map[string]string {
	m := map[string]string{"party": l.Party, "account": l.Extra["account"], "line_remark": l.Remark}
	if l.Debit != 0 {
		m["debit_account"], m["amount"] = l.Account, l.Debit.String()
	} else {
		m["credit_account"], m["amount"] = l.Account, l.Credit.String()
	}
	return m
}
