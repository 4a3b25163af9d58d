package auditlog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zhanggui/data/text"
)

func example() *Entry {
	e := &Entry{At: 1772526600000, Person: "李敏", PC: "PC-1", Program: "zgctl 1.5", Verb: "master", Area: "customers", Key: "C01", Version: 4,
		Detail: Detail{Changes: []Change{{Field: "credit_limit", Before: "5000.00", After: "8000.00"}}}.Text()}
	e.Follow(0, "")
	return e
}

func TestWorkedExampleOfTheChain(t *testing.T) {
	e := example()
	if e.ID != 1 || e.Previous != strings.Repeat("0", 64) || e.Form != 2 {
		t.Errorf("entry %d of form %d follows %s", e.ID, e.Form, e.Previous)
	}
	if want := `{"changes":[{"field":"credit_limit","before":"5000.00","after":"8000.00"}]}`; e.Detail != want {
		t.Errorf("detail %s", e.Detail)
	}
	if want := "4ffb4f2d1d3434290f186ae2c47ad7744c261048918fa7b834cbedd0f523dc5e"; e.Digest != want {
		t.Errorf("digest %s", e.Digest)
	}
	if want := "e4cdb1a3d75459a9469285f39dcbe9d1ed79ebc79c4bc1da387293c480bfd304"; e.Hash != want {
		t.Errorf("hash %s", e.Hash)
	}
}

// The chain reckoned apart, from the rule's words alone.
func TestHashReckonedApart(t *testing.T) {
	n := func(s string) string { return fmt.Sprintf("%d:%s,", len(s), s) }
	first := example()
	e := &Entry{At: 1772526600007, Person: "Wang,4:x", PC: "", Program: "掌柜 1.5", Verb: "audit", Area: "delivery", Key: "XC-202603-0001", Version: 12, Detail: `{"date":"2026-03-03"}`}
	e.Follow(first.ID, first.Hash)
	d := sha256.Sum256([]byte(e.Detail))
	sum := sha256.Sum256([]byte("zhanggui-log-2" + n(first.Hash) + n("2") + n("1772526600007") + n("Wang,4:x") + n("") + n("掌柜 1.5") + n("audit") + n("delivery") + n("XC-202603-0001") + n("12") + n(hex.EncodeToString(d[:]))))
	if e.Hash != hex.EncodeToString(sum[:]) {
		t.Errorf("hash %s", e.Hash)
	}
	if n("李敏") != "6:李敏," {
		t.Error("lengths are of bytes")
	}
}

func TestDetailHasOneForm(t *testing.T) {
	d := Detail{Changes: []Change{{Line: 2, Field: "price", Before: "5.00", After: "55.00"}}, Date: "2026-03-06", Reason: "<A&B> 甲“乙”\n", By: "张启明", For: "高翔", Request: "r-1", Seal: strings.Repeat("ab", 32)}
	want := `{"changes":[{"line":2,"field":"price","before":"5.00","after":"55.00"}],"date":"2026-03-06","reason":"<A&B> 甲“乙”\n","by":"张启明","for":"高翔","request":"r-1","seal":"` + strings.Repeat("ab", 32) + `"}`
	if got := d.Text(); got != want {
		t.Errorf("got %s", got)
	}
	back, err := Read(want)
	if err != nil || back.Text() != want {
		t.Errorf("read back %v: %v", back, err)
	}
	if got := (Detail{}).Text(); got != "{}" {
		t.Errorf("nothing to tell is %s", got)
	}
	if SealIn(want) != d.Seal || SealIn(`{"note":"\"seal\":\"`+d.Seal+`"}`) != "" || SealIn("{}") != "" || SealIn("") != "" {
		t.Error("a seal is found where one was written, and nowhere else")
	}
}

// log makes n entries of today's form, each sealing slip i%3.
func log(n int) (list []*Entry) {
	var id int64
	hash := ""
	for i := range n {
		e := &Entry{At: int64(1000 + i/2), Person: "李敏", PC: "PC-1", Program: "zgctl 1.5", Verb: "save", Area: "delivery", Key: fmt.Sprint("XC-", i%3), Version: int64(i/3 + 1),
			Detail: Detail{Note: fmt.Sprint("n", i), Seal: Digest(fmt.Sprint(i))}.Text()}
		e.Follow(id, hash)
		id, hash = e.ID, e.Hash
		list = append(list, e)
	}
	return list
}

func read(list []*Entry, asked ...int64) *Chain {
	c := NewChain(asked...)
	for _, e := range list {
		c.Add(e)
	}
	return c
}

func TestAWholeChain(t *testing.T) {
	list := log(10)
	c := read(list, 4, 9)
	if b := c.End(); len(b) > 0 {
		t.Errorf("broken: %v", b)
	}
	if c.Entries() != 10 || c.Last() != (Anchor{10, list[9].Hash}) {
		t.Errorf("%d entries, last %v", c.Entries(), c.Last())
	}
	if !c.Holds(Anchor{4, list[3].Hash[:8]}) || !c.Holds(Anchor{9, list[8].Hash}) || c.Holds(Anchor{4, list[4].Hash[:8]}) || c.Holds(Anchor{11, "00000000"}) {
		t.Error("an anchor holds where its entry has its hash")
	}
	if s, ok := c.Seal(Thing{"delivery", "XC-1"}); !ok || s != (Sealed{8, Digest("7")}) {
		t.Errorf("the last seal of XC-1 is %v", s)
	}
	if len(c.Things()) != 3 {
		t.Errorf("%v", c.Things())
	}
	if b := read(nil).End(); len(b) > 0 {
		t.Errorf("an empty log is broken: %v", b)
	}
}

func TestEveryEditIsNamed(t *testing.T) {
	edits := map[string]func(*Entry){
		"id": func(e *Entry) { e.ID++ }, "at": func(e *Entry) { e.At += 1 }, "earlier": func(e *Entry) { e.At -= 500 }, "person": func(e *Entry) { e.Person = "王" }, "pc": func(e *Entry) { e.PC = "" },
		"program": func(e *Entry) { e.Program += "x" }, "verb": func(e *Entry) { e.Verb = "void" }, "area": func(e *Entry) { e.Area = "payment" }, "key": func(e *Entry) { e.Key = "XC-9" },
		"version": func(e *Entry) { e.Version = 7 }, "detail": func(e *Entry) { e.Detail = strings.Replace(e.Detail, "n", "m", 1) }, "digest too": func(e *Entry) {
			e.Detail = "{}"
			e.Digest = Digest(e.Detail)
		}, "previous": func(e *Entry) { e.Previous = Beginning }, "hash": func(e *Entry) { e.Hash = Digest("x") }, "form": func(e *Entry) { e.Form = 3 }, "former": func(e *Entry) { e.Form = 1 }, "starred": func(e *Entry) { e.Detail = `{"note":"＊"}` },
	}
	for name, edit := range edits {
		list := log(8)
		edit(list[4])
		if b := read(list).End(); len(b) == 0 || b[0].Entry < 5 || b[0].Entry > 6 {
			t.Errorf("%s: %v", name, b)
		}
	}
	for name, list := range map[string][]*Entry{"taken out": append(log(3), log(8)[4:]...), "first gone": log(5)[1:], "twice": append(log(3), log(3)[2:]...), "turned": {log(3)[0], log(3)[2], log(3)[1]}} {
		if b := read(list).End(); len(b) == 0 {
			t.Errorf("%s: nothing is said", name)
		}
	}
}

// What was cut off the end shows by an anchor alone.
func TestACutEndIsFoundByItsAnchor(t *testing.T) {
	whole := log(9)
	a := Anchor{9, whole[8].Hash}
	cut := read(whole[:6], 9)
	if len(cut.End()) != 0 || cut.Holds(a) {
		t.Error("six of nine entries are a chain, and not what the anchor was made of")
	}
}

func TestFormerEntriesComeFirst(t *testing.T) {
	var list []*Entry
	hash := ""
	for i := range 3 {
		e := &Entry{ID: int64(i + 1), At: int64(i), Person: "", Verb: "save", Key: "XC-1", Detail: "x", Previous: hash, Form: 1}
		e.Hash = FormerHash(hash, e.At, e.Person, e.Verb, e.Key, e.Detail)
		hash, list = e.Hash, append(list, e)
	}
	up := &Entry{At: 9, Verb: "upgrade", Area: "settings", Key: "log", Detail: "{}"}
	up.Follow(3, hash)
	next := &Entry{At: 10, Verb: "save", Area: "delivery", Key: "XC-1", Version: 1, Detail: "{}"}
	next.Follow(4, up.Hash)
	if b := read(append(list, up, next)).End(); len(b) > 0 {
		t.Errorf("broken: %v", b)
	}
	bare := &Entry{At: 9, Verb: "save", Detail: "{}"}
	bare.Follow(3, hash)
	if b := read(append(list[:3:3], bare)).End(); len(b) != 1 || b[0].Entry != 4 {
		t.Errorf("no upgrade: %v", b)
	}
	list[1].Detail = "y"
	if b := read(append(list, up, next)).End(); len(b) != 1 || b[0].Entry != 2 {
		t.Errorf("a former entry changed: %v", b)
	}
}

func TestErasedDetailsAreTakenWhereALaterEntryNamesThem(t *testing.T) {
	list := log(4)
	list[1].Detail = `{"note":"＊"}`
	e := &Entry{At: 2000, Verb: "erase", Area: "customers", Key: "C9", Detail: Detail{Erased: []int64{2}}.Text()}
	e.Follow(4, list[3].Hash)
	if b := read(append(list, e)).End(); len(b) > 0 {
		t.Errorf("broken: %v", b)
	}
	if b := read(list).End(); len(b) != 1 || b[0].Entry != 2 {
		t.Errorf("nobody erased it: %v", b)
	}
	list[2].Detail = `{"note":"changed"}`
	if b := read(append(list, e)).End(); len(b) != 1 || b[0].Entry != 3 {
		t.Errorf("an entry that is not named: %v", b)
	}
}

func TestAnchors(t *testing.T) {
	a, err := ParseAnchor(" 4812:9F3C61AA02DE77B1 ")
	if err != nil || a != (Anchor{4812, "9f3c61aa02de77b1"}) || a.String() != "4812:9f3c61aa02de77b1" {
		t.Errorf("%v: %v", a, err)
	}
	a.Hash += "0123"
	if l := a.Line(); l.Zh != "日志 4812 9f3c61aa02de77b1" || l.En != "Audit log 4812 9f3c61aa02de77b1" {
		t.Errorf("%v", l)
	}
	for _, s := range []string{"", "4812", "4812:9f3c61a", "0:9f3c61aa", "-1:9f3c61aa", "x:9f3c61aa", "4812:9f3c61ag", "4812:" + strings.Repeat("0", 65), ":9f3c61aa"} {
		if _, err := ParseAnchor(s); err == nil {
			t.Errorf("%q is an anchor", s)
		}
	}
}

func TestAnOldCopyIsNoticed(t *testing.T) {
	seen := Anchor{4812, Digest("4812")}
	if w := OldCopy(seen, Anchor{4100, Digest("4100")}, text.Day(2026, 3, 20), ""); w.En != "this file ends at entry 4100 of 03-20, this PC has seen 4812: an old copy?" || w.Zh == "" {
		t.Errorf("%v", w)
	}
	if w := OldCopy(seen, Anchor{4900, Digest("4900")}, text.Day(2026, 3, 21), seen.Hash); !w.Empty() {
		t.Errorf("more of the same log: %v", w)
	}
	if w := OldCopy(seen, Anchor{4900, Digest("4900")}, text.Day(2026, 3, 21), Digest("other")); w.Empty() {
		t.Error("another log is not noticed")
	}
	if w := OldCopy(Anchor{}, Anchor{3, "x"}, text.Day(2026, 3, 21), ""); !w.Empty() {
		t.Errorf("seen for the first time: %v", w)
	}
}

// Whatever one value of one entry becomes, the chain says so.
func TestNoEditPassesTheChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := log(rapid.IntRange(2, 12).Draw(t, "entries"))
		e := list[rapid.IntRange(0, len(list)-2).Draw(t, "entry")]
		other := rapid.StringN(0, 8, 30).Draw(t, "text")
		field := rapid.SampledFrom([]*string{&e.Person, &e.PC, &e.Program, &e.Verb, &e.Area, &e.Key, &e.Detail, &e.Digest, &e.Previous, &e.Hash}).Draw(t, "field")
		if *field == other {
			return
		}
		*field = other
		if len(read(list).End()) == 0 {
			t.Fatalf("entry %d was changed and nothing is said", e.ID)
		}
	})
}

// Proof 10 reads a million entries in 10 seconds; the chain itself must be a small part of that.
func TestALongLogIsReadFast(t *testing.T) {
	list := log(50_000)
	from := time.Now()
	if b := read(list).End(); len(b) > 0 {
		t.Fatal(b)
	}
	per := time.Since(from) / 50_000
	t.Logf("%v an entry", per)
	if per > 50*time.Microsecond { // on a machine that does much else besides
		t.Errorf("an entry takes %v", per)
	}
}

func TestWhatIsLoggedHasWords(t *testing.T) {
	agreed := "sign-in sign-in-failed sign-out lock switch new save audit unaudit void close push pick merge submit approve return withdraw fell-away execute print export backup restore master-new master master-delete import settings close-month reopen user role chain password pin recover override refused erase drawer upgrade"
	for _, code := range strings.Fields(agreed) {
		if w := VerbTitle(code); w.En == code || w.Zh == "" {
			t.Errorf("%s has no words: %v", code, w)
		}
	}
	if VerbTitle("fly") != text.T("fly", "fly") {
		t.Error("what nobody knows says itself")
	}
}

func TestWhatThisPCSaw(t *testing.T) {
	s, err := ReadSeen(nil)
	if err != nil || !s.Note("/books/a.zg", Anchor{4100, "aa"}) || !s.Note("/books/a.zg", Anchor{4812, "bb"}) || s.Note("/books/a.zg", Anchor{4812, "bb"}) || s.Note("/books/a.zg", Anchor{4100, "aa"}) || !s.Note("C:\\书\\b.zg", Anchor{1, "cc"}) {
		t.Errorf("%v: %v", s, err)
	}
	back, err := ReadSeen(s.Text())
	if err != nil || len(back) != 2 || back["/books/a.zg"] != (Anchor{4812, "bb"}) || back["C:\\书\\b.zg"].Entry != 1 {
		t.Errorf("%v: %v", back, err)
	}
	if back, err := ReadSeen([]byte("{half")); err == nil || len(back) != 0 {
		t.Errorf("%v: %v", back, err)
	}
}
