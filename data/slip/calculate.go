package slip

import (
	"zhanggui/data/fault"
	"zhanggui/data/num"
)

// Amounts works out net, tax and gross of a line from its own quantity, price, discount and rate (rule 2.2).
// It fails with num.ErrOverflow.
func (l *Line) Amounts() (net, tax, gross num.Amount, err error) {
	x, err := num.Extend(l.Qty, l.Price, l.Discount)
	if err != nil {
		return 0, 0, 0, err
	}
	if l.InclTax {
		return splitGross(x, l.TaxRate)
	}
	if tax, err = x.Times(l.TaxRate); err != nil {
		return 0, 0, 0, err
	}
	return x, tax, x + tax, nil
}

func splitGross(gross num.Amount, rate num.Rate) (net, tax, g num.Amount, err error) {
	net, err = gross.Without(rate)
	return net, gross - net, gross, err
}

// Calculate works out base quantities, line amounts, the spread of the slip discount and the totals. It is pure and
// quick enough to run at every key. A figure beyond the limits is a Fault at its line.
func Calculate(k *Kind, d *Doc) error {
	d.Net, d.Tax, d.Gross = 0, 0, 0
	if len(k.Lines) == 0 {
		d.Gross, d.Net = d.Amount, d.Amount
		return nil
	}
	for i := range d.Lines {
		if err := d.Lines[i].calculate(k); err != nil {
			return tooLarge(i + 1)
		}
	}
	if k.Work != nil {
		if err := k.Work(d); err != nil {
			return tooLarge(1)
		}
		return total(d)
	}
	if err := spreadDiscount(d); err != nil {
		return err
	}
	if err := GiveBack(d); err != nil {
		return err
	}
	return Sum(k, d)
}

// Back is what a line that reverses another gives back of it: the whole line as posted, the terms it was priced at, and what earlier
// parts have of it by the share rule, whatever was typed on them, without sign.
type Back struct {
	Line               int64 // the source line's id
	Base               num.Quantity
	Net, Tax           num.Amount
	Given              num.Quantity
	GivenNet, GivenTax num.Amount
	Price              num.Price
	Factor             num.Quantity
	InclTax            bool
	TaxRate, Discount  num.Rate
	Rounded            *Rounded // what was rounded off the source slip; nil: nothing
}

// same tells whether a line is at the terms of what it reverses.
func (x *Back) same(l *Line) bool {
	if l.InclTax != x.InclTax || l.TaxRate != x.TaxRate || l.Discount != x.Discount {
		return false
	}
	v, err := num.MulDiv(int64(x.Price), int64(l.Factor), int64(max(x.Factor, 1)))
	return err == nil && num.Price(v) == l.Price
}

// Took counts an earlier part of q units that was posted at net and tax. At the line's own price it has what it was posted at, to the cent
// it was rounded to; else, and where the line came to something else meanwhile, the share of its quantity (rule 2.5, 7.3.2).
func (x *Back) Took(part *Line, q num.Quantity, net, tax num.Amount) error {
	n, err := ShareRule(x.Net, x.Base, x.Given, x.GivenNet, q)
	if err != nil {
		return err
	}
	t, err := ShareRule(x.Tax, x.Base, x.Given, x.GivenTax, q)
	if err != nil {
		return err
	}
	n, t = max(n, -n), max(t, -t)
	if part.DiscountAmt == 0 && x.same(part) {
		n, t = toTheCent(n, net), toTheCent(t, tax)
	}
	x.Given, x.GivenNet, x.GivenTax = x.Given+q, x.GivenNet+n, x.GivenTax+t
	return nil
}

// toTheCent is what was posted where it is the share but for a cent.
func toTheCent(share, posted num.Amount) num.Amount {
	if d := posted - share; d >= -1 && d <= 1 {
		return posted
	}
	return share
}

// Share is the part of the line that belongs to q units, by themselves.
func (x *Back) Share(q num.Quantity) (num.Amount, error) {
	v, err := num.Share(x.Net, max(q, -q), x.Base)
	return max(v, -v), err
}

// GiveBack gives lines that reverse another, at its price, the exact share of what was posted there (the share rule of 2.5): a red letter
// never works amounts out again. Lines of one slip that reverse the same line follow one on the other.
func GiveBack(d *Doc) error {
	if d.Discount != d.Fee {
		return nil
	}
	before := map[int64]Back{}
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.Back == nil || l.Back.Line != l.SourceID {
			continue
		}
		x, q := *l.Back, max(l.Base, -l.Base)
		if b, ok := before[x.Line]; ok {
			x = b
		}
		if !x.same(l) { // at a price of its own, which later parts do not make up for
			if err := x.Took(l, q, 0, 0); err != nil {
				return tooLarge(i + 1)
			}
			before[x.Line] = x
			continue
		}
		net, err := ShareRule(x.Net, x.Base, x.Given, x.GivenNet, q)
		if err != nil {
			return tooLarge(i + 1)
		}
		tax, err := ShareRule(x.Tax, x.Base, x.Given, x.GivenTax, q)
		if err != nil {
			return tooLarge(i + 1)
		}
		x.Given, x.GivenNet, x.GivenTax = x.Given+q, x.GivenNet+max(net, -net), x.GivenTax+max(tax, -tax)
		before[x.Line] = x
		if l.Base < 0 {
			net, tax = -net, -tax
		}
		l.Net, l.Tax, l.Gross = net, tax, net+tax
	}
	return nil
}

func (l *Line) calculate(k *Kind) (err error) {
	if l.Factor == 0 {
		l.Factor = num.QuantityOne
	}
	if l.Base, err = num.Convert(l.Qty, l.Factor); err != nil {
		return err
	}
	l.DiscountAmt = 0
	if !k.Goods() || k.Valued() {
		l.Net, l.Tax, l.Gross, err = splitGross(l.Amount, l.TaxRate)
		return err
	}
	l.Net, l.Tax, l.Gross, err = l.Amounts()
	return err
}

// spreadDiscount takes the slip discount, less a fee, off the lines by their gross amounts, so that the slip's total falls by
// exactly that.
func spreadDiscount(d *Doc) error {
	off := d.Discount - d.Fee
	if off == 0 || len(d.Lines) == 0 {
		return nil
	}
	weights := make([]int64, len(d.Lines))
	var sum num.Amount
	for i := range d.Lines {
		weights[i] = int64(d.Lines[i].Gross)
		sum += d.Lines[i].Gross
	}
	if sum >= 0 && off > sum || sum < 0 && off < sum {
		return fault.New(fault.Invalid, "整单优惠 %s 超过整单金额 %s", "the slip discount %s is more than the slip's total %s", off, sum).At("slip_discount")
	}
	parts, err := num.Spread(off, weights)
	if err != nil {
		return fault.New(fault.Invalid, "整单优惠或运费不能分摊到正负混合的行上", "a slip discount or freight cannot be spread over lines of mixed sign").At("slip_discount")
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		l.DiscountAmt = parts[i]
		if parts[i] == 0 {
			continue
		}
		if l.Net, l.Tax, l.Gross, err = splitGross(l.Gross-parts[i], l.TaxRate); err != nil {
			return tooLarge(i + 1)
		}
	}
	return nil
}

// Total sums the lines; used again after audit fixed the amounts of returns.
func total(d *Doc) (err error) {
	d.Net, d.Tax, d.Gross = 0, 0, 0
	for i := range d.Lines {
		d.Net += d.Lines[i].Net
		d.Tax += d.Lines[i].Tax
		d.Gross += d.Lines[i].Gross
		if d.Gross > num.MaxAmount || d.Gross < -num.MaxAmount {
			return tooLarge(i + 1)
		}
	}
	return nil
}

// Sum brings the slip's totals, and what it gives back of a rounding, in step with its lines without working the lines out again.
func Sum(k *Kind, d *Doc) error {
	if err := total(d); err != nil {
		return err
	}
	return giveRounding(k, d)
}

func tooLarge(line int) error {
	return fault.New(fault.Invalid, "金额太大", "the amount is too large").At("qty").OnLine(line)
}

// ShareRule is the part of a line of quantity l and amount w that belongs to q more units after earlier parts of q0
// units worth w0: round(w·(q0+q)/l) − w0. The parts of a whole line add up to exactly w.
func ShareRule(w num.Amount, l num.Quantity, q0 num.Quantity, w0 num.Amount, q num.Quantity) (num.Amount, error) {
	s, err := num.Share(w, q0+q, l)
	return s - w0, err
}

// WithTax turns a price before tax into one with it, or back, to six decimals; a price already as wanted stays. It fails where the result is too
// large.
func WithTax(p num.Price, rate num.Rate, incl, want bool) (num.Price, error) {
	of, by := num.Rate(num.RateOne), num.Rate(num.RateOne)
	switch {
	case incl == want:
		return p, nil
	case want:
		of += rate
	default:
		by += rate
	}
	v, err := num.MulDiv(int64(p), int64(of), int64(by))
	return num.Price(v), err
}
