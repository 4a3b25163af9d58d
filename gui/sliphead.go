package gui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// atFoot tells whether a header field stands under the lines, where the figures are summed: what comes off the slip, and what is
// paid on it.
func (f *slipForm) atFoot(x slip.Field) bool {
	switch x.Key {
	case "slip_discount", "paid", "rounding", "tendered":
		return f.hasLines()
	case "account":
		_, ok := f.kind.HeaderField("paid")
		return ok && f.hasLines()
	}
	return false
}

// shows tells whether a field has a box: hidden ones when asked for, or when something stands in one.
func (f *slipForm) shows(x slip.Field) bool { return !x.Hidden || f.more }

// hiddenFilled tells whether something stands in a field that is hidden at first.
func (f *slipForm) hiddenFilled() bool {
	for _, x := range f.kind.Header {
		if v := f.doc.Get(x.Key); x.Hidden && v != "" && v != "no" {
			return true
		}
	}
	return false
}

func (f *slipForm) hasHidden() bool {
	return slices.ContainsFunc(f.kind.Header, func(x slip.Field) bool { return x.Hidden })
}

// showMore shows the hidden fields, or hides them again.
func (f *slipForm) showMore() {
	f.more = !f.more
	f.rebuild()
}

// head builds the fields over the lines: five in a row, a wide one of a later row under the widest of the first; the others keep their order.
func (f *slipForm) head() fyne.CanvasObject {
	var fields []slip.Field
	for _, x := range f.kind.Header {
		if !f.atFoot(x) && f.shows(x) {
			fields = append(fields, x)
		}
	}
	const n = 5
	for at := n; at < len(fields); at += n {
		row := fields[at:min(len(fields), at+n)]
		lead := 0
		for i, x := range row {
			if x.Width > row[lead].Width {
				lead = i
			}
		}
		wide := row[lead]
		if wide.Width <= 160 {
			continue
		}
		copy(row[1:lead+1], row[:lead])
		row[0] = wide
	}
	box := container.New(kit.FormGrid{Columns: headColumns(fields, n)})
	for _, x := range fields {
		field := f.headField(x)
		f.fields[x.Key] = field
		f.ring.Add(field)
		box.Add(kit.Labelled(f.s.T(x.Label), field.Input))
	}
	return kit.Pad(12, 2, box)
}

// headColumns are as wide as their widest field, label included, and share what 1050 leaves over or lacks.
func headColumns(fields []slip.Field, n int) []float32 {
	cols := make([]float32, min(n, len(fields)))
	var sum float32
	for i, x := range fields {
		w := float32(min(max(x.Width, 110), 350))
		if i < n || i%n > 0 {
			cols[i%n] = max(cols[i%n], w)
		}
	}
	for _, w := range cols {
		sum += w - 100
	}
	if free := 1050 - 150*float32(len(cols)); len(cols) == n {
		for i := range cols {
			cols[i] = 150 + free*(cols[i]-100)/sum
		}
	}
	return cols
}

// headField makes one field of head or foot.
func (f *slipForm) headField(x slip.Field) *kit.Field {
	s := f.s
	var field *kit.Field
	label := s.T(x.Label)
	switch x.Type {
	case slip.TypeRef:
		field = parts.RefFieldOf(s, label, func() string { return f.kind.RefOf(f.doc, x) }, true, parts.Picked{In: true})
	case slip.TypeChoice:
		field = parts.ChoiceField(s, label, func() []slip.Choice { return x.Choices })
	case slip.TypeBool:
		field = parts.ChoiceField(s, label, func() []slip.Choice { return parts.YesNo })
	default:
		field = kit.NewField(label)
		field.Show = func(v string) string { return parts.Shown(s, x, v) }
		field.Parse = func(typed string) (string, error) { return parts.Read(s, x, typed) }
		if x.Type == slip.TypeTime {
			kit.ClockField(field)
		}
		if x.Type == slip.TypeDate {
			kit.DateField(field, func() text.Date {
				if f.doc.Date != 0 {
					return f.doc.Date
				}
				return s.Book().Today()
			})
			parse := field.Parse
			field.Parse = func(typed string) (string, error) {
				v, err := parse(typed)
				if err != nil {
					return parts.Read(s, x, typed) // in the words of a fault
				}
				return v, nil
			}
		}
		if x.Numeric() {
			field.Align = fyne.TextAlignTrailing
		}
	}
	field.Plain = !f.editable() && !f.live(x)
	field.SetValue(f.doc.Get(x.Key))
	field.OnCommit = func(v string) error { return f.commitHead(x, v) }
	field.OnRefuse = func(err error) { f.refuse(x.Key, err) }
	field.OnSettle = s.Settled
	field.OnEnter = func() {
		if !field.Refused() {
			s.Calm()
		}
	}
	return field
}

// refuse says what is wrong with a field, and offers what would be right where it is known.
func (f *slipForm) refuse(key string, err error) {
	var offers []kit.Offer
	if field := f.fields[key]; key == "date" && field != nil {
		today := f.s.Book().Today().String()
		offers = append(offers, kit.Offer{Key: fyne.KeyF2, Label: f.s.tr("改为今天 ", "today ") + today, Run: func() {
			field.SetValue(today)
			if err := f.commitHead(slip.Field{Key: "date", Type: slip.TypeDate}, today); err == nil {
				f.s.Calm()
			}
			kit.Focus(field.Input)
		}})
	}
	f.s.Fail(err, offers...)
}

// commitHead takes a header field's new value, with what follows from it.
func (f *slipForm) commitHead(x slip.Field, v string) error {
	d := f.doc
	if d.Get(x.Key) == v {
		return nil
	}
	if x.Required && v == "" {
		return parts.MustFill(f.s, x)
	}
	if !f.editable() {
		f.setLive(x, v)
		return nil
	}
	if x.Key == "date" {
		if err := f.dateAllowed(parts.DayOf(v)); err != nil {
			return err
		}
	}
	if x.Key == "slip_discount" && strings.HasPrefix(v, "-") {
		return fault.New(fault.Invalid, "整单优惠不能为负", "the slip discount cannot be negative").At(x.Key)
	}
	old, anew := d.Get(x.Key), f.explodes()
	if err := d.Set(x, v); err != nil {
		return err
	}
	anew()
	if err := slip.Calculate(f.kind, d); faultAt(err, x.Key) {
		_ = d.Set(x, old) // it stood there before
		return err
	}
	switch x.Key {
	case "party":
		f.partyChosen()
	case "date":
		f.renewDue()
	default:
		if !f.hasLines() {
			f.lines.reload()
		}
	}
	f.touched()
	f.about = aboutLine{}
	f.loadFacts()
	return nil
}

// faultAt tells whether an error is about the field.
func faultAt(err error, key string) bool {
	list := fault.Of(err)
	return len(list) > 0 && list[0].Field == key
}

// dateAllowed refuses a day that no slip can be posted on.
func (f *slipForm) dateAllowed(day text.Date) error {
	set := f.s.Book().Settings()
	switch {
	case day < set.Start.First():
		return fault.New(fault.Refused, "日期：账套从 %s 开始，不能更早", "Date: the book starts in %s; not before that", set.Start).At("date")
	case day <= set.Closed:
		return fault.New(fault.Refused, "日期：%s 已经结账，最早可填 %s。要补上月的单，请财务先反结账", "Date: %s is closed; %s is the first open day. Re-open the month to enter it there",
			set.Closed.Month(), set.Closed.AddDays(1)).At("date")
	}
	return nil
}

// partyChosen reads the party's standing; links to another party's slips are gone.
func (f *slipForm) partyChosen() {
	d := f.doc
	for i := range d.Lines {
		if d.Lines[i].SourceID != 0 {
			d.Lines[i].SourceID, d.Lines[i].SourceNumber, d.Lines[i].SourceLine = 0, "", 0
		}
	}
	d.Allocations = nil
	f.renewDue()
	f.loadParty()
	f.lines.reload()
}

// renewDue works the due date out anew from the party's terms.
func (f *slipForm) renewDue() {
	if x, ok := f.kind.HeaderField("due_date"); ok && !f.kind.Plan {
		f.doc.DueDate = 0
		f.s.Book().Complete(f.kind, f.doc)
		f.fields[x.Key].SetValue(f.doc.Get(x.Key))
	}
}

// draw shows everything that follows from the slip.
func (f *slipForm) draw() {
	if f.title == nil {
		return
	}
	f.drawTitle()
	f.drawRight()
	f.drawStrip()
	f.drawTotals()
	f.drawFlow()
	if f.grid != nil {
		f.grid.Reload()
	}
}

func (f *slipForm) drawTitle() {
	s, d, m := f.s, f.doc, kit.M()
	number := d.Number
	if number == "" {
		number = s.tr("（保存后编号）", "(numbered when saved)")
	}
	row := []fyne.CanvasObject{kit.Label(s.T(f.kind.Title), kit.Ink, m.Head, true), kit.Label(number, kit.Ink, m.Sub, false), kit.Chip(parts.StatusMark(d.Status), s.T(d.Status.Label()))}
	if d.Red(f.kind) {
		row = append(row, kit.Chip(kit.MarkLate, s.tr("红字", "red letter")))
	}
	for _, n := range f.sourceNumbers() {
		row = append(row, kit.NewTap(kit.Label("← "+n, kit.Accent, m.Text, false), func() { s.OpenSlip(n) }))
	}
	switch {
	case f.correcting:
		row = append(row, kit.Chip(kit.MarkDue, s.tr("更正中：F9 审核更正，Esc 放弃", "correcting: F9 audits the correction, Esc gives it up")))
	case f.dirty:
		row = append(row, kit.Caption(s.tr("未保存（已暂存）", "not saved (kept)")))
	case d.Status.Live() && !d.AuditedAt.IsZero():
		row = append(row, kit.Caption(d.AuditedAt.Format("15:04")+s.tr(" 审核", " audited")))
	}
	parts.Set(f.title, kit.Fixed(0, 34, kit.Pad(12, 0, container.New(kit.Row{Gap: 10}, row...))))
}

// sourceNumbers are the slips the lines follow from, or the money settles by choice when pushed down.
func (f *slipForm) sourceNumbers() []string {
	var list []string
	seen := map[string]bool{}
	for i := range f.doc.Lines {
		if n := f.doc.Lines[i].SourceNumber; n != "" && !seen[n] {
			seen[n] = true
			list = append(list, n)
		}
	}
	return list[:min(len(list), 3)]
}

// drawRight shows what decides: how the party stands, or the stamp of an audited slip.
func (f *slipForm) drawRight() {
	if f.right == nil {
		return
	}
	var part fyne.CanvasObject = parts.Spacer()
	if st := f.stamp(); st != nil {
		part = st
	} else if f.role() != "" && f.doc.Party != "" {
		part = f.standing()
	}
	parts.Set(f.right, kit.Fixed(208, 92, kit.Pad(10, 6, container.NewBorder(part, nil, nil, nil))))
}

func (f *slipForm) standing() fyne.CanvasObject {
	s, m := f.s, kit.M()
	box := container.NewVBox()
	add := func(label, figure string, strong bool) {
		shade := kit.Ink
		if strings.HasPrefix(figure, "-") {
			shade = kit.Negative
		}
		box.Add(kit.Fixed(184, 17, container.NewBorder(nil, nil, kit.Caption(label), kit.Label(figure, shade, m.Caption, strong))))
	}
	if f.party.Book == slip.Payable {
		add(s.tr("应付余额", "Payable"), parts.Money(f.party.Balance), true)
		if f.party.Other != 0 {
			add(s.tr("预付", "Prepaid"), parts.Money(f.party.Other), false)
		}
	} else {
		add(s.tr("应收余额", "Receivable"), parts.Money(f.party.Balance), !f.party.HasLimit)
		if f.party.HasLimit && f.party.Limit > 0 {
			add(s.tr("信用额度", "Limit"), parts.Money(f.party.Limit), false)
			add(s.tr("本单后可用", "Left after this"), parts.Money(f.party.Limit-f.after()), true)
		}
	}
	if f.party.Overdue > 0 {
		add(s.tr("逾期", "Overdue"), "-"+parts.Money(f.party.Overdue), false)
	}
	return kit.NewTap(box, f.openParty)
}

// after is what the party will owe once this slip stands.
func (f *slipForm) after() num.Amount {
	if f.doc.Status.Live() || !f.kind.Posts() {
		return f.party.Balance
	}
	return f.party.Balance + f.owes()
}

// owes is what the slip adds to what a customer owes.
func (f *slipForm) owes() num.Amount {
	switch {
	case f.kind.Money.Settles != "":
		return -f.doc.Amount
	case f.kind.ReturnOf != "":
		return f.doc.PaidNow() - f.doc.Gross
	case !slices.Contains(f.kind.Money.Opens, slip.Receivable): // nothing is owed by it: a counter sale, an advance
		return 0
	}
	return f.doc.Gross - f.doc.PaidNow()
}

// stamp is the red mark of an audited slip, the grey one of a void slip.
func (f *slipForm) stamp() fyne.CanvasObject {
	s, d := f.s, f.doc
	shade, word, by := kit.Stamp, "", ""
	switch {
	case f.correcting:
		return nil
	case d.Status == slip.Void:
		shade, word = kit.Ink3, s.tr("作 废", "VOID")
	case d.Status == slip.Closed:
		shade, word = kit.Ink3, s.tr("已关闭", "CLOSED")
	case d.Status.Live():
		word = s.tr("已审核", "AUDITED")
		by = d.Auditor
		if !d.AuditedAt.IsZero() {
			by += d.AuditedAt.Format(" 2006-01-02 15:04")
		}
	default:
		return nil
	}
	outer, inner := kit.Framed(kit.Clear, shade, 2), kit.Framed(kit.Clear, shade, 1)
	big := kit.Label(word, shade, 20, true)
	big.Alignment = fyne.TextAlignCenter
	small := kit.Label(by, shade, 11, false)
	small.Alignment = fyne.TextAlignCenter
	lines := container.New(&stampLayout{}, big, small)
	return container.NewHBox(kit.Fixed(166, 58, container.NewStack(outer, kit.Pad(3, 3, inner), lines)))
}

// stampLayout stands two lines close together in the middle.
type stampLayout struct{}

func (*stampLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(166, 58) }

func (*stampLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	word := o[0].(*canvas.Text)
	y := float32(5)
	if o[1].(*canvas.Text).Text == "" {
		y = (s.Height - word.MinSize().Height) / 2
	}
	o[0].Move(fyne.NewPos(0, y))
	o[0].Resize(fyne.NewSize(s.Width, word.MinSize().Height))
	o[1].Move(fyne.NewPos(0, y+word.MinSize().Height-2))
	o[1].Resize(fyne.NewSize(s.Width, o[1].MinSize().Height))
}

// drawStrip shows all figures of the line under the cursor in one row, so that the hand never leaves the cell.
func (f *slipForm) drawStrip() {
	if f.strip == nil {
		return
	}
	if !f.kind.Goods() {
		parts.Set(f.strip)
		return
	}
	s, m := f.s, kit.M()
	var row []fyne.CanvasObject
	add := func(label, figure, after string, shade kit.Shade) {
		if len(row) > 0 {
			row = append(row, kit.VLine(18))
		}
		row = append(row, container.New(kit.Row{Gap: 5}, kit.Caption(label), kit.Label(figure, shade, m.Text, true), kit.Caption(after)))
	}
	if !f.editable() {
		f.auditedStrip(add)
	} else if l := f.current(); l != nil && l.Product != "" && f.about.product == l.Product {
		f.lineStrip(l, add)
	} else {
		row = append(row, kit.Caption(s.tr("选定商品后，这里显示库存、可用、上次价、价目表价、成本和毛利", "stock, available, last price, list price, cost and margin of the line stand here")))
	}
	parts.Set(f.strip, kit.Strip(kit.Band, 29, row...), container.NewVBox(kit.HLine(kit.Hair)))
}

func (f *slipForm) lineStrip(l *slip.Line, add func(label, figure, after string, shade kit.Shade)) {
	s, x := f.s, f.facts
	unit := ""
	if p, ok := s.Book().Masters().Product(l.Product); ok {
		unit = parts.NameOf(s, "units", p.Unit)
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
	add(s.tr("第 %d 行  现存", "Line %d  stock", f.grid.Row()+1), qtyIn(x.OnHand, unit), parts.NameOf(s, "warehouses", f.about.warehouse), shade(x.OnHand))
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
	if x.UnitCost != 0 {
		add(s.tr("成本", "Cost"), x.UnitCost.Grouped(), "", kit.Ink)
	}
	if f.kind.Stock.Direction < 0 && f.kind.Taxed && f.kind.ReturnOf == "" && x.UnitCost != 0 {
		if cost, err := num.Extend(l.Base, x.UnitCost, 0); err == nil && l.Net != 0 {
			add(s.tr("毛利", "Margin"), parts.Money(l.Net-cost), percent(l.Net-cost, l.Net), parts.SignShade(l.Net-cost))
		}
	}
}

// priceStrip shows the last price to the party and the list's.
func (f *slipForm) priceStrip(l *slip.Line, add func(label, figure, after string, shade kit.Shade)) {
	s, x := f.s, f.facts
	if x.LastDate != 0 {
		used := ""
		if x.LastPrice == l.Price {
			used = s.tr(" (已采用)", " (used)")
		}
		add(s.tr("上次价", "Last price"), x.LastPrice.Grouped(), x.LastDate.String()+used, kit.Accent)
	}
	if f.kind.PriceField != "" {
		add(s.tr("价目表", "List"), x.ListPrice.Grouped(), "", kit.Ink)
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
	if f.kind.Taxed || d.Net != 0 {
		add(s.tr("本单  不含税", "This slip  net"), parts.Money(d.Net), "", kit.Ink)
	}
	if f.kind.Posts() {
		add(s.tr("成本", "Cost"), parts.Money(cost), estimate, parts.SignShade(cost))
	}
	if f.kind.Stock.Direction < 0 && f.kind.Taxed && f.kind.Party == slip.Customers {
		profit := d.Net - cost
		add(s.tr("毛利", "Margin"), parts.Money(profit), percent(profit, d.Net), parts.SignShade(profit))
	}
	f.progress(add)
	add(s.tr("打印", "Printed"), fmt.Sprint(d.Prints), s.tr("次", "times"), kit.Ink)
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

// percent is part of whole with one decimal.
func percent(part, whole num.Amount) string {
	if whole == 0 {
		return ""
	}
	v, err := num.MulDiv(int64(part), 1000, int64(whole))
	if err != nil {
		return ""
	}
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	return fmt.Sprintf("%s%d.%d%%", sign, v/10, v%10)
}

// footer builds what stands under the lines.
func (f *slipForm) footer() fyne.CanvasObject {
	box := container.New(kit.Row{Gap: 8})
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
		}
	}
	left := container.NewVBox(kit.Pad(12, 4, box), kit.Pad(12, 0, f.makers))
	return kit.Fixed(0, 60, container.NewBorder(nil, nil, left, kit.Pad(12, 3, f.totals)))
}

// setInclTax reads every price as one with tax, or without.
func (f *slipForm) setInclTax(on bool) {
	f.inclTax = on
	for i := range f.doc.Lines {
		f.doc.Lines[i].InclTax = on
	}
	col := f.lines.column("price")
	if on {
		f.grid.Columns[col].Title = f.s.tr("含税单价", "Price incl.")
	} else if x, ok := f.kind.LineField("price"); ok {
		f.grid.Columns[col].Title = f.s.T(x.Label)
	}
	f.touched()
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
	if r, ok := s.Book().Masters().Find("warehouses", d.Warehouse); ok {
		keeper = r.Get("keeper")
	}
	words := hand("制单", "Made by", maker) + "    " + hand("审核", "Audited by", auditor)
	if _, ok := f.kind.HeaderField("warehouse"); ok {
		words += "    " + hand("仓管", "Keeper", keeper)
	}
	words += "    " + s.tr("打印 %d 次", "printed %d times", d.Prints)
	parts.Set(f.makers, kit.Caption(words))
}

// drawFlow shows the chain an audited slip stands in.
func (f *slipForm) drawFlow() {
	if f.flowBar == nil {
		return
	}
	if len(f.flow) < 2 || f.editable() {
		parts.Set(f.flowBar)
		return
	}
	s, m := f.s, kit.M()
	row := container.New(kit.Row{Gap: 6})
	const most = 5
	for i, n := range f.flow {
		if i == most {
			row.Add(kit.Caption(s.tr("… 共 %d 张", "… %d in all", len(f.flow))))
			break
		}
		if i > 0 {
			row.Add(kit.Picture("r", kit.Ink3, 12))
		}
		line := kit.Line
		here := n.Doc.Number == f.doc.Number
		if here {
			line = kit.Accent
		}
		top := container.New(kit.Row{Gap: 6}, kit.Label(parts.KindTitle(s, n.Doc.Kind), kit.Ink, m.Caption, true), kit.Label(n.Doc.Number, map[bool]kit.Shade{true: kit.Ink, false: kit.Accent}[here], m.Caption, false))
		foot := container.NewBorder(nil, nil, kit.Label(parts.Money(n.Doc.Gross), kit.Ink, m.Caption, false), kit.Chip(parts.StatusMark(n.Doc.Status), s.T(n.Doc.Status.Label())))
		width := float32(1)
		if here {
			width = 2
		}
		node := container.NewStack(kit.Framed(kit.Paper, line, width), kit.Pad(8, 3, container.NewVBox(top, foot)))
		number := n.Doc.Number
		row.Add(kit.Fixed(216, max(46, 5*m.Text-19), kit.NewTap(node, func() { s.OpenSlip(number) })))
	}
	row.Add(kit.Caption("Ctrl+L " + s.tr("全图", "all")))
	parts.Set(f.flowBar, container.NewStack(kit.Box(kit.Bg), container.NewBorder(nil, kit.HLine(kit.Hair), nil, nil, kit.Pad(12, 5, row))))
}
