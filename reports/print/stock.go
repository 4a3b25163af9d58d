package print

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/scan"
	"zhanggui/reports/paper"
)

const (
	colPart  paper.Key = "part"
	colWorth paper.Key = "worth"
)

var (
	titlePart     = text.T("类别", "Part")
	wordSet       = text.T("成品", "Set")
	wordComponent = text.T("组件", "Component")
	titleBookQty  = text.T("账面数", "Book")
	titleCounted  = text.T("实盘数", "Counted")
	titleDiffers  = text.T("差异", "Difference")
	titleWorth    = text.T("差异金额", "Value")
	wordRange     = text.T("范围", "Range")
	wordMode      = text.T("方式", "Mode")
	wordBlind     = text.T("盲盘（不印账面数）", "blind (book not shown)")
	wordOpenCount = text.T("明盘（印账面数）", "with book quantities")
	wordAt        = text.T("账面时点", "Book as at")
	wordRecount   = text.T("复盘（只列要再盘的）", "second count of some lines")
	wordWithTax   = text.T("含税", "with tax")
	wordBeforeTax = text.T("不含税", "before tax")
	wordAllGoods  = text.T("全部库存商品", "all goods in stock")
	sealBuyer     = text.T("需方（盖章）", "For the buyer (stamp)")
	sealSeller    = text.T("供方（盖章）", "For the supplier (stamp)")
)

// partColumns are the columns of a slip that puts a set together or takes it apart.
func partColumns(s *sheet) []paper.Column {
	return []paper.Column{
		{Key: paper.ColNumber, Kind: paper.Centre}, {Key: colPart, Title: s.in(titlePart), Kind: paper.Centre, Width: 20},
		{Key: paper.ColShelf, Kind: paper.Words, Drop: true}, {Key: paper.ColCode, Kind: paper.Words}, {Key: paper.ColName, Kind: paper.Words},
		{Key: paper.ColUnit, Kind: paper.Centre}, {Key: paper.ColQuantity, Kind: paper.Figure}, {Key: paper.ColIssued, Kind: paper.Blank}, {Key: paper.ColTick, Kind: paper.Box},
	}
}

// unlike tells of goods that are neither bought nor sold nor only moved: their lines say something of their own, such as an amount
// to spread or a new price.
func (s *sheet) unlike() bool {
	_, qty := s.k.LineField("qty")
	return !qty || !s.k.Taxed && !s.k.Paper.NoMoney
}

// tabled is the paper of such goods: a column for each field the kind declares.
func (s *sheet) tabled(v *paper.Voucher) *paper.Voucher {
	v.Inclusive = true // the words say 合计
	v.Columns = []paper.Column{{Key: paper.ColNumber, Kind: paper.Centre}, {Key: paper.ColCode, Kind: paper.Words}, {Key: paper.ColName, Kind: paper.Words},
		{Key: paper.ColShelf, Kind: paper.Words, Drop: true}}
	v.Plain = slices.Clone(v.Columns)
	var own []slip.Field
	var keys []paper.Key
	for _, f := range s.k.Lines {
		if f.Hidden || slices.Contains(stated, f.Key) {
			continue
		}
		c := s.declaredColumn(f)
		own, keys = append(own, f), append(keys, c.Key)
		v.Columns = append(v.Columns, c)
		if f.Type != slip.TypeAmount && f.Type != slip.TypePrice {
			v.Plain = append(v.Plain, c)
		}
		v.NoWords = v.NoWords || f.Type == slip.TypeAmount
	}
	v.NoWords = !v.NoWords
	taxed := s.repriced(v)
	for i := range s.d.Lines {
		l := s.named(&s.d.Lines[i])
		for n, f := range own {
			l.Cells[keys[n]] = s.declaredCell(f, &s.d.Lines[i])
			if word := taxed[i]; word != "" && f.Type == slip.TypePrice && l.Cells[keys[n]] != "" {
				l.Cells[keys[n]] += " " + word
			}
		}
		v.Lines = append(v.Lines, l)
	}
	v.TaxIncluded = s.d.Tax != 0
	return v
}

// repriced says of the prices of a price change whether they hold the tax: in their columns' heads, or where its lines differ in words behind each.
func (s *sheet) repriced(v *paper.Voucher) map[int]string {
	if !s.k.Reprices || len(s.d.Lines) == 0 {
		return nil
	}
	words := map[int]string{}
	same := true
	for i := range s.d.Lines {
		words[i] = s.in(wordBeforeTax)
		if s.b.RepricedWithTax(s.d, &s.d.Lines[i]) {
			words[i] = s.in(wordWithTax)
		}
		same = same && words[i] == words[0]
	}
	if !same {
		return words
	}
	for i, c := range v.Columns {
		if f, ok := s.k.LineField(string(c.Key)); ok && f.Type == slip.TypePrice {
			v.Columns[i].Title = text.Tf("%s（%s）", "%s (%s)", f.Label, words[0]).In(s.opt.Lang)
		}
	}
	return nil
}

// stated are the fields every such line has a column for already, or has it in its remark.
var stated = []string{"product", "name", "spec", "remark", "warehouse", "source_line"}

// declaredColumn is a column of a field: quantities and amounts have running totals.
func (s *sheet) declaredColumn(f slip.Field) paper.Column {
	c := paper.Column{Key: paper.Key(f.Key), Title: s.in(f.Label), Kind: paper.Words, Width: 32}
	switch {
	case f.Key == "unit":
		c.Key, c.Kind, c.Width = paper.ColUnit, paper.Centre, 12
	case f.Key == "qty":
		c.Key, c.Kind, c.Sum, c.Width = paper.ColQuantity, paper.Figure, true, 18
	case f.Type == slip.TypeAmount:
		c.Kind, c.Sum = paper.Figure, true
	case f.Numeric():
		c.Kind = paper.Figure
	}
	return c
}

func (s *sheet) declaredCell(f slip.Field, l *slip.Line) string {
	switch {
	case f.Key == "unit":
		return s.name(master.Units.Code, l.Unit)
	case f.Key == "source" && l.SourceLine > 0:
		return fmt.Sprintf("%s/%d", l.SourceNumber, l.SourceLine)
	case f.Key == "amount":
		return s.amount(l.Net).Grouped()
	}
	return s.value(f, l.Get(f.Key))
}

// counted is the paper of a stocktake: what the book said, what was found, and the difference. Lines not counted yet are blank; what
// several lines counted together stands on the last.
func (s *sheet) counted(v *paper.Voucher) (*paper.Voucher, error) {
	v.Plain = []paper.Column{
		{Key: paper.ColNumber, Kind: paper.Centre}, {Key: paper.ColShelf, Kind: paper.Words, Drop: true}, {Key: paper.ColCode, Kind: paper.Words},
		{Key: paper.ColName, Kind: paper.Words}, {Key: paper.ColUnit, Kind: paper.Centre}, {Key: paper.ColBook, Title: s.in(titleBookQty), Kind: paper.Figure, Width: 22, Sum: true},
		{Key: paper.ColCounted, Title: s.in(titleCounted), Kind: paper.Figure, Width: 22, Sum: true}, {Key: paper.ColDiffers, Title: s.in(titleDiffers), Kind: paper.Figure, Width: 22, Sum: true},
	}
	found, err := s.found()
	if err != nil {
		return nil, err
	}
	for i := range s.d.Lines {
		l := &s.d.Lines[i]
		out := s.named(l)
		if l.IsCounted() {
			out.Cells[paper.ColCounted] = l.Qty.Grouped()
		}
		if x := found[i]; x != nil {
			if out.Cells[paper.ColBook], err = s.inUnit(l, x.Book); err != nil {
				return nil, err
			}
			if !x.Open && len(x.Doubt) == 0 {
				if out.Cells[paper.ColDiffers], err = s.inUnit(l, x.Diff); err != nil {
					return nil, err
				}
			}
		}
		v.Lines = append(v.Lines, out)
	}
	return v, nil
}

// differences is the paper on which a count is approved before it is posted: what differs, and what that is worth in the books.
func (s *sheet) differences() (*paper.Voucher, error) {
	v := s.voucher()
	v.Title, v.Fields, v.NoAmounts, v.NoWords, v.Inclusive = s.in(titleDifferences), s.fields(&sources{}), false, true, true
	v.Columns = []paper.Column{
		{Key: paper.ColNumber, Kind: paper.Centre}, {Key: paper.ColShelf, Kind: paper.Words, Drop: true}, {Key: paper.ColCode, Kind: paper.Words},
		{Key: paper.ColName, Kind: paper.Words}, {Key: paper.ColUnit, Kind: paper.Centre}, {Key: paper.ColBook, Title: s.in(titleBookQty), Kind: paper.Figure, Width: 18},
		{Key: paper.ColCounted, Title: s.in(titleCounted), Kind: paper.Figure, Width: 18}, {Key: paper.ColDiffers, Title: s.in(titleDiffers), Kind: paper.Figure, Width: 18},
		{Key: colWorth, Title: s.in(titleWorth), Kind: paper.Figure, Sum: true},
	}
	diffs, err := s.diffs(true)
	if err != nil {
		return nil, err
	}
	waiting, doubtful := 0, 0
	for _, x := range diffs {
		switch {
		case len(x.Doubt) > 0:
			doubtful++
		case x.Open:
			waiting++
		case x.Diff != 0:
			v.Lines = append(v.Lines, s.differing(x))
		}
	}
	if len(v.Lines) == 0 {
		return nil, fault.New(fault.Refused, "%s 没有差异，不用打印差异表", "%s does not differ from the book; there are no differences to print", s.d.Number)
	}
	if waiting+doubtful > 0 {
		note := text.Tf("未盘 %d 种，盘了两次待定 %d 种，不在本表", "%d products not counted yet and %d counted twice are not listed", waiting, doubtful)
		v.Remark = strings.TrimSpace(v.Remark + " " + s.in(note))
	}
	return v, nil
}

// differing is a line of the differences, in base units.
func (s *sheet) differing(x scan.CountDiff) paper.Line {
	out := s.named(&slip.Line{Product: x.Product, Base: x.Counted, Extra: map[string]string{slip.CountShelf: x.Shelf, slip.LotKey: x.Lot}})
	if p, ok := s.b.Masters().Product(x.Product); ok {
		out.Cells[paper.ColUnit] = s.name(master.Units.Code, p.Unit)
	}
	if len(s.warehouses()) > 1 {
		out.Remark = "[" + s.name(master.Warehouses.Code, x.Warehouse) + "]"
	}
	out.Cells[paper.ColBook], out.Cells[paper.ColCounted], out.Cells[paper.ColDiffers] = x.Book.Grouped(), x.Counted.Grouped(), x.Diff.Grouped()
	out.Cells[colWorth] = x.Value.Grouped()
	return out
}

// found are what the book says of each product, by the line that shows it: the last in use of those that counted it together.
func (s *sheet) found() (map[int]*scan.CountDiff, error) {
	diffs, err := s.diffs(false)
	out := map[int]*scan.CountDiff{}
	for n, x := range diffs {
		if len(x.Lines) == 0 {
			continue
		}
		last := x.Lines[len(x.Lines)-1] - 1
		if o := out[last]; o != nil { // a line of several lots
			o.Counted, o.Book, o.Diff, o.Value = o.Counted+x.Counted, o.Book+x.Book, o.Diff+x.Diff, o.Value+x.Value
			continue
		}
		out[last] = &diffs[n]
	}
	return out, err
}

// diffs are the differences as auditing posts them. Of a draft that could not be audited as it is they are against what the book says
// now, unless they must be exact.
func (s *sheet) diffs(exact bool) ([]scan.CountDiff, error) {
	if s.d.ID != 0 {
		list, err := scan.CountDiffs(s.b, s.d.Number)
		if err == nil || exact || !fault.Is(err, fault.Refused) && !fault.Is(err, fault.Invalid) {
			return list, err
		}
	}
	now, err := stockNow(s.b, productIDs(s.b, s.d))
	if err != nil {
		return nil, err
	}
	counts, err := s.d.Counts()
	out := make([]scan.CountDiff, len(counts))
	for n, c := range counts {
		book := now[standing{c.Product, c.Warehouse}]
		if c.Lot != "" {
			if book, err = scan.LotNow(s.b, c.Product, c.Warehouse, c.Lot); err != nil {
				return nil, err
			}
		}
		out[n] = scan.CountDiff{Product: c.Product, Lot: c.Lot, Warehouse: c.Warehouse, Counted: c.Base, Book: book, Diff: c.Base - book, Open: c.Open}
		for _, i := range c.Lines {
			out[n].Lines = append(out[n].Lines, i+1)
		}
	}
	return out, err
}

// inUnit is a quantity of base units in the line's own unit.
func (s *sheet) inUnit(l *slip.Line, q num.Quantity) (string, error) {
	n, err := num.MulDiv(int64(q), int64(num.QuantityOne), int64(max(l.Factor, 1)))
	return num.Quantity(n).Grouped(), err
}

type standing struct{ product, warehouse string }

// stockNow is what stands of the products (nil: of all) in each warehouse, by codes.
func stockNow(b *workflow.Book, products []int64) (map[standing]num.Quantity, error) {
	list, err := b.Seen().Standings(products)
	out := map[standing]num.Quantity{}
	for _, x := range list {
		p, ok := b.Masters().ByID(master.Products.Code, x.Product)
		w, there := b.Masters().ByID(master.Warehouses.Code, x.Warehouse)
		if ok && there && x.Kind == "" {
			out[standing{p.Code(), w.Code()}] += x.Qty
		}
	}
	return out, err
}

func productIDs(b *workflow.Book, d *slip.Doc) []int64 {
	out := []int64{}
	for i := range d.Lines {
		if p, ok := b.Masters().Product(d.Lines[i].Product); ok {
			out = append(out, p.ID)
		}
	}
	return out
}

// countSheets are the papers to count on, one for each warehouse of the slip. A recount has only the lines to be counted again.
func (s *sheet) countSheets() ([]paper.Paper, error) {
	if s.d.Status == slip.Void {
		return nil, fault.New(fault.Refused, "%s 已作废，不能打印盘点表", "%s is void; there is nothing to count", s.d.Number)
	}
	found, err := s.found()
	if err != nil {
		return nil, err
	}
	again := s.opt.As == AsRecount
	var out []paper.Paper
	for _, w := range s.warehouses() {
		c := newCount(s.b, s.opt, w)
		c.Number, c.Print.Marks = s.d.Number, s.print().Marks
		for i := range s.d.Lines {
			l := &s.d.Lines[i]
			if s.d.At(l) != w || l.Extra[slip.CountUse] == slip.SetAside || again && l.Extra[slip.CountFirst] == "" {
				continue
			}
			line, err := s.toCount(l, found[i])
			if err != nil {
				return nil, err
			}
			c.Lines = append(c.Lines, line)
		}
		c.Fields = slices.Insert(c.Fields, 1, paper.Field{Label: s.in(labelDate), Value: s.d.Date.String()})
		if r := s.d.Extra[slip.CountRange]; r != "" {
			c.Fields = append(c.Fields, paper.Field{Label: s.in(wordRange), Value: r})
		}
		if len(c.Lines) > 0 {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Refused, "%s 没有要复盘的行", "no line of %s is to be counted again", s.d.Number)
	}
	return out, nil
}

// toCount is a line on the sheet: what was counted first, and again.
func (s *sheet) toCount(l *slip.Line, x *scan.CountDiff) (line paper.CountLine, err error) {
	n := s.named(l)
	line = paper.CountLine{Shelf: n.Cells[paper.ColShelf], Code: l.Product, Name: n.Name + " " + n.Spec + s.ofLots(l), Unit: n.Cells[paper.ColUnit], Remark: l.Remark}
	if who := l.Extra[slip.CountCounter]; who != "" {
		line.Remark = strings.TrimSpace(who + " " + line.Remark)
	}
	if x != nil {
		if line.Book, err = s.inUnit(l, x.Book); err != nil {
			return line, err
		}
	}
	counted := ""
	if l.IsCounted() {
		counted = l.Qty.Grouped()
	}
	if line.Counted = counted; l.Extra[slip.CountFirst] != "" {
		first, _ := num.ParseQuantity(l.Extra[slip.CountFirst]) // a quantity when it was set
		line.Counted, line.Second = first.Grouped(), counted
	}
	return line, nil
}

// CountSheet prints a sheet to count a whole warehouse on, before there is a slip: everything that stands there, by shelf. book
// prints what the book says; lang empty is the book's language. Faults: NotFound for the warehouse, Refused where nothing stands.
func CountSheet(b *workflow.Book, warehouse string, book bool, lang text.Lang) ([]byte, error) {
	opt := Options{As: AsCount, Lang: lang}
	if book {
		opt.As = AsCountBook
	}
	if err := opt.complete(b); err != nil {
		return nil, err
	}
	if _, ok := b.Masters().Find(master.Warehouses.Code, warehouse); !ok {
		return nil, fault.New(fault.NotFound, "没有仓库“%s”", "there is no warehouse %q", warehouse).At("warehouse")
	}
	now, err := stockNow(b, nil)
	if err != nil {
		return nil, err
	}
	c := newCount(b, opt, warehouse)
	s := &sheet{b: b, k: &slip.Kind{}, d: &slip.Doc{}, opt: opt, other: opt.Lang != b.Settings().Lang}
	for at, q := range now {
		if p, ok := b.Masters().Product(at.product); ok && at.warehouse == warehouse && q != 0 {
			lines, err := lotCounts(s, warehouse, paper.CountLine{Shelf: p.Get("shelf"), Code: p.Code(), Name: p.Name(s.other) + " " + p.Get("spec"), Unit: s.name(master.Units.Code, p.Unit)}, q)
			if err != nil {
				return nil, err
			}
			c.Lines = append(c.Lines, lines...)
		}
	}
	if len(c.Lines) == 0 {
		return nil, fault.New(fault.Refused, "仓库 %s 没有库存，没有可盘点的商品", "nothing stands in warehouse %s; there is nothing to count", warehouse)
	}
	slices.SortFunc(c.Lines, func(a, b paper.CountLine) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Name, b.Name))
	})
	c.Fields = slices.Insert(c.Fields, 1, paper.Field{Label: wordRange.In(opt.Lang), Value: wordAllGoods.In(opt.Lang)})
	return paper.PDF(c)
}

func newCount(b *workflow.Book, opt Options, warehouse string) *paper.CountSheet {
	s := &sheet{b: b, opt: opt, other: opt.Lang != b.Settings().Lang}
	mode := wordBlind
	title := text.Text{}
	switch opt.As {
	case AsCountBook:
		mode = wordOpenCount
	case AsRecount:
		mode, title = wordRecount, titleRecount
	}
	return &paper.CountSheet{Lang: opt.Lang, Company: s.company(), Title: s.in(title), Book: opt.As == AsCountBook, Shift: paper.Shift(opt.Shift),
		Print: paper.Print{Count: 1, At: b.Now(), By: s.person(b.User)},
		Fields: []paper.Field{{Label: s.in(labelWarehouse), Value: s.coded(master.Warehouses.Code, warehouse), Bold: true},
			{Label: s.in(wordAt), Value: b.Now().Format("2006-01-02 15:04")}, {Label: s.in(wordMode), Value: s.in(mode)}}}
}

// seals are the boxes for stamps at the end of an order with a party: ours says who made and audited it, with room for who approves.
func (s *sheet) seals() []paper.Seal {
	role := s.role()
	if role == slip.NoParty || s.d.Party == "" {
		return nil
	}
	var ours string
	mark := ": "
	if s.opt.Lang == text.Zh {
		mark = "："
	}
	for i, h := range s.hands() {
		if strings.HasPrefix(s.k.Paper.Hands[i].Label.Zh, "对方") { // they have a box of their own
			continue
		}
		ours += h.Label + mark + cmp.Or(h.Name, "________") + "   "
	}
	us, them := paper.Seal{Title: s.in(sealBuyer), Line: ours}, paper.Seal{Title: s.in(sealSeller)}
	if role == slip.Customers {
		us.Title, them.Title = them.Title, us.Title
	}
	them.Line = s.name(string(role), s.d.Party)
	return []paper.Seal{us, them}
}
