package approve

import (
	"slices"

	"zhanggui/data/approval"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Turn is where a slip stands in its approval, and what who asks can do about that next. The zero Turn: nothing has to be approved.
type Turn struct {
	State
	In        bool   // it is in a round
	Steps     []Stop // that are asked, of a slip in a round
	Mine      bool   // it waits for who asks
	Submits   bool   // it has to be submitted before it is audited
	Withdraws bool   // who asks may take it back
	Back      text.Text
}

// Stop is a step of a round.
type Stop struct {
	No    int
	Title string
	Taken *approval.Act // nil: not yet
	Now   bool          // it is waited for
}

// TurnOf is the turn of a slip, also of one that is not in the book yet. A book without chains in force is not read.
func TurnOf(b *workflow.Book, d *slip.Doc) (t Turn, err error) {
	s := workflow.Steps{Book: b}
	if s.InForce() == nil || d.Status == slip.Void {
		return t, nil
	}
	r, _, in, err := workflow.RoundOf(b.DB, d)
	if err != nil {
		return t, err
	}
	people, err := b.Approvers(b.DB)
	if err != nil {
		return t, err
	}
	if in {
		t.In, t.State = true, stateOf(d, r, people)
		waits := r.Waits(people)
		for _, p := range r.Steps {
			if p.Asked {
				now := slices.ContainsFunc(waits, func(w approval.Wait) bool { return w.Step.No == p.No && w.Step.Title == p.Title })
				t.Steps = append(t.Steps, Stop{p.No, p.Title, p.Taken, now && p.Taken == nil && d.Status != slip.Draft})
			}
		}
		if d.Status == slip.Submitted || d.Status == slip.Approved {
			t.Mine = r.Mine(b.User, people)
			t.Withdraws = b.User == r.Maker || b.User == r.Submitter
		}
		return t, nil
	}
	if d.Status.Live() {
		return t, nil
	}
	if t.Submits, err = submits(b, s, d, people); err != nil {
		return t, err
	}
	t.Back, err = back(b, d)
	return t, err
}

// submits tells whether a draft has to be submitted: a step before the executing is asked whatever else holds, or somebody else executes.
func submits(b *workflow.Book, s workflow.Steps, d *slip.Doc, people approval.People) (bool, error) {
	chain, ok, err := b.ChainOf(b.DB, d)
	if err != nil || !ok {
		return false, err
	}
	ask := chain.Ask(approval.Gross(d), approval.Reasons{})
	if slices.ContainsFunc(ask, func(x approval.Step) bool { return !x.Execute }) || len(ask) == 0 {
		return len(ask) > 0, nil
	}
	r := approval.Round{Steps: []approval.Part{{Step: ask[0], Asked: true}}, Status: slip.Approved}
	err = s.Quiet(func(tx *store.Tx) error {
		if r.Facts, err = s.Facts(tx, d); err != nil {
			return err
		}
		return store.ErrTrial
	})
	if err != nil && err != store.ErrTrial {
		return false, err
	}
	return !r.Mine(b.User, people), nil
}

// back says who gave a draft back, and why; empty where nobody did since it was submitted last.
func back(b *workflow.Book, d *slip.Doc) (text.Text, error) {
	if d.ID == 0 {
		return text.Text{}, nil
	}
	acts, err := store.ActsOf(b.DB, d.ID)
	if n := len(acts); err == nil && n > 0 && acts[n-1].Verb == approval.Return {
		return approval.Returned(acts[n-1].Person, acts[n-1].Comment), nil
	}
	return text.Text{}, err
}

// Waits says whom the slip waits for; empty: nobody.
func (s State) Waits() text.Text {
	if s.Step == 0 {
		return text.Text{}
	}
	return approval.WaitsFor(s.Title, s.WaitsFor)
}

// Returned are the numbers of the drafts that were given back to who asks and not submitted since.
func Returned(b *workflow.Book) ([]string, error) { return b.DB.ReturnedSlips(b.User, shown()) }
