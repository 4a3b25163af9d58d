package stocktake

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// factor is the quantity typed before a scan: 24* counts 24.
func (c *CountForm) factor(typed string) num.Quantity {
	head, _, ok := strings.Cut(typed, "*")
	if !ok {
		return num.QuantityOne
	}
	q, err := num.ParseQuantity(head)
	if err != nil || q == 0 {
		return num.QuantityOne
	}
	return q
}

// take reads what was scanned or typed: a quantity with *, and a barcode, a code or words that find one product.
func (c *CountForm) take(typed string) {
	words := typed
	if _, after, ok := strings.Cut(typed, "*"); ok {
		words = strings.TrimSpace(after)
	}
	if words == "" {
		return // 24* waits for its scan
	}
	if shelf, ok := strings.CutPrefix(words, "@"); ok {
		c.stand(strings.TrimSpace(shelf))
		return
	}
	words, lot, pieces := lotCode(words)
	q := c.factor(typed)
	if pieces != 0 && words != typed && !strings.Contains(typed, "*") {
		q = pieces
	}
	if parts.Which(c.s, words, func(p *master.Product) { c.countLot(Goods{p.Code(), lot}, q, words) }) {
		return
	}
	code, err := parts.Resolve(c.s, master.Products.Code, words)
	if err != nil {
		c.unknown(words, err)
		return
	}
	c.countLot(Goods{code, lot}, q, words)
}

// lotCode reads what a lot's label says (TL08003;L20260918A;E20280917;Q12): the product, the lot and how many; of anything else the words
// themselves.
func lotCode(words string) (product, lot string, pieces num.Quantity) {
	parts := strings.Split(words, ";")
	for _, p := range parts[1:] {
		switch {
		case strings.HasPrefix(p, "L"):
			lot = p[1:]
		case strings.HasPrefix(p, "Q"):
			pieces, _ = num.ParseQuantity(p[1:])
		}
	}
	if lot == "" {
		return words, "", 0
	}
	return strings.TrimSpace(parts[0]), lot, pieces
}

// called is the name of goods, with their lot.
func (c *CountForm) called(g Goods) string {
	return strings.TrimSpace(parts.NameOf(c.s, master.Products.Code, g.Product) + " " + g.Lot)
}

// countLot counts goods; where they are told apart by lots and none was scanned, it asks for it.
func (c *CountForm) countLot(g Goods, q num.Quantity, code string) {
	p, ok := c.s.Book().Masters().Product(g.Product)
	switch {
	case ok && p.Tracked() && g.Lot == "":
		s := c.s
		c.field.SetValue("")
		parts.AskWord(s, s.Tr("%s 是哪一批（序列号）？", "Which lot or serial number of %s is it?", parts.NameOf(s, master.Products.Code, g.Product)), s.Tr("批号", "Lot"), text.T("计数", "Count"), func(typed string) error {
			if g.Lot = strings.TrimSpace(typed); g.Lot == "" {
				return fault.New(fault.Invalid, "请填批号", "give the lot").At(slip.LotKey)
			}
			return nil
		}, func() { c.count(g, q, code) })
	default:
		c.count(g, q, code)
	}
}

// stand takes the shelf that is counted from now on; none: each product at its own.
func (c *CountForm) stand(shelf string) {
	c.shelf = shelf
	c.field.SetValue("")
	c.s.Say(kit.Hint, c.s.Tr("现在盘货位 %s；单扫 @ 回到各商品自己的货位", "counting shelf %s now; @ alone goes back to each product's own", shelf))
	if shelf == "" {
		c.s.Say(kit.Hint, c.s.Tr("按各商品自己的货位盘点", "each product counts at its own shelf"))
	}
	c.drawScans()
}

// at is the shelf a product is counted at now.
func (c *CountForm) at(product string) string {
	if c.shelf != "" {
		return c.shelf
	}
	return c.value(product, "shelf")
}

// unknown does not stop the counting: the code is listed, and F4 names its product.
func (c *CountForm) unknown(code string, err error) {
	c.scans = append([]scanned{{at: c.s.Book().Now(), code: code}}, c.scans...)
	c.field.SetValue("")
	c.drawScans()
	words := c.s.Words(err)
	if parts.Digits(code) {
		words = c.s.Tr("条码 %s 不认识，这一次没有计数。", "the barcode %s is unknown; nothing was counted.", code)
	}
	c.s.Say(kit.Warning, words, kit.Offer{Key: fyne.KeyF4, Label: c.s.Tr("认领到商品", "name its product"), Run: func() { c.claim(code) }},
		kit.Offer{Key: fyne.KeyF7, Label: c.s.Tr("略过", "skip"), Run: c.s.Calm})
}

// claim gives an unknown barcode to a product, and counts it.
func (c *CountForm) claim(code string) {
	s := c.s
	s.Calm()
	f := parts.RefField(s, s.Tr("商品", "Product"), master.Products.Code, true, parts.Picked{})
	why := kit.Label("", kit.Negative, kit.M().Caption, false)
	var over *kit.Overlay
	f.OnCommit = func(v string) error {
		r, ok := s.Book().Masters().Find(master.Products.Code, v)
		if !ok {
			return nil
		}
		own := r.Clone()
		own.Values["barcode"] = code
		if err := s.Book().SaveMaster(own); err != nil {
			return err
		}
		s.Layer().Close(over)
		c.countLot(Goods{Product: v}, num.QuantityOne, code)
		return nil
	}
	f.OnRefuse = func(err error) { why.Text = s.Words(err); why.Refresh() }
	body := container.NewVBox(kit.Caption(s.Tr("条码 %s 是哪个商品的？以后扫到就认得。", "whose barcode is %s? It will be known from now on.", code)), f.Input, why)
	over = s.Dialog(s.Tr("认领条码", "Name the product"), body, fyne.NewSize(560, 220), f.Input, host.Answer{Label: text.T("取消", "Cancel")})
}

// count adds to a product's line and saves at once.
func (c *CountForm) count(g Goods, q num.Quantity, code string) {
	if !c.Doc.Status.Editable() {
		c.s.Say(kit.Refusal, c.s.Tr("%s 已审核，不能再盘", "%s is audited; nothing more can be counted", c.Doc.Number))
		return
	}
	at := c.at(g.Product)
	c.scans = append([]scanned{{at: c.s.Book().Now(), Goods: g, code: code, shelf: at, qty: q}}, c.scans...)
	c.add(g, at, q)
	c.field.SetValue("")
	c.s.Calm()
	if !c.blind && c.book != nil && c.book[g].qty <= 0 { // who counts blind is told nothing of the books
		c.s.Say(kit.Warning, c.s.Tr("%s：账上这里没有", "%s: the books have none here", c.called(g)))
	}
	c.save()
	kit.Focus(c.field.Input)
}

// line finds the line a product is counted on at a shelf: -1 for none.
func (c *CountForm) line(g Goods, shelf string) int {
	for i := range c.Doc.Lines {
		if l := &c.Doc.Lines[i]; l.Product == g.Product && l.Lot() == g.Lot && l.Extra[slip.CountShelf] == shelf && l.Extra[slip.CountUse] != slip.SetAside && c.Doc.At(l) == c.Doc.Warehouse {
			return i
		}
	}
	return -1
}

// add changes the line of a product at a shelf; the newest stands last in the slip.
func (c *CountForm) add(g Goods, shelf string, q num.Quantity) {
	i := c.line(g, shelf)
	if i < 0 {
		l := slip.Line{Product: g.Product, Extra: map[string]string{slip.CountShelf: shelf}}
		Pieces(&l, q)
		if g.Lot != "" {
			l.Extra[slip.LotKey] = g.Lot
		}
		c.Doc.Lines = append(c.Doc.Lines, l)
		return
	}
	moved := c.Doc.Lines[i]
	Pieces(&moved, moved.Base+q) // counted in boxes before: from now on in pieces
	c.Doc.Lines = append(append(c.Doc.Lines[:i:i], c.Doc.Lines[i+1:]...), moved)
}

// save writes the draft and shows it: the moment of counting is the moment of saving. Scanning goes on meanwhile.
func (c *CountForm) save() {
	if len(c.scans) > 0 {
		delete(c.then, c.scans[0].Goods) // counted now, against what the books say now
	}
	c.draw()
	if !c.saver.Put(c.Doc.Clone()) {
		return
	}
	b := c.s.Book()
	c.s.Quietly(func() error { return c.saver.Run(b.Save) }, func(err error) {
		if err != nil {
			c.s.Fail(err)
			c.after = nil
			c.Changed() // what stands in the book is what was counted
			return
		}
		saved, busy := c.saver.State()
		if busy {
			return // a scan came meanwhile, and its save says so
		}
		adopt(c.Doc, saved)
		if then := c.after; then != nil {
			c.after = nil
			then()
		}
	})
}

// settled does something once all scans are in the book.
func (c *CountForm) settled(then func()) {
	if _, busy := c.saver.State(); busy {
		c.after = then
		return
	}
	then()
}

// askQty asks for the whole quantity of what was counted last.
func (c *CountForm) askQty() {
	if len(c.scans) == 0 || c.scans[0].Product == "" {
		return
	}
	last := c.scans[0]
	p, s := last.Goods, c.s
	parts.AskWord(s, s.Tr("%s 在货位 %s 共有多少？", "How many %s are there on shelf %s?", c.called(p), last.shelf), s.Tr("数量", "Quantity"), text.T("就是这么多", "Take it"), func(typed string) error {
		v, err := parts.Read(s, slip.Field{Key: "qty", Type: slip.TypeQuantity}, typed)
		if err != nil || v == "" {
			return err
		}
		q, _ := num.ParseQuantity(v)
		if i := c.line(p, last.shelf); i >= 0 {
			q -= c.Doc.Lines[i].Base
		}
		c.scans = append([]scanned{{at: s.Book().Now(), Goods: p, shelf: last.shelf, qty: q}}, c.scans...)
		c.add(p, last.shelf, q)
		return nil
	}, c.save)
}

// undo takes the last scan back.
func (c *CountForm) undo() {
	if len(c.scans) == 0 {
		return
	}
	x := c.scans[0]
	c.scans = c.scans[1:]
	if x.Product == "" {
		c.drawScans()
		return
	}
	c.add(x.Goods, x.shelf, -x.qty)
	if l := &c.Doc.Lines[len(c.Doc.Lines)-1]; l.Product == x.Product && l.Qty == 0 {
		l.Zero = false // as if it had never been found
	}
	c.save()
}

// restIsZero counts everything that was not found as none.
func (c *CountForm) restIsZero() {
	n := 0
	for _, r := range c.rows {
		if r.waits() {
			n++
		}
	}
	if n == 0 {
		return
	}
	c.s.Ask(c.s.Tr("%d 个未盘商品都记为 0？", "Count the %d {product|products} not found as none?", n), []string{c.s.Tr("审核后这些商品在本仓的库存清零。", "When audited, their stock here is nothing.")},
		host.Answer{Label: text.T("不", "No")}, host.Answer{Label: text.T("记为 0", "Count as 0"), Key: fyne.KeyY, Run: func() {
			for _, r := range c.rows {
				switch {
				case r.count == nil:
					l := slip.Line{Product: r.Product, Zero: true, Extra: map[string]string{slip.CountShelf: c.value(r.Product, "shelf")}}
					if r.Lot != "" {
						l.Extra[slip.LotKey] = r.Lot
					}
					c.Doc.Lines = append(c.Doc.Lines, l)
				case r.count.Open:
					for _, i := range r.count.Lines {
						if l := &c.Doc.Lines[i]; !l.IsCounted() {
							l.Zero = true
						}
					}
				}
			}
			c.then = map[Goods]num.Quantity{}
			c.save()
		}})
}

// audit shows what the count changes, and posts it.
func (c *CountForm) audit() { c.settled(func() { auditCount(c.s, c.Doc.Number) }) }

// auditCount shows what a count changes, and posts it; the slip then stands in front.
func auditCount(s host.Host, n string) {
	b := s.Book()
	host.Read(s, s.Tr("试算盘点", "trying"), func() (workflow.Trial, error) { return b.TryAudit(n) }, func(t workflow.Trial) {
		parts.ShowTrial(s, s.Tr("盘点 %s 审核后，会改变这些", "Auditing the count %s changes this", n), t, text.T("审核", "Audit"), func() {
			s.Write(s.Tr("审核", "auditing"), func() error { return b.AuditHeard(n, t.Told) }, func(err error) {
				if u := (*workflow.Unheard)(nil); errors.As(err, &u) { // something new since the trial: it is shown anew
					auditCount(s, n)
					return
				}
				host.Then(s, func() {
					s.CloseTab()
					s.OpenSlip(n)
				})(err)
			})
		})
	})
}
