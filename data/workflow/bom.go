package workflow

import (
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// explode puts the components of the bill of materials on a slip that names its set alone: going in with their scrap, coming out
// without; over all levels, where the slip says so. By direct components alone, what is made of components itself stands as it is; it
// has a slip of its own.
func (b *Book) explode(k *slip.Kind, d *slip.Doc) {
	if len(d.Lines) != 1 || d.Lines[0].Qty <= 0 {
		return
	}
	d.Lines = append(d.Lines, b.componentLines(k, d, d.Lines[0])...)
}

// componentLines are the lines that the bill of materials gives a set's line; none where it cannot be worked out yet.
func (b *Book) componentLines(k *slip.Kind, d *slip.Doc, set slip.Line) (lines []slip.Line) {
	p, ok := b.Masters().Product(set.Product)
	if !ok {
		return nil
	}
	if set.Unit == "" {
		set.Unit = p.Unit
	}
	factor, ok := p.UnitFactor(set.Unit)
	if !ok {
		return nil
	}
	base, err := num.Convert(set.Qty, factor)
	if err != nil {
		return nil // said by the arithmetic of the line itself
	}
	needs, err := b.Needs(p, base, AllLevels(d), k.Stock.Parts > 0)
	if err != nil {
		return nil // likewise
	}
	for _, n := range needs {
		lines = append(lines, slip.Line{Product: n.Product.Code(), Warehouse: set.Warehouse, Qty: -n.Qty})
	}
	return lines
}

// AllLevels tells whether a slip of a set is made of, or taken apart into, what is bought, past all that is made itself.
func AllLevels(d *slip.Doc) bool { return d.Extra["levels"] == "all" }

// Explode writes the components of a slip's set anew from its bill of materials.
func (b *Book) Explode(k *slip.Kind, d *slip.Doc) error {
	for _, l := range d.Lines {
		if l.Qty <= 0 {
			continue
		}
		lines := b.componentLines(k, d, l)
		if len(lines) == 0 {
			return fault.New(fault.Refused, "%s 没有物料清单", "%s has no bill of materials", b.Called(master.Products, l.Product)).At("product")
		}
		d.Lines = append([]slip.Line{l}, lines...)
		b.Complete(k, d)
		return nil
	}
	return fault.New(fault.Invalid, "先填成品和数量", "first give the set and its quantity").At("qty")
}

// Exploded tells whether a slip of a set has the components its bill of materials gives, or none yet: nothing that a person typed is
// lost by writing them anew.
func (b *Book) Exploded(k *slip.Kind, d *slip.Doc) bool {
	var set slip.Line
	var own []slip.Line
	for _, l := range d.Lines {
		switch {
		case l.Empty():
		case set.Product == "" && l.Qty >= 0:
			set = l
		default:
			own = append(own, l)
		}
	}
	if len(own) == 0 {
		return true
	}
	want := b.componentLines(k, d, set)
	return len(want) == len(own) && slices.EqualFunc(want, own, func(w, l slip.Line) bool {
		base, err := num.Convert(l.Qty, max(l.Factor, 1))
		if l.Factor == 0 {
			base = l.Qty
		}
		return err == nil && w.Product == l.Product && base == w.Qty && l.Remark == "" && (l.Warehouse == w.Warehouse || d.At(&l) == d.At(&w))
	})
}

// circle is the way from a product down to another that it is, or is made with, at any level; none where it is not.
func circle(tx *store.Tx, product, other string, seen map[string]bool) []string {
	if product == other {
		return []string{product}
	}
	if seen[product] {
		return nil
	}
	seen[product] = true
	for _, r := range tx.Masters().Components(product) {
		if way := circle(tx, r.Get("component"), other, seen); way != nil {
			return append([]string{product}, way...)
		}
	}
	return nil
}
