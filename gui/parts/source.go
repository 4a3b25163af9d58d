package parts

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// ChooseSlips lets a person choose of a list the slips that one of a kind follows from: by number, party, product or date typed, several by Space; Enter takes them.
func ChooseSlips(s host.Host, title string, of *slip.Kind, rows []inquiry.SlipRow, then func([]inquiry.SlipRow)) {
	found := rows
	ticked := map[int64]bool{}
	money, pieces := false, false
	words := make(map[int64]string, len(rows))
	for _, r := range rows {
		src, _ := of.Source(r.Kind)
		money, pieces = money || src.Money, pieces || !src.Money
		words[r.ID] = slipWords(s, r)
	}
	tb := kit.NewTable()
	tb.Tight = true
	type column struct {
		zh, en string
		width  float32
		right  bool
		show   func(inquiry.SlipRow) string
	}
	cols := []column{{"日期", "Date", 90, false, func(r inquiry.SlipRow) string { return r.Date.String() }}, {"单号", "Number", 130, false, func(r inquiry.SlipRow) string { return r.Number }},
		{"类型", "Kind", 110, false, func(r inquiry.SlipRow) string { return KindTitle(s, r.Kind) }}, {"往来单位", "Party", 150, false, func(r inquiry.SlipRow) string { return r.PartyName }},
		{"商品", "Products", 180, false, func(r inquiry.SlipRow) string { return goodsWords(s, r) }},
		{"价税合计", "Total", 100, true, func(r inquiry.SlipRow) string { return Money(r.Gross) }}}
	if money {
		cols = append(cols, column{"未结金额", "Open", 100, true, func(r inquiry.SlipRow) string { return some(r.Open) }})
	}
	if pieces {
		cols = append(cols, column{"剩余数量", "Left", 96, true, func(r inquiry.SlipRow) string { return someQty(r.Left) }})
	}
	tb.Columns = []kit.Column{{Width: 28}}
	for _, c := range cols {
		k := TableColumn(s, c.zh, c.en, c.width, c.right)
		k.Grow = c.en == "Products"
		tb.Columns = append(tb.Columns, k)
	}
	tb.Length = func() int { return len(found) }
	tb.Empty = s.Tr("没有这样的单据", "there is no such slip")
	tb.CellAt = func(row, col int) kit.Cell {
		if r := found[row]; col > 0 {
			return kit.Cell{Text: cols[col-1].show(r)}
		}
		on := ticked[found[row].ID]
		return kit.Cell{Tick: &on}
	}
	tb.Lit = func(row int) bool { return ticked[found[row].ID] }
	tick := func(row int) {
		if row < len(found) {
			ticked[found[row].ID] = !ticked[found[row].ID]
			tb.Refresh()
		}
	}
	tb.OnTap = func(row, col int) bool {
		if col == 0 {
			tick(row)
		}
		return col == 0
	}
	var over *kit.Overlay
	take := func() {
		var list []inquiry.SlipRow
		for _, r := range rows {
			if ticked[r.ID] {
				list = append(list, r)
			}
		}
		if len(list) == 0 && tb.Row() < len(found) {
			list = append(list, found[tb.Row()])
		}
		if len(list) > 0 {
			s.Layer().Close(over)
			then(list)
		}
	}
	tb.OnOpen = func(int, int) { take() }
	f := kit.NewField("")
	f.Input.Hint = s.Tr("打字查找：单号、单位、商品、日期", "type to find: number, party, product, date")
	tb.OnRune = func(r rune) bool {
		if r == ' ' {
			tick(tb.Row())
			tb.Step(fyne.KeyDown)
			return true
		}
		kit.Focus(f.Input) // any other character looks for a slip
		f.Input.TypedRune(r)
		return true
	}
	f.Input.OnChanged = func(typed string) {
		wanted := strings.Fields(strings.ToLower(typed))
		found = slices.DeleteFunc(slices.Clone(rows), func(r inquiry.SlipRow) bool {
			return slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(words[r.ID], w) && !spelt(s, r, w) })
		})
		tb.Go(0, 0)
		tb.Refresh()
	}
	key := f.Input.OnKey
	f.Input.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyReturn, fyne.KeyEnter:
			take()
			return true
		case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyTab:
			kit.Focus(tb) // there Space ticks
			return ev.Name == fyne.KeyTab || tb.Step(ev.Name)
		}
		return key != nil && key(ev)
	}
	hint := kit.Caption(s.Tr("空格 多选   Enter 选用   打字 查找", "Space ticks   Enter takes   letters find"))
	head := container.NewBorder(nil, kit.Fixed(0, 6, kit.Box(kit.Clear)), nil, kit.Pad(8, 0, hint), f.Input)
	over = s.Dialog(title, container.NewBorder(head, nil, nil, nil, tb), fyne.NewSize(980, 520), tb, host.Answer{Label: text.T("不选", "Cancel")})
}

// slipWords are what a slip is found by, in lower case: number, party and products with the initials of their names, date.
func slipWords(s host.Host, r inquiry.SlipRow) string {
	w := []string{r.Number, r.ExternalNo, r.Date.String(), r.Party, r.PartyName, KindTitle(s, r.Kind), r.Remark}
	w = append(w, text.InitialsAll(r.PartyName)...)
	for _, code := range r.Goods {
		name := NameOf(s, master.Products.Code, code)
		w = append(append(w, code, name), text.InitialsAll(name)...)
		if p, ok := s.Book().Masters().Product(code); ok {
			w = append(w, p.Get("spec"))
		}
	}
	return strings.ToLower(strings.Join(w, " "))
}

// spelt tells whether a word is pinyin of the slip's party or of one of its products, spelt out.
func spelt(s host.Host, r inquiry.SlipRow, word string) bool {
	if _, _, ok := text.Spells(r.PartyName, word); ok {
		return true
	}
	return slices.ContainsFunc(r.Goods, func(code string) bool {
		_, _, ok := text.Spells(NameOf(s, master.Products.Code, code), word)
		return ok
	})
}

// goodsWords name the first products of a slip and say how many more there are.
func goodsWords(s host.Host, r inquiry.SlipRow) string {
	var names []string
	for i, code := range r.Goods {
		if i == 2 {
			return s.Tr("%s 等 %d 种", "%s, %d in all", strings.Join(names, s.Tr("、", ", ")), len(r.Goods))
		}
		names = append(names, NameOf(s, master.Products.Code, code))
	}
	return strings.Join(names, s.Tr("、", ", "))
}

func some(a num.Amount) string {
	if a == 0 {
		return ""
	}
	return Money(a)
}

func someQty(q num.Quantity) string {
	if q == 0 {
		return ""
	}
	return q.Grouped()
}
