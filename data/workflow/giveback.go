package workflow

import (
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// back is what a line that reverses a line of a source gives back: what was posted there, less what others gave back of it before. Nil
// where a slip of kind k takes the source further instead. Own is the slip's id; links lists what follows from a line.
func (b *Book) back(k *slip.Kind, own int64, src *slip.Doc, sl *slip.Line, links func(line int64) ([]store.Linked, error)) (*slip.Back, error) {
	sk, _ := kinds.ByCode(src.Kind)
	if red := len(k.Matches) > 0 && sk.ReturnOf != ""; src.Kind != k.Code && k.ReturnOf != src.Kind && !red || !k.Taxed || k.Plan { // a return's red invoice too
		return nil, nil
	}
	x := &slip.Back{Line: sl.ID, Base: sl.Base, Net: sl.Net, Tax: sl.Tax, Price: sl.Price, Factor: sl.Factor, InclTax: sl.InclTax, TaxRate: sl.TaxRate, Discount: sl.Discount}
	if sl.Trued != 0 { // invoiced parts at what the invoice says
		var err error
		if x.Net, x.Tax, err = truedAmounts(src, sl); err != nil {
			return nil, err
		}
	}
	list, err := links(sl.ID)
	for _, o := range list {
		if o.Slip != own && o.Status.Live() && kinds.SuccessorGroup(o.Kind, src.Kind) == kinds.SuccessorGroup(k.Code, src.Kind) {
			part := slip.Line{Price: o.Price, Factor: o.Factor, InclTax: o.InclTax, TaxRate: o.TaxRate, Discount: o.Discount, DiscountAmt: o.Off}
			if err := x.Took(&part, max(o.Base, -o.Base), max(o.Net, -o.Net), max(o.Tax, -o.Tax)); err != nil {
				return nil, err
			}
		}
	}
	return x, err
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
				net.Grouped(), l.SourceNumber, share.Grouped()).At("price").OnLine(i+1))
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
	links := b.linked()
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
		if l.Back, err = b.back(k, d.ID, src, sl, links); err != nil {
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
