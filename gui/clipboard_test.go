package gui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/data/master"
	"zhanggui/data/text"
	"zhanggui/gui/kit"
	"zhanggui/gui/standing"
)

// clip is a clipboard of the test's own.
type clip struct{ content string }

func (c *clip) Content() string     { return c.content }
func (c *clip) SetContent(s string) { c.content = s }

// shortcut gives a shortcut to what has the keyboard.
func (h *hands) shortcut(s fyne.Shortcut) {
	h.t.Helper()
	h.s.Win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(s)
}

// Rows of a spreadsheet come into a slip: by code, bar code or name, quantity, price. One wrong row and none comes, each named by its row.
func TestRowsOfASpreadsheetArePastedIntoASlip(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		f := h.sell("C1", "40")
		f.enterGrid()
		paste := func(rows string) { h.shortcut(&fyne.ShortcutPaste{Clipboard: &clip{rows}}) }
		paste("B2\t2\nXX\t1\nA1\tmany\n")
		if len(f.doc.Lines) != 1 {
			t.Fatalf("%d lines after faults, want the one that was there", len(f.doc.Lines))
		}
		for _, want := range map[bool][]string{true: {"第 2 行", "XX"}, false: {"row 2", "XX"}}[zh] {
			if !strings.Contains(h.says(), want) {
				t.Errorf("the window says %q, without %q", h.says(), want)
			}
		}
		paste("B2\t2\t75.5\r\n6901234567892\t1,000\r\n自攻螺丝\t3\t2.50\t10\r\n")
		if len(f.doc.Lines) != 4 {
			t.Fatalf("%d lines, want 4; the window says %s", len(f.doc.Lines), h.says())
		}
		got := ""
		for _, l := range f.doc.Lines[1:] {
			got += l.Product + " " + l.Qty.String() + " " + l.Price.String() + " " + l.Net.String() + "\n"
		}
		if want := "B2 2 75.50 151.00\nA1 1000 3.00 3000.00\nA1 3 2.50 6.75\n"; got != want { // 3 × 2.50 less 10 %
			t.Errorf("pasted\n%swant\n%s", got, want)
		}
		// under the grid's own titles the columns are theirs
		name, qty := map[bool]string{true: "商品编码", false: "Code"}[zh], map[bool]string{true: "数量", false: "Qty"}[zh]
		paste(qty + "\t" + name + "\n7\tB2\n")
		if l := f.doc.Lines[len(f.doc.Lines)-1]; l.Product != "B2" || l.Qty.String() != "7" || l.Price.String() != "80.00" {
			t.Errorf("under titles: %s %s %s; the window says %s", l.Product, l.Qty, l.Price, h.says())
		}
		h.write("zg") // the cell goes on
		h.inside()
	})
}

// Ctrl+C copies a list with its titles, or the rows that are ticked.
func TestAListIsCopiedForASpreadsheet(t *testing.T) {
	h := newHands(t, text.En)
	h.shop()
	standing.OpenMasters(h.s, master.Products)
	var c clip
	h.shortcut(&fyne.ShortcutCopy{Clipboard: &c})
	rows := strings.Split(strings.TrimSpace(c.content), "\n")
	if len(rows) != 3 || !strings.HasPrefix(rows[0], "Code\tName\t") || !strings.HasPrefix(rows[1], "A1\t自攻螺丝\t") {
		t.Fatalf("copied %q", c.content)
	}
	h.write(" ") // tick the first
	h.shortcut(&fyne.ShortcutCopy{Clipboard: &c})
	if rows = strings.Split(strings.TrimSpace(c.content), "\n"); len(rows) != 2 || !strings.HasPrefix(rows[1], "A1\t") {
		t.Errorf("with one ticked: %q", c.content)
	}
	h.sell("C1", "2")
	h.press("F9")
	h.s.OpenList(kind(t, "delivery"))
	kit.Focus(h.s.Current().(*slipList).table)
	h.shortcut(&fyne.ShortcutCopy{Clipboard: &c})
	if rows = strings.Split(strings.TrimSpace(c.content), "\n"); len(rows) != 2 || !strings.Contains(rows[1], "XC-202611-0001\t") || !strings.Contains(rows[1], "6.78") {
		t.Errorf("the list of deliveries: %q", c.content)
	}
}
