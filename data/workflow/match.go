package workflow

import (
	"errors"
	"fmt"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// matches tells whether slips of the kind belong to lines of goods: invoices and landed costs.
func matches(k *slip.Kind) bool { return len(k.Matches) > 0 || k.Whole }

// fixMatches fixes what an invoice or landed cost does to the goods it belongs to (C7): for each match its share of the invoice, what
// the goods stood at, and whether their period is closed.
func (b *Book) fixMatches(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	if !matches(k) {
		return nil
	}
	mine := map[int64]taken{} // what earlier lines of this slip have of the goods
	for i := range d.Lines {
		l := &d.Lines[i]
		if err := b.implied(tx, k, d, l); err != nil {
			return err
		}
		var q0 num.Quantity
		var net0 num.Amount
		for j := range l.Matches {
			m := &l.Matches[j]
			src, goods, err := sourceOf(tx, &slip.Line{SourceID: m.Line})
			if err != nil {
				return err
			}
			sk, _ := kinds.ByCode(src.Kind)
			m.Number, m.No, m.Warehouse, m.Stock = src.Number, goods.No, src.At(goods), goods.StockAccount
			m.Back = sk.ReturnOf != ""
			m.Late = src.Date <= b.Settings().Closed
			m.Apart = k.Whole && !m.Late
			if k.Whole {
				continue
			}
			if m.Net, err = slip.ShareRule(d.Worth(l), l.Base, q0, net0, m.Qty); err != nil {
				return err
			}
			q0, net0 = q0+m.Qty, net0+m.Net
			if err := b.stood(tx, d, src, goods, m, mine); err != nil {
				return err
			}
		}
	}
	return nil
}

type taken struct {
	q num.Quantity
	v num.Amount
}

// stood works out what the matched part of the goods stood at, by the share rule over what other invoices have of them.
func (b *Book) stood(tx *store.Tx, d, src *slip.Doc, goods *slip.Line, m *slip.Match, mine map[int64]taken) error {
	q0, v0, err := tx.MatchedOf(goods.ID, d.ID)
	if err != nil {
		return err
	}
	t := mine[goods.ID]
	q0, v0 = q0+t.q, v0+t.v
	q, sign := m.Qty, num.Amount(1)
	if m.Back { // a return's quantity is positive, its red invoice's negative
		q, q0, sign = -q, -q0, -1
	}
	v, err := slip.ShareRule(src.Worth(goods), goods.Base, q0, v0*sign, q)
	m.Value = v * sign
	mine[goods.ID] = taken{t.q + m.Qty, t.v + m.Value}
	return err
}

// implied makes the match a source says: the whole line with the goods it follows from. A red letter takes back what the original
// was matched with.
func (b *Book) implied(tx *store.Tx, k *slip.Kind, d *slip.Doc, l *slip.Line) error {
	if l.SourceID == 0 {
		return nil
	}
	src, sl, err := sourceOf(tx, l)
	if err != nil {
		return err
	}
	said := len(l.Matches) == 1 && l.Matches[0].Line == sl.ID // by the source alone: the line may have changed since
	if len(l.Matches) > 0 && !said && !k.Whole && src.Kind != k.Code {
		return nil
	}
	l.Matches = nil
	if src.Kind != k.Code {
		l.Matches = []slip.Match{{Line: sl.ID, Qty: l.Base}}
		if k.Whole {
			l.Matches[0].Qty = sl.Base
		}
		return nil
	}
	left := -l.Base
	for _, m := range sl.Matches {
		q := min(left, m.Qty)
		if q <= 0 {
			break
		}
		l.Matches = append(l.Matches, slip.Match{Line: m.Line, Qty: -q})
		left -= q
	}
	return nil
}

// checkMatches holds what an invoice is matched with against what is left of the goods, and tells of other prices, rates and months.
func (b *Book) checkMatches(tx *store.Tx, k *slip.Kind, d *slip.Doc) (faults, warnings fault.List) {
	if len(k.Matches) == 0 {
		return nil, nil
	}
	c := matchCheck{b: b, tx: tx, k: k, d: d, mine: map[int64]num.Quantity{}}
	for c.line = range d.Lines {
		c.checkLine(&d.Lines[c.line])
	}
	return c.faults, c.warnings
}

// matchCheck goes over the lines of an invoice; mine is what the lines so far have of each line of goods.
type matchCheck struct {
	b                *Book
	tx               *store.Tx
	k                *slip.Kind
	d                *slip.Doc
	line             int
	mine             map[int64]num.Quantity
	faults, warnings fault.List
}

func (c *matchCheck) bad(zh, en string, args ...any) {
	c.faults = append(c.faults, fault.New(fault.Refused, zh, en, args...).At("source").OnLine(c.line+1))
}

func (c *matchCheck) warn(field, zh, en string, args ...any) {
	c.warnings = append(c.warnings, fault.New(fault.Refused, zh, en, args...).At(field).OnLine(c.line+1).Named(Differs))
}

func (c *matchCheck) checkLine(l *slip.Line) {
	var sum num.Quantity
	for _, m := range l.Matches {
		src, goods, err := sourceOf(c.tx, &slip.Line{SourceID: m.Line})
		if err != nil && !errors.Is(err, errGone) {
			c.faults = append(c.faults, fault.Internal(fmt.Errorf("matched line %d: %w", m.Line, err)))
			return
		}
		if err != nil {
			c.bad("钩稽的单据行不存在", "the matched line does not exist")
			continue
		}
		sum += m.Qty
		c.checkGoods(l, m, src, goods)
		c.compare(l, src, goods)
	}
	switch {
	case sum != 0 && (sum < 0) != (l.Base < 0) || max(sum, -sum) > max(l.Base, -l.Base):
		c.bad("钩稽 %s，超过发票行的 %s", "%s matched, more than the line's %s", sum, l.Base)
	case sum != l.Base:
		c.warn("source", "还有 %s 未钩稽", "%s not matched yet", l.Base-sum)
	}
}

// checkGoods: the goods are of the same party and product, not after the invoice, and enough of them is left.
func (c *matchCheck) checkGoods(l *slip.Line, m slip.Match, src *slip.Doc, goods *slip.Line) {
	before, _, err := c.tx.MatchedOf(goods.ID, c.d.ID)
	before += c.mine[goods.ID]
	c.mine[goods.ID] += m.Qty
	all := before + m.Qty
	if sk, _ := kinds.ByCode(src.Kind); sk.ReturnOf != "" {
		all = -all
	}
	switch {
	case err != nil || !slices.Contains(c.k.Matches, src.Kind):
		c.bad("%s 不能与 %s 钩稽", "%s cannot be matched with %s", c.k.Title, src.Number)
	case !src.Status.Live():
		c.bad("%s 尚未审核", "%s is not audited", src.Number)
	case src.Party != c.d.Party:
		c.bad("%s 的往来单位不同", "%s is of another party", src.Number)
	case goods.Product != l.Product:
		c.bad("%s 第 %d 行不是商品 %s", "%s line %d is not %s", src.Number, goods.No, c.b.Called(master.Products, l.Product))
	case c.d.Date < src.Date:
		c.bad("日期早于 %s", "the date is before %s", src.Number)
	case goods.Base > 0 && (all > goods.Base || all < 0) || goods.Base < 0 && (all < goods.Base || all > 0):
		c.bad("%s 第 %d 行只剩 %s 可钩稽", "only %[3]s is left to match on %[1]s line %[2]d", src.Number, goods.No, left(goods.Base, before))
	}
}

// compare tells of what the invoice says otherwise than the goods' slip.
func (c *matchCheck) compare(l *slip.Line, src *slip.Doc, goods *slip.Line) {
	if l.TaxRate != goods.TaxRate {
		c.warn("tax_rate", "税率 %s，%s 为 %s", "the tax rate is %s, on %s %s", l.TaxRate.Percent(), src.Number, goods.TaxRate.Percent())
	} else if same, err := samePrice(l, goods); err == nil && !same {
		c.warn("price", "单价 %s，%s 为 %s", "the price is %s, on %s %s", l.Price, src.Number, goods.Price)
	}
	if src.Date.Month() != c.d.Date.Month() {
		c.warn("date", "%s 在 %s 月，发票不在同一个月", "%s is of %s, the invoice of another month", src.Number, src.Date.Month())
	}
}

// left is what of a goods line is not invoiced yet.
func left(base, matched num.Quantity) num.Quantity {
	return max(base, -base) - max(matched, -matched)
}

// settleMatches brings the goods of an invoice just audited or taken back in step: what receipts are worth, and what deliveries have
// recognised.
func (b *Book) settleMatches(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	if len(k.Matches) == 0 {
		return nil
	}
	var again []int64
	for i := range d.Lines {
		for _, m := range d.Lines[i].Matches {
			if err := tx.TouchGoods(m.Line); err != nil {
				return err
			}
			id, err := tx.TrueUp(m.Line)
			if err != nil {
				return err
			}
			if id != 0 && !slices.Contains(again, id) {
				again = append(again, id)
			}
		}
	}
	for _, id := range again {
		if err := b.restock(tx, id); err != nil {
			return err
		}
	}
	return nil
}

// restock posts the goods of a slip anew in their place, and the voucher lines where what a service cost is among them; nothing else of
// it changes.
func (b *Book) restock(tx *store.Tx, id int64) error {
	d, err := tx.Slip(id)
	if err != nil {
		return err
	}
	k, err := kinds.Lookup(d.Kind)
	if err != nil {
		return err
	}
	gone, err := tx.DeleteRows(id)
	if err != nil {
		return err
	}
	e, err := k.Post(d)
	if err != nil {
		return err
	}
	fresh, err := b.rows(tx, d, e)
	if err != nil {
		return err
	}
	if _, err = b.replay(tx, fresh, gone); err != nil || !slices.ContainsFunc(d.Lines, func(l slip.Line) bool { return l.Service }) {
		return err
	}
	if err := tx.DeleteEntries(id); err != nil {
		return err
	}
	return b.postEntries(tx, d, e)
}

// frozen refuses to take a slip back whose goods were re-valued in a period that is closed since.
func (b *Book) frozen(tx *store.Tx, k *slip.Kind, d *slip.Doc) *fault.Fault {
	for i := range d.Lines {
		for _, m := range d.Lines[i].Matches {
			if m.Late || (m.Back || k.Party != slip.Suppliers) && m.Net == m.Value {
				continue
			}
			if src, _, err := sourceOf(tx, &slip.Line{SourceID: m.Line}); err == nil && src.Date <= b.Settings().Closed {
				return fault.New(fault.Refused, "%s 改变了 %s 的金额，而该期间已结账；请用红字", "%s re-valued %s, whose period is closed since; use a red letter", d.Number, src.Number).At("date")
			}
		}
	}
	return nil
}

// whole puts all lines of goods of a source on a slip whose line names it alone (landed cost); every line then knows what it came to, how many
// it is, and what it weighs.
func (b *Book) whole(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	if !k.Whole {
		return nil
	}
	var lines []slip.Line
	for _, l := range d.Lines {
		if l.SourceNumber == "" || l.Product != "" || l.SourceLine != 0 {
			lines = append(lines, l)
			continue
		}
		src, err := b.referred(tx, d, l.SourceNumber)
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Invalid, "没有单据“%s”", "there is no slip %q", l.SourceNumber).At("source")
		}
		if err != nil {
			return err
		}
		for i := range src.Lines {
			if sl := &src.Lines[i]; sl.Base > 0 && !sl.Service {
				lines = append(lines, slip.Line{Product: sl.Product, SourceNumber: src.Number, SourceLine: sl.No, Remark: l.Remark, Extra: map[string]string{"weight": l.Extra["weight"]}})
			}
		}
	}
	d.Lines = lines
	for i := range d.Lines {
		if src, err := find(tx, d.Lines[i].SourceNumber); err == nil { // else the link says so
			b.measure(&d.Lines[i], src)
		}
	}
	return nil
}

// measure gives a line what its source line came to, how many it is, and what it weighs by the product's weight.
func (b *Book) measure(l *slip.Line, src *slip.Doc) {
	sl := sourceLine(src, l, map[int64]bool{})
	if sl == nil {
		return
	}
	l.Product, l.Unit, l.Qty, l.Factor, l.Amount = sl.Product, sl.Unit, sl.Qty, sl.Factor, sl.Net
	p, ok := b.Masters().Product(sl.Product)
	if !ok || l.Extra["weight"] != "" || p.Get("weight") == "" {
		return
	}
	w, _ := num.ParseQuantity(p.Get("weight"))
	if w, err := num.Convert(sl.Base, w); err == nil {
		l.Set(slip.Field{Key: "weight", Type: slip.TypeQuantity}, w.String())
	}
}

// Pair ties a quantity of an invoice's line to a line of goods; Qty 0 is all that can be.
type Pair struct {
	Invoice     string // number
	InvoiceLine int
	Goods       string
	GoodsLine   int
	Qty         num.Quantity // in base units, as the invoice's line: negative on a red invoice
}

// OpenLine is a line of goods or of an invoice that is not wholly matched; Left is what is not, in base units, Net and Tax are the whole line's.
type OpenLine struct {
	Number, External, Kind string
	Line                   int
	Date                   string
	Product, Name          string
	Qty, Left              num.Quantity
	Price                  num.Price // in base units
	TaxRate                num.Rate
	Net, Tax               num.Amount
}

// Matching is the two sides of the matching screen 钩稽: goods that no invoice covers, and invoices that cover no goods, oldest first.
type Matching struct{ Goods, Invoices []OpenLine }

// Unmatched lists both sides for an invoice kind and a party.
func (b *Book) Unmatched(invoice *slip.Kind, party string) (m Matching, err error) {
	r, ok := b.Masters().Find(string(invoice.Party), party)
	if !ok {
		return m, fault.New(fault.Invalid, "没有往来单位“%s”", "there is no party %q", party).At("party")
	}
	goods, err := b.DB.OpenLines(invoice.Matches, inquiry.Openings.Returns, r.ID, true)
	if err != nil {
		return m, err
	}
	bills, err := b.DB.OpenLines([]string{invoice.Code}, nil, r.ID, false)
	m.Goods, m.Invoices = b.openLines(goods), b.openLines(bills)
	return m, err
}

func (b *Book) openLines(list []store.OpenLine) (out []OpenLine) {
	for _, o := range list {
		p, _ := b.Masters().ByID(master.Products.Code, o.Product)
		out = append(out, OpenLine{Number: o.Number, External: o.External, Kind: o.Kind, Line: o.No, Date: o.Date.String(), Product: p.Code(), Name: p.Get("name"),
			Qty: o.Base, Left: o.Left, Price: inquiry.PerUnit(o.Price, num.QuantityOne, o.Factor), TaxRate: o.TaxRate, Net: o.Net, Tax: o.Tax})
	}
	return out
}

// Difference is what a match makes the goods cost more (or less) than they stood at.
type Difference struct {
	Pair
	Goods, Invoice, Difference num.Amount
	Late                       bool // falls on the invoice's date: the goods' period is closed
}

// Match ties audited invoices to goods, as the pairs say, in one transaction; each invoice is posted anew in its place. Other prices,
// rates and months come back as warnings. What every pair changes comes back too.
func (b *Book) Match(pairs []Pair) (diffs []Difference, warnings fault.List, err error) {
	err = b.write(func(tx *store.Tx) error {
		diffs, warnings, err = b.match(tx, pairs)
		return err
	})
	return diffs, warnings, err
}

// TryMatch says what Match would do.
func (b *Book) TryMatch(pairs []Pair) (diffs []Difference, warnings fault.List, err error) {
	err = b.db.Write(func(tx *store.Tx) error {
		if diffs, warnings, err = b.match(tx, pairs); err != nil {
			return err
		}
		return store.ErrTrial
	})
	if err == store.ErrTrial {
		err = nil
	}
	return diffs, warnings, err
}

func (b *Book) match(tx *store.Tx, pairs []Pair) (diffs []Difference, warnings fault.List, err error) {
	var order []string
	by := map[string][]Pair{}
	for _, p := range pairs {
		if by[p.Invoice] == nil {
			order = append(order, p.Invoice)
		}
		by[p.Invoice] = append(by[p.Invoice], p)
	}
	for _, number := range order {
		d, told, err := b.rematch(tx, number, func(d *slip.Doc) error { return b.pair(tx, d, by[number]) })
		if err != nil {
			return nil, nil, err
		}
		warnings = append(warnings, told...)
		for _, p := range by[number] {
			for _, m := range d.Lines[p.InvoiceLine-1].Matches {
				if m.Number == p.Goods && m.No == p.GoodsLine {
					p.Qty = m.Qty
					diffs = append(diffs, Difference{p, m.Value, m.Net, m.Net - m.Value, m.Late})
				}
			}
		}
	}
	return diffs, warnings, nil
}

// pair adds the pairs to an invoice's lines; all that is open on both sides where no quantity is given.
func (b *Book) pair(tx *store.Tx, d *slip.Doc, pairs []Pair) error {
	for i := range pairs {
		p := &pairs[i]
		if p.InvoiceLine < 1 || p.InvoiceLine > len(d.Lines) {
			return fault.New(fault.Invalid, "%s 没有第 %d 行", "%s has no line %d", d.Number, p.InvoiceLine).At("source_line")
		}
		l := &d.Lines[p.InvoiceLine-1]
		src, err := find(tx, p.Goods)
		if err != nil {
			return err
		}
		if p.Goods = src.Number; p.GoodsLine < 1 || p.GoodsLine > len(src.Lines) {
			return fault.New(fault.Invalid, "%s 没有第 %d 行", "%s has no line %d", src.Number, p.GoodsLine).At("source_line")
		}
		goods := &src.Lines[p.GoodsLine-1]
		q := p.Qty
		if q == 0 {
			matched, _, err := tx.MatchedOf(goods.ID, d.ID)
			if err != nil {
				return err
			}
			own := l.Base
			for _, m := range l.Matches {
				own -= m.Qty
				if m.Line == goods.ID {
					matched += m.Qty
				}
			}
			if q = min(max(own, -own), left(goods.Base, matched)); l.Base < 0 {
				q = -q
			}
		}
		if q == 0 {
			return fault.New(fault.Refused, "%s 第 %d 行没有可钩稽的数量", "nothing is left to match on %s line %d", src.Number, p.GoodsLine).At("qty")
		}
		if j := slices.IndexFunc(l.Matches, func(m slip.Match) bool { return m.Line == goods.ID }); j >= 0 {
			l.Matches[j].Qty += q
		} else {
			l.Matches = append(l.Matches, slip.Match{Line: goods.ID, Qty: q})
		}
	}
	return nil
}

// Unmatch takes all matches of an audited invoice back; it stays audited.
func (b *Book) Unmatch(invoice string) error {
	return b.write(func(tx *store.Tx) error {
		_, _, err := b.rematch(tx, invoice, func(d *slip.Doc) error {
			for i := range d.Lines {
				l := &d.Lines[i]
				l.Matches = nil
				l.SourceID, l.SourceNumber, l.SourceLine = 0, "", 0 // a source would match it again
			}
			return nil
		})
		return err
	})
}

// rematch changes what an audited invoice is matched with and posts it anew in its place.
func (b *Book) rematch(tx *store.Tx, number string, change func(*slip.Doc) error) (*slip.Doc, fault.List, error) {
	d, err := find(tx, number)
	if err != nil {
		return nil, nil, err
	}
	if err := b.there(d, number); err != nil {
		return nil, nil, err
	}
	if err := b.mayOn(d, "audit"); err != nil {
		return nil, nil, err
	}
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case len(k.Matches) == 0:
		return nil, nil, fault.New(fault.Refused, "%s 不是发票", "%s is no invoice", d.Number)
	case !d.Status.Live():
		return nil, nil, fault.New(fault.Refused, "%s 未审核", "%s is not audited", d.Number)
	}
	if f := b.checkPeriod(k, d); f != nil {
		return nil, nil, f
	}
	if f := b.frozen(tx, k, d); f != nil {
		return nil, nil, f
	}
	if _, err := b.withdraw(tx, k, d, true); err != nil {
		return nil, nil, err
	}
	if err := change(d); err != nil {
		return nil, nil, err
	}
	if err := tx.ReplaceLines(k, d); err != nil {
		return nil, nil, err
	}
	warnings, err := b.audit(tx, d)
	return d, warnings, err
}

// named finds the goods' lines that matches name by number and line.
func (b *Book) named(tx *store.Tx, d *slip.Doc, l *slip.Line) error {
	for i := range l.Matches {
		m := &l.Matches[i]
		if m.Line != 0 {
			continue
		}
		src, err := b.referred(tx, d, m.Number)
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Invalid, "没有单据“%s”", "there is no slip %q", m.Number).At("match").OnLine(l.No)
		}
		if err != nil {
			return err
		}
		if m.No < 1 || m.No > len(src.Lines) {
			return fault.New(fault.Invalid, "%s 没有第 %d 行", "%s has no line %d", src.Number, m.No).At("match").OnLine(l.No)
		}
		m.Line, m.Number = src.Lines[m.No-1].ID, src.Number
	}
	return nil
}
