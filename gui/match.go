package gui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// matchForm is the matching 钩稽 of invoices with goods: goods that no invoice covers at the left, invoices that cover none at the
// right. Lines ticked on both sides are tied product by product; what the goods then cost more or less is shown before it is done.
type matchForm struct {
	s     *Shell
	kind  *slip.Kind // the invoice
	party string
	open  workflow.Matching
	sides [2]*matchSide
	front int // the side last with the keyboard
	field *kit.Field
	ring  *kit.Ring
}

// matchSide is one of the two lists.
type matchSide struct {
	lines  []workflow.OpenLine
	ticked map[int]bool
	table  *kit.Table
}

// OpenMatching opens the matching of an invoice kind for a party.
func (s *Shell) OpenMatching(k *slip.Kind, party string) {
	s.Open(&matchForm{s: s, kind: k, party: party})
}

func (m *matchForm) ID() string              { return "match " + m.kind.Code }
func (m *matchForm) Area() string            { return string(m.kind.Group) }
func (m *matchForm) Unsaved() bool           { return false }
func (m *matchForm) Leave(done func(bool))   { done(true) }
func (m *matchForm) Changed()                { m.load() }
func (m *matchForm) Key(*fyne.KeyEvent) bool { return false }

func (m *matchForm) Title() text.Text {
	return text.T(m.kind.Title.Zh+"钩稽", "Match "+m.kind.Title.En+"s")
}

func (m *matchForm) Focus() {
	if m.party == "" {
		kit.Focus(m.field.Input)
		return
	}
	kit.Focus(m.sides[0].table)
}

// Commands are what can be done here.
func (m *matchForm) Commands() []Command {
	return []Command{
		{Label: text.T("钩稽", "Match"), Key: "F9", Icon: "check", Primary: true, Run: m.match},
		{Label: text.T("自动勾选", "Tick what fits"), Key: "F8", Icon: "src", Run: m.tickFitting},
		{Label: text.T("不勾", "Tick none"), Key: "Ctrl+0", Icon: "x", Run: func() { m.clear(); m.refresh() }},
		{Label: text.T("打开单据", "Open slip"), Key: "Enter", Icon: "edit", Gap: true, Run: func() { m.sides[m.front].table.Step(fyne.KeyReturn) }},
		{Label: text.T("换供应商/客户", "Other party"), Key: "F4", Icon: "find", Run: func() { kit.Focus(m.field.Input) }},
		{Label: text.T("刷新", "Refresh"), Key: "F5", Icon: "ref", Run: m.load},
	}
}

// Keys are the keys of the lists.
func (m *matchForm) Keys() []Command {
	return []Command{{Label: text.T("勾选", "tick"), Key: text.T("空格", "Space").In(m.s.lang)}, {Label: text.T("换一边", "other side"), Key: "Tab"}}
}

// Object builds the screen.
func (m *matchForm) Object() fyne.CanvasObject {
	s := m.s
	m.ring = &kit.Ring{After: func() { kit.Focus(m.sides[0].table) }, Before: func() {}}
	m.field = parts.RefField(s, "", string(m.kind.Party), true, parts.Picked{})
	m.field.SetValue(m.party)
	m.field.OnCommit = func(v string) error {
		m.party = v
		m.load()
		return nil
	}
	m.field.OnRefuse = func(err error) { s.Fail(err) }
	m.field.OnSettle = s.Settled
	m.ring.Add(m.field)
	party := s.tr("客户", "Customer")
	if m.kind.Party == slip.Suppliers {
		party = s.tr("供应商", "Supplier")
	}
	bar := container.NewStack(kit.Box(kit.Paper), container.NewBorder(nil, kit.HLine(kit.Hair), nil, nil, kit.Fixed(0, 35, kit.Pad(10, 0, container.New(kit.Row{Gap: 8},
		kit.Caption(party), kit.Fixed(300, kit.M().Box, m.field.Input), kit.Caption(s.tr("左右各勾选同一商品的行，F9 钩稽；先给您看差异", "tick lines of the same product on both sides; F9 shows the differences first")))))))
	titles := [2]string{s.tr("还没有发票的货", "Goods without an invoice"), s.tr("还没有钩稽的发票", "Invoices not matched")}
	var panes [2]fyne.CanvasObject
	for i := range m.sides {
		m.sides[i] = m.side(i)
		panes[i] = container.NewBorder(kit.Pad(10, 6, kit.Label(titles[i], kit.Ink, kit.M().Text, true)), nil, nil, nil, m.sides[i].table)
	}
	m.load()
	return container.NewBorder(bar, nil, nil, nil, container.NewGridWithColumns(2, panes[0], panes[1]))
}

func (m *matchForm) side(i int) *matchSide {
	s := m.s
	side := &matchSide{ticked: map[int]bool{}}
	t := kit.NewTable()
	add := parts.Adder(s, t)
	t.Columns = []kit.Column{{Width: 30}}
	add("日期", "Date", 84, false)
	add("单号", "Number", 128, false)
	add("商品", "Product", 150, false)
	t.Columns[3].Grow = true
	add("未钩稽", "Left", 70, true)
	add("单价", "Price", 84, true)
	add("金额", "Net", 92, true)
	t.Length = func() int { return len(side.lines) }
	t.CellAt = func(row, col int) kit.Cell { return m.cell(side, row, col) }
	t.Lit = func(row int) bool { return side.ticked[row] }
	t.Foot = func() [][]kit.Cell { return [][]kit.Cell{m.foot(side)} }
	t.Empty = s.tr("没有未钩稽的行", "nothing is left to match")
	t.OnOpen = func(row, _ int) { s.OpenSlip(side.lines[row].Number) }
	t.OnFocus = func(gained bool) {
		if gained {
			m.front = i
		}
	}
	t.OnTap = func(row, col int) bool {
		if col == 0 {
			m.tick(side, row)
		}
		return col == 0
	}
	t.OnRune = func(r rune) bool {
		if r == ' ' {
			m.tick(side, t.Row())
			t.Step(fyne.KeyDown)
		}
		return r == ' '
	}
	t.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyTab {
			kit.Focus(m.sides[1-i].table)
		}
		return ev.Name == fyne.KeyTab
	}
	side.table = t
	return side
}

func (m *matchForm) cell(side *matchSide, row, col int) kit.Cell {
	l := side.lines[row]
	switch col {
	case 0:
		on := side.ticked[row]
		return kit.Cell{Tick: &on}
	case 1:
		return kit.Cell{Text: l.Date}
	case 2:
		return kit.Cell{Text: fmt.Sprintf("%s / %d", l.Number, l.Line), Link: true}
	case 3:
		return kit.Cell{Text: l.Product + " " + parts.NameOf(m.s, master.Products.Code, l.Product)}
	case 4:
		return kit.Cell{Text: l.Left.Grouped()}
	case 5:
		return kit.Cell{Text: l.Price.Grouped()}
	}
	return kit.Cell{Text: parts.Money(netOf(l))}
}

// netOf is what of a line's net is not matched.
func netOf(l workflow.OpenLine) num.Amount {
	a, err := num.Share(l.Net, l.Left, l.Qty)
	if err != nil {
		return 0
	}
	return a
}

func (m *matchForm) foot(side *matchSide) []kit.Cell {
	cells := make([]kit.Cell, 7)
	var sum, picked num.Amount
	for i, l := range side.lines {
		sum += netOf(l)
		if side.ticked[i] {
			picked += netOf(l)
		}
	}
	cells[2].Text = m.s.tr("已勾 %d 行", "%d ticked", len(side.ticked))
	cells[3].Text = parts.Money(picked)
	cells[5].Text, cells[6].Text = m.s.tr("合计", "Total"), parts.Money(sum)
	return cells
}

func (m *matchForm) load() {
	if m.party == "" {
		return
	}
	b, k, party := m.s.Book(), m.kind, m.party
	Read(m.s, m.s.tr("未钩稽", "unmatched"), func() (workflow.Matching, error) { return b.Unmatched(k, party) }, func(v workflow.Matching) {
		if party == m.party {
			m.open = v
			m.sides[0].lines, m.sides[1].lines = v.Goods, v.Invoices
			m.clear()
			m.refresh()
		}
	})
}

func (m *matchForm) clear() {
	for _, side := range m.sides {
		side.ticked = map[int]bool{}
	}
}

func (m *matchForm) refresh() {
	for _, side := range m.sides {
		side.table.Refresh()
	}
}

func (m *matchForm) tick(side *matchSide, row int) {
	if row < len(side.lines) {
		if side.ticked[row] {
			delete(side.ticked, row)
		} else {
			side.ticked[row] = true
		}
		m.refresh()
	}
}

// tickFitting ticks every pair of the same product and quantity, oldest first.
func (m *matchForm) tickFitting() {
	m.clear()
	for i, g := range m.sides[0].lines {
		for j, v := range m.sides[1].lines {
			if !m.sides[1].ticked[j] && v.Product == g.Product && size(v.Left) == size(g.Left) {
				m.sides[0].ticked[i], m.sides[1].ticked[j] = true, true
				break
			}
		}
	}
	m.refresh()
	m.s.Say(kit.Hint, m.s.tr("勾选了 %d 对商品和数量都相同的行", "%d {pair|pairs} of the same product and quantity ticked", len(m.sides[0].ticked)))
}

func size(q num.Quantity) num.Quantity { return max(q, -q) }

// pairs ties the ticked lines product by product, oldest first, each by as much as both have.
func (m *matchForm) pairs() (list []workflow.Pair) {
	left := map[int]num.Quantity{}
	for j := range m.sides[1].lines {
		v := m.sides[1].lines[j]
		if !m.sides[1].ticked[j] {
			continue
		}
		want := size(v.Left)
		for i := range m.sides[0].lines {
			g := m.sides[0].lines[i]
			if !m.sides[0].ticked[i] || g.Product != v.Product || want == 0 {
				continue
			}
			if _, seen := left[i]; !seen {
				left[i] = size(g.Left)
			}
			q := min(want, left[i])
			if q == 0 {
				continue
			}
			want, left[i] = want-q, left[i]-q
			if v.Left < 0 {
				q = -q
			}
			list = append(list, workflow.Pair{Invoice: v.Number, InvoiceLine: v.Line, Goods: g.Number, GoodsLine: g.Line, Qty: q})
		}
	}
	return list
}

// match shows what the ticked pairs change, and ties them.
func (m *matchForm) match() {
	pairs, s, b := m.pairs(), m.s, m.s.Book()
	if len(pairs) == 0 {
		s.Say(kit.Refusal, s.tr("左右没有勾选同一商品的行", "no lines of the same product are ticked on both sides"))
		return
	}
	type tried struct {
		diffs []workflow.Difference
		words []string
	}
	Read(s, s.tr("试算钩稽", "trying"), func() (v tried, err error) {
		diffs, warnings, err := b.TryMatch(pairs)
		v.diffs = diffs
		for _, w := range warnings {
			v.words = append(v.words, w.Text.In(s.lang))
		}
		return v, err
	}, func(v tried) {
		var lines []string
		for _, w := range v.words { // what should be known stands first: it is never cut off
			lines = append(lines, "! "+w)
		}
		told, sum := len(lines), num.Amount(0)
		for _, d := range v.diffs {
			sum += d.Difference
			late := ""
			if d.Late {
				late = s.tr("（已结账，差额记在发票日）", " (closed month: on the invoice's day)")
			}
			lines = append(lines, s.tr("%s 第 %d 行 ← %s 第 %d 行：数量 %s，差额 %s", "%s line %d ← %s line %d: quantity %s, difference %s", d.Pair.Goods, d.GoodsLine, d.Pair.Invoice, d.InvoiceLine, d.Qty.Grouped(), parts.Signed(d.Difference))+late)
		}
		if n, most := len(lines), max(14, told); n > most {
			lines = append(lines[:most], s.tr("… 还有 %d 行", "… %d more", n-most))
		}
		lines = append(lines, s.tr("差额合计 %s", "differences %s in all", parts.Signed(sum)))
		s.Ask(s.tr("钩稽 %d 对", "Match %d {pair|pairs}", len(pairs)), lines, Answer{Label: text.T("不做", "Cancel")}, Answer{Label: text.T("钩稽", "Match"), Key: fyne.KeyY, Run: func() {
			s.Write(s.tr("钩稽", "matching"), func() error {
				_, _, err := b.Match(pairs)
				return err
			}, func(err error) {
				if err != nil {
					s.Fail(err)
					return
				}
				m.load()
				s.Say(kit.Hint, s.tr("钩稽完成：%d 对", "matched: %d pairs", len(pairs)))
			})
		}})
	})
}
