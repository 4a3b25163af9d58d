package print

import (
	"slices"
	"strings"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

// goods is the paper of a slip with product lines.
func (s *sheet) goods() (*paper.Voucher, error) {
	src, err := s.sources()
	if err != nil {
		return nil, err
	}
	v := s.voucher()
	v.Fields = s.fields(src)
	v.Inclusive = s.inclusive()
	v.Total, v.Tax = s.amount(s.d.Gross), s.amount(s.d.Tax)
	v.TaxIncluded = v.Inclusive && s.d.Tax != 0
	v.Balance = s.paidRow()
	switch {
	case s.k.Stock.Counts:
		return s.counted(v)
	case s.unlike():
		return s.tabled(v), nil
	case s.k.Stock.Parts != 0:
		v.NoTotalQuantity = true
		v.Plain = partColumns(s)
	case s.k.Paper.Layout == "receipt":
		v.Form = paper.Receipt
		v.Columns, v.Plain = receiptColumns(v.Inclusive), receiptPlain()
		v.Inspection = s.inspection()
		s.inspected = choices[v.Inspection.Choice]
	case s.k.Paper.Layout == "order":
		v.Form = paper.Order
		v.Seals = s.seals()
		if s.buys() {
			v.Terms = s.terms()
		}
	case s.k.Stock.Direction > 0, s.k.Stock.Promise == slip.InTransit && len(src.numbers) > 0 && !s.d.Red(s.k):
		v.Plain = s.incoming()
	}
	for i := range s.d.Lines {
		l, err := s.line(&s.d.Lines[i], src, v.Inclusive)
		if err != nil {
			return nil, err
		}
		v.Lines = append(v.Lines, l)
	}
	if s.opt.Lang == text.En && v.Size == paper.A4 && s.k.Taxed {
		v.Sums, v.Notes = s.sums(), s.payTo()
		if len(v.Notes) > 0 {
			v.Company.Bank = "" // it stands beside the sums
		}
	}
	return v, nil
}

func (s *sheet) amount(a num.Amount) num.Amount { return a * num.Amount(s.sign) }

// inclusive tells whether the paper shows prices with tax: when every price was typed so, and always for a small
// taxpayer, who shows no tax apart.
func (s *sheet) inclusive() bool {
	if !s.k.Taxed {
		return false
	}
	if s.b.Settings().Taxpayer == "small" {
		return true
	}
	for i := range s.d.Lines {
		if !s.d.Lines[i].InclTax {
			return false
		}
	}
	return len(s.d.Lines) > 0
}

// choices are the results of an inspection by the box that says them.
var choices = [...]string{"", kinds.Passed, kinds.Refused, kinds.Concession}

// inspection is the row of what was found of goods received: its boxes are for the pen until a line says a result. Lines that were taken in part
// stand in words beside them.
func (s *sheet) inspection() *paper.Inspection {
	out := &paper.Inspection{}
	var notes []string
	for i := range s.d.Lines {
		l := &s.d.Lines[i]
		rejected := l.Get(kinds.Rejected)
		switch result := l.Get(kinds.Result); {
		case rejected != "" || result == kinds.Refused:
			out.Choice = 2
		case result == kinds.Concession && out.Choice != 2:
			out.Choice = 3
		case result == kinds.Passed && out.Choice == 0:
			out.Choice = 1
		}
		if rejected != "" {
			q, _ := num.ParseQuantity(rejected)
			notes = append(notes, text.Tf("第 %d 行拒收 %s %s", "line %d: %s %s rejected", l.No, q.Grouped(), s.name(master.Units.Code, l.Unit)).In(s.opt.Lang))
		}
	}
	sep := "；"
	if s.opt.Lang == text.En {
		sep = "; "
	}
	out.Note = strings.Join(notes, sep)
	return out
}

// inspects tells of a receipt whose lines say what arrived or was rejected.
func (s *sheet) inspects() bool {
	return slices.ContainsFunc(s.d.Lines, func(l slip.Line) bool { return l.Get(kinds.Arrived) != "" || l.Get(kinds.Rejected) != "" })
}

// delivered is what the supplier's note says arrived: typed, or what was taken in and rejected.
func delivered(l *slip.Line) string {
	if q, err := num.ParseQuantity(l.Get(kinds.Arrived)); err == nil {
		return q.Grouped()
	}
	if q, err := num.ParseQuantity(l.Get(kinds.Rejected)); err == nil {
		return (l.Qty + q).Grouped()
	}
	return l.Qty.Grouped()
}

// receiptColumns are what was ordered, delivered and received; how much was delivered only where a line says so.
func receiptColumns(inclusive bool) []paper.Column {
	cols := []paper.Column{
		{Key: paper.ColNumber, Kind: paper.Centre}, {Key: paper.ColCode, Kind: paper.Words}, {Key: paper.ColName, Kind: paper.Words},
		{Key: paper.ColUnit, Kind: paper.Centre}, {Key: paper.ColOrdered, Kind: paper.Figure, Drop: true},
		{Key: paper.ColDelivered, Kind: paper.Figure, Sum: true, Drop: true},
		{Key: paper.ColReceived, Kind: paper.Figure, Sum: true}, {Key: paper.ColPrice, Kind: paper.Figure},
		{Key: paper.ColDiscount, Kind: paper.Figure, Drop: true, Width: 11}, {Key: paper.ColNet, Kind: paper.Figure, Sum: true},
	}
	if inclusive {
		return append(cols, paper.Column{Key: paper.ColRemark, Kind: paper.Words, Drop: true, Width: 20})
	}
	return append(cols, paper.Column{Key: paper.ColRate, Kind: paper.Centre, Drop: true, Width: 10},
		paper.Column{Key: paper.ColTax, Kind: paper.Figure, Sum: true})
}

func receiptPlain() []paper.Column {
	return []paper.Column{
		{Key: paper.ColNumber, Kind: paper.Centre}, {Key: paper.ColShelf, Kind: paper.Words, Drop: true}, {Key: paper.ColCode, Kind: paper.Words},
		{Key: paper.ColName, Kind: paper.Words}, {Key: paper.ColUnit, Kind: paper.Centre}, {Key: paper.ColOrdered, Kind: paper.Figure, Drop: true},
		{Key: paper.ColDelivered, Kind: paper.Figure, Sum: true, Drop: true}, {Key: paper.ColReceived, Kind: paper.Figure, Sum: true}, {Key: paper.ColTick, Kind: paper.Box},
	}
}

var titleReceived = text.T("实收", "Received")

// incoming is the set without prices of goods that come in: the pen writes what was received, not issued.
func (s *sheet) incoming() []paper.Column {
	return []paper.Column{
		{Key: paper.ColNumber, Kind: paper.Centre}, {Key: paper.ColShelf, Kind: paper.Words, Drop: true}, {Key: paper.ColCode, Kind: paper.Words},
		{Key: paper.ColName, Kind: paper.Words}, {Key: paper.ColUnit, Kind: paper.Centre}, {Key: paper.ColQuantity, Kind: paper.Figure, Sum: true},
		{Key: paper.ColIssued, Kind: paper.Blank, Title: s.in(titleReceived)}, {Key: paper.ColTick, Kind: paper.Box},
	}
}

func (s *sheet) line(l *slip.Line, src *sources, inclusive bool) (paper.Line, error) {
	p, _ := s.b.Masters().Product(l.Product)
	out := s.named(l)
	cells := out.Cells
	sign := num.Quantity(s.sign)
	if s.k.Stock.Parts != 0 { // the word says what the sign says in the form
		cells[colPart] = s.in(wordSet)
		if l.Qty < 0 {
			cells[colPart], sign = s.in(wordComponent), -1
		}
	}
	qty := (l.Qty * sign).Grouped()
	cells[paper.ColQuantity], cells[paper.ColReceived] = qty, qty
	if s.inspects() {
		cells[paper.ColDelivered] = delivered(l)
	}
	if f, _ := s.k.HeaderField("due_date"); s.k.Plan && f.Meaning == slip.Wanted && s.d.DueDate != 0 { // the whole order is wanted by its one day
		cells[paper.ColDue] = s.d.DueDate.String()
	}
	if l.Factor != num.QuantityOne && p != nil {
		out.Second = (l.Base * sign).Grouped() + " " + s.name(master.Units.Code, p.Unit)
	}
	if o := src.line(l); o != nil && l.Factor != 0 {
		n, err := num.MulDiv(int64(o.Base), int64(num.QuantityOne), int64(l.Factor))
		if err != nil {
			return out, err
		}
		cells[paper.ColOrdered] = num.Quantity(n).Grouped()
	}
	if !s.k.Taxed || s.k.Paper.NoMoney {
		return out, nil
	}
	return out, s.priced(cells, l, inclusive)
}

// named is a line with what all goods have: code, name, unit, shelf, and what else its kind declares.
func (s *sheet) named(l *slip.Line) paper.Line {
	out := paper.Line{Name: l.Product, Remark: s.lineRemark(l), Cells: map[paper.Key]string{paper.ColCode: l.Product, paper.ColUnit: s.name(master.Units.Code, l.Unit)}}
	if p, ok := s.b.Masters().Product(l.Product); ok {
		out.Name, out.Spec = p.Name(s.other), p.Get("spec")
		out.Cells[paper.ColShelf] = p.Get("shelf")
	}
	if at := l.Extra[slip.CountShelf]; at != "" {
		out.Cells[paper.ColShelf] = at
	}
	return out
}

// priced fills price and amounts. A price typed the other way is turned, to six decimals; the amounts are the slip's.
func (s *sheet) priced(cells map[paper.Key]string, l *slip.Line, inclusive bool) error {
	price, err := s.price(l, inclusive)
	if err != nil {
		return err
	}
	cells[paper.ColPrice] = price.Grouped()
	cells[paper.ColDiscount] = discount(l.Discount, s.opt.Lang)
	if inclusive {
		cells[paper.ColNet] = s.amount(l.Gross).Grouped()
		return nil
	}
	cells[paper.ColNet], cells[paper.ColTax] = s.amount(l.Net).Grouped(), s.amount(l.Tax).Grouped()
	cells[paper.ColRate], cells[paper.ColGross] = l.TaxRate.Percent(), s.amount(l.Gross).Grouped()
	return nil
}

// price of a line with tax or without, to six decimals.
func (s *sheet) price(l *slip.Line, inclusive bool) (num.Price, error) {
	return slip.WithTax(l.Price, l.TaxRate, l.InclTax, inclusive)
}

// rateOne is 100 %.
const rateOne = num.RateOne

// discount is 9.5折 in Chinese, where 5% is read both ways, and -5% in English.
func discount(r num.Rate, l text.Lang) string {
	switch {
	case r == 0:
		return ""
	case l == text.Zh && r > 0:
		return ((rateOne - r) * 10).String() + "折"
	}
	if r < 0 {
		return "+" + (-r).Percent()
	}
	return "-" + r.Percent()
}

// lineRemark is the line's own, with what else its kind declares, and its warehouse where a slip has several.
func (s *sheet) lineRemark(l *slip.Line) string {
	out := l.Remark
	for _, f := range s.k.Lines {
		v := l.Get(f.Key)
		if v == "" || slices.Contains(lined, f.Key) || f.Key == kinds.Result && v == s.inspected || s.unlike() && !f.Hidden || s.k.Paper.NoMoney && (f.Type == slip.TypeAmount || f.Type == slip.TypePrice) {
			continue
		}
		if f.Key == slip.LotKey {
			if lots, err := s.lots(l); err == nil {
				v = lots
			}
		}
		switch {
		case f.Type == slip.TypeBool && v == "yes":
			out += " [" + s.in(f.Label) + "]"
		case f.Type != slip.TypeBool:
			out += " [" + s.in(f.Label) + " " + s.value(f, v) + "]"
		}
	}
	if len(s.warehouses()) > 1 {
		out += " [" + s.name(master.Warehouses.Code, s.d.At(l)) + "]"
	}
	return strings.TrimSpace(out)
}

// lined are the line fields that have columns.
var lined = []string{"product", "name", "spec", "unit", "qty", "price", "discount_rate", "tax_rate", "net", "tax", "gross", "amount", "warehouse", "remark",
	"price_includes_tax", "source", "source_line", slip.CountShelf, kinds.Arrived, kinds.Rejected}

// sums is the block under an English A4 table.
func (s *sheet) sums() []paper.Sum {
	vat := "VAT"
	for i := range s.d.Lines {
		r := s.d.Lines[i].TaxRate
		if r != s.d.Lines[0].TaxRate {
			vat = "VAT"
			break
		}
		vat = "VAT " + r.Percent()
	}
	return []paper.Sum{{Label: "Net", Amount: s.amount(s.d.Net)}, {Label: vat, Amount: s.amount(s.d.Tax)}, {Label: "Total CNY", Amount: s.amount(s.d.Gross)}}
}
