package workflow_test

import (
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// K00007 stands; the next are K00008 and K00009. A row without a code is that of its very name, full width and letter case aside.
func TestCodesByThemselves(t *testing.T) {
	b := open(t, workflow.Settings{})
	load(t, b, "customers", "code,name,phone", "K00007,Hengda,1", ",恒泰,2", ",Ｈengtai,4")
	load(t, b, "customers", "code,name,phone", ",hengda,3")
	for code, phone := range map[string]string{"K00007": "3", "K00008": "2", "K00009": "4"} {
		if r, ok := b.Masters().Find("customers", code); !ok || r.Get("phone") != phone {
			t.Errorf("%s: %v %v, want the phone %s", code, ok, r, phone)
		}
	}
	load(t, b, "customers", "name,phone", "HENGTAI,5")
	if r, _ := b.Masters().Find("customers", "K00009"); r.Get("phone") != "5" || r.Get("name") != "HENGTAI" {
		t.Errorf("matched by name: %v", r)
	}
	if err := try(b, "customers", "name,phone", "恒泰,1", "恒泰,2"); err == nil || !strings.Contains(err.Error(), "stands already on line 2") {
		t.Errorf("the same name twice: %v", err)
	}
	load(t, b, "customers", "code,name", "X,Twin", "Y,TWIN")
	if err := try(b, "customers", "name", "twin"); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "2 records are called") {
		t.Errorf("a name of two: %v", err)
	}
	r := &master.Record{Type: master.Products, Values: map[string]string{"name": "膨胀螺丝"}}
	if err := b.SaveMaster(r); err != nil || r.Code() != "P00001" {
		t.Errorf("typed without a code: %q, %v", r.Code(), err)
	}
	if err := try(b, "warehouses", "code,name", ",北仓"); err == nil || !strings.Contains(err.Error(), "code: Code is missing") {
		t.Errorf("a warehouse without a code: %v", err)
	}
	load(t, b, "warehouses", "code,name,keeper", ",主仓,王")
	if r, _ := b.Masters().Find("warehouses", "W1"); r.Get("keeper") != "王" {
		t.Error("a warehouse is found by its name")
	}
	if err := b.Set(map[string]string{"auto_codes": ""}); err != nil {
		t.Fatal(err)
	}
	if err := try(b, "customers", "name", "新客户"); err == nil {
		t.Error("codes are given though the setting is empty")
	}
}

// Choices and the calendar belong to modules; their columns are words of SQL, times of day are read as people type them.
func TestChoicesAndCalendar(t *testing.T) {
	visit := *kinds.OtherIssue
	visit.Code, visit.Prefix, visit.Module = "visit", "ZV", []string{"service"}
	visit.Header = append(append([]slip.Field{}, visit.Header...), slip.Field{Key: "time", Label: text.T("时间", "Time"), Type: slip.TypeTime})
	declare(t, &visit, &workflow.Setting{Field: slip.Field{Key: "x", Label: text.T("x", "x"), Module: []string{"service"}}})
	b := open(t, workflow.Settings{Negative: "allow"})
	for _, kind := range []string{"choices", "calendar"} {
		if err := try(b, kind, "code", "x"); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "switch on module") {
			t.Errorf("%s: %v", kind, err)
		}
		if _, _, err := exchange.Export(b, kind); !fault.Is(err, fault.Refused) {
			t.Errorf("%s exported: %v", kind, err)
		}
	}
	if err := b.Set(map[string]string{"modules": "service"}); err != nil {
		t.Fatal(err)
	}
	load(t, b, "choices", "of,code,name,order", "lead-source,web,网站,2", "lead-source,fair,展会,1", "reason,web,网站,")
	load(t, b, "calendar", "date,working,remark", "2026-10-01,no,国庆", "2026-10-10,yes,调休")
	if err := try(b, "calendar", "date,working", "2026-10-02,"); err == nil {
		t.Error("a day without saying whether it is worked")
	}
	again, err := workflow.Open(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	x, _, err := exchange.Export(again, "choices")
	if err != nil || len(x.Rows) != 3 || strings.Join(x.Rows[0].Cells, ",") != "lead-source,fair,展会,,1,yes" {
		t.Errorf("%v %v", x, err)
	}
	if r, ok := again.Masters().Find("calendar", "2026-10-10"); !ok || r.Get("working") != "yes" {
		t.Errorf("10 October: %v", r)
	}
	load(t, b, "slips", "kind,number,date,warehouse,product,qty,time", "visit,v1,2026-10-12,W1,A,2,830")
	if d, err := b.Load("v1"); err != nil || d.Extra["time"] != "08:30" {
		t.Errorf("the time is %v, %v", d.Extra, err)
	}
	if err := try(b, "slips", "kind,number,date,warehouse,product,qty,time", "visit,v2,2026-10-12,W1,A,2,8:75"); err == nil || !strings.Contains(err.Error(), "write 08:30") {
		t.Errorf("8:75: %v", err)
	}
}
