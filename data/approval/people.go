package approval

import (
	"slices"

	"zhanggui/data/text"
)

// Person is a user as far as approvals go.
type Person struct {
	Name     string
	Employee string
	Roles    []string
	Active   bool
	// Substitute takes the person's steps from one day to another, both included; no day: without end.
	Substitute string
	From, To   text.Date
}

// away tells whether somebody stands in for the person on the day.
func (p Person) away(day text.Date) bool {
	return p.Substitute != "" && (p.From == 0 || day >= p.From) && (p.To == 0 || day <= p.To)
}

// People is who there is when somebody acts: who holds a role is looked up then, not when the slip was submitted (A5).
type People struct {
	All     []Person
	Manager func(department string) (employee string) // of a department; empty: none
	Above   func(department string) string
	Today   text.Date
	Own     bool // the setting approve_own: who made a slip may approve it
}

// find is the active person of the name.
func (x People) find(name string) (Person, bool) {
	i := slices.IndexFunc(x.All, func(p Person) bool { return p.Name == name && p.Active })
	if i < 0 {
		return Person{}, false
	}
	return x.All[i], true
}

// head is who heads a department: the manager of it, of its parents, as far as he is an active user; none: whoever has the role head.
func (x People) head(department string) func(Person) bool {
	for range 100 {
		if department == "" || x.Manager == nil {
			break
		}
		if e := x.Manager(department); e != "" && slices.ContainsFunc(x.All, func(p Person) bool { return p.Active && p.Employee == e }) {
			return func(p Person) bool { return p.Employee == e }
		}
		if x.Above == nil {
			break
		}
		department = x.Above(department)
	}
	return func(p Person) bool { return slices.Contains(p.Roles, string(ByHead)) }
}

// named tells whether the step is the person's, by who he is.
func (x People) named(s Step, department string, p Person) bool {
	return p.Active && slices.ContainsFunc(s.By, func(b By) bool {
		switch b.Sort {
		case ByRole:
			return slices.Contains(p.Roles, b.Name)
		case ByUser:
			return p.Name == b.Name
		}
		return x.head(department)(p)
	})
}
