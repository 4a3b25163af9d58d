package paper

import (
	"fmt"
	"sort"
	"strings"

	"zhanggui/data/text"
)

// CountSheet is the paper of a stocktake 盘点表: by shelf, with room for two counts. Blind 盲盘 leaves out what the book says, so
// that nobody counts towards it.
type CountSheet struct {
	Lang    text.Lang
	Company Company
	Title   string // empty: 盘点表
	Number  string
	Fields  []Field // up to six, read left to right
	Lines   []CountLine
	Book    bool // print what the book says, and a column for the difference
	Print   Print
	Shift   Shift
}

// CountLine is one product to count. Counted and Second, the second count, are filled in where they are known already.
type CountLine struct{ Shelf, Code, Name, Unit, Book, Counted, Second, Remark string }

var (
	wordCount    = text.T("盘点表", "Count sheet")
	wordOffSheet = text.T("表外商品（货架上有、表上没有）", "Goods found that are not listed")
	wordCountHow = text.T("本页 %d 行。数到零请写 0，未盘留空；涂改须签名。", "Lines on this page: %d. Write 0 for none, leave blank what you did not count; sign every correction.")
	countBlind   = []text.Text{text.T("序", "#"), text.T("货位", "Shelf"), text.T("商品编码", "Code"), text.T("品名规格", "Description"), text.T("单位", "Unit"),
		text.T("初盘", "Count 1"), text.T("复盘", "Count 2"), text.T("备注", "Remark")}
	countBook = []text.Text{text.T("序", "#"), text.T("货位", "Shelf"), text.T("商品编码", "Code"), text.T("品名规格", "Description"), text.T("单位", "Unit"),
		text.T("账面数", "Book"), text.T("初盘", "Count 1"), text.T("复盘", "Count 2"), text.T("差异", "Difference")}
	countBlindW = []float64{7, 20, 20, 63, 10, 22, 22, 22}
	countBookW  = []float64{7, 19, 19, 53, 9, 18, 20, 20, 21}
	countHands  = []text.Text{text.T("盘点人", "Counter"), text.T("监盘人", "Witness"), text.T("复盘人", "Checked by"), text.T("录入人", "Entered by")}
	countTimes  = []text.Text{text.T("开始时间", "Begun at"), text.T("结束时间", "Finished at")}
	countSpots  = [3]float64{0, 66, 126}
)

const (
	countHeadH  = 7.0
	countRow    = 9.0
	countBottom = 262.0
	countFree   = 3 // empty rows for goods found that are not listed
)

func (l *CountSheet) pages() ([]page, error) {
	ws := countBlindW
	if l.Book {
		ws = countBookW
	}
	items := l.items(ws[3])
	parts := l.paginate(items)
	out := make([]page, len(parts))
	for n, part := range parts {
		if err := l.page(&out[n], n, len(parts)); err != nil {
			return nil, err
		}
		l.table(&out[n], part, ws, n == len(parts)-1)
		l.hands(&out[n])
	}
	return out, nil
}

// items sorts the lines by shelf and puts a bar before every area.
func (l *CountSheet) items(room float64) []pickItem {
	lines := make([]*CountLine, len(l.Lines))
	for i := range l.Lines {
		lines[i] = &l.Lines[i]
	}
	sort.SliceStable(lines, func(i, k int) bool { return text.ShelfLess(lines[i].Shelf, lines[k].Shelf) })
	var out []pickItem
	area := "\x00"
	for i, c := range lines {
		if a, _, _ := strings.Cut(c.Shelf, "-"); a != area {
			area = a
			out = append(out, pickItem{section: areaName(l.Lang, a, ""), h: 5})
		}
		names := wrap(safe(c.Name), 9, false, room-2*pad)
		out = append(out, pickItem{count: c, n: i + 1, names: names, h: max(countRow, micro(3.56*float64(len(names))+1.6))})
	}
	return out
}

// paginate breaks the rows; a bar never ends a page, and the free rows of the last page stand whole.
func (l *CountSheet) paginate(items []pickItem) [][]pickItem {
	const top, free = pickHeadY + countHeadH, 5 + countFree*countRow
	var parts [][]pickItem
	var now []pickItem
	y := top
	for i, it := range items {
		need := it.h
		if it.count == nil && i+1 < len(items) {
			need += items[i+1].h
		}
		if len(now) > 0 && y+need > countBottom {
			parts = append(parts, now)
			now, y = nil, top
		}
		now = append(now, it)
		y += it.h
	}
	parts = append(parts, now)
	if y+free > countBottom {
		parts = append(parts, nil)
	}
	return parts
}

func (l *CountSheet) page(p *page, n, of int) error {
	*p = page{w: a4W, h: a4H, dx: l.Shift.X, dy: l.Shift.Y}
	title := l.Title
	if title == "" {
		title = wordCount.In(l.Lang)
	}
	if l.Lang == text.Zh {
		title = spaced(title)
	}
	head := sheetHead{lang: l.Lang, company: l.Company, title: title, number: l.Number, barcode: l.Number, x: pickX, table: pickTable, y: 9}
	edge, err := head.draw(p, n, of)
	if err != nil {
		return err
	}
	(&job{Voucher: &Voucher{Lang: l.Lang, Print: Print{Marks: l.Print.Marks}}}).marks(p, edge+4, 23.7)
	for i, f := range l.Fields {
		if i >= 2*len(countSpots) {
			break
		}
		x, end := pickX+countSpots[i%3], pickX+pickTable
		if i%3 < 2 {
			end = pickX + countSpots[i%3+1]
		}
		y := 34 + a4FieldH*float64(i/3)
		t := safe(label(l.Lang, f.Label))
		p.text(x, y, a4FieldH, t, 9, false, left)
		w := width(t, 9, false) + 1.4
		p.drawField(micro(x+w), y, a4FieldH, end-x-w-1, f.Value, f.Bold, false, smallest)
	}
	return nil
}

func (l *CountSheet) table(p *page, part []pickItem, ws []float64, last bool) {
	titles := countBlind
	if l.Book {
		titles = countBook
	}
	xs := p.grid(pickX, pickHeadY, countHeadH, pickTable, 9.5, inLang(titles, l.Lang), ws)
	y, lines := pickHeadY+countHeadH, 0
	bar := func(s string) {
		p.fill(pickX, y, pickTable, 5, 0xF7)
		p.line(pickX, y, pickX+pickTable, y, a4Grid)
		p.text(pickX+pad, y, 5, s, 8.5, true, left)
	}
	end := func(h float64) {
		y = micro(y + h)
		p.line(pickX, y, pickX+pickTable, y, a4Grid)
	}
	for _, it := range part {
		if it.count == nil {
			bar(it.section)
		} else {
			l.row(p, xs, ws, it, y)
			lines++
		}
		end(it.h)
	}
	if last {
		bar(wordOffSheet.In(l.Lang))
		end(5)
		for range countFree {
			p.uprights(xs, y, y+countRow, a4Grid)
			end(countRow)
		}
	}
	p.border(pickX, pickHeadY, pickTable, y)
	how := fmt.Sprintf(wordCountHow.In(l.Lang), lines)
	p.text(pickX, y+0.8, 5, how, shrink(how, 8.5, false, pickTable), false, left)
}

// row draws one product; what is counted stands under the first count.
func (l *CountSheet) row(p *page, xs, ws []float64, it pickItem, y float64) {
	h, c := it.h, it.count
	p.uprights(xs, y, y+h, a4Grid)
	p.text((xs[0]+xs[1])/2, y, h, fmt.Sprint(it.n), shrink(fmt.Sprint(it.n), 9.5, false, ws[0]-1), false, middle)
	cell := func(i int, s string, size float64, a align) {
		s = safe(s)
		x, size := xs[i]+pad, shrink(s, size, false, ws[i]-2*pad)
		switch a {
		case middle:
			x = (xs[i] + xs[i+1]) / 2
		case right:
			x = xs[i+1] - pad
		}
		p.text(x, y, h, s, size, false, a)
	}
	cell(1, c.Shelf, 10, left)
	cell(2, c.Code, 9, left)
	p.lines(xs[3]+pad, y, h, it.names, 9, 1.12, false, left)
	cell(4, c.Unit, 9.5, middle)
	at := 5
	if l.Book {
		cell(at, c.Book, 9.5, right)
		at++
	}
	cell(at, c.Counted, 9.5, right)
	cell(at+1, c.Second, 9.5, right)
	if !l.Book {
		s := safe(c.Remark)
		size := shrink(s, 8.5, false, ws[7]-2*pad)
		p.text(xs[7]+pad, y, h, cut(s, size, false, ws[7]-2*pad), size, false, left)
	}
}

// hands are the signatures and times of every page.
func (l *CountSheet) hands(p *page) {
	for i, h := range countHands {
		x := pickX + 46*float64(i)
		t := label(l.Lang, h.In(l.Lang))
		p.text(x, 270, 6, t, 9.5, false, left)
		end := x + 43
		if i == len(countHands)-1 {
			end = x + 45
		}
		p.line(micro(x+width(t, 9.5, false)+0.8), 275.3, end, 275.3, 0.2)
	}
	printed := l.Print.printed(l.Lang)
	edge := pickX + pickTable - width(printed, 7.5, false) - 2 // the pen's lines end before it
	for i, h := range countTimes {
		x := pickX + 70*float64(i)
		t := label(l.Lang, h.In(l.Lang))
		p.text(x, 277.5, 6, t, 9, false, left)
		p.line(micro(x+width(t, 9, false)+0.8), 282.3, micro(min(x+67, edge)), 282.3, 0.2)
	}
	if printed != "" {
		p.text(pickX+pickTable, 278, 5, printed, 7.5, false, right)
	}
}
