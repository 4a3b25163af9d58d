package workflow

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/ledger"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Proofs is how many proofs verify makes.
const Proofs = 13

// Proof is one line of verify: what is proved, and what contradicts it.
type Proof struct {
	Number int
	Title  text.Text
	Faults []string
}

// Holds tells whether the proof stands.
func (p Proof) Holds() bool { return len(p.Faults) == 0 }

// Damage is the proof of the file itself, of a book that is too damaged to be opened for the others; it only reads.
func Damage(path string) Proof { return Proof{wholeFile, wholeFileTitle, store.Damage(path)} }

// The proof that needs nothing but the file.
const wholeFile = 11

var wholeFileTitle = text.T("数据库完整", "SQLite's integrity and foreign keys")

// Verify proves that the book agrees with itself (rule 2.7).
func (b *Book) Verify() ([]Proof, error) { return b.Prove(context.Background(), nil) }

// Prove is Verify telling of every proof as it is done, and of how many there are; it stops where ctx is cancelled, with its error.
// All proofs speak of one moment: others may go on writing meanwhile. The log is held, too, against anchors kept outside the book (J5).
func (b *Book) Prove(ctx context.Context, done func(p Proof, all int), outside ...auditlog.Anchor) (list []Proof, err error) {
	err = b.Still(func(still *Book) error {
		list, err = still.prove(ctx, done, outside)
		return err
	})
	return list, err
}

func (b *Book) prove(ctx context.Context, done func(p Proof, all int), outside []auditlog.Anchor) ([]Proof, error) {
	both := func(f func() ([]store.Difference, error), what string) func() ([]string, error) {
		return func() ([]string, error) {
			rows, err := f()
			var bad []string
			for _, r := range rows {
				bad = append(bad, fmt.Sprintf(what, r.Of, num.Amount(r.A), num.Amount(r.B)))
			}
			return bad, err
		}
	}
	daily := func(f func() ([]store.DayDifference, error), what string) func() ([]string, error) {
		return func() ([]string, error) {
			rows, err := f()
			var bad []string
			for _, r := range rows {
				bad = append(bad, fmt.Sprintf(what, r.Of, r.Day, r.Ledger, r.Account))
			}
			return bad, err
		}
	}
	quantities := func(f func() ([]store.Difference, error), what string) func() ([]string, error) {
		return func() ([]string, error) {
			rows, err := f()
			var bad []string
			for _, r := range rows {
				bad = append(bad, fmt.Sprintf(what, r.Of, num.Quantity(r.A), num.Quantity(r.B)))
			}
			return bad, err
		}
	}
	db, log := b.DB, &inquiry.LogProof{Book: b.Book, Outside: outside, Owner: b.ownerKey()}
	steps := []struct {
		n      int
		zh, en string
		run    func() ([]string, error)
	}{
		{1, "每张凭证借贷相等", "every voucher balances", both(db.Unbalanced, "%v: debit %s, credit %s")},
		{2, "库存明细账 = 存货科目", "stock ledger = stock accounts", every(daily(db.StockAgainstAccounts, "account %v on %s: stock ledger %s, account %s"),
			both(db.DispatchFaults, "goods dispatched %v: kept %s, delivered and not invoiced %s"))},
		{3, "往来明细账 = 往来科目", "party ledgers = 1122, 1123, 220201, 2203", daily(db.PartyAgainstAccounts, "%v on %s: party ledger %s, account %s")},
		{4, "资金账 = 1001、1002", "cash books = 1001, 1002", daily(db.CashAgainstAccounts, "account %v on %s: cash book %s, account %s")},
		{5, "余额 = 明细之和", "kept balances = sums of their ledgers", every(func() ([]string, error) {
			rows, err := db.KeptBalances(inquiry.Openings, inquiry.Promising)
			var bad []string
			for _, r := range rows {
				bad = append(bad, fmt.Sprintf("%v: kept %v, summed %v", r.Of, r.A, r.B))
			}
			return bad, err
		}, both(func() ([]store.Difference, error) { return db.HeadTotals(kinds.Lined()) }, "%v: the head says %s, the lines %s"), b.waitingHolds)},
		{6, "核销不超过单据", "no allocation exceeds its slip", every(both(func() ([]store.Difference, error) { return db.OverAllocated(inquiry.Openings) }, "%v: allocated %s of %s"), quantities(db.OverMatched, "%v: matched %s of %s"))},
		{7, "订单执行数量 = 关联数量", "executed quantities of orders = sum of links", func() ([]string, error) {
			rows, err := db.Executed(inquiry.Carried(), inquiry.Promising)
			var bad []string
			for _, r := range rows {
				bad = append(bad, fmt.Sprintf("%v line %v: executed %s, links %s", r.Number, r.No, r.Done, r.Links))
			}
			return bad, err
		}},
		{8, "单号连续", "numbers are gapless", b.gaps},
		{9, "从单据重算结果一致", "re-costing everything from the slips changes nothing", every(func() ([]string, error) { return b.recost(ctx, log.See) }, b.openingHolds, both(db.Untrue, "%v: trued up by %s, its invoices say %s"))},
		{10, "操作日志链完整", "the audit log's chain is unbroken", log.Holds},
		{wholeFile, wholeFileTitle.Zh, wholeFileTitle.En, every(func() ([]string, error) {
			bad, err := db.Integrity()
			if bad != "" {
				return []string{bad}, err
			}
			return nil, err
		}, db.LostItems)},
		{12, "没有单据过账到已结账的月份", "nothing that posts was entered into a closed month", b.closedHolds},
		{13, "变更号与序号不超前", "ticks, sequences and requests do not run ahead", db.AheadOfTick},
	}
	var list []Proof
	for _, s := range steps {
		if err := ctx.Err(); err != nil {
			return list, err
		}
		bad, err := proved(ctx, db.Told, s.run)
		if fault.Is(err, fault.Damaged) { // what cannot be read is not proved, and the others still may be
			bad, err = append(bad, fault.Of(err)[0].In(text.En)), nil
		}
		if err != nil {
			return list, fmt.Errorf("proof %d: %w", s.n, err)
		}
		title := text.T(s.zh, s.en)
		if s.n == 10 {
			title = log.Told(title)
		}
		list = append(list, Proof{s.n, title, bad})
		if done != nil {
			done(list[len(list)-1], len(steps))
		}
	}
	return list, nil
}

// proved runs a proof. One that damage brings to a stop fails: it says at what, and the number under which the log tells more. What has words
// for people, or that the book is being closed or the proof was cancelled, is no word on the book and comes back.
func proved(ctx context.Context, words func(error) error, run func() ([]string, error)) (bad []string, err error) {
	err = fault.Guard(func() (err error) {
		bad, err = run()
		return err
	})
	var p *fault.Panic
	switch err = words(err); {
	case errors.As(err, &p):
		return append(bad, fmt.Sprintf("could not be worked out: %v (#%s in the log)", p.Value, files.Log(err))), nil
	case err == nil || ctx.Err() != nil || fault.Of(err) != nil || store.Shut(err):
		return bad, err
	}
	return append(bad, fmt.Sprintf("could not be worked out: %v (#%s in the log)", err, files.Log(err))), nil
}

// every runs several checks of one proof.
func every(list ...func() ([]string, error)) func() ([]string, error) {
	return func() (bad []string, err error) {
		for _, f := range list {
			more, err := f()
			if err != nil {
				return bad, err
			}
			bad = append(bad, more...)
		}
		return bad, nil
	}
}

// gaps looks for numbers that are missing, of each kind and its number's month.
func (b *Book) gaps() ([]string, error) {
	rows, err := b.DB.Numbers(kinds.Hidden())
	if err != nil {
		return nil, err
	}
	type key struct {
		kind  string
		month text.Month
	}
	count, top := map[key]int{}, map[key]int{}
	var bad []string
	for _, r := range rows {
		k, ok := kinds.ByCode(r.Kind)
		if !ok {
			bad = append(bad, fmt.Sprintf("%v: of the kind %q, which there is not", r.Number, r.Kind))
			continue
		}
		m, n, ok := ParseNumber(k, r.Number)
		if !ok {
			bad = append(bad, fmt.Sprintf("%v: not a number of its kind", r.Number))
			continue
		}
		count[key{k.Code, m}]++
		top[key{k.Code, m}] = max(top[key{k.Code, m}], n)
	}
	counters, err := b.DB.Counters()
	if err != nil {
		return nil, err
	}
	for _, c := range counters {
		k := key{c.Kind, c.Month}
		if last := c.Last; count[k] != last || top[k] != last {
			bad = append(bad, fmt.Sprintf("%s %s: %d slips, highest %d, counter %d", k.kind, k.month, count[k], top[k], last))
		}
		delete(count, k)
	}
	for k, n := range count {
		bad = append(bad, fmt.Sprintf("%s %s: %d slips, highest %d, no counter", k.kind, k.month, n, top[k]))
	}
	slices.Sort(bad)
	return bad, nil
}

// recost works every ledger out again from the slips alone and compares.
func (b *Book) recost(ctx context.Context, see func(*slip.Doc)) ([]string, error) {
	var bad []string
	err := b.db.Write(func(tx *store.Tx) error {
		steps, err := b.DB.Steps()
		if err != nil {
			return err
		}
		marks, err := b.DB.Marks()
		if err != nil {
			return err
		}
		r := recosting{b: b, tx: tx, see: see, e: ledger.NewEngine(b.Settings().method()), months: newMonthEnds(b), moved: map[int64]bool{}}
		r.e.Serial = serials(tx)
		states := keptStates(marks)
		for len(steps) > 0 {
			n, at := 1, steps[0]
			for n < len(steps) && steps[n].Date == at.Date && steps[n].Place == at.Place {
				n++
			}
			if err := errors.Join(ctx.Err(), r.place(steps[:n])); err != nil {
				return err
			}
			r.bad = append(r.bad, states.compare(r.e, at.Date, at.Place)...)
			steps = steps[n:]
		}
		if err := r.months.turn(0); err != nil {
			return err
		}
		bad = slices.Concat(r.bad, r.months.bad, states.last(r.e, r.moved))
		return store.ErrTrial
	})
	if err == store.ErrTrial {
		err = nil
	}
	return bad, err
}

// recosting walks over all slips in ledger order.
type recosting struct {
	b      *Book
	tx     *store.Tx
	e      *ledger.Engine
	months monthEnds
	moved  map[int64]bool  // the products that have rows
	see    func(*slip.Doc) // is shown every slip
	bad    []string
}

// told is what a slip says of one place.
type told struct {
	doc   *slip.Doc
	fresh []*ledger.Row
}

// place works out what stands at one place: a slip's rows, and behind them what landed costs add to its goods. Only counts have more
// than one place.
func (r *recosting) place(steps []store.Step) error {
	var slips []told
	var rows []*ledger.Row
	for _, s := range steps {
		t, err := r.step(s)
		if fault.Is(err, fault.Damaged) { // of this slip nothing can be worked out; the others go on
			r.bad = append(r.bad, fault.Of(err)[0].In(text.En))
			continue
		}
		if err != nil {
			return err
		}
		if t.doc != nil {
			slips, rows = append(slips, t), append(rows, t.fresh...)
			for _, row := range t.fresh {
				r.moved[row.Product] = true
			}
		}
	}
	var made []*ledger.Row
	if len(rows) > 0 {
		slices.SortStableFunc(rows, func(a, b *ledger.Row) int { return cmp.Compare(a.Seq, b.Seq) })
		if err := r.e.Slip(rows); err != nil {
			r.bad = append(r.bad, fmt.Sprintf("%s: %v", slips[0].doc.Number, err))
			return nil
		}
		made = slices.Clone(r.e.Made)
		slices.SortFunc(made, func(a, b *ledger.Row) int {
			return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Product, b.Product))
		})
	}
	for _, t := range slips {
		for _, c := range made {
			if c.Slip == t.doc.ID {
				t.fresh = append(t.fresh, c)
			}
		}
		if err := r.compare(t, steps[0].Place); err != nil {
			return fmt.Errorf("%s: %w", t.doc.Number, err)
		}
	}
	return nil
}

// step asks a slip what it does at a place, and holds its voucher against that; a slip that posts nothing says nothing.
func (r *recosting) step(s store.Step) (told, error) {
	d, err := r.tx.Slip(s.Slip)
	if err != nil {
		return told{}, err
	}
	if d == nil {
		r.bad = append(r.bad, fmt.Sprintf("on %s, place %d: rows of a slip that is not there (no. %d inside)", s.Date, s.Place, s.Slip))
		return told{}, nil
	}
	r.see(d)
	k, ok := kinds.ByCode(d.Kind)
	if !ok || !k.Posts() || !d.Status.Live() {
		return told{}, nil
	}
	if err := r.months.turn(s.Date.Month()); err != nil {
		return told{}, err
	}
	eff, err := k.Post(d)
	if err != nil {
		return told{}, fmt.Errorf("%s: %w", d.Number, err)
	}
	fresh, err := r.b.rows(r.tx, d, eff)
	if err == nil && k == kinds.MonthCost {
		fresh, err = r.months.made(d)
	}
	if err != nil {
		return told{}, fmt.Errorf("%s: %w", d.Number, err)
	}
	entries, err := r.b.DB.Entries(d.ID)
	if fmt.Sprint(entries) != fmt.Sprint(eff.Entries) {
		r.bad = append(r.bad, fmt.Sprintf("%s: voucher stored %v, from the slip %v", d.Number, entries, eff.Entries))
	}
	return told{d, slices.DeleteFunc(fresh, func(r *ledger.Row) bool { return r.Place != s.Place })}, err
}

// compare holds the rows of a slip stored at a place against those worked out.
func (r *recosting) compare(t told, place int64) error {
	stored, err := r.tx.RowsOf(t.doc.ID)
	if err != nil {
		return err
	}
	stored = slices.DeleteFunc(stored, func(r *ledger.Row) bool { return r.Place != place })
	r.months.add(t.fresh)
	if len(stored) != len(t.fresh) {
		r.bad = append(r.bad, fmt.Sprintf("%s: %d stock rows stored, %d from the slip", t.doc.Number, len(stored), len(t.fresh)))
		return nil
	}
	for i, row := range stored {
		f := *t.fresh[i]
		f.ID = row.ID
		if f != *row {
			r.bad = append(r.bad, fmt.Sprintf("%s row %d: stored %s at %s, from the slip %s at %s", t.doc.Number, i+1, row.Qty, row.Value, f.Qty, f.Value))
		}
	}
	return nil
}

// keptAt are states kept on the way by their place, and the last ones.
type keptAt struct {
	at   map[[2]int64][]store.Mark
	head map[int64]string
}

func keptStates(marks []store.Mark) keptAt {
	k := keptAt{map[[2]int64][]store.Mark{}, map[int64]string{}}
	for _, m := range marks {
		if m.Place < 0 {
			k.head[m.Product] = m.State
			continue
		}
		at := [2]int64{int64(m.Date), m.Place}
		k.at[at] = append(k.at[at], m)
	}
	return k
}

// compare holds the states kept at a place against those worked out.
func (k keptAt) compare(e *ledger.Engine, date text.Date, place int64) (bad []string) {
	at := [2]int64{int64(date), place}
	for _, m := range k.at[at] {
		if s := e.State(m.Product).String(); s != m.State {
			bad = append(bad, fmt.Sprintf("state of product %d on %s: kept %q, worked out %q", m.Product, date, m.State, s))
		}
	}
	delete(k.at, at)
	return bad
}

// last compares the last states of the products that moved; states kept where nothing stands are wrong too.
func (k keptAt) last(e *ledger.Engine, moved map[int64]bool) (bad []string) {
	for _, p := range slices.Sorted(maps.Keys(moved)) {
		if _, kept := k.head[p]; !kept {
			bad = append(bad, fmt.Sprintf("last state of product %d is not kept, worked out %q", p, e.State(p).String()))
		}
	}
	for p, state := range k.head {
		if s := e.State(p).String(); s != state {
			bad = append(bad, fmt.Sprintf("last state of product %d: kept %q, worked out %q", p, state, s))
		}
	}
	for at, list := range k.at {
		bad = append(bad, fmt.Sprintf("state of product %d kept on %s, where nothing stands", list[0].Product, text.Date(at[0])))
	}
	return bad
}

// openingHolds holds the opening voucher against the opening data it is made of.
func (b *Book) openingHolds() ([]string, error) {
	said := map[string]int{}
	count := func(l *slip.Line, n int) {
		if l.Product != "" {
			said[fmt.Sprintf("%s %s in %s, %s at %s", l.Product, l.Lot(), l.Warehouse, l.Base, l.Net)] += n
			return
		}
		said[fmt.Sprintf("%s %s %s%s %s", l.Extra["book"], l.Account, l.Party, l.Extra["cash"], l.Debit)] += n
	}
	lines := b.openingLines()
	for i := range lines {
		count(&lines[i], 1)
	}
	id, err := b.DB.SlipID(kinds.OpeningNumber)
	if err != nil {
		return nil, err
	}
	if id > 0 {
		d, err := b.DB.Slip(id)
		if err != nil || d == nil {
			return nil, err
		}
		for i := range d.Lines {
			count(&d.Lines[i], -1)
		}
	}
	var bad []string
	for what, n := range said {
		switch {
		case n > 0:
			bad = append(bad, "the opening data say "+what+", which the opening voucher has not")
		case n < 0:
			bad = append(bad, "the opening voucher has "+what+", which the opening data do not say")
		}
	}
	slices.Sort(bad)
	return bad, nil
}

// line is where the book was closed to from an entry of the log on.
type line struct {
	entry  int64
	closed text.Date
}

// closedHolds follows the line of closing along the log (proof 12): nothing that posts was audited or taken back behind it, it stands where
// the log says, and in every closed month, and in no other, the profit was moved by its voucher.
func (b *Book) closedHolds() (bad []string, err error) {
	s := b.Settings()
	moves, err := b.DB.Closings()
	if err != nil {
		return nil, err
	}
	lines := []line{{}}
	for _, m := range moves {
		month, err := text.ParseMonth(m.Month)
		if err != nil { // an order closed by hand
			continue
		}
		l := line{m.Entry, month.Last()}
		if m.Verb == "reopen" {
			if l.closed = 0; month > s.Start {
				l.closed = month.Prev().Last()
			}
		}
		lines = append(lines, l)
	}
	if last := lines[len(lines)-1].closed; last != s.Closed {
		bad = append(bad, fmt.Sprintf("the book is closed to %s, by the log to %s", cmp.Or(s.Closed.String(), "no day"), cmp.Or(last.String(), "no day")))
	}
	if len(lines) > 1 {
		late, err := b.DB.PostedSince(kinds.Closable(), lines[1].entry)
		if err != nil {
			return nil, err
		}
		for _, p := range late {
			i, _ := slices.BinarySearchFunc(lines, p.Entry, func(l line, e int64) int { return cmp.Compare(l.entry, e) })
			if at := lines[i-1].closed; p.Date <= at {
				bad = append(bad, fmt.Sprintf("%s of %s was audited or taken back when the book was closed to %s", p.Number, p.Date, at))
			}
		}
	}
	more, err := b.closingsHold(s)
	return append(bad, more...), err
}

// closingsHold holds the vouchers of closed months against the line.
func (b *Book) closingsHold(s Settings) (bad []string, err error) {
	own, err := b.DB.LiveOf([]string{kinds.PeriodClose.Code, kinds.MonthCost.Code})
	if err != nil {
		return nil, err
	}
	for _, v := range own {
		if v.Date > s.Closed {
			bad = append(bad, fmt.Sprintf("%s of %s stands, but that month is not closed", v.Number, v.Date))
		}
	}
	profit, err := b.DB.ProfitLeft(s.Closed)
	if err != nil {
		return nil, err
	}
	for _, p := range profit { // by account and month
		if p.Left != 0 {
			bad = append(bad, fmt.Sprintf("%s is closed, but %s moved account %s by %s: more or less than %s took", p.Month, p.Month, p.Account, p.Left, closing(p.Month)))
		}
	}
	return bad, nil
}
