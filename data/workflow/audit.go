package workflow

import (
	"fmt"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/ledger"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Audit posts a draft to all ledgers in one transaction. Warnings come back beside; a refusal changes nothing.
func (b *Book) Audit(ref string) (warnings fault.List, err error) {
	err = b.write(func(tx *store.Tx) error {
		d, err := b.found(tx, ref)
		if err != nil {
			return err
		}
		warnings, err = b.audit(tx, d)
		return err
	})
	return warnings, err
}

func find(tx *store.Tx, ref string) (*slip.Doc, error) {
	id, err := tx.SlipID(ref)
	if err != nil {
		return nil, err
	}
	if id <= 0 {
		return nil, inquiry.NotFound(ref, id)
	}
	return tx.Slip(id)
}

// found is find of what a person named, NUMBER or NUMBER@VERSION: a version is held against the book's (M7).
func (b *Book) found(tx *store.Tx, ref string) (*slip.Doc, error) {
	id, version, err := meantSlip(tx, ref)
	if err != nil {
		return nil, err
	}
	if id <= 0 {
		return nil, inquiry.NotFound(ref, id)
	}
	d, err := tx.Slip(id)
	if err != nil || version == 0 {
		return d, err
	}
	return d, b.clash(tx, d, version)
}

// audit posts a draft, also one that was never saved: it is then numbered and written once, as audited.
func (b *Book) audit(tx *store.Tx, d *slip.Doc) (fault.List, error) {
	k, err := kinds.Lookup(d.Kind)
	if err != nil {
		return nil, err
	}
	if !d.Status.Editable() {
		return nil, fault.New(fault.Refused, "%s %s，不能审核", "%s is %[3]s and cannot be audited", d.Number, d.Status.Label(), string(d.Status))
	}
	short, err := b.fillLots(tx, k, d, true)
	if err != nil {
		return nil, err
	}
	if faults := append(b.check(tx, k, d, true), short...); len(faults) > 0 {
		return nil, faults
	}
	warnings, err := b.fixAll(tx, k, d)
	if err != nil {
		return nil, err
	}
	was := d.Status
	d.Status, d.Auditor, d.AuditedAt = slip.Audited, b.User, b.Now()
	d.Version++
	kept := d.Place != 0
	if !kept {
		d.Place = tx.NextPlace()
	}
	if p := firstCount(d); p != 0 {
		d.Place = p
	}
	if err := b.putAudited(tx, k, d); err != nil {
		return nil, err
	}
	if k.Posts() {
		told, err := b.postKept(tx, k, d, kept)
		if err != nil {
			return nil, err
		}
		warnings = append(warnings, told...)
	}
	if err := b.carryOn(tx, k, d, touched(tx, d)); err != nil {
		return nil, err
	}
	return warnings, b.log(tx, "audit", d.Number, tracedStatus(d, was))
}

// fixAll fixes on the slip all that replay must not ask for later, and what it settles or is matched with.
func (b *Book) fixAll(tx *store.Tx, k *slip.Kind, d *slip.Doc) (warnings fault.List, err error) {
	if err := stampCounts(tx, k, d); err != nil {
		return nil, err
	}
	if err := b.fix(tx, k, d); err != nil {
		return nil, err
	}
	if err := b.fixMatches(tx, k, d); err != nil {
		return nil, err
	}
	faults, warnings := b.checkMatches(tx, k, d)
	if len(faults) > 0 {
		return nil, faults
	}
	over := b.overCredit(tx, k, d)
	if len(over) > 0 && b.Settings().OverCredit == "forbid" {
		return nil, over
	}
	return slices.Concat(warnings, backWarnings(k, d), over), b.allocate(tx, k, d)
}

// postKept posts a slip in its place. Where one it kept from an earlier audit is refused now, it goes behind what was audited meanwhile.
func (b *Book) postKept(tx *store.Tx, k *slip.Kind, d *slip.Doc, kept bool) (fault.List, error) {
	told, err := b.post(tx, k, d)
	if !kept || !fault.Is(err, fault.Refused) {
		return told, err
	}
	d.Place = tx.NextPlace()
	if told, err = b.post(tx, k, d); err != nil {
		return nil, err
	}
	return told, tx.UpdateSlip(k, d)
}

// carryOn brings what hangs on a slip just audited or taken back in step: goods it bills, orders it carries out, prices, and what is
// kept for speed.
func (b *Book) carryOn(tx *store.Tx, k *slip.Kind, d *slip.Doc, touched map[int64]bool) error {
	if err := b.settleMatches(tx, k, d); err != nil {
		return err
	}
	if err := b.executeSources(tx, k, d); err != nil {
		return err
	}
	if err := b.reprice(tx, k, d, d.Status.Live()); err != nil {
		return err
	}
	return b.keep(tx, k, d, touched)
}

// putAudited writes a slip with all that auditing fixed on it; the ledgers' rows refer to it.
func (b *Book) putAudited(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	if d.ID == 0 {
		return b.insert(tx, k, d)
	}
	if err := tx.UpdateSlip(k, d); err != nil {
		return err
	}
	return tx.FixLines(d)
}

// fix writes onto the slip what its posting needs from outside (rule C11): accounts, taxpayer type, fallback cost, and
// the amounts of linked returns by the share rule.
func (b *Book) fix(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	d.General, d.Invoiced = b.Settings().Taxpayer == "general", b.Settings().Flow == "invoice"
	b.keepOldPrices(k, d)
	d.CashGL, d.ToCashGL = b.cashGL(d.Account), b.cashGL(d.ToAccount)
	for i := range d.Splits {
		d.Splits[i].GL = b.cashGL(d.Splits[i].Account)
	}
	r := reversalOf(k, d.ID, tx.LinkedLines)
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := b.Masters().Product(l.Product)
		if !ok {
			continue
		}
		l.StockAccount, l.SalesAccount, l.ContraAccount = b.AccountsOf(p.Get("category"))
		if l.Service = p.Service; l.Service {
			l.StockAccount, l.ContraAccount = "", b.ServiceAccount(p.Get("category"))
		}
		if reason, has := k.HeaderField("debit_account"); has {
			l.ContraAccount = d.Extra["debit_account"]
			if l.ContraAccount == "" {
				l.ContraAccount = reason.Default
			}
		}
		l.Fallback = p.Reference
		l.Beyond = !l.Service && k.Stock.Beyond && b.negative(l.Product, d.At(l)) != "forbid"
		if l.SourceID == 0 || !k.Taxed || k.Plan {
			continue
		}
		src, sl, err := sourceOf(tx, l)
		if err != nil {
			return err
		}
		if l.Back, err = r.back(src, sl); err != nil {
			return err
		}
	}
	if !k.Goods() {
		return nil
	}
	if err := slip.GiveBack(d); err != nil {
		return err
	}
	if err := slip.Sum(k, d); err != nil {
		return err
	}
	b.payAtOnce(k, d)
	return nil
}

// cashGL is the GL account behind a cash account; none for no account.
func (b *Book) cashGL(code string) string {
	a, ok := b.Masters().Find("accounts", code)
	if !ok {
		return ""
	}
	return cashGL(a.Get("gl_account"), a.Get("type"))
}

func cashGL(account, typ string) string {
	if account != "" {
		return account
	}
	if typ == "bank" {
		return "1002"
	}
	return "1001"
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// post hands the slip's effects to the ledgers, and tells what a person should know of the values found.
func (b *Book) post(tx *store.Tx, k *slip.Kind, d *slip.Doc) (warnings fault.List, err error) {
	e, err := k.Post(d)
	if err != nil {
		return nil, err
	}
	rows, err := b.rows(tx, d, e)
	if err != nil {
		return nil, err
	}
	below, err := b.replay(tx, rows, nil)
	if err != nil {
		return nil, err
	}
	loss := b.belowCost(k, d, rows)
	if len(loss) > 0 && b.Settings().Below == "forbid" {
		return nil, loss
	}
	if warnings, err = b.expiredWarnings(tx, k, d, rows); err != nil {
		return nil, err
	}
	warnings = append(append(warnings, b.belowWarnings(d, below)...), loss...)
	for _, r := range rows {
		line := lineOf(d, r.Line)
		switch {
		case r.Basis == slip.Adjusted && r.Value != r.Given:
			return nil, fault.New(fault.Refused, "%s 库存金额最多只能调整 %s：成本不能为负，没有库存也不能调整", "%s can be adjusted by %s at most: a cost is never negative, and without stock there is nothing to adjust",
				d.Lines[line-1].Product, r.Value).At("amount").OnLine(line)
		case (r.Basis == slip.FromSource || r.Basis == slip.AtCost) && r.Qty > 0 && r.Value == 0:
			warnings = append(warnings, fault.New(fault.Refused, "%s 退回 %s，成本为 0", "%s: %s come back at a cost of 0", d.Lines[line-1].Product, r.Qty).At("qty").OnLine(line))
		case r.Basis == slip.Counted && r.Qty > 0 && r.Value == 0:
			warnings = append(warnings, fault.New(fault.Refused, "%s 盘盈 %s，但没有已知成本，按 0 入库", "%s: %s found over come in at 0, no cost is known", d.Lines[line-1].Product, r.Qty).At("qty").OnLine(line))
		}
	}
	if err := b.checkCover(tx, d, e); err != nil {
		return nil, err
	}
	return warnings, b.postRest(tx, d, e)
}

// lineOf is the number of the slip's line with that row; 0 when it has none.
func lineOf(d *slip.Doc, row int64) int {
	for i := range d.Lines {
		if d.Lines[i].ID == row {
			return i + 1
		}
	}
	return 0
}

// stampCounts gives lines that are counted and have no place yet the place of this moment (C10).
func stampCounts(tx *store.Tx, k *slip.Kind, d *slip.Doc) (err error) {
	var place int64
	for i := range d.Lines {
		l := &d.Lines[i]
		if !k.Stock.Counts || l.Place != 0 || !l.IsCounted() {
			continue
		}
		if place == 0 {
			place = tx.NextPlace()
		}
		l.Place = place
	}
	return nil
}

// firstCount is the place of the line counted first; 0 where nothing is counted.
func firstCount(d *slip.Doc) (place int64) {
	for i := range d.Lines {
		if p := d.Lines[i].Place; p != 0 && (place == 0 || p < place) {
			place = p
		}
	}
	return place
}

// recount takes the place from lines counted anew since the draft was saved: they get the place of this moment.
func recount(k *slip.Kind, d, old *slip.Doc) {
	if !k.Stock.Counts {
		return
	}
	was := map[int64]*slip.Line{}
	for i := range old.Lines {
		was[old.Lines[i].ID] = &old.Lines[i]
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		o := was[l.ID]
		l.Place = 0
		if o != nil && o.Product == l.Product && old.At(o) == d.At(l) && o.Base == l.Base && o.Zero == l.Zero && o.Lot() == l.Lot() {
			l.Place = o.Place
		}
	}
}

// checkCover refuses to use more of an advance or prepayment than the party has, on the slip's day and at any time after.
func (b *Book) checkCover(tx *store.Tx, d *slip.Doc, e slip.Effects) error {
	for _, p := range e.Party {
		if p.Amount >= 0 || p.Book != slip.Advance && p.Book != slip.Prepaid {
			continue
		}
		r, ok := b.Masters().Find(string(p.Role), p.Party)
		if !ok {
			continue
		}
		has, at, err := tx.LeastBalance(r.ID, p.Book, d.Date)
		if err != nil {
			return err
		}
		if has+p.Amount < 0 {
			if p.Book == slip.Prepaid {
				return fault.New(fault.Refused, "%s 的预付款在 %s 只有 %s，不足 %s", "%s has only %[3]s prepaid on %[2]s, not %[4]s", p.Party, at, has.Grouped(), (-p.Amount).Grouped()).At("amount")
			}
			return fault.New(fault.Refused, "%s 的预收款在 %s 只有 %s，不足 %s", "%s has advanced only %[3]s by %[2]s, not %[4]s", p.Party, at, has.Grouped(), (-p.Amount).Grouped()).At("amount")
		}
	}
	return nil
}

// postRest writes the party, cash and voucher lines.
func (b *Book) postRest(tx *store.Tx, d *slip.Doc, e slip.Effects) error {
	for _, p := range e.Party {
		r, ok := b.Masters().Find(string(p.Role), p.Party)
		if !ok {
			return fmt.Errorf("post %s: no party %q", d.Number, p.Party)
		}
		if err := tx.InsertParty(d.ID, r.ID, p, d.Date, d.Place); err != nil {
			return err
		}
	}
	for _, c := range e.Cash {
		r, ok := b.Masters().Find("accounts", c.Account)
		if !ok {
			return fmt.Errorf("post %s: no cash account %q", d.Number, c.Account)
		}
		if err := tx.InsertCash(d.ID, r.ID, c.Amount, d.Date, d.Place); err != nil {
			return err
		}
	}
	return b.postEntries(tx, d, e)
}

// postEntries writes the voucher lines.
func (b *Book) postEntries(tx *store.Tx, d *slip.Doc, e slip.Effects) error {
	for i, v := range e.Entries {
		if err := tx.InsertEntry(d.ID, i, v, d.Date, d.Place); err != nil {
			return err
		}
	}
	return nil
}

// rows turns the moves of a slip into ledger rows: what comes in first, so that an exchange within one slip finds it, and what
// collects the value of others last.
func (b *Book) rows(tx *store.Tx, d *slip.Doc, e slip.Effects) ([]*ledger.Row, error) {
	var rows []*ledger.Row
	add := func(m slip.Move) error {
		r, err := b.row(tx, d, m, len(rows))
		if err != nil {
			return err
		}
		rows = append(rows, r)
		if m.Variance != "" {
			v := *r
			v.Seq, v.Qty, v.Given, v.Contra, v.OutSide, v.Lots = r.Seq+1, 0, 0, m.Variance, m.Qty < 0, ""
			if v.Basis = ledger.Rest; m.Basis != slip.Late {
				r.Varies, r.Given, v.Basis = true, m.Credited, ledger.Variance
			}
			rows = append(rows, &v)
		}
		return nil
	}
	for turn := range 3 {
		for i := 0; i < len(e.Stock); i++ {
			m := e.Stock[i]
			paired := i+1 < len(e.Stock) && e.Stock[i+1].Basis == slip.Carried
			mine := 1
			if m.Basis == slip.Collected {
				mine = 2
			} else if m.Qty > 0 && !paired {
				mine = 0
			}
			if mine != turn {
				if paired {
					i++
				}
				continue
			}
			if err := add(m); err != nil {
				return nil, err
			}
			if paired {
				i++
				if err := add(e.Stock[i]); err != nil {
					return nil, err
				}
			}
		}
	}
	return rows, nil
}

// row makes the ledger row of a move, the n-th of its slip.
func (b *Book) row(tx *store.Tx, d *slip.Doc, m slip.Move, n int) (*ledger.Row, error) {
	l := &d.Lines[m.Line]
	p, ok := b.Masters().Product(l.Product)
	w, ok2 := b.Masters().Find("warehouses", m.Warehouse)
	if !ok || !ok2 {
		return nil, fmt.Errorf("post %s line %d: no product %q or warehouse %q", d.Number, m.Line+1, l.Product, m.Warehouse)
	}
	r := &ledger.Row{Slip: d.ID, Line: l.ID, Seq: n, Product: p.ID, Warehouse: w.ID, Date: d.Date, Place: d.Place, Qty: m.Qty, Basis: m.Basis,
		Given: m.Value, Fallback: l.Fallback, Stock: l.StockAccount, Contra: m.Contra, OutSide: m.OutSide, Weight: m.Weight, Beyond: l.Beyond && m.Qty < 0}
	switch m.Basis {
	case slip.Counted:
		r.Qty, r.Counted, r.Place = 0, m.Qty, l.Place
	case slip.FromSource:
		_, sl, err := sourceOf(tx, l)
		if err != nil {
			return nil, err
		}
		r.SourceLine, r.SourceQty = sl.ID, sl.Base
	case slip.Late:
		src, sl, err := sourceOf(tx, &slip.Line{SourceID: m.Source})
		if err != nil {
			return nil, err
		}
		if r.SourceLine, r.SourceQty, r.Stock = sl.ID, m.Matched, m.Stock; m.AtSource {
			r.Date, r.Place, r.Seq = src.Date, src.Place, behind+(int(d.Date)*10_000_000+int(d.Place))*1000+n
		}
	}
	return r, nameLots(tx, l, p, m, r)
}

// behind is where rows begin that stand behind all of another slip's at its place, among themselves by their own slips' dates and places.
const behind = 2_000_000

// allocate settles the oldest due items in each book the slip claims, where nobody chose: the opening balance first.
func (b *Book) allocate(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	for _, c := range k.Claims(d) {
		p, ok := b.Masters().Find(string(c.Role), c.Party)
		if !ok || c.Amount <= 0 || d.Settled || chose(d, c.Book) {
			continue
		}
		left := c.Amount
		if k.Money.Settles == c.Book {
			opening, err := tx.OpeningLeft(p.ID, c.Book, settling(c.Book))
			if err != nil {
				return err
			}
			left -= min(left, opening)
		}
		open, err := tx.OpenSlips(p.ID, opening(k, c.Book), int64(d.Date), left)
		if err != nil {
			return err
		}
		for _, o := range open {
			if left == 0 {
				break
			}
			a := min(left, o.Open)
			d.Allocations = append(d.Allocations, slip.Allocation{Target: o.Number, Book: c.Book, Amount: a})
			left -= a
		}
	}
	return nil
}

// chose tells whether a person allocated in the book.
func chose(d *slip.Doc, book slip.Book) bool {
	return slices.ContainsFunc(d.Allocations, func(a slip.Allocation) bool { return a.Book == book })
}

// opening lists the kinds a money kind settles whose slips open items in a book.
func opening(k *slip.Kind, book slip.Book) (list []string) {
	for _, s := range k.From {
		if sk, _ := kinds.ByCode(s.Kind); s.Money && slices.Contains(sk.Money.Opens, book) {
			list = append(list, s.Kind)
		}
	}
	return list
}

// settling lists the kinds of money slips of a book.
func settling(book slip.Book) (list []string) {
	for _, k := range kinds.All {
		if k.Money.Settles == book {
			list = append(list, k.Code)
		}
	}
	return list
}

// overCredit tells when a delivery takes a customer over the credit limit, where the book wants to know.
func (b *Book) overCredit(tx *store.Tx, k *slip.Kind, d *slip.Doc) fault.List {
	p, ok := b.Masters().Find(string(k.RoleOf(d)), d.Party)
	if !ok || b.Settings().OverCredit == "allow" || k.Party != slip.Customers || k.Stock.Direction >= 0 || p.Get("credit_limit") == "" {
		return nil
	}
	limit, _ := num.ParseAmount(p.Get("credit_limit"))
	owed, err := tx.PartyBalance(p.ID, slip.Receivable)
	if err != nil || d.Gross <= 0 || owed+d.Gross <= limit {
		return nil
	}
	return fault.List{fault.New(fault.Refused, "%s 应收 %s，超过信用额度 %s", "%s will owe %s, over the credit limit of %s", p.Get("name"), (owed + d.Gross).Grouped(), limit.Grouped()).At("party")}
}

// executeSources brings the executed quantities and statuses of the orders behind a slip in step (after audit and un-audit).
func (b *Book) executeSources(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	orders := map[int64]bool{}
	for i := range d.Lines {
		line := d.Lines[i].SourceID
		for line != 0 {
			src, sl, err := sourceOf(tx, &slip.Line{SourceID: line})
			if err != nil {
				return err
			}
			sk, _ := kinds.ByCode(src.Kind)
			if sk.Awaits(src) {
				q, err := executed(tx, sk, sl)
				if err != nil {
					return err
				}
				if err := tx.SetDone(sl.ID, q); err != nil {
					return err
				}
				orders[src.ID] = true
			}
			line = sl.SourceID
		}
	}
	for id := range orders {
		if err := restate(tx, id); err != nil {
			return err
		}
	}
	return nil
}

// executed is what audited successors took from an order line, less what came back to be sent again.
func executed(tx *store.Tx, sk *slip.Kind, l *slip.Line) (num.Quantity, error) {
	links, err := tx.LinkedLines(l.ID)
	var q num.Quantity
	for _, x := range links {
		xk, _ := kinds.ByCode(x.Kind)
		if s, ok := xk.Source(sk.Code); !ok || !s.Executes || !x.Status.Live() {
			continue
		}
		if x.Kind == sk.Code { // also what a red letter brought back need not arrive any more
			x.Base = max(x.Base, -x.Base)
		}
		q += x.Base
		back, err := tx.LinkedLines(x.Line)
		if err != nil {
			return 0, err
		}
		for _, r := range back {
			if r.Status.Live() && (r.Redeliver || r.Kind == x.Kind) {
				q -= max(r.Base, -r.Base)
			}
		}
	}
	return q, err
}

// restate works an order's status out of its lines.
func restate(tx *store.Tx, id int64) error {
	d, err := tx.Read(id)
	if err != nil || d.Status == slip.Closed || !d.Status.Live() {
		return err
	}
	all, full, none, err := tx.DoneLines(id)
	if err != nil {
		return err
	}
	s := slip.PartlyDone
	if full == all {
		s = slip.Done
	} else if none == all {
		s = slip.Audited
	}
	if s != d.Status {
		if err := tx.SetStatus(id, s, ""); err != nil {
			return err
		}
	}
	k, err := kinds.Lookup(d.Kind)
	if err != nil {
		return err
	}
	return keepPromised(tx, k, d, true)
}
