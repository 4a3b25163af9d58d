package paper

import (
	"fmt"

	"zhanggui/data/text"
)

// Ruler is a page to measure by how far a printer feeds off: two rules in millimetres, 10 mm from the edges when it feeds right.
type Ruler struct {
	Lang          text.Lang
	Width, Height float64 // of the sheet, in mm
	Shift         Shift   // as it is set now
}

// rulerAt is how far from the edges the rules stand.
const rulerAt = 10

var (
	wordRuler      = text.T("量尺页", "Ruler page")
	wordRulerAsk   = text.T("横尺应离纸的上边 10 mm，竖尺应离左边 10 mm。", "The level rule should be 10 mm from the paper's top edge, the upright one 10 mm from its left edge.")
	wordRulerDown  = text.T("量得横尺离上边 a：下移再加 10 − a。", "Where the level rule is a from the top, add 10 − a to Down.")
	wordRulerRight = text.T("量得竖尺离左边 b：右移再加 10 − b。", "Where the upright one is b from the left, add 10 − b to Right.")
	wordRulerNow   = text.T("现在：右移 %s，下移 %s（毫米）", "Now: right %s, down %s (mm)")
)

func (r *Ruler) meta() meta { return heading(r.Lang, "", wordRuler, "") }

func (r *Ruler) pages() ([]page, error) {
	p := page{w: r.Width, h: r.Height, dx: r.Shift.X, dy: r.Shift.Y}
	end, foot := r.Width-rulerAt, r.Height-rulerAt
	p.line(rulerAt, rulerAt, end, rulerAt, 0.2)
	p.line(rulerAt, rulerAt, rulerAt, foot, 0.2)
	mark := func(mm int) float64 {
		switch {
		case mm%10 == 0:
			return 5
		case mm%5 == 0:
			return 3.5
		}
		return 2
	}
	for mm := 0; rulerAt+float64(mm) <= end; mm++ {
		x := rulerAt + float64(mm)
		p.line(x, rulerAt, x, rulerAt+mark(mm), 0.15)
		if mm%10 == 0 && mm > 0 {
			p.textAt(x, rulerAt+8.5, fmt.Sprint(mm+rulerAt), 7, false, middle)
		}
	}
	for mm := 0; rulerAt+float64(mm) <= foot; mm++ {
		y := rulerAt + float64(mm)
		p.line(rulerAt, y, rulerAt+mark(mm), y, 0.15)
		if mm%10 == 0 && mm > 0 {
			p.text(rulerAt+5.6, y-2, 4, fmt.Sprint(mm+rulerAt), 7, false, left)
		}
	}
	for _, c := range [][2]float64{{end, foot}, {end, rulerAt}, {rulerAt, foot}} { // the far corners show whether it feeds askew
		p.line(c[0]-4, c[1], c[0]+4, c[1], 0.2)
		p.line(c[0], c[1]-4, c[0], c[1]+4, 0.2)
	}
	size := 10.0
	if r.Width < 150 {
		size = 6
	}
	now := fmt.Sprintf(wordRulerNow.In(r.Lang), fmt.Sprintf("%+.1f", r.Shift.X), fmt.Sprintf("%+.1f", r.Shift.Y))
	says := []string{wordRuler.In(r.Lang) + fmt.Sprintf("  %.0f × %.0f mm", r.Width, r.Height), wordRulerAsk.In(r.Lang), wordRulerDown.In(r.Lang), wordRulerRight.In(r.Lang), now}
	room, x := end-rulerAt-24, float64(rulerAt+18)
	for i, s := range says {
		own := size
		for width(s, own, i == 0) > room && own > 4 {
			own -= 0.5
		}
		p.text(x, rulerAt+14+float64(i)*0.62*size, 0.62*size, s, own, i == 0, left)
	}
	return []page{p}, nil
}
