package binder

import (
	"cmp"
	"slices"
	"strconv"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports"
	"zhanggui/reports/sheet"
)

// What an owner sees at a glance stands as charts below the statements they are drawn of, with their figures: how the months went, and which
// customers and products earned most.

// trendMonths is how many months a chart goes back.
const trendMonths = 12

// leaders is how many customers and products a chart names.
const leaders = 10

// charts draws them when all sheets are bound.
func (v *volume) charts() error {
	if err := v.trend(); err != nil {
		return err
	}
	if err := v.best("by customer", text.T("毛利最多的客户", "Customers by gross profit")); err != nil {
		return err
	}
	return v.best("by product", text.T("毛利最多的商品", "Products by gross profit"))
}

// chartRows writes the figures of a chart under heads, behind an empty row, and says where the first of them stands.
func (v *volume) chartRows(s *sheet.Sheet, heads []text.Text, rows [][]sheet.Cell) (first int, err error) {
	line := []sheet.Cell{}
	for i, h := range heads {
		c := sheet.Cell{Value: h.In(v.lang), Bold: true}
		if i > 1 {
			c.Look.Align = "right"
		}
		line = append(line, c)
	}
	for _, cells := range append([][]sheet.Cell{{}, line}, rows...) {
		if err := s.Cells(cells...); err != nil {
			return 0, err
		}
	}
	return s.Line() - len(rows) + 1, nil
}

// trend is sales, cost and operating profit month by month, below the income statement.
func (v *volume) trend() error {
	s := v.sheets["income"]
	from := v.month
	for i := 1; i < trendMonths && from > v.b.Settings().Start; i++ {
		from = from.Prev()
	}
	var rows [][]sheet.Cell
	for m := from; m <= v.month; m = m.Next() {
		lines, err := reports.IncomeStatement.Run(v.b, reports.Params{From: m.First(), To: m.Last()})
		if err != nil {
			return err
		}
		of := func(line int) sheet.Cell {
			for _, r := range lines {
				if r[0].String() == strconv.Itoa(line) {
					return sheet.Cell{Value: r[2].String(), Type: slip.TypeAmount}
				}
			}
			return sheet.Cell{}
		}
		rows = append(rows, []sheet.Cell{{}, {Value: m.String()}, of(1), of(2), of(21)})
	}
	if err := s.Widen(4, 18); err != nil { // no column of the statement's stands there
		return err
	}
	title := text.T("各月收入、成本与利润", "Revenue, cost and profit by month")
	first, err := v.chartRows(s, []text.Text{{}, text.T("月份", "Month"), text.T("营业收入", "Revenue"), text.T("营业成本", "Cost"), text.T("营业利润", "Operating profit")}, rows)
	if err != nil {
		return err
	}
	return s.Chart(sheet.Chart{Title: title.In(v.lang), First: first, Last: s.Line(), Names: 1, Series: []int{2, 3, 4}})
}

// earner is a customer or a product and what it brought in.
type earner struct {
	name        string
	net, profit num.Amount
}

// best is who earned most, below a sheet of gross profit; one that sold nothing has no chart.
func (v *volume) best(name string, title text.Text) error {
	s, list := v.sheets[name], v.rows[name].earners
	slices.SortStableFunc(list, func(a, b earner) int { return cmp.Or(cmp.Compare(b.profit, a.profit), cmp.Compare(a.name, b.name)) })
	if list = list[:min(len(list), leaders)]; len(list) == 0 {
		return nil
	}
	// under the columns of the same figures, which are wide enough for them
	net, profit := v.rows[name].index["net"], v.rows[name].index["profit"]
	var rows [][]sheet.Cell
	for i, e := range list {
		cells := make([]sheet.Cell, profit+1)
		cells[0], cells[1] = sheet.Cell{Value: strconv.Itoa(i + 1), Look: sheet.Look{Align: "center"}}, sheet.Cell{Value: cmp.Or(e.name, text.T("未记名", "unnamed").In(v.lang))}
		cells[net], cells[profit] = sheet.Cell{Value: e.net.String(), Type: slip.TypeAmount}, sheet.Cell{Value: e.profit.String(), Type: slip.TypeAmount}
		rows = append(rows, cells)
	}
	heads := make([]text.Text, profit+1)
	heads[1], heads[net], heads[profit] = text.T("名称", "Name"), text.T("金额", "Net"), text.T("毛利", "Profit")
	if err := s.Break(); err != nil {
		return err
	}
	first, err := v.chartRows(s, heads, rows)
	if err != nil {
		return err
	}
	return s.Chart(sheet.Chart{Title: title.In(v.lang), First: first, Last: s.Line(), Names: 1, Series: []int{net, profit}, Lying: true})
}
