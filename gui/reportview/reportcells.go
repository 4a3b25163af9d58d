package reportview

import (
	"cmp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports"
)

// reportColumn is a column of the table; at is its place in the report's rows, -1 the row number.
type reportColumn struct {
	Key string
	at  int
}

// band is the common head of a column and its word under it; no head for a column that stands alone.
func band(cols []reports.Column, i int) (head, under text.Text) {
	of := func(i int) text.Text {
		if i < 0 || i >= len(cols) {
			return text.Text{}
		}
		return cols[i].Head
	}
	if h := of(i); !h.Empty() && (h == of(i-1) || h == of(i+1)) {
		return h, cols[i].Under
	}
	return text.Text{}, text.Text{}
}

// layColumns sets the table's columns: heads, widths after what is in them, the order that is chosen.
func (v *ReportScreen) layColumns() {
	v.Cols = v.chosen()
	v.addUp()
	cols := []kit.Column{{Key: "#", Title: "#", Width: 34, Align: fyne.TextAlignCenter}}
	m := v.Table.Metrics
	grow := v.growing()
	for n, col := range v.Cols[1:] {
		i := col.at
		c := v.R.Columns[i]
		head, under := band(v.R.Columns, i)
		k := kit.Column{Key: c.Key, Title: v.head(i), Band: v.s.T(head)}
		if !head.Empty() {
			k.Title = v.s.T(under)
		}
		if figures(c) {
			k.Align = fyne.TextAlignTrailing
		}
		if v.sort == i {
			k.Sort = 1
			if v.down {
				k.Sort = -1
			}
		}
		k.Width = v.width(i, n+1, k.Title, m)
		k.Grow = i == grow
		cols = append(cols, k)
	}
	v.Table.Columns = cols
	v.Table.Frozen = v.frozen()
	v.s.Widths("report/"+v.R.Name+"/"+v.P.By, v.Table)
	if v.words == "" {
		v.Table.Empty = v.s.Tr("没有数据", "Nothing to show")
	} else {
		v.Table.Empty = v.s.Tr("没有含“%s”的行，Esc 清除", "No row holds \"%s\"; Esc clears", v.words)
	}
	if v.missing() != nil || v.State == reading || v.State == notRead {
		v.Table.Empty = ""
	}
}

// chosen are the columns in sight: those that say something, but not a name that says the same as the key.
func (v *ReportScreen) chosen() []reportColumn {
	list := []reportColumn{{"#", -1}}
	for i, c := range v.R.Columns {
		if c.Seen(v.P) && (c.Key != "name" || v.R.Index("key") < 0 || !v.R.Bare(v.P)) {
			list = append(list, reportColumn{c.Key, i})
		}
	}
	return list
}

// head is a column's title; the key of a summary is named by what it is.
func (v *ReportScreen) head(i int) string {
	if c := v.R.Columns[i]; c.Key != "key" || len(v.R.By) == 0 {
		return v.s.T(c.Title)
	}
	return v.s.T(v.R.Word(v.P.By))
}

// growing is the column that takes the room left: the longest words.
func (v *ReportScreen) growing() int {
	if v.R.Bare(v.P) {
		return v.R.Index("key")
	}
	grow := 0
	for i, c := range v.R.Columns {
		if c.Grow > v.R.Columns[grow].Grow {
			grow = i
		}
	}
	return grow
}

// frozen are the row number and the words before the first figure, three at most.
func (v *ReportScreen) frozen() int {
	n := 1
	for n < len(v.Cols) && n < 3 && !figures(v.R.Columns[v.Cols[n].at]) {
		n++
	}
	return n
}

const mostMeasured = 300

func (v *ReportScreen) width(i, col int, title string, m kit.Metrics) float32 {
	w := kit.Width(title, m.Caption, false) + 14
	c := v.R.Columns[i]
	for _, line := range v.Lines {
		w = max(w, kit.Width(line[col].Text, m.Text, true))
	}
	w = max(w, kit.Width(v.longest(i), m.Text, false))
	least := map[bool]float32{true: 76, false: 56}[figures(c)]
	if c.Type == slip.TypeAmount {
		least = 96
	}
	return min(max(w+16, least), 260)
}

// longest is the value of a column that will be the widest, by a guess: measuring them all takes longer than drawing.
func (v *ReportScreen) longest(i int) (widest string) {
	most := 0
	for _, row := range v.Order[:min(len(v.Order), mostMeasured)] {
		s := v.shown(row, i)
		n := len(s)
		for _, r := range s {
			switch {
			case r >= 0x2E80:
				n-- // three bytes, but two figures wide
			case strings.ContainsRune(" ,.-ijl", r):
				n--
			}
		}
		if n > most {
			widest, most = s, n
		}
	}
	return widest
}

func figures(c reports.Column) bool { return slip.Field{Type: c.Type}.Numeric() }

// shown is a value of a row as the window shows it: nothing for zero.
func (v *ReportScreen) shown(row, i int) string {
	c, val := v.R.Columns[i], v.Rows[row][i]
	if figures(c) && !c.Zero && reports.Nothing(val) {
		return ""
	}
	if name := v.R.Named(v.s.Book(), v.s.Lang(), v.P.By, i, val.String()); name != "" {
		return val.String() + " " + name
	}
	says := v.R.NameOf(v.s.Book(), v.s.Lang(), v.P.By, i, v.Rows[row])
	if says == "" {
		says = c.Shown(v.s.Lang(), val)
	}
	return v.R.Indent(i, v.Rows[row]) + says
}

func (v *ReportScreen) CellAt(row, col int) kit.Cell {
	at := v.Cols[col].at
	if at < 0 {
		return kit.Cell{Text: strconv.Itoa(row + 1), Shade: kit.Ink3}
	}
	c := kit.Cell{Text: v.shown(v.Order[row], at)}
	switch key := v.Cols[col].Key; {
	case v.State == Failed:
		c.Shade = kit.Ink3
	case key == "status":
		c.Mark = parts.StatusMark(slip.Status(v.Rows[v.Order[row]][at].String()))
	case key == "number":
		c.Link = true
		if c.Text == kinds.OpeningNumber {
			c.Text = v.s.Tr("期初", "Opening")
		}
	}
	return c
}

// addUp makes the lines of totals: of the rows found, and of all where that is less. The table asks for them at every stroke.
func (v *ReportScreen) addUp() {
	v.totals, v.Lines = nil, nil
	if len(v.Rows) == 0 {
		return
	}
	v.totals = v.R.Totals(v.picked())
	all := v.totals
	if len(v.Order) < len(v.Rows) {
		all = v.R.Totals(v.Rows)
		v.Lines = append(v.Lines, v.totalLine(v.s.Tr("所找", "Found"), v.s.Tr("%d 行", "%d {row|rows}", len(v.Order)), v.totals))
	}
	v.Lines = append(v.Lines, v.totalLine(v.s.Tr("合计", "Total"), v.s.Tr("%d 行", "%d {row|rows}", len(v.Rows)), all))
}

func (v *ReportScreen) totalLine(word, count string, totals reports.Row) []kit.Cell {
	line := make([]kit.Cell, len(v.Cols))
	free := []string{word, count}
	if len(v.Cols) > 2 && figures(v.R.Columns[v.Cols[2].at]) {
		free = []string{word + " " + count}
	}
	for n, c := range v.Cols {
		switch {
		case c.at < 0:
		case totals[c.at] != reports.None:
			line[n].Text = v.R.Columns[c.at].Shown(v.s.Lang(), totals[c.at])
		case len(free) > 0 && !figures(v.R.Columns[c.at]):
			line[n].Text, free = free[0], free[1:]
		}
	}
	return line
}

// compareValues orders two values of a column.
func compareValues(c reports.Column, a, b reports.Cell) int {
	if !figures(c) {
		return strings.Compare(a.String(), b.String())
	}
	return cmp.Compare(reports.Scaled(a), reports.Scaled(b))
}

// SortBy orders by a column of the table: rising, falling, as the report gave it. Figures begin with the greatest.
func (v *ReportScreen) SortBy(col int) {
	if col < 0 || col >= len(v.Cols) {
		return
	}
	at := v.Cols[col].at
	down := at >= 0 && figures(v.R.Columns[at])
	switch {
	case at < 0:
		v.sort = -1
	case v.sort != at:
		v.sort, v.down = at, down
	case v.down == down:
		v.down = !down
	default:
		v.sort = -1
	}
	v.arrange()
}

// cellWords say what stands under the cursor: 自攻螺丝 · 本期发出 金额 7,722.58.
func (v *ReportScreen) cellWords(row, col int) string {
	if col <= 0 || col >= len(v.Cols) {
		return ""
	}
	at := v.Cols[col].at
	name := ""
	for _, key := range []string{"name", "key", "number", "product", "party", "account", "month"} {
		if i := v.R.Index(key); i >= 0 && v.Rows[v.Order[row]][i].String() != "" {
			name = cmp.Or(v.R.NameOf(v.s.Book(), v.s.Lang(), v.P.By, i, v.Rows[v.Order[row]]), v.Rows[v.Order[row]][i].String())
			break
		}
	}
	val := cmp.Or(v.R.NameOf(v.s.Book(), v.s.Lang(), v.P.By, at, v.Rows[v.Order[row]]), v.R.Columns[at].Shown(v.s.Lang(), v.Rows[v.Order[row]][at]))
	switch {
	case val == name || val == "":
		return name
	case name != "":
		name += " · "
	}
	return name + v.s.T(v.R.Columns[at].Title) + " " + val
}

// equation proves the totals: opening + in − out = closing, or debit = credit.
func (v *ReportScreen) equation() string {
	if v.totals == nil {
		return ""
	}
	get := func(key string) string {
		if i := v.R.Index(key); i >= 0 && v.R.Columns[i].Total {
			return v.R.Columns[i].Shown(v.s.Lang(), v.totals[i])
		}
		return ""
	}
	if o, in, out, c := get("opening_value"), get("in_value"), get("out_value"), get("closing_value"); o != "" && in != "" && out != "" && c != "" {
		return v.s.Tr("期初 %s + 收入 %s − 发出 %s = 结存 %s", "opening %s + in %s − out %s = closing %s", o, in, out, c)
	}
	if d, c := get("debit"), get("credit"); d != "" && d == c && v.R.Index("account") >= 0 {
		return v.s.Tr("借方 %s = 贷方 %s", "debit %s = credit %s", d, c)
	}
	return ""
}
