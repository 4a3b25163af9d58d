package workflow

import (
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

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
