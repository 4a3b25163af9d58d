package workflow_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/desk"
)

// reads are what the window asks for, any of them at any moment.
func reads(b *workflow.Book) []func() error {
	delivery, _ := kinds.ByCode("delivery")
	collection, _ := kinds.ByCode("collection")
	return []func() error{
		func() error { _, err := b.LineFacts(delivery, "A", "W1", "C", "盒"); return err },
		func() error { _, err := b.ProductFacts(delivery, "C", "", []string{"A", "B"}); return err },
		func() error { _, err := b.PartyFacts(slip.Customers, "C"); return err },
		func() error { _, err := b.Used(delivery, "C"); return err },
		func() error { _, _, err := b.Voucher("r1"); return err },
		func() error {
			l, err := b.List(inquiry.Filter{Words: "装修"}, inquiry.Sorting{Key: "party"})
			if err != nil {
				return err
			}
			if _, err = b.Rows(l.IDs); err != nil {
				return err
			}
			_, err = b.SumOf(l.IDs)
			return err
		},
		func() error { _, err := b.Pushable(collection, "C"); return err },
		func() error { _, err := b.Neighbour("delivery", "", -1); return err },
		func() error { _, err := b.Overview(); return err },
		func() error { _, err := b.Counts(); return err },
		func() error { _, err := b.Tasks(10); return err },
		func() error { _, err := b.Chain("r1"); return err },
		func() error { _, err := b.Load("r1"); return err },
		func() error { _, err := desk.Slips(b); return err },
		func() error {
			for _, m := range b.Masters().Search("customers", "z", 10, func(r *master.Record) int { return len(r.Get("name")) }) {
				_ = m.Record.Get("address")
			}
			for _, r := range b.Masters().List("customers") {
				_ = r.Get("name") + b.Settings().Company
			}
			return nil
		},
	}
}

// writes are what a clerk and an owner do meanwhile.
func writes(b *workflow.Book, dir string) []func(i int) error {
	customer := &master.Record{Type: master.Customers, Values: map[string]string{"code": "Z", "name": "新客户"}}
	return []func(i int) error{
		func(i int) error {
			d := &slip.Doc{Kind: "delivery", Date: 20260105, Party: "C", Warehouse: "W1", Lines: []slip.Line{{Product: "A", Qty: 10000}}}
			if err := b.Save(d); err != nil {
				return err
			}
			if _, err := b.Audit(d.Number); err != nil {
				return err
			}
			if i%2 == 0 {
				return nil
			}
			_, err := b.Unaudit(d.Number, false)
			return err
		},
		func(i int) error { // one record changed over and over, as a form does
			customer.Values["name"] = fmt.Sprintf("客户 %d", i)
			return b.SaveMaster(customer)
		},
		func(i int) error {
			if i%3 == 0 {
				return desk.Drop(b, "desk")
			}
			return desk.Keep(b, "desk", &slip.Doc{Kind: "delivery", Party: "C"})
		},
		func(i int) error { return b.Set(map[string]string{"company": fmt.Sprintf("公司 %d", i)}) },
		func(i int) error { return b.Backup(filepath.Join(dir, fmt.Sprintf("%d.zg", i))) },
		func(i int) error {
			_, err := b.TryAudit("draft")
			return err
		},
	}
}

// Run with -race: whatever the window reads while others write is read whole, and nobody waits for ever.
func TestReadingGoesOnBesideWriting(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "slips", full, "goods-receipt,r1,2026-01-02,S,W1,A,1000,,10,no,0.13,0,,,yes", "delivery,draft,2026-01-06,C,W1,A,1,,20,no,0.13,0,,,no")
	b.Watch(func() { b.Settings() })
	dir := t.TempDir()
	var done atomic.Bool
	var readers, writers sync.WaitGroup
	for range 2 {
		for i, read := range reads(b) {
			readers.Go(func() {
				for !done.Load() {
					if err := read(); err != nil {
						t.Errorf("read %d: %v", i, err)
						return
					}
				}
			})
		}
	}
	for n, write := range writes(b, dir) {
		writers.Go(func() {
			for i := range 6 {
				if err := write(i); err != nil {
					t.Errorf("write %d: %v", n, err)
					return
				}
			}
		})
	}
	writers.Wait()
	done.Store(true)
	readers.Wait()
	f, err := b.Used(kinds.Delivery, "C")
	if err != nil || f["A"] != 3 { // every second one was taken back
		t.Errorf("afterwards A was used %v times, %v", f, err)
	}
	mustHold(t, b)
}
