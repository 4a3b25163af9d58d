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
	"zhanggui/data/text"
)

// Complete fills what the clerk leaves to the program: unit, factor, price, tax rate, due date. It changes nothing typed.
func (b *Book) Complete(k *slip.Kind, d *slip.Doc) {
	for _, f := range k.Header { // however a slip was made, it says what an import of it would
		if f.Default != "" && d.Get(f.Key) == "" && !k.Hidden {
			_ = d.Set(f, f.Default) // a default of the declaration is right, or its test fails
		}
	}
	set := b.Masters()
	if p, ok := set.Find(string(k.RoleOf(d)), d.Party); ok && d.DueDate == 0 && d.Date != 0 && !k.Plan && opensOnCredit(k) {
		days := 0
		for _, c := range p.Get("payment_days") {
			days = days*10 + int(c-'0')
		}
		d.DueDate = d.Date.AddDays(days)
	}
	if d.Warehouse == "" && k.Valued() && b.Settings().Pool == "company" { // one cost wherever the goods lie
		for _, w := range slices.Backward(set.List(master.Warehouses.Code)) {
			if w.Get("transit") != "yes" {
				d.Warehouse = w.Code()
			}
		}
	}
	if k.Stock.Parts != 0 {
		b.explode(k, d)
	}
	b.completeParties(k, d)
	if k.Complete != nil {
		k.Complete(d)
	}
	b.completeAccounts(k, d)
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := set.Product(l.Product)
		if !ok {
			continue
		}
		l.Product, l.Service = p.Code(), p.Service
		if l.Unit == "" {
			l.Unit = p.Unit
		}
		l.Unit = set.UnitOf(p, l.Unit)
		if f, ok := p.UnitFactor(l.Unit); ok {
			l.Factor = f
		}
		proposeFields(k, p, l)
	}
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}

// check lists everything that is wrong with a slip, each fault at its field and line. A draft may follow a draft; an audited
// slip only an audited one.
func (b *Book) check(tx *store.Tx, k *slip.Kind, d *slip.Doc, auditing bool) fault.List {
	var faults fault.List
	add := func(f *fault.Fault) { faults = append(faults, f) }
	if k.Flow != "" && k.Flow != b.Settings().Flow {
		add(fault.New(fault.Refused, "本账套按单据直接往来，%s只用于发票流程", "this book's receipts and deliveries make what is owed; a %s belongs to flow invoice", k.Title).At("kind"))
	}
	for _, f := range k.Header {
		v := d.Get(f.Key)
		if v == "" {
			if f.Required {
				add(missing(f))
			}
			continue
		}
		if f.Type == slip.TypeRef {
			faults = append(faults, b.checkRef(k, d, f, v)...)
		}
	}
	if d.Date != 0 {
		if f := b.checkPeriod(k, d); f != nil {
			add(f)
		}
		if d.DueDate != 0 && d.DueDate < d.Date {
			add(fault.New(fault.Invalid, "到期日早于单据日期", "the due date is before the slip's date").At("due_date"))
		}
	}
	if d.Discount < 0 && k.Goods() {
		add(fault.New(fault.Invalid, "整单优惠不能为负", "the slip discount cannot be negative").At("slip_discount"))
	}
	if k.Check != nil {
		faults = append(faults, k.Check(d)...)
	}
	faults = append(faults, b.checkItems(k, d)...)
	faults = append(faults, b.checkCase(tx, k, d, auditing)...)
	if len(k.Lines) > 0 && !k.Hidden {
		if len(d.Lines) == 0 && !k.Optional && (auditing || !k.Stock.Counts) { // a count may begin with nothing found
			add(fault.New(fault.Invalid, "单据没有明细行", "the slip has no lines").At("product"))
		}
		for i := range d.Lines {
			for _, f := range b.checkAny(k, d, &d.Lines[i], auditing) {
				add(f.OnLine(i + 1))
			}
		}
		faults = append(faults, b.checkRemaining(tx, k, d, auditing)...)
		faults = append(faults, b.checkTransit(tx, k, d)...)
		faults = append(faults, b.checkLots(tx, k, d, auditing)...)
	}
	faults = append(faults, b.checkPaid(k, d)...)
	return append(faults, b.checkAllocations(tx, k, d, auditing)...)
}

// checkPeriod: a slip is never before the book's start, and one that closed months hold not in one (7.3.12).
func (b *Book) checkPeriod(k *slip.Kind, d *slip.Doc) *fault.Fault {
	s := b.Settings()
	if d.Date < s.Start.First() {
		return fault.New(fault.Refused, "%s 早于账套启用月份 %s", "%s is before the book's start %s", d.Date, s.Start).At("date")
	}
	if k.Closes() && d.Date <= s.Closed {
		return fault.New(fault.Refused, "%s 已结账，不能再改动该期间", "the period of %s is closed", d.Date).At("date").Named(ClosedPeriod)
	}
	return nil
}

func (b *Book) checkLine(k *slip.Kind, d *slip.Doc, l *slip.Line) fault.List {
	var faults fault.List
	add := func(f *fault.Fault) { faults = append(faults, f) }
	set := b.Masters()
	p, ok := set.Product(l.Product)
	switch {
	case l.Product == "":
		add(fault.New(fault.Invalid, "缺少商品", "product is missing").At("product"))
	case !ok && set.Several(l.Product) != nil:
		add(set.Several(l.Product))
	case !ok:
		add(fault.New(fault.Invalid, "没有商品“%s”", "there is no product %q", l.Product).At("product"))
	case !p.Active() && l.SourceID == 0:
		add(fault.New(fault.Invalid, "商品 %s 已停用", "the product %s is inactive", b.Calls(p.Record)).At("product"))
	}
	if ok {
		if _, known := p.UnitFactor(l.Unit); !known {
			add(fault.New(fault.Invalid, "“%s”不是商品 %s 的单位", "%q is not a unit of %s", l.Unit, b.Calls(p.Record)).At("unit"))
		}
	}
	if l.Price < 0 {
		add(fault.New(fault.Invalid, "单价不能为负", "the price cannot be negative").At("price"))
	}
	if l.Discount < 0 || l.Discount > num.RateOne {
		add(fault.New(fault.Invalid, "折扣应在 0%% 与 100%% 之间", "the discount is between 0%% and 100%%").At("discount_rate"))
	}
	if l.TaxRate < 0 || l.TaxRate > num.RateOne {
		add(fault.New(fault.Invalid, "税率应在 0%% 与 100%% 之间", "the tax rate is between 0%% and 100%%").At("tax_rate"))
	}
	if ok && p.Service && !k.Serves() {
		add(b.notInStock(k, p))
	}
	if w := d.At(l); w == "" && !(ok && p.Service) && (k.Stock.Direction != 0 || k.Valued()) {
		add(fault.New(fault.Invalid, "缺少仓库", "warehouse is missing").At("warehouse"))
	} else if _, head := k.HeaderField("warehouse"); w != "" && (l.Warehouse != "" || !head) { // the header's own is told of there
		if r, ok := set.Find(master.Warehouses.Code, w); !ok {
			add(fault.New(fault.Invalid, "没有仓库“%s”", "there is no warehouse %q", w).At("warehouse"))
		} else if !r.Active() {
			add(fault.New(fault.Invalid, "仓库 %s 已停用", "the warehouse %s is inactive", b.Calls(r)).At("warehouse"))
		}
	}
	return faults
}

// checkAny checks a line of goods, or of an account.
func (b *Book) checkAny(k *slip.Kind, d *slip.Doc, l *slip.Line, auditing bool) fault.List {
	if f, ok := k.LineField("source"); ok && f.Required && l.SourceNumber == "" && l.SourceID == 0 {
		return fault.List{missing(f)}
	}
	if k.Goods() {
		return append(b.checkLine(k, d, l), checkQty(k, l, auditing)...)
	}
	return b.checkEntry(k, d, l)
}

// checkQty holds a line's quantity, or its amount where the kind has no quantities, against what its kind wants.
func checkQty(k *slip.Kind, l *slip.Line, auditing bool) fault.List {
	switch {
	case k.Reprices:
		if !l.PriceGiven {
			return fault.List{fault.New(fault.Invalid, "缺少新价", "the new price is missing").At("price")}
		}
	case k.Valued():
		if l.Net == 0 {
			return fault.List{fault.New(fault.Invalid, "金额不能为零", "the amount cannot be zero").At("amount")}
		}
	case k.Stock.Counts:
		if l.Qty < 0 {
			return fault.List{fault.New(fault.Invalid, "实盘数量不能为负", "the counted quantity cannot be negative").At("qty")}
		}
		if l.Qty == 0 && !l.Zero && auditing {
			return fault.List{fault.New(fault.Invalid, "这一行尚未盘点：请填数量（没有填 0），或删除该行", "this line is not counted yet: give its quantity (0 if there is none), or delete it").At("qty")}
		}
	case l.Qty == 0:
		return fault.List{fault.New(fault.Invalid, "数量不能为零", "the quantity cannot be zero").At("qty")}
	case k.Plan && l.Qty < 0:
		return fault.List{fault.New(fault.Invalid, "订单数量不能为负", "an order's quantity cannot be negative").At("qty")}
	}
	return nil
}

// errGone is what sourceOf says of a line that is there no more.
var errGone = errors.New("source line is gone")

// sourceOf reads the slip and line a line follows from.
func sourceOf(tx *store.Tx, l *slip.Line) (*slip.Doc, *slip.Line, error) {
	src, sl, err := tx.Source(l.SourceID)
	if err == nil && sl == nil {
		err = errGone
	}
	return src, sl, err
}

// checkRemaining holds every linked line against its source: same party and product, not before it, and not more than is
// left, counted per successor kind (rule 2.1).
func (b *Book) checkRemaining(tx *store.Tx, k *slip.Kind, d *slip.Doc, auditing bool) fault.List {
	var faults fault.List
	here := map[int64]num.Quantity{}
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.SourceID == 0 {
			continue
		}
		src, sl, err := sourceOf(tx, l)
		if err != nil && !errors.Is(err, errGone) {
			return append(faults, fault.Internal(err))
		}
		if err != nil {
			faults = append(faults, fault.New(fault.Invalid, "源单行不存在", "the source line does not exist").At("source").OnLine(i+1))
			continue
		}
		bad := func(field, zh, en string, args ...any) {
			faults = append(faults, fault.New(fault.Refused, zh, en, args...).At(field).OnLine(i+1))
		}
		switch {
		case src.Kind != k.Code && !kinds.Follows(k, src.Kind):
			bad("source", "%s 不能由 %s 生成", "%s does not follow from %s", k.Title, src.Number)
		case l.Qty > 0 && k.Reverses(src.Kind):
			bad("source", "红字单据的数量应为负", "a red-letter slip has negative quantities")
		case l.Qty > 0 && arrived(k, src) != nil:
			faults = append(faults, arrived(k, src).At("source").OnLine(i+1))
		case src.Kind == k.Code && l.Qty > 0 && sl.Base < 0:
			bad("source", "%s 是红字单", "%s is a red letter", src.Number)
		case src.Status == slip.Void || auditing && !src.Status.Live():
			bad("source", "源单 %s 尚未审核", "%s is not audited", src.Number)
		case src.Status == slip.Closed && d.ID == 0:
			bad("source", "源单 %s 已关闭", "%s is closed", src.Number)
		case src.Party != d.Party && !free(k, src.Kind) && sameRole(src, k, d):
			bad("source", "源单 %s 的往来单位不同", "%s is of another party", src.Number)
		case !takesLine(k, src, sl):
			bad("source", "%s 第 %d 行不能转入%s", "line %[2]d of %[1]s does not go into a %[3]s", src.Number, sl.No, k.Title)
		case sl.Product != l.Product:
			bad("product", "源单 %s 该行不是商品 %s", "%s has another product on that line", src.Number, b.Called(master.Products, l.Product))
		case d.Date < src.Date:
			bad("date", "日期早于源单 %s", "the date is before its source %s", src.Number)
		}
		if !k.Goods() || free(k, src.Kind) || takesAgain(k, src.Kind) {
			continue
		}
		if sk, _ := kinds.ByCode(src.Kind); len(k.Matches) > 0 && src.Kind != k.Code && (l.Base < 0) != ((sk.ReturnOf != "") != (sl.Base < 0)) {
			bad("qty", "退货开红字发票（数量为负），收货和发货开蓝字发票", "a return has a red invoice with negative quantities, a receipt or delivery a positive one")
			continue
		}
		left, err := b.left(tx, src, sl, k, d.ID)
		if err != nil {
			bad("source", "无法读取源单", "the source cannot be read")
			continue
		}
		want := max(l.Base, -l.Base)
		if over := left - here[sl.ID] - want; over < 0 {
			was := wentBy(src.Kind)
			bad("qty", "%s 超过 %s 的剩余数量：原"+was.Zh+" %s，剩 %s", "%[3]s "+was.En+", %[4]s left on %[2]s", want, src.Number, sl.Base, max(0, left-here[sl.ID]))
			faults[len(faults)-1].Named(OverSource)
		}
		here[sl.ID] += want
	}
	return faults
}

// wentBy is the word for what happened to the goods of a source: ordered only by an order (7.3.10).
func wentBy(kind string) text.Text {
	switch k, _ := kinds.ByCode(kind); {
	case k.Plan:
		return text.T("订", "ordered")
	case k.ReturnOf != "":
		return text.T("退", "returned")
	case len(k.Matches) > 0:
		return text.T("开票", "billed")
	case k.Stock.Direction < 0:
		return text.T("发", "delivered")
	case k.Stock.Direction > 0:
		return text.T("收", "received")
	}
	return text.T("数", "there")
}

// takesAgain tells whether the kind takes lines of the source whole any number of times.
func takesAgain(k *slip.Kind, source string) bool { s, _ := k.Source(source); return s.Again }

// takesLine tells whether a line of the source is one the kind takes.
func takesLine(k *slip.Kind, src *slip.Doc, l *slip.Line) bool {
	s, ok := k.Source(src.Kind)
	return !ok || s.Lines == nil || s.Lines(src, l)
}

// free tells whether the kind takes nothing over from the source.
func free(k *slip.Kind, source string) bool { s, _ := k.Source(source); return s.Free }

// left is what a source line still has for slips of kind k; the slip with the id is left out of the count.
func (b *Book) left(tx *store.Tx, s *slip.Doc, src *slip.Line, k *slip.Kind, except int64) (num.Quantity, error) {
	return leftOf(s, src, k, except, tx.LinkedLines, tx.MatchedApart)
}

// leftOf is left by what follows from lines, and what of goods is matched apart.
func leftOf(s *slip.Doc, src *slip.Line, k *slip.Kind, except int64, linked func(int64) ([]store.Linked, error), apart func(int64) (num.Quantity, error)) (num.Quantity, error) {
	links, err := linked(src.ID)
	if err != nil {
		return 0, err
	}
	group := kinds.SuccessorGroup(k.Code, s.Kind)
	left := max(src.Base, -src.Base)
	if len(k.Matches) > 0 {
		q, err := apart(src.ID)
		if err != nil {
			return 0, err
		}
		left -= q
	}
	for _, x := range links {
		if kinds.SuccessorGroup(x.Kind, s.Kind) != group {
			continue
		}
		if x.Slip != except { // what came back from the slip itself is left again all the same
			left -= max(x.Base, -x.Base)
		}
		back, err := redelivered(x, kinds.Executes(x.Kind, s.Kind), linked)
		if err != nil {
			return 0, err
		}
		left += back
	}
	return left, nil
}

// redelivered is how much of a line came back to be sent again; where it carried an order out, also what its red letters reversed.
func redelivered(of store.Linked, executes bool, linked func(int64) ([]store.Linked, error)) (num.Quantity, error) {
	links, err := linked(of.Line)
	var back num.Quantity
	for _, x := range links {
		if x.Redeliver || executes && x.Kind == of.Kind {
			back += max(x.Base, -x.Base)
		}
	}
	return back, err
}

// checkAllocations holds what a money slip settles against what is open and against what it has to settle with, book by book.
func (b *Book) checkAllocations(tx *store.Tx, k *slip.Kind, d *slip.Doc, auditing bool) fault.List {
	var faults fault.List
	sum := map[slip.Book]num.Amount{}
	for i := range d.Allocations {
		a := &d.Allocations[i]
		sum[a.Book] += a.Amount
		faults = append(faults, b.checkAllocation(tx, k, d, a, auditing)...)
	}
	has := map[slip.Book]num.Amount{"": d.Amount}
	for _, c := range k.Claims(d) {
		has[c.Book] += c.Amount
	}
	if k.Bills() {
		has[k.Money.Opens[0]] = max(0, -d.Gross)
	}
	for book, s := range sum {
		if (d.Amount > 0 || k.Bills()) && s > has[book] {
			faults = append(faults, fault.New(fault.Refused, "核销合计 %s 超过金额 %s", "%s allocated, but the amount is %s", s, has[book]).At("amount"))
		}
	}
	return faults
}

func (b *Book) checkAllocation(tx *store.Tx, k *slip.Kind, d *slip.Doc, a *slip.Allocation, auditing bool) (faults fault.List) {
	bad := func(code fault.Code, field, zh, en string, args ...any) {
		faults = append(faults, fault.New(code, zh, en, args...).At(field))
	}
	refers := b.refers
	if !a.Chosen { // the program found it
		refers = func(tx *store.Tx, _ *slip.Doc, ref string) (int64, error) { return tx.SlipID(ref) }
	}
	id, err := refers(tx, d, a.Target)
	if err != nil {
		return append(faults, fault.Internal(fmt.Errorf("find %s to settle: %w", a.Target, err)))
	}
	if id <= 0 {
		bad(fault.Invalid, "source", "没有单据 %s", "there is no slip %s", a.Target)
		return faults
	}
	t, err := tx.Read(id)
	if err != nil {
		return append(faults, fault.Internal(fmt.Errorf("read %s to settle: %w", a.Target, err)))
	}
	if t == nil {
		return faults
	}
	_, party := item(t)
	claim, found := claimOf(k, d, t)
	switch {
	case !kinds.Follows(k, t.Kind) && !(k.Bills() && t.Kind == k.Code) || !found && k.SettlesOthers():
		bad(fault.Refused, "source", "%s 不能核销 %s", "%s cannot settle %s", k.Title, t.Number)
	case t.Status == slip.Void || auditing && !t.Status.Live():
		bad(fault.Refused, "source", "%s 尚未审核", "%s is not audited", t.Number)
	case party != claim.Party && found || !found && party != d.Party:
		bad(fault.Refused, "source", "%s 的往来单位不同", "%s is of another party", t.Number)
	case d.Date < t.Date:
		bad(fault.Refused, "date", "日期早于 %s", "the date is before %s", t.Number)
	}
	if refunds(k, t) && auditing && len(faults) == 0 {
		return append(faults, checkRefund(tx, a, t)...)
	}
	open, err := tx.OpenAmount(inquiry.Openings, id, d.ID)
	if err == nil && auditing && a.Amount > 0 && a.Amount > open {
		bad(fault.Refused, "amount", "核销 %s 超过 %s 的未结金额 %s", "%s is more than the %[3]s open on %[2]s", a.Amount, t.Number, open)
	}
	return faults
}

// item is whose item a slip opened: its party's, or that of who takes it over.
func item(t *slip.Doc) (*slip.Kind, string) {
	k, _ := kinds.ByCode(t.Kind)
	if t.ToParty != "" {
		return k, t.ToParty
	}
	return k, t.Party
}

// claimOf finds in which book a slip settles another. A party that does not fit is the check's to tell.
func claimOf(k *slip.Kind, d, t *slip.Doc) (slip.Claim, bool) {
	tk, party := item(t)
	role := tk.RoleOf(t)
	if t.ToParty != "" {
		role = tk.ToRoleOf(t)
	}
	var near slip.Claim
	found := false
	for _, c := range k.Claims(d) {
		if !slices.Contains(tk.Money.Opens, c.Book) || c.Role != role {
			continue
		}
		if c.Party == party {
			return c, true
		}
		near, found = c, true
	}
	return near, found
}

// choose finishes what a person allocated: the book of each allocation, and the amount where only the slip was named.
func (b *Book) choose(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	d.Allocations = slices.DeleteFunc(d.Allocations, func(a slip.Allocation) bool { return !a.Chosen && !d.Settled }) // auditing finds them anew
	if err := b.all(tx, k, d); err != nil {
		return err
	}
	used := map[slip.Book]num.Amount{}
	for _, a := range d.Allocations {
		used[a.Book] += a.Amount
	}
	for i := range d.Allocations {
		a := &d.Allocations[i]
		id, err := b.refers(tx, d, a.Target)
		if err != nil {
			return err
		}
		if id <= 0 {
			continue // the check says so
		}
		t, err := tx.Read(id)
		if err != nil || t == nil {
			return err
		}
		c, found := claimOf(k, d, t)
		switch {
		case k.Bills():
			c = slip.Claim{Book: k.Money.Opens[0], Amount: -d.Gross}
		case !found:
			c.Amount = d.Amount
		}
		if a.Book != c.Book {
			used[a.Book] -= a.Amount
			used[c.Book] += a.Amount
			a.Book = c.Book
		}
		if a.Amount == 0 && a.Chosen {
			open, err := tx.OpenAmount(inquiry.Openings, id, d.ID)
			if err != nil {
				return err
			}
			if a.Amount = max(0, min(open, c.Amount-used[c.Book])); refunds(k, t) {
				if a.Amount, err = refund(tx, id, used[c.Book]-c.Amount); err != nil {
					return err
				}
			}
			used[c.Book] += a.Amount
		}
	}
	return nil
}

// all gives a money slip that names slips but no amount all that is open on them.
func (b *Book) all(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	if d.Amount != 0 || len(k.Lines) > 0 || slices.ContainsFunc(d.Allocations, func(a slip.Allocation) bool { return a.Amount != 0 || !a.Chosen }) {
		return nil
	}
	for _, a := range d.Allocations {
		id, err := b.refers(tx, d, a.Target)
		if err != nil || id <= 0 {
			return err
		}
		t, err := tx.Read(id)
		if err != nil || t == nil {
			return err
		}
		if refunds(k, t) {
			back, err := refund(tx, id, num.MaxAmount)
			if err != nil {
				return err
			}
			d.Amount += back
			continue
		}
		open, err := tx.OpenAmount(inquiry.Openings, id, d.ID)
		if err != nil {
			return err
		}
		d.Amount += max(open, 0)
	}
	if d.Amount > 0 {
		d.Amount -= min(d.Amount, max(d.Discount+d.Rounding, 0))
	}
	if d.Amount > 0 {
		if err := b.cover(tx, k, d); err != nil {
			return err
		}
	}
	d.Gross, d.Net = d.Amount, d.Amount
	return nil
}

// sameRole tells whether a slip's source deals with the same side of the trade; only then must the party be the same. A plan
// without a supplier goes to any.
func sameRole(src *slip.Doc, k *slip.Kind, d *slip.Doc) bool {
	sk, _ := kinds.ByCode(src.Kind)
	return src.Party != "" && sk.RoleOf(src) == k.RoleOf(d)
}

// firstSuccessor is the goods kind that a kind is first pushed down to: the one that carries it out, else in flow invoice the
// one that bills it, else the first.
func (b *Book) firstSuccessor(kind string) string {
	first := ""
	for _, k := range kinds.Successors(kind) {
		s, _ := k.Source(kind)
		if s.Executes || k.Flow != "" && k.Flow == b.Settings().Flow {
			return k.Code
		}
		if !s.Money && !s.Free && k.Flow == "" && first == "" {
			first = k.Code
		}
	}
	return first
}
