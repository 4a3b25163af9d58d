package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"zhanggui/data/fault"
	"zhanggui/data/inquiry"
	"zhanggui/data/kinds"
	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/text"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/exchange"
)

// Of a module that is off nothing is there: kind, header field, column of the import, master type. It is asked for in vain, and is there
// again with all it had once it is switched on.
func TestWhatAModuleBringsIsThereOnlyWithIt(t *testing.T) {
	crew := slip.Field{Key: "crew", Label: text.T("班组", "Crew"), Module: []string{"production", "service"}}
	job := *kinds.OtherIssue
	job.Code, job.Prefix, job.Title, job.Module = "job", "ZY", text.T("作业单", "Job"), []string{"production"}
	job.Header = append(slices.Clone(job.Header), crew)
	declare(t, &job, &workflow.Setting{Field: slip.Field{Key: "slack", Label: text.T("宽限", "Slack"), Type: slip.TypeInt, Default: "5", Module: []string{"production"}}})
	b := open(t, workflow.Settings{Negative: "allow"})
	load(t, b, "warehouses", "code,name", "W,仓")
	load(t, b, "products", "code,name", "P,钉")
	row := []string{"kind,number,date,warehouse,product,qty,crew", "job,j1,2026-01-05,W,P,2,夜班"}
	header := func() string {
		x, _, err := exchange.Export(b, "slips")
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(x.Header, ",")
	}
	bare := header()
	if err := try(b, "slips", row[0], row[1]); err == nil || !strings.Contains(err.Error(), `unknown column "crew"`) {
		t.Errorf("a column of a module that is off: %v", err)
	}
	if err := try(b, "slips", "kind,number,date,warehouse,product,qty", "job,j1,2026-01-05,W,P,2"); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "switch on module production") {
		t.Errorf("a kind of a module that is off: %v", err)
	}
	if err := b.Save(&slip.Doc{Kind: "job", Date: text.Day(2026, 1, 5), Warehouse: "W"}); !fault.Is(err, fault.Refused) {
		t.Errorf("saved: %v", err)
	}
	on := func(words string) {
		if err := b.Set(map[string]string{"modules": words}); err != nil {
			t.Fatal(err)
		}
	}
	on("production")
	load(t, b, "slips", row[0], row[1])
	if h := header(); h != strings.Replace(bare, ",external_no", ",external_no", 1)+",crew" {
		t.Errorf("exported columns %s", h)
	}
	d, err := b.Load("j1")
	if err != nil || d.Extra["crew"] != "夜班" {
		t.Fatalf("%+v, %v", d, err)
	}
	on("")
	if h := header(); h != bare {
		t.Errorf("switched off, exported columns %s", h)
	}
	if _, err := b.Load("j1"); !fault.Is(err, fault.Refused) {
		t.Errorf("its slip: %v", err)
	}
	if l, err := b.List(inquiry.Filter{}, inquiry.Sorting{}); err != nil || l.Count != 0 {
		t.Errorf("%d slips listed, %v", l.Count, err)
	}
	for what, try := range map[string]func() error{
		"audit":   func() error { _, err := b.Audit("j1"); return err },
		"unaudit": func() error { _, err := b.Unaudit("j1", false); return err },
		"void":    func() error { return b.Void("j1") },
		"close":   func() error { return b.CloseSlip("j1", "") },
		"flow":    func() error { _, err := b.Chain("j1"); return err },
		"push":    func() error { _, err := b.Push("j1", "delivery"); return err },
		"change": func() error {
			_, _, err := b.Change("j1", 0, []workflow.Change{{Key: "remark", Value: "x"}})
			return err
		},
		"submit":  func() error { return b.Submit("j1") },
		"red":     func() error { _, err := b.RedLetter("j1"); return err },
		"explain": func() error { _, err := b.Explain("j1"); return err },
	} {
		if err := try(); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "switch on module production") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if slices.ContainsFunc(b.Kinds(), func(k *slip.Kind) bool { return k.Code == "job" }) {
		t.Error("its kind is in the menu")
	}
	mustHold(t, b)
	on("production")
	if d, err := b.Load("j1"); err != nil || d.Extra["crew"] != "夜班" {
		t.Errorf("on again: %v", err)
	}
}

// A field of a master is there with any of its modules.
func TestAFieldOfAMasterIsThereWithAnyOfItsModules(t *testing.T) {
	old := master.Warehouses.Fields
	t.Cleanup(func() { master.Warehouses.Fields = old })
	master.Warehouses.Fields = append(slices.Clone(old), slip.Field{Key: "dock", Label: text.T("月台", "Dock"), Module: []string{"till", "channels"}, Sparse: true})
	b := open(t, workflow.Settings{})
	if err := try(b, "warehouses", "code,name,dock", "W,仓,3"); err == nil {
		t.Error("imported a column of a module that is off")
	}
	if err := b.Set(map[string]string{"modules": "channels"}); !fault.Is(err, fault.Refused) {
		t.Errorf("what two modules share makes neither of them: %v", err)
	}
	master.Warehouses.Fields[len(old)].Module = []string{"till"}
	if err := b.Set(map[string]string{"modules": "till"}); err != nil {
		t.Fatal(err)
	}
	load(t, b, "warehouses", "code,name", "V,东仓")
	if x, _, err := exchange.Export(b, "warehouses"); err != nil || slices.Contains(x.Header, "dock") {
		t.Errorf("a column that says nothing is exported: %v %v", x.Header, err)
	}
	load(t, b, "warehouses", "code,name,dock", "W,仓,3")
	if x, _, err := exchange.Export(b, "warehouses"); err != nil || !slices.Contains(x.Header, "dock") {
		t.Errorf("exported %v %v", x.Header, err)
	}
}

// By hand: an order of 10 at 20.00 and 30 at 10.00 with 50.00 off; line 1 is 200.00 of 500.00, so 20.00 go with it and 30.00 with the rest.
func TestPushTakesLinesAndADay(t *testing.T) {
	b := open(t, workflow.Settings{Negative: "allow", Taxpayer: "general"})
	load(t, b, "warehouses", "code,name", "W,仓")
	load(t, b, "customers", "code,name", "C,客户")
	load(t, b, "products", "code,name,tax_rate", "P,钉,0", "Q,胶,0")
	load(t, b, "slips", "kind,number,date,party,warehouse,product,qty,price,slip_discount,audit", "sales-order,o,2026-01-05,C,W,P,10,20,50,yes", "sales-order,o,2026-01-05,C,W,Q,30,10,,yes")
	d, _, err := b.PushAndSave("o", "delivery", true, workflow.Taken{Date: text.Day(2026, 1, 9), Lines: []int{1}})
	if err != nil {
		t.Fatal(err)
	}
	if d.Date != text.Day(2026, 1, 9) || len(d.Lines) != 1 || d.Lines[0].Product != "P" || d.Discount.String() != "20.00" || d.Gross.String() != "180.00" {
		t.Errorf("line 1: %s, %d lines, %s off, %s", d.Date, len(d.Lines), d.Discount, d.Gross)
	}
	rest, _, err := b.PushAndSave("o", "delivery", false, workflow.Taken{})
	if err != nil {
		t.Fatal(err)
	}
	if rest.Date != text.Day(2026, 1, 9) || len(rest.Lines) != 1 || rest.Lines[0].Product != "Q" || rest.Discount.String() != "30.00" {
		t.Errorf("the rest, on the day of the newest slip: %s, %d lines, %s off", rest.Date, len(rest.Lines), rest.Discount)
	}
	for _, x := range []struct {
		what workflow.Taken
		want fault.Code
	}{{workflow.Taken{Date: text.Day(2026, 1, 4)}, fault.Refused}, {workflow.Taken{Lines: []int{3}}, fault.NotFound}, {workflow.Taken{Lines: []int{1}}, fault.Refused}} {
		if _, err := b.PushPart("o", "delivery", x.what); !fault.Is(err, x.want) {
			t.Errorf("%+v: %v", x.what, err)
		}
	}
	if _, err := b.PushPart(d.Number, "collection", workflow.Taken{Lines: []int{1}}); !fault.Is(err, fault.Usage) {
		t.Errorf("money for one line: %v", err)
	}
}

// What a module brings that the program has not got yet is asked for in vain too, and told from what nobody knows.
func TestWhatAModuleWillBringIsAskedForInVain(t *testing.T) {
	b := open(t, workflow.Settings{})
	for what, err := range map[string]error{
		"kind": b.Save(&slip.Doc{Kind: "opportunity", Date: text.Day(2026, 1, 5)}), "setting": b.Set(map[string]string{"renew_days": "30"}),
		"import": try(b, "size-groups", "code,name", "S,尺码"), "slips": try(b, "slips", "kind,number,date", "work-order,w,2026-01-05"),
	} {
		if !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "switch on module ") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, _, err := exchange.Export(b, "tills"); !fault.Is(err, fault.Refused) {
		t.Error(err)
	}
	if err := b.Set(map[string]string{"colour": "red"}); !fault.Is(err, fault.Usage) {
		t.Error(err)
	}
}

// Object codes are one space: no kind has the code of a master type, and none has one that a module keeps for something else.
func TestCodesAreKeptApart(t *testing.T) {
	seen := map[string]string{}
	for _, k := range kinds.All {
		seen[k.Code] = "kind"
	}
	for _, x := range master.All {
		if seen[x.Code] != "" {
			t.Errorf("%s is a %s and a master type", x.Code, seen[x.Code])
		}
	}
	for _, m := range slip.Modules {
		for _, c := range m.Brings {
			if x, ok := workflow.SettingOf(c); ok && !slices.Contains(x.Module, m.Code) {
				t.Errorf("setting %s comes with %s and is %v's", c, m.Code, x.Module)
			}
			if k, ok := kinds.ByCode(c); ok && !slices.Contains(k.Module, m.Code) {
				t.Errorf("kind %s comes with %s and is %v's", c, m.Code, k.Module)
			}
		}
	}
}

// A shop learns of the modules from the setting itself: which the program has, and which a later one will have.
func TestWhichModulesThereAreIsSaid(t *testing.T) {
	b := open(t, workflow.Settings{})
	x, _ := workflow.SettingOf("modules")
	err := b.Set(map[string]string{"modules": "crm"})
	if !fault.Is(err, fault.Refused) || err.Error() != "modules: this program has not got the module crm yet, a later one will; trade, stock and books need no module" ||
		!strings.HasPrefix(x.Can().En, "none in this program yet; later ones will have production, crm, contracts") {
		t.Errorf("%v; %s", err, x.Can().En)
	}
	old := master.Warehouses.Fields
	t.Cleanup(func() { master.Warehouses.Fields = old })
	master.Warehouses.Fields = append(slices.Clone(old), slip.Field{Key: "dock", Label: text.T("月台", "Dock"), Module: []string{"till"}, Sparse: true})
	err = b.Set(map[string]string{"modules": "till crm"})
	if !fault.Is(err, fault.Refused) || err.Error() != "modules: this program has not got the module crm yet, a later one will; it has till" || !strings.HasPrefix(x.Can().Zh, "任选：till；以后的版本会有：production, crm") {
		t.Errorf("%v; %s", err, x.Can().Zh)
	}
}
