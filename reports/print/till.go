package print

import (
	"fmt"
	"strings"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

var (
	tillBy       = text.T("收银", "Served by")
	tillItems    = text.T("合计 %d 项 %s 件", "Total (lines %d, pieces %s)")
	tillTotal    = text.T("合计", "Total")
	tillDiscount = text.T("整单优惠", "Discount")
	tillDue      = text.T("应收", "Due")
	tillCharge   = text.T("应付", "To pay")
	tillChange   = text.T("找零", "Change")
	tillTax      = text.T("以上价格含税，其中税额 %s", "Prices include VAT of %s")
	tillThanks   = text.T("谢谢惠顾", "Thank you")
	tillRemark   = text.T("备注：%s", "Remark: %s")
)

// ticket is a slip on a till roll: prices and amounts as they are paid, with tax.
func (s *sheet) ticket() (*paper.Ticket, error) {
	c := s.company()
	t := &paper.Ticket{Lang: s.opt.Lang, Narrow: s.opt.Paper == string(paper.Roll58), Shop: c.Name, Title: s.title(), Number: s.d.Number, At: s.soldAt(),
		Till: s.maker(), Red: s.red(), Print: s.print(), Shift: paper.Shift(s.opt.Shift)}
	t.Company.Address, t.Company.Phone = c.Address, c.Phone
	if s.role() != slip.NoParty && s.d.Party != "" {
		label := labelCustomer
		if s.role() == slip.Suppliers {
			label = labelSupplier
		}
		t.Fields = append(t.Fields, paper.Field{Label: s.in(label), Value: s.coded(string(s.role()), s.d.Party)})
	}
	var err error
	if s.k.Goods() {
		err = s.sold(t)
	} else {
		err = s.cleared(t)
	}
	if s.d.Remark != "" {
		t.Notes = append(t.Notes, fmt.Sprintf(s.in(tillRemark), s.d.Remark))
	}
	if s.k.Group == slip.Sales {
		t.Ending = append(t.Ending, s.in(tillThanks))
	}
	return t, err
}

// soldAt is the day of the slip, with the minute it was audited at, or made while it is a draft. The minute is left out where the slip was entered on another day.
func (s *sheet) soldAt() string {
	at := s.d.AuditedAt
	if at.IsZero() {
		at = s.d.MadeAt
	}
	day := s.d.Date.String()
	if at = at.Local(); at.Format("2006-01-02") != day {
		return day
	}
	return at.Format("2006-01-02 15:04")
}

func (s *sheet) maker() string {
	if s.d.Maker == "" {
		return ""
	}
	if s.opt.Lang == text.En {
		return tillBy.En + ": " + s.person(s.d.Maker)
	}
	return tillBy.Zh + "：" + s.person(s.d.Maker)
}

// sold sets the goods; a slip discount stands under them.
func (s *sheet) sold(t *paper.Ticket) error {
	var sum num.Amount
	var pieces num.Quantity
	for i := range s.d.Lines {
		l := &s.d.Lines[i]
		out, err := s.soldLine(l)
		if err != nil {
			return err
		}
		t.Lines = append(t.Lines, out)
		sum, pieces = sum+l.Gross+l.DiscountAmt, pieces+l.Qty
	}
	row := func(label, value string, w paper.TicketWeight) {
		t.Rows = append(t.Rows, paper.TicketRow{Label: label, Value: value, Weight: w})
	}
	row(fmt.Sprintf(s.in(tillItems), len(s.d.Lines), (pieces*num.Quantity(s.sign)).Grouped()), s.amount(sum).Grouped(), paper.Normal)
	for _, x := range []struct {
		label text.Text
		a     num.Amount
	}{{tillDiscount, -s.d.Discount}, {labelFreight, s.d.Fee}, {wordRounding, -s.d.Rounding}} {
		if x.a != 0 {
			row(s.in(x.label), s.amount(x.a).Grouped(), paper.Small)
		}
	}
	due := tillDue
	if s.role() == slip.Suppliers {
		due = tillCharge
	}
	row(s.in(due), "¥"+s.amount(s.d.Gross-s.d.Rounding).Grouped(), paper.Large)
	s.tendered(row)
	if s.d.Tax != 0 {
		t.Notes = append(t.Notes, fmt.Sprintf(s.in(tillTax), s.amount(s.d.Tax).Grouped()))
	}
	return nil
}

// tendered sets what was paid by each account, what is given back, and what stays owed.
func (s *sheet) tendered(row func(label, value string, w paper.TicketWeight)) {
	for _, p := range s.d.Payments() {
		row(s.name(master.Accounts.Code, p.Account), s.amount(p.Amount).Grouped(), paper.Normal)
	}
	if f, ok := s.k.HeaderField("tendered"); ok && s.d.Get("tendered") != "" {
		if given, err := num.ParseAmount(s.d.Get("tendered")); err == nil {
			row(s.in(f.Label), given.Grouped(), paper.Normal)
			row(s.in(tillChange), "¥"+(given-s.d.PaidNow()).Grouped(), paper.Strong)
		}
	}
	if open := s.d.Gross - s.d.Rounding - s.d.PaidNow(); open != 0 && s.d.PaidNow() != 0 {
		row(s.in(wordUnpaid), s.amount(open).Grouped(), paper.Normal)
	}
}

func (s *sheet) soldLine(l *slip.Line) (paper.TicketLine, error) {
	price, err := s.price(l, true)
	out := paper.TicketLine{Name: l.Product, Discount: discount(l.Discount, s.opt.Lang), Price: price.Grouped(), Amount: s.amount(l.Gross + l.DiscountAmt).Grouped(),
		Quantity: (l.Qty * num.Quantity(s.sign)).Grouped() + " " + s.name(master.Units.Code, l.Unit)}
	if p, ok := s.b.Masters().Product(l.Product); ok {
		out.Name = strings.TrimSpace(p.Name(s.other) + " " + p.Get("spec"))
	}
	if l.Remark != "" {
		out.Name += text.T("（"+l.Remark+"）", " ("+l.Remark+")").In(s.opt.Lang)
	}
	return out, err
}

// cleared sets what a money slip settles, slip by slip.
func (s *sheet) cleared(t *paper.Ticket) error {
	v, err := s.money()
	if err != nil {
		return err
	}
	for _, f := range v.Fields {
		if f.Label == s.in(labelAccount) {
			t.Fields = append(t.Fields, f)
		}
	}
	for i := range v.Lines {
		l := &v.Lines[i]
		t.Lines = append(t.Lines, paper.TicketLine{Name: strings.TrimSpace(l.Name + " " + l.Cells[colKind]), Price: l.Cells[paper.ColGross], Amount: l.Cells[colSettled]})
		if len(s.k.Lines) > 0 {
			t.Lines[i].Price, t.Lines[i].Amount = "", l.Cells[paper.ColGross]
		}
	}
	t.Rows = append(t.Rows, paper.TicketRow{Label: s.in(tillTotal), Value: "¥" + v.Total.Grouped(), Weight: paper.Large})
	return nil
}
