package gui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/kit"
	"zhanggui/gui/standing"
)

// Nothing stale in the window (W1, M3): another program on the same file has changed something, the window has not been told yet, and a key that
// writes goes by what stands in the book under its lock.

// november is the day's month in the tests.
const november = text.Month(202611)

// staleKeys are the kinds of stale decision: what the other program does once a delivery of 40 screws to C1 stands typed in the window,
// and what F9 then says; no words: it is audited.
var staleKeys = []struct {
	name   string
	does   func(b *workflow.Book) error
	zh, en string
}{
	{"nothing", func(*workflow.Book) error { return nil }, "", ""},
	{"the month is closed", func(b *workflow.Book) error { return b.ClosePeriod(november) }, "已结账，不能再改动该期间", "is closed"},
	{"the customer is out of use", func(b *workflow.Book) error { return change(b, "customers", "C1", "active", "no") }, "停用", "inactive"},
	{"the product is out of use", func(b *workflow.Book) error { return change(b, "products", "A1", "active", "no") }, "停用", "inactive"},
	{"the warehouse is out of use", func(b *workflow.Book) error { return change(b, "warehouses", "W1", "active", "no") }, "停用", "inactive"},
	{"the customer is gone", func(b *workflow.Book) error {
		r, _ := b.Masters().Find("customers", "C1")
		return b.DeleteMaster(r)
	}, "C1", "there is no Customer"},
	{"the stock is sold", func(b *workflow.Book) error { return sell(b, "70") }, "缺", "short"},
	{"the stock is sold and bought again", func(b *workflow.Book) error {
		if err := sell(b, "70"); err != nil {
			return err
		}
		return trade(b, "goods-receipt", "S1", "20")
	}, "", ""},
	{"the credit is lowered and forbids", func(b *workflow.Book) error {
		if err := b.Set(map[string]string{"over_credit": "forbid"}); err != nil {
			return err
		}
		return change(b, "customers", "C1", "credit_limit", "100")
	}, "信用额度", "credit"},
	{"sales below cost are forbidden", func(b *workflow.Book) error {
		if err := b.Set(map[string]string{"below_cost": "forbid"}); err != nil {
			return err
		}
		return change(b, "opening-stock", "W1|A1|", "cost", "5")
	}, "成本", "cost"},
}

// change is one field of a record made another by another program.
func change(b *workflow.Book, typ, key, field, value string) error {
	r, ok := b.Masters().Find(typ, strings.Split(key, "|")...)
	if !ok {
		return errors.New("no " + key)
	}
	r = r.Clone()
	r.Values[field] = value
	return b.SaveMaster(r)
}

// sell sells screws in another program.
func sell(b *workflow.Book, qty string) error { return trade(b, "delivery", "C2", qty) }

func trade(b *workflow.Book, kind, party, qty string) error {
	q, err := num.ParseQuantity(qty)
	if err != nil {
		return err
	}
	_, err = b.SaveAndAudit(&slip.Doc{Kind: kind, Date: text.DateOf(now), Party: party, Warehouse: "W1", Lines: []slip.Line{{No: 1, Product: "A1", Qty: q}}})
	return err
}

func TestF9GoesByWhatAnotherProgramLeft(t *testing.T) {
	for _, x := range staleKeys {
		t.Run(x.name, func(t *testing.T) {
			bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
				b := h.shop()
				other := h.other()
				f := h.sell("C1", "40")
				if err := x.does(other); err != nil {
					t.Fatal(err)
				}
				h.press("F9")
				want := map[bool]string{true: x.zh, false: x.en}[zh]
				if posted := f.doc.Status == slip.Audited; posted != (want == "") || !strings.Contains(h.says(), want) {
					t.Errorf("%s: %q, want %q", f.doc.Status, h.says(), want)
				}
				if proofs, err := b.Verify(); err != nil || slices.ContainsFunc(proofs, func(p workflow.Proof) bool { return !p.Holds() }) {
					t.Errorf("the books do not agree: %v %v", proofs, err)
				}
			})
		})
	}
}

// A month another program closed: what is posted in it is not un-audited, corrected or voided either; the month closed here does not take
// the line back.
func TestAMonthClosedElsewhereStaysClosed(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		other := h.other()
		f := h.sell("C1", "5")
		h.press("F9")
		h.s.ClosePeriod()
		p := h.s.Current().(*bookroom.Periods)
		if err := other.ClosePeriod(november); err != nil {
			t.Fatal(err)
		}
		p.Table.Go(len(p.Rows)-1, 0) // October, open as far as the window knows
		h.press("F9", "F9")
		if got := b.Settings().Closed; got != november.Last() {
			t.Errorf("closed to %s: %s", got, h.says())
		}
		h.s.OpenSlip(f.doc.Number)
		h.press("Ctrl+F9", "Y")
		if want := map[bool]string{true: "已结账", false: "is closed"}[zh]; !strings.Contains(h.says(), want) {
			t.Errorf("un-audit says %q", h.says())
		}
		if d, err := b.Load(f.doc.Number); err != nil || d.Status != slip.Audited {
			t.Errorf("%v %v", d.Status, err)
		}
	})
}

// The company's head in two windows: one changes the phone, the other the name; both stand, told of it or not, and what nobody typed follows.
func TestTwoPeopleOnTheSettings(t *testing.T) {
	for _, told := range []bool{false, true} {
		h := newHands(t, text.En)
		b := h.shop()
		other := h.other()
		h.s.Settings()
		x := h.s.Current().(*bookroom.SettingsScreen)
		x.Boxes.Fields["phone"].SetText("119")
		x.Boxes.Fields["phone"].Commit()
		if err := other.Set(map[string]string{"company": "New Shop"}); err != nil {
			t.Fatal(err)
		}
		if told {
			b.Look()
			if got := x.Boxes.Fields["company"].Value(); got != "New Shop" {
				t.Errorf("the box says %s", got)
			}
		}
		h.press("Ctrl+S")
		if s := b.Settings(); s.Company != "New Shop" || s.Phone != "119" {
			t.Errorf("told %v: %s %s: %s", told, s.Company, s.Phone, h.says())
		}
		if x.Unsaved() {
			t.Error("it stands as unsaved")
		}
	}
}

// A record another program made under the code typed here is refused in words, one it deleted is not made again.
func TestRecordsMadeAndDeletedElsewhere(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		other := h.other()
		if err := other.SaveMaster(&master.Record{Type: master.Products, Values: map[string]string{"code": "N9", "name": "新货"}}); err != nil {
			t.Fatal(err)
		}
		standing.NewMaster(h.s, master.Products, "我的", nil)
		h.types(master.Products, "code", "N9")
		h.press("Ctrl+S")
		if want := map[bool]string{true: "编码 N9 已存在", false: "the code N9 exists already"}[zh]; !strings.Contains(h.says(), want) {
			t.Errorf("says %q, want %q", h.says(), want)
		}
		h.press("Esc", "N")
		b.Look()
		standing.OpenMaster(h.s, master.Products, "N9")
		h.types(master.Products, "name", "改名")
		r, _ := other.Masters().Find("products", "N9")
		if err := other.DeleteMaster(r); err != nil {
			t.Fatal(err)
		}
		y := &master.Record{Type: master.Products, Values: map[string]string{"code": "Y1", "name": "别的"}}
		if err := other.SaveMaster(y); err != nil {
			t.Fatal(err)
		}
		h.press("Ctrl+S")
		if _, tone := h.s.message.Text(); tone != kit.Refusal {
			t.Errorf("a record that is gone says %q", h.says())
		}
		b.Look()
		if got, ok := b.Masters().Find("products", "Y1"); !ok || got.Get("name") != "别的" {
			t.Errorf("Y1 is %v", got)
		}
		if _, ok := b.Masters().Find("products", "N9"); ok {
			t.Error("N9 is there again")
		}
	})
}
