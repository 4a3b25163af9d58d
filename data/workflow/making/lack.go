// Package making holds what an assembly asks for beyond its own slip: what its components lack, and the drafts that make it.
package making

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// book is a book whose steps are at hand.
type book struct{ workflow.Steps }

func of(b *workflow.Book) book { return book{workflow.Steps{Book: b}} }

// Lack is what an assembly, or what has to be made for it first, is short of in a warehouse. What is Made can be put together; what is
// not has to be bought. Level counts the steps it is made of: 0 is bought, and what is made goes from the lowest level up.
type Lack struct {
	Product   *master.Product
	Warehouse string
	Short     num.Quantity // in base units
	Level     int
}

// Made tells whether the product is put together of others.
func (l Lack) Made() bool { return l.Level > 0 }

// Lacks lists what the components of an assembly are short of, in the order it is to be made: sub-assemblies of which less lies there
// than is needed, and what these are short of in their turn, each reckoned with its scrap; what has to be bought comes first. What drafts
// made by Drafts for the slip will bring and take counts as if it had come and gone.
func Lacks(b *workflow.Book, d *slip.Doc) ([]Lack, error) {
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return nil, err
	}
	if k.Stock.Parts <= 0 {
		return nil, fault.New(fault.Refused, "%s不由组件组成", "a %s is not put together of components", k.Title)
	}
	m := &lacking{b: b, have: map[place]num.Quantity{}, need: map[place]num.Quantity{}}
	if err := m.drafts(d); err != nil {
		return nil, err
	}
	for i := range d.Lines {
		if l := &d.Lines[i]; l.Base < 0 {
			m.need[place{l.Product, d.At(l)}] -= l.Base
		}
	}
	for len(m.need) > 0 {
		if err := m.next(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(m.list, func(a, b Lack) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Product.Code(), b.Product.Code()), cmp.Compare(a.Warehouse, b.Warehouse))
	})
	return m.list, nil
}

type place struct{ product, warehouse string }

// lacking goes from what is made of most levels down to what is bought, so that of each product all that is needed is known before what
// it is made of: need is what is still to be looked at, have what lies there, asked for once.
type lacking struct {
	b          *workflow.Book
	have, need map[place]num.Quantity
	list       []Lack
}

func (m *lacking) left(at place) (num.Quantity, error) {
	if q, known := m.have[at]; known {
		return q, nil
	}
	p, ok := m.b.Masters().Product(at.product)
	if !ok {
		return 0, fault.New(fault.Invalid, "没有商品“%s”", "there is no product %q", at.product).At("product")
	}
	have, err := m.b.OnHandOf([]inquiry.Need{{Product: p}}, at.warehouse)
	if err != nil {
		return 0, err
	}
	m.have[at] = have[p.ID]
	return have[p.ID], nil
}

// next looks at what is needed of the most levels.
func (m *lacking) next() error {
	var at place
	level := -1
	for x := range m.need {
		l, err := m.level(x.product)
		if err != nil {
			return err
		}
		if l > level {
			at, level = x, l
		}
	}
	need := m.need[at]
	delete(m.need, at)
	left, err := m.left(at)
	if err != nil || left >= need {
		return err
	}
	p, _ := m.b.Masters().Product(at.product)
	short := need - max(left, 0)
	m.list = append(m.list, Lack{p, at.warehouse, short, level})
	needs, err := m.b.Needs(p, short, false, true)
	for _, n := range needs {
		m.need[place{n.Product.Code(), at.warehouse}] += n.Qty
	}
	return err
}

// level is 0 for what is bought, else one more than the highest of its components.
func (m *lacking) level(product string) (top int, err error) {
	p, ok := m.b.Masters().Product(product)
	if !ok {
		return 0, nil
	}
	parts, err := m.b.Parts(p, nil) // refuses a circle
	for _, x := range parts {
		top = max(top, x.Level)
	}
	return top, err
}

// madeFor is the remark of a draft made for another slip.
func madeFor(number string) text.Text { return text.Tf("为 %s 备件", "for %s", number) }

// drafts counts what those made for the slip will bring and take.
func (m *lacking) drafts(d *slip.Doc) error {
	if d.Number == "" {
		return nil
	}
	list, err := m.b.List(inquiry.Filter{Kinds: []string{d.Kind}, Status: slip.Drafts, Words: d.Number}, inquiry.Sorting{})
	if err != nil {
		return err
	}
	for _, id := range list.IDs {
		x, err := m.b.DB.Slip(id)
		if err != nil {
			return err
		}
		if words := madeFor(d.Number); x.ID == d.ID || !strings.HasPrefix(x.Remark, words.Zh) && !strings.HasPrefix(x.Remark, words.En) {
			continue
		}
		for i := range x.Lines {
			at := place{x.Lines[i].Product, x.At(&x.Lines[i])}
			left, err := m.left(at)
			if err != nil {
				return err
			}
			m.have[at] = left + x.Lines[i].Base
		}
	}
	for at, q := range m.have {
		if q < 0 { // a draft itself lacks it
			m.need[at], m.have[at] = -q, 0
		}
	}
	return nil
}

// Drafts saves a draft for every sub-assembly that a saved assembly lacks, in the order they are to be audited, and comes back with
// their numbers and with all that is lacking, also what has to be bought.
func Drafts(w *workflow.Book, ref string) (numbers []string, lacks []Lack, err error) {
	b := of(w)
	d, err := b.Load(ref)
	if err != nil {
		return nil, nil, err
	}
	if !d.Status.Editable() {
		return nil, nil, fault.New(fault.Refused, "%s 已不是草稿，不再缺件", "%s is no draft any more and lacks nothing", d.Number)
	}
	if lacks, err = Lacks(b.Book, d); err != nil {
		return nil, nil, err
	}
	if !slices.ContainsFunc(lacks, Lack.Made) {
		if len(lacks) == 0 {
			return nil, nil, fault.New(fault.Refused, "%s 不缺件", "%s lacks nothing", d.Number)
		}
		return nil, lacks, fault.New(fault.Refused, "%s 缺的都要外购：%s", "all that %s lacks has to be bought: %s", d.Number, Words(lacks))
	}
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return nil, nil, err
	}
	err = b.Write(context.Background(), func(tx *store.Tx) error {
		for _, x := range lacks {
			if !x.Made() {
				continue
			}
			n := &slip.Doc{Kind: d.Kind, Date: d.Date, Warehouse: x.Warehouse, Employee: d.Employee, Department: d.Department, Status: slip.Draft,
				Remark: madeFor(d.Number).In(b.Settings().Lang), Lines: []slip.Line{{Product: x.Product.Code(), Qty: x.Short}}}
			for _, f := range k.Header {
				if f.Default != "" {
					if err := n.Set(f, f.Default); err != nil {
						return err
					}
				}
			}
			if _, err := b.Save(tx, n); err != nil {
				return err
			}
			numbers = append(numbers, n.Number)
		}
		return nil
	})
	if err != nil {
		numbers = nil
	}
	return numbers, lacks, err
}

// Words lists quantities and codes of what is lacking and has to be bought.
func Words(lacks []Lack) string {
	var words []string
	for _, x := range lacks {
		if !x.Made() {
			words = append(words, x.Product.Code()+" "+x.Short.Grouped())
		}
	}
	return strings.Join(words, ", ")
}
