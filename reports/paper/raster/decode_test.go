package raster

import (
	"fmt"
	"image"
	"image/draw"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

// A printer's dots: labels are printed at 203 or 300 an inch.
var printers = []int{203, 300}

// scan reads the one code within a part of a page, in millimetres, as a scanner would: EAN-13, Code 128 or QR.
func scan(img image.Image, dpi int, x, y, w, h float64) string {
	px := func(mm float64) int { return int(mm * float64(dpi) / 25.4) }
	part := image.NewGray(image.Rect(0, 0, px(w), px(h)))
	draw.Draw(part, part.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(part, part.Bounds(), img, image.Pt(px(x), px(y)), draw.Src)
	bits, err := gozxing.NewBinaryBitmapFromImage(part)
	if err != nil {
		return err.Error()
	}
	for _, r := range []gozxing.Reader{oned.NewEAN13Reader(), oned.NewCode128Reader(), qrcode.NewQRCodeReader()} {
		if got, err := r.Decode(bits, nil); err == nil {
			return got.GetText()
		}
	}
	return "nothing"
}

// pages draws all pages of papers.
func pages(t *testing.T, r *Renderer, dpi int, papers ...paper.Paper) []image.Image {
	t.Helper()
	pdf, err := paper.PDF(papers...)
	if err != nil {
		t.Fatal(err)
	}
	n, err := r.Pages(pdf)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]image.Image, n)
	for i := range out {
		if out[i], err = r.Page(pdf, i, dpi); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestLabelsScanBack(t *testing.T) {
	r := New(cache)
	defer r.Close()
	goods := []paper.Label{
		{Name: "镀锌六角螺栓", Spec: "8.8级 M8×30", Code: "WJ01001", Price: "¥4.40/套", Barcode: "6901234567892", Shop: "恒泰五金", Unit: "套", Shelf: "A-01-03"},
		{Name: "净味内墙乳胶漆", Code: "TL08003", Price: "¥299.00/桶", Barcode: "2000000000015", Unit: "桶"},
		{Name: "手锯", Code: "GJ-0917", Price: "¥80.00/把", Barcode: "GJ-0917", Unit: "把"},
	}
	for _, dpi := range printers {
		for kind, size := range map[paper.LabelKind][2]float64{paper.Label60x40: {60, 40}, paper.Label40x30: {40, 30}, paper.Shelf70x38: {70, 38}} {
			for i, img := range pages(t, r, dpi, &paper.Labels{Lang: text.Zh, Kind: kind, Items: goods}) {
				if got := scan(img, dpi, 0, 0, size[0], size[1]); got != goods[i].Barcode {
					t.Errorf("%s at %d dpi: %q scans as %q", kind, dpi, goods[i].Barcode, got)
				}
			}
		}
		lot := paper.Label{Name: "净味内墙乳胶漆 哑光白 18L", Code: "TL08003", Lot: &paper.LotLabel{Lot: "20260918A", Expiry: text.Day(2028, 9, 17), Receipt: "CR-202610-0019", Quantity: "1 桶", Pieces: "1"}}
		img := pages(t, r, dpi, &paper.Labels{Lang: text.Zh, Kind: paper.Label60x40, Items: []paper.Label{lot}})[0]
		if got := scan(img, dpi, 0, 0, 60, 40); got != "TL08003;L20260918A;E20280917;Q1" {
			t.Errorf("lot label at %d dpi scans as %q", dpi, got)
		}
	}
}

// A sheet of 24 shelf labels, each with an own code of its own.
func TestASheetOfLabelsScansBack(t *testing.T) {
	r := New(cache)
	defer r.Close()
	var items []paper.Label
	for i := range 24 {
		items = append(items, paper.Label{Name: fmt.Sprintf("商品 %d", i+1), Code: fmt.Sprintf("P%02d", i+1), Price: "¥1.00", Unit: "件", Barcode: ownCode(i + 1)})
	}
	for _, dpi := range printers {
		sheet := pages(t, r, dpi, &paper.Labels{Lang: text.Zh, Kind: paper.Shelf70x38, Items: items, Sheet: true})
		if len(sheet) != 1 {
			t.Fatalf("%d pages", len(sheet))
		}
		for i := range items {
			if got := scan(sheet[0], dpi, 70*float64(i%3), 0.5+37*float64(i/3), 70, 37); got != items[i].Barcode {
				t.Errorf("label %d at %d dpi scans as %q, want %s", i+1, dpi, got, items[i].Barcode)
			}
		}
	}
}

// ownCode is the n-th code of the program's own: 20, ten digits, and the check digit by hand.
func ownCode(n int) string {
	s := fmt.Sprintf("20%010d", n)
	sum := 0
	for i, c := range s {
		sum += int(c-'0') * (1 + 2*(i%2))
	}
	return s + fmt.Sprint((10-sum%10)%10)
}

// The pick list's slip, the code of each line, and the digits at its foot.
func TestAPickListScansBack(t *testing.T) {
	r := New(cache)
	defer r.Close()
	list := &paper.PickList{Lang: text.En, Number: "XC-202610-0087", Company: paper.Company{Name: "Hengtai"}}
	want := map[string]bool{}
	for i := range 12 {
		code := paper.LineCode(list.Number, i+1)
		want[code] = true
		list.Lines = append(list.Lines, paper.PickLine{Shelf: fmt.Sprintf("A-%d", i+1), Name: "Bolt", Code: "WJ1", LineCode: code, Unit: "box", Quantity: "5"})
	}
	long := "GJ690-CARTON-24B" // a product's own code on a merged list, which only just fits its column
	want[long] = true
	list.Lines = append(list.Lines, paper.PickLine{Shelf: "A-13", Name: "Nut", Code: "WJ2", LineCode: long, Unit: "box", Quantity: "1"})
	for _, dpi := range printers {
		img := pages(t, r, dpi, list)[0]
		if got := scan(img, dpi, 110, 5, 100, 17); got != "XC-202610-0087" {
			t.Errorf("the slip at %d dpi scans as %q", dpi, got)
		}
		found := map[string]bool{}
		for y := 50.0; y < 236; y += 2 {
			found[scan(img, dpi, 113, y, 44, 4)] = true
		}
		for code := range want {
			if !found[code] && (code != long || dpi >= 300) {
				t.Errorf("%s does not scan at %d dpi: %v", code, dpi, found)
			}
		}
		for i, code := range []string{"=0", "=1", "=2", "=3", "=4", "=S", "=5", "=6", "=7", "=8", "=9", "=E"} {
			if got := scan(img, dpi, 12+31*float64(i%6), 247.5+15*float64(i/6), 31, 15); got != code {
				t.Errorf("%s at %d dpi scans as %q", code, dpi, got)
			}
		}
	}
}
