// Package who tells who has a book open and what they do there 在线, and what is changed in it as it happens (12.4). It decides nothing: what
// two programs may do at once is decided by the book's lock and by versions.
package who

import (
	"context"
	"strings"
	"time"

	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/files"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/store"
	"zhanggui/data/store/presence"
	"zhanggui/data/workflow"
)

// Person is a program that has the book open, and who works in it. Editing are the numbers of slips, and the records as "customers C01",
// that something is typed in.
type Person struct {
	Name, PC, Program, Version string
	Since, Seen                time.Time
	Editing                    []Editing
	Doing                      string
	Self                       bool // it is this program

	session string
}

// Editing is one of them, and since when.
type Editing = presence.Editing

// Record names a record of standing data among what is edited.
func Record(area, key string) string { return area + " " + key }

// Enter takes a place among those who are in the book, for the program of a name that does something, until the book is closed. A book opened to look is
// looked at unseen.
func Enter(b *workflow.Book, program, doing string) error {
	return workflow.Steps{Book: b}.Store().Enter(program, files.Version(), doing)
}

// Does tells the others what this program shows and in what something is typed in it; over are those of the latter that are taken over
// from somebody now. It waits for nothing.
func Does(b *workflow.Book, doing string, editing []string, over ...string) {
	if seat := (workflow.Steps{Book: b}).Store().Seat(); seat != nil {
		seat.Does(doing, editing, over...)
	}
}

// List lists who is in the book, in the order they came; what is not seen for a minute, or does not run any more on this PC, is gone.
func List(b *workflow.Book) (list []Person, err error) {
	rows, err := b.DB.Present()
	own := ""
	if seat := (workflow.Steps{Book: b}).Store().Seat(); seat != nil {
		own = seat.Session()
	}
	for _, r := range rows {
		list = append(list, Person{Name: r.Person, PC: r.PC, Program: r.Program, Version: r.Version, Since: time.UnixMilli(r.Since), Seen: time.UnixMilli(r.Seen),
			Editing: r.At(), Doing: r.Doing, Self: r.Session == own, session: r.Session})
	}
	return list, err
}

// Keys are the names of what is edited.
func (p Person) Keys() []string {
	var list []string
	for _, e := range p.Editing {
		list = append(list, e.Key)
	}
	return list
}

// Holder is who of the others edits a slip or record, since when: of several who took it over last.
func Holder(list []Person, key string) (p Person, since time.Time, ok bool) {
	for _, x := range list {
		for _, e := range x.Editing {
			if e.Key == key && !x.Self && !e.Since.Before(since) {
				p, since, ok = x, e.Since, true
			}
		}
	}
	return p, since, ok
}

// Change is what a commit changed: Key is a slip's number or a record's code, of the settings none. Verb is empty where what was done to
// something else changed it too, as an order by its delivery; who did it, and when, is told of both.
type Change struct {
	Tick            int64
	Area, Key, Verb string
	Person          string
	At              time.Time
}

// looksEvery is how often the book is asked for commits.
const looksEvery = 250 * time.Millisecond

// Watch gives f every change after a tick, oldest first, as it happens, until ctx ends; that is no error. What is not there for who watches is
// not told: areas he may not see, slips and customers out of his scope (R8).
func Watch(ctx context.Context, b *workflow.Book, since int64, f func(Change) error) error {
	for {
		if err := b.Adrift(); err != nil {
			return err
		}
		if _, err := b.DB.Refresh(); err != nil {
			return err
		}
		list, err := b.DB.ChangesSince(since)
		if err != nil {
			return err
		}
		for _, c := range list {
			since = c.N
			there, err := isThere(b, c)
			if err != nil {
				return err
			}
			if !there {
				continue
			}
			told, err := tell(b, c)
			if err == nil {
				err = f(told)
			}
			if err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(looksEvery):
		}
	}
}

// isThere tells whether what a change is of is there for who watches. Of a slip or customer that is there no more nobody can say whose it was:
// it is told to who has to do with the whole book.
func isThere(b *workflow.Book, c store.Changed) (bool, error) {
	who := b.Who()
	if !who.Asked() {
		return true, nil
	}
	if !who.May(c.Area, "see") {
		return false, nil
	}
	if c.ID == 0 || who.Scope().Whole() {
		return true, nil
	}
	if t, ok := master.ByCode(c.Area); ok {
		r, ok := b.Masters().ByID(t.Code, c.ID)
		return ok && b.There(r) || t != master.Customers, nil
	}
	if _, ok := kinds.ByCode(c.Area); !ok {
		return true, nil
	}
	number, err := b.DB.SlipNumber(c.ID)
	if err != nil || number == "" {
		return false, err
	}
	_, err = b.Load(number)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Refused) {
		return false, nil
	}
	return err == nil, err
}

// Missing refuses to begin at a tick of which the book no longer says what changed after it: it keeps 10,000.
func Missing(b *workflow.Book, since int64) error {
	first, err := b.DB.OldestTick()
	if err != nil || first <= since+1 {
		return err
	}
	return fault.New(fault.Refused, "变更号 %d 之前的变更已不再保留；请从 %d 开始", "changes before tick %d are no longer kept; begin at %d", first, first-1)
}

// tell puts a change into words.
func tell(b *workflow.Book, c store.Changed) (t Change, err error) {
	t = Change{Tick: c.N, Area: c.Area}
	if c.ID != 0 {
		if typ, ok := master.ByCode(c.Area); !ok {
			t.Key, err = b.DB.SlipNumber(c.ID)
		} else if r, ok := b.DB.Masters.ByID(typ.Code, c.ID); ok {
			t.Key = r.Key()
		}
	}
	if err != nil || c.Entry == 0 {
		return t, err
	}
	var e auditlog.Entry
	own := c.Entry > 0
	if e, _, err = b.DB.Entry(max(c.Entry, -c.Entry)); err != nil {
		return t, err
	}
	t.Person, t.At = e.Person, time.UnixMilli(e.At)
	if own || e.Area == t.Area && strings.EqualFold(e.Key, t.Key) {
		t.Verb = e.Verb
		if t.Key == "" { // it is there no more
			t.Key = e.Key
		}
	}
	return t, nil
}
