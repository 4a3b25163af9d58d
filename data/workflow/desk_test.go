package workflow_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/desk"
	"zhanggui/data/workflow/exchange"
)

// fill gives every field of a value something that is not zero.
func fill(v reflect.Value, n *int64) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.UnixMilli(1_780_000_000_000 + *n).UTC()))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		if v.Type().Elem().Kind() != reflect.String { // the lists
			rows := reflect.New(v.Type().Elem()).Elem()
			fill(rows, n)
			v.Set(reflect.MakeMap(v.Type()))
			v.SetMapIndex(reflect.ValueOf("checks"), rows)
			return
		}
		v.Set(reflect.ValueOf(map[string]string{"reason": "错“字”\n\x01"}))
	case reflect.String:
		v.SetString("螺丝 <&> \u2028" + string(rune('a'+*n%26)))
	case reflect.Bool:
		v.SetBool(true)
	default:
		v.SetInt(*n * 1_000_003 % (1 << 31))
	}
}

func TestWhatIsTypedSurvivesACrashToTheLastField(t *testing.T) {
	b := open(t, workflow.Settings{})
	d, n := &slip.Doc{}, int64(0)
	fill(reflect.ValueOf(d).Elem(), &n)
	d.Lines[0].Net, d.Lines[1].Qty = 99999999999999, -99999999999999 // beyond what a float carries
	for range 2 {                                                    // the second time over the first
		if err := desk.Keep(b, "delivery/1", d); err != nil {
			t.Fatal(err)
		}
	}
	if err := desk.Keep(b, "delivery/2", &slip.Doc{Kind: "delivery", Party: "nobody"}); err != nil {
		t.Fatal(err)
	}
	log, _, _ := b.DB.LastLog()
	path := b.Path()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := workflow.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	list, err := desk.Slips(again)
	if err != nil || len(list) != 2 || list[0].Key != "delivery/1" || !list[0].At.Equal(b.Now()) {
		t.Fatalf("kept are %v, %v", list, err)
	}
	if !reflect.DeepEqual(list[0].Doc, d) {
		t.Errorf("what comes back is\n%+v\nwant\n%+v", list[0].Doc, d)
	}
	if err := desk.Drop(again, "delivery/1"); err != nil {
		t.Fatal(err)
	}
	if list, err := desk.Slips(again); err != nil || len(list) != 1 {
		t.Errorf("after dropping one, kept are %v, %v", list, err)
	}
	if got, _, err := again.DB.LastLog(); got != log || err != nil {
		t.Errorf("keeping is in the audit log: %d entries, %d before", got, log)
	}
}

func TestOneDamagedEntryOnTheDeskHidesNoOther(t *testing.T) {
	b := trade(t)
	for _, k := range []string{"a", "b"} {
		if err := desk.Keep(b, k, &slip.Doc{Kind: "delivery", Remark: "typed " + k}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Tamper(func(tx *store.Tx) error {
		return tx.KeepDoc(store.KeptDoc{Key: "torn", Kind: "delivery", Doc: []byte(`{"Remark":`)})
	}); err != nil {
		t.Fatal(err)
	}
	list, err := desk.Slips(b)
	if len(list) != 2 || err == nil || !strings.Contains(err.Error(), "torn") {
		t.Errorf("%d slips, %v", len(list), err)
	}
}

func TestWhatIsTypedAfterTheBookIsGoneLiesInTheCopy(t *testing.T) {
	b := trade(t)
	if err := desk.Keep(b, "a", &slip.Doc{Kind: "delivery", Remark: "before"}); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(b.Path()); err != nil {
		t.Fatal(err)
	}
	if err := desk.Keep(b, "b", &slip.Doc{Kind: "delivery", Remark: "after"}); !fault.Is(err, fault.Refused) {
		t.Errorf("%v", err)
	}
	copies, _ := filepath.Glob(filepath.Join(filepath.Dir(b.Path()), "*.rescued-*.zg"))
	if len(copies) != 1 {
		t.Fatalf("%v", copies)
	}
	c, err := workflow.Open(copies[0])
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	mustHold(t, c)
	if list, err := desk.Slips(c); len(list) != 2 || err != nil || list[1].Doc.Remark != "after" {
		t.Errorf("%v %v", list, err)
	}
}

// What a window that still runs has on the desk another one leaves there; what a window left that has ended is taken, by one window only.
func TestTheDeskOfAnotherWindow(t *testing.T) {
	if os.Getenv("DESK_WINDOW") != "" { // the other window, until it is ended
		io.Copy(io.Discard, os.Stdin)
		return
	}
	stale(t, "desk", func(w two) {
		other := exec.Command(os.Args[0], "-test.run=^TestTheDeskOfAnotherWindow$")
		other.Env = append(os.Environ(), "DESK_WINDOW=1")
		in, err := other.StdinPipe()
		w.ok(err)
		w.ok(other.Start())
		key := fmt.Sprintf("w-%d-1", other.Process.Pid)
		w.ok(desk.Keep(w.a, key, sold(20260105, "A", 1, 9)))
		w.ok(desk.Keep(w.a, "new-of-before", sold(20260105, "A", 2, 9)))
		list, err := desk.Take(w.b)
		w.ok(err)
		if len(list) != 1 || list[0].Doc.Lines[0].Qty.String() != "2" || list[0].Key == "new-of-before" {
			t.Errorf("%+v", list)
		}
		w.ok(desk.Drop(w.b, list[0].Key))
		in.Close()
		other.Wait()
		list, err = desk.Take(w.b)
		w.ok(err)
		if len(list) != 1 || list[0].Doc.Lines[0].Qty.String() != "1" {
			t.Errorf("%+v", list)
		}
		w.ok(desk.Drop(w.b, list[0].Key))
		if list, err = desk.Take(w.b); err != nil || len(list) > 0 {
			t.Errorf("%+v %v", list, err)
		}
	})
}

// M8: what lies on the desk becomes one slip, however often the key is pressed: 7 of 60 are sold twice under one key, 53 are left.
func TestWhatLiesOnTheDeskIsSavedOnce(t *testing.T) {
	stale(t, "once", func(w two) {
		d := sold(20260105, "A", 7, 9)
		w.ok(desk.Keep(w.a, "k1", d))
		first := d.Clone()
		_, err := w.a.SaveOnce("k1", first, true)
		w.ok(err)
		if kept, err := desk.Slips(w.a); err != nil || len(kept) > 0 {
			t.Errorf("%d on the desk: %v", len(kept), err)
		}
		tick := w.a.DB.Tick()
		again := d.Clone()
		_, err = w.a.SaveOnce("k1", again, true)
		w.ok(err)
		if again.Number != first.Number || again.Status != slip.Audited || w.a.DB.Tick() != tick {
			t.Errorf("again: %s %s at tick %d, first %s at %d", again.Number, again.Status, w.a.DB.Tick(), first.Number, tick)
		}
		w.ok(desk.Keep(w.a, "k1", d)) // late: it would become a second slip
		if kept, err := desk.Slips(w.a); err != nil || len(kept) > 0 {
			t.Errorf("%d on the desk: %v", len(kept), err)
		}
		other := d.Clone()
		other.Lines[0].Qty++
		_, err = w.a.SaveOnce("k1", other, true)
		w.refused(err, "this slip was saved as "+first.Number+" already")
		draft := first.Clone()
		if _, err := w.a.Unaudit(draft.Number, false); err != nil {
			t.Fatal(err)
		}
		if draft, err = w.a.Load(draft.Number); err != nil {
			t.Fatal(err)
		}
		draft.Remark = "later"
		_, err = w.a.SaveOnce("k1", draft, false) // the same form goes on: by its version
		w.ok(err)
		bad := sold(20260105, "A", 7000, 9)
		if _, err := w.a.SaveOnce("k2", bad, true); err == nil {
			t.Error("sold more than there is")
		}
		good := sold(20260105, "A", 1, 9) // a refusal used nothing up
		_, err = w.a.SaveOnce("k2", good, true)
		w.ok(err)
	})
}

// M8 of records, settings and imports: a press of a key that is made again, as when its answer was lost, changes nothing. A customer without a
// code would get a second one.
func TestRecordsSettingsAndFilesAreSavedOnce(t *testing.T) {
	stale(t, "record once", func(w two) {
		customers := func() int { return len(w.a.Masters().List("customers")) }
		was := customers()
		typed := func(name string) *master.Record { return record("customers", "name", name) }
		first, again := typed("Hill & Sons"), typed("Hill & Sons")
		w.ok(w.a.SaveMasterOnce("k1", first))
		tick := w.a.DB.Tick()
		w.ok(w.a.SaveMasterOnce("k1", again))
		if first.Code() == "" || again.Code() != first.Code() || again.ID != first.ID || w.a.DB.Tick() != tick || customers() != was+1 {
			t.Errorf("first %s, again %s; %d customers, had %d", first.Code(), again.Code(), customers(), was)
		}
		w.refused(w.a.SaveMasterOnce("k1", typed("Dale")), "k1")
		w.refused(w.a.SaveMasterOnce("k2", record("customers", "code", first.Code(), "name", "Dale")), "exists already") // which uses nothing up
		w.ok(w.a.SaveMasterOnce("k2", typed("Dale")))

		phone := map[string]string{"phone": "555-0142"}
		w.ok(w.a.Asking("k3", "phone").SetSeen(phone, nil))
		w.ok(w.a.Set(map[string]string{"phone": "555-0199"})) // meanwhile
		if err := w.a.Asking("k3", "phone").SetSeen(phone, nil); !errors.Is(err, workflow.ErrDone) || w.a.Settings().Phone != "555-0199" {
			t.Errorf("settings again: %v; the phone is %s", err, w.a.Settings().Phone)
		}

		rows := &exchange.Table{Name: "c.csv", Header: []string{"name"}, Rows: []exchange.Row{{Line: 2, Cells: []string{"Brook"}}}}
		was = customers()
		_, err := exchange.Import(w.a.Asking("k4", "c.csv"), "customers", rows, false)
		w.ok(err)
		if _, err = exchange.Import(w.a.Asking("k4", "c.csv"), "customers", rows, false); !errors.Is(err, workflow.ErrDone) || customers() != was+1 {
			t.Errorf("file again: %v; %d customers, had %d", err, customers(), was)
		}
	})
}
