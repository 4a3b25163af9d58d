package homeview

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports"
)

// homeSide is the right side of the home screen: figures to look at.
type homeSide struct {
	h                         *Home
	lampBox, barBox, agesBox  *fyne.Container
	figures, below            *kit.Table
	belowHead, ageHead, sales *fyne.Container
	scroll                    *container.Scroll
	panels                    map[inquiry.Figure]fyne.CanvasObject // what is hidden where its figure is not there for who looks
}

func (h *Home) newSide() *homeSide {
	r := &homeSide{h: h, lampBox: container.NewStack(), barBox: container.NewStack(), agesBox: container.NewStack(),
		belowHead: container.NewStack(), ageHead: container.NewStack(), sales: container.NewStack()}
	r.buildFigures()
	r.buildBelow()
	return r
}

// Object stacks the parts; the last one gets what room is left. In a low window they are scrolled, and a table comes into sight with the
// keyboard.
func (r *homeSide) Object() fyne.CanvasObject {
	m := r.figures.Metrics
	sold, owed, short := parts.Panel(r.sales, r.barBox), parts.Panel(r.ageHead, r.agesBox), parts.Panel(r.belowHead, r.below)
	r.panels = map[inquiry.Figure]fyne.CanvasObject{inquiry.FigureSold: sold, inquiry.FigureOwed: owed, inquiry.FigureShort: short}
	r.scroll = container.NewVScroll(container.New(kit.Pile{Gap: 8, Last: 2*m.Header + 4*m.Pitch}, r.lampBox, kit.Fixed(0, m.Header+5*m.Pitch+2, parts.Panel(nil, r.figures)), sold, owed, short))
	return r.scroll
}

// figuresOf are the rows of the table: what a figure is called, which it is, its values, and the report behind it.
var figuresOf = []struct {
	figure      inquiry.Figure
	name        text.Text
	today, then func(*inquiry.Overview) num.Amount
	report      string
}{
	{inquiry.FigureSold, text.T("销售额(含税)", "Sales incl. tax"), func(o *inquiry.Overview) num.Amount { return o.SalesToday }, func(o *inquiry.Overview) num.Amount { return o.SalesMonth }, "sales-summary"},
	{inquiry.FigureProfit, text.T("毛利", "Gross profit"), func(o *inquiry.Overview) num.Amount { return o.ProfitToday }, func(o *inquiry.Overview) num.Amount { return o.ProfitMonth }, "sales-summary"},
	{inquiry.FigureCollected, text.T("收款", "Collected"), func(o *inquiry.Overview) num.Amount { return o.CollectedToday }, func(o *inquiry.Overview) num.Amount { return o.CollectedMonth }, "cash-book"},
	{inquiry.FigureBought, text.T("采购额(含税)", "Bought incl. tax"), func(o *inquiry.Overview) num.Amount { return o.BoughtToday }, func(o *inquiry.Overview) num.Amount { return o.BoughtMonth }, "purchase-summary"},
	{inquiry.FigurePaid, text.T("付款", "Paid"), func(o *inquiry.Overview) num.Amount { return o.PaidToday }, func(o *inquiry.Overview) num.Amount { return o.PaidMonth }, "cash-book"},
}

// there are the rows that are there for who looks.
func (r *homeSide) there() (rows []int) {
	for i, f := range figuresOf {
		if r.h.Data == nil || r.h.Data.overview.Has(f.figure) {
			rows = append(rows, i)
		}
	}
	return rows
}

func (r *homeSide) draw() {
	for f, panel := range r.panels {
		if r.h.Data != nil && !r.h.Data.overview.Has(f) {
			panel.Hide()
		} else {
			panel.Show()
		}
	}
	r.drawLamp()
	r.drawSales()
	r.drawAges()
	r.drawBelow()
	r.figures.Refresh()
}

// drawLamp says whether the books agree; it opens the proofs.
func (r *homeSide) drawLamp() {
	s, m := r.h.s, kit.M()
	ground, ink := kit.GreyGround, kit.Ink2
	title, detail, at := s.Tr("未核对", "Not verified"), s.Tr("F5 核对", "F5 verifies"), ""
	switch {
	case s.Proofs().Running && !s.Proofs().Known():
		title, detail = s.Tr("正在核对", "Verifying"), ""
	case !s.Proofs().Known():
	case s.Proofs().Holds():
		ground, ink = kit.OkGround, kit.Ok
		title, detail, at = s.Tr("账已平", "Books agree"), s.Tr("%d 项核对全部通过", "all %d proofs hold", len(s.Proofs().List)), s.Proofs().At.Format("15:04")
	default:
		ground, ink = kit.NegativeGround, kit.Negative
		title, detail, at = s.Tr("账不平", "Books do not agree"), "", s.Proofs().At.Format("15:04")
		for _, p := range s.Proofs().List {
			if !p.Holds() {
				detail = s.T(p.Title)
				break
			}
		}
	}
	dot := canvas.NewCircle(ink.Color())
	left := container.New(kit.Row{Gap: 7}, kit.Fixed(11, 11, dot), kit.Label(title, ink, m.Text, true))
	row := container.NewBorder(nil, nil, left, kit.Label(at+" ›", kit.Ink2, m.Caption, false), kit.Pad(7, 0, kit.Fitted(detail, kit.Ink, m.Caption, false)))
	r.lampBox.Objects = []fyne.CanvasObject{kit.NewTap(container.NewStack(kit.Framed(ground, ink, 1), kit.Fixed(0, 30, kit.Pad(10, 5, row))), s.Verify)}
	r.lampBox.Refresh()
}

// buildFigures makes the table of today and this month.
func (r *homeSide) buildFigures() {
	s := r.h.s
	t := kit.NewTable()
	t.Tight = true
	t.Metrics, t.Quiet = kit.CompactRows(), true
	t.Columns = []kit.Column{{Key: "what", Width: 110, Grow: true}, {Key: "today", Title: s.Tr("今日", "Today"), Width: 96, Align: fyne.TextAlignTrailing}, {Key: "month", Title: s.Tr("本月", "Month"), Width: 112, Align: fyne.TextAlignTrailing}}
	t.Length = func() int { return len(r.there()) }
	t.CellAt = func(row, col int) kit.Cell {
		f := figuresOf[r.there()[row]]
		if col == 0 {
			return kit.Cell{Text: s.T(f.name)}
		}
		if r.h.Data == nil {
			return kit.Cell{Text: "…", Shade: kit.Ink3}
		}
		o := &r.h.Data.overview
		if col == 1 {
			return amountCell(f.today(o))
		}
		return amountCell(f.then(o))
	}
	t.OnOpen = func(row, _ int) { r.openFigure(row) }
	t.OnRune = r.h.typed
	t.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyTab {
			r.h.tab(2)
			return true
		}
		return false
	}
	r.figures = t
}

func amountCell(a num.Amount) kit.Cell {
	c := kit.Cell{Text: parts.Money(a)}
	if a < 0 {
		c.Shade = kit.Negative
	}
	return c
}

// openFigure opens the report behind a figure, of this month.
func (r *homeSide) openFigure(row int) {
	s := r.h.s
	month := s.Book().Today().Month()
	if rep, ok := reports.ByName(figuresOf[r.there()[row]].report); ok {
		s.OpenReport(rep, reports.Params{From: month.First(), To: month.Last()})
	}
}

// drawSales draws the month's sales as a bar a day; today's in the accent.
func (r *homeSide) drawSales() {
	s := r.h.s
	head := parts.HeadLine(s.Tr("本月每日销售", "Sales by day"), "")
	if r.h.Data != nil {
		o := r.h.Data.overview
		head = parts.HeadLine(s.Tr("本月每日销售", "Sales by day"), "", kit.Caption(parts.Money(o.SalesMonth)))
		bars := &dayBars{today: int(s.Book().Today()) % 100}
		for _, d := range o.Days {
			bars.values = append(bars.values, d.Gross)
		}
		r.barBox.Objects = []fyne.CanvasObject{kit.Pad(10, 4, bars.object())}
	} else {
		r.barBox.Objects = []fyne.CanvasObject{kit.Fixed(0, barsHeight+8, kit.Box(kit.Clear))}
	}
	r.sales.Objects = []fyne.CanvasObject{head}
	r.sales.Refresh()
	r.barBox.Refresh()
}

const barsHeight = 84

// dayBars is a small chart: a rectangle a day, days beneath.
type dayBars struct {
	values  []num.Amount
	today   int
	bars    []*canvas.Rectangle
	days    []*canvas.Text
	line    *canvas.Rectangle
	scale   *canvas.Text
	highest num.Amount
}

func (b *dayBars) object() fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for i, v := range b.values {
		shade := kit.Line
		switch {
		case v < 0:
			shade = kit.Negative
		case i+1 == b.today:
			shade = kit.Accent
		}
		bar := kit.Box(shade)
		b.bars = append(b.bars, bar)
		objects = append(objects, bar)
		b.highest = max(b.highest, v, -v)
		day := kit.Label("", kit.Ink2, 11, false)
		if n := i + 1; n == 1 || n%5 == 0 && max(n-b.today, b.today-n) > 1 || n == b.today {
			day.Text = strconv.Itoa(n)
		}
		b.days = append(b.days, day)
		objects = append(objects, day)
	}
	b.line = kit.Box(kit.Line)
	b.scale = kit.Label("", kit.Ink3, 11, false)
	if b.highest > 0 {
		b.scale.Text = (b.highest / num.AmountOne * num.AmountOne).Grouped()
		b.scale.Text = b.scale.Text[:len(b.scale.Text)-3]
	}
	return container.New(b, append(objects, b.line, b.scale)...)
}

// MinSize is part of fyne.Layout.
func (b *dayBars) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, barsHeight) }

// Layout is part of fyne.Layout.
func (b *dayBars) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	const foot, top = 16, 13
	pitch := size.Width / float32(max(1, len(b.bars)))
	room := size.Height - foot - top
	for i, bar := range b.bars {
		v := max(b.values[i], -b.values[i])
		height := float32(0)
		if b.highest > 0 {
			height = float32(int64(v) * int64(room) / int64(b.highest)) // pixels, not money
		}
		if v > 0 {
			height = max(height, 1)
		}
		x := float32(i) * pitch
		bar.Move(fyne.NewPos(x+1, top+room-height))
		bar.Resize(fyne.NewSize(max(1, pitch-2), height))
		w := b.days[i].MinSize()
		b.days[i].Move(fyne.NewPos(min(max(0, x+(pitch-w.Width)/2), size.Width-w.Width), size.Height-foot+1))
		b.days[i].Resize(w)
	}
	b.line.Move(fyne.NewPos(0, top+room))
	b.line.Resize(fyne.NewSize(size.Width, 1))
	b.scale.Move(fyne.NewPos(0, -2))
	b.scale.Resize(b.scale.MinSize())
}

// drawAges draws what customers owe by how late it is.
func (r *homeSide) drawAges() {
	s, m := r.h.s, kit.M()
	names := []string{s.Tr("未到期", "not due"), s.Tr("1–30 天", "1–30 days"), s.Tr("31–60 天", "31–60 days"), s.Tr("61–90 天", "61–90 days"), s.Tr("90 天以上", "over 90")}
	var ages [5]num.Amount
	total := num.Amount(0)
	if r.h.Data != nil {
		ages = r.h.Data.overview.Ageing
	}
	highest := num.Amount(1)
	for _, a := range ages {
		total += a
		highest = max(highest, a)
	}
	rows := container.NewVBox()
	for i, a := range ages {
		shade := kit.Line
		switch {
		case i == 0:
			shade = kit.Accent
		case i == 4:
			shade = kit.Negative
		}
		amount := "…"
		if r.h.Data != nil {
			amount = parts.Money(a)
		}
		word := kit.Label(amount, kit.Ink, m.Caption, false)
		if a < 0 {
			word.Color = kit.Negative.Color()
		}
		word.Alignment = fyne.TextAlignTrailing
		bar := container.New(&ageBar{part: float32(int64(max(0, a)) * 1000 / int64(highest))}, kit.Box(shade))
		rows.Add(kit.Fixed(0, 18, container.NewBorder(nil, nil, kit.Fixed(72, 0, kit.Caption(names[i])), kit.Fixed(92, 0, word), bar)))
	}
	head := ""
	if r.h.Data != nil {
		head = parts.Money(total)
	}
	r.ageHead.Objects = []fyne.CanvasObject{kit.NewTap(parts.HeadLine(s.Tr("应收账龄", "Receivables by age"), "", kit.Caption(head)), func() {
		if rep, ok := reports.ByName("receivables"); ok {
			s.OpenReport(rep, reports.Params{AsOf: s.Book().Today()})
		}
	})}
	r.agesBox.Objects = []fyne.CanvasObject{kit.Pad(10, 4, rows)}
	r.ageHead.Refresh()
	r.agesBox.Refresh()
}

// ageBar is a bar as long as its part of a thousand.
type ageBar struct{ part float32 }

// MinSize is part of fyne.Layout.
func (b *ageBar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, 10) }

// Layout is part of fyne.Layout.
func (b *ageBar) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, (size.Height-10)/2))
	o[0].Resize(fyne.NewSize(size.Width*b.part/1000, 10))
}

// buildBelow makes the table of what runs short.
func (r *homeSide) buildBelow() {
	s := r.h.s
	t := kit.NewTable()
	t.Tight = true
	t.Metrics, t.Quiet = kit.CompactRows(), true
	t.Columns = []kit.Column{{Key: "name", Title: s.Tr("商品", "Product"), Width: 120, Grow: true}, {Key: "available", Title: s.Tr("可用", "Avail."), Width: 56, Align: fyne.TextAlignTrailing},
		{Key: "min", Title: s.Tr("下限", "Min."), Width: 56, Align: fyne.TextAlignTrailing}, {Key: "suggested", Title: s.Tr("建议", "Order"), Width: 58, Align: fyne.TextAlignTrailing}}
	t.Length = func() int {
		if r.h.Data == nil {
			return 0
		}
		return len(r.h.Data.overview.Below)
	}
	t.CellAt = func(row, col int) kit.Cell {
		b := r.h.Data.overview.Below[row]
		switch col {
		case 0:
			c := kit.Cell{Text: b.Product}
			if p, ok := s.Book().Masters().Product(b.Product); ok {
				c.Text, c.Tail = parts.Name(s, p.Record), p.Get("spec")
			}
			return c
		case 1:
			c := kit.Cell{Text: b.Available.Grouped()}
			if b.Available <= 0 {
				c.Shade = kit.Negative
			}
			return c
		case 2:
			return kit.Cell{Text: b.Min.Grouped()}
		}
		return kit.Cell{Text: b.Suggested.Grouped()}
	}
	t.OnOpen = func(row, _ int) { s.OpenMaster(master.Products, r.h.Data.overview.Below[row].Product) }
	t.OnRune = r.h.typed
	t.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyTab {
			r.h.tab(3)
			return true
		}
		return false
	}
	r.below = t
}

func (r *homeSide) drawBelow() {
	s := r.h.s
	count := ""
	r.below.Empty = ""
	if r.h.Data != nil {
		count = s.Tr("%d 个", "%d", len(r.h.Data.overview.Below))
		r.below.Empty = s.Tr("都够", "all in stock")
	}
	r.belowHead.Objects = []fyne.CanvasObject{parts.HeadLine(s.Tr("低于下限", "Below minimum"), count, append(r.expiring(), r.planning()...)...)}
	r.belowHead.Refresh()
	r.below.Refresh()
}

// planning makes a plan to buy what runs short.
func (r *homeSide) planning() []fyne.CanvasObject {
	if !r.h.runsShort() {
		return nil
	}
	s := r.h.s
	return []fyne.CanvasObject{kit.NewTap(kit.Label(s.Tr("生成采购计划 F8 ›", "Make purchase plan F8 ›"), kit.Accent, kit.M().Caption, false), r.h.makePlan)}
}

// expiring says how many lots on hand expired or soon will; it opens their list.
func (r *homeSide) expiring() []fyne.CanvasObject {
	s := r.h.s
	if r.h.Data == nil || len(r.h.Data.overview.Expiring) == 0 {
		return nil
	}
	gone, soon := 0, 0
	for _, x := range r.h.Data.overview.Expiring {
		if x.Days < 0 {
			gone++
		} else {
			soon++
		}
	}
	words, shade := s.Tr("%d 批临期 ›", "%d {lot|lots} expiring ›", soon), kit.Accent
	if gone > 0 {
		words, shade = s.Tr("%d 批过期 %d 批临期 ›", "%d expired, %d expiring ›", gone, soon), kit.Negative
	}
	return []fyne.CanvasObject{kit.NewTap(kit.Label(words, shade, kit.M().Caption, true), func() { s.OpenReport(reports.Expiry, reports.Params{}) })}
}
