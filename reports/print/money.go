package print

import (
	"fmt"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

const (
	colDate    paper.Key = "date"
	colKind    paper.Key = "kind"
	colSettled paper.Key = "settled"
	colBook    paper.Key = "book"
)

var (
	titleSettles   = text.T("核销单据", "Settles")
	titleDate      = text.T("日期", "Date")
	titleKind      = text.T("单据类型", "Kind")
	titleGross     = text.T("单据金额", "Slip total")
	titleSettled   = text.T("本次核销", "Settled now")
	wordThisSlip   = text.T("本单金额", "This slip")
	wordRounding   = text.T("抹零", "Rounding off")
	wordPaidBy     = text.T("本次收付（%s）", "Paid now (%s)")
	wordUnpaid     = text.T("本单未付", "Left to pay")
	wordBefore     = text.T("上期欠款", "Previous balance")
	wordReceived   = text.T("本次收款", "Paid now")
	wordReceivedBy = text.T("本次收款（%s）", "Paid now (%s)")
	wordOwing      = text.T("累计欠款", "Balance due")
	titlePurpose   = text.T("事项", "Purpose")
	titleBook      = text.T("账目", "Account")
	wordOpen       = text.T("未指定单据", "On account")

	bookWords = map[slip.Book]text.Text{slip.Receivable: text.T("应收", "Receivable"), slip.Payable: text.T("应付", "Payable"),
		slip.Advance: text.T("预收", "Advance"), slip.Prepaid: text.T("预付", "Prepaid")}
)

// money is the paper of a money slip: what it settles, slip by slip, and what is let off, adding up to its amount. One that
// settles nothing says what it is for.
func (s *sheet) money() (*paper.Voucher, error) {
	if len(s.k.Lines) > 0 {
		return s.entries()
	}
	v := s.voucher()
	v.Fields = s.fields(&sources{})
	v.Inclusive = true // the words then say 合计, not 价税合计
	v.Total = s.d.Amount
	claims := s.k.Claims(s.d)
	v.Columns = s.moneyColumns(claims)
	rest := map[slip.Book]num.Amount{}
	for _, c := range claims {
		rest[c.Book] = c.Amount
	}
	if len(claims) == 0 {
		rest[""] = s.d.Amount
	}
	for _, a := range s.d.Allocations {
		t, err := s.b.Load(a.Target)
		if err != nil {
			return nil, err
		}
		rest[a.Book] -= a.Amount
		v.Lines = append(v.Lines, s.settled(t, a))
	}
	for _, book := range []slip.Book{"", slip.Receivable, slip.Payable, slip.Advance, slip.Prepaid} {
		if a, ok := rest[book]; ok && (a != 0 || len(v.Lines) == 0) {
			v.Lines = append(v.Lines, s.onAccount(book, a, len(claims) > 0))
		}
	}
	s.letOff(v, claims)
	v.Balance = s.receivedRow()
	return v, nil
}

// moneyColumns: an offset says which of its two accounts each slip belongs to, and does not add them up.
func (s *sheet) moneyColumns(claims []slip.Claim) []paper.Column {
	what, now := titleSettles, titleSettled
	if len(claims) == 0 {
		what, now = titlePurpose, titleAmount
	}
	out := []paper.Column{{Key: paper.ColNumber, Kind: paper.Centre, Width: 9}, {Key: paper.ColName, Title: s.in(what)}}
	if len(claims) > 1 {
		out = append(out, paper.Column{Key: colBook, Title: s.in(titleBook), Kind: paper.Centre, Width: 20})
	}
	return append(out, paper.Column{Key: colKind, Title: s.in(titleKind), Kind: paper.Centre, Width: 32, Drop: true},
		paper.Column{Key: colDate, Title: s.in(titleDate), Kind: paper.Centre, Width: 26, Drop: true},
		paper.Column{Key: paper.ColGross, Title: s.in(titleGross), Kind: paper.Figure, Width: 32, Drop: true},
		paper.Column{Key: colSettled, Title: s.in(now), Kind: paper.Figure, Width: 32, Sum: len(claims) < 2})
}

// onAccount is what settles no slip: an open credit, or the purpose of money that settles nothing.
func (s *sheet) onAccount(book slip.Book, a num.Amount, settles bool) paper.Line {
	name := s.in(wordOpen)
	if !settles {
		name = s.summary()
	}
	return paper.Line{Name: name, Cells: map[paper.Key]string{colSettled: a.Grouped(), colBook: s.in(bookWords[book])}}
}

// offMoney are the fields of what a money slip settles without money.
var offMoney = []string{"slip_discount", "rounding"}

// letOff takes settlement discount and rounding off what is settled, so that the column adds up to the money.
func (s *sheet) letOff(v *paper.Voucher, claims []slip.Claim) {
	for _, key := range offMoney {
		f, ok := s.k.HeaderField(key)
		if a, err := num.ParseAmount(s.d.Get(key)); ok && err == nil && a != 0 && len(claims) == 1 {
			v.Lines = append(v.Lines, paper.Line{Name: s.in(f.Label), Cells: map[paper.Key]string{colSettled: (-a).Grouped()}})
		}
	}
}

func (s *sheet) settled(t *slip.Doc, a slip.Allocation) paper.Line {
	l := paper.Line{Name: t.Number, Spec: t.ExternalNo, Cells: map[paper.Key]string{
		colBook: s.in(bookWords[a.Book]), colDate: t.Date.String(), paper.ColGross: t.Gross.Grouped(), colSettled: a.Amount.Grouped()}}
	if k, ok := kinds.ByCode(t.Kind); ok {
		l.Cells[colKind] = s.in(k.Title)
	}
	return l
}

// paidRow is what a slip paid at once says under its total: rounding off, what was paid and by which accounts, what stays owed.
func (s *sheet) paidRow() []paper.Balance {
	if row := s.owedRow(); row != nil {
		return row
	}
	list := s.d.Payments()
	if !s.k.Pays() || len(list) == 0 && s.d.Rounding == 0 {
		return nil
	}
	open := s.d.Gross - s.d.Rounding - s.d.PaidNow()
	out := []paper.Balance{{Label: s.in(wordThisSlip), Amount: s.amount(s.d.Gross)}}
	if s.d.Rounding != 0 {
		out = append(out, paper.Balance{Label: s.in(wordRounding), Amount: s.amount(-s.d.Rounding)})
	}
	for i, p := range list {
		name := s.name(master.Accounts.Code, p.Account)
		if i == 0 {
			name = fmt.Sprintf(s.in(wordPaidBy), name)
		}
		out = append(out, paper.Balance{Label: name, Amount: s.amount(-p.Amount)})
	}
	return append(out, paper.Balance{Label: s.in(wordUnpaid), Amount: s.amount(open)})
}

// receivedRow is what a collection says of the running account: owed before, what came in and was let off, owed now.
func (s *sheet) receivedRow() []paper.Balance {
	if s.b.Settings().PrintBalance == "no" || s.k.Money.Settles != slip.Receivable {
		return nil
	}
	before, own, ok, err := s.b.Owed(s.d)
	if err != nil || !ok {
		return nil
	}
	out := []paper.Balance{{Label: s.in(wordBefore), Amount: before}, {Label: s.in(wordReceived), Amount: -s.d.Amount}}
	if off := own + s.d.Amount; off != 0 {
		f, _ := s.k.HeaderField("slip_discount")
		out = append(out, paper.Balance{Label: s.in(f.Label), Amount: off})
	}
	return append(out, paper.Balance{Label: s.in(wordOwing), Amount: before + own})
}

// owedRow is what a customer's slip says of the running account: owed before, this slip, what was let off and paid, owed now. It stands on audited
// slips that post on the account, where the book prints it.
func (s *sheet) owedRow() []paper.Balance {
	if s.k.Group != slip.Sales || s.b.Settings().PrintBalance == "no" {
		return nil
	}
	before, own, ok, err := s.b.Owed(s.d)
	if err != nil || !ok {
		return nil
	}
	off, paid := s.amount(s.d.Rounding), s.amount(s.d.PaidNow())
	total := s.amount(s.d.Gross)
	if total-off-paid != own { // settled in ways this row has no word for
		return nil
	}
	out := []paper.Balance{{Label: s.in(wordBefore), Amount: before}, {Label: s.in(wordThisSlip), Amount: total}}
	if off != 0 {
		out = append(out, paper.Balance{Label: s.in(wordRounding), Amount: -off})
	}
	word := s.in(wordReceived)
	if list := s.d.Payments(); len(list) == 1 {
		word = fmt.Sprintf(s.in(wordReceivedBy), s.name(master.Accounts.Code, list[0].Account))
	}
	return append(out, paper.Balance{Label: word, Amount: -paid}, paper.Balance{Label: s.in(wordOwing), Amount: before + own})
}
