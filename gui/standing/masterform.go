package standing

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/desk"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

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
	held      *parts.Held    // who else types in it
	mine      bool           // taken over from somebody
	acting    bool           // it is being written
	key       string         // of the press of a key whose answer is not known yet; "": none
	notice    *fyne.Container
	page      *fyne.Container
	title     *canvas.Text

	fields map[string]*kit.Field
	order  []string
	ring   *kit.Ring
	box    *fyne.Container
	at     string                       // the field the cursor begins in; "": the first
	more   bool                         // the fields that few shops need too
	prices map[string]fyne.CanvasObject // the labelled boxes of prices that hold the tax or not
}

var masterSeq int

// OpenMaster opens a record by its key fields (joined by \x1f).
func OpenMaster(s host.Host, t *master.Type, key string) { OpenMasterAt(s, t, key, "") }

// OpenMasterAt opens a record with the cursor in a field, which comes into sight if it is put away; "": in the first.
func OpenMasterAt(s host.Host, t *master.Type, key, field string) {
	r, ok := s.Book().Masters().Find(t.Code, strings.Split(key, "\x1f")...)
	if !ok {
		s.Fail(fault.New(fault.NotFound, "没有%s %s", "there is no %s %s", t.One, key))
		return
	}
	m := &masterForm{s: s, typ: t, rec: r.Clone(), at: field}
	m.more = field != "" && !slices.ContainsFunc(m.inSight(), func(f slip.Field) bool { return f.Key == field })
	s.Open(m)
}

// NewMaster opens an empty form; made, if any, gets the code of what was saved.
func NewMaster(s host.Host, t *master.Type, name string, made func(code string)) {
	if s.Book().Looking() { // nothing is begun that could not be saved
		s.Fail(workflow.ErrLooking)
		return
	}
	r := &master.Record{Type: t, Values: map[string]string{}}
	for _, f := range s.Book().Fields(t) {
		if f.Default != "" {
			r.Values[f.Key] = f.Default
		}
	}
	if t == master.Products {
		r.Values["tax_rate"] = s.Book().Settings().VAT.String()
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

func (m *masterForm) Area() string { return "masters" }

func (m *masterForm) Unsaved() bool { return m.dirty }

func (m *masterForm) Focus() {
	if x := m.fields[m.at]; x != nil {
		kit.Focus(x.Input)
		return
	}
	m.ring.First()
}

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
	m.fields, m.order, m.ring, m.prices = map[string]*kit.Field{}, nil, &kit.Ring{}, map[string]fyne.CanvasObject{}
	m.ring.After = func() {
		if !m.held.Reads() {
			m.save(nil)
		}
	}
	m.ring.Before = func() {}
	box := container.New(kit.FormGrid{Columns: []float32{460, 420}})
	m.box = box
	for _, f := range m.inSight() {
		x := m.field(f)
		m.fields[f.Key] = x
		m.order = append(m.order, f.Key)
		m.ring.Add(x)
		o := kit.Labelled(m.label(f), x.Input)
		if box.Add(o); m.typ.PricesKept(f) {
			m.prices[f.Key] = o
		}
	}
	m.title = kit.Label(s.T(m.Title()), kit.Ink, kit.M().Head, true)
	title := kit.Pad(16, 8, m.title)
	s.Hint(s.Tr("Enter 下一项   最后一项 Enter 保存   Ctrl+S 保存   Esc 返回   带 * 必填", "Enter next   on the last one it saves   Ctrl+S saves   Esc back   * must be filled in"))
	m.notice = container.NewStack()
	m.drawElsewhere()
	page := container.NewVScroll(container.NewVBox(title, kit.Pad(16, 4, container.NewHBox(kit.Fixed(900, 0, box)))))
	m.page = container.NewStack(kit.Box(kit.Paper), container.NewBorder(m.notice, nil, nil, nil, page))
	return m.page
}

// first are the fields a shop fills in, by type; the others stand behind one key. Types that are not named show all.
var first = map[string][]string{
	master.Products.Code: {"code", "name", "initials", "spec", "category", "unit", "barcode", "purchase_price", "sales_price", "tax_rate", "min_stock", "supplier", "remark", "active"},
}

// inSight are the fields of the form now: those that come first and those that are filled in, or all.
func (m *masterForm) inSight() []slip.Field {
	all := m.s.Book().Fields(m.typ)
	if m.more || first[m.typ.Code] == nil {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(f slip.Field) bool {
		return !slices.Contains(first[m.typ.Code], f.Key) && !f.Required && (m.rec.Get(f.Key) == "" || m.rec.Get(f.Key) == f.Default)
	})
}

// showMore brings the other fields into sight, or puts those that are empty away; what is typed stays.
func (m *masterForm) showMore() {
	if !m.settled() {
		return
	}
	before, at := m.order, m.at
	m.more = !m.more
	if now := m.inSight(); m.more { // one goes on with the first of what came
		if i := slices.IndexFunc(now, func(f slip.Field) bool { return !slices.Contains(before, f.Key) }); i >= 0 {
			m.at = now[i].Key
		}
	}
	m.s.Rebuild()
	m.at = at
}

// label is what stands before a box: a price says whether it holds the tax, by the record's own word or the book's.
func (m *masterForm) label(f slip.Field) string {
	label := m.s.T(f.Label)
	if m.typ.PricesKept(f) {
		label = parts.WithTax(m.s, label, m.s.Book().PricedWithTax(m.rec))
	}
	if m.must(f) {
		label += " *"
	}
	return label
}

// sayTax puts the word for the tax to the prices anew.
func (m *masterForm) sayTax() {
	for _, f := range m.s.Book().Fields(m.typ) {
		if o := m.prices[f.Key]; o != nil {
			kit.Relabel(o, m.label(f))
		}
	}
	if m.box != nil {
		m.box.Refresh()
	}
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
	x.Plain = m.held.Reads()
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
			if f.Key == master.InclTax {
				m.sayTax()
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
	if m.held.Reads() || !m.settled() {
		return
	}
	r, b := m.rec.Clone(), m.s.Book()
	typed := r.Clone()
	m.acting = true
	if m.key == "" {
		m.key = desk.Key()
	}
	key := m.key
	m.s.Write(m.s.Tr("保存", "saving"), func() error { return b.SaveMasterOnce(key, r) }, func(err error) {
		m.acting = false
		if err == nil || host.Answered(err) {
			m.key = ""
		}
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
		if _, known := m.typ.Field(list[0].Field); known && m.fields[list[0].Field] == nil { // it is of the fields put away
			m.more = true
			m.s.Rebuild()
			m.s.Fail(err)
		}
		if x := m.fields[list[0].Field]; x != nil {
			x.Refuse(true)
			kit.Focus(x.Input)
		}
	}
}

// Commands are what can be done with the record.
func (m *masterForm) Commands() []host.Command {
	helps := host.Command{Label: text.T("并入别处的修改", "Merge what changed elsewhere"), Key: "F2", Icon: "undo", Hidden: true, Off: m.elsewhere == nil, Run: m.mergeElsewhere}
	if m.elsewhere == nil && m.held != nil {
		helps = host.Command{Label: text.T("接手这条资料", "Take the record over"), Key: "F2", Icon: "edit", Hidden: true, Run: m.takeOver}
	}
	return []host.Command{
		helps,
		{Label: text.T("保存", "Save"), Key: "Ctrl+S", Icon: "save", Primary: true, Off: m.held.Reads(), Run: func() { m.save(nil) }, Needs: m.saves()},
		{Label: text.T("新增", "New"), Key: "Ctrl+N", Icon: "plus", Run: func() { NewMaster(m.s, m.typ, "", nil) }, Needs: host.Needs(m.typ.Code, "enter")},
		{Label: text.T("复制", "Copy"), Key: "Ctrl+K", Icon: "copy", Off: m.rec.ID == 0, Run: m.copy, Needs: host.Needs(m.typ.Code, "enter")},
		{Label: text.T("更多栏目", "More fields"), Key: "Ctrl+M", Icon: "cols", Off: first[m.typ.Code] == nil, Run: m.showMore},
		{Label: text.T("列表", "List"), Icon: "cols", Run: func() { OpenMasters(m.s, m.typ) }},
		{Label: text.T("操作日志", "Audit log"), Key: "Ctrl+Shift+H", Icon: "rep", Hidden: true, Off: m.rec.ID == 0, Run: func() { m.s.OpenLog(m.typ.Code, m.rec.Opened().Key()) }},
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

// saves are the rights to save the record: to enter it, or to agree its terms alone.
func (m *masterForm) saves() []rights.Grant {
	if m.s.Book().Who().May(m.typ.Code, "terms") {
		return nil
	}
	return host.Needs(m.typ.Code, "enter")
}
