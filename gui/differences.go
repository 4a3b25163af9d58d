package gui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/reports/print"
)

// diffScreen shows what a stocktake found against the books before it is posted, with its value, and under each difference what may
// explain it: Enter leads to that slip. From here lines are counted again, shelves counted twice are decided, and the count is posted.
type diffScreen struct {
	s      *Shell
	number string
	doc    *slip.Doc
	diffs  []workflow.CountDiff
	clues  []inquiry.Clue
	rows   []diffRow
	ticked map[string]bool // product, warehouse and lot
	table  *kit.Table
	title  *fyne.Container

	loading, stale bool // it is being worked out; the book has changed meanwhile
}

// diffRow is a difference, a clue under it, or one of the lines that counted the same shelf.
type diffRow struct {
	diff *workflow.CountDiff
	clue *inquiry.Clue
	line *slip.Line
}

// OpenDifferences shows the differences of a stocktake.
func (s *Shell) OpenDifferences(number string) {
	s.Open(&diffScreen{s: s, number: number, ticked: map[string]bool{}})
}

func (v *diffScreen) ID() string { return "differences " + v.number }
func (v *diffScreen) Title() text.Text {
	return text.T("差异 "+tail(v.number), "Differences "+tail(v.number))
}
func (v *diffScreen) Area() string            { return string(slip.Warehouse) }
func (v *diffScreen) Unsaved() bool           { return false }
func (v *diffScreen) Leave(done func(bool))   { done(true) }
func (v *diffScreen) Focus()                  { kit.Focus(v.table) }
func (v *diffScreen) Key(*fyne.KeyEvent) bool { return false }
func (v *diffScreen) Changed()                { v.load() }

func (v *diffScreen) draft() bool { return v.doc != nil && v.doc.Status.Editable() }

// Commands are part of Screen.
func (v *diffScreen) Commands() []Command {
	draft := v.draft()
	return []Command{
		{Label: text.T("审核", "Audit"), Key: "F9", Icon: "check", Primary: true, Off: !draft, Run: func() { v.s.auditCount(v.number) }},
		{Label: text.T("复盘", "Count again"), Key: "Ctrl+R", Icon: "undo", Off: !draft, Run: v.recount},
		{Label: text.T("取舍", "Decide"), Key: "Ctrl+Y", Icon: "edit", Off: !draft || !v.doubtful(), Run: v.decide},
		{Label: text.T("回到盘点", "Count"), Key: "F8", Icon: "scan", Off: !draft, Run: func() { v.s.OpenCount(v.doc) }},
		{Label: text.T("打印", "Print"), Key: "Ctrl+P", Icon: "print", Gap: true, Run: v.print},
		{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Run: v.export},
		{Label: text.T("看单据", "The slip"), Key: "Ctrl+L", Icon: "cols", Run: func() { v.s.OpenSlip(v.number) }},
		{Label: text.T("全选", "Tick all"), Key: "Ctrl+A", Hidden: true, Run: v.tickAll},
		{Label: text.T("刷新", "Refresh"), Key: "F5", Hidden: true, Run: v.load},
	}
}

// Keys are the table's own keys, for the help.
func (v *diffScreen) Keys() []Command {
	return []Command{{Label: text.T("勾选要复盘的", "tick what to count again"), Key: text.T("空格", "Space").In(v.s.lang)},
		{Label: text.T("打开线索所指的单据", "open the slip a clue points to"), Key: "Enter"}}
}

// Object is part of Screen.
func (v *diffScreen) Object() fyne.CanvasObject {
	s := v.s
	t := kit.NewTable()
	t.Tight, t.Zebra = true, false
	add := func(zh, en string, w float32, right bool) { t.Columns = append(t.Columns, s.column(zh, en, w, right)) }
	add("", "", 30, false)
	add("货位", "Shelf", 92, false)
	add("商品编码", "Code", 100, false)
	add("商品 / 可能的原因", "Product / what may explain it", 420, false)
	t.Columns[3].Grow = true
	add("单位", "Unit", 46, false)
	add("账面", "Book", 84, true)
	add("初盘", "Count 1", 76, true)
	add("实盘", "Counted", 84, true)
	add("差异", "Difference", 88, true)
	add("差异金额", "Value", 100, true)
	add("状态", "State", 96, false)
	t.Length = func() int { return len(v.rows) }
	t.CellAt = v.cell
	t.Lit = func(row int) bool { return v.rows[row].diff != nil && v.ticked[keyOf(v.rows[row].diff)] }
	t.Foot = func() [][]kit.Cell { return [][]kit.Cell{v.foot()} }
	t.Empty = s.tr("正在试算…", "working it out…")
	t.OnOpen = func(row, _ int) { v.open(v.rows[row]) }
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
	s.prefs.widths("differences", t)
	v.table, v.title = t, container.NewStack(kit.Label(v.number, kit.Ink, kit.M().Head, true))
	v.load()
	s.Hint(s.tr("Enter 打开线索所指单据   空格 勾选   Ctrl+R 复盘   Ctrl+P 差异表、复盘表   F9 审核", "Enter opens the slip a clue names   Space ticks   Ctrl+R counts again   Ctrl+P sheets   F9 audits"))
	return container.NewBorder(container.NewStack(kit.Box(kit.Paper), container.NewBorder(nil, kit.HLine(kit.Line), nil, nil, kit.Pad(12, 6, v.title))), nil, nil, nil, t)
}

func keyOf(x *workflow.CountDiff) string { return x.Product + "\x00" + x.Warehouse + "\x00" + x.Lot }

// load works the differences and their clues out anew; asked for while it is at it, it does so once more.
func (v *diffScreen) load() {
	if v.stale = v.loading; v.loading {
		return
	}
	v.loading = true
	b, n := v.s.Book, v.number
	type found struct {
		doc   *slip.Doc
		diffs []workflow.CountDiff
		clues []inquiry.Clue
	}
	var f found
	v.s.Work(v.s.tr("试算差异", "working out the differences"), func(context.Context) (err error) {
		if f.doc, err = b.Load(n); err != nil {
			return err
		}
		if f.diffs, err = b.CountDiffs(n); err != nil {
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
			v.doc, v.diffs, v.clues = f.doc, f.diffs, f.clues
			v.show()
		}
	})
}

// show lists what differs, what is to be decided and what waits for its second count, each with what belongs under it.
func (v *diffScreen) show() {
	v.rows = v.rows[:0:0]
	for i := range v.diffs {
		x := &v.diffs[i]
		if x.Diff == 0 && len(x.Doubt) == 0 && !v.again(x) {
			continue
		}
		v.rows = append(v.rows, diffRow{diff: x})
		for _, n := range x.Doubt {
			v.rows = append(v.rows, diffRow{line: &v.doc.Lines[n-1]})
		}
		for j := range v.clues {
			if c := &v.clues[j]; c.Product == x.Product && c.Warehouse == x.Warehouse && x.Diff != 0 {
				v.rows = append(v.rows, diffRow{clue: c})
			}
		}
	}
	s, m := v.s, kit.M()
	set(v.title, container.New(kit.Row{Gap: 10}, kit.Label(s.tr("盘点差异", "Count differences"), kit.Ink, m.Head, true), kit.Label(v.number, kit.Ink, m.Sub, false),
		kit.Chip(statusMark(v.doc.Status), s.T(v.doc.Status.Label())), kit.Caption(s.nameOf("warehouses", v.doc.Warehouse)+"  "+v.doc.Date.String()+"  "+v.said())))
	v.table.Empty = s.tr("没有差异：实盘与账面全部相符", "no differences: all that was counted agrees with the books")
	v.table.Go(v.table.Row(), 0)
	s.drawTools()
}

// said counts what was found.
func (v *diffScreen) said() string {
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
	words := v.s.tr("共 %d 种，差异 %d 种", "%d products, %d differ", len(v.diffs), differ)
	if waits > 0 {
		words += v.s.tr("，未盘 %d", ", %d not counted", waits)
	}
	if doubt > 0 {
		words += v.s.tr("，盘了两次待定 %d", ", %d to decide", doubt)
	}
	return words
}

// again tells whether a line of the product waits for its second count.
func (v *diffScreen) again(x *workflow.CountDiff) bool {
	return x.Open && slices.ContainsFunc(x.Lines, func(n int) bool { return v.doc.Lines[n-1].Extra[slip.CountFirst] != "" })
}

func (v *diffScreen) cell(row, col int) kit.Cell {
	r := v.rows[row]
	switch {
	case r.clue != nil:
		return v.clueCell(r.clue, col)
	case r.line != nil:
		return v.lineCell(r.line, col)
	}
	x := r.diff
	p, _ := v.s.Book.Masters().Find("products", x.Product)
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
		return kit.Cell{Text: p.Get("unit")}
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
			return kit.Cell{Text: money(x.Value)}
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
func (v *diffScreen) named(x *workflow.CountDiff, spec string) string {
	name := strings.TrimSpace(v.s.nameOf("products", x.Product) + " " + spec)
	if x.Lot != "" {
		name += v.s.tr("  批号 ", "  lot ") + x.Lot
	}
	return name
}

// first is what was counted first, where a line was counted again.
func (v *diffScreen) first(x *workflow.CountDiff) string {
	var list []string
	for _, n := range x.Lines {
		if q := v.doc.Lines[n-1].Extra[slip.CountFirst]; q != "" {
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

func (v *diffScreen) clueCell(c *inquiry.Clue, col int) kit.Cell {
	switch col {
	case 2:
		return kit.Cell{Text: v.s.T(clueWords[c.Kind]), Shade: kit.Ink2}
	case 3:
		return kit.Cell{Text: v.s.T(c.Reason), Icon: "r", Link: true}
	}
	return kit.Cell{}
}

// lineCell is one of the figures of a shelf that was counted twice.
func (v *diffScreen) lineCell(l *slip.Line, col int) kit.Cell {
	switch col {
	case 1:
		return kit.Cell{Text: l.Extra[slip.CountShelf], Shade: kit.Ink2}
	case 3:
		return kit.Cell{Text: v.s.tr("第 %d 行，%s 盘得", "line %d, counted by %s", l.No, l.Extra[slip.CountCounter]), Link: true}
	case 4:
		return kit.Cell{Text: l.Unit, Shade: kit.Ink2}
	case 7:
		return kit.Cell{Text: l.Qty.Grouped(), Shade: kit.Warn}
	}
	return kit.Cell{}
}

func (v *diffScreen) foot() []kit.Cell {
	cells := make([]kit.Cell, 11)
	cells[2].Text = v.s.tr("合计", "Total")
	var out table
	out.columns = []column{{typ: slip.TypeQuantity, total: true}, {typ: slip.TypeAmount, total: true}}
	var rows [][]string
	for _, x := range v.diffs {
		rows = append(rows, []string{x.Diff.String(), x.Value.String()})
	}
	t := sums(out.columns, rows)
	cells[8].Text, cells[9].Text = v.s.shown(slip.Field{Type: slip.TypeQuantity}, t[0]), v.s.shown(slip.Field{Type: slip.TypeAmount}, t[1])
	return cells
}

// open goes where a row leads: a clue to its slip, a figure to decide to the decision, a difference to the moves of its product.
func (v *diffScreen) open(r diffRow) {
	switch {
	case r.clue != nil && r.clue.Number == v.number:
		v.s.OpenSlip(v.number)
	case r.clue != nil:
		v.s.OpenSlip(r.clue.Number)
	case r.line != nil:
		v.decideOn(r.line)
	default:
		v.s.openStockLedger(r.diff.Product)
	}
}

func (v *diffScreen) tick(row int) {
	if row < len(v.rows) && v.rows[row].diff != nil {
		k := keyOf(v.rows[row].diff)
		v.ticked[k] = !v.ticked[k]
		v.table.Refresh()
	}
}

func (v *diffScreen) tickAll() {
	on := false
	for _, r := range v.rows {
		on = on || r.diff != nil && !v.ticked[keyOf(r.diff)]
	}
	for _, r := range v.rows {
		if r.diff != nil {
			v.ticked[keyOf(r.diff)] = on
		}
	}
	v.table.Refresh()
}

// current is the difference the cursor stands on, or under.
func (v *diffScreen) current() *workflow.CountDiff {
	for row := min(v.table.Row(), len(v.rows)-1); row >= 0; row-- {
		if v.rows[row].diff != nil {
			return v.rows[row].diff
		}
	}
	return nil
}

// recount makes what is ticked, else the difference under the cursor, wait for a second count.
func (v *diffScreen) recount() {
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
		v.s.Say(kit.Hint, v.s.tr("请勾选要复盘的商品", "tick the products to count again"))
		return
	}
	b, n := v.s.Book, v.number
	v.s.Write(v.s.tr("复盘", "counting again"), func(context.Context) error {
		_, err := b.Recount(n, lines)
		return err
	}, func(err error) {
		if err != nil {
			v.s.Fail(err)
			return
		}
		v.ticked = map[string]bool{}
		v.load()
		v.s.Say(kit.Hint, v.s.tr("%d 行等待复盘：Ctrl+P 打印复盘表，F8 录入第二次盘点数", "%d lines wait for their second count: Ctrl+P prints the sheet, F8 counts", len(lines)))
	})
}

func (v *diffScreen) doubtful() bool {
	return slices.ContainsFunc(v.diffs, func(x workflow.CountDiff) bool { return len(x.Doubt) > 0 })
}

// decide takes the shelf under the cursor, else the first that waits for a decision.
func (v *diffScreen) decide() {
	if r := v.table.Row(); r < len(v.rows) && v.rows[r].line != nil {
		v.decideOn(v.rows[r].line)
		return
	}
	if x := v.current(); x != nil && len(x.Doubt) > 0 {
		v.decideOn(&v.doc.Lines[x.Doubt[0]-1])
		return
	}
	for _, x := range v.diffs {
		if len(x.Doubt) > 0 {
			v.decideOn(&v.doc.Lines[x.Doubt[0]-1])
			return
		}
	}
}

// decideOn asks which figure of a shelf counted twice holds.
func (v *diffScreen) decideOn(l *slip.Line) {
	s, b := v.s, v.s.Book
	product, warehouse, shelf := l.Product, v.doc.At(l), l.Extra[slip.CountShelf]
	var list []string
	for _, c := range workflow.Sames {
		list = append(list, s.T(c.Label))
	}
	s.choose(s.tr("%s 货位 %s 盘了两次", "%s at shelf %s was counted twice", s.nameOf("products", product), shelf), list, func(i int) {
		s.Write(s.tr("取舍", "deciding"), func(context.Context) error {
			_, err := b.Decide(v.number, product, warehouse, shelf, workflow.Same(workflow.Sames[i].Value))
			return err
		}, func(err error) {
			if err != nil {
				s.Fail(err)
				return
			}
			v.load()
		})
	})
}

// print shows the sheet that is due: of the second count where lines wait for it, else of the differences.
func (v *diffScreen) print() {
	as := print.AsCountDiff
	if slices.ContainsFunc(v.diffs, func(x workflow.CountDiff) bool { return v.again(&x) }) {
		as = print.AsRecount
	}
	v.s.PreviewAs([]string{v.number}, as)
}

// export writes the differences to a workbook.
func (v *diffScreen) export() {
	s := v.s
	out := table{title: s.T(v.Title()) + " " + v.number, columns: []column{{s.tr("货位", "Shelf"), slip.TypeText, false}, {s.tr("商品编码", "Code"), slip.TypeText, false},
		{s.tr("商品", "Product"), slip.TypeText, false}, {s.tr("账面", "Book"), slip.TypeQuantity, true}, {s.tr("实盘", "Counted"), slip.TypeQuantity, true},
		{s.tr("差异", "Difference"), slip.TypeQuantity, true}, {s.tr("差异金额", "Value"), slip.TypeAmount, true}, {s.tr("状态", "State"), slip.TypeText, false}}}
	var rows [][]string
	for _, x := range v.diffs {
		row := []string{x.Shelf, x.Product, v.named(&x, ""), x.Book.String(), "", "", "", s.T(x.Said())}
		if !x.Open && len(x.Doubt) == 0 {
			row[4], row[5], row[6] = x.Counted.String(), x.Diff.String(), x.Value.String()
		}
		rows = append(rows, row)
	}
	out.totals = sums(out.columns, rows)
	s.saveTable(out, func(context.Context) ([][]string, error) { return rows, nil })
}

// openDifferences saves the stocktake and shows its differences.
func (f *slipForm) openDifferences() {
	if !f.editable() || f.doc.Number != "" && !f.dirty {
		f.s.OpenDifferences(f.doc.Number)
		return
	}
	f.save(func() { f.s.OpenDifferences(f.doc.Number) })
}

// fillCount asks for a range of shelves or a category and lists its products to be counted.
func (f *slipForm) fillCount() {
	if !f.settled() {
		return
	}
	s, b := f.s, f.s.Book
	from, to := kit.NewField(s.tr("货位从", "Shelf from")), kit.NewField(s.tr("货位到", "Shelf to"))
	category := s.refField(s.tr("类别", "Category"), "categories", true, picked{})
	none := s.choiceField(s.tr("含无库存", "None left too"), func() []slip.Choice { return yesNo })
	none.SetValue("no")
	for _, x := range []*kit.Field{from, to, category} {
		x.Hint = s.tr("全部", "all")
	}
	d, n := f.trimmed(), 0
	s.askForm(s.tr("列出要盘的商品", "List what is to be counted"), s.tr("只列本仓有库存的商品，按货位排列；已在单上的不重复。", "Products in stock at this store, by shelf; what is on the slip already is not listed twice."),
		[]*kit.Field{from, to, category, none}, text.T("列出", "List"), func() (err error) {
			n, err = b.FillCount(d, workflow.CountRange{From: from.Value(), To: to.Value(), Category: category.Value(), None: none.Value() == "yes"})
			if err == nil && n == 0 {
				err = fault.New(fault.NotFound, "这个范围没有要盘的商品", "nothing of this range is to be counted")
			}
			return err
		}, func() {
			b.Complete(f.kind, d)
			f.doc = d
			f.fill()
			f.touched()
			f.enterGrid()
			s.Say(kit.Hint, s.tr("列出 %d 个商品：Ctrl+P 打印盘点表，F8 扫码盘点", "%d products listed: Ctrl+P prints the sheet, F8 counts by scanner", n))
		})
}

// askForm asks for a few values in one dialog; an error stays under them. Enter on the last one does it.
func (s *Shell) askForm(title, help string, fields []*kit.Field, verb text.Text, do func() error, then func()) {
	why := kit.Label("", kit.Negative, kit.M().Caption, false)
	var over *kit.Overlay
	said := func(err error) {
		why.Text = s.words(err)
		why.Refresh()
	}
	run := func() {
		for _, f := range fields {
			if !f.Commit() {
				return
			}
		}
		if err := do(); err != nil {
			said(err)
			return
		}
		s.layer.Close(over)
		then()
	}
	ring := &kit.Ring{After: run, Before: func() {}}
	box := container.New(kit.FormGrid{Columns: []float32{480}, Label: 110})
	for _, f := range fields {
		f.OnRefuse = said
		ring.Add(f)
		box.Add(kit.Labelled(f.Label, f.Input))
	}
	body := container.NewVBox(kit.Caption(help), box, why, container.NewHBox(kit.Button{Label: s.T(verb), Key: "Enter", Primary: true, Run: run}.Object()))
	over = s.dialog(title, body, fyne.NewSize(580, 190+float32(len(fields))*(kit.M().Box+6)), fields[0].Input, Answer{Label: text.T("取消", "Cancel")})
}

// mergeCounts puts the ticked draft counts into the first of them and shows its differences, where what two counted is decided.
func (l *slipList) mergeCounts() {
	l.chosen(func(rows []inquiry.SlipRow) {
		slices.SortFunc(rows, func(a, b inquiry.SlipRow) int { return strings.Compare(a.Number, b.Number) })
		list, b := numbers(rows), l.s.Book
		if len(list) < 2 {
			l.s.Say(kit.Hint, l.s.tr("请勾选两张以上的盘点草稿", "tick two or more drafts of counts"))
			return
		}
		l.s.Ask(l.s.tr("把 %d 张盘点单合并到 %s？", "Merge %d counts into %s?", len(list), list[0]), []string{
			l.s.tr("不同货位的数量相加；每行保留自己的盘点时刻；其余各张作废。", "Quantities of different shelves add up; each line keeps its moment; the others are void."),
			l.s.tr("同一货位盘了两次的，合并后再决定取舍。", "Where a shelf was counted twice you decide afterwards.")},
			Answer{Label: text.T("不合并", "Cancel")}, Answer{Label: text.T("合并", "Merge"), Key: fyne.KeyY, Run: func() {
				l.s.Write(l.s.tr("合并盘点", "merging"), func(context.Context) error {
					_, err := b.MergeCounts(list, workflow.Undecided)
					return err
				}, func(err error) {
					if err != nil {
						l.s.Fail(err)
						return
					}
					l.ticked = map[int64]bool{}
					l.s.OpenDifferences(list[0])
				})
			}})
	})
}
