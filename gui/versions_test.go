package gui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/kit"
	"zhanggui/gui/standing"
)

// other is a second program on the book in the window, in which 王 works.
func (h *hands) other() *workflow.Book {
	h.t.Helper()
	b, err := workflow.Open(h.s.Book().Path())
	if err != nil {
		h.t.Fatal(err)
	}
	b.User, b.Now = "王", func() time.Time { return now }
	h.t.Cleanup(func() { b.Close() })
	return b
}

// does is something done in the other program; the window then looks.
func (h *hands) does(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	h.s.Book().Look()
}

func changed(t *testing.T, b *workflow.Book, number string, change func(d *slip.Doc)) error {
	t.Helper()
	d, err := b.Load(number)
	if err != nil {
		t.Fatal(err)
	}
	change(d)
	return b.Save(d)
}

// types fills one field of the master form in front, by keys.
func (h *hands) types(t *master.Type, field, words string) {
	h.t.Helper()
	h.press("F6")
	for _, f := range h.s.Book().Fields(t) {
		if f.Key == field {
			break
		}
		h.press("Tab")
	}
	h.write(words)
	h.press("Enter")
}

func (h *hands) edits(b *workflow.Book, typ, code string, pairs ...string) {
	h.t.Helper()
	r, ok := b.Masters().Find(typ, code)
	if !ok {
		h.t.Fatalf("no %s %s", typ, code)
	}
	r = r.Clone()
	for i := 0; i < len(pairs); i += 2 {
		r.Values[pairs[i]] = pairs[i+1]
	}
	h.does(b.SaveMaster(r))
}

// Nothing typed: an open slip shows what another program saved; F9 then audits that.
func TestAnOpenSlipFollowsAnotherProgram(t *testing.T) {
	h := newHands(t, text.En)
	h.shop()
	f := h.sell("C1", "20")
	h.press("Ctrl+S")
	n := f.doc.Number
	b := h.other()
	h.does(changed(t, b, n, func(d *slip.Doc) { d.Lines[0].Qty = 2 * num.QuantityOne }))
	if f.doc.Lines[0].Qty.String() != "2" || f.doc.Version != 2 || f.elsewhere != nil {
		t.Fatalf("the form shows %s of version %d", f.doc.Lines[0].Qty, f.doc.Version)
	}
	h.press("F9")
	if f.doc.Status != slip.Audited {
		t.Errorf("F9 says %q", h.says())
	}
}

// The window has not looked yet: F9 carries the version on the screen, and names who changed what (M7). 20 became 2.
func TestWhatWasSeenIsAudited(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		f := h.sell("C1", "20")
		h.press("Ctrl+S")
		b := h.other()
		if err := changed(t, b, f.doc.Number, func(d *slip.Doc) { d.Lines[0].Qty = 2 * num.QuantityOne }); err != nil {
			t.Fatal(err)
		}
		h.press("F9")
		if f.doc.Status != slip.Draft || !strings.Contains(h.says(), "20 → 2") || !strings.Contains(h.says(), "王") {
			t.Fatalf("F9 on version 1 says %q", h.says())
		}
		h.sees("F2")
		h.press("F2")
		if f.doc.Lines[0].Qty.String() != "2" || f.dirty {
			t.Errorf("F2 shows %s", f.doc.Lines[0].Qty)
		}
		h.press("F9")
		if f.doc.Status != slip.Audited {
			t.Errorf("F9 says %q", h.says())
		}
	})
}

// Worked example of the merge: 王 changes the quantity to 12, the price 8.50 is typed here: 12 × 8.50 = 102.00 and 13.26 of tax. No question.
func TestDifferentFieldsOfASlipBothStand(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		f := h.sell("C1", "10")
		h.press("Ctrl+S")
		b := h.other()
		f.grid.Edit(0, f.lines.column("price"))
		h.write("8.5")
		h.press("Enter")
		h.does(changed(t, b, f.doc.Number, func(d *slip.Doc) { d.Lines[0].Qty = 12 * num.QuantityOne }))
		h.sees("王", "10 → 12", "F2")
		h.press("F2")
		if h.s.layer.Modal() != nil {
			t.Fatal("different fields ask a question")
		}
		if f.doc.Net.String() != "102.00" || f.doc.Tax.String() != "13.26" || !f.dirty || !strings.Contains(h.says(), "10 → 12") {
			t.Fatalf("merged %s + %s, says %q", f.doc.Net, f.doc.Tax, h.says())
		}
		h.press("Ctrl+S")
		if d, err := b.Load(f.doc.Number); err != nil || d.Gross.String() != "115.26" || d.Version != 3 {
			t.Errorf("the book has %v %v", d.Gross, err)
		}
	})
}

// Both change the quantity and somebody the remark: three columns, M takes mine, T theirs, Ctrl+S saves only when all is chosen.
func TestTheSameFieldIsShownInThreeColumns(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		f := h.sell("C1", "10")
		h.press("Ctrl+S")
		b := h.other()
		f.grid.Edit(0, f.lines.column("qty"))
		h.write("15")
		h.press("Enter")
		if err := changed(t, b, f.doc.Number, func(d *slip.Doc) { d.Lines[0].Qty, d.Remark = 12*num.QuantityOne, "rush" }); err != nil {
			t.Fatal(err)
		}
		h.press("Ctrl+S")
		if !strings.Contains(h.says(), "10 → 12") {
			t.Fatalf("saving over version 2 says %q", h.says())
		}
		h.press("F2")
		if h.s.layer.Modal() == nil {
			t.Fatal("F2 shows no columns")
		}
		h.inside()
		h.sees("15", "12", "rush", map[bool]string{true: "打开时", false: "When opened"}[zh], map[bool]string{true: "还有 1 处要选", false: "1 row is still to be chosen"}[zh])
		h.press("Ctrl+S")
		if h.s.layer.Modal() == nil {
			t.Fatal("saved with a row still open")
		}
		h.press("T", "M", "T")
		h.press("Ctrl+S")
		if h.s.layer.Modal() != nil {
			t.Fatal("the columns still stand")
		}
		d, err := b.Load(f.doc.Number)
		if err != nil || d.Lines[0].Qty.String() != "12" || d.Remark != "rush" || d.Version != 3 || f.dirty {
			t.Errorf("the book has %s %q version %d, %v; %q", d.Lines[0].Qty, d.Remark, d.Version, err, h.says())
		}
	})
}

// Esc leaves what is typed as it was, and the strip.
func TestEscLeavesTheMergeOpen(t *testing.T) {
	h := newHands(t, text.En)
	h.shop()
	f := h.sell("C1", "10")
	h.press("Ctrl+S")
	f.grid.Edit(0, f.lines.column("qty"))
	h.write("15")
	h.press("Enter")
	h.does(changed(t, h.other(), f.doc.Number, func(d *slip.Doc) { d.Lines[0].Qty = 12 * num.QuantityOne }))
	h.press("F2", "Right", "Enter", "Esc") // theirs is taken in the columns only
	if f.doc.Lines[0].Qty.String() != "15" || f.elsewhere == nil || !f.dirty {
		t.Errorf("after Esc the form has %s", f.doc.Lines[0].Qty)
	}
	h.press("F2", "Enter", "Ctrl+S") // mine
	if f.doc.Lines[0].Qty.String() != "15" || f.doc.Version != 3 {
		t.Errorf("%s version %d: %q", f.doc.Lines[0].Qty, f.doc.Version, h.says())
	}
}

// What is typed in a slip that another program audited becomes a slip of its own.
func TestTypedIntoASlipAuditedElsewhere(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		f := h.sell("C1", "10")
		h.press("Ctrl+S")
		n := f.doc.Number
		f.grid.Edit(0, f.lines.column("qty"))
		h.write("15")
		h.press("Enter")
		b := h.other()
		_, err := b.Audit(n)
		h.does(err)
		h.press("F2")
		h.inside()
		h.press("N")
		g := h.form()
		if g == f || g.doc.Number != "" || g.doc.Lines[0].Qty.String() != "15" || f.doc.Status != slip.Audited || f.dirty {
			t.Errorf("%q %s; the old one is %s", g.doc.Number, g.doc.Lines[0].Qty, f.doc.Status)
		}
	})
}

// 王 corrects an audited slip while a correction is typed here: it is refused, not written over.
func TestACorrectionGoesByTheVersionSeen(t *testing.T) {
	h := newHands(t, text.En)
	h.shop()
	f := h.sell("C1", "10")
	h.press("F9", "Ctrl+R")
	f.grid.Edit(0, f.lines.column("qty"))
	h.write("15")
	h.press("Enter")
	b := h.other()
	d, err := b.Load(f.doc.Number)
	if err != nil {
		t.Fatal(err)
	}
	d.Lines[0].Qty = 12 * num.QuantityOne
	if _, err := b.Correct(d, nil); err != nil {
		t.Fatal(err)
	}
	h.press("F9", "Y")
	if !strings.Contains(h.says(), "changed meanwhile") {
		t.Errorf("correcting an older version says %q", h.says())
	}
}

// A slip typed before the program ended, changed by 王 since: whatever differs is asked for.
func TestASlipFromTheDeskMeetsANewerVersion(t *testing.T) {
	h := newHands(t, text.En)
	h.shop()
	f := h.sell("C1", "10")
	h.press("Ctrl+S")
	n := f.doc.Number
	f.grid.Edit(0, f.lines.column("qty"))
	h.write("15")
	h.press("Enter")
	path := h.s.Book().Path()
	h.s.Welcome()
	b, err := workflow.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	b.User = "王"
	if err := changed(t, b, n, func(d *slip.Doc) { d.Lines[0].Qty = 12 * num.QuantityOne }); err != nil {
		t.Fatal(err)
	}
	b.Close()
	if err := h.s.OpenBook(path); err != nil {
		t.Fatal(err)
	}
	h.s.Choose(1)
	f = h.form()
	h.sees("changed elsewhere")
	h.press("F2")
	if h.s.layer.Modal() == nil {
		t.Fatal("no columns")
	}
	h.press("M", "Ctrl+S")
	if f.doc.Lines[0].Qty.String() != "15" || f.doc.Version != 3 {
		t.Errorf("%s version %d: %q", f.doc.Lines[0].Qty, f.doc.Version, h.says())
	}
}

// One changes the phone, the other the address: both stand and it is said; both the phone: three columns.
func TestTwoPeopleOnOneCustomer(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		b := h.other()
		standing.OpenMaster(h.s, master.Customers, "C1")
		h.types(master.Customers, "address", "东门 8 号")
		r, _ := b.Masters().Find("customers", "C1")
		r = r.Clone()
		r.Values["phone"] = "139"
		if err := b.SaveMaster(r); err != nil { // the window has not looked yet
			t.Fatal(err)
		}
		h.press("Ctrl+S")
		if h.s.layer.Modal() != nil || !strings.Contains(h.says(), "139") {
			t.Fatalf("different fields say %q", h.says())
		}
		h.types(master.Customers, "phone", "138")
		h.edits(b, "customers", "C1", "phone", "137", "remark", "VIP")
		h.sees("F2")
		h.press("Ctrl+S")
		if h.s.layer.Modal() == nil {
			t.Fatal("the same field asks nothing")
		}
		h.inside()
		h.sees("138", "137", "VIP", "139")
		h.press("T", "Ctrl+S")
		got, _ := h.s.Book().Masters().Find("customers", "C1")
		if got.Get("phone") != "137" || got.Get("remark") != "VIP" || got.Get("address") != "东门 8 号" || h.s.Current().Unsaved() {
			t.Errorf("%v; %q", got.Values, h.says())
		}
		h.edits(b, "customers", "C1", "phone", "136") // nothing typed: shown
		h.sees("136")
	})
}

// The picker, the list, home and the status bar follow too.
func TestEverythingInSightFollows(t *testing.T) {
	h := newHands(t, text.En)
	h.shop()
	b := h.other()
	h.does(b.SaveMaster(&master.Record{Type: master.Products, Values: map[string]string{"code": "N9", "name": "新货", "sales_price": "7"}}))
	f := h.sell("C1", "1")
	f.grid.Edit(1, f.lines.firstColumn())
	h.write("N9")
	h.press("Enter")
	h.write("3")
	h.press("Enter")
	if l := f.doc.Lines[1]; l.Product != "N9" || l.Price.String() != "7.00" {
		t.Fatalf("%+v", l)
	}
	h.edits(b, "products", "N9", "sales_price", "8")
	f.grid.Edit(2, f.lines.firstColumn())
	h.write("N9")
	h.press("Enter")
	h.write("3")
	h.press("Enter")
	if l := f.doc.Lines[2]; l.Price.String() != "8.00" {
		t.Errorf("the price proposed is %s", l.Price)
	}
	h.press("Ctrl+H")
	h.does(b.ClosePeriod(text.Month(202610)))
	h.does(b.ClosePeriod(text.Month(202611)))
	h.sees("(closed)")
}

// The book's file is moved away: a strip says so in both languages, and what is typed lies in the copy beside the old place.
func TestTheFileIsMovedAwayUnderTheWindow(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		h.sell("C1", "33")
		path := b.Path()
		if err := os.Rename(path, path+".elsewhere"); err != nil {
			t.Fatal(err)
		}
		b.Look()
		h.sees(map[bool]string{true: "被移走、删除或替换", false: "was moved, removed or replaced"}[zh], "rescued-")
		h.inside()
		f := h.form()
		f.grid.Edit(0, f.lines.column("qty"))
		h.write("44")
		h.press("Enter", "F9")
		if f.doc.Status != slip.Draft {
			t.Error("audited into a file that is gone")
		}
		h.s.Welcome()
		copies, _ := filepath.Glob(strings.TrimSuffix(path, ".zg") + ".rescued-*.zg")
		if len(copies) != 1 {
			t.Fatalf("copies %v", copies)
		}
		db, err := store.Open(copies[0])
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		kept, err := db.KeptDocs()
		if err != nil || len(kept) != 1 || !strings.Contains(string(kept[0].Doc), "44") {
			t.Errorf("%d kept: %v", len(kept), err)
		}
	})
}

// Two drafts are ticked in the list; before it hears of it, one becomes 2 pieces instead of 20: F9 on what was seen is refused and says so.
func TestAListAuditsWhatWasSeen(t *testing.T) {
	h := newHands(t, text.En)
	h.shop()
	f := h.sell("C1", "20")
	h.press("Ctrl+S")
	h.s.OpenList(f.kind)
	b := h.other()
	if err := changed(t, b, f.doc.Number, func(d *slip.Doc) { d.Lines[0].Qty = 2 * num.QuantityOne }); err != nil {
		t.Fatal(err)
	}
	h.press("F9")
	if h.s.layer.Modal() != nil {
		h.press("Y")
	}
	if d, _ := b.Load(f.doc.Number); d.Status != slip.Draft || !strings.Contains(h.says(), "20 → 2") {
		t.Fatalf("%s, says %q", d.Status, h.says())
	}
	h.s.Book().Look()
	h.press("F9")
	if d, _ := b.Load(f.doc.Number); d.Status != slip.Audited {
		t.Errorf("%s, says %q", d.Status, h.says())
	}
}

// Two screens of settings: different ones both stand; of the same it is said at once, saving shows the three columns, and what is chosen stands.
func TestTwoPeopleOnTheSameSetting(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		h.shop()
		b := h.other()
		h.s.Settings()
		x := h.s.Current().(*bookroom.SettingsScreen)
		typed := func(key, v string) {
			f := x.Boxes.Fields[key]
			kit.Focus(f.Input)
			f.SetText(v)
			h.press("Enter")
		}
		typed("phone", "138")
		h.does(b.Set(map[string]string{"address": "东门 8 号"}))
		if h.sees("东门 8 号"); !h.s.Current().Unsaved() {
			t.Error("what is typed is gone")
		}
		h.does(b.Set(map[string]string{"phone": "137"}))
		if says := h.says(); !strings.Contains(says, "137") || !strings.Contains(says, map[bool]string{true: "保存时再选", false: "saving asks which stands"}[zh]) {
			t.Errorf("of the same setting the line says %q", says)
		}
		if err := b.Set(map[string]string{"slow_days": "70"}); err != nil { // the window has not looked yet
			t.Fatal(err)
		}
		typed("slow_days", "60")
		h.press("Ctrl+S")
		if h.s.layer.Modal() == nil {
			t.Fatalf("the same settings ask nothing: %q", h.says())
		}
		h.inside()
		h.sees("138", "137", "60", "70", "90")
		h.press("M", "T", "Ctrl+S")
		set := h.s.Book().Settings()
		if set.Get("phone") != "138" || set.Get("slow_days") != "70" || set.Get("address") != "东门 8 号" || h.s.Current().Unsaved() {
			t.Errorf("phone %s, slow %s, address %s; %q", set.Get("phone"), set.Get("slow_days"), set.Get("address"), h.says())
		}
	})
}
