package rights

import (
	"maps"
	"slices"

	"zhanggui/data/text"
)

// Role is a role as a book keeps it: a ready one with what the shop changed of it, or one of the shop's own. Changes hold what the role
// has of an object, by the object's code, in place of what it would have; of a limited right how far it goes. They may speak of what no
// part of the program has brought yet.
type Role struct {
	Code    string
	Name    string // as the shop calls it; empty: the ready one's name
	Changes map[string]Part
}

// Part is what a role has of one object: verbs, and the limits of those that have one.
type Part map[string]Limit

// Title is the role's name.
func (r Role) Title() text.Text {
	base, is := ReadyRole(r.Code)
	switch {
	case r.Name != "":
		return text.T(r.Name, r.Name)
	case r.Code == Owner:
		return OwnerName()
	case is:
		return base.Name
	}
	return text.T(r.Code, r.Code)
}

// base is what a role of the code has of an object before a shop changes anything.
func base(role string, o Object) Part {
	r, is := ReadyRole(role)
	if !is {
		return nil
	}
	p := Part{}
	if o.Class == Words {
		for _, v := range o.Verbs() {
			if l, has := r.words[Of(o.Code, v)]; has {
				p[v] = l
			}
		}
		return p
	}
	for _, v := range r.may(o) {
		if slices.Contains(o.Verbs(), v) {
			p[v] = NoLimit
		}
	}
	return p
}

// Part is what the role has of an object.
func (r Role) Part(o Object) Part {
	if p, is := r.Changes[o.Code]; is {
		return p
	}
	return base(r.Code, o)
}

// Set is what the role may do in the space: rights of what is not there are not among them.
func (r Role) Set(space *Space) Set {
	if r.Code == Owner {
		return Everything()
	}
	of := map[Right]Limit{}
	for _, o := range space.Objects() {
		for v, l := range r.Part(o) {
			of[Of(o.Code, v)] = l
		}
	}
	return NewSet(of)
}

// Give sets what the role has of an object from now on. What is just as it would be without is no change.
func (r *Role) Give(o Object, p Part) {
	changes := maps.Clone(r.Changes)
	if changes == nil {
		changes = map[string]Part{}
	}
	if _, is := ReadyRole(r.Code); maps.Equal(p, base(r.Code, o)) && (is || len(p) == 0) {
		delete(changes, o.Code)
	} else {
		changes[o.Code] = p
	}
	r.Changes = changes
}

// Of are the roles of a person, by their codes; own are those a book changed or made. A code that is neither is left out.
func RolesOf(codes []string, own []Role) (list []Role) {
	for _, c := range codes {
		if i := slices.IndexFunc(own, func(r Role) bool { return r.Code == c }); i >= 0 {
			list = append(list, own[i])
		} else if _, is := ReadyRole(c); is || c == Owner {
			list = append(list, Role{Code: c})
		}
	}
	return list
}

// SetOf is what the roles of a person add up to.
func SetOf(roles []Role, space *Space) Set {
	sets := make([]Set, len(roles))
	for i, r := range roles {
		sets[i] = r.Set(space)
	}
	return Together(sets...)
}
