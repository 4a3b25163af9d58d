package workflow

import (
	"cmp"
	"slices"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/ledger"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// The costing methods (rule 2.3).
const (
	Average = "average" // moving average 移动加权平均
	FIFO    = "fifo"    // first in first out 先进先出
	Monthly = "monthly" // monthly weighted average 全月一次加权平均: the moving average is its estimate until the month is closed
)

const methods = Average + " " + FIFO + " " + Monthly

// Turn is a change of the costing method at a month's start.
type Turn struct {
	From text.Month
	To   string
}

// CostingAt returns the costing method of a month.
func (s Settings) CostingAt(m text.Month) string {
	method := s.Costing
	for _, t := range s.Turns {
		if t.From <= m {
			method = t.To
		}
	}
	return method
}

func (s Settings) method() ledger.Method {
	m := ledger.Method{FIFO: s.Costing == FIFO, Company: s.Pool == "company"}
	for _, t := range s.Turns {
		m.Turns = append(m.Turns, ledger.Turn{From: t.From.First(), FIFO: t.To == FIFO})
	}
	return m
}

// parseTurns reads what turnsText wrote: "2026-03 fifo 2026-07 average".
func parseTurns(s string) (list []Turn) {
	w := strings.Fields(s)
	for i := 0; i+1 < len(w); i += 2 {
		m, _ := text.ParseMonth(w[i])
		list = append(list, Turn{m, w[i+1]})
	}
	return list
}

func turnsText(list []Turn) string {
	var w []string
	for _, t := range list {
		w = append(w, t.From.String(), t.To)
	}
	return strings.Join(w, " ")
}

// turned are the settings with another costing method from a month on; later changes fall away. The same method as before the month
// takes the change of that month back.
func (s Settings) turned(method string, from text.Month) Settings {
	s.Turns = slices.DeleteFunc(slices.Clone(s.Turns), func(t Turn) bool { return t.From >= from })
	if s.CostingAt(from) != method {
		s.Turns = append(s.Turns, Turn{from, method})
	}
	return s
}

// CheckCosting tells why the costing method cannot change from a month on: it does so only at the start of an open month, of the next one at
// the latest.
func (b *Book) CheckCosting(method string, from text.Month) error {
	s, latest := b.Settings(), b.Today().Month().Next()
	switch {
	case !has(methods, method):
		return fault.New(fault.Usage, "成本计价方法只有 %s，没有“%s”", "the costing method is one of %s, not %q", strings.ReplaceAll(methods, " ", ", "), method).At("costing")
	case from < s.Start:
		return fault.New(fault.Refused, "%s 早于启用月份 %s", "%s is before the book's start %s", from, s.Start).At("from")
	case from.First() <= s.Closed:
		return fault.New(fault.Refused, "%s 已结账，计价方法只能从未结账的月份开始改变", "%s is closed; the method changes only from an open month on", from).At("from")
	case from > latest:
		return fault.New(fault.Refused, "最晚从 %s 开始改变", "the method changes from %s on at the latest", latest).At("from")
	case slices.Equal(s.turned(method, from).Turns, s.Turns):
		return fault.New(fault.Refused, "%s 起本来就是这个方法", "that is the method from %s on already", from).At("costing")
	}
	return nil
}

// ChangeCosting reckons costs by another method from the start of an open month on. What lies in stock then keeps its value (under FIFO
// as one layer of that day); all later issues are costed again. Later changes of the method fall away.
func (b *Book) ChangeCosting(method string, from text.Month) error {
	return b.change("costing", from.String(), func(tx *store.Tx) (map[string]string, auditlog.Detail, error) {
		if err := b.CheckCosting(method, from); err != nil {
			return nil, auditlog.Detail{}, err
		}
		was := b.Settings()
		next := was.turned(method, from)
		return map[string]string{"costing_turns": turnsText(next.Turns)}, auditlog.Detail{Changes: []auditlog.Change{{Field: "costing", Before: was.CostingAt(from), After: method}}}, b.under(next).recostFrom(tx, from)
	})
}

// under is the book under other settings, for a transaction.
func (b *Book) under(s Settings) *Book {
	other := newBook(b.db, b.User, s)
	other.Now = b.Now
	return other
}

// recostFrom costs everything from a month on again.
func (b *Book) recostFrom(tx *store.Tx, m text.Month) error {
	products, err := tx.MovedSince(m.First())
	if err != nil {
		return err
	}
	w := newWalk(tx, b.Settings().method())
	return b.short(tx, nil, w.all(products, &ledger.Row{Date: m.First()}, nil))
}

// CostingTrial is what another costing method would change.
type CostingTrial struct {
	Method string
	From   text.Month
	Was    []Turn          // changes of the method after that, which fall away
	Stock  []ProductChange // products whose stock would have another value, by code
	Profit []MonthChange   // months whose profit would be another
}

// TryCosting says what ChangeCosting would change by the end of this month. Both methods are compared as if the months that are open were
// closed, so that a month's average counts and not its estimate.
func (b *Book) TryCosting(method string, from text.Month) (CostingTrial, error) {
	t := CostingTrial{Method: method, From: from}
	if err := b.need(rights.Need("book.costing")); err != nil {
		return t, err
	}
	if _, err := b.DB.Refresh(); err != nil {
		return t, err
	}
	if err := b.CheckCosting(method, from); err != nil {
		return t, err
	}
	s := b.Settings()
	for _, x := range s.Turns {
		if x.From > from {
			t.Was = append(t.Was, x)
		}
	}
	now, err := b.under(s).reckoned(0)
	if err != nil {
		return t, err
	}
	then, err := b.under(s.turned(method, from)).reckoned(from)
	if err != nil {
		return t, err
	}
	return t, b.compareCosting(&t, now, then)
}

// reckoned finds what the ledgers would change by, were costs reckoned anew from a month on (0: as they are) and all months closed.
func (b *Book) reckoned(from text.Month) (c store.Changes, err error) {
	err = b.db.Write(func(tx *store.Tx) error {
		if from != 0 {
			if err := b.recostFrom(tx, from); err != nil {
				return err
			}
		}
		for m := b.Settings().FirstOpen(); m <= b.Today().Month(); m = m.Next() {
			if err := b.closeCost(tx, m); err != nil {
				return err
			}
		}
		if err := tx.Dispatch(); err != nil {
			return err
		}
		c = tx.Changes()
		return store.ErrTrial
	})
	if err == store.ErrTrial {
		err = nil
	}
	return c, err
}

// compareCosting tells what two reckonings differ by.
func (b *Book) compareCosting(t *CostingTrial, now, then store.Changes) error {
	lie, err := b.DB.StockNow()
	if err != nil {
		return err
	}
	for id, x := range lie {
		if before, after := x.Value+now.Products[id].Value, x.Value+then.Products[id].Value; before != after {
			p, _ := b.Masters().ByID(master.Products.Code, id)
			t.Stock = append(t.Stock, ProductChange{p.Code(), x.Qty, x.Qty, Span{before, after}})
		}
	}
	slices.SortFunc(t.Stock, func(a, b ProductChange) int { return strings.Compare(a.Product, b.Product) })
	earned, err := b.DB.ProfitByMonth()
	if err != nil {
		return err
	}
	before, after := profits(now), profits(then)
	for m, v := range earned {
		if before[m] != after[m] {
			t.Profit = append(t.Profit, MonthChange{m, Span{v + before[m], v + after[m]}})
		}
	}
	slices.SortFunc(t.Profit, func(a, b MonthChange) int { return cmp.Compare(a.Month, b.Month) })
	return nil
}
