package reportview

import (
	"cmp"
	"slices"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports"
	"zhanggui/reports/print"
)

// drawChart draws the column under the cursor as bars: in the table's order while they fit, otherwise the greatest and the rest.
func (v *ReportScreen) drawChart() {
	if !v.Chart || v.Table == nil {
		return
	}
	at := v.chartColumn()
	if at < 0 {
		v.Bars.Set(v.s.Tr("这张表没有可画的数", "This report has no figures to draw"), nil)
		return
	}
	c := v.R.Columns[at]
	list := make([]parts.Bar, len(v.Order))
	for i, n := range v.Order {
		list[i] = parts.Bar{Name: v.barName(n), Figure: c.Shown(v.s.Lang(), v.Rows[n][at]), Size: reports.Scaled(v.Rows[n][at]), Lit: i == v.Table.Row()}
	}
	title := v.head(at)
	if room := v.Bars.Room(); len(list) > room {
		slices.SortStableFunc(list, func(a, b parts.Bar) int { return cmp.Compare(b.Size, a.Size) })
		if rest := list[room-1:]; c.Total {
			list = append(list[:room-1:room-1], v.restBar(at, rest))
		}
		title += v.s.Tr(" · 最大的 %d 个", " · the greatest %d", room-1)
	}
	v.Bars.Set(title, list)
}

// restBar sums up what does not fit; it has no length, or all others would vanish beside it.
func (v *ReportScreen) restBar(at int, rest []parts.Bar) parts.Bar {
	c := v.R.Columns[at]
	var sum int64
	for _, x := range rest {
		sum += x.Size
	}
	var val reports.Cell = num.Amount(sum)
	if c.Type == slip.TypeQuantity {
		val = num.Quantity(sum)
	}
	return parts.Bar{Name: v.s.Tr("其余 %d 个", "%d {other|others}", len(rest)), Figure: c.Shown(v.s.Lang(), val)}
}

// chartColumn is the column under the cursor if it has figures, else the first amount of the report.
func (v *ReportScreen) chartColumn() int {
	if col := v.Table.Col(); col > 0 && col < len(v.Cols) && figures(v.R.Columns[v.Cols[col].at]) {
		return v.Cols[col].at
	}
	for _, t := range []slip.Type{slip.TypeAmount, slip.TypeQuantity} {
		for i, c := range v.R.Columns {
			if c.Type == t {
				return i
			}
		}
	}
	return -1
}

func (v *ReportScreen) barName(row int) string {
	for _, key := range []string{"name", "key", "month", "number", "party", "product", "account", "date"} {
		if i := v.R.Index(key); i >= 0 && v.Rows[row][i].String() != "" {
			return v.Rows[row][i].String()
		}
	}
	return ""
}

// export writes the rows in sight, in their order, to a file: figures and days as real ones, kinds and statuses in words.
func (v *ReportScreen) export(endings ...string) {
	t, rows := v.AsTable()
	parts.SaveFile(v.s, v.s.Tr("导出 %s", "Export %s", v.R.Title), v.proposed(), endings, func(path string) {
		v.s.Write(v.s.Tr("导出 %s", "exporting %s", v.R.Title), func() error {
			if err := parts.WriteTable(path, t, rows); err != nil {
				return err
			}
			return v.s.Book().Exported(v.R.Name, path, len(rows))
		}, v.saved(path))
	})
}

// saved says where a file lies.
func (v *ReportScreen) saved(path string) func(error) {
	return func(err error) {
		if err != nil {
			v.s.Fail(err)
			return
		}
		v.s.Say(kit.Hint, v.s.Tr("已保存 %s", "saved %s", path))
	}
}

// proposed is a name for the file: title, what it is about, its days.
func (v *ReportScreen) proposed() string {
	name := v.s.T(v.Title())
	for _, d := range []string{v.P.From.String(), v.P.To.String(), v.P.AsOf.String()} {
		if d != "" {
			name += " " + d
		}
	}
	return name
}

// AsTable is what is shown as a file takes it: its columns, and the rows in sight with kinds and statuses in words.
func (v *ReportScreen) AsTable() (parts.Table, [][]string) {
	t := parts.Table{Title: v.s.T(v.Title())}
	rows := make([][]string, len(v.Order))
	for i, c := range v.R.Columns {
		if !c.Seen(v.P) {
			continue
		}
		t.Columns = append(t.Columns, parts.Column{Title: v.head(i), Type: c.Type, Total: c.Total})
		if len(v.Order) > 0 {
			t.Totals = append(t.Totals, v.totals[i].String())
		}
		for n, at := range v.Order {
			rows[n] = append(rows[n], c.Text(v.s.Lang(), v.Rows[at][i]))
		}
	}
	return t, rows
}

// Print shows the report on paper, with the rows in sight.
func (v *ReportScreen) Print() {
	rows, p, b, r := v.picked(), v.P, v.s.Book(), v.R
	if v.of == reports.PartyStatement { // what a party is sent, with ageing and a slip to sign
		paper := host.PlainPaper(v.Title(), "reports", func(b *workflow.Book, o print.Options) ([]byte, error) {
			return print.Statement(b, p.Party, p.From, p.To, p.By == "lines", o.Lang)
		})
		paper.Options.Lang = print.StatementLang(b, p.Party)
		v.s.ShowPaper(paper)
		return
	}
	v.s.ShowPaper(host.PlainPaper(v.Title(), "reports", func(b *workflow.Book, o print.Options) ([]byte, error) { return print.Report(b, r, p, rows, o.Lang) }))
}
