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
	want, got                             num.Quantity
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
	return slices.ContainsFunc(print.Ways(k), func(w print.Way) bool { return w.As == print.AsPickList })
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
func (p *PickForm) Focus()                  { kit.Focus(p.field.Input) }
func (p *PickForm) Key(*fyne.KeyEvent) bool { return false }
func (p *PickForm) Changed()                {}

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
	add := func(zh, en string, w float32, right bool) {
		t.Columns = append(t.Columns, parts.TableColumn(s, zh, en, w, right))
	}
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
			q, err := workflow.Pickable(d, l)
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
				p, _ := b.Masters().Find("products", l.Product)
				r := &pickRow{product: l.Product, unit: l.Unit, shelf: p.Get("shelf"), warehouse: d.At(l)}
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

// receiver is who the goods of a slip go to.
func receiver(s host.Host, k *slip.Kind, d *slip.Doc) string {
	switch {
	case d.Party != "":
		return parts.NameOf(s, string(k.RoleOf(d)), d.Party)
	case d.ToWarehouse != "":
		return parts.NameOf(s, "warehouses", d.ToWarehouse)
	}
	return d.Number
}

// take reads what was scanned or typed.
func (p *PickForm) take(code string) {
	p.field.SetValue("")
	defer func() {
		if p.s.Current() == host.Screen(p) && p.s.Layer().Modal() == nil {
			kit.Focus(p.field.Input)
		}
	}()
	upper := strings.ToUpper(code)
	switch {
	case upper == "":
	case len(upper) == 2 && upper[0] == '=' && upper[1] >= '0' && upper[1] <= '9':
		p.digit(upper[1:])
	case upper == "=S":
		p.short()
	case upper == "=E":
		p.confirm()
	case p.line(upper) >= 0:
		p.pick(p.line(upper), true)
	case len(p.Rows) == 0 || !p.Unsaved() && p.isList(upper):
		p.open(upper)
	case p.scanned(code):
	case len(code) <= 7 && !strings.ContainsFunc(code, func(r rune) bool { return (r < '0' || r > '9') && r != '.' }) && p.row() >= 0:
		p.at = p.row()
		p.quantity(code)
	default:
		p.s.Say(kit.Refusal, p.s.Tr("“%s”不在这张备货单上", "%q is not on this list", code))
		p.show()
	}
}

// line is the row of a line code, -1 for none.
func (p *PickForm) line(code string) int {
	return slices.IndexFunc(p.Rows, func(r *pickRow) bool { return r.code != "" && r.code == code })
}

// scanned picks a row of the product that a code or bar code means; where several of the list's products answer to it, it asks.
func (p *PickForm) scanned(code string) bool {
	var here []*master.Product
	for _, r := range p.s.Book().Masters().Scanned(code) {
		if p.product(r.Code()) >= 0 {
			here = append(here, r)
		}
	}
	switch len(here) {
	case 0:
		return false
	case 1:
		p.pick(p.product(here[0].Code()), true)
		return true
	}
	return parts.Which(p.s, code, func(r *master.Product) {
		if at := p.product(r.Code()); at >= 0 {
			p.pick(at, true)
			return
		}
		p.s.Say(kit.Refusal, p.s.Tr("“%s”不在这张备货单上", "%q is not on this list", r.Code()))
	})
}

// product is the row of a product: the first one not picked yet.
func (p *PickForm) product(code string) int {
	if i := slices.IndexFunc(p.Rows, func(x *pickRow) bool { return x.product == code && !x.done }); i >= 0 {
		return i
	}
	return slices.IndexFunc(p.Rows, func(x *pickRow) bool { return x.product == code })
}

// isList tells whether a code looks like that of another list.
func (p *PickForm) isList(code string) bool { return strings.Count(code, "-") == 2 }

// open finds the list a code belongs to: a merged list, a slip, or a line of one.
func (p *PickForm) open(code string) {
	b, s := p.s.Book(), p.s
	type found struct {
		warehouse string
		numbers   []string
		line      string
	}
	host.Read(s, s.Tr("找备货单", "looking for the list"), func() (f found, err error) {
		if f.warehouse, f.numbers, err = b.Walk(code); err != nil || len(f.numbers) > 0 {
			return f, err
		}
		for _, n := range slipOf(code) {
			if d, err := b.Load(n); err == nil {
				f.numbers = []string{d.Number}
				if d.Number != code {
					f.line = code
				}
				return f, nil
			}
		}
		return f, fault.New(fault.NotFound, "没有备货单“%s”", "there is no pick list %q", code)
	}, func(f found) {
		list := f.numbers[0]
		if len(f.numbers) > 1 {
			list = code
		}
		p.load(list, f.warehouse, f.numbers, f.line)
	})
}

// slipOf are the slips a code may mean: its own number, or that of the slip whose line it names.
func slipOf(code string) []string {
	list := []string{code}
	head := strings.TrimRight(code, "0123456789")
	digits := code[len(head):]
	for _, lines := range []int{2, 3} {
		if n := len(digits) - 4 - lines; head != "" && n >= 4 {
			list = append(list, fmt.Sprintf("%s-20%s-%s", head, digits[:4], digits[4:4+n]))
		}
	}
	return list
}

// row is the line in hand, else the first one that is open; -1 for none.
func (p *PickForm) row() int {
	if p.at >= 0 && p.at < len(p.Rows) {
		return p.at
	}
	return slices.IndexFunc(p.Rows, func(r *pickRow) bool { return !r.done })
}

func (p *PickForm) move(key fyne.KeyName) {
	if len(p.Rows) == 0 {
		return
	}
	if p.digits = ""; p.at < 0 {
		p.at = max(0, p.row())
	} else if key == fyne.KeyUp {
		p.at = max(0, p.at-1)
	} else {
		p.at = min(len(p.Rows)-1, p.at+1)
	}
	p.show()
}

// pick takes a line in hand, and all it asks for.
func (p *PickForm) pick(row int, full bool) {
	if row < 0 || row >= len(p.Rows) {
		return
	}
	p.at, p.digits = row, ""
	if full {
		p.put(p.Rows[row].want)
	}
}

// put notes what was picked of the line in hand.
func (p *PickForm) put(q num.Quantity) {
	r := p.Rows[p.at]
	p.undone = append(p.undone, pickUndo{p.at, r.got, r.done})
	r.got, r.done, p.asked, p.digits = q, true, false, ""
	p.s.Calm()
	p.show()
	p.s.DrawTabs()
}

// digit is one more figure of another quantity for the line in hand.
func (p *PickForm) digit(d string) {
	if p.at < 0 {
		p.s.Say(kit.Refusal, p.s.Tr("请先扫行条码", "scan a line first"))
		return
	}
	if len(p.digits) < 7 {
		p.digits += d
	}
	p.s.Calm()
	p.show()
}

// quantity puts a typed quantity on the line in hand; more than is asked for is refused.
func (p *PickForm) quantity(typed string) {
	r := p.Rows[p.at]
	q, err := num.ParseQuantity(typed)
	switch {
	case err != nil:
		p.s.Fail(fault.New(fault.Invalid, "“%s”不是数量", "%q is no quantity", typed))
	case q > r.want:
		p.s.Say(kit.Refusal, p.s.Tr("只要 %s，不能拣 %s", "only %s are wanted, not %s", r.want.Grouped(), q.Grouped()))
	default:
		p.put(q)
		return
	}
	p.digits = ""
	p.show()
}

// short: there is none of the line in hand.
func (p *PickForm) short() {
	if p.at = p.row(); p.at < 0 {
		p.s.Say(kit.Refusal, p.s.Tr("请先扫行条码", "scan a line first"))
		return
	}
	p.put(0)
}

// confirm takes the digits; without any the list is done.
func (p *PickForm) confirm() {
	if p.digits != "" {
		p.quantity(p.digits)
		return
	}
	p.confirmAll()
}

// confirmAll finishes the list; lines nobody scanned are asked about once.
func (p *PickForm) confirmAll() {
	if len(p.Rows) == 0 {
		return
	}
	open := 0
	for _, r := range p.Rows {
		if !r.done {
			open++
		}
	}
	if open > 0 && !p.asked {
		p.asked = true
		p.s.Say(kit.Warning, p.s.Tr("还有 %d 行没拣：再扫一次“确定”（或 F9）按缺货处理。", "%d lines are not picked: scan Enter (or F9) once more and they count as short.", open))
		return
	}
	p.finish()
}

func (p *PickForm) undo() {
	if len(p.undone) == 0 {
		return
	}
	u := p.undone[len(p.undone)-1]
	p.undone = p.undone[:len(p.undone)-1]
	p.Rows[u.row].got, p.Rows[u.row].done = u.got, u.done
	p.at, p.digits, p.asked = u.row, "", false
	p.show()
}

// shares gives what was picked of a row to its slips, in the order they were named.
func (r *pickRow) shares() []num.Quantity {
	left := r.got
	out := make([]num.Quantity, len(r.parts))
	for i, part := range r.parts {
		out[i] = min(left, part.want)
		left -= out[i]
	}
	return out
}

// finish writes what was picked onto the slips.
func (p *PickForm) finish() {
	var list []workflow.Picked
	for _, n := range p.numbers {
		list = append(list, workflow.Picked{Number: n, Lines: map[int]num.Quantity{}})
	}
	short := 0
	for _, r := range p.Rows {
		for i, q := range r.shares() {
			at := slices.Index(p.numbers, r.parts[i].number)
			list[at].Lines[r.parts[i].line] = q
		}
		if r.got < r.want {
			short++
		}
	}
	list = slices.DeleteFunc(list, func(x workflow.Picked) bool { // nothing of it lies in this warehouse, or was found at all
		for _, q := range x.Lines {
			if q != 0 {
				return false
			}
		}
		return len(p.numbers) > 1
	})
	b, s := p.s.Book(), p.s
	var made []string
	s.Write(s.Tr("记下实拣数", "noting what was picked"), func() (err error) {
		made, err = b.Pick(list)
		return err
	}, func(err error) {
		if err != nil {
			s.Fail(err)
			return
		}
		p.done(made, short)
	})
}

// done says what came of it, and waits for the next list or goes to the slip.
func (p *PickForm) done(made []string, short int) {
	s := p.s
	words := s.Tr("拣完，已写入 %s", "picked; noted on %s", strings.Join(made, " "))
	if short > 0 {
		words += s.Tr("，%d 行缺货", ", %d lines short", short)
	}
	p.Rows, p.at, p.undone, p.numbers, p.List, p.asked = nil, -1, nil, nil, "", false
	if len(made) == 0 {
		words = s.Tr("一件也没拣到，单据没有改动", "nothing was picked; the slips are as they were")
	}
	if !p.roving {
		s.CloseTab()
		if len(made) == 1 {
			s.OpenSlip(made[0])
		}
		s.Say(kit.Hint, words)
		return
	}
	p.show()
	s.Refresh()
	offer := []kit.Offer{}
	if len(made) > 0 {
		offer = append(offer, kit.Offer{Key: fyne.KeyF2, Label: s.Tr("打开单据", "open it"), Run: func() { s.OpenSlip(made[0]) }})
	}
	s.Say(kit.Warning, words, offer...)
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
		rec, _ := p.s.Book().Masters().Find("products", r.product)
		text := strings.TrimSpace(parts.NameOf(p.s, "products", r.product) + " " + rec.Get("spec"))
		if len(r.lots) > 0 {
			text += " [" + strings.Join(r.lots, " ") + "]"
		}
		return kit.Cell{Text: text}
	case 4:
		return kit.Cell{Text: p.sharing(r), Shade: kit.Ink2}
	case 5:
		return kit.Cell{Text: parts.NameOf(p.s, "units", r.unit)}
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
	rec, _ := s.Book().Masters().Find("products", r.product)
	shelf := r.shelf
	if shelf == "" {
		shelf = s.Tr("无货位", "no shelf")
	}
	body := container.NewVBox(container.NewBorder(nil, nil, kit.Label(shelf, kit.Ink, 24, true), kit.Label(fmt.Sprintf("%d / %d", p.at+1, len(p.Rows)), kit.Ink2, m.Sub, false)),
		kit.Fitted(strings.TrimSpace(parts.NameOf(s, "products", r.product)+" "+rec.Get("spec")), kit.Ink, m.Head, true), kit.Caption(r.product+"  "+rec.Get("barcode")),
		container.NewBorder(nil, nil, container.New(kit.Row{Gap: 8}, kit.Label(figure, ink, 40, true), kit.Label(parts.NameOf(s, "units", r.unit), kit.Ink2, m.Head, false)), kit.Label(word, ink, 24, true)))
	parts.Set(p.big, kit.Pad(0, 6, container.NewStack(kit.Framed(ground, line, 2), kit.Pad(12, 8, body))))
}
