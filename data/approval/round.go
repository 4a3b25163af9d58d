package approval

import (
	"slices"
	"strings"
	"time"

	"zhanggui/data/fault"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Facts are what of a slip decides who may take its steps.
type Facts struct {
	Department            string
	Maker, Changed, Payee string // who made it, who changed it last; the employee an expense is paid to
}

// Round is one way of a slip through its chain, from submit on. Its steps are a copy: later changes of the chain do not touch it.
type Round struct {
	Facts
	Submitter string
	Status    slip.Status // submitted or approved; draft once it is over
	Steps     []Part
}

// Part is a step of the chain in a round.
type Part struct {
	Step
	Asked bool
	Taken *Act // nil: not yet
}

// Verb is what was done about a slip's approval.
type Verb string

// The verbs, as log and report name them.
const (
	Submit   Verb = "submit"
	Approve  Verb = "approve"
	Return   Verb = "return"
	Withdraw Verb = "withdraw"
	FellAway Verb = "fell-away"
	Execute  Verb = "execute"
)

// Act is something done in a round: of an approval, with the version and seal of what was approved (A6).
type Act struct {
	Verb        Verb
	Step        int
	Title       string
	Person, For string // For: whom the person stands in for
	At          time.Time
	Comment     string
	Version     int64
	Seal        string
}

// Begin submits a slip to the chain (A5). It is refused where nothing is asked, and where nobody active could take a step. A slip of which
// only the executing is asked is approved by that.
func Begin(c Chain, f Facts, submitter string, gross num.Amount, r Reasons, x People) (Round, error) {
	round := Round{Facts: f, Submitter: submitter, Status: slip.Submitted}
	asked := false
	for _, s := range c.Steps {
		p := Part{Step: s, Asked: s.Asked(gross, r)}
		asked = asked || p.Asked
		round.Steps = append(round.Steps, p)
	}
	if !asked {
		return Round{}, fault.New(fault.Refused, "不需要审批", "it needs none")
	}
	for i, p := range round.Steps {
		if p.Asked && len(round.could(i, x)) == 0 {
			return Round{}, fault.New(fault.Refused, "第 %d 步 %s：没有人可以办", "step %d %s: there is nobody for it", p.No, p.Title)
		}
	}
	round.settle()
	return round, nil
}

// settle finds whether all is approved.
func (r *Round) settle() {
	if r.Status = slip.Submitted; r.Now() == 0 {
		r.Status = slip.Approved
	}
}

// Now is the number of the step that is waited for; 0: none but the executing.
func (r Round) Now() int {
	for _, p := range r.Steps {
		if p.Asked && !p.Execute && p.Taken == nil {
			return p.No
		}
	}
	return 0
}

// open are the places of the steps that can be taken now: all rows of the lowest number left, else the executing one.
func (r Round) open() (list []int) {
	now := r.Now()
	for i, p := range r.Steps {
		if p.Asked && p.Taken == nil && (now > 0 && p.No == now && !p.Execute || now == 0 && p.Execute) {
			list = append(list, i)
		}
	}
	return list
}

// Approvals are those given so far, in the order of the steps.
func (r Round) Approvals() (list []Act) {
	for _, p := range r.Steps {
		if p.Taken != nil && p.Taken.Verb == Approve {
			list = append(list, *p.Taken)
		}
	}
	return list
}

// could are those who could take the step at all, before anybody has taken another.
func (r Round) could(i int, x People) []string {
	bare := r
	bare.Steps = slices.Clone(r.Steps)
	for j := range bare.Steps {
		bare.Steps[j].Taken = nil
	}
	return bare.who(i, x)
}

// who are those who may take the step now.
func (r Round) who(i int, x People) (list []string) {
	for _, p := range x.All {
		if _, why := r.as(i, p, x); why == nil {
			list = append(list, p.Name)
		}
	}
	return list
}

// WaitsFor are the names of those by whom the slip's next step can be taken.
func (r Round) WaitsFor(x People) (list []string) {
	for _, i := range r.open() {
		for _, name := range r.who(i, x) {
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}

// as tells for whom the person takes the step: empty for himself, else the one he stands in for (A9). Otherwise it says why not.
func (r Round) as(i int, p Person, x People) (whom string, why *fault.Fault) {
	s := r.Steps[i].Step
	if !p.Active {
		return "", waits(s)
	}
	if x.named(s, r.Department, p) {
		if why = r.not(i, p, x); why == nil {
			return "", nil
		}
	}
	for _, other := range x.All {
		if other.Name == p.Name || other.Substitute != p.Name || !other.away(x.Today) || !x.named(s, r.Department, other) {
			continue
		}
		not := r.not(i, p, x)
		if not == nil {
			not = r.not(i, other, x)
		}
		if not == nil {
			return other.Name, nil
		}
		why = not
	}
	if why == nil {
		why = waits(s)
	}
	return "", why
}

// not says why somebody whose step it is may not take it (A7): it is his own slip, or he took an earlier one of the round.
func (r Round) not(i int, p Person, x People) *fault.Fault {
	s := r.Steps[i]
	if s.Execute && len(r.Steps) == 1 { // of one row alone: four_eyes says
		return nil
	}
	made := p.Name == r.Maker || p.Name == r.Changed || p.Name == r.Submitter || r.Payee != "" && p.Employee == r.Payee
	if made && !x.Own {
		return ownSlip(s.Execute)
	}
	for j, q := range r.Steps {
		t := q.Taken
		if t == nil || j == i || t.Person != p.Name && t.For != p.Name {
			continue
		}
		if s.Twice && q.No < s.No {
			continue
		}
		return took(*t, s.Execute)
	}
	return nil
}

// Take approves the step that is waited for. act holds who, when, comment, version and seal; step, title and whom he stands in for are
// filled in. The round is changed only where it could be done.
func (r *Round) Take(act Act, x People) (Act, error) {
	if r.Status != slip.Submitted {
		return act, fault.New(fault.Refused, "没有待审批的步骤", "no step waits for approval")
	}
	i, whom, err := r.mine(act.Person, x)
	if err != nil {
		return act, err
	}
	act.Verb, act.Step, act.Title, act.For = Approve, r.Steps[i].No, r.Steps[i].Title, whom
	r.Steps = slices.Clone(r.Steps)
	r.Steps[i].Taken = &act
	r.settle()
	return act, nil
}

// mine finds the open step that the person may take.
func (r Round) mine(name string, x People) (i int, whom string, err error) {
	p, ok := x.find(name)
	if !ok {
		return 0, "", fault.New(fault.Refused, "%s 不能审批", "%s may not approve", text.Short(name))
	}
	var why *fault.Fault
	for _, i := range r.open() {
		whom, not := r.as(i, p, x)
		if not == nil {
			return i, whom, nil
		}
		if why == nil || not.About == About {
			why = not
		}
	}
	if why == nil {
		why = fault.New(fault.Refused, "没有待审批的步骤", "no step waits for approval")
	}
	if why.About != About {
		why = r.waitsFor(x)
	}
	return 0, "", why
}

// Carry says whether the person may audit an approved slip: where a step executes, only who may take it does; for whom he stands in comes
// back. A round that is not through is refused.
func (r Round) Carry(name string, x People) (whom string, err error) {
	if now := r.Now(); now > 0 {
		return "", r.needs()
	}
	if len(r.open()) == 0 {
		return "", nil
	}
	_, whom, err = r.mine(name, x)
	return whom, err
}

// Needs refuses to audit a draft of which steps are asked; nil: it may be audited as it stands, by who takes the executing step if
// there is one. Only steps before that need a submit.
func Needs(c Chain, f Facts, gross num.Amount, r Reasons, name string, x People) error {
	round := Round{Facts: f, Status: slip.Submitted}
	for _, s := range c.Steps {
		round.Steps = append(round.Steps, Part{Step: s, Asked: s.Asked(gross, r)})
	}
	if round.Now() > 0 {
		return round.needs()
	}
	_, err := round.Carry(name, x)
	return err
}

// Newly are the reasons that hold at audit and make a step asked that was not when the slip was submitted (A4).
func (r Round) Newly(gross num.Amount, now Reasons) (list []string) {
	for _, p := range r.Steps {
		if p.Asked || !p.Step.Asked(gross, now) {
			continue
		}
		if len(p.When) == 0 {
			list = append(list, p.From.String())
		}
		for _, w := range p.When {
			if w.Holds(now) && !slices.Contains(list, w.Word) {
				list = append(list, w.Word)
			}
		}
	}
	return list
}

// Again refuses an audit of which more would be asked now than was; nil: nothing new.
func (r Round) Again(gross num.Amount, now Reasons) error {
	list := r.Newly(gross, now)
	if len(list) == 0 {
		return nil
	}
	return fault.New(fault.Refused, "现在 %[1]s：请重新提交", "now %s: submit again", strings.Join(list, ", "))
}

// Unsealed is an approval that was given to something else than the slip as it stands; nil: all hold. seal is that of what is in the slip,
// without what executing it may still say.
func (r Round) Unsealed(seal string) *Act {
	for _, a := range r.Approvals() {
		if a.Seal != seal {
			return &a
		}
	}
	return nil
}

// Stands tells whether a step that was asked because of the word has been taken: it stands for the right to do it (R9).
func (r Round) Stands(word string) bool {
	return slices.ContainsFunc(r.Steps, func(p Part) bool {
		return p.Asked && p.Taken != nil && slices.ContainsFunc(p.When, func(w When) bool { return w.Word == word })
	})
}

// End takes the slip back to draft: returned by who could take a step now (a reason is required), withdrawn by maker or submitter, or
// changed by anybody. All approvals fall away; how many comes back.
func (r *Round) End(act Act, x People) (fell int, err error) {
	switch act.Verb {
	case Return:
		if strings.TrimSpace(act.Comment) == "" {
			return 0, fault.New(fault.Invalid, "退回要写原因", "say why it is returned").At("reason")
		}
		if _, _, err := r.mine(act.Person, x); err != nil {
			return 0, err
		}
	case Withdraw:
		if act.Person != r.Maker && act.Person != r.Submitter {
			return 0, fault.New(fault.Refused, "只有制单人 %s 或提交人 %s 可以撤回", "only %s, who made it, or %s, who submitted it, withdraws", r.Maker, r.Submitter)
		}
	}
	fell = len(r.Approvals())
	r.Steps = slices.Clone(r.Steps)
	for i := range r.Steps {
		r.Steps[i].Taken = nil
	}
	r.Status = slip.Draft
	return fell, nil
}

// Wait is a step that can be taken now, and who can.
type Wait struct {
	Step  Step
	Names []string
}

// For tells whether it waits for the person.
func (w Wait) For(name string) bool { return slices.Contains(w.Names, name) }

// Waits are the steps that can be taken now, each with those who can.
func (r Round) Waits(x People) (list []Wait) {
	for _, i := range r.open() {
		list = append(list, Wait{r.Steps[i].Step, r.who(i, x)})
	}
	return list
}
