package demo

import (
	"fmt"
	"slices"

	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// restock looks along the shelves of a third of the suppliers each day and orders what runs low.
func (s *shop) restock() error {
	for i, p := range s.suppliers {
		if i%3 != int(s.day)%3 {
			continue
		}
		if err := s.orderFrom(p); err != nil {
			return err
		}
	}
	return nil
}

// orderFrom writes a purchase order for what is below or near its minimum, in whole cartons where that is not too much.
func (s *shop) orderFrom(p *party) error {
	var lines []slip.Line
	short := false
	for _, g := range s.goods {
		have := g.free() + g.onOrder
		if g.supplier != p.code || g.scarce || have > g.min*13/10 {
			continue
		}
		short = short || have <= g.min
		n := g.max - have
		if n >= g.factor && g.factor > 1 {
			n -= n % g.factor
		} else if n > 12 {
			n = round(n)
		}
		price := cents(g.cost * num.Price(s.between(97, 103)) / 100)
		lines = append(lines, s.line(g, n, price, g.home, true))
	}
	if !short {
		return nil
	}
	if p.days <= 15 && len(lines) <= 3 { // round the corner: fetched at once, without an order
		_, err := s.bring(&slip.Doc{Kind: "goods-receipt", Party: p.code, Warehouse: stores[mainStore], Lines: lines}, p)
		return err
	}
	o := &order{party: p, due: s.workday(s.day.AddDays(s.between(2, 6)))}
	d, err := s.post(&slip.Doc{Kind: "purchase-order", Party: p.code, Warehouse: stores[mainStore], DueDate: o.due, Lines: lines}, s.who("buyer"))
	if err != nil {
		return err
	}
	o.number = d.Number
	for i := range d.Lines {
		l := &d.Lines[i]
		w := &want{s.byCode[l.Product], storeOf(d.At(l)), whole(l.Base)}
		w.good.onOrder += w.left
		o.lines = append(o.lines, w)
	}
	s.purchases = append(s.purchases, o)
	return nil
}

// receive takes in what the supplier brings of an order; a third come in two goes.
func (s *shop) receive(o *order) error {
	d, err := s.x.Push(o.number, "goods-receipt")
	if err != nil {
		return err
	}
	part := len(o.lines) > 1 && s.chance(30)
	d.Lines = o.cut(d.Lines, func(w *want) int {
		switch {
		case part && s.chance(40):
			return 0
		case part && w.left >= 2*w.good.factor && w.good.factor > 1:
			return w.left / 2 / w.good.factor * w.good.factor
		}
		return w.left
	})
	o.due = s.workday(s.day.AddDays(s.between(3, 6)))
	if len(d.Lines) == 0 {
		return nil
	}
	if d, err = s.bring(d, o.party); err != nil {
		return err
	}
	o.carried(d, func(w *want, n int) { w.good.onOrder -= n })
	return nil
}

// bring audits a receipt under the supplier's delivery note.
func (s *shop) bring(d *slip.Doc, p *party) (*slip.Doc, error) {
	d.ExternalNo = fmt.Sprintf("SH%02d%05d", int(s.day)%100, s.rand.IntN(100000))
	d, err := s.post(d, s.who("buyer"))
	if err != nil {
		return nil, err
	}
	s.moved(d, +1)
	p.owe(d.DueDate, d.Gross)
	if s.chance(8) {
		s.returns = append(s.returns, comeback{d.Number, "purchase-return", p, s.workday(s.day.AddDays(s.between(2, 5)))})
	}
	return d, nil
}

// sendBack makes the returns of the day: a little of one line.
func (s *shop) sendBack() error {
	for _, r := range s.returns {
		if r.day != s.day {
			continue
		}
		d, err := s.x.Push(r.number, r.kind)
		if err != nil {
			return err
		}
		d.Lines = d.Lines[s.rand.IntN(len(d.Lines)):][:1]
		l := &d.Lines[0]
		l.Qty = num.Quantity(max(1, round(whole(l.Qty)/s.between(4, 8)))) * num.QuantityOne
		g, n := s.byCode[l.Product], whole(l.Qty)*whole(l.Factor)
		in := r.kind == "sales-return"
		if r.party.balance < gross(d.Lines) || !in && g.free() < n {
			continue
		}
		d.Remark = s.say("质量问题退货", "Faulty goods")
		maker, sign := s.who("buyer"), -1
		if in {
			maker, sign = s.who("sales"), +1
			d.Remark = s.say("工程多余退货", "Left over from the site")
		}
		if d, err = s.post(d, maker); err != nil {
			return err
		}
		s.moved(d, sign)
		r.party.balance -= d.Gross
	}
	s.returns = slices.DeleteFunc(s.returns, func(r comeback) bool { return r.day <= s.day })
	return nil
}

// fillFloor carries goods from the main store to the shop floor.
func (s *shop) fillFloor() error {
	d := s.toFloor((*good).floor)
	if len(d.Lines) == 0 {
		return nil
	}
	d, err := s.post(d, s.who("keeper"))
	if err != nil {
		return err
	}
	for i := range d.Lines {
		g, n := s.byCode[d.Lines[i].Product], whole(d.Lines[i].Base)
		g.stock[mainStore] -= n
		g.stock[shopFloor] += n
	}
	return nil
}

// toFloor lists what the shop floor lacks of what it should hold.
func (s *shop) toFloor(hold func(*good) int) *slip.Doc {
	d := &slip.Doc{Kind: "transfer", Warehouse: stores[mainStore], ToWarehouse: stores[shopFloor]}
	for _, g := range s.goods {
		n := round(min(hold(g)-g.stock[shopFloor], g.free()/2))
		if n < max(1, (hold(g)+1)/2) || len(d.Lines) == 18 {
			continue
		}
		d.Lines = append(d.Lines, slip.Line{Product: g.code, Unit: g.unit, Qty: num.Quantity(n) * num.QuantityOne})
	}
	return d
}
