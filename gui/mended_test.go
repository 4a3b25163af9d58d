package gui

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"zhanggui/data/chart"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/text"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/kit"
	"zhanggui/gui/standing"
)

// inFront visits what every stop shows.
func (h *hands) inFront(visit func(name string, s Screen)) {
	for _, p := range h.stops() {
		h.s.Calm()
		p.open(h)
		if c := h.s.Current(); c != nil {
			visit(p.name, c)
		}
		h.away()
	}
}

// keyInHint is a key as a hint names it.
var keyInHint = regexp.MustCompile(`\b(?:Ctrl\+(?:Shift\+|Alt\+)?[A-Z][a-zA-Z]*\d*|Ctrl\+\d|F\d{1,2}|Ins|Del)\b`)

// On no screen one key means two things, and no hint names a key that does nothing there.
func TestAKeyMeansOneThingAndHintsNameOnlyKeysThatWork(t *testing.T) {
	h := newHands(t, text.Zh)
	h.demoBook()
	ofBoxes := []string{"F1", "F4", "F6", "Ins", "Ctrl+C", "Ctrl+V"} // lists, regions, copying: keys of the boxes and tables themselves
	h.inFront(func(name string, s Screen) {
		all := append(s.Commands(), h.s.global()...)
		if k, ok := s.(interface{ Keys() []Command }); ok {
			all = append(k.Keys(), all...)
		}
		known := slices.Clone(ofBoxes)
		for i, c := range s.Commands() {
			known = append(known, c.Key)
			for _, o := range s.Commands()[:i] {
				if c.Key != "" && o.Key == c.Key && !(c.Off || o.Off) {
					t.Errorf("%s: %s is %q and %q", name, c.Key, o.Label, c.Label)
				}
			}
		}
		for _, c := range all {
			known = append(known, c.Key)
		}
		for _, key := range keyInHint.FindAllString(h.s.hint, -1) {
			if !slices.Contains(known, key) {
				t.Errorf("%s: the hint names %s, which does nothing: %s", name, key, h.s.hint)
			}
		}
	})
}

// What is pushed down shows before it is saved what the book keeps then: quantities, prices, tax and totals.
func TestWhatIsPushedDownShowsWhatIsKept(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.demoBook()
	pushed := 0
	for _, k := range b.Kinds() {
		for _, d := range h.samples(k) {
			if !d.Status.Live() {
				continue
			}
			for _, next := range b.Next(d) {
				n, err := b.Push(d.Number, next.Code)
				if err != nil {
					continue // nothing is left of it
				}
				h.s.EditDoc(n)
				f := h.form()
				seen := f.trimmed()
				kept := seen.Clone()
				if err := b.Save(kept); err != nil {
					h.away()
					continue // something must be typed first
				}
				pushed++
				what := d.Number + " → " + next.Code
				if seen.Net != kept.Net || seen.Tax != kept.Tax || seen.Gross != kept.Gross || seen.Amount != kept.Amount {
					t.Errorf("%s shows %s, the book keeps %s", what, seen.Gross, kept.Gross)
				}
				for i := range min(len(seen.Lines), len(kept.Lines)) {
					if a, b := seen.Lines[i], kept.Lines[i]; a.Price != b.Price || a.InclTax != b.InclTax || a.Qty != b.Qty || a.TaxRate != b.TaxRate {
						t.Errorf("%s line %d shows %s × %s, the book keeps %s × %s", what, i+1, a.Qty, a.Price, b.Qty, b.Price)
					}
				}
				h.away()
			}
		}
	}
	if pushed < 8 {
		t.Errorf("only %d slips were pushed down", pushed)
	}
}

// A purchase plan of a sales order of 10 screws proposes what they are bought at: 10 × 2.00, 20.00 without and 22.60 with tax.
func TestAPurchasePlanShowsWhatGoodsAreBoughtAt(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		r, _ := b.Masters().Find("products", "A1")
		r = r.Clone()
		r.Values["purchase_price"] = "2"
		if err := b.SaveMaster(r); err != nil {
			t.Fatal(err)
		}
		h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "sales-order,o1,2026-11-02,C1,W1,A1,10,3,yes")
		d, err := b.Push("o1", "purchase-plan")
		if err != nil {
			t.Fatal(err)
		}
		h.s.EditDoc(d)
		if f := h.form().doc; f.Net.String() != "20.00" || f.Gross.String() != "22.60" {
			t.Errorf("the plan shows %s and %s", f.Net, f.Gross)
		}
		h.sees("22.60")
	})
}

// A list of all opens on what stands, and has as many rows as there are.
func TestADropDownOpensOnWhatStands(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.newBook("Shop")
		h.s.Settings()
		size := h.s.Current().(*bookroom.SettingsScreen).Boxes.Fields["size"]
		kit.Focus(size.Input)
		h.press("F4")
		if got := size.Pick.Current(); got != size.Value() || got != string(kit.Normal) {
			t.Errorf("the list opens on %q, %q stands", got, size.Value())
		}
		if rows := size.Pick.Shown(); rows != 3 {
			t.Errorf("the list of three has %d rows", rows)
		}
		h.press("Esc")
	})
}

// What was refused is said until something else is typed there: from then on it is not about what stands in the box.
func TestARefusalGoesWithTheFirstCharacterTyped(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		h.sell("C1", "2")
		h.press("Enter", "Enter")
		f := h.form()
		f.grid.Edit(0, f.lines.column("qty"))
		h.write("4.x")
		h.press("Enter")
		if !strings.Contains(h.says(), "4.x") {
			t.Fatalf("the window says %q", h.says())
		}
		h.write("6")
		if strings.Contains(h.says(), "4.x") {
			t.Errorf("while 6 is typed the window says %q", h.says())
		}
		h.press("Enter")
		if q := f.doc.Lines[0].Qty; q != 6*num.QuantityOne {
			t.Errorf("the line has %s", q)
		}
	})
}

// F10 finds commands and goods by pinyin spelt out, and puts first what is wholly meant.
func TestTheListOfCommandsIsFoundByPinyinSpeltOut(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	for typed, want := range map[string]string{"dayin": "打印", "jiezhang": "结账", "jz": "结账", "shezhi": "设置", "xiaoshouchuku": "销售出库单", "zigong": "自攻螺丝"} {
		h.s.NewSlip(kind(t, "delivery"))
		found := append(findDoors(h.s.menuDoors(), typed), h.s.found(typed)...)
		if len(found) == 0 || !strings.Contains(found[0].label, want) {
			t.Errorf("%s finds %d, not %s first", typed, len(found), want)
		}
		h.press("F10")
		h.write(typed)
		h.sees(want)
		h.press("Esc")
		h.away()
	}
}

// The last four figures of a number find the slips of this month and the last that end so; Enter opens the first.
func TestASlipIsFoundByTheEndOfItsNumber(t *testing.T) {
	h := newHands(t, text.Zh)
	h.shop()
	h.enterRows("kind,number,date,party,warehouse,product,qty,price,audit", "goods-receipt,r1,2026-10-02,S1,W1,A1,10,2,yes", "delivery,d1,2026-11-03,C2,W1,A1,5,3,yes")
	h.press("F10")
	h.write("0001")
	h.sees("XC-202611-0001", "CR-202610-0001")
	h.press("Enter")
	if f := h.form(); f.doc.Number != "XC-202611-0001" {
		t.Errorf("Enter opens %s", f.doc.Number)
	}
}

// Where tabs are out of sight, how many stands with its key, and a click lists all.
func TestTabsOutOfSightAreOneClickAway(t *testing.T) {
	h := newHands(t, text.Zh)
	b := h.shop()
	for _, k := range b.Kinds()[:14] {
		h.s.OpenList(k)
	}
	h.settle()
	var more fyne.Tappable
	walk(h.s.Win.Content(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if m, ok := o.(fyne.Tappable); ok && kit.IsMoreTabs(o) {
			more = m
		}
	})
	if more == nil {
		t.Fatalf("nothing says how many tabs are out of sight:\n%s", h.reads())
	}
	h.sees(kit.MoreKey)
	more.Tapped(nil)
	h.sees("转到标签")
}

// A file that names a unit and a category nobody entered is read only after a person said they are meant.
func TestAnImportAsksBeforeItMakesUnitsAndCategories(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		path := filepath.Join(t.TempDir(), "goods.csv")
		if err := os.WriteFile(path, []byte("code,name,unit,category\nZ7,垫圈,桶桶,77\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		has := func(typ, code string) bool { _, ok := b.Masters().Find(typ, code); return ok }
		bookroom.ImportFile(h.s, "products", path)
		h.sees("桶桶", "77")
		h.inside()
		h.press("Esc")
		if has("products", "Z7") || has("units", "桶桶") {
			t.Error("it was read before anybody agreed")
		}
		bookroom.ImportFile(h.s, "products", path)
		h.press("Y")
		if !has("products", "Z7") || !has("units", "桶桶") || !has("categories", "77") {
			t.Errorf("agreed to, it is not read; the window says %s", h.says())
		}
		bookroom.ImportFile(h.s, "products", path) // now all is there
		if h.s.layer.Modal() != nil {
			t.Error("it asks again of what is there")
		}
	})
}

// A journal entry of 120.00 from finance to administration cost: what it is about is typed once, first, and stands on both lines.
func TestAJournalEntryBeginsWithWhatItIsAbout(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.s.NewSlip(kind(t, "journal-voucher"))
		h.sees(map[bool]string{true: "摘要", false: "Summary"}[zh])
		for _, words := range []string{"rent", chart.Administration, "120"} {
			h.write(words)
			h.press("Enter")
		}
		f := h.form()
		for range 3 { // past party and cash account
			if f.grid.Row() == 0 {
				h.press("Enter")
			}
		}
		h.write("5603")
		h.press("Enter", "Enter")
		h.write("120")
		h.press("Enter", "Ctrl+S")
		d, err := b.Load(h.form().doc.Number)
		if err != nil || len(d.Lines) != 2 {
			t.Fatalf("%v; the window says %s; %+v", err, h.says(), h.form().doc.Lines)
		}
		for i, l := range d.Lines {
			if l.Remark != "rent" {
				t.Errorf("line %d is about %q", i+1, l.Remark)
			}
		}
		if d.Lines[0].Debit.String() != "120.00" || d.Lines[1].Credit.String() != "120.00" {
			t.Errorf("it has %s and %s", d.Lines[0].Debit, d.Lines[1].Credit)
		}
	})
}

// The list of products shows what there is of each and the rate that slips take where a product names none: 100 screws, 13 %.
func TestTheListOfProductsShowsStockAndTheDefaultRate(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		r, _ := b.Masters().Find("products", "A1")
		r = r.Clone()
		r.Values["tax_rate"] = ""
		if err := b.SaveMaster(r); err != nil {
			t.Fatal(err)
		}
		standing.OpenMasters(h.s, master.Products)
		h.settle()
		h.sees(map[bool]string{true: "现存", false: "Stock"}[zh], "100")
		h.s.Win.Resize(fyne.NewSize(2600, 768))
		h.settle()
		h.sees("13")
		h.inside()
	})
}

// The settings stand under what they are about; each once.
func TestSettingsStandUnderWhatTheyAreAbout(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.newBook("Shop")
		h.s.Settings()
		x := h.s.Current().(*bookroom.SettingsScreen)
		h.s.Win.Resize(fyne.NewSize(1600, 1400))
		h.settle()
		place := map[string]float32{}
		walk(h.s.Win.Content(), fyne.Position{}, func(o fyne.CanvasObject, p fyne.Position) {
			if c, ok := o.(*canvas.Text); ok {
				place[c.Text] = p.Y
			}
		})
		title := func(z, e string) float32 { return place[map[bool]string{true: z, false: e}[zh]] }
		below, company, rules := title("低于成本", "Below cost"), title("公司与单据抬头", "Company and papers"), title("买卖规则", "Rules of trade")
		if company == 0 || rules <= company || below <= rules {
			t.Errorf("below cost stands at %g, the rules at %g, the company at %g", below, rules, company)
		}
		for _, d := range h.s.Book().Settings().Known() {
			if !d.Chosen && x.Boxes.Fields[d.Key] == nil {
				t.Errorf("%s has no box", d.Key)
			}
		}
	})
}
