package print

import (
	"fmt"
	"slices"
	"strings"

	"zhanggui/data/approval"
	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow/approve"
	"zhanggui/reports/paper"
)

var (
	labelAskDept   = text.T("申请部门", "Department")
	labelAskedBy   = text.T("申请人", "Asked by")
	labelAskedOn   = text.T("申请日期", "Date")
	labelPayee     = text.T("收款单位", "Payee")
	labelWay       = text.T("付款方式", "Method")
	labelPayeeBank = text.T("开户行/账号", "Bank/account")
	labelFromBank  = text.T("付款账户", "Pay from")
	labelWhy       = text.T("付款事由", "Reason")
	labelPayBy     = text.T("要求付款日", "Pay by")
	wordAgreed     = text.T("同意", "Approved")
	wordRefused    = text.T("驳回", "Refused")
	wordCarried    = text.T("已付", "Paid")
	wordByNo       = text.T("流水 %s", "No. %s")
	wordStands     = text.T("审批以系统记录为准，纸面为其打印", "decisions stand in the system; this prints them")
	wordPaidUp     = text.T("已付讫 %s", "PAID %s")
	wordOwed       = text.T("付款前应付该单位余额 %s，付款及折扣后 %s；预付余额 %s。", "Owed to the payee before %s, after payment and discounts %s; prepaid %s.")
	wordRequestBy  = text.T("付款凭证 记-%s", "voucher %s")
	handBooks      = text.T("会计", "Accountant")
	handPayee      = text.T("领款人签字", "Received by")
)

// decidedAt is how a box says when.
const decidedAt = "2006-01-02 15:04"

// requestTitle is what the request for a money slip is called: 付款单 is asked for by a 付款申请单.
func requestTitle(k *slip.Kind) text.Text {
	return text.T(strings.TrimSuffix(k.Title.Zh, "单")+"申请单", k.Title.En+" request")
}

// request is the paper on which the chain of those who approve says yes before the cashier pays.
func (s *sheet) request() (*paper.Request, error) {
	if s.d.Status == slip.Void {
		return nil, fault.New(fault.Refused, "%s 已作废，不能申请付款", "%s is void; nothing is asked for", s.d.Number)
	}
	q := &paper.Request{Lang: s.opt.Lang, Company: s.company(), Title: s.in(requestTitle(s.k)), Number: s.d.Number, Amount: s.d.Gross, Print: s.print(),
		Shift: paper.Shift(s.opt.Shift)}
	q.Print.Count = 1 // it is no copy of the slip
	s.payee(q)
	err := s.steps(q)
	if err != nil {
		return nil, err
	}
	if len(s.k.Lines) > 0 {
		for i := range s.d.Lines {
			l := &s.d.Lines[i]
			q.Rows = append(q.Rows, paper.RequestRow{Slip: s.coded(master.GL.Code, l.Account), Total: l.Gross, Now: l.Gross})
		}
	} else if q.Rows, err = s.requestRows(); err != nil {
		return nil, err
	}
	if q.Balance, err = s.owedLine(); err != nil {
		return nil, err
	}
	if s.d.Status.Live() && s.d.Account != "" {
		q.Paid = fmt.Sprintf(s.in(wordPaidUp), s.d.Date)
		number, _, err := s.posted()
		if err != nil {
			return nil, err
		}
		_, number, _ = strings.Cut(number, "-")
		q.Note = fmt.Sprintf(s.in(wordRequestBy), number)
	}
	if _, acts, err := approve.Decided(s.b, s.d); err != nil {
		return nil, err
	} else if len(acts) > 0 {
		q.Note = strings.TrimPrefix(q.Note+" · "+s.in(wordStands), " · ")
	}
	return q, nil
}

// payee fills who asks for it, who is paid and how.
func (s *sheet) payee(q *paper.Request) {
	p := s.party()
	by := s.name(master.Employees.Code, s.d.Employee)
	if by == "" {
		by = s.person(s.d.Maker)
	}
	q.Head = []paper.Field{{Label: s.in(labelAskDept), Value: s.name(master.Departments.Code, s.d.Department)}, {Label: s.in(labelAskedBy), Value: by}, {Label: s.in(labelAskedOn), Value: s.d.Date.String()}}
	way := ""
	if f, ok := s.k.HeaderField("method"); ok {
		way = s.value(f, s.d.Get("method"))
	}
	if no := s.d.Get("cheque_no"); no != "" {
		way = strings.TrimSpace(way + " " + no)
	}
	why := s.d.Remark
	if why == "" {
		why = s.summary()
	}
	q.Pairs = [3][2]paper.Field{
		{{Label: s.in(labelPayee), Value: s.coded(string(s.role()), s.d.Party), Bold: true}, {Label: s.in(labelWay), Value: way}},
		{{Label: s.in(labelPayeeBank), Value: strings.TrimSpace(p.Get("bank") + " " + p.Get("bank_account"))}, {Label: s.in(labelFromBank), Value: s.coded(master.Accounts.Code, s.d.Account)}},
		{{Label: s.in(labelWhy), Value: why}, {Label: s.in(labelPayBy), Value: s.d.DueDate.String()}},
	}
	q.Hands = []paper.Signature{{Label: s.in(maker(s.k)), Name: s.person(s.d.Maker)}, {Label: s.in(handBooks)}, {Label: s.in(handPayee)}}
}

// maker is what the kind calls who wrote the slip.
func maker(k *slip.Kind) text.Text {
	for _, h := range k.Paper.Hands {
		if h.From == "maker" {
			return h.Label
		}
	}
	return text.Text{}
}

// signed is who took the step of the slip's chain that a hand is of, where somebody did.
func (s *sheet) signed(hand text.Text) (approval.Act, bool) {
	_, acts, err := approve.Decided(s.b, s.d)
	if err != nil { // the paper is right without
		return approval.Act{}, false
	}
	for _, a := range acts {
		if is(hand, a.Title) && a.Verb != approval.Return {
			return a, true
		}
	}
	return approval.Act{}, false
}

// is tells whether a step's title, in whichever language it was written, is a hand's label.
func is(hand text.Text, title string) bool { return title == hand.Zh || title == hand.En }

// steps are the boxes of those who decide: the kind's hands after the maker, and what a chain asks beside them; what the program knows of them is
// filled in, the others have a line for the pen.
func (s *sheet) steps(q *paper.Request) error {
	asked, acts, err := approve.Decided(s.b, s.d)
	if err != nil {
		return err
	}
	for _, a := range acts { // executed from draft: no step was copied
		if !slices.ContainsFunc(asked, func(x approval.Step) bool { return x.No == a.Step && x.Title == a.Title }) {
			asked = append(asked, approval.Step{No: a.Step, Title: a.Title})
		}
	}
	var boxes []box
	for _, h := range s.k.Paper.Hands {
		if h.From != "maker" {
			boxes = append(boxes, box{Step: paper.Step{Title: s.in(h.Label)}, hand: h})
		}
	}
	next := 0 // a step that is no hand stands behind the one before it
	for _, x := range asked {
		i := slices.IndexFunc(boxes, func(b box) bool { return b.step == 0 && is(b.hand.Label, x.Title) })
		if i < 0 {
			i = next
			boxes = slices.Insert(boxes, i, box{Step: paper.Step{Title: x.Title}})
		}
		boxes[i].step, boxes[i].title = x.No, x.Title
		next = i + 1
	}
	for _, b := range boxes {
		s.decide(&b, acts)
		q.Steps = append(q.Steps, b.Step)
	}
	return nil
}

// box is a box of those who decide: a hand of the kind's paper, a step (0: none) of the chain, or both.
type box struct {
	paper.Step
	hand  slip.Hand
	step  int
	title string
}

// decide fills a box with what was decided. Without a chain who audited said yes.
func (s *sheet) decide(b *box, acts []approval.Act) {
	if b.hand.From == "auditor" && b.step == 0 && s.d.Auditor != "" && !slices.ContainsFunc(acts, func(a approval.Act) bool { return a.Verb == approval.Execute }) {
		b.Name, b.Verb = s.d.Auditor, s.in(wordAgreed)
		if !s.d.AuditedAt.IsZero() {
			b.At = s.d.AuditedAt.Format(decidedAt)
		}
	}
	for _, a := range acts {
		if b.step == 0 || a.Step != b.step || a.Title != b.title {
			continue
		}
		b.Name, b.Verb, b.At, b.Comment = s.in(a.Signed()), s.in(wordAgreed), a.At.Format(decidedAt), a.Comment
		switch a.Verb {
		case approval.Return:
			b.Verb = s.in(wordRefused)
		case approval.Execute:
			b.Verb = s.in(wordCarried)
			if no := s.d.Get("cheque_no"); no != "" {
				b.Comment = fmt.Sprintf(s.in(wordByNo), no)
			}
		}
	}
}

// requestRows are the slips that are paid. What is let off comes off the last of them and stands in a row of its own, so that the
// last column adds up to the money.
func (s *sheet) requestRows() ([]paper.RequestRow, error) {
	var out []paper.RequestRow
	off := num.Amount(0)
	for _, key := range offMoney {
		a, err := num.ParseAmount(s.d.Get(key))
		if _, ok := s.k.HeaderField(key); ok && err == nil {
			off += a
		}
	}
	rest := s.d.Amount + off
	for _, a := range s.d.Allocations {
		r, err := s.requestRow(a)
		if err != nil {
			return nil, err
		}
		rest -= a.Amount
		out = append(out, r)
	}
	if rest != 0 || len(out) == 0 {
		out = append(out, paper.RequestRow{Slip: s.in(wordOpen), Now: rest})
	}
	left := off
	for i := len(out) - 1; i >= 0 && left > 0; i-- {
		part := min(left, out[i].Now)
		out[i].Now, left = out[i].Now-part, left-part
	}
	out[0].Now -= left
	for _, key := range offMoney {
		f, ok := s.k.HeaderField(key)
		if a, err := num.ParseAmount(s.d.Get(key)); ok && err == nil && a != 0 {
			out = append(out, paper.RequestRow{Slip: s.in(f.Label), Off: a})
		}
	}
	return out, nil
}

// requestRow is one slip that is paid: its total, and what of it was paid or offset by others.
func (s *sheet) requestRow(a slip.Allocation) (paper.RequestRow, error) {
	t, err := s.b.Load(a.Target)
	if err != nil {
		return paper.RequestRow{}, err
	}
	r := paper.RequestRow{Slip: t.Number, Theirs: t.ExternalNo, Invoice: t.Get("invoice_no"), Due: t.DueDate.String(), Total: t.Gross, Now: a.Amount}
	rows, err := s.b.Rows([]int64{t.ID})
	if err != nil || len(rows) == 0 || a.Book == "" {
		return r, err
	}
	r.Off = t.Gross - rows[0].Open
	if s.d.Status.Live() {
		r.Off -= a.Amount
	}
	return r, nil
}

// owedLine says what is owed to the payee before and after; nothing where nobody is named.
func (s *sheet) owedLine() (string, error) {
	p := s.party()
	if s.d.Party == "" || s.role() != slip.Suppliers {
		return "", nil
	}
	rows, err := s.b.Ledgers().PartyLedger(p.ID, s.d.Date)
	if err != nil {
		return "", err
	}
	sum := map[slip.Book]num.Amount{}
	var own num.Amount
	for _, r := range rows {
		sum[r.Book] += r.Amount
		if r.Number == s.d.Number && r.Book == slip.Payable {
			own += r.Amount
		}
	}
	before, after := sum[slip.Payable]-own, sum[slip.Payable]
	if !s.d.Status.Live() {
		for _, c := range s.k.Claims(s.d) {
			if c.Book == slip.Payable {
				after -= c.Amount
			}
		}
	}
	return fmt.Sprintf(s.in(wordOwed), before.Grouped(), after.Grouped(), sum[slip.Prepaid].Grouped()), nil
}
