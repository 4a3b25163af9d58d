package gui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/gui/reportview"
	"zhanggui/gui/stocktake"
)

// slipList is the one list of every kind of slip: filters in a row, rows read by pages, totals in sight, work on what is
// ticked or, where nothing is, on the row under the cursor.
type slipList struct {
	s      *Shell
	kind   *slip.Kind
	filter inquiry.Filter
	order  inquiry.Order

	list   *inquiry.SlipList
	pages  map[int][]inquiry.SlipRow
	asked  map[int]bool
	ticked map[int64]bool
	sums   inquiry.SlipList // of what is ticked

	table *kit.Table
	ring  *kit.Ring
	words *kit.Field
	count *fyne.Container
	named map[string]*kit.Field
	turn  int // of reading: what an older turn brings is dropped
}

const listPage = 200

// OpenList opens the list of a kind.
func (s *Shell) OpenList(k *slip.Kind) { s.OpenListOf(k, inquiry.Filter{}) }

// OpenListOf opens the list of a kind narrowed by a filter.
func (s *Shell) OpenListOf(k *slip.Kind, f inquiry.Filter) {
	f.Kinds = []string{k.Code}
	l := &slipList{s: s, kind: k, filter: f, ticked: map[int64]bool{}}
	for i, t := range s.tabs {
		if o, ok := t.screen.(*slipList); ok && o.kind == k {
			o.filter = f
			t.object = nil
			s.Choose(i)
			return
		}
	}
	s.Open(l)
}

func (l *slipList) ID() string { return "list " + l.kind.Code }

func (l *slipList) Title() text.Text {
	return text.T(l.kind.Title.Zh+"列表", l.kind.Title.En+" list")
}

func (l *slipList) Area() string          { return string(l.kind.Group) }
func (l *slipList) Unsaved() bool         { return false }
func (l *slipList) Leave(done func(bool)) { done(true) }
func (l *slipList) Focus()                { kit.Focus(l.table) }
func (l *slipList) Changed()              { l.load() }

// Key leads from the filters back to the list before Esc leaves it.
func (l *slipList) Key(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyEscape && reportview.BackTo(l.table, l.ring)
}

// listColumn is one column of the list.
type listColumn struct {
	key, zh, en string
	width       float32
	right       bool
	order       string // what the head sorts by
	show        func(l *slipList, r inquiry.SlipRow) kit.Cell
}

func words(f func(inquiry.SlipRow) string) func(*slipList, inquiry.SlipRow) kit.Cell {
	return func(_ *slipList, r inquiry.SlipRow) kit.Cell { return kit.Cell{Text: f(r)} }
}

func figure(f func(inquiry.SlipRow) num.Amount) func(*slipList, inquiry.SlipRow) kit.Cell {
	return func(_ *slipList, r inquiry.SlipRow) kit.Cell {
		if a := f(r); a != 0 {
			return kit.Cell{Text: parts.Money(a)}
		}
		return kit.Cell{}
	}
}

// columns are those the kind has something to show in.
func (l *slipList) columns() []listColumn {
	k := l.kind
	list := []listColumn{
		{"tick", "", "", 30, false, "", nil},
		{"status", "状态", "Status", 92, false, "status", func(l *slipList, r inquiry.SlipRow) kit.Cell {
			c := kit.Cell{Text: l.s.T(r.Status.Label()), Mark: parts.StatusMark(r.Status)}
			if r.Red {
				c.Side = l.s.tr("红", "red")
			}
			return c
		}},
		{"date", "日期", "Date", 84, false, "date", words(func(r inquiry.SlipRow) string { return r.Date.String() })},
		{"number", "单号", "Number", 128, false, "number", func(_ *slipList, r inquiry.SlipRow) kit.Cell { return kit.Cell{Text: r.Number, Link: true} }},
	}
	has := func(key string) bool { _, ok := k.HeaderField(key); return ok }
	if k.Party != "" {
		title := text.T("客户", "Customer")
		if k.Party == slip.Suppliers {
			title = text.T("供应商", "Supplier")
		}
		list = append(list, listColumn{"party", title.Zh, title.En, 196, false, "party", func(l *slipList, r inquiry.SlipRow) kit.Cell {
			return kit.Cell{Text: parts.NameOf(l.s, string(l.kind.Party), r.Party)}
		}})
	}
	if has("warehouse") && k.Party == "" {
		list = append(list, listColumn{"warehouse", "仓库", "Store", 90, false, "warehouse", func(l *slipList, r inquiry.SlipRow) kit.Cell {
			return kit.Cell{Text: parts.NameOf(l.s, "warehouses", r.Warehouse)}
		}})
	}
	if x, ok := k.HeaderField("to_warehouse"); ok {
		list = append(list, listColumn{"to_warehouse", x.Label.Zh, x.Label.En, 90, false, "", func(l *slipList, r inquiry.SlipRow) kit.Cell {
			return kit.Cell{Text: parts.NameOf(l.s, "warehouses", r.ToWarehouse)}
		}})
	}
	if has("employee") {
		list = append(list, listColumn{"employee", "业务员", "Staff", 70, false, "employee", func(l *slipList, r inquiry.SlipRow) kit.Cell {
			return kit.Cell{Text: parts.NameOf(l.s, "employees", r.Employee)}
		}})
	}
	if len(k.From) > 0 {
		list = append(list, listColumn{"source", "源单", "Source", 122, false, "", func(_ *slipList, r inquiry.SlipRow) kit.Cell { return kit.Cell{Text: r.Source, Shade: kit.Ink2} }})
	}
	if k.Taxed {
		list = append(list, listColumn{"net", "未税金额", "Net", 100, true, "net", figure(func(r inquiry.SlipRow) num.Amount { return r.Net })},
			listColumn{"tax", "税额", "Tax", 86, true, "tax", figure(func(r inquiry.SlipRow) num.Amount { return r.Tax })})
	}
	if !k.Paper.NoMoney {
		list = append(list, listColumn{"gross", "价税合计", "Total", 104, true, "gross", figure(func(r inquiry.SlipRow) num.Amount { return r.Gross })})
	}
	if k.Posts() && (k.Party != "") {
		list = append(list, listColumn{"settled", "已结", "Settled", 96, true, "", figure(func(r inquiry.SlipRow) num.Amount { return r.Settled })},
			listColumn{"open", "未结", "Open", 96, true, "open", figure(func(r inquiry.SlipRow) num.Amount { return r.Open })})
	}
	if due, ok := k.HeaderField("due_date"); ok && k.Stock.Promise != slip.Nothing || k.Plan {
		list = append(list, listColumn{"left", "未执行", "Left", 80, true, "", func(_ *slipList, r inquiry.SlipRow) kit.Cell {
			if r.Left == 0 {
				return kit.Cell{}
			}
			return kit.Cell{Text: r.Left.Grouped()}
		}}, listColumn{"due", due.Label.Zh, due.Label.En, 86, false, "due_date", words(func(r inquiry.SlipRow) string { return r.DueDate.String() })})
	}
	return append(list,
		listColumn{"prints", "打印", "Prints", 48, true, "prints", func(_ *slipList, r inquiry.SlipRow) kit.Cell {
			if r.Prints == 0 {
				return kit.Cell{}
			}
			return kit.Cell{Text: fmt.Sprint(r.Prints)}
		}},
		listColumn{"external", "外部单号", "Ext. no.", 100, false, "external_no", words(func(r inquiry.SlipRow) string { return r.ExternalNo })},
		listColumn{"remark", "备注", "Remark", 120, false, "remark", func(_ *slipList, r inquiry.SlipRow) kit.Cell { return kit.Cell{Text: r.Remark, Shade: kit.Ink2} }})
}

// Object builds the list.
func (l *slipList) Object() fyne.CanvasObject {
	cols := l.columns()
	t := kit.NewTable()
	for _, c := range cols {
		k := kit.Column{Key: c.key, Title: l.s.tr(c.zh, c.en), Width: c.width, Grow: c.key == "remark"}
		if c.right {
			k.Align = fyne.TextAlignTrailing
		}
		t.Columns = append(t.Columns, k)
	}
	t.Frozen = 4
	t.Length = func() int {
		if l.list == nil {
			return 0
		}
		return len(l.list.IDs)
	}
	t.CellAt = func(row, col int) kit.Cell { return l.cell(cols, row, col) }
	t.Lit = func(row int) bool { return l.ticked[l.list.IDs[row]] }
	t.Foot = func() [][]kit.Cell { return l.foot(cols) }
	t.Empty = l.s.tr("没有符合的单据，Ctrl+0 清除筛选，Ctrl+N 新增", "no slip fits; Ctrl+0 clears the filters, Ctrl+N makes one")
	t.OnOpen = func(row, _ int) {
		if r, ok := l.row(row); ok {
			l.s.OpenSlip(r.Number)
		}
	}
	t.OnHead = func(col int) { l.sort(cols[col].order) }
	t.OnTap = func(row, col int) bool {
		if col == 0 {
			l.tick(row)
			return true
		}
		return false
	}
	t.OnRune = func(r rune) bool {
		if r == ' ' {
			l.tick(t.Row())
			t.Step(fyne.KeyDown)
		}
		return r == ' '
	}
	t.OnKey = l.key
	t.OnEdge = func(down bool) bool {
		if !down {
			l.ring.First()
		}
		return !down
	}
	l.s.prefs.widths("list/"+l.kind.Code, t)
	l.table = t
	bar := l.filters()
	l.load()
	l.s.Hint(l.s.tr("Enter 打开   空格 勾选   Shift+↑↓ 连选   Ctrl+A 全选   Ctrl+F 查找   F9 审核   F8 下推", "Enter opens   Space ticks   Shift+↑↓ a range   Ctrl+A all   Ctrl+F find   F9 audit   F8 push down"))
	return container.NewBorder(bar, nil, nil, nil, t)
}

func (l *slipList) key(ev *fyne.KeyEvent) bool {
	if (ev.Name == fyne.KeyUp || ev.Name == fyne.KeyDown) && kit.Shift() {
		l.tickOn(l.table.Row(), true)
		l.table.Step(ev.Name)
		l.tickOn(l.table.Row(), true)
		return true
	}
	if ev.Name == fyne.KeyTab {
		l.ring.First()
		return true
	}
	return false
}

// filters builds the bar over the list.
func (l *slipList) filters() fyne.CanvasObject {
	s := l.s
	l.ring = &kit.Ring{Before: func() { kit.Focus(l.table) }, After: func() { kit.Focus(l.table) }}
	l.named = map[string]*kit.Field{}
	row := container.New(kit.Row{Gap: 6})
	add := func(key, label string, width float32, f *kit.Field, value string, take func(string) error) {
		f.OnCommit = func(v string) error {
			if err := take(v); err != nil {
				return err
			}
			l.load()
			return nil
		}
		f.OnRefuse = func(err error) { s.Fail(err) }
		f.OnSettle = s.Settled
		f.OnEnter = s.Calm
		f.SetValue(value)
		l.ring.Add(f)
		l.named[key] = f
		row.Add(kit.Caption(label))
		row.Add(kit.Fixed(width, kit.M().Box, f.Input))
	}
	day := func(to *text.Date) (*kit.Field, func(string) error) {
		f := kit.DateField(kit.NewField(""), s.Book().Today)
		f.Hint = s.tr("不限", "any")
		return f, func(v string) error { *to = parts.DayOf(v); return nil }
	}
	from, takeFrom := day(&l.filter.From)
	add("from", s.tr("日期", "Date"), 96, from, l.filter.From.String(), takeFrom)
	to, takeTo := day(&l.filter.To)
	add("to", s.tr("至", "to"), 96, to, l.filter.To.String(), takeTo)
	if l.kind.Party != "" {
		f := parts.RefField(s, "", string(l.kind.Party), true, parts.Picked{})
		f.Hint = s.tr("全部", "all")
		add("party", map[slip.Role]string{slip.Customers: s.tr("客户", "Customer"), slip.Suppliers: s.tr("供应商", "Supplier")}[l.kind.Party], 170, f, l.filter.Party,
			func(v string) error { l.filter.Party = v; return nil })
	}
	st := parts.ChoiceField(s, "", func() []slip.Choice { return slip.Statuses })
	st.Hint = s.tr("全部", "all")
	status := ""
	if len(l.filter.Status) > 0 {
		status = string(l.filter.Status[0])
	}
	add("status", s.tr("状态", "Status"), 96, st, status, func(v string) error {
		l.filter.Status = nil
		if v != "" {
			l.filter.Status = []slip.Status{slip.Status(v)}
		}
		return nil
	})
	if l.kind.Goods() {
		f := parts.RefField(s, "", "products", true, parts.Picked{})
		f.Hint = s.tr("全部", "all")
		add("product", s.tr("商品", "Product"), 140, f, l.filter.Product, func(v string) error { l.filter.Product = v; return nil })
	}
	l.words = kit.NewField("")
	l.words.Hint = s.tr("单号、备注、商品", "number, remark, product")
	l.words.Mark = "Ctrl+F"
	add("words", s.tr("查找", "Find"), 200, l.words, l.filter.Words, func(v string) error { l.filter.Words = v; return nil })
	row.Add(kit.NewTap(kit.Label(s.tr("清除", "Clear"), kit.Accent, kit.M().Caption, false), l.clear))
	l.count = container.NewStack()
	return container.NewStack(kit.Box(kit.Paper), container.NewBorder(nil, kit.HLine(kit.Hair), nil, nil, kit.Fixed(0, 35, kit.Pad(10, 0, container.NewBorder(nil, nil, nil, l.count, row)))))
}

func (l *slipList) clear() {
	l.filter = inquiry.Filter{Kinds: []string{l.kind.Code}}
	for _, f := range l.named {
		f.SetValue("")
	}
	l.load()
	kit.Focus(l.table)
}

// load reads which slips there are; their rows follow page by page as they come in sight.
func (l *slipList) load() {
	l.turn++
	turn, b, f, o := l.turn, l.s.Book(), l.filter, l.order
	Read(l.s, l.s.tr("读取列表", "reading the list"), func() (*inquiry.SlipList, error) { return b.List(f, o) }, func(v *inquiry.SlipList) {
		if turn != l.turn {
			return
		}
		l.list, l.pages, l.asked = v, map[int][]inquiry.SlipRow{}, map[int]bool{}
		parts.Set(l.count, kit.Caption(l.s.tr("共 %d 张", "%d {slip|slips}", v.Count)))
		l.retick()
		l.table.Refresh()
	})
}

// row is a row, if it is read; else its page is asked for.
func (l *slipList) row(row int) (inquiry.SlipRow, bool) {
	page := row / listPage
	if rows, ok := l.pages[page]; ok {
		if i := row % listPage; i < len(rows) {
			return rows[i], true
		}
		return inquiry.SlipRow{}, false
	}
	if !l.asked[page] {
		l.asked[page] = true
		ids := l.list.IDs[page*listPage : min(len(l.list.IDs), (page+1)*listPage)]
		turn, b := l.turn, l.s.Book()
		Read(l.s, l.s.tr("读取列表", "reading the list"), func() ([]inquiry.SlipRow, error) { return b.Rows(ids) }, func(rows []inquiry.SlipRow) {
			if turn == l.turn {
				l.pages[page] = rows
				l.table.Refresh()
			}
		})
		if rows, ok := l.pages[page]; ok && row%listPage < len(rows) {
			return rows[row%listPage], true
		}
	}
	return inquiry.SlipRow{}, false
}

func (l *slipList) cell(cols []listColumn, row, col int) kit.Cell {
	if col == 0 {
		on := l.ticked[l.list.IDs[row]]
		return kit.Cell{Tick: &on}
	}
	r, ok := l.row(row)
	if !ok {
		return kit.Cell{Ghost: true}
	}
	c := cols[col].show(l, r)
	if r.Status == slip.Void && c.Mark == kit.NoMark {
		c.Shade, c.Link = kit.Ink3, false
	}
	return c
}

// foot are the two lines of sums: what is ticked, and all.
func (l *slipList) foot(cols []listColumn) [][]kit.Cell {
	if l.list == nil {
		return [][]kit.Cell{nil, nil}
	}
	line := func(label, count string, v *inquiry.SlipList, some bool) []kit.Cell {
		cells := make([]kit.Cell, len(cols))
		for i, c := range cols {
			var a num.Amount
			switch c.key {
			case "status":
				cells[i].Text = label
			case "number":
				cells[i].Text = count
			case "net":
				a = v.Net
			case "tax":
				a = v.Tax
			case "gross":
				a = v.Gross
			case "settled":
				a = v.Settled
			case "open":
				a = v.Open
			}
			if some && c.right && c.key != "prints" && c.key != "left" {
				cells[i].Text = parts.Money(a)
			}
		}
		return cells
	}
	s := l.s
	all := s.tr("%d 张", "%d {slip|slips}", l.list.Count-l.list.Voids)
	return [][]kit.Cell{line(s.tr("已选", "Ticked"), s.tr("%d 张", "%d {slip|slips}", len(l.ticked)), &l.sums, len(l.ticked) > 0), line(s.tr("合计", "Total"), all, l.list, true)}
}

func (l *slipList) sort(by string) {
	if by == "" {
		return
	}
	if l.order.Key == by {
		l.order.Down = !l.order.Down
	} else {
		l.order = inquiry.Order{Key: by}
	}
	for i, c := range l.columns() {
		l.table.Columns[i].Sort = 0
		if c.order == by {
			l.table.Columns[i].Sort = map[bool]int{false: 1, true: -1}[l.order.Down]
		}
	}
	l.load()
}

func (l *slipList) tick(row int) {
	if l.list != nil && row < len(l.list.IDs) {
		l.tickOn(row, !l.ticked[l.list.IDs[row]])
	}
}

func (l *slipList) tickOn(row int, on bool) {
	if l.list == nil || row >= len(l.list.IDs) {
		return
	}
	id := l.list.IDs[row]
	if on {
		l.ticked[id] = true
	} else {
		delete(l.ticked, id)
	}
	l.resum()
}

// retick forgets ticks on slips that are no longer listed.
func (l *slipList) retick() {
	if len(l.ticked) == 0 {
		return
	}
	still := map[int64]bool{}
	for _, id := range l.list.IDs {
		if l.ticked[id] {
			still[id] = true
		}
	}
	l.ticked = still
	l.resum()
}

func (l *slipList) resum() {
	ids := l.tickedIDs()
	b := l.s.Book()
	Read(l.s, l.s.tr("合计", "summing"), func() (inquiry.SlipList, error) { return b.SumOf(ids) }, func(v inquiry.SlipList) {
		l.sums = v
		l.table.Refresh()
	})
}

func (l *slipList) tickedIDs() []int64 {
	var ids []int64
	for _, id := range l.list.IDs {
		if l.ticked[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// chosen hands the rows that work is meant for: ticked, in the order they were written, else the one under the cursor.
func (l *slipList) chosen(then func([]inquiry.SlipRow)) {
	if l.list == nil || len(l.list.IDs) == 0 {
		return
	}
	ids := l.tickedIDs()
	if len(ids) == 0 {
		ids = []int64{l.list.IDs[l.table.Row()]}
	}
	b := l.s.Book()
	Read(l.s, l.s.tr("读取", "reading"), func() ([]inquiry.SlipRow, error) { return b.Rows(ids) }, then)
}

// Commands are what can be done from the list.
func (l *slipList) Commands() []Command {
	s := l.s
	list := []Command{
		{Label: text.T("新增", "New"), Key: "Ctrl+N", Icon: "plus", Primary: true, Run: func() { s.NewSlip(l.kind) }},
		{Label: text.T("打开", "Open"), Key: "Enter", Icon: "edit", Run: func() { l.table.Step(fyne.KeyReturn) }},
		{Label: text.T("审核", "Audit"), Key: "F9", Icon: "check", Gap: true, Run: l.audit},
	}
	if len(l.s.Book().NextKinds(l.kind.Code)) > 0 {
		list = append(list, Command{Label: text.T("下推", "Push down"), Key: "F8", Icon: "push", Run: l.push})
	}
	if stocktake.Picks(l.kind) {
		list = append(list, Command{Label: text.T("扫码拣货", "Pick by scanner"), Key: "Ctrl+F8", Icon: "scan", Hidden: true, Run: func() {
			l.chosen(func(rows []inquiry.SlipRow) { stocktake.OpenPicking(s, numbers(rows)...) })
		}})
	}
	if l.kind.Stock.Counts {
		list = append(list, Command{Label: text.T("合并", "Merge"), Key: "Ctrl+M", Icon: "copy", Run: l.mergeCounts})
	}
	if len(l.kind.Matches) > 0 {
		list = append(list, Command{Label: text.T("钩稽", "Match"), Key: "Ctrl+Y", Icon: "offset", Run: func() {
			party := l.filter.Party
			if r, ok := l.row(l.table.Row()); ok && l.table.Length() > 0 {
				party = r.Party
			}
			s.OpenMatching(l.kind, party)
		}})
	}
	return append(list,
		Command{Label: text.T("打印", "Print"), Key: "Ctrl+P", Icon: "print", Run: func() {
			l.chosen(func(rows []inquiry.SlipRow) { s.Preview(numbers(rows)) })
		}},
		Command{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Run: l.export},
		Command{Label: text.T("单据流", "Flow"), Key: "Ctrl+L", Icon: "flow", Run: func() {
			if r, ok := l.row(l.table.Row()); ok {
				s.OpenFlow(r.Number)
			}
		}},
		Command{Label: text.T("刷新", "Refresh"), Key: "F5", Icon: "ref", Gap: true, Run: l.load},
		Command{Label: text.T("查找", "Find"), Key: "Ctrl+F", Icon: "find", Hidden: true, Run: func() { kit.Focus(l.words.Input) }},
		Command{Label: text.T("全选", "Tick all"), Key: "Ctrl+A", Hidden: true, Run: l.tickAll},
		Command{Label: text.T("清除筛选", "Clear filters"), Key: "Ctrl+0", Icon: "filter", Hidden: true, Run: l.clear},
		Command{Label: text.T("导入…", "Import…"), Hidden: true, Run: func() { s.Import("slips") }})
}

// Keys are the list's own keys, for the help.
func (l *slipList) Keys() []Command {
	return []Command{{Label: text.T("勾选", "tick"), Key: text.T("空格", "Space").In(l.s.lang)}, {Label: text.T("连选", "tick a range"), Key: "Shift+↑ ↓"},
		{Label: text.T("到筛选栏", "to the filters"), Key: "Tab"}}
}

func numbers(rows []inquiry.SlipRow) []string {
	list := make([]string, len(rows))
	for i, r := range rows {
		list[i] = r.Number
	}
	return list
}

func (l *slipList) tickAll() {
	if l.list == nil {
		return
	}
	all := len(l.ticked) < len(l.list.IDs)
	l.ticked = map[int64]bool{}
	if all {
		for _, id := range l.list.IDs {
			l.ticked[id] = true
		}
	}
	l.resum()
	l.table.Refresh()
}

// audit posts the chosen drafts, oldest first, each in a transaction of its own; the first refusal stops.
func (l *slipList) audit() {
	l.chosen(func(rows []inquiry.SlipRow) {
		var drafts []string
		for i := len(rows) - 1; i >= 0; i-- {
			if rows[i].Status.Editable() {
				drafts = append(drafts, rows[i].Number)
			}
		}
		if len(drafts) == 0 {
			l.s.Say(kit.Hint, l.s.tr("所选单据里没有草稿", "no draft among the chosen slips"))
			return
		}
		b, done := l.s.Book(), 0
		l.s.LongWrite(l.s.tr("审核 %d 张", "auditing %d {slip|slips}", len(drafts)), func(ctx context.Context) error {
			for _, n := range drafts {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if _, err := b.Audit(n); err != nil {
					return err
				}
				done++
			}
			return nil
		}, func(err error) {
			if err != nil {
				l.s.Say(kit.Refusal, l.s.tr("已审核 %d 张；%s：", "%d audited; %s: ", done, drafts[done])+l.s.words(err),
					kit.Offer{Key: fyne.KeyF2, Label: l.s.tr("打开它", "open it"), Run: func() { l.s.OpenSlip(drafts[done]) }})
				return
			}
			l.ticked = map[int64]bool{}
			l.load()
			l.s.Say(kit.Hint, l.s.tr("已审核 %d 张", "%d audited", done))
		})
	})
}

func (l *slipList) push() {
	l.chosen(func(rows []inquiry.SlipRow) {
		if len(rows) > 10 {
			l.s.Say(kit.Refusal, l.s.tr("一次最多下推 10 张", "ten slips at most can be pushed down at a time"))
			return
		}
		l.s.pushDown(numbers(rows), l.kind)
	})
}

// export writes the list as it stands, all rows, to a workbook.
func (l *slipList) export() {
	cols := l.columns()[1:]
	out := parts.Table{Title: l.s.T(l.Title())}
	for _, c := range cols {
		typ := slip.TypeText
		switch {
		case c.key == "date" || c.key == "due":
			typ = slip.TypeDate
		case c.key == "prints":
			typ = slip.TypeInt
		case c.key == "left":
			typ = slip.TypeQuantity
		case c.right:
			typ = slip.TypeAmount
		}
		out.Columns = append(out.Columns, parts.Column{Title: l.s.tr(c.zh, c.en), Type: typ, Total: c.right && c.key != "prints"})
	}
	b, ids := l.s.Book(), l.list.IDs
	parts.SaveTable(l.s, out, func(ctx context.Context) ([][]string, error) {
		var rows [][]string
		for i := 0; i < len(ids); i += listPage {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			page, err := b.Rows(ids[i:min(len(ids), i+listPage)])
			if err != nil {
				return nil, err
			}
			for _, r := range page {
				row := make([]string, len(cols))
				for j, c := range cols {
					row[j] = parts.Plain(c.show(l, r).Text)
				}
				rows = append(rows, row)
			}
		}
		return rows, nil
	})
}
