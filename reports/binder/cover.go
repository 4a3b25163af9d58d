package binder

import (
	"cmp"
	"strconv"

	"zhanggui/data/chart"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports"
	"zhanggui/reports/sheet"
)

// figures are what the cover needs of a sheet: its totals, and for accounts the amounts behind each.
type figures struct {
	index    map[string]int // place of a column
	total    map[string]num.Amount
	accounts map[string]map[string]num.Amount // account → column → amount, of the trial balance
	lines    map[string]int                   // line number → row, of a statement
	amounts  []num.Amount                     // of a statement's rows
	rows     []reports.Row                    // of the reconciliation
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
	switch r {
	case reports.TrialBalance:
		sums := map[string]num.Amount{}
		for i, c := range r.Columns {
			if c.Type == slip.TypeAmount {
				sums[c.Key] = read(row[i])
			}
		}
		f.accounts[row[0].String()] = sums
	case reports.BalanceSheet:
		f.lines[row[0].String()] = len(f.amounts)
		f.amounts = append(f.amounts, read(row[f.index["amount"]]))
	case reports.Reconciliation:
		f.rows = append(f.rows, row)
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
		b.value = -b.value
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

// account is what the trial balance says of some accounts, debit less credit, closing or of the month.
func (v *volume) account(prefix string, codes ...string) side {
	var sum side
	f := v.rows["trial"]
	at := v.sheets["trial"].Range(f.index["account"])
	for _, code := range codes {
		if _, ok := f.accounts[code]; !ok {
			continue
		}
		for _, x := range [][2]string{{prefix + "debit", "+"}, {prefix + "credit", "-"}} {
			sum = sum.and(side{`SUMIF(` + at + `,"` + code + `",` + v.sheets["trial"].Range(f.index[x[0]]) + `)`, f.accounts[code][x[0]]}, x[1])
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

func (a side) negated() side { return side{"-(" + a.formula + ")", -a.value} }

// control says that two figures of the books are the same.
type control struct {
	what        text.Text
	left, right side
}

func (v *volume) controls() []control {
	credit := func(code string) side {
		if a := v.account("closing_", code); a.formula != "" {
			return a.negated()
		}
		return side{}
	}
	stock := v.accountsOf("categories", "stock_account", chart.Goods)
	return []control{
		{text.T("库存：收发存结存 = 库存余额", "Stock: closing of the movement = stock on hand"), v.total("movement", "closing_value"), v.total("stock", "value")},
		{text.T("库存余额 = 存货科目", "Stock on hand = stock accounts"), v.total("stock", "value"), v.account("closing_", stock...)},
		{text.T("应收余额 = 1122", "Receivables = 1122"), v.total("receivables", "balance"), v.account("closing_", chart.Receivables)},
		{text.T("预收余额 = 2203", "Advances = 2203"), v.total("receivables", "advance"), credit(chart.Advances)},
		{text.T("应付余额 = 220201", "Payables = 220201"), v.total("payables", "balance"), credit(chart.Payables)},
		{text.T("预付余额 = 1123", "Prepayments = 1123"), v.total("payables", "prepaid"), v.account("closing_", chart.Prepayments)},
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
	}
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
	return append(v.accountsOf("accounts", "gl_account", chart.Cash), chart.Bank)
}

// cover writes what the workbook is and its control totals.
func (v *volume) cover(s *sheet.Sheet) error {
	set := v.b.Settings()
	say := func(zh, en string) sheet.Cell { return sheet.Cell{Value: text.T(zh, en).In(v.lang)} }
	bold := func(zh, en string) sheet.Cell { return sheet.Cell{Value: text.T(zh, en).In(v.lang), Bold: true} }
	rows := [][]sheet.Cell{
		{{Value: set.Company, Bold: true}},
		{bold("账簿", "Books"), {Value: v.month.String(), Bold: true}},
		{say("从", "From"), {Value: v.month.First().String(), Type: slip.TypeDate}},
		{say("到", "To"), {Value: v.month.Last().String(), Type: slip.TypeDate}},
		{say("打印日期", "Made on"), {Value: v.b.Today().String(), Type: slip.TypeDate}},
		{say("结账", "Closed"), say(map[bool]string{true: "是", false: "否"}[set.Closed >= v.month.Last()], map[bool]string{true: "yes", false: "no"}[set.Closed >= v.month.Last()])},
		{{}},
		{bold("控制数", "Control totals"), bold("一方", "One side"), bold("另一方", "Other side"), bold("差额", "Difference")},
	}
	for _, r := range rows {
		if err := s.Cells(r...); err != nil {
			return err
		}
	}
	for _, c := range v.controls() {
		amount := func(x side) sheet.Cell {
			return sheet.Cell{Value: x.value.String(), Type: slip.TypeAmount, Formula: x.formula}
		}
		difference := side{"(" + cmp.Or(c.left.formula, "0") + ")-(" + cmp.Or(c.right.formula, "0") + ")", c.left.value - c.right.value}
		if err := s.Cells(sheet.Cell{Value: c.what.In(v.lang)}, amount(c.left), amount(c.right), amount(difference)); err != nil {
			return err
		}
	}
	if err := v.reconciled(s); err != nil {
		return err
	}
	return s.Close(nil)
}

// reconciled writes in words how what was sold and bought leads over to the accounts, below the control totals (7.3.3).
func (v *volume) reconciled(s *sheet.Sheet) error {
	r := reports.Reconciliation
	head := []sheet.Cell{{Value: r.Title.In(v.lang), Bold: true}}
	for _, c := range r.Columns[1:] {
		head = append(head, sheet.Cell{Value: c.Title.In(v.lang), Bold: true})
	}
	if err := s.Cells(sheet.Cell{}); err != nil {
		return err
	}
	if err := s.Cells(head...); err != nil {
		return err
	}
	for i, row := range v.rows["tie"].rows {
		cells := []sheet.Cell{{Value: row[0].String()}}
		for _, c := range r.Columns[1:] {
			x := v.tied(c.Key, i)
			cells = append(cells, sheet.Cell{Value: x.value.String(), Type: slip.TypeAmount, Formula: x.formula})
		}
		if err := s.Cells(cells...); err != nil {
			return err
		}
	}
	return nil
}
