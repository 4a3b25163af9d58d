package gui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
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

// showMore shows the hidden fields and goes to the first of them, or hides them again. What is being typed is taken first.
func (f *slipForm) showMore() {
	if f.editable() && !f.settled() {
		return
	}
	f.more = !f.more
	f.rebuild()
	if !f.more || !f.editable() {
		return
	}
	for _, foot := range []bool{false, true} { // over the lines before under them
		for _, x := range f.kind.Header {
			if box := f.fields[x.Key]; x.Hidden && box != nil && f.atFoot(x) == foot {
				kit.Focus(box.Input)
				return
			}
		}
	}
}

// headRoom is the width the fields over the lines have: what navigation and the party's standing leave.
func (f *slipForm) headRoom() float32 { return min(1050*kit.M().Zoom(), f.s.room()-74-headSide-24) }

// headSide is the width of what stands at the right of the head: the party's standing, the stamp.
const headSide = 208

// across is how many fields stand in a row, by the room there is.
func (f *slipForm) across() int {
	switch w := f.headRoom() / kit.M().Zoom(); {
	case w >= 1000:
		return 5
	case w >= 820:
		return 4
	case w >= 560:
		return 3
	}
	return 2
}

// head builds the fields over the lines: five in a row where there is room, a wide one of a later row under the widest of the first; the
// others keep their order.
func (f *slipForm) head() fyne.CanvasObject {
	var fields []slip.Field
	for _, x := range f.kind.Header {
		if !f.atFoot(x) && f.shows(x) {
			fields = append(fields, x)
		}
	}
	n := f.across()
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
	box := container.New(kit.FormGrid{Columns: f.headColumns(fields, n)})
	for _, x := range fields {
		field := f.headField(x)
		f.fields[x.Key] = field
		f.ring.Add(field)
		box.Add(kit.Labelled(f.s.T(x.Label), field.Input))
	}
	return kit.Pad(12, 2, box)
}

// headColumns are as wide as their widest field, label included, and share what the room leaves over or lacks; none is narrower than
// its labels and a day.
func (f *slipForm) headColumns(fields []slip.Field, n int) []float32 {
	cols, least := make([]float32, min(n, len(fields))), make([]float32, min(n, len(fields)))
	m := kit.M()
	var sum float32
	for i, x := range fields {
		w := float32(min(max(x.Width, 110), 350))
		if i < n || i%n > 0 {
			cols[i%n] = max(cols[i%n], w)
		}
		least[i%n] = max(least[i%n], kit.Width(f.s.T(x.Label), m.Caption, false)+kit.Width("2026-08-08", m.Text, false)+34*m.Zoom())
	}
	if len(cols) < n {
		return cols
	}
	for _, w := range cols {
		sum += w - 100
	}
	free := f.headRoom() - 150*float32(len(cols))
	for i := range cols {
		cols[i] = 150 + free*(cols[i]-100)/sum
	}
	for i, w := range least { // the widest gives what another lacks
		if lack := w - cols[i]; lack > 0 {
			widest := slices.Index(cols, slices.Max(cols))
			cols[i], cols[widest] = w, cols[widest]-lack
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
	f.s.Fail(err, append(offers, f.s.waysOut(fault.Of(err))...)...)
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
	} else if f.role() != "" && f.doc.Party != "" && f.seesOwed() {
		part = f.standing()
	}
	parts.Set(f.right, kit.Fixed(headSide, 92, kit.Pad(10, 6, container.NewBorder(part, nil, nil, nil))))
}

func (f *slipForm) standing() fyne.CanvasObject {
	s, m := f.s, kit.M()
	box := container.NewVBox()
	add := func(label, figure string, strong bool) {
		shade := kit.Ink
		if strings.HasPrefix(figure, "-") || label == s.tr("逾期", "Overdue") { // in red, but no credit
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
		add(s.tr("逾期", "Overdue"), parts.Money(f.party.Overdue), false)
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
