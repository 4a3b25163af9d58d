package print

import (
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/chart"
	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/paper"
)

// Voucher prints the journal voucher 记账凭证 of an audited slip with all its lines, cost lines included. lang empty is the
// book's. Faults: NotFound for the number, Refused where the slip posted nothing.
func Voucher(b *workflow.Book, number string, lang text.Lang) ([]byte, error) {
	return Slip(b, []string{number}, Options{As: AsVoucher, Lang: lang})
}

var (
	partyAccounts = []string{chart.Receivables, chart.Prepayments, chart.Trade, chart.Advances} // their detail is the party
	stockAccounts = []string{chart.Materials, chart.Goods, chart.Dispatched}                    // and of these the warehouse
	wordFrom      = text.T("来源单据 %s", "Slip %s")
	wordCost      = text.T("结转成本", "Cost of sales")
)

// vouchers is what the slip posted.
func (s *sheet) vouchers() ([]paper.Paper, error) {
	if !s.d.Status.Live() {
		return nil, fault.New(fault.Refused, "%s 尚未审核，没有凭证；请先审核", "%s is not audited and has no voucher yet; audit it first", s.d.Number)
	}
	number, lines, err := s.posted()
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, fault.New(fault.Refused, "%s 不影响科目余额，没有凭证", "%s moves no account and has no voucher", s.d.Number)
	}
	j := s.newJournal(number)
	j.Print = paper.Print{Count: 1, At: s.b.Now(), By: s.person(s.b.User)}
	for _, l := range lines {
		e := s.posting(l.Account)
		e.Debit, e.Credit = l.Debit, l.Credit
		j.Entries = append(j.Entries, e)
	}
	return []paper.Paper{j}, nil
}

// monthOf is how many vouchers are printed at once before their months are read whole: one voucher's number is a count of all
// before it.
const monthOf = 8

// months are the vouchers of the months that a batch needs.
type months struct {
	of    map[text.Month]map[int64]*voucherOf
	batch int
}

type voucherOf struct {
	number string
	lines  []inquiry.VoucherLine
}

// posted is the number and the lines of the slip's voucher.
func (s *sheet) posted() (string, []inquiry.VoucherLine, error) {
	if s.months == nil || s.months.batch < monthOf || s.k.Whole { // a landed cost has lines of other days
		return s.b.Voucher(s.d.Number)
	}
	m := s.d.Date.Month()
	if s.months.of[m] == nil {
		all := map[int64]*voucherOf{}
		err := s.b.Ledgers().Journal(m.First(), m.Last(), func(r *store.VoucherLine) error {
			if r.Own != r.Date {
				return nil // of a landed cost, numbered on its own day
			}
			if all[r.Slip] == nil {
				all[r.Slip] = &voucherOf{number: fmt.Sprintf("%06d-%04d", int(m), len(all)+1)}
			}
			all[r.Slip].lines = append(all[r.Slip].lines, inquiry.VoucherLine{Account: r.Account, Debit: r.Debit, Credit: r.Credit})
			return nil
		})
		if err != nil {
			return "", nil, err
		}
		s.months.of[m] = all
	}
	if v := s.months.of[m][s.d.ID]; v != nil {
		return v.number, v.lines, nil
	}
	return "", nil, nil
}

func (s *sheet) newJournal(number string) *paper.Journal {
	_, number, _ = strings.Cut(number, "-")
	return &paper.Journal{Lang: s.opt.Lang, Company: s.company(), Number: number, Date: s.d.Date, Attachments: 1,
		Hands:  paper.JournalHands{Auditor: s.person(s.d.Auditor), Preparer: s.person(s.d.Maker)},
		Source: text.Tf(wordFrom.Zh, wordFrom.En, s.d.Number).In(s.opt.Lang), Shift: paper.Shift(s.opt.Shift)}
}

// journal is a voucher typed by hand, with its own words and lines; a draft has no number yet.
func (s *sheet) journal() (*paper.Journal, error) {
	var number string
	if s.d.Status.Live() {
		var err error
		if number, _, err = s.posted(); err != nil {
			return nil, err
		}
	}
	j := s.newJournal(number)
	j.Print = s.print()
	var debit, credit num.Amount
	for i := range s.d.Lines {
		l := &s.d.Lines[i]
		e := s.posting(l.Account)
		e.Debit, e.Credit = l.Debit, l.Credit
		debit, credit = debit+l.Debit, credit+l.Credit
		if e.Summary = l.Remark; e.Summary == "" {
			e.Summary = s.d.Remark
		}
		e.Detail = strings.TrimSpace(e.Detail + " " + strings.Join(s.entryDetail(l), " "))
		j.Entries = append(j.Entries, e)
	}
	if debit != credit {
		return nil, fault.New(fault.Refused, "%s 借方 %s，贷方 %s，不相等，不能打印凭证", "%s: debit %s, credit %s; a voucher that does not balance does not print", s.d.Number, debit, credit)
	}
	return j, nil
}

// posting names account and detail of a voucher line: the detail of 22210107 is the account itself under 2221, of the
// receivables it is the customer.
func (s *sheet) posting(account string) paper.Entry {
	e := paper.Entry{Summary: s.wording(account), Account: s.glName(account)}
	head := account[:min(4, len(account))]
	var detail []string
	if head != account {
		e.Account = s.glName(head)
		detail = append(detail, s.glName(account))
	}
	has := func(list []string) bool {
		for _, a := range list {
			if a == head {
				return true
			}
		}
		return false
	}
	switch {
	case has(partyAccounts):
		detail = append(detail, s.coded(string(s.role()), s.d.Party))
	case account == s.d.CashGL:
		detail = append(detail, s.coded(master.Accounts.Code, s.d.Account))
	case has(stockAccounts):
		if w := s.warehouses(); len(w) == 1 {
			detail = append(detail, s.coded(master.Warehouses.Code, w[0]))
		}
	}
	e.Detail = strings.TrimSpace(strings.Join(detail, " "))
	return e
}

// wording says of a line what was done, with whom, and by which slip: 江城新禾装饰 销售出库单 XC-202610-0087. What a sale takes out of stock
// carries its cost over.
func (s *sheet) wording(account string) string {
	if s.k.Group == slip.Sales && s.k.Goods() && s.costs(account) {
		return s.in(wordCost) + " " + s.d.Number
	}
	return strings.TrimSpace(s.name(string(s.role()), s.d.Party) + " " + s.in(s.k.Title) + " " + s.d.Number)
}

// costs tells of the accounts of goods and of what they cost when sold, the standard ones and those that categories name.
func (s *sheet) costs(account string) bool {
	return account == chart.CostOfSales || chart.IsStock(account) || slices.ContainsFunc(s.b.Masters().List(master.Categories.Code), func(r *master.Record) bool {
		return account == r.Get("stock_account") || account == r.Get("cost_account")
	})
}

// summary is the kind with its party: 销售出库单 江城新禾装饰.
func (s *sheet) summary() string {
	return strings.TrimSpace(s.in(s.k.Title) + " " + s.name(string(s.role()), s.d.Party))
}

// glName is code and name of an account of the chart, whose own names are Chinese.
func (s *sheet) glName(code string) string {
	r, ok := s.b.Masters().Find(master.GL.Code, code)
	if !ok {
		return code
	}
	return code + " " + r.Name(s.opt.Lang == text.En)
}
