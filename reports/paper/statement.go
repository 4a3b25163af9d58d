package paper

import (
	"fmt"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Statement is an account statement 对账单 for a customer or supplier, with ageing and a slip to sign and return.
type Statement struct {
	Lang        text.Lang
	Company     Company
	Title       string
	Charges     string  // head of the first amount column: 应收增加
	Credits     string  // and of the second: 应收减少
	Fields      []Field // up to six, read left, right, left, right
	Opening     num.Amount
	Lines       []StatementLine
	Closing     string // label of the last row: 期末余额（应收）
	Words       bool   // the closing balance in words (Chinese only)
	Ageing      []Sum  // five ages; their sum is the closing balance, else it is an error; nil: none
	AgeingTitle string
	Notes       []string // open slips, bank account, request
	SignBack    *SignBack
	FootNote    string
	Print       Print
	Shift       Shift
}

// StatementLine is one slip of the account. Amount stands under charges, or under credits when Credit; a return
// is a negative charge.
type StatementLine struct {
	Date, Number, Text, Due string
	Amount                  num.Amount
	Credit                  bool
	Details                 []StatementDetail
}

// StatementDetail is one product of a slip, printed small and indented under it.
type StatementDetail struct{ Name, Quantity, Price, Amount string }

// SignBack is the slip under the cut line.
type SignBack struct {
	Title, To, Text string
	Stamp           string // whose stamp; empty: 客户（盖章）
}

var (
	statementTitles = []text.Text{text.T("日期", "Date"), text.T("单号", "No."), text.T("摘要", "Description"), text.T("到期日", "Due"), {}, {}, text.T("余额", "Balance")}
	statementWidths = []float64{20, 31, 46, 20, 22, 22, 22}
	wordOpening     = text.T("期初余额", "Opening balance")
	wordPeriod      = text.T("本期合计", "Total of the period")
	wordClosing     = text.T("期末余额", "Closing balance")
	wordCloseWords  = text.T("期末余额（大写）：人民币", "")
	wordCut         = text.T("沿此线剪下回传", "cut here and return")
	wordAgree       = text.T("核对无误", "We agree")
	wordDiffer      = text.T("有差异，我方账面余额 ¥", "We differ; our balance is")
	wordDifference  = text.T("差异说明见下：", "Explanation:")
	signBackHands   = []text.Text{text.T("客户（盖章）", "Customer (stamp)"), text.T("经办人", "Name"), text.T("日期", "Date")}
	wordTotalShort  = text.T("合计", "Total")
	wordSignTitle   = text.T("对账回执", "Confirmation")
)

const (
	statementTop  = 56.0
	statementRow  = 6.0
	statementLine = 4.6
	statementCut  = 212.0
)

// statementJob is a statement being laid out.
type statementJob struct {
	*Statement
	closing, charges, credits num.Amount
	balances                  []num.Amount
	rows                      []statementPart
	parts                     [][]int // indexes of rows
	xs                        []float64
}

func (s *Statement) pages() ([]page, error) {
	j := &statementJob{Statement: s}
	if err := j.reckon(); err != nil {
		return nil, err
	}
	j.paginate()
	out := make([]page, len(j.parts))
	for n := range out {
		p := &out[n]
		*p = page{w: a4W, h: a4H, dx: s.Shift.X, dy: s.Shift.Y}
		if err := j.draw(p, n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// statementPart is a slip, or a further part of one whose products are longer than half a page.
type statementPart struct {
	line    int
	first   bool
	details []StatementDetail
}

// detailsAtOnce is how many lines of products one part holds.
const detailsAtOnce = 20

// split cuts the slips into parts that fit a page.
func (j *statementJob) split() {
	for i, l := range j.Lines {
		part, used := statementPart{line: i, first: true}, 0
		for _, d := range l.Details {
			n := len(detailName(d))
			if used > 0 && used+n > detailsAtOnce {
				j.rows = append(j.rows, part)
				part, used = statementPart{line: i}, 0
			}
			part.details = append(part.details, d)
			used += n
		}
		j.rows = append(j.rows, part)
	}
}

// detailRoom is what a product's name may take: number and text columns, less the indent and the quantity.
var detailRoom = statementWidths[1] + statementWidths[2] - 4 - 26

// detailName is a product's name on as many lines as it needs.
func detailName(d StatementDetail) []string { return wrap(safe(d.Name), 8, false, detailRoom) }

// slipWords are the words of a slip's row and their size: one line, set smaller if needed, or as many as they need.
func (j *statementJob) slipWords(i int) ([]string, float64) {
	words := safe(j.Lines[i].Text)
	room := statementWidths[2] - 2*pad
	if size := max(8, shrink(words, 9, false, room)); width(words, size, false) <= room {
		return []string{words}, size
	}
	return wrap(words, 8, false, room), 8
}

// slipHeight is the height of a slip's own row.
func (j *statementJob) slipHeight(i int) float64 {
	words, size := j.slipWords(i)
	return micro(max(statementRow, float64(len(words))*size*pt*1.06))
}

// reckon carries the balance line by line and checks the ageing against it.
func (j *statementJob) reckon() error {
	balance := j.Opening
	var err error
	for _, l := range j.Lines {
		amount := l.Amount
		if l.Credit {
			j.credits, err = num.Add(j.credits, amount)
			amount = -amount
		} else {
			j.charges, err = num.Add(j.charges, amount)
		}
		if err != nil {
			return err
		}
		if balance, err = num.Add(balance, amount); err != nil {
			return err
		}
		j.balances = append(j.balances, balance)
	}
	j.closing = balance
	if len(j.Ageing) > 0 {
		var sum num.Amount
		for _, a := range j.Ageing {
			sum += a.Amount
		}
		if sum != j.closing {
			return fmt.Errorf("paper: statement %s: the ages add up to %s, not to the balance %s", j.Title, sum, j.closing)
		}
	}
	return nil
}

func (j *statementJob) lineHeight(i int) float64 {
	h := 0.0
	for _, d := range j.rows[i].details {
		h += statementLine * float64(len(detailName(d)))
	}
	if j.rows[i].first {
		h += j.slipHeight(j.rows[i].line)
	}
	return h
}

// after is the height of all that follows the last line.
func (j *statementJob) after() float64 {
	h := 6.5 + 7.0
	if j.Words && j.Lang == text.Zh {
		h += 7
	}
	if len(j.Ageing) > 0 {
		h += 21
	}
	for i, n := range j.Notes {
		h += 5.5 * float64(len(j.noteLines(i, n)))
	}
	return h + 4
}

func (j *statementJob) noteLines(i int, n string) []string {
	return wrap(safe(n), j.noteSize(i), false, a4Table)
}

func (j *statementJob) noteSize(i int) float64 {
	if i == 0 {
		return 8.5
	}
	return 9
}

func (j *statementJob) paginate() {
	limit := 276.0
	if j.SignBack != nil {
		limit = statementCut - 3
	}
	limit -= j.after()
	j.split()
	var now []int
	y := statementTop + 7 + statementRow
	for i := range j.rows {
		h := j.lineHeight(i)
		last := i == len(j.rows)-1
		if len(now) > 0 && (y+h > 270 || last && y+h > limit) {
			j.parts = append(j.parts, now)
			now, y = nil, statementTop+7+statementRow
		}
		now = append(now, i)
		y += h
	}
	j.parts = append(j.parts, now)
}

func (j *statementJob) draw(p *page, n int) error {
	title := j.Title
	if j.Lang == text.Zh {
		title = spaced(title)
	}
	head := sheetHead{lang: j.Lang, company: j.Company, title: title, x: a4X, table: a4Table, y: 12, address: true}
	edge, err := head.draw(p, n, len(j.parts))
	if err != nil {
		return err
	}
	(&job{Voucher: &Voucher{Lang: j.Lang, Print: j.Print}}).marks(p, edge+4, 26.7)
	j.fields(p)
	titles := inLang(statementTitles, j.Lang)
	titles[4], titles[5] = full(j.Charges), full(j.Credits)
	j.xs = p.grid(a4X, statementTop, 7, a4Table, 9, titles, statementWidths)
	y := statementTop + 7
	if n == 0 {
		y = j.total(p, y, 6, wordOpening.In(j.Lang), "", "", j.Opening.Grouped(), true)
	} else {
		before := j.rows[j.parts[n][0]-1].line
		y = j.total(p, y, 6, wordBrought.In(j.Lang), "", "", j.balances[before].Grouped(), false)
	}
	for _, i := range j.parts[n] {
		y = j.line(p, i, y)
	}
	last := n == len(j.parts)-1
	if last {
		y = j.total(p, y, 6.5, wordPeriod.In(j.Lang), j.charges.Grouped(), j.credits.Grouped(), "", true)
		closing := j.Closing
		if closing == "" {
			closing = wordClosing.In(j.Lang)
		}
		y = j.total(p, y, 7, full(closing), "", "", j.closing.Grouped(), true)
	}
	p.border(a4X, statementTop, a4Table, y)
	if last {
		j.end(p, y)
	} else {
		p.text(a4X+a4Table, y+0.3, 5, wordContinued.In(j.Lang), 8.5, false, right)
	}
	p.foot(a4X, a4Table, j.FootNote, j.Print.printed(j.Lang))
	return nil
}

func (j *statementJob) fields(p *page) {
	for i, f := range j.Fields {
		if i > 5 {
			break
		}
		if f.Value == "" {
			continue
		}
		x, room := a4X, 116.0
		if i%2 == 1 {
			x, room = 133, 65
		}
		y := 37 + a4FieldH*float64(i/2)
		t := safe(label(j.Lang, f.Label))
		p.text(x, y, a4FieldH, t, 9, false, left)
		w := width(t, 9, false) + 1.4
		p.drawField(micro(x+w), y, a4FieldH, room-w, f.Value, f.Bold, false, smallest)
	}
}

// total draws one of the rows that are not slips, and returns where it ends.
func (j *statementJob) total(p *page, y, h float64, words, charge, credit, balance string, bold bool) float64 {
	p.text(j.xs[2]+pad, y, h, words, shrink(safe(words), 9, bold, statementWidths[2]-2*pad), bold, left)
	for i, s := range []string{charge, credit, balance} {
		p.text(j.xs[5+i]-pad, y, h, s, shrink(s, 9, bold, 22-2*pad), bold, right)
	}
	p.uprights(j.xs, y, y+h, a4Grid)
	y = micro(y + h)
	p.line(a4X, y, a4X+a4Table, y, a4Grid)
	return y
}

func (j *statementJob) line(p *page, row int, y float64) float64 {
	part := j.rows[row]
	h, at := j.lineHeight(row), y
	if part.first {
		h := j.slipHeight(part.line)
		j.slip(p, part.line, y, h)
		at += h
	}
	next := at
	for _, d := range part.details {
		next = j.detail(p, d, next)
	}
	p.uprights(j.xs, y, at, a4Grid)
	if at < y+h { // a product's name stands across number and text
		p.uprights(append([]float64{j.xs[0], j.xs[1]}, j.xs[3:]...), at, y+h, a4Grid)
	}
	y = micro(y + h)
	p.line(a4X, y, a4X+a4Table, y, a4Grid)
	return y
}

// slip draws the row of a slip itself.
func (j *statementJob) slip(p *page, i int, y, h float64) {
	l := &j.Lines[i]
	p.text((j.xs[0]+j.xs[1])/2, y, h, l.Date, 8.5, false, middle)
	number := safe(l.Number)
	p.text(j.xs[1]+pad, y, h, number, shrink(number, 8.5, false, statementWidths[1]-2*pad), false, left)
	words, size := j.slipWords(i)
	p.lines(j.xs[2]+pad, y, h, words, size, 1.06, false, left)
	p.text((j.xs[3]+j.xs[4])/2, y, h, l.Due, 8.5, false, middle)
	at := j.xs[5]
	if l.Credit {
		at = j.xs[6]
	}
	p.text(at-pad, y, h, l.Amount.Grouped(), shrink(l.Amount.Grouped(), 9, false, 22-2*pad), false, right)
	b := j.balances[i].Grouped()
	p.text(j.xs[7]-pad, y, h, b, shrink(b, 9, false, 22-2*pad), false, right)
}

// detail sets one product under its slip, its name in the number and text columns, figures under due and charges, and returns where it ends.
func (j *statementJob) detail(p *page, d StatementDetail, y float64) float64 {
	name := detailName(d)
	for i, l := range name {
		p.text(j.xs[1]+4, y+statementLine*float64(i), statementLine, l, 8, false, left)
	}
	p.text(j.xs[3]-pad, y, statementLine, d.Quantity, 8, false, right)
	p.text(j.xs[4]-pad, y, statementLine, d.Price, 8, false, right)
	p.text(j.xs[5]-pad, y, statementLine, d.Amount, 8, false, right)
	return y + statementLine*float64(len(name))
}

// end draws words, ageing, notes and the slip to return.
func (j *statementJob) end(p *page, y float64) {
	if j.Words && j.Lang == text.Zh {
		t := wordCloseWords.Zh + num.Words(j.closing)
		p.text(a4X, y+1, 6, t, shrink(t, 10.5, true, a4Table), true, left)
		y += 7
	}
	if len(j.Ageing) > 0 {
		y = j.ageing(p, y+2)
	}
	y += 2
	for i, n := range j.Notes {
		for _, l := range j.noteLines(i, n) {
			p.text(a4X, y, 5, l, j.noteSize(i), false, left)
			y += 5.5
		}
	}
	if j.SignBack != nil {
		j.signBack(p)
	}
}

func (j *statementJob) ageing(p *page, y float64) float64 {
	p.text(a4X, y, 5, full(j.AgeingTitle), 9, true, left)
	y = micro(y + 5.5)
	p.fill(a4X, y, a4Table, 6, 0xEF)
	cells := append(append([]Sum(nil), j.Ageing...), Sum{wordTotalShort.In(j.Lang), j.closing})
	w := a4Table / float64(len(cells))
	for i, c := range cells {
		x := a4X + w*float64(i)
		bold := i == len(cells)-1
		t := safe(c.Label)
		p.text(x+w/2, y, 6, t, shrink(t, 9, bold, w-2), bold, middle)
		p.text(x+w-2, y+6, 7, c.Amount.Grouped(), shrink(c.Amount.Grouped(), 9.5, bold, w-3), bold, right)
		if i > 0 {
			p.line(micro(x), y, micro(x), y+13, a4Grid)
		}
	}
	p.frame(a4X, y, a4Table, 13, 0.35)
	p.line(a4X, y+6, a4X+a4Table, y+6, a4Grid)
	return y + 13
}

func (j *statementJob) signBack(p *page) {
	p.dashed(0, statementCut, a4W, statementCut, 0.2, 2, 1.5)
	p.text(105, 207.8, 4, wordCut.In(j.Lang), 7.5, false, middle)
	title := j.SignBack.Title
	if title == "" {
		title = wordSignTitle.In(j.Lang)
	}
	if j.Lang == text.Zh {
		title = spaced(title)
	}
	p.text(106.5, 216, 7, title, 13, true, middle)
	to := safe(j.SignBack.To)
	p.text(a4X, 224, 6, to, shrink(to, 9.5, false, a4Table), false, left)
	body := safe(j.SignBack.Text)
	p.text(a4X, 230.5, 6, body, shrink(body, 9.5, false, a4Table), false, left)
	p.frame(15, 239, 4, 4, 0.3)
	p.text(21.3, 238, 6, wordAgree.In(j.Lang), 9.5, false, left)
	p.frame(65, 239, 4, 4, 0.3)
	p.text(71.3, 238, 6, wordDiffer.In(j.Lang), 9.5, false, left)
	p.line(max(111, micro(73+width(wordDiffer.In(j.Lang), 9.5, false))), 243.2, 145, 243.2, 0.2)
	p.text(146.8, 238, 6, wordDifference.In(j.Lang), 9.5, false, left)
	p.line(15, 252, 198, 252, 0.2)
	p.line(15, 259, 198, 259, 0.2)
	xs := []float64{15, 85, 140, 198}
	for i, h := range signBackHands {
		t := label(j.Lang, h.In(j.Lang))
		if i == 0 && j.SignBack.Stamp != "" {
			t = label(j.Lang, j.SignBack.Stamp)
		}
		p.text(xs[i], 264.5, 6, t, 9.5, false, left)
		p.line(micro(xs[i]+width(t, 9.5, false)+0.8), 269.8, xs[i+1]-3, 269.8, 0.2)
	}
}
