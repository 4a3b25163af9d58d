package gui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
	"zhanggui/data/workflow/desk"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// slipForm is the one form of every kind of slip: a head of fields, a grid of lines (or, for money, the slips it settles), a
// strip with what is known of the line under the cursor, totals. A draft is typed in; an audited slip stands to be read.
type slipForm struct {
	s       *Shell
	kind    *slip.Kind
	doc     *slip.Doc
	key     string // on the desk, while it has no number
	flow    []inquiry.Node
	voucher string           // its number, of a slip that posted
	stood   stood            // how its party stood when it was audited
	far     inquiry.Progress // how far a live slip has come
	turn    approve.Turn     // where it stands in its approval

	building bool // the form is being put together

	dirty      bool // something typed is not in the book
	afterScan  justScanned
	correcting bool // an audited slip is being changed
	acting     bool // what is in sight is being written
	more       bool // the hidden fields too

	opened    *slip.Doc   // as it was opened: what is typed and what others change is told apart by it
	elsewhere *slip.Doc   // as another program has left it since, while something is typed here
	whose     *slip.Clash // who that was
	held      *parts.Held // who else types in it
	mine      bool        // it was taken over

	fields map[string]*kit.Field // head and foot by key
	ring   *kit.Ring             // head
	foot   *kit.Ring
	lines  lines
	grid   *kit.LineGrid
	lists  []*parts.ListGrid // the kind's further grids, under the lines
	facts  inquiry.LineFacts
	lots   []workflow.LotChoice // of the line under the cursor
	about  aboutLine
	party  inquiry.PartyFacts
	used   map[string]int

	page, title, notice, right, gate, strip, flowBar, totals, makers *fyne.Container
	inclTax                                                          bool // new lines carry prices with tax
	taxTick                                                          *kit.Check
	said                                                             atOnce
}

// aboutLine is the line the facts are about.
type aboutLine struct{ product, warehouse, party, unit string }

// NewSlip opens an empty slip of the kind.
func (s *Shell) NewSlip(k *slip.Kind) {
	d := &slip.Doc{Kind: k.Code, Date: s.Book().Today(), Status: slip.Draft}
	if _, ok := k.HeaderField("warehouse"); ok {
		d.Warehouse = s.first(master.Warehouses.Code)
	}
	if x, ok := k.HeaderField("account"); ok && x.Required {
		d.Account = s.first(master.Accounts.Code)
	}
	for _, f := range k.Header {
		if f.Default != "" && d.Get(f.Key) == "" {
			_ = d.Set(f, f.Default) // a default of the declaration is right, or its test fails
		}
	}
	s.EditDoc(d)
}

// first is the first active record of a type.
func (s *Shell) first(typ string) string {
	for _, r := range s.Book().Masters().List(typ) {
		if r.Active() && r.Get("transit") != "yes" {
			return r.Code()
		}
	}
	return ""
}

// EditDoc opens a slip that is not in the book yet: new, pushed down, a red letter, a copy, or from the desk.
func (s *Shell) EditDoc(d *slip.Doc) {
	if !parts.Looking(s) {
		s.editKept(d, "")
	}
}

func (s *Shell) editKept(d *slip.Doc, key string) {
	f := s.newForm(d)
	if key == "" {
		s.Book().Complete(f.kind, d)
		_ = slip.Calculate(f.kind, d) // what cannot be worked out yet is said when it is typed
	}
	if key != "" {
		f.key, f.dirty = key, true
		if err := f.fromDesk(); err != nil {
			s.Fail(err)
		}
	}
	f.dirty = f.dirty || len(d.Lines) > 0 || len(d.Lists) > 0 || d.Amount != 0
	if len(d.Lines) > 0 && d.Gross == 0 { // pushed down: the figures are not worked out yet
		s.Book().Complete(f.kind, d)
		f.calculate()
	}
	if key == "" {
		f.Keep()
	}
	s.Open(f)
}

func (s *Shell) newForm(d *slip.Doc) *slipForm {
	k, err := s.Book().Kind(d.Kind)
	if err != nil { // its module is off: what is on the desk is still to be seen
		k, _ = kinds.ByCode(d.Kind)
	}
	f := &slipForm{s: s, kind: k, doc: d, key: desk.KeyOf(s.Book())}
	f.startTax()
	f.more = f.hiddenFilled()
	f.opens()
	return f
}

// OpenSlip opens a slip of the book by its number.
func (s *Shell) OpenSlip(number string) {
	for i, t := range s.tabs {
		if f, ok := t.screen.(*slipForm); ok && f.doc.Number == number {
			s.Choose(i)
			return
		}
	}
	s.load(number, func(f *slipForm) { s.Open(f) })
}

// load reads a slip; the opening voucher, made by the program, shows as its voucher only.
func (s *Shell) load(number string, then func(*slipForm)) {
	Read(s, s.tr("打开 %s", "opening %s", number), func() (*slip.Doc, error) { return s.Book().Load(number) }, func(d *slip.Doc) {
		if k, ok := kinds.ByCode(d.Kind); !ok || k.Hidden {
			s.OpenVoucher(number)
			return
		}
		if f := s.unseen(d); f != nil {
			s.Fail(f)
			return
		}
		then(s.newForm(d))
	})
}

func (f *slipForm) ID() string {
	if f.doc.Number != "" {
		return "slip " + f.doc.Number
	}
	return "slip " + f.key
}

func (f *slipForm) Title() text.Text {
	n := text.T("(新)", "(new)")
	if len(f.doc.Number) > 4 {
		tail := f.doc.Number[len(f.doc.Number)-4:]
		n = text.T(tail, tail)
	}
	return text.T(f.kind.Title.Zh+" "+n.Zh, f.kind.Title.En+" "+n.En)
}

func (f *slipForm) Area() string { return string(f.kind.Group) }

func (f *slipForm) Unsaved() bool { return f.dirty }

// editable tells whether the slip may be typed in now; where the book is only looked at, none may.
func (f *slipForm) editable() bool {
	may := f.doc.Status.Editable() && !f.awaited() && f.s.Book().Who().May(f.kind.Code, "enter")
	return (may || f.correcting) && !f.s.Book().Looking() && !f.held.Reads()
}

// Object builds the form.
func (f *slipForm) Object() fyne.CanvasObject {
	f.building = true // what may be typed depends on it: mostly it is known before the boxes are made
	f.loadTurn()
	f.building = false
	f.fields = map[string]*kit.Field{}
	f.ring, f.foot = &kit.Ring{}, &kit.Ring{}
	f.notice, f.gate = container.NewStack(), container.NewStack()
	f.title, f.right, f.strip = container.NewStack(), container.NewStack(), container.NewStack()
	f.flowBar, f.totals, f.makers = container.NewStack(), container.NewStack(), container.NewStack()
	f.lines = f.newLines()
	head := f.head()
	f.buildGrid()
	foot := f.footer()
	f.ring.After = func() { f.enterGrid() }
	f.ring.Before = func() {}
	lists := f.buildLists()
	f.foot.Before = func() {
		if n := len(f.lists); n > 0 {
			f.lists[n-1].First()
			return
		}
		f.grid.Edit(f.grid.Length()-1, f.lines.firstColumn())
	}
	f.foot.After = func() { f.ring.First() }
	f.loadParty()
	f.loadFlow()
	f.draw()
	f.drawElsewhere()
	if f.s.Book().Looking() {
		f.s.Hint(f.s.tr("只看：什么也不会写进账套", "to look only: nothing is written into the book"))
	} else if f.editable() {
		f.s.Hint(f.s.tr("Enter 下一项   F6 到明细   F4 列表或直接输入助记码   F9 审核   F1 全部按键", "Enter next   F6 to the lines   F4 or letters: list   F9 audit   F1 all keys"))
	} else {
		f.s.Hint(f.s.tr("只读。改错用 Ctrl+R 更正 或 Ctrl+F9 反审核（先给您看会改变什么，再问是否执行）", "Read only. To mend it: Ctrl+R correct or Ctrl+F9 un-audit (you see what changes before anything does)"))
	}
	top := container.NewVBox(container.NewStack(kit.Box(kit.Paper), container.NewBorder(nil, nil, nil, f.right, container.NewVBox(f.title, head))), f.notice, kit.HLine(kit.Line), f.flowBar)
	bottom := container.NewVBox(f.gate, f.strip, lists, container.NewStack(kit.Box(kit.Paper), foot))
	f.page = container.NewBorder(top, bottom, nil, nil, f.grid)
	return f.page
}

// Focus goes to the first empty field of the head, or to the lines.
func (f *slipForm) Focus() {
	if !f.editable() {
		kit.Focus(f.grid)
		return
	}
	if x := f.missing(); x != nil {
		kit.Focus(x.Input)
		return
	}
	if !f.hasLines() && f.doc.Amount == 0 {
		f.ring.First()
		return
	}
	if f.doc.Number == "" && len(f.doc.Lines) > 0 && f.doc.Lines[0].SourceNumber != "" {
		f.grid.Edit(0, f.lines.column("qty")) // pushed down: what really came is typed next
		return
	}
	f.enterGrid()
}

// missing is the first box of the head that must be filled in and is not, nil if there is none.
func (f *slipForm) missing() *kit.Field {
	for _, x := range f.kind.Header {
		if x.Required && f.doc.Get(x.Key) == "" && !f.atFoot(x) && f.fields[x.Key] != nil {
			return f.fields[x.Key]
		}
	}
	return nil
}

// enterGrid goes to the first line with nothing on it.
func (f *slipForm) enterGrid() {
	if !f.editable() || f.grid.Length() == 0 {
		if f.foot.Len() > 0 && f.editable() {
			f.foot.First()
			return
		}
		kit.Focus(f.grid)
		return
	}
	f.grid.Edit(f.lines.firstBlank(), f.lines.firstColumn())
}

// Key gives F6 its regions and the edges of the grid.
func (f *slipForm) Key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyF6:
		f.nextRegion()
		return true
	case kit.KeyCtrlInsert:
		f.insertLine()
		return true
	case fyne.KeyEscape:
		if f.correcting {
			f.giveUpCorrecting()
			return true
		}
	}
	return false
}

// nextRegion walks head, lines, further grids and foot; on an audited slip the lines, and what of the head may still be changed.
func (f *slipForm) nextRegion() {
	switch at := f.listAt(); {
	case !f.editable() && (f.ring.Focused() || f.ring.Len() == 0 && (at == len(f.lists)-1 || at < 0 && !f.grid.Focused())):
		kit.Focus(f.grid)
	case len(f.lists) > 0 && (at >= 0 || f.grid.Focused()):
		f.afterLines(at)
	case !f.editable():
		f.ring.First()
	case f.ring.Focused():
		f.enterGrid()
	case !f.foot.Focused() && f.foot.Len() > 0:
		f.foot.First()
	default:
		f.ring.First()
	}
}

// Changed reads the slip anew if nothing is typed in it; else a strip tells what became of it.
func (f *slipForm) Changed() {
	if f.acting || f.kind == nil {
		return
	}
	if f.doc.Number == "" {
		f.loadParty()
		f.renewFacts()
		return
	}
	d, err := f.s.Book().Load(f.doc.Number)
	if err != nil {
		return
	}
	same := d.Version == f.doc.Version && d.Status == f.doc.Status
	switch {
	case f.typing():
		if !same && (f.elsewhere == nil || f.elsewhere.Version != d.Version) {
			f.changedElsewhere(d)
		}
		f.loadParty()
	case !same || d.Prints != f.doc.Prints:
		f.take(d)
		return
	default:
		f.doc = d
		f.loadParty()
		f.loadFlow()
		f.loadTurn()
		f.draw()
	}
	f.renewFacts()
}

// renewFacts reads what is known of the line under the cursor anew: stock and prices may have changed.
func (f *slipForm) renewFacts() {
	f.about = aboutLine{}
	f.loadFacts()
}

// take puts a slip as it stands in the book into the form.
func (f *slipForm) take(d *slip.Doc) {
	editable := f.editable()
	f.doc, f.dirty, f.correcting, f.mine = d, false, false, false
	if f.turn.Status != d.Status {
		f.turn = approve.Turn{}
	}
	f.openGate()
	f.opens()
	f.drawElsewhere()
	if f.editable() != editable {
		f.rebuild()
		return
	}
	f.fill()
	f.loadParty()
	f.loadFlow()
	f.loadTurn()
	f.draw()
	f.s.Refresh()
}

// rebuild builds the form anew where it stands; what may be typed has changed.
func (f *slipForm) rebuild() {
	for _, t := range f.s.tabs {
		if t.screen == f {
			t.object = nil
		}
	}
	if f.s.Current() == f {
		f.s.show()
	}
}

// fill shows the slip's values in the fields.
func (f *slipForm) fill() {
	for key, x := range f.fields {
		x.SetValue(f.doc.Get(key))
	}
	f.lines.reload()
	f.grid.Reload()
	f.reloadLists()
	f.showLots()
	f.loadFacts() // another line may stand where the cursor is
}

// touched is called after every change by a person: figures follow, the slip is unsaved, and the desk keeps it.
func (f *slipForm) touched() {
	first := !f.dirty
	f.dirty, f.afterScan = true, justScanned{}
	f.s.Calm()
	f.openGate()
	f.calculate()
	f.draw()
	if first {
		f.s.drawTabs()
		f.drawTitle()
	}
	f.Keep()
}

// calculate works the slip out as far as it can be: a line that cannot be yet shows nothing.
func (f *slipForm) calculate() {
	if err := slip.Calculate(f.kind, f.doc); err != nil {
		f.s.Fail(err)
	}
}

// role is what kind of party the slip has, as it stands.
func (f *slipForm) role() slip.Role { return f.kind.RoleOf(f.doc) }

func (f *slipForm) hasLines() bool { return len(f.kind.Lines) > 0 }

// Keep puts what is typed on the desk, so that it survives a crash.
func (f *slipForm) Keep() {
	if !f.dirty || f.correcting {
		return
	}
	d, key, b := f.doc.Clone(), f.key, f.s.Book()
	keep := func() {
		if err := desk.Keep(b, key, d); err != nil {
			f.s.onMain(func() {
				if b.Adrift() != nil { // the strip says where it lies now
					f.s.lookAdrift()
					return
				}
				f.s.Fail(err)
			})
		}
	}
	if f.s.inline {
		keep()
		return
	}
	f.s.desk.Put(key, keep)
}

// drop takes the slip off the desk.
func (f *slipForm) drop() {
	f.s.desk.Forget(f.key)
	if err := desk.Drop(f.s.Book(), f.key); err != nil {
		f.s.Fail(err)
	}
}

// Leave asks before throwing away what is typed.
func (f *slipForm) Leave(done func(bool)) {
	if !f.dirty {
		done(true)
		return
	}
	f.s.Ask(f.s.tr("这张单据还没保存", "This slip is not saved"), []string{f.s.tr("%s：要保存为草稿吗？", "%s: save it as a draft?", f.Title())},
		Answer{Label: text.T("留在这里", "Stay"), Run: func() { done(false) }},
		Answer{Label: text.T("不保存", "Do not save"), Key: fyne.KeyN, Run: func() { f.drop(); done(true) }},
		Answer{Label: text.T("保存", "Save"), Key: fyne.KeyS, Run: func() {
			f.save(func() { done(true) })
		}})
}

// loadParty reads how the party stands and what it usually takes.
func (f *slipForm) loadParty() {
	if f.role() == "" || f.doc.Party == "" {
		f.party, f.used = inquiry.PartyFacts{}, nil
		f.drawRight()
		return
	}
	k, role, party, b := f.kind, f.role(), f.doc.Party, f.s.Book()
	type both struct {
		facts inquiry.PartyFacts
		used  map[string]int
	}
	Read(f.s, f.s.tr("往来余额", "balances"), func() (v both, err error) {
		if v.facts, err = b.PartyFacts(role, party); err == nil && k.Goods() {
			v.used, err = b.Used(k, party)
		}
		return v, err
	}, func(v both) {
		if f.doc.Party == party {
			f.party, f.used = v.facts, v.used
			f.drawRight()
		}
	})
}

// loadFacts reads what is known of the line under the cursor; the cell never waits for it.
func (f *slipForm) loadFacts() {
	l := f.current()
	if l == nil || l.Product == "" {
		f.about, f.facts = aboutLine{}, inquiry.LineFacts{}
		f.drawStrip()
		return
	}
	a := aboutLine{l.Product, f.doc.At(l), f.doc.Party, l.Unit}
	if a == f.about {
		f.drawStrip()
		return
	}
	k, b := f.kind, f.s.Book()
	type both struct {
		facts inquiry.LineFacts
		lots  []workflow.LotChoice
	}
	d, row := f.doc.Clone(), f.grid.Row()
	Read(f.s, f.s.tr("库存", "stock"), func() (v both, err error) {
		if v.facts, err = b.LineFacts(k, a.product, a.warehouse, a.party, a.unit); err == nil {
			v.lots, err = b.LotChoices(k, d, row)
		}
		return v, err
	}, func(v both) {
		f.about, f.facts, f.lots = a, v.facts, v.lots
		f.drawStrip()
	})
}

// current is the goods line under the cursor.
func (f *slipForm) current() *slip.Line {
	if g, ok := f.lines.(*goodsLines); ok && f.grid != nil && f.grid.Row() < len(g.f.doc.Lines) {
		return &f.doc.Lines[f.grid.Row()]
	}
	return nil
}

func (f *slipForm) loadFlow() {
	if f.editable() || f.doc.Number == "" {
		f.flow, f.far, f.voucher, f.stood = nil, inquiry.Progress{}, "", stood{}
		f.drawFlow()
		return
	}
	n, b, live := f.doc.Number, f.s.Book(), f.doc.Status.Live()
	type both struct {
		nodes   []inquiry.Node
		far     inquiry.Progress
		voucher string
		stood   stood
	}
	d, book := f.doc.Clone(), owedBook(f.role())
	posts := live && f.kind.Posts()
	shows := posts && f.sees(slip.TagMargin)
	Read(f.s, f.s.tr("单据流", "flow"), func() (v both, err error) {
		if v.nodes, err = b.Chain(n); err == nil && live {
			v.far, err = b.Progress(n)
		}
		if err == nil && shows {
			v.voucher, _, err = b.Voucher(n)
		}
		if err == nil && posts && book != "" {
			v.stood.before, v.stood.own, v.stood.ok, err = b.Stood(d, book)
		}
		return v, err
	}, func(v both) {
		if f.doc.Number != n {
			return
		}
		f.flow, f.far, f.voucher, f.stood = v.nodes, v.far, v.voucher, v.stood
		f.drawFlow()
		f.drawStrip()
		if f.page != nil { // the lines make room for the strip
			f.page.Refresh()
		}
	})
}

// trimmed is the slip without the empty lines at its end and in between.
func (f *slipForm) trimmed() *slip.Doc {
	d := f.doc.Clone()
	d.Lines = slices.DeleteFunc(d.Lines, func(l slip.Line) bool { return l.Empty() })
	for i := range d.Lines {
		d.Lines[i].No = i + 1
	}
	d.Allocations = slices.DeleteFunc(d.Allocations, func(a slip.Allocation) bool { return a.Amount == 0 })
	d.Trim()
	return d
}

// qty is a quantity with its unit.
func qtyIn(q num.Quantity, unit string) string { return q.Grouped() + " " + unit }
