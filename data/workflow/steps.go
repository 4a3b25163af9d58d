package workflow

import (
	"context"
	"errors"
	"sync"

	"zhanggui/data/approval"
	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
)

// Steps are what use cases are put together from, for the rooms above this one that have use cases of their own: a transaction, and the
// steps within it. A step that has the name of a use case of the Book takes its place there, so that no transaction is begun within
// another. What a step refuses leaves the transaction to be given up.
type Steps struct{ *Book }

// Write runs a use case in one transaction and tells those who watch the book. Nothing is changed where f fails, or ctx is cancelled
// before it is done.
func (s Steps) Write(ctx context.Context, f func(tx *store.Tx) error) error {
	return s.writeUntil(ctx, f)
}

// Dry is Write of what is only tried, which ends with store.ErrTrial: what is refused leaves no trace (J1).
func (s Steps) Dry(ctx context.Context, f func(tx *store.Tx) error) error {
	return s.db.WriteUntil(ctx, func(tx *store.Tx) error {
		tx.Acts(s.User, s.Now)
		return f(tx)
	})
}

// Quiet is Write that nobody is told of: for what no screen shows, and for trials that end with store.ErrTrial.
func (s Steps) Quiet(f func(tx *store.Tx) error) error { return s.db.Write(f) }

// Store is the open book's file, for what is no use case: who is in it.
func (s Steps) Store() *store.DB { return s.db }

// Aside lays what lies on the desk beside the book's old place, where its file was moved away: nothing can be written into it then.
func (s Steps) Aside(kept store.KeptDoc) error { return s.db.KeepAside(kept) }

// Doing says in both languages what the writing is, to those who wait for it, until what it returns is called.
func (s Steps) Doing(zh, en string) (done func()) { return s.db.Doing(zh, en) }

// Log tells the audit log what was done to a slip.
func (s Steps) Log(tx *store.Tx, verb string, d *slip.Doc, detail auditlog.Detail) error {
	return s.log(tx, verb, d, detail)
}

// Note tells the audit log of an act on something else. Records of standing data are told of as they are written.
func (s Steps) Note(tx *store.Tx, verb, area, key string, detail auditlog.Detail) error {
	return s.note(tx, verb, area, key, detail)
}

// CheckMaster brings a record's values into canonical form and lists what is wrong.
func (s Steps) CheckMaster(tx *store.Tx, r *master.Record) fault.List { return s.checkMaster(tx, r) }

// CheckVersion holds the version a file says of a record, old in the book, against the book's; none is not checked.
func (s Steps) CheckVersion(tx *store.Tx, r, old *master.Record, said string) *fault.Fault {
	return s.checkVersion(tx, r, old, said)
}

// AfterMasters does what follows once all records of a type are in: the opening voucher is made anew.
func (s Steps) AfterMasters(tx *store.Tx, t *master.Type) error { return s.afterMasters(tx, t) }

// May refuses what the verbs say with a kind, master type or report, by the first right that is lacking.
func (s Steps) May(object string, verbs ...string) error { return s.may(object, verbs...) }

// Need refuses by the first of the rights that is lacking.
func (s Steps) Need(needs ...rights.Grant) error { return s.need(needs...) }

// Unseen refuses to say a figure that who acts may not see.
func (s Steps) Unseen(k *slip.Kind, d *slip.Doc, part slip.Part, f slip.Field) *fault.Fault {
	return s.unseen(k, d, part, f)
}

// Refers is the slip that d names by ref; none, or none that who acts may see, is 0.
func (s Steps) Refers(tx *store.Tx, d *slip.Doc, ref string) (int64, error) {
	return s.refers(tx, d, ref)
}

// Free are the steps of the program itself, to find out what would be: nothing is asked, and nothing of it may stay.
func (s Steps) Free() Steps {
	other := s.As(s.User)
	other.trying = true
	return Steps{other}
}

// ReadPeople works out anew who may do what, once users or roles were changed.
func (s Steps) ReadPeople() error { return s.readPeople(s.db) }

// Tell tells those who watch the book that it is another now.
func (s Steps) Tell() { s.tell() }

// Find is the slip of a number, the company's or another's; one that is not there is refused.
func (s Steps) Find(tx *store.Tx, ref string) (*slip.Doc, error) {
	d, err := find(tx, ref)
	if err == nil {
		err = s.there(d, ref)
	}
	return d, err
}

// Check lists what is wrong with a slip, as a draft or as it is to be audited.
func (s Steps) Check(tx *store.Tx, k *slip.Kind, d *slip.Doc, auditing bool) fault.List {
	return s.check(tx, k, d, auditing)
}

// Save checks a draft, gives it a number and writes it. What is to be known of it comes back: approvals that fell away.
func (s Steps) Save(tx *store.Tx, d *slip.Doc) (told fault.List, err error) { return s.save(tx, d) }

// Put writes a slip that was checked; old is what the book has of it, nil of a new one.
func (s Steps) Put(tx *store.Tx, k *slip.Kind, d, old *slip.Doc) error {
	_, err := s.put(tx, k, d, old)
	return err
}

// Enter writes a slip as audited, in one pass. What may be but is to be known comes back as warnings.
func (s Steps) Enter(tx *store.Tx, d *slip.Doc) (saved *slip.Doc, warnings fault.List, err error) {
	return s.enter(tx, d)
}

// Audit audits a saved draft. What may be but is to be known comes back as warnings.
func (s Steps) Audit(tx *store.Tx, d *slip.Doc) (warnings fault.List, err error) {
	return s.audit(tx, d)
}

// Push makes the unsaved slip of a kind that follows from part of an audited one.
func (s Steps) Push(tx *store.Tx, ref, kind string, part Taken) (*slip.Doc, error) {
	return s.push(tx, ref, kind, part)
}

// FirstSuccessor is the kind that slips of a kind are pushed to first; empty: none follows.
func (s Steps) FirstSuccessor(kind string) string { return s.firstSuccessor(kind) }

// CloseSlip closes an order by hand.
func (s Steps) CloseSlip(tx *store.Tx, d *slip.Doc, reason string) error {
	return s.closeSlip(tx, d, reason)
}

// Batch is a run of use cases that share one transaction: all of them land, or none. Many slips with one wait for the
// disk; what each step may do and what it is checked for is the same as alone.
type Batch struct {
	book *Book
	tx   *store.Tx
}

// Batch runs f in one transaction; its first error takes everything back. Inside it only the Batch may be used.
func (b *Book) Batch(f func(*Batch) error) error {
	return b.write(func(tx *store.Tx) error { return f(&Batch{b, tx}) })
}

// Save is Book.Save.
func (x *Batch) Save(d *slip.Doc) error {
	_, err := x.book.save(x.tx, d)
	return err
}

// Audit is Book.Audit. The slip as audited comes back.
func (x *Batch) Audit(ref string) (d *slip.Doc, warnings fault.List, err error) {
	if d, err = x.book.found(x.tx, ref); err != nil {
		return nil, nil, err
	}
	warnings, err = x.book.audit(x.tx, d)
	return d, warnings, err
}

// Push is Book.Push: the unsaved successor.
func (x *Batch) Push(ref, kind string) (*slip.Doc, error) {
	return x.book.push(x.tx, ref, kind, Taken{})
}

// ReadChains works out anew which chains are in force, once they were changed.
func (s Steps) ReadChains() error { return s.readChains(s.db, s.crew.Load() != nil) }

// MaySubmit refuses who may not enter slips of the kind.
func (s Steps) MaySubmit(kind string) error { return s.may(kind, "enter") }

// MayChains refuses who may not change chains of approval.
func (s Steps) MayChains() error { return s.need(rights.Need("book.chains")) }

// InForce are the chains in force; none in a book without users.
func (s Steps) InForce() []approval.Chain {
	if list := s.chains.Load(); list != nil {
		return *list
	}
	return nil
}

// Meant is the slip of NUMBER or NUMBER@VERSION, whoever asks: who may take a step of a slip sees it (A3).
func (s Steps) Meant(tx *store.Tx, ref string) (*slip.Doc, error) {
	free := *s.Book
	free.trying = true
	return free.found(tx, ref)
}

// Try audits a draft and takes it back: what refuses it, or the reasons by which steps are asked of it. Its own facts come along.
func (s Steps) Try(ref string) (d *slip.Doc, r approval.Reasons, err error) {
	free := *s.Book
	free.trying = true
	err = s.Quiet(func(tx *store.Tx) error {
		if d, err = free.found(tx, ref); err != nil {
			return err
		}
		k, err := s.FullKind(d.Kind)
		if err != nil {
			return err
		}
		work, err := tx.Slip(d.ID)
		if err != nil {
			return err
		}
		findings, err := free.audit(tx, work)
		if err != nil {
			return err
		}
		if r, err = s.reasonsOf(tx, k, work, findings); err != nil {
			return err
		}
		return store.ErrTrial
	})
	if errors.Is(err, store.ErrTrial) {
		err = nil
	}
	return d, r, err
}

// Facts are who made and changed a slip, and what else of it decides who may take its steps.
func (s Steps) Facts(tx *store.Tx, d *slip.Doc) (approval.Facts, error) { return s.factsOf(tx, d) }

// ApprovedSeal is what an approval of the slip is of.
func (s Steps) ApprovedSeal(k *slip.Kind, d *slip.Doc) string { return s.approvedSeal(k, d) }

// PutAct writes what was done about a slip's approval, where it takes the slip to another status that too, and tells the log.
// r is the round as it stands then; nil where it is over.
func (s Steps) PutAct(tx *store.Tx, d *slip.Doc, act approval.Act, to slip.Status, r *approval.Round) error {
	if to != d.Status {
		if err := tx.SetStatus(d.ID, to, ""); err != nil {
			return err
		}
		d.Status, d.Version = to, d.Version+1
	}
	return s.putAct(tx, d, act, r)
}

// pinned is the crew as it is for who signed in by a PIN (U3), worked out once for each crew.
type pinned struct {
	mu     sync.Mutex
	of, as *rights.Crew
}

func (p *pinned) crew(of *rights.Crew, name string) *rights.Crew {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of != of {
		p.of, p.as = of, of.ByPIN(name)
	}
	return p.as
}

// OpenedByPIN leaves of the book what a PIN opens.
func (s Steps) OpenedByPIN() { s.pin = &pinned{} }

// NeedPassword refuses who signed in by a PIN what anybody may, but not by that.
func (s Steps) NeedPassword() error {
	if s.pin == nil {
		return nil
	}
	return fault.New(fault.Refused, "PIN 只能开收银，这件事请用密码登录", "a PIN opens the till alone: sign in with the password").Named(rights.About)
}

// approver is the name by which the person takes steps of approvals; by a PIN nobody does.
func (b *Book) approver() string {
	if b.pin != nil {
		return ""
	}
	return b.User
}
