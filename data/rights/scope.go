package rights

import (
	"slices"
	"strings"

	"zhanggui/data/fault"
)

// Scope 范围 is what of the book a person has to do with (R8); all parts that are set must hold. The zero value is the whole book. Records are
// named by their rows, for codes change; departments, whose codes do not, by these.
type Scope struct {
	Person       string   `json:"-"` // who it is, as slips name their maker
	Employee     int64    `json:"-"` // and the employee he is; 0: none
	Own          bool     // slips he made or is employee of
	CustomersOwn bool     // customers, and slips of customers, whose owner is his employee, or nobody
	Warehouses   []int64  // none: all
	Departments  []string // with all below them; none: all
	Accounts     []int64  // cash accounts; none: all
}

// Axis is a way in which a scope narrows: the key of the user's setting.
type Axis string

// The axes.
const (
	Own         Axis = "own"
	Customers   Axis = "customers"
	Warehouses  Axis = "warehouses"
	Departments Axis = "departments"
	Accounts    Axis = "accounts"
)

// Axes are the ways in which the scope narrows the book; none: it is the whole.
func (s Scope) Axes() (list []Axis) {
	for _, x := range []struct {
		axis Axis
		is   bool
	}{{Own, s.Own}, {Customers, s.CustomersOwn}, {Warehouses, len(s.Warehouses) > 0}, {Departments, len(s.Departments) > 0}, {Accounts, len(s.Accounts) > 0}} {
		if x.is {
			list = append(list, x.axis)
		}
	}
	return list
}

// Whole tells whether nothing is out of the scope.
func (s Scope) Whole() bool { return len(s.Axes()) == 0 }

// Put sets a part of the scope as a user's setting says it: own=yes, customers=own, codes with comma or space between; empty: all. row finds
// the record of a code.
func (s *Scope) Put(axis Axis, value string, row func(Axis, string) (int64, error)) error {
	value = strings.TrimSpace(value)
	word := func(yes string, p *bool) error {
		if value != "" && value != yes && value != "no" && value != "all" {
			return fault.New(fault.Invalid, "“%s”应写成 %s，或留空", "%q: write %s, or nothing", value, yes).At(string(axis))
		}
		*p = value == yes
		return nil
	}
	switch axis {
	case Own:
		return word("yes", &s.Own)
	case Customers:
		return word("own", &s.CustomersOwn)
	}
	var codes []string
	var ids []int64
	for _, c := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" ,，、;；", r) }) {
		id, err := row(axis, c)
		if err != nil {
			return err
		}
		codes, ids = append(codes, c), append(ids, id)
	}
	switch axis {
	case Warehouses:
		s.Warehouses = ids
	case Departments:
		s.Departments = codes
	case Accounts:
		s.Accounts = ids
	}
	return nil
}

// Get is a part of the scope as Put reads it; code names a record.
func (s Scope) Get(axis Axis, code func(Axis, int64) string) string {
	named := func(ids []int64) string {
		codes := make([]string, len(ids))
		for i, id := range ids {
			codes[i] = code(axis, id)
		}
		return strings.Join(codes, " ")
	}
	switch {
	case axis == Own && s.Own:
		return "yes"
	case axis == Customers && s.CustomersOwn:
		return "own"
	case axis == Warehouses:
		return named(s.Warehouses)
	case axis == Departments:
		return strings.Join(s.Departments, " ")
	case axis == Accounts:
		return named(s.Accounts)
	}
	return ""
}

// Placed is what of a slip says whether it is in a scope. Records are rows, 0 none.
type Placed struct {
	Maker      string
	Employee   int64
	Customer   int64
	Owner      int64   // the customer's owner, an employee; 0: nobody
	Warehouses []int64 // of its head and lines; a transfer's to_warehouse is not among them
	To         []int64 // where a transfer takes its goods
	Department string
	Accounts   []int64 // cash accounts it moves
}

// Parents gives the department above one; empty: none.
type Parents func(code string) string

// within tells whether a department is one of the codes or below one.
func within(code string, codes []string, above Parents) bool {
	for range 100 { // a ring in the departments ends here
		if slices.Contains(codes, code) {
			return true
		}
		if above == nil || code == "" {
			return false
		}
		code = above(code)
	}
	return false
}

// Below is the scope with all departments that are below its own; of are all there are.
func (s Scope) Below(of []string, above Parents) Scope {
	if len(s.Departments) == 0 {
		return s
	}
	var all []string
	for _, c := range of {
		if within(c, s.Departments, above) {
			all = append(all, c)
		}
	}
	s.Departments = all
	return s
}

func (s Scope) person(p Placed) bool {
	switch {
	case s.Own && p.Maker != s.Person && (s.Employee == 0 || p.Employee != s.Employee):
		return false
	case p.Customer != 0 && !s.Customer(p.Owner):
		return false
	}
	return true
}

// Customer tells whether a customer of that owner is in the scope.
func (s Scope) Customer(owner int64) bool {
	return !s.CustomersOwn || owner == 0 || owner == s.Employee
}

// Sees tells whether the slip is there for the person: one that has to do with several warehouses or accounts by any of them, one of no
// department by none.
func (s Scope) Sees(p Placed, above Parents) bool {
	return s.person(p) && anyOf(s.Warehouses, append(p.Warehouses[:len(p.Warehouses):len(p.Warehouses)], p.To...)) && anyOf(s.Accounts, p.Accounts) && s.department(p, above)
}

// Handles tells whether the person may enter and audit the slip: all its warehouses must be his, but not where a transfer takes the goods.
func (s Scope) Handles(p Placed, above Parents) bool {
	return s.person(p) && allOf(s.Warehouses, p.Warehouses) && allOf(s.Accounts, p.Accounts) && s.department(p, above)
}

func (s Scope) department(p Placed, above Parents) bool {
	return len(s.Departments) == 0 || p.Department == "" || within(p.Department, s.Departments, above)
}

func anyOf(mine, its []int64) bool {
	return len(mine) == 0 || len(its) == 0 || slices.ContainsFunc(its, func(c int64) bool { return slices.Contains(mine, c) })
}

func allOf(mine, its []int64) bool {
	return len(mine) == 0 || !slices.ContainsFunc(its, func(c int64) bool { return !slices.Contains(mine, c) })
}

// Refuse says that a report covers the whole book, where it cannot be narrowed in a way the scope does; nil: it can. narrows are the axes
// along which the report can.
func (s Scope) Refuse(narrows ...Axis) *fault.Fault {
	for _, a := range s.Axes() {
		if !slices.Contains(narrows, a) {
			return fault.New(fault.Refused, "这里是全账的数，不能只看自己范围内的（%s）", "it covers the whole book and cannot be narrowed to what one may see (%s)", string(a))
		}
	}
	return nil
}
