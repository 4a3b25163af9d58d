package paper

import (
	"cmp"
	"slices"
	"strings"

	"zhanggui/data/text"
)

// remark sets a remark on one line, shrunk if needed, then on two small lines, or on as many as its height is meant for.
func (p *page) remark(x, y, h, room float64, s string, size, floor float64) {
	small := max(floor, smallest)
	if fit := max(shrink(s, size, false, room), small); width(s, fit, false) <= room {
		p.text(x, y, h, s, fit, false, left)
		return
	}
	lines := wrap(s, small, false, room)
	if len(lines) > max(2, int((h+0.1)/(small*pt*1.05))) {
		lines = []string{lines[0], cut(after(s, lines[0]), small, false, room)}
	}
	p.lines(x, y, max(h, 2*small*pt), lines, small, 1.05, false, left)
}

// after is what of a text follows its first line, blanks inside it kept.
func after(s, first string) string {
	return strings.TrimLeft(strings.TrimPrefix(s, first), " \u3000")
}

// foot draws address and print.
func (f *form) foot(p *page, m measures, c *copyOf, last bool, remark string) {
	printed, room := f.footRoom(m, c)
	p.text(m.x+m.table, m.footY, m.footH, printed, m.footSize, false, right)
	words := f.Company.contact(f.Lang)
	if f.Form == Receipt && !m.strip && len(f.plies) > 1 {
		var names []string
		for i, ply := range f.plies {
			names = append(names, ply.strip(f.Lang, i))
		}
		words = strings.Join(names, "  ")
	}
	if f.Size == ContinuousThird {
		words = f.shortFoot(c, last, remark, room)
	}
	f.footWords(p, m, room, words)
}

// footRoom is what stands at the right of the foot, and the room that it leaves.
func (f *form) footRoom(m measures, c *copyOf) (printed string, room float64) {
	printed = f.Print.printed(f.Lang)
	if !m.strip && len(c.strips) > 0 {
		printed = strings.TrimSpace(printed + f.plyName(c))
	}
	return printed, m.table - width(safe(printed), m.footSize, false) - 4
}

// remarkUnder tells whether the remark of a third of a sheet stands under the frame, as on larger ones: the foot has no room for it.
func (f *form) remarkUnder(c *copyOf, remark string) bool {
	if f.Size != ContinuousThird || remark == "" {
		return false
	}
	_, room := f.footRoom(f.m, c)
	return len(wrap(safe(f.shortFoot(c, true, remark, room)), f.m.floor, false, room)) > 2
}

// thirdClosed are the measures of the last page of a third of a sheet whose remark stands under the frame, whole: two lines of one page are squeezed in,
// more, or below what is brought forward, take rows off.
func (f *form) thirdClosed(m measures, c *copyOf, brought bool, remark string) measures {
	lines := len(wrap(remark, m.floor, false, m.table))
	if lines <= 2 && !brought {
		m.remarkGap, m.remarkH = 0.3, 2.9
		return f.closed(m, c, brought, remark)
	}
	m.wordsH, m.remarkGap, m.remarkH = 5, 0.3, max(2.9, float64(lines)*m.floor*pt*1.05)
	for m.rows > 1 && f.bottom(m, c, brought, remark) > m.signY {
		m.rows--
	}
	return m
}

// lastApart gives the end of a third of a sheet one more page where the last has no rows left for its lines and the remark under them: the last
// line goes along, if it can. used is how many rows the last page has taken.
func (f *form) lastApart(used int) {
	n := len(f.breaks) - 1
	if used <= f.lastRows(n > 0) {
		return
	}
	lines, apart := f.breaks[n], []int(nil)
	if i := len(lines) - 1; i > 0 {
		need := 1
		for k := range f.copies {
			need = max(need, f.rowsOf(lines[i], f.copies[k].set))
		}
		if need <= f.lastRows(true) {
			f.breaks[n], apart = lines[:i:i], lines[i:]
		}
	}
	f.breaks = append(f.breaks, apart)
}

// lastRows is how many rows the last page has in every copy.
func (f *form) lastRows(brought bool) int {
	rows := f.m.rows
	for k := range f.copies {
		c := &f.copies[k]
		at, over := f.arrange(f.places(), f.m.fieldRows, 3, c.money)
		if remark := f.remarkText(over); f.remarkUnder(c, remark) {
			rows = min(rows, f.thirdClosed(f.grown(at), c, brought, remark).rows)
		}
	}
	return rows
}

// shortFoot are the words under the third of a sheet: what is owed comes first, for a figure is never cut, and our phone only where there is room.
func (f *form) shortFoot(c *copyOf, last bool, remark string, room float64) string {
	var parts []string
	if last && c.money && len(f.Balance) > 0 {
		b := f.Balance[len(f.Balance)-1]
		parts = append(parts, full(b.Label)+" "+b.Amount.Grouped())
	}
	if last && remark != "" {
		parts = append(parts, remark)
	}
	if phone := f.Company.Phone; phone != "" {
		with := append(parts[:len(parts):len(parts)], wordPhone.In(f.Lang)+phone)
		if len(parts) == 0 || len(wrap(safe(strings.Join(with, "  ")), max(f.m.floor, smallest), false, room)) <= 2 {
			parts = with
		}
	}
	return strings.Join(parts, "  ")
}

// footWords sets the words of the foot on one line, or on two that share the gap above: who we are, and the bank below it.
func (f *form) footWords(p *page, m measures, room float64, words string) {
	floor := max(m.floor, smallest)
	words = safe(words)
	if width(words, floor, false) <= room {
		p.remark(m.x, m.footY, m.footH, room, words, m.footSize, floor)
		return
	}
	if len(wrap(words, floor, false, room)) > 2 { // better small than cut
		floor = smallest
	}
	lines := wrap(words, floor, false, room)
	if us, bank := safe(f.Company.place(f.Lang)), safe(f.Company.Bank); words == safe(f.Company.contact(f.Lang)) && us != "" && bank != "" {
		wide := func(size float64) float64 { return max(width(us, size, false), width(bank, size, false)) }
		if wide(m.footSize) <= room {
			floor = m.footSize
		}
		if wide(floor) <= room {
			lines = []string{us, bank}
		}
	}
	if len(lines) > 2 {
		lines = []string{lines[0], cut(after(words, lines[0]), floor, false, room)}
	}
	h := 2 * floor * pt * 1.05
	p.lines(m.x, m.footY-max(0, (h-m.footH)/2), max(h, m.footH), lines, floor, 1.05, false, left)
}

// plyName is the ply in the foot of laser paper.
func (f *form) plyName(c *copyOf) string {
	ply := c.strips[0]
	switch {
	case f.Lang != text.Zh:
		return "    Copy: " + ply.For.En
	case f.Form == Receipt:
		return "    本联：" + ply.strip(f.Lang, max(c.ply, 0))
	}
	return "    " + ply.Colour.Zh + "：" + ply.For.Zh
}

// edge writes the names of the plies beside the table: one under the other in a strike, one alone apart.
func (f *form) edge(p *page, m measures, c *copyOf) {
	if !m.strip || len(c.strips) == 0 {
		return
	}
	const x = 219.5
	if c.ply >= 0 {
		f.upright(p, x, m.headY+8.5, 4.6, 9, 60, c.strips[0], c.ply)
		return
	}
	step := 30.0 * float64(f.m.rows) / 8
	for i, ply := range c.strips {
		f.upright(p, x, m.headY+0.5+step*float64(i), 3.8*min(1, step/26), 8, step, ply, i)
	}
}

// upright writes a ply's name from above, in the room that it has: Chinese a character a line, English turned by a quarter.
func (f *form) upright(p *page, x, y, pitch, size, room float64, ply Ply, i int) {
	if f.Lang != text.Zh {
		p.text(x, y, pitch, ply.circled(i), size, false, middle)
		t := ply.Colour.En + " " + ply.For.En
		t = safe(t)
		size = shrink(t, size, false, room-pitch-1)
		p.ops = append(p.ops, op{kind: 't', x: x - 0.37*size*pt, y: y + pitch + 0.5, size: size, text: t, turned: true})
		return
	}
	for _, r := range ply.strip(f.Lang, i) {
		p.text(x, y, pitch, string(r), size, false, middle)
		y += pitch
	}
}

// signatures draws the hands on one line: label, then the name or a line for the pen.
func (j *job) signatures(p *page, x, tableWidth, y, h float64) {
	hands, ws, most := j.handsRoom(tableWidth)
	for i, s := range hands {
		t := safe(label(j.Lang, s.Label))
		size := 9.0
		if s.Name == "" {
			size = shrink(t, most, false, ws[i]-12)
		}
		p.text(x, y, h, t, size, false, left)
		tw := width(t, size, false)
		if s.Name != "" {
			name := safe(s.Name)
			p.text(x+tw+1.2, y, h, name, shrink(name, 9, false, ws[i]-tw-2), false, left)
		} else {
			p.line(micro(x+tw+0.8), y+h-1.2, micro(x+ws[i]-3), y+h-1.2, 0.2)
		}
		x += ws[i]
	}
}

// handsRoom is the width of every signature, and the size of the labels before the lines for the pen: 9. Where many hands in English would leave
// too little for the pen, the labels are smaller, then shorter; names and what stands before them are not.
func (j *job) handsRoom(tableWidth float64) (hands []Signature, ws []float64, size float64) {
	hands, size = j.Signatures, 9
	for {
		ws = penned(j.Lang, hands, shares(hands, tableWidth), size)
		least := float64(penRoom)
		for i, s := range hands {
			if s.Name == "" {
				least = min(least, ws[i]-width(safe(label(j.Lang, s.Label)), size, false)-0.8-3)
			}
		}
		switch size -= 0.25; {
		case least > penRoom-0.01 || j.Lang == text.Zh:
			return hands, ws, size + 0.25
		case size >= 8:
		case &hands[0] == &j.Signatures[0]:
			hands, size = shortened(hands), 9
		case size < smallest:
			return hands, ws, smallest
		}
	}
}

// shortened are hands under the short forms of their English labels.
func shortened(hands []Signature) []Signature {
	hands = slices.Clone(hands)
	for i, s := range hands {
		hands[i].Label = cmp.Or(shortHands[s.Label], s.Label)
	}
	return hands
}

var shortHands = map[string]string{"Department head": "Dept. head", "Head of department": "Dept. head", "Deputy manager": "Deputy", "General manager": "Gen. manager"}

// shares gives every signature its width. Those without one take what label and name need, or label and a line of
// 22 mm. What is over goes to all of these equally, what is missing comes off the lines for the pen; names alone are
// scaled down.
func shares(ss []Signature, tableWidth float64) []float64 {
	out := make([]float64, len(ss))
	sum, open, lines := 0.0, 0, 0
	for i, s := range ss {
		out[i] = s.Width
		if s.Width > 0 && s.Name != "" { // a name is read, not guessed
			out[i] = max(s.Width, width(safe(full(s.Label)), 9, false)+width(safe(s.Name), 9, false)+4)
		}
		if s.Width == 0 {
			open++
			out[i] = width(safe(full(s.Label)), 9, false) + 25
			if s.Name != "" {
				out[i] += width(safe(s.Name), 9, false) - 19
			}
		}
		if s.Name == "" {
			lines++
		}
		sum += out[i]
	}
	over := tableWidth - sum
	for i, s := range ss {
		switch {
		case over < 0 && lines == 0:
			out[i] *= tableWidth / sum
		case over < 0 && s.Name == "":
			out[i] = max(out[i]+over/float64(lines), 10)
		case over >= 0 && s.Width == 0:
			out[i] += over / float64(open)
		}
	}
	return out
}

// penRoom is the least that a person signs on, in mm.
const penRoom = 18

// penned gives each line for the pen its least length, from what the others have beyond theirs: labels of another language are longer.
func penned(l text.Lang, ss []Signature, ws []float64, size float64) []float64 {
	lack, spare := 0.0, 0.0
	need := make([]float64, len(ss))
	for i, s := range ss {
		need[i] = width(safe(label(l, s.Label)), size, false) + 0.8 + penRoom + 3
		if s.Name != "" {
			need[i] = width(safe(label(l, s.Label)), 9, false) + width(safe(s.Name), 9, false) + 1.2 + 3
		}
		lack += max(0, need[i]-ws[i])
		spare += max(0, ws[i]-need[i])
	}
	if lack == 0 || spare == 0 {
		return ws
	}
	given := min(1, spare/lack)
	for i := range ws {
		if d := need[i] - ws[i]; d > 0 {
			ws[i] += d * given
		} else {
			ws[i] += d * given * lack / spare
		}
	}
	return ws
}
