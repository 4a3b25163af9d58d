package demo

import (
	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// levels are what the price levels pay of the list price, in per cent.
var levels = map[string]num.Price{"A": 100, "B": 97, "C": 95, "D": 92}

// sellingPrice is the list price at the customer's level, but never under cost and a tenth.
func sellingPrice(g *good, level string) num.Price {
	return max(cents(g.price*levels[level]/100), cents(g.cost*110/100))
}

// customer draws one on account, the frequent ones more often.
func (s *shop) customer() *party {
	all := 0
	for _, c := range s.customers {
		all += c.weight
	}
	n := s.rand.IntN(all)
	for _, c := range s.customers {
		if n -= c.weight; n < 0 {
			return c
		}
	}
	return s.customers[len(s.customers)-1]
}

// pick draws a good: mostly of what the customer's trade needs, the quick ones more often.
func (s *shop) pick(c *party) *good {
	list := s.goods
	if len(c.buys) > 0 && s.chance(80) {
		list = s.byCategory[c.buys[s.rand.IntN(len(c.buys))]]
	}
	all := 0
	for _, g := range list {
		all += g.turn
	}
	n := s.rand.IntN(all)
	for _, g := range list {
		if n -= g.turn; n < 0 {
			return g
		}
	}
	return list[0]
}

// basket fills n lines, or fewer where the shelves are empty. Over is what of the free stock may be asked for, in per cent.
func (s *shop) basket(c *party, n, over int, quantity func(*good) int) []slip.Line {
	var lines []slip.Line
	seen := map[*good]bool{}
	for range n * 3 {
		g := s.pick(c)
		store := g.home
		free := g.free() * over / 100
		if c.days == 0 && g.stock[shopFloor] > 0 {
			store, free = shopFloor, g.stock[shopFloor]
		}
		q := min(quantity(g), free)
		if q < g.lot { // what is left of a good is sold as it is
			q = max(0, q)
		} else {
			q = round(q)
		}
		if q == 0 || seen[g] {
			continue
		}
		seen[g] = true
		l := s.line(g, q, sellingPrice(g, c.level), store, s.chance(60))
		if c.level != "D" && s.chance(4) && g.price > g.cost*125/100 {
			l.Discount = 500
		}
		if lines = append(lines, l); len(lines) == n {
			break
		}
	}
	return lines
}

// gross estimates what a slip will come to.
func gross(lines []slip.Line) (sum num.Amount) {
	for _, l := range lines {
		l.TaxRate = vat
		_, _, g, _ := l.Amounts()
		sum += g
	}
	return sum
}

// usual is what a customer on account takes of a good.
func (s *shop) usual(c *party) func(*good) int {
	return func(g *good) int {
		q := g.lot * s.between(1, 2+c.basket/2)
		if g.lot > 5 && s.chance(30) {
			q = q / 2
		}
		return max(1, q)
	}
}

// counterSale is a customer who walks in, pays and carries it away.
func (s *shop) counterSale() error {
	c := s.customers[0]
	lines := s.basket(c, s.between(1, 4), 100, func(g *good) int { return max(1, round(g.lot/s.between(1, 6))) })
	if len(lines) == 0 {
		return nil
	}
	d := &slip.Doc{Kind: "delivery", Party: c.code, Warehouse: stores[shopFloor], Lines: lines}
	for i := range d.Lines {
		switch d.Lines[i].Warehouse {
		case "":
			d.Lines[i].Warehouse = stores[mainStore]
		case stores[shopFloor]:
			d.Lines[i].Warehouse = ""
		}
	}
	d.Discount = gross(lines) % 100 // the small change
	d, err := s.post(d, s.staff["sales"][0])
	if err != nil {
		return err
	}
	s.moved(d, -1)
	account := [...]string{weChat, weChat, weChat, cashBox, cashBox, aliPay}[s.rand.IntN(6)]
	s.till[account] = append(s.till[account], slip.Allocation{Target: d.Number, Amount: d.Gross, Chosen: true})
	return nil
}

// sell is a delivery to a customer on account who rang or came by.
func (s *shop) sell() error {
	c := s.customer()
	_, err := s.sellTo(c, s.basket(c, s.between(1, 4+c.basket/2), 100, s.usual(c)))
	return err
}

func (s *shop) sellTo(c *party, lines []slip.Line) (*slip.Doc, error) {
	g := gross(lines)
	if len(lines) == 0 || c.balance+g > c.trust() {
		return nil, nil // asks for the money first
	}
	d := &slip.Doc{Kind: "delivery", Party: c.code, Warehouse: stores[mainStore], Lines: lines}
	if g > 300_00 && s.chance(15) {
		d.Discount = g % 10_00
	}
	d, err := s.post(d, s.who("sales"))
	if err != nil {
		return nil, err
	}
	s.moved(d, -1)
	c.owe(d.DueDate, d.Gross)
	if s.chance(4) {
		s.returns = append(s.returns, comeback{d.Number, "sales-return", c, s.workday(s.day.AddDays(s.between(2, 6)))})
	}
	return d, nil
}

// takeOrder writes a sales order for the bigger customers; now and then one asks for more than there is.
func (s *shop) takeOrder() error {
	c := s.customer()
	if c.basket < 3 || c.habit == "tight" {
		return nil
	}
	over := 90
	if s.chance(15) {
		over = 130
	}
	o := &order{party: c, due: s.workday(s.day.AddDays(s.between(1, 5)))}
	d := &slip.Doc{Kind: "sales-order", Party: c.code, Warehouse: stores[mainStore], DueDate: o.due, Lines: s.basket(c, s.between(3, 5+c.basket/2), over, s.usual(c))}
	if len(d.Lines) == 0 || c.balance+gross(d.Lines) > c.trust() {
		return nil
	}
	d, err := s.post(d, s.who("sales"))
	if err != nil {
		return err
	}
	o.number = d.Number
	for i := range d.Lines {
		l := &d.Lines[i]
		w := &want{s.byCode[l.Product], storeOf(d.At(l)), whole(l.Base)}
		w.good.reserved += w.left
		o.lines = append(o.lines, w)
	}
	s.sales = append(s.sales, o)
	return nil
}

// dueOrders are the orders to be carried out by today.
func (s *shop) dueOrders(list []*order) (due []*order) {
	for _, o := range list {
		if !o.done && o.due <= s.day {
			due = append(due, o)
		}
	}
	return due
}

// deliver carries out a sales order: all of it, what is there, or the first part of it.
func (s *shop) deliver(o *order) error {
	d, err := s.x.Push(o.number, "delivery")
	if err != nil {
		return err
	}
	part := s.chance(20)
	d.Lines = o.cut(d.Lines, func(w *want) int {
		if part && w.left > 3 {
			return max(1, round(w.left/2))
		}
		return min(w.left, w.good.stock[w.store])
	})
	o.due = s.workday(s.day.AddDays(s.between(2, 4)))
	if len(d.Lines) == 0 {
		return nil
	}
	if d, err = s.post(d, s.who("sales")); err != nil {
		return err
	}
	s.moved(d, -1)
	o.carried(d, func(w *want, n int) { w.good.reserved -= n })
	o.party.owe(d.DueDate, d.Gross)
	return nil
}

// cut brings pushed-down lines to what can be done of them; lines of which nothing can are left out.
func (o *order) cut(lines []slip.Line, can func(*want) int) (kept []slip.Line) {
	for _, l := range lines {
		w := o.lines[l.SourceLine-1]
		if n := can(w); n > 0 {
			kept = append(kept, take(l, w.good, n))
		}
	}
	return kept
}

// carried takes what an audited slip did off the order.
func (o *order) carried(d *slip.Doc, each func(*want, int)) {
	for i := range d.Lines {
		l := &d.Lines[i]
		w := o.lines[l.SourceLine-1]
		w.left -= whole(l.Base)
		each(w, whole(l.Base))
	}
	o.begun, o.done = true, o.left() == 0
}
