package print

import (
	"fmt"
	"strings"

	"zhanggui/data/approval"
	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
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
	wordCarried    = text.T("已付", "Paid")
	wordPaidUp     = text.T("已付讫 %s", "PAID %s")
	wordOwed       = text.T("付款前应付该单位余额 %s，付款及折扣后 %s；预付余额 %s。", "Owed to the payee before %s, after payment and discounts %s; prepaid %s.")
	wordRequestBy  = text.T("付款凭证 记-%s", "voucher %s")
	handBooks      = text.T("会计", "Accountant")
	handPayee      = text.T("领款人签字", "Received by")
)

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
	s.steps(q)
	var err error
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

// signed is the step of the slip's chain that has the title, where somebody took it.
func (s *sheet) signed(title string) (approval.Act, bool) {
	_, acts, _, err := workflow.RoundOf(s.b.DB, s.d)
	if err != nil { // the paper is right without
		return approval.Act{}, false
	}
	for _, a := range acts {
		if a.Title == title && (a.Verb == approval.Approve || a.Verb == approval.Execute) {
			return a.Act, true
		}
	}
	return approval.Act{}, false
}

// steps are the kind's hands after the maker; what the program knows of them is filled in.
func (s *sheet) steps(q *paper.Request) {
	for _, h := range s.k.Paper.Hands {
		if h.From == "maker" {
			continue
		}
		step := paper.Step{Title: s.in(h.Label)}
		if h.From == "auditor" && s.d.Auditor != "" {
			step.Name, step.Verb = s.person(s.d.Auditor), s.in(wordAgreed)
			if !s.d.AuditedAt.IsZero() {
				step.At = s.d.AuditedAt.Format("2006-01-02 15:04")
			}
		}
		if a, ok := s.signed(step.Title); ok {
			step.Name, step.Verb, step.At, step.Comment = s.in(a.Signed()), s.in(wordAgreed), a.At.Format("2006-01-02 15:04"), a.Comment
			if a.Verb == approval.Execute {
				step.Verb = s.in(wordCarried)
			}
		}
		q.Steps = append(q.Steps, step)
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
	rows, err := s.b.DB.PartyLedger(p.ID, s.d.Date)
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
