package reportview

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"zhanggui/data/workflow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports"
)

// OpenReport shows a report; the same parameters show the tab that stands.
func OpenReport(s host.Host, r *reports.Report, p reports.Params) {
	if err := s.Book().Off(r.Module); err != nil {
		s.Fail(err)
		return
	}
	r = r.In(s.Book())
	s.Open(&ReportScreen{s: s, R: r, of: r, P: p, door: p == reports.Params{}, sort: -1})
}

// Report opens a report by its name; one that does not exist opens nothing.
func Report(s host.Host, name string, p reports.Params) {
	if r, ok := reports.ByName(name); ok {
		OpenReport(s, r, p)
	}
}

// ReportScreen shows any report from its declaration: parameters, rows, totals, a chart, and what is behind a cell.
type ReportScreen struct {
	s    host.Host
	R    *reports.Report // as it is shown: with a column's values across, where it is asked for so
	of   *reports.Report // as it is declared
	P    reports.Params
	door bool // opened without parameters: the menu finds it again, whatever was chosen since

	Rows  []reports.Row // as the report gave them
	Order []int         // the rows in sight: found and sorted
	took  time.Duration
	at    time.Time
	State readState
	run_  int // counts runs, so that a late answer to an old question is dropped

	lacks string // the parameter it cannot do without
	words string // looked for in the rows
	sort  int    // column of the report, -1 none
	down  bool
	Chart bool
	row   int // the cursor, kept over building anew
	col   string

	Cols   []reportColumn
	totals reports.Row  // of the rows in sight
	Lines  [][]kit.Cell // the totals as the table shows them
	Table  *kit.Table
	body   *fyne.Container
	Bars   *parts.Bars
	Fields map[string]*kit.Field
	ring   *kit.Ring
	find   *kit.Field
}

type readState int

const (
	notRead readState = iota
	reading
	HasRead
	Failed
)

// ID is part of Screen.
func (v *ReportScreen) ID() string {
	if v.door {
		return "report " + v.R.Name
	}
	id := "report " + v.R.Name
	for _, x := range reports.Parameters {
		id += "|" + x.Get(v.P)
	}
	return id
}

// Title is part of Screen: the report and what it is about.
func (v *ReportScreen) Title() text.Text {
	t := v.R.Title
	for _, about := range []string{v.P.Lot, v.P.Product, v.P.Party, v.P.Account, v.P.Warehouse, v.P.Employee, v.P.Department, v.P.Person} {
		if about != "" {
			t.Zh, t.En = t.Zh+" "+about, t.En+" "+about
		}
	}
	return t
}

// Area, Unsaved, Leave and Changed are part of Screen.
func (v *ReportScreen) Area() string          { return "reports" }
func (v *ReportScreen) Unsaved() bool         { return false }
func (v *ReportScreen) Leave(done func(bool)) { done(true) }
func (v *ReportScreen) Changed()              { v.run() }

// Key leads from the parameters back to the table before Esc leaves the report.
func (v *ReportScreen) Key(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyEscape && BackTo(v.Table, v.ring)
}

// BackTo gives the keyboard from the boxes over a table back to it.
func BackTo(t *kit.Table, boxes *kit.Ring) bool {
	if t == nil || boxes == nil || !boxes.Focused() || t.Length() == 0 {
		return false
	}
	kit.Focus(t)
	return true
}

// Commands are part of Screen. They stand on the line of the parameters, not in a toolbar.
func (v *ReportScreen) Commands() []host.Command {
	none := len(v.Order) == 0
	var list []host.Command
	if m := v.R.Makes; m != nil {
		list = append(list, host.Command{Label: m.Label, Key: "F8", Icon: "push", Hidden: true, Off: none, Run: func() {
			b, p := v.s.Book(), v.P
			host.Read(v.s, v.s.T(m.Label), func() (*slip.Doc, error) { return m.Slip(b, p) }, v.s.EditDoc)
		}})
	}
	if len(v.R.Filters) > 0 {
		list = append(list, host.Command{Label: text.T("更多条件", "More filters"), Key: "Ctrl+M", Icon: "filter", Hidden: true, Run: v.filter})
	}
	if v.of == reports.PartyStatement {
		list = append(list, host.Command{Label: text.T("带 / 不带单据明细", "With or without slips' lines"), Key: "Ctrl+D", Hidden: true, Off: none, Run: v.withLines})
	}
	return append(list, []host.Command{
		{Label: text.T("刷新", "Refresh"), Key: "F5", Icon: "ref", Hidden: true, Run: v.run},
		{Label: text.T("表 / 表+图", "Chart"), Key: "Ctrl+G", Icon: "chart", Hidden: true, Run: v.toggleChart},
		{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Hidden: true, Off: none, Run: func() { v.export(".xlsx", ".csv") }},
		{Label: text.T("导出 CSV", "CSV"), Key: "Ctrl+Shift+E", Hidden: true, Off: none, Run: func() { v.export(".csv", ".xlsx") }},
		{Label: text.T("打印", "Print"), Key: "Ctrl+P", Icon: "print", Hidden: true, Off: none, Run: v.Print},
		{Label: text.T("查找", "Find in rows"), Key: "Ctrl+F", Icon: "find", Hidden: true, Run: func() { kit.Focus(v.find.Input) }},
		{Label: text.T("按本列排序", "Sort by this column"), Key: "Ctrl+U", Hidden: true, Off: none, Run: func() { v.SortBy(v.Table.Col()) }},
		{Label: text.T("参数 / 表", "Parameters / table"), Key: "F6", Hidden: true, Run: v.otherRegion},
	}...)
}

// withLines shows a statement with the slips' lines, or without them; what is shown is what is printed and exported.
func (v *ReportScreen) withLines() {
	by := "lines"
	if v.P.By == by {
		by = v.R.By[0].Code
	}
	v.Fields["by"].SetValue(by)
	v.P.By, v.sort = by, -1
	v.run()
}

// Keys are the keys that are no commands, for the help.
func (v *ReportScreen) Keys() []host.Command {
	return []host.Command{
		{Label: text.T("看这一格的来历", "Open what is behind the cell"), Key: "Enter"},
		{Label: text.T("选参数", "Choose a parameter"), Key: "F4"},
		{Label: text.T("返回", "Back"), Key: "Esc"},
	}
}

// Focus is part of Screen: the table, or the parameter without which there is none.
func (v *ReportScreen) Focus() {
	if f := v.missing(); f != nil {
		kit.Focus(f.Input)
	} else if v.Table != nil {
		kit.Focus(v.Table)
	}
	v.say()
}

func (v *ReportScreen) otherRegion() {
	if v.s.Window().Canvas().Focused() == fyne.Focusable(v.Table) {
		v.ring.First()
		return
	}
	kit.Focus(v.Table)
}

// run reads the report in the background.
func (v *ReportScreen) run() {
	v.run_++
	turn, p, b, start := v.run_, v.P, v.s.Book(), time.Now()
	v.State = reading
	var rows []reports.Row
	v.s.Long(v.s.T(v.R.Title), func(ctx context.Context) error {
		return b.Until(ctx, func(still *workflow.Book) (err error) { // one moment, and Esc stops it
			rows, err = v.of.Run(still, p)
			return err
		})
	}, func(err error) {
		if turn != v.run_ || v.s.Book() != b {
			return
		}
		if err != nil {
			v.refuse(err)
			return
		}
		columns := len(v.R.Columns)
		v.R, v.Rows = v.of.Laid(b, p, rows)
		if len(v.R.Columns) != columns {
			v.sort = -1
		}
		v.State, v.took, v.at = HasRead, time.Since(start), b.Now()
		v.show()
	})
}

// refuse shows a fault at its parameter; what was read before stays, greyed. A parameter that is only not chosen yet is no fault.
func (v *ReportScreen) refuse(err error) {
	v.State, v.lacks = Failed, ""
	for _, f := range fault.Of(err) {
		switch box := v.Fields[f.Field]; {
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
func (v *ReportScreen) missing() *kit.Field {
	if v.State != Failed {
		return nil
	}
	return v.Fields[v.lacks]
}

// show lays what was read into the table.
func (v *ReportScreen) show() {
	for _, f := range v.Fields {
		if f.Refused() {
			f.Restore()
		}
	}
	v.arrange()
	v.s.DrawTabs()
	v.s.DrawMenu()
}

// arrange finds and sorts the rows in sight and draws them.
func (v *ReportScreen) arrange() {
	v.Order = v.Order[:0]
	words := strings.Fields(strings.ToLower(v.words))
	for i := range v.Rows {
		if v.found(i, words) {
			v.Order = append(v.Order, i)
		}
	}
	if v.sort >= 0 {
		c := v.R.Columns[v.sort]
		slices.SortStableFunc(v.Order, func(a, b int) int {
			n := compareValues(c, v.Rows[a][v.sort], v.Rows[b][v.sort])
			if v.down {
				n = -n
			}
			return n
		})
	}
	if v.Table != nil {
		v.layColumns()
		v.Table.Go(min(v.row, max(0, len(v.Order)-1)), max(1, v.Table.Col()))
		v.Table.Refresh()
		v.drawChart()
		v.say()
	}
}

func (v *ReportScreen) found(row int, words []string) bool {
	if len(words) == 0 {
		return true
	}
	var b strings.Builder
	for i, c := range v.R.Columns {
		b.WriteString(strings.ToLower(c.Shown(v.s.Lang(), v.Rows[row][i])) + "\x00" + strings.ToLower(v.R.NameOf(v.s.Book(), v.s.Lang(), v.P.By, i, v.Rows[row])) + "\x00" + v.Rows[row][i].String() + "\x00")
	}
	for _, w := range words {
		if !strings.Contains(b.String(), w) {
			return false
		}
	}
	return true
}

// picked are the rows in sight in their order, as exports and papers take them.
func (v *ReportScreen) picked() []reports.Row {
	rows := make([]reports.Row, len(v.Order))
	for i, n := range v.Order {
		rows[i] = v.Rows[n]
	}
	return rows
}

// Object is part of Screen.
func (v *ReportScreen) Object() fyne.CanvasObject {
	v.makeTable()
	v.Bars = parts.NewBars()
	v.body = container.NewStack()
	line := v.paramLine()
	v.arrange()
	v.drawBody()
	if v.State == notRead {
		v.run()
	}
	ground := container.NewBorder(nil, kit.HLine(kit.Hair), nil, nil, kit.Box(kit.Paper))
	return container.New(page{}, ground, line, v.narrowed(), v.body)
}

func (v *ReportScreen) makeTable() {
	t := kit.NewTable()
	t.Metrics = kit.CompactRows()
	t.ByCell = true
	t.Length = func() int { return len(v.Order) }
	t.CellAt = v.CellAt
	t.Foot = func() [][]kit.Cell { return v.Lines }
	t.OnOpen = func(row, col int) { v.OpenCell(row, col) }
	t.OnHead = v.SortBy
	t.OnMove = func(row, col int) {
		if col == 0 && len(v.Cols) > 1 {
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
		v.Look(string(r))
		kit.Focus(v.find.Input)
		v.find.Caret()
		return true
	}
	v.Table = t
}

func (v *ReportScreen) moved(row, col int) {
	before := v.col
	v.row = row
	if col < len(v.Cols) {
		v.col = v.Cols[col].Key
	}
	if v.Chart && before != v.col {
		v.drawChart()
	}
	v.say()
}

func (v *ReportScreen) Look(words string) {
	v.words = words
	v.arrange()
}

func (v *ReportScreen) toggleChart() {
	v.Chart = !v.Chart
	v.drawBody()
	v.drawChart()
}

func (v *ReportScreen) drawBody() {
	if v.Chart {
		v.body.Objects = []fyne.CanvasObject{container.New(beside{0.6}, v.Table, container.NewStack(kit.Box(kit.Paper), kit.Pad(8, 0, v.Bars)))}
	} else {
		v.body.Objects = []fyne.CanvasObject{v.Table}
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
func (v *ReportScreen) say() {
	if v.s.Current() != host.Screen(v) {
		return
	}
	if f := v.missing(); f != nil {
		v.s.Hint(v.s.Tr("先选%s：打字或按 F4", "Choose a %s first: type or press F4", strings.ToLower(f.Label)))
		return
	}
	var parts []string
	if row := v.Table.Row(); row < len(v.Order) {
		parts = append(parts, v.cellWords(row, v.Table.Col()))
		if words, open := v.Behind(row, v.Table.Col()); open != nil {
			parts = append(parts, "Enter "+words)
		}
	}
	parts = append(parts, v.s.Tr("Esc 返回", "Esc back"))
	aside := v.equation()
	if v.State == HasRead {
		aside = strings.TrimPrefix(aside+" · "+v.s.Tr("算于 %s，%s 秒", "as at %s, %s s", v.at.Format("15:04:05"), seconds(v.took)), " · ")
	}
	v.s.Hint(strings.Join(parts, "   ") + "\t" + aside)
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 2, 64) }
