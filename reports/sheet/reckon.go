package sheet

import (
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of what is worked out: a workbook is opened whole for it.
const (
	maxReckoned = 16 << 20 // bytes unzipped
	maxFormulas = 20_000
	maxMerged   = 1_000
)

// place is a formula that another program wrote without its result.
type place struct {
	line, column int
	date         bool
}

// noResult stands in a cell until its formula is worked out.
const noResult = "\x00="

func (s *sheetReader) noResult(line, column int) {
	s.bad(line, "第 %d 列的公式没有结果，请用 Excel 打开后保存", "the formula in column %d has no result; open the file in Excel and save it", column)
}

// reckon works out the formulas of a row that have no result stored; one that cannot be is a fault of its cell.
func (s *sheetReader) reckon(line int, cells []string) {
	for _, p := range s.open {
		if p.line != line || p.column > len(cells) || cells[p.column-1] != noResult {
			continue
		}
		v, ok := s.result(p)
		if !ok {
			s.noResult(p.line, p.column)
		}
		cells[p.column-1] = v
	}
}

// opened is the workbook as the library reads it, nil where that is too large or the library does not.
func (s *sheetReader) opened() *excelize.File {
	if s.reckoner == nil {
		s.reckoner = new(*excelize.File)
		if s.of <= maxReckoned {
			*s.reckoner, _ = excelize.OpenReader(io.NewSectionReader(s.r, 0, s.of), excelize.Options{UnzipSizeLimit: maxReckoned, UnzipXMLSizeLimit: maxReckoned, RawCellValue: true})
		}
	}
	return *s.reckoner
}

// result is what a formula comes to, as a cell would hold it.
func (s *sheetReader) result(p place) (v string, ok bool) {
	book := s.opened()
	if book == nil {
		return "", false
	}
	defer func() { // whatever a formula does to the library
		if recover() != nil {
			v, ok = "", false
		}
	}()
	at, err := excelize.CoordinatesToCellName(p.column, p.line)
	if err != nil {
		return "", false
	}
	v, err = book.CalcCellValue(s.name, at, excelize.Options{RawCellValue: true})
	if err != nil || v == "" || strings.HasPrefix(v, "#") {
		return "", false
	}
	if p.date {
		if day, ok := dateText(v, s.since1904); ok {
			return day, true
		}
	}
	return plainNumber(v), true
}

// unmerged names the merged cells among the rows that are read: only the first of them holds a value, the others would be read as empty.
func (s *sheetReader) unmerged() {
	for _, ref := range s.merged {
		first, last, ok := strings.Cut(ref, ":")
		if !ok {
			continue
		}
		column, from, err := excelize.CellNameToCoordinates(first)
		_, to, err2 := excelize.CellNameToCoordinates(last)
		if err != nil || err2 != nil || to < s.table.Line || column > s.width() {
			continue
		}
		s.bad(max(from, 1), "%s 是合并的单元格，请取消合并并在每格填写", "the cells %s are merged; unmerge them and fill each", ref)
	}
}
