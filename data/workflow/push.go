package workflow

import (
	"maps"
	"slices"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Taken says what of a slip its successor takes, and when: nothing said is all of it, on the day of follow.
type Taken struct {
	Date  text.Date // 0: see dayAfter
	Lines []int     // numbers of the source's lines; none: all
}

// Push makes an unsaved successor of an audited slip: its header and all that is left of its lines.
func (b *Book) Push(ref, kind string) (*slip.Doc, error) { return b.PushPart(ref, kind, Taken{}) }

// PushPart is Push of a part, on a day.
func (b *Book) PushPart(ref, kind string, part Taken) (*slip.Doc, error) {
	var d *slip.Doc
	err := b.db.Write(func(tx *store.Tx) (err error) {
		if d, err = b.push(tx, ref, kind, part); err != nil {
			return err
		}
		return store.ErrTrial
	})
	if err == store.ErrTrial {
		err = nil
	}
	return d, err
}

// PushAndSave pushes down, saves the draft and audits it where asked; the new slip comes back.
func (b *Book) PushAndSave(ref, kind string, audit bool, part Taken) (d *slip.Doc, warnings fault.List, err error) {
	err = b.write(func(tx *store.Tx) (err error) {
		if d, err = b.push(tx, ref, kind, part); err != nil {
			return err
		}
		if audit {
			d, warnings, err = b.enter(tx, d)
		} else {
			warnings, err = b.save(tx, d)
		}
		if err != nil {
			return err
		}
		src, err := b.found(tx, ref)
		if err != nil {
			return err
		}
		return b.log(tx, "push", src, auditlog.Detail{Note: d.Number})
	})
	return d, warnings, err
}

func (b *Book) push(tx *store.Tx, ref, kind string, part Taken) (*slip.Doc, error) {
	src, err := b.found(tx, ref)
	if err != nil {
		return nil, err
	}
	k, err := b.FullKind(kind)
	if err != nil {
		return nil, err
	}
	if err := b.may(src.Kind, "see"); err != nil {
		return nil, err
	}
	if err := b.mayMake(kind); err != nil {
		return nil, err
	}
	s, ok := k.Source(src.Kind)
	if !ok {
		return nil, fault.New(fault.Refused, "%s 不能下推为%s", "%s cannot be pushed down to %s", src.Number, k.Title)
	}
	if !src.Status.Live() || src.Status == slip.Closed {
		return nil, fault.New(fault.Refused, "%s 未审核或已关闭，不能下推", "%s is not audited, or closed; it cannot be pushed down", src.Number)
	}
	if f := arrived(k, src); f != nil {
		return nil, f
	}
	d := b.follow(k, src)
	if d.Date, err = b.dayAfter(tx, src, part.Date); err != nil {
		return nil, err
	}
	if err := part.check(src, s.Money || !k.Goods()); err != nil {
		return nil, err
	}
	if s.Money {
		return d, b.pushMoney(tx, k, d, src)
	}
	if err := b.pushLines(tx, k, d, src, s, part); err != nil {
		return nil, err
	}
	if len(d.Lines) == 0 && !(s.Again && (len(src.Lines) == 0 || len(k.Lines) == 0)) { // a case without lines gives a draft to be filled
		return nil, fault.New(fault.Refused, "%s 没有剩余数量", "nothing is left on %s", src.Number)
	}
	if slip.Calculate(k, d) == nil { // what cannot be reckoned yet has no lots yet
		if _, err := b.fillLots(tx, k, d, false); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// pushMoney makes a money slip settle all that is open on its source.
func (b *Book) pushMoney(tx *store.Tx, k *slip.Kind, d, src *slip.Doc) error {
	open, err := tx.OpenAmount(inquiry.Openings, src.ID, 0)
	if err == nil && refunds(k, src) {
		if open, err = refund(tx, src.ID, num.MaxAmount); err == nil && open == 0 {
			return fault.New(fault.Refused, "%s 没有可退的款", "nothing is to be paid back of %s", src.Number)
		}
	}
	if err != nil {
		return err
	}
	if open <= 0 && !refunds(k, src) {
		return fault.New(fault.Refused, "%s 已结清", "nothing is open on %s", src.Number)
	}
	d.Amount = open
	if _, ok := k.HeaderField("account"); ok {
		d.Account = b.firstAccount()
	}
	if k.Pushed != nil {
		sk, _ := kinds.ByCode(src.Kind)
		k.Pushed(d, src, sk)
	}
	if err := b.cover(tx, k, d); err != nil {
		return err
	}
	d.Allocations = []slip.Allocation{{Target: src.Number, Amount: d.Amount, Chosen: true}}
	return b.choose(tx, k, d)
}

// dayAfter is the day of a successor nobody dated: today; in a book whose newest slip is more than 31 days old that slip's day, so that a
// shop entering its past goes on there. It is never before the source's.
func (b *Book) dayAfter(tx *store.Tx, src *slip.Doc, asked text.Date) (text.Date, error) {
	if asked != 0 && asked < src.Date {
		return 0, fault.New(fault.Refused, "%s 早于源单 %s 的日期 %s", "%s is before %s of %s", asked, src.Number, src.Date).At("date")
	}
	if asked != 0 {
		return asked, nil
	}
	last, err := tx.NewestDay(kinds.Hidden())
	day := b.Today()
	if last != 0 && day.Sub(last) > 31 {
		day = last
	}
	return max(day, src.Date), err
}

// check refuses lines that the source has not, and lines of what a successor takes as a whole.
func (t Taken) check(src *slip.Doc, whole bool) error {
	if whole && len(t.Lines) > 0 {
		return fault.New(fault.Usage, "这样下推不分行", "this successor takes no single lines").At("line")
	}
	for _, n := range t.Lines {
		if !slices.ContainsFunc(src.Lines, func(l slip.Line) bool { return l.No == n }) {
			return fault.New(fault.NotFound, "%s 没有第 %d 行", "%s has no line %d", src.Number, n).At("line")
		}
	}
	return nil
}

// has tells whether a line is among those taken.
func (t Taken) has(l *slip.Line) bool { return len(t.Lines) == 0 || slices.Contains(t.Lines, l.No) }

// share is what of an amount off the whole slip goes with the lines taken, by their gross amounts; never more than is left of it.
func (t Taken) share(src *slip.Doc, amount, left num.Amount) num.Amount {
	var all, mine num.Amount
	for i := range src.Lines {
		l := &src.Lines[i]
		if all += l.Gross; t.has(l) {
			mine += l.Gross
		}
	}
	if v, err := num.MulDiv(int64(amount), int64(mine), int64(all)); err == nil && mine != all {
		left = min(left, num.Amount(v))
	}
	return max(left, 0)
}

// pushLines takes over what is left of the source's lines; a kind that takes nothing over gets them whole, and no party.
func (b *Book) pushLines(tx *store.Tx, k *slip.Kind, d, src *slip.Doc, s slip.Source, part Taken) error {
	sk, _ := kinds.ByCode(src.Kind)
	given := d.Party != ""
	r := reversalOf(k, 0, tx.LinkedLines)
	for i := range src.Lines {
		if len(k.Lines) == 0 {
			break
		}
		sl := &src.Lines[i]
		if !part.has(sl) || !takesLine(k, src, sl) {
			continue
		}
		left, err := b.left(tx, src, sl, k, 0)
		if err != nil {
			return err
		}
		if s.Free || s.Again {
			left = sl.Base
		}
		red := sl.Base < 0 // what came back on the slip itself is billed, but not taken further
		if left <= 0 || red && len(k.Matches) == 0 || !given && !b.takes(k, d, sl) {
			continue
		}
		l := followLine(src, sl, left)
		arrive(k, d, &l, src, sl)
		if sk.PriceField != k.PriceField {
			l.Price, l.PriceGiven, l.Discount, l.TaxGiven = 0, false, 0, false
			b.defaults(k, d, &l, nil) // as saving will: what is seen before is what is kept
		}
		if l.Back, err = r.back(src, sl); err != nil {
			return err
		}
		if len(k.Matches) > 0 && (sk.ReturnOf != "") != red { // goods that came back have a red invoice
			l.Qty = -l.Qty
		}
		if k.Reverses(src.Kind) {
			l.Qty = -l.Qty
		}
		if k.Whole { // spread as it will be when it is kept
			b.measure(&l, src)
		}
		d.Lines = append(d.Lines, l)
	}
	if s.Free {
		d.Party = ""
	}
	if k.Reverses(src.Kind) { // its lines give back their shares of what was off the whole slip
		return nil
	}
	return b.pushOff(tx, k, d, src, part)
}

// pushOff takes over what is left of the source's slip discount and freight, where both kinds have them and the slip takes the source
// further; a slip that gives it back has its share in its lines.
func (b *Book) pushOff(tx *store.Tx, k *slip.Kind, d, src *slip.Doc, part Taken) error {
	sk, _ := kinds.ByCode(src.Kind)
	if src.Discount == 0 && src.Fee == 0 || sk.PriceField != k.PriceField || k.ReturnOf != "" || sk.ReturnOf != "" {
		return nil
	}
	discount, fee := src.Discount, src.Fee
	seen := map[int64]bool{}
	for i := range src.Lines {
		links, err := tx.LinkedLines(src.Lines[i].ID)
		if err != nil {
			return err
		}
		for _, x := range links {
			if seen[x.Slip] || kinds.SuccessorGroup(x.Kind, src.Kind) != kinds.SuccessorGroup(k.Code, src.Kind) {
				continue
			}
			seen[x.Slip] = true
			o, err := tx.Read(x.Slip)
			if err != nil {
				return err
			}
			discount, fee = discount-o.Discount, fee-o.Fee
		}
	}
	if _, ok := k.HeaderField("slip_discount"); ok {
		d.Discount = part.share(src, src.Discount, discount)
	}
	if _, ok := k.HeaderField("freight"); ok {
		d.Fee = part.share(src, src.Fee, fee)
	}
	return nil
}

// cover brings the amount of an offset down to what the party has advanced or prepaid.
func (b *Book) cover(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	for _, c := range k.Claims(d) {
		p, ok := b.Masters().Find(string(c.Role), c.Party)
		if !ok || c.Book != slip.Advance && c.Book != slip.Prepaid {
			continue
		}
		has, _, err := tx.LeastBalance(p.ID, c.Book, d.Date)
		if err != nil {
			return err
		}
		if has <= 0 {
			return fault.New(fault.Refused, "%s 没有可冲的预收/预付款", "%s has nothing advanced or prepaid to set off", b.Calls(p)).At("party")
		}
		d.Amount = min(d.Amount, has)
	}
	return nil
}

func (b *Book) firstAccount() string {
	for _, a := range b.Masters().List(master.Accounts.Code) {
		if a.Active() {
			return a.Code()
		}
	}
	return ""
}

// follow starts a slip of kind k after another: today, but never before its source.
func (b *Book) follow(k *slip.Kind, src *slip.Doc) *slip.Doc {
	day := max(b.Today(), src.Date)
	d := &slip.Doc{Kind: k.Code, Date: day, Status: slip.Draft, Party: src.Party, Employee: src.Employee,
		Department: src.Department, Remark: src.Remark}
	if k.ReturnOf != "" { // it says why the goods come back, not how they were to be brought
		d.Remark = ""
	}
	if k.Has("warehouse") { // money lies in no store: a collection that carried one would print it
		d.Warehouse = src.Warehouse
	}
	if k.InCase() {
		d.Case = kinds.CaseAfter(src)
	}
	for _, f := range k.Header {
		if f.Type == slip.TypeChoice && f.Default != "" {
			d.Set(f, f.Default)
		}
	}
	sk, _ := kinds.ByCode(src.Kind)
	for _, f := range sk.Header {
		if _, has := k.HeaderField(f.Key); has && f.Carried && src.Get(f.Key) != "" {
			d.Set(f, src.Get(f.Key))
		}
	}
	if src.ToParty != "" && src.Kind != k.Code { // who took the debt over settles it
		d.Party = src.ToParty
	} else if sk.RoleOf(src) != k.RoleOf(d) && k.PartyOf == nil {
		d.Party = ""
	}
	return d
}

// takes tells whether a line goes onto the slip. A plan that names no supplier makes an order with the supplier of its first
// line; the lines of other suppliers stay.
func (b *Book) takes(k *slip.Kind, d *slip.Doc, l *slip.Line) bool {
	p, ok := b.Masters().Product(l.Product)
	if f, _ := k.HeaderField("party"); !ok || k.Party != slip.Suppliers || !f.Required {
		return true
	}
	usual := p.Get("supplier")
	if d.Party == "" {
		d.Party = usual
	}
	return usual == "" || usual == d.Party
}

func followLine(src *slip.Doc, l *slip.Line, left num.Quantity) slip.Line {
	n := slip.Line{Product: l.Product, Warehouse: l.Warehouse, Unit: l.Unit, Factor: l.Factor, Price: l.Price, PriceGiven: true, InclTax: l.InclTax, InclGiven: true,
		TaxRate: l.TaxRate, Discount: l.Discount, Remark: l.Remark, SourceID: l.ID, SourceNumber: src.Number, SourceLine: l.No}
	if left == l.Base {
		n.Qty = l.Qty
	} else if q, err := num.MulDiv(int64(left), num.QuantityOne, int64(max(l.Factor, 1))); err == nil && l.Factor != num.QuantityOne && int64(q)*int64(l.Factor) == int64(left)*num.QuantityOne {
		n.Qty = num.Quantity(q)
	} else { // not a whole number of that unit: count in base units
		if l.Factor != num.QuantityOne {
			n.Unit, n.Factor = "", num.QuantityOne
			if p, err := num.MulDiv(int64(l.Price), num.QuantityOne, int64(l.Factor)); err == nil {
				n.Price = num.Price(p)
			}
		}
		n.Qty = left
	}
	return n
}

// RedLetter makes an unsaved red-letter slip of an audited one: the same kind, negative, linked line by line.
func (b *Book) RedLetter(ref string) (*slip.Doc, error) {
	src, err := b.Load(ref)
	if err != nil {
		return nil, err
	}
	k, err := b.FullKind(src.Kind)
	if err != nil {
		return nil, err
	}
	if err := b.mayMake(src.Kind); err != nil {
		return nil, err
	}
	if !src.Status.Live() || k.Plan || k.Hidden {
		return nil, fault.New(fault.Refused, "%s 不能红冲：只有已过账的单据可以", "%s cannot be reversed: only posted slips can", src.Number)
	}
	if _, ok := k.LineField("source"); !ok && k.Goods() {
		return nil, fault.New(fault.Refused, "%s不能红冲：请反审核，或录入相反的单据", "a %s has no red letter: un-audit it, or enter the opposite slip", k.Title)
	}
	d := b.follow(k, src)
	d.Party, d.ToParty, d.ToWarehouse, d.Account, d.ToAccount = src.Party, src.ToParty, src.ToWarehouse, src.Account, src.ToAccount
	d.Amount, d.Rounding, d.Paid, d.Extra, d.Lists = -src.Amount, -src.Rounding, -src.Paid, src.Again(k), src.ListsAgain(k)
	for _, p := range src.Splits {
		d.Splits = append(d.Splits, slip.Split{Account: p.Account, Amount: -p.Amount})
	}
	if !k.Goods() {
		d.Discount = -src.Discount
	}
	for _, a := range src.Allocations { // what it settled is open again
		if k.Bills() { // it lowers the red bill itself
			break
		}
		d.Allocations = append(d.Allocations, slip.Allocation{Target: a.Target, Book: a.Book, Amount: -a.Amount, Chosen: true})
	}
	r := reversalOf(k, 0, b.linked())
	for i := range src.Lines {
		if !k.Goods() {
			d.Lines = append(d.Lines, redEntry(src, i))
			continue
		}
		l := followLine(src, &src.Lines[i], src.Lines[i].Base)
		if k.Whole { // the amount is taken back where it went
			s := &src.Lines[i]
			l.SourceID, l.SourceNumber, l.SourceLine, l.Extra = s.SourceID, s.SourceNumber, s.SourceLine, s.Extra
			d.Lines = append(d.Lines, l)
			continue
		}
		if l.Back, err = r.back(src, &src.Lines[i]); err != nil {
			return nil, err
		}
		l.Qty = -l.Qty
		l.Fill(slip.LotKey, src.Lines[i].Lot())
		d.Lines = append(d.Lines, l)
	}
	return d, nil
}

// redEntry turns the sign of a line that is no goods.
func redEntry(src *slip.Doc, i int) slip.Line {
	l := src.Clone().Lines[i]
	l.SourceID, l.SourceNumber, l.SourceLine = l.ID, src.Number, l.No
	l.ID, l.Amount, l.Debit, l.Credit = 0, -l.Amount, -l.Debit, -l.Credit
	return l
}

// remaining is what of a line its first successor kind has not taken over yet.
func (b *Book) remaining(d *slip.Doc, l *slip.Line, linked func(line int64) ([]store.Linked, error)) (num.Quantity, error) {
	links, err := linked(l.ID)
	if err != nil || len(d.Lines) == 0 {
		return 0, err
	}
	first := b.firstSuccessor(d.Kind)
	if first == "" {
		return 0, nil
	}
	k, _ := kinds.ByCode(first)
	s, _ := k.Source(d.Kind)
	if s.Executes && l.Base < 0 || arrived(k, d) != nil {
		return 0, nil
	}
	left := max(l.Base, -l.Base)
	if len(k.Matches) > 0 {
		apart, err := b.DB.MatchedApart(l.ID)
		if err != nil {
			return 0, err
		}
		left -= apart
	}
	for _, x := range links {
		if kinds.SuccessorGroup(x.Kind, d.Kind) == kinds.SuccessorGroup(first, d.Kind) {
			left -= max(x.Base, -x.Base)
			back, err := linked(x.Line)
			if err != nil {
				return 0, err
			}
			for _, r := range back {
				if r.Redeliver || s.Executes && r.Kind == x.Kind {
					left += max(r.Base, -r.Base)
				}
			}
		}
	}
	return left, nil
}

// linked tells what follows from lines, reading all of a slip at once.
func (b *Book) linked() func(line int64) ([]store.Linked, error) {
	known := map[int64][]store.Linked{}
	return func(line int64) ([]store.Linked, error) {
		if list, ok := known[line]; ok {
			return list, nil
		}
		links, err := b.DB.LinkedLines(line)
		maps.Copy(known, links)
		return links[line], err
	}
}
