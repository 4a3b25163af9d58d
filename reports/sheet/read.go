// Package sheet is the one door to tables in files: CSV and XLSX in, streamed workbooks and CSV out. It knows columns and
// cells, not slips.
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zhanggui/data/fault"
	"zhanggui/data/workflow"
)

const (
	maxFile = 256 << 20
	maxCell = 1 << 20
)

// Open reads a .csv or .xlsx file into a table. What is wrong with the file itself is a Fault naming it.
func Open(path string) (*workflow.Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, "无法打开文件 %s", "cannot open the file %s", path)
	}
	defer f.Close()
	name := filepath.Base(path)
	if info, err := f.Stat(); err == nil && (info.Size() > maxFile || info.IsDir()) {
		return nil, at(name, 0, "文件太大", "the file is too large")
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, at(name, 0, "文件无法读取", "the file cannot be read")
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv", ".txt":
		return ReadCSV(name, data)
	case ".xlsx":
		return ReadXLSX(name, data)
	}
	return nil, at(name, 0, "只能读取 .csv 与 .xlsx", "only .csv and .xlsx can be read")
}

func at(file string, row int, zh, en string, args ...any) *fault.Fault {
	f := fault.New(fault.Invalid, zh, en, args...)
	f.File, f.Row = file, row
	return f
}

// ReadCSV reads comma, semicolon or tab separated text in UTF-8 (with or without BOM) or GB18030, told apart by content.
func ReadCSV(name string, data []byte) (*workflow.Table, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return nil, at(name, 1+bytes.Count(data[:i], []byte("\n")), "含有 NUL 字节，不是文本文件", "contains a NUL byte; this is no text file")
	}
	if !utf8.Valid(data) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, at(name, 0, "编码不是 UTF-8 也不是 GB18030", "is neither UTF-8 nor GB18030 text")
		}
		data = decoded
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord = delimiter(data), -1
	t := &workflow.Table{Name: name}
	var faults fault.List
	for {
		cells, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			var pe *csv.ParseError
			line := 0
			if errors.As(err, &pe) {
				line = pe.StartLine
			}
			return nil, at(name, line, "引号不成对", "a quote is not closed")
		}
		line, _ := r.FieldPos(0)
		if f := addRow(t, name, line, cells); f != nil {
			faults = append(faults, f)
		}
	}
	return finish(t, faults)
}

func delimiter(data []byte) rune {
	head, _, _ := bytes.Cut(data, []byte("\n"))
	best, n := ',', bytes.Count(head, []byte(","))
	for _, d := range []rune{';', '\t'} {
		if c := bytes.Count(head, []byte(string(d))); c > n {
			best, n = d, c
		}
	}
	return best
}

// addRow takes the header first; empty rows are passed over.
func addRow(t *workflow.Table, name string, line int, cells []string) *fault.Fault {
	empty := true
	for i, c := range cells {
		if len(c) > maxCell {
			return at(name, line, "单元格太长", "a cell is too long")
		}
		if len(c) > 1 && c[0] == '\'' && strings.ContainsRune("=+-@\t", rune(c[1])) {
			cells[i] = c[1:] // our own export guards such text against spreadsheets
		}
		empty = empty && strings.TrimSpace(c) == ""
	}
	switch {
	case empty:
	case t.Header == nil:
		t.Header = cells
	case len(cells) > len(t.Header) && strings.Join(cells[len(t.Header):], "") != "":
		return at(name, line, "有 %d 列，表头只有 %d 列", "has %d columns, the header has %d", len(cells), len(t.Header))
	default:
		t.Rows = append(t.Rows, workflow.Row{Line: line, Cells: cells})
	}
	return nil
}

func finish(t *workflow.Table, faults fault.List) (*workflow.Table, error) {
	if t.Header == nil && len(faults) == 0 {
		return nil, at(t.Name, 0, "文件是空的", "the file is empty")
	}
	return t, faults.Or()
}

// ReadXLSX reads the first sheet of a workbook. Dates come as 2026-01-31, figures as their exact text.
func ReadXLSX(name string, data []byte) (_ *workflow.Table, err error) {
	defer func() { // the library panics on some broken files
		if recover() != nil {
			err = at(name, 0, "工作簿已损坏", "the workbook is damaged")
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxFile, UnzipXMLSizeLimit: 16 << 20, RawCellValue: true})
	if err != nil {
		return nil, at(name, 0, "不是可读的 .xlsx 工作簿", "is no readable .xlsx workbook")
	}
	defer f.Close()
	sheetName := f.GetSheetName(0)
	rows, err := f.Rows(sheetName)
	if err != nil {
		return nil, at(name, 0, "工作簿已损坏", "the workbook is damaged")
	}
	defer rows.Close()
	t := &workflow.Table{Name: name}
	var faults fault.List
	dates := map[int]bool{}
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, at(name, line, "工作簿已损坏", "the workbook is damaged")
		}
		for i, c := range cells {
			cells[i] = plain(c, t.Header != nil && dates[i])
		}
		if x := addRow(t, name, line, cells); x != nil {
			faults = append(faults, x)
		}
		if t.Header != nil && len(t.Rows) == 0 {
			for i, h := range t.Header {
				h = strings.ToLower(h)
				dates[i] = strings.HasSuffix(h, "date") || strings.HasSuffix(h, "日期") || strings.HasSuffix(h, "日") || h == "from" || h == "to"
			}
		}
	}
	return finish(t, faults)
}

// plain writes a raw cell as people would: a day for the serial of a date column, 0.3 for 0.30000000000000004.
func plain(c string, date bool) string {
	if c == "" || len(c) > 25 {
		return c
	}
	v, err := strconv.ParseFloat(c, 64)
	if err != nil {
		return c
	}
	if date && v >= 1 && v < 200000 && !strings.Contains(c, "-") {
		if t, err := excelize.ExcelDateToTime(v, false); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	digits := strings.Count(c, "") - 1
	if strings.ContainsAny(c, "eE") || digits > 16 && strings.Contains(c, ".") {
		return strconv.FormatFloat(roundTo15(v), 'f', -1, 64)
	}
	return c
}

// roundTo15 drops the noise behind the fifteenth digit, which is all that Excel keeps.
func roundTo15(v float64) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	return r
}
