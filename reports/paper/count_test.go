package paper

import (
	"testing"

	"zhanggui/data/text"
)

// countSheet is the paper of a stocktake in two areas.
func countSheet(book bool) *CountSheet {
	return &CountSheet{Lang: text.Zh, Company: hengtai, Number: "PD-202610-0005", Book: book,
		Fields: []Field{{Label: "仓库", Value: "01 总仓", Bold: true}, {Label: "范围", Value: "A 区 至 B 区"}, {Label: "账面时点", Value: "2026-10-31 18:00"}},
		Lines: []CountLine{
			{"B-01-02", "GJ09019", "钢卷尺 5m×25mm 自锁", "把", "83", "", "", ""},
			{"A-04-05", "WJ02120", "重型膨胀螺栓 304不锈钢（带弹垫平垫，国标加厚，车修壁虎）M12×120", "套", "1,595", "", "", ""},
			{"A-01-03", "WJ01001", "镀锌六角螺栓 8.8级 M8×30", "盒", "164", "163", "162", "破箱"},
		}}
}

func TestACountSheetWalksByShelfAndIsBlindUnlessAskedFor(t *testing.T) {
	p := layout(t, countSheet(false))[0]
	for _, w := range []string{"盘 点 表", "A 区", "B 区", "A-01-03", "163", "162", "破箱", "表外商品（货架上有、表上没有）", "盘点人：", "开始时间："} {
		if !has(p, w) {
			t.Errorf("%q is not on the page", w)
		}
	}
	if has(p, "164") || has(p, "1,595") || has(p, "账面数") {
		t.Error("a blind sheet says what the book says")
	}
	if p = layout(t, countSheet(true))[0]; !has(p, "1,595") || !has(p, "差异") {
		t.Error("book quantities are missing")
	}
}

func TestALongCountSheetKeepsItsFreeRowsTogether(t *testing.T) {
	c := countSheet(false)
	for len(c.Lines) < 24 { // 22 rows of 9 mm and two bars fill a page to 262
		c.Lines = append(c.Lines, CountLine{Shelf: "B-01-02", Code: "X", Name: "钢卷尺", Unit: "把"})
	}
	pages := layout(t, c)
	if len(pages) != 2 || has(pages[0], "表外商品（货架上有、表上没有）") || !has(pages[1], "表外商品（货架上有、表上没有）") {
		t.Errorf("%d pages", len(pages))
	}
}
