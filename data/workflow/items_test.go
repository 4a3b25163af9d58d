package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// dealKind is a case with two lists, whose lines are optional.
func dealKind() *slip.Kind {
	k := *kinds.Quotation
	k.Code, k.Prefix, k.Title, k.Case, k.Optional = "deal", "XM", text.T("项目", "Deal"), true, true
	k.Header = slices.DeleteFunc(slices.Clone(k.Header), func(f slip.Field) bool { return f.Key == "warehouse" || f.Key == "remark" || f.Key == "due_date" })
	k.Lists = []slip.List{
		{Key: "checklist", Title: text.T("检查", "Checks"), Fields: []slip.Field{{Key: "item", Label: text.T("事项", "Item"), Required: true},
			{Key: "who", Label: text.T("谁", "Who"), Type: slip.TypeRef, Ref: "employees"}, {Key: "due_date", Label: text.T("期限", "Due"), Type: slip.TypeDate},
			{Key: "done", Label: text.T("完成", "Done"), Type: slip.TypeDate, Live: true}}},
		{Key: "people", Title: text.T("人员", "People"), Fields: []slip.Field{{Key: "name", Label: text.T("姓名", "Name"), Required: true}}},
	}
	return &k
}

func deals(t *testing.T) *workflow.Book {
	declare(t, dealKind(), &workflow.Setting{Field: slip.Field{Key: "nothing", Label: text.T("无", "None"), Default: "1"}})
	b := open(t, workflow.Settings{Negative: "allow"})
	load(t, b, "employees", "code,name", "E1,老周", "E2,小李")
	return b
}

const dealHead = "kind,number,date,party,list,item,who,done,due_date,name,product,qty,audit"

// A row with the column list is a row of that grid; one without a line field makes no line where lines are optional.
func TestRowsOfListsComeAndGo(t *testing.T) {
	b := deals(t)
	load(t, b, "slips", dealHead, "deal,d1,2026-01-05,C,,,,,,,,,yes", "deal,d1,,,checklist,量尺,E1,,2026/1/9,,,,", "deal,d1,,,checklist,报价,E2,2026-01-07,,,,,", "deal,d1,,,people,,,,,王总,,,",
		"deal,d2,2026-01-06,C,,,,,,,A,2,no", "deal,d2,,,people,,,,,赵工,,,")
	d, err := b.Load("d1")
	if err != nil || len(d.Lines) != 0 || d.Status != slip.Audited {
		t.Fatalf("%+v, %v", d, err)
	}
	c := d.Lists["checklist"]
	if len(c) != 2 || c[0].Get("item") != "量尺" || c[0].Get("who") != "E1" || c[0].Get("due_date") != "2026-01-09" || c[1].Get("done") != "2026-01-07" || d.Lists["people"][0].Get("name") != "王总" || d.DueDate != 0 {
		t.Errorf("%+v", d.Lists)
	}
	if d, _ := b.Load("d2"); len(d.Lines) != 1 || len(d.Lists["people"]) != 1 {
		t.Errorf("%+v", d)
	}
	// export → import is the same
	x, _, err := exchange.Export(b, "slips")
	if err != nil {
		t.Fatal(err)
	}
	b2 := open(t, workflow.Settings{Negative: "allow"})
	load(t, b2, "employees", "code,name", "E1,老周", "E2,小李")
	for i := range x.Rows {
		x.Rows[i].Line = i + 2
	}
	if _, err := exchange.Import(b2, "slips", x, false); err != nil {
		t.Fatal(err)
	}
	y, _, _ := exchange.Export(b2, "slips")
	if !slices.Equal(x.Header, y.Header) || !slices.EqualFunc(x.Rows, y.Rows, func(a, b exchange.Row) bool { return slices.Equal(a.Cells, b.Cells) }) {
		t.Errorf("exported %v\n%v, then %v", x.Header, x.Rows, y.Rows)
	}
	proved(t, b2)
	// what is wrong is told at its row
	for row, want := range map[string]string{
		"deal,e1,,,checklist,,E1,,,,,,":    "slips.csv:3: item: Item is missing",
		"deal,e1,,,checklist,x,E9,,,,,,":   `slips.csv:3: who: there is no Who "E9"`,
		"deal,e1,,,checklist,x,,soon,,,,,": `slips.csv:3: done: "soon" is not a date`,
		"deal,e1,,,people,x,,,,王,,,":       "slips.csv:3: item: People has no item",
		"deal,e1,,,spouses,,,,,王,,,":       `slips.csv:3: list: a Deal has no list "spouses"; it has checklist, people`,
		"deal,e1,,,people,,,,,,,,":         "slips.csv:3: list: the row of People says nothing",
	} {
		if err := try(b, "slips", dealHead, "deal,e1,2026-01-05,C,,,,,,,,,yes", row); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", row, err)
		}
	}
	if err := try(b, "slips", dealHead, "deal,e1,2026-01-05,C,people,,,,,王,,,yes"); err == nil || !strings.Contains(err.Error(), "first row") {
		t.Error(err)
	}
	if err := try(b, "slips", "kind,number,date,party,list,name,product,qty", "delivery,e2,2026-01-05,C,,,A,1", "delivery,e2,,,people,王,,"); err == nil || !strings.Contains(err.Error(), "a Delivery has no lists") {
		t.Error(err)
	}
}

// A record that a list's row names may get another code, and cannot be deleted.
func TestListsFollowTheirRecords(t *testing.T) {
	b := deals(t)
	load(t, b, "slips", dealHead, "deal,d1,2026-01-05,C,,,,,,,,,no", "deal,d1,,,checklist,量尺,E1,,,,,,")
	e, _ := b.Masters().Find("employees", "E1")
	if err := b.DeleteMaster(e); err == nil {
		t.Error("an employee in a list was deleted")
	}
	e = e.Clone()
	e.Values["code"] = "E7"
	if err := b.SaveMaster(e); err != nil {
		t.Fatal(err)
	}
	if d, _ := b.Load("d1"); d.Lists["checklist"][0].Get("who") != "E7" {
		t.Errorf("%+v", d.Lists)
	}
	proved(t, b)
}

// On a draft any field of a row is set, and a row behind the last is made; on an audited slip Live ones, and the version rises.
func TestRowsOfListsAreSet(t *testing.T) {
	b := deals(t)
	load(t, b, "slips", dealHead, "deal,d1,2026-01-05,C,,,,,,,,,no", "deal,d1,,,checklist,量尺,E1,,,,,,")
	row := func(n int, key, v string) workflow.Change {
		return workflow.Change{List: "checklist", Line: n, Key: key, Value: v}
	}
	if _, err := set(t, b, "d1", 0, row(1, "item", "复尺"), row(2, "item", "报价"), row(2, "who", "E2")); err != nil {
		t.Fatal(err)
	}
	d, _ := b.Load("d1")
	if c := d.Lists["checklist"]; len(c) != 2 || c[0].Get("item") != "复尺" || c[1].Get("who") != "E2" || d.Version != 2 {
		t.Fatalf("%+v version %d", d.Lists, d.Version)
	}
	for _, x := range []struct {
		c    workflow.Change
		code fault.Code
	}{{row(4, "item", "x"), fault.NotFound}, {row(1, "name", "x"), fault.Usage}, {row(1, "done", "soon"), fault.Invalid}, {row(1, "who", "E9"), fault.Invalid},
		{workflow.Change{List: "other", Line: 1, Key: "item"}, fault.Invalid}, {row(1, "item", ""), fault.Invalid}} {
		if _, err := set(t, b, "d1", 0, x.c); !fault.Is(err, x.code) {
			t.Errorf("%+v: %v", x.c, err)
		}
	}
	if _, err := b.Audit("d1"); err != nil {
		t.Fatal(err)
	}
	if _, err := set(t, b, "d1", 0, row(2, "done", "2026-01-08")); err != nil {
		t.Fatal(err)
	}
	d, _ = b.Load("d1")
	if d.Lists["checklist"][1].Get("done") != "2026-01-08" || d.Status != slip.Audited || d.Version != 4 {
		t.Errorf("%+v %s version %d", d.Lists, d.Status, d.Version)
	}
	if _, err := set(t, b, "d1", 3, row(1, "done", "2026-01-08")); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "checklist row 2 done — → 2026-01-08") {
		t.Error(err)
	}
	for _, c := range []workflow.Change{row(1, "item", "x"), row(3, "done", "2026-01-08")} {
		if _, err := set(t, b, "d1", 0, c); err == nil {
			t.Errorf("%+v is set on an audited slip", c)
		}
	}
	proved(t, b)
}

// Two people change a slip's lists: rows are told apart by their place in the book, not by their order.
func TestTwoPeopleChangeLists(t *testing.T) {
	b := deals(t)
	load(t, b, "slips", dealHead, "deal,d1,2026-01-05,C,,,,,,,,,no", "deal,d1,,,checklist,量尺,E1,,,,,,", "deal,d1,,,checklist,报价,E1,,,,,,")
	opened, _ := b.Load("d1")
	mine, other := opened.Clone(), opened.Clone()
	other.Lists["checklist"] = other.Lists["checklist"][1:] // one gives the first row up
	other.Lists["people"] = []slip.Item{{Values: map[string]string{"name": "王总"}}}
	if err := b.Save(other); err != nil {
		t.Fatal(err)
	}
	mine.Lists["checklist"][1].Values["who"] = "E2" // the other changes the second and adds one
	mine.Lists["checklist"] = append(mine.Lists["checklist"], slip.Item{Values: map[string]string{"item": "签约"}})
	k, _ := b.Kind("deal")
	now, _ := b.Load("d1")
	m, err := slip.MergeDocs(k, opened, mine, now)
	if err != nil || m.Open() != 0 {
		t.Fatalf("%+v, %v", m.Rows, err)
	}
	if err := b.Save(m.Doc); err != nil {
		t.Fatal(err)
	}
	d, _ := b.Load("d1")
	var words []string
	for _, x := range d.Lists["checklist"] {
		words = append(words, x.Get("item")+x.Get("who"))
	}
	if got := strings.Join(words, " "); got != "报价E2 签约" || d.Lists["people"][0].Get("name") != "王总" {
		t.Errorf("%s, %+v", got, d.Lists["people"])
	}
	// the same field in two ways waits for a person; a row given up by one and changed by the other too
	a, z := d.Clone(), d.Clone()
	a.Lists["checklist"][0].Values["who"], z.Lists["checklist"][0].Values["who"] = "E1", ""
	delete(z.Lists["checklist"][0].Values, "who")
	a.Lists["people"] = nil
	z.Lists["people"][0].Values["name"] = "李总"
	if m, err = slip.MergeDocs(k, d, a, z); err != nil || m.Open() != 2 {
		t.Fatalf("%+v, %v", m.Rows, err)
	}
	if len(m.Doc.Lists["people"]) != 0 || m.Doc.Lists["checklist"][0].Get("who") != "E1" {
		t.Errorf("mine stands until then: %+v", m.Doc.Lists)
	}
	for i := range m.Rows {
		if err := m.Take(i, slip.Now); err != nil {
			t.Fatal(err)
		}
	}
	if m.Open() != 0 || m.Doc.Lists["people"][0].Get("name") != "李总" || m.Doc.Lists["checklist"][0].Get("who") != "" {
		t.Errorf("%+v", m.Doc.Lists)
	}
}
