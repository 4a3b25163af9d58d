package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"zhanggui/data/files"
	"zhanggui/data/text"
	"zhanggui/reports"
	"zhanggui/reports/sheet"
)

// written lets f write to a file, first beside and then in place, so that no half file stays; without a path to what the program prints.
func (c *call) written(path string, f func(io.Writer) error) error {
	if path == "" {
		w := bufio.NewWriter(c.out)
		return errors.Join(f(w), w.Flush())
	}
	return files.Write(path, f)
}

// streamJSON writes the rows as call.json writes a list of them.
func streamJSON(w io.Writer, r *reports.Report, each rowsOf) error {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent(" ", " ")
	before := "[\n "
	err := each(func(x reports.Row) error {
		var out row
		for i, col := range r.Columns {
			out.add(col.Key, x[i].String())
		}
		buf.Reset()
		buf.WriteString(before)
		before = ",\n "
		if err := e.Encode(out); err != nil {
			return err
		}
		_, err := w.Write(bytes.TrimSuffix(buf.Bytes(), []byte("\n")))
		return err
	})
	if err != nil {
		return err
	}
	end := "\n]\n"
	if before[0] == '[' {
		end = "[]\n"
	}
	_, err = io.WriteString(w, end)
	return err
}

// streamXLSX writes the rows as a workbook with their totals.
func streamXLSX(w io.Writer, r *reports.Report, l text.Lang, each rowsOf) error {
	cols := make([]sheet.Column, len(r.Columns))
	for i, col := range r.Columns {
		cols[i] = sheet.Column{Title: col.Title.In(l), Type: col.Type, Total: col.Total}
	}
	book := sheet.NewWorkbook()
	defer book.Discard()
	s, err := book.Sheet(sheet.Layout{Name: r.Title.In(l), Columns: cols})
	if err != nil {
		return err
	}
	sums := r.Sums()
	err = each(func(row reports.Row) error {
		sums.Add(row)
		return s.Row(row.Texts())
	})
	if err != nil {
		return err
	}
	if err := s.Close(sums.Cells().Texts()); err != nil {
		return err
	}
	return book.Write(w)
}
