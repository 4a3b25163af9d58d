package workflow

import (
	"slices"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// LotChoice is a lot a line may name. Says is what the line then says: this lot first, of goods that leave what expires next for the rest.
type LotChoice struct {
	Code   string
	Expiry text.Date    // 0: not known
	Qty    num.Quantity // that can be had; of goods that come in, what is there
	Late   bool         // expired on the slip's day
	Says   string
}

// LotChoices lists the lots a line may name: of goods that leave those that can be had, what expires first in front; of goods that come
// back those of the line they follow from; else those in the line's warehouse. A product without lots has none.
func (b *Book) LotChoices(kind *slip.Kind, doc *slip.Doc, line int) (list []LotChoice, err error) {
	d := doc.Clone()
	if slip.Calculate(kind, d) != nil || line >= len(d.Lines) {
		return nil, nil
	}
	l := &d.Lines[line]
	p, ok := b.Masters().Product(l.Product)
	if !ok || !p.Tracked() {
		return nil, nil
	}
	err = b.db.Write(func(tx *store.Tx) error {
		t := b.lots(tx, kind, d, false)
		if t == nil {
			return store.ErrTrial
		}
		if list, err = t.choices(line, l, p); err != nil {
			return err
		}
		return store.ErrTrial
	})
	if err == store.ErrTrial {
		err = nil
	}
	return list, err
}

func (t *lotter) choices(line int, l *slip.Line, p *master.Product) (list []LotChoice, err error) {
	for i := range t.d.Lines { // what other lines take is not to be had
		if o := &t.d.Lines[i]; i != line && o.Product == l.Product {
			lots, _ := slip.ParseLots(o.Lot(), o.Base, p.Serial())
			if err := t.take(i, p, lots); err != nil {
				return nil, err
			}
		}
	}
	if left, found, err := t.leftOfSource(line, l, p); err != nil {
		return nil, err
	} else if found {
		for _, x := range left {
			if x.Qty > 0 {
				list = append(list, LotChoice{Code: x.Code, Qty: x.Qty, Says: starting(x.Code, left, max(l.Base, -l.Base), p.Serial())})
			}
		}
		return list, nil
	}
	at := t.d.At(l)
	if m := t.moves[line]; m != nil {
		at = m.Warehouse
	}
	w, ok := t.b.Masters().Find(master.Warehouses.Code, at)
	if !ok {
		return nil, nil
	}
	f, err := t.at(p.ID, w.ID)
	if err != nil {
		return nil, err
	}
	var free []slip.Lot
	for _, x := range f.list {
		free = append(free, slip.Lot{Code: x.Code, Qty: f.free[x.Code]})
	}
	for i, x := range f.list {
		if free[i].Qty <= 0 {
			continue
		}
		c := LotChoice{Code: x.Code, Expiry: x.Expiry, Qty: free[i].Qty, Late: x.Expiry != 0 && x.Expiry < t.d.Date, Says: x.Code}
		if t.out(line) {
			c.Says = starting(x.Code, free, -t.moves[line].Qty, p.Serial())
		}
		list = append(list, c)
	}
	return list, nil
}

// starting names the lots of q units, one first, then the others in their order; as far as they go.
func starting(first string, lots []slip.Lot, q num.Quantity, serial bool) string {
	var list []slip.Lot
	add := func(x slip.Lot) {
		if n := min(x.Qty, q); n > 0 {
			list, q = append(list, slip.Lot{Code: x.Code, Qty: n}), q-n
		}
	}
	i := slices.IndexFunc(lots, func(x slip.Lot) bool { return x.Code == first })
	add(lots[i])
	for n, x := range lots {
		if n != i {
			add(x)
		}
	}
	if len(list) == 0 {
		return first
	}
	return slip.FormatLots(list, serial)
}
