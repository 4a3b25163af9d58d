package approve

import (
	"context"
	"strings"

	"zhanggui/data/approval"
	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// State is where a slip stands in its approval: the step that is waited for, its title and who can take it.
type State struct {
	Number   string
	Status   slip.Status
	Step     int
	Title    string
	WaitsFor []string
}

// Submit puts a slip before those who approve it (A5): it is tried as if audited, and the steps that are asked are copied.
func Submit(b *workflow.Book, ref string) (State, error) {
	s := workflow.Steps{Book: b}
	if s.InForce() == nil {
		return State{}, b.Submit(ref)
	}
	tried, reasons, err := s.Try(ref)
	if err != nil {
		return State{}, err
	}
	return act(s, ref, func(tx *store.Tx, k *slip.Kind, d *slip.Doc, people approval.People) (approval.Round, error) {
		if err := s.MaySubmit(d.Kind); err != nil {
			return approval.Round{}, err
		}
		if d.Version != tried.Version {
			return approval.Round{}, fault.New(fault.Conflict, "%s 刚被修改，请再提交", "%s was changed just now: submit it again", d.Number)
		}
		if d.Status != slip.Draft {
			return approval.Round{}, fault.New(fault.Refused, "%s %s，不能提交", "%s is %[3]s and cannot be submitted", d.Number, d.Status.Label(), string(d.Status))
		}
		chain, ok, err := b.ChainOf(tx, d)
		if err != nil {
			return approval.Round{}, err
		}
		if !ok {
			return approval.Round{}, fault.New(fault.Refused, "%s 不需要审批，可直接审核", "%s needs no approval: audit it", d.Number)
		}
		facts, err := s.Facts(tx, d)
		if err != nil {
			return approval.Round{}, err
		}
		round, err := approval.Begin(chain, facts, b.User, approval.Gross(d), reasons, people)
		if err != nil {
			return round, err
		}
		a := approval.Act{Verb: approval.Submit, Person: b.User, At: b.Now(), Comment: why(chain, reasons, b.Settings().Lang), Version: d.Version, Seal: s.ApprovedSeal(k, d)}
		return round, s.PutAct(tx, d, a, round.Status, &round)
	})
}

// why are the reasons by which steps are asked, in words, with the figures found.
func why(c approval.Chain, r approval.Reasons, lang text.Lang) string {
	var list []string
	seen := map[string]bool{}
	for _, s := range c.Steps {
		for _, w := range s.When {
			if w.Holds(r) && !seen[w.Word] {
				seen[w.Word] = true
				list = append(list, w.Said(r).In(lang))
			}
		}
	}
	return strings.Join(list, "; ")
}

// Approve takes the step that is waited for.
func Approve(b *workflow.Book, ref, comment string) (State, error) {
	s := workflow.Steps{Book: b}
	return act(s, ref, func(tx *store.Tx, k *slip.Kind, d *slip.Doc, people approval.People) (approval.Round, error) {
		round, err := living(tx, d)
		if err != nil {
			return round, err
		}
		seal := s.ApprovedSeal(k, d)
		a, err := round.Take(approval.Act{Person: b.User, At: b.Now(), Comment: strings.TrimSpace(comment), Version: d.Version, Seal: seal}, people)
		if err != nil {
			return round, err
		}
		return round, s.PutAct(tx, d, a, round.Status, &round)
	})
}

// Return gives a slip back to who made it, with a reason (A8).
func Return(b *workflow.Book, ref, reason string) (State, error) {
	return end(b, ref, approval.Return, reason)
}

// Withdraw takes a slip back before it is audited: who made or submitted it may.
func Withdraw(b *workflow.Book, ref, reason string) (State, error) {
	return end(b, ref, approval.Withdraw, reason)
}

func end(b *workflow.Book, ref string, verb approval.Verb, reason string) (State, error) {
	s := workflow.Steps{Book: b}
	return act(s, ref, func(tx *store.Tx, _ *slip.Kind, d *slip.Doc, people approval.People) (approval.Round, error) {
		round, err := living(tx, d)
		if err != nil {
			return round, err
		}
		a := approval.Act{Verb: verb, Step: round.Now(), Person: b.User, At: b.Now(), Comment: strings.TrimSpace(reason), Version: d.Version}
		if verb == approval.Return { // it says of which step
			for _, w := range round.Waits(people) {
				if w.For(b.User) {
					a.Step, a.Title = w.Step.No, w.Step.Title
				}
			}
		}
		if _, err := round.End(a, people); err != nil {
			return round, err
		}
		return round, s.PutAct(tx, d, a, slip.Draft, nil)
	})
}

// living is the round a slip is in.
func living(tx *store.Tx, d *slip.Doc) (approval.Round, error) {
	if d.Status != slip.Submitted && d.Status != slip.Approved {
		return approval.Round{}, fault.New(fault.Refused, "%s %s，没有待审批的步骤", "%s is %[3]s: no step of it waits for approval", d.Number, d.Status.Label(), string(d.Status))
	}
	r, _, ok, err := workflow.RoundOf(tx, d)
	if err == nil && !ok {
		err = fault.New(fault.Refused, "%s 没有提交过", "%s was not submitted", d.Number)
	}
	return r, err
}

// act does one thing about a slip's approval in a transaction of its own, and tells where it stands then.
func act(s workflow.Steps, ref string, f func(*store.Tx, *slip.Kind, *slip.Doc, approval.People) (approval.Round, error)) (state State, err error) {
	err = s.Write(context.Background(), func(tx *store.Tx) error {
		if err := s.NeedPassword(); err != nil {
			return err
		}
		d, err := s.Meant(tx, ref)
		if err != nil {
			return err
		}
		k, err := s.FullKind(d.Kind)
		if err != nil {
			return err
		}
		people, err := s.Approvers(tx)
		if err != nil {
			return err
		}
		round, err := f(tx, k, d, people)
		state = stateOf(d, round, people)
		return err
	})
	return state, err
}

// stateOf is where a slip stands in a round.
func stateOf(d *slip.Doc, r approval.Round, x approval.People) State {
	s := State{Number: d.Number, Status: d.Status}
	if d.Status != slip.Submitted && d.Status != slip.Approved {
		return s
	}
	for _, p := range r.Steps {
		if p.Asked && p.Taken == nil {
			s.Step, s.Title, s.WaitsFor = p.No, p.Title, r.WaitsFor(x)
			break
		}
	}
	return s
}
