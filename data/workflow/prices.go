package workflow

import (
	"zhanggui/data/fault"
	"zhanggui/data/ledger"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// ListPrice is the price of a product's base unit for so many of them on a day: the customer's own, else the price level's, else the
// product's by the kind's price field. Among several a promotion (with dates) comes first, then the highest quantity reached, then the
// latest date. Only sales prices have levels.
func (b *Book) ListPrice(k *slip.Kind, product, party string, qty num.Quantity, day text.Date) (num.Price, bool) {
	p, ok := b.Masters().Product(product)
	if !ok || k.PriceField == "" {
		return 0, false
	}
	if k.PriceField == master.SalesPrice {
		if v, ok := b.agreed(p.Code(), party, max(qty, -qty), day); ok {
			return v, true
		}
	}
	v := p.Get(k.PriceField)
	list, _ := num.ParsePrice(orZero(v))
	return list, v != ""
}

// agreed finds the price agreed with a customer or its level.
func (b *Book) agreed(product, party string, qty num.Quantity, day text.Date) (num.Price, bool) {
	c, _ := b.Masters().Find("customers", party)
	var best *master.Record
	var rank priceRank
	for _, r := range b.Masters().Prices(product) {
		x := priceRank{own: r.Get("customer") != ""}
		if x.own && r.Get("customer") != party || !x.own && (c == nil || r.Get("price_level") != c.Get("price_level")) {
			continue
		}
		from, _ := text.ParseDate(r.Get("from"))
		to, _ := text.ParseDate(r.Get("to"))
		x.qty, _ = num.ParseQuantity(orZero(r.Get("from_qty")))
		if qty < x.qty || day < from || to != 0 && day > to {
			continue
		}
		x.from, x.promotion = from, to != 0
		if best == nil || rank.less(x) {
			best, rank = r, x
		}
	}
	if best == nil {
		return 0, false
	}
	v, err := num.ParsePrice(best.Get("price"))
	return v, err == nil
}

type priceRank struct {
	own, promotion bool
	qty            num.Quantity
	from           text.Date
}

func (a priceRank) less(b priceRank) bool {
	switch {
	case a.own != b.own:
		return b.own
	case a.promotion != b.promotion:
		return b.promotion
	case a.qty != b.qty:
		return a.qty < b.qty
	}
	return a.from < b.from
}

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
		p, ok := tx.Master("products", l.Product)
		if !ok {
			continue
		}
		var err error
		if d.Extra["price_level"]+d.Extra["customer"] != "" {
			err = agree(tx, d, l, on)
		} else {
			err = relist(tx, d, l, p, on)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keepOldPrices notes on the lines of a price change what the prices are before it.
func (b *Book) keepOldPrices(k *slip.Kind, d *slip.Doc) {
	if !k.Reprices {
		return
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		p, ok := b.Masters().Product(l.Product)
		if !ok {
			continue
		}
		old := p.Get(priceOf(d))
		if r, ok := b.Masters().Find("prices", priceKey(d, l)...); ok {
			old = r.Get("price")
		}
		l.Set(slip.Field{Key: "old_price", Type: slip.TypePrice}, old)
	}
}

func priceOf(d *slip.Doc) string { return or(d.Extra["price_of"], master.SalesPrice) }

func priceKey(d *slip.Doc, l *slip.Line) []string {
	return []string{l.Product, d.Extra["price_level"], d.Extra["customer"], "", d.Date.String()}
}

func relist(tx *store.Tx, d *slip.Doc, l *slip.Line, p *master.Record, on bool) error {
	was, now := l.Extra["old_price"], l.Price.String()
	if !on {
		was, now = now, was
	}
	if !on && p.Get(priceOf(d)) != was {
		return fault.New(fault.Refused, "%s 的价格后来又变了，不能反审核", "the price of %s was changed since; it cannot be taken back", l.Product).At("price")
	}
	c := p.Clone()
	if c.Values[priceOf(d)] = now; now == "" {
		delete(c.Values, priceOf(d))
	}
	return tx.SaveMaster(c)
}

func agree(tx *store.Tx, d *slip.Doc, l *slip.Line, on bool) error {
	key := priceKey(d, l)
	r, ok := tx.Master("prices", key...)
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
			list = append(list, fault.New(fault.Refused, "%s 低于成本：不含税 %s，成本 %s", "%s is sold below cost: %s before tax, cost %s", l.Product, l.Net, cost[l.ID]).At("price").OnLine(i+1))
		}
	}
	return list
}
