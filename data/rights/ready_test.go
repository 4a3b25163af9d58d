package rights_test

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/rights"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/reports"
)

// What the ready roles are, as it was agreed: the program's own table is compared with it cell by cell.
//
//go:embed testdata/ready-roles.txt
var agreed string

// today is the space of what the program has.
func today() *rights.Space {
	list := rights.KindObjects(kinds.All)
	for _, m := range master.All {
		list = append(list, rights.MasterObject(m.Code, m.Title, m.Fields))
	}
	for _, r := range reports.All {
		list = append(list, rights.Object{Code: r.Name, Class: rights.Reports, Area: r.Area, Title: r.Title})
	}
	return rights.NewSpace(list...)
}

// later is a space in which all that the agreed table speaks of has come, and reports of every area.
func later() *rights.Space {
	var list []rights.Object
	for _, r := range agreedRows() {
		for _, code := range r.objects {
			o := rights.Object{Code: code, Class: r.class, Title: text.T(code, code), Terms: code == "suppliers" || code == "customers"}
			if r.class == rights.Kinds || r.class == rights.Masters {
				list = append(list, o)
			}
		}
	}
	for _, r := range reports.All {
		list = append(list, rights.Object{Code: r.Name, Class: rights.Reports, Area: r.Area, Title: r.Title})
	}
	list = append(list, rights.Object{Code: "work-orders", Class: rights.Reports, Area: slip.Production}, rights.Object{Code: "pipeline", Class: rights.Reports, Area: slip.Relations})
	return rights.NewSpace(list...)
}

type agreedRow struct {
	class   rights.Class
	objects []string
	cells   []string
}

var roles []string

// agreedRows reads the agreed table by its own rules.
func agreedRows() (rows []agreedRow) {
	class := rights.Kinds
	note := regexp.MustCompile(`\([^)]*\)`)
	for i, line := range strings.Split(strings.TrimSpace(agreed), "\n") {
		cells := strings.Split(strings.Trim(line, "| "), "|")
		for j := range cells {
			cells[j] = strings.TrimSpace(cells[j])
		}
		head := cells[0]
		switch {
		case i == 0:
			roles = cells[1:]
			continue
		case strings.HasPrefix(head, "---"):
			continue
		case strings.HasPrefix(head, "**masters**"):
			class, head = rights.Masters, head[strings.Index(head, ":")+1:]
			head = strings.TrimPrefix(head, " t terms):")
		case strings.HasPrefix(head, "**reports**"):
			class, head = rights.Reports, strings.TrimPrefix(head, "**reports** of the area ")
		case strings.HasPrefix(head, "**rights**"):
			class, head = rights.Words, strings.TrimPrefix(head, "**rights**: ")
		}
		if at := strings.Index(head, "terms):"); at >= 0 {
			head = head[at+len("terms):"):]
		}
		head = strings.ReplaceAll(note.ReplaceAllString(head, ""), " and theirs", ", channel-products, channel-columns")
		var objects []string
		for _, o := range strings.FieldsFunc(head, func(r rune) bool { return r == ',' || r == ';' }) {
			o = strings.TrimSpace(o)
			if strings.HasPrefix(o, "-") && len(objects) > 0 { // the rest of the one before: material-issue, -return
				last := objects[len(objects)-1]
				if word, _, is := strings.Cut(last, "."); is {
					o = word + "." + o[1:]
				} else {
					o = last[:strings.Index(last, "-")] + o
				}
			}
			objects = append(objects, o)
		}
		rows = append(rows, agreedRow{class, objects, cells[1:]})
	}
	return rows
}

var letterVerbs = map[rune][]string{'s': {"see"}, 'e': {"enter"}, 'a': {"audit"}, 'u': {"unaudit"}, 'v': {"void"}, 'p': {"print"}, 'x': {"export"}, 't': {"terms"}}

func want(class rights.Class, cell string) (list []string) {
	if cell == "–" {
		return nil
	}
	for _, r := range cell {
		list = append(list, letterVerbs[r]...)
		if r == 'e' && class == rights.Masters {
			list = append(list, "delete")
		}
	}
	return list
}

func TestReadyRolesAreAsAgreed(t *testing.T) {
	rows := agreedRows()
	if len(rows) != 53 || len(roles) != 10 {
		t.Fatalf("%d rows of %d roles", len(rows), len(roles))
	}
	checked := 0
	for name, space := range map[string]*rights.Space{"today": today(), "later": later()} {
		for i, role := range roles {
			set := rights.Role{Code: role}.Set(space)
			for _, row := range rows {
				if row.class == rights.Reports || row.class == rights.Words {
					continue
				}
				for _, code := range row.objects {
					o, there := space.Object(code)
					if !there {
						t.Errorf("%s: nobody knows %s", name, code)
					}
					inForce := slices.ContainsFunc(space.Objects(), func(x rights.Object) bool { return x.Code == code })
					verbs := want(row.class, row.cells[i])
					for _, v := range o.Verbs() {
						checked++
						if has := set.Has(rights.Of(code, v)); has != (inForce && slices.Contains(verbs, v)) {
							t.Errorf("%s: %s has %s.%s: %v, agreed is %s", name, role, code, v, has, row.cells[i])
						}
					}
					for _, v := range verbs {
						if !slices.Contains(o.Verbs(), v) {
							t.Errorf("%s has no verb %s, which %s has by %s", code, v, role, row.cells[i])
						}
					}
				}
			}
		}
	}
	if checked < 2*10*70*4 {
		t.Errorf("looked at %d", checked)
	}
}

func TestReadyRolesSeeReportsAsAgreed(t *testing.T) {
	only := map[string][]string{"1": {"stock-on-hand", "in-transit", "lots", "expiry", "buildable"}, "2": {"stock-on-hand"}, "3": {"order-status"}, "4": {"payables", "party-statement"}, "5": {"receivables", "ageing", "party-statement"}}
	space := later()
	seen := map[string]bool{}
	for i, role := range roles {
		set := rights.Role{Code: role}.Set(space)
		for _, row := range agreedRows() {
			if row.class != rights.Reports {
				continue
			}
			n := 0
			for _, o := range space.Objects() {
				if o.Class != rights.Reports || string(o.Area) != row.objects[0] {
					continue
				}
				n++
				see, export := strings.Contains(row.cells[i], "s"), strings.Contains(row.cells[i], "x")
				if list, is := only[row.cells[i]]; is {
					see = slices.Contains(list, o.Code)
					seen[row.cells[i]] = true
				}
				if set.Has(rights.Of(o.Code, "see")) != see || set.Has(rights.Of(o.Code, "export")) != export {
					t.Errorf("%s: %s, agreed is %s", role, o.Code, row.cells[i])
				}
			}
			if n == 0 {
				t.Errorf("no report of %s", row.objects[0])
			}
		}
	}
	if len(seen) != 5 {
		t.Errorf("footnotes seen: %v", seen)
	}
	for _, list := range only {
		for _, code := range list {
			if _, ok := reports.ByName(code); !ok {
				t.Errorf("there is no report %s", code)
			}
		}
	}
}

func TestReadyRolesHaveLimitsAsAgreed(t *testing.T) {
	space := today()
	for i, role := range roles {
		set := rights.Role{Code: role}.Set(space)
		named := map[rights.Right]string{}
		highest := ""
		for _, row := range agreedRows() {
			if row.class != rights.Words {
				continue
			}
			for _, o := range row.objects {
				o = strings.TrimSpace(o)
				if o == "see.…" {
					highest = row.cells[i]
					continue
				}
				named[rights.Right(o)] = row.cells[i]
			}
		}
		sees := map[string]bool{"cost": false, "margin": false, "purchase": false, "sales": false}
		for _, v := range strings.Split(highest, ", ") {
			for _, brought := range map[string][]string{"margin": {"margin", "cost", "purchase", "sales"}, "sales": {"sales"}, "purchase": {"purchase"}}[v] {
				sees[brought] = true
			}
		}
		for v, is := range sees {
			if set.Has(rights.Of("see", v)) != is {
				t.Errorf("%s sees %s: %v, agreed is %s", role, v, !is, highest)
			}
		}
		for r, cell := range named {
			limit, has := set.Limit(r)
			in := cell == "yes" || cell == "all" || slices.Contains(strings.Split(cell, ", "), r.Verb())
			switch {
			case r == "may.backdate" || r == "may.price":
				if far, _ := r.ReadLimit(cell); has != (cell != "–") || has && limit != far {
					t.Errorf("%s: %s is %s, agreed is %s", role, r, r.Text(limit), cell)
				}
			case has != in || has && limit != rights.NoLimit:
				t.Errorf("%s: %s is %v, agreed is %s", role, r, has, cell)
			}
		}
		for _, r := range []rights.Right{"book.users", "book.costing", "book.restore", "book.upgrade", "book.erase"} {
			if set.Has(r) {
				t.Errorf("%s has %s, which is the owner's", role, r)
			}
		}
	}
}

func TestTheOwnerHasEverything(t *testing.T) {
	space := today()
	set := rights.Role{Code: rights.Owner}.Set(space)
	if got, all := set.Grants(space), space.All(); len(got) != len(all) || len(all) < 350 {
		t.Errorf("%d of %d rights", len(got), len(all))
	}
	if !set.Reaches("may.price", rights.Share(10_000)) || !set.Has("kind-to-come.audit") || !set.Owns() {
		t.Error("a limit stops the owner")
	}
}

// What comes later is the manager's, and the viewer sees it, until the owner says otherwise.
func TestANewcomerIsTheManagers(t *testing.T) {
	space := rights.NewSpace(rights.Object{Code: "loan", Class: rights.Kinds, Area: slip.Money}, rights.Object{Code: "vehicles", Class: rights.Masters}, rights.Object{Code: "mileage", Class: rights.Reports, Area: "fleet"})
	for _, role := range roles {
		set := rights.Role{Code: role}.Set(space)
		for _, o := range space.Objects()[:3] {
			for _, v := range o.Verbs() {
				if want := role == "manager" || role == "viewer" && v == "see"; set.Has(rights.Of(o.Code, v)) != want {
					t.Errorf("%s: %s.%s is %v", role, o.Code, v, !want)
				}
			}
		}
	}
	keeper := rights.Role{Code: "keeper"}
	loan, _ := space.Object("loan")
	keeper.Give(loan, rights.Part{"see": rights.NoLimit})
	if !keeper.Set(space).Has("loan.see") || keeper.Set(space).Has("loan.enter") {
		t.Error("the owner says otherwise, and is not heard")
	}
}

// Roles that modules bring: what the work is, the masters their like sees, their area's reports, and nothing else.
func TestModuleRoles(t *testing.T) {
	space := later()
	for role, said := range map[string]struct {
		module string
		has    string // objects and letters
		not    []rights.Right
		scope  string
	}{
		"planner": {"production", "production-plan work-order purchase-plan seavpx; material-issue production-receipt sales-order purchase-order s; products suppliers boms s; work-orders s", []rights.Right{"sales-order.enter", "products.enter", "customers.see", "payment.see", "see.cost", "may.price"}, ""},
		"ap":      {"", "purchase-invoice payment prepayment offset sevpx; products customers s; payables ageing s", []rights.Right{"payment.audit", "suppliers.see", "payables.export", "sales-invoice.see", "see.cost"}, ""},
		"ar":      {"", "sales-invoice collection advance offset sevpx; customers s; receivables s", []rights.Right{"collection.audit", "purchase-invoice.see", "customers.enter"}, ""},
		"it":      {"", "products suppliers customers gl warehouses opening-stock sex", []rights.Right{"suppliers.terms", "payment.see", "delivery.see", "sales-ledger.see", "see.sales", "see.cost", "book.settings", "book.log"}, ""},
		"seller":  {"crm contracts", "opportunity activity quotation seavp; contract contract-filing sales-order sevp; contacts leads customers se; products s; pipeline s", []rights.Right{"sales-order.audit", "customers.terms", "suppliers.see", "delivery.see", "see.cost"}, "customers=own"},
		"service": {"service", "service activity seavp; delivery other-issue sep; customers s; pipeline s", []rights.Right{"delivery.audit", "sales-order.see"}, ""},
		"online":  {"channels", "sales-order delivery seavp; sales-return sevp; sales-allowance seap; settlement s; customers s; sales-ledger order-status s", []rights.Right{"settlement.enter", "sales-return.audit", "sales-ledger.export"}, ""},
	} {
		r, ok := rights.ReadyRole(role)
		if !ok || strings.Join(r.Module, " ") != said.module || r.Scope != said.scope || r.Name.Empty() {
			t.Errorf("%s: %v %q %q", role, ok, r.Module, r.Scope)
		}
		set := rights.Role{Code: role}.Set(space)
		for _, part := range strings.Split(said.has, "; ") {
			words := strings.Fields(part)
			letters := words[len(words)-1]
			for _, code := range words[:len(words)-1] {
				o, _ := space.Object(code)
				verbs := want(o.Class, letters)
				for _, v := range o.Verbs() {
					if set.Has(rights.Of(code, v)) != slices.Contains(verbs, v) {
						t.Errorf("%s: %s.%s, said is %s", role, code, v, letters)
					}
				}
			}
		}
		for _, no := range said.not {
			if set.Has(no) {
				t.Errorf("%s has %s", role, no)
			}
		}
	}
	if it := (rights.Role{Code: "it"}).Set(space); !it.Has("book.users") || !it.Has("book.backup") {
		t.Error("it has neither users nor backups")
	}
}

func TestRolesHaveNamesInBothLanguages(t *testing.T) {
	for _, r := range rights.ReadyRoles() {
		if r.Name.Zh == "" || r.Name.En == "" {
			t.Errorf("%s: %v", r.Code, r.Name)
		}
	}
	if len(rights.ReadyRoles()) != 17 {
		t.Errorf("%d roles", len(rights.ReadyRoles()))
	}
}
