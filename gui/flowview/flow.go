package flowview

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// OpenFlow shows the whole chain a slip stands in.
func OpenFlow(s host.Host, number string) {
	s.Open(&Screen{s: s, number: number, At: -1, zoom: fullSize})
}

// Node is one slip of the chain, where it stands on the map, and what is told of it.
type Node struct {
	inquiry.SlipRow
	kind     *slip.Kind
	sources  []int // places in the list
	Voucher  string
	of       string // of a voucher that stands for itself: the number of its slip
	quantity string // of goods that have one unit
	says     text.Text
	col, row int
}

// slip is the number of the slip, also of a voucher's.
func (n Node) slip() string {
	if n.of != "" {
		return n.of
	}
	return n.Number
}

// voucherKind is what a voucher on the map is.
var voucherKind = &slip.Kind{Title: text.T("记账凭证", "Voucher")}

// Screen shows a chain of slips: a map whose columns are the steps from order to money, or the same as a list, and under it what
// of the trade is open, and why.
type Screen struct {
	s      host.Host
	number string
	Nodes  []Node
	chain  []inquiry.Node
	At     int  // the node in focus
	all    bool // also a chain too long to be seen at once
	others int  // slips of the chain that are not shown
	asList bool
	zoom   int // the place in zooms
	read   bool
	turn   int
	trade  *inquiry.Reconciled
	own    map[string]bool // the line of the slip in focus

	keys   *kit.Keys
	canvas *fyne.Container
	scroll *container.Scroll
	view   *fyne.Container // the scroller, as wide as whole columns are
	upper  *fyne.Container // the map, or the list
	Table  *kit.Table
	open   *reconcileTable
}

// Figures is the table of what is open, under the map.
func (v *Screen) Figures() *kit.Table { return v.open.table }

// flowMost is how long a chain may be to be shown whole at once: customers who pay many slips at a time tie hundreds together.
const flowMost = 24

// ID, Title, Area, Unsaved, Leave, Changed and Key are part of Screen.
func (v *Screen) ID() string              { return "flow " + v.number }
func (v *Screen) Title() text.Text        { return text.Tf("单据流 %s", "Flow %s", v.number) }
func (v *Screen) Unsaved() bool           { return false }
func (v *Screen) Leave(done func(bool))   { done(true) }
func (v *Screen) Changed()                { v.load() }
func (v *Screen) Key(*fyne.KeyEvent) bool { return false }
func (v *Screen) Area() string {
	for _, n := range v.Nodes {
		if n.Number == v.number && n.kind != nil {
			return string(n.kind.Group)
		}
	}
	return ""
}

// Commands are part of Screen.
func (v *Screen) Commands() []host.Command {
	n := v.Current()
	none := n == nil
	voucher := !none && n.of != ""
	open := text.T("打开单据", "Open slip")
	if voucher {
		open = text.T("打开凭证", "Open voucher")
	}
	return []host.Command{
		{Label: open, Key: "Enter", Icon: "edit", Primary: true, Off: none, Run: v.openSlip},
		{Label: text.T("凭证", "Voucher"), Key: "Ctrl+J", Icon: "book", Off: none || n.Voucher == "" && !voucher, Run: func() { OpenVoucher(v.s, n.slip()) }},
		{Label: text.T("下推", "Push down"), Key: "F8", Icon: "push", Off: none || voucher || !n.Status.Live() || len(v.s.Book().NextKinds(n.Kind)) == 0, Run: func() {
			v.s.PushDown([]string{n.Number}, n.kind)
		}},
		{Label: v.listWord(), Key: "Ctrl+L", Icon: "cols", Gap: true, Off: none, Run: v.turnList},
		{Label: v.allWord(), Key: "Ctrl+0", Icon: "flow", Hidden: v.others == 0 && !v.all, Run: func() { v.all = !v.all; v.load() }},
		{Label: text.T("复制图片", "Copy picture"), Key: "Ctrl+C", Icon: "img", Off: none, Run: v.copyPicture},
		{Label: text.T("打印", "Print"), Key: "Ctrl+P", Icon: "print", Off: none, Run: v.printNode},
		{Label: text.T("刷新", "Refresh"), Key: "F5", Icon: "ref", Run: v.load},
		{Label: text.T("图 / 核对表", "Map / reconciliation"), Key: "F6", Hidden: true, Run: v.otherRegion},
		{Label: text.T("放大", "Zoom in"), Key: "Ctrl+=", Hidden: true, Off: v.asList || v.zoom == len(zooms)-1, Run: func() { v.zoomBy(+1) }},
		{Label: text.T("放大", "Zoom in"), Key: "Ctrl+Shift+=", Hidden: true, Off: v.asList || v.zoom == len(zooms)-1, Run: func() { v.zoomBy(+1) }},
		{Label: text.T("缩小", "Zoom out"), Key: "Ctrl+-", Hidden: true, Off: v.asList || v.zoom == 0, Run: func() { v.zoomBy(-1) }},
	}
}

// listWord and allWord name what the key leads to.
func (v *Screen) listWord() text.Text {
	if v.asList {
		return text.T("看图", "As a map")
	}
	return text.T("列表方式", "As a list")
}

func (v *Screen) allWord() text.Text {
	if v.all {
		return text.T("只看本单", "This slip's line")
	}
	return text.Tf("全部 %d 张", "All %d slips", v.others+v.Slips())
}

// Slips is how many slips are shown.
func (v *Screen) Slips() (n int) {
	for _, x := range v.Nodes {
		if x.of == "" {
			n++
		}
	}
	return n
}

// turnList shows the chain as a list, or again as a map.
func (v *Screen) turnList() {
	v.asList = !v.asList
	v.draw()
	v.Focus()
	v.s.DrawTools()
}

// Focus is part of Screen.
func (v *Screen) Focus() {
	if v.asList {
		kit.Focus(v.Table)
	} else {
		kit.Focus(v.keys)
	}
	v.say()
}

// otherRegion goes from the map or the list to what is open, and back.
func (v *Screen) otherRegion() {
	if v.s.Window().Canvas().Focused() != fyne.Focusable(v.open.table) {
		kit.Focus(v.open.table)
		return
	}
	v.Focus()
}

// Current is the slip in focus, nil where none is.
func (v *Screen) Current() *Node {
	if v.At < 0 || v.At >= len(v.Nodes) {
		return nil
	}
	return &v.Nodes[v.At]
}

func (v *Screen) openSlip() {
	switch n := v.Current(); {
	case n == nil:
	case n.of != "":
		OpenVoucher(v.s, n.of)
	default:
		v.s.OpenSlip(n.Number)
	}
}

// printNode prints the slip in focus, or the voucher.
func (v *Screen) printNode() {
	switch n := v.Current(); {
	case n == nil:
	case n.of != "":
		printVoucher(v.s, n.of, n.Number)
	default:
		v.s.PreviewAs([]string{n.Number}, "")
	}
}

// flowRead is what a flow page shows.
type flowRead struct {
	Nodes  []Node
	chain  []inquiry.Node
	others int
	trade  *inquiry.Reconciled
}

// load reads the chain in the background.
func (v *Screen) load() {
	v.turn++
	turn, b, number, all := v.turn, v.s.Book(), v.number, v.all
	host.Read(v.s, v.s.Tr("读单据流", "reading the flow"), func() (*flowRead, error) { return readFlow(b, number, all) }, func(r *flowRead) {
		if turn != v.turn {
			return
		}
		stood := v.number
		if n := v.Current(); n != nil {
			stood = n.Number
		}
		layFlow(r.Nodes)
		v.Nodes, v.chain, v.others, v.trade, v.read = r.Nodes, r.chain, r.others, r.trade, true
		at := slices.IndexFunc(v.Nodes, func(n Node) bool { return n.Number == stood })
		if at < 0 {
			at = slices.IndexFunc(v.Nodes, func(n Node) bool { return n.Number == v.number })
		}
		v.At = max(0, at)
		v.open.take(v.trade)
		v.draw()
		v.s.Refresh()
	})
}

// readFlow reads the chain in date order with what is settled and open, the vouchers, and what is open of the trade. Of a chain longer
// than flowMost only the slip's own line is shown unless all is asked for.
func readFlow(b *workflow.Book, number string, all bool) (*flowRead, error) {
	whole, err := b.Chain(number)
	if err != nil {
		return nil, err
	}
	r := &flowRead{chain: whole}
	if r.trade, err = b.Reconcile(whole, number); err != nil {
		return nil, err
	}
	if r.trade != nil && !b.Who().Sees(sideOf(r.trade.Role)) {
		r.trade = nil
	}
	chain := whole
	if len(whole) > flowMost && !all {
		mine := map[string]bool{}
		for _, n := range inquiry.Own(whole, number) {
			mine[n.Doc.Number] = true
		}
		chain = slices.DeleteFunc(slices.Clone(whole), func(n inquiry.Node) bool { return !mine[n.Doc.Number] })
	}
	r.others = len(whole) - len(chain)
	ids := make([]int64, len(chain))
	place := map[string]int{}
	for i, n := range chain {
		ids[i], place[n.Doc.Number] = n.Doc.ID, i
	}
	rows, err := b.Rows(ids)
	if err != nil {
		return nil, err
	}
	facts := map[int64]inquiry.SlipRow{}
	for _, r := range rows {
		facts[r.ID] = r
	}
	var vouchers []Node
	r.Nodes = make([]Node, len(chain))
	for i, n := range chain {
		k, _ := kinds.ByCode(n.Doc.Kind)
		x := Node{SlipRow: facts[n.Doc.ID], kind: k, quantity: quantityOf(b, k, n.Doc)}
		for _, src := range n.Sources {
			if at, shown := place[src]; shown {
				x.sources = append(x.sources, at)
			}
		}
		hide(b, &x, n.Doc)
		if k.Posts() && posted(n.Doc.Status) && b.Who().Sees(slip.TagMargin) {
			var lines []inquiry.VoucherLine
			if x.Voucher, lines, err = b.Voucher(n.Doc.Number); err != nil {
				return nil, err
			}
			if v := voucherNode(&x, lines, i); v != nil {
				vouchers = append(vouchers, *v)
			}
		}
		r.Nodes[i] = x
	}
	r.Nodes = withVouchers(r.Nodes, vouchers)
	return r, nil
}

func posted(s slip.Status) bool {
	return s == slip.Audited || s == slip.PartlyDone || s == slip.Done || s == slip.Closed
}

// layFlow gives every node its column, one behind its last source (what starts a chain of its own stands right before what
// follows from it, so that like stands under like), and a row: its first source's, or the next free one.
func layFlow(nodes []Node) {
	done := make([]bool, len(nodes))
	var column func(i int) int
	column = func(i int) int {
		if !done[i] {
			done[i] = true // also ends a circle, which a sound book has not
			for _, src := range nodes[i].sources {
				nodes[i].col = max(nodes[i].col, column(src)+1)
			}
		}
		return nodes[i].col
	}
	for i := range nodes {
		column(i)
	}
	next := map[int]int{} // the first column of what follows from a node
	for _, n := range nodes {
		for _, src := range n.sources {
			if c, ok := next[src]; !ok || n.col < c {
				next[src] = n.col
			}
		}
	}
	order := make([]int, len(nodes))
	for i := range nodes {
		order[i] = i
		if c, ok := next[i]; ok && len(nodes[i].sources) == 0 {
			nodes[i].col = c - 1
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(nodes[a].col-nodes[b].col, min(1, len(nodes[b].sources))-min(1, len(nodes[a].sources)))
	})
	used := map[[2]int]bool{}
	for _, i := range order {
		n := &nodes[i]
		if len(n.sources) > 0 {
			n.row = nodes[n.sources[0]].row
		}
		for used[[2]int{n.col, n.row}] {
			n.row++
		}
		used[[2]int{n.col, n.row}] = true
	}
}

// Object is part of Screen.
func (v *Screen) Object() fyne.CanvasObject {
	v.keys = kit.NewKeys(v.key)
	v.canvas = container.NewWithoutLayout()
	v.scroll = container.NewScroll(container.New(sized{v}, v.canvas))
	v.view = container.New(whole{v}, v.scroll)
	v.Table = v.makeTable()
	v.upper = container.NewStack()
	v.open = newReconcileTable(v.s)
	if v.read {
		v.open.take(v.trade)
		v.draw()
	} else {
		v.load()
	}
	return container.NewStack(v.keys, container.New(halves{v}, v.upper, kit.HLine(kit.Line), v.open.table))
}

// halves lays the map over the table of what is open, which has no more than half of a low window. The node in focus comes into sight when it is known
// how much of the map does.
type halves struct{ v *Screen }

func (halves) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }

func (l halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	m := l.v.open.table.Metrics
	table := min(m.Header+m.Pitch*8, size.Height/2)
	y := float32(0)
	for i, h := range []float32{size.Height - table - 1, 1, table} {
		o[i].Move(fyne.NewPos(0, y))
		o[i].Resize(fyne.NewSize(size.Width, h))
		y += h
	}
	l.v.reveal()
}

// sized gives the map the room its columns and rows need.
type sized struct{ v *Screen }

func (l sized) MinSize([]fyne.CanvasObject) fyne.Size {
	size := l.v.Map()
	size.Width = max(size.Width, l.v.farthest())
	return size
}

func (l sized) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// flowColumns are the columns of the list.
func (v *Screen) flowColumns() []listed {
	return []listed{
		{"类型", "Kind", 150, false, func(n Node) kit.Cell { return kit.Cell{Text: v.s.T(n.kind.Title)} }},
		{"单号", "Number", 140, false, func(n Node) kit.Cell { return kit.Cell{Text: n.Number, Link: true} }},
		{"日期", "Date", 90, false, func(n Node) kit.Cell { return kit.Cell{Text: n.Date.String()} }},
		{"状态", "Status", 100, false, func(n Node) kit.Cell {
			return kit.Cell{Text: v.s.T(n.Status.Label()), Mark: parts.StatusMark(n.Status)}
		}},
		{"价税合计", "Total", 120, true, func(n Node) kit.Cell { return kit.Cell{Text: nothing(n.Gross)} }},
		{"已结", "Settled", 110, true, func(n Node) kit.Cell { return kit.Cell{Text: nothing(n.Settled)} }},
		{"未结", "Open", 110, true, func(n Node) kit.Cell { return kit.Cell{Text: nothing(n.Open)} }},
		{"未执行", "Left", 90, true, func(n Node) kit.Cell { return kit.Cell{Text: none(n.Left)} }},
		{"凭证", "Voucher", 110, false, func(n Node) kit.Cell { return kit.Cell{Text: n.Voucher} }},
		{"源单", "From", 160, false, func(n Node) kit.Cell { return kit.Cell{Text: v.sourceNumbers(n), Shade: kit.Ink2} }},
	}
}

// listed is one column of the list under the map.
type listed struct {
	zh, en string
	width  float32
	right  bool
	show   func(Node) kit.Cell
}

func nothing(a num.Amount) string {
	if a == 0 {
		return ""
	}
	return a.Grouped()
}

func none(q num.Quantity) string {
	if q == 0 {
		return ""
	}
	return q.Grouped()
}

func (v *Screen) sourceNumbers(n Node) string {
	list := make([]string, len(n.sources))
	for i, src := range n.sources {
		list[i] = v.Nodes[src].Number
	}
	return strings.Join(list, " ")
}

func (v *Screen) makeTable() *kit.Table {
	t := kit.NewTable()
	t.Metrics = kit.CompactRows()
	cols := v.flowColumns()
	for i, c := range cols {
		k := parts.TableColumn(v.s, c.zh, c.en, c.width, c.right)
		k.Grow = i == len(cols)-1
		t.Columns = append(t.Columns, k)
	}
	t.Length = func() int { return len(v.Nodes) }
	t.CellAt = func(row, col int) kit.Cell { return cols[col].show(v.Nodes[row]) }
	t.OnMove = func(row, _ int) { v.goTo(row) }
	t.OnOpen = func(row, _ int) { v.goTo(row); v.openSlip() }
	return t
}

// goTo moves the focus to a node, on the map and in the list.
func (v *Screen) goTo(i int) {
	if i < 0 || i >= len(v.Nodes) || i == v.At {
		return
	}
	v.At = i
	v.draw()
	v.s.DrawTools()
}

// key walks the map: ← → along the lines, ↑ ↓ within a step.
func (v *Screen) key(ev *fyne.KeyEvent) bool {
	n := v.Current()
	if n == nil {
		return false
	}
	switch ev.Name {
	case fyne.KeyLeft:
		v.goTo(v.nearest(func(i int) bool { return slices.Contains(n.sources, i) }, func(o Node) bool { return o.col < n.col }))
	case fyne.KeyRight:
		v.goTo(v.nearest(func(i int) bool { return slices.Contains(v.Nodes[i].sources, v.At) }, func(o Node) bool { return o.col > n.col }))
	case fyne.KeyUp:
		v.goTo(v.nearest(nil, func(o Node) bool { return o.col == n.col && o.row < n.row }))
	case fyne.KeyDown:
		v.goTo(v.nearest(nil, func(o Node) bool { return o.col == n.col && o.row > n.row }))
	case fyne.KeyHome:
		v.goTo(0)
	case fyne.KeyEnd:
		v.goTo(len(v.Nodes) - 1)
	default:
		return false
	}
	return true
}

// nearest is the node closest to the one in focus: one that is linked to it first, then one on that side; -1 if none.
func (v *Screen) nearest(linked func(int) bool, side func(Node) bool) int {
	best, least := -1, 0
	from := v.Nodes[v.At]
	for i, n := range v.Nodes {
		if i == v.At || !side(n) {
			continue
		}
		far := 100*abs(n.col-from.col) + abs(n.row-from.row)
		if linked != nil && !linked(i) {
			far += 10_000
		}
		if best < 0 || far < least {
			best, least = i, far
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// say tells of the node in focus.
func (v *Screen) say() {
	if n := v.Current(); n != nil && v.s.Current() == host.Screen(v) {
		v.s.Hint(v.s.Tr("%s %s · %s   ← → 上下游   ↑ ↓ 同一步   Enter 打开   F6 核对表   Ctrl+= Ctrl+- 缩放   Esc 返回", "%s %s · %s   ← → along   ↑ ↓ same step   Enter opens   F6 figures   Ctrl+= Ctrl+- zoom   Esc back",
			n.kind.Title, n.Number, v.sentence(*n)))
	}
}

// sentence says where a slip stands: what is open of it, else what it did.
func (v *Screen) sentence(n Node) string {
	if n.of != "" {
		return v.s.T(n.says)
	}
	var parts []string
	switch {
	case n.Left != 0:
		parts = append(parts, v.s.Tr("未执行 %s", "left %s", n.Left.Grouped()))
	case n.Open != 0 && n.Settled != 0:
		parts = append(parts, v.s.Tr("已结 %s · 未结 %s", "settled %s · open %s", n.Settled.Grouped(), n.Open.Grouped()))
	case n.Open != 0:
		parts = append(parts, v.s.Tr("未结 %s", "open %s", n.Open.Grouped()))
	case n.Settled != 0:
		parts = append(parts, v.s.Tr("已结清", "settled"))
	}
	if len(parts) == 0 {
		parts = append(parts, v.s.T(n.Status.Label()))
	}
	return strings.Join(parts, " · ")
}
