package demo

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
	"zhanggui/data/workflow/people"
)

// Password is everybody's in a demo book with people.
const Password = "hengda-2026"

// peopled is how long the people of a demo book have signed when it ends: a month.
const peopled = 31

// Member is somebody of the demo company who signs in: an employee and his roles.
type Member struct {
	Name, Employee string
	Roles          []string
}

// office is the company in its last month: five people sign in, each does what his roles let him, and money, and prices far below the list, wait
// for those who sign.
type office struct {
	*shop
	members []Member
	dice    *rand.Rand
	sent    []*paid
	days    int // since they sign
}

// The people, by what they do in the course of the month.
const (
	theOwner = iota
	theHead
	theBuyer
	theBooks
	theClerk
)

// paid is a payment on its way to those who sign it.
type paid struct {
	number string

	sent  bool // submitted
	fate  int  // what happens to it once: 1 finance returns it, 2 the buyer changes it after two have signed
	until int  // the day it is looked at again
}

// offered is a sales order far below the list, on its way to the manager.
type offered struct {
	number string
	stays  bool // the price is not given: returned, and written anew nearer to the list
}

// Members are the people of a demo book in a language.
func Members(l text.Lang) []Member {
	say := func(zh, en string) string { return text.T(zh, en).In(l) }
	return []Member{
		{say("沈国平", "Shen Guoping"), "E01", []string{"owner", "manager", "deputy"}},
		{say("陈晓峰", "Chen Xiaofeng"), "E03", []string{"head"}},
		{say("张丽", "Zhang Li"), "E04", []string{"buyer"}},
		{say("王秀英", "Wang Xiuying"), "E06", []string{"finance"}},
		{say("徐小燕", "Xu Xiaoyan"), "E02", []string{"sales-clerk", "cashier"}},
	}
}

// people lets the company's last month be signed: users, roles, chains, then day after day until the last one.
func (s *shop) people(ctx context.Context, until text.Date) error {
	o := &office{shop: s, members: Members(s.opt.Lang), dice: rand.New(rand.NewPCG(s.opt.Seed, 8))}
	s.day = s.opt.Today.AddDays(1)
	s.at(s.day, opens)
	if err := o.found(); err != nil {
		return fmt.Errorf("people of the demo: %w", err)
	}
	for ; s.day <= until; s.day = s.day.AddDays(1) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if s.sunday(s.day) && s.day != until {
			continue
		}
		s.opt.Progress(peopled-until.Sub(s.day), peopled)
		if err := o.work(s.day == until); err != nil {
			return fmt.Errorf("demo day %s with people: %w", s.day, err)
		}
		o.days++
	}
	return nil
}

// as is the book as one of them has it, some minutes later.
func (o *office) as(who int) *workflow.Book {
	if next := o.clock.Add(time.Duration(3+o.dice.IntN(9)) * time.Minute); !next.After(o.opt.now) || text.DateOf(next) != text.DateOf(o.opt.now) {
		o.clock = next
	}
	return o.book.As(o.members[who].Name)
}

// found makes the users and takes the ready chains: payments as the owners' papers are signed, and discounts.
func (o *office) found() error {
	const first = "hengda-first"
	for i, m := range o.members {
		b, given := o.book.As(o.members[theOwner].Name), first
		if i == theOwner {
			b, given = o.book, Password
		}
		if _, err := people.Add(b, m.Name, given, m.Roles[:1], m.Employee); err != nil {
			return err
		}
		b = o.book.As(m.Name)
		if i != theOwner {
			if err := people.Password(b, m.Name, first, Password); err != nil {
				return err
			}
		}
		if len(m.Roles) > 1 {
			if err := people.Role(o.as(theOwner), m.Name, m.Roles); err != nil {
				return err
			}
		}
	}
	for _, chain := range []string{"suda", "discount"} {
		if _, err := approve.TakeReady(o.as(theOwner), chain); err != nil {
			return err
		}
	}
	return nil
}

// work is one day of the month.
func (o *office) work(last bool) error {
	o.at(o.day, opens)
	var offers []offered
	steps := []func() error{o.serve, o.walk, o.walk, func() error { return o.buy(last) }, o.serve}
	switch {
	case o.days%6 == 1:
		steps = append(steps, o.lend)
	case o.days%4 == 2 || last:
		steps = append(steps, func() (err error) { offers, err = o.offer(offers); return err })
	}
	if o.days == 8 { // the owner is away for some days
		from, to := o.day.String(), o.day.AddDays(3).String()
		steps = append([]func() error{func() error {
			return people.Set(o.as(theOwner), o.members[theOwner].Name, [][2]string{{"substitute", o.members[theHead].Name}, {"substitute_from", from}, {"substitute_to", to}})
		}}, steps...)
	}
	for _, f := range steps {
		if err := f(); err != nil {
			return err
		}
	}
	if last { // what was asked for today waits
		return nil
	}
	for _, x := range offers {
		if err := o.answer(x); err != nil {
			return err
		}
	}
	return nil
}

// taken is a draft of goods from the main store at the list's price less some per cent.
func (o *office) taken(kind string, c *party, off int) *slip.Doc {
	d := &slip.Doc{Kind: kind, Date: o.day, Party: c.code, Warehouse: stores[mainStore], Employee: o.members[theClerk].Employee}
	for n := 0; n < 80 && len(d.Lines) < 1+o.dice.IntN(3); n++ {
		g := o.goods[o.dice.IntN(len(o.goods))]
		qty := 1 + o.dice.IntN(3)
		if g.home != mainStore || g.free() < qty+5 || g.price*num.Price(100-off)/100 <= g.cost*11/10 || slices.ContainsFunc(d.Lines, func(l slip.Line) bool { return l.Product == g.code }) {
			continue
		}
		g.stock[mainStore] -= qty
		l := o.line(g, qty, g.price, mainStore, false)
		l.Discount = num.Rate(off * num.RateOne / 100)
		d.Lines = append(d.Lines, l)
	}
	return d
}

// serve has the clerk sell over the counter and audit it.
func (o *office) serve() error {
	d := o.taken("delivery", o.customers[0], o.dice.IntN(5))
	if len(d.Lines) == 0 {
		return nil
	}
	return told(o.as(theClerk).SaveAndAudit(d))
}

// lend has the head lend the clerk a discount beyond hers, for one slip.
func (o *office) lend() error {
	d := o.taken("delivery", o.customers[0], 8)
	if len(d.Lines) == 0 {
		return nil
	}
	b, err := people.Override(o.as(theClerk), o.members[theHead].Name, Password, o.say("老客户", "an old customer"))
	if err != nil {
		return err
	}
	return told(b.SaveAndAudit(d))
}

// offer has the clerk ask for an order far below the list.
func (o *office) offer(list []offered) ([]offered, error) {
	d := o.taken("sales-order", o.customers[1+o.dice.IntN(3)], 18)
	if len(d.Lines) == 0 {
		return list, nil
	}
	b := o.as(theClerk)
	if err := b.Save(d); err != nil {
		return list, err
	}
	_, err := approve.Submit(o.as(theClerk), d.Number)
	return append(list, offered{d.Number, o.dice.IntN(3) == 0}), err
}

// answer has the manager, or who stands in for him, say yes to an order, or give it back.
func (o *office) answer(x offered) error {
	by := theOwner
	if o.days >= 8 && o.days <= 10 {
		by = theHead
	}
	if x.stays {
		_, err := approve.Return(o.as(by), x.number, o.say("让价太多，最多九折", "too much off: 10 % at most"))
		return err
	}
	if _, err := approve.Approve(o.as(by), x.number, o.say("老客户，同意", "an old customer: yes")); err != nil {
		return err
	}
	return told(o.as(theHead).Audit(x.number))
}

// buy has the buyer ask for money for what is owed to a supplier, every other day.
func (o *office) buy(last bool) error {
	if o.days%2 == 1 && !last {
		return nil
	}
	p := o.suppliers[o.dice.IntN(len(o.suppliers))]
	a := min(p.balance, num.Amount(2+o.dice.IntN(60))*100_00)
	if a < 200_00 || o.cash[bank] < a+5_000_00 {
		return nil
	}
	d := &slip.Doc{Kind: "payment", Date: o.day, Party: p.code, Account: bank, Amount: a, Employee: o.members[theBuyer].Employee, Remark: o.say("货款", "for goods")}
	if err := o.as(theBuyer).Save(d); err != nil {
		return err
	}
	if _, err := approve.Submit(o.as(theBuyer), d.Number); err != nil {
		return err
	}
	p.balance, o.cash[bank] = p.balance-a, o.cash[bank]-a
	x := &paid{number: d.Number, sent: true}
	switch len(o.sent) % 5 {
	case 2:
		x.fate = 1
	case 4:
		x.fate = 2
	}
	o.sent = append(o.sent, x)
	return nil
}

// walk takes each payment on its way a step further.
func (o *office) walk() error {
	for _, x := range o.sent {
		if x.number == "" || x.until > o.days {
			continue
		}
		if err := o.step(x); err != nil {
			return fmt.Errorf("%s: %w", x.number, err)
		}
	}
	return nil
}

// step is the next thing done about a payment.
func (o *office) step(x *paid) error {
	if !x.sent {
		x.sent = true
		_, err := approve.Submit(o.as(theBuyer), x.number)
		return err
	}
	d, err := o.book.As(o.members[theOwner].Name).Load(x.number)
	if err != nil {
		return err
	}
	s, _, _, err := approve.Of(o.book, d)
	if err != nil {
		return err
	}
	switch {
	case s.Step == 3 && x.fate == 1:
		x.fate, x.sent, x.until = 0, false, o.days+1
		_, err := approve.Return(o.as(theBooks), x.number, o.say("发票未到", "the invoice is not here"))
		return err
	case s.Step == 3 && x.fate == 2:
		x.fate, x.sent, x.until = 0, false, o.days+1
		_, _, err := o.as(theBuyer).Change(x.number, 0, []workflow.Change{{Key: "date", Value: o.day.String()}, {Key: "remark", Value: o.say("货款（含运费）", "for goods and their freight")}})
		return err
	case s.Step == 5:
		if _, _, err := o.as(theClerk).Change(x.number, 0, []workflow.Change{{Key: "date", Value: o.day.String()}, {Key: "cheque_no", Value: fmt.Sprint(8800 + len(o.sent))}}); err != nil {
			return err
		}
		number := x.number
		x.number = ""
		return told(o.as(theClerk).Audit(number))
	}
	by := map[int]int{1: theHead, 2: theOwner, 3: theBooks, 4: theOwner}[s.Step]
	if by == theOwner && o.days >= 8 && o.days <= 10 { // away; who stands in for him has signed already
		return nil
	}
	comment := map[int]string{3: o.say("票、单、账相符", "invoice, slip and books agree")}[s.Step]
	_, err = approve.Approve(o.as(by), x.number, comment)
	x.until = o.days + cmp.Compare(o.dice.IntN(3), 1)
	return err
}

// told takes warnings for read; a refusal is one.
func told(_ fault.List, err error) error { return err }
