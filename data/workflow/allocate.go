package workflow

import (
	"fmt"
	"maps"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// allocate settles the oldest due items in each book the slip claims, where nobody chose: the opening balance first.
func (b *Book) allocate(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	if k.Bills() && d.Gross < 0 {
		return b.allocateRed(tx, k, d)
	}
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

// allocateRed sets a red bill for goods that went back against the bills of those goods, as far as they are open, the oldest due first. One
// that is the red letter of a bill lowers it by itself.
func (b *Book) allocateRed(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	if d.Settled {
		return nil
	}
	left := -d.Gross - max(0, -d.PaidNow()-d.Rounding)
	own := map[string]num.Amount{}
	for i := range d.Lines {
		l := &d.Lines[i]
		mine := -l.Gross
		for _, m := range l.Matches {
			if !m.Back || mine <= 0 || left <= 0 {
				continue
			}
			_, back, err := sourceOf(tx, &slip.Line{SourceID: m.Line})
			if err != nil {
				return err
			}
			bills, err := tx.OpenBills(back.SourceID, k.Code, d.Date)
			if err != nil {
				return err
			}
			for _, o := range bills {
				a := max(0, min(mine, left, o.Open-own[o.Number]))
				own[o.Number] += a
				mine, left = mine-a, left-a
			}
		}
	}
	for _, n := range slices.Sorted(maps.Keys(own)) {
		if own[n] > 0 {
			d.Allocations = append(d.Allocations, slip.Allocation{Target: n, Book: k.Money.Opens[0], Amount: own[n]})
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
	if err != nil {
		return fault.List{fault.Internal(fmt.Errorf("what %s owes: %w", d.Party, err))}
	}
	own := d.Gross - d.PaidNow()
	if own <= 0 || owed+own <= limit || !slices.Contains(k.Money.Opens, slip.Receivable) { // over the counter nothing is owed
		return nil
	}
	return fault.List{fault.New(fault.Refused, "超出信用额度：审核后应收 %[2]s，额度 %[3]s，超 %[4]s。", "%s will owe %s, over the credit limit of %s by %s", b.Calls(p), (owed + own).Grouped(),
		limit.Grouped(), (owed + own - limit).Grouped()).At("party").Named(OverCredit)}
}

// refunds tells whether money of a kind pays a slip back instead of settling it: a return, or a red letter of what it settles (7.3.5).
func refunds(k *slip.Kind, t *slip.Doc) bool {
	s, ok := k.Source(t.Kind)
	return ok && s.Money && (s.Refund || t.Gross < 0)
}

// refund is what a money slip pays back of a return, below zero: no more than is left of it, nor than the money.
func refund(tx *store.Tx, id int64, money num.Amount) (num.Amount, error) {
	left, _, err := tx.Refundable(inquiry.Openings, id)
	return -max(0, min(left, money)), err
}

// checkRefund holds what is paid back against what the return has to its party's credit, and what is taken in again against what was paid
// back.
func checkRefund(tx *store.Tx, a *slip.Allocation, t *slip.Doc) (faults fault.List) {
	left, refunded, err := tx.Refundable(inquiry.Openings, t.ID)
	switch {
	case err != nil:
		faults = append(faults, fault.Internal(err))
	case -a.Amount > left:
		faults = append(faults, fault.New(fault.Refused, "退款 %s 超过 %s 可退的 %s", "%s is paid back, more than the %[3]s left of %[2]s", -a.Amount, t.Number, left).At("amount"))
	case a.Amount > refunded:
		faults = append(faults, fault.New(fault.Refused, "%s 是退货，用负数金额退款；已退 %s", "%s is a return: an amount below zero pays it back; %s was paid back", t.Number, refunded).At("amount"))
	}
	return faults
}
