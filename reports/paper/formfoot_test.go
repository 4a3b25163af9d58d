package paper

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zhanggui/data/num"
	"zhanggui/data/text"
)

// full forms: page two of a delivery of 16 lines with a balance row and a remark that needs two lines.
func crowded(l text.Lang, size Size, lines int) *Voucher {
	v := &Voucher{Lang: l, Size: size, Company: Company{Name: "江城恒泰五金", Address: "江城市东湖区解放路 66 号", Phone: "0888-6655"}, Title: "销售出库单", Number: "XC-202610-0087",
		Total: 16000, Remark: strings.Repeat("油漆请避光存放，货到当面清点。", 7),
		Fields:  []Field{{FieldParty, "客户", "K0031 新禾装饰", true}, {FieldAddress, "送货地址", strings.Repeat("学府路 218 号", 6), false}},
		Balance: []Balance{{"上期欠款", 326000}, {"本单金额", 16000}, {"本次收款", 0}, {"累计欠款", 342000}},
		Signatures: []Signature{{Label: "Prepared by", Name: "周婷", Width: 34}, {Label: "Audited by", Name: "李敏", Width: 34}, {Label: "Issued by", Name: "马超", Width: 34}, {Label: "Carrier", Width: 38},
			{Label: "Received by (name, date, stamp)"}}}
	for i := range lines {
		v.Lines = append(v.Lines, Line{Name: "重型膨胀螺栓带弹垫平垫国标加厚", Spec: fmt.Sprintf("M%d×120", i+1),
			Cells: map[Key]string{ColCode: fmt.Sprintf("WJ%05d", i), ColUnit: "套", ColQuantity: "1", ColPrice: "10", ColNet: "10.00", ColTax: "0.00", ColGross: "10.00"}})
	}
	return v
}

// A remark of two lines stands between the frame and the hands, on neither.
func TestALongRemarkStandsClearOfTheFrameAndTheHands(t *testing.T) {
	for _, size := range []Size{Continuous, A5} {
		for _, lines := range []int{3, 9, 16} {
			pages := layout(t, crowded(text.Zh, size, lines))
			p := pages[len(pages)-1]
			frame, hands := 0.0, 0.0
			var remark []op
			for _, o := range p.ops {
				switch {
				case o.kind == 't' && strings.HasPrefix(o.text, "Prepared by"):
					hands = o.y - 9*pt*0.88
				case o.kind == 't' && strings.Contains(o.text, "避光存放"):
					remark = append(remark, o)
				}
			}
			for _, o := range p.ops { // the frame is the lowest long line above the hands
				if o.kind == 'l' && o.y == o.h && o.w-o.x > 150 && o.y < hands {
					frame = max(frame, o.y)
				}
			}
			if len(remark) != 2 {
				t.Fatalf("%s, %d lines: the remark has %d lines", size, lines, len(remark))
			}
			if top := remark[0].y - remark[0].size*pt*0.88; top < frame {
				t.Errorf("%s, %d lines: the remark begins at %.2f, the frame is at %.2f", size, lines, top, frame)
			}
			if remark[1].y > hands {
				t.Errorf("%s, %d lines: the remark ends at %.2f, the hands begin at %.2f", size, lines, remark[1].y, hands)
			}
		}
	}
}

// Every hand that is to sign has a line of 18 mm at least, however long the labels are.
func TestAHandHasRoomForThePen(t *testing.T) {
	v := crowded(text.En, Continuous, 3)
	pages := layout(t, v)
	n := 0
	for _, o := range pages[0].ops {
		if o.kind == 'l' && o.y == o.h && o.y > tractor.signY && o.y < tractor.footY {
			n++
			if o.w-o.x < penRoom-0.01 {
				t.Errorf("a line of %.1f mm at %.1f", o.w-o.x, o.x)
			}
		}
	}
	if n != 2 {
		t.Errorf("%d lines for the pen", n)
	}
}

// Six hands of a payment in English leave each of the five that are open its line, on the paper's narrowest form too.
func TestManyHandsHaveRoomForThePen(t *testing.T) {
	for size, m := range map[Size]measures{Continuous: tractor, ContinuousThird: tractorThird, A5: halfSheet} {
		v := crowded(text.En, size, 3)
		v.Signatures = []Signature{{Label: "Prepared by", Name: "周婷"}, {Label: "Department head"}, {Label: "Deputy manager"}, {Label: "Finance"}, {Label: "General manager"}, {Label: "Cashier"}}
		pages := layout(t, v)
		n := 0
		for _, o := range pages[0].ops {
			if o.kind == 'l' && o.y == o.h && o.y > m.signY && o.y < m.footY {
				n++
				if least := map[Size]float64{A5: 16}[size]; o.w-o.x < cmp.Or(least, penRoom)-0.01 { // half a sheet is 9 mm narrower
					t.Errorf("%s: a line of %.1f mm at %.1f", size, o.w-o.x, o.x)
				}
			}
		}
		if n != 5 {
			t.Errorf("%s: %d lines for the pen", size, n)
		}
	}
}

// The third of a sheet cuts a remark rather than what is owed.
func TestTheShortFormNeverCutsWhatIsOwed(t *testing.T) {
	v := crowded(text.Zh, ContinuousThird, 6)
	v.Remark = strings.Repeat(v.Remark, 3)
	v.Balance[0].Amount, v.Balance[3].Amount = 12892851, num.Amount(12908851)
	pages := layout(t, v)
	all := words(pages[len(pages)-1])
	if !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, "129,088.51") }) {
		t.Errorf("what is owed is cut: %q", all)
	}
}

// On a third of a sheet what the foot has no room for at 8 pt stands under the frame, whole and no smaller: a dot matrix draws no smaller Chinese.
func TestALongRemarkOfAThirdIsWholeAndReadable(t *testing.T) {
	v := crowded(text.Zh, ContinuousThird, 3)
	v.Fields = v.Fields[:1]
	v.Remark, v.Print = strings.Repeat("油漆请避光存放，货到当面清点。", 7)+"完", Print{Count: 1, At: time.Date(2026, 10, 8, 10, 21, 0, 0, time.UTC), By: "周婷"}
	pages := layout(t, v)
	whole, hands := "", tractorThird.signY
	for _, o := range pages[len(pages)-1].ops {
		if o.kind == 't' && o.size < 8 {
			t.Errorf("%q is set in %.2f pt", o.text, o.size)
		}
		if o.kind == 't' && (strings.Contains(o.text, "避光存放") || strings.HasSuffix(o.text, "完")) {
			whole += o.text
			if o.y > hands+0.8 {
				t.Errorf("%q ends at %.2f, the hands begin at %.2f", o.text, o.y, hands)
			}
		}
	}
	if !strings.Contains(whole, v.Remark) {
		t.Errorf("of the remark stands %q", whole)
	}
}

// Nor below what is brought forward, nor of a page whose rows are all taken, nor in more lines than two: the last page has fewer rows, and the
// last line goes to a page of its own where there are none.
func TestALongRemarkOfAThirdIsWholeOnALastPage(t *testing.T) {
	for _, x := range []struct{ lines, sentences, pages int }{{3, 18, 1}, {5, 18, 2}, {6, 7, 2}, {9, 7, 2}, {10, 7, 3}, {6, 18, 2}, {10, 18, 3}, {6, 1, 2}} {
		v := crowded(text.Zh, ContinuousThird, x.lines)
		v.Fields = v.Fields[:1]
		v.Remark, v.Print = strings.Repeat("油漆请避光存放，货到当面清点。", x.sentences)+"完", Print{Count: 1, At: time.Date(2026, 10, 8, 10, 21, 0, 0, time.UTC), By: "周婷"}
		pages := layout(t, v)
		if len(pages) != x.pages {
			t.Errorf("%+v: %d pages", x, len(pages))
		}
		whole, top, frame := "", 100.0, 0.0
		for _, p := range pages {
			for _, o := range p.ops {
				if o.kind == 't' && o.size < 8 {
					t.Errorf("%+v: %q is set in %.2f pt", x, o.text, o.size)
				}
			}
		}
		for _, o := range pages[len(pages)-1].ops {
			if o.kind == 't' && (strings.Contains(o.text, "避光存放") || strings.HasSuffix(o.text, "完")) {
				whole, top = whole+o.text, min(top, o.y-o.size*pt*0.88)
				if x.sentences > 1 && o.y > tractorThird.signY+0.8 {
					t.Errorf("%+v: %q ends at %.2f", x, o.text, o.y)
				}
			}
			if o.kind == 'l' && o.y == o.h && o.w-o.x > 150 {
				frame = max(frame, o.y)
			}
		}
		if !strings.Contains(whole, v.Remark) {
			t.Errorf("%+v: of the remark stands %q", x, whole)
		}
		if top < frame {
			t.Errorf("%+v: the remark begins at %.2f, the frame ends at %.2f", x, top, frame)
		}
	}
}
