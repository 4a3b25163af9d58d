package flowview

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/parts"
)

// The measures of the map.
const (
	flowLeft, flowTop        = 24, 40
	flowChannel, flowBetween = 28, 13 // where lines run beside and above a node
)

// The boxes grow with the text.
func flowNodeW() float32  { return 200 * kit.M().Zoom() }
func flowNodeH() float32  { return 92 * kit.M().Zoom() }
func flowPitchX() float32 { return flowNodeW() + 56 }
func flowPitchY() float32 { return flowNodeH() + 26 }

func (n Node) pos() fyne.Position {
	return fyne.NewPos(flowLeft+float32(n.col)*flowPitchX(), flowTop+float32(n.row)*flowPitchY())
}

// draw draws the map and the list anew.
func (v *Screen) draw() {
	if v.canvas == nil {
		return
	}
	v.own = map[string]bool{}
	if n := v.Current(); n != nil {
		for _, k := range inquiry.Own(v.chain, n.Number) {
			v.own[k.Doc.Number] = true
		}
	}
	var list, lit []fyne.CanvasObject
	for _, n := range v.Nodes {
		for _, src := range n.sources {
			if v.own[n.Number] && v.own[v.Nodes[src].Number] { // the path through the slip in focus lies over the others
				lit = append(lit, flowLine(v.Nodes[src], n, true)...)
			} else {
				list = append(list, flowLine(v.Nodes[src], n, false)...)
			}
		}
	}
	list = append(list, lit...)
	list = append(list, v.heads()...)
	for i := range v.Nodes {
		list = append(list, v.face(i))
	}
	v.canvas.Objects = list
	v.canvas.Refresh()
	v.scroll.Refresh()
	v.reveal()
	if v.asList {
		parts.Set(v.upper, v.Table)
	} else {
		parts.Set(v.upper, v.scroll)
	}
	if v.Table.Row() != v.At && v.At < v.Table.Length() && v.At >= 0 {
		v.Table.Go(v.At, 0)
	}
	v.Table.Refresh()
	v.say()
}

// reveal keeps the node in focus in sight.
func (v *Screen) reveal() {
	n := v.Current()
	room := v.scroll.Size()
	if n == nil || room.Width <= 0 {
		return
	}
	p, off := n.pos(), v.scroll.Offset
	off.X = max(min(off.X, p.X-flowLeft), p.X+flowNodeW()+flowLeft-room.Width)
	off.Y = max(min(off.Y, p.Y-flowTop), p.Y+flowNodeH()+flowBetween-room.Height)
	off = fyne.NewPos(max(0, off.X), max(0, off.Y))
	if off != v.scroll.Offset {
		v.scroll.Offset = off
		v.scroll.Refresh()
	}
}

// stageWord is the stage of a trade that slips of a kind are: the head of their column.
func stageWord(k *slip.Kind) text.Text {
	buys := k.Party == slip.Suppliers
	switch {
	case k.Case:
		return text.T("事项", "Case")
	case k.Plan && k.Stock.Promise != slip.Nothing:
		return text.T("订单", "Order")
	case len(k.Matches) > 0:
		return text.T("发票", "Invoice")
	case k.SettlesOthers() && buys:
		return text.T("付款与核销", "Payment")
	case k.SettlesOthers():
		return text.T("收款与核销", "Collection")
	case k.Party != slip.NoParty && k.Stock.Direction != 0 && buys:
		return text.T("收货", "Goods in")
	case k.Party != slip.NoParty && k.Stock.Direction != 0:
		return text.T("出库", "Goods out")
	}
	return k.Title
}

// heads number the steps and name the stages that stand in them: ① 订单, ② 出库.
func (v *Screen) heads() (list []fyne.CanvasObject) {
	names := map[int][]string{}
	for _, n := range v.Nodes {
		if w := v.s.T(stageWord(n.kind)); !slices.Contains(names[n.col], w) {
			names[n.col] = append(names[n.col], w)
		}
	}
	for col, words := range names {
		head := strings.Join(words, v.s.Tr("、", ", "))
		if col < 20 {
			head = string(rune('①'+col)) + " " + head
		}
		t := kit.Label(kit.Fit(head, kit.M().Text, false, flowNodeW()+40), kit.Ink2, kit.M().Text, false)
		t.Alignment = fyne.TextAlignCenter
		t.Move(fyne.NewPos(flowLeft+float32(col)*flowPitchX()-20, 10))
		t.Resize(fyne.NewSize(flowNodeW()+40, t.MinSize().Height))
		list = append(list, t)
	}
	return list
}

// face is the box of one slip: kind and status, number and date, amount, where it stands.
func (v *Screen) face(i int) fyne.CanvasObject {
	n := v.Nodes[i]
	m := kit.M()
	line, w := kit.Line, float32(1)
	switch {
	case i == v.At:
		line, w = kit.Accent, 2
	case v.own[n.Number]:
		line = kit.Accent
	}
	ink := kit.Ink
	if n.Gross < 0 || n.Red {
		ink = kit.Negative
	}
	chip := kit.Chip(parts.StatusMark(n.Status), v.s.T(n.Status.Label()))
	room := flowNodeW() - 20 - chip.MinSize().Width - 6
	top := container.NewBorder(nil, nil, nil, chip, kit.Label(kit.Fit(v.s.T(n.kind.Title), m.Text, true, room), kit.Ink, m.Text, true))
	second := container.NewBorder(nil, nil, kit.Label(n.Number, kit.Accent, m.Caption, false), kit.Label(n.Date.String(), kit.Ink2, m.Caption, false))
	amount := parts.Money(n.Gross)
	if n.Gross == 0 {
		amount = ""
	}
	third := container.NewBorder(nil, nil, kit.Label(amount, ink, m.Sub, true), nil)
	var voucher fyne.CanvasObject
	room = flowNodeW() - 20
	if n.Voucher != "" {
		t := kit.NewTap(kit.Label(n.Voucher, kit.Accent, m.Caption, false), func() { OpenVoucher(v.s, n.Number) })
		voucher, room = t, room-t.MinSize().Width-6
	}
	fourth := container.NewBorder(nil, nil, nil, voucher, kit.Label(kit.Fit(v.sentence(n), m.Caption, false, room), kit.Ink2, m.Caption, false))
	body := container.NewStack(kit.Framed(kit.Paper, line, w), kit.Pad(10, 5, container.NewVBox(top, second, third, fourth)))
	tap := kit.NewTap(body, func() {
		if v.At == i {
			v.openSlip()
			return
		}
		v.goTo(i)
		kit.Focus(v.keys)
	})
	tap.Move(n.pos())
	tap.Resize(fyne.NewSize(flowNodeW(), flowNodeH()))
	return tap
}

// flowLine is the line between two slips: level, upright, level; past a column in between it runs over the boxes.
func flowLine(from, to Node, lit bool) (list []fyne.CanvasObject) {
	shade := kit.Line
	if lit {
		shade = kit.Accent
	}
	a := from.pos().AddXY(flowNodeW(), flowNodeH()/2)
	b := to.pos().AddXY(0, flowNodeH()/2)
	level := func(x1, x2, y float32) {
		list = append(list, rule(shade, min(x1, x2), y, max(x1, x2)-min(x1, x2)+1, 1))
	}
	upright := func(x, y1, y2 float32) {
		list = append(list, rule(shade, x, min(y1, y2), 1, max(y1, y2)-min(y1, y2)+1))
	}
	mid := b.X - flowChannel
	if to.col-from.col <= 1 {
		level(a.X, mid, a.Y)
		upright(mid, a.Y, b.Y)
	} else {
		over := to.pos().Y - flowBetween
		level(a.X, a.X+flowChannel, a.Y)
		upright(a.X+flowChannel, a.Y, over)
		level(a.X+flowChannel, mid, over)
		upright(mid, over, b.Y)
	}
	level(mid, b.X-1, b.Y)
	for n := range 4 { // the arrow head
		h := float32(7 - 2*n)
		list = append(list, rule(shade, b.X-8+float32(n)*2, b.Y-(h-1)/2, 2, h))
	}
	return list
}

func rule(s kit.Shade, x, y, w, h float32) *canvas.Rectangle {
	r := kit.Box(s)
	r.Move(fyne.NewPos(x, y))
	r.Resize(fyne.NewSize(w, h))
	return r
}
