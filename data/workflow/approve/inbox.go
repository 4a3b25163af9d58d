package approve

import (
	"slices"
	"time"

	"zhanggui/data/approval"
	"zhanggui/data/num"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// Waiting is a slip that waits for somebody.
type Waiting struct {
	State
	Doc         *slip.Doc
	SubmittedAt time.Time
}

// Inbox lists what waits for who asks, the oldest first; all: for anybody.
func Inbox(b *workflow.Book, all bool) (list []Waiting, err error) {
	ids, err := b.DB.Waiting()
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	people, err := b.Approvers(b.DB)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		d, err := b.DB.Slip(id)
		if err != nil {
			return nil, err
		}
		r, acts, ok, err := workflow.RoundOf(b.DB, d)
		if err != nil {
			return nil, err
		}
		w := Waiting{State: stateOf(d, r, people), Doc: d}
		if !ok || !all && !slices.Contains(w.WaitsFor, b.User) {
			continue
		}
		w.SubmittedAt = acts[0].At
		list = append(list, w)
	}
	return list, nil
}

// Of is where a slip stands in its approval, with what was approved of it; ok is false where it is in no round.
func Of(b *workflow.Book, d *slip.Doc) (state State, taken []Taken, ok bool, err error) {
	r, acts, ok, err := workflow.RoundOf(b.DB, d)
	if err != nil || !ok {
		return state, nil, false, err
	}
	people, err := b.Approvers(b.DB)
	if err != nil {
		return state, nil, false, err
	}
	for _, a := range acts {
		if a.Verb == approval.Approve || a.Verb == approval.Execute {
			t := Taken{Act: a.Act}
			for _, p := range r.Steps {
				if p.No == a.Step && p.Title == a.Title {
					t.By = p.ByText()
				}
			}
			taken = append(taken, t)
		}
	}
	return stateOf(d, r, people), taken, true, nil
}

// Taken is a step that somebody took; By says who might.
type Taken struct {
	approval.Act
	By string
}

// Gross is the amount by which steps are asked of it.
func (w Waiting) Gross() num.Amount { return approval.Gross(w.Doc) }
