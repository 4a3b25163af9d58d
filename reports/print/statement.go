package print

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/reports/paper"
)

// account is what a statement says of customers or of suppliers.
type account struct {
	title, charges, credits, closing, foot, answer, stamp, settled, ahead text.Text
	// plus raise the balance, minus lower it.
	plus, minus slip.Book
}

var (
	ofCustomers = account{
		title: text.T("客户对账单", "Customer statement"), charges: text.T("应收增加", "Charges"), credits: text.T("应收减少", "Credits"),
		closing: text.T("期末余额（应收）", "Closing balance (due to us)"),
		foot:    text.T("应收减少含收款、折扣、核销；退货以负数列在应收增加。", "Credits are payments, discounts and offsets; returns stand negative under charges."),
		answer:  text.T("贵司 %s 对账单（客户 %s）所列我方应付余额 ¥%s，经核对：", "Your statement of %s (customer %s) shows that we owe CNY %s. We have checked it:"),
		stamp:   text.T("客户（盖章）", "Customer (stamp)"), settled: text.T("收款", "payment"), ahead: text.T("其中应收 %s，预收 %s。", "Of it receivable %s, advance received %s."),
		plus: slip.Receivable, minus: slip.Advance}
	ofSuppliers = account{
		title: text.T("供应商对账单", "Supplier statement"), charges: text.T("应付增加", "Charges"), credits: text.T("应付减少", "Credits"),
		closing: text.T("期末余额（应付）", "Closing balance (due to you)"),
		foot:    text.T("应付减少含付款、折扣、核销；退货以负数列在应付增加。", "Credits are payments, discounts and offsets; returns stand negative under charges."),
		answer:  text.T("贵司 %s 对账单（供应商 %s）所列贵司应付我方余额 ¥%s，经核对：", "Your statement of %s (supplier %s) shows that you owe us CNY %s. We have checked it:"),
		stamp:   text.T("供应商（盖章）", "Supplier (stamp)"), settled: text.T("付款", "payment"), ahead: text.T("其中应付 %s，预付 %s。", "Of it payable %s, prepaid %s."),
		plus: slip.Payable, minus: slip.Prepaid}

	ages          = []text.Text{text.T("未到期", "Not due"), text.T("逾期 1–30 天", "1–30 days overdue"), text.T("31–60 天", "31–60 days"), text.T("61–90 天", "61–90 days"), text.T("90 天以上", "over 90 days")}
	ageingTitle   = text.T("账龄（按到期日，截至 %s）", "Ageing by due date as of %s")
	wordPeriod    = text.T("期间", "Period")
	wordSpan      = text.T("%s 至 %s", "%s to %s")
	wordAsOf      = text.T("对账日", "As of")
	wordTerms     = text.T("账期/额度", "Terms / limit")
	wordDays      = text.T("%s 天", "%s days")
	wordDear      = text.T("致：%s", "To: %s")
	wordUnsettled = text.T("未结清：%s", "Open: %s")
	wordAndMore   = text.T(" 等 %d 单", " and others: %d")
	wordOurBank   = text.T("收款账户：%s  户名：%s", "Payment to: %s, account name %s")
	wordPaidOn    = text.T("随单收付", "paid on the slip")
	wordAsk       = text.T("请核对后在下面的回执上签字盖章并回传；有差异请注明。", "Please check, sign the slip below and return it; if your books differ, say where.")
)

// Statement prints the account statement 对账单 of a customer or supplier: what it owes (or we owe), slip by slip, with ageing by
// due date and a slip to sign and return. lines prints each slip's products under it; from 0 is the book's start, to 0 today;
// lang empty is the party's, else the book's. The balance is the party-statement report's. Faults: NotFound for the party, Usage for the days.
func Statement(b *workflow.Book, party string, from, to text.Date, lines bool, lang text.Lang) ([]byte, error) {
	who, ok := b.Masters().Find(string(slip.Customers), party)
	of := &ofCustomers
	if !ok {
		who, ok = b.Masters().Find(string(slip.Suppliers), party)
		of = &ofSuppliers
	}
	if !ok {
		return nil, fault.New(fault.NotFound, "没有往来单位“%s”", "there is no party %q", party).At("party")
	}
	opt := Options{Lang: cmp.Or(lang, StatementLang(b, party))}
	if err := opt.complete(b); err != nil {
		return nil, err
	}
	if from == 0 {
		from = b.Settings().Start.First()
	}
	if to == 0 {
		to = max(b.Today(), from)
	}
	if to < from {
		return nil, fault.New(fault.Usage, "截止日期早于起始日期", "the last day is before the first").At("to")
	}
	j := &statementOf{b: b, account: of, who: who, from: from, to: to, details: lines, lang: opt.Lang, other: opt.Lang != b.Settings().Lang}
	s, err := j.statement()
	if err != nil {
		return nil, err
	}
	return paper.PDF(s)
}

// StatementLang is the language of a party's statement where nobody chooses: its own, else the book's.
func StatementLang(b *workflow.Book, party string) text.Lang {
	who, ok := b.Masters().Find(string(slip.Customers), party)
	if !ok {
		who, _ = b.Masters().Find(string(slip.Suppliers), party)
	}
	return langOf(b, who)
}

// statementOf is a statement being read.
type statementOf struct {
	*account
	b        *workflow.Book
	who      *master.Record
	from, to text.Date
	details  bool
	lang     text.Lang
	other    bool
	balance  num.Amount
	ahead    num.Amount // the advance or prepayment in it
}

func (j *statementOf) in(t text.Text, args ...any) string {
	if len(args) == 0 {
		return t.In(j.lang)
	}
	return fmt.Sprintf(t.In(j.lang), args...)
}

func (j *statementOf) statement() (*paper.Statement, error) {
	c := j.b.Settings()
	s := &paper.Statement{Lang: j.lang, Company: companyOf(j.b), Title: j.in(j.title),
		Charges: j.in(j.charges), Credits: j.in(j.credits), Closing: j.in(j.closing), Words: true, Fields: j.fields(),
		FootNote: j.in(j.foot), Print: paper.Print{Count: 1, At: j.b.Now(), By: text.Person(j.b.User, j.b.Users(), j.lang)}}
	rows, err := j.b.Ledgers().PartyLedger(j.who.ID, j.to)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		l, err := j.line(r)
		if err != nil {
			return nil, err
		}
		if r.Date < j.from {
			s.Opening = j.balance
		} else {
			s.Lines = append(s.Lines, l)
		}
	}
	if s.Ageing, err = j.ageing(); err != nil {
		return nil, err
	}
	s.AgeingTitle = j.in(ageingTitle, j.to)
	if j.ahead != 0 {
		s.Notes = append(s.Notes, j.in(j.account.ahead, (j.balance+j.ahead).Grouped(), j.ahead.Grouped()))
	}
	if err := j.open(s); err != nil {
		return nil, err
	}
	if bank := companyOf(j.b).Bank; bank != "" && j.plus == slip.Receivable {
		s.Notes = append(s.Notes, j.in(wordOurBank, bank, c.Company))
	}
	s.Notes = append(s.Notes, j.in(wordAsk))
	s.SignBack = &paper.SignBack{To: j.in(wordDear, c.Company), Text: j.in(j.answer, j.to, j.who.Code(), j.balance.Grouped()), Stamp: j.in(j.stamp)}
	return s, nil
}

func (j *statementOf) fields() []paper.Field {
	label := labelCustomer
	if j.plus == slip.Payable {
		label = labelSupplier
	}
	terms := ""
	if v := j.who.Get("payment_days"); v != "" {
		terms = j.in(wordDays, v)
	}
	if v, err := num.ParseAmount(j.who.Get("credit_limit")); err == nil && j.who.Get("credit_limit") != "" {
		terms = strings.TrimPrefix(terms+" / "+v.Grouped(), " / ")
	}
	left := known(paper.Field{Label: j.in(label), Value: strings.TrimSpace(j.who.Code() + " " + j.who.Name(j.other)), Bold: true}, paper.Field{Label: j.in(labelAddress), Value: j.who.Get("address")},
		paper.Field{Label: j.in(labelContact), Value: strings.TrimSpace(j.who.Get("contact") + " " + j.who.Get("phone"))})
	right := known(paper.Field{Label: j.in(wordPeriod), Value: j.in(wordSpan, j.from, j.to), Bold: true}, paper.Field{Label: j.in(wordAsOf), Value: j.to.String()}, paper.Field{Label: j.in(wordTerms), Value: terms})
	var out []paper.Field
	for i := range max(len(left), len(right)) { // left, right, left, right
		for _, side := range [][]paper.Field{left, right} {
			f := paper.Field{}
			if i < len(side) {
				f = side[i]
			}
			out = append(out, f)
		}
	}
	return out
}

// known are the fields that say something: a label without a value only asks why.
func known(list ...paper.Field) (out []paper.Field) {
	for _, f := range list {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

// openShown is how many open slips a statement names; the ages tell of the others.
const openShown = 24

// open names the slips that stand open, where the statement goes up to today's books: what was open on an earlier day is in the ages.
func (j *statementOf) open(s *paper.Statement) error {
	last, err := j.b.LastDay()
	if err != nil || last > j.to {
		return err
	}
	var of []string
	for _, k := range kinds.All {
		if slices.Contains(k.Money.Opens, j.plus) {
			of = append(of, k.Code)
		}
	}
	ids, err := j.b.Ledgers().OpenIDs(of, j.who.ID, slip.NoParty)
	if err != nil || len(ids) == 0 {
		return err
	}
	rows, err := j.b.Rows(ids[:min(len(ids), openShown)])
	if err != nil {
		return err
	}
	var list []string
	for _, r := range rows {
		list = append(list, r.Number+" "+r.Open.Grouped())
	}
	said := strings.Join(list, " · ")
	if more := len(ids) - len(rows); more > 0 {
		said += j.in(wordAndMore, more)
	}
	s.Notes = append(s.Notes, j.in(wordUnsettled, said))
	return nil
}

// line is one entry of the party's ledgers: money and what settles stands under credits, all else under charges, a return negative.
func (j *statementOf) line(r store.PartyMove) (paper.StatementLine, error) {
	date, number, book, a, due := r.Date, r.Number, r.Book, r.Amount, r.Due
	k, _ := kinds.ByCode(r.Kind)
	l := paper.StatementLine{Date: date.String(), Number: number, Amount: a}
	if k != nil {
		l.Text = j.in(k.Title)
		if r.Remark != "" {
			l.Text += " " + r.Remark
		}
	}
	if (book == slip.Payable || book == slip.Advance) != (j.plus == slip.Payable) { // it stands on the other side
		l.Amount = -a
	}
	if book == j.minus {
		j.ahead += a
	}
	j.balance += l.Amount
	if k == nil || k.Hidden {
		return l, nil
	}
	if paid := k.Goods() && due == 0; paid { // on the slip itself, whose products stand under its own row
		l.Text = j.in(k.Title) + " " + j.in(wordPaidOn)
		if l.Amount < 0 {
			l.Credit, l.Amount = true, -l.Amount
		}
		return l, nil
	}
	if k.SettlesOthers() || !k.Goods() && l.Amount < 0 {
		l.Credit, l.Amount = true, -l.Amount
		return l, nil
	}
	l.Due = due.String()
	if !j.details || !k.Goods() || date < j.from {
		return l, nil
	}
	var err error
	l.Details, err = j.products(number, k)
	return l, err
}

// products are the lines of a slip, with tax: they add up to its amount.
func (j *statementOf) products(number string, k *slip.Kind) ([]paper.StatementDetail, error) {
	d, err := j.b.Load(number)
	if err != nil {
		return nil, err
	}
	s := newSheet(j.b, k, d, Options{Lang: j.lang})
	var out []paper.StatementDetail
	for i := range d.Lines {
		l := &d.Lines[i]
		name := l.Product
		if p, ok := j.b.Masters().Product(l.Product); ok {
			name = strings.TrimSpace(p.Name(j.other) + " " + p.Get("spec"))
		}
		price, err := s.price(l, true)
		if err != nil {
			return nil, err
		}
		out = append(out, paper.StatementDetail{Name: name, Quantity: (l.Qty * num.Quantity(s.sign)).Grouped() + " " + s.name(master.Units.Code, l.Unit),
			Price: price.Grouped(), Amount: s.amount(l.Gross).Grouped()})
	}
	return out, nil
}

// ageing parts the balance by how long it is overdue, by the rule of workflow.Aged; an advance stands negative among what is not due.
func (j *statementOf) ageing() ([]paper.Sum, error) {
	out := make([]paper.Sum, len(ages))
	for i, t := range ages {
		out[i].Label = j.in(t)
	}
	out[0].Amount = j.balance
	list, err := j.b.Aged(j.plus, j.to, j.who.ID)
	for _, a := range list {
		out[0].Amount -= a.Balance
		for i, v := range a.By {
			out[i].Amount += v
		}
	}
	return out, err
}
