package paper

// Note is a page with one thing on it that must not be misread, and what is to be known of it: the recovery sheet 恢复单.
type Note struct {
	Company, Title string
	About          string // whose it is, and of when
	Big            string // the thing
	Lines          []string
}

// pages is part of Paper: one A4 sheet, lines wrapped; what has no room under the thing is left out.
func (n *Note) pages() ([]page, error) {
	const left0, room, pitch = 25.0, 160.0, 6.5
	p := page{w: a4W, h: a4H}
	p.text(a4W/2, 28, 8, n.Company, shrink(n.Company, 13, true, room), true, middle)
	p.text(a4W/2, 38, 10, n.Title, shrink(n.Title, 20, true, room), true, middle)
	p.text(a4W/2, 52, 6, n.About, shrink(n.About, 11, false, room), false, middle)
	p.frame(left0, 66, room, 24, 0.5)
	p.text(a4W/2, 66, 24, n.Big, shrink(n.Big, 22, true, room-8), true, middle)
	y := 102.0
	for _, l := range n.Lines {
		for _, part := range wrap(safe(l), 11, false, room) {
			if y > a4H-25 {
				break
			}
			p.text(left0, y, pitch, part, 11, false, left)
			y += pitch
		}
		y += 2
	}
	return []page{p}, nil
}
