package gui

import (
	"strings"
	"testing"

	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/kit"
	"zhanggui/gui/standing"
)

// In a book whose prices hold the tax a new slip and the till begin so, and the words say it; the tick is the slip's own. Screws stand at
// 3.00 with tax: 40 are 120.00, of which 106.19 are net.
func TestASlipBeginsAsTheBookReadsPrices(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		say := func(z, e string) string { return map[bool]string{true: z, false: e}[zh] }
		with, before := say("含税单价", "Price incl."), say("不含税单价", "Price excl.")
		h.sell("C1", "1")
		h.sees(before, say("价目表(不含税)", "List (before tax)"))
		h.press("Ctrl+W", "N")
		if err := b.Set(map[string]string{"price_includes_tax": "yes"}); err != nil {
			t.Fatal(err)
		}
		f := h.sell("C1", "40")
		h.sees("\n"+with, "120.00", "106.19", say("价目表(含税)", "List (with tax)"))
		h.press("F9")
		if d := f.doc; d.Status != slip.Audited || d.Gross.String() != "120.00" || d.Net.String() != "106.19" {
			t.Fatalf("%s %s %s; the window says %s", d.Status, d.Gross, d.Net, h.says())
		}
		// the next slip, before tax by its own tick: last and list price are 3.00 / 1.13
		f = h.sell("C1", "2")
		h.sees(say("上次价(含税)", "Last price (with tax)"))
		f.setInclTax(false)
		h.sees("\n"+before, say("上次价(不含税)", "Last price (before tax)"), "2.654867")
		h.press("Ctrl+W", "N")
		if f = h.sell("C1", "2"); !f.inclTax { // the tick was that slip's
			t.Error("the next slip does not begin as the book says")
		}
		h.press("Ctrl+W", "N")
		h.s.NewSlip(kind(t, "retail-sale"))
		h.form().enterGrid()
		h.write("zgls")
		h.press("Enter")
		h.sees("\n" + with)
		if d := h.form().doc; len(d.Lines) != 1 || !d.Lines[0].InclTax || d.Lines[0].Price.String() != "3.00" {
			t.Errorf("the till's line is %+v", d.Lines)
		}
		h.inside()
	})
}

// The list of goods shows list and last price in the sense of the slip.
func TestTheListOfGoodsSpeaksOfPricesAsTheSlipDoes(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	h.sell("C1", "1")
	h.press("F9") // at 3.00 before tax: 3.39 with it
	if err := b.Set(map[string]string{"price_includes_tax": "yes"}); err != nil {
		t.Fatal(err)
	}
	f := h.sell("C1", "1")
	p, _ := b.Masters().Product("A1")
	cells := f.productFacts([]string{"A1"})("A1", p)
	if cells[1].Text != "3.00" || !strings.HasPrefix(cells[2].Text, "3.39 ") {
		t.Errorf("with tax: list %q, last %q, want 3.00 and 3.39", cells[1].Text, cells[2].Text)
	}
	f.setInclTax(false)
	if cells = f.productFacts([]string{"A1"})("A1", p); cells[1].Text != "2.654867" || !strings.HasPrefix(cells[2].Text, "3.00 ") {
		t.Errorf("before tax: list %q, last %q, want 2.654867 and 3.00", cells[1].Text, cells[2].Text)
	}
	h.press("Ctrl+Shift+I") // the tick by a key, also where a low window has no room for it
	if !f.inclTax || !f.taxTick.On {
		t.Error("Ctrl+Shift+I does not tick")
	}
	h.press("Ctrl+Shift+I", "F6", "F6")
	f.enterGrid()
	h.write("zg")
	h.sees("价目表价(不含税)", "上次价(不含税)")
}

// A product's form says of its prices whether they hold the tax, following its own word or the book's; lists and price changes say it too.
func TestPricesKeptAreSaidToHoldTheTaxOrNot(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		say := func(z, e string) string { return map[bool]string{true: z, false: e}[zh] }
		if err := b.Set(map[string]string{"price_includes_tax": "yes"}); err != nil {
			t.Fatal(err)
		}
		r, _ := b.Masters().Find("products", "B2")
		own := r.Clone()
		own.Values[master.InclTax] = "no"
		if err := b.SaveMaster(own); err != nil {
			t.Fatal(err)
		}
		standing.OpenMaster(h.s, master.Products, "A1")
		h.sees(say("售价(含税)", "Sales price (with tax)"), say("进价(含税)", "Purchase price (with tax)"))
		h.inside()
		standing.OpenMaster(h.s, master.Products, "B2")
		h.sees(say("售价(不含税)", "Sales price (before tax)"))
		standing.OpenMasters(h.s, master.Products)
		for i := 0; i < 20 && !strings.Contains(h.reads(), say("售价(含税)", "Sales price (with tax)")); i++ { // it may stand behind the edge
			h.press("Right")
		}
		h.sees(say("售价(含税)", "Sales price (with tax)"), say("80.00 不含税", "80.00 before tax"))
		h.s.NewSlip(kind(t, "price-change"))
		f := h.form()
		if got, want := f.grid.Columns[f.lines.column("price")].Title, say("新价(含税)", "New price (with tax)"); got != want {
			t.Errorf("a price change says %q, want %q", got, want)
		}
		f.doc.Lines = []slip.Line{{Product: "B2", Price: 1_000_000, PriceGiven: true}}
		if c := f.lines.cell(0, f.lines.column("price")); c.Text != say("1.00 不含税", "1.00 before tax") {
			t.Errorf("the price of a product with its own word shows %q", c.Text)
		}
	})
}

// Settings say what a change did not do; a new book is proposed prices with tax for a small taxpayer, and takes what is chosen.
func TestTaxInPricesInSettingsAndANewBook(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.press("Ctrl+N")
		h.write("Shop")
		h.press("Enter", "Enter")
		f := h.s.Current().(*newBook)
		if got := f.values[master.InclTax]; got != "no" {
			t.Errorf("a general taxpayer is proposed %q", got)
		}
		h.write("small")
		h.press("Enter")
		if got := f.values[master.InclTax]; got != "yes" {
			t.Errorf("a small taxpayer is proposed %q", got)
		}
		h.sees(map[bool]string{true: "价格含税", false: "Prices include tax"}[zh])
		h.inside()
		h.press("Ctrl+S")
		b := h.s.Book()
		if b == nil || !b.Settings().InclTax {
			t.Fatalf("the book does not read prices with tax: %s", h.says())
		}
		h.s.Settings()
		box := h.s.Current().(*bookroom.SettingsScreen).Boxes.Fields[master.InclTax]
		h.s.Win.Canvas().Focus(box.Input)
		h.write("no")
		h.press("Enter", "Ctrl+S")
		if words, tone := h.s.message.Text(); tone != kit.Warning || !strings.Contains(words, map[bool]string{true: "不换算", false: "nothing was converted"}[zh]) {
			t.Errorf("after the change the window says %q", words)
		}
	})
}
