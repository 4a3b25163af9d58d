package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
)

// sales is a small table with its total.
func sales(t *testing.T) []byte {
	t.Helper()
	w := NewWorkbook()
	defer w.Discard()
	cover, err := w.Sheet(Layout{Name: "封面"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Sheet(Layout{Name: "销售'明细", Above: []string{"销售明细 2026-01", "单位：元"}, Columns: []Column{{Title: "日期", Type: slip.TypeDate}, {Title: "品名"},
		{Title: "数量", Type: slip.TypeQuantity, Total: true}, {Title: "单价", Type: slip.TypePrice}, {Title: "税率", Type: slip.TypeRate}, {Title: "金额", Type: slip.TypeAmount, Total: true}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range [][]string{{"2026-01-05", "=cmd|'/C calc'!A0", "3", "4006.226667", "0.13", "12018.68"}, {"2026-01-31", "螺丝", "0.5", "0.20", "0.005", "0.10"}} {
		if err := s.Row(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close([]string{"合计", "", "3.5", "", "", "12018.78"}); err != nil {
		t.Fatal(err)
	}
	if err := cover.Cells(Cell{Value: "金额合计", Bold: true}, Cell{Value: "12018.78", Type: slip.TypeAmount, Formula: s.TotalCell(5)}); err != nil {
		t.Fatal(err)
	}
	if err := cover.Close(nil); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// part is one XML part of a workbook.
func part(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestASheetIsRealNumbersFormulasAndFilters(t *testing.T) {
	data := sales(t)
	xml := part(t, data, "xl/worksheets/sheet2.xml")
	for what, want := range map[string]string{
		"exact amount":      "<v>12018.68</v>",
		"exact price":       "<v>4006.226667</v>",
		"day number":        "<v>46027</v>",
		"formula and value": "<f>SUBTOTAL(9,F4:F5)</f><v>12018.78</v>",
		"quantity total":    "<f>SUBTOTAL(9,C4:C5)</f><v>3.5</v>",
		"filter":            `<autoFilter ref="$A$3:$F$5"`,
		"frozen header":     `ySplit="3"`,
		"fits the page":     `<pageSetUpPr fitToPage="true"`,
		"text, no formula":  `t="inlineStr"><is><t>=cmd|&#39;/C calc&#39;!A0</t>`,
	} {
		if !strings.Contains(xml, want) {
			t.Errorf("%s: no %s in\n%s", what, want, xml)
		}
	}
	book := part(t, data, "xl/workbook.xml")
	if !strings.Contains(book, "_xlnm.Print_Titles") || !strings.Contains(book, "$3:$3") {
		t.Error(book)
	}
	if cover := part(t, data, "xl/worksheets/sheet1.xml"); !strings.Contains(cover, "!F6</f><v>12018.78</v>") {
		t.Error(cover)
	}
}

func TestFormulasAgreeWithTheirCachedValues(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(sales(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for sheet, cells := range map[string]map[string]string{"封面": {"B1": "12,018.78"}, "销售'明细": {"C6": "3.5", "F6": "12,018.78"}} {
		for cell, want := range cells {
			if got, err := f.CalcCellValue(sheet, cell); err != nil || got != want {
				t.Errorf("%s %s works out as %s, want %s, %v", sheet, cell, got, want, err)
			}
			if got, _ := f.GetCellValue(sheet, cell); got != want {
				t.Errorf("%s %s shows %s, want %s", sheet, cell, got, want)
			}
		}
	}
	for cell, want := range map[string]string{"A4": "2026-01-05", "C4": "3", "C5": "0.5", "D4": "4,006.226667", "D5": "0.20", "E4": "13%", "E5": "0.5%"} {
		if got, _ := f.GetCellValue("销售'明细", cell); got != want {
			t.Errorf("%s shows %s, want %s", cell, got, want)
		}
	}
}

func TestFiguresBeyondFifteenDigitsStayText(t *testing.T) {
	for v, want := range map[string]bool{"999999999999.99": true, "123456789012345": true, "1234567890123456": false, "9007199254740993": false, "0.1234567890123456": false,
		"-0.01": true, "100000000000000000": false, "1e5": false, "": false, "见备注": false, "NaN": false} {
		if _, ok := exact(v); ok != want {
			t.Errorf("%s: %v", v, ok)
		}
	}
}

func TestTabsHaveNamesWorkbooksAllow(t *testing.T) {
	w := NewWorkbook()
	defer w.Discard()
	for _, c := range [][2]string{{"a/b:c", "a b c"}, {"A B C", "A B C 2"}, {"", "Sheet"}, {"'x'", "x"}, {strings.Repeat("长", 40), strings.Repeat("长", 31)},
		{strings.Repeat("长", 33), strings.Repeat("长", 29) + " 2"}} {
		if got := w.freeName(c[0]); got != c[1] {
			t.Errorf("%s: %s, want %s", c[0], got, c[1])
		}
	}
}

func TestWhatASheetCannotHoldIsRefused(t *testing.T) {
	var b bytes.Buffer
	cols := []Column{{Title: "a"}}
	if err := WriteXLSX(&b, "x", cols, [][]string{{strings.Repeat("字", longestCell)}}, nil); err != nil {
		t.Error(err)
	}
	if err := WriteXLSX(&b, "x", cols, [][]string{{strings.Repeat("字", longestCell+1)}}, nil); !fault.Is(err, fault.Refused) {
		t.Error(err)
	}
}

func TestEmptySheetHasNoSum(t *testing.T) {
	var b bytes.Buffer
	if err := WriteXLSX(&b, "x", []Column{{Title: "a", Type: slip.TypeAmount, Total: true}}, nil, []string{"0.00"}); err != nil {
		t.Fatal(err)
	}
	if xml := part(t, b.Bytes(), "xl/worksheets/sheet1.xml"); strings.Contains(xml, "SUM") || !strings.Contains(xml, "<v>0</v>") {
		t.Error(xml)
	}
}

func TestXLSXReadsBackUnchanged(t *testing.T) {
	var b bytes.Buffer
	row := []string{"_x000D_", "a\nb", " x ", "'=1", "-5", "001", "𠮷<&>\""}
	cols := make([]Column, len(row))
	for i := range cols {
		cols[i].Title = "c" + strconv.Itoa(i)
	}
	if err := WriteXLSX(&b, "x", cols, [][]string{row}, nil); err != nil {
		t.Fatal(err)
	}
	got, err := ReadXLSX("f.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range row {
		if got.Rows[0].Cells[i] != want {
			t.Errorf("%q came back as %q", want, got.Rows[0].Cells[i])
		}
	}
}

// BenchmarkWorkbook writes and reads 100,000 rows of 12 cells.
func BenchmarkWorkbook(b *testing.B) {
	cols := []Column{{Title: "日期", Type: slip.TypeDate}, {Title: "单号"}, {Title: "客户"}, {Title: "品名"}}
	for i := range 8 {
		cols = append(cols, Column{Title: "金额" + strconv.Itoa(i), Type: slip.TypeAmount})
	}
	rows := make([][]string, 100_000)
	for i := range rows {
		n := strconv.Itoa(i)
		rows[i] = []string{"2026-01-31", "XS-202601-" + n, "客户" + n, "镀锌螺栓", n + ".10", "2.00", "3.25", n, "5.00", "6.66", "-7.77", "8.00"}
	}
	var data bytes.Buffer
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			data.Reset()
			if err := WriteXLSX(&data, "x", cols, rows, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := ReadXLSX("x.xlsx", data.Bytes()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
