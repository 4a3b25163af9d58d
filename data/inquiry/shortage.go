package inquiry

import (
	"cmp"
	"slices"
	"strings"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Shortage is a line that takes more out of its warehouse than is there. Quantities are in base units.
type Shortage struct {
	Line               int // from 1
	Product, Warehouse *master.Record
	Takes              num.Quantity // what the line takes
	Here               num.Quantity // what is there for it: on hand, less what the slip's earlier lines take; never below zero
	OnHand             num.Quantity
	Elsewhere          []Lies    // less what the slip's own lines take there; the most first
	Coming             []Arrival // into the line's warehouse, or into none that is named; the earliest first
	lang               text.Lang // the book's, in which the first names are
}

// Lies is what lies of a product in another warehouse.
type Lies struct {
	Warehouse *master.Record
	Qty       num.Quantity
}

// Arrival is what is on the way by one slip; Expected 0: nobody said when.
type Arrival struct {
	Number    string
	InTransit bool // from another warehouse; else on order
	Expected  text.Date
	Qty       num.Quantity
}

// Short is how much is missing.
func (s *Shortage) Short() num.Quantity { return s.Takes - s.Here }

// From is the other warehouse with the most of what is missing; nil: there is none anywhere.
func (s *Shortage) From() *Lies {
	if len(s.Elsewhere) == 0 {
		return nil
	}
	return &s.Elsewhere[0]
}

// bringing are the kinds whose live slips bring goods: orders to suppliers, and transfers in transit.
var bringing = func() (list []string) {
	for _, k := range kinds.All {
		if k.Stock.Promise == slip.OnOrder || k.Stock.Promise == slip.InTransit {
			list = append(list, k.Code)
		}
	}
	return list
}()

// leaves is how much of its product a line takes out of its warehouse, in base units; zero or less: none.
func leaves(k *slip.Kind, l *slip.Line) num.Quantity {
	_, moved := k.HeaderField("to_warehouse")
	switch {
	case l.Service || k.Stock.Counts || k.Plan:
		return 0
	case k.Stock.Parts > 0: // the components
		return -l.Base
	case k.Stock.Parts < 0 || moved: // the set, or what is moved
		return l.Base
	}
	return -l.Base * num.Quantity(k.Stock.Direction)
}

// ShortLines lists the lines of a slip as it is typed that take more than lies in their warehouses now, in the order of the lines.
func (b *Book) ShortLines(k *slip.Kind, d *slip.Doc) ([]Shortage, error) {
	var products []int64
	for i := range d.Lines {
		if p, ok := b.Masters().Product(d.Lines[i].Product); ok && leaves(k, &d.Lines[i]) > 0 && !slices.Contains(products, p.ID) {
			products = append(products, p.ID)
		}
	}
	if len(products) == 0 {
		return nil, nil
	}
	stands, err := b.Stands(products, 0)
	if err != nil {
		return nil, err
	}
	var list []Shortage
	own := b.takenBy(k, d)
	taken := map[[2]int64]num.Quantity{}
	for i := range d.Lines {
		l := &d.Lines[i]
		q := leaves(k, l)
		p, ok := b.Masters().Product(l.Product)
		w, known := b.Masters().Find(master.Warehouses.Code, d.At(l))
		if q <= 0 || !ok || !known {
			continue
		}
		at := [2]int64{p.ID, w.ID}
		s := Shortage{Line: i + 1, Product: p.Record, Warehouse: w, Takes: q, OnHand: stands.At(p.ID, w.ID).OnHand, lang: b.Rules().Lang}
		s.Here = max(0, s.OnHand-taken[at])
		if taken[at] += q; s.Short() <= 0 {
			continue
		}
		s.Elsewhere = b.elsewhere(stands[p.ID], at, own)
		if s.Coming, err = b.coming(p.ID, w.ID); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// takenBy is how much of each product all lines of a slip take out of each warehouse.
func (b *Book) takenBy(k *slip.Kind, d *slip.Doc) map[[2]int64]num.Quantity {
	sums := map[[2]int64]num.Quantity{}
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := b.Masters().Product(l.Product)
		w, known := b.Masters().Find(master.Warehouses.Code, d.At(l))
		if q := leaves(k, l); q > 0 && ok && known {
			sums[[2]int64{p.ID, w.ID}] += q
		}
	}
	return sums
}

// elsewhere lists what lies of a product in other warehouses than one, less what the slip itself takes there, the most first; goods in
// transit lie nowhere.
func (b *Book) elsewhere(places []Spot, at [2]int64, own map[[2]int64]num.Quantity) (list []Lies) {
	for _, x := range places {
		w, ok := b.Masters().ByID(master.Warehouses.Code, x.Warehouse)
		left := x.OnHand - own[[2]int64{at[0], x.Warehouse}]
		if ok && x.Warehouse != at[1] && left > 0 && w.Active() && w.Get("transit") != "yes" {
			list = append(list, Lies{w, left})
		}
	}
	slices.SortFunc(list, func(a, b Lies) int {
		return cmp.Or(cmp.Compare(b.Qty, a.Qty), cmp.Compare(a.Warehouse.Code(), b.Warehouse.Code()))
	})
	return list
}

func (b *Book) coming(product, warehouse int64) (list []Arrival, err error) {
	all, err := b.Seen().ComingOf(product, bringing)
	for _, c := range all {
		if c.Warehouse == 0 || c.Warehouse == warehouse {
			list = append(list, Arrival{c.Number, slices.Contains(Promising.InTransit, c.Kind), c.Expected, c.Qty})
		}
	}
	return list, err
}

// most is how many warehouses, and how many arrivals, the words of a shortage name.
const most = 3

// Words say the shortage: what is there, what is missing, where else there is some, and what is on the way.
func (s *Shortage) Words() text.Text {
	name, at := s.name(), s.called(s.Warehouse)
	t := text.Tf("%s：%s现存 %s，要 %s，缺 %s", "%s: %[3]s on hand in %[2]s, %[4]s wanted, %[5]s short", name, at, s.OnHand.Grouped(), s.Takes.Grouped(), s.Short().Grouped())
	if s.OnHand > s.Here {
		t = join(t, text.Tf("（前面的行已用 %s）", " (%s taken by lines above)", (s.OnHand-s.Here).Grouped()))
	}
	return join(t, s.where())
}

// None says that nothing is there, before anybody said how much is wanted.
func (s *Shortage) None() text.Text {
	return join(text.Tf("%s：%s没有现货", "%s: none in %s", s.name(), s.called(s.Warehouse)), s.where())
}

func (s *Shortage) name() text.Text { return withCode(s.Product, s.lang) }

func (s *Shortage) called(r *master.Record) text.Text { return namesOf(r, s.lang) }

// where says where else there is some, and what is on the way.
func (s *Shortage) where() text.Text {
	var zh, en []string
	for _, x := range s.Elsewhere[:min(most, len(s.Elsewhere))] {
		w := s.called(x.Warehouse)
		zh, en = append(zh, w.Zh+"有 "+x.Qty.Grouped()), append(en, w.En+" has "+x.Qty.Grouped())
	}
	if len(zh) == 0 {
		zh, en = append(zh, "其他仓库没有"), append(en, "none elsewhere")
	}
	for _, x := range s.Coming[:min(most, len(s.Coming))] {
		w := x.words()
		zh, en = append(zh, w.Zh), append(en, w.En)
	}
	return text.T("；"+strings.Join(zh, "；"), "; "+strings.Join(en, "; "))
}

func (a Arrival) words() text.Text {
	what := text.Tf("在订 %s", "%s on order", a.Qty.Grouped())
	if a.InTransit {
		what = text.Tf("在途 %s", "%s in transit", a.Qty.Grouped())
	}
	if a.Expected == 0 {
		return join(what, text.Tf("（%s）", " (%s)", a.Number))
	}
	return join(what, text.Tf("（%s 到，%s）", " (due %s, %s)", a.Expected, a.Number))
}

func join(a, b text.Text) text.Text { return text.T(a.Zh+b.Zh, a.En+b.En) }

// OverdueOf is Aged of what is kept of one party: how much of its balance is past its day; opening says that the opening balance is too.
func OverdueOf(a store.Aged, opening bool) num.Amount {
	at := 0
	if opening {
		at = 1
	}
	by := age(a, at)
	return by[1] + by[2] + by[3] + by[4]
}
