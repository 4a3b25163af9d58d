package gui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/reports"
)

// countForm is how a stocktake is counted: the scanner's field keeps the keyboard, what was just counted stands in figures read
// from two metres, the list shows what is counted, newest first, and then what is not, in the order of the shelves. Every scan is
// saved at once, so its place in the ledger is the moment of counting (rule C10) and slips may go on meanwhile.
type countForm struct {
	s     *Shell
	doc   *slip.Doc
	book  map[string]stock // what the books say, by product
	scans []scan           // newest first
	rows  []counted
	blind bool
	only  bool // differences only

	field *kit.Field
	table *kit.Table
	last  *fyne.Container
	list  *fyne.Container
	prog  *fyne.Container
}

// stock is what the books say of a product at the warehouse.
type stock struct {
	qty   num.Quantity
	value num.Amount
	cost  num.Price
}

// scan is one thing counted, or an unknown code.
type scan struct {
	at      time.Time
	product string
	code    string // of an unknown one
	qty     num.Quantity
}

// counted is one row of the list; line is -1 for what is not counted yet.
type counted struct {
	product string
	line    int
}

// OpenCount opens the counting screen of a draft stocktake.
func (s *Shell) OpenCount(d *slip.Doc) { s.Open(&countForm{s: s, doc: d}) }

func (c *countForm) ID() string { return "count " + c.doc.Number }
func (c *countForm) Title() text.Text {
	return text.T("盘点 "+tail(c.doc.Number), "Count "+tail(c.doc.Number))
}
func (c *countForm) Area() string  { return string(slip.Warehouse) }
func (c *countForm) Unsaved() bool { return false }
func (c *countForm) Focus()        { kit.Focus(c.field.Input) }

func tail(number string) string { return number[max(0, len(number)-4):] }

// Leave lets go at once: every scan is saved.
func (c *countForm) Leave(done func(bool)) { done(true) }

// Changed reads the slip and the books anew: slips go on while one counts.
func (c *countForm) Changed() {
	if d, err := c.s.Book.Load(c.doc.Number); err == nil {
		c.doc = d
	}
	c.load()
}

func (c *countForm) Key(ev *fyne.KeyEvent) bool { return false }

// Commands are what can be done while counting.
func (c *countForm) Commands() []Command {
	draft := c.doc.Status.Editable()
	return []Command{
		{Label: text.T("盘完审核", "Audit"), Key: "F9", Icon: "check", Primary: true, Off: !draft, Run: c.audit},
		{Label: text.T("打印盘点表", "Count sheet"), Key: "Ctrl+P", Icon: "print", Run: func() { c.s.Preview([]string{c.doc.Number}) }},
		{Label: text.T("改数量", "Quantity"), Key: "F2", Icon: "edit", Gap: true, Off: !draft, Run: c.askQty},
		{Label: text.T("撤销这次", "Take back"), Key: "Ctrl+Z", Icon: "undo", Off: !draft || len(c.scans) == 0, Run: c.undo},
		{Label: text.T("只看差异", "Differences"), Key: "Ctrl+D", Icon: "filter", Gap: true, Run: func() { c.only = !c.only; c.show() }},
		{Label: text.T("未盘记为 0", "Rest is 0"), Key: "Ctrl+0", Icon: "ins", Off: !draft, Run: c.restIsZero},
		{Label: text.T("盲盘", "Blind"), Key: "Ctrl+Y", Icon: "lock", Run: func() { c.blind = !c.blind; c.s.Rebuild() }},
		{Label: text.T("看单据", "The slip"), Icon: "cols", Run: func() { c.s.OpenSlip(c.doc.Number) }},
	}
}

// Object builds the screen.
func (c *countForm) Object() fyne.CanvasObject {
	s, m := c.s, kit.M()
	c.field = s.refField("", "products", false, picked{})
	c.field.Eager = false // a scanner types faster than a list can follow; F4 or letters and Enter open it
	c.field.Hint = s.tr("每扫一次 +1；先键入 24* 再扫则 +24", "each scan counts one; type 24* and scan to count 24")
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
	c.field.Pick.OnPick = func(code string) { c.count(code, c.factor(c.field.Text()), code) }
	c.last, c.list, c.prog = container.NewStack(), container.NewStack(), container.NewStack()
	title := kit.Pad(12, 6, container.New(kit.Row{Gap: 10}, kit.Label(s.tr("盘点单", "Stocktake"), kit.Ink, m.Head, true), kit.Label(c.doc.Number, kit.Ink, m.Sub, false),
		kit.Chip(statusMark(c.doc.Status), s.T(c.doc.Status.Label())),
		kit.Caption(s.nameOf("warehouses", c.doc.Warehouse)+"  "+c.doc.Date.String()+s.tr("  盘点中照常开单", "  slips may go on while counting"))))
	left := kit.Fixed(428, 0, kit.Pad(12, 8, container.NewBorder(container.NewVBox(kit.Caption(s.tr("扫条码，或输入助记码、编码", "scan a barcode, or type initials or a code")), kit.Fixed(0, 44, c.field.Input), kit.Fixed(0, 152, c.last)),
		c.prog, nil, nil, c.list)))
	c.makeTable()
	c.load()
	s.Hint(s.tr("扫码即计数   F2 改数量   Ctrl+Z 撤销   Ctrl+D 只看差异   F9 盘完审核", "scanning counts   F2 quantity   Ctrl+Z takes back   Ctrl+D differences   F9 audits"))
	return container.NewBorder(container.NewStack(kit.Box(kit.Paper), container.NewBorder(nil, kit.HLine(kit.Line), nil, nil, title)), nil,
		container.NewStack(kit.Box(kit.Paper), left), nil, c.table)
}

func (c *countForm) makeTable() {
	s := c.s
	t := kit.NewTable()
	t.Tight = true
	add := func(zh, en string, w float32, right bool) {
		k := kit.Column{Key: en, Title: s.tr(zh, en), Width: w}
		if right {
			k.Align = fyne.TextAlignTrailing
		}
		t.Columns = append(t.Columns, k)
	}
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
	t.CellAt = c.cell
	t.Foot = func() [][]kit.Cell { return [][]kit.Cell{c.foot()} }
	t.OnTap = func(row, _ int) bool { t.Go(row, 0); return true }
	c.table = t
}

// load reads what the books say of the warehouse.
func (c *countForm) load() {
	b, wh := c.s.Book, c.doc.Warehouse
	Read(c.s, c.s.tr("账面库存", "book stock"), func() (map[string]stock, error) { return bookStock(b, wh) }, func(v map[string]stock) {
		c.book = v
		c.show()
	})
}

// bookStock is what the books say of a warehouse, by product.
func bookStock(b *workflow.Book, warehouse string) (map[string]stock, error) {
	rows, err := reports.StockOnHand.Run(b, reports.Params{Warehouse: warehouse})
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, c := range reports.StockOnHand.Columns {
		at[c.Key] = i
	}
	out := map[string]stock{}
	for _, r := range rows {
		q, _ := num.ParseQuantity(zeroIfEmpty(r[at["qty"]]))
		v, _ := num.ParseAmount(zeroIfEmpty(r[at["value"]]))
		p, _ := num.ParsePrice(zeroIfEmpty(r[at["cost"]]))
		out[r[at["product"]]] = stock{q, v, p}
	}
	return out, nil
}

// show lists what is counted, newest first, then what is not, by shelf.
func (c *countForm) show() {
	c.rows = c.rows[:0:0]
	done := map[string]bool{}
	for i := len(c.doc.Lines) - 1; i >= 0; i-- {
		l := &c.doc.Lines[i]
		if !isCounted(l) || done[l.Product] {
			continue
		}
		done[l.Product] = true
		if !c.only || c.diff(l) != 0 {
			c.rows = append(c.rows, counted{l.Product, i})
		}
	}
	var rest []string
	for p, st := range c.book {
		if !done[p] && st.qty != 0 {
			rest = append(rest, p)
		}
	}
	shelf := func(p string) string { return c.value(p, "shelf") + "\x00" + p }
	slices.SortFunc(rest, func(a, b string) int { return strings.Compare(shelf(a), shelf(b)) })
	if !c.only {
		for _, p := range rest {
			c.rows = append(c.rows, counted{p, -1})
		}
	}
	c.table.Refresh()
	c.drawLast()
	c.drawScans()
	c.drawProgress(len(done), len(done)+len(rest))
	c.s.drawTools()
}

// isCounted: a line without a quantity waits for its count.
func isCounted(l *slip.Line) bool { return l.Product != "" && (l.Qty != 0 || l.Zero) }

func (c *countForm) value(product, field string) string {
	if r, ok := c.s.Book.Masters().Find("products", product); ok {
		return r.Get(field)
	}
	return ""
}

func (c *countForm) diff(l *slip.Line) num.Quantity { return l.Base - c.book[l.Product].qty }

// worth is the value of a difference at the unit cost of the books.
func (c *countForm) worth(l *slip.Line) num.Amount {
	a, err := num.Extend(c.diff(l), c.book[l.Product].cost, 0)
	if err != nil {
		return 0
	}
	return a
}

func (c *countForm) cell(row, col int) kit.Cell {
	r := c.rows[row]
	book := c.book[r.product]
	shade := kit.Bg
	if r.line < 0 {
		shade = kit.Ink2
	}
	switch col {
	case 0:
		return kit.Cell{Text: c.value(r.product, "shelf"), Shade: shade}
	case 1:
		return kit.Cell{Text: r.product, Shade: shade}
	case 2:
		return kit.Cell{Text: c.s.nameOf("products", r.product) + " " + c.value(r.product, "spec"), Shade: shade}
	case 3:
		return kit.Cell{Text: c.value(r.product, "unit"), Shade: shade}
	case 4:
		if c.blind {
			return kit.Cell{Text: "···", Shade: kit.Ink3}
		}
		return kit.Cell{Text: book.qty.Grouped(), Shade: shade}
	}
	if r.line < 0 {
		if col == 8 {
			return kit.Cell{Text: c.s.tr("未盘", "not yet"), Mark: kit.MarkDraft}
		}
		return kit.Cell{}
	}
	l := &c.doc.Lines[r.line]
	if col == 5 {
		return kit.Cell{Text: l.Base.Grouped(), Bold: row == 0}
	}
	if c.blind {
		return kit.Cell{}
	}
	return c.difference(l, col)
}

func (c *countForm) difference(l *slip.Line, col int) kit.Cell {
	d := c.diff(l)
	switch {
	case col == 8 && d == 0:
		return kit.Cell{Text: c.s.tr("相符", "agrees"), Mark: kit.MarkDone}
	case col == 8 && d > 0:
		return kit.Cell{Text: c.s.tr("盘盈", "more"), Mark: kit.MarkPart}
	case col == 8:
		return kit.Cell{Text: c.s.tr("盘亏", "less"), Mark: kit.MarkLate}
	case d == 0:
		return kit.Cell{}
	case col == 6 && d > 0:
		return kit.Cell{Text: "+" + d.Grouped()}
	case col == 6:
		return kit.Cell{Text: d.Grouped()}
	}
	return kit.Cell{Text: money(c.worth(l))}
}

func (c *countForm) foot() []kit.Cell {
	cells := make([]kit.Cell, 9)
	cells[0].Text = c.s.tr("合计", "Total")
	var diff num.Quantity
	var worth num.Amount
	n := 0
	for i := range c.doc.Lines {
		if l := &c.doc.Lines[i]; isCounted(l) {
			n, diff, worth = n+1, diff+c.diff(l), worth+c.worth(l)
		}
	}
	cells[2].Text = c.s.tr("已盘 %d 个商品", "%d {product|products} counted", n)
	if !c.blind {
		cells[6].Text, cells[7].Text = diff.Grouped(), money(worth)
	}
	return cells
}

// drawLast shows what was just counted, large.
func (c *countForm) drawLast() {
	s, m := c.s, kit.M()
	if len(c.scans) == 0 || c.scans[0].product == "" {
		set(c.last, kit.Pad(0, 8, kit.Caption(s.tr("还没有扫描", "nothing scanned yet"))))
		return
	}
	p := c.scans[0].product
	var base num.Quantity
	var line *slip.Line
	for i := range c.doc.Lines {
		if c.doc.Lines[i].Product == p {
			line = &c.doc.Lines[i]
			base = line.Base
		}
	}
	right := container.NewVBox()
	if !c.blind && line != nil {
		d := c.diff(line)
		right.Add(kit.Caption(s.tr("账面 ", "book ") + c.book[p].qty.Grouped()))
		word, shade := s.tr("相符", "agrees"), kit.Ok
		if d != 0 {
			word, shade = s.tr("差 ", "diff. ")+d.Grouped(), kit.Negative
			if d > 0 {
				word, shade = s.tr("多 +", "more +")+d.Grouped(), kit.Accent
			}
		}
		right.Add(kit.Label(word, shade, 24, true))
	}
	body := container.NewVBox(kit.Caption(s.tr("刚盘到 ", "just counted ")+p+"  "+s.tr("货位 ", "shelf ")+c.value(p, "shelf")), kit.Fitted(s.nameOf("products", p)+" "+c.value(p, "spec"), kit.Ink, m.Head, true),
		container.NewBorder(nil, nil, container.NewVBox(kit.Caption(s.tr("实盘（", "counted (")+c.value(p, "unit")+s.tr("）", ")")), kit.Label(base.Grouped(), kit.Ink, 40, true)), right))
	set(c.last, kit.Pad(0, 6, container.NewStack(kit.Framed(kit.Select, kit.Accent, 1), kit.Pad(12, 8, body))))
}

func (c *countForm) drawScans() {
	box := container.NewVBox(kit.Pad(0, 4, kit.Label(c.s.tr("最近扫描", "Last scans"), kit.Ink, kit.M().Text, true)))
	for _, x := range c.scans[:min(len(c.scans), 7)] {
		name, shade, qty := c.s.nameOf("products", x.product), kit.Ink, "+"+x.qty.Grouped()
		if x.product == "" {
			name, shade, qty = c.s.tr("不认识 ", "unknown ")+x.code, kit.Negative, c.s.tr("没有计数", "not counted")
		}
		box.Add(container.NewBorder(nil, kit.HLine(kit.Hair), kit.Fixed(76, 0, kit.Caption(x.at.Format("15:04:05"))), kit.Label(qty, shade, kit.M().Text, true), kit.Fitted(name, shade, kit.M().Text, false)))
	}
	set(c.list, kit.Loose(box))
}

func (c *countForm) drawProgress(done, all int) {
	bar := kit.Box(kit.Band)
	full := kit.Box(kit.Accent)
	share := float32(0)
	if all > 0 {
		share = float32(done) / float32(all)
	}
	set(c.prog, container.NewVBox(container.NewBorder(nil, nil, kit.Caption(c.s.tr("进度", "Progress")), kit.Label(fmt.Sprintf("%d / %d", done, all), kit.Ink, kit.M().Text, true)),
		kit.Fixed(0, 8, container.NewStack(bar, container.New(portion(share), full)))))
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

// factor is the quantity typed before a scan: 24* counts 24.
func (c *countForm) factor(typed string) num.Quantity {
	head, _, ok := strings.Cut(typed, "*")
	if !ok {
		return num.QuantityOne
	}
	q, err := num.ParseQuantity(head)
	if err != nil || q == 0 {
		return num.QuantityOne
	}
	return q
}

// take reads what was scanned or typed: a quantity with *, and a barcode, a code or words that find one product.
func (c *countForm) take(typed string) {
	words := typed
	if _, after, ok := strings.Cut(typed, "*"); ok {
		words = strings.TrimSpace(after)
	}
	if words == "" {
		return // 24* waits for its scan
	}
	code, err := c.s.resolve("products", words)
	if err != nil {
		c.unknown(words, err)
		return
	}
	c.count(code, c.factor(typed), words)
}

// unknown does not stop the counting: the code is listed, and F4 names its product.
func (c *countForm) unknown(code string, err error) {
	c.scans = append([]scan{{at: c.s.Book.Now(), code: code}}, c.scans...)
	c.field.SetValue("")
	c.drawScans()
	words := c.s.words(err)
	if digits(code) {
		words = c.s.tr("条码 %s 不认识，这一次没有计数。", "the barcode %s is unknown; nothing was counted.", code)
	}
	c.s.Say(kit.Warning, words, kit.Offer{Key: fyne.KeyF4, Label: c.s.tr("认领到商品", "name its product"), Run: func() { c.claim(code) }},
		kit.Offer{Key: fyne.KeyF7, Label: c.s.tr("略过", "skip"), Run: c.s.Calm})
}

// claim gives an unknown barcode to a product, and counts it.
func (c *countForm) claim(code string) {
	s := c.s
	s.Calm()
	f := s.refField(s.tr("商品", "Product"), "products", true, picked{})
	why := kit.Label("", kit.Negative, kit.M().Caption, false)
	var over *kit.Overlay
	f.OnCommit = func(v string) error {
		r, ok := s.Book.Masters().Find("products", v)
		if !ok {
			return nil
		}
		own := r.Clone()
		own.Values["barcode"] = code
		if err := s.Book.SaveMaster(own); err != nil {
			return err
		}
		s.layer.Close(over)
		c.count(v, num.QuantityOne, code)
		return nil
	}
	f.OnRefuse = func(err error) { why.Text = s.words(err); why.Refresh() }
	body := container.NewVBox(kit.Caption(s.tr("条码 %s 是哪个商品的？以后扫到就认得。", "whose barcode is %s? It will be known from now on.", code)), f.Input, why)
	over = s.dialog(s.tr("认领条码", "Name the product"), body, fyne.NewSize(560, 220), f.Input, Answer{Label: text.T("取消", "Cancel")})
}

// count adds to a product's line and saves at once.
func (c *countForm) count(product string, q num.Quantity, code string) {
	if !c.doc.Status.Editable() {
		c.s.Say(kit.Refusal, c.s.tr("%s 已审核，不能再盘", "%s is audited; nothing more can be counted", c.doc.Number))
		return
	}
	c.scans = append([]scan{{at: c.s.Book.Now(), product: product, code: code, qty: q}}, c.scans...)
	c.add(product, q)
	c.field.SetValue("")
	c.s.Calm()
	c.save()
	kit.Focus(c.field.Input)
}

// add changes the line of a product; the newest stands last in the slip.
func (c *countForm) add(product string, q num.Quantity) {
	for i := range c.doc.Lines {
		if l := &c.doc.Lines[i]; l.Product == product {
			moved := *l
			if moved.Factor > num.QuantityOne { // counted in boxes before: from now on in pieces
				moved.Unit, moved.Factor, moved.Qty = "", 0, moved.Base
			}
			moved.Qty += q
			moved.Zero = moved.Qty == 0
			c.doc.Lines = append(append(c.doc.Lines[:i:i], c.doc.Lines[i+1:]...), moved)
			return
		}
	}
	c.doc.Lines = append(c.doc.Lines, slip.Line{Product: product, Qty: q, Zero: q == 0})
}

// save writes the draft: the moment of counting is the moment of saving.
func (c *countForm) save() {
	d, b := c.doc.Clone(), c.s.Book
	for i := range d.Lines {
		d.Lines[i].No = i + 1
	}
	var fresh *slip.Doc
	c.s.Write(c.s.tr("保存", "saving"), func(context.Context) (err error) {
		if err = b.Save(d); err == nil {
			fresh, err = b.Load(d.Number)
		}
		return err
	}, func(err error) {
		if err != nil {
			c.s.Fail(err)
			return
		}
		c.doc = fresh
		c.show()
	})
}

// askQty asks for the whole quantity of what was counted last.
func (c *countForm) askQty() {
	if len(c.scans) == 0 || c.scans[0].product == "" {
		return
	}
	p := c.scans[0].product
	s := c.s
	s.askWord(s.tr("%s 共有多少？", "How many %s are there?", s.nameOf("products", p)), s.tr("数量", "Quantity"), text.T("就是这么多", "Take it"), func(typed string) error {
		v, err := s.read(slip.Field{Key: "qty", Type: slip.TypeQuantity}, typed)
		if err != nil || v == "" {
			return err
		}
		q, _ := num.ParseQuantity(v)
		var now num.Quantity
		for i := range c.doc.Lines {
			if c.doc.Lines[i].Product == p {
				now = c.doc.Lines[i].Base
			}
		}
		c.scans = append([]scan{{at: s.Book.Now(), product: p, qty: q - now}}, c.scans...)
		c.add(p, q-now)
		return nil
	}, c.save)
}

// undo takes the last scan back.
func (c *countForm) undo() {
	if len(c.scans) == 0 {
		return
	}
	x := c.scans[0]
	c.scans = c.scans[1:]
	if x.product == "" {
		c.drawScans()
		return
	}
	c.add(x.product, -x.qty)
	if l := &c.doc.Lines[len(c.doc.Lines)-1]; l.Product == x.product && l.Qty == 0 {
		l.Zero = false // as if it had never been found
	}
	c.save()
}

// restIsZero counts everything that was not found as none.
func (c *countForm) restIsZero() {
	n := 0
	for _, r := range c.rows {
		if r.line < 0 {
			n++
		}
	}
	if n == 0 {
		return
	}
	c.s.Ask(c.s.tr("%d 个未盘商品都记为 0？", "Count the %d {product|products} not found as none?", n), []string{c.s.tr("审核后这些商品在本仓的库存清零。", "When audited, their stock here is nothing.")},
		Answer{Label: text.T("不", "No")}, Answer{Label: text.T("记为 0", "Count as 0"), Key: fyne.KeyY, Run: func() {
			for _, r := range c.rows {
				if r.line < 0 {
					c.doc.Lines = append(c.doc.Lines, slip.Line{Product: r.product, Zero: true})
				}
			}
			c.save()
		}})
}

// audit shows what the count changes, and posts it.
func (c *countForm) audit() {
	s, n, b := c.s, c.doc.Number, c.s.Book
	Read(s, s.tr("试算盘点", "trying"), func() (workflow.Trial, error) { return b.TryAudit(n) }, func(t workflow.Trial) {
		s.showTrial(s.tr("盘点 %s 审核后，会改变这些", "Auditing the count %s changes this", n), t, text.T("审核", "Audit"), func() {
			s.Write(s.tr("审核", "auditing"), func(context.Context) error {
				_, err := b.Audit(n)
				return err
			}, func(err error) {
				if err != nil {
					s.Fail(err)
					return
				}
				s.CloseTab()
				s.OpenSlip(n)
			})
		})
	})
}
