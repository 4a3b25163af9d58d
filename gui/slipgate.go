package gui

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/gui/standing"
)

// The gate before a slip is posted: F9 tells in one place all that should be known, each a yellow line with its figures, and F7 goes on. What
// is missing in stock is told for every line at once, in red, with the keys that help. Nothing is told only after the slip is posted.

// mostAtGate is how many findings the gate shows; the rest are counted.
const mostAtGate = 6

// audit saves and posts the slip, unless there is something to be told first.
func (f *slipForm) audit() {
	if !parts.Looking(f.s) && f.doc.Status.Editable() && f.settled() {
		f.post(nil)
	}
}

// post saves and posts the slip for somebody who knows some findings; others are told first, and nothing is done.
func (f *slipForm) post(known fault.List) {
	f.s.Calm()
	f.openGate()
	d, b, k, key, typed := f.trimmed(), f.s.Book(), f.kind, f.key, f.dirty || f.doc.Number == ""
	var fresh *slip.Doc
	var short []inquiry.Shortage
	var rest []workflow.Rest
	f.act(f.s.tr("审核", "auditing"), func() (err error) {
		if typed { // one transaction: a refusal leaves it typed, and no number is used
			err = b.AuditOnce(key, d, known)
		} else {
			err = b.AuditHeard(seenAs(d), known)
		}
		if err == nil {
			fresh, err = b.Load(d.Number)
		} else if isAbout(err, workflow.Short) {
			if list, lost := b.Shortages(k, d); lost == nil {
				short = list
			}
		} else if isAbout(err, workflow.OverSource) || isAbout(err, workflow.Differs) {
			if list, lost := b.OpenAt(k, d); lost == nil {
				rest = list
			}
		}
		return err
	}, func(err error) {
		var u *workflow.Unheard
		switch {
		case errors.As(err, &u):
			f.tellFindings(u.Findings, rest)
		case len(short) > 0:
			f.tellShort(short)
		case isAbout(err, workflow.OverSource) && len(rest) > 0:
			f.point(err)
			said, tone := f.s.message.Text()
			f.s.Say(tone, said, f.takesOpen(tooMany(rest)))
		case f.asksFirst(err):
		case err != nil:
			f.point(err)
		default:
			f.stands(fresh, f.s.tr("%s 已审核", "%s is audited", fresh.Number)+f.nextStep(fresh))
		}
	})
}

// isAbout tells whether something of what is told of a slip, or refuses it, is about that.
func isAbout(err error, about string) bool {
	list := fault.Of(err)
	if u := (*workflow.Unheard)(nil); errors.As(err, &u) {
		list = u.Findings
	}
	return slices.ContainsFunc(list, func(x *fault.Fault) bool { return x.About == about })
}

// openGate takes away what stood before the slip.
func (f *slipForm) openGate() {
	f.said = atOnce{}
	if f.gate != nil && len(f.gate.Objects) > 0 {
		parts.Set(f.gate)
		f.page.Refresh()
	}
}

// closeGate shows lines between the slip's lines and its foot.
func (f *slipForm) closeGate(tone kit.Tone, lines []string) {
	if more := len(lines) - mostAtGate; more > 0 {
		lines = append(slices.Clone(lines[:mostAtGate]), f.s.tr("…… 还有 %d 条", "… and %d more", more))
	}
	parts.Set(f.gate, container.NewVBox(kit.NoticeLines(tone, lines...)))
	f.page.Refresh()
}

// tellFindings says what should be known before the slip is posted: the first in the message line with the keys, and where there are several
// all of them in lines of their own. The rest is what the sources of the slip's lines have open, where a finding is about them.
func (f *slipForm) tellFindings(list fault.List, rest []workflow.Rest) {
	s := f.s
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *fault.Fault) int { return a.Line - b.Line }) // of the slip first, then from line to line
	words := f.gathered(list)
	f.toLine(list)
	if len(words) > 1 {
		f.closeGate(kit.Warning, words)
	}
	offers := append([]kit.Offer{{Key: fyne.KeyF7, Label: s.tr("知道了，继续", "go on"), Run: func() { f.post(list) }}}, f.helps(list, rest)...)
	s.Say(kit.Warning, words[0], offers...)
}

// helps are the keys that put right what is told, besides going on: one for each thing that is told, about its first line where a line is meant.
func (f *slipForm) helps(list fault.List, rest []workflow.Rest) (offers []kit.Offer) {
	s := f.s
	first := func(field string, about ...string) *fault.Fault {
		i := slices.IndexFunc(list, func(x *fault.Fault) bool { return slices.Contains(about, x.About) && (field == "" || x.Field == field) })
		if i < 0 {
			return nil
		}
		return list[i]
	}
	if few := tooFew(rest); first("qty", workflow.Differs) != nil && len(few) > 0 {
		offers = append(offers, f.takesOpen(few))
	}
	if first("price", workflow.Differs) != nil && len(rest) > 0 {
		offers = append(offers, kit.Offer{Key: fyne.KeyF3, Label: s.tr("用%s的价", "price of %s", rest[0].Source), Run: func() { f.takePrices(rest) }})
	}
	if x := first("", workflow.Expired); x != nil {
		offers = append(offers, kit.Offer{Key: fyne.KeyF4, Label: s.tr("换批号", "other lot"), Run: func() { f.otherLot(f.shownRow(x.Line)) }})
	}
	if x := first("", workflow.NoCost); x != nil {
		code := f.doc.Lines[f.shownRow(x.Line)].Product
		offers = append(offers, kit.Offer{Key: fyne.KeyF5, Label: s.tr("填参考成本", "give its cost"), Run: func() { standing.OpenMasterAt(s, master.Products, code, "reference_cost") }})
	}
	if first("", workflow.OverCredit, workflow.Overdue) != nil {
		offers = append(offers, kit.Offer{Key: fyne.KeyF6, Label: s.tr("看应收", "see account"), Run: f.openParty})
	}
	return offers
}

// tooMany are the lines that take more than their sources have open.
func tooMany(rest []workflow.Rest) (list []workflow.Rest) {
	for _, x := range rest {
		if x.Takes > x.Left {
			list = append(list, x)
		}
	}
	return list
}

// tooFew are the lines that leave something of their sources open: of several lines of one the last.
func tooFew(rest []workflow.Rest) (list []workflow.Rest) {
	for i, x := range rest {
		later := slices.ContainsFunc(rest[i+1:], func(o workflow.Rest) bool { return o.At.ID == x.At.ID })
		if x.Takes < x.Left && !later {
			list = append(list, x)
		}
	}
	return list
}

// takesOpen is the key that brings lines to what their sources have open.
func (f *slipForm) takesOpen(rest []workflow.Rest) kit.Offer {
	label := f.s.tr("按未结数量", "take what is open")
	if len(rest) == 1 && rest[0].Left > 0 {
		label = f.s.tr("取未结的 %s", "take the %s open", f.inUnit(f.shownRow(rest[0].Line), rest[0].Left).Grouped())
	}
	return kit.Offer{Key: fyne.KeyF2, Label: label, Run: func() { f.takeOpen(rest) }}
}

// takeOpen gives lines what is open for them; a line for which nothing is goes.
func (f *slipForm) takeOpen(rest []workflow.Rest) {
	f.leaveCell()
	rows := make([]int, len(rest))
	for i, x := range rest {
		rows[i] = f.shownRow(x.Line)
	}
	f.doc.Lines = slices.Clone(f.doc.Lines)
	for i, x := range slices.Backward(rest) {
		if x.Left > 0 {
			f.setQty(rows[i], f.inUnit(rows[i], x.Left))
		} else {
			f.doc.Lines = slices.Delete(f.doc.Lines, rows[i], rows[i]+1)
		}
	}
	f.putRight(f.s.tr("数量已按未结数量，F9 审核", "the quantities are what is open; F9 audits"))
}

// takePrices gives every line the price, the discount and the tax rate of the line it follows from.
func (f *slipForm) takePrices(rest []workflow.Rest) {
	f.leaveCell()
	for _, x := range rest {
		l := &f.doc.Lines[f.shownRow(x.Line)]
		l.Price, l.Discount, l.TaxRate, l.InclTax = x.At.Price, x.At.Discount, x.At.TaxRate, x.At.InclTax
		l.PriceGiven, l.InclGiven, l.TaxGiven = true, true, true
		if l.Factor != x.At.Factor && l.Factor > 0 && x.At.Factor > 0 {
			l.Price = inquiry.PerUnit(x.At.Price, l.Factor, x.At.Factor)
		}
	}
	f.putRight(f.s.tr("价格已按源单，F9 审核", "the prices are those of the goods' slip; F9 audits"))
}

// otherLot opens the list of a line's lots, with nothing chosen.
func (f *slipForm) otherLot(row int) {
	f.leaveCell()
	delete(f.doc.Lines[row].Extra, slip.LotKey)
	f.putRight(f.s.tr("选批号，或空着按先到期先出", "choose a lot, or leave it empty for first expiry first"))
	f.grid.Edit(row, f.lines.column(slip.LotKey))
	if e := f.grid.Editing(); e != nil {
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF4})
	}
}

// putRight shows the slip as a key has changed it.
func (f *slipForm) putRight(words string) {
	f.touched()
	f.fill()
	f.s.Say(kit.Hint, words)
}

// finding words what is told of a line, or of the slip.
func (f *slipForm) finding(x *fault.Fault) string {
	w := x.Text.In(f.s.lang)
	if x.Line > 0 {
		w = f.s.tr("第 %d 行：", "Line %d: ", f.shownRow(x.Line)+1) + w
	}
	return w
}

// mostLines is how many lines a finding names one by one.
const mostLines = 3

// gathered are the findings in words, each once: what is so of several lines names them all.
func (f *slipForm) gathered(list fault.List) []string {
	var words []string
	rows := map[text.Text][]int{}
	for _, x := range list {
		if x.Line > 0 {
			rows[x.Text] = append(rows[x.Text], f.shownRow(x.Line)+1)
		}
	}
	for _, x := range list {
		of := rows[x.Text]
		n := len(of)
		switch {
		case x.Line <= 0 || n == 1:
			words = append(words, f.finding(x))
		case n == 0: // told with the first of its lines
		case of[n-1]-of[0] == n-1:
			words = append(words, f.s.tr("第 %d–%d 行：", "Lines %d–%d: ", of[0], of[n-1])+x.Text.In(f.s.lang))
		default:
			named := make([]string, 0, mostLines)
			for _, r := range of[:min(n, mostLines)] {
				named = append(named, strconv.Itoa(r))
			}
			said := strings.Join(named, f.s.tr("、", ", "))
			if n > mostLines {
				said += f.s.tr(" 等 %d", " and %d more", map[text.Lang]int{text.Zh: n, text.En: n - mostLines}[f.s.lang])
			}
			words = append(words, f.s.tr("第 %s 行：", "Lines %s: ", said)+x.Text.In(f.s.lang))
		}
		if x.Line > 0 {
			delete(rows, x.Text)
		}
	}
	return words
}

// toLine puts the cursor where the first finding about a line is.
func (f *slipForm) toLine(list fault.List) {
	if i := slices.IndexFunc(list, func(x *fault.Fault) bool { return x.Line > 0 }); i >= 0 && f.hasLines() {
		f.grid.Edit(f.shownRow(list[i].Line), f.lines.column(list[i].Field))
	}
}

// tellShort says every line that is short, several in lines of their own; the keys are of the one under the cursor, else of the first.
func (f *slipForm) tellShort(list []inquiry.Shortage) {
	s := f.s
	words := make([]string, len(list))
	at := 0
	for i := range list {
		row := f.shownRow(list[i].Line)
		words[i] = s.tr("第 %d 行：", "Line %d: ", row+1) + list[i].Words().In(s.lang)
		if row == f.grid.Row() {
			at = i
		}
	}
	row := f.shownRow(list[at].Line)
	f.grid.Edit(row, f.lines.column("qty"))
	if e := f.grid.Editing(); e != nil {
		e.Refuse(true)
	}
	said := words[0]
	if len(list) > 1 {
		f.closeGate(kit.Refusal, words)
		said = s.tr("库存不足 %d 行，还没有记账。第 %d 行：", "%d {line is|lines are} short, nothing is posted. Line %d:", len(list), row+1)
	}
	s.Say(kit.Refusal, said, f.waysOut(row, list[at], list)...)
}

// waysOut are the keys that help with a short line: take what is there, take it from the other warehouse, bring it here by a transfer. The
// transfer is of all lines that are short.
func (f *slipForm) waysOut(row int, x inquiry.Shortage, all []inquiry.Shortage) []kit.Offer {
	s := f.s
	take := s.tr("只取现有 %s", "take the %s there", f.inUnit(row, x.Here).Grouped())
	if x.Here == 0 {
		take = s.tr("去掉这一行", "drop the line")
	}
	list := []kit.Offer{{Key: fyne.KeyF2, Label: take, Run: func() { f.takeWhatIsThere(row, x) }}}
	from := x.From()
	if from == nil {
		return list
	}
	if _, ok := f.kind.LineField("warehouse"); ok {
		list = append(list, kit.Offer{Key: fyne.KeyF3, Label: s.tr("从%s取", "take from %s", parts.Name(s, from.Warehouse)), Run: func() { f.takeFrom(row, x) }})
	}
	return append(list, kit.Offer{Key: fyne.KeyF4, Label: s.tr("做调拨单", "make a transfer"), Run: func() { f.transfer(all) }})
}

// inUnit is a quantity of base units in the unit of a line, never more than it.
func (f *slipForm) inUnit(row int, base num.Quantity) num.Quantity {
	l := &f.doc.Lines[row]
	factor := max(l.Factor, 1)
	whole := base / factor
	part := (base % factor) * num.QuantityOne / factor
	if p, ok := f.s.Book().Masters().Product(l.Product); ok && p.Serial() {
		part = 0
	}
	return whole*num.QuantityOne + part
}

// setQty gives a line a quantity, with the sign it has, and what follows from it.
func (f *slipForm) setQty(row int, q num.Quantity) {
	l := &f.doc.Lines[row]
	was := l.Qty
	if l.Qty = q; was < 0 {
		l.Qty = -q
	}
	delete(l.Extra, slip.LotKey)
	if err := f.s.Book().Requantify(f.kind, f.doc, l, was); err != nil {
		f.s.Fail(err)
	}
}

// takeWhatIsThere lowers a line to what is there for it; a line of which nothing is there goes.
func (f *slipForm) takeWhatIsThere(row int, x inquiry.Shortage) {
	f.leaveCell()
	if q := f.inUnit(row, x.Here); q > 0 {
		f.setQty(row, q)
	} else {
		f.doc.Lines = slices.Delete(slices.Clone(f.doc.Lines), row, row+1)
	}
	f.helped()
}

// takeFrom takes a line from the other warehouse that has the most of it. Where that is not enough for the whole line either, what is here
// stays, and the rest is a line of its own.
func (f *slipForm) takeFrom(row int, x inquiry.Shortage) {
	f.leaveCell()
	other := x.From()
	code := other.Warehouse.Code()
	q := f.inUnit(row, x.Here)
	if other.Qty >= x.Takes || q == 0 {
		l := &f.doc.Lines[row]
		l.Warehouse = code
		delete(l.Extra, slip.LotKey)
	} else {
		more := f.doc.Clone().Lines[row]
		more.ID, more.No, more.Warehouse, more.Matches = 0, 0, code, nil
		f.setQty(row, q)
		f.doc.Lines = slices.Insert(slices.Clone(f.doc.Lines), row+1, more)
		f.setQty(row+1, max(more.Qty, -more.Qty)-q)
	}
	f.helped()
}

// leaveCell gives up what stands in the cell under the cursor; the line is changed under it.
func (f *slipForm) leaveCell() {
	if e := f.grid.Editing(); e != nil {
		e.Restore()
	}
}

// helped shows the slip as it is now, and what is still short of it.
func (f *slipForm) helped() {
	f.touched()
	f.fill()
	d, b, k := f.trimmed(), f.s.Book(), f.kind
	Read(f.s, f.s.tr("库存", "stock"), func() ([]inquiry.Shortage, error) { return b.Shortages(k, d) }, func(list []inquiry.Shortage) {
		if len(list) > 0 {
			f.tellShort(list)
			return
		}
		f.grid.Edit(min(f.grid.Row(), len(f.doc.Lines)), f.lines.column("qty"))
		f.s.Say(kit.Hint, f.s.tr("库存够了，F9 审核", "all of it is there now; F9 audits"))
	})
}

// transfer opens a transfer for each other warehouse that has something of what is missing; the slip stays as it is.
func (f *slipForm) transfer(short []inquiry.Shortage) {
	docs := transfers(short, f.doc.Date)
	f.leaveCell()
	f.s.Calm()
	for _, d := range docs {
		f.s.EditDoc(d)
	}
	if len(docs) > 0 {
		f.s.Say(kit.Hint, f.s.tr("调拨单按缺的数量做好了：F9 审核后，回到 %s 再按 F9", "the transfer brings what is missing: F9 audits it, then go back to %s and press F9", f.s.T(f.Title())))
	}
}

// transfers are drafts that bring what is missing from where there is the most of it, then the next most; nothing is promised to two lines.
func transfers(short []inquiry.Shortage, day text.Date) (docs []*slip.Doc) {
	promised := map[[2]int64]num.Quantity{} // product and warehouse
	for i := range short {
		x := &short[i]
		missing := x.Short()
		for _, from := range x.Elsewhere {
			at := [2]int64{x.Product.ID, from.Warehouse.ID}
			q := min(missing, from.Qty-promised[at])
			if q <= 0 {
				continue
			}
			promised[at] += q
			missing -= q
			j := slices.IndexFunc(docs, func(d *slip.Doc) bool {
				return d.Warehouse == from.Warehouse.Code() && d.ToWarehouse == x.Warehouse.Code()
			})
			if j < 0 {
				j = len(docs)
				docs = append(docs, &slip.Doc{Kind: kinds.Transfer.Code, Date: day, Status: slip.Draft, Warehouse: from.Warehouse.Code(), ToWarehouse: x.Warehouse.Code()})
			}
			docs[j].Lines = append(docs[j].Lines, slip.Line{Product: x.Product.Code(), Unit: x.Product.Get("unit"), Qty: q})
		}
	}
	return docs
}

// atOnce is a shortage just said of a line while the slip is typed, and where the cursor stood then.
type atOnce struct {
	words string
	row   int
}

// sayShort says at once that there is not enough of what was just typed or scanned on a line, or nothing of what will be wanted.
func (f *slipForm) sayShort(row int, scanned bool) {
	if f.correcting || row >= len(f.doc.Lines) || f.doc.Lines[row].Product == "" {
		return
	}
	d, b, k := f.doc.Clone(), f.s.Book(), f.kind
	if l := &d.Lines[row]; l.Base == 0 { // of nothing there is nothing to be had
		l.Base = 1
	}
	product, here := d.Lines[row].Product, d.At(&d.Lines[row])
	for i := range d.Lines { // of lines below only what they take elsewhere is gone
		if l := &d.Lines[i]; l.Product != product || i > row && d.At(l) == here {
			l.Base = 0
		}
	}
	Read(f.s, f.s.tr("库存", "stock"), func() ([]inquiry.Shortage, error) { return b.Shortages(k, d) }, func(list []inquiry.Shortage) {
		i := slices.IndexFunc(list, func(x inquiry.Shortage) bool { return x.Line == row+1 })
		if i < 0 || row >= len(f.doc.Lines) || f.doc.Lines[row].Product != product {
			return
		}
		x := list[i]
		if f.doc.Lines[row].Base == 0 {
			f.s.Say(kit.Warning, x.None().In(f.s.lang))
			return
		}
		var keys []kit.Offer
		if scanned || f.grid.Row() == row {
			keys = f.waysOut(row, x, list[i:i+1])
		}
		words := f.s.tr("第 %d 行：", "Line %d: ", row+1) + x.Words().In(f.s.lang)
		f.s.Say(kit.Warning, words, keys...)
		f.said = atOnce{words, f.grid.Row()}
	})
}

// sayOver says at once that a line just typed takes more than its source has open.
func (f *slipForm) sayOver(row int) {
	if f.correcting || row >= len(f.doc.Lines) || f.doc.Lines[row].SourceID == 0 {
		return
	}
	d, b, k, product := f.doc.Clone(), f.s.Book(), f.kind, f.doc.Lines[row].Product
	Read(f.s, f.s.tr("源单", "the source"), func() ([]workflow.Rest, error) { return b.OpenAt(k, d) }, func(rest []workflow.Rest) {
		i := slices.IndexFunc(rest, func(x workflow.Rest) bool { return x.Line == row+1 })
		if i < 0 || rest[i].Takes <= rest[i].Left || row >= len(f.doc.Lines) || f.doc.Lines[row].Product != product {
			return
		}
		x := rest[i]
		words := f.s.tr("第 %d 行：%s 未结 %s，这里 %s", "Line %d: %s has %s open, here are %s", row+1, x.Source, x.Left.Grouped(), x.Takes.Grouped())
		var keys []kit.Offer
		if f.grid.Row() == row {
			keys = append(keys, f.takesOpen(rest[i:i+1]))
		}
		f.s.Say(kit.Warning, words, keys...)
		f.said = atOnce{words, f.grid.Row()}
	})
}

// leftBehind takes the keys from a shortage said of a line that the cursor has left: they have their own meaning there. The words stay.
func (f *slipForm) leftBehind(row int) {
	if f.said.words == "" || f.said.row == row {
		return
	}
	if said, tone := f.s.message.Text(); tone == kit.Warning && said == f.said.words {
		f.s.Say(kit.Warning, f.said.words)
	}
	f.said = atOnce{}
}
