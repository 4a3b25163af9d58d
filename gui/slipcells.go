package gui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// lotField tells of the columns that stand in the grid only while some line's product is told apart by lots or serial numbers.
func lotField(f slip.Field) bool { return f.Key == slip.LotKey || f.Key == slip.ExpiryKey }

// trackedLine tells whether a line's product has lots or serial numbers.
func (f *slipForm) trackedLine(l *slip.Line) bool {
	if l == nil {
		return false
	}
	p, ok := f.s.Book().Masters().Product(l.Product)
	return ok && p.Tracked() || l.Lot() != ""
}

// tracked tells whether any line's product has.
func (f *slipForm) tracked() bool {
	for i := range f.doc.Lines {
		if f.trackedLine(&f.doc.Lines[i]) {
			return true
		}
	}
	return false
}

// showLots brings the columns of lots in with the first line that needs them. They stay until the form is built anew.
func (f *slipForm) showLots() {
	g, ok := f.lines.(*goodsLines)
	if _, has := f.kind.LineField(slip.LotKey); !ok || !has || !f.tracked() {
		return
	}
	for _, c := range g.cols {
		if c.Key == slip.LotKey {
			return
		}
	}
	f.grid.Columns, f.grid.Fields = g.columns()
	f.s.prefs.widths("lines/"+f.kind.Code, &f.grid.Table)
	for _, x := range f.grid.Fields {
		if x != nil {
			x.OnScan = f.scan
		}
	}
	f.grid.Bind()
	f.grid.Reload()
}

// asksLots tells whether Enter stops at a line's lots: where goods come in and no slip said of which lots.
func (f *slipForm) asksLots(l *slip.Line) bool {
	if l == nil || l.SourceNumber != "" && l.Lot() != "" {
		return false
	}
	in := f.kind.Stock.Direction > 0 && l.Qty >= 0 || f.kind.Stock.Direction < 0 && l.Qty < 0 || f.kind.Stock.Parts != 0 && (l.Qty > 0) == (f.kind.Stock.Parts > 0) || f.kind.Stock.Counts
	return in
}

// lotField is the box of a line's lots. What is typed stands; F4 lists what can be had, what expires first in front.
func (g *goodsLines) lotField(f slip.Field) *kit.Field {
	s := g.f.s
	x := kit.NewField("")
	x.Eager = false // several lots are typed with their quantities
	x.Parse = func(typed string) (string, error) { return parts.Read(s, f, typed) }
	p := &kit.Picker{Columns: []kit.Column{{Key: "lot", Title: s.T(f.Label), Width: 120}, {Key: "expiry", Title: s.tr("有效期", "Expiry"), Width: 130},
		{Key: "qty", Title: s.tr("可取", "There"), Width: 80, Align: fyne.TextAlignTrailing}, {Key: "says", Title: s.tr("选入为", "Taken as"), Width: 200, Grow: true}}}
	p.Find = func(words string) (rows []kit.PickRow, total int) {
		list, err := s.Book().LotChoices(g.f.kind, g.f.doc, g.f.grid.Row())
		if err != nil {
			s.Fail(err)
		}
		for _, c := range list {
			if words != "" && !strings.Contains(strings.ToLower(c.Code), strings.ToLower(words)) {
				continue
			}
			day := kit.Cell{Text: c.Expiry.String()}
			if c.Late {
				day = kit.Cell{Text: day.Text + s.tr(" 过期", " expired"), Shade: kit.Negative}
			}
			rows = append(rows, kit.PickRow{Value: c.Says, Cells: []kit.Cell{{Text: c.Code}, day, {Text: c.Qty.Grouped()}, {Text: c.Says, Shade: kit.Ink2}}})
		}
		return rows, len(rows)
	}
	p.None = func(words string) string { return s.tr("没有可取的批次", "no lot can be had") }
	p.Footer = func(total int) string {
		return s.tr("%d 批，先到期在前    Enter 选入   Esc 关闭", "%d, first expired first    Enter takes   Esc closes", total)
	}
	x.WithPicker(p)
	x.Hint = s.tr("如 A01:6 A02:4", "such as A01:6 A02:4")
	if g.f.kind.Stock.Direction < 0 {
		x.Hint = s.tr("空着：先到期先出", "empty: first expired first")
	}
	return x
}

// mostLots is how many lots the strip has room for.
const mostLots = 3

// lotStrip says of which lots the stock is.
func (f *slipForm) lotStrip(add func(label, figure, after string, shade kit.Shade)) {
	var words []string
	for i, c := range f.lots {
		if i == mostLots {
			words = append(words, f.s.tr("… 共 %d", "… %d in all", len(f.lots)))
			break
		}
		w := c.Code + " " + c.Qty.Grouped()
		if c.Expiry != 0 {
			w += " (" + c.Expiry.String()[2:] + ")"
		}
		words = append(words, w)
	}
	shade := kit.Ink
	if f.lots[0].Late {
		shade = kit.Negative
	}
	add(f.s.tr("批次", "Lots"), f.lots[0].Code, strings.TrimPrefix(strings.Join(words, " · "), f.lots[0].Code), shade)
}

// startTax settles how a slip's prices are read: as its lines say, and where it has none yet as the book does.
func (f *slipForm) startTax() {
	switch set := f.s.Book().Settings(); {
	case f.kind.Taxed && len(f.doc.Lines) > 0:
		f.inclTax = f.doc.Lines[0].InclTax
	case f.kind.Taxed || f.kind.Reprices:
		f.inclTax = set.InclTax
	}
}

// setInclTax reads every price as one with tax, or without.
func (f *slipForm) setInclTax(on bool) {
	f.inclTax = on
	for i := range f.doc.Lines {
		f.doc.Lines[i].InclTax, f.doc.Lines[i].InclGiven = on, true
	}
	f.sayTax()
	f.touched()
}

// turnTax reads the prices the other way.
func (f *slipForm) turnTax() {
	f.setInclTax(!f.inclTax)
	if f.taxTick != nil {
		f.taxTick.SetOn(f.inclTax)
	}
}

// sayTax puts the words for prices with tax, or before it, over the columns of the lines and of the list of goods.
func (f *slipForm) sayTax() {
	for i, c := range f.grid.Columns {
		if x, ok := f.kind.LineField(c.Key); ok && c.Key == "price" {
			f.grid.Columns[i].Title = f.priceTitle(x, f.inclTax)
		}
	}
	for _, x := range f.grid.Fields {
		if x == nil || x.Pick == nil || !f.kind.Taxed {
			continue
		}
		for i, c := range x.Pick.Columns {
			if name, ok := map[string]string{"list": f.s.tr("价目表价", "List"), "last": f.s.tr("上次价", "Last")}[c.Key]; ok {
				x.Pick.Columns[i].Title = parts.WithTax(f.s, name, f.inclTax)
				x.Pick.Columns[i].Width = max(c.Width, kit.Width(x.Pick.Columns[i].Title, kit.M().Caption, false)+14)
			}
		}
	}
}

// priceTitle is the head of the price column: with the word for the tax where the kind's prices have one.
func (f *slipForm) priceTitle(x slip.Field, incl bool) string {
	switch {
	case f.kind.Taxed && incl:
		return f.s.tr("含税单价", "Price incl.")
	case f.kind.Taxed:
		return f.s.tr("不含税单价", "Price excl.")
	case f.kind.Reprices:
		return parts.WithTax(f.s, f.s.T(x.Label), incl)
	}
	return f.s.T(x.Label)
}

// lineTax tells whether a line's price holds the tax, of kinds whose prices can.
func (f *slipForm) lineTax(l *slip.Line) (incl, says bool) {
	switch {
	case f.kind.Taxed:
		return l.InclTax, true
	case f.kind.Reprices && l.Product != "":
		return f.s.Book().RepricedWithTax(f.doc, l), true
	}
	return false, false
}

// inSense turns a price into the slip's sense: with tax or before it.
func (f *slipForm) inSense(p num.Price, rate num.Rate, incl bool) num.Price {
	if !f.kind.Taxed {
		return p
	}
	v, err := slip.WithTax(p, rate, incl, f.inclTax)
	if err != nil {
		return p
	}
	return v
}

// listPrice is a product's own price as the list of goods shows it, in the slip's sense.
func (f *slipForm) listPrice(p *master.Product) string {
	v := p.Get(f.priceField())
	price, err := num.ParsePrice(v)
	if v == "" || err != nil {
		return v
	}
	rate := f.s.Book().Settings().VAT
	if p.HasTax {
		rate = p.TaxRate
	}
	return f.inSense(price, rate, f.s.Book().PricedWithTax(p.Record)).Grouped()
}

// paste takes rows copied from a spreadsheet: cells with tabs between, in the order of the columns that Enter walks (the product by code,
// bar code or name, quantity, price, discount), or, under a first row of the grid's own titles, in theirs. All rows come in or none; false:
// it is one value, and goes into the cell.
func (f *slipForm) paste(clipboard string) bool {
	g, ok := f.lines.(*goodsLines)
	rows := strings.Split(strings.TrimRight(strings.ReplaceAll(clipboard, "\r\n", "\n"), "\n"), "\n")
	if !ok || !f.kind.Goods() || !f.editable() || len(rows) == 1 && !strings.Contains(rows[0], "\t") {
		return false
	}
	cols, head := g.titled(strings.Split(rows[0], "\t"))
	if !head {
		cols = g.walked()
	}
	var lines []slip.Line
	var faults fault.List
	for i, row := range rows {
		if strings.TrimSpace(row) == "" || head && i == 0 {
			continue
		}
		l, err := g.pasted(cols, strings.Split(row, "\t"))
		if err != nil {
			words := fault.Of(err)[0]
			faults = append(faults, fault.New(fault.Invalid, "第 %d 行：%s", "row %d: %s", i+1, words))
		}
		lines = append(lines, l)
	}
	if len(faults) > 0 {
		f.s.Fail(faults)
		return true
	}
	at := f.lines.firstBlank()
	f.doc.Lines = slices.Insert(f.doc.Lines[:at:at], at, lines...)
	f.touched()
	f.grid.Editing().Restore()
	f.grid.Edit(f.lines.firstBlank(), f.lines.firstColumn())
	f.s.Say(kit.Hint, f.s.tr("已粘贴 %d 行", "%d {row|rows} pasted", len(lines)))
	return true
}

// walked are the columns that Enter walks on a line nothing is filled in on.
func (g *goodsLines) walked() (cols []int) {
	for i, f := range g.cols {
		if i > 0 && !f.ReadOnly && (i == g.firstColumn() || f.Key == "qty" || f.Key == "price" || f.Key == "discount_rate") {
			cols = append(cols, i)
		}
	}
	return cols
}

// titled reads a row as titles of the grid, in either language; a cell that is none is column 0. Without the product's it is no head.
func (g *goodsLines) titled(cells []string) (cols []int, head bool) {
	for _, c := range cells {
		at := 0
		for i, f := range g.cols {
			if i > 0 && (strings.TrimSpace(c) == f.Label.Zh || strings.EqualFold(strings.TrimSpace(c), f.Label.En) || strings.TrimSpace(c) == g.f.grid.Columns[i].Title) {
				at = i
			}
		}
		head = head || at == g.firstColumn()
		cols = append(cols, at)
	}
	return cols, head
}

// pasted makes a line of the cells that stand in the columns.
func (g *goodsLines) pasted(cols []int, cells []string) (slip.Line, error) {
	l := g.newLine()
	for i, col := range cols {
		if col == 0 || i >= len(cells) || g.cols[col].ReadOnly || strings.TrimSpace(cells[i]) == "" {
			continue
		}
		f, typed, old := g.cols[col], strings.TrimSpace(cells[i]), l.Get(g.cols[col].Key)
		v, err := "", error(nil)
		switch {
		case f.Type == slip.TypeRef:
			v, err = parts.Resolve(g.f.s, f.Ref, typed)
		case f.Type == slip.TypeUnit:
			v = typed
		default:
			v, err = parts.Read(g.f.s, f, typed)
		}
		if err == nil {
			err = g.allowed(f, v)
		}
		if err == nil {
			err = l.Set(f, v)
		}
		if err == nil {
			err = g.follow(f, &l, old)
		}
		if err != nil {
			return l, err
		}
	}
	if l.Product == "" {
		return l, fault.New(fault.Invalid, "没有商品", "there is no product")
	}
	return l, nil
}

// justScanned is the line a scan has just put something on; product is empty when something else was done since.
type justScanned struct {
	row     int
	product string
}

// countScanned takes a bare number in the empty code cell after a scan for how many of the scanned thing there are, unless a product is
// called that.
func (f *slipForm) countScanned(typed string) bool {
	g, ok := f.lines.(*goodsLines)
	row := f.afterScan.row
	if !ok || f.afterScan.product == "" || len(typed) > mostCounted || f.grid.Col() != g.firstColumn() || f.grid.Row() != g.firstBlank() ||
		row >= len(f.doc.Lines) || f.doc.Lines[row].Product != f.afterScan.product {
		return false
	}
	q, err := num.ParseQuantity(typed)
	if _, called := f.s.Book().Masters().Product(typed); err != nil || q <= 0 || called || len(f.s.Book().Masters().Scanned(typed)) > 0 {
		return false
	}
	f.setQty(row, q)
	f.scanned(row)
	return true
}

// mostCounted is how many characters a number after a scan has at most: a longer one is a code.
const mostCounted = 5
