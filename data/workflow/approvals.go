package workflow

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"zhanggui/data/approval"
	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
)

// What a slip needs before it is audited (8.6). Only a book with users has chains of approval in force; of any other the list is nil, and
// nothing of this is asked or read.

// readChains works out anew which chains are in force.
func (b *Book) readChains(q store.Query, users bool) error {
	if !users {
		b.chains.Store(nil)
		return nil
	}
	kept, err := store.ReadChains(q)
	if err != nil {
		return err
	}
	var list []approval.Chain
	for _, c := range kept {
		if len(c.Steps) > 0 {
			list = append(list, c.Chain)
		}
	}
	if list == nil {
		b.chains.Store(nil)
		return nil
	}
	b.chains.Store(&list)
	return nil
}

// approvalDepartment is the department by whose chain a slip goes: its own, else that of who is named on it, else of who made it.
func (b *Book) approvalDepartment(q store.Query, d *slip.Doc) (string, error) {
	if d.Department != "" {
		return d.Department, nil
	}
	of := func(employee string) string {
		r, _ := b.Masters().Find(master.Employees.Code, employee)
		return r.Get("department")
	}
	if d.Employee != "" {
		return of(d.Employee), nil
	}
	p, err := store.ReadPeople(q)
	for _, u := range p.Users {
		if u.Name == d.Maker || d.Maker == "" && u.Name == b.User {
			r, _ := b.Masters().ByID(master.Employees.Code, u.Employee)
			return r.Get("department"), nil
		}
	}
	return "", err
}

// ChainOf is the chain of approval that holds for a slip, if any.
func (b *Book) ChainOf(q store.Query, d *slip.Doc) (c approval.Chain, ok bool, err error) {
	list := b.chains.Load()
	if list == nil {
		return c, false, nil
	}
	department, err := b.approvalDepartment(q, d)
	if err != nil {
		return c, false, err
	}
	c, ok = approval.Holding(*list, d.Kind, department, b.above)
	return c, ok, nil
}

// Approvers is who there is to approve now.
func (b *Book) Approvers(q store.Query) (x approval.People, err error) {
	p, err := store.ReadPeople(q)
	if err != nil {
		return x, err
	}
	for _, u := range p.Users {
		r, _ := b.Masters().ByID(master.Employees.Code, u.Employee)
		person := approval.Person{Name: u.Name, Employee: r.Code(), Roles: u.Roles, Active: u.Active, Substitute: u.Substitute}
		person.From, _ = text.ParseDate(u.SubstituteFrom)
		person.To, _ = text.ParseDate(u.SubstituteUntil)
		x.All = append(x.All, person)
	}
	x.Manager = func(department string) string {
		r, _ := b.Masters().Find(master.Departments.Code, department)
		return r.Get("manager")
	}
	x.Above, x.Today, x.Own = b.above, b.Today(), b.Settings().Get("approve_own") == "yes"
	return x, nil
}

// factsOf are who made and changed a slip, and what else of it decides who may take its steps.
func (b *Book) factsOf(tx *store.Tx, d *slip.Doc) (f approval.Facts, err error) {
	if f.Department, err = b.approvalDepartment(tx, d); err != nil {
		return f, err
	}
	f.Maker, f.Changed = d.Maker, d.Maker
	if d.ID == 0 {
		f.Maker, f.Changed = b.User, b.User
	}
	if d.Kind == kinds.Expense.Code {
		f.Payee = d.Employee
	}
	if d.Number == "" {
		return f, nil
	}
	entries, err := tx.History(d.Kind, d.Number)
	for _, e := range entries {
		if e.Verb == "new" || e.Verb == "save" || e.Verb == "set" {
			f.Changed = e.Person
		}
	}
	return f, err
}

// RoundOf is the round a slip is in, or was audited by; ok is false where there is none. acts are those of the round.
func RoundOf(q store.Query, d *slip.Doc) (r approval.Round, acts []store.KeptAct, ok bool, err error) {
	if d.ID == 0 || d.Status == slip.Draft || d.Status == slip.Void {
		return r, nil, false, nil
	}
	all, err := store.ActsOf(q, d.ID)
	if err != nil {
		return r, nil, false, err
	}
	for _, a := range all {
		switch a.Verb {
		case approval.Submit:
			r, ok, acts = approval.Round{}, true, nil
			if err := json.Unmarshal([]byte(a.Round), &r); err != nil {
				return r, nil, false, fmt.Errorf("round of %s: %w", d.Number, err)
			}
		case approval.Approve, approval.Execute:
			if i := slices.IndexFunc(r.Steps, func(p approval.Part) bool {
				return p.Asked && p.Taken == nil && p.No == a.Step && p.Title == a.Title
			}); ok && i >= 0 {
				r.Steps[i].Taken = &a.Act
			}
		default:
			ok = false
		}
		acts = append(acts, a)
	}
	r.Status = d.Status
	return r, acts, ok, nil
}

// approving is what approvals have to say about an audit; nil: nothing.
type approving struct {
	b     *Book
	tx    *store.Tx
	k     *slip.Kind
	d     *slip.Doc
	chain approval.Chain // that is asked, where the slip was not submitted
	round *approval.Round
	facts approval.Facts
	seal  string
}

// askedOf finds what of approvals an audit has to ask.
func (b *Book) askedOf(tx *store.Tx, k *slip.Kind, d *slip.Doc) (*approving, error) {
	if b.trying || b.chains.Load() == nil {
		return nil, nil
	}
	a := &approving{b: b, tx: tx, k: k, d: d}
	r, _, ok, err := RoundOf(tx, d)
	if err != nil {
		return nil, err
	}
	if ok {
		a.round, a.seal = &r, b.approvedSeal(k, d)
		return a, nil
	}
	if a.chain, ok, err = b.ChainOf(tx, d); err != nil || !ok {
		return nil, err
	}
	a.facts, err = b.factsOf(tx, d)
	return a, err
}

// approvedSeal is what an approval is of.
func (b *Book) approvedSeal(k *slip.Kind, d *slip.Doc) string {
	return auditlog.Approved(k, d, func(typ, code string) string {
		if r, ok := b.Masters().Find(typ, code); ok {
			return fmt.Sprintf("#%d", r.ID)
		}
		return code
	}).Seal()
}

// given refuses the audit where an approval lacks, or was of something else, and writes who carries the slip out. findings are what auditing
// told: some of them ask for steps.
func (a *approving) given(findings fault.List) error {
	if a == nil {
		return nil
	}
	reasons, err := a.b.reasonsOf(a.tx, a.k, a.d, findings)
	if err != nil {
		return err
	}
	people, err := a.b.Approvers(a.tx)
	if err != nil {
		return err
	}
	gross := approval.Gross(a.d)
	if a.round == nil {
		if err := approval.Needs(a.chain, a.facts, gross, reasons, a.b.User, people); err != nil {
			return err
		}
		whom := ""
		if n := len(a.chain.Steps); n > 0 && a.chain.Steps[n-1].Execute {
			r := approval.Round{Facts: a.facts, Steps: []approval.Part{{Step: a.chain.Steps[n-1], Asked: true}}}
			if whom, err = r.Carry(a.b.User, people); err != nil {
				return err
			}
		}
		return a.carried(a.chain.Steps, whom)
	}
	whom, err := a.round.Carry(a.b.User, people)
	if err != nil {
		return err
	}
	if err := a.round.Again(gross, reasons); err != nil {
		return err
	}
	if x := a.round.Unsealed(a.seal); x != nil {
		return fault.New(fault.Refused, "第 %d 步 %s（%s）批准的不是现在的内容：请重新提交", "step %d %s (%s) was given to something else than the slip says now: submit again", x.Step, x.Title, x.Person)
	}
	var steps []approval.Step
	for _, p := range a.round.Steps {
		if p.Asked {
			steps = append(steps, p.Step)
		}
	}
	return a.carried(steps, whom)
}

// stands tells whether a step that was asked because of the word was taken: it stands for the right to do it (R9).
func (a *approving) stands(word string) bool {
	return a != nil && a.round != nil && a.round.Stands(word)
}

// left are the findings that no step that was taken stands for.
func (a *approving) left(findings fault.List) fault.List {
	if a == nil || a.round == nil {
		return findings
	}
	words := map[string]string{OverCredit: approval.OverCredit, BelowCost: approval.BelowCost, BelowZero: approval.Negative}
	return slices.DeleteFunc(slices.Clone(findings), func(f *fault.Fault) bool { return words[f.About] != "" && a.stands(words[f.About]) })
}

// carried writes who carried the slip out, where a step of the chain says who does.
func (a *approving) carried(steps []approval.Step, whom string) error {
	if len(steps) == 0 || !steps[len(steps)-1].Execute {
		return nil
	}
	s := steps[len(steps)-1]
	act := approval.Act{Verb: approval.Execute, Step: s.No, Title: s.Title, Person: a.b.User, For: whom, At: a.b.Now(), Version: a.d.Version, Seal: a.b.approvedSeal(a.k, a.d)}
	return a.b.putAct(a.tx, a.d, act, nil)
}

// putAct writes what was done about an approval, keeps for whom the slip waits now, and tells the log. r is the round as it stands then; nil
// where it is over.
func (b *Book) putAct(tx *store.Tx, d *slip.Doc, act approval.Act, r *approval.Round) error {
	begun, submitted, state := "", act.At, ""
	switch {
	case r == nil:
	case act.Verb == approval.Submit:
		copied, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("round of %s: %w", d.Number, err)
		}
		begun = string(copied)
	default:
		acts, err := store.ActsOf(tx, d.ID)
		if err != nil {
			return err
		}
		for _, a := range acts {
			if a.Verb == approval.Submit {
				submitted = a.At
			}
		}
	}
	if r != nil {
		state = r.Standing()
	}
	if err := errors.Join(tx.PutAct(d, act, begun), tx.PutWaiting(d.ID, submitted, act.At, state)); err != nil {
		return err
	}
	return b.log(tx, string(act.Verb), d, auditlog.Detail{For: act.For, Reason: act.Comment, Note: act.Title})
}

// keepsApproval decides what becomes of approvals as a slip is written over an old one (A6): they fall away, unless nothing that was approved
// changes, and who changes the rest may carry the slip out. d, a draft so far, then stays what it was. What fell away is told.
func (b *Book) keepsApproval(tx *store.Tx, d, old *slip.Doc, changes []slip.Difference) (told fault.List, err error) {
	if old == nil || old.Status == slip.Draft {
		return nil, nil
	}
	again := fault.New(fault.Refused, "%s 已改动，重新成为草稿", "%s was changed and is a draft again", d.Number).Named(approval.Fallen)
	if b.trying || b.chains.Load() == nil {
		return fault.List{again}, nil
	}
	r, _, ok, err := RoundOf(tx, old)
	if err != nil || !ok {
		return fault.List{again}, err
	}
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return nil, err
	}
	if len(changes) == 0 {
		d.Status = old.Status
		return nil, nil
	}
	if old.Status == slip.Approved && executes(r) && b.approvedSeal(k, d) == b.approvedSeal(k, old) {
		people, err := b.Approvers(tx)
		if err != nil {
			return nil, err
		}
		if _, err := r.Carry(b.User, people); err == nil {
			d.Status = old.Status
			return nil, nil
		}
	}
	fell := approval.Fell(len(r.Approvals()))
	again.Text = text.T(d.Number+" "+fell.Zh, d.Number+": "+fell.En)
	return fault.List{again}, b.fell(tx, d)
}

// executing is the book as who carries an approved slip out has it, where the changes are what he may still say: he needs no right to enter.
func (b *Book) executing(k *slip.Kind, d *slip.Doc, changes []Change) (*Book, error) {
	if d.Status != slip.Approved || b.chains.Load() == nil || slices.ContainsFunc(changes, func(x Change) bool { return x.Line > 0 || x.List != "" || !x.field(k).Executes }) {
		return b, nil
	}
	r, _, ok, err := RoundOf(b.DB, d)
	if err != nil || !ok || !executes(r) {
		return b, err
	}
	people, err := b.Approvers(b.DB)
	if err != nil {
		return b, err
	}
	if _, err := r.Carry(b.User, people); err != nil {
		return b, nil
	}
	by := *b
	by.lent = append(slices.Clone(b.lent), rights.Need(b.crew.Load().Space.Right(d.Kind, "enter")))
	return &by, nil
}

// executes tells whether a step of the round says who carries the slip out.
func executes(r approval.Round) bool {
	return slices.ContainsFunc(r.Steps, func(p approval.Part) bool { return p.Asked && p.Execute })
}

// fallsAway ends the round a slip that is a draft again was in.
func (b *Book) fallsAway(tx *store.Tx, d *slip.Doc) error {
	if b.trying || b.chains.Load() == nil {
		return nil
	}
	acts, err := store.ActsOf(tx, d.ID)
	if n := len(acts); err != nil || n == 0 || acts[n-1].Verb != approval.Approve && acts[n-1].Verb != approval.Submit && acts[n-1].Verb != approval.Execute {
		return err
	}
	return b.fell(tx, d)
}

func (b *Book) fell(tx *store.Tx, d *slip.Doc) error {
	return b.putAct(tx, d, approval.Act{Verb: approval.FellAway, Person: b.User, At: b.Now(), Version: d.Version}, nil)
}

// reasonsOf are the reasons that chains may ask for steps by, of a slip as it is audited.
func (b *Book) reasonsOf(tx *store.Tx, k *slip.Kind, d *slip.Doc, findings fault.List) (r approval.Reasons, err error) {
	told := func(about string) bool {
		return slices.ContainsFunc(findings, func(f *fault.Fault) bool { return f.About == about })
	}
	r.OverCredit, r.BelowCost, r.Negative, r.OverSource = told(OverCredit), told(BelowCost), told(BelowZero), told(OverSource)
	r.Back = int(rights.Backdated(d.Date, b.Today()))
	r.NoSource = !slices.ContainsFunc(d.Lines, func(l slip.Line) bool { return l.SourceID != 0 || len(l.Matches) > 0 }) && len(d.Allocations) == 0
	if r.Off, err = b.mostOff(k, d); err != nil {
		return r, err
	}
	if k.Money.Settles != "" {
		settled := num.Amount(0)
		for _, a := range d.Allocations {
			settled += a.Amount
		}
		r.OverSource = r.OverSource || d.Amount > settled
	}
	party, ok := b.Masters().Find(string(k.RoleOf(d)), d.Party)
	if !ok {
		return r, nil
	}
	others, err := tx.OthersOf(party.ID, d.ID)
	if err != nil {
		return r, err
	}
	r.NewParty = !others
	r.Account, err = b.accountChange(tx, party)
	return r, err
}

// mostOff is the most that a line of a sale is below its proposed price.
func (b *Book) mostOff(k *slip.Kind, d *slip.Doc) (most num.Rate, err error) {
	if !k.Taxed || k.PriceField != master.SalesPrice || k.ReturnOf != "" {
		return 0, nil
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		fresh := slip.Line{Product: l.Product, Unit: l.Unit, Factor: l.Factor, Qty: l.Qty, Base: l.Base, TaxRate: l.TaxRate, TaxGiven: true, Warehouse: l.Warehouse}
		one := &slip.Doc{Kind: d.Kind, Date: d.Date, Party: d.Party, Warehouse: d.Warehouse, Lines: []slip.Line{fresh}}
		b.defaults(k, one, &one.Lines[0], nil)
		if err := slip.Calculate(k, one); err != nil {
			return 0, err
		}
		off, err := rights.Off(l.Net, one.Lines[0].Net)
		if err != nil {
			return 0, err
		}
		most = max(most, off)
	}
	return most, nil
}

// accountChange is the last time a payee's bank account was entered or changed; nil: it has none.
func (b *Book) accountChange(tx *store.Tx, party *master.Record) (*approval.AccountChange, error) {
	now := party.Get("bank_account")
	if now == "" || party.Type.Code != master.Suppliers.Code {
		return nil, nil
	}
	entries, err := tx.History(party.Type.Code, party.Key())
	if err != nil {
		return nil, err
	}
	var last *approval.AccountChange
	for _, e := range entries {
		on := text.DateOf(time.UnixMilli(e.At).In(b.Now().Location()))
		if e.Verb == "master-new" {
			last = &approval.AccountChange{After: now, Person: e.Person, On: on}
		}
		detail, _, _ := e.Said()
		for _, c := range detail.Changes {
			if c.Field == "bank_account" {
				last = &approval.AccountChange{Before: c.Before, After: c.After, Person: e.Person, On: on}
			}
		}
	}
	if last != nil {
		last.Days = b.Today().Sub(last.On)
	}
	return last, nil
}

// waitingHolds looks whether every slip is kept as waiting for what its approvals say.
func (b *Book) waitingHolds() (bad []string, err error) {
	kept := map[int64]string{}
	states, err := b.DB.WaitingStates()
	if err != nil {
		return nil, err
	}
	for _, s := range states {
		waits, err := b.DB.Waiting([]string{s.State}, 0, 0)
		if err != nil {
			return nil, err
		}
		for _, w := range waits {
			kept[w.ID] = w.State
		}
	}
	ids, err := b.DB.Unsettled()
	for _, id := range ids {
		d, err := b.DB.Slip(id)
		if err != nil {
			return bad, err
		}
		r, _, _, err := RoundOf(b.DB, d)
		if err != nil {
			return bad, err
		}
		if says := r.Standing(); says != kept[id] {
			bad = append(bad, fmt.Sprintf("%s: kept as waiting for %q, its approvals say %q", d.Number, kept[id], says))
		}
		delete(kept, id)
	}
	for _, id := range slices.Sorted(maps.Keys(kept)) {
		bad = append(bad, fmt.Sprintf("slip %d: kept as waiting for %q, and is neither submitted nor approved", id, kept[id]))
	}
	return bad, err
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
