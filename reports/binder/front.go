package binder

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"zhanggui/data/chart"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports"
	"zhanggui/reports/sheet"
)

// The cover stands on a grid of eleven columns, 177 mm wide, so that five tables of different columns share it: cells go over several.
var grid = []float64{9, 36, 14, 14, 14, 3, 11, 28, 16, 14, 18}

// front writes the cover: what the books are, their control totals, trade and tax, contents, reconciliation and hands.
type front struct {
	*volume
	s *sheet.Sheet
}

func (v *volume) cover(s *sheet.Sheet) error {
	f := &front{v, s}
	for _, part := range []func() error{f.title, f.controlTable, f.trade, f.contents, f.ties, f.reconciled, f.hands} {
		if err := part(); err != nil {
			return err
		}
	}
	return s.Close(nil)
}

func (f *front) say(t text.Text) string { return t.In(f.lang) }

// head is the heading of a part behind an empty row, and the heads of its columns with their spans.
func (f *front) head(title text.Text, spans []int, heads ...text.Text) error {
	if err := f.s.Cells(sheet.Cell{}); err != nil {
		return err
	}
	if err := f.s.Cells(sheet.Cell{Value: f.say(title), Bold: true, Look: sheet.Look{Size: 12}}); err != nil {
		return err
	}
	if len(heads) == 0 {
		return nil
	}
	cells := make([]sheet.Cell, len(heads))
	for i, h := range heads {
		cells[i] = sheet.Cell{Value: f.say(h), Bold: true, Span: spans[i], Look: sheet.Look{Head: true, Align: "center"}}
	}
	return f.s.Cells(cells...)
}

func boxed(span int, value string) sheet.Cell {
	return sheet.Cell{Value: value, Span: span, Look: sheet.Look{Box: true}}
}

func figure(span int, x side) sheet.Cell {
	return sheet.Cell{Value: x.value.String(), Type: slip.TypeAmount, Formula: x.formula, Span: span, Look: sheet.Look{Box: true}}
}

// verdict is a word that a formula gives: yes where a difference is nought.
func verdict(span int, difference side, yes, no string) sheet.Cell {
	word := yes
	if difference.value != 0 {
		word = no
	}
	return sheet.Cell{Value: word, Formula: `IF(ROUND(` + cmp.Or(difference.formula, "0") + `,2)=0,"` + yes + `","` + no + `")`, Span: span, Look: sheet.Look{Box: true, Align: "center"}}
}

// less is the difference of two sides.
func less(a, b side) side {
	return side{"(" + cmp.Or(a.formula, "0") + ")-(" + cmp.Or(b.formula, "0") + ")", a.value - b.value}
}

func (f *front) title() error {
	set := f.b.Settings()
	status := text.T("未结账", "not closed")
	if set.Closed >= f.month.Last() {
		status = text.T("已结账", "closed")
	}
	costing := text.T(set.Costing, set.Costing)
	for _, c := range workflow.Costings {
		if c.Value == set.Costing {
			costing = c.Label
		}
	}
	payer := text.T("一般纳税人", "general taxpayer")
	if set.Taxpayer == "small" {
		payer = text.T("小规模纳税人", "small-scale taxpayer")
	}
	y, m := int(f.month)/100, int(f.month)%100
	line := text.Tf("期间 %s 至 %s · 状态 %s · 成本 %s · %s · 单位 元", "From %s to %s · %s · costing %s · %s · CNY", f.month.First(), f.month.Last(), status, costing, payer)
	end, _, err := f.b.File().LogEnd()
	if err != nil {
		return err
	}
	for _, c := range []sheet.Cell{
		{Value: set.Company, Bold: true, Look: sheet.Look{Size: 18}},
		{Value: text.T(fmt.Sprintf("月度账册  %d年%d月", y, m), "Month's books  "+f.month.String()).In(f.lang), Bold: true, Look: sheet.Look{Size: 16}},
		{Value: f.say(line)},
		{Value: f.say(end.Line())},
	} {
		if err := f.s.Cells(c); err != nil {
			return err
		}
	}
	return nil
}

// controlTable shows how each kind of what the company has and owes came from the month's beginning to its end, and that the ledgers behind the
// accounts say the same.
func (f *front) controlTable() error {
	spans := []int{2, 2, 3, 1, 2, 1}
	err := f.head(text.T("一、控制数", "1 Control totals"), spans, text.T("项目", "Item"), text.T("期初", "Opening"), text.T("本期增加", "Increase"), text.T("本期减少", "Decrease"),
		text.T("期末", "Closing"), text.T("核对", "Agrees"))
	if err != nil {
		return err
	}
	stock, cash := f.accountsOf(master.Categories.Code, "stock_account", chart.Goods), f.cashAccounts()
	cashMoved := f.total("cash", "in").and(f.total("cash", "out"), "-")
	for _, r := range []struct {
		what     text.Text
		owed     bool // it stands on the credit side
		ledger   side
		accounts []string
	}{
		{text.T("库存商品 1405", "Stock 1405"), false, f.total("stock", "value"), stock},
		{text.T("应收账款 1122", "Receivables 1122"), false, f.total("receivables", "balance"), []string{chart.Receivables}},
		{text.T("预付账款 1123", "Prepayments 1123"), false, f.total("payables", "prepaid"), []string{chart.Prepayments}},
		{text.T("应付账款 2202", "Payables 2202"), true, f.total("payables", "balance"), []string{chart.Payables}},
		{text.T("预收账款 2203", "Advances 2203"), true, f.total("receivables", "advance"), []string{chart.Advances}},
		{text.T("现金银行 1001+1002", "Cash and bank 1001+1002"), false, side{}, cash},
	} {
		opening, closing := f.account("opening_", r.accounts...), f.account("closing_", r.accounts...)
		more, lessened := f.turned("debit", r.accounts...), f.turned("credit", r.accounts...)
		if r.owed {
			opening, closing, more, lessened = opening.negated(), closing.negated(), lessened, more
		}
		if r.ledger.formula == "" && r.accounts[0] == cash[0] { // the cash book says what moved
			r.ledger = opening.and(cashMoved, "+")
		}
		if err := f.s.Cells(boxed(spans[0], f.say(r.what)), figure(spans[1], opening), figure(spans[2], more), figure(spans[3], lessened), figure(spans[4], closing),
			verdict(spans[5], less(closing, r.ledger), f.say(text.T("相符", "yes")), f.say(text.T("不符", "no")))); err != nil {
			return err
		}
	}
	return nil
}

// trade compares the month with the one before.
func (f *front) trade() error {
	spans := []int{2, 2, 3, 1, 3}
	err := f.head(text.T("二、经营与税", "2 Trade and tax"), spans, text.T("项目", "Item"), text.T("本月", "This month"), text.T("上月", "Last month"), text.T("增减", "Change"), text.T("来源工作表", "From sheets"))
	if err != nil {
		return err
	}
	before, err := f.vatBefore()
	if err != nil {
		return err
	}
	both := func(numbers ...string) (out [2]side) {
		for i, column := range []string{"amount", "previous"} {
			for _, n := range numbers {
				out[i] = out[i].and(f.earned(column, n), "+")
			}
		}
		return out
	}
	sales, cost, expenses := both("1"), both("2"), both("11", "14", "18")
	tax := func(column string) [2]side { return [2]side{f.total("vat", column), {value: before[column]}} }
	income := f.sheets["income"].Name()
	for _, r := range []struct {
		what text.Text
		v    [2]side
		from []string
	}{
		{text.T("销售收入（不含税）", "Sales before tax"), sales, []string{"sales", "income"}},
		{text.T("销售成本", "Cost of sales"), cost, []string{"movement", "income"}},
		{text.T("毛利", "Gross profit"), [2]side{less(sales[0], cost[0]), less(sales[1], cost[1])}, []string{"by product", "by customer"}},
		{text.T("期间费用", "Expenses"), expenses, []string{"income"}},
		{text.T("销项税额", "Output tax"), tax("output_tax"), []string{"vat"}},
		{text.T("进项税额", "Input tax"), tax("input_tax"), []string{"vat"}},
		{text.T("应交增值税", "VAT payable"), tax("payable"), []string{"vat"}},
	} {
		from := ""
		for _, name := range r.from {
			if from != "" {
				from += " · "
			}
			from += f.sheets[name].Name()
		}
		source := boxed(spans[4], from)
		source.Link = cmp.Or(f.sheets[r.from[0]].Name(), income)
		change := boxed(spans[3], grown(r.v[0].value, r.v[1].value))
		change.Look.Align = "right"
		if err := f.s.Cells(boxed(spans[0], f.say(r.what)), figure(spans[1], r.v[0]), figure(spans[2], r.v[1]), change, source); err != nil {
			return err
		}
	}
	return nil
}

// vatBefore are the totals of VAT of the month before; a book's first month has none before it.
func (f *front) vatBefore() (map[string]num.Amount, error) {
	out := map[string]num.Amount{}
	m := f.month.Prev()
	if m < f.b.Settings().Start {
		return out, nil
	}
	rows, err := reports.VAT.Run(f.b, reports.Params{From: m.First(), To: m.Last()})
	for _, row := range rows {
		for i, c := range reports.VAT.Columns {
			out[c.Key] += read(row[i])
		}
	}
	return out, err
}

// grown is how much a figure is more than another, in per cent to a tenth; from nothing there is no measure.
func grown(now, before num.Amount) string {
	if before <= 0 {
		return "—"
	}
	tenths, err := num.MulDiv(int64(now-before), 1000, int64(before))
	if err != nil {
		return "—"
	}
	sign := "+"
	if tenths < 0 {
		sign, tenths = "-", -tenths
	}
	return sign + strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10) + "%"
}

// marks are the control totals that the contents name.
var marks = map[string]string{"purchases": "gross", "sales": "gross", "movement": "closing_value", "stock": "value", "receivables": "balance", "payables": "balance",
	"journal": "debit", "trial": "debit", "vat": "payable", "by product": "profit", "by customer": "profit"}

// contents are the sheets in two halves side by side, each name a link.
func (f *front) contents() error {
	title := []text.Text{text.T("表", "No."), text.T("名称", "Name"), text.T("行数", "Rows"), text.T("控制数", "Control total")}
	spans := []int{1, 1, 1, 2}
	if err := f.head(text.T("三、目录（点名称即到）", "3 Contents (click a name)"), nil); err != nil {
		return err
	}
	head := func(spans []int) (cells []sheet.Cell) {
		for i, t := range title {
			cells = append(cells, sheet.Cell{Value: f.say(t), Bold: true, Span: spans[i], Look: sheet.Look{Head: true, Align: "center"}})
		}
		return cells
	}
	other := []int{1, 1, 1, 2}
	gap := sheet.Cell{}
	if err := f.s.Cells(slices.Concat(head(spans), []sheet.Cell{gap}, head(other))...); err != nil {
		return err
	}
	entries := []leaf{{name: ""}}
	entries = append(entries, leaves...)
	half := (len(entries) + 1) / 2
	for i := range half {
		cells := append(f.entry(i, entries[i]), gap)
		if i+half < len(entries) {
			cells = append(cells, f.entry(i+half, entries[i+half])...)
		}
		if err := f.s.Cells(cells...); err != nil {
			return err
		}
	}
	return nil
}

// entry is one sheet of the contents.
func (f *front) entry(i int, l leaf) []sheet.Cell {
	number := sheet.Cell{Value: fmt.Sprintf("%02d", i+1), Look: sheet.Look{Box: true, Align: "center"}}
	if l.name == "" {
		return []sheet.Cell{number, boxed(1, f.s.Name()), {Value: "—", Look: sheet.Look{Box: true, Align: "right"}}, boxed(2, "")}
	}
	name := boxed(1, f.sheets[l.name].Name())
	name.Link, name.Look.Blue = name.Value, true
	rows := sheet.Cell{Value: strconv.Itoa(f.rows[l.name].count), Type: slip.TypeInt, Look: sheet.Look{Box: true}}
	total := boxed(2, "")
	if column := marks[l.name]; column != "" {
		if _, ok := f.rows[l.name].total[column]; ok {
			total = figure(2, f.total(l.name, column))
		}
	}
	return []sheet.Cell{number, name, rows, total}
}

// ties are the controls: both sides, their difference, red unless it is nought, and the verdict.
func (f *front) ties() error {
	spans := []int{4, 3, 1, 2, 1}
	err := f.head(text.T("四、核对（改动任何单元格或合计不符时变红）", "4 Ties (red when a cell was changed or totals differ)"), spans, text.T("核对项", "Tie"), text.T("一方", "One side"),
		text.T("另一方", "Other side"), text.T("差额", "Difference"), text.T("结果", "Result"))
	if err != nil {
		return err
	}
	list, err := f.controls()
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := f.tie(spans, c); err != nil {
			return err
		}
	}
	return nil
}

func (f *front) tie(spans []int, c control) error {
	d := figure(spans[3], less(c.left, c.right))
	d.Look.Watch = true
	return f.s.Cells(boxed(spans[0], f.say(c.what)), figure(spans[1], c.left), figure(spans[2], c.right), d, verdict(spans[4], side{f.s.Next(8), c.left.value - c.right.value}, "√", "×"))
}

// reconciled writes in words how what was sold and bought leads over to the accounts (7.3.3).
func (f *front) reconciled() error {
	spans := []int{4, 3, 1, 2}
	r := reports.Reconciliation
	heads := []text.Text{text.T("项目", "Item")}
	for _, c := range r.Columns[1:] {
		heads = append(heads, c.Title)
	}
	if err := f.head(text.T("五、"+r.Title.Zh, "5 "+r.Title.En), spans, heads...); err != nil {
		return err
	}
	for i, row := range f.rows["tie"].rows {
		cells := []sheet.Cell{boxed(spans[0], row[0].String())}
		for k, c := range r.Columns[1:] {
			cells = append(cells, figure(spans[k+1], f.tied(c.Key, i)))
		}
		if err := f.s.Cells(cells...); err != nil {
			return err
		}
	}
	return nil
}

// hands are who made the books, and lines for who checks and answers for them.
func (f *front) hands() error {
	if err := f.s.Cells(sheet.Cell{}); err != nil {
		return err
	}
	line := sheet.Look{Line: true}
	return f.s.Cells(sheet.Cell{Value: f.say(text.T("制表：", "Made by: ")) + text.Person(f.b.User, f.b.Users(), f.lang), Span: 3}, sheet.Cell{Value: f.say(text.T("复核：", "Checked by:")), Span: 2},
		sheet.Cell{Look: line, Span: 3}, sheet.Cell{Value: f.say(text.T("负责人：", "In charge:"))}, sheet.Cell{Look: line, Span: 2})
}
