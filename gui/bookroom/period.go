package bookroom

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"zhanggui/data/inquiry"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// Periods lists the months of the book, newest first, to be closed and re-opened.
type Periods struct {
	host.Still
	s     host.Host
	Rows  []Period
	Table *kit.Table
}

// Period is a month with what lies in it.
type Period struct {
	Month         text.Month
	slips, Drafts int
	Closed        bool
}

// ClosePeriod opens the list of months.
func ClosePeriod(s host.Host) { s.Open(&Periods{s: s}) }

func (p *Periods) ID() string { return "periods" }

func (p *Periods) Title() text.Text { return text.T("结账", "Close month") }

func (p *Periods) Area() string { return "books" }

// Object builds the screen.
func (p *Periods) Object() fyne.CanvasObject {
	s := p.s
	t := kit.NewTable()
	t.Columns = []kit.Column{{Key: "month", Title: s.Tr("月份", "Month"), Width: 110}, {Key: "state", Title: s.Tr("状态", "State"), Width: 120},
		{Key: "slips", Title: s.Tr("单据", "Slips"), Width: 90, Align: fyne.TextAlignTrailing}, {Key: "drafts", Title: s.Tr("未审核", "Drafts"), Width: 90, Align: fyne.TextAlignTrailing}, {Key: "what", Width: 200, Grow: true}}
	t.Length = func() int { return len(p.Rows) }
	t.CellAt = p.cell
	t.OnOpen = func(row, _ int) {
		if p.Rows[row].Closed {
			p.reopen()
		} else {
			p.close()
		}
	}
	t.OnMove = func(int, int) { s.Refresh() }
	p.Table = t
	p.load()
	return t
}

func (p *Periods) load() {
	s, b := p.s, p.s.Book()
	host.Read(s, s.Tr("读取各月", "reading the months"), func() ([]Period, error) { return readPeriods(b) }, func(rows []Period) {
		first := p.Rows == nil
		p.Rows = rows
		for i, r := range rows {
			if first && !r.Closed {
				p.Table.Go(i, 0) // the oldest: the next to close
			}
		}
		p.Table.Refresh()
		s.Refresh()
	})
}

// readPeriods counts the slips of every month from the book's start to now, or to the last closed one.
func readPeriods(b *workflow.Book) ([]Period, error) {
	set := b.Settings()
	last := max(b.Today().Month(), set.Closed.Month())
	var rows []Period
	for m := set.Start; m <= last; m = m.Next() {
		all, err := b.List(inquiry.Filter{From: m.First(), To: m.Last()}, inquiry.Sorting{})
		if err != nil {
			return nil, err
		}
		rows = append(rows, Period{Month: m, slips: all.Count - all.Voids, Drafts: all.Drafts, Closed: m.Last() <= set.Closed})
	}
	slices.Reverse(rows)
	return rows, nil
}

func (p *Periods) cell(row, col int) kit.Cell {
	s, r := p.s, p.Rows[row]
	switch col {
	case 0:
		return kit.Cell{Text: r.Month.String()}
	case 1:
		if r.Closed {
			return kit.Cell{Text: s.Tr("已结账", "closed"), Mark: kit.MarkDone}
		}
		return kit.Cell{Text: s.Tr("未结账", "open"), Mark: kit.MarkDraft}
	case 2:
		return kit.Cell{Text: strconv.Itoa(r.slips)}
	case 3:
		if r.Drafts == 0 {
			return kit.Cell{}
		}
		return kit.Cell{Text: strconv.Itoa(r.Drafts), Shade: kit.Warn}
	}
	switch {
	case r.Closed:
		return kit.Cell{Text: s.Tr("不能再录入、审核、反审核这个月的单据", "no slip of this month can be entered, audited or un-audited"), Shade: kit.Ink2}
	case r.Drafts > 0:
		return kit.Cell{Text: s.Tr("还有未审核的单据，结账后只能改日期再审核", "drafts are left; once closed they must be dated later"), Shade: kit.Warn}
	}
	return kit.Cell{}
}

func (p *Periods) current() (Period, bool) {
	if p.Table == nil || p.Table.Row() >= len(p.Rows) {
		return Period{}, false
	}
	return p.Rows[p.Table.Row()], true
}

// close asks, and closes the month under the cursor with all before it.
func (p *Periods) close() {
	s := p.s
	r, ok := p.current()
	if !ok {
		return
	}
	lines := []string{s.Tr("到 %s 为止的单据都不能再改，需要时可以反结账。", "Nothing up to %s can be changed any more; the month can be re-opened.", r.Month.Last())}
	for m := s.Book().Settings().FirstOpen(); m <= r.Month; m = m.Next() {
		if s.Book().Settings().CostingAt(m) == workflow.Monthly {
			lines = append(lines, s.Tr("出库成本按全月一次加权平均结转，暂估差额记在月末。", "Issues are brought to the month's average; the difference is posted at its end."))
			break
		}
	}
	drafts, open := 0, 0
	for _, x := range p.Rows {
		if x.Month <= r.Month && !x.Closed {
			drafts += x.Drafts
			open++
		}
	}
	if open > 1 {
		lines = append(lines, s.Tr("这之前的 %d 个月一起结账。", "%d open {month before it is|months before it are} closed too.", open-1))
	}
	if drafts > 0 {
		lines = append(lines, s.Tr("还有 %d 张没有审核；按 Esc 回去，F2 可以看。", "%d {draft is|drafts are} not audited; Esc, then F2 shows them.", drafts))
	}
	s.Ask(s.Tr("给 %s 结账？", "Close %s?", r.Month), lines, host.Answer{Label: text.T("不结", "Leave it")},
		host.Answer{Label: text.T("结账", "Close it"), Key: fyne.KeyF9, Run: func() {
			from := s.Book().Settings().FirstOpen()
			p.change(func() string { return p.closedWords(from, r.Month) }, func(b *workflow.Book) error { return b.ClosePeriod(r.Month) })
		}})
}

// reopen asks, and re-opens the month under the cursor with all after it.
func (p *Periods) reopen() {
	s := p.s
	r, ok := p.current()
	if !ok {
		return
	}
	lines := []string{s.Tr("%s 和它之后的月份又可以录入、审核、反审核；已经报出去的数字可能会变。", "Slips of %s and later can be changed again; figures handed in may change.", r.Month)}
	s.Ask(s.Tr("%s 反结账？", "Re-open %s?", r.Month), lines, host.Answer{Label: text.T("不动", "Leave it")},
		host.Answer{Label: text.T("反结账", "Re-open it"), Key: fyne.KeyF9, Run: func() {
			p.change(func() string { return s.Tr("%s 已反结账", "%s is open again", r.Month) }, func(b *workflow.Book) error { return b.ReopenPeriod(r.Month) })
		}})
}

// closedWords says what closing months did to costs, where they are averaged by month.
func (p *Periods) closedWords(from, to text.Month) string {
	s, lines := p.s, 0
	var moved num.Amount
	for m := from; m <= to; m = m.Next() {
		if n, v, err := s.Book().MonthCost(m); err == nil {
			lines, moved = lines+n, moved+v
		}
	}
	if lines == 0 {
		return s.Tr("%s 已结账", "%s is closed", to)
	}
	return s.Tr("%s 已结账：%d 行按全月平均重算，成本 %s", "%s is closed: %d lines brought to the month's average, cost %s", to, lines, parts.Signed(moved))
}

func (p *Periods) change(said func() string, f func(*workflow.Book) error) {
	s, b := p.s, p.s.Book()
	s.Write(s.Tr("结账", "closing"), func() error { return f(b) }, func(err error) {
		if err != nil {
			s.Fail(err)
			return
		}
		s.Say(kit.Hint, said())
		p.load()
		s.DrawStatus()
	})
}

// drafts lists what is not audited in the month, a list for each kind that has any.
func (p *Periods) drafts() {
	r, ok := p.current()
	if !ok {
		return
	}
	s, b := p.s, p.s.Book()
	f := inquiry.Filter{From: r.Month.First(), To: r.Month.Last(), Status: slip.Drafts}
	host.Read(s, s.Tr("查找未审核的单据", "looking for drafts"), func() (list []*slip.Kind, err error) {
		for _, k := range b.Kinds() {
			f.Kinds = []string{k.Code}
			l, err := b.List(f, inquiry.Sorting{})
			if err != nil {
				return nil, err
			}
			if l.Count > 0 {
				list = append(list, k)
			}
		}
		return list, nil
	}, func(list []*slip.Kind) {
		for _, k := range list {
			s.OpenListOf(k, f)
		}
	})
}

// Changed reads anew.
func (p *Periods) Changed() { p.load() }

// Focus goes to the list.
func (p *Periods) Focus() {
	p.s.Hint(p.s.Tr("F9 结账，Ctrl+F9 反结账；都会先问", "F9 closes, Ctrl+F9 re-opens; both ask first"))
	kit.Focus(p.Table)
}

// Commands of the screen.
func (p *Periods) Commands() []host.Command {
	r, ok := p.current()
	return []host.Command{
		{Label: text.T("结账", "Close"), Key: "F9", Icon: "lock", Primary: true, Off: !ok || r.Closed, Run: p.close, Needs: host.Needs("book", "close")},
		{Label: text.T("反结账", "Re-open"), Key: "Ctrl+F9", Icon: "undo", Off: !ok || !r.Closed, Run: p.reopen, Needs: host.Needs("book", "reopen")},
		{Label: text.T("未审核的", "Drafts"), Key: "F2", Icon: "filter", Off: !ok || r.Drafts == 0, Run: p.drafts},
	}
}
