package paper

import (
	"strings"

	"zhanggui/data/text"
)

// remark sets a remark on one line, shrunk if needed, then on two small lines.
func (p *page) remark(x, y, h, room float64, s string, size, floor float64) {
	small := max(floor, smallest)
	if fit := max(shrink(s, size, false, room), small); width(s, fit, false) <= room {
		p.text(x, y, h, s, fit, false, left)
		return
	}
	lines := wrap(s, small, false, room)
	if len(lines) > 2 {
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
	printed := f.Print.printed(f.Lang)
	if !m.strip && len(c.strips) > 0 {
		printed = strings.TrimSpace(printed + f.plyName(c))
	}
	rightEdge := m.x + m.table
	p.text(rightEdge, m.footY, m.footH, printed, m.footSize, false, right)
	room := m.table - width(safe(printed), m.footSize, false) - 4
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
	step := 30.0 * float64(m.rows) / 8
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
