package inquiry

import (
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Clue 线索 is what may explain the difference of a stocktake's line. Quantities are in base units; Difference is Counted less Book.
type Clue struct {
	Line                      int
	Product, Warehouse        string
	Counted, Book, Difference num.Quantity
	Kind                      string // unaudited, twice, wrong-warehouse, box, digits, neighbour, other-warehouse
	Reason                    text.Text
	Number                    string // the slip it points to, and its line
	At                        int
}

// What the detective takes for nearby: days between two slips that may be one, days between two counts, and how far back it reads.
const (
	nearDays  = 7
	countDays = 31
	traceDays = 366
	mostAlike = 3 // of a kind for one line: newest first, more would tell nothing
)

// gap is a line that differs, and what moved of its product before it was counted.
type gap struct {
	line       *slip.Line   // the line counted last, which stands for all
	lines      []*slip.Line // those in use: of several shelves, of several counters
	product    *master.Product
	code       string // of goods with lots: the lot that was counted
	lot        int64
	warehouse  *master.Record
	place      int64
	counted    num.Quantity
	book, diff num.Quantity
	all        map[int64]num.Quantity // what the book says lies in every warehouse
	moves      []store.Traced         // in all warehouses
	here       []store.Traced         // in this one since it was counted last: a count wipes out what went wrong before
	clues      []Clue
}

// pending is what a slip that is not audited would move of a product, or a lot of it, in a warehouse.
type pending struct {
	number, product, lot, warehouse string
	line                            int
	qty                             num.Quantity
}

type detective struct {
	b      *Book
	d      *slip.Doc
	gaps   []*gap
	drafts []*pending
	order  map[string]int // place of a product's code among all
}

// Explain 盘点差异线索 proposes, for each line of a stocktake that differs from the book, what explains the whole of the difference: a
// draft not audited, a slip posted twice, in another warehouse, in boxes for pieces or with two digits swapped, a neighbour product or
// another warehouse that differs by the opposite. Lines not counted yet have no difference. It changes nothing.
func (b *Book) Explain(number string) ([]Clue, error) {
	d, err := b.Load(number)
	if err != nil {
		return nil, err
	}
	k, err := kinds.Lookup(d.Kind)
	if err != nil {
		return nil, err
	}
	if !k.Stock.Counts || d.Status == slip.Void {
		return nil, fault.New(fault.Refused, "%s 不是有效的盘点单，没有差异可查", "%s is no stocktake that stands; it has no differences to explain", d.Number)
	}
	t := &detective{b: b, d: d}
	if err := t.findGaps(); err != nil || len(t.gaps) == 0 {
		return nil, err
	}
	if err := t.readDrafts(); err != nil {
		return nil, err
	}
	var list []Clue
	for _, g := range t.gaps {
		if err := t.trace(g); err != nil {
			return nil, err
		}
		for _, look := range []func(*gap) error{t.unaudited, t.twice, t.elsewhere, t.box, t.digits, t.neighbour, t.opposite} {
			if err := look(g); err != nil {
				return nil, err
			}
		}
		list = append(list, g.clues...)
	}
	return list, nil
}

// findGaps compares the lines with the book at the moment each was counted.
func (t *detective) findGaps() error {
	counts, err := t.d.Counts()
	if err != nil {
		return err
	}
	for _, c := range counts {
		p, ok := t.b.Masters().Product(c.Product)
		w, there := t.b.Masters().Find(master.Warehouses.Code, c.Warehouse)
		if !ok || !there || c.Open || c.Last < 0 {
			continue
		}
		g := &gap{line: &t.d.Lines[c.Last], product: p, warehouse: w, place: t.d.Lines[c.Last].Place, counted: c.Base}
		for _, i := range c.Lines {
			if t.d.Lines[i].Extra[slip.CountUse] != slip.SetAside {
				g.lines = append(g.lines, &t.d.Lines[i])
			}
		}
		if g.place == 0 {
			g.place = t.d.Place
		}
		if err := t.ofLot(g, c.Lot); err != nil {
			return err
		}
		if g.all, err = t.b.DB.StockBefore(p.ID, g.lot, t.d.Date, g.place); err != nil {
			return err
		}
		g.book = g.all[w.ID]
		if g.diff = g.counted - g.book; g.diff != 0 {
			t.gaps = append(t.gaps, g)
		}
	}
	return nil
}

// ofLot finds the lot that was counted; -1 is one nobody brought.
func (t *detective) ofLot(g *gap, code string) error {
	if code == "" {
		return nil
	}
	lot, err := t.b.DB.Lot(g.product.ID, code)
	g.code, g.lot = code, -1
	if lot != nil {
		g.lot = lot.ID
	}
	return err
}

// readDrafts asks the kinds what the slips not audited yet would move up to the day of the count.
func (t *detective) readDrafts() error {
	var codes []string
	for _, k := range kinds.All {
		if k.Posts() && k.Goods() && !k.Stock.Counts && !k.Hidden {
			codes = append(codes, k.Code)
		}
	}
	ids, err := t.b.Seen().DraftIDs(codes, t.d.Date)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := t.b.DB.Slip(id)
		if err != nil {
			return err
		}
		k, err := kinds.Lookup(d.Kind)
		if err != nil {
			return err
		}
		e, err := k.Post(d)
		if err != nil {
			continue // half typed: it could not be audited as it is
		}
		first := len(t.drafts)
		for _, m := range e.Stock {
			l := &d.Lines[m.Line]
			for _, lot := range l.Lots() {
				i := slices.IndexFunc(t.drafts[first:], func(x *pending) bool {
					return x.product == l.Product && x.lot == lot.Code && x.warehouse == m.Warehouse
				})
				if i < 0 {
					t.drafts, i = append(t.drafts, &pending{number: d.Number, product: l.Product, lot: lot.Code, warehouse: m.Warehouse, line: l.No}), len(t.drafts)-first
				}
				switch q := m.Qty; {
				case lot.Code == "":
					t.drafts[first+i].qty += q
				case q < 0:
					t.drafts[first+i].qty -= lot.Qty
				default:
					t.drafts[first+i].qty += lot.Qty
				}
			}
		}
	}
	return nil
}

// trace reads what moved before the count.
func (t *detective) trace(g *gap) (err error) {
	g.moves, err = t.b.Seen().Trace(g.product.ID, g.lot, t.d.Date.AddDays(-traceDays), t.d.Date, g.place)
	g.here = since(g.moves, g.warehouse.ID)
	return err
}

// since are the moves in a warehouse after its last count.
func since(moves []store.Traced, warehouse int64) (list []store.Traced) {
	for _, m := range moves {
		switch {
		case m.Warehouse != warehouse:
		case m.Counted:
			list = nil
		default:
			list = append(list, m)
		}
	}
	return list
}

// add proposes a clue, unless there are many of its kind.
func (g *gap) add(kind string, reason text.Text, number string, line int) {
	alike := 0
	for _, c := range g.clues {
		if c.Kind == kind {
			alike++
		}
	}
	if alike >= mostAlike {
		return
	}
	g.clues = append(g.clues, Clue{Line: g.line.No, Product: g.product.Code(), Warehouse: g.warehouse.Code(), Counted: g.counted, Book: g.book, Difference: g.diff,
		Kind: kind, Reason: reason, Number: number, At: line})
}

// called is a traced slip's number; what the program keeps by itself, such as the opening stock, is called by its kind.
func called(m *store.Traced) text.Text {
	if k, ok := kinds.ByCode(m.Kind); ok && k.Hidden {
		return k.Title
	}
	return text.T(m.Number, m.Number)
}

// plus shows the sign of a quantity.
func plus(q num.Quantity) string {
	if q > 0 {
		return "+" + q.String()
	}
	return q.String()
}

// unaudited looks for drafts that would move just what is missing or over.
func (t *detective) unaudited(g *gap) error {
	for _, x := range t.drafts {
		if x.product == g.product.Code() && x.lot == g.code && x.warehouse == g.warehouse.Code() && x.qty == g.diff {
			g.add("unaudited", text.Tf("%s 尚未审核，审核后本仓变动 %s", "%s is not audited yet; it would move %s here", x.number, plus(x.qty)), x.number, x.line)
		}
	}
	return nil
}

// twice looks for a move that stands there once too often: same kind, same party, same quantity, a few days apart.
func (t *detective) twice(g *gap) error {
	for i, m := range slices.Backward(g.here) {
		if m.Moved != -g.diff {
			continue
		}
		for _, o := range slices.Backward(g.here[:i]) {
			if o.Kind == m.Kind && o.Party == m.Party && o.Moved == m.Moved && m.Date.Sub(o.Date) <= nearDays {
				g.add("twice", text.Tf("%s 第 %d 行与 %s 第 %d 行（%s）同为 %s，可能记了两次", "%s line %d moves the same as %s line %d of %s, %s: posted twice?",
					m.Number, m.No, o.Number, o.No, o.Date, plus(m.Moved)), m.Number, m.No)
				break
			}
		}
	}
	return nil
}

// elsewhere looks for a move in another warehouse that may have happened here.
func (t *detective) elsewhere(g *gap) error {
	for _, w := range t.b.Masters().List(master.Warehouses.Code) {
		if w.ID == g.warehouse.ID {
			continue
		}
		for _, m := range slices.Backward(since(g.moves, w.ID)) {
			if m.Moved == g.diff {
				g.add("wrong-warehouse", text.Tf("%s 在 %s 变动 %s，可能应在 %s", "%s has at %s %s; did that happen at %s?", called(&m), w.Code(), plus(m.Moved), g.warehouse.Code()), m.Number, m.No)
			}
		}
	}
	return nil
}

// box looks for pieces typed as boxes and boxes typed as pieces, also in the count itself.
func (t *detective) box(g *gap) error {
	f := g.product.Factor2
	if f <= num.QuantityOne {
		return nil
	}
	// other is the same figure in the other unit, in base units.
	other := func(base, factor num.Quantity) (num.Quantity, string, string, error) {
		if factor == f {
			q, err := num.MulDiv(int64(base), num.QuantityOne, int64(f))
			return num.Quantity(q), g.product.Unit2, g.product.Unit, err
		}
		q, err := num.Convert(base, f)
		return q, g.product.Unit, g.product.Unit2, err
	}
	zh, en := "%s 第 %d 行记 %s %s，若实为 %s 则无差异", "%s line %d says %s %s; in %s the difference is gone"
	for _, l := range g.lines {
		meant, unit, rather, err := other(l.Base, l.Factor)
		if err != nil {
			return err
		}
		if g.counted-l.Base+meant == g.book {
			g.add("box", text.Tf(zh, en, t.d.Number, l.No, l.Qty, unit, rather), t.d.Number, l.No)
		}
	}
	for _, m := range slices.Backward(g.here) {
		meant, unit, rather, err := other(m.Moved, m.Factor)
		if err != nil {
			return err
		}
		if meant-m.Moved == g.diff {
			g.add("box", text.Tf(zh, en, called(&m), m.No, m.Qty, unit, rather), m.Number, m.No)
		}
	}
	return nil
}

// digits looks for two digits next to each other that were swapped: such a slip of the hand is a multiple of nine.
func (t *detective) digits(g *gap) error {
	look := func(name text.Text, number string, line int, typed, factor, want num.Quantity) error {
		for _, n := range swaps(max(typed, -typed)) {
			base, err := num.Convert(n, factor)
			if err != nil {
				return err
			}
			if base == want {
				g.add("digits", text.Tf("%s 第 %d 行记 %s，若为 %s（数字颠倒）则无差异", "%s line %d says %s; as %s, two digits swapped, the difference is gone", name, line, max(typed, -typed), n), number, line)
			}
		}
		return nil
	}
	for _, l := range g.lines {
		if err := look(text.T(t.d.Number, t.d.Number), t.d.Number, l.No, l.Qty, l.Factor, g.book-(g.counted-l.Base)); err != nil {
			return err
		}
	}
	for _, m := range slices.Backward(g.here) {
		want := m.Moved + g.diff // what it should have moved
		if m.Moved < 0 {
			want = -want
		}
		if err := look(called(&m), m.Number, m.No, m.Qty, m.Factor, want); err != nil {
			return err
		}
	}
	return nil
}

// swaps are a quantity with two of its digits that stand together, or about the point, swapped; none begins with a nought.
func swaps(q num.Quantity) (list []num.Quantity) {
	s := []byte(q.String())
	for i := range s {
		k := i + 1
		if k < len(s) && s[k] == '.' {
			k++
		}
		if k >= len(s) || s[i] == '.' || s[i] == s[k] || i == 0 && s[k] == '0' {
			continue
		}
		c := slices.Clone(s)
		c[i], c[k] = c[k], c[i]
		if n, err := num.ParseQuantity(string(c)); err == nil {
			list = append(list, n)
		}
	}
	return list
}

var (
	otherSpec = text.T("同名不同规格", "same name, other specification")
	otherLot  = text.T("另一批号", "another lot")
	nextCode  = text.T("编码相邻", "next code")
)

// neighbour looks for a product easily taken for this one that differs by the opposite on the same count.
func (t *detective) neighbour(g *gap) error {
	for _, h := range t.gaps {
		if h.diff != -g.diff || h.warehouse.ID != g.warehouse.ID || h == g {
			continue
		}
		why, name := otherSpec, strings.TrimSpace(h.product.Code()+" "+h.code)
		if h.product.ID == g.product.ID {
			why = otherLot
		} else if h.product.Get("name") != g.product.Get("name") {
			if n := t.position(h.product) - t.position(g.product); n != 1 && n != -1 {
				continue
			}
			why = nextCode
		}
		g.add("neighbour", text.Tf("%s（%s）差异 %s 正好相反，两种货可能混了", "%s (%s) differs by %s, just the opposite: were the two mixed up?", name, why, plus(h.diff)), t.d.Number, h.line.No)
	}
	return nil
}

// position is a product's place in the order of codes.
func (t *detective) position(p *master.Product) int {
	if t.order == nil {
		t.order = map[string]int{}
		for i, r := range t.b.Masters().List(master.Products.Code) {
			t.order[r.Code()] = i
		}
	}
	return t.order[p.Code()]
}

// opposite looks for another warehouse that differs by the opposite, on this count or one not long before; where nothing else points
// elsewhere, one whose book holds as much as is over here.
func (t *detective) opposite(g *gap) error {
	zh, en := "%s 第 %d 行 %s 差异 %s 正好相反，货可能放在另一个仓库", "%s line %d, %s, differs by %s, just the opposite: the goods may lie in the other warehouse"
	found := slices.ContainsFunc(g.clues, func(c Clue) bool { return c.Kind == "wrong-warehouse" })
	for _, h := range t.gaps {
		if h.product.ID == g.product.ID && h.lot == g.lot && h.warehouse.ID != g.warehouse.ID && h.diff == -g.diff {
			g.add("other-warehouse", text.Tf(zh, en, t.d.Number, h.line.No, h.warehouse.Code(), plus(h.diff)), t.d.Number, h.line.No)
			found = true
		}
	}
	for _, m := range g.moves {
		w, ok := t.b.Masters().ByID(master.Warehouses.Code, m.Warehouse)
		if ok && m.Counted && w.ID != g.warehouse.ID && m.Moved == -g.diff && t.d.Date.Sub(m.Date) <= countDays && m.Number != t.d.Number {
			g.add("other-warehouse", text.Tf(zh, en, m.Number, m.No, w.Code(), plus(m.Moved)), m.Number, m.No)
			found = true
		}
	}
	if !found && g.diff > 0 {
		t.holding(g)
	}
	return nil
}

// holding names the warehouses that by the book hold what is over here and were not counted themselves, by the slip that last brought some.
func (t *detective) holding(g *gap) {
	told := map[int64]bool{g.warehouse.ID: true}
	for _, l := range t.d.Lines {
		if w, ok := t.b.Masters().Find(master.Warehouses.Code, t.d.At(&l)); ok && l.Product == g.product.Code() {
			told[w.ID] = true
		}
	}
	for _, m := range slices.Backward(g.moves) {
		w, ok := t.b.Masters().ByID(master.Warehouses.Code, m.Warehouse)
		if !ok || told[w.ID] || m.Moved <= 0 || g.all[w.ID] < g.diff {
			continue
		}
		told[w.ID] = true
		g.add("other-warehouse", text.Tf("%s 账面有 %s，其中 %s 可能在这里（最近由 %s 入库）", "%s holds %s by the book; %s of it may lie here (last brought in by %s)",
			w.Code(), g.all[w.ID], g.diff, called(&m)), m.Number, m.No)
	}
}
