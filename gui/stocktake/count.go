package stocktake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/scan"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports"
	"zhanggui/reports/print"
)

// CountForm is how a stocktake is counted: the scanner's field keeps the keyboard, what was just counted stands in figures read
// from two metres, the list shows what is counted, newest first, and then what is not, in the order of the shelves. Every scan is
// saved at once, so its place in the ledger is the moment of counting (rule C10) and slips may go on meanwhile.
type CountForm struct {
	s              host.Host
	Doc            *slip.Doc
	book           map[Goods]stock        // what the books say now
	then           map[Goods]num.Quantity // what they said when the goods were counted
	scans          []scanned              // newest first
	rows           []counted
	sum            []kit.Cell // foot of the rows: the table asks for it again and again
	shelf          string     // where the counter stands; none: each product's own
	blind          bool
	saver          *countSaver
	drawn          time.Time // last
	resting        *time.Timer
	tools, waiting bool   // undo stands in the tool bar; it is to be drawn soon
	after          func() // what waits for the last scan to be in the book

	field *kit.Field
	table *kit.Table
	last  *fyne.Container
	list  *fyne.Container
	prog  *fyne.Container
}

// Goods are a product, or one lot of it where it is told apart by lots or serial numbers.
type Goods struct{ Product, Lot string }

func countOf(x *slip.Count) Goods { return Goods{x.Product, x.Lot} }

// stock is what the books say of a product at the warehouse.
type stock struct {
	qty   num.Quantity
	Value num.Amount
	cost  num.Price
}

// scanned is one thing counted, or an unknown code.
type scanned struct {
	at time.Time
	Goods
	code  string // of an unknown one
	shelf string
	qty   num.Quantity
}

// counted is one row of the list: what is counted of a product, or a product that is not counted yet.
type counted struct {
	Goods
	count *slip.Count // nil: only the books have it
	first string      // what was counted first, of one to be counted again
}

// waits tells whether the product is not counted yet.
func (r counted) waits() bool { return r.count == nil || r.count.Open }

// OpenCount opens the counting screen of a draft stocktake.
func OpenCount(s host.Host, d *slip.Doc) {
	s.Open(&CountForm{s: s, Doc: d, saver: NewCountSaver(d.Clone())})
}

func (c *CountForm) ID() string { return "count " + c.Doc.Number }

func (c *CountForm) Title() text.Text {
	return text.T("盘点 "+tail(c.Doc.Number), "Count "+tail(c.Doc.Number))
}

func (c *CountForm) Area() string { return string(slip.Warehouse) }

func (c *CountForm) Unsaved() bool { return false }

func (c *CountForm) Focus() { kit.Focus(c.field.Input) }

func tail(number string) string { return number[max(0, len(number)-4):] }

// Leave lets go as soon as every scan is saved.
func (c *CountForm) Leave(done func(bool)) {
	c.saver.wait()
	done(true)
}

// Changed reads the slip and the books anew: slips go on while one counts. What the form saved itself it knows.
func (c *CountForm) Changed() {
	if _, busy := c.saver.State(); c.saver.Heard() || busy {
		c.refreshSoon()
		return
	}
	if d, err := c.s.Book().Load(c.Doc.Number); err == nil {
		c.Doc = d
		c.saver.loaded(d.Clone())
	}
	c.load()
}

// refreshSoon reads what the books say anew once scanning rests: others may have changed them meanwhile.
func (c *CountForm) refreshSoon() {
	const rest = 1500 * time.Millisecond
	if c.s.Inline() {
		return
	}
	if c.resting != nil {
		c.resting.Reset(rest)
		return
	}
	c.resting = c.s.Later(rest, func() {
		if _, busy := c.saver.State(); !busy && c.s.Current() == host.Screen(c) {
			c.load()
		}
	})
}

// Keep sees to it that the last scan is in the book before it is closed.
func (c *CountForm) Keep() { c.saver.wait() }

func (c *CountForm) Key(ev *fyne.KeyEvent) bool { return false }

// Commands are what can be done while counting.
func (c *CountForm) Commands() []host.Command {
	draft := c.Doc.Status.Editable()
	return []host.Command{
		{Label: text.T("盘完审核", "Audit"), Key: "F9", Icon: "check", Primary: true, Off: !draft, Run: c.audit},
		{Label: text.T("打印盘点表", "Count sheet"), Key: "Ctrl+P", Icon: "print", Run: func() { c.settled(func() { c.s.PreviewAs([]string{c.Doc.Number}, print.AsCount) }) }},
		{Label: text.T("改数量", "Quantity"), Key: "F2", Icon: "edit", Gap: true, Off: !draft, Run: c.askQty},
		{Label: text.T("撤销这次", "Take back"), Key: "Ctrl+Z", Icon: "undo", Off: !draft || len(c.scans) == 0, Run: c.undo},
		{Label: text.T("差异与原因", "Differences"), Key: "Ctrl+D", Icon: "filter", Gap: true, Run: func() { c.settled(func() { OpenDifferences(c.s, c.Doc.Number) }) }},
		{Label: text.T("未盘记为 0", "Rest is 0"), Key: "Ctrl+0", Icon: "ins", Off: !draft, Run: c.restIsZero},
		{Label: text.T("盲盘", "Blind"), Key: "Ctrl+Y", Icon: "lock", Run: func() { c.blind = !c.blind; c.s.Rebuild() }},
		{Label: text.T("看单据", "The slip"), Icon: "cols", Run: func() { c.settled(func() { c.s.OpenSlip(c.Doc.Number) }) }},
	}
}

// Object builds the screen.
func (c *CountForm) Object() fyne.CanvasObject {
	s, m := c.s, kit.M()
	c.field = parts.RefField(s, "", master.Products.Code, false, parts.Picked{})
	c.field.Eager = false // a scanner types faster than a list can follow; F4 or letters and Enter open it
	c.field.Hint = s.Tr("扫一次 +1；24* 再扫 +24；@A-1 换货位", "a scan is one; 24* 24; @A-1 shelf")
	c.field.Metrics.Text, c.field.Metrics.Box = 18, 44
	c.field.Parse = nil
	c.field.OnCommit = nil
	c.field.OnScan = func(typed string) bool {
		if c.field.FromList() {
			return false
		}
		c.take(typed)
		return true
	}
	c.field.Pick.OnPick = func(code string) { c.countLot(Goods{Product: code}, c.factor(c.field.Text()), code) }
	c.last, c.list, c.prog = container.NewStack(), container.NewStack(), container.NewStack()
	title := kit.Pad(12, 6, container.New(kit.Row{Gap: 10}, kit.Label(s.Tr("盘点单", "Stocktake"), kit.Ink, m.Head, true), kit.Label(c.Doc.Number, kit.Ink, m.Sub, false),
		kit.Chip(parts.StatusMark(c.Doc.Status), s.T(c.Doc.Status.Label())),
		kit.Caption(parts.NameOf(s, master.Warehouses.Code, c.Doc.Warehouse)+"  "+parts.NameOf(s, master.Employees.Code, c.Doc.Employee)+"  "+c.Doc.Date.String()+s.Tr("  盘点中照常开单", "  slips may go on while counting"))))
	left := kit.Fixed(428, 0, kit.Pad(12, 8, container.NewBorder(container.NewVBox(kit.Caption(s.Tr("扫条码，或输入助记码、编码", "scan a barcode, or type initials or a code")), kit.Fixed(0, 44, c.field.Input), kit.Fixed(0, 152, c.last)),
		c.prog, nil, nil, c.list)))
	c.makeTable()
	c.load()
	s.Hint(s.Tr("扫码即计数   F2 改数量   Ctrl+Z 撤销   @A-1 换货位   Ctrl+D 差异与原因   F9 盘完审核", "scanning counts   F2 quantity   Ctrl+Z takes back   @A-1 shelf   Ctrl+D differences   F9 audits"))
	return container.NewBorder(container.NewStack(kit.Box(kit.Paper), container.NewBorder(nil, kit.HLine(kit.Line), nil, nil, title)), nil,
		container.NewStack(kit.Box(kit.Paper), left), nil, c.table)
}

func (c *CountForm) makeTable() {
	s := c.s
	t := kit.NewTable()
	c.sum = c.Foot()
	t.Tight = true
	add := parts.Adder(s, t)
	add("货位", "Shelf", 76, false)
	add("商品编码", "Code", 92, false)
	add("商品", "Product", 190, false)
	t.Columns[2].Grow = true
	add("单位", "Unit", 46, false)
	add("账面", "Book", 80, true)
	add("实盘", "Counted", 80, true)
	add("差异", "Diff.", 80, true)
	add("差异金额", "Value", 96, true)
	add("状态", "State", 92, false)
	t.Length = func() int { return len(c.rows) }
	t.CellAt = c.Cell
	t.Foot = func() [][]kit.Cell { return [][]kit.Cell{c.sum} }
	t.OnTap = func(row, _ int) bool { t.Go(row, 0); return true }
	c.table = t
}

// load reads what the books say of the warehouse.
func (c *CountForm) load() {
	b, wh := c.s.Book(), c.Doc.Warehouse
	type both struct {
		now  map[Goods]stock
		then map[Goods]num.Quantity
	}
	n := c.Doc.Number
	host.Read(c.s, c.s.Tr("账面库存", "book stock"), func() (v both, err error) {
		if v.now, err = BookStock(b, wh); err != nil {
			return v, err
		}
		v.then, err = bookThen(b, n)
		return v, err
	}, func(v both) {
		c.book, c.then = v.now, v.then
		c.show()
	})
}

// bookThen is what the books said of each product when it was counted.
func bookThen(b *workflow.Book, number string) (map[Goods]num.Quantity, error) {
	then := map[Goods]num.Quantity{}
	diffs, err := scan.CountDiffs(b, number)
	if fault.Is(err, fault.Refused) || fault.Is(err, fault.Invalid) {
		return then, nil // it cannot be posted as it is: against what they say now
	}
	for _, x := range diffs {
		if !x.Open && len(x.Doubt) == 0 {
			then[Goods{x.Product, x.Lot}] = x.Book
		}
	}
	return then, err
}

// BookStock is what the books say of a warehouse, by product.
func BookStock(b *workflow.Book, warehouse string) (map[Goods]stock, error) {
	rows, err := reports.StockOnHand.Run(b, reports.Params{Warehouse: warehouse})
	if err != nil {
		return nil, err
	}
	product, qty, value, cost := reports.StockOnHand.Index("product"), reports.StockOnHand.Index("qty"), reports.StockOnHand.Index("value"), reports.StockOnHand.Index("cost")
	out := map[Goods]stock{}
	for _, r := range rows {
		var x stock
		x.qty, _ = r[qty].(num.Quantity)
		x.Value, _ = r[value].(num.Amount)
		x.cost, _ = r[cost].(num.Price)
		out[Goods{Product: r[product].String()}] = x
	}
	return out, byLots(b, warehouse, out)
}

// byLots puts the lots of what is told apart by them in the place of their products.
func byLots(b *workflow.Book, warehouse string, out map[Goods]stock) error {
	rows, err := reports.LotStock.Run(b, reports.Params{Warehouse: warehouse})
	product, lot, qty, value := reports.LotStock.Index("product"), reports.LotStock.Index("lot"), reports.LotStock.Index("qty"), reports.LotStock.Index("value")
	for _, r := range rows {
		whole := Goods{Product: r[product].String()}
		cost := out[whole].cost
		q, _ := r[qty].(num.Quantity)
		v, _ := r[value].(num.Amount)
		out[Goods{r[product].String(), r[lot].String()}] = stock{q, v, cost}
	}
	for g := range out {
		if p, ok := b.Masters().Product(g.Product); ok && p.Tracked() && g.Lot == "" {
			delete(out, g)
		}
	}
	return err
}

// show lists what is counted, newest first, then what is not, by shelf.
func (c *CountForm) show() {
	counts, err := c.Doc.Counts()
	if err != nil {
		c.s.Fail(err)
		return
	}
	c.rows = c.rows[:0:0]
	known := map[Goods]bool{}
	var done, rest []counted
	for i := range counts {
		x := &counts[i]
		known[countOf(x)] = true
		r := counted{Goods: countOf(x), count: x}
		for _, n := range x.Lines {
			if first := c.Doc.Lines[n].Extra[slip.CountFirst]; first != "" && r.first == "" {
				r.first = first
			}
		}
		if x.Open {
			rest = append(rest, r)
		} else {
			done = append(done, r)
		}
	}
	for p, st := range c.book {
		if !known[p] && st.qty != 0 && c.Doc.Extra[slip.CountRange] == "" { // one that lists a range counts nothing else
			rest = append(rest, counted{Goods: p})
		}
	}
	slices.SortStableFunc(done, func(a, b counted) int { return b.count.Last - a.count.Last })
	slices.SortFunc(rest, func(a, b counted) int {
		x, y := c.value(a.Product, "shelf"), c.value(b.Product, "shelf")
		switch {
		case a.first != "" && b.first == "":
			return -1
		case a.first == "" && b.first != "":
			return 1
		case x == y:
			return strings.Compare(a.Product+"\x00"+a.Lot, b.Product+"\x00"+b.Lot)
		case text.ShelfLess(x, y):
			return -1
		}
		return 1
	})
	c.rows = append(done, rest...)
	c.sum = c.Foot()
	c.table.Refresh()
	c.drawLast()
	c.drawScans()
	c.drawProgress(len(done), len(c.rows))
	if tools := len(c.scans) > 0; tools != c.tools || !c.Doc.Status.Editable() {
		c.tools = tools
		c.s.DrawTools()
	}
	c.drawn = time.Now()
}

// drawEvery is how often the screen is drawn while one scan follows the other: drawing takes longer than counting.
const drawEvery = 80 * time.Millisecond

// draw shows what is counted: at once, or in a moment where it was just shown.
func (c *CountForm) draw() {
	switch {
	case c.s.Inline() || time.Since(c.drawn) > drawEvery:
		c.show()
	case !c.waiting:
		c.waiting = true
		c.s.Later(drawEvery, func() {
			c.waiting = false
			c.show()
		})
	}
}

func (c *CountForm) value(product, field string) string {
	if r, ok := c.s.Book().Masters().Find(master.Products.Code, product); ok {
		if field == "unit" {
			return parts.NameOf(c.s, master.Units.Code, r.Get(field))
		}
		return r.Get(field)
	}
	return ""
}

// BookOf is what the books said of a product when it was counted; now, where it is not.
func (c *CountForm) BookOf(g Goods) num.Quantity {
	if q, ok := c.then[g]; ok {
		return q
	}
	return c.book[g].qty
}

func (c *CountForm) diff(x *slip.Count) num.Quantity { return x.Base - c.BookOf(countOf(x)) }

// worth is the value of a difference at the unit cost of the books.
func (c *CountForm) worth(x *slip.Count) num.Amount {
	a, err := num.Extend(c.diff(x), c.book[countOf(x)].cost, 0)
	if err != nil {
		return 0
	}
	return a
}

func (c *CountForm) Cell(row, col int) kit.Cell {
	r := c.rows[row]
	shade := kit.Bg
	if r.waits() {
		shade = kit.Ink2
	}
	switch col {
	case 0:
		return kit.Cell{Text: c.shelves(r), Shade: shade}
	case 1:
		return kit.Cell{Text: r.Product, Shade: shade}
	case 2:
		return kit.Cell{Text: c.called(r.Goods) + " " + c.value(r.Product, "spec"), Shade: shade}
	case 3:
		return kit.Cell{Text: c.value(r.Product, "unit"), Shade: shade}
	case 4:
		if c.blind {
			return kit.Cell{Text: "···", Shade: kit.Ink3}
		}
		return kit.Cell{Text: c.BookOf(r.Goods).Grouped(), Shade: shade}
	}
	if r.waits() {
		switch {
		case col == 8 && r.first != "":
			return kit.Cell{Text: c.s.Tr("复盘", "again"), Mark: kit.MarkDue}
		case col == 8:
			return kit.Cell{Text: c.s.Tr("未盘", "not yet"), Mark: kit.MarkDraft}
		case col == 5 && r.count != nil && r.count.Base != 0:
			return kit.Cell{Text: r.count.Base.Grouped(), Shade: kit.Ink2}
		}
		return kit.Cell{}
	}
	if col == 5 {
		return kit.Cell{Text: r.count.Base.Grouped(), Bold: row == 0}
	}
	if c.blind {
		return kit.Cell{}
	}
	return c.difference(r.count, col)
}

// shelves are where a product was counted, else where it should lie.
func (c *CountForm) shelves(r counted) string {
	if r.count == nil {
		return c.value(r.Product, "shelf")
	}
	var list []string
	for _, i := range r.count.Lines {
		if at := c.Doc.Lines[i].Extra[slip.CountShelf]; at != "" && !slices.Contains(list, at) {
			list = append(list, at)
		}
	}
	return strings.Join(list, " ")
}

func (c *CountForm) difference(x *slip.Count, col int) kit.Cell {
	d := c.diff(x)
	switch {
	case col == 8 && len(x.Doubt) > 0:
		return kit.Cell{Text: c.s.Tr("盘了两次", "twice"), Mark: kit.MarkDue}
	case col == 8 && d == 0:
		return kit.Cell{Text: c.s.Tr("相符", "agrees"), Mark: kit.MarkDone}
	case col == 8 && d > 0:
		return kit.Cell{Text: c.s.Tr("盘盈", "more"), Mark: kit.MarkPart}
	case col == 8:
		return kit.Cell{Text: c.s.Tr("盘亏", "less"), Mark: kit.MarkLate}
	case d == 0:
		return kit.Cell{}
	case col == 6 && d > 0:
		return kit.Cell{Text: "+" + d.Grouped()}
	case col == 6:
		return kit.Cell{Text: d.Grouped()}
	}
	return kit.Cell{Text: parts.Money(c.worth(x))}
}

func (c *CountForm) Foot() []kit.Cell {
	cells := make([]kit.Cell, 9)
	cells[0].Text = c.s.Tr("合计", "Total")
	var diff num.Quantity
	var worth num.Amount
	n := 0
	for _, r := range c.rows {
		if !r.waits() {
			n, diff, worth = n+1, diff+c.diff(r.count), worth+c.worth(r.count)
		}
	}
	cells[2].Text = c.s.Tr("已盘 %d 个商品", "%d {product|products} counted", n)
	if !c.blind {
		cells[6].Text, cells[7].Text = diff.Grouped(), parts.Money(worth)
	}
	return cells
}

// drawLast shows what was just counted, large.
func (c *CountForm) drawLast() {
	s, m := c.s, kit.M()
	if len(c.scans) == 0 || c.scans[0].Product == "" {
		parts.Set(c.last, kit.Pad(0, 8, kit.Caption(s.Tr("还没有扫描", "nothing scanned yet"))))
		return
	}
	g := c.scans[0].Goods
	p := g.Product
	var base num.Quantity
	var count *slip.Count
	for _, r := range c.rows {
		if r.Goods == g && r.count != nil {
			count, base = r.count, r.count.Base
		}
	}
	right := container.NewVBox()
	if !c.blind && count != nil && !count.Open {
		d := c.diff(count)
		right.Add(kit.Caption(s.Tr("账面 ", "book ") + c.BookOf(g).Grouped()))
		word, shade := s.Tr("相符", "agrees"), kit.Ok
		if d != 0 {
			word, shade = s.Tr("差 ", "diff. ")+d.Grouped(), kit.Negative
			if d > 0 {
				word, shade = s.Tr("多 +", "more +")+d.Grouped(), kit.Accent
			}
		}
		right.Add(kit.Label(word, shade, 24, true))
	}
	body := container.NewVBox(kit.Caption(s.Tr("刚盘到 ", "just counted ")+p+"  "+s.Tr("货位 ", "shelf ")+c.scans[0].shelf), kit.Fitted(c.called(g)+" "+c.value(p, "spec"), kit.Ink, m.Head, true),
		container.NewBorder(nil, nil, container.NewVBox(kit.Caption(s.Tr("实盘（", "counted (")+c.value(p, "unit")+s.Tr("）", ")")), kit.Label(base.Grouped(), kit.Ink, 40, true)), right))
	parts.Set(c.last, kit.Pad(0, 6, container.NewStack(kit.Framed(kit.Select, kit.Accent, 1), kit.Pad(12, 8, body))))
}

func (c *CountForm) drawScans() {
	head := c.s.Tr("最近扫描", "Last scans")
	if c.shelf != "" {
		head += c.s.Tr("   正在盘货位 ", "   counting shelf ") + c.shelf
	}
	box := container.NewVBox(kit.Pad(0, 4, kit.Label(head, kit.Ink, kit.M().Text, true)))
	for _, x := range c.scans[:min(len(c.scans), 7)] {
		name, shade, qty := c.called(x.Goods), kit.Ink, "+"+x.qty.Grouped()
		if x.Product == "" {
			name, shade, qty = c.s.Tr("不认识 ", "unknown ")+x.code, kit.Negative, c.s.Tr("没有计数", "not counted")
		}
		if x.shelf != "" && x.shelf != c.value(x.Product, "shelf") {
			name = "@" + x.shelf + "  " + name
		}
		box.Add(container.NewBorder(nil, kit.HLine(kit.Hair), kit.Fixed(76, 0, kit.Caption(x.at.Format("15:04:05"))), kit.Label(qty, shade, kit.M().Text, true), kit.Fitted(name, shade, kit.M().Text, false)))
	}
	parts.Set(c.list, kit.Loose(box))
}

func (c *CountForm) drawProgress(done, all int) { parts.Set(c.prog, progress(c.s, done, all)) }

// progress shows how much of a list is done.
func progress(s host.Host, done, all int) fyne.CanvasObject {
	share := float32(0)
	if all > 0 {
		share = float32(done) / float32(all)
	}
	return container.NewVBox(container.NewBorder(nil, nil, kit.Caption(s.Tr("进度", "Progress")), kit.Label(fmt.Sprintf("%d / %d", done, all), kit.Ink, kit.M().Text, true)),
		kit.Fixed(0, 8, container.NewStack(kit.Box(kit.Band), container.New(portion(share), kit.Box(kit.Accent)))))
}

// portion gives an object a part of the width.
type portion float32

func (p portion) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 8) }

func (p portion) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, x := range o {
		x.Move(fyne.NewPos(0, 0))
		x.Resize(fyne.NewSize(size.Width*float32(p), size.Height))
	}
}
