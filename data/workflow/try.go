package workflow

import (
	"cmp"
	"slices"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Trial is what a step would change, found by doing it and taking it back.
type Trial struct {
	Numbers []string // slips un-audited or audited by the step
	Slips   []Recost // slips whose stock value changes, in ledger order
	Stock   num.Amount
	Parties []PartyChange
	Profit  []MonthChange
}

// Recost is a slip whose stock value changes by Change; Prints tells how often its paper was printed already.
type Recost struct {
	Number string
	Date   text.Date
	Change num.Amount
	Prints int
}

// PartyChange is a change of what a party owes or is owed.
type PartyChange struct {
	Party  string
	Book   slip.Book
	Change num.Amount
}

// MonthChange is a change of a month's profit.
type MonthChange struct {
	Month  text.Month
	Change num.Amount
}

// TryUnaudit says what un-auditing would change.
func (b *Book) TryUnaudit(ref string, cascade bool) (Trial, error) {
	return b.try(func(tx *store.Tx) ([]string, error) {
		d, err := find(tx, ref)
		if err != nil {
			return nil, err
		}
		return b.unaudit(tx, d, cascade)
	})
}

// TryAudit says what auditing would change.
func (b *Book) TryAudit(ref string) (Trial, error) {
	return b.try(func(tx *store.Tx) ([]string, error) {
		d, err := find(tx, ref)
		if err != nil {
			return nil, err
		}
		_, err = b.audit(tx, d)
		return []string{d.Number}, err
	})
}

// TryCorrect says what Correct would change.
func (b *Book) TryCorrect(d, red *slip.Doc) (Trial, error) {
	return b.try(func(tx *store.Tx) ([]string, error) { return b.correct(tx, d, red) })
}

func (b *Book) try(step func(*store.Tx) ([]string, error)) (t Trial, err error) {
	err = b.DB.Write(func(tx *store.Tx) error {
		if t.Numbers, err = step(tx); err != nil {
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

// sumUp turns the transaction's changes into what people ask for.
func (b *Book) sumUp(tx *store.Tx, t *Trial) error {
	if err := tx.Dispatch(); err != nil {
		return err
	}
	c := tx.Changes()
	t.Stock = c.Stock
	for id, v := range c.Slips {
		d, err := tx.Slip(id)
		if err != nil {
			return err
		}
		t.Slips = append(t.Slips, Recost{d.Number, d.Date, v, d.Prints})
	}
	slices.SortFunc(t.Slips, func(a, b Recost) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Number, b.Number)) })
	for k, v := range c.Parties {
		if p, ok := b.DB.PartyByID(k.Party); ok {
			t.Parties = append(t.Parties, PartyChange{p.Code(), k.Book, v})
		}
	}
	slices.SortFunc(t.Parties, func(a, b PartyChange) int { return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Book, b.Book)) })
	profit := map[text.Month]num.Amount{}
	for k, v := range c.Accounts {
		if k.Account[0] == '5' { // profit and loss accounts begin with 5 in 小企业会计准则
			profit[k.Month] -= v
		}
	}
	for m, v := range profit {
		if v != 0 {
			t.Profit = append(t.Profit, MonthChange{m, v})
		}
	}
	slices.SortFunc(t.Profit, func(a, b MonthChange) int { return cmp.Compare(a.Month, b.Month) })
	return nil
}
