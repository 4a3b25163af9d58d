package slip

import "zhanggui/data/num"

// Rounded is what was rounded off a slip that lines reverse, its total, and how much of that total others gave back before, by the
// share rule; all without sign.
type Rounded struct {
	Slip                 int64
	Off, Gross, Returned num.Amount
}

// share is what of the rounding belongs to a total given back of the slip (7.3.4): never more than all of it.
func (r *Rounded) share(gross num.Amount) (num.Amount, error) {
	of := func(g num.Amount) (num.Amount, error) {
		v, err := num.MulDiv(int64(r.Off), int64(min(max(g, 0), r.Gross)), int64(r.Gross))
		return num.Amount(v), err
	}
	before, err := of(r.Returned)
	if err != nil {
		return 0, err
	}
	all, err := of(r.Returned + gross)
	return all - before, err
}

// roundingTyped is the key beside the kind's own values that tells of a rounding a person typed.
const roundingTyped = "rounding_typed"

// SayRounding makes the slip say what is rounded off also where that is nothing, so that it stands as if typed.
func (d *Doc) SayRounding() { _ = d.setRounding(d.Rounding.String()) }

// setRounding takes what is rounded off from text; typed, it stays.
func (d *Doc) setRounding(value string) error {
	if err := setNumber(&d.Rounding, value, num.ParseAmount); err != nil {
		return err
	}
	if value == "" {
		delete(d.Extra, roundingTyped)
		return nil
	}
	if d.Extra == nil {
		d.Extra = map[string]string{}
	}
	d.Extra[roundingTyped] = "yes"
	return nil
}

// NetsLetOff is what each line comes to before tax once what a person rounds off is taken off too, as a slip discount is: spread over what the
// slip sells by the totals. A line given back has no part of it, nor counts what is given back of a former rounding.
func (d *Doc) NetsLetOff() ([]num.Amount, error) {
	nets, weights := make([]num.Amount, len(d.Lines)), make([]int64, len(d.Lines))
	sold, back := false, false
	for i := range d.Lines {
		l := &d.Lines[i]
		nets[i] = l.Net
		if l.Back != nil {
			back = true
		} else if l.Base > 0 && l.Gross > 0 {
			weights[i], sold = int64(l.Gross), true
		}
	}
	if !sold || back && d.Extra[roundingTyped] == "" {
		return nets, nil
	}
	parts, err := num.Spread(d.Rounding, weights)
	if err != nil {
		return nil, err
	}
	for i := range d.Lines {
		if l := &d.Lines[i]; parts[i] != 0 {
			if nets[i], _, _, err = splitGross(l.Gross-parts[i], l.TaxRate); err != nil {
				return nil, tooLarge(i + 1)
			}
		}
	}
	return nets, nil
}

// giveRounding gives back on a red slip what was rounded off the slips it reverses, by the share rule over their totals, unless somebody
// typed it: who paid 98.00 for 98.65 gets 98.00 back. An exchange does so where it is paid at once.
func giveRounding(k *Kind, d *Doc) error {
	if !k.Pays() || d.Extra[roundingTyped] != "" || !k.Money.AtOnce && !d.Red(k) {
		return nil
	}
	var order []*Rounded
	back := map[int64]num.Amount{}
	for i := range d.Lines {
		l := &d.Lines[i]
		if l.Back == nil || l.Back.Line != l.SourceID || l.Back.Rounded == nil {
			continue
		}
		r := l.Back.Rounded
		if _, ok := back[r.Slip]; !ok {
			order = append(order, r)
		}
		back[r.Slip] += l.Gross
	}
	if len(order) == 0 {
		return nil
	}
	var sum num.Amount
	for _, r := range order {
		g := back[r.Slip]
		v, err := r.share(max(g, -g))
		if err != nil {
			return tooLarge(1)
		}
		if g < 0 {
			v = -v
		}
		sum += v
	}
	if !k.Money.AtOnce { // what is paid back by hand leaves no more than the rest to round off
		rest := d.Gross - d.PaidNow()
		if d.Gross >= 0 {
			sum = max(min(sum, rest), 0)
		} else {
			sum = min(max(sum, rest), 0)
		}
	}
	d.Rounding = sum
	return nil
}
