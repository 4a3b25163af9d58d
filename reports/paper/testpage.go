package paper

import (
	"fmt"

	"zhanggui/data/fault"
	"zhanggui/data/text"
)

// TestPage shows where a printer puts things: a frame at the edge of the content, a ruler of 100 mm (as much as fits), and the
// shift it was printed with. Scale is right when the ruler measures what it says.
type TestPage struct {
	Lang  text.Lang
	Size  Size
	Shift Shift
}

// contents are a sheet's size and the frame nothing is printed outside of.
var contents = map[Size]struct{ w, h, x1, y1, x2, y2 float64 }{
	Continuous: {241, 139.7, 19, 5, 222, 133.7}, ContinuousThird: {241, 93.1, 19, 5, 222, 87.1}, A5: {210, 148, 12, 8, 200, 139}, A4: {a4W, a4H, 12, 9, 198, 286},
	CutSheet: {240, 140, 22, 7, 228, 134}, Roll80: {80, 80, 4, 4, 76, 76}, Roll58: {58, 60, 5, 4, 53, 56},
	Size(Label60x40): {60, 40, 2, 2, 58, 38}, Size(Label40x30): {40, 30, 1.75, 1.75, 38.25, 28.25}, Size(Shelf70x38): {70, 38, 2, 2, 68, 36},
}

var (
	wordTest      = text.T("试印页 %s", "Test page %s")
	wordTestHow   = text.T("外框应四边完整；标尺应与实物毫米尺一致（缩放 100%%）。偏移 x %g，y %g 毫米。", "The frame must be whole on all sides; the ruler must agree with a real one (scale 100%%). Shift x %g, y %g mm.")
	wordTestPaper = text.T("没有纸张“%s”的试印页", "there is no test page for paper %q")
)

func (t *TestPage) pages() ([]page, error) {
	c, ok := contents[t.Size]
	if !ok {
		return nil, fault.New(fault.Usage, wordTestPaper.Zh, wordTestPaper.En, string(t.Size)).At("paper")
	}
	p := page{w: c.w, h: c.h, dx: t.Shift.X, dy: t.Shift.Y}
	p.frame(c.x1, c.y1, c.x2-c.x1, c.y2-c.y1, 0.25)
	room := c.x2 - c.x1 - 4
	title := safe(fmt.Sprintf(wordTest.In(t.Lang), t.Size.Name().In(t.Lang)))
	if c.h < 50 {
		title = safe(fmt.Sprintf(wordTest.In(t.Lang), string(t.Size)))
	}
	p.text(c.x1+2, c.y1+2, 5, title, shrink(title, 11, true, room), true, left)
	y := c.y1 + 9
	for _, l := range wrap(safe(fmt.Sprintf(wordTestHow.In(t.Lang), t.Shift.X, t.Shift.Y)), 7, false, room) {
		if y > c.y2-12 {
			break
		}
		p.text(c.x1+2, y, 3.2, l, 7, false, left)
		y += 3.2
	}
	base := c.y2 - 5
	for mm := 0; mm <= 100 && float64(mm) <= room; mm++ {
		x, h := micro(c.x1+2+float64(mm)), 1.5
		if mm%10 == 0 {
			h = 3
		} else if mm%5 == 0 {
			h = 2.2
		}
		p.line(x, base, x, base-h, 0.1)
		if mm%10 == 0 {
			p.text(x, base, 3, fmt.Sprint(mm), 6.5, false, middle)
		}
	}
	return []page{p}, nil
}
