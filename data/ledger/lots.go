package ledger

import (
	"slices"
	"strconv"
	"strings"

	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// LotQty is so much of a lot, signed as the row it belongs to.
type LotQty struct {
	Lot int64 // 0: goods of a tracked product whose lot is not known; nobody may take them
	Qty num.Quantity
}

// Lots say of which lots a row's quantity is. They carry quantities only; what goods cost is the pool's. Written as figures between tabs,
// so that rows compare; rows of products without lots have none.
type Lots string

// PackLots writes lots in their order.
func PackLots(list []LotQty) Lots {
	w := writer{}
	slices.SortFunc(list, func(a, b LotQty) int { return int(a.Lot - b.Lot) })
	for _, x := range list {
		w.put(x.Lot, int64(x.Qty))
	}
	return Lots(w.b)
}

// List reads what PackLots wrote.
func (l Lots) List() (list []LotQty) {
	for rest := string(l); rest != ""; {
		var lot, q string
		lot, rest, _ = strings.Cut(rest, "\t")
		q, rest, _ = strings.Cut(rest, "\t")
		id, _ := strconv.ParseInt(lot, 10, 64)
		n, _ := strconv.ParseInt(q, 10, 64)
		list = append(list, LotQty{id, num.Quantity(n)})
	}
	return list
}

// lotStock is how much of each lot lies in each warehouse; what is empty is left out.
type lotStock map[int64]map[int64]num.Quantity

func (s lotStock) at(lot, warehouse int64) num.Quantity { return s[lot][warehouse] }

// everywhere is how much of a lot there is in all warehouses.
func (s lotStock) everywhere(lot int64) (q num.Quantity) {
	for _, n := range s[lot] {
		q += n
	}
	return q
}

func (s lotStock) add(lot, warehouse int64, q num.Quantity) {
	at := s[lot]
	if at == nil {
		at = map[int64]num.Quantity{}
		s[lot] = at
	}
	if at[warehouse] += q; at[warehouse] == 0 {
		delete(at, warehouse)
	}
	if len(at) == 0 {
		delete(s, lot)
	}
}

func (s lotStock) clone() lotStock {
	c := make(lotStock, len(s))
	for lot, at := range s {
		m := make(map[int64]num.Quantity, len(at))
		for w, q := range at {
			m[w] = q
		}
		c[lot] = m
	}
	return c
}

// moveLots moves the lots of a row; a count finds out what of its one lot is missing or over.
func (s *State) moveLots(r *Row) {
	if r.Basis == slip.Counted {
		r.Lots = PackLots([]LotQty{{r.Lots.List()[0].Lot, r.Qty}})
	}
	for _, x := range r.Lots.List() {
		s.Lots.add(x.Lot, r.Warehouse, x.Qty)
	}
}

// counted is what the book says lies where a row counts: of its lot, where it has one.
func (s *State) counted(r *Row) num.Quantity {
	if r.Lots == "" {
		return s.Stock[r.Warehouse]
	}
	return s.Lots.at(r.Lots.List()[0].Lot, r.Warehouse)
}

// checkLots finds a lot of which a row takes more than is there, or a serial number that would be there twice.
func (e *Engine) checkLots(r *Row) *Short {
	s := e.State(r.Product)
	for _, x := range r.Lots.List() {
		if left := s.Lots.at(x.Lot, r.Warehouse); left < 0 && x.Qty < 0 {
			return &Short{Row: r, Left: left, Lot: x.Lot}
		}
		if n := s.Lots.everywhere(x.Lot); x.Qty > 0 && n > num.QuantityOne && e.Serial != nil && e.Serial(r.Product) {
			return &Short{Row: r, Left: n, Lot: x.Lot, Twice: true}
		}
	}
	return nil
}
