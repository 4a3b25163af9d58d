package homeview

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/data/inquiry"
	"zhanggui/data/slip"
	"zhanggui/gui/host"
	"zhanggui/gui/kit"
)

// measures of the map
const (
	nodeWidth = 164 // at most, with normal text
	nodeGap   = 14  // between two at least
	mapPad    = 16
	arrowSize = 7
	lowWindow = 640
	leastMap  = 2*mapPad + mapColumns*148 + (mapColumns-1)*nodeGap // below it the words in the nodes are cut
)

// mapLayout spreads the map over the width it gets: each part knows its place on a grid of columns and rows.
type mapLayout struct {
	rows  int
	low   bool // the window is low: the list beneath needs the room more
	parts []mapPart
}

// mapPart is one object with how it is placed.
type mapPart struct {
	o   fyne.CanvasObject
	put func(g mapGrid) (pos fyne.Position, size fyne.Size)
}

// mapGrid says where columns and rows stand.
type mapGrid struct{ pitchX, pitchY, width, height float32 }

func (g mapGrid) x(col int) float32   { return mapPad + float32(col)*g.pitchX }
func (g mapGrid) y(row int) float32   { return mapPad - 2 + float32(row)*g.pitchY }
func (g mapGrid) mid(row int) float32 { return g.y(row) + g.height/2 }

func (l *mapLayout) grid(width float32) mapGrid {
	node := max(80, min(nodeWidth*kit.M().Zoom(), (width-2*mapPad-(mapColumns-1)*nodeGap)/mapColumns))
	g := mapGrid{pitchX: (width - 2*mapPad - node) / (mapColumns - 1), pitchY: 90, width: node, height: 60}
	if l.rows > 3 || l.low {
		g.pitchY, g.height = 68, 54
	}
	return g
}

// MinSize is part of fyne.Layout.
func (l *mapLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	g := l.grid(0)
	return fyne.NewSize(mapColumns*(80+nodeGap), g.y(max(3, l.rows)-1)+g.height+mapPad-2)
}

// Layout is part of fyne.Layout.
func (l *mapLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	g := l.grid(size.Width)
	for _, p := range l.parts {
		pos, s := p.put(g)
		p.o.Move(pos)
		p.o.Resize(s)
	}
}

// drawMap draws the map of the area with what waits behind each door.
func (h *Home) drawMap() {
	l := &mapLayout{rows: h.plan.rows, low: h.s.Window().Canvas().Size().Height < lowWindow*kit.M().Zoom()}
	for _, a := range h.plan.arrows {
		l.arrow(h.plan, h.plan.nodes[a.from], h.plan.nodes[a.to])
	}
	for i, n := range h.plan.nodes {
		l.parts = append(l.parts, mapPart{h.drawNode(i, n), func(g mapGrid) (fyne.Position, fyne.Size) {
			return fyne.NewPos(g.x(n.col), g.y(n.row)), fyne.NewSize(g.width, g.height)
		}})
	}
	objects := make([]fyne.CanvasObject, len(l.parts))
	for i, p := range l.parts {
		objects[i] = p.o
	}
	h.mapBox.Objects = []fyne.CanvasObject{container.New(l, objects...)}
	h.mapBox.Refresh()
}

// line adds a piece of an arrow between two points that lie on one line across or upright.
func (l *mapLayout) line(from, to func(g mapGrid) fyne.Position) {
	l.parts = append(l.parts, mapPart{kit.Box(kit.Line), func(g mapGrid) (fyne.Position, fyne.Size) {
		a, b := from(g), to(g)
		return fyne.NewPos(min(a.X, b.X), min(a.Y, b.Y)), fyne.NewSize(max(a.X, b.X)-min(a.X, b.X)+1, max(a.Y, b.Y)-min(a.Y, b.Y)+1)
	}})
}

// head adds an arrow's head with its tip at a point.
func (l *mapLayout) head(tip func(g mapGrid) fyne.Position, angle float32) {
	p := canvas.NewPolygon(3, kit.Line.Color())
	p.Angle = angle
	l.parts = append(l.parts, mapPart{p, func(g mapGrid) (fyne.Position, fyne.Size) {
		t := tip(g)
		switch angle {
		case 90:
			t = t.SubtractXY(arrowSize, arrowSize/2)
		case 180:
			t = t.SubtractXY(arrowSize/2, arrowSize)
		default:
			t = t.SubtractXY(arrowSize/2, 0)
		}
		return t, fyne.NewSize(arrowSize, arrowSize)
	}})
}

// arrow draws the way from a node to one behind, above or below it, around what stands between.
func (l *mapLayout) arrow(m *processMap, from, to node) {
	at := func(x func(g mapGrid) float32, y func(g mapGrid) float32) func(g mapGrid) fyne.Position {
		return func(g mapGrid) fyne.Position { return fyne.NewPos(x(g), y(g)) }
	}
	if from.col == to.col {
		x := func(g mapGrid) float32 { return g.x(from.col) + g.width/2 }
		up := to.row < from.row
		out, in, angle := func(g mapGrid) float32 { return g.y(from.row) + g.height }, func(g mapGrid) float32 { return g.y(to.row) }, float32(180)
		if up {
			out, in, angle = func(g mapGrid) float32 { return g.y(from.row) }, func(g mapGrid) float32 { return g.y(to.row) + g.height }, 0
		}
		l.line(at(x, out), at(x, in))
		l.head(at(x, in), angle)
		return
	}
	out := func(g mapGrid) float32 { return g.x(from.col) + g.width }
	in := func(g mapGrid) float32 { return g.x(to.col) }
	high := func(g mapGrid) float32 { return g.mid(from.row) }
	low := func(g mapGrid) float32 { return g.mid(to.row) }
	behind := func(g mapGrid) float32 { return out(g) + (g.pitchX-g.width)/2 }
	before := func(g mapGrid) float32 { return in(g) - (g.pitchX-g.width)/2 }
	way := []func(g mapGrid) fyne.Position{at(out, high)}
	switch {
	case from.row == to.row && !m.blocked(from.row, from.col+1, to.col-1):
	case !m.blocked(from.row, from.col+1, to.col-1): // along the row it comes from, turning in the gap before the target
		way = append(way, at(before, high), at(before, low))
	case from.row != to.row && !m.blocked(to.row, from.col+1, to.col-1): // turning behind the source
		way = append(way, at(behind, high), at(behind, low))
	default: // between the rows
		between := func(g mapGrid) float32 { return g.y(from.row) + g.height + (g.pitchY-g.height)/2 }
		if to.row < from.row {
			between = func(g mapGrid) float32 { return g.y(from.row) - (g.pitchY-g.height)/2 }
		}
		way = append(way, at(behind, high), at(behind, between), at(before, between), at(before, low))
	}
	way = append(way, at(in, low))
	for i := range way[1:] {
		l.line(way[i], way[i+1])
	}
	l.head(at(in, low), 90)
}

// blocked tells whether a node stands in the row between two columns.
func (p *processMap) blocked(row, from, to int) bool {
	for c := from; c <= to; c++ {
		if p.occupied(c, row) {
			return true
		}
	}
	return false
}

// kindIcon is a picture for a kind, told from its declaration.
func kindIcon(k *slip.Kind) string {
	switch {
	case k.ReturnOf != "":
		return "ret"
	case k.Group == slip.Money && k.Party != slip.NoParty:
		return "cash"
	case k.Plan && k.Stock.Promise == slip.Nothing:
		return "quote"
	case k.Plan:
		return "src"
	case k.Money.AtOnce && k.Stock.Direction < 0: // over the counter: nothing is driven anywhere
		return "scan"
	case k.Party != slip.NoParty && k.Stock.Direction < 0:
		return "truck"
	}
	return map[slip.Group]string{slip.Purchase: "buy", slip.Sales: "sell", slip.Warehouse: "wh", slip.Production: "cols", slip.Relations: "pin", slip.Money: "offset", slip.Books: "book"}[k.Group]
}

// openWord says what is open about a slip of the kind.
func openWord(s host.Host, k *slip.Kind) string {
	switch {
	case k.Stock.Promise == slip.Reserved:
		return s.Tr("待发货", "to ship")
	case k.Stock.Promise == slip.InTransit:
		return s.Tr("在途", "in transit")
	case k.Stock.Promise == slip.OnOrder:
		return s.Tr("待收货", "to come")
	case k.Plan:
		return s.Tr("未完", "open")
	case k.Money.Settles != "":
		return s.Tr("未核销", "open")
	}
	return s.Tr("未结", "open")
}

// saying is a word with a number under a door's name.
type saying struct {
	word  string
	n     int
	shade kit.Shade
}

// sayings are what waits behind a door: amber what is to be done today, blue what can be done, grey what only informs.
func sayings(s host.Host, k *slip.Kind, c inquiry.KindCount) (list []saying) {
	add := func(word string, n int, shade kit.Shade) {
		if n > 0 {
			list = append(list, saying{word, n, shade})
		}
	}
	add(s.Tr("待审", "drafts"), c.Drafts, kit.Warn)
	add(s.Tr("到期", "due"), c.DueToday+c.Overdue, kit.Warn)
	add(openWord(s, k), c.Open-c.DueToday-c.Overdue, kit.Accent)
	list = append(list, saying{s.Tr("今日", "today"), c.Today, kit.Ink3})
	return list
}

func (h *Home) drawNode(i int, n node) fyne.CanvasObject {
	s, m := h.s, kit.M()
	frame := kit.Framed(kit.Paper, kit.Line, 1)
	if i == h.at && h.inMap {
		frame = kit.Framed(kit.Paper, kit.Accent, 2)
	}
	digit := fyne.CanvasObject(container.NewWithoutLayout())
	if i < 10 {
		digit = container.NewCenter(container.NewStack(kit.Framed(kit.Clear, kit.Hair, 1), kit.Pad(5, 0, kit.Label(strconv.Itoa((i+1)%10), kit.Ink2, m.Caption, false))))
	}
	title := kit.Shrunk(s.T(n.kind.Title), kit.Ink, m.Text, true)
	line := container.New(kit.Bar{Gap: 10})
	if h.Data != nil {
		for _, w := range sayings(s, n.kind, h.Data.Counts[n.kind.Code]) {
			ink := kit.Ink2
			if w.shade == kit.Ink3 {
				ink = kit.Ink3
			}
			line.Add(container.New(kit.Row{Gap: 3}, kit.Label(w.word, ink, m.Caption, false), kit.Label(strconv.Itoa(w.n), w.shade, m.Caption, w.shade != kit.Ink3)))
		}
	}
	line.Add(kit.Caption(""))
	head := container.NewBorder(nil, nil, container.NewCenter(kit.Picture(kindIcon(n.kind), kit.Ink, 16)), digit, kit.Pad(5, 0, title))
	face := container.NewStack(frame, kit.Pad(7, 6, container.NewBorder(head, nil, nil, nil, line)))
	return kit.NewTap(face, func() { h.openKind(i) })
}
