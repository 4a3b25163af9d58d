package demo

import (
	"time"

	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// settle is the day's money: who pays today by habit, and whom the shop pays.
func (s *shop) settle() error {
	for _, c := range s.customers[1:] {
		if a := s.pays(c); a > 0 {
			if err := s.collect(c, a); err != nil {
				return err
			}
		}
	}
	for _, p := range s.suppliers {
		if d := int(s.day) % 100; d%5 != 0 && s.day != s.workday(s.day.Month().Last().AddDays(-1)) || s.told[p.code] {
			continue
		}
		a := p.owed(s.day)
		if a < 500_00 || s.cash[bank] < a+20_000_00 || s.chance(25) {
			continue
		}
		if err := s.pay(p, a); err != nil {
			return err
		}
	}
	return nil
}

// pays is what a customer brings today: at once when due, once a month, late and in round sums, or (tight) no more at all.
func (s *shop) pays(c *party) num.Amount {
	day := int(s.day) % 100
	switch c.habit {
	case "due":
		if s.chance(30) {
			return c.owed(s.day)
		}
	case "month":
		if day >= 8 && day <= 24 && s.chance(20) {
			return c.owed(s.day)
		}
	case "late":
		if a := c.owed(s.day.AddDays(-12)); a > 2_000_00 && s.chance(12) {
			if a > 6_000_00 {
				a = a * 2 / 3 / 1_000_00 * 1_000_00
			}
			return a
		}
	case "tight":
		if s.opt.Today.Sub(s.day) > 45 && s.chance(15) {
			return c.owed(s.day)
		}
	}
	return 0
}

func (s *shop) collect(c *party, a num.Amount) error {
	account := bank
	if a < 3_000_00 && s.chance(60) {
		account = [...]string{weChat, aliPay}[s.rand.IntN(2)]
	}
	d, err := s.post(&slip.Doc{Kind: "collection", Party: c.code, Account: account, Amount: a}, s.who("finance"))
	if err != nil {
		return err
	}
	c.balance -= d.Amount
	s.cash[account] += d.Amount
	return nil
}

func (s *shop) pay(p *party, a num.Amount) error {
	d, err := s.post(&slip.Doc{Kind: "payment", Party: p.code, Account: bank, Amount: a}, s.who("finance"))
	if err != nil {
		return err
	}
	p.balance -= d.Amount
	s.cash[bank] -= d.Amount
	return nil
}

// countTill enters what walk-in customers paid today, a collection for each cash account.
func (s *shop) countTill() error {
	for _, account := range []string{cashBox, weChat, aliPay} {
		d := &slip.Doc{Kind: "collection", Party: s.customers[0].code, Account: account, Allocations: s.till[account], Remark: s.say("门市收款", "Counter takings")}
		for _, a := range d.Allocations {
			d.Amount += a.Amount
		}
		if d.Amount == 0 {
			continue
		}
		s.clock = s.clock.Add(2 * time.Minute)
		if _, err := s.post(d, s.who("finance")); err != nil {
			return err
		}
		s.cash[account] += d.Amount
	}
	return nil
}

// fillLimit lets one customer buy on until hardly any of the credit limit is left on the last day.
func (s *shop) fillLimit() error {
	days := s.opt.Today.Sub(s.day)
	for _, c := range s.customers {
		gap := c.limit*96/100 - c.balance
		if c.habit != "tight" || days > 12 || gap < c.limit/100 {
			continue
		}
		aim := gap / num.Amount(max(1, days*6/7))
		var lines []slip.Line
		seen := map[string]bool{}
		for range 60 {
			for _, l := range s.basket(c, 1, 100, s.usual(c)) {
				if sum := gross(lines) + gross([]slip.Line{l}); !seen[l.Product] && sum <= aim+aim/20 && len(lines) < 14 {
					lines, seen[l.Product] = append(lines, l), true
				}
			}
		}
		if _, err := s.sellTo(c, lines); err != nil {
			return err
		}
	}
	return nil
}
