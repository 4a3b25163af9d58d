package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhanggui/data/fault"
	"zhanggui/data/text"
	"zhanggui/data/workflow/exchange"
)

// lines are the rows of a fault list.
func lines(err error) string {
	var s []string
	for _, f := range fault.Of(err) {
		s = append(s, fmt.Sprint(f.Row))
	}
	return strings.Join(s, " ")
}

func TestEveryBadRowIsNamedByItsLine(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"too few and too many cells": {"a,b\n1\n1,2\n1,2,3\n", "2 4"},
		"after a cell of two lines":  {"a,b\n\"x\ny\",2\n1,2,3\n", "4"},
		"a record of two lines":      {"a,b\n\n\"x\ny\",2,3\n", "3"},
		"unclosed quote":             {"a,b\n1,2\n3,\"4\n5,6\n", "3"},
		"quote inside a cell":        {"a,b\n3\" pipe,2\n1,2\n4\" pipe,2\n", "2 4"},
		"NUL":                        {"a,b\n1,2\n1,\x00\n", "3"},
		"damaged UTF-8":              {"编码,名称\nA,螺丝\nB,\xe8\x9e\n", "3"},
		"GB18030 cut short":          {"a,b\n\xc2\xdd\xcb\xbf,1\n\xc2\xdd,\xff\xff\n", "3"},
		"behind sep=":                {"sep=;\na;b\n1\n", "3"},
		"long cell":                  {"a,b\n1," + strings.Repeat("x", maxCell+1) + "\n", "2"},
		"UTF-16":                     {"\xff\xfea\x00", "0"},
	} {
		_, err := ReadCSV("f.csv", []byte(c.data))
		if lines(err) != c.want {
			t.Errorf("%s: lines %s, want %s (%v)", name, lines(err), c.want, err)
		}
		for _, f := range fault.Of(err) {
			if f.File != "f.csv" || f.Text.Zh == "" || f.In(text.Zh) == f.In(text.En) {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

func TestTableKeepsLinesAndPassesOverEmptyRows(t *testing.T) {
	got, err := ReadCSV("f.csv", []byte("a,\"b;\nc\",\r\n1,2,\r\n,,\r\n\r\n\" x\",\"y\r\nz\",\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Header, []string{"a", "b;\nc"}) || len(got.Rows) != 2 {
		t.Fatalf("%+v", got)
	}
	if r := got.Rows[0]; r.Line != 3 || !slices.Equal(r.Cells, []string{"1", "2"}) {
		t.Errorf("%+v", r)
	}
	if r := got.Rows[1]; r.Line != 6 || !slices.Equal(r.Cells, []string{" x", "y\nz"}) {
		t.Errorf("%+v", r)
	}
}

func TestWhatCSVExportsImportsUnchanged(t *testing.T) {
	for _, v := range []string{"=1+1", "'=1", "''@x", "'", "it's", "-5", "+86 138", "-13%", "\tx", "＝1", "a\nb", "x\"y", " lead", "-", "--1", "1-2", "@", ""} {
		var b bytes.Buffer
		if err := WriteCSV(&b, []string{"v", "n"}, [][]string{{v, "1"}}); err != nil {
			t.Fatal(err)
		}
		got, err := ReadCSV("f.csv", b.Bytes())
		if err != nil || got.Rows[0].Cells[0] != v {
			t.Errorf("%q came back as %+v, %v", v, got, err)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if cell := rows[1][0]; cell != "" && strings.ContainsRune("=@\t＝", []rune(cell)[0]) {
			t.Errorf("%q is written as %q, which a spreadsheet would run", v, cell)
		}
	}
}

func TestOpenByContentAndName(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "商品 资料.csv")
	if err := os.WriteFile(path, []byte("code\nA\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := Open(path)
	if err != nil || got.Name != "商品 资料.csv" || len(got.Rows) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{dir, filepath.Join(dir, "none.csv"), filepath.Join(dir, "x.pdf")} {
		if _, err := Open(bad); len(fault.Of(err)) != 1 {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestPlainNumber(t *testing.T) {
	for raw, want := range map[string]string{
		"12018.68": "12018.68", "12018.680000000001": "12018.68", "0.30000000000000004": "0.3", "1E+05": "100000", "1.5e-7": "0.00000015",
		"6901234567892": "6901234567892", "123456789012345678": "123456789012345678", "-4.4000000000000004": "-4.4", "9.9999999999999999E-1": "1",
		"0": "0", "0E0": "0", "-0.0": "-0.0", "12.50": "12.50", "abc": "abc", "1e": "1e", "": "", ".": ".", "1E+999": "1E+999", "1.2.3": "1.2.3",
		"1234567890.1234567": "1234567890.12346", "0.00001234567890123456": "0.0000123456789012346",
	} {
		if got := plainNumber(raw); got != want {
			t.Errorf("%s: %s, want %s", raw, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for raw, want := range map[string]string{"46053": "2026-01-31", "46053.5": "2026-01-31 12:00:00", "1": "1900-01-01", "59": "1900-02-28", "61": "1900-03-01",
		"0.75": "18:00:00", "2958465": "9999-12-31", "46052.999999999": "2026-01-31"} {
		if got, ok := dateText(raw, false); !ok || got != want {
			t.Errorf("%s: %s, want %s", raw, got, want)
		}
	}
	if got, _ := dateText("44591", true); got != "2026-01-31" {
		t.Errorf("1904: %s", got)
	}
	for _, raw := range []string{"60", "-1", "2958466", "x", "NaN", "Inf"} {
		if got, ok := dateText(raw, false); ok {
			t.Errorf("%s: %s", raw, got)
		}
	}
	for code, want := range map[string]bool{"yyyy-mm-dd": true, `yyyy"年"m"月"d"日"`: true, "[$-804]d": true, "[h]:mm": true, "General": false, "#,##0.00": false,
		`#,##0"m"`: false, "[Red]0.00": false, `0\d`: false, "0.00E+00": false, `"open`: false, "[open": false, "0_d": false} {
		if dateFormat(200, code) != want {
			t.Errorf("%s: want %v", code, want)
		}
	}
}

// foreign makes a workbook as another program would, cell by cell.
func foreign(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbookOfAnotherProgram(t *testing.T) {
	data := foreign(t, func(f *excelize.File) {
		chinese := `yyyy"年"m"月"d"日"`
		day, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &chinese})
		short, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		percent, _ := f.NewStyle(&excelize.Style{NumFmt: 10})
		f.SetSheetRow("Sheet1", "A2", &[]any{"编码", "日期", "税率", "数量", "有效", "备注"})
		f.SetSheetRow("Sheet1", "A4", &[]any{"001", 46053, 0.13, 0.1 + 0.2, true, "a_x000D_b"})
		f.SetSheetRow("Sheet1", "A5", &[]any{6901234567892, 46054, nil, 1e21})
		f.SetCellRichText("Sheet1", "F5", []excelize.RichTextRun{{Text: "加"}, {Text: "急"}})
		f.SetCellStyle("Sheet1", "B4", "B4", day)
		f.SetCellStyle("Sheet1", "B5", "B5", short)
		f.SetCellStyle("Sheet1", "C4", "C4", percent)
		f.NewSheet("Second")
		f.SetCellValue("Second", "A1", "not read")
	})
	got, err := ReadXLSX("商品.xlsx", data)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"4 001|2026-01-31|0.13|0.3|yes|a\rb", "5 6901234567892|2026-02-01||1000000000000000000000||加急"}
	for i, r := range got.Rows {
		if s := fmt.Sprint(r.Line, " ", strings.Join(r.Cells, "|")); s != want[i] {
			t.Errorf("%s, want %s", s, want[i])
		}
	}
	if len(got.Rows) != len(want) || got.Header[5] != "备注" {
		t.Errorf("%+v", got)
	}
}

func TestFaultsOfAWorkbook(t *testing.T) {
	_, err := ReadXLSX("f.xlsx", foreign(t, func(f *excelize.File) {
		f.SetSheetRow("Sheet1", "A1", &[]any{"a", "b"})
		f.SetCellFormula("Sheet1", "B2", "NOSUCHFUNCTION(1)")
		f.SetCellValue("Sheet1", "XFD3", "far out")
	}))
	if lines(err) != "2 3" {
		t.Error(err)
	}
	hidden := foreign(t, func(f *excelize.File) {
		f.SetCellValue("Sheet1", "A1", "hidden")
		f.NewSheet("Seen")
		f.SetCellValue("Seen", "A1", "seen")
		f.SetActiveSheet(1)
		f.SetSheetVisible("Sheet1", false)
	})
	if got, err := ReadXLSX("f.xlsx", hidden); err != nil || got.Header[0] != "seen" {
		t.Errorf("%+v, %v", got, err)
	}
}

// zipped makes a workbook with the given sheet part.
func zipped(t testing.TB, sheet string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="x" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileWorkbooksAreFaults(t *testing.T) {
	for name, sheet := range map[string]string{
		"bomb":          "<sheetData>" + strings.Repeat(" ", 40<<20),
		"nesting":       strings.Repeat("<a>", 8<<20),
		"not XML":       "<sheetData><row><c",
		"column 0":      `<sheetData><row><c r="7"><v>1</v></c></row></sheetData>`,
		"column beyond": `<sheetData><row><c r="ZZZZ1"><v>1</v></c></row></sheetData>`,
		"row 0":         `<sheetData><row r="0"><c><v>1</v></c></row></sheetData>`,
		"string 5":      `<sheetData><row><c t="s"><v>5</v></c></row></sheetData>`,
		"nothing":       ``,
	} {
		if got, err := ReadXLSX("f.xlsx", zipped(t, sheet)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if _, err := ReadXLSX("old.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....")); err == nil || !strings.Contains(err.Error(), "password") {
		t.Error(err)
	}
}

func FuzzSheetPart(f *testing.F) {
	f.Add(`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row><c s="1"><v>46053</v></c></row></sheetData>`)
	f.Add(`<row/><c/><v>1E9</v></c></row>`)
	f.Add(`<v>0</c>`)
	f.Fuzz(func(t *testing.T, sheet string) { ReadXLSX("f.xlsx", zipped(t, sheet)) })
}

// 20 MB of good rows are read whole; 20 MB of nonsense, an endless quote or one huge cell end in a fault, never in a panic.
func TestTwentyMegabytes(t *testing.T) {
	const size = 20 << 20
	row := "A1,自攻螺丝\n"
	n := size / len(row)
	got, err := ReadCSV("f.csv", []byte("code,name\n"+strings.Repeat(row, n)))
	if err != nil || got.Len() != n {
		t.Fatalf("%d good rows: %v", n, err)
	}
	defer got.Close()
	next := 1
	err = got.Each(func(r exchange.Row) error { // many of them are put aside in a file
		if next++; r.Line != next || len(r.Cells) != 2 || r.Cells[0] != "A1" || r.Cells[1] != "自攻螺丝" {
			return fmt.Errorf("row %d is %+v", next, r)
		}
		return nil
	})
	if err != nil || next != n+1 || len(got.Rows) > n/10 {
		t.Errorf("%v, the last on line %d, %d in memory", err, next, len(got.Rows))
	}
	for name, data := range map[string]string{
		"an endless quote": "code,name\nA1,\"" + strings.Repeat("x\n", size/2),
		"one cell":         "code,name\nA1," + strings.Repeat("x", size) + "\n",
		"noise":            "code,name\n" + strings.Repeat("\x00\x01\xff,", size/4),
	} {
		if _, err := ReadCSV("f.csv", []byte(data)); fault.Of(err) == nil {
			t.Errorf("%s of 20 MB: %v", name, err)
		}
	}
	if _, err := ReadXLSX("f.xlsx", []byte(strings.Repeat("PK\x03\x04", size/4))); fault.Of(err) == nil {
		t.Errorf("a broken workbook of 20 MB: %v", err)
	}
}
