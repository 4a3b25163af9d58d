package workflow

import (
	"cmp"

	"zhanggui/data/fault"
	"zhanggui/data/ledger"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// checkPrice holds what single fields of a price cannot say.
func checkPrice(r *master.Record) (faults fault.List) {
	if (r.Get("price_level") == "") == (r.Get("customer") == "") {
		faults = append(faults, fault.New(fault.Invalid, "价格级别和客户填且只填一个", "give either a price level or a customer").At("price_level"))
	}
	if from, to := r.Get("from"), r.Get("to"); from != "" && to != "" && to < from {
		faults = append(faults, fault.New(fault.Invalid, "截止日期早于起始日期", "to is before from").At("to"))
	}
	return faults
}

// reprice puts the prices of a price change into force (or, un-audited, the ones before), and keeps with each line what it was.
func (b *Book) reprice(tx *store.Tx, k *slip.Kind, d *slip.Doc, on bool) error {
	if !k.Reprices {
		return nil
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := tx.Master(master.Products.Code, l.Product)
		if !ok {
			continue
		}
		var err error
		if d.Extra["price_level"]+d.Extra["customer"] != "" {
			err = agree(tx, d, l, on)
		} else {
			err = b.relist(tx, d, l, p, on)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keepOldPrices notes on the lines of a price change what the prices are before it.
func (b *Book) keepOldPrices(k *slip.Kind, d *slip.Doc) {
	if !k.Reprices || d.Told {
		return
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := b.Masters().Product(l.Product)
		if !ok {
			continue
		}
		old := p.Get(priceOf(d))
		if r, ok := b.Masters().Find(master.Prices.Code, priceKey(d, l)...); ok {
			old = r.Get("price")
		}
		l.Set(slip.Field{Key: "old_price", Type: slip.TypePrice}, old)
	}
}

func priceOf(d *slip.Doc) string { return cmp.Or(d.Extra["price_of"], master.SalesPrice) }

func priceKey(d *slip.Doc, l *slip.Line) []string {
	return []string{l.Product, d.Extra["price_level"], d.Extra["customer"], "", d.Date.String()}
}

// RepricedWithTax tells whether the new price of a price change's line is one with tax: as what it changes is read.
func (b *Book) RepricedWithTax(d *slip.Doc, l *slip.Line) bool {
	if d.Extra["price_level"]+d.Extra["customer"] != "" {
		if r, ok := b.Masters().Find(master.Prices.Code, priceKey(d, l)...); ok {
			return b.PricedWithTax(r)
		}
		return b.Settings().InclTax
	}
	if p, ok := b.Masters().Product(l.Product); ok {
		return b.PricedWithTax(p.Record)
	}
	return b.Settings().InclTax
}

func (b *Book) relist(tx *store.Tx, d *slip.Doc, l *slip.Line, p *master.Record, on bool) error {
	was, now := l.Extra["old_price"], l.Price.String()
	if !on {
		was, now = now, was
	}
	if !on && p.Get(priceOf(d)) != was {
		return fault.New(fault.Refused, "%s 的价格后来又变了，不能反审核", "the price of %s was changed since; it cannot be taken back", b.Called(master.Products, l.Product)).At("price")
	}
	c := p.Clone()
	if c.Values[priceOf(d)] = now; now == "" {
		delete(c.Values, priceOf(d))
	}
	return tx.SaveMaster(c)
}

func agree(tx *store.Tx, d *slip.Doc, l *slip.Line, on bool) error {
	key := priceKey(d, l)
	r, ok := tx.Master(master.Prices.Code, key...)
	price := l.Price.String()
	if !on {
		price = l.Extra["old_price"]
	}
	switch {
	case ok && price == "":
		return tx.DeleteMaster(r)
	case ok:
		c := r.Clone()
		c.Values["price"] = price
		return tx.SaveMaster(c)
	case price == "":
		return nil
	}
	return tx.SaveMaster(&master.Record{Type: master.Prices, Values: map[string]string{"product": key[0], "price_level": key[1], "customer": key[2], "from": key[4], "price": price}})
}

// belowCost tells of lines sold for less than the goods cost, where the book wants to know.
func (b *Book) belowCost(k *slip.Kind, d *slip.Doc, rows []*ledger.Row) (list fault.List) {
	if k.VAT != "output" || k.Stock.Direction >= 0 || b.Settings().Below == "allow" {
		return nil
	}
	cost := map[int64]num.Amount{}
	for _, r := range rows {
		cost[r.Line] -= r.Value
	}
	for i := range d.Lines {
		if l := &d.Lines[i]; l.Base > 0 && l.Net < cost[l.ID] {
			if !b.who().Sees(slip.TagCost) {
				list = append(list, fault.New(fault.Refused, "%s 低于成本", "%s is sold below cost", b.Called(master.Products, l.Product)).At("price").OnLine(i+1).Named(BelowCost))
				continue
			}
			list = append(list, fault.New(fault.Refused, "%s 低于成本：不含税 %s，成本 %s", "%s is sold below cost: %s before tax, cost %s", b.Called(master.Products, l.Product), l.Net, cost[l.ID]).At("price").OnLine(i+1).Named(BelowCost))
		}
	}
	return list
}
