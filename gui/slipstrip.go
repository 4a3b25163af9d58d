package gui

import (
	"cmp"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// drawStrip shows all figures of the line under the cursor in one row, so that the hand never leaves the cell.
func (f *slipForm) drawStrip() {
	if f.strip == nil {
		return
	}
	if !f.kind.Goods() {
		parts.Set(f.strip)
		return
	}
	row := f.stripRow(true)
	if container.New(kit.Row{Gap: 8}, row...).MinSize().Width > f.s.room()-f.s.nav.MinSize().Width-16 {
		row = f.stripRow(false) // the figures before what is said of them
	}
	parts.Set(f.strip, container.NewStack(kit.Box(kit.Band), kit.Fixed(0, 29, kit.Pad(8, 0, container.New(kit.Bar{Gap: 8}, append(row, kit.Fixed(0, 0, parts.Spacer()))...)))),
		container.NewVBox(kit.HLine(kit.Hair)))
}

// stripRow are the figures of the strip, with or without what is said of them.
func (f *slipForm) stripRow(notes bool) []fyne.CanvasObject {
	s, m := f.s, kit.M()
	var row []fyne.CanvasObject
	put := func(label string, o ...fyne.CanvasObject) {
		figure := container.New(kit.Row{Gap: 5}, append([]fyne.CanvasObject{kit.Caption(label)}, o...)...)
		if len(row) > 0 { // one with its line before it: what has no room takes that along
			figure = container.New(kit.Row{Gap: 8}, kit.VLine(18), figure)
		}
		row = append(row, figure)
	}
	add := func(label, figure, after string, shade kit.Shade) {
		o := []fyne.CanvasObject{kit.Label(figure, shade, m.Text, true)}
		if notes && after != "" {
			o = append(o, kit.Caption(after))
		}
		put(label, o...)
	}
	if !f.editable() {
		f.auditedStrip(add)
		if f.voucher != "" {
			number := f.doc.Number
			put(s.tr("凭证", "Voucher"), kit.NewTap(kit.Label(f.voucher, kit.Accent, m.Text, false), func() { s.OpenVoucher(number) }))
		}
		add(s.tr("打印", "Printed"), fmt.Sprint(f.doc.Prints), s.tr("次", "times"), kit.Ink) // last: the foot says it as well
	} else if l := f.current(); l != nil && l.Product != "" && f.about.product == l.Product {
		f.lineStrip(l, add)
	} else {
		row = append(row, kit.Caption(s.tr("选定商品后，这里显示库存、可用、上次价、价目表价、成本和毛利", "stock, available, last price, list price, cost and margin of the line stand here")))
	}
	return row
}

func (f *slipForm) lineStrip(l *slip.Line, add func(label, figure, after string, shade kit.Shade)) {
	s, x := f.s, f.facts
	unit := ""
	if p, ok := s.Book().Masters().Product(l.Product); ok {
		unit = parts.NameOf(s, master.Units.Code, p.Unit)
	}
	shade := func(q num.Quantity) kit.Shade {
		if q < 0 || f.kind.Stock.Direction < 0 && q < l.Base {
			return kit.Negative
		}
		return kit.Ink
	}
	if x.Service {
		add(s.tr("第 %d 行", "Line %d", f.grid.Row()+1), s.tr("服务", "Service"), s.tr("没有库存", "no stock"), kit.Ink)
		f.priceStrip(l, add)
		return
	}
	add(s.tr("第 %d 行  现存", "Line %d  stock", f.grid.Row()+1), qtyIn(x.OnHand, unit), parts.NameOf(s, master.Warehouses.Code, f.about.warehouse), shade(x.OnHand))
	note := ""
	if x.Reserved != 0 || x.OnOrder != 0 || x.InTransit != 0 {
		note = s.standWords(x.Stand)
	}
	add(s.tr("可用", "Available"), x.Available().Grouped(), note, shade(x.Available()))
	if len(f.lots) > 0 {
		f.lotStrip(add)
	}
	if x.Set {
		builds, all := x.Builds.Grouped(), s.tr("展到底层 %s", "%s of what is bought", x.BuildsAll.Grouped())
		if workflow.AllLevels(f.doc) {
			builds, all = x.BuildsAll.Grouped(), s.tr("直接组件 %s", "%s of direct parts", x.Builds.Grouped())
		}
		add(s.tr("可装套数", "Can be built"), builds, all, kit.Ink)
	}
	f.priceStrip(l, add)
	if x.UnitCost != 0 && f.sees(slip.TagCost) {
		add(s.tr("成本", "Cost"), x.UnitCost.Grouped(), "", kit.Ink)
	}
	if f.kind.Stock.Direction < 0 && f.kind.Taxed && f.kind.ReturnOf == "" && x.UnitCost != 0 && f.sees(slip.TagMargin) {
		if cost, err := num.Extend(l.Base, x.UnitCost, 0); err == nil && l.Net != 0 {
			add(s.tr("毛利", "Margin"), parts.Money(l.Net-cost), parts.Percent(l.Net-cost, l.Net), parts.SignShade(l.Net-cost))
		}
	}
}

// priceStrip shows the last price to the party and the list's.
func (f *slipForm) priceStrip(l *slip.Line, add func(label, figure, after string, shade kit.Shade)) {
	s, x := f.s, f.facts
	if !f.sees(f.kind.SideOf(f.doc)) {
		return
	}
	name := func(zh, en string) string {
		if !f.kind.Taxed {
			return s.tr(zh, en)
		}
		return parts.WithTax(s, s.tr(zh, en), f.inclTax)
	}
	if x.LastDate != 0 {
		used, last := "", f.inSense(x.LastPrice, x.LastTaxRate, x.LastInclTax)
		if last == l.Price {
			used = s.tr(" (已采用)", " (used)")
		}
		add(name("上次价", "Last price"), last.Grouped(), x.LastDate.String()+used, kit.Accent)
	}
	if f.kind.PriceField != "" {
		add(name("价目表", "List"), f.inSense(x.ListPrice, l.TaxRate, x.ListInclTax).Grouped(), "", kit.Ink)
	}
}

// standWords says what makes up what is available, what is none left out.
func (s *Shell) standWords(x inquiry.Stand) string {
	words := "= " + x.OnHand.Grouped()
	for _, part := range []struct {
		q      num.Quantity
		zh, en string
	}{{-x.Reserved, "预留", "reserved"}, {x.OnOrder, "在订", "on order"}, {x.InTransit, "在途", "in transit"}} {
		switch {
		case part.q < 0:
			words += " − " + s.tr(part.zh, part.en) + " " + (-part.q).Grouped()
		case part.q > 0:
			words += " + " + s.tr(part.zh, part.en) + " " + part.q.Grouped()
		}
	}
	return words
}

// auditedStrip shows what the slip as a whole came to.
func (f *slipForm) auditedStrip(add func(label, figure, after string, shade kit.Shade)) {
	s, d := f.s, f.doc
	var cost num.Amount
	estimate := ""
	for i := range d.Lines {
		cost += d.Lines[i].Cost
		if d.Lines[i].Estimate {
			estimate = s.tr("暂估", "estimate")
		}
	}
	if (f.kind.Taxed || d.Net != 0) && f.sees(f.kind.SideOf(d)) {
		add(s.tr("本单  不含税", "This slip  net"), parts.Money(d.Net), "", kit.Ink)
	}
	if f.kind.Posts() && (cost != 0 || f.kind.Stock.Direction != 0) && f.sees(slip.TagCost) { // an invoice moves no goods
		add(s.tr("成本", "Cost"), parts.Money(cost), estimate, parts.SignShade(cost))
	}
	if f.kind.Stock.Direction < 0 && f.kind.Taxed && f.kind.Party == slip.Customers && f.sees(slip.TagMargin) {
		profit := d.Net - cost
		add(s.tr("毛利", "Margin"), parts.Money(profit), parts.Percent(profit, d.Net), parts.SignShade(profit))
	}
	if x := f.stood; x.ok && f.seesOwed() {
		label := s.tr("应收", "Receivable")
		if f.role() == slip.Suppliers {
			label = s.tr("应付", "Payable")
		}
		add(label, parts.Money(x.before)+" → "+parts.Money(x.before+x.own), s.tr("审核时", "at audit"), kit.Ink)
	}
	f.progress(add)
}

// stood is what a slip's party owed, or was owed, before the slip was audited, and what the slip added.
type stood struct {
	before, own num.Amount
	ok          bool
}

// owedBook is the book of what a party of the role owes or is owed; empty: it has none.
func owedBook(r slip.Role) slip.Book {
	switch r {
	case slip.Customers:
		return slip.Receivable
	case slip.Suppliers:
		return slip.Payable
	}
	return ""
}

// progress says how far the slip has come: carried out, billed, paid.
func (f *slipForm) progress(add func(label, figure, after string, shade kit.Shade)) {
	s := f.s
	done := [3]string{s.tr("未收货", "not received"), s.tr("部分收货", "partly received"), s.tr("全部收货", "fully received")}
	if f.role() == slip.Customers {
		done = [3]string{s.tr("未出库", "not delivered"), s.tr("部分出库", "partly delivered"), s.tr("全部出库", "fully delivered")}
	}
	for _, x := range []struct {
		label, state string
		words        [3]string
	}{
		{s.tr("执行", "Done"), f.far.Done, done},
		{s.tr("开票", "Billed"), f.far.Billed, [3]string{s.tr("未开票", "not billed"), s.tr("部分开票", "partly billed"), s.tr("全部开票", "fully billed")}},
		{s.tr("结算", "Paid"), f.far.Paid, [3]string{s.tr("未结", "not paid"), s.tr("部分结清", "partly paid"), s.tr("已结清", "fully paid")}},
	} {
		switch x.state {
		case inquiry.None:
			add(x.label, x.words[0], "", kit.Ink)
		case inquiry.Partly:
			add(x.label, x.words[1], "", kit.Accent)
		case inquiry.Fully:
			add(x.label, x.words[2], "", kit.Ok)
		}
	}
}

// footer builds what stands under the lines.
func (f *slipForm) footer() fyne.CanvasObject {
	box := container.New(kit.Filters{Gap: 8, Least: 72})
	for _, x := range f.kind.Header {
		if !f.atFoot(x) || !f.shows(x) {
			continue
		}
		field := f.headField(x)
		f.fields[x.Key] = field
		f.foot.Add(field)
		box.Add(kit.Caption(f.s.T(x.Label)))
		box.Add(kit.Fixed(map[bool]float32{true: 130, false: 96}[x.Type == slip.TypeRef], kit.M().Box, field.Input))
	}
	if f.kind.Taxed {
		c := kit.NewCheck(f.s.tr("单价含税", "Prices include tax"), f.inclTax, f.setInclTax)
		if f.editable() {
			f.foot.AddCheck(c)
			box.Add(c)
			f.taxTick = c
		}
	}
	left := container.NewVBox(kit.Pad(12, 4, box), kit.Pad(12, 0, f.makers))
	return kit.Fixed(0, 60, container.NewBorder(nil, nil, nil, kit.Pad(12, 3, f.totals), left))
}

func (f *slipForm) drawTotals() {
	s, d, m := f.s, f.doc, kit.M()
	var row []fyne.CanvasObject
	figure := func(label string, a num.Amount, size float32, boldly bool) {
		row = append(row, kit.Caption(label), kit.Label(parts.Money(a), parts.SignShade(a), size, boldly))
	}
	total := d.Gross
	if given, err := num.ParseAmount(d.Get("tendered")); err == nil && given > d.Gross {
		figure(s.tr("找零", "Change"), given-cmp.Or(d.PaidNow(), d.Gross), m.Head, true)
	}
	switch {
	case f.hasLines() && !f.sees(f.kind.SideOf(d)):
		total = 0
	case f.kind.Taxed:
		figure(s.tr("不含税", "Net"), d.Net, m.Text, false)
		figure(s.tr("税额", "Tax"), d.Tax, m.Text, false)
		figure(s.tr("价税合计", "Total"), d.Gross, m.Head, true)
	case !f.hasLines():
		total = d.Amount
		figure(s.tr("金额", "Amount"), d.Amount, m.Head, true)
	case !f.kind.Goods() && d.Gross != 0:
		figure(s.tr("金额", "Amount"), d.Gross, m.Head, true)
	case f.kind.PriceField != "":
		figure(s.tr("金额", "Amount"), d.Net, m.Head, true)
	}
	words := ""
	if len(row) > 0 && s.lang == text.Zh {
		words = num.Words(total)
	}
	w := kit.Label(words, kit.Ink2, m.Caption, false)
	w.Alignment = fyne.TextAlignTrailing
	parts.Set(f.totals, container.NewVBox(container.NewHBox(parts.Spacer(), container.New(kit.Row{Gap: 6}, row...)), w))
	f.drawMakers()
}

func (f *slipForm) drawMakers() {
	s, d := f.s, f.doc
	hand := func(zh, en, who string) string {
		if who == "" {
			who = "—"
		}
		return s.tr(zh, en) + " " + who
	}
	maker := d.Maker
	if maker == "" {
		maker = s.Book().User
	} else if !d.MadeAt.IsZero() {
		maker += d.MadeAt.Format(" 01-02 15:04")
	}
	auditor := d.Auditor
	if auditor != "" && !d.AuditedAt.IsZero() {
		auditor += d.AuditedAt.Format(" 01-02 15:04")
	}
	keeper := ""
	if r, ok := s.Book().Masters().Find(master.Warehouses.Code, d.Warehouse); ok {
		keeper = r.Get("keeper")
	}
	words := hand("制单", "Made by", maker) + "    " + hand("审核", "Audited by", auditor)
	if _, ok := f.kind.HeaderField("warehouse"); ok {
		words += "    " + hand("仓管", "Keeper", keeper)
	}
	words += "    " + s.tr("打印 %d 次", "printed %d times", d.Prints) + f.signed()
	parts.Set(f.makers, kit.Caption(words))
}

// drawFlow shows what an audited slip follows from and what follows from it: its own forebears and successors, no others that only
// share one of them.
func (f *slipForm) drawFlow() {
	if f.flowBar == nil {
		return
	}
	if f.turn.In && !f.doc.Status.Live() {
		f.drawSteps()
		return
	}
	if len(f.flow) < 2 || f.editable() {
		parts.Set(f.flowBar)
		return
	}
	own := inquiry.Own(f.flow, f.doc.Number)
	s := f.s
	line := &ownLine{before: kit.Caption(""), after: kit.Caption(""), words: func(n int) string { return s.tr("… %d 张", "… %d more", n) }}
	var faces []fyne.CanvasObject
	for i, n := range own {
		link := "" // slips of one step stand beside each other: they do not follow from one another
		if i > 0 && n.Step != own[i-1].Step {
			link = "r"
		}
		if n.Step == 0 {
			line.here = i
		}
		arrow := container.NewStack()
		if link != "" {
			arrow.Add(kit.Picture(link, kit.Ink3, 12))
		}
		faces = append(faces, arrow, f.flowFace(n))
	}
	strip := container.New(line, append([]fyne.CanvasObject{line.before, line.after}, faces...)...)
	all := kit.NewTap(kit.Caption("Ctrl+L "+s.tr("全图", "all")), func() { s.OpenFlow(f.doc.Number) })
	row := container.NewBorder(nil, nil, nil, kit.Pad(6, 0, container.New(kit.Row{}, all)), strip)
	parts.Set(f.flowBar, container.NewStack(kit.Box(kit.Bg), container.NewBorder(nil, kit.HLine(kit.Hair), nil, nil, kit.Pad(12, 5, row))))
}

// flowFace is the box of a slip of the strip: kind and number, amount and what is open of it, or where it stands.
func (f *slipForm) flowFace(n inquiry.Kin) fyne.CanvasObject {
	s, m := f.s, kit.M()
	here := n.Step == 0
	line, width, ink := kit.Line, float32(1), kit.Accent
	if here {
		line, width, ink = kit.Accent, 2, kit.Ink
	}
	number := kit.Label(n.Doc.Number, ink, m.Caption, false)
	room := ownWidth() - 16 - number.MinSize().Width - 6
	top := container.New(kit.Row{Gap: 6}, kit.Label(kit.Fit(parts.KindTitle(s, n.Doc.Kind), m.Caption, true, room), kit.Ink, m.Caption, true), number)
	amount := kit.Label(parts.Money(n.Doc.Gross), kit.Ink, m.Caption, false)
	shown := f.showsMoney(n.Doc)
	if n.Doc.Gross == 0 || !shown {
		amount.Text = ""
	}
	mark, word := parts.StatusMark(n.Doc.Status), s.T(n.Doc.Status.Label())
	if n.Open != 0 && n.Doc.Status.Live() && shown {
		mark, word = kit.MarkPart, s.tr("未结 %s", "open %s", parts.Money(n.Open))
	}
	foot := container.NewBorder(nil, nil, amount, kit.Chip(mark, word))
	node := container.NewStack(kit.Framed(kit.Paper, line, width), kit.Pad(8, 3, container.NewVBox(top, foot)))
	opens := n.Doc.Number
	return kit.NewTap(node, func() {
		if !here {
			s.OpenSlip(opens)
		}
	})
}

// ownWidth is the width of a box of the strip.
func ownWidth() float32 { return max(216, 17*kit.M().Text-5) }

// ownLine lays a slip's own line: itself always, then its neighbours to both sides as far as there is room. What does not fit is
// counted at the end where it is missing. Its objects are the two counts, then for each slip the arrow before it and its box.
type ownLine struct {
	here          int // which of the boxes is the slip itself
	before, after *canvas.Text
	words         func(int) string
}

const ownGap = 20

// MinSize is part of fyne.Layout: one box.
func (l *ownLine) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ownWidth(), max(46, 5*kit.M().Text-19))
}

// Layout is part of fyne.Layout.
func (l *ownLine) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o = o[2:]
	n, w := len(o)/2, ownWidth()
	from, to := l.shown(n, w, size.Width)
	x := float32(0)
	put := func(t *canvas.Text, left int) {
		if t.Hidden = left <= 0; t.Hidden {
			return
		}
		t.Text = l.words(left)
		t.Resize(t.MinSize())
		t.Move(fyne.NewPos(x, (size.Height-t.MinSize().Height)/2))
		t.Refresh()
		x += t.MinSize().Width + 6
	}
	put(l.before, from)
	for i := range n {
		arrow, box := o[2*i], o[2*i+1]
		if i < from || i >= to {
			arrow.Hide()
			box.Hide()
			continue
		}
		if box.Show(); i > from || from > 0 {
			arrow.Show()
			arrow.Resize(fyne.NewSize(12, 12))
			arrow.Move(fyne.NewPos(x-ownGap+4, (size.Height-12)/2))
		} else {
			arrow.Hide()
		}
		if i == from && from > 0 { // the arrow stands behind the count
			arrow.Move(fyne.NewPos(x, (size.Height-12)/2))
			x += ownGap
		}
		box.Resize(fyne.NewSize(w, size.Height))
		box.Move(fyne.NewPos(x, 0))
		x += w + ownGap
	}
	x -= ownGap - 6
	put(l.after, n-to)
}

// shown tells which boxes fit, the far ends left out.
func (l *ownLine) shown(n int, w, room float32) (from, to int) {
	from, to = l.here, l.here+1
	fits := func(from, to int) bool {
		need := float32(to-from)*(w+ownGap) - ownGap
		if from > 0 {
			need += kit.Width(l.words(from), kit.M().Caption, false) + 6 + ownGap
		}
		if to < n {
			need += kit.Width(l.words(n-to), kit.M().Caption, false) + 6
		}
		return need <= room
	}
	for left := true; from > 0 || to < n; left = !left {
		switch {
		case (left || to == n) && from > 0 && fits(from-1, to):
			from--
		case to < n && fits(from, to+1):
			to++
		case from > 0 && fits(from-1, to):
			from--
		default:
			return from, to
		}
	}
	return from, to
}
