package workflow

import (
	"cmp"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Trial is what a step would change, found by doing it and taking it back.
type Trial struct {
	Numbers  []string   // slips un-audited or audited by the step
	Told     fault.List // what should be known before they are audited
	Slips    []Recost   // slips whose stock value changes, in ledger order
	Stock    Span       // value of all stock
	Products []ProductChange
	Parties  []PartyChange
	Profit   []MonthChange
}

// Span is an amount as it is and as it would be.
type Span struct{ Before, After num.Amount }

// Change is what it would rise by.
func (s Span) Change() num.Amount { return s.After - s.Before }

// Recost is a slip whose stock value changes; Prints tells how often its paper was printed already.
type Recost struct {
	Number string
	Date   text.Date
	Span
	Prints int
}

// Cost is what the slip's goods cost or bring: its stock value without the sign of the direction they go.
func (r Recost) Cost() Span {
	if r.Before < 0 || r.Before == 0 && r.After < 0 {
		return Span{-r.Before, -r.After}
	}
	return r.Span
}

// ProductChange is a change of what is on hand of a product in all warehouses.
type ProductChange struct {
	Product             string
	QtyBefore, QtyAfter num.Quantity
	Value               Span
}

// PartyChange is a change of what a party owes or is owed.
type PartyChange struct {
	Party string
	Book  slip.Book
	Span
}

// MonthChange is a change of a month's profit.
type MonthChange struct {
	Month text.Month
	Span
}

// TryUnaudit says what un-auditing would change.
func (b *Book) TryUnaudit(ref string, cascade bool) (Trial, error) {
	return b.try(func(tx *store.Tx) ([]string, fault.List, error) {
		d, err := b.found(tx, ref)
		if err != nil {
			return nil, nil, err
		}
		numbers, err := b.unaudit(tx, d, cascade)
		return numbers, nil, err
	})
}

// TryAudit says what auditing would change.
func (b *Book) TryAudit(ref string) (Trial, error) {
	return b.try(func(tx *store.Tx) ([]string, fault.List, error) {
		d, err := b.found(tx, ref)
		if err != nil {
			return nil, nil, err
		}
		told, err := b.audit(tx, d)
		return []string{d.Number}, told, err
	})
}

// TryCorrect says what Correct would change.
func (b *Book) TryCorrect(d, red *slip.Doc) (Trial, error) {
	return b.try(func(tx *store.Tx) ([]string, fault.List, error) { return b.correct(tx, d, red) })
}

func (b *Book) try(step func(*store.Tx) ([]string, fault.List, error)) (t Trial, err error) {
	err = b.db.Write(func(tx *store.Tx) error {
		if t.Numbers, t.Told, err = step(tx); err != nil {
			return err
		}
		if err := b.sumUp(tx, &t); err != nil {
			return err
		}
		return store.ErrTrial
	})
	if err == store.ErrTrial {
		err = nil
	}
	return t, err
}

// sumUp turns the transaction's changes into what people ask for. The balances kept in the book are still those before.
func (b *Book) sumUp(tx *store.Tx, t *Trial) error {
	if err := tx.Dispatch(); err != nil {
		return err
	}
	c := tx.Changes()
	for id, v := range c.Slips {
		d, err := tx.Slip(id)
		if err != nil {
			return err
		}
		now, err := tx.StockValueOf(id)
		if err != nil {
			return err
		}
		t.Slips = append(t.Slips, Recost{d.Number, d.Date, Span{now - v, now}, d.Prints})
	}
	slices.SortFunc(t.Slips, func(a, b Recost) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Number, b.Number)) })
	for _, sum := range []func(*store.Tx, store.Changes, *Trial) error{b.sumStock, b.sumParties, b.sumProfit} {
		if err := sum(tx, c, t); err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) sumStock(tx *store.Tx, c store.Changes, t *Trial) error {
	all, err := tx.StockKept(0)
	if err != nil {
		return err
	}
	t.Stock = Span{all.Value, all.Value + c.Stock}
	for id, v := range c.Products {
		p, ok := b.Masters().ByID(master.Products.Code, id)
		if !ok {
			continue
		}
		was, err := tx.StockKept(id)
		if err != nil {
			return err
		}
		t.Products = append(t.Products, ProductChange{p.Code(), was.Qty, was.Qty + v.Qty, Span{was.Value, was.Value + v.Value}})
	}
	slices.SortFunc(t.Products, func(a, b ProductChange) int { return cmp.Compare(a.Product, b.Product) })
	return nil
}

func (b *Book) sumParties(tx *store.Tx, c store.Changes, t *Trial) error {
	for k, v := range c.Parties {
		p, ok := b.DB.PartyByID(k.Party)
		if !ok {
			continue
		}
		now, err := tx.PartyBalance(k.Party, k.Book)
		if err != nil {
			return err
		}
		t.Parties = append(t.Parties, PartyChange{p.Code(), k.Book, Span{now - v, now}})
	}
	slices.SortFunc(t.Parties, func(a, b PartyChange) int { return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Book, b.Book)) })
	return nil
}

func (b *Book) sumProfit(tx *store.Tx, c store.Changes, t *Trial) error {
	for m, v := range profits(c) {
		if v == 0 {
			continue
		}
		was, err := tx.ProfitKept(m)
		if err != nil {
			return err
		}
		t.Profit = append(t.Profit, MonthChange{m, Span{was, was + v}})
	}
	slices.SortFunc(t.Profit, func(a, b MonthChange) int { return cmp.Compare(a.Month, b.Month) })
	return nil
}

// profits are the changes of profit by month.
func profits(c store.Changes) map[text.Month]num.Amount {
	list := map[text.Month]num.Amount{}
	for k, v := range c.Accounts {
		if k.Account[0] == '5' { // profit and loss accounts begin with 5 in 小企业会计准则
			list[k.Month] -= v
		}
	}
	return list
}
