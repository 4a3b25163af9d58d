package bookroom

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/gui/host"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// CostingWord is a costing method in words.
func CostingWord(method string) text.Text {
	x, _ := workflow.SettingOf("costing")
	return x.Word(method)
}

// ChangeCosting asks for another costing method and the month it holds from, and shows what it would change before it is done.
func ChangeCosting(s host.Host) {
	b := s.Book()
	set := b.Settings()
	method, from := parts.OneOf(s, s.Tr("成本计价", "Costing"), workflow.Costings), parts.MonthField(s.Tr("从哪个月起", "From month"))
	method.SetValue(set.CostingAt(b.Today().Month().Next()))
	from.SetValue(max(set.FirstOpen(), b.Today().Month()).String())
	asked := func() (string, text.Month) {
		m, _ := text.ParseMonth(from.Value())
		return method.Value(), m
	}
	parts.AskForm(s, s.Tr("改成本计价方法", "Another costing method"), s.Tr("只能从未结账的月份开始；先试算给你看，再决定。", "From an open month on only; it is tried first, then you decide."),
		[]*kit.Field{method, from}, text.T("试算", "Try it"), func() error { return b.CheckCosting(asked()) }, func() {
			how, m := asked()
			var t workflow.CostingTrial
			s.Work(s.Tr("试算", "trying it"), func() (err error) {
				t, err = b.TryCosting(how, m)
				return err
			}, func(err error) {
				if err != nil {
					s.Fail(err)
					return
				}
				showCosting(s, t)
			})
		})
}

// showCosting lays what another method would change over the window; doing it is one key.
func showCosting(s host.Host, t workflow.CostingTrial) {
	stock, profit := twoMethods(s, s.Tr("商品", "Product"), len(t.Stock), func(i int) (string, string, num.Amount, num.Amount) {
		x := t.Stock[i]
		return x.Product + " " + parts.NameOf(s, master.Products.Code, x.Product), x.QtyAfter.Grouped(), x.Value.Before, x.Value.After
	}), twoMethods(s, s.Tr("利润", "Profit of"), len(t.Profit), func(i int) (string, string, num.Amount, num.Amount) {
		x := t.Profit[i]
		return x.Month.String(), "", x.Before, x.After
	})
	note := container.NewVBox(kit.Label(s.Tr("这是试算，账套还没有任何改动。", "This was only tried; the book has not changed."), kit.Ok, kit.M().Text, true),
		kit.Caption(s.Tr("未结账的月份按已结账比较。", "Months that are open are compared as if closed.")))
	for _, x := range t.Was {
		note.Add(kit.Label(s.Tr("%s 起的“%s”会取消。", "%s: %s falls away.", x.From, s.T(CostingWord(x.To))), kit.Warn, kit.M().Text, true))
	}
	head := kit.Pad(0, 4, container.NewStack(kit.Framed(kit.OkGround, kit.OkGround, 0), kit.Pad(10, 8, note)))
	body := container.NewBorder(head, nil, nil, kit.Pad(10, 0, kit.Fixed(430, 0, profit)), stock)
	title := s.Tr("%s 起：%s", "From %s on: %s", t.From, s.T(CostingWord(t.Method)))
	b := s.Book()
	s.Dialog(title, body, fyne.NewSize(1060, 560), nil, host.Answer{Label: text.T("不改", "Leave it")}, host.Answer{Label: text.T("改变计价方法", "Change it"), Key: fyne.KeyY, Run: func() {
		s.Write(s.Tr("重算成本", "costing again"), func() error { return b.ChangeCosting(t.Method, t.From) }, func(err error) {
			if err != nil {
				s.Fail(err)
				return
			}
			s.Say(kit.Hint, s.Tr("%s 起改为%s", "from %s on: %s", t.From, s.T(CostingWord(t.Method))))
			s.Rebuild()
		})
	}})
}

// twoMethods is a table of figures by the method that is and the one that would be, with their sums.
func twoMethods(s host.Host, title string, n int, row func(int) (name, qty string, before, after num.Amount)) *kit.Table {
	tb := kit.NewTable()
	tb.Tight = true
	tb.Metrics = kit.CompactRows()
	right := fyne.TextAlignTrailing
	tb.Columns = []kit.Column{{Title: title, Width: 90, Grow: true}, {Title: s.Tr("数量", "Qty"), Width: 80, Align: right}, {Title: s.Tr("现在", "Now"), Width: 105, Align: right},
		{Title: s.Tr("改后", "Then"), Width: 105, Align: right}, {Title: s.Tr("变化", "Change"), Width: 95, Align: right}}
	if n > 0 {
		if _, qty, _, _ := row(0); qty == "" {
			tb.Columns[1].Width, tb.Columns[1].Title = 1, ""
		}
	}
	tb.Empty = s.Tr("不变", "no change")
	tb.Length = func() int { return n }
	tb.CellAt = func(i, col int) kit.Cell {
		name, qty, before, after := row(i)
		return kit.Cell{Text: []string{name, qty, parts.Money(before), parts.Money(after), parts.Signed(after - before)}[col]}
	}
	tb.Foot = func() [][]kit.Cell {
		var now, then num.Amount
		for i := range n {
			_, _, before, after := row(i)
			now, then = now+before, then+after
		}
		return [][]kit.Cell{{{Text: s.Tr("合计", "Total")}, {}, {Text: parts.Money(now)}, {Text: parts.Money(then)}, {Text: parts.Signed(then - now)}}}
	}
	return tb
}
