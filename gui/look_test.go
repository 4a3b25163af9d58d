package gui

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/inquiry"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/gui/bookroom"
	"zhanggui/gui/standing"
)

// folder is what lies in a book's folder and what is in the book.
func folder(t *testing.T, book string) (names []string, sum [32]byte) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(book))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	data, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	return names, sha256.Sum256(data)
}

// W5: by the door of the welcome screen a book is opened to look only. Every key that would write says so, and book and folder are what they were.
func TestABookIsOpenedToLookOnly(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		book := h.lookedAt()
		names, sum := folder(t, book)
		h.press("6")
		h.inside()
		if f := h.s.Current().(*openForm); f.path != book {
			t.Errorf("%s is proposed, not the book of the list", f.path)
		}
		h.press("Ctrl+S")
		b := h.s.Book()
		if b == nil || !b.Looking() {
			t.Fatalf("not opened to look: %s", h.says())
		}
		h.inside()
		h.sees(map[bool]string{true: "只看", false: "to look only"}[zh])

		refused := func(what string, keys ...string) {
			t.Helper()
			h.s.Calm()
			h.press(keys...)
			if want := workflow.ErrLooking.Text.In(h.s.lang); h.says() != want {
				t.Errorf("%s says %q, want %q", what, h.says(), want)
			}
		}
		h.s.OpenSlip("XC-202611-0002") // a draft
		refused("save", "Ctrl+S")
		refused("audit", "F9")
		refused("a new slip", "Ctrl+N")
		h.s.CloseTab()
		h.s.OpenSlip("XC-202611-0001") // audited
		refused("correct", "Ctrl+R")
		refused("un-audit", "Ctrl+F9", "Y")
		refused("red letter", "Ctrl+T")
		refused("copy", "Ctrl+K")
		refused("push down", "F8", "Enter")
		h.s.CloseTab()
		standing.OpenMasters(h.s, master.Customers)
		refused("a new customer", "Ctrl+N")
		refused("delete a customer", "Del", "Y")
		standing.OpenMaster(h.s, master.Customers, "C1")
		h.types(master.Customers, "phone", "119")
		refused("save a customer", "Ctrl+S")
		h.press("Esc", "N")
		h.s.ClosePeriod()
		refused("close a month", "Enter", "F9")
		h.s.Settings()
		x := h.s.Current().(*bookroom.SettingsScreen)
		x.Boxes.Fields["company"].SetText("Other")
		x.Values["company"] = "Other"
		refused("settings", "Ctrl+S")
		h.s.BackupDialog()
		h.s.Current().(*bookroom.BackupScreen).Ask(book)
		if h.says() != workflow.ErrLooking.Text.In(h.s.lang) {
			t.Errorf("restore says %q", h.says())
		}
		h.s.Welcome()
		after, then := folder(t, book)
		if then != sum || !slices.Equal(names, after) {
			t.Errorf("a look left traces: %v, before %v", after, names)
		}
	})
}

// lookedAt makes the small shop with an audited and a draft delivery, and closes it: the welcome screen has it in its list.
func (h *hands) lookedAt() string {
	h.t.Helper()
	b := h.shop()
	for _, qty := range []string{"7", "8"} {
		h.sell("C1", qty)
		h.press("Ctrl+S")
		if qty == "7" {
			h.press("F9")
		}
		h.s.CloseTab()
	}
	for n, want := range map[string]slip.Status{"XC-202611-0001": slip.Audited, "XC-202611-0002": slip.Draft} {
		if d, err := b.Load(n); err != nil || d.Status != want {
			h.t.Fatal(n, d, err)
		}
	}
	h.s.Welcome()
	return b.Path()
}

// A book that cannot be written where it lies opens so by itself; the same book, opened to look, may be opened to work afterwards.
func TestOpenedToLookAndThenToWork(t *testing.T) {
	h := newHands(t, text.En)
	book := h.lookedAt()
	h.s.openWith(book, true)
	if !h.s.Book().Looking() {
		t.Fatal("not opened to look")
	}
	h.s.openPath(book)
	if h.s.Book() == nil || h.s.Book().Looking() {
		t.Fatalf("still only looking: %s", h.says())
	}
	h.s.OpenSlip("XC-202611-0002")
	h.press("F9")
	if d, err := h.s.Book().Load("XC-202611-0002"); err != nil || d.Status != slip.Audited {
		t.Errorf("%v %v: %s", d, err, h.says())
	}
}

// M10: a key whose write waits for another program's says for whom after half a second; refused, it says so too, and nothing is changed.
func TestTheLineSaysWhoHoldsTheBook(t *testing.T) {
	bothLanguages(t, func(t *testing.T, h *hands, zh bool) {
		b := h.shop()
		other := h.other()
		h.does(other.Set(map[string]string{"lock_wait": "1"}))
		if err := b.Set(map[string]string{"phone": "119"}); err != nil { // by its next write it waits so long
			t.Fatal(err)
		}
		held, let, ended := make(chan bool), make(chan bool), make(chan bool)
		go func() {
			defer close(ended)
			other.Once(store.Request{ID: "slow", Hash: "slow"}, func() (string, error) {
				err := other.Set(map[string]string{"phone": "120"})
				close(held)
				<-let
				return "", err
			})
		}()
		<-held
		j := &job{blocks: true}
		h.s.busy = j
		outcome := make(chan error)
		go func() { outcome <- b.Set(map[string]string{"phone": "118"}) }()
		err := h.s.waits(j, "saving", outcome)
		h.s.busy = nil
		if !errors.Is(err, workflow.ErrBusy) {
			t.Errorf("the write ends with %v", err)
		}
		pc, _ := os.Hostname()
		if want := map[bool]string{true: "saving…  等待：王（" + pc + "）自 ", false: "saving…  waiting: 王 on " + pc + " writes since "}[zh]; !strings.HasPrefix(h.says(), want) {
			t.Errorf("the line says %q, want %q", h.says(), want)
		}
		close(let)
		<-ended
		b.Look()
		if b.Settings().Phone != "120" {
			t.Errorf("the phone is %s", b.Settings().Phone)
		}
		if _, waits := b.Waits(); waits {
			t.Error("it waits on")
		}
	})
}

// M8: a key pressed twice, or again after its answer was lost, makes one slip.
func TestAKeyPressedTwiceMakesOneSlip(t *testing.T) {
	h := newHands(t, text.En)
	b := h.shop()
	f := h.sell("C1", "7")
	d, key := f.trimmed(), f.key // as if the answer of this key had been lost
	if _, err := b.SaveOnce(key, d, true); err != nil {
		t.Fatal(err)
	}
	h.press("F9", "F9")
	if f.doc.Number != "XC-202611-0001" || f.doc.Status != slip.Audited {
		t.Errorf("%s is %s: %s", f.doc.Number, f.doc.Status, h.says())
	}
	h.s.CloseTab()
	h.sell("C1", "8")
	h.press("Ctrl+S", "Ctrl+S", "F9", "F9")
	all, err := b.List(inquiry.Filter{Kinds: []string{"delivery"}}, inquiry.Sorting{})
	if err != nil || all.Count != 2 {
		t.Errorf("%d slips, want 2: %v", all.Count, err)
	}
}
