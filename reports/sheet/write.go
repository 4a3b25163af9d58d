package sheet

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"zhanggui/data/fault"
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

// Layout says what a sheet is like: its tab, lines above the header, and its columns. A sheet without columns, such as
// a cover, has neither header nor filter. Tables that are to be read back have no lines above the header.
type Layout struct {
	Name    string
	Above   []string
	Columns []Column
	Grid    []float64 // widths in millimetres of a sheet without columns; it has the margins of a bound sheet
	Foot    string    // at the left of every page's foot; empty: the sheet's name
	Pages   string    // in the middle of it, &P and &N for page and pages; empty: figures alone
	Printed string    // at its right; empty: day and time of the print
	OnePage bool      // all of it on one page
}

// Cell is a value that stands outside the columns, such as on a cover. Value is canonical text of its Type; with a
// Formula it is the cached result.
type Cell struct {
	Value   string
	Type    slip.Type
	Formula string
	Bold    bool
	Look    Look
	Span    int    // how many columns it goes over, 0: its own
	Link    string // name of the sheet it leads to
}

// Workbook streams sheets into a file: rows go to disk as they come, so its size costs no memory.
type Workbook struct {
	f      *excelize.File
	styles map[styled]int
	names  map[string]bool
	sheets []*Sheet
	open   int
}

// NewWorkbook begins a workbook. Discard it when done.
func NewWorkbook() *Workbook {
	f := excelize.NewFile()
	_ = f.SetAppProps(&excelize.AppProperties{Application: "Zhanggui", AppVersion: "1.0"})
	_ = f.SetDocProps(&excelize.DocProperties{Creator: "掌柜 Zhanggui", LastModifiedBy: "掌柜 Zhanggui"}) // a fresh file takes them
	return &Workbook{f: f, styles: map[styled]int{}, names: map[string]bool{}}
}

// Discard removes what the workbook keeps on disk.
func (w *Workbook) Discard() {
	for _, s := range w.sheets {
		s.rows.discard()
	}
	w.f.Close()
}

// Sheet adds a sheet behind the others. Several may be written at a time; each must be closed.
func (w *Workbook) Sheet(l Layout) (*Sheet, error) {
	s := &Sheet{w: w, name: w.freeName(l.Name), columns: l.Columns}
	var err error
	if len(w.names) == 1 {
		err = w.f.SetSheetName("Sheet1", s.name)
	} else {
		_, err = w.f.NewSheet(s.name)
	}
	if err != nil {
		return nil, err
	}
	if err := s.paper(l); err != nil {
		return nil, err
	}
	w.sheets = append(w.sheets, s)
	w.open++
	return s, s.head(l.Above)
}

// Write writes the workbook when all its sheets are closed.
func (w *Workbook) Write(to io.Writer) error {
	if w.open > 0 {
		panic("sheet: a sheet of the workbook is not closed")
	}
	var empty bytes.Buffer
	if err := w.f.Write(&empty); err != nil {
		return err
	}
	return fill(to, empty.Bytes(), func(name string) *spool {
		for i, s := range w.sheets {
			if name == "xl/worksheets/sheet"+strconv.Itoa(i+1)+".xml" {
				return &s.rows
			}
		}
		return nil
	})
}

// freeName makes a name a tab may have: no forbidden sign, at most 31 characters, not taken yet in any case.
func (w *Workbook) freeName(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name), " '")
	if name == "" {
		name = "Sheet"
	}
	for n, free := 1, ""; ; n++ {
		free = shorten(name, 31)
		if n > 1 {
			mark := " " + strconv.Itoa(n)
			free = shorten(name, 31-len(mark)) + mark
		}
		if key := strings.ToLower(free); !w.names[key] {
			w.names[key] = true
			return free
		}
	}
}

// shorten cuts a text to n UTF-16 units, which is how workbooks count.
func shorten(s string, n int) string {
	for units(s) > n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.TrimRight(s, " '")
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// Sheet is one sheet being written, row by row from the top.
type Sheet struct {
	w       *Workbook
	rows    spool
	name    string
	columns []Column
	letters []string // names of the columns
	row     int      // last row written
	header  int      // row of the header, 0 if none
	total   int      // row of the totals, 0 before Close
	widest  []int    // of each column what its first rows take, in characters
}

// head writes the lines above and the header, which stays in view and is printed on every page.
func (s *Sheet) head(above []string) error {
	s.header = len(above) + 1
	for i, c := range s.columns {
		if err := s.w.f.SetColWidth(s.name, s.letter(i), s.letter(i), width(c)); err != nil {
			return err
		}
	}
	if len(s.columns) == 0 {
		s.header = 0
	} else if err := s.w.f.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: s.header, TopLeftCell: "A" + strconv.Itoa(s.header+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for _, line := range above {
		if err := s.Cells(Cell{Value: line, Bold: s.row == 0}); err != nil {
			return err
		}
	}
	if s.header == 0 {
		return nil
	}
	titles := make([]Cell, len(s.columns))
	for i, c := range s.columns {
		titles[i] = Cell{Value: c.Title, Bold: true}
		switch {
		case c.Type == slip.TypeDate || c.Type == slip.TypeInt:
			titles[i].Look.Align = "center"
		case (slip.Field{Type: c.Type}).Numeric():
			titles[i].Look.Align = "right" // over its figures
		}
	}
	if err := s.Cells(titles...); err != nil {
		return err
	}
	rows := "$" + strconv.Itoa(s.header)
	return s.w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: s.quoted() + "!" + rows + ":" + rows})
}

// quoted is the name of the sheet as formulas write it.
func (s *Sheet) quoted() string { return "'" + strings.ReplaceAll(s.name, "'", "''") + "'" }

// Row writes canonical text under the columns: figures and days become real ones, what is no figure stays text.
func (s *Sheet) Row(values []string) error {
	if err := s.begin(); err != nil {
		return err
	}
	s.measure(values)
	for i, v := range values {
		c := Cell{Value: v}
		if i < len(s.columns) {
			c.Type = s.columns[i].Type
		}
		if v != "" && (c.Type == slip.TypeDate || c.Type == slip.TypeInt) {
			c.Look.Align = "center" // clear of the words beside it
		}
		if err := s.put(i, c); err != nil {
			return err
		}
	}
	return s.rows.end()
}

// Break begins a new page of paper with the next row.
func (s *Sheet) Break() error { return s.w.f.InsertPageBreak(s.name, s.place(0, s.row+1)) }

// Cells writes a row of its own kind.
func (s *Sheet) Cells(cells ...Cell) error {
	if err := s.begin(); err != nil {
		return err
	}
	at := 0
	for _, c := range cells {
		if err := s.spread(at, c); err != nil {
			return err
		}
		at += max(c.Span, 1)
	}
	return s.rows.end()
}

// begin begins the next row.
func (s *Sheet) begin() error {
	if s.row++; s.row > sheetRows {
		return fault.New(fault.Refused, "超过工作表的 %d 行，请缩小范围或导出 CSV", "more than the %d rows of a sheet; narrow it down or export CSV", sheetRows)
	}
	s.rows.row(s.row)
	return nil
}

// letter is the name of a column: A for the first.
func (s *Sheet) letter(column int) string {
	for len(s.letters) <= column {
		name, err := excelize.ColumnNumberToName(len(s.letters) + 1)
		if err != nil {
			panic(err) // columns are declared
		}
		s.letters = append(s.letters, name)
	}
	return s.letters[column]
}

// longestCell is how many UTF-16 units a cell may hold; longer text would be cut without a word.
const longestCell = 32767

func (s *Sheet) put(column int, c Cell) error {
	if c.Value == "" && c.Formula == "" && c.Look == (Look{}) {
		return nil
	}
	value, format := typed(c.Type, c.Value)
	if format == "" && len(c.Value) > longestCell && units(c.Value) > longestCell {
		return fault.New(fault.Refused, "有一格超过 %d 字，工作簿放不下，请导出 CSV", "a cell has more than the %d characters a workbook can hold; export CSV", longestCell)
	}
	id := 0
	if format != "" || c.Bold || c.Formula != "" || c.Look != (Look{}) {
		var err error
		if id, err = s.w.style(format, c.Bold, c.Look); err != nil {
			return err
		}
	}
	if c.Value == "" && c.Formula == "" {
		value = nil // a frame alone
	}
	return s.rows.cell(s.letter(column), s.row, id, value, c.Formula)
}

// Close ends the sheet: the filter, and, if totals are given, the totals row. A column with Total is a SUBTOTAL, which
// follows the filter, with the total as its cached value; other columns show their total as it is.
func (s *Sheet) Close(totals []string) error {
	last := s.row
	if totals != nil {
		cells := make([]Cell, len(s.columns))
		for i, c := range s.columns {
			if i >= len(totals) || totals[i] == "" {
				continue
			}
			cells[i] = Cell{Value: totals[i], Type: c.Type, Bold: true}
			if c.Total && last > s.header {
				from, to := s.place(i, s.header+1), s.place(i, last)
				cells[i].Formula = "SUBTOTAL(9," + from + ":" + to + ")"
			}
		}
		if err := s.Cells(cells...); err != nil {
			return err
		}
		s.total = s.row
	}
	if err := s.fitted(totals); err != nil {
		return err
	}
	if s.header > 0 {
		if err := s.w.f.AutoFilter(s.name, s.place(0, s.header)+":"+s.place(len(s.columns)-1, max(last, s.header)), nil); err != nil {
			return err
		}
	}
	s.w.open--
	fit := true // behind the filter, which begins its sheet's properties anew
	return s.w.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// TotalCell is the place of a column's total for formulas of other sheets; empty before Close or without totals.
func (s *Sheet) TotalCell(column int) string {
	if s.total == 0 {
		return ""
	}
	return s.quoted() + "!" + s.place(column, s.total)
}

// Range is where the rows of a column stand, for formulas of other sheets; empty when there are none.
func (s *Sheet) Range(column int) string {
	last := s.row
	if s.total > 0 {
		last = s.total - 1
	}
	if last <= s.header {
		return ""
	}
	absolute := func(row int) string {
		p, err := excelize.CoordinatesToCellName(column+1, row, true)
		if err != nil {
			panic(err)
		}
		return p
	}
	return s.quoted() + "!" + absolute(s.header+1) + ":" + absolute(last)
}

func (s *Sheet) place(column, row int) string {
	p, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		panic(err) // columns are declared, rows are counted
	}
	return p
}

// WriteXLSX writes a workbook of one table; totals may be nil.
func WriteXLSX(w io.Writer, title string, cols []Column, rows [][]string, totals []string) error {
	b := NewWorkbook()
	defer b.Discard()
	s, err := b.Sheet(Layout{Name: title, Columns: cols})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := s.Row(r); err != nil {
			return err
		}
	}
	if err := s.Close(totals); err != nil {
		return err
	}
	return b.Write(w)
}

// typed gives the value a cell stores and its number format. A figure is stored as a number where fifteen digits hold
// it exactly; otherwise, and for what is no figure, the format is empty and the text stays.
func typed(t slip.Type, v string) (value any, format string) {
	if t == slip.TypeDate {
		d, err := text.ParseDate(v)
		if err != nil {
			return v, ""
		}
		return d.Time(), "yyyy-mm-dd"
	}
	if t == slip.TypeTime {
		if c, err := text.ParseClock(v); err == nil {
			return float64(text.ClockMinutes(c)) / (24 * 60), "hh:mm"
		}
	}
	least, most := 0, 0
	switch t {
	case slip.TypeAmount:
		least, most = 2, 2
	case slip.TypeQuantity:
		most = 4
	case slip.TypePrice:
		least, most = 2, 6
	case slip.TypeRate:
		most = 4
	case slip.TypeInt:
	default:
		return v, ""
	}
	n, ok := exact(v)
	if !ok {
		return v, ""
	}
	_, frac, _ := strings.Cut(v, ".")
	shown := min(max(len(strings.TrimRight(frac, "0")), least), most)
	switch t {
	case slip.TypeRate:
		return n, "0" + decimals(shown-2) + "%"
	case slip.TypeInt:
		return n, "0"
	}
	return n, "#,##0" + decimals(shown)
}

// decimals as a number format: a fixed count, because "#,##0.####" would show a bare point behind whole figures.
func decimals(n int) string {
	if n <= 0 {
		return ""
	}
	return "." + strings.Repeat("0", n)
}

func width(c Column) float64 {
	w := 14.0
	switch {
	case c.Width > 0:
		return min(c.Width, excelize.MaxColumnWidth)
	case c.Type == slip.TypeText, c.Type == slip.TypeRef, c.Type == slip.TypeSource:
		w = 18
	case c.Type == slip.TypeDate:
		w = 11
	}
	title := 4.0 // room for the filter's button
	for _, r := range c.Title {
		if title++; r > 0x2E80 {
			title++
		}
	}
	return min(max(w, title), 60)
}
