package binder

import (
	"cmp"
	"strconv"
	"strings"

	"zhanggui/data/chart"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports"
)

// figures are what the cover needs of a sheet: its totals, and for accounts the amounts behind each.
type figures struct {
	index    map[string]int // place of a column
	total    map[string]num.Amount
	accounts map[string]map[string]num.Amount // account → column → amount, of the trial balance
	lines    map[string]int                   // line number → row, of a statement; account → row, of the trial balance
	amounts  []num.Amount                     // of a statement's rows
	rows     []reports.Row                    // of the reconciliation and the income statement
	count    int                              // how many rows the sheet has
	earners  []earner                         // of a sheet of gross profit
}

// newFigures begins the figures of a report that the cover asks for.
func newFigures(r *reports.Report) *figures {
	f := &figures{index: map[string]int{}, total: map[string]num.Amount{}, accounts: map[string]map[string]num.Amount{}, lines: map[string]int{}}
	for i, c := range r.Columns {
		f.index[c.Key] = i
	}
	return f
}

// add keeps of a row what the cover asks for.
func (f *figures) add(r *reports.Report, row reports.Row) {
	f.count++
	switch r {
	case reports.TrialBalance:
		sums := map[string]num.Amount{}
		for i, c := range r.Columns {
			if c.Type == slip.TypeAmount {
				sums[c.Key] = read(row[i])
			}
		}
		f.lines[row[0].String()] = len(f.accounts)
		f.accounts[row[0].String()] = sums
	case reports.BalanceSheet:
		f.lines[row[0].String()] = len(f.amounts)
		f.amounts = append(f.amounts, read(row[f.index["amount"]]))
	case reports.IncomeStatement:
		f.lines[row[0].String()] = len(f.rows)
		f.rows = append(f.rows, row)
	case reports.Reconciliation:
		f.rows = append(f.rows, row)
	case reports.SalesSummary:
		name := row[f.index["name"]].String()
		f.earners = append(f.earners, earner{cmp.Or(name, row[0].String()), read(row[f.index["net"]]), read(row[f.index["profit"]])})
	}
}

// close keeps the totals of amounts.
func (f *figures) close(r *reports.Report, totals reports.Row) {
	for i, c := range r.Columns {
		if c.Type == slip.TypeAmount {
			f.total[c.Key] = read(totals[i])
		}
	}
}

// read is a cell's amount; what is none is nothing.
func read(c reports.Cell) num.Amount {
	a, _ := c.(num.Amount)
	return a
}

// side is one side of a control: a formula over the sheets and what it comes to.
type side struct {
	formula string
	value   num.Amount
}

func (a side) and(b side, sign string) side {
	if b.formula == "" {
		return a
	}
	if sign == "-" {
		if b.value = -b.value; strings.ContainsAny(b.formula, "+-") {
			b.formula = "(" + b.formula + ")"
		}
	}
	if a.formula == "" && sign == "+" {
		return b
	}
	return side{a.formula + sign + b.formula, a.value + b.value}
}

// total is the foot of a column.
func (v *volume) total(name, column string) side {
	f := v.rows[name]
	return side{v.sheets[name].TotalCell(f.index[column]), f.total[column]}
}

// ofAccount is a column's figure in an account's row of the trial balance. It is read by its place: looked up, a long code would be taken for a
// number, of which some programs lose the last digits.
func (v *volume) ofAccount(code, column string) side {
	f := v.rows["trial"]
	return side{"SUM(INDEX(" + v.sheets["trial"].Range(f.index[column]) + "," + strconv.Itoa(f.lines[code]+1) + "))", f.accounts[code][column]} // the sum of an empty cell is nought
}

// account is what the trial balance says of some accounts, debit less credit, closing or of the month.
func (v *volume) account(prefix string, codes ...string) side {
	var sum side
	for _, code := range codes {
		if _, ok := v.rows["trial"].accounts[code]; ok {
			sum = sum.and(v.ofAccount(code, prefix+"debit"), "+").and(v.ofAccount(code, prefix+"credit"), "-")
		}
	}
	return sum
}

// line is a line of the balance sheet.
func (v *volume) line(number string) side {
	f := v.rows["balance"]
	n := f.lines[number]
	return side{`INDEX(` + v.sheets["balance"].Range(f.index["amount"]) + `,` + strconv.Itoa(n+1) + `)`, f.amounts[n]}
}

// earned is a line of the income statement, of this month (amount) or the one before (previous).
func (v *volume) earned(column, number string) side {
	f := v.rows["income"]
	n := f.lines[number]
	return side{`INDEX(` + v.sheets["income"].Range(f.index[column]) + `,` + strconv.Itoa(n+1) + `)`, read(f.rows[n][f.index[column]])}
}

// turned is what one side of some accounts comes to in the month.
func (v *volume) turned(column string, codes ...string) side {
	var sum side
	for _, code := range codes {
		if _, ok := v.rows["trial"].accounts[code]; ok {
			sum = sum.and(v.ofAccount(code, column), "+")
		}
	}
	return sum
}

// tied is a row of the reconciliation, of one of its columns.
func (v *volume) tied(column string, row int) side {
	f := v.rows["tie"]
	return side{`INDEX(` + v.sheets["tie"].Range(f.index[column]) + `,` + strconv.Itoa(row+1) + `)`, read(f.rows[row][f.index[column]])}
}

// tie says that a ledger of trade, led over to what was billed, comes to what is booked.
func (v *volume) tie(what text.Text, ledger, total, column string) control {
	billed := v.total(ledger, total).and(v.tied(column, reports.TiedLater), "-").and(v.tied(column, reports.TiedEarlier), "+").and(v.tied(column, reports.TiedLoose), "+")
	return control{what, billed, v.tied(column, reports.TiedBooked).and(v.tied(column, reports.TiedOther), "-")}
}

// negated is the side with its sign turned; an account nothing was booked on has no formula to turn.
func (a side) negated() side {
	if a.formula == "" {
		return a
	}
	return side{"-(" + a.formula + ")", -a.value}
}

// control says that two figures of the books are the same.
type control struct {
	what        text.Text
	left, right side
}

// vatTie says that the tax to be paid is what the accounts of VAT say: what tax returns are made of, with what was entered on them by hand.
func (v *volume) vatTie() (control, error) {
	var theirs []string
	for _, k := range kinds.All {
		if k.VAT != "" {
			theirs = append(theirs, k.Code)
		}
	}
	accounts := []string{chart.SmallVAT, chart.InputVAT, chart.OutputVAT}
	byHand, err := v.b.Ledgers().Entered(accounts, theirs, v.month.First(), v.month.Last())
	owed := v.total("vat", "payable")
	for _, x := range byHand {
		owed.value -= x.Amount
		owed.formula += "-(" + x.Amount.String() + ")"
	}
	accounts = append(accounts, chart.TransferredVAT)
	return control{text.T("应交增值税（含手工分录）= 2221", "VAT payable, with entries by hand = 2221"), owed, v.turned("credit", accounts...).and(v.turned("debit", accounts...), "-")}, err
}

func (v *volume) controls() ([]control, error) {
	vat, err := v.vatTie()
	if err != nil {
		return nil, err
	}
	parties := []string{chart.Receivables, chart.Prepayments, chart.Payables, chart.Advances}
	credit := func(code string) side { return v.account("closing_", code).negated() }
	stock := v.accountsOf(master.Categories.Code, "stock_account", chart.Goods)
	return []control{
		{text.T("库存：收发存结存 = 库存余额", "Stock: closing of the movement = stock on hand"), v.total("movement", "closing_value"), v.total("stock", "value")},
		{text.T("库存余额 = 存货科目", "Stock on hand = stock accounts"), v.total("stock", "value"), v.account("closing_", stock...)},
		{text.T("应收余额 = 1122", "Receivables = 1122"), v.total("receivables", "balance"), v.account("closing_", chart.Receivables)},
		{text.T("预收余额 = 2203", "Advances = 2203"), v.total("receivables", "advance"), credit(chart.Advances)},
		{text.T("应付余额 = 220201", "Payables = 220201"), v.total("payables", "balance"), credit(chart.Payables)},
		{text.T("预付余额 = 1123", "Prepayments = 1123"), v.total("payables", "prepaid"), v.account("closing_", chart.Prepayments)},
		{text.T("对账单借方 − 贷方 = 往来科目", "Statements, debit − credit = accounts of parties"), v.total("statements", "debit").and(v.total("statements", "credit"), "-"),
			v.turned("debit", parties...).and(v.turned("credit", parties...), "-")},
		{text.T("资金日记账收支 = 资金科目", "Cash book, in less out = cash accounts"), v.total("cash", "in").and(v.total("cash", "out"), "-"), v.account("", v.cashAccounts()...)},
		{text.T("凭证借方 = 凭证贷方", "Journal, debit = credit"), v.total("journal", "debit"), v.total("journal", "credit")},
		{text.T("凭证借方 = 科目余额表本期借方", "Journal = turnover of the trial balance"), v.total("journal", "debit"), v.total("trial", "debit")},
		{text.T("期末借方余额 = 期末贷方余额", "Closing balances, debit = credit"), v.total("trial", "closing_debit"), v.total("trial", "closing_credit")},
		{text.T("资产总计 = 负债和所有者权益总计", "Assets = liabilities and equity"), v.line("30"), v.line("53")},
		{text.T("销售明细 = 商品毛利：金额", "Sales ledger = by product, net"), v.total("sales", "net"), v.total("by product", "net")},
		{text.T("销售明细 = 客户毛利：毛利", "Sales ledger = by customer, profit"), v.total("sales", "profit"), v.total("by customer", "profit")},
		v.tie(text.T("销售（明细账，按开票）= 5001", "Sales (ledger, as billed) = 5001"), "sales", "net", "sales"),
		v.tie(text.T("销售成本（明细账，按开票）= 5401", "Cost of sales (ledger, as billed) = 5401"), "sales", "cost", "cost"),
		v.tie(text.T("采购（明细账，按开票）= 采购发票", "Purchases (ledger, as billed) = bills of purchases"), "purchases", "net", "purchases"),
		vat,
	}, nil
}

// accountsOf are the accounts some records name, and the standard one.
func (v *volume) accountsOf(typ, key, standard string) []string {
	list := []string{standard}
	seen := map[string]bool{standard: true, "": true}
	for _, r := range v.b.Masters().List(typ) {
		if a := r.Get(key); !seen[a] {
			seen[a] = true
			list = append(list, a)
		}
	}
	return list
}

func (v *volume) cashAccounts() []string {
	return append(v.accountsOf(master.Accounts.Code, "gl_account", chart.Cash), chart.Bank)
}
