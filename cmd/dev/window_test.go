package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// desktopFor builds the programs and opens a desktop for the test; its pictures go to .build/e2e.
func desktopFor(t *testing.T) *desktop {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the display in memory is X11's")
	}
	atTop(t)
	if err := buildPrograms(); err != nil {
		t.Fatal(err)
	}
	d, err := openDesktop(filepath.Join(".build", "e2e"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.close() })
	return d
}

// TestAShopsFirstDayByKeys drives the real program under a real X server with keys only, from an empty desk to a printed delivery
// and a report, and then checks the book without the window. Pictures of every step stay in .build/e2e.
func TestAShopsFirstDayByKeys(t *testing.T) {
	d := desktopFor(t)
	if err := d.start(); err != nil {
		t.Fatal(err)
	}
	book := filepath.Join(d.home, "Nails.zg")
	step := func(name string, keys ...string) {
		t.Helper()
		if err := d.shot(name, keys...); err != nil {
			t.Fatal(err)
		}
		if err := d.alive(); err != nil {
			t.Fatal(err)
		}
	}
	step("01-welcome")
	step("02-new-book", "ctrl+n", ":Nails", "ctrl+s")
	await(t, "the book", func() bool { _, err := os.Stat(book); return err == nil })
	step("03-home")

	step("04-product", "alt+7", "6", "ctrl+n", ":P1", "Return", ":Nail 50mm", "Return", "ctrl+s", "ctrl+w")
	step("05-supplier", "alt+7", "4", "ctrl+n", ":S1", "Return", ":Steelworks", "Return", "ctrl+s", "ctrl+w")
	step("06-customer", "alt+7", "5", "ctrl+n", ":C1", "Return", ":Builder", "Return", "ctrl+s", "ctrl+w")

	// 100 at 2.00 come in, 30 go out at 3.50: 70 stay, worth 140.00.
	step("07-receipt", "alt+2", "ctrl+3", ":S1", "Return", "F6", ":P1", "Return", ":100", "Return", ":2", "Return")
	step("08-receipt-audited", "F9")
	await(t, "the receipt", func() bool { return status(t, book, "goods-receipt") == "audited" })
	step("09-delivery", "alt+3", "ctrl+3", ":C1", "Return", "F6", ":P1", "Return", ":30", "Return", ":3.5", "Return")
	step("10-delivery-audited", "F9")
	await(t, "the delivery", func() bool { return status(t, book, "delivery") == "audited" })
	step("11-preview", "ctrl+p")
	var papers []string
	await(t, "the paper", func() bool {
		if papers, _ = filepath.Glob(filepath.Join(d.home, "*.pdf")); len(papers) == 1 {
			return true
		}
		step("12-save-paper", "ctrl+s") // heard once the pages are laid out
		step("13-paper", "Return")
		return false
	})
	if words, err := exec.Command("pdftotext", papers[0], "-").Output(); err != nil || !strings.Contains(string(words), "XC-"+time.Now().Format("200601")+"-0001") {
		t.Errorf("the paper does not bear the delivery's number: %v\n%s", err, words)
	}
	step("14-report", "Escape", "alt+8", "1")

	checkFirstDay(t, book)
}

// checkFirstDay reads the book without the window.
func checkFirstDay(t *testing.T, book string) {
	t.Helper()
	if out, err := exec.Command(program("zgctl"), "verify", book).CombinedOutput(); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
	stock := rows(t, book, "report", book, "stock-on-hand", "--format", "json")
	if len(stock) != 1 || stock[0]["qty"] != "70" || stock[0]["value"] != "140.00" {
		t.Errorf("stock is %v, want 70 nails worth 140.00", stock)
	}
	sales := rows(t, book, "report", book, "sales-summary", "--format", "json")
	if len(sales) != 1 || sales[0]["net"] != "105.00" || sales[0]["tax"] != "13.65" || sales[0]["cost"] != "60.00" {
		t.Errorf("sales are %v, want 105.00 net, 13.65 tax, 60.00 cost", sales)
	}
}

func rows(t *testing.T, book string, args ...string) (list []map[string]any) {
	t.Helper()
	out, err := exec.Command(program("zgctl"), args...).Output()
	if err != nil {
		t.Fatalf("zgctl %s: %v", strings.Join(args, " "), err)
	}
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// status is the status of the only slip of a kind, empty while there is none.
func status(t *testing.T, book, kind string) string {
	t.Helper()
	list := rows(t, book, "slip", "list", book, "--kind", kind, "--json")
	if len(list) != 1 {
		return ""
	}
	s, _ := list[0]["status"].(string)
	return s
}

// await looks until something is so; what it looks at is the book, not the clock.
func await(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if so() {
			return
		}
	}
	t.Fatalf("%s does not come; the pictures in .build/e2e show where it stopped", what)
}
