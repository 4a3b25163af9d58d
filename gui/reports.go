package gui

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/reports"
)

// OpenReport shows a report; the same parameters show the tab that stands.
func (s *Shell) OpenReport(r *reports.Report, p reports.Params) {
	s.Open(&reportScreen{s: s, r: r, p: p, door: p == reports.Params{}, sort: -1})
}

// report opens a report by its name; one that does not exist opens nothing.
func (s *Shell) report(name string, p reports.Params) {
	if r, ok := reports.ByName(name); ok {
		s.OpenReport(r, p)
	}
}

// reportScreen shows any report from its declaration: parameters, rows, totals, a chart, and what is behind a cell.
type reportScreen struct {
	s    *Shell
	r    *reports.Report
	p    reports.Params
	door bool // opened without parameters: the menu finds it again, whatever was chosen since

	rows  [][]string // as the report gave them
	order []int      // the rows in sight: found and sorted
	took  time.Duration
	at    time.Time
	state readState
	run_  int // counts runs, so that a late answer to an old question is dropped

	lacks string // the parameter it cannot do without
	words string // looked for in the rows
	sort  int    // column of the report, -1 none
	down  bool
	chart bool
	row   int // the cursor, kept over building anew
	col   string

	cols   []reportColumn
	totals []string     // of the rows in sight
	lines  [][]kit.Cell // the totals as the table shows them
	table  *kit.Table
	body   *fyne.Container
	bars   *bars
	fields map[string]*kit.Field
	ring   *kit.Ring
	find   *kit.Field
}

type readState int

const (
	notRead readState = iota
	reading
	hasRead
	failed
)

// ID is part of Screen.
func (v *reportScreen) ID() string {
	if v.door {
		return "report " + v.r.Name
	}
	return "report " + v.r.Name + " " + strings.Join([]string{v.p.From.String(), v.p.To.String(), v.p.AsOf.String(), v.p.By, v.p.Party, v.p.Product, v.p.Warehouse, v.p.Account, v.p.Lot}, "|")
}

// Title is part of Screen: the report and what it is about.
func (v *reportScreen) Title() text.Text {
	t := v.r.Title
	for _, about := range []string{v.p.Lot, v.p.Product, v.p.Party, v.p.Account, v.p.Warehouse} {
		if about != "" {
			t.Zh, t.En = t.Zh+" "+about, t.En+" "+about
		}
	}
	return t
}

// Area, Unsaved, Leave and Changed are part of Screen.
func (v *reportScreen) Area() string          { return "reports" }
func (v *reportScreen) Unsaved() bool         { return false }
func (v *reportScreen) Leave(done func(bool)) { done(true) }
func (v *reportScreen) Changed()              { v.run() }

// Key leads from the parameters back to the table before Esc leaves the report.
func (v *reportScreen) Key(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyEscape && backTo(v.table, v.ring)
}

// backTo gives the keyboard from the boxes over a table back to it.
func backTo(t *kit.Table, boxes *kit.Ring) bool {
	if t == nil || boxes == nil || !boxes.Focused() || t.Length() == 0 {
		return false
	}
	kit.Focus(t)
	return true
}

// Commands are part of Screen. They stand on the line of the parameters, not in a toolbar.
func (v *reportScreen) Commands() []Command {
	none := len(v.order) == 0
	var list []Command
	if m := v.r.Makes; m != nil {
		list = append(list, Command{Label: m.Label, Key: "F8", Icon: "push", Hidden: true, Off: none, Run: func() {
			b, p := v.s.Book, v.p
			Read(v.s, v.s.T(m.Label), func() (*slip.Doc, error) { return m.Slip(b, p) }, v.s.EditDoc)
		}})
	}
	if v.r == reports.PartyStatement {
		list = append(list, Command{Label: text.T("带 / 不带单据明细", "With or without slips' lines"), Key: "Ctrl+D", Hidden: true, Off: none, Run: v.withLines})
	}
	return append(list, []Command{
		{Label: text.T("刷新", "Refresh"), Key: "F5", Icon: "ref", Hidden: true, Run: v.run},
		{Label: text.T("表 / 表+图", "Chart"), Key: "Ctrl+G", Icon: "chart", Hidden: true, Run: v.toggleChart},
		{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Hidden: true, Off: none, Run: func() { v.export(".xlsx", ".csv") }},
		{Label: text.T("导出 CSV", "CSV"), Key: "Ctrl+Shift+E", Hidden: true, Off: none, Run: func() { v.export(".csv", ".xlsx") }},
		{Label: text.T("打印", "Print"), Key: "Ctrl+P", Icon: "print", Hidden: true, Off: none, Run: v.print},
		{Label: text.T("查找", "Find in rows"), Key: "Ctrl+F", Icon: "find", Hidden: true, Run: func() { kit.Focus(v.find.Input) }},
		{Label: text.T("按本列排序", "Sort by this column"), Key: "Ctrl+U", Hidden: true, Off: none, Run: func() { v.sortBy(v.table.Col()) }},
		{Label: text.T("参数 / 表", "Parameters / table"), Key: "F6", Hidden: true, Run: v.otherRegion},
	}...)
}

// withLines shows a statement with the slips' lines, or without them; what is shown is what is printed and exported.
func (v *reportScreen) withLines() {
	by := "lines"
	if v.p.By == by {
		by = v.r.By[0]
	}
	v.fields["by"].SetValue(by)
	v.p.By, v.sort = by, -1
	v.run()
}

// Keys are the keys that are no commands, for the help.
func (v *reportScreen) Keys() []Command {
	return []Command{
		{Label: text.T("看这一格的来历", "Open what is behind the cell"), Key: "Enter"},
		{Label: text.T("选参数", "Choose a parameter"), Key: "F4"},
		{Label: text.T("返回", "Back"), Key: "Esc"},
	}
}

// Focus is part of Screen: the table, or the parameter without which there is none.
func (v *reportScreen) Focus() {
	if f := v.missing(); f != nil {
		kit.Focus(f.Input)
	} else if v.table != nil {
		kit.Focus(v.table)
	}
	v.say()
}

func (v *reportScreen) otherRegion() {
	if v.s.Win.Canvas().Focused() == fyne.Focusable(v.table) {
		v.ring.First()
		return
	}
	kit.Focus(v.table)
}

// run reads the report in the background.
func (v *reportScreen) run() {
	v.run_++
	turn, p, b, start := v.run_, v.p, v.s.Book, time.Now()
	v.state = reading
	var rows [][]string
	v.s.Work(v.s.T(v.r.Title), func(context.Context) (err error) {
		rows, err = v.r.Run(b, p)
		return err
	}, func(err error) {
		if turn != v.run_ || v.s.Book != b {
			return
		}
		if err != nil {
			v.refuse(err)
			return
		}
		v.rows, v.state, v.took, v.at = rows, hasRead, time.Since(start), b.Now()
		v.show()
	})
}

// refuse shows a fault at its parameter; what was read before stays, greyed. A parameter that is only not chosen yet is no fault.
func (v *reportScreen) refuse(err error) {
	v.state, v.lacks = failed, ""
	for _, f := range fault.Of(err) {
		switch box := v.fields[f.Field]; {
		case box == nil:
		case box.Value() == "":
			v.lacks = f.Field
		default:
			box.Refuse(true)
		}
	}
	if v.lacks == "" {
		v.s.Fail(err)
	}
	v.arrange()
}

// missing is the box of a parameter the report cannot do without and that is empty.
func (v *reportScreen) missing() *kit.Field {
	if v.state != failed {
		return nil
	}
	return v.fields[v.lacks]
}

// show lays what was read into the table.
func (v *reportScreen) show() {
	for _, f := range v.fields {
		if f.Refused() {
			f.Restore()
		}
	}
	v.arrange()
	v.s.drawTabs()
	v.s.drawMenu()
}

// arrange finds and sorts the rows in sight and draws them.
func (v *reportScreen) arrange() {
	v.order = v.order[:0]
	words := strings.Fields(strings.ToLower(v.words))
	for i := range v.rows {
		if v.found(i, words) {
			v.order = append(v.order, i)
		}
	}
	if v.sort >= 0 {
		c := v.r.Columns[v.sort]
		slices.SortStableFunc(v.order, func(a, b int) int {
			n := compareValues(c, v.rows[a][v.sort], v.rows[b][v.sort])
			if v.down {
				n = -n
			}
			return n
		})
	}
	if v.table != nil {
		v.layColumns()
		v.table.Go(min(v.row, max(0, len(v.order)-1)), max(1, v.table.Col()))
		v.table.Refresh()
		v.drawChart()
		v.say()
	}
}

func (v *reportScreen) found(row int, words []string) bool {
	if len(words) == 0 {
		return true
	}
	var b strings.Builder
	for i, c := range v.r.Columns {
		b.WriteString(strings.ToLower(c.Shown(v.s.lang, v.rows[row][i])) + "\x00" + v.rows[row][i] + "\x00")
	}
	for _, w := range words {
		if !strings.Contains(b.String(), w) {
			return false
		}
	}
	return true
}

// picked are the rows in sight in their order, as exports and papers take them.
func (v *reportScreen) picked() [][]string {
	rows := make([][]string, len(v.order))
	for i, n := range v.order {
		rows[i] = v.rows[n]
	}
	return rows
}

// Object is part of Screen.
func (v *reportScreen) Object() fyne.CanvasObject {
	v.makeTable()
	v.bars = newBars()
	v.body = container.NewStack()
	line := v.paramLine()
	v.arrange()
	v.drawBody()
	if v.state == notRead {
		v.run()
	}
	return container.NewBorder(line, nil, nil, nil, v.body)
}

func (v *reportScreen) makeTable() {
	t := kit.NewTable()
	t.Metrics = kit.CompactRows()
	t.ByCell = true
	t.Length = func() int { return len(v.order) }
	t.CellAt = v.cellAt
	t.Foot = func() [][]kit.Cell { return v.lines }
	t.OnOpen = func(row, col int) { v.openCell(row, col) }
	t.OnHead = v.sortBy
	t.OnMove = func(row, col int) {
		if col == 0 && len(v.cols) > 1 {
			t.Go(row, 1)
			return
		}
		v.moved(row, col)
	}
	t.OnRune = func(r rune) bool {
		if r == ' ' {
			return false
		}
		v.find.SetText(string(r))
		v.find.Caret()
		v.look(string(r))
		kit.Focus(v.find.Input)
		v.find.Caret()
		return true
	}
	v.table = t
}

func (v *reportScreen) moved(row, col int) {
	before := v.col
	v.row = row
	if col < len(v.cols) {
		v.col = v.cols[col].key
	}
	if v.chart && before != v.col {
		v.drawChart()
	}
	v.say()
}

func (v *reportScreen) look(words string) {
	v.words = words
	v.arrange()
}

func (v *reportScreen) toggleChart() {
	v.chart = !v.chart
	v.drawBody()
	v.drawChart()
}

func (v *reportScreen) drawBody() {
	if v.chart {
		v.body.Objects = []fyne.CanvasObject{container.New(beside{0.6}, v.table, container.NewStack(kit.Box(kit.Paper), kit.Pad(8, 0, v.bars)))}
	} else {
		v.body.Objects = []fyne.CanvasObject{v.table}
	}
	v.body.Refresh()
}

// beside parts the width between two objects.
type beside struct{ first float32 }

func (l beside) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := size.Width * l.first
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[1].Move(fyne.NewPos(w, 0))
	o[1].Resize(fyne.NewSize(size.Width-w, size.Height))
}

// say tells at the foot what is in the cell, what Enter does, and how the totals hang together.
func (v *reportScreen) say() {
	if v.s.Current() != Screen(v) {
		return
	}
	if f := v.missing(); f != nil {
		v.s.Hint(v.s.tr("先选%s：打字或按 F4", "Choose a %s first: type or press F4", strings.ToLower(f.Label)))
		return
	}
	var parts []string
	if row := v.table.Row(); row < len(v.order) {
		parts = append(parts, v.cellWords(row, v.table.Col()))
		if words, open := v.behind(row, v.table.Col()); open != nil {
			parts = append(parts, "Enter "+words)
		}
	}
	parts = append(parts, v.s.tr("Esc 返回", "Esc back"))
	aside := v.equation()
	if v.state == hasRead {
		aside = strings.TrimPrefix(aside+" · "+v.s.tr("算于 %s，%s 秒", "as at %s, %s s", v.at.Format("15:04:05"), seconds(v.took)), " · ")
	}
	v.s.Hint(strings.Join(parts, "   ") + "\t" + aside)
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 2, 64) }
