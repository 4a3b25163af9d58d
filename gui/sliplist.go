package gui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/gui/reportview"
)

// slipList is the one list of every kind of slip: filters in a row, rows read by pages, totals in sight, work on what is
// ticked or, where nothing is, on the row under the cursor.
type slipList struct {
	s      *Shell
	kind   *slip.Kind
	filter inquiry.Filter
	order  inquiry.Sorting

	list   *inquiry.SlipList
	pages  map[int][]inquiry.SlipRow
	seen   map[int64]int64 // by slip, the version in sight
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

func (l *slipList) Area() string { return string(l.kind.Group) }

func (l *slipList) Unsaved() bool { return false }

func (l *slipList) Leave(done func(bool)) { done(true) }

func (l *slipList) Focus() { kit.Focus(l.table) }

func (l *slipList) Changed() { l.load() }

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

// columns are those of the kind that the person at the window may see (R4): by the tag of what they show.
func (l *slipList) columns() []listColumn {
	who := l.s.Book().Who()
	return slices.DeleteFunc(listColumns(l.kind), func(c listColumn) bool {
		return c.right && !who.Sees(l.kind.TagOf(&slip.Doc{}, slip.OnHead, c.key)) || c.key == "party" && !l.names()
	})
}

// names tells whether the person at the window may see whom slips of the kind are with (R5).
func (l *slipList) names() bool { return l.s.Book().Who().May(string(l.kind.Party), "see") }

// listColumns are those a kind has something to show in.
func listColumns(k *slip.Kind) []listColumn {
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
			return kit.Cell{Text: parts.NameOf(l.s, master.Warehouses.Code, r.Warehouse)}
		}})
	}
	if x, ok := k.HeaderField("to_warehouse"); ok {
		list = append(list, listColumn{"to_warehouse", x.Label.Zh, x.Label.En, 90, false, "", func(l *slipList, r inquiry.SlipRow) kit.Cell {
			return kit.Cell{Text: parts.NameOf(l.s, master.Warehouses.Code, r.ToWarehouse)}
		}})
	}
	if has("employee") {
		list = append(list, listColumn{"employee", "业务员", "Staff", 70, false, "employee", func(l *slipList, r inquiry.SlipRow) kit.Cell {
			return kit.Cell{Text: parts.NameOf(l.s, master.Employees.Code, r.Employee)}
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
	if k.Posts() && k.Party != "" {
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
	t.Whole = l.whole
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
	l.s.prefs.widths("list/"+l.kind.Code, t)
	l.table = t
	bar := l.filters()
	l.load()
	hint := l.s.tr("Enter 打开   空格 勾选   Shift+↑↓ 连选   Ctrl+A 全选   Ctrl+F 查找   F9 审核", "Enter opens   Space ticks   Shift+↑↓ a range   Ctrl+A all   Ctrl+F find   F9 audit")
	if len(l.s.Book().NextKinds(l.kind.Code)) > 0 {
		hint += l.s.tr("   F8 下推", "   F8 push down")
	}
	l.s.Hint(hint)
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
	row := container.New(kit.Filters{Gap: 6, Least: 92})
	add := func(key, label string, width float32, f *kit.Field, value string, take func(string) error) {
		f.OnCommit = func(v string) error {
			if err := take(v); err != nil {
				return err
			}
			l.begin()
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
	if l.kind.Party != "" && l.names() {
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
		f := parts.RefField(s, "", master.Products.Code, true, parts.Picked{})
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
	l.begin()
	kit.Focus(l.table)
}

// begin reads another choice of slips, or another order, and shows it from its first row on.
func (l *slipList) begin() {
	l.table.Go(0, l.table.Col())
	l.load()
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
				if l.seen == nil {
					l.seen = map[int64]int64{}
				}
				for _, r := range rows {
					l.seen[r.ID] = r.Version
				}
				l.table.Refresh()
			}
		})
		if rows, ok := l.pages[page]; ok && row%listPage < len(rows) {
			return rows[row%listPage], true
		}
	}
	return inquiry.SlipRow{}, false
}

// whole reads every page that was not in sight yet.
func (l *slipList) whole(then func()) {
	ids, turn, b := l.list.IDs, l.turn, l.s.Book()
	Read(l.s, l.s.tr("读取列表", "reading the list"), func() ([]inquiry.SlipRow, error) { return b.Rows(ids) }, func(rows []inquiry.SlipRow) {
		if turn != l.turn || len(rows) != len(ids) {
			return
		}
		for i := 0; i < len(rows); i += listPage {
			l.pages[i/listPage] = rows[i:min(len(rows), i+listPage)]
		}
		then()
	})
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
		l.order = inquiry.Sorting{Key: by}
	}
	for i, c := range l.columns() {
		l.table.Columns[i].Sort = 0
		if c.order == by {
			l.table.Columns[i].Sort = map[bool]int{false: 1, true: -1}[l.order.Down]
		}
	}
	l.begin()
}
