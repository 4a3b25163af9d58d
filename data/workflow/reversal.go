package workflow

import (
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// reversal tells the lines of a slip of kind k what they give back of lines of their sources. Own is the slip's id; links lists what
// follows from a line.
type reversal struct {
	k       *slip.Kind
	own     int64
	links   func(line int64) ([]store.Linked, error)
	rounded map[int64]*slip.Rounded // by source slip
}

func reversalOf(k *slip.Kind, own int64, links func(line int64) ([]store.Linked, error)) *reversal {
	return &reversal{k, own, links, map[int64]*slip.Rounded{}}
}

// back is what a line that reverses a line of a source gives back: what was posted there, less what others gave back of it before. Nil
// where the slip takes the source further instead.
func (r *reversal) back(src *slip.Doc, sl *slip.Line) (*slip.Back, error) {
	sk, _ := kinds.ByCode(src.Kind)
	own := src.Kind == r.k.Code || r.k.ReturnOf == src.Kind
	if red := len(r.k.Matches) > 0 && sk.ReturnOf != ""; !own && !red || !r.k.Taxed || r.k.Plan { // a return's red invoice too
		return nil, nil
	}
	x, err := r.line(src, sl)
	if err == nil && own {
		x.Rounded, err = r.rounding(src)
	}
	return x, err
}

// line is back of one line, without what was rounded off.
func (r *reversal) line(src *slip.Doc, sl *slip.Line) (*slip.Back, error) {
	x := &slip.Back{Line: sl.ID, Base: sl.Base, Net: sl.Net, Tax: sl.Tax, Price: sl.Price, Factor: sl.Factor, InclTax: sl.InclTax, TaxRate: sl.TaxRate, Discount: sl.Discount}
	if sl.Trued != 0 { // invoiced parts at what the invoice says
		var err error
		if x.Net, x.Tax, err = truedAmounts(src, sl); err != nil {
			return nil, err
		}
	}
	list, err := r.links(sl.ID)
	for _, o := range list {
		if o.Slip != r.own && o.Status.Live() && kinds.SuccessorGroup(o.Kind, src.Kind) == kinds.SuccessorGroup(r.k.Code, src.Kind) {
			part := slip.Line{Price: o.Price, Factor: o.Factor, InclTax: o.InclTax, TaxRate: o.TaxRate, Discount: o.Discount, DiscountAmt: o.Off}
			if err := x.Took(&part, max(o.Base, -o.Base), max(o.Net, -o.Net), max(o.Tax, -o.Tax)); err != nil {
				return nil, err
			}
		}
	}
	return x, err
}

// rounding is what was rounded off a source, and what others gave back of its total before; nil where nothing was rounded off.
func (r *reversal) rounding(src *slip.Doc) (*slip.Rounded, error) {
	if src.Rounding == 0 || src.Gross == 0 {
		return nil, nil
	}
	if x, ok := r.rounded[src.ID]; ok {
		return x, nil
	}
	x := &slip.Rounded{Slip: src.ID, Off: src.Rounding, Gross: src.Gross}
	for i := range src.Lines {
		if src.Lines[i].Base == 0 {
			continue
		}
		part, err := r.line(src, &src.Lines[i])
		if err != nil {
			return nil, err
		}
		if src.Lines[i].Base < 0 { // of an exchange
			part.GivenNet, part.GivenTax = -part.GivenNet, -part.GivenTax
		}
		x.Returned += part.GivenNet + part.GivenTax
	}
	if x.Gross < 0 {
		x.Off, x.Gross, x.Returned = -x.Off, -x.Gross, -x.Returned
	}
	r.rounded[src.ID] = x
	return x, nil
}

// backWarnings tell of lines that give back more than the same quantity of their source stands at (7.3.2). An invoice that differs from its
// goods is told of by its matches.
func backWarnings(k *slip.Kind, d *slip.Doc) (warnings fault.List) {
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.Back == nil || l.Back.Line != l.SourceID || len(k.Matches) > 0 {
			continue
		}
		share, err := l.Back.Share(l.Base)
		if net := max(l.Net, -l.Net); err == nil && net > share+1 {
			warnings = append(warnings, fault.New(fault.Refused, "退货金额 %s，超过 %s 同样数量的 %s", "%s is given back, more than the %[3]s of the same quantity on %[2]s",
				net.Grouped(), l.SourceNumber, share.Grouped()).At("price").OnLine(i+1).Named(Differs))
		}
	}
	return warnings
}

// giveBacks tells a draft's lines what they give back, so that it shows what auditing will post.
func (b *Book) giveBacks(k *slip.Kind, d *slip.Doc) error {
	if !d.Status.Editable() || !k.Taxed || k.Plan {
		return nil
	}
	sources := map[string]*slip.Doc{}
	r := reversalOf(k, d.ID, b.linked())
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.SourceID == 0 {
			continue
		}
		src := sources[l.SourceNumber]
		if src == nil {
			id, err := b.DB.SlipID(l.SourceNumber)
			if err != nil || id <= 0 {
				return err
			}
			if src, err = b.DB.Slip(id); err != nil {
				return err
			}
			sources[l.SourceNumber] = src
		}
		sl := sourceLine(src, l, nil)
		if sl == nil {
			continue
		}
		var err error
		if l.Back, err = r.back(src, sl); err != nil {
			return err
		}
	}
	return nil
}

// truedAmounts are net and tax of a receipt's line as its invoices say.
func truedAmounts(src *slip.Doc, sl *slip.Line) (net, tax num.Amount, err error) {
	if !src.General { // its worth includes the tax
		gross := sl.Gross + sl.Trued
		net, err = gross.Without(sl.TaxRate)
		return net, gross - net, err
	}
	net = sl.Net + sl.Trued
	tax, err = net.Times(sl.TaxRate)
	return net, tax, err
}

func samePrice(a, b *slip.Line) (bool, error) {
	if a.InclTax != b.InclTax || a.TaxRate != b.TaxRate || a.Discount != b.Discount {
		return false, nil
	}
	v, err := num.MulDiv(int64(b.Price), int64(a.Factor), int64(max(b.Factor, 1)))
	return num.Price(v) == a.Price, err
}
