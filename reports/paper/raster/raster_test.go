package raster

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/data/text"
	"zhanggui/reports/paper"
)

// cache is kept between runs: compiling the renderer is most of a test's time.
var cache = filepath.Join(os.TempDir(), "zhanggui-raster-test")

func onePage(t *testing.T) []byte {
	t.Helper()
	pdf, err := paper.PDF(&paper.Table{Lang: text.Zh, Title: "库存余额表", Columns: []paper.Column{{Key: "a", Title: "仓库"}}, Rows: []paper.Row{{Cells: []string{"总仓"}}}})
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func TestAPageIsDrawnCountedAndRead(t *testing.T) {
	r := New(cache)
	defer r.Close()
	<-r.Warm()
	pdf := onePage(t)
	if n, err := r.Pages(pdf); n != 1 || err != nil {
		t.Fatalf("pages %d, %v", n, err)
	}
	img, err := r.Page(pdf, 0, 72)
	if err != nil {
		t.Fatal(err)
	}
	// A4 at 72 dpi is 595 by 842.
	if b := img.Bounds(); b.Dx() < 594 || b.Dx() > 596 || b.Dy() < 841 || b.Dy() > 843 {
		t.Errorf("size %v", b)
	}
	if dark(img) == 0 {
		t.Error("nothing is drawn")
	}
	words, err := r.Text(pdf, 0)
	if err != nil || !strings.Contains(words, "总仓") {
		t.Errorf("text %q, %v", words, err)
	}
}

// A file of many pages is put together from parts: readers find every page, and the words on it by the one copy of the fonts.
func TestALongFileIsRead(t *testing.T) {
	r := New(cache)
	defer r.Close()
	table := &paper.Table{Lang: text.Zh, Title: "销售明细账", Columns: []paper.Column{{Key: "a", Title: "品名"}, {Key: "b", Title: "数量", Kind: paper.Figure}}}
	for range 5000 {
		table.Rows = append(table.Rows, paper.Row{Cells: []string{"螺丝刀", "12"}})
	}
	table.Rows = append(table.Rows, paper.Row{Cells: []string{"合计", "60,000"}, Bold: true})
	pages, err := paper.Pages(table)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := paper.PDF(table)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.Pages(pdf); n != pages || n < 70 || err != nil {
		t.Fatalf("%d pages of %d, %v", n, pages, err)
	}
	for n, want := range map[int]string{0: "第 1 页", 64: "螺丝刀", pages - 1: "60,000"} {
		if words, err := r.Text(pdf, n); err != nil || !strings.Contains(words, want) {
			t.Errorf("page %d has no %q: %.100q, %v", n+1, want, words, err)
		}
	}
	img, err := r.Page(pdf, pages-1, 72)
	if err != nil || dark(img) == 0 {
		t.Errorf("nothing is drawn on the last page, %v", err)
	}
}

func TestFaultsAreReported(t *testing.T) {
	r := New(cache)
	defer r.Close()
	if _, err := r.Page([]byte("no pdf"), 0, 72); err == nil {
		t.Error("a broken file was drawn")
	}
	if _, err := r.Page(onePage(t), 5, 72); err == nil {
		t.Error("page 6 of 1 was drawn")
	}
	if _, err := r.Page(onePage(t), 0, 5000); err == nil {
		t.Error("5000 dpi was drawn")
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if n, err := r.Pages(onePage(t)); n != 1 || err != nil {
		t.Errorf("after closing: %d, %v", n, err)
	}
}

func dark(img image.Image) int {
	n := 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				n++
			}
		}
	}
	return n
}
