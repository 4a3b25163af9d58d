package approval

import (
	"slices"
	"strings"

	"zhanggui/data/num"
)

// Chain is the steps slips of one kind go through, in a department and those below it, or everywhere.
type Chain struct {
	Code, Kind string
	Department string // empty: wherever no other holds
	Name       string
	Off        bool // kept, but asks nothing
	Steps      []Step
	Torn       bool // its steps cannot be read, so nobody can say what it asks: what it holds for is not submitted or audited
}

// Step is one row of a chain. Rows of one number are all needed, in any order.
type Step struct {
	No      int
	By      []By // one of them takes it
	Title   string
	From    num.Amount // asked from this gross on
	HasFrom bool
	When    []When // and where one of these holds; none: always
	Twice   bool   // also by somebody who took an earlier step of the round
	Execute bool   // the last: who audits
}

// Sort is how a By names people.
type Sort string

// The sorts.
const (
	ByRole Sort = "role"
	ByUser Sort = "user"
	ByHead Sort = "head" // the manager of the slip's department, of its parents, else who has the role head
)

// By names who takes a step: people of a role, one user, or the head.
type By struct {
	Sort Sort
	Name string // of the role or user
}

// String is the by as a file has it: role:finance, user:老板, head.
func (b By) String() string {
	if b.Sort == ByHead {
		return string(ByHead)
	}
	return string(b.Sort) + ":" + b.Name
}

// ByText is what a step's column `by` says: alternatives with | between.
func (s Step) ByText() string {
	list := make([]string, len(s.By))
	for i, b := range s.By {
		list[i] = b.String()
	}
	return strings.Join(list, "|")
}

// ReadBy reads what ByText writes; ok is false where it names nobody.
func ReadBy(written string) (list []By, ok bool) {
	for _, w := range strings.Split(written, "|") {
		sort, name, _ := strings.Cut(strings.TrimSpace(w), ":")
		b := By{Sort(strings.ToLower(strings.TrimSpace(sort))), strings.TrimSpace(name)}
		if b.Sort == ByHead && name != "" || b.Sort != ByHead && (b.Sort != ByRole && b.Sort != ByUser || b.Name == "") || slices.Contains(list, b) {
			return nil, false
		}
		list = append(list, b)
	}
	return list, true
}
