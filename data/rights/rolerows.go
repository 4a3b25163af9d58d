package rights

import (
	"maps"
	"slices"
	"strings"

	"zhanggui/data/fault"
	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Row is a row of a file of roles (R7): what a role has of an object from now on. Object is a kind, master type or report; `kinds`, `masters`,
// `reports`; `area:sales`; or see, book, till, may. Verbs stand with a space between, `*` is all, none nothing. Limit is the limit of the
// one limited right among them. Rows of one role and object in one file belong together, so that several limits can be said; a row
// of `payment` behind one of `kinds` says it anew.
type Row struct {
	File                             string
	No                               int // of the row in the file
	Role, Object, Verbs, Limit, Name string
}

// Columns are the columns of a file of roles.
var Columns = []string{"role", "object", "verbs", "limit", "name"}

// Read takes rows into the roles a book has: a code that is none yet is a new role. giver is who brings the file: nobody gives a right
// he has not, or not so far. The roles that changed come back in the order of the file; every wrong row is told, and then nothing changed.
func Read(rows []Row, have []Role, space *Space, giver Set) ([]Role, error) {
	x := reading{space: space, giver: giver, now: map[string]*Role{}, said: map[string]Part{}}
	for i := range have {
		r := have[i]
		x.now[r.Code] = &r
	}
	for _, row := range rows {
		if f := x.row(row); f != nil {
			f.File, f.Row = row.File, row.No
			x.faults.Add(f)
		}
	}
	var list []Role
	for _, code := range x.order {
		list = append(list, *x.now[code])
	}
	return list, x.faults.List().Or()
}

type reading struct {
	space  *Space
	giver  Set
	now    map[string]*Role
	order  []string        // codes of roles the file speaks of
	said   map[string]Part // what the file has said of a role and object so far, under the name it gave it
	faults fault.Many
}

func (x *reading) row(row Row) *fault.Fault {
	code := strings.TrimSpace(row.Role)
	switch {
	case code == "":
		return fault.New(fault.Invalid, "缺少角色", "the role is missing").At("role")
	case code == Owner:
		return fault.New(fault.Refused, "老板有全部权限，不能改", "the owner has everything, which does not change").At("role")
	case len(code) > 40 || strings.IndexFunc(code, text.Unseen) >= 0 || strings.ContainsAny(code, " ,|:;"):
		return fault.New(fault.Invalid, "“%s”不能作角色代码", "%q cannot be the code of a role", text.Short(code)).At("role")
	}
	named := strings.TrimSpace(row.Object)
	objects, f := x.objects(named)
	if f != nil {
		return f
	}
	r := x.role(code)
	if name := strings.TrimSpace(row.Name); name != "" {
		r.Name = text.Seen(name, false)
	}
	parts, f := partsOf(row, objects)
	if f != nil {
		return f
	}
	for i, o := range objects {
		if f := x.give(r, named, o, parts[i]); f != nil {
			return f
		}
	}
	return nil
}

// role is the role a row speaks of; one nobody has heard of is new.
func (x *reading) role(code string) *Role {
	if x.now[code] == nil {
		x.now[code] = &Role{Code: code}
	}
	if !slices.Contains(x.order, code) {
		x.order = append(x.order, code)
	}
	return x.now[code]
}

// give sets a part, with what the file said before under the same name, where the giver has all that it adds.
func (x *reading) give(r *Role, named string, o Object, p Part) *fault.Fault {
	key := r.Code + "\x00" + named + "\x00" + o.Code
	p = maps.Clone(p)
	for v, l := range x.said[key] {
		if was, has := p[v]; !has || l > was {
			p[v] = l
		}
	}
	was := r.Part(o)
	for _, v := range slices.Sorted(maps.Keys(p)) {
		had, has := was[v]
		if right := Of(o.Code, v); (!has || p[v] > had) && !x.giver.Reaches(right, p[v]) {
			return fault.New(fault.Refused, "%s：自己没有的权限不能给人", "%s: nobody gives a right he has not", string(right)).At("verbs")
		}
	}
	x.said[key] = p
	r.Give(o, p)
	return nil
}

// objects are what a row is about.
func (x *reading) objects(named string) (list []Object, f *fault.Fault) {
	classes := map[string]Class{"kinds": Kinds, "masters": Masters, "reports": Reports}
	area, isArea := strings.CutPrefix(named, "area:")
	c, isClass := classes[named]
	switch {
	case isClass:
		list = x.space.every(func(o Object) bool { return o.Class == c })
	case isArea && slices.ContainsFunc(slip.Groups, func(g slip.Area) bool { return string(g.Code) == area }):
		list = x.space.every(func(o Object) bool { return string(o.Area) == area })
	default:
		o, ok := x.space.Object(named)
		if !ok {
			return nil, fault.New(fault.Invalid, "没有“%s”：应是单据、资料或报表的代码，或 kinds masters reports area:sales see book may till", "there is no object %q: a kind, master or report, or kinds masters reports area:sales see book may till", text.Short(named)).At("object")
		}
		list = []Object{o}
	}
	return list, nil
}

// every are the objects for which f holds: those in force, then those that wait.
func (s *Space) every(f func(Object) bool) (list []Object) {
	for _, o := range s.list {
		if f(o) {
			list = append(list, o)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(waiting)) {
		if _, is := s.at[code]; !is && f(waiting[code]) {
			list = append(list, waiting[code])
		}
	}
	return list
}

// partsOf reads a row's verbs and limit for each of its objects. Of several objects each has what it has such a verb for.
func partsOf(row Row, objects []Object) ([]Part, *fault.Fault) {
	typed := strings.Fields(strings.ToLower(row.Verbs))
	var limited []Right
	parts := make([]Part, len(objects))
	for i, o := range objects {
		parts[i] = Part{}
		for _, v := range o.Verbs() {
			if !slices.Contains(typed, "*") && !slices.Contains(typed, v) {
				continue
			}
			parts[i][v] = NoLimit
			if r := Of(o.Code, v); r.Limited() {
				limited = append(limited, r)
			}
		}
	}
	for _, v := range typed {
		if v != "*" && !slices.ContainsFunc(objects, func(o Object) bool { return slices.Contains(o.Verbs(), v) }) {
			return nil, fault.New(fault.Invalid, "“%s”没有权限“%s”，可填：* %s", "%s has no verb %q; write * or of %s", strings.TrimSpace(row.Object), text.Short(v), strings.Join(objects[0].Verbs(), " ")).At("verbs")
		}
	}
	limit := strings.TrimSpace(row.Limit)
	switch {
	case limit == "":
		return parts, nil
	case len(limited) == 0:
		return nil, fault.New(fault.Invalid, "这些权限没有限额", "none of these rights has a limit").At("limit")
	case len(limited) > 1:
		return nil, fault.New(fault.Invalid, "每个限额单独写一行", "write each limit in a row of its own").At("limit")
	}
	l, ok := limited[0].ReadLimit(limit)
	if !ok {
		return nil, fault.New(fault.Invalid, "“%s”不是 %s 的限额：天数写 3，让价写 0.05", "%q is no limit of %s: days like 3, off a price like 0.05", text.Short(limit), string(limited[0])).At("limit")
	}
	for i, o := range objects {
		if o.Code == limited[0].Object() {
			parts[i][limited[0].Verb()] = l
		}
	}
	return parts, nil
}

// Rows are the roles as a file holds them; read into the same book they change nothing. A limit has a row of its own, and what a ready
// role would have and a shop took away is a row without verbs.
func Rows(roles []Role, space *Space) (list []Row) {
	for _, r := range roles {
		if r.Code == Owner {
			continue
		}
		name := r.Name
		for _, o := range space.every(func(Object) bool { return true }) {
			p := r.Part(o)
			if len(p) == 0 && len(base(r.Code, o)) == 0 {
				continue
			}
			var plain []string
			var limits []Row
			for _, v := range o.Verbs() {
				switch l, has := p[v]; {
				case has && l != NoLimit:
					limits = append(limits, Row{Role: r.Code, Object: o.Code, Verbs: v, Limit: Of(o.Code, v).Text(l)})
				case has:
					plain = append(plain, v)
				}
			}
			if len(plain) > 0 || len(limits) == 0 {
				list = append(list, Row{Role: r.Code, Object: o.Code, Verbs: strings.Join(plain, " "), Name: name})
				name = ""
			}
			for _, l := range limits {
				l.Name, name = name, ""
				list = append(list, l)
			}
		}
	}
	return list
}

// Cells are the row's values in the order of Columns.
func (r Row) Cells() []string { return []string{r.Role, r.Object, r.Verbs, r.Limit, r.Name} }
