package demo

import (
	"slices"

	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// special brings what happens once: goods for the shop's own use, a slip entered twice, one entered wrong, orders given up.
func (s *shop) special() error {
	left := s.opt.Today.Sub(s.day)
	once := func(name string, from int, f func() (bool, error)) error {
		if s.told[name] || left > from {
			return nil
		}
		done, err := f()
		s.told[name] = done
		return err
	}
	for _, e := range []struct {
		name string
		from int // days before the end
		f    func() (bool, error)
	}{
		{"own use", 50, s.ownUse}, {"samples", 42, s.samples}, {"own use again", 20, s.ownUse}, {"breakage", 33, s.breakage},
		{"twice", 28, s.enteredTwice}, {"wrong", 24, s.enteredWrong}, {"given up", 15, s.giveUpSale}, {"not to be had", 9, s.giveUpPurchase}, {"scarce", 16, s.runShort},
	} {
		if err := once(e.name, e.from, e.f); err != nil {
			return err
		}
	}
	return nil
}

// few draws some goods of the main store.
func (s *shop) few(n int, quantity func(*good) int) (lines []slip.Line) {
	seen := map[*good]bool{}
	for range 50 {
		g := s.goods[s.rand.IntN(len(s.goods))]
		q := quantity(g)
		if seen[g] || g.home != mainStore || g.cost > 40*num.PriceOne || g.free() < 2*q || q == 0 {
			continue
		}
		seen[g] = true
		if lines = append(lines, slip.Line{Product: g.code, Unit: g.unit, Qty: num.Quantity(q) * num.QuantityOne}); len(lines) == n {
			break
		}
	}
	return lines
}

func (s *shop) goodsOut(reason, remark string, lines []slip.Line) (bool, error) {
	d, err := s.post(&slip.Doc{Kind: "other-issue", Warehouse: stores[mainStore], Remark: remark, Extra: map[string]string{"debit_account": reason}, Lines: lines}, s.who("keeper"))
	if err == nil {
		s.moved(d, -1)
	}
	return true, err
}

func (s *shop) ownUse() (bool, error) {
	return s.goodsOut("5602", s.say("门店自用", "For the shop's own use"), s.few(3, func(*good) int { return s.between(1, 2) }))
}

func (s *shop) breakage() (bool, error) {
	return s.goodsOut("1901", s.say("搬运损坏，待处理", "Broken in handling, to be settled"), s.few(2, func(*good) int { return s.between(1, 4) }))
}

func (s *shop) samples() (bool, error) {
	lines := s.few(2, func(g *good) int { return max(1, g.lot/2) })
	for i := range lines {
		lines[i].Price, lines[i].PriceGiven = s.byCode[lines[i].Product].cost, true
	}
	d, err := s.post(&slip.Doc{Kind: "other-receipt", Warehouse: stores[mainStore], Remark: s.say("厂家赠送样品", "Samples given by the maker"), Extra: map[string]string{"debit_account": "5301"},
		Lines: lines}, s.who("keeper"))
	if err == nil {
		s.moved(d, +1)
	}
	return true, err
}

// enteredTwice leaves a draft that is made void in the evening.
func (s *shop) enteredTwice() (bool, error) {
	c := s.customers[1]
	d := &slip.Doc{Kind: "delivery", Party: c.code, Warehouse: stores[mainStore], Remark: s.say("重复开单", "Entered twice"), Lines: s.basket(c, 3, 100, s.usual(c))}
	if len(d.Lines) == 0 {
		return false, nil
	}
	err := s.save(d, s.who("sales"))
	s.late = append(s.late, func() error { return s.book.Void(d.Number) })
	return true, err
}

// enteredWrong is a delivery in the wrong customer's name; the evening brings its red letter.
func (s *shop) enteredWrong() (bool, error) {
	c := s.customers[5]
	d, err := s.sellTo(c, s.basket(c, 3, 100, s.usual(c)))
	if d == nil || err != nil {
		return false, err
	}
	s.returns = slices.DeleteFunc(s.returns, func(r comeback) bool { return r.number == d.Number })
	s.late = append(s.late, func() error {
		red, err := s.book.RedLetter(d.Number)
		if err != nil {
			return err
		}
		red.Remark = s.say("客户开错，红字冲销", "Wrong customer, reversed")
		return s.book.Batch(func(x *workflow.Batch) error {
			s.x = x
			red, err := s.post(red, s.who("sales"))
			if err == nil {
				s.moved(red, -1)
				c.balance += red.Gross
				c.open = append(c.open, due{d.DueDate, red.Gross})
			}
			return err
		})
	})
	return true, nil
}

// giveUpSale closes a sales order of which the customer no longer wants the rest.
func (s *shop) giveUpSale() (bool, error) {
	return s.giveUp(s.sales, s.say("客户取消余量", "The customer cancelled the rest"), func(w *want) { w.good.reserved -= w.left })
}

// giveUpPurchase closes a purchase order of which the supplier cannot deliver the rest.
func (s *shop) giveUpPurchase() (bool, error) {
	return s.giveUp(s.purchases, s.say("厂家断货，余量不再等", "Out of production, the rest is given up"), func(w *want) { w.good.onOrder -= w.left })
}

// giveUp closes the oldest order that was carried out in part; near the end any open one will do.
func (s *shop) giveUp(list []*order, reason string, drop func(*want)) (bool, error) {
	for _, o := range list {
		if o.done || o.due < s.day || !o.begun && s.opt.Today.Sub(s.day) > 3 {
			continue
		}
		o.done = true
		for _, w := range o.lines {
			drop(w)
			w.left = 0
		}
		s.late = append(s.late, func() error { return s.book.CloseSlip(o.number, reason) })
		return true, nil
	}
	return false, nil
}

// runShort has the makers fail for a while, so that some goods stand below their minimum in the end.
func (s *shop) runShort() (bool, error) {
	n := 0
	for _, g := range s.goods {
		if g.turn >= 4 && g.onOrder == 0 && g.free() < g.min*2 && n < 7 {
			g.scarce = true
			n++
		}
	}
	return true, nil
}

// leaveDrafts is what lies on the desks when the last day ends: slips begun and not yet audited.
func (s *shop) leaveDrafts() error {
	for range 2 {
		c := s.customer()
		if err := s.draft(&slip.Doc{Kind: "delivery", Party: c.code, Warehouse: stores[mainStore], Lines: s.basket(c, s.between(2, 5), 50, s.usual(c))}, "sales"); err != nil {
			return err
		}
	}
	for _, o := range s.sales {
		if !o.done {
			d, err := s.x.Push(o.number, "delivery")
			if err != nil {
				return err
			}
			if err = s.draft(d, "sales"); err != nil {
				return err
			}
			break
		}
	}
	if err := s.draft(s.toFloor(func(g *good) int { return g.floor() * 2 }), "keeper"); err != nil {
		return err
	}
	if err := s.onTheWay(); err != nil {
		return err
	}
	p := s.suppliers[0]
	var lines []slip.Line
	for _, g := range s.goods {
		if g.supplier == p.code && len(lines) < 5 && g.free()+g.onOrder < g.max {
			lines = append(lines, s.line(g, max(1, g.factor), cents(g.cost), g.home, true))
		}
	}
	if err := s.draft(&slip.Doc{Kind: "purchase-order", Party: p.code, Warehouse: stores[mainStore], DueDate: s.workday(s.day.AddDays(4)), Lines: lines}, "buyer"); err != nil {
		return err
	}
	for _, p := range s.suppliers {
		if a := p.owed(s.day.AddDays(10)); a > 0 {
			return s.save(&slip.Doc{Kind: "payment", Party: p.code, Account: bank, Amount: a, Remark: s.say("待经理批准", "To be approved by the manager")}, s.who("finance"))
		}
	}
	return nil
}

// onTheWay sends three goods of which there is plenty to the other store; they arrive the next working day.
func (s *shop) onTheWay() error {
	d := &slip.Doc{Kind: "transfer", Warehouse: stores[mainStore], ToWarehouse: stores[eastStore], DueDate: s.workday(s.day.AddDays(1)), Remark: s.say("补东仓", "For the east store"),
		Extra: map[string]string{"transit": "yes"}}
	for _, g := range s.goods {
		if n := g.stock[mainStore] / 4; n >= 10 && g.free() > 2*n && len(d.Lines) < 3 {
			d.Lines = append(d.Lines, slip.Line{Product: g.code, Unit: g.unit, Qty: num.Quantity(n/10*10) * num.QuantityOne})
		}
	}
	if len(d.Lines) == 0 {
		return nil
	}
	if err := s.save(d, s.who("keeper")); err != nil {
		return err
	}
	s.book.User = s.who("finance").name
	if _, _, err := s.x.Audit(d.Number); err != nil {
		return err
	}
	for i := range d.Lines {
		s.byCode[d.Lines[i].Product].stock[mainStore] -= whole(d.Lines[i].Base)
	}
	return nil
}

func (s *shop) draft(d *slip.Doc, role string) error {
	if len(d.Lines) == 0 {
		return nil
	}
	return s.save(d, s.who(role))
}

// workshop gives the shop a set to put together of its own goods, over two levels, and a draft for five of them: its inner kits have to
// be made first.
func (s *shop) workshop() error {
	kit := s.say("套", "set")
	for _, t := range []*exchange.Table{
		{Name: "products", Header: []string{"code", "name", "name2", "unit", "barcode", "sales_price"}, Rows: []exchange.Row{
			{Line: 2, Cells: []string{"TZ001", s.say("家用工具套装", "Home tool set"), s.say("Home tool set", "家用工具套装"), kit, "6945274090019", "128"}},
			{Line: 3, Cells: []string{"TZ002", s.say("紧固件小套装", "Fastener kit"), s.say("Fastener kit", "紧固件小套装"), kit, "6945274090026", "39"}}}},
		{Name: "boms", Header: []string{"product", "component", "qty", "scrap_rate"}, Rows: []exchange.Row{
			{Line: 2, Cells: []string{"TZ001", "SG023", "1", ""}}, {Line: 3, Cells: []string{"TZ001", "SG013", "2", ""}}, {Line: 4, Cells: []string{"TZ001", "TZ002", "1", ""}},
			{Line: 5, Cells: []string{"TZ002", "LS002", "0.1", "5%"}}, {Line: 6, Cells: []string{"TZ002", "LS008", "0.1", "5%"}}}},
	} {
		if _, err := exchange.Import(s.book, t.Name, t, false); err != nil {
			return err
		}
	}
	s.book.User = s.who("keeper").name
	return s.book.Save(&slip.Doc{Kind: "assembly", Date: s.opt.Today, Warehouse: stores[mainStore], Remark: s.say("年末备货", "For the New Year sale"),
		Lines: []slip.Line{{Product: "TZ001", Qty: 5 * num.QuantityOne}}})
}
