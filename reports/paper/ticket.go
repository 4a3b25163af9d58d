package paper

import (
	"math"

	"zhanggui/data/text"
)

// Ticket is a till receipt 小票 on a roll of 80 or 58 mm; its page is as long as its content.
type Ticket struct {
	Lang    text.Lang
	Narrow  bool   // 58 mm
	Shop    string // the name over the door
	Company Company
	Title   string // 零售单
	Number  string
	At      string // 2026-10-10 16:22
	Till    string // 收银：周婷  1号台
	Fields  []Field
	Lines   []TicketLine
	Rows    []TicketRow // totals and payments
	Notes   []string    // the tax note and the remark under them
	Ending  []string    // the last one is bold
	Red     bool        // a return: the title ends in (红字)
	Print   Print
	Shift   Shift
}

// TicketLine is one product sold. Quantity carries its unit.
type TicketLine struct{ Name, Discount, Quantity, Price, Amount string }

// TicketRow is one figure under the lines.
type TicketRow struct {
	Label, Value string
	Weight       TicketWeight
}

// TicketWeight says how big a row is.
type TicketWeight int

// Weights: Small for roundings, Normal for sums and payments, Large for what is due, Strong for change.
const (
	Small TicketWeight = iota
	Normal
	Large
	Strong
)

var (
	wordTicketHeads = []text.Text{text.T("品名", "Item"), text.T("数量", "Qty"), text.T("单价", "Price"), text.T("金额", "Amount")}
	ticketWeights   = map[TicketWeight]struct {
		size float64
		bold bool
	}{Small: {9, false}, Normal: {9.5, false}, Large: {15, true}, Strong: {11, true}}
)

// ticketJob writes downwards.
type ticketJob struct {
	*Ticket
	p                   page
	l, r, qty, price, y float64
	less                float64 // points off on narrow rolls
}

func (t *Ticket) pages() ([]page, error) {
	j := &ticketJob{Ticket: t, l: 4, r: 76, qty: 42, price: 58, y: 4}
	j.p = page{w: 80, dx: t.Shift.X, dy: t.Shift.Y}
	if t.Narrow {
		j.l, j.r, j.qty, j.price, j.less = 5, 53, 31, 41, 1
		j.p.w = 58
	}
	j.head()
	j.lines()
	if err := j.foot(); err != nil {
		return nil, err
	}
	j.p.h = math.Ceil(j.y + 6)
	return []page{j.p}, nil
}

// centred writes one line, or several when it is too long, around the middle.
func (j *ticketJob) centred(s string, size, h float64, bold bool) {
	for _, line := range wrap(safe(s), size-j.less, bold, j.r-j.l) {
		j.p.text((j.l+j.r)/2, j.y, h, line, size-j.less, bold, middle)
		j.y += h
	}
}

// shop is the name over the door: smaller where that keeps it on one line, else on lines about as long as each other, so that no single
// character is left alone.
func (j *ticketJob) shop() {
	room, name := j.r-j.l, safe(j.Shop)
	size := 15.0
	for size > 12 && width(name, size-j.less, true) > room {
		size -= 0.5
	}
	if width(name, size-j.less, true) > room {
		size = 15
		if n := len(wrap(name, size-j.less, true, room)); n > 1 {
			for even := room; even > room/2; even -= 0.5 { // as narrow as the same number of lines allows
				if len(wrap(name, size-j.less, true, even)) > n {
					break
				}
				room = even
			}
		}
	}
	for _, line := range wrap(name, size-j.less, true, room) {
		j.p.text((j.l+j.r)/2, j.y, 6, line, size-j.less, true, middle)
		j.y += 6
	}
	j.y += 0.5
}

// dashes draws a rule and leaves room around it.
func (j *ticketJob) dashes(before, after float64) {
	j.y += before
	j.p.dashed(j.l, micro(j.y), j.r, micro(j.y), 0.25, 1, 0.75)
	j.y += after
}

func (j *ticketJob) head() {
	if j.Shop != "" {
		j.shop()
	}
	if j.Company.Name != "" {
		j.centred(j.Company.Name, 9, 4.5, false)
	}
	if j.Company.Address != "" {
		j.centred(j.Company.Address, 8, 4, false)
	}
	if j.Company.Phone != "" {
		j.centred(wordPhone.In(j.Lang)+j.Company.Phone, 8, 4, false)
	}
	for _, m := range j.Print.marks(j.Lang, j.Red) {
		j.centred("【"+m+"】", 10, 5, true)
	}
	j.dashes(1, 1)
	title := j.Title
	if j.Red {
		title += wordRedTitle.In(j.Lang)
	}
	j.left(title+" "+j.Number, 9.5, 4.5, true)
	j.p.text(j.l, j.y, 4.2, j.At, 9-j.less, false, left)
	till := safe(j.Till)
	if room := j.r - j.l - width(j.At, 9-j.less, false) - 2; width(till, smallest, false) <= room {
		j.p.text(j.r, j.y, 4.2, till, shrink(till, 9-j.less, false, room), false, right)
	} else {
		j.y += 4.2
		j.p.text(j.l, j.y, 4.2, till, shrink(till, 9-j.less, false, j.r-j.l), false, left)
	}
	j.y += 4.2
	for _, f := range j.Fields {
		for _, line := range wrap(safe(label(j.Lang, f.Label)+f.Value), 9-j.less, f.Bold, j.r-j.l) {
			j.p.text(j.l, j.y, 4.2, line, 9-j.less, f.Bold, left)
			j.y += 4.2
		}
	}
	j.dashes(0.8, 1)
}

func (j *ticketJob) left(s string, size, h float64, bold bool) {
	s = safe(s)
	j.p.text(j.l, j.y, h, s, shrink(s, size-j.less, bold, j.r-j.l), bold, left)
	j.y += h
}

func (j *ticketJob) lines() {
	size := 9 - j.less
	for i, x := range []float64{j.l, j.qty, j.price, j.r} {
		a := right
		if i == 0 {
			a = left
		}
		j.p.text(x, j.y, 4.5, wordTicketHeads[i].In(j.Lang), size, true, a)
	}
	j.y += 5
	for _, l := range j.Lines {
		names := wrap(safe(l.Name), size, false, j.r-j.l)
		h := 4 * float64(len(names))
		j.p.lines(j.l, j.y, h, names, size, 1.24, false, left)
		j.y += h
		j.figures(l, size)
		j.y += 4.8
	}
	j.y -= 0.6
	j.dashes(0.6, 1)
}

// figures sets the second row of a line; where the figures are too long for their columns they share the row.
func (j *ticketJob) figures(l TicketLine, size float64) {
	j.p.text(j.l, j.y, 4.2, l.Discount, 8-j.less, false, left)
	amount, price, qty := safe(l.Amount), safe(l.Price), safe(l.Quantity)
	px := min(j.price, j.r-width(amount, size, false)-1.5)
	qx := min(j.qty, px-width(price, size, false)-1.5)
	fit := shrink(qty, size, false, qx-j.l)
	j.p.text(j.r, j.y, 4.2, amount, size, false, right)
	j.p.text(px, j.y, 4.2, price, size, false, right)
	j.p.text(qx, j.y, 4.2, qty, fit, false, right)
}

func (j *ticketJob) foot() error {
	for _, row := range j.Rows {
		w := ticketWeights[row.Weight]
		size := w.size - j.less
		h := 1.25 * size * pt
		value := safe(row.Value)
		caption := safe(row.Label)
		j.p.text(j.r, j.y, h, value, size, w.bold, right)
		j.p.text(j.l, j.y, h, caption, shrink(caption, size, w.bold, j.r-j.l-width(value, size, w.bold)-2), w.bold, left)
		j.y += h
	}
	for i, note := range j.Notes {
		if i == 0 {
			j.y += 0.8
		}
		for _, line := range wrap(safe(note), 8-j.less, false, j.r-j.l) {
			j.p.text(j.l, j.y, 4, line, 8-j.less, false, left)
			j.y += 4
		}
	}
	j.dashes(1, 2)
	if j.Number != "" {
		if err := j.p.codeMiddle((j.l+j.r)/2, micro(j.y), 10, moduleFine, j.Number); err != nil {
			return err
		}
		j.y += 10.3
		j.centred(j.Number, 8.5, 4, false)
		j.y++
	}
	for i, s := range j.Ending {
		if last := i == len(j.Ending)-1; last {
			j.centred(s, 9, 4.4, true)
		} else {
			j.centred(s, 8.5, 4, false)
		}
	}
	if s := j.Print.printed(j.Lang); s != "" {
		j.centred(s, 7.5, 4, false)
	}
	return nil
}
