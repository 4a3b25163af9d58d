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
	flowLeft, flowTop        = 24, 40 // more above where the heads are larger
	flowChannel, flowBetween = 28, 13 // where lines run beside and above a node
)

// The boxes grow with the text, and with the zoom.
func (v *Screen) scale() float32   { return float32(zooms[v.zoom]) / 100 }
func (v *Screen) nodeW() float32   { return 200 * kit.M().Zoom() * v.scale() }
func (v *Screen) nodeH() float32   { return 92 * kit.M().Zoom() * v.scale() }
func (v *Screen) pitchX() float32  { return v.nodeW() + 2*v.channel() }
func (v *Screen) pitchY() float32  { return v.nodeH() + 2*v.between() }
func (v *Screen) channel() float32 { return max(20, flowChannel*v.scale()) }
func (v *Screen) between() float32 { return max(8, flowBetween*v.scale()) }
func (v *Screen) top() float32     { return max(flowTop, 18+1.45*v.text()) }
func (v *Screen) text() float32    { return kit.M().Text * v.scale() }
func (v *Screen) caption() float32 { return kit.M().Caption * v.scale() }

// Map is how large the map is at its zoom.
func (v *Screen) Map() fyne.Size {
	rows := 0
	for _, n := range v.Nodes {
		rows = max(rows, n.row+1)
	}
	return fyne.NewSize(flowLeft*2+float32(v.cols())*v.pitchX()-(v.pitchX()-v.nodeW()), v.top()+float32(rows)*v.pitchY())
}

// cols is how many columns the map has.
func (v *Screen) cols() (n int) {
	for _, x := range v.Nodes {
		n = max(n, x.col+1)
	}
	return n
}

func (v *Screen) pos(n Node) fyne.Position {
	return fyne.NewPos(flowLeft+float32(n.col)*v.pitchX(), v.top()+float32(n.row)*v.pitchY())
}

// zooms are how large the map is drawn, in percent; fullSize is the place of 100.
var zooms = []int{50, 70, 85, 100, 125, 150, 200}

const fullSize = 3

// zoomBy draws the map larger or smaller.
func (v *Screen) zoomBy(steps int) {
	to := max(0, min(len(zooms)-1, v.zoom+steps))
	if v.asList || to == v.zoom {
		return
	}
	v.zoom = to
	v.draw()
	v.s.DrawTools()
	v.s.Say(kit.Hint, v.s.Tr("缩放 %d%%", "zoom %d%%", zooms[to]))
}

// copyPicture puts the whole map on the clipboard as a picture, also what is out of sight.
func (v *Screen) copyPicture() {
	if len(v.Nodes) == 0 {
		return
	}
	ground := kit.Box(kit.Bg)
	sheet := container.NewStack(ground, container.NewWithoutLayout(v.objects()...))
	parts.CopyPicture(v.s, v.s.T(v.Title()), parts.Drawn(sheet, v.Map()))
}

// draw draws the map and the list anew.
func (v *Screen) draw() {
	if v.canvas == nil {
		return
	}
	v.own = map[string]bool{}
	if n := v.Current(); n != nil {
		for _, k := range inquiry.Own(v.chain, n.slip()) {
			v.own[k.Doc.Number] = true
		}
	}
	v.canvas.Objects = v.objects()
	v.canvas.Refresh()
	v.view.Refresh()
	v.scroll.Refresh()
	v.reveal()
	if v.asList {
		parts.Set(v.upper, v.Table)
	} else {
		parts.Set(v.upper, v.view)
	}
	if v.Table.Row() != v.At && v.At < v.Table.Length() && v.At >= 0 {
		v.Table.Go(v.At, 0)
	}
	v.Table.Refresh()
	v.say()
}

// objects are the lines, the heads and the boxes of the map.
func (v *Screen) objects() []fyne.CanvasObject {
	var list, lit []fyne.CanvasObject
	for _, n := range v.Nodes {
		for _, src := range n.sources {
			if v.own[n.slip()] && v.own[v.Nodes[src].slip()] { // the path through the slip in focus lies over the others
				lit = append(lit, v.line(v.Nodes[src], n, true)...)
			} else {
				list = append(list, v.line(v.Nodes[src], n, false)...)
			}
		}
	}
	list = append(list, lit...)
	list = append(list, v.heads()...)
	for i := range v.Nodes {
		list = append(list, v.face(i))
	}
	return list
}

// stageWord is the stage of a trade that slips of a kind are: the head of their column.
func stageWord(k *slip.Kind) text.Text {
	buys := k.Party == slip.Suppliers
	switch {
	case k == voucherKind:
		return text.T("凭证", "Voucher")
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
		room := v.nodeW() + 2*v.overhang()
		t := kit.Label(kit.Fit(head, v.text(), false, room), kit.Ink2, v.text(), false)
		t.Alignment = fyne.TextAlignCenter
		t.Move(fyne.NewPos(flowLeft+float32(col)*v.pitchX()-v.overhang(), 10))
		t.Resize(fyne.NewSize(room, t.MinSize().Height))
		list = append(list, t)
	}
	return list
}

// face is the box of one slip: kind and status, number and date, amount, where it stands.
func (v *Screen) face(i int) fyne.CanvasObject {
	n := v.Nodes[i]
	line, w := kit.Line, float32(1)
	switch {
	case i == v.At:
		line, w = kit.Accent, 2
	case v.own[n.slip()]:
		line = kit.Accent
	}
	ink := kit.Ink
	if n.Gross < 0 || n.Red {
		ink = kit.Negative
	}
	body := container.NewStack(kit.Framed(kit.Paper, line, w), kit.Pad(10*v.scale(), 5*v.scale(), container.New(rows{4}, v.line1(n), v.line2(n), v.line3(n, ink), v.line4(n))))
	tap := kit.NewTap(body, func() {
		if v.At == i {
			v.openSlip()
			return
		}
		v.goTo(i)
		kit.Focus(v.keys)
	})
	tap.Move(v.pos(n))
	tap.Resize(fyne.NewSize(v.nodeW(), v.nodeH()))
	return tap
}

// rows share the height of a box evenly.
type rows struct{ n int }

func (r rows) MinSize(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(10, 10) }

func (r rows) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for i, c := range o {
		c.Move(fyne.NewPos(0, size.Height*float32(i)/float32(r.n)))
		c.Resize(fyne.NewSize(size.Width, size.Height/float32(r.n)))
	}
}

// both sets words at the left, cut where they meet what stands at the right.
func (v *Screen) both(left *canvas.Text, right fyne.CanvasObject) fyne.CanvasObject {
	room := v.nodeW() - 20*v.scale()
	if right != nil {
		room -= right.MinSize().Width + 6*v.scale()
	}
	left.Text = kit.Fit(left.Text, left.TextSize, left.TextStyle.Bold, room)
	return container.NewBorder(nil, nil, nil, right, left)
}

// The four lines of a box: kind and status, number and date, amount and quantity, where it stands and its voucher.
func (v *Screen) line1(n Node) fyne.CanvasObject {
	return v.both(kit.Label(v.s.T(n.kind.Title), kit.Ink, v.text(), true), kit.ChipOf(parts.StatusMark(n.Status), v.s.T(n.Status.Label()), v.caption()))
}

func (v *Screen) line2(n Node) fyne.CanvasObject {
	return v.both(kit.Label(n.Number, kit.Accent, v.caption(), false), kit.Label(n.Date.String(), kit.Ink2, v.caption(), false))
}

func (v *Screen) line3(n Node, ink kit.Shade) fyne.CanvasObject {
	amount := parts.Money(n.Gross)
	if n.Gross == 0 {
		amount = ""
	}
	return v.both(kit.Label(amount, ink, kit.M().Sub*v.scale(), true), kit.Label(n.quantity, kit.Ink2, v.caption(), false))
}

func (v *Screen) line4(n Node) fyne.CanvasObject {
	var voucher fyne.CanvasObject
	if n.Voucher != "" {
		voucher = kit.NewTap(kit.Label(n.Voucher, kit.Accent, v.caption(), false), func() { OpenVoucher(v.s, n.slip()) })
	}
	return v.both(kit.Label(v.sentence(n), kit.Ink2, v.caption(), false), voucher)
}

// line is the line between two slips: level, upright, level; past a column in between it runs over the boxes.
func (v *Screen) line(from, to Node, lit bool) (list []fyne.CanvasObject) {
	shade := kit.Line
	if lit {
		shade = kit.Accent
	}
	a := v.pos(from).AddXY(v.nodeW(), v.nodeH()/2)
	b := v.pos(to).AddXY(0, v.nodeH()/2)
	level := func(x1, x2, y float32) {
		list = append(list, rule(shade, min(x1, x2), y, max(x1, x2)-min(x1, x2)+1, 1))
	}
	upright := func(x, y1, y2 float32) {
		list = append(list, rule(shade, x, min(y1, y2), 1, max(y1, y2)-min(y1, y2)+1))
	}
	mid := b.X - v.channel()
	if to.col-from.col <= 1 {
		level(a.X, mid, a.Y)
		upright(mid, a.Y, b.Y)
	} else {
		over := v.pos(to).Y - v.between()
		if to.row == 0 { // below the heads
			over = v.pos(to).Y - 5
		}
		level(a.X, a.X+v.channel(), a.Y)
		upright(a.X+v.channel(), a.Y, over)
		level(a.X+v.channel(), mid, over)
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
