package approve_test

import (
	"fmt"
	"testing"

	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/approve"
	"zhanggui/data/workflow/testbook"
)

// submitted makes n orders of some lines, of two makers, and submits them to a chain of head, then manager; every other is approved by the
// head already.
func submitted(t testing.TB, b *workflow.Book, n, lines int) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	k, err := b.Kind("purchase-order")
	must(err)
	for i := range n {
		maker := b.As([]string{"孙倩", "老板"}[i/2%2])
		d := &slip.Doc{Kind: k.Code, Date: b.Today(), Party: "S", Warehouse: "W1", Department: "D1"}
		for range lines {
			d.Lines = append(d.Lines, slip.Line{Product: "A", Qty: 1_0000, Price: 1_0000})
		}
		must(maker.Save(d))
		_, err := approve.Submit(maker, d.Number)
		must(err)
		if i%2 == 0 {
			_, err := approve.Approve(b.As("陈立"), d.Number, "")
			must(err)
		}
	}
}

// What waits for somebody is told alike by home, by the inbox, by the report, and by the round of each slip; a slip that was changed or
// returned waits for nobody, and its maker hears of the one returned.
func TestHomeInboxAndRoundsAgree(t *testing.T) {
	b := office(t)
	ok(t, chains(b, "chain,kind,step,by,title", "c,purchase-order,1,head,主管", "c,purchase-order,2,role:manager,经理"))
	submitted(t, b, 12, 2)
	// of 12: 6 wait for the head, 6 for the manager
	for name, want := range map[string]int{"陈立": 6, "张启明": 6, "孙倩": 0, "李敏": 0} {
		c, err := approve.Calls(b.As(name))
		ok(t, err)
		list, err := approve.Inbox(b.As(name), 0, 0)
		ok(t, err)
		if c.Waiting != want || len(list) != want || c.Returned != 0 {
			t.Errorf("%s: home says %+v, the inbox has %d, want %d", name, c, len(list), want)
		}
		for _, w := range list {
			d, err := b.Load(w.Number)
			ok(t, err)
			if s, _, in, err := approve.Of(b, d); err != nil || !in || fmt.Sprint(s) != fmt.Sprint(w.State) {
				t.Errorf("%s stands at %v, the inbox says %v", w.Number, s, w.State)
			}
		}
	}
	page, err := approve.Inbox(b.As("陈立"), 2, 3)
	ok(t, err)
	if len(page) != 3 || page[0].Number != "CD-202604-0006" || page[0].Gross().String() != "22.60" {
		t.Errorf("%+v", page)
	}
	_, err = approve.Return(b.As("陈立"), page[0].Number, "too many")
	ok(t, err)
	_, _, err = b.As("孙倩").Change(page[1].Number, 0, []workflow.Change{{Key: "remark", Value: "x"}})
	ok(t, err)
	for name, want := range map[string]approve.Called{"陈立": {Waiting: 4}, "张启明": {Waiting: 6}, "孙倩": {Returned: 1}} {
		c, err := approve.Calls(b.As(name))
		if ok(t, err); c.Waiting != want.Waiting || c.Returned != want.Returned || c.Days(b.Today()) != 0 || c.Days(b.Today().AddDays(2)) != map[bool]int{true: 2}[want.Waiting > 0] {
			t.Errorf("%s: %+v, want %+v", name, c, want)
		}
	}
	all, err := approve.Everybodys(b.As("李敏"))
	if ok(t, err); len(all) != 10 {
		t.Errorf("%d wait for anybody, want 10", len(all))
	}
	testbook.Holds(t, b)
	// a row that another tool took away, and one it put there, are named
	ok(t, workflow.Steps{Book: b}.Write(t.Context(), func(tx *store.Tx) error {
		d, err := tx.Slip(all[0].Slip.ID)
		ok(t, err)
		return tx.PutWaiting(d.ID, b.Now(), b.Now(), "")
	}))
	proofs, err := b.Verify()
	if ok(t, err); len(proofs[4].Faults) != 1 {
		t.Error(proofs[4].Faults)
	}
}

// Of 10,000 that wait, home's count and the first two hundred: 8.9 asks for 50 ms.
func BenchmarkInbox(t *testing.B) {
	b := office(t)
	if err := chains(b, "chain,kind,step,by,title", "c,purchase-order,1,head,主管", "c,purchase-order,2,role:manager,经理"); err != nil {
		t.Fatal(err)
	}
	submitted(t, b, 4, 10)
	err := workflow.Steps{Book: b}.Write(t.Context(), func(tx *store.Tx) error { // the rest as the first ones lie in the book
		states, err := b.DB.WaitingStates()
		if err != nil {
			return err
		}
		like, err := b.DB.Slip(1)
		for n := like.ID; err == nil && like.Status != slip.Submitted; n++ {
			like, err = b.DB.Slip(n)
		}
		k, _ := b.Kind("purchase-order")
		for i := 0; err == nil && i < 10_000; i++ {
			d := like.Clone()
			d.ID, d.Number = 0, fmt.Sprintf("CD-202605-%05d", i)
			for j := range d.Lines {
				d.Lines[j].ID = 0
			}
			if err = tx.InsertSlip(k, d); err == nil {
				err = tx.PutWaiting(d.ID, b.Now(), b.Now(), states[i%len(states)].State)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	who := b.As("陈立")
	for name, f := range map[string]func() error{
		"home":  func() error { _, err := approve.Calls(who); return err },
		"inbox": func() error { _, err := approve.Inbox(who, 0, 200); return err },
		"whole": func() error { _, err := approve.Inbox(who, 0, 0); return err },
	} {
		t.Run(name, func(t *testing.B) {
			for t.Loop() {
				if err := f(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
