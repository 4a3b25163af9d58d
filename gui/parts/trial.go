package parts

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// ShowTrial lays what a step would change over the window: figures by what a person cares for at the left, every slip that
// changes at the right. The safe answer has the keyboard, whichever table it scrolls; doing it is one key.
func ShowTrial(s host.Host, title string, t workflow.Trial, verb text.Text, do func()) {
	t.Slips = slices.DeleteFunc(t.Slips, func(r workflow.Recost) bool { return slices.Contains(t.Numbers, r.Number) })
	figures, slips := trialFigures(s, t), trialSlips(s, t)
	figures.OnKey, slips.OnKey = onTab(slips), onTab(figures)
	left := kit.Fixed(476, 0, container.NewBorder(nil, trialNote(s, t), nil, nil, figures))
	body := container.NewBorder(nil, nil, left, nil, kit.Pad(10, 0, slips))
	label := verb
	if n := len(t.Slips); n > 0 {
		label = text.Tf("%s并重算 %d 张", "%s and re-cost %d", verb, n)
	}
	over := s.DialogOver(title, body, fyne.NewSize(1030, 572), figures, true, host.Answer{Label: text.T("不做", "Cancel")}, host.Answer{Label: label, Key: fyne.KeyY, Run: do})
	figures.OnRune, slips.OnRune = over.Rune, over.Rune
}

// onTab goes to another part at Tab and at F6.
func onTab(to fyne.Focusable) func(*fyne.KeyEvent) bool {
	return func(ev *fyne.KeyEvent) bool {
		if ev.Name != fyne.KeyTab && ev.Name != fyne.KeyF6 {
			return false
		}
		kit.Focus(to)
		return true
	}
}

// change is a row of the figures: before, after, and by how much; a head has words only.
type change struct {
	what                  string
	before, after, differ string
	head                  bool
}

func trialFigures(s host.Host, t workflow.Trial) *kit.Table {
	var rows []change
	head := func(words string) { rows = append(rows, change{what: words, head: true}) }
	add := func(words string, x workflow.Span) {
		rows = append(rows, change{what: words, before: x.Before.Grouped(), after: x.After.Grouped(), differ: Signed(x.Change())})
	}
	head(s.Tr("库存", "Stock"))
	add(s.Tr("全部库存金额", "all stock, value"), t.Stock)
	for _, p := range t.Products {
		name := p.Product
		if r, ok := s.Book().Masters().Find(master.Products.Code, p.Product); ok {
			name = Name(s, r)
		}
		if p.QtyBefore != p.QtyAfter {
			d := (p.QtyAfter - p.QtyBefore).Grouped()
			if p.QtyAfter > p.QtyBefore {
				d = "+" + d
			}
			rows = append(rows, change{what: s.Tr("%s 数量", "%s, quantity", name), before: p.QtyBefore.Grouped(), after: p.QtyAfter.Grouped(), differ: d})
		}
		add(s.Tr("%s 金额", "%s, value", name), p.Value)
	}
	if len(t.Parties) > 0 {
		head(s.Tr("往来", "Parties"))
	}
	for _, p := range t.Parties {
		add(bookWord(s, p.Book)+"  "+partyName(s, p.Party), p.Span)
	}
	if len(t.Profit) > 0 {
		head(s.Tr("利润", "Profit"))
	}
	for _, p := range t.Profit {
		add(p.Month.String(), p.Span)
	}
	head(s.Tr("单据", "Slips"))
	for _, n := range t.Numbers {
		rows = append(rows, change{what: n})
	}
	tb := kit.NewTable()
	tb.Tight = true
	tb.Metrics = kit.CompactRows()
	tb.Columns = []kit.Column{{Title: s.Tr("改变什么", "What changes"), Width: 160, Grow: true}, {Title: s.Tr("现在", "Now"), Width: 100, Align: fyne.TextAlignTrailing},
		{Title: s.Tr("以后", "After"), Width: 100, Align: fyne.TextAlignTrailing}, {Title: s.Tr("变化", "Change"), Width: 96, Align: fyne.TextAlignTrailing}}
	tb.Length = func() int { return len(rows) }
	tb.CellAt = func(row, col int) kit.Cell {
		r := rows[row]
		switch {
		case r.head && col == 0:
			return kit.Cell{Text: r.what, Bold: true, Shade: kit.Ink2}
		case r.head:
			return kit.Cell{}
		}
		return kit.Cell{Text: []string{"  " + r.what, r.before, r.after, r.differ}[col]}
	}
	return tb
}

func bookWord(s host.Host, b slip.Book) string {
	switch b {
	case slip.Receivable:
		return s.Tr("应收", "receivable")
	case slip.Payable:
		return s.Tr("应付", "payable")
	case slip.Advance:
		return s.Tr("预收", "advance")
	}
	return s.Tr("预付", "prepaid")
}

func partyName(s host.Host, code string) string {
	for _, typ := range []string{master.Customers.Code, master.Suppliers.Code} {
		if r, ok := s.Book().Masters().Find(typ, code); ok {
			return Name(s, r)
		}
	}
	return code
}

func trialSlips(s host.Host, t workflow.Trial) *kit.Table {
	tb := kit.NewTable()
	tb.Tight = true
	tb.Metrics = kit.CompactRows()
	right := func(title string, width float32) kit.Column {
		return kit.Column{Title: title, Width: width, Align: fyne.TextAlignTrailing}
	}
	tb.Columns = []kit.Column{{Title: s.Tr("日期", "Date"), Width: 78}, {Title: s.Tr("重算成本的单据", "Slips re-costed"), Width: 116, Grow: true},
		right(s.Tr("成本现在", "Cost now"), 84), right(s.Tr("以后", "After"), 84), right(s.Tr("变化", "Change"), 76), {Title: s.Tr("纸", "Paper"), Width: 54}}
	tb.Empty = s.Tr("没有其他单据要重算", "no other slip is re-costed")
	tb.Length = func() int { return len(t.Slips) }
	tb.CellAt = func(row, col int) kit.Cell {
		r := t.Slips[row]
		c := r.Cost()
		switch col {
		case 0:
			return kit.Cell{Text: r.Date.String()}
		case 1:
			return kit.Cell{Text: r.Number}
		case 5:
			if r.Prints > 0 {
				return kit.Cell{Text: s.Tr("已打印", "printed"), Shade: kit.Warn}
			}
			return kit.Cell{Text: "—", Shade: kit.Ink3}
		}
		return kit.Cell{Text: []string{c.Before.Grouped(), c.After.Grouped(), Signed(c.Change())}[col-2]}
	}
	var sum workflow.Span
	for _, r := range t.Slips {
		c := r.Cost()
		sum.Before, sum.After = sum.Before+c.Before, sum.After+c.After
	}
	tb.Foot = func() [][]kit.Cell {
		return [][]kit.Cell{{{Text: s.Tr("合计", "Total")}, {Text: s.Tr("%d 张", "%d {slip|slips}", len(t.Slips))}, {Text: sum.Before.Grouped()}, {Text: sum.After.Grouped()}, {Text: Signed(sum.Change())}, {}}}
	}
	return tb
}

func trialNote(s host.Host, t workflow.Trial) fyne.CanvasObject {
	printed := 0
	for _, r := range t.Slips {
		if r.Prints > 0 {
			printed++
		}
	}
	lines := container.NewVBox(kit.Label(s.Tr("这是试算，账套还没有任何改动。", "This was only tried; the book has not changed."), kit.Ok, kit.M().Text, true),
		kit.Caption(s.Tr("↑↓ PgUp PgDn 滚动，Tab 换一张表。", "↑↓ PgUp PgDn scroll, Tab goes to the other table.")))
	if printed > 0 {
		lines.Add(kit.Caption(s.Tr("纸上不印成本，%d 张已打印的单据不用重打。", "Papers show no cost: the %d printed need no reprint.", printed)))
	}
	for _, x := range t.Told[:min(4, len(t.Told))] {
		lines.Add(kit.Fitted(s.Words(fault.List{x}), kit.Warn, kit.M().Text, true))
	}
	if n := len(t.Told) - 4; n > 0 {
		lines.Add(kit.Caption(s.Tr("…… 还有 %d 条", "… and %d more", n)))
	}
	if n := len(t.Numbers); n > 1 {
		lines.Add(kit.Label(s.Tr("后面的 %d 张已审核单据会一起退回草稿。", "%d audited {slip|slips} after it {becomes a draft|become drafts} with it.", n-1), kit.Warn, kit.M().Text, true))
	}
	return container.NewStack(kit.Framed(kit.OkGround, kit.OkGround, 0), kit.Pad(10, 8, lines))
}

// Choose lets a person choose one of a few things by digit or by arrows and Enter.
func Choose(s host.Host, title string, list []string, then func(int)) {
	tb := kit.NewTable()
	tb.Tight = true
	tb.Columns = []kit.Column{{Width: 34, Align: fyne.TextAlignCenter}, {Width: 200, Grow: true}}
	tb.Length = func() int { return len(list) }
	tb.CellAt = func(row, col int) kit.Cell {
		if col == 0 {
			return kit.Cell{Text: fmt.Sprint(row + 1), Shade: kit.Ink3}
		}
		return kit.Cell{Text: list[row]}
	}
	var over *kit.Overlay
	take := func(i int) {
		s.Layer().Close(over)
		then(i)
	}
	tb.OnOpen = func(row, _ int) { take(row) }
	tb.OnRune = func(r rune) bool {
		if i := int(r - '1'); i >= 0 && i < min(len(list), 9) {
			take(i)
			return true
		}
		return false
	}
	m := kit.M()
	height := 150 + float32(len(list))*(m.Pitch+2)
	over = s.Dialog(title, tb, fyne.NewSize(420, height), tb, host.Answer{Label: text.T("不选", "Cancel")})
}

// AskWord asks for one line of text and does something with it; an error stays at the field.
func AskWord(s host.Host, title, label string, verb text.Text, do func(string) error, then func()) {
	f := kit.NewField(label)
	why := kit.Label("", kit.Negative, kit.M().Caption, false)
	var over *kit.Overlay
	run := func() {
		if err := do(f.Text()); err != nil {
			why.Text = s.Words(err)
			why.Refresh()
			f.Refuse(true)
			return
		}
		s.Layer().Close(over)
		then()
	}
	f.OnWalk = func(kit.Way) { run() }
	body := container.NewVBox(kit.Caption(label), f.Input, why, container.NewHBox(kit.Button{Label: s.T(verb), Key: "Enter", Primary: true, Run: run}.Object()))
	over = s.Dialog(title, body, fyne.NewSize(520, 220), f.Input, host.Answer{Label: text.T("取消", "Cancel")})
}
