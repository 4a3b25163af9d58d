package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestPrintTakesEveryPaperPlyAndForm(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, text string) string {
		if err := os.WriteFile(at(name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return at(name)
	}
	book := at("shop.zg")
	for _, args := range [][]string{
		{"new", book, "--company", "恒达五金", "--start", "2026-01"},
		{"import", book, "products", write("p.csv", "code,name,sales_price,barcode\nA,螺丝,20,6901234002201\n")},
		{"import", book, "customers", write("c.csv", "code,name\nC,新禾装饰\n")},
		{"import", book, "warehouses", write("w.csv", "code,name\nW,主仓\n")},
		{"import", book, "opening-stock", write("o.csv", "warehouse,product,qty,cost\nW,A,100,10\n")},
		{"import", book, "slips", write("s.csv", "kind,number,date,party,warehouse,product,qty,audit\ndelivery,XC-202601-0001,2026-01-04,C,W,A,4,yes\n")},
	} {
		if status, _, errOut := zgctl(args...); status != 0 {
			t.Fatalf("%v: %s", args, errOut)
		}
	}
	const slip = "XC-202601-0001"
	pages := func(args ...string) int {
		t.Helper()
		status, _, errOut := zgctl(append([]string{"print", book, slip, "-o", at("out.pdf")}, args...)...)
		pdf, err := os.ReadFile(at("out.pdf"))
		if status != 0 || err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
			t.Fatalf("%v: %d %s", args, status, errOut)
		}
		return bytes.Count(pdf, []byte("/Type /Page\n"))
	}
	for _, paper := range []string{"a4", "a5", "241x140", "241x93", "80mm", "58mm"} {
		if n := pages("--paper", paper); n != 1 {
			t.Errorf("%s: %d pages", paper, n)
		}
	}
	if n := pages("--plies", "white,red,yellow"); n != 3 {
		t.Errorf("%d plies", n)
	}
	for _, as := range []string{"slip", "pick-list", "label", "voucher"} {
		if n := pages("--as", as); n != 1 {
			t.Errorf("as %s: %d pages", as, n)
		}
	}
	if _, _, said := zgctl("print", book, slip, "--as", "voucher", "-o", at("v.pdf")); !strings.Contains(said, "warning: 2026-01 is not closed") {
		t.Errorf("a voucher whose number may change: %q", said)
	}
	if n := pages("--as", "label", "--each", "--paper", "40x30"); n != 4 {
		t.Errorf("%d labels for 4 pieces", n)
	}
	// a party statement on paper is what the party is sent
	if status, _, errOut := zgctl("report", book, "party-statement", "--party", "C", "--by", "lines", "-o", at("st.pdf")); status != 0 {
		t.Fatal(errOut)
	}
	if pdf, err := os.ReadFile(at("st.pdf")); err != nil || !bytes.Contains(pdf, utf16be("客户对账单")) {
		t.Errorf("no statement of a customer: %v", err)
	}
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{slip}, 2, "-o FILE.pdf"}, {[]string{slip, "-o", at("out.txt")}, 2, "-o FILE.pdf"},
		{[]string{slip, "-o", at("x.pdf"), "--paper", "a3"}, 2, "a5, a4"}, {[]string{slip, "-o", at("x.pdf"), "--as", "poster"}, 2, "pick-list"},
		{[]string{slip, "-o", at("x.pdf"), "--as", "count-sheet"}, 1, "stocktakes"}, {[]string{"XC-202601-0009", "-o", at("x.pdf")}, 1, "XC-202601-0009"},
		{[]string{slip, "-o", at("x.pdf"), "--copies", "two"}, 2, "two"},
	} {
		status, _, errOut := zgctl(append([]string{"print", book}, c.args...)...)
		if status != c.status || !strings.Contains(errOut, c.says) || strings.Count(errOut, "\n") != 1 {
			t.Errorf("%v: %d %q, want %d and %q", c.args, status, errOut, c.status, c.says)
		}
		if _, err := os.Stat(at("x.pdf")); err == nil {
			t.Errorf("%v: a refused print left a file", c.args)
		}
	}
}

// utf16be is a text as the title of a file is written.
func utf16be(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}
