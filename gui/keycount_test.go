package gui

import (
	"fmt"
	"strings"
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// keyCounter counts the keys a person presses: each printed key and each character is one.
type keyCounter struct {
	*hands
	n int
}

func (k *keyCounter) press(keys ...string) {
	k.t.Helper()
	k.n += len(keys)
	k.hands.press(keys...)
}

func (k *keyCounter) write(words string) {
	k.t.Helper()
	k.n += len([]rune(words))
	k.hands.write(words)
}

// counter is a shop with a customer without a limit and ten goods more, found by initials of three or four letters, 500 of each.
func (h *hands) counter() *workflow.Book {
	h.t.Helper()
	b := h.shop()
	goods := &exchange.Table{Name: "products", Header: strings.Split("code,name,initials,sales_price", ",")}
	stock := &exchange.Table{Name: "opening-stock", Header: strings.Split("warehouse,product,qty,cost", ",")}
	for i, initials := range tenGoods {
		code := fmt.Sprintf("G%02d", i)
		goods.Rows = append(goods.Rows, exchange.Row{Line: i + 2, Cells: []string{code, "Goods " + code, initials, fmt.Sprint(10 + i)}})
		stock.Rows = append(stock.Rows, exchange.Row{Line: i + 2, Cells: []string{"W1", code, "500", "5"}})
	}
	boss := &exchange.Table{Name: "customers", Header: []string{"code", "name"}, Rows: []exchange.Row{{Line: 2, Cells: []string{"C3", "赵老板"}}}}
	for _, tab := range []*exchange.Table{boss, goods, stock} {
		if _, err := exchange.Import(b, tab.Name, tab, false); err != nil {
			h.t.Fatal(err)
		}
	}
	return b
}

// tenGoods are the initials typed: 32 letters. tenQtys, the quantities: 13 digits.
var (
	tenGoods = []string{"qxa", "qxb", "qxc", "wyd", "wye", "wyf", "vkgh", "vkij", "jkl", "jkm"}
	tenQtys  = []string{"5", "12", "3", "8", "20", "7", "4", "15", "6", "9"}
)

// A delivery of ten lines by initials, opened, typed and audited: 93 keys where Enter stops at price and discount, 73 where it passes by
// what is filled in.
func TestADeliveryOfTenLinesTakesFewKeys(t *testing.T) {
	for _, x := range []struct {
		skips string
		keys  int
	}{{"none", 93}, {"filled", 73}} {
		t.Run(x.skips, func(t *testing.T) {
			h := &keyCounter{hands: newHands(t, text.Zh)}
			b := h.counter()
			if err := b.Set(map[string]string{"enter_skips": x.skips}); err != nil {
				t.Fatal(err)
			}
			h.press("Alt+3", "Ctrl+3") // sales, delivery
			if k := h.form().kind.Code; k != "delivery" {
				t.Fatalf("opened %s", k)
			}
			h.write("zlb") // 赵老板
			h.press("Enter", "F6")
			for i, letters := range tenGoods {
				h.write(letters)
				h.press("Enter")
				h.write(tenQtys[i])
				h.press("Enter")
				if x.skips == "none" {
					h.press("Enter", "Enter")
				}
			}
			h.press("F9")
			d := h.form().doc
			// 5×10 + 12×11 + 3×12 + 8×13 + 20×14 + 7×15 + 4×16 + 15×17 + 6×18 + 9×19
			if d.Status != slip.Audited || len(d.Lines) != 10 || d.Net.String() != "1305.00" {
				t.Fatalf("%s, %d lines, %s; the window says %s", d.Status, len(d.Lines), d.Net, h.says())
			}
			if h.n != x.keys {
				t.Errorf("%d keys, want %d", h.n, x.keys)
			}
			t.Logf("enter_skips=%s: %d keys", x.skips, h.n)
		})
	}
}

// Where Enter passes by what is filled in, it still stops where memory knows nothing, and at the discount behind a price just typed.
func TestEnterStopsWhereMemoryKnowsNothing(t *testing.T) {
	h := newHands(t, text.En)
	b := h.shop()
	tab := &exchange.Table{Name: "products", Header: []string{"code", "name"}, Rows: []exchange.Row{{Line: 2, Cells: []string{"N9", "new goods"}}}}
	if _, err := exchange.Import(b, "products", tab, false); err != nil {
		t.Fatal(err)
	}
	if err := b.Set(map[string]string{"enter_skips": "filled"}); err != nil {
		t.Fatal(err)
	}
	h.s.NewSlip(kind(t, "delivery"))
	h.write("C1")
	h.press("Enter", "F6")
	f := h.form()
	at := func(row int, column string) {
		t.Helper()
		if f.grid.Row() != row || f.grid.Col() != f.lines.column(column) {
			t.Errorf("the cursor is at %d,%d, want line %d, %s", f.grid.Row(), f.grid.Col(), row, column)
		}
	}
	h.write("A1")
	h.press("Enter")
	h.write("4")
	h.press("Enter")
	at(1, "product")
	h.write("N9")
	h.press("Enter")
	h.write("2")
	h.press("Enter")
	at(1, "price")
	h.write("7")
	h.press("Enter")
	at(1, "discount_rate")
	h.press("Enter")
	at(2, "product")
}

// Ctrl+Enter goes to the next line at once, also out of an open list, with what is typed taken.
func TestCtrlEnterGoesToTheNextLine(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	f := h.sell("C1", "40") // the cursor is in the price
	h.press("Ctrl+Enter")
	if f.grid.Row() != 1 || f.grid.Col() != f.lines.firstColumn() {
		t.Errorf("Ctrl+Enter goes to %d,%d", f.grid.Row(), f.grid.Col())
	}
	h.write("sj") // 手锯
	h.press("Ctrl+Enter")
	if f.grid.Row() != 2 || len(f.doc.Lines) != 2 || f.doc.Lines[1].Product != "B2" {
		t.Errorf("Ctrl+Enter out of the list: line %d, %+v", f.grid.Row(), f.doc.Lines)
	}
	h.press("Up", "Up", "Ctrl+Enter") // a line that is there already: its first cell
	if f.grid.Row() != 1 || f.grid.Col() != f.lines.firstColumn() {
		t.Errorf("from the first line Ctrl+Enter goes to %d,%d", f.grid.Row(), f.grid.Col())
	}
}
