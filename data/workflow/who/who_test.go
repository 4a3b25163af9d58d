package who_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/testbook"
	"zhanggui/data/workflow/who"
)

// again opens the book once more, as another program would.
func again(t *testing.T, b *workflow.Book, open func(string) (*workflow.Book, error)) *workflow.Book {
	t.Helper()
	c, err := open(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// listed lists who is in, and waits until it is as wanted: what a program says of itself it writes beside its work.
func listed(t *testing.T, b *workflow.Book, as func([]who.Person) bool) (list []who.Person) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		var err error
		list, err = who.List(b)
		must(t, err)
		if as(list) {
			return list
		}
	}
	t.Fatalf("in the book are %+v", list)
	return nil
}

func in(n int) func([]who.Person) bool {
	return func(list []who.Person) bool { return len(list) == n }
}

// W4: who has the book open is known to the others, with what is typed in where; who only looks is not, and who left is gone. Nothing of it is a
// change of the book: tick, log, daily backup and copies know nothing of it.
func TestWhoIsIn(t *testing.T) {
	a := testbook.Open(t, workflow.Settings{})
	b := again(t, a, workflow.Open)
	a.User, b.User = "李敏", "王强"
	a.Now = func() time.Time { return time.Date(2026, 12, 31, 9, 5, 0, 0, time.UTC) }
	_, made, err := a.DailyBackup(0)
	if err != nil || !made {
		t.Fatal(made, err)
	}
	tick := a.DB.Tick()
	entry, _, err := a.DB.LastLog()
	must(t, err)
	must(t, who.Enter(a, "zhanggui", "Home"))
	time.Sleep(5 * time.Millisecond) // who came first stands first, by the millisecond
	must(t, who.Enter(b, "zgctl", "session"))
	look := again(t, a, workflow.OpenToLook)
	must(t, who.Enter(look, "zhanggui", "Home"))
	list := listed(t, look, in(2))
	if p := list[0]; p.Name != "李敏" || p.Program != "zhanggui" || p.Doing != "Home" || p.PC == "" || p.Version == "" || time.Since(p.Since) > time.Minute || len(p.Editing) > 0 {
		t.Errorf("the first is %+v", p)
	}
	must(t, who.Enter(b, "zgctl", "session"))
	listed(t, look, in(2)) // entering twice is entering once
	who.Does(a, "Delivery", []string{"XC-202603-0001", who.Record("customers", "C")})
	list = listed(t, b, func(l []who.Person) bool { return len(l) == 2 && len(l[0].Editing) == 2 })
	if keys := list[0].Keys(); !slices.Equal(keys, []string{"XC-202603-0001", "customers C"}) || list[0].Self || !list[1].Self {
		t.Errorf("edited are %v: %+v", keys, list)
	}
	if p, _, ok := who.Holder(list, "XC-202603-0001"); !ok || p.Name != "李敏" {
		t.Errorf("held by %+v", p)
	}
	// taken over: the later one has it
	who.Does(b, "Delivery", []string{"XC-202603-0001"}, "XC-202603-0001")
	list = listed(t, look, func(l []who.Person) bool { return len(l) == 2 && len(l[1].Editing) == 1 })
	if p, since, ok := who.Holder(list, "XC-202603-0001"); !ok || p.Name != "王强" || since.Before(list[0].Editing[0].Since) {
		t.Errorf("after it was taken over it is held by %+v since %v", p, since)
	}

	if _, err := a.DB.Refresh(); err != nil || a.DB.Tick() != tick {
		t.Errorf("the tick went from %d to %d (%v)", tick, a.DB.Tick(), err)
	}
	if n, _, err := a.DB.LastLog(); err != nil || n != entry {
		t.Errorf("the log went from %d to %d (%v)", entry, n, err)
	}
	if _, made, err = a.DailyBackup(0); err != nil || made {
		t.Errorf("another daily backup was made: %v, %v", made, err)
	}
	copied := filepath.Join(t.TempDir(), "copy.zg")
	must(t, a.Backup(copied))
	c, err := workflow.Open(copied)
	must(t, err)
	listed(t, c, in(0))
	must(t, c.Close())
	_, err = workflow.RestoreKeeping(copied, a.Path())
	if err == nil || !strings.Contains(err.Error(), "李敏") || !strings.Contains(err.Error(), "王强") {
		t.Errorf("restoring over people's heads: %v", err)
	}
	must(t, look.Close())
	must(t, b.Close())
	listed(t, a, in(1))
	must(t, a.Close())
	if _, err := workflow.RestoreKeeping(copied, a.Path()); err != nil {
		t.Errorf("restoring into an empty room: %v", err)
	}
}

// A book opened to look is left as it was, to the byte, with nothing beside it.
func TestLookingLeavesNoPlace(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{})
	path := b.Path()
	must(t, b.Close())
	before, err := os.ReadFile(path)
	must(t, err)
	look, err := workflow.OpenToLook(path)
	must(t, err)
	must(t, who.Enter(look, "zhanggui", "Home"))
	who.Does(look, "Delivery", []string{"X"})
	must(t, look.Close())
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("a look changed the file")
	}
}

// Nothing waits for a place in the book, and a place for nothing: while another write is under way a beat is skipped within a moment, and who
// writes is known by its file beside the book.
func TestABusyBookIsNotWaitedFor(t *testing.T) {
	a := testbook.Open(t, workflow.Settings{})
	b := again(t, a, workflow.Open)
	a.User = "李敏"
	done := workflow.Steps{Book: a}.Doing("正在导入", "imports")
	defer done()
	err := workflow.Steps{Book: a}.Write(context.Background(), func(*store.Tx) error {
		time.Sleep(300 * time.Millisecond) // after that it says who it is
		began := time.Now()
		if err := who.Enter(b, "zhanggui", "Home"); err != nil {
			return err
		}
		if took := time.Since(began); took > 500*time.Millisecond {
			t.Errorf("a busy book was waited for %v", took)
		}
		list, err := who.List(b)
		if len(list) != 1 || list[0].Name != "李敏" || list[0].Doing != "imports" {
			t.Errorf("in a busy book are %+v", list)
		}
		return err
	})
	must(t, err)
	listed(t, b, func(l []who.Person) bool { return len(l) == 1 && l[0].Self })
}

// 12.4: what is changed is told a line a change, oldest first: a delivery audited changes its order too, and what is deleted is told by its code.
func TestWatch(t *testing.T) {
	b := testbook.Open(t, workflow.Settings{Negative: "allow"})
	b.User = "李敏"
	began := b.DB.Tick()
	w := again(t, b, workflow.Open)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	lines := make(chan string, 100)
	ended := make(chan error)
	go func() {
		ended <- who.Watch(ctx, w, began, func(c who.Change) error {
			lines <- strings.TrimRight(strings.Join([]string{c.Area, c.Key, c.Verb, c.Person}, " "), " ")
			return nil
		})
	}()
	var got []string
	wait := func(n int) {
		t.Helper()
		for len(got) < n {
			select {
			case l := <-lines:
				got = append(got, l)
			case <-time.After(10 * time.Second):
				t.Fatalf("told so far: %q", got)
			}
		}
	}
	testbook.Load(t, b, "customers", "code,name", "C9,新客户")
	wait(1)
	r, _ := b.Masters().Find(master.Customers.Code, "C9")
	must(t, b.DeleteMaster(r))
	wait(2)
	d := &slip.Doc{Kind: "sales-order", Date: 20260310, Party: "C", Warehouse: "W1", Lines: []slip.Line{{Product: "A", Qty: 5_000_000, Price: 20_000_000}}}
	must(t, b.Save(d))
	_, err := b.Audit(d.Number)
	must(t, err)
	wait(4)
	want := []string{"customers C9 master-new 李敏", "customers C9 master-delete 李敏", "sales-order " + d.Number + " new 李敏", "sales-order " + d.Number + " audit 李敏"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("told is %q, want %q", got, want)
	}
	stop()
	must(t, <-ended)
}
