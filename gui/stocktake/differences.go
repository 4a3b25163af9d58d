package stocktake

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow/scan"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports"
	"zhanggui/reports/print"
)

// DiffScreen shows what a stocktake found against the books before it is posted, with its value, and under each difference what may
// explain it: Enter leads to that slip. From here lines are counted again, shelves counted twice are decided, and the count is posted.
type DiffScreen struct {
	s      host.Host
	Number string
	Doc    *slip.Doc
	diffs  []scan.CountDiff
	clues  []inquiry.Clue
	Rows   []diffRow
	ticked map[string]bool // product, warehouse and lot
	table  *kit.Table
	title  *fyne.Container

	loading, stale bool // it is being worked out; the book has changed meanwhile
}

// diffRow is a difference, a clue under it, or one of the lines that counted the same shelf.
type diffRow struct {
	Diff *scan.CountDiff
	clue *inquiry.Clue
	line *slip.Line
}

// OpenDifferences shows the differences of a stocktake.
func OpenDifferences(s host.Host, number string) {
	s.Open(&DiffScreen{s: s, Number: number, ticked: map[string]bool{}})
}

func (v *DiffScreen) ID() string { return "differences " + v.Number }
func (v *DiffScreen) Title() text.Text {
	return text.T("差异 "+tail(v.Number), "Differences "+tail(v.Number))
}
func (v *DiffScreen) Area() string            { return string(slip.Warehouse) }
func (v *DiffScreen) Unsaved() bool           { return false }
func (v *DiffScreen) Leave(done func(bool))   { done(true) }
func (v *DiffScreen) Focus()                  { kit.Focus(v.table) }
func (v *DiffScreen) Key(*fyne.KeyEvent) bool { return false }
func (v *DiffScreen) Changed()                { v.load() }

func (v *DiffScreen) draft() bool { return v.Doc != nil && v.Doc.Status.Editable() }

// Commands are part of Screen.
func (v *DiffScreen) Commands() []host.Command {
	draft := v.draft()
	return []host.Command{
		{Label: text.T("审核", "Audit"), Key: "F9", Icon: "check", Primary: true, Off: !draft, Run: func() { auditCount(v.s, v.Number) }},
		{Label: text.T("复盘", "Count again"), Key: "Ctrl+R", Icon: "undo", Off: !draft, Run: v.recount},
		{Label: text.T("计入否", "Decide"), Key: "Ctrl+Y", Icon: "edit", Off: !draft || !v.doubtful(), Run: v.decide},
		{Label: text.T("回到盘点", "Count"), Key: "F8", Icon: "scan", Off: !draft, Run: func() { OpenCount(v.s, v.Doc) }},
		{Label: text.T("打印", "Print"), Key: "Ctrl+P", Icon: "print", Gap: true, Run: v.print},
		{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Run: v.export},
		{Label: text.T("看单据", "The slip"), Key: "Ctrl+L", Icon: "cols", Run: func() { v.s.OpenSlip(v.Number) }},
		{Label: text.T("全选", "Tick all"), Key: "Ctrl+A", Hidden: true, Run: v.tickAll},
		{Label: text.T("刷新", "Refresh"), Key: "F5", Hidden: true, Run: v.load},
	}
}

// Keys are the table's own keys, for the help.
func (v *DiffScreen) Keys() []host.Command {
	return []host.Command{{Label: text.T("勾选要复盘的", "tick what to count again"), Key: text.T("空格", "Space").In(v.s.Lang())},
		{Label: text.T("打开线索所指的单据", "open the slip a clue points to"), Key: "Enter"}}
}

// Object is part of Screen.
func (v *DiffScreen) Object() fyne.CanvasObject {
	s := v.s
	t := kit.NewTable()
	t.Tight, t.Zebra = true, false
	add := parts.Adder(s, t)
	add("", "", 30, false)
	add("货位", "Shelf", 92, false)
	add("商品编码", "Code", 100, false)
	add("商品 / 可能的原因", "Product / what may explain it", 420, false)
	t.Columns[3].Grow = true
	add("单位", "Unit", 46, false)
	add("账面", "Book", 84, true)
	add("第一次盘", "Count 1", 76, true)
	add("实盘", "Counted", 84, true)
	add("差异", "Difference", 88, true)
	add("差异金额", "Value", 100, true)
	add("状态", "State", 96, false)
	t.Length = func() int { return len(v.Rows) }
	t.CellAt = v.Cell
	t.Lit = func(row int) bool { return v.Rows[row].Diff != nil && v.ticked[keyOf(v.Rows[row].Diff)] }
	t.Foot = func() [][]kit.Cell { return [][]kit.Cell{v.foot()} }
	t.Empty = s.Tr("正在试算…", "working it out…")
	t.OnOpen = func(row, _ int) { v.open(v.Rows[row]) }
	t.OnTap = func(row, col int) bool {
		if col == 0 {
			v.tick(row)
		}
		return col == 0
	}
	t.OnRune = func(r rune) bool {
		if r == ' ' {
			v.tick(t.Row())
			t.Step(fyne.KeyDown)
		}
		return r == ' '
	}
	s.Widths("differences", t)
	v.table, v.title = t, container.NewStack(kit.Label(v.Number, kit.Ink, kit.M().Head, true))
	v.load()
	s.Hint(s.Tr("Enter 打开线索所指单据   空格 勾选   Ctrl+R 复盘   Ctrl+P 差异表、复盘表   F9 审核", "Enter opens the slip a clue names   Space ticks   Ctrl+R counts again   Ctrl+P sheets   F9 audits"))
	return container.NewBorder(container.NewStack(kit.Box(kit.Paper), container.NewBorder(nil, kit.HLine(kit.Line), nil, nil, kit.Pad(12, 6, v.title))), nil, nil, nil, t)
}

func keyOf(x *scan.CountDiff) string { return x.Product + "\x00" + x.Warehouse + "\x00" + x.Lot }

// load works the differences and their clues out anew; asked for while it is at it, it does so once more.
func (v *DiffScreen) load() {
	if v.stale = v.loading; v.loading {
		return
	}
	v.loading = true
	b, n := v.s.Book(), v.Number
	type found struct {
		doc   *slip.Doc
		diffs []scan.CountDiff
		clues []inquiry.Clue
	}
	var f found
	v.s.Work(v.s.Tr("试算差异", "working out the differences"), func() (err error) {
		if f.doc, err = b.Load(n); err != nil {
			return err
		}
		if f.diffs, err = scan.CountDiffs(b, n); err != nil {
			return err
		}
		f.clues, err = b.Explain(n)
		return err
	}, func(err error) {
		v.loading = false
		switch {
		case v.stale:
			v.load()
		case err != nil:
			v.s.Fail(err)
		default:
			v.Doc, v.diffs, v.clues = f.doc, f.diffs, f.clues
			v.show()
		}
	})
}

// show lists what differs, what is to be decided and what waits for its second count, each with what belongs under it.
func (v *DiffScreen) show() {
	v.Rows = v.Rows[:0:0]
	for i := range v.diffs {
		x := &v.diffs[i]
		if x.Diff == 0 && len(x.Doubt) == 0 && !v.again(x) {
			continue
		}
		v.Rows = append(v.Rows, diffRow{Diff: x})
		for _, n := range x.Doubt {
			v.Rows = append(v.Rows, diffRow{line: &v.Doc.Lines[n-1]})
		}
		for j := range v.clues {
			if c := &v.clues[j]; c.Product == x.Product && c.Warehouse == x.Warehouse && x.Diff != 0 {
				v.Rows = append(v.Rows, diffRow{clue: c})
			}
		}
	}
	s, m := v.s, kit.M()
	parts.Set(v.title, container.New(kit.Row{Gap: 10}, kit.Label(s.Tr("盘点差异", "Count differences"), kit.Ink, m.Head, true), kit.Label(v.Number, kit.Ink, m.Sub, false),
		kit.Chip(parts.StatusMark(v.Doc.Status), s.T(v.Doc.Status.Label())), kit.Caption(parts.NameOf(s, master.Warehouses.Code, v.Doc.Warehouse)+"  "+v.Doc.Date.String()+"  "+v.said())))
	v.table.Empty = s.Tr("没有差异：实盘与账面全部相符", "no differences: all that was counted agrees with the books")
	v.table.Go(v.table.Row(), 0)
	s.DrawTools()
}

// said counts what was found.
func (v *DiffScreen) said() string {
	differ, waits, doubt := 0, 0, 0
	for _, x := range v.diffs {
		switch {
		case len(x.Doubt) > 0:
			doubt++
		case x.Open:
			waits++
		case x.Diff != 0:
			differ++
		}
	}
	words := v.s.Tr("共 %d 种，差异 %d 种", "%d products, %d differ", len(v.diffs), differ)
	if waits > 0 {
		words += v.s.Tr("，未盘 %d", ", %d not counted", waits)
	}
	if doubt > 0 {
		words += v.s.Tr("，盘了两次待定 %d", ", %d to decide", doubt)
	}
	return words
}

// again tells whether a line of the product waits for its second count.
func (v *DiffScreen) again(x *scan.CountDiff) bool {
	return x.Open && slices.ContainsFunc(x.Lines, func(n int) bool { return v.Doc.Lines[n-1].Extra[slip.CountFirst] != "" })
}

func (v *DiffScreen) Cell(row, col int) kit.Cell {
	r := v.Rows[row]
	switch {
	case r.clue != nil:
		return v.clueCell(r.clue, col)
	case r.line != nil:
		return v.lineCell(r.line, col)
	}
	x := r.Diff
	p, _ := v.s.Book().Masters().Find(master.Products.Code, x.Product)
	done := !x.Open && len(x.Doubt) == 0
	switch col {
	case 0:
		on := v.ticked[keyOf(x)]
		return kit.Cell{Tick: &on}
	case 1:
		return kit.Cell{Text: x.Shelf}
	case 2:
		return kit.Cell{Text: x.Product}
	case 3:
		return kit.Cell{Text: v.named(x, p.Get("spec")), Bold: true}
	case 4:
		return kit.Cell{Text: parts.NameOf(v.s, master.Units.Code, p.Get("unit"))}
	case 5:
		return kit.Cell{Text: x.Book.Grouped()}
	case 6:
		return kit.Cell{Text: v.first(x), Shade: kit.Ink2}
	case 7:
		if done {
			return kit.Cell{Text: x.Counted.Grouped()}
		}
	case 8:
		switch {
		case done && x.Diff > 0:
			return kit.Cell{Text: "+" + x.Diff.Grouped(), Bold: true}
		case done:
			return kit.Cell{Text: x.Diff.Grouped(), Bold: true}
		}
	case 9:
		if done {
			return kit.Cell{Text: parts.Money(x.Value)}
		}
	case 10:
		mark := map[bool]kit.Mark{true: kit.MarkPart, false: kit.MarkLate}[x.Diff > 0]
		if !done {
			mark = kit.MarkDue
		}
		return kit.Cell{Text: v.s.T(x.Said()), Mark: mark}
	}
	return kit.Cell{}
}

// named is what differs: a product, of goods with lots one of them.
func (v *DiffScreen) named(x *scan.CountDiff, spec string) string {
	name := strings.TrimSpace(parts.NameOf(v.s, master.Products.Code, x.Product) + " " + spec)
	if x.Lot != "" {
		name += v.s.Tr("  批号 ", "  lot ") + x.Lot
	}
	return name
}

// first is what was counted first, where a line was counted again.
func (v *DiffScreen) first(x *scan.CountDiff) string {
	var list []string
	for _, n := range x.Lines {
		if q := v.Doc.Lines[n-1].Extra[slip.CountFirst]; q != "" {
			list = append(list, q)
		}
	}
	return strings.Join(list, "+")
}

// clueWords name the kinds of clues.
var clueWords = map[string]text.Text{
	"unaudited": text.T("未审核", "Not audited"), "twice": text.T("记两次", "Twice"), "wrong-warehouse": text.T("记错仓", "Other store"), "box": text.T("箱当件", "Box as piece"),
	"digits": text.T("数字颠倒", "Digits"), "neighbour": text.T("相邻品", "Neighbour"), "other-warehouse": text.T("放在别仓", "Other store"),
}

func (v *DiffScreen) clueCell(c *inquiry.Clue, col int) kit.Cell {
	switch col {
	case 2:
		return kit.Cell{Text: v.s.T(clueWords[c.Kind]), Shade: kit.Ink2}
	case 3:
		return kit.Cell{Text: v.s.T(c.Reason), Icon: "r", Link: true}
	}
	return kit.Cell{}
}

// lineCell is one of the figures of a shelf that was counted twice.
func (v *DiffScreen) lineCell(l *slip.Line, col int) kit.Cell {
	switch col {
	case 1:
		return kit.Cell{Text: l.Extra[slip.CountShelf], Shade: kit.Ink2}
	case 3:
		return kit.Cell{Text: v.s.Tr("第 %d 行，%s 盘得", "line %d, counted by %s", l.No, l.Extra[slip.CountCounter]), Link: true}
	case 4:
		return kit.Cell{Text: parts.NameOf(v.s, master.Units.Code, l.Unit), Shade: kit.Ink2}
	case 7:
		return kit.Cell{Text: l.Qty.Grouped(), Shade: kit.Warn}
	}
	return kit.Cell{}
}

func (v *DiffScreen) foot() []kit.Cell {
	cells := make([]kit.Cell, 11)
	cells[2].Text = v.s.Tr("合计", "Total")
	var out parts.Table
	out.Columns = []parts.Column{{Type: slip.TypeQuantity, Total: true}, {Type: slip.TypeAmount, Total: true}}
	var rows [][]string
	for _, x := range v.diffs {
		rows = append(rows, []string{x.Diff.String(), x.Value.String()})
	}
	t := parts.Sums(out.Columns, rows)
	cells[8].Text, cells[9].Text = parts.Shown(v.s, slip.Field{Type: slip.TypeQuantity}, t[0]), parts.Shown(v.s, slip.Field{Type: slip.TypeAmount}, t[1])
	return cells
}

// open goes where a row leads: a clue to its slip, a figure to decide to the decision, a difference to the moves of its product.
func (v *DiffScreen) open(r diffRow) {
	switch {
	case r.clue != nil && r.clue.Number == v.Number:
		v.s.OpenSlip(v.Number)
	case r.clue != nil:
		v.s.OpenSlip(r.clue.Number)
	case r.line != nil:
		v.decideOn(r.line)
	default:
		parts.OpenStockLedger(v.s, r.Diff.Product)
	}
}

func (v *DiffScreen) tick(row int) {
	if row < len(v.Rows) && v.Rows[row].Diff != nil {
		k := keyOf(v.Rows[row].Diff)
		v.ticked[k] = !v.ticked[k]
		v.table.Refresh()
	}
}

func (v *DiffScreen) tickAll() {
	on := false
	for _, r := range v.Rows {
		on = on || r.Diff != nil && !v.ticked[keyOf(r.Diff)]
	}
	for _, r := range v.Rows {
		if r.Diff != nil {
			v.ticked[keyOf(r.Diff)] = on
		}
	}
	v.table.Refresh()
}

// current is the difference the cursor stands on, or under.
func (v *DiffScreen) current() *scan.CountDiff {
	for row := min(v.table.Row(), len(v.Rows)-1); row >= 0; row-- {
		if v.Rows[row].Diff != nil {
			return v.Rows[row].Diff
		}
	}
	return nil
}

// recount makes what is ticked, else the difference under the cursor, wait for a second count.
func (v *DiffScreen) recount() {
	var lines []int
	for i := range v.diffs {
		if x := &v.diffs[i]; v.ticked[keyOf(x)] && !x.Open {
			lines = append(lines, x.Lines...)
		}
	}
	if x := v.current(); len(lines) == 0 && x != nil && !x.Open {
		lines = x.Lines
	}
	if len(lines) == 0 {
		v.s.Say(kit.Hint, v.s.Tr("请勾选要复盘的商品", "tick the products to count again"))
		return
	}
	b, n := v.s.Book(), v.Number
	v.s.Write(v.s.Tr("复盘", "counting again"), func() error {
		_, err := scan.Recount(b, n, lines)
		return err
	}, func(err error) {
		if err != nil {
			v.s.Fail(err)
			return
		}
		v.ticked = map[string]bool{}
		v.load()
		v.s.Say(kit.Hint, v.s.Tr("%d 行等待复盘：Ctrl+P 打印复盘表，F8 录入第二次盘点数", "%d lines wait for their second count: Ctrl+P prints the sheet, F8 counts", len(lines)))
	})
}

func (v *DiffScreen) doubtful() bool {
	return slices.ContainsFunc(v.diffs, func(x scan.CountDiff) bool { return len(x.Doubt) > 0 })
}

// decide takes the shelf under the cursor, else the first that waits for a decision.
func (v *DiffScreen) decide() {
	if r := v.table.Row(); r < len(v.Rows) && v.Rows[r].line != nil {
		v.decideOn(v.Rows[r].line)
		return
	}
	if x := v.current(); x != nil && len(x.Doubt) > 0 {
		v.decideOn(&v.Doc.Lines[x.Doubt[0]-1])
		return
	}
	for _, x := range v.diffs {
		if len(x.Doubt) > 0 {
			v.decideOn(&v.Doc.Lines[x.Doubt[0]-1])
			return
		}
	}
}

// decideOn asks which figure of a shelf counted twice holds.
func (v *DiffScreen) decideOn(l *slip.Line) {
	s, b := v.s, v.s.Book()
	product, warehouse, shelf := l.Product, v.Doc.At(l), l.Extra[slip.CountShelf]
	var list []string
	for _, c := range scan.Sames {
		list = append(list, s.T(c.Label))
	}
	parts.Choose(s, s.Tr("%s 货位 %s 盘了两次", "%s at shelf %s was counted twice", parts.NameOf(s, master.Products.Code, product), shelf), list, func(i int) {
		s.Write(s.Tr("计入否", "deciding"), func() error {
			_, err := scan.Decide(b, v.Number, product, warehouse, shelf, scan.Same(scan.Sames[i].Value))
			return err
		}, host.Then(s, v.load))
	})
}

// print shows the sheet that is due: of the second count where lines wait for it, else of the differences.
func (v *DiffScreen) print() {
	as := print.AsCountDiff
	if slices.ContainsFunc(v.diffs, func(x scan.CountDiff) bool { return v.again(&x) }) {
		as = print.AsRecount
	}
	v.s.PreviewAs([]string{v.Number}, as)
}

// export writes the differences to a workbook.
func (v *DiffScreen) export() {
	s := v.s
	out := parts.Table{Area: reports.CountDifferences.Name, Title: s.T(v.Title()) + " " + v.Number, Columns: []parts.Column{{Title: s.Tr("货位", "Shelf"), Type: slip.TypeText}, {Title: s.Tr("商品编码", "Code"), Type: slip.TypeText},
		{Title: s.Tr("商品", "Product"), Type: slip.TypeText}, {Title: s.Tr("账面", "Book"), Type: slip.TypeQuantity, Total: true}, {Title: s.Tr("实盘", "Counted"), Type: slip.TypeQuantity, Total: true},
		{Title: s.Tr("差异", "Difference"), Type: slip.TypeQuantity, Total: true}, {Title: s.Tr("差异金额", "Value"), Type: slip.TypeAmount, Total: true}, {Title: s.Tr("状态", "State"), Type: slip.TypeText}}}
	var rows [][]string
	for _, x := range v.diffs {
		row := []string{x.Shelf, x.Product, v.named(&x, ""), x.Book.String(), "", "", "", s.T(x.Said())}
		if !x.Open && len(x.Doubt) == 0 {
			row[4], row[5], row[6] = x.Counted.String(), x.Diff.String(), x.Value.String()
		}
		rows = append(rows, row)
	}
	out.Totals = parts.Sums(out.Columns, rows)
	parts.SaveTable(s, out, func(context.Context) ([][]string, error) { return rows, nil })
}
