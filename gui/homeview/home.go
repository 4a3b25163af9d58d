package homeview

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports"
)

// Home is the first tab, which stays: the process map of one area, doors to its masters and reports, what waits to be done, and at the
// right whether the books agree and how trade goes.
type Home struct {
	s      host.Host
	area   slip.Group
	chosen bool // the area was chosen from the navigation
	plan   *processMap
	at     int  // node or door under the cursor
	inMap  bool // the map has the keyboard
	Data   *Data

	mapBox, doorBox, areaBox, work *fyne.Container
	keys                           *kit.Keys
	list                           *kit.Table
	right                          *homeSide
	doors                          *container.Scroll
	loading, again                 bool
}

// Data is everything the screen shows of the book.
type Data struct {
	Counts   map[string]inquiry.KindCount
	Tasks    []inquiry.Task
	Called   approve.Called // what of approvals waits for who looks
	Returned []string       // numbers of what was given back to him
	overview inquiry.Overview
	empty    bool // no slip was ever entered
	products int
	opening  int
}

const mostTasks = 200

// narrowWindow is where the list of what waits has no room for all its columns.
const narrowWindow = 1180

// New is the home screen, on the map of the area looked at last.
func New(s host.Host) *Home {
	h := &Home{s: s, inMap: true}
	h.area = slip.Group(s.Preferences().StringWithFallback(h.areaKey(), string(slip.Sales)))
	if all := s.Book().Groups(); !slices.ContainsFunc(all, func(g slip.Area) bool { return g.Code == h.area }) {
		h.area = slip.Sales
		if len(all) > 0 && !slices.ContainsFunc(all, func(g slip.Area) bool { return g.Code == slip.Sales }) {
			h.area = all[0].Code
		}
	}
	return h
}

// areaKey is what the area looked at last is remembered under: of everybody in a book with users.
func (h *Home) areaKey() string {
	if h.s.Book().Users() {
		return "area/" + h.s.Book().User
	}
	return "area"
}

// Plainly is home itself, not one of its areas.
func (h *Home) Plainly() { h.chosen = false }

// Choose turns to the map of an area, as its door in the navigation does.
func (h *Home) Choose(g slip.Group) {
	h.chosen = true
	h.turn(g)
}

// On is the area whose map is shown.
func (h *Home) On() slip.Group { return h.area }

// Doors are the kinds on the map, in the order of their digits.
func (h *Home) Doors() (list []*slip.Kind) {
	for _, n := range h.plan.nodes {
		list = append(list, n.kind)
	}
	return list
}

// Proved is part of host.Prover.
func (h *Home) Proved() {
	if h.right != nil {
		h.right.drawLamp()
	}
}

func (h *Home) ID() string { return "home" }

func (h *Home) Title() text.Text { return text.T("首页", "Home") }

func (h *Home) Area() string {
	if h.chosen {
		return string(h.area)
	}
	return "home"
}

func (h *Home) Unsaved() bool { return false }

func (h *Home) Leave(done func(bool)) { done(false) }

// Object builds the screen.
func (h *Home) Object() fyne.CanvasObject {
	h.plan = newMap(h.s.Book().Kinds(), h.area)
	h.mapBox, h.doorBox, h.areaBox, h.work = container.NewStack(), container.NewStack(), container.NewStack(), container.NewStack()
	h.keys = kit.NewKeys(h.mapKey)
	h.keys.OnRune = func(r rune) { h.typed(r) }
	h.keys.OnFocus = func(gained bool) { h.inMap = gained; h.drawMap(); h.drawDoors() }
	h.buildList()
	h.right = h.newSide()
	h.draw()
	h.load()
	top := container.NewVBox(parts.Panel(h.areaBox, h.mapBox), kit.Pad(0, 4, parts.Panel(nil, h.doorBox)), h.keys)
	return kit.Pad(8, 6, container.New(kit.Beside{Width: 334, Least: leastMap * kit.M().Zoom()}, top, h.work, kit.Pad(5, 0, h.right.Object())))
}

// draw shows what is known.
func (h *Home) draw() {
	h.drawAreas()
	h.drawMap()
	h.drawDoors()
	h.drawWork()
	h.right.draw()
}

// load reads the figures in the background; changes meanwhile are read once more.
func (h *Home) load() {
	if h.loading {
		h.again = true
		return
	}
	h.loading, h.again = true, false
	b := h.s.Book()
	var d *Data
	h.s.Quietly(func() (err error) {
		d, err = readHome(b)
		return err
	}, func(err error) {
		h.loading = false
		switch {
		case h.s.Book() != b:
			return
		case err != nil:
			h.s.Fail(err)
			return
		}
		h.Data = d
		h.draw()
		if h.again {
			h.load()
		}
	})
}

func readHome(b *workflow.Book) (d *Data, err error) {
	d = &Data{products: count(b, master.Products), opening: count(b, master.OpeningStock, master.OpeningBalances)}
	if d.Counts, err = b.Counts(); err != nil {
		return nil, err
	}
	if d.Tasks, err = b.Tasks(mostTasks); err != nil {
		return nil, err
	}
	slices.SortStableFunc(d.Tasks, func(a, b inquiry.Task) int { return cmp.Compare(turn(a), turn(b)) })
	if d.overview, err = b.Overview(); err != nil {
		return nil, err
	}
	if err = d.readCalls(b); err != nil {
		return nil, err
	}
	if b.Who().May(master.OpeningStock.Code, "enter") { // who begins the books is shown how
		d.empty, err = noSlips(b)
	}
	return d, err
}

// turn is where a task stands among those of other sorts: what is to be done today comes before the money that is long overdue, which
// may be many slips of one party; each sort keeps the order of its urgency.
func turn(t inquiry.Task) int {
	switch {
	case t.Action != "collect" && t.Action != "pay":
		return 1
	case t.Urgency > 0:
		return 2
	}
	return 0
}

// count tells how many master records of some types there are.
func count(b *workflow.Book, types ...*master.Type) (n int) {
	for _, t := range types {
		b.Masters().Each(t.Code, func(*master.Record) { n++ })
	}
	return n
}

// noSlips tells whether no slip was ever entered.
func noSlips(b *workflow.Book) (bool, error) {
	for _, k := range b.Kinds() {
		last, err := b.Neighbour(k.Code, "", -1)
		if err != nil || last != "" {
			return false, err
		}
	}
	return true, nil
}

// drawAreas draws the head of the map: the areas and the keys.
func (h *Home) drawAreas() {
	s, m := h.s, kit.M()
	row := container.New(kit.Row{}, kit.Label(s.Tr("业务流程", "Processes"), kit.Ink, m.Text, true), kit.Fixed(12, 1, kit.Box(kit.Clear)))
	for _, g := range s.Book().Groups() {
		ground, ink := kit.Framed(kit.Paper, kit.Line, 1), kit.Ink
		if g.Code == h.area {
			ground, ink = kit.Framed(kit.Accent, kit.Accent, 1), kit.OnAccent
		}
		ground.CornerRadius = 0
		row.Add(kit.NewTap(container.NewStack(ground, kit.Pad(12, 2, kit.Label(s.T(g.Title), ink, m.Caption, false))), func() { h.turn(g.Code); h.EnterMap() }))
	}
	keys := kit.Caption(s.Tr("数字进门，Ctrl+数字 新建，← → 换业务", "digit opens, Ctrl+digit makes new, ← → area"))
	h.areaBox.Objects = []fyne.CanvasObject{kit.Fixed(0, 34, kit.Pad(10, 0, container.New(kit.Ends{}, row, keys)))}
	h.areaBox.Refresh()
}

// turn shows another area.
func (h *Home) turn(g slip.Group) {
	h.area, h.at = g, 0
	h.s.Preferences().SetString(h.areaKey(), string(g))
	h.plan = newMap(h.s.Book().Kinds(), g)
	if h.mapBox != nil {
		h.drawAreas()
		h.drawMap()
		h.drawDoors()
		h.s.Refresh()
	}
}

func (h *Home) turnBy(step int) {
	all := h.s.Book().Groups()
	i := slices.IndexFunc(all, func(g slip.Area) bool { return g.Code == h.area })
	n := len(all)
	if h.chosen {
		h.chosen = false // the navigation's door is not the area any more
	}
	h.turn(all[(i+step+n)%n].Code)
}

// areaDoor is a door beneath the map: to masters, a report, or what belongs to the area.
type areaDoor struct {
	icon string
	word text.Text
	open func()
}

// areaReports are the reports people of an area look at, in the order of the doors.
var areaReports = map[slip.Group][]string{
	slip.Purchase:  {"purchase-summary", "payables", "order-status", "reorder"},
	slip.Sales:     {"sales-summary", "receivables", "ageing", "order-status"},
	slip.Warehouse: {"stock-on-hand", "stock-movement", "stock-ledger", "slow-stock", "expiry"},
	slip.Money:     {"cash-book", "receivables", "payables", "party-statement"},
	slip.Books:     {"journal", "general-ledger", "trial-balance", "balance-sheet", "income-statement", "vat"},
}

// areaDoors are the masters the area's slips name, and its reports as far as there are any.
func (h *Home) areaDoors() (list []areaDoor) {
	s := h.s
	used := map[string]bool{}
	for _, k := range s.Book().Kinds() {
		if k.Group != h.area {
			continue
		}
		for _, f := range slices.Concat(k.Header, k.Lines) {
			used[f.Ref] = true
		}
	}
	if h.area == slip.Books {
		list = append(list, areaDoor{"check", text.T("核对", "Verify"), s.Verify}, areaDoor{"lock", text.T("结账", "Close month"), s.ClosePeriod})
		used[master.GL.Code] = true
	}
	for _, t := range s.Book().Types() {
		if used[t.Code] && t != master.Units && t != master.Employees {
			list = append(list, areaDoor{"data", t.Title, func() { s.OpenMasters(t) }})
		}
	}
	for _, name := range areaReports[h.area] {
		if r, ok := reports.ByName(name); ok && s.Book().Who().May(r.Name, "see") {
			list = append(list, areaDoor{"chart", r.Title, func() { s.OpenReport(r, reports.Params{}) }})
		}
	}
	return list
}

func (h *Home) drawDoors() {
	s, m := h.s, kit.M()
	row := container.New(kit.Row{Gap: 4})
	scroll := container.NewHScroll(row)
	var chosen fyne.CanvasObject
	for i, d := range h.areaDoors() {
		word := kit.Label(s.T(d.word), kit.Accent, m.Text, false)
		back := kit.Framed(kit.Clear, kit.Clear, 0)
		door := kit.NewTap(container.NewStack(back, kit.Pad(6, 3, container.New(kit.Row{Gap: 4}, kit.Picture(d.icon, kit.Accent, 15), word))), d.open)
		if h.inMap && h.at == len(h.plan.nodes)+i {
			back.StrokeColor, back.StrokeWidth = kit.Accent.Color(), 2
			chosen = door
		}
		row.Add(door)
	}
	if len(h.doorBox.Objects) > 0 {
		scroll.Offset = h.doors.Offset
	}
	h.doors = scroll
	h.doorBox.Objects = []fyne.CanvasObject{kit.Pad(10, 2, container.NewBorder(nil, nil, kit.Pad(4, 3, kit.Caption(s.Tr("资料与报表", "Masters, reports"))), nil, scroll))}
	h.doorBox.Refresh()
	if chosen != nil { // not every window is wide enough for all of them
		kit.RevealAcross(scroll, chosen)
	}
}

// mapKey are the keys of the map.
func (h *Home) mapKey(ev *fyne.KeyEvent) bool {
	n := len(h.plan.nodes) + len(h.areaDoors())
	switch ev.Name {
	case fyne.KeyLeft:
		h.turnBy(-1)
	case fyne.KeyRight:
		h.turnBy(+1)
	case fyne.KeyUp:
		h.at = (h.at + n - 1) % n
	case fyne.KeyDown:
		h.at = (h.at + 1) % n
	case fyne.KeyHome:
		h.at = 0
	case fyne.KeyReturn, fyne.KeyEnter:
		h.openKind(h.at)
		return true
	case fyne.KeyTab:
		h.tab(0)
		return true
	default:
		return false
	}
	h.drawMap()
	h.drawDoors()
	return true
}

// tab walks map → list → right; Shift walks back.
func (h *Home) tab(from int) {
	parts := []fyne.Focusable{h.keys, h.list, h.right.figures, h.right.below}
	step := 1
	if kit.Shift() {
		step = len(parts) - 1
	}
	to := parts[(from+step)%len(parts)]
	if t, ok := to.(*kit.Table); ok && t != h.list {
		kit.Reveal(h.right.scroll, t)
	}
	kit.Focus(to)
}

// openKind opens what the cursor stands on: a kind's list, or a door beneath the map.
func (h *Home) openKind(i int) {
	if n := len(h.plan.nodes); i < n {
		h.at = i
		h.s.OpenList(h.plan.nodes[i].kind)
	} else if doors := h.areaDoors(); i-n < len(doors) {
		doors[i-n].open()
	}
}

// typed opens a door by its digit.
func (h *Home) typed(r rune) bool {
	if r < '0' || r > '9' {
		return false
	}
	if i := (int(r-'0') + 9) % 10; i < len(h.plan.nodes) {
		h.openKind(i)
	}
	return true
}

// EnterMap gives the map the keyboard.
func (h *Home) EnterMap() {
	h.inMap = true
	kit.Focus(h.keys)
}

// Focus goes to where the keyboard was.
func (h *Home) Focus() {
	h.s.Hint(h.s.Tr("Tab 换到等您处理和右栏，Enter 打开，F5 重读并核对", "Tab goes on to the list and the right side, Enter opens, F5 reads anew and verifies"))
	h.EnterMap()
}

// Key: the map and the tables hear theirs themselves.
func (h *Home) Key(*fyne.KeyEvent) bool { return false }

// Changed reads anew.
func (h *Home) Changed() { h.load() }

// Commands are the doors, and new slips behind them.
// runsShort tells whether there is something to buy, and a plan to buy it by.
func (h *Home) runsShort() bool {
	return h.Data != nil && len(h.Data.overview.Below) > 0 && slices.Contains(h.s.Book().Kinds(), kinds.PurchasePlan)
}

// makePlan opens a purchase plan, not saved, of what runs short.
func (h *Home) makePlan() {
	b := h.s.Book()
	host.Read(h.s, h.s.Tr("采购计划", "the purchase plan"), func() (*slip.Doc, error) {
		d, err := b.ProposePlan(false, "")
		for i := 0; err == nil && i < len(d.Lines); i++ { // what is seen is what will be saved
			err = b.Propose(kinds.PurchasePlan, d, &d.Lines[i])
		}
		return d, err
	}, func(d *slip.Doc) { h.s.EditDoc(d) })
}

func (h *Home) Commands() []host.Command {
	s := h.s
	list := []host.Command{{Label: text.T("刷新并核对", "Refresh, verify"), Key: "F5", Hidden: true, Run: func() { h.load(); s.Prove(nil) }},
		{Label: text.T("操作日志", "Audit log"), Key: "Ctrl+Shift+H", Icon: "rep", Hidden: true, Run: func() { s.OpenLog("", "") }}}
	if h.runsShort() {
		list = append(list, host.Command{Label: text.T("生成采购计划", "Make purchase plan"), Key: "F8", Hidden: true, Run: h.makePlan})
	}
	if h.plan == nil {
		h.plan = newMap(h.s.Book().Kinds(), h.area)
	}
	for i, n := range h.plan.nodes {
		if i >= 10 {
			break
		}
		digit := strconv.Itoa((i + 1) % 10)
		list = append(list, host.Command{Label: text.Tf("新增%s", "New %s", n.kind.Title), Key: "Ctrl+" + digit, Hidden: true, Run: func() { s.NewSlip(n.kind) }})
	}
	return list
}

// Keys are the plain keys for F1.
func (h *Home) Keys() []host.Command {
	return []host.Command{
		{Label: text.T("打开单据列表", "Open a list of slips"), Key: "1 … 0"},
		{Label: text.T("换业务", "Another area"), Key: "← →"},
		{Label: text.T("选择", "Choose"), Key: "↑ ↓"},
		{Label: text.T("流程图 → 等您处理 → 右栏", "Map → list → right side"), Key: "Tab"},
		{Label: text.T("打开", "Open"), Key: "Enter"},
	}
}

// buildList makes the table of what waits, or of the first steps in a new book.
func (h *Home) buildList() {
	t := kit.NewTable()
	t.Quiet = true
	t.OnRune = h.typed
	t.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyTab {
			h.tab(1)
			return true
		}
		return false
	}
	h.list = t
}

func (h *Home) drawWork() {
	if h.Data != nil && h.Data.empty {
		h.drawSteps()
		return
	}
	s, t := h.s, h.list
	t.Columns = []kit.Column{{Key: "what", Title: s.Tr("事项", "To do"), Width: 128}, {Key: "slip", Title: s.Tr("单据", "Slip"), Width: 222},
		{Key: "party", Title: s.Tr("往来单位", "Party"), Width: 180, Grow: true}, {Key: "amount", Title: s.Tr("金额", "Amount"), Width: 116, Align: fyne.TextAlignTrailing},
		{Key: "date", Title: s.Tr("日期", "Date"), Width: 92}, {Key: "action", Width: 76}}
	if s.Window().Canvas().Size().Width < narrowWindow*kit.M().Zoom() { // whole numbers of slips rather than what the first column tells too
		t.Columns = t.Columns[:4]
		t.Columns[2].Width = 110
	}
	t.Length = func() int {
		if h.Data == nil {
			return 0
		}
		return len(h.calls()) + len(h.Data.Tasks)
	}
	t.Empty = ""
	count := ""
	if h.Data != nil {
		count = s.Tr("%d 件", "%d", t.Length())
		t.Empty = s.Tr("没有要处理的，今天的都做完了", "Nothing waits: all of today is done")
	}
	t.CellAt = h.workCell
	t.OnOpen = func(row, _ int) { h.openWork(row) }
	keys := kit.Caption(s.Tr("Tab 进入，↑↓ 选择，Enter 打开", "Tab enters, ↑↓ choose, Enter opens"))
	h.setWork(parts.Panel(parts.HeadLine(s.Tr("等您处理", "Waiting for you"), count, keys), t))
}

// setWork puts the panel in its place and leaves the table in it where it was.
func (h *Home) setWork(o fyne.CanvasObject) {
	h.work.Objects = []fyne.CanvasObject{o}
	h.work.Refresh()
	h.list.Refresh()
}

// actions in words
var taskActions = map[string]text.Text{
	"audit": text.T("审核", "Audit"), "collect": text.T("收款", "Collect"), "pay": text.T("付款", "Pay"), "deliver": text.T("发货", "Ship"), "receive": text.T("收货", "Receive"),
}

func (h *Home) taskCell(t inquiry.Task, col int) kit.Cell {
	s := h.s
	k, _ := kinds.ByCode(t.Kind)
	switch col {
	case 0:
		switch {
		case t.Action == "audit":
			return kit.Cell{Text: s.Tr("待审核", "draft"), Mark: kit.MarkDraft}
		case t.Urgency > 0:
			return kit.Cell{Text: s.Tr("超期 %d 天", "%d d late", t.Urgency), Mark: kit.MarkLate}
		}
		return kit.Cell{Text: s.Tr("今天到期", "due today"), Mark: kit.MarkDue}
	case 1:
		return kit.Cell{Text: s.T(k.Title) + " " + t.Number, Link: true}
	case 2:
		return kit.Cell{Text: t.PartyName}
	case 3:
		if t.NoAmount {
			return kit.Cell{}
		}
		return kit.Cell{Text: parts.Money(t.Amount)}
	case 4:
		return kit.Cell{Text: t.Date.String()}
	}
	return kit.Cell{Text: s.T(taskActions[t.Action]) + " →", Link: true}
}

// drawSteps shows what comes first in a new book.
func (h *Home) drawSteps() {
	s, t := h.s, h.list
	first := func() { s.NewSlip(kinds.GoodsReceipt) }
	steps := []struct {
		done   int
		word   text.Text
		what   text.Text
		action func()
	}{
		{h.Data.products, text.T("录入或导入商品", "Enter or import the products"), text.T("资料 → 商品，Ctrl+I 从 Excel 导入", "masters, products; Ctrl+I imports from Excel"), func() { s.OpenMasters(master.Products) }},
		{h.Data.opening, text.T("填期初库存", "Enter the opening stock"), text.T("启用那天各仓库有什么；往来、资金也在资料里", "what lay in the warehouses at the start; balances are among the masters too"), func() { s.OpenMasters(master.OpeningStock) }},
		{0, text.T("开第一张单", "Write the first slip"), text.T("采购入库单；或按上面的数字选别的", "a goods receipt, or any other by its digit above"), first},
	}
	t.Columns = []kit.Column{{Key: "state", Title: s.Tr("状态", "State"), Width: 110}, {Key: "step", Title: s.Tr("步骤", "Step"), Width: 240}, {Key: "what", Title: s.Tr("怎么做", "How"), Width: 300, Grow: true}}
	t.Length = func() int { return len(steps) }
	t.CellAt = func(row, col int) kit.Cell {
		x := steps[row]
		switch {
		case col == 1:
			return kit.Cell{Text: fmt.Sprintf("%d  %s", row+1, s.T(x.word)), Link: true}
		case col == 2:
			return kit.Cell{Text: s.T(x.what), Shade: kit.Ink2}
		case x.done > 0:
			return kit.Cell{Text: s.Tr("%d 条", "%d", x.done), Mark: kit.MarkDone}
		}
		return kit.Cell{Text: s.Tr("未做", "to do"), Mark: kit.MarkDraft}
	}
	t.OnOpen = func(row, _ int) { steps[row].action() }
	h.setWork(parts.Panel(parts.HeadLine(s.Tr("新账套的三个第一步", "Three first steps of a new book"), "", kit.Caption(s.Tr("Tab 进入，Enter 开始", "Tab enters, Enter starts"))), t))
}
