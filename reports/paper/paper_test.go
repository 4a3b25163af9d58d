package paper

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/assets"
	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/reports/paper/raster"
)

var update = flag.Bool("update", false, "write the golden layouts anew")

func layout(t *testing.T, p Paper) []page {
	t.Helper()
	pages, err := p.pages()
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// words are the texts of a page in the order they are drawn.
func words(p page) []string {
	var out []string
	for _, o := range p.ops {
		if o.kind == 't' {
			out = append(out, o.text)
		}
	}
	return out
}

func has(p page, s string) bool {
	for _, w := range words(p) {
		if w == s {
			return true
		}
	}
	return false
}

// rowOf are the texts on the baseline of a title, without the title.
func rowOf(p page, title string) []string {
	var out []string
	for _, o := range p.ops {
		if o.kind != 't' || o.text != title {
			continue
		}
		out = nil // the last one counts: Total is also the head of a column
		for _, q := range p.ops {
			if q.kind == 't' && q.y == o.y && q.text != title && q.x > 20 && q.x < 216 {
				out = append(out, q.text)
			}
		}
	}
	return out
}

// TestLayouts compares every stroke and word with the golden layouts, which agree with the design's coordinates.
func TestLayouts(t *testing.T) {
	apart := delivery()
	apart.Apart = true
	short := delivery()
	short.Size = ContinuousThird
	all := []struct {
		name string
		p    Paper
	}{
		{"delivery-strike", delivery()}, {"delivery-apart", apart}, {"delivery-third", short}, {"delivery-a5", deliveryA5()}, {"delivery-a4-en", deliveryA4()},
		{"pick-list", pickList()}, {"request-a5", request()}, {"count-blind", countSheet(false)}, {"count-book", countSheet(true)}, {"receipt-a5", goodsReceipt()}, {"order-a4", purchaseOrder()}, {"statement", statement()}, {"journal", journal()},
		{"ticket", ticket()}, {"label-60x40", labels(Label60x40)}, {"label-40x30", labels(Label40x30)}, {"label-70x38", labels(Shelf70x38)},
	}
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			got := describe(layout(t, c.p))
			file := filepath.Join("testdata", c.name+".golden")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
			for i := range g {
				if i >= len(w) || g[i] != w[i] {
					t.Fatalf("line %d: got %q, want %q", i+1, g[i], append(w, "", "")[min(i, len(w))])
				}
			}
			if len(g) != len(w) {
				t.Fatalf("%d lines, want %d", len(g), len(w))
			}
		})
	}
}

// describe writes a layout so that people can read it; bars are counted.
func describe(pages []page) []byte {
	var b bytes.Buffer
	for n, p := range pages {
		fmt.Fprintf(&b, "page %d  %g x %g\n", n+1, p.w, p.h)
		bars := 0
		for _, o := range p.ops {
			if o.kind == 'f' && o.grey == 0 {
				bars++
				continue
			}
			if bars > 0 {
				fmt.Fprintf(&b, "%d bars\n", bars)
				bars = 0
			}
			switch o.kind {
			case 't':
				bold := ""
				if o.bold {
					bold = "B"
				}
				fmt.Fprintf(&b, "%.2f %.2f %g%s %s\n", o.x, o.y, o.size, bold, o.text)
			default:
				fmt.Fprintf(&b, "%c %.2f %.2f %.2f %.2f %g\n", o.kind, o.x, o.y, o.w, o.h, o.size)
			}
		}
		if bars > 0 {
			fmt.Fprintf(&b, "%d bars\n", bars)
		}
	}
	return b.Bytes()
}

// plainLines are n lines of one row, 2 × 10.00 each.
func plainLines(n int) []Line {
	out := make([]Line, n)
	for i := range out {
		out[i] = Line{Name: "螺母 M8", Cells: map[Key]string{ColCode: "WJ", ColUnit: "盒", ColQuantity: "2", ColPrice: "10.00", ColNet: "20.00", ColTax: "2.60", ColGross: "22.60", ColRate: "13%"}}
	}
	return out
}

func TestEightLinesAreOnePageNineAreTwo(t *testing.T) {
	for _, size := range []Size{Continuous, A5} {
		for lines, want := range map[int]int{0: 1, 1: 1, 8: 1, 9: 2, 16: 2, 17: 3} {
			v := &Voucher{Lang: text.Zh, Size: size, Title: "销售出库单", Lines: plainLines(lines)}
			if got := len(layout(t, v)); got != want {
				t.Errorf("%s: %d lines on %d pages, want %d", size, lines, got, want)
			}
		}
	}
}

func TestCarriedForwardIsBroughtForward(t *testing.T) {
	v := delivery()
	v.Lines = plainLines(20)
	pages := layout(t, v)
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	for n := 0; n < 2; n++ {
		carried, brought := rowOf(pages[n], "过次页"), rowOf(pages[n+1], "承前页")
		if len(carried) == 0 || strings.Join(carried, "|") != strings.Join(brought, "|") {
			t.Errorf("page %d carries %q, page %d brings %q", n+1, carried, n+2, brought)
		}
	}
	if got := strings.Join(rowOf(pages[1], "过次页"), "|"); got != "32|320.00|41.60|361.60" {
		t.Errorf("after sixteen lines: %s", got)
	}
	if got := strings.Join(rowOf(pages[2], "合 计"), "|"); got != "40|400.00|52.00|452.00" {
		t.Errorf("total: %s", got)
	}
	if has(pages[0], "合 计") || has(pages[2], "过次页") || !has(pages[0], "（接下页）") {
		t.Error("totals stand on the wrong pages")
	}
	for n, p := range pages {
		if !has(p, "收货人签字（盖章）：") || !has(p, fmt.Sprintf("第 %d 页 共 3 页", n+1)) {
			t.Errorf("page %d lacks signatures or its number", n+1)
		}
	}
}

func TestPliesHoldTheSameLines(t *testing.T) {
	v := delivery()
	v.Apart = true
	pages := layout(t, v)
	if len(pages) != 6 {
		t.Fatalf("%d pages, want 3 plies of 2", len(pages))
	}
	for n := range pages {
		first := []string{"WJ01001", "DL06002"}[n%2]
		if !has(pages[n], first) {
			t.Errorf("page %d does not hold %s", n+1, first)
		}
	}
	for _, p := range pages[4:] {
		all := strings.Join(words(p), " ")
		for _, secret := range []string{"12,018.68", "金额", "单价", "32.50", "¥", "人民币", "到期日"} {
			if strings.Contains(all, secret) {
				t.Errorf("the warehouse's ply shows %s", secret)
			}
		}
		if !has(p, "实发") || !has(p, "货位") || !has(p, "要求送达：") {
			t.Error("the warehouse's ply lacks its own columns")
		}
	}
	v.Apart, v.NoAmounts = false, true
	for _, p := range layout(t, v) {
		if strings.Contains(strings.Join(words(p), " "), "金额") {
			t.Error("a user without prices sees them in a strike")
		}
	}
}

func TestEmptyColumnsDrop(t *testing.T) {
	v := deliveryA5()
	pages := layout(t, v)
	if !has(pages[0], "折扣") || !has(pages[0], "备注") {
		t.Error("used columns are missing")
	}
	for i := range v.Lines {
		v.Lines[i].Remark = ""
		delete(v.Lines[i].Cells, ColDiscount)
	}
	pages = layout(t, v)
	if has(pages[0], "折扣") || has(pages[0], "备注") {
		t.Error("empty columns are printed")
	}
	s, err := v.place(true, 12, 188, 9)
	if err != nil || s.name().w != 65+11+20 {
		t.Errorf("the name is %v wide, want 96", s.name().w)
	}
}

func TestFiguresAreNeverCut(t *testing.T) {
	v := &Voucher{Lang: text.Zh, Size: Continuous, Title: "销售出库单", Lines: plainLines(2)}
	v.Lines[1].Cells[ColNet] = "123,456,789,123.45"
	s, err := v.place(true, 19, 197, 9)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, c := range s.cols {
		sum += c.w
		if c.Key == ColNet {
			if need := width("123,456,789,143.45", 9, true) + 1.6; c.w < need-0.001 {
				t.Errorf("the amount column is %.2f, its total needs %.2f", c.w, need)
			}
		}
	}
	if sum < 196.999 || sum > 197.001 {
		t.Errorf("the columns add up to %.3f", sum)
	}
	if !has(layout(t, v)[0], "123,456,789,143.45") {
		t.Error("the total is not printed whole")
	}
}

func TestNegativeAmounts(t *testing.T) {
	v := delivery()
	v.Title, v.Red, v.Total, v.Lines = "销售退货单", true, -3840, plainLines(1)
	v.Lines[0].Cells[ColNet] = "-38.40"
	p := layout(t, v)[0]
	for _, want := range []string{"销 售 退 货 单（红字）", "红字", "价税合计（大写）：人民币负叁拾捌元肆角整", "小写：¥-38.40", "-38.40"} {
		if !has(p, want) {
			t.Errorf("%q is missing in %q", want, words(p))
		}
	}
}

func TestStateMarks(t *testing.T) {
	v := delivery()
	v.Print.Count, v.Print.Marks = 3, []string{"已作废"}
	p := layout(t, v)[0]
	if !has(p, "补打 第3次") || !has(p, "已作废") || !strings.Contains(strings.Join(words(p), "|"), "补打：第 3 次 2026-10-08 10:21 周婷") {
		t.Errorf("marks missing: %q", words(p))
	}
	v.Print = Print{Marks: []string{"草稿"}}
	if s := strings.Join(words(layout(t, v)[0]), "|"); strings.Contains(s, "打印：") || !strings.Contains(s, "草稿") {
		t.Errorf("a preview: %s", s)
	}
}

func TestBalanceRowMustAddUp(t *testing.T) {
	v := deliveryA5()
	v.Balance[4].Amount++
	if _, err := v.pages(); err == nil {
		t.Error("3,599.01 passed as the sum of 3,599.00")
	}
}

func TestWrapping(t *testing.T) {
	for _, c := range []struct {
		in   string
		room float64
		want string
	}{
		{"重型膨胀螺栓（国标）", 18, "重型膨胀螺|栓（国标）"}, // five characters of 3.175 fit
		{"一二三四五，六", 16, "一二三四|五，六"},       // the comma takes 五 along
		{"一二三四五）六", 16, "一二三四|五）六"},
		{"一二三四（五六）", 16, "一二三四|（五六）"},    // an opening bracket does not end a line
		{"螺栓 M12×120", 17, "螺栓|M12×120"}, // a Latin run stays whole
		{"灯 2×18W 白", 12, "灯|2×18W|白"},
		{"pipe DN25, 4 m", 15, "pipe|DN25,|4 m"}, // number and unit stay together
		{"copper 2.5 mm², red", 21, "copper|2.5 mm², red"},
		{"T8 tubes", 10, "T8|tubes"}, // T8 is no number
		{"", 10, ""},
		{"AAAAAAAAAAAAAAAAAAAA", 10, "AAAAA|AAAAA|AAAAA|AAAAA"}, // a run longer than the line breaks inside
	} {
		lines := wrap(c.in, 9, false, c.room)
		if got := strings.Join(lines, "|"); got != c.want {
			t.Errorf("%q in %v: %q, want %q", c.in, c.room, got, c.want)
		}
		if strings.Join(strings.Fields(strings.Join(lines, "")), "") != strings.Join(strings.Fields(c.in), "") {
			t.Errorf("%q lost characters: %q", c.in, lines)
		}
		for _, l := range lines {
			if width(l, 9, false) > c.room+0.001 {
				t.Errorf("%q is longer than %v", l, c.room)
			}
		}
	}
}

func TestEnglishHandsHaveRoom(t *testing.T) {
	v := delivery()
	v.Lang, v.Company, v.Title, v.Lines, v.Remark = text.En, hengtaiEn, "Delivery note", hardware(true), ""
	v.Signatures = []Signature{{"Prepared by", "Zhou Ting", 0}, {"Audited by", "Li Min", 0}, {"Issued by", "", 0}, {"Carrier", "", 0}, {"Received by (name, date, stamp)", "", 0}}
	for _, o := range layout(t, v)[0].ops {
		switch {
		case o.kind == 't' && o.text == "Zhou Ting" && o.size != 9:
			t.Errorf("a name is shrunk to %v", o.size)
		case o.kind == 'l' && o.y > 120 && o.w-o.x < 13:
			t.Errorf("a line for the pen is only %.1f long", o.w-o.x)
		case o.kind == 't' && o.text == hengtaiEn.Name && o.x+width(o.text, o.size, true) > 163:
			t.Error("the company runs into the bar code")
		}
	}
}

func TestFullWidthMarks(t *testing.T) {
	for in, want := range map[string]string{"收货人签字(盖章)": "收货人签字（盖章）", "VAT (13%)": "VAT (13%)", "备注:": "备注：", "A4 (210)": "A4 (210)"} {
		if got := full(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestWhatTheFontLacks(t *testing.T) {
	for in, want := range map[string]string{"𠮷野家": "𠮷野家", "好😀": "好〓", "ýňńžťčąęł": "ýňńžťčąęł", "\uE000": "〓", "a\tb\nc": "a b c", "镕喆": "镕喆", "√①☐": "√①〓"} {
		got := safe(in)
		if in == "√①☐" {
			if strings.ContainsRune(got, '☐') && faces()[0].advance['☐'] == absent {
				t.Errorf("%q: %q", in, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	v := delivery()
	v.Lines[0].Name, v.Company.Name = "𠮷😀", "𠮷公司"
	if _, err := PDF(v); err != nil {
		t.Error(err)
	}
}

func TestCutFontsMeasureLikeTheFullOnes(t *testing.T) {
	full, fullBold := faces()[0], faces()[1]
	bold := readFace(assets.ScreenBold())
	n := 0
	for r, a := range cutFace().advance {
		if a == absent {
			continue
		}
		n++
		if a != full.advance[r] || bold.advance[r] != fullBold.advance[r] {
			t.Fatalf("%c is %d wide, in the full font %d", r, a, full.advance[r])
		}
	}
	if n < 8000 || common([]page{{ops: []op{{text: "镕㐱"}}}}) || !common([]page{{ops: []op{{text: "江城市恒泰 ABC①"}}}}) {
		t.Errorf("%d characters in the cut font", n)
	}
}

func TestTheSameSlipGivesTheSameBytes(t *testing.T) {
	a, err := PDF(delivery(), journal())
	if err != nil {
		t.Fatal(err)
	}
	b, err := PDF(delivery(), journal())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("two prints of one slip differ")
	}
}

func TestLongNamesGoOn(t *testing.T) {
	v := delivery()
	v.Lines = plainLines(1)
	v.Lines[0].Name = strings.Repeat("防爆灯具", 100) // 400 characters, 17 a line: 24 lines, 12 rows
	pages := layout(t, v)
	if len(pages) != 2 {
		t.Fatalf("%d pages", len(pages))
	}
	n := 0
	for _, p := range pages {
		for _, w := range words(p) {
			n += strings.Count(w, "防")
		}
	}
	if n != 100 {
		t.Errorf("%d of 100 words printed", n)
	}
	v.Size = A4
	if _, err := PDF(v); err != nil {
		t.Error(err)
	}
}

func TestA4TotalsNeverStandAlone(t *testing.T) {
	for n := 1; n < 80; n++ {
		v := deliveryA4()
		v.Lines = plainLines(n)
		pages := layout(t, v)
		last := pages[len(pages)-1]
		total := rowOf(last, "Total")
		if len(total) == 0 || total[0] != num.Quantity(2*n*10000).Grouped() {
			t.Fatalf("%d lines: total %q", n, total)
		}
		if !has(last, fmt.Sprint(n)) {
			t.Errorf("%d lines: the total stands alone on page %d", n, len(pages))
		}
		for _, o := range last.ops {
			if o.kind == 't' && strings.HasPrefix(o.text, "Remark") && o.y > 250 {
				t.Errorf("%d lines: remark at %.1f", n, o.y)
			}
		}
	}
}

func TestModulesOfCodes(t *testing.T) {
	for s, want := range map[string]int{"XC-202610-0087": 167, "XC2610008701": 123, "=0": 57, "LS-202610-0356": 167} {
		widths, err := code128(s)
		if err != nil || total(widths) != want {
			t.Errorf("%s: %d modules, want %d, %v", s, total(widths), want, err)
		}
	}
	if _, err := code128("备货"); err == nil {
		t.Error("Chinese in a bar code")
	}
	if got := LineCode("XC-202610-0087", 1); got != "XC2610008701" {
		t.Error(got)
	}
	if total(ean13("6901234002201")) != 95 || isEAN("6901234002202") {
		t.Error("EAN-13 is wrong")
	}
}

// TestCode128Decodes reads symbols back for every kind of digit run.
func TestCode128Decodes(t *testing.T) {
	for _, s := range []string{"A", "12", "123", "1234", "12345", "AB12", "AB1234CD", "A12345B", "99-1", "XC-202610-0087", "0000000", "a~ !", "12345678901234567890X"} {
		widths, err := code128(s)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := decode128(widths); got != s || err != nil {
			t.Errorf("%q reads as %q, %v", s, got, err)
		}
	}
}

// decode128 reads widths of bars and spaces.
func decode128(widths []int) (string, error) {
	bySymbol := map[string]int{}
	for v, p := range patterns {
		bySymbol[p] = v
	}
	var values []int
	for len(widths) >= 6 {
		n := 6
		if len(widths) == 7 {
			n = 7
		}
		key := ""
		for _, w := range widths[:n] {
			key += fmt.Sprint(w)
		}
		v, ok := bySymbol[key]
		if !ok {
			return "", fmt.Errorf("no symbol %s", key)
		}
		values = append(values, v)
		widths = widths[n:]
	}
	if len(values) < 3 || values[len(values)-1] != stop {
		return "", fmt.Errorf("no stop in %v", values)
	}
	check := values[len(values)-2]
	values = values[:len(values)-2]
	sum := values[0]
	for i, v := range values[1:] {
		sum += (i + 1) * v
	}
	if sum%103 != check {
		return "", fmt.Errorf("check %d, want %d", sum%103, check)
	}
	out, inC := "", values[0] == startC
	for _, v := range values[1:] {
		switch {
		case inC && v == codeB:
			inC = false
		case !inC && v == codeC:
			inC = true
		case inC:
			out += fmt.Sprintf("%02d", v)
		default:
			out += string(rune(v + 32))
		}
	}
	return out, nil
}

// TestPrintedCodesReadBack draws pages at printers' resolutions and reads the bars from the picture.
func TestPrintedCodesReadBack(t *testing.T) {
	r := raster.New(filepath.Join(os.TempDir(), "zhanggui-raster-test"))
	defer r.Close()
	a5, a4 := deliveryA5(), pickList()
	for _, c := range []struct {
		name      string
		p         Paper
		dpi       int
		x1, x2, y float64
		module    float64
		want      string
	}{
		{"continuous", delivery(), 180, 160, 215, 9, moduleMatrix, "XC-202610-0087"},
		{"continuous", delivery(), 360, 160, 215, 9, moduleMatrix, "XC-202610-0087"},
		{"A5", a5, 300, 152, 205, 12, moduleLaser, "XC-202610-0091"},
		{"pick list", a4, 300, 152, 203, 13, moduleLaser, "XC-202610-0087"},
		{"pick line", a4, 300, 114, 156, 63, moduleLaser, "XC2610008701"},
		{"digit", a4, 300, 13, 42, 256, moduleLaser, "=0"},
		{"ticket", ticket(), 203, 8, 72, 121, moduleFine, "LS-202610-0356"},
	} {
		pdf, err := PDF(c.p)
		if err != nil {
			t.Fatal(err)
		}
		img, err := r.Page(pdf, 0, c.dpi)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decode128(scan(img, float64(c.dpi)/25.4, c.x1, c.x2, c.y, c.module))
		if got != c.want || err != nil {
			t.Errorf("%s at %d dpi reads %q, %v", c.name, c.dpi, got, err)
		}
	}
	pdf, _ := PDF(delivery())
	words, err := r.Text(pdf, 1)
	if err != nil || !strings.Contains(words, "人民币壹万贰仟零壹拾捌元陆角捌分") {
		t.Errorf("page 2 reads %q, %v", words, err)
	}
}

// scan measures light and dark along a line, in modules.
func scan(img image.Image, dots, x1, x2, y, module float64) []int {
	var edges []float64
	dark := false
	for x := int(x1 * dots); x < int(x2*dots); x++ {
		r, _, _, _ := img.At(x, int(y*dots)).RGBA()
		ink := 1 - float64(r)/0xffff // a dot half covered is half grey: the edge lies inside it
		switch {
		case !dark && ink > 0.02:
			edges = append(edges, float64(x)+1-ink)
			dark = true
		case dark && ink < 0.98:
			edges = append(edges, float64(x)+ink)
			dark = false
		}
	}
	var out []int
	for i := 1; i < len(edges); i++ {
		out = append(out, int((edges[i]-edges[i-1])/dots/module+0.5))
	}
	return out
}

func TestShelvesAreWalkedInOrder(t *testing.T) {
	for _, c := range [][2]string{{"A-2", "A-10"}, {"A-01-03", "A-02-01"}, {"A-9", "B-1"}, {"B-1", ""}, {"A-1", "A-1-1"}} {
		if !text.ShelfLess(c[0], c[1]) || text.ShelfLess(c[1], c[0]) {
			t.Errorf("%s does not come before %s", c[0], c[1])
		}
	}
	p := layout(t, pickList())[0]
	for _, s := range words(p) {
		if strings.Contains(s, ".50") || strings.Contains(s, "¥") {
			t.Errorf("a price on the pick list: %s", s)
		}
	}
}

func TestJournalCarriesOn(t *testing.T) {
	j := journal()
	for i := 0; i < 4; i++ {
		j.Entries = append(j.Entries, Entry{"调整", "5602 管理费用", "", 100, 0}, Entry{"调整", "1001 库存现金", "", 0, 100})
	}
	pages := layout(t, j)
	if len(pages) != 3 { // thirteen lines
		t.Fatalf("%d pages", len(pages))
	}
	if !has(pages[0], "过次页") || !has(pages[2], "合计：人民币贰万零贰佰叁拾陆元肆角陆分") || !has(pages[1], "记字第 0042 号  2/3") {
		t.Errorf("%q", words(pages[2]))
	}
	j.Entries[0].Debit++
	if _, err := j.pages(); err == nil {
		t.Error("an unbalanced voucher was printed")
	}
	big := &Journal{Lang: text.Zh, Number: "1", Entries: []Entry{{"a", "b", "", 100000000000, 0}, {"a", "b", "", 0, 100000000000}}}
	if !has(layout(t, big)[0], "1,000,000,000.00") {
		t.Error("ten digits before the point are not plain")
	}
	full := &Journal{Lang: text.Zh, Number: "1", Entries: []Entry{{"a", "b", "", 99999999999, 0}, {"a", "b", "", 0, 99999999999}}}
	if has(layout(t, full)[0], "¥") {
		t.Error("¥ has no box where eleven digits fill them")
	}
	red := &Journal{Lang: text.Zh, Number: "1", Entries: []Entry{{"a", "b", "", -12345, 0}, {"a", "b", "", 0, -12345}}}
	if !has(layout(t, red)[0], "-") {
		t.Error("no minus before a red figure")
	}
}

func TestStatementPages(t *testing.T) {
	s := statement()
	s.Ageing[0].Amount++
	if _, err := s.pages(); err == nil {
		t.Error("ages that do not add up were printed")
	}
	for n := 1; n < 90; n++ {
		s = statement()
		s.Lines, s.Ageing = nil, nil
		for i := 0; i < n; i++ {
			s.Lines = append(s.Lines, StatementLine{Date: "2026-10-01", Number: fmt.Sprint("X", i), Amount: 100})
		}
		pages := layout(t, s)
		for k, p := range pages {
			if has(p, "对 账 回 执") != (k == len(pages)-1) {
				t.Fatalf("%d lines: the slip to return is on page %d of %d", n, k+1, len(pages))
			}
		}
		last := pages[len(pages)-1]
		closing := num.Amount(1532640 + 100*n).Grouped()
		if got := rowOf(last, "期末余额（应收）"); len(got) != 1 || got[0] != closing {
			t.Fatalf("%d lines: closing %q, want %s", n, got, closing)
		}
		for _, o := range last.ops {
			if o.kind == 't' && strings.HasPrefix(o.text, "请于") && o.y > 208 {
				t.Errorf("%d lines: notes run into the cut line, %.1f", n, o.y)
			}
		}
	}
}

func TestTablesRepeatTheirHead(t *testing.T) {
	r := &Table{Lang: text.Zh, Company: hengtai, Title: "库存余额表", Parameters: []string{"仓库：01 总仓", "2026-10-31"},
		Columns: []Column{{Title: "编码"}, {Title: "品名"}, {Title: "数量", Kind: Figure}, {Title: "金额", Kind: Figure}}}
	for i := 0; i < 100; i++ {
		r.Rows = append(r.Rows, Row{Cells: []string{fmt.Sprintf("P%03d", i), "镀锌六角螺栓 8.8级 M8×30", "1,000", "12,345.67"}})
	}
	r.Rows = append(r.Rows, Row{Cells: []string{"", "合计", "100,000", "1,234,567.00"}, Bold: true})
	pages := layout(t, r)
	if len(pages) < 2 {
		t.Fatal("one page")
	}
	for n, p := range pages {
		if !has(p, "品名") || !has(p, fmt.Sprintf("第 %d 页 共 %d 页", n+1, len(pages))) {
			t.Errorf("page %d lacks head or number", n+1)
		}
	}
	if last := pages[len(pages)-1]; !has(last, "P099") || !has(last, "1,234,567.00") {
		t.Error("the total stands without its last row")
	}
}

func BenchmarkOneVoucher(b *testing.B) {
	for b.Loop() {
		if _, err := PDF(delivery()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkThousandVouchers(b *testing.B) {
	all := make([]Paper, 1000)
	for i := range all {
		v := delivery()
		v.Number = fmt.Sprintf("XC-202610-%04d", i)
		all[i] = v
	}
	for b.Loop() {
		if _, err := PDF(all...); err != nil {
			b.Fatal(err)
		}
	}
}
