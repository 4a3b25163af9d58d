package gui

import (
	"cmp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/reports"
)

// reportColumn is a column of the table; at is its place in the report's rows, -1 the row number.
type reportColumn struct {
	key string
	at  int
}

// bandWords are the common heads of columns whose keys begin alike: opening_qty and opening_value stand under 期初.
var bandWords = map[string]text.Text{"opening": text.T("期初结存", "Opening"), "in": text.T("本期收入", "In"), "out": text.T("本期发出", "Out"),
	"closing": text.T("期末结存", "Closing"), "balance": text.T("结存", "Balance"), "output": text.T("销项", "Output"), "input": text.T("进项", "Input"),
	"period": text.T("本期发生", "Period")}

var underWords = map[string]text.Text{"qty": text.T("数量", "Qty"), "value": text.T("金额", "Value"), "cost": text.T("单价", "Unit cost"),
	"debit": text.T("借方", "Debit"), "credit": text.T("贷方", "Credit"), "net": text.T("金额", "Net"), "tax": text.T("税额", "Tax")}

// band is the common head of a column and its word under it; no head for a column that stands alone.
func band(r *reports.Report, i int) (head, under text.Text) {
	of := func(i int) (string, string) {
		if i < 0 || i >= len(r.Columns) {
			return "", ""
		}
		key := r.Columns[i].Key
		if (key == "debit" || key == "credit") && r.Index("opening_debit") >= 0 {
			return "period", key
		}
		head, under, ok := strings.Cut(key, "_")
		if _, known := bandWords[head]; !ok || !known || underWords[under].Empty() {
			return "", ""
		}
		return head, under
	}
	h, u := of(i)
	before, _ := of(i - 1)
	after, _ := of(i + 1)
	if h == "" || h != before && h != after {
		return text.Text{}, text.Text{}
	}
	return bandWords[h], underWords[u]
}

// layColumns sets the table's columns: heads, widths after what is in them, the order that is chosen.
func (v *reportScreen) layColumns() {
	v.cols = v.chosen()
	v.addUp()
	cols := []kit.Column{{Key: "#", Title: "#", Width: 34, Align: fyne.TextAlignCenter}}
	m := v.table.Metrics
	grow := v.growing()
	for n, col := range v.cols[1:] {
		i := col.at
		c := v.r.Columns[i]
		head, under := band(v.r, i)
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
	v.table.Columns = cols
	v.table.Frozen = v.frozen()
	v.s.prefs.widths("report/"+v.r.Name+"/"+v.p.By, v.table)
	if v.words == "" {
		v.table.Empty = v.s.tr("没有数据", "Nothing to show")
	} else {
		v.table.Empty = v.s.tr("没有含“%s”的行，Esc 清除", "No row holds \"%s\"; Esc clears", v.words)
	}
	if v.missing() != nil || v.state == reading || v.state == notRead {
		v.table.Empty = ""
	}
}

// chosen are the columns in sight: those that say something, but not a name that says the same as the key.
func (v *reportScreen) chosen() []reportColumn {
	list := []reportColumn{{"#", -1}}
	for i, c := range v.r.Columns {
		if c.Seen(v.p) && (c.Key != "name" || v.r.Index("key") < 0 || v.p.By != "month" && v.p.By != "day") {
			list = append(list, reportColumn{c.Key, i})
		}
	}
	return list
}

// head is a column's title; the key of a summary is named by what it is.
func (v *reportScreen) head(i int) string {
	if c := v.r.Columns[i]; c.Key != "key" || len(v.r.By) == 0 {
		return v.s.T(c.Title)
	}
	by := v.p.By
	if by == "" {
		by = v.r.By[0]
	}
	return v.s.T(reports.ByWord(by))
}

// growing is the column that takes the room left: the longest words.
func (v *reportScreen) growing() int {
	if v.p.By == "month" || v.p.By == "day" {
		return v.r.Index("key")
	}
	for _, key := range []string{"summary", "name", "account_name", "remark", "party", "product", "number"} {
		if i := v.r.Index(key); i >= 0 {
			return i
		}
	}
	return 0
}

// frozen are the row number and the words before the first figure, three at most.
func (v *reportScreen) frozen() int {
	n := 1
	for n < len(v.cols) && n < 3 && !figures(v.r.Columns[v.cols[n].at]) {
		n++
	}
	return n
}

const mostMeasured = 300

func (v *reportScreen) width(i, col int, title string, m kit.Metrics) float32 {
	w := kit.Width(title, m.Caption, false) + 14
	c := v.r.Columns[i]
	for _, line := range v.lines {
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
func (v *reportScreen) longest(i int) (widest string) {
	most := 0
	for _, row := range v.order[:min(len(v.order), mostMeasured)] {
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

// keepsZero tells whether a column shows its zeros: balances say something by being nothing, but not those that stand on one
// of two sides.
func keepsZero(key string) bool {
	if strings.HasSuffix(key, "_debit") || strings.HasSuffix(key, "_credit") {
		return false
	}
	return strings.HasPrefix(key, "closing") || strings.HasPrefix(key, "balance") || key == "remaining" || key == "margin" || key == "builds"
}

// shown is a value of a row as the window shows it: nothing for zero.
func (v *reportScreen) shown(row, i int) string {
	c, val := v.r.Columns[i], v.rows[row][i]
	if figures(c) && !keepsZero(c.Key) && zero(val) {
		return ""
	}
	if name := v.named(i, val); name != "" {
		return val + " " + name
	}
	return v.r.Indent(i, v.rows[row]) + c.Shown(v.s.lang, val)
}

// named is the name behind a code, where the report has no column for it.
func (v *reportScreen) named(i int, code string) string {
	if i+1 < len(v.r.Columns) && strings.HasSuffix(v.r.Columns[i+1].Key, "name") {
		return ""
	}
	for _, t := range v.r.Refs(v.r.Columns[i].Key, v.p.By) {
		if r, ok := v.s.Book.Masters().Find(t, code); ok {
			return v.s.name(r)
		}
	}
	return ""
}

func (v *reportScreen) cellAt(row, col int) kit.Cell {
	at := v.cols[col].at
	if at < 0 {
		return kit.Cell{Text: strconv.Itoa(row + 1), Shade: kit.Ink3}
	}
	c := kit.Cell{Text: v.shown(v.order[row], at)}
	switch key := v.cols[col].key; {
	case v.state == failed:
		c.Shade = kit.Ink3
	case key == "status":
		c.Mark = statusMark(slip.Status(v.rows[v.order[row]][at]))
	case key == "number":
		c.Link = true
	}
	return c
}

// addUp makes the lines of totals: of the rows found, and of all where that is less. The table asks for them at every stroke.
func (v *reportScreen) addUp() {
	v.totals, v.lines = nil, nil
	if len(v.rows) == 0 {
		return
	}
	v.totals = v.r.Totals(v.picked())
	all := v.totals
	if len(v.order) < len(v.rows) {
		all = v.r.Totals(v.rows)
		v.lines = append(v.lines, v.totalLine(v.s.tr("所找", "Found"), v.s.tr("%d 行", "%d {row|rows}", len(v.order)), v.totals))
	}
	v.lines = append(v.lines, v.totalLine(v.s.tr("合计", "Total"), v.s.tr("%d 行", "%d {row|rows}", len(v.rows)), all))
}

func (v *reportScreen) totalLine(word, count string, totals []string) []kit.Cell {
	line := make([]kit.Cell, len(v.cols))
	free := []string{word, count}
	if len(v.cols) > 2 && figures(v.r.Columns[v.cols[2].at]) {
		free = []string{word + " " + count}
	}
	for n, c := range v.cols {
		switch {
		case c.at < 0:
		case totals[c.at] != "":
			line[n].Text = v.r.Columns[c.at].Shown(v.s.lang, totals[c.at])
		case len(free) > 0 && !figures(v.r.Columns[c.at]):
			line[n].Text, free = free[0], free[1:]
		}
	}
	return line
}

// compareValues orders two values of a column.
func compareValues(c reports.Column, a, b string) int {
	if !figures(c) {
		return strings.Compare(a, b)
	}
	return cmp.Compare(magnitude(c, a), magnitude(c, b))
}

// magnitude is a figure in the units of its own type: enough to compare the values of one column.
func magnitude(c reports.Column, v string) int64 {
	if v == "" {
		return 0
	}
	switch c.Type {
	case slip.TypeAmount:
		n, _ := num.ParseAmount(v)
		return int64(n)
	case slip.TypeQuantity:
		n, _ := num.ParseQuantity(v)
		return int64(n)
	case slip.TypePrice:
		n, _ := num.ParsePrice(v)
		return int64(n)
	case slip.TypeRate:
		n, _ := num.ParseRate(v)
		return int64(n)
	}
	n, _ := num.ParseQuantity(v)
	return int64(n)
}

// sortBy orders by a column of the table: rising, falling, as the report gave it. Figures begin with the greatest.
func (v *reportScreen) sortBy(col int) {
	if col < 0 || col >= len(v.cols) {
		return
	}
	at := v.cols[col].at
	down := at >= 0 && figures(v.r.Columns[at])
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
func (v *reportScreen) cellWords(row, col int) string {
	if col <= 0 || col >= len(v.cols) {
		return ""
	}
	at := v.cols[col].at
	name := ""
	for _, key := range []string{"name", "key", "number", "product", "party", "account", "month"} {
		if i := v.r.Index(key); i >= 0 && v.rows[v.order[row]][i] != "" {
			name = v.rows[v.order[row]][i]
			break
		}
	}
	val := v.r.Columns[at].Shown(v.s.lang, v.rows[v.order[row]][at])
	switch {
	case val == name || val == "":
		return name
	case name != "":
		name += " · "
	}
	return name + v.s.T(v.r.Columns[at].Title) + " " + val
}

// equation proves the totals: opening + in − out = closing, or debit = credit.
func (v *reportScreen) equation() string {
	if v.totals == nil {
		return ""
	}
	get := func(key string) string {
		if i := v.r.Index(key); i >= 0 && v.r.Columns[i].Total {
			return v.r.Columns[i].Shown(v.s.lang, v.totals[i])
		}
		return ""
	}
	if o, in, out, c := get("opening_value"), get("in_value"), get("out_value"), get("closing_value"); o != "" && in != "" && out != "" && c != "" {
		return v.s.tr("期初 %s + 收入 %s − 发出 %s = 结存 %s", "opening %s + in %s − out %s = closing %s", o, in, out, c)
	}
	if d, c := get("debit"), get("credit"); d != "" && d == c && v.r.Index("account") >= 0 {
		return v.s.tr("借方 %s = 贷方 %s", "debit %s = credit %s", d, c)
	}
	return ""
}
