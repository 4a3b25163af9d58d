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

	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
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

// Every kind, as whatever has a code of its own, on every paper, in both languages: the code is read back, and of a walk the code of each line and every
// digit. The short form reads one kind of each layout on each paper.
func TestCodesOfEveryKindAndFormAreRead(t *testing.T) {
	needsScanner(t)
	everyone = shop(t)
	load(t, everyone, "accounts", "code,name,type", "K2,银行,bank")
	load(t, everyone, "employees", "code,name", "E,王磊")
	dir := t.TempDir()
	seen := map[string]bool{}
	read := 0
	for _, k := range kinds.All {
		if k.Hidden {
			continue
		}
		d := filled(t, k)
		for i, w := range Forms(k) {
			if w.As == AsVoucher || w.As == AsLabel { // bound by its number; another code
				continue
			}
			for n, p := range w.Papers {
				of := k.Paper.Layout + w.As + p.Value
				if p.Value == string(paper.CutSheet) || testing.Short() && seen[of] {
					continue
				}
				seen[of] = true
				lang := []text.Lang{text.Zh, text.En}[(i+n)%2]
				codes := codesOf(t, dir, d, Options{As: w.As, Paper: p.Value, Lang: lang})
				want := []string{d.Number}
				if w.As == AsPickList {
					want = append(want, "=0", "=1", "=2", "=3", "=4", "=5", "=6", "=7", "=8", "=9", "=S", "=E")
					if lines := 2; len(codes) < len(want)+lines {
						t.Errorf("%s: the walk's lines read as %q", k.Code, codes)
					}
				}
				for _, c := range want {
					if !slices.Contains(codes, c) {
						t.Errorf("%s as %s on %s in %s: %s is not among %q", k.Code, w.As, p.Value, lang, c, codes)
					}
				}
				read++
			}
		}
	}
	if read < 10 || !testing.Short() && read < 180 {
		t.Errorf("only %d papers", read)
	}
}

// codesOf prints a slip that is not in the book and reads the codes of all its pages.
func codesOf(t *testing.T, dir string, d *slip.Doc, opt Options) []string {
	t.Helper()
	if err := opt.complete(everyone); err != nil {
		t.Fatal(err)
	}
	papers, err := papersOf(everyone, d, opt, nil)
	if err != nil {
		t.Fatalf("%s as %s on %s: %v", d.Kind, opt.As, opt.Paper, err)
	}
	pdf, err := paper.PDF(papers...)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := reader.Pages(pdf)
	if err != nil {
		t.Fatal(err)
	}
	dpi := 203
	if opt.Paper == string(paper.Continuous) || opt.Paper == string(paper.ContinuousThird) { // the dots of the printers that take it
		dpi = 180
	}
	var all []string
	for i := range pages {
		all = append(all, scannedAt(t, dir, pdf, i, dpi)...)
	}
	return all
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
	return scannedAt(t, dir, pdf, page, 203)
}

func scannedAt(t *testing.T, dir string, pdf []byte, page, dpi int) []string {
	t.Helper()
	img, err := reader.Page(pdf, page, dpi)
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
