package rights

import (
	"slices"

	"zhanggui/data/fault"
	"zhanggui/data/secret"
)

// Member is a user of a book as far as rights go.
type Member struct {
	Name   string
	Roles  []string // codes
	Active bool
	Must   bool // he changes his password first: another gave him this one (U5)
	Scope  Scope
}

// owns tells whether the member is an owner who can act.
func (m Member) owns() bool { return m.Active && slices.Contains(m.Roles, Owner) }

// Crew is everybody of a book with what each may do, worked out once: users and roles are read when they change, rights are asked all day.
// A nil crew, and one of nobody, is a book without users: everything may be done, by whatever name.
type Crew struct {
	Space   *Space
	members []Member
	at      map[string]int
	sets    []Set
}

// NewCrew works out what the members may do; own are the roles the book changed or made.
func NewCrew(space *Space, own []Role, members []Member) *Crew {
	c := &Crew{Space: space, members: members, at: map[string]int{}, sets: make([]Set, len(members))}
	for i, m := range members {
		c.at[m.Name] = i
		if m.Active {
			c.sets[i] = SetOf(RolesOf(m.Roles, own), space)
		}
	}
	return c
}

// Asleep tells whether the book has no users, so that nothing is asked.
func (c *Crew) Asleep() bool { return c == nil || len(c.members) == 0 }

// Members lists everybody, also who is no longer active.
func (c *Crew) Members() []Member {
	if c == nil {
		return nil
	}
	return c.members
}

// Member is the member of the name.
func (c *Crew) Member(name string) (Member, bool) {
	if c == nil {
		return Member{}, false
	}
	i, ok := c.at[name]
	if !ok {
		return Member{}, false
	}
	return c.members[i], true
}

// Set is what the person may do: of a book without users everything; who is none, or no longer active, nothing.
func (c *Crew) Set(name string) Set {
	if c.Asleep() {
		return Everything()
	}
	if i, ok := c.at[name]; ok {
		return c.sets[i]
	}
	return Set{}
}

// ByPIN is the crew where the person may do no more than a PIN opens.
func (c *Crew) ByPIN(name string) *Crew {
	if c.Asleep() {
		return c
	}
	i, ok := c.at[name]
	if !ok {
		return c
	}
	d := *c
	d.sets = slices.Clone(c.sets)
	d.sets[i] = d.sets[i].ByPIN(c.Space)
	return &d
}

// Scope is what of the book the person has to do with.
func (c *Crew) Scope(name string) Scope {
	m, _ := c.Member(name)
	m.Scope.Person = name
	return m.Scope
}

// WhoMay lists the others who have the right and may go so far, as refusals name them: owners last, whom one asks when nobody else may.
func (c *Crew) WhoMay(g Grant, but string) (list []string) {
	for _, owners := range []bool{false, true} {
		for i, m := range c.Members() {
			if m.Name != but && m.owns() == owners && c.sets[i].Reaches(g.Right, g.Limit) {
				list = append(list, m.Name)
			}
		}
	}
	return list
}

// Far is a need of a right that goes so far; Need one of a right as such.
func Far(r Right, far Limit) Grant { return Grant{r, far} }

// Need is a need of the right, however far it goes.
func Need(r Right) Grant { return Grant{Right: r} }

// Refuse says which of the needs the person has not, by the first of them, and who has it (R6); nil: all are there. lent are rights that
// an override lends for this act.
func (c *Crew) Refuse(name string, lent []Grant, needs ...Grant) *fault.Fault {
	if m, ok := c.Member(name); ok && m.Must && m.Active && len(needs) > 0 {
		return secret.Change()
	}
	set := c.Set(name)
	for _, g := range set.Lacking(needs...) {
		if covers(lent, g) {
			continue
		}
		most, _ := set.Limit(g.Right)
		return c.Space.Fault(Refusal{Right: g.Right, Name: name, Far: g.Limit, Most: most, May: c.WhoMay(g, name)})
	}
	return nil
}

// Here refuses who is nobody of the crew, or no longer active, and, unless he is about to, who has to change his password first: an act that
// asks no right asks this much (W1). nil: he is in.
func (c *Crew) Here(name string, changing bool) *fault.Fault {
	m, ok := c.Member(name)
	switch {
	case c.Asleep():
		return nil
	case !ok || !m.Active:
		return fault.New(fault.Refused, "%s 不是在用的用户", "%s is no active user", name)
	case m.Must && !changing:
		return secret.Change()
	}
	return nil
}

// covers tells whether what is lent has the right, and goes so far.
func covers(lent []Grant, g Grant) bool {
	return slices.ContainsFunc(lent, func(l Grant) bool { return l.Right == g.Right && l.Limit >= g.Limit })
}

// Keeps refuses to leave a book with users without an owner who can act in the whole of it (U6): the last one is not removed, demoted or
// narrowed. after are the members as they would be.
func Keeps(after []Member) *fault.Fault {
	if len(after) == 0 || slices.ContainsFunc(after, func(m Member) bool { return m.owns() && m.Scope.Whole() }) {
		return nil
	}
	return fault.New(fault.Refused, "至少要留一个不受限制的老板", "one owner must stay, for the whole book").At("role")
}

// Lend is what a lender lends a person for one act, so that nothing is lacking (O1, O2): all of it or, in words, why not. That the lender
// is who he says, and has the slip in his scope, others have found.
func (c *Crew) Lend(name, lender string, lacking []Grant) ([]Grant, *fault.Fault) {
	if name == lender {
		return nil, fault.New(fault.Refused, "不能给自己授权", "nobody lends himself a right").At("override")
	}
	without := c.Space.Lends(c.Set(lender), lacking)
	if len(without) == 0 {
		return lacking, nil
	}
	g := without[0]
	if !c.Space.Lendable(g.Right) {
		return nil, fault.New(fault.Refused, "%s：不能临时授权", "%s: it cannot be lent", string(g.Right)).At("override")
	}
	most, _ := c.Set(lender).Limit(g.Right)
	return nil, c.Space.Fault(Refusal{Right: g.Right, Name: lender, Far: g.Limit, Most: most, May: c.WhoMay(g, name)}).At("override")
}

// Source is a right of a person, and the roles that bring it as far as it goes.
type Source struct {
	Grant
	Roles []string
}

// Sources lists the rights that roles add up to, in the space's order, each with where it comes from.
func Sources(roles []Role, space *Space) (list []Source) {
	sets := make([]Set, len(roles))
	for i, r := range roles {
		sets[i] = r.Set(space)
	}
	for _, g := range Together(sets...).Grants(space) {
		s := Source{Grant: g}
		for i, r := range roles {
			if l, has := sets[i].Limit(g.Right); has && l == g.Limit {
				s.Roles = append(s.Roles, r.Code)
			}
		}
		list = append(list, s)
	}
	return list
}
