package stocktake

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/scan"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports/paper"
	"zhanggui/reports/print"
)

// PickForm is how a pick list is worked off by scanner alone: the list's own code opens it, the code of a line picks the line in full,
// the digits and signs at the paper's foot say another quantity, none, and done. A keyboard types the same. What was picked then
// stands on the draft, what is short stays on the order.
type PickForm struct {
	s         host.Host
	List      string   // what was scanned or opened; empty: waits for a list
	numbers   []string // its slips
	warehouse string   // of a merged list; empty: all
	roving    bool     // opened without a list: waits for the next one when this is done

	Rows   []*pickRow
	at     int    // the line in hand, -1 none
	digits string // scanned for it, not confirmed yet
	asked  bool   // about the lines left open
	undone []pickUndo

	field *kit.Field
	table *kit.Table
	big   *fyne.Container
	prog  *fyne.Container
}

// pickRow is a line to fetch: of one slip, or of several on a merged list.
type pickRow struct {
	code, product, unit, shelf, warehouse string
	want, got                             num.Quantity // in the line's unit
	factor, onHand                        num.Quantity // base units in one; what the books have of the product in the warehouse, in base units
	done                                  bool
	parts                                 []pickPart
	lots                                  []string // to be taken
}

// pickPart is a slip's line that a row serves.
type pickPart struct {
	number, who string
	line        int
	want        num.Quantity
}

type pickUndo struct {
	row  int
	got  num.Quantity
	done bool
}

// OpenPicking opens the picking screen: for the slips, or waiting for a list to be scanned.
func OpenPicking(s host.Host, numbers ...string) {
	s.Open(&PickForm{s: s, numbers: numbers, List: strings.Join(numbers, " "), roving: len(numbers) == 0, at: -1})
}

// Picks tells whether goods are fetched for slips of a kind by a pick list.
func Picks(k *slip.Kind) bool {
	return slices.ContainsFunc(print.Forms(k), func(w print.Form) bool { return w.As == print.AsPickList })
}

func (p *PickForm) ID() string {
	if p.roving {
		return "pick"
	}
	return "pick " + p.List
}

func (p *PickForm) Title() text.Text {
	if p.List == "" {
		return text.T("拣货", "Picking")
	}
	return text.T("拣货 "+tail(p.List), "Pick "+tail(p.List))
}

func (p *PickForm) Area() string { return string(slip.Warehouse) }

func (p *PickForm) Unsaved() bool {
	return slices.ContainsFunc(p.Rows, func(r *pickRow) bool { return r.done })
}

func (p *PickForm) Focus() { kit.Focus(p.field.Input) }

func (p *PickForm) Key(*fyne.KeyEvent) bool { return false }

func (p *PickForm) Changed() {}

// Leave asks before what is picked is forgotten.
func (p *PickForm) Leave(done func(bool)) {
	if !p.Unsaved() {
		done(true)
		return
	}
	p.s.Ask(p.s.Tr("%s 还没有拣完", "%s is not finished", p.List), []string{p.s.Tr("离开后，已拣的数量不记录。", "What was picked is not kept.")},
		host.Answer{Label: text.T("留在这里", "Stay"), Run: func() { done(false) }}, host.Answer{Label: text.T("不保存", "Do not save"), Key: fyne.KeyN, Run: func() { done(true) }},
		host.Answer{Label: text.T("拣完", "Finish"), Key: fyne.KeyY, Run: func() { done(false); p.finish() }})
}

// Commands are part of Screen.
func (p *PickForm) Commands() []host.Command {
	none := len(p.Rows) == 0
	return []host.Command{
		{Label: text.T("拣完", "Finish"), Key: "F9", Icon: "check", Primary: true, Off: none, Run: p.confirmAll},
		{Label: text.T("拣足", "In full"), Key: "F2", Icon: "edit", Gap: true, Off: none, Run: func() { p.pick(p.row(), true) }},
		{Label: text.T("缺货", "Short"), Key: "F3", Icon: "x", Off: none, Run: p.short},
		{Label: text.T("撤销这次", "Take back"), Key: "Ctrl+Z", Icon: "undo", Off: len(p.undone) == 0, Run: p.undo},
		{Label: text.T("打印备货单", "Pick list"), Key: "Ctrl+P", Icon: "print", Gap: true, Off: none, Run: p.print},
	}
}

// Keys are what can be scanned or typed, for the help.
func (p *PickForm) Keys() []host.Command {
	return []host.Command{{Label: text.T("打开备货单", "open the list"), Key: text.T("单号码", "slip code").In(p.s.Lang())},
		{Label: text.T("按应拣数拣足", "pick the line in full"), Key: text.T("行码、条码", "line, bar code").In(p.s.Lang())},
		{Label: text.T("另一个数量，再 =E", "another quantity, then =E"), Key: "=0 … =9"}, {Label: text.T("缺货", "none there"), Key: "=S"}, {Label: text.T("确定；全部拣完", "confirm; all done"), Key: "=E"},
		{Label: text.T("数量加 Enter", "a quantity and Enter"), Key: "1 … 999999"}, {Label: text.T("换行", "another line"), Key: "↑ ↓"}}
}

// Object is part of Screen.
func (p *PickForm) Object() fyne.CanvasObject {
	s := p.s
	p.field = kit.NewField("")
	p.field.Hint = s.Tr("扫备货单、行条码或数字", "scan list, line or digit")
	p.field.Metrics.Text, p.field.Metrics.Box = 18, 44
	p.field.OnScan = func(typed string) bool { p.take(strings.TrimSpace(typed)); return true }
	key := p.field.Input.OnKey
	p.field.Input.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyUp || ev.Name == fyne.KeyDown {
			p.move(ev.Name)
			return true
		}
		return key(ev)
	}
	p.big, p.prog = container.NewStack(), container.NewStack()
	left := kit.Fixed(428, 0, kit.Pad(12, 8, container.NewBorder(container.NewVBox(kit.Caption(s.Tr("扫备货单上的单号，再扫行条码", "scan the list's number, then its lines")),
		kit.Fixed(0, 44, p.field.Input), kit.Fixed(0, 230, p.big)), p.prog, nil, nil, nil)))
	p.makeTable()
	if len(p.numbers) > 0 && len(p.Rows) == 0 {
		p.load(p.List, p.warehouse, p.numbers, "")
	} else {
		p.show()
	}
	s.Hint(s.Tr("扫行码 拣足   =0…=9 数量   =S 缺货   =E 确定   F9 拣完   Esc 返回", "a line code picks in full   =0…=9 quantity   =S short   =E confirm   F9 finish   Esc back"))
	return container.NewBorder(nil, nil, container.NewStack(kit.Box(kit.Paper), left), nil, p.table)
}

func (p *PickForm) makeTable() {
	s := p.s
	t := kit.NewTable()
	t.Tight = true
	add := parts.Adder(s, t)
	add("序", "#", 34, true)
	add("货位", "Shelf", 88, false)
	add("商品编码", "Code", 96, false)
	add("商品", "Product", 180, false)
	t.Columns[3].Grow = true
	add("分给", "For", 150, false)
	add("单位", "Unit", 46, false)
	add("应拣", "To pick", 76, true)
	add("实拣", "Picked", 76, true)
	add("状态", "State", 92, false)
	t.Length = func() int { return len(p.Rows) }
	t.CellAt = p.Cell
	t.Foot = func() [][]kit.Cell { return [][]kit.Cell{p.foot()} }
	t.Empty = s.Tr("扫备货单上的单号打开", "scan the number of a pick list")
	t.OnTap = func(row, _ int) bool {
		p.at, p.digits = row, ""
		t.Go(row, 0)
		p.show()
		kit.Focus(p.field.Input)
		return true
	}
	s.Widths("pick", t)
	p.table = t
}

// load reads the slips and lists what is to be fetched, in the order of the walk; then takes what was scanned, if it names a line.
func (p *PickForm) load(list, warehouse string, numbers []string, then string) {
	b, s := p.s.Book(), p.s
	host.Read(s, s.Tr("读备货单", "reading the list"), func() ([]*pickRow, error) { return pickRows(s, b, numbers, warehouse) }, func(rows []*pickRow) {
		p.List, p.warehouse, p.numbers, p.Rows, p.at, p.digits, p.asked, p.undone = list, warehouse, numbers, rows, -1, "", false, nil
		p.show()
		s.DrawTabs()
		if then != "" {
			p.take(then)
		}
	})
}

// pickRows are the lines of the slips, by shelf. Several slips are fetched together: what they want of a product is one row.
func pickRows(s host.Host, b *workflow.Book, numbers []string, warehouse string) ([]*pickRow, error) {
	var rows []*pickRow
	for _, n := range numbers {
		d, err := b.Load(n)
		if err != nil {
			return nil, err
		}
		k, ok := kinds.ByCode(d.Kind)
		switch {
		case !ok || !Picks(k):
			return nil, fault.New(fault.Refused, "%s 没有货要拣", "%s takes no goods out; there is nothing to pick", n)
		case !k.Plan && !d.Status.Editable() || k.Plan && (!d.Status.Live() || d.Status == slip.Closed):
			return nil, fault.New(fault.Refused, "%s %s，不能再拣货", "%s is %[3]s; nothing more is picked for it", n, d.Status.Label(), string(d.Status))
		}
		for i := range d.Lines {
			l := &d.Lines[i]
			q, err := scan.Pickable(d, l)
			if err != nil {
				return nil, err
			}
			if q == 0 || warehouse != "" && d.At(l) != warehouse {
				continue
			}
			part := pickPart{number: d.Number, who: receiver(s, k, d), line: l.No, want: q}
			at := -1
			if len(numbers) > 1 {
				at = slices.IndexFunc(rows, func(r *pickRow) bool { return r.product == l.Product && r.unit == l.Unit && r.warehouse == d.At(l) })
			}
			if at < 0 {
				p, _ := b.Masters().Find(master.Products.Code, l.Product)
				r := &pickRow{product: l.Product, unit: l.Unit, factor: l.Factor, shelf: p.Get("shelf"), warehouse: d.At(l)}
				if len(numbers) == 1 {
					r.code = paper.LineCode(d.Number, l.No)
				}
				at, rows = len(rows), append(rows, r)
			}
			rows[at].parts = append(rows[at].parts, part)
			if lot := l.Lot(); lot != "" {
				rows[at].lots = append(rows[at].lots, lot)
			}
			if rows[at].want, err = num.Add(rows[at].want, q); err != nil {
				return nil, err
			}
		}
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.Refused, "%s 没有货要拣", "%s takes no goods out; there is nothing to pick", strings.Join(numbers, " "))
	}
	if err := lying(b, rows); err != nil {
		return nil, err
	}
	slices.SortStableFunc(rows, func(a, b *pickRow) int {
		switch {
		case a.shelf != b.shelf && text.ShelfLess(a.shelf, b.shelf):
			return -1
		case a.shelf != b.shelf && text.ShelfLess(b.shelf, a.shelf):
			return 1
		case len(numbers) > 1:
			return strings.Compare(a.product, b.product)
		}
		return 0
	})
	return rows, nil
}

// lying notes on rows what the books have of their products where they are fetched.
func lying(b *workflow.Book, rows []*pickRow) error {
	var products []int64
	for _, r := range rows {
		if p, ok := b.Masters().Product(r.product); ok {
			products = append(products, p.ID)
		}
	}
	stands, err := b.Stands(products, 0)
	if err != nil {
		return err
	}
	for _, r := range rows {
		p, known := b.Masters().Product(r.product)
		w, there := b.Masters().Find(master.Warehouses.Code, r.warehouse)
		if known && there {
			r.onHand = stands.At(p.ID, w.ID).OnHand
		}
	}
	return nil
}

// receiver is who the goods of a slip go to.
func receiver(s host.Host, k *slip.Kind, d *slip.Doc) string {
	switch {
	case d.Party != "":
		return parts.NameOf(s, string(k.RoleOf(d)), d.Party)
	case d.ToWarehouse != "":
		return parts.NameOf(s, master.Warehouses.Code, d.ToWarehouse)
	}
	return d.Number
}

func (p *PickForm) print() {
	as := print.AsPickList
	if len(p.numbers) > 1 {
		as = print.AsMerged
	}
	p.s.PreviewAs(p.numbers, as)
}

func (p *PickForm) Cell(row, col int) kit.Cell {
	r := p.Rows[row]
	switch col {
	case 0:
		return kit.Cell{Text: fmt.Sprint(row + 1), Shade: kit.Ink3}
	case 1:
		return kit.Cell{Text: r.shelf, Bold: true}
	case 2:
		return kit.Cell{Text: r.product}
	case 3:
		rec, _ := p.s.Book().Masters().Find(master.Products.Code, r.product)
		text := strings.TrimSpace(parts.NameOf(p.s, master.Products.Code, r.product) + " " + rec.Get("spec"))
		if len(r.lots) > 0 {
			text += " [" + strings.Join(r.lots, " ") + "]"
		}
		return kit.Cell{Text: text}
	case 4:
		return kit.Cell{Text: p.sharing(r), Shade: kit.Ink2}
	case 5:
		return kit.Cell{Text: parts.NameOf(p.s, master.Units.Code, r.unit)}
	case 6:
		return kit.Cell{Text: r.want.Grouped(), Bold: true}
	}
	switch {
	case !r.done && col == 8:
		return kit.Cell{Text: p.s.Tr("未拣", "open"), Mark: kit.MarkDraft}
	case !r.done:
		return kit.Cell{}
	case col == 7:
		return kit.Cell{Text: r.got.Grouped(), Bold: row == p.at}
	case r.got == r.want:
		return kit.Cell{Text: p.s.Tr("拣足", "in full"), Mark: kit.MarkDone}
	case r.got == 0:
		return kit.Cell{Text: p.s.Tr("缺货", "short"), Mark: kit.MarkLate}
	}
	return kit.Cell{Text: p.s.Tr("缺 ", "short ") + (r.want - r.got).Grouped(), Mark: kit.MarkDue}
}

// sharing is who gets how much: as asked for, or as picked.
func (p *PickForm) sharing(r *pickRow) string {
	if len(r.parts) == 1 {
		return r.parts[0].who
	}
	shares := r.shares()
	var list []string
	for i, part := range r.parts {
		q := part.want
		if r.done {
			q = shares[i]
		}
		list = append(list, part.who+" "+q.Grouped())
	}
	return strings.Join(list, " · ")
}

func (p *PickForm) foot() []kit.Cell {
	cells := make([]kit.Cell, 9)
	var want, got num.Quantity
	for _, r := range p.Rows {
		want, got = want+r.want, got+r.got
	}
	cells[2].Text = p.s.Tr("合计", "Total")
	cells[3].Text = p.s.Tr("%d 行", "%d lines", len(p.Rows))
	cells[6].Text, cells[7].Text = want.Grouped(), got.Grouped()
	return cells
}

// show draws what is in hand large, and the list.
func (p *PickForm) show() {
	if p.at >= 0 {
		p.table.Go(p.at, 0)
	}
	p.table.Refresh()
	p.drawBig()
	done := 0
	for _, r := range p.Rows {
		if r.done {
			done++
		}
	}
	parts.Set(p.prog, progress(p.s, done, len(p.Rows)))
	if p.s.Current() == host.Screen(p) {
		p.s.DrawTools()
	}
}

// drawBig shows the line in hand in figures read from two metres; the ground says how it stands: green in full, yellow less, red none.
func (p *PickForm) drawBig() {
	s, m := p.s, kit.M()
	if p.at < 0 || p.at >= len(p.Rows) {
		words := s.Tr("请扫行条码", "scan a line")
		if len(p.Rows) == 0 {
			words = s.Tr("请扫备货单的单号", "scan a pick list")
		}
		parts.Set(p.big, kit.Pad(0, 8, container.NewStack(kit.Framed(kit.Bg, kit.Line, 1), container.NewCenter(kit.Label(words, kit.Ink2, 24, true)))))
		return
	}
	r := p.Rows[p.at]
	ground, line, ink, word := kit.Select, kit.Accent, kit.Ink, s.Tr("应拣 ", "to pick ")+r.want.Grouped()
	figure := "—"
	switch {
	case p.digits != "":
		figure, word = p.digits+"_", s.Tr("再扫“确定”", "scan Enter")
	case r.done && r.got == r.want:
		ground, line, ink, figure, word = kit.OkGround, kit.Ok, kit.Ok, r.got.Grouped(), s.Tr("拣足", "in full")
	case r.done && r.got == 0:
		ground, line, ink, figure, word = kit.NegativeGround, kit.Negative, kit.Negative, "0", s.Tr("缺货", "short")
	case r.done:
		ground, line, ink, figure, word = kit.WarnGround, kit.Warn, kit.Warn, r.got.Grouped(), s.Tr("缺 ", "short ")+(r.want-r.got).Grouped()
	}
	rec, _ := s.Book().Masters().Find(master.Products.Code, r.product)
	shelf := r.shelf
	if shelf == "" {
		shelf = s.Tr("无货位", "no shelf")
	}
	body := container.NewVBox(container.NewBorder(nil, nil, kit.Label(shelf, kit.Ink, 24, true), kit.Label(fmt.Sprintf("%d / %d", p.at+1, len(p.Rows)), kit.Ink2, m.Sub, false)),
		kit.Fitted(strings.TrimSpace(parts.NameOf(s, master.Products.Code, r.product)+" "+rec.Get("spec")), kit.Ink, m.Head, true), kit.Caption(r.product+"  "+rec.Get("barcode")),
		container.NewBorder(nil, nil, container.New(kit.Row{Gap: 8}, kit.Label(figure, ink, 40, true), kit.Label(parts.NameOf(s, master.Units.Code, r.unit), kit.Ink2, m.Head, false)), kit.Label(word, ink, 24, true)))
	parts.Set(p.big, kit.Pad(0, 6, container.NewStack(kit.Framed(ground, line, 2), kit.Pad(12, 8, body))))
}
