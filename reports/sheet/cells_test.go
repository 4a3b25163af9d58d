package sheet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhanggui/data/fault"
)

func TestAFormulaWithoutAResultIsWorkedOut(t *testing.T) {
	data := foreign(t, func(f *excelize.File) {
		f.SetSheetRow("Sheet1", "A1", &[]any{"code", "price", "qty"})
		f.SetSheetRow("Sheet1", "A2", &[]any{"A", nil, 7})
		f.SetCellFormula("Sheet1", "B2", "2.5*3+C2")
	})
	got, err := ReadXLSX("f.xlsx", data)
	if err != nil || strings.Join(got.Rows[0].Cells, "|") != "A|14.5|7" { // 7.5 + 7
		t.Errorf("%+v, %v", got, err)
	}
	// as openpyxl writes it: with an empty value
	got, err = ReadXLSX("f.xlsx", zipped(t, `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2"><f>6*7</f><v></v></c></row></sheetData>`))
	if err == nil || lines(err) != "2" { // this workbook lacks what the library needs: a fault, never an empty cell
		t.Errorf("%+v, %v", got, err)
	}
	empty := foreign(t, func(f *excelize.File) {
		f.SetSheetRow("Sheet1", "A1", &[]any{"a"})
		f.SetCellFormula("Sheet1", "A2", "1/0")
	})
	if _, err = ReadXLSX("f.xlsx", empty); lines(err) != "2" {
		t.Error(err)
	}
}

func TestMergedCellsAreNamed(t *testing.T) {
	data := foreign(t, func(f *excelize.File) {
		f.SetSheetRow("Sheet1", "A1", &[]any{"商品资料"})
		f.SetSheetRow("Sheet1", "A2", &[]any{"code", "name"})
		f.SetSheetRow("Sheet1", "A3", &[]any{"A", "铰链"})
		f.MergeCell("Sheet1", "A1", "B1") // a title may be
		f.MergeCell("Sheet1", "A3", "A4")
	})
	_, err := ReadXLSX("f.xlsx", data)
	if list := fault.Of(err); len(list) != 1 || list[0].Error() != "f.xlsx:3: the cells A3:A4 are merged; unmerge them and fill each" {
		t.Error(err)
	}
}

func TestATitleAboveTheHeaderIsPassedOver(t *testing.T) {
	for name, data := range map[string]string{"bare": "商品资料\ncode,name\nA,铰链\n", "with commas": "商品资料,\n\ncode,name\nA,铰链\n", "returns alone": "商品资料\rcode,name\rA,铰链\r"} {
		got, err := ReadCSV("f.csv", []byte(data))
		if err != nil || got.Title != "商品资料" || strings.Join(got.Header, "|") != "code|name" || len(got.Rows) != 1 || got.Rows[0].Cells[1] != "铰链" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if got, err := ReadCSV("f.csv", []byte("code\nA\nB\n")); err != nil || got.Title != "" || len(got.Rows) != 2 {
		t.Errorf("%+v, %v", got, err)
	}
}

// What some spreadsheet takes for the end of a cell is quoted, and comes back as it was.
func TestMarksInsideACellAreQuoted(t *testing.T) {
	for _, v := range []string{"y;=cmd|'/c dir'!A1", "y\t=1+2", "y\nz", "a\"b;c"} {
		var b bytes.Buffer
		if err := WriteCSV(&b, []string{"v", "n"}, [][]string{{v, "1"}}); err != nil {
			t.Fatal(err)
		}
		if row := strings.SplitN(b.String(), "\r\n", 2)[1]; row[0] != '"' {
			t.Errorf("%q is written bare: %q", v, row)
		}
		if got, err := ReadCSV("f.csv", b.Bytes()); err != nil || got.Rows[0].Cells[0] != v {
			t.Errorf("%q came back as %+v, %v", v, got, err)
		}
	}
}

func TestTooManyColumnsAreOneFault(t *testing.T) {
	_, err := ReadCSV("f.csv", []byte(strings.Repeat("c,", 2_000_000)+"c\n1\n"))
	if list := fault.Of(err); len(list) != 1 || len(list.Error()) > 200 {
		t.Errorf("%.300v", err)
	}
}
