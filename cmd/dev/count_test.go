package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const countedProducts = 500

// TestAStocktakeOf500LinesByScannerKeys drives the real program as a scanner does, which is a keyboard that ends each code with Enter:
// 500 products are scanned once each. One of each lies there by the book but of the last, of which there should be three: two are
// missing, worth 2.00 each.
func TestAStocktakeOf500LinesByScannerKeys(t *testing.T) {
	d := desktopFor(t)
	defer func() {
		if t.Failed() {
			_ = d.shot("count-failed") // where it stopped
			t.Log(d.out.String())
		}
	}()
	book := bookToCount(t, d.home)
	if err := d.start(book); err != nil {
		t.Fatal(err)
	}
	await(t, "the counting screen", func() bool { // the book has to open first
		if err := d.shot("count-01-begin", "alt+4", "ctrl+0", "F8"); err != nil {
			t.Fatal(err)
		}
		return status(t, book, "stocktake") == "draft"
	})
	scanned, begun := 0, time.Now()
	for scanned < countedProducts {
		var keys strings.Builder
		for n := scanned; n < min(scanned+50, countedProducts); n++ {
			fmt.Fprintf(&keys, "type --delay 2 %s\nkey --delay 2 Return\n", scannedCode(n+1))
		}
		scanner := d.tool("-")
		scanner.Stdin = strings.NewReader(keys.String())
		if out, err := scanner.CombinedOutput(); err != nil {
			t.Fatalf("scanning: %v %s", err, out)
		}
		scanned = min(scanned+50, countedProducts)
		await(t, fmt.Sprintf("scan %d", scanned), func() bool { return countedLines(t, book) == scanned })
		if err := d.alive(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d scans in %.1f s", countedProducts, time.Since(begun).Seconds())
	if err := d.shot("count-02-all-scanned"); err != nil {
		t.Fatal(err)
	}
	if err := d.shot("count-03-differences", "ctrl+d"); err != nil {
		t.Fatal(err)
	}
	await(t, "the stocktake", func() bool { // the differences have to be worked out first
		if err := errors.Join(d.shot("count-04-tried", "F9"), d.shot("count-05-audited", ":y")); err != nil {
			t.Fatal(err)
		}
		return status(t, book, "stocktake") == "audited"
	})
	diff := rows(t, book, "report", book, "count-differences", "--format", "json")
	if len(diff) != 1 || diff[0]["product"] != "P500" || diff[0]["difference"] != "-2" || diff[0]["value"] != "-4.00" {
		t.Errorf("differences are %v, want 2 of P500 missing, 4.00", diff)
	}
	if out, err := exec.Command(program("zgctl"), "verify", book).CombinedOutput(); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}

// atTop goes to the top of the sources, where the programs are built, and sees that the display's packages are there.
func atTop(t *testing.T) {
	t.Helper()
	if _, err := os.Stat("go.mod"); err != nil {
		if err := os.Chdir("../.."); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range screenPackages {
		if !present(p) {
			t.Fatalf("%s is missing; `go run ./cmd/dev test` installs it", p.debian)
		}
	}
}

func scannedCode(n int) string { return fmt.Sprintf("69%011d", n) }

// bookToCount makes a book of 500 products with bar codes, one of each in stock and three of the last.
func bookToCount(t *testing.T, home string) string {
	t.Helper()
	book := filepath.Join(home, "Count.zg")
	ctl := func(args ...string) {
		t.Helper()
		if out, err := exec.Command(program("zgctl"), args...).CombinedOutput(); err != nil {
			t.Fatalf("zgctl %v: %v\n%s", args, err, out)
		}
	}
	ctl("new", book, "--lang", "en", "--start", "2026-01")
	var products, stock strings.Builder
	products.WriteString("code,name,barcode,shelf\n")
	stock.WriteString("warehouse,product,qty,cost\n")
	for n := 1; n <= countedProducts; n++ {
		fmt.Fprintf(&products, "P%d,Part %d,%s,A-%d\n", n, n, scannedCode(n), (n+9)/10)
		fmt.Fprintf(&stock, "W1,P%d,%d,2\n", n, 1+n/countedProducts*2)
	}
	for _, f := range [][2]string{{"warehouses", "code,name\nW1,Main\n"}, {"products", products.String()}, {"opening-stock", stock.String()}} {
		path := filepath.Join(home, f[0]+".csv")
		if err := os.WriteFile(path, []byte(f[1]), 0o644); err != nil {
			t.Fatal(err)
		}
		ctl("import", book, f[0], path)
	}
	return book
}

// countedLines is how many lines the only stocktake has in the book.
func countedLines(t *testing.T, book string) int {
	t.Helper()
	list := rows(t, book, "slip", "list", book, "--kind", "stocktake", "--json")
	if len(list) != 1 {
		return 0
	}
	shown := rows(t, book, "count", "diff", book, list[0]["number"].(string), "--json")
	return len(shown)
}
