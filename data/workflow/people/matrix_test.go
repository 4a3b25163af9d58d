package people_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
	"zhanggui/data/workflow/people"
	"zhanggui/reports"
)

// agreedTable is what the ready roles may, as it was agreed: kinds, masters, or the reports of an area, by role.
type agreedTable struct {
	roles []string
	cells map[string]map[string]string // object (a report by its area) → role → letters
}

// agreed reads the table that the roles' own room is held against, by its own rules.
func agreed(t *testing.T) agreedTable {
	t.Helper()
	raw, err := os.ReadFile("../../rights/testdata/ready-roles.txt")
	if err != nil {
		t.Fatal(err)
	}
	x := agreedTable{cells: map[string]map[string]string{}}
	note := regexp.MustCompile(`\*\*[a-z]+\*\*|\([^)]*\)| of the area | and theirs|:`)
	area := ""
	for i, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		cells := strings.Split(strings.Trim(line, "| "), "|")
		for j := range cells {
			cells[j] = strings.TrimSpace(cells[j])
		}
		switch {
		case i == 0:
			x.roles = cells[1:]
		case strings.HasPrefix(cells[0], "**rights**"):
			return x
		case strings.HasPrefix(cells[0], "**reports**"):
			area = "area "
		}
		last := ""
		for _, o := range strings.Split(note.ReplaceAllString(cells[0], ""), ",") {
			if o = strings.TrimSpace(o); strings.HasPrefix(o, "-") && last != "" {
				o = last[:strings.Index(last, "-")] + o
			}
			last = o
			of := map[string]string{}
			for j, role := range x.roles {
				of[role] = cells[j+1]
			}
			x.cells[area+o] = of
		}
	}
	return x
}

// only are the reports that a figure in the table stands for.
var only = map[string]string{"1": "stock-on-hand in-transit lots expiry buildable", "2": "stock-on-hand", "3": "order-status", "4": "payables party-statement", "5": "receivables ageing party-statement"}

// matrix is a book with a draft and an audited slip of every kind, and a user of every ready role.
func matrix(t *testing.T) (b, boss *workflow.Book, drafts, done map[string]string) {
	t.Helper()
	b, boss = trade(t)
	drafts, done = map[string]string{}, map[string]string{}
	s := workflow.Steps{Book: boss}
	if err := s.Write(context.Background(), func(tx *store.Tx) error {
		for _, k := range kinds.All {
			for _, into := range []map[string]string{drafts, done} {
				d := &slip.Doc{Kind: k.Code, Date: b.Today()}
				if len(k.Lines) > 0 {
					d.Lines = []slip.Line{{Product: "P1", Qty: 1_000_000, Base: 1_000_000, Factor: 1_000_000}}
				}
				if k.Hidden || len(k.Module) > 0 {
					continue
				}
				if err := s.Put(tx, k, d, nil); err != nil {
					return fmt.Errorf("%s: %w", k.Code, err)
				}
				into[k.Code] = d.Number
				if done[k.Code] != d.Number {
					continue
				}
				if err := tx.SetStatus(d.ID, slip.Audited, ""); err != nil {
					return err
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b, boss, drafts, done
}

// Every ready role may with every kind what the agreed table says, and is refused the rest by the right itself, in every use case there is a verb of.
func TestEveryRoleKindAndVerbAsAgreed(t *testing.T) {
	table := agreed(t)
	b, boss, drafts, done := matrix(t)
	acts := 0
	for _, role := range table.roles {
		if testing.Short() && role != "keeper" && role != "sales-clerk" {
			continue
		}
		name := "u " + role
		if _, err := people.Add(boss, name, "", []string{role}, ""); err != nil {
			t.Fatal(err)
		}
		mine := b.As(name)
		exported := map[string]bool{}
		if out, _, err := exchange.Export(mine, "slips"); err == nil {
			kind := slices.Index(out.Header, "kind")
			if err := out.Each(func(r exchange.Row) error { exported[r.Cells[kind]] = true; return nil }); err != nil {
				t.Fatal(err)
			}
		}
		for code, letters := range table.cells {
			k, ok := kinds.ByCode(code)
			if !ok || k.Hidden || len(k.Module) > 0 {
				continue
			}
			d, err := boss.Load(done[code])
			if err != nil {
				t.Fatal(err)
			}
			for letter, verb := range map[string]string{"s": "see", "e": "enter", "a": "audit", "u": "unaudit", "v": "void", "p": "print", "x": "export"} {
				var err error
				switch verb {
				case "see":
					_, err = mine.Load(drafts[code])
				case "enter":
					err = mine.Save(d.Clone())
				case "audit":
					_, err = mine.Audit(done[code])
				case "unaudit":
					_, err = mine.Unaudit(drafts[code], false)
				case "void":
					err = mine.Void(done[code])
				case "print":
					err = mine.Printed([]string{drafts[code]}, "slip")
				case "export":
					if err = nil; !exported[k.Code] {
						err = fmt.Errorf("%s.export: not in the file", code)
					}
				}
				acts++
				may := strings.Contains(letters[role], letter)
				if refused := strings.Contains(fmt.Sprint(err), code+"."+verb+":"); refused == may {
					t.Errorf("%s of %s by a %s: %v", verb, code, role, err)
				}
			}
		}
	}
	if acts < 200 {
		t.Errorf("only %d acts were tried", acts)
	}
}

// And so with the records of every type and every report.
func TestEveryRoleMasterAndReportAsAgreed(t *testing.T) {
	table := agreed(t)
	b, boss := trade(t)
	for _, role := range table.roles {
		name := "u " + role
		if _, err := people.Add(boss, name, "", []string{role}, ""); err != nil {
			t.Fatal(err)
		}
		mine := b.As(name)
		refused := func(what string, err error, may bool) {
			t.Helper()
			if strings.Contains(fmt.Sprint(err), what+":") == may {
				t.Errorf("%s by a %s: %v", what, role, err)
			}
		}
		for _, typ := range master.All {
			letters, ok := table.cells[typ.Code]
			if !ok || len(typ.Module) > 0 {
				continue
			}
			has := func(l string) bool { return strings.Contains(letters[role], l) }
			_, err := mine.Type(typ.Code)
			refused(typ.Code+".see", err, has("s"))
			refused(typ.Code+".enter", mine.SaveMaster(&master.Record{Type: typ, Values: map[string]string{}}), has("e"))
			refused(typ.Code+".delete", mine.DeleteMaster(&master.Record{Type: typ, ID: 1 << 40}), has("e"))
			_, _, err = exchange.Export(mine, typ.Code)
			if has("s") {
				refused(typ.Code+".export", err, has("x"))
			} else if err == nil {
				t.Errorf("a %s exports %s", role, typ.Code)
			}
			if got := mine.Who().May(typ.Code, "terms"); got != has("t") && (typ.Code == "suppliers" || typ.Code == "customers") {
				t.Errorf("%s.terms of a %s: %v", typ.Code, role, got)
			}
		}
		for _, r := range reports.All {
			cell := table.cells["area "+string(r.Area)][role]
			see, out := strings.Contains(cell, "s"), strings.Contains(cell, "x")
			if list, some := only[cell]; some {
				see = slices.Contains(strings.Fields(list), r.Name)
			}
			if r == reports.AuditLog { // each sees his own part
				see = true
			}
			refused(r.Name+".see", r.Ask(mine, reports.Params{}, false), see)
			if see && r != reports.AuditLog {
				refused(r.Name+".export", r.Ask(mine, reports.Params{}, true), out)
			}
		}
	}
}
