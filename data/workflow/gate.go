package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhanggui/data/approval"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// What the gate's findings are about (fault.About). All a clerk should know before a slip is posted is found by auditing itself, so the
// window, the console and imports tell the same.
const (
	BelowCost    = "below-cost"    // goods sold for less than they cost
	OddPrice     = "odd-price"     // a price far from the last or the list's
	OverCredit   = "over-credit"   // a customer will owe more than its limit
	Overdue      = "overdue"       // a customer owes what is past its day
	Twin         = "twin"          // another slip says the same
	Differs      = "differs"       // an invoice is not as the goods' slip, or gives back more than was
	Expired      = "expired"       // a lot is past its day
	NoCost       = "no-cost"       // goods come back, or are found over, at a cost of 0
	BelowZero    = "below-zero"    // stock goes below zero, where that may be
	ClosedPeriod = "closed-period" // its day is in a closed month: a refusal
	Short        = "short"         // there is not enough in stock: a refusal
	OverSource   = "over-source"   // a line takes more than its source has open, than was ordered: a refusal
)

// When a price is odd: more than so many times the usual one, or less than that part of it. From tenfold on, it is told as a multiple.
const (
	oddTimes = 2
	tenfold  = 10
)

// Unheard says that a slip was not audited because of findings nobody has been told yet. Nothing was changed.
type Unheard struct{ Findings fault.List }

func (u *Unheard) Error() string { return u.Findings.Error() }

// Gate tells what auditing the slip on the screen, new, a draft, or one changed, would tell: findings, or what refuses it. Nothing is
// changed, neither the book nor d.
func (b *Book) Gate(d *slip.Doc) (findings fault.List, err error) {
	work := d.Clone()
	err = b.db.Write(func(tx *store.Tx) error {
		if _, findings, err = b.enter(tx, work); err != nil {
			return err
		}
		return store.ErrTrial
	})
	if err == store.ErrTrial {
		err = nil
	}
	return findings, err
}

// AuditHeard is Audit of a person who knows some findings: where it finds others, it changes nothing and gives all of them back as *Unheard.
func (b *Book) AuditHeard(ref string, known fault.List) error {
	return b.write(func(tx *store.Tx) error {
		d, err := b.found(tx, ref)
		if err != nil {
			return err
		}
		findings, err := b.audit(tx, d)
		if err != nil {
			return err
		}
		return unheard(findings, known)
	})
}

// unheard holds findings against those that are known: the same words on the same line.
func unheard(findings, known fault.List) error {
	for _, f := range findings {
		if !slices.ContainsFunc(known, func(k *fault.Fault) bool { return k.Text == f.Text && k.Line == f.Line }) {
			return &Unheard{findings}
		}
	}
	return nil
}

// Shortages lists the lines of a slip as it is typed that take more than is there, where that is refused or told (C4): all at once, before
// anything is posted.
func (b *Book) Shortages(k *slip.Kind, d *slip.Doc) ([]inquiry.Shortage, error) {
	list, err := b.ShortLines(k, d)
	return slices.DeleteFunc(list, func(s inquiry.Shortage) bool {
		return k.Stock.Beyond && b.negative(s.Product.Code(), s.Warehouse.Code()) == "allow"
	}), err
}

// asked is what a person is asked about before a slip is posted, and a file is not: it was written to be taken as it stands.
func (b *Book) asked(tx *store.Tx, k *slip.Kind, d *slip.Doc) (fault.List, error) {
	party, err := b.aboutParty(tx, k, d)
	if err != nil {
		return nil, err
	}
	fewer, err := b.billsFewer(tx, k, d)
	if err != nil {
		return nil, err
	}
	odd, err := b.oddPrices(tx, k, d)
	return slices.Concat(party, fewer, odd), err
}

// billsFewer tells where an invoice leaves something of the goods it bills open: fewer of a line than there are, or whole lines of their slip.
func (b *Book) billsFewer(tx *store.Tx, k *slip.Kind, d *slip.Doc) (list fault.List, err error) {
	if len(k.Matches) == 0 {
		return nil, nil
	}
	billed, at := map[int64]num.Quantity{}, map[int64]int{} // by line of goods: how many, and the last line that bills it
	var slips []*slip.Doc
	for i := range d.Lines {
		for _, m := range d.Lines[i].Matches {
			src, goods, err := sourceOf(tx, &slip.Line{SourceID: m.Line})
			if err != nil {
				return nil, err
			}
			if (m.Qty < 0) != (m.Back != (goods.Base < 0)) { // a red invoice gives back what was billed
				continue
			}
			billed[m.Line] += max(m.Qty, -m.Qty)
			at[m.Line] = i + 1
			if !slices.ContainsFunc(slips, func(s *slip.Doc) bool { return s.ID == src.ID }) {
				slips = append(slips, src)
			}
		}
	}
	for _, src := range slips {
		var none []string
		for i := range src.Lines {
			goods := &src.Lines[i]
			before, _, err := tx.MatchedOf(goods.ID, d.ID)
			if err != nil {
				return nil, err
			}
			switch open, here := left(goods.Base, before), billed[goods.ID]; {
			case open <= here:
			case here == 0:
				none = append(none, strconv.Itoa(goods.No))
			default:
				list = append(list, fault.New(fault.Refused, "%s 第 %d 行未开票 %s，这里开 %s，还剩 %s", "%[4]s billed of the %[3]s open on %[1]s line %[2]d: %[5]s left open", src.Number, goods.No, open, here, open-here).
					At("qty").OnLine(at[goods.ID]).Named(Differs))
			}
		}
		if len(none) > 0 {
			list = append(list, fault.New(fault.Refused, "%s 还有 %d 行不在这张发票上：第 %s 行", "%s: %d {line|lines} not on this invoice: %s", src.Number, len(none), strings.Join(none, ", ")).At("source").Named(Differs))
		}
	}
	return list, nil
}

// Rest is what the source of a line has open for it: how many base units, less what the slip's earlier lines take, never below zero, and what
// one of the line's units costs there.
type Rest struct {
	Line   int // from 1
	Source string
	Left   num.Quantity
	Takes  num.Quantity // what the line takes now
	At     slip.Line    // unit, price, discount, tax rate of the source's line
}

// OpenAt tells of every line of a slip as it is typed that follows from a line of another what is open there. A line whose source is not there
// is left out: checking tells of it.
func (b *Book) OpenAt(k *slip.Kind, d *slip.Doc) (list []Rest, err error) {
	sources, taken, linked := map[string]*slip.Doc{}, map[int64]num.Quantity{}, b.linked()
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.SourceID == 0 || !k.Goods() {
			continue
		}
		src := sources[l.SourceNumber]
		if src == nil {
			if src, err = b.Load(l.SourceNumber); fault.Is(err, fault.NotFound) {
				continue
			} else if err != nil {
				return nil, err
			}
			sources[l.SourceNumber] = src
		}
		n := slices.IndexFunc(src.Lines, func(x slip.Line) bool { return x.ID == l.SourceID })
		if n < 0 || free(k, src.Kind) || takesAgain(k, src.Kind) {
			continue
		}
		sl := &src.Lines[n]
		has, err := leftOf(src, sl, k, d.ID, linked, b.DB.MatchedApart)
		if err != nil {
			return nil, err
		}
		r := Rest{Line: i + 1, Source: src.Number, Left: max(0, has-taken[sl.ID]), Takes: max(l.Base, -l.Base), At: *sl}
		taken[sl.ID] += r.Takes
		list = append(list, r)
	}
	return list, nil
}

// aboutParty tells of a slip as a whole, before it is posted: what the party owes too long, and a slip that says the same.
func (b *Book) aboutParty(tx *store.Tx, k *slip.Kind, d *slip.Doc) (list fault.List, err error) {
	p, ok := b.Masters().Find(string(k.RoleOf(d)), d.Party)
	if !ok {
		return nil, nil
	}
	agreed := p.Get("payment_days")+p.Get("credit_limit") != "" // of whom nothing is agreed, everything is past its day
	if agreed && k.Party == slip.Customers && k.Stock.Direction < 0 && slices.Contains(k.Money.Opens, slip.Receivable) && d.Gross > d.PaidNow() {
		a, since, err := tx.OverdueNow(p.ID, slip.Receivable, owedBy(slip.Receivable), d.Date)
		if err != nil {
			return nil, err
		}
		began := b.Settings().Start.First().AddDays(-1)
		if late := inquiry.OverdueOf(a, began < d.Date); late > 0 {
			if since == 0 || a.Opening > 0 && began < since {
				since = began
			}
			list = append(list, fault.New(fault.Refused, "%s 逾期未付 %s，最早的已过 %d 天", "%s owes %s overdue, the oldest for %d {day|days}", b.Calls(p), late.Grouped(), d.Date.Sub(since)).
				At("party").Named(Overdue))
		}
	}
	twin, err := b.twin(tx, k, d, p.ID)
	if twin != "" {
		list = append(list, fault.New(fault.Refused, "%s 同一天已有内容相同的单据 %s，会不会重复？", "%[2]s of the same day has the same content for %[1]s: is this one entered twice?", b.Calls(p), twin).At("party").Named(Twin))
	}
	return list, err
}

// owedBy lists the kinds of whose slips items stay open in a book, returns left out: they go against what they take back.
func owedBy(book slip.Book) (list []string) {
	for _, k := range kinds.All {
		if k.ReturnOf == "" && slices.Contains(k.Money.Opens, book) {
			list = append(list, k.Code)
		}
	}
	return list
}

// twin is the number of a slip of the same kind, party, day, goods and amounts; "": none. Over the counter the same is sold all day, and two
// slips that follow from different ones are two.
func (b *Book) twin(tx *store.Tx, k *slip.Kind, d *slip.Doc, party int64) (string, error) {
	if k.Money.AtOnce || k.Case || !k.Goods() && k.Money.Settles == "" {
		return "", nil
	}
	amount := d.Gross
	if amount == 0 {
		amount = d.Amount
	}
	like := store.Alike{Kind: k.Code, Party: party, Day: d.Date, Own: d.ID, Amount: amount, Lines: -1}
	if k.Goods() {
		like.Lines = len(d.Lines)
		for i := range d.Lines[:min(len(d.Lines), alikeLines)] {
			l := &d.Lines[i]
			if p, ok := b.Masters().Product(l.Product); ok {
				like.Some = append(like.Some, store.AlikeLine{Product: p.ID, Base: l.Base, Gross: l.Gross})
			}
		}
	}
	alike, err := tx.AlikeSlips(like)
	for _, id := range alike {
		o, err := tx.Read(id)
		if err != nil {
			return "", err
		}
		if !k.Goods() || sameContent(d, o) {
			return o.Number, nil
		}
	}
	return "", err
}

// alikeLines is how many of a slip's lines the book is asked for: whoever buys at a counter has hundreds of slips a day, and few have these.
const alikeLines = 3

// sameContent tells whether two slips have the same goods, quantities and amounts, whatever the order of their lines.
func sameContent(a, b *slip.Doc) bool {
	if len(a.Lines) != len(b.Lines) {
		return false
	}
	left := slices.Clone(b.Lines)
	for i := range a.Lines {
		l := &a.Lines[i]
		j := slices.IndexFunc(left, func(o slip.Line) bool {
			return o.Product == l.Product && o.Base == l.Base && o.Gross == l.Gross && o.Lot() == l.Lot() && (o.SourceID == 0 || l.SourceID == 0 || o.SourceID == l.SourceID)
		})
		if j < 0 {
			return false
		}
		left = slices.Delete(left, j, j+1)
	}
	return true
}

// oddPrices tells of lines whose price is odd (oddTimes) beside what the product last cost with the party and of what the
// list says. A price of the line's source was looked at there; goods that go back have the price they came for.
func (b *Book) oddPrices(tx *store.Tx, k *slip.Kind, d *slip.Doc) (list fault.List, err error) {
	if !k.Taxed || k.PriceField == "" || k.ReturnOf != "" || len(k.Matches) > 0 || k.Reprices {
		return nil, nil
	}
	var products []int64
	for i := range d.Lines {
		if p, ok := b.Masters().Product(d.Lines[i].Product); ok {
			products = append(products, p.ID)
		}
	}
	last := map[int64]store.LastUse{}
	if r, ok := b.Masters().Find(string(k.Party), d.Party); ok {
		if last, err = tx.LastUses(inquiry.PriceKinds(k), r.ID, products); err != nil {
			return nil, err
		}
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := b.Masters().Product(l.Product)
		if !ok || l.Base <= 0 || l.Back != nil {
			continue
		}
		if l.SourceID != 0 {
			if _, sl, err := sourceOf(tx, l); err == nil {
				if same, err := samePrice(l, sl); err == nil && same {
					continue
				}
			}
		}
		if f := b.oddPrice(k, d, l, last[p.ID]); f != nil {
			list = append(list, f.At("price").OnLine(i+1).Named(OddPrice))
		}
	}
	return list, nil
}

// oddPrice is what oddPrices tells of one line; nil: nothing.
func (b *Book) oddPrice(k *slip.Kind, d *slip.Doc, l *slip.Line, last store.LastUse) *fault.Fault {
	mine := netPrice(l.Price, l.Factor, l.InclTax, l.TaxRate, l.Discount)
	before := netPrice(last.Price, last.Factor, last.InclTax, last.TaxRate, last.Discount)
	v, incl, _ := b.ListPrice(k, l.Product, d.Party, l.Base, d.Date)
	listed := netPrice(v, num.QuantityOne, incl, l.TaxRate, 0)
	usual := before
	if usual <= 0 {
		usual = listed
	}
	if usual <= 0 || !far(mine, before) || !far(mine, listed) {
		return nil
	}
	if !b.who().Sees(k.SideOf(d)) {
		return fault.New(fault.Refused, "%s 的单价与平时不同", "the price of %s is not the usual one", b.Called(master.Products, l.Product))
	}
	own := text.Tf("单价 %s", "the price is %s", l.Price.Grouped())
	if l.Discount != 0 {
		own = text.Tf("单价 %s 优惠 %s", "the price is %s less %s", l.Price.Grouped(), l.Discount.Percent())
	}
	in := asTyped(usual, l)
	was := text.Tf("价目 %s", "the list's %s", in.Grouped())
	if before > 0 {
		was = text.Tf("上次 %s（%s %s）", "%s last time (%s, %s)", in.Grouped(), last.Date, last.Number)
	}
	off := text.Tf("高 %d%%", "%d%% higher", 100*(mine-usual)/usual)
	switch {
	case mine >= tenfold*usual:
		off = text.Tf("是它的 %d 倍", "%d times as much", mine/usual)
	case mine > 0 && usual >= tenfold*mine:
		off = text.Tf("不到它的十分之一", "less than a tenth")
		if usual == tenfold*mine {
			off = text.Tf("只有它的十分之一", "a tenth of it")
		}
	case mine < usual:
		off = text.Tf("低 %d%%", "%d%% lower", 100*(usual-mine)/usual)
	}
	return fault.New(fault.Refused, "%s，%s：%s", "%s, %s: %s", own, was, off)
}

// far tells whether a price is odd beside another; there is nothing to be far from where that is not known.
func far(p, from num.Price) bool { return from <= 0 || p > oddTimes*from || oddTimes*p < from }

// netPrice is a price of a unit of so many base units as one of a base unit before tax and after discount; 0 where it cannot be reckoned.
func netPrice(p num.Price, factor num.Quantity, incl bool, tax, discount num.Rate) num.Price {
	v, err := num.MulDiv(int64(inquiry.PerUnit(p, num.QuantityOne, factor)), int64(num.RateOne-discount), int64(num.RateOne))
	if incl && err == nil {
		v, err = num.MulDiv(v, int64(num.RateOne), int64(num.RateOne+tax))
	}
	if err != nil {
		return 0
	}
	return num.Price(v)
}

// asTyped is a net price of a base unit as the line's own price is written: of its unit, with its tax.
func asTyped(p num.Price, l *slip.Line) num.Price {
	v := int64(inquiry.PerUnit(p, l.Factor, num.QuantityOne))
	if l.InclTax {
		if with, err := num.MulDiv(v, int64(num.RateOne+l.TaxRate), int64(num.RateOne)); err == nil {
			v = with
		}
	}
	return num.Price(v)
}

// toldOnce leaves out what another finding of the same line says better: a price below cost is odd by itself.
func toldOnce(list fault.List) fault.List {
	return slices.DeleteFunc(list, func(f *fault.Fault) bool {
		return f.About == OddPrice && slices.ContainsFunc(list, func(o *fault.Fault) bool { return o.About == BelowCost && o.Line == f.Line })
	})
}

// reasonsOf are the reasons that chains may ask for steps by, of a slip as it is audited.
func (b *Book) reasonsOf(tx *store.Tx, k *slip.Kind, d *slip.Doc, findings fault.List) (r approval.Reasons, err error) {
	told := func(about string) bool {
		return slices.ContainsFunc(findings, func(f *fault.Fault) bool { return f.About == about })
	}
	r.OverCredit, r.BelowCost, r.Negative, r.OverSource = told(OverCredit), told(BelowCost), told(BelowZero), told(OverSource)
	r.Back = int(rights.Backdated(d.Date, b.Today()))
	r.NoSource = !slices.ContainsFunc(d.Lines, func(l slip.Line) bool { return l.SourceID != 0 || len(l.Matches) > 0 }) && len(d.Allocations) == 0
	if r.Off, err = b.mostOff(tx, k, d); err != nil {
		return r, err
	}
	over, err := b.overSource(tx, k, d)
	if err != nil {
		return r, err
	}
	r.OverSource = r.OverSource || over
	party, ok := b.Masters().Find(string(k.RoleOf(d)), d.Party)
	if !ok {
		return r, nil
	}
	others, err := tx.OthersOf(party.ID, d.ID)
	if err != nil {
		return r, err
	}
	r.NewParty = !others
	r.Account, err = b.accountChange(tx, party)
	return r, err
}

// overSource tells whether money is more than is open on what it settles, the party's opening balance included, or than its order has open.
func (b *Book) overSource(tx *store.Tx, k *slip.Kind, d *slip.Doc) (bool, error) {
	settled := map[slip.Book]num.Amount{}
	for _, a := range d.Allocations {
		settled[a.Book] += a.Amount
	}
	if k.Money.Settles == "" { // money before the goods
		return d.Amount > 0 && len(d.Allocations) > 0 && len(k.Money.Opens) > 0 && k.Group == slip.Money && d.Amount > settled[""], nil
	}
	for _, c := range k.Claims(d) {
		p, ok := b.Masters().Find(string(c.Role), c.Party)
		if !ok || c.Amount <= settled[c.Book] {
			continue
		}
		opening, err := tx.OpeningLeft(p.ID, c.Book, settling(c.Book))
		if err != nil || c.Amount > settled[c.Book]+opening {
			return true, err
		}
	}
	return false, nil
}

// mostOff is the most that a line of a sale is below its proposed price: its source's, else what is agreed, else the list's.
func (b *Book) mostOff(tx *store.Tx, k *slip.Kind, d *slip.Doc) (most num.Rate, err error) {
	if !k.Taxed || k.PriceField != master.SalesPrice || k.ReturnOf != "" || k.Reprices {
		return 0, nil
	}
	nets, err := d.NetsLetOff()
	if err != nil {
		return 0, err
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.Base <= 0 || l.Back != nil {
			continue
		}
		proposed, err := b.proposedNet(tx, k, d, l)
		if err != nil {
			return 0, err
		}
		off, err := rights.Off(nets[i], proposed)
		if err != nil {
			return 0, err
		}
		most = max(most, off)
	}
	return most, nil
}

// accountChange is the last time a payee's bank account was entered or changed; nil: it has none.
func (b *Book) accountChange(tx *store.Tx, party *master.Record) (*approval.AccountChange, error) {
	now := party.Get("bank_account")
	if now == "" || party.Type.Code != master.Suppliers.Code {
		return nil, nil
	}
	entries, err := tx.History(party.Type.Code, party.Key())
	if err != nil {
		return nil, err
	}
	var last *approval.AccountChange
	for _, e := range entries {
		on := text.DateOf(time.UnixMilli(e.At).In(b.Now().Location()))
		if e.Verb == "master-new" {
			last = &approval.AccountChange{After: now, Person: e.Person, On: on}
		}
		detail, _, _ := e.Said()
		for _, c := range detail.Changes {
			if c.Field == "bank_account" {
				last = &approval.AccountChange{Before: c.Before, After: c.After, Person: e.Person, On: on}
			}
		}
	}
	if last != nil {
		last.Days = b.Today().Sub(last.On)
	}
	return last, nil
}

// waitingHolds looks whether every slip is kept as waiting for what its approvals say.
func (b *Book) waitingHolds() (bad []string, err error) {
	kept := map[int64]string{}
	states, err := b.DB.WaitingStates()
	if err != nil {
		return nil, err
	}
	for _, s := range states {
		waits, err := b.DB.Waiting([]string{s.State}, 0, 0)
		if err != nil {
			return nil, err
		}
		for _, w := range waits {
			kept[w.ID] = w.State
		}
	}
	ids, err := b.DB.Unsettled()
	for _, id := range ids {
		d, err := b.DB.Slip(id)
		if err != nil {
			return bad, err
		}
		r, _, _, err := RoundOf(b.DB, d)
		if err != nil {
			return bad, err
		}
		if says := r.Standing(); says != kept[id] {
			bad = append(bad, fmt.Sprintf("%s: kept as waiting for %q, its approvals say %q", d.Number, kept[id], says))
		}
		delete(kept, id)
	}
	for _, id := range slices.Sorted(maps.Keys(kept)) {
		bad = append(bad, fmt.Sprintf("slip %d: kept as waiting for %q, and is neither submitted nor approved", id, kept[id]))
	}
	return bad, err
}
