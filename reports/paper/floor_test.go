package paper

import (
	"strings"
	"testing"
	"unicode"

	"zhanggui/data/text"
)

// A dot matrix draws no Chinese character below 8 points: not in a remark's narrow column, not in a code, a unit or a name. What is too long for
// two such lines stands behind the name and is whole.
func TestNothingChineseIsSmallOnADotMatrix(t *testing.T) {
	long := "此箱外包装破损，客户同意让步接收，下批次补发两套配件并附合格证书原件一份"
	for _, size := range []Size{Continuous, ContinuousThird} {
		v := &Voucher{Lang: text.Zh, Size: size, Company: Company{Name: "江城恒泰五金", Address: "解放路"}, Title: "销售出库单", Number: "XC-202610-0087", Inclusive: true,
			Lines: []Line{
				{Name: "镀锌六角螺栓", Spec: "M8×30", Remark: "易碎轻放勿压防潮保存", Cells: map[Key]string{ColCode: "螺栓一号特大包装", ColUnit: "立方米", ColQuantity: "1", ColPrice: "2", ColNet: "2.00"}},
				{Name: "镀锌六角螺母带弹垫平垫国标加厚车修壁虎重型膨胀", Spec: "M8", Remark: long, Cells: map[Key]string{ColCode: "B", ColUnit: "件", ColQuantity: "1", ColPrice: "2", ColNet: "2.00"}}}}
		all := ""
		for _, p := range layout(t, v) {
			for _, o := range p.ops {
				if o.kind != 't' {
					continue
				}
				all += o.text
				if o.size < 8 && strings.ContainsFunc(o.text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
					t.Errorf("%s: %q at %v pt", size, o.text, o.size)
				}
			}
		}
		if !strings.Contains(all, long) || !strings.Contains(all, "防潮保存") || strings.Contains(all, "…") {
			t.Errorf("%s: a remark is cut: %s", size, all)
		}
	}
}

// A day, a number and a code stand on one line in a report of many columns; names give them the room.
func TestReportsPartNoNumber(t *testing.T) {
	tab := &Table{Lang: text.Zh, Company: Company{Name: "江城恒泰五金"}, Title: "销售明细账", Landscape: true, Columns: []Column{{Title: "日期", Kind: Centre}, {Title: "单号"}, {Title: "类型"}, {Title: "客户"}}}
	row := []string{"2026-09-01", "XC-202609-0001", "销售出库单", "江苏省昆山市经济技术开发区精密机械设备制造与维修服务股份有限公司"}
	for range 10 {
		tab.Columns = append(tab.Columns, Column{Title: "价税合计", Kind: Figure})
		row = append(row, "1,234,567.89")
	}
	tab.Rows = []Row{{Cells: row}}
	for _, want := range row[:2] {
		if p := layout(t, tab)[0]; !has(p, want) {
			t.Errorf("%q is parted: %v", want, words(p))
		}
	}
}

// A label that is wider than its column at its smallest is not printed over its own value, which stands behind it.
func TestALongLabelIsNotPrintedOverItsValue(t *testing.T) {
	const value = "SH0361679"
	label := "Supplier's delivery no."
	v := &Voucher{Lang: text.En, Size: A4, Company: Company{Name: "Hengtai"}, Title: "Goods receipt", Number: "CR-202609-0001",
		Fields: []Field{{FieldParty, "Supplier", "S09", true}, {"theirs", label, value, true}},
		Lines:  []Line{{Name: "Paint", Cells: map[Key]string{ColQuantity: "1"}}}}
	end, start := 0.0, -1.0
	for _, o := range layout(t, v)[0].ops {
		switch {
		case o.kind == 't' && strings.HasPrefix(o.text, label):
			end = o.x + width(o.text, o.size, false)
		case o.kind == 't' && o.text == value:
			start = o.x
		}
	}
	if end == 0 || start < end {
		t.Errorf("the label ends at %.1f mm, its value begins at %.1f", end, start)
	}
}
