package paper

import (
	"fmt"
	"sort"
	"strings"

	"zhanggui/data/text"
)

// PickList is the paper the warehouse walks with 备货单: by shelf, with a bar code a line and a strip of digits to
// scan. It shows no prices.
type PickList struct {
	Lang    text.Lang
	Company Company
	Title   string // empty: 备货单
	Number  string // of the slip, or of the merged list
	Fields  []Field
	Lines   []PickLine
	Split   []SplitLine // a merged list: what of it goes to whom, on pages of its own
	Print   Print
	Shift   Shift
}

// PickLine is one product to fetch. Code names the slip's line for the scanner, see LineCode.
type PickLine struct {
	Area     string // 紧固件; the section is the shelf's first part and this name
	Shelf    string
	Name     string
	Code     string
	LineCode string // on a merged list the product's, as several slips' lines stand on it
	Unit     string
	Quantity string
	Shares   string // 甲 12 · 乙 8 on a merged list
}

// SplitLine is one row of a merged list's split.
type SplitLine struct{ Party, Slip, Name, Code, Unit, Quantity string }

// LineCode is what the bar code of a slip's line says: XC-202610-0087, line 1 is XC2610008701.
func LineCode(number string, line int) string {
	parts := strings.Split(number, "-")
	if len(parts) == 3 && len(parts[1]) == 6 {
		parts[1] = parts[1][2:]
	}
	return fmt.Sprintf("%s%02d", strings.Join(parts, ""), line)
}

var (
	wordPickList  = text.T("备货单", "Pick list")
	wordNoShelf   = text.T("无货位", "No shelf")
	wordArea      = text.T("%s 区", "Area %s")
	wordLine      = text.T("%d 行", "%d line")
	wordLines     = text.T("%d 行", "%d lines")
	wordPickSum   = text.T("共 %d 行，合计数量 %s。实拣与应拣不同，请在实拣栏写数；缺货写 0。", "Lines: %d, total quantity %s. Where you pick another quantity, write it under Picked; if out of stock write 0.")
	wordPickHow   = text.T("扫行条码即按应拣数拣足；数量不同：再扫数字、扫确定；没有货：扫缺货。全部拣完扫确定。本单不是出库凭证。", "Scanning a line picks it in full; for another quantity scan its digits, then Enter; if there is none scan Short. Enter at the end. This is not a delivery note.")
	wordSplit     = text.T("分单", "Split")
	pickTitles    = []text.Text{text.T("√", "√"), text.T("序", "#"), text.T("货位", "Shelf"), text.T("商品", "Product"), text.T("行条码", "Line code"), text.T("单位", "Unit"), text.T("应拣", "To pick"), text.T("实拣", "Picked")}
	splitTitles   = []text.Text{text.T("序", "#"), text.T("客户", "Customer"), text.T("单号", "Slip"), text.T("商品编码", "Code"), text.T("品名", "Product"), text.T("单位", "Unit"), text.T("数量", "Qty")}
	pickWidths    = []float64{9, 7, 23, 62, 44, 10, 14, 17}
	splitWidths   = []float64{7, 40, 31, 22, 60, 10, 16}
	pickHands     = []text.Text{text.T("拣货人", "Picker"), text.T("复核人", "Checked by"), text.T("完成时间", "Finished at"), text.T("箱数/件数", "Cartons/pieces")}
	pickSpots     = [6]float64{0, 92, 140, 0, 92, 140}
	pickFieldEnds = [6]float64{92, 140, 186, 92, 140, 186}
)

const (
	pickX, pickTable = 12.0, 186.0
	pickBottom       = 234.0
	pickHeadY        = 47.0
	shareSize        = 8.0
	leastModule      = 0.19 // of a bar code that scanners still read
)

// pickItem is a section bar or a line, to pick or to count, in the order of the walk.
type pickItem struct {
	section string
	line    *PickLine
	count   *CountLine
	n       int
	names   []string
	shares  []string
	h       float64
}

// items sorts the lines by shelf and puts a bar before every area.
func (l *PickList) items() []pickItem {
	lines := make([]*PickLine, len(l.Lines))
	for i := range l.Lines {
		lines[i] = &l.Lines[i]
	}
	sort.SliceStable(lines, func(i, k int) bool { return text.ShelfLess(lines[i].Shelf, lines[k].Shelf) })
	areaOf := func(p *PickLine) string {
		a, _, _ := strings.Cut(p.Shelf, "-")
		return a
	}
	var out []pickItem
	for i, p := range lines {
		if i == 0 || areaOf(lines[i-1]) != areaOf(p) {
			k := i
			for k < len(lines) && areaOf(lines[k]) == areaOf(p) {
				k++
			}
			out = append(out, pickItem{section: l.section(areaOf(p), p.Area, k-i), h: 5})
		}
		names := wrap(safe(p.Name), 9, false, pickWidths[3]-2*pad)
		var shares []string
		if p.Shares != "" {
			shares = wrap(safe(p.Shares), shareSize, false, pickWidths[3]-2*pad)
		}
		h := max(12.5, micro(3.6*float64(len(names)+len(shares))+5))
		out = append(out, pickItem{line: p, n: i + 1, names: names, shares: shares, h: h})
	}
	return out
}

// section names an area and its count: A 区 紧固件  5 行.
func (l *PickList) section(area, name string, n int) string {
	return areaName(l.Lang, area, name) + "  " + counted(l.Lang, wordLine, wordLines, n)
}

// counted words a number of things.
func counted(l text.Lang, one, many text.Text, n int) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf(many.In(l), n)
}

// areaName is what a bar says of an area: A 区 紧固件.
func areaName(l text.Lang, area, name string) string {
	if area == "" {
		return wordNoShelf.In(l)
	}
	return safe(strings.TrimSpace(fmt.Sprintf(wordArea.In(l), area) + " " + name))
}

func (l *PickList) pages() ([]page, error) {
	items := l.items()
	var parts [][]pickItem
	var now []pickItem
	y := pickHeadY + 6.5
	for i, it := range items {
		need := it.h
		if it.line == nil && i+1 < len(items) {
			need += items[i+1].h // a section bar never ends a page
		}
		if len(now) > 0 && y+need > pickBottom {
			parts = append(parts, now)
			now, y = nil, pickHeadY+6.5
		}
		now = append(now, it)
		y += it.h
	}
	parts = append(parts, now)
	split := l.splitParts()
	out := make([]page, 0, len(parts)+len(split))
	of := len(parts) + len(split)
	for n, part := range parts {
		p, err := l.page(n, of)
		if err != nil {
			return nil, err
		}
		end, err := l.table(&p, part)
		if err != nil {
			return nil, err
		}
		if n == len(parts)-1 {
			t := fmt.Sprintf(wordPickSum.In(l.Lang), len(l.Lines), l.sum())
			p.text(pickX, end+0.8, 5, t, shrink(safe(t), 9, false, pickTable), false, left)
		}
		l.hands(&p)
		if err := l.digits(&p); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	for n, part := range split {
		p, err := l.page(len(parts)+n, of)
		if err != nil {
			return nil, err
		}
		l.splitTable(&p, part)
		out = append(out, p)
	}
	return out, nil
}

// sum is the total quantity, a hand count over mixed units.
func (l *PickList) sum() string {
	v := &Voucher{}
	total := sums{}
	for i, p := range l.Lines {
		line := Line{Cells: map[Key]string{ColQuantity: p.Quantity}}
		if total.add(v, &line, i, ColQuantity) != nil {
			return "—"
		}
	}
	return v.shown(total, ColQuantity)
}

// page is a sheet with head and fields.
func (l *PickList) page(n, of int) (page, error) {
	p := page{w: a4W, h: a4H, dx: l.Shift.X, dy: l.Shift.Y}
	title := l.Title
	if title == "" {
		title = wordPickList.In(l.Lang)
	}
	if l.Lang == text.Zh {
		title = spaced(title)
	}
	head := sheetHead{lang: l.Lang, company: l.Company, title: title, number: l.Number, barcode: l.Number, x: pickX, table: pickTable, y: 9}
	edge, err := head.draw(&p, n, of)
	if err != nil {
		return p, err
	}
	(&job{Voucher: &Voucher{Lang: l.Lang, Print: l.Print}}).marks(&p, edge+4, 23.7)
	for i, f := range l.Fields {
		if i >= len(pickSpots) {
			break
		}
		y := 34 + a4FieldH*float64(i/3)
		x := pickX + pickSpots[i]
		t := safe(label(l.Lang, f.Label))
		p.text(x, y, a4FieldH, t, 9, false, left)
		w := width(t, 9, false) + 1.4
		p.drawField(micro(x+w), y, a4FieldH, pickFieldEnds[i]-pickSpots[i]-w-1, f.Value, f.Bold, false, smallest)
	}
	return p, nil
}

// grid draws the head of a table of plain widths and returns the x of its columns.
func (p *page) grid(x, y, h, table, size float64, titles []string, ws []float64) []float64 {
	p.fill(x, y, table, h, 0xEF)
	p.line(x, y, x+table, y, a4Frame)
	xs := make([]float64, len(ws)+1)
	xs[0] = x
	for i, w := range ws {
		t := safe(titles[i])
		p.text(xs[i]+w/2, y, h, t, shrink(t, size, true, w-1), true, middle)
		xs[i+1] = micro(xs[i] + w)
	}
	p.uprights(xs, y, y+h, a4Grid)
	p.line(x, y+h, x+table, y+h, a4Grid)
	return xs
}

// uprights draws the lines between columns.
func (p *page) uprights(xs []float64, y1, y2, lw float64) {
	for _, x := range xs[1 : len(xs)-1] {
		p.line(x, micro(y1), x, micro(y2), lw)
	}
}

// border closes a table.
func (p *page) border(x, y1, table, y2 float64) {
	p.line(x, y2, x+table, y2, a4Frame)
	p.line(x, y1, x, y2, a4Frame)
	p.line(x+table, y1, x+table, y2, a4Frame)
}

func inLang(ts []text.Text, l text.Lang) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.In(l)
	}
	return out
}

func (l *PickList) table(p *page, part []pickItem) (float64, error) {
	xs := p.grid(pickX, pickHeadY, 6.5, pickTable, 9.5, inLang(pickTitles, l.Lang), pickWidths)
	y := pickHeadY + 6.5
	for _, it := range part {
		if it.line == nil {
			p.fill(pickX, y, pickTable, it.h, 0xF7)
			p.line(pickX, y, pickX+pickTable, y, a4Grid)
			p.text(pickX+pad, y, it.h, it.section, 8.5, true, left)
		} else if err := l.row(p, xs, it, y); err != nil {
			return 0, err
		}
		y = micro(y + it.h)
		p.line(pickX, y, pickX+pickTable, y, a4Grid)
	}
	p.border(pickX, pickHeadY, pickTable, y)
	return y, nil
}

func (l *PickList) row(p *page, xs []float64, it pickItem, y float64) error {
	h, pl := it.h, it.line
	p.uprights(xs, y, y+h, a4Grid)
	p.frame(xs[0]+2, micro(y+(h-5)/2), 5, 5, 0.35)
	p.text(xs[1]+3.5, y, h, fmt.Sprint(it.n), 9.5, false, middle)
	shelf := safe(pl.Shelf)
	p.text(xs[2]+pad, y, h, shelf, shrink(shelf, 12, true, pickWidths[2]-2*pad), true, left)
	l.product(p, xs[3]+pad, y, h, it)
	if pl.LineCode != "" {
		if err := p.codeWithin((xs[4]+xs[5])/2, y+1+(h-12.5)/2, 7, pickWidths[4], pl.LineCode); err != nil {
			return err
		}
		p.text((xs[4]+xs[5])/2, y+9.62-1.75+(h-12.5)/2, 3.5, pl.LineCode, 7, false, middle)
	}
	unit := safe(pl.Unit)
	p.text((xs[5]+xs[6])/2, y, h, unit, shrink(unit, 9.5, false, pickWidths[5]-1), false, middle)
	p.text(xs[7]-pad, y, h, pl.Quantity, shrink(safe(pl.Quantity), 12, true, pickWidths[6]-2*pad), true, right)
	return nil
}

// codeWithin draws a bar code and its quiet zones in a room, with finer bars where it must; one too fine to be read is left out.
func (p *page) codeWithin(x, y, h, room float64, s string) error {
	widths, err := code128(s)
	if err != nil {
		return err
	}
	if m := min(moduleLaser, room/float64(total(widths)+2*quiet)); m >= leastModule {
		p.bars(x-float64(total(widths))*m/2, y, h, m, widths)
	}
	return nil
}

// product writes the name, the code under it, and on merged lists the shares.
func (l *PickList) product(p *page, x, y, h float64, it pickItem) {
	room := pickWidths[3] - 2*pad
	n, band := float64(len(it.names)), h-4
	band -= 3.6 * float64(len(it.shares))
	p.lines(x, y, band, it.names, 9, 1.12, false, left)
	after := y + band/2 + 1.8*n
	code := safe(it.line.Code)
	p.text(x, after, 4, code, shrink(code, 8, false, room), false, left)
	for i, s := range it.shares {
		p.text(x, after+3.6*float64(i+1), 4, s, shareSize, false, left)
	}
}

func (l *PickList) hands(p *page) {
	for i, h := range pickHands {
		x := pickX + 46*float64(i)
		t := label(l.Lang, h.In(l.Lang))
		p.text(x, 240, 6, t, 9.5, false, left)
		end := x + 43
		if i == len(pickHands)-1 {
			end = x + 45
		}
		p.line(micro(x+width(t, 9.5, false)+0.8), 244.8, end, 244.8, 0.2)
	}
}

// digits is the strip to scan quantities from.
func (l *PickList) digits(p *page) error {
	const top, cw, ch = 247.5, 31.0, 15.0
	p.frame(pickX, top, pickTable, 2*ch, 0.2)
	short, enter := text.T("缺货", "Short").In(l.Lang), text.T("确定", "Enter").In(l.Lang)
	names := []string{"0", "1", "2", "3", "4", short, "5", "6", "7", "8", "9", enter}
	codes := []string{"=0", "=1", "=2", "=3", "=4", "=S", "=5", "=6", "=7", "=8", "=9", "=E"}
	for i, name := range names {
		x, y := pickX+cw*float64(i%6), top+ch*float64(i/6)
		p.text(x+cw/2, y+0.2, 4.8, name, 9, true, middle)
		if err := p.codeMiddle(x+cw/2, y+4.8, 8, moduleLaser, codes[i]); err != nil {
			return err
		}
		if i%6 > 0 {
			p.line(x, y, x, y+ch, 0.2)
		}
	}
	p.line(pickX, top+ch, pickX+pickTable, top+ch, 0.2)
	t := wordPickHow.In(l.Lang)
	p.text(pickX, 278.5, 5, t, shrink(t, 8, false, pickTable), false, left)
	return nil
}

// splitRoom is what the rows of a page of the split share.
const splitRoom = 210.0

// splitCells are the words of a row of the split as they stand: what is too long for its column wraps, for names are cut on labels only.
func (l *PickList) splitCells(i int) (cells [][]string, h float64) {
	s := l.Split[i]
	lines := 1
	for k, t := range []string{fmt.Sprint(i + 1), s.Party, s.Slip, s.Code, s.Name, s.Unit, s.Quantity} {
		t = safe(t)
		room := splitWidths[k] - 2*pad
		cell := []string{t}
		if width(t, shrink(t, 9, false, room), false) > room {
			cell = wrap(t, splitSize, false, room)
		}
		cells, lines = append(cells, cell), max(lines, len(cell))
	}
	return cells, max(7, 3.2*float64(lines)+1.4)
}

// splitSize is that of words on several lines.
const splitSize = 8

// splitParts are the rows of each page, by their places in the split.
func (l *PickList) splitParts() [][]int {
	var out [][]int
	room := 0.0
	for i := range l.Split {
		_, h := l.splitCells(i)
		if len(out) == 0 || h > room {
			out, room = append(out, nil), splitRoom
		}
		out[len(out)-1] = append(out[len(out)-1], i)
		room -= h
	}
	return out
}

func (l *PickList) splitTable(p *page, part []int) {
	xs := p.grid(pickX, pickHeadY, 6.5, pickTable, 9, inLang(splitTitles, l.Lang), splitWidths)
	y := pickHeadY + 6.5
	for _, i := range part {
		cells, h := l.splitCells(i)
		for k, cell := range cells {
			room := splitWidths[k] - 2*pad
			size := shrink(cell[0], 9, false, room)
			switch {
			case len(cell) > 1:
				p.lines(xs[k]+pad, y, h, cell, splitSize, 1.12, false, left)
			case k == 0 || k == 5:
				p.text((xs[k]+xs[k+1])/2, y, h, cell[0], size, false, middle)
			case k == 6:
				p.text(xs[k+1]-pad, y, h, cell[0], size, false, right)
			default:
				p.text(xs[k]+pad, y, h, cell[0], size, false, left)
			}
		}
		p.uprights(xs, y, y+h, a4Grid)
		y += h
		p.line(pickX, y, pickX+pickTable, y, a4Grid)
	}
	p.border(pickX, pickHeadY, pickTable, y)
	p.text(pickX+pickTable, y+0.5, 5, wordSplit.In(l.Lang), 9, false, right)
}
