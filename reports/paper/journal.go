package paper

import (
	"fmt"
	"strings"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// Journal is a journal voucher 记账凭证 on a cut sheet of 240 × 140, with one digit a box.
type Journal struct {
	Lang        text.Lang
	Company     Company
	Word        string // 记, 收, 付, 转; empty: 记
	Number      string // 0042
	Date        text.Date
	Entries     []Entry
	Attachments int
	Hands       JournalHands
	Source      string // the slips behind it
	Plain       bool   // figures without boxes
	Colour      bool   // negative digits in red, for colour printers
	Print       Print
	Shift       Shift
}

// Entry is one line of a voucher; one of the two amounts is zero.
type Entry struct {
	Summary, Account, Detail string
	Debit, Credit            num.Amount
}

// JournalHands are the five names at the foot; an empty one gets a line for the pen.
type JournalHands struct{ Manager, Bookkeeper, Cashier, Auditor, Preparer string }

const (
	journalX, journalR   = 22.0, 228.0
	journalTop           = 25.0
	journalHead          = 11.0
	journalRow           = 11.0
	journalRows          = 6
	journalBox           = 3.6
	journalBoxes         = 11
	journalDebit         = 142.0
	journalCredit        = 181.6
	journalTick          = 221.2
	journalMost          = num.Amount(99999999999) // eleven digits fill the boxes
	journalSummaryW      = 48.0
	journalAccountX      = 70.0
	journalDetailX       = 104.0
	journalBottom        = journalTop + journalHead + journalRows*journalRow + journalRow
	journalLastRowBottom = journalBottom - journalRow
)

var (
	wordJournal     = text.T("记 账 凭 证", "JOURNAL VOUCHER")
	wordUnit        = text.T("单位：", "Company: ")
	journalTitles   = []text.Text{text.T("摘  要", "Description"), text.T("总账科目", "Account"), text.T("明细科目", "Sub-account"), text.T("借方金额", "Debit"), text.T("贷方金额", "Credit")}
	wordJournalSum  = text.T("合计：人民币", "Total")
	journalHandName = []text.Text{text.T("会计主管", "Chief accountant"), text.T("记账", "Posted by"), text.T("出纳", "Cashier"), text.T("审核", "Audited by"), text.T("制单", "Prepared by")}
	wordProgram     = text.T("掌柜", "Zhanggui")
)

func (v *Journal) pages() ([]page, error) {
	of := max(1, (len(v.Entries)+journalRows-1)/journalRows)
	boxes := !v.Plain && v.Lang == text.Zh
	var debit, credit num.Amount
	for _, e := range v.Entries {
		var err error
		if debit, err = num.Add(debit, e.Debit); err != nil {
			return nil, err
		}
		if credit, err = num.Add(credit, e.Credit); err != nil {
			return nil, err
		}
		boxes = boxes && fitsBoxes(e.Debit) && fitsBoxes(e.Credit)
	}
	if debit != credit {
		return nil, fmt.Errorf("paper: voucher %s: debit %s is not credit %s", v.Number, debit, credit)
	}
	boxes = boxes && fitsBoxes(debit)
	out := make([]page, of)
	debit, credit = 0, 0
	for n := range out {
		out[n] = page{w: 240, h: 140, dx: v.Shift.X, dy: v.Shift.Y}
		part := v.Entries[min(n*journalRows, len(v.Entries)):min((n+1)*journalRows, len(v.Entries))]
		for _, e := range part {
			debit, credit = debit+e.Debit, credit+e.Credit
		}
		v.draw(&out[n], part, n, of, boxes, debit, credit)
	}
	return out, nil
}

// fitsBoxes tells whether the digits, and a minus before them, find their boxes.
func fitsBoxes(a num.Amount) bool { return a <= journalMost && a >= -journalMost/10 }

func (v *Journal) draw(p *page, part []Entry, n, of int, boxes bool, debit, credit num.Amount) {
	v.head(p, n, of)
	v.grid(p, boxes)
	for i, e := range part {
		v.entry(p, e, journalTop+journalHead+journalRow*float64(i), boxes)
	}
	last := n == of-1
	y := journalLastRowBottom
	if last {
		if empty := journalRows - len(part); empty > 0 {
			top := journalTop + journalHead + journalRow*float64(len(part))
			p.line(journalDebit+2, y-1.2, journalCredit-2, top+1.2, 0.2)
			p.line(journalCredit+2, y-1.2, journalTick-2, top+1.2, 0.2)
		}
		t := wordJournalSum.In(v.Lang)
		if v.Lang == text.Zh {
			t += num.Words(debit)
		}
		p.text(journalX+1, y, journalRow, t, shrink(t, 10, true, journalDebit-journalX-2), true, left)
	} else {
		p.text(journalX+1, y, journalRow, wordCarried.In(v.Lang), 10, true, left)
	}
	v.amount(p, debit, journalDebit, y, boxes, true)
	v.amount(p, credit, journalCredit, y, boxes, true)
	v.edges(p)
	v.hands(p)
}

func (v *Journal) head(p *page, n, of int) {
	p.text(125, 7, 8.5, wordJournal.In(v.Lang), 17, true, middle)
	half := max(24, micro(width(wordJournal.In(v.Lang), 17, true)/2+1))
	p.line(125-half, 16, 125+half, 16, 0.3)
	p.line(125-half, 16.8, 125+half, 16.8, 0.3)
	unit := safe(wordUnit.In(v.Lang) + v.Company.Name)
	p.text(journalX, 18, 5.5, unit, shrink(unit, 9.5, false, 76), false, left)
	word := v.Word
	if word == "" {
		word = "记"
	}
	date := v.Date.String()
	number := fmt.Sprintf("No. %s  %d/%d", v.Number, n+1, of)
	if v.Lang == text.Zh {
		date = fmt.Sprintf("%d 年 %d 月 %d 日", v.Date/10000, v.Date/100%100, v.Date%100)
		number = fmt.Sprintf("%s字第 %s 号  %d/%d", word, v.Number, n+1, of)
	}
	p.text(125, 18, 5.5, date, 10, false, middle)
	p.text(journalR, 18, 5.5, number, 10, true, right)
	x := 127 + half
	for _, m := range v.Print.marks(v.Lang, false) {
		w := width(safe(m), 9, true) + 3
		p.frame(x, 8.5, micro(w), 4.762, 0.4)
		p.text(x+w/2, 8.5, 4.762, m, 9, true, middle)
		x += w + 2
	}
}

// grid draws the table: every stroke is there on every page, only figures differ.
func (v *Journal) grid(p *page, boxes bool) {
	p.fill(journalX, journalTop, journalR-journalX, journalHead, 0xEF)
	xs := []float64{46, 87, 123}
	for i, x := range xs {
		p.text(x, journalTop, journalHead, journalTitles[i].In(v.Lang), 10, true, middle)
	}
	p.text(224.6, journalTop, journalHead, "√", 10, true, middle)
	for i, x := range []float64{journalDebit, journalCredit} {
		title := journalTitles[3+i].In(v.Lang)
		if !boxes {
			p.text(x+19.8, journalTop, journalHead, title, 9.5, true, middle)
			continue
		}
		p.text(x+19.8, journalTop, 5.5, title, 9.5, true, middle)
		p.line(x, 30.5, micro(x+journalBox*journalBoxes), 30.5, 0.2)
		for k, r := range []rune("亿千百十万千百十元角分") {
			p.text(micro(x+journalBox*(float64(k)+0.5)), 30.5, 5.5, string(r), 7.5, false, middle)
			if k == 0 {
				continue
			}
			lw := 0.1
			if k%3 == 0 {
				lw = 0.3
			}
			bx := micro(x + journalBox*float64(k))
			p.line(bx, 30.5, bx, journalBottom, lw)
		}
	}
	p.line(journalX, 36, journalR, 36, 0.25)
	for i := 1; i <= journalRows; i++ {
		y := journalTop + journalHead + journalRow*float64(i)
		p.line(journalX, y, journalR, y, 0.2)
	}
	p.line(journalAccountX, journalTop, journalAccountX, journalLastRowBottom, 0.25)
	p.line(journalDetailX, journalTop, journalDetailX, journalLastRowBottom, 0.25)
	for _, x := range []float64{journalDebit, journalCredit, journalTick} {
		p.line(x, journalTop, x, journalBottom, 0.35)
	}
	p.frame(journalX, journalTop, journalR-journalX, journalBottom-journalTop, 0.4)
}

func (v *Journal) entry(p *page, e Entry, y float64, boxes bool) {
	cell := func(x, w float64, s string) {
		s = safe(s)
		if width(s, 9, false) <= w-2 {
			p.text(x+1, y, journalRow, s, 9, false, left)
			return
		}
		lines := wrap(s, 8, false, w-2)
		if len(lines) > 3 {
			lines = append(lines[:2:2], cut(strings.Join(lines[2:], ""), 8, false, w-2))
		}
		p.lines(x+1, y, journalRow, lines, 8, 1.12, false, left)
	}
	cell(journalX, journalSummaryW, e.Summary)
	cell(journalAccountX, journalDetailX-journalAccountX, e.Account)
	cell(journalDetailX, journalDebit-journalDetailX, e.Detail)
	if e.Debit != 0 {
		v.amount(p, e.Debit, journalDebit, y, boxes, false)
	}
	if e.Credit != 0 {
		v.amount(p, e.Credit, journalCredit, y, boxes, false)
	}
}

// amount writes a figure one digit a box; a total has ¥ before it where a box is left.
func (v *Journal) amount(p *page, a num.Amount, x, y float64, boxes, total bool) {
	red := v.Colour && a < 0
	mark := len(p.ops)
	defer func() {
		for i := mark; i < len(p.ops); i++ {
			p.ops[i].red = red
		}
	}()
	if !boxes {
		t := a.Grouped()
		p.text(x+journalBox*journalBoxes-1, y, journalRow, t, shrink(t, 10, total, journalBox*journalBoxes-2), total, right)
		return
	}
	cents := int64(a)
	if a < 0 {
		cents = -cents
	}
	digits := fmt.Sprintf("%03d", cents)
	first := journalBoxes - len(digits)
	put := func(box int, s string) {
		p.text(micro(x+journalBox*(float64(box)+0.5)), y, journalRow, s, 10, total, middle)
	}
	for i, d := range digits {
		put(first+i, string(d))
	}
	if a < 0 {
		first--
		put(first, "-")
	}
	if total && first > 0 {
		put(first-1, "¥")
	}
}

// edges draws the binding line at the left and the count of attachments at the right.
func (v *Journal) edges(p *page) {
	p.dashed(12, 6, 12, 134, 0.15, 1.5, 1.5)
	if v.Lang != text.Zh {
		p.text(231.7, 50.5, 12, fmt.Sprint(v.Attachments), 10, true, middle)
		p.text(231.7, 58, 6, "encl.", 7.5, false, middle)
		return
	}
	for i, r := range []rune("装订线") {
		p.text(9, 56+8*float64(i), 8, string(r), 7.5, false, middle)
	}
	for i, r := range []rune("附单据") {
		p.text(231.7, 39+4.4*float64(i), 4.4, string(r), 9, false, middle)
	}
	p.text(231.7, 54.3, 4.4, fmt.Sprint(v.Attachments), 10, true, middle)
	p.text(231.7, 61, 4.4, "张", 9, false, middle)
}

func (v *Journal) hands(p *page) {
	names := []string{v.Hands.Manager, v.Hands.Bookkeeper, v.Hands.Cashier, v.Hands.Auditor, v.Hands.Preparer}
	xs := []float64{22, 67, 105, 143, 181, 228}
	for i, name := range names {
		t := label(v.Lang, journalHandName[i].In(v.Lang))
		p.text(xs[i], 115, 6, t, 9.5, false, left)
		x := xs[i] + width(safe(t), 9.5, false)
		if name == "" {
			p.line(micro(x+0.8), 119.8, xs[i+1]-3, 119.8, 0.2)
			continue
		}
		name = safe(name)
		p.text(x+1.2, 115, 6, name, shrink(name, 9.5, false, xs[i+1]-x-2), false, left)
	}
	parts := make([]string, 0, 3)
	if v.Source != "" {
		parts = append(parts, v.Source)
	}
	parts = append(parts, wordProgram.In(v.Lang))
	if s := v.Print.printed(v.Lang); s != "" {
		parts = append(parts, s)
	}
	s := safe(strings.Join(parts, " · "))
	size := shrink(s, 7.5, false, journalR-journalX)
	p.text(journalX, 121.5, 4, cut(s, size, false, journalR-journalX), size, false, left)
}
