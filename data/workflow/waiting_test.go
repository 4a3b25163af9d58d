package workflow_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/desk"
)

// M10: a write waits for another program's, as long as lock_wait says; then it is refused in words that name who holds the lock, what for
// and since when, and changes nothing. When the other has ended it is done.
func TestAWriteWaitsAndThenNamesWhoHoldsTheLock(t *testing.T) {
	stale(t, "wait", func(w two) {
		w.ok(w.b.Set(map[string]string{"lock_wait": "1"}))
		_, err := w.a.SaveAndAudit(sold(20260105, "A", 1, 9)) // by its next write A knows
		w.ok(err)
		w.a.DB.Refresh()
		held, let, done := make(chan bool), make(chan bool), make(chan error)
		go func() {
			done <- w.b.Tamper(func(tx *store.Tx) error {
				close(held)
				<-let
				return store.ErrTrial
			})
		}()
		<-held
		begun := time.Now()
		d := sold(20260106, "A", 2, 9)
		_, err = w.a.SaveAndAudit(d)
		if took := time.Since(begun); took < 900*time.Millisecond || took > 4*time.Second {
			t.Errorf("waited %s of 1 s", took)
		}
		pc, _ := os.Hostname()
		w.refused(err, "busy: 王 on "+pc+" writes since "+begun.Format("15:04"))
		if !fault.Is(err, fault.Conflict) || !errors.Is(err, store.ErrBusy) || !strings.Contains(err.Error(), "nothing was changed") {
			t.Errorf("%v", err)
		}
		if l := fault.Of(err); len(l) != 1 || !strings.Contains(l[0].Text.Zh, "账套正忙：王（") {
			t.Errorf("%v", l)
		}
		close(let)
		<-done
		if _, err := w.a.SaveAndAudit(sold(20260106, "A", 2, 9)); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(w.path + ".busy"); len(left) > 0 {
			t.Errorf("%v is left", left)
		}
	})
	stale(t, "the wait is long enough", func(w two) {
		held := make(chan bool)
		done := make(chan error)
		go func() {
			done <- w.b.Tamper(func(tx *store.Tx) error {
				close(held)
				time.Sleep(600 * time.Millisecond)
				return store.ErrTrial
			})
		}()
		<-held
		_, err := w.a.SaveAndAudit(sold(20260106, "A", 2, 9))
		w.ok(err)
		<-done
	})
}

// M9: of the same 5 pieces Li takes 3; Wang's 4 are refused and he is told who took them: slip, person, time. Under warn they post.
func TestWhoTookTheGoodsIsNamed(t *testing.T) {
	stale(t, "forbid", func(w two) {
		_, err := w.a.SaveAndAudit(bought(20260103, "B", 5, 7))
		w.ok(err)
		w.ok(w.a.Set(map[string]string{"negative": "forbid"}))
		mine := sold(20260104, "B", 4, 9)
		w.ok(w.b.Save(mine))
		li := sold(20260104, "B", 3, 9)
		_, err = w.a.SaveAndAudit(li)
		w.ok(err)
		at := time.Now().Format("15:04")
		_, err = w.b.Audit(mine.Number)
		w.refused(err, "would be -2")
		w.refused(err, "李's "+li.Number+" took 3 at "+at)
		if x, _ := w.b.Load(mine.Number); x.Status != slip.Draft {
			t.Errorf("it is %s", x.Status)
		}
	})
	stale(t, "warn", func(w two) {
		_, err := w.a.SaveAndAudit(bought(20260103, "B", 5, 7))
		w.ok(err)
		w.edit(w.a, "warehouses", "W1", "negative", "warn")
		_, err = w.a.SaveAndAudit(sold(20260104, "B", 3, 9))
		w.ok(err)
		list, err := w.b.SaveAndAudit(sold(20260104, "B", 4, 9))
		w.ok(err)
		if !strings.Contains(list.Error(), "is now -2") {
			t.Errorf("%v", list)
		}
	})
}

// Five programs enter eight slips each at once: the numbers are 0001 to 0040, the log has no gap, and the book verifies.
func TestFivePrograms(t *testing.T) {
	stale(t, "at once", func(w two) {
		var all sync.WaitGroup
		for n := range 5 {
			all.Go(func() {
				b, err := workflow.Open(w.path)
				if err != nil {
					t.Error(err)
					return
				}
				defer b.Close()
				b.User = fmt.Sprint("P", n)
				for i := range 8 {
					if _, err := b.SaveAndAudit(sold(20260105+i, "A", 1, 9)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		for n := 1; n <= 40; n++ {
			d, err := w.a.Load(fmt.Sprintf("XC-202601-%04d", n))
			if err != nil || d.Status != slip.Audited {
				t.Errorf("%d: %v %v", n, d, err)
			}
		}
		if _, err := w.a.Load("XC-202601-0041"); err == nil {
			t.Error("there is a 41st")
		}
	})
}

// The other kinds of what one program remembers and another has changed.
func TestNothingStaleEither(t *testing.T) {
	stale(t, "an agreed price changed elsewhere", func(w two) {
		w.ok(w.a.SaveMaster(record("prices", "product", "A", "customer", "C", "price", "8")))
		d := sold(20260105, "A", 5, 0)
		_, err := w.a.SaveAndAudit(d)
		w.ok(err)
		if d.Net.String() != "40.00" {
			t.Errorf("5 at 8.00 come to %s", d.Net)
		}
		w.b.DB.Refresh()
		p := w.b.Masters().Prices("A")[0].Clone()
		p.Values["price"] = "7.5"
		w.ok(w.b.SaveMaster(p))
		d = sold(20260106, "A", 4, 0)
		_, err = w.a.SaveAndAudit(d)
		w.ok(err)
		if d.Net.String() != "30.00" {
			t.Errorf("4 at 7.50 come to %s", d.Net)
		}
	})
	stale(t, "a product deleted elsewhere is bought", func(w two) {
		b, _ := w.b.Masters().Find("products", "B")
		w.ok(w.b.DeleteMaster(b.Clone()))
		_, err := w.a.SaveAndAudit(bought(20260105, "B", 7, 3))
		w.refused(err, "B")
		if fault.Of(err) == nil {
			t.Errorf("internal: %v", err)
		}
	})
	stale(t, "a record deleted elsewhere is changed", func(w two) {
		mine := edited(w.a, "products", "B", "name", "Bolt M8")
		b, _ := w.b.Masters().Find("products", "B")
		w.ok(w.b.DeleteMaster(b.Clone()))
		w.refused(w.a.SaveMaster(mine), "deleted meanwhile")
	})
	stale(t, "a record in use elsewhere is deleted", func(w two) {
		_, err := w.b.SaveAndAudit(bought(20260105, "B", 7, 3))
		w.ok(err)
		b, _ := w.a.Masters().Find("products", "B")
		if err := w.a.DeleteMaster(b.Clone()); err == nil || fault.Of(err) == nil {
			t.Errorf("deleted: %v", err)
		}
	})
	stale(t, "opening balances of an account of both", func(w two) {
		w.edit(w.b, "accounts", "K1", "opening", "70")
		w.ok(w.a.SaveMaster(record("accounts", "code", "K2", "name", "Bank", "type", "bank", "opening", "30")))
		y, err := w.b.Load("OPENING")
		w.ok(err)
		if len(y.Lines) != 2 {
			t.Errorf("%d lines", len(y.Lines))
		}
	})
	stale(t, "a credit limit set elsewhere warns", func(w two) {
		w.edit(w.b, "customers", "C", "credit_limit", "100")
		list, err := w.a.SaveAndAudit(sold(20260105, "A", 20, 9))
		w.ok(err)
		if !strings.Contains(list.Error(), "credit") {
			t.Errorf("%v", list)
		}
	})
	stale(t, "a credit limit forbidden elsewhere", func(w two) {
		w.edit(w.b, "customers", "C", "credit_limit", "100")
		w.ok(w.b.Set(map[string]string{"over_credit": "forbid"}))
		_, err := w.a.SaveAndAudit(sold(20260105, "A", 20, 9))
		w.refused(err, "credit")
	})
	stale(t, "negative stock forbidden by a warehouse elsewhere", func(w two) {
		w.edit(w.b, "warehouses", "W1", "negative", "forbid")
		_, err := w.a.SaveAndAudit(sold(20260105, "A", 61, 9))
		w.refused(err, "not enough stock")
	})
	stale(t, "a slip voided elsewhere is not audited", func(w two) {
		d := sold(20260105, "A", 1, 9)
		w.ok(w.a.Save(d))
		w.ok(w.b.Void(d.Number))
		_, err := w.a.Audit(d.Number)
		w.refused(err, d.Number)
		d.Remark = "mine"
		if err := w.a.Save(d); err == nil {
			t.Error("saved")
		}
	})
	stale(t, "what another program has taken is not pushed twice", func(w two) {
		o := sold(20260105, "A", 10, 9)
		o.Kind = "sales-order"
		_, err := w.a.SaveAndAudit(o)
		w.ok(err)
		mine, err := w.a.Push(o.Number, "delivery")
		w.ok(err)
		_, _, err = w.b.PushAndSave(o.Number, "delivery", true, workflow.Taken{})
		w.ok(err)
		_, err = w.a.SaveAndAudit(mine)
		w.refused(err, "0 left")
	})
	stale(t, "what another program has paid is not paid twice", func(w two) {
		d := sold(20260105, "A", 10, 9)
		_, err := w.a.SaveAndAudit(d)
		w.ok(err)
		pay := func() *slip.Doc {
			return &slip.Doc{Kind: "collection", Date: 20260106, Party: "C", Account: "K1", Amount: d.Gross, Allocations: []slip.Allocation{{Target: d.Number, Amount: d.Gross, Chosen: true}}}
		}
		_, err = w.b.SaveAndAudit(pay())
		w.ok(err)
		_, err = w.a.SaveAndAudit(pay())
		w.refused(err, d.Number)
	})
	stale(t, "a serial number received elsewhere", func(w two) {
		w.edit(w.a, "products", "B", "tracking", "serial")
		one := func() *slip.Doc {
			d := bought(20260105, "B", 1, 3)
			d.Lines[0].Extra = map[string]string{slip.LotKey: "SN1"}
			return d
		}
		_, err := w.b.SaveAndAudit(one())
		w.ok(err)
		_, err = w.a.SaveAndAudit(one())
		w.refused(err, "SN1")
	})
	stale(t, "two windows' desks", func(w two) {
		key := func(b *workflow.Book) string { return desk.Key() }
		first, second := key(w.a), key(w.b)
		if first == second {
			t.Errorf("both lay their first unsaved slip under %s", first)
		}
		mine, theirs := sold(20260105, "A", 1, 9), sold(20260106, "A", 2, 9)
		w.ok(desk.Keep(w.a, first, mine))
		w.ok(desk.Keep(w.b, second, theirs))
		list, err := desk.Slips(w.a)
		w.ok(err)
		if len(list) != 2 {
			t.Errorf("%d slips lie on the desk", len(list))
		}
		w.ok(errors.Join(desk.Drop(w.a, first), desk.Drop(w.b, second)))
	})
}
