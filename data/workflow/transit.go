package workflow

import (
	"cmp"
	"fmt"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// Goods sent in transit leave their warehouse for a place of transit, a warehouse of the book like any other, so that values add up.
// They come out of it only by slips that carry the transfer out: a receipt into the warehouse they were bound for, or back, or a
// write-off of what got lost.

// isTransit tells whether a warehouse is a place of transit.
func (b *Book) isTransit(warehouse string) bool {
	w, _ := b.Masters().Find(master.Warehouses.Code, warehouse)
	return w.Get("transit") == "yes"
}

// route finds the place of transit for the lines of a slip whose goods go in transit; those of others have none. What a red letter
// brings back lies where its original sent it.
func (b *Book) route(tx *store.Tx, k *slip.Kind, d *slip.Doc) error {
	if k.Stock.Promise != slip.InTransit {
		return nil
	}
	place := ""
	if d.InTransit() {
		var err error
		if place, err = b.transitPlace(tx); err != nil {
			return err
		}
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		l.ToWarehouse = place
		if l.SourceID == 0 {
			continue
		}
		_, sl, err := sourceOf(tx, l)
		if err != nil {
			return err
		}
		if l.Qty < 0 {
			l.ToWarehouse = sl.ToWarehouse
		}
	}
	return nil
}

// transitPlace is the first place of transit by code; where there is none yet, the program makes one.
func (b *Book) transitPlace(tx *store.Tx) (string, error) {
	for _, w := range tx.Masters().List(master.Warehouses.Code) {
		if w.Get("transit") == "yes" && w.Active() {
			return w.Code(), nil
		}
	}
	code := "ZT"
	for n := 2; ; n++ {
		if _, taken := tx.Master(master.Warehouses.Code, code); !taken {
			break
		}
		code = fmt.Sprintf("ZT%d", n)
	}
	w := &master.Record{Type: master.Warehouses, Values: map[string]string{"code": code, "name": text.T("在途", "In transit").In(b.Settings().Lang), "transit": "yes", "active": "yes"}}
	w.FillInitials()
	return code, tx.SaveMaster(w)
}

// arrive completes a line that carries out goods in transit: it takes them from where they lie, also when the slip names the
// warehouse they once left, and where nothing else is said to where they were bound for. A red letter turns its original round.
func arrive(k *slip.Kind, d *slip.Doc, l *slip.Line, src *slip.Doc, sl *slip.Line) {
	s, _ := k.Source(src.Kind)
	if l.Qty < 0 && src.Kind == k.Code && k.Stock.Promise == slip.InTransit {
		d.Warehouse, d.ToWarehouse = cmp.Or(d.Warehouse, src.Warehouse), cmp.Or(d.ToWarehouse, src.ToWarehouse)
	}
	if !s.Executes || sl.ToWarehouse == "" || l.Qty < 0 {
		return
	}
	if d.Warehouse == "" || d.Warehouse == src.Warehouse {
		d.Warehouse = sl.ToWarehouse
	}
	l.Warehouse = ""
	if _, own := k.LineField("warehouse"); own && d.Warehouse != sl.ToWarehouse {
		l.Warehouse = sl.ToWarehouse
	}
	if _, ok := k.HeaderField("to_warehouse"); ok && d.ToWarehouse == "" {
		d.ToWarehouse = src.ToWarehouse
	}
}

// checkTransit lets goods into a place of transit and out of it only in their own way.
func (b *Book) checkTransit(tx *store.Tx, k *slip.Kind, d *slip.Doc) (faults fault.List) {
	if d.ToWarehouse != "" && b.isTransit(d.ToWarehouse) {
		faults = append(faults, fault.New(fault.Refused, "%s 是在途仓：请填最终调入仓，并把“在途”选为是", "%s is a place of transit: name the warehouse the goods are bound for, and say they go in transit", b.Called(master.Warehouses, d.ToWarehouse)).At("to_warehouse"))
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		at := d.At(l)
		src, sl := (*slip.Doc)(nil), (*slip.Line)(nil)
		if l.SourceID != 0 {
			src, sl, _ = sourceOf(tx, l) // one that is gone is told of elsewhere
		}
		switch {
		case src != nil && sl.ToWarehouse != "" && l.Qty > 0 && src.Kind != "" && at != sl.ToWarehouse && k.Stock.Promise == slip.InTransit:
			faults = append(faults, fault.New(fault.Refused, "%s 的货在 %s，只能从那里收", "the goods of %s lie in %s and are received from there", src.Number, b.Called(master.Warehouses, sl.ToWarehouse)).At("warehouse").OnLine(i+1))
		case src == nil && l.ToWarehouse != "" && l.Qty < 0:
			faults = append(faults, fault.New(fault.Invalid, "在途的红字调拨单要由原单生成", "a red transfer of goods in transit is made from its original").At("qty").OnLine(i+1))
		case at == "" || k.Valued() || !b.isTransit(at):
		case src == nil || sl.ToWarehouse != at && src.At(sl) != at:
			faults = append(faults, fault.New(fault.Refused, "%s 是在途仓：货物要由在途调拨单下推，收货、退回或报损", "%s is a place of transit: its goods are received, sent back or written off by pushing their transfer down", b.Called(master.Warehouses, at)).At("warehouse").OnLine(i+1))
		}
	}
	return faults
}

// arrived refuses to follow from a slip that the kind would carry out, but that awaits nothing.
func arrived(k *slip.Kind, src *slip.Doc) *fault.Fault {
	s, _ := k.Source(src.Kind)
	if sk, ok := kinds.ByCode(src.Kind); !s.Executes || !ok || sk.Awaits(src) {
		return nil
	}
	return fault.New(fault.Refused, "%s 的货已经到了，没有在途的", "the goods of %s have arrived; nothing of it is in transit", src.Number)
}
