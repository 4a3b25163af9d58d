package sheet

import (
	"cmp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Look is how a cell of a cover stands out: size in points, 0 the sheet's own; Head fills and frames it, Box frames it, Line is a line to sign
// on. Align is left, center or right; empty is as the value is. Watch shows a figure red unless it is nought.
type Look struct {
	Size                   float64
	Head, Box, Line, Watch bool
	Blue                   bool // a link
	Align                  string
}

// styled is what makes a cell's style; every cell asks for one.
type styled struct {
	format string
	bold   bool
	look   Look
}

// style gives the style of a number format, bold or not, with a look.
func (w *Workbook) style(format string, bold bool, look Look) (int, error) {
	if look.Watch && format != "" {
		format = "[=0]0.00;[Red]" + format
	}
	key := styled{format, bold, look}
	if id, ok := w.styles[key]; ok {
		return id, nil
	}
	s := excelize.Style{}
	if format != "" {
		s.CustomNumFmt = &format
	}
	if bold || look.Size > 0 || look.Blue {
		s.Font = &excelize.Font{Bold: bold, Size: look.Size}
	}
	if look.Blue {
		s.Font.Color = "0B4EA2"
	}
	if look.Head {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE6F0"}}
	}
	if look.Head || look.Box {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if look.Line {
		s.Border = []excelize.Border{{Type: "bottom", Color: "000000", Style: 1}}
	}
	if look.Align != "" || look.Head || look.Box {
		s.Alignment = &excelize.Alignment{Horizontal: look.Align, Vertical: "center", ShrinkToFit: (look.Box || look.Head) && format == ""}
	}
	id, err := w.f.NewStyle(&s)
	w.styles[key] = id
	return id, err
}

// paper sets the sheet up for printing: A4, as wide as the page, numbered. A sheet with a grid of its own is bound at the left.
func (s *Sheet) paper(l Layout) error {
	a4, one, any := 9, 1, 0
	side := "portrait"
	if len(s.columns) > 7 {
		side = "landscape"
	}
	if l.OnePage {
		any = 1
	}
	if err := s.w.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &side, FitToWidth: &one, FitToHeight: &any}); err != nil {
		return err
	}
	literal := func(s, otherwise string) string { return cmp.Or(strings.ReplaceAll(s, "&", "&&"), otherwise) }
	foot := "&L" + literal(l.Foot, "&A") + "&C" + cmp.Or(l.Pages, "&P / &N") + "&R" + literal(l.Printed, "&D &T")
	if err := s.w.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: foot}); err != nil {
		return err
	}
	for i, mm := range l.Grid {
		if err := s.w.f.SetColWidth(s.name, s.letter(i), s.letter(i), characters(mm)); err != nil {
			return err
		}
	}
	middle := true
	inch := func(mm float64) *float64 { v := mm / 25.4; return &v }
	if l.Grid == nil { // the wider the page, the larger its letters
		return s.w.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Top: inch(12), Left: inch(10), Right: inch(10), Bottom: inch(16), Header: inch(8), Footer: inch(8)})
	}
	return s.w.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Top: inch(20), Left: inch(18), Right: inch(15), Bottom: inch(20), Header: inch(8), Footer: inch(10), Horizontally: &middle})
}

// characters is a width in the unit of workbooks: figures of the usual letter, 7 dots each of 96 an inch, with 5 dots of edge.
func characters(mm float64) float64 { return max((mm*96/25.4-5)/7, 0.5) }

// spread writes a cell of a cover, over as many columns as it takes, with its link.
func (s *Sheet) spread(column int, c Cell) error {
	if err := s.put(column, c); err != nil {
		return err
	}
	if c.Span < 2 {
		return s.linked(column, c)
	}
	_, format := typed(c.Type, c.Value)
	id, err := s.w.style(format, c.Bold, c.Look)
	if err != nil {
		return err
	}
	for i := 1; i < c.Span; i++ {
		if err := s.rows.cell(s.letter(column+i), s.row, id, nil, ""); err != nil {
			return err
		}
	}
	if err := s.w.f.MergeCell(s.name, s.place(column, s.row), s.place(column+c.Span-1, s.row)); err != nil {
		return err
	}
	return s.linked(column, c)
}

// linked makes the cell lead to another sheet, where it does.
func (s *Sheet) linked(column int, c Cell) error {
	if c.Link == "" {
		return nil
	}
	return s.w.f.SetCellHyperLink(s.name, s.place(column, s.row), (&Sheet{name: c.Link}).quoted()+"!A1", "Location")
}

// Next is the place of a column in the row that comes next.
func (s *Sheet) Next(column int) string { return s.place(column, s.row+1) }

// Name is what the tab says.
func (s *Sheet) Name() string { return s.name }

// measured is how many rows of a sheet its widths are fitted to.
const measured = 2000

// measure remembers how wide the cells of a row are, in characters; a Chinese one is two.
func (s *Sheet) measure(values []string) {
	if s.row > measured {
		return
	}
	for i, v := range values {
		if i >= len(s.columns) {
			return
		}
		for len(s.widest) <= i {
			s.widest = append(s.widest, 0)
		}
		s.widest[i] = max(s.widest[i], across(v, s.columns[i]))
	}
}

// across is what a value takes of a cell's width.
func across(v string, c Column) int {
	n := 0
	for _, r := range v {
		if n++; r > 0x2E80 {
			n++
		}
	}
	if value, format := typed(c.Type, v); format != "" {
		if _, figure := value.(float64); figure {
			n += n / 3 // commas between thousands, noughts behind the point
		}
	}
	return n
}

// fitted makes columns as wide as what stands in them, their titles and totals: nothing reads ###, no text is cut, and no page is wasted.
func (s *Sheet) fitted(totals []string) error {
	for i, c := range s.columns {
		if i >= len(s.widest) || c.Width > 0 {
			continue
		}
		wide := s.widest[i]
		if i < len(totals) {
			wide = max(wide, across(totals[i], c)+1) // bold
		}
		title := 3 // room for the filter's button
		for _, r := range c.Title {
			if title++; r > 0x2E80 {
				title++
			}
		}
		if err := s.w.f.SetColWidth(s.name, s.letter(i), s.letter(i), float64(min(max(wide+2, title, 5), 60))); err != nil {
			return err
		}
	}
	return nil
}
