package demo

import (
	"math/rand/v2"

	"zhanggui/data/chart"
	"zhanggui/data/num"
	"zhanggui/data/slip"
)

// running is what a month costs and moves besides goods: what the shop pays to stay open, and money that comes before goods. It has dice of its own,
// so that trade goes as it would without.
func (s *shop) running() error {
	dice := s.rand
	s.rand = rand.New(rand.NewPCG(s.opt.Seed, uint64(s.day)))
	defer func() { s.rand = dice }()
	for _, e := range []struct {
		day  int // of the month, from which on it happens
		name string
		f    func() (bool, error)
	}{
		{3, "rent", s.rent}, {6, "prepaid", s.prepay}, {9, "deposit", s.deposit}, {10, "wages", s.wages}, {12, "fuel", s.petty}, {15, "power", s.power},
		{18, "takings", s.bankTakings}, {20, "advance used", s.useAdvance}, {22, "flyers", s.flyers}, {24, "prepayment used", s.usePrepayment}, {26, "fuel again", s.petty},
	} {
		key := e.name + s.day.Month().String()
		if int(s.day)%100 < e.day || s.told[key] {
			continue
		}
		s.at(s.day, opens)
		done, err := e.f()
		if err != nil {
			return err
		}
		s.told[key] = done
	}
	return nil
}

// spent is an expense that is paid at once: amounts with the tax an invoice says, each for an account of the chart. It waits
// until the money is there.
func (s *shop) spent(account string, tax num.Rate, remark string, of ...slip.Line) (bool, error) {
	var sum num.Amount
	for i := range of {
		of[i].TaxRate, of[i].TaxGiven = tax, true
		sum += of[i].Amount
	}
	if s.cash[account] < sum {
		return false, nil
	}
	d, err := s.post(&slip.Doc{Kind: "expense", Account: account, Remark: remark, Lines: of}, s.who("finance"))
	if err != nil {
		return false, err
	}
	s.cash[account] -= d.Gross
	return true, nil
}

func costs(account string, a num.Amount) slip.Line { return slip.Line{Account: account, Amount: a} }

// about is an amount that differs from month to month, in yuan.
func (s *shop) about(least, more int) num.Amount {
	return num.Amount(least+s.rand.IntN(more)) * num.AmountOne
}

func (s *shop) rent() (bool, error) {
	return s.spent(bank, 0, s.say("本月房租", "Rent of the month"), costs(chart.Administration, 5_800_00))
}

func (s *shop) wages() (bool, error) {
	return s.spent(bank, 0, s.say("发放上月工资", "Wages of last month"), costs(chart.Selling, 9_600_00), costs(chart.Administration, 6_200_00))
}

func (s *shop) power() (bool, error) {
	return s.spent(bank, vat, s.say("水电费", "Power and water"), costs(chart.Administration, s.about(520, 260)))
}

func (s *shop) flyers() (bool, error) {
	return s.spent(bank, 600, s.say("印宣传单", "Flyers"), costs(chart.Selling, s.about(300, 500)))
}

func (s *shop) petty() (bool, error) {
	return s.spent(cashBox, 0, s.say("送货车加油", "Fuel for the van"), costs(chart.Selling, s.about(260, 160)))
}

// bankTakings brings to the bank what the cash box holds beyond what it needs.
func (s *shop) bankTakings() (bool, error) {
	a := (s.cash[cashBox] - 5_000_00) / 1_000_00 * 1_000_00
	if a <= 0 {
		return false, nil
	}
	_, err := s.post(&slip.Doc{Kind: "cash-transfer", Account: cashBox, ToAccount: bank, Amount: a, Remark: s.say("营业款存银行", "Takings to the bank")}, s.who("finance"))
	s.cash[cashBox] -= a
	s.cash[bank] += a
	return true, err
}

// deposit is money of a customer who has goods for a building site kept for him.
func (s *shop) deposit() (bool, error) {
	a := s.about(3, 4) * 1000
	_, err := s.post(&slip.Doc{Kind: "advance", Party: s.customers[3].code, Account: bank, Amount: a, Remark: s.say("工程备料定金", "Deposit for a site's goods")}, s.who("finance"))
	s.cash[bank] += a
	return true, err
}

// useAdvance sets the month's deposit off against what the customer has come to owe.
func (s *shop) useAdvance() (bool, error) {
	c := s.customers[3]
	return s.setOff(c, slip.Customers, slip.Advance, "advance-receivable", s.say("定金抵货款", "Deposit against goods"))
}

// prepay is money to a maker who delivers only what is paid.
func (s *shop) prepay() (bool, error) {
	a := s.about(4, 5) * 1000
	if s.cash[bank] < a+20_000_00 {
		return false, nil
	}
	_, err := s.post(&slip.Doc{Kind: "prepayment", Party: s.suppliers[1].code, Account: bank, Amount: a, Remark: s.say("厂家要求先付定金", "The maker wants a deposit")}, s.who("finance"))
	s.cash[bank] -= a
	return true, err
}

func (s *shop) usePrepayment() (bool, error) {
	return s.setOff(s.suppliers[1], slip.Suppliers, slip.Prepaid, "prepaid-payable", s.say("定金抵货款", "Deposit against goods"))
}

// setOff settles what stands open of a party by what was paid before; it waits until as much is owed. What was paid in the book's last month
// stays, so that the statements show some.
func (s *shop) setOff(p *party, role slip.Role, book slip.Book, kind, remark string) (bool, error) {
	r, ok := s.book.Masters().Find(string(role), p.code)
	if !ok || s.day.Month() == s.opt.Today.Month() {
		return true, nil
	}
	have, err := s.book.DB.PartyBalance(r.ID, book)
	if err != nil || have <= 0 || p.balance < have {
		return false, err
	}
	d, err := s.post(&slip.Doc{Kind: "offset", Party: p.code, Amount: have, Remark: remark, Extra: map[string]string{"offset_kind": kind}}, s.who("finance"))
	if err != nil {
		return false, err
	}
	p.balance -= d.Amount
	return true, nil
}
