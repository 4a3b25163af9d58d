package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/data/slip"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// lotField tells of the columns that stand in the grid only while some line's product is told apart by lots or serial numbers.
func lotField(f slip.Field) bool { return f.Key == slip.LotKey || f.Key == slip.ExpiryKey }

// trackedLine tells whether a line's product has lots or serial numbers.
func (f *slipForm) trackedLine(l *slip.Line) bool {
	if l == nil {
		return false
	}
	p, ok := f.s.Book().Masters().Product(l.Product)
	return ok && p.Tracked() || l.Lot() != ""
}

// tracked tells whether any line's product has.
func (f *slipForm) tracked() bool {
	for i := range f.doc.Lines {
		if f.trackedLine(&f.doc.Lines[i]) {
			return true
		}
	}
	return false
}

// showLots brings the columns of lots in with the first line that needs them. They stay until the form is built anew.
func (f *slipForm) showLots() {
	g, ok := f.lines.(*goodsLines)
	if _, has := f.kind.LineField(slip.LotKey); !ok || !has || !f.tracked() {
		return
	}
	for _, c := range g.cols {
		if c.Key == slip.LotKey {
			return
		}
	}
	f.grid.Columns, f.grid.Fields = g.columns()
	f.s.prefs.widths("lines/"+f.kind.Code, &f.grid.Table)
	for _, x := range f.grid.Fields {
		if x != nil {
			x.OnScan = f.scan
		}
	}
	f.grid.Bind()
	f.grid.Reload()
}

// asksLots tells whether Enter stops at a line's lots: where goods come in and no slip said of which lots.
func (f *slipForm) asksLots(l *slip.Line) bool {
	if l == nil || l.SourceNumber != "" && l.Lot() != "" {
		return false
	}
	in := f.kind.Stock.Direction > 0 && l.Qty >= 0 || f.kind.Stock.Direction < 0 && l.Qty < 0 || f.kind.Stock.Parts != 0 && (l.Qty > 0) == (f.kind.Stock.Parts > 0) || f.kind.Stock.Counts
	return in
}

// lotField is the box of a line's lots. What is typed stands; F4 lists what can be had, what expires first in front.
func (g *goodsLines) lotField(f slip.Field) *kit.Field {
	s := g.f.s
	x := kit.NewField("")
	x.Eager = false // several lots are typed with their quantities
	x.Parse = func(typed string) (string, error) { return parts.Read(s, f, typed) }
	p := &kit.Picker{Columns: []kit.Column{{Key: "lot", Title: s.T(f.Label), Width: 120}, {Key: "expiry", Title: s.tr("有效期", "Expiry"), Width: 130},
		{Key: "qty", Title: s.tr("可取", "There"), Width: 80, Align: fyne.TextAlignTrailing}, {Key: "says", Title: s.tr("选入为", "Taken as"), Width: 200, Grow: true}}}
	p.Find = func(words string) (rows []kit.PickRow, total int) {
		list, err := s.Book().LotChoices(g.f.kind, g.f.doc, g.f.grid.Row())
		if err != nil {
			s.Fail(err)
		}
		for _, c := range list {
			if words != "" && !strings.Contains(strings.ToLower(c.Code), strings.ToLower(words)) {
				continue
			}
			day := kit.Cell{Text: c.Expiry.String()}
			if c.Late {
				day = kit.Cell{Text: day.Text + s.tr(" 过期", " expired"), Shade: kit.Negative}
			}
			rows = append(rows, kit.PickRow{Value: c.Says, Cells: []kit.Cell{{Text: c.Code}, day, {Text: c.Qty.Grouped()}, {Text: c.Says, Shade: kit.Ink2}}})
		}
		return rows, len(rows)
	}
	p.None = func(words string) string { return s.tr("没有可取的批次", "no lot can be had") }
	p.Footer = func(total int) string {
		return s.tr("%d 批，先到期在前    Enter 选入   Esc 关闭", "%d, first expired first    Enter takes   Esc closes", total)
	}
	x.WithPicker(p)
	x.Hint = s.tr("如 A01:6 A02:4", "such as A01:6 A02:4")
	if g.f.kind.Stock.Direction < 0 {
		x.Hint = s.tr("空着：先到期先出", "empty: first expired first")
	}
	return x
}

// mostLots is how many lots the strip has room for.
const mostLots = 3

// lotStrip says of which lots the stock is.
func (f *slipForm) lotStrip(add func(label, figure, after string, shade kit.Shade)) {
	var words []string
	for i, c := range f.lots {
		if i == mostLots {
			words = append(words, f.s.tr("… 共 %d", "… %d in all", len(f.lots)))
			break
		}
		w := c.Code + " " + c.Qty.Grouped()
		if c.Expiry != 0 {
			w += " (" + c.Expiry.String()[2:] + ")"
		}
		words = append(words, w)
	}
	shade := kit.Ink
	if f.lots[0].Late {
		shade = kit.Negative
	}
	add(f.s.tr("批次", "Lots"), f.lots[0].Code, strings.TrimPrefix(strings.Join(words, " · "), f.lots[0].Code), shade)
}
