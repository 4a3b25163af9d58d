package paper

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/num"
	"zhanggui/data/text"
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
