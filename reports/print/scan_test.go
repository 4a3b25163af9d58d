package print

import (
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"zhanggui/reports/paper"
)

// needsScanner ends a test that has no program to read bar codes with: a fault where go run ./cmd/dev test installs it.
func needsScanner(t *testing.T) {
	t.Helper()
	switch _, err := exec.LookPath("zbarimg"); {
	case err == nil:
	case runtime.GOOS == "linux":
		t.Fatal("zbarimg is not installed; go run ./cmd/dev test installs it")
	default:
		t.Skip("zbarimg is not installed")
	}
}

// The bar code of every paper that has one is read back at the coarsest printer's dots, by a program that is not ours. The short form reads one
// paper of each sheet.
func TestBarCodesOfEveryPaperAreRead(t *testing.T) {
	needsScanner(t)
	b := shop(t)
	if err := b.Set(map[string]string{"bank": "农商银行", "terms_zh": "送到 {place}"}); err != nil {
		t.Fatal(err)
	}
	load(t, b, "slips", "kind,number,date,warehouse,account,product,qty,price,audit", "retail-sale,l1,2026-01-10,W1,K,B,1,9,yes")
	load(t, b, "slips", "kind,number,date,warehouse,product,qty,audit", "stocktake,st,2026-01-11,W1,B,7,no")
	load(t, b, "slips", "kind,number,date,party,account,amount,audit", "payment,f1,2026-01-12,S,K,5,yes")
	dir := t.TempDir()
	seen := map[string]bool{}
	for _, n := range []string{"d1", "r1", "x1", "p1", "o1", "m1", "k1", "l1", "st", "f1"} {
		d, err := b.Load(n)
		if err != nil {
			t.Fatal(err)
		}
		k, err := b.Kind(d.Kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range Forms(k) {
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
				read := scanned(t, dir, pdf)
				if !slices.Contains(read, d.Number) {
					t.Errorf("%s of %s on %s: %s reads as %q", w.As, n, p.Value, d.Number, read)
				}
			}
		}
	}
}

// Labels of every size, with bar codes and with a lot's QR, and every line of a walk for two slips.
func TestCodesOfLabelsAndMergedWalksAreRead(t *testing.T) {
	needsScanner(t)
	b := shop(t)
	load(t, b, "products", "code,name,barcode,tracking", "E,开关,6901234002201,", "L-200,药膏,,lot")
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,lot,expiry,audit",
		"goods-receipt,e1,2026-01-12,S,W1,E,4,2,,,yes", "goods-receipt,e1,2026-01-12,S,W1,L-200,50,2,20260101A,2026-12-31,yes",
		"goods-receipt,e1,2026-01-12,S,W1,A,4,2,,,yes", "sales-order,o2,2026-01-13,C,W1,E,2,5,,,yes", "sales-order,o3,2026-01-13,C,W1,A,2,5,,,yes", "sales-order,o3,2026-01-13,C,W1,E,1,5,,,yes")
	dir := t.TempDir()
	for _, p := range paper.LabelKinds() {
		pdf, err := Slip(b, []string{"e1"}, Options{As: AsLabel, Paper: string(p)})
		if err != nil {
			t.Fatal(err)
		}
		lot := "L-200" // the smaller ones have room for the code alone
		if p == paper.LabelKinds()[0] {
			lot = "L-200;L20260101A;E20261231;Q50"
		}
		for i, want := range []string{"6901234002201", lot, "A"} {
			if read := scannedPage(t, dir, pdf, i); !slices.Contains(read, want) {
				t.Errorf("label %s of %s reads as %q", p, want, read)
			}
		}
	}
	pdf, err := Slip(b, []string{"o2", "o3"}, Options{As: AsMerged})
	if err != nil {
		t.Fatal(err)
	}
	read := scanned(t, dir, pdf)
	for _, want := range []string{"=0", "=9", "=S", "=E", "6901234002201"} {
		if !slices.Contains(read, want) {
			t.Errorf("the walk lacks %q: %q", want, read)
		}
	}
}

// scanned is what zbar reads of a file's first page at 203 dots an inch.
func scanned(t *testing.T, dir string, pdf []byte) []string {
	t.Helper()
	return scannedPage(t, dir, pdf, 0)
}

func scannedPage(t *testing.T, dir string, pdf []byte, page int) []string {
	t.Helper()
	img, err := reader.Page(pdf, page, 203)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "page.png")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(out, img); err != nil {
		t.Fatal(err)
	}
	out.Close()
	read, _ := exec.Command("zbarimg", "-q", "--raw", file).Output()
	return strings.Split(strings.TrimSpace(string(read)), "\n")
}
