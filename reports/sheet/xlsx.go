package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"zhanggui/data/workflow/exchange"
)

// A sheet has at most this many columns and rows.
const (
	sheetColumns = 16384
	sheetRows    = 1048576
)

// readXLSX reads the first visible sheet. It reads the parts itself instead of through the library that writes them,
// because that one gives either a cell's exact figure or its date format, not both, and trusts the sizes a zip claims.
func readXLSX(name string, r io.ReaderAt, size int64) (*exchange.Table, error) {
	a, f := openArchive(name, r, size)
	if f != nil {
		return nil, f
	}
	c, err := a.contents()
	s := sheetReader{contents: c, r: r, of: size, gathering: gathering{table: &exchange.Table{Name: name}}}
	s.ready = s.reckon
	defer s.close()
	if err == nil {
		err = a.scan(c.sheet, s.token)
	}
	if err != nil {
		s.table.Close()
	}
	switch {
	case errors.Is(err, errTooLarge):
		return nil, at(name, s.line, "工作簿解压后过大，不予读取，请拆成几个文件", "the workbook unzips to more than can be read; split it into several")
	case err != nil:
		return nil, at(name, s.line, "工作簿已损坏，请用 Excel 打开后另存", "the workbook is damaged; open it in Excel and save it again")
	}
	s.unmerged()
	return s.finish()
}

// close lets go of what formulas were worked out with.
func (s *sheetReader) close() {
	if s.reckoner != nil && *s.reckoner != nil {
		(*s.reckoner).Close()
	}
}

// sheetReader follows the tokens of a sheet: rows, their cells, and what a cell holds.
type sheetReader struct {
	*contents
	gathering
	line     int
	cells    []string
	columns  int // how far the row reaches, beyond the header too
	cell     cellReader
	open     []place // formulas of the row without a result
	opens    int     // how many there were
	r        io.ReaderAt
	of       int64           // bytes of r
	reckoner **excelize.File // once it was needed
	merged   []string        // ranges of merged cells
}

// cellReader is the cell being read.
type cellReader struct {
	column  int // from 1
	kind    string
	date    bool
	formula bool
	stored  bool // has a value, be it an empty one
	inValue bool
	value   strings.Builder
	text    richText
}

func (s *sheetReader) token(t xml.Token) (stop bool, err error) {
	switch e := t.(type) {
	case xml.StartElement:
		err = s.start(e)
	case xml.CharData:
		if s.cell.inValue {
			s.cell.value.Write(e)
		}
		if s.cell.value.Len()+s.cell.text.b.Len() > maxCell {
			return true, errTooLarge
		}
	case xml.EndElement:
		switch e.Name.Local {
		case "v":
			s.cell.inValue = false
		case "c":
			err = s.endCell()
		case "row":
			s.add(s.line, s.cells, s.columns)
			stop = s.full
		case "mergeCells":
			stop = true
		}
	}
	if s.cell.kind == "inlineStr" {
		s.cell.text.take(t)
	}
	return stop, err
}

func (s *sheetReader) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		s.line++
		if n, err := strconv.Atoi(attr(e, "r")); err == nil {
			s.line = n
		}
		if s.line < 1 || s.line > sheetRows {
			return errDamaged
		}
		s.cells, s.columns, s.cell, s.open = make([]string, 0, s.width()), 0, cellReader{}, s.open[:0]
	case "c":
		return s.startCell(e)
	case "v":
		s.cell.inValue, s.cell.stored = true, true
	case "f":
		s.cell.formula = true
	case "mergeCell":
		if len(s.merged) < maxMerged {
			s.merged = append(s.merged, attr(e, "ref"))
		}
	}
	return nil
}

func (s *sheetReader) startCell(e xml.StartElement) error {
	c := cellReader{column: s.cell.column + 1}
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			c.column = columnOf(a.Value)
		case "t":
			c.kind = a.Value
		case "s":
			style, err := strconv.Atoi(a.Value)
			c.date = err == nil && style >= 0 && style < len(s.dates) && s.dates[style]
		}
	}
	if c.column < 1 || c.column > sheetColumns {
		return errDamaged
	}
	s.cell = c
	return nil
}

// columnOf reads the column from a reference: 28 from AB12; 0 if there is none.
func columnOf(reference string) int {
	n := 0
	for _, r := range reference {
		switch {
		case r >= 'A' && r <= 'Z':
			n = n*26 + int(r-'A') + 1
		case r >= 'a' && r <= 'z':
			n = n*26 + int(r-'a') + 1
		default:
			return n
		}
		if n > sheetColumns {
			return n
		}
	}
	return n
}

func (s *sheetReader) endCell() error {
	c := &s.cell
	if c.column == 0 || s.line == 0 { // an end without a beginning
		return errDamaged
	}
	v, err := c.content(s.contents)
	if c.formula && (!c.stored || v == "" && c.kind != "str") && err == nil {
		if v = ""; s.opens < maxFormulas {
			s.opens++
			s.open, v = append(s.open, place{s.line, c.column, c.date}), noResult
		} else {
			s.noResult(s.line, c.column)
		}
	}
	c.kind = "" // the text of a cell ends with it
	switch {
	case err != nil:
		return err
	case v == "":
	case s.width() > 0 && c.column > s.reach(): // not kept, so that a stray cell far out costs nothing
		if strings.TrimSpace(v) != "" {
			s.columns = max(s.columns, c.column)
		}
	default:
		for len(s.cells) < c.column {
			s.cells = append(s.cells, "")
		}
		s.cells[c.column-1] = v
	}
	return nil
}

// content is the cell as people write it.
func (c *cellReader) content(w *contents) (string, error) {
	v := c.value.String()
	switch c.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if v == "" {
			return "", nil
		}
		if err != nil || i < 0 || i >= len(w.strings) {
			return "", errDamaged
		}
		return w.strings[i], nil
	case "inlineStr":
		return c.text.String(), nil
	case "str":
		return unescape(v), nil
	case "b":
		if isTrue(strings.TrimSpace(v)) {
			return "yes", nil
		}
		return "no", nil
	case "d":
		v, _ = strings.CutSuffix(strings.TrimSuffix(v, "Z"), "T00:00:00")
		return strings.Replace(v, "T", " ", 1), nil
	case "e":
		return v, nil
	}
	v = strings.TrimSpace(v)
	if c.date && v != "" {
		if day, ok := dateText(v, w.since1904); ok {
			return day, nil
		}
	}
	return plainNumber(v), nil
}
