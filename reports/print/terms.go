package print

import (
	"strconv"
	"strings"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// What a paper says of paying: an order's conditions, and where a customer pays to.

var (
	labelPayment  = text.T("付款方式", "Payment")
	labelCurrency = text.T("币种", "Currency")
	wordYuan      = text.T("人民币", "CNY")
	wordAdvance   = text.T("预付 %s，", "%s in advance, ")
	wordRest      = text.T("余款", "the rest ")
	wordAtOnce    = text.T("货到付款", "on delivery")
	wordWithin    = text.T("货到 %s 天内付款", "within %s days of delivery")
	wordRates     = text.T("各行所列税率", "the rates of the lines")
	wordPayBy     = text.T("到期日 %s（%d 天），请付至：", "Due %s (%d days). Payment to:")
	wordPayTo     = text.T("请付至：", "Payment to:")
)

// buys tells of an order to a supplier.
func (s *sheet) buys() bool {
	return s.k.Paper.Layout == "order" && s.role() == slip.Suppliers && s.d.Party != "" && s.k.Stock.Promise == slip.OnOrder
}

// advance is the share of an order that the book's setting has paid in advance, 0: nothing.
func (s *sheet) advance() num.Rate {
	r, err := num.ParseRate(s.b.Settings().Get("order_advance"))
	if err != nil {
		return 0
	}
	return r
}

// payment is how the party is paid, in words: its days, and what it gets before. Nothing is said where neither is known.
func (s *sheet) payment() string {
	days := s.party().Get("payment_days")
	ahead := ""
	if a := s.advance(); a > 0 {
		ahead = text.Tf(wordAdvance.Zh, wordAdvance.En, a.Percent()).In(s.opt.Lang) + s.in(wordRest)
	}
	switch {
	case days == "" && ahead == "":
		return ""
	case days == "" || days == "0":
		return ahead + s.in(wordAtOnce)
	}
	return ahead + text.Tf(wordWithin.Zh, wordWithin.En, days).In(s.opt.Lang)
}

// terms are the company's conditions of buying in the paper's language, numbered, with this order's figures in their places.
func (s *sheet) terms() []string {
	said := s.b.Settings().Get("terms_zh")
	if s.opt.Lang == text.En {
		said = s.b.Settings().Get("terms_en")
	}
	advance, _ := num.MulDiv(int64(s.amount(s.d.Gross)), int64(s.advance()), int64(num.RateOne))
	rate := s.in(wordRates)
	if v, one := s.rate(); one {
		rate = v
	}
	fill := strings.NewReplacer("{advance}", "¥"+num.Amount(advance).Grouped(), "{rate}", rate, "{place}", s.place())
	var out []string
	for _, l := range strings.FieldsFunc(said, func(r rune) bool { return r == '\n' || r == '|' }) {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		if l[0] < '0' || l[0] > '9' {
			l = strconv.Itoa(len(out)+1) + ". " + l
		}
		out = append(out, fill.Replace(l))
	}
	return out
}

// rate is the one tax rate of all lines.
func (s *sheet) rate() (string, bool) {
	for i := range s.d.Lines {
		if s.d.Lines[i].TaxRate != s.d.Lines[0].TaxRate {
			return "", false
		}
	}
	return s.d.Lines[0].TaxRate.Percent(), len(s.d.Lines) > 0
}

// payTo tells a customer by when and where to pay: the lines beside an English paper's sums.
func (s *sheet) payTo() []string {
	bank := companyOf(s.b).Bank
	if s.role() != slip.Customers || s.k.Plan || s.red() || bank == "" {
		return nil
	}
	if due := s.d.DueDate; due > s.d.Date {
		return []string{text.Tf(wordPayBy.Zh, wordPayBy.En, due, due.Sub(s.d.Date)).In(s.opt.Lang), bank}
	}
	return []string{s.in(wordPayTo), bank}
}
