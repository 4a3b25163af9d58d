package workflow

import (
	"fmt"
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/ledger"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// checkLots holds lots and expiry dates against what is known. A draft may leave lots out; an audited slip may not.
func (b *Book) checkLots(tx *store.Tx, k *slip.Kind, d *slip.Doc, auditing bool) fault.List {
	faults := b.untracked(k, d)
	t := b.lots(tx, k, d, auditing)
	if t == nil {
		return faults
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := b.Masters().Product(l.Product)
		if !ok || !p.Tracked() {
			continue
		}
		list, err := t.checkLine(i, l, p)
		if err != nil {
			return append(faults, fault.Internal(fmt.Errorf("lots of line %d: %w", i+1, err)))
		}
		for _, f := range list {
			faults = append(faults, f.OnLine(i+1))
		}
	}
	return faults
}

// untracked refuses lots on lines of products that have none.
func (b *Book) untracked(k *slip.Kind, d *slip.Doc) (faults fault.List) {
	for i := range d.Lines {
		l := &d.Lines[i]
		if len(l.Extra) == 0 {
			continue
		}
		for _, f := range []slip.Field{{Key: slip.LotKey}, {Key: slip.ExpiryKey}} {
			p, ok := b.Masters().Product(l.Product)
			if ok && !p.Tracked() && l.Extra[f.Key] != "" {
				faults = append(faults, fault.New(fault.Invalid, "商品 %s 不管批次；如需管理，请在商品资料中设置批次管理", "the product %s has no lots; its tracking is set among the products", b.Called(master.Products, l.Product)).At(f.Key).OnLine(i+1))
			}
		}
	}
	return faults
}

func (t *lotter) checkLine(i int, l *slip.Line, p *master.Product) (faults fault.List, err error) {
	bad := func(field, zh, en string, args ...any) {
		faults = append(faults, fault.New(fault.Invalid, zh, en, args...).At(field))
	}
	if p.Serial() && l.Base%num.QuantityOne != 0 {
		bad("qty", "%s 按序列号管理，数量应为整数", "%s has serial numbers, its quantity is whole", t.b.Calls(p.Record))
	}
	lots, wrong := slip.ParseLots(l.Lot(), l.Base, p.Serial())
	switch {
	case wrong != nil:
		return append(faults, fault.Of(wrong)...), nil
	case len(lots) == 0:
		if counted := t.k.Stock.Counts && (l.Qty != 0 || l.Zero); t.auditing && (counted || l.Base != 0 && !t.out(i)) {
			bad(slip.LotKey, "%s 按%s管理，请填写", "%s has %[3]s; fill them in", t.b.Calls(p.Record), names(p).Zh, names(p).En)
		}
		return faults, nil
	}
	if left, found, err := t.leftOfSource(i, l, p); err != nil {
		return nil, err
	} else if found {
		for _, x := range lots {
			n := slices.IndexFunc(left, func(y slip.Lot) bool { return y.Code == x.Code })
			if n < 0 {
				bad(slip.LotKey, "%s 不在源单 %s 上", "%s was not on %s", x.Code, l.SourceNumber)
			} else if x.Qty > left[n].Qty {
				bad(slip.LotKey, "%s 超过源单 %s 的剩余数量：剩 %s", "%s: %[3]s left on %[2]s", x.Code, l.SourceNumber, max(0, left[n].Qty))
			}
		}
	}
	more, err := t.checkKnown(i, l, p, lots)
	return append(faults, more...), err
}

func names(p *master.Product) text.Text {
	if p.Serial() {
		return text.T("序列号", "serial numbers")
	}
	return text.T("批号", "lots")
}

// checkKnown: what goes out is known, and a lot expires on one day.
func (t *lotter) checkKnown(i int, l *slip.Line, p *master.Product, lots []slip.Lot) (faults fault.List, err error) {
	day, err := text.ParseDate(l.Extra[slip.ExpiryKey])
	if l.Extra[slip.ExpiryKey] == "" {
		day, err = 0, nil
	}
	if err != nil {
		return nil, err
	}
	for _, x := range lots {
		lot, err := t.tx.Lot(p.ID, x.Code)
		if err != nil {
			return nil, err
		}
		if lot == nil {
			if t.out(i) && t.auditing {
				faults = append(faults, fault.New(fault.Refused, "%s 没有批号“%s”", "there is no lot %[2]q of %[1]s", t.b.Calls(p.Record), x.Code).At(slip.LotKey))
			}
			continue
		}
		said, number := lot.Expiry, ""
		if !t.out(i) {
			if said, number, err = t.tx.SaidExpiry(lot.ID, t.d.ID); err != nil {
				return nil, err
			}
		}
		if day != 0 && said != 0 && day != said {
			where := text.T("", "")
			if number != "" {
				where = text.Tf("（%s）", " (%s)", number)
			}
			faults = append(faults, fault.New(fault.Refused, "%s 批号 %s 的有效期是 %s%s，不是 %s", "lot %[2]s of %[1]s expires on %[3]s%[4]s, not on %[5]s", t.b.Calls(p.Record), x.Code, said, where, day).At(slip.ExpiryKey))
		}
	}
	return faults, nil
}

// expiredWarnings tells of goods handed out, or built in, after their day.
func (b *Book) expiredWarnings(tx *store.Tx, k *slip.Kind, d *slip.Doc, rows []*ledger.Row) (list fault.List, err error) {
	if !uses(k) {
		return nil, nil
	}
	for _, r := range rows {
		for _, x := range r.Lots.List() {
			if x.Qty >= 0 {
				continue
			}
			lot, err := tx.LotByID(x.Lot)
			if err != nil {
				return nil, err
			}
			if line := lineOf(d, r.Line); lot.Expiry != 0 && lot.Expiry < d.Date && line > 0 {
				list = append(list, fault.New(fault.Refused, "%s 批号 %s 已于 %s 过期", "lot %[2]s of %[1]s expired on %[3]s", b.Called(master.Products, d.Lines[line-1].Product), lot.Code, lot.Expiry).At(slip.LotKey).OnLine(line).Named(Expired))
			}
		}
	}
	return list, nil
}

// uses tells of kinds after which goods are consumed: sales, what can come back, and sets put together. Expired goods may be written
// off, sent back or moved without a word.
func uses(k *slip.Kind) bool {
	return k.Group == slip.Sales || k.Stock.Parts != 0 || slices.ContainsFunc(kinds.All, func(r *slip.Kind) bool { return r.ReturnOf == k.Code && k.Stock.Direction < 0 })
}

// checkTracking: how a product's goods are told apart stays once some moved, and opening stock says its lots.
func (b *Book) checkTracking(tx *store.Tx, r *master.Record) (faults fault.List) {
	switch r.Type {
	case master.Products:
		old, ok := tx.Master(r.Type.Code, r.Code())
		if byID, same := tx.Masters().ByID(r.Type.Code, r.ID); same {
			old, ok = byID, true
		}
		if !ok || inquiry.TrackingOf(old) == inquiry.TrackingOf(r) {
			return nil
		}
		if moved, err := tx.HasMoved(old.ID); err != nil {
			faults = append(faults, fault.Internal(fmt.Errorf("whether %s moved: %w", r.Code(), err)))
		} else if moved {
			faults = append(faults, fault.New(fault.Refused, "%s 已有出入库，不能再改批次管理", "goods of %s have moved; its tracking can no longer change", b.Calls(old)).At("tracking"))
		}
	case master.OpeningStock:
		p, ok := tx.Masters().Product(r.Get("product"))
		q, err := num.ParseQuantity(orZero(r.Get("qty")))
		if !ok || err != nil {
			return nil
		}
		lots, err := slip.ParseLots(r.Get(slip.LotKey), q, p.Serial())
		switch {
		case err != nil:
			faults = fault.Of(err)
		case p.Tracked() && len(lots) == 0:
			faults = append(faults, fault.New(fault.Invalid, "%s 按%s管理，请填写", "%s has %[3]s; fill them in", b.Calls(p.Record), names(p).Zh, names(p).En).At(slip.LotKey))
		case !p.Tracked() && r.Get(slip.LotKey)+r.Get(slip.ExpiryKey) != "":
			faults = append(faults, fault.New(fault.Invalid, "商品 %s 不管批次；如需管理，请在商品资料中设置批次管理", "the product %s has no lots; its tracking is set among the products", b.Calls(p.Record)).At(slip.LotKey))
		}
	}
	return faults
}

// checkOpeningLots: a lot expires on one day, whatever warehouse it lies in and whoever brought it.
func (b *Book) checkOpeningLots(tx *store.Tx, d *slip.Doc) (faults fault.List) {
	opening, err := tx.SlipID(d.Number)
	if err != nil {
		return nil
	}
	said := map[[2]string]text.Date{}
	for i := range d.Lines {
		l := &d.Lines[i]
		day, err := text.ParseDate(l.Extra[slip.ExpiryKey])
		p, ok := b.Masters().Product(l.Product)
		if err != nil || !ok || !p.Tracked() {
			continue
		}
		for _, x := range l.Lots() {
			code := x.Code
			key := [2]string{l.Product, code}
			was := said[key]
			if lot, err := tx.Lot(p.ID, code); was == 0 && err == nil && lot != nil {
				was, _, _ = tx.SaidExpiry(lot.ID, opening)
			}
			if was != 0 && was != day {
				faults = append(faults, fault.New(fault.Refused, "%s 批号 %s 的有效期是 %s，不是 %s", "lot %[2]s of %[1]s expires on %[3]s, not on %[4]s", b.Calls(p.Record), code, was, day).At(slip.ExpiryKey))
			}
			said[key] = day
		}
	}
	return faults
}
