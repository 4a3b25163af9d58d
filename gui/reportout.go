package gui

import (
	"cmp"
	"context"
	"slices"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/gui/kit"
	"zhanggui/reports"
	"zhanggui/reports/print"
)

// drawChart draws the column under the cursor as bars: in the table's order while they fit, otherwise the greatest and the rest.
func (v *reportScreen) drawChart() {
	if !v.chart || v.table == nil {
		return
	}
	at := v.chartColumn()
	if at < 0 {
		v.bars.set(v.s.tr("这张表没有可画的数", "This report has no figures to draw"), nil)
		return
	}
	c := v.r.Columns[at]
	list := make([]bar, len(v.order))
	for i, n := range v.order {
		list[i] = bar{name: v.barName(n), figure: c.Shown(v.s.lang, v.rows[n][at]), size: magnitude(c, v.rows[n][at]), lit: i == v.table.Row()}
	}
	title := v.head(at)
	if room := v.bars.room(); len(list) > room {
		slices.SortStableFunc(list, func(a, b bar) int { return cmp.Compare(b.size, a.size) })
		if rest := list[room-1:]; c.Total {
			list = append(list[:room-1:room-1], v.restBar(at, rest))
		}
		title += v.s.tr(" · 最大的 %d 个", " · the greatest %d", room-1)
	}
	v.bars.set(title, list)
}

// restBar sums up what does not fit; it has no length, or all others would vanish beside it.
func (v *reportScreen) restBar(at int, rest []bar) bar {
	c := v.r.Columns[at]
	var sum int64
	for _, x := range rest {
		sum += x.size
	}
	val := num.Amount(sum).String()
	if c.Type == slip.TypeQuantity {
		val = num.Quantity(sum).String()
	}
	return bar{name: v.s.tr("其余 %d 个", "%d {other|others}", len(rest)), figure: c.Shown(v.s.lang, val)}
}

// chartColumn is the column under the cursor if it has figures, else the first amount of the report.
func (v *reportScreen) chartColumn() int {
	if col := v.table.Col(); col > 0 && col < len(v.cols) && figures(v.r.Columns[v.cols[col].at]) {
		return v.cols[col].at
	}
	for _, t := range []slip.Type{slip.TypeAmount, slip.TypeQuantity} {
		for i, c := range v.r.Columns {
			if c.Type == t {
				return i
			}
		}
	}
	return -1
}

func (v *reportScreen) barName(row int) string {
	for _, key := range []string{"name", "key", "month", "number", "party", "product", "account", "date"} {
		if i := v.r.Index(key); i >= 0 && v.rows[row][i] != "" {
			return v.rows[row][i]
		}
	}
	return ""
}

// export writes the rows in sight, in their order, to a file: figures and days as real ones, kinds and statuses in words.
func (v *reportScreen) export(endings ...string) {
	t, rows := v.asTable()
	v.s.saveFile(v.s.tr("导出 %s", "Export %s", v.r.Title), v.proposed(), endings, func(path string) {
		v.s.Write(v.s.tr("导出 %s", "exporting %s", v.r.Title), func(context.Context) error { return writeTable(path, t, rows) }, v.saved(path))
	})
}

// saved says where a file lies.
func (v *reportScreen) saved(path string) func(error) {
	return func(err error) {
		if err != nil {
			v.s.Fail(err)
			return
		}
		v.s.Say(kit.Hint, v.s.tr("已保存 %s", "saved %s", path))
	}
}

// proposed is a name for the file: title, what it is about, its days.
func (v *reportScreen) proposed() string {
	name := v.s.T(v.Title())
	for _, d := range []string{v.p.From.String(), v.p.To.String(), v.p.AsOf.String()} {
		if d != "" {
			name += " " + d
		}
	}
	return name
}

// asTable is what is shown as a file takes it: its columns, and the rows in sight with kinds and statuses in words.
func (v *reportScreen) asTable() (table, [][]string) {
	t := table{title: v.s.T(v.Title())}
	rows := make([][]string, len(v.order))
	for i, c := range v.r.Columns {
		if !c.Seen(v.p) {
			continue
		}
		t.columns = append(t.columns, column{v.head(i), c.Type, c.Total})
		if len(v.order) > 0 {
			t.totals = append(t.totals, v.totals[i])
		}
		for n, at := range v.order {
			val := v.rows[at][i]
			if c.Type == slip.TypeText {
				val = c.Shown(v.s.lang, val)
			}
			rows[n] = append(rows[n], val)
		}
	}
	return t, rows
}

// print shows the report on paper, with the rows in sight.
func (v *reportScreen) print() {
	rows, p, b, r := v.picked(), v.p, v.s.Book, v.r
	if r == reports.PartyStatement { // what a party is sent, with ageing and a slip to sign
		v.s.previewPDF(v.Title(), "reports", func(o print.Options) ([]byte, error) {
			return print.Statement(b, p.Party, p.From, p.To, p.By == "lines", o.Lang)
		})
		return
	}
	v.s.previewPDF(v.Title(), "reports", func(o print.Options) ([]byte, error) { return print.Report(b, r, p, rows, o.Lang) })
}
