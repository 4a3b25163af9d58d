package scan

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/ledger"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// CountRange says which products of a warehouse are to be counted. What is empty lets everything through.
type CountRange struct {
	From, To string // shelves, as people walk them; A takes all of A-1-03 … too
	Category string // with those under it
	None     bool   // also what the book says is not there
}

// FillCount adds a line to count for every product of the range that is not on the slip yet, by shelf, and tells how many.
func FillCount(in *workflow.Book, d *slip.Doc, r CountRange) (int, error) {
	b := of(in)
	w, ok := b.Masters().Find(master.Warehouses.Code, d.Warehouse)
	if !ok {
		return 0, fault.New(fault.Invalid, "请先选择仓库", "choose the warehouse first").At("warehouse")
	}
	within, err := b.categories(r.Category)
	if err != nil {
		return 0, err
	}
	stands, err := b.Stands(nil, 0)
	if err != nil {
		return 0, err
	}
	listed := map[string]bool{}
	for i := range d.Lines {
		if d.At(&d.Lines[i]) == d.Warehouse {
			listed[d.Lines[i].Product] = true
		}
	}
	var lines []slip.Line
	for _, p := range b.Masters().List(master.Products.Code) {
		if p.Active() && p.Get("service") != "yes" && (r.None || stands.At(p.ID, w.ID).OnHand != 0) && !listed[p.Code()] && r.holds(p.Get("shelf")) && (within == nil || within[p.Get("category")]) {
			more, err := b.countLines(p, d.Warehouse)
			if err != nil {
				return 0, err
			}
			lines = append(lines, more...)
		}
	}
	slices.SortStableFunc(lines, func(a, b slip.Line) int { return byShelf(&a, &b) })
	d.Lines = append(d.Lines, lines...)
	if r != (CountRange{None: r.None}) && len(lines) > 0 {
		if d.Extra == nil {
			d.Extra = map[string]string{}
		}
		d.Extra[slip.CountRange] = strings.Trim(d.Extra[slip.CountRange]+"; "+b.ranged(r), "; ")
	}
	return len(lines), nil
}

// ranged is a range in words, as the paper says it.
func (b book) ranged(r CountRange) string {
	var words []string
	if r.From != "" || r.To != "" {
		words = append(words, r.From+" – "+r.To)
	}
	if c, ok := b.Masters().Find(master.Categories.Code, r.Category); ok {
		words = append(words, c.Name(false))
	}
	return strings.Join(words, " ")
}

// countLines are the lines to count of a product: one, or one for each lot the book says is there.
func (b book) countLines(r *master.Record, warehouse string) ([]slip.Line, error) {
	line := func() slip.Line {
		return slip.Line{Product: r.Code(), Extra: map[string]string{slip.CountShelf: r.Get("shelf")}}
	}
	p, ok := b.Masters().Product(r.Code())
	if !ok || !p.Tracked() {
		return []slip.Line{line()}, nil
	}
	w, _ := b.Masters().Find(master.Warehouses.Code, warehouse)
	lots, err := b.DB.LotsNow(p.ID, w.ID)
	var list []slip.Line
	for _, x := range lots {
		l := line()
		l.Extra[slip.LotKey] = x.Code
		list = append(list, l)
	}
	if len(list) == 0 {
		list = append(list, line())
	}
	return list, err
}

func byShelf(a, b *slip.Line) int {
	x, y := a.Extra[slip.CountShelf], b.Extra[slip.CountShelf]
	switch {
	case x != y && text.ShelfLess(x, y):
		return -1
	case x != y && text.ShelfLess(y, x):
		return 1
	}
	return cmp.Or(cmp.Compare(a.Product, b.Product), cmp.Compare(a.Lot(), b.Lot()))
}

func (r CountRange) holds(shelf string) bool {
	if r.From == "" && r.To == "" {
		return true
	}
	return shelf != "" && (r.From == "" || !text.ShelfLess(shelf, r.From)) && (r.To == "" || !text.ShelfLess(r.To, shelf) || strings.HasPrefix(shelf, r.To))
}

// categories are a category and all under it; nil for none.
func (b book) categories(code string) (map[string]bool, error) {
	if code == "" {
		return nil, nil
	}
	if _, ok := b.Masters().Find(master.Categories.Code, code); !ok {
		return nil, fault.New(fault.NotFound, "没有商品类别“%s”", "there is no category %q", code).At("category")
	}
	in := map[string]bool{code: true}
	for grown := true; grown; {
		grown = false
		for _, c := range b.Masters().List(master.Categories.Code) {
			if in[c.Get("parent")] && !in[c.Code()] {
				in[c.Code()], grown = true, true
			}
		}
	}
	return in, nil
}

// Same is what holds where a shelf was counted twice.
type Same string

// The decisions. Undecided leaves both figures standing; auditing then asks for one.
const (
	Undecided  Same = ""
	TakeFirst  Same = "first"
	TakeLast   Same = "last"
	TakeBoth   Same = "add" // they counted different goods of the shelf
	CountAgain Same = "recount"
)

// Sames lists the decisions with their words.
var Sames = []slip.Choice{
	{Value: string(TakeFirst), Label: text.T("取先盘的", "the first")}, {Value: string(TakeLast), Label: text.T("取后盘的", "the last")},
	{Value: string(TakeBoth), Label: text.T("两数相加", "both added")}, {Value: string(CountAgain), Label: text.T("重新盘点", "count again")},
}

// MergeCounts puts the draft counts of several counters into the first of them, in one step: what they found of a product on several
// shelves adds up, each line keeps the moment it was counted (C10), and the other slips are void. Where two counted the same shelf,
// same decides, else both stand and wait for Decide. Counts of different days are refused: a place in the ledger begins with its day.
func MergeCounts(w *workflow.Book, numbers []string, same Same) (merged *slip.Doc, err error) {
	b := of(w)
	if len(numbers) < 2 {
		return nil, fault.New(fault.Usage, "请至少选两张盘点单合并", "name at least two counts to merge")
	}
	err = b.Write(context.Background(), func(tx *store.Tx) error {
		docs := make([]*slip.Doc, len(numbers))
		for i, n := range numbers {
			if docs[i], err = b.Find(tx, n); err != nil {
				return err
			}
			if err := mergeable(docs[:i+1]); err != nil {
				return err
			}
		}
		merged = docs[0]
		k, err := kinds.Lookup(merged.Kind)
		if err != nil {
			return err
		}
		b.collect(docs)
		if err := decide(merged, same, nil); err != nil {
			return err
		}
		if faults := b.Check(tx, k, merged, false); len(faults) > 0 {
			return faults
		}
		if err := b.May(merged.Kind, "enter", "void"); err != nil {
			return err
		}
		if err := b.Put(tx, k, merged, nil); err != nil {
			return err
		}
		for _, d := range docs[1:] {
			if err := tx.SetStatus(d.ID, slip.Void, merged.Number); err != nil {
				return err
			}
			if err := b.Log(tx, "merge", d, auditlog.Detail{Note: merged.Number}); err != nil {
				return err
			}
		}
		return nil
	})
	return merged, err
}

// mergeable checks the last of the slips against the others.
func mergeable(docs []*slip.Doc) error {
	d, first := docs[len(docs)-1], docs[0]
	k, err := kinds.Lookup(d.Kind)
	if err != nil {
		return err
	}
	switch {
	case !k.Stock.Counts || !d.Status.Editable():
		return fault.New(fault.Refused, "%s 不是盘点草稿，不能合并", "%s is no draft of a count and cannot be merged", d.Number)
	case d.Date != first.Date:
		return fault.New(fault.Refused, "%s 是 %s 盘的，%s 是 %s 盘的；不同日期不能合并", "%s was counted on %s, %s on %s; counts of different days cannot be merged", d.Number, d.Date, first.Number, first.Date)
	case slices.ContainsFunc(docs[:len(docs)-1], func(o *slip.Doc) bool { return o.ID == d.ID }):
		return fault.New(fault.Usage, "%s 出现两次", "%s is named twice", d.Number)
	}
	return nil
}

// collect puts the lines of all into the first, each with its warehouse and who counted it.
func (b book) collect(docs []*slip.Doc) {
	to := docs[0]
	taken := map[string]int{} // counters by the slip that has them
	for n, d := range docs {
		usual := d.Maker
		if r, ok := b.Masters().Find(master.Employees.Code, d.Employee); ok {
			usual = r.Name(false)
		}
		for i := range d.Lines {
			l := d.Clone().Lines[i]
			who := cmp.Or(l.Extra[slip.CountCounter], usual)
			if at, ok := taken[who]; ok && at != n { // another slip's counter of that name
				who += " " + d.Number[max(0, len(d.Number)-4):]
			}
			taken[who] = n
			if l.Extra == nil {
				l.Extra = map[string]string{}
			}
			if l.IsCounted() {
				l.Extra[slip.CountCounter] = who
			}
			if at := d.At(&l); at != to.Warehouse {
				l.Warehouse = at
			} else {
				l.Warehouse = ""
			}
			if n == 0 {
				to.Lines[i] = l
				continue
			}
			l.ID = 0
			to.Lines = append(to.Lines, l)
		}
	}
	dropWaiting(to)
}

// dropWaiting takes away lines that wait for a count which another line has, and all but one where none has it.
func dropWaiting(d *slip.Doc) {
	type place struct{ product, warehouse, lot string }
	has := map[place]bool{}
	for i := range d.Lines {
		if l := &d.Lines[i]; l.IsCounted() {
			has[place{l.Product, d.At(l), l.Lot()}] = true
		}
	}
	d.Lines = slices.DeleteFunc(d.Lines, func(l slip.Line) bool {
		p := place{l.Product, d.At(&l), l.Lot()}
		if l.IsCounted() || l.Extra[slip.CountFirst] != "" {
			return false
		}
		drop := has[p]
		has[p] = true
		return drop
	})
	for i := range d.Lines {
		d.Lines[i].No = i + 1
	}
}

// decide settles the places counted twice; only narrows it to some lines.
func decide(d *slip.Doc, same Same, only func(*slip.Line) bool) error {
	if same == Undecided {
		return nil
	}
	if !slices.ContainsFunc(Sames, func(c slip.Choice) bool { return c.Value == string(same) }) {
		return fault.New(fault.Usage, "没有这种处理“%s”，可选 first、last、add、recount", "there is no decision %q; choose first, last, add or recount", string(same)).At("same")
	}
	counts, err := d.Counts()
	if err != nil {
		return err
	}
	for _, c := range counts {
		shelves := map[string][]*slip.Line{}
		for _, i := range c.Doubt {
			if l := &d.Lines[i]; only == nil || only(l) {
				shelves[l.Extra[slip.CountShelf]] = append(shelves[l.Extra[slip.CountShelf]], l)
			}
		}
		for _, lines := range shelves {
			slices.SortStableFunc(lines, func(a, b *slip.Line) int { return cmp.Compare(a.Place, b.Place) })
			settle(lines, same)
		}
	}
	return nil
}

// settle decides between lines of one place, in the order they were counted.
func settle(lines []*slip.Line, same Same) {
	keep := 0
	if same == TakeLast {
		keep = len(lines) - 1
	}
	for i, l := range lines {
		if l.Extra == nil {
			l.Extra = map[string]string{}
		}
		switch {
		case same == TakeBoth || i == keep:
			l.Extra[slip.CountUse] = slip.Used
		default:
			l.Extra[slip.CountUse] = slip.SetAside
		}
		if same == CountAgain && i == keep {
			again(l)
		}
	}
}

// Decide says which of the figures of a shelf counted twice holds.
func Decide(w *workflow.Book, number, product, warehouse, shelf string, same Same) (*slip.Doc, error) {
	b := of(w)
	return b.changeCount(number, func(d *slip.Doc) error {
		return decide(d, same, func(l *slip.Line) bool {
			return l.Product == product && d.At(l) == warehouse && l.Extra[slip.CountShelf] == shelf
		})
	})
}

// Recount 复盘 makes lines of a draft count wait for a second count: the first figure stays beside, and the line takes the moment of the
// second (C10). No lines: all of products that differ from the book.
func Recount(w *workflow.Book, number string, lines []int) (d *slip.Doc, err error) {
	b := of(w)
	if len(lines) == 0 {
		diffs, err := CountDiffs(b.Book, number)
		if err != nil {
			return nil, err
		}
		for _, x := range diffs {
			if x.Diff != 0 && !x.Open {
				lines = append(lines, x.Lines...)
			}
		}
		if len(lines) == 0 {
			return nil, fault.New(fault.Refused, "%s 没有差异，不用复盘", "%s does not differ from the book; there is nothing to count again", number)
		}
	}
	return b.changeCount(number, func(d *slip.Doc) error {
		for _, n := range lines {
			if n < 1 || n > len(d.Lines) {
				return fault.New(fault.Usage, "%s 没有第 %d 行", "%s has no line %d", d.Number, n)
			}
			if l := &d.Lines[n-1]; l.IsCounted() && l.Extra[slip.CountUse] != slip.SetAside {
				again(l)
			}
		}
		return nil
	})
}

// again makes a line wait for its next count.
func again(l *slip.Line) {
	if l.Extra == nil {
		l.Extra = map[string]string{}
	}
	if l.Extra[slip.CountFirst] == "" {
		l.Extra[slip.CountFirst] = l.Qty.String()
	}
	l.Qty, l.Base, l.Zero, l.Place = 0, 0, false, 0
}

// changeCount alters a draft count and saves it.
func (b book) changeCount(number string, how func(*slip.Doc) error) (d *slip.Doc, err error) {
	err = b.Write(context.Background(), func(tx *store.Tx) error {
		if d, err = b.Find(tx, number); err != nil {
			return err
		}
		if err := mergeable([]*slip.Doc{d}); err != nil {
			return err
		}
		if err := how(d); err != nil {
			return err
		}
		_, err := b.Save(tx, d)
		return err
	})
	return d, err
}

// CountDiff is what a count says of a product in a warehouse against the book at the moment it was counted.
type CountDiff struct {
	Product, Warehouse  string
	Lot                 string // of goods with lots
	Shelf               string // of the lines in use
	Lines               []int  // numbers of the lines in use
	Counted, Book, Diff num.Quantity
	Value               num.Amount // what the difference is worth in the books, signed
	Open                bool       // not counted, or waiting for a second count
	Doubt               []int      // lines of a shelf counted twice, of which nobody decided
}

// CountDiffs lists what a stocktake found, in the order of its lines. Of a draft the difference and its value are those auditing now
// would post, found by doing it and taking it back; what is not counted yet, or in doubt, has none. It is asked for the right to see the slip;
// of other slips that are hidden it says that they are not there.
func CountDiffs(w *workflow.Book, number string) ([]CountDiff, error) {
	w, err := w.ForStep(number)
	if err != nil {
		return nil, err
	}
	b := of(w)
	var d *slip.Doc
	var rows map[lineLot]*ledger.Row
	err = b.Quiet(func(tx *store.Tx) (err error) {
		if d, err = b.Find(tx, number); err != nil {
			return err
		}
		k, err := kinds.Lookup(d.Kind)
		if err != nil {
			return err
		}
		switch hidden := b.May(d.Kind, "see"); {
		case hidden != nil && k.Stock.Counts:
			return hidden
		case hidden != nil:
			return inquiry.NotFound(number, 0)
		case !k.Stock.Counts:
			return fault.New(fault.Refused, "%s 不是盘点单", "%s is no stocktake", d.Number)
		}
		if d.Status.Editable() {
			sure, err := surely(d)
			if err != nil {
				return err
			}
			if len(sure.Lines) > 0 {
				if _, err := b.Free().Audit(tx, sure); err != nil {
					return err
				}
			}
		}
		if rows, err = rowsByLot(tx, d.ID); err != nil {
			return err
		}
		return store.ErrTrial
	})
	if err != store.ErrTrial {
		return nil, err
	}
	counts, err := d.Counts()
	if err != nil {
		return nil, err
	}
	stands, err := b.Whole().Stands(nil, 0)
	if err != nil {
		return nil, err
	}
	list := make([]CountDiff, len(counts))
	for i, c := range counts {
		list[i] = diffOf(d, c, rows)
		if list[i].Open || len(c.Doubt) > 0 {
			if list[i].Book, err = b.countBook(c, stands); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// lineLot is a line, of goods with lots for one of them.
type lineLot struct {
	line int64
	lot  string
}

// rowsByLot are the stock rows of a count.
func rowsByLot(tx *store.Tx, slipID int64) (map[lineLot]*ledger.Row, error) {
	list, err := tx.RowsOf(slipID)
	rows := map[lineLot]*ledger.Row{}
	for _, r := range list {
		k := lineLot{line: r.Line}
		if lots := r.Lots.List(); len(lots) > 0 {
			l, err := tx.LotByID(lots[0].Lot)
			if err != nil {
				return nil, err
			}
			k.lot = l.Code
		}
		rows[k] = r
	}
	return rows, err
}

// countBook is what the book says lies now of what was counted.
func (b book) countBook(c slip.Count, stands inquiry.Stands) (q num.Quantity, err error) {
	if c.Lot != "" {
		return LotNow(b.Book, c.Product, c.Warehouse, c.Lot)
	}
	p, _ := b.Masters().Find(master.Products.Code, c.Product)
	w, _ := b.Masters().Find(master.Warehouses.Code, c.Warehouse)
	if p == nil || w == nil {
		return 0, nil
	}
	return stands.At(p.ID, w.ID).OnHand, nil
}

// LotNow is what the book says lies now of a lot in a warehouse; nothing where one of them is not known.
func LotNow(b *workflow.Book, product, warehouse, lot string) (q num.Quantity, err error) {
	p, _ := b.Masters().Product(product)
	w, ok := b.Masters().Find(master.Warehouses.Code, warehouse)
	if p == nil || !ok {
		return 0, nil
	}
	lots, err := b.DB.LotsNow(p.ID, w.ID)
	for _, l := range lots {
		if l.Code == lot {
			q = l.Qty
		}
	}
	return q, err
}

// surely is the slip with only what auditing would not refuse: counted, and not in doubt.
func surely(d *slip.Doc) (*slip.Doc, error) {
	counts, err := d.Counts()
	if err != nil {
		return nil, err
	}
	c := d.Clone()
	c.Lines = c.Lines[:0]
	for _, x := range counts {
		if x.Open || len(x.Doubt) > 0 {
			continue
		}
		for _, i := range x.Lines {
			if d.Lines[i].Extra[slip.CountUse] != slip.SetAside {
				c.Lines = append(c.Lines, d.Lines[i])
			}
		}
	}
	return c, nil
}

func diffOf(d *slip.Doc, c slip.Count, rows map[lineLot]*ledger.Row) CountDiff {
	x := CountDiff{Product: c.Product, Lot: c.Lot, Warehouse: c.Warehouse, Counted: c.Base, Open: c.Open}
	var shelves []string
	for _, i := range c.Lines {
		l := &d.Lines[i]
		if l.Extra[slip.CountUse] == slip.SetAside {
			continue
		}
		x.Lines = append(x.Lines, l.No)
		if s := l.Extra[slip.CountShelf]; s != "" && !slices.Contains(shelves, s) {
			shelves = append(shelves, s)
		}
	}
	for _, i := range c.Doubt {
		x.Doubt = append(x.Doubt, d.Lines[i].No)
	}
	x.Shelf = strings.Join(shelves, " ")
	if c.Last >= 0 {
		if r := rows[lineLot{d.Lines[c.Last].ID, c.Lot}]; r != nil {
			x.Diff, x.Value = r.Qty, r.Value
			x.Book = c.Base - r.Qty
		}
	}
	return x
}

// Said tells the state of a difference in words.
func (x CountDiff) Said() text.Text {
	switch {
	case len(x.Doubt) > 0:
		return text.T("盘了两次", "counted twice")
	case x.Open:
		return text.T("未盘", "not yet")
	case x.Diff == 0:
		return text.T("相符", "agrees")
	case x.Diff > 0:
		return text.T("盘盈", "more")
	}
	return text.T("盘亏", "less")
}
