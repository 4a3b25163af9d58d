package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/text"
)

// longTable is a report of so many rows.
func longTable(rows int) *Table {
	t := &Table{Lang: text.Zh, Title: "销售明细账", Columns: []Column{{Key: "a", Title: "品名"}, {Key: "b", Title: "数量", Kind: Figure}}}
	for i := range rows {
		t.Rows = append(t.Rows, Row{Cells: []string{fmt.Sprintf("螺丝刀 %c%d", '一'+i%500, i), fmt.Sprint(i * 7)}, Bold: i == rows-1})
	}
	return t
}

// strokes are what is drawn on each page of a file: its words with their places, and its lines.
func strokes(t *testing.T, pdf []byte) (pages [][]string) {
	t.Helper()
	bodies, err := pageBodies(pdf)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bodies {
		_, data, _ := bytes.Cut(b, []byte("stream\n"))
		r, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, line := range strings.Split(string(drawn), "\n") {
			if from, to := strings.Index(line, "BT "), strings.Index(line, " ET"); from >= 0 && to > from { // without the colour it has anyway
				line = line[from:to]
			}
			if strings.Contains(line, " Tj") || strings.HasSuffix(line, " S") || strings.Contains(line, " re ") {
				list = append(list, line)
			}
		}
		pages = append(pages, list)
	}
	return pages
}

// TestALongFileIsDrawnInParts: a file of many pages is put together from parts, and every page shows what it would have in one piece.
func TestALongFileIsDrawnInParts(t *testing.T) {
	table := longTable(400)
	behind := table.Rows[150:] // rows that come from elsewhere are drawn as those in memory
	table.Rows, table.More = table.Rows[:150], func(f func(Row) error) error {
		for _, r := range behind {
			if err := f(r); err != nil {
				return err
			}
		}
		return nil
	}
	s, err := laid([]Paper{table})
	if err != nil {
		t.Fatal(err)
	}
	l, err := look(s)
	if err != nil {
		t.Fatal(err)
	}
	var files [2][][]string
	for i, most := range []int{1000, 3} {
		var pdf bytes.Buffer
		if err := joined(&pdf, s, l, meta{"销售明细账", text.Zh}, most); err != nil {
			t.Fatal(err)
		}
		files[i] = strokes(t, pdf.Bytes())
	}
	if len(files[0]) != len(l.sizes) || len(files[0]) < 7 {
		t.Fatalf("%d pages of %d", len(files[0]), len(l.sizes))
	}
	for n := range files[0] {
		if !slices.Equal(files[0][n], files[1][n]) {
			t.Errorf("page %d differs", n+1)
		}
	}
}
