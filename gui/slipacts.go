package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
	"zhanggui/gui/stocktake"
	"zhanggui/reports"
)

// Commands are what can be done with the slip as it stands.
func (f *slipForm) Commands() []Command {
	d := f.doc
	draft, live, saved := d.Status.Editable(), d.Status.Live(), d.Number != ""
	list := []Command{{Label: text.T("新增", "New"), Key: "Ctrl+N", Icon: "plus", Run: func() { f.s.NewSlip(f.kind) }, Needs: f.needs("enter")}}
	if f.elsewhere != nil {
		list = append(list, Command{Label: text.T("并入别处的修改", "Merge what changed elsewhere"), Key: "F2", Icon: "undo", Hidden: true, Run: f.mergeElsewhere})
	}
	if f.elsewhere == nil && f.held != nil {
		list = append(list, Command{Label: text.T("接手这张单据", "Take the slip over"), Key: "F2", Icon: "edit", Hidden: true, Run: f.takeOver})
	}
	switch {
	case f.correcting:
		list = append(list, Command{Label: text.T("审核更正", "Audit"), Key: "F9", Icon: "check", Primary: true, Run: f.correct, Needs: f.needs("unaudit", "enter", "audit")},
			Command{Label: text.T("放弃更正", "Give up"), Icon: "x", Run: f.giveUpCorrecting})
	case draft:
		if !f.awaited() {
			list = append(list, Command{Label: text.T("保存", "Save"), Key: "Ctrl+S", Icon: "save", Run: func() { f.save(nil) }, Needs: f.needs("enter")})
		}
		list = append(list, f.next())
		if c, is := f.back(); is {
			list = append(list, c)
		}
	}
	if f.kind.Stock.Counts && draft && !f.correcting {
		list = append(list, Command{Label: text.T("扫码盘点", "Count by scanner"), Key: "F8", Icon: "scan", Run: f.countByScanner},
			Command{Label: text.T("列商品", "List goods"), Key: "Ctrl+G", Icon: "src", Run: f.fillCount})
	}
	if f.kind.Stock.Counts && d.Status != slip.Void && !f.correcting {
		list = append(list, Command{Label: text.T("差异", "Differences"), Key: "Ctrl+D", Icon: "filter", Off: !saved && len(d.Lines) == 0, Run: f.openDifferences})
	}
	if stocktake.Picks(f.kind) && !f.correcting && (f.kind.Plan && live && d.Status != slip.Closed || !f.kind.Plan && draft) {
		list = append(list, Command{Label: text.T("扫码拣货", "Pick by scanner"), Key: "Ctrl+F8", Icon: "scan", Hidden: true, Off: !saved && len(d.Lines) == 0, Run: f.pickByScanner})
	}
	if len(f.kind.Matches) > 0 && live && !f.correcting {
		list = append(list, Command{Label: text.T("钩稽", "Match"), Key: "Ctrl+Y", Icon: "offset", Hidden: true, Run: func() { f.s.OpenMatching(f.kind, d.Party) }, Needs: f.needs("audit")},
			Command{Label: text.T("取消钩稽…", "Unmatch…"), Icon: "undo", Hidden: true, Run: f.unmatch, Needs: f.needs("audit")})
	}
	push := len(f.s.Book().Next(d)) > 0
	if push {
		list = append(list, Command{Label: text.T("下推", "Push down"), Key: "F8", Icon: "push", Primary: live && !f.correcting, Off: !live || d.Status == slip.Closed || f.correcting, Run: f.push})
	}
	list = append(list, Command{Label: text.T("打印", "Print"), Key: "Ctrl+P", Icon: "print", Off: !saved, Run: f.print, Needs: f.needs("print")})
	if f.kind.Stock.Parts != 0 && f.editable() {
		list = append(list, Command{Label: text.T("展开清单", "Explode"), Key: "Ctrl+G", Icon: "src", Gap: true, Run: f.explode})
		if f.kind.Stock.Parts > 0 && draft && !f.correcting {
			list = append(list, Command{Label: text.T("补做缺件", "Make missing"), Key: "F8", Icon: "push", Run: f.makeMissing})
		}
	}
	if f.editable() {
		if len(f.kind.From) > 0 && !f.correcting {
			list = append(list, Command{Label: text.T("选源单", "From slip"), Key: "F3", Icon: "src", Gap: true, Run: f.choose})
		}
		if f.kind.Taxed { // its tick stands at the foot, where a low window may have no room for it
			list = append(list, Command{Label: text.T("单价含税", "Prices include tax"), Key: "Ctrl+Shift+I", Icon: "check", Hidden: true, Run: f.turnTax})
		}
		if f.hasLines() {
			list = append(list, Command{Label: text.T("下一行", "Next line"), Key: "Ctrl+Enter", Icon: "r", Hidden: true, Run: f.nextLine},
				Command{Label: text.T("插行", "Insert"), Key: "Ctrl+Ins", Icon: "ins", Run: f.insertLine},
				Command{Label: text.T("删行", "Delete"), Key: "Ctrl+Del", Icon: "del", Run: f.deleteLine})
		}
	}
	if live && !f.correcting {
		list = append(list, Command{Label: text.T("反审核", "Un-audit"), Key: "Ctrl+F9", Icon: "undo", Gap: true, Run: f.unaudit, Needs: f.needs("unaudit")},
			Command{Label: text.T("更正", "Correct"), Key: "Ctrl+R", Icon: "edit", Run: f.startCorrecting, Needs: f.needs("unaudit", "enter", "audit")})
		list = append(list, f.afterwards()...)
	}
	list = append(list, Command{Label: text.T("单据流", "Flow"), Key: "Ctrl+L", Icon: "flow", Off: !saved, Run: func() { f.s.OpenFlow(d.Number) }},
		Command{Label: text.T("操作日志", "Audit log"), Key: "Ctrl+Shift+H", Icon: "rep", Hidden: true, Off: !saved, Run: func() { f.s.OpenLog(f.kind.Code, d.Number) }},
		Command{Label: text.T("复制", "Copy"), Key: "Ctrl+K", Icon: "copy", Hidden: draft, Run: f.copy, Needs: f.needs("enter")})
	if draft && saved {
		list = append(list, Command{Label: text.T("作废…", "Void…"), Icon: "x", Hidden: true, Run: f.void, Needs: f.needs("void")})
	}
	if f.kind.Plan && live && d.Status != slip.Closed && d.Status != slip.Done {
		list = append(list, Command{Label: text.T("关闭订单…", "Close order…"), Icon: "x", Hidden: true, Run: f.closeOrder, Needs: f.needs("audit")})
	}
	return append(list, Command{Label: text.T("列表", "List"), Icon: "cols", Hidden: true, Run: func() { f.s.OpenList(f.kind) }},
		Command{Label: text.T("更多栏目", "More fields"), Key: "Ctrl+M", Icon: "cols", Hidden: true, Off: !f.hasHidden(), Run: f.showMore},
		Command{Label: text.T("光标到表尾", "To the foot"), Key: "Ctrl+End", Hidden: true, Run: func() { f.foot.First() }},
		Command{Label: text.T("上一张", "Previous"), Key: "Ctrl+PgUp", Icon: "l", End: true, Run: func() { f.neighbour(-1) }},
		Command{Label: text.T("下一张", "Next"), Key: "Ctrl+PgDn", Icon: "r", End: true, Run: func() { f.neighbour(+1) }})
}

// Keys are the keys of the grid, for the help.
func (f *slipForm) Keys() []Command {
	return []Command{
		{Label: text.T("下一格；一行末尾到新行", "next field; from the last cell to a new line"), Key: "Enter"},
		{Label: text.T("每一格 / 往回", "every cell / back"), Key: "Tab / Shift+Tab"},
		{Label: text.T("打开列表；直接输入助记码也可", "open the list; so does typing initials"), Key: "F4"},
		{Label: text.T("日期加减一天；在表格里换行", "a day on or back; in the grid, lines"), Key: "↑ ↓"},
		{Label: text.T("表头、明细、表尾", "head, lines, foot"), Key: "F6"},
		{Label: text.T("粘贴表格软件里的行：商品、数量、单价", "paste rows of a spreadsheet: product, quantity, price"), Key: "Ctrl+V"},
		{Label: text.T("在商品格扫码：加一行或数量加一", "scan a barcode: a line, or one more"), Key: text.T("扫码", "scan").In(f.s.lang)},
	}[:5+map[bool]int{true: 1}[f.kind.Goods()]]
}

// settled takes what is still being typed; false: something is refused and stands.
func (f *slipForm) settled() bool {
	f.askAgain()
	for _, x := range f.fields {
		if x.Focused() || x.Refused() {
			if !x.Commit() {
				kit.Focus(x.Input)
				return false
			}
		}
	}
	return f.grid.Leave()
}

// askAgain takes back what the book refused of values that stand as they were taken: the book is asked anew, and may have changed.
func (f *slipForm) askAgain() {
	for _, x := range f.fields {
		if x.Refused() && !x.Dirty() {
			x.Refuse(false)
		}
	}
	if x := f.grid.Editing(); x != nil && x.Refused() && !x.Dirty() {
		x.Refuse(false)
	}
}

// save writes the draft; then is called when it stands.
func (f *slipForm) save(then func()) {
	if parts.Looking(f.s) || !f.doc.Status.Editable() || !f.settled() {
		return
	}
	if !f.dirty && f.doc.Number != "" {
		f.s.Say(kit.Hint, f.s.tr("%s 已保存", "%s is saved", f.doc.Number))
		if then != nil {
			then()
		}
		return
	}
	d, b, key := f.trimmed(), f.s.Book(), f.key
	var fresh *slip.Doc
	var told fault.List
	f.act(f.s.tr("保存", "saving"), func() (err error) {
		if told, err = b.SaveOnce(key, d, false); err == nil {
			fresh, err = b.Load(d.Number)
		}
		return err
	}, func(err error) {
		if err != nil {
			f.point(err)
			return
		}
		f.stands(fresh, f.s.tr("已保存 %s", "saved %s", fresh.Number))
		f.tells(told)
		if then != nil {
			then()
		}
	})
}

// stands takes a slip as it now is in the book and says what was done.
func (f *slipForm) stands(d *slip.Doc, words string) {
	f.drop()
	f.dirty = false
	at := [2]int{f.grid.Row(), f.grid.Col()}
	focused := f.grid.Editing() != nil
	f.take(d)
	if focused && f.editable() {
		f.grid.Edit(at[0], at[1])
	}
	f.s.Say(kit.Hint, words)
}

// point says a refusal and puts the cursor where it is about.
func (f *slipForm) point(err error) {
	defer func() { // last: a field that is right calms the message line when the focus comes
		if list := fault.Of(err); len(list) > 0 && list[0].Field == "date" && list[0].Line == 0 {
			f.refuse("date", err)
		} else {
			f.s.Fail(err)
		}
		f.clashed(err)
	}()
	list := fault.Of(err)
	if len(list) == 0 {
		return
	}
	x := list[0]
	if field := f.fields[x.Field]; field != nil && x.Line == 0 {
		field.Refuse(true)
		kit.Focus(field.Input)
		return
	}
	if x.Line > 0 && f.hasLines() {
		f.grid.Edit(f.shownRow(x.Line), f.lines.column(x.Field))
		if e := f.grid.Editing(); e != nil {
			e.Refuse(true)
		}
	}
}

// shownRow is the grid's row of a line of the trimmed slip.
func (f *slipForm) shownRow(line int) int {
	for i := range f.doc.Lines {
		if !f.doc.Lines[i].Empty() {
			if line--; line == 0 {
				return i
			}
		}
	}
	return 0
}

// nextStep says what usually follows from an audited slip and by which key: what carries it out or bills it, or the money while some is open.
func (f *slipForm) nextStep(d *slip.Doc) string {
	for _, k := range f.s.Book().Next(d) {
		src, _ := k.Source(d.Kind)
		if k.ReturnOf == "" && (src.Executes || src.Usual && !(k.SettlesOthers() && d.Gross == d.PaidNow())) {
			return f.s.tr("   下一步 F8：%s", "   next: F8 %s", k.Title)
		}
	}
	return ""
}

// countByScanner saves the stocktake and opens the counting screen.
func (f *slipForm) countByScanner() {
	f.save(func() {
		n := f.doc.Number
		f.s.CloseTab()
		if d, err := f.s.Book().Load(n); err == nil {
			stocktake.OpenCount(f.s, d)
		}
	})
}

// pickByScanner saves the draft and opens its pick list on the screen.
func (f *slipForm) pickByScanner() {
	if !f.doc.Status.Editable() || f.doc.Number != "" && !f.dirty {
		stocktake.OpenPicking(f.s, f.doc.Number)
		return
	}
	f.save(func() { stocktake.OpenPicking(f.s, f.doc.Number) })
}

// unmatch takes back what the invoice is matched with.
func (f *slipForm) unmatch() {
	n, b := f.doc.Number, f.s.Book()
	f.s.Ask(f.s.tr("取消 %s 的钩稽？", "Unmatch %s?", n), []string{f.s.tr("发票仍是已审核；货物回到暂估。", "The invoice stays audited; its goods are accrued again.")},
		Answer{Label: text.T("不取消", "Keep")}, Answer{Label: text.T("取消钩稽", "Unmatch"), Key: fyne.KeyY, Run: func() {
			f.s.Write(f.s.tr("取消钩稽", "unmatching"), func() error { return b.Unmatch(n) }, f.reloaded(f.s.tr("已取消 %s 的钩稽", "%s is unmatched", n)))
		}})
}

// openParty shows the party's account.
func (f *slipForm) openParty() {
	if r, ok := reports.ByName("party-statement"); ok && f.doc.Party != "" {
		f.s.OpenReport(r, reports.Params{Party: f.doc.Party})
	}
}

// neighbour goes to the slip before or after this one.
func (f *slipForm) neighbour(step int) {
	k, n, b := f.kind, f.doc.Number, f.s.Book()
	Read(f.s, f.s.tr("翻页", "paging"), func() (string, error) { return b.Neighbour(k.Code, n, step) }, func(next string) {
		if next == "" {
			f.s.Say(kit.Hint, f.s.tr("没有更多单据了", "there are no more slips"))
			return
		}
		if f.dirty {
			f.s.OpenSlip(next)
			return
		}
		f.s.load(next, func(n *slipForm) { f.s.Replace(n) })
	})
}

// push makes the next slip from this one.
func (f *slipForm) push() {
	f.s.PushDown([]string{f.seen()}, f.kind)
}

// PushDown asks for the kind, where there are several, and opens what is pushed down, unsaved.
func (s *Shell) PushDown(numbers []string, from *slip.Kind) {
	next := s.Book().NextKinds(from.Code)
	run := func(k *slip.Kind) {
		for _, n := range numbers {
			b := s.Book()
			Read(s, s.tr("下推", "pushing down"), func() (*slip.Doc, error) { return b.Push(n, k.Code) }, s.EditDoc)
		}
	}
	switch len(next) {
	case 0:
		s.Say(kit.Hint, s.tr("%s没有下游单据", "nothing follows from a %s", from.Title))
	case 1:
		run(next[0])
	default:
		titles := make([]string, len(next))
		for i, k := range next {
			titles[i] = s.T(k.Title)
			if src, _ := k.Source(from.Code); !src.Path.Empty() {
				titles[i] += s.tr("（%s）", " (%s)", src.Path)
			}
		}
		parts.Choose(s, s.tr("下推为", "Push down to"), titles, func(i int) { run(next[i]) })
	}
}

// choose picks the slip this one follows from.
func (f *slipForm) choose() {
	k, party, b := f.kind, f.doc.Party, f.s.Book()
	Read(f.s, f.s.tr("源单", "sources"), func() ([]inquiry.SlipRow, error) { return b.Pushable(k, party) }, func(rows []inquiry.SlipRow) {
		if len(rows) == 0 {
			f.noSource()
			return
		}
		parts.ChooseSlips(f.s, f.s.tr("选源单", "Choose the source"), f.kind, rows, f.from)
	})
}

// noSource says that nothing can be chosen, what it could be, and the key to the list of what mostly is.
func (f *slipForm) noSource() {
	s := f.s
	var names []string
	var first *slip.Kind
	for _, src := range f.kind.From {
		k, err := s.Book().Kind(src.Kind)
		if err != nil {
			continue // its module is off
		}
		if first == nil {
			first = k
		}
		names = append(names, s.T(k.Title))
	}
	if first == nil {
		s.Say(kit.Hint, s.tr("没有可以选的源单", "there is no slip to choose from"))
		return
	}
	s.Say(kit.Hint, s.tr("没有可以选的源单：要有已审核、还有剩余的%s", "there is no slip to choose from: it takes an audited one with something left, of %s", strings.Join(names, s.tr("、", ", "))),
		kit.Offer{Key: fyne.KeyF2, Label: s.tr("%s列表", "list: %s", first.Title), Run: func() { s.OpenList(first) }})
}

// from takes over what is left of sources, one after the other: into this slip if it is empty, else behind its lines.
func (f *slipForm) from(rows []inquiry.SlipRow) {
	if len(rows) == 0 {
		f.fill()
		f.loadParty()
		f.touched()
		f.enterGrid()
		return
	}
	b, k, r := f.s.Book(), f.kind, rows[0]
	Read(f.s, f.s.tr("选源单", "taking over"), func() (*slip.Doc, error) { return b.Push(r.Number, k.Code) }, func(d *slip.Doc) {
		src, _ := k.Source(r.Kind)
		keep := f.trimmed().Lines
		date := f.doc.Date
		switch {
		case k.Money.Settles != "" || !f.hasLines():
			f.doc.Party, f.doc.Amount, f.doc.Allocations = d.Party, f.doc.Amount+d.Amount, append(f.doc.Allocations, d.Allocations...)
		case src.Free: // whose goods they are says nothing of this slip's head
			f.doc.Lines = append(keep, d.Lines...)
		case f.doc.Party != "" && f.doc.Party != d.Party:
			f.from(nil)
			f.s.Fail(fault.New(fault.Refused, "源单 %s 的往来单位不同", "%s is of another party", r.Number))
			return
		case len(keep) == 0:
			d.ID, d.Number, d.Version = f.doc.ID, f.doc.Number, f.doc.Version
			f.keepTyped(d)
			f.doc = d
			if f.doc.Date = max(date, d.Date); date != f.opened.Date { // a day that was typed stands, as far as the source's lets it
				f.doc.Date = max(date, r.Date)
			}
			if f.doc.DueDate == 0 { // of the party, from the day of this slip
				f.renewDue()
			}
		default:
			f.doc.Lines = append(keep, d.Lines...)
			f.doc.Discount, f.doc.Fee = f.doc.Discount+d.Discount, f.doc.Fee+d.Fee
		}
		f.from(rows[1:])
	})
}

// keepTyped puts onto what is taken over from a source what a person typed into the head before: the source fills the rest.
func (f *slipForm) keepTyped(d *slip.Doc) {
	due := f.doc.Clone() // a day that only follows from the party's terms follows from the new head too
	due.DueDate = 0
	f.s.Book().Complete(f.kind, due)
	for _, x := range f.kind.Header {
		v := f.doc.Get(x.Key)
		if v == "" || v == f.opened.Get(x.Key) || x.Key == "date" || x.Key == "due_date" && v == due.Get(x.Key) {
			continue
		}
		_ = d.Set(x, v) // it was taken once
	}
	for key, rows := range f.doc.Lists {
		if len(rows) > 0 && len(d.Lists[key]) == 0 {
			if d.Lists == nil {
				d.Lists = map[string][]slip.Item{}
			}
			d.Lists[key] = rows
		}
	}
}

// redLetter opens the negative twin of the slip.
func (f *slipForm) redLetter() {
	n, b := f.doc.Number, f.s.Book()
	Read(f.s, f.s.tr("红字单", "red letter"), func() (*slip.Doc, error) { return b.RedLetter(n) }, f.s.EditDoc)
}

// copy opens a new slip with the same content.
func (f *slipForm) copy() {
	d := f.doc.Clone()
	fresh := &slip.Doc{Kind: d.Kind, Date: f.s.Book().Today(), Status: slip.Draft, Party: d.Party, Warehouse: d.Warehouse, ToWarehouse: d.ToWarehouse, Account: d.Account,
		Employee: d.Employee, Department: d.Department, Remark: d.Remark, Amount: d.Amount, Extra: d.Again(f.kind), Lists: d.ListsAgain(f.kind)}
	for _, l := range d.Lines {
		l.ID, l.SourceID, l.SourceNumber, l.SourceLine, l.Cost, l.Remaining = 0, 0, "", 0, 0, 0
		fresh.Lines = append(fresh.Lines, l)
	}
	f.s.Book().Complete(f.kind, fresh)
	_ = slip.Calculate(f.kind, fresh) // what was right once is right again
	f.s.EditDoc(fresh)
}

func (f *slipForm) print() {
	if f.dirty && f.doc.Status.Editable() {
		f.save(f.print)
		return
	}
	f.s.Preview([]string{f.doc.Number})
}

// unaudit shows what would change, and then does it.
func (f *slipForm) unaudit() {
	s, n, seen, b := f.s, f.doc.Number, f.seen(), f.s.Book()
	cascade := false
	Read(s, s.tr("试算反审核", "trying"), func() (workflow.Trial, error) {
		t, err := b.TryUnaudit(seen, false)
		if fault.Is(err, fault.Refused) {
			t2, err2 := b.TryUnaudit(seen, true)
			if err2 == nil && len(t2.Numbers) > 1 {
				cascade = true
				return t2, nil
			}
			if fault.Is(err2, fault.Refused) { // why the chain cannot go either says more than that there is one
				return t2, err2
			}
		}
		return t, err
	}, func(t workflow.Trial) {
		title := s.tr("反审核 %s %s，会改变这些", "Un-auditing %s %s changes this", f.kind.Title, n)
		parts.ShowTrial(s, title, t, text.T("反审核", "Un-audit"), func() {
			f.act(s.tr("反审核", "un-auditing"), func() error {
				_, err := b.Unaudit(seen, cascade)
				return err
			}, f.reloaded(s.tr("%s 已反审核，回到草稿", "%s is a draft again", n)))
		})
	})
}

// reloaded shows the slip as it stands now and says what was done.
func (f *slipForm) reloaded(words string) func(error) {
	return func(err error) {
		if err != nil {
			f.s.Fail(err)
			f.clashed(err)
			return
		}
		d, err := f.s.Book().Load(f.doc.Number)
		if err != nil {
			f.s.Fail(err)
			return
		}
		f.take(d)
		f.s.Say(kit.Hint, words)
	}
}

// startCorrecting lets an audited slip be typed in; nothing changes in the book until F9.
func (f *slipForm) startCorrecting() {
	if parts.Looking(f.s) {
		return
	}
	s, d, b := f.s, f.trimmed(), f.s.Book()
	byRed := false
	Read(s, s.tr("试算更正", "trying"), func() (short, err error) { // what cannot be corrected is said before anything is typed
		_, err = b.TryCorrect(d.Clone(), nil)
		if !fault.Is(err, fault.Refused) {
			return nil, err
		}
		red, err := b.RedLetter(d.Number)
		if err != nil {
			return nil, err
		}
		byRed = true
		if _, err = b.TryCorrect(d.Clone(), red); isAbout(err, workflow.Short) {
			return err, nil
		}
		return nil, err
	}, func(short error) {
		if short != nil {
			f.goneSince(short)
			return
		}
		f.correcting = true
		f.rebuild()
		if byRed {
			s.Hint(s.tr("更正：之后已有单据或已结账，F9 会开红字单和新单（先看会改变什么）；Esc 放弃", "correcting: slips follow or the month is closed, so F9 makes a red letter and a new slip (you see what changes); Esc gives it up"))
			return
		}
		s.Hint(s.tr("更正：改好后按 F9，先看会改变什么；Esc 放弃", "correcting: F9 shows what would change; Esc gives it up"))
	})
}

func (f *slipForm) giveUpCorrecting() {
	f.correcting, f.dirty = false, false
	f.s.Hint("")
	f.reloaded(f.s.tr("已放弃更正，单据没有改动", "given up; the slip is as it was"))(nil)
	f.rebuild()
}

// correct tries the correction, shows what would change, and does it.
func (f *slipForm) correct() {
	if !f.settled() {
		return
	}
	s, d, b := f.s, f.trimmed(), f.s.Book()
	var red *slip.Doc
	Read(s, s.tr("试算更正", "trying"), func() (workflow.Trial, error) {
		t, err := b.TryCorrect(d.Clone(), nil)
		if !fault.Is(err, fault.Refused) {
			return t, err
		}
		r, errRed := b.RedLetter(d.Number)
		if errRed != nil {
			return t, err
		}
		if t2, err2 := b.TryCorrect(d.Clone(), r); err2 == nil {
			red = r
			return t2, nil
		}
		return t, err
	}, func(t workflow.Trial) {
		title := s.tr("更正 %s %s，会改变这些", "Correcting %s %s changes this", f.kind.Title, d.Number)
		if red != nil {
			title = s.tr("%s 不能直接改：开红字单和新单，会改变这些", "%s cannot be rewritten: a red letter and a new slip change this", d.Number)
		}
		parts.ShowTrial(s, title, t, text.T("更正", "Correct"), func() {
			var numbers []string
			f.act(s.tr("更正", "correcting"), func() (err error) {
				numbers, err = b.Correct(d, red)
				return err
			}, func(err error) {
				if err != nil {
					f.point(err)
					return
				}
				f.correcting, f.dirty = false, false
				s.Hint("")
				f.reloaded(s.tr("更正完成", "corrected"))(nil)
				f.rebuild()
				if len(numbers) > 1 {
					s.OpenSlip(numbers[len(numbers)-1])
				}
			})
		})
	})
}
