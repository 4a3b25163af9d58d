package print

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/text"
)

// A paper speaks to who gets it: a customer's slip is in the customer's language, what stays in the house in the book's.
func TestASlipPrintsInTheLanguageOfItsParty(t *testing.T) {
	b := shop(t)
	load(t, b, "customers", "code,name,lang", "E,Export Ltd,en")
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "delivery,e1,2026-01-12,E,W1,B,1,9,yes")
	both, err := Slip(b, []string{"d1", "e1"}, Options{Paper: "a5"})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"销 售 出 库 单", "Delivery note"} {
		if s, err := reader.Text(both, i); err != nil || !strings.Contains(s, want) {
			t.Errorf("page %d has not %q: %v", i, want, err)
		}
	}
	expect(t, words(t, b, "e1", Options{As: AsPickList})[0], []string{"备货单"}, nil)
	expect(t, words(t, b, "e1", Options{Paper: "a4", Lang: text.Zh})[0], []string{"销售出库单"}, []string{"DELIVERY"})
	d, err := b.Load("e1")
	if err != nil {
		t.Fatal(err)
	}
	if LangOf(b, d) != text.En || StatementLang(b, "C") != text.Zh || StatementLang(b, "E") != text.En {
		t.Error("the language of a party")
	}
	expect(t, statement(t, b, "E", 20260101, 20260131, false, ""), []string{"CUSTOMERSTATEMENT"}, nil)
}

// A file says what it is and in which language.
func TestAFileHasATitleAndALanguage(t *testing.T) {
	b := shop(t)
	for _, c := range []struct {
		opt         Options
		n           []string
		title, lang string
	}{
		{Options{Paper: "a5"}, []string{"d1"}, "销售出库单 XC-202601-0001", "zh-CN"},
		{Options{Paper: "a4", Lang: text.En}, []string{"d1", "x1"}, "Delivery note XC-202601-0001 +1", "en"},
		{Options{As: AsVoucher, Lang: text.En}, []string{"d1"}, "Journal voucher 0003", "en"},
		{Options{As: AsPickList}, []string{"d1"}, "备货单 XC-202601-0001", "zh-CN"},
	} {
		pdf, err := Slip(b, c.n, c.opt)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(pdf, []byte("/Lang ("+c.lang+")")) {
			t.Errorf("%s: no language %s", c.title, c.lang)
		}
		if n, err := reader.Pages(pdf); err != nil || n != len(c.n) {
			t.Errorf("%s: %d pages, %v", c.title, n, err)
		}
		if info := pdfInfo(t, pdf); info != "" && !strings.Contains(strings.Join(strings.Fields(info), " "), "Title: "+c.title+" ") {
			t.Errorf("%q is not in %s", c.title, info)
		}
	}
}

// pdfInfo is what another program reads of a file, empty where there is none.
func pdfInfo(t *testing.T, pdf []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdfinfo", path).CombinedOutput()
	if _, none := exec.LookPath("pdfinfo"); none != nil {
		return ""
	}
	if err != nil || strings.Contains(string(out), "Error") {
		t.Errorf("%v %s", err, out)
	}
	return string(out)
}

// Who gave no name is called so in the paper's language, whatever the window spoke when the slip was made; a name stays a name.
func TestWhoGaveNoNameIsCalledInThePapersLanguage(t *testing.T) {
	b := shop(t)
	b.User = "Owner" // the window spoke English
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,audit", "delivery,n1,2026-01-13,C,W1,B,1,9,yes")
	expect(t, words(t, b, "n1", Options{Paper: "a4", Lang: text.Zh})[0], []string{"制单老板"}, []string{"Owner"})
	b.User = "老板"
	expect(t, words(t, b, "n1", Options{Paper: "a4", Lang: text.En})[0], []string{"Owner"}, []string{"老板"})
	expect(t, words(t, b, "n1", Options{As: AsVoucher, Lang: text.Zh})[0], []string{"老板"}, []string{"Owner"})
	if got := text.Person("老板", true, text.En); got != "老板" {
		t.Errorf("a user of that name became %q", got)
	}
	if got := text.Person("Owner of all", false, text.Zh); got != "Owner of all" {
		t.Errorf("a name became %q", got)
	}
}

// 印哪些: each part a paper can leave out is gone from it, and the rest stands.
func TestAPaperLeavesOutWhatIsNotWanted(t *testing.T) {
	b := shop(t)
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,discount_rate,audit", "delivery,n1,2026-01-13,C,W1,B,2,9,0.1,yes")
	said := map[string]string{PartMoney: "16.20", PartDiscount: "9折", PartWords: "人民币", PartBalance: "累计欠款", PartTimes: "第1次"}
	whole := []string{"螺母"}
	for _, w := range said {
		whole = append(whole, w)
	}
	expect(t, words(t, b, "n1", Options{Paper: "a5"})[0], whole, nil)
	for part, gone := range said {
		expect(t, words(t, b, "n1", Options{Paper: "a5", Without: []string{part}})[0], []string{"螺母"}, []string{gone})
	}
	if _, err := Slip(b, []string{"n1"}, Options{Paper: "a5", Without: []string{"logo"}}); err == nil {
		t.Error("a part that no paper has is left out")
	}
	k, _ := kinds.ByCode("delivery")
	if n := len(Forms(k)[0].Parts); n != len(said) {
		t.Errorf("a delivery offers %d parts", n)
	}
}

// The ruler page is as large as the sheet, and its level rule counts its last whole ten: 230 on a sheet 241 wide.
func TestARulerPageIsAsLargeAsTheSheet(t *testing.T) {
	pdf, err := Ruler(241, 140, Options{Lang: text.Zh, Shift: Shift{X: 0.5, Y: -1}})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(pdf, []byte("/MediaBox [0 0 683.15 396.85]")) {
		t.Error("it is not 241 × 140 mm")
	}
	s, err := reader.Text(pdf, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"230", "130", "+0.5", "-1.0", "241 × 140 mm"} {
		if !strings.Contains(s, want) {
			t.Errorf("%q is not on it: %s", want, s)
		}
	}
}
