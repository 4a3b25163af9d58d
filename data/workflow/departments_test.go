package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/master"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// A department that nobody entered is made by the import that names it, and said; afterwards its code stays and it is not deleted.
func TestDepartmentsAreMadeByTheImportThatNamesThem(t *testing.T) {
	b := open(t, workflow.Settings{Negative: "allow"})
	load(t, b, "departments", "code,name,parent,business_unit,manager", "HQ,总部,,yes,", "SH,上海,HQ,,")
	load(t, b, "employees", "code,name,department", "E1,王,SH", "E2,李,仓储部")
	tab := &exchange.Table{Name: "s.csv", Header: strings.Split("kind,number,date,party,warehouse,product,qty,price,department,audit", ","), Rows: []exchange.Row{
		{Line: 2, Cells: strings.Split("delivery,d1,2026-01-05,C,W1,A,2,10,门店,yes", ",")}, {Line: 3, Cells: strings.Split("delivery,d2,2026-01-06,C,W1,A,1,10,门店,yes", ",")}}}
	res, err := exchange.Import(b, "slips", tab, false)
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, n := range res.Notes {
		if n.En == `created Department "门店"` {
			said++
		}
	}
	if said != 1 {
		t.Errorf("said %v", res.Notes)
	}
	for code, name := range map[string]string{"门店": "门店", "仓储部": "仓储部", "SH": "上海"} {
		if r, ok := b.Masters().Find("departments", code); !ok || r.Get("name") != name || r.Get("active") != "yes" {
			t.Errorf("%s: %v", code, r)
		}
	}
	r, _ := b.Masters().Find("departments", "门店")
	c := r.Clone()
	c.Values["code"] = "MD"
	if err := b.SaveMaster(c); !fault.Is(err, fault.Refused) {
		t.Errorf("another code: %v", err)
	}
	for _, code := range []string{"门店", "仓储部", "HQ"} {
		r, _ := b.Masters().Find("departments", code)
		if err := b.DeleteMaster(r); !fault.Is(err, fault.Refused) {
			t.Errorf("%s is in use and deleted: %v", code, err)
		}
	}
	if err := b.SaveMaster(&master.Record{Type: master.Employees, Values: map[string]string{"code": "E3", "name": "赵", "department": "nowhere"}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a form takes no department that is none: %v", err)
	}
	mustHold(t, b)
	again, err := workflow.Open(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if r, _ := again.Masters().Find("departments", "SH"); r.Get("parent") != "HQ" {
		t.Errorf("opened again: %v", r)
	}
}
