package workflow_test

import (
	"context"
	"testing"

	"zhanggui/data/master"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// M11: verify and whatever else is asked of a still book see one moment. Before each proof another program sells 1 of 60, closes what
// it can and renames a customer; the proofs hold and the still book knows nothing of it, the book itself all.
func TestOneMomentWhileOthersWrite(t *testing.T) {
	stale(t, "verify", func(w two) {
		n := 0
		proofs, err := w.a.Prove(context.Background(), func(workflow.Proof, int) {
			n++
			_, err := w.b.SaveAndAudit(sold(20260105, "A", 1, 9))
			w.ok(err)
			w.edit(w.b, "customers", "C", "phone", string(rune('a'+n)))
			if n == 3 {
				w.ok(w.b.SaveMaster(record("products", "code", "N", "name", "New", "unit", "pc")))
				_, err := w.b.SaveAndAudit(bought(20260106, "N", 5, 3))
				w.ok(err)
			}
		})
		w.ok(err)
		for _, p := range proofs {
			if !p.Holds() {
				t.Errorf("proof %d: %v", p.Number, p.Faults)
			}
		}
		if n != len(proofs) || n < 12 {
			t.Errorf("told of %d proofs of %d", n, len(proofs))
		}
	})
	stale(t, "still", func(w two) {
		there := func(b *workflow.Book) (qty, phone string) {
			p, _ := b.Masters().Find("products", "A")
			wh, _ := b.Masters().Find("warehouses", "W1")
			m, err := b.Stands([]int64{p.ID}, 0)
			w.ok(err)
			c, _ := b.Masters().Find("customers", "C")
			return m.At(p.ID, wh.ID).OnHand.String(), c.Get("phone")
		}
		w.ok(w.a.Still(func(still *workflow.Book) error {
			_, err := w.b.SaveAndAudit(sold(20260105, "A", 7, 9))
			w.ok(err)
			w.edit(w.b, "customers", "C", "phone", "2")
			w.ok(w.b.Set(map[string]string{"company": "Y"}))
			_, err = w.a.SaveAndAudit(sold(20260106, "A", 3, 9)) // this program's own window goes on too
			w.ok(err)
			if qty, phone := there(still); qty != "60" || phone != "1" || still.Settings().Company != "X" {
				t.Errorf("still %s, phone %s, %s", qty, phone, still.Settings().Company)
			}
			if err := still.SaveMaster(&master.Record{Type: master.Units, Values: map[string]string{"code": "kg", "name": "kg"}}); err == nil {
				t.Error("written through a still book")
			}
			return nil
		}))
		if qty, phone := there(w.a); qty != "50" || phone != "2" || w.a.Settings().Company != "Y" {
			t.Errorf("now %s, phone %s, %s", qty, phone, w.a.Settings().Company)
		}
	})
	stale(t, "while this program writes", func(w two) {
		w.ok(w.a.Tamper(func(tx *store.Tx) error {
			r := edited(w.a, "customers", "C", "phone", "not committed")
			w.ok(tx.SaveMaster(r))
			return w.a.Still(func(still *workflow.Book) error {
				if c, _ := still.Masters().Find("customers", "C"); c.Get("phone") != "1" {
					t.Errorf("phone %s", c.Get("phone"))
				}
				return nil
			})
		}))
	})
}
