package standing

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/reports"
)

// masterList is the one list of every type of master record.
type masterList struct {
	s     host.Host
	typ   *master.Type
	all   []*master.Record
	shown []*master.Record
	sort  int // column, from 1; negative falling
	words string
	off   bool // inactive ones too

	stands inquiry.Stands // of products: what there is of them

	ticked map[int64]bool // products that labels are wanted for
	table  *kit.Table
	find   *kit.Field
	count  *fyne.Container
}

// stockColumn is what there is of a product, which no record holds.
var stockColumn = slip.Field{Key: "\x00stock", Label: text.T("现存", "Stock"), Type: slip.TypeQuantity, ReadOnly: true, Width: 76}

// has are the columns: the fields of the type that the book has, and of products behind the unit what there is.
func (m *masterList) has() []slip.Field {
	list := m.s.Book().Fields(m.typ)
	if at := slices.IndexFunc(list, func(f slip.Field) bool { return f.Key == "unit" }); m.typ == master.Products && at >= 0 {
		return slices.Insert(slices.Clone(list), at+1, stockColumn)
	}
	return list
}

// value is what a record has in a column.
func (m *masterList) value(r *master.Record, f slip.Field) string {
	if f.Key != stockColumn.Key {
		return r.Get(f.Key)
	}
	if p, ok := m.s.Book().Masters().Product(r.Code()); !ok || p.Service {
		return ""
	}
	return m.stands.At(r.ID, 0).OnHand.String()
}

// OpenMasters opens the list of a type.
func OpenMasters(s host.Host, t *master.Type) { s.Open(&masterList{s: s, typ: t}) }

func (m *masterList) ID() string { return "masters " + m.typ.Code }

func (m *masterList) Title() text.Text { return m.typ.Title }

func (m *masterList) Area() string { return "masters" }

func (m *masterList) Unsaved() bool { return false }

func (m *masterList) Leave(done func(bool)) { done(true) }

func (m *masterList) Focus() { kit.Focus(m.table) }

func (m *masterList) Changed() { m.load() }

func (m *masterList) Key(ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyDelete && m.changeable() {
		m.remove()
		return true
	}
	return false
}

// changeable: the chart of accounts is given by the standard.
func (m *masterList) changeable() bool { return m.typ != master.GL }

// Object builds the list.
func (m *masterList) Object() fyne.CanvasObject {
	s := m.s
	t := kit.NewTable()
	for i, f := range m.has() {
		title := s.T(f.Label)
		if m.typ.PricesKept(f) {
			title = parts.WithTax(s, title, s.Book().Settings().InclTax)
		}
		c := kit.Column{Key: f.Key, Title: title, Width: max(float32(f.Width), kit.Width(title, kit.M().Caption, false)+26), Grow: i == len(m.has())-1}
		if f.Numeric() {
			c.Align = fyne.TextAlignTrailing
		}
		t.Columns = append(t.Columns, c)
	}
	t.Frozen = min(2, len(t.Columns))
	t.Length = func() int { return len(m.shown) }
	t.CellAt = m.cell
	t.Lit = func(row int) bool { return m.ticked[m.shown[row].ID] }
	t.Foot = func() [][]kit.Cell { return [][]kit.Cell{m.foot()} }
	t.Empty = s.Tr("还没有%s，Ctrl+N 新增，或从文件导入", "no %s yet; Ctrl+N makes one, or import a file", m.typ.One)
	t.OnOpen = func(row, _ int) { m.open(m.shown[row]) }
	t.OnHead = func(col int) {
		if m.sort == col+1 {
			m.sort = -m.sort
		} else {
			m.sort = col + 1
		}
		m.show()
	}
	t.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyTab {
			kit.Focus(m.find.Input)
			return true
		}
		return false
	}
	t.OnRune = func(r rune) bool { // letters look for records at once
		if r == ' ' && m.labelled() {
			m.tick()
			return true
		}
		m.find.SetText(m.find.Text() + string(r))
		kit.Focus(m.find.Input)
		m.find.Caret()
		m.look(m.find.Text())
		return true
	}
	s.Widths("masters/"+m.typ.Code, t)
	m.table = t
	m.find = kit.NewField("")
	m.find.SetValue(m.words)
	m.find.Hint, m.find.Mark = s.Tr("编码、名称、助记码…", "code, name, initials…"), "Ctrl+F"
	m.find.Input.OnChanged = m.look
	m.find.OnWalk = func(kit.Way) { kit.Focus(m.table) }
	off := kit.NewCheck(s.Tr("含停用", "inactive too"), m.off, func(on bool) { m.off = on; m.show() })
	off.OnWalk = func(kit.Way) { kit.Focus(m.table) }
	m.count = container.NewStack()
	row := container.New(kit.Row{Gap: 8}, kit.Caption(s.Tr("查找", "Find")), kit.Fixed(260, kit.M().Box, m.find.Input))
	if _, ok := m.typ.Field("active"); ok {
		row.Add(off)
	}
	bar := container.NewStack(kit.Box(kit.Paper), container.NewBorder(nil, kit.HLine(kit.Hair), nil, nil, kit.Fixed(0, 35, kit.Pad(10, 0, container.NewBorder(nil, nil, nil, m.count, row)))))
	m.load()
	if m.labelled() {
		s.Hint(s.Tr("直接打字查找   Enter 打开   空格 勾选   Ctrl+P 标签   Ctrl+Shift+U 编店内条码   Ctrl+N 新增   Del 删除", "type to find   Enter opens   Space ticks   Ctrl+P labels   Ctrl+Shift+U own codes   Ctrl+N new   Del deletes"))
	} else if m.changeable() {
		s.Hint(s.Tr("直接打字查找   Enter 打开   Ctrl+N 新增   Del 删除", "type to find   Enter opens   Ctrl+N new   Del deletes"))
	} else {
		s.Hint(s.Tr("直接打字查找   由程序维护，只供查看", "type to find   kept by the program, to be read only"))
	}
	return container.NewBorder(bar, nil, nil, nil, t)
}

func (m *masterList) look(words string) {
	m.words = words
	m.show()
}

func (m *masterList) load() {
	b := m.s.Book()
	m.all = b.Masters().List(m.typ.Code)
	m.show()
	if m.typ != master.Products {
		return
	}
	host.Read(m.s, m.s.Tr("现存量", "stock"), func() (inquiry.Stands, error) { return b.Stands(nil, 0) }, func(all inquiry.Stands) {
		m.stands = all
		m.show()
	})
}

// show filters and sorts what is loaded.
func (m *masterList) show() {
	words := strings.Fields(strings.ToLower(m.words))
	m.shown = m.shown[:0:0]
	for _, r := range m.all {
		if (m.off || r.Active()) && m.fits(r, words) {
			m.shown = append(m.shown, r)
		}
	}
	if m.sort != 0 {
		m.order()
	}
	for i := range m.table.Columns {
		m.table.Columns[i].Sort = 0
		if i == max(m.sort, -m.sort)-1 {
			m.table.Columns[i].Sort = map[bool]int{true: 1, false: -1}[m.sort > 0]
		}
	}
	m.drawCount()
	m.table.Go(m.table.Row(), 0)
}

func (m *masterList) fits(r *master.Record, words []string) bool {
	for _, w := range words {
		found := false
		for _, f := range m.has() {
			if f.Numeric() {
				continue
			}
			v := r.Get(f.Key)
			if f.Type == slip.TypeRef {
				v += " " + parts.NameOf(m.s, f.Ref, v)
			}
			if strings.Contains(strings.ToLower(v), w) {
				found = true
				break
			}
		}
		if _, _, ok := text.Spells(parts.Name(m.s, r), w); ok {
			found = true
		}
		if !found {
			return false
		}
	}
	return true
}

func (m *masterList) order() {
	f := m.has()[max(m.sort, -m.sort)-1]
	slices.SortStableFunc(m.shown, func(a, b *master.Record) int {
		c := compare(f, m.value(a, f), m.value(b, f))
		if m.sort < 0 {
			return -c
		}
		return c
	})
}

// compare orders canonical texts: figures by size, all else by letters.
func compare(f slip.Field, a, b string) int {
	if f.Numeric() {
		na, nb := parts.Scaled(a), parts.Scaled(b)
		switch {
		case na < nb:
			return -1
		case na > nb:
			return 1
		}
		return 0
	}
	return strings.Compare(a, b)
}

func (m *masterList) cell(row, col int) kit.Cell {
	r, f := m.shown[row], m.has()[col]
	v := m.value(r, f)
	c := kit.Cell{Text: parts.Shown(m.s, f, v)}
	switch {
	case f.Key == stockColumn.Key && m.stands.At(r.ID, 0).OnHand < 0:
		c.Shade = kit.Negative
	case f.Key == "tax_rate" && v == "" && m.typ == master.Products: // the book's, as slips take it
		c.Text, c.Shade = parts.Shown(m.s, f, m.s.Book().Settings().VAT.String()), kit.Ink3
	case f.Type == slip.TypeRef && f.Ref == master.GL.Code: // accounts are known by their codes
		if name := parts.NameOf(m.s, f.Ref, v); name != v {
			c.Text = v + " " + name
		}
	case f.Type == slip.TypeRef:
		c.Text = parts.NameOf(m.s, f.Ref, v)
	case m.typ.PricesKept(f):
		c.Text = parts.PriceOf(m.s, r, c.Text)
	case f.Key == "active":
		c = kit.Cell{Text: m.s.Tr("在用", "active"), Mark: kit.MarkDone}
		if !r.Active() {
			c = kit.Cell{Text: m.s.Tr("停用", "inactive"), Mark: kit.MarkVoid}
		}
	case col == 0:
		c.Link = true
	}
	if !r.Active() && c.Mark == kit.NoMark {
		c.Shade = kit.Ink3
	}
	return c
}

func (m *masterList) foot() []kit.Cell {
	cells := make([]kit.Cell, len(m.has()))
	cells[0].Text = m.s.Tr("合计", "Total")
	if len(cells) > 1 {
		cells[1].Text = m.s.Tr("%d 个", "%d", len(m.shown))
	}
	for i, f := range m.has() {
		if f.Type != slip.TypeAmount || f.Key == "credit_limit" {
			continue
		}
		rows := make([][]string, len(m.shown))
		for j, r := range m.shown {
			rows[j] = []string{r.Get(f.Key)}
		}
		cells[i].Text = parts.Shown(m.s, f, parts.Sums([]parts.Column{{Type: f.Type, Total: true}}, rows)[0])
	}
	return cells
}

func (m *masterList) open(r *master.Record) {
	if m.changeable() {
		OpenMaster(m.s, m.typ, strings.Join(keys(r), "\x1f"))
	}
}

func keys(r *master.Record) []string {
	var list []string
	for _, k := range r.Type.KeyFields() {
		list = append(list, r.Get(k))
	}
	return list
}

func (m *masterList) current() *master.Record {
	if m.table.Row() < len(m.shown) {
		return m.shown[m.table.Row()]
	}
	return nil
}

// remove deletes a record that nothing refers to.
func (m *masterList) remove() {
	r := m.current()
	if r == nil {
		return
	}
	what := strings.Join(keys(r), " ") + " " + r.Get("name")
	m.s.Ask(m.s.Tr("删除%s %s？", "Delete %s %s?", m.typ.One, what), []string{m.s.Tr("用过的资料不能删除，只能停用。", "A record in use cannot be deleted, only made inactive.")},
		host.Answer{Label: text.T("不删除", "Cancel")}, host.Answer{Label: text.T("删除", "Delete"), Key: fyne.KeyY, Run: func() {
			b := m.s.Book()
			m.s.Write(m.s.Tr("删除", "deleting"), func() error { return b.DeleteMaster(r) }, func(err error) {
				if err != nil { // what is in use is made inactive in its form
					m.s.Fail(err, kit.Offer{Key: fyne.KeyF2, Label: m.s.Tr("打开它，可停用", "open it, to make it inactive"), Run: func() { m.open(r) }})
					return
				}
				m.load()
				m.s.Say(kit.Hint, m.s.Tr("已删除 %s", "deleted %s", what))
			})
		}})
}

// Commands are what can be done from the list.
func (m *masterList) Commands() []host.Command {
	s := m.s
	list := []host.Command{}
	if m.changeable() {
		list = append(list, host.Command{Label: text.T("新增", "New"), Key: "Ctrl+N", Icon: "plus", Primary: true, Run: func() { NewMaster(s, m.typ, "", nil) }, Needs: host.Needs(m.typ.Code, "enter")},
			host.Command{Label: text.T("打开", "Open"), Key: "Enter", Icon: "edit", Run: func() { m.table.Step(fyne.KeyReturn) }},
			host.Command{Label: text.T("删除", "Delete"), Key: "Del", Icon: "del", Run: m.remove, Needs: host.Needs(m.typ.Code, "delete")})
	}
	if m.typ == master.Products {
		list = append(list, host.Command{Label: text.T("库存明细", "Stock ledger"), Key: "Ctrl+L", Icon: "rep", Gap: true, Run: func() {
			if r := m.current(); r != nil {
				parts.OpenStockLedger(s, r.Code())
			}
		}}, host.Command{Label: text.T("标签", "Labels"), Key: "Ctrl+P", Icon: "print", Run: m.printLabels},
			host.Command{Label: text.T("编店内条码", "Own bar codes"), Key: "Ctrl+Shift+U", Icon: "scan", Hidden: true, Run: m.ownCodes, Needs: host.Needs(m.typ.Code, "enter")},
			host.Command{Label: text.T("全选", "Tick all"), Key: "Ctrl+A", Hidden: true, Run: m.tickAll})
	}
	if m.typ == master.Products {
		list = append(list, host.Command{Label: text.T("现存量", "Stock"), Key: "Ctrl+J", Icon: "wh", Run: func() { m.openReport("stock-on-hand", "code") }})
	}
	if m.typ == master.Products || m.typ == master.Boms {
		list = append(list, host.Command{Label: text.T("物料树", "BOM tree"), Key: "Ctrl+T", Icon: "flow", Run: func() { m.openReport("bom-cost", "product") }},
			host.Command{Label: text.T("用在哪", "Where used"), Key: "Ctrl+U", Icon: "find", Run: func() { m.openReport("where-used", "component") }})
	}
	if m.changeable() {
		list = append(list, host.Command{Label: text.T("导入…", "Import…"), Key: "Ctrl+I", Icon: "xls", Gap: true, Run: func() { s.Import(m.typ.Code) }, Needs: host.Needs(m.typ.Code, "enter")})
	}
	return append(list, host.Command{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Run: func() { s.Export(m.typ.Code) }, Needs: host.Needs(m.typ.Code, "export")},
		host.Command{Label: text.T("查找", "Find"), Key: "Ctrl+F", Icon: "find", Hidden: true, Run: func() { kit.Focus(m.find.Input) }})
}

// openReport shows a report on the product of the record under the cursor: a product itself, or the one that a field names.
func (m *masterList) openReport(name, field string) {
	r, rec := m.current(), (*reports.Report)(nil)
	if rec, _ = reports.ByName(name); r == nil || rec == nil {
		return
	}
	product := r.Code()
	if m.typ != master.Products {
		product = r.Get(field)
	}
	m.s.OpenReport(rec, reports.Params{Product: product})
}
