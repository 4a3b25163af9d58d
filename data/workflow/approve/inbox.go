package approve

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"zhanggui/data/approval"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/num"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
)

// Waiting is a slip that waits for somebody: where it stands, the slip as a list shows it, when it was submitted, and since when it waits for
// the step it is at.
type Waiting struct {
	State
	Slip             inquiry.SlipRow
	Submitted, Since time.Time
	Hidden           bool // who asks does not see amounts of its kind (R4)
}

// Gross is the amount by which steps are asked of it.
func (w Waiting) Gross() num.Amount { return max(w.Slip.Gross, -w.Slip.Gross) }

// Called is what home says of approvals: how many slips wait for who asks, since when the oldest (zero: none waits), and how many of his were
// given back to him and not submitted again.
type Called struct {
	Waiting  int
	Since    time.Time
	Returned int
}

// Days are the days the oldest has waited until a day.
func (c Called) Days(today text.Date) int {
	if c.Waiting == 0 {
		return 0
	}
	return today.Sub(text.DateOf(c.Since))
}

// Calls tells what home says of approvals (待我审批). A book without chains in force says nothing and is not read.
func Calls(b *workflow.Book) (c Called, err error) {
	if (workflow.Steps{Book: b}).InForce() == nil {
		return c, nil
	}
	all, people, err := standings(b)
	if err != nil {
		return c, err
	}
	for _, s := range all {
		if !s.round.Mine(b.User, people) {
			continue
		}
		if at := time.UnixMilli(s.Since); c.Waiting == 0 || at.Before(c.Since) {
			c.Since = at
		}
		c.Waiting += s.N
	}
	c.Returned, err = b.DB.ReturnedTo(b.User, shown())
	return c, err
}

// Inbox lists what waits for who asks, the oldest first: so many (0: all) from one on.
func Inbox(b *workflow.Book, from, most int) ([]Waiting, error) {
	all := *b
	all.Book = b.Whole() // who may take a step of a slip sees it (A3)
	return inbox(&all, b.Who(), func(r approval.Round, x approval.People) bool { return r.Mine(b.User, x) }, from, most)
}

// Everybodys lists what waits for anybody, as far as who asks may see it: slips of kinds he may see, in his scope (R5, R8).
func Everybodys(b *workflow.Book) ([]Waiting, error) {
	list, err := inbox(b, b.Who(), func(approval.Round, approval.People) bool { return true }, 0, 0)
	absent := b.Absent()
	return slices.DeleteFunc(list, func(w Waiting) bool { return slices.Contains(absent, w.Slip.Kind) }), err
}

func inbox(b *workflow.Book, who rights.Who, mine func(approval.Round, approval.People) bool, from, most int) (list []Waiting, err error) {
	states, people, err := standings(b)
	if err != nil {
		return nil, err
	}
	var texts []string
	rounds := map[string]approval.Round{}
	for _, s := range states {
		if mine(s.round, people) {
			texts, rounds[s.State] = append(texts, s.State), s.round
		}
	}
	if len(texts) == 0 {
		return nil, nil
	}
	waits, err := b.DB.Waiting(texts, from, most)
	if err != nil {
		return nil, err
	}
	ids, of := make([]int64, len(waits)), map[int64]store.Waits{}
	for i, w := range waits {
		ids[i], of[w.ID] = w.ID, w
	}
	rows, err := b.Rows(ids)
	if err != nil {
		return nil, err
	}
	at := map[string]State{}
	for _, row := range rows {
		w := of[row.ID]
		s, known := at[w.State]
		if !known {
			s = stateOf(&slip.Doc{Status: row.Status}, rounds[w.State], people)
			at[w.State] = s
		}
		s.Number, s.Status = row.Number, row.Status
		hidden, err := hides(b, who, row)
		if err != nil {
			return nil, err
		}
		if !Names(who, row.Kind) {
			row.Party, row.PartyName = "", ""
		}
		list = append(list, Waiting{s, row, time.UnixMilli(w.Submitted), time.UnixMilli(w.Since), hidden})
	}
	return list, nil
}

// Names tells whether who asks may see whom slips of a kind are with (R5).
func Names(who rights.Who, kind string) bool {
	k, ok := kinds.ByCode(kind)
	if !ok {
		return false
	}
	both := []slip.Role{slip.Customers, slip.Suppliers}
	return !slices.ContainsFunc(both, func(r slip.Role) bool { return (k.Party == r || k.PartyOf != nil) && !who.May(string(r), "see") })
}

// hides tells whether what a slip comes to is not shown to who asks (R4).
func hides(b *workflow.Book, who rights.Who, row inquiry.SlipRow) (bool, error) {
	k, ok := kinds.ByCode(row.Kind)
	if !ok || k.Sided == nil || who.Sees(slip.TagPurchase) && who.Sees(slip.TagSales) {
		return ok && !who.Sees(k.Side()), nil
	}
	d, err := b.DB.Slip(row.ID)
	return err != nil || !who.Sees(k.SideOf(d)), err
}

// stands is a state slips wait in, read.
type stands struct {
	store.Stands
	round approval.Round
}

// standings are the states slips wait in, and who there is to take their steps.
func standings(b *workflow.Book) (list []stands, people approval.People, err error) {
	kept, err := b.DB.WaitingStates()
	if err != nil || len(kept) == 0 {
		return nil, people, err
	}
	for _, s := range kept {
		r, err := approval.ReadStanding(s.State)
		if err != nil {
			return nil, people, err
		}
		list = append(list, stands{s, r})
	}
	people, err = b.Approvers(b.DB)
	return list, people, err
}

// shown are the kinds people see.
func shown() (list []string) {
	for _, k := range kinds.All {
		if !k.Hidden {
			list = append(list, k.Code)
		}
	}
	return list
}

// Of is where a slip stands in its approval, with what was approved of it; ok is false where it is in no round.
func Of(b *workflow.Book, d *slip.Doc) (state State, taken []Taken, ok bool, err error) {
	r, acts, ok, err := workflow.RoundOf(b.DB, d)
	if err != nil || !ok && len(acts) == 0 {
		return state, nil, false, err
	}
	people, err := b.Approvers(b.DB)
	if err != nil {
		return state, nil, false, err
	}
	for _, a := range acts {
		if a.Verb == approval.Approve || a.Verb == approval.Execute {
			t, steps := Taken{Act: a.Act}, []approval.Step{}
			for _, p := range r.Steps {
				steps = append(steps, p.Step)
			}
			if !ok { // executed from draft: no steps were copied
				c, _, err := b.ChainOf(b.DB, d)
				if err != nil {
					return state, nil, false, err
				}
				steps = c.Steps
			}
			for _, s := range steps {
				if s.No == a.Step && s.Title == a.Title {
					t.By = s.ByText()
				}
			}
			taken = append(taken, t)
		}
	}
	return stateOf(d, r, people), taken, true, nil
}

// Decided is what papers say of a slip's approval: the steps that are asked of it, and what was decided since it was submitted. A slip that
// was returned says so until it is submitted again.
func Decided(b *workflow.Book, d *slip.Doc) (steps []approval.Step, acts []approval.Act, err error) {
	if d.ID == 0 || d.Status == slip.Void {
		return nil, nil, nil
	}
	all, err := store.ActsOf(b.DB, d.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range all {
		switch a.Verb {
		case approval.Submit:
			var r approval.Round
			if err := json.Unmarshal([]byte(a.Round), &r); err != nil {
				return nil, nil, fmt.Errorf("round of %s: %w", d.Number, err)
			}
			steps, acts = nil, nil
			for _, p := range r.Steps {
				if p.Asked {
					steps = append(steps, p.Step)
				}
			}
		case approval.Withdraw, approval.FellAway:
			steps, acts = nil, nil
		default:
			acts = append(acts, a.Act)
		}
	}
	return steps, acts, nil
}

// Taken is a step that somebody took; By says who might.
type Taken struct {
	approval.Act
	By string
}
