package rights

import (
	"slices"
	"strings"

	"zhanggui/data/slip"
	"zhanggui/data/text"
)

// Ready is a role every book begins with, or one that comes with a module.
type Ready struct {
	Code   string
	Name   text.Text
	Module []string // modules it comes with: it is there where any of them is on; none: always
	Scope  string   // what its people begin with, KEY=VALUE: a part of Scope
	may    func(Object) []string
	words  map[Right]Limit
}

// Owner is the role that has everything and cannot be changed.
const Owner = "owner"

var ready = append(tableRoles(), moduleRoles()...)

// ReadyRoles lists the ready roles behind the owner's, in the order they are offered.
func ReadyRoles() []Ready { return ready }

// ReadyRole is the ready role of the code.
func ReadyRole(code string) (Ready, bool) {
	i := slices.IndexFunc(ready, func(r Ready) bool { return r.Code == code })
	if i < 0 {
		return Ready{}, false
	}
	return ready[i], true
}

var roleNames = map[string]text.Text{
	Owner: text.T("老板", "Owner"), "manager": text.T("总经理", "Manager"), "deputy": text.T("副总经理", "Deputy manager"), "head": text.T("部门主管", "Head of department"),
	"buyer": text.T("采购", "Buyer"), "sales-clerk": text.T("销售", "Sales clerk"), "keeper": text.T("仓管", "Keeper"), "finance": text.T("财务", "Finance"),
	"cashier": text.T("出纳", "Cashier"), "till": text.T("收银", "Till"), "viewer": text.T("只看", "Viewer"),
}

// OwnerName is the words of the owner's role.
func OwnerName() text.Text { return roleNames[Owner] }

// letters are what the table's letters mean.
var letters = map[byte]string{'s': "see", 'e': "enter", 'a': "audit", 'u': "unaudit", 'v': "void", 'p': "print", 'x': "export", 't': "terms"}

// spelled are the verbs of a cell; of masters, who enters deletes.
func spelled(cell string, c Class) (list []string) {
	if cell == "-" {
		return nil
	}
	for i := range len(cell) {
		v, ok := letters[cell[i]]
		if !ok {
			panic("rights: the table of ready roles has a cell " + cell)
		}
		list = append(list, v)
	}
	if c == Masters && slices.Contains(list, "enter") {
		list = append(list, "delete")
	}
	return list
}

// rowsOf reads a part of the table: what each row is about, and its cells.
func rowsOf(table string, f func(about, cells []string)) {
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		about, cells, _ := strings.Cut(line, "|")
		c := strings.Fields(cells)
		if len(c) != len(readyRoles) {
			panic("rights: the table of ready roles has a row of other length: " + line)
		}
		f(strings.Fields(about), c)
	}
}

// given is what the table gives one role.
type given struct {
	objects map[string][]string     // kinds and masters
	areas   map[slip.Group][]string // all reports of an area
	reports map[string][]string     // single reports
	words   map[Right]Limit
}

// waiting are the objects of which the table speaks; those that the program has are found in its space.
var waiting = map[string]Object{}

var table = readTable()

func readTable() map[string]*given {
	all := map[string]*given{}
	for _, r := range readyRoles {
		all[r] = &given{map[string][]string{}, map[slip.Group][]string{}, map[string][]string{}, map[Right]Limit{}}
	}
	for _, part := range []struct {
		table string
		class Class
	}{{readyKinds, Kinds}, {readyMasters, Masters}} {
		rowsOf(part.table, func(about, cells []string) {
			for _, code := range about {
				waiting[code] = Object{Code: code, Class: part.class, Title: text.T(code, code)}
				for i, r := range readyRoles {
					all[r].objects[code] = spelled(cells[i], part.class)
				}
			}
		})
	}
	rowsOf(readyReports, func(about, cells []string) {
		for i, r := range readyRoles {
			if some, is := onlyReports[cells[i]]; is {
				for _, code := range some {
					all[r].reports[code] = []string{"see"}
				}
				continue
			}
			all[r].areas[slip.Group(about[0])] = spelled(cells[i], Reports)
		}
	})
	rowsOf(readyWords, func(about, cells []string) {
		for i, r := range readyRoles {
			for _, word := range about {
				all[r].word(word, cells[i])
			}
		}
	})
	return all
}

// word takes a cell of a right, or of an object of words.
func (g *given) word(about, cell string) {
	switch {
	case cell == "-":
	case !strings.Contains(about, "."):
		for _, v := range strings.Split(cell, ",") {
			g.words[Of(about, v)] = NoLimit
		}
	case cell == "yes":
		g.words[Right(about)] = NoLimit
	default:
		l, ok := Right(about).ReadLimit(cell)
		if !ok {
			panic("rights: the table of ready roles has a limit " + cell)
		}
		g.words[Right(about)] = l
	}
}

// newcomers are the roles that have what the table does not speak of: what comes later is the manager's, and the viewer sees it (R2).
func newcomer(role string, o Object) []string {
	switch role {
	case "manager":
		return o.Verbs()
	case "viewer":
		return []string{"see"}
	}
	return nil
}

// may is what the table gives a role of an object.
func (g *given) may(role string, o Object) []string {
	switch o.Class {
	case Kinds, Masters:
		if v, is := g.objects[o.Code]; is {
			return v
		}
		return newcomer(role, o)
	case Reports:
		if v, is := g.reports[o.Code]; is {
			return v
		}
		if _, known := table["manager"].areas[o.Area]; known {
			return g.areas[o.Area]
		}
		return newcomer(role, o)
	}
	return nil
}

func tableRoles() (list []Ready) {
	for _, code := range readyRoles {
		g := table[code]
		list = append(list, Ready{Code: code, Name: roleNames[code], may: func(o Object) []string { return g.may(code, o) }, words: g.words})
	}
	return list
}
