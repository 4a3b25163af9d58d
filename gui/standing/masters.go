package standing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
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

	ticked map[int64]bool // products that labels are wanted for
	table  *kit.Table
	find   *kit.Field
	count  *fyne.Container
}

// has are the fields of the type that the book has.
func (m *masterList) has() []slip.Field { return m.s.Book().Fields(m.typ) }

// OpenMasters opens the list of a type.
func OpenMasters(s host.Host, t *master.Type) { s.Open(&masterList{s: s, typ: t}) }

func (m *masterList) ID() string            { return "masters " + m.typ.Code }
func (m *masterList) Title() text.Text      { return m.typ.Title }
func (m *masterList) Area() string          { return "masters" }
func (m *masterList) Unsaved() bool         { return false }
func (m *masterList) Leave(done func(bool)) { done(true) }
func (m *masterList) Focus()                { kit.Focus(m.table) }
func (m *masterList) Changed()              { m.load() }
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
		c := kit.Column{Key: f.Key, Title: s.T(f.Label), Width: max(float32(f.Width), kit.Width(s.T(f.Label), kit.M().Caption, false)+26), Grow: i == len(m.has())-1}
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
		s.Hint(s.Tr("直接打字查找   Enter 打开   空格 勾选   Ctrl+P 标签   Ctrl+U 编自编码   Ctrl+N 新增   Del 删除", "type to find   Enter opens   Space ticks   Ctrl+P labels   Ctrl+U own codes   Ctrl+N new   Del deletes"))
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
	m.all = m.s.Book().Masters().List(m.typ.Code)
	m.show()
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
		if !found {
			return false
		}
	}
	return true
}

func (m *masterList) order() {
	f := m.has()[max(m.sort, -m.sort)-1]
	slices.SortStableFunc(m.shown, func(a, b *master.Record) int {
		c := compare(f, a.Get(f.Key), b.Get(f.Key))
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
	v := r.Get(f.Key)
	c := kit.Cell{Text: parts.Shown(m.s, f, v)}
	switch {
	case f.Type == slip.TypeRef && f.Ref != "gl" && f.Ref != "units":
		c.Text = parts.NameOf(m.s, f.Ref, v)
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
			m.s.Write(m.s.Tr("删除", "deleting"), func(context.Context) error { return b.DeleteMaster(r) }, func(err error) {
				if err != nil {
					m.s.Fail(err)
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
		list = append(list, host.Command{Label: text.T("新增", "New"), Key: "Ctrl+N", Icon: "plus", Primary: true, Run: func() { NewMaster(s, m.typ, "", nil) }},
			host.Command{Label: text.T("打开", "Open"), Key: "Enter", Icon: "edit", Run: func() { m.table.Step(fyne.KeyReturn) }},
			host.Command{Label: text.T("删除", "Delete"), Key: "Del", Icon: "del", Run: m.remove})
	}
	if m.typ == master.Products {
		list = append(list, host.Command{Label: text.T("库存明细", "Stock ledger"), Key: "Ctrl+L", Icon: "rep", Gap: true, Run: func() {
			if r := m.current(); r != nil {
				parts.OpenStockLedger(s, r.Code())
			}
		}}, host.Command{Label: text.T("标签", "Labels"), Key: "Ctrl+P", Icon: "print", Run: m.printLabels},
			host.Command{Label: text.T("编自编码", "Own bar codes"), Key: "Ctrl+U", Icon: "scan", Hidden: true, Run: m.ownCodes},
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
		list = append(list, host.Command{Label: text.T("导入…", "Import…"), Key: "Ctrl+I", Icon: "xls", Gap: true, Run: func() { s.Import(m.typ.Code) }})
	}
	return append(list, host.Command{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Run: func() { s.Export(m.typ.Code) }},
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

// masterForm is the one form of every type of master record.
type masterForm struct {
	s     host.Host
	typ   *master.Type
	rec   *master.Record
	dirty bool
	made  func(code string) // after a new one was saved: back to who asked for it
	from  host.Screen
	seq   int

	elsewhere *master.Record // as another program has left it since, while something is typed here
	gone      bool           // deleted elsewhere
	acting    bool           // it is being written
	notice    *fyne.Container
	page      *fyne.Container

	fields map[string]*kit.Field
	order  []string
	ring   *kit.Ring
}

var masterSeq int

// OpenMaster opens a record by its key fields (joined by \x1f).
func OpenMaster(s host.Host, t *master.Type, key string) {
	r, ok := s.Book().Masters().Find(t.Code, strings.Split(key, "\x1f")...)
	if !ok {
		s.Fail(fault.New(fault.NotFound, "没有%s %s", "there is no %s %s", t.One, key))
		return
	}
	s.Open(&masterForm{s: s, typ: t, rec: r.Clone()})
}

// NewMaster opens an empty form; made, if any, gets the code of what was saved.
func NewMaster(s host.Host, t *master.Type, name string, made func(code string)) {
	r := &master.Record{Type: t, Values: map[string]string{}}
	for _, f := range s.Book().Fields(t) {
		if f.Default != "" {
			r.Values[f.Key] = f.Default
		}
	}
	if _, ok := t.Field("name"); ok && len(t.Keys) == 0 {
		r.Values["name"] = name
		r.Values["code"] = nextCode(s, t)
	}
	masterSeq++
	s.Open(&masterForm{s: s, typ: t, rec: r, made: made, from: s.Current(), seq: masterSeq})
}

// nextCode proposes the code after the highest of the commonest pattern: letters, then digits.
func nextCode(s host.Host, t *master.Type) string {
	best, width, high := "", 0, -1
	for _, r := range s.Book().Masters().List(t.Code) {
		code := r.Code()
		head := strings.TrimRight(code, "0123456789")
		tail := code[len(head):]
		if n := 0; tail != "" && len(tail) < 10 {
			if _, err := fmt.Sscan(strings.TrimLeft(tail, "0")+"", &n); err != nil && strings.Trim(tail, "0") != "" {
				continue
			}
			if head == best && n > high || best == "" && high < 0 || head > best && width == 0 {
				best, width, high = head, len(tail), n
			}
		}
	}
	if high < 0 {
		return "0001"
	}
	return fmt.Sprintf("%s%0*d", best, width, high+1)
}

func (m *masterForm) ID() string {
	if m.rec.ID == 0 {
		return fmt.Sprintf("master %s new %d", m.typ.Code, m.seq)
	}
	return fmt.Sprintf("master %s %d", m.typ.Code, m.rec.ID)
}

func (m *masterForm) Title() text.Text {
	if m.rec.ID == 0 {
		return text.T("新增"+m.typ.One.Zh, "New "+strings.ToLower(m.typ.One.En))
	}
	n := strings.Join(keys(m.rec), " ")
	return text.T(m.typ.One.Zh+" "+n, m.typ.One.En+" "+n)
}

func (m *masterForm) Area() string  { return "masters" }
func (m *masterForm) Unsaved() bool { return m.dirty }
func (m *masterForm) Focus()        { m.ring.First() }

// Key lets F6 go to the first field.
func (m *masterForm) Key(ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyF6 {
		m.ring.First()
		return true
	}
	return false
}

// Leave asks before throwing away what is typed.
func (m *masterForm) Leave(done func(bool)) {
	if !m.dirty {
		done(true)
		return
	}
	m.s.Ask(m.s.Tr("这条资料还没保存", "This record is not saved"), nil, host.Answer{Label: text.T("留在这里", "Stay"), Run: func() { done(false) }},
		host.Answer{Label: text.T("不保存", "Do not save"), Key: fyne.KeyN, Run: func() { done(true) }},
		host.Answer{Label: text.T("保存", "Save"), Key: fyne.KeyS, Run: func() { m.save(func() { done(true) }) }})
}

// Object builds the form: the fields in two columns, in the order of the declaration.
func (m *masterForm) Object() fyne.CanvasObject {
	s := m.s
	m.fields, m.order, m.ring = map[string]*kit.Field{}, nil, &kit.Ring{}
	m.ring.After = func() { m.save(nil) }
	m.ring.Before = func() {}
	box := container.New(kit.FormGrid{Columns: []float32{460, 420}})
	for _, f := range m.s.Book().Fields(m.typ) {
		x := m.field(f)
		m.fields[f.Key] = x
		m.order = append(m.order, f.Key)
		m.ring.Add(x)
		label := s.T(f.Label)
		if m.must(f) {
			label += " *"
		}
		box.Add(kit.Labelled(label, x.Input))
	}
	title := kit.Pad(16, 8, kit.Label(s.T(m.Title()), kit.Ink, kit.M().Head, true))
	s.Hint(s.Tr("Enter 下一项   最后一项 Enter 保存   Ctrl+S 保存   Esc 返回   带 * 必填", "Enter next   on the last one it saves   Ctrl+S saves   Esc back   * must be filled in"))
	m.notice = container.NewStack()
	m.drawElsewhere()
	page := container.NewVScroll(container.NewVBox(title, kit.Pad(16, 4, container.NewHBox(kit.Fixed(900, 0, box)))))
	m.page = container.NewStack(kit.Box(kit.Paper), container.NewBorder(m.notice, nil, nil, nil, page))
	return m.page
}

// must tells whether a field must be filled in: a code need not where the program gives it.
func (m *masterForm) must(f slip.Field) bool {
	return f.Required && !(f.Key == "code" && m.rec.ID == 0 && m.s.Book().CodesItself(m.typ))
}

func (m *masterForm) field(f slip.Field) *kit.Field {
	s := m.s
	var x *kit.Field
	switch {
	case f.Type == slip.TypeRef:
		x = parts.RefField(s, s.T(f.Label), f.Ref, true, parts.Picked{})
	case f.Type == slip.TypeChoice:
		x = parts.ChoiceField(s, s.T(f.Label), func() []slip.Choice { return f.Choices })
	case f.Type == slip.TypeBool:
		x = parts.ChoiceField(s, s.T(f.Label), func() []slip.Choice { return parts.YesNo })
	default:
		x = kit.NewField(s.T(f.Label))
		x.Show = func(v string) string { return parts.Shown(s, f, v) }
		x.Parse = func(typed string) (string, error) { return parts.Read(s, f, typed) }
		if f.Type == slip.TypeDate {
			kit.DateField(x, s.Book().Today)
		}
		if f.Type == slip.TypeTime {
			kit.ClockField(x)
		}
	}
	if f.Key == "code" && !m.must(f) {
		x.Hint = s.Tr("留空自动编号", "given by the program if empty")
	}
	if f.Key == "initials" {
		x.Hint = s.Tr("留空由程序生成", "made by the program if empty")
	}
	x.SetValue(m.rec.Get(f.Key))
	x.OnCommit = func(v string) error {
		if m.must(f) && v == "" {
			return parts.MustFill(s, f)
		}
		if m.rec.Get(f.Key) != v {
			m.rec.Values[f.Key] = v
			if f.Key == "name" && m.rec.Values["initials"] == text.Initials(x.Value()) {
				m.rec.Values["initials"] = "" // made from the old name: make it anew
			}
			first := !m.dirty
			m.dirty = true
			if first {
				s.DrawTabs()
			}
		}
		return nil
	}
	x.OnRefuse = func(err error) { s.Fail(err) }
	x.OnSettle = s.Settled
	x.OnEnter = func() {
		if !x.Refused() {
			s.Calm()
		}
	}
	return x
}

// save checks and writes the record; a refusal puts the cursor at its field.
func (m *masterForm) save(then func()) {
	if !m.settled() {
		return
	}
	r, b := m.rec.Clone(), m.s.Book()
	typed := r.Clone()
	m.acting = true
	m.s.Write(m.s.Tr("保存", "saving"), func(context.Context) error { return b.SaveMaster(r) }, func(err error) {
		m.acting = false
		if err != nil {
			if !m.clashed(err) {
				m.point(err)
			}
			return
		}
		fresh := m.rec.ID == 0
		m.take(r.Clone())
		m.s.Refresh()
		m.s.Say(kit.Hint, m.s.Tr("已保存 %s %s", "saved %s %s", strings.Join(keys(r), " "), r.Get("name")))
		if others := m.othersIn(typed, r); !fresh && others != "" { // different fields both stand, and never silently
			m.s.Say(kit.Warning, m.s.Tr("已保存；他人的修改也在：%s", "saved, with what another changed: %s", others))
		}
		switch {
		case then != nil:
			then()
		case fresh && m.made != nil:
			m.backTo()
		}
	})
}

// backTo returns to the screen that asked for a new record, and gives it the code.
func (m *masterForm) backTo() {
	made, code, from := m.made, m.rec.Code(), m.from
	m.made = nil
	m.s.CloseTab()
	if m.s.GoTo(from) {
		made(code)
	}
}

// settled takes what is still being typed; false: it is refused and stands.
func (m *masterForm) settled() bool {
	for _, x := range m.fields {
		if x.Focused() && !x.Commit() {
			return false
		}
	}
	return true
}

func (m *masterForm) point(err error) {
	m.s.Fail(err)
	if list := fault.Of(err); len(list) > 0 {
		if x := m.fields[list[0].Field]; x != nil {
			x.Refuse(true)
			kit.Focus(x.Input)
		}
	}
}

// Commands are what can be done with the record.
func (m *masterForm) Commands() []host.Command {
	return []host.Command{
		{Label: text.T("并入别处的修改", "Merge what changed elsewhere"), Key: "F2", Icon: "undo", Hidden: true, Off: m.elsewhere == nil, Run: m.mergeElsewhere},
		{Label: text.T("保存", "Save"), Key: "Ctrl+S", Icon: "save", Primary: true, Run: func() { m.save(nil) }},
		{Label: text.T("新增", "New"), Key: "Ctrl+N", Icon: "plus", Run: func() { NewMaster(m.s, m.typ, "", nil) }},
		{Label: text.T("复制", "Copy"), Key: "Ctrl+K", Icon: "copy", Off: m.rec.ID == 0, Run: m.copy},
		{Label: text.T("列表", "List"), Icon: "cols", Run: func() { OpenMasters(m.s, m.typ) }},
	}
}

// copy opens a new record with the same values under the next code.
func (m *masterForm) copy() {
	NewMaster(m.s, m.typ, "", nil)
	if f, ok := m.s.Current().(*masterForm); ok && f.rec.ID == 0 {
		for k, v := range m.rec.Values {
			if k != "code" && k != "barcode" {
				f.rec.Values[k] = v
			}
		}
		for k, x := range f.fields {
			x.SetValue(f.rec.Get(k))
		}
	}
}

// masterHub is the door to all master lists.
type masterHub struct {
	s     host.Host
	table *kit.Table
}

// OpenMasterHub opens the list of the lists.
func OpenMasterHub(s host.Host) { s.Open(&masterHub{s: s}) }

func (m *masterHub) ID() string            { return "masters" }
func (m *masterHub) Title() text.Text      { return text.T("资料", "Masters") }
func (m *masterHub) Area() string          { return "masters" }
func (m *masterHub) Unsaved() bool         { return false }
func (m *masterHub) Leave(done func(bool)) { done(true) }
func (m *masterHub) Focus()                { kit.Focus(m.table) }
func (m *masterHub) Changed()              { m.table.Refresh() }

func (m *masterHub) Key(*fyne.KeyEvent) bool { return false }

// Commands are what can be done from here.
func (m *masterHub) Commands() []host.Command {
	return []host.Command{
		{Label: text.T("打开", "Open"), Key: "Enter", Icon: "data", Primary: true, Run: func() { m.table.Step(fyne.KeyReturn) }},
		{Label: text.T("新增", "New"), Key: "Ctrl+N", Icon: "plus", Run: func() {
			if t := m.s.Book().Types()[m.table.Row()]; t != master.GL {
				NewMaster(m.s, t, "", nil)
			}
		}},
		{Label: text.T("导入…", "Import…"), Key: "Ctrl+I", Icon: "xls", Run: func() { m.s.Import(m.s.Book().Types()[m.table.Row()].Code) }},
		{Label: text.T("导出 Excel", "Excel"), Key: "Ctrl+E", Icon: "xls", Run: func() { m.s.Export(m.s.Book().Types()[m.table.Row()].Code) }},
	}
}

// Object builds the hub.
func (m *masterHub) Object() fyne.CanvasObject {
	s := m.s
	t := kit.NewTable()
	t.Columns = []kit.Column{{Title: "#", Width: 40, Align: fyne.TextAlignCenter}, {Title: s.Tr("资料", "Masters"), Width: 240}, {Title: s.Tr("条数", "Records"), Width: 100, Align: fyne.TextAlignTrailing}, {Title: s.Tr("内容", "What is kept"), Width: 400, Grow: true}}
	t.Length = func() int { return len(m.s.Book().Types()) }
	t.CellAt = func(row, col int) kit.Cell {
		typ := m.s.Book().Types()[row]
		switch col {
		case 0:
			return kit.Cell{Text: fmt.Sprint(row + 1), Shade: kit.Ink3}
		case 1:
			return kit.Cell{Text: s.T(typ.Title), Link: true, Icon: "data", Shade: kit.Accent}
		case 2:
			return kit.Cell{Text: fmt.Sprint(len(s.Book().Masters().List(typ.Code)))}
		}
		var names []string
		for _, f := range s.Book().Fields(typ) {
			names = append(names, s.T(f.Label))
		}
		return kit.Cell{Text: strings.Join(names[:min(len(names), 12)], s.Tr("、", ", ")), Shade: kit.Ink2}
	}
	t.OnOpen = func(row, _ int) { OpenMasters(s, m.s.Book().Types()[row]) }
	t.OnRune = func(r rune) bool {
		if n := int(r - '1'); n >= 0 && n < len(m.s.Book().Types()) && r <= '9' {
			OpenMasters(s, m.s.Book().Types()[n])
			return true
		}
		return false
	}
	m.table = t
	return t
}
