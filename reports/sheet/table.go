// Package sheet is the one door to tables in files: CSV 文本表 and XLSX 工作簿 in, streamed workbooks and CSV out. It
// knows columns 列 and cells 单元格, not slips.
//
// Tables are read into text: figures plain and exact, days as 2026-01-31, each row with its line in the file, so that a
// fault can name it. Whatever a file contains, reading ends in a table or in faults, never in a panic.
package sheet

import (
	"bytes"
	"cmp"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/workflow/exchange"
)

// Limits of what is read.
const (
	maxFile    = 64 << 20  // bytes of a file
	maxCell    = 1 << 20   // bytes of one cell
	maxColumns = 500       // columns of a header
	maxTable   = 512 << 20 // bytes of all cells of a table; most of them lie in a file
)

// readMemory is what the program takes while it reads a table, if it can: from there on memory is given back as soon as it is free, also on a busy
// machine, where that would come late.
const readMemory = 200 << 20

// Open reads a .csv or .xlsx file into a table, to be closed, named by the file without its folder. What is wrong with the file is
// a fault, or a list of them, naming the file and the line.
func Open(path string) (*exchange.Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, "无法打开文件 %s，请检查路径和权限", "cannot open the file %s; check its path and rights", path)
	}
	defer f.Close()
	name := filepath.Base(path)
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(readMemory))
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, unreadable(name)
	case info.IsDir():
		return nil, at(name, 0, "是文件夹，请选择文件", "is a folder; choose a file")
	case info.Size() > maxFile:
		return nil, tooLarge(name)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv", ".txt":
		data := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead)) // no second copy while it grows; a pipe says 0
		if _, err := data.ReadFrom(io.LimitReader(f, maxFile+1)); err != nil {
			return nil, unreadable(name)
		}
		return ReadCSV(name, data.Bytes())
	case ".xlsx", ".xlsm":
		return readXLSX(name, f, info.Size())
	}
	return nil, at(name, 0, "只能读取 .csv 与 .xlsx，请另存为其中一种", "only .csv and .xlsx can be read; save it as one of them")
}

// Read reads a table from r; the ending of name tells what it is, as in Open.
func Read(name string, r io.Reader) (*exchange.Table, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, unreadable(name)
	}
	if strings.EqualFold(filepath.Ext(name), ".xlsx") || strings.EqualFold(filepath.Ext(name), ".xlsm") {
		return ReadXLSX(name, data)
	}
	return ReadCSV(name, data)
}

// ReadXLSX reads the first visible sheet of a workbook.
func ReadXLSX(name string, data []byte) (*exchange.Table, error) {
	if len(data) > maxFile {
		return nil, tooLarge(name)
	}
	return readXLSX(name, bytes.NewReader(data), int64(len(data)))
}

func at(file string, row int, zh, en string, args ...any) *fault.Fault {
	f := fault.New(fault.Invalid, zh, en, args...)
	f.File, f.Row = file, row
	return f
}

func unreadable(name string) *fault.Fault {
	return at(name, 0, "文件无法读取", "the file cannot be read")
}

func tooLarge(name string) *fault.Fault {
	return at(name, 0, "文件超过 %d MB，请拆成几个文件", "the file is over %d MB; split it into several", maxFile>>20)
}

// gathering collects the records of a file into a table and the faults of its rows.
type gathering struct {
	table  *exchange.Table
	faults fault.Many
	err    error                          // a row could not be put aside
	size   int                            // bytes of the cells so far
	ready  func(line int, cells []string) // called with the header and each row that is kept
	full   bool                           // no more is read
	second bool                           // the row behind the first was seen
	// ragged rows: in a CSV a row that ends early has lost something, in a workbook empty cells are simply not stored
	shortIsFault bool
}

func (g *gathering) bad(line int, zh, en string, args ...any) {
	g.faults.Add(at(g.table.Name, line, zh, en, args...))
}

// enough ends the reading with a fault.
func (g *gathering) enough(line int, zh, en string, args ...any) {
	g.full = true
	g.bad(line, zh, en, args...)
}

// width is the number of columns, 0 before the header.
func (g *gathering) width() int { return len(g.table.Header) }

// add takes the header first, then the rows. Empty rows are passed over. columns is how far the row reaches if that is
// beyond the cells that were kept.
func (g *gathering) add(line int, cells []string, columns int) {
	for _, c := range cells {
		if len(c) > maxCell {
			g.bad(line, "有一格超过 %d MB", "a cell is over %d MB", maxCell>>20)
			return
		}
	}
	full := filled(cells)
	if full == 0 && columns <= len(cells) {
		return
	}
	if g.table.Header == nil || !g.second && g.titled(cells[:full]) {
		g.head(line, cells[:full:full])
		return
	}
	g.second = true
	switch {
	case max(full, columns) > g.width() || g.shortIsFault && len(cells) < g.width():
		g.bad(line, "有 %d 列，表头有 %d 列", "has %d columns, the header has %d", max(len(cells), columns), g.width())
	default:
		if len(cells) > g.width() {
			cells = cells[:g.width()]
		}
		for _, c := range cells {
			g.size += len(c)
		}
		if g.size > maxTable {
			g.enough(line, "内容过多，从这一行起放不下，请拆成几个文件", "there is too much in the file from this row on; split it into several")
			return
		}
		if g.ready != nil {
			g.ready(line, cells)
		}
		if g.faults.Len() > 0 { // the rows are nobody's then
			return
		}
		if g.err = g.table.Add(exchange.Row{Line: line, Cells: cells}); g.err != nil {
			g.full = true
		}
	}
}

// head takes the header; one that came before was a title.
func (g *gathering) head(line int, cells []string) {
	if len(cells) > maxColumns {
		g.enough(line, "有 %d 列，最多 %d 列", "has %d columns, more than %d", len(cells), maxColumns)
		return
	}
	if g.table.Header != nil {
		g.table.Title, g.second = strings.TrimSpace(g.table.Header[0]), true
	}
	if g.table.Header, g.table.Line = cells, line; g.ready != nil {
		g.ready(line, cells)
	}
}

// reach is how many columns of a row are looked at: below a title the header may be wider.
func (g *gathering) reach() int {
	if !g.second && filled(g.table.Header) == 1 {
		return maxColumns
	}
	return g.width()
}

// titled tells of the second row of a file that it is the header, below a title that stands alone: several words, and no figure among
// them. Whether they name columns is for the import to say.
func (g *gathering) titled(cells []string) bool {
	if len(cells) < 2 || filled(g.table.Header) != 1 {
		return false
	}
	for _, c := range cells {
		if c = strings.TrimSpace(c); c == "" || strings.ContainsAny(c[:1], "+-.0123456789") {
			return false
		}
	}
	return true
}

// filled is the number of cells up to the last one with something in it.
func filled(cells []string) int {
	for i := len(cells); i > 0; i-- {
		if strings.TrimSpace(cells[i-1]) != "" {
			return i
		}
	}
	return 0
}

// finish gives the table, or the faults of all bad rows.
func (g *gathering) finish() (*exchange.Table, error) {
	t, err := g.whole()
	if err != nil {
		g.table.Close()
	}
	return t, err
}

func (g *gathering) whole() (*exchange.Table, error) {
	if g.err != nil {
		return nil, g.err
	}
	if g.faults.Len() > 0 {
		list := g.faults.List()
		slices.SortStableFunc(list, func(a, b *fault.Fault) int { return cmp.Compare(uint(a.Row-1), uint(b.Row-1)) }) // what has no row stands last
		return nil, list
	}
	if g.table.Header == nil {
		return nil, at(g.table.Name, 0, "文件是空的，第一行应是列名", "the file is empty; its first row should have the column names")
	}
	return g.table, nil
}
