package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

const vat = 1300 // 13 %

// The stores, and the cash accounts by what they are used for.
const (
	mainStore = iota
	eastStore
	shopFloor
	cashBox = "01"
	bank    = "02"
	weChat  = "03"
	aliPay  = "04"
)

var stores = [...]string{"01", "02", "03"}

// shop is the company while its trade is played: what the people in it know, so that nobody sells what is not there or
// pays what is not owed. Quantities are whole base units.
type shop struct {
	book       *workflow.Book
	opt        Options
	rand       *rand.Rand
	open       text.Date // first day of trade
	day        text.Date
	clock      time.Time
	x          *workflow.Batch // the day's transaction
	goods      []*good
	byCode     map[string]*good
	byCategory map[string][]*good
	customers  []*party // the first one is whoever walks in
	suppliers  []*party
	staff      map[string][]person // by role
	cash       map[string]num.Amount
	till       map[string][]slip.Allocation // taken over the counter today, by cash account
	sales      []*order
	purchases  []*order
	returns    []comeback
	late       []func() error // what is done after the day's transaction
	told       map[string]bool
}

type good struct {
	code, unit, unit2, category, supplier string
	factor                                int // base units in one unit2
	cost, price                           num.Price
	min, max                              int
	lot, turn                             int // what is usually sold at a time; how often, 1 to 5
	home                                  int // its store
	stock                                 [len(stores)]int
	reserved, onOrder                     int
	scarce                                bool // the supplier cannot deliver it for now
}

// free is what may be promised from the good's own store.
func (g *good) free() int { return g.stock[g.home] - g.reserved }

// floor is what the shop floor keeps of a good: the quick ones that a customer carries away.
func (g *good) floor() int {
	if g.turn < 2 || g.home != mainStore {
		return 0
	}
	return max(2, round(g.lot*g.turn/3))
}

type party struct {
	code, level, habit string
	days               int // of credit
	weight, basket     int // how often and how much it buys
	buys               []string
	limit, balance     num.Amount
	open               []due
}

type due struct {
	day    text.Date
	amount num.Amount
}

// owed is what of the balance is due by the day.
func (p *party) owed(day text.Date) num.Amount {
	a := p.balance
	for _, d := range p.open {
		if d.day > day {
			a -= d.amount
		}
	}
	return max(0, a)
}

// trust is how much the customer may owe before the shop asks for money; one is let run up to the limit itself.
func (p *party) trust() num.Amount {
	if p.habit == "tight" {
		return p.limit
	}
	return p.limit * 85 / 100
}

func (p *party) owe(day text.Date, a num.Amount) {
	p.balance += a
	p.open = append(p.open, due{day, a})
}

type person struct{ code, name, department string }

// order is an order under way; lines are by their number less one.
type order struct {
	number string
	party  *party
	lines  []*want
	due    text.Date
	begun  bool // carried out in part
	done   bool
}

type want struct {
	good  *good
	store int
	left  int
}

func (o *order) left() (n int) {
	for _, w := range o.lines {
		n += w.left
	}
	return n
}

// comeback is a slip of which something will be sent back on a day.
type comeback struct {
	number, kind string
	party        *party
	day          text.Date
}

func newShop(b *workflow.Book, o Options) *shop {
	s := &shop{book: b, opt: o, rand: rand.New(rand.NewPCG(o.Seed, 20261125)), open: b.Settings().Start.First(), byCode: map[string]*good{}, byCategory: map[string][]*good{},
		staff: map[string][]person{}, cash: map[string]num.Amount{}, told: map[string]bool{}}
	b.Now = func() time.Time { return s.clock }
	return s
}

func (s *shop) say(zh, en string) string { return s.opt.say(zh, en) }

func (s *shop) chance(percent int) bool { return s.rand.IntN(100) < percent }

func (s *shop) between(a, b int) int { return a + s.rand.IntN(b-a+1) }

// at sets the clock to a minute of a day.
func (s *shop) at(d text.Date, minute int) {
	s.clock = time.Date(int(d)/10000, time.Month(int(d)/100%100), int(d)%100, minute/60, minute%60, s.rand.IntN(60), 0, time.Local)
}

func (s *shop) sunday(d text.Date) bool { return d.Time().Weekday() == time.Sunday }

// workday is the first day on or after d that is no Sunday.
func (s *shop) workday(d text.Date) text.Date {
	if s.sunday(d) {
		d = d.AddDays(1)
	}
	return d
}

func (s *shop) who(role string) person { return s.staff[role][s.rand.IntN(len(s.staff[role]))] }

// trade plays day after day; a day is one transaction.
func (s *shop) trade(ctx context.Context) error {
	for _, g := range s.goods {
		s.byCode[g.code] = g
	}
	all := s.opt.Today.Sub(s.open) + 1
	for i := range all {
		s.opt.Progress(i, all)
		if err := ctx.Err(); err != nil {
			return err
		}
		s.day, s.late, s.till = s.open.AddDays(i), nil, map[string][]slip.Allocation{}
		if s.closed() {
			continue
		}
		if err := s.book.Batch(func(x *workflow.Batch) error { s.x = x; return s.work() }); err != nil {
			return fmt.Errorf("demo day %s: %w", s.day, err)
		}
		for _, f := range s.late {
			if err := f(); err != nil {
				return fmt.Errorf("demo evening of %s: %w", s.day, err)
			}
		}
	}
	s.opt.Progress(all, all)
	return nil
}

// closed tells whether the shop is shut: New Year's Day and the first days of October. The last day always trades.
func (s *shop) closed() bool {
	d := int(s.day) % 10000
	return s.day != s.opt.Today && (d == 101 || d == 1001 || d == 1002)
}

// opens is the minute of the day the shop opens.
const opens = 8*60 + 5

// shuts is the minute of the day the last slip is begun; a day still going on ends now.
func (s *shop) shuts() int {
	const evening = 17*60 + 35
	if now := s.opt.now; s.day == text.DateOf(now) {
		if m := now.Hour()*60 + now.Minute() - 10; m > opens+60 {
			return min(m, evening)
		}
	}
	return evening
}

// work is one day: what is planned comes in some order between eight and six, the till is counted at the end.
func (s *shop) work() error {
	if !s.sunday(s.day) {
		if err := s.running(); err != nil {
			return err
		}
	}
	var acts []func() error
	many := func(n int, f func() error) {
		for range n {
			acts = append(acts, f)
		}
	}
	if s.sunday(s.day) {
		many(s.between(3, 5), s.counterSale)
	} else {
		due := s.dueOrders(s.sales)
		for _, o := range due {
			acts = append(acts, func() error { return s.deliver(o) })
		}
		for _, o := range s.dueOrders(s.purchases) {
			acts = append(acts, func() error { return s.receive(o) })
		}
		many(s.between(3, 5), s.counterSale)
		many(max(2, s.between(5, 9)-len(due)), s.sell)
		many(s.between(1, 2), s.takeOrder)
		acts = append(acts, s.restock, s.sendBack, s.settle)
		if w := s.day.Time().Weekday(); w == time.Tuesday || w == time.Friday {
			acts = append(acts, s.fillFloor)
		}
		acts = append(acts, s.fillLimit)
		s.rand.Shuffle(len(acts), func(i, j int) { acts[i], acts[j] = acts[j], acts[i] })
		acts = append(acts, s.special)
	}
	acts = append(acts, s.countTill)
	if s.day == s.opt.Today {
		acts = append(acts, s.leaveDrafts)
	}
	for i, f := range acts {
		s.at(s.day, opens+i*(s.shuts()-opens)/len(acts)+s.rand.IntN(6))
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

// save enters a slip as its maker would.
func (s *shop) save(d *slip.Doc, maker person) error {
	d.Date = s.day
	if d.Employee == "" {
		d.Employee, d.Department = maker.code, maker.department
	}
	s.book.User = maker.name
	return s.x.Save(d)
}

// post enters a slip and has finance audit it a little later.
func (s *shop) post(d *slip.Doc, maker person) (*slip.Doc, error) {
	if err := s.save(d, maker); err != nil {
		return nil, err
	}
	s.clock = s.clock.Add(time.Duration(60+s.rand.IntN(240)) * time.Second)
	s.book.User = s.who("finance").name
	d, _, err := s.x.Audit(d.Number)
	return d, err
}

// moved keeps the shelves in step with an audited slip; sign is what its quantities do to the stock.
func (s *shop) moved(d *slip.Doc, sign int) {
	for i := range d.Lines {
		l := &d.Lines[i]
		s.byCode[l.Product].stock[storeOf(d.At(l))] += sign * whole(l.Base)
	}
}

func storeOf(code string) int {
	for i, c := range stores {
		if c == code {
			return i
		}
	}
	return mainStore
}

func whole(q num.Quantity) int { return int(q / num.QuantityOne) }

// round brings a count down to one that people would write on a slip.
func round(n int) int {
	switch {
	case n <= 12:
		return n
	case n < 60:
		return n / 5 * 5
	case n < 300:
		return n / 10 * 10
	}
	return n / 50 * 50
}

// line is n base units of a good at a price for one; whole cartons are sometimes written as such.
func (s *shop) line(g *good, n int, price num.Price, store int, cartons bool) slip.Line {
	l := slip.Line{Product: g.code, Unit: g.unit, Qty: num.Quantity(n) * num.QuantityOne, Price: price, PriceGiven: true}
	if cartons && g.factor > 1 && n%g.factor == 0 {
		l.Unit, l.Qty, l.Price = g.unit2, num.Quantity(n/g.factor)*num.QuantityOne, price*num.Price(g.factor)
	}
	if store != mainStore {
		l.Warehouse = stores[store]
	}
	return l
}

// take cuts a pushed-down line to n base units, in cartons only where they come out even.
func take(l slip.Line, g *good, n int) slip.Line {
	f := max(1, whole(l.Factor))
	if n%f == 0 {
		l.Qty = num.Quantity(n/f) * num.QuantityOne
		return l
	}
	l.Unit, l.Factor, l.Qty, l.Price = g.unit, num.QuantityOne, num.Quantity(n)*num.QuantityOne, l.Price/num.Price(f)
	return l
}

// cents rounds a price to what people quote: cents.
func cents(p num.Price) num.Price {
	return (p + num.PriceOne/200) / (num.PriceOne / 100) * (num.PriceOne / 100)
}
