package inquiry

import (
	"errors"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Stand is how a product stands in one warehouse or in several: what lies there, and what live slips still promise. Whatever shows or
// compares one of these figures takes it from Book.Stands, so that they are the same everywhere.
type Stand struct {
	OnHand, Reserved, OnOrder num.Quantity
	// InTransit is what comes from other warehouses; in a place of transit it is less than zero: all that lies there is bound for
	// another. Over all warehouses it is 0, for these goods are on hand already.
	InTransit num.Quantity
	Value     num.Amount // as the ledger has it: of one pool for the company, only the sum over all warehouses says something
}

// Available is what can be counted on: on hand − reserved + on order + in transit.
func (s Stand) Available() num.Quantity { return s.OnHand - s.Reserved + s.OnOrder + s.InTransit }

func (s Stand) plus(o Stand) Stand {
	return Stand{s.OnHand + o.OnHand, s.Reserved + o.Reserved, s.OnOrder + o.OnOrder, s.InTransit + o.InTransit, s.Value + o.Value}
}

// Spot is how a product stands at a warehouse; warehouse 0: an order that names none.
type Spot struct {
	Warehouse int64
	Stand
}

// Stands is how products stand, each at its few places.
type Stands map[int64][]Spot

// At sums a product up at a warehouse, or (0) over all of them, what orders promise without a warehouse included.
func (m Stands) At(product, warehouse int64) (s Stand) {
	for _, p := range m[product] {
		if warehouse == 0 || warehouse == p.Warehouse {
			s = s.plus(p.Stand)
		}
	}
	return s
}

func (m Stands) add(product, warehouse int64, s Stand) {
	places := m[product]
	for i := range places {
		if places[i].Warehouse == warehouse {
			places[i].Stand = places[i].plus(s)
			return
		}
	}
	m[product] = append(places, Spot{warehouse, s})
}

// Stands works out how products stand (none named: all) at the end of a day (0: now): what is on hand and what is promised then, where who
// asks has to do with it.
func (b *Book) Stands(products []int64, day text.Date) (Stands, error) {
	m, err := b.stands(products, day)
	if err != nil {
		return nil, err
	}
	return b.here(m)
}

// stands is Stands of the whole book.
func (b *Book) stands(products []int64, day text.Date) (Stands, error) {
	last, err := b.DB.LastDay()
	if err != nil {
		return nil, err
	}
	if day != 0 && day < last {
		return b.stoodAt(products, day)
	}
	m := Stands{}
	list, err := b.DB.Standings(products)
	for _, x := range list {
		m.told(x)
	}
	return m, err
}

// stoodAt is Stands on a day that slips stand behind.
func (b *Book) stoodAt(products []int64, day text.Date) (Stands, error) {
	m := Stands{}
	some := make(map[int64]bool, len(products))
	for _, id := range products {
		some[id] = true
	}
	wanted := func(id int64) bool { return products == nil || some[id] }
	var f []store.Lying
	apart := b.DB.Beside()
	read := fault.Go(func() (err error) { // both reads are long, and neither needs the other
		f, err = apart.StockAt(day)
		return err
	})
	list, err := b.DB.PromisedAt(Carried(), Promising, day)
	if err = errors.Join(err, <-read); err != nil {
		return nil, err
	}
	for _, x := range list {
		if wanted(x.Product) {
			m.told(x)
		}
	}
	for _, r := range f {
		if wanted(r.Product) {
			m.add(r.Product, r.Warehouse, Stand{OnHand: r.Qty, Value: r.Value})
		}
	}
	return m, nil
}

// Transit is a line of goods in transit that are not all received yet.
type Transit struct {
	Number                string
	Date, Expected        text.Date // Expected 0: nobody said
	Product               *master.Record
	From, To              string
	Sent, Done, InTransit num.Quantity // Done: received, sent back or lost
}

// UnderWay lists what is in transit now, oldest first.
func (b *Book) UnderWay() ([]Transit, error) {
	f, err := b.Seen().UnderWay(Promising.InTransit)
	var list []Transit
	for _, r := range f {
		p, _ := b.Masters().ByID(master.Products.Code, r.Product)
		from, _ := b.Masters().ByID(master.Warehouses.Code, r.From)
		to, _ := b.Masters().ByID(master.Warehouses.Code, r.To)
		list = append(list, Transit{Number: r.Number, Date: r.Date, Expected: r.Expected, Product: p, From: from.Code(), To: to.Code(), Sent: r.Sent, Done: r.Done, InTransit: r.Open})
	}
	return list, err
}

// told adds what the store tells: stock, or what the slips of a kind promise.
func (m Stands) told(x store.Standing) {
	k, ok := kinds.ByCode(x.Kind)
	switch {
	case !ok:
		m.add(x.Product, x.Warehouse, Stand{OnHand: x.Qty, Value: x.Value})
	case k.Stock.Promise == slip.Reserved:
		m.add(x.Product, x.Warehouse, Stand{Reserved: x.Promised})
	case k.Stock.Promise == slip.OnOrder:
		m.add(x.Product, x.Warehouse, Stand{OnOrder: x.Promised})
	case k.Stock.Promise == slip.InTransit:
		m.add(x.Product, x.To, Stand{InTransit: x.Promised})
		m.add(x.Product, x.Through, Stand{InTransit: -x.Promised})
	}
}
