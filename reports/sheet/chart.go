package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Chart draws rows of a sheet that stand below each other: Names has their names, each of Series a figure, both columns from 0; the row above
// the first says what the series are. Lying bars have room for long names.
type Chart struct {
	Title       string
	First, Last int // rows, from 1
	Names       int
	Series      []int
	Lying       bool
}

// The colours of series, apart also in black and white.
var seriesColours = []string{"1F4E79", "9DC3E6", "7F7F7F"}

// Widen makes a column so many characters wide that is none of the sheet's own.
func (s *Sheet) Widen(column int, chars float64) error {
	return s.w.f.SetColWidth(s.name, s.letter(column), s.letter(column), chars)
}

// Line is the row last written, from 1.
func (s *Sheet) Line() int { return s.row }

// Chart puts a chart below what is written, at its left. Widths are dots of the screen, 96 an inch.
func (s *Sheet) Chart(c Chart) error {
	kind := excelize.Col
	if c.Lying {
		kind = excelize.Bar
	}
	at := func(column, row int) string { return "$" + s.letter(column) + "$" + fmt.Sprint(row) }
	span := func(column int) string { return s.quoted() + "!" + at(column, c.First) + ":" + at(column, c.Last) }
	ink := excelize.Font{Color: "262626", Size: 9} // the library's own is too pale for print
	x := &excelize.Chart{Type: kind, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &excelize.Font{Bold: true, Size: 12}}}},
		Legend: excelize.ChartLegend{Position: "bottom"}, Dimension: excelize.ChartDimension{Width: 560, Height: 300},
		XAxis: excelize.ChartAxis{Font: ink}, YAxis: excelize.ChartAxis{Font: ink, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}}}
	x.XAxis.ReverseOrder = c.Lying // the first is the topmost
	for i, column := range c.Series {
		x.Series = append(x.Series, excelize.ChartSeries{Name: s.quoted() + "!" + at(column, c.First-1), Categories: span(c.Names), Values: span(column),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{seriesColours[i%len(seriesColours)]}}})
	}
	return s.w.f.AddChart(s.name, s.place(0, s.row+2), x)
}
