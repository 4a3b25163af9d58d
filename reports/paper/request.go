package paper

import (
	"fmt"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Request is a payment request 付款申请单 on A5: who is paid for which slips, and the chain of those who say yes.
type Request struct {
	Lang    text.Lang
	Company Company
	Title   string // empty: 付款申请单
	Number  string
	Head    []Field      // up to three: department, person, date
	Pairs   [3][2]Field  // payee and way, bank and account, reason and day
	Amount  num.Amount   // what is to be paid
	Rows    []RequestRow // at most five are shown; the rest are summed and stand on an annex
	Balance string       // what is owed before and after
	Steps   []Step
	Paid    string // 已付讫 2026-10-30, once the money has left
	Note    string // at the foot
	Hands   []Signature
	Print   Print
	Shift   Shift
}

// RequestRow is one slip the payment settles, or what is let off. Off is what was paid or offset before.
type RequestRow struct {
	Slip, Theirs, Invoice, Due string
	Total, Off, Now            num.Amount
}

// Step is one box of the chain: who is asked, who decided, how (同意, 驳回, 已付), when, and what was said. Verb is empty until somebody decided: a
// line for the pen. Comment is the reason where it was refused.
type Step struct{ Title, Name, Verb, At, Comment string }

var (
	wordRequest    = text.T("付款申请单", "Payment request")
	wordAmountIn   = text.T("金额（大写）", "Amount")
	wordFigure     = text.T("小写", "In figures")
	wordMore       = text.T("另 %d 单，见附表", "others: %d, see annex")
	wordChain      = text.T("审 批 记 录", "Decisions")
	requestTitles  = []text.Text{text.T("核销单据", "Slip"), text.T("供方单号", "Their no."), text.T("发票号", "Invoice"), text.T("到期日", "Due"), text.T("单据金额", "Slip total"), text.T("已付/冲/折扣", "Paid, offset, off"), text.T("本次付款", "To pay now")}
	requestWidths  = []float64{34, 24, 30, 22, 26, 26, 26}
	requestHeads   = [3]float64{0, 70, 130}
	requestHeadEnd = [3]float64{70, 130, 188}
)

const (
	requestX, requestW = 12.0, 188.0
	requestTop         = 28.5
	requestRows        = 5
	requestRow         = 6.0
)

// shown are the rows as they are printed: five, or four and the others in one line.
func (q *Request) shown() (rows []RequestRow, more int, sum RequestRow, err error) {
	for _, r := range q.Rows {
		for _, x := range []struct{ to, a *num.Amount }{{&sum.Total, &r.Total}, {&sum.Off, &r.Off}, {&sum.Now, &r.Now}} {
			if *x.to, err = num.Add(*x.to, *x.a); err != nil {
				return nil, 0, sum, err
			}
		}
	}
	if sum.Now != q.Amount {
		return nil, 0, sum, fmt.Errorf("paper: request %s: its rows pay %s, not %s", q.Number, sum.Now, q.Amount)
	}
	if len(q.Rows) <= requestRows {
		return q.Rows, 0, sum, nil
	}
	rest := RequestRow{}
	rows = append(rows, q.Rows[:requestRows-1]...)
	for _, r := range q.Rows[requestRows-1:] {
		rest.Total, rest.Off, rest.Now = rest.Total+r.Total, rest.Off+r.Off, rest.Now+r.Now
	}
	more = len(q.Rows) - requestRows + 1
	rest.Slip = fmt.Sprintf(wordMore.In(q.Lang), more)
	return append(rows, rest), more, sum, nil
}

func (q *Request) pages() ([]page, error) {
	if len(q.Steps) == 0 {
		return nil, fault.New(fault.Invalid, "付款申请没有审批步骤", "a payment request needs someone to decide").At("steps")
	}
	rows, more, sum, err := q.shown()
	if err != nil {
		return nil, err
	}
	of := 1
	var annex []page
	if more > 0 {
		if annex, err = q.annex().pages(); err != nil {
			return nil, err
		}
		of += len(annex)
	}
	p := page{w: 210, h: 148, dx: q.Shift.X, dy: q.Shift.Y}
	if err := q.head(&p, of); err != nil {
		return nil, err
	}
	y := q.pairs(&p)
	y = q.table(&p, y, rows, sum)
	y = q.chain(&p, y)
	p.line(requestX, requestTop, requestX+requestW, requestTop, 0.35)
	p.line(requestX, y, requestX+requestW, y, 0.35)
	p.line(requestX, requestTop, requestX, y, 0.35)
	p.line(requestX+requestW, requestTop, requestX+requestW, y, 0.35)
	q.foot(&p)
	return append([]page{p}, annex...), nil
}

// annex lists all slips where five rows do not do.
func (q *Request) annex() *Table {
	t := &Table{Lang: q.Lang, Company: q.Company, Title: q.title(), Parameters: []string{q.Number}, Print: q.Print, Shift: q.Shift}
	for i, c := range requestTitles {
		k := Words
		if i > 3 {
			k = Figure
		}
		t.Columns = append(t.Columns, Column{Title: c.In(q.Lang), Kind: k})
	}
	sum := RequestRow{}
	for _, r := range q.Rows {
		sum.Total, sum.Off, sum.Now = sum.Total+r.Total, sum.Off+r.Off, sum.Now+r.Now
		t.Rows = append(t.Rows, Row{Cells: []string{r.Slip, r.Theirs, r.Invoice, r.Due, r.Total.Grouped(), r.Off.Grouped(), r.Now.Grouped()}})
	}
	t.Rows = append(t.Rows, Row{Bold: true, Cells: []string{wordTotalShort.In(q.Lang), "", "", "", sum.Total.Grouped(), sum.Off.Grouped(), sum.Now.Grouped()}})
	return t
}

func (q *Request) title() string {
	if q.Title != "" {
		return q.Title
	}
	return wordRequest.In(q.Lang)
}

func (q *Request) head(p *page, of int) error {
	m, mid := halfSheet, requestX+requestW/2
	room := requestW - 2*54.5
	company, title := safe(q.Company.Name), q.title()
	if q.Lang == text.Zh {
		title = spaced(title)
	}
	p.text(mid, m.companyY, m.companyH, company, shrink(company, m.companySize, true, room), true, middle)
	p.text(mid, m.titleY, m.titleH, title, shrink(safe(title), m.titleSize, true, room), true, middle)
	p.text(requestX, m.pageY, 4.5, pageOf(q.Lang, 1, of), m.pageSize, false, left)
	(&job{Voucher: &Voucher{Lang: q.Lang, Print: q.Print}}).marks(p, m.marksX, m.marksY)
	for i, f := range q.Head {
		if i >= len(requestHeads) {
			break
		}
		x := requestX + requestHeads[i]
		t := safe(label(q.Lang, f.Label))
		p.text(x, 22.5, 5, t, 9, false, left)
		w := width(t, 9, false) + 1.4
		p.drawField(micro(x+w), 22.5, 5, requestHeadEnd[i]-requestHeads[i]-w-1, f.Value, f.Bold, false, smallest)
	}
	p.text(m.barRight, m.numberY, m.numberH, "No. "+q.Number, m.numberSize, true, right)
	return p.codeRight(m.barRight, m.barY, m.barH, m.module, q.Number)
}

// pairs draws who, how and how much; labels stand on grey.
func (q *Request) pairs(p *page) float64 {
	y := requestTop
	row := func(h float64, l, r Field) {
		for i, f := range []Field{l, r} {
			x, value := requestX, 86.4
			if i == 1 {
				x, value = requestX+112, 50.4
			}
			p.fill(x, y, 24, h, 0xEF)
			t := safe(full(f.Label))
			p.text(x+12, y, h, t, shrink(t, 9, false, 23), false, middle)
			v := safe(f.Value)
			if size := shrink(v, 9.5, f.Bold, value); width(v, size, f.Bold) <= value {
				if !f.Bold {
					size = min(size, 9)
				}
				p.text(x+25.2, y, h, v, size, f.Bold, left)
			} else {
				p.drawField(x+25.2, y, h, value, v, f.Bold, true, smallest)
			}
			p.line(x+24, y, x+24, y+h, a4Grid)
		}
		p.line(requestX+112, y, requestX+112, y+h, a4Grid)
		y += h
		p.line(requestX, y, requestX+requestW, y, a4Grid)
	}
	for _, pair := range q.Pairs {
		row(6.5, pair[0], pair[1])
	}
	words := "CNY " + q.Amount.Grouped()
	if q.Lang == text.Zh {
		words = "人民币" + num.Words(q.Amount)
	}
	row(7.5, Field{Label: wordAmountIn.In(q.Lang), Value: words, Bold: true}, Field{Label: wordFigure.In(q.Lang), Value: "¥" + q.Amount.Grouped(), Bold: true})
	return y
}

func (q *Request) table(p *page, y float64, rows []RequestRow, sum RequestRow) float64 {
	xs := p.grid(requestX, y, requestRow, requestW, 9, inLang(requestTitles, q.Lang), requestWidths)
	y += requestRow
	draw := func(r RequestRow, bold bool) {
		for i, s := range []string{r.Slip, r.Theirs, r.Invoice, r.Due} {
			s = safe(s)
			size := shrink(s, 9, bold, requestWidths[i]-2*pad)
			if i == 3 {
				p.text((xs[3]+xs[4])/2, y, requestRow, s, size, bold, middle)
				continue
			}
			p.text(xs[i]+pad, y, requestRow, cut(s, size, bold, requestWidths[i]-2*pad), size, bold, left)
		}
		for i, a := range []num.Amount{r.Total, r.Off, r.Now} {
			if a != 0 || bold {
				p.text(xs[5+i]-pad, y, requestRow, a.Grouped(), shrink(a.Grouped(), 9, bold, 26-2*pad), bold, right)
			}
		}
		p.uprights(xs, y, y+requestRow, a4Grid)
		y = micro(y + requestRow)
		p.line(requestX, y, requestX+requestW, y, a4Grid)
	}
	for _, r := range rows {
		draw(r, false)
	}
	sum.Slip = wordTotal.In(q.Lang)
	draw(sum, true)
	if q.Balance != "" {
		t := safe(q.Balance)
		p.text(requestX+pad, y, 5.5, t, shrink(t, 8.5, false, requestW-2*pad), false, left)
		y += 5.5
		p.line(requestX, y, requestX+requestW, y, a4Grid)
	}
	return y
}

// chain draws the decisions in equal boxes.
func (q *Request) chain(p *page, y float64) float64 {
	p.fill(requestX, y, requestW, 5, 0xEF)
	p.line(requestX, y, requestX+requestW, y, a4Grid)
	p.text(requestX+requestW/2, y, 5, wordChain.In(q.Lang), 9, true, middle)
	y += 5
	p.line(requestX, y, requestX+requestW, y, a4Grid)
	w := requestW / float64(len(q.Steps))
	for i, s := range q.Steps {
		x := requestX + w*float64(i)
		if i > 0 {
			p.line(micro(x), y, micro(x), y+20, a4Grid)
		}
		role := safe(fmt.Sprintf("%d %s", i+1, full(s.Title)))
		p.text(x+w/2, y+0.1, 5, role, shrink(role, 9, true, w-2), true, middle)
		if s.Verb == "" {
			p.line(micro(x+5), y+14, micro(x+w-5), y+14, 0.2)
			continue
		}
		d := safe(strings.TrimSpace(s.Name + "  " + s.Verb))
		p.text(x+w/2, y+5.8, 5, d, shrink(d, 10.5, false, w-2), false, middle)
		at := 11.0
		comment := wrap(safe(s.Comment), 8, false, w-2)
		if len(comment) > 1 { // a longer one has two small lines, and the time moves up to them
			at, comment = 10.2, wrap(safe(s.Comment), smallest, false, w-2)
		}
		p.text(x+w/2, y+at, 5, s.At, 8, false, middle)
		q.comment(p, x, y, w, comment)
	}
	return y + 20
}

// comment sets what was said to a decision on one line or two at the foot of its box.
func (q *Request) comment(p *page, x, y, w float64, lines []string) {
	switch {
	case len(lines) == 1:
		p.text(x+w/2, y+14.9, 5, lines[0], 8, false, middle)
	case len(lines) > 1:
		second := lines[1]
		if len(lines) > 2 {
			second = cut(second+strings.Join(lines[2:], ""), smallest, false, w-2)
		}
		p.text(x+w/2, y+14, 2.8, lines[0], smallest, false, middle)
		p.text(x+w/2, y+16.6, 2.8, second, smallest, false, middle)
	}
}

func (q *Request) foot(p *page) {
	if q.Paid != "" {
		p.ops = append(p.ops, op{kind: 'r', x: 160, y: 113, w: 40, h: 9, size: 0.5, red: true})
		p.text(180, 113, 9, q.Paid, shrink(q.Paid, 11, true, 38), true, middle)
		p.ops[len(p.ops)-1].red = true
	}
	(&job{Voucher: &Voucher{Lang: q.Lang, Signatures: q.Hands}}).signatures(p, requestX, requestW, 127, 6.5)
	printed := safe(q.Print.printed(q.Lang))
	p.text(requestX+requestW, 135, 4, printed, 7.5, false, right)
	note, room := safe(q.Note), requestW-width(printed, 7.5, false)-4
	size := shrink(note, 7.5, false, room)
	p.text(requestX, 135, 4, cut(note, size, false, room), size, false, left)
}
