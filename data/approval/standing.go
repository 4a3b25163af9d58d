package approval

import (
	"encoding/json"
	"fmt"

	"zhanggui/data/slip"
)

// standing is what of a round decides for whom it waits, and nothing that is one slip's alone: many slips stand at the same.
type standing struct {
	Department string         `json:"d,omitempty"`
	Maker      string         `json:"m,omitempty"`
	Changed    string         `json:"c,omitempty"`
	Payee      string         `json:"p,omitempty"`
	Submitter  string         `json:"s,omitempty"`
	Steps      []standingStep `json:"a"`
}

// standingStep is a step as far as it decides: an open one whole, a taken one by whom; of any other that it is there.
type standingStep struct {
	No      int    `json:"n,omitempty"`
	By      string `json:"b,omitempty"`
	Title   string `json:"t,omitempty"`
	Twice   bool   `json:"w,omitempty"`
	Execute bool   `json:"x,omitempty"`
	Taken   string `json:"k,omitempty"`
	For     string `json:"f,omitempty"`
}

// Standing is where a round stands, as a text that is the same for all that wait for the same people; empty where it waits for nobody:
// it is over, or audited by whoever may.
func (r Round) Standing() string {
	open := r.open()
	if r.Status != slip.Submitted && r.Status != slip.Approved || len(open) == 0 {
		return ""
	}
	s := standing{r.Department, r.Maker, r.Changed, r.Payee, r.Submitter, make([]standingStep, len(r.Steps))}
	for i, p := range r.Steps {
		if p.Taken != nil {
			s.Steps[i] = standingStep{No: p.No, Taken: p.Taken.Person, For: p.Taken.For}
		}
	}
	for _, i := range open {
		p := r.Steps[i]
		s.Steps[i] = standingStep{No: p.No, By: p.ByText(), Title: p.Title, Twice: p.Twice, Execute: p.Execute}
	}
	text, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("standing of a round: %v", err))
	}
	return string(text)
}

// ReadStanding is the round of a text of Standing, as far as it says for whom it waits: its WaitsFor, Waits and Now are the round's.
func ReadStanding(text string) (r Round, err error) {
	var s standing
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return r, fmt.Errorf("standing %q: %w", text, err)
	}
	r = Round{Facts: Facts{s.Department, s.Maker, s.Changed, s.Payee}, Submitter: s.Submitter, Steps: make([]Part, len(s.Steps))}
	for i, x := range s.Steps {
		p := Part{Step: Step{No: x.No, Title: x.Title, Twice: x.Twice, Execute: x.Execute}, Asked: x.By != "" || x.Taken != ""}
		if x.Taken != "" {
			p.Taken = &Act{Verb: Approve, Step: x.No, Person: x.Taken, For: x.For}
		}
		if x.By != "" {
			p.By, _ = ReadBy(x.By)
		}
		r.Steps[i] = p
	}
	r.settle()
	return r, nil
}

// Mine tells whether a step of the round can be taken now by the person of the name.
func (r Round) Mine(name string, x People) bool {
	p, ok := x.find(name)
	for _, i := range r.open() {
		if _, why := r.as(i, p, x); ok && why == nil {
			return true
		}
	}
	return false
}
