package workflow

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"zhanggui/data/approval"
	"zhanggui/data/auditlog"
	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
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
		if len(c.Steps) > 0 || c.Torn {
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
	if c, ok = approval.Holding(*list, d.Kind, department, b.above); c.Torn {
		return c, ok, fault.New(fault.Refused, "审批流 %s 已损坏，无法读取：请重新导入该审批流", "the approval chain %s is damaged and cannot be read; import it anew", c.Code)
	}
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
		person := approval.Person{Name: u.Name, Employee: r.Code(), Roles: u.Roles, Active: u.In(), Substitute: u.Substitute}
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

// RoundOf is the round a slip is in, or was audited by; ok is false where there is none. acts are those of the round; of a slip that was audited
// from draft by who executes, that one.
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
			ok, acts = false, nil
			continue
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
			if whom, err = r.Carry(a.b.approver(), people); err != nil {
				return err
			}
		}
		return a.carried(a.chain.Steps, whom)
	}
	whom, err := a.round.Carry(a.b.approver(), people)
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
		if _, err := r.Carry(b.approver(), people); err == nil {
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
	if _, err := r.Carry(b.approver(), people); err != nil {
		return b, nil
	}
	by := *b
	by.lent = append(slices.Clone(b.lent), rights.Need(b.crew.Load().Space.Right(d.Kind, "enter")))
	return &by, nil
}

// auditByStep is an audit by who has no right to it, and is refused. A slip that needs a step says which, or for whom it waits, whoever asks
// (A5): a right that another lends would not do. And who takes the executing step needs no right (A3).
func (b *Book) auditByStep(tx *store.Tx, d *slip.Doc, refusal error) (fault.List, error) {
	if !b.chained(d.Kind) {
		return nil, refusal
	}
	k, err := b.FullKind(d.Kind)
	if err != nil {
		return nil, err
	}
	a, err := b.askedOf(tx, k, d)
	if err != nil || a == nil {
		return nil, cmp.Or(err, refusal)
	}
	carries := false
	if a.round != nil {
		people, err := b.Approvers(tx)
		if err != nil {
			return nil, err
		}
		if _, err := a.round.Carry(b.approver(), people); err != nil {
			return nil, err
		}
		carries = executes(*a.round)
	} else if n := len(a.chain.Steps); n > 0 {
		carries = a.chain.Steps[n-1].Execute
	}
	free := *b
	free.lent = append(slices.Clone(b.lent), rights.Need(b.crew.Load().Space.Right(d.Kind, "audit")))
	if err := free.fourEyes(tx, d); err != nil {
		return nil, err
	}
	if a.round != nil && !carries {
		return nil, refusal
	}
	told, err := free.auditNow(tx, d)
	if list := fault.Of(err); err == nil && carries || len(list) == 1 && (list[0].About == approval.Asks || list[0].About == approval.About) {
		return told, err
	}
	if carries {
		return nil, err
	}
	return nil, refusal
}

// chained tells whether there are chains for a kind.
func (b *Book) chained(kind string) bool {
	list := b.chains.Load()
	return list != nil && !b.trying && slices.ContainsFunc(*list, func(c approval.Chain) bool { return c.Kind == kind && !c.Off })
}

// forStep tells whether a slip that waits for who asks is this one, or hangs on it: who may take a step sees it, and what it hangs on (A3).
func (b *Book) forStep(d *slip.Doc) (bool, error) {
	if b.trying || b.chains.Load() == nil {
		return false, nil
	}
	states, err := b.DB.WaitingStates()
	if err != nil || len(states) == 0 {
		return false, err
	}
	people, err := b.Approvers(b.DB)
	if err != nil {
		return false, err
	}
	var mine []string
	for _, s := range states {
		if r, err := approval.ReadStanding(s.State); err != nil {
			return false, err
		} else if r.Mine(b.User, people) {
			mine = append(mine, s.State)
		}
	}
	waits, err := b.DB.Waiting(mine, 0, 0)
	if err != nil || len(mine) == 0 {
		return false, err
	}
	waiting, follow := map[int64]bool{}, []int64{d.ID}
	for _, w := range waits {
		waiting[w.ID] = true
	}
	for i := 0; i < len(follow) && i < 200; i++ {
		if waiting[follow[i]] {
			return true, nil
		}
		next, err := b.DB.Successors(follow[i])
		if err != nil {
			return false, err
		}
		for _, s := range next {
			if !slices.Contains(follow, s.ID) {
				follow = append(follow, s.ID)
			}
		}
	}
	return false, nil
}

// ForStep is the book as who may take a step of a slip, or of one that hangs on it, sees that slip: its kind too, where he sees no others of
// it. For anybody else it is the book as it is.
func (b *Book) ForStep(ref string) (*Book, error) {
	id, _, err := meantSlip(b.DB, ref)
	if err != nil || id <= 0 || !b.who().Asked() {
		return b, err
	}
	d, err := b.DB.Slip(id)
	if err != nil || b.may(d.Kind, "see") == nil {
		return b, err
	}
	if is, err := b.forStep(d); err != nil || !is {
		return b, err
	}
	other := b.As(b.User)
	other.lent = append(slices.Clone(b.lent), rights.Need(b.crew.Load().Space.Right(d.Kind, "see")))
	return other, nil
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
