package sheet

import (
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Column is one column of a written table.
type Column struct {
	Title string
	Type  slip.Type
	Width float64 // in characters; 0: by type
	Total bool    // summed at the foot
}

// WriteXLSX streams one sheet: frozen header, filter, figures and dates as real cells, totals as formulas with their value.
func WriteXLSX(w io.Writer, title string, cols []Column, rows [][]string, totals []string) error {
	f := excelize.NewFile()
	defer f.Close()
	name := sheetName(title)
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	s, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	styles, err := styleSet(f)
	if err != nil {
		return err
	}
	for i, c := range cols {
		if err := s.SetColWidth(i+1, i+1, width(c)); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(cols))
	for i, c := range cols {
		head[i] = excelize.Cell{StyleID: styles.head, Value: c.Title}
	}
	if err := s.SetRow("A1", head); err != nil {
		return err
	}
	for n, r := range rows {
		cells := make([]any, len(cols))
		for i, c := range cols {
			if i < len(r) {
				cells[i] = cell(c, r[i], styles)
			}
		}
		if err := s.SetRow("A"+strconv.Itoa(n+2), cells); err != nil {
			return err
		}
	}
	if err := writeTotals(s, cols, totals, len(rows), styles); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(cols), len(rows)+1)
	if err != nil {
		return err
	}
	if err := f.AutoFilter(name, "A1:"+last, nil); err != nil { // after Flush it would be lost
		return err
	}
	if err := s.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

func writeTotals(s *excelize.StreamWriter, cols []Column, totals []string, n int, styles styleIDs) error {
	if totals == nil || n == 0 {
		return nil
	}
	cells := make([]any, len(cols))
	for i, c := range cols {
		if c.Total {
			col, _ := excelize.ColumnNumberToName(i + 1)
			x := cell(c, totals[i], styles).(excelize.Cell)
			x.Formula = "SUM(" + col + "2:" + col + strconv.Itoa(n+1) + ")"
			cells[i] = x
		} else if totals[i] != "" {
			cells[i] = excelize.Cell{StyleID: styles.head, Value: totals[i]}
		}
	}
	return s.SetRow("A"+strconv.Itoa(n+2), cells)
}

type styleIDs struct {
	head int
	by   map[slip.Type]int
}

func styleSet(f *excelize.File) (styleIDs, error) {
	s := styleIDs{by: map[slip.Type]int{}}
	var err error
	if s.head, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return s, err
	}
	for t, format := range map[slip.Type]string{slip.TypeAmount: "#,##0.00", slip.TypeQuantity: "#,##0.####", slip.TypePrice: "#,##0.00####", slip.TypeRate: "0.##%", slip.TypeDate: "yyyy-mm-dd", slip.TypeInt: "0"} {
		if s.by[t], err = f.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return s, err
		}
	}
	return s, nil
}

// cell gives a figure as a number where fifteen digits hold it exactly, else as text.
func cell(c Column, v string, s styleIDs) any {
	if v == "" {
		return nil
	}
	id, typed := s.by[c.Type]
	if !typed {
		return excelize.Cell{Value: v}
	}
	if c.Type == slip.TypeDate {
		if d, err := text.ParseDate(v); err == nil {
			return excelize.Cell{StyleID: id, Value: d.Time()}
		}
		return excelize.Cell{Value: v}
	}
	if n, ok := exact(v); ok {
		return excelize.Cell{StyleID: id, Value: n}
	}
	return excelize.Cell{Value: v}
}

func width(c Column) float64 {
	if c.Width > 0 {
		return c.Width
	}
	switch c.Type {
	case slip.TypeText, slip.TypeRef:
		return 18
	}
	return 14
}

func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 31 {
		s = string(r[:31])
	}
	if s == "" {
		return "Sheet1"
	}
	return s
}
