package print

import (
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhanggui/reports/paper"
)

// The bar code of every paper that has one is read back at the coarsest printer's dots, by a program that is not ours. The short form reads one
// paper of each sheet.
func TestBarCodesOfEveryPaperAreRead(t *testing.T) {
	if _, err := exec.LookPath("zbarimg"); err != nil {
		t.Skip("zbarimg is not installed; go run ./cmd/dev test installs it")
	}
	b := shop(t)
	if err := b.Set(map[string]string{"bank": "农商银行", "terms_zh": "送到 {place}"}); err != nil {
		t.Fatal(err)
	}
	load(t, b, "slips", "kind,number,date,warehouse,account,product,qty,price,audit", "retail-sale,l1,2026-01-10,W1,K,B,1,9,yes")
	load(t, b, "slips", "kind,number,date,warehouse,product,qty,audit", "stocktake,st,2026-01-11,W1,B,7,no")
	dir := t.TempDir()
	seen := map[string]bool{}
	for _, n := range []string{"d1", "r1", "x1", "p1", "o1", "m1", "k1", "l1", "st"} {
		d, err := b.Load(n)
		if err != nil {
			t.Fatal(err)
		}
		k, err := b.Kind(d.Kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range Ways(k) {
			if w.As == AsVoucher || w.As == AsRecount || w.As == AsLabel { // bound by its number; nothing to recount; another code
				continue
			}
			for _, p := range w.Papers {
				if p.Value == string(paper.CutSheet) || testing.Short() && seen[p.Value] {
					continue
				}
				seen[p.Value] = true
				pdf, err := Slip(b, []string{n}, Options{As: w.As, Paper: p.Value})
				if err != nil {
					t.Fatal(err)
				}
				img, err := reader.Page(pdf, 0, 203)
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(dir, fmt.Sprintf("%s-%s-%s.png", n, w.As, p.Value))
				out, err := os.Create(file)
				if err != nil {
					t.Fatal(err)
				}
				if err := png.Encode(out, img); err != nil {
					t.Fatal(err)
				}
				out.Close()
				read, _ := exec.Command("zbarimg", "-q", "--raw", file).Output()
				if !slices.Contains(strings.Fields(string(read)), d.Number) {
					t.Errorf("%s of %s on %s: %s reads as %q", w.As, n, p.Value, d.Number, read)
				}
			}
		}
	}
}
