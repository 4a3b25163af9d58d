package scan

import (
	"context"
	"slices"
	"strings"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// Picked is what was really picked 实拣 of a slip's lines: by line number, in the line's unit. A line that is not in it was not picked
// for (it lies in another warehouse) and keeps its quantity.
type Picked struct {
	Number string
	Lines  map[int]num.Quantity
}

// Pickable is how much of a line is to be picked, in its unit: of an order what is not delivered yet, of a service nothing.
func Pickable(d *slip.Doc, l *slip.Line) (num.Quantity, error) {
	if l.Service {
		return 0, nil
	}
	k, err := kinds.Lookup(d.Kind)
	if err != nil || !k.Plan || !d.Status.Live() || l.Factor == 0 {
		return max(l.Qty, 0), err
	}
	n, err := num.MulDiv(int64(l.Remaining), int64(num.QuantityOne), int64(l.Factor))
	return max(num.Quantity(n), 0), err
}

// Pick puts what was picked on the slips, all or none: a draft keeps those quantities, lines of which nothing was found go, and what is
// short stays open on the order behind. Of an order a draft of what carries it out is made. The numbers of the drafts come back, and which
// approvals fell away by it.
func Pick(w *workflow.Book, list []Picked) (numbers []string, told fault.List, err error) {
	b := of(w)
	err = b.Write(context.Background(), func(tx *store.Tx) error {
		numbers, told = nil, nil
		for _, p := range list {
			n, fell, err := b.pick(tx, p)
			if err != nil {
				return err
			}
			numbers, told = append(numbers, n), append(told, fell...)
		}
		return nil
	})
	return numbers, told, err
}

func (b book) pick(tx *store.Tx, p Picked) (number string, told fault.List, err error) {
	d, err := b.Find(tx, p.Number)
	if err != nil {
		return "", nil, err
	}
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return "", nil, err
	}
	switch {
	case k.Plan && d.Status.Live():
		if d, err = b.pickOrder(tx, d, p); err != nil {
			return "", nil, err
		}
	case k.Goods() && d.Status.Editable():
		for i := range d.Lines {
			l := &d.Lines[i]
			q, ok := p.Lines[l.No]
			if !ok {
				continue
			}
			if q < 0 || q > l.Qty {
				return "", nil, tooMany(d, l, q)
			}
			l.Qty = q
		}
	default:
		return "", nil, fault.New(fault.Refused, "%s %s，不能再拣货", "%s is %[3]s; nothing more is picked for it", d.Number, d.Status.Label(), string(d.Status))
	}
	source := p.Number
	d.Lines = slices.DeleteFunc(d.Lines, func(l slip.Line) bool { return l.Qty == 0 })
	if !slices.ContainsFunc(d.Lines, func(l slip.Line) bool { return !l.Service }) {
		return "", nil, fault.New(fault.Refused, "%s 一件也没拣到，请作废它，或以后再拣", "nothing was picked for %s: void it, or pick it later", source)
	}
	for i := range d.Lines {
		d.Lines[i].No = i + 1
	}
	if told, err = b.Save(tx, d); err != nil {
		return "", nil, err
	}
	return d.Number, told, b.Log(tx, "pick", d, auditlog.Detail{Note: source})
}

// pickOrder makes the draft that carries an order out with what was picked of it.
func (b book) pickOrder(tx *store.Tx, order *slip.Doc, p Picked) (*slip.Doc, error) {
	next := b.FirstSuccessor(order.Kind)
	if k, ok := kinds.ByCode(next); !ok || k.Stock.Direction >= 0 {
		return nil, fault.New(fault.Refused, "%s 不出库，没有货要拣", "%s takes no goods out; there is nothing to pick", order.Number)
	}
	d, err := b.Push(tx, order.Number, next, workflow.Taken{})
	if err != nil {
		return nil, err
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		sl := &order.Lines[l.SourceLine-1]
		q, ok := p.Lines[l.SourceLine]
		if sl.Service {
			continue // nobody fetches it: it goes with the goods
		}
		if !ok {
			l.Qty = 0 // of another warehouse: it stays on the order
			continue
		}
		base, err := num.Convert(q, sl.Factor)
		if err != nil {
			return nil, err
		}
		has, err := num.Convert(l.Qty, l.Factor)
		if err != nil {
			return nil, err
		}
		if q < 0 || base > has {
			return nil, tooMany(order, sl, q)
		}
		n, err := num.MulDiv(int64(base), int64(num.QuantityOne), int64(l.Factor))
		if err != nil {
			return nil, err
		}
		l.Qty = num.Quantity(n)
	}
	return d, nil
}

func tooMany(d *slip.Doc, l *slip.Line, q num.Quantity) *fault.Fault {
	return fault.New(fault.Refused, "%s 第 %d 行要 %s，不能拣 %s", "%s line %d asks for %s, not %s", d.Number, l.No, l.Qty, q).At("qty")
}

// mostWalks are remembered, the newest first.
const mostWalks = 200

// KeepWalk remembers for which slips and from which warehouse a merged pick list was printed, so that scanning its number finds them.
func KeepWalk(w *workflow.Book, name, warehouse string, numbers []string) error {
	b := of(w)
	if b.DB.ReadOnly { // a look leaves no trace
		return nil
	}
	return b.Quiet(func(tx *store.Tx) error {
		v, err := tx.Setting("walks")
		if err != nil {
			return err
		}
		list := slices.DeleteFunc(strings.Split(v, "\n"), func(w string) bool { return w == "" || strings.HasPrefix(w, name+"\t") })
		list = slices.Insert(list, 0, name+"\t"+warehouse+"\t"+strings.Join(numbers, "\t"))
		return tx.SetSetting("walks", strings.Join(list[:min(len(list), mostWalks)], "\n"))
	})
}

// Walk tells the slips and the warehouse of a merged pick list by its number; none for a number that is not remembered.
func Walk(b *workflow.Book, name string) (warehouse string, numbers []string, err error) {
	v, err := b.DB.Setting("walks")
	for _, w := range strings.Split(v, "\n") {
		if p := strings.Split(w, "\t"); p[0] == name && len(p) > 2 {
			return p[1], p[2:], err
		}
	}
	return "", nil, err
}
