package paper

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhanggui/reports/paper/raster"
)

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
