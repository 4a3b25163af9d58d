package gui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// lines are what the grid of a slip form shows: the slip's own lines, or the slips that its money settles.
type lines interface {
	columns() ([]kit.Column, []*kit.Field)
	length() int
	cell(row, col int) kit.Cell
	foot() []kit.Cell
	can(row, col int) bool
	stops(row, col int) bool
	value(row, col int) string
	commit(row, col int, v string) error
	blank(row int) bool
	firstColumn() int
	firstBlank() int
	column(key string) int
	reload()
}

func (f *slipForm) newLines() lines {
	if f.hasLines() {
		return &goodsLines{f: f}
	}
	return &openLines{f: f, none: !f.kind.SettlesOthers()}
}

// buildGrid makes the grid over the lines.
func (f *slipForm) buildGrid() {
	g := kit.NewLineGrid()
	g.Columns, g.Fields = f.lines.columns()
	g.Frozen = min(2, len(g.Columns))
	g.Length = f.lines.length
	g.CellAt = f.lines.cell
	g.Foot = func() [][]kit.Cell { return [][]kit.Cell{f.lines.foot()} }
	g.Can = func(row, col int) bool {
		return f.editable() && f.lines.can(row, col) || f.liveCell(row, col)
	}
	g.Stops = f.lines.stops
	g.Value = f.lines.value
	g.Commit = f.commitLine
	g.Blank = func(row int) bool { return f.lines.blank(row) && !f.inSummary() }
	g.OnMove = func(row, _ int) {
		f.leftBehind(row)
		f.loadFacts()
	}
	g.OnRefuse = func(_, _ int, err error) { f.s.Fail(err) }
	g.OnSettle = f.s.Settled
	g.OnBefore = func() { f.ring.Last() }
	g.OnAfter = func() { f.afterLines(-1) }
	g.OnFocus = func(bool) { f.loadFacts() }
	if !f.editable() {
		g.OnOpen = func(row, col int) { f.openLine(row) }
	}
	f.s.prefs.widths("lines/"+f.kind.Code, &g.Table)
	for _, x := range g.Fields {
		if x != nil {
			x.OnScan, x.OnPaste = f.scan, f.paste
		}
	}
	g.Bind()
	f.grid = g
	f.sayTax()
}

// openLine goes from a line of an audited slip to where it came from, or to its product's ledger.
func (f *slipForm) openLine(row int) {
	if row >= len(f.doc.Lines) {
		if a, ok := f.lines.(*openLines); ok && row < len(a.rows) {
			f.s.OpenSlip(a.rows[row].Number)
		}
		return
	}
	if n := f.doc.Lines[row].SourceNumber; n != "" {
		f.s.OpenSlip(n)
	} else if p := f.doc.Lines[row].Product; p != "" {
		parts.OpenStockLedger(f.s, p)
	}
}

// goodsLines are the slip's own lines: goods, or accounts of a journal voucher.
type goodsLines struct {
	f    *slipForm
	cols []slip.Field // by column, from 1; column 0 is the number
	hand int          // 1 + the row whose price was typed last: memory did not fill it in
}

func (g *goodsLines) columns() ([]kit.Column, []*kit.Field) {
	cols := []kit.Column{{Key: "#", Title: "#", Width: 34, Align: fyne.TextAlignCenter}}
	fields := []*kit.Field{nil}
	g.cols = []slip.Field{{}}
	list := slices.Clone(g.f.kind.Lines)
	slices.SortStableFunc(list, func(a, b slip.Field) int { return first(b.Repeated) - first(a.Repeated) }) // what a line is about stands first
	for _, f := range list {
		if f.Hidden && !(lotField(f) && g.f.tracked()) {
			continue
		}
		c := kit.Column{Key: f.Key, Title: g.f.s.T(f.Label), Width: max(float32(f.Width), kit.Width(g.f.s.T(f.Label), kit.M().Caption, false)+14), Grow: f.Key == "remark" && !f.Repeated || f.Key == "line_account"}
		switch {
		case f.Numeric():
			c.Align = fyne.TextAlignTrailing
		case f.Type == slip.TypeUnit:
			c.Align = fyne.TextAlignCenter
		}
		if f.Ref == master.Warehouses.Code {
			c.Width = g.f.s.widest(master.Warehouses.Code, c.Width, 130)
		}
		if f.Type == slip.TypeUnit {
			c.Width = g.f.s.widest("units", c.Width, 90)
		}
		if f.Key == "price" {
			for _, incl := range []bool{!g.f.inclTax, g.f.inclTax} { // room for either
				c.Title = g.f.priceTitle(f, incl)
				c.Width = max(c.Width, kit.Width(c.Title, kit.M().Caption, false)+14)
			}
		}
		cols, fields, g.cols = append(cols, c), append(fields, g.field(f)), append(g.cols, f)
	}
	return cols, fields
}

// inSummary tells whether the cursor is where a line begins with what it is about: Enter goes on from there, also with nothing typed.
func (f *slipForm) inSummary() bool {
	g, ok := f.lines.(*goodsLines)
	return ok && f.grid != nil && f.grid.Col() < len(g.cols) && g.cols[f.grid.Col()].Repeated
}

func first(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// widest is the room that the names of a type need, between least and most.
func (s *Shell) widest(typ string, least, most float32) float32 {
	for _, r := range s.Book().Masters().List(typ) {
		least = max(least, kit.Width(parts.Name(s, r), kit.M().Text, false)+14)
	}
	return min(least, most)
}

// field makes the box of a column; columns only shown have none.
func (g *goodsLines) field(f slip.Field) *kit.Field {
	s := g.f.s
	if f.ReadOnly {
		return nil
	}
	var x *kit.Field
	switch {
	case f.Type == slip.TypeRef && f.Ref == master.Products.Code:
		x = parts.RefField(s, "", master.Products.Code, false, parts.Picked{Rank: g.f.rank, Extra: g.f.productFacts})
	case f.Type == slip.TypeRef:
		x = parts.RefFieldOf(s, "", func() string { return g.f.kind.LineRefOf(g.f.current(), f) }, f.Ref == master.Warehouses.Code, parts.Picked{In: true, Only: g.onlyOf(f)})
	case f.Key == slip.LotKey:
		x = g.lotField(f)
	case f.Type == slip.TypeUnit:
		x = parts.ChoiceField(s, "", func() []slip.Choice {
			if l := g.f.current(); l != nil {
				return parts.UnitChoices(s, l.Product)
			}
			return nil
		})
	case f.Type == slip.TypeChoice:
		x = parts.ChoiceField(s, "", func() []slip.Choice { return f.Choices })
	case f.Type == slip.TypeBool:
		x = parts.ChoiceField(s, "", func() []slip.Choice { return parts.YesNo })
	default:
		x = kit.NewField("")
		x.Show = func(v string) string { return parts.Shown(s, f, v) }
		x.Parse = func(typed string) (string, error) { return parts.Read(s, f, typed) }
		if f.Type == slip.TypeDate {
			kit.DateField(x, s.Book().Today)
		}
		if f.Type == slip.TypeTime {
			kit.ClockField(x)
		}
	}
	if f.Key == "product" {
		x.Hint = s.tr("扫码或助记码", "scan or type")
	}
	return x
}

// onlyOf leaves of a list what goes with the rest of the line: of the cash accounts those kept in the line's account.
func (g *goodsLines) onlyOf(f slip.Field) func(*master.Record) bool {
	if f.Ref != master.Accounts.Code {
		return nil
	}
	return func(r *master.Record) bool {
		l := g.f.current()
		own := []string{}
		if l != nil && l.Account != "" {
			own = g.f.s.Book().CashAccounts(l.Account)
		}
		return len(own) == 0 || slices.Contains(own, r.Code())
	}
}

func (g *goodsLines) length() int {
	if g.f.editable() {
		return len(g.f.doc.Lines) + 1
	}
	return len(g.f.doc.Lines)
}

func (g *goodsLines) line(row int) *slip.Line {
	if row < len(g.f.doc.Lines) {
		return &g.f.doc.Lines[row]
	}
	return nil
}

func (g *goodsLines) cell(row, col int) kit.Cell {
	s := g.f.s
	if col == 0 {
		return kit.Cell{Text: fmt.Sprint(row + 1), Shade: kit.Ink3}
	}
	l := g.line(row)
	if l == nil || l.Empty() && l.Product == "" {
		return kit.Cell{}
	}
	f := g.cols[col]
	v := g.value(row, col)
	switch {
	case f.ReadOnly && (f.Key == "name" || f.Key == "spec"):
		if r, ok := s.Book().Masters().Find(master.Products.Code, l.Product); ok {
			if f.Key == "name" {
				return kit.Cell{Text: parts.Name(s, r)}
			}
			return kit.Cell{Text: r.Get("spec")}
		}
		return kit.Cell{}
	case f.Type == slip.TypeRef && f.Ref == master.Warehouses.Code:
		if v == "" && l.Product != "" {
			return kit.Cell{Text: parts.NameOf(s, master.Warehouses.Code, g.f.doc.Warehouse)}
		}
		return kit.Cell{Text: parts.NameOf(s, master.Warehouses.Code, v)}
	case f.Type == slip.TypeRef && f.Ref != master.Products.Code && v != "":
		if r, ok := s.Book().Masters().Find(g.f.kind.LineRefOf(l, f), v); ok {
			return kit.Cell{Text: parts.Named(s, r)}
		}
	}
	c := kit.Cell{Text: parts.Shown(s, f, v)}
	if f.Key == "price" || f.Key == "old_price" {
		if incl, says := g.f.lineTax(l); says && incl != g.f.inclTax {
			c.Text = parts.OtherTax(s, c.Text, incl)
		}
	}
	return c
}

func (g *goodsLines) value(row, col int) string {
	if l := g.line(row); l != nil {
		return l.Get(g.cols[col].Key)
	}
	return ""
}

func (g *goodsLines) foot() []kit.Cell {
	d := g.f.doc
	cells := make([]kit.Cell, len(g.cols))
	n := 0
	sums := map[string]int64{}
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.Empty() {
			continue
		}
		n++
		sums["qty"] += int64(l.Qty)
		sums["net"] += int64(l.Net)
		sums["tax"] += int64(l.Tax)
		sums["gross"] += int64(l.Gross)
		sums["amount"] += int64(l.Amount)
		sums["debit"] += int64(l.Debit)
		sums["credit"] += int64(l.Credit)
	}
	for i, f := range g.cols {
		v, ok := sums[f.Key]
		switch {
		case i == 1:
			cells[i].Text = g.f.s.tr("合计", "Total")
		case f.Key == "name":
			cells[i].Text = g.f.s.tr("%d 行", "%d {line|lines}", n)
		case ok && f.Type == slip.TypeQuantity && g.f.kind.Stock.Parts != 0: // a set and its components have no sum
		case ok && f.Type == slip.TypeQuantity:
			cells[i].Text = num.Quantity(v).Grouped()
		case ok && f.Type == slip.TypeAmount:
			cells[i].Text = num.Amount(v).Grouped()
		case f.Key == "party" && sums["debit"] != sums["credit"]:
			cells[i] = kit.Cell{Text: g.f.s.tr("借贷相差 %s", "off by %s", num.Amount(sums["debit"]-sums["credit"]).Grouped()), Shade: kit.Negative}
		}
	}
	return cells
}

func (g *goodsLines) can(row, col int) bool {
	if col == 0 || g.cols[col].ReadOnly {
		return false
	}
	if lotField(g.cols[col]) && !g.f.trackedLine(g.line(row)) {
		return false
	}
	first := col == g.firstColumn()
	l := g.line(row)
	if l == nil || l.Product == "" && l.Account == "" && l.Empty() {
		return first || !g.f.kind.Goods()
	}
	return true
}

// stops: Enter passes what the program fills in by itself; Tab and arrows go everywhere.
func (g *goodsLines) stops(row, col int) bool {
	l := g.line(row)
	switch f := g.cols[col]; {
	case f.Key == "credit" && l != nil && l.Debit != 0:
		return false
	case lotField(f): // what goes out takes what expires first by itself
		return g.f.asksLots(l)
	case g.filledIn(f, row, l):
		return false
	case f.Repeated:
		return (l == nil || l.Get(f.Key) == "") && g.above(row, f) == ""
	case f.Passed || f.Type == slip.TypeUnit || f.Key == "tax_rate" || f.Key == "warehouse" && g.f.doc.Warehouse != "" || f.Key == "remark" || f.Key == "redeliver":
		return false
	}
	return true
}

// filledIn tells whether memory has filled the cell in and the book's setting has Enter pass by that: the price of a line, and the discount
// that goes with it. A price nobody knows, or one just typed, leaves both to the hand.
func (g *goodsLines) filledIn(f slip.Field, row int, l *slip.Line) bool {
	return g.f.s.Book().Settings().EnterSkips == "filled" && g.f.kind.Taxed && (f.Key == "price" || f.Key == "discount_rate") &&
		l != nil && l.Price != 0 && g.hand != row+1
}

func (g *goodsLines) blank(row int) bool {
	l := g.line(row)
	return l == nil || l.Empty()
}

func (g *goodsLines) firstColumn() int {
	for i, f := range g.cols {
		if i > 0 && !f.ReadOnly {
			return i
		}
	}
	return 0
}

func (g *goodsLines) firstBlank() int {
	for i := range g.f.doc.Lines {
		if g.blank(i) {
			return i
		}
	}
	return len(g.f.doc.Lines)
}

func (g *goodsLines) column(key string) int {
	for i, f := range g.cols {
		if f.Key == key {
			return i
		}
	}
	return g.firstColumn()
}

func (g *goodsLines) reload() {}

// commit takes a cell's new value.
func (g *goodsLines) commit(row, col int, v string) error {
	f, d := g.cols[col], g.f.doc
	if row >= len(d.Lines) {
		if v == "" {
			return nil
		}
		d.Lines = append(d.Lines, g.newLine())
	}
	l := &d.Lines[row]
	old := l.Get(f.Key)
	if old == v {
		return nil
	}
	anew := g.f.explodes()
	if f.Required && v == "" && f.Key == "product" && !l.Empty() {
		return parts.MustFill(g.f.s, f)
	}
	if err := g.allowed(f, v); err != nil {
		return err
	}
	if err := l.Set(f, v); err != nil {
		return err
	}
	if err := g.follow(f, l, old); err != nil {
		return err
	}
	anew()
	if g.hand = 0; f.Key == "price" {
		g.hand = row + 1
	}
	g.f.touched()
	g.f.about = aboutLine{}
	g.f.loadFacts()
	g.f.showLots()
	switch f.Key {
	case "product", "qty", "unit", "warehouse":
		g.f.sayShort(row, false)
	}
	if f.Key == "qty" || f.Key == "unit" {
		g.f.sayOver(row)
	}
	return nil
}

// newLine is a line with what the declaration proposes.
func (g *goodsLines) newLine() slip.Line {
	l := slip.Line{InclTax: g.f.inclTax, InclGiven: true}
	for _, f := range g.cols {
		if f.Default != "" {
			_ = l.Set(f, f.Default) // a default of the declaration is right, or its test fails
		}
		if v := g.above(len(g.f.doc.Lines), f); v != "" {
			_ = l.Set(f, v) // it stands in another line already
		}
	}
	return l
}

// above is what the line over a row has in a column that a new line begins with.
func (g *goodsLines) above(row int, f slip.Field) string {
	if !f.Repeated || row == 0 {
		return ""
	}
	if l := g.line(row - 1); l != nil {
		return l.Get(f.Key)
	}
	return ""
}

// allowed refuses at once what could never be posted.
func (g *goodsLines) allowed(f slip.Field, v string) error {
	negative := len(v) > 0 && v[0] == '-'
	switch {
	case negative && f.Key == "price":
		return fault.New(fault.Invalid, "单价不能为负", "the price cannot be negative").At(f.Key)
	case negative && f.Key == "qty" && g.f.kind.Plan:
		return fault.New(fault.Invalid, "订单数量不能为负", "an order's quantity cannot be negative").At(f.Key)
	case f.Type == slip.TypeRate && v != "":
		if r, err := num.ParseRate(v); err == nil && (r < 0 || r > num.RateOne) {
			return fault.New(fault.Invalid, "%s应在 0 与 100 之间", "%s is between 0 and 100", f.Label).At(f.Key)
		}
	}
	return nil
}

// follow does what a new value brings with it; old is what stood there.
func (g *goodsLines) follow(f slip.Field, l *slip.Line, old string) error {
	b, k, d := g.f.s.Book(), g.f.kind, g.f.doc
	switch f.Key {
	case "product":
		if l.InclTax, l.InclGiven = g.f.inclTax, true; l.Product == "" {
			return nil
		}
		return b.Propose(k, d, l)
	case "unit":
		return b.Reprice(k, d, l)
	case "qty":
		was, _ := num.ParseQuantity(old)
		return b.Requantify(k, d, l, was)
	case "debit":
		if l.Debit != 0 {
			l.Credit = 0
		}
	case "credit":
		if l.Credit != 0 {
			l.Debit = 0
		}
	}
	return nil
}

// rank puts first what the party takes most.
func (f *slipForm) rank(r *master.Record) int { return f.used[r.Code()] }

// productFacts are the further cells of the product list: available, list price, last price with its day.
func (f *slipForm) productFacts(codes []string) func(string, *master.Product) []kit.Cell {
	facts, err := f.s.Book().ProductFacts(f.kind, f.doc.Party, f.doc.Warehouse, codes)
	if err != nil {
		f.s.Fail(err)
	}
	return func(code string, p *master.Product) []kit.Cell {
		x := facts[code]
		stock := kit.Cell{Text: x.Available().Grouped()}
		if p.Service {
			stock.Text = ""
		} else if x.Available() <= 0 {
			stock.Shade = kit.Negative
			if x.Available() == 0 {
				stock.Text = f.s.tr("0 缺货", "0 none")
			}
		}
		last := kit.Cell{}
		if x.LastDate != 0 {
			last.Text = f.inSense(x.LastPrice, x.LastTaxRate, x.LastInclTax).Grouped() + " " + x.LastDate.String()[5:]
		}
		return []kit.Cell{stock, {Text: f.listPrice(p)}, last}
	}
}

func (f *slipForm) priceField() string {
	if f.kind.PriceField != "" {
		return f.kind.PriceField
	}
	return "sales_price"
}

// scan takes a barcode scanned into any cell: its line's quantity goes up by one, or a new line is made.
func (f *slipForm) scan(typed string) bool {
	if f.countScanned(typed) {
		return true
	}
	if _, ok := f.lines.(*goodsLines); !ok || !f.kind.Goods() || len(typed) < 6 || !parts.Digits(typed) {
		return false
	}
	list := f.s.Book().Masters().Scanned(typed)
	if len(list) == 0 {
		return f.strange(typed)
	}
	if len(list) == 1 && list[0].Code() == typed {
		return false
	}
	return parts.Which(f.s, typed, f.oneMore)
}

// strange says of a bar code nobody knows, scanned into a figure, that it is none; elsewhere it is taken as it stands, or refused there.
func (f *slipForm) strange(typed string) bool {
	x := f.lines.(*goodsLines).cols[f.grid.Col()]
	if n := len(typed); !x.Numeric() || n != 8 && (n < 12 || n > 14) {
		return false
	}
	f.s.Say(kit.Refusal, f.s.tr("条码 %s 不认识，这一格没有改", "the bar code %s is unknown; the cell is as it was", typed))
	return true
}

// oneMore puts one more of a scanned product on its line, or on a new one.
func (f *slipForm) oneMore(p *master.Product) {
	d := f.doc
	for i := range d.Lines {
		if l := &d.Lines[i]; l.Product == p.Code() {
			l.Qty += num.QuantityOne
			if err := f.s.Book().Requantify(f.kind, d, l, l.Qty-num.QuantityOne); err != nil {
				f.s.Fail(err)
			}
			f.scanned(i)
			return
		}
	}
	row := f.lines.firstBlank()
	if row == len(d.Lines) {
		d.Lines = append(d.Lines, slip.Line{})
	}
	l := &d.Lines[row]
	l.Product, l.InclTax, l.InclGiven, l.Qty = p.Code(), f.inclTax, true, num.QuantityOne
	if err := f.s.Book().Propose(f.kind, d, l); err != nil {
		f.s.Fail(err)
	}
	f.scanned(row)
}

func (f *slipForm) scanned(row int) {
	f.touched()
	l := f.doc.Lines[row]
	if col := f.lines.firstColumn(); f.grid.Col() == col {
		f.grid.Edit(f.lines.firstBlank(), col)
	}
	words := f.s.tr("扫码：%s %s × %s", "scanned: %s %s × %s", l.Product, parts.NameOf(f.s, master.Products.Code, l.Product), l.Qty.Grouped())
	if f.grid.Col() == f.lines.firstColumn() {
		f.afterScan = justScanned{row, l.Product}
		words += f.s.tr("   接着打数字是数量", "   a number now is the quantity")
	}
	f.s.Say(kit.Hint, words)
	f.grid.Refresh()
	f.sayShort(row, true)
}
