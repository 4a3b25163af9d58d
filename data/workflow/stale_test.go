package workflow_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// two is one book opened by two programs.
type two struct {
	t    *testing.T
	a, b *workflow.Book
	path string
}

func (w two) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// refused wants an error in words that say so.
func (w two) refused(err error, words string) {
	w.t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) || strings.Contains(err.Error(), "INSERT") {
		w.t.Errorf("refused with %v; want %q", err, words)
	}
}

func record(typ string, kv ...string) *master.Record {
	t, _ := master.ByCode(typ)
	r := &master.Record{Type: t, Values: map[string]string{}}
	for i := 0; i < len(kv); i += 2 {
		r.Values[kv[i]] = kv[i+1]
	}
	return r
}

func edited(b *workflow.Book, typ, key string, kv ...string) *master.Record {
	r, ok := b.Masters().Find(typ, strings.Split(key, "|")...)
	if !ok {
		return record(typ, kv...)
	}
	r = r.Clone()
	for i := 0; i < len(kv); i += 2 {
		r.Values[kv[i]] = kv[i+1]
	}
	return r
}

func (w two) edit(b *workflow.Book, typ, key string, kv ...string) {
	w.t.Helper()
	w.ok(b.SaveMaster(edited(b, typ, key, kv...)))
}

func bought(day int, product string, qty, price int64) *slip.Doc {
	return &slip.Doc{Kind: "goods-receipt", Date: text.Date(day), Party: "S", Warehouse: "W1",
		Lines: []slip.Line{{Product: product, Qty: num.Quantity(qty * 10000), Price: num.Price(price * 1000000), PriceGiven: true}}}
}

func sold(day int, product string, qty, price int64) *slip.Doc {
	d := bought(day, product, qty, price)
	d.Kind, d.Party = "delivery", "C"
	if price == 0 {
		d.Lines[0].PriceGiven = false
	}
	return d
}

// stale opens a book for two programs, lets f act and proves the book afterwards.
func stale(t *testing.T, name string, f func(w two)) {
	t.Run(name, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "b.zg")
		a, err := workflow.Create(path, workflow.Settings{Company: "X", Start: 202601, Lang: text.En})
		w := two{t: t, a: a, path: path}
		w.ok(err)
		w.a.User = "李"
		for _, r := range []*master.Record{record("warehouses", "code", "W1", "name", "Main"), record("units", "code", "box", "name", "box"), record("units", "code", "pc", "name", "pc"),
			record("products", "code", "A", "name", "Nail", "unit", "pc", "tax_rate", "0.13", "sales_price", "10"), record("products", "code", "B", "name", "Bolt", "unit", "pc"),
			record("suppliers", "code", "S", "name", "Sup"), record("customers", "code", "C", "name", "Cust", "phone", "1"), record("accounts", "code", "K1", "name", "Cash", "type", "cash")} {
			w.ok(a.SaveMaster(r))
		}
		_, err = a.SaveAndAudit(bought(20260102, "A", 60, 7))
		w.ok(err)
		w.b, err = workflow.Open(path)
		w.ok(err)
		w.b.User = "王"
		f(w)
		proofs, err := w.b.Verify()
		w.ok(err)
		for _, p := range proofs {
			if !p.Holds() {
				t.Errorf("proof %d: %v", p.Number, p.Faults)
			}
		}
		w.ok(errors.Join(a.Close(), w.b.Close()))
	})
}

// Whatever one program remembers, it decides by what the other has written.
func TestNothingStale(t *testing.T) {
	stale(t, "posting into a month closed elsewhere", func(w two) {
		w.ok(w.b.ClosePeriod(202601))
		_, err := w.a.SaveAndAudit(bought(20260130, "A", 5, 7))
		w.refused(err, "closed")
	})
	stale(t, "un-auditing in a month closed elsewhere", func(w two) {
		d := bought(20260111, "B", 5, 7)
		_, err := w.a.SaveAndAudit(d)
		w.ok(err)
		w.ok(w.b.ClosePeriod(202601))
		_, err = w.a.Unaudit(d.Number, false)
		w.refused(err, "closed")
	})
	stale(t, "closing what is closed further", func(w two) {
		w.ok(w.b.ClosePeriod(202602))
		w.refused(w.a.ClosePeriod(202601), "closed already")
		if w.a.Settings().Closed != 20260228 {
			w.t.Errorf("closed until %s", w.a.Settings().Closed)
		}
	})
	stale(t, "reopening before what was closed elsewhere", func(w two) {
		_, err := w.a.SaveAndAudit(sold(20260315, "A", 5, 9))
		w.ok(err)
		w.ok(w.a.ClosePeriod(202602))
		w.ok(w.b.ClosePeriod(202603))
		w.ok(w.a.ReopenPeriod(202602))
		if d, err := w.b.Load("CLOSE-202603"); err != nil || d.Status != slip.Void {
			w.t.Errorf("CLOSE-202603 %v %v", d, err)
		}
	})
	stale(t, "posting into a month reopened elsewhere", func(w two) {
		w.ok(w.a.ClosePeriod(202601))
		w.ok(w.b.ReopenPeriod(202601))
		_, err := w.a.SaveAndAudit(bought(20260110, "A", 5, 7))
		w.ok(err)
	})
	stale(t, "posting by a costing method changed elsewhere", func(w two) {
		_, err := w.a.SaveAndAudit(bought(20260103, "A", 60, 11))
		w.ok(err)
		w.b.Now = func() time.Time { return time.Date(2026, 1, 20, 12, 0, 0, 0, time.Local) }
		w.ok(w.b.ChangeCosting("fifo", 202601))
		d := sold(20260110, "A", 60, 9)
		_, err = w.a.SaveAndAudit(d)
		w.ok(err)
		if d, _ = w.a.Load(d.Number); d.Lines[0].Cost.String() != "420.00" {
			w.t.Errorf("cost %s; want 60 × 7.00", d.Lines[0].Cost)
		}
	})
	stale(t, "costing changed by both", func(w two) {
		w.b.Now = func() time.Time { return time.Date(2026, 1, 20, 12, 0, 0, 0, time.Local) }
		w.a.Now = func() time.Time { return time.Date(2026, 3, 20, 12, 0, 0, 0, time.Local) }
		w.ok(w.b.ChangeCosting("fifo", 202601))
		w.ok(w.a.ChangeCosting("monthly", 202603))
		if got := fmt.Sprint(w.a.Settings().Turns); got != "[{2026-01 fifo} {2026-03 monthly}]" {
			w.t.Error(got)
		}
	})
	stale(t, "selling below cost, forbidden elsewhere", func(w two) {
		w.ok(w.b.Set(map[string]string{"below_cost": "forbid"}))
		_, err := w.a.SaveAndAudit(sold(20260110, "A", 1, 1))
		w.refused(err, "below cost")
	})
	stale(t, "settings of both", func(w two) {
		w.ok(w.b.Set(map[string]string{"company": "New name"}))
		w.ok(w.a.Set(map[string]string{"phone": "123"}))
		if s := w.a.Settings(); s.Company != "New name" || s.Phone != "123" {
			w.t.Errorf("%+v", s)
		}
	})
	stale(t, "a product made elsewhere", func(w two) {
		w.ok(w.b.SaveMaster(record("products", "code", "N", "name", "New", "unit", "pc")))
		d := bought(20260105, "N", 5, 3)
		w.ok(w.b.Save(d))
		if x, err := w.a.Load(d.Number); err != nil || x.Lines[0].Product != "N" {
			w.t.Errorf("%v %v", x, err)
		}
		_, err := w.a.Audit(d.Number)
		w.ok(err)
	})
	stale(t, "an employee made elsewhere stays on a draft", func(w two) {
		w.ok(w.b.SaveMaster(record("employees", "code", "E9", "name", "Lin")))
		d := sold(20260105, "A", 1, 9)
		d.Employee = "E9"
		w.ok(w.b.Save(d))
		x, err := w.a.Load(d.Number)
		w.ok(err)
		x.Remark = "checked"
		w.ok(w.a.Save(x))
		if y, _ := w.b.Load(d.Number); y.Employee != "E9" {
			w.t.Errorf("employee %q", y.Employee)
		}
	})
	stale(t, "the same new code in both", func(w two) {
		w.ok(w.b.SaveMaster(record("products", "code", "N", "name", "From B", "unit", "pc")))
		w.refused(w.a.SaveMaster(record("products", "code", "N", "name", "From A", "unit", "pc")), "exists already")
	})
	stale(t, "different fields of one customer", func(w two) {
		w.edit(w.b, "customers", "C", "phone", "999", "credit_limit", "5000")
		w.edit(w.a, "customers", "C", "address", "there")
		r, _ := w.a.Masters().Find("customers", "C")
		if r.Get("phone") != "999" || r.Get("credit_limit") != "5000.00" || r.Get("address") != "there" || r.Version != 3 {
			w.t.Errorf("%+v", r)
		}
	})
	stale(t, "the same field of one customer", func(w two) {
		w.edit(w.b, "customers", "C", "phone", "999")
		r := edited(w.a, "customers", "C", "phone", "555", "address", "there")
		err := w.a.SaveMaster(r)
		w.refused(err, "phone 1 → 999")
		var c *master.Clash
		if !errors.As(err, &c) || c.Person != "王" || c.Merge.Open() != 1 || c.Merge.Record.Get("address") != "there" {
			w.t.Fatalf("%+v", c)
		}
		for i, d := range c.Merge.Rows {
			if d.Both {
				c.Merge.Take(i, slip.Mine)
			}
		}
		w.ok(w.a.SaveMaster(c.Merge.Record))
	})
	stale(t, "an id is never another record's", func(w two) {
		was, _ := w.b.Masters().Find("products", "B")
		mine := edited(w.a, "products", "B", "name", "Bolt M8")
		w.ok(w.b.DeleteMaster(was.Clone()))
		w.ok(w.b.SaveMaster(record("products", "code", "Y", "name", "Yoke", "unit", "pc")))
		_, err := w.a.SaveAndAudit(bought(20260105, "B", 7, 3))
		w.refused(err, "B")
		w.refused(w.a.SaveMaster(mine), "deleted meanwhile")
		if y, ok := w.a.Masters().Find("products", "Y"); !ok || y.ID == was.ID {
			w.t.Errorf("Y is %+v", y)
		}
	})
	stale(t, "a customer made inactive elsewhere", func(w two) {
		w.edit(w.b, "customers", "C", "active", "no")
		_, err := w.a.SaveAndAudit(sold(20260105, "A", 7, 9))
		w.refused(err, "C")
	})
	stale(t, "a code changed elsewhere", func(w two) {
		w.edit(w.b, "products", "A", "code", "A2")
		_, err := w.a.SaveAndAudit(bought(20260105, "A", 7, 3))
		w.refused(err, "A")
	})
	stale(t, "price, tax, unit, limit and stock rule changed elsewhere", func(w two) {
		w.edit(w.a, "products", "A", "unit2", "box", "unit2_factor", "10", "negative", "allow")
		b, err := workflow.Open(w.path)
		w.ok(err)
		defer b.Close()
		w.edit(b, "products", "A", "tax_rate", "0.09", "sales_price", "12", "unit2_factor", "12", "negative", "forbid")
		w.edit(b, "customers", "C", "credit_limit", "10")
		d := sold(20260105, "A", 5, 0)
		list, err := w.a.SaveAndAudit(d)
		w.ok(err)
		if d.Net.String() != "60.00" || d.Lines[0].TaxRate.String() != "0.09" || len(list) == 0 {
			w.t.Errorf("net %s rate %s warnings %v", d.Net, d.Lines[0].TaxRate, list)
		}
		d = sold(20260106, "A", 1, 90)
		d.Lines[0].Unit = "box"
		_, err = w.a.SaveAndAudit(d)
		w.ok(err)
		if d.Lines[0].Base.String() != "12" {
			w.t.Errorf("a box is %s", d.Lines[0].Base)
		}
		_, err = w.a.SaveAndAudit(sold(20260107, "A", 500, 9))
		w.refused(err, "A")
	})
	stale(t, "tracking begun elsewhere", func(w two) {
		w.edit(w.b, "products", "B", "tracking", "lot")
		_, err := w.a.SaveAndAudit(bought(20260105, "B", 7, 3))
		w.refused(err, "lot")
	})
	stale(t, "a category's accounts changed elsewhere", func(w two) {
		w.ok(w.a.SaveMaster(record("categories", "code", "CAT", "name", "Cat")))
		w.edit(w.a, "products", "B", "category", "CAT")
		b, err := workflow.Open(w.path)
		w.ok(err)
		defer b.Close()
		w.edit(b, "categories", "CAT", "stock_account", "1403")
		d := bought(20260105, "B", 7, 3)
		_, err = w.a.SaveAndAudit(d)
		w.ok(err)
		if y, _ := w.a.Load(d.Number); y.Lines[0].StockAccount != "1403" {
			w.t.Errorf("account %s", y.Lines[0].StockAccount)
		}
	})
	stale(t, "opening data of both", func(w two) {
		w.ok(w.b.SaveMaster(record("opening-stock", "warehouse", "W1", "product", "A", "qty", "1000", "cost", "10")))
		w.ok(w.a.SaveMaster(record("opening-stock", "warehouse", "W1", "product", "B", "qty", "5", "cost", "1")))
		w.ok(w.b.SaveMaster(record("opening-balances", "party_kind", "customer", "party", "C", "receivable", "800")))
		w.edit(w.a, "accounts", "K1", "opening", "50")
		if y, err := w.b.Load("OPENING"); err != nil || len(y.Lines) != 4 {
			w.t.Errorf("%v %v", y, err)
		}
	})
	stale(t, "a bill of materials changed elsewhere", func(w two) {
		w.ok(w.a.SaveMaster(record("products", "code", "SET", "name", "Set", "unit", "pc")))
		w.ok(w.a.SaveMaster(record("boms", "product", "SET", "component", "A", "qty", "2")))
		b, err := workflow.Open(w.path)
		w.ok(err)
		defer b.Close()
		w.edit(b, "boms", "SET|A", "qty", "3")
		d := &slip.Doc{Kind: "assembly", Date: 20260106, Warehouse: "W1", Lines: []slip.Line{{Product: "SET", Qty: num.QuantityOne}}}
		_, err = w.a.SaveAndAudit(d)
		w.ok(err)
		if last := d.Lines[len(d.Lines)-1]; last.Product != "A" || last.Qty.String() != "-3" {
			w.t.Errorf("%s %s", last.Product, last.Qty)
		}
	})
}

// Who watches is told within two seconds of what another program did, and remembers it.
func TestWatchersHearOfOtherPrograms(t *testing.T) {
	stale(t, "watch", func(w two) {
		heard := make(chan string, 9)
		w.a.Watch(func() {
			r, _ := w.a.Masters().Find("customers", "C")
			heard <- r.Get("phone")
		})
		w.edit(w.b, "customers", "C", "phone", "999")
		select {
		case phone := <-heard:
			if phone != "999" {
				t.Errorf("phone %s", phone)
			}
		case <-time.After(3 * time.Second):
			t.Error("told of nothing")
		}
	})
}

// A draft of 20 at 5.00 becomes 2 at 55.00; who saw 20 does not audit it.
func TestWhatWasSeenIsAudited(t *testing.T) {
	stale(t, "version", func(w two) {
		d := sold(20260105, "A", 20, 5)
		w.ok(w.a.Save(d))
		x, err := w.b.Load(d.Number)
		w.ok(err)
		x.Lines[0].Qty, x.Lines[0].Price = 20000, 55000000
		w.ok(w.b.Save(x))
		_, err = w.a.Audit(d.Number + "@1")
		w.refused(err, "qty 20 → 2, price 5.00 → 55.00")
		var c *slip.Clash
		if !errors.As(err, &c) || c.Person != "王" || c.Now != 2 {
			w.t.Errorf("%+v", c)
		}
		d.Remark = "mine"
		w.refused(w.a.Save(d), "changed meanwhile")
		_, err = w.a.Audit(d.Number + "@2")
		w.ok(err)
	})
}

// A book of the program before ticks grows, verifies and goes on.
func TestABookFromBeforeTicksGrows(t *testing.T) {
	b := kept(t, "before-ticks.zg.gz")
	if _, err := b.Audit("D3"); err != nil {
		t.Fatal(err)
	}
	if err := b.SaveMaster(record("customers", "code", "C2", "name", "New")); err != nil {
		t.Fatal(err)
	}
	if err := b.ClosePeriod(202602); err != nil {
		t.Fatal(err)
	}
	proofs, err := b.Verify()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range proofs {
		if !p.Holds() {
			t.Errorf("proof %d: %v", p.Number, p.Faults)
		}
	}
}
