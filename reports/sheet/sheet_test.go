package sheet

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
)

func TestCSVIsReadAsShopsSaveIt(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("编码,名称\r\nA,螺丝\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"utf8": []byte("编码,名称\nA,螺丝\n"), "bom": []byte("\xef\xbb\xbf编码,名称\r\nA,螺丝"), "gb18030": gbk,
		"semicolon": []byte("编码;名称\nA;螺丝\n"), "tab": []byte("编码\t名称\nA\t\"螺丝\"\n")} {
		tab, err := ReadCSV(name, data)
		if err != nil || strings.Join(tab.Header, "|") != "编码|名称" || len(tab.Rows) != 1 || strings.Join(tab.Rows[0].Cells, "|") != "A|螺丝" || tab.Rows[0].Line != 2 {
			t.Errorf("%s: %+v, %v", name, tab, err)
		}
	}
}

func TestBadFilesAreFaultsNotPanics(t *testing.T) {
	for name, data := range map[string]string{"nul": "a,b\n1,\x002\n", "quote": "a,b\n1,\"2\n3,4\n", "empty": "", "binary": "\xff\xfe\x00", "wide": "a\n1,2\n", "long": "a\n" + strings.Repeat("x", maxCell+1)} {
		if _, err := ReadCSV("f.csv", []byte(data)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, data := range []string{"", "PK", "PK\x03\x04garbage", strings.Repeat("z", 1000)} {
		if _, err := ReadXLSX("f.xlsx", []byte(data)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%.10q: %v", data, err)
		}
	}
}

func TestAWorkbookReadsBackWhatWasWritten(t *testing.T) {
	cols := []Column{{Title: "code"}, {Title: "date", Type: slip.TypeDate}, {Title: "amount", Type: slip.TypeAmount, Total: true}, {Title: "price", Type: slip.TypePrice}}
	rows := [][]string{{"=cmd|' /C calc'!A0", "2026-01-31", "12018.68", "0.333333"}, {"001", "", "-0.10", ""}}
	var buf bytes.Buffer
	if err := WriteXLSX(&buf, "测试:表", cols, rows, []string{"", "", "12018.58", ""}); err != nil {
		t.Fatal(err)
	}
	tab, err := ReadXLSX("f.xlsx", buf.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"=cmd|' /C calc'!A0|2026-01-31|12018.68|0.333333", "001||-0.1", "||12018.58"}
	for i, w := range want {
		if got := strings.Join(tab.Rows[i].Cells, "|"); got != w {
			t.Errorf("row %d reads %s, want %s", i, got, w)
		}
	}
}

func TestCSVGuardsFormulasAndReadsThemBack(t *testing.T) {
	var buf bytes.Buffer
	if err := WriteCSV(&buf, []string{"name", "qty"}, [][]string{{"=1+1", "-2.5"}, {"@x", "3"}}); err != nil {
		t.Fatal(err)
	}
	if want := "\ufeffname,qty\r\n'=1+1,-2.5\r\n'@x,3\r\n"; buf.String() != want {
		t.Errorf("wrote %q, want %q", buf.String(), want)
	}
	tab, err := ReadCSV("f.csv", buf.Bytes())
	if err != nil || tab.Rows[0].Cells[0] != "=1+1" || tab.Rows[0].Cells[1] != "-2.5" {
		t.Errorf("read %+v, %v", tab, err)
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\n", "\x00", "编码;名称\nA;B"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { ReadCSV("f.csv", data) })
}

func FuzzReadXLSX(f *testing.F) {
	var buf bytes.Buffer
	if err := WriteXLSX(&buf, "x", []Column{{Title: "a"}}, [][]string{{"1"}}, nil); err != nil {
		f.Fatal(err)
	}
	f.Add(buf.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) { ReadXLSX("f.xlsx", data) })
}
