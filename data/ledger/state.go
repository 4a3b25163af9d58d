package ledger

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// String writes a state so that ParseState reads it back: figures between tabs, warehouses in order, what is empty left out.
func (s *State) String() string {
	w := writer{}
	w.put(int64(s.Rows), known(s.Bought), int64(s.Bought.Unit))
	var stock []int64
	for id, q := range s.Stock {
		if q != 0 {
			stock = append(stock, id)
		}
	}
	slices.Sort(stock)
	w.put(int64(len(stock)))
	for _, id := range stock {
		w.put(id, int64(s.Stock[id]))
	}
	var pools []int64
	for id, p := range s.Pools {
		if p.Qty != 0 || p.Value != 0 || p.Last.Known {
			pools = append(pools, id)
		}
	}
	slices.Sort(pools)
	w.put(int64(len(pools)))
	for _, id := range pools {
		w.pool(id, s.Pools[id])
	}
	w.lots(s.Lots)
	return string(w.b)
}

type writer struct{ b []byte }

func (w *writer) put(figures ...int64) {
	for _, n := range figures {
		if len(w.b) > 0 {
			w.b = append(w.b, '\t')
		}
		w.b = strconv.AppendInt(w.b, n, 10)
	}
}

func (w *writer) pool(id int64, p *Pool) {
	w.put(id, int64(p.Qty), int64(p.Value), known(p.Last), int64(p.Last.Unit), int64(len(p.Layers)))
	for _, l := range p.Layers {
		w.put(int64(l.Date), l.Place, int64(l.Seq), l.Line, int64(l.Qty), int64(l.Value))
	}
	w.put(int64(len(p.Debts)))
	for _, d := range p.Debts {
		w.put(d.Line, int64(d.Qty), int64(d.Value))
		w.b = append(append(w.b, '\t'), d.Contra...)
	}
}

// lots stand at the end, only where there are any: lot, warehouse, quantity.
func (w *writer) lots(s lotStock) {
	for _, lot := range slices.Sorted(maps.Keys(s)) {
		for _, wh := range slices.Sorted(maps.Keys(s[lot])) {
			w.put(lot, wh, int64(s[lot][wh]))
		}
	}
}

func known(c Cost) int64 {
	if c.Known {
		return 1
	}
	return 0
}

// ParseState reads what String wrote.
func ParseState(t string) (*State, error) {
	r := reader{rest: t}
	s := NewState()
	s.Rows, s.Bought = int(r.next()), r.cost()
	for n := r.next(); n > 0 && r.err == nil; n-- {
		id := r.next()
		s.Stock[id] = num.Quantity(r.next())
	}
	for n := r.next(); n > 0 && r.err == nil; n-- {
		id := r.next()
		p := &Pool{Qty: num.Quantity(r.next()), Value: num.Amount(r.next()), Last: r.cost()}
		for n := r.next(); n > 0 && r.err == nil; n-- {
			p.Layers = append(p.Layers, Layer{text.Date(r.next()), r.next(), int(r.next()), r.next(), num.Quantity(r.next()), num.Amount(r.next())})
		}
		for n := r.next(); n > 0 && r.err == nil; n-- {
			p.Debts = append(p.Debts, Debt{r.next(), num.Quantity(r.next()), num.Amount(r.next()), r.word()})
		}
		s.Pools[id] = p
	}
	for r.rest != "" && r.err == nil {
		s.Lots.add(r.next(), r.next(), num.Quantity(r.next()))
	}
	return s, r.err
}

type reader struct {
	rest string
	err  error
}

func (r *reader) word() string {
	w, rest, _ := strings.Cut(r.rest, "\t")
	r.rest = rest
	return w
}

func (r *reader) next() int64 {
	n, err := strconv.ParseInt(r.word(), 10, 64)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("kept state: %w", err)
	}
	return n
}

func (r *reader) cost() Cost { return Cost{r.next() != 0, num.Price(r.next())} }
