package approval

import (
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/num"
)

// Replace puts chains read from a file in the place of those of their codes (A1: an import replaces the chains it names), and refuses two
// that would hold for the same kind and department.
func Replace(have, read []Chain) ([]Chain, error) {
	named := func(c Chain) bool { return slices.ContainsFunc(read, func(r Chain) bool { return r.Code == c.Code }) }
	list := append(slices.DeleteFunc(slices.Clone(have), named), read...)
	for i, c := range list {
		for _, d := range list[:i] {
			if !c.Off && !d.Off && c.Kind == d.Kind && c.Department == d.Department {
				return nil, fault.New(fault.Refused, "审批流 %[1]s 和 %[2]s 管同一种单据（%[3]s %[4]s）", "chains %s and %s are for the same: %s %s", d.Code, c.Code, c.Kind, c.Department).At("chain")
			}
		}
	}
	return list, nil
}

// Holding is the chain that holds for a kind in a department: the department's own, else its parent's and so on, else the one without
// department. above gives the department above one.
func Holding(chains []Chain, kind, department string, above func(string) string) (Chain, bool) {
	of := func(dep string) int {
		return slices.IndexFunc(chains, func(c Chain) bool { return !c.Off && c.Kind == kind && c.Department == dep })
	}
	for range 100 { // a ring in the departments ends here
		if i := of(department); i >= 0 {
			return chains[i], true
		}
		if department == "" {
			return Chain{}, false
		}
		department = above(department)
	}
	if i := of(""); i >= 0 {
		return chains[i], true
	}
	return Chain{}, false
}

// Asked tells whether the step is asked of a slip of that gross (A2).
func (s Step) Asked(gross num.Amount, r Reasons) bool {
	return (!s.HasFrom || gross >= s.From) && (len(s.When) == 0 || slices.ContainsFunc(s.When, func(w When) bool { return w.Holds(r) }))
}

// Ask are the steps of the chain that are asked.
func (c Chain) Ask(gross num.Amount, r Reasons) (list []Step) {
	for _, s := range c.Steps {
		if s.Asked(gross, r) {
			list = append(list, s)
		}
	}
	return list
}
