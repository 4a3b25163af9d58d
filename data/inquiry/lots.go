package inquiry

import (
	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// FindLots lists lots whose code holds the words, of a product or of all, those received last in front: for choosing one that may be gone.
func (b *Book) FindLots(product, words string, limit int) ([]store.Lot, int, error) {
	id := int64(0)
	if p, ok := b.Masters().Product(product); ok {
		id = p.ID
	} else if product != "" {
		return nil, 0, fault.New(fault.NotFound, "没有商品“%s”", "there is no product %q", product).At("product")
	}
	return b.DB.FindLots(id, words, limit)
}

// ExpiringLot is a lot on hand that expired, or will within the days its product warns of.
type ExpiringLot struct {
	Product, Name, Lot, Warehouse string
	Expiry                        text.Date
	Days                          int // left; below zero it expired
	Qty                           num.Quantity
}

// Expiring lists what is on hand and expired, or soon will, first expired first.
func (b *Book) Expiring() ([]ExpiringLot, error) {
	most := 0
	b.Masters().Each(master.Products.Code, func(r *master.Record) {
		if TrackingOf(r) != "" {
			most = max(most, master.WarnDays(r))
		}
	})
	today := b.Today()
	lots, err := b.Seen().Expiring(today.AddDays(most))
	var list []ExpiringLot
	for _, x := range lots {
		p, ok := b.Masters().ByID(master.Products.Code, x.Product)
		w, there := b.Masters().ByID(master.Warehouses.Code, x.Warehouse)
		days := x.Expiry.Sub(today)
		if ok && there && days <= master.WarnDays(p) {
			list = append(list, ExpiringLot{p.Code(), p.Get("name"), x.Code, w.Code(), x.Expiry, days, x.Qty})
		}
	}
	return list, err
}

// TrackingOf is what a product's goods are told apart by: lot, serial, or nothing.
func TrackingOf(r *master.Record) string {
	if t := r.Get("tracking"); t != "none" {
		return t
	}
	return ""
}
